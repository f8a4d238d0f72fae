"""A plan version in short: the same numbers and words as its report, whole as JSON, and nothing invented."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from typing import Any

import pytest

from reports.conftest import Page, words
from tripleaim.opendata.start import start
from tripleaim.projection import Projection, project
from tripleaim.projection.result import as_plain
from tripleaim.reports.brief import Brief, brief_of, in_address, make_brief, pieces, read_brief, stored
from tripleaim.reports.brief.books import Lines
from tripleaim.reports.html import report_files
from tripleaim.reports.json_out import json_report

PENNIES = pytest.approx


@pytest.fixture(scope="module")
def briefs(projections: dict[str, Projection]) -> dict[str, dict[str, Any]]:
    return {name: brief_of(each, ("A remark.",)) for name, each in projections.items()}


@pytest.fixture
def brief(projection: Projection, briefs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return next(each for each in briefs.values() if each["fingerprint"] == projection.fingerprint)


@pytest.fixture
def ours(briefs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The invented plan, which has everything."""
    return briefs["wealdshire_and_marsh"]


@pytest.fixture
def real(briefs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A real place, of which many things are not held."""
    return briefs["norfolk_and_waveney"]


def test_it_is_json_and_can_be_read_back(brief: dict[str, Any]) -> None:
    text = stored(brief)
    assert json.loads(text) == brief
    assert stored(as_plain(read_brief(json.loads(text)))) == text


def test_it_stays_small(brief: dict[str, Any]) -> None:
    assert len(stored(brief).encode()) < 400_000


def test_one_of_another_form_is_not_read(brief: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="brief: found form 0; expected 1, so work it out again"):
        read_brief({**brief, "format": 0})
    with pytest.raises(ValueError, match=r"Brief: found no place; expected what `brief_of` writes"):
        read_brief({name: part for name, part in brief.items() if name != "place"})


def test_every_record_says_what_each_of_its_fields_means() -> None:
    assert {each.name for each in fields(Brief)} >= {"place", "organisations", "schemes", "areas", "figures"}


# ---- The same numbers ----------------------------------------------------------------------------------------------


def test_the_sum_of_the_organisations_is_the_system_in_every_year_and_line(brief: dict[str, Any]) -> None:
    every = [each["lines"] for each in brief["organisations"].values() if each["lines"]]
    assert every
    for line in fields(Lines):
        added = [sum(parts) for parts in zip(*(each[line.name] for each in every), strict=True)]
        assert added == PENNIES(brief["system"][line.name], abs=0.1), line.name


def test_the_system_is_what_the_report_says(projection: Projection, brief: dict[str, Any]) -> None:
    result = json.loads(json_report(projection))["result"]
    both = next(each for each in result["money"] if each["who"] == "both")
    for case in ("do_nothing", "hoped", "resourced", "one_off_hoped"):
        assert brief["system"][case] == PENNIES(both[case], abs=0.1)
    own = {each["who"]: each for each in result["organisations"]}
    for key, each in brief["organisations"].items():
        assert (each["lines"] is not None) == (key in own)
        if each["lines"]:
            assert each["lines"]["hoped"] == PENNIES(own[key]["hoped"], abs=0.01)


def test_what_an_organisation_gets_less_what_it_puts_in_is_its_change(brief: dict[str, Any]) -> None:
    for each in brief["organisations"].values():
        lines = each["lines"]
        if lines is None:
            continue
        for year, net in enumerate(lines["net"]):
            assert lines["gets"][year] - lines["put_in"][year] == PENNIES(net, abs=0.1)
            assert lines["do_nothing"][year] - lines["hoped"][year] == PENNIES(net, abs=0.1)


def test_who_pays_and_who_gains_add_up_to_what_a_scheme_saves(projection: Projection, brief: dict[str, Any]) -> None:
    found = {each.key: each for each in projection.schemes}
    for key, scheme in brief["schemes"].items():
        inside = [part for part in scheme["who"] if not part["outside"]]
        sums = scheme["money"]
        for year in range(len(brief["years"])):
            assert sums["saving"][year] == PENNIES(found[key].saving[year], abs=0.01)
            net = sum(part["net"][year] for part in inside)
            assert net == PENNIES(sums["saving"][year] + sums["income"][year], abs=1)
            assert sum(part["pays"][year] for part in inside) == PENNIES(sums["running"][year], abs=1)
            assert sums["saving_before"][year] - sums["running"][year] == PENNIES(sums["saving"][year], abs=0.1)


def test_scheme_costs_are_the_reports(projection: Projection, brief: dict[str, Any]) -> None:
    for each in projection.schemes:
        told = brief["schemes"][each.key]
        assert told["money"]["capital"] == PENNIES(each.capital, abs=0.01)
        assert told["money"]["one_off"] == PENNIES(each.one_off, abs=0.01)
        assert told["posts_needed"] == PENNIES(each.posts_needed[-1], abs=0.01)
        assert told["posts_found"] == PENNIES(each.posts_found[-1], abs=0.01)


def test_the_three_gaps_are_the_reports_in_the_same_words(projection: Projection, brief: dict[str, Any]) -> None:
    page = words(report_files(projection)["index.html"])
    assert [gap["key"] for gap in brief["place"]["gaps"]] == ["health", "care", "money"]
    for gap in brief["place"]["gaps"]:
        assert gap["heading"] in page
        told = [f"{each['words']}{each['what']}" for each in gap["figures"]]
        told += [f"{each['name']}{each['words']}" for each in gap["lines"]]
        for each in told:
            assert each.replace(" ", "") in page.replace(" ", "")
    assert brief["place"]["verdict"]["words"] in page
    assert brief["place"]["basis"] in page
    assert brief["place"]["status_words"].split(".")[0] in page


def test_figures_of_pictures_are_those_of_the_reports_files(projection: Projection, brief: dict[str, Any]) -> None:
    files = report_files(projection)
    assert "bridge" in brief["figures"]
    for figure in brief["figures"].values():
        assert figure["csv"] == files[f"data/{figure['name']}.csv"]
        assert figure["title"] in words(files["index.html"])
        assert f'href="data/{figure["name"]}.xlsx"' in figure["html"]
        assert "style=" not in figure["html"]
        assert Page(figure["html"]).all("svg")


def test_positions_of_organisations_are_those_of_the_reports_picture(ours: dict[str, Any]) -> None:
    lines = list(csv.reader(io.StringIO(ours["figures"]["positions"]["csv"])))
    drawn = {row[0]: float(row[1]) for row in lines[1:]}
    last = len(ours["years"]) - 2
    for each in ours["index"]["organisations"]:
        if each["has_accounts"]:
            assert drawn[each["name"]] == PENNIES(-each["hoped"][last] / 1e6, abs=1e-5)


# ---- What it says ----------------------------------------------------------------------------------------------------


def test_every_organisation_scheme_and_area_of_the_plan_is_there(projection: Projection, brief: dict[str, Any]) -> None:
    plan = projection.plan
    assert set(brief["organisations"]) == {row.key for row in plan.organisations}
    assert list(brief["schemes"]) == [each.key for each in projection.schemes]
    assert set(brief["areas"]) == {row.key for row in plan.places if row.kind.value == "board"}
    assert [each["key"] for each in brief["index"]["schemes"]] == list(brief["schemes"])


def test_what_is_undecided_says_what_hangs_on_it_the_largest_first(ours: dict[str, Any]) -> None:
    found = ours["place"]["undecided"]
    amounts = [each["amount"] or 0.0 for each in found]
    assert amounts == sorted(amounts, reverse=True)
    assert found[0]["words"] == "£67.9m of the gap in 2020/21 is closed by no scheme, even if every scheme works."
    assert {each["kind"] for each in found} >= {"gap", "resources", "capital", "posts", "plug", "consultation"}
    plug = next(each for each in found if each["kind"] == "plug")
    assert plug["schemes"] == ["further_savings"]
    assert "a plug: nobody has worked out how £9.4m would be saved" in plug["words"]


def test_what_is_weak_names_the_oldest_sources_and_schemes_with_few_studies(ours: dict[str, Any]) -> None:
    found = ours["place"]["weak"]
    assert found["oldest"]
    assert all(int(each["year"][:4]) <= 2015 for each in found["oldest"])
    assert "further_savings" in {each["scheme"] for each in found["evidence"]}
    assert all(sum(each["shares"].values()) == PENNIES(1) for each in found["headlines"])


def test_a_scheme_says_what_it_saves_with_and_without_what_is_missing(ours: dict[str, Any]) -> None:
    told = ours["schemes"]["home_first"]
    assert told["words"].startswith(
        "Saves £16.1m in 2020/21, as hoped; with the posts and capital found so far, £11.5m."
    )
    assert told["posts_words"] == "96 of the 100 posts it needs in 2020/21 are found."
    assert {each["key"] for each in told["partners"]} >= {"marsh_council"}
    assert told["evidence"]["claims"]
    assert {each["ref"] for each in told["evidence"]["studies"]} >= {"I047"}
    factor = next(each for each in told["factors"] if each["factor"] == "specialist_help")
    assert factor["in_place"] is None
    assert ours["schemes"]["further_savings"]["words"] == (
        "Nobody has worked out how £9.4m would be saved in 2020/21: it is a plug."
    )


def test_an_organisation_says_what_it_leads_pays_for_and_gains_from(ours: dict[str, Any]) -> None:
    told = ours["organisations"]["marsh_council"]
    assert told["words"].startswith("Marsh Council is short by £20.7m in 2020/21, as hoped")
    assert [each["key"] for each in told["leads"]] == ["hospital_tobacco"]
    assert {each["key"] for each in told["pays_for"]} >= {"home_first", "reablement"}
    assert all(each["amount"] < 0 for each in told["loses_by"])
    assert told["risk_share"]["share"] == 0.04
    assert told["hours_a_year"] > 0
    assert {each["kind"] for each in told["risks"]} >= {"resources", "balance"}


def test_an_area_says_how_it_is_known_who_serves_it(ours: dict[str, Any], real: dict[str, Any]) -> None:
    marsh = ours["areas"]["marsh_board"]
    assert [each["key"] for each in marsh["councils"]] == ["marsh_council"]
    assert marsh["council_money"] == ["marsh_council"]
    assert "86.0% of its people live in Wealdshire and Marsh" in marsh["missing"][0]
    assert {each["key"] for each in ours["areas"]["wealdshire_board"]["commissioners"]} == {
        "north_wealdshire_commissioner",
        "south_wealdshire_commissioner",
    }
    norfolk = real["areas"]["norfolk_board"]
    assert norfolk["councils"][0]["how"] == "the same area code"
    assert not norfolk["commissioners"]
    assert any("does not say which commissioners buy care" in words for words in norfolk["missing"])


def test_what_a_real_plan_does_not_hold_is_said_in_words(real: dict[str, Any]) -> None:
    assert real["place"]["is_pressure"]
    for each in real["organisations"].values():
        assert each["missing"]
        assert (each["lines"] is None) == (not each["has_accounts"])
    trust = real["organisations"]["trust_rm1"]
    assert "does not hold the full accounts of Norfolk and Norwich" in trust["words"]
    support = real["schemes"]["care_home_support"]
    assert any("holds no cost of it" in words for words in support["missing"])
    assert any("does not say who answers for it" in words for words in support["missing"])


def test_a_plan_without_schemes_is_told_too() -> None:
    told = brief_of(project(start("E54000038")))
    assert told["schemes"] == {}
    assert told["place"]["verdict"]["words"]
    assert "bridge" not in told["figures"]
    assert stored(told)


def test_pieces_are_what_one_page_needs(ours: dict[str, Any]) -> None:
    found = pieces(ours)
    assert found["place"]["index"] == ours["index"]
    assert found["schemes/home_first"]["told"] == ours["schemes"]["home_first"]
    assert found["organisations/marsh_council"]["system"] == ours["system"]
    area = found["areas/marsh_board"]
    assert set(area["measures"]) == set(area["told"]["measures"])
    assert {each["fingerprint"] for each in found.values()} == {ours["fingerprint"]}
    assert max(len(stored(each).encode()) for each in found.values()) < 110_000


def test_links_lead_where_the_report_is(ours: dict[str, Any]) -> None:
    html = ours["place"]["verdict"]["html"]
    assert 'href="index.html#as-hoped"' in html
    assert 'href="/run/7/index.html#as-hoped"' in in_address(html, "/run/7/")


def test_remarks_are_passed_on(brief: dict[str, Any]) -> None:
    assert brief["place"]["remarks"] == ["A remark."]


def test_records_and_plain_values_agree(invented: Projection, ours: dict[str, Any]) -> None:
    made = make_brief(invented, ("A remark.",))
    assert list(made.schemes) == list(ours["schemes"])
    assert made.place.name == ours["place"]["name"]

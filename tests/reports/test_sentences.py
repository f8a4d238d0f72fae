"""Sentences a finance director would test: true in sign and number, and the worse case told."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Any

import pytest

from tripleaim.charts.wording import say
from tripleaim.loading.completeness import average_patients
from tripleaim.plan import Plan
from tripleaim.projection import Projection
from tripleaim.projection.accounts import RequiredLine
from tripleaim.projection.bridge import Step
from tripleaim.reports import together
from tripleaim.reports.facts import GAPS, Exhibits, Facts
from tripleaim.reports.html import attribution, html_report, report_files
from tripleaim.reports.reading import against_standard
from tripleaim.reports.sections import answer, benefit, bodies, bridge, moves, outcomes, shape, trust
from tripleaim.reports.words import money


def facts_of(projection: Projection, **fields: Any) -> Facts:
    return Facts(replace(projection, **fields), Exhibits())


def _with(row: Any, **fields: Any) -> Any:
    return type(row)(**{**{name: getattr(row, name) for name in type(row).model_fields}, **fields})


def on_page(projection: Projection, read_page) -> str:
    return " ".join(read_page(html_report(projection)).all("main")[0].text.split())


def with_paths(projection: Projection, **paths: float) -> Facts:
    """The same projection with other money, in millions, the same each year."""
    size = len(projection.years)
    amounts = {name: (value * 1e6,) * size for name, value in paths.items()}
    gaps = tuple(replace(gap, **{k: v for k, v in amounts.items() if "plugs" not in k}) for gap in projection.money)
    return facts_of(projection, money=gaps, **{k: v for k, v in amounts.items() if "plugs" in k})


def test_a_pressure_says_what_the_plan_does_not_hold_and_not_what_nobody_published(rebuilt: Projection) -> None:
    said = " ".join(answer.rest(facts_of(rebuilt)))
    assert "is published" not in said
    assert (
        "The extra cost is called pressure here. It is not a shortfall: this plan does not hold "
        "an opening position and an allocation for every body in it."
    ) in said
    assert "before any growth in funding" in answer.gaps(facts_of(rebuilt)).data["basis"]


def test_a_pressure_with_posts_missing_tells_both(rebuilt: Projection) -> None:
    facts = with_paths(
        rebuilt, do_nothing=10.0, hoped=8.0, resourced=11.0, hoped_without_plugs=8.0, resourced_without_plugs=11.0
    )
    assert (
        answer.pressure_verdict(facts)
        .striptags()
        .endswith(
            "Our four example schemes would make that £2.0m less, as hoped; with the staff and capital found so far, "
            "they would make that £1.0m more, not less."
        )
    )


WARDS = [
    (12.9, "together that puts back £12.9m."),
    (-2.0, "together that takes away £2.0m more."),
    (500.0, "together that puts back £500.0m, more than the £"),
]


@pytest.mark.parametrize(("wards", "said"), WARDS)
def test_whole_wards_name_all_that_is_in_them(invented: Projection, wards: float, said: str) -> None:
    def told(walk: Any) -> Any:
        steps = (
            replace(step, amounts=(wards * 1e6,) * len(invented.years)) if step.kind == "wards" else step
            for step in walk.steps
        )
        return replace(walk, steps=tuple(steps))

    facts = facts_of(invented, bridges=tuple(told(walk) for walk in invented.bridges))
    notes = " ".join(bridge.bridge_notes(facts, facts.projection.bridge().steps))
    assert "Wards open and close whole, keep beds free for safe occupancy, and bring their staff with them: " in notes
    assert said in notes
    assert "last beds of a ward" not in notes


def test_a_pressure_is_said_so_that_it_can_be_read_aloud(rebuilt: Projection) -> None:
    assert answer.pressure_verdict(facts_of(rebuilt)).striptags() == (
        "If nothing changes, the same care would cost £173.8m more in 2020/21 than in 2015/16. "
        "Our four example schemes would make that £0.4m more, not less."
    )


def test_schemes_are_examples_only_where_their_own_names_say_so(rebuilt: Projection) -> None:
    def named(name: str, source: str) -> Facts:
        rows = tuple(_with(row, name=f"{row.key} {name}", source=source) for row in rebuilt.plan.schemes)
        return facts_of(rebuilt, plan=_with(rebuilt.plan, schemes=rows))

    judged = rebuilt.plan.schemes[0].source
    illustrative = next(row.key for row in rebuilt.plan.sources if row.kind.value == "illustrative")
    assert together.called(named("(our example)", judged)) == "Our four example schemes"
    assert together.called(named("", illustrative)) == "The four schemes here"
    assert together.called(named("", judged)) == "The four schemes here"


def test_schemes_that_cost_more_than_they_save_say_why_and_the_sum_is_right(rebuilt: Projection) -> None:
    said = together.why_dearer(facts_of(rebuilt))
    gap, at = rebuilt.scope("both"), rebuilt.last
    running, back = (float(found) for found in re.findall(r"£([\d.]+)m", said))
    assert running - back == pytest.approx((gap.hoped[at] - gap.do_nothing[at]) / 1e6, abs=0.05)
    assert "to run (no cost is held for three of four) and save" in said
    assert "close no whole ward, so the wards cost as much as without them." in said
    assert answer.rest(facts_of(rebuilt))[0] == said
    beds = tuple(replace(pool, open_nothing=pool.open_nothing + 30) for pool in rebuilt.beds)
    assert "ward" not in together.why_dearer(facts_of(rebuilt, beds=beds))


def test_schemes_that_save_need_no_excuse(invented: Projection) -> None:
    assert together.why_dearer(facts_of(invented)) == ""


def test_what_schemes_save_one_by_one_is_never_left_as_what_they_save(projection: Projection) -> None:
    at, gap = projection.last, projection.scope("both")
    saved = gap.do_nothing[at] - gap.hoped[at]
    net = sum(scheme.saving[at] for scheme in projection.schemes)
    said = together.alone_and_together(facts_of(projection))
    assert f"the schemes save {money(net)} net in {projection.years[at]}" in said
    assert (
        f"Together they save {money(saved)} net" if saved > 0 else f"Together they cost {money(-saved)} more"
    ) in said
    assert "wards open and close only whole" in said
    assert said in shape.mix(facts_of(projection)).data["exhibits"][0]


def test_a_kind_that_saves_is_not_told_as_if_the_plan_saved(rebuilt: Projection) -> None:
    told = shape.mix(facts_of(rebuilt)).data["exhibits"][0]
    assert (
        "Counted one by one, “New ways of caring” saves most in 2020/21: £1.1m net, with no cost held for it; "
        "all schemes together cost £0.4m more than they save"
    ) in told


def test_money_on_page_one_has_one_decimal(projection: Projection, read_page) -> None:
    page = read_page(html_report(projection))
    ours = [f"on-{key}" for key in ("answer", "gaps", "years", "moves", "prevention", "closes", "worse", "trust")]
    told = " ".join(each.text for each in page.elements if each.attributes.get("id") in ours)
    said = re.findall(r"£[\d,]+(?:\.(\d+))?m", told)
    assert len(said) > 20
    assert {len(decimals) for decimals in said} == {1}


def test_the_money_panel_adds_up_or_says_that_figures_are_rounded(projection: Projection) -> None:
    section = answer.gaps(facts_of(projection))
    panel = section.data["panels"][2]
    lines = {name.split(",")[0]: words.striptags() for name, words in panel.lines if "found" not in name}
    (total, _), *_ = panel.figures

    def pounds(said: str) -> float:
        return float(re.search(r"£([\d,.]+)m", said).group(1).replace(",", ""))

    parts = [pounds(lines["NHS"]) + pounds(lines["Councils"])]
    if projection.is_pressure:
        parts.append(pounds(lines["If nothing changes"]) + pounds(lines["The schemes add"]))
    else:
        behind, ahead = (float(sum_) for sum_ in re.findall(r"£([\d.]+)m", lines["Bodies that are short"]))
        parts.append(behind - ahead)
    assert parts == pytest.approx([pounds(total.striptags())] * 2, abs=0.1001)
    adds = parts == pytest.approx([pounds(total.striptags())] * 2, abs=1e-6)
    assert adds or "Each figure is rounded by itself" in section.data["basis"]


def test_what_returns_for_want_of_posts_is_what_its_bar_says(invented: Projection) -> None:
    walk = invented.bridge()
    reads = bridge.bridge_reads(facts_of(invented), walk.steps)
    bar = say(walk.at("resources").amounts[invented.last] / 1e6, 1)
    assert f"The last £{bar}m returns" in reads


def test_measures_that_stay_open_are_named(rebuilt: Projection) -> None:
    said = " ".join(text.striptags() for text in answer.measures(facts_of(rebuilt)))
    assert (
        "Three of eight measures of health are still not at their standard in 2020/21: adults who are overweight or "
        "obese; adults who are physically active; hospital admissions for self-harm."
    ) in said
    for hospital in ("Queen Elizabeth King's Lynn", "James Paget", "Norfolk and Norwich"):
        assert f"A&E seen within four hours, {hospital}" in said


def test_the_finding_on_inequality_names_the_areas_and_the_worst_off(rebuilt: Projection) -> None:
    exhibit, _ = outcomes.inequality(facts_of(rebuilt)).data["exhibits"]
    assert (
        "Adults who smoke: 24.1% in Great Yarmouth, where people are most deprived, 12.8% in Broadland, where least"
    ) in exhibit
    item = next(each for each in rebuilt.inequality if each.indicator == "child_poverty")
    worse = replace(item, values=(item.values[0], 0.31, *item.values[2:]))
    exhibit, _ = outcomes.inequality(facts_of(rebuilt, inequality=(worse,))).data["exhibits"]
    assert "11.0% in Broadland, where least; worst off is Norwich, 31.0%" in exhibit


def test_every_headline_says_what_it_rests_on(invented: Projection, rebuilt: Projection) -> None:
    for projection, hoped in ((invented, "As hoped: £67.9m"), (rebuilt, "As hoped: £174.1m")):
        exhibit = trust.trust(facts_of(projection)).data["exhibits"][0]
        assert hoped in exhibit
        for gap, name in (("health", "Health"), ("care", "Care")):
            found = next(each for each in projection.outcomes if each.gap == gap)
            counted = f"{found.met['hoped'][projection.last]} of {found.with_standard}"
            assert f"{name} measures at the standard: {counted}" in exhibit


def test_figures_of_page_one_lead_to_where_they_are_worked_out(projection: Projection, read_page) -> None:
    page = read_page(html_report(projection))
    ids = {element.attributes.get("id") for element in page.elements}
    linked = [a for a in page.all("a") if {"on-answer", "gap-money"} & set(a.parents)]
    assert len(linked) >= 4
    assert all(a.attributes["href"][1:] in ids for a in linked)


def test_whole_wards_say_why_they_can_cost_more_than_is_saved(rebuilt: Projection) -> None:
    notes = " ".join(bridge.bridge_notes(facts_of(rebuilt), rebuilt.bridge().steps))
    assert "Each scheme is counted as if beds could close one by one. Wards open and close whole" in notes
    assert "is what is left once their running costs are paid, and these are paid even where no ward closes." in notes


def test_a_scheme_with_next_to_no_posts_does_not_work_on_none(invented: Projection) -> None:
    data = moves.moves(facts_of(invented)).data
    told = {move.name: "; ".join(move.details) for _, found in data["groups"] for move in found}
    assert told["Strength and balance classes"].startswith("5 posts needed, 0.5 found; ")
    assert told["Home First"].startswith("100 posts needed, 96 found; ")
    assert "only as far as the scarcest thing it needs is found" in data["note"]


def test_why_less_can_look_better_in_the_first_years(invented: Projection) -> None:
    (exhibit,) = shape.by_year(facts_of(invented)).data["exhibits"]
    assert "Up to 2018/19 money looks better with what is found than as hoped, because costs come first" in exhibit
    later = with_paths(invented, do_nothing=10.0, hoped=8.0, resourced=9.0)
    assert "costs come first" not in shape.by_year(later).data["exhibits"][0]


def test_a_purpose_money_is_kept_for_is_no_body(invented: Projection) -> None:
    facts = facts_of(invented)
    exhibit = bodies.leakage(facts).data["exhibits"][0]
    assert "Body or purpose" in exhibit
    assert "Money kept back for admission avoidance" in exhibit
    trades = moves.worse(facts).data["trades"]
    assert not any("receive less" in text and "dmission avoidance" in text for text in trades)
    assert "Less money is kept back for set purposes in 2020/21: admission avoidance, £0.2m less." in trades


def test_money_kept_back_for_a_purpose_is_drawn_as_outside(invented: Projection) -> None:
    def drawn(payee: str) -> str:
        flow = replace(invented.flows[0], payer="marsh_commissioner", payee=payee)
        return str(bodies.who_pays(facts_of(invented, flows=(flow,))).data["exhibits"][0])

    assert "Money kept back for admission avoidance" in drawn("outside:admission_avoidance")
    assert "c-hatch-ink" in drawn("outside:admission_avoidance")
    assert "c-hatch-ink" not in drawn("marsh_infirmary")


def test_what_drifts_away_only_for_want_of_posts_gets_worse_too(invented: Projection) -> None:
    trades = " ".join(moves.worse(facts_of(invented)).data["trades"])
    assert (
        "Further from the standard than today with only the posts and capital found: "
        "Emergency admissions after a fall, people over 65."
    ) in trades


def test_a_small_place_is_told_that_wards_cost_more_than_its_schemes_save(rebuilt: Projection) -> None:
    facts, at = facts_of(rebuilt), rebuilt.last
    wards = rebuilt.bridge().at("whole_wards").amounts[at]
    saved = sum(scheme.saving[at] for scheme in rebuilt.schemes) - rebuilt.bridge().at("overlap").amounts[at]
    notes = " ".join(bridge.bridge_notes(facts, rebuilt.bridge().steps))
    assert (f"puts back {money(wards)}, more than the {money(saved)} the schemes save" in notes) == (wards > saved)


def test_income_from_outside_is_no_scheme_and_no_saving(invented: Projection) -> None:
    def told(walk: Any) -> Any:
        step = Step(key="income", name="Income from outside the place", kind="income", amounts=(-3e6,) * 6)
        return replace(walk, steps=(*(s for s in walk.steps if s.kind != "income"), step))

    facts = facts_of(invented, bridges=tuple(told(walk) for walk in invented.bridges))
    assert " and income from outside the place together close " in bridge.bridge_title(facts)
    notes = bridge.bridge_notes(facts, facts.projection.bridge().steps)
    assert "£3.0m is income from outside the place: money that others pay, not a saving." in notes


CASES = ("hoped", "resourced")
YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21")
COURSES = [
    ((60.8, 90.8, 86.0, 74.4, 67.6), True, "shrinks after 2017/18"),
    ((60.1, 83.6, 82.9, 76.2, 78.7), True, "shrinks, then grows again in 2020/21"),
    ((60.1, 83.6, 80.0, 82.0, 84.0), True, "shrinks, then grows again after 2018/19"),
    ((1.0, 2.0, 3.0, 4.0, 5.0), True, "grows every year"),
    ((5.0, 4.0, 3.0, 2.0, 1.0), True, "shrinks every year"),
    ((5.0, 5.0, 5.0, 5.0, 5.0), True, "stays the same"),
    ((5.0, 6.0, 5.0, 5.0, 5.0), True, "stays the same after 2018/19"),
    ((5.0, 5.0, 5.0, 5.0, 6.0), True, "grows in 2020/21"),
    ((-1.0, -2.0, -3.0, -4.0, 1.0), False, "gets better, then gets worse again in 2020/21"),
]


@pytest.mark.parametrize(("path", "is_short", "said"), COURSES)
def test_which_way_money_goes(path: tuple[float, ...], is_short: bool, said: str) -> None:
    assert shape.course(tuple(value * 1e6 for value in path), YEARS, is_short) == said


def test_money_by_year_is_told_for_what_is_hoped_and_what_is_found(invented: Projection) -> None:
    size = len(invented.plan.years)
    hoped, found = invented.scope("both").hoped[:size], invented.scope("both").resourced[:size]
    (exhibit,) = shape.by_year(facts_of(invented)).data["exhibits"]
    assert f"As hoped the shortfall {shape.course(hoped, YEARS)}; with what is found it" in exhibit
    assert shape.course(found, YEARS) in exhibit
    for name in ("health", "care"):
        gap = next(gap for gap in invented.outcomes if gap.gap == name)
        ends = [gap.met[case][invented.last] for case in ("hoped", "resourced")]
        told = f"{name.capitalize()}: {ends[0]} of {gap.with_standard} at the standard as hoped, {ends[1]} with what"
        assert ends[0] == ends[1] or told in exhibit


def test_prevention_is_one_number_net_of_what_it_costs(projection: Projection) -> None:
    at = projection.last
    net = sum(scheme.saving[at] for scheme in projection.schemes if scheme.prevention)
    (exhibit,) = shape.prevention(facts_of(projection)).data["exhibits"]
    assert f"net: {money(net)} of {money(sum(s.saving[at] for s in projection.schemes))}" in exhibit
    if {s.key for s in projection.schemes if s.prevention} == {
        s.key for s in projection.schemes if s.category == "prevention"
    }:
        row = next(row for row in shape.categories(facts_of(projection)).rows if row[0] == "Prevention")
        assert row[1 + at] == pytest.approx(net / 1e6)


def test_prevention_that_costs_more_than_it_saves_says_so(invented: Projection) -> None:
    schemes = tuple(replace(s, saving=(-1e6,) * len(s.saving)) if s.prevention else s for s in invented.schemes)
    (exhibit,) = shape.prevention(facts_of(invented, schemes=schemes)).data["exhibits"]
    assert "4 of 20 schemes are prevention, and cost £4.0m net" in exhibit


def test_business_rules_are_a_level_to_hold(invented: Projection) -> None:
    lines = tuple(
        RequiredLine(organisation="x", year=year, rule=rule, amount=amount, source="s")
        for year in YEARS
        for rule, amount in (("Cumulative surplus of 1 %", 10e6), ("Contingency of 0.5 %", 5e6))
    )
    (exhibit,) = bodies.required(facts_of(invented, required=lines)).data["exhibits"]
    assert (
        "Business rules ask commissioners to hold £15.0m in 2020/21, beside break-even "
        "(cumulative surplus of 1 %; contingency of 0.5 %)"
    ) in exhibit
    assert "a level to hold, not new money each year" in exhibit


def test_the_year_after_the_plan_is_named(projection: Projection, read_page) -> None:
    text = on_page(projection, read_page)
    assert "With every scheme at its full yearly rate, nothing one-off and no further growth" in text
    assert "after 2020/21, the year after" not in text


def test_a_standard_keeps_its_name_and_says_its_percentage_once(projection: Projection) -> None:
    for gap in projection.outcomes:
        for path in gap.indicators:
            said = against_standard(path, projection.last)
            assert path.standard is None or path.standard_name in said
    path = replace(projection.outcomes[1].indicators[0], is_proportion=True, standard=0.95)
    for name, ends in (
        ("NHS constitution standard, 95 %", "NHS constitution standard, 95 %"),
        ("National standard", "National standard: 95.0%"),
        ("Number at which 92 % wait", "Number at which 92 % wait: 95.0%"),
    ):
        assert against_standard(replace(path, standard_name=name), projection.last).endswith(f"; {ends}")


SERVES = [
    ({"health": 3, "care": 1, "money": 4}, "1 of 4 schemes serves care and quality, the gap with fewest"),
    ({"health": 0, "care": 2, "money": 4}, "None of 4 schemes serve health and wellbeing, the gap with fewest"),
    ({"health": 1, "care": 1, "money": 4}, "1 of 4 schemes serves each of health and wellbeing and care and quality, "
     "the gaps with fewest"),
]  # fmt: skip


@pytest.mark.parametrize(("counts", "said"), SERVES)
def test_which_gap_has_fewest_schemes(rebuilt: Projection, counts: dict[str, int], said: str) -> None:
    assert set(counts) == set(GAPS)
    mix = replace(rebuilt.composition, by_gap_schemes=counts)
    assert said in shape.serves(facts_of(rebuilt, composition=mix)).data["exhibits"][0]


def test_the_licence_of_public_data_is_printed(rebuilt: Projection, invented: Projection, read_page) -> None:
    foot = " ".join(read_page(html_report(rebuilt)).all("footer")[0].text.split())
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in foot
    assert "Contains OS data © Crown copyright and database right." in foot
    for publisher in ("NHS England", "Office for National Statistics", "MHCLG"):
        assert publisher in foot
    assert "Eastern Daily Press" not in foot
    assert attribution(invented.plan) == ()


def test_a_licence_by_its_short_name_counts(invented: Projection) -> None:
    row = invented.plan.sources[0]
    fields = {name: getattr(row, name) for name in type(row).model_fields}
    source = type(row)(**{**fields, "licence": "MIT; data OGL", "publisher": "NHS Digital (HES); ONS"})
    tables = {name: getattr(invented.plan, name) for name in Plan.model_fields}
    plan = Plan(**{**tables, "sources": (source, *invented.plan.sources[1:])})
    assert attribution(plan) == (
        "Contains public sector information licensed under the Open Government Licence v3.0. "
        "Published by NHS Digital; ONS.",
    )


def test_the_verdict_says_that_it_counts_a_plug_and_the_result_without_it(invented: Projection) -> None:
    facts, at = facts_of(invented), invented.last
    assert "Both count a plug" in answer.gap_verdict(facts)
    without = (
        f"short by {money(invented.hoped_without_plugs[at])} as hoped and "
        f"short by {money(invented.resourced_without_plugs[at])} with what is found."
    )
    assert f"Without the plug the place is {without}" in answer.rest(facts)
    assert any(without in note for note in bridge.bridge_notes(facts, invented.bridge().steps))
    exhibit = " ".join(bridge.closes(facts).data["exhibits"][0].split())
    told = {
        f"{say(path[at] / 1e6, 1)} without the plug"
        for path in (invented.hoped_without_plugs, invented.resourced_without_plugs)
    }
    assert set(re.findall(r"[\d.]+ without the plug", exhibit)) == told


PLUGS = [
    (5.0, 6.0, ""),
    (9.0, 6.0, " The first counts a plug: savings that nobody owns, plans or has evidence for."),
    (5.0, 9.0, " The second counts a plug: savings that nobody owns, plans or has evidence for."),
    (9.0, 9.0, " Both count a plug: savings that nobody owns, plans or has evidence for."),
]


@pytest.mark.parametrize(("hoped", "found", "said"), PLUGS)
def test_which_figure_counts_a_plug(invented: Projection, hoped: float, found: float, said: str) -> None:
    facts = with_paths(
        invented, do_nothing=20.0, hoped=5.0, resourced=6.0, hoped_without_plugs=hoped, resourced_without_plugs=found
    )
    assert answer.gap_verdict(facts).striptags().endswith(f"short by £6.0m.{said}")
    assert any("Without the plug" in text for text in answer.rest(facts)) == bool(said)


def test_a_councils_gap_is_the_headlines_and_one_off_costs_stand_apart(invented: Projection) -> None:
    (exhibit,) = bodies.councils(facts_of(invented)).data["exhibits"]
    assert "One-off costs" in exhibit
    gaps = {gap.who: gap for gap in invented.organisations}
    for row in invented.councils:
        path = getattr(gaps[row.organisation], row.case)
        assert row.gap == pytest.approx(path[invented.years.index(row.year)], abs=0.01)
        assert say(row.one_off / 1e6, 1) in exhibit


def test_years_that_cost_more_than_they_save_are_told_for_both(invented: Projection) -> None:
    facts = with_paths(invented, do_nothing=5.0, hoped=4.0, resourced=6.0)
    trades = " ".join(moves.worse(facts).data["trades"])
    assert "the schemes cost more than they save, by up to £1.0m a year, with what is found." in trades


def test_bodies_rules_and_measures_are_told_as_hoped_and_with_what_is_found(invented: Projection) -> None:
    facts, at = facts_of(invented), invented.last
    for case in ("hoped", "resourced"):
        behind = [value for gap in invented.organisations if (value := getattr(gap, case)[at]) > 500]
        assert f"short by {money(sum(behind))}" in bodies.positions(facts).data["exhibits"][0]
        left = sum(r.still_to_find for r in invented.councils if r.case == case and r.year == facts.last_year)
        assert f"{money(left)} to find in {facts.last_year}" in bodies.councils(facts).data["exhibits"][0]
    told = outcomes.indicators(facts).data["exhibits"]
    for gap, exhibit in zip(invented.outcomes, told, strict=True):
        found = gap.met["resourced"][at]
        assert gap.met["hoped"][at] == found or f"{found} with what is found" in exhibit


def test_the_case_with_what_is_found_has_one_name_everywhere(invented: Projection) -> None:
    files = report_files(invented)
    for name, text in files.items():
        assert "as resourced" not in text.lower(), name
    assert "with what is found" in files["data/control_totals.csv"].lower()
    assert "Do something, with what is found" in files["data/bridge.csv"]


def test_findings_can_be_read_in_one_breath(projection: Projection) -> None:
    for tell in (shape.by_year, shape.prevention, shape.serves, bridge.why):
        for exhibit in tell(facts_of(projection)).data["exhibits"]:
            (title, *_) = re.findall(r"<h\d>(.*?)</h\d>", exhibit)
            assert len(title.split()) <= 30, title


def test_year_by_year_is_told_of_money_and_of_each_count(invented: Projection) -> None:
    (exhibit,) = shape.by_year(facts_of(invented)).data["exhibits"]
    assert "Health: 4 of 9 at the standard as hoped, 3 with what is found, 2 today." in exhibit
    assert "Care: 3 of 8 at the standard as hoped, 2 with what is found, 2 today." in exhibit


def test_the_same_count_is_told_of_average_patients_in_the_report_and_in_the_remarks(invented: Projection) -> None:
    (remark,) = average_patients(invented.plan)
    said = dict(trust.missing(facts_of(invented)))["Who exactly the schemes reach."]
    assert remark.what.split(" effects")[0] == said.split(" effects")[0]


def test_a_plug_says_why_the_place_is_not_worse_by_all_of_it_without_it(invented: Projection) -> None:
    notes = bridge.bridge_notes(facts_of(invented), invented.bridge().steps)
    hoped, found = facts_of(invented).plugged
    assert money(hoped) != money(invented.composition.plugs)
    assert (
        f"That is worse by {money(hoped)} as hoped and by {money(found)} with what is found, not by "
        f"{money(invented.composition.plugs)}, because other schemes act on some of the same spending."
    ) in notes[0]


def test_what_the_schemes_save_is_one_figure_told_with_what_it_is_together(invented: Projection) -> None:
    facts, at = facts_of(invented), invented.last
    net = money(sum(scheme.saving[at] for scheme in invented.schemes))
    exhibit = trust.trust(facts).data["exhibits"][0]
    assert f"What the schemes save, counted one by one: {net}" in exhibit
    assert f"together they save {money(together.saved(facts))}" in exhibit
    assert together.alone_and_together(facts).startswith(f"Counted one by one, the schemes save {net} net")


def test_what_is_not_in_this_version_is_not_told_as_something_forgotten(projection: Projection) -> None:
    (heading, said), *_ = trust.missing(facts_of(projection))
    assert heading == "How wrong the totals could be."
    assert said == "This report gives one figure for each; a stress test of the plan gives the low and the high."


def test_a_control_total_that_is_met_says_why_part_of_its_fund_is_lost(invented: Projection) -> None:
    (exhibit,) = bodies.control_totals(facts_of(invented)).data["exhibits"]
    assert (
        "some is lost where the total is met: Marsh Infirmary, 2016/17: £0.4m (waits for A&amp;E off course in 2 of 4 "
        "quarters)."
    ) in exhibit
    missed = tuple(replace(row, met=False) for row in invented.control_totals)
    (exhibit,) = bodies.control_totals(facts_of(invented, control_totals=missed)).data["exhibits"]
    assert "some is lost" not in exhibit


def test_prevention_saves_nothing_where_all_schemes_together_cost_more(rebuilt: Projection) -> None:
    (exhibit,) = shape.prevention(facts_of(rebuilt)).data["exhibits"]
    assert "3 of 4 schemes are prevention; all schemes together cost £0.4m more than they save" in exhibit
    assert "of the net saving" not in exhibit
    assert "Saving in 2020/21, counted one by one" in exhibit


def test_a_kind_of_scheme_that_saves_says_where_no_cost_is_held(rebuilt: Projection) -> None:
    told = shape.mix(facts_of(rebuilt)).data["exhibits"][0]
    assert "“New ways of caring” saves most in 2020/21: £1.1m net, with no cost held for it; all" in told


def test_small_schemes_pay_back_on_a_scale_of_their_own(invented: Projection) -> None:
    files = report_files(invented)
    large, small = (
        [
            [float(value) for name, value in row.items() if re.fullmatch(r"\d{4}/\d\d", name)]
            for row in csv.DictReader(io.StringIO(files[f"data/{name}.csv"]))
        ]
        for name in ("pays_back", "pays_back_smaller")
    )
    top = max(abs(value) for row in large for value in row)
    assert all(max(map(abs, row)) >= benefit.FLAT * top for row in large)
    assert all(max(map(abs, row)) < benefit.FLAT * top for row in small)
    moving = [scheme for scheme in invented.schemes if any(abs(value) > 500 for value in scheme.cumulative_cash)]
    assert len(large) + len(small) == len(moving)

"""A sharing as a page and on a terminal: what a board reads, and what is left out where there is nothing to tell."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from incentives.home_first_place import home_first_place
from reports.conftest import Page, words
from reports.share_told import CARE_HOMES, FUND, WORSE, rows, terminal
from tripleaim.incentives.agreement.rules import Rule
from tripleaim.incentives.record import Sharing
from tripleaim.incentives.sharing import share
from tripleaim.loading import read_plan
from tripleaim.projection import project
from tripleaim.reports.facts import Exhibits
from tripleaim.reports.share_page import answers, headline, share_files, write_share
from tripleaim.reports.share_parts.glossary import MEANINGS
from tripleaim.reports.share_parts.told import ShareTold
from tripleaim.reports.words import listed
from tripleaim.reports.write import write_report

PLANS = Path(__file__).resolve().parents[2] / "plans"
REAL = ("norfolk_and_waveney", "greater_manchester", "west_north_and_east_cumbria")
DRAWS = 100


@pytest.fixture(scope="module")
def found() -> Sharing:
    """Home first paid by activity: the commissioner gains, and three lose."""
    return share(home_first_place(), draws=DRAWS)


@pytest.fixture(scope="module")
def blended() -> Sharing:
    """The same agreed on under blended payment, which can keep everybody."""
    return share(home_first_place(), draws=DRAWS, form="blended")


@pytest.fixture(scope="module")
def everything(found: Sharing) -> Mapping[str, str]:
    """The page and files of a sharing with something in every list."""
    return share_files(replace(found, cliffs=(FUND,), leaks=(CARE_HOMES,), shocks=(WORSE,)))


def head(sharing: Sharing) -> str:
    """What stands before the first section."""
    told = ShareTold(sharing, Exhibits())
    return " ".join([headline(told), *answers(told)])


def parts(page: str) -> list[str]:
    return re.findall(r'<section class="ask[^"]*" id="on-([a-z]+)"', page)


def section(page: str, key: str) -> str:
    """The words of one section."""
    (inside,) = re.findall(rf'(<section class="ask[^"]*" id="on-{key}".*?</section>)', page, re.S)
    return words(f"<body>{inside}</body>")


# --- what comes first ---


def test_the_headline_says_what_all_gain_and_who_loses_by_it(found: Sharing) -> None:
    assert head(found).startswith(
        "With “Home first”, at the plan’s own numbers and with every post and all capital found, the four bodies of "
        "the place together gain £2.3m in 2020/21, but under today’s contracts Community trust loses £2.6m, Hospital "
        "loses £2.1m and Council loses £0.5m. Over five years all together gain £10.7m at these numbers"
    )


def test_who_would_leave_with_nothing_agreed_is_told_before_what_an_agreement_can_do(
    found: Sharing, everything: Mapping[str, str]
) -> None:
    said = head(found)
    assert "With nothing agreed but today’s contracts, " in said
    assert "Hospital, Council and Community trust most, £24.3m over five years." in said
    assert said.index("With nothing agreed") < said.index("no agreement can give everybody")
    assert rows(everything, "leaving_today")[1][0] == "Hospital, Council and Community trust"


def test_where_nobody_would_leave_with_nothing_agreed_that_is_said(found: Sharing) -> None:
    forms = [replace(each, leaving=(), leaving_count=0) for each in found.forms]
    said = head(replace(found, forms=tuple(forms)))
    assert "With nothing agreed but today’s contracts, no body and no group would have more" in said


def test_a_group_of_most_is_named_by_those_who_are_not_in_it(found: Sharing) -> None:
    told = ShareTold(replace(found, players={key: (key,) for key in "abcdef"}, names={}), Exhibits())
    assert told.group(("a", "b", "c", "d")) == "all but E and F"
    assert told.group(("a", "b", "c")) == "A, B and C"
    assert told.group(tuple("abcdef")) == "all of them together"


def test_where_no_agreement_can_keep_everybody_the_head_says_so_and_what_it_would_take(found: Sharing) -> None:
    assert "Under today’s contracts no agreement can give everybody a reason to stay" in head(found)
    assert "unless £9.8m came from outside over five years" in head(found)


def test_the_agreement_is_named_as_a_choice_with_how_often_it_holds(found: Sharing, blended: Sharing) -> None:
    for sharing, under in ((found, "today’s contracts"), (blended, "blended payment")):
        said = head(sharing)
        assert (
            "Shared by the Shapley value (each gets what it adds, on average over all orders in which they could"
            in said
        )
        assert f" under {under}, which is a choice" in said
    assert "leave nobody with a reason to go in 0% of draws" in head(found)
    assert "Under blended payment the gain can be divided so that no body and no group would have more" in head(blended)


def test_a_loss_over_all_years_is_told_even_where_nobody_loses_in_the_last(found: Sharing) -> None:
    later = [replace(each, by_year=(*each.by_year[:-1], abs(each.by_year[-1]))) for each in found.standings]
    said = head(replace(found, standings=tuple(later)))
    assert "none of them loses in that year, but over five years Community trust loses £12.2m" in said


def test_where_nobody_loses_at_all_that_is_said(found: Sharing) -> None:
    better = [replace(each, by_year=(1e6,) * 5, worth=5e6) for each in found.standings]
    assert "none of them loses in that year or over five years." in head(replace(found, standings=tuple(better)))


def test_too_few_draws_are_said_to_be_on_page_and_terminal(found: Sharing) -> None:
    few = replace(found, draws=20)
    assert "20 draws are too few" in head(few)
    assert "20 draws are too few" in terminal(few)
    assert "too few" not in head(found)


# --- the page ---


def test_every_part_stands_in_the_order_a_board_asks(everything: Mapping[str, str]) -> None:
    assert parts(everything["share.html"]) == [
        *("gains", "out", "outside", "cliffs", "forms", "leave", "ways", "agreement", "holds", "shocks", "how"),
        "words",
    ]


def test_a_part_with_nothing_to_tell_is_left_out(found: Sharing) -> None:
    assert {"outside", "cliffs", "shocks"}.isdisjoint(parts(share_files(found)["share.html"]))


def test_no_key_of_the_plan_stands_in_its_words(everything: Mapping[str, str]) -> None:
    text = words(everything["share.html"])
    assert "home_first" not in text
    assert not re.search(r"\b[chlm] (to|pays|loses|gains)\b", text)
    assert "shared_savings" not in text


def test_every_picture_and_table_is_a_file_the_page_leads_to(everything: Mapping[str, str]) -> None:
    links = {each.attributes["href"] for each in Page(everything["share.html"]).all("a")}
    assert set(everything) - {"share.html"} == {link for link in links if not link.startswith("#")}


def test_an_invented_place_says_so(everything: Mapping[str, str]) -> None:
    assert "Every name and number on this page is invented." in words(everything["share.html"])


def test_the_matrix_adds_up_to_what_all_gain(everything: Mapping[str, str]) -> None:
    table = rows(everything, "who_gains")
    assert table[0] == ["Scheme", "Commissioner", "Hospital", "Council", "Community trust", "All"]
    assert list(map(float, table[1][1:])) == pytest.approx([7.5, -2.1, -0.5, -2.6, 2.3])
    assert table[-1][0] == "Total"


def test_a_scheme_the_place_gains_by_names_those_who_would_do_better_to_refuse(everything: Mapping[str, str]) -> None:
    said = "By “Home first” the place gains £10.7m over five years, and Community trust loses £12.2m"
    assert said in section(everything["share.html"], "gains")


def test_a_body_that_loses_either_way_is_told_so(everything: Mapping[str, str]) -> None:
    said = "Hospital loses £2.1m in 2020/21 whether it takes part or stays out while the others go ahead."
    assert said in section(everything["share.html"], "out")


def test_a_small_loss_that_costs_a_large_fund_is_told_with_the_transfer_that_saves_it(
    everything: Mapping[str, str],
) -> None:
    assert (
        "Hospital would lose £2.1m in 2016/17 and with it a fund of £9.0m that hangs on its control total: £11.1m in "
        "truth. A transfer of £1.1m keeps it."
    ) in section(everything["share.html"], "cliffs")


def test_who_loses_by_helping_is_told_form_by_form(everything: Mapping[str, str], found: Sharing) -> None:
    said = "Under block payment Hospital gains £5.4m a year by helping; under today’s contracts it loses £2.1m."
    assert said in section(everything["share.html"], "forms")
    assert said in terminal(found)


def test_under_activity_payment_the_hospital_loses_by_helping() -> None:
    """The sentence of the issue, where today's contracts are a block."""
    from tripleaim.plan.agreement import Payment

    by_block = share(home_first_place(form=Payment.BLOCK), draws=20)
    said = "Under activity payment Hospital loses £2.1m a year by helping; under today’s contracts it gains £5.4m."
    assert said in words(share_files(by_block)["share.html"])
    assert "Under activity payment Hospital loses £2.1m a year by helping with “Home first”" in terminal(by_block)


def test_of_those_who_lose_under_a_form_the_one_that_loses_most_comes_first(
    everything: Mapping[str, str], found: Sharing
) -> None:
    block = next(row for row in rows(everything, "forms_stability") if row[0] == "Block payment")
    assert block[1] == "Community trust and Council"
    assert "Community trust and 1 more" in terminal(found)


def test_the_marginal_payment_stands_beside_what_can_be_saved(everything: Mapping[str, str]) -> None:
    (row,) = rows(everything, "margins")[1:]
    assert row[:2] == ["Home first", "Hospital"]
    assert (float(row[2]), float(row[3]), row[4]) == (pytest.approx(1.0), pytest.approx(0.72), "no")


def test_the_group_that_would_walk_away_is_named_with_what_it_would_gain(everything: Mapping[str, str]) -> None:
    said = section(everything["share.html"], "leave")
    assert "Commissioner, Council and Community trust would have most to gain by it: £7.4m over five years." in said


def test_the_five_ways_stand_side_by_side_and_share_it_all(everything: Mapping[str, str]) -> None:
    table = rows(everything, "five_ways")
    assert len(table[0]) == 7
    assert table[0][1] == "The Shapley value (used here)"
    for column in range(1, 6):
        assert sum(float(row[column]) for row in table[1:]) == pytest.approx(10.748, abs=1e-3)
    assert "Which one to take is a choice for the partners" in section(everything["share.html"], "ways")


@pytest.mark.parametrize("rule", list(Rule))
def test_another_rule_is_named_wherever_the_choice_is(rule: Rule) -> None:
    sharing = share(home_first_place(), draws=20, rule=rule)
    named = rows(share_files(sharing), "five_ways")[0]
    assert [each for each in named if each.endswith("(used here)")] == [named[1 + list(Rule).index(rule)]]
    assert "which is a choice and no finding" in terminal(sharing)


def test_who_pays_whom_names_a_lawful_way_and_what_it_rests_on(blended: Sharing) -> None:
    files = share_files(blended)
    paid = {(row[0], row[1]): row[4] for row in rows(files, "payments")[1:]}
    assert paid["Hospital", "Community trust"].startswith("subcontract")
    law = {row[0]: row[1] for row in rows(files, "payments_law")[1:]}
    assert "section 75" in law["Pooled fund (section 75), or payment by the NHS to a council (section 256)"]


def test_where_no_lawful_way_is_known_that_is_said(blended: Sharing) -> None:
    assert blended.deal is not None
    bare = tuple(replace(each, vehicle="", law="") for each in blended.deal.payments)
    files = share_files(replace(blended, deal=replace(blended.deal, payments=bare)))
    assert {row[4] for row in rows(files, "payments")[1:]} == {"no lawful way is known"}


def test_an_agreement_without_payments_has_no_table_of_them(blended: Sharing) -> None:
    assert blended.deal is not None
    files = share_files(replace(blended, deal=replace(blended.deal, payments=())))
    assert "No money needs to change hands" in words(files["share.html"])
    assert "data/share_payments.csv" not in files


def test_what_is_shared_out_is_held_against_what_comes_of_it_on_average(everything: Mapping[str, str]) -> None:
    said = section(everything["share.html"], "holds")
    assert "by which all together gain £10.7m over five years. On average over the draws they gain" in said


def test_a_shock_says_who_carries_it_and_what_goes_to_the_reserve(everything: Mapping[str, str]) -> None:
    said = section(everything["share.html"], "shocks")
    assert "all together have £6.0m a year less than they agreed on." in said
    assert "Commissioner and Hospital carry the most that was agreed." in said
    assert "£0.1m is over what all may carry and would have to come from a reserve that the partners would have" in said


def test_what_was_assumed_is_told(everything: Mapping[str, str]) -> None:
    said = section(everything["share.html"], "how")
    for assumed in (
        "Partners without books of their own, such as general practices, are taken to be willing.",
        "A body that stays out pays for nothing",
        "carries out all of these schemes that it can, or none",
        "which is their own judgement",
        "3.5% less",
    ):
        assert assumed in said, assumed


def test_more_bodies_than_a_picture_holds_are_told_by_those_who_play_together(found: Sharing) -> None:
    assert found.players is not None
    bodies = tuple(f"b{n}" for n in range(13))
    many = replace(found, bodies=bodies, players={"all": bodies}, names={body: body.upper() for body in bodies})
    (column,) = ShareTold(many, Exhibits()).across
    assert column.label == listed([body.upper() for body in bodies])
    assert column.of(dict.fromkeys(bodies, 2.0)) == 26.0


def test_a_page_that_another_wrote_meanwhile_stays(found: Sharing, blended: Sharing, tmp_path: Path) -> None:
    from tripleaim.errors import PlanProblems

    write_share(found, tmp_path / "out", {})
    with pytest.raises(PlanProblems, match="written here while this one was worked out"):
        write_share(blended, tmp_path / "out", {})


def test_a_report_of_the_same_plan_leads_to_the_page_and_back(found: Sharing, tmp_path: Path) -> None:
    write_report(project(found.plan), tmp_path / "out")
    kept = (tmp_path / "out" / "data" / "who_gains.csv").read_bytes()
    for _ in range(2):
        page = write_share(found, tmp_path / "out")
    report = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert report.count('<a href="share.html">') == 1
    assert '<a href="index.html">' in page.read_text(encoding="utf-8")
    assert (tmp_path / "out" / "data" / "who_gains.csv").read_bytes() == kept


def test_the_file_beside_the_page_has_every_result(everything: Mapping[str, str]) -> None:
    told = json.loads(everything["share.json"])
    assert (told["kind"], told["result"]["draws"]) == ("share", DRAWS)
    assert told["result"]["deal"]["rule"] == "shapley"


# --- the terminal ---


def test_the_terminal_says_what_the_page_says_first(found: Sharing) -> None:
    said = terminal(found, "out/share.html")
    assert head(found) in said
    assert said.endswith("out/share.html")
    assert "Commissioner pays Hospital £1.6m a year: contract variation." in said


# --- real places ---


@pytest.mark.parametrize("name", REAL)
def test_no_position_stands_beside_a_real_organisations_name_anywhere(name: str) -> None:
    sharing = share(read_plan(PLANS / name), draws=20)
    files = share_files(sharing)
    bodies = [row.name for row in sharing.plan.organisations]
    money = re.compile(r"£|\d\.\d")
    for text in (words(files["share.html"]), terminal(sharing)):
        for sentence in re.split(r"(?<=[.:;])\s", text):
            named = [body for body in bodies if body in sentence]
            assert not (named and money.search(sentence)), sentence
    for file, content in files.items():
        if file.endswith(".csv"):
            assert not [body for body in bodies if body in content], file
    result = json.loads(files["share.json"])["result"]
    assert set(parts(files["share.html"])) == {"needed", "sectors", "how"}
    for key in ("rows", "gains", "bearings", "standings", "leaks", "margins", "cliffs", "shocks", "forms", "bodies"):
        assert result[key] == [], key
    assert (result["shares"], result["deal"], result["players"]) == (None, None, None)
    assert {each["sector"] for each in result["sectors"]} <= {"nhs", "council"}


def test_a_real_place_says_what_is_needed_and_what_is_known_without() -> None:
    said = terminal(share(read_plan(PLANS / REAL[0]), draws=20))
    assert "Who gains and who pays cannot be told yet" in said
    assert "budgets.csv" in said
    assert "£m less cost (+) or more (−)" in said


# --- words ---


def test_the_words_used_are_those_of_the_glossary(found: Sharing) -> None:
    glossary = (PLANS.parent / "GLOSSARY.md").read_text(encoding="utf-8")
    assert [word for word, meaning in MEANINGS.items() if f"**{word}** — {meaning}" not in glossary] == []
    assert "Control total" not in section(share_files(found)["share.html"], "words")


def test_words_of_the_trade_are_left_to_the_glossary(everything: Mapping[str, str]) -> None:
    page = everything["share.html"]
    said = " ".join(section(page, key) for key in parts(page) if key != "words")
    assert not re.search(r"\b(core|coalitions?|epsilon|payoffs?|NPV|game theory)\b", said, re.IGNORECASE)


def test_a_year_out_of_pocket_under_the_agreement_is_told(blended: Sharing) -> None:
    assert blended.deal is not None
    first = replace(blended.deal.players[0], worst=-3e6, worst_year="2016/17")
    deal = replace(blended.deal, players=(first, *blended.deal.players[1:]))
    said = section(share_files(replace(blended, deal=deal))["share.html"], "agreement")
    assert (
        "Over five years nobody loses under the agreement, but Commissioner is out of pocket in single years, most"
        in said
    )
    assert "out of pocket" not in section(share_files(blended)["share.html"], "agreement")

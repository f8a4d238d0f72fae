"""A stress test as a board reads it: one figure everywhere, chances in plain numbers, and what words mean."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reports.conftest import words
from reports.stress_told import DRAWS, Told, telling, terminal
from tripleaim.quantities import Range
from tripleaim.reports.stress_parts.contingency import hold_title
from tripleaim.reports.stress_parts.drawn import draws_of, other_draws
from tripleaim.reports.stress_parts.glossary import MEANINGS, words_used
from tripleaim.reports.stress_parts.named_tests import how_many_passed
from tripleaim.reports.stress_parts.sentences import odds, ranges_in_words, verdict
from tripleaim.reports.stress_section import SHORT, stress_files
from tripleaim.stress.findings import Stress
from tripleaim.stress.named.trying import Verdict
from tripleaim.stress.outside.telling import savings_in_words
from tripleaim.stress.why.failure import Condition, Sought
from tripleaim.stress.why.words import failure_in_words


def with_chance(found: Stress, share: float) -> Stress:
    """The same findings with another chance of balance in the last year."""
    money = [
        replace(each, met=(*each.met[:-1], share)) if (each.who, each.case) == ("both", "hoped") else each
        for each in found.money
    ]
    return replace(found, money=tuple(money))


def enough(found: Stress) -> Stress:
    """Findings as from draws enough to tell lows and highs from."""
    return replace(found, draws=100)


# --- the opening ---


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0253, "1 in 40 (2.5%)"),
        (0.0004, "1 in 2,500 (0.04%)"),
        (0.2, "2 in 10 (20%)"),
        (0.5, "5 in 10 (50%)"),
        (0.97, "32 in 33 (97.0%)"),
    ],
)
def test_a_chance_is_said_in_plain_numbers_first(share: float, said: str) -> None:
    assert odds(share) == said


def test_the_opening_says_that_one_draw_in_ten_is_better_and_one_worse(balance: Told) -> None:
    said = verdict(enough(with_chance(balance[0].found, 0.025)), balance[1])
    assert "a chance of 1 in 40 (2.5%) of balance in 2020/21" in said
    assert "One in ten is better, one in ten worse." in said
    assert "at best" not in said


def test_a_chance_that_never_or_always_came_is_told_by_the_number_of_draws(balance: Told) -> None:
    none, every = (enough(with_chance(balance[0].found, share)) for share in (0.0, 1.0))
    assert "balances in none of 100 draws" in verdict(none, balance[1])
    assert "balances in every one of 100 draws" in verdict(every, balance[1])


def test_too_few_draws_tell_their_middle_and_no_more(balance: Told, pressure: Told) -> None:
    for whole, run in (balance, pressure):
        said = verdict(replace(whole.found, draws=1), run)
        assert said.startswith("One draw is too few")
        assert "middle draw" in said
        assert not any(word in said for word in ("eight of ten", "one in ten", "chance of", "balances in"))


def test_the_opening_of_a_pressure_says_what_the_same_care_costs(pressure: Told) -> None:
    said = verdict(enough(pressure[0].found), pressure[1])
    assert "the same care costs £" in said
    assert "One in ten is lower, one in ten higher." in said


def test_both_cases_are_explained_where_they_are_first_used(balance: Told) -> None:
    for said in (words(stress_files(*balance)["stress.html"]), terminal(balance)):
        assert said.index("As hoped, with all the posts and capital the schemes need") < said.index(
            "With what is found"
        )
        assert "counts only the posts and capital found so far" in said


# --- whose ranges ---


def test_only_ranges_that_the_plan_leaves_to_us_are_called_ours(balance: Told) -> None:
    plan = balance[0].found.plan
    assert "Ranges that move the whole plan are ours: those of all care (worked out from past years)" in (
        ranges_in_words(plan)
    )
    row = plan.assumptions[0].model_copy(
        update={"key": "all_inflation", "value": Range(point=0.0, low=-0.01, high=0.01)}
    )
    said = ranges_in_words(plan.model_copy(update={"assumptions": (*plan.assumptions, row)}))
    assert "it states its own range for all pay and prices." in said
    assert "all pay and prices" not in said.split("The other ranges are ours")[1]


# --- how many draws ---


def test_parts_that_take_as_many_draws_as_the_headline_excuse_no_difference(tiny: Told) -> None:
    whole, run = tiny
    assert whole.named is not None
    assert whole.why is not None
    same = replace(
        whole,
        named=replace(whole.named, asked=replace(whole.named.asked, draws=DRAWS)),
        why=replace(whole.why, failure=replace(whole.why.failure, draws=DRAWS)),
    )
    assert set(draws_of(telling((same, run)))) == {"true"}
    assert "may differ" not in words(stress_files(same, run)["stress.html"])


def test_a_part_that_takes_fewer_draws_says_so_under_its_heading(tiny: Told) -> None:
    page = stress_files(*tiny)["stress.html"]
    heading = page.index('id="on-tests-h"')
    assert page.index(f"This part rests on 20 draws; the figures at the top rest on {DRAWS}.", heading) < page.index(
        'id="stress_tests"'
    )
    assert "tests, what to hold, sooner or later and when schemes pay back on 20" in other_draws(telling(tiny))
    assert other_draws(telling(tiny)) in terminal(tiny)


def test_the_draws_alone_rest_on_no_other(balance: Told) -> None:
    assert other_draws(telling(balance)) == ""


# --- conditions, tests, money to hold ---


def test_a_condition_on_what_stands_behind_numbers_reads_the_same_in_picture_and_text(tiny: Told) -> None:
    whole, run = tiny
    assert whole.why is not None
    winters = Condition(
        name="driver/winter",
        label="hard and mild winters",
        unit="",
        width=0.0,
        lowest=0.0,
        at_least=0.59,
        below=None,
        quasi_p=0.0,
        found_again=1.0,
    )
    box = replace(whole.why.failure.boxes[0], conditions=(winters,))
    failing = replace(whole.why.failure, boxes=(box,))
    page = words(stress_files(replace(whole, why=replace(whole.why, failure=failing)), run)["stress.html"])
    assert "“hard and mild winters” is among the highest 41% of what is likely" in page
    assert page.count("mong the highest 41% of what is likely") >= 2
    assert "number 59" not in page


def test_the_second_look_names_both_ends_in_figures_that_can_be_read_aloud(tiny: Told) -> None:
    assert tiny[0].why is not None
    failing = tiny[0].why.failure
    prices = Condition(
        name="assumptions/all_inflation/value",
        label="rise of prices",
        unit="fraction a year",
        width=0.008,
        lowest=-0.003,
        at_least=0.0039,
        below=None,
        quasi_p=0.0,
        found_again=None,
    )
    high = replace(failing.boxes[0], conditions=(prices,), density=0.8)
    low = replace(failing.boxes[0], conditions=(replace(prices, at_least=None, below=0.0039),), density=0.051)
    told = failure_in_words(replace(failing, sought=Sought.WORST, ends=(high, low)), tiny[0].why.question)[-1]
    assert told == (
        "A second look parts the draws by one question after another, told roughly. The most are in the worst fifth, "
        "80% of them, where rise of prices is 0.4% a year or more. The fewest are, 5%, where rise of prices is below "
        "0.4% a year."
    )


def test_money_to_hold_says_in_which_case_and_how_much_is_short_already(tiny: Told) -> None:
    assert tiny[0].named is not None
    held = tiny[0].named.contingency[0]
    together = tuple(replace(row, amount=(*row.amount[:-1], 165.9e6)) for row in held.together)
    found = replace(held, is_pressure=False, planned=(*held.planned[:-1], 67.9e6), together=together)
    assert hold_title(telling(tiny), found) == (
        "To balance in 2017/18 eight times in ten, as hoped, the place would hold £165.9m together: the £67.9m that it "
        "is short by in the plan already, and £98.0m more"
    )


def test_one_test_put_to_every_partner_is_counted_as_such(tiny: Told) -> None:
    assert tiny[0].named is not None
    tried = next(each for each in tiny[0].named.tests if each.verdict in (Verdict.PASSED, Verdict.FAILED))
    other = replace(tried.test, key="partner_leaves", name="One partner leaves")
    leaving = [replace(tried, test=other, partner=partner, verdict=Verdict.PASSED) for partner in ("north", "south")]
    own = replace(tried, test=replace(tried.test, key="school", is_own=True), verdict=Verdict.FAILED)
    assert how_many_passed([replace(tried, verdict=Verdict.FAILED), *leaving, own]) == (
        "The plan passed 2 of the 4 that could be tried: two tests, one of them once for each of 2 partners, and one "
        "of the place’s own"
    )


def test_what_savings_rest_on_adds_up_to_a_pound(tiny: Told) -> None:
    assert tiny[0].outside is not None
    kinds = {"claim": 22.0, "context": 18.0, "controlled": 8.0, "none": 24.0, "uncontrolled": 28.0}
    assert savings_in_words(replace(tiny[0].outside.savings, savings=100.0, by_kind=kinds)) == (
        "Of each pound the schemes are to save, 28p rests on what happened, with nothing to set it against, 22p on "
        "claims, 8p on controlled results and 42p on no evidence of an effect: 24p cites nothing, and 18p cites a size "
        "or a rate."
    )


def test_money_spent_and_saved_before_the_last_year_has_its_sign(tiny: Told) -> None:
    page = words(stress_files(*tiny)["stress.html"])
    assert "cost more by" not in page
    assert "+ is money spent and − is money saved" in page


# --- a page that can be read to its end ---


def without_details(page: str) -> str:
    """A page without what is folded on it, from the innermost out."""
    inner = re.compile(r"<details(?:(?!<details).)*?</details>", re.S)
    while inner.search(page):
        page = inner.sub("", page)
    return page


def test_long_tables_are_folded_and_every_table_becomes_blocks_on_a_narrow_screen(tiny: Told) -> None:
    page = stress_files(*tiny)["stress.html"]
    assert "<table>" not in page
    standing = re.findall(r"<table.*?</table>", without_details(page), re.S)
    assert max(table.count("<tr") for table in standing) <= SHORT + 1


def test_all_that_is_folded_has_its_heading_on_paper(tiny: Told) -> None:
    page = stress_files(*tiny)["stress.html"]
    for heading in re.findall(r'<details class="behind"><summary>([^<]*)</summary>', page):
        assert f'<p class="on-paper"><strong>{heading}</strong></p>' in page


def test_the_words_used_are_those_of_the_glossary() -> None:
    glossary = (Path(__file__).resolve().parents[2] / "GLOSSARY.md").read_text(encoding="utf-8")
    assert [word for word, meaning in MEANINGS.items() if f"**{word}** — {meaning}" not in glossary] == []


def test_only_words_that_a_page_uses_are_explained(balance: Told, pressure: Told) -> None:
    told = [dict(words_used(telling(each)).data["words"]) for each in (balance, pressure)]
    assert "With what is found" in told[0]
    assert "Pressure" not in told[0]
    assert "Pressure" in told[1]

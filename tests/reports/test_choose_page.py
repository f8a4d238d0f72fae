"""The page of a choice: what a reader sees of it, and what stands in its files."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reports.choose_told import ROOT, SOME, rows, some_of_the_place, telling, terminal
from reports.conftest import words
from tripleaim.loading import read_plan
from tripleaim.portfolio import choose
from tripleaim.portfolio.options import with_choice
from tripleaim.portfolio.record import Choice
from tripleaim.portfolio.telling import NO_LIMITS
from tripleaim.projection import Projection, project
from tripleaim.reports.choose_page import choose_files
from tripleaim.reports.choose_parts.cuts import in_short
from tripleaim.reports.choose_parts.limits_kept import breaks
from tripleaim.reports.choose_parts.sentences import (
    balance,
    beside_run,
    further,
    hard_choice,
    least_regret,
    standards,
    verdict,
)
from tripleaim.reports.choose_parts.starts import picture
from tripleaim.reports.choose_parts.told import ChooseTold
from tripleaim.reports.html import html_report


@pytest.fixture(scope="module")
def choice() -> Choice:
    """Six schemes of the invented place under two purses."""
    return choose(some_of_the_place(SOME), draws=40)


@pytest.fixture(scope="module")
def told(choice: Choice) -> ChooseTold:
    return telling(choice)


@pytest.fixture(scope="module")
def html(choice: Choice) -> str:
    return choose_files(choice)["choose.html"]


def test_the_headline_says_what_is_best_within_the_limits_and_what_the_plan_as_it_stands_breaks(
    choice: Choice, told: ChooseTold, html: str
) -> None:
    chosen, planned = choice.of(choice.chosen), choice.of("planned")
    assert not chosen.broken
    assert planned.broken
    closed = f"£{chosen.score.closed.mean / 1e6:.1f}m"
    assert verdict(told).startswith("To close most of the money gap within the limits, ")
    assert f"closes {closed} of the money gap in 2020/21, " in verdict(told)
    assert verdict(told).endswith(f" and {breaks(choice, planned)}.")
    assert verdict(told) in words(html)


def test_the_plan_as_it_stands_doing_less_and_doing_nothing_stand_beside_the_best(choice: Choice) -> None:
    names = [row["Set"] for row in rows(choice, "choose_money")]
    assert names[0].endswith(". This page goes by it")
    assert {"The plan as it stands", "Do less", "Do nothing"} <= {name.partition(" (")[0] for name in names}


def test_beside_every_mean_of_health_and_care_stands_how_many_are_at_standard_and_what_gets_worse(
    choice: Choice,
) -> None:
    for row in rows(choice, "choose_people"):
        for gap in ("Health", "Care"):
            assert " of " in row[f"{gap}: at standard"]
            assert "%" in row[f"{gap}: the way there"]
        assert row["Ends further from standard than if nothing changes, at the stated numbers"]


def test_worth_to_partners_is_told_partner_by_partner_and_never_averaged(choice: Choice) -> None:
    found = rows(choice, "choose_partners")
    assert [row["Partner"] for row in found] == ["Marsh Council", "Wealdshire Royal Hospitals"]
    assert [row["Health, points"] for row in found] == ["50.0", "15.0"]
    assert not any("verage" in row["Partner"] or row["Partner"] == "All" for row in found)


def test_what_a_cut_would_lose_stands_beside_what_it_saves(choice: Choice) -> None:
    found = {row["Scheme cut"].partition(" (a plug")[0]: row for row in rows(choice, "choose_cuts")}
    assert set(found) == {each.name for each in choice.of(choice.chosen).taken}
    for loss in choice.losses:
        row = found[loss.name]
        assert float(row["Spending saved over the years, £m"]) == pytest.approx(sum(loss.spending) / 1e6, abs=1e-6)
        assert float(row["Money lost, £m a year"]) == pytest.approx(loss.money / 1e6, abs=1e-6)


def test_schemes_that_are_left_out_say_why(choice: Choice) -> None:
    out = rows(choice, "choose_left_out")
    assert {row["Scheme"] for row in out} == {each.name for each in choice.left_out} != set()
    assert all(row["Why it is left out, and what having it in would take"].endswith(".") for row in out)


def test_every_set_stands_up_to_every_test_beside_the_best_there(choice: Choice) -> None:
    found = rows(choice, "choose_tests")
    assert len(found) == len(choice.candidates) * len(choice.tests)
    assert min(float(row["Behind the best, £m a year"]) for row in found) == 0


def test_a_plug_is_said_to_be_one_wherever_a_set_counts_on_it(choice: Choice, html: str) -> None:
    assert "further_savings" in choice.of(choice.chosen).schemes
    assert "The set counts on “Further savings not yet identified”, which has no owner, action or evidence" in words(
        html
    )


def test_the_sheet_for_a_room_has_every_scheme_and_says_that_draws_bring_less(choice: Choice, html: str) -> None:
    assert {row["Scheme"].partition(" (a plug")[0] for row in rows(choice, "choose_value")} == {
        each.name for each in choice.schemes
    }
    assert "These are the plan’s own numbers. Draws allow for delay" in words(html)


def test_what_the_answer_rests_on_names_draws_the_gap_and_what_is_judged(choice: Choice, html: str) -> None:
    said = words(html)
    assert "disruption is judged to be 10% of the first full year’s running cost and of the set-up" in said
    assert f"run through the whole model with {choice.draws} draws, the same for all" in said
    assert "40 draws are too few to tell shares of draws from" in said
    found = {row["Set"].partition(" (")[0]: row for row in rows(choice, "choose_found")}
    searched = [each for each in choice.candidates if each.estimate is not None]
    assert len(found) == len(searched) > 0
    assert all(row["Nodes"] for row in found.values())


def test_the_result_beside_the_page_is_plain_json_with_the_plans_heading(choice: Choice) -> None:
    result = json.loads(choose_files(choice)["choose.json"])
    assert result["plan"]["name"] == "Wealdshire and Marsh"
    assert "plan" not in result["result"]
    assert len(result["result"]["candidates"]) == len(choice.candidates)


def test_a_search_that_went_on_without_a_bound_is_null_and_told_in_words(choice: Choice) -> None:
    chosen = choice.of(choice.chosen)
    assert chosen.estimate is not None
    estimate = replace(chosen.estimate, gap=float("inf"), bound=float("inf"), stopped="stopped after 2 seconds")
    others = [each for each in choice.candidates if each is not chosen]
    stopped = replace(choice, candidates=(replace(chosen, estimate=estimate), *others))
    files = choose_files(stopped)
    assert "It stopped by the clock, so another run may find another set." in words(files["choose.html"])
    told = json.loads(files["choose.json"])["result"]["candidates"][0]["estimate"]
    assert told["gap"] is None
    assert (
        "The search stopped after 2 seconds: by its estimates another set could be better by more than is known."
        in (words(files["choose.html"]))
    )


def test_the_terminal_says_the_same_headline_and_tells_a_chance_with_how_far_it_may_be_out(
    choice: Choice, told: ChooseTold
) -> None:
    said = terminal(choice)
    assert verdict(told) in said
    assert balance(told) in said
    assert "points, for want of more draws" in balance(told) or "0%" in balance(told)
    assert "_" not in said


def test_where_no_set_keeps_every_limit_the_page_says_so_and_shows_the_plan_as_it_stands(choice: Choice) -> None:
    none = replace(choice, chosen="", losses=(), left_out=())
    assert verdict(telling(none)).startswith("No set of schemes that was found keeps every limit")
    assert "No set of schemes that was found keeps every limit" in words(choose_files(none)["choose.html"])
    assert "No set of schemes that was found keeps every limit" in terminal(none)


def test_doing_less_is_told_where_it_would_do_more_for_money_with_what_it_breaks(choice: Choice) -> None:
    assert hard_choice(telling(choice)) == ""
    less, planned = choice.of("less"), choice.of("planned")
    better = replace(less.score, closed=replace(less.score.closed, mean=90e6))
    more = replace(less, key="less", keys=("less",), score=better, broken=planned.broken, uses=planned.uses)
    kept = [each for each in choice.candidates if "less" not in each.keys]
    said = hard_choice(telling(replace(choice, candidates=(*kept, more))))
    assert said.startswith("For money alone doing less would do more: ")
    assert f"close £90.0m of the money gap. But it {breaks(choice, planned)}: “" in said
    assert "“Money for buildings and systems”" in said


def test_the_picture_of_starts_says_what_is_moved_and_what_a_scheme_left_out_would_take(choice: Choice) -> None:
    told, chosen = telling(choice), choice.of(choice.chosen)
    later = replace(chosen, taken=tuple(replace(each, later=1) for each in chosen.taken))
    assert all(row.label.endswith(" (1 year later than planned)") for row in picture(told, later).chosen)
    assert all("a year less closed" in in_short(told, each) for each in choice.left_out if each.costs > 500)


def test_where_nothing_limits_the_sets_no_limit_is_said_to_be_kept(choice: Choice) -> None:
    bare = [replace(each, uses=(), broken=()) for each in choice.candidates]
    free = replace(choice, limits=(), candidates=tuple(bare), notes=(f"{NO_LIMITS.partition(':')[0]}.",))
    assert (
        "limits" not in verdict(telling(free)) + terminal(free).replace("no limits", "").partition("The plan states")[0]
    )
    assert "The plan states no limits of its own." in terminal(free)
    assert breaks(free, bare[0]) == "has no limit to keep"


def test_measures_of_a_real_place_are_counted_and_not_named_where_effects_are_our_examples(choice: Choice) -> None:
    chosen = choice.of(choice.chosen)
    worse = replace(chosen, score=replace(chosen.score, care=replace(chosen.score.care, widened=("Waits at a trust",))))
    assert further(telling(choice), worse) == "Waits at a trust"
    real = replace(choice, plan=read_plan(ROOT / "plans" / "norfolk_and_waveney"))
    assert further(telling(real), worse) == "one measure of care"


def test_what_stands_still_at_the_stated_numbers_may_get_worse_over_the_draws(choice: Choice) -> None:
    chosen = choice.of(choice.chosen)
    none = replace(chosen.score.health, widened=())
    care = replace(chosen.score.care, widened=(), closed=replace(chosen.score.care.closed, mean=-0.003))
    away = replace(chosen, score=replace(chosen.score, health=none, care=care))
    said = standards(telling(choice), away)
    assert "No measure ends further from its standard there than if nothing changes." in said
    assert "care ends 0.3% of the way further from its standards" in said


def test_the_safest_set_says_how_many_tests_it_passes_and_with_how_many_draws(choice: Choice) -> None:
    own = next(each for each in choice.regrets if each.candidate == choice.least_regret)
    said = least_regret(telling(choice))
    assert f"It passes all {own.of} tests" in said or f"it passes {own.held} of the {own.of} tests" in said
    assert said.endswith(f"The tests take {choice.draws_of_tests} draws.")


def test_the_plan_is_told_as_run_tells_it_beside_what_it_comes_to_here(choice: Choice) -> None:
    said = beside_run(telling(choice))
    assert f"is short by £{choice.plan_short_as_run / 1e6:.1f}m in 2020/21 if every scheme works" in said
    assert f"the plan is short by £{choice.of('planned').score.short.mean / 1e6:.1f}m" in said


def test_the_report_of_a_plan_says_which_limits_its_schemes_break_together_and_where_to_ask_for_more(
    invented: Projection, choice: Choice
) -> None:
    told = html_report(project(choice.plan))
    broken = breaks(choice, choice.of("planned")).removeprefix("breaks ")
    assert f"The plan as it stands breaks {broken.split()[0]} of " in words(told)
    assert "Money for buildings and systems: £" in words(told)
    assert "the command tripleaim choose, with this plan and --out, writes a page of it" in words(told)
    assert "The plan as it stands breaks 15 of 28 limits" in words(html_report(invented))


def test_the_report_of_a_plan_without_schemes_asks_nothing_about_them_together(invented: Projection) -> None:
    bare = with_choice(invented.plan, {})
    assert "Which schemes together?" not in html_report(project(bare))

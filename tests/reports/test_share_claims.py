"""What a sharing claims of its own figures: what they rest on, how they agree with each other, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from incentives.home_first_place import home_first_place
from loading.tiny import write_tiny
from reports.conftest import words
from reports.share_told import FUND, WORSE, rows, terminal
from tripleaim.incentives.record import Sharing
from tripleaim.incentives.sharing import share
from tripleaim.loading import read_plan
from tripleaim.reports.facts import Exhibits
from tripleaim.reports.share_page import answers, headline, share_files
from tripleaim.reports.share_parts.forms import forms
from tripleaim.reports.share_parts.told import ShareTold
from tripleaim.reports.share_parts.who_gains import alone_and_together
from tripleaim.reports.words import money


@pytest.fixture(scope="module")
def one() -> Sharing:
    """One scheme, agreed on under blended payment."""
    return share(home_first_place(), draws=20, form="blended")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Sharing:
    """Two schemes."""
    return share(read_plan(write_tiny(tmp_path_factory.mktemp("claims"))), draws=20)


@pytest.fixture(scope="module")
def files(two: Sharing) -> Mapping[str, str]:
    return share_files(replace(two, shocks=(WORSE,)))


def told(sharing: Sharing) -> ShareTold:
    return ShareTold(sharing, Exhibits())


def mean(sharing: Sharing) -> float:
    """What all gain on average over the draws, GBP."""
    assert sharing.deal is not None
    return sum(each.mean for each in sharing.deal.stability.players)


def with_mean(sharing: Sharing, amount: float) -> Sharing:
    """The same with another mean over the draws, all of it the first player's."""
    assert sharing.deal is not None
    players = [replace(each, mean=0.0) for each in sharing.deal.stability.players]
    stability = replace(sharing.deal.stability, players=(replace(players[0], mean=amount), *players[1:]))
    return replace(sharing, deal=replace(sharing.deal, stability=stability))


# --- hopes and what to expect ---


def test_the_headline_says_at_which_numbers_it_is_told(two: Sharing) -> None:
    assert "at the plan’s own numbers and with every post and all capital found" in headline(told(two))


def test_what_all_gain_on_average_over_the_draws_stands_second_with_what_a_draw_is(one: Sharing) -> None:
    said = answers(told(one))[0]
    assert f"{money(mean(one))} on average over 20 draws" in said
    assert "with care paid for under blended payment" in said
    assert "A draw is one run with a plausible value for everything we are unsure of" in said
    assert said in terminal(one)


def test_a_mean_below_the_hope_is_said_to_be_what_to_expect(one: Sharing) -> None:
    assert one.shares is not None
    less, same = answers(told(with_mean(one, -1e6)))[0], answers(told(with_mean(one, one.shares.whole)))[0]
    assert "but lose £1.0m on average over 20 draws: the first is what is hoped for, the second what to expect." in less
    assert "what to expect" not in same


def test_the_table_of_the_terminal_says_what_its_columns_are(one: Sharing, two: Sharing) -> None:
    said = terminal(one)
    assert (
        "today’s contracts as they stand, in the last two columns with the payments agreed under blended payment"
        in said
    )
    assert "payments agreed, over" in terminal(two)
    assert "£m gained in" not in said


def test_each_body_has_its_mean_over_the_draws_in_the_terminal(one: Sharing) -> None:
    for width in (80, 100):
        assert "+123.4" in terminal(with_mean(one, 123.4e6), width=width)


# --- figures that agree ---


def test_what_bodies_keep_less_what_they_carry_is_what_they_gain_by_all_schemes(
    two: Sharing, files: Mapping[str, str]
) -> None:
    net = {row[0]: float(row[3]) for row in rows(files, "who_bears")[1:]}
    gained = {two.names[each.body]: each.worth / 1e6 for each in two.standings}
    assert {name: net[name] for name in gained} == pytest.approx(gained, abs=1e-5)
    assert net["All"] == pytest.approx(sum(gained.values()), abs=1e-5)


def test_what_schemes_do_together_beyond_each_alone_is_told_with_how_wards_are_counted(two: Sharing) -> None:
    (said,) = alone_and_together(told(two))
    assert "Each scheme alone counts wards as fractions" in said
    assert f"all together to {money(sum(each.worth for each in two.standings))}" in said


def test_one_scheme_needs_no_such_words(one: Sharing) -> None:
    assert alone_and_together(told(one)) == []


def test_why_today_comes_to_another_sum_than_other_forms_is_told(two: Sharing) -> None:
    def keeping(purpose: str) -> Sharing:
        contracts = tuple(row.model_copy(update={"kept_for": purpose}) for row in two.plan.contracts)
        return replace(two, plan=two.plan.model_copy(update={"contracts": contracts}))

    body = two.bodies[0]
    more = [replace(form, last={**form.last, body: form.last[body] + 5e6 * form.today}) for form in two.forms]
    for sharing, tells in ((keeping("outside:beds"), True), (keeping("none"), False)):
        section = forms(told(replace(sharing, forms=tuple(more))))
        assert section is not None
        assert ("spent outside these books, the schemes make that less" in " ".join(section.data["lead"])) is tells


# --- the agreement ---


def test_nobody_losing_and_some_out_of_pocket_are_told_in_one_sentence(one: Sharing) -> None:
    assert one.deal is not None
    short = [replace(each, worst=-2e6, worst_year="2017/18") for each in one.deal.players[:2]]
    deal = replace(one.deal, players=(*short, *one.deal.players[2:]))
    said = words(share_files(replace(one, deal=deal))["share.html"])
    assert "Over five years nobody loses under the agreement, but two are out of pocket in single years" in said
    assert "most, by £2.0m in 2017/18." in said


def test_who_loses_on_average_over_the_draws_in_spite_of_the_agreement_is_told(one: Sharing) -> None:
    tells = "on average over the draws Commissioner loses £2.0m over five years with the same payments."
    assert tells in words(share_files(with_mean(one, -2e6))["share.html"])
    assert "with the same payments" not in words(share_files(with_mean(one, 2e6))["share.html"])


def test_who_still_loses_under_the_agreement_is_named(one: Sharing) -> None:
    assert one.deal is not None
    first = replace(one.deal.players[0], after=-2e6)
    said = words(
        share_files(replace(one, deal=replace(one.deal, players=(first, *one.deal.players[1:]))))["share.html"]
    )
    assert "Over five years Commissioner still loses under the agreement." in said


def test_a_subcontract_says_on_the_terminal_that_it_pays_for_a_service(one: Sharing) -> None:
    assert "subcontract, where it pays for a service." in terminal(one)


def test_a_reserve_is_one_the_partners_would_have_to_set_up(files: Mapping[str, str]) -> None:
    said = words(files["share.html"])
    assert "would have to come from a reserve that the partners would have to set up." in said
    assert "one in ten does worse than the worse case told here" in said


def test_a_rule_is_explained_once_and_then_called_by_its_name(files: Mapping[str, str]) -> None:
    assert words(files["share.html"]).count("each gets what it adds, on average over all orders") == 1


def test_a_control_total_missed_by_what_is_paid_is_told_on_page_and_terminal(one: Sharing) -> None:
    assert one.deal is not None
    first = replace(one.deal.players[0], missed=("2018/19", "2019/20"))
    missing = replace(one, deal=replace(one.deal, players=(first, *one.deal.players[1:])))
    tells = "Commissioner would miss its control total in 2018/19 and 2019/20 because of what it pays"
    for said in (words(share_files(missing)["share.html"]), terminal(missing)):
        assert tells in said
    assert "would miss its control total" not in terminal(one)


def test_from_when_payments_are_made_is_said(one: Sharing) -> None:
    assert one.deal is not None
    later = replace(one, deal=replace(one.deal, first_year="2017/18"))
    assert "Who would pay whom, the same every year from 2017/18" in terminal(later)
    said = words(share_files(later)["share.html"])
    assert "every year from 2017/18, the first year that begins after the plan is dated" in said
    assert "Who would pay whom, the same every year Hospital" in terminal(one)


def test_a_part_of_a_fund_that_is_lost_and_one_that_is_earned_are_told_as_such(one: Sharing) -> None:
    part = replace(FUND, fund_with=7e6, lost=2e6, true_cost=4.1e6)
    better = replace(FUND, body="m", fund_nothing=0.0, fund_with=3e6, lost=0.0, true_cost=0.0, transfer=0.0)
    files = share_files(replace(one, cliffs=(part, better)))
    said = words(files["share.html"])
    assert "Hospital would lose £2.1m in 2016/17 and with it £2.0m of a fund of £9.0m" in said
    assert "With the schemes Community trust earns £3.0m of its fund in 2016/17, and £0 if nothing is done." in said
    assert [float(cell) for cell in rows(files, "cliffs")[1][5:8]] == [9.0, 7.0, 2.0]


# --- what it rests on ---


def test_what_is_not_counted_is_said(files: Mapping[str, str]) -> None:
    said = words(files["share.html"])
    for claim in (
        "disruption and a slower start with new partners, is not in these figures unless the plan states it",
        "wherever their residents live. A pooled fund needs residents that both sides serve",
        "these amounts are cash with inflation in it",
        "is not counted.",
        "It may split into smaller groups that each do so.",
    ):
        assert claim in said, claim


def test_a_plan_with_limits_says_that_they_may_be_broken_and_one_without_says_nothing(two: Sharing) -> None:
    limited = replace(two, plan=two.plan.model_copy(update={"choice_limits": two.plan.schemes}))
    tells = "tripleaim choose tells which limits the plan as it stands breaks"
    assert tells in words(share_files(limited)["share.html"])
    assert tells not in words(
        share_files(replace(two, plan=two.plan.model_copy(update={"choice_limits": ()})))["share.html"]
    )


def test_the_books_that_are_missing_are_counted_in_the_first_sentence() -> None:
    place = read_plan(Path(__file__).resolve().parents[2] / "plans" / "norfolk_and_waveney")
    said = terminal(share(place, draws=20))
    assert "cannot be told yet. The income and spending of" in said
    assert "thing is missing" not in said

"""Sharing, from the plan: coalitions worked out by hand, the invented place, and real places without books."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from incentives.home_first_place import BODIES, YEARS, by_hand, every_coalition, home_first_place
from tripleaim.errors import PlanProblems
from tripleaim.incentives import Sharing, share
from tripleaim.incentives.agreement.rules import Rule
from tripleaim.incentives.blocs import blocs
from tripleaim.incentives.coalitions import needed
from tripleaim.incentives.measures.timing import present_value
from tripleaim.incentives.payoffs import MONEY, payoffs
from tripleaim.incentives.played import Coalitions, coalitions, drawn, stated
from tripleaim.incentives.values import by_player, goes_ahead, inside
from tripleaim.incentives.ways import ways
from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.agreement import Payment
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.projection.axes import axes
from tripleaim.projection.project import run_cases
from tripleaim.quantities import Range

ROOT = Path(__file__).resolve().parents[2]
REAL = ("greater_manchester", "norfolk_and_waveney", "west_north_and_east_cumbria")
DRAWS = 8
"""Few: that chances are counted right is told in `test_sharing_agreement`."""
ANNUITY = sum(1.035**-year for year in range(YEARS))
PAID = {"block": 0.0, "activity": 1.0, "blended": 0.2, "today": 1.0}
"""Way of paying → what is paid for each pound of care more or less."""


@pytest.fixture(scope="module")
def invented() -> Plan:
    return read_plan(ROOT / "plans" / "wealdshire_and_marsh")


@pytest.fixture(scope="module")
def told(invented: Plan) -> Sharing:
    return share(invented, ["integrated_care_teams"], draws=DRAWS)


@pytest.fixture(scope="module")
def whole(invented: Plan) -> Sharing:
    return share(invented, draws=DRAWS)


@pytest.fixture(scope="module")
def home_first() -> Sharing:
    return share(home_first_place(), draws=1)


def asked_of(plan: Plan) -> Coalitions:
    names = axes(plan)
    members = names.nodes[: names.members]
    players = blocs({row.key: row for row in plan.organisations if row.key in members}, dict.fromkeys(members, 1.0))
    return coalitions(plan, players, ways(plan))


def worth(of: Coalitions, *, others_go_on: bool = False) -> dict[str, list[float]]:
    """What every coalition's members gain, £m over the years in the first year's value, by way of paying."""
    found = stated(of, of.going_on if others_go_on else of.worlds)
    return {
        key: (inside(by_player(present_value(each), of.players, BODIES)) / 1e6).tolist() for key, each in found.items()
    }


@pytest.mark.parametrize("others_go_on", [False, True])
@pytest.mark.parametrize("way", PAID)
def test_every_coalition_of_the_home_first_example_is_worth_what_it_is_by_hand(way: str, others_go_on: bool) -> None:
    found = worth(asked_of(home_first_place()), others_go_on=others_go_on)[way]
    wanted = [ANNUITY * by_hand(each, PAID[way], others_go_on=others_go_on) for each in every_coalition()]
    assert found == pytest.approx(wanted, abs=1e-6)


def test_the_home_first_example_stands_where_it_was_published_to_stand(home_first: Sharing) -> None:
    by_body = {each.body: each.by_year[-1] / 1e6 for each in home_first.standings}
    assert by_body == pytest.approx({"c": 7.5, "h": -2.1, "m": -2.6, "l": -0.5})
    assert home_first.bearings[0].paid_to_refuse == ("h", "l", "m")
    assert {each.key: each.losers for each in home_first.forms}["block"] == ("l", "m")


def test_the_core_empties_where_the_payment_exceeds_what_the_hospital_can_stop_spending(
    home_first: Sharing,
) -> None:
    (margin,) = home_first.margins
    assert (margin.paid, margin.released) == pytest.approx((1.0, 0.72))
    assert not margin.holds
    empty = {each.key: each.core_is_empty for each in home_first.forms}
    assert (empty["activity"], empty["blended"], empty["block"]) == (True, False, False)


def test_with_nothing_agreed_those_who_lose_would_leave_together(home_first: Sharing) -> None:
    today = next(each for each in home_first.forms if each.today)
    assert today.leaving[0].coalition == ("h", "l", "m")
    assert today.leaving[0].lacks == pytest.approx(ANNUITY * (2.1 + 2.6 + 0.5) * 1e6)
    assert today.leaving_count == len(today.leaving)
    assert [each.lacks for each in today.leaving] == sorted((each.lacks for each in today.leaving), reverse=True)


@pytest.mark.parametrize(("paid", "empty"), [(0.0, False), (0.71, False), (0.74, True), (1.0, True)])
def test_a_blended_price_is_stable_up_to_the_share_that_is_released(paid: float, empty: bool) -> None:
    plan = home_first_place(form=Payment.BLENDED, marginal=paid)
    today = next(each for each in share(plan, draws=1).forms if each.today)
    assert today.core_is_empty is empty


def test_draws_answer_what_the_stated_numbers_answer_where_nothing_is_uncertain_but_one_thing() -> None:
    plan = home_first_place(avoided=Range(point=0.15, low=0.1, high=0.2))
    of = asked_of(plan)
    expected = {key: np.array(each) for key, each in worth(of).items()}
    fast, slow = (drawn(of, expected, 20, 3, 0.035, fast=choice)[0] for choice in (True, False))
    for one, other in zip(fast, slow, strict=True):
        np.testing.assert_allclose(one.values, other.values, rtol=1e-9, atol=1e-3)
        np.testing.assert_allclose(one.left_out, other.left_out, rtol=1e-9, atol=1e-3)
        assert (one.values[0] == 0).all()
        stays = goes_ahead(expected[one.way]) == 0
        assert (one.values[stays] == 0).all()  # a coalition that expects nothing carries nothing out


def test_the_ledger_of_every_body_adds_up_to_what_run_says_it_gains(invented: Plan) -> None:
    ledger, run = payoffs(invented), run_cases(invented)
    hoped, nothing = (run.cases.at(name) for name in ("hoped", "funding_growth"))
    position = run.recurrent + run.one_off
    change = (position[..., hoped] - position[..., nothing])[: ledger.members, 1:-1]
    np.testing.assert_allclose(ledger.money[: ledger.members].sum(axis=(1, 2)), change, atol=0.01)


def test_a_line_of_the_ledger_is_told_once_and_the_lines_of_money_make_the_gain(whole: Sharing) -> None:
    money = [each for each in whole.rows if each.line in MONEY]
    assert len({(each.body, each.scheme, each.line) for each in whole.rows}) == len(whole.rows)
    for gain in whole.gains:
        own = [each.by_year for each in money if (each.body, each.scheme) == (gain.body, gain.scheme)] or [(0.0,) * 5]
        assert [sum(each) for each in zip(*own, strict=True)] == pytest.approx(list(gain.by_year), abs=0.05)


def test_how_care_is_paid_for_moves_money_between_bodies_and_makes_none(whole: Sharing) -> None:
    today = next(each for each in whole.forms if each.today)
    forms = {each.key: each.whole for each in whole.forms if not each.today and not each.proposed}
    assert len(forms) == 7
    assert list(forms.values()) == pytest.approx([forms["block"]] * 7)
    assert today.whole > forms["block"]  # a marginal rate's savings leave the place for their stated use


def test_what_a_scheme_alone_does_today_is_told_alike_in_the_ledger_and_by_form(whole: Sharing) -> None:
    alone = [gain for gain in whole.gains if gain.last_by_form]
    assert len(alone) > 20
    for gain in alone:
        assert gain.last_by_form["today"] == pytest.approx(gain.by_year[-1], abs=0.01), (gain.scheme, gain.body)


def test_everybodys_gain_is_the_sum_of_what_the_standings_say(whole: Sharing) -> None:
    assert whole.shares is not None
    assert sum(each.worth for each in whole.standings) == pytest.approx(whole.shares.whole)
    for rule in whole.shares.by_rule:
        assert sum(rule.amounts.values()) == pytest.approx(whole.shares.whole)


def test_an_agreement_pays_to_the_penny_and_leaves_each_where_its_rule_puts_it(whole: Sharing) -> None:
    assert whole.deal is not None
    assert whole.shares is not None
    assert sum(round(100 * each.transfer) for each in whole.deal.players) == 0
    paid = {each.player: 0.0 for each in whole.deal.players}
    for each in whole.deal.payments:
        assert each.vehicle
        assert each.law
        paid[each.payer] -= each.worth
        paid[each.payee] += each.worth
    assert paid == pytest.approx({each.player: each.transfer for each in whole.deal.players}, abs=0.001)
    amounts = whole.shares.of(Rule.SHAPLEY).amounts
    assert {each.player: each.after for each in whole.deal.players} == pytest.approx(dict(amounts), abs=0.02)


def test_a_scheme_good_for_the_place_and_bad_for_one_partner_is_mended_by_how_care_is_paid_for(told: Sharing) -> None:
    """The example of the tutorial: teams whose cost one trust bears, while the savings arise elsewhere."""
    (bearing,) = told.bearings
    assert bearing.system > 0
    assert "weald_marsh_community" in bearing.paid_to_refuse
    last = {each.body: each.by_year[-1] for each in told.gains if each.scheme}
    assert last["weald_marsh_community"] == pytest.approx(-2.13e6, abs=5e3)
    empty = {each.key: each.core_is_empty for each in told.forms}
    assert (empty["today"], empty["activity"], empty["block"], empty["blended"]) == (True, True, False, False)


def test_a_body_that_stays_out_loses_nothing_it_does_not_bear_and_saves_nothing_of_its_own(whole: Sharing) -> None:
    by_body = {each.body: each for each in whole.standings}
    assert by_body["weald_mental_health"].left_out_worth == pytest.approx(0.0, abs=1.0)
    assert by_body["marsh_council"].worst < 0


def test_chances_come_with_how_far_they_may_be_out(whole: Sharing) -> None:
    for each in whole.standings:
        assert 0 <= each.chance_worse <= 1
        error = max(p * (1 - p) / DRAWS for p in (each.chance_worse, each.chance_worse_than_left_out)) ** 0.5
        assert each.chance_error == pytest.approx(1.96 * error, rel=1e-3)
    assert whole.draws == DRAWS


def test_the_plans_own_risk_shares_carry_what_may_come(whole: Sharing) -> None:
    worse, better = whole.shocks
    assert worse.difference < 0
    assert worse.difference < better.difference
    assert sum(worse.by.values()) + worse.residual + worse.stays == pytest.approx(worse.difference)


@pytest.mark.parametrize("name", REAL)
def test_a_real_place_without_books_is_told_what_is_needed_and_no_bodys_position(name: str) -> None:
    plan = read_plan(ROOT / "plans" / name)
    found = share(plan, draws=5)
    assert found.missing
    assert found.missing[0].file == "budgets.csv"
    assert not any((found.standings, found.gains, found.bearings, found.rows, found.forms, found.bodies))
    assert (found.deal, found.shares, found.players) == (None, None, None)
    assert {each.sector for each in found.sectors} <= {"nhs", "council"}


def test_what_nobody_knows_is_refused_all_at_once(invented: Plan) -> None:
    with pytest.raises(PlanProblems) as refused:
        share(invented, ["home_first", "nothing_such"], form="tea")
    assert [(each.file, each.found) for each in refused.value.problems] == [
        ("--schemes", "nothing_such"),
        ("--form", "tea"),
    ]
    with pytest.raises(PlanProblems, match="no scheme"):
        share(invented, [])


def test_a_scheme_needs_its_lead_to_run_and_partners_and_payers_to_work(invented: Plan) -> None:
    rules = {each.scheme: each for each in needed(invented)}
    home = rules["home_first"]
    assert (home.to_run, home.otherwise) == ({"weald_marsh_community"}, 0.6)
    assert {"wealdshire_royal", "marsh_infirmary", "marsh_council"} <= home.to_work
    assert rules["gp_hubs"].after == ("shared_record",)
    assert rules["further_savings"].to_run == {"wealdshire_royal", "marsh_infirmary", "weald_marsh_community"}
    assert "general_practice" not in rules["gp_hubs"].to_work  # it has no books of its own


def test_the_smallest_of_a_kind_play_together_until_there_are_few_enough() -> None:
    bodies = {
        key: Organisation(key=key, name=key, role=role, source="s")
        for key, role in (
            *((f"ccg{n}", Role.COMMISSIONER) for n in range(8)),
            *((f"trust{n}", Role.PROVIDER) for n in range(5)),
            ("council", Role.COUNCIL),
        )
    }
    turnover = {key: float(n + 1) for n, key in enumerate(bodies)}
    found = blocs(bodies, turnover, most=12)
    assert len(found.players) == 12
    assert sorted(key for keys in found.members.values() for key in keys) == sorted(bodies)
    assert found.of("ccg0") == found.of("ccg1") == "ccg0 + ccg1 + ccg2"  # the two, then with the next smallest
    assert found.of("council") == "council"
    assert blocs(bodies, turnover, most=1).players == (" + ".join(sorted(bodies)),)


def test_renaming_bodies_changes_no_amount(home_first: Sharing) -> None:
    plan, before = home_first_place(), home_first
    renamed = {"c": "z_payer", "h": "y_hospital", "l": "x_council", "m": "w_team"}
    text = plan.model_dump_json()
    for old, new in renamed.items():
        for field in ("key", "organisation", "provider", "commissioner", "lead"):
            text = text.replace(f'"{field}":"{old}"', f'"{field}":"{new}"')
    text = text.replace('"partners":["l"]', '"partners":["x_council"]')
    after = share(Plan.model_validate_json(text, strict=False), draws=1)
    one = {renamed[each.player]: each.after for each in before.deal.players}
    assert {each.player: each.after for each in after.deal.players} == pytest.approx(one, abs=0.02)
    assert replace(before, plan=plan).schemes == after.schemes

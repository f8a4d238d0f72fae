"""Who can carry out what, and who plays for whom, worked out by hand on the home-first place. £m a year."""

from __future__ import annotations

import numpy as np
import pytest

from incentives.home_first_place import (
    BODIES,
    COUNCIL,
    FULL,
    PART,
    RELEASED,
    TEAM,
    S,
    by_hand,
    cost,
    effect,
    home_first_place,
    more,
    others_going_on,
    scheme,
    settled,
)
from tripleaim.incentives import share
from tripleaim.incentives.blocs import Blocs, blocs
from tripleaim.incentives.coalitions import coalition_worlds, needed
from tripleaim.incentives.games import Game, least_core
from tripleaim.incentives.measures.timing import present_value
from tripleaim.incentives.needs import missing, sector_gains
from tripleaim.incentives.played import coalitions, drawn, gained, stated
from tripleaim.incentives.standings import standings
from tripleaim.incentives.values import by_player, game_others_go_on, goes_ahead, inside
from tripleaim.incentives.ways import TODAY
from tripleaim.plan import Plan
from tripleaim.plan.agreement import Payment
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.scheme import EffectKind
from tripleaim.projection.axes import axes
from tripleaim.projection.project import run_worlds

ALONE = {name: (name,) for name in BODIES}
PAIRS = {"c": ("c",), "h + m": ("h", "m"), "l": ("l",)}


def gain(plan: Plan, inside: str, *, others_go_on: bool = False, schemes: list[str] | None = None) -> dict[str, float]:
    """What every body gains in the last year in the world of one coalition."""
    return gains_of(plan, Blocs(members=ALONE, rule=""), inside, others_go_on=others_go_on, schemes=schemes)


def gains_of(
    plan: Plan, players: Blocs, inside: str, *, others_go_on: bool = False, schemes: list[str] | None = None
) -> dict[str, float]:
    worlds = coalition_worlds(plan, players, others_go_on=others_go_on, schemes=schemes)
    number = sum(1 << n for n, name in enumerate(players.players) if set(players.members[name]) <= set(inside))
    found = gained(run_worlds(plan, worlds.at(number)), [TODAY])["today"][:, -1, 0]
    return dict(zip(BODIES, (found / 1e6).tolist(), strict=True))


def without_home_first(plan: Plan) -> Plan:
    return plan.model_copy(update={"schemes": (), "effects": (), "costs": ()})


SAVES = 4.1
"""1 % of what the hospital spends."""


def hospital_saving(lead: str = "", needs: tuple[str, ...] = (), key: str = "office", **known: object) -> Plan:
    return more(
        home_first_place(),
        schemes=(scheme(key, lead, needs=needs, **known),),
        effects=(effect(key, EffectKind.SAVE, "h_all", 0.01),),
    )


@pytest.mark.parametrize(
    ("inside", "works"), [("h", True), ("chl", True), ("cml", False), ("m", False), ("chml", True)]
)
def test_without_a_lead_or_cost_a_scheme_runs_where_those_it_acts_on_take_part(inside: str, works: bool) -> None:
    assert gain(hospital_saving(), inside, schemes=["office"])["h"] == pytest.approx(SAVES * works)


@pytest.mark.parametrize(("inside", "runs"), [("m", False), ("l", False), ("ml", True), ("chl", False), ("chml", True)])
def test_without_a_lead_a_scheme_runs_where_all_who_bear_its_cost_take_part(inside: str, runs: bool) -> None:
    plan = more(hospital_saving(), costs=(cost("a", "m", 1.0, scheme="office"), cost("b", "l", 0.25, scheme="office")))
    found = gain(plan, inside, schemes=["office"])
    assert (found["m"], found["l"]) == pytest.approx((-1.0 * runs, -0.25 * runs))
    assert found["h"] == pytest.approx(SAVES * (runs and "h" in inside))  # it saves only where it works otherwise


@pytest.mark.parametrize(("inside", "runs"), [("m", False), ("l", False), ("ml", True), ("ch", False)])
def test_nobody_is_made_to_pay_by_a_scheme_without_a_lead(inside: str, runs: bool) -> None:
    """A transfer from the council to the community trust acts on the books of both."""
    plan = more(
        without_home_first(home_first_place()),
        schemes=(scheme("fund"),),
        effects=(effect("fund", EffectKind.INCOME, "m", 1e6, counterparty="l"),),
    )
    assert needed(plan)[0].to_run == {"l", "m"}
    found = gain(plan, inside)
    assert (found["m"], found["l"]) == pytest.approx((1.0 * runs, -1.0 * runs))


@pytest.mark.parametrize(("partners", "otherwise"), [((), 0.6), (("l",), 0.6), ((), 0.0)])
def test_a_partner_or_one_who_bears_cost_is_needed_for_the_whole_effect(
    partners: tuple[str, ...], otherwise: float
) -> None:
    plan = home_first_place()
    first = plan.schemes[0].model_copy(update={"partners": partners, "effect_without_partners": otherwise})
    costs = plan.costs if not partners else plan.costs[:1]
    plan = plan.model_copy(update={"schemes": (first,), "costs": costs})
    assert gain(plan, "chm")["c"] == pytest.approx(otherwise * FULL)
    assert gain(plan, "chml")["c"] == pytest.approx(FULL)
    assert gain(plan, "chm")["m"] == pytest.approx(-TEAM)  # its cost is whole


def test_partners_without_books_of_their_own_are_taken_to_be_willing() -> None:
    practices = Organisation(key="gp", name="Practices", role=Role.SECTOR, accounts=False, **S)
    plan = more(hospital_saving("gp", partners=("gp",)), organisations=(practices,))
    (rule,) = (each for each in needed(plan) if each.scheme == "office")
    assert (rule.to_run, rule.to_work) == ({"h"}, frozenset())
    assert gain(plan, "h", schemes=["office"])["h"] == pytest.approx(SAVES)
    assert set(Blocs(members=ALONE, rule="").members) == set(axes(plan).nodes[: axes(plan).members])


def test_a_scheme_without_anybody_of_the_place_runs_for_any_coalition_and_for_nobody_not_at_all() -> None:
    plan = more(
        home_first_place(),
        organisations=(Organisation(key="gp", name="Practices", role=Role.SECTOR, accounts=False, **S),),
        schemes=(scheme("gift"),),
        effects=(effect("gift", EffectKind.INCOME, "gp", 1e6, counterparty="outside:charity"),),
    )
    assert [each.to_run for each in needed(plan) if each.scheme == "gift"] == [frozenset()]
    asked = coalition_worlds(plan, Blocs(members=ALONE, rule=""), schemes=["gift"])
    at = axes(plan).schemes.index("gift")
    assert asked.schemes[at].tolist() == [0.0] + [1.0] * 15


@pytest.mark.parametrize(("inside", "runs"), [("h", False), ("hl", False), ("hm", True), ("chml", True)])
def test_a_scheme_does_not_run_where_the_one_it_needs_cannot(inside: str, runs: bool) -> None:
    found = gain(hospital_saving("h", needs=("home_first",)), inside)
    avoided = FULL if "l" in inside else PART
    saved = 0.01 * (410 - RELEASED * avoided)
    assert found["h"] == pytest.approx(runs * (saved - 0.28 * avoided), abs=1e-6)


def test_a_chain_of_needed_schemes_stops_whole_in_whatever_order_they_stand() -> None:
    plan = hospital_saving("h", needs=("middle",), key="after")  # before the one it needs, by name
    plan = more(plan, schemes=(scheme("middle", "h", needs=("home_first",)), scheme("other", "h")))
    worlds = coalition_worlds(plan, Blocs(members=ALONE, rule=""))
    keys = axes(plan).schemes
    hospital, both = 0b0010, 0b1010  # h, and h with m
    assert {key for n, key in enumerate(keys) if worlds.schemes[n, hospital]} == {"other"}
    assert {key for n, key in enumerate(keys) if worlds.schemes[n, both]} == set(keys)


def test_a_needed_scheme_that_nobody_asks_about_stops_nothing() -> None:
    plan = hospital_saving("h", needs=("home_first",))
    assert gain(plan, "h", schemes=["office"])["h"] == pytest.approx(SAVES)
    assert gain(plan, "chml", schemes=["office"])["c"] == 0.0


def test_those_outside_go_on_with_what_they_can_and_pay_for_it() -> None:
    found = gain(home_first_place(), "h", others_go_on=True)
    assert found == pytest.approx({"c": FULL, "h": -0.28 * FULL, "m": -TEAM, "l": -COUNCIL})
    found = gain(home_first_place(), "hl", others_go_on=True)
    assert found == pytest.approx({"c": PART, "h": -0.28 * PART, "m": -TEAM, "l": 0.0})
    assert gain(home_first_place(), "ml", others_go_on=True) == gain(home_first_place(), "ml")


def test_a_body_inside_saves_in_its_own_scheme_while_those_outside_run_theirs() -> None:
    found, saved = gain(hospital_saving("h"), "h", others_go_on=True), 0.01 * (410 - RELEASED * FULL)
    assert found == pytest.approx({"c": FULL, "h": saved - 0.28 * FULL, "m": -TEAM, "l": -COUNCIL})


def test_a_coalition_that_stands_by_still_has_what_the_others_bring_it_or_cost_it() -> None:
    """Paid by activity the hospital alone loses 2.1 while the others go on: it cannot count on nought."""
    values = [others_going_on(frozenset(k for n, k in enumerate(BODIES) if at >> n & 1), 1.0) for at in range(16)]
    assert values[0b0010] == pytest.approx(-2.1)
    assert values[0b0001] == pytest.approx(7.5)
    assert values[0b1000] == pytest.approx(0.0)  # the trust runs nothing by itself that pays
    wanted = least_core(Game(BODIES, tuple(values))).epsilon
    found = share(home_first_place(), draws=1)
    annuity = sum(1.035**-year for year in range(5))
    by_form = {each.key: each.epsilon_others_go_on / annuity / 1e6 for each in found.forms}
    assert by_form["today"] == by_form["activity"] == pytest.approx(wanted)
    block = [others_going_on(frozenset(k for n, k in enumerate(BODIES) if at >> n & 1), 0.0) for at in range(16)]
    assert by_form["block"] == pytest.approx(least_core(Game(BODIES, tuple(block))).epsilon)


@pytest.mark.parametrize("inside", ["", "c", "hm", "l", "chm", "hml", "cl", "chml"])
def test_a_bloc_of_two_is_in_or_out_together_and_is_worth_what_its_bodies_are_by_hand(inside: str) -> None:
    plan, players = home_first_place(), Blocs(members=PAIRS, rule="")
    found = gains_of(plan, players, inside)
    assert sum(found[body] for body in inside) == pytest.approx(by_hand(frozenset(inside), 1.0))
    assert players.players == ("c", "h + m", "l")
    assert (players.of("h"), players.of("m"), players.of("l")) == ("h + m", "h + m", "l")


@pytest.mark.parametrize(
    ("form", "pair", "worse", "than_left_out"),
    [
        (Payment.BLOCK, "hm", [0.0, 1.0], [0.0, 1.0]),  # without the trust nothing is done
        (Payment.ACTIVITY, "hl", [1.0, 1.0], [1.0, 1.0]),  # without the council less care is avoided, and less lost
    ],
)
def test_a_body_that_plays_with_another_has_its_own_chance_of_being_worse_off(
    form: Payment, pair: str, worse: list[float], than_left_out: list[float]
) -> None:
    plan = settled(home_first_place(form=form))
    together = {" + ".join(pair): tuple(pair)}
    players = Blocs(members=dict(sorted({**together, **{k: (k,) for k in BODIES if k not in pair}}.items())), rule="")
    asked = coalitions(plan, players, [TODAY])
    (found,), _ = drawn(asked, {"today": np.ones(8)}, 2, 1, 0.0)
    every = stated(asked, asked.worlds)["today"]
    told = {each.body: each for each in standings(BODIES, players, every, {}, plan.years, found, 0.0)}
    assert [told[body].player for body in pair] == [" + ".join(pair)] * 2
    assert [told[body].chance_worse for body in pair] == worse
    assert [told[body].chance_worse_than_left_out for body in pair] == than_left_out
    assert told["h"].left_out_worth == pytest.approx(0.0 if "m" in pair else -5e6 * 0.28 * PART)
    assert told["h"].trough_of_turnover is None
    at = players.players.index(" + ".join(pair))
    np.testing.assert_allclose(found.together[at], sum(found.bodies[BODIES.index(body)] for body in pair))
    worth = inside(by_player(present_value(every, 0.0), players, BODIES))
    np.testing.assert_allclose(found.values[:, 0], worth * goes_ahead(np.ones(8)), atol=1e-3)


@pytest.mark.parametrize(("expected", "goes"), [(1.0, 1.0), (0.0, 0.0), (-1.0, 0.0)])
def test_a_coalition_goes_ahead_where_it_expects_to_gain_and_all_together_in_any_case(
    expected: float, goes: float
) -> None:
    assert goes_ahead(np.array([0.0, expected, expected, -5.0])).tolist() == [0.0, goes, goes, 1.0]


def test_all_together_cannot_stand_by() -> None:
    """One body loses 3 if both act; the other gains 1 whatever the first does."""
    players = Blocs(members={"a": ("a",), "b": ("b",)}, rule="")
    acting = np.array([[0.0, -3.0, -1.0, -3.0], [0.0, 1.0, 1.0, 1.0]])
    apart = np.array([[0.0, -3.0, -1.0, -3.0], [0.0, 0.5, 0.25, 1.0]])
    assert game_others_go_on(players, acting, apart).numbers == (0.0, -1.0, 1.0, -2.0)


def body(key: str, role: Role) -> Organisation:
    return Organisation(key=key, name=key, role=role, **S)


def test_the_two_smallest_of_one_role_play_together_and_never_those_of_two_roles_while_one_has_two() -> None:
    bodies = {
        key: body(key, role)
        for key, role in {
            "a": Role.COMMISSIONER,
            "b": Role.COUNCIL,
            "d": Role.PROVIDER,
            "e": Role.PROVIDER,
            "f": Role.PROVIDER,
        }.items()
    }
    size = {"a": 1.0, "b": 2.0, "d": 30.0, "e": 50.0, "f": 40.0}
    assert blocs(bodies, size, most=5).rule == "every body is a player of its own"
    assert blocs(bodies, size, most=4).players == ("a", "b", "d + f", "e")
    assert "receive" in blocs(bodies, size, most=4).rule
    assert blocs(bodies, size, most=3).players == ("a", "b", "d + e + f")
    assert blocs(bodies, size, most=2).members == {"a + b": ("a", "b"), "d + e + f": ("d", "e", "f")}


def test_the_smaller_pair_of_two_roles_comes_together_first() -> None:
    bodies = {key: body(key, Role.PROVIDER if key in "ab" else Role.COUNCIL) for key in "abde"}
    assert blocs(bodies, {"a": 9.0, "b": 1.0, "d": 4.0, "e": 4.0}, most=3).players == ("a", "b", "d + e")
    assert blocs(bodies, {"a": 1.0, "b": 6.0, "d": 4.0, "e": 4.0}, most=3).players == ("a + b", "d", "e")


def test_bodies_that_play_together_count_with_all_they_receive() -> None:
    bodies = {key: body(key, Role.PROVIDER) for key in "abde"}
    found = blocs(bodies, {"a": 30.0, "b": 40.0, "d": 50.0, "e": 60.0}, most=2)
    assert found.players == ("a + b", "d + e")  # 70 is more than 60


def told_missing(plan: Plan) -> list[tuple[str, str]]:
    return [(each.file, each.what) for each in missing(plan)]


def test_what_must_be_known_is_told_all_at_once() -> None:
    plan = home_first_place()
    assert told_missing(plan) == []
    closed = tuple(row.model_copy(update={"accounts": row.key != "l"}) for row in plan.organisations)
    line = plan.activity[0].model_copy(update={"contract": ""})
    bare = plan.model_copy(update={"organisations": closed, "activity": (line,), "contracts": (), "schemes": ()})
    assert told_missing(bare) == [
        ("budgets.csv", "The income and spending of 1 organisation of 4 are not in the plan."),
        ("contracts.csv", "The plan does not say how care is paid for."),
        ("schemes.csv", "The plan has no schemes to share the gains of."),
    ]
    practices = Organisation(key="gp", name="Practices", role=Role.SECTOR, accounts=False, **S)
    assert told_missing(more(plan, organisations=(practices,))) == []


def test_a_sector_is_told_by_its_sum_and_one_real_body_is_no_sector() -> None:
    """The commissioner gains 7.5, the hospital loses 2.1 and the trust spends 2.6; the council spends 0.5."""
    plan = home_first_place()
    found = {each.sector: each.by_year for each in sector_gains(plan, ["home_first"])}
    assert {sector: list(each) for sector, each in found.items()} == {
        "nhs": pytest.approx([2.8e6] * 5),
        "council": pytest.approx([-0.5e6] * 5),
    }
    real = tuple(row.model_copy(update={"code": "E10000001"}) for row in plan.organisations)
    found = {
        each.sector: each.by_year
        for each in sector_gains(plan.model_copy(update={"organisations": real}), ["home_first"])
    }
    assert found.keys() == {"nhs"}

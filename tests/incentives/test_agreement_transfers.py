"""Who pays whom: exact to the penny, few payments, each with a lawful way or a plain word that none is known."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.errors import PlanProblems
from tripleaim.incentives.agreement.transfers import Payment, netted, transfers
from tripleaim.incentives.agreement.vehicles import Route, Side, lawful, routes, side, vehicles
from tripleaim.plan.organisation import Organisation, Role

IN_2016 = date(2016, 10, 21)
BEFORE = {"C": 1_500_000.0, "H": 3_900_000.0, "M": -2_600_000.0, "L": -500_000.0}
"""Home first, a fifth of the price for each unit: illustrative."""
SHAPLEY = {
    "C": Fraction(2_035_000, 3),
    "H": Fraction(2_035_000, 3),
    "M": Fraction(2_035_000, 3),
    "L": Fraction(265_000),
}


def told(payments: tuple[Payment, ...]) -> list[tuple[str, str, float]]:
    return [(each.payer, each.payee, each.amount) for each in payments]


# --- amounts ---


def test_home_first_from_todays_rules_to_the_shapley_value() -> None:
    found = transfers(BEFORE, SHAPLEY)
    # thirds of a penny: all three are cut alike, so the penny left over goes to the first by name
    assert found == {"C": -82_166_666, "H": -322_166_667, "M": 327_833_333, "L": 76_500_000}
    assert told(netted(found)) == [
        ("H", "M", 3_221_666.67),
        ("C", "L", 765_000.0),
        ("C", "M", 56_666.66),
    ]


def test_an_outside_fund_is_one_of_the_names() -> None:
    found = transfers({"hospital": -100.0, "fund": 0.0}, {"hospital": 0.0, "fund": -100.0})
    assert told(netted(found)) == [("fund", "hospital", 100.0)]


def test_nobody_pays_where_nothing_changes() -> None:
    assert netted(transfers({"a": 1.0, "b": -1.0}, {"b": -1.0, "a": 1.0})) == ()


def test_transfers_that_do_not_add_up_to_nothing_are_refused_in_pounds() -> None:
    with pytest.raises(PlanProblems, match=r"they add up to £1,000: more is given than there is"):
        transfers({"a": 5000.0, "b": 0.0}, {"a": 3000.0, "b": 3000.0})
    with pytest.raises(PlanProblems, match=r"they add up to −£0.02: less is given"):
        transfers({"a": 1.0, "b": 0.0}, {"a": 0.5, "b": 0.48})
    with pytest.raises(PlanProblems, match=r"they add up to £0.01"):
        netted({"a": 2, "b": -1})


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(PlanProblems) as refused:
        transfers({"a": 1.0, "b": float("inf")}, {"a": 1.0, "c": 1.0})
    assert len(refused.value.problems) == 3
    for part in ("inf for b", "nothing for b", "found     c"):
        assert part in str(refused.value)


names = st.lists(st.sampled_from("abcdefghijkl"), min_size=2, max_size=12, unique=True)


@settings(max_examples=100, deadline=None)
@given(data=st.data(), who=names)
def test_netting_keeps_every_net_position_with_fewer_payments_than_bodies(data: st.DataObject, who: list[str]) -> None:
    amounts = [data.draw(st.floats(-1e9, 1e9)) for _ in who[1:]]
    before = dict.fromkeys(who, 0.0)
    after = {name: Fraction(each) for name, each in zip(who[1:], amounts, strict=True)}
    after[who[0]] = -sum(after.values(), Fraction(0))
    found = transfers(before, after)
    assert sum(found.values()) == 0
    assert all(abs(found[name] - 100 * after[name]) < 1 for name in who)
    payments = netted(found)
    assert len(payments) <= len(who) - 1
    net = dict.fromkeys(who, 0)
    for each in payments:
        assert each.pence > 0
        net[each.payer] -= each.pence
        net[each.payee] += each.pence
    assert net == found
    order = data.draw(st.permutations(who))
    again = transfers({name: before[name] for name in order}, {name: after[name] for name in order})
    assert again == found
    assert netted(again) == payments


@settings(max_examples=50, deadline=None)
@given(pence=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=8), times=st.integers(2, 1000))
def test_in_another_unit_of_money_the_same_bodies_pay_the_same(pence: list[int], times: int) -> None:
    each = dict(enumerate([*pence, -sum(pence)]))
    of = {f"p{n}": amount for n, amount in each.items()}
    larger = netted({name: times * amount for name, amount in of.items()})
    assert larger == tuple(Payment(payer=p.payer, payee=p.payee, pence=times * p.pence) for p in netted(of))


# --- lawful ways ---

SIDES = {
    "C": Side.COMMISSIONER,
    "H": Side.TRUST,
    "M": Side.TRUST,
    "G": Side.PROVIDER,
    "L": Side.COUNCIL,
    "S": Side.SECTOR,
    "fund": Side.NATIONAL,
    "reserve": Side.RESERVE,
    "elsewhere": Side.OUTSIDE,
}


def way(payer: str, payee: str, day: date = IN_2016, through: tuple[str, ...] = ("C",)) -> Route:
    return routes([Payment(payer=payer, payee=payee, pence=1)], SIDES, day, through)[0]


@pytest.mark.parametrize(
    ("payer", "payee", "keys"),
    [
        ("C", "M", ["contract_variation"]),
        ("H", "C", ["contract_variation"]),
        ("C", "L", ["pooled_fund", "section_256"]),
        ("L", "C", ["pooled_fund", "section_76"]),
        ("H", "M", ["subcontract"]),
        ("L", "G", ["council_contract"]),
        ("H", "L", ["pooled_fund_with_trust"]),
        ("fund", "H", ["sustainability_fund"]),
        ("fund", "L", ["section_256"]),
        ("C", "reserve", ["reserve_of_pooled_fund"]),
    ],
)
def test_what_two_bodies_are_says_how_one_may_pay_the_other(payer: str, payee: str, keys: list[str]) -> None:
    assert [each.key for each in way(payer, payee).direct] == keys


def test_a_law_serves_from_its_first_day_to_its_last() -> None:
    assert [each.key for each in lawful(Side.COMMISSIONER, Side.COMMISSIONER, date(2022, 6, 30))] == [
        "joint_commissioning"
    ]
    assert [each.key for each in lawful(Side.COMMISSIONER, Side.COMMISSIONER, date(2022, 7, 1))] == ["joint_working"]
    assert lawful(Side.COMMISSIONER, Side.COUNCIL, date(2007, 2, 28)) == ()
    assert way("fund", "H", date(2018, 4, 1), through=()).direct == ()


def test_between_providers_the_way_through_the_commissioner_is_told_too() -> None:
    found = way("H", "M")
    assert [(each.payer, each.payee, each.vehicles[0].key) for each in found.chain] == [
        ("H", "C", "contract_variation"),
        ("C", "M", "contract_variation"),
    ]
    assert found.says == (
        "H to M: subcontract; where it pays for no service, through C: H pays it by contract variation, and it pays M "
        "by contract variation."
    )


def test_where_no_direct_way_is_known_that_is_said_with_the_chain() -> None:
    found = way("G", "L")
    assert found.direct == ()
    assert found.says == (
        "G to L: no lawful direct way is known for a provider that is no trust to pay a council; through C: G pays it "
        "by contract variation, and it pays L by pooled fund (section 75)."
    )
    assert way("G", "L", through=()).says.endswith(
        "no lawful way is known for a provider that is no trust to pay a council."
    )
    assert "no lawful way is known" in way("elsewhere", "H").says
    assert "several bodies" in way("S", "H").says


def test_names_that_are_nothing_and_go_betweens_that_are_no_commissioners_are_refused() -> None:
    with pytest.raises(PlanProblems) as refused:
        routes([Payment(payer="X", payee="Y", pence=1)], SIDES, IN_2016, through=("H",))
    assert len(refused.value.problems) == 3


def test_every_way_has_a_source_and_says_whether_it_was_checked() -> None:
    assert len({each.key for each in vehicles()}) == len(vehicles()) >= 10
    for each in vehicles():
        assert len(each.citation) > 20
        assert each.how.endswith(".")
        assert each.last_day is None or each.first_day < each.last_day
        assert each.checked or "not checked" in each.caution
    known = {"key", "name", "how", "from", "to", "both_ways", "first_day", "last_day", "citation", "checked", "but"}
    text = files("tripleaim.incentives.agreement").joinpath("vehicles.toml").read_text("utf-8")
    assert all(set(row) <= known for row in tomllib.loads(text)["vehicles"])


@pytest.mark.parametrize(
    ("role", "kind", "expected"),
    [
        (Role.PROVIDER, "NHS foundation trust, acute", Side.TRUST),
        (Role.PROVIDER, "federation of practices", Side.PROVIDER),
        (Role.COUNCIL, "county council", Side.COUNCIL),
        (Role.COMMISSIONER, "clinical commissioning group", Side.COMMISSIONER),
        (Role.SECTOR, "ambulance trust of a wider area", Side.SECTOR),
    ],
)
def test_an_organisation_of_a_plan_says_what_it_is(role: Role, kind: str, expected: Side) -> None:
    assert side(Organisation(key="a", name="A", role=role, kind=kind, source="s")) is expected

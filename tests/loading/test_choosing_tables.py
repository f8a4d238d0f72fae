"""What is refused of the tables that a choice of schemes and its sharing rest on."""

from __future__ import annotations

from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading import read_plan
from tripleaim.plan.assumptions import CHOOSING, assumption
from tripleaim.plan.choice_limit import LIMITS, Bound, LimitKind
from tripleaim.plan.payment_proposal import OWN_RATES, PaymentForm, PaymentProposal

Case = tuple[str, str, str, str, int, str, str]
"""Name, file, what stands there, what is written for it, and row, field and words of the problem."""

LIMIT_CASES: list[Case] = [
    ("an unknown kind", "choice_limits.csv", "schemes,revenue", "schemes,revenues", 2, "kind", "write revenue"),
    ("an unknown organisation", "choice_limits.csv", "revenue,,", "revenue,councl,", 2, "of", "write council"),
    ("an unknown place", "choice_limits.csv", "place,east", "place,eats", 4, "of", "write east"),
    ("an unknown employer", "choice_limits.csv", "council/care", "hospital/care", 3, "of", "council/care_workers"),
    ("an unknown group", "choice_limits.csv", "council/care_workers", "carers", 3, "of", "write care_workers"),
    ("staff of nobody", "choice_limits.csv", "council/care_workers", "", 3, "of", "a staff group"),
    ("a floor of nowhere", "choice_limits.csv", "place,east", "place,", 4, "of", "a place"),
    ("prevention of one body", "choice_limits.csv", "place,east", "prevention_share,council", 4, "of", "whole place"),
    ("a floor by year", "choice_limits.csv", "east,,0.2", "east,2016/17,0.2", 4, "year", "the last year of the plan"),
    ("a limit after the plan", "choice_limits.csv", "2016/17,5", "2019/20,5", 3, "year", "2016/17 to 2017/18"),
    ("percent for a fraction", "choice_limits.csv", "east,,0.2", "east,,20", 4, "amount", "write 0.2 if you mean 20%"),
    (
        "one year beside every year",
        "choice_limits.csv",
        "fair_east,A fair share for the east,place,east,,0.2",
        "more,More in one year,revenue,,2017/18,900000",
        4,
        "year",
        "2017/18 of revenue, of which row 2 speaks too",
    ),
    ("two gaps of three", "aim_weights.csv", "council,money,20,guess\n", "", 3, "gap", "council without money"),
    ("99 points", "aim_weights.csv", "money,20", "money,19", 4, "points", "99 points of council"),
    ("a fourth gap", "aim_weights.csv", "money,20", "joy,20", 4, "gap", "one of health, care, money"),
    (
        "hours of a year after the plan",
        "leadership_hours.csv",
        "2016/17,200",
        "2018/19,200",
        2,
        "year",
        "2016/17 to 2017/18",
    ),
    (
        "hours told for every year and for one",
        "leadership_hours.csv",
        "2016/17,200,guess\n",
        "2016/17,200,guess\nhome_first,council,,100,guess\n",
        3,
        "year",
        "every year of council, of which row 2 speaks too",
    ),
    ("no reason", "least_volumes.csv", "Fewer do not keep up the skill.", "", 2, "why", "a value"),
    ("a line that is not there", "least_volumes.csv", "casualty", "casulty", 2, "line", "write casualty"),
]

SHARING_CASES: list[Case] = [
    ("shares short of 1", "risk_shares.csv", "council,0.6", "council,0.5", 3, "share", "0.9 over 2 organisations"),
    ("a share in percent", "risk_shares.csv", "council,0.6", "council,60", 3, "share", "write 0.6 if you mean 60%"),
    ("a form with no rate", "payment_proposals.csv", ",block,", ",block,0.2", 2, "rate", "no rate of its own"),
    ("an unknown form", "payment_proposals.csv", "17/18,blended", "17/18,blendid", 3, "form", "write blended"),
    (
        "a form's key",
        "payment_proposals.csv",
        "calm,Block and then blended,,",
        "block,Block and then blended,,",
        2,
        "proposal",
        "no form of payment's",
    ),
    ("two names", "payment_proposals.csv", "n blended,2017/18", "n mixed,2017/18", 3, "name", "Block and then blended"),
    ("two forms in a year", "payment_proposals.csv", "2017/18", "2016/17", 3, "from_year", "from which row 2 pays"),
]

ASSUMPTION_CASES: list[Case] = [
    ("a misspelt assumption", "assumptions.csv", "release_share", "discount_rat", 2, "key", "write discount_rate"),
    ("beyond its bounds", "assumptions.csv", "release_share", "discount_rate", 2, "value", "0 to 0.2"),
]

CASES = [*LIMIT_CASES, *SHARING_CASES, *ASSUMPTION_CASES]


def problems_of(folder: Path, changes: dict[str, str]) -> tuple[Problem, ...]:
    with pytest.raises(PlanProblems) as caught:
        read_plan(write_tiny(folder, dict(changes)))
    return caught.value.problems


@pytest.mark.parametrize("case", CASES, ids=[each[0] for each in CASES])
def test_one_slip_is_one_problem_in_words(tmp_path: Path, case: Case) -> None:
    _, file, old, new, row, field, says = case
    assert TINY[file].count(old) == 1
    (problem,) = problems_of(tmp_path / "tiny", {file: TINY[file].replace(old, new)})
    assert (problem.file, problem.row, problem.field) == (file, row, field)
    assert says in f"{problem.found}\n{problem.expected}\n{problem.to_fix}", str(problem)
    assert problem.to_fix


def test_who_has_no_accounts_shares_no_gain(tmp_path: Path) -> None:
    bodies = TINY["organisations.csv"] + "gps,Practices,sector,,no,,,census\n"
    shares = TINY["risk_shares.csv"].replace("council,", "gps,")
    (problem,) = problems_of(tmp_path / "tiny", {"organisations.csv": bodies, "risk_shares.csv": shares})
    assert (problem.row, problem.field, problem.found) == (3, "organisation", "gps, which has no accounts")


def test_a_floor_for_a_place_is_for_one_that_care_is_for(tmp_path: Path) -> None:
    places = TINY["places.csv"] + "west,West Tinyshire,commissioner,census\n"
    limits = TINY["choice_limits.csv"].replace("place,east", "place,west")
    (problem,) = problems_of(tmp_path / "tiny", {"places.csv": places, "choice_limits.csv": limits})
    assert (problem.row, problem.field, problem.found) == (4, "of", "west, for which no line of care is")
    assert problem.expected.endswith("activity.csv: east, tinyshire")


def test_limits_are_the_most_or_the_least_as_their_kind_says() -> None:
    most = {kind for kind, form in LIMITS.items() if form.bound is Bound.AT_MOST}
    assert set(LIMITS) == set(LimitKind)
    assert most == {"revenue", "capital", "staff", "hours", "organisation"}


def test_a_form_with_a_rate_of_its_own_has_one_where_none_is_stated() -> None:
    def rate(form: PaymentForm, stated: float | None = None) -> float | None:
        return PaymentProposal(proposal="p", name="P", form=form, rate=stated, source="s").own_rate

    assert {form: rate(form) for form in PaymentForm if form in OWN_RATES} == {
        "blended": 0.2,
        "marginal": 0.7,
        "shared_savings": 0.5,
    }
    assert rate(PaymentForm.BLENDED, 0.0) == 0
    assert rate(PaymentForm.BLOCK) is None


def test_what_choosing_assumes_is_the_plans_own_or_the_models(tmp_path: Path) -> None:
    row = "discount_rate,Worth a year later,0.05,,,fraction a year,,guess\n"
    plan = read_plan(write_tiny(tmp_path / "tiny", {"assumptions.csv": TINY["assumptions.csv"] + row}))
    assert assumption(plan, "discount_rate").point == 0.05
    for known in CHOOSING:
        assert known.at_least <= known.default.low <= known.default.high <= known.at_most
        if known.key != "discount_rate":
            assert assumption(plan, known.key) == known.default

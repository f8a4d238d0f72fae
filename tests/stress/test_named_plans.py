"""The plans that named tests make: nothing hangs on a scheme that has gone, and nothing moves that was only written."""

from __future__ import annotations

import numpy as np
import pytest

from stress.another import another
from stress.named_by_hand import a_test, number
from tripleaim.loading.crosscheck import crosscheck_plan
from tripleaim.plan import Plan
from tripleaim.plan.own_test import Operation
from tripleaim.plan.scheme import SchemeCost
from tripleaim.projection import project
from tripleaim.quantities import Range
from tripleaim.stress.named.change import changed
from tripleaim.stress.named.implied import with_implied
from tripleaim.stress.named.removal import without_schemes
from tripleaim.stress.named.start_months import shifted


def with_scheme(plan: Plan, key: str, **fields: object) -> Plan:
    """The plan with one scheme otherwise."""
    return another(plan, schemes=tuple(another(row, **fields) if row.key == key else row for row in plan.schemes))


def test_what_needs_a_scheme_that_goes_takes_along_what_needs_it_in_turn(plan: Plan) -> None:
    """Stroke care needs the hubs, and the hubs the shared record."""
    chain = with_scheme(plan, "stroke_first_days", needs=("gp_hubs",))
    after = without_schemes(chain, {"shared_record"})
    assert after.schemes == ("gp_hubs", "shared_record", "stroke_first_days")
    crosscheck_plan(after.plan)


@pytest.mark.parametrize("table", ["assumptions", "posts_available"])
def test_stating_what_the_model_takes_where_the_plan_says_nothing_moves_no_figure(plan: Plan, table: str) -> None:
    stated = with_implied(plan, table)
    assert len(getattr(stated, table)) > len(getattr(plan, table))
    was, now = project(plan).scope("both"), project(stated).scope("both")
    for case in ("do_nothing", "hoped", "resourced"):
        assert np.array_equal(getattr(now, case), getattr(was, case))


@pytest.mark.parametrize(
    ("start", "months", "year"),
    [
        ("2017-10", 6, "2018/19"),  # October to April
        ("2017-10", 5, "2017/18"),
        ("2017-04", 6, "2017/18"),  # April to October
        ("2018-03", 1, "2018/19"),
        ("2018-04", -1, "2017/18"),
        ("2018-04", -13, "2016/17"),
    ],
)
def test_dated_money_moves_by_as_many_financial_years_as_the_start_does(
    plan: Plan, start: str, months: int, year: str
) -> None:
    def capital(of: Plan) -> SchemeCost:
        return next(row for row in of.costs if row.key == "gp_hubs.rooms")

    of_the_start = "2017/18" if start < "2018-04" else "2018/19"
    costs = tuple(another(row, year=of_the_start) if row is capital(plan) else row for row in plan.costs)
    found = shifted(another(with_scheme(plan, "gp_hubs", start=start), costs=costs), months, {"gp_hubs"})
    assert found.moved == ("gp_hubs",)
    assert capital(found.plan).year == year


def test_a_number_that_was_added_to_is_written_as_the_number_it_comes_to(plan: Plan) -> None:
    """0.1 + 0.2 is 0.30000000000000004 to a computer: two equal numbers would then be two."""
    first, *others = plan.indices
    raised = another(plan, indices=(another(first, change=Range(point=0.1, low=0.1, high=0.1)), *others))
    after = changed(raised, a_test(number("indices", "change", Operation.ADD, 0.2))).plan
    assert after.indices[0].change == Range(point=0.3, low=0.3, high=0.3)

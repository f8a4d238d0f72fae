"""A scheme added to a plan makes another plan."""

from __future__ import annotations

from tripleaim.opendata.start import start
from tripleaim.opendata.start.scheme import Asked, add_scheme
from tripleaim.quantities import certain


def test_a_plan_with_one_more_scheme_has_a_fingerprint_of_its_own_even_where_that_of_the_first_was_asked() -> None:
    plan = start("E54000038")
    before = plan.fingerprint
    asked = Asked(
        evidence="I030", name="Support to care homes", start="2017-10", targets=("unplanned_older_rba",),
        eligible=certain(0.1),
    )  # fmt: skip
    assert add_scheme(plan, asked).plan.fingerprint != before

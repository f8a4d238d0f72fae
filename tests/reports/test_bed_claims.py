"""What a plan claims of beds, beside what the model closes and who is there to care instead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tripleaim.projection import Projection
from tripleaim.projection.bed_bridge import ALTERNATIVE
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.sections import care


def facts_of(projection: Projection, **changes: Any) -> Facts:
    return Facts(replace(projection, **changes), Exhibits())


def finding_on_beds(projection: Projection, **changes: Any) -> str:
    return care.beds(facts_of(projection, **changes)).data["exhibits"][-1]


def test_beds_printed_for_one_hospital_are_compared_with_that_hospital(invented: Projection) -> None:
    (printed,) = (row for row in invented.stated if row.key == "beds")
    royal = next(pool for pool in invented.beds if pool.pool == "wr_general")
    assert printed.setting == royal.pool
    assert (printed.printed, printed.modelled) == (84, royal.base - royal.open_last)
    assert printed.unexplained == 84 - (royal.base - royal.open_last)


def test_an_alternative_without_its_staff_meets_no_closure_test(invented: Projection) -> None:
    pools = {pool.pool: pool for pool in invented.beds}
    crisis = next(scheme for scheme in invented.schemes if scheme.key == "crisis_care")
    assert crisis.posts_found[invented.last] < 38
    assert pools["mh_beds"].tests_met == ()
    assert pools["mh_beds"].alternative_staffed == pytest.approx(pools["mh_beds"].staffed_first[-1])
    assert pools["mh_beds"].alternative_staffed < 1
    assert ALTERNATIVE not in pools["wr_general"].tests_met
    assert pools["mi_general"].alternative_staffed is None, "the plan names no alternative there"


def test_the_finding_on_beds_starts_with_the_claim_and_names_what_really_closes(invented: Projection) -> None:
    told = finding_on_beds(invented)
    assert (
        "The plan claims to close 102 beds; this model supports none of them, and closes 28 that no one claims, "
        "with no closure test answered (General and acute beds, Marsh Infirmary)"
    ) in told
    assert "says there is an alternative, but a scheme that frees these beds has only 58.6% of its posts" in told


SUPPORTED = [
    ((84.0, 630.0), "The plan claims to close 84 beds; this model supports all of them"),
    ((84.0, 686.0), "The plan claims to close 84 beds; this model supports 28 of them"),
    ((0.0, 714.0), "The plan claims to close no beds, and this model closes none"),
    ((0.0, 686.0), "The plan claims to close no beds; this model closes 28 that no one claims"),
]


@pytest.mark.parametrize(("pool", "said"), SUPPORTED)
def test_how_much_of_a_claim_is_supported(invented: Projection, pool: tuple[float, float], said: str) -> None:
    royal = next(each for each in invented.beds if each.pool == "wr_general")
    one = replace(royal, claimed=pool[0], open_last=pool[1], unsupported=max(0.0, pool[0] - (royal.base - pool[1])))
    assert said in finding_on_beds(invented, beds=(one,))

"""What each headline rests on: every headline of page one is cut, and the cut is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.source import SourceKind
from tripleaim.projection import Projection, project

PLANS = Path(__file__).resolve().parents[2] / "plans"


@pytest.fixture(scope="module")
def invented() -> Projection:
    return project(read_plan(PLANS / "wealdshire_and_marsh"))


def resourced_from(plan: Plan, table: str, kind: str) -> Plan:
    """The plan with every row of a table resting on a source of one kind."""
    source = next(row.key for row in plan.sources if row.kind.value == kind)
    fields = {name: getattr(plan, name) for name in Plan.model_fields}
    rows = tuple(
        type(row)(**{**{name: getattr(row, name) for name in type(row).model_fields}, "source": source})
        for row in fields[table]
    )
    return Plan(**{**fields, table: rows})


def test_every_headline_of_page_one_is_cut_whole(invented: Projection) -> None:
    at, money = invented.last, invented.scope("both")
    told = {part.headline: part for part in invented.provenance}
    assert told["If nothing changes"].amount == pytest.approx(money.do_nothing[at])
    assert told["As hoped"].amount == pytest.approx(money.hoped[at])
    assert told["With what is found"].amount == pytest.approx(money.resourced[at])
    for gap, headline in (("health", "Health measures at the standard"), ("care", "Care measures at the standard")):
        outcome = next(each for each in invented.outcomes if each.gap == gap)
        assert (told[headline].amount, told[headline].of) == (outcome.met["hoped"][at], outcome.with_standard)
    for part in invented.provenance:
        assert set(part.shares) == {kind.value for kind in SourceKind}
        assert sum(part.shares.values()) == pytest.approx(1)


def test_judging_the_effects_makes_the_hoped_headline_softer_and_leaves_doing_nothing(invented: Projection) -> None:
    softer = project(resourced_from(invented.plan, "effects", "illustrative"))
    before, after = ({part.headline: part.shares for part in each.provenance} for each in (invented, softer))
    assert after["If nothing changes"] == pytest.approx(before["If nothing changes"])
    assert after["What the schemes save"]["illustrative"] == pytest.approx(1)
    assert after["As hoped"]["illustrative"] > before["As hoped"]["illustrative"]


def test_a_measure_rests_on_its_own_row_and_half_on_the_effects_that_move_it(invented: Projection) -> None:
    plan = resourced_from(resourced_from(invented.plan, "indicators", "judged"), "effects", "published")
    found = project(plan)
    told = {part.headline: part.shares for part in found.provenance}
    for gap, headline in (("health", "Health measures at the standard"), ("care", "Care measures at the standard")):
        paths = next(each for each in found.outcomes if each.gap == gap).indicators
        moved = [path.hoped[-1] != path.do_nothing[-1] for path in paths if path.standard is not None]
        assert told[headline]["published"] == pytest.approx(sum(moved) / len(moved) / 2)
        assert told[headline]["judged"] == pytest.approx(1 - sum(moved) / len(moved) / 2)


def test_where_everything_is_found_the_hoped_headline_is_told_once() -> None:
    rebuilt = project(read_plan(PLANS / "norfolk_and_waveney"))
    assert "With what is found" not in {part.headline for part in rebuilt.provenance}

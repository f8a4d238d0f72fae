"""What the page says of beds and measures where a figure alone would puzzle a reader."""

from __future__ import annotations

from dataclasses import replace

from tripleaim.opendata.start import start
from tripleaim.projection import Projection, project
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.reading import value
from tripleaim.reports.sections import care, outcomes


def facts_of(projection: Projection) -> Facts:
    return Facts(projection, Exhibits())


def limits(projection: Projection, key: str) -> tuple[str, ...]:
    kind = next(row for row in projection.plan.capacity if row.key == key)
    return care.bed_limits(next(pool for pool in projection.beds if pool.pool == key), kind)


def test_beds_needed_above_beds_open_say_when_a_ward_opens(rebuilt: Projection) -> None:
    (said,) = limits(rebuilt, "beds_rcx")
    assert said.startswith("475 are needed and 471 are open: another ward opens only once")
    assert said in care.beds(facts_of(rebuilt)).data["exhibits"][0]


def test_beds_that_only_safety_would_need_are_told_as_such() -> None:
    london = project(start("E54000028"))
    pool = next(pool for pool in london.beds if pool.pool == "beds_ral")
    (said,) = limits(london, "beds_ral")
    assert said == (
        f"{pool.needed:,.0f} would be needed to be no fuller than is safe, and {pool.open_last:,.0f} are open: the "
        "model opens none to become less full than today."
    )
    assert pool.needed - pool.occupancy - pool.open_last < 14, "less than half a ward is short for any other reason"


def test_beds_full_in_winter_above_beds_open_are_explained(rebuilt: Projection) -> None:
    pool = next(pool for pool in rebuilt.beds if pool.pool == "beds_rgp")
    (said,) = limits(rebuilt, "beds_rgp")
    assert pool.winter_beds > pool.open_last
    assert "On an average winter day people would need 471 beds, more than the" in said
    assert "opens no beds for it" in said


def test_a_pool_with_beds_enough_needs_no_such_sentence(invented: Projection) -> None:
    assert limits(invented, invented.beds[0].pool) == ()


def test_every_area_of_every_measure_stands_in_a_table_of_its_own(rebuilt: Projection) -> None:
    facts = facts_of(rebuilt)
    outcomes.inequality(facts)
    lines = facts.shown.files["inequality_groups.csv"].splitlines()
    assert len(lines) == 1 + sum(len(item.groups) for item in rebuilt.inequality)
    assert any(line.startswith("Children in poverty,Norwich,") for line in lines)


def test_figures_that_differ_are_never_printed_alike_beside_their_standard(rebuilt: Projection) -> None:
    path = next(p for gap in rebuilt.outcomes for p in gap.indicators if p.key == "physical_activity")
    near = replace(path, standard=0.6601, hoped=(0.6596,) * 5, do_nothing=(0.6596,) * 5, resourced=(0.6596,) * 5)
    assert (value(near, 0.6596), value(near, 0.6601)) == ("65.96%", "66.01%")
    far = replace(near, standard=0.7)
    assert (value(far, 0.6596), value(far, 0.7)) == ("66.0%", "70.0%")


def test_waits_that_zigzag_with_whole_wards_say_so(rebuilt: Projection) -> None:
    (said,) = outcomes.waits_and_wards(facts_of(rebuilt))
    assert "Wards open and close whole" in said
    assert said in outcomes.indicators(facts_of(rebuilt)).data["lead"]
    steady = tuple(
        replace(gap, indicators=tuple(replace(path, hoped=(path.baseline,) * 5) for path in gap.indicators))
        for gap in rebuilt.outcomes
    )
    assert outcomes.waits_and_wards(facts_of(replace(rebuilt, outcomes=steady))) == ()

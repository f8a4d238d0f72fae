"""What usually happened when others did something like this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pydantic import Field

from tripleaim.evidence.entry import EvidenceEntry
from tripleaim.evidence.kinds import Finding, Kind
from tripleaim.evidence.record import Record
from tripleaim.evidence.units import MEANINGS, EffectUnit


class UnitRange(Record):
    """How far controlled results in one unit reach. Never an average: the measures may still differ."""

    unit: EffectUnit = Field(description="The unit all of them are in")
    results: int = Field(description="How many have a point")
    lowest: float = Field(description="The lowest point, in unit")
    highest: float = Field(description="The highest point, in unit")
    refs: tuple[str, ...] = Field(description="Which they are")
    measures: tuple[str, ...] = Field(description="What was counted in them")


class ReferenceClass(Record):
    """A summary of the controlled results among some entries; everything else is only counted."""

    controlled: tuple[str, ...] = Field(description="References of the controlled results")
    reduction: tuple[str, ...] = Field(description="Those in which the measure fell")
    no_clear_change: tuple[str, ...] = Field(description="Those with no clear change")
    increase: tuple[str, ...] = Field(description="Those in which the measure rose")
    not_sourced: tuple[str, ...] = Field(description="Those for which no figure or direction was sourced")
    more_is_better: tuple[str, ...] = Field(description="Those where more of the measure is better; not counted above")
    ranges: tuple[UnitRange, ...] = Field(description="How far they reach, one for each unit")
    set_aside: dict[str, int] = Field(description="How many entries of each other kind were left out")
    in_words: str = Field(description="The summary as a sentence or two")

    @property
    def no_change_or_increase(self) -> tuple[str, ...]:
        """Controlled results that show no reduction: no clear change, or an increase."""
        return self.no_clear_change + self.increase


def reference_class(entries: Iterable[EvidenceEntry]) -> ReferenceClass:
    """What controlled studies found, counted and not averaged.

    entries : each is counted once; claims, forecasts, models and uncontrolled results are set aside
    returns : counts by finding, and the range of points in each unit by itself
    source : method note "Evidence", "The reference class"

    A count is of results, not of studies: one study may have several rows (`same_programme`).
    """
    unique = tuple({each.ref: each for each in entries}.values())
    controlled = [each for each in unique if each.kind is Kind.CONTROLLED]
    usual = [each for each in controlled if not each.more_is_better]
    by_finding = {finding: _refs(e for e in usual if e.finding is finding) for finding in Finding}
    return ReferenceClass(
        controlled=_refs(controlled),
        reduction=by_finding[Finding.REDUCTION],
        no_clear_change=by_finding[Finding.NO_CLEAR_CHANGE],
        increase=by_finding[Finding.INCREASE],
        not_sourced=by_finding[Finding.NOT_SOURCED] + by_finding[Finding.LEVEL],
        more_is_better=_refs(each for each in controlled if each.more_is_better),
        ranges=_ranges(usual),
        set_aside=_set_aside(unique),
        in_words=_in_words(len(controlled), by_finding, len(controlled) - len(usual)),
    )


def _refs(entries: Iterable[EvidenceEntry]) -> tuple[str, ...]:
    return tuple(each.ref for each in entries)


def _set_aside(entries: Iterable[EvidenceEntry]) -> dict[str, int]:
    """How many entries there are of each kind that is not a controlled result."""
    return dict(Counter(each.kind.value for each in entries if each.kind is not Kind.CONTROLLED))


def _ranges(entries: list[EvidenceEntry]) -> tuple[UnitRange, ...]:
    """One range for each unit. A 0 that stands for "not significant" is no figure, so it is left out."""
    by_unit: dict[EffectUnit, list[tuple[float, EvidenceEntry]]] = {}
    for each in entries:
        if each.effect_point is not None and not each.zero_means_not_significant:
            by_unit.setdefault(each.effect_unit, []).append((each.effect_point, each))
    return tuple(_range(unit, results) for unit, results in by_unit.items())


def _range(unit: EffectUnit, results: list[tuple[float, EvidenceEntry]]) -> UnitRange:
    points = [point for point, _ in results]
    return UnitRange(
        unit=unit,
        results=len(results),
        lowest=min(points),
        highest=max(points),
        refs=_refs(each for _, each in results),
        measures=tuple(dict.fromkeys(each.measure for _, each in results)),
    )


def _in_words(controlled: int, by_finding: dict[Finding, tuple[str, ...]], other_way_up: int) -> str:
    if not controlled:
        return "No controlled result: nothing here shows what such a scheme does."
    findings = (Finding.REDUCTION, Finding.NO_CLEAR_CHANGE, Finding.INCREASE)
    reduction, unclear, increase = (len(by_finding[finding]) for finding in findings)
    told = (
        f"Of {_results(controlled)}, {reduction} show a reduction against the comparison "
        f"and {unclear + increase} do not "
        f"({unclear} no clear change, {increase} an increase)."
    )
    silent = controlled - reduction - unclear - increase - other_way_up
    if silent:
        told += f" For {silent} nothing was sourced."
    if other_way_up:
        told += f" In {other_way_up} more of the measure is better; they are not counted either way."
    return told


def _results(number: int) -> str:
    return f"{number} controlled result{'' if number == 1 else 's'}"


def unit_range_in_words(unit_range: UnitRange) -> str:
    """One range, read aloud: "-34 to 9 (% change in the measure), 12 results"."""
    span = f"{unit_range.lowest:,.10g} to {unit_range.highest:,.10g}"
    results = "1 result" if unit_range.results == 1 else f"{unit_range.results} results"
    return f"{span} ({MEANINGS[unit_range.unit].words}), {results}"

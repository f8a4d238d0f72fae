"""A claim held against the evidence: is it inside what controlled studies found, above it, or not comparable at all?"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator

from tripleaim.evidence.entry import EvidenceEntry
from tripleaim.evidence.kinds import Finding, Kind
from tripleaim.evidence.library import entry
from tripleaim.evidence.record import Record
from tripleaim.evidence.units import MEANINGS, PROPORTIONAL, EffectUnit, fraction_reduced

ROUNDING = 1e-9  # fractions closer than this are the same

STANDING = {
    Kind.CONTROLLED: "controlled result",
    Kind.UNCONTROLLED: "uncontrolled result, which proves little",
    Kind.MODELLED: "modelled figure, which nobody observed",
    Kind.CLAIM: "claim, which is no evidence",
}


class Claim(Record):
    """What a scheme is said to do to a measure, as a fraction reduction: 0.32 is 32 % less, -0.05 is 5 % more."""

    point: float = Field(le=1, description="Fraction reduction claimed")
    low: float | None = Field(default=None, le=1, description="The least claimed; None = not stated")
    high: float | None = Field(default=None, le=1, description="The most claimed; None = not stated")
    reach: Literal["treated", "area"] = Field(
        default="treated", description="Whose care falls: the people in the scheme, or everyone in the area"
    )
    treated_share: float | None = Field(
        default=None, gt=0, le=1, description="Share of the area's measure that is care of people in the scheme"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        known = [v for v in (self.low, self.point, self.high) if v is not None]
        if known != sorted(known):
            raise ValueError(f"low, point and high are {known}; expected each no higher than the next")
        if self.reach == "treated" and self.treated_share is not None:
            raise ValueError("a treated share belongs to a claim about an area only")
        return self

    def among_treated(self, value: float) -> float:
        """A claimed fraction as it must be among the people in the scheme, where their share is known."""
        return value / self.treated_share if self.treated_share is not None else value


class Verdict(StrEnum):
    """How a claim stands to one row of evidence."""

    ABOVE = "above"
    INSIDE = "inside"
    BELOW = "below"
    NOT_COMPARABLE = "cannot be compared"


class Reading(Record):
    """A claim held against one row. Figures are fraction reductions, None where the row's unit does not say that."""

    ref: str
    kind: Kind
    verdict: Verdict
    evidence_low: float | None
    evidence_point: float | None
    evidence_high: float | None
    in_words: str


class Comparison(Record):
    """A claim held against several rows. Only controlled results are counted."""

    claim: Claim
    readings: tuple[Reading, ...]
    above: int = Field(description="Controlled results that the claim is above")
    inside: int = Field(description="Controlled results that the claim is inside")
    below: int = Field(description="Controlled results that the claim is more modest than")
    not_comparable: int = Field(description="Rows it cannot be held against, of any kind")
    in_words: str


def compare(claim: Claim, references: Iterable[str | EvidenceEntry]) -> Comparison:
    """Hold a claimed reduction against rows of the library, one by one; nothing is pooled or averaged.

    claim : fraction reduction; for an area with a treated share it is first worked back to the people treated
    references : references such as "I002", or entries; rows named twice are read once
    raises : UnknownEvidence
    source : method note "Evidence", "Holding a claim against the evidence"

    >>> compare(Claim(point=0.32), ["I002"]).readings[0].verdict.value
    'above'
    """
    entries = {e.ref: e for e in (entry(each) if isinstance(each, str) else each for each in references)}
    readings = tuple(_reading(claim, each) for each in entries.values())
    counts = {v: sum(r.verdict is v for r in readings if r.kind is Kind.CONTROLLED) for v in Verdict}
    unlike = sum(r.verdict is Verdict.NOT_COMPARABLE for r in readings)
    return Comparison(
        claim=claim,
        readings=readings,
        above=counts[Verdict.ABOVE],
        inside=counts[Verdict.INSIDE],
        below=counts[Verdict.BELOW],
        not_comparable=unlike,
        in_words=_summed_up(claim, counts, unlike),
    )


class _Reductions(NamedTuple):
    """A row's figures as fraction reductions: the ends change places with the sign, None is not known."""

    low: float | None
    point: float | None
    high: float | None


def _reading(claim: Claim, each: EvidenceEntry) -> Reading:
    reason = _why_not(each)
    known = _Reductions(None, None, None) if reason else _reductions(each)
    verdict = Verdict.NOT_COMPARABLE if reason else _verdict(claim, known)
    return Reading(
        ref=each.ref,
        kind=each.kind,
        verdict=verdict,
        evidence_low=known.low,
        evidence_point=known.point,
        evidence_high=known.high,
        in_words=f"{each.ref}: {reason or _told(claim, verdict, known, each)}",
    )


def _why_not(each: EvidenceEntry) -> str | None:
    """Why a fraction reduction cannot be set beside this row; None if it can."""
    if each.kind is Kind.CONTEXT:
        return "cannot be compared: it gives context, not an effect"
    if each.kind is Kind.EXPERT_FORECAST:
        return "cannot be compared: a forecast over 20 years; only a share scaled to five years belongs in a plan"
    if each.more_is_better or each.positive_is_gain:
        return f"cannot be compared: more of its measure is better ({each.measure}), so it tests no reduction"
    if each.raw_growth_rate:
        grew = f"{each.effect_point:g}% against {each.comparator_growth:g}% elsewhere"
        return f"cannot be compared: unlike units; it gives growth ({grew}), not a fraction reduction"
    if each.effect_unit not in PROPORTIONAL and each.effect_unit is not EffectUnit.PCT_CHANGE:
        counted_in = f"the claim is a fraction, the evidence is in {MEANINGS[each.effect_unit].words}"
        return f"cannot be compared: unlike units; {counted_in}{_direction(each)}"
    if each.finding is Finding.NOT_SOURCED:
        return "cannot be compared: no figure was sourced"
    if each.effect_point is None and each.finding is Finding.REDUCTION:
        return "cannot be compared: it found a reduction, but its size was not sourced"
    return None


def _direction(each: EvidenceEntry) -> str:
    """Which way the measure moved: that much can be said across units."""
    return "" if each.finding in (Finding.LEVEL, Finding.NOT_SOURCED) else f" (it found: {each.finding.value})"


def _reductions(each: EvidenceEntry) -> _Reductions:
    """The figures of a row whose unit allows it. A 0 that stands for "not significant" is no figure."""
    if each.zero_means_not_significant:
        return _Reductions(None, None, None)
    ends = (each.effect_high, each.effect_point, each.effect_low)
    return _Reductions(*(None if end is None else fraction_reduced(end, each.effect_unit) for end in ends))


def _verdict(claim: Claim, known: _Reductions) -> Verdict:
    """Where the claimed point lies.

    Without an interval the row's own point is both ends of it. An end that is not known rules nothing out.
    """
    claimed = claim.among_treated(claim.point)
    if known.point is None:  # no figure, and the row found no reduction
        return Verdict.ABOVE if claimed > 0 else Verdict.INSIDE
    bottom, top = known.low, known.high
    if bottom is None and top is None:
        bottom = top = known.point
    if top is not None and claimed > top + ROUNDING:
        return Verdict.ABOVE
    return Verdict.BELOW if bottom is not None and claimed < bottom - ROUNDING else Verdict.INSIDE


def _told(claim: Claim, verdict: Verdict, known: _Reductions, each: EvidenceEntry) -> str:
    """One reading in plain words."""
    result = _span(known, each)
    told = f"{_claimed(claim)} is {verdict.value} the {STANDING[each.kind]} ({result}; {each.measure})"
    if verdict is Verdict.ABOVE and claim.low is not None:
        top = next((end for end in (known.high, known.point) if end is not None), 0.0)
        told += "; the least claimed is not" if claim.among_treated(claim.low) <= top + ROUNDING else "; all of it is"
    if claim.reach == "area" and claim.treated_share is None:
        told += "; the claim is for an area and the study for its own people, so expect less across an area"
    if claim.among_treated(claim.point) > 1:
        told += "; it asks for more care to go than the people treated use"
    return told


def _claimed(claim: Claim) -> str:
    told = f"a claim of {_percent(claim.point)}"
    if claim.treated_share is None:
        return told
    return f"{told} across the area, {_percent(claim.among_treated(claim.point))} among the people treated,"


def _span(known: _Reductions, each: EvidenceEntry) -> str:
    if known.point is None:
        return "no reduction: an increase" if each.finding is Finding.INCREASE else "no significant change"
    if known.low is None and known.high is None:
        return f"{_percent(known.point)}, no interval given"
    ends = " to ".join("not known" if end is None else _percent(end) for end in (known.low, known.high))
    return f"{_percent(known.point)}, {ends}"


def _percent(fraction: float) -> str:
    """A fraction reduction in words: 0.32 is "32% less", -0.09 is "9% more"."""
    value = round(100 * fraction, 1)
    return "no change" if value == 0 else f"{abs(value):,g}% {'less' if value > 0 else 'more'}"


def _summed_up(claim: Claim, counts: dict[Verdict, int], unlike: int) -> str:
    comparable = counts[Verdict.ABOVE] + counts[Verdict.INSIDE] + counts[Verdict.BELOW]
    told = f"A claim of {_percent(claim.point)}{' across the area' if claim.reach == 'area' else ''}"
    if not comparable:
        told += ": no controlled result it can be held against."
    else:
        told += (
            f": of {comparable} controlled result{'s'[: comparable != 1]} it can be held against, it is above "
            f"{counts[Verdict.ABOVE]}, inside {counts[Verdict.INSIDE]} and below {counts[Verdict.BELOW]}."
        )
    return told + (f" {unlike} row{'s'[: unlike != 1]} cannot be compared." if unlike else "")

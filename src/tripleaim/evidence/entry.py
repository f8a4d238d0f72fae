"""One row of the evidence library: what was done, to whom, what happened, and who says so."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tripleaim.evidence.kinds import Finding, Grade, Kind, found, kind_of
from tripleaim.evidence.record import Record
from tripleaim.evidence.units import MEANINGS, EffectUnit

Ref = Annotated[str, Field(pattern=r"^[IE][0-9]{3}$")]
Words = Annotated[str, Field(min_length=1)]


class EvidenceEntry(Record):
    """Something published about what a kind of scheme did, was said to do, or is expected to do.

    Figures are as the library has them: a negative effect means the measure fell, a ratio below 1 means the same, and
    None always means "not sourced", never nought.
    source : library.csv; docs/method/evidence.md
    """

    ref: Ref = Field(description="I001 on: interventions; E001 on: expert forecasts")
    name: Words = Field(description="What was done, and where it helps to say so")
    category: Words = Field(description="The family of schemes it belongs to")
    measure: Words = Field(description="What was counted")
    setting: Words = Field(description="Where")
    population: str | None = Field(description="Who")
    effect_point: float | None = Field(description="The effect, in effect_unit; negative = reduction of the measure")
    effect_low: float | None = Field(description="Lower end as published: usually a 95 % interval, P10 in forecasts")
    effect_high: float | None = Field(description="Upper end as published: usually a 95 % interval, P90 in forecasts")
    effect_unit: EffectUnit = Field(description="What the effect is counted in")
    unit_note: str | None = Field(description="Prose that came with the unit")
    effect_unit_as_given: Words = Field(description="Unit and prose together, as collected")
    comparator_growth: float | None = Field(description="Growth among those outside the programme, in effect_unit")
    direction_without_point: Literal["reduction", "increase"] | None = Field(
        description="Which way the measure moved, where the note says so but no figure was sourced"
    )
    time_to_full_effect_months: float | None = Field(
        ge=0, description="Months to the full effect, or of follow-up; to payback where months_are_payback"
    )
    cost_per_person_gbp: float | None = Field(ge=0, description="GBP a person, in the money of the source's year")
    grade: Grade = Field(description="How far it can be leaned on")
    grade_basis: str | None = Field(description="Why it has that grade: the design of the study")
    direction_note: str | None = Field(description="What a reader must know before using the figure")
    source: str | None = Field(description="Who published it; None where the library names nobody")
    source_year: int | None = Field(ge=1948, le=2100, description="Year of publication")
    url_or_reference: str | None = Field(description="Where to read it")
    zero_means_not_significant: bool = Field(description="The 0 stands for 'no significant difference', size not read")
    raw_growth_rate: bool = Field(description="The figure is growth in itself: subtract comparator_growth")
    context_only: bool = Field(description="A size or a rate for judging others, not an effect")
    positive_is_gain: bool = Field(description="A positive figure is a gain, so negative = reduction does not apply")
    months_are_payback: bool = Field(description="The months are until the money comes back")
    one_sided_interval: bool = Field(description="Only one end of the interval is known")
    more_is_better: bool = Field(description="Our reading: more of the measure is better, such as living at home")
    contradicts: tuple[Ref, ...] = Field(description="Rows that say otherwise of the same programme")
    same_programme: tuple[Ref, ...] = Field(description="Other rows about the same programme or trial")

    @model_validator(mode="after")
    def _figures_agree(self) -> Self:
        problem = self._interval_problem() or self._flag_problem()
        if problem:
            raise ValueError(problem)
        return self

    def _interval_problem(self) -> str | None:
        known = [v for v in (self.effect_low, self.effect_point, self.effect_high) if v is not None]
        if known != sorted(known):
            return f"low, point and high are {known}; expected each no higher than the next"
        one_end = (self.effect_low is None) != (self.effect_high is None)
        if one_end != self.one_sided_interval:
            return "one end of the interval alone must be flagged one_sided_interval, and nothing else may be"
        return None

    def _flag_problem(self) -> str | None:
        if self.zero_means_not_significant and self.effect_point != 0:
            return "flagged zero_means_not_significant, but the point is not 0"
        if self.raw_growth_rate != (self.comparator_growth is not None):
            return "a raw growth rate needs the growth it is set against, and nothing else has one"
        if self.direction_without_point and self.effect_point is not None:
            return "has both a point and a direction in words; the point says enough"
        return None

    @property
    def kind(self) -> Kind:
        """What sort of statement this is, by the rule of `kind_of`."""
        return kind_of(self.grade, self.grade_basis or "", self.context_only)

    @property
    def no_effect(self) -> float | None:
        """The value that means "made no difference", in effect_unit; None where the figure is a level."""
        return self.comparator_growth if self.raw_growth_rate else MEANINGS[self.effect_unit].no_effect

    @property
    def finding(self) -> Finding:
        """Which way the measure moved against whatever it was set against."""
        if self.context_only:
            return Finding.LEVEL
        if self.effect_point is None and self.direction_without_point:
            return Finding(self.direction_without_point)
        if self.effect_point is None and self.effect_low is None:
            return Finding.NOT_SOURCED
        if self.no_effect is None:
            return Finding.LEVEL
        return found(self.effect_point, self.effect_low, self.effect_high, self.no_effect)

    @property
    def recalled(self) -> bool:
        """Whether the note says that something in it was recalled, not re-read, and must be verified."""
        return "recalled" in (self.direction_note or "")

    @property
    def citation(self) -> str:
        """Who says so, when and where, on one line; it says so when the library names nobody."""
        if self.source is None:
            return "No source recorded: not to be relied on."
        who = f"{self.source}, {self.source_year or 'undated'}"
        return f"{who}. {self.url_or_reference}" if self.url_or_reference else f"{who}."

    def as_dict(self) -> dict[str, object]:
        """Every field, and what is worked out from them, as plain values for JSON, always under the same keys."""
        worked_out = {
            "kind": self.kind.value,
            "kind_meaning": self.kind.meaning,
            "grade_meaning": self.grade.meaning,
            "finding": self.finding.value,
            "unit_words": MEANINGS[self.effect_unit].words,
            "recalled": self.recalled,
            "citation": self.citation,
        }
        return {**self.model_dump(mode="json"), **worked_out}

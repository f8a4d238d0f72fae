"""Reference classes: what happened where others did something like it, one study one voice, and how far it spread."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import stdtrit

from tripleaim.evidence.library import library
from tripleaim.evidence.outcomes import NO_REDUCTION, Outcome, Reach, Result, controlled_results
from tripleaim.quantities import Range

ENOUGH = 3
"""Results from which a class has a spread of its own; with fewer it borrows that of all classes together (judged)."""


@dataclass(frozen=True, kw_only=True)
class Precedent:
    """One voice of a class: a study, or what the place itself or its plan puts beside the studies."""

    refs: tuple[str, ...]
    """Rows of the evidence library, or the key of a promise in promises.csv, or the key of the claim itself."""
    kind: str
    """study, own record or claim."""
    fraction: float
    """By how much the measure fell: 0.1 is 10 % less, -0.1 is 10 % more."""
    months: float | None = None
    """Months after which it was seen; None where not known."""
    sized: bool = True
    """False where it found no reduction of a size that is not known, and so counts as none."""


@dataclass(frozen=True, kw_only=True)
class ReferenceClass:
    """What controlled studies found of one outcome for one family of schemes, with nothing claimed among it."""

    family: str
    """The family of schemes, as in the evidence library."""
    outcome: Outcome
    """What was counted."""
    reach: Reach
    """Whose care was counted: the people treated, or everybody in an area."""
    precedents: tuple[Precedent, ...]
    """Studies whose size can be read, each once, then what has joined them."""
    unmeasured: tuple[str, ...]
    """Rows that found a reduction of a size that cannot be read as a fraction: counted, not measured."""

    @property
    def measured(self) -> tuple[Precedent, ...]:
        """The studies in it, without what has joined them."""
        return tuple(each for each in self.precedents if each.kind == "study")

    @property
    def studies(self) -> int:
        """How many studies it has whose size can be read."""
        return len(self.measured)

    @property
    def refs(self) -> tuple[str, ...]:
        """The rows of those studies."""
        return tuple(ref for each in self.measured for ref in each.refs)

    @property
    def best(self) -> float | None:
        """The largest reduction of any study in it; None without one."""
        return max((each.fraction for each in self.measured), default=None)

    @property
    def studies_expect(self) -> float | None:
        """Mean of the studies alone; None without one."""
        return math.fsum(each.fraction for each in self.measured) / self.studies if self.studies else None

    @property
    def expected(self) -> Range | None:
        """Mean, and the 80 % interval in which one more result of this class is expected; None for an empty class.

        What has joined the studies moves the mean; how far places differ is for the studies to say.
        """
        studies = [each.fraction for each in self.measured]
        everyone = [each.fraction for each in self.precedents]
        return expected(everyone, spread_of(studies, pooled_spread(self.reach)))

    def joined(self, others: Iterable[Precedent]) -> ReferenceClass:
        """The same class with more voices in it, each of which counts as one study does."""
        return ReferenceClass(
            family=self.family,
            outcome=self.outcome,
            reach=self.reach,
            precedents=(*self.precedents, *others),
            unmeasured=self.unmeasured,
        )

    def reaching(self, claim: float) -> int:
        """How many studies found at least as large a reduction."""
        return sum(each.fraction >= claim - 1e-9 for each in self.measured)


@dataclass(frozen=True, kw_only=True)
class ClassSpread:
    """How far results lie from the mean of their class."""

    sd: float
    """Standard deviation within the class, or within classes."""
    degrees: int
    """Degrees of freedom: results less classes."""


@cache
def reference_class(family: str, outcome: Outcome, reach: Reach) -> ReferenceClass:
    """The class of one family, outcome and reach; empty where no controlled result is known.

    Rows of one study count once, by their mean. A row that found no reduction, of a size that was not sourced, counts
    as none, which is kind to the claim.

    source : method note 11, "Which others"

    >>> found = reference_class("integrated care / case management", Outcome.EMERGENCY, "treated")
    >>> found.studies, round(found.expected.point, 3)
    (5, -0.018)
    """
    results = controlled_results(outcome, reach, family)
    return ReferenceClass(
        family=family,
        outcome=outcome,
        reach=reach,
        precedents=tuple(by_study(results)),
        unmeasured=tuple(each.ref for each in results if each.fraction is None),
    )


def by_study(results: Sequence[Result]) -> list[Precedent]:
    """One voice for each study: the mean of its rows, and the longest follow-up among them."""
    found: dict[str, list[Result]] = {}
    for each in results:
        if each.fraction is not None:
            found.setdefault(each.study, []).append(each)
    return [
        Precedent(
            refs=tuple(each.ref for each in rows),
            kind="study",
            fraction=math.fsum(each.fraction for each in rows if each.fraction is not None) / len(rows),
            months=max((each.months for each in rows if each.months is not None), default=None),
            sized=any(each.read_as != NO_REDUCTION for each in rows),
        )
        for rows in found.values()
    ]


def expected(fractions: Sequence[float], spread: ClassSpread) -> Range | None:
    """Mean of some results, and the 80 % interval in which one more is expected (Student's prediction interval).

    mean ± t · s · √(1 + 1/n), t the 90th percentile for the spread's degrees of freedom. None for no result.

    source : method note 11, "How far it spreads"

    >>> found = expected([0.0, 0.1, 0.2], ClassSpread(sd=0.1, degrees=2))
    >>> [round(value, 4) for value in (found.low, found.point, found.high)]
    [-0.1177, 0.1, 0.3177]
    """
    if not fractions:
        return None
    mean = math.fsum(fractions) / len(fractions)
    half = float(stdtrit(spread.degrees, 0.9)) * spread.sd * math.sqrt(1 + 1 / len(fractions))
    return Range(point=mean, low=mean - half, high=mean + half)


def spread_of(studies: Sequence[float], pooled: ClassSpread) -> ClassSpread:
    """The studies' own spread from three on; with fewer the pooled one, because two can lie together by chance."""
    if len(studies) < ENOUGH:
        return pooled
    return ClassSpread(sd=float(np.std(studies, ddof=1)), degrees=len(studies) - 1)


@cache
def pooled_spread(reach: Reach) -> ClassSpread:
    """The spread within classes of the library that have two studies or more.

    A whole area has been studied too seldom to part its results by family: there a class is all results on one outcome.
    """
    families = sorted({each.category for each in library()})
    by_family = [reference_class(family, outcome, reach) for family in families for outcome in _LIKE]
    together = [_joined([each for each in by_family if each.outcome is outcome]) for outcome in _LIKE]
    classes = [
        [each.fraction for each in found.precedents] for found in (by_family if reach == "treated" else together)
    ]
    results = [values for values in classes if len(values) > 1]
    squares = math.fsum((value - math.fsum(values) / len(values)) ** 2 for values in results for value in values)
    degrees = sum(len(values) - 1 for values in results)
    return ClassSpread(sd=math.sqrt(squares / degrees), degrees=degrees)


def _joined(classes: Sequence[ReferenceClass]) -> ReferenceClass:
    first, *others = classes
    return first.joined(each for other in others for each in other.precedents)


_LIKE = tuple(each for each in Outcome if each not in (Outcome.COST, Outcome.OTHER))
"""Outcomes whose results are one sort of thing: money and what is left over are not."""

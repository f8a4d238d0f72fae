"""What must be true against what is known from elsewhere, in sentences a board member understands."""

from __future__ import annotations

from tripleaim.charts.wording import say
from tripleaim.stress.why.against import EvidenceDistance, Known
from tripleaim.stress.why.figures import between, written
from tripleaim.stress.why.must_be_true import MustBe

_WHERE = {"itself": "", "area": " across a whole area", "pace": " a year"}
"""On what scale evidence speaks."""


def against_in_words(found: MustBe, seen: EvidenceDistance) -> str:
    """How far a value that must be true is from evidence, from the best kept up anywhere, and from the pace of that."""
    (value,) = written(found.name, found.unit, seen.value, width=found.high - found.low)
    this_is = "this is" if seen.is_enough else f"even {value} would be"
    told = [_from_evidence(found, seen, this_is), _from_the_best(seen)]
    if not seen.is_enough:
        told.insert(0, f"not even {value} is enough.")
    return " ".join(sentence for sentence in told if sentence)


def evidence_in_words(found: MustBe, known: Known) -> str:
    """What evidence expects, with its range and where it is from."""
    name, unit = (found.name, found.unit) if known.measured == "itself" else ("", "fraction")
    width = known.high - known.low
    (point,) = written(name, unit, known.point, width=width)
    high = min(known.high, 1.0) if unit.startswith("fraction") else known.high
    ends = between(name, unit, known.low, high, width=width)
    often = "in the slowest and the fastest of its spells" if known.measured == "pace" else "in eight cases of ten"
    ref = f"; {known.ref}" if known.ref else ""
    return f"{point}{_WHERE[known.measured]} ({ends} {often}{ref})"


def _from_evidence(found: MustBe, seen: EvidenceDistance, this_is: str) -> str:
    known = seen.known
    if known.measured == "pace":
        expected = evidence_in_words(found, known)
        return f"The whole service saved {expected}; {this_is} {_share(seen.measured)} a year."
    told = f"Evidence expects {evidence_in_words(found, known)}"
    there = "" if known.measured == "itself" else f" {_share(seen.measured)} there"
    if seen.spreads is None:
        return f"{told}; {this_is}{there}." if there else f"{told}."
    told += f"; {this_is}{there}{',' if there else ''} {say(abs(seen.spreads))} standard deviations "
    told += f"{'above' if seen.spreads > 0 else 'below'} that"
    if seen.times_most is not None:
        told += f", and {say(seen.times_most)} times the most any study found"
    return f"{told}."


def _from_the_best(seen: EvidenceDistance) -> str:
    known = seen.known
    if seen.fall is None:
        return ""
    told = f"With the plan’s other schemes {known.of} would fall by {_share(seen.fall)}"
    if known.pace is None or seen.times_best is None or seen.years_at_best is None or seen.years_faster is None:
        return f"{told}; nobody has shown what a whole area can keep up."
    kept = f"{_share(known.pace)} a year"
    if known.pace_years is not None:
        kept += f" for {say(known.pace_years, 0)} years"
    ref = f"; {known.pace_ref}" if known.pace_ref else ""
    faster = (
        f"{say(seen.years_faster)} more than the plan has"
        if seen.years_faster > 0
        else f"{say(-seen.years_faster)} fewer than the plan has"
    )
    enough = "" if seen.is_enough else ", and that is still not enough"
    return (
        f"{told}, {say(seen.times_best)} times as fast as the best kept up anywhere ({kept}{ref}); at that pace it "
        f"takes {say(seen.years_at_best)} years, {faster}{enough}."
    )


def _share(share: float) -> str:
    """A share of care or cost, with a decimal where it is small.

    >>> _share(0.0157), _share(0.246)
    ('1.6%', '25%')
    """
    return f"{100 * share:.{1 if abs(share) < 0.0995 else 0}f}%"

"""A box in the words of the plan: "fails when admissions avoided < 6 % and the pay award ≥ 2.4 %"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.stress.discovery.boxes import Box, BoxLimit


@dataclass(frozen=True, kw_only=True)
class InputLabel:
    """What an input is called, and what its values mean."""

    name: str
    """As in a sentence: "the pay award"."""
    unit: str = ""
    """"fraction" is told in per cent, "GBP" with a pound sign; any other unit stands behind the figure."""
    categories: tuple[str, ...] = ()
    """Names of the categories, in the order of their positions."""
    digits: int = 2
    """Significant digits; more only where two limits would read the same."""


def box_in_words(box: Box, labels: Sequence[InputLabel], *, what: str = "fails") -> str:
    """One sentence: what happens, when, how often then, and how much of all failure that is.

    labels  : one for each input, in the order of the search
    what    : what happens in the box, a verb in the present: "fails", "misses its control total"
    returns : text in plain words; "Fails at random: …" for a box with no limit

    >>> from tripleaim.stress.discovery.boxes import BoxLimit
    >>> limits = (BoxLimit(input=0, below=0.0598, quasi_p=1e-9), BoxLimit(input=1, at_least=0.0241, quasi_p=1e-5))
    >>> box = Box(limits=limits, coverage=0.71, density=0.84, mass=0.2, failures=168, draws=200)
    >>> avoided = InputLabel(name="admissions avoided", unit="fraction")
    >>> pay = InputLabel(name="the pay award", unit="fraction")
    >>> for line in box_in_words(box, [avoided, pay]).split(": "):
    ...     print(line)
    Fails when admissions avoided < 6 % and the pay award ≥ 2.4 %
    84 % of such cases fail, and 71 % of all failures are among them.
    """
    share, held = _percent(box.density), _percent(box.coverage)
    start = what[:1].upper() + what[1:]
    if not box.limits:
        return f"{start} at random: no input tells the cases that fail from the rest ({share} of all cases)."
    conditions = _and([limit_in_words(limit, labels[limit.input]) for limit in box.limits])
    return f"{start} when {conditions}: {share} of such cases fail, and {held} of all failures are among them."


def limit_in_words(limit: BoxLimit, label: InputLabel) -> str:
    """One condition: a name, a sign and a figure with its unit.

    >>> capital = InputLabel(name="capital", unit="GBP")
    >>> start = InputLabel(name="the start", categories=("early", "late"))
    >>> limit_in_words(BoxLimit(input=0, at_least=1_000_000, below=2_500_000, quasi_p=0), capital)
    'capital from £1,000,000 to £2,500,000'
    >>> limit_in_words(BoxLimit(input=0, among=(1,), quasi_p=0), start)
    'the start is late'
    """
    if limit.among is not None:
        return f"{label.name} is {_or([label.categories[each] for each in limit.among])}"
    if limit.at_least is not None and limit.below is not None:
        low, high = _apart(limit.at_least, limit.below, label)
        return f"{label.name} from {low} to {high}"
    if limit.at_least is not None:
        return f"{label.name} ≥ {figure(limit.at_least, label.unit, label.digits)}"
    if limit.below is not None:
        return f"{label.name} < {figure(limit.below, label.unit, label.digits)}"
    return f"{label.name} at any value"


def figure(value: float, unit: str, digits: int = 2) -> str:
    """A figure with at most so many significant digits, and its unit.

    >>> figure(0.0598, "fraction"), figure(-1234567, "GBP"), figure(17.25, "beds"), figure(0, "days")
    ('6 %', '−£1,200,000', '17 beds', '0 days')
    """
    scaled = 100 * value if unit == "fraction" else value
    rounded = float(f"{scaled:.{digits}g}") if scaled else 0.0
    places = max(0, digits - 1 - math.floor(math.log10(abs(rounded)))) if rounded else 0
    text = f"{abs(rounded):,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    sign = "−" if rounded < 0 else ""
    if unit == "GBP":
        return f"{sign}£{text}"
    behind = "%" if unit == "fraction" else unit
    return f"{sign}{text} {behind}".rstrip()


def _apart(low: float, high: float, label: InputLabel) -> tuple[str, str]:
    """Two figures with as many digits as it takes to tell them apart, six at most."""
    for digits in range(label.digits, 7):
        shown = figure(low, label.unit, digits), figure(high, label.unit, digits)
        if shown[0] != shown[1]:
            break
    return shown


def _percent(share: float) -> str:
    """A share in whole per cent, never rounded up to all or down to none.

    >>> _percent(0.996), _percent(1.0), _percent(0.004)
    ('more than 99 %', '100 %', 'less than 1 %')
    """
    if 0.99 < share < 1:
        return "more than 99 %"
    if 0 < share < 0.01:
        return "less than 1 %"
    return f"{100 * share:.0f} %"


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _or(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"

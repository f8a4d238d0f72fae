"""Measures of health and care that one scheme moves by itself."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan.scheme import Scheme
from tripleaim.projection.gaps import IndicatorPath
from tripleaim.reports.brief.books import Books
from tripleaim.reports.facts import Facts
from tripleaim.reports.reading import with_unit

STILL = 1e-9
"""Share of a measure's value below which it has not moved."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A measure that a scheme moves, alone, in the plan's last year."""

    key: str
    """Key of the indicator."""
    name: str
    """Its name."""
    gap: str
    """health or care."""
    now: float
    """Its value in the opening year."""
    nothing: float
    """Its value if nothing changes."""
    alone: float
    """Its value with this scheme alone."""
    better: bool
    """Whether that is better than if nothing changes."""
    words: str
    """The same in a sentence."""


def moved(facts: Facts, books: Books, row: Scheme) -> tuple[Moved, ...]:
    """Every measure that ends otherwise with this scheme alone than if nothing changes, health first."""
    run = books.run
    nothing, alone = run.cases.at("nothing_smooth"), run.cases.at(f"alone:{row.key}")
    found = []
    for n, key in enumerate(run.axes.indicators):
        path = facts.indicator(key)
        before, after = (float(run.indicators[n, run.axes.last, case]) for case in (nothing, alone))
        if abs(after - before) <= STILL * max(1.0, abs(before)):
            continue
        better = (after > before) == path.higher_is_better
        found.append(
            Moved(
                key=key,
                name=path.name,
                gap=path.gap,
                now=path.baseline,
                nothing=before,
                alone=after,
                better=better,
                words=_words(facts, path, before, after, better),
            )
        )
    return tuple(sorted(found, key=lambda each: (each.gap != "health", each.name)))


def _words(facts: Facts, path: IndicatorPath, before: float, after: float, better: bool) -> str:
    said, instead = with_unit(path, after), with_unit(path, before)
    side = "better" if better else "worse"
    if said == instead:
        return f"{path.name}: a little {side} than {instead} in {facts.last_year}."
    return f"{path.name}: {said} instead of {instead} in {facts.last_year}, which is {side}."

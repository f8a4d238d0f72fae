"""What changed between two projections, in money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tripleaim.projection.result import Projection

NOTHING = 0.5
"""Changes smaller than this, in GBP, are rounding."""


@dataclass(frozen=True, kw_only=True)
class MoneyChange:
    """One amount in two plans, in one year. GBP a year; None where a plan has no such amount."""

    what: str
    """do_nothing | hoped | resourced (shortfall of a scope) | saving (of a scheme alone)."""
    who: str
    """nhs | council | both, or the scheme's key."""
    name: str
    year: str
    old: float | None
    new: float | None

    @property
    def change(self) -> float:
        """New less old; a missing amount counts as none."""
        return (self.new or 0.0) - (self.old or 0.0)


def compare(old: Projection, new: Projection) -> tuple[MoneyChange, ...]:
    """Every shortfall by scope and year, then every scheme's saving in the last year, where they differ."""
    found = [*_gaps(old, new), *_schemes(old, new)]
    return tuple(each for each in found if abs(each.change) >= NOTHING or (each.old is None) != (each.new is None))


def _gaps(old: Projection, new: Projection) -> Iterator[MoneyChange]:
    for scope in ("both", "nhs", "council"):
        for case in ("do_nothing", "hoped", "resourced"):
            before = dict(zip(old.years[:-1], getattr(old.scope(scope), case), strict=False))
            after = dict(zip(new.years[:-1], getattr(new.scope(scope), case), strict=False))
            for year in sorted({*before, *after}):
                yield MoneyChange(
                    what=case, who=scope, name=scope, year=year, old=before.get(year), new=after.get(year)
                )


def _schemes(old: Projection, new: Projection) -> Iterator[MoneyChange]:
    before = {scheme.key: scheme for scheme in old.schemes}
    after = {scheme.key: scheme for scheme in new.schemes}
    for key in sorted({*before, *after}):
        first, second = before.get(key), after.get(key)
        named = second or first
        assert named is not None
        yield MoneyChange(
            what="saving",
            who=key,
            name=named.name,
            year=new.years[new.last],
            old=first.saving[old.last] if first else None,
            new=second.saving[new.last] if second else None,
        )

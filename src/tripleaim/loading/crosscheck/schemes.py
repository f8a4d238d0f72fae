"""Schemes: their order, their alternatives, and what is owed to those who lose a service."""

from __future__ import annotations

from collections.abc import Callable

from tripleaim.loading.crosscheck.references import circle
from tripleaim.loading.draft import Draft
from tripleaim.plan.scheme import Change, Effect, EffectKind, Scheme
from tripleaim.quantities import Noun


def links(draft: Draft) -> None:
    """No scheme needs, excludes or overlaps itself, or needs what it excludes."""
    for row, scheme in draft.rows(Scheme):
        for name in ("needs", "excludes", "overlaps"):
            if scheme.key in getattr(scheme, name):
                draft.refuse(Scheme, row, name, scheme.key, "other schemes", f"take {scheme.key} out")
        for both in sorted(set(scheme.needs) & set(scheme.excludes)):
            draft.refuse(
                Scheme,
                row,
                "excludes",
                f"{both}, which it also needs",
                "schemes it can do without",
                f"take {both} out of one",
            )


def needs_in_circle(draft: Draft) -> None:
    """A scheme cannot wait for one that waits for it."""
    rows = {scheme.key: row for row, scheme in draft.rows(Scheme)}
    needed = {scheme.key: [n for n in scheme.needs if n != scheme.key] for _, scheme in draft.rows(Scheme)}
    way = circle(needed)
    if way:
        draft.refuse(
            Scheme,
            rows[way[0]],
            "needs",
            " → ".join(way),
            "an order in which schemes can start",
            "take one of these needs out",
        )


def excluded(draft: Draft) -> None:
    """Two schemes that exclude each other cannot both stand in a plan."""
    keys = draft.keys("schemes", "key")
    for row, scheme in draft.rows(Scheme):
        for other in scheme.excludes:
            if other in keys and other != scheme.key:
                draft.refuse(
                    Scheme,
                    row,
                    "excludes",
                    f"{other}, which stands in the plan too",
                    f"{scheme.key} or {other}, not both",
                    f"take {scheme.key} or {other} out of the plan",
                )


def stops_and_moves(draft: Draft) -> None:
    """Who stops or moves a service says how journeys change and what may get worse."""
    schemes = draft.by_key(Scheme)
    rows = {scheme.key: row for row, scheme in draft.rows(Scheme)}
    ends = {key for key, scheme in schemes.items() if scheme.change in (Change.STOPS, Change.MOVES)}
    acts = {effect.scheme for _, effect in draft.rows(Effect) if effect.kind in (EffectKind.STOP, EffectKind.MOVE)}
    for key in sorted((ends | acts) & set(schemes)):
        for name in ("travel", "harm"):
            if not getattr(schemes[key], name):
                draft.refuse(
                    Scheme,
                    rows[key],
                    name,
                    "an empty cell",
                    "words, because this scheme stops or moves a service",
                    "say how journeys change, with evidence: no claim of 'no loss of access' without it"
                    if name == "travel"
                    else "say what may get worse, and for whom",
                )


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (links, ()),
    (needs_in_circle, ()),
    (excluded, ()),
    (stops_and_moves, (Scheme, Effect)),
)

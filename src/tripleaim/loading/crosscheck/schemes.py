"""Schemes: their order, their alternatives, and what one effect may say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from tripleaim.loading.crosscheck.references import LINE_EFFECTS, circle
from tripleaim.loading.draft import Draft
from tripleaim.plan.activity import ActivityLine
from tripleaim.plan.scheme import Change, Effect, EffectKind, Scheme
from tripleaim.quantities import Noun, Range

_MOVES = (EffectKind.SHIFT, EffectKind.MOVE)
_SHARES = LINE_EFFECTS | {EffectKind.SAVE}
_FURTHEST_LOG = 2.0
"""Nothing we know of moves an indicator's log odds or log ratio further than this."""
_MOST_INCOME = 1e12


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


def destinations(draft: Draft) -> None:
    """What is shifted or moved goes to another line; nothing else names one."""
    for row, effect in draft.rows(Effect):
        moves = effect.kind in _MOVES
        if moves and not effect.to_line:
            draft.refuse(
                Effect,
                row,
                "to_line",
                "an empty cell",
                f"{effect.kind.value}: the line the care goes to",
                "write a key of activity.csv",
            )
        elif moves and effect.to_line == effect.target:
            draft.refuse(
                Effect, row, "to_line", effect.to_line, "another line than the target", "write where the care goes"
            )
        elif effect.to_line and not moves:
            draft.refuse(
                Effect,
                row,
                "to_line",
                effect.to_line,
                f"an empty cell: {effect.kind.value} takes care nowhere",
                "leave it empty, or make the kind shift",
            )


def shifts_in_circle(draft: Draft) -> None:
    """Care shifted from line to line never comes back to where it began."""
    onward: dict[str, list[str]] = defaultdict(list)
    first: dict[str, int] = {}
    for row, effect in draft.rows(Effect):
        if effect.kind in _MOVES and effect.to_line and effect.to_line != effect.target:
            onward[effect.target].append(effect.to_line)
            first.setdefault(effect.target, row)
    way = circle(dict(onward))
    if way:
        draft.refuse(
            Effect,
            first[way[0]],
            "to_line",
            " → ".join(way),
            "shifts that end somewhere",
            "take one of these shifts out",
        )


def shares(draft: Draft) -> None:
    """Nobody avoids, saves or moves more than the whole."""
    for row, effect in draft.rows(Effect):
        if effect.kind not in _SHARES:
            continue
        least = 0.0 if effect.kind in (*_MOVES, EffectKind.STOP) else -1.0
        if effect.effect.point < 0 or effect.effect.low < least:
            draft.refuse(
                Effect,
                row,
                "effect",
                _as_range(effect.effect),
                f"{effect.kind.value}: a fraction from 0 to 1"
                + (", its low and high too" if least == 0 else "; its low may go down to -1, where care may rise"),
                "write 0.15 for 15 % less; care or cost believed to grow is a cost or a shift, not a negative saving: "
                "write 0 where it may do nothing, and what it costs in costs.csv",
            )
            continue
        area = effect.effect.point * effect.eligible.point * effect.uptake.point * effect.fidelity.point
        if effect.effect.high > 1:
            value = f"{effect.effect.high:g}"
            draft.refuse(
                Effect,
                row,
                "effect",
                value,
                f"{effect.kind.value}: a fraction of at most 1",
                f"write {effect.effect.high / 100:g} if you mean {value}%",
            )
        elif area > 1 + 1e-9:
            draft.refuse(
                Effect,
                row,
                "effect",
                f"effect × eligible × uptake × fidelity = {area:.6g}",
                "at most 1, the whole line",
                "lower one of the four",
            )


def _as_range(value: Range) -> str:
    return f"{value.point:g}" if value.is_certain else f"{value.point:g} ({value.low:g} to {value.high:g})"


def improvements(draft: Draft) -> None:
    """An improvement is a log odds or a log ratio: small numbers, of either sign."""
    for row, effect in draft.rows(Effect):
        if effect.kind is EffectKind.IMPROVE and not (
            effect.effect.low >= -_FURTHEST_LOG and effect.effect.high <= _FURTHEST_LOG
        ):
            draft.refuse(
                Effect,
                row,
                "effect",
                _as_range(effect.effect),
                "improve: log odds or log ratio from -2 to 2, its low and high too",
                "write the natural logarithm of the ratio: 5 % better means about 0.05",
            )


def income_is_received(draft: Draft) -> None:
    """Income comes in; what goes out is income of the other body."""
    for row, effect in draft.rows(Effect):
        if effect.kind is not EffectKind.INCOME:
            continue
        if effect.effect.low < 0:
            draft.refuse(
                Effect,
                row,
                "effect",
                _as_range(effect.effect),
                "income: GBP a year, 0 or more, its low and high too",
                "swap the two bodies, target and counterparty, and write it without the minus sign",
            )
        elif effect.effect.high > _MOST_INCOME:
            draft.refuse(
                Effect,
                row,
                "effect",
                _as_range(effect.effect),
                f"income: at most GBP {_MOST_INCOME:,.0f} a year",
                "check the figure and its unit",
            )


def shorten_stays(draft: Draft) -> None:
    """Only a stay in a bed can be shortened."""
    lines = draft.by_key(ActivityLine)
    for row, effect in draft.rows(Effect):
        line = lines.get(effect.target)
        if effect.kind is EffectKind.SHORTEN and line is not None and not line.bed_pool:
            draft.refuse(
                Effect,
                row,
                "target",
                f"{effect.target}, which uses no beds",
                "shorten: a line with beds",
                "name a line with beds, or make the kind avoid",
            )


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (links, ()),
    (needs_in_circle, ()),
    (excluded, ()),
    (stops_and_moves, (Scheme, Effect)),
    (destinations, ()),
    (shifts_in_circle, ()),
    (shares, ()),
    (improvements, ()),
    (income_is_received, ()),
    (shorten_stays, ()),
)

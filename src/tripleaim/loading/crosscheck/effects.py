"""Effects: what one row may say, by its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from tripleaim.loading.crosscheck.references import LINE_EFFECTS, circle
from tripleaim.loading.crosscheck.spot import Spot, spots
from tripleaim.loading.draft import Draft
from tripleaim.plan.activity import ActivityLine
from tripleaim.plan.scheme import EFFECT_BOUNDS, Effect, EffectKind
from tripleaim.quantities import Noun, Range

_MOVES = (EffectKind.SHIFT, EffectKind.MOVE)
_SHARES = LINE_EFFECTS | {EffectKind.SAVE}


def destinations(draft: Draft) -> None:
    """What is shifted or moved goes to another line; nothing else names one."""
    for at, effect in spots(draft, Effect):
        moves, kind = effect.kind in _MOVES, effect.kind.value
        if moves and not effect.to_line:
            at.needs("to_line", f"{kind}: the line the care goes to", "write a key of activity.csv")
        elif moves and effect.to_line == effect.target:
            at.refuse("to_line", effect.to_line, "another line than the target", "write where the care goes")
        elif effect.to_line and not moves:
            to_fix = "leave it empty, or make the kind shift"
            at.must_be_empty("to_line", effect.to_line, f"{kind} takes care nowhere", to_fix)


def shifts_in_circle(draft: Draft) -> None:
    """Care shifted from line to line never comes back to where it began."""
    onward: dict[str, list[str]] = defaultdict(list)
    first: dict[str, Spot] = {}
    for at, effect in spots(draft, Effect):
        if effect.kind in _MOVES and effect.to_line and effect.to_line != effect.target:
            onward[effect.target].append(effect.to_line)
            first.setdefault(effect.target, at)
    way = circle(dict(onward))
    if way:
        to_fix = "take one of these shifts out"
        first[way[0]].refuse("to_line", " → ".join(way), "shifts that end somewhere", to_fix)


def shares(draft: Draft) -> None:
    """Nobody avoids, saves or moves more than the whole."""
    for at, effect in spots(draft, Effect):
        if effect.kind in _SHARES and not _negative(at, effect):
            _more_than_all(at, effect)


def _negative(at: Spot, effect: Effect) -> bool:
    """True, with the problem noted, where care or cost would grow by a saving."""
    goes = effect.kind in (*_MOVES, EffectKind.STOP)
    least, _ = EFFECT_BOUNDS[effect.kind]
    if effect.effect.point >= 0 and effect.effect.low >= least:
        return False
    ends = ", its low and high too" if goes else "; its low may go down to -1, where care may rise"
    at.refuse(
        "effect",
        _as_range(effect.effect),
        f"{effect.kind.value}: a fraction from 0 to 1{ends}",
        "write 0.15 for 15 % less; care or cost believed to grow is a cost or a shift, not a negative saving: "
        "write 0 where it may do nothing, and what it costs in costs.csv",
    )
    return True


def _more_than_all(at: Spot, effect: Effect) -> None:
    area = effect.effect.point * effect.eligible.point * effect.uptake.point * effect.fidelity.point
    most = effect.effect.high
    if most > 1:
        to_fix = f"write {most / 100:g} if you mean {most:g}%"
        at.refuse("effect", f"{most:g}", f"{effect.kind.value}: a fraction of at most 1", to_fix)
    elif area > 1 + 1e-9:
        found = f"effect × eligible × uptake × fidelity = {area:.6g}"
        at.refuse("effect", found, "at most 1, the whole line", "lower one of the four")


def _as_range(value: Range) -> str:
    return f"{value.point:g}" if value.is_certain else f"{value.point:g} ({value.low:g} to {value.high:g})"


def improvements(draft: Draft) -> None:
    """An improvement is a log odds or a log ratio: small numbers, of either sign."""
    for at, effect in spots(draft, Effect):
        least, most = EFFECT_BOUNDS[EffectKind.IMPROVE]
        inside = effect.effect.low >= least and effect.effect.high <= most
        if effect.kind is EffectKind.IMPROVE and not inside:
            expected = "improve: log odds or log ratio from -2 to 2, its low and high too"
            to_fix = "write the natural logarithm of the ratio: 5 % better means about 0.05"
            at.refuse("effect", _as_range(effect.effect), expected, to_fix)


def income_is_received(draft: Draft) -> None:
    """Income comes in; what goes out is income of the other body."""
    for at, effect in spots(draft, Effect):
        if effect.kind is not EffectKind.INCOME:
            continue
        found = _as_range(effect.effect)
        least, most = EFFECT_BOUNDS[EffectKind.INCOME]
        if effect.effect.low < least:
            to_fix = "swap the two bodies, target and counterparty, and write it without the minus sign"
            at.refuse("effect", found, "income: GBP a year, 0 or more, its low and high too", to_fix)
        elif effect.effect.high > most:
            expected = f"income: at most GBP {most:,.0f} a year"
            at.refuse("effect", found, expected, "check the figure and its unit")


def shorten_stays(draft: Draft) -> None:
    """Only a stay in a bed can be shortened."""
    lines = draft.by_key(ActivityLine)
    for at, effect in spots(draft, Effect):
        line = lines.get(effect.target)
        if effect.kind is EffectKind.SHORTEN and line is not None and not line.bed_pool:
            to_fix = "name a line with beds, or make the kind avoid"
            at.refuse("target", f"{effect.target}, which uses no beds", "shorten: a line with beds", to_fix)


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (destinations, ()),
    (shifts_in_circle, ()),
    (shares, ()),
    (improvements, ()),
    (income_is_received, ()),
    (shorten_stays, ()),
)

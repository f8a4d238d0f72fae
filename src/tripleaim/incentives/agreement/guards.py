"""What must be so of a benefit before anything is paid for it, guard by guard."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tripleaim.incentives.agreement.mistakes import Mistakes, pounds

HALF_A_PENNY = 0.005


class Guard(StrEnum):
    """What must be so before anything is paid, in the order in which it is asked."""

    MEASURED = "measured"
    CONFIRMED = "confirmed"
    QUALITY = "quality"
    EQUITY = "equity"
    ONCE = "counted_once"
    STAYED = "stayed_here"
    LARGE = "large_enough"

    @property
    def label(self) -> str:
        """The same in words."""
        return _LABELS[self]


_LABELS = {
    Guard.MEASURED: "measured, not assumed",
    Guard.CONFIRMED: "more than the usual ups and downs",
    Guard.QUALITY: "quality kept",
    Guard.EQUITY: "no group left behind",
    Guard.ONCE: "counted once",
    Guard.STAYED: "no cost moved to others",
    Guard.LARGE: "more than luck",
}


@dataclass(frozen=True, kw_only=True)
class Benefit:
    """What one measure shows for one year against its baseline, and what is known of it. Amounts in GBP."""

    key: str
    """Short name."""
    what: str
    """What was measured, in words."""
    fell_to: str
    """Partner in whose books it shows."""
    measured: float | None
    """Cost saved against the baseline; negative = cost more. None = not measured."""
    confirmed: bool | None
    """Whether a control chart (SPC) shows a change beyond the usual ups and downs; None = nobody looked."""
    quality_kept: bool | None
    """Whether the quality measures agreed with it were kept; None = nobody looked."""
    equity_kept: bool | None
    """Whether no group's gap widened; None = nobody looked."""
    also_counted: Mapping[str, float] = field(default_factory=dict)
    """Key of another benefit → how much of this one is in that one too."""
    moved_to_others: Mapping[str, float] = field(default_factory=dict)
    """Body outside the place, or carers → cost that this moved to it."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What one guard says of one benefit, or of all together."""

    guard: Guard
    """Which."""
    passed: bool
    """True where it takes nothing off."""
    takes_off: float
    """What it takes off, GBP; negative where a loss is left out."""
    says: str
    """Why, in a sentence."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One benefit after its guards."""

    key: str
    """Which."""
    measured: float
    """GBP, 0 where it was not measured."""
    counts: float
    """What of it is settled, GBP."""
    verdicts: tuple[Verdict, ...]
    """Every guard, in order."""


def counted(benefit: Benefit, others: Mapping[str, Benefit]) -> Counted:
    """One benefit, guard by guard.

    others : key → every benefit of the year, for overlaps
    """
    left = benefit.measured or 0.0
    verdicts = []
    for verdict in (_measured, _confirmed, _quality, _equity):
        found = verdict(benefit, left)
        verdicts.append(found)
        left -= found.takes_off
    for off in (_once(benefit, left, others), _stayed(benefit, left)):
        verdicts.append(off)
        left -= off.takes_off
    return Counted(key=benefit.key, measured=benefit.measured or 0.0, counts=left, verdicts=tuple(verdicts))


def _measured(benefit: Benefit, left: float) -> Verdict:
    if benefit.measured is None:
        return _fails(Guard.MEASURED, 0.0, "It was not measured, so it counts as nothing.")
    said = f"{pounds(abs(left))} {'saved' if left >= 0 else 'more spent'} against the baseline."
    return _passes(Guard.MEASURED, said)


def _confirmed(benefit: Benefit, left: float) -> Verdict:
    if benefit.confirmed:
        return _passes(Guard.CONFIRMED, "The control chart shows a change beyond the usual ups and downs.")
    why = "Nobody looked at a control chart" if benefit.confirmed is None else "The control chart shows no change"
    return _fails(Guard.CONFIRMED, left, f"{why}, so it may be chance and counts as nothing.")


def _quality(benefit: Benefit, left: float) -> Verdict:
    return _gate(Guard.QUALITY, benefit.quality_kept, left, "Quality was kept", "Quality fell", "quality")


def _equity(benefit: Benefit, left: float) -> Verdict:
    return _gate(Guard.EQUITY, benefit.equity_kept, left, "No group's gap widened", "A group's gap widened", "equity")


def _gate(guard: Guard, kept: bool | None, left: float, good: str, bad: str, what: str) -> Verdict:
    why = f"Nobody looked at {what}" if kept is None else bad
    if kept:
        return _passes(guard, f"{good}.")
    if left <= 0:
        return _passes(guard, f"{why}, which does not excuse a loss.")
    return _fails(guard, left, f"{why}, so the gain counts as nothing.")


def _once(benefit: Benefit, left: float, others: Mapping[str, Benefit]) -> Verdict:
    overlap = {key: amount for key, amount in benefit.also_counted.items() if amount and _stands(others[key])}
    if not left or not overlap:
        unpaid = [key for key, amount in benefit.also_counted.items() if amount and key not in overlap]
        said = f"It overlaps with {_listed(unpaid, others)}, which counts as nothing." if left and unpaid else None
        return _passes(Guard.ONCE, said or "It is in no other benefit that counts.")
    off = math.copysign(min(abs(left), sum(overlap.values())), left)
    return _fails(Guard.ONCE, off, f"{pounds(abs(off))} of it is counted under {_listed(overlap, others)}.")


def _listed(keys: Iterable[str], others: Mapping[str, Benefit]) -> str:
    return " and ".join(others[key].what for key in keys)


def _stayed(benefit: Benefit, left: float) -> Verdict:
    moved = {name: amount for name, amount in benefit.moved_to_others.items() if amount}
    if not moved:
        return _passes(Guard.STAYED, "No cost is known to have moved to anybody outside.")
    to = f"{pounds(sum(moved.values()))} of cost moved to {' and '.join(moved)}"
    if left <= 0:
        return _passes(Guard.STAYED, f"{to}; there is no gain to take it off.")
    return _fails(Guard.STAYED, min(left, sum(moved.values())), f"{to}, and is taken off.")


def _stands(benefit: Benefit) -> bool:
    """Whether anything of a benefit counts, overlap and cost moved aside."""
    if not benefit.measured or not benefit.confirmed:
        return False
    return benefit.measured < 0 or bool(benefit.quality_kept and benefit.equity_kept)


def large_enough(total: float, least: float) -> Verdict:
    """Whether all that counts is more than could be luck.

    total : GBP that counts, negative for a loss
    least : GBP below which a difference, up or down, may be luck
    """
    told = f"{pounds(abs(total))} {'less' if total >= 0 else 'more'} spent than agreed"
    if abs(total) >= least - HALF_A_PENNY:
        return _passes(Guard.LARGE, f"{told}; up to {pounds(least)} could be luck.")
    return _fails(Guard.LARGE, total, f"{told}; up to {pounds(least)} could be luck, so nothing is settled.")


def _passes(guard: Guard, says: str) -> Verdict:
    return Verdict(guard=guard, passed=True, takes_off=0.0, says=says)


def _fails(guard: Guard, takes_off: float, says: str) -> Verdict:
    return Verdict(guard=guard, passed=False, takes_off=takes_off, says=says)


def check_overlaps(benefit: Benefit, by_key: Mapping[str, Benefit], wrong: Mistakes) -> None:
    """Add a mistake for each overlap that cannot be."""
    where = f"benefit {benefit.key}, also counted"
    wrong.numbers(where, benefit.also_counted)
    wrong.known_names(where, benefit.also_counted, [key for key in by_key if key != benefit.key])
    overlap = sum(benefit.also_counted.values())
    if benefit.measured is not None and overlap > abs(benefit.measured) + HALF_A_PENNY:
        most = f"at most the {pounds(abs(benefit.measured))} that was measured"
        wrong.add(where, pounds(overlap), most, "correct the overlap")
    for key in benefit.also_counted:
        if key in by_key and benefit.key < key and benefit.key in by_key[key].also_counted:
            wrong.add(where, f"{benefit.key} and {key} each in the other", "one way only", "take one of them out")

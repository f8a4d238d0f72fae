"""What there is to choose from, and what every choice must keep to."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.portfolio.solver.aim import Aim, Floats, Outlook
from tripleaim.portfolio.solver.rules import Exclusion, Floor, Need, Rule

ROUNDING = 1e-6
"""Share of the largest number in a rule up to which going past its limit is rounding."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Menu:
    """Options, each taken or left, and what a choice must keep to. To choose nothing is a choice like others."""

    options: tuple[str, ...]
    """Names, in the order of every list of numbers."""
    one_of: tuple[tuple[str, ...], ...] = ()
    """Groups of which at most one option may be taken, such as the years in which one scheme may start."""
    rules: tuple[Rule, ...] = ()
    needs: tuple[Need, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    floors: tuple[Floor, ...] = ()

    @cached_property
    def known(self) -> frozenset[str]:
        """The options, to look a name up."""
        return frozenset(self.options)

    @cached_property
    def uses(self) -> Floats:
        """(rule, option): what each option uses of each rule."""
        return np.array([np.asarray(rule.uses, float) for rule in self.rules]).reshape(-1, len(self.options))

    @cached_property
    def room(self) -> tuple[Floats, Floats]:
        """(rule,) the least and the most that a choice may use of each rule, rounding allowed for."""
        rounding = ROUNDING * np.abs(self.uses).max(axis=1, initial=0.0)
        least = [-math.inf if rule.at_least is None else rule.at_least for rule in self.rules]
        most = [math.inf if rule.at_most is None else rule.at_most for rule in self.rules]
        return np.array(least) - rounding, np.array(most) + rounding


def check(menu: Menu, *aims: Aim | Outlook) -> None:
    """Refuse a menu, or aims beside it, that cannot be what was meant.

    raises : Impossible, naming everything wrong at once: no options or one twice, an option that is not on the menu, a
             list of another length, a number that is none, two rules of one name, a rule without limits

    >>> check(Menu(options=("day unit", "home visits"), rules=(Rule(name="beds", uses=(1.0,), at_most=2),)))
    Traceback (most recent call last):
    ...
    tripleaim.errors.Impossible: beds: 1 number for 2 options.
    """
    wrong = [
        *_wrong_options(menu),
        *_wrong_names(menu),
        *(said for rule in menu.rules for said in _wrong_rule(rule, menu)),
        *(said for floor in menu.floors for said in _wrong_floor(floor, menu)),
        *(said for aim in aims for said in _wrong_aim(aim, menu)),
    ]
    if wrong:
        raise Impossible(" ".join(dict.fromkeys(wrong)))


def broken(menu: Menu, chosen: Collection[str]) -> tuple[str, ...]:
    """Names of what a choice does not keep to, each once; none where it may be chosen.

    raises : Impossible for an option that is not on the menu

    >>> menu = Menu(options=("day unit", "home visits"), rules=(Rule(name="money", uses=(3, 2), at_most=4),))
    >>> broken(menu, ["day unit", "home visits"]), broken(menu, ["day unit"])
    (('money',), ())
    """
    taken = _taken(menu, chosen)
    have = set(chosen)
    found = [
        *(f"one of {', '.join(group)}" for group in menu.one_of if len(have.intersection(group)) > 1),
        *(menu.rules[n].name for n in _past(menu, taken)),
        *(need.name for need in menu.needs if need.option in have and not have.intersection(need.any_of)),
        *(each.name for each in menu.exclusions if have.intersection(each.either) and have.intersection(each.other)),
        *(floor.name for floor in menu.floors if not _reached(floor, menu, have)),
    ]
    return tuple(dict.fromkeys(found))


def worth(menu: Menu, aim: Aim, chosen: Collection[str]) -> float:
    """How much of an aim a choice brings, overlaps and constant counted.

    raises : Impossible for an option that is not on the menu

    >>> menu = Menu(options=("day unit", "home visits"))
    >>> worth(menu, Aim(name="days", value=(5, 4), overlaps={("day unit", "home visits"): -1}), menu.options)
    8.0
    """
    taken, have = _taken(menu, chosen), set(chosen)
    pairs = math.fsum(value for (a, b), value in aim.overlaps.items() if a in have and b in have)
    return math.fsum([aim.constant, pairs, *np.asarray(aim.value, float)[taken].tolist()])


def worths(menu: Menu, outlook: Outlook, chosen: Collection[str]) -> Floats:
    """(scenario,): how much a choice brings in each scenario.

    raises : Impossible for an option that is not on the menu

    >>> worths(Menu(options=("day unit",)), Outlook(name="days", value=((5, 4),), constant=1), ["day unit"]).tolist()
    [6.0, 5.0]
    """
    return np.array([worth(menu, aim, chosen) for aim in outlook.aims()])


def largest(aim: Aim) -> float:
    """The largest number of an aim, its constant apart: the unit in which it is solved."""
    pairs = max((abs(each) for each in aim.overlaps.values()), default=0.0)
    return max(float(np.abs(np.asarray(aim.value, float)).max(initial=0.0)), pairs)


def _taken(menu: Menu, chosen: Collection[str]) -> list[int]:
    at = {name: n for n, name in enumerate(menu.options)}
    unknown = [name for name in chosen if name not in at]
    if unknown:
        raise Impossible(f"{', '.join(unknown)}: not on the menu.")
    return sorted({at[name] for name in chosen})


def _past(menu: Menu, taken: list[int]) -> list[int]:
    """Positions of the rules that options, by position, go past."""
    total, (least, most) = menu.uses[:, taken].sum(axis=1), menu.room
    past: list[int] = np.flatnonzero((total < least) | (total > most)).tolist()
    return past


def _reached(floor: Floor, menu: Menu, have: Collection[str]) -> bool:
    return worth(menu, floor.aim, have) >= floor.at_least - ROUNDING * largest(floor.aim)


def _wrong_options(menu: Menu) -> Iterator[str]:
    if not menu.options:
        yield "There is nothing to choose from."
    for name in _twice(menu.options):
        yield f"{name}: on the menu twice."
    named = [
        *(("One of", group) for group in menu.one_of),
        *((need.name, (need.option, *need.any_of)) for need in menu.needs),
        *((each.name, (*each.either, *each.other)) for each in menu.exclusions),
    ]
    for where, names in named:
        yield from _unknown(where, names, menu)
    for group in menu.one_of:
        for name in _twice(group):
            yield f"One of: {name} twice."
    for each in menu.exclusions:
        for name in each.either:
            if name in each.other:
                yield f"{each.name}: {name} excludes itself."


def _wrong_names(menu: Menu) -> Iterator[str]:
    single = [*(rule.name for rule in menu.rules), *(floor.name for floor in menu.floors)]
    grouped = [*{need.name for need in menu.needs}, *{each.name for each in menu.exclusions}]
    for name in _twice([*single, *grouped]):
        yield f"{name}: two rules have this name."


def _wrong_rule(rule: Rule, menu: Menu) -> Iterator[str]:
    yield from _wrong_numbers(rule.name, rule.uses, (len(menu.options),), menu)
    limits = [each for each in (rule.at_most, rule.at_least) if each is not None]
    if not limits:
        yield f"{rule.name}: it has no limit."
    if any(math.isnan(each) for each in limits):
        yield f"{rule.name}: a limit is no number."


def _wrong_floor(floor: Floor, menu: Menu) -> Iterator[str]:
    yield from _wrong_aim(floor.aim, menu)
    if math.isnan(floor.at_least):
        yield f"{floor.name}: its least is no number."


def _wrong_aim(aim: Aim | Outlook, menu: Menu) -> Iterator[str]:
    scenarios = (aim.scenarios,) if isinstance(aim, Outlook) else ()
    if scenarios == (0,):
        yield f"{aim.name}: it has no scenarios."
    yield from _wrong_numbers(aim.name, aim.value, (len(menu.options), *scenarios), menu)
    for pair, value in aim.overlaps.items():
        yield from _unknown(aim.name, pair, menu)
        if pair[0] == pair[1]:
            yield f"{aim.name}: {pair[0]} overlaps with itself."
        if pair[0] < pair[1] and pair[::-1] in aim.overlaps:
            yield f"{aim.name}: {pair[0]} and {pair[1]} overlap twice."
        if np.shape(value) not in ((), scenarios) or not np.isfinite(value).all():
            yield f"{aim.name}: the overlap of {pair[0]} and {pair[1]} is no number, or of another length."
    if np.shape(aim.constant) not in ((), scenarios) or not np.isfinite(aim.constant).all():
        yield f"{aim.name}: its constant is no number, or of another length."


def _wrong_numbers(name: str, numbers: Sequence[object] | Floats, shape: tuple[int, ...], menu: Menu) -> Iterator[str]:
    try:
        found = np.asarray(numbers, float)
    except (TypeError, ValueError):
        yield f"{name}: something in its list is no number, or its rows differ in length."
        return
    if found.shape[:1] != shape[:1]:
        yield f"{name}: {_count(len(found) if found.shape else 1, 'number')} for {_count(shape[0], 'option')}."
    elif found.shape != shape:
        yield f"{name}: numbers of shape {found.shape}, expected {shape}."
    elif not np.isfinite(found).all():
        first = menu.options[int(np.argwhere(~np.isfinite(found))[0][0])]
        yield f"{name}: what it says of {first} is no number."


def _unknown(where: str, names: Iterable[str], menu: Menu) -> Iterator[str]:
    for name in names:
        if name not in menu.known:
            yield f"{where}: {name} is not on the menu."


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"

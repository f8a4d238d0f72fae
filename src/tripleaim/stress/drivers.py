"""Shared drivers: what moves several inputs at once, and how much of each input's spread comes from it.

An input's score is the root of each share times its driver's score, and the root of what is left times a score of its
own (method note 9). The defaults are judged, not measured; a plan replaces them in drivers.csv.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tripleaim.errors import Problem
from tripleaim.loading.nearest import nearest
from tripleaim.plan import Plan, sort_rows
from tripleaim.plan.activity import Care
from tripleaim.plan.uncertainty import Loading, Moves
from tripleaim.stress.ranges import fits

MOST_OFFERED = 3
"""Names offered for one that no uncertain number is called."""
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Driver:
    """Something that moves several inputs at once."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Pull:
    """How one driver moves one input: the share of its spread, and the way it goes when the driver goes up."""

    driver: Driver
    share: float
    direction: int
    """1 up, -1 down."""


@dataclass(frozen=True, kw_only=True)
class DefaultLoading:
    """A loading the model takes where the plan says nothing of the driver."""

    driver: Driver
    inputs: str
    share: float
    moves: Moves = Moves.UP
    why: str


WORKFORCE_MARKET = Driver(key="workforce_market", name="The market for staff")
PAY_AWARD = Driver(key="pay_award", name="The national pay award")
DELIVERY = Driver(key="delivery", name="How well the place carries plans out")
WINTER = Driver(key="winter", name="Hard and mild winters")
DRIVERS = (WORKFORCE_MARKET, PAY_AWARD, DELIVERY, WINTER)
"""Drivers every plan has unless it says otherwise."""

UNPLANNED = (Care.AE, Care.NON_ELECTIVE, Care.AMBULANCE)
"""Kinds of care that a hard winter brings more of."""

DEFAULTS: tuple[DefaultLoading, ...] = (
    DefaultLoading(
        driver=WORKFORCE_MARKET,
        inputs="workforce/*/leavers",
        share=0.5,
        why="judged: where posts are easy to find elsewhere, more people leave every employer",
    ),
    DefaultLoading(
        driver=WORKFORCE_MARKET,
        inputs="workforce/*/joiners",
        share=0.5,
        moves=Moves.DOWN,
        why="judged: and fewer join",
    ),
    DefaultLoading(
        driver=PAY_AWARD,
        inputs="indices/pay/*/change",
        share=0.5,
        why="judged: a tight or loose pay policy lasts for years",
    ),
    DefaultLoading(
        driver=PAY_AWARD,
        inputs="tariffs/*/inflation",
        share=0.25,
        why="judged: pay is about two thirds of the costs that prices are raised for",
    ),
    DefaultLoading(
        driver=DELIVERY,
        inputs="effects/*/uptake",
        share=0.3,
        why="judged: the same managers and staff carry out every scheme",
    ),
    DefaultLoading(driver=DELIVERY, inputs="effects/*/fidelity", share=0.3, why="judged: as above"),
    DefaultLoading(driver=DELIVERY, inputs="schemes/*/delay", share=0.3, moves=Moves.DOWN, why="judged: as above"),
    DefaultLoading(driver=DELIVERY, inputs="schemes/*/ramp", share=0.3, moves=Moves.DOWN, why="judged: as above"),
    DefaultLoading(
        driver=DELIVERY, inputs="assumptions/all_delay/value", share=0.3, moves=Moves.DOWN, why="judged: as above"
    ),
    DefaultLoading(driver=DELIVERY, inputs="assumptions/all_fidelity/value", share=0.3, why="judged: as above"),
)
"""What the drivers move by default. `default_loadings` adds what winter moves, which depends on a plan's lines."""

_WINTER_SHARE = 0.2
_WINTER_WHY = "judged: cold and flu fill every hospital of a place in the same weeks"


def default_loadings(plan: Plan) -> tuple[DefaultLoading, ...]:
    """The loadings the model takes for a plan that says nothing of its own."""
    unplanned = (line.key for line in plan.activity if line.care in UNPLANNED)
    winter = (
        DefaultLoading(driver=WINTER, inputs=f"activity/{key}/growth", share=_WINTER_SHARE, why=_WINTER_WHY)
        for key in unplanned
    )
    return (*DEFAULTS, *winter)


def pulls(plan: Plan, names: Sequence[str]) -> tuple[dict[str, tuple[Pull, ...]], tuple[Problem, ...]]:
    """What pulls each input, and every problem of drivers.csv.

    Rows of a driver replace the model's own loadings of it; a share of 0 takes the driver out. Where two rows of one
    driver fit an input, the one that names it in full holds.
    """
    rows: tuple[Loading, ...] = sort_rows("drivers", plan.drivers)
    stated = {row.driver for row in rows}
    found: dict[str, dict[str, Pull]] = {name: {} for name in names}
    problems: list[Problem] = []
    for default in default_loadings(plan):
        if default.driver.key not in stated:
            for name in _fitting(default.inputs, names):
                found[name][default.driver.key] = _pull(default.driver, default.share, default.moves)
    named = _drivers_of(rows)
    first: dict[tuple[str, str], int] = {}
    pairs: set[tuple[int, int]] = set()  # two patterns that meet are told once
    for exact in (False, True):
        for number, row in enumerate(rows, 2):
            if (row.inputs in found) is not exact:
                continue
            fitting = _fitting(row.inputs, names)
            if not fitting:
                problems.append(nothing_fits("drivers.csv", number, row.inputs, names))
            for name in fitting:
                other = first.setdefault((row.driver, name), number)
                if other != number and not exact and (number, other) not in pairs:
                    pairs.add((number, other))
                    problems.append(_twice(number, other, row, name))
                found[name][row.driver] = _pull(named[row.driver], row.share, row.moves)
    problems += _more_than_all(rows, found)
    return {name: tuple(each for _, each in sorted(own.items()) if each.share) for name, own in found.items()}, tuple(
        problems
    )


def nothing_fits(file: str, row: int, pattern: str, names: Iterable[str]) -> Problem:
    """A row that speaks of no input of the plan; where its name is a part of one, or near one, that is offered."""
    near = _meant(pattern, sorted(names))
    return Problem(
        file=file,
        row=row,
        field="inputs",
        found=f"{pattern}, which no uncertain number of the plan is called",
        expected="table/key/field of a range with a low and a high, such as workforce/marsh_infirmary/nurses/leavers; "
        "years are written 2016-17, and `*` stands for any letters",
        to_fix=f"write {near}, or delete the row" if near else "check the name against the tables, or delete the row",
    )


def _meant(pattern: str, names: Sequence[str]) -> str:
    """The names of inputs that a row may mean: those it is a part of, else the nearest; empty where there is none."""
    words = pattern.strip("/*").removesuffix("/value")
    parts = [name for name in names if words and f"/{words}/" in f"/{name}/"]
    near = nearest(pattern, names)
    return " or ".join(parts[:MOST_OFFERED]) or near or ""


def _drivers_of(rows: Sequence[Loading]) -> dict[str, Driver]:
    """Each driver that rows state, with the first name a row gives it, else the model's, else its key in words."""
    own = {driver.key: driver.name for driver in DRIVERS}
    named: dict[str, str] = {}
    for row in rows:
        if row.name:
            named.setdefault(row.driver, row.name)
    words = {row.driver: named.get(row.driver) or own.get(row.driver) or row.driver.replace("_", " ") for row in rows}
    return {key: Driver(key=key, name=name) for key, name in words.items()}


def _fitting(pattern: str, names: Sequence[str]) -> list[str]:
    return [name for name in names if fits(pattern, name)]


def _pull(driver: Driver, share: float, moves: Moves) -> Pull:
    return Pull(driver=driver, share=share, direction=1 if moves is Moves.UP else -1)


def _twice(row: int, other: int, loading: Loading, name: str) -> Problem:
    return Problem(
        file="drivers.csv",
        row=row,
        field="inputs",
        found=f"{loading.inputs}, which fits {name} as row {other} of {loading.driver} does",
        expected="one row of a driver for each input, or one that names it in full",
        to_fix="narrow one of the two patterns, or add a row for this input alone",
    )


def _more_than_all(rows: Sequence[Loading], found: dict[str, dict[str, Pull]]) -> list[Problem]:
    """Inputs whose drivers would make up more than the whole of their spread, told once for each set of drivers."""
    told: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, own in found.items():
        if sum(each.share for each in own.values()) > 1 + _ROUNDING:
            told[tuple(sorted(own))].append(name)
    return [_too_much(rows, drivers, names, found[names[0]]) for drivers, names in told.items()]


def _too_much(rows: Sequence[Loading], drivers: tuple[str, ...], names: list[str], own: dict[str, Pull]) -> Problem:
    parts = " + ".join(f"{own[driver].share:g} ({driver})" for driver in drivers)
    others = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
    fitting = [number for number, row in enumerate(rows, 2) if row.driver in drivers and fits(row.inputs, names[0])]
    return Problem(
        file="drivers.csv",
        row=fitting[-1],
        field="share",
        found=f"{names[0]}{others}: {parts} = {sum(each.share for each in own.values()):g}",
        expected="shares of one input that add up to at most 1",
        to_fix="lower a share; a driver of the model is taken out by a row of its own with share 0",
    )

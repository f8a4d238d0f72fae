"""What choosing takes: made-up menus of 80 schemes that may start in any of five years, with everything a plan has."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from measuring import Measured
from studied_menu import studied_menu

from tripleaim.portfolio.solver import (
    Aim,
    Effort,
    Exclusion,
    Floor,
    Menu,
    Need,
    Outlook,
    Rule,
    best,
    frontier,
    steadiest,
)

T = TypeVar("T")
SCHEMES, YEARS, PLACES = 80, 5, 5
SEEDS = (1, 2, 3)
"""Three menus, each made from one of these seeds."""
MOST_SECONDS = 60
"""A search that takes longer is stopped, and the gap it has left is shown."""
POINTS, SECONDS_EACH = 5, 15
"""Of a frontier; each point takes two searches."""
SCENARIOS = 100


@dataclass(frozen=True, kw_only=True, eq=False)
class Made:
    """A menu, and what its schemes bring."""

    menu: Menu
    money: Aim
    health: Aim
    money_by_scenario: Outlook


def choosing(_: Path) -> list[Measured]:
    """Every figure of choosing, on one thread."""
    return [*(row for seed in SEEDS for row in to_half_a_percent(seed)), *harder(), *trading(), *over_scenarios()]


def to_half_a_percent(seed: int) -> list[Measured]:
    """The best choice of one menu."""
    menu, money, _ = studied_menu(seed)
    found, took = _once(lambda: best(menu, money, _effort(MOST_SECONDS)))
    what = f"choice, {SCHEMES} schemes × {YEARS} start years, links, six floors, 25 limits by year, menu {seed}"
    return [
        Measured(what=f"{what}: to a gap of 0.5 %, or {MOST_SECONDS} s (once)", value=took, unit="s", target=30),
        Measured(what="its gap", value=found.gap * 100, unit="%", target=0.5),
    ]


def harder() -> list[Measured]:
    """Menus on which the search stays open: what schemes bring and use differs far more, and overlaps last."""
    found = []
    for tight, told in ((False, "a harder menu"), (True, "the same with every limit as tight")):
        menu = made(SEEDS[0], tight=tight)
        open_ = best(menu.menu, menu.money, _effort(30)).gap
        found.append(
            Measured(what=f"{told} (`choosing.made`): gap left after 30 s (once)", value=open_ * 100, unit="%")
        )
    return found


def trading() -> list[Measured]:
    """A frontier of money and health."""
    menu, money, health = studied_menu(SEEDS[0])
    shown, took = _once(lambda: frontier(menu, (money, health), POINTS, _effort(SECONDS_EACH)))
    what = f"frontier of money and health, menu {SEEDS[0]}, {POINTS} levels, each search stopped at {SECONDS_EACH} s"
    return [
        Measured(what=f"{what} (once)", value=took, unit="s", target=150),
        Measured(what="its points", value=len(shown.points), unit="points"),
        Measured(what="their largest gap", value=100 * max(point.gap for point in shown.points), unit="%"),
    ]


def over_scenarios() -> list[Measured]:
    """The steadiest choice over scenarios."""
    menu = made(SEEDS[0])
    found, took = _once(
        lambda: steadiest(menu.menu, menu.money_by_scenario, average=1.0, effort=_effort(MOST_SECONDS, gap=0.01))
    )
    return [
        Measured(
            what=f"mean + CVaR over {SCENARIOS} scenarios, the harder menu: to 1 %, or {MOST_SECONDS} s (once)",
            value=took,
            unit="s",
        ),
        Measured(what="its gap", value=found.gap * 100, unit="%"),
    ]


def _effort(seconds: float, gap: float = 0.005) -> Effort:
    return Effort(gap=gap, nodes=1_000_000, seconds=seconds)


def _once(act: Callable[[], T]) -> tuple[T, float]:
    """What something gives, and the seconds it takes."""
    began = time.perf_counter()
    found = act()
    return found, time.perf_counter() - began


def made(seed: int, schemes: int = SCHEMES, years: int = YEARS, *, tight: bool = False) -> Made:
    """A made-up menu that means nothing: schemes × start years.

    Half of the schemes need another one first, one in five excludes another, and as many pairs overlap as there are
    schemes, for the years in which both run. Each year limits revenue, capital, two groups of staff and leadership
    hours to a share of what all schemes together would use, begun in equal parts year by year: money to two fifths,
    posts and hours to seven tenths; `tight` has all at two fifths. At least a fifth of the revenue goes to prevention;
    each of five places has at least half of what its part would be of two fifths of all health.
    """
    rng = np.random.default_rng(seed)
    options = tuple(f"scheme {s + 1} from year {y + 1}" for s in range(schemes) for y in range(years))
    name = np.array(options, object).reshape(schemes, years)
    running = years - np.arange(years)  # years left from each start
    yearly, better = rng.lognormal(0, 0.7, schemes), rng.lognormal(0, 0.7, schemes)
    money, health = (np.outer(each, running - 0.5).ravel() for each in (yearly, better))
    used = {
        "revenue": rng.uniform(0.2, 1.2, schemes) * yearly,
        "capital": rng.uniform(1, 5, schemes) * yearly * (rng.random(schemes) < 0.4),
        "nurses": rng.uniform(1, 10, schemes) * yearly * (rng.random(schemes) < 0.6),
        "therapists": rng.uniform(1, 10, schemes) * yearly * (rng.random(schemes) < 0.4),
        "leadership hours": rng.uniform(100, 400, schemes) * np.sqrt(yearly),
    }
    share = TIGHT if tight else USUAL
    rules = [_yearly(what, used[what], share[what], year, years) for what in used for year in range(years)]
    prevents = rng.random(schemes) < 0.3
    for_prevention = np.repeat(used["revenue"] * (prevents - 0.2), years)
    rules.append(Rule(name="at least a fifth of revenue for prevention", uses=for_prevention, at_least=0.0))
    place = rng.integers(PLACES, size=schemes)
    overlaps = _overlaps(rng, name, yearly)
    whole = 0.4 * health.reshape(schemes, years)[:, 0].sum() / PLACES
    floors = [
        Floor(
            name=f"place {p + 1} has its part",
            aim=Aim(name=f"health of place {p + 1}", value=health * np.repeat(place == p, years)),
            at_least=0.5 * min(whole, 0.8 * health.reshape(schemes, years)[place == p, 0].sum()),
        )
        for p in range(PLACES)
    ]
    menu = Menu(
        options=options,
        one_of=tuple(tuple(each) for each in name),
        rules=tuple(rules),
        needs=tuple(_needs(rng, name)),
        exclusions=tuple(_exclusions(rng, name)),
        floors=tuple(floors),
    )
    spread = rng.lognormal(-0.08, 0.4, (schemes, SCENARIOS)) * rng.lognormal(-0.02, 0.2, SCENARIOS)
    by_scenario = money[:, None] * np.repeat(spread, years, axis=0) - np.repeat(used["revenue"], years)[:, None]
    return Made(
        menu=menu,
        money=Aim(name="money", value=money, overlaps=overlaps),
        health=Aim(name="health", value=health),
        money_by_scenario=Outlook(
            name="money",
            value=by_scenario,
            overlaps={pair: np.full(SCENARIOS, each) for pair, each in overlaps.items()},
        ),
    )


PROFILES = {
    "revenue": (1.0, 1.0, 1.0, 1.0, 1.0),
    "capital": (0.6, 0.4, 0.0, 0.0, 0.0),
    "nurses": (0.6, 1.0, 1.0, 1.0, 1.0),
    "therapists": (0.6, 1.0, 1.0, 1.0, 1.0),
    "leadership hours": (1.0, 0.6, 0.3, 0.1, 0.1),
}
"""What a scheme uses in its first year, its second, and so on."""
USUAL = {"revenue": 0.4, "capital": 0.4, "nurses": 0.7, "therapists": 0.7, "leadership hours": 0.7}
TIGHT = dict.fromkeys(USUAL, 0.4)


def _yearly(what: str, amount: np.ndarray, share: float, year: int, years: int) -> Rule:
    """A limit in one year."""
    use = np.array([PROFILES[what][year - start] if start <= year else 0.0 for start in range(years)])
    most = share * amount.sum() * use.sum() / years
    return Rule(name=f"{what} in year {year + 1}", uses=np.outer(amount, use).ravel(), at_most=most)


def _overlaps(rng: np.random.Generator, name: np.ndarray, yearly: np.ndarray) -> dict[tuple[str, str], float]:
    """As many pairs as schemes: up to a third of the smaller is lost in each year in which both run."""
    schemes, years = name.shape
    found: dict[tuple[str, str], float] = {}
    for a, b in sorted({tuple(sorted(rng.choice(schemes, 2, replace=False).tolist())) for _ in range(schemes)}):
        lost = rng.uniform(0.05, 0.35) * min(yearly[a], yearly[b])
        for first in range(years):
            for second in range(years):
                found[name[a, first], name[b, second]] = -lost * (years - max(first, second) - 0.5)
    return found


def _needs(rng: np.random.Generator, name: np.ndarray) -> list[Need]:
    """Half of the schemes need one with a lower number, begun no later."""
    schemes, years = name.shape
    found = []
    for scheme in rng.choice(np.arange(1, schemes), schemes // 2, replace=False).tolist():
        other = int(rng.integers(scheme))
        for year in range(years):
            found.append(
                Need(
                    name=f"scheme {scheme + 1} needs scheme {other + 1}",
                    option=name[scheme, year],
                    any_of=tuple(name[other, : year + 1]),
                )
            )
    return found


def _exclusions(rng: np.random.Generator, name: np.ndarray) -> list[Exclusion]:
    """One in five excludes another."""
    schemes = len(name)
    pairs = {tuple(sorted(rng.choice(schemes, 2, replace=False).tolist())) for _ in range(schemes // 5)}
    return [
        Exclusion(name=f"scheme {a + 1} or scheme {b + 1}", either=tuple(name[a]), other=tuple(name[b]))
        for a, b in sorted(pairs)
    ]

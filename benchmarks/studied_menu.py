"""A made-up menu on the figures of an earlier study of the solver, with what a plan's limits and floors add to it.

The study (80 schemes × 5 start years on one thread) drew capital from 0 to 20, revenue from 0.1 to 3 a year, posts
from 0 to 40 and benefit from 0.5 to 9 a year, evenly; let capital be spent in the start year, posts be filled in it
and the next, revenue run on and benefit grow over three years; and limited each year to 12 % of all capital, 45 % of
all revenue and 22 % of all posts. Half of the schemes need another begun no later, one in five excludes another, and
as many pairs as schemes lose 45 % of a year's smaller benefit together. Added here: a second group of staff (as the
first), leadership hours (whole in the start year and half after it, 30 %), a fifth of revenue for prevention, and
floors: 40 % of all health, and 35 % of what each of five places could have.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tripleaim.portfolio.solver import Aim, Exclusion, Floor, Menu, Need, Rule

Random = np.random.Generator


def studied_menu(seed: int, schemes: int = 80, years: int = 5) -> tuple[Menu, Aim, Aim]:
    """A menu, and the aims of money and of health."""
    rng = np.random.default_rng(seed)
    options = tuple(f"scheme {s + 1} from year {y + 1}" for s in range(schemes) for y in range(years))
    name = np.array(options, object).reshape(schemes, years)
    benefit, health = rng.uniform(0.5, 9, schemes), np.repeat(rng.uniform(0, 1, schemes), years)
    revenue = rng.uniform(0.1, 3, schemes)
    prevents = rng.random(schemes) < 0.3
    rules = [
        *_by_year("capital", rng.uniform(0, 20, schemes), 0.12, years, lambda year, start: year == start),
        *_by_year("revenue", revenue, 0.45, years, lambda year, start: start <= year),
        *_by_year("nurses", rng.uniform(0, 40, schemes), 0.22, years, lambda year, start: start <= year <= start + 1),
        *_by_year(
            "therapists", rng.uniform(0, 20, schemes), 0.22, years, lambda year, start: start <= year <= start + 1
        ),
        *_by_year(
            "leadership hours",
            rng.uniform(20, 200, schemes),
            0.3,
            years,
            lambda year, start: 1.0 if year == start else 0.5 * (start < year),
        ),
        Rule(name="a fifth of revenue for prevention", uses=np.repeat(revenue * (prevents - 0.2), years), at_least=0.0),
    ]
    place = np.repeat(rng.integers(5, size=schemes), years)
    floors = [Floor(name="health", aim=Aim(name="health", value=health), at_least=0.4 * health.sum() / years)]
    for n in range(5):
        own = health * (place == n)
        aim = Aim(name=f"health of place {n + 1}", value=own)
        floors.append(Floor(name=f"place {n + 1} has its part", aim=aim, at_least=0.35 * own.sum() / years))
    grown = np.minimum(1, (np.arange(years) + 1) / 3)
    money = [benefit * grown[: years - start].sum() - revenue * (years - start) for start in range(years)]
    menu = Menu(
        options=options,
        one_of=tuple(tuple(each) for each in name),
        rules=tuple(rules),
        needs=_needs(rng, name),
        exclusions=_exclusions(rng, name),
        floors=tuple(floors),
    )
    worth = Aim(name="money", value=np.stack(money, axis=1).ravel(), overlaps=_overlaps(rng, name, benefit))
    return menu, worth, Aim(name="health", value=health)


def _by_year(what: str, amount: np.ndarray, share: float, years: int, used: Callable[[int, int], float]) -> list[Rule]:
    """A limit in each year; `used` says what part of its amount a scheme uses in a year by its start."""
    rules = []
    for year in range(years):
        uses = np.outer(amount, [used(year, start) for start in range(years)]).ravel()
        rules.append(Rule(name=f"{what} in year {year + 1}", uses=uses, at_most=share * amount.sum()))
    return rules


def _pairs(rng: Random, schemes: int, count: int) -> list[tuple[int, int]]:
    found = (sorted(rng.choice(schemes, 2, replace=False).tolist()) for _ in range(count))
    return sorted({(one, other) for one, other in found})


def _needs(rng: Random, name: np.ndarray) -> tuple[Need, ...]:
    schemes, years = name.shape
    found = []
    for scheme in rng.choice(np.arange(1, schemes), schemes // 2, replace=False).tolist():
        other = int(rng.integers(scheme))
        told = f"scheme {scheme + 1} needs scheme {other + 1}"
        for y in range(years):
            found.append(Need(name=told, option=name[scheme, y], any_of=tuple(name[other, : y + 1])))
    return tuple(found)


def _exclusions(rng: Random, name: np.ndarray) -> tuple[Exclusion, ...]:
    return tuple(
        Exclusion(name=f"scheme {a + 1} or scheme {b + 1}", either=tuple(name[a]), other=tuple(name[b]))
        for a, b in _pairs(rng, len(name), len(name) // 5)
    )


def _overlaps(rng: Random, name: np.ndarray, benefit: np.ndarray) -> dict[tuple[str, str], float]:
    return {
        (one, other): -0.45 * min(benefit[a], benefit[b])
        for a, b in _pairs(rng, len(name), len(name))
        for one in name[a]
        for other in name[b]
    }

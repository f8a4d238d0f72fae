"""People: how many of each age live in a place in each year (method note 1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.errors import PlanProblems, Problem
from tripleaim.plan import Plan
from tripleaim.plan.assumptions import assumption
from tripleaim.plan.place import AgeProfile, PlaceKind, Population
from tripleaim.projection.axes import Array
from tripleaim.quantities import first_calendar_year

ADULTS = slice(20, 40)
"""Ages whose number sets births, where only persons are known."""


@dataclass(frozen=True, kw_only=True)
class People:
    """People of one place by sex, single year of age and mid-year."""

    sexes: tuple[str, ...]
    years: tuple[int, ...]
    count: Array
    """(sex, age, year), persons."""
    how: tuple[str, ...]
    """For each year: estimate, official projection, derived (Hamilton-Perry), interpolated or back-cast."""
    hindsight: tuple[int, ...] = ()
    """Years of the estimates these figures rest on that are later than the plan's date."""


def people(plan: Plan, place: str) -> People:
    """People of a place at the middle of the opening year and of each plan year, and how each year was reached.

    A supplied official projection is used where it has the year, then an estimate, then Hamilton-Perry.

    raises : PlanProblems if a year has neither and fewer than two estimates are left to work it out from
    source : method note 1
    """
    start = first_calendar_year(plan.opening_year)
    wanted = tuple(range(start, start + plan.heading.years + 1))
    estimates = _by_year(plan.population, place)
    official = _by_year(plan.projections, place)
    dated = int(plan.heading.dated[:4])
    if not plan.heading.use_hindsight:
        estimates = {year: cells for year, cells in estimates.items() if year <= dated}
    sexes = _sexes(estimates or official)
    counted = {year: _grid(cells, sexes) for year, cells in (estimates | official).items()}
    missing = [year for year in wanted if year not in counted]
    rolled = _rolled(plan, place, {y: counted[y] for y in sorted(estimates)}, sexes, missing) if missing else {}
    how = tuple(
        "official projection" if year in official else "estimate" if year in estimates else rolled[year][1]
        for year in wanted
    )
    grids = [counted[year] if year in counted else rolled[year][0] for year in wanted]
    ages = min(grid.shape[1] for grid in grids)
    rests_on = estimates if missing else [year for year in wanted if year in estimates and year not in official]
    return People(
        sexes=sexes,
        years=wanted,
        count=np.stack([_pool_top(grid, ages) for grid in grids], axis=2),
        how=how,
        hindsight=tuple(sorted(year for year in rests_on if year > dated)),
    )


def cohort_ratios(earlier: Array, later: Array, step: int) -> Array:
    """Ratios of people aged a + step to the same people aged a, `step` years before; the last pools the open top age.

    earlier, later : (age,), persons; the last age is open (90+)
    returns        : (age - step + 1 ratios,): ages 0 … top - step - 1, then one for everyone who reaches the open age

    >>> cohort_ratios(np.array([10.0, 10, 10, 5]), np.array([9.0, 9, 12, 6]), 1).round(3).tolist()
    [0.9, 1.2, 0.4]
    """
    top = len(earlier) - 1
    single = np.divide(later[step:top], earlier[: top - step], out=np.ones(top - step), where=earlier[: top - step] > 0)
    reaching = earlier[top - step :].sum()
    return np.append(single, later[top] / reaching if reaching > 0 else 1.0)


def damped(ratios: Array, reference: Array, cell: Array, enough: float) -> Array:
    """Lean on the reference place's ratio where a cell has fewer than `enough` people.

    >>> damped(np.array([2.0]), np.array([1.0]), np.array([25.0]), 100.0).tolist()
    [1.25]
    """
    weight = np.minimum(1.0, cell / enough) if enough > 0 else np.ones_like(cell)
    return weight * ratios + (1.0 - weight) * reference


def forward(now: Array, ratios: Array, births: Array, step: int) -> Array:
    """Roll one place forward `step` years: survivors by cohort ratio, children by births a head of adults 20 to 39."""
    top = len(now) - 1
    later = np.empty_like(now)
    later[step:top] = now[: top - step] * ratios[:-1]
    later[top] = now[top - step :].sum() * ratios[-1]
    later[:step] = births * later[ADULTS].sum()
    return later


def backward(now: Array, ratios: Array, step: int) -> Array:
    """Back-cast one place `step` years: each cohort divided by its ratio; the oldest keep today's age mix."""
    top = len(now) - 1
    before = np.empty_like(now)
    before[: top - step] = now[step:top] / np.where(ratios[:-1] > 0, ratios[:-1], 1.0)
    oldest = now[top - step :]
    before[top - step :] = oldest / max(oldest.sum(), 1e-12) * now[top] / max(float(ratios[-1]), 1e-12)
    return before


def demographic_growth(found: People, profile: tuple[AgeProfile, ...]) -> Array:
    """Growth of a line with the number and age of people: sum of rate times people, over the same in the opening year.

    returns : (year,), ratio to the opening year. Without a profile every head counts the same. [V] cases/demand.
    """
    rates = _rates(found, profile) if profile else np.ones((len(found.sexes), found.count.shape[1]))
    weighted = np.einsum("sa,say->y", rates, found.count)
    return np.asarray(weighted / weighted[0] if weighted[0] > 0 else np.ones_like(weighted))


def _rates(found: People, profile: tuple[AgeProfile, ...]) -> Array:
    rates: Array = np.zeros((len(found.sexes), found.count.shape[1]))
    ages = np.arange(rates.shape[1])
    for band in profile:
        inside = (ages >= band.age_from) & (ages <= max(band.age_to, 0))
        if band.age_from >= rates.shape[1]:
            continue
        concerned = np.array([band.sex in (sex, "persons") or sex == "persons" for sex in found.sexes])
        cells = concerned[:, None] & inside[None, :]
        if band.rate is not None:
            rates[cells] += band.rate
        elif band.age_share is not None:
            heads = found.count[:, :, 0][cells].sum()
            rates[cells] += band.age_share / heads if heads > 0 else 0.0
    return rates


def _rolled(
    plan: Plan, place: str, estimates: dict[int, Array], sexes: tuple[str, ...], missing: list[int]
) -> dict[int, tuple[Array, str]]:
    if len(estimates) < 2:
        raise PlanProblems((_too_few(place, missing, len(estimates)),))
    known = sorted(estimates)
    ages = min(grid.shape[1] for grid in estimates.values())
    ladder = {year: _pool_top(estimates[year], ages) for year in known}
    top, step = known[-1], known[-1] - known[-2]
    if top < max(missing):
        ratios, births = _ratios(plan, place, ladder, (known[-2], top), sexes)
    while top < max(missing):
        rows = [forward(ladder[top][n], ratios[n], births[n], step) for n in range(len(sexes))]
        top += step
        ladder[top] = _same_births(np.stack(rows), births, step)
    bottom, back = known[0], known[1] - known[0]
    if bottom > min(missing):
        ratios, _ = _ratios(plan, place, ladder, (bottom, known[1]), sexes)
    while bottom > min(missing):
        rows = [backward(ladder[bottom][n], ratios[n], back) for n in range(len(sexes))]
        bottom -= back
        ladder[bottom] = np.stack(rows)
    return {year: (_between(ladder, year), _word(year, known[0], known[-1], step)) for year in missing}


def _ratios(
    plan: Plan, place: str, people: dict[int, Array], span: tuple[int, int], sexes: tuple[str, ...]
) -> tuple[list[Array], list[Array]]:
    """Cohort ratios of one place between two estimates, small cells steadied, and children for each adult, by sex."""
    earlier, later = (people[year] for year in span)
    step = span[1] - span[0]
    own = [cohort_ratios(earlier[n], later[n], step) for n in range(len(sexes))]
    adults = later[:, ADULTS].sum()
    births = [later[n, :step] / adults if adults > 0 else np.zeros(step) for n in range(len(sexes))]
    reference = next((p.key for p in plan.places if p.kind is PlaceKind.REFERENCE and p.key != place), None)
    table = _by_year(plan.population, reference) if reference else {}
    if span[0] in table and span[1] in table:
        enough = assumption(plan, "damping_people").point
        for n, sex in enumerate(sexes):
            before, after = (_everyone_or(sex, table[year], earlier.shape[1]) for year in span)
            cells = np.append(earlier[n][: -step - 1], earlier[n][-step - 1 :].sum())
            if len(before) == len(after) == earlier.shape[1]:
                own[n] = damped(own[n], cohort_ratios(before, after, step), cells, enough)
    return own, births


def _everyone_or(sex: str, rows: list[Population], ages: int) -> Array:
    """People of one sex by age, or of all sexes together where the reference place does not tell that sex apart."""
    told_apart = [row for row in rows if row.sex == sex] or rows
    grid = _grid(told_apart, tuple(sorted({row.sex for row in told_apart})))
    return np.asarray(_pool_top(grid, ages).sum(axis=0))


def _same_births(rows: Array, births: list[Array], step: int) -> Array:
    adults = rows[:, ADULTS].sum()
    for n, each in enumerate(births):
        rows[n, :step] = each * adults
    return rows


def _between(ladder: dict[int, Array], year: int) -> Array:
    if year in ladder:
        return ladder[year]
    below = max(y for y in ladder if y < year)
    above = min(y for y in ladder if y > year)
    share = (year - below) / (above - below)
    return (1 - share) * ladder[below] + share * ladder[above]


def _word(year: int, first: int, last: int, step: int) -> str:
    if year < first:
        return "back-cast"
    return "derived (Hamilton-Perry)" if year > last and (year - last) % step == 0 else "interpolated"


def _by_year(rows: tuple[Population, ...], place: str | None) -> dict[int, list[Population]]:
    table: dict[int, list[Population]] = {}
    for row in rows:
        if row.place == place:
            table.setdefault(row.year, []).append(row)
    return table


def _sexes(table: dict[int, list[Population]]) -> tuple[str, ...]:
    return tuple(sorted({row.sex for rows in table.values() for row in rows})) or ("persons",)


def _grid(rows: list[Population], sexes: tuple[str, ...]) -> Array:
    grid = np.zeros((len(sexes), max(row.age for row in rows) + 1))
    for row in rows:
        grid[sexes.index(row.sex), row.age] = row.persons
    return grid


def _pool_top(grid: Array, ages: int) -> Array:
    pooled = grid[:, :ages].copy()
    pooled[:, ages - 1] += grid[:, ages:].sum(axis=1)
    return pooled


def _too_few(place: str, missing: list[int], found: int) -> Problem:
    return Problem(
        file="population.csv",
        row=None,
        field="year",
        found=f"{found} usable mid-year estimate{'' if found == 1 else 's'} for {place}, none for {missing[0]}",
        expected="an official projection of these years, or two mid-year estimates to work one out",
        to_fix=f"add rows for {place} to projections.csv or population.csv"
        + " (estimates later than the plan's date count only when use_hindsight is true)",
    )

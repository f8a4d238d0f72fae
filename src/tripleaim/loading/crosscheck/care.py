"""Care: lines and their beds, indicators, and the model's own assumptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from math import ceil

from tripleaim.loading.crosscheck.spot import spots
from tripleaim.loading.draft import Draft
from tripleaim.loading.nearest import nearest
from tripleaim.plan.activity import ActivityLine, BedPool
from tripleaim.plan.assumptions import CHOOSING, KNOWN, WIDE
from tripleaim.plan.indicator import Indicator, IndicatorGroup, Scale
from tripleaim.plan.source import Assumption
from tripleaim.plan.workforce import Staffing
from tripleaim.quantities import Noun

DAYS = 365.0
"""Days in a year, for which beds are open."""
_FEWEST_GROUPS = 2


def beds(draft: Draft) -> None:
    """A line with beds has a length of stay, in beds of its own provider."""
    pools = draft.by_key(BedPool)
    for at, line in spots(draft, ActivityLine):
        if line.bed_pool and line.length_of_stay is None:
            to_fix = "write it, or leave bed_pool empty where no bed is used"
            at.needs("length_of_stay", f"the mean stay in {line.bed_pool}, in days", to_fix)
        if line.bed_pool and line.length_of_stay == 0:
            to_fix = "write the mean stay, 0.5 where most go home the same day, or empty bed_pool and length_of_stay"
            at.refuse("length_of_stay", "0 days", f"more than 0 days in {line.bed_pool}", to_fix)
        if line.length_of_stay is not None and not line.bed_pool:
            to_fix = "name a pool of capacity.csv, or leave length_of_stay empty"
            at.needs("bed_pool", "the beds in which these days are spent", to_fix)
        pool = pools.get(line.bed_pool)
        if pool is not None and pool.provider != line.provider:
            own = [other.key for other in pools.values() if other.provider == line.provider]
            to_fix = f"write {own[0]}" if own else f"add a pool of {line.provider} to capacity.csv"
            at.refuse("bed_pool", f"{line.bed_pool}, beds of {pool.provider}", f"beds of {line.provider}", to_fix)


def opening_occupancy(draft: Draft) -> None:
    """The care of the opening year fits into the beds that were open then."""
    days: dict[str, float] = defaultdict(float)
    for _, line in draft.rows(ActivityLine):
        if line.bed_pool and line.length_of_stay is not None:
            days[line.bed_pool] += line.baseline * line.length_of_stay
    for row, pool in draft.rows(BedPool):
        used, most = days[pool.key], DAYS * pool.open_beds
        if used > most * (1 + 1e-9):
            full = f", {used / most:.0%} of their days" if most else ""
            draft.refuse(
                BedPool,
                row,
                "open_beds",
                f"{pool.open_beds:g} beds for {used:,.0f} bed days of its lines{full}",
                f"at least {ceil(used / DAYS - 1e-9):,} beds, or fewer bed days: baseline × length_of_stay",
                "check open_beds here, and baseline and length_of_stay of its lines in activity.csv",
            )


def beds_only(draft: Draft) -> None:
    """Fields that only lines with beds, or only lines without, use are not given to the others."""
    for at, line in spots(draft, ActivityLine):
        names = ("growth_share", "release_share") if line.bed_pool else ("variable_cost",)
        users = "lines without wards" if line.bed_pool else "lines with beds"
        for name in names:
            if getattr(line, name) is not None:
                at.must_be_empty(name, "a value", f"only {users} use it")


def staffing_at_home(draft: Draft) -> None:
    """A ward is staffed by the organisation whose ward it is."""
    pools = draft.by_key(BedPool)
    for row, need in draft.rows(Staffing):
        pool = pools.get(need.bed_pool)
        if pool is not None and pool.provider != need.organisation:
            draft.refuse(
                Staffing,
                row,
                "organisation",
                f"{need.organisation}, for wards of {pool.provider}",
                pool.provider,
                f"write {pool.provider}",
            )


_ONLY: dict[Scale, tuple[str, ...]] = {
    Scale.WAITING_LIST: ("line", "additions_ratio"),
    Scale.AE_RESPONSE: ("provider",),
    Scale.PROPORTION: (),
    Scale.RATE: (),
}


def indicator_scales(draft: Draft) -> None:
    """Each scale has the fields it needs, and a proportion lies between 0 and 1."""
    users = {name: scale for scale, names in _ONLY.items() for name in names}
    for at, indicator in spots(draft, Indicator):
        for name, scale in users.items():
            value = getattr(indicator, name)
            given = value not in ("", None)
            if scale is indicator.scale and not given:
                at.needs(name, f"a value: the scale is {scale.value}", "write it")
            elif scale is not indicator.scale and given:
                at.must_be_empty(name, str(value), f"only the scale {scale.value} uses it")
        if indicator.scale is Scale.PROPORTION:
            at.proportion("baseline", indicator.baseline)
            at.proportion("standard", indicator.standard)


def groups_of_people(draft: Draft) -> None:
    """Groups to compare are two or more, with people in each."""
    together: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, group in draft.rows(IndicatorGroup):
        together[group.indicator, group.kind].append(row)
        if group.population <= 0:
            draft.refuse(
                IndicatorGroup,
                row,
                "population",
                f"{group.population:g}",
                "more than 0 persons in every group",
                "write how many people the group has, or delete its row",
            )
    for (indicator, kind), rows in together.items():
        if len(rows) < _FEWEST_GROUPS:
            draft.refuse(
                IndicatorGroup,
                rows[0],
                "group",
                f"one group of {indicator} by {kind}",
                "two groups or more, to compare with each other",
                "add the other groups, or delete this row",
            )


def indicator_groups(draft: Draft) -> None:
    """Groups stand in one order, and a proportion in a group is one too."""
    indicators = draft.by_key(Indicator)
    ranks: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for at, group in spots(draft, IndicatorGroup):
        other = ranks[group.indicator, group.kind].setdefault(group.rank, at.row)
        if other != at.row:
            to_fix = "number the groups from the most deprived (1) upwards"
            at.refuse("rank", f"{group.rank}, which row {other} has already", "each rank once", to_fix)
        indicator = indicators.get(group.indicator)
        if indicator is not None and indicator.scale is Scale.PROPORTION:
            at.proportion("value", group.value)


def assumptions(draft: Draft) -> None:
    """An assumption that replaces the model's own lies within its bounds and is not misspelt."""
    known = {each.key: each for each in (*KNOWN, *WIDE, *CHOOSING)}
    for row, stated in draft.rows(Assumption):
        own = known.get(stated.key)
        if own is None:
            near = nearest(stated.key, known, at_least=0.85)
            if near:
                draft.refuse(
                    Assumption,
                    row,
                    "key",
                    stated.key,
                    f"{near}, which the model knows, or quite another name",
                    f"write {near}",
                )
        elif stated.value.low < own.at_least or stated.value.high > own.at_most:
            draft.refuse(
                Assumption,
                row,
                "value",
                f"{stated.value.low:g} to {stated.value.high:g}",
                f"{own.at_least:g} to {own.at_most:g} ({own.unit})",
                "check the figure and its unit",
            )


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (beds, ()),
    (opening_occupancy, (ActivityLine, BedPool)),
    (beds_only, ()),
    (staffing_at_home, ()),
    (indicator_scales, ()),
    (indicator_groups, ()),
    (groups_of_people, (IndicatorGroup,)),
    (assumptions, ()),
)

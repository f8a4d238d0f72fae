"""What a choice of schemes rests on: limits that say one thing each, weights that add up, hours told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from math import fsum

from tripleaim.loading.crosscheck.spot import Spot, spots
from tripleaim.loading.draft import Draft
from tripleaim.loading.nearest import listed, nearest
from tripleaim.loading.numbers import shortest
from tripleaim.plan.activity import ActivityLine
from tripleaim.plan.aim_weight import ALL_POINTS, Aim, AimWeight
from tripleaim.plan.choice_limit import LIMITS, ChoiceLimit, LimitForm, Of
from tripleaim.plan.leadership_hours import LeadershipHours
from tripleaim.plan.workforce import StaffGroup
from tripleaim.quantities import Noun


def limits(draft: Draft) -> None:
    """The fields of a limit fit its kind."""
    for at, limit in spots(draft, ChoiceLimit):
        form = LIMITS[limit.kind]
        _of(at, limit, form)
        if limit.year and not form.by_year:
            at.must_be_empty("year", limit.year, f"{limit.kind.value} is judged in the last year of the plan")
        if limit.amount > form.most:
            amount = shortest(limit.amount)
            to_fix = f"write {shortest(limit.amount / 100)} if you mean {amount}%"
            at.refuse("amount", amount, f"a fraction from 0 to 1, for the kind {limit.kind.value}", to_fix)


def _of(at: Spot, limit: ChoiceLimit, form: LimitForm) -> None:
    kind = limit.kind.value
    if form.of is Of.NOTHING and limit.of:
        at.must_be_empty("of", limit.of, f"{kind} is of the whole place")
    elif not limit.of and form.of not in (Of.NOTHING, Of.ANY_ORGANISATION):
        at.needs("of", f"{kind}: {form.of.value}", "write its key")
    elif form.of is Of.STAFF:
        _staff(at, limit.of)


def _staff(at: Spot, name: str) -> None:
    groups = {(row.organisation, row.group) for _, row in at.draft.rows(StaffGroup)}
    known = sorted({group for _, group in groups} | {f"{body}/{group}" for body, group in groups})
    if at.draft.whole(StaffGroup) and name not in known:
        near, some = nearest(name, known), f": {listed(known, 8)}" if known else ", which has none yet"
        expected = f"staff: a group of workforce.csv, or organisation/group{some}"
        at.refuse("of", name, expected, f"write {near}" if near else "write one that workforce.csv has")


def places_with_care(draft: Draft) -> None:
    """A floor for a place is for one that lines of care are for: benefit is told by their population."""
    peopled, places = {line.population for _, line in draft.rows(ActivityLine)}, draft.keys("places", "key")
    if not peopled <= places:  # a line's misspelt place is told as that
        return
    for at, limit in spots(draft, ChoiceLimit):
        of = limit.of
        if LIMITS[limit.kind].of is Of.ONE_PLACE and of in places - peopled:
            found, some = f"{of}, for which no line of care is", listed(sorted(peopled), 8)
            expected = f"a place that is the population of a line in activity.csv: {some}"
            at.refuse("of", found, expected, "name the part of it that lines are for")


def limits_once(draft: Draft) -> None:
    """No two limits speak of the same thing in the same year: nobody could say which of them holds."""
    told = ((at, (limit.kind, limit.of), limit.year, limit.kind.value) for at, limit in spots(draft, ChoiceLimit))
    _once(told, "limits")


def hours_once(draft: Draft) -> None:
    """The hours of one organisation for one scheme are told for every year or year by year, not both."""
    rows = spots(draft, LeadershipHours)
    _once(((at, (row.scheme, row.organisation), row.year, row.organisation) for at, row in rows), "rows")


def _once(rows: Iterable[tuple[Spot, Hashable, str, str]], word: str) -> None:
    """Rows of one thing have different years, and none stands for every year beside one that stands for a single."""
    first: dict[Hashable, dict[str, int]] = defaultdict(dict)
    for at, thing, year, name in rows:
        before = first[thing]
        other = before.get(year, before.get("") if year else next(iter(before.values()), None))
        before.setdefault(year, at.row)
        if other is not None:
            found = f"{year or 'every year'} of {name}, of which row {other} speaks too"
            expected = f"{word} of one thing for every year, or each for its own year"
            at.refuse("year", found, expected, f"delete row {at.row} or row {other}, or give each its year")


def weights(draft: Draft) -> None:
    """An organisation that weighs the gaps weighs all three, out of 100 points."""
    for rows in _by_organisation(draft):
        name, last = rows[0][1].organisation, rows[-1][0]
        missing = [aim.value for aim in Aim if aim not in {weight.gap for _, weight in rows}]
        points = fsum(weight.points for _, weight in rows)
        if missing:
            found = f"{name} without {' and '.join(missing)}"
            to_fix = f"add {missing[0]}; write 0 where it is worth nothing to it"
            last.refuse("gap", found, "a row for each of health, care and money", to_fix)
        elif abs(points - ALL_POINTS) > 1e-6:
            found = f"{shortest(points)} points of {name} over the three gaps"
            last.refuse(
                "points", found, f"{ALL_POINTS:g} points over the three", "raise or lower them to add up to 100"
            )


def _by_organisation(draft: Draft) -> Iterator[list[tuple[Spot, AimWeight]]]:
    found: dict[str, list[tuple[Spot, AimWeight]]] = defaultdict(list)
    for at, weight in spots(draft, AimWeight):
        found[weight.organisation].append((at, weight))
    yield from found.values()


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (limits, ()),
    (places_with_care, (ActivityLine,)),
    (limits_once, ()),
    (hours_once, ()),
    (weights, (AimWeight,)),
)

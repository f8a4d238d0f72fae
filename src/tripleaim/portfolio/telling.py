"""What a choice was made from and for, as records that pages and sentences are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tripleaim.plan import Plan
from tripleaim.portfolio.candidates import LEAST, amount, best_of
from tripleaim.portfolio.change import costs_of_change
from tripleaim.portfolio.estimates import AIMS, CARE, HEALTH, MONEY, Estimates
from tripleaim.portfolio.facts import Used
from tripleaim.portfolio.limits import AnyLimit
from tripleaim.portfolio.model import Model
from tripleaim.portfolio.offered import AimTold, OptionTold, PairTold, SchemeTold
from tripleaim.portfolio.options import Option, has_begun, years_begun
from tripleaim.portfolio.record import Candidate, FrontierPoint
from tripleaim.portfolio.search import CHANCE, FRONTIER, LESS, NAMES, TAIL

UNITS = {MONEY: "GBP a year", HEALTH: "fraction", CARE: "fraction", CHANCE: "fraction", TAIL: "GBP a year"}
_WAY = (
    "Mean share closed, in the last year, of the way from where the indicators of {gap} end if nothing changes to "
    "their standards. One number to choose by; how many meet their standard, the worst and those that widen stand "
    "beside it."
)
MEANINGS = {
    MONEY: "Recurrent shortfall of NHS and councils in the last year, so much less than if nothing changes, less "
    "one-off costs spread evenly over the plan's years; mean over the draws.",
    HEALTH: _WAY.format(gap="health"),
    CARE: _WAY.format(gap="care"),
    CHANCE: "Share of the draws in which NHS and councils together are in balance in the last year.",
    TAIL: "Mean shortfall of the last year over the tenth of draws in which it is largest; less is better.",
}


def aims_told(found: Sequence[Candidate], *, is_pressure: bool) -> tuple[AimTold, ...]:
    """Every aim that can be told for a plan, and the candidate that does best in it."""
    nothing = next(each for each in found if not each.taken)
    told = []
    for aim in (*AIMS, *(() if is_pressure else (CHANCE,)), TAIL):
        best, sign = best_of(found, aim), -1.0 if aim == TAIL else 1.0
        most = next((each for each in found if each.key == best), nothing)
        told.append(
            AimTold(
                key=aim,
                name=NAMES[aim],
                unit=UNITS[aim],
                meaning=MEANINGS[aim],
                best=best,
                nothing=sign * amount(nothing.score, aim),
                most=sign * amount(most.score, aim),
            )
        )
    return tuple(told)


def schemes_told(plan: Plan) -> tuple[SchemeTold, ...]:
    """Every scheme of the plan as it stands, by name."""
    changes = {each.scheme: each for each in costs_of_change(plan)}
    names = {row.key: row.name for table in (plan.schemes, plan.organisations) for row in table}
    found = [
        SchemeTold(
            key=scheme.key,
            name=scheme.name,
            change=scheme.change.value,
            lead=names.get(scheme.lead, ""),
            prevention=scheme.prevention,
            has_begun=has_begun(plan, scheme),
            needs=tuple(names[need] for need in scheme.needs),
            travel=scheme.travel,
            harm=scheme.harm,
            consultation_months=scheme.consultation_months,
            disruption=sum(row.amount for row in changes[scheme.key].disruption),
            disruption_is_stated=changes[scheme.key].is_stated,
            new_partners=tuple(names[body] for body in changes[scheme.key].new_partners),
            ramp_added=changes[scheme.key].ramp_added,
        )
        for scheme in plan.schemes
    ]
    return tuple(sorted(found, key=lambda each: (each.name, each.key)))


def options_told(
    model: Model, own: Used, offers: Sequence[Option], ways: Sequence[str], estimated: Estimates
) -> tuple[OptionTold, ...]:
    """Every scheme in every year it could start; what several ways of it bring alone is that of the first."""
    names = {scheme.key: scheme.name for scheme in model.plan.schemes}
    first: dict[tuple[str, int], str] = {}
    for way in sorted(model.whole.ways, key=lambda way: way.key not in ways):
        first.setdefault((way.scheme, way.later), way.key)
    at, alone = {key: n for n, key in enumerate(own.keys)}, {key: n for n, key in enumerate(estimated.ways)}
    found = []
    for option in offers:
        key = first[option.scheme, option.later]
        value = {aim: float(estimated.alone[aim][alone[key]]) if key in alone else None for aim in AIMS}
        found.append(
            OptionTold(
                scheme=option.scheme,
                name=names[option.scheme],
                later=option.later,
                start=option.start,
                is_offered=option.is_offered,
                why_not=option.why_not,
                money=value[MONEY],
                health=value[HEALTH],
                care=value[CARE],
                revenue=_years(own.revenue[at[key]].sum(axis=0)),
                capital=_years(own.capital[at[key]].sum(axis=0)),
            )
        )
    return tuple(found)


def pairs_told(model: Model, estimated: Estimates) -> tuple[PairTold, ...]:
    """Pairs of schemes as the plan times them whose overlap matters, the largest in money first."""
    names = {scheme.key: scheme.name for scheme in model.plan.schemes}
    planned = set(model.whole.keys(dict.fromkeys(names, 0)))
    pairs = {pair for aim in AIMS for pair in estimated.pairs[aim] if set(pair) <= planned}
    found = [
        PairTold(
            one=names[model.whole.by_key[one].scheme],
            other=names[model.whole.by_key[other].scheme],
            money=estimated.pairs[MONEY].get((one, other), 0.0),
            health=estimated.pairs[HEALTH].get((one, other), 0.0),
            care=estimated.pairs[CARE].get((one, other), 0.0),
        )
        for one, other in pairs
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.money), each.one, each.other)))


def frontier_told(found: Sequence[Candidate]) -> tuple[FrontierPoint, ...]:
    """The frontier under the full model, the most money first."""
    points = [each for each in found if any(key.startswith(FRONTIER) for key in each.keys)]
    told = [
        FrontierPoint(
            candidate=each.key,
            money=amount(each.score, MONEY),
            health=amount(each.score, HEALTH),
            care=amount(each.score, CARE),
        )
        for each in points
    ]
    return tuple(sorted(told, key=lambda each: -each.money))


def notes(
    plan: Plan, found: Sequence[Candidate], limits: Sequence[AnyLimit], *, is_pressure: bool, is_looser: bool
) -> tuple[str, ...]:
    """What has to be known to read a choice of this plan.

    is_looser : whether the estimates refused every set, so that the search asked for less than the plan does
    """
    told = [*([LOOSER] if is_looser else []), *_notes(plan, found, limits, is_pressure)]
    return tuple(sorted(told, key=lambda each: not each.startswith(FIRST)))


NO_COST = "No cost is stated"
"""What the note begins with that schemes without costs win."""
NO_LIMITS = "The plan states no limits of its own (choice_limits.csv): only what follows from its other tables binds."
LOOSER = (
    "By the estimates of the search no set keeps every limit. So sets were sought with less asked of them, and then "
    "changed until they kept every limit under the whole model. What it would take to have in a scheme that is left "
    "out was sought the same way, and may break a limit."
)


FIRST = (NO_LIMITS.partition(":")[0], NO_COST, LOOSER)
"""What notes begin with that belong beside the answer itself."""


def _they(names: Sequence[str], one: str, many: str) -> str:
    return one if len(names) == 1 else many


def _moves(aim: str) -> str:
    """What no set does where none is best for a gap."""
    if aim == MONEY:
        return "closes any of the money gap"
    return f"closes as much of the {aim} gap as can be told ({100 * LEAST[aim]:g}% of the way to the standards)"


def _notes(plan: Plan, found: Sequence[Candidate], limits: Sequence[AnyLimit], is_pressure: bool) -> Iterator[str]:
    if is_pressure:
        yield (
            "Positions of organisations are not published, so money is pressure above the opening year: there is no "
            "balance, no chance of it, and no position of single organisations."
        )
    if not plan.choice_limits:
        yield NO_LIMITS if limits else NO_LIMITS.partition(":")[0] + ", and none follows from its other tables."
    if any(each.told.is_derived and each.told.kind == "capital" for each in limits):
        yield (
            "Capital found for one scheme is taken to be free for another, and capital not spent in one year for the "
            "next. Where it is tied, a limit of the plan should say so (choice_limits.csv)."
        )
    if not plan.aim_weights:
        yield (
            "No organisation states what closing each gap is worth to it (aim_weights.csv), so no partner's own best "
            "is told."
        )
    free = [scheme.name for scheme in plan.schemes if scheme.key not in {row.scheme for row in plan.costs}]
    if free:
        yield (
            f"{NO_COST} for {len(free)} of {len(plan.schemes)} schemes, so what "
            f"{_they(free, 'it brings', 'they bring')} stands against nothing and {_they(free, 'it is', 'they are')} "
            f"nearly always chosen: {'; '.join(sorted(free))}."
        )
    for aim in AIMS:
        if not best_of(found, aim):
            yield f"No set found {_moves(aim)}."
    if not is_pressure and not best_of(found, CHANCE):
        yield "No set found balances more often than doing nothing does."
    if not any(not each.broken for each in found):
        yield "No set found keeps to every limit once it is scored in full, so none is put forward."
    less = next((each for each in found if LESS in each.keys), None)
    if less is not None and less.broken:
        yield (
            "No set of at most half of the schemes reaches every least that the plan asks for; doing less is shown "
            "without them, and what it does not keep is told beside it."
        )
    if years_begun(plan):
        yield (
            f"Spending in {plan.years[0]}{'' if years_begun(plan) == 1 else ' and the years begun since'} is over or "
            "under way at the plan's date: no cut is said to save it. What sets close still has their one-off costs of "
            "that time in it, so doing nothing looks a little better than it is."
        )
    yield (
        "A scheme that is live is there to be kept or left out. What ending it would disrupt is not counted: no table "
        "of a plan holds it."
    )


def _years(amounts: Sequence[float]) -> tuple[float, ...]:
    return tuple(float(each) for each in amounts)

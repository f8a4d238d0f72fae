"""Candidates under the full model: whole wards, draws that all share, and the stated numbers beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np

from tripleaim.plan.indicator import Gap
from tripleaim.portfolio.facts import Facts, Used, facts
from tripleaim.portfolio.limits import benefit_of
from tripleaim.portfolio.model import Model
from tripleaim.portfolio.score import (
    OrganisationScore,
    OutcomeScore,
    OverDraws,
    PlaceScore,
    Score,
    UseByYear,
)
from tripleaim.projection.outcomes import at_standard, distance
from tripleaim.projection.run import Run
from tripleaim.projection.worlds import worlds
from tripleaim.stress.error import Z, error_of_chance
from tripleaim.stress.readings import BALANCED
from tripleaim.stress.response import Floats

WORST = 0.1
"""Share of the draws that are the worst."""
SEEN = 1e-12
"""A change of an indicator up to this is rounding."""


def scores(model: Model, own: Used, choices: Sequence[Mapping[str, int]]) -> tuple[tuple[Score, ...], Facts]:
    """What some choices come to, and what they use.

    own : what every way uses
    """
    sets = [model.whole.keys(choice) for choice in choices]
    used, numbers = facts(model, own, sets), model.each(choices)
    run = model.at_points(worlds(model.whole.axes, [(), *sets]))
    found = model.found_at_points([{}, *choices])
    scored = tuple(_score(model, used, n, numbers[:, n], run, found) for n in range(len(choices)))
    return scored, used


def over_draws(values: Floats) -> OverDraws:
    """Mean and percentiles of one figure, (draw,)."""
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
    return OverDraws(mean=float(values.mean()), low=float(low), middle=float(middle), high=float(high))


def in_balance(short: Floats) -> Floats:
    """Share of draws in which nothing is short, (…, draw) → (…).

    >>> float(in_balance(np.array([-1e6, 0.0, 0.004, 0.006])))
    0.75
    """
    return np.asarray((short <= BALANCED).mean(axis=-1))


def worst_tenth(short: Floats) -> Floats:
    """Mean of the tenth of draws in which a shortfall is largest, a part of a draw as a whole one, (…, draw) → (…).

    >>> float(worst_tenth(np.arange(20.0))), float(worst_tenth(np.arange(21.0)))
    (18.5, 19.0)
    """
    count = ceil(WORST * short.shape[-1])
    return np.asarray(np.partition(short, -count, axis=-1)[..., -count:].mean(axis=-1))


def _score(model: Model, used: Facts, n: int, numbers: Floats, run: Run, found: Floats) -> Score:
    read, pressure = model.reading, run.is_pressure
    points = np.asarray(read.read(run))
    short, closed = read.short(numbers), read.closed(numbers, model.nothing)
    chance = None if pressure else float(in_balance(short))
    return Score(
        closed=over_draws(closed),
        closed_point=float(read.closed(points[:, n + 1], points[:, 0])),
        closed_found=float(read.closed(found[:, n + 1], found[:, 0])),
        short=over_draws(short),
        short_point=float(read.short(points[:, n + 1])),
        short_found=float(read.short(found[:, n + 1])),
        chance=chance,
        chance_out_by=None if chance is None else Z * error_of_chance(chance, model.draws),
        worst_tenth=float(worst_tenth(short)),
        health=_outcome(model, Gap.HEALTH, numbers, points[:, n + 1], points[:, 0]),
        care=_outcome(model, Gap.CARE, numbers, points[:, n + 1], points[:, 0]),
        organisations=() if pressure else _organisations(model, numbers, run, n),
        places=_places(model, used, n),
        revenue=_years(used.revenue[n].sum(axis=0)),
        one_off=float(used.once[n].sum()),
        capital=_years(used.capital[n].sum(axis=0)),
        prevention=_years(used.prevention[n]),
        posts=_uses(tuple(_group(model, *group) for group in used.groups), used.posts[n]),
        hours=_uses(tuple(_names(model)[body] for body in used.bodies), used.hours[n]),
    )


def _outcome(model: Model, gap: Gap, numbers: Floats, point: Floats, nothing: Floats) -> OutcomeScore:
    read = model.reading
    values, before = read.values(point), read.values(nothing)
    own = [(row, values[n : n + 1], before[n : n + 1]) for n, (_, row) in enumerate(read.counted) if row.gap is gap]
    far = [(float(distance(row, now)[0]) / abs(row.standard or 1.0), row.name) for row, now, _ in own]
    worst = max(far, key=lambda each: each[0], default=(0.0, ""))
    return OutcomeScore(
        gap=gap.value,
        closed=over_draws(read.share(gap, numbers, model.nothing)),
        with_standard=len(own),
        met=sum(bool(at_standard(row, now)[0]) for row, now, _ in own),
        met_nothing=sum(bool(at_standard(row, then)[0]) for row, _, then in own),
        worst=worst[1] if worst[0] > SEEN else "",
        worst_distance=worst[0],
        widened=tuple(row.name for row, now, then in own if distance(row, now)[0] > distance(row, then)[0] + SEEN),
    )


def _organisations(model: Model, numbers: Floats, run: Run, n: int) -> tuple[OrganisationScore, ...]:
    axes, names = model.whole.axes, _names(model)
    position = (run.recurrent + run.one_off)[: axes.members, 1 : axes.last + 1]
    change = position[..., n + 1] - position[..., 0]
    better = model.reading.better(numbers, model.nothing)
    return tuple(
        OrganisationScore(
            key=key,
            name=names[key],
            better=over_draws(better[m]),
            worst_year=model.plan.years[int(change[m].argmin())],
            worst=float(change[m].min()),
        )
        for m, key in enumerate(axes.nodes[: axes.members])
    )


def _places(model: Model, used: Facts, n: int) -> tuple[PlaceScore, ...]:
    names = {place.key: place.name for place in model.plan.places}
    whole = float(benefit_of(used, set(used.lines))[n])
    lines: dict[str, set[str]] = {}
    for line in model.plan.activity:
        lines.setdefault(line.population, set()).add(line.key)
    found = {place: float(benefit_of(used, own)[n]) for place, own in sorted(lines.items())}
    return tuple(
        PlaceScore(place=place, name=names[place], benefit=own, share=own / whole if whole > 0 else 0.0)
        for place, own in found.items()
    )


def _uses(names: Sequence[str], amounts: Floats) -> tuple[UseByYear, ...]:
    return tuple(UseByYear(of=name, amounts=_years(own)) for name, own in zip(names, amounts, strict=True) if own.any())


def _group(model: Model, body: str, group: str) -> str:
    return f"{group.replace('_', ' ').capitalize()}, {_names(model)[body]}"


def _names(model: Model) -> dict[str, str]:
    return {body.key: body.name for body in model.plan.organisations}


def _years(amounts: Floats) -> tuple[float, ...]:
    return tuple(float(each) for each in amounts)

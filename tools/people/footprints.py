"""Project all 44 footprints, refuse what cannot be, and hold their sum against England projected at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from people.areas import Area, Array, gathered
from people.measure import ESTIMATE_GROUPS, Line, decimals, plan_of, summary
from tripleaim.projection.people import people

OPENING, YEARS = 2015, 10
GIVEN = (2017, 2019)
BABIES = (0.75, 1.25)
"""Babies of any year against those of mid-2019: outside these limits something is wrong, not surprising."""


def rolled(area: Area, england: Area | None) -> Array:
    """People by age and year, mid-2015 to mid-2025."""
    plan = plan_of(area, england, GIVEN, OPENING, YEARS, 100.0)
    return np.asarray(people(plan, area.code.lower()).count[0])


def sum_and_england(places: dict[str, Area]) -> Iterator[Line]:
    """By year and age group: the sum of places projected one by one, against England projected at once, in %."""
    england = gathered(places, (("england", code, 1.0) for code in places))["england"]
    each = {code: rolled(area, england) for code, area in places.items()}
    for code, found in each.items():
        possible(code, found)
    together, at_once = np.sum(list(each.values()), axis=0), rolled(england, None)
    for n in range(YEARS + 1):
        for ages, weights in ESTIMATE_GROUPS.items():
            share = 100 * (float(weights @ together[:, n]) / float(weights @ at_once[:, n]) - 1)
            yield {
                "comparison": "sum of places and England",
                "given": " and ".join(f"mid-{year}" for year in GIVEN),
                "against": f"England projected at once, mid-{OPENING + n}",
                "places": "footprints",
                "size": "any",
                "ages": ages,
                "method": "Hamilton-Perry, as shipped (100)",
                "n": str(len(each)),
                "mean_absolute_error_percent": "",
                "bias_percent": "",
                "ninetieth_percent": "",
                "together_percent": decimals(share, 3),
            }


def together_and_published(put_together: dict[str, Area], published: dict[str, Area]) -> Iterator[Line]:
    """By age group: footprints put together from shares of districts against the published ones, mid-2019, in %."""
    for ages, weights in ESTIMATE_GROUPS.items():
        pair = (
            [float(weights @ places[code].estimates[2019]) for code in published]
            for places in (put_together, published)
        )
        yield {
            "comparison": "put together and published",
            "given": "mid-2019",
            "against": "mid-2019",
            "places": "footprints",
            "size": "any",
            "ages": ages,
            "method": "shares of districts",
        } | summary(*pair)


def possible(code: str, found: Array) -> None:
    """Stop at people fewer than none, or not a number, or babies far from those of mid-2019."""
    babies = found[0] / found[0, 2019 - OPENING]
    if not (np.isfinite(found).all() and (found >= 0).all()):
        raise SystemExit(f"{code}: people fewer than none, or not a number")
    if babies.min() < BABIES[0] or babies.max() > BABIES[1]:
        raise SystemExit(f"{code}: babies between {babies.min():.2f} and {babies.max():.2f} of those of mid-2019")

"""Every line of `hindcast.csv`, and the measured parts that the default ranges of a started plan are made of."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import numpy as np

from hindcast import forecasts
from hindcast.forecasts import Question
from hindcast.series import ACTIVITY, AE_YEARS, SERIES_YEARS, Floats
from tripleaim.opendata.start.spread import AHEAD, FITTED, P90, noise_of_trend
from tripleaim.stress.hindcast import Ranges, alone, common_part, parts_of_growth, score, t_90
from tripleaim.stress.scores import Interval, widening

Line = dict[str, str]
ALL = "all"
ACTIVITY_TOGETHER = "activity"
"""The four kinds of activity taken together."""


def lines() -> list[Line]:
    """How every way of forecasting did, by measure, years ahead, places and sample."""
    groups: dict[tuple[str, int, str, str], list[Question]] = defaultdict(list)
    for asked in forecasts.questions():
        groups[asked.measure, asked.ahead, asked.unit, asked.sample].append(asked)
        if asked.measure in ACTIVITY:
            groups[ACTIVITY_TOGETHER, asked.ahead, asked.unit, asked.sample].append(asked)
    return [line for key, asked in groups.items() for line in lines_of(key[0], asked)]


def lines_of(measure: str, together: list[Question]) -> Iterator[Line]:
    """Questions of one measure, years ahead, places and sample, from every year they can be asked from."""
    found: dict[str, list[tuple[Question, Ranges, Floats]]] = defaultdict(list)
    for asked in together:
        who = forecasts.cases(asked)
        happened = forecasts.observed(asked, who)
        for method, made in forecasts.ranges(asked, who).items():
            found[method].append((asked, made, happened))
    for method, parts in found.items():
        yield line(measure, method, parts)


def line(measure: str, method: str, parts: list[tuple[Question, Ranges, Floats]]) -> Line:
    """One way of forecasting, over the cases of a group."""
    made = Ranges(
        *(np.concatenate([getattr(each, name) for _, each, _ in parts]) for name in ("middle", "half", "known"))
    )
    happened = np.concatenate([each for _, _, each in parts])
    asked = parts[0][0]
    shocks = [f"{each.known} to {each.target}" for each, _, of in parts for _ in of]
    years = np.full(len(happened), float(asked.ahead))
    found = score(made, years, happened, shocks)
    low, middle, high = (made.change(level, years) for level in (0.1, 0.5, 0.9))
    factor = widening(middle, low, high, happened)
    own = sum(alone(len(of), shared(each)) for each, _, of in parts)
    return {
        "measure": measure,
        "ahead": str(asked.ahead),
        "from": " ".join(dict.fromkeys(each.known for each, _, _ in parts)),
        "places": asked.unit,
        "sample": asked.sample,
        "method": method,
        "n": str(len(happened)),
        "shocks": str(found.coverage.shocks),
        "worth": f"{own:.1f}",
        "coverage_percent": _tenth(100 * found.coverage.share),
        **_interval("coverage_if_alone", found.coverage.interval, 100),
        **_interval("coverage_if_shared", found.coverage.if_shared, 100),
        "bias_percent": _hundredth(found.bias.mean),
        "crps_percent": _hundredth(found.crps),
        "error_percent": _hundredth(found.error),
        "half_range_percent": _hundredth(found.half),
        "widening": "" if factor is None else _hundredth(factor),
    }


@cache
def shared(asked: Question) -> float:
    """Share of the variance of one year's growth that all places have together, by all the years now known.

    England's part is widened for the few years it rests on, so that the cases are not told to be worth too many.
    """
    measure = asked.measure if len(SERIES_YEARS[asked.measure]) > len(AE_YEARS) else forecasts.STAND_IN
    until = len(SERIES_YEARS[measure])
    spread, freedom = forecasts.national(measure, asked.unit, until)
    parts = parts_of_growth(forecasts.growth(measure, asked.unit, until))
    national = (spread * t_90(freedom) / P90) ** 2
    return national / (national + parts.yearly**2 + (parts.lasting or 0.0) ** 2)


def _interval(name: str, of: Interval, unit: float) -> Line:
    return {f"{name}_low": _tenth(unit * of.low), f"{name}_high": _tenth(unit * of.high)}


def _tenth(value: float) -> str:
    return f"{value + 0.0:.1f}"


def _hundredth(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}"


def growth_ranges() -> list[Line]:
    """The measured parts of growth by kind of care, as standard deviations a year, and what all kinds share."""
    trusts = forecasts.TRUSTS
    grown = {kind: forecasts.growth(kind, trusts) for kind in ACTIVITY}
    together = common_part(np.array([each.mean(axis=0) for each in grown.values()]))
    freedom = len(SERIES_YEARS[ACTIVITY[0]]) - 2
    rows = [
        {
            "kind": ALL,
            "trusts": "",
            "years": _span(ACTIVITY[0]),
            "national": _part(together),
            "national_freedom": str(freedom),
            "national_used": _part(together * t_90(freedom) / P90),
        }
    ]
    for kind, of in grown.items():
        parts = parts_of_growth(of)
        rows.append(_row(kind, _span(kind), len(of), parts.yearly, parts.lasting or 0.0, kind, together))
    stand_in = parts_of_growth(grown[forecasts.STAND_IN]).lasting or 0.0
    attended = forecasts.growth("ae", trusts)
    yearly = math.sqrt(parts_of_growth(attended).yearly ** 2 - stand_in**2)
    rows.append(_row("ae", _span("ae"), len(attended), yearly, stand_in, forecasts.STAND_IN, together))
    return rows


def _row(kind: str, years: str, trusts: int, yearly: float, lasting: float, like: str, together: float) -> Line:
    spread, freedom = forecasts.national(like, forecasts.TRUSTS, len(SERIES_YEARS[like]))
    of_kind = math.sqrt(max(0.0, spread**2 - together**2))
    return {
        "kind": kind,
        "trusts": str(trusts),
        "years": years,
        "yearly": _part(yearly),
        "lasting": _part(lasting),
        "national": _part(spread),
        "national_freedom": str(freedom),
        "national_used": _part(of_kind * t_90(freedom) / P90),
    }


def all_demand() -> float:
    """Half of the range of growth that all kinds of care share, over the years ahead and the trend behind them."""
    used = float(next(row for row in growth_ranges() if row["kind"] == ALL)["national_used"])
    return P90 * used * math.sqrt(1 / AHEAD + noise_of_trend(FITTED))


def _span(measure: str) -> str:
    return f"{SERIES_YEARS[measure][0]} to {SERIES_YEARS[measure][-1]}"


def _part(value: float) -> str:
    return f"{value:.4f}"

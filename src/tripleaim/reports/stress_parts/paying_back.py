"""When does each scheme pay back, and how surely?"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tripleaim.charts import BandedCurve, PaybackBands, Table
from tripleaim.charts.table import Cell
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.told import MILLION, StressTold, millions
from tripleaim.reports.words import in_words, plural
from tripleaim.stress.payback import Payback

LEAST = 50_000.0
"""GBP. Less than this is told as none."""
SHOWN = 6
"""Schemes drawn: those whose middle draw has saved or cost most by the last year, each alone."""


def when_it_pays_back(told: StressTold) -> Section | None:
    """Bands of the largest schemes and a table of all; none without schemes, or where no scheme has a cost."""
    if not told.whole.paybacks:
        return None
    with_cost = costed(told)
    without = [each for each in told.whole.paybacks if each not in with_cost]
    lead = [_not_known(told, without)] if without else []
    exhibits = []
    if with_cost:
        largest = with_cost[:SHOWN]
        title = payback_title(told, with_cost) if len(with_cost) > 1 else ""
        last = told.last_year
        curves = tuple(_curve(told, each) for each in largest)
        exhibits = [
            told.facts.shown.picture("stress_payback", PaybackBands(told.found.years, curves, found=title)),
            _table(told, with_cost),
        ]
        if any(each.in_wards_so_far for each in with_cost):
            lead.append(parts_of_wards(told))
        if len(with_cost) > SHOWN:
            lead.append(
                f"The picture has the {in_words(SHOWN)} schemes that have saved or cost most by {last} in the middle "
                "draw, the largest first; the table has all."
            )
    return Section(key="payback", question="When does each scheme pay back?", data={"lead": lead, "exhibits": exhibits})


def costed(told: StressTold) -> list[Payback]:
    """The schemes for which the plan holds a cost: those that have saved or cost most by the last year first."""
    held = {cost.scheme for cost in told.found.plan.costs}
    found = (each for each in told.whole.paybacks if each.scheme in held)
    return sorted(found, key=lambda each: -abs(each.so_far_middle[-1]))


def payback_title(told: StressTold, found: Sequence[Payback]) -> str:
    """How many schemes have paid back by the last year in at least half of the draws, and in nine of ten."""
    half, most = (sum(each.never <= 1 - share for each in found) for share in (0.5, 0.9))
    if len(found) == 1:
        has = "has" if half else "has not"
        return f"{told.called[found[0].scheme]} {has} paid back by {told.last_year} in half of the draws"
    have = "has" if half == 1 else "have"
    said = (
        f"{half or 'None'} of {plural(len(found), 'scheme')} {have} paid back by {told.last_year} in half of the draws"
    )
    if half:
        said += f", {most or 'none'} in nine draws of ten"
    if all(each.in_wards_never is None for each in found):
        return said
    whole = sum((each.never if each.in_wards_never is None else each.in_wards_never) <= 0.5 for each in found)
    return (
        f"{said}. That counts parts of wards as money saved; if each scheme could only close whole wards, "
        f"{whole or 'none'} have"
    )


def _not_known(told: StressTold, without: Sequence[Payback]) -> str:
    """Which schemes have no cost in the plan, so that they seem to pay back at once."""
    names = "; ".join(told.called[each.scheme] for each in without)
    if len(without) == 1:
        return f"The plan holds no cost for {names}, so when it pays back is not known."
    return f"The plan holds no cost for some schemes, so when they pay back is not known: {names}."


def _curve(told: StressTold, found: Payback) -> BandedCurve:
    """Saved less cost so far: the sign turns, so that the high of the cost is the low here."""
    low, middle, high = (
        tuple(-value for value in millions(values))
        for values in (found.so_far_high, found.so_far_middle, found.so_far_low)
    )
    return BandedCurve(told.called[found.scheme], low, middle, high)


def _table(told: StressTold, found: Sequence[Payback]) -> Markup:
    table = Table(
        caption=f"Saved less cost up to {told.last_year}, each scheme alone, one-off money counted, £m",
        header=(
            "Scheme",
            "Paid back, in half of draws",
            f"Paid back by {told.last_year}, % of draws",
            "Low, £m",
            "Middle, £m",
            "High, £m",
            "If only whole wards close: paid back, % of draws",
            "Middle then, £m",
        ),
        rows=tuple(_row(told, each) for each in found),
        numeric=(2, 3, 4, 5, 6, 7),
        unit="£m",
        places=(0, 1, 1, 1, 0, 1),
        signed=(3, 4, 5, 7),
        shares=(2, 6),
    )
    reads = (
        "Paid back means for good: it does not cost more than it has saved in any later year of the plan. The last two "
        "columns say what a scheme would bring by itself if wards could only close whole."
    )
    title = "Every scheme with a cost, the largest amount first"
    return told.facts.shown.table("stress_payback_all", table, title, reads, fold=len(found) > SHOWN, stack=True)


def _row(told: StressTold, found: Payback) -> tuple[Cell, ...]:
    ends = (-found.so_far_high[-1], -found.so_far_middle[-1], -found.so_far_low[-1])
    never = found.never if found.in_wards_never is None else found.in_wards_never
    in_wards = found.in_wards_so_far or found.so_far_middle
    return (
        told.called[found.scheme],
        _from(told, found),
        100 * (1 - found.never),
        *(value / MILLION for value in ends),
        100 * (1 - never),
        -in_wards[-1] / MILLION,
    )


def parts_of_wards(told: StressTold) -> str:
    """That each scheme is credited with parts of wards, and what all of them together lose by whole wards."""
    said = (
        "Each scheme is credited here with parts of wards, as wherever it is told alone, because a ward closes for "
        "what all schemes free together."
    )
    bridge = next(each for each in told.facts.projection.bridges if each.scope == "both")
    steps = next((step.amounts for step in bridge.steps if step.key == "whole_wards"), ())
    lost = sum(steps[: len(told.found.years)])
    if abs(lost) < LEAST:
        return f"{said} By the plan’s own figures whole wards make no difference to all of them together."
    less = "less" if lost > 0 else "more"
    return (
        f"{said} By the plan’s own figures all of them together bring £{abs(lost) / MILLION:,.1f}m {less} than these "
        f"parts by {told.last_year}, since wards open and close whole and beds stay free for safety."
    )


def _from(told: StressTold, found: Payback) -> str:
    """The year by which half of the draws have paid back for good."""
    reached = 0.0
    for year, share in zip(told.found.years, found.by_year, strict=True):
        reached += share
        if reached >= 0.5:
            return f"from {year}"
    return f"not by {told.last_year}"

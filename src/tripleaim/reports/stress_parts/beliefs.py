"""How far the authors are believed: as claimed, weighed with the evidence, and as such schemes did elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.reports.stress_parts.told import StressTold, millions
from tripleaim.reports.words import money, percent
from tripleaim.stress.outside.chances import Chances
from tripleaim.stress.outside.variants import Belief

BELIEFS = {
    Belief.AS_CLAIMED: "As claimed",
    Belief.EVIDENCE_WEIGHTED: "Claim and evidence weighed together",
    Belief.REFERENCE_CLASS: "As such schemes did elsewhere",
}


def beliefs_table(told: StressTold, found: Sequence[Chances]) -> Markup:
    several = len(told.hopes) > 1
    share = () if told.found.is_pressure else ("Draws in balance, %",)
    rows: list[tuple[Cell, ...]] = [
        (
            BELIEFS[Belief(each.belief)],
            *((told.hopes[each.case],) if several else ()),
            *millions((each.low, each.middle, each.high)),
            *(() if each.balanced is None else (100 * each.balanced,)),
        )
        for each in found
        if each.case in told.hopes
    ]
    unit, first = told.measure.unit, 2 if several else 1
    numeric = tuple(range(first, first + 3 + len(share)))
    table = Table(
        caption=f"{told.last_year}, {unit}. Low is 1 in 10 lower, high is 1 in 10 higher",
        header=(
            "How far its authors are believed",
            *(("Case",) if several else ()),
            *(f"{name}, {unit}" for name in ("Low", "Middle", "High")),
            *share,
        ),
        rows=tuple(rows),
        numeric=numeric,
        unit=unit,
        places=(1,) * len(numeric),
    )
    reads = (
        "Elsewhere: each claim gives way to what controlled studies of such schemes found, and to the place's own "
        "record, never to more than is claimed. Weighed together: each of those counts once and the claim once more, "
        "so this row lies between the other two. What is said to be missing of what made such schemes work is taken "
        "off the claim first. Both weights are judged. What nobody has measured stays as claimed, less what is missing."
    )
    return told.facts.shown.table("stress_beliefs", table, beliefs_title(told, found), reads)


def beliefs_title(told: StressTold, found: Sequence[Chances]) -> str:
    """What it makes of the middle draw, and of the chance of balance, if schemes do only as well as elsewhere."""
    hoped = {each.belief: each for each in found if each.case == "hoped"}
    claimed, elsewhere = hoped[Belief.AS_CLAIMED], hoped[Belief.REFERENCE_CLASS]
    worse = elsewhere.middle - claimed.middle
    said = f"If schemes do as well as such schemes did elsewhere, the middle draw of {told.last_year} is "
    if abs(worse) < told.alike:
        said += "much the same as claimed"
    else:
        said += f"{money(abs(worse))} {'worse' if worse > 0 else 'better'} than claimed"
    if claimed.balanced is not None and elsewhere.balanced is not None:
        said += f"; {percent(elsewhere.balanced)} of draws are in balance, and {percent(claimed.balanced)} as claimed"
    if not elsewhere.left:
        return said
    stay = "stays" if elsewhere.left == 1 else "stay"
    return (
        f"{said}. {elsewhere.left} of {elsewhere.effects} effects, which nobody has measured, {stay} as claimed there"
    )

"""What each partner values, by its own weights; never averaged over partners."""

from __future__ import annotations

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.reports.choose_parts.sentences import in_all_and_none
from tripleaim.reports.choose_parts.told import BEST, ChooseTold
from tripleaim.reports.section import Section
from tripleaim.reports.words import listed

WEIGHTS = "What each partner gives for each gap, and what each set is worth to it"
BESTS = "Which schemes are in whose best set"


def partners(told: ChooseTold) -> Section | None:
    """Weights and worth by partner, and which schemes are in whose best set."""
    bests = _bests(told)
    exhibits = []
    if told.choice.partners:
        exhibits.append(told.shown.table("choose_partners", _worth(told), WEIGHTS, _READS, stack=True))
    if bests.rows:
        exhibits.append(told.shown.table("choose_bests", bests, BESTS, fold=True, stack=True))
    if not exhibits:
        return None
    lead = in_all_and_none(told)
    if not told.choice.partners:
        lead.append("No partner has said what each gap is worth to it: that is asked for in aim_weights.csv.")
    return Section(key="partners", question="Who would choose what?", data={"lead": lead, "exhibits": exhibits})


_READS = (
    "Each partner shares out 100 points over the three gaps. What a set is worth to it: 0 is doing nothing, 100 is "
    "every gap closed as far as the best affordable set for that gap closes it. More than 100 is possible only for a "
    "set that breaks limits, and so may do more than any that may be chosen. Each partner stands for itself: an "
    "average over partners would hide who disagrees."
)


def _worth(told: ChooseTold) -> Table:
    worth = {each.key: {value.partner: value.value for value in each.values} for each in told.first}
    rows: list[tuple[Cell, ...]] = []
    for partner in told.choice.partners:
        values = (worth[each.key].get(partner.key) for each in told.first)
        best = told.choice.of(partner.best) if partner.best else None
        own = next((value.value for value in best.values if value.partner == partner.key), None) if best else None
        rows.append(
            (
                partner.name,
                *(partner.health, partner.care, partner.money),
                *(None if value is None else 100 * value for value in values),
                None if own is None else 100 * own,
                told.bare(best) if best else "none keeps every limit",
            )
        )
    points = ("Health, points", "Care, points", "Money, points")
    sets = tuple(f"{told.bare(each)}, of 100" for each in told.first)
    header = ("Partner", *points, *sets, "Its own best set, of 100", "Which set that is")
    numeric = tuple(range(1, len(header) - 1))
    places = (0,) * len(numeric)
    return Table(caption=WEIGHTS, header=header, rows=tuple(rows), numeric=numeric, places=places)


def _bests(told: ChooseTold) -> Table:
    """Every scheme with how many best sets it is in, and whose leave it out."""
    choice = told.choice
    found = [(BEST[each.key], each.best) for each in choice.aims]
    found += [(each.name, each.best) for each in choice.partners]
    sets = [(name, choice.of(best).schemes) for name, best in found if best]
    rows: list[tuple[Cell, ...]] = []
    for scheme in choice.schemes if sets else ():
        out = [name for name, chosen in sets if scheme.key not in chosen]
        whose = "none" if not out else "all" if len(out) == len(sets) else listed(out)
        rows.append((told.scheme(scheme.key, scheme.name), f"{len(sets) - len(out)} of {len(sets)}", whose))
    header = ("Scheme", "Best sets it is in", "Left out by the best set for")
    return Table(caption=BESTS, header=header, rows=tuple(rows), numeric=())

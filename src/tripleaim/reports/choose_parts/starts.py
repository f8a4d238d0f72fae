"""When each scheme starts in the chosen set, which limits are used up, and which the plan as it stands breaks."""

from __future__ import annotations

from collections.abc import Iterable

from tripleaim.charts import LeftOut, LimitUse, StartRow, StartYears, Table, percent
from tripleaim.charts.table import Cell
from tripleaim.portfolio.limits import amount_in_words
from tripleaim.portfolio.offered import LimitTold
from tripleaim.portfolio.record import Candidate
from tripleaim.portfolio.record import LimitUse as Use
from tripleaim.reports.choose_parts.cuts import in_short
from tripleaim.reports.choose_parts.limits_kept import AT_MOST, breaks, count, without_year
from tripleaim.reports.choose_parts.told import MILLION, ChooseTold, millions, way
from tripleaim.reports.section import Section
from tripleaim.reports.words import counted, first_few, listed, plural

MOST_LIMITS = 14
"""Limits drawn under the bars: those used most; the table has them all."""
BITES = 0.95
"""Share of a limit from which on it is said to bite."""
SPENT = "What each set spends on its schemes"
TITLE = "Every limit, and what each set uses or reaches of it"


def starts(told: ChooseTold) -> Section | None:
    """The picture of the chosen set, or of the plan as it stands where no set may be chosen, and all limits."""
    shown = told.chosen or told.planned
    exhibits = []
    if told.choice.schemes and len(told.choice.schemes) <= 80:
        exhibits.append(told.shown.picture("choose_starts", picture(told, shown)))
    if told.choice.limits:
        exhibits.append(told.shown.table("choose_limits", table(told), TITLE, _reads(told), fold=True, stack=True))
    exhibits.append(told.shown.table("choose_spent", spent(told), SPENT, _SPENT_READS, fold=True, stack=True))
    lead = [words for words in (_bites(told, shown), _planned(told)) if words]
    return Section(
        key="starts", question="When would each start, and what limits it?", data={"lead": lead, "exhibits": exhibits}
    )


def picture(told: ChooseTold, candidate: Candidate) -> StartYears:
    """A set by the years in which its schemes start, what is left out, and the limits it uses most."""
    years = told.choice.years
    chosen = tuple(
        StartRow(told.scheme(each.scheme, each.name) + _moved(each.later), year_of(each.start, years))
        for each in candidate.taken
    )
    held = {each.scheme for each in candidate.taken}
    why = {each.scheme: in_short(told, each) for each in told.choice.left_out} if candidate is told.chosen else {}
    left_out = tuple(LeftOut(each.name, why.get(each.key, "")) for each in told.choice.schemes if each.key not in held)
    return StartYears(years, chosen, left_out, most_used(years, told.choice.limits, candidate.uses))


def year_of(start: str, years: tuple[str, ...]) -> int:
    """Position of the financial year a month is in; what began before the plan stands in its first year."""
    year, month = int(start[:4]), int(start[5:7])
    first = int(years[0][:4])
    return min(max(0, year - first - (month < 4)), len(years) - 1)


def most_used(years: tuple[str, ...], limits: Iterable[LimitTold], uses: Iterable[Use]) -> tuple[LimitUse, ...]:
    """Upper limits as rows by year, the fullest first."""
    amounts = {use.limit: use.amount for use in uses}
    rows: dict[str, list[float | None]] = {}
    for limit in limits:
        if limit.bound != AT_MOST or limit.year not in years or limit.key not in amounts:
            continue
        row = rows.setdefault(without_year(limit), [None] * len(years))
        amount = max(0.0, amounts[limit.key])
        row[years.index(limit.year)] = amount / limit.amount if limit.amount > 0 else float(amount > 0) * 2
    fullest = sorted(rows.items(), key=lambda each: -max(share or 0.0 for share in each[1]))
    return tuple(LimitUse(label, tuple(shares)) for label, shares in fullest[:MOST_LIMITS])


def _bites(told: ChooseTold, candidate: Candidate) -> str:
    """Which upper limits are all but used up."""
    uses = {use.limit: use.amount for use in candidate.uses}
    full = _rows_of(
        limit
        for limit in told.choice.limits
        if limit.bound == AT_MOST and limit.amount > 0 and uses.get(limit.key, 0.0) >= BITES * limit.amount
    )
    which = "the set" if candidate is told.chosen else "the plan as it stands"
    if not full:
        return f"No limit is all but used up by {which}."
    return f"All but used up by {which}, in one year or more: {first_few([f'“{name}”' for name in full], 6)}."


def _rows_of(limits: Iterable[LimitTold]) -> list[str]:
    return list(dict.fromkeys(without_year(limit) for limit in limits))


def _planned(told: ChooseTold) -> str:
    if told.chosen is told.planned or not told.choice.limits:
        return ""
    derived = count(each for each in told.choice.limits if each.is_derived)
    said = f"The plan as it stands {breaks(told.choice, told.planned)}, of {count(told.choice.limits):,} in all."
    if derived:
        said += (
            f" {counted(derived, 'limit')} {'is' if derived == 1 else 'are'} not stated by the plan but "
            f"{'follows' if derived == 1 else 'follow'} from what has been found so far."
        )
    return said


_SPENT_READS = (
    "Running cost, set-up, old and new side by side, and the disruption of change, at the stated numbers. Prevention "
    "is the part of that which goes to schemes that prevent illness."
)


def spent(told: ChooseTold) -> Table:
    """What every set spends, year by year, and what capital it needs in all."""
    rows: list[tuple[Cell, ...]] = []
    for each in told.ordered:
        score = each.score
        all_, prevention = sum(score.revenue), sum(score.prevention)
        rows.append(
            (
                told.marked(each),
                *millions(score.revenue),
                score.one_off / MILLION,
                sum(score.capital) / MILLION,
                way(prevention / all_) if all_ else "–",
            )
        )
    header = ("Set", *told.choice.years, "One-off, all years", "Capital, all years", "Prevention")
    numeric = tuple(range(1, len(header) - 1))
    return Table(caption=f"{SPENT}, £m", header=header, rows=tuple(rows), numeric=numeric)


def _reads(told: ChooseTold) -> str:
    return "Amounts are at the stated numbers, wards counted as fractions. What a limit rests on is in the last column."


def table(told: ChooseTold) -> Table:
    """Every limit with what the first few candidates use or reach of it."""
    uses = {each.key: {use.limit: use for use in each.uses} for each in told.first}
    often = {
        f"{each.key}/{year}": f" (more in {percent(share)} of draws)"
        for each in told.choice.limits_over_draws
        for year, share in zip(each.years, each.by_year, strict=True)
    }
    rows: list[tuple[Cell, ...]] = []
    for limit in told.choice.limits:
        cells = []
        for each in told.first:
            use = uses[each.key].get(limit.key)
            said = "–" if use is None else amount_in_words(use.amount, limit.unit)
            said += often.get(limit.key, "") if each is told.chosen else ""
            cells.append(said if use is None or use.is_kept else f"{said}: not kept")
        rows.append((limit.name, *cells, limit.rests_on))
    header = ("Limit", *(told.bare(each) for each in told.first), "Rests on")
    return Table(caption=TITLE, header=header, rows=tuple(rows), numeric=())


def starts_in_words(told: ChooseTold, candidate: Candidate) -> list[str]:
    """Its schemes by the year in which each starts, a line a year; those moved from what the plan says are marked."""
    years = told.choice.years
    said = []
    for n, year in enumerate(years):
        names = [
            told.scheme(each.scheme, each.name) + _moved(each.later)
            for each in candidate.taken
            if year_of(each.start, years) == n
        ]
        if names:
            said.append(f"{year}: {listed(names)}.")
    return said


def _moved(later: int) -> str:
    if later == 0:
        return ""
    return f" ({plural(abs(later), 'year')} {'later' if later > 0 else 'sooner'} than planned)"

"""What kind of benefit it is, when it pays back, what is stranded, and what a bed day costs."""

from __future__ import annotations

from markupsafe import Markup

from tripleaim.charts import Curve, JCurve, Table
from tripleaim.charts.table import Cell
from tripleaim.projection.benefits import BedDayPrices
from tripleaim.projection.composition import SchemeResult
from tripleaim.reports.facts import Facts
from tripleaim.reports.section import Section
from tripleaim.reports.sections.trust import anchor
from tripleaim.reports.words import NOTHING, counted, money, plural

MILLION = 1e6
MOST_CURVES = 24
FLAT = 0.1
"""Share of the largest sum below which a scheme's curve would be a flat line: those are drawn on a finer scale."""


def pays_back(facts: Facts) -> Section | None:
    """Cumulative cash by scheme."""
    schemes = [scheme for scheme in facts.projection.schemes if any(abs(v) > NOTHING for v in scheme.cumulative_cash)]
    if not schemes:
        return None
    shown = sorted(schemes, key=lambda s: (-_size(s), s.key))[:MOST_CURVES]
    below = [s for s in schemes if s.cumulative_cash[-1] < -0.005]
    verb = "has" if len(below) == 1 else "have"
    of = plural(len(schemes), "scheme")
    title = f"{len(below)} of {of} {verb} not paid back by {facts.last_year}, if each works as hoped"
    if not below:
        title = f"{counted(len(schemes), 'scheme')} {'has' if len(schemes) == 1 else 'have'} paid back"
        title += f" by {facts.last_year}, if {'it' if len(schemes) == 1 else 'each'} works as hoped"
    reads = (
        "Each panel is one scheme alone: its savings less what it cost to set up and build, added up "
        "year by year. Below the line it has cost more than it saved."
    )
    if len(shown) < len(schemes):
        left = len(schemes) - len(shown)
        reads += f" The {plural(left, 'smallest scheme')} {'is' if left == 1 else 'are'} left out."
    large = [s for s in shown if _size(s) >= FLAT * _size(shown[0])]
    small = shown[len(large) :]
    exhibits = [facts.shown.picture("pays_back", _curves(facts, title, reads, large))]
    if small:
        finer = f"{counted(len(small), 'smaller scheme')}, on a scale of {'its' if len(small) == 1 else 'their'} own"
        told = f"None of them ever moves by more than {money(_size(small[0]))}: a tall curve here is a small sum."
        exhibits.append(facts.shown.picture("pays_back_smaller", _curves(facts, finer, told, small)))
    return Section(key="pays_back", question="When does each scheme pay back?", data={"exhibits": tuple(exhibits)})


def _size(scheme: SchemeResult) -> float:
    """The largest sum a scheme is ever ahead or behind by. GBP."""
    return max(abs(value) for value in scheme.cumulative_cash)


def _curves(facts: Facts, title: str, reads: str, schemes: list[SchemeResult]) -> JCurve:
    curves = tuple(Curve(s.name, tuple(v / MILLION for v in s.cumulative_cash)) for s in schemes)
    return JCurve(title=title, reads=reads, unit="£m", years=facts.plan_years, curves=curves)


def classes(facts: Facts) -> Section | None:
    """Benefits by class, for each provider; never added together."""
    at = facts.last
    found = [b for b in facts.projection.benefits if abs(b.total[at]) > NOTHING or abs(b.beds_freed[at]) > 0.5]
    if not found:
        return None
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            facts.body(b.provider),
            b.cash_releasing[at] / MILLION,
            b.cost_avoiding[at] / MILLION,
            b.arrivals[at] / MILLION,
            b.beds_freed[at],
        )
        for b in found
    )
    table = Table(
        caption=(
            f"Change in each provider’s cost against doing nothing in {facts.last_year}, as hoped, "
            "£m, and beds set free"
        ),
        header=(
            "Provider",
            "Bills smaller than today’s (cash-releasing)",
            "Bills that grow less (cost-avoiding)",
            "Care that arrived",
            "Beds set free",
        ),
        rows=rows,
        numeric=(1, 2, 3, 4),
        places=(1, 1, 1, 0),
        signed=(1, 2, 3),
    )
    releasing = -sum(b.cash_releasing[at] for b in found if b.cash_releasing[at] < 0)
    title = (
        f"As hoped, {money(releasing)} makes real bills smaller in {facts.last_year}; the rest only slows their growth"
        if releasing > NOTHING
        else f"No bill gets smaller than today’s in {facts.last_year}, as hoped; savings only slow growth"
    )
    reads = (
        "Three kinds of benefit, never added together: a smaller bill, a bill that grows less, and "
        "room in beds, which is no money until a ward closes."
    )
    return Section(
        key="classes",
        question="Is it real money?",
        data={"exhibits": (facts.shown.table("benefit_classes", table, title, reads, stack=True),)},
    )


def stranded(facts: Facts) -> Section | None:
    """Cost that stays behind when care goes, and the three prices of a bed day."""
    at = facts.last
    found = [s for s in facts.projection.stranded if s.no_longer_given[at] > NOTHING]
    exhibits = []
    if found:
        gone, free = sum(s.no_longer_given[at] for s in found), sum(s.released[at] for s in found)
        table = Table(
            caption=f"Care no longer given, at average cost, and what is really set free in {facts.last_year}, £m",
            header=(
                "Provider",
                "Average cost of that care",
                "Set free",
                "Of which below today’s volume",
                "Stays behind (stranded)",
            ),
            rows=tuple(
                (
                    facts.body(s.provider),
                    *(
                        v / MILLION
                        for v in (
                            s.no_longer_given[at],
                            s.released[at],
                            s.released_below_opening[at],
                            _dust(s.stranded[at]),
                        )
                    ),
                )
                for s in found
            ),
            numeric=(1, 2, 3, 4),
        )
        title = f"Of {money(gone)} of care no longer given, {money(free)} is really set free, as hoped"
        exhibits.append(
            facts.shown.table(
                "stranded",
                table,
                title,
                (
                    "Average cost counts buildings, managers and half-empty wards, which stay when a "
                    "patient does not come."
                ),
                stack=True,
            )
        )
    exhibits += _bed_days(facts)
    if not exhibits:
        return None
    return Section(
        key="stranded",
        question="What does it really save to avoid a day in hospital?",
        data={"exhibits": tuple(exhibits)},
    )


def _dust(value: float) -> float:
    return 0.0 if abs(value) < 0.5 else value


def _bed_days(facts: Facts) -> list[Markup]:
    found = [p for p in facts.projection.bed_day_prices if p.average > 0]
    if not found:
        return []
    rows = {row.key: row.source for row in facts.plan.capacity}
    table = Table(
        caption=f"Three prices of one bed day, £, {facts.plan.opening_year}",
        header=(
            "Beds",
            "Average: whole cost over days",
            "Staffed bed: if its ward closes",
            "Next day: if one patient stays away",
            "Source",
        ),
        rows=tuple(_priced(facts, p) for p in found),
        numeric=(1, 2, 3),
        places=(0, 0, 0),
        links=tuple((n, 4, anchor(rows[p.pool])) for n, p in enumerate(found) if p.pool in rows),
    )
    first = max(found, key=lambda p: p.average)
    name = _priced(facts, first)[0]
    title = (
        f"{name}: a bed day that costs £{first.average:,.0f} on average saves £{first.marginal:,.0f} when one "
        "patient stays away"
    )
    return [facts.shown.table("bed_day_prices", table, title, stack=True)]


def _priced(facts: Facts, price: BedDayPrices) -> tuple[Cell, ...]:
    pool = next((row for row in facts.plan.capacity if row.key == price.pool), None)
    name, source = (pool.name, pool.source) if pool else (facts.body(price.pool), "worked out")
    return name, price.average, price.staffed_bed, price.marginal, source

"""What schemes would have to bring, against what is known from elsewhere: one row for each strong effect."""

from __future__ import annotations

from markupsafe import Markup

from tripleaim.charts import Table
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell
from tripleaim.charts.wording import say
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.reports.words import plural
from tripleaim.stress.breakeven import Z90
from tripleaim.stress.ranges import fits
from tripleaim.stress.why.figures import written
from tripleaim.stress.why.must_be_true import MustBe
from tripleaim.stress.why.record import EFFECT, Why

NOT_KNOWN = "not known"


def against_what_is_known(told: StressTold, why: Why) -> list[Markup]:
    """The table of the effects of schemes and their distances; none where none was asked about."""
    effects = [each for each in why.must_be if fits(EFFECT, each.name)]
    if not effects:
        return []
    table = Table(
        caption=f"What one scheme alone would have to bring for {why.question.when}, against what is known",
        header=(
            "Effect of a scheme",
            "It must be",
            "Distance from evidence, standard deviations",
            "Times the fastest fall kept up anywhere",
            "Years more than the plan has, at that pace",
        ),
        rows=tuple(_row(each) for each in effects),
        numeric=(),
    )
    reads = (
        "The fall is that of all such care or cost of the place, with the plan’s other schemes in full, since the "
        "fastest fall kept up anywhere was that of whole areas. Not known: no controlled study measured it, or nobody "
        "has shown what can be kept up."
    )
    title = known_title(effects)
    return [told.facts.shown.table("stress_must_be_known", table, title, reads, stack=True)]


def known_title(effects: list[MustBe]) -> str:
    """How many of those that studies measured would have to work better than nine in ten such schemes."""
    seen = [each.against for each in effects if each.against is not None and each.against.spreads is not None]
    beyond = sum(each.spreads is not None and each.spreads > Z90 for each in seen)
    if not seen:
        return "No study says how well these schemes may be expected to work"
    return (
        f"{beyond or 'None'} of {plural(len(seen), 'effect')} that studies measured would have to be larger than nine "
        "in ten such schemes bring"
    )


def _row(found: MustBe) -> tuple[Cell, ...]:
    seen = found.against
    if seen is None:
        return (opening(found.label), _must_be(found), NOT_KNOWN, NOT_KNOWN, NOT_KNOWN)
    more_than = "" if seen.is_enough else "more than "
    return (
        opening(found.label),
        _must_be(found),
        _said(seen.spreads, "above", "below", beyond=more_than),
        NOT_KNOWN if seen.times_best is None else f"{more_than}{say(seen.times_best)}",
        _said(seen.years_faster, "more", "fewer", beyond="" if seen.is_enough else "over "),
    )


def _must_be(found: MustBe) -> str:
    """The value, or that none is enough."""
    if found.verdict == "always":
        return "any value tried will do"
    value = found.searched[1] if found.value is None else found.value
    (said,) = written(found.name, found.unit, value, width=found.high - found.low)
    if found.value is None:
        return f"not even {said} is enough"
    return f"at least {said}" if found.holds_above else f"at most {said}"


def _said(value: float | None, more: str, less: str, *, beyond: str) -> str:
    """A distance; where no value is enough, that of the best value there is, and more than that is needed.

    beyond : "more than " or the like where no value is enough, else empty
    """
    if value is None:
        return NOT_KNOWN
    if value < 0:
        return f"{'less than ' if beyond else ''}{say(-value)} {less}"
    return f"{beyond}{say(value)} {more}"

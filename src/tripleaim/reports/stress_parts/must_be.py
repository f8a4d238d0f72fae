"""What must be true: for each number the value at which the middle draw comes out, and a map of two."""

from __future__ import annotations

from markupsafe import Markup

from tripleaim.charts import BreakEvenMap, Measure, PairAxis, Table
from tripleaim.charts.measure import opening, percent
from tripleaim.charts.table import Cell
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.known import against_what_is_known
from tripleaim.reports.stress_parts.told import MILLION, StressTold
from tripleaim.reports.stress_parts.units import scale_of
from tripleaim.reports.words import plural
from tripleaim.stress.why.against_words import against_in_words
from tripleaim.stress.why.figures import between, written
from tripleaim.stress.why.must_be_true import MustBe
from tripleaim.stress.why.pairs import Axis, Pair
from tripleaim.stress.why.record import Why
from tripleaim.stress.why.words import amount, goal_in_words, must_be_in_words, together_in_words

ABOVE_GOAL = Measure(
    unit="£m a year above the goal",
    more="{} a year above the goal",
    less="{} a year below the goal",
    level="at the goal",
    below="below it",
)


def what_must_be_true(told: StressTold) -> Section | None:
    """A row for each strong number, everything about the schemes at once, and the map of two; none where not asked."""
    why = told.why
    if why is None or not why.must_be:
        return None
    exhibits = [_table(told, why), *against_what_is_known(told, why)]
    pair = [] if why.pair is None else [told.facts.shown.picture("stress_pairs", _map(why, why.pair))]
    lead = [] if why.nothing is None else [goal_in_words(why, why.nothing)]
    lead += [] if why.together is None else [together_in_words(why.together, why)]
    known = [f"{opening(each.label)}: {against_in_words(each, each.against)}" for each in why.must_be if each.against]
    data = {
        "lead": lead,
        "exhibits": exhibits,
        "behind": [("Two numbers at once, on a map", pair)] if pair else [],
        "more": [("Each beside what is known from elsewhere, in words", known)] if known else [],
    }
    return Section(key="true", question="What must be true?", data=data)


def must_be_title(why: Why) -> str:
    """How many numbers could bring the middle draw out by themselves, or how far each may go before it fails."""
    reached, when = target_in_words(why), why.question.when
    turning = sum(each.value is not None for each in why.must_be)
    inside = sum(each.is_inside for each in why.must_be)
    every = plural(len(why.must_be), "number")
    if why.middle <= why.target:
        some = "Each" if turning == len(why.must_be) else turning or "None"
        return f"It holds now: the middle draw of {when} is {reached}. {some} of {every} looked at could undo it alone"
    middle = f"the middle draw of {when}"
    into = f"make {middle} {reached}" if why.question.is_pressure else f"balance {middle}"
    if not turning:
        return f"None of {every} looked at could alone {into}"
    start = f"{turning} of {every}" if turning < len(why.must_be) else f"Every one of {every}"
    told = f"{start} looked at could alone {into}"
    if inside == turning:
        return f"{told}, inside the plan’s own {'range' if turning == 1 else 'ranges'}"
    return f"{told}, {inside or 'none'} of them inside {'its' if turning == 1 else 'their'} own range"


def target_in_words(why: Why) -> str:
    """What is to be reached."""
    if not why.question.is_pressure:
        return "in balance"
    return f"no more than the goal, {amount(why.target, why.question)}"


def _table(told: StressTold, why: Why) -> Markup:
    table = Table(
        caption=f"What one number would have to be for the middle draw of {why.question.when} to be "
        f"{target_in_words(why)}",
        header=("Uncertain number", "It must be", "Draws that go there", "The plan has", "Its range", "Inside it?"),
        rows=tuple(_row(each) for each in why.must_be),
        numeric=(),
    )
    reads = (
        "One number at a time takes a value, and all others are drawn. The strongest are first, then the strongest "
        "effects of schemes."
    )
    return told.facts.shown.table("stress_must_be", table, must_be_title(why), reads, stack=True)


def _row(found: MustBe) -> tuple[Cell, ...]:
    """One number; a shared driver has no value of its own, only how far up what is likely it stands."""
    chance = "" if found.chance is None else percent(found.chance)
    where = "" if found.value is None else "inside" if found.is_inside else "outside"
    if found.name.startswith("driver/"):
        said = must_be_in_words(found).removeprefix(f"{opening(found.label)}: ").removesuffix(".")
        return (opening(found.label), said, chance, "", "", where)
    width = found.high - found.low
    (point,) = written(found.name, found.unit, found.point, width=width)
    own = (point, between(found.name, found.unit, found.low, found.high, width=width))
    if found.value is None or found.holds_above is None:
        said = "any value tried will do" if found.verdict == "always" else "no value tried is enough"
        return (opening(found.label), said, "", *own, "")
    (value,) = written(found.name, found.unit, found.value, width=width)
    side = "at least" if found.holds_above else "at most"
    return (opening(found.label), f"{side} {value}", chance, *own, where)


def _map(why: Why, found: Pair) -> BreakEvenMap:
    """The share of draws in balance of every pair; where no pair has any, or for a pressure, the middle amount."""
    asked, across, down = why.question, _axis(found.across), _axis(found.down)
    own = (found.down.own, found.across.own)
    if any(any(row) for row in found.balanced):
        return BreakEvenMap(asked.when, across, down, found.balanced, own=own, who=asked.who)
    measure = ABOVE_GOAL if asked.is_pressure else Measure()
    cells = tuple(tuple((cell - found.enough) / MILLION for cell in row) for row in found.middle)
    return BreakEvenMap(asked.when, across, down, cells, measure=measure, own=own, who=asked.who)


def _axis(found: Axis) -> PairAxis:
    scale = scale_of(found.name, found.unit, found.values[-1] - found.values[0])
    label = f"{found.label}, {scale.rest}" if scale.rest else found.label
    values = tuple(scale.times * value for value in found.values)
    return PairAxis(label, values, scale.bare, max(0, scale.places - 1))

"""Sentences about two plans in the same draws, for the page and the terminal alike."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.charts import Measure, percent
from tripleaim.reports.facts import CASES
from tripleaim.reports.stress_parts.sentences import too_few
from tripleaim.reports.words import NOTHING, money, plural
from tripleaim.stress.against import Against, Place
from tripleaim.stress.numbers_of_both import Numbers, OtherRange
from tripleaim.stress.why.figures import between

NAMED = 3
"""Numbers in another range that a sentence names; the page's table has them all."""


def told_cases(found: Against) -> dict[str, str]:
    """The cases worth telling and their names: none of the schemes' where no plan has any, nor one result twice."""
    nothing, hoped, resourced = ((found.sides(case).plan, found.sides(case).other) for case in CASES)
    worth = {"do_nothing": True, "hoped": hoped != nothing, "resourced": resourced != hoped}
    return {case: CASES[case] for case, told in worth.items() if told}


def measure_of(found: Against) -> Measure:
    """What a difference in £m means here: more or less short, or a higher or lower pressure."""
    more, less = more_and_less(found)
    return Measure(
        unit="£m, this plan less the other",
        more=f"{{}} {more}",
        less=f"{{}} {less}",
        level="the same",
        below=less,
    )


def warnings(found: Against) -> list[str]:
    """What a board reads before any figure: that draws are too few, or places not the same; often nothing."""
    return [words for words in (too_few(found.draws), two_places(found)) if words]


def two_places(found: Against) -> str:
    """That the plans are for two places, and what follows; empty where they are for one."""
    if found.is_one_place:
        return ""
    return (
        f"These are plans for two places, {_place(found.place)} and {_place(found.other_place)}. Places differ in size "
        "and in need, so the difference says nothing of which plan is better."
    )


def called(found: Against, folder: str = "") -> str:
    """The other plan by its name and the start of its fingerprint, as two drafts may have one name.

    folder : name of its folder or file, to tell it from a plan of the same name; empty where the names differ
    """
    return f"“{found.against_name}” ({f'from {folder}, ' if folder else ''}{found.against[:4]})"


def more_and_less(found: Against) -> tuple[str, str]:
    """What a difference above nought is called, and one below."""
    return ("higher", "lower") if found.is_pressure else ("more short", "less short")


def verdict(found: Against, folder: str = "") -> str:
    """The last year: by how much the plans differ, and in how many draws which is less short; folder as `called`."""
    last, year = found.of("hoped"), found.years[-1]
    more, less = more_and_less(found)
    when = f"In {year}{' as hoped' if 'hoped' in told_cases(found) else ''}"
    middle, low, high = last.middle[-1], last.low[-1], last.high[-1]
    if max(abs(low), abs(middle), abs(high)) < NOTHING and not last.better[-1] and not last.worse[-1]:
        return f"{when} the two plans come to the same in every draw."
    what = "this plan"
    if found.is_pressure:
        what = f"the pressure of this plan, what the same care costs more than in {found.opening_year},"
    than = f"{'that of ' if found.is_pressure else ''}{called(found, folder)}"
    is_what = f"{money(abs(middle))} {more if middle > 0 else less} than" if abs(middle) >= NOTHING else "the same as"
    return (
        f"{when} {what} is {is_what} {than} in the middle of the draws. In eight of ten the difference is "
        f"{_between(found, low, high)}. It is {less} in {percent(last.better[-1])} of draws and {more} in "
        f"{percent(last.worse[-1])}."
    )


def balance(found: Against) -> str:
    """How likely each plan is to balance in the last year, and how often only one does; empty for a pressure."""
    if found.is_pressure:
        return ""
    plan, other = found.sides("hoped").plan, found.sides("hoped").other
    told = f"This plan balances in {percent(plan.balanced[-1])} of draws and the other in {percent(other.balanced[-1])}"
    alone, other_alone = plan.balanced_alone[-1], other.balanced_alone[-1]
    if not alone and not other_alone:
        return f"{told}."
    return f"{told}: only this one in {percent(alone)}, only the other in {percent(other_alone)}."


def shared(found: Against) -> list[str]:
    """What both leave to chance, what only one does, and what differs by its range alone."""
    numbers = found.numbers
    told = [
        f"{plural(numbers.same, 'uncertain number')} {_is(numbers.same)} drawn alike in both plans. Each takes the "
        "same value in both in every draw, so what it leaves to chance is no difference between them."
    ]
    if numbers.other_range:
        told.append(_not_alike(numbers.other_range))
    told.append(_only_one_has(numbers))
    return [
        *told,
        *(["The command tripleaim diff lists everything that differs between them."] if found.is_one_place else []),
    ]


def _not_alike(numbers: Sequence[OtherRange]) -> str:
    """How many numbers differ by their range alone, and the first few of them."""
    named = [_in_both(each) for each in numbers[:NAMED]]
    if len(numbers) == 1:
        return (
            "1 uncertain number is in both plans but is not drawn alike: in one draw it takes another value in each, "
            f"and that is a part of the difference. This is {named[0]}."
        )
    rest = [f"and {len(numbers) - NAMED:,} more"] if len(numbers) > NAMED else []
    return (
        f"{len(numbers):,} uncertain numbers are in both plans but are not drawn alike: in one draw they take another "
        f"value in each, and that is a part of the difference. Those that make most of it: {'; '.join(named + rest)}."
    )


def _only_one_has(numbers: Numbers) -> str:
    if not numbers.only_plan and not numbers.only_other:
        return "Neither plan has an uncertain number that the other lacks."
    alone = [f"{count:,}" if count else "none" for count in (numbers.only_plan, numbers.only_other)]
    return f"Besides these, {alone[0]} stand only in this plan and {alone[1]} only in the other."


def _in_both(each: OtherRange) -> str:
    here = between(each.name, each.unit, each.low, each.high, width=each.high - each.low)
    there = between(each.name, each.unit, each.other_low, each.other_high, width=each.other_high - each.other_low)
    return f"{each.label}: {here} here, {there} in the other"


def _between(found: Against, low: float, high: float) -> str:
    """A range of differences in words; what it is called is said once where both ends lie on one side."""
    if low * high > 0 and min(abs(low), abs(high)) >= NOTHING:
        near, far = sorted((low, high), key=abs)
        return f"{money(abs(near))} to {_signed(found, far)}"
    return f"anything from {_signed(found, low)} to {_signed(found, high)}"


def _signed(found: Against, value: float) -> str:
    more, less = more_and_less(found)
    return f"{money(abs(value))} {more if value > 0 else less}" if abs(value) >= NOTHING else "nothing"


def _place(place: Place) -> str:
    return f"{place.name} ({place.code})" if place.code else place.name


def _is(count: int) -> str:
    return "is" if count == 1 else "are"

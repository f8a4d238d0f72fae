"""Why, when and what must be true, in sentences a board member understands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tripleaim.charts.measure import SHORT, Measure, opening, percent, pressure
from tripleaim.charts.wording import say
from tripleaim.stress.bars import Bar
from tripleaim.stress.factors import OWN_PART
from tripleaim.stress.why.against_words import against_in_words
from tripleaim.stress.why.failure import Condition, Failure, Sought, Where
from tripleaim.stress.why.figures import between, written
from tripleaim.stress.why.must_be_true import DRAWS, MustBe, Together
from tripleaim.stress.why.pairs import Pair
from tripleaim.stress.why.question import Question
from tripleaim.stress.why.record import Why
from tripleaim.stress.why.variance import ShareInterval, Shares

TOLD = 5
"""Numbers told of by name; the record holds all."""
SOLID = 0.8
"""A condition found again in fewer searches than this is told as less sure."""
_MILLION = 1e6
_PENNY = 0.01
_HEADINGS = {Sought.SHORT: "When it fails", Sought.BALANCE: "When it comes out", Sought.WORST: "When it goes worst"}
_VERBS = {Sought.SHORT: "fails", Sought.BALANCE: "comes out", Sought.WORST: "goes worst"}
_SUCH = {Sought.SHORT: "short", Sought.BALANCE: "in balance", Sought.WORST: "in the worst fifth"}


def why_in_words(found: Why) -> dict[str, tuple[str, ...]]:
    """Heading → its sentences, in the order in which a reader asks."""
    asked = found.question
    told = {
        "What moves it most, one at a time": tuple(bar_in_words(bar, asked) for bar in found.bars[:TOLD]),
        "What the uncertainty comes from": shares_in_words(found.shares, asked),
        _HEADINGS[found.failure.sought]: failure_in_words(found.failure, asked),
        "What must be true": must_be_true_in_words(found),
        "Two together": () if found.pair is None else (pair_in_words(found.pair, asked),),
    }
    return {heading: sentences for heading, sentences in told.items() if sentences}


# --- what moves it ---


def bar_in_words(bar: Bar, asked: Question) -> str:
    """Where one number alone leads.

    >>> from tripleaim.stress.headlines import Output
    >>> output = Output(case="hoped", measure="short", who="both", year="2020/21")
    >>> asked = Question(output=output, who="the place", is_pressure=False, opening="2015/16")
    >>> bar = Bar(name="indices/pay/2016-17/change", label="change of pay prices in 2016/17", unit="fraction a year",
    ...           low=0.01, high=0.03, at_point=7e6, at_low=5e6, at_high=9e6)
    >>> print(bar_in_words(bar, asked))
    Change of pay prices in 2016/17: short by £5.0m at 1% a year, short by £9.0m at 3% a year.
    """
    low, high = "its low", "its high"
    if bar.low is not None and bar.high is not None:
        low, high = written(bar.name, bar.unit, bar.low, bar.high, width=bar.high - bar.low)
    return f"{opening(bar.label)}: {amount(bar.at_low, asked)} at {low}, {amount(bar.at_high, asked)} at {high}."


def shares_in_words(found: Shares, asked: Question) -> tuple[str, ...]:
    """How much of the uncertainty each of the largest brings, what comes only together, and what was left out."""
    if not found.each:
        return (f"The figure for {asked.when} does not vary: no uncertain number moves it.",)
    largest = [share for share in found.each[:TOLD] if share.total.low > 0]
    told = [
        f"What makes the figure for {asked.when} uncertain, most first, with what each does together with others (95% "
        f"interval in brackets): {'; '.join(f'{each.label}, {_share(each.total)}' for each in largest)}."
    ]
    if any(each.label.endswith(OWN_PART) for each in largest):
        told.append("Its own part is what a number has to itself, beside what moves it together with others.")
    told.append(_alone(found.alone))
    if found.others is not None:
        brings = _share(found.others.total) if found.others.total.high > 0 else "nothing"
        told.append(
            f"{found.left_out:,} other numbers were set aside after a quick look; together they bring {brings}."
        )
    if not found.settled:
        told.append("These shares are not settled yet: more draws are needed before they are relied on.")
    return tuple(told)


def _alone(alone: ShareInterval) -> str:
    if alone.high >= 1:
        return "The numbers add up almost one by one: little or nothing comes only from several acting together."
    return (
        f"One by one the numbers account for {_share(alone)} of it; the rest comes only from several acting together."
    )


def _share(share: ShareInterval) -> str:
    return f"{_part(share.value)} ({_part(max(0.0, share.low))} to {_part(max(0.0, share.high))})"


def _part(share: float) -> str:
    """A share in whole per cent; a small one is never told as none."""
    return "under 1%" if 0 < share < 0.01 else f"{100 * share:.0f}%"


# --- when it fails ---


def failure_in_words(found: Failure, asked: Question) -> tuple[str, ...]:
    """What is sought, where most of it lies, and the second view."""
    told = [_sought(found, asked), *(_box(where, found, n) for n, where in enumerate(found.boxes))]
    if not found.boxes:
        told.append("No number, and no few together, tell these draws from the rest: they come about in many ways.")
    return (*told, *_ends(found))


def _sought(found: Failure, asked: Question) -> str:
    if found.sought is Sought.SHORT:
        return f"{opening(asked.who)} is short in {asked.when} in {percent(found.share)} of draws."
    if found.sought is Sought.BALANCE:
        return f"{opening(asked.who)} is in balance in {asked.when} in only {percent(found.share)} of draws."
    why = "A pressure has no balance to miss" if asked.is_pressure else "Nearly every draw is on one side of balance"
    return f"{why}, so the worst fifth of draws is looked at: {amount(found.above, asked)} or more in {asked.when}."


def _box(where: Where, found: Failure, place: int) -> str:
    conditions = _and([condition_in_words(each) for each in where.conditions])
    unsure = [each.label for each in where.conditions if each.found_again is not None and each.found_again < SOLID]
    such = _SUCH[found.sought]
    told = (
        f"{'Of the others, it' if place else 'It'} mostly {_VERBS[found.sought]} when {conditions}: "
        f"{percent(where.density)} of those draws are {such}, against {percent(found.share)} of all, and "
        f"{percent(where.coverage)} of all that are {such} are among them."
    )
    if unsure:
        told += f" Less sure, since only some parts of the draws show it: {_and(unsure)}."
    return told


def _ends(found: Failure) -> Iterator[str]:
    """The densest and the emptiest end of the tree."""
    if len(found.ends) > 1:
        most, least = (
            _and([condition_in_words(each, roughly=True) for each in found.ends[n].conditions]) for n in (0, -1)
        )
        high, low = (_whole(found.ends[n].density) for n in (0, -1))
        yield (
            "A second look parts the draws by one question after another, told roughly. "
            f"The most are {_SUCH[found.sought]}, {high} of them, where {most}. The fewest are, {low}, where {least}."
        )


def _whole(share: float) -> str:
    """A share of draws in whole per cent."""
    return percent(share) if share < 0.01 or share > 0.99 else f"{100 * share:.0f}%"


def condition_in_words(found: Condition, *, roughly: bool = False) -> str:
    """One condition, a shared driver's by how far up what is likely it stands.

    roughly : True writes no more decimals than can be read aloud: a tenth of the range, or coarser

    >>> print(condition_in_words(Condition(name="driver/pay_award", label="the national pay award", unit="", width=0.0,
    ...     lowest=0.0, at_least=0.7, below=None, quasi_p=0.0, found_again=1.0)))
    “the national pay award” is among the highest 30% of what is likely
    >>> print(condition_in_words(Condition(name="effects/hubs/avoid/uptake", label="share reached by the hubs",
    ...     unit="fraction", width=0.2, lowest=0.3, at_least=None, below=0.42, quasi_p=0.0, found_again=1.0)))
    share reached by the hubs is below 42%
    """
    low, high = found.at_least, found.below
    if found.name.startswith("driver/"):
        return f"“{found.label}” is {of_likely(low, high)}"

    def said(value: float) -> str:
        return written(found.name, found.unit, value, width=10 * found.width if roughly else found.fineness)[0]

    if low is not None and high is not None:
        return f"{found.label} is from {said(low)} to {said(high)}"
    if low is not None:
        is_just_above = low > found.lowest and said(low) == said(found.lowest)
        return f"{found.label} is {f'above {said(low)}' if is_just_above else f'{said(low)} or more'}"
    return f"{found.label} is {'at any value' if high is None else f'below {said(high)}'}"


def of_likely(low: float | None, high: float | None) -> str:
    """How far up what is likely of it something stands, told from the end that is nearer.

    >>> of_likely(0.59, None), of_likely(None, 0.85)
    ('among the highest 41% of what is likely', 'not among the highest 15% of what is likely')
    """
    if low is not None and high is not None:
        return f"neither among the lowest {percent(low)} nor among the highest {percent(1 - high)} of what is likely"
    if low is not None:
        where = f"among the highest {percent(1 - low)}" if low >= 0.5 else f"not among the lowest {percent(low)}"
    elif high is not None and high < 1:
        where = f"among the lowest {percent(high)}" if high <= 0.5 else f"not among the highest {percent(1 - high)}"
    else:
        return "anywhere in what is likely"
    return f"{where} of what is likely"


# --- what must be true ---


def must_be_true_in_words(found: Why) -> tuple[str, ...]:
    """For which values of one number, or of all about the schemes, the middle draw comes out."""
    asked, target = found.question, found.target
    some = [each for each in found.must_be if each.value is not None]
    told = [] if found.nothing is None else [goal_in_words(found, found.nothing)]
    told += [f"{opening(_goal(found))} one of these alone were:"] if some else []
    told += [must_be_in_words(each) for each in some]
    for verdict, start in (("always", "Whatever value these take, alone, it leaves"), ("never", "No value of these")):
        labels = "; ".join(each.label for each in found.must_be if each.verdict == verdict)
        if labels and verdict == "always":
            told.append(f"{start} the middle draw of {asked.when} {_reached(target, asked)}: {labels}.")
        elif labels:
            told.append(
                f"{start} that was tried is enough, alone, for the middle draw of {asked.when} to be "
                f"{_reached(target, asked)}: {labels}."
            )
    told += [
        f"{opening(each.label)}: {against_in_words(each, each.against)}"
        for each in found.must_be
        if each.against is not None and not each.against.is_enough
    ]
    if found.together is not None:
        told.append(together_in_words(found.together, found))
    return tuple(told)


def goal_in_words(found: Why, nothing: float) -> str:
    """What a pressure is held to, as it has no balance: like with like, a middle draw with a middle draw.

    nothing : GBP, the middle draw if nothing changes
    """
    asked, saved = found.question, nothing - found.target
    middle = f"what doing nothing comes to in the middle draw of {asked.output.year}"
    if saved >= _PENNY:
        middle += (
            f", {amount(nothing, asked)}, less the £{say(saved / _MILLION)}m that the schemes take off by the plan’s "
            "own figures"
        )
    elif asked.output.case != "do_nothing":
        middle += ", less what the schemes take off, which by the plan’s own figures is nothing"
    return (
        f"A pressure has no balance, so the goal is {amount(found.target, asked)}: {middle}. It rests on {DRAWS:,} "
        "draws of its own, so it may differ a little from the figures told of all draws."
    )


def must_be_in_words(found: MustBe) -> str:
    """Where one number would have to stand, how many draws go there, and what is known from elsewhere.

    >>> pay = MustBe(name="driver/pay_award", label="the national pay award", unit="", low=0.1, point=0.5, high=0.9,
    ...     searched=(0.001, 0.999), verdict="at some values", value=0.2, holds_above=False, spreads=-0.8, chance=0.2,
    ...     met_at_point=False, against=None)
    >>> print(must_be_in_words(pay))
    The national pay award: among the lowest 20% of what is likely.
    """
    if found.name.startswith("driver/"):
        return _driver_must_be(found)
    width = found.high - found.low
    (point,) = written(found.name, found.unit, found.point, width=width)
    own = f"The plan has {point} ({between(found.name, found.unit, found.low, found.high, width=width)})"
    if found.value is None or found.holds_above is None:
        tried = between(found.name, found.unit, *found.searched, width=width)
        will = "every value tried will do" if found.verdict == "always" else "no value tried will do"
        told = f"{opening(found.label)}: {will}, {tried}. {own}."
        return told if found.against is None else f"{told} {opening(against_in_words(found, found.against))}"
    (value,) = written(found.name, found.unit, found.value, width=width)
    side = "at least" if found.holds_above else "at most"
    where = "inside" if found.is_inside else "outside"
    chance = "" if found.chance is None else f", as in {percent(found.chance)} of draws"
    told = f"{opening(found.label)}: {side} {value}{chance}. {own}, so that is {where} its own range."
    return told if found.against is None else f"{told} {against_in_words(found, found.against)}"


def _driver_must_be(found: MustBe) -> str:
    if found.value is None:
        will = "whatever it is will do" if found.verdict == "always" else "nothing that is likely of it will do"
        return f"{opening(found.label)}: {will}."
    ends = (found.value, None) if found.holds_above else (None, found.value)
    return f"{opening(found.label)}: {of_likely(*ends)}."


def together_in_words(together: Together, found: Why) -> str:
    """How far everything the place itself decides would have to go to its better side, all at once."""
    asked, reached = found.question, _reached(found.target, found.question)
    what = f"all {len(together.names):,} numbers about the schemes that move the figure"
    if together.verdict == "always":
        return f"Even with {what} at their worst one in a hundred, the middle draw of {asked.when} is {reached}."
    if together.better_than is None:
        return (
            f"Even {what}, each at its best one in a hundred at once, are not enough for the middle draw of "
            f"{asked.when} to be {reached}: it is then {amount(together.middle_at_best, asked)}."
        )
    return (
        f"{opening(_goal(found))} {what} came out, at once, better than {percent(together.better_than)} of what the "
        "plan says is likely for each."
    )


def _goal(found: Why) -> str:
    """What is to come true, as the start of a sentence that ends with a condition in the past tense."""
    asked, reached = found.question, _reached(found.target, found.question)
    if found.middle <= found.target:
        return f"the middle draw of {asked.when} is {reached}, and would stay so if"
    return f"the middle draw of {asked.when} would be {reached}{',' if asked.is_pressure else ''} if"


def _reached(target: float, asked: Question) -> str:
    return f"no more than the goal, {amount(target, asked)}" if asked.is_pressure else "in balance"


def pair_in_words(found: Pair, asked: Question) -> str:
    """What the map of two numbers shows: its best and worst corner, and how many pairs are enough."""
    cells = [cell for row in found.middle for cell in row]
    enough = found.pairs_enough
    count = {0: "None", len(cells): "Every one"}.get(enough, f"{enough:,}")
    verb = "are" if 1 < enough < len(cells) else "is"
    return (
        f"{opening(found.down.label)}; and {found.across.label}. Over the values likely for both, the middle draw of "
        f"{asked.when} goes from {amount(min(cells), asked)} to {amount(max(cells), asked)}. "
        f"{count} of the {len(cells)} pairs of values {verb} enough for it to be {_reached(found.enough, asked)}."
    )


def amount(value: float, asked: Question) -> str:
    """An amount of the figure, GBP, in words.

    >>> from tripleaim.stress.headlines import Output
    >>> output = Output(case="hoped", measure="short", who="both", year="2020/21")
    >>> amount(5e6, Question(output=output, who="the place", is_pressure=True, opening="2015/16"))
    '£5.0m a year above 2015/16'
    """
    measure: Measure = pressure(asked.opening) if asked.is_pressure else SHORT
    return measure.said(value / _MILLION)


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{'; '.join(parts[:-1])}; and {parts[-1]}"

"""Named tests, contingency and speed in sentences that a board member understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim.charts.measure import percent
from tripleaim.plan import Plan
from tripleaim.plan.own_test import Rule
from tripleaim.stress.named.contingency import Contingency
from tripleaim.stress.named.speed import Pace
from tripleaim.stress.named.trying import InCase, Tried, Verdict

CASES = {"hoped": "as hoped", "resourced": "with the posts and capital found"}
"""Case → in words."""


def names(plan: Plan) -> dict[str, str]:
    """Keys of organisations and schemes → their names."""
    return {scheme.key: scheme.name for scheme in plan.schemes} | {body.key: body.name for body in plan.organisations}


def title(found: Tried, called: Mapping[str, str]) -> str:
    """The test's name; of one partner leaving, with the partner's."""
    return f"{found.test.name}: {called.get(found.partner, found.partner)}" if found.partner else found.test.name


def in_words(found: Tried, plan: Plan) -> str:
    """What a test did to a plan, and whether it passed."""
    called, judged = names(plan), found.judged
    said = [f"{title(found, called)}: {found.verdict.value}."]
    if found.verdict is Verdict.CANNOT_BE_TESTED:
        return " ".join([*said, found.test.untold])
    if found.verdict is Verdict.DOES_NOT_APPLY or judged is None:
        return " ".join([*said, _why_not(found)])
    if found.verdict is Verdict.NOTHING_TO_LOSE:
        said.append(_brings_nothing(found, judged, plan))
    said += [
        _no_figure_moves(found) if found.verdict is Verdict.CHANGES_NOTHING else _money_lost(found, judged, plan),
        *_chance(judged),
        *_meantime(judged),
        *_missed(found, called),
        *_schemes(found, called),
    ]
    return " ".join(said)


def _why_not(found: Tried) -> str:
    if found.done.unseen:
        return (
            "It changes the opening year itself, and the plan tells pressure since that year, so the change would not "
            "be seen."
        )
    if found.done.begun:
        return "Every scheme had begun when the plan was written."
    if found.test.rule is Rule.BALANCES:
        return "The plan tells a pressure, which has no balance."
    if found.hoped is not None:
        return "The plan has no control totals."
    return "The plan holds nothing that it changes."


def _brings_nothing(found: Tried, judged: InCase, plan: Plan) -> str:
    """Why there is nothing that a test could take away."""
    year, more = plan.years[-1], -(found.brought or 0.0)
    case = _capital(CASES[judged.case])
    if more < 500:
        return f"{case}, the schemes bring no money in {year} that could be lost."
    short = "pressure is" if judged.before.chance is None else "the place is short by"
    return (
        f"{case}, the schemes bring no money in {year} that could be lost: with them, {short} {pounds(more)} more than "
        "if nothing changed."
    )


def _no_figure_moves(found: Tried) -> str:
    rows = "1 row is" if found.done.rows == 1 else f"{found.done.rows:,} rows are"
    return f"{rows} changed, and no figure of the plan moves at its stated points."


def _money_lost(found: Tried, judged: InCase, plan: Plan) -> str:
    told = found.verdict is Verdict.NOTHING_TO_LOSE  # the case stands in the sentence before
    instead = _instead(judged, plan.years[-1])
    said = _capital(instead) if told else f"{_capital(CASES[judged.case])}, {instead}"
    if abs(judged.lost) >= 500:
        said += f": {pounds(abs(judged.lost))} {'worse' if judged.lost > 0 else 'better'}"
    if told or found.most_lost is None or judged.lost <= 0:
        return f"{said}."
    return f"{said}. The test allows {pounds(found.most_lost)}{_of_what(found)}."


def _instead(judged: InCase, year: str) -> str:
    """The last year after the test, instead of before it."""
    before, after = judged.before.short, judged.after.short
    if pounds(before) == pounds(after):
        now = f"pressure in {year} stays at {pounds(after)}"
        return now if judged.before.chance is None else f"the place stays {position(after)} in {year}"
    if judged.before.chance is None:
        return f"pressure in {year} is {pounds(after)} instead of {pounds(before)}"
    was = pounds(before) if min(before, after) >= 500 else position(before)
    return f"the place is {position(after)} in {year} instead of {was}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _of_what(found: Tried) -> str:
    share = f", {found.test.allowed * 100:.0f}% of"
    if found.test.rule is Rule.KEEPS:
        return f"{share} the {pounds(found.brought or 0.0)} that the schemes bring"
    return f"{share} what is short if nothing changes" if found.test.rule is Rule.HOLDS else ""


def _chance(judged: InCase) -> list[str]:
    before, after = judged.before.chance, judged.after.chance
    if before is None or after is None:
        return []
    if chance(before) == chance(after):
        return [f"The chance of balance stays at {chance(before)}."]
    return [f"The chance of balance goes from {chance(before)} to {chance(after)}."]


def _meantime(judged: InCase) -> list[str]:
    if abs(judged.meantime) < 50_000:
        return []
    way = "more" if judged.meantime > 0 else "less"
    return [f"The years before cost {pounds(abs(judged.meantime))} {way}."]


def _missed(found: Tried, called: Mapping[str, str]) -> list[str]:
    if not found.missed:
        return []
    totals = "; ".join(f"{called.get(who, who)}, {year}" for who, year in found.missed)
    return [f"Control totals met before and missed now: {totals}."]


def _schemes(found: Tried, called: Mapping[str, str]) -> list[str]:
    done = found.done
    said = []
    if done.gone:
        said.append(f"No longer in the plan: {listed(done.gone, called)}.")
    if done.smaller:
        said.append(f"Smaller: {listed(done.smaller, called)}.")
    said += _held_back(done.begun, done.capped)
    if done.left:
        effects = "1 effect" if len(done.left) == 1 else f"{len(done.left)} effects"
        said.append(f"Nothing was measured of {effects}, left as claimed.")
    if done.at_bound:
        rows = "1 row" if done.at_bound == 1 else f"{done.at_bound} rows"
        said.append(f"Numbers of {rows} went no further than their bounds.")
    return said


def _held_back(begun: Sequence[str], capped: Sequence[str]) -> list[str]:
    """Schemes that could not start as much earlier or later as asked."""
    said = []
    if begun:
        said.append(f"Begun when the plan was written, so left as they are: {_count(begun)}.")
    if capped:
        said.append(f"Brought forward by less, because no scheme can start before then: {_count(capped)}.")
    return said


def summary(tests: Sequence[Tried]) -> str:
    """How many tests a plan passed, and how many could not be tried."""
    count = {verdict: sum(each.verdict is verdict for each in tests) for verdict in Verdict}
    tried = count[Verdict.PASSED] + count[Verdict.FAILED]
    said = f"Passed {count[Verdict.PASSED]} of the {tried} tests that could be tried."
    idle = len(tests) - tried
    return f"{said} {idle} say nothing of this plan." if idle else said


def contingency_in_words(found: Contingency, sure: float) -> str:
    """What to hold in the last year so that the plan balances this surely, together and apart."""
    year, n = found.years[-1], len(found.years) - 1
    whole = found.of(sure).amount[n]
    what = "stay at the plan's own figure" if found.is_pressure else "balance"
    said = (
        f"To {what} in {year} {times_in_ten(sure)}, {CASES[found.case]}, the place would hold {pounds(whole)} together"
    )
    if not found.is_pressure and found.planned[n] >= 500:
        said += f", of which {pounds(found.planned[n])} is what the plan itself leaves short"
    return f"{said}. {apart_in_words(found, sure)}"


def apart_in_words(found: Contingency, sure: float) -> str:
    """What all organisations would hold if each held its own, and why it is not the same as together."""
    n = len(found.years) - 1
    apart, saved = found.apart_in_all(sure)[n], found.saved_together(sure)[n]
    said = f"If each organisation held its own, it would be {pounds(apart)} in all"
    if saved >= 500:
        return (
            f"{said}: {pounds(saved)} more, because bad luck does not strike all of them at once, and one pot can use "
            "what one of them has over for what another lacks."
        )
    if saved <= -500:
        return (
            f"{said}: {pounds(-saved)} less, but money that is enough for each of them so often is not enough for all "
            "of them at once as often."
        )
    return f"{said}: the same."


def times_in_ten(share: float) -> str:
    """How often, in words.

    >>> times_in_ten(0.8), times_in_ten(0.95)
    ('eight times in ten', '95 times in a hundred')
    """
    words = {0.5: "five", 0.8: "eight", 0.9: "nine"}
    return f"{words[share]} times in ten" if share in words else f"{share * 100:g} times in a hundred"


def pace_in_words(found: Pace, plan: Plan) -> str:
    """What one shift of every start does to the last year, the chance of balance and the years before."""
    judged, year = found.resourced, plan.years[-1]
    if not found.months:
        said = f"As planned: {_where(judged, year)}"
    else:
        way = "earlier" if found.months < 0 else "later"
        said = f"{abs(found.months)} months {way}: {_where(judged, year)}"
        if abs(judged.meantime) >= 50_000:
            said += f", and the years before cost {pounds(abs(judged.meantime))} "
            said += "more" if judged.meantime > 0 else "less"
    return " ".join([f"{said}.", *_cannot(found, names(plan))])


def _where(judged: InCase, year: str) -> str:
    if judged.after.chance is None:
        return f"pressure of {pounds(judged.after.short)} in {year}"
    return f"{position(judged.after.short)} in {year}, a chance of balance of {chance(judged.after.chance)}"


def _cannot(found: Pace, called: Mapping[str, str]) -> list[str]:
    said = _held_back(found.begun, found.capped)
    if found.gone:
        said.append(f"No longer in the plan's years: {listed(found.gone, called)}.")
    return said


def _count(keys: Sequence[str]) -> str:
    return "1 scheme" if len(keys) == 1 else f"{len(keys)} schemes"


def listed(keys: Sequence[str], called: Mapping[str, str]) -> str:
    """Names in a sentence.

    >>> listed(["a", "b"], {"a": "Home First"})
    'Home First; b'
    """
    return "; ".join(called.get(key, key) for key in keys)


def position(short: float) -> str:
    """A shortfall in words.

    >>> position(2_340_000), position(-60_000), position(0.0)
    ('short by £2.3m', '£60,000 ahead', 'in balance')
    """
    if abs(short) < 500:
        return "in balance"
    return f"short by {pounds(short)}" if short > 0 else f"{pounds(-short)} ahead"


def pounds(amount: float) -> str:
    """An amount of money in words.

    >>> pounds(88_640_000), pounds(41_400), pounds(12), pounds(-2_000_000)
    ('£88.6m', '£41,000', 'less than £1,000', '−£2.0m')
    """
    size, sign = abs(amount), "−" if amount < 0 else ""
    if size < 500:
        return "less than £1,000" if size >= 0.005 else "£0"
    return f"{sign}£{round(size / 1000) * 1000:,}" if size < 99_500 else f"{sign}£{size / 1e6:,.1f}m"


def chance(share: float) -> str:
    """A share of draws in words; what never or always came is not told as impossible or sure.

    >>> [chance(share) for share in (0.0, 0.0314, 0.5, 0.9996, 1.0)]
    ['under 0.1%', '3.1%', '50%', 'over 99.9%', 'over 99.9%']
    """
    if share in (0, 1):
        return "over 99.9%" if share else "under 0.1%"
    return percent(share)

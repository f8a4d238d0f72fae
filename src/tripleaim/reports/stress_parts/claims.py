"""What each scheme claims beside what controlled studies of such schemes found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.plan.success_factor import FACTOR_MEANINGS, Factor
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.reports.words import first_few, listed, plural
from tripleaim.stress.outside.credibility import Credibility
from tripleaim.stress.outside.telling import (
    LEAST_CHANGE,
    LEAST_TOLD,
    change,
    claimed_in_words,
    counts_prevented,
    percent,
)
from tripleaim.stress.outside.view import OutsideView, Standing

VERDICTS = {
    Credibility.NOT_CREDIBLE: "Not credible: above the range of such schemes",
    Credibility.POSSIBLE: "Possible: above what is expected, within the range",
    Credibility.UNTESTED: "Not tested: no study to hold it against",
    Credibility.ONE_STUDY: "Rests on one study, which it cites",
    Credibility.IN_LINE: "In line with what is expected",
}
COUNTED = {
    Credibility.POSSIBLE: ("asks", "ask", "for more than is expected"),
    Credibility.UNTESTED: ("has", "have", "no study to be held against"),
    Credibility.ONE_STUDY: ("rests", "rest", "on one study alone"),
    Credibility.IN_LINE: ("asks", "ask", "for no more than is expected"),
}
"""How many claims are of each verdict but the worst: words for one, for several, and what follows."""


def claims_table(told: StressTold, view: OutsideView) -> Markup:
    """One row a claim, the least credible first: what it is, what studies found, and what is expected of one more."""
    reads = (
        "Not credible: the claim is above what nine in ten more such schemes would bring, to judge by the studies and "
        "the place's own record. Possible: above what is expected of one more, but within that range. Studies are "
        "those of our evidence library that set such a scheme against people or places without it and counted the "
        "same. Where they counted whole areas, the claim across the area is held against them. The best pace is how "
        "far any whole area has kept below growth elsewhere, a year, for three years or more; its emergency admissions "
        "still grew."
    )
    title = claims_title(view.claims, told.called)
    return told.facts.shown.table("stress_claims", claims_in_rows(view, told.called), title, reads, stack=True)


def claims_in_rows(view: OutsideView, called: Mapping[str, str]) -> Table:
    """The claims of an outside view, the least credible first.

    called : keys of schemes and their names
    """
    said = _has_factors(view)
    return Table(
        caption="How much care falls, among the people treated unless it says across an area or of all",
        header=(
            "Scheme",
            "Verdict",
            "Claim",
            "That is, of all this care",
            "Studies found",
            "One more is expected to bring (8 times in 10)",
            "Pace, over the best kept up",
            *(("What made others work",) if said else ()),
        ),
        rows=tuple((*_claim(each, called), *((_factors(each),) if said else ())) for each in worst_first(view.claims)),
        numeric=(),
    )


def worst_first(found: Sequence[Standing]) -> list[Standing]:
    """Claims by verdict, the least credible first; of one verdict, that which lies furthest above its class."""
    order = list(Credibility)
    return sorted(found, key=lambda each: (order.index(Credibility(each.verdict)), -(each.spreads_above or 0.0)))


def claims_title(found: Sequence[Standing], called: Mapping[str, str]) -> str:
    """Which claims are not credible, by the name of their scheme, and how many stand otherwise.

    called : keys of schemes and their names
    """
    by = Counter(Credibility(each.verdict) for each in found)
    if by[Credibility.UNTESTED] == len(found):
        return f"None of the {plural(len(found), 'claim')} can be held against a controlled study of such a scheme"
    worst = [called.get(each.scheme, each.scheme) for each in found if each.verdict == Credibility.NOT_CREDIBLE]
    said = f"Of {plural(len(found), 'claim')}, none is above what studies make credible"
    if worst:
        who = f"({first_few(dict.fromkeys(worst))})"
        said = f"Of {plural(len(found), 'claim')}, {len(worst)} {'is' if len(worst) == 1 else 'are'} not credible {who}"
    others = [
        f"{by[each]} {one if by[each] == 1 else several} {rest}"
        for each, (one, several, rest) in COUNTED.items()
        if by[each]
    ]
    return f"{said}; {listed(others)}" if others else said


def _claim(found: Standing, called: Mapping[str, str]) -> tuple[Cell, ...]:
    pace = "" if found.stretch is None or found.stretch < LEAST_TOLD else f"{found.stretch:.1f} times"
    return (
        called.get(found.scheme, found.scheme),
        VERDICTS[Credibility(found.verdict)],
        _claimed(found),
        _of_all(found),
        _span(found),
        _expected(found),
        pace,
    )


def _claimed(found: Standing) -> str:
    """The claim on the scale of what it is held against."""
    said = claimed_in_words(found)
    return f"{said}: only what is to be prevented is counted" if counts_prevented(found) else said


def _of_all(found: Standing) -> str:
    return "under 0.01% less" if 0 < found.area < LEAST_CHANGE else change(found.area)


def _is_its_own_class(found: Standing) -> bool:
    """Whether the only study of such a scheme is the one the claim cites."""
    return found.refs == (found.evidence,)


def _span(found: Standing) -> str:
    if found.lowest is None or found.highest is None:
        return f"not known: {found.no_class}" if found.no_class else "not known"
    one = found.lowest == found.highest
    span = change(found.lowest) if one else f"{change(found.lowest)} to {change(found.highest)}"
    studies = "1, the one it cites" if _is_its_own_class(found) else f"{found.studies}"
    return f"{studies}: {span}{'' if found.reach == 'treated' else ', across an area'}"


def _expected(found: Standing) -> str:
    if found.expected is None or found.expected_low is None or found.expected_high is None:
        return "not known"
    told = f"{change(found.expected)} ({change(found.expected_low)} to {change(found.expected_high)})"
    return f"{told}{_with_own_record(found)}"


def _with_own_record(found: Standing) -> str:
    """The place's own promises, how far each was kept, and what the studies alone would lead one to expect."""
    own = found.own_record
    if not own:
        return ""
    kept = f"with your own {plural(len(own), 'promise')}, {listed([percent(each.kept) for each in own])} kept"
    alone = "" if found.studies_expect is None else f"; by the studies alone {change(found.studies_expect)}"
    return f", {kept}{alone}"


def _has_factors(view: OutsideView) -> bool:
    """Whether anybody has said of any scheme what of it is in place."""
    return any(each.in_place or each.missing for each in view.factors)


def not_said(view: OutsideView) -> list[str]:
    """That nobody has said what of it is in place, where nobody has."""
    if _has_factors(view) or not view.claims:
        return []
    what = "; ".join(FACTOR_MEANINGS[each] for each in Factor)
    said = f"Of schemes that worked elsewhere it could be said: {what}."
    return [f"{said} The plan does not say which of this holds here."]


def _factors(found: Standing) -> str:
    """How many of the things that made such schemes work elsewhere are missing here."""
    parts = [f"{len(found.missing)} missing"] if found.missing else []
    parts += [f"{len(found.not_said)} not said"] if found.not_said else []
    return f"{listed(parts)}, of {len(Factor)}" if parts else "all in place"

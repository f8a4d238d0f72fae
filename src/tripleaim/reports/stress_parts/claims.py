"""What each scheme claims beside what controlled studies of such schemes found."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.plan.success_factor import FACTOR_MEANINGS, Factor
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.reports.words import counted, listed, plural
from tripleaim.stress.outside.telling import CARE_IN_WORDS, LEAST_TOLD, change
from tripleaim.stress.outside.view import OutsideView, Standing

TINY = 0.0005
"""A share of all care smaller than this is told as a little."""


def claims_table(told: StressTold, view: OutsideView) -> Markup:
    """One row a claim: what it is, what studies found, and what one more such scheme is expected to bring."""
    said = _has_factors(view)
    table = Table(
        caption="How much care falls, among the people treated unless it says across an area",
        header=(
            "Scheme",
            "What is to fall",
            "Claim",
            "That is, of all this care",
            "Studies",
            "They found",
            "One more is expected to bring (8 times in 10)",
            "Pace, over the best kept up",
            *(("What made others work",) if said else ()),
        ),
        rows=tuple((*_claim(told, each), *((_factors(each),) if said else ())) for each in view.claims),
        numeric=(4,),
        unit="studies",
        places=(0,),
    )
    reads = (
        "Studies are those of our evidence library that set such a scheme against people or places without it and "
        "counted the same. The best pace is the fastest fall that any whole area has kept up for three years."
    )
    return told.facts.shown.table("stress_claims", table, claims_title(view.claims), reads, stack=True)


def claims_title(found: Sequence[Standing]) -> str:
    """How many claims can be held against studies, and how many ask for more than those lead one to expect."""
    known = [each for each in found if each.spreads_above is not None]
    if not known:
        return f"None of the {plural(len(found), 'claim')} can be held against a controlled study of such a scheme"
    above = sum(each.spreads_above is not None and each.spreads_above > 0.005 for each in known)
    more = f"{'asks' if above <= 1 else 'ask'} for more than such schemes are expected to bring"
    if len(known) == len(found):
        return f"{counted(above, 'claim')} of {len(found)} {more}"
    held = f"Of {plural(len(found), 'claim')}, {len(known)} can be held against controlled studies"
    own = sum(_is_its_own_class(each) for each in known)
    if own:
        held += f", {own} of them only against the one {'it cites' if own == 1 else 'they cite'}"
    return f"{held}; {above or 'none'} {more}"


def _is_its_own_class(found: Standing) -> bool:
    """Whether the only study of such a scheme is the one the claim cites."""
    return found.refs == (found.evidence,)


def _claim(told: StressTold, found: Standing) -> tuple[Cell, ...]:
    what = CARE_IN_WORDS.get(found.care, found.care.replace("_", " "))
    what = f"length of stay, {what}" if found.kind == "shorten" else what
    pace = "" if found.stretch is None or found.stretch < LEAST_TOLD else f"{found.stretch:.1f} times"
    return (
        told.called.get(found.scheme, found.scheme),
        what,
        change(found.treated),
        "under 0.1% less" if 0 < found.area < TINY else change(found.area),
        found.studies,
        _span(found),
        _expected(found),
        pace,
    )


def _span(found: Standing) -> str:
    if found.lowest is None or found.highest is None:
        return f"not known: {found.no_class}" if found.no_class else "not known"
    span = (
        change(found.lowest) if found.lowest == found.highest else f"{change(found.lowest)} to {change(found.highest)}"
    )
    span += ", the one it cites" if _is_its_own_class(found) else ""
    return span if found.reach == "treated" else f"{span}, across an area"


def _expected(found: Standing) -> str:
    if found.expected is None or found.expected_low is None or found.expected_high is None:
        return "not known"
    return f"{change(found.expected)} ({change(found.expected_low)} to {change(found.expected_high)})"


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

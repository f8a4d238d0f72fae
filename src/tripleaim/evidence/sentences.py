"""Each row of the library in one plain sentence."""

from __future__ import annotations

from tripleaim.evidence.entry import EvidenceEntry
from tripleaim.evidence.kinds import Finding, Kind
from tripleaim.evidence.units import MEANINGS, PROPORTIONAL, EffectUnit, fraction_reduced

OPENINGS = {
    Kind.CLAIM: "Claim, not a result",
    Kind.CONTROLLED: "Controlled study",
    Kind.UNCONTROLLED: "Uncontrolled or unsourced",
    Kind.MODELLED: "Modelled, not observed",
    Kind.EXPERT_FORECAST: "Expert forecast",
    Kind.CONTEXT: "Context, not an effect",
}


def sentence(entry: EvidenceEntry) -> str:
    """What a row says, in one sentence: its standing, the measure, the figure, who, where, when.

    >>> from tripleaim.evidence.library import entry
    >>> sentence(entry("I029"))  # doctest: +NORMALIZE_WHITESPACE
    'Controlled study, grade B (quasi-experimental (matched)): A&E attendances, 29% lower (no interval given);
    care-home residents 65+, MCP vanguard; after 12 months.'
    """
    basis = f" ({entry.grade_basis})" if entry.grade_basis else ""
    who = ", ".join(part for part in (entry.population, entry.setting) if part)
    parts = (f"{entry.measure}, {figure(entry)}", who, _when(entry), _against(entry))
    return f"{OPENINGS[entry.kind]}, grade {entry.grade.value}{basis}: {'; '.join(part for part in parts if part)}."


def figure(entry: EvidenceEntry) -> str:
    """The effect of a row in words, with its interval, or that there is none."""
    if entry.zero_means_not_significant:
        return "no significant difference (size not read)"
    if entry.effect_point is None:
        return _without_point(entry)
    if entry.raw_growth_rate:
        grew = f"grew {_number(entry.effect_point)}%{_interval(entry, '%')}"
        return f"{grew} against {entry.comparator_growth:g}% elsewhere"
    if entry.effect_unit is EffectUnit.PCT_CHANGE:
        return f"{_moved(entry.effect_point)}{_change_interval(entry)}"
    value = f"{_unit(entry, entry.effect_point)}{_interval(entry)}"
    if entry.effect_unit in PROPORTIONAL:
        fell = fraction_reduced(entry.effect_point, entry.effect_unit) or 0.0
        return f"{value}, that is {_moved(round(-100 * fell, 1))}"
    return f"{value}{' (a gain)' if entry.positive_is_gain else ''}"


def _without_point(entry: EvidenceEntry) -> str:
    if entry.effect_low is not None and entry.effect_high is not None:
        return f"{_number(entry.effect_low)} to {_unit(entry, entry.effect_high)} (no single figure)"
    directions = {Finding.INCREASE: "higher than without it", Finding.REDUCTION: "lower"}
    if entry.finding in directions:
        return f"{directions[entry.finding]} (size not sourced)"
    return "no figure sourced"


def _unit(entry: EvidenceEntry, value: float) -> str:
    """A value with its unit, in the order people say it."""
    words = MEANINGS[entry.effect_unit].words
    if words.startswith("%"):
        return f"{_number(value)}{words}"
    if words.endswith("ratio") or entry.effect_unit is EffectUnit.RATIO_OF_MEANS:
        return f"{words} {_number(value)}"
    if words.startswith("GBP"):
        return f"{'-' * (value < 0)}GBP {_number(abs(value))}{words.removeprefix('GBP')}"
    return f"{_number(value)} {words}"


def _number(value: float) -> str:
    """Up to ten figures, thousands parted, nothing rounded that was published."""
    return f"{value:,.10g}"


def _moved(change: float) -> str:
    if change == 0:
        return "no change"
    return f"{_number(abs(change))}% {'lower' if change < 0 else 'higher'}"


def _change_interval(entry: EvidenceEntry) -> str:
    if entry.effect_low is None or entry.effect_high is None:
        return " (no interval given)"
    low, high = entry.effect_low, entry.effect_high
    if high <= 0:
        return f" ({_number(-high)}% to {_number(-low)}%)"
    return _interval(entry, "%")


def _interval(entry: EvidenceEntry, sign: str = "") -> str:
    low, high = entry.effect_low, entry.effect_high
    if low is not None and high is not None:
        return f" ({_number(low)}{sign} to {_number(high)}{sign})"
    if low is not None or high is not None:
        return f" (from {_number(low)}{sign}; other end not known)" if low is not None else " (lower end not known)"
    return "" if entry.context_only else " (no interval given)"


def _when(entry: EvidenceEntry) -> str:
    months = entry.time_to_full_effect_months
    if months is None:
        return ""
    if entry.kind is Kind.EXPERT_FORECAST:
        return f"over {months / 12:g} years"
    return f"{'pays back' if entry.months_are_payback else ''} after {months:g} month{'s'[: months != 1]}".strip()


def _against(entry: EvidenceEntry) -> str:
    """What stands against a claim, and which claim a result stands against."""
    if not entry.contradicts:
        return ""
    others = " and ".join(entry.contradicts)
    return f"contradicted by {others}" if entry.kind is Kind.CLAIM else f"stands against the claim {others}"

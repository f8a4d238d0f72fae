"""What one scheme costs and saves by year, and the same in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.projection.composition import SchemeResult
from tripleaim.reports.brief.books import LEAST, Part, Years
from tripleaim.reports.facts import Facts
from tripleaim.reports.words import NOTHING, money


@dataclass(frozen=True, kw_only=True)
class SchemeMoney:
    """A scheme alone by year. GBP, cash, NHS and councils together; years end with the year after unless said."""

    running: Years
    """What it costs to run and to carry its capital; positive = costs."""
    one_off: Years
    """Set-up, double running and disruption, by plan year; positive = costs."""
    saving_before: Years
    """What it saves before that running cost: `saving` and `running` together."""
    saving: Years
    """Net saving as hoped, as the report's bridge has it; positive saves."""
    saving_found: Years
    """The same with what is found: `saving` times `share_found`."""
    share_found: Years
    """Share of its full size that the posts and capital found allow."""
    capital: Years
    """Capital it needs, by plan year."""
    capital_found: Years
    """Capital found, by plan year."""
    so_far: Years
    """Saving less one-off costs less capital, added up to each plan year; negative = not paid back yet."""
    break_even: str
    """Plan year from which `so_far` stays at nought or above; empty if not within the plan."""
    income: Years
    """Income it brings from outside the place, which is no saving of the place."""


def money_of(result: SchemeResult, parts: Iterable[Part]) -> SchemeMoney:
    """A scheme's money, from its own result and what it does to every body."""
    members = [part for part in parts if not part.outside]
    years = range(len(result.saving))
    running = tuple(sum(part.pays[y] for part in members) for y in years)
    net = tuple(sum(part.net[y] for part in members) for y in years)
    return SchemeMoney(
        running=running,
        one_off=result.one_off,
        saving_before=tuple(result.saving[y] + running[y] for y in years),
        saving=result.saving,
        saving_found=tuple(result.saving[y] * result.saving_resourced_share[y] for y in years),
        share_found=result.saving_resourced_share,
        capital=result.capital,
        capital_found=result.capital_funded,
        so_far=result.cumulative_cash,
        break_even=result.break_even,
        income=tuple(0.0 if abs(net[y] - result.saving[y]) < LEAST else net[y] - result.saving[y] for y in years),
    )


def saves_in_words(facts: Facts, result: SchemeResult) -> str:
    """What a scheme saves or costs in the last year, and when it has paid back."""
    at, year = facts.last, facts.last_year
    saving, share = result.saving[at], result.saving_resourced_share[at]
    if result.is_plug:
        return f"Nobody has worked out how {money(saving)} would be saved in {year}: it is a plug."
    said = f"{_does(saving)} in {year}"
    if share < 0.9995 and abs(saving) >= NOTHING:
        said += f", as hoped; with the posts and capital found so far, {_alone(saving * share)}"
    return f"{said}.{_paid_back(result)}"


def _does(saving: float) -> str:
    if abs(saving) < NOTHING:
        return "Saves as much as it costs"
    return f"Saves {money(saving)}" if saving > 0 else f"Costs {money(-saving)} more than it saves"


def _alone(saving: float) -> str:
    if abs(saving) < NOTHING:
        return "next to nothing"
    return money(saving) if saving > 0 else f"{money(-saving)} more than it saves"


def _paid_back(result: SchemeResult) -> str:
    if min(result.cumulative_cash) >= -NOTHING:
        return ""
    if result.break_even:
        return f" All it costs is paid back from {result.break_even} on."
    return " It does not pay back what it costs within the plan."

"""Shares of gains and losses for the next year, fitted again to what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.incentives.agreement.corridor import Corridor, check_corridor
from tripleaim.incentives.agreement.mistakes import Mistakes


@dataclass(frozen=True, kw_only=True)
class Refitted:
    """Shares of gains and losses for the next year."""

    shares: Mapping[str, float]
    """Partner → share; they add up to 1."""
    moved: Mapping[str, float]
    """Partner → new share less old."""
    says: str
    """What was done, in a sentence."""


def refitted(shares: Mapping[str, float], fair: Mapping[str, float], weight: float = 0.5) -> Refitted:
    """Shares for the next year, moved towards what the chosen rule gives on the year's measured figures.

    λ' = (1 − w) λ + w f ÷ Σf, with f what the rule gives each partner, nothing for one it would charge. Half-way by
    default, so that one year's figures do not decide all; the weight is a choice.

    shares : partner → λ of the year that is settled, adding up to 1
    fair   : partner → GBP by the rule the partners chose (`rules.shares`), on measured figures
    weight : w, 0 to 1
    raises : PlanProblems for partners missing or unknown, shares that do not add up to 1, a weight outside 0 to 1

    >>> refitted({"a": 0.5, "b": 0.5}, {"a": 3.0, "b": 1.0}).shares
    {'a': 0.625, 'b': 0.375}
    """
    wrong = Mistakes()
    wrong.same_names("measured shares", fair, tuple(shares))
    wrong.numbers("measured shares", fair, least=None)
    if not 0 <= weight <= 1:
        wrong.add("weight", f"{weight:g}", "a fraction from 0 to 1", "write 0.5 to go half-way")
    wrong.refuse()
    check_corridor(Corridor(shares=shares))
    gains = {name: max(0.0, fair[name]) for name in shares}
    total = sum(gains.values())
    if not total:
        says = "Nobody gained by the measured figures, so the shares stay as they are."
        return Refitted(shares=dict(shares), moved=dict.fromkeys(shares, 0.0), says=says)
    new = {name: (1 - weight) * share + weight * gains[name] / total for name, share in shares.items()}
    moved = {name: new[name] - shares[name] for name in shares}
    most = max(moved, key=lambda name: abs(moved[name]))
    return Refitted(
        shares=new,
        moved=moved,
        says=f"The share that moves most is that of {most}, from {shares[most]:.1%} to {new[most]:.1%}.",
    )

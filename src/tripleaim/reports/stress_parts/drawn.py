"""How many draws each part of a stress test rests on, told where they are not those of the headline."""

from __future__ import annotations

from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.reports.words import listed
from tripleaim.stress.why.must_be_true import DRAWS as MUST_BE

SAID = {
    "elsewhere": "what others have done",
    "fails": "when it goes wrong",
    "true": "what must be true",
    "tests": "tests",
    "hold": "what to hold",
    "speed": "sooner or later",
    "payback": "when schemes pay back",
}
"""Key of a part → what it is called in a sentence."""


def draws_of(told: StressTold) -> dict[str, int]:
    """Key of each part that takes other draws than the headline → how many it takes."""
    why, named = told.why, told.whole.named
    taken = {"fails": why.failure.draws, "true": MUST_BE} if why else {}
    if named:
        taken |= dict.fromkeys(("elsewhere", "tests", "hold", "speed", "payback"), named.asked.draws)
    return {key: draws for key, draws in taken.items() if draws != told.found.draws}


def under_heading(told: StressTold, key: str) -> list[str]:
    """What stands first in a part that takes other draws than the headline; nothing where it takes the same."""
    draws = draws_of(told).get(key)
    if draws is None:
        return []
    return [f"This part rests on {draws:,} draws; the figures at the top rest on {told.found.draws:,}."]


def other_draws(told: StressTold) -> str:
    """One sentence on all parts that take other draws; empty where none does."""
    parts: dict[int, list[str]] = {}
    for key, draws in draws_of(told).items():
        if key in SAID:
            parts.setdefault(draws, []).append(SAID[key])
    if not parts:
        return ""
    taken = [f"{listed(names)} on {draws:,}" for draws, names in parts.items()]
    return f"Some parts rest on another number of draws: {'; '.join(taken)}."

"""What a stress test is asked for on the command line, read in one place so that every slip is told at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tripleaim.errors import PlanProblems, Problem

LARGEST_SEED = 10**15 - 1
"""Fifteen digits: a seed comes back whole from a spreadsheet and from JSON."""
_LONGEST = 30
"""Most characters of a whole number; more are told cut short."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """How plans are drawn."""

    draws: int
    seed: int
    alone: bool = False
    """True leaves out what moves several numbers together."""
    sobol: bool = False
    """True spreads the draws evenly."""


def drawn(draws: str, seed: str, *, alone: bool = False, sobol: bool = False) -> Drawn:
    """How plans are drawn, from what was typed.

    raises : PlanProblems with every option that cannot be
    """
    problems: list[Problem] = []
    found = read(draws, seed, problems, alone=alone, sobol=sobol)
    if problems:
        raise PlanProblems(problems)
    return found


def read(draws: str, seed: str, problems: list[Problem], *, alone: bool = False, sobol: bool = False) -> Drawn:
    """The same, where other options are read beside: what cannot be is added to the problems."""
    from tripleaim.stress.sobol import BITS
    from tripleaim.stress.streams import MOST_DRAWS

    before = len(problems)
    most, such_as = (2**BITS, "8192") if sobol else (MOST_DRAWS, "10000")
    asked = whole_number("--draws", draws, 1, most, such_as, problems)
    if sobol and len(problems) == before and asked & (asked - 1):
        problems.append(_no_power_of_two(asked))
    return Drawn(
        draws=asked, seed=whole_number("--seed", seed, 0, LARGEST_SEED, "1", problems), alone=alone, sobol=sobol
    )


def whole_number(option: str, typed: str, least: int, most: int, such_as: str, problems: list[Problem]) -> int:
    """A whole number as typed; `least` where it cannot be, with a problem that says why."""
    words = typed.strip()
    if re.fullmatch(r"-?[0-9]+", words, re.ASCII) and len(words) <= _LONGEST and least <= int(words) <= most:
        return int(words)
    problems.append(
        Problem(
            file=option,
            found=words[:_LONGEST] + ("…" if len(words) > _LONGEST else "") or "nothing",
            expected=f"a whole number from {least:,} to {most:,}",
            to_fix=f"write it in digits, such as {option} {such_as}",
        )
    )
    return least


def _no_power_of_two(draws: int) -> Problem:
    lower = 1 << (draws.bit_length() - 1)
    return Problem(
        file="--draws",
        found=f"{draws:,}",
        expected="a power of two, as --sobol spreads the draws evenly",
        to_fix=f"write --draws {lower} or --draws {2 * lower}",
    )

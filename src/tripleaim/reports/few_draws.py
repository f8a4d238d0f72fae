"""A word of warning where shares are told from too few draws."""

from __future__ import annotations

from tripleaim.stress.error import FEWEST


def few_draws(draws: int, usual: int = 1000) -> str:
    """A warning where shares cannot be told from the draws; empty from `FEWEST` draws on.

    usual : how many a verb takes unless told otherwise

    >>> print(few_draws(20))
    20 draws are too few to tell shares of draws from: ask for 100 or more with --draws (1,000 unless you say).
    """
    if draws >= FEWEST:
        return ""
    said = "One draw is" if draws == 1 else f"{draws:,} draws are"
    more = f"ask for {FEWEST} or more with --draws ({usual:,} unless you say)"
    return f"{said} too few to tell shares of draws from: {more}."

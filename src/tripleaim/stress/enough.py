"""How many draws it takes to tell a low, a high or a chance from them (method note 9)."""

from __future__ import annotations

TAIL = 0.1
"""Share of draws below a low, and above a high."""
OUT_BY = 0.03
"""Standard error of that share up to which a low is told without a warning: 1 in 10 is then 1 in 25 to 1 in 6."""
FEWEST = round(TAIL * (1 - TAIL) / OUT_BY**2)
"""Fewest draws told without a warning, 100: with p for the tail, √(p (1 − p) / n) is `OUT_BY` (`error_of_chance`)."""

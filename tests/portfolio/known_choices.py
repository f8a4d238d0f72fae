"""Published problems of choice under budgets, with their optima. Never edited."""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """What each option is worth and uses, the budgets, and the most that can be had."""

    values: tuple[float, ...]
    uses: tuple[tuple[float, ...], ...]
    budgets: tuple[float, ...]
    optimum: float


BURKARDT_P01 = Known(
    values=(92, 57, 49, 68, 60, 43, 67, 84, 87, 72),
    uses=((23, 31, 29, 44, 53, 38, 63, 85, 89, 82),),
    budgets=(165,),
    optimum=309,
)
"""J. Burkardt, knapsack_01, problem 1: ten options, one budget."""
BURKARDT_P04 = Known(values=(70, 20, 39, 37, 7, 5, 10), uses=((31, 10, 20, 19, 4, 3, 6),), budgets=(50,), optimum=107)
"""J. Burkardt, knapsack_01, problem 4: seven options, one budget."""
PETERSEN_1 = Known(
    values=(100, 600, 1200, 2400, 500, 2000),
    uses=(
        (8, 12, 13, 64, 22, 41),
        (8, 12, 13, 75, 22, 41),
        (3, 6, 4, 18, 6, 4),
        (5, 10, 8, 32, 6, 12),
        (5, 13, 8, 42, 6, 20),
        (5, 13, 8, 48, 6, 20),
        (0, 0, 0, 0, 8, 0),
        (3, 0, 4, 0, 8, 0),
        (3, 2, 4, 0, 8, 4),
        (3, 2, 4, 8, 8, 4),
    ),
    budgets=(80, 96, 20, 36, 44, 48, 10, 18, 22, 24),
    optimum=3800,
)
"""Petersen 1967 (Management Science 13:9), research projects, problem 1; OR-Library, mknap1."""
PETERSEN_3 = Known(
    values=(100, 220, 90, 400, 300, 400, 205, 120, 160, 580, 400, 140, 100, 1300, 650),
    uses=(
        (8, 24, 13, 80, 70, 80, 45, 15, 28, 90, 130, 32, 20, 120, 40),
        (8, 44, 13, 100, 100, 90, 75, 25, 28, 120, 130, 32, 40, 160, 40),
        (3, 6, 4, 20, 20, 30, 8, 3, 12, 14, 40, 6, 3, 20, 5),
        (5, 9, 6, 40, 30, 40, 16, 5, 18, 24, 60, 16, 11, 30, 25),
        (5, 11, 7, 50, 40, 40, 19, 7, 18, 29, 70, 21, 17, 30, 25),
        (5, 11, 7, 55, 40, 40, 21, 9, 18, 29, 70, 21, 17, 35, 25),
        (0, 0, 1, 10, 4, 10, 0, 6, 0, 6, 32, 3, 0, 70, 10),
        (3, 4, 5, 20, 14, 20, 6, 12, 10, 18, 42, 9, 12, 100, 20),
        (3, 6, 9, 30, 29, 20, 12, 12, 10, 30, 42, 18, 18, 110, 20),
        (3, 8, 9, 35, 29, 20, 16, 15, 10, 30, 42, 20, 18, 120, 20),
    ),
    budgets=(550, 700, 130, 240, 280, 310, 110, 205, 260, 275),
    optimum=4015,
)
"""The same, problem 3: fifteen projects, ten budgets."""

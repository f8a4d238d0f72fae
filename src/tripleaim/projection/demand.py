"""Demand: the care needed if nobody acts (method note 2)."""

from __future__ import annotations

import numpy as np

from tripleaim.projection.axes import Array
from tripleaim.projection.cases import Cases
from tripleaim.projection.inputs import Heads, Lines


def demand(lines: Lines, cases: Cases) -> Array:
    """Units needed before schemes: baseline x growth with people x growth beyond people.

    returns : (line, year, case), units a year
    source  : method note 2, D = V · G · Π(1 + g)
    """
    people = np.where(cases.demographic, lines.demographic, 1.0)
    beyond = np.where(cases.non_demographic, lines.growth, 1.0)
    return lines.baseline * people * beyond


def head_volume(heads: Heads, cases: Cases) -> Array:
    """Volume of every budget head relative to the opening year; income follows funding, spending follows need.

    returns : (head, year, case), ratio
    """
    income = heads.is_income[:, None, None]
    people = np.where(np.where(income, cases.income, cases.demographic), heads.demographic, 1.0)
    beyond = np.where(np.where(income, cases.income, cases.non_demographic), heads.growth, 1.0)
    begun = np.where(heads.is_duty[:, None, None] & ~cases.duties, 0.0, heads.begun)
    return people * beyond * begun


def head_price(heads: Heads, cases: Cases) -> Array:
    """Price level of every budget head: spending follows pay and prices, income follows funding.

    returns : (head, year, case), opening = 1
    """
    switched = np.where(heads.is_income[:, None, None], cases.income, cases.prices)
    return np.where(switched, heads.level, 1.0)

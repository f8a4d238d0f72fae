"""Regimes: the dated rules of a planning round, kept as data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from tripleaim.plan.row import FinancialYear, Key
from tripleaim.quantities import Noun, quantity


class BusinessRule(Noun):
    """What a commissioner must keep back, as a share of its recurrent allocation, between two years."""

    key: Key = quantity("key", "Short name")
    name: str = quantity("text", "The rule in words")
    share_of_allocation: float = quantity("fraction", "Share of recurrent allocation", between=(0, 1))
    first_year: FinancialYear = quantity("financial year", "First year it holds")
    last_year: FinancialYear = quantity("financial year", "Last year it holds")
    source: str = quantity("text", "Where the rule stands")


class FundRule(Noun):
    """How the sustainability fund of one year is earned: a quarter of it each quarter, cut into these parts."""

    year: FinancialYear = quantity("financial year", "Year the rule holds for")
    finance: float = quantity("fraction", "Part earned when the cumulative control total is met", between=(0, 1))
    ae: float = quantity("fraction", "Part for the A&E trajectory", between=(0, 1))
    waiting: float = quantity("fraction", "Part for the 18-week trajectory", between=(0, 1))
    cancer: float = quantity("fraction", "Part for the cancer trajectory", between=(0, 1))
    source: str = quantity("text", "Where the rule stands")


class Regime(Noun):
    """A planning round's rules."""

    name: str = quantity("text", "The round in words")
    rules: tuple[BusinessRule, ...] = quantity("rules", "Rules of the round")
    funds: tuple[FundRule, ...] = quantity("rules", "How each year's fund is earned; a year without a rule earns none")


def regimes() -> tuple[str, ...]:
    """Keys of every regime that ships with the package."""
    return tuple(
        sorted(entry.name.removesuffix(".toml") for entry in _folder().iterdir() if entry.name.endswith(".toml"))
    )


@cache
def regime(key: str) -> Regime:
    """The rules of one regime; a KeyError names those that exist."""
    if key not in regimes():
        raise KeyError(f"no regime {key!r}; there are {', '.join(regimes())}")
    content = tomllib.loads((_folder() / f"{key}.toml").read_text("utf-8"))
    return Regime(
        name=content["name"],
        rules=tuple(BusinessRule(**rule) for rule in content["rules"]),
        funds=tuple(FundRule(**rule) for rule in content["funds"]),
    )


def fund_rule(key: str, year: str) -> FundRule | None:
    """The fund rule of one year of a regime; None where it has none, and then nothing can be earned."""
    return next((rule for rule in regime(key).funds if rule.year == year), None)


def _folder() -> Traversable:
    return files("tripleaim.plan") / "regimes"

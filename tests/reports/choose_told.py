"""Choices to be told of, and what a reader sees of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from rich.console import Console

from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.variant import with_tables
from tripleaim.portfolio.options import with_choice
from tripleaim.portfolio.record import Choice
from tripleaim.reports.choose_page import choose_files
from tripleaim.reports.choose_parts.told import ChooseTold
from tripleaim.reports.choose_summary import choose_summary
from tripleaim.reports.facts import Exhibits

ROOT = Path(__file__).resolve().parents[2]
SOME = (
    "agency_ceiling",
    "buying_and_medicines",
    "care_home_support",
    "walk_in_night",
    "one_site_surgery",
    "further_savings",
)
FEW = ("home_first", "one_site_surgery", "blood_pressure")
PARTNERS = ("marsh_council", "wealdshire_royal")
PURSES = ("new_money", "building_money")


def some_of_the_place(schemes: tuple[str, ...], purses: tuple[str, ...] = PURSES) -> Plan:
    """The invented place with some of its schemes and limits, the weights of two partners and no tests of its own."""
    whole = read_plan(ROOT / "plans" / "wealdshire_and_marsh")
    some = with_choice(whole, dict.fromkeys((row.key for row in whole.schemes if row.key in schemes), 0))
    return with_tables(
        some,
        aim_weights=tuple(row for row in some.aim_weights if row.organisation in PARTNERS),
        choice_limits=tuple(row for row in some.choice_limits if row.key.partition(".")[0] in purses),
        least_volumes=(),
        own_tests=(),
        own_test_changes=(),
    )


def telling(choice: Choice) -> ChooseTold:
    """What the parts of a page are told from."""
    return ChooseTold(choice, Exhibits())


def rows(choice: Choice, name: str) -> list[dict[str, str]]:
    """Rows of a table's file, by its heading."""
    return list(csv.DictReader(io.StringIO(choose_files(choice)[f"data/{name}.csv"])))


def terminal(choice: Choice, width: int = 100) -> str:
    """What a terminal prints, in one line."""
    out = io.StringIO()
    choose_summary(choice, Console(file=out, width=width))
    return " ".join(out.getvalue().split())

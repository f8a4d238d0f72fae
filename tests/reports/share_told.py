"""Sharings to be told of, and what a reader sees of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from rich.console import Console

from tripleaim.incentives.record import ControlTotalEdge, Leak, Sharing, Shock
from tripleaim.reports.share_summary import share_summary

FUND = ControlTotalEdge(
    body="h",
    year="2016/17",
    fund=9e6,
    headroom_nothing=1e6,
    headroom_with=-1.1e6,
    fund_nothing=9e6,
    fund_with=0.0,
    lost=9e6,
    true_cost=11.1e6,
    transfer=1.1e6,
)
"""The hospital at the edge of its control total, as in method note 16."""
CARE_HOMES = Leak(body="outside:care_homes", by_year=(0.0, 0.0, 0.0, 0.0, -2e6))
WORSE = Shock(
    name="the worse one time in ten",
    difference=-6e6,
    by={"c": -3e6, "h": -1.5e6, "l": -0.3e6, "m": -0.6e6},
    of_turnover={"c": -0.005},
    stays=-0.5e6,
    residual=-0.1e6,
    capped=("c", "h"),
)
"""A joint loss of £6m through the corridor of method note 16."""


def terminal(sharing: Sharing, page: str = "", width: int = 100) -> str:
    """What the terminal says, in one line."""
    out = io.StringIO()
    share_summary(sharing, Console(file=out, width=width), page)
    return " ".join(out.getvalue().split())


def rows(files: Mapping[str, str], name: str) -> list[list[str]]:
    """The CSV file of a picture or table: its heading, then its rows."""
    return list(csv.reader(io.StringIO(files[f"data/share_{name}.csv"])))

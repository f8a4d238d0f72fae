"""Stress tests to be told of, and what a reader sees of them."""

from __future__ import annotations

import csv
import io

from rich.console import Console

from tripleaim.plan import Plan
from tripleaim.projection import Projection, project
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.reports.stress_section import stress_files
from tripleaim.reports.stress_summary import stress_summary
from tripleaim.stress.engine import engine
from tripleaim.stress.findings import stress
from tripleaim.stress.named.named_stress import named_stress
from tripleaim.stress.named.outcomes import HowDrawn
from tripleaim.stress.outside.chances import chances
from tripleaim.stress.outside.view import outside_view
from tripleaim.stress.payback import paybacks
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import uncertainties
from tripleaim.stress.whole import Whole
from tripleaim.stress.why.record import why

DRAWS = 40
Told = tuple[Whole, Projection]


def everything(plan: Plan) -> Told:
    """Every part of a stress test, from few draws."""
    run, inputs, few = project(plan), uncertainties(plan), 20
    return (
        Whole(
            found=stress(plan, DRAWS, fast=False),
            why=why(engine(plan, inputs), draws=64, searched=256),
            named=named_stress(plan, HowDrawn(draws=few)),
            outside=outside_view(plan, run),
            chances=chances(plan, few) if plan.schemes else (),
            paybacks=paybacks(plan, inputs, Streams(1), few),
        ),
        run,
    )


def telling(told: Told) -> StressTold:
    """What the parts of a page are told from."""
    return StressTold(told[0], Facts(told[1], Exhibits()))


def rows(told: Told, name: str) -> list[list[str]]:
    """Rows of a table's file, without its heading."""
    return list(csv.reader(io.StringIO(stress_files(*told)[f"data/{name}.csv"])))[1:]


def terminal(told: Told) -> str:
    """What a terminal prints, in one line."""
    out = io.StringIO()
    stress_summary(*told, Console(file=out, width=100))
    return " ".join(out.getvalue().split())

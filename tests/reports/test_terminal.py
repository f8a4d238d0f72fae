"""The summary in a terminal fits 80 columns and says the same as the report."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from rich.console import Console

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from synthetic import synthetic_plan

from tripleaim.projection import Projection, project
from tripleaim.reports import summary, together
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.words import fours, money


def told(projection: Projection, width: int = 80) -> str:
    page = io.StringIO()
    summary(projection, Console(file=page, width=width), ("a remark",), "reports/x/index.html")
    return page.getvalue()


def test_it_fits_and_is_plain(projection: Projection) -> None:
    text = told(projection)
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text


def test_it_says_what_matters(projection: Projection) -> None:
    text = told(projection, 120)
    both = projection.scope("both")
    for said in ("DRAFT", fours(projection.fingerprint), f"{both.hoped[projection.last] / 1e6:,.1f}", "1 remark on"):
        assert said in text, said
    assert text.endswith("reports/x/index.html\n")


def test_the_invented_place_is_called_so(invented: Projection, rebuilt: Projection) -> None:
    assert "invented place" in told(invented)
    assert "invented" not in told(rebuilt)
    assert money(invented.scope("both").resourced[invented.last]) in told(invented)


def test_what_schemes_save_alone_is_followed_by_what_they_do_together(projection: Projection) -> None:
    text = " ".join(told(projection, 200).split())
    at, facts = projection.last, Facts(projection, Exhibits())
    assert "each alone:" in text
    assert text.index(together.alone_and_together(facts)) > text.index("each alone:")
    dearer = [scheme.saving[at] for scheme in projection.schemes if scheme.saving[at] < -500]
    assert (f"{money(sum(dearer))} {len(dearer)} schemes that cost more" in text) == bool(dearer)


def test_a_scheme_without_a_cost_says_so_beside_what_it_saves(rebuilt: Projection, invented: Projection) -> None:
    lines = told(rebuilt, 200).splitlines()
    homes, smoking = (next(line for line in lines if name in line) for name in ("care home", "stop smoking"))
    assert homes.endswith("(no cost is held for it)")
    assert not smoking.endswith("(no cost is held for it)")
    assert "no cost is held" not in told(invented, 200)


def test_schemes_that_cost_more_than_they_save_say_why_at_once(rebuilt: Projection, invented: Projection) -> None:
    assert "close no whole ward" in " ".join(told(rebuilt, 200).split())
    assert "close no whole ward" not in told(invented, 200)


@pytest.mark.parametrize("width", [80, 100])
def test_ten_years_and_thirty_organisations_keep_every_word_and_figure(width: int) -> None:
    projection = project(synthetic_plan(lines=120, years=10, organisations=30, schemes=4))
    text = told(projection, width)
    both = projection.scope("both")
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    for year in projection.years[:-1]:
        assert text.split().count(year) >= 1
    for value in (*both.do_nothing[:-1], *both.hoped[:-1]):
        assert f" {value / 1e6:,.1f}" in text
    assert f"\n\n{' ' * 30}" in text
    assert text.count("  if nothing changes ") == text.count("Money: £m short") * 2


def test_five_years_stand_in_one_table_at_80_columns(projection: Projection) -> None:
    assert told(projection).count("Money: £m") == 1

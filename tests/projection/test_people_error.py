"""The error of projected people that method note 1 tells is the error of the program as it is (method note 1)."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tools"))

from people import areas, footprints, measure, words  # noqa: E402

sys.path.remove(str(ROOT / "tools"))  # tests and tools have folders of the same names

NOTE = (ROOT / "docs" / "method" / "1-people.md").read_text(encoding="utf-8")
FIGURES = ("n", "mean_absolute_error_percent", "bias_percent", "ninetieth_percent", "together_percent")


def lines() -> list[dict[str, str]]:
    with (ROOT / "docs" / "method" / "people_error.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def measured() -> words.Measured:
    return words.Measured(lines())


@pytest.fixture(scope="module")
def sample() -> tuple[dict[str, areas.Area], areas.Area]:
    return areas.read_sample(Path(__file__).parent / "people_sample")


def error(measured: words.Measured, comparison: str, ages: str, method: str, places: str) -> float:
    return float(measured.line(comparison, ages, method, places)["mean_absolute_error_percent"])


def test_the_tables_of_the_note_are_those_of_the_measured_figures() -> None:
    assert words.START in NOTE
    assert words.inserted(NOTE, lines()) == NOTE


def test_measuring_the_sample_again_gives_the_same_errors(sample: tuple[dict[str, areas.Area], areas.Area]) -> None:
    districts, england = sample
    again = list(measure.lines("sample of districts", districts, england))
    told = [line for line in lines() if line["places"] == "sample of districts"]
    assert len(districts) == 24
    assert len(again) == len(told) == 4 * 5 * len(measure.ESTIMATE_GROUPS) - 2 * 5 * 3
    for now, then in zip(again, told, strict=True):
        where = then["comparison"], then["ages"], then["method"]
        assert (now["comparison"], now["ages"], now["method"]) == where
        for name in FIGURES:
            assert float(now[name]) == pytest.approx(float(then[name]), abs=0.011), (where, name)


def test_an_error_of_the_projection_would_be_seen(
    sample: tuple[dict[str, areas.Area], areas.Area], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The measurement goes through the program: births left out there are children missing here."""
    districts, england = sample
    of = measure.COMPARISONS[1]
    area = next(iter(districts.values()))
    before = measure.guessed(measure.projected(area, england, of), of)["0 to 15, babies twice"]
    monkeypatch.setattr("tripleaim.projection.people._same_births", lambda rows, births, step: rows * 0.9)
    assert measure.guessed(measure.projected(area, england, of), of)["0 to 15, babies twice"] < before * 0.95


def test_what_is_compared_was_not_given() -> None:
    for of in measure.COMPARISONS:
        assert of.against not in of.given
        plan = measure.plan_of(_flat("a"), None, of.given, of.against or 2020, 1, 100.0)
        assert {row.year for row in plan.population} == set(of.given)


def test_the_groups_of_the_census_copy_hold_everybody_once() -> None:
    """Babies counted twice in the first group are taken off the last."""
    everyone, *parts = (weights for weights, _ in measure.CENSUS_GROUPS.values())
    assert (sum(parts) == everyone).all()


def test_a_place_that_grows_evenly_is_projected_without_error() -> None:
    """Two per cent more at every age in two years, and again: nothing to be wrong about but the babies."""
    area = areas.Area("a")
    for n, year in enumerate((2017, 2019, 2021)):
        area.estimates[year] = np.full(91, 1000.0) * 1.02**n
    found = measure.projected(area, None, measure.Comparison("even", (2017, 2019), 2021))
    assert found[2:90] == pytest.approx(area.estimates[2021][2:90])
    assert found[:2] == pytest.approx(area.estimates[2021][:2])


@pytest.mark.parametrize("places", ["districts", "councils", "footprints"])
def test_two_years_ahead_projecting_beats_both_yardsticks_at_every_age(measured: words.Measured, places: str) -> None:
    for ages in measure.ESTIMATE_GROUPS:
        own = error(measured, "two years ahead", ages, words.SHIPPED, places)
        assert own < error(measured, "two years ahead", ages, words.LIKE_ENGLAND, places), ages
        assert own < error(measured, "two years ahead", ages, words.UNCHANGED, places), ages


@pytest.mark.parametrize("places", ["districts", "footprints"])
def test_against_the_census_only_the_oldest_are_better_projected(measured: words.Measured, places: str) -> None:
    census = measure.COMPARISONS[1].name
    better = {
        ages
        for ages in measure.CENSUS_GROUPS
        if error(measured, census, ages, words.SHIPPED, places) < error(measured, census, ages, words.UNCHANGED, places)
    }
    assert better <= {"75 and over, less babies", "16 to 64"}
    assert "75 and over, less babies" in better


def test_footprints_rolled_one_by_one_differ_from_england_by_less_than_the_note_shows(measured: words.Measured) -> None:
    apart = {}
    for line in lines():
        if line["comparison"] == "sum of places and England":
            apart[line["against"][-4:], line["ages"]] = abs(float(line["together_percent"]))
    assert {apart[year, ages] for year in ("2017", "2018", "2019") for ages in measure.ESTIMATE_GROUPS} == {0.0}
    assert 0 < max(apart.values()) < 0.2


def test_what_cannot_be_is_refused() -> None:
    good = np.full((91, 11), 100.0)
    footprints.possible("a", good)
    for age, year, people in ((40, 3, -1.0), (40, 3, np.nan), (0, 9, 200.0)):
        bad = good.copy()
        bad[age, year] = people
        with pytest.raises(SystemExit, match=r"^a: "):
            footprints.possible("a", bad)


def test_a_file_we_have_not_seen_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="Not measured"):
        areas.Raw(tmp_path)


def _flat(code: str) -> areas.Area:
    area = areas.Area(code)
    for year in (2011, 2017, 2019):
        area.estimates[year] = np.full(91, 100.0)
    return area

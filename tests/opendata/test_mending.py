"""How the build mends published files: told here on days and names made up for the purpose."""

from __future__ import annotations

import sys
from datetime import date
from importlib import import_module, util
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools" / "opendata"
NAME = "opendata_tools"


def tool(name: str) -> ModuleType:
    """A module of the build, which is no part of the package."""
    if NAME not in sys.modules:
        sys.path.append(str(TOOLS.parent))  # last, because tests of the same names come first
        spec = util.spec_from_file_location(NAME, TOOLS / "__init__.py", submodule_search_locations=[str(TOOLS)])
        assert spec is not None
        assert spec.loader is not None
        sys.modules[NAME] = util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[NAME])
    return import_module(f"{NAME}.{name}")


beds, changes, raw, trusts, writing = (tool(name) for name in ("beds", "changes", "raw", "trusts", "writing"))


TUESDAY, SATURDAY = date(2018, 1, 2), date(2018, 1, 6)


def days(*opened: float | None, occupied: float = 90) -> list[object]:
    return [beds.Day(TUESDAY, each, occupied, None, None) for each in opened]


def test_a_doubled_day_is_set_aside() -> None:
    kept, aside = beds.told_apart(days(100, 101, 202, 99, 100))
    assert [day.opened for day in kept] == [100, 101, 99, 100]
    assert aside == {"far from the trust's other days": 1}


def test_a_jump_that_lasts_is_left_as_reported() -> None:
    kept, aside = beds.told_apart(days(*[100] * 20, *[200] * 8))
    assert len(kept) == 28
    assert aside == {}


def test_a_blank_and_a_nought_are_set_aside_not_counted() -> None:
    kept, aside = beds.told_apart([*days(100, None, 100), *days(100, occupied=0), *days(0, 100)])
    assert len(kept) == 3
    assert aside == {"blank": 1, "nought": 2}


def test_more_occupied_than_open_is_set_aside() -> None:
    kept, aside = beds.told_apart([*days(100, 100, 100), *days(100, occupied=130)])
    assert len(kept) == 3
    assert aside == {"more beds occupied than open": 1}


def test_long_stays_take_only_days_with_both_figures() -> None:
    returned = [
        beds.Day(TUESDAY, 100, 90, 40, 20),
        beds.Day(TUESDAY, 100, 80, None, 20),
        beds.Day(TUESDAY, 100, 70, 30, 0),
    ]
    row = beds.winter_row("RXX", "2017/18", returned, 3)
    assert (row["days"], row["stay_days"], row["stays_over_21"], row["occupied_on_stay_days"]) == (3, 1, 20, 90)


def test_winters_are_held_against_each_other_on_weekdays_of_january_and_february() -> None:
    """Weekends, December and March were not returned alike in every winter."""
    returned = [
        beds.Day(TUESDAY, 100, 90, None, None),
        beds.Day(SATURDAY, 80, 60, None, None),
        beds.Day(date(2017, 12, 5), 70, 50, None, None),
        beds.Day(date(2018, 3, 6), 70, 50, None, None),
        beds.Day(date(2018, 2, 28), 110, 94, None, None),
    ]
    row = beds.winter_row("RXX", "2017/18", returned, 5)
    assert (row["days"], row["weekdays"], row["weekday_open"], row["weekday_occupied"]) == (5, 2, 105, 92)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [(1000, 1150, ""), (1000, 1151, "+15 %"), (1000, 840, "−16 %"), (10, 20, ""), (None, 5000, ""), (5000, None, "")],
)
def test_a_change_beyond_fifteen_per_cent_is_told(before: float | None, now: float | None, said: str) -> None:
    words = changes.broken("day cases", before, now, "2014/15", at_least=1000)
    assert (words == "") == (said == "")
    assert said in words


@pytest.mark.parametrize("cell", ["", "*", "-", "NA"])
def test_a_cell_without_a_figure_is_never_nought(cell: str) -> None:
    assert raw.number_if_any(cell) is None
    with pytest.raises(ValueError, match="suppressed or blank"):
        raw.number(cell)


def test_a_published_nought_stays() -> None:
    assert raw.number_if_any("0") == 0


@pytest.mark.parametrize(
    ("published", "written"),
    [
        (
            "QUEEN ELIZABETH HOSPITAL KING'S LYNN NHS FOUNDATION TRUST",
            "Queen Elizabeth Hospital King's Lynn NHS Foundation Trust",
        ),
        ("WHITTINGTON HEALTH (LONDON) NHS TRUST", "Whittington Health (London) NHS Trust"),
        ("South Tyneside And Sunderland NHS Foundation Trust", "South Tyneside and Sunderland NHS Foundation Trust"),
    ],
)
def test_names_are_put_in_ordinary_case(published: str, written: str) -> None:
    assert trusts.tidy(published) == written


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("RYC", "East of England Ambulance Service NHS Trust", "ambulance"),
        ("RY3", "Norfolk Community Health and Care NHS Trust", "community"),
        ("RMY", "Norfolk and Suffolk NHS Foundation Trust", "mental health"),
        ("RGM", "Royal Papworth Hospital NHS Foundation Trust", "specialist"),
        ("RM1", "Norfolk and Norwich University Hospitals NHS Foundation Trust", "acute"),
        ("NLX01", "Walk-in centre", "other provider"),
    ],
)
def test_the_kind_of_a_provider_is_read_from_its_name(code: str, name: str, kind: str) -> None:
    assert trusts.kind(name, code) == kind


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (0.0, "0"), (-0.0, "0"), (12.0, "12"), (0.15575, "0.15575"), (" a\u00a0b ", "a b"), (True, "yes")],
)
def test_cells_are_written_plainly(value: object, text: str) -> None:
    assert writing.plain(value) == text


def test_a_row_that_stands_twice_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="stands twice"):
        writing.write_table(tmp_path, "t", [{"code": "a"}, {"code": "a"}], ("code",))


def test_an_input_that_differs_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "stp").mkdir()
    (tmp_path / "stp" / "stp17_footprints.csv").write_text("something else", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        raw.Raw(tmp_path)
    assert "stp/stp17_footprints.csv: SHA-256 is" in str(stopped.value)
    assert "stp/ccg16_to_stp17.csv: not found" in str(stopped.value)

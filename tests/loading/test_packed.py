"""A plan as one parcel of bytes: always the same for the same plan, and the same plan again from it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from loading.plans import PLACES, plans
from loading.tiny import TINY, write_tiny
from tripleaim.errors import Impossible
from tripleaim.loading import read_plan, write_plan
from tripleaim.loading.packed import packed, packed_table, unpacked
from tripleaim.plan import Plan
from tripleaim.quantities import Noun


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return read_plan(write_tiny(tmp_path_factory.mktemp("tiny") / "tiny"))


def with_heading(plan: Plan, **values: object) -> Plan:
    """A plan whose heading says something else, made without asking whether its files could."""
    heading = {name: getattr(plan.heading, name) for name in type(plan.heading).model_fields}
    whole: dict[str, object] = {name: getattr(plan, name) for name in type(plan).model_fields}
    made: Noun = type(plan.heading)(**{**heading, **values})
    return Plan(**{**whole, "heading": made})  # type: ignore[arg-type]


def test_what_is_packed_is_the_folder(tiny: Plan, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(tiny))) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    folder = write_plan(tiny, tmp_path / "plan")
    assert inside == {file.name: file.read_bytes() for file in folder.iterdir()}
    assert list(inside)[:3] == ["plan.toml", "sources.csv", "places.csv"]
    assert list(inside)[-1] == "datapackage.json"


def test_the_same_plan_is_the_same_bytes_whatever_the_order_of_its_rows(tiny: Plan, tmp_path: Path) -> None:
    first, *rows = TINY["budgets.csv"].splitlines(keepends=True)
    turned = read_plan(write_tiny(tmp_path / "turned", {"budgets.csv": "".join([first, *reversed(rows)])}))
    assert packed(turned) == packed(tiny)
    assert packed(unpacked(packed(tiny))) == packed(tiny)


def test_another_plan_is_other_bytes(tiny: Plan) -> None:
    assert packed(with_heading(tiny, version="2")) != packed(tiny)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_worked_plan_comes_back_with_its_fingerprint(place: Path) -> None:
    plan = read_plan(place)
    again = unpacked(packed(plan))
    assert again == plan
    assert again.fingerprint == plan.fingerprint


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(plan=plans())
def test_any_plan_comes_back_as_it_was(plan: Plan) -> None:
    assert unpacked(packed(plan)).fingerprint == plan.fingerprint


def test_one_table_is_read_as_texts_alone(tiny: Plan) -> None:
    [row] = packed_table(packed(tiny), "assumptions")
    assert dict(row) == {
        "key": "release_share",
        "name": "Share set free",
        "value": "0.3",
        "value_low": "0.2",
        "value_high": "0.4",
        "unit": "fraction of unit cost",
        "owner": "",
        "confidence": "middle",
        "source": "guess",
    }


def test_a_table_the_plan_does_not_have_has_no_rows(tmp_path: Path) -> None:
    plan = read_plan(write_tiny(tmp_path / "plan", {"stated.csv": None}))
    assert packed_table(packed(plan), "stated") == ()


def test_a_table_no_plan_has_is_told(tiny: Plan) -> None:
    with pytest.raises(Impossible, match="No plan has a table"):
        packed_table(packed(tiny), "assumption")


def test_what_holds_between_tables_is_not_asked_again(tiny: Plan) -> None:
    """A version kept for years opens as it was, also when a later check between tables would refuse it."""
    plan = with_heading(tiny, place="nowhere")
    assert unpacked(packed(plan)).heading.place == "nowhere"


def test_a_plan_its_files_could_not_give_back_is_not_packed(tiny: Plan) -> None:
    with pytest.raises(Impossible, match="not packed"):
        packed(with_heading(tiny, summary="a bell\x07"))


@pytest.mark.parametrize("data", [b"", b"a letter", b"PK\x05\x06" + bytes(18)], ids=["nothing", "text", "an empty zip"])
def test_bytes_that_are_no_parcel_are_refused(data: bytes) -> None:
    with pytest.raises(Impossible, match="not a plan as this program packs it"):
        unpacked(data)


def test_a_parcel_damaged_anywhere_is_refused(tiny: Plan) -> None:
    whole = packed(tiny)
    for place in (*range(0, len(whole), 211), *range(len(whole) - 120, len(whole))):
        data = bytearray(whole)
        data[place] ^= 0x55
        with pytest.raises(Impossible, match="not a plan as this program packs it"):
            packed_table(bytes(data), "assumptions")

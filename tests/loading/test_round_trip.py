"""Folder to plan to folder: nothing is lost, nothing depends on the order of rows, nothing is half written."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loading.tiny import TINY, write_tiny
from tripleaim.errors import Impossible, PlanProblems
from tripleaim.loading import crosscheck_plan, differences, read_plan, write_plan
from tripleaim.loading.collect import Problems
from tripleaim.loading.crosscheck.people import YOUNGEST_TOP
from tripleaim.loading.csv_text import from_csv
from tripleaim.loading.table import TableReader
from tripleaim.plan import TABLES, Heading, Plan
from tripleaim.plan.activity import ActivityLine, Care
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.place import Place, PlaceKind, Population
from tripleaim.plan.scheme import Category, Scheme
from tripleaim.plan.source import Source, SourceKind
from tripleaim.quantities import Range

CASES = Path(__file__).parent / "cases"
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

pytestmark = pytest.mark.slow


def texts(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def changed(plan: Plan, **tables: object) -> Plan:
    """A plan with some tables or its heading replaced, made by the ordinary way."""
    whole: dict[str, object] = {name: getattr(plan, name) for name in type(plan).model_fields}
    return Plan(**{**whole, **tables})


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return read_plan(write_tiny(tmp_path_factory.mktemp("tiny") / "tiny"))


def test_what_we_write_we_read_again_byte_for_byte(tiny: Plan, tmp_path: Path) -> None:
    first = write_plan(tiny, tmp_path / "first")
    again = read_plan(first)
    assert again == tiny
    assert again.fingerprint == tiny.fingerprint
    assert texts(write_plan(again, tmp_path / "second")) == texts(first)


def test_a_date_may_be_written_as_toml_writes_dates(tiny: Plan, tmp_path: Path) -> None:
    bare = TINY["plan.toml"].replace('"2016-10-21"', "2016-10-21")
    plan = read_plan(write_tiny(tmp_path / "bare", {"plan.toml": bare}))
    assert plan.fingerprint == tiny.fingerprint
    assert 'dated = "2016-10-21"\n' in (write_plan(plan, tmp_path / "out") / "plan.toml").read_text(encoding="utf-8")


def test_a_scheme_nobody_asked_for_comes_back_as_such(tiny: Plan, tmp_path: Path) -> None:
    first, second = tiny.schemes
    values = {name: getattr(second, name) for name in type(second).model_fields}
    plan = changed(tiny, schemes=(first, Scheme(**{**values, "asked_by": "national"})))
    assert [scheme.asked_by for scheme in read_plan(write_plan(plan, tmp_path / "out")).schemes] == ["", "national"]


def test_the_order_of_rows_changes_nothing(tiny: Plan, tmp_path: Path) -> None:
    shuffled = {}
    for name, text in TINY.items():
        first, *rows = text.splitlines(keepends=True)
        if name.endswith(".csv"):
            random.Random(1).shuffle(rows)
        shuffled[name] = "".join([first, *rows])
    other = read_plan(write_tiny(tmp_path / "shuffled", dict(shuffled)))
    assert other.fingerprint == tiny.fingerprint
    assert texts(write_plan(other, tmp_path / "a")) == texts(write_plan(tiny, tmp_path / "b"))


KEYS = st.from_regex(r"[a-z][a-z0-9_.\-]{0,8}", fullmatch=True).filter(
    lambda key: key not in ("total", "all", "sum", "average", "totals")
)
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the direction of reading for what stands after them."""
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters=f"{TURNS}\ufffe\uffff")
WORDS = st.text(LETTERS, min_size=1, max_size=30).filter(
    lambda text: bool(text.strip()) and not text.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
)
NUMBERS = (
    st.floats(0, 1e8, allow_subnormal=False)
    .map(lambda x: float(format(x, ".15g")))
    .filter(lambda x: x == 0 or x > 1e-200)
)
RANGES = (
    st.lists(st.floats(-0.25, 0.25).map(lambda x: round(x, 9) + 0.0), min_size=3, max_size=3)
    .map(sorted)
    .map(lambda v: Range(point=v[1], low=v[0], high=v[2]))
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Small plans that hold together: one place, its people, lines and schemes with any names and numbers."""
    place = draw(KEYS)
    babies = draw(NUMBERS), draw(NUMBERS)  # as many in both years, or the plan would not be believed
    lines = draw(st.lists(KEYS, min_size=1, max_size=4, unique=True))
    schemes = draw(st.lists(KEYS, max_size=4, unique=True))
    return Plan(
        heading=Heading(
            format=1,
            name=draw(WORDS),
            place=place,
            first_year="2016/17",
            years=2,
            price_base="2015/16",
            regime="stp-2016",
            version=draw(WORDS),
            dated="2016-10-21",
            not_known=tuple(draw(st.lists(WORDS, max_size=2))),
        ),
        sources=(Source(key="guess", kind=SourceKind.ILLUSTRATIVE, title=draw(WORDS)),),
        places=(Place(key=place, name=draw(WORDS), kind=PlaceKind.FOOTPRINT, source="guess"),),
        organisations=(
            Organisation(key="payer", name=draw(WORDS), role=Role.COMMISSIONER, source="guess"),
            Organisation(key="provider", name=draw(WORDS), role=Role.PROVIDER, accounts=False, source="guess"),
        ),
        population=tuple(
            Population(place=place, year=year, age=age, persons=babies[age] if age < 2 else 1.0, source="guess")
            for year in (2014, 2015)
            for age in range(YOUNGEST_TOP + 1)
        ),
        activity=tuple(_line(draw, key, place) for key in sorted(lines)),
        schemes=tuple(_scheme(draw, key) for key in sorted(schemes)),
    )


def _line(draw: st.DrawFn, key: str, place: str) -> ActivityLine:
    return ActivityLine(
        key=key,
        name=draw(WORDS),
        care=draw(st.sampled_from(list(Care))),
        population=place,
        provider="provider",
        commissioner="payer",
        baseline=draw(NUMBERS),
        unit=draw(WORDS),
        growth=draw(RANGES),
        unit_cost=draw(NUMBERS),
        source="guess",
    )


def _scheme(draw: st.DrawFn, key: str) -> Scheme:
    return Scheme(
        key=key,
        name=draw(WORDS),
        summary=draw(WORDS),
        gaps=("care", "money"),
        prevention=draw(st.booleans()),
        category=Category.OTHER,
        start=draw(st.sampled_from(["2016-04", "2017-12"])),
        source="guess",
    )


@SLOW
@given(plan=plans())
def test_any_plan_comes_back_as_it_was(tmp_path: Path, plan: Plan) -> None:
    folder = write_plan(plan, tmp_path / "plan")
    again = read_plan(folder)
    assert again == plan
    assert again.fingerprint == plan.fingerprint
    assert differences(plan, again) == ()


@SLOW
@given(one=plans(), other=plans())
def test_the_fingerprint_differs_exactly_when_the_content_does(one: Plan, other: Plan) -> None:
    assert (one.fingerprint == other.fingerprint) == (one == other) == (differences(one, other) == ())


def test_one_changed_digit_changes_the_fingerprint(tiny: Plan, tmp_path: Path) -> None:
    text = TINY["activity.csv"].replace("20000,attendance", "20000.0000000001,attendance")
    assert read_plan(write_tiny(tmp_path / "other", {"activity.csv": text})).fingerprint != tiny.fingerprint


NAUGHTY = json.loads((CASES / "naughty_strings_a.json").read_text(encoding="utf-8"))["inputs"]["strings"]


def named(plan: Plan, names: list[str]) -> Plan:
    """A plan with a scheme of each name, in the order of their keys."""
    first, *others = plan.schemes
    values = {name: getattr(first, name) for name in type(first).model_fields}
    schemes = (Scheme(**{**values, "key": f"a{n:03}", "name": text}) for n, text in enumerate(names))
    return changed(plan, schemes=(*schemes, first, *others))


def test_a_naughty_name_comes_back_unchanged(tiny: Plan, tmp_path: Path) -> None:
    names = [text for text in NAUGHTY if can_be_named(text)]
    assert len(names) > 100
    again = read_plan(write_plan(named(tiny, names), tmp_path / "named"))
    assert [scheme.name for scheme in again.schemes][: len(names)] == names


def test_a_naughty_name_that_cannot_is_refused_in_words(tiny: Plan, tmp_path: Path) -> None:
    names = [text for text in NAUGHTY if not can_be_named(text)]
    assert len(names) > 3
    with pytest.raises(Impossible) as caught:
        write_plan(named(tiny, names), tmp_path / "named")
    told = {int(row) for row in re.findall(r"schemes\.csv, row (\d+), name", str(caught.value))}
    assert [text for row, text in enumerate(names, 2) if row not in told] == []
    assert not (tmp_path / "named").exists()


def can_be_named(text: str) -> bool:
    """What the reader promises to take for a name: words, nothing that acts on what is beside it, no formula."""
    runs = text.strip().startswith(("=", "+", "-", "@"))
    return bool(text.strip()) and not runs and not any(category(c) == "Cc" or c in TURNS for c in text)


SPECTRUM = json.loads((CASES / "csv_spectrum_a.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(SPECTRUM["expected"]))
def test_the_csv_dialects_of_the_spectrum(tmp_path: Path, name: str) -> None:
    """Each text of the spectrum under columns of ours, kind and key put before it: the same records come out."""
    _, _, body = SPECTRUM["inputs"]["files"][name].partition("\n")
    expected = [tuple(record.values()) for record in SPECTRUM["expected"][name]]
    columns = ("title", "publisher", "year", "licence", "note")[: len(expected[0])]
    starts = [body.index(f"{record[0]},") for record in expected]
    for number, start in reversed(list(enumerate(starts))):
        body = f"{body[:start]}k{number},judged,{body[start:]}"
    table = f"key,kind,{','.join(columns)}\n{body}"
    form, problems = next(form for form in TABLES if form.name == "sources"), Problems()
    read = TableReader(form, problems).run(from_csv(form, table.encode(), problems))
    assert [tuple(getattr(row, column) for column in columns) for row in read.rows] == expected


def test_what_cannot_be_read_again_is_not_written(tiny: Plan, tmp_path: Path) -> None:
    folder = write_plan(tiny, tmp_path / "plan")
    before = texts(folder)
    first, *others = tiny.schemes
    values = {name: getattr(first, name) for name in type(first).model_fields}
    for name, value in [
        ("name", "a\x00b"),
        ("name", "half \ud800"),
        ("partners", ("a;b",)),
        ("owner", "=1+1"),
        ("decay", 7.0),
    ]:
        with pytest.raises(Impossible):
            write_plan(changed(tiny, schemes=(Scheme(**{**values, name: value}), *others)), folder)
        assert texts(folder) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["plan"], "something half written was left behind"


def test_notes_in_the_folder_stay_and_old_tables_go(tiny: Plan, tmp_path: Path) -> None:
    folder = write_plan(tiny, tmp_path / "plan")
    (folder / "README.md").write_text("ours", encoding="utf-8")
    (folder / "minutes").mkdir()
    (folder / "minutes" / "may.txt").write_text("said", encoding="utf-8")
    write_plan(changed(tiny, stated=()), folder)
    assert (folder / "README.md").read_text(encoding="utf-8") == "ours"
    assert (folder / "minutes" / "may.txt").exists()
    assert not (folder / "stated.csv").exists()


def test_a_file_in_the_way_is_not_overwritten(tiny: Plan, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear", encoding="utf-8")
    with pytest.raises(Impossible):
        write_plan(tiny, tmp_path / "letter")
    assert (tmp_path / "letter").read_text(encoding="utf-8") == "dear"


def test_the_data_package_describes_the_files(tiny: Plan, tmp_path: Path) -> None:
    folder = write_plan(tiny, tmp_path / "plan")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {each["path"] for each in package["resources"]} == {file.name for file in folder.glob("*.csv")}
    for resource in package["resources"]:
        first = (folder / resource["path"]).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == first
        assert set(resource["schema"]["primaryKey"]) <= set(first)
        assert all(field["description"] and field["unit"] for field in resource["schema"]["fields"])


def test_a_plan_made_in_code_is_checked_like_one_from_files(tiny: Plan) -> None:
    crosscheck_plan(tiny)
    with pytest.raises(PlanProblems) as caught:
        crosscheck_plan(changed(tiny, capacity=()))
    assert [(problem.file, problem.field) for problem in caught.value.problems] == [("capacity.csv", "key")]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("unit_cost", 1e13, "a number from 0 to 1,000,000,000,000 (GBP a unit)"),
        ("baseline", -1.0, "a number from 0 to 10,000,000,000 (units a year)"),
        ("growth", Range(point=0.0, low=-0.5, high=0.5), "a number from -0.25 to 0.25 (fraction a year)"),
        ("age_profile", "Not A Key", "a short key"),
    ],
)
def test_a_plan_made_in_code_is_held_to_the_bounds_of_every_field(
    tiny: Plan, name: str, value: object, expected: str
) -> None:
    first, *others = tiny.activity
    values = {field: getattr(first, field) for field in type(first).model_fields}
    with pytest.raises(PlanProblems) as caught:
        crosscheck_plan(changed(tiny, activity=(ActivityLine(**{**values, name: value}), *others)))
    told = caught.value.problems[0]
    assert (told.file, told.row) == ("activity.csv", 2)
    assert told.expected.startswith(expected)


def test_every_table_has_a_row_in_the_tiny_plan(tiny: Plan) -> None:
    assert [form.name for form in TABLES if not getattr(tiny, form.name)] == ["projections"]

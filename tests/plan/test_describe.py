"""The generated pages say what the nouns say, and every field is stated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tripleaim.plan import TABLES, Heading, Plan
from tripleaim.plan.assumptions import CHOOSING, KNOWN, WIDE
from tripleaim.plan.choice_limit import LIMITS
from tripleaim.plan.describe import HEADING, REFERS, columns, headings
from tripleaim.plan.json_schema import json_schema
from tripleaim.plan.pages import WORKED, main, pages
from tripleaim.plan.payment_proposal import OWN_RATES
from tripleaim.plan.scheme import Scheme
from tripleaim.quantities import Noun

DOCS = Path(__file__).resolve().parents[2] / "docs" / "tables"
NOUNS: list[type[Noun]] = [Heading, *(form.noun for form in TABLES)]


def test_the_committed_pages_are_up_to_date() -> None:
    there = {file.name: file.read_text(encoding="utf-8") for file in DOCS.iterdir()}
    assert there == pages(), "run: python -m tripleaim.plan.pages docs/tables"


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_every_field_has_a_unit_and_a_meaning(noun: type[Noun]) -> None:
    for column in columns(noun):
        assert column.statement.unit.strip(), column.field
        assert column.statement.meaning.strip(), column.field
    assert (noun.__doc__ or "").strip()


def test_tables_attributes_and_keys_agree() -> None:
    assert set(Plan.model_fields) == {"heading", *(form.name for form in TABLES)}
    for form in TABLES:
        assert set(form.key) <= set(form.noun.model_fields)
        assert len(set(headings(form.noun))) == len(headings(form.noun)), "two columns of one name"
    names = {form.name: form for form in TABLES}
    assert HEADING not in names
    for table, column in REFERS.values():
        assert column in names[table].noun.model_fields


def test_the_schema_holds_every_field_and_is_written(tmp_path: Path) -> None:
    schema = json_schema()
    for form in TABLES:
        assert set(schema["properties"][form.name]["items"]["properties"]) == set(form.noun.model_fields)
    main(tmp_path / "tables")
    assert json.loads((tmp_path / "tables" / "plan.schema.json").read_text(encoding="utf-8")) == schema


def test_the_list_of_tables_marks_those_every_plan_needs() -> None:
    lines = {line.split("](")[0][3:]: line for line in pages()["README.md"].splitlines() if line.startswith("| [")}
    assert set(lines) == {"plan.toml", *(form.file for form in TABLES)}
    needed = {"plan.toml", "sources.csv", "places.csv", "organisations.csv", "activity.csv"}
    for file, line in lines.items():
        assert ("| **every plan** |" if file in needed else "| optional |") in line


def test_every_table_of_the_invented_plan_shows_a_row_of_it_and_says_that_it_is_invented() -> None:
    written = pages()
    for form in TABLES:
        page = written[f"{form.name}.md"]
        there = (WORKED / form.file).exists()
        assert ("| example |" in page) == there
        assert ("its names and numbers are invented" in page) == there
    assert "| Wealdshire and Marsh |" in written["plan.md"]
    shown = [line.rsplit("| ", 1)[1][:-2] for line in written["places.md"].splitlines() if line.startswith("| `")]
    assert ",".join(shown[:2]) in (WORKED / "places.csv").read_text(encoding="utf-8")


def test_the_pages_tell_what_the_model_knows_before_a_plan_says_anything() -> None:
    written = pages()
    for known in (*KNOWN, *WIDE, *CHOOSING):
        assert f"| `{known.key}` | {known.name} |" in written["assumptions.md"]
    for kind, form in LIMITS.items():
        assert f"| `{kind.value}` | {form.bound.value} | {form.unit} |" in written["choice_limits.md"]
    for paid in OWN_RATES:
        assert f"| `{paid.value}` |" in written["payment_proposals.md"]
    assert "| 80,300 (70,000 to 90,000) |" in written["assumptions.md"]


def test_a_scheme_nobody_asked_for_says_so() -> None:
    asked = next(column for column in columns(Scheme) if column.field == "asked_by")
    assert asked.statement.default == ""
    assert "" in json_schema()["properties"]["schemes"]["items"]["properties"]["asked_by"]["enum"]

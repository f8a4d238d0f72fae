"""The generated pages say what the nouns say, and every field is stated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tripleaim.plan import TABLES, Heading, Plan
from tripleaim.plan.describe import HEADING, REFERS, columns, headings, json_schema, main, pages
from tripleaim.quantities import Noun

DOCS = Path(__file__).resolve().parents[2] / "docs" / "tables"
NOUNS: list[type[Noun]] = [Heading, *(form.noun for form in TABLES)]


def test_the_committed_pages_are_up_to_date() -> None:
    there = {file.name: file.read_text(encoding="utf-8") for file in DOCS.iterdir()}
    assert there == pages(), "run: python -m tripleaim.plan.describe docs/tables"


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

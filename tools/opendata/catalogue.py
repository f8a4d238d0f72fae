"""What every table and column means, and where its values come from: words of `sources.toml` and `columns.toml`."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch

from .raw import HERE
from .writing import Row

SAID = ("source", "kind", "year")
"""What a table says of all its columns, and a column may say of itself."""


def told(name: str) -> dict[str, dict[str, object]]:
    """Words kept beside this script."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def sources() -> list[Row]:
    """Every source, in the order of its key."""
    return [
        {"key": key} | {name: str(value).strip() for name, value in source.items()}
        for key, source in told("sources.toml").items()
    ]


def columns(tables: dict[str, list[Row]]) -> list[Row]:
    """One row for every column of every table; a column that nobody described stops the build."""
    described = told("columns.toml")
    assert set(described) == set(tables), sorted(set(described) ^ set(tables))
    rows: list[Row] = []
    for name, lines in tables.items():
        about = described[name]
        patterns = dict(about["columns"])
        for column in lines[0]:
            pattern = next((each for each in patterns if fnmatch(column, each)), None)
            assert pattern, f"columns.toml does not describe {name}.{column}"
            meaning, unit, *own = patterns[pattern]
            ages = column.removeprefix("age_").replace("_plus", " and over").replace("_", " to ")
            rows.append(
                {"table": name, "column": column, "meaning": meaning.replace("{ages}", ages), "unit": unit}
                | dict(zip(SAID, [*own, *[about[key] for key in SAID[len(own) :]]], strict=True))
            )
        unused = [each for each in patterns if not any(fnmatch(column, each) for column in lines[0])]
        assert not unused, f"columns.toml describes what {name} has not: {unused}"
    known = {row["key"] for row in sources()}
    named = {str(row["source"]) for row in rows}
    named |= {str(line["source"]) for lines in tables.values() for line in lines if "source" in line}
    assert named == known, (sorted(named - known), sorted(known - named))
    return rows

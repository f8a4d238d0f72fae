"""Where every number comes from, and what was done to it: the words stand in `sources.toml`."""

from __future__ import annotations

from .raw import told
from .writing import Row


def sources(**words: str) -> list[Row]:
    """Every fixed source, with the words that carry computed figures filled in."""
    rows: list[Row] = []
    for key, source in told("sources.toml").items():
        note = source["note"]
        for name, text in words.items():
            note = note.replace("{" + name + "}", text)
        assert "{" not in note, note
        rows.append({"key": key, **source, "note": note})
    return rows

"""Tables and rows as pages name them: a row by its key in an address, a table and a field in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from tripleaim.loading.plan_texts import FORMS
from tripleaim.plan.describe import Column, columns
from tripleaim.plan.plan import Heading
from tripleaim.quantities import Noun

HEADING = "heading"
"""How pages name what stands above the tables: the plan's name, years, prices."""

Key = tuple[str, ...]

NO_KEY = "~"
"""The name of the one row that has no key: the heading."""

_ACRONYMS = {"ae": "A&E", "gp": "GP"}
_SAFE = " !'()*,:;=@&+$"


def noun_of(table: str) -> type[Noun]:
    """The noun whose rows a table holds.

    raises : KeyError for a table no plan has
    """
    return Heading if table == HEADING else FORMS[table].noun


def key_of(table: str) -> Key:
    """The names of the columns that tell the rows of a table apart; none for the heading."""
    return () if table == HEADING else FORMS[table].key


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table in the order of its file."""
    return columns(noun_of(table))


def row_name(key: Iterable[str]) -> str:
    """A row's key as one piece of an address, which `row_key` reads again.

    >>> row_name(("hospital", "2016/17", ""))
    'hospital/2016~2F17/~'
    """
    return "/".join(_part(part) for part in key) or NO_KEY


def row_key(name: str) -> Key:
    """The key that `row_name` wrote; empty for the heading.

    >>> row_key("hospital/2016~2F17/~")
    ('hospital', '2016/17', '')
    """
    parts = [] if name in ("", NO_KEY) else name.split("/")
    return tuple("" if part == "~" else unquote(part.replace("~", "%")) for part in parts)


def _part(text: str) -> str:
    if not text:
        return "~"
    if text.strip(".") == "":
        return "~2E" * len(text)
    return quote(text, safe=_SAFE).replace("~", "%7E").replace("%", "~")


def table_words(table: str) -> str:
    """A table's name as a heading has it.

    >>> table_words("bed_pools"), table_words("heading")
    ('Bed pools', 'The plan itself')
    """
    return "The plan itself" if table == HEADING else field_words(table)


def field_words(field: str) -> str:
    """A column's name in words.

    >>> field_words("growth_low"), field_words("ae_met")
    ('Growth low', 'A&E met')
    """
    words = field.replace("_", " ").strip().capitalize()
    return " ".join(_ACRONYMS.get(word.lower(), word) for word in words.split())


def table_meaning(table: str) -> str:
    """What a table, or one row of it, is."""
    if table == HEADING:
        return "Whose plan it is, for which years, at which prices, and what it leaves out."
    return FORMS[table].meaning


def row_words(table: str, key: Key, row: Mapping[str, str] | None = None) -> str:
    """A row in words: the name it carries, or its key."""
    if table == HEADING:
        return "The plan itself"
    named = (row or {}).get("name") or (row or {}).get("title") or ""
    said = ", ".join(part for part in key if part)
    return f"{named} ({said})" if named and len(key) == 1 else named or said or "(no key)"


GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "The plan, its people and bodies",
        (HEADING, "places", "organisations", "population", "projections", "age_profiles"),
    ),
    ("Care", ("activity", "planned_units", "contracts", "capacity", "least_volumes")),
    ("Money", ("budgets", "allocations", "indices", "tariffs", "control_totals", "council_measures")),
    ("Staff", ("workforce", "posts_available", "staffing")),
    (
        "Schemes",
        ("schemes", "effects", "costs", "posts", "actions", "success_factors", "promises", "leadership_hours"),
    ),
    ("Choosing and sharing", ("choice_limits", "aim_weights", "risk_shares", "payment_proposals")),
    ("What is measured", ("indicators", "indicator_groups")),
    (
        "What it rests on",
        ("sources", "assumptions", "drivers", "shapes", "own_tests", "own_test_changes", "stated"),
    ),
)
"""The tables of a plan as a reader looks for them: a question's words, and the tables that answer it."""

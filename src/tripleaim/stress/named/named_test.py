"""A named test: what goes otherwise, what it rests on, and what a plan has to do to pass."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tripleaim.plan import Plan
from tripleaim.plan.own_test import Judged, Operation, Rule
from tripleaim.plan.source import SourceKind

ALLOWED = 0.1
"""Share that a test may cost a plan which was short before or tells a pressure: of what is short if nothing changes, or
of what its schemes bring. Judged.
"""

ORDER = (
    "demand_up",
    "pay_up",
    "benefits_late",
    "benefits_early",
    "benefits_as_elsewhere",
    "capital_refused",
    "staff_not_found",
    "care_money_cut",
    "partner_leaves",
)
"""The tests every plan is put to, in reading order; each is a file of its name in the folder `tests`."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change a test makes to a plan. Fields are those of `own_test_changes.csv`."""

    table: str
    """Table it changes."""
    operation: Operation
    """What it does."""
    rows: str = "*"
    """Pattern on the rows' key."""
    where: str = ""
    """Conditions on the rows, parted by semicolons."""
    field: str = ""
    """Number of the row; empty where the operation needs none."""
    amount: float | None = None
    """What to add, multiply by or set; months to shift by."""


@dataclass(frozen=True, kw_only=True)
class NamedTest:
    """Something that may go otherwise than the plan says."""

    key: str
    """Short name."""
    name: str
    """The test in a few words."""
    sentence: str
    """What goes otherwise, and by how much, for a board member."""
    changes: tuple[Change, ...]
    """What it does to the plan, in order."""
    judged: Judged
    """Case it is judged on."""
    rule: Rule
    """What the plan has to do to pass."""
    allowed: float
    """Most it may lose: for holds a share of what is short if nothing changes, for keeps of what the schemes bring, for
    loses at most GBP. Else unused.
    """
    source: SourceKind
    """What the size of the change rests on."""
    rests_on: str
    """The same in words."""
    untold: str = ""
    """What a plan does not say if there is nothing in it to change, in a sentence; empty for a place's own test."""
    everywhere: bool = False
    """True where every place has what the test speaks of: a plan of which no figure moves does not say it."""
    is_own: bool = False
    """True for a test the place added."""


@cache
def standard_tests() -> tuple[NamedTest, ...]:
    """The tests every plan is put to, from their files."""
    folder = files("tripleaim.stress.named") / "tests"
    return tuple(read_test((folder / f"{key}.toml").read_text("utf-8")) for key in ORDER)


def read_test(text: str) -> NamedTest:
    """A test from the text of its file.

    raises : TypeError or ValueError for a file that holds anything but the fields of a test

    >>> read_test('''
    ... key = "less"
    ... name = "Less"
    ... sentence = "Every budget is a tenth less."
    ... source = "illustrative"
    ... rests_on = "A round figure."
    ... changes = [{ table = "budgets", field = "amount", operation = "multiply", amount = 0.9 }]
    ... ''').changes[0].amount
    0.9
    """
    content = tomllib.loads(text)
    changes = tuple(Change(**{**each, "operation": Operation(each["operation"])}) for each in content.pop("changes"))
    return NamedTest(
        **{
            **content,
            "changes": changes,
            "judged": Judged(content.get("judged", "hoped")),
            "rule": Rule(content.get("rule", "holds")),
            "allowed": content.get("allowed", ALLOWED),
            "source": SourceKind(content["source"]),
        }
    )


def own_tests(plan: Plan) -> tuple[NamedTest, ...]:
    """The tests a place added to its plan, in order of key."""
    sources = {source.key: source for source in plan.sources}
    return tuple(
        NamedTest(
            key=test.key,
            name=test.name,
            sentence=test.sentence,
            changes=tuple(
                Change(
                    table=row.table,
                    operation=row.operation,
                    rows=row.rows,
                    where=row.where,
                    field=row.field,
                    amount=row.amount,
                )
                for row in sorted(plan.own_test_changes, key=lambda row: row.order)
                if row.test == test.key
            ),
            judged=test.judged,
            rule=test.rule,
            allowed=ALLOWED if test.allowed is None else test.allowed,
            source=sources[test.source].kind,
            rests_on=sources[test.source].title,
            is_own=True,
        )
        for test in sorted(plan.own_tests, key=lambda test: test.key)
    )

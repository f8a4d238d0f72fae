"""A place's own tests: something that may go otherwise than the plan says, and how much the plan must stand."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import quantity


class Operation(StrEnum):
    """What a test does with the rows it speaks of."""

    ADD = "add"
    MULTIPLY = "multiply"
    SET = "set"
    REMOVE = "remove"
    SHIFT = "shift"
    REFERENCE_CLASS = "reference_class"
    LEAVE = "leave"


class Rule(StrEnum):
    """What a plan has to do to pass."""

    HOLDS = "holds"
    KEEPS = "keeps"
    BALANCES = "balances"
    CONTROL_TOTALS = "control_totals"
    LOSES_AT_MOST = "loses_at_most"


class Judged(StrEnum):
    """Which case of the plan a test is judged on."""

    HOPED = "hoped"
    RESOURCED = "resourced"


class OwnTest(Row):
    """A test the place adds to those every plan is put to (method note 13)."""

    key: Key = quantity("key", "Short name")
    name: str = quantity("text", "The test in a few words")
    sentence: str = quantity("text", "One sentence for a board member: what goes otherwise, by how much")
    judged: Judged = quantity(
        "hoped | resourced", "Judged on the plan as hoped, or with the posts and capital found", default=Judged.HOPED
    )
    rule: Rule = quantity(
        "holds | keeps | balances | control_totals | loses_at_most",
        "Passed when the plan still balances, or was short before and loses little of what is short if nothing changes "
        "(holds) or of what its schemes bring (keeps, for a test that takes benefit away); balances whatever it was "
        "before; misses no control total that it met before; loses at most so much",
        default=Rule.HOLDS,
    )
    allowed: float | None = quantity(
        "fraction (holds, keeps) or GBP (loses_at_most)",
        "Most it may lose in its last year, where it was short before or tells a pressure. Holds: as a share of what "
        "is short if nothing changes; keeps: as a share of what its schemes bring; empty = 0.1. Loses at most: in GBP",
        between=(0, 1e12),
        default=None,
    )


class OwnTestChange(Row):
    """One change that a test of the place makes to the plan; a test may make several."""

    test: Key = quantity("own test key", "Which test")
    order: int = quantity("rank", "Changes are made in this order", between=(1, 99), default=1)
    table: str = quantity(
        "activity | planned_units | contracts | capacity | budgets | allocations | indices | tariffs | "
        "control_totals | workforce | posts_available | staffing | schemes | effects | costs | posts | indicators | "
        "assumptions | organisations",
        "Which table it changes; rows dated in the opening year or before stay as they are",
    )
    rows: str = quantity(
        "key pattern",
        "Which rows: their key, such as pay/2017-18; `*` stands for any letters, and `/` parts the columns of a key",
        default="*",
    )
    where: str = quantity(
        "conditions",
        "Only rows of which this holds, such as kind=capital, or organisation.role=council; parted by `;`, != for not",
        default="",
    )
    field: str = quantity(
        "column", "Which number of the row; empty for remove, shift, reference_class and leave", default=""
    )
    operation: Operation = quantity(
        "add | multiply | set | remove | shift | reference_class | leave",
        "Add to the number, multiply it, set it; remove the rows; shift schemes by months; put what was measured "
        "elsewhere in the place of effects; let organisations leave one at a time",
    )
    amount: float | None = quantity(
        "as the operation says",
        "What to add, multiply by or set; months to shift by",
        between=(-1e12, 1e12),
        default=None,
    )

"""Schemes: what the place may start, stop, move or change, and what each is believed to do."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import Body, Key, Month, Row
from tripleaim.quantities import Range, certain, quantity


class Category(StrEnum):
    """What kind of scheme it is."""

    EFFICIENCY = "provider_efficiency"
    CARE_MODEL = "new_care_model"
    DEMAND = "demand_management"
    SPECIALISED = "specialised"
    RECONFIGURATION = "reconfiguration"
    ESTATE = "estate"
    WORKFORCE = "workforce"
    DIGITAL = "digital"
    PREVENTION = "prevention"
    OTHER = "other"


class Stage(StrEnum):
    """How far a scheme has been worked out."""

    IDEA = "idea"
    OUTLINE = "outline"
    CASE = "case"
    LIVE = "live"


class Change(StrEnum):
    """What residents will notice."""

    STARTS = "starts"
    STOPS = "stops"
    MOVES = "moves"
    CHANGES = "changes"


class Scheme(Row):
    """Something the place may do, with its owner, its dates and its limits (method note 3)."""

    key: Key = quantity("key", "Short name other tables use")
    name: str = quantity("text", "The scheme in words a resident understands")
    summary: str = quantity("text", "One or two sentences: what changes, for whom", default="")
    change: Change = quantity("starts | stops | moves | changes", "What residents will notice", default=Change.CHANGES)
    gaps: tuple[str, ...] = quantity("health; care; money", "Which of the three gaps it serves")
    prevention: bool = quantity("yes | no", "Does it prevent illness?", default=False)
    category: Category = quantity("category", "What kind of scheme it is")
    asked_by: str = quantity("national | regional | local", "Which level asked for it; empty = nobody did", default="")
    part_of: str = quantity(
        "text", "The older plan it belongs to: Better Care Fund, vanguard, an organisation's plan", default=""
    )
    owner: str = quantity("text", "Role that answers for it; empty = no owner", default="")
    lead: str = quantity("organisation key", "Organisation that leads it", default="")
    stage: Stage = quantity("idea | outline | case | live", "How far it has been worked out", default=Stage.IDEA)
    start: Month = quantity("month", "First month of work, such as 2017-10")
    delay: Range = quantity("months", "From start to first effect", between=(0, 120), default=certain(0.0))
    ramp: Range = quantity(
        "months", "From first effect to full effect (S-curve)", between=(0, 120), default=certain(24.0)
    )
    decay: float = quantity(
        "fraction a year", "Share of the effect lost a year after full effect", between=(0, 1), default=0.0
    )
    order: int = quantity("rank", "Who gets scarce staff first: 1 is first", between=(1, 999), default=500)
    partners: tuple[str, ...] = quantity("organisation keys", "Who must take part", default=())
    effect_without_partners: float = quantity(
        "fraction", "Effect left if a needed partner stays out", between=(0, 1), default=0.0
    )
    needs: tuple[str, ...] = quantity("scheme keys", "No benefit before these have theirs", default=())
    excludes: tuple[str, ...] = quantity("scheme keys", "Cannot stand in a plan with these", default=())
    overlaps: tuple[str, ...] = quantity("scheme keys", "Acts on the same people as these", default=())
    travel: str = quantity("text", "Stops and moves: how journeys change, with evidence", default="")
    harm: str = quantity("text", "Stops and moves: what may get worse, and for whom", default="")
    consultation_months: int = quantity("months", "Time the public is to be consulted", between=(0, 36), default=0)


class EffectKind(StrEnum):
    """What an effect does."""

    AVOID = "avoid"
    SHORTEN = "shorten"
    SHIFT = "shift"
    PRODUCTIVITY = "productivity"
    SAVE = "save"
    STOP = "stop"
    MOVE = "move"
    INCOME = "income"
    IMPROVE = "improve"


EFFECT_BOUNDS: dict[EffectKind, tuple[float, float]] = {
    EffectKind.AVOID: (-1, 1),
    EffectKind.SHORTEN: (-1, 1),
    EffectKind.SHIFT: (0, 1),
    EffectKind.PRODUCTIVITY: (-1, 1),
    EffectKind.SAVE: (-1, 1),
    EffectKind.STOP: (0, 1),
    EffectKind.MOVE: (0, 1),
    EffectKind.INCOME: (0, 1e12),
    EffectKind.IMPROVE: (-2, 2),
}
"""Kind of effect → least low and greatest high of `Effect.effect`. Evaluations did find more care, so an avoiding
effect's low may go below nought; nothing we know of moves an indicator's log odds or log ratio further than 2."""


class Effect(Row):
    """One thing a scheme is believed to change: treated effect x eligible x uptake x fidelity, each with its range."""

    key: Key = quantity("key", "Short name")
    scheme: Key = quantity("scheme key", "Which scheme")
    kind: EffectKind = quantity("kind of effect", "What it does")
    target: Key = quantity(
        "key",
        "Activity line (avoid, shorten, shift, productivity, stop, move), budget head (save), "
        "indicator (improve), organisation (income)",
    )
    effect: Range = quantity(
        "fraction (income: GBP a year; improve: log odds or log ratio)",
        "Effect in the group treated: less care or cost, from 0 to 1. Income: 0 or more. Improve: from -2 to 2, "
        "positive is better",
    )
    eligible: Range = quantity(
        "fraction", "Share of the line's care in the group it is meant for", between=(0, 1), default=certain(1.0)
    )
    uptake: Range = quantity("fraction", "Share of that group reached", between=(0, 1), default=certain(1.0))
    fidelity: Range = quantity("fraction", "How fully the model is carried out", between=(0, 1.5), default=certain(1.0))
    to_line: str = quantity("activity line key", "Shift, move: where the care goes", default="")
    ratio: Range = quantity(
        "units a unit", "Shift, move: units there for each unit moved", between=(0, 100), default=certain(1.0)
    )
    stay_ratio: float | None = quantity(
        "ratio to average",
        "Length of stay of the patients concerned; empty = average, flagged",
        between=(0, 10),
        default=None,
    )
    cost_ratio: float | None = quantity(
        "ratio to average", "Cost of the patients concerned; empty = average, flagged", between=(0, 10), default=None
    )
    counterparty: Body = quantity(
        "organisation key or outside:body", "Income: who pays it", default="outside:resources"
    )
    claimed_by: str = quantity(
        "organisation key", "Who books the saving; empty = the body whose cost falls", default=""
    )
    continues_past_effort: bool = quantity(
        "yes | no", "It goes on with effort already inside the growth rate", default=False
    )
    evidence: str = quantity(
        "evidence reference", "Row of the evidence library, such as I002; empty = none", default=""
    )


class CostKind(StrEnum):
    """What a scheme's money is for."""

    SETUP = "setup"
    RUNNING = "running"
    DOUBLE_RUNNING = "double_running"
    CAPITAL = "capital"
    UNITARY_CHARGE = "unitary_charge"
    DISRUPTION = "disruption"


DATED_KINDS = frozenset({CostKind.SETUP, CostKind.CAPITAL, CostKind.DISRUPTION})
"""Kinds of cost that are spent in one year, which the row names."""


class SchemeCost(Row):
    """Money a scheme needs, who bears it, and for capital what has been found.

    Disruption is what change itself costs those who carry it out: managers' time, and output lost while people learn.
    """

    key: Key = quantity("key", "Short name")
    scheme: Key = quantity("scheme key", "Which scheme")
    kind: CostKind = quantity(
        "setup | running | double_running | capital | unitary_charge | disruption", "What it is for"
    )
    organisation: Key = quantity("organisation key", "Who bears it")
    year: str = quantity(
        "financial year",
        "Set-up, capital and disruption: the year spent. Running: empty = every year from the start month",
        default="",
    )
    amount: float = quantity(
        "GBP (a year for running, a month for double running)", "At the price base", between=(0, 1e12)
    )
    months: float = quantity("months", "Double running: how long, from the start month", between=(0, 60), default=0.0)
    index: str = quantity("index key", "What it rises with; empty = held in cash", default="")
    funded: float = quantity("GBP", "Capital: the part found and agreed", between=(0, 1e12), default=0.0)
    funding: str = quantity("text", "Where the money comes from", default="")
    life: float = quantity("years", "Capital: years over which it is written down", between=(1, 60), default=25.0)


class Posts(Row):
    """Staff a scheme needs, by group. Their pay stands in its running cost, once."""

    scheme: Key = quantity("scheme key", "Which scheme")
    organisation: Key = quantity("organisation key", "Employer")
    group: Key = quantity("staff group key", "Which group")
    wte: float = quantity("whole-time equivalents", "Posts at full working", between=(0, 1e7))


class Action(Row):
    """A dated action of a scheme."""

    scheme: Key = quantity("scheme key", "Which scheme")
    action: str = quantity("text", "What will be done")
    owner: str = quantity("text", "Role that does it", default="")
    due: Month = quantity("month", "By when, such as 2017-10")

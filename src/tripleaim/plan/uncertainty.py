"""How ranges are drawn in a stress test: the shape of their spread, and drivers that move several at once."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import quantity


class Family(StrEnum):
    """The shape a range is drawn from; each has the point as its median, low as its P10 and high as its P90."""

    NORMAL = "normal"
    LOGNORMAL = "lognormal"
    BETA = "beta"
    PERT = "pert"
    DISCRETE = "discrete"


class Moves(StrEnum):
    """Which way an input goes when its driver goes up."""

    UP = "up"
    DOWN = "down"


class Loading(Row):
    """What a shared driver moves: one input, or several whose names fit a pattern, and how much (method note 9)."""

    driver: Key = quantity(
        "key",
        "The driver: workforce_market, pay_award, delivery, winter or another the model knows, whose own loadings "
        "these rows then replace, or one of your own",
    )
    inputs: str = quantity(
        "input name",
        "What it moves: a name such as workforce/marsh_infirmary/nurses/leavers; `*` stands for any letters",
    )
    share: float = quantity(
        "fraction",
        "Share of the input's spread that comes from the driver: 0 none, 1 all of it; "
        "an input's shares add up to at most 1",
        between=(0, 1),
    )
    moves: Moves = quantity("up | down", "Which way the input goes when the driver goes up", default=Moves.UP)
    name: str = quantity("text", "The driver in words; empty = as the model or its key says", default="")


class Shape(Row):
    """The shape that one range, or several whose names fit a pattern, are drawn from (method note 9)."""

    inputs: str = quantity(
        "input name",
        "Which: a name such as effects/home_first.avoid.falls/uptake; `*` stands for any letters",
    )
    family: Family = quantity(
        "normal | lognormal | beta | pert | discrete",
        "Shape of the spread; ranges without a row are normal, each side with its own width",
    )

"""Indicators: the health gap and the care gap."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import Range, certain, quantity


class Gap(StrEnum):
    """Which of the two gaps an indicator belongs to; money is the third."""

    HEALTH = "health"
    CARE = "care"


class Scale(StrEnum):
    """How effects and trends act on an indicator."""

    PROPORTION = "proportion"
    RATE = "rate"
    WAITING_LIST = "waiting_list"
    AE_RESPONSE = "ae_response"


class Indicator(Row):
    """One measure of health or of care: where it stands, where it drifts, where it should be (method note 7)."""

    key: Key = quantity("key", "Short name other tables use")
    name: str = quantity("text", "The measure in words")
    gap: Gap = quantity("health | care", "Which gap")
    place: str = quantity("place key", "Whose", default="")
    scale: Scale = quantity(
        "proportion | rate | waiting_list | ae_response",
        "Proportion (0 to 1; effects on the odds), rate or level (effects on the log), waiting list "
        "(a stock), A&E within four hours",
    )
    higher_is_better: bool = quantity("yes | no", "Direction")
    unit: str = quantity("text", "Unit in words", default="")
    baseline: float = quantity("as the scale says", "Value in the year before the plan", between=(0, 1e12))
    trend: Range = quantity(
        "log odds or log ratio a year", "Drift if nobody acts", between=(-1, 1), default=certain(0.0)
    )
    standard: float | None = quantity(
        "as the scale says", "National standard or best comparable place; empty = none", between=(0, 1e12), default=None
    )
    standard_name: str = quantity("text", "Whose standard it is", default="")
    line: str = quantity("activity line key", "Waiting list: the treatment that removes people from it", default="")
    additions_ratio: float | None = quantity(
        "people a unit needed", "Waiting list: people added for each unit of care needed", between=(0, 5), default=None
    )
    provider: str = quantity("organisation key", "A&E response: whose general and acute beds it follows", default="")
    why_it_matters: str = quantity("text", "One sentence for a resident", default="")


class IndicatorGroup(Row):
    """An indicator's value in one group, so that inequality can be shown where the data has it."""

    indicator: Key = quantity("indicator key", "Which indicator")
    kind: str = quantity("deprivation_fifth | council_area", "How people are grouped")
    group: str = quantity("text", "Name of the group; fifths are 1 (most deprived) to 5")
    rank: int = quantity("rank", "Order from most deprived (1) upwards", between=(1, 100))
    population: float = quantity("persons", "People in the group", between=(0, 1e8))
    value: float = quantity("as the indicator says", "Value in the year before the plan", between=(0, 1e12))

"""Organisations: each accountable for its own books."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import quantity


class Role(StrEnum):
    """What an organisation does; this year's statutory name is data."""

    COMMISSIONER = "commissioner"
    PROVIDER = "provider"
    COUNCIL = "council"
    SECTOR = "sector"


class Organisation(Row):
    """A sovereign body of the place (or a sector of it where accounts are not published)."""

    key: Key = quantity("key", "Short name other tables use")
    name: str = quantity("text", "Name as the body calls itself")
    role: Role = quantity(
        "commissioner | provider | council | sector", "What it does; 'sector' stands for several bodies"
    )
    kind: str = quantity(
        "text", "Its statutory kind that year, such as clinical commissioning group or NHS trust", default=""
    )
    code: str = quantity("text", "Published organisation code", default="")
    place: str = quantity("place key", "The area it serves", default="")
    accounts: bool = quantity(
        "yes | no",
        "Yes when its full income and spending stand in budgets.csv; without accounts it is treated "
        "as outside the place "
        "and is paid what its care costs",
        default=True,
    )
    reserves: float = quantity("GBP", "Usable reserves at the start (councils)", between=(0, 1e12), default=0.0)
    least_reserves: float = quantity(
        "GBP", "Reserves it must keep by law or policy (councils)", between=(0, 1e12), default=0.0
    )

"""What trusts planned, ended with and owed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrustResult:
    """Planned and actual surplus or deficit of a trust, 2018/19: a later check."""

    trust: str
    number: int
    year: str
    plan_k: float
    actual_k: float
    flag: str


@dataclass(frozen=True, slots=True)
class TrustLoan:
    """Interim revenue loans a trust owed at 31 March: a balance, not a deficit."""

    trust: str
    number: int
    name: str
    owed_2016_17: float | None
    owed_2017_18: float | None
    owed_2018_19: float | None

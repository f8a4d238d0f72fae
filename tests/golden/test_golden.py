"""Present output, not truth: the worked plans say what they said when their golden run was last written."""

from __future__ import annotations

import json
from typing import Any

import pytest

from golden.refresh import HERE, PLANS, golden


def moved(before: Any, now: Any, where: str = "") -> list[str]:
    """Every figure that differs by more than rounding, named by where it stands."""
    if isinstance(before, dict) and isinstance(now, dict):
        keys = sorted({*before, *now})
        return [line for key in keys for line in moved(before.get(key), now.get(key), f"{where}/{key}")]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        return [line for n, pair in enumerate(zip(before, now, strict=True)) for line in moved(*pair, f"{where}[{n}]")]
    numbers = all(isinstance(value, int | float) for value in (before, now))
    same = abs(before - now) <= 1 if numbers else before == now
    return [] if same else [f"{where}: was {before}, is {now}"]


@pytest.mark.parametrize("name", PLANS)
def test_the_worked_plan_says_what_it_said_when_last_written(name: str) -> None:
    before = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    found = moved(before, json.loads(json.dumps(golden(name))))
    assert not found, "\n".join([*found[:20], "if this is meant: python -m tests.golden.refresh"])

"""What changed, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from tripleaim.loading import differences, read_plan
from tripleaim.plan import TABLES, Plan
from tripleaim.plan.plan import Heading


def later(folder: Path) -> Path:
    """The tiny plan a version later."""
    return write_tiny(
        folder,
        {
            "plan.toml": TINY["plan.toml"].replace('version = "1"', 'version = "2"'),
            "schemes.csv": TINY["schemes.csv"].replace("hospital,2016-10", "hospital,2017-04"),
            "activity.csv": TINY["activity.csv"].replace("0.02,0.01,0.03", "0.025,0.01,0.03"),
            "actions.csv": TINY["actions.csv"].replace("Recruit", "Find"),
        },
    )


def test_every_change_is_told_in_words(tmp_path: Path) -> None:
    old, new = read_plan(write_tiny(tmp_path / "old")), read_plan(later(tmp_path / "new"))
    assert [str(each) for each in differences(old, new)] == [
        "plan.toml, version: 1 → 2",
        "activity.csv, emergency, growth: 0.02 (0.01 to 0.03) → 0.025 (0.01 to 0.03)",
        "schemes.csv, home_first, start: 2016-10 → 2017-04",
        "actions.csv, home_first, 2016-12, Find the team: added",
        "actions.csv, home_first, 2016-12, Recruit the team: removed",
    ]
    assert differences(old, old) == ()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (("Births", "Prices"), ("Births", "Prices of 2018"), "Prices → Prices of 2018"),
        (("Births",), ("Births", "Prices"), "(empty) → Prices"),
        (("Births", "Prices"), ("Prices", "Births"), "Births;Prices → Prices;Births"),
    ],
)
def test_of_a_list_only_what_changed_is_told(
    before: tuple[str, ...], after: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    plan = read_plan(write_tiny(tmp_path / "plan"))
    rows = {form.name: getattr(plan, form.name) for form in TABLES}
    old, new = (Plan(heading=Heading(**{**dict(plan.heading), "not_known": each}), **rows) for each in (before, after))
    assert [str(each) for each in differences(old, new)] == [f"plan.toml, not_known: {told}"]

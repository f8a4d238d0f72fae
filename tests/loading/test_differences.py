"""What changed, in words."""

from __future__ import annotations

from pathlib import Path

from loading.tiny import TINY, write_tiny
from tripleaim.loading import differences, read_plan


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

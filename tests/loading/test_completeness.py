"""Remarks: each is told when it should be and silent when it should not."""

from __future__ import annotations

from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from tripleaim.loading import read_plan, remarks
from tripleaim.loading.completeness import uncounted

ALL_CARE = ("specialised", "prescribing", "continuing care", "ambulances", "dentistry", "public health", "social care",
            "general practice", "mental health", "community care")  # fmt: skip

SILENCED: dict[str, dict[str, tuple[str, str]]] = {
    "completeness": {
        "plan.toml": (
            "Specialised care, prescribing and everything else: this is a test.",
            ", ".join(ALL_CARE) + ": left out",
        ),
        "organisations.csv": (
            "west_ccg,West commissioner,commissioner,,yes",
            "west_ccg,West commissioner,commissioner,,no",
        ),
        "control_totals.csv": (TINY["control_totals.csv"], "organisation,year,amount,fund,source\n"),
    },
    "not worked out": {
        "posts.csv": ("home_first,", "night_close,hospital,nurses,1,guess\nhome_first,"),
        "actions.csv": ("home_first,", "night_close,Tell the public,Chief executive,2016-12,guess\nhome_first,"),
    },
    "capital not found": {"costs.csv": ("250000", "400000")},
    "no evidence": {"effects.csv": ("0.05,,,,,no,,guess", "0.05,,,,,no,I002,guess")},
    "illustrative": {"sources.csv": ("guess,illustrative", "guess,judged")},
}
"""Topics the tiny plan has remarks on, and the changes after which it has none."""


def test_a_kind_of_spending_is_left_out_by_name_and_not_by_a_word_in_passing(tmp_path: Path) -> None:
    file, old = "plan.toml", "Specialised care, prescribing and everything else: this is a test."
    for said, silent in [
        ("Dentistry, ambulances and community services: no figures.", {"dental care", "ambulance", "community care"}),
        ("Specialised care: left out", {"specialised care"}),
        ("How the community feels about dental care.", set()),
        ("What the community thinks: nobody asked; ambulance, prescribing", set()),
    ]:
        folder = write_tiny(tmp_path / f"{len(said)}", {file: TINY[file].replace(old, said)})
        lines = [each.what for each in remarks(read_plan(folder)) if "no budget head for" in each.what]
        kinds = {line.removeprefix("No line and no budget head for ").removesuffix(".") for line in lines}
        assert kinds == {"specialised care", "continuing care", "ambulance", "dental care", "public health",
                         "general practice", "mental health", "community care"} - silent, said  # fmt: skip


def test_a_body_that_only_pays_for_care_is_not_asked_for_budget_heads(tmp_path: Path) -> None:
    where = [each.where for each in remarks(read_plan(write_tiny(tmp_path / "tiny"))) if "no head" in each.what]
    assert where == []
    idle = TINY["organisations.csv"] + "third_ccg,Third commissioner,commissioner,,yes,,,census\n"
    folder = write_tiny(tmp_path / "idle", {"organisations.csv": idle})
    where = [each.where for each in remarks(read_plan(folder)) if "no head" in each.what]
    assert where == ["organisations.csv, third_ccg"]


@pytest.mark.parametrize(
    ("lost", "says"),
    [
        ({"costs.csv": None}, "No scheme has any cost in costs.csv, so what the schemes save is counted"),
        ({"effects.csv": None}, "No scheme has any effect in effects.csv, so nothing the schemes would change"),
        ({}, ""),
        (
            dict.fromkeys(
                f"{name}.csv"
                for name in ("costs", "effects", "schemes", "posts", "actions", "success_factors", "leadership_hours")
            ),
            "",
        ),
    ],
    ids=["costs", "effects", "nothing", "every scheme"],
)
def test_a_side_that_is_not_counted_is_said_first(
    tmp_path: Path, lost: dict[str, str | bytes | None], says: str
) -> None:
    if "effects.csv" in lost:
        lost = {**lost, "stated.csv": None}
    plan = read_plan(write_tiny(tmp_path / "tiny", lost))
    assert uncounted(plan).startswith(says)
    assert bool(says) == bool(uncounted(plan))
    assert (remarks(plan)[0].topic == "not counted") == bool(says)


def test_an_empty_scheme_is_named(tmp_path: Path) -> None:
    more = TINY["schemes.csv"] + "dream,A dream,Nothing yet.,changes,money,other,Chair,hospital,2016-10,,,,,,,guess\n"
    said = told(tmp_path / "tiny", {"schemes.csv": more})["not counted"]
    assert "1 of 3 schemes has no effects, no costs and no posts" in said


PROVOKED: dict[str, tuple[str, str, str, str]] = {
    "counted twice": ("effects.csv", "e_shift,night_close,shift,casualty,0.1,,,,,,emergency,0.05,,,,,no",
                      "e_shift,night_close,shift,casualty,0.1,,,,,,emergency,0.05,,,,,yes", "net of past effort"),
    "average-patient assumption": ("effects.csv", "0.9,,,0.8,0.9", "0.9,,,,", "1 of 1"),
    "plug": ("schemes.csv", "home_first,Home first", "home_first,Unidentified savings", "Nobody answers"),
    "no standard": ("indicators.csv", "0.8,0.85", "0.8,", "gap against"),
    "hindsight": ("plan.toml", "2016-10-21", "2014-10-21", "2015"),
}  # fmt: skip


def told(folder: Path, changes: dict[str, str | bytes | None]) -> dict[str, str]:
    """Topic of every remark on the tiny plan with some changes, with what is said."""
    found: dict[str, str] = {}
    for remark in remarks(read_plan(write_tiny(folder, changes))):
        assert remark.where
        for sentence in (remark.what, remark.what_to_do):
            assert sentence[0] == sentence[0].upper()
            assert sentence.endswith(".")
        found[remark.topic] = f"{found.get(remark.topic, '')} {remark.what}"
    return found


@pytest.mark.parametrize("topic", sorted(SILENCED))
def test_a_remark_falls_silent_when_its_cause_is_gone(tmp_path: Path, topic: str) -> None:
    assert topic in told(tmp_path / "before", {})
    changes = {file: TINY[file].replace(*swap) for file, swap in SILENCED[topic].items()}
    assert topic not in told(tmp_path / "after", dict(changes))


@pytest.mark.parametrize("topic", sorted(PROVOKED))
def test_a_remark_is_made_when_there_is_cause(tmp_path: Path, topic: str) -> None:
    file, old, new, says = PROVOKED[topic]
    assert old in TINY[file]
    assert topic not in told(tmp_path / "before", {})
    assert says in told(tmp_path / "after", {file: TINY[file].replace(old, new)})[topic]


def test_a_plan_without_indices_is_said_to_hold_prices_flat(tmp_path: Path) -> None:
    assert "prices" not in told(tmp_path / "before", {})
    changes: dict[str, str | bytes | None] = {"indices.csv": None}
    changes |= {file: TINY[file].replace(",pay,0,", ",,0,") for file in ("budgets.csv",)}
    changes |= {"costs.csv": TINY["costs.csv"].replace(",,pay,", ",,,")}
    assert "held flat at its price of 2015/16" in told(tmp_path / "after", changes)["prices"]


def test_schemes_on_the_same_people_are_named_once(tmp_path: Path) -> None:
    text = TINY["schemes.csv"].replace("2016-10,council,,,,", "2016-10,council,,,night_close,")
    both = text.replace("east_ccg;west_ccg,home_first,,,", "east_ccg;west_ccg,home_first,,home_first,")
    effects = TINY["effects.csv"] + "e_more,night_close,productivity,emergency,0.01,,,,,,,,,,,,no,,guess\n"
    plan = read_plan(write_tiny(tmp_path / "tiny", {"schemes.csv": both, "effects.csv": effects}))
    assert [remark.topic for remark in remarks(plan)].count("counted twice") == 1


def test_a_remark_in_one_line_reads_as_two_sentences(tmp_path: Path) -> None:
    lines = [remark.told for remark in remarks(read_plan(write_tiny(tmp_path / "tiny")))]
    assert (
        "control_totals.csv, west_ccg: it has no control total, though others have. "
        "Add it, or say in not_known that none was set."
    ) in lines
    assert any(line.startswith("costs.csv, night_close: GBP 150,000 of its capital is not") for line in lines)


def test_money_in_the_books_of_both_bodies_under_two_names_is_remarked_on(tmp_path: Path) -> None:
    mirror = "hospital_grant,hospital,From the east,income,other_nhs,98000,,0,,east_ccg,,guess\n"
    said = told(tmp_path / "tiny", {"budgets.csv": TINY["budgets.csv"] + mirror})
    assert "Both are money from east_ccg to hospital, of nearly the same amount." in said["counted twice"]
    smaller = mirror.replace("98000", "40000")
    assert "counted twice" not in told(tmp_path / "smaller", {"budgets.csv": TINY["budgets.csv"] + smaller})


@pytest.mark.parametrize(
    ("dated", "advice"),
    [
        ("2014-10-21", "Add an official projection, or estimates of two mid-years up to 2014"),
        ("2015-10-21", "Set use_hindsight = false"),
    ],
)
def test_the_advice_on_hindsight_leaves_a_plan_that_can_be_read(tmp_path: Path, dated: str, advice: str) -> None:
    later = TINY["population.csv"] + "".join(
        line.replace(",2015,", ",2016,") + "\n" for line in TINY["population.csv"].splitlines() if ",2015," in line
    )
    toml = TINY["plan.toml"].replace("2016-10-21", dated)
    plan = read_plan(write_tiny(tmp_path / "tiny", {"plan.toml": toml, "population.csv": later}))
    (found,) = (each for each in remarks(plan) if each.topic == "hindsight")
    assert found.what_to_do.startswith(advice)
    assert "use_hindsight = false" in found.what_to_do

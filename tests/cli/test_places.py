"""places, new and scheme add from outside: what they print and write, and what they refuse."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from commands import Done, inside, outside
from tripleaim.loading import read_plan


@pytest.fixture(scope="module")
def somerset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places") / "somerset"
    done = outside("new", "Somerset", folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_places_lists_all_44_in_the_order_of_their_numbers_and_ranks_nothing() -> None:
    found = json.loads(inside("places", "--json").stdout)["places"]
    assert [each["number"] for each in found] == list(range(1, 45))
    assert round(sum(each["people"] for each in found)) == 55_619_430
    printed = inside("places").stdout
    assert "nothing here ranks a place" in " ".join(printed.split())
    assert "not where patients live" in " ".join(printed.split())


def test_one_place_by_the_name_of_anything_in_it() -> None:
    for name in ("E54000022", "QMM", "Norwich", "NHS South Norfolk CCG", "RM1", "Norfolk"):
        done = inside("places", name)
        assert done.returncode == 0, name
        assert "Norfolk and Waveney (E54000022, number 22" in done.stdout, name
    assert "Suffolk: 11.6% of the people here; cut, only 15.6% of its people live here" in done.stdout
    assert "What to get next" in done.stdout


def test_places_writes_the_page_with_all_44(tmp_path: Path) -> None:
    done = outside("places", "--out", tmp_path / "overview")
    assert done.returncode == 0
    assert (tmp_path / "overview" / "index.html").is_file()


def test_new_says_what_it_holds_what_it_lacks_and_what_to_get_next(tmp_path: Path) -> None:
    done = inside("new", "Taunton Deane", tmp_path / "plan")
    text = " ".join(done.stdout.split())
    for part in ("It holds", "555,195 at mid-2017", "It lacks", "Get next", "SNPP", "TAC", "add-data"):
        assert part in text
    assert (tmp_path / "plan" / "README.md").read_text(encoding="utf-8").startswith("# Somerset")
    checked = inside("check", tmp_path / "plan")
    assert checked.returncode == 0
    assert checked.stdout.startswith("ready: Somerset")


def test_a_name_in_two_footprints_is_refused_with_both_and_their_shares(tmp_path: Path) -> None:
    done = inside("new", "NHS Cumbria CCG", tmp_path / "plan")
    assert done.returncode == 2
    for part in ("E54000047 West, North and East Cumbria (63.1% of the people", "E54000048", "36.9% of the people"):
        assert part in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_region_is_refused_with_its_footprints_and_never_taken_for_a_council_in_it(tmp_path: Path) -> None:
    done = inside("new", "London", tmp_path / "plan", "--json")
    (problem,) = json.loads(done.stdout)["problems"]
    assert done.returncode == 2
    assert problem["found"].startswith("5 footprints: ")
    assert problem["found"].count("in the region London") == 5


@pytest.mark.parametrize("name", ["Cumbria", "Cumbria County Council"])
def test_a_name_in_two_footprints_lists_each_once_with_shares_of_one_body(name: str, tmp_path: Path) -> None:
    done = inside("new", name, tmp_path / "plan", "--json")
    (problem,) = json.loads(done.stdout)["problems"]
    assert problem["found"] == (
        "2 footprints: E54000047 West, North and East Cumbria (63.9% of the people of Cumbria); "
        "E54000048 Lancashire and South Cumbria (36.1% of the people of Cumbria)"
    )


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (
            "R1H",
            "R1H stands for Barts Health NHS Trust, a trust that is counted in North East London (E54000029); 85.6%",
        ),
        (
            "RA3",
            "RA3 stands for Weston Area Health NHS Trust, a trust that is counted in Bristol, North Somerset and South "
            "Gloucestershire (E54000039); where its patients live is not published. It closed on 31 March 2020; the "
            "open data does not name who took over.",
        ),
        (
            "Taunton and Somerset",
            "Taunton and Somerset stands for Taunton and Somerset NHS Foundation Trust, a trust that is counted in "
            "Somerset (E54000038); where its patients live is not published. It closed on 31 March 2020; the open data",
        ),
        (
            "RDD",
            "RDD stands for Basildon and Thurrock University Hospitals NHS Foundation Trust, a trust that is counted "
            "in Mid and South Essex (E54000026); where its patients live is not published. It closed on 31 March 2020; "
            "its care went to Mid and South Essex NHS Foundation Trust (RAJ).",
        ),
        (
            "Weston",
            "Weston is no whole name. It may mean any of these, all in Bristol, North Somerset and South "
            "Gloucestershire (E54000039): University Hospitals Bristol NHS Foundation Trust; Weston Area Health",
        ),
        ("UCLH", "UCLH stands for University College London Hospitals NHS Foundation Trust, a trust"),
        ("Taunton Deane", "Taunton Deane stands for the district Taunton Deane: 100.0% of its people"),
    ],
)
def test_a_footprint_found_by_something_in_it_says_by_what(name: str, why: str) -> None:
    assert why in " ".join(inside("places", name).stdout.split())
    assert json.loads(inside("places", name, "--json").stdout)["found_by"].startswith(why)


def test_a_footprint_found_by_its_own_name_or_number_needs_no_reason() -> None:
    for name in ("36", "Somerset"):
        assert json.loads(inside("places", name, "--json").stdout)["found_by"] == ""


def test_a_name_nothing_bears_is_refused_with_near_ones(tmp_path: Path) -> None:
    done = inside("new", "Sommerset", tmp_path / "plan", "--json")
    (problem,) = json.loads(done.stdout)["problems"]
    assert done.returncode == 2
    assert "Somerset" in problem["to_fix"]


def test_a_folder_that_holds_something_is_refused_with_the_name_at_once(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    done = inside("new", "nowhere at all", tmp_path)
    assert done.returncode == 2
    assert "2 problems" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["note.txt"]


def added(plan: Path, *words: str | Path) -> Done:
    common = ("--evidence", "I030", "--name", "Support to every care home", "--start", "2017-10")
    return inside("scheme", "add", plan, *common, *words)


def test_a_scheme_from_the_evidence_has_its_published_effect_and_all_it_lacks_is_told(
    somerset: Path, tmp_path: Path
) -> None:
    done = added(somerset, "--care", "non_elective_spell", "--eligible", "0.079", "--to", tmp_path / "more")
    assert (done.returncode, done.stderr) == (0, "")
    plan = read_plan(tmp_path / "more")
    assert [scheme.key for scheme in plan.schemes] == ["support_to_every_care_home"]
    unplanned = {line.key for line in plan.activity if line.care == "non_elective_spell"}
    assert {effect.target for effect in plan.effects} == unplanned
    assert {(e.effect.point, e.eligible.point, e.evidence) for e in plan.effects} == {(0.18, 0.079, "I030")}
    assert not plan.costs
    for lack in ("--owner", "--lead", "--running-cost", "posts"):
        assert lack in done.stdout
    assert "uptake 1" in done.stdout
    kinds = {source.key: source.kind for source in plan.sources}
    assert {kinds[effect.source] for effect in plan.effects} == {"illustrative"}


def test_a_line_of_people_younger_than_the_study_is_told_and_one_of_its_people_is_not(somerset: Path) -> None:
    share = ("--eligible", "0.1", "--dry-run", "--json")
    every = json.loads(added(somerset, "--care", "non_elective_spell", *share).stdout)
    assert "new residents 65+" in every["lacks"][0]
    assert "unplanned_younger_rba" in every["lacks"][0]
    assert "unplanned_older" not in every["lacks"][0]
    older = json.loads(added(somerset, "--target", "unplanned_older_rba", *share).stdout)
    assert not any("also of younger people" in lack for lack in older["lacks"])


def test_without_hindsight_a_started_plan_is_refused_with_the_switch_named(somerset: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(somerset, copy)
    text = (copy / "plan.toml").read_text(encoding="utf-8")
    (copy / "plan.toml").write_text(text.replace("use_hindsight = true", "use_hindsight = false"), encoding="utf-8")
    done = inside("check", copy)
    assert done.returncode == 2
    assert "because use_hindsight is false in plan.toml" in " ".join(done.stderr.split() + done.stdout.split())


def test_a_running_cost_is_borne_by_whoever_is_named(somerset: Path, tmp_path: Path) -> None:
    bearer = ("--running-cost", "50000", "--borne-by", "nhs_commissioners_together")
    done = added(somerset, "--target", "unplanned_older_rba", "--eligible", "0.079", *bearer, "--to", tmp_path / "more")
    assert done.returncode == 0
    (cost,) = read_plan(tmp_path / "more").costs
    assert (cost.amount, cost.organisation) == (50000, "nhs_commissioners_together")


def test_a_dry_run_shows_the_rows_and_writes_nothing(somerset: Path) -> None:
    before = {file.name: file.read_bytes() for file in somerset.iterdir()}
    words = ("--evidence", "I030", "--name", "Support to every care home", "--start", "2017-10", "--dry-run")
    done = outside("scheme", "add", somerset, *words, "--target", "unplanned_older_rba", "--eligible", "0.079")
    assert done.returncode == 0
    assert "effects.csv" in done.stdout
    assert {file.name: file.read_bytes() for file in somerset.iterdir()} == before


def test_everything_wrong_with_a_scheme_is_told_at_once(somerset: Path) -> None:
    words = ("--target", "unplaned_older_rba", "--care", "surgery", "--borne-by", "trust_ra")
    done = added(somerset, *words, "--json")
    problems = {each["file"]: each for each in json.loads(done.stdout)["problems"]}
    assert done.returncode == 2
    assert problems["--target"]["to_fix"] == "perhaps unplanned_older_rba"
    assert {"--care", "--eligible", "--borne-by", "--running-cost"} <= set(problems)


@pytest.mark.parametrize(("ref", "why"), [("I048", "days"), ("I005", "no less care"), ("I002", "no single figure")])
def test_evidence_without_an_effect_as_a_fraction_asks_for_one(somerset: Path, ref: str, why: str) -> None:
    words = ("--name", "A scheme", "--start", "2017-10", "--target", "unplanned_older_rba", "--eligible", "0.1")
    done = inside("scheme", "add", somerset, "--evidence", ref, *words)
    assert done.returncode == 2
    assert why in done.stderr
    assert "--effect" in done.stderr
    stated = inside("scheme", "add", somerset, "--evidence", ref, *words, "--effect", "0.1,0.05,0.2", "--dry-run")
    assert stated.returncode == 0
    assert "The effect was stated by whoever added the scheme" in stated.stdout


def test_a_published_interval_is_kept(somerset: Path) -> None:
    words = ("--name", "Falls", "--start", "2017-10", "--target", "unplanned_older_rba", "--eligible", "0.1")
    done = inside("scheme", "add", somerset, "--evidence", "I065", *words, "--dry-run", "--json")
    (effect,) = json.loads(done.stdout)["rows"]["effects"]
    assert effect["effect"] == {"point": 0.23, "low": 0.17, "high": 0.29}

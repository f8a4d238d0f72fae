"""The commands from outside: what they print, where, and the code they end with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import tripleaim.loading
from commands import ROOT, inside, outside
from loading.tiny import write_tiny

PLAN = ROOT / "plans" / "wealdshire_and_marsh"
VERBS = ("places", "new", "run", "stress", "stress-many", "check", "diff", "scheme", "evidence", "version")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A plan with a word where a number should be."""
    shutil.copytree(PLAN, tmp_path / "plan")
    file = tmp_path / "plan" / "allocations.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace(lines[1].split(",")[1], "next year")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "plan"


def test_run_writes_the_report_and_says_where(tmp_path: Path) -> None:
    done = outside("run", PLAN, "--out", tmp_path / "r")
    assert (done.returncode, done.stderr) == (0, "")
    assert "DRAFT" in done.stdout
    assert done.stdout.rstrip().endswith(str(tmp_path / "r" / "index.html"))
    assert {"index.html", "result.json", "data"} <= {path.name for path in (tmp_path / "r").iterdir()}


def test_run_again_replaces_its_own_report(tmp_path: Path) -> None:
    assert inside("run", PLAN, "--out", tmp_path / "r").returncode == 0
    assert inside("run", PLAN, "--out", tmp_path / "r").returncode == 0


def test_run_without_out_writes_below_reports(tmp_path: Path) -> None:
    assert inside("run", PLAN, cwd=tmp_path).returncode == 0
    assert (tmp_path / "reports" / "wealdshire_and_marsh" / "index.html").is_file()


def test_json_is_one_document_and_writes_nothing(tmp_path: Path) -> None:
    done = inside("run", PLAN, "--json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr, found["kind"]) == (0, "", "projection")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = inside("run", PLAN, "--out", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name another folder with --out" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("verb", ["run", "check"])
def test_a_wrong_path_is_refused_in_words(verb: str, tmp_path: Path) -> None:
    done = outside(verb, tmp_path / "nowhere")
    assert done.returncode == 2
    assert "to fix" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("verb", ["run", "check"])
def test_problems_of_a_plan_in_words_and_in_json(verb: str, broken: Path, tmp_path: Path) -> None:
    done = inside(verb, broken, *(["--out", tmp_path / "r"] if verb == "run" else []))
    assert done.returncode == 2
    assert "allocations.csv, row 2, year" in done.stdout + done.stderr
    assert not (tmp_path / "r").exists()
    done = inside(verb, broken, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["problems"][0]["file"] == "allocations.csv"


def test_diff_in_words_and_in_money(tmp_path: Path) -> None:
    shutil.copytree(PLAN, tmp_path / "new")
    file = tmp_path / "new" / "costs.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("back_office")]
    assert len(kept) < len(lines)
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    done = outside("diff", PLAN, tmp_path / "new")
    assert (done.returncode, done.stderr) == (0, "")
    assert "costs.csv" in done.stdout
    assert "One back office saves £" in done.stdout
    found = json.loads(inside("diff", PLAN, tmp_path / "new", "--json").stdout)
    assert found["differences"]
    assert {"both", "back_office"} <= {each["who"] for each in found["money"]}
    assert all(each["change"] == (each["new"] or 0) - (each["old"] or 0) for each in found["money"])


def test_diff_of_a_plan_with_itself() -> None:
    done = inside("diff", PLAN, PLAN)
    assert (done.returncode, done.stdout.startswith("no difference")) == (0, True)
    assert json.loads(inside("diff", PLAN, PLAN, "--json").stdout)["money"] == []


def test_evidence_in_words_and_in_json() -> None:
    done = outside("evidence", "care", "homes")
    assert done.returncode == 0
    assert "I029" in done.stdout
    found = json.loads(inside("evidence", "I029", "--json").stdout)
    assert [entry["ref"] for entry in found["entries"]] == ["I029"]
    nothing = inside("evidence", "telehelth")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "telehealth" in nothing.stderr


def test_version_is_told() -> None:
    assert outside("version").stdout.startswith("Triple Aim ")
    assert json.loads(inside("version", "--json").stdout)["kind"] == "version"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str) -> None:
    done = inside(verb, "--help")
    assert done.returncode == 0
    assert verb == "version" or f"Example: tripleaim {verb}" in done.stdout


def test_help_is_quick_and_lists_every_verb() -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        done = outside("--help")
        times.append(time.perf_counter() - start)
    assert all(f"\n  {verb} " in done.stdout for verb in VERBS)
    assert min(times) < 0.9, "usually 0.1 s; it must load no numbers"


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, tripleaim.cli; print([n for n in ('numpy', 'scipy', 'pydantic', 'jinja2') if n in sys.modules])"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert done.stdout.strip() == "[]"


def test_a_report_loads_nothing_of_stress_tests() -> None:
    code = "import sys, tripleaim.reports; print([n for n in ('tripleaim.stress', 'scipy.stats') if n in sys.modules])"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert done.stdout.strip() == "[]"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A plan of a few rows, where nothing hangs on how large it is."""
    return write_tiny(tmp_path / "tiny")


@pytest.mark.parametrize("words", ["evidence", "run {plan} --out {out}", "run {plan} --json", "check {plan}"])
def test_a_reader_who_has_had_enough_is_no_fault(words: str, tiny: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m tripleaim.cli {words.format(plan=tiny, out=tmp_path / 'r')} | head -n 1"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, env=env)
    assert done.returncode == 0
    assert done.stderr in ("", "168 entries.\n")  # the count, where everything was written before the reader left


def test_a_reader_who_left_before_the_first_word_is_no_fault(tiny: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "tripleaim.cli", "run", str(tiny), "--out", str(tmp_path / "r")]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, env=env)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "r" / "index.html").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("words", ["run {plan}", "run {plan} --json", "check {plan}", "evidence"])
def test_a_full_disk_is_told_as_such(words: str, tiny: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "tripleaim.cli", *words.format(plan=tiny).split()]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=env, cwd=tmp_path)
    assert done.returncode == 2
    assert "no space left" in done.stderr.lower()
    assert "free some space" in done.stderr.lower()
    assert "our fault" not in done.stderr
    assert "Exception ignored" not in done.stderr


FILES_OF_10_KB_AT_MOST = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
from tripleaim.cli import main
main()
"""


def test_a_report_there_is_no_room_for_leaves_nothing_behind(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", FILES_OF_10_KB_AT_MOST, "run", str(PLAN), "--out", str(tmp_path / "r")]
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    assert done.returncode == 2
    assert "room for the report" in done.stderr
    assert "free some space" in done.stderr
    assert list(tmp_path.iterdir()) == []


OUR_FAULT = """
import sys
import tripleaim.loading
def fails(path):
    raise RuntimeError("the roof fell in")
tripleaim.loading.read_plan = fails
sys.argv = ["tripleaim", "run", "x", *sys.argv[1:]]
from tripleaim.cli import main
main()
"""


def test_our_own_fault_shows_where_it_happened_only_to_whoever_asks(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TRIPLEAIM_DEBUG": "1"}
    done = subprocess.run([sys.executable, "-c", OUR_FAULT], capture_output=True, text=True, env=env, cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_our_own_fault_is_said_to_be_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(path: Path) -> None:
        raise RuntimeError("the roof fell in")

    monkeypatch.setattr(tripleaim.loading, "read_plan", fails)
    monkeypatch.delenv("TRIPLEAIM_DEBUG", raising=False)
    done = inside("run", "x", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "our fault" in done.stderr
    told = inside("run", "x", "--json", cwd=tmp_path)
    assert (told.returncode, json.loads(told.stdout)["kind"]) == (1, "fault")

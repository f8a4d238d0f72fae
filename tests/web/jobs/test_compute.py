"""An answer is worked out in a process of its own, with nothing but a folder, and says how it ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tripleaim.loading.packed import packed
from tripleaim.web.workspace.jobs import child
from web.conftest import tiny_plan

ENOUGH = {"memory": 4_000_000_000, "seconds": 300}


def worked_out(folder: Path, plan: bytes = b"", **asked: Any) -> child.Child:
    """A process that has ended."""
    folder.mkdir()
    doing = child.start(folder, plan or packed(tiny_plan()), {**ENOUGH, "options": {}, **asked})
    assert doing.wait(120)
    doing.close()
    return doing


def test_a_run_gives_a_page_its_tables_its_figures_and_what_other_pages_read(tmp_path: Path) -> None:
    first = worked_out(tmp_path / "first", kind="run")
    assert first.ended == {"ended": "done"}
    files = first.files()
    assert {"page.html", "page.json", "brief.json", "result.json", "report.xlsx", "on_a_page.html"} <= set(files)
    assert any(name.startswith("data/") and name.endswith(".csv") for name in files)
    assert worked_out(tmp_path / "again", kind="run").files() == files


def test_what_cannot_be_is_refused_in_words(tmp_path: Path) -> None:
    options = {"schemes": ["none such"], "rule": "equal", "form": "today", "draws": 100, "seed": 1}
    told = worked_out(tmp_path / "one", kind="share", options=options)
    assert told.ended["ended"] == "refused"
    assert set(told.ended["problems"][0]) == {"where", "found", "expected", "to_fix"}
    assert told.files() == {}


def test_bytes_that_are_no_plan_are_refused(tmp_path: Path) -> None:
    told = worked_out(tmp_path / "one", b"no plan", kind="run")
    assert told.ended["ended"] == "refused"


def test_work_that_needs_more_memory_than_it_may_use_says_so(tmp_path: Path) -> None:
    told = worked_out(tmp_path / "one", kind="run", memory=200_000_000)
    assert told.ended.get("ended", "") in ("memory", "")
    assert told.files() == {}


def test_how_far_it_is_is_heard(tmp_path: Path) -> None:
    told = worked_out(
        tmp_path / "one",
        kind="share",
        options={"schemes": [], "rule": "equal", "form": "today", "draws": 100, "seed": 1},
    )
    assert told.ended == {"ended": "done"}
    assert told.share_done > 0.5
    assert told.doing.startswith("Part 5 of 5")


@pytest.mark.parametrize("name", ["DATABASE_URL", "TRIPLEAIM_SECRET_KEY"])
def test_the_process_is_told_no_secret_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "secret")
    started: list[dict[str, str]] = []

    def start(words: list[str], *, env: dict[str, str], **named: Any) -> subprocess.Popen[bytes]:
        started.append(env)
        return real(words, env=env, **named)

    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", start)
    worked_out(tmp_path / "one", b"no plan", kind="run")
    assert all(name not in env for env in started)
    assert started


def test_the_process_never_loads_django() -> None:
    words = (
        "import sys; import tripleaim.web.workspace.jobs.compute, tripleaim.web.workspace.jobs.made; "
        "import tripleaim.web.workspace.jobs.asked; sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0

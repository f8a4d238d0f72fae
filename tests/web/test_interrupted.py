"""A real database, on SQLite and on PostgreSQL: a server killed amid a write, people who save at the same moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from tripleaim.loading.editing import Change, edited
from tripleaim.loading.workbook.make import workbook_bytes
from web.conftest import tiny_plan
from web.own_database import ON_BOTH, own_database

pytestmark = pytest.mark.slow
ACTIONS = "tripleaim.web.workspace.actions"
AT = "/places/tinyshire/proposals/"


class Workspace:
    """A workspace on a database of its own, worked on by processes of their own."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self._env = {**os.environ, "TRIPLEAIM_HOME": str(folder), "TMPDIR": str(self.temporary)}
        self._env.pop("DATABASE_URL", None)
        self._env.pop("TRIPLEAIM_TEST_DATABASE", None)
        if database:
            self._env["TRIPLEAIM_TEST_DATABASE"] = database
        self.draft = self.do("begin")["draft"]

    def do(self, *words: str) -> dict[str, Any]:
        ended = self.run(*words)
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout.strip().splitlines()[-1])

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        program = Path(__file__).parent / "apart.py"
        return subprocess.run(
            [sys.executable, str(program), *map(str, words)], env=self._env, capture_output=True, text=True, timeout=120
        )

    def killed(self, *words: str) -> None:
        """Do it, and be killed while doing it."""
        ended = self.run(*words)
        assert ended.returncode == -signal.SIGKILL, ended.stderr

    def left(self) -> list[str]:
        """What an upload left in the temporary folder; a test's own folder and the interpreter's are not meant."""
        return [each.name for each in self.temporary.iterdir() if ".tripleaim-" in each.name or "upload" in each.name]


@pytest.fixture(params=ON_BOTH)
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    with nullcontext("") if request.param == "sqlite" else own_database() as database:
        yield Workspace(tmp_path, database)


BEFORE_IT_IS_SAVED = (f"{ACTIONS}.revisions.keep_ready", f"{ACTIONS}.revisions.record")
AFTER_IT_IS_SAVED = "tripleaim.web.workspace.views.drafts.rows.told_saved"


def test_a_server_killed_in_the_middle_of_an_edit_leaves_the_draft_as_before_or_wholly_as_after(
    workspace: Workspace,
) -> None:
    address = f"{AT}{workspace.draft}/plan/activity/emergency/"
    form = json.dumps({"made_from": 1, "reason": "As last year.", "f-growth": "0.025"})
    before = workspace.do("look")
    assert (before["broken"], before["drafts"][0]["revisions"]) == ([], [1])
    for place in BEFORE_IT_IS_SAVED:
        workspace.killed("post", address, form, "", place)
    assert workspace.do("look") == before
    workspace.killed("post", address, form, "", AFTER_IT_IS_SAVED)
    after = workspace.do("look")
    (draft,) = after["drafts"]
    assert (after["broken"], after["acts"]) == ([], [*before["acts"], "draft.edit"])
    assert (draft["revision"], draft["revisions"], draft["growth"]["emergency"]) == (2, [1, 2], 0.025)
    assert draft["is_its_last"]
    assert draft["can_be_read"]


def test_a_server_killed_in_the_middle_of_an_upload_keeps_nothing_of_it_and_the_next_clears_up(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "plan.xlsx"
    change = Change(table="activity", key=("emergency",), field="growth", text="0.025")
    file.write_bytes(workbook_bytes(edited(tiny_plan(), [change])))
    form = json.dumps({"title": "From a file", "why": "So."})
    before = workspace.do("look")
    workspace.killed("post", f"{AT}new/", form, str(file), "tripleaim.web.workspace.uploads.read_uploaded")
    assert workspace.left(), "what was being read lies where it was"
    long_ago = time.time() - 3600
    for each in workspace.temporary.iterdir():
        os.utime(each, (long_ago, long_ago))
    workspace.killed("post", f"{AT}new/", form, str(file), f"{ACTIONS}.drafts.first_revision")
    assert workspace.left() == [], "the next upload clears it away"
    assert workspace.do("look") == before
    assert workspace.do("post", f"{AT}new/", form, str(file)) == {"status": 303}
    now = workspace.do("look")
    assert (len(now["drafts"]), now["drafts"][1]["growth"]["emergency"], now["broken"]) == (2, 0.025, [])


def test_edits_sent_at_the_same_moment_are_all_kept_or_asked_about(workspace: Workspace) -> None:
    for turn in (1, 2):
        sent = {"emergency": f"0.02{turn}", "casualty": f"0.01{turn}", "home_care": f"0.00{turn}"}
        found = workspace.do("edits", workspace.draft, *(f"{line}={growth}" for line, growth in sent.items()))
        assert set(found.values()) == {"saved"}
        (draft,) = workspace.do("look")["drafts"]
        assert draft["growth"] == {line: float(growth) for line, growth in sent.items()}
        assert draft["revision"] == 1 + 3 * turn


def test_of_edits_of_one_field_sent_at_the_same_moment_one_is_saved_and_the_others_are_asked(
    workspace: Workspace,
) -> None:
    for turn in (1, 2):
        sent = [f"emergency=0.02{turn}{number}" for number in (1, 2, 3)]
        found = workspace.do("edits", workspace.draft, *sent)
        assert sorted(found.values()) == ["Collision", "Collision", "saved"]
        (saved,) = (words for words, what in found.items() if what == "saved")
        now = workspace.do("look")
        assert now["drafts"][0]["growth"]["emergency"] == float(saved.split("=")[1])
        assert now["broken"] == []


def test_of_two_who_accept_at_the_same_moment_one_makes_the_version(workspace: Workspace) -> None:
    assert workspace.do("accepts") == {"found": ["NotNow", "version 2"]}
    now = workspace.do("look")
    assert (now["versions"], now["broken"]) == ([1, 2], [])
    assert sorted(draft["state"] for draft in now["drafts"]) == ["accepted", "proposed", "working"]


def test_twenty_who_write_at_the_same_moment_make_one_chain(workspace: Workspace) -> None:
    before = len(workspace.do("look")["acts"])
    assert workspace.do("writes", "20") == {"found": ["written"] * 20}
    now = workspace.do("look")
    assert (len(now["acts"]), now["broken"]) == (before + 20, [])


def test_who_accepts_and_who_says_how_sure_they_are_do_not_wait_for_each_other_for_ever(workspace: Workspace) -> None:
    for number in range(1, 4):
        found = workspace.do("accept_amid", str(number))["found"]
        assert set(found) == {"said", f"version {number + 1}"}
    assert workspace.do("look")["broken"] == []


@pytest.mark.parametrize("workspace", ON_BOTH[1:], indirect=True)
def test_nobody_waits_for_an_acceptance_to_say_how_sure_they_are(workspace: Workspace) -> None:
    assert workspace.do("sure_amid")["found"] == ["said", "version 2"]


def test_workers_that_look_at_the_same_moment_take_up_each_run_once(workspace: Workspace) -> None:
    taken = workspace.do("claims", "8")["taken"]
    assert len(taken) == len(set(taken)) == 4

"""One open workspace for all stories: the real server with its worker, on a data folder of its own.

Stories use places of their own, so that none finds what another left. Whoever is in a story sits at a browser of
their own; what the browsers noted fails the story, and where one fails its pictures and traces are kept.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright")

from web.opened import Opened
from web.stories import backstage
from web.stories.watching import Visitor

Do = Callable[..., Any]
OPEN = pytest.StashKey[list[Visitor]]()
"""The browsers of a story."""


def helper(home: Path) -> ProcessPoolExecutor:
    """A process that has the database of a data folder open."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRIPLEAIM_HOME", str(home))
        patch.setenv("DJANGO_SETTINGS_MODULE", "tripleaim.web.settings")
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
        made = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
        made.submit(int).result()  # started now, in this environment
    return made


@dataclass
class Workspace:
    """The open workspace, and what can be done behind its pages."""

    home: Path
    address: str
    link: str
    """Lets its keeper in, once."""
    do: Do
    """Does a function of `backstage`."""
    log: list[str]
    """What the server has said since it opened."""


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Opened once; the worked plans are places in it."""
    home = tmp_path_factory.mktemp("stories") / "home"
    with Opened(home) as server, helper(home) as process:
        said = server.process.stdout
        assert said is not None
        log: list[str] = []
        listening = threading.Thread(target=lambda: log.extend(iter(said.readline, "")))
        listening.start()

        def do(step: Callable[..., Any], *told: Any) -> Any:
            return process.submit(step, *told).result()

        yield Workspace(home, server.address, server.link, do, log)
        server.stopped()
        listening.join()


@pytest.fixture
def new_place(workspace: Workspace, request: pytest.FixtureRequest) -> Callable[..., str]:
    """A tiny place that a story has to itself: `new_place()` makes it and says its short name."""

    def made(more: str = "") -> str:
        words = request.node.name.partition("[")[0].removeprefix("test_").split("_")[:7]
        slug = "-".join([*words, *filter(None, [more])])
        workspace.do(backstage.tiny_place, slug)
        return slug

    return made


@pytest.fixture
def place(new_place: Callable[..., str]) -> str:
    """The short name of one such place."""
    return new_place()


@pytest.fixture
def sits_down(workspace: Workspace, browser: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """Somebody at a browser of their own: `sits_down("Rowan")`, signed in with `role=`, `of=` and `place=`."""
    visitors = request.node.stash.setdefault(OPEN, [])
    before = len(workspace.log)

    def seated(who: str, role: str = "", of: str = "", place: str = "", **how: Any) -> Visitor:
        visitor = Visitor(browser, workspace.address, who, **how)
        visitors.append(visitor)
        if role:
            address = workspace.do(backstage.address_of, role, of, place)
            visitor.page.goto(workspace.do(backstage.way_in, address))
            visitor.presses("Sign in")
            visitor.heading("Your account")
        return visitor

    yield seated
    noted = [f"{each.who}: {said}" for each in visitors for said in each.unexpected()]
    for each in visitors:
        each.close()
    assert noted == [], "the browsers noted what nobody should have to see"
    faults = [line for line in workspace.log[before:] if " WARNING " not in line]
    assert "".join(faults) == "", "something went wrong in the server"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Keep what the browsers of a failed story saw, and say where."""
    report = yield
    visitors = item.stash.get(OPEN, [])
    if call.when == "call" and report.failed and visitors:
        folder = item.config.rootpath / "build" / "stories" / item.name.replace("/", "_")
        for each in visitors:
            each.keep(folder)
        report.sections.append(("What the browsers saw", f"{folder}: a picture, a page and a trace of each person"))
    return report

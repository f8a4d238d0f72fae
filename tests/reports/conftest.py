"""The two worked plans, projected once, and a reader of HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from reports.stress_told import DRAWS, Told, everything
from tripleaim.loading import read_plan
from tripleaim.opendata.start import start
from tripleaim.projection import Projection, project
from tripleaim.stress.findings import stress
from tripleaim.stress.whole import Whole

PLANS = ("wealdshire_and_marsh", "norfolk_and_waveney")
VOID = {"meta", "link", "br", "img", "hr", "input", "wbr"}


@dataclass
class Element:
    """One element: its tag, its attributes, the text in it, what it is in."""

    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """Every element of a page in order; refuses tags that are not closed in order."""

    elements: list[Element] = field(default_factory=list)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements, self.open = [], []
        self.feed(text)
        assert not self.open, [element.tag for element in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ids = tuple(element.attributes.get("id", "") for element in self.open)
        element = Element(tag, {name: value or "" for name, value in attrs}, ids)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, ()))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]


def words(page: str) -> str:
    """What a page says, in one line."""
    return " ".join(Page(page).all("body")[0].text.split())


@pytest.fixture(scope="session")
def projections() -> dict[str, Projection]:
    plans = Path(__file__).resolve().parents[2] / "plans"
    return {name: project(read_plan(plans / name)) for name in PLANS}


@pytest.fixture(scope="session")
def invented(projections: dict[str, Projection]) -> Projection:
    return projections["wealdshire_and_marsh"]


@pytest.fixture(scope="session")
def rebuilt(projections: dict[str, Projection]) -> Projection:
    return projections["norfolk_and_waveney"]


@pytest.fixture(params=PLANS)
def projection(request: pytest.FixtureRequest, projections: dict[str, Projection]) -> Projection:
    return projections[request.param]


@pytest.fixture(scope="session")
def read_page() -> type[Page]:
    return Page


@pytest.fixture(scope="session")
def balance(invented: Projection) -> Told:
    """The invented plan, which knows what it is short of; the draws alone."""
    return Whole(found=stress(invented.plan, DRAWS, fast=False)), invented


@pytest.fixture(scope="session")
def pressure(rebuilt: Projection) -> Told:
    """A real place without accounts: no balance is known; the draws alone."""
    return Whole(found=stress(rebuilt.plan, DRAWS, fast=False)), rebuilt


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A small plan with two schemes, one of which has no cost, and everything found about it."""
    with_cost = [line for line in TINY["costs.csv"].splitlines() if "night_close" not in line]
    changes = {"shapes.csv": None, "costs.csv": "\n".join(with_cost)}
    return everything(read_plan(write_tiny(tmp_path_factory.mktemp("tiny"), changes)))


@pytest.fixture(scope="session")
def started() -> Told:
    """A real place as published, with no schemes, and everything found about it."""
    return everything(start("E54000038"))

"""The house rules, held by reading the source: floors, libraries per floor, no circles, files of a readable length."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src"
PACKAGE = "tripleaim"
LONGEST_FILE = 450

FLOORS = [
    "errors",
    "quantities",
    "charts",
    "plan",
    "evidence",
    "loading",
    "opendata",
    "projection",
    "stress",
    "portfolio",
    "incentives",
    "governance",
    "involvement",
    "delivery",
    "assurance",
    "reports",
    "cli",
    "web",
]

# A floor that needs a library of its own gets it here, in the change that first uses it.
LIBRARIES = {
    "errors": set(),
    "quantities": {"pydantic", "numpy"},
    "charts": set(),
    "plan": {"pydantic"},
    "evidence": {"pydantic"},
    "loading": {"pydantic", "xlsxwriter"},
    "opendata": {"pydantic"},
    "projection": {"numpy", "scipy"},
    "stress": {"numpy", "scipy", "numba", "distributed"},
    "portfolio": {"numpy", "scipy"},
    "incentives": {"numpy", "scipy"},
    "governance": {"pydantic"},
    "involvement": {"pydantic"},
    "delivery": {"pydantic", "numpy"},
    "assurance": {"pydantic"},
    "reports": {"jinja2", "rich", "numpy", "xlsxwriter"},
    "cli": {"typer", "rich"},
    "web": {
        "allauth",
        "csp",
        "dj_database_url",
        "django",
        "django_htmx",
        "jinja2",
        "ninja",
        "pydantic",
        "rules",
        "waitress",
    },
}
SAME_LIBRARY = {"pydantic_core": "pydantic", "markupsafe": "jinja2"}


@dataclass(frozen=True)
class Import:
    """One name that a module imports: `target` is the module, or the name in it, in full."""

    module: str
    target: str
    line: int
    for_types_only: bool


def modules(source: Path) -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for file in sorted((source / PACKAGE).rglob("*.py")):
        parts = file.relative_to(source).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imports(name: str, file: Path) -> Iterator[Import]:
    """What a module imports, in full names, wherever in the file it does so."""
    tree = ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    typing_lines = {
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for statement in node.body
        for inner in ast.walk(statement)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            home = ".".join([*above, *([node.module] if node.module else [])])
            targets = [f"{home}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("import_module", "__import__"):
            first = node.args[0] if node.args else None
            targets = [first.value] if isinstance(first, ast.Constant) and isinstance(first.value, str) else []
        else:
            continue
        for target in targets:
            yield Import(name, target, node.lineno, node.lineno in typing_lines)


def floor_of(name: str) -> str | None:
    """The floor a module or a name in it belongs to; None for the package root itself."""
    return name.split(".")[1] if "." in name else None


def broken_rules(source: Path) -> list[str]:
    """Everything in the package that breaks a rule of the house, one sentence each."""
    return [
        *(sentence for name, file in modules(source).items() for sentence in broken_in(name, file)),
        *(f"modules import each other in a circle: {' → '.join(circle)}" for circle in circles(source)),
    ]


def broken_in(name: str, file: Path) -> Iterator[str]:
    length = len(file.read_text(encoding="utf-8").splitlines())
    if length > LONGEST_FILE and ".migrations." not in name:
        yield f"{name} has {length} lines, more than {LONGEST_FILE}: name the second idea in it and move that out"
    floor = floor_of(name)
    if floor is None:
        return
    if floor not in FLOORS:
        yield f"{name} is on no floor of the house"
        return
    for found in imports(name, file):
        here = f"{name}, line {found.line},"
        top = found.target.split(".")[0]
        if top == PACKAGE:
            yield from broken_by_floor(here, floor, found.target)
        elif top not in sys.stdlib_module_names and SAME_LIBRARY.get(top, top) not in LIBRARIES[floor]:
            yield f"{here} imports {top}, a library that the {floor} floor does not use"


def broken_by_floor(here: str, floor: str, target: str) -> Iterator[str]:
    from_root = target.count(".") == 1 and target.split(".")[1] not in FLOORS
    other = floor_of(target)
    if other is None or from_root:
        yield f"{here} imports from the package root ({target})"
    elif {floor, other} == {"cli", "web"}:
        yield f"{here} imports {target}, but cli and web are siblings and never import each other"
    elif FLOORS.index(other) > FLOORS.index(floor):
        yield f"{here} is on the {floor} floor but reaches up to {target}"


def circles(source: Path) -> list[list[str]]:
    """Circles of modules importing each other, each once; imports for types alone make none."""
    known = modules(source)
    edges: dict[str, list[str]] = {name: [] for name in known}
    for name, file in known.items():
        if name == PACKAGE:
            continue
        for found in imports(name, file):
            target = found.target if found.target in known else found.target.rpartition(".")[0]
            if target in known and target != name and not found.for_types_only:
                edges[name].append(target)
    finished: set[str] = set()
    found_circles: list[list[str]] = []

    def walk(name: str, path: list[str]) -> None:
        if name in path:
            found_circles.append([*path[path.index(name) :], name])
        elif name not in finished:
            for target in edges[name]:
                walk(target, [*path, name])
            finished.add(name)

    for name in edges:
        walk(name, [])
    return found_circles


def test_the_house_stands_by_its_rules() -> None:
    assert not broken_rules(SOURCE), "\n" + "\n".join(broken_rules(SOURCE))


def test_every_floor_says_which_libraries_it_may_use() -> None:
    assert list(LIBRARIES) == FLOORS


SOUND = {
    "__init__.py": "",
    "errors.py": "import dataclasses\n",
    "plan/__init__.py": "from tripleaim.plan.scheme import Scheme\n",
    "plan/scheme.py": "from pydantic import BaseModel\nfrom tripleaim.errors import Problem\nfrom . import place\n",
    "plan/place.py": "import pydantic_core\n",
    "projection/__init__.py": "import numpy as np\nimport tripleaim.plan\nfrom tripleaim import plan\n",
}


def build(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / PACKAGE / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def test_a_sound_house_is_left_alone(tmp_path: Path) -> None:
    assert broken_rules(build(tmp_path, SOUND)) == []


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("errors.py", "from tripleaim.plan import Scheme\n", "reaches up"),
        ("errors.py", "def late():\n    from .plan.scheme import Scheme\n", "reaches up"),
        ("errors.py", "from importlib import import_module\nimport_module('tripleaim.cli')\n", "reaches up"),
        ("plan/place.py", "import tripleaim\n", "package root"),
        ("plan/place.py", "from tripleaim import read_plan\n", "package root"),
        ("plan/place.py", "from .. import read_plan\n", "package root"),
        ("plan/place.py", "import numpy as np\n", "a library that the plan floor does not use"),
        ("plan/place.py", "from .scheme import Scheme\n", "in a circle"),
        ("plan/place.py", "from tripleaim.plan import Scheme\n", "in a circle"),
        ("plan/place.py", "x = 1\n" * (LONGEST_FILE + 1), "more than"),
        ("web/__init__.py", "from tripleaim.cli import main\n", "siblings"),
        ("cli/__init__.py", "from tripleaim.web import urls\n", "siblings"),
        ("misc.py", "", "on no floor"),
    ],
)
def test_a_planted_fault_is_found(tmp_path: Path, file: str, text: str, said: str) -> None:
    found = broken_rules(build(tmp_path, {**SOUND, file: text}))
    assert any(said in sentence for sentence in found), found

"""The documents are true: examples are run, links lead somewhere, every verb and field is told, figures are today's."""

from __future__ import annotations

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from figures import MARKERS, figures
from pages import ROOT, differences, examples, matches
from tripleaim.plan import TABLES
from tripleaim.plan.describe import HEADING, columns
from tripleaim.plan.plan import Heading

EXECUTED = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "method").glob("*.md"))]
SLOW = {"tutorial.md"}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def markdown() -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git, and a checkout made with it")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def needs_commands(page: Path) -> bool:
    return any(each.kind == "console" for each in examples(page.read_text("utf-8")))


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=pytest.mark.slow if page.name in SLOW else ()) for page in EXECUTED],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_every_example_prints_what_the_page_says(page: Path) -> None:
    if needs_commands(page) and find_spec("tripleaim.cli") is None:
        pytest.skip("needs the command line")
    found = differences(page)
    assert not found, "\n".join(found)


def test_what_is_left_out_may_be_anything_and_nothing_else_may_differ() -> None:
    assert matches("one\n…\nlast", "one\ntwo\nthree\nlast\n")
    assert matches("short by £… in 2020/21", "short by £78.7m in 2020/21")
    assert not matches("one\ntwo", "one\ntwo\nthree")
    assert not matches("one\n…\nlast", "one\nlast but one")


def slug(heading: str) -> str:
    plain = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower())
    return plain.strip().replace(" ", "-")


def anchors(page: Path) -> set[str]:
    text = page.read_text("utf-8")
    named = set(re.findall(r'<a (?:id|name)="([^"]+)"', text))
    return named | {slug(heading) for heading in re.findall(r"^#+ (.+)$", CODE.sub(_keep_inline, text), re.MULTILINE)}


def _keep_inline(found: re.Match[str]) -> str:
    return "" if found[0].startswith("```") else found[0].strip("`")


def test_every_link_inside_the_repository_leads_somewhere() -> None:
    broken = []
    for page in markdown():
        for target in LINK.findall(CODE.sub("", page.read_text("utf-8"))):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            aim = (page.parent / path).resolve() if path else page
            if not aim.exists() or (anchor and aim.suffix == ".md" and anchor not in anchors(aim)):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_the_search_for_links_finds_links() -> None:
    found = [target for page in markdown() for target in LINK.findall(CODE.sub("", page.read_text("utf-8")))]
    assert len([target for target in found if not re.match(r"[a-z]+:", target)]) >= 20


@pytest.mark.parametrize("table", [HEADING, *(form.name for form in TABLES)])
def test_every_field_of_a_plan_is_documented(table: str) -> None:
    noun = Heading if table == HEADING else next(form.noun for form in TABLES if form.name == table)
    page = (ROOT / "docs" / "tables" / f"{table}.md").read_text("utf-8")
    missing = [column.field for column in columns(noun) if f"| `{column.field}`" not in page]
    assert missing == []


def verbs() -> list[str]:
    typer = pytest.importorskip("typer")
    cli = pytest.importorskip("tripleaim.cli")
    command = typer.main.get_command(cli.app)
    found = []

    def walk(path: list[str], group: object) -> None:
        inside = getattr(group, "commands", None)
        if inside is None:
            found.append(" ".join(path))
            return
        for name, each in inside.items():
            if not each.hidden:
                walk([*path, name], each)

    walk([], command)
    return found


def test_every_verb_is_documented_with_the_help_it_prints() -> None:
    page = ROOT / "docs" / "commands.md"
    shown = [each.source.strip() for each in examples(page.read_text("utf-8"))]
    whole = {each.source.strip() for each in examples(page.read_text("utf-8")) if "…" not in each.expected}
    for verb in verbs():
        assert f"tripleaim {verb} --help" in shown, f"docs/commands.md does not show `tripleaim {verb} --help`"
        assert f"tripleaim {verb} --help" in whole, f"docs/commands.md leaves out part of `tripleaim {verb} --help`"


def test_the_figures_in_the_readme_are_those_the_code_prints_today() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    begin, end = MARKERS
    assert begin in text
    assert text.split(begin)[1].split(end)[0].strip() == figures().strip()


def numbered(name: str) -> list[int]:
    return sorted(int(page.name.split("-")[0]) for page in (ROOT / "docs" / name).glob("[0-9]*-*.md"))


def test_method_notes_are_numbered_and_every_note_that_code_cites_is_there() -> None:
    assert numbered("method") == list(range(1, len(numbered("method")) + 1))
    cited = set()
    for file in (ROOT / "src").rglob("*.py"):
        for listed in re.findall(r"method notes? (\d+(?:(?:, | and |–)\d+)*)", file.read_text("utf-8")):
            cited |= {int(number) for number in re.findall(r"\d+", listed)}
    assert cited
    assert cited <= set(numbered("method"))


def test_decisions_are_numbered_without_a_hole_and_dated() -> None:
    assert numbered("decisions") == list(range(1, len(numbered("decisions")) + 1))
    for page in (ROOT / "docs" / "decisions").glob("[0-9]*.md"):
        assert re.search(r"^\d{4}-\d{2}-\d{2}$", page.read_text("utf-8"), re.MULTILINE), page.name

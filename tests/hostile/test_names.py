"""Naughty names: kept and shown letter for letter everywhere, or refused with a message that says what is wrong."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hostile.naughty import NAMES, REFUSED, SCRIPT, STRINGS, naughty_plan, one_line, with_name
from loading.tiny import TINY, write_tiny
from tripleaim.charts.wording import clean
from tripleaim.cli.check import check
from tripleaim.cli.door import guarded
from tripleaim.cli.evidence import evidence
from tripleaim.cli.export import export
from tripleaim.cli.run import run
from tripleaim.errors import PlanProblems
from tripleaim.evidence.search import find
from tripleaim.loading import differences, read_plan, write_plan, write_workbook
from tripleaim.plan import Plan
from tripleaim.projection import project
from tripleaim.reports import write_report
from tripleaim.reports.write import write_files

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What acts on a terminal. (A line break and a space do not.)"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return naughty_plan(tmp_path_factory.mktemp("naughty") / "plan")


@pytest.fixture(scope="module")
def plan(folder: Path) -> Plan:
    return read_plan(folder)


@pytest.fixture(scope="module")
def report(folder: Path, plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(project(plan), tmp_path_factory.mktemp("report") / "r").parent


def test_every_naughty_string_is_a_name_or_is_refused() -> None:
    assert len(STRINGS) == 129
    assert {*STRINGS} <= {*NAMES} | REFUSED.keys()


@pytest.mark.parametrize("text", REFUSED)
def test_what_may_not_be_a_name_is_refused_by_row_and_column(text: str, tmp_path: Path) -> None:
    with pytest.raises(PlanProblems) as caught:
        read_plan(with_name(tmp_path / "p", text))
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.field) == ("stated.csv", 2, "name")
    assert problem.expected.startswith(REFUSED[text])
    assert not ACTS.search(str(problem))


def test_every_name_is_kept_letter_for_letter(plan: Plan) -> None:
    for table in (plan.schemes, plan.sources, plan.organisations, plan.stated, plan.assumptions, plan.indicators):
        rows = {row.key: row for row in table}
        for n, text in enumerate(NAMES):
            assert getattr(rows[f"n{n}"], "name", None) or rows[f"n{n}"].title == text
    assert plan.heading.not_known == NAMES


def test_it_comes_back_from_a_folder_and_from_a_workbook(plan: Plan, tmp_path: Path) -> None:
    assert read_plan(write_plan(plan, tmp_path / "p")) == plan
    assert read_plan(write_workbook(plan, tmp_path / "p.xlsx")) == plan


class Page(HTMLParser):
    """The elements of a page, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.slow
def test_no_name_becomes_a_part_of_the_page(report: Path) -> None:
    page = Page((report / "index.html").read_text(encoding="utf-8"))
    assert {tag for tag, _ in page.tags}.isdisjoint(
        {"script", "iframe", "object", "img", "foo", "u", "textarea", "div2"}
    )
    names = [(tag, name) for tag, given in page.tags for name in given if name.startswith("on")]
    assert names == []
    addresses = [given[name] for _, given in page.tags for name in ("href", "src", "xlink:href") if name in given]
    assert {address.partition(":")[0] for address in addresses if ":" in address} <= {"https", "http"}


@pytest.mark.slow
def test_every_name_is_shown_on_the_page_as_it_is(report: Path) -> None:
    said = one_line(" ".join(Page((report / "index.html").read_text(encoding="utf-8")).words))
    assert [text for text in NAMES if one_line(clean(text)) not in said] == []


@pytest.mark.slow
def test_no_cell_of_a_table_that_goes_out_is_a_formula(report: Path) -> None:
    files = list((report / "data").glob("*.csv"))
    assert len(files) > 10
    held: set[str] = set()
    for file in files:
        with file.open(encoding="utf-8", newline="") as text:
            for cell in (cell for row in csv.reader(text) for cell in row):
                held.add(one_line(cell))
                assert not re.match(r"\s*[=+@\t\r＝＋－＠]", cell), (file.name, cell)
                assert not cell.startswith("-") or re.fullmatch(r"-[0-9.e\-]+", cell), (file.name, cell)
    assert {one_line(text).removeprefix("'") for text in NAMES} <= {text.removeprefix("'") for text in held}


@pytest.mark.slow
def test_the_json_holds_every_name_as_it_is(report: Path) -> None:
    found = json.loads((report / "result.json").read_text(encoding="utf-8"))
    rows = {row["key"]: row["name"] for row in found["result"]["schemes"]}
    assert [rows[f"n{n}"] for n in range(len(NAMES))] == list(NAMES)


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    return said.out + said.err


@pytest.mark.slow
def test_nothing_that_is_printed_acts_on_the_terminal(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verbs = [
        lambda: check(folder),
        lambda: run(folder, tmp_path / "r"),
        lambda: export(folder, tmp_path / "\x1b[31mred\u202e.xlsx"),
    ]
    for verb in verbs:
        assert guarded(False, verb) == 0
        said = printed(capsys)
        assert not ACTS.search(said), ACTS.search(said)
        assert SCRIPT in said


HEADINGS = ["[bold]Bold[/bold]", "[/]", ":warning: :hospital:", "ends in a stroke \\", "\\[bold]", "[red", "%s {0}"]


@pytest.mark.parametrize("name", HEADINGS)
def test_marks_of_colour_and_pictures_are_printed_as_they_are(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quoted = json.dumps(name)
    folder = write_tiny(tmp_path / "p", {"plan.toml": TINY["plan.toml"].replace('"Tiny plan"', quoted)})
    for verb in (lambda: check(folder), lambda: run(folder, tmp_path / "r")):
        assert guarded(False, verb) == 0
        assert name in printed(capsys)


def test_a_name_of_two_lines_cannot_pass_for_what_the_program_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heading = TINY["plan.toml"].replace('"Tiny plan"', '"Tiny\\nfingerprint 0000"')
    folder = write_tiny(tmp_path / "p", {"plan.toml": heading})
    assert guarded(False, lambda: check(folder)) == 0
    assert "ready: Tiny fingerprint 0000, 2016/17" in printed(capsys)
    changes = differences(read_plan(write_tiny(tmp_path / "q")), read_plan(folder))
    assert [str(each) for each in changes] == ["plan.toml, name: Tiny plan → Tiny\\x0afingerprint 0000"]


FILE_NAMES = [
    "schem\x1b[31mes.csv",
    "sch\x1b]0;title\x07emes.csv",
    "schemes\u202evsc.csv",
    "sche\nmes.csv",
    "schémes.csv",
    "schem\udcffes.csv",
    "-schemes.csv",
    "$(touch schemes).csv",
    "schemes.csv ; ls.csv",
    "x" * 240 + ".csv",
]


@pytest.mark.parametrize("name", FILE_NAMES)
@pytest.mark.parametrize("as_json", [False, True])
def test_names_of_files_are_told_and_nothing_more(
    name: str, as_json: bool, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = write_tiny(tmp_path / "p")
    (folder / name).write_bytes(b"key\n")
    assert guarded(as_json, lambda: check(folder, as_json)) == 2
    said = capsysbinary.readouterr().out.decode("utf-8")
    assert "a file that no plan has" in said
    assert not ACTS.search(said)
    assert len(said) < 1_000
    assert not as_json or len(json.loads(said)["problems"]) == 1


ODD_FOLDERS = [
    "CON",
    "nul.txt",
    "[bold]plan",
    "-plan",
    "plan ",
    "$(id)",
    "%s%n",
    "ünï",
    "健康",
    "x" * 200,
    "pl\x1b[31man",
    "a'b\"c",
]


@pytest.mark.parametrize("name", ODD_FOLDERS)
def test_a_folder_may_be_called_anything(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Windows alone refuses some of these names; elsewhere they are names like any other."""
    folder = tmp_path / name
    plan = read_plan(write_tiny(tmp_path / "p"))
    write_plan(plan, folder)
    write_plan(plan, folder)
    assert read_plan(folder) == plan
    report = tmp_path / "reports" / name
    write_files({"index.html": "of an earlier run"}, report)
    assert guarded(False, lambda: run(folder, report)) == 0
    assert (report / "index.html").stat().st_size > 10_000
    assert not ACTS.search(printed(capsys))
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(["p", name, "reports"])


@pytest.mark.parametrize("words", [*STRINGS, *FILE_NAMES, "x " * 100_000, "\0", "I002 " * 5_000])
def test_any_words_may_be_looked_for(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(False, lambda: evidence(words)) == 0
    assert not ACTS.search(printed(capsys))
    assert isinstance(find(words).suggestions, tuple)


KEYS = [
    ("hоme_first", "a letter of another alphabet that looks the same", "U+043E CYRILLIC SMALL LETTER O"),
    ("home\u200bfirst", "a space nobody sees", "U+200B ZERO WIDTH SPACE"),
    ("home\u202efirst", "a mark that turns the direction of reading", "U+202E RIGHT-TO-LEFT OVERRIDE"),
    ("hôme_first", "an accent in one letter", "U+00F4 LATIN SMALL LETTER O WITH CIRCUMFLEX"),
    ("ho\u0302me_first", "the same accent as a letter of its own", "U+0302 COMBINING CIRCUMFLEX ACCENT"),
    ("ｈome_first", "a broad letter", "U+FF48 FULLWIDTH LATIN SMALL LETTER H"),
    ("Home_first", "a capital", "write home_first"),
    ("home first", "a gap", "write home_first"),
    ("../home_first", "a way out of a folder", "write .._home_first"),
    ("home_first\n", "a line break", "write home_first"),
]


@pytest.mark.parametrize(("key", "why", "advice"), KEYS, ids=[why for _, why, _ in KEYS])
def test_two_keys_that_look_the_same_are_never_two(key: str, why: str, advice: str, tmp_path: Path) -> None:
    text = TINY["actions.csv"].replace("home_first,", f'"{key}",')
    with pytest.raises(PlanProblems) as caught:
        read_plan(write_tiny(tmp_path / "p", {"actions.csv": text}))
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.field) == ("actions.csv", 2, "scheme")
    assert advice in problem.to_fix, why


@pytest.mark.parametrize(("file", "old", "new"), [("places.csv", "name", "nаme"), ("places.csv", "kind", "kin\u200bd")])
def test_a_column_that_only_looks_known_is_told_by_its_letter(file: str, old: str, new: str, tmp_path: Path) -> None:
    with pytest.raises(PlanProblems) as caught:
        read_plan(write_tiny(tmp_path / "p", {file: TINY[file].replace(old, new, 1)}))
    (problem,) = caught.value.problems
    assert (problem.file, problem.row) == (file, 1)
    assert f"rename it {old}" in problem.to_fix
    assert re.search(r"U\+(0430|200B)", problem.to_fix)


def test_a_word_of_a_list_that_only_looks_known_is_told_by_its_letter(tmp_path: Path) -> None:
    with pytest.raises(PlanProblems) as caught:
        read_plan(write_tiny(tmp_path / "p", {"schemes.csv": TINY["schemes.csv"].replace("changes,", "сhanges,")}))
    assert "U+0441 CYRILLIC SMALL LETTER ES" in caught.value.problems[0].to_fix

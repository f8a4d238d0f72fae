"""A plan in which every name that may be a name is a naughty one, and what is said of the others."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from loading.tiny import TINY, write_tiny

STRINGS: tuple[str, ...] = tuple(
    json.loads((Path(__file__).parents[1] / "loading/cases/naughty_strings_a.json").read_text(encoding="utf-8"))[
        "inputs"
    ]["strings"]
)
"""129 of the Big List of Naughty Strings (MIT, Copyright 2015-2020 Max Woolf; see the case file)."""

OURS: tuple[str, ...] = (
    "[bold]Bold[/bold]",
    "[/]",
    "[link=https://example.org]here[/link]",
    ":warning: :hospital:",
    "ends in a stroke \\",
    "\\[bold]",
    "two\nlines",
    "Ready: no problems\nfingerprint 0000",
    "{{ 7 * 7 }}{% raw %}",
    "%(name)s {name} {0}",
    "_x0041_",
    "<![CDATA[ ]]>",
    "&lt;b&gt; &amp;amp; &#0;",
    "<!-- <script>alert(1)</script> -->",
    "a\u00a0b c\u2003d",
    "one\u2028two\u2029three",
    "e\u0301 and é",
    "\ufeffmark of order",
    "x" * 9_000,
)
"""What that list leaves out and our own outputs could trip over."""

RUNS = "text that no spreadsheet takes for a formula (it must not begin with = + - or @)"
TURNS = "text whose direction of reading is not turned"
CONTROLS = "text without control characters"
REFUSED: dict[str, str] = {
    "": "a value",
    "-1.00": RUNS,
    "-1E02": RUNS,
    "-2147483648/-1": RUNS,
    "+0": RUNS,
    "-": RUNS,
    "--help": RUNS,
    STRINGS[24]: TURNS,
    STRINGS[43]: TURNS,
    STRINGS[44]: TURNS,
    STRINGS[127]: CONTROLS,
    "=1+1": RUNS,
    "@SUM(1)": RUNS,
    " =1+1": RUNS,
    "\n=1+1": RUNS,
    "＝1+1": RUNS,
    "\t=1+1": CONTROLS,
    "name\r": CONTROLS,
    "bell\x07": CONTROLS,
    "\x1b[2Jgone": CONTROLS,
    "\x9b2J": CONTROLS,
    "saves \u202e£5m": TURNS,
    "saves \u2067£5m": TURNS,
    "no letter \uffff": CONTROLS,
    " \u00a0 ": "words, or an empty cell",
}
"""What may not be a name, and what is expected instead."""

NAMES = tuple(text for text in (*STRINGS, *OURS) if text not in REFUSED)
"""Every text that may be a name: it is kept letter for letter."""


SCRIPT = "</textarea><script>alert(123)</script>"
"""The name of the naughty plan itself."""


def with_name(folder: Path, text: str) -> Path:
    """The tiny plan with a text as the name of its printed figure."""
    return write_tiny(folder, {"stated.csv": TINY["stated.csv"].replace("The gap as printed", _cell(text))})


def naughty_plan(folder: Path) -> Path:
    """The tiny plan with a scheme, an action, a source, an organisation, a printed figure … of every naughty name."""
    changes = {
        "schemes.csv": "n{n},{name},{name},changes,money,prevention,{name},hospital,2016-10,council,,,,,,guess\n",
        "actions.csv": "n{n},{name},{name},2016-12,guess\n",
        "sources.csv": "n{n},judged,{name}\n",
        "organisations.csv": "n{n},{name},provider,,no,,,census\n",
        "stated.csv": "n{n},{name},gap,2017/18,{n},do_nothing_gap,n{n}\n",
        "assumptions.csv": "n{n},{name},0.3,0.2,0.4,{name},middle,n{n}\n",
        "budgets.csv": "n{n},hospital,{name},cost,other,1{n},pay,0,,outside:resources,,n{n}\n",
        "indicators.csv": "n{n},{name},care,tinyshire,proportion,yes,0.8,0.85,,,,n{n}\n",
    }
    texts: dict[str, str | bytes | None] = {
        file: TINY[file] + "".join(row.format(n=n, name=_cell(text)) for n, text in enumerate(NAMES))
        for file, row in changes.items()
    }
    heading = TINY["plan.toml"].replace(
        '"Tiny plan"', _toml(NAMES[NAMES.index("</textarea><script>alert(123)</script>")])
    )
    start = heading.index("not_known")
    not_known = ", ".join(map(_toml, NAMES))
    return write_tiny(folder, {**texts, "plan.toml": f"{heading[:start]}not_known = [{not_known}]\n"})


def _cell(text: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="", quoting=csv.QUOTE_ALL).writerow([text])
    return out.getvalue()


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def one_line(text: str) -> str:
    """A name as pages and screens show it: on one line."""
    return " ".join(text.split())

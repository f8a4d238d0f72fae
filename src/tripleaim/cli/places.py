"""tripleaim places [NAME]: what is already published, for the 44 footprints or one of them."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from textwrap import fill

from tripleaim.cli.door import console, document
from tripleaim.errors import PlanProblems, Problem

WIDTH = 100
"""Letters in a line of text."""

LEGEND = (
    "In the order of the official numbers; nothing here ranks a place. Footprints of April 2017. "
    "People: mid-2017. CCGs: "
    "clinical commissioning groups of April 2017. Cut: councils that lie only partly there. Beds: "
    "general and acute, open in "
    "winter 2015/16, at trusts that sit there, not where patients live. Printed: figures of the plan "
    "of 2016 that we found. "
    "More of one: tripleaim places NAME. A plan for it: tripleaim new NAME FOLDER."
)


def places(name: str = "", out: Path | None = None, as_json: bool = False) -> int:
    """Print the 44 footprints in the order of their official numbers, or one of them; the exit code is 0.

    out : folder for the page that shows all of them side by side
    """
    if out:
        from tripleaim.reports.overview import overview_files
        from tripleaim.reports.write import write_files

        write_files(overview_files(), out)
    if name:
        _one(name, as_json)
    else:
        _all(as_json)
    if out and not as_json:
        sys.stdout.write(f"\nAll 44 side by side: {out / 'index.html'}\n")
    return 0


def chosen(name: str) -> tuple[str | None, list[Problem]]:
    """The code of the one footprint a name or code belongs to, or the problem with it.

    A footprint that itself bears the name is meant, even where a council or board bears it too.
    """
    from tripleaim.opendata import find

    found = find(name)
    if found.named:
        return found.named, []
    if len(found.codes) == 1:
        return found.codes[0], []
    if found.codes:
        several = "; ".join(f"{body.footprint} {body.footprint_name} ({_share(body)})" for body in _each_once(found))
        return None, [
            Problem(
                file=f"NAME “{name}”",
                found=f"{len(found.codes)} footprints: {several}",
                expected="one footprint of the 44",
                to_fix="write the code or name of the one you mean",
            )
        ]
    near = f"perhaps {', or '.join(found.near)}" if found.near else "`tripleaim places` lists all 44"
    return None, [
        Problem(
            file=f"NAME “{name[:80]}”",
            found="nothing of that name or code",
            expected="a code or name of a footprint, or of a commissioning group, council, trust or care board in one",
            to_fix=near,
        )
    ]


def why_chosen(name: str) -> str:
    """Which body led from a name to its one footprint, as a sentence; empty where the footprint itself bears it.

    Where the name is only part of the names of several bodies there, all are told.
    """
    from tripleaim.opendata import find

    found = find(name)
    if found.named or len(found.codes) != 1:
        return ""
    (body,) = _each_once(found)
    where = f"{body.footprint_name} ({body.footprint})"
    names = list(dict.fromkeys(each.name for each in found.footprints))
    if found.in_part and len(names) > 1:
        return f"{name.strip()} is no whole name. It may mean any of these, all in {where}: {'; '.join(names)}."
    if body.kind == "footprint":
        return f"{name.strip()} stands for {where}."
    if body.kind in ("trust", "ambulance"):
        return f"{name.strip()} stands for {body.name}, a trust that is counted in {where}{_of_a_trust(body)}."
    live = f"{'a part' if body.share is None else f'{body.share:.1%}'} of its people live in {where}"
    return f"{name.strip()} stands for the {KINDS[body.kind]} {body.name}: {live}."


def _of_a_trust(body) -> str:
    """Where a trust's patients live, and what became of one that has closed, as far as the open data tells."""
    from tripleaim.opendata import published

    live = "where its patients live is not published"
    if body.share is not None:
        live = f"{body.share:.1%} of its patients live there"
    trust = next(each for each in published().trusts if each.ods == body.code)
    if not trust.closed:
        return f"; {live}"
    names = {each.ods: each.also or each.name for each in published().trusts}
    after = [f"{names.get(code) or 'a trust'} ({code})" for code in trust.successor.split()]
    went_on = f"its care went to {' and '.join(after)}" if after else "the open data does not name who took over"
    closed = date.fromisoformat(trust.closed)
    return f"; {live}. It closed on {closed.day} {closed:%B %Y}; {went_on}"


KINDS = {
    "commissioner": "commissioning group",
    "council": "council area",
    "district": "district",
    "board": "integrated care board",
}


def _each_once(found) -> list:
    """One body for each footprint: the one named just as asked, then one that most of them share, then the one with the
    greatest share. So shares that stand side by side are of the same people wherever they can be.
    """
    asked = found.asked.strip().casefold()
    parts: dict = {}
    for body in found.footprints:
        parts.setdefault((asked != body.name.casefold(), body.kind, body.name, body.version), []).append(body)
    most_first = sorted(parts.items(), key=lambda part: (part[0][0], -len(part[1])))
    once: dict = {}
    for body in (body for _, same in most_first for body in same):
        once.setdefault(body.footprint, body)
    return list(once.values())


def _share(body) -> str:
    """How much of a body is meant: its people or a trust's patients, with its date where names changed."""
    if body.kind == "footprint":
        return "the name of the footprint holds it"
    if body.kind == "region":
        return f"in the region {body.name}"
    named = f"{body.name}{f', {body.version}' if body.version else ''}"
    if body.kind in ("trust", "ambulance"):
        return f"{named}: counted there" if body.share is None else f"{body.share:.1%} of the patients of {named}"
    return f"a part of {named}" if body.share is None else f"{body.share:.1%} of the people of {named}"


def _all(as_json: bool) -> None:
    from rich.table import Table

    from tripleaim.opendata import published
    from tripleaim.opendata.start import glance

    found = [glance(each.code) for each in sorted(published().footprints, key=lambda each: each.number)]
    if as_json:
        document({"kind": "places", "places": [asdict(each) for each in found]})
        return
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in ("", "Code", "Footprint"):
        table.add_column(heading)
    for heading in ("People", "CCGs", "Councils", "cut", "Hospitals", "Beds", "Printed"):
        table.add_column(heading, justify="right")
    for each in found:
        counts = (each.commissioners, each.councils, each.cut_councils, each.hospitals)
        beds = "" if each.beds is None else f"{each.beds:,.0f}"
        row = (str(each.number), each.code, each.name, f"{each.people:,.0f}", *(str(len(some)) for some in counts))
        table.add_row(*row, beds, str(each.printed))
    console().print(table)
    sys.stdout.write(f"\n{fill(LEGEND, WIDTH)}\n")


def _one(name: str, as_json: bool) -> None:
    from tripleaim.opendata.start import NEXT, glance, start
    from tripleaim.reports.held import with_meaning

    code, problems = chosen(name)
    if code is None:
        raise PlanProblems(problems)
    found = glance(code)
    lacks = with_meaning(start(code)).heading.not_known
    if as_json:
        more = {"found_by": why_chosen(name), "lacks": list(lacks), "next": [asdict(each) for each in NEXT]}
        document({"kind": "place", **asdict(found), **more})
        return
    why = why_chosen(name)
    lines = [
        *([fill(why, WIDTH), ""] if why else []),
        f"{found.name} ({found.code}, number {found.number}, {found.region})",
        f"Footprint of April 2017, put together from its small areas; {found.people:,.0f} people at mid-2017.",
        "",
        *_section("Commissioning groups of April 2017", found.commissioners),
        *_section(
            "Councils that run social care, and Health and Wellbeing Boards of the same area",
            (
                f"{each.name}: {each.of_footprint:.1%} of the people here"
                + ("" if each.of_its_people == 1 else f"; cut, only {each.of_its_people:.1%} of its people live here")
                for each in found.councils
            ),
        ),
        *_section(
            "Integrated care boards its people now belong to",
            (
                f"{each.name}: {each.of_footprint:.1%} of the people here, {each.of_its_people:.1%} of its own"
                for each in found.boards
            ),
        ),
        *_section("Hospitals (counted where they sit, not where patients live)", map(_hospital, found.hospitals)),
        *_section("Other NHS trusts counted here", found.other_trusts),
        *_section(
            "Printed about its plan of 2016", (f"{found.printed} found" if found.printed else "no figure found",)
        ),
        *_section("What lacks", lacks),
        *_section("What to get next", map(str, NEXT)),
        f"A plan for it: tripleaim new {found.code} FOLDER",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _section(title: str, entries) -> list[str]:
    return [title, *(indented(each) for each in entries), ""]


def indented(text: str) -> str:
    """A text below a title, its further lines further in."""
    return fill(text, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def _hospital(each) -> str:
    beds = "beds not returned" if each.beds is None else f"{each.beds:,.0f} beds"
    if each.patients_here is None:
        here = "where its patients live is not published"
    else:
        here = f"{each.patients_here:.0%} of its patients live here {each.patients_of}".rstrip()
    return (
        f"{each.name} ({each.code}): {each.unplanned:,.0f} unplanned and {each.planned:,.0f} planned admissions, "
        f"{each.attendances:,.0f} A&E attendances, {beds}; {here}"
    )

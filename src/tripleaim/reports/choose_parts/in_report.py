"""Which schemes together as the report of a plan tells it: the limits it breaks, and where to ask for more."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tripleaim.charts import StartRow, StartYears
from tripleaim.portfolio.planned import AsPlanned, as_planned
from tripleaim.reports.choose_parts.limits_kept import Broken, count, unkept
from tripleaim.reports.choose_parts.room import triangles
from tripleaim.reports.choose_parts.starts import most_used, year_of
from tripleaim.reports.facts import Facts
from tripleaim.reports.section import Section
from tripleaim.reports.words import counted, in_words, listed

QUESTION = "Which schemes together?"
_MOST = 80
"""Schemes the picture has room for."""
_ON_SCREEN = Markup(
    '<div class="on-screen">\n{}\n<p>Which schemes would do best together within the limits, what is traded off, and '
    "what a cut would lose: the command <code>tripleaim choose</code>, with this plan and <code>--out</code>, writes a "
    "page of it.</p>\n</div>"
)


def in_short(facts: Facts) -> Section | None:
    """The plan as it stands against its limits by year, and what each scheme brings for its cost."""
    if not facts.has_schemes:
        return None
    found = as_planned(facts.plan)
    broken = unkept(found.limits, found.uses)
    pictures = []
    if found.limits and len(facts.plan.schemes) <= _MOST:
        pictures.append(facts.shown.picture("as_planned", _starts(facts, found)))
    drawn = triangles(found.triangles)
    if drawn is not None:
        pictures.append(facts.shown.picture("value_for_money", drawn))
    if not pictures:
        return None
    on_screen = Markup("\n").join([*pictures, *([_listed(broken)] if broken else [])])
    paper = _on_paper([each.name for each in broken], facts)
    data = {"lead": [_verdict(found, len(broken))], "exhibits": [_ON_SCREEN.format(on_screen), paper]}
    return Section(key="together", question=QUESTION, data=data)


def _listed(broken: Sequence[Broken]) -> Markup:
    """Every limit that is broken, behind its heading."""
    rows = Markup("\n").join(Markup("<li>{}</li>").format(each.sentence) for each in broken)
    heading = f"Limits that the plan as it stands breaks: {len(broken)}"
    return Markup("<details><summary>{}</summary>\n<ul>\n{}\n</ul></details>").format(heading, rows)


def _on_paper(broken: Sequence[str], facts: Facts) -> Markup:
    """The names of limits that are broken, and the files that have the rest."""
    files = listed([f"data/{key}.csv" for key in ("as_planned", "value_for_money") if key in facts.shown.kept])
    names = f"It breaks: {'; '.join(broken)}. " if broken else ""
    return Markup('<p class="on-paper">{}</p>').format(f"{names}By how much and when, scheme by scheme: {files}.")


def _verdict(found: AsPlanned, broken: int) -> str:
    """How many limits the plan breaks as it stands."""
    every = count(found.limits)
    if not every:
        return "No limit is known that the schemes of the plan could break together."
    if not broken:
        return f"Taken together, the schemes of the plan as it stands keep all of {counted(every, 'limit').lower()}."
    return (
        f"The plan as it stands breaks {in_words(broken)} of {counted(every, 'limit').lower()}: it asks for more than "
        "there is, the cost of change itself counted."
    )


def _starts(facts: Facts, found: AsPlanned) -> StartYears:
    """When the schemes start, and what they use of each limit."""
    years = facts.plan.years
    rows = tuple(StartRow(row.name, year_of(row.start, years)) for row in facts.plan.schemes)
    return StartYears(years, rows, (), most_used(years, found.limits, found.uses))

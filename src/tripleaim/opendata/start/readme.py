"""The README of a started plan: what it holds, what it lacks and what to get next."""

from __future__ import annotations

from collections.abc import Iterator

from tripleaim.opendata.start.lacking import NEXT
from tripleaim.opendata.start.people import ESTIMATES
from tripleaim.plan.activity import Care
from tripleaim.plan.plan import Plan

CARE = {
    Care.NON_ELECTIVE: "unplanned admissions",
    Care.ELECTIVE: "planned overnight stays",
    Care.DAY_CASE: "day cases",
    Care.OUTPATIENT: "first outpatient attendances",
    Care.AE: "A&E attendances of 2016/17, which stand in for 2015/16",
}


def readme(plan: Plan) -> str:
    """The README of a plan that `start` made, as Markdown."""
    heading = plan.heading
    parts = [
        f"# {heading.name}",
        f"**{heading.summary}**",
        "## What it holds",
        *_listed(holds(plan)),
        "",
        "## What it lacks",
        *_listed(heading.not_known),
        "",
        "## What to get next",
        *_listed(f"{str(each)[0].upper()}{str(each)[1:]}." for each in NEXT),
        "",
        *proposing(plan),
        "",
        "Every row names its source; `sources.csv` says where it comes from, its licence and what "
        "was done to it. A line "
        "with something odd about it has a source of its own that begins with FLAGGED.",
        "",
        "Contains public sector information licensed under the Open Government Licence v3.0. Contains OS data © Crown "
        "copyright and database right. Figures from press and campaign pages are cited as facts with their address.",
    ]
    return "\n".join(parts) + "\n"


def proposing(plan: Plan) -> list[str]:
    """How to add a scheme, with a line of the plan that a study of older people fits."""
    older = next((line.key for line in plan.activity if line.key.startswith("unplanned_older_")), "LINE")
    return [
        "Then add what the place proposes, such as support to care homes, a study of older people:",
        "",
        f'    tripleaim scheme add PLAN --evidence I030 --name "…" --target {older} --eligible SHARE --start 2017-10',
        "",
        "SHARE is the part of that line's care which is of the people the study is about: it has no default, so count "
        "it here, between 0 and 1. A trust is one line: repeat `--target` for several.",
    ]


def _listed(sentences: Iterator[str] | tuple[str, ...]) -> list[str]:
    return [f"- {each}" for each in sentences]


def holds(plan: Plan) -> Iterator[str]:
    """What a started plan holds, a sentence each."""
    place = plan.heading.place
    people = [
        f"{sum(row.persons for row in plan.population if row.place == place and row.year == year):,.0f} at mid-{year}"
        for year in ESTIMATES
    ]
    yield f"People by single year of age: {' and '.join(people)}."
    counts = [
        f"{sum(line.baseline for line in plan.activity if line.care is care):,.0f} {name}"
        for care, name in CARE.items()
    ]
    trusts = {line.provider for line in plan.activity if line.care in CARE}
    yield f"Hospital care of {_count(len(trusts), 'trust')} here, 2015/16: {'; '.join(counts)}."
    beds = sum(pool.open_beds for pool in plan.capacity)
    yield f"General and acute beds open in winter 2015/16: {beds:,.0f} at {_count(len(plan.capacity), 'trust')}."
    spent = {
        name: sum(line.baseline for line in plan.activity if line.care is care)
        for name, care in (("adult social care", Care.CARE_PACKAGE), ("public health", Care.PUBLIC_HEALTH))
    }
    money = " and ".join(f"£{amount / 1e6:,.1f}m on {name}" for name, amount in spent.items())
    yield f"Net council spending of 2015/16, by the share of each council's people who live here: {money}."
    yield f"{len(plan.indicators)} indicators of health and care, each with a standard."
    about = sum(row.key.startswith("printed_") for row in plan.stated)
    yield (
        f"{len(plan.stated)} printed figures that drive nothing, {about} of them about the partners' plan of 2016; "
        f"beside {sum(bool(row.placed_with) for row in plan.stated)} stands what the model has of the same thing."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

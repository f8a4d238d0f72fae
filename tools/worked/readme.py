"""The marked parts of a worked plan's README: what it holds, what a run says, how far that is from what is printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tripleaim.opendata.start import holds
from tripleaim.plan import Plan
from tripleaim.projection import Projection, project

SERVICES = {"social_care": "Adult social care", "public_health": "Public health"}
PARTS = {"scheme": "alone", "overlap": "the same care counted twice", "wards": "whole wards, not parts of wards"}


def refresh(file: Path, plan: Plan) -> None:
    """Write every marked part anew; the words between stay as they are."""
    text = file.read_text(encoding="utf-8")
    found = project(plan)
    for mark, lines in (("holds", held(plan)), ("run", said(found)), ("printed", beside(found))):
        before, rest = text.split(f"<!-- {mark} -->")
        _, after = rest.split(f"<!-- /{mark} -->")
        text = "\n".join([f"{before}<!-- {mark} -->", *lines, f"<!-- /{mark} -->{after}"])
    file.write_text(text, encoding="utf-8", newline="\n")


def held(plan: Plan) -> Iterator[str]:
    """What the plan holds, a sentence each."""
    return (f"- {sentence}" for sentence in holds(plan))


def said(found: Projection) -> Iterator[str]:
    """What a run says of the last year."""
    last, opening = found.last, found.plan.opening_year
    both = found.scope("both")
    yield f"| £m in {found.years[last]}, cash | |"
    yield "|---|--:|"
    yield _row(f"If nothing changes, more than in {opening}", both.do_nothing[last])
    yield _row("of which pay and prices of councils", found.walk("council").at("pay_and_prices").amounts[last])
    for step in found.bridge("both").steps:
        if step.kind in PARTS and abs(step.amounts[last]) > 0:
            words = step.name if step.kind == "scheme" else PARTS[step.kind].capitalize()
            yield _row(f"{words}{', ' + PARTS['scheme'] if step.kind == 'scheme' else ''}", step.amounts[last])
    yield _row("With the examples as hoped", both.hoped[last])


def beside(found: Projection) -> Iterator[str]:
    """Printed figures that are placed, beside the model's: councils added up, beds by hospital."""
    names = {pool.key: pool.name.partition(", ")[2] for pool in found.plan.capacity}
    sums: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in found.stated:
        if row.modelled is not None:
            service = next((each for each in SERVICES if row.placed_with.startswith(each)), "")
            sums[service or row.placed_with, row.year].append((row.printed, row.modelled))
    yield "| | year | printed | modelled |"
    yield "|---|---|--:|--:|"
    for (key, year), pairs in sorted(sums.items(), key=lambda item: (item[0][0] not in SERVICES, item[0])):
        printed, modelled = (sum(part) for part in zip(*pairs, strict=True))
        if key in SERVICES:
            councils = f"{len(pairs)} councils together, £m" if len(pairs) > 1 else "£m"
            yield f"| {SERVICES[key]}, {councils} | {year} | {printed / 1e6:,.1f} | {modelled / 1e6:,.1f} |"
        else:
            beds = f"General and acute beds full on an average day, {names[key]}"
            yield f"| {beds} | {year} | {printed:,.0f} | {modelled:,.0f} |"


def _row(name: str, amount: float) -> str:
    size = f"{abs(amount) / 1e6:,.1f}"
    less = "less than 0.1" if size == "0.0" else size
    return f"| {name} | {'−' if amount < 0 and less == size else ''}{less} |"

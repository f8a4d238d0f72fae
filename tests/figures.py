"""The headline figures of both worked plans, as the README shows them: `python tests/figures.py` writes them anew."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tripleaim import project, read_plan
from tripleaim.projection import Projection

ROOT = Path(__file__).resolve().parent.parent
MARKERS = ("<!-- figures -->", "<!-- /figures -->")
PLANS = ("wealdshire_and_marsh", "norfolk_and_waveney")


@cache
def result(plan: str) -> Projection:
    """One worked plan, projected once."""
    return project(read_plan(ROOT / "plans" / plan))


def figures() -> str:
    """A Markdown table: what each plan says of its last year."""
    found = [result(plan) for plan in PLANS]
    heads = [f"{each.plan.heading.place.replace('_', ' ').title().replace(' And ', ' and ')}" for each in found]
    rows = [
        "| | " + " | ".join(heads) + " |",
        "|---|--:|--:|",
        _row("", [f"{each.years[each.last]}, {'pressure' if each.is_pressure else 'gap'}" for each in found]),
        _row("If nothing changes, short by", [_million(each.scope("both").do_nothing[each.last]) for each in found]),
        _row("With the plan as hoped, short by", [_million(each.scope("both").hoped[each.last]) for each in found]),
        _row(
            "With the posts and capital found, short by",
            [_million(each.scope("both").resourced[each.last]) for each in found],
        ),
        _row("Schemes", [str(each.composition.schemes) for each in found]),
        _row("What they save, each alone", [_million(each.composition.savings) for each in found]),
        _row("… of which nobody has found yet", [_million(each.composition.plugs) for each in found]),
        _row("… share worked out to a business case", [f"{each.composition.fully_developed:.0%}" for each in found]),
        _row("Health measures at standard, today → last year", [_met(each, "health") for each in found]),
        _row("Care measures at standard, today → last year", [_met(each, "care") for each in found]),
        _row("Beds claimed closed, beds the model closes", [_beds(each) for each in found]),
    ]
    return "\n".join(rows)


def _row(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _million(amount: float) -> str:
    return f"£{amount / 1e6:,.1f}m".replace("£-", "−£")


def _met(found: Projection, gap: str) -> str:
    each = next(outcome for outcome in found.outcomes if outcome.gap == gap)
    if not each.with_standard:
        return "none held"
    return f"{each.met_today} → {each.met['hoped'][-1]} of {each.with_standard}"


def _beds(found: Projection) -> str:
    claimed = sum(bridge.claimed for bridge in found.beds)
    closed = sum(max(0.0, bridge.base - bridge.open_last) for bridge in found.beds)
    return f"{claimed:,.0f}, {closed:,.0f}"


if __name__ == "__main__":
    readme = ROOT / "README.md"
    before, rest = readme.read_text("utf-8").split(MARKERS[0])
    after = rest.split(MARKERS[1])[1]
    readme.write_text(f"{before}{MARKERS[0]}\n{figures()}\n{MARKERS[1]}{after}", encoding="utf-8")

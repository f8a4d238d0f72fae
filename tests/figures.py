"""The headline figures of the worked plans, as the README shows them: `python tests/figures.py` writes them anew."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tripleaim import project, read_plan
from tripleaim.projection import Projection

ROOT = Path(__file__).resolve().parent.parent
MARKERS = ("<!-- figures -->", "<!-- /figures -->")
PLANS = ("wealdshire_and_marsh", "norfolk_and_waveney", "west_north_and_east_cumbria", "greater_manchester")


@cache
def result(plan: str) -> Projection:
    """One worked plan, projected once."""
    return project(read_plan(ROOT / "plans" / plan))


def figures() -> str:
    """A Markdown table: what each plan says of its last year."""
    found = [result(plan) for plan in PLANS]
    heads = [next(area.name for area in each.plan.places if area.key == each.plan.heading.place) for each in found]
    rows = [
        "| | " + " | ".join(heads) + " |",
        f"|---|{'--:|' * len(PLANS)}",
        _row("Money is told as", ["a gap" if not each.is_pressure else "pressure since 2015/16" for each in found]),
        _row(f"If nothing changes, {_last(found)}", [_million(each.scope("both").do_nothing) for each in found]),
        _row("… with the plan as hoped", [_million(each.scope("both").hoped) for each in found]),
        _row("… with the posts and capital found", [_million(each.scope("both").resourced) for each in found]),
        _row("Schemes, and those that nobody has worked out (plugs)", [_schemes(each) for each in found]),
        _row("Share of savings with a business case or live", [_developed(each) for each in found]),
        _row("Health measures at standard, today → as hoped", [_met(each, "health") for each in found]),
        _row("Care measures at standard, today → as hoped", [_met(each, "care") for each in found]),
        _row("Beds open today → as hoped", [_beds(each) for each in found]),
        _row("Beds claimed closed; of these not supported", [_claims(each) for each in found]),
        _row("What “if nothing changes” rests on", [_rests(each) for each in found]),
    ]
    return "\n".join(rows)


def _row(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _last(found: list[Projection]) -> str:
    (year,) = {each.years[each.last] for each in found}
    return year


def _million(amounts: tuple[float, ...]) -> str:
    return f"£{amounts[-2] / 1e6:,.1f}m".replace("£-", "−£")


def _schemes(found: Projection) -> str:
    return f"{found.composition.schemes}; {sum(scheme.is_plug for scheme in found.schemes)}"


def _developed(found: Projection) -> str:
    return f"{found.composition.fully_developed:.0%}"


def _met(found: Projection, gap: str) -> str:
    each = next(outcome for outcome in found.outcomes if outcome.gap == gap)
    if not each.with_standard:
        return "none held"
    return f"{each.met_today} → {each.met['hoped'][-1]} of {each.with_standard}"


def _beds(found: Projection) -> str:
    return f"{sum(pool.base for pool in found.beds):,.0f} → {sum(pool.open_last for pool in found.beds):,.0f}"


def _claims(found: Projection) -> str:
    claimed = sum(pool.claimed for pool in found.beds)
    return f"{claimed:,.0f}; {sum(pool.unsupported for pool in found.beds):,.0f}" if claimed else "none"


def _rests(found: Projection) -> str:
    if found.plan.heading.invented:
        return "nothing: all of it is invented"
    shares = found.provenance[0].shares
    return ", ".join(f"{share:.0%} {kind}" for kind, share in shares.items() if share >= 0.005)


if __name__ == "__main__":
    readme = ROOT / "README.md"
    before, rest = readme.read_text("utf-8").split(MARKERS[0])
    after = rest.split(MARKERS[1])[1]
    readme.write_text(f"{before}{MARKERS[0]}\n{figures()}\n{MARKERS[1]}{after}", encoding="utf-8")

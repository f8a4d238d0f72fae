"""What starts, stops and moves, and everything the plan makes worse."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts.wording import say
from tripleaim.projection.composition import SchemeResult
from tripleaim.reports.facts import Facts, wider_with_found
from tripleaim.reports.section import Section
from tripleaim.reports.words import NOTHING, listed, money, month, percent, plural, sentence

STAGES = {
    "idea": ("An idea so far", "tag-open"),
    "outline": ("Outline only", "tag-wait"),
    "case": ("Business case written", "tag-wait"),
    "live": ("Under way", "tag-good"),
}
HEADINGS = {"starts": "Starts", "stops": "Stops", "moves": "Moves"}

SCARCEST = (
    "Where posts or capital are missing, a scheme works only as far as the scarcest thing it needs is found: one "
    "group of staff, or its capital. So it can work far below its full size with nearly all of its posts found."
)


@dataclass(frozen=True)
class Move:
    """One scheme as a resident meets it."""

    name: str
    when: str
    summary: str
    details: tuple[str, ...]
    stage: str
    tag: str
    warnings: tuple[str, ...]
    source: str


def moves(facts: Facts) -> Section | None:
    """Schemes by what residents will notice."""
    schemes = [scheme for scheme in facts.projection.schemes if not scheme.is_plug]
    if not schemes:
        return Section(
            key="moves",
            question="What starts, stops and moves?",
            data={"lead": ("No scheme is in this plan yet. Each scheme in schemes.csv will stand here.",)},
        )
    groups = [
        (
            HEADINGS[change],
            [
                _move(facts, scheme)
                for scheme in sorted(schemes, key=lambda s: (s.start, s.name))
                if scheme.change == change
            ],
        )
        for change in HEADINGS
    ]
    changes = [scheme.name for scheme in schemes if scheme.change == "changes"]
    return Section(
        key="moves",
        question="What starts, stops and moves?",
        template="moves.html",
        data={
            "groups": [(name, found) for name, found in groups if found],
            "changes": changes,
            "note": "" if facts.is_resourced else SCARCEST,
        },
    )


def _move(facts: Facts, scheme: SchemeResult) -> Move:
    row = next(row for row in facts.plan.schemes if row.key == scheme.key)
    warnings = [sentence(text) for text in (row.travel, row.harm) if text]
    if scheme.change in ("stops", "moves"):
        if not row.travel:
            warnings.append("How journeys change is not yet worked out.")
        if not row.harm:
            warnings.append("What may get worse is not yet written down.")
        warnings.append(consultation(row.consultation_months))
    stage, tag = STAGES[scheme.stage]
    return Move(
        name=scheme.name,
        when=f"from {month(scheme.start)}" if scheme.start else "",
        summary=scheme.summary,
        details=needs(facts, scheme),
        stage=stage,
        tag=tag,
        warnings=tuple(warnings),
        source=row.source,
    )


def consultation(months: int) -> str:
    """Whether a plan sets time aside to consult the public on a scheme, in a sentence."""
    return (
        f"The plan sets aside {plural(months, 'month')} to consult the public."
        if months
        else "The plan sets no time aside to consult the public."
    )


def needs(facts: Facts, scheme: SchemeResult) -> tuple[str, ...]:
    """Posts and capital needed and found."""
    found = []
    posts = sum(row.wte for row in facts.plan.posts if row.scheme == scheme.key)
    if posts:
        there = scheme.posts_found[facts.last]
        told = "" if there >= posts - 0.05 else f", {_found(there, posts)} found"
        found.append(f"{posts:,.0f} posts needed{told}")
    capital, funded = sum(scheme.capital), sum(scheme.capital_funded)
    if capital:
        found.append(f"{money(capital)} of capital needed, {money(funded) if funded else 'none'} found")
    share = scheme.saving_resourced_share[facts.last]
    if posts or capital:
        if share < 0.9995:
            found.append(f"what is found lets it work at {percent(share)} of its full size in {facts.last_year}")
        else:
            found.append("all found")
    return tuple(found)


def _found(there: float, needed: float) -> str:
    """Posts found, with one decimal where whole posts would read as none or as all."""
    return say(there, 1) if there > 0.05 and (there < 0.5 or round(there) >= round(needed)) else f"{there:,.0f}"


def worse(facts: Facts) -> Section:
    """What ends worse than if nothing changed or than today, and the years that cost more than they save."""
    gap = facts.projection.scope("both")
    trades = [sentence(text) for text in facts.projection.trades]
    hoped, resourced = (_costs_more(facts, path, gap.do_nothing) for path in (gap.hoped, gap.resourced))
    if hoped:
        trades.append(f"In {hoped}{', as hoped' if hoped != resourced else ''}.")
    if resourced and resourced != hoped:
        trades.append(f"In {resourced}, with what is found.")
    trades.extend(_drifting(facts))
    outside = _less(facts, [key for key in facts.projection.leakage if key not in facts.uses])
    if outside:
        trades.append(f"Bodies outside the place’s own books receive less in {facts.last_year}: {outside}.")
    uses = _less(facts, [key for key in facts.projection.leakage if key in facts.uses])
    if uses:
        trades.append(f"Less money is kept back for set purposes in {facts.last_year}: {uses}.")
    return Section(
        key="worse",
        question="What gets worse?",
        template="worse.html",
        data={
            "trades": trades,
            "none": (
                "Counted to the end of the plan, no organisation and no indicator ends worse than if nothing changed."
            ),
        },
    )


def _drifting(facts: Facts) -> tuple[str, ...]:
    """Measures that end further from their standard than today, and would if nothing changed."""
    paths = [path for gap in facts.projection.outcomes for path in gap.indicators]
    drifting = [path.name for path in paths if path.wider_than_today and not path.wider_than_nothing]
    short_of = [path.name for path in paths if wider_with_found(path) and not path.wider_than_today]
    told = []
    if drifting:
        told.append(f"Further from the standard than today, with the plan as without it: {'; '.join(drifting)}.")
    if short_of:
        named = "; ".join(short_of)
        told.append(f"Further from the standard than today with only the posts and capital found: {named}.")
    return tuple(told)


def _costs_more(facts: Facts, path: tuple[float, ...], nothing: tuple[float, ...]) -> str:
    """The years in which schemes cost more than they save, and by how much."""
    dearer = [n for n in range(len(facts.plan_years)) if path[n] - nothing[n] > NOTHING]
    if not dearer:
        return ""
    found = [facts.plan_years[n] for n in dearer]
    worst = max(dearer, key=lambda n: path[n] - nothing[n])
    most = money(path[worst] - nothing[worst])
    by = f"up to {most} a year" if len(found) > 1 else most
    return f"{listed(found)} the schemes cost more than they save, by {by}"


def _less(facts: Facts, keys: list[str]) -> str:
    """Of these outside the place, those that receive less, with the sums."""
    found = sorted((facts.projection.leakage[key][facts.last], key) for key in keys)
    return "; ".join(
        f"{facts.use(key) if key in facts.uses else facts.body(key).removesuffix(' (outside)')}, {money(-amount)} less"
        for amount, key in found
        if amount < -50_000
    )

"""How far the numbers can be trusted, and what is not known."""

from __future__ import annotations

from tripleaim.charts import Share, ShareBars, ShareRow, Table
from tripleaim.charts.draw import Mark
from tripleaim.loading.completeness import taken_for_average
from tripleaim.plan.assumptions import KNOWN
from tripleaim.plan.indicator import Scale
from tripleaim.projection.provenance import SAVINGS, InputYear, Provenance
from tripleaim.reports import rests_on, together
from tripleaim.reports.facts import Facts
from tripleaim.reports.section import Section
from tripleaim.reports.words import NOTHING, counted, listed, lower, money, percent, plural, sentence

KINDS: dict[str, tuple[Mark, str]] = {
    "published": ("total", "Printed in a public document or a national data set."),
    "derived": ("helps", "Worked out from published figures by a stated method."),
    "judged": ("adds", "Somebody’s estimate, with a low and a high."),
    "illustrative": ("plug", "A placeholder until local figures exist."),
}
INVENTED = "Invented"
"""Heading of the column that says yes where the sources themselves are made up."""


def trust(facts: Facts) -> Section:
    """What each headline rests on, and the year of each input."""
    found = [part for part in facts.projection.provenance if sum(part.shares.values()) > 0]
    exhibits = []
    if found:
        rows = tuple(
            ShareRow(
                f"{_named(part)}: {_amount(part)}",
                tuple(Share(kind, part.shares[kind] * 100, mark) for kind, (mark, _) in KINDS.items()),
            )
            for part in found
        )
        told = listed(
            [f"{percent(_firm(part.shares))} of “{lower(_named(part))}”" for part in found if part.of is None]
        )
        reads = (
            "Each bar is one headline, cut by what its parts rest on: firm on the left, soft on the "
            f"right. Published or derived: {told}.{_savings(facts)} "
            "A measure of health or care counts as its own figures do; one that the schemes move, half as they do and "
            "half as the schemes’ effects do."
        )
        exhibits.append(
            facts.shown.picture(
                "where_the_numbers_come_from",
                ShareBars(
                    title=_title(facts),
                    reads=reads,
                    rows=rows,
                    unit="% of the headline",
                    beside=((INVENTED, _invented(facts)),),
                ),
            )
        )
    exhibits.append(
        facts.shown.table(
            "inputs", input_table(facts), _years_title(facts), "Each input leads to its source.", fold=True
        )
    )
    used = {source.kind for source in facts.used}
    kinds = [
        (kind.capitalize(), f"{words} {_count(facts, kind)}") for kind, (_, words) in KINDS.items() if kind in used
    ]
    return Section(
        key="trust",
        question="How far can I trust this?",
        template="trust.html",
        data={"exhibits": tuple(exhibits), "kinds": kinds},
    )


def _invented(facts: Facts) -> str:
    return "yes" if facts.plan.heading.invented else "no"


def _savings(facts: Facts) -> str:
    """What the schemes do together, beside what they save one by one."""
    if not facts.has_schemes:
        return ""
    net = "Savings counted one by one are net of the schemes that cost more than they save; together they"
    saved = together.saved(facts)
    return f" {net} {f'save {money(saved)}' if saved >= NOTHING else f'cost {money(abs(saved))} more than they save'}."


def _named(part: Provenance) -> str:
    """A headline as page one calls it."""
    return f"{part.headline}, counted one by one" if part.headline == SAVINGS else part.headline


def _amount(part: Provenance) -> str:
    """A headline's figure: money, or how many of its measures."""
    return money(part.amount) if part.of is None else f"{part.amount:.0f} of {part.of}"


def _firm(shares: dict[str, float]) -> float:
    return shares["published"] + shares["derived"]


def _title(facts: Facts) -> str:
    found = facts.projection.provenance
    word = f"the {facts.money_word()} if nothing changes"
    start = f"{percent(_firm(found[0].shares))} of {word} rests on published figures or on what follows from them"
    if facts.has_schemes and sum(found[1].shares.values()) > 0:
        firm = _firm(found[1].shares)
        start += f"; {percent(firm) if firm else 'none'} of the savings do"
    return f"All of it is invented. Were its sources real, {start}" if facts.plan.heading.invented else start


def _count(facts: Facts, kind: str) -> str:
    return f"{plural(sum(source.kind == kind for source in facts.used), 'source')} used here."


def _years_title(facts: Facts) -> str:
    told, without = facts.sources_used(), sum(not source.year for source in facts.used)
    return f"{told}; {plural(without, 'has', 'have')} no year" if without else f"{told}, each with its year"


def input_table(facts: Facts) -> Table:
    """Every source in use: what it is, its kind, the year it describes, how many rows rest on it."""
    return Table(
        caption="Inputs, what they are and which year they describe",
        header=("Input", "Kind", "Year it describes", "Rows that rest on it", "Key", INVENTED),
        rows=tuple(
            (each.title, each.kind, each.year or "not stated", each.rows, each.key, _invented(facts))
            for each in facts.used
        ),
        numeric=(3,),
        places=(0,),
        links=tuple((n, 4, anchor(source.key)) for n, source in enumerate(facts.used)),
    )


def anchor(source: str) -> str:
    """The place on the page where a source is told."""
    return f"#source-{source}"


def unknown(facts: Facts) -> Section:
    """What the authors say they do not know, and what the figures show is missing."""
    return Section(
        key="unknown",
        question="What don’t we know?",
        template="unknown.html",
        data={
            "told": [sentence(text) for text in facts.plan.heading.not_known],
            "counted": missing(facts),
            "remarks": facts.remarks,
        },
    )


def missing(facts: Facts) -> list[tuple[str, str]]:
    """What can be counted as missing: a heading and a sentence each."""
    found = [
        (
            "How wrong the totals could be.",
            "This report gives one figure for each; a stress test of the plan gives the low and the high.",
        )
    ]
    for tell in (_capital, _posts, _plugs, _untested, _unplaced, _hindsight, _average, _soft_rules):
        said = tell(facts)
        if said:
            found.append(said)
    return found


def _capital(facts: Facts) -> tuple[str, str] | None:
    need = sum(sum(scheme.capital) for scheme in facts.projection.schemes)
    have = sum(sum(scheme.capital_funded) for scheme in facts.projection.schemes)
    if need - have < 500:
        return None
    return (
        f"Where {money(need - have)} of capital will come from.",
        f"The schemes need {money(need)}; {money(have) if have else 'none'} of it has been found.",
    )


def _posts(facts: Facts) -> tuple[str, str] | None:
    need = sum(group.scheme_posts_needed[facts.last] for group in facts.projection.staff)
    have = sum(group.scheme_posts_filled[facts.last] for group in facts.projection.staff)
    if need - have < 0.5:
        return None
    return (
        f"Who will fill {need - have:,.0f} posts.",
        f"The schemes need {need:,.0f} posts in {facts.last_year}; staff for {have:,.0f} are in sight.",
    )


def _plugs(facts: Facts) -> tuple[str, str] | None:
    plugs = facts.projection.composition.plugs
    if plugs < 500:
        return None
    return f"How {money(plugs)} would be saved.", "It has no owner, no action and no evidence."


def _untested(facts: Facts) -> tuple[str, str] | None:
    effects = [effect for effect in facts.plan.effects if not effect.evidence]
    if not effects:
        return None
    of = f"{len(effects)} of {plural(len(facts.plan.effects), 'effect')}"
    return (
        "Whether the schemes work as claimed.",
        f"{of} {'names' if len(effects) == 1 else 'name'} no published study.",
    )


def _unplaced(facts: Facts) -> tuple[str, str] | None:
    count = sum(row.modelled is None for row in facts.projection.stated)
    if not count:
        return None
    return (
        "What some printed figures stand for.",
        (
            f"{counted(count, 'figure')} printed elsewhere {'has' if count == 1 else 'have'} no "
            f"counterpart in this plan and {'is' if count == 1 else 'are'} listed as unplaced."
        ),
    )


def _hindsight(facts: Facts) -> tuple[str, str] | None:
    ages = facts.projection.ages
    if ages is None or not ages.hindsight:
        return None
    return (
        "What was known at the time.",
        f"Population estimates later than {facts.plan.heading.dated[:4]} are used: that is hindsight.",
    )


def _average(facts: Facts) -> tuple[str, str] | None:
    average, every = taken_for_average(facts.plan)
    if not average:
        return None
    return (
        "Who exactly the schemes reach.",
        (
            f"{len(average)} of {plural(every, 'effect')} on care {'takes' if len(average) == 1 else 'take'} the "
            "people reached for average patients, who stay as long and cost as much as all others; those who can be "
            "kept out of hospital usually cost less."
        ),
    )


def _soft_rules(facts: Facts) -> tuple[str, str] | None:
    if not any(row.scale is Scale.AE_RESPONSE for row in facts.plan.indicators):
        return None
    return "How far empty beds shorten A&E waits.", "The rule used rests on low-quality evidence."


def assumptions(facts: Facts) -> Section:
    """The model-wide choices: the plan's own, and defaults where it states none."""
    own = {row.key: row for row in facts.plan.assumptions}
    rows: list[tuple[str | float | None, ...]] = []
    links = []
    for row in facts.plan.assumptions:
        links.append((len(rows), 5, anchor(row.source)))
        rows.append((row.name, row.value.point, row.value.low, row.value.high, row.unit, row.source))
    for known in KNOWN:
        if known.key not in own:
            rows.append(
                (
                    known.name,
                    known.default.point,
                    known.default.low,
                    known.default.high,
                    known.unit,
                    f"default: {known.rests_on}",
                )
            )
    table = Table(
        caption="Assumptions, with the range that holds the truth eight times in ten",
        header=("Assumption", "Value", "Low", "High", "Unit", "Rests on"),
        rows=tuple(rows),
        numeric=(1, 2, 3),
        places=(3, 3, 3),
        links=tuple(links),
    )
    title = f"{counted(len(own), 'assumption')} of this plan’s own, {plural(len(rows) - len(own), 'default')}"
    return Section(
        key="assumptions",
        question="What is assumed throughout?",
        data={"exhibits": (facts.shown.table("assumptions", table, title, fold=True),)},
    )


def rows(facts: Facts) -> Section:
    """Which rows of the plan each step of the walk and the bridge rests on."""
    return Section(
        key="rows",
        question="Which rows does each figure rest on?",
        data={"exhibits": (rests_on.table(facts),)},
    )


def sources(facts: Facts) -> Section:
    """Every source, with where it can be read."""
    return Section(
        key="sources",
        question="Where do the numbers come from?",
        template="sources.html",
        data={"sources": [(source, _link(source)) for source in facts.projection.sources]},
    )


def _link(source: InputYear) -> str:
    return source.url if source.url.startswith(("https://", "http://")) else ""

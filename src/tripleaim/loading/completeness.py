"""What a plan that can be read may still leave out or take twice. Remarks never stop anything; each says what to do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tripleaim.loading.nearest import listed
from tripleaim.plan.activity import ActivityLine, Care, GrowthKind
from tripleaim.plan.money import BudgetHead, Side
from tripleaim.plan.plan import Plan
from tripleaim.plan.plug import is_plug
from tripleaim.plan.scheme import CostKind, Effect, EffectKind
from tripleaim.plan.source import SourceKind
from tripleaim.quantities import first_calendar_year


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One thing a reader of the plan should know: its topic, where it stands, what it is, what to do about it."""

    topic: str
    where: str
    what: str
    what_to_do: str

    @property
    def told(self) -> str:
        """It in one line, as pages list it."""
        first = self.what[0].lower() if self.what[1:2].islower() or self.what[1:2] == " " else self.what[0]
        return f"{self.where}: {first}{self.what[1:]} {self.what_to_do}"

    def __str__(self) -> str:
        return f"{self.topic}: {self.where}\n  {self.what}\n  {self.what_to_do}"


def uncounted(plan: Plan) -> str:
    """What a plan's answer leaves out because a whole table has nothing, in a sentence; empty where nothing is so.

    A table that was lost looks just like one that was never written, so whoever prints the answer prints this with it.
    """
    if plan.schemes and not plan.effects:
        return "No scheme has any effect in effects.csv, so nothing the schemes would change is counted."
    if plan.schemes and not plan.costs:
        return "No scheme has any cost in costs.csv, so what the schemes save is counted and what they cost is not."
    return ""


KINDS_OF_SPENDING: dict[str, tuple[tuple[Care, ...], str]] = {
    "specialised care": ((Care.SPECIALISED,), "specialised"),
    "prescribing": ((Care.PRESCRIBING,), "prescribing"),
    "continuing care": ((Care.CONTINUING_CARE,), "continuing"),
    "ambulance": ((Care.AMBULANCE,), "ambulance"),
    "dental care": ((Care.DENTAL,), "dent"),
    "public health": ((Care.PUBLIC_HEALTH,), "public health"),
    "social care": ((Care.CARE_HOME, Care.HOME_CARE, Care.CARE_PACKAGE), "social care"),
    "general practice": ((Care.GENERAL_PRACTICE,), "general practice"),
    "mental health": ((Care.MENTAL_HEALTH, Care.MENTAL_HEALTH_BED), "mental health"),
    "community care": ((Care.COMMUNITY, Care.COMMUNITY_BED), "community"),
}
"""Spending every place has: the care of its lines, and the word for it in a budget head."""

_SYNONYMS = {
    "adult social": "social care",
    "ambulances": "ambulance",
    "dental": "dental care",
    "dentistry": "dental care",
    "continuing": "continuing care",
    "community": "community care",
    "social": "social care",
    "specialised": "specialised care",
    "primary": "general practice",
}
"""Other words for kinds of spending, without "care" or "services" after them."""

_CLINICAL = (EffectKind.AVOID, EffectKind.SHORTEN)
_MANY_ILLUSTRATIVE = 0.25


def remarks(plan: Plan) -> tuple[Remark, ...]:
    """Everything worth saying about a plan that has no problems, in reading order."""
    return tuple(remark for topic in _TOPICS for remark in topic(plan))


def missing_spending(plan: Plan) -> Iterator[Remark]:
    """Kinds of spending that have neither a line nor a budget head, and are not said to be left out."""
    care = {line.care for line in plan.activity}
    heads = " ".join(f"{head.pool} {head.key} {head.name}" for head in plan.budgets if head.side is Side.COST)
    said = heads.lower().replace("_", " ")
    for name, (kinds, word) in KINDS_OF_SPENDING.items():
        if not care & set(kinds) and word not in said and name not in left_out(plan):
            yield Remark(
                topic="completeness",
                where="activity.csv and budgets.csv",
                what=f"No line and no budget head for {name}.",
                what_to_do=f"Add it, or write in not_known: “{name.capitalize()}: left out, because …”.",
            )


def left_out(plan: Plan) -> set[str]:
    """Kinds of spending a plan says it leaves out: those listed before the colon of a sentence in `not_known`.

    "Dental care, ambulances and continuing care: no figures are published" leaves out three.
    """
    found: set[str] = set()
    for sentence in plan.heading.not_known:
        before, colon, _ = sentence.lower().partition(":")
        for words in re.split(r",| and |;", before) if colon else ():
            plain = re.sub(r" (care|services)$", "", words.strip())
            found.add(_SYNONYMS.get(plain, plain))
    return found & KINDS_OF_SPENDING.keys()


def nothing_counted(plan: Plan) -> Iterator[Remark]:
    """Schemes of which nothing, or only one side, is counted."""
    said = uncounted(plan)
    if said:
        yield Remark(
            topic="not counted",
            where="effects.csv" if not plan.effects else "costs.csv",
            what=said,
            what_to_do="Was the table lost? Put it back; otherwise give the schemes' figures.",
        )
    used = {row.scheme for table in (plan.effects, plan.costs, plan.posts) for row in table}
    empty = [scheme.key for scheme in plan.schemes if scheme.key not in used]
    if empty:
        yield Remark(
            topic="not counted",
            where=f"schemes.csv, {listed(empty)}",
            what=f"{len(empty)} of {len(plan.schemes)} schemes {'has' if len(empty) == 1 else 'have'} no effects, no "
            "costs and no posts, so the plan comes to the same without.",
            what_to_do="Say what it changes and takes, or take it out.",
        )


def paid_twice(plan: Plan) -> Iterator[Remark]:
    """Two heads, one in the books of each body, that may be the same money: each head is booked with both."""
    incomes: dict[tuple[str, str], list[BudgetHead]] = defaultdict(list)
    for head in plan.budgets:
        if head.side is Side.INCOME:
            incomes[head.counterparty, head.organisation].append(head)
    for cost in plan.budgets:
        for income in incomes[cost.organisation, cost.counterparty] if cost.side is Side.COST else ():
            if _alike(cost.amount, income.amount):
                yield Remark(
                    topic="counted twice",
                    where=f"budgets.csv, {income.key} and {cost.key}",
                    what=f"Both are money from {cost.organisation} to {cost.counterparty}, of nearly the same amount.",
                    what_to_do="Delete one if they are one payment: its row is booked with both bodies.",
                )


def _alike(one: float, other: float) -> bool:
    return min(one, other) > 0.9 * max(one, other)


def flat_prices(plan: Plan) -> Iterator[Remark]:
    """A plan without indices, whose costs never rise."""
    if not plan.indices:
        yield Remark(
            topic="prices",
            where="indices.csv",
            what=f"There is no index, so every cost is held flat at its price of {plan.heading.price_base}.",
            what_to_do="Add what pay, medicines and other costs are expected to rise by each year; "
            "without it the pressure of rising prices is missing.",
        )


def effort_counted_twice(plan: Plan) -> Iterator[Remark]:
    """A growth rate net of past effort, beside a scheme that continues that effort."""
    net = {line.key for line in plan.activity if line.growth_kind is GrowthKind.NET}
    for effect in plan.effects:
        if effect.continues_past_effort and effect.target in net:
            yield Remark(
                topic="counted twice",
                where=f"effects.csv, {effect.key}",
                what=f"The growth of {effect.target} is net of past effort, and {effect.scheme} continues that effort.",
                what_to_do="Use gross growth for the line, or claim only what is new.",
            )


def overlaps(plan: Plan) -> Iterator[Remark]:
    """Schemes said to act on the same people whose effects meet on one line."""
    on_line: dict[str, set[str]] = defaultdict(set)
    for effect in plan.effects:
        if effect.kind is not EffectKind.IMPROVE:
            on_line[effect.target].add(effect.scheme)
    for scheme in plan.schemes:
        for other in scheme.overlaps:
            shared = sorted(line for line, both in on_line.items() if {scheme.key, other} <= both)
            if shared and not (other > scheme.key and scheme.key in _overlaps_of(plan, other)):
                yield Remark(
                    topic="counted twice",
                    where=f"schemes.csv, {scheme.key}",
                    what=f"It acts on the same people as {other}, and both have effects on {', '.join(shared[:4])}.",
                    what_to_do="Lower the eligible share of one: effects multiply, but each person is avoided once.",
                )


def _overlaps_of(plan: Plan, key: str) -> tuple[str, ...]:
    return next((scheme.overlaps for scheme in plan.schemes if scheme.key == key), ())


def average_patients(plan: Plan) -> Iterator[Remark]:
    """Effects that take the patients concerned for average ones."""
    blank, every = taken_for_average(plan)
    if blank:
        named = ", ".join(sorted(effect.key for effect in blank)[:4]) + (" and others" if len(blank) > 4 else "")
        yield Remark(
            topic="average-patient assumption",
            where="effects.csv, stay_ratio and cost_ratio",
            what=f"{len(blank)} of {every} effects on care take those concerned for average patients: {named}.",
            what_to_do="Give the ratios: admissions that can be avoided are mostly shorter and cheaper than average.",
        )


def taken_for_average(plan: Plan) -> tuple[tuple[Effect, ...], int]:
    """Effects on care that take the patients concerned for average ones, and how many effects on care there are."""
    beds = {line.key for line in plan.activity if line.bed_pool}
    clinical = [effect for effect in plan.effects if effect.kind in _CLINICAL]
    return tuple(effect for effect in clinical if _is_average(effect, effect.target in beds)), len(clinical)


def _is_average(effect: Effect, with_beds: bool) -> bool:
    return effect.cost_ratio is None or (with_beds and effect.kind is EffectKind.AVOID and effect.stay_ratio is None)


def plugs(plan: Plan) -> Iterator[Remark]:
    """Savings with no owner, no action and no evidence, or with a name that means nothing."""
    for scheme in plan.schemes:
        if is_plug(plan, scheme):
            yield Remark(
                topic="plug",
                where=f"schemes.csv, {scheme.key}",
                what="Nobody answers for it, nothing is planned and nothing is known to work, or its name says so.",
                what_to_do="Work it out, or take it out and show the residual.",
            )


def bare_schemes(plan: Plan) -> Iterator[Remark]:
    """Schemes without an owner, an action, a post, a cost or an effect."""
    have = {
        "effects": {effect.scheme for effect in plan.effects},
        "costs": {cost.scheme for cost in plan.costs},
        "posts": {posts.scheme for posts in plan.posts},
        "dated actions": {action.scheme for action in plan.actions},
    }
    lacking: dict[str, list[str]] = defaultdict(list)
    for scheme in plan.schemes:
        if not is_plug(plan, scheme):
            missing = [name for name, schemes in have.items() if scheme.key not in schemes]
            words = [*([] if scheme.owner else ["owner"]), *missing]
            if words:
                lacking["no " + " and no ".join(words)].append(scheme.key)
    for what, keys in lacking.items():
        yield Remark(
            topic="not worked out",
            where=f"schemes.csv, {listed(keys)}",
            what=f"{len(keys)} of {len(plan.schemes)} schemes {'has' if len(keys) == 1 else 'have'} {what}.",
            what_to_do="Add them, or say in the summary why none is needed.",
        )


def capital(plan: Plan) -> Iterator[Remark]:
    """Capital that has not been found."""
    short: dict[str, float] = defaultdict(float)
    for cost in plan.costs:
        if cost.kind is CostKind.CAPITAL and cost.funded < cost.amount:
            short[cost.scheme] += cost.amount - cost.funded
    for scheme, amount in sorted(short.items()):
        yield Remark(
            topic="capital not found",
            where=f"costs.csv, {scheme}",
            what=f"GBP {amount:,.0f} of its capital is not funded.",
            what_to_do="Name the funding; until then its benefit as resourced is scaled down.",
        )


def no_evidence(plan: Plan) -> Iterator[Remark]:
    """Schemes whose effects rest on no evidence of the library."""
    for scheme in plan.schemes:
        mine = [e for e in plan.effects if e.scheme == scheme.key and e.kind is not EffectKind.INCOME]
        if mine and not any(effect.evidence for effect in mine) and not is_plug(plan, scheme):
            yield Remark(
                topic="no evidence",
                where=f"effects.csv, {scheme.key}",
                what="None of its effects rests on evidence of the library.",
                what_to_do="Look for some with `tripleaim evidence`, or let a named person answer for the estimate.",
            )


def illustrative(plan: Plan) -> Iterator[Remark]:
    """A plan that rests on placeholders for much of its care or its effects."""
    kinds = {source.key: source.kind for source in plan.sources}
    for table, rows in (("activity", plan.activity), ("budgets", plan.budgets), ("effects", plan.effects)):
        count = sum(kinds.get(row.source) is SourceKind.ILLUSTRATIVE for row in rows)
        if rows and count / len(rows) > _MANY_ILLUSTRATIVE:
            yield Remark(
                topic="illustrative",
                where=f"{table}.csv",
                what=f"{count} of {len(rows)} rows are illustrative.",
                what_to_do="Replace them with published figures or a named person's estimate.",
            )


def no_standard(plan: Plan) -> Iterator[Remark]:
    """Indicators without a standard: their gap cannot be told."""
    for indicator in plan.indicators:
        if indicator.standard is None:
            yield Remark(
                topic="no standard",
                where=f"indicators.csv, {indicator.key}",
                what="There is nothing to measure the gap against.",
                what_to_do="Give the national standard or the best comparable place.",
            )


def no_control_total(plan: Plan) -> Iterator[Remark]:
    """NHS bodies with accounts for which no control total is given, where others have one."""
    given = {total.organisation for total in plan.control_totals}
    for body in plan.organisations:
        if given and body.accounts and body.role in ("provider", "commissioner") and body.key not in given:
            yield Remark(
                topic="completeness",
                where=f"control_totals.csv, {body.key}",
                what="It has no control total, though others have.",
                what_to_do="Add it, or say in not_known that none was set.",
            )


def hindsight(plan: Plan) -> Iterator[Remark]:
    """Population estimates later than the plan, which its authors could not have known."""
    later = sorted({cell.year for cell in plan.population if cell.year > int(plan.heading.dated[:4])})
    if later and plan.heading.use_hindsight and not _projected_throughout(plan):
        yield Remark(
            topic="hindsight",
            where="population.csv",
            what=f"Estimates of {', '.join(map(str, later))} are later than the plan, dated {plan.heading.dated}.",
            what_to_do=_without_hindsight(plan),
        )


def _projected_throughout(plan: Plan) -> bool:
    """Whether official projections stand for every mid-year looked at, in every place whose people are counted."""
    first = first_calendar_year(plan.opening_year)
    given = {(cell.place, cell.year) for cell in plan.projections}
    places = {plan.heading.place, *(line.population for line in plan.activity)}
    return all((place, first + n) in given for place in places for n in range(plan.heading.years + 1))


def _without_hindsight(plan: Plan) -> str:
    """What to do to see what could be known at the plan's date: two earlier estimates or a projection come first."""
    dated = int(plan.heading.dated[:4])
    earlier = {cell.year for cell in plan.population if cell.year <= dated}
    switch = "set use_hindsight = false to see what could be known then."
    if len(earlier) > 1 or plan.projections:
        return switch.capitalize()
    return (
        f"Add an official projection, or estimates of two mid-years up to {dated} "
        f"(`tripleaim add-data` reads them, such as MYEB1); only then {switch}"
    )


def no_accounts(plan: Plan) -> Iterator[Remark]:
    """Bodies that are said to have accounts and have no budget head, but not those that only pay for lines."""
    paying = {line.commissioner for line in plan.activity} - {line.provider for line in plan.activity}
    with_heads = {head.organisation for head in plan.budgets} | paying
    for body in plan.organisations:
        if body.accounts and body.role != "sector" and body.key not in with_heads:
            yield Remark(
                topic="completeness",
                where=f"organisations.csv, {body.key}",
                what="It has accounts, and no head in budgets.csv.",
                what_to_do="Add its heads, or write accounts = no.",
            )


def unused_lines(plan: Plan) -> Iterator[Remark]:
    """Lines of nothing: care with a baseline of nought."""
    empty: list[ActivityLine] = [line for line in plan.activity if line.baseline == 0]
    for line in empty:
        if not any(effect.to_line == line.key for effect in plan.effects):
            yield Remark(
                topic="completeness",
                where=f"activity.csv, {line.key}",
                what="Its baseline is 0 and nothing is shifted to it.",
                what_to_do="Give the baseline or delete the line.",
            )


_TOPICS = (
    nothing_counted,
    missing_spending,
    no_accounts,
    unused_lines,
    no_control_total,
    flat_prices,
    paid_twice,
    effort_counted_twice,
    overlaps,
    plugs,
    bare_schemes,
    average_patients,
    capital,
    no_evidence,
    illustrative,
    no_standard,
    hindsight,
)

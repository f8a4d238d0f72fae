"""One scheme in short: what it costs and saves, who pays and who gains, who will do it, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tripleaim.plan.scheme import CostKind, Scheme
from tripleaim.plan.success_factor import FACTOR_MEANINGS
from tripleaim.projection.composition import SchemeResult
from tripleaim.reports.brief.actions import ActionTold, HoursTold, actions
from tripleaim.reports.brief.books import Books, Part
from tripleaim.reports.brief.evidence import EvidenceTold, evidence_told
from tripleaim.reports.brief.moved import Moved, moved
from tripleaim.reports.brief.place import Kept, record
from tripleaim.reports.brief.saving import SchemeMoney, money_of, saves_in_words
from tripleaim.reports.facts import CATEGORIES, Facts
from tripleaim.reports.sections.moves import HEADINGS, STAGES, consultation, needs
from tripleaim.reports.words import listed, month, sentence
from tripleaim.stress.outside.view import OutsideView


@dataclass(frozen=True, kw_only=True)
class Named:
    """Something by its key and name."""

    key: str
    """Its key."""
    name: str
    """Its name in words."""


@dataclass(frozen=True, kw_only=True)
class PostsTold:
    """Posts a scheme needs of one group in the plan's last year. Whole-time equivalents."""

    organisation: str
    """Key of the employer."""
    name: str
    """The employer in words."""
    group: str
    """Staff group, as in workforce.csv."""
    group_words: str
    """The same in words."""
    needed: float
    """Posts needed."""
    found: float
    """Posts found, agency included."""
    to_find: float
    """The rest."""


@dataclass(frozen=True, kw_only=True)
class FactorTold:
    """One thing that made such schemes work elsewhere."""

    factor: str
    """Its key."""
    words: str
    """What it is."""
    in_place: bool | None
    """Whether it is in place; null = nobody has said."""
    how: str
    """How, or why not, in the authors' words."""


@dataclass(frozen=True, kw_only=True)
class SchemeBrief:
    """A scheme as its own page tells it."""

    key: str
    """Its key."""
    name: str
    """Its name."""
    summary: str
    """What changes, for whom; may be empty."""
    owner: str
    """Role that answers for it; empty = nobody."""
    lead: str
    """Key of the organisation that leads it; empty = none."""
    lead_name: str
    """The same in words."""
    stage: str
    """idea, outline, case or live."""
    stage_words: str
    """The same in words."""
    tag: str
    """Class of the tag that says it: tag-open, tag-wait or tag-good."""
    category: str
    """Its category."""
    category_words: str
    """The same in words."""
    change: str
    """starts, stops, moves or changes."""
    change_words: str
    """The same in words."""
    gaps: tuple[str, ...]
    """Gaps it serves: health, care, money."""
    prevention: bool
    """Whether its authors call it prevention."""
    is_plug: bool
    """True for a saving nobody has worked out."""
    asked_by: str
    """national, regional, local; empty = nobody."""
    part_of: str
    """The older plan it belongs to."""
    start: str
    """2017-10."""
    start_words: str
    """October 2017."""
    order: int
    """Who gets scarce staff first: 1 is first."""
    words: str
    """What it saves or costs in the last year and when it is paid back."""
    needs_words: tuple[str, ...]
    """Posts and capital needed and found, as the report says it."""
    warnings: tuple[str, ...]
    """What gets worse, and what is not worked out."""
    money: SchemeMoney
    """What it costs and saves."""
    who: tuple[Part, ...]
    """Who pays and who gains."""
    people: tuple[PostsTold, ...]
    """Posts by employer and group."""
    posts_needed: float
    """All of them in the last year."""
    posts_found: float
    """Those found."""
    posts_words: str
    """The same in words."""
    evidence: EvidenceTold
    """What it claims beside what is known."""
    overlaps: tuple[Named, ...]
    """Schemes that act on the same people."""
    needs: tuple[Named, ...]
    """Schemes that have to work first."""
    excludes: tuple[Named, ...]
    """Schemes it cannot stand beside."""
    partners: tuple[Named, ...]
    """Organisations that must take part."""
    without_partners: float
    """Share of its effect left if a needed partner stays out."""
    travel: str
    """How journeys change."""
    harm: str
    """What may get worse, and for whom."""
    consultation_months: int
    """Months set aside to consult the public."""
    indicators: tuple[Moved, ...]
    """Measures it moves."""
    factors: tuple[FactorTold, ...]
    """What made such schemes work elsewhere, all five."""
    actions: tuple[ActionTold, ...]
    """Its dated actions, the next first."""
    hours: tuple[HoursTold, ...]
    """Leaders' time."""
    promises: tuple[Kept, ...]
    """What earlier plans promised of the kind of scheme its claims belong to."""
    missing: tuple[str, ...]
    """What the plan does not say of it, in sentences."""


def scheme_brief(facts: Facts, books: Books, view: OutsideView, result: SchemeResult) -> SchemeBrief:
    """One scheme, from the same results as the report."""
    row = next(each for each in facts.plan.schemes if each.key == result.key)
    parts = tuple(replace(each, name=facts.body(each.key)) for each in books.parts(row.key))
    people = _people(facts, books, row)
    stage, tag = STAGES[result.stage]
    families = {each.family for each in view.claims if each.scheme == row.key} - {""}
    return SchemeBrief(
        key=row.key,
        name=row.name,
        summary=row.summary,
        owner=row.owner,
        lead=row.lead,
        lead_name=facts.body(row.lead) if row.lead else "",
        stage=result.stage,
        stage_words=stage,
        tag=tag,
        category=result.category,
        category_words=CATEGORIES[result.category],
        change=result.change,
        change_words=HEADINGS.get(result.change, "Changes"),
        gaps=row.gaps,
        prevention=row.prevention,
        is_plug=result.is_plug,
        asked_by=row.asked_by,
        part_of=row.part_of,
        start=row.start,
        start_words=month(row.start),
        order=row.order,
        words=saves_in_words(facts, result),
        needs_words=needs(facts, result),
        warnings=_warnings(row),
        money=money_of(result, parts),
        who=parts,
        people=people,
        posts_needed=sum(each.needed for each in people),
        posts_found=sum(each.found for each in people),
        posts_words=_posts_words(facts, people),
        evidence=evidence_told(facts, view, row),
        overlaps=_schemes(facts, row.overlaps),
        needs=_schemes(facts, row.needs),
        excludes=_schemes(facts, row.excludes),
        partners=tuple(Named(key=key, name=facts.body(key)) for key in row.partners),
        without_partners=row.effect_without_partners,
        travel=row.travel,
        harm=row.harm,
        consultation_months=row.consultation_months,
        indicators=moved(facts, books, row),
        factors=_factors(facts, row),
        actions=actions(facts, [row.key]),
        hours=tuple(
            HoursTold(
                scheme=row.key, organisation=h.organisation, name=facts.body(h.organisation), year=h.year, hours=h.hours
            )
            for h in facts.plan.leadership_hours
            if h.scheme == row.key
        ),
        promises=record([each for each in facts.plan.promises if each.family in families or not each.family]),
        missing=tuple(_missing(facts, row)),
    )


# ---- People and what works -------------------------------------------------------------------------------------------


def _people(facts: Facts, books: Books, row: Scheme) -> tuple[PostsTold, ...]:
    axes, found = books.run.axes, books.run.found
    n, year = axes.schemes.index(row.key), axes.last
    told = []
    for at, (organisation, group) in enumerate(axes.staff):
        needed, there = float(found.posts_needed[n, at, year]), float(found.posts_filled[n, at, year, 0])
        if needed > 0:
            told.append(
                PostsTold(
                    organisation=organisation,
                    name=facts.body(organisation),
                    group=group,
                    group_words=group.replace("_", " ").capitalize(),
                    needed=needed,
                    found=there,
                    to_find=needed - there,
                )
            )
    return tuple(told)


def _posts_words(facts: Facts, people: Iterable[PostsTold]) -> str:
    rows = list(people)
    needed, found = sum(row.needed for row in rows), sum(row.found for row in rows)
    if not rows:
        return "The plan asks for no posts for it."
    if needed - found < 0.05:
        return f"All {needed:,.0f} posts it needs in {facts.last_year} are found."
    there = f"{found:,.0f}" if found >= 0.5 else "None"
    return f"{there} of the {needed:,.0f} posts it needs in {facts.last_year} are found."


def _factors(facts: Facts, row: Scheme) -> tuple[FactorTold, ...]:
    stated = {each.factor: each for each in facts.plan.success_factors if each.scheme == row.key}
    return tuple(
        FactorTold(
            factor=factor.value,
            words=meaning,
            in_place=stated[factor].in_place if factor in stated else None,
            how=stated[factor].how if factor in stated else "",
        )
        for factor, meaning in FACTOR_MEANINGS.items()
    )


# ---- What else -------------------------------------------------------------------------------------------------------


def _schemes(facts: Facts, keys: Iterable[str]) -> tuple[Named, ...]:
    names = {row.key: row.name for row in facts.plan.schemes}
    return tuple(Named(key=key, name=names.get(key, key)) for key in keys)


def _warnings(row: Scheme) -> tuple[str, ...]:
    said = [sentence(text) for text in (row.travel, row.harm) if text]
    if row.change.value in ("stops", "moves"):
        said += [] if row.travel else ["How journeys change is not yet worked out."]
        said += [] if row.harm else ["What may get worse is not yet written down."]
        said.append(consultation(row.consultation_months))
    return tuple(said)


def _missing(facts: Facts, row: Scheme) -> Iterable[str]:
    plan = facts.plan
    costs = [each for each in plan.costs if each.scheme == row.key]
    absent = [] if row.owner else ["who answers for it"]
    absent += [] if row.lead else ["which organisation leads it"]
    absent += [] if any(each.scheme == row.key for each in plan.actions) else ["what is done by when"]
    absent += (
        [] if any(each.scheme == row.key for each in plan.leadership_hours) else ["how much of leaders’ time it takes"]
    )
    absent += (
        []
        if any(each.scheme == row.key for each in plan.success_factors)
        else ["whether what made such schemes work elsewhere is in place"]
    )
    if absent:
        yield f"The plan does not say {', '.join(absent[:-1])}{' or ' if absent[1:] else ''}{absent[-1]}."
    if not costs:
        yield "The plan holds no cost of it, so it looks cheaper than it would be."
    elif not any(each.kind in (CostKind.RUNNING, CostKind.UNITARY_CHARGE) for each in costs):
        yield "The plan holds no running cost of it."
    if not any(each.scheme == row.key for each in plan.posts):
        yield "The plan names no posts for it."
    if not any(each.scheme == row.key for each in plan.effects):
        yield "The plan holds no effect of it, so it changes nothing in these figures."
    if facts.is_pressure:
        yield (
            "The plan does not hold the accounts of each organisation, so who pays and who gains is told only for "
            f"{listed([facts.body(gap.who) for gap in facts.projection.organisations])}."
        )
    for key in (*row.overlaps, *row.needs, *row.excludes):
        if key not in {each.key for each in plan.schemes}:
            yield f"It names a scheme that is not in this plan: {key}."

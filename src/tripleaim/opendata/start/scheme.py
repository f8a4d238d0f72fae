"""A scheme from one row of the evidence library: its effect and range as published, and everything it lacks, told.

No number is invented: an effect without a published point must be stated by whoever adds the scheme. What is not
stated keeps the default of the plan's form, and is told as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tripleaim.errors import PlanProblems, Problem
from tripleaim.evidence.entry import EvidenceEntry
from tripleaim.evidence.kinds import Kind
from tripleaim.evidence.library import UnknownEvidence, entry
from tripleaim.evidence.sentences import sentence
from tripleaim.evidence.units import fraction_reduced
from tripleaim.loading import crosscheck_plan
from tripleaim.loading.nearest import listed, nearest
from tripleaim.opendata.start.subject import slug
from tripleaim.plan.activity import ActivityLine, Care
from tripleaim.plan.plan import Plan, sort_rows
from tripleaim.plan.scheme import Category, CostKind, Effect, EffectKind, Scheme, SchemeCost
from tripleaim.plan.source import Source, SourceKind
from tripleaim.plan.tables import TABLES
from tripleaim.quantities import Range, certain, is_month

GAPS = ("health", "care", "money")
DECIMALS = 6


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What whoever adds a scheme says about it. None or empty: not said.

    evidence                    : reference of a row of the library, such as I030
    targets, care               : lines by key, and lines by kind of care
    effect                      : the fraction of care avoided or of stay shortened, where the row prints no such point
    eligible, uptake, fidelity  : fractions that make the effect of those treated an effect on the line
    running_cost, borne_by      : GBP a year at the price base, and the organisation that bears it
    """

    evidence: str
    name: str
    start: str
    targets: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    kind: str = "avoid"
    effect: Range | None = None
    eligible: Range | None = None
    uptake: Range | None = None
    fidelity: Range | None = None
    category: str = "other"
    gaps: tuple[str, ...] = ("money",)
    prevention: bool = False
    owner: str = ""
    lead: str = ""
    summary: str = ""
    running_cost: float | None = None
    borne_by: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A plan with a scheme added: its rows by table, the default values taken, and what it lacks, in words."""

    plan: Plan
    rows: dict[str, tuple[Scheme | Effect | SchemeCost | Source, ...]]
    taken: tuple[str, ...]
    lacks: tuple[str, ...]


def add_scheme(plan: Plan, asked: Asked) -> Added:
    """The plan with one more scheme.

    raises : PlanProblems with everything wrong with what was asked, or with the plan that would come of it
    """
    problems: list[Problem] = []
    known = _entry(asked.evidence, problems)
    lines = tuple(_lines(plan, asked, problems))
    _refuse_odd_words(plan, asked, problems)
    effect = _effect(asked, known, problems) if known else certain(0.0)
    if problems or known is None:
        raise PlanProblems(problems)
    rows = _rows(plan, asked, known, effect, lines)
    tables = {form.name: getattr(plan, form.name) for form in TABLES}
    tables |= {name: sort_rows(name, (*tables[name], *more)) for name, more in rows.items()}
    added = Plan(heading=plan.heading, **tables)
    crosscheck_plan(added)
    return Added(
        added, rows, tuple(_taken(asked, known, effect)), (*_misfits(plan, known, lines), *_lacks(asked, known))
    )


def _entry(ref: str, problems: list[Problem]) -> EvidenceEntry | None:
    try:
        return entry(ref)
    except UnknownEvidence as unknown:
        near = f"perhaps {', or '.join(unknown.near)}" if unknown.near else "look with `tripleaim evidence WORDS`"
        problems.append(_problem("--evidence", ref, "a reference of the evidence library, such as I030", near))
        return None


def _lines(plan: Plan, asked: Asked, problems: list[Problem]) -> Iterator[ActivityLine]:
    """Every line that is meant, by key or by kind of care, each once."""
    by_key = {line.key: line for line in plan.activity}
    kinds = {str(line.care) for line in plan.activity}
    chosen: dict[str, ActivityLine] = {}
    for key in asked.targets:
        if key in by_key:
            chosen[key] = by_key[key]
        else:
            near = nearest(key, by_key)
            to_fix = f"perhaps {near}" if near else f"one of {listed(by_key)}"
            problems.append(_problem("--target", key, "a key of activity.csv", to_fix))
    for care in asked.care:
        if care in kinds:
            chosen |= {key: line for key, line in by_key.items() if line.care == care}
        else:
            known = "no line has it" if care in set(Care) else "it is not a kind of care"
            to_fix = f"one of {listed(sorted(kinds))}"
            problems.append(
                _problem("--care", f"{care}: {known}", "a kind of care that lines of the plan have", to_fix)
            )
    if not asked.targets and not asked.care:
        problems.append(_problem("--target", "no line", "the care it acts on", "give --target LINE or --care KIND"))
    yield from chosen.values()


def _refuse_odd_words(plan: Plan, asked: Asked, problems: list[Problem]) -> None:
    """Words of the command that cannot stand in a plan."""
    if not slug(asked.name):
        problems.append(_problem("--name", asked.name, "the scheme in words a resident understands", "write some"))
    elif slug(asked.name) in {each.key for each in plan.schemes}:
        problems.append(_problem("--name", asked.name, "a name no scheme of the plan has", "choose another"))
    if not is_month(asked.start):
        problems.append(_problem("--start", asked.start, "a month such as 2017-10", "write the first month of work"))
    if asked.kind not in ("avoid", "shorten"):
        problems.append(_problem("--kind", asked.kind, "avoid or shorten", "other kinds are written in effects.csv"))
    if asked.category not in set(Category):
        problems.append(_problem("--category", asked.category, f"one of {listed(Category)}", "choose one"))
    if asked.eligible is None:
        problems.append(
            _problem(
                "--eligible",
                "nothing",
                "the share of the line's care that is of the people the evidence is about",
                "count it here and write it as a fraction; 1 only if the whole line is meant",
            )
        )
    if odd := [gap for gap in asked.gaps if gap not in GAPS]:
        problems.append(_problem("--gap", ", ".join(odd), f"some of {', '.join(GAPS)}", "repeat --gap for several"))
    bodies = {each.key for each in plan.organisations}
    for option, body in (("--lead", asked.lead), ("--borne-by", asked.borne_by)):
        if body and body not in bodies:
            near = nearest(body, bodies)
            problems.append(
                _problem(option, body, "a key of organisations.csv", f"perhaps {near}" if near else "see organisations")
            )
    if (asked.running_cost is None) != (not asked.borne_by):
        problems.append(
            _problem("--running-cost", "one of two", "an amount and who bears it", "give --borne-by too, or neither")
        )


def _effect(asked: Asked, known: EvidenceEntry, problems: list[Problem]) -> Range:
    """The effect as published or as stated; a problem where neither gives one."""
    found = asked.effect or published_effect(known)
    if isinstance(found, Range):
        return found
    problems.append(_problem("--evidence", f"{known.ref}: {found}", *EFFECT_ASKED))
    return certain(0.0)


EFFECT_ASKED = (
    "an effect as a fraction between 0 and 1",
    "state it: --effect 0.1, or --effect 0.1,0.05,0.2 with a range",
)


def published_effect(known: EvidenceEntry) -> Range | str:
    """The effect of a row of evidence as a fraction with its range, or why there is none, in words.

    A change in per cent or a ratio is a fraction as it stands; days, points and money are not. Part of an
    interval that would mean more care is cut off at nought.
    """
    if known.kind is Kind.CONTEXT:
        return "it is context, not an effect"
    if known.effect_point is None:
        return "it prints no single figure"
    unit = known.effect_unit
    values = [
        None if value is None else fraction_reduced(value, unit)
        for value in (known.effect_point, known.effect_low, known.effect_high)
    ]
    point, *ends = values
    if point is None:
        return f"its unit ({known.effect_unit.value.replace('_', ' ')}) is not a fraction of care"
    if point <= 0:
        return "it found no less care"
    known_ends = [min(1.0, max(0.0, end)) for end in ends if end is not None]
    point = min(1.0, point)
    return Range(
        point=round(point, DECIMALS),
        low=round(min([point, *known_ends]), DECIMALS),
        high=round(max([point, *known_ends]), DECIMALS),
    )


def _rows(
    plan: Plan, asked: Asked, known: EvidenceEntry, effect: Range, lines: Iterable[ActivityLine]
) -> dict[str, tuple[Scheme | Effect | SchemeCost | Source, ...]]:
    key = slug(asked.name)
    sources = _sources(plan, asked, known, key)
    whose, effect_source = sources[0].key, sources[1].key
    scheme = Scheme(
        key=key,
        name=asked.name,
        summary=asked.summary,
        gaps=asked.gaps,
        prevention=asked.prevention,
        category=Category(asked.category),
        owner=asked.owner,
        lead=asked.lead,
        start=asked.start,
        ramp=certain(_ramp(known)),
        source=whose,
    )
    rows = tuple(
        Effect(
            key=f"{key[:20].rstrip('_')}_{line.key}"[:60],
            scheme=key,
            kind=EffectKind(asked.kind),
            target=line.key,
            effect=effect,
            eligible=asked.eligible or certain(1.0),
            uptake=asked.uptake or certain(1.0),
            fidelity=asked.fidelity or certain(1.0),
            evidence=known.ref,
            source=effect_source,
        )
        for line in lines
    )
    costs: tuple[SchemeCost, ...] = ()
    if asked.running_cost is not None:
        costs = (
            SchemeCost(
                key=f"{key}_running",
                scheme=key,
                kind=CostKind.RUNNING,
                organisation=asked.borne_by,
                amount=asked.running_cost,
                source=whose,
            ),
        )
    return {"sources": sources, "schemes": (scheme,), "effects": rows, "costs": costs}


def _ramp(known: EvidenceEntry) -> float:
    """Months to full effect: as long as the study followed it; else the default of the form."""
    months = None if known.months_are_payback else known.time_to_full_effect_months
    return float(months) if months else Scheme.model_fields["ramp"].default.point


def _sources(plan: Plan, asked: Asked, known: EvidenceEntry, key: str) -> tuple[Source, Source]:
    """Who says there is such a scheme, and what its effect rests on."""
    bare = not (asked.uptake and asked.fidelity)
    stated = "The effect was stated by whoever added the scheme. " if asked.effect else ""
    taken = {each.key for each in plan.sources}
    scheme = Source(
        key=_free(f"scheme_{key}", taken),
        kind=SourceKind.JUDGED if asked.owner else SourceKind.ILLUSTRATIVE,
        title=f"The scheme “{asked.name}”: its start, build-up and cost, as stated when it was added",
        publisher=asked.owner or "nobody answers for it yet",
        note="Added from the evidence library with `tripleaim scheme add`. "
        "Build-up is as long as the study followed the effect, or the default of the form.",
    )
    effect = Source(
        key=_free(f"effect_{key}", taken),
        kind=SourceKind.ILLUSTRATIVE if bare else SourceKind.JUDGED,
        title=f"{known.ref}: {known.name}",
        publisher=known.source or "source not named in the library",
        year=str(known.source_year or ""),
        url=known.url_or_reference or "",
        licence="facts only, cited",
        note=f"{stated}{sentence(known)} {(known.direction_note or '').rstrip('.')}".strip().rstrip(".")
        + (". Uptake or fidelity, where not stated, is taken as 1." if bare else "."),
    )
    return scheme, effect


def _free(key: str, taken: set[str]) -> str:
    return next(name for n in range(1, 1000) if (name := key if n == 1 else f"{key}_{n}") not in taken)


def _taken(asked: Asked, known: EvidenceEntry, effect: Range) -> Iterator[str]:
    """Values that nobody stated, and where they come from."""
    if asked.effect is None:
        spread = "no interval is printed, so none stands" if effect.is_certain else f"{effect.low:g} to {effect.high:g}"
        yield f"effect {effect.point:g} ({spread}), from {known.ref}"
    for name, meaning in WHOLE.items():
        if getattr(asked, name) is None:
            yield f"{name} 1: {meaning}"
    months = f"{_ramp(known):g} months to full effect"
    followed = known.time_to_full_effect_months and not known.months_are_payback
    yield f"{months}, {'as long as the study followed it' if followed else 'the default of the form'}; no delay"
    yield "stay and cost of those concerned as on average"


WHOLE = {
    "uptake": "everybody it is meant for is taken to be reached",
    "fidelity": "it is taken to be done as well as in the study",
}


FROM_AGE = re.compile(r"\b(\d{2})\s*(?:\+|years and over|and over)")
"""The age from which a study took people, as rows of the library write it."""


def _misfits(plan: Plan, known: EvidenceEntry, lines: Iterable[ActivityLine]) -> Iterator[str]:
    """Lines that are also of people younger than those of the study."""
    studied = FROM_AGE.search(known.population or "")
    if not studied:
        return
    age = int(studied[1])
    if wider := [line.key for line in lines if _youngest(plan, line) < age]:
        yield (
            f"lines of the study's people alone: {known.ref} is about {known.population}, and {listed(wider)} "
            f"{'is' if len(wider) == 1 else 'are'} also of younger people, whom --eligible must leave out"
        )


def _youngest(plan: Plan, line: ActivityLine) -> int:
    """The youngest age that uses a line; nought where the plan does not say."""
    profile = (row for row in plan.age_profiles if row.profile == line.age_profile)
    return min((row.age_from for row in profile if row.rate or row.age_share), default=0)


def _lacks(asked: Asked, known: EvidenceEntry) -> Iterator[str]:
    """What the scheme still lacks."""
    if known.kind is not Kind.CONTROLLED:
        yield f"a controlled study: {known.ref} is {known.kind.value}, {known.kind.meaning}"
    if not asked.owner:
        yield "somebody who answers for it (--owner)"
    if not asked.lead:
        yield "an organisation that leads it (--lead)"
    if asked.running_cost is None:
        printed = known.cost_per_person_gbp
        hint = f"; the library has GBP {printed:,.0f} a person" if printed else ""
        bear = "its running cost and who bears it (--running-cost, --borne-by)"
        yield f"{bear}{hint}: until then it looks cheaper than it is"
    yield "the posts it needs (posts.csv), its set-up cost (costs.csv) and dated actions (actions.csv)"


def _problem(option: str, found: str, expected: str, to_fix: str) -> Problem:
    return Problem(file=option, found=found or "nothing", expected=expected, to_fix=to_fix)

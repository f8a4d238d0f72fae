"""What a plan itself leaves open: money, people and buildings not found, and savings nobody has worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tripleaim.plan.scheme import Stage
from tripleaim.reports.facts import Facts
from tripleaim.reports.sections.moves import consultation
from tripleaim.reports.sections.trust import missing
from tripleaim.reports.words import NOTHING, counted, first_few, listed, lower, money, plural


@dataclass(frozen=True, kw_only=True)
class Open:
    """One thing that is not settled."""

    kind: str
    """gap, resources, capital, posts, plug, idea, no owner, excludes, consultation or council."""
    words: str
    """What it is, in a sentence."""
    amount: float | None
    """What hangs on it in the plan's last year, GBP; null where it is no sum."""
    schemes: tuple[str, ...]
    """Keys of the schemes it concerns; empty where it concerns the place."""


def undecided(facts: Facts) -> tuple[Open, ...]:
    """Everything a plan leaves open, what most money hangs on first; what is no sum comes last, in the plan's order."""
    told = [each for tell in TELLS for each in tell(facts)]
    return tuple(sorted(told, key=lambda each: -(each.amount or 0.0)))


def _gap(facts: Facts) -> Iterator[Open]:
    left = facts.projection.scope("both").hoped[facts.last]
    if not facts.is_pressure and left >= NOTHING:
        closes = ", even if every scheme works" if facts.has_schemes else ""
        words = f"{money(left)} of the gap in {facts.last_year} is closed by no scheme{closes}."
        yield Open(kind="gap", words=words, amount=left, schemes=())


def _resources(facts: Facts) -> Iterator[Open]:
    gap = facts.projection.scope("both")
    lost = gap.resourced[facts.last] - gap.hoped[facts.last]
    if lost >= NOTHING:
        words = f"{money(lost)} of what the schemes are hoped to save in {facts.last_year} waits for posts and capital"
        keys = [s.key for s in facts.projection.schemes if s.saving_resourced_share[facts.last] < 0.9995]
        yield Open(kind="resources", words=f"{words} that nobody has found.", amount=lost, schemes=tuple(keys))


def _found(facts: Facts) -> Iterator[Open]:
    """Capital and posts not found, as page one of the report tells them."""
    schemes = facts.projection.schemes
    for heading, words in missing(facts):
        said = f"{heading.removesuffix('.')}: {lower(words)}"
        if heading.startswith("Where £"):
            short = [s for s in schemes if sum(s.capital) - sum(s.capital_funded) >= NOTHING]
            amount = sum(sum(s.capital) - sum(s.capital_funded) for s in short)
            yield Open(kind="capital", words=said, amount=amount, schemes=tuple(s.key for s in short))
        elif heading.startswith("Who will fill"):
            at = facts.last
            keys = tuple(s.key for s in schemes if s.posts_needed[at] - s.posts_found[at] >= 0.05)
            yield Open(kind="posts", words=said, amount=None, schemes=keys)


def _plugs(facts: Facts) -> Iterator[Open]:
    for scheme in facts.projection.schemes:
        if scheme.is_plug:
            amount = scheme.saving[facts.last]
            words = f"“{scheme.name}” is a plug: nobody has worked out how {money(amount)} would be saved."
            yield Open(kind="plug", words=words, amount=amount, schemes=(scheme.key,))


def _stages(facts: Facts) -> Iterator[Open]:
    ideas = [s for s in facts.projection.schemes if s.stage == Stage.IDEA.value and not s.is_plug]
    if ideas:
        amount = sum(max(0.0, s.saving[facts.last]) for s in ideas)
        rests = f", and {money(amount)} rests on {'it' if len(ideas) == 1 else 'them'}" if amount >= NOTHING else ""
        words = f"{counted(len(ideas), 'scheme')} {'is' if len(ideas) == 1 else 'are'} no more than an idea{rests}: "
        words += f"{first_few(s.name for s in ideas)}."
        yield Open(kind="idea", words=words, amount=amount or None, schemes=tuple(s.key for s in ideas))


def _owners(facts: Facts) -> Iterator[Open]:
    alone = [s for s in facts.projection.schemes if not s.owner and not s.is_plug]
    if alone:
        words = f"Nobody answers for {plural(len(alone), 'scheme')}: {first_few(s.name for s in alone)}."
        amount = sum(max(0.0, s.saving[facts.last]) for s in alone)
        yield Open(kind="no owner", words=words, amount=amount or None, schemes=tuple(s.key for s in alone))


def _excludes(facts: Facts) -> Iterator[Open]:
    called = {row.key: row.name for row in facts.plan.schemes}
    pairs = {tuple(sorted((row.key, other))) for row in facts.plan.schemes for other in row.excludes if other in called}
    for pair in sorted(pairs):
        names = listed([f"“{called[key]}”" for key in pair])
        words = f"{names} cannot stand in one plan, and both do: one has to go."
        yield Open(kind="excludes", words=words, amount=None, schemes=pair)


def _public(facts: Facts) -> Iterator[Open]:
    for row in facts.plan.schemes:
        if row.change.value in ("stops", "moves"):
            words = f"“{row.name}”: {lower(consultation(row.consultation_months))}"
            yield Open(kind="consultation", words=words, amount=None, schemes=(row.key,))


def _councils(facts: Facts) -> Iterator[Open]:
    case = "hoped" if facts.has_schemes else "do_nothing"
    for found in facts.projection.councils:
        if (found.case, found.year) == (case, facts.last_year) and found.still_to_find >= NOTHING:
            words = f"{facts.body(found.organisation)} still has {money(found.still_to_find)} to find in "
            words += f"{facts.last_year} for a lawful budget{', as hoped' if facts.has_schemes else ''}."
            yield Open(kind="council", words=words, amount=found.still_to_find, schemes=())


TELLS = (_gap, _resources, _found, _plugs, _stages, _owners, _excludes, _public, _councils)
"""What is looked for, in the order in which things of one size are told."""

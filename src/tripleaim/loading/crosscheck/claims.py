"""One pound, one claimant: a saving is booked once, by the body whose cost falls; a payment to a partner is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from tripleaim.loading.crosscheck.references import LINE_EFFECTS
from tripleaim.loading.draft import Draft
from tripleaim.plan.activity import ActivityLine
from tripleaim.plan.money import BudgetHead, Side
from tripleaim.plan.organisation import Organisation
from tripleaim.plan.scheme import Effect, EffectKind, Scheme
from tripleaim.quantities import Noun

_OUTSIDE = "outside:"
_REDUCES = (EffectKind.AVOID, EffectKind.SHORTEN, EffectKind.SHIFT, EffectKind.STOP, EffectKind.MOVE)


def same_twice(draft: Draft) -> None:
    """One scheme claims one kind of effect on one target once; other evidence may speak of another group of people."""
    seen: dict[tuple[str, ...], int] = {}
    for row, effect in draft.rows(Effect):
        first = seen.setdefault((effect.scheme, effect.kind, effect.target, effect.to_line, effect.evidence), row)
        if first != row:
            draft.refuse(
                Effect,
                row,
                "target",
                f"{effect.kind.value} on {effect.target}, which row {first} of {effect.scheme} claims already",
                "each effect of a scheme once, or each on its own evidence",
                "add the two together in one row, or name different targets",
            )


def two_claimants(draft: Draft) -> None:
    """Effects of one scheme on one line are not booked by the payer in one row and the provider in another."""
    lines = draft.by_key(ActivityLine)
    claimants: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row, effect in draft.rows(Effect):
        line = lines.get(effect.target)
        if effect.kind not in LINE_EFFECTS or line is None:
            continue
        claimants[effect.scheme, effect.target].setdefault(effect.claimed_by or line.provider, row)
        others = {
            body: first for body, first in claimants[effect.scheme, effect.target].items() if body != effect.claimed_by
        }
        pair = {line.provider, line.commissioner}
        if effect.claimed_by in pair and others.keys() & pair and line.provider != line.commissioner:
            other, first = next((body, at) for body, at in others.items() if body in pair)
            draft.refuse(
                Effect,
                row,
                "claimed_by",
                f"{effect.claimed_by}, while row {first} lets {other} claim on {line.key}",
                "one claimant for the pounds of one line",
                f"write {other} in both rows, or {effect.claimed_by} in both",
            )


def strangers(draft: Draft) -> None:
    """Who books a saving pays for the care, gives it, or takes part in the scheme."""
    lines, schemes, heads = draft.by_key(ActivityLine), draft.by_key(Scheme), draft.by_key(BudgetHead)
    for row, effect in draft.rows(Effect):
        scheme = schemes.get(effect.scheme)
        if not effect.claimed_by or scheme is None:
            continue
        allowed = {scheme.lead, *scheme.partners}
        if effect.target in lines:
            allowed |= {lines[effect.target].provider, lines[effect.target].commissioner}
        if effect.target in heads:
            allowed = {heads[effect.target].organisation}
        if effect.claimed_by not in allowed:
            named = ", ".join(sorted(allowed - {""}))
            draft.refuse(
                Effect,
                row,
                "claimed_by",
                effect.claimed_by,
                f"a body whose cost falls or that takes part: {named}",
                "write one of them",
            )


def savings(draft: Draft) -> None:
    """A saving cuts a cost head of a body that takes part, and not a payment to a partner."""
    heads, schemes, bodies = draft.by_key(BudgetHead), draft.by_key(Scheme), draft.by_key(Organisation)
    reduced = _reduced(draft)
    for row, effect in draft.rows(Effect):
        head, scheme = heads.get(effect.target), schemes.get(effect.scheme)
        if effect.kind is not EffectKind.SAVE or head is None or scheme is None:
            continue
        payee = bodies.get(head.counterparty)
        provider = head.counterparty.removeprefix(_OUTSIDE)
        if head.side is not Side.COST:
            draft.refuse(
                Effect,
                row,
                "target",
                f"{head.key}, money that comes in",
                "a cost head",
                "name a cost head, or make the kind income",
            )
        elif (effect.scheme, head.organisation, provider) in reduced:
            line = reduced[effect.scheme, head.organisation, provider]
            draft.refuse(
                Effect,
                row,
                "target",
                f"{head.key}, what {head.organisation} pays {provider}, whose line {line} the scheme reduces",
                "each pound claimed once",
                "take this row out: the provider's cost release is the saving",
            )
        elif payee is not None and payee.accounts:
            draft.refuse(
                Effect,
                row,
                "target",
                f"{head.key}, which is paid to {payee.key}",
                "a cost that goes outside the place",
                "that is a payment between partners: use an income effect",
            )
        elif scheme.lead and head.organisation not in (scheme.lead, *scheme.partners):
            draft.refuse(
                Effect,
                row,
                "target",
                f"{head.key}, a cost of {head.organisation}",
                f"a cost of {_part(scheme)}",
                f"add {head.organisation} to the partners of {scheme.key}, or name another head",
            )


def _part(scheme: Scheme) -> str:
    return " or ".join([scheme.lead, *scheme.partners])


def _reduced(draft: Draft) -> dict[tuple[str, str, str], str]:
    """Lines that schemes reduce, by scheme, payer and provider."""
    lines = draft.by_key(ActivityLine)
    found: dict[tuple[str, str, str], str] = {}
    for _, effect in draft.rows(Effect):
        line = lines.get(effect.target)
        if effect.kind in _REDUCES and line is not None:
            found[effect.scheme, line.commissioner, line.provider] = line.key
    return found


def income(draft: Draft) -> None:
    """Income comes from somebody else."""
    for row, effect in draft.rows(Effect):
        if effect.kind is EffectKind.INCOME and effect.counterparty == effect.target:
            draft.refuse(
                Effect,
                row,
                "counterparty",
                f"{effect.counterparty}, which receives it",
                "another body, who pays",
                "write who pays; money from oneself is none",
            )


def own_pockets(draft: Draft) -> None:
    """A budget head goes to, or comes from, somebody else."""
    for row, head in draft.rows(BudgetHead):
        if head.counterparty == head.organisation:
            draft.refuse(
                BudgetHead,
                row,
                "counterparty",
                f"{head.counterparty}, whose head it is",
                "another body",
                "write who pays or is paid, such as outside:resources",
            )


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (same_twice, ()),
    (two_claimants, (ActivityLine,)),
    (strangers, (ActivityLine, Scheme, BudgetHead)),
    (savings, (ActivityLine, Scheme, BudgetHead, Organisation, Effect)),
    (income, ()),
    (own_pockets, ()),
)

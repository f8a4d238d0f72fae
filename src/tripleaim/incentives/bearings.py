"""Scheme by scheme: what it does to each body, who bears it, who benefits, and who is paid to refuse."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tripleaim.incentives.amounts import Array
from tripleaim.incentives.measures.alignment import alignment
from tripleaim.incentives.measures.bearing import who_bears
from tripleaim.incentives.measures.timing import present_value
from tripleaim.incentives.payoffs import BORNE, MONEY, TOGETHER, Payoffs, base_of
from tripleaim.incentives.played import gained
from tripleaim.incentives.record import Gain, WhoBears
from tripleaim.incentives.ways import Way
from tripleaim.plan import Plan
from tripleaim.projection.axes import axes
from tripleaim.projection.project import run_worlds
from tripleaim.projection.worlds import worlds

PENNY = 0.005


def gains(ledger: Payoffs, by_form: dict[str, Array], rate: float) -> tuple[Gain, ...]:
    """What every scheme does to every member, those it does nothing to left out.

    by_form : key of a way of paying → (member, scheme), change in the last year, GBP
    rate    : fraction a year by which later years are worth less
    """
    found = []
    for s, scheme in enumerate(ledger.schemes):
        for b, body in enumerate(ledger.bodies[: ledger.members]):
            by_year = ledger.gains[b, s]
            forms = {} if scheme == TOGETHER else {key: float(last[b, s]) for key, last in by_form.items()}
            if max(np.abs(by_year).max(), *(abs(v) for v in forms.values()), 0.0) > PENNY:
                found.append(
                    Gain(
                        scheme=scheme,
                        body=body,
                        by_year=tuple(float(v) for v in by_year),
                        worth=float(present_value(by_year[None], rate)[0]),
                        last_by_form=forms,
                    )
                )
    return tuple(found)


def last_by_form(plan: Plan, ledger: Payoffs, ways: Sequence[Way]) -> dict[str, Array]:
    """Key of a way of paying → (member, scheme): what each scheme alone changes in the last year."""
    schemes = [key for key in ledger.schemes if key != TOGETHER]
    base = base_of(schemes)
    every = gained(run_worlds(plan, worlds(axes(plan), [(key,) for key in schemes]), base=base), ways, base)
    return {key: each[:, -1] for key, each in every.items()}


def bearings(ledger: Payoffs, rate: float) -> tuple[WhoBears, ...]:
    """Who bears and who benefits, of every scheme alone, later years worth less by a rate a year."""
    return tuple(_bearing(ledger, s, rate) for s, key in enumerate(ledger.schemes) if key != TOGETHER)


def _bearing(ledger: Payoffs, s: int, rate: float) -> WhoBears:
    members = ledger.bodies[: ledger.members]
    money = present_value(np.moveaxis(ledger.money[: ledger.members, s], 1, 2), rate)  # (member, line)
    borne = np.maximum(0.0, -money[:, [MONEY.index(line) for line in BORNE]].sum(axis=1))
    before = money.sum(axis=1) + borne
    losses, benefits = np.maximum(0.0, -before), np.maximum(0.0, before)
    shares = who_bears(cost=borne + losses, benefit=benefits)
    own = before - borne
    refusing = alignment(own).paid_to_refuse & (np.abs(own) > PENNY)
    cost, gross = float(borne.sum()), float(before.sum())
    return WhoBears(
        scheme=ledger.schemes[s],
        system=float(own.sum()),
        cost=_by_name(members, borne),
        benefit=_by_name(members, before),
        mismatch=float(shares.mismatch),
        paid_to_refuse=tuple(body for n, body in enumerate(members) if refusing[n]),
        effort=gross / cost if cost > PENNY else None,
        must_keep=cost / gross if cost > PENNY and gross > cost else None,
    )


def _by_name(members: Sequence[str], amounts: Array) -> dict[str, float]:
    return {body: float(amounts[n]) for n, body in enumerate(members) if abs(amounts[n]) > PENNY}

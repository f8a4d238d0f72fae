"""The story: books → schemes → coalitions → payment → shares → agreement (method note 16)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from tripleaim.errors import PlanProblems, Problem
from tripleaim.incentives.agreement.rules import Rule, Shares, shares
from tripleaim.incentives.amounts import Array
from tripleaim.incentives.bearings import bearings, gains, last_by_form
from tripleaim.incentives.blocs import Blocs, blocs
from tripleaim.incentives.deal import deal, level
from tripleaim.incentives.edges import edges
from tripleaim.incentives.form_standings import form_standing, player_sums
from tripleaim.incentives.games import Game
from tripleaim.incentives.margins import margins
from tripleaim.incentives.measures.timing import present_value
from tripleaim.incentives.needs import missing, sector_gains
from tripleaim.incentives.payoffs import BESIDE, BORNE, MONEY, Line, Payoffs, payoffs
from tripleaim.incentives.played import Drawn, coalitions, drawn, stated
from tripleaim.incentives.record import Deal, FormStanding, Leak, Sharing, Shock
from tripleaim.incentives.shocks import shocks
from tripleaim.incentives.standings import standings
from tripleaim.incentives.values import by_player, bystanders, game_of, game_others_go_on, inside
from tripleaim.incentives.ways import TODAY, Way, ways
from tripleaim.plan import Plan
from tripleaim.plan.assumptions import assumption
from tripleaim.projection.axes import Axes, axes
from tripleaim.projection.project import run_worlds
from tripleaim.projection.run import Run
from tripleaim.projection.worlds import worlds

DRAWS, SEED = 1_000, 1
PARTS = (
    "Working out each scheme alone, body by body",
    "Working out what every coalition could do by itself",
    "Trying every coalition in every draw",
    "Sharing what all gain together",
)
"""What is done, one after another, in words."""


def share(
    plan: Plan,
    schemes: Collection[str] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    *,
    rule: Rule = Rule.SHAPLEY,
    form: str = TODAY.key,
    fast: bool = True,
    told: Callable[[str], None] = lambda part: None,
) -> Sharing:
    """Who gains, who pays, and which agreement would make it fair and stable.

    schemes : keys of those asked about; all if left out. The others are taken as not done.
    rule    : how the agreement shares; a choice
    form    : how care is paid for in it: today, a form of payment, or the key of a proposal of the plan
    told    : called with the name of each of `PARTS` before it begins
    raises  : PlanProblems for schemes or a form nobody knows, and for ranges that cannot be drawn
    """
    _check(plan, schemes, form)
    names = axes(plan)
    asked = tuple(key for key in names.schemes if schemes is None or key in schemes)
    rate = assumption(plan, "discount_rate").point
    known = missing(plan)
    start = Sharing(
        plan=plan,
        fingerprint=plan.fingerprint,
        invented=plan.heading.invented,
        draws=draws,
        seed=seed,
        why_slow="",
        years=plan.years,
        discount=rate,
        schemes=asked,
        names={**{row.key: row.name for row in plan.schemes}, **{row.key: row.name for row in plan.organisations}},
        missing=known,
        sectors=sector_gains(plan, asked),
    )
    return start if known else _whole(start, names, rule, form, fast=fast, told=told)


@dataclass(frozen=True, kw_only=True)
class _Table:
    """What the partners have before them: who plays, and what every coalition comes to under every way of paying."""

    plan: Plan
    rate: float
    """At which later years are worth less."""
    members: tuple[str, ...]
    ledger: Payoffs
    both: Run
    """Two worlds as contracts pay today: nothing done, and everything."""
    turnover: Mapping[str, float]
    players: Blocs
    idle: tuple[str, ...]
    """Players with nothing at stake."""
    ways: tuple[Way, ...]
    gained: Mapping[str, Array]
    """Key of a way → (member, plan year, coalition), those outside doing nothing."""
    worth: Mapping[str, Array]
    """Key of a way → (player, coalition), the same in the first year's value."""
    going_on: Mapping[str, Array]
    """Key of a way → (player, coalition), those outside going on together."""
    games: Mapping[str, Game]
    shares: Mapping[str, Shares]
    drawn: Mapping[str, Drawn]
    why_slow: str


def _whole(start: Sharing, names: Axes, rule: Rule, form: str, *, fast: bool, told: Callable[[str], None]) -> Sharing:
    """All that can be said where every body's books are known."""
    at = _table(start, names, fast=fast, told=told)
    return replace(
        start,
        why_slow=at.why_slow,
        bodies=at.members,
        players=at.players.members,
        blocs=at.players.rule,
        rows=at.ledger.rows,
        gains=gains(at.ledger, last_by_form(at.plan, at.ledger, at.ways), at.rate),
        bearings=bearings(at.ledger, at.rate),
        standings=standings(
            at.members, at.players, at.gained[TODAY.key], at.turnover, at.plan.years, at.drawn[TODAY.key], at.rate
        ),
        leaks=_leaks(at.ledger),
        margins=margins(at.plan, start.schemes),
        cliffs=edges(at.plan, at.both),
        shocks=_shocks(at, form),
        forms=tuple(_form_standing(at, way, rule) for way in at.ways),
        shares=at.shares[form],
        deal=_deal(at, form, rule),
    )


def _table(start: Sharing, names: Axes, *, fast: bool, told: Callable[[str], None]) -> _Table:
    plan, rate, members, every = start.plan, start.discount, names.nodes[: names.members], ways(start.plan)
    told(PARTS[0])
    ledger = payoffs(plan, start.schemes)
    both = run_worlds(plan, worlds(names, [(), start.schemes]))
    turnover = _turnovers(both, members)
    players = blocs({row.key: row for row in plan.organisations if row.key in members}, turnover)
    told(PARTS[1])
    asked = coalitions(plan, players, every, start.schemes)
    gained, going_on = stated(asked, asked.worlds), stated(asked, asked.going_on)
    worth, apart = (
        {key: by_player(present_value(each, rate), players, members) for key, each in found.items()}
        for found in (gained, going_on)
    )
    expected = {key: inside(each) for key, each in worth.items()}
    idle = bystanders(players, worth.values())
    told(PARTS[2])
    tried, slow = drawn(asked, expected, start.draws, start.seed, rate, idle=idle, fast=fast)
    told(PARTS[3])
    games = {key: game_of(players, each, idle) for key, each in expected.items()}
    weights, borne = player_sums(players, turnover), _borne(ledger, players, rate)
    return _Table(
        plan=plan,
        rate=rate,
        members=members,
        ledger=ledger,
        both=both,
        turnover=turnover,
        players=players,
        idle=idle,
        ways=every,
        gained=gained,
        worth=worth,
        going_on=apart,
        games=games,
        shares={key: shares(each, weights, borne) for key, each in games.items()},
        drawn={each.way: each for each in tried},
        why_slow=slow,
    )


def _form_standing(at: _Table, way: Way, rule: Rule) -> FormStanding:
    return form_standing(
        way,
        at.members,
        at.players,
        at.gained[way.key][:, :, -1],
        at.games[way.key],
        game_others_go_on(at.players, at.going_on[way.key], at.worth[way.key]),
        at.shares[way.key],
        rule,
        at.drawn[way.key],
        at.rate,
        at.idle,
    )


def _deal(at: _Table, form: str, rule: Rule) -> Deal:
    by_year = by_player(at.gained[form][:, :, -1], at.players, at.members)
    return deal(
        at.plan,
        at.players,
        rule,
        at.shares[form],
        dict(zip(at.players.players, by_year, strict=True)),
        at.drawn[form],
        at.rate,
        player_sums(at.players, at.turnover),
        _positions(at.players, at.members, at.both, at.gained[form] - at.gained[TODAY.key]),
        at.idle,
    )


def _shocks(at: _Table, form: str) -> tuple[Shock, ...]:
    """What all gain in each draw less what they are to gain, as the same sum every year, and who carries it."""
    more = at.drawn[form].together.sum(axis=0) - float(at.worth[form][:, -1].sum())
    return shocks(at.plan, level(1.0, len(at.plan.years), at.rate) * more, at.turnover)


def _check(plan: Plan, schemes: Collection[str] | None, form: str) -> None:
    """Refuse what no plan's row bears out, all at once."""
    known = sorted(row.key for row in plan.schemes)
    forms = [way.key for way in ways(plan)]
    wrong = [
        Problem(
            file="--schemes",
            found=key,
            expected=f"the key of a scheme: {', '.join(known) or 'the plan has none'}",
            to_fix="take a key from schemes.csv",
        )
        for key in sorted(set(schemes or ()) - set(known))
    ]
    if schemes is not None and not schemes:
        wrong.append(
            Problem(file="--schemes", found="no scheme", expected="one or more", to_fix="leave it out to ask of all")
        )
    if form not in forms:
        wrong.append(
            Problem(file="--form", found=form, expected=f"one of {', '.join(forms)}", to_fix="take one of these")
        )
    if wrong:
        raise PlanProblems(tuple(wrong))


def _positions(players: Blocs, members: tuple[str, ...], both: Run, more: Array) -> dict[str, Array]:
    """Player of one body → (plan year,), its position with everything done, GBP.

    both : two worlds as contracts pay today: nothing done, and everything
    more : (member, plan year, coalition), what each gains more where care is paid for in the way agreed on
    """
    years = slice(1, both.axes.last + 1)
    every = (both.recurrent + both.one_off)[: len(members), years, 1] + more[:, :, -1]
    at = {body: n for n, body in enumerate(members)}
    return {name: every[at[keys[0]]] for name, keys in players.members.items() if len(keys) == 1}


def _turnovers(run: Run, members: tuple[str, ...]) -> dict[str, float]:
    """What each member receives in the opening year, GBP."""
    received = dict.fromkeys(members, 0.0)
    for (_, _, payee, _), amount in run.ledger.flows.items():
        if payee in received:
            received[payee] += max(0.0, float(amount[0, 0]))
    return received


def _borne(ledger: Payoffs, players: Blocs, rate: float) -> dict[str, float]:
    """What each player bears for the schemes: investment, double running and cost left stranded, GBP."""
    members = ledger.bodies[: ledger.members]
    invested = -ledger.money[: ledger.members][:, :, [MONEY.index(line) for line in BORNE]].sum(axis=(1, 2))
    stranded = ledger.beside[: ledger.members][:, :, BESIDE.index(Line.STRANDED)].sum(axis=1)
    every = present_value(np.maximum(0.0, invested) + stranded, rate)
    return player_sums(players, dict(zip(members, every.tolist(), strict=True)))


def _leaks(ledger: Payoffs) -> tuple[Leak, ...]:
    """What outside bodies gain or lose by all the schemes together."""
    changes = ledger.gains[ledger.members :].sum(axis=1)
    return tuple(
        Leak(body=body, by_year=tuple(float(v) for v in change))
        for body, change in zip(ledger.bodies[ledger.members :], changes, strict=True)
        if np.abs(change).max() > 0.5
    )

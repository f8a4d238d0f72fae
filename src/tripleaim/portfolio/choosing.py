"""Choosing: limits → estimates → search → candidates under the full model → regret, losses, what is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tripleaim.errors import Impossible
from tripleaim.plan import Plan
from tripleaim.plan.assumptions import assumption
from tripleaim.portfolio.candidates import as_found, best_of, candidates, named, with_values
from tripleaim.portfolio.change import with_cost_of_change
from tripleaim.portfolio.cuts import losses
from tripleaim.portfolio.estimates import AIMS, MONEY, Estimates, estimates
from tripleaim.portfolio.facts import Used, facts, used
from tripleaim.portfolio.forced import Forced, forced_sets, left_out
from tripleaim.portfolio.limits import AnyLimit, limits
from tripleaim.portfolio.looser import looser, none_keeps
from tripleaim.portfolio.losing import broken_over_draws
from tripleaim.portfolio.model import Model, model
from tripleaim.portfolio.options import Option, options
from tripleaim.portfolio.otherwise import HOLDS_RULE, otherwise
from tripleaim.portfolio.record import Candidate, Choice
from tripleaim.portfolio.search import (
    BALANCE,
    CHANCE,
    TAIL,
    Find,
    finds,
    menu_of,
    of_most,
    offered_ways,
    partner_aim,
    partner_of,
    weights_of,
)
from tripleaim.portfolio.solver import Effort, Found, Menu, NothingFits, best, steadiest, surest
from tripleaim.portfolio.telling import aims_told, frontier_told, notes, options_told, pairs_told, schemes_told
from tripleaim.portfolio.titles import titled
from tripleaim.portfolio.triangles import triangles
from tripleaim.portfolio.values import in_best_sets, partner_values, partners_told, worth_of
from tripleaim.projection.axes import axes
from tripleaim.projection.basis import is_pressure
from tripleaim.projection.gaps import CASES
from tripleaim.projection.project import run_values
from tripleaim.projection.values import POINTS
from tripleaim.stress.engine import FAST, REFERENCE, why_not_fast
from tripleaim.stress.streams import check_draws

Begun = Callable[[str], None]
"""Called with the part that begins, one of `PARTS`."""


def silent(part: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, kw_only=True)
class Draws:
    """How many draws each part of a choice takes: the first of those that all share."""

    scores: int
    """Every candidate."""
    estimates: int
    """Options alone, and pairs."""
    few: int
    """What the search counts draw by draw: the chance of balance and the worst tenth."""
    polish: int
    """Each change of a set that was found; 0 = sets are left as they were found."""
    tests: int
    """Candidates under named tests."""

    @classmethod
    def upto(cls, draws: int | None, *, fast: bool) -> Draws:
        """The usual numbers, or no more than some; fewer where the reference form runs, which takes longer."""
        usual = (1000, 256, 64, 128, 64) if fast else (200, 32, 32, 0, 16)
        whole = usual[0] if draws is None else draws
        scores, *others = (whole, *(min(each, whole) for each in usual[1:]))
        return cls(scores=scores, estimates=others[0], few=others[1], polish=others[2], tests=others[3])


PARTS = (
    "Working out schemes alone and in pairs",
    "Looking for the best sets",
    "Trying changes to each set",
    "Looking for the best set with each scheme",
    "Scoring every set in full",
    "Putting the sets to the named tests",
    "Working out what a cut would lose",
)
"""What is done, one after another, in words."""

NORMAL = Effort(gap=0.001, nodes=5_000)
"""How hard to look unless said: finds are scored and polished afterwards, so a thousandth of what choosing adds is
close enough."""


def choose(
    plan: Plan,
    aim: str = MONEY,
    draws: int | None = None,
    seed: int = 1,
    *,
    effort: Effort = NORMAL,
    fast: bool = True,
    told: Begun = silent,
) -> Choice:
    """Which schemes together: the best affordable sets of a plan's schemes, and the trade-offs between them.

    aim    : what the chosen set, the losses and the schemes left out go by: money, health, care, chance, tail, or the
             key of an organisation with weights, for the three gaps as it weighs them
    draws  : how many every candidate is scored with; 1,000, or 200 where the reference form runs, if left out
    seed   : the same seed gives the same draws
    effort : when each search stops; with `seconds` what is found depends on the machine
    fast   : False runs the reference form of the model
    told   : called with the name of each of `PARTS` before it begins
    raises : Impossible for a plan without schemes, an aim that is none or that cannot be told for the plan, and limits
             that follow from other tables and leave no choice; PlanProblems for limits of the plan that do, and for
             ranges that cannot be drawn

    source : METHOD 9; method note 14
    """
    _refuse(plan, aim)
    no_program = why_not_fast() if fast else "The reference form was asked for."
    counts = Draws.upto(draws, fast=not no_program)
    check_draws(0, counts.scores, counts.scores)
    by = aim if aim in (*AIMS, CHANCE, TAIL) else partner_aim(aim)
    return _Choosing(
        before=plan, aim=by, seed=seed, effort=effort, counts=counts, why_slow=no_program, told=told
    ).choice()


def _refuse(plan: Plan, aim: str) -> None:
    known = [*AIMS, CHANCE, TAIL, *weights_of(plan)]
    if aim not in known:
        raise Impossible(f"A choice is made for one of {', '.join(known)}; {aim!r} is none of these.")
    if not plan.schemes:
        raise Impossible("The plan has no schemes, so there is nothing to choose from.")
    if aim == CHANCE and is_pressure(plan, axes(plan)):
        raise Impossible("The plan tells a pressure, which has no balance: choose for money, health, care or tail.")


@dataclass(frozen=True, kw_only=True)
class _Choosing:
    """One choice in the making."""

    before: Plan
    aim: str
    seed: int
    effort: Effort
    counts: Draws
    why_slow: str
    told: Begun

    def choice(self) -> Choice:
        plan, counts, told = with_cost_of_change(self.before), self.counts, self.told
        pressure = is_pressure(plan, axes(plan))
        told(PARTS[0])
        made = model(plan, counts.scores, self.seed, fast=not self.why_slow)
        own, offers = used(made), options(plan)
        limited = limits(made, facts(made, own, [(key,) for key in own.keys]))
        ways = offered_ways(made, offers)
        estimated, few = (estimates(made, ways, count) for count in (counts.estimates, counts.few))
        menu = menu_of(made, ways, limited, facts(made, own, [(key,) for key in ways]), estimated)
        found, forced, is_looser = self._candidates(made, own, menu, limited, offers, estimated, few)
        chosen = best_of(found, self.aim) or next((e.key for e in found if not e.taken and not e.broken), "")
        at = next((each for each in found if each.key == chosen), None)
        told(PARTS[5])
        after = otherwise(made, found, counts.tests, self.seed)
        told(PARTS[6])
        lost = losses(made, own, at.schemes, is_pressure=pressure) if at else ()
        gone = left_out(made, own, at, worth_of(plan, found, self.aim), self.aim, forced, estimated) if at else ()
        points = frontier_told(found)
        inside, outside = in_best_sets(plan, found)
        able = {each.key for each in found if not each.broken}
        without_change, short_as_run = _at_points(self.before)
        return Choice(
            plan=self.before,
            fingerprint=self.before.fingerprint,
            seed=self.seed,
            draws=counts.scores,
            draws_of_estimates=counts.estimates,
            draws_of_tests=counts.tests,
            kernel=REFERENCE if made.hoped.program is None else FAST,
            why_slow=made.hoped.no_program or self.why_slow,
            years=plan.years,
            is_pressure=pressure,
            aim=self.aim,
            chosen=chosen,
            aims=aims_told(found, is_pressure=pressure),
            disruption_share=assumption(plan, "disruption_share").point,
            new_partners_months=assumption(plan, "new_partners_months").point,
            plan_short_as_run=short_as_run,
            plan_without_cost_of_change=without_change,
            schemes=schemes_told(self.before),
            options=options_told(made, own, offers, ways, estimated),
            pairs=pairs_told(made, estimated),
            pairs_left_out_below=estimated.least,
            limits=tuple(each.told for each in limited),
            limits_over_draws=broken_over_draws(made, at.schemes, limited) if at and not pressure else (),
            candidates=found,
            frontier=points,
            partners=partners_told(plan, found),
            in_every_best=inside,
            in_no_best=outside,
            tests=after.tests,
            holds_rule=HOLDS_RULE,
            tried=after.tried,
            regrets=after.regrets,
            least_regret=next((each.candidate for each in after.regrets if each.candidate in able), ""),
            losses=lost,
            left_out=gone,
            triangles=triangles(made, at.schemes if at else ()),
            notes=notes(self.before, found, limited, is_pressure=pressure, is_looser=is_looser),
        )

    def _candidates(
        self,
        made: Model,
        own: Used,
        menu: Menu,
        limited: Sequence[AnyLimit],
        offers: Sequence[Option],
        estimated: Estimates,
        few: Estimates,
    ) -> tuple[tuple[Candidate, ...], tuple[Forced, ...], bool]:
        """Every candidate worth telling, the best set with each scheme in it, and whether less had to be asked."""
        self.told(PARTS[1])
        whole = menu
        menu, searched = self._searched(made.plan, whole, limited, estimated, few)
        is_looser = menu is not whole
        most = {each.key: each.found.value for each in searched if each.key in AIMS}
        weights = {body: of_most(points, most) for body, points in weights_of(made.plan).items()}
        self.told(PARTS[2])
        draws = self.counts.estimates if is_looser and self.counts.polish else self.counts.polish
        every = named(made, own, menu, searched, limited, weights, draws)
        self.told(PARTS[3])
        forced = forced_sets(made, menu, self._searcher(estimated, few, weights), offers, self.effort)
        every += [as_found(f"with:{each.scheme}", each.choice) for each in forced if each.choice is not None]
        self.told(PARTS[4])
        scored = candidates(made, own, every, limited, offers)
        if is_looser and all(each.broken for each in scored):
            raise none_keeps(whole, limited, scored, self.effort)
        return titled(made.plan, with_values(scored, partner_values(made.plan, scored)), self.aim), forced, is_looser

    def _searched(
        self, plan: Plan, menu: Menu, limited: Sequence[AnyLimit], estimated: Estimates, few: Estimates
    ) -> tuple[Menu, tuple[Find, ...]]:
        """What the search finds, and the menu it found it on: where estimates refuse, one that asks for less."""
        for own in looser(menu, limited):
            try:
                return own, finds(own, plan, estimated, few, self.effort)
            except NothingFits:
                continue
        raise none_keeps(menu, limited, (), self.effort)

    def _searcher(
        self, estimated: Estimates, few: Estimates, weights: Mapping[str, Mapping[str, float]]
    ) -> Callable[[Menu], Found]:
        """What finds the best set for the aim on a menu."""
        if self.aim == CHANCE:
            return lambda menu: surest(menu, few.outlook(), BALANCE, self.effort)
        if self.aim == TAIL:
            return lambda menu: steadiest(menu, few.outlook(), effort=self.effort)
        aim = estimated.together(weights.get(partner_of(self.aim), {self.aim: 1.0}))
        return lambda menu: best(menu, aim, self.effort)


def _at_points(plan: Plan) -> tuple[float, float]:
    """Of a plan as it stands, at its stated numbers: money gap closed, one-off costs spread over its years, and what is
    short in its last year. GBP.
    """
    run = run_values(plan, [CASES["do_nothing"], CASES["hoped"]], POINTS)
    short, years = run.short_in_all(), slice(1, run.axes.last + 1)
    once = -run.one_off[: run.axes.members, years].sum(axis=(0, 1))
    nothing, hoped = short[run.axes.last, :2]
    return float(nothing - hoped - (once[1] - once[0]) / len(plan.years)), float(hoped)

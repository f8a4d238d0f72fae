"""Everything a stress test of one plan can say, in one record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.projection.result import Projection
from tripleaim.stress.draws import register
from tripleaim.stress.engine import FAST, engine, why_not_fast
from tripleaim.stress.findings import DRAWS, SEED, Stress, stress
from tripleaim.stress.named.named_stress import NamedStress, named_stress
from tripleaim.stress.named.outcomes import HowDrawn
from tripleaim.stress.outside.chances import Chances, chances
from tripleaim.stress.outside.known import known_effects
from tripleaim.stress.outside.view import OutsideView, outside_view
from tripleaim.stress.own_ranges import OwnRanges, on_own_ranges
from tripleaim.stress.payback import Payback, paybacks
from tripleaim.stress.sobol import Sobol
from tripleaim.stress.streams import Sampler, Streams
from tripleaim.stress.trial import Told, silent
from tripleaim.stress.uncertainties import independent, uncertainties
from tripleaim.stress.why import failure, variance
from tripleaim.stress.why.asking import numbers
from tripleaim.stress.why.record import Why, why

TRIED = DRAWS
"""Most draws of each of the many runs that tests, beliefs and paybacks take; no more than are asked for in all."""
FEW = 128
"""The same without the fast form, which would take minutes."""
PARTS = (
    "Running every draw",
    "Asking why it may fail, and what must be true",
    "Putting it to every named test",
    "Holding it against what happened elsewhere",
)
"""What is done, one after another, in words."""


@dataclass(frozen=True, kw_only=True)
class Whole:
    """One plan's stress test, and what stands around it; a part that was not asked for is None or empty."""

    found: Stress
    """How likely, how bad, and what moves it."""
    own_ranges: OwnRanges | None = None
    """The same on the plan's own ranges alone; None where it states every range itself."""
    why: Why | None = None
    """Why, when it fails, and what must be true; None where nothing is uncertain."""
    asked: tuple[str, ...] = ()
    """Names of the uncertain numbers that were asked about; what must be true of each is in `why`."""
    named: NamedStress | None = None
    """Named tests, contingency, speed."""
    outside: OutsideView | None = None
    """Has anyone ever done it?"""
    chances: tuple[Chances, ...] = ()
    """As claimed, weighted by evidence and at the reference class; empty for a plan without schemes."""
    paybacks: tuple[Payback, ...] = ()
    """When each scheme pays back."""


def whole_test(
    plan: Plan,
    run: Projection,
    draws: int = DRAWS,
    seed: int = SEED,
    *,
    together: bool = True,
    sobol: bool = False,
    quick: bool = False,
    about: Sequence[str] = (),
    told: Callable[[str], None] = lambda part: None,
    counted: Told = silent,
) -> Whole:
    """Every part of a stress test.

    run     : the plan with every number at its point
    quick   : True asks how likely and how bad it is, and no more
    about   : uncertain numbers of which to say what must be true, by name or by words (`why.asking`)
    told    : called with the name of each of `PARTS` before it begins
    counted : called as the draws of the first are counted, with how many are done and of how many
    raises  : as `findings.stress`; PlanProblems for words that fit several uncertain numbers or none
    """
    told(PARTS[0])
    inputs = uncertainties(plan) if together else independent(uncertainties(plan))
    names = numbers(inputs, about, "--input")
    sampler: Sampler = Sobol(seed, draws, register(inputs)) if sobol else Streams(seed)
    fewer = _fewer(draws, sobol=sobol)
    found = stress(plan, draws, seed, together=together, sobol=sobol, told=counted)
    own = on_own_ranges(plan, inputs, sampler, fewer)
    if quick:
        return Whole(found=found, own_ranges=own)
    told(PARTS[1])
    asked = engine(plan, inputs)
    rows, searched = (variance.DRAWS, failure.DRAWS) if asked.kernel == FAST else (FEW, 8 * FEW)
    known = known_effects(plan, inputs)
    reasons = why(asked, seed=seed, names=names, known=known, draws=rows, searched=searched) if inputs else None
    told(PARTS[2])
    tests = named_stress(plan, HowDrawn(draws=fewer, seed=seed, together=together, sobol=sobol))
    told(PARTS[3])
    return Whole(
        found=found,
        own_ranges=own,
        why=reasons,
        asked=names,
        named=tests,
        outside=outside_view(plan, run),
        chances=chances(plan, fewer, seed, together=together, sobol=sobol) if plan.schemes else (),
        paybacks=paybacks(plan, inputs, sampler, fewer) if inputs else (),
    )


def _fewer(draws: int, *, sobol: bool) -> int:
    """How many draws the many runs take; of Sobol' points a power of two."""
    fewer = min(draws, TRIED if why_not_fast() == "" else FEW)
    return int(2 ** (fewer.bit_length() - 1)) if sobol else fewer

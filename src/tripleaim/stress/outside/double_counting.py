"""The same care counted twice: two schemes for the same people, or effort that the growth rate already holds.

The step "overlap" of the bridge takes off what two schemes on one line count twice if each reaches its own people. What
is here is what that step cannot see.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine, GrowthKind
from tripleaim.plan.scheme import Effect, EffectKind, Scheme, Stage
from tripleaim.stress.outside.claims import area_of

REMOVES = frozenset({EffectKind.AVOID, EffectKind.SHIFT})
SAYS_SO = "said to be the same people"
SAME_EVIDENCE = "same evidence, so perhaps the same people"
PAST_EFFORT = "effort already in the growth rate"
PERHAPS_PAST_EFFORT = "perhaps effort already in the growth rate"


@dataclass(frozen=True, kw_only=True)
class CountedTwice:
    """One place where care may be counted twice."""

    why: str
    """What makes it likely, in words."""
    schemes: tuple[str, ...]
    """Keys of the schemes concerned."""
    lines: tuple[str, ...]
    """Keys of the lines they meet on."""
    units: float
    """The most that could be counted twice: units a year at full effect, of the opening year's care."""


def counted_twice(plan: Plan) -> tuple[CountedTwice, ...]:
    """Every warning, the plainest reason first.

    source : METHOD 2, "Trap"; method note 11, "Counted twice"
    """
    return (*_same_people(plan), *_past_effort(plan))


def _same_people(plan: Plan) -> Iterator[CountedTwice]:
    """Two schemes on one line that say they serve the same people, or that rest on the same row of evidence."""
    meetings = _meetings(plan)
    for one, other in combinations(plan.schemes, 2):
        met = meetings.get((one.key, other.key), {})
        if not met:
            continue
        if other.key in one.overlaps or one.key in other.overlaps:
            yield _meeting(plan, SAYS_SO, one, other, {key: least for key, (least, _) in met.items()})
        elif any(cited for _, cited in met.values()):
            yield _meeting(
                plan, SAME_EVIDENCE, one, other, {key: least for key, (least, cited) in met.items() if cited}
            )


def _meeting(plan: Plan, why: str, one: Scheme, other: Scheme, least: dict[str, float]) -> CountedTwice:
    units = {line.key: line.baseline for line in plan.activity}
    return CountedTwice(
        why=why,
        schemes=(one.key, other.key),
        lines=tuple(sorted(least)),
        units=math.fsum(share * units[key] for key, share in least.items()),
    )


def _meetings(plan: Plan) -> dict[tuple[str, str], dict[str, tuple[float, bool]]]:
    """Two schemes → line → the smaller of what they take away, a fraction, and whether they cite the same row."""
    on_line: dict[str, dict[str, list[Effect]]] = defaultdict(lambda: defaultdict(list))
    for effect in plan.effects:
        if effect.kind in REMOVES:
            on_line[effect.target][effect.scheme].append(effect)
    order = [scheme.key for scheme in plan.schemes]
    found: dict[tuple[str, str], dict[str, tuple[float, bool]]] = defaultdict(dict)
    for line, by_scheme in on_line.items():
        for one, other in combinations(sorted(by_scheme, key=order.index), 2):
            least = min(math.fsum(area_of(effect) for effect in by_scheme[key]) for key in (one, other))
            cited = [{effect.evidence for effect in by_scheme[key] if effect.evidence} for key in (one, other)]
            found[one, other][line] = (least, bool(cited[0] & cited[1]))
    return found


def _past_effort(plan: Plan) -> Iterator[CountedTwice]:
    """Schemes that continue effort on lines whose growth rate is net of it: by their own word, or by their age."""
    net = {line.key: line for line in plan.activity if line.growth_kind is GrowthKind.NET}
    for scheme in plan.schemes:
        mine = [each for each in plan.effects if each.scheme == scheme.key and each.kind is EffectKind.AVOID]
        said = [each for each in mine if each.target in net and each.continues_past_effort]
        unsaid = [each for each in mine if each.target in net and not each.continues_past_effort]
        if said:
            yield _effort(PAST_EFFORT, scheme, said, net)
        if unsaid and scheme.stage is Stage.LIVE:
            yield _effort(PERHAPS_PAST_EFFORT, scheme, unsaid, net)


def _effort(why: str, scheme: Scheme, effects: list[Effect], net: dict[str, ActivityLine]) -> CountedTwice:
    return CountedTwice(
        why=why,
        schemes=(scheme.key,),
        lines=tuple(sorted({effect.target for effect in effects})),
        units=math.fsum(area_of(effect) * net[effect.target].baseline for effect in effects),
    )

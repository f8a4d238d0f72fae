"""A synthetic footprint as a plan: ten years, twenty organisations, fifty lines of care, and fifty schemes that each
act on five lines. Nothing in it means anything.
"""

from __future__ import annotations

from synthetic import synthetic_plan

from tripleaim.plan import Plan, sort_rows
from tripleaim.plan.activity import Care
from tripleaim.plan.scheme import Category, Change, CostKind, Effect, EffectKind, Scheme, SchemeCost, Stage
from tripleaim.quantities import Range

YEARS, ORGANISATIONS, LINES, SCHEMES, LINKS = 10, 20, 50, 50, 5
GROWTH = {
    Care.NON_ELECTIVE: (0.01, -0.01, 0.03),
    Care.OUTPATIENT: (0.015, 0.0, 0.03),
    Care.COMMUNITY: (0.0, -0.01, 0.02),
}


def bench_plan(lines: int = LINES, schemes: int = SCHEMES) -> Plan:
    """The footprint, or one with other numbers of lines and schemes: about four uncertain numbers a scheme."""
    bare = synthetic_plan(lines=lines, years=YEARS, organisations=ORGANISATIONS)
    providers = sorted({row.provider for row in bare.activity})
    keys = [row.key for row in bare.activity]
    tables = {name: getattr(bare, name) for name in type(bare).model_fields}
    tables["activity"] = tuple(row.model_copy(update={"growth": _range(GROWTH[row.care])}) for row in bare.activity)
    tables["schemes"] = tuple(_scheme(n) for n in range(schemes))
    tables["effects"] = sort_rows(
        "effects",
        tuple(_effect(n, keys[(n * 7 + part * 11) % lines]) for n in range(schemes) for part in range(LINKS)),
    )
    tables["costs"] = tuple(_cost(n, providers[n % len(providers)]) for n in range(schemes))
    return Plan(**tables)


def _range(three: tuple[float, float, float]) -> Range:
    point, low, high = three
    return Range(point=point, low=low, high=high)


def _scheme(n: int) -> Scheme:
    return Scheme(
        key=f"scheme_{n:03d}",
        name=f"scheme {n}",
        change=Change.CHANGES,
        gaps=("money",),
        category=Category.CARE_MODEL,
        stage=Stage.CASE,
        start=f"{2016 + n % 3}-10",
        delay=_range((6.0, 0.0, 24.0)),
        ramp=_range((24.0 + n % 5, 12.0, 48.0)),
        source="made_up",
    )


def _effect(n: int, target: str) -> Effect:
    share = 0.02 + 0.001 * n
    return Effect(
        key=f"scheme_{n:03d}.{target}",
        scheme=f"scheme_{n:03d}",
        kind=EffectKind.AVOID,
        target=target,
        effect=_range((share, 0.2 * share, 1.3 * share)),
        uptake=_range((0.6, 0.3, 0.9)),
        source="made_up",
    )


def _cost(n: int, provider: str) -> SchemeCost:
    return SchemeCost(
        key=f"scheme_{n:03d}.run",
        scheme=f"scheme_{n:03d}",
        kind=CostKind.RUNNING,
        organisation=provider,
        amount=1e5 * (1 + n % 20),
        index="pay",
        source="made_up",
    )

"""Schemes from the evidence library, sized to a place: ours, without owner, staff or capital."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tripleaim.opendata.start.subject import COMMISSIONERS
from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine, Care
from tripleaim.plan.row import Row
from tripleaim.plan.scheme import Category, Change, CostKind, Effect, EffectKind, Scheme, SchemeCost
from tripleaim.plan.source import Source, SourceKind
from tripleaim.quantities import Range, certain

OURS = "Our example from the evidence library; not proposed by the partners."
IDEAS = Source(
    key="ideas_from_evidence",
    kind=SourceKind.JUDGED,
    title="Schemes chosen from the evidence library",
    publisher="Triple Aim authors",
    year="2016/17 to 2020/21",
    licence="MIT",
    note="Ours, not proposed by the partners. Start, delay and build-up are our judgement; build-up is not shorter "
    "than the follow-up at which each effect was measured. No owner, staff or action is invented.",
)


def examples(plan: Plan, chosen: Mapping[str, dict[str, Any]], not_at: Iterable[str]) -> dict[str, tuple[Row, ...]]:
    """Rows of the chosen schemes by table; the providers of `not_at` are left out of them."""
    lines = [line for line in plan.activity if line.care is Care.NON_ELECTIVE and line.provider not in not_at]
    built = [_Example(plan, lines, key, told) for key, told in chosen.items()]
    return {
        "schemes": tuple(each.scheme() for each in built),
        "effects": tuple(row for each in built for row in each.effects()),
        "costs": tuple(row for each in built for row in each.costs()),
        "sources": (IDEAS, *(row for each in built for row in each.sources())),
    }


class _Example:
    """One example, as it fits one place."""

    def __init__(self, plan: Plan, lines: list[ActivityLine], key: str, told: dict[str, Any]) -> None:
        self.key, self.told = key, told
        self.lines = [line for line in lines if told["on"] == "all" or f"_{told['on']}_" in line.key]
        self.spells = sum(line.baseline for line in self.lines)
        (self.here,) = [row.share_in_footprint for row in plan.places if row.key == "england"]
        self.share = self._share(plan)
        self.effect_source, self.cost_source = f"effect_{key}", f"cost_{key}"

    def _share(self, plan: Plan) -> float:
        """The share of the care that is of the people the evidence is about."""
        size = self.told["size"]
        if "indicator" in size:
            (found,) = [each.baseline for each in plan.indicators if each.key == size["indicator"]]
            return round(found, 4)
        if "england_a_year" in size:
            return round(size["england_a_year"] * self.here / self.spells, 6)
        return float(size["share"])

    def scheme(self) -> Scheme:
        told = self.told
        return Scheme(
            key=self.key,
            name=told["name"],
            summary=f"{told['summary']} {OURS}",
            gaps=tuple(told["gaps"]),
            prevention=told["prevention"],
            category=Category(told["category"]),
            start=told["start"],
            delay=_range(told["delay"]),
            ramp=_range(told["ramp"]),
            order=told["order"],
            overlaps=tuple(told.get("overlaps", ())),
            change=Change.STARTS,
            source=IDEAS.key,
        )

    def effects(self) -> Iterator[Effect]:
        for line in self.lines:
            yield Effect(
                key=f"{self.key}_{line.key.removeprefix('unplanned_')}",
                scheme=self.key,
                kind=EffectKind.AVOID,
                target=line.key,
                effect=_range(self.told["effect"]),
                eligible=certain(self.share),
                uptake=_range(self.told["uptake"]),
                fidelity=_range(self.told["fidelity"]),
                evidence=self.told["evidence"],
                source=self.effect_source,
            )

    def costs(self) -> Iterator[SchemeCost]:
        """The running cost, where one is published a person."""
        if cost := self.told.get("cost"):
            yield SchemeCost(
                key=f"{self.key}_running",
                scheme=self.key,
                kind=CostKind.RUNNING,
                organisation=COMMISSIONERS,
                amount=round(self.spells * self.share * self.told["uptake"][0] * cost["a_person"], -3),
                index="provider_costs",
                source=self.cost_source,
            )

    def sources(self) -> Iterator[Source]:
        yield self._source(self.effect_source, self.told["source"])
        if "cost" in self.told:
            yield self._source(self.cost_source, self.told["cost"])

    def _source(self, key: str, told: dict[str, Any]) -> Source:
        words = {"here": self.here, "spells": self.spells, "share": self.share, "uptake": self.told["uptake"][0]}
        return Source(
            key=key,
            kind=SourceKind.JUDGED,
            note=f"{OURS} {told['note'].format(**words)}",
            **{name: told[name] for name in ("title", "publisher", "year", "url", "licence")},
        )


def _range(told: list[float]) -> Range:
    point, low, high = told
    return Range(point=point, low=low, high=high)

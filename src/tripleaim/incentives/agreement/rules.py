"""Five ways to share what partners bring about together, side by side, each with the coalitions that would object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tripleaim.incentives.agreement.mistakes import Mistakes
from tripleaim.incentives.games import Game, blocking, least_core, nucleolus, shapley
from tripleaim.incentives.games.core import rounding
from tripleaim.incentives.games.game import Number

CHOICE = (
    "Each of the five ways takes something else for fair. Which one to take is a choice for the partners to make and "
    "to give reasons for; no calculation makes it for them."
)


class Rule(StrEnum):
    """A way to share."""

    SHAPLEY = "shapley"
    NUCLEOLUS = "nucleolus"
    PROPORTION = "in_proportion"
    EQUAL = "equal"
    ADJUSTED = "adjusted"

    @property
    def label(self) -> str:
        """Its name in a sentence."""
        return _LABELS[self]

    @property
    def fair(self) -> str:
        """What it takes for fair, in a sentence."""
        return _FAIR[self]


_LABELS = {
    Rule.SHAPLEY: "Shapley",
    Rule.NUCLEOLUS: "nucleolus",
    Rule.PROPORTION: "in proportion",
    Rule.EQUAL: "equal",
    Rule.ADJUSTED: "adjusted for cost borne",
}
_FAIR = {
    Rule.SHAPLEY: "Each gets what it adds, on average over all orders in which the partners could join.",
    Rule.NUCLEOLUS: "The group of partners with the most reason to object has as little reason as can be.",
    Rule.PROPORTION: "Each gets a part in proportion to its weight, such as its turnover, whatever it adds.",
    Rule.EQUAL: "Each gets the same, whatever its size and whatever it adds.",
    Rule.ADJUSTED: "One part goes to those who carry the cost, in proportion to it; the rest by what each adds.",
}


@dataclass(frozen=True, kw_only=True)
class Objection:
    """A coalition that would have more by going its own way."""

    coalition: tuple[str, ...]
    """Names of its players."""
    lacks: float
    """How much more it would have, together, in the unit of the game."""


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What one way of sharing gives each player."""

    rule: Rule
    """Which way."""
    amounts: Mapping[str, float]
    """Player → amount; they add up to what all bring about together."""
    in_core: bool
    """True where no coalition would have more by going its own way."""
    objections: tuple[Objection, ...]
    """The coalitions that would, those that lack most first."""
    least_gain: float
    """The least that any player has above what it would have by itself; negative where one is worse off for joining."""
    least_player: str
    """Who that is."""


@dataclass(frozen=True, kw_only=True)
class Shares:
    """The five ways side by side. All amounts in the unit of the game."""

    whole: float
    """What all bring about together."""
    alone: Mapping[str, float]
    """Player → what it would have by itself."""
    core_is_empty: bool
    """True where every way of sharing leaves some coalition better off by itself."""
    by_rule: tuple[Shared, ...]
    """One for each rule, always in the same order."""
    choice: str
    """That the rule is a choice, in a sentence."""
    remarks: tuple[str, ...]
    """What a reader must know of this game: a loss that is shared, partners who do better apart, no cost borne."""

    def of(self, rule: Rule) -> Shared:
        """What one rule gives."""
        return next(each for each in self.by_rule if each.rule == rule)


def shares(game: Game, weights: Mapping[str, Number], cost_borne: Mapping[str, Number], mix: float = 0.5) -> Shares:
    """What every player has under each of the five rules, and who would object.

    Adjusted for cost borne: xᵢ = α · v(N) · kᵢ / Σk + (1 − α) · φᵢ, with φ the Shapley value. Where nobody bears any
    cost it is the Shapley value. The formulas hold for a loss too (v(N) < 0), and the remarks say what that means.

    weights    : player → 0 or more, such as turnover; not all 0
    cost_borne : player → k, 0 or more: investment, stranded cost and double running that it carries
    mix        : α, 0 to 1: how much of the whole goes by cost borne
    raises     : PlanProblems with every mistake: players missing or unknown, negative amounts, a mix outside 0 to 1
    source     : method note 16

    >>> from tripleaim.incentives.games import game
    >>> found = shares(game({"a": 0, "b": 2, ("a", "b"): 10}), {"a": 3, "b": 1}, {"a": 1, "b": 1})
    >>> for each in found.by_rule:
    ...     print(each.rule.label, dict(each.amounts), each.in_core)
    Shapley {'a': 4.0, 'b': 6.0} True
    nucleolus {'a': 4.0, 'b': 6.0} True
    in proportion {'a': 7.5, 'b': 2.5} True
    equal {'a': 5.0, 'b': 5.0} True
    adjusted for cost borne {'a': 4.5, 'b': 5.5} True
    """
    _check(game, weights, cost_borne, mix)
    whole, names = game.whole, game.players
    value = {name: float(each) for name, each in shapley(game).items()}
    borne = _in_proportion(whole, {name: cost_borne[name] for name in names}) if any(cost_borne.values()) else value
    amounts: dict[Rule, dict[str, float]] = {
        Rule.SHAPLEY: value,
        Rule.NUCLEOLUS: nucleolus(game),
        Rule.PROPORTION: _in_proportion(whole, {name: weights[name] for name in names}),
        Rule.EQUAL: {name: whole / len(names) for name in names},
        Rule.ADJUSTED: {name: mix * borne[name] + (1 - mix) * value[name] for name in names},
    }
    alone = {name: float(game.value(name)) for name in names}
    return Shares(
        whole=whole,
        alone=alone,
        core_is_empty=len(names) > 1 and least_core(game).is_empty,
        by_rule=tuple(_tested(game, alone, rule, each) for rule, each in amounts.items()),
        choice=CHOICE,
        remarks=_remarks(game, alone, cost_borne),
    )


def _in_proportion(whole: float, weights: Mapping[str, Number]) -> dict[str, float]:
    total = sum(weights.values())
    return {name: whole * float(weight / total) for name, weight in weights.items()}


def _tested(game: Game, alone: Mapping[str, float], rule: Rule, amounts: Mapping[str, float]) -> Shared:
    gains = {name: amounts[name] - alone[name] for name in game.players}
    least = min(game.players, key=gains.__getitem__)
    objections = tuple(Objection(coalition=who, lacks=amount) for who, amount in blocking(game, amounts))
    return Shared(
        rule=rule,
        amounts=amounts,
        in_core=not objections,
        objections=objections,
        least_gain=gains[least],
        least_player=least,
    )


def _remarks(game: Game, alone: Mapping[str, float], cost_borne: Mapping[str, Number]) -> tuple[str, ...]:
    said = []
    if game.whole < -rounding(game):
        said.append(
            "Together they lose, so a loss is shared: in equal parts each bears the same, in proportion those with "
            "more weight bear more, and adjusted for cost borne those who already carry more cost bear more of it too."
        )
    if game.whole < sum(alone.values()) - rounding(game):
        said.append("Each by itself, they have more in all than together, so no way of sharing can satisfy everybody.")
    if not any(cost_borne.values()):
        said.append("Nobody bears any cost, so adjusted for cost borne is the same as Shapley.")
    return tuple(said)


def _check(game: Game, weights: Mapping[str, Number], cost_borne: Mapping[str, Number], mix: float) -> None:
    wrong = Mistakes()
    for field, amounts in (("weights", weights), ("cost borne", cost_borne)):
        wrong.same_names(field, amounts, game.players)
        wrong.numbers(field, amounts)
    if weights and not any(weights.values()):
        wrong.add("weights", "0 for everybody", "more than 0 for somebody", "give weights, such as turnovers")
    if not 0 <= mix <= 1:
        wrong.add("mix", f"{mix:g}", "a fraction from 0 to 1", "write 0.5 for half by cost borne")
    wrong.refuse()

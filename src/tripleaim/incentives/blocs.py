"""Blocs: the players of a game of sharing. One body each; where there are too many, the smallest of a kind together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.plan.organisation import Organisation, Role

MOST = 12
"""Players whose every coalition is valued: 4,096 coalitions."""
ONE_EACH = "every body is a player of its own"
SMALLEST = (
    "so that at most {most} players are left, the two smallest of one role (commissioner, provider, council), by what "
    "they receive a year, were put together again and again"
)


Group = tuple[tuple[str, ...], Role]
"""Keys of the bodies that play together, and their role."""


@dataclass(frozen=True, kw_only=True)
class Blocs:
    """Players, and who stands for each."""

    members: Mapping[str, tuple[str, ...]]
    """Name of the player → keys of its bodies; a body that plays for itself has its own key as the name."""
    rule: str
    """How they were put together, in words."""

    @property
    def players(self) -> tuple[str, ...]:
        """Names, in order."""
        return tuple(self.members)

    def of(self, body: str) -> str:
        """The player a body belongs to."""
        return next(name for name, keys in self.members.items() if body in keys)


def blocs(bodies: Mapping[str, Organisation], turnover: Mapping[str, float], most: int = MOST) -> Blocs:
    """Players of at most a number.

    bodies   : key → body, every member of the place
    turnover : key → GBP a year
    most     : the most players; where there are more roles than that, bodies of several roles come together last

    >>> from tripleaim.plan.organisation import Role
    >>> def body(key, role): return Organisation(key=key, name=key.upper(), role=role, source="s")
    >>> all_of_them = {"a": body("a", Role.COUNCIL), "b": body("b", Role.COUNCIL), "h": body("h", Role.PROVIDER)}
    >>> blocs(all_of_them, {"a": 3.0, "b": 2.0, "h": 9.0}, most=2).members
    {'a + b': ('a', 'b'), 'h': ('h',)}
    """
    groups: list[Group] = [((key,), bodies[key].role) for key in sorted(bodies)]
    while len(groups) > most:
        groups = _one_fewer(groups, turnover)
    ordered = sorted(groups)
    return Blocs(
        members={" + ".join(keys): keys for keys, _ in ordered},
        rule=ONE_EACH if len(groups) == len(bodies) else SMALLEST.format(most=most),
    )


def _one_fewer(groups: list[Group], turnover: Mapping[str, float]) -> list[Group]:
    """The two smallest groups of one role put together: of the role whose two are smallest, or of any where no role
    has two.
    """

    def size(group: Group) -> tuple[float, tuple[str, ...]]:
        return sum(turnover.get(key, 0.0) for key in group[0]), group[0]

    pairs = []
    for role in dict.fromkeys(group[1] for group in groups):
        own = sorted((group for group in groups if group[1] == role), key=size)
        if len(own) > 1:
            pairs.append((size(own[0])[0] + size(own[1])[0], own[0], own[1]))
    if pairs:
        _, one, other = min(pairs, key=lambda each: (each[0], each[1][0]))
    else:
        one, other = sorted(groups, key=size)[:2]
    rest = [group for group in groups if group not in (one, other)]
    return [*rest, (tuple(sorted((*one[0], *other[0]))), one[1])]

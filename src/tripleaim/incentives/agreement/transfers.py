"""Who pays whom: from where each partner stands under today's rules to where the agreement puts it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tripleaim.incentives.agreement.mistakes import Mistakes, pounds
from tripleaim.incentives.games.game import Number

PENCE = 100
"""Pence in a pound: transfers are whole pence, so that they add up exactly."""


@dataclass(frozen=True, kw_only=True)
class Payment:
    """One sum that one body pays another."""

    payer: str
    """Who pays."""
    payee: str
    """Who receives."""
    pence: int
    """How much; more than 0."""

    @property
    def amount(self) -> float:
        """The same in GBP."""
        return self.pence / PENCE


def transfers(before: Mapping[str, Number], after: Mapping[str, Number]) -> dict[str, int]:
    """What each partner must receive, or pay, to come from one position to the other: t = after − before.

    Rounded to pence so that they still add up to nothing: each is cut down to whole pence, and the pence left over go
    one each to those cut most, of equals to the first by name. So no transfer is out by a penny or more. Where money
    comes from outside, the outside body is one of the names, and its transfer is negative.

    before  : name → GBP under today's rules
    after   : name → GBP under the agreement
    returns : name → pence, positive receives; they add up to exactly 0
    raises  : PlanProblems with every mistake: names on one side only, amounts that are no numbers, positions that do
              not have the same total

    >>> from fractions import Fraction
    >>> transfers({"a": 1, "b": 0, "c": 0}, {"a": Fraction(1, 3), "b": Fraction(1, 3), "c": Fraction(1, 3)})
    {'a': -66, 'b': 33, 'c': 33}
    """
    wrong = Mistakes()
    for field, amounts in (("before", before), ("after", after)):
        wrong.numbers(field, amounts, least=None)
    wrong.same_names("after", after, before)
    wrong.refuse()
    exact = {name: PENCE * (Fraction(after[name]) - Fraction(before[name])) for name in before}
    over = sum(exact.values(), Fraction(0))
    if abs(over) > Fraction(1, 2):
        told = f"they add up to {pounds(float(over / PENCE))}"
        more = "more is given than there is" if over > 0 else "less is given than there is"
        wrong.add(
            "transfers",
            f"{told}: {more}",
            "transfers that add up to £0",
            "share all of what there is and no more, or name the outside fund that pays the difference",
        )
    wrong.refuse()
    whole = {name: math.floor(each) for name, each in exact.items()}
    for name in sorted(exact, key=lambda name: (whole[name] - exact[name], name))[: -sum(whole.values())]:
        whole[name] += 1
    return whole


def netted(transfers: Mapping[str, int]) -> tuple[Payment, ...]:
    """Few payments that bring every transfer about: the largest payer pays the largest receiver, and so on.

    Each payment settles one of the two for good, so n bodies need at most n − 1 payments. It is not always the fewest
    that could do, which no quick method finds.

    transfers : name → pence, positive receives
    returns   : the largest first; of equals by name
    raises    : PlanProblems if they do not add up to 0

    >>> for each in netted({"C": -82, "H": -322, "M": 328, "L": 76}):
    ...     print(each.payer, each.payee, each.pence)
    H M 322
    C L 76
    C M 6
    """
    over = sum(transfers.values())
    if over:
        wrong = Mistakes()
        told = f"they add up to {pounds(over / PENCE)}"
        wrong.add("transfers", told, "transfers that add up to £0", "name the body that pays or receives the rest")
        wrong.refuse()
    left = {name: pence for name, pence in sorted(transfers.items()) if pence}
    found = []
    while left:
        payer, payee = min(left, key=left.__getitem__), max(left, key=left.__getitem__)
        pence = min(-left[payer], left[payee])
        found.append(Payment(payer=payer, payee=payee, pence=pence))
        for name, paid in ((payer, pence), (payee, -pence)):
            left[name] += paid
            if not left[name]:
                del left[name]
    return tuple(sorted(found, key=lambda each: (-each.pence, each.payer, each.payee)))

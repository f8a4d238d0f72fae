"""Which numbers a reader means: by name, or by words of what they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from tripleaim.errors import PlanProblems, Problem
from tripleaim.stress.factors import factors_of
from tripleaim.stress.uncertainty import Uncertainty

MOST = 4
"""Numbers named where the words fit several, or none."""


def numbers(inputs: Sequence[Uncertainty], asked: Iterable[str], where: str = "names") -> tuple[str, ...]:
    """Names of the inputs and shared drivers that are meant, for `record.why`'s `names`.

    Each may be asked for by its name (`schemes/hubs/delay`, `driver/pay_award`) or by words that stand in its label, or
    else in its label and name, in any order; capitals make no difference. Where words fit several, the one whose label
    is just those words is meant.

    where  : where a reader wrote them, as a problem says it
    raises : PlanProblems, one for all words that fit several or none, with what they fit or what is nearest to them
    """
    labels = {each.name: each.label for each in inputs}
    labels |= {each.name: each.label for each in factors_of(inputs) if each.is_driver}
    found: list[str] = []
    problems: list[Problem] = []
    for words in asked:
        fitting = _fitting(words, labels)
        if len(fitting) == 1:
            found.append(fitting[0])
        else:
            problems.append(_unclear(words, fitting, labels, where))
    if problems:
        raise PlanProblems(problems)
    return tuple(dict.fromkeys(found))


def _unclear(words: str, fitting: Sequence[str], labels: dict[str, str], where: str) -> Problem:
    named = _told(fitting or _nearest(words, labels), labels)
    count = f"words that fit {len(fitting):,} of them" if fitting else "words that fit none of them"
    return Problem(
        file=where,
        found=f"“{words}”, {count}",
        expected="words of one uncertain number of the plan, or its name",
        to_fix=f"say more: {named}" if fitting else f"the nearest are {named}",
    )


def _fitting(words: str, labels: dict[str, str]) -> list[str]:
    """Names whose labels have all the words in them, or else the labels with their names; one where it is in full."""
    if words in labels:
        return [words]
    plain = words.casefold().split()
    if not plain:
        return []
    exact = [name for name, label in labels.items() if label.casefold().split() == plain]
    if len(exact) == 1:
        return exact
    in_label = [name for name, label in labels.items() if all(word in label.casefold() for word in plain)]
    return in_label or [name for name in labels if all(word in f"{name} {labels[name]}".casefold() for word in plain)]


def _nearest(words: str, labels: dict[str, str]) -> list[str]:
    matcher = SequenceMatcher(b=words.casefold())

    def alike(name: str) -> float:
        ratios = []
        for text in (name, labels[name]):
            matcher.set_seq1(text.casefold())
            ratios.append(matcher.ratio())
        return max(ratios)

    return sorted(labels, key=lambda name: (-alike(name), name))[:MOST]


def _told(names: Sequence[str], labels: dict[str, str]) -> str:
    told = "; ".join(f"{labels[name]} ({name})" for name in names[:MOST])
    return f"{told}; and {len(names) - MOST:,} more" if len(names) > MOST else told

"""What may be asked of a plan in the background, and what was asked, read once with every slip told at once.

Django is not needed here, so that the process which works an answer out can read the same.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.nearest import nearest
from tripleaim.loading.packed import packed_table
from tripleaim.plan.payment_proposal import PaymentForm
from tripleaim.reports.facts import package_version

LEAST_DRAWS, MOST_DRAWS = 100, 20_000
LARGEST_SEED = 10**15 - 1
"""Fifteen digits: a seed comes back whole from a spreadsheet and from JSON."""
SAMPLER = "streams"
"""How draws are made; part of what an answer depends on."""
SHOWN = 80
"""Letters of what was typed that a refusal repeats."""


@dataclass(frozen=True)
class Offered:
    """What a plan lets a reader choose from, read from its packed tables alone."""

    packed: bytes

    @cached_property
    def schemes(self) -> dict[str, str]:
        """Key → name of every scheme."""
        return {row["key"]: row["name"] for row in packed_table(self.packed, "schemes")}

    @cached_property
    def aims(self) -> dict[str, str]:
        """Key → words of everything schemes can be chosen for: ours, and partners that say how they weigh the gaps."""
        names = {row["key"]: row["name"] for row in packed_table(self.packed, "organisations")}
        partners = dict.fromkeys(row["organisation"] for row in packed_table(self.packed, "aim_weights"))
        return AIMS | {key: f"All three gaps, as {names.get(key, key)} weighs them" for key in partners}

    @cached_property
    def forms(self) -> dict[str, str]:
        """Key → words of every way to pay for care that an agreement can build on."""
        proposals = [row["proposal"] for row in packed_table(self.packed, "payment_proposals")]
        known = {"today": "As contracts pay today"} | {form.value: _words(form.value) for form in PaymentForm}
        return known | {key: f"As proposed: {_words(key)}" for key in dict.fromkeys(proposals)}


AIMS = {
    "money": "Money: the smallest shortfall",
    "health": "Health and wellbeing",
    "care": "Care and quality",
    "chance": "Chance: the likeliest to balance",
    "tail": "Worst tenth: the best where things go badly",
}
"""Key → words of the aims every plan has."""
RULES = {
    "shapley": "By what each adds (Shapley)",
    "nucleolus": "So that no group objects much (nucleolus)",
    "in_proportion": "In proportion to size",
    "equal": "The same for each",
    "adjusted": "First to those who carry the cost",
}
"""Key → words of the ways to share."""


@dataclass
class _Slips:
    """What was typed, and everything wrong with it so far."""

    typed: Mapping[str, Any]
    problems: list[Problem] = field(default_factory=list)

    def word(self, name: str, usual: str) -> str:
        """One value as text; what is usual where none was typed."""
        value = self.typed.get(name)
        return usual if value is None or str(value).strip() == "" else str(value).strip()

    def add(self, name: str, found: str, expected: str, to_fix: str) -> None:
        """One slip."""
        cut = found[:SHOWN] + ("…" if len(found) > SHOWN else "")
        self.problems.append(Problem(file=LABELS[name], found=cut or "nothing", expected=expected, to_fix=to_fix))

    def whole(self, name: str, usual: int, least: int, most: int, *, or_none: bool = False) -> int:
        """A whole number in digits."""
        word = self.word(name, str(usual))
        is_number = re.fullmatch(r"[0-9]{1,15}", word, re.ASCII) is not None
        if is_number and (least <= int(word) <= most or (or_none and int(word) == 0)):
            return int(word)
        usual_words = ", or 0 for the usual number" if or_none else ""
        self.add(
            name,
            word,
            f"a whole number from {least:,} to {most:,}{usual_words}",
            f"write it in digits, such as {usual or 1_000}",
        )
        return usual

    def share(self, name: str, usual: float) -> float:
        """A number from 0 to 1."""
        word = self.word(name, str(usual))
        try:
            value = float(word) if word.isascii() and "_" not in word else math.nan
        except ValueError:
            value = math.nan
        if not 0 <= value <= 1:
            self.add(name, word, "a number from 0 to 1", f"write it in digits, such as {usual}")
            return usual
        return value

    def one_of(self, name: str, known: Collection[str], usual: str) -> str:
        """One of the keys that are known."""
        word = self.word(name, usual)
        if word not in known:
            close = nearest(word, list(known))
            expected = f"one of {', '.join(known)}" if len(known) <= 24 else "one of those the page offers"
            self.add(name, word, expected, f"choose {close}" if close else "choose one of these")
            return usual
        return word

    def some_of(self, name: str, known: Collection[str]) -> list[str]:
        """Keys, each once, in the order of those known; none stands for all."""
        value = self.typed.get(name) or []
        listed = value if isinstance(value, list | tuple) else str(value).split(";")
        words = [str(each).strip() for each in listed]
        wanted = {word for word in words if word}
        for word in sorted(wanted.difference(known)):
            close = nearest(word, list(known))
            self.add(
                name, word, "a scheme of the plan", f"choose {close}" if close else "choose among those of the page"
            )
        chosen = [key for key in known if key in wanted]
        return [] if len(chosen) == len(known) else chosen


LABELS = {
    "draws": "How many draws",
    "seed": "Seed",
    "aim": "What to choose for",
    "gap": "How close to the best",
    "schemes": "Schemes",
    "rule": "How to share",
    "form": "How care is paid for",
}
"""Option → its words on the page that asks for it."""


def _nothing(slips: _Slips, offered: Offered) -> dict[str, Any]:
    return {}


def _drawn(slips: _Slips, draws: int, *, or_none: bool = False) -> dict[str, Any]:
    return {
        "draws": slips.whole("draws", draws, LEAST_DRAWS, MOST_DRAWS, or_none=or_none),
        "seed": slips.whole("seed", 1, 0, LARGEST_SEED),
    }


def _stress(slips: _Slips, offered: Offered) -> dict[str, Any]:
    return _drawn(slips, 10_000)


def _choose(slips: _Slips, offered: Offered) -> dict[str, Any]:
    asked = {"aim": slips.one_of("aim", offered.aims, "money"), "gap": slips.share("gap", 0.001)}
    return asked | _drawn(slips, 0, or_none=True)


def _share(slips: _Slips, offered: Offered) -> dict[str, Any]:
    asked = {
        "schemes": slips.some_of("schemes", offered.schemes),
        "rule": slips.one_of("rule", RULES, "shapley"),
        "form": slips.one_of("form", offered.forms, "today"),
    }
    return asked | _drawn(slips, 1_000)


@dataclass(frozen=True, kw_only=True)
class Question:
    """One of the four questions: what it takes, and how it is told before anything is worked out."""

    kind: str
    title: str
    """The question itself."""
    words: str
    """What the answer tells."""
    takes: tuple[str, ...]
    """Names of its options, in the order of the page."""
    read: Callable[[_Slips, Offered], dict[str, Any]]
    lasts: str
    """How long it usually takes, in words."""
    page: str
    """Its page as the reports write it."""


QUESTIONS = {
    each.kind: each
    for each in (
        Question(
            kind="run",
            title="What happens, with and without the schemes?",
            words="The three gaps year by year if nothing changes and with the plan, who gains and who pays.",
            takes=(),
            read=_nothing,
            lasts="a few seconds",
            page="index.html",
        ),
        Question(
            kind="stress",
            title="How wrong could it be?",
            words="The plan worked out many times with its uncertain numbers drawn anew: how likely it is to balance, "
            "how bad it may get, and which number moves it most.",
            takes=("draws", "seed"),
            read=_stress,
            lasts="about half a minute",
            page="stress.html",
        ),
        Question(
            kind="choose",
            title="Which schemes together?",
            words="The best sets of schemes that the place can afford and staff, and what each set gives up.",
            takes=("aim", "gap", "draws", "seed"),
            read=_choose,
            lasts="about half a minute",
            page="choose.html",
        ),
        Question(
            kind="share",
            title="Who gains, who pays, and what would make it fair?",
            words="What each organisation gains and loses, who would be better off outside, and which agreement "
            "would hold.",
            takes=("schemes", "rule", "form", "draws", "seed"),
            read=_share,
            lasts="about half a minute",
            page="share.html",
        ),
    )
}
"""Kind of a run → its question, in the order of the page of results."""


def read_options(kind: str, typed: Mapping[str, Any], offered: Offered) -> dict[str, Any]:
    """What was asked, complete: every option of the kind, with its usual value where none was typed.

    typed   : option → text as typed, or a value of JSON
    raises  : PlanProblems with everything that cannot be
    """
    question = QUESTIONS.get(kind)
    if question is None:
        raise PlanProblems([_unknown("What is asked", kind, list(QUESTIONS))])
    slips = _Slips(typed)
    asked = question.read(slips, offered)
    slips.problems += [_unknown("Option", name, question.takes) for name in typed if name not in question.takes]
    if slips.problems:
        raise PlanProblems(slips.problems)
    return asked


@cache
def program() -> str:
    """Version of the program that answers; looked up once, as it takes as long as a whole question to the database."""
    return package_version()


def cache_key(fingerprint: str, kind: str, options: Mapping[str, Any]) -> str:
    """SHA-256 over everything the answer depends on: plan, question, options, sampler, version of the program."""
    said = [fingerprint, kind, dict(options), SAMPLER, program()]
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _unknown(where: str, found: str, known: Collection[str]) -> Problem:
    close = nearest(found, list(known))
    return Problem(
        file=where,
        found=found[:SHOWN],
        expected=f"one of {', '.join(known)}" if known else "no options, as this question takes none",
        to_fix=f"write {close}" if close else "write one of these" if known else "leave it out",
    )


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()

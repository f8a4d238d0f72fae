"""What becomes of candidates when things go otherwise, when a scheme is cut, and when one is forced in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ChoiceTest:
    """A named test that all candidates are put to."""

    key: str
    """Key of the test; of one partner leaving, with the partner behind a colon."""
    name: str
    """The test in words, with the partner's name where one leaves."""
    sentence: str
    """What goes otherwise, in one sentence."""
    judged: str
    """hoped, or resourced: with only the posts and capital found."""
    best: str
    """Key of the candidate that closes most of the gap in it, of those that keep to every limit."""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One candidate under one test."""

    test: str
    """Key of the test."""
    candidate: str
    """Key of the candidate."""
    closed: float
    """Money gap closed in the last year, mean over the draws, against doing nothing under the same test. GBP a year."""
    regret: float
    """How much less that is than what the best candidate closes in the same test. GBP a year, never below 0."""
    holds: bool
    """Whether it keeps what `Choice.holds_rule` says."""


@dataclass(frozen=True, kw_only=True)
class Regret:
    """One candidate over all tests, the plan as it is among them."""

    candidate: str
    """Key of the candidate."""
    worst: float
    """Its largest regret. GBP a year."""
    worst_test: str
    """Key of the test in which it is that large; `as_it_is` where no test makes it."""
    held: int
    """In how many tests it keeps what it should."""
    of: int
    """How many tests there are."""


@dataclass(frozen=True, kw_only=True)
class Loss:
    """What is lost if one scheme of the chosen set is cut, beside what that saves. Full model, the same draws."""

    scheme: str
    """Key of the scheme."""
    name: str
    """Its name."""
    along: tuple[str, ...]
    """Names of schemes that end with it, because they need it."""
    spending: tuple[float, ...]
    """Revenue spending saved, by plan year, at the stated numbers; 0 in years that had begun when the plan was dated,
    whose spending no cut saves. GBP.
    """
    capital: float
    """Capital saved over the plan's years that had not begun when it was dated. GBP."""
    money: float
    """Money gap closed that is lost, mean over the draws, spending still to be saved counted. GBP a year; below 0 =
    gained."""
    health: float
    """Share of the health gap closed that is lost. Fraction; below 0 = gained."""
    care: float
    """Share of the care gap closed that is lost. Fraction; below 0 = gained."""
    chance: float | None
    """Chance of balance that is lost. Fraction; below 0 = gained; None for a pressure."""
    worst_tenth: float
    """How much larger the mean shortfall of the worst tenth of draws becomes. GBP."""


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A scheme of the plan that the chosen set leaves out, and what it would take to have it in.

    The best set with it is found by the estimates of the search, not polished, and scored under the full model.
    """

    scheme: str
    """Key of the scheme."""
    name: str
    """Its name."""
    reason: str
    """Why it is left out, in a sentence."""
    is_possible: bool
    """True where a set with it was found that keeps to every limit by the estimates."""
    in_the_way: tuple[str, ...]
    """Where none was: names of limits that cannot be kept with it, or sentences that say why no start is offered; empty
    where the search was stopped first.
    """
    falls_out: tuple[str, ...]
    """Names of schemes that then fall out of the chosen set."""
    comes_in: tuple[str, ...]
    """Names of schemes that then come in, itself among them."""
    moves: tuple[str, ...]
    """Names of schemes that then start in another year."""
    costs: float
    """How much less the aim comes to under the full model, in the aim's unit: GBP a year, or a fraction; for a
    partner's aim the fraction it is worth less to it. 0 where it cannot be told.
    """

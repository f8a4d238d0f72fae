"""How another form of payment turns what a body gains by helping: with one scheme, or with all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.charts import Table
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell
from tripleaim.incentives.record import FormStanding
from tripleaim.reports.share_parts.sentences import has
from tripleaim.reports.share_parts.told import TODAY, ShareTold, millions
from tripleaim.reports.words import NOTHING

TOLD = 3
"""Swings that are told in sentences."""


@dataclass(frozen=True, kw_only=True)
class Swing:
    """What one body gains in the last year under a form of payment, beside today's contracts. GBP."""

    body: str
    form: FormStanding
    today: float
    then: float
    scheme: str = ""
    """Key of the scheme taken alone; empty for all together."""

    @property
    def size(self) -> float:
        """How far the form moves it."""
        return abs(self.then - self.today)


def swings(told: ShareTold) -> list[Swing]:
    """Bodies that a form of payment turns from gain to loss or back with all schemes, one a body, the largest first."""
    found = [
        Swing(body=body, form=form, today=told.today.last[body], then=form.last[body])
        for form in told.sharing.forms
        for body in told.sharing.bodies
    ]
    return _largest(each for each in found if each.today * each.then < 0 and _counts(each))


def scheme_swings(told: ShareTold) -> list[Swing]:
    """Bodies that lose by helping with one scheme under a form, and more than today: one a body, the largest first."""
    found = [
        Swing(body=gain.body, form=told.form[key], today=gain.last_by_form[TODAY], then=then, scheme=gain.scheme)
        for gain in told.sharing.gains
        for key, then in gain.last_by_form.items()
        if key in told.form and TODAY in gain.last_by_form
    ]
    return _largest(each for each in found if each.then < min(0.0, each.today) and _counts(each))


def in_words(told: ShareTold, each: Swing) -> str:
    """A swing as a sentence."""
    helping = f"by helping with {told.scheme(each.scheme)}" if each.scheme else "by helping"
    return opening(
        f"under {told.under(each.form)} {told.name(each.body)} {has(each.then)} a year {helping}; under "
        f"{told.under(told.today)} it {has(each.today)}."
    )


def every_scheme(told: ShareTold) -> Table:
    """Every scheme and body under every form in the last year."""
    forms = [each for each in told.sharing.forms if not each.proposed]
    rows: list[tuple[Cell, ...]] = [
        (
            told.name(gain.scheme),
            told.name(gain.body),
            *millions(gain.last_by_form.get(form.key, 0.0) for form in forms),
        )
        for gain in told.sharing.gains
        if gain.last_by_form
    ]
    numeric = tuple(range(2, len(forms) + 2))
    return Table(
        caption=f"Each scheme alone under each form of payment. £m {told.in_last_year}",
        header=("Scheme", "Body", *(opening(told.under(form)) for form in forms)),
        rows=tuple(rows),
        numeric=numeric,
        signed=numeric,
    )


def _counts(each: Swing) -> bool:
    return each.size >= 2 * NOTHING and abs(each.then) >= NOTHING


def _largest(found: Iterable[Swing]) -> list[Swing]:
    """The largest of each body, the largest first."""
    ordered = sorted(found, key=lambda each: (-each.size, each.body, each.scheme, each.form.key))
    first = {each.body: each for each in reversed(ordered)}
    return sorted(first.values(), key=lambda each: (-each.size, each.body))[:TOLD]

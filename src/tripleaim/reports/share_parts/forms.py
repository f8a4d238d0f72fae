"""How the form of payment changes who gains, and whether anybody would leave."""

from __future__ import annotations

from markupsafe import Markup

from tripleaim.charts import FormRow, PayoffMatrix, PayoffRow, Stability, Table, percent
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell
from tripleaim.incentives.record import FormStanding
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.swings import every_scheme, in_words, scheme_swings, swings
from tripleaim.reports.share_parts.told import MILLION, ShareTold, millions
from tripleaim.reports.words import NOTHING, listed, tell_money_apart


def forms(told: ShareTold) -> Section | None:
    """Every body under every form, how often an agreement holds under each, and what avoided care costs a provider."""
    found = told.sharing.forms
    if not found:
        return None
    lead = [
        "The same schemes, with care between the bodies of the place paid for in other ways. Only who gets the money "
        "changes, not what care costs.",
        *_kept(told),
        *(in_words(told, each) for each in (*swings(told), *scheme_swings(told))),
    ]
    exhibits = [
        told.shown.picture("share_forms", _matrix(told, found)),
        told.shown.picture("share_forms_hold", _holds(told, found)),
        _table(told, found),
        *_margins(told),
        told.shown.table("share_schemes_by_form", every_scheme(told), _EACH, _EACH_READS, fold=True, stack=True),
    ]
    return Section(
        key="forms",
        question="How does the way care is paid for change it?",
        data={"lead": lead, "exhibits": exhibits},
    )


def _kept(told: ShareTold) -> list[str]:
    """Why all together gain another sum under today's contracts than under forms that keep nothing back."""
    now = sum(told.today.last.values())
    others = sorted(sum(form.last.values()) for form in told.sharing.forms if not form.today)
    if not told.keeps or not others or max(abs(others[0] - now), abs(others[-1] - now)) < NOTHING:
        return []
    today, low, high = tell_money_apart(now, others[0], others[-1])
    return [
        f"Under {told.under(told.today)} all together gain {today} {told.in_last_year}, under other forms "
        f"{low if low == high else f'{low} to {high}'}: what payers keep under a marginal rate is spent outside these "
        f"books, the schemes make that {'less' if now > others[0] else 'more'}, and no other form keeps any back."
    ]


_EACH = "Each scheme alone under each form of payment"
_EACH_READS = "What each body gains (+) or loses (−), all care between bodies of the place paid for that way."


def label(told: ShareTold, form: FormStanding) -> str:
    """A form as a row of a picture names it."""
    return f"“{form.name}”" if form.proposed else told.under(form)


def _matrix(told: ShareTold, found: tuple[FormStanding, ...]) -> PayoffMatrix:
    rows = tuple(
        PayoffRow(label(told, form), millions(column.of(form.last) for column in told.across)) for form in found[:20]
    )
    return PayoffMatrix(
        tuple(each.label for each in told.across), rows, told.in_last_year, adds_up=False, row_name="form of payment"
    )


def _holds(told: ShareTold, found: tuple[FormStanding, ...]) -> Stability:
    return Stability(tuple(FormRow(label(told, form), form.holds, form.today) for form in found[:20]))


def _table(told: ShareTold, found: tuple[FormStanding, ...]) -> Markup:
    title = "Would an agreement hold under each form of payment?"
    reads = (
        "What the group nearest to leaving has to spare, if the gain is divided as well as it can be for it: below "
        "nought it would leave whatever is agreed. What would be needed from outside is the least that would keep "
        f"everybody. All amounts are {told.over}, in {told.sharing.years[0]} value."
    )
    rows: list[tuple[Cell, ...]] = [
        (
            opening(label(told, form)),
            listed(told.losing(form)) or "nobody",
            form.leaving_count,
            _to_spare(form.epsilon),
            form.cost_of_stability / MILLION,
            _to_spare(form.epsilon_others_go_on),
            percent(form.holds) if form.draws else "not worked out",
        )
        for form in found
    ]
    header = (
        *("Form of payment", f"Who loses {told.over}", "Groups that would leave, nothing agreed"),
        "To spare, the others doing nothing",
        *("Needed from outside", "To spare, the others going on", "Draws in which the agreement holds"),
    )
    table = Table(
        caption=f"{title} £m", header=header, rows=tuple(rows), numeric=(2, 3, 4, 5), places=(0, 1, 1, 1), signed=(3, 5)
    )
    return told.shown.table("share_forms_stability", table, title, reads, stack=True)


def _to_spare(epsilon: float) -> float:
    """What the group nearest to leaving has to spare, £m: minus what each must be content to go without."""
    return -epsilon / MILLION + 0.0


def _margins(told: ShareTold) -> list[Markup]:
    """What each provider loses by a unit of care less, against what it stops spending."""
    found = told.sharing.margins
    if not found:
        return []
    title = "What a provider loses by a pound’s worth of care avoided, and what it stops spending"
    losing = [each for each in found if not each.holds]
    reads = (
        f"{_losing(len(losing), len(found))} Under {told.under(told.today)}, {told.last_year}, each scheme alone, for "
        "each pound at the price of the care. More than £1 stops where shorter stays close beds too."
    )
    rows: list[tuple[Cell, ...]] = [
        (
            told.name(each.scheme),
            told.name(each.provider),
            each.paid,
            each.released,
            "yes" if each.holds else "no",
        )
        for each in sorted(found, key=lambda each: (each.released - each.paid, each.scheme, each.provider))
    ]
    table = Table(
        caption=f"{title}. £ for each £1",
        header=("Scheme", "Provider", "Income lost, £", "Spending that stops, £", "Loses no more than it saves"),
        rows=tuple(rows),
        numeric=(2, 3),
        places=(2, 2),
    )
    return [told.shown.table("share_margins", table, title, reads, stack=True)]


def _losing(count: int, of: int) -> str:
    """In how many rows a provider pays for others' success.

    >>> _losing(0, 4), _losing(9, 13)
    ('No provider loses more by avoided care than it stops spending.', 'In 9 of 13 rows a provider loses more by \
avoided care than it stops spending: it pays for others’ success.')
    """
    if not count:
        return "No provider loses more by avoided care than it stops spending."
    where = "The provider" if of == 1 else f"In {count} of {of} rows a provider"
    return f"{where} loses more by avoided care than it stops spending: it pays for others’ success."

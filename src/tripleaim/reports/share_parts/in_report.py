"""Who gains and who pays as the report of a plan tells it: in short, and where to ask for more."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from tripleaim.incentives.measures.timing import present_value
from tripleaim.incentives.needs import missing
from tripleaim.incentives.payoffs import TOGETHER, Payoffs, payoffs
from tripleaim.plan.assumptions import assumption
from tripleaim.reports.facts import Facts
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.told import MOST_ACROSS, Across
from tripleaim.reports.share_parts.who_gains import gain_matrix
from tripleaim.reports.words import NOTHING, in_words, listed, money, plural

NAMED = 3
"""Bodies that a sentence names."""
MOST_ROWS = 10
"""Rows of the picture, so that the report stays short; tripleaim share shows every scheme."""
_ON_SCREEN = Markup(
    '<div class="on-screen">\n{}\n<p>Who might leave, how the way care is paid for changes it, and which payments '
    "between organisations would make it fair: the command <code>tripleaim share</code>, with this plan and "
    "<code>--out</code>, writes a page of it.</p>\n</div>"
)
_ON_PAPER = Markup('<p class="on-paper">{}. Scheme by scheme: data/who_gains.csv.</p>')
_HOPED = (
    "All of this is at the plan’s own numbers, with every post and all capital found; what to expect on average over "
    "many draws is for tripleaim share to tell. Each scheme alone counts wards as fractions, all together whole wards."
)
QUESTION = "Who gains and who pays?"


def in_short(facts: Facts) -> Section | None:
    """Every scheme in every body's books in the last year; nothing where not every body's books are known."""
    if missing(facts.plan):
        return None
    found = payoffs(facts.plan)
    schemes = {scheme.key: scheme.name for scheme in facts.projection.schemes}
    when, name = f"in {facts.last_year}", schemes.__getitem__
    picture = gain_matrix(_across(facts, found), _last(found), found.schemes[:-1], name, when, MOST_ROWS)
    lead = [_over_the_years(facts, found), _refusing(facts, found, schemes), _HOPED]
    data = {
        "lead": [words for words in lead if words],
        "exhibits": [_ON_SCREEN.format(facts.shown.picture("who_gains", picture)), _ON_PAPER.format(picture.title)],
    }
    return Section(key="gains", question=QUESTION, data=data)


def _last(found: Payoffs) -> Callable[[str, str], float]:
    """What a scheme gives a body in the last year, GBP."""
    gains = found.gains[:, :, -1]
    place = {body: n for n, body in enumerate(found.bodies)}
    at = {scheme: n for n, scheme in enumerate(found.schemes)}
    return lambda scheme, body: float(gains[place[body], at[scheme]])


def _across(facts: Facts, found: Payoffs) -> tuple[Across, ...]:
    """A column a body; where there are too many, those that the schemes move least are put together."""
    bodies = found.bodies[: found.members]
    if len(bodies) <= MOST_ACROSS:
        return tuple(Across(facts.body(body), (body,)) for body in bodies)
    moved = abs(found.gains[: found.members, :, -1]).sum(axis=1)
    shown = sorted(bodies, key=lambda body: (-moved[bodies.index(body)], body))[: MOST_ACROSS - 1]
    rest = tuple(body for body in bodies if body not in shown)
    own = tuple(Across(facts.body(body), (body,)) for body in bodies if body in shown)
    return (*own, Across(plural(len(rest), "other body", "other bodies"), rest))


def _over_the_years(facts: Facts, found: Payoffs) -> str:
    """Who loses over all plan years, in the first year's value."""
    rate = assumption(facts.plan, "discount_rate").point
    worth = present_value(found.gains[: found.members].sum(axis=1), rate)
    losers = sorted((float(amount), body) for amount, body in zip(worth, found.bodies, strict=False))
    losers = [each for each in losers if each[0] < -NOTHING]
    count = in_words(len(facts.plan_years))
    if not losers:
        return f"Over {count} years no organisation is worse off by the schemes together than if nothing were done."
    named = [f"{facts.body(body)} loses {money(-amount)}" for amount, body in losers[:NAMED]]
    if len(losers) > NAMED:
        named.append(plural(len(losers) - NAMED, "other loses", "others lose"))
    return (
        f"Over {count} years {listed(named)} by the schemes together, later years counted at {100 * rate:g}% a year "
        "less."
    )


def _refusing(facts: Facts, found: Payoffs, schemes: dict[str, str]) -> str:
    """The scheme with most at stake that leaves a body worse off while the place gains."""
    last = found.gains[: found.members, :, -1]
    worst = [
        (float(last[:, n].sum()), key, float(last[:, n].min()), int(last[:, n].argmin()))
        for n, key in enumerate(found.schemes)
        if key != TOGETHER and last[:, n].sum() > NOTHING and last[:, n].min() < -NOTHING
    ]
    if not worst:
        return ""
    gain, key, loss, at = max(worst)
    return (
        f"By “{schemes[key]}” the place gains {money(gain)} in {facts.last_year} and {facts.body(found.bodies[at])} "
        f"loses {money(-loss)}: by itself it would do better to refuse."
    )

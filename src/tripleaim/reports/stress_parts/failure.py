"""When does it fail? The few conditions under which most failures lie."""

from __future__ import annotations

import numpy as np

from tripleaim.charts import KeptRange, ScenarioBox, ScenarioBoxes, percent
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.reports.stress_parts.units import Scale, scale_of
from tripleaim.stress.uncertainties import uncertainties
from tripleaim.stress.uncertainty import Uncertainty
from tripleaim.stress.why.failure import Condition, Failure, Sought, Where
from tripleaim.stress.why.words import failure_in_words, of_likely

QUESTIONS = {
    Sought.SHORT: "When does it fail?",
    Sought.BALANCE: "When does it balance?",
    Sought.WORST: "When does it go worst?",
}
HAPPENS = {Sought.SHORT: "is short", Sought.BALANCE: "is in balance", Sought.WORST: "is in its worst fifth"}
SUCH = {Sought.SHORT: "are short", Sought.BALANCE: "are in balance", Sought.WORST: "are in the worst fifth"}
RARELY = 0.001
"""A range is drawn from the value that one draw in a thousand lies below to the one that one in a thousand exceeds."""


def when_it_fails(told: StressTold) -> Section | None:
    """The boxes in words and as a picture, with the second view; none where nothing was asked."""
    why = told.why
    if why is None:
        return None
    found, asked = why.failure, why.question
    exhibits = []
    if found.boxes:
        inputs = {each.name: each for each in uncertainties(told.found.plan)}
        picture = ScenarioBoxes(
            tuple(_box(where, inputs) for where in found.boxes),
            f"{HAPPENS[found.sought]} in {asked.when}",
            asked.who,
            SUCH[found.sought],
            box_title(found),
        )
        exhibits.append(told.facts.shown.picture("stress_boxes", picture))
    return Section(
        key="fails",
        question=QUESTIONS[found.sought],
        data={"lead": list(failure_in_words(found, asked)), "exhibits": exhibits},
    )


def box_title(found: Failure) -> str:
    """How often it is so where the first conditions hold, against all draws."""
    inside, of_all, such = percent(found.boxes[0].density), percent(found.share), SUCH[found.sought]
    return f"{inside} of the draws that meet all these conditions {such}, against {of_all} of all"


def _box(where: Where, inputs: dict[str, Uncertainty]) -> ScenarioBox:
    ranges = tuple(_range(each, inputs.get(each.name)) for each in where.conditions)
    return ScenarioBox(ranges, min(1.0, where.coverage), min(1.0, where.density), min(1.0, where.mass))


def _range(found: Condition, given: Uncertainty | None) -> KeptRange:
    """One condition on the range its number was drawn from; a shared driver's from nought to a hundred."""
    label, asks = found.label, ""
    if given is None:
        label, asks = f"“{label}”", of_likely(found.at_least, found.below)
        scale, ends, point = Scale(times=100, form="{}% of what is likely is lower", places=0), [0.0, 1.0], None
    else:
        scale = scale_of(found.name, found.unit, found.fineness)
        ends = given.spread.quantile(np.array([RARELY, 1 - RARELY])).tolist()
        point = given.spread.range.point
    low, high = (
        None if limit is None else round(scale.times * limit, scale.places) for limit in (found.at_least, found.below)
    )
    limits = [each for each in (low, high) if each is not None]
    return KeptRange(
        label=label,
        least=min(scale.times * ends[0], *limits),
        most=max(scale.times * ends[1], *limits),
        at_least=low,
        below=high,
        point=None if point is None else scale.times * point,
        form=scale.form,
        places=scale.places,
        asks=asks,
    )

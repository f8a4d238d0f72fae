"""What a choice rests on: estimates against the whole model, how far from the best, draws, and what was judged."""

from __future__ import annotations

from tripleaim.charts import Table, percent
from tripleaim.charts.table import Cell
from tripleaim.reports.choose_parts.sentences import how_good
from tripleaim.reports.choose_parts.told import MILLION, ChooseTold, amount, pushes
from tripleaim.reports.section import Section
from tripleaim.reports.words import counted, first_few, listed, money, plural

FOUND = "How each set was found: the estimate of the search beside the whole model"
PAIRS = "Schemes that together bring more or less than one and the other"
CHANGE = "What change itself is taken to cost, scheme by scheme"
NOT_OFFERED = "Starts that are not offered, and why"


def rests_on(told: ChooseTold) -> Section:
    """How the sets were found and scored, and what rests on judgement."""
    choice = told.choice
    lead = [
        words
        for words in (how_good(told), _scored(told), _change(told), *choice.notes[told.first_notes :], choice.why_slow)
        if words
    ]
    shown = told.shown
    inside = [
        shown.table("choose_found", _found(told), FOUND, _FOUND_READS, stack=True),
        shown.table("choose_change", _costs_of_change(told), CHANGE, fold=True, stack=True),
    ]
    if choice.pairs:
        inside.append(shown.table("choose_pairs", _pairs(told), PAIRS, _pairs_reads(told), stack=True))
    refused = [each for each in choice.options if not each.is_offered]
    if refused:
        inside.append(shown.table("choose_not_offered", _not_offered(told), NOT_OFFERED, fold=True, stack=True))
    data = {"lead": lead, "behind": [("How each set was found, and what change costs", inside)]}
    return Section(key="how", question="What does this rest on?", data=data)


def _scored(told: ChooseTold) -> str:
    choice = told.choice
    tests = (
        f", and put to the named tests with the first {choice.draws_of_tests:,} of these"
        if len(choice.tests) > 1
        else ""
    )
    return (
        f"Each scheme was valued alone and in pairs with {plural(choice.draws_of_estimates, 'draw')}; the search added "
        f"these up. Every set it found was then run through the whole model with {plural(choice.draws, 'draw')}, the "
        f"same for all{tests}. The same seed ({choice.seed}) gives the same draws."
    )


def _change(told: ChooseTold) -> str:
    """What of the cost of change is judged, and what it takes off the plan as it stands."""
    choice = told.choice
    judged = [each.name for each in choice.schemes if not each.disruption_is_stated and each.disruption > 0]
    new = [each.name for each in choice.schemes if each.ramp_added > 0]
    said = []
    if judged:
        said.append(
            "Change itself costs money. Where the plan does not say how much "
            f"({counted(len(judged), 'scheme').lower()}), disruption is judged to be "
            f"{percent(choice.disruption_share)} of the first full year’s running cost and of the set-up."
        )
    if new:
        said.append(
            f"Partners who are new to each other take longer: {choice.new_partners_months:g} months for each, which is "
            f"judged too, and counts for {first_few(new)}."
        )
    with_it = told.planned.score.closed_point
    without = choice.plan_without_cost_of_change
    if abs(without - with_it) >= 500:
        own, bare = (pushes(each, money(abs(each)), is_pressure=choice.is_pressure) for each in (with_it, without))
        said.append(f"With both counted the plan as it stands {own} at the stated numbers; without them it {bare}.")
    return " ".join(said)


_FOUND_READS = (
    "The estimate adds up schemes alone and pairs of schemes, with wards counted as fractions; the whole model counts "
    "whole wards and everything together, and is what is shown everywhere else. The gap is how much better any other "
    "set could be, as a share of what choosing adds, by the estimates."
)


def _found(told: ChooseTold) -> Table:
    aims = {each.key: each for each in told.choice.aims}
    rows: list[tuple[Cell, ...]] = []
    for each in told.ordered:
        found = each.estimate
        if found is None:
            continue
        aim = aims.get(found.aim)
        rows.append(
            (
                told.name(each),
                aim.name if aim else "its own weights",
                amount(aim, found.value),
                each.score.closed.mean / MILLION,
                percent(found.gap) if 0 <= found.gap < float("inf") else "not known",
                float(found.nodes),
                found.stopped or "no",
                listed(each.polished) if each.polished else "nothing",
            )
        )
    closed = "off the pressure" if told.choice.is_pressure else "closed"
    header = (
        *("Set", "Sought for", "Estimate", f"Whole model: {closed}, £m a year", "Gap", "Nodes", "Stopped short?"),
        "Changed afterwards, because the whole model said so",
    )
    return Table(caption=FOUND, header=header, rows=tuple(rows), numeric=(3, 5), places=(1, 0))


def _costs_of_change(told: ChooseTold) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            each.name,
            each.change,
            each.disruption / MILLION,
            "stated by the plan" if each.disruption_is_stated else "judged",
            listed(each.new_partners) if each.new_partners else "none",
            each.ramp_added,
            float(each.consultation_months),
            each.travel or "–",
            each.harm or "–",
        )
        for each in told.choice.schemes
    ]
    header = (
        *("Scheme", "What it does", "Disruption, once, £m", "Where that is from", "Partners new to its lead"),
        *("Full effect later by, months", "Consultation, months", "How journeys change", "What may get worse"),
    )
    return Table(caption=CHANGE, header=header, rows=tuple(rows), numeric=(2, 5, 6), places=(2, 0, 0))


def _pairs_reads(told: ChooseTold) -> str:
    below = told.choice.pairs_left_out_below
    left_out = f" Overlaps smaller than {money(below)} were left out of the search." if below > 0 else ""
    return f"A minus says that two schemes get in each other’s way, often by avoiding the same care.{left_out}"


def _pairs(told: ChooseTold) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (each.one, each.other, each.money / MILLION, 100 * each.health, 100 * each.care) for each in told.choice.pairs
    ]
    header = (
        "Scheme",
        "With",
        "Money, £m a year",
        "Way to the standards of health, %",
        "Way to the standards of care, %",
    )
    return Table(caption=PAIRS, header=header, rows=tuple(rows), numeric=(2, 3, 4), places=(2, 1, 1), signed=(2, 3, 4))


def _not_offered(told: ChooseTold) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (each.name, each.start, each.why_not) for each in told.choice.options if not each.is_offered
    ]
    return Table(caption=NOT_OFFERED, header=("Scheme", "Start", "Why it is not offered"), rows=tuple(rows), numeric=())

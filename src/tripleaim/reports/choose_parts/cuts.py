"""What a cut would lose, beside what it saves; and why the other schemes are left out."""

from __future__ import annotations

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.portfolio.aftermath import LeftOut, Loss
from tripleaim.reports.choose_parts.told import MILLION, ChooseTold, amount, is_nothing, way
from tripleaim.reports.section import Section
from tripleaim.reports.words import counted, first_few, listed, money

CUTS = "What is lost if one scheme of the set is cut, beside what that saves"
OUT = "Schemes left out, and what it would take to have each in"


def cuts(told: ChooseTold) -> Section | None:
    """A row a scheme of the chosen set, the costliest first."""
    losses = told.choice.losses
    if not losses:
        return None
    table = told.shown.table("choose_cuts", _cuts(told), CUTS, _CUT_READS, stack=True)
    return Section(key="cuts", question="What would a cut lose?", data={"lead": _lead(told), "exhibits": [table]})


def _lead(told: ChooseTold) -> list[str]:
    losses = told.choice.losses
    dear = max(losses, key=lambda each: each.money)
    said = []
    if dear.money > 0 and not is_nothing(dear.money):
        saved = sum(dear.spending)
        saves = (
            "no spending that the plan states" if is_nothing(saved) else f"{money(saved)} of spending over the years"
        )
        said.append(
            f"Cutting “{dear.name}” would lose most money: it saves {saves}, and the {told.gap} is {money(dear.money)} "
            f"a year worse {told.in_last_year}, that saving counted."
        )
    gains = [each.name for each in losses if each.money < 0 and not is_nothing(each.money)]
    if gains:
        cost = "cost more money than they bring"
        said.append(
            f"{counted(len(gains), 'scheme')} {'costs more money than it brings' if len(gains) == 1 else cost} and "
            f"would be cut if money alone counted: {first_few(gains, 6)}. What else would be lost is in the table."
        )
    return said


_CUT_READS = (
    "Each scheme is taken out of the set by itself, with those that need it, and the rest is run again in the same "
    "draws. A minus is a gain. Spending saved counts already in the money lost. What is spent in a year that had begun "
    "when the plan was dated is spent, and no cut saves it."
)


def _cuts(told: ChooseTold) -> Table:
    rows = tuple(_cut(told, each) for each in told.choice.losses)
    chance = () if told.choice.is_pressure else ("Chance of balance lost",)
    header = (
        *(
            "Scheme cut",
            "Ends with it",
            "Spending saved over the years, £m",
            "Capital saved, £m",
            "Money lost, £m a year",
        ),
        *("Way lost, health", "Way lost, care", *chance, "Worst tenth is worse by, £m"),
    )
    numeric = (2, 3, 4, len(header) - 1)
    return Table(caption=CUTS, header=header, rows=rows, numeric=numeric)


def _cut(told: ChooseTold, loss: Loss) -> tuple[Cell, ...]:
    chance = () if told.choice.is_pressure else ("–" if loss.chance is None else way(loss.chance),)
    return (
        told.scheme(loss.scheme, loss.name),
        listed(loss.along) if loss.along else "none",
        sum(loss.spending) / MILLION,
        loss.capital / MILLION,
        loss.money / MILLION,
        way(loss.health),
        way(loss.care),
        *chance,
        loss.worst_tenth / MILLION,
    )


def left_out(told: ChooseTold) -> Section | None:
    """Why the other schemes are not in the set, and what each would push out."""
    if not told.choice.left_out:
        return None
    table = told.shown.table("choose_left_out", _left_out(told), OUT, _OUT_READS, stack=True)
    return Section(key="left-out", question="Why are the others left out?", data={"exhibits": [table]})


_OUT_READS = (
    "Each scheme is put into the set by force, and the best set with it is sought again by the estimates of the "
    "search. What that costs is what the whole model then says."
)


def in_short(told: ChooseTold, each: LeftOut) -> str:
    """What having a scheme in would take, in few words."""
    if not each.is_possible:
        ways = first_few(each.in_the_way) if each.in_the_way else each.reason
        return f"no set with it keeps {ways}"
    cost = _less(told, each.costs) if each.costs > 0 else "nothing would be lost"
    return f"{cost}; {listed(each.falls_out)} would go" if each.falls_out else cost


def _less(told: ChooseTold, costs: float) -> str:
    """How much less a set comes to, in few words."""
    said = amount(told.aim, costs)
    if told.choice.aim == "money":
        return f"{said} a year less {'off the pressure' if told.choice.is_pressure else 'closed'}"
    if told.choice.aim == "tail":
        return f"{said} more short when things go badly"
    of = {"chance": " chance of balance", "health": " of the way for health", "care": " of the way for care"}
    return f"{said} less{of.get(told.choice.aim, ' by its weights')}"


def _left_out(told: ChooseTold) -> Table:
    rows = tuple(_forced(told, each) for each in told.choice.left_out)
    header = ("Scheme", "Why it is left out, and what having it in would take", "What else would come in or move")
    return Table(caption=OUT, header=header, rows=rows, numeric=())


def _forced(told: ChooseTold, each: LeftOut) -> tuple[Cell, ...]:
    others = [name for name in each.comes_in if name != each.name]
    moved = [*others, *(f"{name} in another year" for name in each.moves)]
    return told.scheme(each.scheme, each.name), each.reason, listed(moved) if moved else "none"

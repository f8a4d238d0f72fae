"""Each organisation's own books."""

from __future__ import annotations

from tripleaim.charts import Flow, PositionRow, Positions, Table, WhoPaysWhom
from tripleaim.charts.table import Cell
from tripleaim.reports.facts import CASES, Facts
from tripleaim.reports.section import Section
from tripleaim.reports.words import NOTHING, listed, money, plural, short

MILLION = 1e6


def positions(facts: Facts) -> Section | None:
    """Where each organisation ends up: net, and the sum of those that are short."""
    found = facts.projection.organisations
    if facts.is_pressure or not found:
        return None
    at = facts.last
    rows = tuple(
        PositionRow(facts.body(gap.who), -gap.hoped[at] / MILLION, f"if nothing changes: {short(gap.do_nothing[at])}")
        for gap in sorted(found, key=lambda gap: -gap.hoped[at])
    )
    values = [row.value for row in rows]
    behind = [row for row in rows if row.value < -NOTHING / MILLION]
    title = (
        f"{len(behind) or 'None'} of {plural(len(rows), 'body', 'bodies')} "
        f"{'is' if len(behind) == 1 else 'are'} short in {facts.last_year}, as hoped"
    )
    if behind:
        title += f"; together {short(-sum(row.value for row in behind) * MILLION)}"
    picture = Positions(
        title=title,
        reads=(
            "Left of the line is short, right is ahead. The net of all can hide large shortfalls, so "
            "both sums are shown."
        ),
        unit=f"£m, {facts.last_year}, before central funds",
        rows=rows,
        net=sum(values),
        deficits=sum(value for value in values if value < 0),
    )
    opening = Table(
        caption=f"{facts.plan.opening_year}, £m; a minus is short",
        header=("Organisation", "As reported", "Of which one-off", "Underlying"),
        rows=tuple(
            (facts.body(key), *(value / MILLION for value in parts)) for key, parts in facts.projection.opening.items()
        ),
        numeric=(1, 2, 3),
        signed=(1, 2, 3),
    )
    exhibits = (
        facts.shown.picture("positions", picture),
        facts.shown.table("opening_positions", opening, f"Where they started: {facts.plan.opening_year}", fold=True),
    )
    return Section(key="positions", question="Where does each organisation end up?", data={"exhibits": exhibits})


def who_pays(facts: Facts) -> Section | None:
    """Money between bodies in the last year."""
    flows = [flow for flow in facts.projection.flows if flow.amount > NOTHING]
    if facts.is_pressure or not flows:
        return None
    payers = tuple(dict.fromkeys(facts.body(flow.payer) for flow in flows))
    payees = tuple(dict.fromkeys(facts.body(flow.payee) for flow in flows))
    largest = flows[0]
    picture = WhoPaysWhom(
        title=(
            f"The largest payment is from {facts.body(largest.payer)} to {facts.body(largest.payee)}: "
            f"{money(largest.amount)}"
        ),
        reads=(
            "Payers stand left, those who are paid right; the wider the band, the more money. "
            "Striped: outside the place."
        ),
        unit=f"£m, {facts.last_year}, as hoped",
        payers=payers,
        payees=payees,
        flows=tuple(Flow(facts.body(flow.payer), facts.body(flow.payee), flow.amount / MILLION) for flow in flows),
        outside=tuple(name for name in dict.fromkeys((*payers, *payees)) if name.endswith("(outside)")),
    )
    return Section(
        key="flows", question="Who pays whom?", data={"exhibits": (facts.shown.picture("who_pays_whom", picture),)}
    )


def leakage(facts: Facts) -> Section | None:
    """What bodies outside the place receive more or less of."""
    found = {
        key: amounts for key, amounts in facts.projection.leakage.items() if any(abs(v) >= NOTHING for v in amounts)
    }
    if not found:
        return None
    years = facts.years
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (facts.body(key), *(value / MILLION for value in amounts)) for key, amounts in sorted(found.items())
    )
    table = Table(
        caption="Change in what bodies outside receive, against doing nothing, £m; a minus means they receive less",
        header=("Body", *years),
        rows=rows,
        numeric=tuple(range(1, len(years) + 1)),
        signed=tuple(range(1, len(years) + 1)),
    )
    total = sum(amounts[facts.last] for amounts in found.values())
    way = f"{money(abs(total))} {'more' if total > 0 else 'less'}"
    title = (
        f"Bodies outside receive {way} in {facts.last_year}, all together"
        if abs(total) >= NOTHING
        else f"Bodies outside receive the same in {facts.last_year}, all together"
    )
    reads = (
        "Money that leaves or enters the place closes no local gap by itself; it is listed so that "
        "nobody counts it twice."
    )
    return Section(
        key="leakage",
        question="What happens outside the place?",
        data={"exhibits": (facts.shown.table("outside", table, title, reads),)},
    )


def control_totals(facts: Facts) -> Section | None:
    """Control totals, and the funds that hang on them."""
    found = facts.projection.control_totals
    if not found:
        return None
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            f"{facts.body(r.organisation)}, {r.year}",
            CASES[r.case],
            r.control_total / MILLION,
            r.position / MILLION,
            "yes" if r.met else "no",
            r.fund_offered / MILLION,
            r.fund_earned / MILLION,
            r.missed_costs / MILLION,
            r.position_after_fund / MILLION,
        )
        for r in found
    )
    table = Table(
        caption="Control totals, £m, before central funds; a minus is short",
        header=(
            "Organisation and year",
            "Case",
            "Control total",
            "Position",
            "Met",
            "Fund on offer",
            "Fund earned",
            "Missing it costs",
            "Position after fund",
        ),
        rows=rows,
        numeric=(2, 3, 5, 6, 7, 8),
        signed=(2, 3, 8),
    )
    hoped = [r for r in found if r.case == "hoped"]
    met = [r for r in hoped if r.met]
    missed = sum(r.missed_costs for r in hoped)
    title = f"As hoped, {len(met)} of {plural(len(hoped), 'control total')} {'is' if len(met) == 1 else 'are'} met"
    title += f"; {money(missed)} of central funds is not earned" if missed > NOTHING else ""
    reads = (
        "A control total is the surplus or deficit a regulator set. It is tested with one-off money, "
        "before central funds. The report counts no fund in the gap."
    )
    return Section(
        key="control_totals",
        question="Are the control totals met?",
        data={"exhibits": (facts.shown.table("control_totals", table, title, reads, fold=len(rows) > 15),)},
    )


def councils(facts: Facts) -> Section | None:
    """How councils reach a lawful balance, or do not."""
    found = facts.projection.councils
    if not found:
        return None
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            f"{facts.body(r.organisation)}, {r.year}",
            CASES[r.case],
            *(
                v / MILLION
                for v in (r.gap, r.new_precept, r.new_charges, r.reserves_used, r.still_to_find, r.reserves_left)
            ),
        )
        for r in found
    )
    table = Table(
        caption="Councils: the gap, what is set against it, and what is still to find, £m",
        header=(
            "Council and year",
            "Case",
            "Gap",
            "New precept",
            "New charges",
            "Reserves used",
            "Still to find",
            "Reserves left",
        ),
        rows=rows,
        numeric=(2, 3, 4, 5, 6, 7),
    )
    end = [r for r in found if r.case == "hoped" and r.year == facts.last_year]
    open_ = [facts.body(r.organisation) for r in end if r.still_to_find > NOTHING]
    left = sum(r.still_to_find for r in end)
    title = (
        (
            f"As hoped, {listed(open_)} still {'has' if len(open_) == 1 else 'have'} {money(left)} to "
            f"find in {facts.last_year}"
        )
        if open_
        else f"As hoped, every council reaches a lawful balance in {facts.last_year}"
    )
    reads = (
        "A council may not plan a deficit. Its gap comes first, then new council tax for care, new "
        "charges and reserves down to the least it must keep. What is left has no lawful budget yet."
    )
    return Section(
        key="councils",
        question="Can councils balance lawfully?",
        data={"exhibits": (facts.shown.table("councils", table, title, reads, fold=True),)},
    )


def required(facts: Facts) -> Section | None:
    """What business rules ask commissioners to keep back, beside the gap."""
    found = facts.projection.required
    if not found:
        return None
    table = Table(
        caption="What the business rules of the time ask commissioners to keep back, £m; beside the gap, not in it",
        header=("Organisation and year", "Rule", "£m", "Where the rule stands"),
        rows=tuple((f"{facts.body(r.organisation)}, {r.year}", r.rule, r.amount / MILLION, r.source) for r in found),
        numeric=(2,),
    )
    last = sum(r.amount for r in found if r.year == facts.last_year)
    title = f"Business rules ask for {money(last)} more in {facts.last_year}, beside the gap"
    return Section(
        key="required",
        question="What must be kept back?",
        data={"exhibits": (facts.shown.table("required", table, title, fold=True),)},
    )

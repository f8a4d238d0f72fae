"""Each organisation's own books."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.charts import Flow, PositionRow, Positions, Table, WhoPaysWhom
from tripleaim.charts.table import Cell
from tripleaim.projection.accounts import ControlTotalResult, CouncilResult
from tripleaim.reports.facts import CASES, Facts
from tripleaim.reports.section import Section
from tripleaim.reports.words import NOTHING, listed, lower, money, plural, short

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
    hoped, resourced = (_short([getattr(gap, case)[at] for gap in found]) for case in ("hoped", "resourced"))
    title = f"{hoped[0].upper()}{hoped[1:]} in {facts.last_year}, as hoped"
    if hoped == resourced and not facts.is_resourced:
        title += " and with what is found"
    elif hoped != resourced:
        title += f"; with what is found, {resourced}"
    picture = Positions(
        title=title,
        reads=(
            "Left of the line is short, right is ahead. One body’s surplus does not pay for another’s shortfall, so "
            "those that are short are also added up by themselves: that is more than the place’s own figure."
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
            (facts.body(key), at.reported / MILLION, at.one_off / MILLION, at.underlying / MILLION)
            for key, at in facts.projection.opening.items()
        ),
        numeric=(1, 2, 3),
        signed=(1, 2, 3),
    )
    exhibits = (
        facts.shown.picture("positions", picture),
        facts.shown.table("opening_positions", opening, f"Where they started: {facts.plan.opening_year}", fold=True),
    )
    return Section(key="positions", question="Where does each organisation end up?", data={"exhibits": exhibits})


def _short(positions: list[float]) -> str:
    """How many bodies are short, and by how much together."""
    behind = [value for value in positions if value > NOTHING]
    told = (
        f"{len(behind) or 'none'} of {plural(len(positions), 'body', 'bodies')} {'is' if len(behind) == 1 else 'are'}"
    )
    if not behind:
        return f"{told} short"
    return f"{told} {short(sum(behind))}{' together' if len(behind) > 1 else ''}"


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
        outside=tuple(
            dict.fromkeys(
                facts.body(key) for flow in flows for key in (flow.payer, flow.payee) if key.startswith("outside:")
            )
        ),
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
        header=("Body or purpose" if any(key in facts.uses for key in found) else "Body", *years),
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
            "Fund not earned",
            "Position after fund",
        ),
        rows=rows,
        numeric=(2, 3, 5, 6, 7, 8),
        signed=(2, 3, 8),
    )
    hoped, resourced = (_met([r for r in found if r.case == case]) for case in ("hoped", "resourced"))
    title = _both(facts, hoped, resourced)
    reads = (
        "A control total is the surplus or deficit a regulator set. It is tested with one-off money, "
        f"before central funds. The report counts no fund in the gap.{_lost_though_met(facts, found)}"
    )
    return Section(
        key="control_totals",
        question="Are the control totals met?",
        data={"exhibits": (facts.shown.table("control_totals", table, title, reads, fold=len(rows) > 15),)},
    )


def _lost_though_met(facts: Facts, found: Sequence[ControlTotalResult]) -> str:
    """Bodies that meet their control total as hoped and still lose part of the fund, and why; empty where none does."""
    rows = {(row.organisation, row.year): row for row in facts.plan.control_totals}
    told = []
    for result in found:
        if result.case == "hoped" and result.met and result.missed_costs >= NOTHING:
            row = rows[result.organisation, result.year]
            targets = {"A&E": row.ae_met, "planned care": row.waiting_met, "cancer care": row.cancer_met}
            quarters = {name: [met.strip() for met in text.split(";")] for name, text in targets.items()}
            off = {name: sum(met != "yes" for met in each) for name, each in quarters.items()}
            late = [
                f"waits for {name} off course in {n} of {len(quarters[name])} quarters" for name, n in off.items() if n
            ]
            why = listed(late) or "not in every quarter"
            told.append(f"{facts.body(result.organisation)}, {result.year}: {money(result.missed_costs)} ({why})")
    if not told:
        return ""
    return f" Part of a fund hangs on waiting times, so some is lost where the total is met: {'; '.join(told)}."


def _both(facts: Facts, hoped: str, resourced: str) -> str:
    """A finding as hoped and with what is found; told once where both are the same."""
    if hoped != resourced:
        return f"As hoped, {hoped}; with what is found, {resourced}"
    return f"As hoped{'' if facts.is_resourced else ' and with what is found'}, {hoped}"


def _met(found: list[ControlTotalResult]) -> str:
    met, missed = sum(r.met for r in found), sum(r.missed_costs for r in found)
    told = f"{met or 'none'} of {plural(len(found), 'control total')} {'is' if met == 1 else 'are'} met"
    return told + (f" and {money(missed)} of central funds is not earned" if missed > NOTHING else "")


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
                for v in (
                    r.gap,
                    r.one_off,
                    r.new_precept,
                    r.new_charges,
                    r.reserves_used,
                    r.still_to_find,
                    r.reserves_left,
                )
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
            "One-off costs",
            "New precept",
            "New charges",
            "Reserves used",
            "Still to find",
            "Reserves left",
        ),
        rows=rows,
        numeric=(2, 3, 4, 5, 6, 7, 8),
    )
    hoped, resourced = (
        _balance(facts, [r for r in found if r.case == case and r.year == facts.last_year])
        for case in ("hoped", "resourced")
    )
    title = _both(facts, hoped, resourced)
    reads = (
        "A council may not plan a deficit. Its gap, as page one counts it, and its one-off costs come first, "
        "then new council tax for care, new charges and reserves down to the least it must keep. "
        "What is left has no lawful budget yet."
    )
    return Section(
        key="councils",
        question="Can councils balance lawfully?",
        data={"exhibits": (facts.shown.table("councils", table, title, reads, fold=True),)},
    )


def _balance(facts: Facts, end: list[CouncilResult]) -> str:
    year = f"in {facts.last_year}"
    still = [facts.body(r.organisation) for r in end if r.still_to_find > NOTHING]
    if not still:
        return f"every council reaches a lawful balance {year}"
    left = sum(r.still_to_find for r in end)
    return f"{listed(still)} still {'has' if len(still) == 1 else 'have'} {money(left)} to find {year}"


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
    year = max(r.year for r in found)
    last = sum(r.amount for r in found if r.year == year)
    rules = "; ".join(dict.fromkeys(lower(r.rule) for r in found if r.year == year))
    title = f"Business rules ask commissioners to hold {money(last)} in {year}, beside break-even ({rules})"
    reads = (
        "It is a level to hold, not new money each year: what was held the year before counts towards it. "
        "The years are not added up."
    )
    return Section(
        key="required",
        question="What must be kept back?",
        data={"exhibits": (facts.shown.table("required", table, title, reads, fold=True),)},
    )

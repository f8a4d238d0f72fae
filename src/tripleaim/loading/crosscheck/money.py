"""Money: contracts that do not contradict themselves, costs in their place, reserves that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from tripleaim.loading.crosscheck.spot import Spot, spots
from tripleaim.loading.draft import Draft
from tripleaim.loading.nearest import nearest
from tripleaim.loading.numbers import shortest
from tripleaim.plan.activity import ActivityLine, BedPool, PlannedUnits
from tripleaim.plan.agreement import Contract, Payment
from tripleaim.plan.money import AfterGap, Allocation, BudgetHead, ControlTotal, CouncilMeasure, Side
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.plan import Heading
from tripleaim.plan.regime import fund_rule, regime, regimes
from tripleaim.plan.scheme import DATED_KINDS, CostKind, SchemeCost
from tripleaim.quantities import Noun


def contract_forms(draft: Draft) -> None:
    """A contract's share of price and threshold fit its form."""
    for at, contract in spots(draft, Contract):
        _marginal(at, contract)
        form = contract.form.value
        if contract.form is Payment.MARGINAL:
            if contract.threshold is None:
                expected = "marginal: units over planned units up to which the full price is paid"
                at.needs("threshold", expected, "write it, such as 1")
            continue
        to_fix = "or make the form marginal"
        if contract.threshold is not None:
            found = shortest(contract.threshold)
            at.must_be_empty("threshold", found, f"{form} has no threshold", f"leave it empty, {to_fix}")
        if contract.kept_for != "none":
            at.refuse("kept_for", contract.kept_for, f"none: nothing is kept under {form}", f"write none, {to_fix}")


def _marginal(at: Spot, contract: Contract) -> None:
    fixed = {Payment.BLOCK: 0.0, Payment.ACTIVITY: 1.0}.get(contract.form)
    given, form = contract.marginal, contract.form.value
    if fixed is None and given is None:
        at.needs("marginal", f"{form}: a share of price from 0 to 1", "write it, such as 0.5")
    elif fixed is not None and given is not None and given != fixed:
        other = "activity" if given == 1 else "block" if given == 0 else "blended"
        expected = f"{fixed:g} or an empty cell, for {form}"
        at.refuse("marginal", shortest(given), expected, f"leave it empty, or make the form {other}")


def contract_lines(draft: Draft) -> None:
    """A contract lies between two different bodies."""
    for at, line in spots(draft, ActivityLine):
        if line.contract and line.provider == line.commissioner:
            at.must_be_empty("contract", f"{line.contract}, of {line.provider} with itself", "nothing is paid")


def paid_at_cost(draft: Draft) -> None:
    """A body without accounts is paid what its care costs: no contract and no other price (method note 6)."""
    bodies = draft.by_key(Organisation)
    for at, line in spots(draft, ActivityLine):
        body = bodies.get(line.provider)
        if body is None or body.accounts or line.provider == line.commissioner:
            continue
        given = {"contract": line.contract} if line.contract else {}
        if line.price is not None and line.price != line.unit_cost:
            given["price"] = shortest(line.price)
        for name, value in given.items():
            at.must_be_empty(
                name,
                f"{value}, of {body.key}, which has no accounts",
                "a body without accounts is paid what its care costs",
                f"empty the price and contract, or give {body.key} accounts",
            )


def planned_units_paid(draft: Draft) -> None:
    """Planned units belong to lines under a contract."""
    lines = draft.by_key(ActivityLine)
    for row, planned in draft.rows(PlannedUnits):
        line = lines.get(planned.line)
        if line is not None and not line.contract:
            draft.refuse(
                PlannedUnits,
                row,
                "line",
                f"{planned.line}, which has no contract",
                "a line under a contract",
                "name its contract in activity.csv, or delete the row",
            )


def costs(draft: Draft) -> None:
    """A cost has the fields its kind needs and no others."""
    for at, cost in spots(draft, SchemeCost):
        if cost.kind in DATED_KINDS and not cost.year:
            at.needs("year", f"{cost.kind.value}: the year it is spent", "write the year, such as 2017/18")
        _double_running(at, cost)
        _capital(at, cost)


def _double_running(at: Spot, cost: SchemeCost) -> None:
    if cost.kind is not CostKind.DOUBLE_RUNNING:
        if cost.months:
            at.must_be_empty("months", shortest(cost.months), "only double running has months")
        return
    if not cost.months:
        at.refuse("months", "no months", "double running: for how many months", "write the months")
    if cost.year:
        at.must_be_empty("year", cost.year, "double running begins in the start month")


def _capital(at: Spot, cost: SchemeCost) -> None:
    if cost.kind is not CostKind.CAPITAL and cost.funded:
        at.must_be_empty("funded", shortest(cost.funded), "only capital is found and agreed")
    if cost.funded > cost.amount:
        expected = f"at most the amount, {shortest(cost.amount)}"
        at.refuse("funded", shortest(cost.funded), expected, "check both figures")


def councils(draft: Draft) -> None:
    """What is set against a council's gap belongs to a council, and reserves are not spent twice."""
    bodies = draft.by_key(Organisation)
    spent: dict[str, float] = defaultdict(float)
    last: dict[str, int] = {}
    for row, measure in draft.rows(CouncilMeasure):
        body = bodies.get(measure.organisation)
        if body is None:
            continue
        if body.role not in (Role.COUNCIL, Role.SECTOR):
            draft.refuse(
                CouncilMeasure, row, "organisation", f"{body.key}, a {body.role.value}", "a council", "name the council"
            )
        if measure.kind is AfterGap.RESERVES:
            spent[body.key] += measure.amount
            last[body.key] = row
    for key, amount in spent.items():
        free = bodies[key].reserves - bodies[key].least_reserves
        if amount > free + 0.5:
            draft.refuse(
                CouncilMeasure,
                last[key],
                "amount",
                f"GBP {amount:,.0f} of reserves over the plan",
                f"at most GBP {max(free, 0):,.0f}, what {key} may spend of its reserves",
                "lower it, or check reserves and least_reserves in organisations.csv",
            )


def reserves(draft: Draft) -> None:
    """Reserves are a council's; a body keeps no more by law than it is asked to hold."""
    for at, body in spots(draft, Organisation):
        held = body.reserves or body.least_reserves
        if held and body.role not in (Role.COUNCIL, Role.SECTOR):
            found = f"GBP {held:,.0f} of a {body.role.value}"
            at.must_be_empty("reserves", found, "only councils plan with reserves")


def books(draft: Draft) -> None:
    """Who has accounts has the heads that make them: a provider its costs, a payer what it pays with."""
    heads: dict[Side, set[str]] = defaultdict(set)
    for _, head in draft.rows(BudgetHead):
        heads[head.side].add(head.organisation)
    working = {line.provider for _, line in draft.rows(ActivityLine)}
    working |= {pool.provider for _, pool in draft.rows(BedPool)}
    for row, body in draft.rows(Organisation):
        if body.accounts and body.role is Role.PROVIDER and body.key in working - heads[Side.COST]:
            _books(
                draft,
                row,
                f"yes, while {body.key} gives care and has no cost head in budgets.csv",
                "its whole opening cost in budgets.csv, lines and wards included",
                "add its cost heads, or write accounts = no",
            )
    _payers(draft, heads[Side.INCOME])


def _payers(draft: Draft, with_income: set[str]) -> None:
    """Either all bodies that pay have an allocation in the opening year, or none has and the plan shows pressure."""
    paying = {line.commissioner for _, line in draft.rows(ActivityLine)}
    given = {row.organisation for _, row in draft.rows(Allocation)}
    lasting = {a.organisation for _, a in draft.rows(Allocation) if a.recurrent and a.year == draft.opening_year}
    payers = [(row, body) for row, body in draft.rows(Organisation) if body.accounts and body.role is not Role.PROVIDER]
    if not any(body.key in given for _, body in payers if body.key in paying or body.role is Role.COUNCIL):
        return
    for row, body in payers:
        if body.role is Role.COUNCIL:
            if body.key not in lasting | with_income:
                _books(
                    draft,
                    row,
                    f"yes, while {body.key} has neither an allocation nor an income head",
                    "income of every council that has accounts, since other bodies have an allocation",
                    "add its council tax and grants to budgets.csv or allocations.csv, or write accounts = no",
                )
        elif body.key in paying - lasting:
            _books(
                draft,
                row,
                f"yes, while {body.key} pays for care and has no recurrent allocation in {draft.opening_year}",
                "either all bodies that pay have an allocation, or none",
                f"add its recurrent allocation of {draft.opening_year} and every year of the plan to allocations.csv, "
                "or write accounts = no",
            )


def _books(draft: Draft, row: int, found: str, expected: str, to_fix: str) -> None:
    draft.refuse(Organisation, row, "accounts", found, expected, to_fix)


def dated_rules(draft: Draft) -> None:
    """The regime is one we hold rules of, and a fund stands only in a year it has a rule for."""
    key = draft.stated.regime
    if key not in regimes():
        near = nearest(key, regimes())
        draft.refuse(Heading, None, "regime", key, f"one of {', '.join(regimes())}", f"write {near or regimes()[0]}")
        return
    for row, total in draft.rows(ControlTotal):
        if total.fund > 0 and fund_rule(key, total.year) is None:
            held = ", ".join(rule.year for rule in regime(key).funds) or "no year"
            draft.refuse(
                ControlTotal,
                row,
                "fund",
                f"£{total.fund:,.0f} in {total.year}",
                f"a fund only in a year the regime has a rule for: {held}",
                "write 0, and say in not_known that a fund of that year is not counted",
            )


def booked_once(draft: Draft) -> None:
    """Money from one body to another stands in one row, which both books are made from (method note 6)."""
    spent = {
        (head.organisation, head.counterparty, head.pool, head.from_year): (row, head)
        for row, head in draft.rows(BudgetHead)
        if head.side is Side.COST
    }
    for row, head in draft.rows(BudgetHead):
        paid = spent.get((head.counterparty, head.organisation, head.pool, head.from_year))
        if paid and head.side is Side.INCOME:
            _booked_twice(draft, BudgetHead, row, "counterparty", head.pool, paid)
    for row, given in draft.rows(Allocation):
        paid = spent.get((given.counterparty, given.organisation, given.kind, ""))
        if paid and given.year == draft.opening_year:
            _booked_twice(draft, Allocation, row, "counterparty", given.kind, paid)


def _booked_twice(
    draft: Draft, noun: type[Noun], row: int, field: str, pool: str, paid: tuple[int, BudgetHead]
) -> None:
    number, cost = paid
    draft.refuse(
        noun,
        row,
        field,
        f"{pool} from {cost.organisation} to {cost.counterparty}, which {cost.key} (budgets.csv, row {number}) pays",
        "each payment between two bodies of the plan once: its one row is booked with both",
        f"delete one of the two rows; if they are two payments, give {cost.key} a pool of its own",
    )


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (contract_forms, ()),
    (contract_lines, ()),
    (planned_units_paid, ()),
    (costs, ()),
    (councils, (Organisation,)),
    (reserves, ()),
    (booked_once, (Heading, BudgetHead, Allocation)),
    (paid_at_cost, (Organisation,)),
    (dated_rules, (Heading,)),
    (books, (Heading, Organisation, ActivityLine, BedPool, BudgetHead, Allocation)),
)

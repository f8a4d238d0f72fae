"""Trust accounts (TAC data) to stated.csv, and to budgets.csv where they are of the plan's opening year.

A row is one figure: organisation × worksheet × table × main code × sub code, in thousands of pounds. Sub codes as in
the TAC illustrative file of 2019/20; a main code such as A02CY01 says the sheet, CY for the year of the accounts or PY
for the year before, and the table.
"""

from __future__ import annotations

import re
from collections import defaultdict

from tripleaim.loading.nearest import nearest
from tripleaim.opendata.official.asked import OPEN_LICENCE, Reading, told
from tripleaim.opendata.official.figures import kept
from tripleaim.opendata.official.years import only_year
from tripleaim.plan.money import BudgetHead, Side
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.source import Printed, SourceKind
from tripleaim.quantities import first_calendar_year

STATED: dict[str, tuple[str, str, str, int]] = {
    "income_from_care": ("SCI0100A", "Operating income from patient care", "funding", 1),
    "other_income": ("SCI0110A", "Other operating income", "funding", 1),
    "operating_expenses": ("SCI0125A", "Operating expenses", "spend", -1),
    "surplus": ("SCI0240", "Surplus or deficit (-) for the year", "other", 1),
}
"""Printed figures of the statement of comprehensive income: sub code, name, measure, and the sign that makes income and
cost positive.
"""

TOTAL_COST = "EXP0390"
IMPAIRMENTS = "EXP0260"
OTHER_INCOME = "SCI0110A"

POOLS: dict[str, tuple[str, ...]] = {
    "pay": ("EXP0130", "EXP0140", "EXP0300", "EXP0320"),
    "drugs": ("EXP0170",),
    "capital": ("EXP0240", "EXP0250"),
}
"""Sub codes of operating expenditure by the pool of a budget head; what remains of the total is the pool `other`."""

FINANCE = ("SCI0160", "SCI0170")
"""Finance expense and public dividend capital: outside operating expenditure, held as cost of capital."""

_SHEETS = ("tac02", "tac08")
_THOUSAND = 1000.0
_PAGE = "https://www.england.nhs.uk/financial-accounting-and-reporting/nhs-providers-tac-data-publications/"
_USED = {code for code, _, _, _ in STATED.values()} | {code for codes in POOLS.values() for code in codes}
_WANTED = _USED | {TOTAL_COST, IMPAIRMENTS, *FINANCE}

Figures = dict[str, dict[str, float]]
"""Organisation key → sub code → pounds."""


def read(reading: Reading) -> None:
    """Printed figures for every provider of the plan in the file; opening budgets for those with accounts."""
    year = reading.asked.year or only_year([cell for cells in reading.above for cell in cells])
    if not year:
        reading.refuse(
            None,
            None,
            "no year: the columns of such a file do not say which accounts they are",
            "the financial year of the accounts",
            "add --year 2016/17, or the year of these accounts",
        )
    figures = _figures(reading)
    if len(reading.problems) or not year:
        return
    source = reading.source(
        f"trust_accounts_{first_calendar_year(year)}",
        kind=SourceKind.PUBLISHED,
        title="Trust accounts consolidation (TAC) data",
        publisher="NHS England and NHS Improvement",
        year=year,
        url=_PAGE,
        licence=OPEN_LICENCE,
        note="Printed in thousands of pounds; here in pounds.",
    )
    for key, codes in figures.items():
        body = next(each for each in reading.plan.organisations if each.key == key)
        _state(reading, body, codes, year, source)
        _budget(reading, body, codes, year)
    reading.found.said.append("Amounts printed in thousands of pounds are now in pounds.")
    reading.found.leave(
        "balance sheets, cash flows, staff and the notes of the accounts", "no table of a plan holds them"
    )


def _figures(reading: Reading) -> Figures:
    """Figures of the year of the accounts, of the two sheets that are used, for the plan's providers."""
    names = {_plain(body.name): body for body in reading.plan.organisations if body.role is Role.PROVIDER}
    found: Figures = defaultdict(dict)
    others: set[str] = set()
    amount_at = reading.match.where["amount"]
    for row, cells in reading.rows():
        name = reading.cell(cells, "organisation")
        body = names.get(_plain(name))
        if body is None:
            others.add(name)
            continue
        code = reading.cell(cells, "sub_code").upper()
        sheet = reading.cell(cells, "sheet").lower().replace(" ", "")
        if code not in _WANTED or not sheet.startswith(_SHEETS) or not _this_year(reading.cell(cells, "main_code")):
            continue
        amount = reading.number(row, cells, amount_at)
        if amount is None:
            continue
        if found[body.key].setdefault(code, amount * _THOUSAND) != amount * _THOUSAND:
            reading.refuse(row, "SubCode", f"{code} of {name} a second time", "one figure", "delete the wrong row")
    _tell_absent(reading, found, others)
    return dict(found)


def _plain(name: str) -> str:
    """A trust's name without case, marks and the words every trust has.

    >>> _plain("The Queen Elizabeth Hospital, King's Lynn, NHS Foundation Trust")
    'queen elizabeth hospital kings lynn'
    """
    bare = re.sub(r"[^a-z0-9 ]", "", name.lower().replace("&", " and "))
    return " ".join(word for word in bare.split() if word not in ("the", "nhs", "foundation", "trust"))


def _this_year(main_code: str) -> bool:
    """True for a main code of the year of the accounts, of the group's only or first column.

    >>> _this_year("A02CY01"), _this_year("A02PY01"), _this_year("A09CY01P")
    (True, False, False)
    """
    return re.fullmatch(r"[A-Z][0-9]{2}CY[0-9]{2}", main_code.upper()) is not None


def _tell_absent(reading: Reading, found: Figures, others: set[str]) -> None:
    providers = [body for body in reading.plan.organisations if body.role is Role.PROVIDER]
    for body in providers:
        if body.key not in found:
            near = nearest(body.name, others, at_least=0.85)
            why = f"the file has no such name; it has {near}" if near else "the file has no such name"
            reading.found.leave(body.name, why)
    if not found:
        reading.refuse(
            None,
            reading.heading[reading.match.where["organisation"]],
            "no provider of the plan",
            f"the name of a provider: {told([body.name for body in providers])}",
            "NHS trusts and foundation trusts stand in two files: use the other, or mend the name in organisations.csv",
        )


def _state(reading: Reading, body: Organisation, codes: dict[str, float], year: str, source: str) -> None:
    for what, (code, name, measure, sign) in STATED.items():
        if code not in codes:
            reading.found.leave(f"{body.name}: {name}", f"the file has no {code} of the year itself")
            continue
        amount = abs(codes[code]) if sign < 0 else codes[code]
        row = Printed(
            key=f"{body.key[:30]}_{what}_{first_calendar_year(year)}",
            name=f"{name}, {body.name}",
            measure=measure,
            year=year,
            amount=kept(amount),
            scope="nhs",
            basis="annual",
            setting=body.name,
            source=source,
        )
        reading.found.rows.append(("stated", row))


def _budget(reading: Reading, body: Organisation, codes: dict[str, float], year: str) -> None:
    """Opening cost by pool, and other operating income, where the plan's tables can truly hold them."""
    plan = reading.plan
    if year != plan.opening_year:
        reading.found.leave(f"{body.name}: opening budget", f"the plan opens in {plan.opening_year}, not {year}")
        return
    if not body.accounts:
        reading.found.leave(
            f"{body.name}: opening budget",
            "it has no accounts in the plan; accounts = yes needs its income from every payer too, not only from the "
            "plan's lines",
        )
        return
    if TOTAL_COST not in codes or any(code not in codes for code in (*POOLS["drugs"], POOLS["pay"][0], IMPAIRMENTS)):
        reading.found.leave(f"{body.name}: opening budget", "its operating expenditure is not whole in the file")
        return
    standing = [head for head in plan.budgets if head.organisation == body.key and not head.from_year]
    others = [head for head in standing if not head.key.startswith(_ours(body))]
    if others and not reading.asked.replace:
        reading.found.leave(
            f"{body.name}: opening budget",
            f"the plan has {len(others)} heads of its own; --replace takes out its costs and puts these in their place",
        )
        return
    source = reading.source(
        f"trust_budget_{first_calendar_year(year)}",
        kind=SourceKind.DERIVED,
        title="Opening cost from trust accounts consolidation (TAC) data",
        publisher="NHS England and NHS Improvement",
        year=year,
        url=_PAGE,
        licence=OPEN_LICENCE,
        note="Operating expenditure by sub code, in pounds: staff and directors are pay, depreciation, amortisation, "
        "finance expense and dividend are capital, the rest is other. Impairments are left out: they do not recur.",
    )
    pools = {pool: sum(codes.get(code, 0.0) for code in used) for pool, used in POOLS.items()}
    pools["other"] = codes[TOTAL_COST] - codes[IMPAIRMENTS] - sum(pools.values())
    pools["capital"] += sum(abs(codes.get(code, 0.0)) for code in FINANCE)
    if any(amount < 0 for amount in pools.values()):
        reading.refuse(None, "SubCode", f"costs of {body.name} below 0", "costs that add up to the total", "check them")
        return
    kept_by = {pool: _only_head(others, pool) for pool in pools}
    lasting = {head.key for head in kept_by.values() if head}
    reading.found.removed += [
        ("budgets", head) for head in others if head.side is Side.COST and head.key not in lasting
    ]
    for pool, amount in pools.items():
        _head(reading, body, Side.COST, pool, amount, source, kept_by[pool])
    if any(head.side is Side.INCOME for head in others):
        reading.found.leave(f"{body.name}: other operating income", "the plan has its own heads of income")
    elif OTHER_INCOME in codes:
        _head(reading, body, Side.INCOME, "other", codes[OTHER_INCOME], source, None)
    reading.found.leave(
        f"{body.name}: income from patient care", "in a plan it comes from the lines and their contracts"
    )
    reading.found.leave(f"{body.name}: impairments of £{codes[IMPAIRMENTS]:,.0f}", "they do not recur")


def _ours(body: Organisation) -> str:
    """What the keys of heads from accounts begin with."""
    return f"{body.key[:40]}_accounts_"


def _only_head(heads: list[BudgetHead], pool: str) -> BudgetHead | None:
    """The one cost head of a pool: it keeps its name, index and growth, so what refers to it still does."""
    found = [head for head in heads if head.side is Side.COST and head.pool == pool]
    return found[0] if len(found) == 1 else None


def _head(
    reading: Reading,
    body: Organisation,
    side: Side,
    pool: str,
    amount: float,
    source: str,
    before: BudgetHead | None,
) -> None:
    if before:
        changed = {"amount": kept(amount), "one_off": 0.0, "source": source}
        reading.found.rows.append(("budgets", BudgetHead(**{**dict(before), **changed})))
        return
    words = {"pay": "Pay", "drugs": "Drugs", "capital": "Capital", "other": "Other operating costs"}
    indexed = side is Side.COST and pool in {index.index for index in reading.plan.indices}
    row = BudgetHead(
        key=_ours(body) + (pool if side is Side.COST else "income"),
        organisation=body.key,
        name=f"{words[pool] if side is Side.COST else 'Other operating income'}, from the accounts",
        side=side,
        pool=pool,
        amount=kept(amount),
        index=pool if indexed else "",
        source=source,
    )
    reading.found.rows.append(("budgets", row))

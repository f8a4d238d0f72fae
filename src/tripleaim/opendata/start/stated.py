"""Figures printed about the place and its bodies, each with its scope, basis and source; they drive nothing.

A figure is placed only with what the plan computes of the same thing: spending of a council wholly here, and beds of a
trust that no other has joined since.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tripleaim.opendata.commissioner import Commissioner
from tripleaim.opendata.printed import Position, PrintedFigure
from tripleaim.opendata.published import published
from tripleaim.opendata.start.councils import SERVICES, share_here, spending
from tripleaim.opendata.start.subject import Subject, joined_later, slug
from tripleaim.plan.source import Printed, Source, SourceKind

LATER_YEAR = "2018/19"
OUTTURN_YEARS = ("2015/16", "2016/17", "2017/18")
THOUSAND, MILLION = 1e3, 1e6
QUARTERS = 4

MEASURES = {
    "annual_health_and_care_spend_gbp_m": ("spend", "Spending on health and care in a year"),
    "annual_health_spend_2016_17_gbp_m": ("spend", "Spending on health in 2016/17"),
    "annual_health_spend_2020_21_gbp_m": ("spend", "Spending on health in 2020/21"),
    "annual_nhs_funding_2015_16_gbp_m": ("funding", "NHS funding in 2015/16"),
    "annual_nhs_funding_2020_21_gbp_m": ("funding", "NHS funding in 2020/21"),
    "capital_ask_gbp_m": ("capital", "Capital asked for"),
    "do_nothing_gap_2020_21_gbp_m": ("gap", "Gap by 2020/21 if nothing changes"),
    "gap_health_part_gbp_m": ("gap", "Health part of the gap if nothing changes"),
    "gap_social_care_part_gbp_m": ("gap", "Social care and other part of the gap if nothing changes"),
    "hospital_deficit_2016_17_gbp_m": ("other", "Hospital deficit in 2016/17"),
    "hospital_productivity_saving_gbp_m": ("saving", "Savings from hospital productivity"),
    "hospital_savings_gbp_m": ("saving", "Savings, hospitals"),
    "mental_health_investment_gbp_m": ("investment", "Investment, mental health"),
    "planned_acute_beds_change": ("beds", "Change in acute beds that was planned"),
    "planned_investment_gbp_m": ("investment", "Investment the plan asks for"),
    "planned_solutions_gbp_m": ("saving", "Savings the plan aims to make"),
    "planned_surplus_2020_21_gbp_m": ("other", "Surplus planned for 2020/21"),
    "primary_community_social_care_savings_gbp_m": ("saving", "Savings, primary, community and social care"),
    "residual_gap_2020_21_gbp_m": ("residual", "Gap the plan would leave in 2020/21"),
    "social_care_efficiencies_gbp_m": ("saving", "Efficiencies in social care"),
    "system_overspend_2015_16_gbp_m": ("other", "Overspend in 2015/16"),
    "system_overspend_2016_17_gbp_m": ("other", "Overspend in 2016/17"),
    "transformation_fund_gbp_m": ("funding", "Transformation fund"),
}
"""Printed money and beds: measure in the plan, and the figure in words."""

SCOPES = {
    "health and social care": "both",
    "NHS": "nhs",
    "health": "nhs",
    "NHS incl. specialised": "nhs",
    "social care": "council",
    "social care / non-NHS": "council",
}
UNITS = {"GBP million": MILLION, "beds": 1.0}


@dataclass(slots=True)
class Stated:
    """Printed figures, and the pages that were made sources for them."""

    figures: list[Printed] = field(default_factory=list)
    pages: dict[tuple[str, str, str], Source] = field(default_factory=dict)

    def page(self, name: str, url: str, date: str, note: str, prefix: str = "printed") -> str:
        """The key of the source a page stands for; a page new to the plan is added."""
        mark = (prefix, name, url)
        if mark not in self.pages:
            count = 1 + sum(known[0] == prefix for known in self.pages)
            self.pages[mark] = Source(
                key=f"{prefix}_{count:02d}_{slug(name, 30)}",
                kind=SourceKind.PUBLISHED,
                title=name,
                publisher=name.split(",")[0].split(" (")[0],
                year=date,
                url=url,
                licence="facts only, cited; no prose reproduced",
                note=note,
            )
        return self.pages[mark].key


def stated(subject: Subject, pools: frozenset[str]) -> Stated:
    """Every printed figure of the place: plans, councils, allocations, staff, trusts' results, beds of later years.

    pools : keys of the beds that stand in the plan
    """
    found = Stated()
    printed_about_the_plan(subject, found)
    positions(subject, found)
    found.figures += [
        *council_outturn(subject),
        *allocations(subject),
        *staff(subject),
        *trust_results(subject),
        *trust_loans(subject),
        *later_beds(subject, pools),
    ]
    return found


def about_the_plan(subject: Subject) -> tuple[PrintedFigure, ...]:
    """Figures printed about the place's plan of 2016."""
    return tuple(each for each in published().printed_figures if each.footprint == subject.code)


def printed_about_the_plan(subject: Subject, found: Stated) -> None:
    """Money and beds printed about the place's plan; figures in other units do not fit the table and stay out."""
    for each in about_the_plan(subject):
        if each.unit in UNITS and each.measure in MEASURES:
            measure, words = MEASURES[each.measure]
            doubt = "" if each.preferred else "; another printed figure is preferred, or only second-hand"
            source = found.page(each.source_name, each.url, each.date, f"{each.source_type}. {each.note}".strip())
            found.figures.append(
                Printed(
                    key=f"printed_{each.number}_{slug(each.measure.removesuffix('_gbp_m'))}",
                    name=f"{words} ({each.basis or 'basis not stated'}{doubt})",
                    measure=measure,
                    year=each.year,
                    amount=each.value * UNITS[each.unit],
                    scope=SCOPES.get(each.scope, "as printed"),
                    basis=basis(each.basis),
                    source=source,
                )
            )


def basis(words: str) -> str:
    """Annual or cumulative where the page says so; what is only worded like a year stays as printed."""
    if words.startswith("CUMULATIVE"):
        return "cumulative"
    return "annual" if words.startswith("annual") else "as printed"


def positions(subject: Subject, found: Stated) -> None:
    """Money of the place's organisations as public bodies printed it, for the worked places."""
    for each in published().positions:
        if each.place == subject.name:
            source = found.page(each.source_name, each.url, each.date, "Each name says its basis.", "position")
            measure = "funding" if "grant" in each.measure or "income" in each.measure else "other"
            found.figures.append(
                Printed(
                    key=f"position_{each.number}_{slug(each.measure)}",
                    name=f"{each.name}: {each.measure.replace('_', ' ')}, {each.year} ({each.basis})",
                    measure=measure,
                    year=each.year,
                    amount=round(each.value_gbp_m * MILLION, 1),
                    scope=whose(each),
                    basis="as printed",
                    source=source,
                )
            )


def whose(position: Position) -> str:
    """Whose money a printed position is; a locality or a group of bodies has no code, so its name tells."""
    if "locality" in position.name:
        return "both"
    return "council" if position.organisation.startswith("E") or "councils" in position.name else "nhs"


def council_outturn(subject: Subject) -> Iterator[Printed]:
    """Net current spending of each whole council by year, placed with its lines where it lies wholly here."""
    for council, overlap in subject.councils:
        for year in OUTTURN_YEARS:
            spent = spending().get((council.code, year))
            for key, words, _, name in SERVICES:
                amount = getattr(spent, name) if spent else None
                if amount:
                    whole = share_here(overlap) == 1
                    opening = getattr(spending().get((council.code, OUTTURN_YEARS[0])), name, None)
                    area = "" if whole else f"; the whole council, of which {overlap.share_of_council:.1%} is here"
                    yield Printed(
                        key=f"outturn_{year[:4]}_{key}_{slug(council.name, 30)}",
                        name=f"{council.name}: {words.lower()}, net current spending, {year} (revenue outturn{area})",
                        measure="spend",
                        year=year,
                        amount=amount * THOUSAND,
                        scope="council",
                        basis="annual",
                        placed_with=f"{key}_{slug(council.name)}" if whole and opening else "",
                        source="council_outturn",
                    )


def allocations(subject: Subject) -> Iterator[Printed]:
    """Core allocations of the commissioning groups: the copy carries no year, 2018/19 is inferred."""
    known = {each.commissioner: each for each in published().allocations}
    former: dict[str, list[float]] = {}
    for each in published().allocations:
        if each.flag.startswith("group of 2016; from 2017 part of "):
            former.setdefault(each.flag[-3:], []).append(each.allocation_k)
    for group in subject.groups:
        amount = known[group.ods].allocation_k if group.ods in known else sum(former.get(group.ods, ()))
        if amount:
            parts = "" if group.ods in known else "; the sum of the groups of 2016 it was made of"
            yield Printed(
                key=f"allocation_{group.ods.lower()}",
                name=f"{as_in_the_copy(group)}: core allocation; the year is inferred, probably {LATER_YEAR}; "
                f"no primary medical or specialised money{parts}",
                measure="funding",
                year=LATER_YEAR,
                amount=amount * THOUSAND,
                scope="nhs",
                basis="annual",
                source="core_allocations",
            )


def as_in_the_copy(group: Commissioner) -> str:
    """A commissioning group as the copy of the allocations has it: where its name changed in 2017, so did its area."""
    former = [each for each in published().commissioners if each.version == "2016-04" and each.ods == group.ods]
    if not former or former[0].name == group.name:
        return group.name
    here = next((each.share for each in former if each.footprint == group.footprint), 0.0)
    part = "" if here == 1 else f" ({here * 100:.1f} % of its people lived here)"
    return f"{former[0].name}, before its area changed in April 2017{part}"


def without_allocation(subject: Subject) -> tuple[str, ...]:
    """Commissioning groups here whose allocation is not in the open data."""
    told = {each.key.removeprefix("allocation_").upper() for each in allocations(subject)}
    return tuple(f"{each.name} ({each.ods})" for each in subject.groups if each.ods not in told)


def staff(subject: Subject) -> Iterator[Printed]:
    """Full-time equivalents by trust and staff group, September 2017: a count of people, not money."""
    names = {each.ods: each.name for each in subject.trusts}
    for each in published().staff:
        if each.organisation in names:
            group = each.group.replace("HCHS doctors", "doctors").lower()
            yield Printed(
                key=f"fte_{each.organisation.lower()}_{slug(each.group)}",
                name=f"{names[each.organisation]}: {group}, full-time equivalents, September 2017",
                measure="staff",
                year="2017/18",
                amount=each.fte,
                scope="nhs",
                basis="as printed",
                setting="staff",
                source="staff_2017_09",
            )


def trust_results(subject: Subject) -> Iterator[Printed]:
    """Planned and actual surplus or deficit of the trusts here, 2018/19: a later check."""
    names = {each.ods: each.name for each in subject.trusts}
    for each in published().trust_results:
        if each.trust in names:
            for what, amount in (("plan", each.plan_k), ("outturn", each.actual_k)):
                flag = f"; {each.flag}" if each.flag else ""
                yield Printed(
                    key=f"result_{what}_{each.trust.lower()}_{each.number}",
                    name=f"{names[each.trust]}: {what}, surplus + deficit −, {each.year}{flag}; later than the plan",
                    measure="other",
                    year=each.year,
                    amount=amount * THOUSAND,
                    scope="nhs",
                    basis="annual",
                    source="trust_results_2018_19",
                )


def trust_loans(subject: Subject) -> Iterator[Printed]:
    """Interim revenue loans the trusts here owed: balances, not deficits."""
    names = {each.ods for each in subject.trusts}
    for each in published().trust_loans:
        if each.trust in names:
            for year, owed in (("2016/17", each.owed_2016_17), ("2017/18", each.owed_2017_18)):
                if owed is not None:
                    yield Printed(
                        key=f"loans_{year[:4]}_{each.trust.lower()}_{each.number}",
                        name=f"{each.name.removeprefix('The ')}: interim revenue loans owed at 31 March, {year}",
                        measure="other",
                        year=year,
                        amount=owed,
                        scope="nhs",
                        basis="as printed",
                        source="trust_loans",
                    )


def later_beds(subject: Subject, pools: frozenset[str]) -> Iterator[Printed]:
    """General and acute beds occupied in 2018/19 by trust; placed unless another trust had joined it by then."""
    occupied: dict[str, list[float]] = {}
    for each in published().quarterly_beds:
        if each.year == LATER_YEAR:
            occupied.setdefault(each.trust, []).append(each.occupied_general_acute)
    for hospital in subject.hospitals:
        quarters = occupied.get(hospital.trust.ods, [])
        if len(quarters) == QUARTERS:
            pool = f"beds_{hospital.code}"
            joined = joined_later(hospital.trust.ods)
            grown = f"; {joined[0].name} had joined it" if joined else ""
            yield Printed(
                key=f"occupied_beds_{hospital.code}",
                name=f"{hospital.trust.name}: general and acute beds occupied, mean of the four quarters of "
                f"{LATER_YEAR}{grown}; later than the plan",
                measure="beds",
                year=LATER_YEAR,
                amount=round(sum(quarters) / QUARTERS, 1),
                scope="nhs",
                basis="annual",
                setting="general and acute beds",
                placed_with=pool if pool in pools and not joined else "",
                source="beds_quarterly_2018_19",
            )

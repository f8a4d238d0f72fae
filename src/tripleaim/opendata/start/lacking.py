"""What every started plan lacks, and which published file usually has it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing to get next: what it gives, its publisher, the usual name of the file, whether add-data reads it."""

    gives: str
    publisher: str
    file: str
    add_data: bool

    def __str__(self) -> str:
        how = "add it with `tripleaim add-data`" if self.add_data else "write it into the tables"
        return f"{self.gives}: {self.publisher}, “{self.file}”; {how}"


NEXT: tuple[Lacking, ...] = (
    Lacking(
        "people of later years, as officially projected",
        "Office for National Statistics",
        "Subnational population projections (SNPP) for clinical commissioning groups, persons, by single year of age",
        True,
    ),
    Lacking(
        "money each commissioner is given, 2016/17 to 2020/21",
        "NHS England",
        "Allocations 2016/17 to 2020/21 (workbook of CCG allocations)",
        True,
    ),
    Lacking(
        "income, costs and result of each trust",
        "NHS Improvement",
        "Trust accounts consolidation (TAC) data",
        True,
    ),
    Lacking(
        "what each trust's care costs",
        "NHS Improvement",
        "Reference costs 2015/16, organisation-level source data",
        True,
    ),
    Lacking(
        "people before the plan's date",
        "Office for National Statistics",
        "Mid-year population estimates, detailed series (MYEB1)",
        True,
    ),
    Lacking(
        "where patients live and which trusts they use (patient flows)",
        "NHS Digital or NHS England",
        "Hospital admitted patient care activity, provider by commissioner; Monthly activity return by commissioner",
        False,
    ),
    Lacking(
        "councils' budgets, income and reserves",
        "Ministry of Housing, Communities and Local Government",
        "Revenue account (RA) budget and revenue outturn (RO), by council",
        False,
    ),
    Lacking(
        "specialised care, prescribing and general practice",
        "NHS England and NHS Business Services Authority",
        "Specialised services contracts; Prescribing data by practice; Payments to general practice",
        False,
    ),
    Lacking(
        "community and mental health care",
        "NHS Digital",
        "Community services data set; Mental health services monthly statistics",
        False,
    ),
    Lacking(
        "staff who join and leave, and what they are paid",
        "NHS Digital",
        "NHS workforce statistics: turnover and earnings by organisation",
        False,
    ),
    Lacking(
        "waiting lists",
        "NHS England",
        "Consultant-led referral to treatment waiting times, incomplete pathways by provider",
        False,
    ),
)
"""In the order in which they help most."""

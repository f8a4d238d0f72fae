"""What every started plan lacks, and which published file usually has it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing to get next: what it gives, its publisher, the usual name of the file, whether add-data reads it.

    `drives_nothing_until` says what else a started plan needs before these figures change its results; until then they
    stand beside it as printed ones (stated.csv). It is empty where they count as soon as they are added.
    """

    gives: str
    publisher: str
    file: str
    add_data: bool
    drives_nothing_until: str = ""

    def __str__(self) -> str:
        how = "add it with `tripleaim add-data`" if self.add_data else "write it into the tables"
        waits = f". It changes no result until {self.drives_nothing_until}" if self.drives_nothing_until else ""
        return f"{self.gives}: {self.publisher}, “{self.file}”; {how}{waits}"


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
        "there is an allocation of 2015/16 too, and the councils’ income",
    ),
    Lacking(
        "income, costs and result of each trust",
        "NHS Improvement",
        "Trust accounts consolidation (TAC) data",
        True,
        "they are those of 2015/16, the trust has accounts = yes, and its income from every payer is there",
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

"""Every way to spoil a plan that we know of, and what is said about it: file, row, field, and the words that help."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading import read_plan
from tripleaim.loading import table as table_module
from tripleaim.loading.cells import LONGEST_CELL
from tripleaim.loading.files import LARGEST_FILE, LARGEST_HEADING


def _within(begin: str, end: str) -> str:
    text = TINY["population.csv"]
    return text[text.index(begin) : text.index(end)]


_OF_PARENTS = _within("east,2014,persons,20,", "east,2014,persons,40,")
NO_PARENTS = (_OF_PARENTS, _OF_PARENTS.replace(",160,", ",0,"))
_OF_THE_FIRST = _within("tinyshire,2014,persons,0,", "east,2014,persons,0,")
NO_OLD = (_OF_THE_FIRST, re.sub(r"tinyshire,201[45],persons,8[1-5],.*\n", "", _OF_THE_FIRST))


@dataclass(frozen=True)
class Spoilt:
    """How a file of the good plan is spoilt, and the problem that must be told."""

    name: str
    file: str
    old: str
    new: str
    row: int | None
    field: str | None
    says: str
    told_in: str = ""


def cell(name: str, file: str, old: str, new: str, row: int, field: str, says: str, told_in: str = "") -> Spoilt:
    assert TINY[file].count(old) == 1, f"{name}: {old!r} stands {TINY[file].count(old)} times in {file}"
    return Spoilt(name, file, old, new, row, field, says, told_in)


EAST = 2 + 2 * 86
"""Row of population.csv with which the second place begins."""

NUMBERS = [
    cell(
        "people beyond the world's",
        "population.csv",
        "east,2014,persons,4,160",
        "east,2014,persons,4,1e9",
        EAST + 4,
        "persons",
        "to 100,000,000 (persons)",
    ),
    cell("money beyond the world's", "activity.csv", "2500,2600", "1e13,2600", 2, "unit_cost", "1,000,000,000,000"),
    cell("money owed beyond it", "control_totals.csv", "-1000000", "-1e13", 2, "amount", "from -1,000,000,000,000"),
    cell("a figure beyond it", "stated.csv", "3000000", "1e200", 2, "amount", "1,000,000,000,000"),
    cell(
        "care beyond counting",
        "activity.csv",
        "20000,attendance",
        "1e11,attendance",
        3,
        "baseline",
        "10,000,000,000 (units a year)",
    ),
    cell("care planned beyond counting", "planned_units.csv", "4050", "1e11", 2, "units", "10,000,000,000"),
    cell("posts beyond counting", "workforce.csv", "150,15", "1e200,15", 2, "in_post", "10,000,000"),
    cell(
        "a percent sign", "activity.csv", ",0.02,0.01,0.03", ",2%,0.01,0.03", 2, "growth", "write 0.02 if you mean 2%"
    ),
    cell("a pound sign", "activity.csv", "2500,2600", '"£2,500",2600', 2, "unit_cost", "write 2500"),
    cell("a thousands comma", "activity.csv", "20000,attendance", '"20,000",attendance', 3, "baseline", "write 20000"),
    cell("a space", "activity.csv", "20000,attendance", "20 000,attendance", 3, "baseline", "write 20000 if the gap"),
    cell(
        "brackets where no loss can stand",
        "budgets.csv",
        "hospital_training,hospital,Training levy,income,other,500000",
        "hospital_training,hospital,Training levy,income,other,(500000)",
        3,
        "amount",
        "write it without the minus sign or brackets",
    ),
    cell(
        "a spreadsheet's short form",
        "activity.csv",
        "20000,attendance",
        "1.2E+08,attendance",
        3,
        "baseline",
        "show the whole number in the spreadsheet and save again, or write 120000000 if it is exact",
    ),
    cell(
        "a spreadsheet's short form, out of bounds",
        "activity.csv",
        "20000,attendance",
        "1.2E+11,attendance",
        3,
        "baseline",
        "check the figure and its unit",
    ),
    cell(
        "a percentage of a year of age",
        "population.csv",
        "\neast,2014,persons,3,",
        "\neast,2014,persons,3%,",
        EAST + 3,
        "age",
        "write a whole number",
    ),
    cell("brackets", "control_totals.csv", "-1000000", "(1000000)", 2, "amount", "write -1000000"),
    cell("a printed minus", "control_totals.csv", "-1000000", "−1000000", 2, "amount", "write -1000000"),
    cell("an underscore", "activity.csv", "20000,attendance", "20_000,attendance", 3, "baseline", "write 20000"),
    cell("NaN", "activity.csv", "20000,attendance", "NaN,attendance", 3, "baseline", "leave the cell empty"),
    cell("infinity", "activity.csv", "20000,attendance", "inf,attendance", 3, "baseline", "leave the cell empty"),
    cell("beyond floats", "activity.csv", "20000,attendance", "1e400,attendance", 3, "baseline", "check the number"),
    cell("below floats", "activity.csv", "20000,attendance", "1e-400,attendance", 3, "baseline", "check the number"),
    cell("millions", "activity.csv", "20000,attendance", "1.2m,attendance", 3, "baseline", "1200000 if m stands for"),
    cell("hexadecimal", "activity.csv", "20000,attendance", "0x1F,attendance", 3, "baseline", "digits only"),
    cell("Arabic digits", "activity.csv", "20000,attendance", "١٢٣,attendance", 3, "baseline", "digits 0 to 9"),
    cell("a formula's error", "activity.csv", "20000,attendance", "#DIV/0!,attendance", 3, "baseline", "formula right"),
    cell("a truth", "activity.csv", "20000,attendance", "TRUE,attendance", 3, "baseline", "write a number"),
    cell("hidden", "activity.csv", "20000,attendance", "*,attendance", 3, "baseline", "your estimate"),
    cell("a leading nought", "activity.csv", "20000,attendance", "020000,attendance", 3, "baseline", "write 20000"),
    cell("16 digits", "activity.csv", "20000,attendance", "1.234567890123456,attendance", 3, "baseline", "at most 15"),
    cell(
        "half a person's age",
        "population.csv",
        "\neast,2014,persons,0,",
        "\neast,2014,persons,0.5,",
        EAST,
        "age",
        "whole",
    ),
    cell(
        "age as 3.0", "population.csv", "\neast,2014,persons,3,", "\neast,2014,persons,3.0,", EAST + 3, "age", "write 3"
    ),
    cell("above its bound", "activity.csv", ",0.02,0.01,0.03", ",0.2,0.01,0.3", 2, "growth_high", "from -0.25 to 0.25"),
    cell(
        "below its bound", "activity.csv", "20000,attendance", "-5,attendance", 3, "baseline", "without the minus sign"
    ),
    cell(
        "percent as a number", "effects.csv", ",0.3,0.8,0.9", ",30,0.8,0.9", 2, "eligible", "write 0.3 if you mean 30%"
    ),
    cell(
        "true for yes",
        "organisations.csv",
        "hospital,Tiny Hospital,provider,tinyshire,yes",
        "hospital,Tiny Hospital,provider,tinyshire,TRUE",
        4,
        "accounts",
        "write yes",
    ),
    cell("low above high", "activity.csv", ",0.02,0.01,0.03", ",0.02,0.03,0.01", 2, "growth", "in order"),
    cell(
        "low and high swapped", "activity.csv", ",0.02,0.01,0.03", ",0.02,0.03,0.01", 2, "growth", "low 0.01, high 0.03"
    ),
    cell(
        "a value changed without its low and high",
        "activity.csv",
        ",0.02,0.01,0.03",
        ",0.1,0.01,0.03",
        2,
        "growth",
        "if 0.1 is meant, change growth_low and growth_high too: for a range as wide as before, 0.09 and 0.11",
    ),
    cell(
        "a value changed near its bound",
        "effects.csv",
        ",0.2,0.1,0.3,0.3,",
        ",0.95,0.1,0.3,0.3,",
        2,
        "effect",
        "0.85 and 1",
    ),
    cell(
        "a growth changed to its bound",
        "activity.csv",
        ",0.02,0.01,0.03",
        ",0.25,0.01,0.03",
        2,
        "growth",
        "0.24 and 0.25",
    ),
    cell("low without high", "activity.csv", ",0.02,0.01,0.03", ",0.02,0.01,", 2, "growth_high", "with neither"),
    cell(
        "low and high alone", "activity.csv", ",0.02,0.01,0.03", ",,0.01,0.03", 2, "growth", "both its low and its high"
    ),
]

WORDS = [
    cell("no name", "schemes.csv", "home_first,Home first,", "home_first,,", 2, "name", "a value"),
    cell("only spaces", "schemes.csv", "home_first,Home first,", "home_first,  ,", 2, "name", "take the spaces out"),
    cell("a key with capitals", "places.csv", "east,East", "East CCG,East", 3, "key", "write east_ccg"),
    cell(
        "a near miss of a word", "schemes.csv", "changes,care;money", "change,care;money", 2, "change", "write changes"
    ),
    cell("a near miss in a list", "schemes.csv", "changes,care;money", "changes,cares;money", 2, "gaps", "write care"),
    cell(
        "a list with commas",
        "schemes.csv",
        "east_ccg;west_ccg",
        '"east_ccg,west_ccg"',
        3,
        "partners",
        "east_ccg;west_ccg",
    ),
    cell("one name twice", "schemes.csv", "east_ccg;west_ccg", "east_ccg;east_ccg", 3, "partners", "each name once"),
    cell("a financial year", "indices.csv", "pay,2017/18", "pay,2017-18", 3, "year", "write 2017/18"),
    cell("an impossible year", "indices.csv", "pay,2017/18", "pay,2017/19", 3, "year", "write 2017/18"),
    cell("a near miss of a family", "promises.csv", ",prevention,", ",preventon,", 2, "family", "write prevention"),
    cell("a month", "schemes.csv", "2016-10,council", "10/2016,council", 2, "start", "such as 2017-10"),
    cell("a day for a month", "schemes.csv", "2016-10,council", "2016-10-01,council", 2, "start", "write 2016-10"),
    cell("no month", "schemes.csv", "2016-10,council", ",council", 2, "start", "a value"),
    cell("a control character", "schemes.csv", "Home sooner.", "Home\x07sooner.", 2, "summary", "control characters"),
    cell("a formula", "schemes.csv", "Home sooner.", '"=HYPERLINK(1)"', 2, "summary", "formula"),
    cell(
        "a script's address",
        "sources.csv",
        "key,kind,title\ncensus,published,Mid-year estimates\nguess,illustrative,",
        "key,kind,title,url\ncensus,published,Estimates,javascript:alert(1)\nguess,illustrative,A,\nx,illustrative,",
        2,
        "url",
        "https://",
    ),
    cell(
        "quarters",
        "control_totals.csv",
        "fund,source\nhospital,2016/17,-1000000,500000,",
        "fund,phasing,source\nhospital,2016/17,-1000000,500000,0.5;1,",
        2,
        "phasing",
        "four cumulative",
    ),
    cell(
        "quarters met",
        "control_totals.csv",
        "fund,source\nhospital,2016/17,-1000000,500000,",
        "fund,ae_met,source\nhospital,2016/17,-1000000,500000,yes;no,",
        2,
        "ae_met",
        "four quarters",
    ),
    cell("a long cell", "schemes.csv", "Home sooner.", "x" * (LONGEST_CELL + 1), 2, "", "10,000 characters"),
]

SHAPES = [
    cell("an unknown column", "activity.csv", "baseline,unit", "base_line,unit", 1, "base_line", "rename it baseline"),
    cell(
        "a misspelt column",
        "activity.csv",
        "baseline,unit",
        "basline,unit",
        1,
        "basline",
        "unknown column 'basline'; did you mean 'baseline'?",
    ),
    cell(
        "two missing columns",
        "activity.csv",
        "commissioner,baseline,unit",
        "commissioner,commissioner,commissioner",
        1,
        "baseline, unit",
        "add the columns baseline, unit",
    ),
    cell(
        "a column of another table",
        "places.csv",
        "key,name,kind,source",
        "key,name,kind,colour,source",
        1,
        "colour",
        "delete",
    ),
    cell(
        "a missing column",
        "places.csv",
        "key,name,kind,source\ntinyshire,Tinyshire,footprint,",
        "key,name,source\ntinyshire,Tinyshire,",
        1,
        "kind",
        "add the column kind",
    ),
    cell("a column twice", "places.csv", "key,name,kind,source", "key,name,name,source", 1, "name", "delete or rename"),
    cell("a nameless column", "places.csv", "key,name,kind,source", "key,name,,source", 1, "", "name it or delete"),
    cell(
        "low without its high",
        "activity.csv",
        "growth_low,growth_high",
        "growth_low,growth_hihg",
        1,
        "growth_hihg",
        "did you mean 'growth_high'?",
    ),
    cell(
        "low with no high",
        "activity.csv",
        "growth_low,growth_high,growth_kind",
        "growth_low,growth_kind,growth_kind",
        1,
        "growth_high",
        "both growth_low and growth_high",
    ),
    cell(
        "a short row", "places.csv", "east,East Tinyshire,commissioner,census", "east,East Tinyshire", 3, "", "cut off"
    ),
    cell("a long row", "places.csv", "East Tinyshire,", "East, Tinyshire,", 3, "", "quotation marks"),
    cell("an empty row", "places.csv", "\neast,", "\n\neast,", 3, "", "delete the row"),
    cell("a row of commas", "places.csv", "\neast,", "\n,,,\neast,", 3, "", "delete the row"),
    cell(
        "a total row",
        "activity.csv",
        "\nhome_care,",
        "\nTotal,,,,,,114000,,,,,,,,,,,,\nhome_care,",
        4,
        "key",
        "total row",
    ),
    cell("an open quotation mark", "schemes.csv", ",Home first,", ',"Home first,', 2, "", "never closed"),
    cell("text after a quotation mark", "places.csv", "East Tinyshire,", '"East" Tinyshire,', 3, "", 'write ""'),
    cell(
        "a key twice", "places.csv", "\neast,", "\ntinyshire,Again,council,census\neast,", 3, "key", "row 2 has already"
    ),
    cell("semicolons", "places.csv", TINY["places.csv"], TINY["places.csv"].replace(",", ";"), 1, "", "by semicolons"),
    cell("tabs", "places.csv", TINY["places.csv"], TINY["places.csv"].replace(",", "\t"), 1, "", "by tabs"),
    cell(
        "after a cell of two lines",
        "schemes.csv",
        "Home sooner.,changes",
        '"Home\nsooner.",changing',
        2,
        "change",
        "changes",
    ),
    cell(
        "after a row of two lines",
        "schemes.csv",
        "Home sooner.,changes,care;money,new_care_model,Director of nursing,hospital,"
        "2016-10,council,,,,,,guess\nnight_close,Casualty closes at night,Closed from ten.,stops",
        '"Home\nsooner.",changes,care;money,new_care_model,,hospital,2016-10,council,,,,,,guess\n'
        "night_close,Casualty closes at night,Closed from ten.,stopps",
        3,
        "change",
        "write stops",
    ),
]

REFERENCES = [
    cell(
        "an unknown place", "activity.csv", "ae_attendance,east,", "ae_attendance,eats,", 3, "population", "write east"
    ),
    cell(
        "an unknown body",
        "activity.csv",
        "tinyshire,hospital,east_ccg",
        "tinyshire,hospitl,east_ccg",
        2,
        "provider",
        "hospital",
    ),
    cell("an unknown source", "planned_units.csv", ",guess", ",gues", 2, "source", "write guess"),
    cell(
        "an unknown profile",
        "activity.csv",
        "attendance,,0.01",
        "attendance,oldr,0.01",
        3,
        "age_profile",
        "write older",
    ),
    cell("an unknown contract", "activity.csv", "2600,main", "2600,mian", 2, "contract", "write main"),
    cell("an unknown index", "costs.csv", "300000,,pay", "300000,,pya", 2, "index", "write pay"),
    cell(
        "an unknown price list", "contracts.csv", "marginal,national", "marginal,nation", 2, "tariff", "write national"
    ),
    cell("an unknown pool", "staffing.csv", ",,wards", ",,wrads", 2, "bed_pool", "write wards"),
    cell("an unknown line", "planned_units.csv", "emergency,", "emergencies,", 2, "line", "write emergency"),
    cell("an unknown scheme", "actions.csv", "home_first,", "home_frist,", 2, "scheme", "write home_first"),
    cell(
        "an unknown needed scheme",
        "schemes.csv",
        "east_ccg;west_ccg,home_first",
        "east_ccg;west_ccg,home_last",
        3,
        "needs",
        "home_first",
    ),
    cell("an unknown partner", "schemes.csv", "east_ccg;west_ccg", "east_ccg;west", 3, "partners", "west_ccg"),
    cell("an unknown staff group", "posts.csv", "care_workers", "carers", 2, "group", "workforce.csv"),
    cell(
        "an employer without the group",
        "posts.csv",
        "council,care_workers",
        "hospital,care_workers",
        2,
        "group",
        "nurses",
    ),
    cell(
        "an unknown indicator",
        "indicator_groups.csv",
        "at_home,deprivation_fifth,1",
        "at_hoe,deprivation_fifth,1",
        2,
        "indicator",
        "write at_home",
    ),
    cell("an unknown payer", "effects.csv", "outside:residents", "residents", 5, "counterparty", "organisations.csv"),
    cell(
        "a member written outside",
        "budgets.csv",
        "0,,hospital,,guess",
        "0,,outside:hospital,,guess",
        5,
        "counterparty",
        "write hospital",
    ),
    cell("an unknown target", "effects.csv", "avoid,emergency", "avoid,emergancy", 2, "target", "write emergency"),
    cell(
        "a target of another sort",
        "effects.csv",
        "save,hospital_pay",
        "save,emergency",
        4,
        "target",
        "stands in activity",
    ),
    cell("unknown evidence", "effects.csv", "I002", "i002", 2, "evidence", "write I002"),
    cell(
        "a printed figure placed nowhere",
        "stated.csv",
        "do_nothing_gap",
        "nothing_gap",
        2,
        "placed_with",
        "do_nothing_gap",
    ),
    cell("kept for nobody", "contracts.csv", "outside:readmissions", "readmissions", 2, "kept_for", "outside:"),
]

YEARS = [
    cell("a year outside", "planned_units.csv", "2016/17", "2019/20", 2, "year", "2016/17 to 2017/18"),
    cell("a cost outside", "costs.csv", "2017/18", "2018/19", 4, "year", "a year of the plan"),
    cell("a start before the plan", "schemes.csv", "2016-10,council", "2015-10,council", 2, "start", "in the baseline"),
    cell("a start after the plan", "schemes.csv", "2016-10,council", "2018-04,council", 2, "start", "within the plan"),
    cell("an index with a hole", "indices.csv", "pay,2017/18,0.01,,,guess\n", "", None, "index", "pay without 2017/18"),
    cell(
        "a price list with a hole",
        "tariffs.csv",
        "national,2016/17,0.031,0.02,guess\n",
        "",
        None,
        "tariff",
        "national without 2016/17",
    ),
    cell(
        "no opening allocation",
        "allocations.csv",
        "east_ccg,2015/16,core,13000000,yes,guess\n",
        "",
        2,
        "year",
        "core of east_ccg without 2015/16",
    ),
]

PEOPLE = [
    cell("an age missing", "population.csv", "east,2014,persons,2,240,census\n", "", EAST, "age", "no age 2"),
    cell(
        "persons and females",
        "population.csv",
        "east,2014,persons,4,160",
        "east,2014,females,4,160",
        EAST,
        "sex",
        "persons alone",
    ),
    Spoilt(
        "one mid-year only",
        "population.csv",
        "east,2015,",
        "tinyshire,2016,",
        3,
        "population",
        "two mid-years",
        told_in="activity.csv",
    ),
    cell("shares that miss one", "age_profiles.csv", "0.75", "0.7", 4, "age_share", "add up to 0.95"),
    cell("rate and share", "age_profiles.csv", "120,,0.75", "120,1,0.75", 5, "rate", "both rate and age_share"),
    cell("neither rate nor share", "age_profiles.csv", "0,2,0.1,", "0,2,,", 2, "rate", "neither"),
    cell(
        "overlapping bands", "age_profiles.csv", "persons,3,120,0.4", "persons,2,120,0.4", 3, "age_from", "in two bands"
    ),
    cell(
        "a missing band",
        "age_profiles.csv",
        "persons,3,120,0.4",
        "persons,5,120,0.4",
        3,
        "age_from",
        "no band for ages 3 to 4",
    ),
    cell("no open top", "age_profiles.csv", "persons,3,120,0.4", "persons,3,90,0.4", 3, "age_to", "91 to 120"),
    cell("a band upside down", "age_profiles.csv", "persons,0,2,", "persons,2,0,", 2, "age_to", "not above"),
    cell(
        "another oldest age",
        "population.csv",
        "tinyshire,2015,persons,85,401,census\n",
        "",
        2 + 86,
        "age",
        "2015: oldest age 84; 2014 in population.csv: oldest age 85",
    ),
    cell("nobody to have children", "population.csv", *NO_PARENTS, EAST, "persons", "2014: nobody aged 20 to 39"),
    cell(
        "a digit too many",
        "population.csv",
        "tinyshire,2015,persons,20,401",
        "tinyshire,2015,persons,20,4010",
        2 + 86,
        "persons",
        "tinyshire: 400 aged 20 in 2014 and 4,010 in 2015",
    ),
    cell("no old people", "population.csv", *NO_OLD, 2, "age", "tinyshire, 2014: oldest age 80"),
    cell("staff of line and pool", "staffing.csv", ",home_care,,", ",home_care,wards,", 3, "line", "one of the two"),
    cell("staff of nothing", "staffing.csv", ",home_care,,", ",,,", 3, "line", "neither"),
]

NO_BOOKS = (
    "hospital,Tiny Hospital,provider,tinyshire,yes",
    "hospital,Tiny Hospital,provider,tinyshire,no",
)
_WEST = "".join(
    line for line in TINY["allocations.csv"].splitlines(True) if line.startswith("west_ccg,201") and "core" in line
)

CARE = [
    cell("a stay of no days", "activity.csv", "5.5,wards", "0,wards", 2, "length_of_stay", "more than 0 days in wards"),
    cell(
        "more patients than beds",
        "capacity.csv",
        "84,0.92",
        "60,0.92",
        2,
        "open_beds",
        "60 beds for 22,000 bed days of its lines, 100% of their days",
    ),
    cell("patients and no beds", "capacity.csv", "84,0.92", "0,0.92", 2, "open_beds", "at least 61 beds"),
    cell("a group of nobody", "indicator_groups.csv", "1,1,500", "1,1,0", 2, "population", "more than 0 persons"),
    cell(
        "a group alone",
        "indicator_groups.csv",
        "at_home,deprivation_fifth,5,5,500,0.9,guess\n",
        "",
        2,
        "group",
        "two groups or more",
    ),
    cell("beds without a stay", "activity.csv", "5.5,wards", ",wards", 2, "length_of_stay", "in days"),
    cell("a stay without beds", "activity.csv", "5.5,wards", "5.5,", 2, "bed_pool", "in which these days are spent"),
    cell(
        "somebody else's beds",
        "capacity.csv",
        "General wards,hospital",
        "General wards,council",
        2,
        "bed_pool",
        "beds of council",
        told_in="activity.csv",
    ),
    cell("a proportion in percent", "indicators.csv", ",0.8,0.85", ",80,0.85", 2, "baseline", "write 0.8"),
    cell("a waiting list without a line", "indicators.csv", "900,500,emergency", "900,500,", 3, "line", "waiting_list"),
    cell("a rank twice", "indicator_groups.csv", "fifth,5,5", "fifth,5,1", 3, "rank", "row 2"),
    cell(
        "a misspelt assumption", "assumptions.csv", "release_share", "release_shares", 2, "key", "write release_share"
    ),
    cell(
        "a misspelt model-wide uncertainty",
        "assumptions.csv",
        "release_share",
        "all_allocation",
        2,
        "key",
        "write all_allocations",
    ),
    cell("an assumption out of bounds", "assumptions.csv", "0.3,0.2,0.4", "30,20,40", 2, "value", "0 to 1"),
]

MONEY = [
    cell(
        "one payment in the books of both",
        "budgets.csv",
        "council_tax,council,",
        "hospital_grant,hospital,Grant from the east,income,other,90000,,0,,east_ccg,,guess\ncouncil_tax,council,",
        6,
        "counterparty",
        "other from east_ccg to hospital, which east_grant (budgets.csv, row 5) pays",
    ),
    Spoilt(
        "one payment as a budget and as an allocation",
        "allocations.csv",
        TINY["allocations.csv"],
        TINY["allocations.csv"]
        .replace("recurrent,source", "recurrent,counterparty,source")
        .replace(",guess", ",outside:treasury,guess")
        + "".join(f"hospital,{year},other,100000,yes,east_ccg,guess\n" for year in ("2015/16", "2016/17", "2017/18")),
        9,
        "counterparty",
        "delete one of the two rows",
    ),
    cell(
        "a contract of a body without accounts",
        "organisations.csv",
        *NO_BOOKS,
        2,
        "contract",
        "or give hospital accounts",
        "activity.csv",
    ),
    cell(
        "a price of a body without accounts",
        "organisations.csv",
        *NO_BOOKS,
        2,
        "price",
        "paid what its care costs",
        "activity.csv",
    ),
    cell(
        "a provider without costs",
        "budgets.csv",
        "hospital_pay,hospital,Pay,cost",
        "hospital_pay,hospital,Pay,income",
        4,
        "accounts",
        "add its cost heads",
        "organisations.csv",
    ),
    cell(
        "a payer without an allocation",
        "allocations.csv",
        _WEST,
        "",
        3,
        "accounts",
        "either all bodies that pay have an allocation, or none",
        "organisations.csv",
    ),
    cell(
        "a council without income",
        "budgets.csv",
        "council_tax,council,Council tax,income",
        "council_tax,council,Council tax,cost",
        5,
        "accounts",
        "council tax and grants",
        "organisations.csv",
    ),
    cell(
        "a block with a share",
        "contracts.csv",
        "block,Casualty block,block,,,",
        "block,Casualty block,block,,0.5,",
        3,
        "marginal",
        "blended",
    ),
    cell(
        "activity with a share",
        "contracts.csv",
        "block,Casualty block,block,,,",
        "block,Casualty block,activity,,0.5,",
        3,
        "marginal",
        "1 or an empty cell",
    ),
    cell(
        "blended without a share",
        "contracts.csv",
        "block,Casualty block,block",
        "block,Casualty block,blended",
        3,
        "marginal",
        "share of price",
    ),
    cell("marginal without a threshold", "contracts.csv", "0.7,1", "0.7,", 2, "threshold", "full price"),
    cell(
        "a threshold on a block",
        "contracts.csv",
        "block,Casualty block,block,,,",
        "block,Casualty block,block,,,1",
        3,
        "threshold",
        "no threshold",
    ),
    cell(
        "money kept under a block",
        "contracts.csv",
        "block,,,,,guess",
        "block,,,,council,guess",
        3,
        "kept_for",
        "write none",
    ),
    cell("a contract with oneself", "activity.csv", "17,,,guess", "17,,block,guess", 4, "contract", "with itself"),
    cell("capital found twice over", "costs.csv", "250000", "450000", 4, "funded", "at most the amount"),
    cell(
        "capital without a year",
        "costs.csv",
        "hospital,2017/18,400000",
        "hospital,,400000",
        4,
        "year",
        "the year it is spent",
    ),
    cell("double running without months", "costs.csv", "20000,3", "20000,", 3, "months", "how many months"),
    cell("funding of running cost", "costs.csv", "300000,,pay,", "300000,,pay,5", 2, "funded", "only capital"),
    cell("reserves that are not there", "council_measures.csv", "1000000", "4500000", 2, "amount", "4,000,000"),
    cell("a council that is none", "council_measures.csv", "council,", "hospital,", 2, "organisation", "a provider"),
    cell("a fund no rule pays", "control_totals.csv", "2016/17", "2017/18", 2, "fund", "a rule for: 2016/17"),
    cell("money from oneself", "budgets.csv", "outside:pharmacies", "east_ccg", 4, "counterparty", "another body"),
]

SCHEMES = [
    cell(
        "an effect below nought",
        "effects.csv",
        "avoid,emergency,0.2,0.1,0.3",
        "avoid,emergency,-0.2,-0.3,-0.1",
        2,
        "effect",
        "is a cost or a shift, not a negative saving",
    ),
    cell(
        "a shift below nought",
        "effects.csv",
        "shift,casualty,0.1",
        "shift,casualty,-0.1",
        3,
        "effect",
        "not a negative saving",
    ),
    cell(
        "a saving below nought",
        "effects.csv",
        "save,hospital_pay,0.01",
        "save,hospital_pay,-0.01",
        4,
        "effect",
        "not a negative saving",
    ),
    cell(
        "income below nought",
        "effects.csv",
        "income,hospital,10000",
        "income,hospital,-10000",
        5,
        "effect",
        "swap the two bodies",
    ),
    cell(
        "income beyond the world's",
        "effects.csv",
        "income,hospital,10000",
        "income,hospital,1e13",
        5,
        "effect",
        "at most GBP 1,000,000,000,000",
    ),
    cell(
        "percent as log odds",
        "effects.csv",
        "improve,at_home,0.1",
        "improve,at_home,5",
        6,
        "effect",
        "5 % better means about 0.05",
    ),
    cell(
        "percent lost as log odds",
        "effects.csv",
        "improve,at_home,0.1",
        "improve,at_home,-5",
        6,
        "effect",
        "5 % better means about 0.05",
    ),
    cell(
        "a scheme that needs itself",
        "schemes.csv",
        "2016-10,council,,",
        "2016-10,council,home_first,",
        2,
        "needs",
        "take home_first",
    ),
    cell(
        "schemes that wait for each other",
        "schemes.csv",
        "2016-10,council,,",
        "2016-10,council,night_close,",
        2,
        "needs",
        "home_first → night_close → home_first",
    ),
    cell(
        "two that exclude each other",
        "schemes.csv",
        "2016-10,council,,,",
        "2016-10,council,,night_close,",
        2,
        "excludes",
        "not both",
    ),
    cell(
        "a stop without journeys",
        "schemes.csv",
        "Twelve miles further at night; drive times mapped.",
        "",
        3,
        "travel",
        "no claim of 'no loss of access'",
    ),
    cell("a stop without harm", "schemes.csv", "Longer waits for an ambulance.", "", 3, "harm", "who"),
    cell(
        "a shift to nowhere",
        "effects.csv",
        ",,,,emergency,0.05",
        ",,,,,0.05",
        3,
        "to_line",
        "the line the care goes to",
    ),
    cell("a shift to itself", "effects.csv", ",,,,emergency,0.05", ",,,,casualty,0.05", 3, "to_line", "another line"),
    cell(
        "care avoided to somewhere",
        "effects.csv",
        "0.8,0.9,,,0.8,0.9",
        "0.8,0.9,casualty,,0.8,0.9",
        2,
        "to_line",
        "make the kind shift",
    ),
    cell(
        "shifts in a circle",
        "effects.csv",
        "e_save,home_first,save,hospital_pay,0.01,,,,,,,,,,,,no",
        "e_back,home_first,shift,emergency,0.01,,,,,,casualty,,,,,,no",
        3,
        "to_line",
        "casualty → emergency → casualty",
    ),
    cell(
        "more than the whole",
        "effects.csv",
        ",0.2,0.1,0.3,0.3",
        ",20,10,30,0.3",
        2,
        "effect",
        "write 0.3 if you mean 30%",
    ),
    cell(
        "shortening what has no stay",
        "effects.csv",
        "shift,casualty,0.1,,,,,,emergency,0.05",
        "shorten,casualty,0.1,,,,,,,",
        3,
        "target",
        "a line with beds",
    ),
    cell("income from oneself", "effects.csv", "outside:residents", "hospital", 5, "counterparty", "another body"),
    cell(
        "a saving of income", "effects.csv", "save,hospital_pay", "save,hospital_training", 4, "target", "a cost head"
    ),
    cell(
        "a payment to a partner",
        "effects.csv",
        "e_save,home_first,save,hospital_pay",
        "e_save,night_close,save,east_grant",
        4,
        "target",
        "use an income effect",
    ),
    cell(
        "payer and provider",
        "effects.csv",
        "e_save,home_first,save,hospital_pay",
        "e_save,home_first,save,east_grant",
        4,
        "target",
        "the provider's cost release is the saving",
    ),
    cell(
        "a saving of a body that stays out",
        "effects.csv",
        "save,hospital_pay",
        "save,east_drugs",
        4,
        "target",
        "partners of home_first",
    ),
    cell(
        "one effect twice",
        "effects.csv",
        "e_save,home_first,save,hospital_pay,0.01,,,,,,,,,,,,no,,",
        "e_again,home_first,avoid,emergency,0.01,,,,,,,,,,,,no,I002,",
        4,
        "target",
        "row 2 of home_first claims already",
    ),
    cell(
        "two claimants",
        "effects.csv",
        "e_save,home_first,save,hospital_pay,0.01,,,,,,,,,,,,no,,",
        "e_again,home_first,productivity,emergency,0.01,,,,,,,,,,,east_ccg,no,,",
        4,
        "claimed_by",
        "one claimant",
    ),
    cell(
        "a stranger who claims",
        "effects.csv",
        "0.8,0.9,,,no,I002",
        "0.8,0.9,,west_ccg,no,I002",
        2,
        "claimed_by",
        "takes part",
    ),
]

HEADING = [
    cell("an unknown field", "plan.toml", "years = 2", "years = 2\nyear = 3", None, "year", "take it out"),
    cell("a misspelt field", "plan.toml", "price_base", "prize_base", None, "prize_base", "rename it price_base"),
    cell("a newer form", "plan.toml", "format = 1", "format = 2", None, "format", "update tripleaim"),
    cell("form nought", "plan.toml", "format = 1", "format = 0", None, "format", "write format = 1"),
    cell("years as text", "plan.toml", "years = 2", 'years = "2"', None, "years", "without quotation marks"),
    cell("too many years", "plan.toml", "years = 2", "years = 20", None, "years", "from 1 to 10"),
    cell("yes in TOML", "plan.toml", "invented = true", 'invented = "yes"', None, "invented", "true or"),
    cell("a moment", "plan.toml", '"2016-10-21"', "2016-10-21T08:00:00", None, "dated", "quotation marks"),
    cell("a date elsewhere", "plan.toml", 'version = "1"', "version = 2016-10-21", None, "version", "quotation marks"),
    cell("a date not in the calendar", "plan.toml", '"2016-10-21"', '"2016-02-30"', None, "dated", "calendar"),
    cell("a line that is not TOML", "plan.toml", "years = 2", "years two", 5, None, "quotation marks"),
    cell("a field twice", "plan.toml", "years = 2", "years = 2\nyears = 3", 6, None, "once"),
    cell("very deep lists", "plan.toml", "years = 2", "years = " + "[" * 5000, None, None, "own line"),
    cell("an endless number", "plan.toml", "years = 2", "years = 1" + "0" * 5000, None, None, "quotation marks"),
    cell("a place that is not there", "plan.toml", '"tinyshire"', '"tinyshir"', None, "place", "write tinyshire"),
    cell("a price base far off", "plan.toml", '"2015/16"', '"2021/22"', None, "price_base", "opening year"),
    cell(
        "another status",
        "plan.toml",
        'version = "1"',
        'version = "1"\nstatus = "final"',
        None,
        "status",
        "draft, for decision",
    ),
]

SPOILT = [*NUMBERS, *WORDS, *SHAPES, *REFERENCES, *YEARS, *PEOPLE, *CARE, *MONEY, *SCHEMES, *HEADING]


def refused(folder: Path) -> tuple[Problem, ...]:
    """The problems of a folder, which must have some; nothing on disk may have changed."""
    before = prints(folder)
    with pytest.raises(PlanProblems) as caught:
        read_plan(folder)
    assert prints(folder) == before, "reading changed something on disk"
    assert caught.value.exit_code == 2
    return caught.value.problems


def prints(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def said(problem: Problem) -> str:
    return f"{problem.found}\n{problem.expected}\n{problem.to_fix}"


def test_the_good_plan_is_good(tmp_path: Path) -> None:
    plan = read_plan(write_tiny(tmp_path / "tiny"))
    assert len(plan.schemes) == 2
    assert plan.years == ("2016/17", "2017/18")


@pytest.mark.parametrize("spoilt", SPOILT, ids=[each.name for each in SPOILT])
def test_a_spoilt_plan_is_refused_in_words(tmp_path: Path, spoilt: Spoilt) -> None:
    text = TINY[spoilt.file].replace(spoilt.old, spoilt.new)
    problems = refused(write_tiny(tmp_path / "tiny", {spoilt.file: text}))
    file = spoilt.told_in or spoilt.file
    fitting = [p for p in problems if (p.file, p.row, p.field or None) == (file, spoilt.row, spoilt.field or None)]
    assert any(spoilt.says in said(problem) for problem in fitting), "\n\n".join(map(str, problems))
    for problem in problems:
        assert problem.found
        assert problem.expected
        assert problem.to_fix


EMPTY_BELOW = {"line ends": "\n\n\n", "commas": ",,,\n,,,\n", "both, cut off": ",,,\n\n,,,"}


@pytest.mark.parametrize("rows", EMPTY_BELOW.values(), ids=EMPTY_BELOW)
def test_empty_rows_below_a_table_are_nothing(tmp_path: Path, rows: str) -> None:
    """Spreadsheets leave them when rows are emptied and not deleted."""
    plain = read_plan(write_tiny(tmp_path / "plain"))
    longer = write_tiny(tmp_path / "longer", {name: TINY[name] + rows for name in ("places.csv", "costs.csv")})
    assert read_plan(longer).fingerprint == plain.fingerprint


def test_empty_rows_inside_a_table_are_one_problem(tmp_path: Path) -> None:
    gaps = (
        TINY["costs.csv"].replace("\nc_double", "\n\n,,,,,,,,,\nc_double").replace("\nc_build", "\n\nc_build") + "\n\n"
    )
    (problem,) = refused(write_tiny(tmp_path / "tiny", {"costs.csv": gaps}))
    assert (problem.file, problem.row, problem.found) == ("costs.csv", 3, "3 empty rows: 3, 4, 6")
    assert problem.to_fix == "delete the empty rows"


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    chosen = {each.name: each for each in SPOILT}
    names = [
        "a percent sign",
        "an unknown column",
        "a month",
        "a block with a share",
        "an unknown scheme",
        "a field twice",
    ]
    changes = {chosen[name].file: TINY[chosen[name].file] for name in names}
    for name in names[:1] + names[2:]:
        each = chosen[name]
        changes[each.file] = changes[each.file].replace(each.old, each.new)
    problems = refused(write_tiny(tmp_path / "tiny", dict(changes)))
    files = [problem.file for problem in problems]
    assert files == ["plan.toml", "activity.csv", "contracts.csv", "schemes.csv", "actions.csv"], files


def test_one_mistake_does_not_set_off_others(tmp_path: Path) -> None:
    """A row with a bad cell can still be named by other tables."""
    text = TINY["activity.csv"].replace(
        "emergency,Emergency stays,non_elective_spell", "emergency,Emergency stays,nonelective"
    )
    assert len(refused(write_tiny(tmp_path / "tiny", {"activity.csv": text}))) == 1


@dataclass(frozen=True)
class Slip:
    """One slip, and the one problem it makes."""

    name: str
    changes: dict[str, tuple[str, str]]
    told: tuple[str, int | None, str]
    says: tuple[str, ...]


ONE_PROBLEM = [
    Slip("a misspelt column", {"activity.csv": ("baseline,", "basline,")}, ("activity.csv", 1, "basline"), ()),
    Slip("a misspelt field", {"plan.toml": ("price_base", "prize_base")}, ("plan.toml", None, "prize_base"), ()),
    Slip("a missing field", {"plan.toml": ('version = "1"\n', "")}, ("plan.toml", None, "version"), ()),
    Slip(
        "a body taken out",
        {"organisations.csv": ("hospital,Tiny Hospital,provider,tinyshire,yes,,,census\n", "")},
        ("organisations.csv", None, "key"),
        (
            "no key hospital, which 15 rows name",
            "activity.csv, provider (rows 2, 3)",
            "budgets.csv, counterparty (row 5)",
            "add the row hospital to organisations.csv, or take it out there",
        ),
    ),
    Slip(
        "a scheme taken out",
        {"schemes.csv": (TINY["schemes.csv"].splitlines(keepends=True)[1], "")},
        ("schemes.csv", None, "key"),
        ("no key home_first", "effects.csv, scheme (rows 2, 4, 5 …, 4 in all)"),
    ),
    Slip(
        "a source taken out",
        {"sources.csv": ("guess,illustrative,A made-up figure\n", "")},
        ("sources.csv", None, "key"),
        ("no key guess", "activity.csv, source (rows 2, 3, 4)"),
    ),
    Slip(
        "a line taken out",
        {"activity.csv": (TINY["activity.csv"].splitlines(keepends=True)[1], "")},
        ("activity.csv", None, "key"),
        ("no key emergency",),
    ),
    Slip(
        "one name misspelt throughout a file",
        {"population.csv": ("\neast,", "\neats,")},
        ("places.csv", None, "key"),
        ("no key eats, which 172 rows name", "write east there"),
    ),
]


@pytest.mark.parametrize("slip", ONE_PROBLEM, ids=[each.name for each in ONE_PROBLEM])
def test_one_slip_makes_one_problem(tmp_path: Path, slip: Slip) -> None:
    changes = {file: TINY[file].replace(*swap) for file, swap in slip.changes.items()}
    assert all(changes[file] != TINY[file] for file in changes)
    problems = refused(write_tiny(tmp_path / "tiny", dict(changes)))
    assert [(p.file, p.row, p.field) for p in problems] == [slip.told], "\n\n".join(map(str, problems))
    for words in slip.says:
        assert words in said(problems[0]), str(problems[0])


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("UTF-16", TINY["places.csv"].encode("utf-16"), "UTF-16"),
        ("Windows text", TINY["places.csv"].replace("East T", "Éast T").encode("cp1252"), "not UTF-8"),
        ("NUL", TINY["places.csv"].replace("East T", "E\0st T").encode(), "NUL"),
        ("a workbook", b"PK\x03\x04" + b"\0" * 100, "Excel workbook"),
        ("a PDF", b"%PDF-1.7\n", "PDF"),
        ("nothing", b"", "an empty file"),
        ("a heading alone", b"key,name,kind,source\n", "at least one row"),
        ("blank lines", b"\n\n\n", "an empty first row"),
        ("too many columns", b"," * 300 + b"\n", "an empty first row"),
        ("too many named columns", ",".join(f"c{n}" for n in range(300)).encode() + b"\n", "at most 200 columns"),
        ("one endless row", b"," * 3_000_000 + b"\n", "without end"),
        ("one endless row of lines", b'"a\n",' * 500_000 + b"\n", "without end"),
        ("one endless cell", b"key,name,kind,source\n" + b"x" * 200_000, "a cell"),
    ],
)
def test_bytes_that_are_no_table(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    problems = refused(write_tiny(tmp_path / "tiny", {"places.csv": data}))
    assert any(problem.file == "places.csv" and says in said(problem) for problem in problems), name


def test_a_mark_at_the_beginning_and_other_line_ends_are_fine(tmp_path: Path) -> None:
    plain = read_plan(write_tiny(tmp_path / "plain"))
    windows = {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in TINY.items()}
    assert read_plan(write_tiny(tmp_path / "windows", dict(windows))).fingerprint == plain.fingerprint
    cut = {name: text.rstrip("\n") for name, text in TINY.items()}
    assert read_plan(write_tiny(tmp_path / "cut", dict(cut))).fingerprint == plain.fingerprint


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("scheme.csv", "take it out"),
        ("projection.csv", "name it projections.csv"),
        ("Projections.CSV", "name it projections.csv"),
        ("projections.csv.txt", "name it projections.csv"),
        ("projections.xlsx", "name it projections.csv"),
        ("projections.tsv", "name it projections.csv"),
        ("figures_we_liked.csv", "take it out"),
    ],
)
def test_files_that_look_like_tables(tmp_path: Path, name: str, says: str) -> None:
    problems = refused(write_tiny(tmp_path / "tiny", {name: "key\n"}))
    assert [problem.file for problem in problems] == [name]
    assert says in problems[0].to_fix


def test_documents_beside_the_tables_are_left_alone(tmp_path: Path) -> None:
    beside = [
        "README.md",
        "SOURCES.md",
        "datapackage.json",
        "notes.txt",
        ".~lock.schemes.csv#",
        "build.toml",
        "map.png",
    ]
    folder = write_tiny(tmp_path / "tiny", dict.fromkeys(beside, "anything"))
    assert read_plan(folder).fingerprint == read_plan(write_tiny(tmp_path / "bare")).fingerprint
    assert (folder / "notes.txt").read_text("utf-8") == "anything"


@pytest.mark.parametrize("name", ["plan.toml", "sources.csv", "places.csv", "organisations.csv", "activity.csv"])
def test_files_every_plan_has(tmp_path: Path, name: str) -> None:
    says = "no such file" if name == "plan.toml" else "it is missing"
    problems = refused(write_tiny(tmp_path / "tiny", {name: None}))
    assert [(problem.file, problem.found) for problem in problems] == [(name, says)]


def test_places_that_are_no_folder(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(b"PK")
    (tmp_path / "plan.txt").write_text("x", encoding="utf-8")
    for name, says in [("plan.xlsx", "workbook"), ("plan.txt", "folder that holds"), ("nothing", "spelling")]:
        with pytest.raises(PlanProblems) as caught:
            read_plan(str(tmp_path / name))
        assert says in caught.value.problems[0].to_fix


def test_sizes_are_looked_at_before_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_tiny(tmp_path / "tiny")
    for name, most in [("population.csv", LARGEST_FILE), ("plan.toml", LARGEST_HEADING)]:
        with (folder / name).open("r+b") as file:
            file.truncate(most + 1)
    problems = refused(folder)
    assert {problem.file for problem in problems} == {"population.csv", "plan.toml"}
    assert all("MB" in problem.expected for problem in problems)
    monkeypatch.setattr(table_module, "MOST_ROWS", 3)
    assert any("at most 3 rows" in problem.expected for problem in refused(write_tiny(tmp_path / "rows")))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes to read from")
def test_links_and_pipes(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(TINY["places.csv"], encoding="utf-8")
    linked = write_tiny(tmp_path / "linked", {"places.csv": None})
    (linked / "places.csv").symlink_to(tmp_path / "secret.csv")
    assert [problem.found for problem in refused(linked)] == ["a link to outside the folder"]
    piped = write_tiny(tmp_path / "piped", {"places.csv": None})
    os.mkfifo(piped / "places.csv")
    with pytest.raises(PlanProblems) as caught:
        read_plan(piped)
    assert caught.value.problems[0].found == "a folder or device"
    dangling = write_tiny(tmp_path / "dangling", {"places.csv": None})
    (dangling / "places.csv").symlink_to(tmp_path / "nowhere.csv")
    assert refused(dangling)[0].found == "a link that leads nowhere"


def test_a_flood_of_problems_is_counted(tmp_path: Path) -> None:
    text = TINY["population.csv"] + "tinyshire,2014,persons,x,1,census\n" * 2000
    problems = refused(write_tiny(tmp_path / "tiny", {"population.csv": text}))
    assert len(problems) == 501
    assert problems[-1].found == "1500 further problems"

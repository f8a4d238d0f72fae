"""Tiny files with the headings of published ones. Every figure in them is made up for the tests."""

from __future__ import annotations

from pathlib import Path

NORFOLK = {"E38000063": 26, "E38000124": 20, "E38000203": 20, "E38000218": 26, "E38000219": 28}
"""The five commissioning groups of Norfolk and Waveney, and what the made-up figures of each are multiplied by: about
as many people in all as live there, because a plan refuses figures that leap from those of the year before.
"""

YEARS = tuple(range(2014, 2040))


def write(folder: Path, text: str, name: str = "whatever it is called.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def projections(
    areas: dict[str, int] = NORFOLK,
    *,
    sexes: tuple[str, ...] = ("persons",),
    heading: str = "AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP",
    years: tuple[int, ...] = YEARS,
    above: str = "",
) -> str:
    """Headings as in the 2014-, 2016- and 2018-based files of local authorities; people made up: 98 an age and area in
    2014, one more each year, times the area's number, shared among the sexes.
    """
    rows = [f"{heading},{','.join(map(str, years))}"]
    for area, times in areas.items():
        for sex in sexes:
            ages = {str(age): people(times // len(sexes), age, years) for age in range(90)}
            ages["90 and over"] = people(times // len(sexes), 90, years)
            ages["All ages"] = [sum(by_year) for by_year in zip(*ages.values(), strict=True)]
            rows += [f"{area},Somewhere,Population,{sex},{age},{told(by_year)}" for age, by_year in ages.items()]
    return above + "\n".join(rows) + "\n"


def people(times: int, age: int, years: tuple[int, ...]) -> list[int]:
    """Made up: half as many of each age from 75 on."""
    return [times * (98 + year - 2014) // (2 if age >= 75 else 1) for year in years]


def told(figures: list[int]) -> str:
    return ",".join(map(str, figures))


def estimates(areas: dict[str, int], years: tuple[int, ...] = tuple(range(2001, 2020))) -> str:
    """Headings as in MYEB1, the detailed series: sex 1 is males, 2 females; people made up."""
    rows = ["ladcode19,laname19,country,sex,age," + ",".join(f"population_{year}" for year in years)]
    for area, times in areas.items():
        for sex in (1, 2):
            persons = ",".join([str(times * sex)] * len(years))
            rows += [f"{area},Somewhere,E,{sex},{age},{persons}" for age in range(91)]
    return "\n".join(rows) + "\n"


ALLOCATIONS = """\
CCG allocations: core services,,,,,,
£000,,,,,,
,,2016/17,,,2017/18,
CCG code,CCG name,Final allocation,Growth %,Allocation per head £,Final allocation,Growth %
06M,One,"100,000",1.1,900,"101,000",1.0
06V,Two,"200,000",1.1,900,"202,000",1.0
06W,Three,"300,000",1.1,900,"303,000",1.0
06Y,Four,"400,000",1.1,900,"404,000",1.0
07J,Five,"500,000",1.1,900,*,1.0
"""
"""Figures made up; the arrangement (title, unit, years over the columns) is ours, after descriptions of it."""

TAC = """\
OrganisationName,WorkSheetName,TableID,MainCode,RowNumber,SubCode,Total
Tiny Hospital NHS Trust,TAC02 SoCI,1,A02CY01,1,SCI0100A,20000
Tiny Hospital NHS Trust,TAC02 SoCI,1,A02CY01,2,SCI0110A,3000
Tiny Hospital NHS Trust,TAC02 SoCI,1,A02CY01,3,SCI0125A,-23500
Tiny Hospital NHS Trust,TAC02 SoCI,1,A02CY01,4,SCI0170,-400
Tiny Hospital NHS Trust,TAC02 SoCI,1,A02CY01,9,SCI0240,-900
Tiny Hospital NHS Trust,TAC02 SoCI,1,A02PY01,1,SCI0100A,19000
Tiny Hospital NHS Trust,TAC08 Op Exp,1,A08CY01,4,EXP0130,14100
Tiny Hospital NHS Trust,TAC08 Op Exp,1,A08CY01,8,EXP0170,2000
Tiny Hospital NHS Trust,TAC08 Op Exp,1,A08CY01,16,EXP0240,1000
Tiny Hospital NHS Trust,TAC08 Op Exp,1,A08CY01,17,EXP0250,100
Tiny Hospital NHS Trust,TAC08 Op Exp,1,A08CY01,18,EXP0260,500
Tiny Hospital NHS Trust,TAC08 Op Exp,1,A08CY01,60,EXP0390,23500
Tiny Hospital NHS Trust,TAC03 SoFP,1,A03CY01,1,BAL1100,77
Another NHS Foundation Trust,TAC02 SoCI,1,A02CY01,1,SCI0100A,1
"""
"""Headings and codes as published; figures made up, in thousands of pounds."""

REFERENCE_COSTS = """\
Org Code,Department Code,Service Code,Currency Code,Unit cost,Activity,Bed days,Mean,Actual Cost,Expected Cost,\
Mapping pot,Supplier type
RT1,NEL,300,DZ11A,3000,100,400,2900,300000,290000,x,OWN
RT1,NES,300,DZ11B,1000,300,300,900,300000,270000,x,OWN
RT1,NEL_XS,300,DZ11A,200,50,50,190,10000,9500,x,OWN
RT1,NEL,501,NZ30A,4000,10,20,3900,40000,39000,x,OWN
RT1,AE,T01A,VB08Z,150,1000,,140,150000,140000,x,OWN
RT1,AE,T01A,VB09Z,100,*,,90,*,90,x,OWN
RT1,RADIOLOGY,812,RD01A,80,40,,70,3200,2800,x,OWN
RT1,DC,300,DZ99A,500,8,,400,4000,3200,x,OUT
RX9,NEL,300,DZ11A,9999,9999,,1,1,1,x,OWN
"""
"""Headings as in the files of 2015/16 and 2016/17; figures and codes of organisations made up."""


def spoilt(text: str, begins: str, column: int, cell: str) -> str:
    """A file with another text in one cell of the first row that begins so."""
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(begins))
    cells = lines[at].split(",")
    cells[column] = cell
    lines[at] = ",".join(cells)
    return "\n".join(lines) + "\n"


def workbook(folder: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """An Excel workbook with these sheets."""
    import xlsxwriter

    file = folder / "some workbook.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
    return file

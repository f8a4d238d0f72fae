"""One of every picture, and the hard cases: negative, crossing zero, long, many, nasty. All numbers are invented."""

from __future__ import annotations

from tripleaim.charts import (
    AgePyramid,
    BedBridge,
    Bridge,
    ClosingRow,
    Curve,
    Flow,
    JCurve,
    Picture,
    PointRow,
    Points,
    PositionRow,
    Positions,
    Share,
    ShareBars,
    ShareRow,
    Step,
    WhoPaysWhom,
    YearLine,
    YearPanel,
    Years,
)
from tripleaim.charts.by_area import AreaPanel, ByArea
from tripleaim.charts.classes import Classes
from tripleaim.charts.map import Area, Map
from tripleaim.charts.tiles import Tile, Tiles

YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21")
LONG = (
    "Community respiratory, cardiology and frailty teams working seven days a week with primary care and the councils"
)


def bridge() -> Bridge:
    """The walk from doing nothing to as resourced."""
    changes = (
        ("Hospital buying and drugs", -21.6),
        ("Home First", -18.9),
        ("Theatre and clinic productivity", -16.2),
        ("Care-home support teams", -11.8),
        ("Shared back office", -9.7),
        ("Prevention: blood pressure, diabetes", -7.4),
        ("Reablement before long-term care", -6.9),
        ("Agency staff ceiling", -6.3),
        ("10 smaller schemes", -14.9),
    )
    start, hoped = 168.4, 168.4 + sum(value for _, value in changes) - 9.2 + 3.6 + 4.3
    return Bridge(
        "Twenty schemes close £115.0m of a £168.4m gap",
        "Read down: each solid bar takes some away, each striped bar puts some back.",
        "£m, 2020/21",
        (
            Step("Do nothing", start, "total"),
            *(Step(label, value, "helps") for label, value in changes),
            Step("Not yet identified (a plug)", -9.2, "plug"),
            Step("Shared digital record", 3.6, "adds"),
            Step("Overlap: same care counted twice", 4.3, "adds"),
            Step("Do something, as hoped", hoped, "result"),
            Step("Posts and capital not yet found", 12.2, "adds"),
            Step("Do something, as resourced", hoped + 12.2, "result"),
        ),
    )


def crossing_bridge() -> Bridge:
    steps = (
        Step("Surplus today", -12.0, "total"),
        Step("Growth in need, ageing and new treatments beyond age", 40.0, "adds"),
        Step(LONG, -35.5, "helps"),
        Step("Small", -0.04, "helps"),
        Step("Plug, not counted", -4.0, "plug"),
        Step("Sold land", -9.0, "helps"),
        Step("What is left", -12 + 40 - 35.5 - 0.04 - 9.0, "result"),
    )
    return Bridge(
        "The place crosses zero twice", "Left is ahead, right is short.", "£m, 2020/21", steps, plug_counts=False
    )


def long_bridge() -> Bridge:
    steps = [Step("Do nothing", 400.0, "total")]
    steps += [
        Step(f"Scheme {number}, {LONG[: 20 + number * 3]}", -float(number) / 2, "helps") for number in range(1, 39)
    ]
    return Bridge("Forty steps", "Read down.", "£m", (*steps, Step("Left", 400.0 - sum(range(1, 39)) / 2, "result")))


def negative_bridge() -> Bridge:
    steps = (Step("Ahead today", -50.0, "total"), Step("Pay", 20.0, "adds"), Step("Ahead still", -30.0, "total"))
    return Bridge("Always ahead", "All below zero.", "£m", steps)


def years() -> Years:
    money = (
        YearLine("do nothing", (29.0, 61.7, 97.1, 132.5, 168.4), "nothing"),
        YearLine("found", (22.6, 39.5, 55.3, 61.8, 65.6), "found"),
        YearLine("hoped", (21.4, 34.8, 46.9, 51.2, 53.4), "hoped"),
    )
    health = (YearLine("do nothing", (3, 3, 3, 2, 2), "nothing"), YearLine("the plan", (3, 3, 3, 4, 3), "hoped"))
    care = (YearLine("do nothing", (5, 5, 4, 4, 3), "nothing"), YearLine("the plan", (5, 5, 6, 7, 7), "hoped"))
    panels = (
        YearPanel("Health", "indicators at standard, of 14", health, False, True),
        YearPanel("Care", "indicators at standard, of 12", care, False, True),
        YearPanel("Money", "short by, £m", money, True, False),
    )
    return Years(
        "Money stops getting worse; health and care improve slowly", "Solid is the plan as hoped.", panels, YEARS
    )


def hard_years() -> Years:
    eleven = tuple(f"{year}/{year % 100 + 1}" for year in range(2016, 2027))
    same = tuple(10.0 + place / 100 for place in range(11))
    money = (
        YearLine("doing nothing at all", same, "nothing"),
        YearLine("posts and capital found", same, "found"),
        YearLine("as everyone hoped", (None, None, 3.0, None, 4.0, 5.0, 6.0, 7.0, 8.0, None, None), "hoped"),
    )
    below = tuple(5.0 - place * 2 for place in range(11))
    panels = (
        YearPanel("Money, one axis, three lines that meet", "short by, £m", money, True, False),
        YearPanel(
            "Below zero",
            "short by, £m",
            (YearLine("hoped", below, "hoped"), YearLine("found", same, "found")),
            True,
            False,
        ),
    )
    return Years("Lines that meet and lines with holes", "Labels keep apart.", panels, eleven)


def one_year() -> Years:
    panel = YearPanel(
        "Care", "of 12", (YearLine("the plan", (7,), "hoped"), YearLine("do nothing", (7,), "nothing")), False, True
    )
    return Years("One year only", "A dot a line.", (panel,), ("2016/17",))


def positions() -> Positions:
    values = (-31.7, -12.9, -2.1, 1.2, 4.6, 2.9, -1.2, -10.4, -3.8)
    names = (
        "Wealdshire Royal Hospitals",
        "Marsh Infirmary",
        "Weald Mental Health",
        "Weald and Marsh Community",
        "North Wealdshire commissioner",
        "South Wealdshire commissioner",
        "Marsh commissioner",
        "Wealdshire County Council",
        "Marsh Council",
    )
    rows = tuple(
        PositionRow(name, value, "gains only if wards close" if value == 4.6 else "")
        for name, value in zip(names, values, strict=True)
    )
    return Positions(
        "Two hospitals carry most of the shortfall",
        "Striped is short, solid is ahead.",
        "£m, 2020/21, as hoped",
        rows,
        sum(values),
        sum(value for value in values if value < 0),
    )


def all_ahead() -> Positions:
    return Positions(
        "All ahead", "Solid is ahead.", "£m", (PositionRow(LONG, 3.0, LONG), PositionRow("B", 0.0)), 3.0, 0.0
    )


def beds() -> BedBridge:
    steps = (
        Step("Beds in use today", 1124, "total"),
        Step("Growth in need", 96, "adds"),
        Step("Admissions avoided", -118, "helps"),
        Step("Shorter stays", -71, "helps"),
        Step("Moving to 92% full", 34, "adds"),
        Step("Beds needed", 1065, "total"),
    )
    closing = (
        ClosingRow("Room: 1,138 open, less needed and buffer of 14", 59, "open"),
        ClosingRow("Closable", 56, "closable"),
        ClosingRow("Claimed in the plan", 84, "claimed", "the third is not supported"),
        ClosingRow("Claimed beyond what the count supports", 28, "difference"),
    )
    return BedBridge(
        "The plan claims three wards; two can close", "Read down to the beds needed.", steps, closing, ward=28
    )


def many_beds() -> BedBridge:
    steps = (Step("Beds in use today", 900, "total"), Step("Growth", 150, "adds"), Step("Beds needed", 1050, "total"))
    closing = (
        ClosingRow("Open today", 1040, "open"),
        ClosingRow("Closable", 0, "closable"),
        ClosingRow(
            "Claimed in the plan", 430, "claimed", "none of it is supported by the bed count, which asks for more beds"
        ),
        ClosingRow("Claimed beyond what the count supports", 430, "difference"),
    )
    return BedBridge("The plan closes 430 beds; none can close", "Read down.", steps, closing, ward=28)


def jcurve(count: int = 7) -> JCurve:
    shapes = (
        (-1.8, -3.0, 0.5, 8.0, 17.0),
        (-4.0, -6.0, -7.0, -6.5, -5.0),
        (0.5, 2.0, 4.0, 6.0, 9.0),
        (-2.0, 1.0, -0.5, 0.5, 2.0),
        (0.0, 0.0, 0.0, 0.0, 0.0),
        (-9.0, -12.0, -8.0, -3.0, 1.0),
    )
    names = ("Home First", LONG, "Shared back office", "Care-home support teams", "Shared digital record", "New wards")
    curves = tuple(Curve(f"{names[n % 6]}{f' {n}' if n > 5 else ''}", shapes[n % 6]) for n in range(count))
    return JCurve(
        "Most schemes pay back by 2018/19; two do not",
        "Striped is cash still out, solid is cash come back.",
        "£m",
        YEARS,
        curves,
    )


def pyramid() -> AgePyramid:
    bands = (*(f"{age} to {age + 9}" for age in range(0, 90, 10)), "90 and over")
    then = (61200, 58100, 55400, 60300, 66800, 64100, 52900, 38400, 17100, 4200)
    later = (61900, 60200, 52700, 61100, 62000, 66300, 55600, 44900, 21200, 5600)
    return AgePyramid(
        "Nearly a fifth more people in their seventies",
        "Filled is 2016, outline is 2021.",
        bands,
        then,
        later,
        "2016",
        "2021",
    )


def flows() -> WhoPaysWhom:
    payers = ("North Wealdshire", "South Wealdshire", "Marsh", "Councils", "Outside: specialised")
    payees = ("Wealdshire Royal", "Marsh Infirmary", "Community", "Mental health", "Care homes, home care")
    grid = (
        (231.6, 21.9, 58.2, 49.5, 12.3),
        (204, 26.3, 52.9, 44.8, 10.2),
        (41.2, 148.6, 39.5, 33.6, 9.3),
        (0, 0, 11.5, 6.3, 214.8),
        (96.4, 22.9, 0, 14.9, 0),
    )
    every = tuple(
        Flow(a, b, value) for a, row in zip(payers, grid, strict=True) for b, value in zip(payees, row, strict=True)
    )
    return WhoPaysWhom(
        "Three commissioners and two councils pay for nine tenths",
        "Ribbon width is £m.",
        "£m, 2016/17",
        payers,
        payees,
        every,
        payers[4:],
    )


def many_flows() -> WhoPaysWhom:
    payers = (*tuple(f"Commissioner {n}" for n in range(14)), LONG)
    payees = (*tuple(f"Provider {n}" for n in range(14)), "A body outside the place")
    every = tuple(
        Flow(a, b, float((n * 7 + m * 3) % 11) ** 2 / (1 + m))
        for n, a in enumerate(payers)
        for m, b in enumerate(payees)
    )
    return WhoPaysWhom(
        "Thirty organisations", "The smallest are drawn together.", "£m", payers, payees, every, payees[-1:]
    )


def shares() -> ShareBars:
    rest = (
        Share("Published", 58, "total"),
        Share("Derived", 23, "helps"),
        Share("Judged", 14.7, "adds"),
        Share("Illustrative", 4.3, "plug"),
    )
    rows = (
        ShareRow("What the numbers of this plan rest on", rest),
        ShareRow(
            "Spending on prevention", (Share("Prevention", 0.3, "helps"), Share("Everything else", 99.7, "quiet"))
        ),
        ShareRow(LONG, (Share(LONG, 1, "result"), Share("The rest", 2, "quiet"))),
    )
    return ShareBars("Four fifths of the numbers are published or derived", "Each bar is the whole.", rows)


def points() -> Points:
    rows = (
        PointRow("Claimed in the plan", 12, 7, 17, "claim"),
        PointRow("Controlled studies like it", 4, 0, 9, "evidence", "9 studies, 2004 to 2015"),
        PointRow("Used in this plan", 6, 3, 10, "used"),
    )
    return Points(
        "Home First is claimed to avoid 12 in 100; studies find 4",
        "Low to high with the middle marked.",
        "admissions avoided",
        rows,
        "%",
    )


def hard_points() -> Points:
    rows = (
        PointRow(LONG, -12.34, -40, 5, "claim", LONG),
        PointRow("No range stated", 4, None, None, "evidence"),
        PointRow("One end stated", 123456.7, None, 200000, "used"),
    )
    return Points("Ranges that cross zero", "Low to high.", "people a year", rows, places=1)


OLD = Classes((14, 18, 22), ("under 14%", "14% to 17.9%", "18% to 21.9%", "22% or more"))


def map_of_areas() -> Map:
    """Twelve square areas, one of them in two parts, two of them tiny; one has no figure."""

    def square(west: float, south: float, side: float) -> tuple[tuple[float, float], ...]:
        return ((west, south), (west + side, south), (west + side, south + side), (west, south + side))

    areas = [
        Area(
            n + 1,
            f"Area {n + 1}",
            (square(n % 3 * 100, n // 3 * 100, 100),),
            (n % 3 * 100 + 50, n // 3 * 100 + 50),
            n * 3,
        )
        for n in range(9)
    ]
    islands = (square(320, 20, 60), square(340, 0, 4))
    areas.append(Area(10, "Two islands", islands, (350, 50), None))
    areas += [Area(11 + n, "Small", (square(320 + n * 10, 200, 10),), (325 + n * 10, 205), 25.0) for n in range(2)]
    return Map(
        "Nine areas, two islands", "Each has a number.", "% aged 65 and over", tuple(areas), OLD, 1, (11, 12), "Town"
    )


def tiles() -> Tiles:
    """A corner of equal cells; one has no figure."""
    rows = tuple(
        Tile(n + 1, f"Area {n + 1}", "Northumb’d & Tyneside", 3 + n % 4, n // 4, None if n == 4 else n * 2.4)
        for n in range(12)
    )
    return Tiles("Equal cells", "Each cell is a place.", "% aged 65 and over", rows, OLD, 1, "%")


def full_tiles() -> Tiles:
    """Cells that leave no corner free, in two classes."""
    two = Classes((0.0,), ("below nought", "nought or more"))
    rows = tuple(Tile(n + 1, LONG, f"Place {n}", n % 2, n // 2, n - 2.5) for n in range(6))
    return Tiles("No corner is free", "Each cell is a place.", "change, %", rows, two, 1, "%")


def by_area() -> ByArea:
    """Three measures in four areas; one area has no figure for one of them, and one measure is the same everywhere."""
    panels = (
        AreaPanel("Adults who smoke", "% of adults", (24.1, 18.9, None, 10.3), True, 15.8, 16.6),
        AreaPanel(LONG, "years", (80.3, 81.2, 82.2, 83.0), False, 81.9),
        AreaPanel("The same everywhere", "", (5.0, 5.0, 5.0, 5.0), True),
    )
    return ByArea("North is worst off", "A dot an area.", ("North", "West", LONG[:40], "South"), panels)


NASTY = (
    "<script>alert('x')</script>",
    'Tom & "Jerry"',
    "שלום עולם תוכנית",
    "مستشفى",
    "👩‍⚕️ nurses 🏥",
    "x" * 120,
    "病院と介護",
    "a\x00b\u202ec",
    " ",
)


def nasty() -> tuple[Picture, ...]:
    """Every kind of picture with labels nobody would write on purpose."""
    text = NASTY
    steps = (Step(text[0], 5, "total"), *(Step(words, -0.5, "helps") for words in text), Step(text[5], 0.5, "result"))
    line = tuple(
        YearLine(words, (1.0, 2.0), kind) for words, kind in zip(text[:3], ("hoped", "found", "nothing"), strict=True)
    )
    panel = YearPanel(text[5], text[1], line, True, False)  # type: ignore[arg-type]
    return (
        Bridge(text[0], text[1], text[2], steps, ends=(text[5], text[3])),
        Years(text[0], text[1], (panel, panel), (text[0], text[4])),
        Positions(text[0], text[1], text[5], tuple(PositionRow(words, 1.0, words) for words in text), 9.0, 0.0),
        BedBridge(text[0], text[1], steps, tuple(ClosingRow(w, 30, "claimed", w) for w in text), ward=28),
        JCurve(text[0], text[1], text[2], (text[3], text[4]), tuple(Curve(words, (-1.0, 1.0)) for words in text)),
        AgePyramid(text[0], text[1], text, (5.0,) * 9, (6.0,) * 9, text[0], text[5]),
        WhoPaysWhom(
            text[0], text[1], text[2], text, text, tuple(Flow(words, words, 2.0) for words in text), (text[0],)
        ),
        ShareBars(
            text[0],
            text[1],
            tuple(ShareRow(words, (Share(words, 1, "adds"), Share(text[1], 1, "quiet"))) for words in text),
        ),
        Points(
            text[0], text[1], text[5], tuple(PointRow(words, 5, 1, 9, "claim", words) for words in text), text[0][:2]
        ),
        ByArea(
            text[0],
            text[1],
            text,
            (AreaPanel(text[5], text[1], tuple(map(float, range(len(text)))), True, 2.0, 3.0),),
            text[5],
        ),
        Map(
            text[0],
            text[1],
            text[5],
            tuple(Area(n, words, (((n, 0), (n + 1, 0), (n, 1)),), (n, 0.5), n) for n, words in enumerate(text)),
            Classes((2, 5), text[:3]),
            near=(1, 2),
            near_name=text[5],
        ),
        Tiles(
            text[0],
            text[1],
            text[5],
            tuple(Tile(n, words, words, n % 3, n // 3, n) for n, words in enumerate(text)),
            Classes((2, 5), text[:3]),
        ),
    )


def typical() -> tuple[Picture, ...]:
    """Every kind of picture, ordinary and hard, as a place would meet it."""
    return (
        bridge(),
        crossing_bridge(),
        long_bridge(),
        negative_bridge(),
        years(),
        hard_years(),
        one_year(),
        positions(),
        all_ahead(),
        beds(),
        many_beds(),
        jcurve(),
        jcurve(24),
        pyramid(),
        flows(),
        many_flows(),
        shares(),
        points(),
        hard_points(),
        map_of_areas(),
        tiles(),
        full_tiles(),
        by_area(),
    )

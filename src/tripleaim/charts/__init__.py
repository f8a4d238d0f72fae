"""Small server-made pictures: each says what it found, how to read it, and knows its table."""

from tripleaim.charts.agreed import AgreementRow, BeforeAfter
from tripleaim.charts.bearing import BearingRow, WhoBears
from tripleaim.charts.beds import BedBridge, ClosingKind, ClosingRow
from tripleaim.charts.bridge import Bridge
from tripleaim.charts.chances import ChanceLine, Chances
from tripleaim.charts.colours import colour, contrast, stylesheet
from tripleaim.charts.draw import Mark, Picture
from tripleaim.charts.fan import Fan
from tripleaim.charts.figure import figure
from tripleaim.charts.flows import Flow, WhoPaysWhom
from tripleaim.charts.frontier import Candidate, Frontier
from tripleaim.charts.jcurve import Curve, JCurve, breaks_even
from tripleaim.charts.leaving import Group, Leaving
from tripleaim.charts.lines import LineKind
from tripleaim.charts.measure import Measure, percent, pressure
from tripleaim.charts.pairs import BreakEvenMap, PairAxis
from tripleaim.charts.payback import BandedCurve, PaybackBands
from tripleaim.charts.payoffs import PayoffMatrix, PayoffRow
from tripleaim.charts.points import PointKind, PointRow, Points
from tripleaim.charts.positions import PositionRow, Positions
from tripleaim.charts.pyramid import AgePyramid
from tripleaim.charts.regret import RegretCell, RegretRow, RegretTable
from tripleaim.charts.scenario import KeptRange, ScenarioBox, ScenarioBoxes
from tripleaim.charts.shares import Share, ShareBars, ShareRow
from tripleaim.charts.stability import FormRow, Stability
from tripleaim.charts.starts import LeftOut, LimitUse, StartRow, StartYears
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.tornado import TornadoBars, TornadoRow
from tripleaim.charts.transfers import Transfer, Transfers
from tripleaim.charts.triangles import ValueRow, ValueTriangles
from tripleaim.charts.walk import Kind, Step
from tripleaim.charts.wordmark import wordmark_svg
from tripleaim.charts.years import YearLine, YearPanel, Years

__all__ = [
    "AgePyramid",
    "AgreementRow",
    "BandedCurve",
    "BearingRow",
    "BedBridge",
    "BeforeAfter",
    "BreakEvenMap",
    "Bridge",
    "Candidate",
    "Cell",
    "ChanceLine",
    "Chances",
    "ClosingKind",
    "ClosingRow",
    "Curve",
    "Fan",
    "Flow",
    "FormRow",
    "Frontier",
    "Group",
    "JCurve",
    "KeptRange",
    "Kind",
    "Leaving",
    "LeftOut",
    "LimitUse",
    "LineKind",
    "Mark",
    "Measure",
    "PairAxis",
    "PaybackBands",
    "PayoffMatrix",
    "PayoffRow",
    "Picture",
    "PointKind",
    "PointRow",
    "Points",
    "PositionRow",
    "Positions",
    "RegretCell",
    "RegretRow",
    "RegretTable",
    "ScenarioBox",
    "ScenarioBoxes",
    "Share",
    "ShareBars",
    "ShareRow",
    "Stability",
    "StartRow",
    "StartYears",
    "Step",
    "Table",
    "TornadoBars",
    "TornadoRow",
    "Transfer",
    "Transfers",
    "ValueRow",
    "ValueTriangles",
    "WhoBears",
    "WhoPaysWhom",
    "YearLine",
    "YearPanel",
    "Years",
    "breaks_even",
    "colour",
    "contrast",
    "figure",
    "percent",
    "pressure",
    "stylesheet",
    "wordmark_svg",
]

"""Small server-made pictures: each says what it found, how to read it, and knows its table."""

from tripleaim.charts.beds import BedBridge, ClosingKind, ClosingRow
from tripleaim.charts.bridge import Bridge
from tripleaim.charts.colours import colour, contrast, stylesheet
from tripleaim.charts.draw import Mark, Picture
from tripleaim.charts.figure import figure
from tripleaim.charts.flows import Flow, WhoPaysWhom
from tripleaim.charts.jcurve import Curve, JCurve, breaks_even
from tripleaim.charts.points import PointKind, PointRow, Points
from tripleaim.charts.positions import PositionRow, Positions
from tripleaim.charts.pyramid import AgePyramid
from tripleaim.charts.shares import Share, ShareBars, ShareRow
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.walk import Kind, Step
from tripleaim.charts.wordmark import wordmark_svg
from tripleaim.charts.years import LineKind, YearLine, YearPanel, Years

__all__ = [
    "AgePyramid",
    "BedBridge",
    "Bridge",
    "Cell",
    "ClosingKind",
    "ClosingRow",
    "Curve",
    "Flow",
    "JCurve",
    "Kind",
    "LineKind",
    "Mark",
    "Picture",
    "PointKind",
    "PointRow",
    "Points",
    "PositionRow",
    "Positions",
    "Share",
    "ShareBars",
    "ShareRow",
    "Step",
    "Table",
    "WhoPaysWhom",
    "YearLine",
    "YearPanel",
    "Years",
    "breaks_even",
    "colour",
    "contrast",
    "figure",
    "stylesheet",
    "wordmark_svg",
]

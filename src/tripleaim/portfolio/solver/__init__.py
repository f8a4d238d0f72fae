"""The choice of some options out of many, under limits: a kernel of its own, which knows nothing of health care.

Options are names, each taken or left. Solved as mixed-integer linear programs by HiGHS, through scipy.
"""

from tripleaim.portfolio.solver.aim import Aim, Outlook
from tripleaim.portfolio.solver.best import best
from tripleaim.portfolio.solver.conflict import Conflict, conflict
from tripleaim.portfolio.solver.found import Effort, Found, NothingFits
from tripleaim.portfolio.solver.frontier import Frontier, Point, frontier
from tripleaim.portfolio.solver.menu import Menu, broken, check, worth, worths
from tripleaim.portfolio.solver.rules import Exclusion, Floor, Need, Rule
from tripleaim.portfolio.solver.steadiest import mean_of_worst, steadiest
from tripleaim.portfolio.solver.surest import surest

__all__ = [
    "Aim",
    "Conflict",
    "Effort",
    "Exclusion",
    "Floor",
    "Found",
    "Frontier",
    "Menu",
    "Need",
    "NothingFits",
    "Outlook",
    "Point",
    "Rule",
    "best",
    "broken",
    "check",
    "conflict",
    "frontier",
    "mean_of_worst",
    "steadiest",
    "surest",
    "worth",
    "worths",
]

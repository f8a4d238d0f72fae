"""The one figure that is asked about: whose shortfall, of which year, in which case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.errors import Impossible
from tripleaim.plan import Plan
from tripleaim.projection.axes import axes
from tripleaim.projection.basis import is_pressure
from tripleaim.projection.gaps import CASES
from tripleaim.projection.run import SCOPES
from tripleaim.stress.headlines import ORGANISATION, SHORT, Output

SCOPE_NAMES = {"nhs": "the health service of the place", "council": "the councils of the place", "both": "the place"}
CASE_NAMES = {"do_nothing": "if nothing changes", "hoped": "as hoped", "resourced": "with what is found"}


@dataclass(frozen=True, kw_only=True)
class Question:
    """A shortfall, or a pressure above the opening year where the plan tells no gap. GBP, cash; positive = short."""

    output: Output
    """What every draw answers with."""
    who: str
    """Whose shortfall it is, as in a sentence."""
    is_pressure: bool
    """True where the figure is the pressure above the opening year, which has no balance."""
    opening: str
    """The opening year."""

    @property
    def when(self) -> str:
        """Year and case, as in a sentence.

        >>> output = Output(case="hoped", measure="short", who="both", year="2020/21")
        >>> Question(output=output, who="the place", is_pressure=False, opening="2015/16").when
        '2020/21 as hoped'
        """
        return f"{self.output.year} {CASE_NAMES[self.output.case]}"


def question(plan: Plan, who: str = "both", year: str | None = None, case: str = "hoped") -> Question:
    """What is asked of a plan: the shortfall of the whole place in its last year as hoped, unless said otherwise.

    who    : nhs, council or both, or the key of an organisation, whose figure then has one-off money in it
    year   : a year of the plan
    case   : do_nothing, hoped or resourced
    raises : Impossible for anybody, any year or any case that the plan does not have
    """
    names = axes(plan)
    members = names.nodes[: names.members]
    asked = year or plan.years[-1]
    _one_of("organisation", who, (*SCOPES, *members))
    _one_of("year", asked, plan.years)
    _one_of("case", case, tuple(CASES))
    called = SCOPE_NAMES | {body.key: body.name for body in plan.organisations}
    measure = SHORT if who in SCOPES else ORGANISATION
    return Question(
        output=Output(case=case, measure=measure, who=who, year=asked),
        who=called[who],
        is_pressure=is_pressure(plan, names),
        opening=plan.opening_year,
    )


def _one_of(what: str, found: str, known: Sequence[str]) -> None:
    if found not in known:
        raise Impossible(f"The plan has no {what} {found}; it has {', '.join(known)}.")

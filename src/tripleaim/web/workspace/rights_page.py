"""The page docs/workspace/rights.md, made from the table of rights: who may do what."""

from __future__ import annotations

from collections.abc import Iterator

from tripleaim.web.workspace.models import Role
from tripleaim.web.workspace.rights import ACTS, Act

BEFORE = """\
# Who may do what

Made by `python -m tripleaim.web rights` from the one module that decides, `src/tripleaim/web/workspace/rights.py`.
Change it there, and write this page again; a test holds the two together, and others try every cell.

People belong to an organisation of a place, in a role. Rights go by the role alone: a council, a hospital, a
commissioner and a voluntary body have the same from the first day. Who belongs to no organisation of a place does not
learn that the place is there.

**yes** is: for everything in the place. **own** is: for what their own organisation holds. A number leads to what else
has to hold, or is enough.

"""
AFTER = """
Who keeps the workspace (`tripleaim serve` prints their link) opens places and may convene them. By that alone they see
no plan. Nobody sees another's own answer on how sure they are of a scheme: the middle is shown once five have answered.
"""


def rights_page() -> str:
    """The page, whole."""
    noted = [act for act in ACTS if act.unless]
    notes = {act.name: number for number, act in enumerate(noted, 1)}
    lines = [
        f"| | {' | '.join(role.label for role in Role)} |",
        f"|---|{'|'.join([':-:'] * len(Role))}|",
        *(_row(act, notes.get(act.name)) for act in ACTS),
        "",
        *(f"{number}. {act.words}: {act.unless}." for number, act in enumerate(noted, 1)),
    ]
    return BEFORE + "\n".join(lines) + "\n" + AFTER


def _row(act: Act, note: int | None) -> str:
    number = f" ({note})" if note else ""
    return f"| {act.words}{number} | {' | '.join(_cells(act))} |"


def _cells(act: Act) -> Iterator[str]:
    for role in Role:
        yield ("own" if act.own else "yes") if role.value in act.roles else "–"

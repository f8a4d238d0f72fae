"""Registers the pages of docs/tables show below a table: what the model knows of its rows before any plan is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tripleaim.plan.assumptions import CHOOSING, KNOWN, WIDE, Known
from tripleaim.plan.choice_limit import LIMITS
from tripleaim.plan.payment_proposal import OWN_RATES

Rows = Sequence[Sequence[str]]


def registers(table: str) -> tuple[tuple[str, Rows], ...]:
    """Sentence and rows, the heading first, of every register that belongs to a table; none for most."""
    return _REGISTERS[table]() if table in _REGISTERS else ()


def _assumptions() -> tuple[tuple[str, Rows], ...]:
    return (
        ("What every run uses. A row with the same key replaces the model's own value.", _known(KNOWN)),
        ("What a stress test moves beside it.", _known(WIDE)),
        ("What choosing schemes and sharing gains use; no run and no stress test does.", _known(CHOOSING)),
    )


def _known(register: tuple[Known, ...]) -> Rows:
    rows = [[f"`{each.key}`", each.name, _default(each), each.unit, each.rests_on] for each in register]
    return [["key", "what it is", "default", "unit", "rests on"], *rows]


def _default(known: Known) -> str:
    value = known.default
    point = f"{value.point:,.10g}"
    return point if value.is_certain else f"{point} ({value.low:,.10g} to {value.high:,.10g})"


def _limits() -> tuple[tuple[str, Rows], ...]:
    rows = [
        [
            f"`{kind.value}`",
            form.bound.value,
            form.unit,
            form.of.value,
            "each year, or the one it names" if form.by_year else "the last year",
        ]
        for kind, form in LIMITS.items()
    ]
    return (("How each kind is read.", [["kind", "the amount is", "unit", "`of` names", "holds in"], *rows]),)


def _rates() -> tuple[tuple[str, Rows], ...]:
    rows = [[f"`{form.value}`", rate.meaning, f"{rate.default:g}", rate.rests_on] for form, rate in OWN_RATES.items()]
    return (("Forms with a rate of their own.", [["form", "its rate", "if empty", "rests on"], *rows]),)


_REGISTERS: dict[str, Callable[[], tuple[tuple[str, Rows], ...]]] = {
    "assumptions": _assumptions,
    "choice_limits": _limits,
    "payment_proposals": _rates,
}

"""The uncertain inputs of a plan: every range with the shape it is drawn from and the drivers that move it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tripleaim.errors import PlanProblems, Problem
from tripleaim.plan import Plan, sort_rows
from tripleaim.plan.uncertainty import Family, Shape
from tripleaim.stress.drivers import Driver, nothing_fits, pulls
from tripleaim.stress.families import ImpossibleFamily, Spread
from tripleaim.stress.judgements import joined
from tripleaim.stress.ranges import NamedRange, fits, named_ranges
from tripleaim.stress.uncertainty import Uncertainty


def uncertainties(plan: Plan) -> tuple[Uncertainty, ...]:
    """Every judgement of a plan that has width, and the model-wide ones, in order of name.

    raises : PlanProblems with every range out of order or out of bounds, every shape that is impossible, every row of
             drivers.csv and shapes.csv that fits nothing, and drivers that cannot hold together
    """
    ranges = named_ranges(plan)
    problems = [*_out_of_bounds(ranges)]
    families, wrong = _families(plan, ranges)
    problems += wrong
    pulled, wrong_pulls = pulls(plan, [each.name for each in ranges])
    problems += wrong_pulls
    found = []
    for each in ranges:
        number, family = families.get(each.name, (None, Family.NORMAL))
        try:
            spread = Spread(family=family, range=each.range, at_least=each.at_least, at_most=each.at_most)
        except ImpossibleFamily as impossible:
            problems.append(_impossible(number, each, impossible))
            continue
        uncertain = Uncertainty(
            name=each.name,
            label=each.label,
            unit=each.unit,
            source=each.source,
            spread=spread,
            ranges=(each.name,),
            pulls=pulled[each.name],
        )
        found.append((each.subject, uncertain))
    if problems:
        raise PlanProblems(problems)
    return joined(found)


def independent(inputs: Iterable[Uncertainty]) -> tuple[Uncertainty, ...]:
    """The same inputs with every driver left out: a choice that narrows results, and that a result has to name."""
    return tuple(replace(each, pulls=()) for each in inputs)


def drivers_of(inputs: Iterable[Uncertainty]) -> tuple[Driver, ...]:
    """The drivers that move any of the inputs, in order of key."""
    found = {pull.driver.key: pull.driver for each in inputs for pull in each.pulls}
    return tuple(found[key] for key in sorted(found))


def correlation_in_words(inputs: Iterable[Uncertainty]) -> str:
    """One sentence for a result: which drivers move inputs together, or that none does."""
    inputs = tuple(inputs)
    moved = [{pull.driver for pull in each.pulls} for each in inputs]
    counts = {driver.name: sum(driver in own for own in moved) for driver in drivers_of(inputs)}
    if not counts:
        return "Every uncertain number is drawn on its own: what moves them together is left out."
    told = "; ".join(f"{name} ({count:,} of {len(inputs):,} uncertain numbers)" for name, count in counts.items())
    return f"Moved together by shared drivers: {told}."


def _families(plan: Plan, ranges: tuple[NamedRange, ...]) -> tuple[dict[str, tuple[int, Family]], list[Problem]]:
    """Family of each input that shapes.csv speaks of, with its row; a row that names an input in full holds."""
    rows: tuple[Shape, ...] = sort_rows("shapes", plan.shapes)
    names = {each.name for each in ranges}
    found: dict[str, tuple[int, Family]] = {}
    problems: list[Problem] = []
    pairs: set[tuple[int, int]] = set()  # two patterns that meet are told once
    for exact in (False, True):
        for number, row in enumerate(rows, 2):
            if (row.inputs in names) is not exact:
                continue
            fitting = [name for name in sorted(names) if fits(row.inputs, name)]
            if not fitting:
                problems.append(nothing_fits("shapes.csv", number, row.inputs, names))
            for name in fitting:
                if name in found and not exact and (number, found[name][0]) not in pairs:
                    pairs.add((number, found[name][0]))
                    problems.append(_two_shapes(number, found[name][0], row.inputs, name))
                found[name] = (number, row.family)
    return found, problems


def _two_shapes(row: int, other: int, pattern: str, name: str) -> Problem:
    return Problem(
        file="shapes.csv",
        row=row,
        field="inputs",
        found=f"{pattern}, which fits {name} as row {other} does",
        expected="one shape for each input, or a row that names it in full",
        to_fix="narrow one of the two patterns, or add a row for this input alone",
    )


def _impossible(row: int | None, each: NamedRange, impossible: ImpossibleFamily) -> Problem:
    return Problem(
        file="shapes.csv",
        row=row,
        field="family",
        found=f"{each.name}: {each.range.point:g} ({each.range.low:g} to {each.range.high:g})",
        expected=str(impossible),
        to_fix="write normal, which any range can be, or change the range",
    )


def _out_of_bounds(ranges: Iterable[NamedRange]) -> list[Problem]:
    return [
        Problem(
            file=each.file,
            row=each.row,
            field=each.field,
            found=f"{each.range.low:g} to {each.range.high:g}",
            expected=f"{each.at_least:g} to {each.at_most:g} ({each.unit})",
            to_fix="check the figure and its unit",
        )
        for each in ranges
        if each.range.low < each.at_least or each.range.high > each.at_most
    ]

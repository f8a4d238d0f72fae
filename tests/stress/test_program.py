"""A recorded program answers what NumPy answers: the same steps, cut into tiles, in fewer registers."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.stress.program import codes, writing
from tripleaim.stress.program import compiled as compiled_form
from tripleaim.stress.program.codes import TILE
from tripleaim.stress.program.compiled import compiled
from tripleaim.stress.program.recording import ROOM, Recording
from tripleaim.stress.program.tiles import run_program
from tripleaim.stress.program.traced import CannotRecord, Traced, lines_of

Model = Callable[[Any], Any]


def answers(model: Model, inputs: np.ndarray) -> np.ndarray:
    """What the recorded form of a model answers: (input, draw) → (output, draw)."""
    recording = Recording()
    unknown = Traced(recording, recording.inputs(len(inputs)))
    outputs = lines_of(recording, model(unknown)).reshape(-1)
    return run_program(compiled(recording, outputs), inputs)


def by_numpy(model: Model, inputs: np.ndarray) -> np.ndarray:
    """What NumPy answers, one draw at a time."""
    return np.stack([np.asarray(model(draw)).reshape(-1) for draw in inputs.T], axis=1)


def place(x: Any) -> Any:
    return np.searchsorted(np.array([-1.0, 0.0, 0.5, 2.0]), x) * 1.0


def places_of_two_tables(x: Any) -> Any:
    """The shorter table is searched beyond its last entry too."""
    short, long = np.array([0.0, 1.0]), np.array([-1.0, 0.25, 0.25, 0.5, 3.0, np.inf])
    return np.stack([np.searchsorted(short, x) + np.searchsorted(long, x) * 10.0, np.searchsorted(short, 2 * x) * 1.0])


def filled(x: Any) -> Any:
    total = np.zeros_like(x, shape=(2, 3))
    total[0] = x
    total[1] += 2 * x[::-1]
    np.add.at(total, np.array([0, 0, 1]), np.stack([x, x + 1, x]))
    return total


MODELS: dict[str, Model] = {
    "sums": lambda x: x + x[::-1] - 3.0 + (7.0 - x) + (-x),
    "products": lambda x: x * x[::-1] * 0.5 / (1.5 + x * x) / 3.0 + 2.0 / (4.0 + x * x),
    "powers": lambda x: x**3 + 0.9 ** np.maximum(x, 0.0) + np.power(1 + x, np.arange(3)),
    "steps": lambda x: np.floor(x / 0.3) + np.ceil(x[:1]) * (x > 0.2) + (x >= x[1]) * 2.0,
    "orders": lambda x: np.clip(x, -0.5, 0.75) + np.minimum(x, x[::-1]) + (x < 0.1) + (x >= 0.3) + (x == 0.5),
    "bounds": lambda x: (x <= 0.25) + (x >= 0.5) * 2.0 + (x < 1.0) * 4.0 + (x > -0.3) * 8.0 + (x <= x[::-1]) * 16.0,
    "choices": lambda x: np.where((x > 0) & ~(x > 1), np.exp(x), np.abs(x)),
    "divisions by nought": lambda x: np.divide(1.0, x, out=np.zeros_like(x), where=x > 0.25),
    "what is shaped": lambda x: np.concatenate(
        [np.stack([x, 2 * x]).sum(axis=0), x[None, :2].prod(axis=1), x.cumprod()]
    ),
    "what is filled": filled,
    "least and mean": lambda x: np.stack([x.min(axis=0), x.mean(axis=0), np.broadcast_to(x[1:2], (1,))[0]]),
    "places": place,
    "places of two tables": places_of_two_tables,
    "constants": lambda x: np.stack([np.ones_like(x) * 4.0, 0.0 * x, x - x, x / 1.0]),
    "the same again": lambda x: np.stack([x + x[::-1], x[::-1] + x]),
}


@pytest.mark.parametrize("name", MODELS)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), draws=st.sampled_from([1, 2, TILE - 1, TILE, TILE + 1]))
def test_a_recorded_program_answers_what_numpy_answers(name: str, seed: int, draws: int) -> None:
    inputs = np.random.default_rng(seed).choice([-2.0, -0.3, 0.0, 0.25, 0.5, 1.0, 2.5], size=(3, draws))
    with np.errstate(all="ignore"):
        expected = by_numpy(MODELS[name], inputs)
    assert answers(MODELS[name], inputs) == pytest.approx(expected, rel=1e-14, abs=1e-14)


@pytest.mark.parametrize(
    "model",
    [
        lambda x: np.maximum(x / x[0], x),
        lambda x: np.maximum(x, x / x[0]),
        lambda x: np.minimum(x / x[0], x),
        lambda x: np.minimum(x, x / x[0]),
        lambda x: np.clip(x / x[0], 0.25, 0.75),
        lambda x: np.where(x > 0, x / x[0], 7.0),
    ],
)
def test_what_is_no_number_is_never_taken_for_one(model: Model) -> None:
    inputs = np.array([[0.0, 1.0, np.inf], [0.0, 2.0, 1.0], [1.0, 1.0, 1.0]])
    with np.errstate(all="ignore"):
        assert np.array_equal(answers(model, inputs), by_numpy(model, inputs), equal_nan=True)


@pytest.mark.parametrize(
    "model",
    [
        lambda x: np.sin(x),
        lambda x: np.median(x),
        lambda x: x ** x[::-1],
        lambda x: x if x[0] > 0 else -x,
        lambda x: np.asarray(x) + 1,
        lambda x: np.add.reduce(x),
    ],
)
def test_what_cannot_be_recorded_is_refused(model: Model) -> None:
    with pytest.raises(CannotRecord):
        answers(model, np.ones((3, 2)))


def test_a_choice_may_hang_on_a_number_that_no_input_changes() -> None:
    def chosen(x: Any) -> Any:
        known = np.zeros_like(x[0]) + 3.0
        return x * float(known) if known > 2 else x

    assert answers(chosen, np.ones((3, 1))).tolist() == [[3.0]] * 3


def test_unknown_numbers_put_among_known_ones_are_refused() -> None:
    def lost(x: Any) -> Any:
        known = np.zeros(3)
        known[:] = x
        return known

    with pytest.raises((CannotRecord, TypeError, ValueError)):
        answers(lost, np.ones((3, 2)))


def test_nought_is_one_number_whatever_its_sign() -> None:
    recording = Recording()
    assert len(set(recording.constants([0.0, -0.0]).tolist())) == 1


def test_what_two_cases_share_and_what_no_draw_changes_is_worked_out_once() -> None:
    recording = Recording()
    x = Traced(recording, recording.inputs(1))
    shared = (x * 2.0 + 1.0) * (3.0 + np.exp(np.zeros(1)))
    both = np.stack([shared + 1.0, (2.0 * x + 1.0) * 4.0 + 1.0])
    program = compiled(recording, lines_of(recording, both).reshape(-1))
    assert program.operations == 4
    assert program.registers <= 3


@pytest.mark.parametrize("rows", [1, 3])
def test_values_of_more_or_fewer_inputs_than_the_program_has_are_our_mistake(rows: int) -> None:
    recording = Recording()
    x = Traced(recording, recording.inputs(2))
    program = compiled(recording, lines_of(recording, x))
    with pytest.raises(ValueError, match=f"values of {rows} inputs for a program of 2"):
        run_program(program, np.ones((rows, 5)))


def test_values_may_lie_in_memory_in_any_order() -> None:
    inputs = np.arange(12.0).reshape(4, 3)
    recording = Recording()
    program = compiled(recording, lines_of(recording, 2.0 * Traced(recording, recording.inputs(3))))
    machine_codes = len(codes.steps.signatures)
    for values in (inputs.T, np.asfortranarray(inputs.T), np.repeat(inputs.T, 2, axis=1)[:, ::2], inputs.T.astype(int)):
        assert run_program(program, values).tolist() == (2 * inputs.T).tolist()
    assert len(codes.steps.signatures) <= max(1, machine_codes)


def test_a_constant_that_several_answers_have_is_filled_in_once() -> None:
    recording = Recording()
    x = Traced(recording, recording.inputs(1))
    asked = np.concatenate([np.zeros_like(x), x * 2.0, np.zeros_like(x), x * 3.0, np.zeros_like(x)])
    program = compiled(recording, lines_of(recording, asked))
    assert (program.code == codes.FILL).sum() == 1
    assert run_program(program, np.array([[5.0, 6.0]])).tolist() == [[0, 0], [10, 12], [0, 0], [15, 18], [0, 0]]


MACHINE_CODE = [writing, codes, compiled_form]


@pytest.mark.parametrize("module", MACHINE_CODE, ids=lambda module: module.__name__.rsplit(".", 1)[-1])
def test_machine_code_reads_nothing_of_another_file(module: ModuleType) -> None:
    """numba makes it anew when its own file changes, and no other: old code would take a sum for a difference."""
    functions = [each.py_func for each in vars(module).values() if hasattr(each, "py_func")]
    brought = {
        name.asname or name.name
        for line in ast.parse(Path(str(module.__file__)).read_text()).body
        if isinstance(line, ast.ImportFrom) and str(line.module).startswith("tripleaim")
        for name in line.names
    }
    assert functions
    assert {each.__name__: sorted(brought & set(each.__code__.co_names)) for each in functions} == {
        each.__name__: [] for each in functions
    }


def test_a_recording_may_grow_and_finds_again_what_was_written_when_it_was_small() -> None:
    recording = Recording()
    x = Traced(recording, recording.inputs(1))
    factors = np.arange(2.0, 2.0 + 3 * ROOM)
    first = lines_of(recording, x * factors[:10])
    lines = lines_of(recording, x * factors)
    count = recording.count
    assert lines[:10].tolist() == first.tolist()
    assert lines_of(recording, factors * x).tolist() == lines.tolist()
    assert (recording.count, len(set(lines.tolist()))) == (count, 3 * ROOM)
    assert run_program(compiled(recording, lines), np.array([[2.0]]))[:, 0].tolist() == (2 * factors).tolist()


def test_constants_may_lie_in_memory_in_any_order() -> None:
    recording = Recording()
    values = np.arange(12.0).reshape(3, 4)
    fixed = values.copy()
    fixed.setflags(write=False)
    found = [recording.constants(each).tolist() for each in (values, fixed, np.asfortranarray(values), values[:, ::1])]
    assert found == [found[0]] * 4
    assert recording.constants(values[:, ::2]).tolist() == np.array(found[0])[:, ::2].tolist()
    assert len(writing.write_constants.signatures) == 1


ADDS = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from tripleaim.stress.program.machine import is_kept, machine_code

@machine_code
def add(a, b):
    return a + b

print(add(40, 2), add(0.5, 0.25), is_kept(), sum(add.stats.cache_hits.values()))
"""


def added(script: Path, most: int = 10**9) -> str:
    """Two sums, whether machine code is kept, and how often kept code was at hand; files have so many bytes at most."""
    environment = os.environ | {"NUMBA_CACHE_DIR": str(script.parent / "kept")}
    asked = [sys.executable, "-B", str(script), str(most)]
    done = subprocess.run(asked, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_machine_code_that_cannot_be_written_or_is_damaged_costs_time_and_nothing_else(tmp_path: Path) -> None:
    script = tmp_path / "adds.py"
    script.write_text(ADDS)
    assert added(script, most=100) == "42 0.75 False 0"
    assert added(script) == "42 0.75 True 0"
    assert added(script) == "42 0.75 True 2"
    for damaged in ("*.nbi", "*.nbc"):
        for file in (tmp_path / "kept").rglob(damaged):
            file.write_bytes(file.read_bytes()[:50])
        assert added(script) == "42 0.75 True 0"
        assert added(script) == "42 0.75 True 2"

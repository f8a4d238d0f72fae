"""What a recording says of arrays that are empty, and of numbers that may or may not be nought."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.stress.program.recording import Recording
from tripleaim.stress.program.traced import Traced


@pytest.fixture
def recording() -> Recording:
    return Recording()


@pytest.fixture
def unknown(recording: Recording) -> Traced:
    return Traced(recording, recording.inputs(3))


def values(of: Traced) -> list[float]:
    """Numbers that no input changes."""
    assert of.recording.is_constant(of.lines).all()
    return of.recording.values(of.lines).tolist()


def test_what_is_put_together_of_nothing_is_what_changes_nothing(unknown: Traced) -> None:
    """The sum of nothing is nought, its product one; the least of nothing is no bound at all."""
    nothing = unknown[:0].reshape(0, 1)
    assert values(nothing.sum(axis=0)) == [0.0]
    assert values(nothing.prod(axis=0)) == [1.0]
    assert values(nothing.min(axis=0)) == [np.inf]


def test_any_is_false_only_where_all_is_known_to_be_nought(recording: Recording, unknown: Traced) -> None:
    nought, one = (Traced(recording, recording.constants(np.array(each))) for each in ([0.0, 0.0], [0.0, 1.0]))
    assert not nought.any()
    assert one.any()
    assert unknown.any()
    assert np.concatenate([nought, unknown]).any()


def test_all_is_true_only_where_all_is_known_and_not_nought(recording: Recording, unknown: Traced) -> None:
    ones, one = (Traced(recording, recording.constants(np.array(each))) for each in ([1.0, 2.0], [0.0, 1.0]))
    assert ones.all()
    assert not one.all()
    assert not unknown.all()
    assert not np.concatenate([ones, unknown]).all()

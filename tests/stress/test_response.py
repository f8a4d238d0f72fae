"""What is asked of a model's answer before any statistic is made of it."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.stress.response import finite_table, respond


def test_one_output_is_a_table_of_one_row() -> None:
    assert respond(lambda x: x.sum(axis=0), np.ones((3, 5))).shape == (1, 5)


def test_a_model_that_hands_back_its_inputs_shares_no_memory_with_them() -> None:
    inputs = np.ones((3, 5))
    assert not np.shares_memory(respond(lambda x: x, inputs), inputs)


def test_an_answer_with_other_draws_is_refused() -> None:
    with pytest.raises(ValueError, match="expected"):
        respond(lambda x: x[:, :2], np.ones((3, 5)))


def test_an_answer_that_is_no_number_is_refused_by_output_and_draw() -> None:
    with pytest.raises(ValueError, match="output 0 of draw 1 is nan"):
        respond(lambda x: np.where(x[0] > 1, np.nan, x[0]), np.array([[1.0, 2.0]]))


def test_a_table_with_a_missing_number_is_refused_by_row_and_column() -> None:
    with pytest.raises(ValueError, match="draws: row 1, column 0 is nan"):
        finite_table("draws", np.array([[1.0], [np.nan]]))

"""Columns of text become numbers exactly where every cell is written as one."""

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.tables.columns import as_column

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?([eE][+-]?[0-9]+)?")

CELLS = st.lists(
    st.none()
    | st.sampled_from(["True", "False", "true", "1\n", "0", "-0", "01", "1.", ".5", "1e5", "+1"])
    | st.integers().map(str)
    | st.floats(allow_nan=False, allow_infinity=False).map(repr)
    | st.text("0123456789.eE+-", min_size=1, max_size=6)
    | st.text("١٢a ", min_size=1, max_size=3),
    max_size=5,
)


def column(cells):
    return as_column(pa.array(cells, pa.large_string()), text=False)


def one_by_one(cells):
    """Type a column cell by cell in Python."""
    there = [cell for cell in cells if cell is not None]
    if not there:
        return None
    whole = len(there) == len(cells)
    if whole and set(there) <= {"True", "False"}:
        return np.array([cell == "True" for cell in cells])
    if not all(NUMBER.fullmatch(cell) for cell in there):
        return None
    if whole and all(cell.lstrip("-").isdigit() for cell in there):
        return np.array([int(cell) for cell in cells])
    numbers = np.array([np.nan if cell is None else float(cell) for cell in cells])
    return None if np.isinf(numbers).any() else numbers


@given(CELLS)
def test_vectors_agree_with_cells(cells):
    typed, wanted = column(cells), one_by_one(cells)
    if wanted is None:
        assert typed.dtype == pd.Series(["a"]).dtype
        assert [None if pd.isna(cell) else cell for cell in typed] == cells
    else:
        assert typed.dtype == wanted.dtype
        np.testing.assert_array_equal(typed, wanted)


def test_a_late_word_keeps_a_long_column_text():
    assert column(["1"] * 5000 + ["x"]).iloc[-1] == "x"


@pytest.mark.parametrize("cell", ["1e400", "-1e999"])
def test_a_number_beyond_floats_stays_text(cell):
    assert column([cell]).tolist() == [cell]


def test_every_digit_of_a_float_counts():
    assert column(["0.1", "0.30000000000000004"]).tolist() == [0.1, 0.1 + 0.2]

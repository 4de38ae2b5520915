"""Columns of text become numbers exactly where every cell is written as one."""

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.tables.columns import as_column, as_values

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


# -- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "dtype", "kept"),
    [
        ([1, 2], "int64", [1, 2]),
        ([9007199254740993, None], "Int64", [9007199254740993, None]),
        ([float("nan"), 1765432109876543217], "Int64", [None, 1765432109876543217]),
        ([-(2**63), 2**63 - 1, None], "Int64", [-(2**63), 2**63 - 1, None]),
        ([True, False], "bool", [True, False]),
        ([None, True, False], "boolean", [None, True, False]),
        ([0.5, None], "float64", [0.5, None]),
        ([1, 0.5, None], "float64", [1.0, 0.5, None]),
        ([9007199254740993, 0.5], "object", [9007199254740993, 0.5]),
        ([10**400, 0.5], "object", [10**400, 0.5]),
        ([1, "a", None], "object", [1, "a", None]),
        ([1, True], "object", [1, True]),
        ([[1], None], "object", [[1], None]),
        ([None, None], "object", [None, None]),
    ],
)
def test_values_stay_what_they_are(values, dtype, kept):
    column = as_values(values)
    assert column.dtype == dtype
    cells = column.astype(object)
    cells = cells.where(column.notna(), None).tolist()
    assert cells == kept
    assert list(map(type, cells)) == list(map(type, kept))


@pytest.mark.parametrize("values", [[2**63, 1], [-(2**63) - 1, 1], [None, 2**64, 1]])
def test_whole_numbers_beyond_64_bits_are_text(values):
    column = as_values(values)
    assert column.dtype == pd.Series(["a"]).dtype
    cells = [None if pd.isna(cell) else cell for cell in column]
    assert cells == [None if value is None else str(value) for value in values]


@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), min_size=1))
def test_no_digit_of_a_whole_number_is_lost(values):
    assert [None if pd.isna(cell) else cell for cell in as_values(values)] == values

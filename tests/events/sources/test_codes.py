"""Columns of codes: cells as text, meanings, numbers."""

import numpy as np
import pandas as pd
import pytest

from geoevents.events.problems import Problems
from geoevents.events.sources.codes import as_names, as_numbers, decoded, distinct, spread
from geoevents.events.values import TEXT


def back(column):
    codes, cells = distinct(column)
    return [cells[code] if code >= 0 else None for code in codes]


@pytest.mark.parametrize("dtype", [object, TEXT, "category"])
def test_cells_of_text(dtype):
    column = pd.Series([" 1", "1.0", "a  b", "", None, "1.50", ".0", "x.0"], dtype=dtype)
    assert back(column) == ["1", "1", "a b", None, None, "1.50", ".0", "x.0"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([1, 2.0, np.nan, None], ["1", "2", None, None]),
        ([True, [1], {"a": 2}], ["True", "[1]", "{'a': 2}"]),
        ([float("inf"), 1e300], ["inf", str(int(1e300))]),
    ],
)
def test_cells_of_other_kinds(cells, expected):
    assert back(pd.Series(cells, dtype=object)) == expected


def test_typed_columns():
    assert back(pd.Series([1, 2])) == ["1", "2"]
    assert back(pd.Series([1, None], dtype="Int64")) == ["1", None]
    assert back(pd.Series([1.0, None])) == ["1", None]


def test_spread_keeps_text_text_and_numbers_numbers():
    index = pd.Index(["x", "y"])
    assert spread(["a"], np.array([-1, 0]), index).dtype == TEXT
    assert spread([1], np.array([-1, 0]), index).dtype == float
    assert spread([None, None], np.array([1, 0]), index).isna().all()
    assert spread([], np.array([-1, -1]), index).index.equals(index)


def test_a_word_in_place_of_a_code_without_meaning():
    problems = Problems(pd.RangeIndex(3))
    column = pd.Series(["1", "9", ""], name="c")
    found = decoded(column, {"1": "day"}, problems, "is none", stand_in="other")
    assert found.tolist()[:2] == ["day", "other"]
    assert pd.isna(found[2])
    assert problems.frame()["row"].tolist() == [1]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "2"], [1, 2]),
        (["1", "", None], [1, np.nan, np.nan]),
        (["-1.5", "2"], [-1.5, 2]),
        (["1", "007a"], ["1", "007a"]),
        ([None, None], [np.nan, np.nan]),
        ([], []),
    ],
)
def test_numbers_if_all_are(cells, expected):
    found = as_numbers(pd.Series(cells, dtype=object))
    pd.testing.assert_series_equal(
        found.astype(object), pd.Series(expected, dtype=object), check_dtype=False
    )


def test_names_stay_as_they_are_written():
    assert as_names(pd.Series(["007", "1.0"])).tolist() == ["007", "1.0"]
    assert as_names(pd.Series([9007199254740993])).tolist() == ["9007199254740993"]

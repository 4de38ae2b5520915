"""Problems: kept as arrays, shown as rows in the order of the table."""

import numpy as np
import pandas as pd
import pytest

from geoevents.events.problems import Problems, SchemaError

COLUMNS = ["file", "line", "row", "column", "value", "reason"]


def mask(*rows, of=4):
    return np.isin(np.arange(of), rows)


def test_none():
    problems = Problems(pd.RangeIndex(4))
    problems.add("a", mask(), None, "is bad")
    assert not problems
    assert not problems.of_table()
    assert problems.rows().tolist() == []
    frame = problems.frame()
    assert list(frame.columns) == COLUMNS
    assert len(frame) == 0
    assert frame["line"].dtype == "Int64"


def test_rows_are_in_the_order_of_the_table_then_of_finding():
    problems = Problems(pd.Index(list("wxyz")), "f.csv", np.array([2, 3, 7, 9]))
    problems.add("b", mask(3, 1), [10, 11, 12, 13], "is bad")
    problems.add("a", mask(1), pd.Series(["p", "q", "r", "s"], index=[5, 5, 5, 5]), "is worse")
    problems.add_table("c", "is missing")
    frame = problems.frame()
    assert frame.astype(object).where(frame.notna(), None).to_numpy().tolist() == [
        ["f.csv", None, None, "c", None, "is missing"],
        ["f.csv", 3, "x", "b", 11, "is bad"],
        ["f.csv", 3, "x", "a", "q", "is worse"],
        ["f.csv", 9, "z", "b", 13, "is bad"],
    ]
    assert problems.rows().tolist() == [1, 3]
    assert problems.of_table()
    assert problems


@pytest.mark.parametrize(
    "values",
    [
        [[1], [2], [3], [4]],
        np.array([1.5, 2.5, 3.5, 4.5]),
        pd.Series(["a", "b", "c", "d"]),
        pd.Series(pd.to_datetime(["2017-01-01"] * 4)),
        pd.Series([(1, 2), {"a": 1}, {3}, "x"], dtype=object),
    ],
)
def test_values_of_any_kind_are_shown_as_they_are(values):
    problems = Problems(pd.MultiIndex.from_product([["a", "b"], [1, 2]]))
    problems.add("a", mask(2, 3), values, "is bad")
    frame = problems.frame()
    assert frame["value"].tolist() == list(values)[2:]
    assert frame["row"].tolist() == [("b", 1), ("b", 2)]


def test_reasons_made_from_values_and_reasons_for_each():
    problems = Problems(pd.RangeIndex(4))
    problems.add("a", mask(0, 2), [1, 2, 3, 4], lambda value: f"is {value}")
    problems.add("b", mask(0), None, np.array(["first", None, None, None], dtype=object))
    assert problems.frame()["reason"].tolist() == ["is 1", "first", "is 3"]


def test_a_reason_is_made_only_when_it_is_shown():
    asked = []

    def reason(value):
        asked.append(value)
        return "is bad"

    problems = Problems(pd.RangeIndex(4))
    problems.add("a", mask(1), [1, 2, 3, 4], reason)
    assert problems
    assert problems.rows().tolist() == [1]
    assert asked == []
    problems.frame()
    assert asked == [2]


def test_what_is_changed_afterwards_does_not_change_the_problem():
    values = np.array([1, 2, 3, 4])
    problems = Problems(pd.RangeIndex(4))
    problems.add("a", mask(0), values, "is bad")
    values[0] = 7
    assert problems.frame()["value"].tolist() == [1]


def test_of_a_row_that_is_rejected_nothing_more_is_said():
    problems = Problems(pd.RangeIndex(4))
    problems.add("a", mask(1), None, "is bad")
    problems.reject({1: "has two cells", 2: "is broken"})
    problems.add("a", mask(1, 2, 3), None, "is bad")
    frame = problems.frame()
    assert frame["row"].tolist() == [1, 1, 2, 3]
    assert frame["reason"].tolist() == ["is bad", "has two cells", "is broken", "is bad"]
    assert frame["column"].isna().tolist() == [False, True, True, False]


def test_columns_are_shown_under_the_names_of_the_file():
    problems = Problems(pd.RangeIndex(4), "f.csv")
    problems.add("event_type", mask(0), None, "is the file's own")
    problems.rename({"start": "event_date", "event_type": "sub_event_type"})
    problems.add("start", mask(0), ["soon", "", "", ""], "is not a date")
    problems.add("actor", mask(0), None, "is missing")
    problems.add_table("event_type", "is missing")
    frame = problems.frame()
    assert frame["column"].tolist() == ["sub_event_type", "event_type", "event_date", "actor"]
    assert problems.name("start") == "event_date"
    assert problems.name("actor") == "actor"
    assert "row 0, column event_date: 'soon' is not a date" in str(SchemaError(frame))


def test_a_hundred_thousand_problems_make_no_rows_until_they_are_shown():
    count = 100_000
    problems = Problems(pd.RangeIndex(count), "f.csv")
    for name in "abc":
        problems.add(name, np.ones(count, dtype=bool), np.arange(count), "is bad")
    assert len(problems.rows()) == count
    frame = problems.frame()
    assert frame["column"].tolist() == list("abc") * count
    assert (frame["row"] == np.repeat(np.arange(count), 3)).all()
    assert (frame["value"] == frame["row"]).all()
    lines = str(SchemaError(frame)).splitlines()
    assert lines[0] == "f.csv: 300000 problems"
    assert len(lines) == 22
    assert lines[-1] == "  ... and 299980 more"

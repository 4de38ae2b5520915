"""JSON records: lists, the answers of APIs, one to a line."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.errors import GeoeventsError
from geoevents.tables import read_table

ROWS = [
    {"event_id_cnty": "SYR1", "fatalities": "0", "notes": "", "actor1": "قوات"},
    {"event_id_cnty": "SYR2", "fatalities": "3", "notes": "NA", "actor1": "B"},
]


@pytest.fixture
def file(tmp_path):
    def write(content, name="a.json"):
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.mark.parametrize(
    "content",
    [
        ROWS,
        {"status": 200, "success": True, "last_update": 1, "count": 2, "data": ROWS},
        {
            "status": 200,
            "success": True,
            "count": 2,
            "messages": [],
            "data": ROWS,
            "data_query_restrictions": {"date_recency": {"quantity": 12}},
        },
        {"TotalCount": 2, "NextPageUrl": "", "Result": ROWS},
        "\n\n".join(json.dumps(row) for row in ROWS) + "\n",
        "\ufeff" + "\r\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS),
    ],
)
def test_shapes_of_records(file, content):
    table = read_table(file(content))
    assert table.kind == "json"
    assert not table.broken
    assert table.frame.columns.tolist() == list(ROWS[0])
    assert table.frame["actor1"].tolist() == ["قوات", "B"]
    assert table.frame["fatalities"].tolist() == ["0", "3"]
    assert table.frame["notes"].isna().tolist() == [True, False]
    assert table.frame["notes"][1] == "NA"


def test_an_answer_without_rows(file):
    table = read_table(file({"status": 200, "success": True, "count": 0, "data": []}))
    assert table.frame.shape == (0, 0)


def test_types_and_gaps(file):
    frame = read_table(file([{"n": 1, "x": 0.5, "b": True}, {"n": 2, "t": "a", "b": False}])).frame
    assert frame.columns.tolist() == ["n", "x", "b", "t"]
    assert frame["n"].dtype == "int64"
    assert frame["b"].dtype == bool
    assert frame.isna().to_numpy().tolist() == [
        [False, False, False, True],
        [False, True, False] * 1 + [False],
    ]


def test_gaps_cost_no_digits(file):
    rows = [{"n": 1765432109876543217, "b": True}, {"n": None, "b": None}, {"n": 9007199254740993}]
    for content in (rows, "\n".join(map(json.dumps, rows))):
        frame = read_table(file(content)).frame
        assert frame.dtypes.astype(str).to_dict() == {"n": "Int64", "b": "boolean"}
        assert frame["n"].dropna().tolist() == [1765432109876543217, 9007199254740993]
        assert frame["n"].isna().tolist() == [False, True, False]
        assert frame["b"].isna().tolist() == [False, True, True]
        assert frame["b"][0] is np.True_


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"TotalCount": 5, "TotalPages": 3, "NextPageUrl": "https://x", "Result": ROWS},
         r"holds 2 of 5 records: the answer of an API that is one page of 3\. Get the others"),
        ({"TotalPages": "3", "Result": ROWS}, "holds 2 records: .* one page of 3"),
        ({"NextPageUrl": "https://x", "Result": ROWS}, "holds 2 records: .* one page of several"),
        ({"success": True, "count": 3, "data": ROWS}, "holds 2 of 3 records: .* page of several"),
        ({"count": 2, "total_count": 5000, "data": ROWS}, "holds 2 of 5000 records"),
        ({"count": "2", "total_count": "5000", "data": ROWS}, "holds 2 of 5000 records"),
    ],
)  # fmt: skip
def test_one_page_of_several_is_told(file, answer, said):
    with pytest.warns(UserWarning, match=said):
        assert len(read_table(file(answer)).frame) == 2


@pytest.mark.parametrize(
    "answer",
    [
        {"TotalCount": 2, "TotalPages": 1, "NextPageUrl": "", "Result": ROWS},
        {"TotalCount": None, "TotalPages": True, "NextPageUrl": None, "Result": ROWS},
        {"count": 0, "total_count": "many", "data": ROWS},
    ],
)
def test_a_whole_answer_is_not_warned_of(file, answer):
    assert len(read_table(file(answer)).frame) == 2  # warnings are errors here


def test_a_name_twice_in_an_object(file):
    path = file('[{"event_type": "protest", "a": {"b": 1, "b": 1}}]')
    with pytest.raises(GeoeventsError, match="an object has the name 'b' twice: which is meant"):
        read_table(path)
    table = read_table(file('{"a": 1}\n{"a": 2, "a": 3}\n{"a": 4}'))
    assert table.broken == {1: "is not JSON: an object has the name 'a' twice: which is meant?"}
    assert table.frame["a"].dropna().tolist() == [1, 4]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            {"status": 403, "success": False, "error": {"message": "Access denied"}},
            "a request that failed: 'Access denied'",
        ),
        ({"success": False, "data": [], "error": "no such user"}, "failed: 'no such user'"),
        ({"message": "x\u001b[31m" * 200}, "failed: "),
        ({"a": [{"b": 1}], "c": [{"d": 2}]}, r"which list is meant\? It has a, c"),
        ({"a": 1}, "it holds no list of records"),
        ([1, 2], "it is a list without named values"),
        ("[" * 200_000, "nested too deeply"),
        ('[{"a": ' + "1" * 5000 + "}]", "is not JSON"),
        ('[{"a": 1},\n{"b" 2}]', "line 2: is not JSON: expecting ':' delimiter"),
        ('{"a": 1}\n{"b" 2}'.replace('"a": 1', '"a" 1'), "line 1: is not JSON"),
        ('[{"a": "half \\ud800"}]', "half of a surrogate pair"),
        ('[{"half \\ud800": 1}]', "half of a surrogate pair"),
    ],
)
def test_what_holds_no_records(file, content, message):
    path = file(content)
    with pytest.raises(GeoeventsError, match=message) as error:
        read_table(path)
    assert str(error.value).startswith(f"{path}: ")
    assert "\x1b" not in str(error.value)
    assert len(str(error.value)) < 600


def test_both_halves_are_one_character(file):
    frame = read_table(file('[{"a": "\\ud83d\\uDDFA"}]')).frame
    assert frame["a"].tolist() == ["\U0001f5fa"]
    with pytest.raises(GeoeventsError, match="half of a surrogate pair"):
        read_table(file('{"a": "x"}\n{"a": "\\uDDFA"}'))


def test_bytes_that_are_not_utf8(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b'[{"a": "x"},\n{"a": "\xe9"}]')
    with pytest.raises(GeoeventsError, match="line 2: byte 0xe9 is not UTF-8"):
        read_table(path)


def test_lines_that_are_no_records_are_broken_rows(file):
    deep = "[" * 100_000
    table = read_table(file(f'{{"a": 1}}\n\n{{"a" 2}}\n[3]\n{deep}\n{{"a": 4}}\n'))
    assert table.frame["a"].dropna().tolist() == [1, 4]
    assert table.lines.tolist() == [1, 3, 4, 5, 6]
    assert list(table.broken) == [1, 3, 2]
    assert table.broken[1] == "is not JSON: expecting ':' delimiter"
    assert table.broken[2] == "is not a record with named values"


def test_records_with_nothing_in_common_are_not_a_table(file):
    with pytest.raises(GeoeventsError, match="9000 different names and little in common"):
        read_table(file([{f"k{at}": at} for at in range(9000)]))


def test_features_are_read_as_such(file):
    feature = {
        "type": "Feature",
        "properties": {"a": 1},
        "geometry": {"type": "Point", "coordinates": [1, 2]},
    }
    for content in (feature, [feature], f"{json.dumps(feature)}\n{json.dumps(feature)}"):
        table = read_table(file(content))
        assert table.kind == "geojson"
        assert table.frame.geometry.x.tolist()[0] == 1
    assert read_table(file([feature]), kind="json").kind == "geojson"


VALUES = st.none() | st.text(max_size=3) | st.integers() | st.floats() | st.booleans()
DOCUMENTS = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(st.lists(DOCUMENTS, max_size=4) | DOCUMENTS)
def test_any_json_is_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    try:
        table = read_table(path, kind=None)
    except GeoeventsError as error:
        assert str(error).startswith(f"{path}: ")  # noqa: PT017 -- the other outcome
        return
    assert isinstance(table.frame, pd.DataFrame)
    assert all(0 <= row < len(table.frame) for row in table.broken)

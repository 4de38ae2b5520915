# ruff: noqa: PD011 -- Delta and Text are not frames
import base64
import json
import struct
import zlib

import numpy as np
import pandas as pd
import pytest

from geoevents.maps.columns import MISSING_TIME, Delta, Text, column, indices, pack


def unpack(block):
    """Read a block as assets/columns.js does."""
    raw = zlib.decompress(base64.b64decode(block))
    (length,) = struct.unpack("<I", raw[:4])
    data = raw[4 + length :]
    kinds = {"u8": "u1", "u16": "<u2", "u32": "<u4", "i32": "<i4", "f32": "<f4", "f64": "<f8"}

    def read(node):
        if "$" not in node:
            return node
        if node["$"] == "text":
            text = data[node["at"] : node["at"] + node["bytes"]].decode()
            return text.split("\0") if node["n"] else []
        dtype = np.dtype(kinds[node["$"]])
        planes = np.frombuffer(data, np.uint8, node["n"] * dtype.itemsize, node["at"])
        values = planes.reshape(dtype.itemsize, -1).T.copy().view(dtype).ravel()
        return (np.cumsum(values) if node.get("delta") else values).tolist()

    return json.loads(raw[4 : 4 + length], object_hook=read)


@pytest.mark.parametrize("dtype", ["u1", "u2", "u4", "i4", "f4", "f8"])
def test_arrays_come_back(dtype):
    values = np.array([0, 1, 200, 7], dtype=dtype)
    assert unpack(pack({"v": values})) == {"v": values.tolist()}


def test_differences_come_back():
    values = np.array([4014084, -4014000, 0, 2**31 - 1], dtype=np.int32)
    assert unpack(pack({"v": Delta(values[:3])})) == {"v": values[:3].tolist()}


def test_plain_values_and_nesting_come_back():
    tree = {"a": [1, None, {"b": "</script>"}], "t": Text(["x", "", "\u2028", "د"])}
    assert unpack(pack(tree)) == {"a": [1, None, {"b": "</script>"}], "t": ["x", "", "\u2028", "د"]}


def test_empty_columns():
    empty = {"v": np.array([], dtype=np.int32), "t": Text([])}
    assert unpack(pack(empty)) == {"v": [], "t": []}


def test_text_that_utf8_or_the_separator_cannot_carry():
    block = unpack(pack({"t": Text(["a\0b", "\ud800", "plain", "😀"])}))
    assert block["t"] == ["a\ufffdb", "\ufffd", "plain", "😀"]


def test_no_character_can_leave_the_script_element():
    block = pack({"t": Text(["</script><script>alert(1)</script>", "<!--"])})
    assert set(block) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")


@pytest.mark.parametrize(
    ("count", "dtype"), [(0, "uint8"), (255, "uint8"), (256, "uint16"), (70_000, "uint32")]
)
def test_indices_take_the_narrowest_type(count, dtype):
    assert indices([0, count], count).dtype == dtype


def test_times_are_minutes_in_utc():
    start = pd.Series(pd.to_datetime(["1970-01-02", None, "1969-12-31 23:59"], format="ISO8601"))
    assert column(start)["values"].tolist() == [1440, MISSING_TIME, -1]
    zoned = pd.Series(pd.to_datetime(["1970-01-01 03:00"])).dt.tz_localize("Asia/Damascus")
    assert column(zoned)["values"].tolist() == [60]


def test_dates_beyond_what_minutes_hold_are_text():
    far = pd.Series(np.array(["9999-12-31", "NaT", "2017-09-16"], dtype="datetime64[s]"))
    encoded = column(far)
    assert encoded["kind"] == "text"
    assert list(encoded["values"].values) == ["9999-12-31", "", "2017-09-16"]
    assert column(far[1:])["kind"] == "time"


def test_repeated_text_becomes_a_dictionary():
    encoded = column(pd.Series(["b", "a", None, "b", "b", "b"]))
    assert encoded["values"].values == ["", "b", "a"]
    assert encoded["codes"].tolist() == [1, 2, 0, 1, 1, 1]


def test_distinct_text_is_sent_as_it_is():
    encoded = column(pd.Series(["a", "b", None], dtype=object))
    assert "codes" not in encoded
    assert encoded["values"].values == ["a", "b", ""]


@pytest.mark.parametrize("dtype", [object, "str", "category"])
def test_text_of_any_dtype(dtype):
    values = pd.Series(["x", None, "x", "x", "x"], dtype=dtype)
    assert column(values)["codes"].tolist() == [1, 0, 1, 1, 1]


def test_things_that_are_not_hashable_are_written_as_text():
    encoded = column(pd.Series([["a"], {"b": 1}, None]))
    assert encoded["values"].values == ["['a']", "{'b': 1}", ""]


def test_numbers_keep_seven_digits_or_all():
    assert column(pd.Series([1.5, None]))["values"].dtype == np.float32
    exact = column(pd.Series([123456789.123]))["values"]
    assert exact.tolist() == [123456789.123]
    assert column(pd.Series([1, None], dtype="Int64"))["values"][0] == 1


def test_booleans_are_words():
    assert column(pd.Series([True, False, True, True, True]))["kind"] == "text"

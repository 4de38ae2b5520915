"""Many names at once: the frame, its index, and names that speak for each other."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geoevents.errors import GeoeventsError
from geoevents.places import PlaceNotFound, geocode

COLUMNS = [
    "query", "name", "kind", "country", "admin1", "score", "uncertainty_m", "source", "feature_id",
    "alternatives", "ambiguous", "geometry",
]  # fmt: skip


def test_a_list_becomes_an_aligned_frame(little):
    frame = geocode(["Deir Ezzor", None, "White River", "nowhere at all"], gazetteer=little)
    assert isinstance(frame, gpd.GeoDataFrame)
    assert list(frame.columns) == COLUMNS
    assert frame.crs == "EPSG:4326"
    assert frame["feature_id"].tolist()[::2] == ["t:zor", "r:white"]
    assert frame["name"].isna().tolist() == [False, True, False, True]
    assert frame.geometry.isna().tolist() == [False, True, False, True]
    assert frame["score"].tolist()[1::2] == [0, 0]
    assert frame["query"].isna().tolist() == [False, True, False, False]
    assert frame.geometry.iloc[2].geom_type == "LineString"


@pytest.mark.parametrize(
    "names",
    [
        pd.Series(["Aland", np.nan, "Twin"], index=["x", "x", "y"]),
        pd.Series(["Aland", pd.NA, "Twin"], index=["x", "x", "y"], dtype="string"),
        pd.Series(["Aland", None, "Twin"], index=["x", "x", "y"], dtype="category"),
        pd.Series(["Aland", None, "Twin"], index=["x", "x", "y"], dtype=object),
    ],
)
def test_the_index_of_a_series_is_kept(little, names):
    frame = geocode(names, gazetteer=little)
    assert frame.index.equals(names.index)
    assert frame["name"].isna().tolist() == [False, True, False]


@pytest.mark.parametrize(
    "names", [[], (), np.array([], dtype=object), pd.Series([], dtype=object), iter([])]
)
def test_nothing_in_nothing_out(little, names):
    frame = geocode(names, gazetteer=little)
    full = geocode(["Aland"], gazetteer=little)
    assert frame.shape == (0, len(COLUMNS))
    assert frame.dtypes.equals(full.dtypes)
    assert frame.crs == "EPSG:4326"


def test_other_sequences(little):
    for names in (("Aland",), np.array(["Aland"]), pd.Index(["Aland"]), iter(["Aland"])):
        assert geocode(names, gazetteer=little)["feature_id"].tolist() == ["c:aa"]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["Aland", 5], r"row 1: a place name must be text: got int 5"),
        (pd.Series(["Aland", 2.5], index=[7, 9]), r"row 9: .* float 2.5"),
        (["Aland", ["Twin"]], r"row 1: .* list"),
        ([b"Aland"], r"row 0: .* bytes"),
        (5, "must be text, or a list"),
        (None, "must be text, or a list"),
        ({"a": "b"}, "got dict"),
        (pd.DataFrame({"a": ["b"]}), "not a frame"),
    ],
)
def test_what_is_no_text_is_named(little, names, message):
    with pytest.raises(GeoeventsError, match=message):
        geocode(names, gazetteer=little)


def test_names_asked_together_speak_for_each_other(little):
    west = geocode(["Metropolitana", "Twin"], gazetteer=little)
    assert west["feature_id"].tolist() == ["t:long", "t:twin2"]
    south = geocode(["Deir ez-Zor", "Raqqa", "Twin"], gazetteer=little)
    assert south["feature_id"].tolist() == ["t:zor", "t:raqqa", "t:twin1"]


def test_a_text_for_each_name(little):
    names = pd.Series(["Twin", "Twin", None, "Twin"], index=[5, 5, 6, 7])
    texts = ["Twin in Bland", "Twin in Aland", "Bland", None]
    frame = geocode(names, context=texts, gazetteer=little)
    assert frame.index.tolist() == [5, 5, 6, 7]
    assert frame["feature_id"].tolist()[:2] == ["t:twin2", "t:twin1"]
    assert frame["name"].isna().tolist() == [False, False, True, False]
    with pytest.raises(GeoeventsError, match="context has 1 texts for 2 names"):
        geocode(["Twin", "Twin"], context=["a"], gazetteer=little)
    with pytest.raises(GeoeventsError, match="context must be text"):
        geocode(["Twin"], context=[5], gazetteer=little)


def test_many_names_at_once_are_found_like_one(little):
    names = ["Aland", "Bland", "Deir Ezzor", "Rakka", "Metropolitanna", "White River", "zzzz"]
    one = []
    for name in names:
        try:
            one.append(geocode(name, gazetteer=little).id)
        except PlaceNotFound:
            one.append(None)
    many = names + [f"nothing {i}" for i in range(100)]
    frame = geocode(many, gazetteer=little)
    found = [value if isinstance(value, str) else None for value in frame["feature_id"]]
    assert found == one + [None] * 100

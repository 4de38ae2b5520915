"""Names made for events: a hash of their content, the same from one version to the next."""

import functools
import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point

from geoevents.events import identity
from geoevents.events.columns import COLUMNS
from geoevents.events.portions import portions
from geoevents.events.schema import validate

TEXTS = (
    st.none()
    | st.sampled_from(
        ["it's", 'say "so"', "both ' and \"", "a\nb", "a\\b", "عربي", "nan", "\u200b"]
    )
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
)
DEGREES = st.floats(-90, 90)
SHAPES = st.none() | st.builds(Point, DEGREES, DEGREES) | st.just(Point(1, 2, 3))
SHAPES |= st.just(LineString([(0, 0), (1, 1)]))


def expected(valid, row):
    """Spell the rule out: the hash of a row's description, as Python shows a tuple."""
    cells = []
    for column in COLUMNS:
        if column.by_attach or column.name == "event_id":
            continue
        value = valid[column.name].iloc[row]
        if column.kind == "geometry":
            value = None if value is None else shapely.to_wkb(value, hex=True, byte_order=1)
        elif column.kind == "date":
            value = str(np.datetime_as_string(valid[column.name].to_numpy()[row], unit="ms"))
        elif column.kind == "number":
            value = float(value)
        elif pd.isna(value):
            value = float("nan")
        cells.append(value)
    return "ev-" + hashlib.blake2b(repr(tuple(cells)).encode(), digest_size=8).hexdigest()


@given(
    st.lists(
        st.tuples(
            TEXTS,
            TEXTS,
            st.none() | st.sampled_from(["2017", "2017-09-16T04:30", "2019-02"]),
            st.sampled_from([np.nan, 0.0, -0.0, 0.1, 3, 1e300]),
            SHAPES,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_name_is_the_hash_of_the_content(rows):
    frame = pd.DataFrame(rows, columns=["actor", "quote", "start", "reported_area_km2", "geometry"])
    frame = frame.assign(event_type="siege", place="Raqqa")
    frame = gpd.GeoDataFrame(frame, geometry=frame["geometry"].tolist(), crs=4326)
    valid = validate(frame)
    wanted = [expected(valid, row) for row in range(len(rows))]
    # Of rows that say the same, all but the first have a number behind the hash.
    assert [name[: len("ev-0123456789abcdef")] for name in valid["event_id"]] == wanted


def test_names_made_by_the_first_version_stay():
    frame = pd.DataFrame(
        {
            "event_type": ["siege", "protest"],
            "actor": ["it's", None],
            "start": ["2017-09-16", None],
            "fatalities": [3, None],
            "lon": [40.5, None],
            "lat": [35.25, None],
            "place": ["Raqqa", "Homs"],
        }
    )
    assert validate(frame)["event_id"].tolist() == ["ev-68f238f92e467aa2", "ev-d4bad270b75ab15c"]


@pytest.mark.parametrize("vertices", [1, 4, 100])
def test_names_do_not_depend_on_how_many_are_made_at_once(monkeypatch, vertices):
    frame = pd.DataFrame(
        {
            "event_id": [None, "mine", None, None, "ev-x", None],
            "event_type": "siege",
            "place": list("abacda"),
            "lon": [1, 2, 1, None, 5, 1],
            "lat": [1, 2, 1, None, 5, 1],
        }
    )
    whole = validate(frame)["event_id"].tolist()
    monkeypatch.setattr(identity, "portions", functools.partial(portions, vertices=vertices))
    assert validate(frame)["event_id"].tolist() == whole
    assert [whole[1], whole[4]] == ["mine", "ev-x"]
    assert [whole[2], whole[5]] == [f"{whole[0]}-2", f"{whole[0]}-3"]


def test_a_hundred_thousand_rows_that_say_the_same_are_numbered():
    frame = pd.DataFrame({"event_type": ["siege"] * 100_000, "place": "Raqqa"})
    names = validate(frame)["event_id"]
    assert names.tolist() == [names[0], *(f"{names[0]}-{n}" for n in range(2, 100_001))]


def test_a_made_name_that_another_row_was_given_is_numbered():
    frame = pd.DataFrame({"event_type": ["siege"], "place": ["Raqqa"]})
    name = validate(frame)["event_id"][0]
    twice = pd.DataFrame({"event_id": [name, None], "event_type": "siege", "place": "Raqqa"})
    assert validate(twice)["event_id"].tolist() == [name, f"{name}-2"]

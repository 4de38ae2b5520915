"""The places of an extract of ACLED. All rows are invented."""

import pandas as pd
import pytest
from shapely import Point

from geoevents.errors import GeoeventsError
from geoevents.places import Gazetteer, geocode
from geoevents.places.frames import LeftOutWarning

COLUMNS = ["event_date", "country", "admin1", "location", "latitude", "longitude", "geo_precision"]
ROWS = [
    ("1 May 2023", "Syria", "Aleppo", "Tal Ahmar", 36.6, 38.1, 2),
    ("2 May 2023", "Syria", "Aleppo", "Tal Ahmar", 36.67, 38.12, 1),
    ("3 May 2023", "Syria", "Aleppo", "Tal Ahmar", 36.68, 38.13, 1),
    ("4 May 2023", "Syria", "Aleppo", "Tal Ahmar", 36.68, 38.13, 1),
    ("5 May 2023", "Syria", "Aleppo", "Tal Ahmar", 36.6, 38.1, 2),
    ("6 May 2023", "Syria", "Raqqa", "Tal Ahmar", 36.1, 39.1, 1),
    ("7 May 2023", "Syria", "Raqqa", "Raqqa Coast", 35.9, 39.0, 3),
    ("8 May 2023", "Iraq", "Ninewa", "Wardiya", 36.3, 41.9, 2),
]
EVENTS = pd.DataFrame(ROWS, columns=COLUMNS)


def places(frame, **options):
    gazetteer = Gazetteer.from_frame(frame, **options)
    return gazetteer.window((-180, -90, 180, 90)).set_index("id")


def test_each_place_is_there_once():
    found = places(EVENTS)
    assert set(found.index) == {
        "acled:Syria/Aleppo/Tal Ahmar", "acled:Syria/Raqqa/Tal Ahmar",
        "acled:Syria/Raqqa/Raqqa Coast", "acled:Iraq/Ninewa/Wardiya",
    }  # fmt: skip
    # The best precision is 1; there, 36.68 38.13 is twice.
    first = found.loc["acled:Syria/Aleppo/Tal Ahmar"]
    assert first["geometry"] == Point(38.13, 36.68)
    assert (first["kind"], first["uncertainty_m"]) == ("populated place", 5000)
    assert (first["country"], first["admin1"]) == ("SY", "Aleppo")
    near = found.loc["acled:Iraq/Ninewa/Wardiya"]
    assert (near["kind"], near["uncertainty_m"]) == ("populated place", 25_000)
    region = found.loc["acled:Syria/Raqqa/Raqqa Coast"]
    assert (region["kind"], region["uncertainty_m"]) == ("region", 150_000)


def test_of_positions_as_frequent_the_first_counts():
    found = places(EVENTS.iloc[[1, 2]])
    assert found.geometry.tolist() == [Point(38.12, 36.67)]


def test_districts_tell_namesakes_apart():
    frame = EVENTS.iloc[[1, 2]].assign(admin2=["Jarablus", "Manbij"])
    assert set(places(frame).index) == {
        "acled:Syria/Jarablus/Aleppo/Tal Ahmar", "acled:Syria/Manbij/Aleppo/Tal Ahmar",
    }  # fmt: skip


def test_a_file_is_known_by_its_columns(tmp_path):
    path = tmp_path / "acled.csv"
    EVENTS.rename(columns=str.upper).to_csv(path, sep=";", index=False)
    gazetteer = Gazetteer.from_file(path)
    assert len(gazetteer) == 4
    both = gazetteer + Gazetteer.embedded()
    assert geocode("Tal Ahmar", near=(39, 36), gazetteer=both).point == Point(39.1, 36.1)
    assert geocode("Tal Ahmar", near="Jarabulus", gazetteer=both).point == Point(38.13, 36.68)


def test_its_column_of_names_may_be_named_and_a_kind_given():
    found = places(EVENTS, name="location")
    assert found.index.tolist() == places(EVENTS).index.tolist()
    told = places(EVENTS, name="location", kind="facility")
    assert told["kind"].tolist() == ["facility"] * 4


@pytest.mark.parametrize("name", [None, "location", "admin1"])
def test_its_source_is_a_newspaper_not_where_the_place_comes_from(name):
    frame = EVENTS.assign(source="Zimran Daily")
    found = places(frame, name=name, kind="populated place", source="acled")
    assert set(found["source"]) == {"acled"}
    assert len(found) == (len(EVENTS) if name == "admin1" else 4)


def test_bad_rows_are_told_or_left_out():
    frame = EVENTS.astype(object)
    frame.loc[0, "geo_precision"] = 4
    frame.loc[1, "location"] = " "
    frame.loc[7, "latitude"] = "north"
    with pytest.raises(GeoeventsError, match="3 of 8 rows") as caught:
        places(frame)
    message = str(caught.value)
    assert "row 0: geo_precision is not 1, 2 or 3 (geo_precision=4)" in message
    assert "row 1: there is no location" in message
    assert "row 7: latitude is no number of degrees (latitude='north')" in message
    with pytest.warns(LeftOutWarning, match="3 of 8 rows are left out"):
        assert len(places(frame, errors="skip")) == 3


def test_metres_are_those_of_the_events():
    sources = pytest.importorskip("geoevents.events.sources.acled")
    from geoevents.places.extracts import UNCERTAINTY_M  # noqa: PLC0415 -- skipped without it

    assert {str(code): metres for code, metres in UNCERTAINTY_M.items()} == dict(
        sources.UNCERTAINTY_M
    )

"""Guessing columns: by name alone, never two claims for one column, contents only speak against."""

from collections import Counter

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

import geoevents as ge
from geoevents.events.columns import COLUMNS
from geoevents.events.sources import guessing
from geoevents.events.sources.guessing import doubts, folded, guess_columns
from geoevents.events.sources.vetoes import VETOES

FITTING = {
    "latitude": ["35.3", "36.0"],
    "longitude": ["40.1", "38.9"],
    "start": ["2017-09-16", "2017-09-17"],
    "end": ["2017-09-16", "2017-09-18"],
    "event_type": ["siege", "air strike"],
    "actor": ["SDF", "ISIS"],
    "target": ["ISIS", "SDF"],
    "locality": ["near Raqqa", "in Hajin"],
    "place": ["Raqqa", "Hajin"],
    "fatalities": ["3", "0"],
    "source": ["Radio", "Paper"],
    "quote": ["They came.", "They left."],
    "event_id": ["a1", "a2"],
    "uncertainty_m": ["100", "2000"],
}


def table(**columns):
    return pd.DataFrame(columns)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            ["Date", "Type", "Lat (WGS84)", "Lon (WGS84)", "Killed", "Notes", "ID"],
            ["start", "event_type", "latitude", "longitude", "fatalities", "quote", "event_id"],
        ),
        (
            ["Fecha", "Tipo", "Latitud", "Longitud", "Muertos", "Descripción", "Fuente"],
            ["start", "event_type", "latitude", "longitude", "fatalities", "quote", "source"],
        ),
        (
            ["Datum", "Ereignistyp", "Breitengrad", "Längengrad", "Tote", "Quelle", "Ort"],
            ["start", "event_type", "latitude", "longitude", "fatalities", "source", "locality"],
        ),
        (
            ["التاريخ", "النوع", "خط العرض", "خط الطول", "المصدر", "المكان", "ملاحظات"],
            ["start", "event_type", "latitude", "longitude", "source", "locality", "quote"],
        ),
        (["Дата", "Тип", "Широта", "Довгота"], ["start", "event_type", "latitude", "longitude"]),
        (
            ["eventDate", "decimalLatitude", "decimalLongitude", "coordinateUncertaintyInMeters"],
            ["start", "latitude", "longitude", "uncertainty_m"],
        ),
        (
            ["when", "kind of event", "by whom", "to whom", "where", "_gps_latitude"],
            ["start", "event_type", "actor", "target", "locality", None],
        ),
        (["start_date", "event_date", "day"], ["start", None, None]),
        (["description", "notes", "city", "url"], ["quote", None, "place", "source"]),
        (["type", "event"], ["event_type", None]),
        (["xcoord", "ycoord", "until"], ["longitude", "latitude", "end"]),
        (["year", "category"], ["start", "event_type"]),
        (["begin", "end", "date"], ["start", "end", None]),
        (["start_date", "begin"], ["start", None]),
    ],
)
def test_names(names, expected):
    wanted = {
        ours: theirs
        for theirs, ours in zip(names, expected, strict=True)
        if ours is not None and ours != theirs
    }
    frame = table(
        **{
            theirs: FITTING[ours] if ours else ["z", "y"]
            for theirs, ours in zip(names, expected, strict=True)
        }
    )
    assert guess_columns(frame, {}) == wanted


def test_what_has_its_name_already_is_not_guessed():
    frame = table(**FITTING)
    assert guess_columns(frame, {}) == {}
    spelt = frame.rename(columns={"event_type": "Event Type", "start": "START"})
    assert guess_columns(spelt, {}) == {}


@pytest.mark.parametrize(
    ("lon", "lat"), [("lon", "lat"), ("Lng", "Lat"), ("long", "lat"), ("x", "y")]
)
def test_pairs_that_are_read_anyway_are_not_guessed(lon, lat):
    frame = table(type=["siege"], **{lon: ["40"], lat: ["35"]})
    assert guess_columns(frame, {}) == {"event_type": "type"}


def test_a_table_written_for_us_keeps_its_other_columns():
    frame = table(
        event_type=["siege"], note=["a"], id=["7"], category=["b"], city=["c"], Datum=["2017-09-16"]
    )
    assert guess_columns(frame, {}) == {"start": "Datum"}


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><name>a</name>{said}<TimeSpan><begin>2017-09</begin><end>2017-10-02</end></TimeSpan>
<Point><coordinates>40,35</coordinates></Point></Placemark>
<Placemark><name>b</name>{said}<TimeStamp><when>2017-09-16</when></TimeStamp>
<Point><coordinates>40,35</coordinates></Point></Placemark>
<Placemark><name>c</name>{said}<Point><coordinates>40,35</coordinates></Point></Placemark>
</Document></kml>"""
OURS = '<ExtendedData><Data name="event_type"><value>siege</value></Data></ExtendedData>'


@pytest.mark.parametrize(("said", "types"), [("", "siege"), (OURS, None)])
def test_the_times_of_anyones_kml_are_the_dates(said, types, tmp_path):
    path = tmp_path / "a.kml"
    path.write_text(KML.format(said=said))
    with pytest.warns(UserWarning, match="start from 'begin'"):
        events = ge.read_events(path, types=types)
    assert [str(day)[:10] for day in events["start"]] == ["2017-09-01", "2017-09-16", "NaT"]
    assert [str(day)[:10] for day in events["end"]] == ["2017-10-02", "NaT", "NaT"]
    assert events["date_precision"].tolist() == ["month", "day", "unknown"]
    assert events.attrs["read"]["columns"]["start"] == "begin"


def test_a_start_of_its_own_counts_before_the_times_of_a_kml():
    frame = table(event_type=["siege"], start=["2017-09-16"], begin=["2017"])
    assert guess_columns(frame, {}) == {}


def test_the_example_is_read_as_it_is():
    events = pd.read_csv("examples/deir_ezzor_2017/events.csv", dtype=str)
    assert guess_columns(events, {}) == {}
    assert doubts(events, {}) == {}


# -- contents speak against -----------------------------------------------------------------------


def test_metres_are_no_degrees():
    frame = table(
        x=["400000", "400100"], y=["3900000", "3900100"], lat_dd=["35", "36"], lon_dd=["40", "41"]
    )
    assert guess_columns(frame, {}) == {"latitude": "lat_dd", "longitude": "lon_dd"}
    assert guess_columns(frame[["x", "y"]], {}) == {}
    easting = table(xcoord=["400000"], ycoord=["3900000"])
    assert guess_columns(easting, {}) == {}


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("type", ["1", "2", "3"]),
        ("type", [1, 2, 3]),
        ("type", ["a sentence that goes on and on " * 4]),
        ("day", ["1", "16", "31"]),
        ("data", ["none", "some", "more"]),
        ("killed", ["yes", "no", "yes"]),
        ("who", ["1", "2"]),
        ("city", ["101", "102"]),
        ("source", ["4", "5"]),
        ("notes", ["4", "5"]),
        ("id", ["1", "1", "2"]),
        ("accuracy_m", ["high", "low"]),
        ("accuracy_m", ["0", "-1"]),
        ("latitude_dd", ["35°20'N", "36°N"]),
    ],
)
def test_cells_that_cannot_be_what_the_name_says(name, cells):
    frame = table(**{name: cells})
    if name == "source":
        frame = frame.rename(columns={"source": "source (no)"})
    if name == "latitude_dd":
        frame["longitude_dd"] = "40"
    assert guess_columns(frame, {}) == {}


@pytest.mark.parametrize("ours", FITTING)
def test_a_few_bad_cells_and_empty_ones_do_not_speak_against(ours):
    good = FITTING[ours] * 4 if ours != "event_id" else [f"a{number}" for number in range(8)]
    frame = pd.Series([*good, "", None, " "])
    assert not VETOES[ours](frame)
    assert not VETOES[ours](pd.Series([None, ""], dtype=object))
    assert not VETOES[ours](frame.iloc[:0])


def test_a_date_that_is_refused_later_is_still_the_date():
    assert guess_columns(table(Date=["03/04/2017", "05/06/2017"]), {}) == {"start": "Date"}


# -- doubt ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "columns"),
    [
        ("event_type", {"type": ["siege"], "category": ["siege"]}),
        ("start", {"event_date": ["2017-09-16"], "incident_date": ["2017-09-16"]}),
        ("latitude", {"lat_dd": ["35"], "gps_lat": ["35"], "lon_dd": ["40"], "gps_lon": ["40"]}),
    ],
)
def test_two_that_are_equally_good_are_asked_about(ours, columns):
    frame = table(**columns)
    asked = "longitude" if ours == "latitude" else ours
    with pytest.raises(ge.GeoeventsError, match=f"{asked} can be the column '.*' or '.*': say"):
        guess_columns(frame, {})
    assert set(doubts(frame, {})[ours]) <= set(columns)
    said = {name: next(iter(columns)) for name in [ours]}
    if ours != "latitude":
        assert ours not in guess_columns(frame, said)


def test_doubt_about_the_rest_takes_neither():
    frame = table(notes=["a"], comments=["b"], Killed=["1"])
    assert guess_columns(frame, {}) == {"fatalities": "Killed"}
    assert doubts(frame, {}) == {"quote": ["notes", "comments"]}


def test_half_a_position_is_none():
    assert guess_columns(table(latitude_dd=["35"], type=["siege"]), {}) == {"event_type": "type"}


# -- what is given, what has a geometry -----------------------------------------------------------


def test_what_is_given_is_neither_guessed_nor_taken():
    frame = table(Date=["2017-09-16"], day=["2017-09-17"], type=["a"], kind=["b"])
    assert guess_columns(frame, {"start": "Date", "event_type": "kind"}) == {}
    assert guess_columns(frame, {"event_type": "kind", "end": "day"}) == {"start": "Date"}


def test_a_geometry_needs_no_coordinates():
    frame = gpd.GeoDataFrame(
        {"lat_dd": ["35"], "lon_dd": ["40"], "Tipo": ["a"]}, geometry=[Point(40, 35)], crs=4326
    )
    assert guess_columns(frame, {}) == {"event_type": "Tipo"}


NAMES = st.sampled_from(
    sorted(
        {"Date", "date", "DATUM", "day", "when", "start", "type", "Type", "kind", "Event", "lat"}
        | {"event_type", "Latitude", "y", "x", "lon", "lng", "where", "site", "city", "town"}
        | {"id", "uid", "notes", "text", "source", "url", "killed", "deaths", "who", "actor1"}
        | {"actor2", "a", "b"}
    )
)
CELLS = st.lists(
    st.sampled_from(["1", "400000", "2017-09-16", "siege", "", None]), min_size=3, max_size=3
)


def test_a_name_says_one_thing():
    said = Counter(name for ranks in guessing._RANKS.values() for rank in ranks for name in rank)
    assert [name for name, times in said.items() if times > 1] == []


@settings(max_examples=100)
@given(st.dictionaries(NAMES, CELLS, max_size=12))
def test_never_two_claims_for_a_column(columns):
    frame = pd.DataFrame(columns)
    doubtful = doubts(frame, {})
    if {"event_type", "start", "longitude", "latitude"} & set(doubtful):
        with pytest.raises(ge.GeoeventsError, match="say which"):
            guess_columns(frame, {})
        return
    guessed = guess_columns(frame, {})
    assert len(set(guessed.values())) == len(guessed)
    assert set(guessed.values()) <= set(columns)
    assert set(guessed) <= {column.name for column in COLUMNS} | {"longitude", "latitude"}
    for ours, theirs in guessed.items():
        # What has our name already is not guessed; in another case it may be one of a pair.
        assert theirs.lower() == ours or ours not in {name.lower() for name in columns}
    assert not set(guessed.values()) & {name for each in doubtful.values() for name in each}


def test_names_that_are_no_text_or_stand_twice_are_left_alone():
    frame = pd.DataFrame([["2017-09-16", "siege", "air strike", "x"]])
    frame.columns = pd.Index(["Date", "type", "type", 4], dtype=object)
    assert guess_columns(frame, {}) == {"start": "Date"}


def test_a_name_without_end_is_compared_by_its_beginning():
    assert len(folded("é" * 100_000)) <= 200
    assert folded("(" * 100_000 + "a") == ""
    assert folded("") == ""

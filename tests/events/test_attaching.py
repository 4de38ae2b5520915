"""``attach``: which geometry each event gets, what it says of it, and what it leaves alone."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from shapely import LineString, Point, box

import geoevents as ge
from geoevents.events.schema import SchemaError, validate

EXAMPLE = Path(__file__).parents[2] / "examples" / "deir_ezzor_2017" / "events.csv"
ADDED = [
    "relation",
    "inferred",
    "area_km2",
    "area_low_km2",
    "area_high_km2",
    "place_ids",
    "explanation",
    "problem",
]


@pytest.fixture(scope="module")
def small():
    """Three places on the equator: a town, a river through it, a province round both."""
    return ge.Gazetteer.from_frame(
        gpd.GeoDataFrame(
            {
                "id": ["x:town", "x:river", "x:province"],
                "name": ["Abcity", "Long River", "Middle Province"],
                "kind": ["populated place", "river", "admin1"],
                "uncertainty_m": [2000.0, 500.0, 1000.0],
            },
            geometry=[Point(0, 0.05), LineString([(-3, 0), (3, 0)]), box(-1, -1, 1, 1)],
            crs=4326,
        )
    )


@pytest.fixture(scope="module")
def example():
    return ge.attach(ge.read_events(EXAMPLE)).set_index("event_id")


def one(small, **columns):
    frame = pd.DataFrame({name: [value] for name, value in columns.items()})
    return ge.attach(frame, gazetteer=small).iloc[0]


# -- what is located ------------------------------------------------------------------------------


def test_a_town_is_its_point(small):
    for words in ({"place": "Abcity"}, {"locality": "Abcity"}, {"locality": "in Abcity"}):
        event = one(small, **words)
        assert event.geometry == Point(0, 0.05)
        assert event["uncertainty_m"] == 2000
        assert not event["inferred"]
        assert np.isnan(event["area_km2"])
        assert event["place_ids"] == "x:town"
        assert pd.isna(event["problem"])
        assert "outline" not in event["explanation"]
        located = ge.locate(next(iter(words.values())), gazetteer=small)
        assert located.feature is not None
        assert located.feature.id == event["place_ids"]
        assert located.explain() == event["explanation"]


def test_only_places_of_the_countries_asked_for():
    events = pd.DataFrame(
        {"locality": ["Raqqa", "near Paris", "towards Hajin"], "place": [None] * 3}
    )
    one = ge.attach(events, country="SY")
    assert one.geometry.isna().tolist() == [False, True, True]
    assert "in SY. There is Paris (populated place) in FR" in one["problem"].iloc[1]
    assert one["problem"].iloc[2].startswith("'towards' is not understood")
    both = ge.attach(events, country=["SY", "FR"])
    assert both.geometry.isna().tolist() == [False, False, True]


def test_a_province_is_its_polygon(small):
    event = one(small, locality="in Middle Province")
    assert event.geometry.equals(box(-1, -1, 1, 1))
    assert event["relation"] == "in"
    assert not event["inferred"]
    # 2 by 2 degrees at the equator are 222.4 km by 221.1 km, nearly.
    assert event["area_km2"] == pytest.approx(222.64 * 221.15, rel=1e-3)
    assert event["area_low_km2"] < event["area_km2"] < event["area_high_km2"]


def test_near_a_town_is_a_region_round_it(small):
    event = one(small, locality="near Abcity")
    assert event["inferred"]
    assert event["relation"] == "near"
    assert event.geometry.contains(Point(0, 0.05))
    assert event["area_low_km2"] < event["area_km2"] < event["area_high_km2"]


def test_a_gain_along_a_river_is_a_corridor_of_that_area(small):
    event = one(small, locality="along Long River", place="Abcity", reported_area_km2=300)
    assert event["area_km2"] == pytest.approx(300, abs=0.3)
    assert (event["area_low_km2"], event["area_high_km2"]) == (250, 350)
    assert event["inferred"]
    assert event.geometry.contains(Point(0, 0))
    assert not event.geometry.intersects(Point(2.9, 0))


def test_the_same_river_beside_another_town(small):
    two = gpd.GeoDataFrame(
        {"name": ["Far End"], "kind": ["populated place"], "uncertainty_m": [1000.0]},
        geometry=[Point(2.9, 0.01)],
        crs=4326,
    )
    event = one(
        ge.Gazetteer.from_frame(two) + small,
        locality="along Long River",
        place="Far End",
        reported_area_km2=300,
    )
    assert event.geometry.contains(Point(2.9, 0))
    assert not event.geometry.intersects(Point(0, 0))


@pytest.mark.parametrize(
    ("reported", "low", "high"),
    [(300, 250, 350), (320, 315, 325), (115, 112.5, 117.5), (2.5, 2.25, 2.75)],
)
def test_the_range_of_a_reported_area(small, reported, low, high):
    event = one(small, locality="along Long River", place="Abcity", reported_area_km2=reported)
    assert event["area_low_km2"] == pytest.approx(low)
    assert event["area_high_km2"] == pytest.approx(high)
    assert event["area_km2"] == pytest.approx(reported, rel=1e-3)


def test_a_gain_of_unknown_size_may_be_nothing(small):
    gain = one(small, event_type="territorial gain", locality="near Abcity")
    assert gain["area_low_km2"] == 0
    assert gain["area_high_km2"] > gain["area_km2"] > 0
    assert gain["explanation"].endswith("How much of it was gained is not said.")
    clash = one(small, event_type="armed clash", locality="near Abcity")
    assert clash["area_low_km2"] > 0
    town = one(small, event_type="territorial gain", locality="in Abcity")
    assert np.isnan(town["area_low_km2"])


def test_a_reported_area_of_nothing_sizes_nothing(small):
    event = one(small, locality="near Abcity", reported_area_km2=0)
    assert event["area_km2"] == one(small, locality="near Abcity")["area_km2"]


def test_an_area_that_does_not_fit_is_a_problem(small):
    event = one(small, locality="in Middle Province", reported_area_km2=1e6)
    assert event.geometry is None
    assert "do not fit" in event["problem"]


# -- what is not ----------------------------------------------------------------------------------


def test_what_cannot_be_located_is_missing_and_says_why(small):
    event = one(small, locality="near Zzyzxqq", place="Abcity")
    assert event.geometry is None
    assert "Zzyzxqq" in event["problem"]
    assert "\n" not in event["problem"]
    assert pd.isna(event["relation"])
    assert pd.isna(event["explanation"])
    assert np.isnan(event["uncertainty_m"])
    assert not event["inferred"]


@pytest.mark.parametrize("nothing", [None, "", "  ", np.nan])
def test_an_event_without_a_place(small, nothing):
    event = one(small, locality=nothing, place=nothing)
    assert event.geometry is None
    assert event["problem"] == "the event names neither a locality nor a place"


def test_an_unknown_hint_does_not_hinder_and_is_told(small):
    event = one(small, locality="near Abcity", place="Zzyzxqq")
    assert event["relation"] == "near"
    assert event["explanation"].endswith(" The place 'Zzyzxqq' is not known: it gave no hint.")


def test_a_country_that_does_not_exist_is_an_error():
    with pytest.raises(ge.GeoeventsError, match="Narnia"):
        ge.attach(pd.DataFrame({"place": ["Raqqa"]}), country="Narnia")


def test_frames_that_say_nothing_of_where():
    with pytest.raises(SchemaError, match="nothing says where"):
        ge.attach(pd.DataFrame({"actor": ["a"]}))
    with pytest.raises(ge.GeoeventsError, match="events is a list"):
        ge.attach(["near Raqqa"])


def test_columns_that_hold_what_they_may_not(small):
    with pytest.raises(SchemaError) as error:
        ge.attach(
            pd.DataFrame({"place": ["Abcity", ["x"]], "reported_area_km2": ["300 km2", 1]}),
            gazetteer=small,
        )
    assert error.value.problems["column"].tolist() == ["reported_area_km2", "place"]


# -- what is left alone ---------------------------------------------------------------------------


def test_own_geometry_is_kept(small):
    shapes = [Point(9, 9), box(0, 0, 1, 1), None]
    frame = gpd.GeoDataFrame(
        {"place": ["Abcity"] * 3, "uncertainty_m": [5.0, 100.0, 7.0]}, geometry=shapes, crs=4326
    )
    located = ge.attach(frame, gazetteer=small)
    assert located.geometry.tolist()[:2] == shapes[:2]
    assert located["relation"].tolist() == ["coordinates", "coordinates", "place"]
    assert located["inferred"].tolist() == [False] * 3
    assert located["uncertainty_m"].tolist() == [5, 100, 2000]
    assert located["problem"].isna().all()
    # One degree square at the equator: 111.32 km by 110.57 km; its outline 443.8 km, moved 100 m.
    assert located["area_km2"][1] == pytest.approx(111.32 * 110.57, rel=1e-3)
    slack = located["area_high_km2"][1] - located["area_km2"][1]
    assert slack == pytest.approx(44.38, rel=1e-3)
    assert located["area_km2"].isna().tolist() == [True, False, True]


def test_coordinates_and_another_crs(small):
    located = ge.attach(pd.DataFrame({"lat": [1.0], "lon": [2.0]}), gazetteer=small)
    assert located.geometry[0] == Point(2, 1)
    assert "lat" not in located
    frame = gpd.GeoDataFrame({"place": ["x"]}, geometry=[Point(2, 1)], crs=4326).to_crs(3857)
    assert ge.attach(frame, gazetteer=small).geometry[0].distance(Point(2, 1)) < 1e-9


def test_geometry_without_a_crs():
    frame = gpd.GeoDataFrame({"place": ["x"]}, geometry=[Point(2, 1)])
    with pytest.raises(SchemaError, match="has no CRS"):
        ge.attach(frame)


def test_input_index_and_other_columns(small):
    frame = pd.DataFrame(
        {"place": ["Abcity", None, "Abcity"], "mine": [1, 2, 3], "actor": ["a", "b", "c"]},
        index=pd.MultiIndex.from_tuples([(1, "a"), (1, "a"), (0, "b")]),
    )
    before = frame.copy(deep=True)
    located = ge.attach(frame, gazetteer=small)
    pd.testing.assert_frame_equal(frame, before)
    assert located.index.equals(frame.index)
    assert located["mine"].tolist() == [1, 2, 3]
    assert located.geometry.notna().tolist() == [True, False, True]
    assert located.columns[-1] == "geometry"
    assert located.crs == "EPSG:4326"


def test_no_rows():
    located = ge.attach(pd.DataFrame({"locality": []}))
    assert len(located) == 0
    assert set(ADDED) <= set(located)


def test_dtypes_do_not_depend_on_the_rows(small):
    frames = [
        pd.DataFrame({"place": places}) for places in ([], [None], ["Abcity"], ["zz", "Abcity"])
    ]
    dtypes = [ge.attach(frame, gazetteer=small).dtypes[ADDED] for frame in frames]
    for each in dtypes:
        assert each.tolist() == dtypes[2].tolist()


def test_attaching_twice_changes_nothing(example):
    pd.testing.assert_frame_equal(pd.DataFrame(ge.attach(example)), pd.DataFrame(example))


def test_a_problem_is_tried_again(small):
    frame = ge.attach(pd.DataFrame({"place": ["Zzyzxqq", "Abcity"]}), gazetteer=small)
    frame["place"] = ["Abcity", "Zzyzxqq"]
    again = ge.attach(frame, gazetteer=small)
    assert again["problem"].isna().all()
    assert again.geometry.tolist() == [Point(0, 0.05)] * 2
    assert again["relation"].tolist() == ["place", "place"]


def test_one_description_is_one_place(small):
    frame = pd.DataFrame({"locality": ["near Abcity", "in Middle Province"] * 50})
    located = ge.attach(frame, gazetteer=small)
    pd.testing.assert_series_equal(
        located["explanation"].iloc[:2].reset_index(drop=True),
        located["explanation"].iloc[98:].reset_index(drop=True),
    )
    assert located.geometry.iloc[0].equals(located.geometry.iloc[98])


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".gpkg", ".parquet"])
def test_located_events_survive_a_file(example, suffix, tmp_path):
    located = example.reset_index()
    ge.write_events(located, tmp_path / f"a{suffix}")
    read = ge.read_events(tmp_path / f"a{suffix}")
    assert_geodataframe_equal(read, validate(located), normalize=True)
    assert_geodataframe_equal(ge.attach(read), read, normalize=True)


# -- Deir ez-Zor, September 2017 ------------------------------------------------------------------


def test_the_strike_is_on_the_east_bank(example):
    region = example.loc["dez-strike-on-sdf"].geometry
    assert region.contains(Point(40.20, 35.36))
    assert not region.intersects(Point(40.141, 35.336))


def test_the_corridor_along_the_khabur(example):
    gain = example.loc["dez-khabur-gain"]
    assert ge.area(gain.geometry) == pytest.approx(300, abs=0.3)
    assert (gain["area_low_km2"], gain["area_high_km2"]) == (250, 350)
    assert gain["inferred"]
    assert gain["relation"] == "corridor"
    assert gain.geometry.distance(Point(40.427, 35.156)) < 0.05  # where it meets the Euphrates


def test_the_aircraft_have_no_place(example):
    event = example.loc["dez-aircraft-downed"]
    assert event.geometry is None
    assert event["problem"] == "the event names neither a locality nor a place"
    assert example["problem"].notna().sum() == 1


def test_only_what_words_drew_is_inferred(example):
    assert set(example.index[example["inferred"]]) == {
        "dez-khabur-gain",
        "dez-strike-on-sdf",
    }

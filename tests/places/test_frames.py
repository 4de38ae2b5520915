"""Any table of names and coordinates becomes a gazetteer, or says why not."""

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point, Polygon, box

from geoevents.errors import GeoeventsError
from geoevents.places import Gazetteer, geocode
from geoevents.places.frames import LeftOutWarning

VILLAGES = pd.DataFrame(
    {"name": ["Tal Ahmar", "Sarrin"], "lat": [36.67, 36.6], "lon": [38.12, 38.3]}
)


def every(gazetteer):
    return gazetteer.window((-180, -90, 180, 90)).sort_values("id", ignore_index=True)


def one(frame=VILLAGES, **options):
    return every(Gazetteer.from_frame(frame, **{"kind": "populated place"} | options))


# ---------------------------------------------------------------------- where


@pytest.mark.parametrize(
    ("x", "y"),
    [("lon", "lat"), ("LON", "Lat"), ("Longitude", "LATITUDE"), ("X", "Y"), ("lng", "lat"),
     ("decimalLongitude", "decimalLatitude"), (" longitude ", "latitude")],
)  # fmt: skip
def test_coordinates_are_found_by_their_names(x, y):
    found = one(VILLAGES.rename(columns={"lon": x, "lat": y}))
    assert found.geometry.tolist() == [Point(38.12, 36.67), Point(38.3, 36.6)]


def test_degrees_come_before_the_metres_of_a_map():
    assert one(VILLAGES.assign(x=4e6, y=5e6)).geometry.iloc[0] == Point(38.12, 36.67)


def test_numbers_may_be_written_as_text():
    assert one(VILLAGES.astype(str)).geometry.iloc[1] == Point(38.3, 36.6)


def test_a_column_of_wkt_is_geometry():
    frame = pd.DataFrame(
        {"name": ["A", "B"], "WKT": ["POINT (1 2)", "POLYGON ((0 0, 1 0, 1 1, 0 0))"]}
    )
    found = one(frame, kind="region")
    assert found.geometry.iloc[0] == Point(1, 2)
    assert found.geometry.iloc[1].equals(Polygon([(0, 0), (1, 0), (1, 1)]))
    with pytest.raises(
        GeoeventsError, match=r"row 1: this is no geometry written as WKT \(WKT='X'\)"
    ):
        one(frame.assign(WKT=["POINT (1 2)", "X"]))


def test_any_crs_is_understood_and_none_is_refused():
    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[Point(4_245_000, 4_390_000)], crs=3857)
    found = one(frame).geometry.iloc[0]
    # The Mercator projection on a sphere, undone by hand.
    assert found.x == pytest.approx(math.degrees(4_245_000 / 6_378_137), abs=1e-7)
    assert found.y == pytest.approx(
        math.degrees(math.atan(math.sinh(4_390_000 / 6_378_137))), abs=1e-7
    )
    with pytest.raises(GeoeventsError, match="no CRS: set one"):
        one(frame.set_crs(None, allow_override=True))
    # Degrees that are said to be metres end near 0, 0; metres that are said to be degrees are told.
    with pytest.raises(GeoeventsError, match=r"must lie within -180\.\.180"):
        one(frame.set_crs(4326, allow_override=True))


@pytest.mark.parametrize(
    ("lat", "lon", "message"),
    [
        (None, 1, "there is no lat"),
        ("north", 1, r"lat is no number \(lat='north'\)"),
        (float("inf"), 1, "lat is no number"),
        ([1], 1, "lat is no number"),
        (120.5, 35.25, r"latitude is beyond 90 degrees: is it the longitude\? .*lat=120\.5"),
        (4_390_000, 4_245_000, "metres of a map"),
    ],
)
def test_bad_coordinates_are_told(lat, lon, message):
    frame = VILLAGES.astype(object)
    frame["lat"] = [36.67, lat]
    frame["lon"] = [38.12, lon]
    with pytest.raises(GeoeventsError, match=f"^row 1: .*{message}"):
        one(frame)


# ---------------------------------------------------------------------- names


def test_names_come_from_several_columns():
    frame = VILLAGES.assign(
        **{
            "name:ar": ["تل أحمر", None],
            "name_en": ["Red Hill", "Sarrin"],
            "alt_name": ["Til Barsip;Tell Ahmar", np.nan],
            "name_id": ["SY-1", "SY-2"],
            "name:sr-Latn": ["Tel Ahmar", ""],
            "alternatenames": ["Kar Shalmaneser,Tel Barsip", ""],
        }
    )
    assert one(frame)["names"].tolist() == [
        ("تل أحمر", "Red Hill", "Til Barsip", "Tell Ahmar", "Tel Ahmar", "Kar Shalmaneser",
         "Tel Barsip"),
        (),
    ]  # fmt: skip
    assert one(frame, names="alt_name")["names"].tolist() == [("Til Barsip", "Tell Ahmar"), ()]
    assert one(frame, names=["name_id", "name_en"])["names"].tolist() == [
        ("SY-1", "Red Hill"),
        ("SY-2",),
    ]
    assert one(frame, names=())["names"].tolist() == [(), ()]
    assert one(frame, name="name_en")["name"].tolist() == ["Red Hill", "Sarrin"]
    with pytest.raises(GeoeventsError, match="names: the table has no column 'nom'; it has 'name'"):
        one(frame, names=["nom"])


def test_a_list_of_names_may_hold_holes():
    frame = VILLAGES.assign(names=[["A", None, float("nan"), "B", "A"], "C;; D"])
    assert one(frame)["names"].tolist() == [("A", "B"), ("C", "D")]


def test_a_table_without_names_is_told():
    with pytest.raises(GeoeventsError, match=r"no column name, .*give name= one of 'ort', 'lat'"):
        one(VILLAGES.rename(columns={"name": "ort"}))
    with pytest.raises(GeoeventsError, match="no column 'Name'; give name= one of 'name'"):
        one(name="Name")


@pytest.mark.parametrize(
    "name",
    [
        "حلب",
        "北京",
        "Владивосток",
        "\u200fحلب\u200e",
        "e\u0301vora",
        "a\x00b",
        "x\x1b[31my",
        "\ud800a",
    ],
)
def test_names_of_all_scripts_are_found(name):
    gazetteer = Gazetteer.from_frame(
        pd.DataFrame({"name": pd.Series([name], dtype=object), "x": [1.0], "y": [2.0]}),
        kind="region",
    )
    found = geocode(name, gazetteer=gazetteer)
    assert found.point == Point(1, 2)
    assert "\x1b" not in found.name
    assert "\x00" not in found.name


@pytest.mark.parametrize(
    ("name", "message"),
    [("🏚🔥", "needs a name of letters or digits"), ("a" * 10_000, "more than 200 letters")],
)
def test_what_nobody_can_look_up_is_no_name(name, message):
    frame = VILLAGES.assign(name=["Tal Ahmar", name])
    with pytest.raises(GeoeventsError, match=f"^row 1: .*{message}") as caught:
        one(frame)
    assert len(str(caught.value)) < 300


def test_a_name_of_10_000_letters_among_the_others_does_no_harm():
    gazetteer = Gazetteer.from_frame(
        VILLAGES.assign(names=["b" * 10_000, "c" * 5_000]), kind="populated place"
    )
    assert [len(n) for (n,) in every(gazetteer)["names"]] == [10_000, 5_000]
    assert geocode("Sarrin", gazetteer=gazetteer).name == "Sarrin"
    assert geocode("Sarin", gazetteer=gazetteer).name == "Sarrin"


# ---------------------------------------------------------------------- kinds


@pytest.mark.parametrize("column", ["kind", "place", "fclass", "Place"])
def test_words_of_openstreetmap_are_known(column):
    frame = VILLAGES.assign(**{column: ["village", "Suburb"]})
    assert one(frame, kind="kind")["kind"].tolist() == ["populated place"] * 2


def test_a_mapping_says_what_words_mean():
    frame = VILLAGES.assign(type=["dorf", "Brunnen"], other=["a", "b"])
    found = one(frame, kind={"Dorf": "populated place", "brunnen": "facility"})
    assert found["kind"].tolist() == ["populated place", "facility"]
    assert one(frame, kind={"dorf": "region", "brunnen": None})["name"].tolist() == ["Tal Ahmar"]
    found = one(frame, kind={"other": {"a": "region", "b": "lake"}})
    assert found["kind"].tolist() == ["region", "lake"]
    with pytest.raises(GeoeventsError, match=r"row 1: kind must be one of .*\(kind='Brunnen'\)"):
        one(frame, kind={"dorf": "region"})
    with pytest.raises(GeoeventsError, match="'dorf' is mapped to 'town': use one of country"):
        one(frame, kind={"dorf": "town"})
    with pytest.raises(GeoeventsError, match=r"no column kind, place, .* holds any of 'x'"):
        one(frame, kind={"x": "region"})
    with pytest.raises(GeoeventsError, match="must name one column of the table"):
        one(frame, kind={"typ": {"dorf": "region"}})


def test_a_missing_kind_is_told_with_advice():
    message = (
        r"no column 'kind'; it has 'name', 'lat', 'lon'. Give kind= .*populated place.*mapping"
    )
    with pytest.raises(GeoeventsError, match=message):
        one(kind="kind")
    with pytest.raises(GeoeventsError, match="no column 'kind'"):  # a place is no kind here
        one(VILLAGES.assign(place=["Aleppo", "Raqqa"]), kind="kind")
    with pytest.raises(GeoeventsError, match="no column 'sort'"):
        one(kind="sort")


# ---------------------------------------------------------------------- other columns


def test_countries_become_codes():
    frame = VILLAGES.assign(country=["Syria", "syr"])
    assert one(frame)["country"].tolist() == ["SY", "SY"]
    frame = VILLAGES.assign(Country_Code=["sy; Iraq", None])
    assert one(frame)["country"].fillna("-").tolist() == ["SY IQ", "-"]
    with pytest.raises(
        GeoeventsError, match=r"row 0: the country is neither .*\(country='Utopia'\)"
    ):
        one(VILLAGES.assign(country=["Utopia", "SY"]))


def test_what_is_not_there_is_filled():
    found = one(source="mine")
    assert found["id"].tolist() == ["mine:0", "mine:1"]
    assert found["source"].tolist() == ["mine", "mine"]
    assert found["uncertainty_m"].tolist() == [2000.0, 2000.0]
    assert found["population"].tolist() == [0, 0]
    assert found["feature_code"].tolist() == ["", ""]
    assert found[["country", "admin1"]].isna().all(axis=None)


def test_columns_may_be_written_in_capitals():
    found = one(VILLAGES.assign(POPULATION=["7", 8], Admin1=["Aleppo", "Raqqa"], UNCERTAINTY_M=9))
    assert found["population"].tolist() == [7, 8]
    assert found["admin1"].tolist() == ["Aleppo", "Raqqa"]
    assert found["uncertainty_m"].tolist() == [9, 9]


def test_a_column_of_ids_that_are_all_the_same_is_none():
    assert one(VILLAGES.assign(id=0))["id"].tolist() == ["user:0", "user:1"]
    with pytest.raises(GeoeventsError, match=r"^row 2: the id is there twice \(id='a'\)"):
        one(pd.concat([VILLAGES, VILLAGES], ignore_index=True).assign(id=["a", "b", "a", "c"]))


def test_a_column_that_is_there_twice_is_told():
    with pytest.raises(GeoeventsError, match="the column 'lat' twice"):
        one(VILLAGES.set_axis(["name", "lat", "lat"], axis=1))


# ---------------------------------------------------------------------- rows that cannot be used

BOW = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])


def test_the_first_twenty_rows_are_listed():
    frame = pd.concat([VILLAGES] * 20, ignore_index=True)
    frame.loc[frame.index % 2 == 0, "name"] = None
    frame.loc[1, "lat"] = 99.0
    frame.index = [f"r{i}" for i in frame.index]
    with pytest.raises(GeoeventsError) as caught:
        one(frame)
    lines = str(caught.value).split("\n")
    assert lines[0] == "21 of 40 rows cannot be used:"
    assert lines[1] == "row 'r0': a feature needs a name of letters or digits (name=nan)"
    assert lines[2].startswith("row 'r1': the latitude is beyond 90 degrees")
    assert len(lines) == 23
    assert lines[20].startswith("row 'r36'")
    assert lines[21] == "and 1 more"
    assert 'errors="skip"' in lines[22]


def test_rows_are_left_out_when_asked_with_a_warning_that_counts():
    frame = gpd.GeoDataFrame(
        {"name": ["A", None, "B", "C", "D"], "population": [1, 1, 1, 1, "x"]},
        geometry=[Point(0, 0), Point(1, 1), None, BOW, Point(2, 2)],
        crs=4326,
    )
    with pytest.warns(LeftOutWarning) as caught:
        found = one(frame, errors="skip")
    assert found["id"].tolist() == ["user:0"]
    message = str(caught[0].message)
    assert message.startswith("4 of 5 rows are left out of the gazetteer: ")
    assert "1 because a feature needs a name of letters or digits (such as row 1)" in message
    assert "1 because the geometry is invalid (such as row 3)" in message
    assert "1 because population must be a number, 0 or more, or missing (such as row 4)" in message
    with pytest.raises(GeoeventsError, match="errors must be 'raise' or 'skip'"):
        one(frame, errors="ignore")


def test_rows_without_faults_give_no_warning():
    assert len(one(errors="skip")) == 2


def test_a_bow_tie_is_told_with_what_mends_it():
    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[BOW], crs=4326)
    with pytest.raises(GeoeventsError, match=r"invalid: Self-intersection.*make_valid"):
        one(frame)


@pytest.mark.parametrize("rows", [0, 1])
def test_few_rows_are_a_gazetteer_too(rows, tmp_path):
    gazetteer = Gazetteer.from_frame(VILLAGES.iloc[:rows], kind="populated place")
    assert len(gazetteer) == rows
    assert len(gazetteer.search("Tal Ahmar")) == rows
    gazetteer.save(tmp_path / "few.gaz")
    assert len(Gazetteer.from_file(tmp_path / "few.gaz")) == rows


# ---------------------------------------------------------------------- files


def test_files_of_all_kinds_are_read(tmp_path):
    points = gpd.GeoDataFrame(
        VILLAGES[["name"]].assign(place="village"),
        geometry=gpd.points_from_xy(VILLAGES["lon"], VILLAGES["lat"]),
        crs=4326,
    )
    VILLAGES.assign(place="village").to_csv(tmp_path / "a.csv", index=False)
    VILLAGES.assign(place="village").to_csv(tmp_path / "b.csv.gz", index=False)
    points.to_file(tmp_path / "c.geojson")
    points.to_file(tmp_path / "d.gpkg")
    points.to_crs(32637).to_file(tmp_path / "e.shp")
    points.to_parquet(tmp_path / "f.parquet")
    for file in ("a.csv", "b.csv.gz", "c.geojson", "d.gpkg", "e.shp", "f.parquet"):
        found = every(Gazetteer.from_file(tmp_path / file))
        assert found["name"].tolist() == ["Tal Ahmar", "Sarrin"]
        assert found["id"].tolist() == [f"{file[0]}:0", f"{file[0]}:1"]
        assert found["kind"].tolist() == ["populated place"] * 2
        assert found.geometry.geom_equals_exact(points.geometry, 1e-6).all()


def test_lines_of_a_file_are_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name,lat,lon\nA,1,2\n\nB,x,2\nC,1,2\n", encoding="utf-8")
    with pytest.raises(GeoeventsError, match=r"a\.csv: line 4: lat is no number \(lat='x'\)"):
        Gazetteer.from_file(path, kind="region")
    with pytest.warns(LeftOutWarning, match=r"1 of 3 rows are left out.*such as line 4"):
        found = every(Gazetteer.from_file(path, kind="region", errors="skip"))
    assert found["name"].tolist() == ["A", "C"]


def test_a_number_is_a_name_and_na_is_namibia(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name,country,lat,lon\n007,NA,-22.5,17\n12,ZA,-30,25\n", encoding="utf-8")
    found = every(Gazetteer.from_file(path, kind="facility"))
    assert found["name"].tolist() == ["007", "12"]
    assert found["country"].tolist() == ["NA", "ZA"]


def test_a_layer_is_chosen(tmp_path):
    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[box(0, 0, 1, 1)], crs=4326)
    frame.to_file(tmp_path / "a.gpkg", layer="one")
    frame.assign(name="B").to_file(tmp_path / "a.gpkg", layer="two")
    found = Gazetteer.from_file(tmp_path / "a.gpkg", layer="two", kind="admin2")
    assert every(found)["name"].tolist() == ["B"]

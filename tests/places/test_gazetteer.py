import pickle

import geopandas as gpd
import pytest
from shapely import Point, box

from geoevents.errors import GeoeventsError
from geoevents.places import Gazetteer, geocode

COLUMNS = [
    "id", "name", "names", "kind", "country", "admin1", "population", "uncertainty_m", "source",
    "geometry",
]  # fmt: skip


def test_search_lists_namesakes_best_first(little):
    found = little.search("Norvik")
    assert found["id"].tolist()[0] == "t:norvik"
    assert set(found["id"]) == {"t:norvik", "t:norvik2", "a:north"}
    assert found["score"].is_monotonic_decreasing or found["score"].iloc[0] == found["score"].max()
    assert little.search("Norvik", limit=1)["id"].tolist() == ["t:norvik"]
    assert little.search("Norvik", kind="admin1")["id"].tolist() == ["a:north"]
    assert little.search("Norvik", country="BB")["id"].tolist()[0] == "t:norvik2"
    assert little.search("nothing").shape == (0, len(COLUMNS) + 1)


def test_features_come_in_the_order_asked(little):
    found = little.features(["r:white", "c:aa", "r:white"])
    assert list(found.columns) == COLUMNS
    assert found["id"].tolist() == ["r:white", "c:aa", "r:white"]
    assert found["names"].tolist()[1] == ("Republic of Aland",)
    assert found["country"].tolist() == ["AA", "AA", "AA"]
    assert found["admin1"].isna().all()
    assert found.geometry.iloc[1].equals(box(0, 0, 10, 10))
    assert found.crs == "EPSG:4326"
    assert little.features([]).shape == (0, len(COLUMNS))


def test_unknown_ids_are_named(little):
    with pytest.raises(GeoeventsError, match="no feature with the id 'x:1', 'x:2'"):
        little.features(["c:aa", "x:1", "x:2"])
    with pytest.raises(KeyError):
        little.features(["x:1"])


def test_window(little):
    assert set(little.window((2.5, 1.5, 4.5, 2.5))["id"]) == {"c:aa", "t:zor", "t:raqqa", "r:white"}
    towns = little.window((0, 0, 30, 10), kinds=["populated place"], min_population=45_000)
    assert set(towns["id"]) == {"t:norvik", "t:zor", "t:long"}
    assert set(little.window((0, 0, 30, 10), min_population=1e9)["kind"]) == {
        "country", "admin1", "river",
    }  # fmt: skip
    assert set(little.window((25, 0, 1.5, 0.5))["id"]) == {"c:aa", "c:bb"}
    assert len(little.window((100, 50, 101, 51))) == 0
    with pytest.raises(GeoeventsError, match="bounds must be"):
        little.window((0, 10, 1, 5))
    with pytest.raises(GeoeventsError, match="kind must be one of"):
        little.window((0, 0, 1, 1), kinds=["town"])


def test_layers_add_up(little):
    frame = gpd.GeoDataFrame(
        {"ort": ["Lager"], "names": ["Camp; Camp 7"]}, geometry=[Point(1, 2)], crs="EPSG:4326"
    )
    camps = Gazetteer.from_frame(frame, name="ort", kind="facility", source="mine")
    both = camps + little
    assert len(both) == len(little) + 1
    assert both.features(["mine:0", "c:aa"])["name"].tolist() == ["Lager", "Aland"]
    assert geocode("camp-7", gazetteer=both).id == "mine:0"
    assert geocode("camp 7", gazetteer=little + camps).uncertainty_m == 2000
    copy = pickle.loads(pickle.dumps(both))  # noqa: S301 -- our own bytes
    assert geocode("Lager", gazetteer=copy).id == "mine:0"
    with pytest.raises(GeoeventsError, match="save each layer"):
        both.save("x.gaz")


def test_files_become_gazetteers(little, tmp_path):
    frame = gpd.GeoDataFrame({"NAME": ["Lager"]}, geometry=[Point(1, 2)], crs="EPSG:4326")
    frame.to_file(tmp_path / "camps.geojson")
    frame.to_parquet(tmp_path / "camps.parquet")
    for path in (tmp_path / "camps.geojson", tmp_path / "camps.parquet"):
        found = Gazetteer.from_file(path, kind="facility").search("lager")
        assert found["id"].tolist() == ["camps:0"]
    little.save(tmp_path / "little.gaz")
    kept = Gazetteer.from_file(tmp_path / "little.gaz")
    assert geocode("Deir Ezzor", gazetteer=kept) == geocode("Deir Ezzor", gazetteer=little)
    frame.rename(columns={"NAME": "x"}).to_parquet(tmp_path / "bad.parquet")
    with pytest.raises(GeoeventsError, match="give name= one of 'x'"):
        Gazetteer.from_file(tmp_path / "bad.parquet", kind="facility")
    with pytest.raises(GeoeventsError, match="no column 'kind'"):
        Gazetteer.from_file(tmp_path / "camps.parquet")
    with pytest.raises(GeoeventsError, match="cannot read"):
        Gazetteer.from_file(tmp_path / "none.geojson", kind="facility")


def test_the_default_is_one_object():
    default = Gazetteer.default()
    assert Gazetteer.default() is default
    assert pickle.loads(pickle.dumps(default)) is default  # noqa: S301 -- our own bytes
    assert len(default) > 240_000

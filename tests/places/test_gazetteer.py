import os
import pickle
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import LineString, MultiPolygon, Point, box

from geoevents.errors import GeoeventsError
from geoevents.places import Gazetteer, PlaceNotFound, geocode

COLUMNS = [
    "id", "name", "names", "kind", "feature_code", "country", "admin1", "population",
    "uncertainty_m", "source", "geometry",
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
    with pytest.raises(GeoeventsError, match="there is no such file"):
        Gazetteer.from_file(tmp_path / "none.geojson", kind="facility")


def layer(source, *rows, **columns):
    frame = gpd.GeoDataFrame(
        {"name": [name for name, _, _ in rows]} | columns,
        geometry=[shape for _, _, shape in rows],
        crs="EPSG:4326",
    )
    kinds = [kind for _, kind, _ in rows]
    return Gazetteer.from_frame(frame.assign(kind=kinds), source=source)


@pytest.fixture(scope="module")
def stack():
    """Three layers that all know Twin, and some names more."""
    first = layer("one", ("Twin", "facility", Point(1, 1)), ("Only One", "lake", box(0, 0, 1, 1)))
    second = layer(
        "two",
        ("Twin", "populated place", Point(50, 50)),
        ("Only Two", "river", LineString([(50, 50), (60, 50)])),
        country="ZZ",
        admin1="Far",
    )
    third = layer(
        "three", ("Twin", "region", box(-60, -60, -50, -50)), ("Low", "admin1", box(9, 9, 10, 10))
    )
    return first, second, third


def test_three_layers_are_searched_together_and_the_first_wins(stack):
    first, second, third = stack
    both = first + second + third
    found = both.search("Twin")
    assert found["id"].tolist() == ["one:0", "two:0", "three:0"]
    assert found["score"].is_monotonic_decreasing
    assert [geocode(n, gazetteer=both).id for n in ("twin", "only two", "low")] == [
        "one:0", "two:1", "three:1",
    ]  # fmt: skip
    assert (third + second + first).search("Twin")["id"].tolist() == ["three:0", "two:0", "one:0"]
    assert len(both) == 6
    assert both.features(["three:1", "one:1"]).geometry.iloc[0].equals(box(9, 9, 10, 10))


def test_a_kind_a_country_and_a_neighbourhood_reach_into_lower_layers(stack):
    both = stack[0] + stack[1] + stack[2]
    assert geocode("Twin", gazetteer=both, kind="populated place").id == "two:0"
    assert geocode("Twin", gazetteer=both, kind="region").id == "three:0"
    assert both.search("Twin", kind="region")["id"].tolist() == ["three:0"]
    assert geocode("Twin", gazetteer=both, near=(51, 50)).id == "two:0"
    assert geocode("Twin", gazetteer=both, near=(2, 2)).id == "one:0"
    assert geocode("Twin", gazetteer=both, context="Twin, and Only Two").id == "one:0"


def test_how_layers_are_put_together_does_not_matter(stack):
    first, second, third = stack
    left, right = (first + second) + third, first + (second + third)
    for name in ("Twin", "Only Two", "Low", "Twni"):
        assert left.search(name).equals(right.search(name))
    found = [geocode(["Twin", "Low", "?"], gazetteer=g) for g in (left, right)]
    assert found[0].equals(found[1])


def test_ids_that_were_counted_in_two_layers_are_not_mixed_up(stack):
    first = layer("user", ("A", "facility", Point(1, 1)))
    second = layer("user", ("B", "facility", Point(2, 2)), ("C", "facility", Point(3, 3)))
    both = first + second
    assert geocode("B", gazetteer=both).point == Point(2, 2)
    with pytest.raises(GeoeventsError, match=r"the id 'user:0' is in two layers.*source='camps'"):
        both.features(["user:1", "user:0"])
    assert both.features(["user:1"])["name"].tolist() == ["C"]
    assert (first + first).features(["user:0"])["name"].tolist() == ["A"]
    # An id that was given is the same thing in both layers: the first wins.
    other = layer("x", ("D", "facility", Point(4, 4)), id=["user:0"])
    assert (other + first).features(["user:0"])["name"].tolist() == ["D"]
    (first + stack[0]).features(["user:0", "one:0"])


def test_own_features_on_the_embedded_ones():
    own = layer(
        "mine",
        ("Raqqa", "facility", Point(39.5, 36.5)),
        ("Camp Seven", "facility", Point(39.1, 36)),
        country="Syria",
    )
    both = own + Gazetteer.embedded()
    assert geocode("Raqqa", gazetteer=both).id == "mine:0"
    assert geocode("Raqqa", gazetteer=both, kind="populated place").source != "mine"
    assert geocode("Raqqa", gazetteer=both).alternatives[0].country == "SY"
    assert geocode("Camp Seven", gazetteer=both, country="SY").id == "mine:1"
    assert geocode("Camp Seven", gazetteer=both, near="Raqqa").id == "mine:1"
    with pytest.raises(PlaceNotFound, match=r"There is Camp Seven \(facility\) in SY"):
        geocode("Camp Seven", gazetteer=both, country="FR")
    assert geocode("Raqqa", gazetteer=Gazetteer.embedded() + own).source != "mine"
    # Own features of a country vote for it, as others do.
    frame = geocode(["Camp Seven", "Tripoli"], gazetteer=both)
    assert frame["feature_id"].iloc[0] == "mine:1"


def test_a_saved_gazetteer_keeps_everything(tmp_path):
    made = layer(
        "mine",
        ("A", "facility", Point(1, 2)),
        ("B", "river", LineString([(0, 0), (1, 1), (3, 1)])),
        ("C", "region", MultiPolygon([box(0, 0, 1, 1), box(5, 5, 6, 6)])),
        names=[["Ä", "ا"], [], ["C; D"]],
        country=["SY", None, "IQ SY"],
        admin1=["Aleppo", None, ""],
        population=[5, 0, 7],
        uncertainty_m=[1.0, 2.5, 1e6],
        feature_code=["L.OILF", "H.STM", None],
    )
    made.save(tmp_path / "mine.gaz")
    kept = Gazetteer.from_file(tmp_path / "mine.gaz")
    every = (-180, -90, 180, 90)
    assert kept.window(every).equals(made.window(every))
    found = kept.features(["mine:0", "mine:1", "mine:2"])
    assert found["feature_code"].tolist() == ["L.OILF", "H.STM", ""]
    assert found["uncertainty_m"].tolist() == [1.0, 2.5, 1e6]
    assert found["country"].fillna("").tolist() == ["SY", "", "IQ SY"]
    assert kept.search("A")["feature_code"].tolist() == ["L.OILF"]
    both = kept + Gazetteer.embedded()
    assert both.features(["mine:0", "iso:SY"])["feature_code"].tolist() == ["L.OILF", ""]


def test_the_embedded_gazetteer_is_one_object():
    embedded = Gazetteer.embedded()
    assert Gazetteer.embedded() is embedded
    assert Gazetteer.embedded() is not Gazetteer.default()
    assert pickle.loads(pickle.dumps(embedded)) is embedded  # noqa: S301 -- our own bytes
    assert set(embedded.stores) <= set(Gazetteer.default().stores)


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Make the default anew, with a folder of installed gazetteers of its own."""
    monkeypatch.setenv("GEOEVENTS_GAZETTEERS", str(tmp_path))
    monkeypatch.setattr(Gazetteer, "_default", None)
    return tmp_path


def test_installed_gazetteers_are_in_the_default_as_equals(install):
    layer(
        "extra", ("Qqamp Nine", "facility", Point(39, 36)), ("Damascus", "facility", Point(0, 0))
    ).save(install / "extra.gaz")
    (install / "extra.json").write_text("{}", encoding="utf-8")
    default = Gazetteer.default()
    assert len(default) == len(Gazetteer.embedded()) + 2
    assert geocode("Qqamp Nine").id == "extra:0"
    assert geocode("Damascus").country == "SY"  # no layer: the larger one wins
    assert default.of_default(default.numbers_of(["extra:0", "iso:SY"])).all()
    own = layer("own", ("A", "facility", Point(0, 0)))
    assert not own.of_default(own.numbers_of(["own:0"])).any()
    assert pickle.loads(pickle.dumps(default)) is default  # noqa: S301 -- our own bytes
    (install / "extra.gaz").unlink()
    assert Gazetteer.default() is default


def test_an_installed_file_of_another_version_is_told_with_what_to_do(install):
    (install / "old.gaz").write_bytes(b"geoevents gazetteer 0\n" + bytes(100))
    (install / "old.json").write_text("{}", encoding="utf-8")
    with pytest.raises(
        GeoeventsError, match=r"'old' cannot be used: .*geoevents gazetteer update old"
    ):
        Gazetteer.default()


def test_the_run_knows_no_gazetteers_of_this_computer():
    assert Path(os.environ["GEOEVENTS_GAZETTEERS"]).name == "gazetteers"
    assert not list(Path(os.environ["GEOEVENTS_GAZETTEERS"]).iterdir())


def test_the_default_is_one_object():
    default = Gazetteer.default()
    assert Gazetteer.default() is default
    assert pickle.loads(pickle.dumps(default)) is default  # noqa: S301 -- our own bytes
    assert len(default) > 240_000

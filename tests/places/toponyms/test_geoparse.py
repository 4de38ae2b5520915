"""`ge.geoparse`: the frame, its options, its errors."""

import subprocess
import sys

import geopandas as gpd
import pytest
from shapely import Point

import geoevents as ge
from geoevents.places import Gazetteer

COLUMNS = [
    "mention", "start", "end", "sense", "name", "kind", "country", "admin1", "score",
    "uncertainty_m", "source", "feature_id", "alternatives", "ambiguous", "why", "geometry",
]  # fmt: skip


def parse(text: str, **options):
    return ge.geoparse(text, gazetteer=Gazetteer.embedded(), **options)


def test_a_frame_has_a_row_for_each_mention_in_order():
    text = "Raqqa fell. East of Raqqa, by the Euphrates, Syrian troops stood."
    found = parse(text)
    assert list(found.columns) == COLUMNS
    assert found["mention"].tolist() == ["Raqqa", "Raqqa", "Euphrates", "Syrian"]
    assert found["start"].tolist() == [0, 20, 34, 45]
    assert found["sense"].tolist() == ["place", "place", "place", "demonym"]
    assert found["kind"].tolist() == ["populated place"] * 2 + ["river", "country"]
    assert found.crs == "EPSG:4326"
    # Raqqa lies at 39.0 E, 35.95 N.
    assert found.geometry[0].distance(Point(39.0, 35.95)) < 0.1


def test_a_text_without_places_gives_the_same_columns_and_types():
    empty, full = parse("Nobody was there."), parse("In Raqqa.")
    assert list(empty.columns) == COLUMNS
    assert not len(empty)
    assert empty.crs == full.crs
    for name in COLUMNS[:-1]:
        assert empty[name].dtype == full[name].dtype, name


def test_a_demonym_counts_less_than_its_country():
    found = parse("Syria was quiet, Syrian officers said.")
    assert found["name"].tolist() == ["Syria", "Syria"]
    assert found["score"][1] < found["score"][0]


def test_persons_organisations_and_governments_are_no_rows():
    found = parse("Moscow denied it. Aleppo University is shut. Paris Hilton left Beirut.")
    assert found["mention"].tolist() == ["Beirut"]


def test_offsets_are_into_the_text_as_given():
    page = (
        "<html><body><p>Fighting went on in <b>Deir&nbsp;Ezzor</b> and "
        "<a href='x'>Raqqa</a> overnight, several residents of both cities said.</p></body></html>"
    )
    found = parse(page)
    assert len(found)
    for row in found.itertuples():
        assert page[row.start : row.end] == row.mention
    assert "Raqqa" in found["mention"].tolist()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("text", [("Homs", 11), ("Palmyra", 17), ("Aleppo", 31)]),
        ("markdown", [("Homs", 11)]),
        ("html", [("Homs", 11), ("Palmyra", 17)]),
        (None, [("Homs", 11), ("Palmyra", 17), ("Aleppo", 31)]),
    ],
)
def test_a_text_is_what_it_is_said_to_be(kind, expected):
    found = parse("They left [Homs](Palmyra) <!-- Aleppo -->.", format=kind)
    assert list(zip(found["mention"], found["start"], strict=True)) == expected


@pytest.mark.parametrize("bad", ["HTML", "pdf", "", 3, ["html"]])
def test_a_format_that_is_none_is_refused(bad):
    with pytest.raises(ge.GeoeventsError, match="is none that reports are read in: give one of"):
        parse("In Homs", format=bad)


def test_country_keeps_to_its_places_and_believes_them_sooner():
    text = "Rebels took Tripoli and Norvik from Russian troops."
    assert set(parse(text, country="LB")["country"]) == {"LB"}
    assert set(parse(text)["country"]) >= {"RU"}
    assert not len(parse("In Paris.", country="SY").query("country != 'SY'"))
    assert parse("Rebels took Tripoli.", country="Lebanon")["country"].tolist() == ["LB"]


def test_a_hamlet_is_believed_where_its_country_is_asked_for():
    text = "Kafr Zita men came. They met Halfaya men."
    asked = parse(text, country="SY")["mention"].tolist()
    assert set(parse(text)["mention"]) <= set(asked)
    assert "Halfaya" in asked


@pytest.mark.parametrize("bad", [None, 3, b"In Raqqa", ["In Raqqa"]])
def test_what_is_no_text_is_refused(bad):
    with pytest.raises(ge.GeoeventsError, match="geoparse takes text"):
        ge.geoparse(bad)


def test_what_is_no_gazetteer_is_refused():
    with pytest.raises(ge.GeoeventsError, match="gazetteer must be a Gazetteer"):
        ge.geoparse("In Raqqa.", gazetteer="places.csv")


def test_an_unknown_country_is_refused():
    with pytest.raises(ge.GeoeventsError, match="country must be"):
        parse("In Raqqa.", country="Atlantis")


def test_a_gazetteer_of_ones_own_is_asked_first(little):
    found = ge.geoparse("Men went from Twin to Norvik, in Bland.", gazetteer=little)
    assert found["mention"].tolist() == ["Twin", "Norvik", "Bland"]
    assert found["country"].tolist()[1:] == ["BB", "BB"]


def test_a_place_of_ones_own_may_lie_anywhere_and_be_called_anything():
    camps = Gazetteer.from_frame(
        gpd.GeoDataFrame(
            {"name": ["Camp Seven"]}, geometry=[Point(-150.0, -40.0)], crs="EPSG:4326"
        ),
        kind="facility",
    )
    found = ge.geoparse("In Raqqa and in Camp Seven.", gazetteer=camps + Gazetteer.embedded())
    assert found["mention"].tolist() == ["Raqqa", "Camp Seven"]


def test_a_gazetteer_without_countries_knows_no_demonyms(little):
    assert not len(ge.geoparse("Syrian and US troops.", gazetteer=little))


def test_finding_loads_neither_pandas_nor_geopandas():
    code = (
        "import sys; from geoevents.places import Gazetteer; from geoevents.prose import Document; "
        "from geoevents.places.toponyms import find_toponyms; "
        "print(len(find_toponyms([Document.read('In Raqqa.')], Gazetteer.embedded())[0])); "
        "print(sorted({'pandas', 'geopandas', 'folium', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["1", "[]"]

"""Names of columns: those that a file cannot give back are refused."""

import geopandas as gpd
import pytest
from shapely import Point

import geoevents as ge
from geoevents.io import write_changes

SUFFIXES = [".csv", ".geojson", ".gpkg", ".parquet", ".fgb", ".kml", ".kmz"]


def events(name):
    return gpd.GeoDataFrame(
        {"event_type": ["siege"], "place": ["x"], name: [7]}, geometry=[Point(1, 2)], crs=4326
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", ["Geometry", "GEOMETRY", " geometry"])
def test_a_second_geometry_in_another_spelling(suffix, name, tmp_path):
    for write in (ge.write_events, write_changes):
        with pytest.raises(ge.GeoeventsError, match=r"would be taken for 'geometry'.*: rename it"):
            write(events(name), tmp_path / f"a{suffix}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    ("name", "ours"), [("Place", "place"), ("Event Type", "event_type"), ("Relation", "relation")]
)
def test_a_column_of_the_schema_in_another_spelling(suffix, name, ours, tmp_path):
    with pytest.raises(ge.GeoeventsError, match=f"'{name}' would be taken for '{ours}'"):
        ge.write_events(events(name), tmp_path / f"a{suffix}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("character", ["\n", "\r", "\t", "\0", "\x07", "\x85", "\u2028"])
def test_line_breaks_and_control_characters(suffix, character, tmp_path):
    with pytest.raises(ge.GeoeventsError, match=rf"U\+{ord(character):04X}, .*: rename it"):
        ge.write_events(events(f"a{character}b"), tmp_path / f"a{suffix}")
    assert not list(tmp_path.iterdir())

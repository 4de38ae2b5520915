"""Rings and measures, which formats do not have."""

import geopandas as gpd
import pytest
import shapely

import geoevents as ge
from geoevents.io import write_changes

RING = shapely.LinearRing([(0, 0), (1, 0), (1, 1)])
LINE = shapely.LineString(RING.coords)
SUFFIXES = [".csv", ".geojson", ".gpkg", ".parquet", ".fgb", ".kml", ".kmz"]


def events(*shapes):
    return gpd.GeoDataFrame(
        {"event_type": "siege", "event_id": [str(row) for row in range(len(shapes))]},
        geometry=list(shapes),
        crs=4326,
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_rings_become_the_closed_lines_that_they_are(suffix, tmp_path):
    nested = shapely.GeometryCollection([shapely.GeometryCollection([RING]), shapely.Point(1, 2)])
    lines = shapely.GeometryCollection([shapely.GeometryCollection([LINE]), shapely.Point(1, 2)])
    path = tmp_path / f"a{suffix}"
    frame = events(RING, nested, shapely.Point(5, 5))
    for rows, expected in ((frame, [LINE, lines, shapely.Point(5, 5)]), (frame.iloc[:1], [LINE])):
        ge.write_events(rows, path)
        read = ge.read_events(path).sort_values("event_id").geometry
        assert [shape.wkt for shape in read] == [shape.wkt for shape in expected]
    assert frame.geometry[0].geom_type == "LinearRing"  # what was given stays as it was


def test_heights_of_rings_are_kept(tmp_path):
    ge.write_events(events(shapely.force_3d(RING, 7)), tmp_path / "a.gpkg")
    read = ge.read_events(tmp_path / "a.gpkg").geometry[0]
    assert read.wkt == shapely.force_3d(LINE, 7).wkt


def test_others_read_the_rings_of_kml(tmp_path):
    ge.write_events(events(RING), tmp_path / "a.kml")
    assert gpd.read_file(tmp_path / "a.kml").geometry[0].equals(LINE)


@pytest.mark.parametrize(
    "wkt", ["POINT M (1 2 3)", "POINT ZM (1 2 3 4)", "LINESTRING M (0 0 1, 1 1 2)"]
)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_measures_are_kept_or_refused(suffix, wkt, tmp_path):
    measured = shapely.from_wkt(wkt)
    path = tmp_path / f"a{suffix}"
    frame = events(shapely.Point(0, 0, 0) if measured.has_z else shapely.Point(0, 0), measured)
    if suffix in {".csv", ".parquet"}:
        ge.write_events(frame, path)
        assert ge.read_events(path).geometry[1].wkt == measured.wkt
        return
    for write in (ge.write_events, write_changes):
        with pytest.raises(ge.GeoeventsError, match=r"row 1, column geometry: .*\(M\).*force_2d"):
            write(frame, path)
    assert not list(tmp_path.iterdir())
    ge.write_events(frame.set_geometry(shapely.force_2d(frame.geometry.to_numpy()), crs=4326), path)
    assert not ge.read_events(path).geometry.has_m.any()

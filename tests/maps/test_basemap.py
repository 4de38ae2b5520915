import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon, box

from geoevents.maps import basemap, ground


def length(shapes):
    """Degrees drawn by encoded shapes."""
    x, y = (np.array(shapes[a].values) / shapes["scale"] for a in "xy")
    path = np.repeat(np.arange(len(shapes["paths"])), shapes["paths"])
    if not len(x):
        return 0.0
    return float(shapely.length(shapely.linestrings(np.stack([x, y], 1), indices=path)).sum())


def test_a_window_surrounds_the_data_and_never_leaves_the_map():
    west, south, east, north = basemap.window((36, 80, 37, 84.9))
    assert west < 36
    assert east > 37
    assert south < 80
    assert north == 85


def test_one_point_gets_a_window():
    west, south, east, north = basemap.window((40, 35, 40, 35))
    assert (west, east) == (37.4, 42.6)
    assert (south, north) == (32.4, 37.6)


def test_the_whole_world_is_one_turn():
    west, _, east, _ = basemap.window((-179, -50, 179, 70))
    assert (west, east) == (-180, 180)


def test_borders_are_what_two_countries_share(gazetteer):
    countries = gazetteer.frame[gazetteer.frame["kind"] == "country"]
    lines = basemap.outlines(countries, (25, 25, 55, 45), 0.001)
    assert length(lines["borders"]) == pytest.approx(10, abs=0.01)
    assert length(lines["coasts"]) == pytest.approx(60, abs=0.01)


def test_the_edge_of_the_window_is_not_a_coast(gazetteer):
    countries = gazetteer.frame[gazetteer.frame["kind"] == "country"]
    lines = basemap.outlines(countries, (35, 32, 45, 38), 0.001)
    assert length(lines["coasts"]) == 0
    assert length(lines["borders"]) == pytest.approx(6, abs=0.01)


def test_a_base_map_of_open_sea(gazetteer):
    assert basemap.embedded(gazetteer, (0.0, 0.0, 1.0, 1.0))


def test_a_river_known_only_to_some_kilometres_is_schematic(gazetteer):
    rivers = gazetteer.frame[gazetteer.frame["kind"] == "river"]
    assert basemap.schematic(rivers).tolist() == [1]
    assert basemap.schematic(rivers.assign(uncertainty_m=2000.0)).tolist() == [0]


def test_the_base_map_is_cut_to_the_window(gazetteer):
    small = basemap.embedded(gazetteer, (35.0, 35.0, 37.0, 37.0))
    assert small == basemap.embedded(gazetteer, (35.0, 35.0, 37.0, 37.0))
    assert len(small) < 3000


def test_labels_stand_where_an_area_is_widest():
    pan = Polygon([(0, 0), (10, 0), (10, 1), (2, 1), (2, 0.9), (-4, 4), (-4, 0)])
    frame = basemap_frame([pan])
    labels = basemap.labels(frame, frame.iloc[:0], (-10, -10, 20, 20))
    x = labels["x"].values[0] / 1e5
    assert x < 0


def basemap_frame(geometries):
    return gpd.GeoDataFrame(
        {"id": "x", "name": "X", "kind": "country", "population": 0},
        geometry=geometries, index=range(len(geometries)), crs=4326,
    )  # fmt: skip


def test_the_simplified_world_is_there():
    assert len(basemap.world()) < 350_000


def test_suburbs_come_after_all_towns_and_know_their_city():
    towns = gpd.GeoDataFrame(
        {
            "name": ["Suburb", "City", "Neighbour", "Village", "Twin"],
            "population": [370_000, 900_000, 20_000, 300, 600_000],
            "uncertainty_m": [6_000.0, 12_000.0, 3_000.0, 500.0, 10_000.0],
        },
        geometry=gpd.points_from_xy([30.1, 30, 30.5, 31, 30.05], [50, 50, 50, 50, 50.05]),
        crs=4326,
    )
    chosen = ground.named_towns(towns)
    assert chosen["name"].tolist() == ["City", "Twin", "Neighbour", "Village", "Suburb"]
    assert chosen["around"].round(3).tolist() == [0, 0, 0, 0, 0.108]  # 12 km of 111.195 a degree


def test_larger_data_never_get_a_smaller_window():
    widths = []
    for side in range(1, 60):
        west, _, east, _ = basemap.window((0.0, 0.0, float(side), 1.0))
        widths.append(east - west)
        assert west < 0
        assert east > side
    assert widths == sorted(widths)


def test_a_window_past_the_antimeridian_asks_for_both_sides():
    asked = []

    class Asked:
        def window(self, bounds, **_):
            asked.append(bounds)
            return (
                basemap_frame([box(-180, -1, -179, 1)])
                .assign(kind="populated place", country="FJ", uncertainty_m=1.0, source="x")
                .iloc[:0]
            )

    basemap.embedded.__wrapped__(Asked(), (175.0, -20.0, 185.0, -10.0))
    assert (175.0, -20.0, 180.0, -10.0) in asked
    assert (-180.0, -20.0, -175.0, -10.0) in asked


@pytest.mark.parametrize("lat", [90, 89.9, 88, -90])
def test_a_window_at_a_pole_is_no_empty_one(lat):
    _, south, _, north = basemap.window((0, lat, 0, lat))
    assert -85 <= south < north <= 85

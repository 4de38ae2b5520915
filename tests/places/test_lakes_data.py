"""The lakes of the embedded gazetteer, against places that are known to lie in and by them."""

import pytest
import shapely
from pyproj import Geod

import geoevents as ge

WGS84 = Geod(ellps="WGS84")

# name; a spot well inside the water; a town on the shore: lat lon, and how far it may be, in km
LAKES = [
    ("Lake Van", (38.63, 42.85), (38.75, 42.49), 4),  # Ahlat
    ("Lake Victoria", (-1.0, 33.0), (-0.10, 34.75), 8),  # Kisumu
    ("Lake Tanganyika", (-6.0, 29.5), (-4.88, 29.63), 6),  # Kigoma
    ("Lake Kivu", (-2.0, 29.15), (-1.68, 29.23), 5),  # Goma
    ("Lake Albert", (1.7, 31.0), (1.39, 30.44), 6),  # Kasenyi
    ("Lake Tana", (12.0, 37.3), (11.59, 37.39), 5),  # Bahir Dar
    ("Lake Malawi", (-12.0, 34.5), (-11.61, 34.30), 4),  # Nkhata Bay
    ("Lake Turkana", (3.5, 36.1), (3.53, 35.87), 15),  # Kalokol
    ("Lake Chad", (13.0, 14.2), (13.2, 13.5), 60),  # off Baga, as it was in the 1960s
    ("Sea of Galilee", (32.82, 35.58), (32.79, 35.54), 4),  # Tiberias
    ("Dead Sea", (31.6, 35.5), (31.46, 35.39), 5),  # Ein Gedi
    ("Lake Urmia", (37.8, 45.4), (37.55, 45.07), 35),  # the city is 20 km from it
    ("Lake Nasser", (23.5, 32.85), (23.97, 32.88), 12),  # the High Dam
    ("Lake Baikal", (53.5, 108.0), (51.86, 104.86), 6),  # Listvyanka
    ("Lake Balkhash", (46.0, 74.0), (46.84, 74.98), 8),  # Balkhash
    ("Lake Ladoga", (60.8, 31.5), (61.70, 30.69), 8),  # Sortavala's bay
    ("Lake Geneva", (46.45, 6.5), (46.50, 6.63), 4),  # Lausanne-Ouchy
    ("Lake Ohrid", (41.05, 20.72), (41.11, 20.80), 4),  # Ohrid
    ("Lake Titicaca", (-15.8, -69.4), (-15.84, -70.02), 8),  # Puno
    ("Lake Nicaragua", (11.5, -85.4), (11.93, -85.95), 6),  # Granada
    ("Lake Erie", (42.2, -81.0), (41.5, -81.7), 5),  # Cleveland
    ("Kyiv Reservoir", (51.0, 30.5), (50.59, 30.49), 8),  # Vyshhorod's dam
    ("Tonle Sap Lake", (12.8, 104.1), (13.25, 103.82), 12),  # Siem Reap's landing
    ("Lake Toba", (2.85, 98.70), (2.66, 98.93), 5),  # Parapat
]


@pytest.mark.parametrize(("name", "inside", "beside", "within"), LAKES)
def test_lake_lies_where_it_is_known_to(
    name: str, inside: tuple[float, float], beside: tuple[float, float], within: float
) -> None:
    """Water is inside, the town's shore is near, and the name leads there."""
    lake = ge.geocode(name)
    assert lake is not None
    assert lake.kind == "lake"
    assert lake.geometry.covers(shapely.Point(inside[::-1]))
    town = shapely.Point(beside[::-1])
    near = shapely.shortest_line(lake.geometry, town)
    assert WGS84.geometry_length(near) / 1e3 < within
    assert lake.uncertainty_m >= 1_500
    assert "GSHHG" in lake.source


def test_islands_are_not_water() -> None:
    """Olkhon lies in Lake Baikal, Idjwi in Lake Kivu."""
    for name, lat, lon in (("Lake Baikal", 53.15, 107.4), ("Lake Kivu", -2.15, 29.05)):
        lake = ge.geocode(name)
        assert lake is not None
        assert not lake.geometry.covers(shapely.Point(lon, lat))


@pytest.mark.parametrize("name", ["Lake Assad", "Kakhovka Reservoir", "Mosul Dam Lake"])
def test_reservoirs_that_no_source_draws_are_points_that_say_how_rough(name: str) -> None:
    """Their uncertainty holds the whole lake."""
    lake = ge.geocode(name)
    assert lake is not None
    assert (lake.kind, lake.geometry.geom_type) == ("lake", "Point")
    assert lake.uncertainty_m >= 15_000

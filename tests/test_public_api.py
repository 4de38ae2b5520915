"""The public API is whole, documented, and imported only when used."""

import subprocess
import sys

import pytest

import geoevents


def test_every_public_name_resolves_and_is_documented() -> None:
    for name in geoevents.__all__:
        value = getattr(geoevents, name)
        assert name == "__version__" or value.__doc__, name


def test_names_are_listed_before_they_are_imported() -> None:
    assert set(geoevents.__all__) <= set(dir(geoevents))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'geocoed'"):
        _ = geoevents.geocoed


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("import geoevents", {"folium", "matplotlib", "geopy", "geopandas", "pandas", "shapely"}),
        (
            "import geoevents; geoevents.geocode('Deir Ezzor')",
            {"folium", "matplotlib", "geopy", "geopandas", "pandas"},
        ),
        ("import geoevents; geoevents.read_events", {"folium", "matplotlib", "geopy"}),
        (
            "import geoevents; geoevents.territory_change; geoevents.Territory.from_snapshots",
            {"folium", "matplotlib", "geopy"},
        ),
        ("import geoevents; geoevents.plot_map", {"folium", "matplotlib", "geopy"}),
        ("import geoevents; geoevents.locate('near Raqqa')", {"folium", "matplotlib", "geopy"}),
    ],
)
def test_heavy_libraries_wait_until_they_are_needed(code: str, forbidden: set[str]) -> None:
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    loaded = set(result.stdout.split())
    assert not loaded & forbidden

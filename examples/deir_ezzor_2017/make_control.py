"""
Ask the schematic control of Deir ez-Zor, September 2017, what changed hands and where forces meet.

Run it, in a folder of your choice: it prints what it finds, and leaves a map there and, with
matplotlib, two figures. All ground in it was drawn by hand (``draw_control.py``).
"""

import sys
from importlib.util import find_spec
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

import geoevents as ge
from geoevents.geodesy import bearing, distance_m
from geoevents.territory import Gap, books

HERE = Path(__file__).parent
TITLE = "Deir ez-Zor, September 2017: schematic control"
SDF, GOVERNMENT = "SDF", "Syrian government"
DOWNSTREAM = shapely.box(39.7, 34.0, 41.6, 36.5)  # of where the two already face each other


def kilometres(frame: pd.DataFrame) -> str:
    """Write areas with their ranges."""
    rounded = frame[["area_km2", "area_low_km2", "area_high_km2"]].round(0).astype(int)
    named = frame[[name for name in ("date", "from_actor", "to_actor", "actor") if name in frame]]
    return named.join(rounded).to_string(index=False)


def where(gap: Gap) -> str:
    """Say how wide a gap is, and where."""
    (x, y), (u, v) = gap.geometry.coords
    city = ge.geocode("Deir ez-Zor", kind="populated place", country="SY").point
    away = distance_m(city.x, city.y, x, y) / 1000
    towards = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")[
        round(float(bearing(city.x, city.y, x, y)) / 45) % 8
    ]
    return (
        f"{gap.date.date()}: {gap.distance_m / 1000:.1f} km "
        f"({gap.distance_low_m / 1000:.0f} to {gap.distance_high_m / 1000:.0f}), "
        f"from {x:.2f} E {y:.2f} N to {u:.2f} E {v:.2f} N; "
        f"its {gap.a} end is {away:.0f} km {towards} of the city"
    )


def corridor(events: gpd.GeoDataFrame, early: ge.Territory, gained: gpd.GeoDataFrame) -> None:
    """Compare what was drawn with the square kilometres that the report gives."""
    told = events[events["event_id"] == "dez-khabur-gain"]
    print("\nThe report's gain along the Khabur, put on the early snapshot from its words alone")
    print(kilometres(early.with_gains(told).changes()))
    both = shapely.intersection(told.geometry.iloc[0], gained.union_all())
    print(f"of it within the gain drawn: {ge.area(both):.0f} km2")
    river = ge.geocode("Khabur River", country="SY").geometry
    along = gained[gained.intersects(river)]
    drawn, reported = along["area_km2"].sum(), told["reported_area_km2"].iloc[0]
    print(
        f"drawn along the Khabur: {drawn:.0f} km2, reported: {reported:.0f} km2 "
        f"({drawn / reported - 1:+.0%}); all that is drawn for the SDF: "
        f"{gained['area_km2'].sum():.0f} km2"
    )


def main(folder: Path) -> None:
    """Read the snapshots, measure, and draw."""
    snapshots = gpd.read_file(HERE / "control.geojson")
    control = ge.Territory.from_snapshots(snapshots)
    events = ge.attach(ge.read_events(HERE / "events.csv"), country="SY")
    early, middle = control.dates
    changes = control.changes(explode=True)
    print(f"{control}\nSchematic: drawn by hand, lines good to 3 km. Nobody surveyed it.")

    print("\nWho held what, km2")
    print(kilometres(control.area_ranges()))
    print("\nWhat changed hands")
    print(kilometres(control.changes()))
    print("\nThe books (km2)")
    print((books(control.at(early), control.at(middle)).round(1) + 0.0).to_string())

    print("\nSDF / Syrian government")
    for line in control.frontline(SDF, GOVERNMENT).itertuples():
        west, _, east, _ = line.geometry.bounds
        print(
            f"front line: {line.length_km:.0f} km along the Euphrates, {west:.2f} to {east:.2f} E"
        )
    print("gap downstream of it, where they converge on the city:")
    for date in control.dates:
        print(f"  {where(control.clip(DOWNSTREAM).gap(SDF, GOVERNMENT, date))}")

    first = ge.Territory.from_snapshots(snapshots[snapshots["date"] == early])
    corridor(events, first, changes[changes["to_actor"] == SDF])

    page = folder / "control.html"
    ge.event_map(events, territory=control, title=TITLE).save(page)
    print(f"\nmap: {page.name}")
    if find_spec("matplotlib"):
        figures = {
            "control_areas.png": ge.plot_areas(control, title=TITLE),
            "control_map.png": ge.plot_map(control, changes=changes, title=TITLE),
        }
        for name, ax in figures.items():
            ax.figure.savefig(folder / name, dpi=150)
            print(f"figure: {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path())

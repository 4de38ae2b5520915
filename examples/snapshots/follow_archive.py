"""
Follow an archive of daily snapshots: what changed hands each day, in a week, and in all.

    python follow_archive.py ARCHIVE OUT

ARCHIVE is a folder with a GeoJSON file for each day, named by the date; OUT is for what is found.
With OUT alone it follows an archive that it makes itself (``make_archive.py``).
"""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pandas as pd
from make_archive import make

import geoevents as ge
from geoevents.territory import books

ACTOR = "side"  # the column that names the holder
TOLERANCE_M = 50.0  # two drawings of the same line differ by less


def days(folder: Path) -> Iterator[gpd.GeoDataFrame]:
    """Read an archive, one day at a time."""
    for path in sorted(folder.glob("*.geojson")):
        yield gpd.read_file(path).assign(date=pd.Timestamp(path.stem))


def follow(folder: Path) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """
    Compare each day with the one before, holding no more than those two.

    Parameters
    ----------
    folder : Path
        The archive.

    Returns
    -------
    tuple of GeoDataFrame and DataFrame
        What changed hands, with its date; and for each day what each side holds, what was set aside
        as noise, and by how much the books are out (``edges_km2``), in km2.
    """
    found, daily = [], {}
    for before, after in pairwise(days(folder)):
        day = after["date"].iloc[0]
        change = ge.territory_change(before, after, actor=ACTOR, tolerance_m=TOLERANCE_M)
        change.insert(0, "date", day)
        found.append(change)
        account = books(before, after, actor=ACTOR, tolerance_m=TOLERANCE_M)
        daily.setdefault(before["date"].iloc[0], dict(account["before_km2"]))
        daily[day] = {
            **account["after_km2"],
            "noise_km2": change.attrs["noise_km2"],
            "edges_km2": account["edges_km2"].abs().max(),
        }
    table = pd.DataFrame.from_dict(daily, orient="index").rename_axis("date")
    return gpd.GeoDataFrame(pd.concat(found, ignore_index=True)), table


def week(changes: gpd.GeoDataFrame, daily: pd.DataFrame) -> pd.DataFrame:
    """Give the last week's gains and losses: a row for each day, a column for each transition."""
    since = daily.index[-1] - pd.Timedelta(days=7)
    some = changes[changes["date"] > since]
    what = some["to_actor"] + " from " + some["from_actor"]
    table = some.pivot_table("area_km2", "date", what, aggfunc="sum")
    table = table.reindex(daily.index[daily.index > since]).fillna(0.0)
    table["noise"] = daily["noise_km2"]
    table.index = table.index.strftime("%Y-%m-%d")
    table.loc["in all"] = table.sum()
    return table.rename_axis(index=None, columns="km2")


def redrawn(exact: gpd.GeoDataFrame, changes: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find days with many times the places of change without a tolerance: no army does that."""
    table = pd.DataFrame(
        {
            "places, tolerance 0 m": exact.groupby("end")["parts"].sum(),
            f"{TOLERANCE_M:.0f} m": changes.groupby("date")["parts"].sum(),
        }
    ).fillna(0)
    table.index = table.index.strftime("%Y-%m-%d")
    return table[table.iloc[:, 0] > 5 * table.iloc[:, 1]].astype(int)


def main(archive: Path, out: Path) -> None:
    """Follow the archive and write what was found."""
    out.mkdir(parents=True, exist_ok=True)
    changes, daily = follow(archive)
    first, last = daily.index[[0, -1]]
    print(f"{len(daily)} days, {first.date()} to {last.date()}")
    print(f"{len(changes)} changes of hands, {changes['area_km2'].sum():.1f} km2")
    print(f"books: no day is out by more than {daily['edges_km2'].max() * 1e6:.4f} m2")

    print("\nThe last week, day by day")
    print(week(changes, daily).round(2).to_string())

    every = gpd.GeoDataFrame(pd.concat(days(archive), ignore_index=True))
    control = ge.Territory.from_snapshots(every, actor=ACTOR)
    print("\nDays on which a line was drawn anew")
    print(redrawn(control.changes(), changes).to_string())

    since = last - pd.Timedelta(days=7)
    net = control.changes(since, last, tolerance_m=TOLERANCE_M, explode=True)
    print(f"\nFrom {since.date()} to {last.date()} as a whole: the largest of {len(net)} places")
    largest = net.nlargest(5, "area_km2")
    middle = largest.representative_point()
    table = largest[["from_actor", "to_actor", "area_km2"]].assign(lon=middle.x, lat=middle.y)
    print(table.round(2).to_string(index=False))

    changes.to_file(out / "changes.gpkg", layer="changes")
    daily.round(6).to_csv(out / "areas.csv")
    control.write(out / "control.parquet")
    title = f"{archive.name}: the week to {last.day} {last:%B %Y}"
    ge.event_map(territory=control, changes=net, title=title).save(out / "map.html")
    print("\nwritten: " + ", ".join(sorted(path.name for path in out.iterdir())))


if __name__ == "__main__":
    *given, found = [Path(argument) for argument in sys.argv[1:]] or [Path("followed")]
    with TemporaryDirectory() as scratch:
        source = given[0] if given else Path(scratch, "Synthetic front")
        if not given:
            make(source)
        main(source, found)

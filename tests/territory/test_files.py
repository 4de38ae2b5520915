"""Control in one file: written whole or not at all, and read as it was."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import MultiPolygon, box

from geoevents.errors import GeoeventsError
from geoevents.territory import Territory

SUFFIXES = [".gpkg", ".parquet"]


def control():
    """Names in two scripts, a day without holders, a time of day, every column."""
    rows = gpd.GeoDataFrame(
        {
            "actor": ["قوات سوريا الديمقراطية", "ISIS", "ISIS", "none", "Jabhat \"x\"; 'y', z"],
            "date": ["2017-09-03", "2017-09-03", "2017-09-10T06:30", "2017-09-12", "2017-09-16"],
            "source": ["تقرير", None, "a; b", None, None],
            "inferred": [True, False, None, False, False],
            "uncertainty_m": [250, np.nan, 0, np.nan, 12.5],
        },
        geometry=[
            box(40, 35, 40.4, 35.2),
            MultiPolygon([box(40, 35.2, 40.4, 35.4), box(41, 35, 41.1, 35.1)]),
            box(40, 35, 40.4, 35.4) - box(40.1, 35.1, 40.2, 35.2),
            None,
            box(0.1, 0.2, 1 / 3, 2 / 3),
        ],
        crs=4326,
    )
    return Territory.from_snapshots(rows)


def same(found, given):
    assert found.dates.equals(given.dates)
    assert found.actors == given.actors
    one, other = found.frame, given.frame
    assert one.columns.tolist() == other.columns.tolist()
    assert one.dtypes.astype(str).tolist() == other.dtypes.astype(str).tolist()
    assert one.drop(columns="geometry").equals(other.drop(columns="geometry"))
    assert one.crs == other.crs
    assert shapely.equals_exact(one.geometry.to_numpy(), other.geometry.to_numpy()).all()
    assert found.areas().equals(given.areas())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_gives_back_what_was_written(tmp_path, suffix):
    given = control()
    path = tmp_path / f"سيطرة{suffix}"
    given.write(path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    found = Territory.read(str(path))
    same(found, given)
    assert found.at("2017-09-12").empty
    assert found.at("2017-09-11")["date"].tolist() == [pd.Timestamp("2017-09-10T06:30")]
    assert found.inferred
    # Once more over the file that is there.
    given.clip(box(40, 35, 41, 36)).write(path)
    same(Territory.read(path), given.clip(box(40, 35, 41, 36)))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_control_of_nobody(tmp_path, suffix):
    given = control().clip(box(0, 0, 0.01, 0.01))
    assert given.frame.empty
    given.write(tmp_path / f"none{suffix}")
    found = Territory.read(tmp_path / f"none{suffix}")
    assert found.dates.equals(given.dates)
    assert found.frame.empty
    assert found.actors == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_only_polygons_and_only_text_that_is_missing(tmp_path, suffix):
    rows = gpd.GeoDataFrame(
        {"actor": ["A"], "date": ["2024-07-08"]}, geometry=[box(0, 0, 1, 1)], crs=4326
    )
    given = Territory.from_snapshots(rows)
    given.write(tmp_path / f"one{suffix}")
    same(Territory.read(tmp_path / f"one{suffix}"), given)


def test_the_files_are_what_they_say(tmp_path):
    given = control()
    given.write(tmp_path / "control.gpkg")
    given.write(tmp_path / "control.PARQUET")
    layers = gpd.list_layers(tmp_path / "control.gpkg")
    assert layers["name"].tolist() == ["control"]
    frame = gpd.read_file(tmp_path / "control.gpkg")
    assert frame.crs.to_epsg() == 4326
    assert len(frame) == len(given.frame) + 1  # and the day on which nobody holds anything
    assert frame.loc[frame["actor"].isna(), "date"].dt.day.tolist() == [12]
    assert gpd.read_parquet(tmp_path / "control.PARQUET").crs.to_epsg() == 4326
    # It can be read as snapshots, too.
    held = frame[frame["actor"].notna()]
    assert Territory.from_snapshots(held).frame["actor"].tolist() == given.frame["actor"].tolist()


def test_other_suffixes_are_refused(tmp_path):
    for name in ("control.shp", "control", "control.geojson"):
        with pytest.raises(GeoeventsError, match=r"use \.gpkg or \.parquet"):
            control().write(tmp_path / name)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path, suffix, monkeypatch):
    path = tmp_path / f"control{suffix}"
    control().write(path)
    before = path.read_bytes()

    def fail(frame, unfinished, **options):
        unfinished.write_bytes(b"half")
        raise ValueError("disk full")

    writer = "pyogrio.write_dataframe" if suffix == ".gpkg" else "geopandas.GeoDataFrame.to_parquet"
    monkeypatch.setattr(writer, fail)
    with pytest.raises(GeoeventsError, match="cannot be written: disk full"):
        control().write(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_is_not_there(tmp_path):
    for suffix in SUFFIXES:
        with pytest.raises((GeoeventsError, OSError), match="nowhere"):
            control().write(tmp_path / "nowhere" / f"control{suffix}")


def test_files_that_hold_no_control(tmp_path):
    with pytest.raises(GeoeventsError, match="there is no such file"):
        Territory.read(tmp_path / "none.gpkg")
    for suffix in SUFFIXES:
        path = tmp_path / f"broken{suffix}"
        path.write_bytes(b"not a file of that kind")
        with pytest.raises(GeoeventsError, match="cannot be read as control"):
            Territory.read(path)
    other = gpd.GeoDataFrame({"name": ["x"]}, geometry=[box(0, 0, 1, 1)], crs=4326)
    other.to_parquet(tmp_path / "other.parquet")
    with pytest.raises(GeoeventsError, match=r"has no column 'date'.*from_snapshots"):
        Territory.read(tmp_path / "other.parquet")
    other.to_file(tmp_path / "other.gpkg", layer="places")
    with pytest.raises(GeoeventsError, match="cannot be read as control"):
        Territory.read(tmp_path / "other.gpkg")
    other.to_file(tmp_path / "named.gpkg", layer="control")
    with pytest.raises(GeoeventsError, match="has no column 'date'"):
        Territory.read(tmp_path / "named.gpkg")

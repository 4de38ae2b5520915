"""The examples run as they stand, and what is committed of their output is true."""

import os
import re
import runpy
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import nbformat
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

import geoevents as ge
from geoevents.territory import books

EXAMPLES = Path(__file__).parents[1] / "examples"
FOLDER = EXAMPLES / "deir_ezzor_2017"
SNAPSHOTS = EXAMPLES / "snapshots"
NOTEBOOK = FOLDER / "deir_ezzor_2017.ipynb"
# In a process of its own, since Jupyter leaves sockets open; they are in a folder, not on ports, so
# that they work without any network, loopback included.
RUN = """
import sys
from pathlib import Path
import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

path, folder = Path(sys.argv[1]), Path(sys.argv[2])
notebook = nbformat.read(path, as_version=4)
kernel = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=str(folder / "kernel"))
resources = {"metadata": {"path": str(path.parent)}}
NotebookClient(notebook, km=kernel, timeout=120, resources=resources).execute()
nbformat.write(notebook, folder / path.name)
"""
AREA = "300.0 km2 drawn, 250 to 350 km2 meant"


def printed(notebook):
    return [
        output["text"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output["output_type"] == "stream"
    ]


def run(script, *arguments, cwd):
    """Run an example, warnings being errors, and give what it prints."""
    result = subprocess.run(
        [sys.executable, "-W", "error", "-B", str(script), *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "MPLBACKEND": "agg"},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def shown(readme, beginning):
    """Find the output in a README that begins so."""
    blocks = re.findall(r"```text\n(.*?)\n```", readme.read_text(encoding="utf-8"), re.DOTALL)
    return next(block for block in blocks if block.startswith(beginning))


def geodesic_km2(polygon):
    area, _ = pyproj.Geod(ellps="WGS84").geometry_area_perimeter(shapely.orient_polygons(polygon))
    return area / 1e6


def test_the_script_makes_the_map(tmp_path):
    page = tmp_path / "map.html"
    said = run(FOLDER / "make_map.py", page, cwd=tmp_path)
    assert "SDF from ISIS: 300 km2 drawn, 250 to 350 km2 meant" in said
    assert page.stat().st_size > 100_000


def test_the_notebook_runs(tmp_path):
    result = subprocess.run(
        [sys.executable, "-c", RUN, str(NOTEBOOK), str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    notebook = nbformat.read(tmp_path / NOTEBOOK.name, as_version=4)
    assert AREA in "".join(printed(notebook))
    assert "text/html" in notebook.cells[-1].outputs[0]["data"]


def test_the_notebook_holds_short_output_and_nothing_of_the_machine():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert AREA in "".join(printed(notebook))
    assert NOTEBOOK.stat().st_size < 20_000
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert not any(cell.metadata for cell in notebook.cells)
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert not [word for word in ("/home/", "/root", str(FOLDER)) if word in text]


def test_the_table_says_where_in_words_alone():
    events = ge.read_events(FOLDER / "events.csv")
    assert events.geometry.isna().all()
    assert len(events) == 14
    assert set(events["status"]) == {"reported", "claimed", "disputed", "refused"}


# --- control, drawn by hand ------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawn():
    return gpd.read_file(FOLDER / "control.geojson")


@pytest.fixture(scope="module")
def control(drawn):
    return ge.Territory.from_snapshots(drawn)


def test_what_is_drawn_is_what_is_committed(drawn, tmp_path):
    run(FOLDER / "draw_control.py", tmp_path / "control.geojson", cwd=tmp_path)
    again = gpd.read_file(tmp_path / "control.geojson")
    assert again.drop(columns="geometry").equals(drawn.drop(columns="geometry"))
    # Another GEOS may round a crossing to the next metre.
    apart = again.geometry.symmetric_difference(drawn.geometry)
    assert ge.area(apart).max() < 0.1


def test_the_snapshots_are_coverages_of_the_same_window(drawn):
    early, middle = (rows.geometry.to_numpy() for _, rows in drawn.groupby("date"))
    assert shapely.coverage_is_valid(early)
    assert shapely.coverage_is_valid(middle)
    window = shapely.coverage_union_all(early)
    assert window.geom_type == "Polygon"
    assert not window.interiors
    assert shapely.equals(window, shapely.coverage_union_all(middle))


def test_what_did_not_move_is_the_same_vertex_for_vertex(drawn, control):
    def edges(rows):
        rings = shapely.get_rings(shapely.get_parts(rows.geometry.to_numpy()))
        pairs = (pairwise(map(tuple, ring.coords)) for ring in rings)
        return {frozenset(pair) for some in pairs for pair in some}

    early, middle = (edges(rows) for _, rows in drawn.groupby("date"))
    moved = [shapely.LineString(sorted(edge)) for edge in early ^ middle]
    assert 0 < len(moved) < len(early & middle)
    assert shapely.covers(control.changes().union_all().buffer(1e-9), moved).all()


def test_the_drawing_is_called_schematic_everywhere(drawn, control):
    assert drawn["inferred"].all()
    assert drawn["source"].str.startswith("schematic: drawn by hand from the report").all()
    assert drawn["uncertainty_m"].ge(2000).all()
    assert control.inferred
    changes = control.changes()
    assert changes["inferred"].all()
    assert (changes["area_low_km2"] < changes["area_km2"]).all()
    assert (changes["area_high_km2"] > changes["area_km2"]).all()
    assert control.frontline("SDF", "Syrian government")["inferred"].all()
    assert control.gap("SDF", "Syrian government").inferred


@pytest.mark.parametrize(
    ("place", "early", "middle"),
    [
        ("Al-Mayadin", "ISIS", "ISIS"),
        ("Al-Busayrah", "ISIS", "ISIS"),
        ("Hajin", "ISIS", "ISIS"),
        ("Al-Suwar", "ISIS", "ISIS"),
        ("Markadah", "ISIS", "ISIS"),
        ("Al-Shaddadi", "SDF", "SDF"),
        ((40.07, 35.33), "Syrian government", "Syrian government"),  # the garrison's camp
        ((40.18, 35.285), "Syrian government", "Syrian government"),  # the air base
        ((40.00, 35.29), "ISIS", "Syrian government"),  # the road into the city
        ((40.165, 35.323), "ISIS", "ISIS"),  # the east of the city
        ((40.22, 35.39), "ISIS", "SDF"),  # the industrial area
    ],
)
def test_places_are_held_by_whom_accounts_of_the_campaign_say(control, place, early, middle):
    point = (
        ge.geocode(place, kind="populated place", country="SY").point
        if isinstance(place, str)
        else shapely.Point(place)
    )
    for day, holder in zip(control.dates, (early, middle), strict=True):
        held = control.at(day)
        assert held.loc[held.contains(point), "actor"].tolist() == [holder]


def test_the_garrison_is_cut_off_until_the_corridor_reaches_it(control):
    early, middle = (control.at(day).set_index("actor").geometry for day in control.dates)
    assert shapely.get_num_geometries(early["Syrian government"]) == 3
    assert shapely.get_num_geometries(middle["Syrian government"]) == 1


def test_areas_and_books_of_the_drawing(drawn, control):
    areas = control.areas()
    for row in drawn.itertuples():  # the window's northern edge is 185 km long: 2e-9
        assert areas.loc[row.date, row.actor] == pytest.approx(geodesic_km2(row.geometry), rel=5e-9)
    account = books(control.at(control.dates[0]), control.at(control.dates[1]))
    balance = account["before_km2"] + account["gained_km2"] - account["lost_km2"]
    assert balance.to_numpy() == pytest.approx(account["after_km2"].to_numpy(), rel=1e-9)
    for row in control.changes().itertuples():
        assert row.area_km2 == pytest.approx(geodesic_km2(row.geometry), rel=1e-9)


def test_the_gain_along_the_khabur_is_about_what_was_reported(control):
    gains = control.changes(explode=True)
    river = ge.geocode("Khabur River", country="SY").geometry
    along = gains[(gains["to_actor"] == "SDF") & gains.intersects(river)]
    assert along["area_km2"].sum() == pytest.approx(300, rel=0.1)


def test_the_gap_closes_at_the_city(control):
    far, near = (
        control.clip(shapely.box(39.7, 34, 41.6, 36.5)).gap("SDF", "Syrian government", day)
        for day in control.dates
    )
    assert far.distance_m > 30_000
    assert 3_000 < near.distance_m < 10_000
    river = ge.geocode("Euphrates").geometry
    assert near.geometry.crosses(river) or near.geometry.distance(river) < 0.001


def test_the_script_asks_the_drawing(tmp_path):
    said = run(FOLDER / "make_control.py", tmp_path, cwd=tmp_path)
    figures = "control_areas.png" in said
    assert figures == bool(find_spec("matplotlib"))
    expected = shown(FOLDER / "README.md", "<Territory")
    if not figures:
        expected = "\n".join(line for line in expected.splitlines() if "figure:" not in line)
    assert said.rstrip() == expected
    assert "schematic control</title>" in (tmp_path / "control.html").read_text(encoding="utf-8")


# --- a daily archive -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("daily") / "archive"
    said = run(SNAPSHOTS / "make_archive.py", folder, cwd=folder.parent)
    assert said.rstrip() == shown(SNAPSHOTS / "README.md", "60 days, 2024-03-01 to 2024-04-29, ")
    return folder


@pytest.fixture(scope="module")
def followed(archive, tmp_path_factory):
    out = tmp_path_factory.mktemp("followed")
    return run(SNAPSHOTS / "follow_archive.py", archive, out, cwd=out), out


def test_the_archive_is_like_a_real_one(archive):
    paths = sorted(archive.glob("*.geojson"))
    assert [path.stem for path in paths[:2]] == ["2024-03-01", "2024-03-02"]
    assert len(paths) == 60
    days = [set(map(tuple, gpd.read_file(path).get_coordinates().to_numpy())) for path in paths]
    assert all(3000 <= len(day) <= 3300 for day in days)
    shared = np.array([len(day & before) / len(day) for before, day in pairwise(days)])
    assert np.median(shared) > 0.9
    assert shared.min() > 0.7


def test_the_archive_is_the_same_every_time(archive, tmp_path):
    make = runpy.run_path(str(SNAPSHOTS / "make_archive.py"))["make"]
    for path in make(tmp_path):
        assert path.read_bytes() == (archive / path.name).read_bytes()


def test_the_followed_archive_is_the_one_shown(followed):
    said, _ = followed
    assert said.rstrip() == shown(SNAPSHOTS / "README.md", "60 days, 2024-03-01 to 2024-04-29\n")


def test_days_on_which_a_line_was_drawn_anew_are_found(followed):
    planted = runpy.run_path(str(SNAPSHOTS / "make_archive.py"))
    found = re.findall(r"^(2024-\S+) +\d+ +\d+$", followed[0], re.MULTILINE)
    first = planted["FIRST"].toordinal()
    assert found == [str(date.fromordinal(first + day)) for day in planted["REDRAWN"]]


def test_what_is_written_adds_up(archive, followed):
    _, out = followed
    areas = pd.read_csv(out / "areas.csv", index_col="date", parse_dates=True)
    for day in areas.index[[0, 30, 59]]:
        for row in gpd.read_file(archive / f"{day.date()}.geojson").itertuples():
            assert areas.loc[day, row.side] == pytest.approx(geodesic_km2(row.geometry), rel=1e-9)
    changes = gpd.read_file(out / "changes.gpkg")
    assert changes.crs == 4326
    for side in ("North", "South"):
        gained = changes[changes["to_actor"] == side].groupby("date")["area_km2"].sum()
        lost = changes[changes["from_actor"] == side].groupby("date")["area_km2"].sum()
        net = gained.reindex(areas.index, fill_value=0) - lost.reindex(areas.index, fill_value=0)
        left = (areas[side].diff() - net).abs()[1:]
        assert (left <= areas["noise_km2"][1:] + 2e-6).all()
    assert areas["edges_km2"].max() < 1e-6


def test_what_is_written_can_be_read_back(followed):
    _, out = followed
    control = ge.Territory.read(out / "control.parquet")
    assert len(control.dates) == 60
    assert control.actors == ["North", "South"]
    assert shapely.get_num_geometries(control.at("2024-03-01").geometry[1]) == 2  # the pocket
    assert shapely.get_num_geometries(control.at("2024-04-20").geometry[1]) == 1
    assert "the week to 29 April 2024</title>" in (out / "map.html").read_text(encoding="utf-8")


def test_the_lines_for_a_notebook_run(archive, tmp_path):
    text = (SNAPSHOTS / "README.md").read_text(encoding="utf-8")
    script = tmp_path / "notebook.py"
    script.write_text(re.search(r"```python\n(.*?)```", text, re.DOTALL)[1], encoding="utf-8")
    run(script, cwd=archive.parent)
    assert len(pd.read_csv(archive.parent / "areas.csv")) == 60

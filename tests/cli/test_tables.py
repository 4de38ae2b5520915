"""``geoevents convert``: any table in, any format out, every row accounted for."""

import http.server
import threading

import geopandas as gpd
import pandas as pd
import pytest

from geoevents.cli import main

TABLE = "What,When,lat,lon\nsiege,2017-09-16,35.3,40.1\nsiege,long ago,35.3,40.1\n"
OPTIONS = ["--column", "event_type=What", "--column", "start=When"]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_rows_that_are_no_events_are_written_beside_the_others(table, tmp_path, capsys):
    made, rejected = tmp_path / "events.gpkg", tmp_path / "rejected.csv"
    words = ["convert", str(table), "-o", str(made), "--rejected", str(rejected), *OPTIONS]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert f"{made}: 1 event, read as a table (csv): event_type from 'What', start from" in said
    assert f"1 row rejected: {rejected} says why" in said
    assert gpd.read_file(made, layer="events")["event_type"].tolist() == ["siege"]
    problems = pd.read_csv(rejected)
    assert problems.loc[0, ["line", "row", "column", "value"]].tolist() == [
        3,
        1,
        "When",
        "long ago",
    ]


def test_without_a_place_for_them_they_are_an_error(table, tmp_path, capsys):
    made = tmp_path / "events.gpkg"
    assert main(["convert", str(table), "-o", str(made), *OPTIONS]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "line 3, row 1, column When: 'long ago' is not a date" in said
    assert not made.exists()


def test_formulas_are_text(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("event_type,place\n=1+1,Raqqa\nsiege,Raqqa\n", encoding="utf-8")
    rejected = tmp_path / "rejected.csv"
    words = ["convert", str(path), "-o", str(tmp_path / "a.csv"), "--rejected", str(rejected)]
    assert main(words) == 0
    assert pd.read_csv(rejected)["value"].tolist() == ["'=1+1"]


def test_types_and_locating(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("event_type,place\nIED = big,Raqqa\n", encoding="utf-8")
    made = tmp_path / "events.geojson"
    words = ["convert", str(path), "-o", str(made), "--type", "IED = big=bombing", "--locate"]
    assert main([*words, "--quiet"]) == 0
    written = gpd.read_file(made)
    assert written.loc[0, "event_type"] == "bombing"
    assert written.geometry[0].distance(gpd.points_from_xy([39.01], [35.95])[0]) < 0.05


def test_one_type_for_all(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("place\nRaqqa\n", encoding="utf-8")
    made = tmp_path / "events.csv"
    assert main(["convert", str(path), "-o", str(made), "--type", "siege", "--quiet"]) == 0
    assert pd.read_csv(made)["event_type"].tolist() == ["siege"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-o", "a.xyz"], "cannot tell what to write by the suffix '.xyz'"),
        (["-o", "a.gpkg", "--column", "start"], "--column 'start': write NAME=VALUE"),
        (["-o", "a.gpkg", "--type", "=x"], "--type '=x': write NAME=VALUE"),
        (["-o", "a.gpkg", "--format", "acle"], "format is 'acle': use one of auto, acled"),
        (["-o", "a.csv", "--rejected", "a.csv"], "name the same file"),
        (["-o", "a.csv", "--country", "SY"], "--country says where to look places up"),
    ],
)
def test_what_cannot_be(table, tmp_path, monkeypatch, capsys, words, message):  # noqa: PLR0917
    monkeypatch.chdir(tmp_path)
    assert main(["convert", str(table), *words]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1


def test_nothing_that_is_read_is_written_over(table, capsys):
    for words in (["-o", str(table)], ["-o", "x.gpkg", "--rejected", str(table)]):
        assert main(["convert", str(table), *words]) == 2
        assert "would replace its own input" in capsys.readouterr().err
    assert table.read_text(encoding="utf-8") == TABLE


def test_an_address_on_the_web(tmp_path, capsys):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            login = self.path.startswith("/login")
            body = (
                b"<!DOCTYPE html><p>Who are you?" if login else b"event_type,place\nsiege,Raqqa\n"
            )
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    made = tmp_path / "events.csv"
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/export.csv?key=1"
        assert main(["convert", address, "-o", str(made), "--quiet"]) == 0
        login = f"http://127.0.0.1:{server.server_port}/login/{'x' * 300}.csv"
        assert main(["convert", login, "-o", str(tmp_path / "b.csv"), "--quiet"]) == 2
        assert f"error: {login}: is " in capsys.readouterr().err
        server.shutdown()
    assert pd.read_csv(made)["place"].tolist() == ["Raqqa"]


def test_map_reads_tables_the_same_way(tmp_path, capsys):
    page = tmp_path / "map.html"
    good = tmp_path / "good.csv"
    good.write_text("\n".join(TABLE.splitlines()[:2]) + "\n", encoding="utf-8")
    assert main(["map", str(good), "-o", str(page), *OPTIONS]) == 0
    assert "1 events, 1 on the map" in capsys.readouterr().out


def test_a_map_of_the_good_rows(table, tmp_path, capsys):
    page, rejected = tmp_path / "map.html", tmp_path / "rejected.csv"
    assert main(["map", str(table), "-o", str(page), "--rejected", str(rejected), *OPTIONS]) == 0
    said = capsys.readouterr().out
    assert f"{page}: 1 events, 1 on the map" in said
    assert f"1 row rejected: {rejected} says why" in said
    assert pd.read_csv(rejected)["value"].tolist() == ["long ago"]


def test_nothing_is_written_if_the_rejected_rows_cannot_be(table, tmp_path, capsys):
    made = tmp_path / "a.gpkg"
    words = ["convert", str(table), "-o", str(made), "--rejected", str(tmp_path / "none" / "r.csv")]
    assert main([*words, *OPTIONS]) == 2
    assert "there is no folder" in capsys.readouterr().err
    assert not made.exists()


def test_a_crs_for_a_file_without(tmp_path, capsys):
    path, made = tmp_path / "a.shp", tmp_path / "a.csv"
    points = gpd.points_from_xy([500_000], [3_873_000])
    gpd.GeoDataFrame({"event_type": ["siege"]}, geometry=points, crs=32637).to_file(path)
    path.with_suffix(".prj").unlink()
    words = ["convert", str(path), "-o", str(made), "--quiet"]
    assert main([*words, "--crs", "EPSG:32637"]) == 0
    # The middle of zone 37 is 39 degrees east; 0.9996 of the meridian's 3,874.6 km to 35 north.
    x, y = gpd.GeoSeries.from_wkt(pd.read_csv(made)["geometry"])[0].coords[0]
    assert (round(x, 9), round(y, 2)) == (39.0, 35.0)
    assert main(words) == 2
    assert "has no CRS" in capsys.readouterr().err
    assert main([*words, "--crs", "nonsense"]) == 2
    assert "crs is 'nonsense': it cannot be read" in capsys.readouterr().err

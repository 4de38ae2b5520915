"""``geoevents gazetteer`` as a person or a program uses it; the only network is loopback."""

import json
import os
import pty
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import Point

from geoevents import download as downloading
from geoevents.cli import main

TESTS = Path(__file__).parents[1]
SERVING = runpy.run_path(str(TESTS / "serving.py"))
INVENTED = runpy.run_path(str(TESTS / "places" / "installed" / "invented.py"))
COMMANDS = ("add", "add-osm", "add-file", "list", "info", "remove", "update")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GEOEVENTS_GAZETTEERS", str(tmp_path / "gazetteers"))
    return tmp_path / "gazetteers"


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(downloading, "_pause", lambda _: None)
    with SERVING["serving"]() as server:
        for path, text in (
            ("/SY.zip", INVENTED["dump"]()),
            ("/alternatenames/SY.zip", INVENTED["alternates"]()),
        ):
            made = INVENTED["zipped"](tmp_path / "made.zip", text)
            server.files[path] = made.read_bytes()
        yield server


def said(capsys, *words):
    assert main(["gazetteer", *words]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def failure(capsys, *words):
    assert main(["gazetteer", *words]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1, error
    assert error.startswith("geoevents: error: ")
    return error


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_shows_an_example(capsys, command):
    assert main(["gazetteer", *command, "--help"]) == 0
    assert "Example: geoevents gazetteer" in capsys.readouterr().out


def test_a_country_from_first_to_last(server, capsys, folder):
    out = said(capsys, "add", "SYR", "Syria", "--base-url", server.url)
    lines = out.splitlines()
    assert lines[0].startswith("SY: 13 features (facility 6, populated place 3, river 2,")
    assert len(lines) == 12  # eight reasons for rows, three for names
    assert "  left out: 1 in the embedded gazetteer already" in lines
    assert "  names left out: 1 no names but wkdt" in lines
    assert len(server.log) == 2  # one country, given twice
    assert said(capsys, "update").strip().endswith("(nothing has changed)")
    listed = said(capsys, "list")
    assert listed.startswith("SY: 13 features")
    record = json.loads(said(capsys, "list", "--json"))
    assert record["folder"] == str(folder)
    assert record["gazetteers"][0]["name"] == "SY"
    assert record["gazetteers"][0]["problem"] == ""
    info = said(capsys, "info", "sy")
    for text in ("CC BY 4.0", f"{server.url}/SY.zip", str(folder / "SY.gaz"), "P.PPL 3", "SHA-256"):
        assert text in info
    assert json.loads(said(capsys, "info", "SY", "--json"))["left_out"]["without a name"] == 1
    assert said(capsys, "remove", "SY") == "SY: removed\n"
    assert said(capsys, "list") == f"No gazetteer is installed in {folder}.\n"


def test_the_base_url_may_be_in_the_environment(server, capsys, monkeypatch):
    monkeypatch.setenv("GEOEVENTS_GEONAMES_URL", server.url)
    assert said(capsys, "add", "SY", "--no-names").startswith("SY: 13 features")
    assert [request.path for request in server.log] == ["/SY.zip"]


def test_a_file_of_ones_own(tmp_path, capsys):
    dump = INVENTED["zipped"](tmp_path / "SY.zip", INVENTED["dump"]())
    names = INVENTED["zipped"](tmp_path / "names.zip", INVENTED["alternates"]())
    out = said(capsys, "add", "SY", "--from", str(dump), "--names-from", str(names))
    assert "names left out: 1 no names but link" in out
    frame = gpd.GeoDataFrame({"n": ["Zimran"]}, geometry=[Point(40, 35)], crs="EPSG:4326")
    frame.to_file(tmp_path / "mine.geojson")
    out = said(
        capsys, "add-file", str(tmp_path / "mine.geojson"), "--name", "own", "--name-column", "n",
        "--kind", "facility",
    )  # fmt: skip
    assert out.startswith("own: 1 features (facility 1)")
    assert [line.split(":")[0] for line in said(capsys, "list").splitlines()] == ["SY", "own"]


def test_rows_that_cannot_be_read_are_told_with_their_lines(tmp_path, capsys):
    (tmp_path / "SY.txt").write_bytes(INVENTED["dump"]() + b"short\x1b[31m\n")
    told = f"  {tmp_path}/SY.txt, line {len(INVENTED['ROWS']) + 1}: has 1 columns"
    for words in (["add", "SY", "--from", str(tmp_path / "SY.txt")], ["info", "SY"]):
        out = said(capsys, *words)
        assert told in out
        assert "  left out: 1 rows that cannot be read" in out
        assert "\x1b" not in out


def test_openstreetmap(tmp_path, capsys):
    piece = {
        "type": "Feature", "properties": {"waterway": "wadi", "name": "Wadi Zimran"},
        "geometry": {"type": "LineString", "coordinates": [[40, 35], [40.1, 35]]},
    }  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "features": [piece, piece]})
    (tmp_path / "wadis.geojson").write_text(text, encoding="utf-8")
    out = said(capsys, "add-osm", str(tmp_path / "wadis.geojson"))
    assert out.startswith("wadis: 1 features (river 1)")
    assert "  note: 2 lines of rivers were joined into 1" in out
    assert "ODbL" in said(capsys, "info", "wadis")


def test_errors_are_a_line_each(server, capsys, tmp_path, folder):
    base = ["--base-url", server.url]
    assert "did you mean Syria (SY)?" in failure(capsys, "add", "Syriaa", *base)
    assert "no such file (404 Not Found)" in failure(capsys, "add", "IQ", *base)
    assert "is no web address" in failure(capsys, "add", "SY", "--base-url", "ftp://a")
    assert "there is no such file" in failure(capsys, "add", "SY", "--from", str(tmp_path / "x"))
    assert "no gazetteer 'SY' is installed" in failure(capsys, "info", "SY")
    assert "no gazetteer 'SY' is installed" in failure(capsys, "remove", "SY")
    assert "SY: no gazetteer 'SY' is installed" in failure(capsys, "update", "SY")
    assert "is no GeoJSON" in failure(capsys, "add-osm", str(tmp_path / "made.zip"), "--name", "a")
    server.files["/SY.zip"] = b"<!DOCTYPE html>\x1b[31m"
    assert "is a web page" in failure(capsys, "add", "SY", *base)
    assert list(folder.glob("*.gaz")) == []


def test_a_damaged_one_is_told_and_made_anew(server, capsys, folder):
    said(capsys, "add", "SY", "--base-url", server.url)
    (folder / "SY.gaz").write_bytes(b"")
    assert "gazetteer update SY`" in said(capsys, "list")
    assert main(["gazetteer", "info", "SY"]) == 2
    assert "gazetteer update SY`" in capsys.readouterr().err
    assert "nothing has changed" not in said(capsys, "update")
    assert said(capsys, "info", "SY")


def test_one_that_has_changed_is_made_anew(server, capsys, folder):
    said(capsys, "add", "SY", "--base-url", server.url)
    with (folder / "SY.gaz").open("r+b") as file:
        file.seek(4096)
        file.write(bytes(4096))
    assert "is cut off or damaged" in said(capsys, "list")
    assert "nothing has changed" not in said(capsys, "update", "SY")
    assert "nothing has changed" in said(capsys, "update", "SY")


def test_rows_that_cannot_be_used_are_skipped_if_asked(capsys, tmp_path):
    (tmp_path / "camps.csv").write_text("name,lon,lat\nZimran,40,35\nTumbak,40,x\n", "utf-8")
    words = ["add-file", str(tmp_path / "camps.csv"), "--kind", "facility"]
    assert "--skip" in failure(capsys, *words)
    out = said(capsys, *words, "--skip")
    assert out.startswith("camps: 1 features (facility 1)")
    assert "note: 1 of 2 rows are left out of the gazetteer" in out


def test_a_folder_is_no_file(capsys, tmp_path):
    for command in ("add-osm", "add-file"):
        assert "is a folder, not a file" in failure(capsys, command, str(tmp_path), "--name", "a")


def test_one_that_cannot_be_updated_does_not_keep_the_others(server, capsys, folder, tmp_path):
    dump = INVENTED["zipped"](tmp_path / "IQ.zip", INVENTED["dump"](), member="allCountries.txt")
    said(capsys, "add", "IQ", "--from", str(dump))
    said(capsys, "add", "SY", "--base-url", server.url)
    dump.write_bytes(b"gone bad")
    assert main(["gazetteer", "update"]) == 2
    captured = capsys.readouterr()
    assert "IQ: " in captured.err
    assert captured.out.startswith("SY: ")


def test_names_from_strangers_cannot_drive_the_terminal(capsys, folder):
    folder.mkdir()
    (folder / "a\x1b[31mb.gaz").write_bytes(b"")
    assert "\x1b" not in said(capsys, "list")


def test_a_bar_on_a_terminal_and_none_elsewhere(server, folder, tmp_path):
    words = [
        sys.executable,
        "-m",
        "geoevents.cli",
        "gazetteer",
        "add",
        "SY",
        "--base-url",
        server.url,
    ]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # the terminal has no more writers
        pass
    finally:
        os.close(ours)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0, shown
    assert out.startswith("SY: 13 features")
    text = shown.decode()
    for label in ("Downloading SY.zip", "Downloading alternatenames/SY.zip", "Features", "Names"):
        assert re.search(re.escape(label) + r".*100%", text), text
    assert "Building..." in text


PAGE = TESTS.parent / "docs" / "gazetteers.md"


@pytest.mark.skipif(not PAGE.exists(), reason="needs the documentation beside the tests")
def test_the_page_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"(?:<!-- ([^>]*) -->\n)?```(sh|python)\n(.*?)```", PAGE.read_text("utf-8"),
                        re.DOTALL)  # fmt: skip
    names = {}
    printed = ""
    for note, kind, code in blocks:
        if note.startswith("not run"):
            continue
        if kind == "python":
            exec(code, names)  # noqa: S102 -- our own page
            continue
        for line in code.splitlines():
            program, *words = shlex.split(line, comments=True)
            assert program == "geoevents"
            assert main(words) == 0, line
    printed = capsys.readouterr().out
    assert "zimran: 2 features (populated place 1, river 1)" in printed
    assert "2 lines of rivers were joined into 1" in printed
    assert "Camp Zimran (facility" in printed
    assert "Bir Zimran (facility" in printed
    assert printed.count("camps: 2 features (facility 2)") == 2

"""The command line as a person or a program uses it: output, exit codes, one-line errors."""

import base64
import json
import re
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from pyproj import Geod

from geoevents.cli import main

EVENTS = """event_id,event_type,actor,start,locality,status,source
a,air strike,Coalition,2017-09-13,near Deir Ezzor,reported,A newspaper
b,statement,Ministry,2017-09-14,,reported,A newspaper
"""


@pytest.fixture
def events_csv(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS, encoding="utf-8")
    return path


def failure(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1, captured.err
    assert captured.err.startswith("geoevents: error: ")
    assert "Traceback" not in captured.err
    return captured.err


def test_help_of_every_command_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["map"], ["geocode"], ["locate"], ["change"], ["area"]):
        assert main([*words, "--help"]) == 0
        assert "Example: geoevents" in capsys.readouterr().out


def test_map_writes_one_page_and_counts(
    events_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "map.html"
    assert main(["map", str(events_csv), "-o", str(page), "--title", "A title"]) == 0
    captured = capsys.readouterr()
    assert captured.out == f"{page}: 2 events, 1 on the map\n"
    assert captured.err.startswith("  b: not on the map: ")
    assert "A title" in page.read_text(encoding="utf-8")


def test_map_quiet_prints_nothing(
    events_csv: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["map", str(events_csv), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert (tmp_path / "events.html").stat().st_size > 100_000


def test_map_of_a_bad_table_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS.replace("air strike", "air srtike"), encoding="utf-8")
    page = tmp_path / "map.html"
    message = failure(capsys, "map", str(path), "-o", str(page))
    assert "event_type" in message
    assert "air srtike" in message
    assert not page.exists()


def test_map_into_a_folder_that_is_not_there(
    events_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nowhere" in failure(
        capsys, "map", str(events_csv), "-o", str(tmp_path / "nowhere" / "map.html")
    )


def test_map_does_not_replace_its_own_events(
    events_csv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "its own input" in failure(capsys, "map", str(events_csv), "-o", str(events_csv))
    assert events_csv.read_text(encoding="utf-8") == EVENTS


GROUND = {
    "who": ["SDF", "ISIS", "SDF"],
    "day": ["2017-09-01", "2017-09-01", "2017-09-16"],
    "geometry": [
        shapely.box(40, 35, 40.5, 36),
        shapely.box(40.5, 35, 41, 36),
        shapely.box(40, 35, 41, 36),
    ],
}


@pytest.fixture
def ground(tmp_path: Path) -> Path:
    path = tmp_path / "ground.geojson"
    gpd.GeoDataFrame(GROUND, crs=4326).to_file(path)
    return path


def page_data(page: Path) -> dict[str, Any]:
    """The JSON header of a map's data: numbers, titles and where the columns are."""
    found = re.search(r'id="event_layer_\w+_data">([^<]+)<', page.read_text(encoding="utf-8"))
    assert found is not None
    raw = zlib.decompress(base64.b64decode(found[1]))
    header: dict[str, Any] = json.loads(raw[4 : 4 + int.from_bytes(raw[:4], "little")])
    return header


def test_map_with_control_a_subtitle_and_a_look(
    events_csv: Path, ground: Path, tmp_path: Path
) -> None:
    page = tmp_path / "map.html"
    words = ["map", str(events_csv), "-o", str(page), "--title", "Above", "--subtitle", "Below"]
    words += ["--territory", str(ground), "--actor", "who", "--date", "day"]
    assert main([*words, "--theme", "dark", "--no-time", "--basemap", "light"]) == 0
    data = page_data(page)
    assert (data["title"], data["subtitle"]) == ("Above", "Below")
    assert sorted(actor["name"] for actor in data["control"]["actors"]) == ["ISIS", "SDF"]
    text = page.read_text(encoding="utf-8")
    assert '"theme": "dark"' in text
    assert '"time": {"on": false, "from": null, "to": null}' in text
    assert '"basemap": "light"' in text


@pytest.mark.parametrize(
    ("column", "option"), [(["--date", "day"], "--actor"), (["--actor", "who"], "--date")]
)
def test_map_says_which_column_of_control_is_missing(
    events_csv: Path,
    ground: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    column: list[str],
    option: str,
) -> None:
    words = ["map", str(events_csv), "-o", str(tmp_path / "map.html"), "--territory", str(ground)]
    message = failure(capsys, *words, *column)
    assert f"it has 'who', 'day'. Name it with {option}" in message


def test_map_does_not_replace_its_own_ground(
    events_csv: Path, ground: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["map", str(events_csv), "-o", str(ground), "--territory", str(ground)]
    assert "its own input" in failure(capsys, *words)


def test_map_of_ground_that_is_not_there(
    events_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "map.html"
    words = ["map", str(events_csv), "-o", str(page), "--territory", str(tmp_path / "no.gpkg")]
    assert "there is no such file" in failure(capsys, *words)
    assert not page.exists()


def test_map_as_a_picture(
    events_csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = []
    monkeypatch.setattr(
        "geoevents.maps.eventmap.EventMap.to_png", lambda _, path: taken.append(path)
    )
    picture = tmp_path / "map.PNG"
    assert main(["map", str(events_csv), "-o", str(picture), "--quiet"]) == 0
    assert taken == [picture]


def test_map_as_a_picture_without_a_browser(
    events_csv: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("playwright")
    monkeypatch.setenv("GEOEVENTS_BROWSER", "no-such-browser")
    message = failure(capsys, "map", str(events_csv), "-o", str(tmp_path / "map.png"))
    assert "GEOEVENTS_BROWSER=no-such-browser: there is no such program" in message
    assert [path.name for path in tmp_path.iterdir()] == ["events.csv"]


@pytest.mark.parametrize("name", ["map.pdf", "map.geojson", "map.html.zip"])
def test_a_map_is_a_page_or_a_picture(
    name: str, events_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = failure(capsys, "map", str(events_csv), "-o", str(tmp_path / name))
    assert "a map is a page, .html, or a picture, .png" in message
    assert [path.name for path in tmp_path.iterdir()] == ["events.csv"]


def test_geocode_prints_place_and_uncertainty(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "Deir Ezzor"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Deir ez-Zor (populated place, Deir ez-Zor, SY)  35.3359, 40.1408  ±")
    assert out.rstrip().endswith("GeoNames")


def test_geocode_says_that_a_name_is_ambiguous(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "Khabur"]) == 0
    assert "ambiguous; it could also be: " in capsys.readouterr().out


def test_geocode_json_and_geojson(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "Deir Ezzor", "Euphrates", "--json"]) == 0
    town, river = json.loads(capsys.readouterr().out)
    assert (town["query"], town["name"], town["country"]) == ("Deir Ezzor", "Deir ez-Zor", "SY")
    assert river["kind"] == "river"
    assert main(["geocode", "Euphrates", "--geojson"]) == 0
    collection = json.loads(capsys.readouterr().out)
    assert collection["type"] == "FeatureCollection"
    assert collection["features"][0]["geometry"]["type"] in {"LineString", "MultiLineString"}


def test_geocode_unknown_name_suggests_and_still_answers_the_rest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["geocode", "Raqqa", "Xyzzyville-on-Nowhere", "--json"]) == 2
    captured = capsys.readouterr()
    raqqa, unknown = json.loads(captured.out)
    assert raqqa["country"] == "SY"
    assert unknown == {"query": "Xyzzyville-on-Nowhere", "name": None}
    assert captured.err.count("\n") == 1


def test_geocode_refuses_two_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert "choose one" in failure(capsys, "geocode", "Raqqa", "--json", "--geojson")


def test_locate_explains_or_gives_json(capsys: pytest.CaptureFixture[str]) -> None:
    phrase = "east of the Euphrates River, near the city of Deir Ezzor"
    assert main(["locate", phrase]) == 0
    assert "Euphrates" in capsys.readouterr().out
    assert main(["locate", phrase, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    region = shapely.geometry.shape(answer["geometry"])
    assert answer["inferred"] is True
    assert region.contains(shapely.Point(40.20, 35.36))
    assert not region.contains(shapely.Point(40.141, 35.336))


def test_locate_as_a_feature_and_on_a_map(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "where.html"
    assert main(["locate", "10 km east of Raqqa", "--geojson", "--map", str(page)]) == 0
    feature = json.loads(capsys.readouterr().out)
    lon, lat, _ = Geod(ellps="WGS84").fwd(39.008, 35.953, 90, 10_000)
    assert feature["type"] == "Feature"
    assert shapely.geometry.shape(feature["geometry"]).contains(shapely.Point(lon, lat))
    assert feature["properties"]["tree"].startswith("direction east")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert main(["locate", "near Raqqa", "--map", str(page)]) == 0
    assert "the region on a map" in capsys.readouterr().out


def test_locate_near_a_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["locate", "in Tripoli", "--near", "Beirut", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["latitude"] == pytest.approx(34.43, abs=0.1)
    assert main(["locate", "in Tripoli", "--near", "Misrata", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["latitude"] == pytest.approx(32.9, abs=0.1)


def test_locate_a_phrase_it_cannot_read(capsys: pytest.CaptureFixture[str]) -> None:
    failure(capsys, "locate", "east of")
    assert "(at 'Raqqa' in '10 km Raqqa')" in failure(capsys, "locate", "10 km Raqqa")
    assert "--jsn" in failure(capsys, "locate", "near Raqqa", "--jsn")


def test_locate_south_of_the_equator(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["locate", "-1.67, 29.22", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["latitude"] == -1.67


def test_area_of_each_feature_and_sum(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    boxes = [shapely.box(40, 35, 41, 36), shapely.box(10, 0, 11, 1)]
    path = tmp_path / "boxes.gpkg"
    gpd.GeoDataFrame(geometry=boxes, crs=4326).to_file(path)
    expected = [abs(Geod(ellps="WGS84").geometry_area_perimeter(box)[0]) / 1e6 for box in boxes]
    assert main(["area", str(path), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["area_km2"] == pytest.approx(expected, rel=1e-9)
    assert answer["total_km2"] == pytest.approx(sum(expected), rel=1e-9)
    assert main(["area", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"total\t{sum(expected):,.3f}"


def test_area_of_one_of_several_layers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.gpkg"
    for layer in ("first", "second"):
        frame = gpd.GeoDataFrame(geometry=[shapely.box(10, 0, 11, 1)], crs=4326)
        frame.to_file(path, layer=layer)
    assert "--layer: first, second" in failure(capsys, "area", str(path))
    assert main(["area", str(path), "--layer", "second"]) == 0


def test_area_of_an_invalid_polygon_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    path = tmp_path / "bow_tie.geojson"
    gpd.GeoDataFrame(geometry=[bow_tie], crs=4326).to_file(path)
    assert "row 0" in failure(capsys, "area", str(path))


@pytest.mark.parametrize(
    ("name", "content"),
    [("missing.geojson", None), ("empty.geojson", b""), ("noise.gpkg", bytes(range(256)) * 9)],
)
def test_area_of_what_is_no_vector_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert name in failure(capsys, "area", str(path))


@pytest.fixture
def snapshots(tmp_path: Path) -> tuple[str, str]:
    """Two days of control: A takes a strip of B's ground, and one of nobody's."""
    paths = []
    for name, shapes in (
        ("monday", {"A": shapely.box(40, 35, 40.2, 35.2), "B": shapely.box(40.2, 35, 40.4, 35.2)}),
        (
            "tuesday",
            {"A": shapely.box(39.9, 35, 40.3, 35.2), "B": shapely.box(40.3, 35, 40.4, 35.2)},
        ),
    ):
        frame = gpd.GeoDataFrame({"holder": [*shapes]}, geometry=[*shapes.values()], crs=4326)
        path = tmp_path / f"{name}.geojson"
        frame.to_file(path)
        paths.append(str(path))
    return paths[0], paths[1]


def strip_km2(west: float, east: float) -> float:
    ring = shapely.box(west, 35, east, 35.2)
    return abs(Geod(ellps="WGS84").geometry_area_perimeter(ring)[0]) / 1e6


def test_change_prints_who_gained_from_whom(
    snapshots: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["change", *snapshots, "--actor", "holder"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        ["from", "to", "km2", "range", "parts"],
        ["B", "A", f"{strip_km2(40.2, 40.3):.3f}", "1"],
        ["nobody", "A", f"{strip_km2(39.9, 40.0):.3f}", "1"],
    ]


def test_change_writes_polygons_and_a_map(
    snapshots: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, page = tmp_path / "change.gpkg", tmp_path / "change.html"
    words = ["change", *snapshots, "--actor", "holder", "--uncertainty-m", "100"]
    assert main([*words, "-o", str(made), "--map", str(page)]) == 0
    told = capsys.readouterr().out
    assert f"{made}: the change polygons" in told
    assert f"{page}: the changes on a map" in told
    written = gpd.read_file(made, layer="changes")
    assert written["from_actor"].tolist() == ["B", "nobody"]
    assert (written["area_low_km2"] < written["area_km2"]).all()
    assert page.stat().st_size > 100_000


def test_change_as_json_holds_what_has_no_row(
    snapshots: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["change", *snapshots, "--actor", "holder", "--tolerance-m", "20000", "--json"]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["changes"] == []
    assert found["noise_km2"] == pytest.approx(strip_km2(40.2, 40.3) + strip_km2(39.9, 40.0))
    assert [row["from_actor"] for row in found["noise"]] == ["B", "nobody"]


def test_change_of_one_holder_needs_no_column(
    snapshots: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["change", *snapshots, "--holder", "Both"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[:2] == ["nobody", "Both"]
    message = failure(capsys, "change", *snapshots)
    assert "'actor'" in message
    assert "--holder" in message


def test_change_says_what_it_repaired_on_one_line(
    tmp_path: Path, snapshots: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bow_tie.geojson"
    bow_tie = shapely.Polygon([(40, 35), (40.2, 35.2), (40.2, 35), (40, 35.2)])
    gpd.GeoDataFrame({"holder": ["A"]}, geometry=[bow_tie], crs=4326).to_file(path)
    assert main(["change", str(path), snapshots[1], "--actor", "holder"]) == 0
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert told.startswith("geoevents: note: ")
    assert "Self-intersection" in told


def test_change_never_writes_over_what_it_reads(
    snapshots: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path(snapshots[0]).read_bytes()
    failure(capsys, "change", *snapshots, "--actor", "holder", "-o", snapshots[0])
    assert Path(snapshots[0]).read_bytes() == before


def test_change_into_an_unknown_format(
    snapshots: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "change.shp"
    assert ".gpkg" in failure(capsys, "change", *snapshots, "--actor", "holder", "-o", str(made))
    assert not made.exists()


def test_area_by_a_column(snapshots: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["area", snapshots[0], "--by", "holder", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["area_km2"]
    assert found == pytest.approx({"A": strip_km2(40, 40.2), "B": strip_km2(40.2, 40.4)})
    assert "'nation'" in failure(capsys, "area", snapshots[0], "--by", "nation")


@pytest.mark.parametrize("words", [["map"], ["geocode"], ["frobnicate"], ["area", "--nope", "x"]])
def test_wrong_usage_is_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    failure(capsys, *words)


def test_control_characters_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b" not in failure(capsys, "geocode", "\x1b[31mnowhere at all\x1b]0;title\x07")


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f'"{sys.executable}" -m geoevents.cli geocode Raqqa Aleppo --geojson | head -c 10'
    result = subprocess.run(
        ["bash", "-c", command],  # noqa: S607 -- the shell's pipe is what is tested
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.stderr == ""


def test_the_console_script_is_installed() -> None:
    script = Path(sys.executable).with_name("geoevents")
    if not script.exists():
        pytest.skip("geoevents is not installed in this environment")
    result = subprocess.run([script, "--version"], check=True, capture_output=True, text=True)
    assert result.stdout.startswith("geoevents, version ")

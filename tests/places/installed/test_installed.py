"""The user's gazetteers: made, listed, updated, damaged, mended, removed; only loopback is used."""

import hashlib
import json
import os
import runpy
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import Point

from geoevents import download as downloading
from geoevents.errors import GeoeventsError
from geoevents.locks import alone
from geoevents.places import Gazetteer
from geoevents.places.installed import (
    GazetteerWarning,
    collection,
    condition,
    find,
    installing,
    paths,
    remove,
)
from geoevents.places.installed.installing import (
    add_file,
    add_geonames,
    add_osm,
    country_code,
    update,
)

SERVING = runpy.run_path(str(Path(__file__).parents[2] / "serving.py"))
INVENTED = runpy.run_path(str(Path(__file__).with_name("invented.py")))
Fault = SERVING["Fault"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    there = tmp_path / "gazetteers"
    monkeypatch.setenv("GEOEVENTS_GAZETTEERS", str(there))
    return there


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(downloading, "_pause", lambda _: None)
    with SERVING["serving"]() as server:
        monkeypatch.setenv("GEOEVENTS_GEONAMES_URL", server.url + "/dump/")
        serve(server, tmp_path, INVENTED["dump"](), INVENTED["alternates"]())
        yield server


def serve(server, tmp_path, features, names):
    for path, text in (("/dump/SY.zip", features), ("/dump/alternatenames/SY.zip", names)):
        made = INVENTED["zipped"](tmp_path / "made.zip", text)
        server.files[path] = made.read_bytes()


@pytest.fixture
def villages(tmp_path):
    frame = gpd.GeoDataFrame(
        {"village": ["Zimran One", "Zimran Two"]},
        geometry=[Point(40.1, 35.1), Point(40.2, 35.2)],
        crs="EPSG:4326",
    )
    frame.to_file(tmp_path / "villages.geojson")
    return tmp_path / "villages.geojson"


def inside(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_country_is_made_searched_and_written_down(server, folder):
    told = []
    found, made = add_geonames("Syria", progress=lambda *each: told.append(each))
    assert made
    assert inside(folder) == ["SY.gaz", "SY.json"]  # no download stays
    assert paths() == [folder / "SY.gaz"]
    assert Gazetteer.from_file(found.path).search("Zouweira")["id"].tolist()[0] == (
        "geonames:90000001"
    )
    record = json.loads((folder / "SY.json").read_text("utf-8"))
    assert record["recipe"] == {
        "from": "geonames", "country": "SY", "names": True, "base_url": server.url + "/dump",
    }  # fmt: skip
    assert [source["url"] for source in record["sources"]] == [
        f"{server.url}/dump/SY.zip", f"{server.url}/dump/alternatenames/SY.zip",
    ]  # fmt: skip
    assert record["features"] == 13
    assert record["kinds"] == {
        "facility": 6, "lake": 1, "populated place": 3, "region": 1, "river": 2,
    }  # fmt: skip
    assert record["feature_codes"]["P.PPL"] == 3
    assert record["left_out"]["in the embedded gazetteer already"] == 1
    assert "CC BY 4.0" in record["licence"]
    assert find("sy", thoroughly=True) == found
    assert found.problem == ""
    labels = list(dict.fromkeys(label for label, _, _ in told))
    assert labels == [
        "Downloading SY.zip", "Downloading alternatenames/SY.zip", "Features", "Provinces", "Names",
        "Rivers and lakes", "Building",
    ]  # fmt: skip
    assert all(total is None or 0 <= done <= total for _, done, total in told)


def test_geocode_knows_what_is_installed(server, folder):
    add_geonames("SY")
    code = (
        "import geoevents as ge; "
        "print(ge.geocode('Zouweira').id, ge.geocode('Khabur', country='SY').geometry.geom_type, "
        "ge.geocode('Deir ez-Zor').id)"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    village, khabur, town = run.stdout.split()
    assert village == "geonames:90000001"
    assert khabur in {"LineString", "MultiLineString"}
    assert town == "geonames:170794"


def test_an_update_asks_and_downloads_only_what_changed(server, folder, tmp_path):
    add_geonames("SY")
    before = (folder / "SY.gaz").stat().st_mtime_ns
    server.log.clear()
    assert update("SY")[1] is False
    assert add_geonames("SY")[1] is False  # adding it again is the same
    assert [request.status for request in server.log] == [304] * 4
    assert server.sent() == 0
    assert (folder / "SY.gaz").stat().st_mtime_ns == before
    rows = [*INVENTED["ROWS"], (90000099, "Zimran New", "", 35.5, 40.1, "P", "PPL", "SY", "07", 0)]
    serve(server, tmp_path, INVENTED["dump"](rows), INVENTED["alternates"]())
    found, made = update("sy")
    assert made
    assert found.record["features"] == 14
    assert inside(folder) == ["SY.gaz", "SY.json"]


def test_a_server_without_versions_is_asked_for_all_and_compared(server, folder):
    add_geonames("SY")
    server.faults["/dump/SY.zip"] = [Fault(validators=False)]
    server.faults["/dump/alternatenames/SY.zip"] = [Fault(validators=False)]
    assert update("SY")[1] is False
    assert inside(folder) == ["SY.gaz", "SY.json"]


def test_what_failed_can_be_tried_again_and_nothing_is_broken(server, folder):
    server.faults["/dump/SY.zip"] = [Fault(cut_after=300)] + [Fault(cut_after=0)] * 4
    with pytest.raises(GeoeventsError, match="What has come is kept"):
        add_geonames("SY")
    assert paths() == []
    assert inside(folder) == ["SY.zip.part", "SY.zip.part.json"]
    server.log.clear()
    add_geonames("SY")
    assert server.log[0].headers["Range"] == "bytes=300-"
    assert inside(folder) == ["SY.gaz", "SY.json"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>not here</html>", "is a web page"),
        (b"PK\x03\x04 nonsense", "is a damaged zip file"),
    ],
    ids=["page", "damaged"],
)
def test_something_else_in_place_of_the_dump(server, folder, content, said):
    add_geonames("SY")
    server.files["/dump/SY.zip"] = content
    with pytest.raises(GeoeventsError, match=said):
        update("SY")
    assert inside(folder) == ["SY.gaz", "SY.json"]  # what was there stays
    assert find("SY", thoroughly=True).problem == ""


def test_no_such_country_there(server, folder):
    with pytest.raises(GeoeventsError, match="no such file"):
        add_geonames("IQ")
    del server.files["/dump/alternatenames/SY.zip"]
    with pytest.raises(GeoeventsError, match="give --no-names"):
        add_geonames("SY")
    found, _ = add_geonames("SY", names=False)
    assert len(found.record["sources"]) == 1
    assert paths() == [folder / "SY.gaz"]


def test_a_file_that_is_here_needs_no_network(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(downloading, "_fetch", None)  # would fail
    features = INVENTED["zipped"](tmp_path / "SY.zip", INVENTED["dump"]())
    names = INVENTED["zipped"](tmp_path / "names.zip", INVENTED["alternates"]())
    found, made = add_geonames("SY", file=features, names_file=names)
    assert made
    assert features.exists()
    assert found.record["sources"][0]["file"] == str(features)
    assert update("SY")[1] is False
    INVENTED["zipped"](features, INVENTED["dump"](INVENTED["ROWS"][:2]))
    assert update("SY")[0].record["features"] == 2
    features.unlink()
    with pytest.raises(GeoeventsError, match=r"The gazetteer is made of this file: put it back"):
        update("SY")
    with pytest.raises(GeoeventsError, match="there is no such file"):
        add_geonames("SY", file=features)
    with pytest.raises(GeoeventsError, match="give --from too"):
        add_geonames("SY", names_file=names)


def test_a_table_of_ones_own(folder, villages):
    found, made = add_file(villages, name_column="village", kind="populated place")
    assert made
    assert found.name == "villages"
    assert Gazetteer.from_file(found.path).search("Zimran Two")["name"].tolist()[0] == "Zimran Two"
    assert update("villages")[1] is False
    with pytest.raises(GeoeventsError, match="made of something else"):
        add_osm(villages)
    with pytest.raises(GeoeventsError, match="village"):
        add_file(villages, name="other")  # which column?
    assert paths() == [folder / "villages.gaz"]


def test_openstreetmap(folder, tmp_path):
    feature = {
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [40.2, 35.1]},
        "properties": {"@id": "node/1", "place": "village", "name": "Zimran"},
    }  # fmt: skip
    path = tmp_path / "places of Zimran.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    with pytest.raises(GeoeventsError, match="cannot be called 'places of Zimran'"):
        add_osm(path)
    found, _ = add_osm(path, name="zimran")
    assert "ODbL" in found.record["licence"]
    assert Gazetteer.from_file(found.path).features(["osm:node/1"])["name"].tolist() == ["Zimran"]


def damaged(path, how):
    content = path.read_bytes()
    if how == "empty":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif how == "no gazetteer":
        path.write_bytes(b"PK" + content[2:])
    elif how == "broken header":
        path.write_bytes(content[:40] + b"\xff" * 20 + content[60:])


@pytest.mark.parametrize("how", ["empty", "cut", "no gazetteer", "broken header"])
def test_a_damaged_one_is_told_and_does_not_break_the_others(server, folder, villages, how):
    add_geonames("SY")
    add_file(villages, name_column="village", kind="populated place")
    damaged(folder / "SY.gaz", how)
    with pytest.warns(GazetteerWarning, match="'SY' is not searched: .*gazetteer update SY`"):
        assert paths() == [folder / "villages.gaz"]
    assert "gazetteer update SY`" in find("SY").problem
    assert find("villages").problem == ""
    found, made = update("SY")  # though nothing has changed at the server
    assert made
    assert found.problem == ""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(paths()) == 2


def test_one_of_another_version_is_refused_with_its_remedy(server, folder):
    add_geonames("SY")
    content = (folder / "SY.gaz").read_bytes()
    first, rest = content.split(b"\n", 1)
    (folder / "SY.gaz").write_bytes(b"geoevents gazetteer 0\n" + rest)
    assert paths() == [folder / "SY.gaz"]  # not hidden: whoever opens it says what to do
    run = subprocess.run(
        [sys.executable, "-c", "import geoevents as ge; ge.geocode('Deir ez-Zor')"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "geoevents gazetteer update SY" in run.stderr.splitlines()[-1]
    assert "geoevents gazetteer update SY" in find("SY").problem
    assert update("SY")[1] is True
    assert (folder / "SY.gaz").read_bytes().startswith(first + b"\n")


def flipped(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_a_flipped_bit_is_found_when_the_file_is_opened(server, folder):
    add_geonames("SY")
    flipped(folder / "SY.gaz", -100)
    with pytest.warns(GazetteerWarning, match=r"some of its bytes have changed.*update SY`"):
        assert paths() == []
    with pytest.raises(GeoeventsError, match=r"SY\.gaz is cut off or damaged .* update`"):
        Gazetteer.from_file(folder / "SY.gaz")
    found, made = update("SY")  # though nothing has changed at the server
    assert made
    assert found.problem == ""
    assert Gazetteer.from_file(folder / "SY.gaz")


def test_zeros_in_the_middle_do_not_break_what_is_embedded(server, folder):
    add_geonames("SY")
    with (folder / "SY.gaz").open("r+b") as file:
        file.seek(4096)
        file.write(bytes(4096))
    with pytest.warns(GazetteerWarning, match="'SY' is not searched: "):
        assert paths() == []
    with pytest.raises(GeoeventsError, match="is cut off or damaged"):
        Gazetteer.from_file(folder / "SY.gaz")


def test_of_a_large_file_the_time_of_change_is_compared_first(server, folder, monkeypatch):
    monkeypatch.setattr("geoevents.places.store.MOST_SUMMED", 100)
    monkeypatch.setattr(condition, "MOST_SUMMED", 100)
    found, _ = add_geonames("SY")
    path = folder / "SY.gaz"
    before = path.stat()
    flipped(path, -100)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    condition._damage.cache_clear()
    assert found.record["file"]["mtime_ns"] == before.st_mtime_ns
    assert paths() == [path]  # not read through: nobody but the disk has touched it
    assert find("SY").problem == ""
    assert "has changed since it was made" in find("SY", thoroughly=True).problem
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000_000))
    with pytest.warns(GazetteerWarning, match="some of its bytes have changed"):
        assert paths() == []
    assert update("SY")[1] is True
    assert find("SY", thoroughly=True).problem == ""


def test_a_copy_with_another_time_is_whole_and_noted_so(server, folder):
    add_geonames("SY")
    path = folder / "SY.gaz"
    os.utime(path, ns=(10**18, 10**18))
    assert paths() == [path]
    assert update("SY")[1] is False
    assert find("SY").record["file"]["mtime_ns"] == 10**18


def test_one_without_a_checksum_is_compared_by_update(server, folder):
    """As files were before there was one: what is embedded still is."""
    add_geonames("SY")
    path, note = folder / "SY.gaz", folder / "SY.json"
    content = path.read_bytes()[:-16].replace(b'"sealed":true', b'"Sealed":true')
    path.write_bytes(content)
    record = json.loads(note.read_text("utf-8"))
    record["file"] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    note.write_text(json.dumps(record), "utf-8")
    assert update("SY")[1] is False
    flipped(path, -20)
    assert paths() == [path]
    assert update("SY")[1] is True
    assert path.read_bytes()[-16:-9] == b"\ncrc32 "


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"recipe": 3, "sources": [], "file": {}}',
                                  '{"recipe": {}, "sources": [1], "file": {}}'])  # fmt: skip
def test_half_of_one_is_told(server, folder, note):
    add_geonames("SY")
    (folder / "SY.json").write_text(note, encoding="utf-8")
    assert "SY.json is damaged" in find("SY").problem
    assert paths() == [folder / "SY.gaz"]
    with pytest.raises(GeoeventsError, match="remove it with `geoevents gazetteer remove SY`"):
        update("SY")
    (folder / "SY.json").unlink()
    assert "nothing is known of where it comes from" in find("SY").problem
    assert add_geonames("SY")[0].problem == ""
    (folder / "SY.gaz").unlink()
    assert "SY.gaz is missing" in find("SY").problem
    assert paths() == []
    assert update("SY")[0].problem == ""


def test_a_record_of_another_file_is_told(server, folder, villages):
    add_geonames("SY")
    add_file(villages, name_column="village", kind="populated place")
    shutil.copy(folder / "villages.json", folder / "SY.json")
    assert "SY.json describes another file" in find("SY").problem


def test_ones_own_file_in_the_folder_is_searched(folder, villages):
    folder.mkdir()
    made = Gazetteer.from_file(villages, name="village", kind="populated place")
    made.save(folder / "mine.gaz")
    assert paths() == [folder / "mine.gaz"]
    assert "nothing is known" in collection.installed()[0].problem


def test_removing(server, folder):
    add_geonames("SY")
    with pytest.raises(GeoeventsError, match="no gazetteer 'IQ' is installed; there are SY"):
        remove("IQ")
    assert remove("sy").name == "SY"
    assert inside(folder) == []
    with pytest.raises(GeoeventsError, match="none is"):
        remove("SY")


def test_removing_what_is_no_file(folder):
    folder.mkdir()
    (folder / "gone.gaz").symlink_to(folder / "nowhere")
    (folder / "empty.gaz").mkdir()
    (folder / "full.gaz").mkdir()
    (folder / "full.gaz" / "mine.txt").write_text("mine", encoding="utf-8")
    assert {each.name: each.problem.split("`")[0] for each in collection.installed()} == {
        "gone": f"gone.gaz is missing (it is a link to {folder}/nowhere). Make it anew with ",
        "empty": f"{folder}/empty.gaz is a folder, not a gazetteer. Take it away with ",
        "full": f"{folder}/full.gaz is a folder, not a gazetteer. Take it away with ",
    }
    with pytest.warns(GazetteerWarning, match="is not searched") as told:
        assert paths() == []
    assert len(told) == 3
    remove("gone")
    remove("empty")
    with pytest.raises(GeoeventsError, match=r"a folder that is not empty.*take it away yourself"):
        remove("full")
    assert inside(folder) == ["mine.txt"]


def test_a_link_that_leads_nowhere_gives_way(folder, villages):
    folder.mkdir()
    (folder / "villages.gaz").symlink_to(folder / "none" / "x")
    assert add_file(villages, name_column="village", kind="populated place")[0].problem == ""


def test_a_folder_that_cannot_be_written_to(folder, villages, monkeypatch):
    add_file(villages, name_column="village", kind="populated place")
    opened = os.open

    def refused(path, flags, *more, **options):
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, flags, *more, **options)

    monkeypatch.setattr(os, "open", refused)
    said = "cannot be written to .Permission denied.: get permission, or name another folder in"
    for act in (
        lambda: remove("villages"),
        lambda: update("villages"),
        lambda: add_file(villages, name="more", name_column="village", kind="facility"),
    ):
        with pytest.raises(GeoeventsError, match=said):
            act()
    assert paths() == [folder / "villages.gaz"]


def test_a_folder_that_cannot_be_read(folder, monkeypatch):
    def refused(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.warns(GazetteerWarning, match=r"no installed gazetteer is searched: .*permission"):
        assert paths() == []
    with pytest.raises(GeoeventsError, match="GEOEVENTS_GAZETTEERS"):
        collection.installed()


def test_rows_that_cannot_be_used_can_be_skipped(folder, tmp_path):
    path = tmp_path / "camps.csv"
    path.write_text("name,lon,lat\nZimran,40.1,35.1\nTumbak,40.2,x\n,40.3,35.3\n", "utf-8")
    with pytest.raises(GeoeventsError, match=r"2 of 3 rows cannot be used.*(?s:.*)--skip"):
        add_file(path, kind="facility")
    found, _ = add_file(path, kind="facility", skip=True)
    assert found.record["features"] == 1
    assert len(found.record["notes"]) == 1
    assert "2 of 3 rows are left out" in found.record["notes"][0]
    assert update("camps")[1] is False


def test_a_country_has_its_limit_though_the_server_gives_no_length(server, folder, monkeypatch):
    monkeypatch.setattr("geoevents.places.installed.recipes._LARGEST", 300)
    server.faults["/dump/SY.zip"] = [Fault(no_length=True, validators=False)]
    with pytest.raises(GeoeventsError, match="at most 300 are taken"):
        add_geonames("SY")
    assert inside(folder) == []


def test_two_do_not_make_the_same_at_once(server, folder):
    add_geonames("SY")
    with alone(collection.lock_of("SY")) as ours:
        assert ours
        for act in (lambda: add_geonames("SY"), lambda: update("SY"), lambda: remove("SY")):
            with pytest.raises(GeoeventsError, match="another process is working on"):
                act()
    assert update("SY")[1] is False


def test_the_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("GEOEVENTS_GAZETTEERS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert collection.folder().name == "gazetteers"
    assert "geoevents" in collection.folder().parts
    monkeypatch.setenv("GEOEVENTS_GAZETTEERS", str(tmp_path / "none"))
    assert paths() == []
    assert collection.installed() == []
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("GEOEVENTS_GAZETTEERS", str(tmp_path / "file"))
    with pytest.raises(GeoeventsError, match="is not a folder"):
        paths()


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../up", "a/b", "a\\b", ".hidden", "a b", "con", "NUL.x", "x" * 65,
             "a\n", "-a", "a."],
)  # fmt: skip
def test_names_that_no_file_can_have(folder, villages, name):
    with pytest.raises(GeoeventsError, match="cannot be called"):
        collection.see_name(name)


def test_countries_have_codes_and_names():
    told = {"SY": "SY", "sy": "SY", "SYR": "SY", " Syria ": "SY", "Ivory Coast": "CI", "XK": "XK"}
    assert {text: country_code(text) for text in told} == told
    with pytest.raises(GeoeventsError, match="is no country"):
        country_code("Zzzzzz")
    with pytest.raises(GeoeventsError, match=r"did you mean Syria \(SY\)"):
        country_code("Syriaa")


def test_looking_for_gazetteers_loads_nothing_heavy(folder):
    code = (
        "import sys; from geoevents.places import installed; installed.paths(); "
        "print([m for m in ('pandas', 'geopandas', 'pyarrow', 'urllib.request', 'click') "
        "if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_folder_is_no_file(folder, tmp_path):
    for act in (add_osm, add_file):
        with pytest.raises(GeoeventsError, match="is a folder, not a file"):
            act(tmp_path, name="x")


def test_a_folder_that_cannot_be_made(tmp_path, monkeypatch, villages):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("GEOEVENTS_GAZETTEERS", str(tmp_path / "file" / "below"))
    with pytest.raises(GeoeventsError):
        add_file(villages, name_column="village", kind="populated place")
    assert installing.BASE_URL.startswith("https://")
    assert os.environ["GEOEVENTS_GAZETTEERS"].endswith("below")

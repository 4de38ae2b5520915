"""Dumps of GeoNames' layout, all rows invented: what is taken, what is left out, what is wrong."""

import io
import math
import runpy
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoevents.errors import GeoeventsError
from geoevents.places import Gazetteer, geocode, store
from geoevents.places.installed import dumps
from geoevents.places.installed.aliases import gather, plain
from geoevents.places.installed.feature_codes import meaning
from geoevents.places.installed.geonames import extent_radius_m, read_dump, rounding_error_m
from geoevents.places.installed.known import Provinces, is_far_from_null_island, waters
from geoevents.places.names import fold
from geoevents.places.store import KINDS

INVENTED = runpy.run_path(str(Path(__file__).with_name("invented.py")))
ROWS, row, dump, alternates, zipped = (
    INVENTED[name] for name in ("ROWS", "row", "dump", "alternates", "zipped")
)


@pytest.fixture(scope="module")
def syria(tmp_path_factory):
    """The invented dump, read once: features by name, and the account."""
    folder = tmp_path_factory.mktemp("dump")
    features = zipped(folder / "SY.zip", dump())
    names = zipped(folder / "names.zip", alternates())
    frame, account = read_dump(features, "SY", names=names)
    return frame.set_index("name"), account


def read(tmp_path, text, country="SY", **options):
    path = tmp_path / f"{country}.txt"
    path.write_bytes(text)
    return read_dump(path, country, **options)


def test_each_row_is_taken_or_counted(syria):
    frame, account = syria
    assert account.record() == {
        "left_out": {
            "administrative units and countries (their polygons are embedded)": 2,
            "roads and railways (a point says nothing of where they run)": 1,
            "of another country": 1,
            "without a name": 1,
            "with an id that came before": 1,
            "without a feature class that GeoNames defines": 1,
            "in the embedded gazetteer already": 1,
            "rivers and lakes that the embedded gazetteer draws": 1,
        },
        "names_left_out": {"no names but link": 1, "no names but wkdt": 1, "no names but icao": 1},
        "problems": [],
        "notes": [],
    }
    assert len(frame) + sum(account.rows.values()) == len(ROWS)


def test_kinds_codes_and_provinces(syria):
    frame, _ = syria
    told = frame[["kind", "feature_code", "admin1"]].apply(tuple, axis=1).to_dict()
    assert told == {
        "Tall Zuwayrah": ("populated place", "P.PPL", "Deir ez-Zor"),
        "Qasr Nimrudah": ("populated place", "P.PPL", "Deir ez-Zor"),
        "Wadi Tumbakin": ("river", "H.WAD", "Homs"),
        "Haql Sarabi": ("facility", "L.OILF", "Deir ez-Zor"),
        "Tall Ghurayban": ("facility", "T.HLL", "Al-Hasakah"),
        "Bir Qandulah": ("facility", "H.WLL", "Homs"),
        "Badiyat Zimran": ("region", "T.DSRT", "Homs"),
        "Sahat Zimran": ("facility", "R.SQR", "Homs"),
        "Nahr al Khabur": ("river", "H.STM", "As-Suwayda"),
        "Buhayrat Zimran": ("lake", "H.RSV", "Aleppo"),
        "Matar Zimran": ("facility", "S.AIRB", "Homs"),
        "Ghabat Zimran": ("facility", "V.FRST", "Latakia"),
        # Its point lies in the embedded Raqqa, its code is that of Deir ez-Zor.
        "Hadd Zimran": ("populated place", "P.PPL", "Deir ez-Zor"),
    }
    border = frame.loc["Hadd Zimran"].geometry
    provinces = Provinces("SY")
    assert provinces.names[provinces.of(np.array([border]))].tolist() == ["Raqqa"]
    assert set(frame["country"]) == {"SY"}
    assert set(frame["source"]) == {"GeoNames"}
    assert frame.loc["Tall Zuwayrah", "id"] == "geonames:90000001"
    assert (frame.loc["Tall Zuwayrah"].geometry.x, frame.loc["Tall Zuwayrah"].geometry.y) == (
        40.317, 35.512,
    )  # fmt: skip


def test_names_are_those_that_name_it(syria):
    frame, _ = syria
    assert frame.loc["Tall Zuwayrah", "names"] == [
        "تل زويرة", "Tell Zuwayra", "Telli Zwera", "Tell Zouweira", "Zouweira", "祖韋拉",
        "Zuwayropolis",
    ]  # fmt: skip
    # Not in the file of names: those of the dump, without the airport's code.
    assert frame.loc["Qasr Nimrudah", "names"] == ["Qaşr Nimrūdah", "Qasr Nimruda"]
    assert frame.loc["Haql Sarabi", "names"] == ["Ḩaql Sarābī", "حقل سرابي"]


def test_uncertainty_is_how_far_it_reaches_and_how_far_it_may_be_off(syria):
    frame, _ = syria

    def town(people):  # Stewart and Warntz, by hand
        return math.sqrt(people**0.75 / 350 * 2.589988110336 / math.pi) * 1000

    uncertainty = frame["uncertainty_m"]
    assert uncertainty["Qasr Nimrudah"] == round((town(3200) + 1194) / 10) * 10  # whole minutes
    assert uncertainty["Tall Zuwayrah"] == round((town(2000) + 500) / 10) * 10  # unknown: 2,000
    assert uncertainty["Wadi Tumbakin"] == 15_500
    assert uncertainty["Haql Sarabi"] == 5500
    assert uncertainty["Tall Ghurayban"] == 1500
    # People of a hill are a slip.
    assert frame["population"].to_dict()["Tall Ghurayban"] == 0
    assert frame["population"].to_dict()["Qasr Nimrudah"] == 3200


def test_a_village_is_found_beside_the_embedded_ones(syria, tmp_path):
    frame = syria[0].reset_index()
    store.write(frame, tmp_path / "SY.gaz")
    both = Gazetteer([*Gazetteer.embedded().stores, store.Store.open(tmp_path / "SY.gaz")])
    for name in ("Tell Zuwayra", "تل زويرة", "Zouweira", "Tall Zuwayrah"):
        assert geocode(name, gazetteer=both).id == "geonames:90000001", name
    assert geocode("Khabur", country="SY", gazetteer=both).geometry.geom_type in (
        "LineString", "MultiLineString",
    )  # fmt: skip
    assert geocode("Deir ez-Zor", gazetteer=both).id == "geonames:170794"
    assert both.search("Haql Sarabi")["feature_code"].tolist()[0] == "L.OILF"


def test_without_the_file_of_names_those_of_the_dump_serve(tmp_path):
    frame, _ = read(tmp_path, dump())
    names = frame.set_index("name")["names"]
    assert names["Qasr Nimrudah"] == ["Qaşr Nimrūdah", "Qasr Nimruda"]
    assert names["Tall Zuwayrah"] == []


def test_main_names_keep_their_marks_elsewhere(tmp_path):
    one = [(90000001, "Ţūlba", "", 46.51, 33.51, "P", "PPL", "UA", "01", 0)]
    assert read(tmp_path, dump(one), "UA")[0]["name"].tolist() == ["Ţūlba"]
    assert plain("‘Afrīn") == "Afrin"


def test_what_cannot_be_read_is_counted_and_told_with_its_line(tmp_path):
    good = [row(*each).encode() for each in ROWS[:2]]
    lines = [
        good[0],
        b"\t".join(good[1].split(b"\t")[:18]),
        b"",
        good[1].replace(b"35.25", b"abc"),
        good[1].replace(b"35.25", b"95.0"),
        good[1].replace(b"90000002", b"x"),
        good[1].replace(b"3200", b"-5"),
        good[1].replace(b"Nimr", b"\xff"),
        good[1] + b"\tone more",
        good[1],
        b"",
    ]
    frame, account = read(tmp_path, b"\n".join(lines))
    path = tmp_path / "SY.txt"
    assert frame["name"].tolist() == ["Tall Zuwayrah", "Qasr Nimrudah"]
    assert account.rows["rows that cannot be read"] == 7
    assert sorted(account.problems) == sorted([
        f"{path}, line 2: has 18 columns between tabs, not 19",
        f"{path}, line 9: has 20 columns between tabs, not 19",
        f"{path}, line 4: latitude is 'abc'",
        f"{path}, line 5: latitude is '95.0'",
        f"{path}, line 6: geonameid is 'x'",
        f"{path}, line 7: population is '-5'",
        f"{path}, line 8: name is not UTF-8",
    ])  # fmt: skip


def test_lines_are_right_in_later_pieces_too(tmp_path, monkeypatch):
    monkeypatch.setattr("geoevents.places.installed.dumps._BLOCK", 4096)
    good = row(*ROWS[0])
    lines = [good.replace("90000001", str(91000000 + at)) for at in range(300)]
    lines[7] = "short"
    lines[150] = "short"
    lines[251] = lines[251].replace("35.512", "north")
    frame, account = read(tmp_path, "\n".join(lines).encode())
    assert len(frame) == 297
    assert [problem.split(": ")[0].rpartition(" ")[2] for problem in account.problems] == [
        "8", "151", "252",
    ]  # fmt: skip


def test_problems_told_are_few_those_counted_all(tmp_path):
    text = dump(ROWS[:1]) + b"short\n" * 5000
    frame, account = read(tmp_path, text)
    assert len(frame) == 1
    assert account.rows["rows that cannot be read"] == 5000
    assert len(account.problems) == 20


def test_windows_line_ends_and_a_mark_at_the_front(tmp_path):
    text = b"\xef\xbb\xbf" + dump().replace(b"\n", b"\r\n")
    assert len(read(tmp_path, text)[0]) == 13


def test_old_files_of_names_have_two_columns_less(tmp_path):
    old = b"\n".join(line.rsplit(b"\t", 2)[0] for line in alternates().splitlines()) + b"\n"
    (tmp_path / "names.txt").write_bytes(old)
    frame, account = read(tmp_path, dump(), names=tmp_path / "names.txt")
    assert "تل زويرة" in frame.set_index("name").loc["Tall Zuwayrah", "names"]
    assert account.names["rows that cannot be read"] == 0


def test_a_broken_file_of_names_is_counted_apart(tmp_path):
    text = alternates() + b"1\tx\ten\tName\t\t\t\t\t\t\n" + b"1\t2\n"
    (tmp_path / "names.txt").write_bytes(text)
    frame, account = read(tmp_path, dump(), names=tmp_path / "names.txt")
    assert len(frame) == 13
    assert account.names["rows that cannot be read"] == 2
    assert account.rows["rows that cannot be read"] == 0
    assert any(f"names.txt, line {len(INVENTED['NAMES']) + 1}: geonameid is 'x'" in problem
               for problem in account.problems)  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE html><p>404", "is a web page"),
        (b"  \n<html>", "is a web page"),
        (b"PK\x03\x04 cut short", "is a damaged zip file"),
        (b"", "cannot be read|holds no row"),
        (b"no tabs here\n", r"holds no row of GeoNames' 19 columns.*line 1: has 1 columns"),
        (b"\x1f\x8b\x08 gz", "holds no row"),
        (dump([(1, "A", "", 1, 1, "P", "PPL", "IQ", "", 0)]), "rows are of other countries than"),
        (dump([ROWS[8]]), "holds no place of SY"),
    ],
    ids=["page", "page later", "zip", "empty", "text", "gz", "another", "nothing"],
)
def test_what_is_no_dump_is_told(tmp_path, content, said):
    with pytest.raises(GeoeventsError, match=said):
        read(tmp_path, content)


def test_zip_files_that_are_wrong(tmp_path):
    wrong = zipped(tmp_path / "wrong.zip", dump(), member="other.txt")
    with pytest.raises(GeoeventsError, match=r"holds no SY.txt.*it holds other.txt, readme.txt"):
        read_dump(wrong, "SY")
    whole = zipped(tmp_path / "SY.zip", dump())
    content = bytearray(whole.read_bytes())
    at = content.find(b"SY.txt") + 200  # in the middle of what is packed
    content[at : at + 20] = bytes(20)
    whole.write_bytes(content)
    with pytest.raises(GeoeventsError, match="cannot be read"):
        read_dump(whole, "SY")
    with pytest.raises(GeoeventsError, match="No such file"):
        read_dump(tmp_path / "none.zip", "SY")


def test_the_file_of_all_countries_will_do(tmp_path):
    path = zipped(tmp_path / "allCountries.zip", dump(), member="allCountries.txt")
    frame, account = read_dump(path, "IQ")
    assert frame["name"].tolist() == ["Over the Border"]
    assert account.rows["of another country"] == len(ROWS) - 1


def test_a_bomb_does_not_fill_memory(tmp_path, monkeypatch):
    good = row(*ROWS[16]).encode() + b"\n"  # of another country: read, and left out
    with (
        zipfile.ZipFile(tmp_path / "SY.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("SY.txt", "w") as member,
    ):
        for _ in range(30):
            member.write(good * 10_000)
    monkeypatch.setattr("geoevents.places.installed.dumps._LARGEST", 20_000_000)
    with pytest.raises(GeoeventsError, match="unpacks to 29 MiB, far more than a dump"):
        read_dump(tmp_path / "SY.zip", "SY")


def test_a_file_of_nothing_but_broken_rows_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr("geoevents.places.installed.dumps._BLOCK", 100_000)
    text = dump() + b"x\n" * 10_000_000
    reads = []
    with pytest.raises(GeoeventsError, match="more than 100,000 of its rows are not GeoNames'"):
        read(tmp_path, text, progress=lambda *told: reads.append(told))
    assert max(done for _, done, _ in reads) < len(text) / 2


@pytest.mark.parametrize("block", [1, 2, 3, 5, 64])
@given(st.lists(st.one_of(st.binary(max_size=9), st.text(max_size=9).map(str.encode))))
def test_bytes_become_utf8_in_blocks_of_whole_lines(block, parts):
    content = b"".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dumps, "_BLOCK", block)
        pieces = list(dumps._blocks(io.BytesIO(content), len(content), lambda *_: None))
    assert all(piece.endswith(b"\n") for piece in pieces[:-1])
    assert all(pieces)
    assert b"".join(pieces) == b"".join(
        dumps._utf8(line) for line in content.splitlines(keepends=True)
    )
    assert len(b"".join(pieces)) == len(content)


@pytest.mark.parametrize("packed", [False, True])
def test_a_line_without_end_is_told_with_its_number(tmp_path, packed):
    long = dump(ROWS[:2]) + b"x" * 3_000_000 + b"\n" + dump(ROWS[2:3])
    path = tmp_path / "SY.txt"
    path.write_bytes(long)
    if packed:
        path = zipped(tmp_path / "SY.zip", long)
    with pytest.raises(GeoeventsError, match=f"{path}: cannot be read: line 3 has more than 1 MiB"):
        read_dump(path, "SY")


def test_a_long_line_over_several_blocks_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(dumps, "_BLOCK", 4096)
    names = ",".join(f"Zimran {at}" for at in range(9000))
    long = row(*ROWS[0][:2], names, *ROWS[0][3:]).encode() + b"\n"
    frame, account = read(tmp_path, dump(ROWS[1:2]) + long + b"short\n")
    assert len(frame.set_index("name").loc["Tall Zuwayrah", "names"]) == 9000
    assert account.problems == [f"{tmp_path}/SY.txt, line 3: has 1 columns between tabs, not 19"]


def test_the_interpreter_survives_a_file_that_is_given_up(tmp_path):
    path = zipped(tmp_path / "SY.zip", b"x" * 90_000_000)
    code = (
        "from geoevents.places.installed.geonames import read_dump\n"
        f"try: read_dump({str(path)!r}, 'SY')\n"
        "except Exception as error: print(type(error).__name__)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "GeoeventsError\n", "")


def test_a_bomb_of_empty_lines_is_given_up(tmp_path):
    reads = []
    text = dump() + b"\n" * 60_000_000
    with pytest.raises(GeoeventsError, match="more than 100,000 of its rows are not GeoNames'"):
        read(tmp_path, text, progress=lambda *told: reads.append(told))
    assert max(done for _, done, _ in reads) < len(text) / 2


def test_a_small_file_that_unpacks_to_very_much_is_refused_unread(tmp_path, monkeypatch):
    path = zipped(tmp_path / "SY.zip", dump() + b"\n" * 3_000_000)
    monkeypatch.setattr(dumps, "ANY_RATIO_BYTES", 1_000_000)
    with pytest.raises(GeoeventsError, match=r"unpacks to 2 MiB, far more than a dump of its size"):
        read_dump(path, "SY")
    monkeypatch.setattr(dumps, "ANY_RATIO_BYTES", 4_000_000)
    with pytest.raises(GeoeventsError, match="are not GeoNames'"):
        read_dump(path, "SY")


def test_two_files_of_one_name_in_a_zip_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
        archive.writestr("SY.txt", dump())
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("SY.txt", dump(ROWS[:1]))
    with pytest.raises(GeoeventsError, match=r"holds several files SY.txt"):
        read_dump(tmp_path / "SY.zip", "SY")


def test_names_that_are_too_long_are_counted_and_cost_nothing_else(tmp_path):
    rows = [
        (90000031, "Zim" + "ran" * 100, "", 35.5, 40.1, "P", "PPL", "SY", "07", 0),
        (
            90000032,
            "Tumbak",
            "Tum" + "bak" * 100 + ",Tumbaq",
            35.6,
            40.1,
            "P",
            "PPL",
            "SY",
            "07",
            0,
        ),
    ]
    frame, account = read(tmp_path, dump(rows))
    assert frame[["name", "names"]].to_numpy().tolist() == [["Tumbak", ["Tumbaq"]]]
    reason = "a name of more than 200 letters is never looked up"
    assert account.record()["left_out"] == {reason: 1}
    assert account.problems == [f"geonames:90000031: {reason}"]
    # The main name of the first is there twice, as it is and in ASCII.
    assert account.record()["names_left_out"] == {"longer than 80 letters": 3}


def test_what_lies_at_null_island_is_left_out(tmp_path):
    rows = [
        (90000041, "Zimran", "", 0, 0, "P", "PPL", "SY", "07", 0),
        (90000042, "Tumbak", "", 0, 9.5, "P", "PPL", "SY", "07", 0),
    ]
    frame, account = read(tmp_path, dump(rows))
    assert frame["name"].tolist() == ["Tumbak"]
    assert account.record()["left_out"] == {"at 0, 0, far from their country": 1}
    assert account.problems == ["geonames:90000041: at 0, 0, far from their country"]
    # Of a country without a polygon, or of none, nobody knows.
    told = {code: is_far_from_null_island(code) for code in ("SY", "FR", "ZZ", "")}
    assert told == {"SY": True, "FR": True, "ZZ": False, "": False}


def test_codes_have_kinds_of_ours():
    known = {
        "P.PPLX": "populated place", "P.": "populated place", "H.STM": "river", "H.STMI": "river",
        "H.WADS": "river", "H.CNLI": "river", "H.STMM": "facility", "H.WADM": "facility",
        "H.LKS": "lake", "H.RSV": "lake", "H.RSVT": "facility", "H.SPNG": "facility",
        "T.MTS": "region", "T.MT": "facility", "T.PLAT": "region", "L.RGNH": "region",
        "L.PRK": "facility", "S.MSQE": "facility", "V.FRST": "facility", "R.RDJCT": "facility",
        "U.SMU": "region", "A.ADM2": "", "A.PCLI": "", "R.RR": "", "X.ABC": "", ".": "", "": "",
        "PPL": "",
    }  # fmt: skip
    assert {code: meaning(code).kind for code in known} == known
    for code in known:
        told = meaning(code)
        assert bool(told.kind) != bool(told.left_out)
        assert told.kind in {"", *KINDS}


@given(st.text(max_size=8))
def test_any_code_has_a_kind_or_a_reason(code):
    told = meaning(code)
    assert bool(told.kind) != bool(told.left_out)


def test_extents_grow_with_people():
    radius = extent_radius_m(np.array([0, 500, 2000, 10**6]))
    assert radius[0] == radius[2]
    assert radius[1] < radius[2] < radius[3]
    # A million covers 231 square kilometres and more: a radius of 8 to 16 km.
    assert 8000 < radius[3] < 16_000


def test_coordinates_in_whole_minutes_are_less_sure():
    lon, lat = np.array([0.0, 0.5, 10 + 1 / 60, 0.001]), np.array([0.0, 60.0, 60.0, 0.0])
    half = 1852 / 2
    assert rounding_error_m(lon, lat) == pytest.approx(
        [half * 2**0.5, half * 1.25**0.5, half * 1.25**0.5, 500]
    )


@given(st.lists(st.tuples(st.integers(0, 3), st.text(max_size=12)), max_size=12))
def test_gathered_names_are_names(given_names):
    owners = np.array([owner for owner, _ in given_names], np.intp)
    texts = [text.encode(errors="ignore").decode() for _, text in given_names]
    gathered = gather(owners, pa.array(texts, pa.string()), 4)
    assert len(gathered) == 4
    for names in gathered:
        assert len(names) == len(set(names))
        for name in names:
            assert any(c.isalpha() for c in name)
            assert name == " ".join(name.split())
            assert len(name) <= 80
    again = gather(
        np.repeat(np.arange(4), [len(names) for names in gathered]),
        pa.array([name for names in gathered for name in names], pa.string()),
        4,
    )
    assert again == gathered


def test_names_come_in_the_order_given():
    texts = pa.array(["Zeta", "Alpha", "Zeta", "/zeta/", "123", "A", "Б", "DC", "AB", "Who?"])
    assert gather(np.zeros(10, np.intp), texts, 1) == [["Zeta", "Alpha", "Б", "DC"]]
    assert gather(np.empty(0, np.intp), pa.array([], pa.string()), 2) == [[], []]


def test_a_water_is_the_embedded_one_by_name_and_place():
    lon, lat = INVENTED["KHABUR"]
    points = shapely.points([[lon, lat], [lon, lat], [lon, lat], [lon + 2, lat], [lon, lat]])
    kinds = ["river", "river", "lake", "river", "river"]
    names = [["Nahr al Khābūr"], ["Wadi Zimran"], ["Khabur"], ["Khabur"], ["X", "Khaboor"]]
    drawn = waters()
    same = drawn.same(points, kinds, names)
    assert (same >= 0).tolist() == [True, False, False, False, True]
    assert same[0] == same[4]
    assert "khabur" in {fold(name) for name in drawn._names[same[0]]}


def test_nothing_of_a_country_without_polygons_is_lost(tmp_path):
    rows = [(90000001, "Isle", "", -54.43, 3.41, "P", "PPL", "BV", "00", 0)]
    frame, _ = read(tmp_path, dump(rows), "BV")
    assert frame[["country", "admin1"]].values.tolist()[0][0] == "BV"


def test_a_dump_that_is_all_embedded_already(tmp_path):
    frame, account = read(tmp_path, dump([ROWS[7]]))
    assert len(frame) == 0
    assert account.rows["in the embedded gazetteer already"] == 1

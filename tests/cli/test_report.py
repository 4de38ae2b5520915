"""``geoevents report`` and ``geoevents map`` of articles: from text to events, in one line."""

import io
import json
import subprocess
import sys
from types import SimpleNamespace

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

import geoevents.maps
import geoevents.reports
from geoevents.cli import main
from geoevents.events.schema import validate

ARTICLE = "Army takes Palmyra\n\nThe army took Palmyra on Thursday.\n"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def asked(monkeypatch):
    """What the reader of reports was asked, which gives three events whatever the text."""
    calls = []

    def events():
        frame = validate(
            pd.DataFrame(
                {
                    "event_type": ["territorial gain", "air strike", "siege"],
                    "start": ["2017-03-02", "2017-03-03T04:30", None],
                    "locality": ["in Palmyra", "near Raqqa", None],
                    "status": ["reported", "planned", "disputed"],
                    "fatalities": [3, None, None],
                }
            )
        )
        made = gpd.GeoDataFrame(
            frame, geometry=[Point(38.28, 34.56), Point(39, 36), None], crs=4326
        )
        return made.assign(problem=[None, None, "names no place"], spans="20-54")

    def read_report(text, **options):
        calls.append({"text": text, **options})
        return events()

    def read_reports(frame, **options):
        calls.append({"frame": frame, **options})
        parts = [
            events().assign(report=label, event_id=[f"{number}{kind}" for kind in "abc"])
            for number, label in enumerate(frame.index)
        ]
        return pd.concat(parts, ignore_index=True)

    monkeypatch.setattr(geoevents.reports, "read_report", read_report, raising=False)
    monkeypatch.setattr(geoevents.reports, "read_reports", read_reports, raising=False)
    return calls


@pytest.fixture
def drawn(asked, monkeypatch):
    """What the map was asked to draw."""
    calls = []

    def event_map(events, **options):
        calls.append({"events": events, **options})
        return SimpleNamespace(
            save=lambda path: path.write_text("a map"), to_png=lambda path: path.write_text("a map")
        )

    monkeypatch.setattr(geoevents.maps, "event_map", event_map, raising=False)
    return calls


def failure(capsys, *words):
    assert main([str(word) for word in words]) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1, captured.err
    assert captured.err.startswith("geoevents: error: ")
    assert "Traceback" not in captured.err
    return captured.err


# report


def test_help_shows_an_example(capsys):
    assert main(["report", "--help"]) == 0
    assert "Example: geoevents report article.txt" in capsys.readouterr().out


def test_help_is_fast():
    code = (
        "import sys\nfrom geoevents.cli import main\nmain(['report', '--help'])\n"
        "print([n for n in ('pandas', 'numpy', 'trafilatura', 'pyromark') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


def test_events_are_written_and_counted(article, asked, tmp_path, capsys):
    made = tmp_path / "events.geojson"
    mine = tmp_path / "mine.csv"
    mine.write_text("name,aliases\nThe Blue Herons,Herons\n", encoding="utf-8")
    words = ["report", article, "--published", "2017-03-03", "-o", made]
    words += ["--source", "A paper", "--country", "SY", "--actors", mine]
    assert main([str(word) for word in words]) == 0
    captured = capsys.readouterr()
    assert captured.out == (
        f"{article}: 3 events, 2 on the map, 1 planned, 1 disputed\n{made}: 3 events\n"
    )
    assert captured.err.endswith(": not on the map: names no place\n")
    assert gpd.read_file(made)["event_type"].tolist() == ["territorial gain", "air strike", "siege"]
    (call,) = asked
    assert call.pop("actors") == mine
    assert call == {
        "text": ARTICLE,
        "published": "2017-03-03",
        "format": None,
        "source": "A paper",
        "country": "SY",
    }


def test_json_is_all_that_is_printed(article, asked, capsys):
    assert main(["report", str(article), "--json", "--quiet"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    first, second, third = json.loads(captured.out)
    assert (first["start"], second["start"], third["start"]) == (
        *("2017-03-02", "2017-03-03T04:30:00.000"),
        None,
    )
    assert (first["fatalities"], second["fatalities"]) == (3.0, None)
    assert first["geometry"] == {"type": "Point", "coordinates": [38.28, 34.56]}
    assert third["geometry"] is None


def test_json_leaves_the_summary_to_standard_error(article, asked, capsys):
    assert main(["report", str(article), "--json"]) == 0
    captured = capsys.readouterr()
    assert len(json.loads(captured.out)) == 3
    assert captured.err.startswith(f"{article}: 3 events, 2 on the map, 1 planned, 1 disputed\n")


def test_several_articles_are_one_table(article, asked, tmp_path, capsys):
    other = tmp_path / "other.md"
    other.write_text("# Raqqa\n\nQuiet.", encoding="utf-8")
    made = tmp_path / "events.csv"
    words = ["report", str(article), str(other), str(article), "--published", "2017-03-03"]
    assert main([*words, "-o", str(made), "--source", "X"]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [
        f"{article}: 3 events, 2 on the map, 1 planned, 1 disputed",
        f"{other}: 3 events, 2 on the map, 1 planned, 1 disputed",
        f"{made}: 6 events",
    ]
    (call,) = asked
    assert call["frame"].index.tolist() == [str(article), str(other)]
    assert call["frame"]["text"].tolist() == [ARTICLE, "# Raqqa\n\nQuiet."]
    assert (call["source"], call["published"]) == ("source", "2017-03-03")
    assert "--format is for one" in failure(
        capsys, "report", article, other, "--format", "html", "-o", made
    )


@pytest.mark.parametrize(
    ("name", "option", "expected"),
    [
        ("a.html", None, "html"),
        ("a.HTM", None, "html"),
        ("a.md", None, "markdown"),
        ("a.txt", None, None),
        ("a.news", None, None),
        ("a.txt", "markdown", "markdown"),
    ],
)
def test_format_by_suffix(name, option, expected, asked, tmp_path):
    path = tmp_path / name
    path.write_text(ARTICLE, encoding="utf-8")
    words = ["report", str(path), "--json", "--quiet", *(["--format", option] if option else [])]
    assert main(words) == 0
    assert asked[0]["format"] == expected


@pytest.mark.parametrize(
    "raw",
    [
        "Дамаск “taken”".encode(),
        "\ufeffДамаск “taken”".encode(),
        "Дамаск “taken”".encode("utf-16"),
        b"\xfe\xff" + "Дамаск “taken”".encode("utf-16-be"),
    ],
)
def test_encodings(raw, asked, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    assert main(["report", str(path), "--json", "--quiet"]) == 0
    assert asked[0]["text"] == "Дамаск “taken”"


def test_a_page_says_its_encoding(asked, tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes('<meta charset="windows-1251"><p>Дамаск</p>'.encode("windows-1251"))
    assert main(["report", str(path), "--json", "--quiet"]) == 0
    assert asked[0]["text"].endswith("<p>Дамаск</p>")


def test_line_ends_stay_for_positions_count_them(asked, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"One.\r\n\r\nTwo.\n")
    assert main(["report", str(path), "--json", "--quiet"]) == 0
    assert asked[0]["text"] == "One.\r\n\r\nTwo.\n"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\x93taken\x94", "is not UTF-8 (byte 0x93 at position 0): save it as UTF-8"),
        (b"\xff\xfea", "is not UTF-16"),
        (b"%PDF-1.7 ...", "is a PDF, not text: save its text as a .txt file"),
        (b"PK\x03\x04...", "is a Word document or an archive"),
        (b" \n\t", "is empty"),
        (b"", "is empty"),
        (b"a\x00b", "holds characters that no text has (NUL)"),
        (b"<meta charset=nonsense>\xff", "says that it is in nonsense, and is not"),
        (b"a" * (2 << 20) + b"b", "is longer than 2 MB, so hardly one article: a table of many"),
    ],
)
def test_what_is_no_text(raw, message, asked, tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    told = failure(capsys, "report", path, "--json")
    assert f"error: {path}: {message}" in told
    assert not asked


def test_standard_input(asked, monkeypatch, capsys):
    stream = SimpleNamespace(buffer=io.BytesIO(ARTICLE.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert main(["report", "-", "--json"]) == 0
    assert capsys.readouterr().err.startswith("standard input: 3 events")
    assert asked[0]["text"] == ARTICLE


def test_wrong_usage(article, asked, tmp_path, capsys):
    assert "say where to with -o" in failure(capsys, "report", article)
    assert "Missing argument" in failure(capsys, "report", "--json")
    assert "there is no such file" in failure(capsys, "report", tmp_path / "b.txt", "--json")
    assert "is a folder" in failure(capsys, "report", tmp_path, "--json")
    assert "is an address" in failure(capsys, "report", "https://example.org/a", "--json")
    assert ".xyz" in failure(capsys, "report", article, "-o", tmp_path / "a.xyz")
    own = tmp_path / "a.csv"
    own.write_text(ARTICLE, encoding="utf-8")
    assert "would replace its own input" in failure(capsys, "report", own, "-o", own)
    assert not asked


def test_errors_name_the_article_and_the_option(article, monkeypatch, capsys):
    def read_report(text, **options):
        raise geoevents.reports.ReportError("'Thursday' is relative: give published=, the day")

    monkeypatch.setattr(geoevents.reports, "read_report", read_report, raising=False)
    assert failure(capsys, "report", article, "--json") == (
        f"geoevents: error: {article}: 'Thursday' is relative: give --published, the day\n"
    )


def test_errors_of_several_name_articles_not_rows(article, tmp_path, capsys):
    other = tmp_path / "it's.txt"
    other.write_text("The army took Homs on Friday.\n", encoding="utf-8")
    told = failure(capsys, "report", article, other, "--json")
    assert told.startswith(f"geoevents: error: {article}: 'Thursday' (character 45) is relative")
    assert f"; {other}: 'Friday'" in told
    assert "row " not in told


@pytest.mark.parametrize("command", ["report", "map"])
def test_no_article_is_blamed_for_an_option(command, article, asked, drawn, capsys):
    tmp_path = article.parent
    words = [command, article, "-o", tmp_path / ("a.csv" if command == "report" else "a.html")]
    missing = tmp_path / "nothere.csv"
    told = failure(capsys, *words, "--actors", missing)
    assert told == f"geoevents: error: actors: there is no file {missing}\n"
    told = failure(capsys, *words, "--actors", tmp_path)
    assert told.startswith(f"geoevents: error: actors: {tmp_path} cannot be read: ")
    assert "UTF-8" not in told
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("who\nThe Herons\n", encoding="utf-8")
    told = failure(capsys, *words, "--actors", wrong)
    assert told.startswith(f"geoevents: error: actors: {wrong} has no column 'name'")
    told = failure(capsys, *words, "--country", "Nowhere")
    assert told.startswith("geoevents: error: country must be")
    told = failure(capsys, *words, "--published", "someday")
    assert told.startswith("geoevents: error: --published is 'someday': ")
    assert (asked, drawn) == ([], [])


def test_closed_standard_streams(article, asked, tmp_path, monkeypatch, capsys):
    made = tmp_path / "made.csv"
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", None)
        assert "standard input is closed" in failure(capsys, "report", "-", "-o", made)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", None)
        assert main(["report", str(article), "--json"]) == 2
        assert main(["report", str(article), "-o", str(made), "--quiet"]) == 0
        assert sys.stdout is None
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(",")[0] for line in told] == [
        "geoevents: error: standard output is closed"
    ]
    assert made.is_file()


def test_steps_are_shown_on_a_terminal(article, asked, tmp_path, monkeypatch, capsys):
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE, encoding="utf-8")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    words = ["report", str(article), "-o", str(tmp_path / "made.csv")]
    assert main(words) == 0
    assert "Reading the article" in capsys.readouterr().err
    assert main([*words, str(other)]) == 0
    assert "Reading articles" in capsys.readouterr().err
    assert main([*words, "--quiet"]) == 0
    assert "Reading" not in capsys.readouterr().err


# map


@pytest.mark.parametrize("name", ["bin.txt", "bin", "picture.png"])
@pytest.mark.parametrize("raw", [b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(254, -1, -1)) * 9])
def test_what_is_neither_text_nor_a_table(name, raw, drawn, tmp_path, capsys):
    path = tmp_path / name
    path.write_bytes(raw)
    words = [path, "--published", "2017-03-03", "-o"]
    told = failure(capsys, "map", *words, tmp_path / "m.html")
    assert f"{path}: is not UTF-8" in told
    assert told == failure(capsys, "report", *words, tmp_path / "m.csv")


def test_a_geopackage_is_a_table(drawn, tmp_path, capsys):
    path = tmp_path / "events.data"
    path.write_bytes(b"SQLite format 3\x00\x10")
    words = ["map", path, "--published", "2017-03-03", "-o", tmp_path / "m.html"]
    assert "is a table of events" in failure(capsys, *words)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (ARTICLE, "Army takes Palmyra"),
        ("# Army \u202etakes *Palmyra*\n\nIt did.\n", "Army takes Palmyra"),
        ("The army took Palmyra.\n", None),
    ],
)
def test_the_title_of_an_article_is_that_of_its_map(text, title, drawn, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    words = ["map", str(path), "-o", str(tmp_path / "m.html"), "--quiet"]
    assert main(words) == 0
    assert main([*words, "--title", ""]) == 0
    assert [call["title"] for call in drawn] == [title, ""]


def test_map_of_an_article(article, asked, drawn, tmp_path, capsys):
    page = tmp_path / "map.html"
    words = [
        "map",
        str(article),
        "--published",
        "2017-03-03",
        "-o",
        str(page),
        "--title",
        "A title",
    ]
    assert main(words) == 0
    assert capsys.readouterr().out == f"{page}: 3 events, 2 on the map, 1 planned, 1 disputed\n"
    (call,) = drawn
    assert call["article"] == ARTICLE
    assert call["title"] == "A title"
    assert len(call["events"]) == 3
    assert asked[0]["published"] == "2017-03-03"
    assert page.read_text() == "a map"


def test_map_is_named_after_the_article(article, drawn, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["map", str(article), "--quiet"]) == 0
    assert (tmp_path / "article.html").is_file()


def test_map_of_standard_input(drawn, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(ARTICLE.encode())))
    assert main(["map", "-"]) == 0
    assert capsys.readouterr().out.startswith("map.html: 3 events")


@pytest.mark.parametrize(
    ("name", "text", "options"),
    [
        ("a.txt", ARTICLE, []),
        ("a.txt", "In Homs, Hama, and Idlib, rebels, they said, left.\nNo, no, no, said he.", []),
        ("a.md", "event_type,start,place\nsiege,2017-03-03,Homs\n", []),
        ("a.html", ARTICLE, []),
        ("a.news", ARTICLE, ["--published", "2017-03-03"]),
        ("a.csv", ARTICLE, ["--format", "text"]),
    ],
)
def test_what_is_an_article(name, text, options, drawn, tmp_path):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    page = tmp_path / "made.html"
    assert main(["map", str(path), "-o", str(page), "--quiet", *options]) == 0
    assert drawn[0]["article"] == text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["a.html"], "html"),
        (["a.md"], "markdown"),
        (["a.txt"], None),
        (["a.md", "--format", "text"], "text"),
    ],
)
def test_the_map_shows_an_article_as_what_it_was_read_as(words, expected, asked, drawn, tmp_path):
    name, *options = words
    path = tmp_path / name
    path.write_text(ARTICLE, encoding="utf-8")
    assert main(["map", str(path), "-o", str(tmp_path / "m.html"), "--quiet", *options]) == 0
    assert drawn[0]["article_format"] == expected
    assert asked[0]["format"] == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "event_type,start,place\nsiege,2017-03-03,Homs\n"),
        ("a.txt", "event_type\tstart\tplace\nsiege\t2017-03-03\tHoms\n"),
        ("a.txt", '[{"event_type": "siege", "start": "2017-03-03", "place": "Homs"}]'),
        ("a.csv", "event_type,start,place\nsiege,2017-03-03,Homs\n"),
    ],
)
def test_what_is_a_table(name, text, drawn, tmp_path, capsys):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    page = tmp_path / "made.html"
    assert main(["map", str(path), "-o", str(page)]) == 0
    assert "article" not in drawn[0]
    assert capsys.readouterr().out == f"{page}: 1 events, 1 on the map\n"
    words = ["map", path, "-o", page, "--published", "2017-03-03"]
    assert f"--published is for an article: {path} is a table" in failure(capsys, *words)


def test_options_of_tables_are_not_for_articles(article, drawn, tmp_path, capsys):
    page = tmp_path / "made.html"
    words = ["map", article, "-o", page]
    for option, value in (("--layer", "a"), ("--column", "start=When"), ("--rejected", "r.csv")):
        assert f"{option} is for a table of events" in failure(capsys, *words, option, value)


def test_map_does_not_replace_its_own_article(drawn, tmp_path, monkeypatch, capsys):
    path = tmp_path / "a.html"
    path.write_text(f"<p>{ARTICLE}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "would replace its own input" in failure(capsys, "map", "a.html")
    assert path.read_text(encoding="utf-8").startswith("<p>Army")


# the whole way


def test_from_an_article_to_events(article, tmp_path, capsys):
    made = tmp_path / "events.geojson"
    words = ["report", str(article), "--published", "2017-03-03", "--country", "SY"]
    assert main([*words, "-o", str(made)]) == 0
    events = gpd.read_file(made)
    gains = events[events["event_type"] == "territorial gain"]
    assert gains["place"].tolist()[0] == "Palmyra"
    assert gains["start"].astype(str).str[:10].tolist()[0] == "2017-03-02"
    assert "on the map" in capsys.readouterr().out

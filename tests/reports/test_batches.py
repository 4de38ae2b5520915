"""`read_reports`: a column of reports."""

import datetime as dt
import threading

import numpy as np
import pandas as pd
import pytest
import shapely

import geoevents as ge
from geoevents.reports import LanguageWarning, ReportError, pieces

NOTES = pd.DataFrame(
    {
        "notes": [
            "Shelling killed three people in Avdiivka. Rebels shot down a drone.",
            "Nothing happened.",
            np.nan,
            "Gunmen attacked an army checkpoint near Tripoli on Sunday.",
            "Gunmen attacked an army checkpoint near Tripoli on Sunday.",
        ],
        "event_date": ["2023-10-11", "2023-10-12", "2023-10-13", "2023-10-14", "2023-10-14"],
        "iso": ["UA", None, "SY", "LB", "LY"],
        "outlet": ["A", "B", None, np.nan, "E"],
    },
    index=["a", "b", "c", "d", "e"],
)


@pytest.fixture(scope="module")
def events():
    return ge.read_reports(
        NOTES, text="notes", published="event_date", country="iso", source="outlet"
    )


def test_events_stand_in_the_order_of_the_reports_with_their_labels(events):
    assert events["report"].tolist() == ["a", "a", "d", "e"]
    assert events.index.tolist() == [0, 1, 2, 3]
    assert events.columns[-1] == "geometry"
    assert events["event_id"].is_unique
    assert events.columns[0] == "report"
    assert events["source"].fillna("").tolist() == ["A", "A", "", "E"]


def test_dates_count_from_each_reports_own_day(events):
    # 14 October 2023 was a Saturday.
    assert events["start"].dt.date.astype(str).tolist()[2:] == ["2023-10-08"] * 2


def test_a_column_of_countries_decides_among_namesakes(events):
    places = [shapely.Point(35.84, 34.43), shapely.Point(13.19, 32.89)]
    assert shapely.dwithin(events.geometry[2:].to_numpy(), places, 0.3).all()


def test_one_report_is_read_as_read_report_reads_it(events):
    alone = ge.read_report(
        NOTES.loc["a", "notes"], published="2023-10-11", country="UA", source="A"
    )
    several = events.iloc[:2].drop(columns="report").reset_index(drop=True)
    pd.testing.assert_frame_equal(pd.DataFrame(several), pd.DataFrame(alone), check_like=True)


def test_pieces_and_processes_change_nothing(events, monkeypatch):
    monkeypatch.setattr(pieces, "_AT_ONCE", 2)
    same = {"text": "notes", "published": "event_date", "country": "iso", "source": "outlet"}
    for workers in (1, 2):
        done = []
        again = ge.read_reports(NOTES, **same, workers=workers, progress=done.append)
        pd.testing.assert_frame_equal(pd.DataFrame(again), pd.DataFrame(events))
        assert done == sorted(done)
        assert done[-1] == 1


def test_an_outline_that_reports_share_is_one_object_when_another_process_read_them(monkeypatch):
    monkeypatch.setattr(pieces, "_AT_ONCE", 2)
    rows = pd.DataFrame(
        {"notes": [f"Rebels shelled Homs Governorate on {day} May." for day in (1, 2, 3, 4)]}
    )
    events = ge.read_reports(rows, text="notes", published="2015-06-01", workers=2)
    first, second, third, fourth = events.geometry.to_numpy()
    assert first is second
    assert third is fourth
    assert first.equals_exact(third, 0)
    assert first.geom_type in ("Polygon", "MultiPolygon")


def test_one_day_for_all():
    found = ge.read_reports(NOTES.loc[["e"]], text="notes", published="2023-10-17", country="LY")
    assert found["start"].dt.date.astype(str).tolist() == ["2023-10-15"]


def test_a_report_that_cannot_be_read_is_named():
    notes = NOTES.assign(event_date=["2023-10-11", None, None, None, "never"])
    asked = {"text": "notes", "published": "event_date"}
    with pytest.raises(ReportError, match=r"row 'd': 'Sunday'.*row 'e': published is 'never'"):
        ge.read_reports(notes, **asked)
    events, rejected = ge.read_reports(notes, **asked, errors="split")
    assert set(events["report"]) == {"a"}
    assert rejected["report"].tolist() == ["d", "e"]
    assert rejected["problem"].str.len().gt(10).all()


def test_nothing_rejected_is_an_empty_frame():
    events, rejected = ge.read_reports(NOTES.loc[["a"]], text="notes", errors="split")
    assert len(events) == 2
    assert rejected.columns.tolist() == ["report", "problem"]
    assert len(rejected) == 0


def test_an_empty_table_has_the_columns():
    found = ge.read_reports(NOTES.iloc[:0], text="notes", published="event_date")
    assert len(found) == 0
    assert {"report", "event_type", "spans", "geometry"} <= set(found.columns)


def test_a_table_with_labels_that_are_not_unique_and_of_several_levels():
    twice = NOTES.loc[["a", "a"]].set_axis(pd.MultiIndex.from_tuples([("x", 1), ("x", 1)]))
    found = ge.read_reports(twice, text="notes")
    assert found["report"].tolist() == [("x", 1)] * 4
    assert found["event_id"].is_unique


def test_reports_of_other_languages_are_told():
    notes = pd.DataFrame(
        {"t": ["Российская авиация нанесла удары по Идлибу.", "Rebels took Homs."]}
    )
    with pytest.warns(LanguageWarning, match="rows 0"):
        found = ge.read_reports(notes, text="t")
    assert found["report"].tolist() == [1]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": "note"}, "no such column: it has 'notes'"),
        ({"published": "day"}, "neither a column .* nor a day"),
        ({"source": "paper"}, "source is 'paper'"),
        ({"errors": "ignore"}, "use 'raise' or 'split'"),
        ({"text": ["notes"]}, "no such column"),
        ({"source": {}}, "source is {}"),
        ({"errors": []}, "use 'raise' or 'split'"),
        ({"workers": 0}, "workers is 0"),
        ({"workers": "a"}, "workers is 'a'"),
        ({"workers": 1.5}, "workers is 1.5"),
        ({"progress": 3}, "progress is a int"),
        ({"extractor": "gpt"}, "extractor is a str: give a function"),
        ({"frame": NOTES["notes"]}, "frame is a Series"),
        ({"country": "Atlantis"}, "country must be"),
    ],
)
def test_what_cannot_be_read_says_so(given, said):
    arguments = {"frame": NOTES, "text": "notes", "published": "event_date"} | given
    frame = arguments.pop("frame")
    with pytest.raises(ge.GeoeventsError, match=said):
        ge.read_reports(frame, **arguments)


def test_numbers_among_the_reports_are_errors_that_name_the_row():
    with pytest.raises(ReportError, match="row 0: text is a int"):
        ge.read_reports(pd.DataFrame({"t": [5]}), text="t")


def test_one_bad_row_does_not_stop_the_others():
    notes = pd.DataFrame(
        {
            "t": [
                "Jets struck Homs on 3 May 2012.",
                "Army\0 captured Raqqa on 3 May 2012.",
                "Army captured Raqqa\ud800 on 3 May 2012.",
                "Jets struck Homs on 4 May 2012.",
                "Shelling killed 99999999999999999999 people in Homs on 5 May 2012.",
            ],
            "c": ["SY", "", np.nan, "Narnia", "SY"],
        },
        dtype=object,
    )
    events, rejected = ge.read_reports(notes, text="t", country="c", errors="split")
    assert rejected["report"].tolist() == [3]
    assert "Narnia" in rejected["problem"][0]
    assert set(events["report"]) == {0, 1, 2, 4}
    assert not events["quote"].str.contains("\0", regex=False).any()
    assert events["quote"].str.contains("\ufffd").any()


def test_a_recognizer_that_fails_on_one_report_is_told_of_that_one():
    notes = pd.DataFrame({"t": ["Jets struck Homs.", "Jets struck Hama today, again."]})
    long = len(notes["t"][1])
    events, rejected = ge.read_reports(
        notes,
        text="t",
        published="2012-05-03",
        recognizer=lambda text: [(12, 16 if len(text) < long else 1000)],
        errors="split",
    )
    assert events["report"].tolist() == [0]
    assert rejected["report"].tolist() == [1]


def quoting(text, day):
    """An extractor: one shelling a report, whose quote is all of it."""
    return [{"event_type": "shelling", "place": "Avdiivka", "quote": text}]


def test_an_extractor_is_asked_for_each_report_with_its_day():
    asked = []

    def extractor(text, day):
        asked.append((text, day))
        return quoting(text, day)

    events = ge.read_reports(
        NOTES, text="notes", published="event_date", source="outlet", extractor=extractor
    )
    filled = NOTES.drop(index="c")
    assert asked == [
        (text, dt.date.fromisoformat(day))
        for text, day in zip(filled["notes"], filled["event_date"], strict=True)
    ]
    assert events["report"].tolist() == ["a", "b", "d", "e"]
    assert events["quote"].tolist() == filled["notes"].tolist()
    assert events["source"].fillna("").tolist() == ["A", "B", "", "E"]


def test_with_an_extractor_one_report_is_read_as_read_report_reads_it():
    asked = {"extractor": quoting, "country": "UA"}
    alone = ge.read_report(NOTES.loc["a", "notes"], published="2023-10-11", **asked)
    several = ge.read_reports(NOTES[:1], text="notes", published="event_date", **asked)
    several = several.drop(columns="report")
    pd.testing.assert_frame_equal(pd.DataFrame(several), pd.DataFrame(alone), check_like=True)


def failing(text, day):
    """An extractor that fails at gunmen and invents a quote for rockets."""
    if "Gunmen" in text:
        raise TimeoutError("no answer")
    if "Rockets" in text:
        text = "Missiles fell on it."
    return quoting(text, day)


FAILING = pd.DataFrame(
    {"t": ["Gunmen fled from here.", "Shells fell on Avdiivka.", "Rockets fell on it."]},
    index=["x", "y", "z"],
)


def test_an_answer_that_cannot_be_used_names_the_row_and_is_the_last():
    asked = []

    def extractor(text, day):
        asked.append(text)
        return failing(text, day)

    said = (
        r"^row 'x': .*the extractor failed: TimeoutError\('no answer'\) \(errors='split' goes on\)"
    )
    with pytest.raises(ReportError, match=said):
        ge.read_reports(FAILING, text="t", extractor=extractor)
    assert asked == ["Gunmen fled from here."]


def test_answers_that_cannot_be_used_are_split_off():
    events, rejected = ge.read_reports(FAILING, text="t", extractor=failing, errors="split")
    assert events["report"].tolist() == ["y"]
    assert rejected["report"].tolist() == ["x", "z"]
    assert "no answer" in rejected["problem"][0]
    assert "which the report does not hold" in rejected["problem"][1]


def test_no_report_is_asked_for_after_one_that_failed_in_an_earlier_piece(monkeypatch):
    monkeypatch.setattr(pieces, "_AT_ONCE", 1)
    countries = FAILING.assign(c=["UA", "SY", "UA"])
    asked = []

    def extractor(text, day):
        asked.append(text)
        return failing(text, day)

    with pytest.raises(ReportError, match="row 'x'"):
        ge.read_reports(countries, text="t", country="c", extractor=extractor)
    assert asked == ["Gunmen fled from here."]


class Locked:
    """What cannot be sent to another process: it holds a lock."""

    def __init__(self, answer):
        self.lock = threading.Lock()
        self.answer = answer

    def __call__(self, *given):
        with self.lock:
            return self.answer(*given)


def test_what_cannot_be_sent_to_another_process_is_called_in_this_one(monkeypatch):
    monkeypatch.setattr(pieces, "_AT_ONCE", 1)
    notes = pd.DataFrame({"t": ["Jets struck Homs.", "Jets struck Hama."]})
    asked = {"text": "t", "published": "2012-05-03", "workers": 2}
    by_extractor = ge.read_reports(notes, **asked, extractor=Locked(quoting))
    assert by_extractor["quote"].tolist() == notes["t"].tolist()
    by_recognizer = ge.read_reports(notes, **asked, recognizer=Locked(lambda _: [(12, 16)]))
    assert by_recognizer["place"].tolist() == ["Homs", "Hama"]


def test_countries_that_alternate_change_neither_order_nor_events(monkeypatch):
    notes = pd.DataFrame(
        {
            "t": [
                "Rebels shot down a drone.\n\nGunmen attacked an army checkpoint near Tripoli.",
                "Shelling killed two people in Homs.",
                "Rebels shot down a drone.\n\nGunmen attacked a convoy near Tripoli.",
                5,
                "Gunmen attacked an army checkpoint near Tripoli.",
            ],
            "c": ["LB", "SY", "LY", "SY", "LB"],
        }
    )
    asked = {"text": "t", "published": "2023-10-14", "errors": "split", "workers": 1}
    alone = [
        ge.read_report(text, published="2023-10-14", country=country)
        for text, country in zip(notes["t"], notes["c"], strict=True)
        if text != 5
    ]
    for size in (2500, 1):
        monkeypatch.setattr(pieces, "_AT_ONCE", size)
        events, rejected = ge.read_reports(notes, country="c", **asked)
        assert events["report"].tolist() == [0, 0, 1, 2, 2, 4]
        assert rejected["report"].tolist() == [3]
        for column in ("event_type", "place", "problem"):
            expected = [value for one in alone for value in one[column].fillna("").tolist()]
            assert events[column].fillna("").tolist() == expected
        assert events["place"].fillna("").tolist() == [
            *("", "Tripoli", "Homs", "", "Tripoli", "Tripoli")
        ]


def test_labels_of_several_levels_are_written_once_they_are_text(tmp_path):
    several = NOTES.loc[["e"]].set_axis(pd.MultiIndex.from_tuples([("x", 1)]))
    events = ge.read_reports(several, text="notes", published="event_date")
    path = tmp_path / "events.gpkg"
    with pytest.raises(ge.GeoeventsError, match=r"put text in its place.*\['report'\]\.map\(str\)"):
        ge.write_events(events, path)
    ge.write_events(events.assign(report=events["report"].map(str)), path)
    assert ge.read_events(path)["report"].tolist() == ["('x', 1)"]


class Unshown:
    """What cannot be shown in a message."""

    def __repr__(self):
        raise RuntimeError("never")


@pytest.mark.parametrize("value", [10**5000, Unshown(), [10**5000], [Unshown()]], ids=range(4))
def test_cells_that_cannot_be_shown_are_problems_of_their_rows(value):
    days = pd.Series([value, "2023-10-11"], dtype=object)
    notes = pd.DataFrame({"t": ["Shelling killed three people in Avdiivka."] * 2}).assign(d=days)
    events, rejected = ge.read_reports(notes, text="t", published="d", errors="split")
    assert events["report"].tolist() == [1]
    assert rejected["report"].tolist() == [0]
    assert rejected["problem"][0].startswith("published is ")


def test_a_label_that_cannot_be_shown():
    notes = pd.DataFrame({"t": [5]}, index=pd.Index([Unshown()], dtype=object))
    with pytest.raises(ReportError, match=r"^row a Unshown: text is a int"):
        ge.read_reports(notes, text="t")


def test_an_extractor_reads_any_language():
    notes = pd.DataFrame({"t": ["Российская авиация нанесла удары по Идлибу."]})
    found = ge.read_reports(notes, text="t", extractor=quoting)
    assert found["quote"].tolist() == notes["t"].tolist()


def test_progress_with_an_extractor_is_told_often(monkeypatch):
    monkeypatch.setattr(pieces, "_ASKED_AT_ONCE", 1)
    done = []
    ge.read_reports(FAILING[1:2].iloc[[0, 0]], text="t", extractor=failing, progress=done.append)
    assert done == [0.5, 1]

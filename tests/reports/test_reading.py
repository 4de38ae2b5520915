"""`read_report`: from a text to a frame of events, and what it refuses."""

import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

import geoevents as ge
from geoevents.events.columns import COLUMNS
from geoevents.events.schema import validate
from geoevents.prose import Document
from geoevents.reports import LanguageError, LanguageWarning, ReportError
from geoevents.reports.columns import REPORT_COLUMNS
from geoevents.reports.language import language
from geoevents.reports.reading import speaks

EXAMPLE = Path(__file__).parents[2] / "examples" / "deir_ezzor_2017" / "report.md"
NOTE = (
    "Government forces captured the town of Palmyra from ISIS on Thursday, the army said. "
    "At least 34 fighters were killed."
)


@pytest.fixture(scope="module")
def example():
    return ge.read_report(
        EXAMPLE.read_text(encoding="utf-8"), published="2017-09-17", source="Agency", country="SY"
    )


@pytest.fixture(scope="module")
def note():
    return ge.read_report(NOTE, published="2017-03-03", country="SY")


def test_the_frame_has_the_columns_that_are_promised(note):
    assert note.crs == 4326
    assert {column.name for column in COLUMNS} | set(REPORT_COLUMNS) == set(note.columns)
    assert note.columns[-1] == "geometry"
    assert note["event_id"].is_unique
    pd.testing.assert_frame_equal(validate(note), note)


def test_a_note_is_read(note):
    assert len(note) == 1
    event = note.iloc[0]
    assert (event["event_type"], event["target"], event["place"]) == (
        *("territorial gain", "ISIS", "Palmyra"),
    )
    assert event["actor"] == "Syrian government forces"
    assert event["start"] == pd.Timestamp("2017-03-02")
    assert event["date_precision"] == "day"
    assert event["status"] == "claimed"
    assert (event["fatalities"], event["fatalities_low"]) == (34, 34)
    assert np.isnan(event["fatalities_high"])
    # Palmyra (Tadmur): 34.56 N, 38.27 E.
    assert shapely.dwithin(event.geometry, shapely.Point(38.27, 34.56), 0.05)


def test_spans_are_the_words_that_tell_of_it(note):
    ranges = [tuple(map(int, one.split("-"))) for one in note.loc[0, "spans"].split("; ")]
    words = [NOTE[start:end] for start, end in ranges]
    assert "captured the town of Palmyra" in words[0]
    assert any("34 fighters were killed" in one for one in words)
    assert note.loc[0, "quote"].startswith("Government forces captured")


def test_spans_count_in_the_original_of_a_page():
    page = f"<html><head><title>News</title></head><body><nav>Home</nav><p>{NOTE}</p></body></html>"
    found = ge.read_report(page, published="2017-03-03", country="SY", format="html")
    assert found["event_type"].tolist() == ["territorial gain"]
    start, end = map(int, found.loc[0, "spans"].split("; ")[0].split("-"))
    assert "captured the town of Palmyra" in page[start:end]


def test_the_report_of_the_example(example):
    happened = example[example["event_type"] != "statement"]
    events = {
        (event.event_type, event.actor, event.target, str(event.start.date()), event.status)
        for event in happened.itertuples()
    }
    assert ("air strike", "Russia", "SDF", "2017-09-16", "disputed") in events
    assert ("missile strike", "Russian navy", "ISIS", "2017-09-14", "claimed") in events
    assert ("air strike", "US-led coalition", "ISIS", "2017-09-13", "reported") in events
    gains = happened[happened["event_type"] == "territorial gain"].set_index("actor")
    assert gains.loc["SDF", "reported_area_km2"] == 300
    assert gains.loc["SDF", "area_km2"] == pytest.approx(300, abs=0.5)
    assert gains.loc["ISIS", "date_precision"] == "year"
    refused = happened[happened["status"] == "refused"]
    assert refused["event_type"].tolist() == ["air strike"]
    assert len(happened) == 7


def test_the_strike_lies_on_the_east_bank(example):
    strike = example[example["status"] == "disputed"].iloc[0]
    assert strike.geometry.contains(shapely.Point(40.20, 35.36))
    assert not strike.geometry.contains(shapely.Point(40.141, 35.336))  # the city's centre
    assert strike["inferred"]


def test_source_is_the_one_given(example):
    assert set(example["source"]) == {"Agency"}


def test_attach_keeps_what_was_located(example):
    again = ge.attach(example, country="SY")
    found = example.geometry.notna()
    assert shapely.equals_exact(
        again.geometry[found].to_numpy(), example.geometry[found].to_numpy()
    ).all()
    assert again["explanation"][found].tolist() == example["explanation"][found].tolist()


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "csv", "parquet", "kml", "fgb"])
def test_every_format_keeps_it(example, tmp_path, suffix):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ge.write_events(example, tmp_path / f"events.{suffix}")
        back = ge.read_events(tmp_path / f"events.{suffix}", format="table")
    assert sorted(back["event_id"]) == sorted(example["event_id"])
    assert set(back["spans"]) == set(example["spans"])


def test_a_relative_date_without_a_day_of_publication_is_an_error_that_names_it():
    with pytest.raises(ReportError, match=r"'Thursday'.*published"):
        ge.read_report(NOTE)


def test_without_relative_dates_no_day_is_needed():
    found = ge.read_report("Rebels took Homs on 3 May 2012.")
    assert found.loc[0, "start"] == pd.Timestamp("2012-05-03")
    undated = ge.read_report("Rebels took Homs.")
    assert pd.isna(undated.loc[0, "start"])
    assert undated.loc[0, "date_precision"] == "unknown"


def test_without_a_date_it_is_the_day_of_publication_and_a_guess():
    found = ge.read_report("Rebels took Homs.", published="2012-05-03")
    assert found.loc[0, "start"] == pd.Timestamp("2012-05-03")
    assert found.loc[0, "date_precision"] == "unknown"


def test_an_event_without_a_place_is_kept_without_geometry():
    found = ge.read_report("Rebels shot down a drone on Friday.", published="2012-05-05")
    assert found.geometry[0] is None
    assert "neither a locality nor a place" in found.loc[0, "problem"]


@pytest.mark.parametrize("text", ["", "   \n", "The weather was fine.", "!!! ???"])
def test_no_events_make_an_empty_frame(text):
    found = ge.read_report(text, published="2012-05-05")
    assert len(found) == 0
    assert set(REPORT_COLUMNS) <= set(found.columns)
    assert found.crs == 4326


@pytest.mark.parametrize(
    "text",
    [
        "Um ataque em Palma matou doze pessoas na quinta-feira, disse a polícia.",
        "Suriye ordusu pazartesi günü İdlib kırsalını topçu ateşiyle vurdu, üç sivil öldü.",
        "Kelompok bersenjata menembak dua warga di Sugapa pada hari Senin.",
        "Waasi walishambulia kijiji karibu na Beni siku ya Jumatatu na kuwaua watu kumi.",
        "Une attaque a fait douze morts à Gao lundi.",
        "Bei einem Angriff in der Stadt Kabul starben am Montag nach Angaben der Polizei zwölf.",
    ],
)
def test_a_sentence_in_another_language_is_told_of(text):
    with pytest.warns(LanguageWarning, match="geoparse"):
        assert ge.read_report(text, published="2024-11-20").empty


@pytest.mark.parametrize(
    "text",
    [
        "IED vs VDP convoy nr Djibo, 2 KIA",
        "Ambush on police convoy near Gohar Kuh, Taftan: ten officers dead.",
        "Macawisley repulse AS assault north-west of Jowhar.",
        "Mortar rounds land Kafr Batna, Douma, Harasta.",
        "Qassem Soleimani, Abu Mahdi al-Muhandis killed, Baghdad.",
    ],
)
def test_a_terse_note_is_in_the_language(text):
    assert speaks(Document.read(text), language("en"))


@pytest.mark.parametrize(
    "text",
    [
        "قصفت الطائرات الحربية مدينة إدلب يوم الجمعة وقتل عشرة مدنيين",
        "Российская авиация нанесла удары по городу Идлиб в пятницу",
        "Les rebelles ont pris la ville de Homs vendredi et les soldats se sont retirés "  # noqa: ISC004
        "vers le sud, selon un porte-parole de la ville qui a refusé de donner son nom.",
    ],
    ids=["Arabic", "Russian", "French"],
)
def test_events_of_other_languages_are_not_pretended(text):
    with pytest.warns(LanguageWarning, match="geoparse"):
        found = ge.read_report(text, published="2012-05-05")
    assert len(found) == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": Path("article.txt")}, "is a path"),
        ({"text": "article.txt"}, "the name of a file"),
        ({"text": "my article.html"}, "the name of a file"),
        ({"text": b"Rebels took Homs."}, "text is a bytes"),
        ({"published": "yesterday"}, "published is 'yesterday'"),
        ({"published": "2017"}, "is no day"),
        ({"source": 5}, "source is a int"),
        ({"language": ["en"]}, "language is a list"),
        ({"format": ["text"]}, "is none that reports are read in"),
        ({"gazetteer": "Syria"}, "gazetteer must be"),
        ({"recognizer": "spacy"}, "recognizer is a str"),
        ({"extractor": "gpt"}, "extractor is a str"),
        ({"country": "Atlantis"}, "country must be"),
    ],
)
def test_what_cannot_be_read_says_so(given, said):
    arguments = {"text": NOTE, "published": "2017-03-03"} | given
    text = arguments.pop("text")
    with pytest.raises(ge.GeoeventsError, match=said):
        ge.read_report(text, **arguments)


def test_an_unknown_language_lists_those_there_are():
    with pytest.raises(LanguageError, match="choose en"):
        ge.read_report(NOTE, published="2017-03-03", language="tlh")


def test_an_actor_of_your_own():
    text = "Tadmur Lions seized Palmyra on 3 May 2016."
    found = ge.read_report(text, country="SY", actors={"Lions of Palmyra": ["Tadmur Lions"]})
    assert found["actor"].tolist() == ["Lions of Palmyra"]


def test_a_recognizer_finds_the_names():
    text = "Rebels took Xyzzy and Homs on 3 May 2012."
    at = text.index("Homs")
    found = ge.read_report(text, recognizer=lambda _: [(at, at + 4)])
    assert found["place"].dropna().tolist() == ["Homs"]  # Xyzzy fell, too, wherever it is
    assert found["locality"].tolist() == ["Xyzzy", "Homs"]


def test_an_extractor_finds_the_events_and_places_are_looked_up_here():
    text = "Jets bombed a market in Tripoli, Lebanon on Friday, killing 12."
    asked = []

    def extractor(given, day):
        asked.append((given, day))
        event = {
            "event_type": "air strike",
            "locality": "a market in Tripoli",
            "start": "2012-05-04",
            "fatalities": 12,
            "quote": "Jets bombed a market in Tripoli",
        }
        return json.dumps([event])

    found = ge.read_report(text, published="2012-05-05", extractor=extractor, source="Agency")
    assert [(given, str(day)) for given, day in asked] == [(text, "2012-05-05")]
    event = found.iloc[0]
    assert (event["event_type"], event["fatalities"], event["source"]) == (
        *("air strike", 12, "Agency"),
    )
    # The text names Lebanon: the Libyan city of that name is not meant (34.43 N, 35.84 E).
    assert shapely.dwithin(event.geometry, shapely.Point(35.84, 34.43), 0.1)
    assert event["spans"] == "0-31"


def test_an_invented_quotation_is_refused():
    answer = [{"event_type": "air strike", "quote": "Jets bombed a school"}]
    with pytest.raises(ReportError, match="quote"):
        ge.read_report(NOTE, published="2017-03-03", extractor=lambda *_: answer)


def test_the_same_text_gives_the_same_events(note):
    again = ge.read_report(NOTE, published="2017-03-03", country="SY")
    pd.testing.assert_frame_equal(pd.DataFrame(again), pd.DataFrame(note))


def test_a_quotation_in_another_script_does_not_hide_the_report():
    quoted = "قصفت الطائرات الحربية مدينة إدلب يوم الجمعة وقتل عشرة مدنيين " * 3
    text = f"Rebels took Homs on 3 May 2012. They said that they had lost ten men. {quoted}"
    assert ge.read_report(text)["place"].tolist() == ["Homs"]


def test_a_note_in_telegraphic_style_is_english():
    text = (
        "On 3 May 2022, Ayn Issa, Raqqa: Turkish artillery, SDF position, 2 fighters killed; "
        "Tall Tamr: drone, 1 vehicle, 3 injured; Kobane: shelling, Turkish border post; "
        "Manbij: clashes, no losses; Hajin: nothing new."
    )
    assert len(ge.read_report(text)) > 0

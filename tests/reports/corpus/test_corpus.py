"""The corpus is well formed: a slip in it would be counted as a fault of the reader."""

import datetime as dt
import itertools
import math
import tomllib
from collections import Counter

import pytest
from report_scoring import ANY, FOLDER, SPLITS, allowed, read_corpus, read_names
from reports import wanted

from geoevents.events.vocabulary import DATE_PRECISIONS, EVENT_TYPES, STATUSES

CORPUS = {split: read_corpus(SPLITS[split]) for split in ("dev", "held out")}
SEED = read_corpus(FOLDER / "seed.toml")[0]
REPORTS = [report for files in SPLITS.values() for report in read_corpus(files)]
EVENTS = [
    pytest.param(report, event, id=f"{report.id}-{number}")
    for report in [*REPORTS, SEED]
    for number, event in enumerate(report.event)
]
CONTINENTS = {"Africa", "Asia", "Europe", "North America", "South America"}
STYLES = {"wire", "note", "local", "tweet", "nominal", "background", "negated", "trap"}
KEYS = {
    "words", "note", "type", "actor", "target", "start", "precision", "at", "killed", "wounded",
    "area", "status", "optional",
}  # fmt: skip


def test_no_two_reports_have_one_name_or_one_text():
    assert Counter(report.id for report in REPORTS).most_common(1)[0][1] == 1
    assert Counter(report.text for report in REPORTS).most_common(1)[0][1] == 1


def test_there_are_enough_reports_from_enough_of_the_world():
    for reports in CORPUS.values():
        assert len(reports) >= 70
        assert CONTINENTS <= {report.continent for report in reports} <= CONTINENTS | {"Oceania"}
        assert {report.style for report in reports} == STYLES


def test_the_held_out_reports_are_of_many_conflicts():
    countries = Counter(report.country for report in CORPUS["held out"])
    assert countries.most_common(1)[0][1] <= len(CORPUS["held out"]) / 10
    assert sum(report.style == "trap" for report in CORPUS["held out"]) >= 5


@pytest.mark.parametrize("split", CORPUS)
def test_every_type_and_status_is_expected_somewhere(split):
    scored = [e for report in CORPUS[split] for e in report.event if not e.get("optional")]
    types = {one for event in scored for one in allowed(event, "type", ANY)}
    assert types >= set(EVENT_TYPES) - {"statement"}
    every = [event for report in CORPUS[split] for event in report.event]
    statuses = {s for event in every for s in allowed(event, "status", "reported") or ()}
    assert statuses == set(STATUSES)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.id)
def test_a_report_is_short_and_dated(report):
    assert 20 <= len(report.text.split()) <= 350
    assert type(report.published) is dt.date
    assert "  " not in report.text
    assert report.text == report.text.strip()
    assert not (report.event and report.style == "trap")
    for words in report.said:
        assert words in report.text


@pytest.mark.parametrize(("report", "event"), EVENTS)
def test_an_expected_event_uses_the_vocabularies(report, event):
    assert set(event) <= KEYS
    assert set(allowed(event, "type", None)) <= set(EVENT_TYPES)
    assert set(allowed(event, "precision", "day") or ()) <= set(DATE_PRECISIONS)
    assert set(allowed(event, "status", "reported") or ()) <= set(STATUSES)
    for name in ("actor", "target"):
        assert all(isinstance(one, str) for one in allowed(event, name, "") or ())


@pytest.mark.parametrize(("report", "event"), EVENTS)
def test_an_expected_event_has_real_dates_and_words_of_its_text(report, event):
    assert report is SEED or event["words"] in report.text
    for start in allowed(event, "start", None) or ():
        assert type(start) is dt.date
        planned = "planned" in (allowed(event, "status", "reported") or ())
        assert planned or start <= report.published
    precisions = allowed(event, "precision", "day") or ()
    if precisions == ["month"]:
        assert all(start.day == 1 for start in allowed(event, "start", None))
    if precisions == ["year"]:
        assert all((start.month, start.day) == (1, 1) for start in allowed(event, "start", None))


@pytest.mark.parametrize(("report", "event"), EVENTS)
def test_an_expected_event_has_places_and_figures_in_range(report, event):
    at = event.get("at", ANY)
    for name, lon, lat, km in () if at == ANY else at if isinstance(at[0], list) else [at]:
        assert name
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
        assert 0 < km <= 1000
    for figure in ("killed", "wounded", "area"):
        value = event.get(figure, 0)
        least, most = value if isinstance(value, list) else (value, value)
        assert value == ANY or 0 <= least <= most < math.inf


def test_two_events_of_a_report_differ():
    for report in [*REPORTS, SEED]:
        for one, other in itertools.combinations(report.event, 2):
            assert one != other, report.id


def test_other_names_are_written_as_they_are_compared():
    for name, patterns in read_names().items():
        assert patterns, name
        assert all(pattern == pattern.casefold() for pattern in patterns), name


def test_places_of_the_texts_for_toponyms_follow_each_other():
    texts = tomllib.loads((FOLDER / "toponyms.toml").read_text(encoding="utf-8"))["text"]
    assert len(texts) == len({entry["text"] for entry in texts}) == 40
    for entry in texts:
        places = wanted(entry)
        assert all(code == ANY or (len(code) == 2 and code.isupper()) for _, code, _ in places)
        assert all(entry["text"][a:b] == name for name, _, (a, b) in places)
        assert [span for *_, span in places] == sorted(span for *_, span in places)


def test_a_number_tells_which_of_equal_words_is_meant():
    entry = {"text": "Jordan met Jordan in Jordan.", "places": [["Jordan", "JO", 3]]}
    assert wanted(entry) == [("Jordan", "JO", (21, 27))]

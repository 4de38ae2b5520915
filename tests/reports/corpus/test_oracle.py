"""Somebody who reads just what is expected gets full marks, and whoever adds to it does not."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from report_scoring import (
    ANY,
    FOLDER,
    SPLITS,
    Score,
    allowed,
    match,
    read_corpus,
    read_names,
    spans,
)

NAMES = read_names()
PATHS = SPLITS | {"seed": FOLDER / "seed.toml"}
CORPUS = {split: read_corpus(path) for split, path in PATHS.items()}


def first(event, key, default, anything):
    options = allowed(event, key, default)
    return anything if options is None else options[0]


def figure(event, key):
    value = event.get(key, 0)
    return None if value == ANY else float(value[0] if isinstance(value, list) else value)


def point(event, report):
    at = event.get("at")
    if at is None or at == ANY:
        return None
    lon, lat = (at[0] if isinstance(at[0], list) else at)[1:3]
    return shapely.Point(lon, lat)


def as_read(event, report):
    begin = report.text.find(event.get("words", ""))
    return {
        "event_type": first(event, "type", ANY, None),
        "actor": first(event, "actor", "", "somebody") or None,
        "target": first(event, "target", "", "somebody") or None,
        "start": pd.Timestamp(first(event, "start", ANY, report.published)),
        "end": pd.NaT,
        "date_precision": first(event, "precision", "day", "day"),
        "locality": None,
        "reported_area_km2": figure(event, "area"),
        "fatalities": figure(event, "killed"),
        "wounded": figure(event, "wounded"),
        "status": first(event, "status", "reported", "reported"),
        "spans": f"{begin}-{begin + len(event.get('words', ''))}" if report.text else None,
        "geometry": point(event, report),
    }


COLUMNS = list(as_read({"type": "other"}, CORPUS["dev"][0]))


def oracle(report, *, optional):
    rows = [as_read(e, report) for e in report.event if optional or not e.get("optional")]
    return gpd.GeoDataFrame(rows or None, columns=COLUMNS, crs="OGC:CRS84")


@pytest.mark.parametrize("optional", [False, True])
@pytest.mark.parametrize("split", CORPUS)
def test_reading_what_is_expected_is_perfect(split, optional):
    for report in CORPUS[split]:
        score = Score()
        score.add(match(report, oracle(report, optional=optional), NAMES), NAMES)
        assert not score.missed["events"], report.id
        assert not score.invented["events"], report.id
        assert score.recall("very type") == 1, report.id
        assert score.precision("happened") == score.recall("happened") == 1, report.id
        assert score.fields == score.fields_right, report.id


def test_an_event_from_elsewhere_is_invented_in_every_report():
    for report in CORPUS["held out"]:
        stray = as_read(
            {"type": "protest", "actor": "penguins", "at": ["South Pole", 0, -89, 1], "words": ""}
            | {"start": pd.Timestamp("1911-12-14").date()},
            report,
        )
        found = oracle(report, optional=False)
        found = pd.concat([found, gpd.GeoDataFrame([stray], crs="OGC:CRS84")], ignore_index=True)
        matching = match(report, found, NAMES)
        assert [row["actor"] for row in matching.invented] == ["penguins"], report.id
        assert spans(matching.invented[0]["spans"]) == [(0, 0)]

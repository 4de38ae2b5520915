"""
UCDP GED: the yearly releases 17 to 25, the monthly candidate events, and answers of its API.

References
----------
Uppsala Conflict Data Program, *UCDP Georeferenced Event Dataset Codebook* (precision, sides,
estimates); R. Sundberg and E. Melander (2013), Introducing the UCDP Georeferenced Event Dataset,
*Journal of Peace Research* 50(4).
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from geoevents.events.problems import Problems
from geoevents.events.sources.codes import as_names, as_numbers, decoded, distinct
from geoevents.events.sources.translating import (
    Source,
    Translated,
    present,
    put,
    see_core,
    spelt,
    unique,
)

EVENT_TYPE: Mapping[str, str] = MappingProxyType(
    {"1": "armed clash", "2": "armed clash", "3": "attack on civilians"}
)
"""``type_of_violence``: with a state, between others, of one side against civilians."""

DATE_PRECISION: Mapping[str, str] = MappingProxyType(
    {"1": "day", "2": "week", "3": "week", "4": "month", "5": "year"}
)
"""``date_prec``: a day, 2 to 6 days, a week, up to a month, up to a year."""

UNCERTAINTY_M: Mapping[str, float] = MappingProxyType(
    {
        "1": 5_000.0,  # a named town: 98 in 100 towns of the gazetteer are known that well
        "2": 25_000.0,  # the codebook's own figure: within about 25 km of a known point
        "3": 50_000.0,  # a district's middle: three quarters of them lie within
        "4": 150_000.0,  # a province's middle: three quarters of them lie within
        "5": 300_000.0,  # a line, a forest, a part of a country: nine in ten provinces are smaller
        "6": 850_000.0,  # a country's middle: three quarters of them lie within
        "7": 500_000.0,  # a sea or the air above it: half the length of the Gulf of Aden
    }
)
"""``where_prec`` in metres (docs/decisions/0020-event-datasets.md says why)."""

HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,"
    "conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,dyad_name,"
    "side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,"
    "where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,"
    "priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,"
    "deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
"""The first line of files since version 20: some candidate files come without it."""

_CORE = ("type_of_violence", "side_a", "side_b", "date_start")
_RENAMED = {
    "id": "event_id",
    "side_a": "actor",
    "side_b": "target",
    "date_start": "start",
    "date_end": "end",
    "where_coordinates": "place",
    "best": "fatalities",
    "best_est": "fatalities",
    "low": "fatalities_low",
    "low_est": "fatalities_low",
    "high": "fatalities_high",
    "high_est": "fatalities_high",
    "longitude": "longitude",
    "latitude": "latitude",
}
_CODES = (
    (
        "event_type",
        "type_of_violence",
        EVENT_TYPE,
        "is no type of violence of UCDP's: 1 is with a state, 2 between others, 3 one-sided",
    ),
    (
        "date_precision",
        "date_prec",
        DATE_PRECISION,
        "is no date precision of UCDP's, which are 1 (the day) to 5 (up to a year)",
    ),
    (
        "uncertainty_m",
        "where_prec",
        UNCERTAINTY_M,
        "is no precision of a place of UCDP's, which are 1 (exact) to 7 (a sea, or the air)",
    ),
)
_RANGE = ("fatalities_low", "fatalities_high")
_SOURCE = ("source_office", "source_date", "source_headline")
_NUMBERS = (
    "year",
    "number_of_sources",
    "where_prec",
    "event_clarity",
    "date_prec",
    "type_of_violence",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
)


def recognises(columns: Sequence[Any]) -> bool:
    """
    Tell whether a table is UCDP GED's.

    Parameters
    ----------
    columns : sequence
        The names of its columns, in any case.

    Returns
    -------
    bool
        True if it has ``type_of_violence``, ``side_a``, ``side_b`` and ``date_start``.
    """
    return spelt(columns).keys() >= set(_CORE)


def translate(frame: pd.DataFrame, problems: Problems) -> Translated:
    """
    Bring a table of UCDP GED's into the words of the schema.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table, of any release; columns may be missing but those that it is recognised by.
    problems : Problems
        Where to note codes that are not in the codebook.

    Returns
    -------
    Translated
        The events. ``fatalities`` is the best estimate, ``fatalities_low`` and ``fatalities_high``
        its range.

    Raises
    ------
    SchemaError
        If the table has not the columns that it is recognised by.
    """
    frame = unique(frame, problems)
    columns = spelt(frame.columns)
    see_core(columns, _CORE, "UCDP", problems)
    renamed = present(_RENAMED, columns)
    names = {ours: str(columns[theirs]) for theirs, ours in renamed.items()}
    made: dict[str, pd.Series] = {}
    for ours, theirs, meanings, reason in _CODES:
        if theirs in columns:
            stand_in = "other" if ours == "event_type" else None
            column = frame[columns[theirs]]
            made[ours] = decoded(column, meanings, problems, reason, stand_in=stand_in)
            names[ours] = str(columns[theirs])
    if "event_id" in names:
        made["event_id"] = as_names(frame[names["event_id"]])
    numbers = {str(columns[name]): columns[name] for name in _NUMBERS if name in columns}
    numbers |= {ours: names[ours] for ours in _RANGE if ours in names}
    made |= {name: as_numbers(frame[column]) for name, column in numbers.items()}
    if reported := _reported(frame, columns):
        names["source"], made["source"] = reported
    return Translated(put(frame, "ucdp", renamed, made), names, _notes(frame, columns))


def _reported(frame: pd.DataFrame, columns: Mapping[str, Any]) -> tuple[str, pd.Series] | None:
    """Say who reported: the article; where that is empty the office, the date and the headline."""
    article = columns.get("source_article")
    parts = [columns[name] for name in _SOURCE if name in columns]
    if article is None and not parts:
        return None
    nothing = pd.Series(np.full(len(frame), None), index=frame.index, dtype=object)
    found = nothing if article is None else frame[article]
    empty = distinct(found)[0] < 0
    if parts and empty.any():
        cells = frame.loc[empty, parts].astype(object)
        cells = cells.where(cells.notna(), "").astype(str)
        joined = [", ".join(filter(None, map(str.strip, row))) or None for row in cells.to_numpy()]
        found = found.astype(object)
        found[empty] = joined
    return str(parts[0] if article is None else article), found


def _notes(frame: pd.DataFrame, columns: Mapping[str, Any]) -> list[str]:
    """Say how many rows UCDP's coders do not call clear yet."""
    if (status := columns.get("code_status")) is None:
        return []
    codes, cells = distinct(frame[status])
    unclear = np.array([*(cell.casefold() not in {"", "clear"} for cell in cells), False])
    count = int(unclear[codes].sum())
    if not count:
        return []
    return [f"{status} of {count} of {len(frame)} rows is not clear: they may still change"]


SOURCE = Source("ucdp", recognises, translate)

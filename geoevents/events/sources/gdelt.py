"""
GDELT events: the 61 columns of version 2.0, and the 57 or 58 of version 1.0, without a header.

References
----------
The GDELT Project, *The GDELT Event Database Data Format Codebook V2.0* (2015), *V1.03* (2013).
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from geoevents.events.problems import Problems
from geoevents.events.sources import cameo
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

_ACTOR = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _header(*, adm2: bool, url: bool) -> tuple[str, ...]:
    """Name the columns of a version."""
    place = [part for part in _PLACE if adm2 or part != "ADM2Code"]
    return (
        "GLOBALEVENTID",
        "SQLDATE",
        "MonthYear",
        "Year",
        "FractionDate",
        *(f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR),
        "IsRootEvent",
        "EventCode",
        "EventBaseCode",
        "EventRootCode",
        "QuadClass",
        "GoldsteinScale",
        "NumMentions",
        "NumSources",
        "NumArticles",
        "AvgTone",
        *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in place),
        "DATEADDED",
        *(["SOURCEURL"] if url else []),
    )


HEADERS: Mapping[int, Sequence[str]] = MappingProxyType(
    {
        len(names): names
        for names in (
            _header(adm2=True, url=True),
            _header(adm2=False, url=True),
            _header(adm2=False, url=False),
        )
    }
)
"""The names of the columns by their number: GDELT's files have no header."""

UNCERTAINTY_M: Mapping[str, float] = MappingProxyType(
    {
        "1": 850_000.0,  # a country's middle: three quarters of them lie within
        "2": 450_000.0,  # a state's of the US: three quarters of them lie within
        "3": 5_000.0,  # a town or landmark in the US: as good as the town is known
        "4": 5_000.0,  # one elsewhere
        "5": 150_000.0,  # a province's middle: three quarters of them lie within
    }
)
"""``ActionGeo_Type`` in metres (docs/decisions/0020-event-datasets.md says why)."""

_NOWHERE = 0.0
_CORE = ("EventCode", "Actor1Name", "Actor2Name", "ActionGeo_Lat", "ActionGeo_Long")
_RENAMED = {
    "globaleventid": "event_id",
    "sqldate": "start",
    "day": "start",
    "actor1name": "actor",
    "actor2name": "target",
    "actiongeo_fullname": "place",
    "actiongeo_lat": "latitude",
    "actiongeo_long": "longitude",
    "sourceurl": "source",
}
_NUMBERS = (
    "year",
    "goldsteinscale",
    "nummentions",
    "numsources",
    "numarticles",
    "avgtone",
)


def recognises(columns: Sequence[Any]) -> bool:
    """
    Tell whether a table is GDELT's.

    Parameters
    ----------
    columns : sequence
        The names of its columns, in any case: those of `HEADERS`, or of a table in BigQuery.

    Returns
    -------
    bool
        True if it has a code, two actors, and coordinates of the action.
    """
    return spelt(columns).keys() >= {name.lower() for name in _CORE}


def translate(frame: pd.DataFrame, problems: Problems) -> Translated:
    """
    Bring a table of GDELT's into the words of the schema.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table, with the names of `HEADERS`.
    problems : Problems
        Where to note codes that are not in the codebook.

    Returns
    -------
    Translated
        The events. One for which GDELT found no place has no geometry, and is kept.

    Raises
    ------
    SchemaError
        If the table has not the columns that it is recognised by.
    """
    frame = unique(frame, problems)
    columns = spelt(frame.columns)
    see_core(columns, _CORE, "GDELT", problems)
    renamed = present(_RENAMED, columns)
    names = {ours: str(columns[theirs]) for theirs, ours in renamed.items()}
    code = columns["eventcode"]
    types = decoded(frame[code], cameo.event_type, problems, cameo.reason, stand_in="other")
    made = {"event_type": types}
    names["event_type"] = str(code)
    if "event_id" in names:
        made["event_id"] = as_names(frame[names["event_id"]])
    blank = distinct(frame[names["latitude"]])[0] < 0
    blank |= distinct(frame[names["longitude"]])[0] < 0
    if (kind := columns.get("actiongeo_type")) is not None:
        found = decoded(
            frame[kind],
            {**UNCERTAINTY_M, "0": _NOWHERE},
            problems,
            "is no type of place of GDELT's: they are 1 to 5, and 0 for none",
        )
        made["uncertainty_m"] = found.mask(blank | (found == _NOWHERE), np.nan)
        names["uncertainty_m"] = str(kind)
    notes = []
    if blank.any():
        notes.append(f"no place is given for {int(blank.sum())} of {len(frame)} events")
    for name in _NUMBERS:
        if name in columns:
            made[str(columns[name])] = as_numbers(frame[columns[name]])
    return Translated(put(frame, "gdelt", renamed, made), names, notes)


SOURCE = Source("gdelt", recognises, translate)

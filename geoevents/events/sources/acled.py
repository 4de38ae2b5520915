"""
ACLED: exports and API answers of 2019 to 2026, with 29 to 31 columns.

References
----------
ACLED, *Armed Conflict Location & Event Data Project Codebook* (event types, precision, actors);
ACLED, *Guide to 2023 ACLED column changes*.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from geoevents.errors import shown
from geoevents.events.problems import Problems
from geoevents.events.sources.codes import as_names, as_numbers, decoded, distinct, spread
from geoevents.events.sources.gains import gains
from geoevents.events.sources.spelling import standard
from geoevents.events.sources.translating import (
    Source,
    Translated,
    present,
    put,
    see_core,
    spelt,
    unique,
)
from geoevents.events.vocabulary import ACLED_SUB_EVENTS

DATE_PRECISION: Mapping[str, str] = MappingProxyType({"1": "day", "2": "week", "3": "month"})
"""``time_precision``: the day, the week, or no more than the month is known."""

UNCERTAINTY_M: Mapping[str, float] = MappingProxyType(
    {
        "1": 5_000.0,  # a named town: 98 in 100 towns of the gazetteer are known that well
        "2": 25_000.0,  # near a town, a small part of a region: as UCDP bounds the same words
        "3": 150_000.0,  # a larger region: three quarters of all provinces lie within
    }
)
"""``geo_precision`` in metres (docs/decisions/0020-event-datasets.md says why)."""

_CORE = ("event_date", "event_type", "sub_event_type", "actor1")
_BEFORE_2019 = {"sub_event_type": ", as files from before 2019 do (docs/sources/acled.md)"}
_RENAMED = {
    "event_id_cnty": "event_id",
    "event_date": "start",
    "location": "place",
    "notes": "quote",
    "source": "source",
    "fatalities": "fatalities",
    "longitude": "longitude",
    "latitude": "latitude",
    "event_type": "acled_event_type",
}
_NUMBERS = ("year", "time_precision", "geo_precision", "population_best")

_TYPES = {(standard(event), standard(sub)): ours for (event, sub), ours in ACLED_SUB_EVENTS.items()}
_EVENTS = sorted({event for event, _ in ACLED_SUB_EVENTS})


def recognises(columns: Sequence[Any]) -> bool:
    """
    Tell whether a table is ACLED's.

    Parameters
    ----------
    columns : sequence
        The names of its columns, in any case.

    Returns
    -------
    bool
        True if it has ``event_date``, ``event_type``, ``sub_event_type`` and ``actor1``.
    """
    return spelt(columns).keys() >= set(_CORE)


def translate(frame: pd.DataFrame, problems: Problems) -> Translated:
    """
    Bring a table of ACLED's into the words of the schema.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table, of any of the layouts; columns may be missing but those that it is recognised by.
    problems : Problems
        Where to note codes and words that are not in the codebook.

    Returns
    -------
    Translated
        The events. ``acled_event_type`` is ACLED's own type; ``gainer`` says how it is known that
        ``actor`` is the one who gained, where ground changed hands.

    Raises
    ------
    SchemaError
        If the table has not the columns that it is recognised by.
    """
    frame = unique(frame, problems)
    columns = spelt(frame.columns)
    see_core(columns, _CORE, "ACLED", problems, but=_BEFORE_2019)
    made: dict[str, pd.Series] = {}
    renamed = present(_RENAMED, columns)
    names = {ours: str(columns[theirs]) for theirs, ours in renamed.items()}
    names.pop("acled_event_type")
    made["event_type"] = _types(frame, columns, problems)
    names["event_type"] = str(columns["event_type"])
    if (time := columns.get("time_precision")) is not None:
        made["date_precision"] = decoded(
            frame[time],
            DATE_PRECISION,
            problems,
            "is no time precision of ACLED's: 1 is the day, 2 the week, 3 the month",
        )
        names["date_precision"] = str(time)
    if (geo := columns.get("geo_precision")) is not None:
        made["uncertainty_m"] = decoded(
            frame[geo],
            UNCERTAINTY_M,
            problems,
            "is no geo precision of ACLED's: 1 is the place, 2 near it, 3 a larger region",
        )
        names["uncertainty_m"] = str(geo)
    parties = gains(frame, columns, made["event_type"])
    made |= {"actor": parties.actor, "target": parties.target, "gainer": parties.gainer}
    names |= {"actor": str(columns["actor1"])}
    if "actor2" in columns:
        names["target"] = str(columns["actor2"])
    notes = list(parties.notes)
    if (event := columns.get("event_id_cnty")) is not None:
        made["event_id"] = as_names(frame[event])
        repeated = int((made["event_id"].duplicated() & frame[event].notna()).sum())
        if repeated:
            notes.append(
                f"{event} of {repeated} of {len(frame)} rows is that of an earlier one: "
                "an actor-based (monadic) export has a row for each actor, and files of different "
                "dates have one for each version; keep one of each"
            )
    for name in _NUMBERS:
        if name in columns:
            made[str(columns[name])] = as_numbers(frame[columns[name]])
    return Translated(put(frame, "acled", renamed, made), names, notes)


def _types(frame: pd.DataFrame, columns: Mapping[str, Any], problems: Problems) -> pd.Series:
    """Read each pair of event type and sub-event type as one of our types."""
    event_codes, events = distinct(frame[columns["event_type"]])
    sub_codes, subs = distinct(frame[columns["sub_event_type"]])
    codes, pairs = pd.factorize((event_codes + 1) * (len(subs) + 1) + sub_codes + 1)
    found: list[tuple[str | None, str, str]] = []  # our type, or the column at fault and why
    for pair in pairs.tolist():
        event, sub = divmod(pair, len(subs) + 1)
        found.append(_type(["", *events][event], ["", *subs][sub]))
    for theirs in ("event_type", "sub_event_type"):
        faulty = np.array([ours is None and at == theirs for ours, at, _ in found], dtype=bool)
        wrong = faulty[codes] if found else np.zeros(len(frame), dtype=bool)
        if wrong.any():
            column = columns[theirs]
            reasons = np.array([why for _, _, why in found], dtype=object)[codes]
            problems.add(str(column), wrong, frame[column].to_numpy(dtype=object), reasons)
    # A row that has a problem is no event; a word in its place keeps it from being told twice.
    return spread([ours or "other" for ours, _, _ in found], codes, frame.index)


def _type(event: str, sub: str) -> tuple[str | None, str, str]:
    """Our type for a pair; or None, the column that is at fault, and what is wrong with it."""
    kind, detail = (standard(text) for text in (event, sub))
    if (ours := _TYPES.get((kind, detail))) is not None:
        return ours, "", ""
    subs = [known for known_event, known in ACLED_SUB_EVENTS if standard(known_event) == kind]
    if not subs:
        why = "is missing" if not event else "is no event type of ACLED's"
        return None, "event_type", f"{why}: use one of {', '.join(_EVENTS)}"
    why = (
        "is missing"
        if not sub
        else f"is no sub-event type of {shown(event, 40)} in ACLED's codebook"
    )
    return None, "sub_event_type", f"{why}: use one of {', '.join(subs)}"


SOURCE = Source("acled", recognises, translate)

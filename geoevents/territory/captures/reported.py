"""Captures as events report them: who took something, and on which day."""

from typing import Any

import numpy as np
import pandas as pd

from geoevents.errors import GeoeventsError, shown
from geoevents.events.columns import COLUMNS
from geoevents.events.problems import Problems
from geoevents.events.values import canonical

GAIN = "territorial gain"
"""The type of event that is a capture."""

NO_CAPTURE = ("denied", "disputed", "planned", "refused")
"""What an event's status may be that makes it no capture."""

_LISTED = 20
_SCHEMA = {column.name: column for column in COLUMNS}


def captures_of(events: pd.DataFrame) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """
    Choose the events that are captures.

    Parameters
    ----------
    events : pandas.DataFrame
        Events.

    Returns
    -------
    captures : pandas.DataFrame
        Those that are territorial gains, unless their status makes them none.
    left_out : list of dict
        Territorial gains that are no captures: ``row`` (its label) and ``reason``.

    Raises
    ------
    GeoeventsError
        If there is no capture.

    Examples
    --------
    >>> gains = pd.DataFrame({"status": ["claimed", "denied"]}, index=["x", "y"])
    >>> captures_of(gains)[1]
    [{'row': 'y', 'reason': 'its status is denied: that is no capture'}]
    """
    if not isinstance(events, pd.DataFrame):
        raise GeoeventsError(f"events is a {type(events).__name__}: give a frame of events")
    if not len(events):
        raise GeoeventsError("events is empty: nothing was captured, so no control can be inferred")
    rows = events
    if "event_type" in events:
        rows = events[_plain(events["event_type"]) == GAIN]
        if not len(rows):
            kinds = sorted({f"{shown(kind, 40)}" for kind in events["event_type"].dropna()})
            raise GeoeventsError(
                f"none of the {len(events)} events is a {shown(GAIN)}: their event_type is "
                f"{', '.join(kinds[:_LISTED]) or 'missing'}"
            )
    left_out = []
    if "status" in rows:
        status = _plain(rows["status"])
        out = status.isin(NO_CAPTURE).to_numpy()
        left_out = [
            {"row": row, "reason": f"its status is {word}: that is no capture"}
            for row, word in zip(rows.index[out].tolist(), status[out], strict=True)
        ]
        rows = rows[~out]
        if not len(rows):
            raise GeoeventsError(
                f"no capture is left: the status of all {len(left_out)} territorial gains is "
                f"{' or '.join(NO_CAPTURE)}"
            )
    return rows, left_out


def dated(rows: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    """
    Read who captured something, and on which day.

    Parameters
    ----------
    rows : pandas.DataFrame
        Captures.
    problems : Problems
        Where to note those that do not say.

    Returns
    -------
    pandas.DataFrame
        Columns ``label`` (that of the row), ``date`` (a day: that of ``end``, or else of ``start``)
        and ``actor``, on positions.
    """
    nothing = pd.Series([None] * len(rows), index=rows.index, dtype=object)
    read = {
        name: canonical(_SCHEMA[name], rows.get(name, nothing), problems)
        for name in ("actor", "start", "end")
    }
    bad = set(problems.rows().tolist())
    start, end = (read[name].astype("datetime64[D]") for name in ("start", "end"))
    problems.add("end", end < start, rows.get("end", nothing).tolist(), "is before start")
    date = np.where(np.isnat(end), start, end)
    unsaid = np.isnat(date)
    unsaid[list(bad)] = False  # it is said, but cannot be read: that has been noted
    if "start" in rows or "end" in rows:
        problems.add("start", unsaid, None, "is missing, and so is end: say when it was captured")
    else:
        problems.add_table("start", "is missing, and so is end: one must say when it was captured")
    actor = pd.Series(read["actor"], index=rows.index)
    unnamed = np.array(actor.isna())
    unnamed[list(bad)] = False
    if "actor" in rows:
        problems.add("actor", unnamed, None, "is missing: say who captured it")
    else:
        problems.add_table("actor", "is missing: it must say who captured what")
    return pd.DataFrame(
        {
            "label": pd.Series(rows.index.tolist(), dtype=object),
            "date": date.astype("datetime64[ms]"),
            "actor": actor.to_numpy(dtype=object),
        }
    )


def _plain(words: "pd.Series[Any]") -> "pd.Series[Any]":
    """Words in lower case, with single spaces."""
    return words.map(lambda word: " ".join(str(word).casefold().split()), na_action="ignore")

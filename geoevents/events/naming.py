"""What the caller says of a table of their own: which column holds what, what its words mean."""

import difflib
from collections.abc import Mapping
from typing import Any

import pandas as pd

from geoevents.errors import GeoeventsError, shown
from geoevents.events.columns import COLUMNS
from geoevents.events.vocabulary import EVENT_TYPES

_COORDINATES = ("longitude", "latitude")
_KNOWN = (*(column.name for column in COLUMNS), *_COORDINATES)


def choose_columns(
    frame: pd.DataFrame, columns: Mapping[str, str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """
    Give a table's columns the schema's names, where the caller says so or they are spelt alike.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.
    columns : mapping of str to str
        Names of the schema, ``longitude`` and ``latitude``, each with the table's own name.

    Returns
    -------
    frame : pandas.DataFrame
        The table, its columns renamed.
    names : dict of str to str
        For each renamed column what the table calls it.

    Raises
    ------
    GeoeventsError
        If a name is not one of the schema, or not one of the table.
    """
    if not isinstance(columns, Mapping):
        raise GeoeventsError(
            f"columns is a {type(columns).__name__}: give a mapping such as "
            "{'start': 'Date of event'}"
        )
    there = {str(name): name for name in frame.columns}
    renamed: dict[Any, str] = {}
    for name, theirs in columns.items():
        if name not in _KNOWN:
            raise GeoeventsError(f"columns names {shown(name)}{_near(str(name), _KNOWN)}")
        found = there.get(str(theirs))
        if found is None:
            raise GeoeventsError(
                f"columns[{shown(name)}] is {shown(theirs)}, which the table does not have"
                f"{_near(str(theirs), tuple(there))}"
            )
        if found in renamed:
            raise GeoeventsError(
                f"columns gives {shown(theirs)} two names, {shown(renamed[found])} and "
                f"{shown(name)}: give one"
            )
        renamed[found] = name
    spoken_for = set(renamed.values())
    for name in frame.columns:
        spelt = str(name).strip().lower().replace(" ", "_")
        if name in renamed:
            continue
        if spelt in spoken_for:
            # The caller says that another column holds it: this one stays, out of the way.
            renamed[name] = _free(f"{spelt}_in_table", there)
        elif spelt in _KNOWN and name != spelt and spelt not in _COORDINATES:
            renamed[name] = spelt
    names = {new: str(old) for old, new in renamed.items() if new in _KNOWN}
    return (frame.rename(columns=renamed) if renamed else frame), names


def name_types(events: pd.DataFrame, types: Mapping[str, str] | str) -> pd.DataFrame:
    """
    Put our words for types of events in the place of the table's own.

    Parameters
    ----------
    events : pandas.DataFrame
        The table, with the schema's names.
    types : mapping of str to str, or str
        What each of its words means, in any case; or the type of all events.

    Returns
    -------
    pandas.DataFrame
        The table. The words it had are kept in ``type_in_table``; one without a meaning stays, for
        the schema to judge.

    Raises
    ------
    GeoeventsError
        If a meaning is no type of event, or the table has no column of types.
    """
    if isinstance(types, str):
        _see_type(types)
        kept = {"type_in_table": events["event_type"]} if "event_type" in events else {}
        return events.assign(**kept, event_type=types)
    if not isinstance(types, Mapping):
        raise GeoeventsError(
            f"types is a {type(types).__name__}: give a mapping such as "
            "{'IED attack': 'bombing'}, or one type for all events"
        )
    for meaning in types.values():
        _see_type(meaning)
    if "event_type" not in events:
        raise GeoeventsError(
            "types says what words mean, but no column holds them: name it with "
            "columns={'event_type': ...}"
        )
    meanings = {_folded(word): meaning for word, meaning in types.items()}
    given = events["event_type"]
    codes, words = pd.factorize(given)
    meant = [meanings.get(_folded(word), word) for word in words]
    read = pd.Series(meant, dtype=object).reindex(codes).set_axis(given.index)
    return events.assign(type_in_table=given, event_type=read)


def _folded(word: object) -> str:
    return " ".join(str(word).casefold().split())


def _see_type(word: object) -> None:
    if word not in EVENT_TYPES:
        raise GeoeventsError(
            f"types gives the meaning {shown(word)}{_near(str(word), tuple(EVENT_TYPES))}"
        )


def _near(name: str, known: tuple[str, ...]) -> str:
    """Continue a message about a name that is not known with those that are."""
    close = difflib.get_close_matches(name, known, n=1)
    hint = f": did you mean {shown(close[0])}?" if close else ":"
    return f"{hint} It can be {', '.join(known)}"


def _free(name: str, taken: Mapping[str, object]) -> str:
    while name in taken:
        name += "_"
    return name

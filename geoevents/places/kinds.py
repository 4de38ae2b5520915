"""What kind of feature each row of a table is, in the table's own words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from geoevents.errors import GeoeventsError, shown
from geoevents.places.cells import Objects, coded, find_column, is_missing, plain, shown_columns
from geoevents.places.store import KINDS

if TYPE_CHECKING:
    import pandas as pd

Kinds: TypeAlias = str | Mapping[str, Any]

KIND_COLUMNS: Final = ("kind", "place", "fclass", "featurecla", "type", "class", "category")
#: Stands for the kind of rows that are left out on purpose.
NOT_WANTED: Final = object()
#: What OpenStreetMap calls inhabited places and areas.
_OSM: Final = {
    **dict.fromkeys(
        ("city", "town", "village", "hamlet", "isolated_dwelling", "farm", "allotments", "borough",
         "suburb", "quarter", "neighbourhood", "city_block", "locality", "national_capital"),
        "populated place",
    ),
    **dict.fromkeys(("state", "province"), "admin1"),
    **dict.fromkeys(("county", "district", "municipality", "subdistrict"), "admin2"),
    **dict.fromkeys(
        ("island", "islet", "archipelago", "continent", "peninsula", "sea", "ocean"), "region"
    ),
    "square": "facility",
}  # fmt: skip


def kinds_of(frame: "pd.DataFrame", kind: Kinds) -> Objects:
    """
    Return the kind of each row of a table.

    Parameters
    ----------
    frame : DataFrame
        The table.
    kind : str or mapping
        As for ``Gazetteer.from_frame``.

    Returns
    -------
    ndarray
        Kinds; what is none stays as it is, and `NOT_WANTED` where the mapping says so.
    """
    if isinstance(kind, Mapping):
        column, meant = _mapping(frame, kind)
    elif not isinstance(kind, str):
        raise GeoeventsError(
            f"kind must be text or a mapping of words to kinds: got {shown(kind, 80)}"
        )
    elif kind in KINDS:
        return np.full(len(frame), kind, object)
    else:
        found = find_column(frame, (kind, "place", "fclass") if kind == "kind" else (kind,))
        if found is None or (
            found.lower() not in (kind, kind.lower()) and not _is_osm(frame[found])
        ):
            raise GeoeventsError(
                f"the table has no column {shown(kind)}; it has {shown_columns(frame.columns)}. "
                "Give "
                f"kind= the column with the kinds, or one of {', '.join(KINDS)}, or a mapping of "
                "the table's words to these"
            )
        column, meant = found, dict(_OSM)
    return _translated(plain(frame[column]), meant)


def _is_osm(column: "pd.Series[Any]") -> bool:
    return any(word.lower() in _OSM for word in coded(column)[1])


def _translated(values: Objects, words: Mapping[str, object]) -> Objects:
    known = {kind: kind for kind in KINDS} | {_word(word): kind for word, kind in words.items()}
    kinds = [value if is_missing(value) else known.get(_word(value), value) for value in values]
    out = np.empty(len(kinds), object)
    out[:] = kinds
    return out


def _word(value: object) -> str:
    return str(value).strip().casefold()


def _mapping(frame: "pd.DataFrame", kind: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    nested = [key for key, value in kind.items() if isinstance(value, Mapping)]
    column: str | None = None
    words: Mapping[str, Any] = kind
    if nested:
        column, words = nested[0], kind[nested[0]]
        if len(kind) > 1 or column not in frame.columns:
            raise GeoeventsError(
                f"kind={{{shown(column)}: {{...}}}} must name one column of the table: it has "
                f"{shown_columns(frame.columns)}"
            )
    for word, meant in words.items():
        if meant is not None and meant not in KINDS:
            raise GeoeventsError(
                f"kind: {shown(word)} is mapped to {shown(meant, 80)}: use one of "
                f"{', '.join(KINDS)}, or None to leave such rows out"
            )
    wanted = {_word(word) for word in words}
    if column is None:
        usual = [found for name in KIND_COLUMNS if (found := find_column(frame, (name,)))]
        column = next(
            (c for c in usual if wanted & {_word(word) for word in coded(frame[c])[1]}), None
        )
    if column is None and len(frame):
        raise GeoeventsError(
            f"kind: no column {', '.join(KIND_COLUMNS)} holds any of {shown_columns(words)}; name "
            "the column too: kind={'column': {'word': 'kind'}}"
        )
    meant_by = {word: NOT_WANTED if meant is None else meant for word, meant in words.items()}
    return column or str(frame.columns[0]), meant_by

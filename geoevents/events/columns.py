"""
The columns of an events frame: one table, from which all else is derived.

Each column's name, kind, vocabulary, limits and meaning stand here once; the reader, the validator
and the documentation (`markdown`) follow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geoevents.events.vocabulary import DATE_PRECISIONS, EVENT_TYPES, STATUSES

_TYPES = {name: kind.meaning for name, kind in EVENT_TYPES.items()}

Kind = Literal["text", "date", "number", "boolean", "geometry"]


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column of an events frame.

    Attributes
    ----------
    name : str
        Its name; a unit is part of it.
    kind : str
        ``text``, ``date`` (``datetime64[ms]``, clock time), ``number`` (``float64``), ``boolean``
        or ``geometry`` (longitude and latitude on WGS 84).
    meaning : str
        What it says about the event.
    required : bool
        Whether every event must have it.
    vocabulary : mapping of str to str, optional
        The words allowed, with their meanings.
    minimum : float, optional
        The least number allowed.
    positive : bool
        Whether the number must be above zero.
    whole : bool
        Whether the number must be a whole one.
    by_attach : bool
        Whether `geoevents.attach` adds it; absent before, and not asked for.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    vocabulary: Mapping[str, str] | None = None
    minimum: float | None = None
    positive: bool = False
    whole: bool = False
    by_attach: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("event_id", "text", "the event's own name, unique; made from its content if missing"),
    Column("event_type", "text", "what happened", required=True, vocabulary=_TYPES),
    Column("actor", "text", "who did it"),
    Column("target", "text", "to whom it was done"),
    Column("start", "date", "when it happened or began, by the clock there"),
    Column("end", "date", "when it ended, if not on the day of `start`"),
    Column("date_precision", "text", "how exactly `start` is known", vocabulary=DATE_PRECISIONS),
    Column("locality", "text", "where, in the words of the source"),
    Column("place", "text", "the named place it belongs to: where, if there is no locality"),
    Column("reported_area_km2", "number", "ground said to have changed hands", minimum=0),
    Column("fatalities", "number", "people said to have died", minimum=0, whole=True),
    Column("status", "text", "what stands behind it", vocabulary=STATUSES),
    Column("source", "text", "who reported it, and when"),
    Column("quote", "text", "the words it was taken from"),
    Column("uncertainty_m", "number", "how far from `geometry` it may have been", positive=True),
    Column(
        "relation",
        "text",
        "how `geometry` was found: `coordinates`, or the relation in the locality",
        by_attach=True,
    ),
    Column("inferred", "boolean", "whether `geometry` was worked out from words", by_attach=True),
    Column("area_km2", "number", "geodesic area of `geometry`", minimum=0, by_attach=True),
    Column("area_low_km2", "number", "least area meant", minimum=0, by_attach=True),
    Column("area_high_km2", "number", "greatest area meant", minimum=0, by_attach=True),
    Column("place_ids", "text", "gazetteer ids of the places used", by_attach=True),
    Column("explanation", "text", "how it was located", by_attach=True),
    Column("problem", "text", "why it could not be located", by_attach=True),
    Column("geometry", "geometry", "where: any geometry, longitude and latitude on WGS 84"),
)
"""Every column the schema knows, in order. Other columns are kept, before ``geometry``."""


def markdown() -> str:
    """
    Print the schema as the tables that the documentation holds.

    Returns
    -------
    str
        Markdown: the columns, then each vocabulary, then the event types in ACLED's words.

    Examples
    --------
    >>> print(markdown().splitlines()[2])
    | `event_id` | text | the event's own name, unique; made from its content if missing |
    """
    parts = [_table(("column", "kind", "meaning"), [_described(column) for column in COLUMNS])]
    for column in COLUMNS:
        if column.vocabulary:
            rows = [(f"`{word}`", meaning) for word, meaning in column.vocabulary.items()]
            parts.append(_table((f"`{column.name}`", "meaning"), rows))
    acled = [
        (
            f"`{kind.name}`",
            "; ".join(f"{event}: {sub}" for event, sub in kind.acled),
            "; ".join(f"{event}: {sub}" for event, sub in kind.also_acled or kind.acled[:1]),
        )
        for kind in EVENT_TYPES.values()
    ]
    parts.append(_table(("`event_type`", "read from ACLED's", "written as ACLED's"), acled))
    return "\n\n".join(parts)


def _described(column: Column) -> tuple[str, str, str]:
    """One column as a row of the documentation."""
    notes = [
        note
        for note, holds in (
            ("required", column.required),
            ("vocabulary below", column.vocabulary is not None),
            ("zero or more", column.minimum == 0),
            ("above zero", column.positive),
            ("whole", column.whole),
            ("added by `attach`", column.by_attach),
        )
        if holds
    ]
    kind = f"{column.kind} ({', '.join(notes)})" if notes else column.kind
    return f"`{column.name}`", kind, column.meaning


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Lay out a Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)

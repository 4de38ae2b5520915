"""The fields of a record: those columns of the schema of events that a report can tell."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from geoevents.events.columns import COLUMNS, Column
from geoevents.reports.columns import REPORT_COLUMNS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What is not asked of an extractor: it is worked out here, or the caller's to say.
_NOT_ASKED: Final = frozenset(("event_id", "source", "spans", "reading", "uncertainty_m"))
_WHOLE: Final = frozenset(
    ("fatalities_low", "fatalities_high", "wounded", "wounded_low", "wounded_high")
)


def _fields() -> dict[str, Column]:
    """Take the columns of the schema, and those of reports, that are asked for."""
    report = (
        Column(
            name,
            "text" if name in TEXTS else "number",
            meaning,
            minimum=None if name in TEXTS else 0,
            whole=name in _WHOLE,
        )
        for name, meaning in REPORT_COLUMNS.items()
    )
    return {
        column.name: column
        for column in (*COLUMNS, *report)
        if column.name not in _NOT_ASKED and column.kind != "geometry" and not column.by_attach
    }


FIELDS: Final[Mapping[str, Column]] = MappingProxyType(_fields())
"""Each field's column, by name."""

REQUIRED: Final = ("event_type", "quote")
"""Fields that every record must have."""

WHERE: Final = frozenset(
    (
        *("geometry", "longitude", "latitude", "lon", "lat", "lng", "x", "y", "coordinates"),
        *("location", "point", "uncertainty_m", *(c.name for c in COLUMNS if c.by_attach)),
    )
)
"""What says where by figures, or how it was located: never taken from an extractor."""

SEVERAL: Final = frozenset(("actor", "target", "claimed_by", "denied_by"))
"""Fields that may name several, in one text."""

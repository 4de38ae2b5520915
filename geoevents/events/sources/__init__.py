"""
Published datasets of events, read with the meaning that their codebooks give.

Each is one module: how it is recognised, and what its columns and codes become in the schema.
`geoevents.events.sources.guessing` is for tables that are none of these.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from geoevents.events.sources import acled, gdelt, ucdp
from geoevents.events.sources.translating import Source, Translated

__all__ = ["HEADERS", "SOURCES", "Source", "Translated", "recognise_source"]

SOURCES: Mapping[str, Source] = MappingProxyType(
    {source.name: source for source in (acled.SOURCE, ucdp.SOURCE, gdelt.SOURCE)}
)
"""Every dataset by its name."""

HEADERS: Mapping[int, Sequence[str]] = gdelt.HEADERS
"""Names for files that come without a header, by their number of columns."""


def recognise_source(columns: Sequence[Any]) -> Source | None:
    """
    Tell which dataset a table is of, by the names of its columns.

    Parameters
    ----------
    columns : sequence
        The names, in any case and order.

    Returns
    -------
    Source or None
        None if it is of none that is known.

    Examples
    --------
    >>> recognise_source(["event_date", "event_type", "sub_event_type", "actor1", "notes"]).name
    'acled'
    >>> recognise_source(["date", "type", "lat", "lon"]) is None
    True
    """
    return next((source for source in SOURCES.values() if source.recognises(columns)), None)

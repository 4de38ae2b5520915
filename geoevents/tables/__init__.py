"""Files of any kind as plain tables, before anything is known about events."""

from geoevents.tables.reading import read_table, recognise
from geoevents.tables.recognising import KINDS
from geoevents.tables.table import Table

__all__ = ["KINDS", "Table", "read_table", "recognise"]

"""KML: our own files read back whole, and what others draw in Google Earth or My Maps."""

from geoevents.tables.kml.reading import COLUMNS_KEY, ROW, read_kml
from geoevents.tables.kml.shapes import COLLECTION

__all__ = ["COLLECTION", "COLUMNS_KEY", "ROW", "read_kml"]

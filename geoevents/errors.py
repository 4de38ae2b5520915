"""The exceptions geoevents raises, one family: ``except GeoeventsError`` catches them all."""


class GeoeventsError(Exception):
    """
    Base of every exception that geoevents raises on purpose.

    Its message says what was wrong, where (row, column, file, line) and what to do.
    """


class GeometryError(GeoeventsError, ValueError):
    """A geometry that cannot be measured or drawn as it stands (invalid ring, no CRS, NaN)."""

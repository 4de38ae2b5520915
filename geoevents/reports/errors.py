"""What goes wrong while a report is read."""

from geoevents.errors import GeoeventsError


class ReportError(GeoeventsError, ValueError):
    """A report that cannot be read as it stands: "Saturday" without the day of publication."""


class LanguageError(GeoeventsError, ValueError):
    """A language that there is no file for, or a file of a language with something missing."""

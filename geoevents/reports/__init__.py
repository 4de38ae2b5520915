"""
Reports: from the text of the news to events on a map.

Everything is imported when first used.
"""

from typing import TYPE_CHECKING

from geoevents._lazy import lazy

if TYPE_CHECKING:
    from geoevents.reports.actors import Lexicon as Lexicon
    from geoevents.reports.batches import read_reports as read_reports
    from geoevents.reports.errors import LanguageError as LanguageError
    from geoevents.reports.errors import ReportError as ReportError
    from geoevents.reports.reading import LanguageWarning as LanguageWarning
    from geoevents.reports.reading import read_report as read_report

_HOME = {
    "LanguageError": "geoevents.reports.errors",
    "LanguageWarning": "geoevents.reports.reading",
    "Lexicon": "geoevents.reports.actors",
    "ReportError": "geoevents.reports.errors",
    "read_report": "geoevents.reports.reading",
    "read_reports": "geoevents.reports.batches",
}

__all__ = [*_HOME]  # noqa: PLE0604 -- one table, the keys are strings

__getattr__, __dir__ = lazy(__name__, _HOME)

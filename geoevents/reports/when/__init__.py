"""When: the times that a report names, as days of the calendar."""

from geoevents.reports.when.finding import find_whens
from geoevents.reports.when.unread import UnreadDate, find_unread_dates

__all__ = ["UnreadDate", "find_unread_dates", "find_whens"]

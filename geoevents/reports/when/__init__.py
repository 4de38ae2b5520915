"""When: the times that a report names, as days of the calendar."""

from geoevents.reports.when.finding import UnreadDate, find_unread_dates, find_whens

__all__ = ["UnreadDate", "find_unread_dates", "find_whens"]

"""Mentions of one event become one event."""

from geoevents.reports.joining.events import join

__all__ = ["join"]

"""Whether what a report tells of happened, and who says so."""

from geoevents.reports.stance.settling import settle

__all__ = ["settle"]

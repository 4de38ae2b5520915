"""Mentions of events in a parsed document: who did what to whom, where, when and how much."""

from geoevents.reports.extraction.extracting import extract

__all__ = ["extract"]

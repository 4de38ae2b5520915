"""Forms of words: phrases with slots, as a language file writes them, and where a text has them."""

from geoevents.reports.forms.grammar import Found, Grammar, find_forms, grammar

__all__ = ["Found", "Grammar", "find_forms", "grammar"]

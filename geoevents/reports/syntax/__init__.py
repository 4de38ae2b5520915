"""A shallow parse of sentences: words, noun phrases, verb groups, clauses. No model."""

from geoevents.reports.syntax.model import Attached, Clause, NounPhrase, VerbGroup, Word
from geoevents.reports.syntax.parsing import parse

__all__ = ["Attached", "Clause", "NounPhrase", "VerbGroup", "Word", "parse"]

"""Who acts in a report: armed groups, states and their forces, people, and who only reports."""

from geoevents.reports.actors.finding import find_actors
from geoevents.reports.actors.lexicon import Lexicon

__all__ = ["Lexicon", "find_actors"]

"""Events and changes written in the formats people ask for, and vector files read."""

from geoevents.io.reading import read_vector
from geoevents.io.writing import see_suffix, write_changes, write_events

__all__ = ["read_vector", "see_suffix", "write_changes", "write_events"]

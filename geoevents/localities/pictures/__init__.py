"""A small map of one locality."""

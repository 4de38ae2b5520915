"""Geometry: rivers with a direction, borders, banks, strips, in planes true on the ground."""

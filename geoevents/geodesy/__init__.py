"""Measures on WGS 84: areas, lengths, distances, bearings, buffers, equal-area projections."""

from geoevents.geodesy.measurement import area, length
from geoevents.geodesy.points import bearing, destination, distance_m, local_crs
from geoevents.geodesy.regions import buffer

__all__ = ["area", "bearing", "buffer", "destination", "distance_m", "length", "local_crs"]

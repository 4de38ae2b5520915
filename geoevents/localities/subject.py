"""What a relation is about: a place, a position in figures, or what an inner relation covers."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Self

import numpy as np
import shapely

from geoevents.localities.shapes.plane import valid
from geoevents.localities.wording import coordinates, describe, km

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.ground import Ground
    from geoevents.localities.tree import Fix
    from geoevents.places import Place

_MANY = 1000  # vertices: more are thinned, by half of what the outline may be off
_THIN = 0.5
_DEGREE_M = 111_320.0
_POLYGON = 3  # GEOS type
_WIDER = 1.1  # than a sphere has it
_POLE = 89.0
_HALF_TURN = 180.0


@dataclass(frozen=True)
class Subject:
    """
    What a relation is about.

    Parameters
    ----------
    geometry : shapely geometry
        In lon/lat: a point for a town, a line for a river or border, a polygon for a province.
    name : str
        For a sentence: "Raqqa", "the mouth of Khabur".
    said : str
        The same so that a reader can check it: with kind, province, population and source.
    uncertainty_m : float
        Radius of a town's or position's extent; how far a line or outline may be off.
    kind : str
        A place's kind, "position" or "ground".
    places : tuple of Place
        The places that it was made of.
    point : shapely Point, optional
        What stands for it, in it.
    middle : shapely Point, optional
        What its parts lie about, where that is not its own centroid: the countryside's town.
    relations : tuple of str
        The relations that made it.
    lands : tuple of shapely geometry
        Of a border the polygons that it bounds: near it is as far as near them.
    """

    geometry: BaseGeometry
    name: str
    said: str
    uncertainty_m: float
    kind: str
    places: tuple[Place, ...] = ()
    point: shapely.Point | None = None
    middle: shapely.Point | None = None
    relations: tuple[str, ...] = ()
    lands: tuple[BaseGeometry, ...] = ()

    @classmethod
    def from_place(cls, place: Place) -> Self:
        """
        Make a subject of a place.

        Parameters
        ----------
        place : Place
            A place of a gazetteer.

        Returns
        -------
        Subject
            With the place's own geometry.
        """
        return cls(
            geometry=place.geometry,
            name=place.name,
            said=describe(place),
            uncertainty_m=float(place.uncertainty_m),
            kind=place.kind,
            places=(place,),
            point=place.point,
        )

    @classmethod
    def from_fix(cls, fix: Fix) -> Self:
        """
        Make a subject of a position written in figures.

        Parameters
        ----------
        fix : Fix
            The position.

        Returns
        -------
        Subject
            A point, whose extent is what the figures were rounded from.
        """
        point = shapely.Point(fix.lon, fix.lat)
        said = f"{coordinates(point)} ({fix.system}, to within {km(fix.radius_m)})"
        return cls(
            geometry=point,
            name=fix.text,
            said=said,
            uncertainty_m=float(fix.radius_m),
            kind="position",
            point=point,
        )

    @classmethod
    def from_ground(cls, ground: Ground) -> Self:
        """
        Make a subject of what an inner relation covers.

        Parameters
        ----------
        ground : Ground
            What it covers.

        Returns
        -------
        Subject
            Its core where it has one (a border's line, a mouth's point), else its whole region.
        """
        core = ground.geometry if ground.core is None else ground.core
        return cls(
            geometry=core,
            name=ground.name or ground.said,
            said=_described(ground) if ground.core is None else _told(ground, core),
            uncertainty_m=ground.off_m,
            kind="ground",
            places=ground.made_of,
            point=ground.point,
            middle=ground.middle,
            relations=ground.relations,
            lands=ground.lands,
        )

    def about(self, box: BaseGeometry, reach_m: float) -> Self:
        """
        Leave out the parts of a long line that are far from a box.

        Parameters
        ----------
        box : shapely Polygon
            In lon/lat.
        reach_m : float
            What is farther from the box than this may be left out.

        Returns
        -------
        Subject
            The same, of the line that is near the box; itself where none of it is.
        """
        if self.dimensions != 1 or shapely.get_num_coordinates(self.geometry) < _MANY:
            return self
        west, south, east, north = shapely.bounds(box)
        tall = _WIDER * reach_m / _DEGREE_M
        south, north = south - tall, north + tall
        wide = tall / math.cos(math.radians(min(max(-south, north), _POLE)))
        west, east = west - wide, east + wide
        if max(-south, north) >= _POLE or west < -_HALF_TURN or east > _HALF_TURN:
            return self
        line = shapely.clip_by_rect(self.geometry, west, south, east, north)
        return self if line.is_empty else replace(self, geometry=line)

    @property
    def dimensions(self) -> int:
        """0 for a town, 1 for a river or border, 2 for a province."""
        return int(shapely.get_dimensions(self.geometry))

    @property
    def outline(self) -> BaseGeometry:
        """The geometry to measure from: without the vertices that its uncertainty outweighs."""
        return _thinned(self.geometry, self.uncertainty_m)


def _described(ground: Ground) -> str:
    """Word a region: "within 5 km of what is east of Raqqa"."""
    if not ground.name:
        return f"what is {ground.said}"
    if ground.said.startswith(ground.name):
        return ground.said
    return ground.name if ground.name in ground.said else f"{ground.name} ({ground.said})"


def _told(ground: Ground, core: BaseGeometry) -> str:
    """Word what an outer relation is about: its name, where it is, and by which places."""
    if [place.name for place in ground.made_of] == [ground.name]:
        return describe(ground.made_of[0])
    at = f" at {coordinates(core)}" if isinstance(core, shapely.Point) else ""
    by = " and ".join(map(describe, ground.made_of))
    if not ground.name:
        return f"what is {ground.said}"
    return f"{ground.name}{at}, by {by}" if by else f"{ground.name}{at}"


@lru_cache(maxsize=32)
def _thinned(geometry: BaseGeometry, off_m: float) -> BaseGeometry:
    if shapely.get_num_coordinates(geometry) < _MANY:
        return geometry
    parts = shapely.get_parts(geometry)
    middle = shapely.bounds(parts)[:, [1, 3]].mean(axis=1)
    narrow = np.cos(np.radians(np.minimum(np.abs(middle), 85.0)))  # a degree of longitude, there
    lonlat, owner = shapely.get_coordinates(parts, return_index=True)
    shapely.set_coordinates(parts, lonlat * np.column_stack([narrow[owner], np.ones(len(owner))]))
    thin = shapely.simplify(parts, _THIN * off_m / _DEGREE_M, preserve_topology=True)
    lonlat, owner = shapely.get_coordinates(thin, return_index=True)
    shapely.set_coordinates(thin, lonlat / np.column_stack([narrow[owner], np.ones(len(owner))]))
    if shapely.get_type_id(thin[0]) == _POLYGON:
        whole = shapely.multipolygons(thin) if len(thin) > 1 else thin[0]
        if shapely.is_valid(whole):  # most are, and joining them takes long
            return whole
    return valid(shapely.union_all(shapely.make_valid(thin)))

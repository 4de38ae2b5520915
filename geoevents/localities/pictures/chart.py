"""The part of the earth that a small picture shows, and what the gazetteer has there, in pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Transformer

from geoevents.geodesy import local_crs

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geoevents.places import Gazetteer

    Shapes = NDArray[Any]

_ROOM, _AROUND_M = 1.12, 4_000.0  # the map is so many times what it has to show, and so much more
_MOST_M = 7e6  # of half the map
_FAR = 2.5  # what is farther off than so many times the rest is not brought in
_BLEED = 20.0  # pixels that are drawn beyond the edge
_SEGMENTS = 40  # that the window's longer side is cut into before it is projected
_FINE = 0.25  # pixels: no outline need be finer
_DEGREE_M = 111_000.0
_HALF_TURN = 180.0 - 1e-6
_ROUND = 350.0  # degrees of longitude from which the window goes all the way round
# Half a map up to which each is drawn, in metres.
_DRAWN = {"country": math.inf, "admin1": 600e3, "river": 2e6, "lake": 2e6}
_SPECK = 1.5  # pixels: islands and ponds with less to a side are left out
_JOIN = 0.4  # pixels: gaps up to twice this are closed where the antimeridian cut something
# The smallest town that is looked up on a map with so many metres to a half.
_TOWNS = ((60e3, 0), (200e3, 2_000), (500e3, 20_000), (1.2e6, 150_000), (math.inf, 1_000_000))
_MOST_TOWNS = 200

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Chart:
    """
    How a part of the earth comes into a picture: Lambert's equal-area plane about its middle.

    Parameters
    ----------
    plane : Transformer
        From lon/lat to metres.
    per_pixel : float
        Metres.
    width, height : float
        Of the map, in pixels.
    """

    plane: Transformer
    per_pixel: float
    width: float
    height: float

    @classmethod
    def showing(cls, shapes: list[BaseGeometry], beside: list[BaseGeometry], size: Any) -> Chart:
        """
        Choose what to show.

        Parameters
        ----------
        shapes : list of shapely geometry
            What must be on the map; the first is a point about the middle.
        beside : list of shapely geometry
            Points that should be, unless they are far away.
        size : tuple of float
            Width and height of the map, in pixels.

        Returns
        -------
        Chart
            With some room around the shapes.
        """
        width, height = size
        plane = _plane(shapes[0].x, shapes[0].y)
        shown = _projected(plane, np.array(shapes))
        west, south, east, north = shapely.total_bounds(shown)
        reach = max(east - west, north - south, _AROUND_M)
        points = _projected(plane, np.array(beside)) if beside else shown[:0]
        near = points[shapely.distance(points, shown[0]) < _FAR * reach]
        west, south, east, north = shapely.total_bounds(np.concatenate([shown, near]))
        x, y = (west + east) / 2, (south + north) / 2
        lon, lat = plane.transform(x, y, direction="INVERSE")
        wide, high = (_ROOM * far + 2 * _AROUND_M for far in (east - west, north - south))
        per_pixel = min(max(wide / width, high / height), 2 * _MOST_M / max(width, height))
        return cls(_plane(round(float(lon), 4), round(float(lat), 4)), per_pixel, width, height)

    @property
    def half_m(self) -> float:
        """Half the longer side, in metres."""
        return self.per_pixel * max(self.width, self.height) / 2

    def pixels(self, shapes: Shapes) -> Shapes:
        """
        Bring geometries into the picture.

        Parameters
        ----------
        shapes : array of shapely geometry
            In lon/lat.

        Returns
        -------
        array of shapely geometry
            In pixels from the upper left corner, cut a little outside of the map's edge; empty
            where nothing is on it.
        """
        bounds = shapely.bounds(shapes)
        halved = (bounds[:, 0] <= -_HALF_TURN) | (bounds[:, 2] >= _HALF_TURN)
        degree = self.per_pixel / _DEGREE_M  # a pixel, of latitude
        shapes = shapely.simplify(shapes, _FINE * degree, preserve_topology=False)
        shapes = _projected(self.plane, shapes, self.half_m / _DEGREE_M / _SEGMENTS)
        middle = np.array([self.width, self.height]) / 2
        scale = np.array([1, -1]) / self.per_pixel
        shapes = shapely.transform(shapes, lambda metres: metres * scale + middle)
        # A degree of longitude is less than one of latitude: what was fine enough is now too fine.
        shapes = shapely.simplify(shapes, _FINE, preserve_topology=False)
        areas = shapely.get_dimensions(shapes) > 1
        halved &= areas
        wide = shapely.buffer(shapes[halved], _JOIN, quad_segs=1)
        shapes[halved] = shapely.buffer(wide, -_JOIN, quad_segs=1)
        bent = areas & ~shapely.is_valid(shapes)
        shapes[bent] = shapely.make_valid(shapes[bent])
        edge = (-_BLEED, -_BLEED, self.width + _BLEED, self.height + _BLEED)
        return np.asarray(shapely.clip_by_rect(shapes, *edge))

    def window(self) -> Bounds:
        """
        Work out which longitudes and latitudes the map shows.

        Returns
        -------
        tuple of float
            West, south, east, north; west is greater than east across the antimeridian.
        """
        half_x, half_y = self.per_pixel * self.width / 2, self.per_pixel * self.height / 2
        x, y = np.meshgrid(np.linspace(-half_x, half_x, 15), np.linspace(-half_y, half_y, 15))
        lon, lat = self.plane.transform(x.ravel(), y.ravel(), direction="INVERSE")
        middle = lon[len(lon) // 2]
        seen = np.isfinite(lon) & np.isfinite(lat)
        away = (lon[seen] - middle + 180) % 360 - 180
        south, north = float(lat[seen].min()), float(lat[seen].max())
        margin = 0.04 * (north - south) + 0.01
        west, east = middle + away.min() - margin, middle + away.max() + margin
        for pole in (-90.0, 90.0):
            px, py = self.plane.transform(middle, pole)
            if abs(px) <= half_x and abs(py) <= half_y:
                south, north = min(south, pole), max(north, pole)
                west, east = -180.0, 180.0
        if east - west >= _ROUND:
            west, east = -180.0, 180.0
        elif west < -180 or east > 180:  # noqa: PLR2004 -- degrees
            west, east = ((edge + 180) % 360 - 180 for edge in (west, east))
        return float(west), max(south - margin, -90.0), float(east), min(north + margin, 90.0)


@lru_cache(maxsize=32)
def _plane(lon: float, lat: float) -> Transformer:
    return Transformer.from_crs("EPSG:4326", local_crs(lon, lat), always_xy=True)


def _projected(plane: Transformer, shapes: Shapes, degrees: float = 1.0) -> Shapes:
    """Project geometries; of those that the far side of the earth tears apart nothing is left."""
    lines = shapely.get_dimensions(shapes) > 0
    shapes = shapes.copy()
    shapes[lines] = shapely.segmentize(shapes[lines], max(degrees, 0.05))
    projected = shapely.transform(
        shapes, lambda lonlat: np.column_stack(plane.transform(lonlat[:, 0], lonlat[:, 1]))
    )
    xy, owner = shapely.get_coordinates(projected, return_index=True)
    torn = np.unique(owner[~np.isfinite(xy).all(axis=1)])
    projected[torn] = shapely.Point()
    return np.asarray(projected)


@dataclass(frozen=True)
class Ground:
    """
    What the gazetteer has on a chart.

    Parameters
    ----------
    kinds, ids, names : array of str
        Of each feature.
    drawn : array of shapely geometry
        In pixels.
    sources : tuple of str
        Whose data they are.
    """

    kinds: NDArray[np.str_]
    ids: NDArray[np.str_]
    names: NDArray[np.str_]
    drawn: Shapes
    sources: tuple[str, ...]

    @classmethod
    def of(cls, chart: Chart, gazetteer: Gazetteer) -> Ground:
        """
        Look up what is on a chart.

        Parameters
        ----------
        chart : Chart
            What is shown.
        gazetteer : Gazetteer
            Whose features.

        Returns
        -------
        Ground
            Countries, provinces, lakes and rivers, and the largest towns first among the towns.
        """
        window, half = chart.window(), chart.half_m
        kinds = [kind for kind, most in _DRAWN.items() if half <= most]
        people = next(people for far, people in _TOWNS if half <= far)
        outlines = gazetteer.window(window, kinds=kinds)
        towns = gazetteer.window(window, kinds=["populated place"], min_population=people)
        towns = towns.iloc[np.argsort(-towns["population"].to_numpy(float), kind="stable")]
        towns = towns.iloc[:_MOST_TOWNS]
        cut = _cut(np.asarray(outlines.geometry.values, dtype=object), window)
        drawn = chart.pixels(np.concatenate([cut, np.asarray(towns.geometry.values, dtype=object)]))
        drawn = _without_specks(drawn)
        seen = ~shapely.is_empty(drawn)

        def column(name: str) -> NDArray[np.str_]:
            texts = np.array([*outlines[name], *towns[name]], dtype=str)
            return np.asarray(texts[seen])

        sources = tuple(sorted(set(column("source").tolist())))
        return cls(column("kind"), column("id"), column("name"), drawn[seen], sources)


def _without_specks(shapes: Shapes) -> Shapes:
    """Leave out what is too small to see of polygons with many parts."""
    many = (shapely.get_dimensions(shapes) > 1) & (shapely.get_num_geometries(shapes) > 1)
    parts, owner = shapely.get_parts(shapes[many], return_index=True)
    large = shapely.area(parts) >= _SPECK**2
    left = np.full(many.sum(), shapely.MultiPolygon(), dtype=object)
    shapes[many] = shapely.multipolygons(parts[large], indices=owner[large], out=left)
    return shapes


def _cut(shapes: Shapes, window: Bounds) -> Shapes:
    """Cut geometries to a window, in lon/lat."""
    west, south, east, north = window
    if west <= east:
        return np.asarray(shapely.clip_by_rect(shapes, west, south, east, north))
    halves = (
        shapely.clip_by_rect(shapes, west, south, 180.0, north),
        shapely.clip_by_rect(shapes, -180.0, south, east, north),
    )
    return np.array([shapely.union(a, b) for a, b in zip(*halves, strict=True)], dtype=object)

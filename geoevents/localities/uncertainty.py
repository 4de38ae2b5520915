"""
How far a phrase reaches: what "near" means, and the point-radius method.

The size of a place decides how far "near" it goes: a village's neighbourhood is not a city's. A
town's size is its ``uncertainty_m`` (the radius of its extent), a polygon's the radius of the disc
of its area, a river has none and a fixed band stands in for it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import shapely

from geoevents.errors import GeoeventsError, shown
from geoevents.geodesy import area

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_BEYOND = 1.25
_A = 6_378_137.0  # WGS 84: semi-major axis in metres, first eccentricity squared
_E2 = 0.00669437999014


class Extended(Protocol):
    """
    Something on the ground that words can be about: a place, a position, another relation's ground.

    Attributes
    ----------
    geometry : shapely geometry
        In lon/lat.
    uncertainty_m : float
        Of a point the radius of its extent; of a line or polygon how far its outline may be off.
    """

    @property
    def geometry(self) -> BaseGeometry:
        """In lon/lat."""

    @property
    def uncertainty_m(self) -> float:
        """In metres."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """
    The rules for how far the words of a phrase reach.

    Parameters
    ----------
    extent : float
        A town is a disc of this many times its ``uncertainty_m``.
    near : float
        "Near" a town reaches this many times its extent from its centre.
    near_least_m, near_most_m : float
        Bounds of that, in metres.
    near_polygon : float
        "Near" a polygon reaches this share of the radius of the disc of its area beyond its edge;
        near a border the same of the smaller of the two polygons, to both sides.
    centre : float
        The centre of a town is a disc of this share of its extent.
    outskirts_from, outskirts_to : float
        The outskirts lie between these multiples of the extent.
    direction : float
        "East of" a town, with nothing else said, reaches this many times its extent.
    direction_least_m, direction_most_m : float
        Bounds of that, in metres.
    line_m : float
        "Along" or "near" a river: this far from its line, in metres.
    side_m : float
        "East of" a river or a country with nothing else said: this far, in metres.
    extent_least_m : float
        No place is smaller than this.
    scale : float
        By what `scaled` has multiplied all of these: not 1 only where a reported area is fitted.

    Notes
    -----
    Best practice is to take the feature's boundary and grow it by a fixed distance for "near"
    (Zermoglio et al. 2020), and by the cone of the heading for a direction without a distance; it
    leaves the distance to the judge. Here a town is grown by half its own radius.
    ``docs/localities.md`` gives the reasons for each number.

    References
    ----------
    Chapman A.D., Wieczorek J.R. (2020), Georeferencing Best Practices, GBIF.
    Zermoglio P.F. et al. (2020), Georeferencing Quick Reference Guide, GBIF.

    Examples
    --------
    >>> Neighbourhood(near=3.0).near
    3.0
    """

    extent: float = 1.0
    near: float = 1.5
    near_least_m: float = 2_000.0
    near_most_m: float = 30_000.0
    near_polygon: float = 0.25
    centre: float = 0.5
    outskirts_from: float = 0.75
    outskirts_to: float = 1.25
    direction: float = 3.0
    direction_least_m: float = 10_000.0
    direction_most_m: float = 60_000.0
    line_m: float = 5_000.0
    side_m: float = 25_000.0
    extent_least_m: float = 500.0
    scale: float = 1.0

    @property
    def plain(self) -> Neighbourhood:
        """The same rules at scale 1: for stated distances, and for holes, which do not grow."""
        return self.scaled(1 / self.scale)

    def extent_m(self, place: Extended) -> float:
        """
        Radius of a place on the ground.

        Parameters
        ----------
        place : Extended
            A place or whatever has ``geometry`` and ``uncertainty_m``: a point, polygon or line.

        Returns
        -------
        float
            Metres; for a line the half-width of the band that stands for it.
        """
        dimensions = shapely.get_dimensions(place.geometry)
        if dimensions == 1:
            return self.line_m
        if dimensions == 0:
            return max(self.extent * float(place.uncertainty_m), self.extent_least_m)
        return _radius_m(place.geometry)

    def near_m(self, place: Extended) -> float:
        """
        How far "near" reaches, from a town's centre, a line or a polygon's edge.

        Parameters
        ----------
        place : Extended
            What it is near to.

        Returns
        -------
        float
            Metres; of a border as far as of the smaller of the polygons that it bounds.
        """
        dimensions = shapely.get_dimensions(place.geometry)
        if dimensions == 1:
            lands = getattr(place, "lands", ())
            return min(map(self._near_polygon_m, lands), default=self.line_m)
        if dimensions > 1:
            return self._near_polygon_m(place.geometry)
        extent = self.extent_m(place)
        # A great city is larger than the bound: near it is still outside it.
        reach = _clip(self.near * extent, self.near_least_m, self.near_most_m)
        return max(reach, _BEYOND * extent)

    def _near_polygon_m(self, polygon: BaseGeometry) -> float:
        return _clip(self.near_polygon * _radius_m(polygon), self.near_least_m, self.near_most_m)

    def direction_m(self, place: Extended) -> float:
        """
        How far "east of" reaches when nothing else bounds it.

        Parameters
        ----------
        place : Extended
            What it is east of.

        Returns
        -------
        float
            Metres.
        """
        if shapely.get_dimensions(place.geometry) > 0:
            return self.side_m
        reach = self.direction * self.extent_m(place)
        return _clip(reach, self.direction_least_m, self.direction_most_m)

    def scaled(self, factor: float) -> Neighbourhood:
        """
        Make every distance longer or shorter, bounds and all.

        Parameters
        ----------
        factor : float
            1 leaves the rules as they are.

        Returns
        -------
        Neighbourhood
            New rules.
        """
        if factor == 1:
            return self
        return replace(
            self,
            extent=self.extent * factor,
            extent_least_m=self.extent_least_m * factor,
            near_least_m=self.near_least_m * factor,
            near_most_m=self.near_most_m * factor,
            near_polygon=self.near_polygon * factor,
            direction_least_m=self.direction_least_m * factor,
            direction_most_m=self.direction_most_m * factor,
            line_m=self.line_m * factor,
            side_m=self.side_m * factor,
            scale=self.scale * factor,
        )


@lru_cache(maxsize=256)
def _radius_m(polygon: BaseGeometry) -> float:
    """Radius of the disc of its area."""
    return math.sqrt(float(area(polygon)) * 1e6 / math.pi)


def _clip(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)


def point_radius(
    *,
    distance_m: float = 0.0,
    distance_precision_m: float = 0.0,
    heading_precision_deg: float = 0.0,
    extent_m: float = 0.0,
    coordinate_error_m: float = 0.0,
) -> float:
    """
    Radius of the circle that holds all that an offset at a heading may mean.

    Parameters
    ----------
    distance_m : float
        How far from the place.
    distance_precision_m : float
        How finely the distance was stated: "10 km" to the nearest 10 km.
    heading_precision_deg : float
        How far either way the heading may be: 45 for east among four points, 360 for none given.
    extent_m : float
        Radius of the place.
    coordinate_error_m : float
        Error of the place's own coordinates.

    Returns
    -------
    float
        Metres.

    Raises
    ------
    GeoeventsError
        For an argument that is negative or no number.

    Notes
    -----
    The errors that are lengths (extent, coordinates, half the distance's precision) add up to
    ``e``. With the heading off by ``θ``, the farthest point is at ``d + e`` along the heading's
    edge, and the law of cosines gives its distance from the nominal point: the root of
    ``d² + (d + e)² - 2d(d + e) cos θ`` (Wieczorek, Guo & Hijmans 2004, eq. 7). A heading that may
    be off by 180 degrees or more is none, and the circle is about the place itself: ``d + e``.
    Without a distance, or with the heading exact, the radius is ``e``.

    The calculator's other errors are lengths too. The datum, the map's accuracy and the error of
    measuring on it belong in ``coordinate_error_m``; two distances at a right angle ("2 mi E and
    3 mi N") have a precision of √2 times that of one. The rounding of the coordinates it adds *to*
    the root, not in it: add `coordinate_rounding_m` to the result for the calculator's figure. The
    two differ little: in the second example below by 6 m (12.254 miles against 12.250).

    References
    ----------
    Wieczorek J., Guo Q., Hijmans R.J. (2004), The point-radius method for georeferencing locality
    descriptions and calculating associated uncertainty, IJGIS 18(8), 745-767.
    Wieczorek C., Wieczorek J. (2021), Georeferencing Calculator, Museum of Vertebrate Zoology.
    Bloom D.A., Wieczorek J.R., Zermoglio P.F. (2020), Georeferencing Calculator Manual, GBIF.

    Examples
    --------
    A place of 3 km, its coordinates to the nearest second (40 m), datum unknown (79 m):

    >>> round(point_radius(extent_m=3_000, coordinate_error_m=79 + 40))
    3119

    Ten miles east of one of two miles, in miles:

    >>> mile = 1609.344
    >>> east = point_radius(distance_m=10 * mile, distance_precision_m=10 * mile,
    ...     heading_precision_deg=45, extent_m=2 * mile, coordinate_error_m=79)
    >>> round((east + coordinate_rounding_m(35.37, 1 / 3600)) / mile, 3)
    12.254
    """
    _check(
        distance_m=distance_m,
        distance_precision_m=distance_precision_m,
        heading_precision_deg=heading_precision_deg,
        extent_m=extent_m,
        coordinate_error_m=coordinate_error_m,
    )
    error = extent_m + coordinate_error_m + distance_precision_m / 2
    far = distance_m + error
    if heading_precision_deg >= 180:  # noqa: PLR2004 -- degrees
        return far
    # The same as the law of cosines, without the difference of two large squares.
    chord = 2 * math.sqrt(distance_m * far) * math.sin(math.radians(heading_precision_deg) / 2)
    return math.hypot(error, chord)


def coordinate_rounding_m(lat: float, step_deg: float, lon_step_deg: float | None = None) -> float:
    """
    Radius of the circle that holds what coordinates may have been rounded from.

    Parameters
    ----------
    lat : float
        Their latitude, in degrees.
    step_deg : float
        To what they were rounded, in degrees: 0.001, or 1/3600 for a second.
    lon_step_deg : float, optional
        The same of the longitude, where it differs.

    Returns
    -------
    float
        Metres.

    Raises
    ------
    GeoeventsError
        For a latitude or a step that cannot be.

    Notes
    -----
    One step in latitude and one in longitude, in metres on WGS 84 at that latitude, and the root of
    the sum of their squares (Wieczorek, Guo & Hijmans 2004, "uncertainty due to coordinate
    precision"): a degree of latitude is ``πR/180`` with the meridian's radius of curvature ``R``, a
    degree of longitude ``πX/180`` with the distance ``X`` to the earth's axis.

    References
    ----------
    Wieczorek J., Guo Q., Hijmans R.J. (2004), The point-radius method for georeferencing locality
    descriptions and calculating associated uncertainty, IJGIS 18(8), 745-767.

    Examples
    --------
    >>> round(coordinate_rounding_m(35.37, 1 / 3600)), round(coordinate_rounding_m(35.37, 0.001))
    (40, 143)
    """
    other = step_deg if lon_step_deg is None else lon_step_deg
    _check(step_deg=step_deg, lon_step_deg=other)
    if not abs(lat) <= 90:  # noqa: PLR2004 -- degrees
        raise GeoeventsError(f"lat must lie between -90 and 90, not {shown(lat)}")
    sine = math.sin(math.radians(lat))
    curve = 1 - _E2 * sine**2
    meridian = _A * (1 - _E2) / curve**1.5
    axis = _A / math.sqrt(curve) * math.cos(math.radians(lat))
    return math.hypot(meridian * math.radians(step_deg), axis * math.radians(other))


def _check(**values: float) -> None:
    """Refuse what no error and no distance can be."""
    for name, value in values.items():
        if not (math.isfinite(value) and value >= 0):
            raise GeoeventsError(f"{name} must be a number of at least 0, not {shown(value)}")

"""The part of the world on a printed map: a plane in which shapes are right, and its frame."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from geoevents.errors import GeoeventsError
from geoevents.geodesy import distance_m
from geoevents.geodesy.equalarea import EqualArea
from geoevents.maps.figures.flattening import flattened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Bounds = tuple[float, float, float, float]

_TURN = 360.0
_WIDEST = 150.0  # degrees of longitude
_FARTHEST_M = 7_000_000.0  # from the middle to a corner: the far side of the earth is not drawn
_SMALLEST_M = 25_000.0  # half a side: a map of one point shows what is around it
_PAD = 0.06
_SQUAREST = (0.62, 1.6)  # height over width
_EDGE = 64  # points along each side of the frame
_STEPS = (
    30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 1 / 2, 1 / 4, 1 / 6, 1 / 12, 1 / 30, 1 / 60, 1 / 120, 1 / 360,
    1 / 720, 1 / 3600,
)  # fmt: skip
_TICKS = 2.5  # at least so many steps between the edges
_BAR = 0.26  # at most this part of the width
_ROUND = (1.0, 2.0, 5.0)


@dataclass(frozen=True)
class View:
    """
    A rectangle of a Lambert azimuthal equal-area plane about its own middle.

    Attributes
    ----------
    plane : EqualArea
        From longitude and latitude to metres and back.
    frame : tuple of float
        Left, lower, right and upper edge in metres.
    """

    plane: EqualArea
    frame: Bounds

    @property
    def width(self) -> float:
        """Width in metres."""
        return self.frame[2] - self.frame[0]

    @property
    def height(self) -> float:
        """Height in metres."""
        return self.frame[3] - self.frame[1]

    @cached_property
    def window(self) -> Bounds:
        """West, south, east, north in degrees around the frame; may run past the antimeridian."""
        west, south = self._rim.min(axis=0)
        east, north = self._rim.max(axis=0)
        return float(west), float(south), float(east), float(north)

    @cached_property
    def _rim(self) -> "Floats":
        """The frame in longitude and latitude, anticlockwise from the lower left corner."""
        return self.plane.inverse(_box_points(*self.frame))

    def project(self, geometries: Any) -> "NDArray[Any]":
        """
        Bring geometries to the plane, cut to the frame.

        Parameters
        ----------
        geometries : array-like of shapely geometries
            In degrees, in any turn of the globe.

        Returns
        -------
        numpy.ndarray of shapely geometries
            A collection for each, in metres; empty where nothing is within the frame.
        """
        return flattened(geometries, self.window, self.plane, self.frame)

    def holds(self, xy: "Floats", inside: float = 0.0) -> "NDArray[np.bool_]":
        """
        Tell which points are in the frame.

        Parameters
        ----------
        xy : numpy.ndarray
            Metres, n by 2.
        inside : float, default 0
            How far from the edge they have to be, in metres.

        Returns
        -------
        numpy.ndarray of bool
            One for each point.
        """
        left, low, right, high = self.frame
        x, y = np.asarray(xy, dtype=float).reshape(-1, 2).T
        found: NDArray[np.bool_] = (x >= left + inside) & (x <= right - inside)
        return found & (y >= low + inside) & (y <= high - inside)

    def graticule(self) -> "tuple[list[tuple[float, str]], list[tuple[float, str]], list[Floats]]":
        """
        Find where meridians and parallels meet the frame.

        Returns
        -------
        below : list of (float, str)
            Along the lower edge: x in metres, and the longitude in words.
        left : list of (float, str)
            Along the left edge: y in metres, and the latitude in words.
        lines : list of numpy.ndarray
            The meridians and parallels themselves, in metres.
        """
        west, south, east, north = self.window
        step = _step(min(east - west, north - south))
        below, left = self._rim[:_EDGE], self._rim[3 * _EDGE : 4 * _EDGE][::-1]
        lons, lats = _multiples(west, east, step), _multiples(south, north, step)
        line = np.linspace(0.0, 1.0, _EDGE)
        up, across = south + line * (north - south), west + line * (east - west)
        lines = [self.plane.forward(np.column_stack([np.full(_EDGE, lon), up])) for lon in lons]
        lines += [
            self.plane.forward(np.column_stack([across, np.full(_EDGE, lat)])) for lat in lats
        ]
        return (
            _crossings(below[:, 0], lons, (self.frame[0], self.frame[2]), "EW", step),
            _crossings(left[:, 1], lats, (self.frame[1], self.frame[3]), "NS", step),
            lines,
        )

    def scale_bar(self, x: float, y: float) -> tuple[float, float]:
        """
        Find the length of a scale bar.

        Parameters
        ----------
        x, y : float
            Where its left end stands, in metres.

        Returns
        -------
        km : float
            A round number.
        length : float
            How long a bar from there to the right has to be, in metres of the plane, for the
            geodesic between its ends to be that many kilometres.
        """
        most = _BAR * self.width / 1000.0
        power = 10.0 ** np.floor(np.log10(most))
        km = float(max(factor * power for factor in _ROUND if factor * power <= most))
        length = km * 1000.0
        for _ in range(3):  # the scale of the plane hardly changes along the bar
            ends = self.plane.inverse(np.array([[x, y], [x + length, y]]))
            length *= km * 1000.0 / distance_m(*map(float, ends.ravel()))
        return km, length


def view_of(bounds: Bounds, *, exactly: bool = False) -> View:
    """
    Choose the view that shows a part of the world.

    Parameters
    ----------
    bounds : tuple of float
        West, south, east, north in degrees; east exceeds 180, or is less than west, across the
        antimeridian.
    exactly : bool, default False
        Whether to show just that, and nothing around it.

    Returns
    -------
    View
        Its frame is the least rectangle that holds the bounds; unless `exactly`, with a margin,
        and neither very wide nor very tall.

    Raises
    ------
    GeoeventsError
        If it is no part of the world, holds a pole, or is too large for one plane.

    Examples
    --------
    >>> view = view_of((179.0, -19.0, -179.0, -16.0))
    >>> round(view.plane.lon), [round(edge) for edge in view.window]
    (180, [179, -19, 181, -16])
    """
    west, south, east, north = bounds
    if east < west:
        east += _TURN
    if not exactly and east - west > _WIDEST:
        raise GeoeventsError(
            f"what is to be drawn spans {east - west:.0f} degrees of longitude, and a printed map "
            f"at most {_WIDEST:.0f}: give extent=(west, south, east, north)"
        )
    plane = EqualArea((west + east) / 2, (south + north) / 2)
    corners = plane.forward(_box_points(west, south, east, north))
    low, high = corners.min(axis=0), corners.max(axis=0)
    middle, half = (low + high) / 2, (high - low) / 2
    if not exactly:
        half = np.maximum(half * (1 + 2 * _PAD), _SMALLEST_M)
        half = np.maximum(half, [half[1] / _SQUAREST[1], half[0] * _SQUAREST[0]])
    low, high = middle - half, middle + half
    if np.hypot(*np.maximum(np.abs(low), np.abs(high))) > _FARTHEST_M:
        raise GeoeventsError(
            "this part of the world is too large for a printed map: give a smaller "
            "extent=(west, south, east, north)"
        )
    pole = plane.forward(np.array([[plane.lon, 90.0], [plane.lon, -90.0]]))
    if ((pole > low) & (pole < high)).all(axis=1).any():
        raise GeoeventsError(
            "a printed map cannot hold a pole: give an extent=(west, south, east, north) beside it"
        )
    return View(plane, (float(low[0]), float(low[1]), float(high[0]), float(high[1])))


def read_extent(extent: "Sequence[float]") -> Bounds:
    """
    Read the extent that a caller gave.

    Parameters
    ----------
    extent : sequence of float
        West, south, east, north in degrees.

    Returns
    -------
    tuple of float
        The same, checked.

    Raises
    ------
    GeoeventsError
        If these are no four edges in degrees, or nothing lies between them.

    Examples
    --------
    >>> read_extent([39, 34, 41, 36])
    (39.0, 34.0, 41.0, 36.0)
    """
    try:
        west, south, east, north = map(float, extent)
    except (TypeError, ValueError):
        west = south = east = north = np.nan
    across = east - west if east > west else east - west + _TURN
    fits = -_TURN <= west <= _TURN and -_TURN <= east <= _TURN and 0 < across <= _WIDEST
    if not (fits and west != east and -90.0 <= south < north <= 90.0):  # noqa: PLR2004 -- the poles
        raise GeoeventsError(
            "extent has to be west, south, east, north in degrees, at most "
            f"{_WIDEST:.0f} of longitude (west may exceed east across the antimeridian): got "
            f"{extent!r:.80}"
        )
    return west, south, east, north


def _box_points(left: float, low: float, right: float, high: float) -> "Floats":
    """Points along a rectangle, anticlockwise from the lower left corner."""
    t = np.linspace(0.0, 1.0, _EDGE)
    x, y = left + t * (right - left), low + t * (high - low)
    sides = [
        (x, np.full(_EDGE, low)), (np.full(_EDGE, right), y),
        (x[::-1], np.full(_EDGE, high)), (np.full(_EDGE, left), y[::-1]),
    ]  # fmt: skip
    return np.concatenate([np.column_stack(side) for side in sides])


def _step(span: float) -> float:
    return next((step for step in _STEPS if span / step >= _TICKS), _STEPS[-1])


def _multiples(low: float, high: float, step: float) -> "Floats":
    found: Floats = step * np.arange(np.ceil(low / step), np.floor(high / step) + 1)
    return found


def _crossings(
    along: "Floats", values: "Floats", edge: tuple[float, float], signs: str, step: float
) -> list[tuple[float, str]]:
    """Find where an edge of the frame crosses meridians or parallels."""
    if not (np.diff(along) > 0).all():  # a frame so far north that an edge turns back
        return []
    inside = values[(values >= along[0]) & (values <= along[-1])]
    at = np.interp(inside, along, np.linspace(*edge, len(along)))
    return [(float(x), _degrees(v, signs, step)) for x, v in zip(at, inside.tolist(), strict=True)]


def _degrees(value: float, signs: str, step: float) -> str:
    """Write a longitude or latitude in degrees, and in minutes and seconds where they are steps."""
    if signs == "EW":
        value = (value + _TURN / 2) % _TURN - _TURN / 2
    seconds = round(abs(value) * 3600)
    degrees, rest = divmod(seconds, 3600)
    text = f"{degrees}°"
    if step < 1:
        text += f"{rest // 60:02d}′"
    if step < 1 / 60:
        text += f"{rest % 60:02d}″"
    sign = "" if seconds in (0, 3600 * 180) else signs[0] if value > 0 else signs[1]
    return text + sign

"""
Areas under geodesic edges, in closed form.

The area of a ring is the sum, over its edges, of the signed area between the edge and the equator.
Nothing here knows about rings: vertices come as one chain of latitudes and longitude steps.
"""

from typing import TYPE_CHECKING

import numpy as np

from geoevents.geodesy.points import GEOD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_A = float(GEOD.a)
_E2 = float(GEOD.es)
_E = _E2**0.5
_RADIAN = np.pi / 180.0
_NOT_ZERO = 1.0 + 1e-14  # a pole is kept this far off the axis
_OFF_AXIS = 1e-3  # cosine of a latitude 6 km from a pole
_NEAR_POLE = 0.99  # sine of a latitude of 82 degrees
_HALF = _A**2 * (1.0 - _E2) / 2.0
POLE_M2 = _HALF * (1.0 / (1.0 - _E2) + np.arctanh(_E) / _E)
"""Area of the hemisphere over 2 pi: the authalic radius squared."""
_R = POLE_M2**0.5

# Bounds of what the two formulas below leave out, found by comparing with the exact integral over
# latitudes from 0 to 89.9 and every bearing. See docs/decisions/0002-geodesic-area.md.
_SHORT_ERROR = 0.008 * _R * _A * 0.5**0.5
_LONG_ERROR = 2.5e-5 / _R**3

# The sine of the latitude is z * (1 + (1 - z**2) * off), z that of the authalic latitude and off
# this polynomial of z**2: its series inverted, to the third power of the squared eccentricity.
_SERIES = (
    _E2 * (2.0 / 3.0 + _E2 * (3.0 / 5.0 + _E2 * 4.0 / 7.0)),
    -(_E2**2) * (11.0 / 15.0 + _E2 * 478.0 / 315.0),
    _E2**3 * 292.0 / 315.0,
)


def to_equator(
    lat: "Floats", step: "Floats", gaps: "NDArray[np.intp]", limit_m2: "float | Floats"
) -> "tuple[Floats, Floats]":
    """
    Find the signed area between each geodesic edge of a chain and the equator.

    Parameters
    ----------
    lat : numpy.ndarray
        Latitudes of the n vertices, in degrees.
    step : numpy.ndarray
        The n - 1 steps of longitude between them, in degrees: within ±180, or along a pole.
    gaps : numpy.ndarray of int
        Steps that are no edges; there the longitude step is 0.
    limit_m2 : float or numpy.ndarray
        An edge whose error by the quick formula may exceed this takes the slow one.

    Returns
    -------
    tuple of numpy.ndarray
        Square metres, positive eastward in the northern hemisphere, and a bound of their error.

    Notes
    -----
    In Lambert's cylindrical equal-area plane (x the longitude, y the area from the equator for each
    radian of it) the area under a straight edge is exact. A geodesic leaves the straight edge by
    an area that is, to third order in its length,

        sin(lat) / 12 * dx * (r**2 dx**2 + 3 dy**2 / r**2)

    at its middle, with r the distance from the axis: this follows from Clairaut's relation and
    holds on the ellipsoid, not only on the sphere. What is left out is of fifth order.
    """
    # In units of the equatorial radius squared: twice y, the squared radius, four times the area.
    sine = np.sin(lat * _RADIAN)
    square = sine * sine
    squash = 1.0 - _E2 * square
    y = np.arctanh(_E * sine)
    y *= (1.0 - _E2) / _E
    squash = 1.0 / squash
    y += (1.0 - _E2) * sine * squash
    radius2 = (_NOT_ZERO - square) * squash
    dx = step * _RADIAN
    width2 = radius2[1:] + radius2[:-1]
    dx2 = dx * dx
    dx2 *= width2
    dy2 = y[1:] - y[:-1]
    dy2 *= dy2
    dy2 /= width2
    length2 = dx2 + dy2  # doubled
    error = length2 / width2
    error *= error
    error *= np.sqrt(length2, out=length2)
    error[gaps] = 0.0
    area = y[1:] + y[:-1]
    dy2 *= 3.0
    dy2 += dx2
    dy2 *= sine[1:] + sine[:-1]
    dy2 *= 1.0 / 12.0
    area += dy2
    area *= dx
    area *= 0.25 * _A**2
    error *= _SHORT_ERROR
    (far,) = np.nonzero(error > limit_m2)
    if len(far):
        ends = np.array([far, far + 1])
        q = y[ends] * (0.5 * _A**2 / POLE_M2)
        if max(q.max(), -q.min()) < _NEAR_POLE:
            c = np.sqrt(1.0 - q * q)
        else:
            q, c = authalic(lat[ends])
        area[far], error[far] = _far_to_equator(q, c, dx[far])
    return area, error


def authalic(lat: "Floats") -> "tuple[Floats, Floats]":
    """
    Find the authalic latitude: on the sphere of the earth's area, with the same area to each side.

    Parameters
    ----------
    lat : numpy.ndarray
        Latitudes, in degrees.

    Returns
    -------
    tuple of numpy.ndarray
        Its sine and its cosine, the cosine precise near the poles too.
    """
    colatitude = np.radians(90.0 - np.abs(lat))
    s = np.cos(colatitude)
    short = np.sin(colatitude) ** 2 / (1.0 + s)  # 1 - s
    squash = 1.0 - _E2 * s * s
    left = short * (1.0 + _E2 * s) / ((1.0 - _E2) * squash)
    left += np.arctanh(_E * short / (1.0 - _E2 * s)) / _E
    left *= _HALF / POLE_M2  # 1 - sine of the authalic latitude
    return np.copysign(1.0 - left, lat), np.sqrt(left * (2.0 - left))


def from_authalic(sine: "Floats", cosine: "Floats") -> "Floats":
    """
    Find the latitude from the authalic one.

    Parameters
    ----------
    sine, cosine : numpy.ndarray
        Of the authalic latitude.

    Returns
    -------
    numpy.ndarray
        Latitudes, in degrees.
    """
    z2, axis2 = sine * sine, cosine * cosine
    off = _SERIES[0] + z2 * (_SERIES[1] + z2 * _SERIES[2])
    s = sine * (1.0 + off * axis2)
    c = cosine * np.sqrt(1.0 - z2 * off * (2.0 + off * axis2))
    lat = np.arctan2(s, c)
    # The series leaves some millimetres; one step of Newton's, but where it is exact: at a pole.
    s = np.sin(lat)
    squash = 1.0 - _E2 * s * s
    left = sine - (_HALF / POLE_M2) * (s / squash + np.arctanh(_E * s) / _E)
    left *= squash * squash * (POLE_M2 / (2.0 * _HALF))
    lat += np.where(c > _OFF_AXIS, left / np.maximum(c, _OFF_AXIS), 0.0)
    return np.degrees(lat)


def _far_to_equator(q: "Floats", c: "Floats", dx: "Floats") -> "tuple[Floats, Floats]":
    """
    Do what `to_equator` does for edges that are long or near a pole.

    They are given by the sines q and cosines c of the authalic latitudes of their ends.

    The area under the great circle on the authalic sphere is exact; the geodesic leaves that great
    circle by the difference of the third-order terms of ellipsoid and sphere, which is smaller by
    the square of the eccentricity and stays finite at the poles.
    """
    (q_1, q_2), (c_1, c_2) = q, c
    t_1, t_2 = q / (1.0 + c)
    sine, cosine = np.sin(0.5 * dx), np.cos(0.5 * dx)
    excess = 2.0 * np.arctan2(sine * (t_1 + t_2), cosine * (1.0 + t_1 * t_2))

    # Squares of the chord and of the sum of the two unit vectors: together 4. The middle of the
    # great circle lies along the sum; z is its height, axis2 its squared distance from the axis.
    both = 4.0 * c_1 * c_2 * sine
    chord2 = (q_2 - q_1) ** 2 + (c_2 - c_1) ** 2 + both * sine
    sum2 = np.maximum(4.0 - chord2, 1e-18)  # antipodes: the error is large, the edge will be cut
    z = (q_1 + q_2) / np.sqrt(sum2)
    axis2 = np.maximum(1.0 - z * z, 1e-18)
    arc = 2.0 * np.arctan2(np.sqrt(chord2), np.sqrt(sum2))
    turn = arc * both * cosine / (np.sqrt(np.maximum(chord2, 1e-300) * sum2) * axis2)
    north2 = arc * arc - turn * turn * axis2

    # Sine of the latitude of the middle, from that of its authalic latitude, and the ratio of the
    # squared distances from the axis on ellipsoid and sphere: series that lose nothing at a pole.
    z2 = z * z
    off = _SERIES[0] + z2 * (_SERIES[1] + z2 * _SERIES[2])
    s = z * (1.0 + off * axis2)
    ratio = (1.0 - z2 * off * (2.0 + off * axis2)) / (1.0 - _E2 * s * s) * (_A**2 / POLE_M2)
    shift = axis2 * turn * turn * (s * ratio - z) + 3.0 * north2 * (s / ratio - z)
    return POLE_M2 * (excess + turn * shift / 12.0), _LONG_ERROR * (_R * arc) ** 5


def cut(
    lon: "Floats", lat: "Floats", step: "Floats", pieces: "NDArray[np.intp]"
) -> "tuple[Floats, Floats, NDArray[np.intp]]":
    """
    Cut each edge of a chain along its geodesic into equal pieces.

    Parameters
    ----------
    lon, lat : numpy.ndarray
        The n vertices, in degrees.
    step : numpy.ndarray
        The n - 1 steps of longitude between them; an edge of step ±180 goes that way round.
    pieces : numpy.ndarray
        How many pieces to make of each edge, 1 or more.

    Returns
    -------
    tuple of numpy.ndarray
        Longitudes (going on from vertex to vertex as `step` does) and latitudes of the new chain,
        and where in it each old vertex is.
    """
    edge = np.repeat(np.arange(len(pieces)), pieces)
    place = np.concatenate([[0], np.cumsum(pieces)]).astype(np.intp)
    number = np.arange(len(edge)) - place[edge]
    (new,) = np.nonzero(number)
    new_lon, new_lat = np.append(lon[edge], lon[-1]), np.append(lat[edge], lat[-1])
    if len(new):
        e = edge[new]
        many, back = np.unique(e, return_inverse=True)
        azimuth, _, metres = GEOD.inv(lon[many], lat[many], lon[many] + step[many], lat[many + 1])
        there, new_lat[new], _ = GEOD.fwd(
            lon[e], lat[e], azimuth[back], metres[back] * number[new] / pieces[e]
        )
        gone = np.remainder(there - lon[e] + 180.0, 360.0) - 180.0
        over_pole = np.abs(gone) > 180.0 - 1e-9
        new_lon[new] += np.where(over_pole, np.copysign(gone, step[e]), gone)
    return new_lon, new_lat, place

"""Positions written as the cell of a grid: MGRS references and plus codes."""

from __future__ import annotations

import math
import re
import warnings

import numpy as np

from geoevents.geodesy import distance_m
from geoevents.localities.tree import Fix, LocalityError

#: What may not follow a position: more figures, marks, or what makes an offset of it ("of X").
END = r"(?![^\W_]|[.,:]\d|-\w|[°'\"′″%]|\s{1,3}(?:of|from)\b)"

_GRID = re.compile(
    r"(?P<zone>[0-9]{1,2}[C-HJ-NP-X]|(?<![^\W_])[ABYZ])(?P<gap>[ \t]*)(?P<square>[A-HJ-NP-Z]{2})"
    r"[ \t]*(?P<figures>[0-9]{1,11}(?:[ \t]+[0-9]{1,11})?)" + END,
    re.IGNORECASE | re.ASCII,
)
_MONTHS = frozenset(
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
)
_YEAR = 4  # figures
_FIGURES = 5  # of a metre, each way
_POLAR = "ABYZ"
_BANDS = "CDEFGHJKLMNPQRSTUVWX"  # of eight degrees, from 80 S
_LONG = 6  # figures with which lower-case letters apart are a reference too


def grid_reference(text: str, start: int) -> Fix | None:
    """
    Read an MGRS reference with two to ten figures.

    Parameters
    ----------
    text : str
        The phrase.
    start : int
        Where it begins.

    Returns
    -------
    Fix or None
        The middle of its square; None where no reference stands, or a date such as "1MAR 2021".

    Raises
    ------
    LocalityError
        For a square that does not exist.
    """
    match = _GRID.match(text, start)
    if match is None:
        return None
    figures = match["figures"].split()
    count = sum(map(len, figures))
    letters = match["zone"].lstrip("0123456789") + match["square"]
    if letters.upper() in _MONTHS and count <= _YEAR:
        return None
    if letters != letters.upper() and match["gap"] and count < _LONG:
        return None  # words, as in "5k at 12 34"
    if len(figures) == 1:
        figures = [figures[0][: count // 2], figures[0][count // 2 :]]
    east, north = figures
    if len(east) != len(north) or len(east) > _FIGURES:
        raise LocalityError(
            "a grid reference has as many figures for its easting as for its northing, one to five "
            "each, as in '37S FV 03693 10902'",
            text,
            *match.span(),
        )
    from mgrs import MGRS  # noqa: PLC0415 -- few phrases have one
    from mgrs.core import MGRSError  # noqa: PLC0415 -- the same

    # The middle of the cell, to the metre: what the package takes a cell for differs by release.
    middle = "".join((figure + "5").ljust(_FIGURES, "0")[:_FIGURES] for figure in (east, north))
    reference = (match["zone"] + match["square"]).upper() + middle
    try:
        with warnings.catch_warnings():  # it only warns of the wrong band, which is checked below
            warnings.simplefilter("ignore", RuntimeWarning)
            lat, lon = map(float, MGRS().toLatLon(reference))
    except MGRSError:
        lat = lon = math.nan
    step = 10.0 ** (_FIGURES - len(east))
    if not _in_band(match["zone"][-1].upper(), lat, step):
        raise LocalityError(
            "there is no such square in the military grid; check the zone and its letters",
            text,
            *match.span(),
        )
    return Fix(match.group(), *match.span(), lon, lat, step / math.sqrt(2), "MGRS")


def _in_band(letter: str, lat: float, cell_m: float) -> bool:
    """Whether a cell of that size about a latitude touches the band of that letter."""
    if letter in _POLAR:
        return not math.isnan(lat)
    south = -80.0 + 8 * _BANDS.index(letter)
    north = 84.0 if letter == "X" else south + 8
    slack = cell_m / 111_000
    return south - slack <= lat <= north + slack


_PLUS = re.compile(
    r"[2-9CFGHJMPQRVWX]{2,8}0{0,6}\+[2-9CFGHJMPQRVWX]*(?!\w)", re.IGNORECASE | re.ASCII
)


def plus_code(text: str, start: int) -> Fix | None:
    """
    Read a full plus code.

    Parameters
    ----------
    text : str
        The phrase.
    start : int
        Where it begins.

    Returns
    -------
    Fix or None
        The middle of its cell; None where no code stands.

    Raises
    ------
    LocalityError
        For a short code.
    """
    match = _PLUS.match(text, start)
    if match is None:
        return None
    from openlocationcode import openlocationcode  # noqa: PLC0415 -- few phrases have one

    code = match.group()
    if openlocationcode.isShort(code):
        if not any(letter.isalpha() for letter in code):
            return None  # a sum
        raise LocalityError(
            "this plus code is short: it says where within a town, and of no town where; give the "
            "full code, with eight characters before the '+'",
            text,
            *match.span(),
        )
    if not openlocationcode.isFull(code):
        return None
    cell = openlocationcode.decode(code)
    lon, lat = float(cell.longitudeCenter), float(cell.latitudeCenter)
    corners = [(cell.longitudeLo, cell.latitudeLo), (cell.longitudeLo, cell.latitudeHi)]
    lons, lats = np.array(corners).T
    radius = float(np.max(distance_m(lon, lat, lons, lats)))
    return Fix(match.group(), *match.span(), lon, lat, radius, "plus code")

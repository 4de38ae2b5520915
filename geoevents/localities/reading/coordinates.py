"""Positions in figures: degrees in their usual spellings, MGRS grid references, plus codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from geoevents.localities.reading.cells import END, grid_reference, plus_code
from geoevents.localities.tree import Fix, LocalityError
from geoevents.localities.uncertainty import coordinate_rounding_m

_Axis = Literal["lat", "lon"]
_AXIS: dict[str, _Axis] = {"N": "lat", "S": "lat", "E": "lon", "W": "lon"}
_MOST = {"lat": 90, "lon": 180}
_CALLED = {"lat": "latitude", "lon": "longitude"}
_SYSTEMS = ("decimal degrees", "degrees and minutes", "degrees, minutes and seconds")
_SURE = 3  # decimals beside which a whole number is a coordinate too
_HALF = 2  # decimals with which a number and a letter can only be half a position


def read(text: str, start: int = 0) -> Fix | None:
    """
    Read a position in figures.

    Parameters
    ----------
    text : str
        The phrase.
    start : int
        Where to read from; white space there is skipped, and what such figures are called:
        "coordinates", "GPS", "MGRS", "grid reference", "plus code".

    Returns
    -------
    Fix or None
        The longest position that begins there; None where none does.

    Raises
    ------
    LocalityError
        For what can only be a position and is none: a latitude of 95, 75 minutes, half a position,
        a grid square that does not exist, a short plus code.

    Notes
    -----
    **Order.** Letters (N, S, E, W), words (north) or labels (lat, lon) say which figure is which.
    Without them latitude comes first, unless the first figure is beyond 90.

    **What is a position.** Figures without letters, labels or degree signs need a decimal each
    ("35.3, 40.1"): "35, 40" may be two houses. Beside a figure with three decimals a whole number
    is an error that asks for the zeros. Letters before whole numbers ("E40 N35") are roads as often
    as degrees, so they need a degree sign. Decimal commas are read where a letter, label, degree
    sign or semicolon makes them plain; "35,336, 40,141" is an error. A grid reference that spells a
    date ("1MAR 2021") is none.

    **Radius.** Figures are rounded: the last digit that is written is their step, in degrees,
    minutes or seconds, zeros included. The circle reaches one step in latitude and one in longitude
    from the point, the root of the sum of their squares in metres at that latitude (Wieczorek, Guo
    & Hijmans 2004, "uncertainty due to coordinate precision", and the georeferencing calculator).
    That is twice what rounding to the nearest does, and covers figures that were cut off instead. A
    grid reference or plus code is a cell: its middle and half its diagonal.

    References
    ----------
    Wieczorek J., Guo Q., Hijmans R.J. (2004), The point-radius method for georeferencing locality
    descriptions and calculating associated uncertainty, IJGIS 18(8), 745-767.
    Chapman A.D., Wieczorek J.R. (2020), Georeferencing Best Practices, GBIF.
    National Geospatial-Intelligence Agency (2014), Universal Grids and the Transverse Mercator and
    Polar Stereographic Map Projections, NGA.SIG.0012.
    Google, Open Location Code specification.

    Examples
    --------
    >>> fix = read("near 35.336 N, 40.141 E", 5)
    >>> fix.lat, fix.lon, round(fix.radius_m), fix.text
    (35.336, 40.141, 143, '35.336 N, 40.141 E')
    >>> read("37S FV 03693 10902").system
    'MGRS'
    >>> read("35 Km") is None
    True
    """
    while start < len(text) and text[start].isspace():
        start += 1
    if called := _CALLS.match(text, start):
        start = called.end()
    fixes: list[Fix] = []
    fault: LocalityError | None = None
    for reader in (_lettered, _plain, _compact, grid_reference, plus_code, _half):
        try:
            fix = reader(text, start)
        except LocalityError as error:
            fault = fault or error
        else:
            if fix is not None:
                fixes.append(fix)
    if fixes:
        return max(fixes, key=lambda fix: fix.end)
    if fault is not None:
        raise fault
    return None


_CALLS = re.compile(
    r"(?:(?:gps|wgs[ -]?84|coordinates?|coords?|positions?|mgrs|grid|reference|ref|plus|code)\b"
    r"[.:=]?\s{0,3}){1,4}(?:(?:at|of)\s{1,3})?",
    re.IGNORECASE,
)


# -- degrees --

# Patterns of one angle: "@" stands for a letter that tells the two of a position apart. Blanks and
# digits are counted, so that no text takes long.
_DEGREE = r"(?:\s{0,3}[°º˚⁰]|\s{0,3}deg(?:rees?)?\b\.?|d(?=\s{0,3}\d))"
_MINUTE = r"(?:\s{0,3}['′’‘´`]|\s{0,3}min(?:utes?)?\b\.?|m(?![a-df-mo-rt-vx-z]))"
_SECOND = r"(?:\s{0,3}(?:''|′′|’’|[\"″”“])|\s{0,3}sec(?:onds?)?\b\.?|s(?![a-df-mo-rt-vx-z]))"
_NEXT = r"[\s,]{0,4}(?:and\s{1,3})?"
_BARE = r"[ \t]{1,3}|[:-]"  # between numbers with nothing else to say which is which
_FIGURE = r"\d{1,2}(?:[.,]\d{1,20})?"


def _angle(apart: str) -> str:
    """Write the pattern of one angle, given what may stand between its parts beside the marks."""
    degree, minute = (f"(?:{mark}{_NEXT}{apart})" for mark in (_DEGREE, _MINUTE))
    return (
        r"(?P<@sign>[+\-−‐–]?)(?:"
        rf"(?P<@whole>\d{{1,3}}){degree}(?P<@minute>\d{{1,2}}){minute}"
        rf"(?P<@second>{_FIGURE}){_SECOND}?"
        rf"|(?P<@degree>\d{{1,3}}){degree}(?P<@decimal>{_FIGURE}){_MINUTE}?"
        rf"|(?P<@only>\d{{1,3}}(?:[.,]\d{{1,20}})?)(?P<@mark>{_DEGREE})?)"
    )


_MARKED = _angle("")
_LOOSE = _angle("|" + _BARE)
_LABEL = r"(?:\b(?P<@label>lat|lon|lng)(?:itude|gitude|g)?\b\.?\s{0,3}[:=]?\s{0,3})?"
_LETTER = r"(?P<@letter>north|south|east|west|[nsew](?![^\W\d_]))(?:\s{1,3}l(?:at|ong)itude)?"
_LETTER_FIRST = _LABEL + _LETTER + r"\.?\s{0,3}" + _LOOSE
_LETTER_LAST = _LABEL + _LOOSE + r"\s{0,3}" + _LETTER
_NO_LETTER = _LABEL + _MARKED
_GAP = r"\s{0,3}\.?\s{0,3}[,;/|]\s{0,3}|\s{1,3}and\s{1,3}|\.?\s{1,3}"


def _compiled(*angles: str, gap: str = _GAP) -> re.Pattern[str]:
    named = (angle.replace("@", name) for angle, name in zip(angles, "ab", strict=False))
    return re.compile(f"(?P<gap>{gap})".join(named) + END, re.IGNORECASE)


_BEFORE = _compiled(_LETTER_FIRST, _LETTER_FIRST, gap="|" + _GAP)
_AFTER = _compiled(_LETTER_LAST, _LETTER_LAST, gap="|" + _GAP)
_NONE = _compiled(_NO_LETTER, _NO_LETTER)
_HALVES = tuple(_compiled(half) for half in (_LETTER_LAST, _LETTER_FIRST, _NO_LETTER))
_AFTERWARDS = re.compile(  # what makes of two numbers something else: "12.5, 15.5 km west of"
    r"\s{0,3}(?:[kcm]?m|kms|mi|nmi|yds?|ft|miles?|nautical|feet|foot|yards?|\w*met(?:er|re)s?|[nsew]"
    r"|north|south|east|west|-?years?|percent)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Angle:
    """One half of a position as it was written."""

    value: float
    step: float
    parts: int
    decimals: int
    comma: bool
    marked: bool
    axis: _Axis | None


def _lettered(text: str, start: int) -> Fix | None:
    fixes = []
    for pattern in (_BEFORE, _AFTER):
        if match := pattern.match(text, start):
            halves = [_half_of(match, name, text) for name in "ab"]
            whole = not any(half.decimals or half.marked or half.parts > 1 for half in halves)
            if whole and (pattern is _BEFORE or halves[0].axis == halves[1].axis):
                continue  # the roads E40 and N35; "3 E 5 W"
            fixes.append(_fix(match, halves, text))
    return max(fixes, key=lambda fix: fix.end, default=None)


def _plain(text: str, start: int) -> Fix | None:
    """Read figures without letters: by labels, degree signs or decimals."""
    match = _NONE.match(text, start)
    if match is None or _AFTERWARDS.match(text, match.end()):
        return None
    halves = [_half_of(match, name, text) for name in "ab"]
    gap = match["gap"].strip()
    plain = all(half.axis or half.marked for half in halves)
    if not plain:
        decimals = sorted(half.decimals for half in halves)
        if gap == "and" or not (decimals[0] or (decimals[1] >= _SURE and gap)):
            return None
        if not decimals[0]:
            raise LocalityError(
                "one of these is a whole number: write both with their decimals, zeros too "
                "('35.000, 40.141'), or with letters",
                text,
                *match.span(),
            )
        if any(half.comma for half in halves) and gap not in (";", "/", "|"):
            if not all(half.comma for half in halves):
                return None
            raise LocalityError(
                "these figures can be taken apart in more ways than one; write decimals with a "
                "point, as in '35.336, 40.141'",
                text,
                *match.span(),
            )
    return _fix(match, halves, text)


def _half_of(match: re.Match[str], name: str, text: str) -> _Angle:
    """Work out one angle of a match."""
    parts = match.groupdict()

    def part(key: str) -> str:
        return parts.get(name + key) or ""

    written = [part("whole") or part("degree") or part("only")]
    written += [figure for figure in (part("minute") or part("decimal"), part("second")) if figure]
    degrees = 0.0
    for power, figure in enumerate(written):
        value = float(figure.replace(",", "."))
        if power and value >= 60:  # noqa: PLR2004 -- minutes and seconds
            called = "minutes" if power == 1 else "seconds"
            raise LocalityError(
                f"{value:g} {called} are more than the 59 there can be; check the figures",
                text,
                *match.span(),
            )
        degrees += value / 60**power
    last = written[-1].replace(",", ".")
    decimals = len(last.partition(".")[2])
    letter, label = part("letter")[:1].upper(), part("label").lower()
    axis = _AXIS.get(letter)
    labelled: _Axis | None = ("lat" if label == "lat" else "lon") if label else None
    if axis and labelled and axis != labelled:
        raise LocalityError(
            f"{part('letter')!r} is no {_CALLED[labelled]}; check the letters", text, *match.span()
        )
    sign = part("sign")
    if sign and letter:
        raise LocalityError(
            f"{sign!r} and {part('letter')!r} both say on which side of zero this is; leave one of "
            "them out",
            text,
            *match.span(),
        )
    negative = letter in ("S", "W") if letter else sign not in ("", "+")
    return _Angle(
        value=-degrees if negative else degrees,
        step=10.0**-decimals / 60 ** (len(written) - 1),
        parts=len(written),
        decimals=decimals,
        comma="," in written[-1],
        marked=bool(part("mark")) or len(written) > 1,
        axis=axis or labelled,
    )


def _fix(match: re.Match[str], halves: list[_Angle], text: str) -> Fix:
    first, second = halves
    if first.axis and second.axis == first.axis:
        raise LocalityError(
            f"these are two {_CALLED[first.axis]}s; a position has a latitude and a longitude",
            text,
            *match.span(),
        )
    swapped = first.axis == "lon" or second.axis == "lat"
    plain = first.axis is None and second.axis is None
    if plain:
        swapped = abs(first.value) > _MOST["lat"] >= abs(second.value)
    lat, lon = (second, first) if swapped else (first, second)
    for axis, half in (("lat", lat), ("lon", lon)):
        if abs(half.value) > _MOST[axis]:
            raise LocalityError(
                f"a {_CALLED[axis]} of {half.value:g}° does not exist: it lies between "
                f"-{_MOST[axis]} and {_MOST[axis]}",
                text,
                *match.span(),
            )
    radius = coordinate_rounding_m(lat.value, lat.step, lon.step)
    system = _SYSTEMS[max(lat.parts, lon.parts) - 1]
    if swapped and plain:
        system += ", longitude first, as no latitude is beyond 90"
    return _made(match, lon.value, lat.value, radius, system)


def _made(match: re.Match[str], lon: float, lat: float, radius_m: float, system: str) -> Fix:
    return Fix(match.group(), *match.span(), lon, lat, radius_m, system)


_COMPACT = re.compile(
    r"(\d{2})(\d{2})(\d{2})?([NS])\s{0,3},?\s{0,3}(\d{3})(\d{2})(\d{2})?([EW])" + END,
    re.IGNORECASE,
)


def _compact(text: str, start: int) -> Fix | None:
    """Read "352010N 0400825E", as pilots write it, by spelling it out."""
    match = _COMPACT.match(text, start)
    if match is None or (match[3] is None) != (match[7] is None):
        return None
    first = ":".join(filter(None, match.groups()[:3])) + match[4]
    second = ":".join(filter(None, match.groups()[4:7])) + match[8]
    try:
        fix = _lettered(f"{first} {second}", 0)
    except LocalityError as error:
        raise LocalityError(error.reason, text, *match.span()) from None
    return fix and _made(match, fix.lon, fix.lat, fix.radius_m, fix.system)


def _half(text: str, start: int) -> Fix | None:
    """Refuse one half of a position, if it can be nothing else."""
    for pattern in _HALVES:
        match = pattern.match(text, start)
        if match is None or _AFTERWARDS.match(text, match.end()):
            continue
        half = _half_of(match, "a", text)
        if half.axis and (half.marked or half.decimals >= _HALF or match["alabel"]):
            missing = _CALLED["lon" if half.axis == "lat" else "lat"]
            raise LocalityError(
                f"this is half a position, a {missing} should stand beside it, written in the same "
                "way, as in '35.336 N, 40.141 E'",
                text,
                *match.span(),
            )
    return None

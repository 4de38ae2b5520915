"""How explanations word places, distances, courses and coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.localities.sketches import is_sketch

if TYPE_CHECKING:
    import shapely

    from geoevents.places import Place


def describe(place: Place) -> str:
    """
    Name a place so that a reader can check it.

    Parameters
    ----------
    place : Place
        A place of the gazetteer.

    Returns
    -------
    str
        Its name, kind, province, country, population and source.
    """
    where = ", ".join(str(part) for part in (place.admin1, place.country) if part)
    kind = f"{place.kind}, known only as a point" if is_sketch(place) else place.kind
    kind = f"{kind}, {where}" if where else kind
    counted = place.population and place.kind not in ("river", "lake")
    people = f"; pop. {place.population:,}" if counted else ""
    return f"{place.name} ({kind}{people}; {place.source})"


def km(metres: float) -> str:
    """
    Write a distance for a reader.

    Parameters
    ----------
    metres : float
        The distance.

    Returns
    -------
    str
        In metres below one kilometre, else in kilometres; two figures that count, or more.

    Examples
    --------
    >>> km(8412), km(420), km(25_000)
    ('8.4 km', '420 m', '25 km')
    """
    if metres < 1000:  # noqa: PLR2004 -- a kilometre
        return f"{metres:.0f} m"
    return f"{metres / 1000:.1f} km" if metres < 10_000 else f"{metres / 1000:,.0f} km"  # noqa: PLR2004


def axis(course: float) -> str:
    """
    Name the axis along which a line runs, whichever way: a line as drawn has no flow.

    Parameters
    ----------
    course : float
        Its direction in degrees.

    Returns
    -------
    str
        One of eight axes.

    Examples
    --------
    >>> axis(130), axis(310), axis(68)
    ('northwest-southeast', 'northwest-southeast', 'east-northeast to west-southwest')
    """
    words = (
        *("north-south", "north-northeast to south-southwest", "northeast-southwest"),
        *("east-northeast to west-southwest", "east-west", "west-northwest to east-southeast"),
        *("northwest-southeast", "north-northwest to south-southeast"),
    )
    return words[round(course / 22.5) % 8]


def coordinates(point: shapely.Point) -> str:
    """
    Write a point for a reader.

    Parameters
    ----------
    point : shapely Point
        In lon/lat.

    Returns
    -------
    str
        Latitude and longitude to a thousandth of a degree.

    Examples
    --------
    >>> import shapely
    >>> coordinates(shapely.Point(40.141, -35.336))
    '35.336 S, 40.141 E'
    """
    north, east = "N" if point.y >= 0 else "S", "E" if point.x >= 0 else "W"
    return f"{abs(point.y):.3f} {north}, {abs(point.x):.3f} {east}"

"""
Online geocoders, asked only when ``geocode(..., services=...)`` names them.

They are asked for what the gazetteer does not know, one request a second, through geopy.
"""

import json
import math
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import shapely

from geoevents.errors import GeoeventsError
from geoevents.places.place import Place
from geoevents.places.ranking import distance_km

_DELAY_S: Final = 1.0
#: An online answer comes alone: nothing says how likely another was.
_SCORE: Final = 0.5
_SHAPE_UNCERTAINTY_M: Final = 100.0
_SHAPES: Final = frozenset(
    ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
)
_KINDS: Final = {
    "country": "country",
    "state": "admin1",
    "province": "admin1",
    "region": "region",
    "county": "admin2",
    "district": "admin2",
    "municipality": "admin2",
    "city": "populated place",
    "town": "populated place",
    "village": "populated place",
    "hamlet": "populated place",
    "suburb": "populated place",
    "river": "river",
    "stream": "river",
    "waterway": "river",
    "water": "lake",
    "lake": "lake",
}


def ask(services: Any, names: Sequence[str]) -> list[Place | None]:
    """
    Ask online geocoders, in order, for each name.

    Parameters
    ----------
    services : object, or sequence of objects
        geopy geocoders, such as ``Nominatim(user_agent="my project, me@example.org")``, or
        callables that take a name and return what a geopy geocoder does.
    names : sequence of str
        What to ask for.

    Returns
    -------
    list of Place or None
        The first answer to each name.

    Raises
    ------
    GeoeventsError
        If a service is not a geocoder, or if all fail for a single name.

    Warns
    -----
    GeocoderWarning
        If services failed for some of many names: says how often and why. These stay missing.
    """
    single = isinstance(services, str) or not isinstance(services, Iterable)
    askers = [_asker(service) for service in ([services] if single else services)]
    found: list[Place | None] = []
    failed: list[str] = []
    for name in names:
        place, errors = _first(askers, name)
        found.append(place)
        failed += errors if place is None else []
        if place is None and errors and len(names) == 1:
            raise GeoeventsError("; ".join(errors))
    if failed:
        # One answer that failed must not lose the others.
        warnings.warn(
            f"online geocoders failed {len(failed)} times; these names stay missing. First: "
            f"{failed[0]}",
            GeocoderWarning,
            stacklevel=2,
        )
    return found


class GeocoderWarning(UserWarning):
    """An online geocoder failed for some of many names."""


def _first(
    askers: Sequence[tuple[Callable[[str], Any], str]], name: str
) -> tuple[Place | None, list[str]]:
    """Return the first answer, and what went wrong before it."""
    errors: list[str] = []
    for asker, label in askers:
        try:
            place = _answer(asker, label, name)
        except GeoeventsError as error:
            errors.append(str(error))
            continue
        if place is not None:
            return place, errors
    return None, errors


def _asker(service: Any) -> tuple[Callable[[str], Any], str]:
    if isinstance(service, str):
        known = {"nominatim": "Nominatim", "photon": "Photon"}
        name = known.get(service.lower(), "Nominatim")
        raise GeoeventsError(
            f"services={service!r}: a public geocoder wants to know who asks. Give a geocoder: "
            f"from geopy.geocoders import {name}; "
            f'services={name}(user_agent="your project, your@address")'
        )
    label = type(service).__name__
    geocode = getattr(service, "geocode", None)
    if geocode is None:
        if not callable(service):
            raise GeoeventsError(f"services must be geopy geocoders: {label} has no method geocode")
        return service, getattr(service, "__name__", label)
    from geopy.extra.rate_limiter import RateLimiter  # noqa: PLC0415 -- only when asked for
    from geopy.geocoders import Nominatim  # noqa: PLC0415

    # Without retries it does not log the failures that are told anyway.
    polite = RateLimiter(
        geocode, min_delay_seconds=_DELAY_S, max_retries=0, swallow_exceptions=False
    )
    if isinstance(service, Nominatim):
        return lambda name: polite(name, geometry="geojson", addressdetails=True), label
    return polite, label


def _answer(asker: Callable[[str], Any], label: str, name: str) -> Place | None:
    try:
        location = asker(name)
    except Exception as error:  # whatever a service of the user's raises
        why = str(error) or type(error).__name__
        raise GeoeventsError(f"{label} failed when asked for {name!r:.80}: {why}") from error
    if location is None:
        return None
    try:
        lon, lat = float(location.longitude), float(location.latitude)
    except (AttributeError, TypeError, ValueError) as error:
        raise GeoeventsError(
            f"{label} gave no place for {name!r:.80} but {location!r:.80}: an answer must be None "
            "or have longitude and latitude, as geopy's do"
        ) from error
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 -- degrees
        raise GeoeventsError(f"{label} gave no coordinates for {name!r:.80}: {lon}, {lat}")
    raw = location.raw if isinstance(getattr(location, "raw", None), Mapping) else {}
    point = shapely.Point(lon, lat)
    geometry = _geometry(raw, point)
    address = raw.get("address")
    country = address.get("country_code") if isinstance(address, Mapping) else None
    title = raw.get("name") or str(getattr(location, "address", name)).split(",")[0]
    return Place(
        id=f"{label.lower()}:{raw.get('osm_type', '')}{raw.get('osm_id', name)}",
        name=str(title),
        kind=_kind(raw, geometry),
        country=str(country).upper() if country else None,
        admin1=address.get("state") if isinstance(address, Mapping) else None,
        population=0,
        geometry=geometry,
        point=point,
        uncertainty_m=_uncertainty(raw, geometry),
        score=_SCORE,
        source=label,
    )


def _geometry(raw: Mapping[str, Any], point: shapely.Point) -> shapely.Geometry:
    shape = raw.get("geojson")
    if not isinstance(shape, Mapping):
        return point
    try:
        geometry = shapely.from_geojson(json.dumps(shape), on_invalid="ignore")
    except (TypeError, ValueError):
        geometry = None
    if geometry is None or geometry.is_empty:
        return point
    valid = shapely.make_valid(geometry)
    box = shapely.bounds(valid)
    on_earth = (abs(box) <= [180, 90, 180, 90]).all()
    # What was an area must still be one.
    whole = shapely.get_dimensions(valid) == shapely.get_dimensions(geometry)
    return valid if on_earth and whole and valid.geom_type in _SHAPES else point


def _kind(raw: Mapping[str, Any], geometry: shapely.Geometry) -> str:
    for key in ("addresstype", "type", "class"):
        word = raw.get(key)
        if isinstance(word, str) and word in _KINDS:
            return _KINDS[word]
    return "facility" if geometry.geom_type == "Point" else "region"


def _uncertainty(raw: Mapping[str, Any], geometry: shapely.Geometry) -> float:
    if geometry.geom_type != "Point":
        return _SHAPE_UNCERTAINTY_M
    try:
        south, north, west, east = (float(value) for value in raw["boundingbox"])
    except (KeyError, TypeError, ValueError):
        return math.nan
    if not all(map(math.isfinite, (south, north, west, east))):
        return math.nan
    corner = shapely.get_coordinates(shapely.Point(west, south))
    diagonal = distance_km(corner[:, 0], corner[:, 1], east, north)
    return float(diagonal[0]) * 500.0

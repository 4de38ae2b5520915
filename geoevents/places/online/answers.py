"""What a geocoder answers, as places; and places as JSON, to keep them."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import shapely

from geoevents.errors import shown
from geoevents.places.place import Place
from geoevents.places.ranking import distance_km
from geoevents.places.store import KINDS

#: An online answer comes alone: nothing says how likely another was.
SCORE: Final = 0.5
_SHAPE_UNCERTAINTY_M: Final = 100.0
_MOST: Final = 100
_LONGEST: Final = 500
_EARTH: Final = (180.0, 90.0, 180.0, 90.0)
_SHAPES: Final = frozenset(
    ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
)
_TOWNS: Final = (
    "city", "town", "village", "hamlet", "suburb", "quarter", "neighbourhood", "borough",
    "isolated_dwelling", "city_district", "residential",
)  # fmt: skip
_KINDS: Final = {
    "country": "country",
    "state": "admin1",
    "province": "admin1",
    "governorate": "admin1",
    "region": "region",
    "county": "admin2",
    "district": "admin2",
    "state_district": "admin2",
    "municipality": "admin2",
    **dict.fromkeys(_TOWNS, "populated place"),
    "river": "river",
    "stream": "river",
    "canal": "river",
    "wadi": "river",
    "waterway": "river",
    "water": "lake",
    "lake": "lake",
    "reservoir": "lake",
    "lagoon": "lake",
}
#: GeoNames' feature codes, the longest that fits first, then their classes.
_CODES: Final = {
    "PCL": "country", "ADM1": "admin1", "ADM2": "admin2", "RGN": "region", "STM": "river",
    "WAD": "river", "CNL": "river", "LK": "lake", "RSV": "lake",
}  # fmt: skip
_CLASSES: Final = {"P": "populated place", "A": "region", "L": "region", "S": "facility"}


class OddAnswerError(ValueError):
    """An answer that is no place."""


def places_of(answer: Any, label: str, name: str) -> list[Place]:
    """
    Read an answer.

    Parameters
    ----------
    answer : object
        What a geocoder of geopy returns, or one like it: a location, several, or None.
    label : str
        Who gave it.
    name : str
        What was asked for.

    Returns
    -------
    list of Place
        The likeliest first; none if the name is unknown.

    Raises
    ------
    OddAnswerError
        If not one of the answers is a place.
    """
    if answer is None:
        return []
    # A location is a sequence too, of two.
    several = isinstance(answer, list | tuple) and not hasattr(answer, "latitude")
    places: list[Place] = []
    odd: OddAnswerError | None = None
    for one in list(answer)[:_MOST] if several else [answer]:
        try:
            places.append(_place(one, label, name))
        except OddAnswerError as error:
            odd = odd or error
    if odd is not None and not places:
        raise odd
    return places


def dumped(places: Sequence[Place]) -> str:
    """
    Write places as JSON.

    Parameters
    ----------
    places : sequence of Place
        The places.

    Returns
    -------
    str
        A list of objects, the geometry as well-known binary in hexadecimal digits.
    """
    return json.dumps(
        [
            {
                "id": place.id,
                "name": place.name,
                "kind": place.kind,
                "country": place.country,
                "admin1": place.admin1,
                "geometry": shapely.to_wkb(place.geometry, hex=True),
                "point": [place.point.x, place.point.y],
                "uncertainty_m": None if math.isnan(place.uncertainty_m) else place.uncertainty_m,
                "source": place.source,
            }
            for place in places
        ],
        ensure_ascii=False,
        allow_nan=False,
    )


def loaded(text: str) -> list[Place]:
    """
    Read places from JSON.

    Parameters
    ----------
    text : str
        What `dumped` wrote.

    Returns
    -------
    list of Place
        The places.

    Raises
    ------
    ValueError
        If it is something else.
    """
    try:
        return [_revived(fields) for fields in json.loads(text)]
    except (TypeError, KeyError, AttributeError, RecursionError, shapely.errors.ShapelyError) as e:
        raise ValueError(str(e)) from e


def _revived(fields: Mapping[str, Any]) -> Place:
    lon, lat = (float(value) for value in fields["point"])
    uncertainty = fields["uncertainty_m"]
    geometry = shapely.from_wkb(fields["geometry"])
    words = [fields[name] for name in ("id", "name", "kind", "source")]
    optional = [fields[name] for name in ("country", "admin1")]
    if not (
        all(isinstance(word, str) for word in words)
        and all(word is None or isinstance(word, str) for word in optional)
        and fields["kind"] in KINDS
        and _on_earth(geometry)
        and _on_earth(shapely.Point(lon, lat))
    ):
        raise ValueError("no place")
    return Place(
        id=fields["id"],
        name=fields["name"],
        kind=fields["kind"],
        country=fields["country"],
        admin1=fields["admin1"],
        population=0,
        geometry=geometry,
        point=shapely.Point(lon, lat),
        uncertainty_m=math.nan if uncertainty is None else float(uncertainty),
        score=SCORE,
        source=fields["source"],
    )


# ---------------------------------------------------------------------- one answer


def _place(location: Any, label: str, name: str) -> Place:
    try:
        lon, lat = float(location.longitude), float(location.latitude)
    except (AttributeError, TypeError, ValueError) as error:
        raise OddAnswerError(
            f"gave no place but {shown(location, 80)}: an answer must be None or have longitude "
            "and latitude, as geopy's do"
        ) from error
    raw = getattr(location, "raw", None)
    raw = raw if isinstance(raw, Mapping) else {}
    said = _said(raw)
    if not _on_earth(shapely.Point(lon, lat)) or (said is not None and not _in_range(said)):
        # geopy turns 999 degrees into -81.
        raise OddAnswerError(f"gave no coordinates on earth: {shown(said or (lon, lat), 80)}")
    point = shapely.Point(lon, lat)
    about = _about(raw)
    geometry = _geometry(raw, point)
    title = _text(about.get("name")) or _text(getattr(location, "address", "")).split(",")[0]
    return Place(
        id=f"{label.lower()}:{_number(about, name)}",
        name=title.strip() or name,
        kind=_kind(about, geometry),
        country=_country(about),
        admin1=_text(about.get("state")) or _text(about.get("adminName1")) or None,
        population=0,
        geometry=geometry,
        point=point,
        uncertainty_m=_uncertainty(raw, geometry),
        score=SCORE,
        source=label,
    )


def _about(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Bring together what Nominatim keeps under "address" and Photon under "properties"."""
    about: dict[str, Any] = {}
    for inner in (raw.get("address"), raw.get("properties")):
        if isinstance(inner, Mapping):
            about |= inner
    # Photon's answer is a GeoJSON feature: its own "type" says nothing of the place.
    feature = isinstance(raw.get("properties"), Mapping)
    return about | {key: value for key, value in raw.items() if not feature or key != "type"}


def _number(about: Mapping[str, Any], name: str) -> str:
    number = about.get("osm_id", about.get("geonameId"))
    if isinstance(number, int | str) and not isinstance(number, bool):
        return f"{_text(about.get('osm_type'))}{_text(str(number))}"
    return name


def _country(about: Mapping[str, Any]) -> str | None:
    for key in ("country_code", "countrycode", "countryCode"):
        code = _text(about.get(key)).strip().upper()
        if len(code) == 2 and code.isascii() and code.isalpha():  # noqa: PLR2004 -- ISO 3166
            return code
    return None


def _said(raw: Mapping[str, Any]) -> tuple[Any, Any] | None:
    shape = raw.get("geometry")
    if isinstance(shape, Mapping) and shape.get("type") == "Point":
        inner = shape.get("coordinates")
        if isinstance(inner, list) and len(inner) > 1:
            return inner[0], inner[1]
    for key in ("lon", "lng"):
        if key in raw and "lat" in raw:
            return raw[key], raw["lat"]
    return None


def _in_range(said: tuple[Any, Any]) -> bool:
    try:
        return _on_earth(shapely.Point(float(said[0]), float(said[1])))
    except (TypeError, ValueError):
        return False


def _on_earth(geometry: Any) -> bool:
    if geometry is None or geometry.is_empty or geometry.geom_type not in _SHAPES:
        return False
    numbers = shapely.get_coordinates(geometry)
    return bool((abs(numbers) <= _EARTH[:2]).all())  # NaN is not


def _text(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    # A file cannot hold half a character.
    return value[:_LONGEST].encode(errors="replace").decode()


def _geometry(raw: Mapping[str, Any], point: shapely.Point) -> shapely.Geometry:
    shape = raw.get("geojson")
    if not isinstance(shape, Mapping):
        return point
    try:
        geometry = shapely.from_geojson(json.dumps(shape), on_invalid="ignore")
        if geometry is None or geometry.is_empty or not _on_earth(geometry):
            return point
        geometry = shapely.force_2d(geometry)
        valid = shapely.make_valid(geometry)
    except (TypeError, ValueError, RecursionError, shapely.errors.ShapelyError):
        return point
    # What was an area must still be one.
    whole = shapely.get_dimensions(valid) == shapely.get_dimensions(geometry)
    return valid if whole and valid.geom_type in _SHAPES else point


def _kind(about: Mapping[str, Any], geometry: shapely.Geometry) -> str:
    for key in ("addresstype", "osm_value", "type", "class", "osm_key"):
        word = about.get(key)
        if isinstance(word, str) and word in _KINDS:
            return _KINDS[word]
    code = _text(about.get("fcode"))
    for start, kind in _CODES.items():
        if code.startswith(start):
            return kind
    kind = _CLASSES.get(_text(about.get("fcl")), "")
    return kind or ("facility" if geometry.geom_type == "Point" else "region")


def _uncertainty(raw: Mapping[str, Any], geometry: shapely.Geometry) -> float:
    if geometry.geom_type != "Point":
        return _SHAPE_UNCERTAINTY_M
    box = _box(raw)
    if box is None:
        return math.nan
    south, north, west, east = box
    corner = shapely.get_coordinates(shapely.Point(west, south))
    diagonal = distance_km(corner[:, 0], corner[:, 1], east, north)
    return float(diagonal[0]) * 500.0


def _box(raw: Mapping[str, Any]) -> tuple[float, float, float, float] | None:
    try:
        if "boundingbox" in raw:  # Nominatim
            south, north, west, east = (float(value) for value in raw["boundingbox"])
        else:  # Photon
            west, north, east, south = (float(value) for value in raw["properties"]["extent"])
    except (KeyError, TypeError, ValueError):
        return None
    fine = abs(south) <= 90 and abs(north) <= 90 and abs(west) <= 180 and abs(east) <= 180  # noqa: PLR2004
    return (south, north, west, east) if fine else None

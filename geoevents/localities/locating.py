"""``locate``: a phrase, or a column of phrases, becomes regions that say how they were made."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

import shapely

from geoevents.geodesy import area, length
from geoevents.localities import relations
from geoevents.localities.composing import Composer
from geoevents.localities.fitting import Fitted, with_area
from geoevents.localities.grammar import parse
from geoevents.localities.resolving import Names
from geoevents.localities.tree import LocalityError, names
from geoevents.localities.uncertainty import Neighbourhood, covering_radius_m
from geoevents.localities.wording import coordinates, km
from geoevents.localities.words import precision
from geoevents.places import PlaceNotFound, geocode

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.composing import Ground
    from geoevents.localities.tree import Tree
    from geoevents.places import Gazetteer, Place

_POLYGON = 2
_LARGEST_KM2 = 1e8  # a fifth of the earth


@dataclass(frozen=True)
class Locality:
    """
    Where a phrase says something is.

    Parameters
    ----------
    text : str
        The phrase.
    geometry : shapely geometry
        The region, in lon/lat; for a bare place the place's own geometry.
    point : shapely Point
        The most plausible point; it lies in the region.
    uncertainty_m : float
        Radius about the point that holds the region, and the error of a river's or border's line.
    places : tuple of Place
        The places that the phrase names, in its order.
    relation : str
        The relations that were read, joined by "+": place, in, near, outside, along, side,
        direction, part, distance, within, corridor.
    inferred : bool
        Whether a rule of this library drew the outline; False for a gazetteer's own geometry.
    area_km2 : float
        Geodesic area of the region; 0 for a point or a line.
    area_low_km2, area_high_km2 : float
        Its range: from how finely a reported area was stated, else from the uncertainty of the
        places that the region was made from. NaN for a point or a line.
    tree : Name, Relation or Group
        What was read; printing it shows the nesting.
    explanation : str
        What `explain` returns.
    """

    text: str
    geometry: BaseGeometry
    point: shapely.Point
    uncertainty_m: float
    places: tuple[Place, ...]
    relation: str
    inferred: bool
    area_km2: float
    area_low_km2: float
    area_high_km2: float
    tree: Tree = field(repr=False)
    explanation: str = field(repr=False)

    def explain(self) -> str:
        """
        Say what was read, which places it means, how the region was made and how sure it is.

        Returns
        -------
        str
            One to three plain sentences.
        """
        return self.explanation


@overload
def locate(
    text: str,
    *,
    area_km2: float | None = None,
    country: str | None = None,
    gazetteer: Gazetteer | None = None,
    near: Place | BaseGeometry | str | None = None,
    neighbourhood: Neighbourhood | None = None,
) -> Locality: ...
@overload
def locate(
    text: Sequence[Any] | pd.Series[Any],
    *,
    area_km2: Any = None,
    country: Any = None,
    gazetteer: Gazetteer | None = None,
    near: Any = None,
    neighbourhood: Neighbourhood | None = None,
) -> gpd.GeoDataFrame: ...
def locate(
    text: str | Sequence[Any] | pd.Series[Any],
    *,
    area_km2: Any = None,
    country: Any = None,
    gazetteer: Gazetteer | None = None,
    near: Any = None,
    neighbourhood: Neighbourhood | None = None,
) -> Locality | gpd.GeoDataFrame:
    """
    Turn a phrase that says where into a region with its uncertainty.

    Parameters
    ----------
    text : str, list or Series
        A phrase such as ``"east of the Euphrates River, near Deir Ezzor"``, or many.
    area_km2 : float or Series, optional
        A reported area: the region is widened or narrowed to exactly that geodesic area.
    country : str or Series, optional
        Country of the places, as `geocode` takes it.
    gazetteer : Gazetteer, optional
        Where to look names up; the embedded one if not given.
    near : Place, shapely geometry, str, or Series of these, optional
        What else is known about where it is: it decides among namesakes, and which stretch of a
        river a reported area lies on.
    neighbourhood : Neighbourhood, optional
        Other rules for how far "near", "along" and the like reach.

    Returns
    -------
    Locality or geopandas.GeoDataFrame
        A Locality for one phrase. For many, a frame on the same index with the columns text,
        relation, place_ids, inferred, area_km2, area_low_km2, area_high_km2, uncertainty_m,
        explanation, problem and geometry; a phrase that cannot be read has a missing geometry and
        the reason in ``problem``.

    Raises
    ------
    LocalityError
        For one phrase that cannot be read, names no known place or describes no ground. It
        underlines the part that it is about.

    Examples
    --------
    >>> import geoevents as ge
    >>> strike = ge.locate("east of the Euphrates River, near the city of Deir Ezzor")
    >>> strike.relation
    'near+side'
    >>> from shapely import Point
    >>> strike.geometry.contains(Point(40.20, 35.36))  # the east bank
    True
    >>> strike.geometry.contains(Point(40.141, 35.336))  # the city centre is on the west bank
    False
    """

    def one(phrase: str, size: Any, land: Any, beside: Any) -> Locality:
        anchor = _anchor(beside, land, gazetteer)
        found = Names(phrase, land, gazetteer, anchor)
        return _locate(found, size, neighbourhood or Neighbourhood())

    if isinstance(text, str):
        return one(text, area_km2, country, near)
    from geoevents.localities.frames import locate_many  # noqa: PLC0415 -- only frames need pandas

    return locate_many(one, text, area_km2, country, near)


def _anchor(
    near: Place | BaseGeometry | str | None, country: str | None, gazetteer: Gazetteer | None
) -> Place | BaseGeometry | None:
    if not isinstance(near, str):
        return near
    try:
        return geocode(near, country=country, gazetteer=gazetteer)
    except PlaceNotFound as error:
        raise LocalityError(f"near={near!r}: {error}") from error


def _locate(found: Names, area_km2: float | None, rules: Neighbourhood) -> Locality:
    if area_km2 is not None and not 0 < area_km2 < _LARGEST_KM2:
        raise LocalityError(f"area_km2 is {area_km2!r}: it must be a number above 0")
    tree = parse(found.text, found.is_name)
    found.resolve(tree)
    composer = Composer(found.text, found.places, rules)
    if area_km2 is None:
        fitted = Fitted(composer.ground(tree))
    else:
        fitted = with_area(composer, tree, area_km2, found.near)
    places = {found.places[name].id: found.places[name] for name in names(tree)}
    return _locality(found.text, tree, tuple(places.values()), fitted)


def _locality(text: str, tree: Tree, places: tuple[Place, ...], fitted: Fitted) -> Locality:
    ground, reported_km2 = fitted.ground, fitted.reported_km2
    region = ground.geometry
    solid = shapely.get_dimensions(region) == _POLYGON
    point = _point(ground)
    lines = [p.uncertainty_m for p in places if shapely.get_dimensions(p.geometry) > 0]
    error = max(lines, default=0.0)
    if region.geom_type == "Point":
        radius = max(float(place.uncertainty_m) for place in places)
    else:
        radius = covering_radius_m(point, region) + error
    size = float(area(region)) if solid else 0.0
    low = high = math.nan
    if reported_km2 is not None:
        slack = precision(f"{reported_km2:.10f}") / 2
        low, high = max(reported_km2 - slack, 0.0), reported_km2 + slack
    elif solid:
        shift = max((float(place.uncertainty_m) for place in places), default=0.0)
        low, high = _area_range(region, size, shift)
    explanation = f"Read as: {ground.said}.{fitted.note}"
    if ground.inferred:
        explanation += (
            f" The outline is inferred from the words; all of it is within {km(radius)} of "
            f"{coordinates(point)}."
        )
    else:
        explanation += f" Uncertainty {km(radius)} about {coordinates(point)}."
    doubtful = [place for place in places if place.ambiguous]
    if doubtful:
        explanation += " " + "; ".join(
            f"{place.name} was chosen among {len(place.alternatives) + 1} places of that name"
            for place in doubtful
        )
        explanation += "."
    return Locality(
        text,
        region,
        point,
        radius,
        places,
        "+".join(dict.fromkeys(ground.relations)),
        ground.inferred,
        size,
        low,
        high,
        tree,
        explanation,
    )


def _point(ground: Ground) -> shapely.Point:
    """Most plausible point of a region: the relation's own, the middle, or one well inside."""
    region = ground.geometry
    if ground.point is not None and shapely.intersects(region, ground.point):
        return ground.point
    if shapely.get_dimensions(region) == 1:
        return shapely.line_interpolate_point(relations.stem(region), 0.5, normalized=True)
    middle = shapely.centroid(region)
    return middle if shapely.intersects(region, middle) else shapely.point_on_surface(region)


def _area_range(region: BaseGeometry, size: float, shift_m: float) -> tuple[float, float]:
    """Area with the outline moved in and out by a distance (Steiner's formula)."""
    edge = float(length(shapely.boundary(region))) * shift_m / 1000
    corners = math.pi * (shift_m / 1000) ** 2
    low = size - edge + corners if edge < 2 * size else 0.0
    return max(low, 0.0), size + edge + corners

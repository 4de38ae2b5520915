"""``locate``: a phrase, or a column of phrases, becomes regions that say how they were made."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from numbers import Real
from typing import TYPE_CHECKING, Any, overload

import shapely
from shapely.geometry.base import BaseGeometry

from geoevents.geodesy import area, length
from geoevents.localities.composing import Composer
from geoevents.localities.fitting import Fitted, with_area
from geoevents.localities.naming.resolving import Names
from geoevents.localities.reading.grammar import parse
from geoevents.localities.reading.words import precision
from geoevents.localities.shapes.plane import inner_point
from geoevents.localities.shapes.stems import stem
from geoevents.localities.tree import LocalityError, names
from geoevents.localities.uncertainty import Neighbourhood, covering_radius_m
from geoevents.localities.wording import coordinates, km
from geoevents.places import Gazetteer, Place, PlaceNotFound, geocode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd
    import pandas as pd

    from geoevents.localities.ground import Ground
    from geoevents.localities.tree import Tree
    from geoevents.places.geocoding import Countries

_POLYGON = 2
_LARGEST_KM2 = 1e8  # a fifth of the earth
_LEAST_KM2 = 1e-4  # a house


@dataclass(frozen=True)
class Locality:
    """
    Where a phrase says something is.

    Parameters
    ----------
    text : str
        The phrase.
    geometry : shapely Polygon or MultiPolygon
        The region, in lon/lat, valid and never empty. A town is the disc of its extent, a river
        the band that its line may be off by, a province its own outline.
    point : shapely Point
        The most plausible point; it lies in the region.
    uncertainty_m : float
        Radius in metres about the point that holds the region, and the error of a river's or
        border's line.
    places : tuple of Place
        The places that the phrase names, in its order.
    relation : Name, Fix, Relation or Group
        What was read, as a tree; printing it shows the nesting.
    relations : tuple of str
        The words for what shaped the region: place, in, near, outside, along, side, direction,
        part, distance, within, corridor, between, border and so on.
    feature : Place or None
        The place, where the phrase just names one ("Raqqa", "in Raqqa, Syria"): its geometry is
        the gazetteer's own, such as a town's point. None where a relation made the region.
    inferred : bool
        Whether a rule of this library drew the outline; False for a gazetteer's own geometry.
    area_km2 : float
        Geodesic area of the region; 0 for a point or a line.
    area_low_km2, area_high_km2 : float
        Its range: from how finely a reported area was stated, else from the uncertainty of the
        places that the region was made from. NaN for a point or a line.
    explanation : str
        What `explain` returns.
    """

    text: str
    geometry: BaseGeometry
    point: shapely.Point
    uncertainty_m: float
    places: tuple[Place, ...]
    relation: Tree = field(repr=False)
    relations: tuple[str, ...]
    feature: Place | None
    inferred: bool
    area_km2: float
    area_low_km2: float
    area_high_km2: float
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

    def to_frame(self) -> gpd.GeoDataFrame:
        """
        Give the locality as a frame of one row, with the columns that `locate` gives of many.

        Returns
        -------
        geopandas.GeoDataFrame
            To write to a file, or to put beside others.
        """
        from geoevents.localities.frames import frame_of, record  # noqa: PLC0415 -- needs pandas

        return frame_of([record(self)])

    def _repr_html_(self) -> str:
        """Show the region on a small map, in a notebook."""
        from geoevents.localities.pictures.picture import html  # noqa: PLC0415 -- only notebooks need it

        return html(self)


@overload
def locate(
    text: str,
    *,
    area_km2: float | None = None,
    country: Countries | None = None,
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
    country : str, sequence of str, or Series, optional
        Only places of this country or these, as `geocode` takes it. Beside many phrases a list or
        Series gives the country of each.
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
        relation, place_ids, feature_id, inferred, area_km2, area_low_km2, area_high_km2,
        uncertainty_m, explanation, problem and geometry; a phrase that cannot be read has a missing
        geometry and the reason in ``problem``.

    Raises
    ------
    LocalityError
        For one phrase that cannot be read, names no known place or describes no ground. It
        underlines the part that it is about.

    Examples
    --------
    >>> import geoevents as ge
    >>> strike = ge.locate("east of the Euphrates River, near the city of Deir Ezzor")
    >>> strike.relations
    ('near', 'side')
    >>> from shapely import Point
    >>> strike.geometry.contains(Point(40.20, 35.36))  # the east bank
    True
    >>> strike.geometry.contains(Point(40.141, 35.336))  # the city centre is on the west bank
    False
    """
    rules = _checked(neighbourhood)
    one = _locator(gazetteer, rules)
    if gazetteer is not None and not isinstance(gazetteer, Gazetteer):
        raise LocalityError(
            f"gazetteer is a {type(gazetteer).__name__}: give a Gazetteer, such as "
            "Gazetteer.from_frame(frame) + Gazetteer.default()"
        )
    if isinstance(text, str):
        return one(text, area_km2, country, near)
    _check_phrases(text)
    if area_km2 is not None and (isinstance(area_km2, str) or not isinstance(area_km2, Iterable)):
        _check_area(area_km2)
    from geoevents.localities.frames import locate_many  # noqa: PLC0415 -- only frames need pandas

    return locate_many(one, text, area_km2, country, near)


def locate_known(
    phrases: pd.Series[Any],
    known: Sequence[Mapping[str, Place]],
    *,
    area_km2: Any = None,
    country: Any = None,
    gazetteer: Gazetteer | None = None,
    near: Any = None,
) -> gpd.GeoDataFrame:
    """
    Locate phrases some of whose names are known already.

    Parameters
    ----------
    phrases : Series
        The phrases.
    known : sequence of mapping of str to Place
        For each phrase the places that names in it mean, by the name.
    area_km2, country, gazetteer, near
        As of `locate`.

    Returns
    -------
    geopandas.GeoDataFrame
        As of `locate`.
    """
    from geoevents.localities.frames import locate_many  # noqa: PLC0415 -- only frames need pandas

    one = _locator(gazetteer, Neighbourhood())
    return locate_many(one, phrases, area_km2, country, near, known=known)


def _locator(gazetteer: Gazetteer | None, rules: Neighbourhood) -> Callable[..., Locality]:
    """Make what locates one phrase."""

    def one(
        phrase: str,
        size: Any,
        land: Any,
        beside: Any,
        known: Mapping[str, Place] | None = None,
    ) -> Locality:
        anchor = _anchor(beside, land, gazetteer)
        return _locate(Names(phrase, land, gazetteer, anchor, known), size, rules)

    return one


def _checked(rules: Neighbourhood | None) -> Neighbourhood:
    if rules is None:
        return Neighbourhood()
    if not isinstance(rules, Neighbourhood):
        raise LocalityError(
            f"neighbourhood is a {type(rules).__name__}: give a Neighbourhood, such as "
            "Neighbourhood(near=2.0)"
        )
    for rule in fields(rules):
        value = getattr(rules, rule.name)
        number = isinstance(value, Real) and not isinstance(value, bool)
        if not number or not 0 <= float(value) < math.inf:
            raise LocalityError(
                f"neighbourhood.{rule.name} is {value!r}: it must be a number from 0 up"
            )
    return rules


def _anchor(
    near: Place | BaseGeometry | str | None,
    country: Countries | None,
    gazetteer: Gazetteer | None,
) -> Place | BaseGeometry | None:
    if near is None or isinstance(near, Place):
        return near
    if isinstance(near, BaseGeometry):
        if near.is_empty:
            raise LocalityError("near is an empty geometry: give one with a position, or none")
        return near
    if not isinstance(near, str):
        raise LocalityError(
            f"near is a {type(near).__name__}: give a Place, a shapely geometry or a place name"
        )
    try:
        return geocode(near, country=country, gazetteer=gazetteer)
    except PlaceNotFound as error:
        raise LocalityError(f"near={near!r}: {error}") from error


def _locate(found: Names, area_km2: float | None, rules: Neighbourhood) -> Locality:
    if area_km2 is not None:
        _check_area(area_km2)
    tree = parse(found.text, found.is_name)
    found.resolve(tree)
    composer = Composer(found, rules)
    try:
        if area_km2 is None:
            fitted = Fitted(composer.ground(tree))
        else:
            fitted = with_area(composer, tree, area_km2, found.near)
        return _locality(found, tree, fitted)
    except shapely.errors.GEOSException as error:  # outlines too entangled for exact overlay
        raise LocalityError(
            f"the ground of this phrase cannot be worked out ({error}); use a simpler outline",
            found.text,
            0,
            len(found.text),
        ) from error


def _check_phrases(text: Any) -> None:
    if hasattr(text, "columns"):
        raise LocalityError(
            f"a {type(text).__name__} holds more than phrases: give its column, as in "
            "locate(frame['locality'])"
        )
    if not isinstance(text, Iterable) or isinstance(text, bytes | Mapping):
        raise LocalityError(
            f"a locality is text: got {type(text).__name__} {text!r:.80}; give a phrase, or a list "
            "or Series of phrases"
        )


def _check_area(area_km2: Any) -> None:
    number = isinstance(area_km2, Real) and not isinstance(area_km2, bool)
    if not number or not _LEAST_KM2 <= area_km2 <= _LARGEST_KM2:
        raise LocalityError(
            f"area_km2 is {area_km2!r}: it must be a number from {_LEAST_KM2:.4f} (100 square "
            f"metres) to {_LARGEST_KM2:,.0f}, in square kilometres, or None where none was reported"
        )


def _locality(found: Names, tree: Tree, fitted: Fitted) -> Locality:
    ground, region = fitted.ground, fitted.ground.geometry
    places = {found.places[name].id: found.places[name] for name in names(tree)}
    point = _point(ground)
    # A town's uncertainty is its extent, which the rules have used; a line's is its own error.
    error = max(
        (
            float(place.uncertainty_m)
            for place in ground.made_of
            if not ground.inferred or shapely.get_dimensions(place.geometry) > 0
        ),
        default=0.0,
    )
    radius = covering_radius_m(point, fitted.anywhere or region) + error
    size, low, high = _size(fitted)
    about = f"{km(radius)} of {coordinates(point)}"
    feature = _feature(fitted)
    if feature is not None and shapely.get_dimensions(feature.geometry) == 0:
        drawn = "The disc stands for its extent, which is not surveyed"
    elif ground.inferred:
        drawn = "The outline is inferred from the words"
    else:
        drawn = "As in the gazetteer"
    lies = "the ground may lie anywhere" if fitted.anywhere else "all of it is"
    sentences = [
        f"Read as: {ground.said}.",
        fitted.note,
        f"{drawn}; {lies} within {about}.",
        *(
            f"{place.name} was chosen among {len(place.alternatives) + 1} places of that name."
            for place in places.values()
            if place.ambiguous and place.alternatives
        ),
        *found.remarks,
        *(
            f"{name.text!r} was taken for {found.places[name].name}, {why}."
            for name, why in found.loose()
        ),
    ]
    return Locality(
        text=found.text,
        geometry=region,
        point=point,
        uncertainty_m=radius,
        places=tuple(places.values()),
        relation=tree,
        relations=tuple(dict.fromkeys(ground.relations)),
        feature=feature,
        inferred=ground.inferred,
        area_km2=size,
        area_low_km2=low,
        area_high_km2=high,
        explanation=" ".join(filter(None, sentences)),
    )


def _feature(fitted: Fitted) -> Place | None:
    """Return the one place that a phrase names and says no more about."""
    ground = fitted.ground
    plain = set(ground.relations) <= {"place", "in"} and fitted.reported_km2 is None
    return ground.made_of[0] if plain and len(ground.made_of) == 1 else None


def _size(fitted: Fitted) -> tuple[float, float, float]:
    """Area of the region and its range."""
    region = fitted.ground.geometry
    if shapely.get_dimensions(region) < _POLYGON:
        return 0.0, math.nan, math.nan
    size = float(area(region))
    if fitted.reported_km2 is not None:
        slack = precision(f"{fitted.reported_km2:.10f}".rstrip("0")) / 2
        return size, max(fitted.reported_km2 - slack, 0.0), fitted.reported_km2 + slack
    shift = max((float(place.uncertainty_m) for place in fitted.ground.made_of), default=0.0)
    return size, *_area_range(region, size, shift)


def _point(ground: Ground) -> shapely.Point:
    """Most plausible point of a region: the relation's own, the middle, or one well inside."""
    region = ground.geometry
    if ground.point is not None and shapely.intersects(region, ground.point):
        return ground.point
    if shapely.get_dimensions(region) == 1:
        return shapely.line_interpolate_point(stem(region), 0.5, normalized=True)
    return inner_point(region)


def _area_range(region: BaseGeometry, size: float, shift_m: float) -> tuple[float, float]:
    """Area with the outline moved in and out by a distance (Steiner's formula)."""
    edge = float(length(shapely.boundary(region))) * shift_m / 1000
    corners = math.pi * (shift_m / 1000) ** 2
    low = size - edge + corners if edge < 2 * size else 0.0
    return max(low, 0.0), size + edge + corners

"""``locate``: a phrase, or a column of phrases, becomes regions that say how they were made."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields
from numbers import Real
from typing import TYPE_CHECKING, Any, overload

import shapely
from shapely.geometry.base import BaseGeometry

from geoevents.errors import shown
from geoevents.localities.composing import Composer
from geoevents.localities.describing import Composed, described, entangled
from geoevents.localities.fitting import Fitted, with_area
from geoevents.localities.locality import Locality
from geoevents.localities.naming.names import Names
from geoevents.localities.naming.resolving import resolve
from geoevents.localities.reading.grammar import parse
from geoevents.localities.shapes.plane import inner_point
from geoevents.localities.shapes.stems import stem
from geoevents.localities.tree import LocalityError
from geoevents.localities.uncertainty import Neighbourhood
from geoevents.places import Gazetteer, Place, PlaceNotFound, geocode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd
    import pandas as pd

    from geoevents.localities.ground import Ground
    from geoevents.places.geocoding import Countries

_LARGEST_KM2 = 1e8  # a fifth of the earth
_LEAST_KM2 = 1e-4  # a house


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
    compose = _composer(gazetteer, rules)
    if gazetteer is not None and not isinstance(gazetteer, Gazetteer):
        raise LocalityError(
            f"gazetteer is a {type(gazetteer).__name__}: give a Gazetteer, such as "
            "Gazetteer.from_frame(frame) + Gazetteer.default()"
        )
    if isinstance(text, str):
        [found] = described([compose(text, area_km2, country, near)])
        if not isinstance(found, Locality):
            raise found
        return found
    _check_phrases(text)
    if area_km2 is not None and (isinstance(area_km2, str) or not isinstance(area_km2, Iterable)):
        _check_area(area_km2)
    from geoevents.localities.frames import locate_many  # noqa: PLC0415 -- only frames need pandas

    return locate_many(compose, text, area_km2, country, near)


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

    compose = _composer(gazetteer, Neighbourhood())
    return locate_many(compose, phrases, area_km2, country, near, known=known)


def _composer(gazetteer: Gazetteer | None, rules: Neighbourhood) -> Callable[..., Composed]:
    """Make what works out the ground of one phrase."""

    def one(
        phrase: str,
        size: Any,
        land: Any,
        beside: Any,
        known: Mapping[str, Place] | None = None,
    ) -> Composed:
        anchor = _anchor(beside, land, gazetteer)
        return _composed(Names(phrase, land, gazetteer, anchor, known), size, rules)

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
                f"neighbourhood.{rule.name} is {shown(value)}: it must be a number from 0 up"
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
        raise LocalityError(f"near={shown(near)}: {error}") from error


def _composed(found: Names, area_km2: float | None, rules: Neighbourhood) -> Composed:
    if area_km2 is not None:
        _check_area(area_km2)
    tree = parse(found.text, found.is_name)
    resolve(found, tree)
    composer = Composer(found, rules)
    try:
        if area_km2 is None:
            fitted = Fitted(composer.ground(tree))
        else:
            fitted = with_area(composer, tree, area_km2, found.near)
        if fitted.ground.geometry.is_empty:  # of a line of which a piece is drawn twice
            raise composer.fault(tree)(f"no ground is {fitted.ground.said}")
        return Composed(found, tree, fitted, _point(fitted.ground))
    except shapely.errors.GEOSException as error:
        raise entangled(found.text, error) from error


def _check_phrases(text: Any) -> None:
    if hasattr(text, "columns"):
        raise LocalityError(
            f"a {type(text).__name__} holds more than phrases: give its column, as in "
            "locate(frame['locality'])"
        )
    if not isinstance(text, Iterable) or isinstance(text, bytes | Mapping):
        raise LocalityError(
            f"a locality is text: got {type(text).__name__} {shown(text, 80)}; give a phrase, or "
            "a list or Series of phrases"
        )


def _check_area(area_km2: Any) -> None:
    number = isinstance(area_km2, Real) and not isinstance(area_km2, bool)
    if not number or not _LEAST_KM2 <= area_km2 <= _LARGEST_KM2:
        raise LocalityError(
            f"area_km2 is {shown(area_km2)}: it must be a number from {_LEAST_KM2:.4f} (100 square "
            f"metres) to {_LARGEST_KM2:,.0f}, in square kilometres, or None where none was reported"
        )


def _point(ground: Ground) -> shapely.Point:
    """Most plausible point of a region: the relation's own, the middle, or one well inside."""
    region = ground.geometry
    if ground.point is not None and shapely.intersects(region, ground.point):
        return ground.point
    if shapely.get_dimensions(region) == 1:
        return shapely.line_interpolate_point(stem(region), 0.5, normalized=True)
    return inner_point(region)

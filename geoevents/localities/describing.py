"""From ground to a locality: what a phrase was read as, how large and how sure it is, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geoevents.errors import GeometryError
from geoevents.localities.locality import Locality
from geoevents.localities.measuring import Measures, measured
from geoevents.localities.reading.words import precision
from geoevents.localities.tree import LocalityError, names
from geoevents.localities.wording import coordinates, km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.errors import GeoeventsError
    from geoevents.localities.fitting import Fitted
    from geoevents.localities.naming.names import Names
    from geoevents.localities.tree import Tree
    from geoevents.places import Place

_POLYGON = 2


@dataclass(frozen=True, slots=True)
class Composed:
    """
    A phrase and its ground, before anything is measured.

    Parameters
    ----------
    found : Names
        The phrase and what its names stand for.
    tree : Name, Fix, Relation or Group
        What was read.
    fitted : Fitted
        Its ground.
    point : shapely Point
        The most plausible point of it.
    """

    found: Names
    tree: Tree
    fitted: Fitted
    point: shapely.Point


def described(composed: Sequence[Composed]) -> list[Locality | GeoeventsError]:
    """
    Measure the ground of phrases, all at once, and describe each.

    Parameters
    ----------
    composed : sequence of Composed
        The phrases and their ground.

    Returns
    -------
    list of Locality or GeoeventsError
        One a phrase; the error where its ground cannot be measured.
    """
    regions = [one.fitted.ground.geometry for one in composed]
    wholes = [one.fitted.anywhere or one.fitted.ground.geometry for one in composed]
    sizes = measured(regions, [one.point for one in composed], wholes)
    return [_described(one, size) for one, size in zip(composed, sizes, strict=True)]


def entangled(text: str, error: shapely.errors.GEOSException) -> LocalityError:
    """
    Say that outlines are too entangled for exact overlay.

    Parameters
    ----------
    text : str
        The phrase.
    error : GEOSException
        What GEOS said.

    Returns
    -------
    LocalityError
        About the whole phrase.
    """
    wrong = LocalityError(
        f"the ground of this phrase cannot be worked out ({error}); use a simpler outline",
        text,
        0,
        len(text),
    )
    wrong.__cause__ = error
    return wrong


def _described(
    composed: Composed, measures: Measures | GeometryError | shapely.errors.GEOSException
) -> Locality | GeoeventsError:
    found, tree, fitted, point = composed.found, composed.tree, composed.fitted, composed.point
    if isinstance(measures, GeometryError):
        return measures
    if not isinstance(measures, Measures):
        return entangled(found.text, measures)
    ground, region = fitted.ground, fitted.ground.geometry
    places = {found.places[name].id: found.places[name] for name in names(tree)}
    # A town's uncertainty is its extent, which the rules have used; a line's is its own error.
    error = max(
        (
            float(place.uncertainty_m)
            for place in ground.made_of
            if not ground.inferred or shapely.get_dimensions(place.geometry) > 0
        ),
        default=0.0,
    )
    radius = measures.radius_m + error
    size, low, high = _size(fitted, measures)
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


def _size(fitted: Fitted, measures: Measures) -> tuple[float, float, float]:
    """Area of the region and its range."""
    if shapely.get_dimensions(fitted.ground.geometry) < _POLYGON:
        return 0.0, math.nan, math.nan
    size = measures.area_km2
    if fitted.reported_km2 is not None:
        slack = precision(f"{fitted.reported_km2:.10f}".rstrip("0")) / 2
        return size, max(fitted.reported_km2 - slack, 0.0), fitted.reported_km2 + slack
    shift = max((float(place.uncertainty_m) for place in fitted.ground.made_of), default=0.0)
    return size, *_area_range(size, measures.edge_km, shift)


def _area_range(size: float, edge_km: float, shift_m: float) -> tuple[float, float]:
    """Area with the outline moved in and out by a distance (Steiner's formula)."""
    edge = edge_km * shift_m / 1000
    corners = math.pi * (shift_m / 1000) ** 2
    low = size - edge + corners if edge < 2 * size else 0.0
    return max(low, 0.0), size + edge + corners

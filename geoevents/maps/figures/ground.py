"""What lies under a printed map: land, borders, rivers, and names, from the gazetteer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import shapely

from geoevents.maps import shapes
from geoevents.maps.basemap import schematic
from geoevents.maps.columns import strings
from geoevents.maps.ground import (
    borders,
    credits_of,
    features,
    named_towns,
    roomy,
    smallest_town,
)

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geoevents.maps.figures.view import View
    from geoevents.places import Gazetteer

_KINDS = ("country", "admin1", "river", "lake")
_MARGIN = 0.02  # the gazetteer is asked for a little more than is shown, so that no edge ends early
_FINE = 5000  # what is smaller than this part of the window is not drawn
_LABELLED_RIVER = 0.12  # rivers shorter than this part of the view go without a name


class Name(NamedTuple):
    """A name on the map: what it names, where, and how large or populous that is."""

    text: str
    kind: str
    x: float
    y: float
    weight: float


class River(NamedTuple):
    """A river or a lake: its name, its shape in the plane, and whether the line is a sketch."""

    name: str
    shape: Any
    sketched: bool


@dataclass(frozen=True)
class Ground:
    """
    The ground of a view, in metres of its plane.

    Attributes
    ----------
    land : shapely geometry
        All land.
    coasts, borders, provinces : shapely geometry
        Lines.
    waters : list of River
        Rivers and lakes, the longest first.
    names : list of Name
        Countries, provinces and towns, each kind by weight.
    credits : list of str
        Whom it is owed to.
    """

    land: "BaseGeometry"
    coasts: "BaseGeometry"
    borders: "BaseGeometry"
    provinces: "BaseGeometry"
    waters: list[River]
    names: list[Name]
    credits: list[str]


def ground_of(view: "View", gazetteer: "Gazetteer") -> Ground:
    """
    Cut the ground of a view out of a gazetteer.

    Parameters
    ----------
    view : View
        What is shown.
    gazetteer : Gazetteer
        Where countries, provinces, rivers, lakes and towns come from.

    Returns
    -------
    Ground
        What is within the frame.
    """
    west, south, east, north = view.window
    margin = _MARGIN * max(east - west, north - south)
    part = (west - margin, max(south - margin, -90.0), east + margin, min(north + margin, 90.0))
    frame = features(gazetteer, part, [*_KINDS])
    cut = shapely.clip_by_rect(shapes.as_array(frame.geometry), *part)
    frame = frame.set_geometry(cut, crs=4326)[~shapely.is_empty(cut)]
    towns = features(
        gazetteer, part, ["populated place"], min_population=smallest_town(part[2] - part[0])
    )
    towns = named_towns(towns)
    countries, provinces = (frame[frame["kind"] == kind] for kind in ("country", "admin1"))
    provinces = provinces[roomy(provinces, part)]
    tolerance = (part[2] - part[0]) / _FINE
    polygons = shapes.as_array(
        shapely.coverage_simplify(shapes.as_array(countries.geometry), tolerance)
    )
    shared, coasts = borders(polygons, part)
    inner, _ = borders(shapes.as_array(provinces.geometry), part)
    flat = view.project(polygons)
    land = shapely.multipolygons(shapely.get_parts(_surfaces(flat)))
    lines = view.project([shared, coasts, inner])
    drawn = pd.concat([frame, towns])
    return Ground(
        land=land,
        borders=lines[0],
        coasts=lines[1],
        provinces=lines[2],
        waters=_waters(frame[frame["kind"].isin(["river", "lake"])], view),
        names=[
            *_areas(countries, flat, "country"),
            *_areas(provinces, view.project(provinces.geometry), "admin1"),
            *_towns(towns, view),
        ],
        credits=credits_of(drawn["source"]),
    )


def _surfaces(geometries: "NDArray[Any]") -> "NDArray[Any]":
    """Polygons alone: cutting may leave a line or a point where a shape only touched the frame."""
    parts = shapely.get_parts(shapely.get_parts(geometries))
    found: NDArray[Any] = parts[shapely.get_dimensions(parts) == 2]  # noqa: PLR2004 -- surfaces
    return found


def _waters(frame: "gpd.GeoDataFrame", view: "View") -> list[River]:
    flat = view.project(frame.geometry)
    size = shapely.length(flat)
    sketched = schematic(frame).astype(bool)
    names = strings(frame["name"])
    return [
        River(names[i], flat[i], bool(sketched[i]))
        for i in np.argsort(-size, kind="stable").tolist()
        if not shapely.is_empty(flat[i])
    ]


def named_rivers(ground: Ground, view: "View") -> list[River]:
    """
    Choose the rivers that are long enough on the map to bear their names.

    Parameters
    ----------
    ground : Ground
        What is drawn.
    view : View
        How it is seen.

    Returns
    -------
    list of River
        The longest first; the shape is the longest part.
    """
    found = []
    for river in ground.waters:
        merged = shapely.line_merge(river.shape)
        lines = [part for part in shapely.get_parts(merged) if shapely.get_dimensions(part) == 1]
        longest = max(lines, key=shapely.length, default=None)
        if longest is not None and shapely.length(longest) > _LABELLED_RIVER * view.width:
            found.append(river._replace(shape=longest))
    return found


def _areas(frame: "gpd.GeoDataFrame", flat: "NDArray[Any]", kind: str) -> list[Name]:
    """Put the name of each area where it is widest."""
    size = shapely.area(flat)
    seen = np.flatnonzero(size > 0)
    names = strings(frame["name"])
    circles = shapes.widest_circles(flat[seen])
    centres, room = shapely.get_point(circles, 0), shapely.length(circles)
    found = [
        Name(names[i], kind, float(shapely.get_x(at)), float(shapely.get_y(at)), float(wide))
        for i, at, wide in zip(seen, centres, room, strict=True)
    ]
    return sorted(found, key=lambda name: -name.weight)


def _towns(frame: "gpd.GeoDataFrame", view: "View") -> list[Name]:
    points = shapes.as_array(frame.geometry)
    xy = view.plane.forward(shapely.get_coordinates(points))
    people = frame["population"].fillna(0).to_numpy(dtype=float)
    # A suburb waits until all cities have their names.
    order = np.lexsort((-people, frame["around"].to_numpy() > 0))
    names = strings(frame["name"])
    return [
        Name(names[i], "town", float(xy[i, 0]), float(xy[i, 1]), float(people[i]))
        for i in order[view.holds(xy[order])].tolist()
    ]

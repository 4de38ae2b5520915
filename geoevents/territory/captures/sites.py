"""The places that can be held."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import GeoeventsError, GeometryError, shown
from geoevents.events.columns import Column
from geoevents.events.problems import Problems, SchemaError
from geoevents.events.values import canonical
from geoevents.places.names import fold, skeleton
from geoevents.territory.arrangement import linked
from geoevents.territory.captures.ground import geometries_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geoevents.geodesy.equalarea import EqualArea

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]
    Names = NDArray[Any]

_SAME_M = 1.0
_LISTED = 20


@dataclass(frozen=True)
class Sites:
    """
    Places that can be held.

    Attributes
    ----------
    names : numpy.ndarray of str or None
        Their names, where they have one.
    lonlat : numpy.ndarray
        Where they are, in degrees, n by 2.
    """

    names: "Names"
    lonlat: "Floats"

    def __len__(self) -> int:
        return len(self.names)

    def label(self, site: int) -> str:
        """
        Say what errors call a site.

        Parameters
        ----------
        site : int
            Its position.

        Returns
        -------
        str
            Its name, cut if it is long, or else its coordinates.
        """
        lon, lat = self.lonlat[site]
        name = self.names[site]
        return f"the site at {lon:.4f}, {lat:.4f}" if name is None else f"{shown(name, 50)}"

    def listed(self, sites: "Sequence[int] | Ints") -> str:
        """
        List sites for an error.

        Parameters
        ----------
        sites : sequence of int
            Their positions.

        Returns
        -------
        str
            The labels of the first twenty, and how many more there are.
        """
        more = f" and {len(sites) - _LISTED} more" if len(sites) > _LISTED else ""
        return ", ".join(self.label(int(site)) for site in sites[:_LISTED]) + more


def read_sites(sites: Any) -> Sites:
    """
    Read the places that could be held.

    Parameters
    ----------
    sites : GeoDataFrame or GeoSeries
        Points, or polygons for a point inside; a column ``name`` if they have names.

    Returns
    -------
    Sites
        On the rows of `sites`.

    Raises
    ------
    GeometryError
        If there are none, or one is a line, is missing or has no CRS: it names the row.

    Examples
    --------
    >>> towns = gpd.GeoDataFrame(
    ...     {"name": ["Hajin"]}, geometry=gpd.points_from_xy([40.83], [34.69]), crs=4326
    ... )
    >>> read_sites(towns).lonlat.tolist()
    [[40.83, 34.69]]
    """
    if not isinstance(sites, (gpd.GeoDataFrame, gpd.GeoSeries)):
        raise GeoeventsError(
            f"sites is a {type(sites).__name__}: give a GeoDataFrame with a point for each place "
            "that could be held, and its name in a column 'name'"
        )
    shapes, labels = geometries_of(sites, "sites")
    lines = shapely.get_dimensions(shapes) == 1
    if lines.any():
        raise GeometryError(
            f"{labels[int(lines.argmax())]} is a line: a site is a point or polygon"
        )
    names = np.full(len(shapes), None, dtype=object)
    if isinstance(sites, gpd.GeoDataFrame) and "name" in sites:
        problems = Problems(sites.index)
        text = canonical(Column("name", "text", ""), sites["name"], problems)
        if problems:
            raise SchemaError(problems.frame())
        names = with_none(text)
    return Sites(names, shapely.get_coordinates(shapely.point_on_surface(shapes)))


def merged(sites: Sites, plane: "EqualArea") -> tuple[Sites, "Ints"]:
    """
    Make one of sites at the same point, and bring all into an order that is theirs.

    Parameters
    ----------
    sites : Sites
        Sites in any order.
    plane : EqualArea
        Where distances are measured.

    Returns
    -------
    sites : Sites
        From west to east.
    place : numpy.ndarray of int
        For each of the sites given, its position there.

    Raises
    ------
    GeoeventsError
        If two sites within a metre of each other have different names.
    """
    points = shapely.points(plane.forward(sites.lonlat))
    one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=_SAME_M)
    before = one < other
    one, other = one[before], other[before]
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        if not _alike(sites.names[a], sites.names[b]):
            raise GeoeventsError(
                f"{sites.label(a)} and {sites.label(b)} are at the same point, "
                f"{sites.lonlat[a, 0]:.5f}, {sites.lonlat[a, 1]:.5f}: neither has ground nearer to "
                "it; move one, or give them one name"
            )
    table = pd.DataFrame(
        {
            "site": linked(len(sites), one, other),
            "lon": sites.lonlat[:, 0],
            "lat": sites.lonlat[:, 1],
            "name": sites.names,
        }
    )
    kept = table.sort_values(["lon", "lat", "name"]).groupby("site", sort=False).first()
    names = with_none(kept["name"])
    place = kept.index.get_indexer(pd.Index(table["site"])).astype(np.intp)
    return Sites(names, kept[["lon", "lat"]].to_numpy()), place


def with_none(column: "pd.Series[Any]") -> "Names":
    """
    Take the values of a column, with None where there is none.

    Parameters
    ----------
    column : pandas.Series
        Text.

    Returns
    -------
    numpy.ndarray of str or None
        A new array.
    """
    found = np.array(column, dtype=object)
    found[pd.isna(found)] = None
    return found


def _alike(one: str | None, other: str | None) -> bool:
    """Whether two names may be those of one place, given that they stand at one point."""
    if one is None or other is None:
        return True
    keys = fold(one), fold(other)
    sounds = {skeleton(key) for key in keys}
    return keys[0] == keys[1] or (len(sounds) == 1 and "" not in sounds)

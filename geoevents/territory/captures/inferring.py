"""Control inferred from captures of towns: each holds the ground that is nearest to it."""

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import GeoeventsError, GeometryError, shown
from geoevents.events.problems import Problems, SchemaError
from geoevents.geodesy import buffer
from geoevents.places import Gazetteer
from geoevents.territory.captures.barriers import barrier_lines, parted, ties
from geoevents.territory.captures.cells import Cells, divide
from geoevents.territory.captures.ground import Ground, ground_about, ground_within
from geoevents.territory.captures.holding import Holdings, holdings
from geoevents.territory.captures.matching import sites_meant, sites_named
from geoevents.territory.captures.plane import plane_about
from geoevents.territory.captures.reported import captures_of, dated
from geoevents.territory.captures.resampling import groups_of, standard_errors
from geoevents.territory.captures.sites import Sites, merged, read_sites

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoevents.places.geocoding import Countries

_FEWEST = 3
_FARTHEST_M = 4_000_000.0  # nothing on the ground is so far from a site
_NUMBER = (int, float, np.number)


def control_from_captures(
    events: pd.DataFrame,
    *,
    within: Any = None,
    sites: Any = None,
    max_distance_m: float | None = None,
    barriers: Any = None,
    country: "Countries | None" = None,
    gazetteer: Gazetteer | None = None,
    confidence: float = 0.95,
) -> gpd.GeoDataFrame:
    """
    Infer who holds what ground from reported captures of towns.

    Each site holds its Voronoi cell on the ground: what is nearer to it than to any other site. A
    cell is its last captor's. A site that no event captures holds its cell for nobody: that ground
    is unknown, and not in the frame.

    Parameters
    ----------
    events : pandas.DataFrame or geopandas.GeoDataFrame
        Events. Of those with a column ``event_type`` only territorial gains count. Each needs an
        ``actor``, a date (``end``, or else ``start``; the day counts) and a ``place``, ``locality``
        or geometry. What has no geometry is located with `geoevents.attach`. Those with the status
        denied, disputed, planned or refused are no captures.
    within : shapely geometry, GeoSeries or GeoDataFrame, optional
        Polygons: the ground in question. If not given, the convex hull of the sites, widened by the
        median distance from a site to the one nearest to it.
    sites : GeoDataFrame or GeoSeries, optional
        All places that could be held, as points (or polygons, for a point inside), with a column
        ``name`` if they have names. An event belongs to the site of its name, or else to the
        nearest one within 5 km. If not given, the places in the events: this leaves out the towns
        that were not captured, and gives their ground away.
    max_distance_m : float, optional
        Ground farther than this from its site, in metres, is unknown.
    barriers : shapely geometry, GeoSeries, GeoDataFrame, Place, str or sequence of these, optional
        Lines that no cell crosses, such as "Euphrates": in each part that they make of the ground,
        the cells are those of the sites in it. A line that ends inside the ground parts only what
        it closes off. A part without sites is unknown. A site on a line (within a metre) counts in
        each part that it touches. Separate pieces of `within` are then parts of their own.
    country : str or sequence of str, optional
        Where the places and barriers lie that have to be looked up, as `geoevents.geocode` takes
        it.
    gazetteer : Gazetteer, optional
        Where to look them up; the embedded one if not given.
    confidence : float, default 0.95
        How much the range of areas is to cover, between 0 and 1.

    Returns
    -------
    geopandas.GeoDataFrame
        A row for each date on which something changed hands and each actor that holds anything
        then, by date and actor, in EPSG:4326:

        - ``date``: the day, ``datetime64[ms]``;
        - ``actor``: who holds it; "A / B" for a site that both captured on one day;
        - ``geometry``: their cells, joined. Neighbours share their borders vertex for vertex, and
          a cell has the same coordinates on every date;
        - ``area_km2``: its geodesic area;
        - ``area_low_km2``, ``area_high_km2``: the jackknife range;
        - ``inferred``: True;
        - ``source``: how it was inferred;
        - ``sites``: how many sites the actor holds.

        ``attrs["left_out"]`` lists the captures that were left out or changed nothing: dictionaries
        with ``row`` (its label) and ``reason``.

    Raises
    ------
    SchemaError
        If captures lack an actor, a date or a site, or have what cannot be read: it lists the rows.
    GeometryError
        If sites or ground cannot be used: they spread over more than about 2,500 km, lie near a
        pole, have no CRS, or sites lie outside the ground.
    GeoeventsError
        If there are no captures, or another argument is not what it must be.

    See Also
    --------
    geoevents.attach : How words become geometry.

    Notes
    -----
    Distances are measured in the equal-area plane about the middle of the sites: at 250 km from it
    they are true to 0.02 %, at 1,250 km to 0.5 %. Edges of `within` and `barriers` are geodesics.
    All vertices lie on a grid of 1e-9 degrees, 0.1 mm.

    The range is that of the delete-one jackknife over sites (Efron & Tibshirani 1993, section
    11.2): what the actor would hold without each site in turn, whose cell goes to its neighbours.
    With more than 200 sites, 100 groups of sites drawn at random are left out instead, the same
    ones at every call. With fewer than 3 sites it is 0 to the area of the ground. It says how much
    the area hangs on which sites there are. It does not cover errors in the reports, nor whether
    control spreads as the cells assume; see the page "Inferred control" of the documentation.

    References
    ----------
    Efron, B., Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman & Hall.

    Tao, R., Strandow, D., Findley, M., Thill, J.-C., Walsh, J. (2016). A Hybrid Approach to
    Modeling Territorial Control in Violent Armed Conflicts. Transactions in GIS 20(3), 413-425.

    Examples
    --------
    >>> import shapely
    >>> captures = pd.DataFrame(
    ...     {
    ...         "actor": ["SDF", "Army", "SDF"],
    ...         "end": ["2018-12-14", "2017-11-19", "2019-03-23"],
    ...         "place": ["Hajin", "Abu Kamal", "Baghuz"],
    ...     }
    ... )
    >>> control = control_from_captures(
    ...     captures, within=shapely.box(40.6, 34.3, 41.1, 34.9), country="SY"
    ... )
    >>> print(control[["date", "actor", "sites"]].to_string(index=False))
          date actor  sites
    2017-11-19  Army      1
    2018-12-14  Army      1
    2018-12-14   SDF      1
    2019-03-23  Army      1
    2019-03-23   SDF      2
    """
    _check_numbers(max_distance_m, confidence)
    rows, left_out = captures_of(events)
    problems = Problems(rows.index)
    table = dated(rows, problems)
    where: dict[str, Any] = {"country": country, "gazetteer": gazetteer}
    if sites is None:
        known, meant = sites_named(rows, problems, **where)
        if problems:
            raise SchemaError(problems.frame())
        plane = plane_about(known.lonlat)
        known, place = merged(known, plane)
        meant = place[meant]
    else:
        known = read_sites(sites)
        plane = plane_about(known.lonlat)
        known, _ = merged(known, plane)
        meant = sites_meant(rows, known, plane, problems, **where)
    if problems:
        raise SchemaError(problems.frame())
    table["site"] = meant
    if within is None and len(known) == 1:
        within, max_distance_m = _around(known, max_distance_m), None
    if max_distance_m is not None and max_distance_m > _FARTHEST_M:
        max_distance_m = None
    if within is None:
        outline = ground_about(known.lonlat, plane)
        drawn = outline
    else:
        outline, drawn = ground_within(within, plane)
    lines = np.empty(0, dtype=object)
    if barriers is not None:
        lines, ends = barrier_lines(barriers, plane, **where)
        lines = np.concatenate([lines, ties(ends, drawn, outline)])
    cells = divide(
        Ground(plane, outline, parted(outline, lines), drawn), known.lonlat, max_distance_m
    )
    outside = np.setdiff1d(np.arange(len(known)), cells.seed_site)
    if len(outside):
        raise GeometryError(
            f"sites outside within: {known.listed(outside)}; widen within, or leave them and their "
            "captures out"
        )
    held = holdings(table, len(known))
    frame = _measured(cells, held, confidence, parts=barriers is not None)
    frame.attrs["left_out"] = [*left_out, *held.idle]
    return frame


def _check_numbers(max_distance_m: Any, confidence: Any) -> None:
    """Refuse numbers that mean nothing."""
    if max_distance_m is not None and not (
        isinstance(max_distance_m, _NUMBER) and 0 < max_distance_m < math.inf
    ):
        raise GeoeventsError(
            f"max_distance_m is {shown(max_distance_m)}: it must be a number of metres above zero"
        )
    if not (isinstance(confidence, _NUMBER) and 0 < confidence < 1):
        raise GeoeventsError(
            f"confidence is {shown(confidence)}: it must be between 0 and 1, such as 0.95"
        )


def _around(known: Sites, max_distance_m: float | None) -> "BaseGeometry":
    """Make the ground about one site alone."""
    if max_distance_m is None:
        raise GeoeventsError(
            f"{known.label(0)} is the only site: that does not say how far control reaches; give "
            "within, max_distance_m, or the other places that could be held as sites"
        )
    return buffer(shapely.Point(known.lonlat[0]), max_distance_m)


def _measured(cells: Cells, held: Holdings, confidence: float, *, parts: bool) -> gpd.GeoDataFrame:
    """Make the rows of the answer: ground, areas and ranges of each actor on each date."""
    number = len(cells.xy)
    date, actor = held.pairs()
    masks, which = np.unique(held.holder[date] == actor[:, None], axis=0, return_inverse=True)
    which = which.ravel()
    everything = cells.ground.area_km2
    size = masks @ cells.areas_km2()
    group = groups_of(number)
    ways = "jackknife" if len(np.unique(group)) == number else "grouped jackknife"
    ways = f"{ways} {100 * confidence:g} % range"
    if number < _FEWEST:
        low, high = np.zeros(len(masks)), np.maximum(everything, size)
        ways = f"fewer than {_FEWEST} sites, so the range is from nothing to all of the ground"
    else:
        reach = NormalDist().inv_cdf((1 + confidence) / 2) * standard_errors(cells, group, masks)
        low = np.maximum(size - reach, 0)
        high = np.maximum(np.minimum(size + reach, everything), size)
    if parts:
        ways += f"; parts of the ground made by barriers: {len(cells.ground.parts)}"
    plural = "" if number == 1 else "s"
    captured = (held.holder >= 0).sum(axis=1)
    frame = pd.DataFrame(
        {
            "date": held.dates[date],
            "actor": np.array(held.actors, dtype=object)[actor],
            "area_km2": size[which],
            "area_low_km2": low[which],
            "area_high_km2": high[which],
            "inferred": True,
            "source": [
                f"inferred: Voronoi cells of {number} site{plural}, {some} captured; {ways}"
                for some in captured[date].tolist()
            ],
            "sites": masks.sum(axis=1)[which],
        }
    )
    shapes = cells.joined(masks)[which]
    found = gpd.GeoDataFrame(frame, geometry=shapes, crs=4326)
    names = ["date", "actor", "geometry"]
    return found[names + [name for name in frame if name not in names]]

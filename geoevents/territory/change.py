"""What changed hands between two snapshots of control, from whom, and how much."""

from collections.abc import Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from geopandas.array import GeometryArray

from geoevents.events.values import TEXT
from geoevents.territory.columns import metres
from geoevents.territory.edited import UnsoundError
from geoevents.territory.measure import areas_km2, epsilon_band, least
from geoevents.territory.overlaps import Overlaps
from geoevents.territory.repair import is_unknown, remember_ground, tell
from geoevents.territory.snapshot import Snapshot, read_snapshot
from geoevents.territory.transitions import Transitions, compare


def territory_change(
    before: gpd.GeoDataFrame,
    after: gpd.GeoDataFrame,
    *,
    actor: str = "actor",
    explode: bool = False,
    unchanged: bool = False,
    tolerance_m: float = 0.0,
    overlaps: Overlaps = "error",
    uncertainty_m: float | str | None = None,
) -> gpd.GeoDataFrame:
    """
    Work out what ground changed hands between two snapshots of control.

    Parameters
    ----------
    before, after : GeoDataFrame
        A row for each piece of ground and its holder; an actor may have several. Any CRS.
    actor : str, default "actor"
        The column that names the holder.
    explode : bool, default False
        A row for each place of change: each connected piece by itself, the largest first.
    unchanged : bool, default False
        Also rows for ground that stayed with its holder.
    tolerance_m : float, default 0.0
        Ground narrower than this is noise of digitising: it is set aside, and counted in
        ``noise_km2``. 0 is right for snapshots of which each was edited from the one before; for
        snapshots drawn separately take what two drawings of one line differ by.
    overlaps : {"error", "contested", "first"}, default "error"
        What to do where rows of different actors in one snapshot claim the same ground: refuse and
        name them, make it the ground of a holder of its own ("A / B"), or give it to the earlier
        row. Rows of one actor that overlap are joined.
    uncertainty_m : float or str, optional
        How far the lines may be off to either side, in metres, or the column that says so; the
        column ``uncertainty_m`` if there is one.

    Returns
    -------
    GeoDataFrame
        In EPSG:4326, sorted by actors, with the columns

        - ``from_actor``, ``to_actor``: who held the ground before and after; ``"nobody"`` for
          ground outside all polygons;
        - ``area_km2``: geodesic area, as `geoevents.area` measures it;
        - ``area_low_km2``, ``area_high_km2``: its range: the epsilon band of `uncertainty_m`, and
          at the high end what was set aside as noise. Where nothing says how far the lines may
          be off, both are the area itself, or 0 and the area if it was inferred;
        - ``noise_km2``: what was set aside of this transition (with `explode`, on its first row);
        - ``parts``: how many connected pieces;
        - ``uncertainty_m``: of the lines, the larger of both snapshots; missing if not said;
        - ``inferred``: whether a row that it follows from has a true value in a column
          ``inferred``: worked out or sketched, not surveyed;
        - ``geometry``: Polygon or MultiPolygon.

        ``attrs`` holds ``noise`` (a list of what was set aside, also of transitions of which
        nothing is left), ``noise_km2`` (its sum), ``repairs`` and ``overlaps``.

    Raises
    ------
    OverlapError
        If actors claim the same ground and `overlaps` is "error".
    GeometryError
        If a geometry cannot be repaired, or a frame has no CRS: it names the row.
    GeoeventsError
        If a column is missing, a row has no holder, or an argument is not what it should be.

    Warns
    -----
    RepairWarning
        If rows were repaired (`geoevents.territory.repair.repaired` says how).

    See Also
    --------
    books : Whether areas before, gains, losses and areas after add up.
    geoevents.Territory : Control through many snapshots.

    Notes
    -----
    The boundary of each actor's ground is a sum of directed edges. The edges that both snapshots
    have cancel, whatever ring they are in; only what is left is cut where it crosses, and each face
    between the cuts is looked up in both snapshots. So the cost of a comparison follows what
    changed. Edges are straight in longitude and latitude, as in GeoJSON, and their areas are those
    of geodesics between the same vertices.

    Ground narrower than 0.01 mm is what rounding left, and is dropped.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> import geoevents as ge
    >>> before = gpd.GeoDataFrame(
    ...     {"actor": ["ISIS", "SDF"]},
    ...     geometry=[shapely.box(40.0, 35.0, 40.4, 35.2), shapely.box(40.0, 35.2, 40.4, 35.4)],
    ...     crs=4326,
    ... )
    >>> after = gpd.GeoDataFrame(
    ...     {"actor": ["ISIS", "SDF"]},
    ...     geometry=[shapely.box(40.0, 35.0, 40.4, 35.1), shapely.box(40.0, 35.1, 40.4, 35.4)],
    ...     crs=4326,
    ... )
    >>> change = ge.territory_change(before, after, uncertainty_m=100)
    >>> print(change[["from_actor", "to_actor", "area_km2", "area_low_km2"]].round(1).to_string())
      from_actor to_actor  area_km2  area_low_km2
    0       ISIS      SDF     404.4         394.9
    """
    tolerance_m = metres(tolerance_m, "tolerance_m")
    read = partial(
        read_snapshot,
        actor=actor,
        overlaps=overlaps,
        tolerance_m=tolerance_m,
        uncertainty_m=uncertainty_m,
    )
    one = not unchanged and _is_one(before) and _is_one(after)
    first = read(before, what="before", check="ground" if one else "all")
    found = None
    if one:  # a day of an archive: what it was edited from is sound, so only the edit is checked
        second = read(after, what="after", check="later")
        found = _edited(first, second, tolerance_m)
    if found is None:
        second = read(after, what="after")
        found = compare(first, second, tolerance_m, unchanged=unchanged)
    tell(first.repairs + second.repairs, "territory_change", stacklevel=2)
    change = table(found, explode=explode)
    change.attrs = {
        **change.attrs,
        "repairs": [f"{r.label} {r.done}" for r in (*first.repairs, *second.repairs)],
        "overlaps": [*first.overlaps, *second.overlaps],
    }
    return change


def _is_one(frame: Any) -> bool:
    return isinstance(frame, gpd.GeoDataFrame) and len(frame) == 1


def _edited(before: Snapshot, after: Snapshot, tolerance_m: float) -> Transitions | None:
    """Compare a polygon that was not checked with a sound one; None if it needs a full check."""
    if before.actors != after.actors or not len(after.polygons):
        return None
    unknown = is_unknown(after.polygons[0])
    try:
        found = compare(before, after, tolerance_m, edited=unknown)
    except UnsoundError:
        return None
    if unknown:
        remember_ground(after.polygons[0])
    return found


def table(
    found: Transitions,
    *,
    explode: bool = False,
    dates: Mapping[str, pd.DatetimeIndex] = MappingProxyType({}),
) -> gpd.GeoDataFrame:
    """
    Make a frame of transitions.

    Parameters
    ----------
    found : Transitions
        What changed hands.
    explode : bool, default False
        A row for each connected piece.
    dates : mapping of str to pandas.DatetimeIndex
        Columns to put first: a date for each transition.

    Returns
    -------
    GeoDataFrame
        As `territory_change` returns it.
    """
    empty = shapely.is_empty(found.geometry)
    noise = found.noise_km2.copy()
    if explode:
        ground, row = shapely.get_parts(found.geometry, return_index=True)
    else:
        row = np.flatnonzero(~empty) if empty.any() else np.arange(len(empty))
        ground = found.geometry[row]
    area = areas_km2(ground)
    if explode:
        order = np.lexsort((-area, row))
        ground, row, area = ground[order], row[order], area[order]
        noise = np.where(np.diff(row, prepend=-1) > 0, noise[row], 0.0)
    else:
        noise = noise[row]
    guessed, band = found.inferred[row], found.uncertainty_m[row]
    low, high = epsilon_band(ground, area, band)
    low = least(low, guessed, band)
    rows = row.tolist()
    sides = [side[i] for side in (found.from_actor, found.to_actor) for i in rows]
    names = pd.Series(sides, dtype=TEXT).array
    change = gpd.GeoDataFrame(
        {
            **{name: column[row] for name, column in dates.items()},
            "from_actor": names[: len(rows)],
            "to_actor": names[len(rows) :],
            "area_km2": area,
            "area_low_km2": low,
            "area_high_km2": high + noise,
            "noise_km2": noise,
            "parts": shapely.get_num_geometries(ground),
            "uncertainty_m": band,
            "inferred": guessed,
            "geometry": GeometryArray(ground, crs=lonlat()),
        },
        geometry="geometry",
        copy=False,
    )
    aside = np.flatnonzero(found.noise_km2 > 0).tolist()
    change.attrs = {
        "noise_km2": float(found.noise_km2.sum()),
        "noise": [
            {
                "from_actor": found.from_actor[i],
                "to_actor": found.to_actor[i],
                "area_km2": float(found.noise_km2[i]),
            }
            for i in aside
        ],
    }
    return change


@cache
def lonlat() -> pyproj.CRS:
    """
    Give the CRS of every frame, made once.

    Returns
    -------
    pyproj.CRS
        EPSG:4326.
    """
    return pyproj.CRS.from_epsg(4326)

"""Whether the square kilometres add up: had, gained, lost, has."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geoevents.events.values import TEXT
from geoevents.territory.columns import NOBODY, metres
from geoevents.territory.measure import areas_km2
from geoevents.territory.overlaps import Overlaps
from geoevents.territory.repair import tell
from geoevents.territory.snapshot import Snapshot, read_snapshot
from geoevents.territory.transitions import compare


def books(
    before: gpd.GeoDataFrame,
    after: gpd.GeoDataFrame,
    *,
    actor: str = "actor",
    tolerance_m: float = 0.0,
    overlaps: Overlaps = "error",
) -> pd.DataFrame:
    """
    Add up what each actor had, gained, lost and has.

    Parameters
    ----------
    before, after : GeoDataFrame
        As `geoevents.territory_change` takes them.
    actor : str, default "actor"
        The column that names the holder.
    tolerance_m : float, default 0.0
        Ground narrower than this is noise.
    overlaps : {"error", "contested", "first"}, default "error"
        What to do where rows claim the same ground.

    Returns
    -------
    pandas.DataFrame
        A row for each actor, indexed by its name, in km2: ``before_km2``, ``gained_km2``,
        ``lost_km2``, ``noise_km2`` (gained less lost of what was set aside as noise),
        ``edges_km2`` and ``after_km2``, so that::

            before + gained - lost + noise + edges = after

    Raises
    ------
    GeoeventsError
        As `geoevents.territory_change` does.

    Warns
    -----
    RepairWarning
        If rows were repaired.

    Notes
    -----
    ``edges_km2`` is 0 wherever both snapshots draw a line with the same vertices. Where an edge is
    cut by another snapshot's line, or runs along it with other vertices, the geodesics between the
    old vertices and those between the new ones enclose a sliver that is no ground of either
    drawing: some square metres for an edge of a kilometre, growing with the cube of its length.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> was, now = (
    ...     gpd.GeoDataFrame({"actor": ["SDF"]}, geometry=[shapely.box(40, 35, east, 36)], crs=4326)
    ...     for east in (40.2, 40.3)
    ... )
    >>> print(books(was, now)[["before_km2", "gained_km2", "after_km2"]].round(1).to_string())
           before_km2  gained_km2  after_km2
    actor
    SDF        2013.3      1006.6     3019.9
    """
    tolerance_m = metres(tolerance_m, "tolerance_m")
    first, second = (
        read_snapshot(frame, actor=actor, what=what, overlaps=overlaps, tolerance_m=tolerance_m)
        for frame, what in ((before, "before"), (after, "after"))
    )
    tell(first.repairs + second.repairs, "books", stacklevel=2)
    found = compare(first, second, tolerance_m)
    ground, noise = areas_km2(found.geometry), found.noise_km2
    names = sorted({*first.actors, *second.actors})
    had, has = held_km2(first, names), held_km2(second, names)
    gained, lost = _sums(found.to_actor, ground, names), _sums(found.from_actor, ground, names)
    noise = _sums(found.to_actor, noise, names) - _sums(found.from_actor, noise, names)
    return pd.DataFrame(
        {
            "before_km2": had,
            "gained_km2": gained,
            "lost_km2": lost,
            "noise_km2": noise,
            "edges_km2": has - had - gained + lost - noise,
            "after_km2": has,
        },
        index=pd.Index(names, dtype=TEXT, name="actor"),
    )


def held_km2(snapshot: Snapshot, actors: Sequence[str]) -> NDArray[np.float64]:
    """
    Measure what actors hold.

    Parameters
    ----------
    snapshot : Snapshot
        Who holds what.
    actors : sequence of str
        Whose ground to measure.

    Returns
    -------
    numpy.ndarray of float
        Square kilometres, 0 for who holds nothing.
    """
    each = [snapshot.actors[number] for number in snapshot.holder.tolist()]
    return _sums(each, areas_km2(snapshot.polygons), actors)


def _sums(
    actor: Sequence[str], km2: NDArray[np.float64], actors: Sequence[str]
) -> NDArray[np.float64]:
    position = {name: number for number, name in enumerate([*actors, NOBODY])}
    number = np.array([position[name] for name in actor], dtype=np.intp)
    total: NDArray[np.float64] = np.bincount(number, km2, len(position)).astype(np.float64)
    return total[: len(actors)]

"""Areas through time as the bands of a stacked figure, one for each holder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geoevents.errors import GeoeventsError
from geoevents.maps import frames

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geoevents.territory import Territory

    Floats = NDArray[np.float64]

OTHERS = "others"
_ASKED = ("frame", "actors", "areas", "area_ranges")
_SAME = 1e-6
"""Areas that differ by less than this part are the same."""


@dataclass(frozen=True)
class Band:
    """
    What one holder holds through time.

    Attributes
    ----------
    name : str
        The actor; empty for ground of nobody.
    area : numpy.ndarray
        km2 at each date.
    inferred : numpy.ndarray of bool
        Whether any of it is inferred, at each date.
    low, high : float
        The range of the last area, in km2; the area itself where there is none.
    others : bool
        Whether this is the sum of all actors who are not told apart.
    """

    name: str
    area: "Floats"
    inferred: "NDArray[np.bool_]"
    low: float
    high: float
    others: bool = False

    @property
    def last(self) -> float:
        """The area at the last date, in km2."""
        return float(self.area[-1])

    @property
    def ranged(self) -> bool:
        """Whether the last area has a range."""
        return self.high - self.low > _SAME * max(self.high, _SAME)


@dataclass(frozen=True)
class Bands:
    """
    The bands of a figure, from the lowest up.

    Attributes
    ----------
    dates : DatetimeIndex
        From each date to the next, areas stay as they are.
    bands : list of Band
        One for each holder.
    missing : int
        How many areas were not known, and are drawn as 0.
    sources : list of str
        Where the outlines come from.
    """

    dates: pd.DatetimeIndex
    bands: list[Band]
    missing: int = 0
    sources: list[str] = field(default_factory=list)


def bands(territory: "Territory", actors: Sequence[str] | None = None) -> Bands:
    """
    Find what to stack.

    Parameters
    ----------
    territory : Territory
        Who holds what, and when.
    actors : sequence of str, optional
        Whom to tell apart, from the lowest band up; all others become one band, the highest. By
        default all actors, who held most on average lowest.

    Returns
    -------
    Bands
        One for each actor who ever holds anything, or was asked for.

    Raises
    ------
    GeoeventsError
        If `territory` is something else, or holds nothing at all; if `actors` names somebody
        unknown, or nobody.
    """
    if not all(hasattr(territory, name) for name in _ASKED):
        raise GeoeventsError(
            "territory has to be a geoevents.Territory, as Territory.from_snapshots(frame) makes "
            f"one; this is a {type(territory).__name__}"
        )
    table = territory.areas().sort_index()
    if not table.size:
        raise GeoeventsError("the territory is empty: it has no date on which anybody holds ground")
    names = [str(name) for name in table.columns]
    values = np.array(table, dtype=np.float64)
    gaps = ~np.isfinite(values)
    values[gaps] = 0.0
    order = _order(names, values, actors)
    rest = [i for i in range(len(names)) if i not in order and values[:, i].any()]
    dates = pd.DatetimeIndex(table.index)
    inferred = _inferred(territory.frame, dates, names)
    low, high = _ranges(territory.area_ranges(), dates, names, values[-1])
    found = [Band(names[i], values[:, i], inferred[:, i], low[i], high[i]) for i in order]
    if rest:
        found.append(
            Band(
                OTHERS,
                values[:, rest].sum(axis=1),
                np.asarray(inferred[:, rest].any(axis=1), dtype=bool),
                float(low[rest].sum()),
                float(high[rest].sum()),
                others=True,
            )
        )
    return Bands(dates, found, int(gaps.sum()), sources(territory.frame))


def sources(frame: pd.DataFrame) -> list[str]:
    """
    List where rows of a frame come from.

    Parameters
    ----------
    frame : DataFrame
        With a column ``source``, or without.

    Returns
    -------
    list of str
        Each source once, the most frequent first.
    """
    named = pd.Series(frames.texts(frame, "source"), dtype=object)
    return [str(name) for name in named[named != ""].value_counts().index]


def _order(names: list[str], values: "Floats", actors: Sequence[str] | None) -> list[int]:
    if actors is None:
        by_size = np.argsort(-values.mean(axis=0), kind="stable")
        return [int(i) for i in by_size if values[:, i].any()] or [0]
    return [names.index(name) for name in chosen(actors, names)]


def chosen(actors: Sequence[str], known: Iterable[str]) -> list[str]:
    """
    Read whom to tell apart.

    Parameters
    ----------
    actors : sequence of str
        What the caller gave.
    known : iterable of str
        All actors of the territory.

    Returns
    -------
    list of str
        Each once, in the order given.

    Raises
    ------
    GeoeventsError
        If it is no list of names, empty, or one of them is unknown.

    Examples
    --------
    >>> chosen(["SDF", "ISIS", "SDF"], ["ISIS", "SDF"])
    ['SDF', 'ISIS']
    """
    if isinstance(actors, str) or not isinstance(actors, Iterable):
        raise GeoeventsError(f"actors has to be a list of names: got {actors!r:.80}")
    wanted, names = list(dict.fromkeys(actors)), list(known)
    if not wanted:
        raise GeoeventsError("actors is an empty list: leave it out for all of them")
    for name in wanted:
        if name not in names:
            listed = ", ".join(repr(other) for other in names[:12])
            raise GeoeventsError(
                f"actors names {name!r:.80}, who holds nothing in this territory; it has {listed}"
                + (f" and {len(names) - 12} more" if len(names) > 12 else "")  # noqa: PLR2004
            )
    return wanted


def _inferred(
    frame: pd.DataFrame, dates: pd.DatetimeIndex, names: list[str]
) -> "NDArray[np.bool_]":
    """Tell, for each date and actor, whether any ground is inferred."""
    found = np.zeros((len(dates), len(names)), dtype=bool)
    flags = frames.flags(frame, "inferred", default=False)
    if flags.any():
        some = frame[flags]
        date = dates.get_indexer(pd.DatetimeIndex(some["date"]))
        actor = pd.Index(names).get_indexer(pd.Index(frames.texts(some, "actor")))
        there = (date >= 0) & (actor >= 0)
        found[date[there], actor[there]] = True
    return found


def _ranges(
    ranges: pd.DataFrame, dates: pd.DatetimeIndex, names: list[str], last: "Floats"
) -> tuple["Floats", "Floats"]:
    """Bounds of the last areas, in the order of the names."""
    low, high = last.copy(), last.copy()
    for column in ("date", "actor", "area_low_km2", "area_high_km2"):
        if column not in ranges:
            raise GeoeventsError(f"territory.area_ranges() has no column {column!r}")
    now = ranges[pd.DatetimeIndex(ranges["date"]) == dates[-1]]
    at = pd.Index(names).get_indexer(pd.Index(frames.texts(now, "actor")))
    for bound, column, better in (
        (low, "area_low_km2", np.fmin),
        (high, "area_high_km2", np.fmax),
    ):
        # A bound that is not known leaves the area itself.
        bound[at[at >= 0]] = better(bound[at[at >= 0]], frames.figures(now, column)[at >= 0])
    return low, high

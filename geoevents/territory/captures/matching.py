"""Which site an event speaks of."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geoevents.events import attach
from geoevents.events.columns import COLUMNS
from geoevents.events.problems import Problems
from geoevents.events.values import canonical
from geoevents.geodesy import distance_m
from geoevents.places import Gazetteer
from geoevents.places.names import fold, read
from geoevents.territory.captures.sites import Sites, with_none

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geoevents.geodesy.equalarea import EqualArea
    from geoevents.places.geocoding import Countries

    Floats = NDArray[np.float64]
    Geometries = NDArray[Any]
    Ints = NDArray[np.intp]

NEAR_M = 5_000.0
"""How far from a site an event may lie that does not bear its name."""

_NEAREST = 3
_SCHEMA = {column.name: column for column in COLUMNS}
_POLYGON = 2  # dimensions
_INSTEAD = ": name the town that was captured, or leave the event out"


def sites_meant(
    events: pd.DataFrame,
    sites: Sites,
    plane: "EqualArea",
    problems: Problems,
    *,
    country: "Countries | None" = None,
    gazetteer: Gazetteer | None = None,
) -> "Ints":
    """
    Find the site that each event speaks of.

    Parameters
    ----------
    events : pandas.DataFrame
        Events.
    sites : Sites
        The places that could be held.
    plane : EqualArea
        Where they are compared.
    problems : Problems
        Where to note events that speak of no site.
    country : str or sequence of str, optional
        Where the places of events lie that do not bear the name of a site.
    gazetteer : Gazetteer, optional
        Where to look these places up.

    Returns
    -------
    numpy.ndarray of int
        Positions of sites; -1 for an event with a problem.

    Notes
    -----
    An event bears the name of what it would be located by: its ``locality``, or its ``place`` where
    it has none. Case, accents and words such as "the city of" do not matter. A name that several
    sites have decides nothing. An event without the name of a site is located (`geoevents.attach`)
    and belongs to the site nearest to it, if that is within 5 km.
    """
    found = _by_name(_words(events, problems), sites)
    rest = np.flatnonzero(found < 0)
    if not len(rest):
        return found
    points, wrong, _ = _located(events.iloc[rest], country, gazetteer)
    there = pd.isna(wrong)
    lonlat = shapely.get_coordinates(points[there])
    tree = shapely.STRtree(shapely.points(plane.forward(sites.lonlat)))
    _, near = tree.query_nearest(shapely.points(plane.forward(lonlat)), all_matches=False)
    far = distance_m(*lonlat.T, *sites.lonlat[near].T) > NEAR_M
    found[rest[there]] = np.where(far, -1, near)
    wrong[np.flatnonzero(there)[far]] = [_far_off(point, sites) for point in lonlat[far]]
    _note(problems, events, rest, wrong)
    return found


def sites_named(
    events: pd.DataFrame,
    problems: Problems,
    *,
    country: "Countries | None" = None,
    gazetteer: Gazetteer | None = None,
) -> tuple[Sites, "Ints"]:
    """
    Find the distinct sites that events speak of.

    Parameters
    ----------
    events : pandas.DataFrame
        Events.
    problems : Problems
        Where to note events that speak of no site.
    country : str or sequence of str, optional
        Where the places of events lie that have no geometry.
    gazetteer : Gazetteer, optional
        Where to look these places up.

    Returns
    -------
    sites : Sites
        In no order that matters.
    meant : numpy.ndarray of int
        The site of each event; -1 for an event with a problem.

    Notes
    -----
    Events are of one site if they have the same ``place_ids``, or else the same name, or else the
    same coordinates. One that has a name but no ids is of the site that has this name and ids.
    """
    points, wrong, ids = _located(events, country, gazetteer)
    there = pd.isna(wrong)
    name = _words(events, problems)
    folded = name.map(fold, na_action="ignore")
    folded = folded.where(folded.astype(bool) & folded.notna(), None)
    lonlat = np.full((len(events), 2), np.nan)
    lonlat[there] = shapely.get_coordinates(points[there])
    table = pd.DataFrame({"lon": lonlat[:, 0], "lat": lonlat[:, 1], "name": with_none(name)})
    table["key"] = _keys(ids, with_none(folded), lonlat)
    known = table[there].sort_values(["lon", "lat", "name"]).groupby("key").first()
    meant = known.index.get_indexer(pd.Index(table["key"])).astype(np.intp)
    meant[~there] = -1
    apart = np.zeros(len(events))
    where = known[["lon", "lat"]].to_numpy()
    apart[there] = distance_m(*lonlat[there].T, *where[meant[there]].T)
    for row in np.flatnonzero(apart > NEAR_M).tolist():
        wrong[row] = (
            f"lies {apart[row] / 1000:,.0f} km from another event's place of this name: give one "
            "of them another name, or give sites"
        )
        meant[row] = -1
    _note(problems, events, np.arange(len(events)), wrong)
    return Sites(with_none(known["name"]), where), meant


def _words(events: pd.DataFrame, problems: Problems) -> "pd.Series[Any]":
    """Give what each event is located by: its locality, or its place where it has none."""
    nothing = pd.Series([None] * len(events), index=events.index, dtype=object)
    locality, place = (
        pd.Series(canonical(_SCHEMA[name], events.get(name, nothing), problems), events.index)
        for name in ("locality", "place")
    )
    return locality.where(locality.notna(), place).astype(object)


def _by_name(words: "pd.Series[Any]", sites: Sites) -> "Ints":
    """Find the one site that has the name; -1 where none or several have."""
    keys = pd.Series([fold(name) if name else "" for name in sites.names], dtype=object)
    alone = ~keys.duplicated(keep=False) & (keys != "")
    known = dict(zip(keys[alone], np.flatnonzero(alone).tolist(), strict=True))
    codes, distinct = pd.factorize(words)
    meant = [
        next((known[reading.key] for reading in read(text) if reading.key in known), -1)
        for text in distinct
    ]
    return np.array([*meant, -1], dtype=np.intp)[codes]


def _located(
    events: pd.DataFrame, country: "Countries | None", gazetteer: Gazetteer | None
) -> tuple["Geometries", "NDArray[Any]", "NDArray[Any]"]:
    """Give a point for each event, or why it has none, and the ids of the places used."""
    located = attach(events, country=country, gazetteer=gazetteer)
    shapes = located.geometry.to_numpy()
    missing = shapely.is_missing(shapes)
    wrong = np.full(len(events), None, dtype=object)
    wrong[missing] = [f"cannot be located: {text!s:.300}" for text in located["problem"][missing]]
    dimensions = shapely.get_dimensions(shapes)
    words = (located["relation"] != "coordinates").to_numpy(dtype=bool)
    inferred = located["inferred"].to_numpy(dtype=bool)
    wrong[(dimensions == _POLYGON) & words] = "is an area, not a site" + _INSTEAD
    wrong[(dimensions == _POLYGON) & inferred] = (
        "is a region worked out from words, not a site" + _INSTEAD
    )
    wrong[dimensions == 1] = "is a line, not a site" + _INSTEAD
    ids = with_none(located["place_ids"])
    if "place_ids" in events:  # whoever says which place it is, beside coordinates, knows
        said = with_none(events["place_ids"])
        ids = np.where(pd.isna(said), ids, said)
    return shapely.point_on_surface(shapes), wrong, ids


def _keys(ids: "NDArray[Any]", names: "NDArray[Any]", lonlat: "Floats") -> list[str]:
    """Tell sites apart: by ids, else by name, else by coordinates."""
    table = pd.DataFrame({"id": ids, "name": names}).dropna().drop_duplicates()
    alone = table[~table["name"].duplicated(keep=False)]
    of_name = dict(zip(alone["name"], alone["id"], strict=True))
    keys = []
    for identity, name, point in zip(ids, names, lonlat.tolist(), strict=True):
        if identity is None and name is not None:
            identity = of_name.get(name)  # noqa: PLW2901 -- the id that this name goes with
        if identity is not None:
            keys.append(f"id {identity}")
        else:
            keys.append(f"at {point}" if name is None else f"name {name}")
    return keys


def _far_off(lonlat: "Floats", sites: Sites) -> str:
    """Why an event belongs to no site, with those nearest to it."""
    metres = np.asarray(distance_m(*lonlat, *sites.lonlat.T))
    nearest = np.argsort(metres, kind="stable")[:_NEAREST]
    told = ", ".join(f"{sites.label(int(i))} ({metres[i] / 1000:,.1f} km)" for i in nearest)
    return (
        f"is no site: none has this name or lies within {NEAR_M / 1000:g} km; the nearest are "
        f"{told}"
    )


def _note(problems: Problems, events: pd.DataFrame, rows: "Ints", wrong: "NDArray[Any]") -> None:
    """Note what is wrong with some rows beside the words they are located by."""
    reasons = np.full(len(events), None, dtype=object)
    reasons[rows] = wrong
    column = next((name for name in ("locality", "place") if name in events), "geometry")
    words = _words(events, Problems(events.index))
    problems.add(column, ~pd.isna(reasons), with_none(words), reasons)

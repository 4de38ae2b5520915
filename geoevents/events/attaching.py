"""``attach``: where an event's words say it was becomes its geometry."""

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.errors import GeoeventsError
from geoevents.events.columns import COLUMNS, Column
from geoevents.events.positions import positions
from geoevents.events.problems import Problems, SchemaError
from geoevents.events.values import TEXT, canonical
from geoevents.geodesy import area, length
from geoevents.localities.locating import locate_known
from geoevents.places import Gazetteer, Place, geocode
from geoevents.places.geocoding import Countries

_SCHEMA = {column.name: column for column in COLUMNS}
_ADDED = tuple(column.name for column in COLUMNS if column.by_attach)
_DTYPES = {"text": TEXT, "number": "float64", "boolean": "bool"}
_POLYGON = 2


def attach(
    events: pd.DataFrame,
    *,
    country: Countries | None = None,
    gazetteer: Gazetteer | None = None,
) -> gpd.GeoDataFrame:
    """
    Give each event the geometry that its words describe.

    Parameters
    ----------
    events : pandas.DataFrame or geopandas.GeoDataFrame
        Events with a column ``locality``, ``place`` or both, or with geometry or coordinates of
        their own. The other columns of the schema are not needed.
    country : str or sequence of str, optional
        Only places of this country or these countries, as `geoevents.geocode` takes it. An event
        whose place lies elsewhere has the reason in ``problem``.
    gazetteer : Gazetteer, optional
        Where to look names up; the embedded one if not given.

    Returns
    -------
    geopandas.GeoDataFrame
        A new frame on the same index, in EPSG:4326, with ``geometry`` and ``uncertainty_m``, and

        - ``relation``: the relation read (``in``, ``near``, ``side``, ``corridor``...), or
          ``coordinates`` for an event that came with geometry, which it keeps;
        - ``inferred``: whether the outline was worked out from words;
        - ``area_km2``, ``area_low_km2``, ``area_high_km2``: geodesic area of the geometry and the
          range meant, missing for points and lines;
        - ``place_ids``: the gazetteer's ids of the places used, joined by "; ";
        - ``explanation``: how it was located;
        - ``problem``: why it was not. Its geometry is then missing.

    Raises
    ------
    SchemaError
        If the columns that it reads hold what they may not.

    See Also
    --------
    geoevents.locate : What a phrase is read as.

    Notes
    -----
    The text of ``locality`` is located; where there is none, that of ``place``. Beside a locality,
    ``place`` decides among namesakes, and says on which reach of a river a reported area lies. With
    ``reported_area_km2`` the region gets exactly that geodesic area where its words leave room for
    it ("along the Khabur River"). The range of a reported area is half a unit of its last
    significant digit to each side, a five at the end counting as half the unit above it: 300 stands
    for 250 to 350, 320 for 315 to 325, 115 for 112.5 to 117.5. That of an outline is the area with
    it moved in and out by its uncertainty; but a territorial gain in an inferred region, without a
    reported area, may be as small as 0. What is in one town, and has no reported area, is the
    town's point with its uncertainty.

    An event that `attach` has located before keeps what it found; one with a ``problem`` is tried
    again.

    Examples
    --------
    >>> import pandas as pd
    >>> import geoevents as ge
    >>> gain = pd.DataFrame(
    ...     {
    ...         "locality": ["along the Khabur River", "at the end of the rainbow"],
    ...         "place": ["Deir Ezzor", None],
    ...         "reported_area_km2": [300, None],
    ...     }
    ... )
    >>> located = ge.attach(gain, country="SY")
    >>> print(located.loc[0, "relation"], round(located.loc[0, "area_km2"], 1))
    corridor 300.0
    >>> located.geometry.notna().tolist()
    [True, False]
    """
    if not isinstance(events, pd.DataFrame):
        raise GeoeventsError(f"events is a {type(events).__name__}: give a frame of events")
    return attach_near(events, None, country=country, gazetteer=gazetteer)


def attach_near(
    events: pd.DataFrame,
    anchors: np.ndarray | None,
    known: Sequence[Mapping[str, Place]] | None = None,
    *,
    country: Countries | None = None,
    gazetteer: Gazetteer | None = None,
) -> gpd.GeoDataFrame:
    """
    Give each event its geometry, as `attach` does, where it is known near what each of them is.

    Parameters
    ----------
    events : pandas.DataFrame or geopandas.GeoDataFrame
        As for `attach`.
    anchors : numpy.ndarray of shapely geometries, optional
        For each event what decides among namesakes, in place of its column ``place``; None where
        there is nothing.
    known : sequence of mapping of str to Place, optional
        For each event the places that names in its locality mean, by the name; with `anchors`.
    country : str or sequence of str, optional
        As for `attach`.
    gazetteer : Gazetteer, optional
        As for `attach`.

    Returns
    -------
    geopandas.GeoDataFrame
        As of `attach`.
    """
    problems = Problems(events.index)
    geometry, used = positions(events, problems)
    read = {
        name: _column(_SCHEMA[name], events, problems)
        for name in ("locality", "place", "reported_area_km2", "uncertainty_m")
    }
    if not used and "locality" not in events and "place" not in events:
        problems.add_table(None, "nothing says where: give locality, place or geometry")
    if problems:
        raise SchemaError(problems.frame())
    given = ~shapely.is_missing(geometry)
    found = _located(read, ~given, country, gazetteer, anchors=anchors, known_places=known)
    shapes = geometry.copy()
    shapes[~given] = found.pop("geometry")[~given]
    found["uncertainty_m"] = np.where(given, read["uncertainty_m"], found["uncertainty_m"])
    _describe(found, given, shapes)
    if "event_type" in events:
        gains = (events["event_type"] == "territorial gain").to_numpy(dtype=bool)
        _bound_gains(found, gains & ~(read["reported_area_km2"] > 0).to_numpy())
    earlier = given & events["relation"].notna().to_numpy() if "relation" in events else None
    frame = {name: events[name] for name in events.columns if name not in used}
    for name, values in found.items():
        column = pd.Series(values, index=events.index, dtype=_DTYPES[_SCHEMA[name].kind])
        if earlier is not None and name in events and name != "uncertainty_m":
            column = column.mask(earlier, events[name]).astype(column.dtype)
        frame[name] = column
    names = [name for name in _SCHEMA if name in frame]
    names += [name for name in frame if name not in _SCHEMA]
    return gpd.GeoDataFrame(
        {name: frame[name] for name in names}, geometry=shapes, index=events.index, crs=4326
    )


def _column(column: Column, events: pd.DataFrame, problems: Problems) -> pd.Series:
    """Read one column, with nothing in it where there is none."""
    nothing = pd.Series([None] * len(events), index=events.index, dtype=object)
    read = canonical(column, events.get(column.name, nothing), problems)
    return pd.Series(read, index=events.index)


def _located(
    read: dict[str, pd.Series],
    wanted: np.ndarray,
    country: Countries | None,
    gazetteer: Gazetteer | None,
    *,
    anchors: np.ndarray | None,
    known_places: Sequence[Mapping[str, Place]] | None,
) -> dict[str, np.ndarray]:
    """Locate the rows wanted, each distinct description once; give the columns to add."""
    reported = read["reported_area_km2"]
    near = read["place"].where(read["locality"].notna(), None)
    if anchors is not None:
        near = pd.Series(anchors, index=reported.index, dtype=object)
    asked = pd.DataFrame(
        {
            "text": read["locality"].where(read["locality"].notna(), read["place"]),
            "near": near,
            "area": reported.where(reported > 0, np.nan),
        }
    ).reset_index(drop=True)
    places = known_places or [{}] * len(asked)
    asked["means"] = [
        "\n".join(f"{name}\t{place.id}" for name, place in one.items()) for one in places
    ]
    there = asked["text"].notna().to_numpy()
    asked = asked[wanted & there]
    codes = asked.groupby(list(asked), dropna=False, sort=False).ngroup()
    first = asked.index[~codes.duplicated()]
    distinct = asked.loc[first].reset_index(drop=True)
    # A list of countries holds for every event; `locate` takes one as a country for each.
    land = country
    if country is not None and not isinstance(country, str):
        land = pd.Series([tuple(country)] * len(distinct), dtype=object)
    if anchors is None:
        known = _known(distinct["near"], country, gazetteer)
    else:
        known = np.ones(len(distinct), dtype=bool)
    located = locate_known(
        distinct["text"],
        [places[row] for row in first],
        area_km2=distinct["area"],
        near=distinct["near"].where(known, None),
        country=land,
        gazetteer=gazetteer,
    )
    located["inferred"] = located["inferred"].fillna(value=False).astype(bool)
    located["problem"] = [_first_line(text) for text in located["problem"]]
    explained = np.array(located["explanation"], dtype=object)
    for row in np.flatnonzero(~known & located["problem"].isna()).tolist():
        explained[row] += f" The place {distinct['near'][row]!r} is not known: it gave no hint."
    located["explanation"] = explained
    _take_features(located, gazetteer)
    found = {}
    for name in (*_ADDED, "uncertainty_m", "geometry"):
        kind = _SCHEMA[name].kind
        column = np.full(len(there), np.nan if kind == "number" else None, dtype=object)
        column[asked.index] = located[name].to_numpy(dtype=object)[codes]
        found[name] = column
    found["problem"][wanted & ~there] = "the event names neither a locality nor a place"
    found["inferred"] = np.array([value is True for value in found["inferred"]], dtype=bool)
    return found


def _take_features(located: gpd.GeoDataFrame, gazetteer: Gazetteer | None) -> None:
    """
    Give what is in one town, or on one river, the gazetteer's own point or line.

    As a region, the disc that stands for a town would pass for ground that something is known
    about; its radius is in ``uncertainty_m``.
    """
    rows = np.flatnonzero(located["feature_id"].notna())
    source = gazetteer or Gazetteer.default()
    features = source.features(located["feature_id"].iloc[rows])
    shapes = features.geometry.to_numpy()
    dimensions = shapely.get_dimensions(shapes)
    flat = dimensions < _POLYGON
    geometry = located.geometry.to_numpy().copy()
    geometry[rows[flat]] = shapes[flat]
    located.geometry = gpd.GeoSeries(geometry, located.index, crs=located.crs)
    point = np.isin(np.arange(len(located)), rows[flat])
    located.loc[point, ["area_km2", "area_low_km2", "area_high_km2"]] = np.nan
    located.loc[point, "inferred"] = False
    own = np.full(len(located), np.nan)
    own[rows[dimensions == 0]] = features["uncertainty_m"].to_numpy()[dimensions == 0]
    located["uncertainty_m"] = np.where(np.isnan(own), located["uncertainty_m"], own)


def _first_line(problem: str | None) -> str | None:
    """Give a reason without the drawing below it that underlines the words."""
    return problem.split("\n", 1)[0] if isinstance(problem, str) else None


def _known(near: pd.Series, country: Countries | None, gazetteer: Gazetteer | None) -> np.ndarray:
    """Which hints the gazetteer can follow; no hint needs no following."""
    names = near.dropna().unique()
    found = geocode(names.tolist(), country=country, gazetteer=gazetteer)
    lost = names[found["name"].isna().to_numpy()]
    return ~near.isin(lost).to_numpy()


def _bound_gains(found: dict[str, np.ndarray], unmeasured: np.ndarray) -> None:
    """Let a gain of which only a region is known be as small as nothing, and say so."""
    rows = unmeasured & found["inferred"] & ~pd.isna(found["area_km2"])
    found["area_low_km2"][rows] = 0.0
    found["explanation"][rows] += " How much of it was gained is not said."


def _describe(found: dict[str, np.ndarray], given: np.ndarray, shapes: np.ndarray) -> None:
    """Say of events that came with a geometry what `attach` says of the others."""
    found["relation"][given] = "coordinates"
    found["explanation"][given] = "The geometry is the event's own."
    solid = given & (shapely.get_dimensions(shapes) == _POLYGON)
    polygons = gpd.GeoSeries(shapes[solid], crs=4326)
    size = area(polygons).to_numpy()
    shift = length(polygons.boundary).to_numpy() * found["uncertainty_m"][solid] / 1000
    found["area_km2"][solid] = size
    found["area_low_km2"][solid] = np.maximum(size - shift, 0)
    found["area_high_km2"][solid] = size + shift

"""Where the events of reports were: on the places that their reports were found to mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoevents.events.attaching import attach_near
from geoevents.geodesy import area
from geoevents.geodesy.regions import buffer
from geoevents.localities.naming.features import places_of
from geoevents.reports.columns import REPORT_COLUMNS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.places import Gazetteer, Place
    from geoevents.places.geocoding import Countries
    from geoevents.places.toponyms import Toponym
    from geoevents.reports.unknown import Unknown

_COLUMNS: Final = (
    *("event_type", "actor", "target", "start", "end", "date_precision", "locality", "place"),
    *("reported_area_km2", "fatalities", "status", "source", "quote", *REPORT_COLUMNS),
)
_NUMBERS: Final = frozenset(
    ("reported_area_km2", "fatalities", *(name for name in REPORT_COLUMNS if name not in TEXTS))
)
_DATES: Final = frozenset(("start", "end"))
#: What may stand before the name of a town in which something was.
_PLAIN: Final = re.compile(
    r"(?:(?:in|at|inside|within)\s+)?(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?",
    re.IGNORECASE,
)
#: What towns lie in.
_HOLDING: Final = frozenset(("country", "admin1", "admin2", "region"))
#: What localities say of a distance that is none.
_NO_DISTANCE: Final = "is no distance from a place"
_NOT_MEANT: Final = (
    "{name!r} was not found to be meant for a place: the gazetteer has a name like it, but nothing "
    "in the report speaks for it; locate it by itself to see"
)
#: Names like one that is not known are looked for so often: it takes 10 ms a name.
_MOST_SUGGESTED: Final = 50
_NOT_FOUND: Final = "{name!r} was not found to be the name of a place; locate it by itself to see"
_FOUND: Final = ("geometry", "relation", "place_ids", "explanation")
_MEASURED: Final = ("uncertainty_m", "area_km2", "area_low_km2", "area_high_km2")
#: How far from the place told before one is that nobody knows: of 22 such events whose places were
#: known to the annotators, half were within 33 km, three of four within this.
_AROUND_M: Final = 60_000.0
_AROUND: Final = "It is drawn within {radius:g} km of there: three of four such places are so near."
_ONLY_THE_PLACE: Final = "The words around it could not be located: only the place is,"
#: A word of kind behind a name.
_KIND: Final = re.compile(r" (?!of\b|in\b|and\b|or\b|to\b)[a-z]+\b")
_PREPOSITION: Final = re.compile(r"(?:in|at|inside|within)\b", re.IGNORECASE)


def locate_records(
    records: Sequence[dict[str, Any]],
    gazetteer: Gazetteer,
    *,
    country: Countries | None = None,
    labels: Sequence[Any] | None = None,
) -> gpd.GeoDataFrame:
    """
    Make a frame of events from records, each on its geometry.

    Parameters
    ----------
    records : sequence of dict
        As `record` gives them.
    gazetteer : Gazetteer
        What their places are of.
    country : str or sequence of str, optional
        Only places of this country or these.
    labels : sequence, optional
        For each the label of the report it is from, for the column ``report``.

    Returns
    -------
    geopandas.GeoDataFrame
        Events not yet in canonical form, located as `geoevents.attach` does. A town that was found
        to be meant is the town its event is in; for any other phrase it decides among namesakes.
    """
    frame = _frame(records)
    ranged = _take_middles(frame)
    unknown = {i: one["_unknown"] for i, one in enumerate(records) if one.get("_unknown")}
    lost_names = {row: one.words for row, one in unknown.items() if one.wider is None}
    asked_for = set(list(dict.fromkeys(lost_names.values()))[:_MOST_SUGGESTED])
    for row, words in lost_names.items():
        if words in asked_for:
            frame.loc[row, "locality"] = words
    if labels is not None:
        frame.insert(0, "report", pd.Series(list(labels), index=frame.index))
    meant = np.array([one.get("_toponym") is not None for one in records], dtype=bool)
    on_town = _on_towns(records, gazetteer)
    rest = meant & ~on_town
    some = [one for one, holds in zip(records, rest, strict=True) if holds]
    parts = []
    if some:
        anchors = np.array([None, *(_anchor(one["_beside"]) for one in some)], object)[1:]
        asked = attach_near(
            frame[rest], anchors, _known(some, gazetteer), country=country, gazetteer=gazetteer
        )
        # "99999 km south of Homs" is not at Homs.
        lost = np.array(
            [isinstance(said, str) and _NO_DISTANCE not in said for said in asked["problem"]], bool
        )
        parts.append(asked[~lost])
        if lost.any():
            parts.append(_placed(frame[rest][lost], records, gazetteer, _ONLY_THE_PLACE))
    if on_town.any():
        parts.append(_placed(frame[on_town], records, gazetteer, "The point of"))
    if not meant.all() or not records:
        parts.append(attach_near(frame[~meant], None, country=country, gazetteer=gazetteer))
    located = pd.concat(parts).sort_index()
    return _tell_unknown(_tell_ranges(located, ranged), unknown)


def _take_middles(frame: pd.DataFrame) -> pd.DataFrame:
    """Let areas of which a report gives only the range be drawn with its middle."""
    low, high = frame["reported_area_low_km2"], frame["reported_area_high_km2"]
    only = frame["reported_area_km2"].isna() & low.notna() & high.notna()
    frame.loc[only, "reported_area_km2"] = (low[only] + high[only]) / 2
    return frame.loc[only, ["reported_area_low_km2", "reported_area_high_km2"]]


def _tell_ranges(events: gpd.GeoDataFrame, ranged: pd.DataFrame) -> gpd.GeoDataFrame:
    """Say which ground was drawn with the middle of a range: its own range is the reported one."""
    if ranged.empty:
        return events
    events.loc[ranged.index, "reported_area_km2"] = np.nan
    drawn = ranged[events.loc[ranged.index, "area_km2"].notna()]
    events.loc[drawn.index, ["area_low_km2", "area_high_km2"]] = drawn.to_numpy()
    for row, low, high in drawn.itertuples():
        events.loc[row, "explanation"] += (
            f" Drawn with the middle of what is reported, {low:g} to {high:g} km2."
        )
    return events


def _widen(events: gpd.GeoDataFrame, rows: list[int]) -> None:
    """Put events whose own place nobody knows around the place told before, and not on it."""
    spread = events.loc[rows, "uncertainty_m"]
    near = spread.index[spread < _AROUND_M]
    if near.empty:
        return
    regions = [buffer(shape.centroid, _AROUND_M) for shape in events.geometry.loc[near]]
    around = gpd.GeoSeries(regions, index=near, crs=4326)
    size = area(around)
    events.loc[near, "geometry"] = around
    events.loc[near, "uncertainty_m"] = _AROUND_M
    events.loc[near, "inferred"] = True
    events.loc[near, "relation"] = "near"
    events.loc[near, "area_km2"] = size
    events.loc[near, "area_low_km2"] = 0.0
    events.loc[near, "area_high_km2"] = size
    events.loc[near, "explanation"] += " " + _AROUND.format(radius=_AROUND_M / 1000)


def _tell_unknown(events: gpd.GeoDataFrame, unknown: dict[int, Unknown]) -> gpd.GeoDataFrame:
    """Say of which events only a wider place is known than their words name, or none."""
    earlier = []
    for row, one in unknown.items():
        if one.wider is not None:
            if pd.isna(events.loc[row, "problem"]):
                events.loc[row, "locality"] = one.words
                events.loc[row, "explanation"] += f" {one.told()}"
                if one.earlier:
                    earlier.append(row)
        elif pd.isna(events.loc[row, "locality"]):
            events.loc[row, "locality"] = one.words
            events.loc[row, "problem"] = _NOT_FOUND.format(name=one.name)
        elif pd.isna(events.loc[row, "problem"]):
            # The gazetteer has such a name, but the report was not found to mean a place by it.
            events.loc[row, list(_FOUND)] = None
            events.loc[row, list(_MEASURED)] = np.nan
            events.loc[row, "inferred"] = False
            events.loc[row, "problem"] = _NOT_MEANT.format(name=one.name)
    _widen(events, earlier)
    return events


def _on_towns(records: Sequence[dict[str, Any]], gazetteer: Gazetteer) -> np.ndarray:
    """Tell which events are in a town, and no more is said of where."""
    towns = [_town(one) for one in records]
    found = np.array([town is not None for town in towns], dtype=bool)
    if found.any():
        numbers = np.array([town.feature for town in towns if town is not None], np.intp)
        flat = shapely.get_dimensions(gazetteer.geometries(numbers)) == 0
        found[np.flatnonzero(found)[~flat]] = False
    return found


def _known(records: Sequence[dict[str, Any]], gazetteer: Gazetteer) -> list[dict[str, Place]]:
    """Give for each event the places that its words name, as its report was found to mean them."""
    named = [one.get("_named", ()) for one in records]
    numbers = list(dict.fromkeys(place.feature for one in named for place in one))
    places = dict(zip(numbers, places_of(gazetteer, np.array(numbers, np.intp)), strict=True))
    return [
        {
            name: places[place.feature]
            for place in one
            if place.sense == "place"
            for name in _written(" ".join(place.text.split()), record["locality"] or "")
        }
        for one, record in zip(named, records, strict=True)
    ]


def _written(name: str, locality: str) -> list[str]:
    """List how a place is written in a locality: "Bannu", and "Bannu district" as a whole."""
    _, found, after = locality.partition(name)
    kind = _KIND.match(after) if found else None
    return [name] if kind is None else [name, name + kind.group()]


def _placed(
    events: pd.DataFrame, records: Sequence[dict[str, Any]], gazetteer: Gazetteer, said: str
) -> gpd.GeoDataFrame:
    """Put events on the gazetteer's own geometry of their places."""
    places = [records[row]["_toponym"] for row in events.index]
    features = np.array([place.feature for place in places], np.intp)
    relations = ["in" if _PREPOSITION.match(text) else "place" for text in events["locality"]]
    text = pd.Series(["a"]).dtype
    explained = [
        f"Read as: {locality}. {said} {place.kind} {place.name}. {place.why}".strip()
        for locality, place in zip(events["locality"], places, strict=True)
    ]
    columns: dict[str, Any] = {
        "relation": pd.Series(relations, events.index, dtype=text),
        "inferred": pd.Series(data=False, index=events.index, dtype=bool),
        "area_km2": np.nan,
        "area_low_km2": np.nan,
        "area_high_km2": np.nan,
        "place_ids": pd.Series([place.feature_id for place in places], events.index, dtype=text),
        "explanation": pd.Series(explained, events.index, dtype=text),
        "problem": pd.Series([None] * len(events), events.index, dtype=text),
        "uncertainty_m": gazetteer.numbers("uncertainty_m", features),
    }
    return gpd.GeoDataFrame(
        events.assign(**columns), geometry=gazetteer.geometries(features), crs=4326
    )


def _frame(records: Sequence[dict[str, Any]]) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    for name in _COLUMNS:
        values = [one.get(name) for one in records]
        if name in _NUMBERS:
            columns[name] = pd.Series(values, dtype="float64")
        elif name in _DATES:
            columns[name] = pd.Series(values, dtype="datetime64[ms]")
        else:
            columns[name] = pd.Series(values, dtype=pd.Series(["a"]).dtype)
    return pd.DataFrame(columns, index=pd.RangeIndex(len(records)))


def _town(record: dict[str, Any]) -> Toponym | None:
    """Give the place of an event that is said to be in it, and no more."""
    place: Toponym | None = record.get("_toponym")
    text: str | None = record["locality"]
    if place is None or text is None:
        return None
    if record.get("reported_area_km2") or record.get("reported_area_high_km2"):
        return None
    before, name, after = text.partition(" ".join(place.text.split()))
    if not name or not _PLAIN.fullmatch(before):
        return None
    return place if not after.strip(" ,") or _is_holder(record, after) else None


def _is_holder(record: dict[str, Any], after: str) -> bool:
    """Tell whether what stands after a town is but what it lies in: "Tripoli, Libya"."""
    held = after.strip(" ,")
    return after.startswith(",") and any(
        " ".join(place.text.split()) == held and place.kind in _HOLDING
        for place in record.get("_named", ())
    )


def _anchor(toponym: Toponym) -> shapely.Point:
    return shapely.Point(toponym.lon, toponym.lat)

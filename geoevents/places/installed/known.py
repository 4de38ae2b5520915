"""What the embedded gazetteer knows of features to come: which it has, what they lie in."""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.places.gazetteer import Gazetteer
from geoevents.places.names import fold, read, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Geometries = NDArray[np.object_]
Indices = NDArray[np.intp]

#: What has the same name and kind as an embedded line or polygon this near is the same thing.
SAME_M: Final = 30_000.0
#: How far outside every province a place may lie and still be given the nearest.
_REACH_DEG: Final = 0.25
#: Share of a code's places that must lie in one province for the code to mean that province.
_CLEAR_MAJORITY: Final = 0.6
_EARTH_M: Final = 6_378_137.0
_NULL_ISLAND_DEG: Final = 2.0


@lru_cache(maxsize=1)
def embedded_provinces_by_id(prefix: str) -> dict[str, str]:
    """
    Return the embedded features of one source.

    Parameters
    ----------
    prefix : str
        What their ids begin with, such as ``geonames:``.

    Returns
    -------
    dict of str to str
        The rest of each id, and the feature's admin1; empty where it has none.
    """
    known: dict[str, str] = {}
    for store in Gazetteer.embedded().stores:
        ids = store.ids.take(range(len(store)))
        ours = np.flatnonzero([text.startswith(prefix) for text in ids])
        admin1 = store.column("admin1", ours)
        for at, name in zip(ours.tolist(), admin1, strict=True):
            known.setdefault(ids[at].removeprefix(prefix), name)
    return known


class Provinces:
    """
    The embedded gazetteer's provinces, to be asked which of them a place lies in.

    Parameters
    ----------
    country : str, optional
        Only those of this country.
    """

    def __init__(self, country: str | None = None) -> None:
        geometry, names, countries = [], [], []
        for store in Gazetteer.embedded().stores:
            kinds = store.meta["vocabularies"]["kind"]
            if "admin1" not in kinds:
                continue
            mine = store.arrays["kind"] == kinds.index("admin1")
            codes = store.meta["vocabularies"]["country"]
            if country is not None:
                mine &= store.arrays["country"] == (
                    codes.index(country) if country in codes else -1
                )
            found = np.flatnonzero(mine)
            geometry.append(store.geometries(found))
            names += list(store.column("admin1", found))
            countries += list(store.column("country", found))
        self.geometry: Geometries = np.concatenate(geometry)
        self.names = np.array([*names, ""], dtype=object)
        self.countries = np.array([*countries, ""], dtype=object)

    def of(self, points: Geometries) -> Indices:
        """
        Tell in which province each point lies.

        Parameters
        ----------
        points : ndarray of shapely.Point
            Longitude and latitude.

        Returns
        -------
        ndarray of int
            Positions in `names` and `countries`; -1, the empty one, where it lies in none.
        """
        found = np.full(len(points), -1, np.intp)
        if not len(self.geometry) or not len(points):
            return found
        province, point = shapely.STRtree(points).query(self.geometry, predicate="intersects")
        found[point] = province
        outside = np.flatnonzero(found < 0)
        if len(outside):
            (asked, hit), away = shapely.STRtree(self.geometry).query_nearest(
                points[outside],
                max_distance=_REACH_DEG,
                return_distance=True,
                all_matches=False,
            )
            found[outside[asked[away <= _REACH_DEG]]] = hit[away <= _REACH_DEG]
        return found


def province_names(
    codes: "Sequence[str]", known: "Sequence[str]", points: Geometries, country: str
) -> list[str]:
    """
    Name the province of every feature of a country.

    The polygons answer first. Then the features of one code vote, those whose province the
    embedded gazetteer gives alone if there are any: where most agree, that is the province of all
    of them, whatever side of a generalised border one falls on. So the embedded gazetteer was made.

    Parameters
    ----------
    codes : sequence of str
        The source's code for the province of each; empty where it gives none.
    known : sequence of str
        The province that the embedded gazetteer gives for the feature itself; else empty.
    points : ndarray of shapely.Point
        Where each is.
    country : str
        Code of the country.

    Returns
    -------
    list of str
        The names of the embedded gazetteer's provinces; empty where none can be told.
    """
    import pandas as pd  # noqa: PLC0415 -- look-ups must not load pandas

    provinces = Provinces(country)
    polygons = provinces.names[provinces.of(points)].tolist()
    frame = pd.DataFrame({"code": codes, "known": known, "polygon": polygons})
    voted: dict[str, str] = {}
    for column in ("polygon", "known"):  # the later one has the last word
        told = frame[(frame[column] != "") & (frame["code"] != "")]
        counts = told.value_counts(["code", column], sort=False).reset_index(name="n")
        counts = counts.sort_values(["code", "n", column], ascending=[True, False, True])
        counts["share"] = counts["n"] / counts.groupby("code")["n"].transform("sum")
        top = counts.drop_duplicates("code")
        top = top[top["share"] >= _CLEAR_MAJORITY]
        voted |= dict(zip(top["code"], top[column], strict=True))
    return [
        own or voted.get(code, "") or polygon
        for own, code, polygon in zip(known, codes, polygons, strict=True)
    ]


@lru_cache(maxsize=256)
def is_far_from_null_island(country: str) -> bool:
    """
    Tell whether nothing of a country lies where longitude and latitude are 0.

    Parameters
    ----------
    country : str
        Its code.

    Returns
    -------
    bool
        Whether its embedded polygon is more than some 200 km away; False if there is none.
    """
    near = []
    for store in Gazetteer.embedded().stores:
        words = store.meta["vocabularies"]
        if "country" in words["kind"] and country in words["country"]:
            mine = store.arrays["kind"] == words["kind"].index("country")
            mine &= store.arrays["country"] == words["country"].index(country)
            near += shapely.distance(
                store.geometries(np.flatnonzero(mine)), shapely.Point(0.0, 0.0)
            ).tolist()
    return bool(near) and min(near) > _NULL_ISLAND_DEG


class Drawn:
    """
    The embedded gazetteer's lines and polygons, to be asked which of some features they are.

    Parameters
    ----------
    kinds : iterable of str
        Only those of these kinds.
    """

    def __init__(self, kinds: "Iterable[str]") -> None:
        wanted = set(kinds)
        geometry: list[Geometries] = [np.empty(0, object)]
        self._names: list[list[str]] = []
        self.kinds: list[str] = []
        self.people: list[int] = []
        for store in Gazetteer.embedded().stores:
            words = store.meta["vocabularies"]["kind"]
            ours = [words.index(kind) for kind in words if kind in wanted]
            found = np.flatnonzero(np.isin(store.arrays["kind"], ours))
            geometry.append(store.geometries(found))
            self.kinds += list(store.column("kind", found))
            self.people += np.asarray(store.column("population", found)).tolist()
            names = zip(store.column("name", found), store.column("names", found), strict=True)
            self._names += [[name, *more] for name, more in names]
        self.geometry: Geometries = np.concatenate(geometry)

    def same(
        self, geometry: Geometries, kinds: "Sequence[str]", names: "Sequence[Iterable[str]]"
    ) -> Indices:
        """
        Tell which features are the embedded gazetteer's own.

        Parameters
        ----------
        geometry : ndarray of shapely.Geometry
            The features, longitude and latitude.
        kinds : sequence of str
            Their kinds.
        names : sequence of iterable of str
            All their names.

        Returns
        -------
        ndarray of int
            For each feature the position of the embedded one of its kind that has one of its
            names, or one that sounds like it, and lies within 30 km; -1 if there is none.
        """
        found = np.full(len(geometry), -1, np.intp)
        asked = np.flatnonzero(np.isin(np.asarray(kinds, dtype=object), list(set(self.kinds))))
        if not len(asked):
            return found
        # Mercator is true to angles: near by, lengths are all too long by one factor.
        flat = shapely.transform(geometry[asked], _mercator)
        ours = shapely.transform(self.geometry, _mercator)
        top = np.abs(shapely.bounds(self.geometry)[:, [1, 3]]).max(axis=1)
        reach = SAME_M / np.cos(np.radians(np.minimum(top + 1.0, 85.0)))
        drawn, feature = shapely.STRtree(flat).query(ours, predicate="dwithin", distance=reach)
        alike = np.asarray(self.kinds, object)[drawn] == np.asarray(kinds, object)[asked[feature]]
        drawn, feature = drawn[alike], feature[alike]
        lat = np.clip(shapely.bounds(geometry[asked])[:, [1, 3]].mean(axis=1), -85.0, 85.0)
        metres = shapely.distance(ours[drawn], flat[feature])
        metres *= np.cos(np.radians(lat[feature]))
        order = np.argsort(-metres, kind="stable")  # the nearest has the last word
        order = order[metres[order] <= SAME_M]
        ours_by: dict[int, set[str]] = {}
        theirs_by: dict[int, set[str]] = {}
        for at, row in zip(drawn[order].tolist(), asked[feature[order]].tolist(), strict=True):
            if at not in ours_by:
                ours_by[at] = _keys(self._names[at])
            if row not in theirs_by:
                theirs_by[row] = _keys(names[row])
            if not theirs_by[row].isdisjoint(ours_by[at]):
                found[row] = at
        return found


@lru_cache(maxsize=1)
def waters() -> Drawn:
    """
    Return the embedded gazetteer's rivers and lakes.

    Returns
    -------
    Drawn
        The same object each time.
    """
    return Drawn(("river", "lake"))


def _keys(names: "Iterable[str]") -> set[str]:
    """Return what names are compared by: folded, without words for what it is, and by sound."""
    keys = {fold(reading.key) for name in names for reading in read(name) if not reading.within}
    sounds = {f"/{sound}" for key in keys if (sound := skeleton(key))}
    return (keys | sounds) - {""}


def _mercator(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    lat = np.radians(np.clip(xy[:, 1], -85.0, 85.0))
    across = np.radians(xy[:, 0]) * _EARTH_M
    flat: NDArray[np.float64] = np.stack([across, np.arcsinh(np.tan(lat)) * _EARTH_M], axis=1)
    return flat

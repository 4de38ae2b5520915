"""Features of several stores, counted through as those of one."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from geoevents.places.ranking import ADMIN2, COUNTRY, FACILITY, LAKE, RIVER, TOWN, Candidates
from geoevents.places.store import KINDS, Indices, Store

if TYPE_CHECKING:
    import geopandas as gpd

DATA: Final = Path(__file__).parent / "data"
KIND_CODES: Final = {kind: code for code, kind in enumerate(KINDS)}
#: GeoNames' codes of towns that something is run from, and OpenStreetMap's of towns that are no
#: villages; "" is of features without a code.
_SEATS: Final = frozenset((
    "", "P.PPLA", "P.PPLA2", "P.PPLA3", "P.PPLA4", "P.PPLA5", "P.PPLC", "P.PPLG",
    "place=city", "place=town",
))  # fmt: skip
#: A place of fewer inhabitants is a village.
_VILLAGE: Final = 1000


class Layers:
    """
    The stores of a gazetteer, one above the other, each feature known by one number.

    Parameters
    ----------
    stores : sequence of Store
        Where the features are kept.
    precedence : sequence of int, optional
        For each store its layer; 0 comes first. All are one layer if left out.
    """

    def __init__(self, stores: Sequence[Store], precedence: Sequence[int] | None = None) -> None:
        self._stores = tuple(stores)
        self._precedence = tuple(precedence) if precedence is not None else (0,) * len(stores)
        self._bases = np.concatenate([[0], np.cumsum([len(s) for s in stores])]).astype(np.intp)

    def __len__(self) -> int:
        return int(self._bases[-1])

    @property
    def stores(self) -> tuple[Store, ...]:
        """The files or frames it is made of."""
        return self._stores

    def base(self, store: int) -> int:
        """Return the number of the first feature of a store."""
        return int(self._bases[store])

    def of_default(self, features: Indices) -> NDArray[np.bool_]:
        """Tell which features come with geoevents or are installed, by number."""
        from geoevents.places.installed import folder  # noqa: PLC0415 -- it uses stores

        general = (DATA, folder())
        out = np.zeros(len(features), bool)
        for at, store, _ in self._split(features):
            out[at] = store.path is not None and Path(store.path).parent in general
        return out

    def added(self, features: Indices) -> NDArray[np.bool_]:
        """Tell which features do not come with geoevents, by number."""
        return self._added[self.store_of(features)]

    def store_of(self, features: Indices) -> Indices:
        """Return the number of each feature's store."""
        found: Indices = np.searchsorted(self._bases, features, "right") - 1
        return found

    @cached_property
    def _added(self) -> NDArray[np.bool_]:
        return np.array([s.path is None or Path(s.path).parent != DATA for s in self._stores], bool)

    @property
    def is_mixed(self) -> bool:
        """Whether other stores lie beside one that they may record the same things as."""
        return len(self._stores) > 1 and bool(self._added.any())

    def columns(self, names: Iterable[str], features: Indices) -> dict[str, list[Any]]:
        """Return columns of some features, by number."""
        parts = list(self._split(features))
        out: dict[str, list[Any]] = {}
        for name in names:
            values: list[Any] = [None] * len(features)
            for at, store, local in parts:
                some = store.column(name, local)
                some = some if isinstance(some, list) else some.tolist()
                if len(at) == len(values):
                    values = some
                else:
                    for i, value in zip(at.tolist(), some, strict=True):
                        values[i] = value
            out[name] = values
        return out

    def numbers(self, name: str, features: Indices) -> NDArray[np.float64]:
        """Return a column of numbers of some features, by number."""
        out = np.empty(len(features))
        for at, store, local in self._split(features):
            out[at] = store.arrays[name][local]
        return out

    def points(self, features: Indices) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return longitudes and latitudes of points of some features, by number."""
        lon, lat = np.empty(len(features)), np.empty(len(features))
        for at, store, local in self._split(features):
            lon[at], lat[at] = store.points(local)
        return lon, lat

    def geometries(self, features: Indices) -> NDArray[np.object_]:
        """Return the geometries of some features, by number."""
        out = np.empty(len(features), object)
        for at, store, local in self._split(features):
            out[at] = store.geometries(local)
        return out

    def codes(self, name: str, features: Indices) -> NDArray[np.intp]:
        """Return the codes of kind, country or admin1 of some features, by number."""
        out = np.empty(len(features), np.intp)
        for at, store, local in self._split(features):
            table = self._tables[self._stores.index(store)][name]
            out[at] = table[store.arrays[name][local]]
        return out

    def countries(self) -> list[str]:
        """Return the country codes that `candidates` counts by."""
        return self._countries

    def candidates(
        self,
        query: Indices,
        feature: Indices,
        match: NDArray[np.float64],
        quality: NDArray[np.float64],
    ) -> Candidates:
        """Gather what ranking needs to know of some features."""
        size = len(feature)
        lon, lat, population = np.empty(size), np.empty(size), np.empty(size)
        box = np.empty((size, 4))
        codes = np.empty((3, size), np.intp)
        precedence = np.zeros(size, np.intp)
        minor = np.zeros(size, bool)
        for at, store, local in self._split(feature):
            number = self._stores.index(store)
            lon[at], lat[at] = store.points(local)
            population[at] = store.arrays["population"][local]
            for row, name in enumerate(("kind", "country", "admin1")):
                codes[row][at] = self._tables[number][name][store.arrays[name][local]]
            if "feature_code" in store.arrays:
                code = store.arrays["feature_code"][local]
                # Where nobody was counted and nothing is run from there is a hamlet: one person.
                hamlet = (codes[0][at] == TOWN) & ~_seats(store)[code]
                population[at] = np.where(hamlet, np.maximum(population[at], 1), population[at])
                spot = np.isin(codes[0][at], (FACILITY, RIVER, LAKE))
                spot &= (store.shape_of(local) < 0) | (codes[0][at] == FACILITY)
                minor[at] = (hamlet | (spot & _coded(store)[code])) & (population[at] < _VILLAGE)
            precedence[at] = self._precedence[number]
            box[at] = store.boxes(local)
        uncounted = (codes[0] == ADMIN2) & (population == 0)
        people = np.where(uncounted, self._living(codes[1], box), population)
        return Candidates(
            query=query,
            feature=feature,
            match=match,
            quality=quality,
            kind=codes[0],
            country=codes[1],
            admin1=codes[2],
            population=population,
            people=people,
            lon=lon,
            lat=lat,
            box=box,
            precedence=precedence,
            minor=minor,
        )

    def _living(self, country: NDArray[np.intp], box: NDArray[np.float64]) -> NDArray[np.float64]:
        """Estimate how many live in districts where nobody was counted: a part of their country."""
        people, ground = self._districts
        living: NDArray[np.float64] = np.where(
            ground[country] > 0, people[country] * _size(box) / np.maximum(ground[country], 1e-9), 0
        )
        return living

    @cached_property
    def _districts(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each country its inhabitants, and the size of all its districts together."""
        people, ground = np.zeros((2, len(self._countries)))
        for store, table in zip(self._stores, self._tables, strict=True):
            kind = table["kind"][store.arrays["kind"]]
            country = table["country"][store.arrays["country"]]
            nations, districts = np.flatnonzero(kind == COUNTRY), np.flatnonzero(kind == ADMIN2)
            counted = store.arrays["population"][nations].astype(float)
            np.maximum.at(people, country[nations], counted)
            np.add.at(ground, country[districts], _size(store.boxes(districts)))
        return people, ground

    def _split(self, features: Indices) -> Iterable[tuple[Indices, Store, Indices]]:
        features = np.asarray(features, np.intp)
        if len(self._stores) == 1:
            yield np.arange(len(features)), self._stores[0], features
            return
        number = self.store_of(features)
        for i, store in enumerate(self._stores):
            at = np.flatnonzero(number == i)
            if len(at):
                yield at, store, features[at] - self._bases[i]

    @cached_property
    def _tables(self) -> list[dict[str, NDArray[np.intp]]]:
        """For each store, from its codes to codes that all stores share; "" is always 0."""
        tables: list[dict[str, NDArray[np.intp]]] = [{"kind": kinds_of(s)} for s in self._stores]
        for name in ("country", "admin1"):
            number = {"": 0}
            for store, table in zip(self._stores, tables, strict=True):
                words = store.meta["vocabularies"][name]
                codes = [number.setdefault(word, len(number)) for word in words]
                table[name] = np.array(codes, np.intp)
        return tables

    @cached_property
    def _countries(self) -> list[str]:
        number: dict[str, None] = {"": None}
        for store in self._stores:
            number |= dict.fromkeys(store.meta["vocabularies"]["country"])
        return list(number)

    @cached_property
    def _by_id(self) -> dict[str, int]:
        known: dict[str, int] = {}
        for base, store in zip(self._bases.tolist(), self._stores, strict=False):
            for i, text in enumerate(store.ids.take(range(len(store)))):
                known.setdefault(text, base + i)
        return known

    @cached_property
    def _twice(self) -> set[str]:
        """Ids that two tables without ids of their own have been given."""
        counted: dict[str, list[Store]] = {}
        for store in dict.fromkeys(self._stores):
            counted.setdefault(store.meta.get("numbered", ""), []).append(store)
        seen: set[str] = set()
        twice: set[str] = set()
        for source, stores in counted.items():
            if source and len(stores) > 1:
                for store in stores:
                    ids = set(store.ids.take(range(len(store))))
                    twice |= seen & ids
                    seen |= ids
        return twice

    def _frame(self, features: Indices) -> "gpd.GeoDataFrame":
        import geopandas as gpd  # noqa: PLC0415 -- look-ups must not load geopandas
        import pandas as pd  # noqa: PLC0415

        features = np.asarray(features, np.intp)
        text = ("id", "name", "names", "kind", "feature_code", "country", "admin1", "source")
        found = self.columns(text, features)
        columns: dict[str, Any] = {}
        for name in text[:-1]:
            values = found[name]
            if name in ("country", "admin1"):
                values = [value or None for value in values]
            columns[name] = pd.Series(values, dtype=object if name == "names" else "str")
        columns["population"] = self.numbers("population", features).astype(np.int64)
        columns["uncertainty_m"] = self.numbers("uncertainty_m", features)
        columns["source"] = pd.Series(found["source"], dtype="str")
        return gpd.GeoDataFrame(columns, geometry=self.geometries(features), crs="EPSG:4326")


def _size(box: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the size of boxes, in square degrees at the equator."""
    west, south, east, north = box.T
    size: NDArray[np.float64] = (
        (east - west) * (north - south) * np.cos(np.radians((south + north) / 2))
    )
    return size


def kinds_of(store: Store) -> NDArray[np.intp]:
    """
    Translate a store's codes of kinds.

    Parameters
    ----------
    store : Store
        A store.

    Returns
    -------
    numpy.ndarray of int
        For each of its codes the kind's place in ``store.KINDS``.
    """
    return np.array([KIND_CODES[word] for word in store.meta["vocabularies"]["kind"]], np.intp)


def _seats(store: Store) -> NDArray[np.bool_]:
    """Tell for each code of a store whether something is run from such a town."""
    return np.array([word in _SEATS for word in store.meta["vocabularies"]["feature_code"]], bool)


def _coded(store: Store) -> NDArray[np.bool_]:
    """Tell for each code of a store whether it is one."""
    return np.array([bool(word) for word in store.meta["vocabularies"]["feature_code"]], bool)

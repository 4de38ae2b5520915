"""A gazetteer: named features, looked up by name, id or place."""

import os
import threading
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import numpy as np
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError
from geoevents.places.building import build
from geoevents.places.ranking import Candidates
from geoevents.places.store import KINDS, Indices, Store

if TYPE_CHECKING:
    import geopandas as gpd

_DATA: Final = Path(__file__).parent / "data"
_KIND_CODES: Final = {kind: code for code, kind in enumerate(KINDS)}
#: What is assumed of features that come without an uncertainty.
_UNCERTAINTY_M: Final = 2000.0


class Gazetteer:
    """
    Named features of the earth.

    Make one with `default`, `from_frame`, `from_file` or `open`, and layer them with ``+``: the
    left one's features come first where both know a name.

    Parameters
    ----------
    stores : sequence of Store
        Where the features are kept.
    precedence : sequence of int, optional
        For each store its layer; 0 comes first. All are one layer if left out.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import Point
    >>> frame = gpd.GeoDataFrame(
    ...     {"name": ["Camp 7"]}, geometry=[Point(40.4, 35.1)], crs="EPSG:4326"
    ... )
    >>> camps = Gazetteer.from_frame(frame, kind="facility")
    >>> len(camps), camps.search("camp 7")["name"].tolist()
    (1, ['Camp 7'])
    """

    _default: ClassVar["Gazetteer | None"] = None
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, stores: Sequence[Store], precedence: Sequence[int] | None = None) -> None:
        self._stores = tuple(stores)
        self._precedence = tuple(precedence) if precedence is not None else (0,) * len(stores)
        self._bases = np.concatenate([[0], np.cumsum([len(s) for s in stores])]).astype(np.intp)

    # ------------------------------------------------------------------ making

    @classmethod
    def default(cls) -> "Gazetteer":
        """
        Return the gazetteer that comes with geoevents.

        Returns
        -------
        Gazetteer
            The same object each time; its files are read only where they are needed.
        """
        with Gazetteer._lock:
            if Gazetteer._default is None:
                paths = sorted(_DATA.glob("*.gaz"))
                if not paths:
                    raise GeoeventsError(
                        f"the embedded gazetteer is missing: {_DATA} holds no .gaz file. Install "
                        "geoevents from a wheel, or run tools/build_gazetteer.py"
                    )
                Gazetteer._default = Gazetteer([Store.open(path) for path in paths])
            return Gazetteer._default

    @classmethod
    def from_frame(
        cls,
        frame: "gpd.GeoDataFrame",
        *,
        name: str = "name",
        kind: str = "kind",
        source: str = "user",
    ) -> Self:
        """
        Make a gazetteer of any frame with names and geometries.

        Parameters
        ----------
        frame : GeoDataFrame
            Features. The columns id, names (a list, or text with ``;`` between names), country,
            admin1, population, uncertainty_m and source are used where there are any.
        name : str, default "name"
            The column with the main name. Rows without one are an error.
        kind : str, default "kind"
            The column with the kind, or the kind of them all, such as "populated place".
        source : str, default "user"
            Where features without a source come from; begins the ids of those without an id.

        Returns
        -------
        Gazetteer
            In memory; `save` keeps it.

        Raises
        ------
        GeoeventsError
            If a column, a name, a CRS or a geometry is missing or wrong; names the row.
        """
        import geopandas as gpd  # noqa: PLC0415 -- look-ups must not load geopandas

        if not isinstance(frame, gpd.GeoDataFrame):
            raise GeoeventsError(
                "from_frame takes a GeoDataFrame with names and geometries: got "
                f"{type(frame).__name__}"
            )
        if frame.active_geometry_name is None:
            raise GeoeventsError("the frame has no geometry column: set one with set_geometry")
        if not frame.columns.is_unique:
            twice = frame.columns[frame.columns.duplicated()].tolist()
            raise GeoeventsError(f"the frame has the column {twice[0]!r} twice: rename one")
        for argument, text in (("name", name), ("kind", kind), ("source", source)):
            if not isinstance(text, str):
                raise GeoeventsError(f"{argument} must be text: got {text!r:.80}")
        for column in (name,) if kind in KINDS else (name, kind):
            if column not in frame.columns:
                raise GeoeventsError(
                    f"the frame has no column {column!r}; it has "
                    f"{', '.join(map(repr, frame.columns))}. Give name= the column with the names "
                    f"and kind= the column with the kinds or one of {', '.join(KINDS)}"
                )
        count = len(frame)
        columns: dict[str, Any] = {
            "id": [f"{source}:{label}" for label in range(count)],
            "name": frame[name],
            "names": [()] * count,
            "kind": kind if kind in KINDS else frame[kind],
            "country": None,
            "admin1": None,
            "population": 0,
            "uncertainty_m": np.nan,
            "source": source,
        }
        for column in columns:
            if column not in ("name", "kind") and column in frame.columns:
                columns[column] = frame[column]
        built = frame[[frame.geometry.name]].assign(**columns)
        built["names"] = [
            tuple(part.strip() for part in value.split(";")) if isinstance(value, str) else value
            for value in built["names"]
        ]
        gone = built["uncertainty_m"].isna()
        built["uncertainty_m"] = built["uncertainty_m"].astype(object).mask(gone, _UNCERTAINTY_M)
        return cls([build(built)])

    @classmethod
    def from_file(
        cls, path: str | os.PathLike[str], *, name: str | None = None, kind: str = "kind"
    ) -> Self:
        """
        Make a gazetteer of a file of features, in any format GeoPandas reads.

        Parameters
        ----------
        path : path-like
            GeoJSON, GeoPackage, shapefile, GeoParquet, ...; or a ``.gaz`` file made by `save`.
        name : str, optional
            The column with the names. If left out there must be one called name, NAME, Name or
            asciiname.
        kind : str, default "kind"
            As in `from_frame`.

        Returns
        -------
        Gazetteer
            In memory (mapped, if a ``.gaz`` file).
        """
        try:
            path = Path(path)
        except TypeError:
            raise GeoeventsError(f"path must be the path of a file: got {path!r:.80}") from None
        if path.suffix == ".gaz":
            return cls([Store.open(path)])
        import geopandas as gpd  # noqa: PLC0415 -- look-ups must not load geopandas

        try:
            parquet = path.suffix.lower() in (".parquet", ".geoparquet")
            frame = gpd.read_parquet(path) if parquet else gpd.read_file(path)
        except Exception as error:  # each driver raises its own
            raise GeoeventsError(f"cannot read {path}: {error}") from error
        usual = ("name", "NAME", "Name", "asciiname")
        if name is None:
            name = next((column for column in usual if column in frame.columns), None)
        if name is None:
            raise GeoeventsError(
                f"{path} has no column {' or '.join(usual)}; give name= one of "
                f"{', '.join(map(repr, frame.columns))}"
            )
        return cls.from_frame(frame, name=name, kind=kind, source=path.stem)

    def save(self, path: str | os.PathLike[str]) -> None:
        """
        Keep a gazetteer in a file, for `from_file` to map.

        Parameters
        ----------
        path : path-like
            The file; should end in ``.gaz``.
        """
        if len(self._stores) != 1:
            raise GeoeventsError("a layered gazetteer cannot be saved: save each layer")
        self._stores[0].save(path)

    def __add__(self, other: "Gazetteer") -> "Gazetteer":
        if not isinstance(other, Gazetteer):
            return NotImplemented
        below = max(self._precedence, default=0) + 1
        return Gazetteer(
            self._stores + other._stores,
            self._precedence + tuple(below + p for p in other._precedence),
        )

    def __len__(self) -> int:
        return int(self._bases[-1])

    def __repr__(self) -> str:
        return f"<Gazetteer of {len(self):,} features in {len(self._stores)} file(s) or frame(s)>"

    def __reduce__(self) -> tuple[Any, ...]:
        if self is Gazetteer._default:
            return (Gazetteer.default, ())
        return (Gazetteer, (self._stores, self._precedence))

    # ------------------------------------------------------------------ asking

    def search(
        self, name: str, *, kind: str | None = None, country: str | None = None, limit: int = 10
    ) -> "gpd.GeoDataFrame":
        """
        List the features a name may mean, the likeliest first.

        Parameters
        ----------
        name : str
            A name, spelt in any way.
        kind : str, optional
            Only features of this kind.
        country : str, optional
            Only features of this country, or that pass through it: a code or a name.
        limit : int, default 10
            How many at most.

        Returns
        -------
        GeoDataFrame
            Columns of `features`, and ``score``. Empty where nothing has such a name.
        """
        from geoevents.places.geocoding import candidates_of  # noqa: PLC0415 -- it uses this class

        found, scores = candidates_of(name, self, kind=kind, country=country)
        frame = self._frame(found[:limit])
        frame.insert(frame.shape[1] - 1, "score", scores[:limit])
        return frame

    def features(self, ids: Iterable[str]) -> "gpd.GeoDataFrame":
        """
        Return features by id.

        Parameters
        ----------
        ids : iterable of str
            Such as ``geonames:170794``.

        Returns
        -------
        GeoDataFrame
            A row for each id, in order: id, name, names, kind, country, admin1, population,
            uncertainty_m, source, geometry.

        Raises
        ------
        GeoeventsError
            If an id is not there; names the first few.
        """
        return self._frame(self.numbers_of([ids] if isinstance(ids, str) else ids))

    def numbers_of(self, ids: Iterable[str]) -> Indices:
        """Return the numbers of features by id."""
        if not isinstance(ids, Iterable):
            raise GeoeventsError(f"ids must be a list of feature ids: got {ids!r:.80}")
        wanted: list[Any] = list(ids)
        known = self._by_id
        unknown = [i for i in wanted if not isinstance(i, str) or i not in known]
        if unknown:
            shown = ", ".join(map(repr, unknown[:3]))
            raise UnknownFeature(
                f"the gazetteer has no feature with the id {shown}"
                + (f" and {len(unknown) - 3} more" if len(unknown) > 3 else "")  # noqa: PLR2004
            )
        return np.array([known[i] for i in wanted], np.intp)

    def window(
        self,
        bounds: tuple[float, float, float, float],
        *,
        kinds: Sequence[str] | None = None,
        min_population: int = 0,
    ) -> "gpd.GeoDataFrame":
        """
        Return the features whose bounding box meets a box.

        Parameters
        ----------
        bounds : tuple of float
            West, south, east, north in degrees. West may be greater than east: a box across the
            antimeridian.
        kinds : sequence of str, optional
            Only these kinds.
        min_population : int, default 0
            Only populated places with at least so many inhabitants; other kinds are not affected.

        Returns
        -------
        GeoDataFrame
            Columns of `features`.
        """
        try:
            west, south, east, north = map(float, bounds)
        except (TypeError, ValueError):
            west = south = east = north = np.nan
        if not (south <= north and np.isfinite([west, east]).all()):
            raise GeoeventsError(f"bounds must be west, south, east, north in degrees: {bounds!r}")
        boxes = [(west, south, east, north)]
        if west > east:
            boxes = [(west, south, 180.0, north), (-180.0, south, east, north)]
        given: Any = () if kinds is None else kinds
        if isinstance(given, str) or not isinstance(given, Iterable):
            raise GeoeventsError(f"kinds must be a list of kinds: got {given!r:.80}")
        wanted = None if kinds is None else [kind_code(kind) for kind in kinds]
        found = []
        for base, store in zip(self._bases, self._stores, strict=False):
            hits = np.unique(np.concatenate([store.touching(box) for box in boxes]))
            codes = _kinds(store)[store.arrays["kind"][hits]]
            if wanted is not None:
                keep = np.isin(codes, wanted)
                hits, codes = hits[keep], codes[keep]
            if min_population > 0:
                town = codes == _KIND_CODES["populated place"]
                hits = hits[~town | (store.arrays["population"][hits] >= min_population)]
            found.append(hits + base)
        return self._frame(np.concatenate(found) if found else np.empty(0, np.intp))

    # ------------------------------------------------------------------ for geocoding

    @property
    def stores(self) -> tuple[Store, ...]:
        """The files or frames it is made of."""
        return self._stores

    def base(self, store: int) -> int:
        """Return the number of the first feature of a store."""
        return int(self._bases[store])

    def embedded(self, features: Indices) -> NDArray[np.bool_]:
        """Tell which features come with geoevents, by number."""
        out = np.zeros(len(features), bool)
        for at, store, _ in self._split(features):
            out[at] = store.path is not None and Path(store.path).parent == _DATA
        return out

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
        for at, store, local in self._split(feature):
            number = self._stores.index(store)
            lon[at], lat[at] = store.points(local)
            population[at] = store.arrays["population"][local]
            for row, name in enumerate(("kind", "country", "admin1")):
                codes[row][at] = self._tables[number][name][store.arrays[name][local]]
            precedence[at] = self._precedence[number]
            box[at] = store.boxes(local)
        return Candidates(
            query=query,
            feature=feature,
            match=match,
            quality=quality,
            kind=codes[0],
            country=codes[1],
            admin1=codes[2],
            population=population,
            lon=lon,
            lat=lat,
            box=box,
            precedence=precedence,
        )

    def _split(self, features: Indices) -> Iterable[tuple[Indices, Store, Indices]]:
        features = np.asarray(features, np.intp)
        if len(self._stores) == 1:
            yield np.arange(len(features)), self._stores[0], features
            return
        number = np.searchsorted(self._bases, features, "right") - 1
        for i, store in enumerate(self._stores):
            at = np.flatnonzero(number == i)
            if len(at):
                yield at, store, features[at] - self._bases[i]

    @cached_property
    def _tables(self) -> list[dict[str, NDArray[np.intp]]]:
        """For each store, from its codes to codes that all stores share; "" is always 0."""
        tables: list[dict[str, NDArray[np.intp]]] = [{"kind": _kinds(s)} for s in self._stores]
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

    def _frame(self, features: Indices) -> "gpd.GeoDataFrame":
        import geopandas as gpd  # noqa: PLC0415 -- look-ups must not load geopandas
        import pandas as pd  # noqa: PLC0415

        features = np.asarray(features, np.intp)
        text = ("id", "name", "names", "kind", "country", "admin1", "source")
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


class UnknownFeature(GeoeventsError, KeyError):  # noqa: N818 -- as PlaceNotFound
    """The gazetteer has no feature with such an id."""

    def __str__(self) -> str:
        return str(self.args[0])


def kind_code(kind: str) -> int:
    """
    Return the number of a kind.

    Parameters
    ----------
    kind : str
        One of ``store.KINDS``.

    Returns
    -------
    int
        Its place in ``store.KINDS``.
    """
    try:
        return _KIND_CODES[kind]
    except (KeyError, TypeError):
        raise GeoeventsError(f"kind must be one of {', '.join(KINDS)}: got {kind!r}") from None


def _kinds(store: Store) -> NDArray[np.intp]:
    return np.array([_KIND_CODES[word] for word in store.meta["vocabularies"]["kind"]], np.intp)

"""A gazetteer: named features, looked up by name, id or place."""

import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

import numpy as np

from geoevents.errors import GeoeventsError, shown
from geoevents.places.layers import DATA, KIND_CODES, Layers, kinds_of
from geoevents.places.store import KINDS, Indices, Store

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


class Gazetteer(Layers):
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
    _embedded: ClassVar["Gazetteer | None"] = None
    _lock: ClassVar[threading.RLock] = threading.RLock()

    # ------------------------------------------------------------------ making

    @classmethod
    def default(cls) -> "Gazetteer":
        """
        Return what geoevents knows: the embedded gazetteer and the installed ones.

        They are one layer: none comes before the other. What is installed later is in it when the
        next process starts.

        Returns
        -------
        Gazetteer
            The same object each time; its files are read only where they are needed.

        Raises
        ------
        GeoeventsError
            If a file cannot be read.

        Examples
        --------
        >>> len(Gazetteer.default()) >= len(Gazetteer.embedded())
        True
        """
        from geoevents.places.installed import paths  # noqa: PLC0415 -- it uses stores

        with Gazetteer._lock:
            if Gazetteer._default is None:
                Gazetteer._default = Gazetteer(
                    [*Gazetteer.embedded().stores, *map(_open_installed, paths())]
                )
            return Gazetteer._default

    @classmethod
    def embedded(cls) -> "Gazetteer":
        """
        Return the gazetteer that comes with geoevents, without the installed ones.

        Returns
        -------
        Gazetteer
            The same object each time; its files are read only where they are needed.

        Raises
        ------
        GeoeventsError
            If its files are missing.

        Examples
        --------
        >>> Gazetteer.embedded().search("Deir ez-Zor", limit=1)["country"].tolist()
        ['SY']
        """
        with Gazetteer._lock:
            if Gazetteer._embedded is None:
                paths = sorted(DATA.glob("*.gaz"))
                if not paths:
                    raise GeoeventsError(
                        f"the embedded gazetteer is missing: {DATA} holds no .gaz file. Install "
                        "geoevents from a wheel, or run tools/build_gazetteer.py"
                    )
                Gazetteer._embedded = Gazetteer([Store.open(path) for path in paths])
            return Gazetteer._embedded

    @classmethod
    def from_frame(
        cls,
        frame: "pd.DataFrame",
        *,
        name: str | None = None,
        names: str | Sequence[str] | None = None,
        kind: str | Mapping[str, Any] = "kind",
        source: str = "user",
        errors: Literal["raise", "skip"] = "raise",
    ) -> Self:
        """
        Make a gazetteer of any table with names and coordinates or geometries.

        Parameters
        ----------
        frame : DataFrame or GeoDataFrame
            Features. A GeoDataFrame may be in any CRS. Any other table needs columns of degrees
            called longitude and latitude, lon and lat, or x and y, in any case; or WKT in a column
            geometry. The columns id, country (codes or names), admin1, population, uncertainty_m,
            source and feature_code are used where there are any.
        name : str, optional
            The column with the main name; ``name`` or the like if left out. Rows without a name
            cannot be used.
        names : str or sequence of str, optional
            Columns with other names: a list, or text with ``;`` between names (``,`` in GeoNames'
            ``alternatenames``). If left out ``names``, ``name:en``, ``name_ar``, ``alt_name`` and
            the like; ``()`` for none.
        kind : str or mapping, default "kind"
            The column with the kind, or the kind of them all, such as "populated place", or what
            the table's words mean: ``{"village": "populated place", "well": None}``, None for what
            is to be left out. The column of such words is one of kind, place, fclass, featurecla,
            type, class and category; ``{"column": {"word": "kind"}}`` names another. Words of
            OpenStreetMap's ``place`` (village, hamlet, suburb...) are known without it.
        source : str, default "user"
            Where features without a source come from; begins the ids of those without an id. Give
            each table its own, where several are layered.
        errors : {"raise", "skip"}, default "raise"
            What to do where rows cannot be used: raise an error that lists them, or leave them out
            with a warning that counts them.

        Returns
        -------
        Gazetteer
            In memory; `save` keeps it.

        Raises
        ------
        GeoeventsError
            If a column or the CRS is missing, or rows cannot be used; names the first twenty.

        Notes
        -----
        An extract of ACLED is known by its columns, if ``name`` is left out. Each ``location`` of
        a province (and district, where there is ``admin2``) becomes a feature, at the most
        frequent position among its events of the best ``geo_precision``: a populated place, within
        5 km at 1 and 25 km at 2; at 3 a region, within 150 km of the point.

        Examples
        --------
        >>> import pandas as pd
        >>> villages = pd.DataFrame(
        ...     {"village": ["Tal Ahmar"], "name_ar": ["تل أحمر"], "LAT": [36.67], "LON": [38.12]}
        ... )
        >>> known = Gazetteer.from_frame(villages, name="village", kind="populated place")
        >>> known.search("تل احمر")[["name", "kind"]].values.tolist()
        [['Tal Ahmar', 'populated place']]
        """
        from geoevents.places.building import assemble  # noqa: PLC0415 -- look-ups do without
        from geoevents.places.frames import features_of  # noqa: PLC0415

        features = features_of(
            frame, name=name, names=names, kind=kind, source=source, errors=errors
        )
        return cls([assemble(features, numbered=features.attrs["numbered"])])

    @classmethod
    def from_file(
        cls,
        path: str | os.PathLike[str],
        *,
        name: str | None = None,
        names: str | Sequence[str] | None = None,
        kind: str | Mapping[str, Any] = "kind",
        layer: str | None = None,
        errors: Literal["raise", "skip"] = "raise",
    ) -> Self:
        """
        Make a gazetteer of a file of features, in any format that `geoevents.tables` reads.

        Parameters
        ----------
        path : path-like
            CSV, Excel, GeoJSON, GeoPackage, shapefile, GeoParquet, KML..., also packed with gzip
            or zip; or a ``.gaz`` file made by `save`.
        name, names, kind, errors : optional
            As in `from_frame`. The source is the name of the file.
        layer : str, optional
            The layer, the sheet, or the member of a zip archive, where there are several.

        Returns
        -------
        Gazetteer
            In memory (mapped, if a ``.gaz`` file).

        Raises
        ------
        GeoeventsError
            As in `from_frame`, with the lines of the file where it has lines; or if the file cannot
            be read.
        """
        try:
            path = Path(path)
        except TypeError:
            raise GeoeventsError(
                f"path must be the path of a file: got {shown(path, 80)}"
            ) from None
        if path.suffix == ".gaz":
            return cls([Store.open(path)])
        from geoevents.places.building import assemble  # noqa: PLC0415 -- look-ups do without
        from geoevents.places.frames import features_of, stays_text  # noqa: PLC0415
        from geoevents.tables import read_table  # noqa: PLC0415

        table = read_table(path, layer=layer, text=stays_text(name, names))
        frame = table.frame
        if table.lines is not None:
            frame = frame.set_axis(table.lines, axis=0).rename_axis(index="line")
        source = Path(path.name.removesuffix(".gz").removesuffix(".zip")).stem
        try:
            features = features_of(
                frame,
                name=name,
                names=names,
                kind=kind,
                source=source,
                errors=errors,
                broken=table.broken,
            )
        except GeoeventsError as error:
            raise GeoeventsError(f"{path}: {error}") from error
        return cls([assemble(features, numbered=features.attrs["numbered"])])

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

    def __repr__(self) -> str:
        return f"<Gazetteer of {len(self):,} features in {len(self._stores)} file(s) or frame(s)>"

    def __reduce__(self) -> tuple[Any, ...]:
        if self is Gazetteer._default:
            return (Gazetteer.default, ())
        if self is Gazetteer._embedded:
            return (Gazetteer.embedded, ())
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
            A row for each id, in order: id, name, names, kind, feature_code, country, admin1,
            population, uncertainty_m, source, geometry.

        Raises
        ------
        GeoeventsError
            If an id is not there; names the first few.
        """
        return self._frame(self.numbers_of([ids] if isinstance(ids, str) else ids))

    def numbers_of(self, ids: Iterable[str]) -> Indices:
        """Return the numbers of features by id."""
        if not isinstance(ids, Iterable):
            raise GeoeventsError(f"ids must be a list of feature ids: got {shown(ids, 80)}")
        wanted: list[Any] = list(ids)
        known = self._by_id
        unknown = [i for i in wanted if not isinstance(i, str) or i not in known]
        if unknown:
            named = ", ".join(map(shown, unknown[:3]))
            raise UnknownFeature(
                f"the gazetteer has no feature with the id {named}"
                + (f" and {len(unknown) - 3} more" if len(unknown) > 3 else "")  # noqa: PLR2004
            )
        twice = next((i for i in wanted if i in self._twice), None)
        if twice is not None:
            raise GeoeventsError(
                f"the id {shown(twice)} is in two layers, whose rows were counted: give each "
                "table a source of its own, as in Gazetteer.from_frame(frame, source='camps')"
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
            raise GeoeventsError(
                f"bounds must be west, south, east, north in degrees: {shown(bounds)}"
            )
        boxes = [(west, south, east, north)]
        if west > east:
            boxes = [(west, south, 180.0, north), (-180.0, south, east, north)]
        given: Any = () if kinds is None else kinds
        if isinstance(given, str) or not isinstance(given, Iterable):
            raise GeoeventsError(f"kinds must be a list of kinds: got {shown(given, 80)}")
        wanted = None if kinds is None else [kind_code(kind) for kind in kinds]
        found = []
        for base, store in zip(self._bases, self._stores, strict=False):
            hits = np.unique(np.concatenate([store.touching(box) for box in boxes]))
            codes = kinds_of(store)[store.arrays["kind"][hits]]
            if wanted is not None:
                keep = np.isin(codes, wanted)
                hits, codes = hits[keep], codes[keep]
            if min_population > 0:
                town = codes == KIND_CODES["populated place"]
                hits = hits[~town | (store.arrays["population"][hits] >= min_population)]
            found.append(hits + base)
        return self._frame(np.concatenate(found) if found else np.empty(0, np.intp))


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
        return KIND_CODES[kind]
    except (KeyError, TypeError):
        raise GeoeventsError(f"kind must be one of {', '.join(KINDS)}: got {shown(kind)}") from None


def _open_installed(path: Path) -> Store:
    try:
        return Store.open(path)
    except GeoeventsError as error:
        raise GeoeventsError(
            f"the installed gazetteer {shown(path.stem)} cannot be used: {error}. Make it anew "
            f"with `geoevents gazetteer update {path.stem}`, or take it away with "
            f"`geoevents gazetteer remove {path.stem}`"
        ) from error

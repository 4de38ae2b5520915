"""
How a gazetteer is kept: one file of plain arrays, mapped into memory and read where needed.

``write`` puts a frame of features into a file and ``Store.open`` maps it. A gazetteer made in
memory is the same thing without a file.

The file is a magic line, a JSON header and arrays:

- features, ordered by country, province and name: id, name, other names, kind, country, admin1,
  population, uncertainty, source, a point each;
- the lines and polygons of those that have one, as differences of whole multiples of a grid step;
- keys: every folded name once, sorted, so that a look-up is a binary search in the file;
- postings: for each key the features that carry it, and whether as their main name;
- a 32-bit hash of each key's skeleton, for look-ups by sound;
- a checksum of all this, at the end; files of older versions have none.
"""

import json
import mmap
import os
import zlib
from functools import cached_property, update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, Self, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError
from geoevents.files import replacing
from geoevents.places.damage import (
    MOST_SUMMED,
    DamagedGazetteer,
    dtype_of,
    is_sealed,
    seal,
    see_arrays,
    see_seal,
)
from geoevents.places.texts import BLOCK, Texts

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

_MAGIC: Final = b"geoevents gazetteer 1\n"
#: Points are whole multiples of this many degrees: a centimetre.
POINT_STEP: Final = 1e-7

#: What a feature can be.
KINDS: Final = (
    "country",
    "admin1",
    "admin2",
    "populated place",
    "river",
    "lake",
    "region",
    "facility",
)

Indices = NDArray[np.intp]

_NONE: Final = np.empty(0, np.intp)
_SCANS: Final = 16

_Given = ParamSpec("_Given")
_Got = TypeVar("_Got")


def _reading(
    method: "Callable[Concatenate[Store, _Given], _Got]",
) -> "Callable[Concatenate[Store, _Given], _Got]":
    """Where what a file holds makes no sense, say that it is damaged."""

    def read(self: "Store", /, *args: _Given.args, **options: _Given.kwargs) -> _Got:
        try:
            return method(self, *args, **options)
        except (IndexError, ValueError, OverflowError, shapely.errors.ShapelyError) as error:
            if self.path is None:
                raise
            raise DamagedGazetteer(self.path, error) from error

    update_wrapper(read, method)
    return read


class Store:
    """
    The arrays of one gazetteer and how to read them.

    Parameters
    ----------
    arrays : dict of str to ndarray
        As ``build`` makes them.
    meta : dict
        The vocabularies of the coded columns and the grid step.
    path : Path, optional
        The file they are mapped from; such a store is pickled as its path.
    """

    def __init__(
        self, arrays: dict[str, NDArray[Any]], meta: dict[str, Any], path: Path | None = None
    ) -> None:
        self.arrays = arrays
        self.meta = meta
        self.path = path
        count = int(meta["features"])
        self.ids = Texts(arrays["ids"], arrays["ids_blocks"], count, path)
        self.names = Texts(arrays["names"], arrays["names_blocks"], count, path)
        self.others = Texts(arrays["others"], arrays["others_blocks"], count, path)
        self.keys = Texts(arrays["keys"], arrays["keys_blocks"], int(meta["keys"]), path)
        self.skeletons: NDArray[np.uint32] = arrays["skeletons"]
        self._scans = 0

    def __len__(self) -> int:
        return len(self.ids)

    def __reduce__(self) -> tuple[Any, ...]:
        if self.path is not None:
            return (Store.open, (self.path,))
        return (Store, (self.arrays, self.meta))

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, whole: bool = False) -> Self:
        """
        Map a file that ``write`` made.

        Its structure is seen to, and its checksum if it is no larger than `MOST_SUMMED`, or
        ``whole`` is given.
        """
        path = Path(path)
        try:
            with path.open("rb") as file:
                state = os.fstat(file.fileno())
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise GeoeventsError(f"cannot open the gazetteer {path}: {error}") from error
        size = len(_MAGIC)
        if mapped[:size] != _MAGIC:
            raise GeoeventsError(
                f"{path} is not a geoevents gazetteer of this version: build it again with "
                "Gazetteer.from_frame(...).save(path)"
            )
        try:
            length = int.from_bytes(mapped[size : size + 8], "little")
            meta = json.loads(mapped[size + 8 : size + 8 + length])
            arrays = {name: _array(mapped, *place) for name, place in dict(meta["arrays"]).items()}
            see_arrays(arrays, meta, BLOCK)
            if not set(meta["vocabularies"]["kind"]).issubset(KINDS):
                raise ValueError("a kind that is none")  # noqa: TRY301 -- told as all else here
            made = cls(arrays, meta, path)
        except KeyError as error:
            raise DamagedGazetteer(path, f"without {error}") from error
        except (ValueError, TypeError, AttributeError, IndexError, OverflowError,
                RecursionError) as error:  # fmt: skip
            raise DamagedGazetteer(path, error) from error
        sealed = "sealed" in meta or is_sealed(mapped)
        if sealed and (whole or len(mapped) <= MOST_SUMMED):
            see_seal(path, mapped, state)
        return made

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the arrays into one file; a reader never sees half of it."""
        names = sorted(self.arrays)
        table: dict[str, tuple[str, int, int]] = {}
        header = b""
        # The offsets are part of the header, whose length moves the offsets: a second round fits.
        for _ in range(3):
            offset = _aligned(len(_MAGIC) + 8 + len(header))
            for name in names:
                array = self.arrays[name]
                table[name] = (array.dtype.str, len(array), offset)
                offset = _aligned(offset + array.nbytes)
            meta = {**self.meta, "sealed": True, "arrays": table}
            text = json.dumps(meta, ensure_ascii=False, separators=(",", ":")).encode()
            header = text.ljust(max(len(header), len(text)))
        checksum = 0
        with replacing(path) as unfinished, unfinished.open("wb") as file:

            def put(piece: Any) -> None:
                nonlocal checksum
                checksum = zlib.crc32(piece, checksum)
                file.write(piece)

            put(_MAGIC + len(header).to_bytes(8, "little") + header)
            for name in names:
                put(b"\0" * (table[name][2] - file.tell()))
                put(np.ascontiguousarray(self.arrays[name]).tobytes())
            file.write(seal(checksum))

    # ------------------------------------------------------------------ names -> features

    @_reading
    def postings(self, key: int) -> NDArray[np.uint32]:
        """Return the features of one key, doubled, plus one where it is not the main name."""
        counts = self.arrays["postings_counts"]
        first = key // BLOCK * BLOCK
        start = int(self.arrays["postings_blocks"][key // BLOCK])
        start += int(counts[first:key].sum(dtype=np.int64))
        return self._known(self.arrays["postings"][start : start + int(counts[key])])

    @_reading
    def postings_all(self, keys: Indices) -> tuple[Indices, NDArray[np.uint32]]:
        """Return for many keys which of them (by position) has which posting."""
        counts = self.arrays["postings_counts"][keys].astype(np.intp)
        starts = self._postings_starts[keys]
        owner = np.repeat(np.arange(len(keys)), counts)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        return owner, self._known(self.arrays["postings"][np.repeat(starts, counts) + within])

    def _known(self, postings: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """See that postings are of features that there are."""
        if len(postings) and int(postings.max()) >> 1 >= len(self):
            raise IndexError("a name of a feature that is not there")
        return postings

    @cached_property
    def _postings_starts(self) -> Indices:
        counts = self.arrays["postings_counts"]
        starts: Indices = np.cumsum(counts, dtype=np.intp)
        starts -= counts
        return starts

    @_reading
    def sounding_like(self, hashes: NDArray[np.uint32]) -> tuple[Indices, Indices]:
        """Return which of these hashes of skeletons (by position) is that of which key."""
        if len(hashes) < BLOCK and self._scans < _SCANS:
            # Reading them all takes 0.3 ms, ordering them 100 ms: not for a look-up or two.
            self._scans += 1
            found = [np.flatnonzero(self.skeletons == h) if h else _NONE for h in hashes]
            owner = np.repeat(np.arange(len(found)), [len(f) for f in found])
            return owner, np.concatenate([_NONE, *found])
        order, ordered = self._by_skeleton
        low = np.searchsorted(ordered, hashes, "left")
        high = np.searchsorted(ordered, hashes, "right")
        counts = np.where(hashes == 0, 0, high - low)
        owner = np.repeat(np.arange(len(hashes)), counts)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        return owner, order[np.repeat(low, counts) + within].astype(np.intp)

    @cached_property
    def _by_skeleton(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        order = np.argsort(self.skeletons, kind="stable").astype(np.uint32)
        return order, self.skeletons[order]

    # ------------------------------------------------------------------ features

    @_reading
    def column(self, name: str, features: Indices) -> list[Any] | NDArray[Any]:
        """Return a column of some features: a list of texts, or an array of numbers."""
        if name == "id":
            return self.ids.take(features)
        if name == "name":
            return self.names.take(features)
        if name == "names":
            return [tuple(t.split("\t")) if t else () for t in self.others.take(features)]
        if name == "feature_code" and name not in self.arrays:
            return [""] * len(features)
        values = self.arrays[name][features]
        if name in self.meta["vocabularies"]:
            words = self.meta["vocabularies"][name]
            return [words[code] for code in values.tolist()]
        return values

    @_reading
    def points(self, features: Indices) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return longitudes and latitudes of the features' points."""
        scale = round(1 / POINT_STEP)
        return self.arrays["lon"][features] / scale, self.arrays["lat"][features] / scale

    @_reading
    def shape_of(self, features: Indices) -> Indices:
        """Return the number of each feature's line or polygon, -1 where it is a point."""
        owners = self.arrays["shape_feature"]
        if not len(owners):
            return np.full(len(features), -1, np.intp)
        at = np.minimum(np.searchsorted(owners, features), len(owners) - 1)
        return np.where(owners[at] == features, at, -1)

    @_reading
    def boxes(self, features: Indices) -> NDArray[np.float64]:
        """Return west, south, east, north of each feature."""
        lon, lat = self.points(features)
        out = np.stack([lon, lat, lon, lat], axis=1)
        shapes = self.shape_of(features)
        wide = np.flatnonzero(shapes >= 0)
        if len(wide):
            out[wide] = self.arrays["shape_bounds"].reshape(-1, 4)[shapes[wide]] * POINT_STEP
        return out

    @_reading
    def geometries(self, features: Indices) -> NDArray[np.object_]:
        """Return the geometries of features."""
        lon, lat = self.points(features)
        out: NDArray[np.object_] = np.asarray(shapely.points(lon, lat), dtype=object)
        shapes = self.shape_of(features)
        which = np.flatnonzero(shapes >= 0)
        if len(which):
            unique, inverse = np.unique(shapes[which], return_inverse=True)
            decoded = np.empty(len(unique), object)
            decoded[:] = [self._shape(int(i)) for i in unique]
            out[which] = decoded[inverse]
        return out

    def _shape(self, index: int) -> shapely.Geometry:
        a = self.arrays
        parts = a["shape_parts"][index : index + 2].astype(np.int64)
        rings = a["part_rings"][parts[0] : parts[1] + 1].astype(np.int64)
        ends = a["ring_ends"][rings[0] : rings[-1] + 1].astype(np.int64)
        first, last = int(ends[0]), int(ends[-1])
        steps = np.stack([a["x"][first:last], a["y"][first:last]], axis=1)
        # A step over the antimeridian overflows; the sum, which wraps as it did, is right again.
        coordinates = np.cumsum(steps, axis=0, dtype=np.int32) / self.meta["steps_per_degree"]
        if a["shape_line"][index]:
            kind = shapely.GeometryType.MULTILINESTRING
            offsets: tuple[Any, ...] = (ends - first, np.array([0, len(ends) - 1]))
        else:
            kind = shapely.GeometryType.MULTIPOLYGON
            offsets = (ends - first, rings - rings[0], np.array([0, len(rings) - 1]))
        shape = shapely.from_ragged_array(kind, coordinates, offsets)[0]
        return shape if len(shape.geoms) > 1 else shape.geoms[0]

    @_reading
    def touching(self, bounds: tuple[float, float, float, float]) -> Indices:
        """Return the features whose bounding box meets another, in order."""
        west, south, east, north = (value / POINT_STEP for value in bounds)
        lon, lat = self.arrays["lon"], self.arrays["lat"]
        hit = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        owners = self.arrays["shape_feature"]
        boxes = self.arrays["shape_bounds"].reshape(-1, 4)
        hit[owners] = (
            (boxes[:, 0] <= east)
            & (boxes[:, 2] >= west)
            & (boxes[:, 1] <= north)
            & (boxes[:, 3] >= south)
        )
        return np.flatnonzero(hit)


def _array(mapped: mmap.mmap, kind: object, count: int, offset: int) -> NDArray[Any]:
    if type(count) is not int or type(offset) is not int or count < 0:
        raise ValueError(f"an array of {count!r:.40} at {offset!r:.40}")
    if not count:
        return np.empty(0, dtype_of(kind))
    return np.frombuffer(mapped, dtype_of(kind), count, offset)


def _aligned(offset: int) -> int:
    return -(-offset // 64) * 64


def write(
    frame: "gpd.GeoDataFrame", path: str | os.PathLike[str], *, grid_deg: float = 1e-5
) -> None:
    """
    Write a frame of features as a gazetteer file.

    Data under different licences goes into different files: call this once for each, with names
    that end in ``.gaz``. ``Gazetteer.default()`` reads every ``*.gaz`` in ``places/data`` as one.

    Parameters
    ----------
    frame : GeoDataFrame
        Columns id, name, names (a list of texts), kind, country, admin1, population,
        uncertainty_m, source and geometry, in a geographic CRS.
    path : path-like
        The file to write; replaced whole.
    grid_deg : float, default 1e-5
        The grid, in degrees, that vertices of lines and polygons are rounded to. Points keep
        seven decimals.
    """
    from geoevents.places.building import build  # noqa: PLC0415 -- look-ups do without

    build(frame, grid_deg=grid_deg).save(path)

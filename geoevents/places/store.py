"""
How a gazetteer is kept: one file of plain arrays, mapped into memory and read where needed.

``build`` turns a frame of features into a `Store`; ``write`` puts it into a file; ``Store.open``
maps such a file. A gazetteer made in memory is the same thing without a file.

The file is a magic line, a JSON header and arrays:

- features, ordered by country, province and name: id, name, other names, kind, country, admin1,
  population, uncertainty, source, a point each;
- the lines and polygons of those that have one, as differences of whole multiples of a grid step;
- keys: every folded name once, sorted, so that a look-up is a binary search in the file;
- postings: for each key the features that carry it, and whether as their main name;
- a 32-bit hash of each key's skeleton, for look-ups by sound.
"""

import json
import mmap
import os
import tempfile
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self
from zlib import crc32

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError
from geoevents.places.names import fold, skeleton

if TYPE_CHECKING:
    import geopandas as gpd

_MAGIC: Final = b"geoevents gazetteer 1\n"
_BLOCK: Final = 32
_POINT_STEP: Final = 1e-7
_NEWLINE: Final = 10

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

_COLUMNS: Final = (
    "id", "name", "names", "kind", "country", "admin1", "population", "uncertainty_m", "source",
)  # fmt: skip

Indices = NDArray[np.intp]


class Texts:
    """A long list of texts in one block of bytes, one a line."""

    def __init__(self, blob: NDArray[np.uint8], blocks: NDArray[np.uint32], count: int) -> None:
        self._blob = blob
        self._bytes = memoryview(blob)
        self._blocks = blocks
        self._count = count

    @staticmethod
    def pack(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
        """Return the bytes of the texts and where every 32nd begins."""
        lines = [text.encode() for text in texts]
        sizes = np.fromiter((len(line) + 1 for line in lines), np.int64, len(lines))
        starts = np.concatenate([[0], np.cumsum(sizes)])
        blob = np.frombuffer(b"".join(line + b"\n" for line in lines), np.uint8)
        return blob, np.append(starts[:-1:_BLOCK], starts[-1]).astype(np.uint32)

    def __len__(self) -> int:
        return self._count

    def _block(self, block: int) -> bytes:
        return bytes(self._bytes[int(self._blocks[block]) : int(self._blocks[block + 1])])

    def __getitem__(self, index: int) -> str:
        return self._block(index // _BLOCK).split(b"\n")[index % _BLOCK].decode()

    @cached_property
    def ends(self) -> NDArray[np.uint32]:
        """Where each text ends in `blob`."""
        parts = []
        step = 1 << 22
        for start in range(0, len(self._blob), step):
            hits = np.flatnonzero(self._blob[start : start + step] == _NEWLINE)
            parts.append((hits + start).astype(np.uint32))
        return np.concatenate(parts) if parts else np.empty(0, np.uint32)

    @cached_property
    def starts(self) -> NDArray[np.uint32]:
        """Where each text starts in `blob`."""
        return np.concatenate([np.zeros(1, np.uint32), self.ends[:-1] + np.uint32(1)])

    @property
    def blob(self) -> NDArray[np.uint8]:
        """All the bytes."""
        return self._blob

    def take(self, indices: Iterable[int]) -> list[str]:
        """Return the texts at these indices."""
        wanted = np.asarray(indices, np.intp)
        if len(wanted) < _BLOCK:
            return [self[i] for i in wanted.tolist()]
        data = self._bytes
        starts, ends = self.starts[wanted].tolist(), self.ends[wanted].tolist()
        return [str(data[a:b], "utf-8") for a, b in zip(starts, ends, strict=True)]

    def find(self, text: str) -> int:
        """Return the index of a text among sorted texts, or -1."""
        line = text.encode()
        low, high = 0, len(self._blocks) - 1
        if not self._count or not line:
            return -1
        data, blocks, size = self._bytes, self._blocks, len(line)
        while high - low > 1:
            middle = (low + high) // 2
            start = int(blocks[middle])
            # One byte more than the text: the newline sorts before any byte of a longer key.
            if bytes(data[start : start + size + 1]) <= line + b"\n":
                low = middle
            else:
                high = middle
        return self._within(low, line)

    def find_all(self, texts: Sequence[str]) -> Indices:
        """Return the index of each text among sorted texts, or -1."""
        from bisect import bisect_right  # noqa: PLC0415 -- only bulk look-ups need it

        firsts = self._firsts
        out = np.full(len(texts), -1, np.intp)
        if self._count:
            for i, text in enumerate(texts):
                line = text.encode()
                block = bisect_right(firsts, line) - 1
                if block >= 0 and line:
                    out[i] = self._within(block, line)
        return out

    @cached_property
    def _firsts(self) -> list[bytes]:
        data = self._bytes
        out = []
        for start in self._blocks[:-1].tolist():
            head = bytes(data[start : start + 64])
            cut = head.find(b"\n")
            out.append(head[:cut] if cut >= 0 else self._line(start))
        return out

    def _line(self, start: int) -> bytes:
        rest = bytes(self._bytes[start : start + 4096])
        return rest[: rest.find(b"\n")]

    def _within(self, block: int, line: bytes) -> int:
        text = b"\n" + self._block(block)
        at = text.find(b"\n" + line + b"\n")
        return -1 if at < 0 else block * _BLOCK + text.count(b"\n", 0, at)


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
        self.ids = Texts(arrays["ids"], arrays["ids_blocks"], count)
        self.names = Texts(arrays["names"], arrays["names_blocks"], count)
        self.others = Texts(arrays["others"], arrays["others_blocks"], count)
        self.keys = Texts(arrays["keys"], arrays["keys_blocks"], int(meta["keys"]))
        self.skeletons: NDArray[np.uint32] = arrays["skeletons"]

    def __len__(self) -> int:
        return len(self.ids)

    def __reduce__(self) -> tuple[Any, ...]:
        if self.path is not None:
            return (Store.open, (self.path,))
        return (Store, (self.arrays, self.meta))

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """Map a file that ``write`` made."""
        path = Path(path)
        try:
            with path.open("rb") as file:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise GeoeventsError(f"cannot open the gazetteer {path}: {error}") from error
        size = len(_MAGIC)
        if mapped[:size] != _MAGIC:
            raise GeoeventsError(
                f"{path} is not a geoevents gazetteer of this version: build it again with "
                "Gazetteer.from_frame(...).save(path)"
            )
        length = int.from_bytes(mapped[size : size + 8], "little")
        meta = json.loads(mapped[size + 8 : size + 8 + length])
        arrays = {
            name: np.frombuffer(mapped, np.dtype(kind), count, offset)
            for name, (kind, count, offset) in meta["arrays"].items()
        }
        return cls(arrays, meta, path)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the arrays into one file; a reader never sees half of it."""
        path = Path(path)
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
            meta = {**self.meta, "arrays": table}
            text = json.dumps(meta, ensure_ascii=False, separators=(",", ":")).encode()
            header = text.ljust(max(len(header), len(text)))
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            try:
                file.write(_MAGIC + len(header).to_bytes(8, "little") + header)
                for name in names:
                    file.write(b"\0" * (table[name][2] - file.tell()))
                    file.write(np.ascontiguousarray(self.arrays[name]).tobytes())
                file.close()
                Path(file.name).chmod(0o644)
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise

    # ------------------------------------------------------------------ names -> features

    def postings(self, key: int) -> NDArray[np.uint32]:
        """Return the features of one key, doubled, plus one where it is not the main name."""
        counts = self.arrays["postings_counts"]
        first = key // _BLOCK * _BLOCK
        start = int(self.arrays["postings_blocks"][key // _BLOCK])
        start += int(counts[first:key].sum(dtype=np.int64))
        found: NDArray[np.uint32] = self.arrays["postings"][start : start + int(counts[key])]
        return found

    def postings_all(self, keys: Indices) -> tuple[Indices, NDArray[np.uint32]]:
        """Return for many keys which of them (by position) has which posting."""
        counts = self.arrays["postings_counts"][keys].astype(np.intp)
        starts = self._postings_starts[keys]
        owner = np.repeat(np.arange(len(keys)), counts)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        return owner, self.arrays["postings"][np.repeat(starts, counts) + within]

    @cached_property
    def _postings_starts(self) -> Indices:
        counts = self.arrays["postings_counts"]
        starts: Indices = np.cumsum(counts, dtype=np.intp)
        starts -= counts
        return starts

    def sounding_like(self, key: str) -> Indices:
        """Return the keys whose skeleton is that of a folded name."""
        sound = skeleton(key)
        if not sound:
            return np.empty(0, np.intp)
        return np.flatnonzero(self.skeletons == np.uint32(crc32(sound.encode())))

    def sounding_like_all(self, keys: Sequence[str]) -> tuple[Indices, Indices]:
        """Return for many folded names which of them (by position) sounds like which key."""
        hashes = [crc32(sound.encode()) if (sound := skeleton(key)) else 0 for key in keys]
        wanted = np.array(hashes, np.uint32)
        order, ordered = self._by_skeleton
        low = np.searchsorted(ordered, wanted, "left")
        high = np.searchsorted(ordered, wanted, "right")
        counts = np.where(wanted == 0, 0, high - low)
        owner = np.repeat(np.arange(len(keys)), counts)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        return owner, order[np.repeat(low, counts) + within].astype(np.intp)

    @cached_property
    def _by_skeleton(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        order = np.argsort(self.skeletons, kind="stable").astype(np.uint32)
        return order, self.skeletons[order]

    # ------------------------------------------------------------------ features

    def column(self, name: str, features: Indices) -> list[Any] | NDArray[Any]:
        """Return a column of some features: a list of texts, or an array of numbers."""
        if name == "id":
            return self.ids.take(features)
        if name == "name":
            return self.names.take(features)
        if name == "names":
            return [tuple(t.split("\t")) if t else () for t in self.others.take(features)]
        values = self.arrays[name][features]
        if name in self.meta["vocabularies"]:
            words = self.meta["vocabularies"][name]
            return [words[code] for code in values.tolist()]
        return values

    def points(self, features: Indices) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return longitudes and latitudes of the features' points."""
        scale = round(1 / _POINT_STEP)
        return self.arrays["lon"][features] / scale, self.arrays["lat"][features] / scale

    def shape_of(self, features: Indices) -> Indices:
        """Return the number of each feature's line or polygon, -1 where it is a point."""
        owners = self.arrays["shape_feature"]
        if not len(owners):
            return np.full(len(features), -1, np.intp)
        at = np.minimum(np.searchsorted(owners, features), len(owners) - 1)
        return np.where(owners[at] == features, at, -1)

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
        coordinates = np.cumsum(steps, axis=0, dtype=np.int64) / self.meta["steps_per_degree"]
        if a["shape_line"][index]:
            kind = shapely.GeometryType.MULTILINESTRING
            offsets: tuple[Any, ...] = (ends - first, np.array([0, len(ends) - 1]))
        else:
            kind = shapely.GeometryType.MULTIPOLYGON
            offsets = (ends - first, rings - rings[0], np.array([0, len(rings) - 1]))
        shape = shapely.from_ragged_array(kind, coordinates, offsets)[0]
        return shape if len(shape.geoms) > 1 else shape.geoms[0]

    def touching(self, bounds: tuple[float, float, float, float]) -> Indices:
        """Return the features whose bounding box meets another, in order."""
        west, south, east, north = (value / _POINT_STEP for value in bounds)
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

    See Also
    --------
    build : The same, in memory.
    """
    build(frame, grid_deg=grid_deg).save(path)


def build(frame: "gpd.GeoDataFrame", *, grid_deg: float = 1e-7) -> Store:
    """
    Make a store of a frame of features.

    Parameters
    ----------
    frame : GeoDataFrame
        As for ``write``.
    grid_deg : float, default 1e-7
        As for ``write``.

    Returns
    -------
    Store
        The arrays, in memory.
    """
    missing = [name for name in _COLUMNS if name not in frame.columns]
    if missing:
        raise GeoeventsError(f"the frame of features lacks the columns {', '.join(missing)}")
    if frame.crs is None:
        raise GeoeventsError("the frame of features has no CRS: set one, e.g. EPSG:4326")
    if not frame.crs.equals("EPSG:4326", ignore_axis_order=True):
        frame = frame.to_crs("EPSG:4326")
    _check(frame)
    frame = frame.assign(country=_words(frame, "country"), admin1=_words(frame, "admin1"))
    frame = frame.sort_values(["country", "admin1", "name"], kind="stable", ignore_index=True)
    count = len(frame)
    arrays: dict[str, NDArray[Any]] = {}
    vocabularies: dict[str, list[str]] = {}
    for column in ("kind", "country", "admin1", "source"):
        codes, words = _coded(_words(frame, column))
        arrays[column], vocabularies[column] = codes, words
    arrays["population"] = np.clip(
        _numbers(frame, "population", 0), 0, np.iinfo(np.uint32).max
    ).astype(np.uint32)
    arrays["uncertainty_m"] = _numbers(frame, "uncertainty_m", np.nan).astype(np.float32)
    names = [_line(name) for name in frame["name"]]
    others = [
        list(dict.fromkeys(line for n in _several(ns) if (line := _line(n)) and line != name))
        for ns, name in zip(frame["names"], names, strict=True)
    ]
    for column, texts in (
        ("ids", [_line(i) for i in frame["id"]]),
        ("names", names),
        ("others", ["\t".join(ns) for ns in others]),
    ):
        arrays[column], arrays[f"{column}_blocks"] = Texts.pack(texts)
    keys = _index(arrays, names, others)
    per_degree = round(1 / grid_deg)
    _shapes(arrays, np.asarray(frame.geometry.array, dtype=object), per_degree)
    meta = {
        "features": count,
        "keys": keys,
        "steps_per_degree": per_degree,
        "vocabularies": vocabularies,
    }
    return Store(arrays, meta)


def _check(frame: "gpd.GeoDataFrame") -> None:
    def fail(bad: NDArray[np.bool_], what: str, column: str) -> None:
        if bad.any():
            row = int(np.argmax(bad))
            raise GeoeventsError(
                f"row {frame.index[row]!r}: {what} ({column}={frame[column].iloc[row]!r:.80})"
            )

    kinds = frame["kind"].isin(KINDS).to_numpy()
    fail(~kinds, f"kind must be one of {', '.join(KINDS)}", "kind")
    fail(frame["name"].isna().to_numpy(dtype=bool), "a feature needs a name", "name")
    fail(frame["id"].duplicated().to_numpy(dtype=bool), "the id is there twice", "id")
    geometry = np.asarray(frame.geometry.array, dtype=object)
    fail(
        ~np.isin(shapely.get_type_id(geometry), (0, 1, 3, 5, 6)) | shapely.is_empty(geometry),
        "the geometry must be a point, line or polygon, single or multi",
        frame.geometry.name,
    )
    edge = np.array([180.00001, 90.0])
    box = shapely.bounds(geometry)
    fail(
        ~((box[:, :2] >= -edge) & (box[:, 2:] <= edge)).all(axis=1),
        "the geometry must lie within -180..180, -90..90 degrees",
        frame.geometry.name,
    )


def _words(frame: "gpd.GeoDataFrame", column: str) -> list[str]:
    values = frame[column]
    return ["" if gone else _line(value) for value, gone in zip(values, values.isna(), strict=True)]


def _numbers(frame: "gpd.GeoDataFrame", column: str, default: float) -> NDArray[np.float64]:
    import pandas as pd  # noqa: PLC0415 -- look-ups must not load pandas

    numbers: NDArray[np.float64] = (
        pd.to_numeric(frame[column]).astype("float64").fillna(default).to_numpy()
    )
    return numbers


def _line(value: object) -> str:
    return " ".join(str(value).encode(errors="ignore").decode().split())


def _several(value: object) -> Iterable[object]:
    if value is None or isinstance(value, str | float):
        return (value,) if isinstance(value, str) else ()
    return value if isinstance(value, Iterable) else ()


def _coded(values: list[str]) -> tuple[NDArray[Any], list[str]]:
    words = sorted(set(values))
    number = {word: i for i, word in enumerate(words)}
    kind = np.min_scalar_type(max(len(words) - 1, 0))
    return np.fromiter((number[v] for v in values), kind, len(values)), words


def _index(arrays: dict[str, NDArray[Any]], names: list[str], others: list[list[str]]) -> int:
    number: dict[str, int] = {}
    key_of: list[int] = []
    posting_of: list[int] = []
    for feature, (name, more) in enumerate(zip(names, others, strict=True)):
        own = fold(name)
        seen = {own, ""}
        if own:
            key_of.append(number.setdefault(own, len(number)))
            posting_of.append(feature * 2)
        for other in more:
            key = fold(other)
            if key not in seen:
                seen.add(key)
                key_of.append(number.setdefault(key, len(number)))
                posting_of.append(feature * 2 + 1)
    keys = sorted(number)
    rank = np.empty(len(keys), np.int64)
    rank[np.fromiter((number[key] for key in keys), np.int64, len(keys))] = np.arange(len(keys))
    ranks = rank[np.array(key_of, np.int64)]
    postings = np.array(posting_of, np.uint32)
    order = np.lexsort((postings, ranks))
    counts = np.bincount(ranks, minlength=len(keys))
    arrays["keys"], arrays["keys_blocks"] = Texts.pack(keys)
    arrays["postings"] = postings[order]
    arrays["postings_counts"] = counts.astype(np.min_scalar_type(int(counts.max(initial=1))))
    arrays["postings_blocks"] = (np.cumsum(counts) - counts)[::_BLOCK].astype(np.uint32)
    sounds = (skeleton(key) for key in keys)
    arrays["skeletons"] = np.fromiter(
        (crc32(sound.encode()) if sound else 0 for sound in sounds), np.uint32, len(keys)
    )
    return len(keys)


def _shapes(
    arrays: dict[str, NDArray[Any]], geometry: NDArray[np.object_], per_degree: int
) -> None:
    types = shapely.get_type_id(geometry)
    points = geometry.copy()
    lines, polygons = np.isin(types, (1, 5)), np.isin(types, (3, 6))
    points[polygons] = shapely.point_on_surface(geometry[polygons])
    points[lines] = [_middle(line) for line in geometry[lines]]
    scale = round(1 / _POINT_STEP)
    arrays["lon"] = np.round(shapely.get_x(points) * scale).astype(np.int32)
    arrays["lat"] = np.round(shapely.get_y(points) * scale).astype(np.int32)
    owners = np.flatnonzero(lines | polygons)
    shapes = shapely.force_2d(geometry[owners])
    flat = polygons[owners]
    # Rounding alone can make a polygon cross itself; GEOS rounds and keeps it valid.
    shapes[flat] = shapely.set_precision(shapes[flat], 1 / per_degree)
    arrays["shape_feature"] = owners.astype(np.uint32)
    arrays["shape_line"] = (~flat).astype(np.uint8)
    boxes = shapely.bounds(shapes).reshape(-1, 4) * scale
    boxes += np.array([-1, -1, 1, 1])
    arrays["shape_bounds"] = np.round(boxes).astype(np.int32).ravel()
    parts, part_owner = shapely.get_parts(shapes, return_index=True)
    part_line = ~flat[part_owner]
    # A line is kept as a part with one ring.
    rings: list[shapely.Geometry] = []
    ring_owner: list[int] = []
    for i, (part, is_line) in enumerate(zip(parts, part_line, strict=True)):
        found = [part] if is_line else shapely.get_rings(part).tolist()
        rings += found
        ring_owner += [i] * len(found)
    arrays["shape_parts"] = _ends(part_owner, len(shapes))
    arrays["part_rings"] = _ends(np.array(ring_owner, np.intp), len(parts))
    xy, owner = shapely.get_coordinates(rings, return_index=True)
    arrays["ring_ends"] = _ends(owner, len(rings))
    grid = np.round(xy * per_degree).astype(np.int32)
    steps = np.diff(grid, axis=0, prepend=np.zeros((1, 2), np.int32))
    shape_at = part_owner[np.array(ring_owner, np.intp)][owner] if len(rings) else owner
    starts = np.flatnonzero(np.diff(shape_at, prepend=-1))
    steps[starts] = grid[starts]
    arrays["x"], arrays["y"] = steps[:, 0].copy(), steps[:, 1].copy()


def _ends(owner: Indices, count: int) -> NDArray[np.uint32]:
    counts = np.bincount(owner, minlength=count) if count else np.empty(0, np.int64)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)


def _middle(line: shapely.Geometry) -> shapely.Point:
    longest = max(shapely.get_parts(line), key=shapely.length)
    return shapely.line_interpolate_point(longest, 0.5, normalized=True)

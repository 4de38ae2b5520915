"""Making a store of a frame of features."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError
from geoevents.places.names import fold, sound_hash
from geoevents.places.store import KINDS, POINT_STEP, Indices, Store
from geoevents.places.texts import BLOCK, Texts

if TYPE_CHECKING:
    import geopandas as gpd

_COLUMNS: Final = (
    "id", "name", "names", "kind", "country", "admin1", "population", "uncertainty_m", "source",
)  # fmt: skip


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
    frame = frame.assign(
        country=_words(frame, "country"),
        admin1=_words(frame, "admin1"),
        population=_numbers(frame, "population", 0),
        uncertainty_m=_numbers(frame, "uncertainty_m", np.nan),
    )
    frame = frame.sort_values(["country", "admin1", "name"], kind="stable", ignore_index=True)
    count = len(frame)
    arrays: dict[str, NDArray[Any]] = {}
    vocabularies: dict[str, list[str]] = {}
    for column in ("kind", "country", "admin1", "source"):
        codes, words = _coded(_words(frame, column))
        arrays[column], vocabularies[column] = codes, words
    people = frame["population"].to_numpy()
    arrays["population"] = np.clip(people, 0, np.iinfo(np.uint32).max).astype(np.uint32)
    arrays["uncertainty_m"] = frame["uncertainty_m"].to_numpy().astype(np.float32)
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
            label = frame.index[row : row + 1].tolist()[0]
            raise GeoeventsError(
                f"row {label!r}: {what} ({column}={frame[column].iloc[row]!r:.80})"
            )

    kinds = np.array([isinstance(k, str) and k in KINDS for k in frame["kind"]], bool)
    fail(~kinds, f"kind must be one of {', '.join(KINDS)}", "kind")
    nameless = [not isinstance(name, str) or not fold(name) for name in frame["name"]]
    fail(np.array(nameless, bool), "a feature needs a name of letters or digits", "name")
    fail(frame["id"].isna().to_numpy(dtype=bool), "a feature needs an id", "id")
    fail(frame["id"].astype(str).duplicated().to_numpy(dtype=bool), "the id is there twice", "id")
    geometry = np.asarray(frame.geometry.array, dtype=object)
    fail(
        ~np.isin(shapely.get_type_id(geometry), (0, 1, 3, 5, 6)) | shapely.is_empty(geometry),
        "the geometry must be a point, line or polygon, single or multi",
        frame.geometry.name,
    )
    xy, owner = shapely.get_coordinates(geometry, return_index=True)
    lost = np.zeros(len(geometry), bool)
    lost[owner[~np.isfinite(xy).all(axis=1)]] = True
    fail(lost, "the coordinates must be finite numbers", frame.geometry.name)
    broken = ~shapely.is_valid(geometry)
    if broken.any():
        why = shapely.is_valid_reason(geometry[np.argmax(broken)])
        fail(
            broken,
            f"the geometry is invalid: {why}. Mend it with frame.geometry.make_valid()",
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

    given = frame[column]
    read = pd.to_numeric(given, errors="coerce").astype("float64")
    wrong = ((read.isna() & given.notna()) | (read < 0) | np.isinf(read)).to_numpy(dtype=bool)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise GeoeventsError(
            f"row {frame.index[row : row + 1].tolist()[0]!r}: {column} must be a number, 0 or "
            f"more, or missing: got {given.iloc[row]!r:.80}"
        )
    numbers: NDArray[np.float64] = read.fillna(default).to_numpy()
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
    arrays["postings_blocks"] = (np.cumsum(counts) - counts)[::BLOCK].astype(np.uint32)
    arrays["skeletons"] = np.fromiter(map(sound_hash, keys), np.uint32, len(keys))
    return len(keys)


def _shapes(
    arrays: dict[str, NDArray[Any]], geometry: NDArray[np.object_], per_degree: int
) -> None:
    types = shapely.get_type_id(geometry)
    points = geometry.copy()
    lines, polygons = np.isin(types, (1, 5)), np.isin(types, (3, 6))
    points[polygons] = _centres(geometry[polygons])
    points[lines] = [_middle(line) for line in geometry[lines]]
    scale = round(1 / POINT_STEP)
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


def _centres(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the centroid of each one's largest part, or a point inside where it lies outside."""
    if not len(polygons):
        return polygons
    parts, owner = shapely.get_parts(polygons, return_index=True)
    # Cylindrical equal-area coordinates: the centroid of the ground, not of the map.
    ground = shapely.transform(parts, _to_equal_area)
    order = np.lexsort((-shapely.area(ground), owner))
    largest = order[np.flatnonzero(np.diff(owner[order], prepend=-1))]
    centres = shapely.transform(shapely.centroid(ground[largest]), _from_equal_area)
    outside = ~shapely.contains_properly(parts[largest], centres)
    centres[outside] = shapely.point_on_surface(parts[largest][outside])
    return np.asarray(centres, object)


def _to_equal_area(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([np.radians(xy[:, 0]), np.sin(np.radians(xy[:, 1]))], axis=1)


def _from_equal_area(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    degrees: NDArray[np.float64] = np.degrees(np.stack([xy[:, 0], np.arcsin(xy[:, 1])], axis=1))
    return degrees


def _middle(line: shapely.Geometry) -> shapely.Point:
    longest = max(shapely.get_parts(line), key=shapely.length)
    return shapely.line_interpolate_point(longest, 0.5, normalized=True)

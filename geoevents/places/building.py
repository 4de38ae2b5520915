"""Making a store of a frame of features."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError
from geoevents.places.cells import Objects, clean_all, coded, numbers, plain
from geoevents.places.faults import Faults, find_faults
from geoevents.places.folding import fold_all
from geoevents.places.shapes import shape_arrays
from geoevents.places.sounds import sound_hashes
from geoevents.places.store import Store
from geoevents.places.texts import BLOCK, Texts

if TYPE_CHECKING:
    import geopandas as gpd
    import pyarrow as pa

_COLUMNS: Final = (
    "id", "name", "names", "kind", "country", "admin1", "population", "uncertainty_m", "source",
)  # fmt: skip
#: Postings are twice the number of a feature, in 32 bits.
_MOST_FEATURES: Final = 1 << 31


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

    Raises
    ------
    GeoeventsError
        If columns or the CRS are missing, or rows cannot be used; names the first twenty.
    """
    missing = [name for name in _COLUMNS if name not in frame.columns]
    if missing:
        raise GeoeventsError(f"the frame of features lacks the columns {', '.join(missing)}")
    if frame.crs is None:
        raise GeoeventsError("the frame of features has no CRS: set one, e.g. EPSG:4326")
    if not frame.crs.equals("EPSG:4326", ignore_axis_order=True):
        frame = frame.to_crs("EPSG:4326")
    find_faults(frame, Faults(frame.index)).raise_any()
    return assemble(frame, grid_deg=grid_deg)


def assemble(frame: "gpd.GeoDataFrame", *, grid_deg: float = 1e-7, numbered: str = "") -> Store:
    """
    Make a store of a frame of features that has been looked through.

    Parameters
    ----------
    frame : GeoDataFrame
        As for ``write``, longitude and latitude, without faults.
    grid_deg : float, default 1e-7
        As for ``write``.
    numbered : str, optional
        The source whose rows were counted to make ids, for want of better ones.

    Returns
    -------
    Store
        The arrays, in memory.
    """
    if len(frame) >= _MOST_FEATURES:
        raise GeoeventsError(f"a gazetteer holds fewer than {_MOST_FEATURES:,} features")
    arrays: dict[str, NDArray[Any]] = {}
    vocabularies: dict[str, list[str]] = {}
    order = _order(frame)
    optional = [name for name in ("feature_code",) if name in frame.columns]
    for column in ("kind", "country", "admin1", "source", *optional):
        codes, vocabularies[column] = coded(frame[column])
        smallest = np.min_scalar_type(max(len(vocabularies[column]) - 1, 0))
        arrays[column] = codes[order].astype(smallest)
    people = np.nan_to_num(numbers(frame["population"])[0][order])
    arrays["population"] = np.clip(people, 0, np.iinfo(np.uint32).max).astype(np.uint32)
    arrays["uncertainty_m"] = numbers(frame["uncertainty_m"])[0][order].astype(np.float32)
    ids = clean_all(plain(frame["id"])[order].tolist())
    arrays["ids"], arrays["ids_blocks"] = Texts.pack(ids)
    keys = _names(arrays, plain(frame["name"])[order], plain(frame["names"])[order])
    per_degree = round(1 / grid_deg)
    shape_arrays(arrays, np.asarray(frame.geometry.array, dtype=object)[order], per_degree)
    meta = {
        "features": len(frame),
        "keys": keys,
        "steps_per_degree": per_degree,
        "vocabularies": vocabularies,
    }
    if numbered:
        meta["numbered"] = numbered
    return Store(arrays, meta)


def _order(frame: "gpd.GeoDataFrame") -> NDArray[np.intp]:
    """Order the features by country, province and name: neighbours are looked up together."""
    import pyarrow as pa  # noqa: PLC0415 -- look-ups must not load it
    import pyarrow.compute as pc  # noqa: PLC0415

    names = _texts(clean_all(plain(frame["name"]).tolist())).dictionary_encode()
    by_name = np.asarray(pc.sort_indices(names.dictionary))
    rank = np.empty(len(by_name), np.intp)
    rank[by_name] = np.arange(len(by_name))
    name = rank[np.asarray(names.indices.cast(pa.int64()))] if len(frame) else rank
    country, admin1 = (coded(frame[column])[0] for column in ("country", "admin1"))
    order: NDArray[np.intp] = np.lexsort((name, admin1, country))
    return order


def _texts(texts: Sequence[str]) -> "pa.Array":
    import pyarrow as pa  # noqa: PLC0415 -- look-ups must not load it

    made = pa.array(texts, pa.string())
    if isinstance(made, pa.ChunkedArray):
        raise GeoeventsError(
            "the names of a gazetteer may be 2 GB: split it, and layer the parts with +"
        )
    return made


def _names(arrays: dict[str, NDArray[Any]], names: Objects, several: Objects) -> int:
    """Add the arrays of the names and of what they are looked up by; return how many keys."""
    import pyarrow as pa  # noqa: PLC0415 -- look-ups must not load it
    import pyarrow.compute as pc  # noqa: PLC0415

    count = len(names)
    lists = [value if type(value) in (list, tuple) else _listed(value) for value in several]
    sizes = np.fromiter(map(len, lists), np.intp, count)
    owner = np.concatenate([np.arange(count), np.repeat(np.arange(count), sizes)])
    texts = clean_all([*names.tolist(), *chain.from_iterable(lists)])
    encoded = _texts(texts).dictionary_encode()
    distinct = encoded.dictionary
    code = np.asarray(encoded.indices.cast(pa.int64()))
    # Each name of a feature once, the main one first, as they came; no empty ones.
    first = np.unique((owner << 32) | code, return_index=True)[1]
    first = first[np.asarray(pc.binary_length(distinct))[code[first]] > 0] if count else first
    first.sort()
    owner, code = owner[first], code[first]
    others = first >= count
    arrays["names"], arrays["names_blocks"] = Texts.pack(texts[:count])
    ends = np.searchsorted(owner[others], np.arange(count + 1))
    listed = pa.LargeListArray.from_arrays(ends, distinct.take(pa.array(code[others])))
    arrays["others"], arrays["others_blocks"] = Texts.pack(pc.binary_join(listed, "\t").to_pylist())

    folded = _texts(fold_all(distinct.to_pylist())).dictionary_encode()
    by_key = np.asarray(pc.sort_indices(folded.dictionary))
    keys = folded.dictionary.take(pa.array(by_key)).to_pylist()
    rank = np.empty(len(keys), np.int64)
    rank[by_key] = np.arange(len(keys))
    ranks = rank[np.asarray(folded.indices.cast(pa.int64()))[code]] if len(keys) else code
    if keys[:1] == [""]:  # names of signs only are kept, but nobody can look for them
        keys = keys[1:]
        ranks = ranks - 1
    entries = ((ranks << 32) | (owner << 1) | others)[ranks >= 0]
    entries.sort()
    # A feature has a key once: as its main name where it is that.
    entries = entries[np.diff(entries >> 1, prepend=-1) != 0]
    counts = np.bincount(entries >> 32, minlength=len(keys))
    arrays["keys"], arrays["keys_blocks"] = Texts.pack(keys)
    arrays["postings"] = (entries & 0xFFFFFFFF).astype(np.uint32)
    arrays["postings_counts"] = counts.astype(np.min_scalar_type(int(counts.max(initial=1))))
    arrays["postings_blocks"] = (np.cumsum(counts) - counts)[::BLOCK].astype(np.uint32)
    arrays["skeletons"] = sound_hashes(keys)
    return len(keys)


def _listed(value: object) -> Sequence[object]:
    """Return the names in a cell: one text is one name."""
    if value is None or isinstance(value, str | float):
        return (value,) if isinstance(value, str) else ()
    return tuple(value) if isinstance(value, Iterable) else ()

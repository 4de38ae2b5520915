"""What is wrong with the file of a gazetteer: numbers that do not fit, bytes that have changed."""

import os
import re
import zlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError

Arrays = Mapping[str, NDArray[Any]]

#: The last bytes of a file: a checksum of all before them.
_SEAL: Final = re.compile(rb"\ncrc32 [0-9a-f]{8}\n")
SEAL_BYTES: Final = 16
#: Up to this many bytes the checksum is reckoned whenever a file is opened: 7 ms for 10 MB.
MOST_SUMMED: Final = 32 << 20

#: What each array may hold, as numpy's kinds: b is unsigned or signed whole numbers.
_PLAIN: Final = re.compile(r"[<>|=]?([ui][1248]|f[48])")
_CODED: Final = ("kind", "country", "admin1", "source")
_EACH: Final = ("lon", "lat", "population", "uncertainty_m")
_KNOWN: dict[tuple[int, ...], bytes] = {}


class DamagedGazetteer(GeoeventsError):  # noqa: N818 -- as PlaceNotFound
    """
    The file of a gazetteer is damaged.

    Parameters
    ----------
    path : object
        The file.
    why : object
        What is wrong.
    """

    def __init__(self, path: object, why: object) -> None:
        super().__init__(path, why)
        self.what = f"the gazetteer {path} is cut off or damaged ({why!s:.200})"

    def __str__(self) -> str:
        return (
            f"{self.what}: build it again; if it is an installed one, with `geoevents gazetteer "
            "update`"
        )


def dtype_of(kind: object) -> np.dtype[Any]:
    """
    Return the type of an array, if it is one of plain numbers.

    Parameters
    ----------
    kind : object
        The type as the file's header has it.

    Returns
    -------
    numpy.dtype
        The type.
    """
    if not isinstance(kind, str) or not _PLAIN.fullmatch(kind):
        raise ValueError(f"an array of {kind!r:.40}")
    return np.dtype(kind)


def seal(checksum: int) -> bytes:
    """
    Return the last bytes of a file.

    Parameters
    ----------
    checksum : int
        CRC-32 of all before them.

    Returns
    -------
    bytes
        As many as `SEAL_BYTES`.
    """
    return b"\ncrc32 %08x\n" % checksum


def is_sealed(content: Any) -> bool:
    """
    Tell whether a file ends with a checksum.

    Parameters
    ----------
    content : buffer
        All of it.

    Returns
    -------
    bool
        Whether it does.
    """
    return _SEAL.fullmatch(bytes(content[-SEAL_BYTES:])) is not None


def see_seal(path: object, content: Any, state: os.stat_result) -> None:
    """
    See that a file holds what was written, by the checksum at its end.

    Parameters
    ----------
    path : object
        The file, for the message.
    content : buffer
        All of it.
    state : os.stat_result
        Of the file: while this stays the same, it is read once.

    Raises
    ------
    GeoeventsError
        If the checksum is gone, or another.
    """
    end = bytes(content[-SEAL_BYTES:])
    if not is_sealed(content):
        raise DamagedGazetteer(path, "its last bytes have changed")
    key = (state.st_dev, state.st_ino, state.st_mtime_ns, state.st_size)
    found = _KNOWN.get(key)
    if found is None:
        found = _KNOWN[key] = seal(zlib.crc32(memoryview(content)[:-SEAL_BYTES]))
    if found != end:
        raise DamagedGazetteer(path, "some of its bytes have changed")


def see_arrays(arrays: Arrays, meta: Mapping[str, Any], block: int) -> None:
    """
    See that the arrays of a gazetteer fit each other.

    What this lets through can be looked up without an index out of range, but for what postings
    and texts hold; these are seen to where they are read.

    Parameters
    ----------
    arrays : mapping of str to ndarray
        The arrays of a store.
    meta : mapping
        Its header.
    block : int
        How many texts there are in a block.

    Raises
    ------
    ValueError
        If they do not; says which.
    """
    features, keys = _count(meta, "features"), _count(meta, "keys")
    if not _count(meta, "steps_per_degree"):
        raise ValueError("steps_per_degree is 0")
    words = meta["vocabularies"]
    for name in (*_CODED, *(["feature_code"] if "feature_code" in arrays else [])):
        known = words[name]
        if not isinstance(known, list) or not all(isinstance(word, str) for word in known):
            raise ValueError(f"the words of {name}")
        codes = arrays[name]
        if codes.dtype.kind != "u" or len(codes) != features:
            raise ValueError(f"the array {name}")
        if features and int(codes.max()) >= len(known):
            raise ValueError(f"a {name} that is not there")
    for name in _EACH:
        if len(arrays[name]) != features:
            raise ValueError(f"the array {name}")
    for name, count in (("ids", features), ("names", features), ("others", features),
                        ("keys", keys)):  # fmt: skip
        blocks = arrays[f"{name}_blocks"]
        if len(blocks) != -(-count // block) + 1 or arrays[name].dtype != np.uint8:
            raise ValueError(f"the array {name}")
        _see_rising(f"{name}_blocks", blocks, len(arrays[name]))
    _see_postings(arrays, keys, block)
    _see_shapes(arrays, features)


def _see_postings(arrays: Arrays, keys: int, block: int) -> None:
    counts, blocks = arrays["postings_counts"], arrays["postings_blocks"]
    if (
        len(counts) != keys
        or counts.dtype.kind != "u"
        or arrays["postings"].dtype.kind != "u"
        or len(blocks) != -(-keys // block)
        or len(arrays["skeletons"]) != keys
        or int(counts.sum(dtype=np.int64)) != len(arrays["postings"])
    ):
        raise ValueError("the postings")
    if len(blocks):
        _see_rising("postings_blocks", blocks, None)
        if int(blocks[-1]) > len(arrays["postings"]):
            raise ValueError("the postings")


def _see_shapes(arrays: Arrays, features: int) -> None:
    owners = arrays["shape_feature"]
    count = len(owners)
    if count and (int(owners[-1]) >= features or not bool((owners[1:] > owners[:-1]).all())):
        raise ValueError("the shapes' features")
    if len(arrays["shape_line"]) != count or len(arrays["shape_bounds"]) != 4 * count:
        raise ValueError("the shapes")
    within = len(arrays["x"])
    if len(arrays["y"]) != within:
        raise ValueError("the vertices")
    for name, last in (("ring_ends", within), ("part_rings", len(arrays["ring_ends"]) - 1),
                       ("shape_parts", len(arrays["part_rings"]) - 1)):  # fmt: skip
        _see_rising(name, arrays[name], last)
        # shapely reads outside its memory where a ring has no vertex or a part no ring.
        if not bool((arrays[name][1:] > arrays[name][:-1]).all()):
            raise ValueError(f"the array {name}: something is empty")
    if len(arrays["shape_parts"]) != count + 1:
        raise ValueError("the shapes' parts")


def _see_rising(name: str, ends: NDArray[Any], last: int | None) -> None:
    """See that ends of parts begin with 0, never fall, and end with the end."""
    good = len(ends) > 0 and ends.dtype.kind == "u" and int(ends[0]) == 0
    good = good and (last is None or int(ends[-1]) == last)
    if not good or not bool((ends[1:] >= ends[:-1]).all()):
        raise ValueError(f"the array {name}")


def _count(meta: Mapping[str, Any], name: str) -> int:
    count = meta[name]
    if type(count) is not int or count < 0:
        raise ValueError(f"{name} is {count!r:.40}")
    return count

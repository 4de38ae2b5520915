"""Other names of features: which of those that sources give are names, gathered by feature."""

import unicodedata
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

Indices = NDArray[np.intp]

#: Names in capitals that people do write; all others of two to four are codes of airports.
_KEPT_CODES: Final = ("DC", "NYC")
_LONGEST: Final = 80
TOO_LONG: Final = f"longer than {_LONGEST} letters"
# Patterns of RE2, which takes time in proportion to the text whatever the text is.
_INVISIBLE: Final = (
    r"[\x00-\x08\x0e-\x1b\x{7f}-\x{84}\x{86}-\x{9f}\x{ad}"
    r"\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}\x{feff}]"
)
_SEPARATOR: Final = r"\s{2,}|\s*[|;]\s*"
_BRACKETED: Final = r"\s*[(\[][^)\]]*[)\]]\s*"
_SPACE: Final = r"[\s\x0b\x1c-\x1f\x{85}\p{Z}]+"
_HALF_RINGS: Final = str.maketrans("", "", "‘’ʻʼʿʾ`")


def gather(
    owners: Indices, names: Any, count: int, counts: "Counter[str] | None" = None
) -> list[list[str]]:
    """
    Clean names and gather them by feature.

    Dropped are repeated and empty ones, codes of two to four capital letters, pronunciations
    between slashes, numbers, what is too long for a name, and what was not UTF-8. A list in one
    name is split at its semicolons; what stands in brackets goes. This is what the embedded
    gazetteer's names went through.

    Parameters
    ----------
    owners : ndarray of int
        The feature of each name.
    names : pyarrow.Array
        The names, in the order in which they are wanted; text.
    count : int
        How many features there are.
    counts : Counter, optional
        Where names that are too long are counted.

    Returns
    -------
    list of list of str
        For each feature its names, each once.

    Examples
    --------
    >>> import pyarrow as pa
    >>> given = pa.array(["Deir ez-Zor; Der Zor", "DEZ", "Ḥalab (Aleppo)", "Der Zor"])
    >>> gather(np.array([0, 0, 1, 0]), given, 2)
    [['Deir ez-Zor', 'Der Zor'], ['Ḥalab']]
    """
    import pyarrow as pa  # noqa: PLC0415 -- look-ups must not load it
    import pyarrow.compute as pc  # noqa: PLC0415

    owners = np.asarray(owners, np.intp)
    text = names.combine_chunks() if isinstance(names, pa.ChunkedArray) else names
    text = pc.replace_substring_regex(text.cast(pa.large_string()), _INVISIBLE, "")
    said = pc.match_substring_regex(text, r"^/.*/$|\x1a").to_numpy(zero_copy_only=False)
    text, owners = text.filter(pa.array(~said)), owners[~said]
    parts = pc.split_pattern_regex(text, _SEPARATOR)
    owners = owners[pc.list_parent_indices(parts).to_numpy()]
    text = pc.replace_substring_regex(pc.list_flatten(parts), _BRACKETED, " ")
    text = pc.replace_substring_regex(text, _SPACE, " ")
    text = pc.utf8_trim(text, " ,;:")
    kept = _are_names(text, counts)
    text, owners = text.filter(pa.array(kept)), owners[kept]
    coded = text.dictionary_encode()
    codes = coded.indices.to_numpy().astype(np.int64)
    _, first = np.unique(owners * max(len(coded.dictionary), 1) + codes, return_index=True)
    first.sort()
    order = first[np.argsort(owners[first], kind="stable")]
    ends = np.cumsum(np.bincount(owners[order], minlength=count))
    lists = pa.LargeListArray.from_arrays(
        pa.array(np.concatenate([[0], ends]).astype(np.int64)), text.take(pa.array(order))
    )
    gathered: list[list[str]] = lists.to_pylist()
    return gathered


def _are_names(text: Any, counts: "Counter[str] | None") -> NDArray[np.bool_]:
    import pyarrow as pa  # noqa: PLC0415 -- look-ups must not load it
    import pyarrow.compute as pc  # noqa: PLC0415

    length = pc.utf8_length(text).to_numpy(zero_copy_only=False)
    short = length + ~pc.string_is_ascii(text).to_numpy(zero_copy_only=False)
    code = pc.and_not(
        pc.match_substring_regex(text, r"^[A-Z]{2,4}$"),
        pc.is_in(text, pa.array(_KEPT_CODES, pa.large_string())),
    )
    letters = pc.and_not(
        pc.match_substring_regex(text, r"\p{L}"), pc.match_substring_regex(text, r"[?\x{fffd}]")
    )
    good: NDArray[np.bool_] = pc.and_not(letters, code).to_numpy(zero_copy_only=False).copy()
    good &= short > 1
    if counts is not None:
        counts[TOO_LONG] += int((good & (length > _LONGEST)).sum())
    good &= length <= _LONGEST
    return good


def plain(name: str) -> str:
    """
    Take the marks of scholarly transliteration off a name, or leave it if letters remain.

    Parameters
    ----------
    name : str
        A name.

    Returns
    -------
    str
        In ASCII, or as it was.

    Examples
    --------
    >>> plain("Mūḩ Ḩasan"), plain("‘Afrīn"), plain("دير الزور")
    ('Muh Hasan', 'Afrin', 'دير الزور')
    """
    if name.isascii():
        return name
    letters = unicodedata.normalize("NFKD", name.translate(_HALF_RINGS))
    bare = "".join(c for c in letters if not unicodedata.combining(c)).strip()
    return bare if bare.isascii() and bare else name


def others(names: "Iterable[list[str]]", main: "Iterable[str]") -> list[list[str]]:
    """
    Take each feature's main name out of its names.

    Parameters
    ----------
    names : iterable of list of str
        For each feature its names.
    main : iterable of str
        Its main name.

    Returns
    -------
    list of list of str
        The other names.
    """
    return [
        [name for name in several if name != own] if own in several else several
        for several, own in zip(names, main, strict=True)
    ]

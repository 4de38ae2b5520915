"""Which keys of a gazetteer match a name: exactly, by sound, or but for a few letters."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, Self
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from geoevents.places.aliases import ALIASES
from geoevents.places.names import LONGEST, sound_hash, telling, telling_words
from geoevents.places.store import Indices, Store
from geoevents.places.texts import Texts

# How many wrong letters a name of so many telling letters may have. One wrong letter in a name of
# five turns it into another real name too often; with the country known there are fewer others.
_EDITS: Final = ((20, 3), (13, 2), (7, 1))
_EDITS_HINTED: Final = ((14, 3), (9, 2), (6, 1))
#: Names that sound alike but are spelt less alike than this are two names. Where the country is
#: not known they must be more alike if one of them has lost a vowel at its end, or if it is one of
#: the many rare names of far places.
_ALIKE: Final = 0.5
_ALIKE_ENDING: Final = 0.65
_ALIKE_OTHER: Final = 0.75
#: A name of fewer letters is no misspelling of a place's other names, unless the country is known.
_OTHER_LETTERS: Final = 9
_VOWELS: Final = frozenset("aeiouy")
_WORD_EDITS: Final = ((9, 2), (4, 1))
_BULK: Final = 64

Hashes = NDArray[np.uint32]


def edits_allowed(key: str, *, hinted: bool) -> int:
    """
    Return how many letters of a folded name may be wrong for it still to be a misspelling.

    Parameters
    ----------
    key : str
        A folded name.
    hinted : bool
        Whether the country or the neighbourhood is known.

    Returns
    -------
    int
        0 to 3.
    """
    letters = telling(key)
    if len(key) > LONGEST or any(c.isdigit() for c in key):
        return 0
    table = _EDITS_HINTED if hinted else _EDITS
    return next((edits for size, edits in table if letters >= size), 0)


def look_up(store: Store, keys: Sequence[str]) -> Indices:
    """
    Find keys.

    Parameters
    ----------
    store : Store
        Where to look.
    keys : sequence of str
        Folded names.

    Returns
    -------
    ndarray
        The number of each key, or of what it is an alias of; -1 where the store has neither.
    """
    if len(keys) < _BULK:
        found = np.array([store.keys.find(key) for key in keys], np.intp)
    else:
        found = store.keys.find_all(keys)
    for i in np.flatnonzero(found < 0).tolist():
        if keys[i] in ALIASES:
            found[i] = store.keys.find(ALIASES[keys[i]])
    return found


def sounds(stores: Sequence[Store], found: Sequence[Indices], keys: Sequence[str]) -> Hashes:
    """
    Return the hashes of the skeletons of names.

    Parameters
    ----------
    stores : sequence of Store
        Where the names were looked up.
    found : sequence of ndarray
        What was found in each: the stores keep the hashes of the names they have.
    keys : sequence of str
        Folded names.

    Returns
    -------
    ndarray
        The hashes; 0 where there is no skeleton.
    """
    out = np.zeros(len(keys), np.uint32)
    unknown = np.ones(len(keys), bool)
    for store, numbers in zip(stores, found, strict=True):
        at = np.flatnonzero(numbers >= 0)
        out[at] = store.skeletons[numbers[at]]
        unknown[at] = False
    for i in np.flatnonzero(unknown).tolist():
        out[i] = sound_hash(keys[i])
    return out


def by_sound(
    store: Store, keys: Sequence[str], hashes: Hashes, found: Indices, *, hinted: bool
) -> tuple[Indices, NDArray[np.uint32], NDArray[np.float64]]:
    """
    Find the features one of whose names sounds like these, spelt otherwise.

    Parameters
    ----------
    store : Store
        Where to look.
    keys : sequence of str
        Folded names.
    hashes : ndarray
        The hashes of their skeletons.
    found : ndarray
        The keys that are these very names.
    hinted : bool
        Whether the country or the neighbourhood is known.

    Returns
    -------
    tuple of ndarray
        Positions in ``keys``, postings, and how alike the spellings are, 0 to 1; exactly 1 where
        only spaces, articles and a silent last h differ.
    """
    owner, matched = store.sounding_like(hashes)
    other = matched != found[owner]
    owner, matched = owner[other], matched[other]
    if not len(matched):
        return np.empty(0, np.intp), np.empty(0, np.uint32), np.empty(0)
    from rapidfuzz.distance import Indel  # noqa: PLC0415 -- exact look-ups do without

    own = {q: _bare(keys[q]) for q in set(owner.tolist())}
    texts = store.keys.take(matched)
    alike = np.array(
        [
            1.0
            if text.replace(" ", "") == keys[q].replace(" ", "")
            else Indel.normalized_similarity(_bare(text), own[q])
            for q, text in zip(owner.tolist(), texts, strict=True)
        ]
    )
    ending = [
        (_bare(text)[-1] in _VOWELS) != (own[q][-1] in _VOWELS)
        for q, text in zip(owner.tolist(), texts, strict=True)
    ]
    least = np.where(np.array(ending) & (not hinted), _ALIKE_ENDING, _ALIKE)
    each, postings = store.postings_all(matched)
    owner, alike, least = owner[each], alike[each], least[each]
    if not hinted:
        least[(postings & 1) == 1] = _ALIKE_OTHER
    keep = alike >= least
    return owner[keep], postings[keep], alike[keep]


def _bare(key: str) -> str:
    """Return a name without spaces, articles and the silent h of -ah."""
    return "".join(
        word[:-1] if word.endswith(("ah", "eh")) else word for word in telling_words(key)
    )


def misspelt(
    store: Store, key: str, edits: int, *, hinted: bool, among: "Letters | None" = None
) -> tuple[NDArray[np.uint32], NDArray[np.float64]]:
    """
    Find the features one of whose names is this but for a few letters.

    Parameters
    ----------
    store : Store
        Where to look.
    key : str
        A folded name.
    edits : int
        How many letters may be wrong, missing, too many, or swapped with the next.
    hinted : bool
        Whether the country or the neighbourhood is known.
    among : Letters, optional
        The only keys that are of interest.

    Returns
    -------
    tuple of ndarray
        Postings, and the number of wrong letters of each.
    """
    from rapidfuzz import process  # noqa: PLC0415 -- exact look-ups do without
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    candidates, texts = (among or letters(store)).near(key, edits)
    hits = process.extract(key, texts, scorer=OSA.distance, score_cutoff=edits, limit=None)
    hits = [hit for hit in hits if _plausible(key, hit[0])]
    where = np.array([hit[2] for hit in hits], np.intp)
    each, postings = store.postings_all(candidates[where])
    wrong = np.array([hit[1] for hit in hits], np.float64)[each]
    if hinted or telling(key) >= _OTHER_LETTERS:
        return postings, wrong
    main = (postings & 1) == 0
    return postings[main], wrong[main]


def _plausible(key: str, other: str) -> bool:
    """Tell whether no single word of two names differs by more than slips of the pen do."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    ours, theirs = telling_words(key), telling_words(other)
    # People misspell what they have heard or seen: its beginning is right.
    if ours[0][0] != theirs[0][0] and ours[0][:2] != theirs[0][1::-1]:
        return False
    if len(ours) != len(theirs):
        return True
    return all(
        OSA.distance(a, b) <= next((edits for size, edits in _WORD_EDITS if len(a) >= size), 0)
        for a, b in zip(ours, theirs, strict=True)
    )


def nearest(
    store: Store, key: str, limit: int, among: NDArray[np.bool_] | None = None
) -> list[tuple[float, str, int]]:
    """
    Find the keys most like a name, however unlike they are.

    Parameters
    ----------
    store : Store
        Where to look.
    key : str
        A folded name.
    limit : int
        How many keys at most.
    among : ndarray of bool, optional
        For each key whether it may be one of them.

    Returns
    -------
    list of tuple
        How alike, 0 to 1, the key and its number; the most alike first. Articles and spaces
        count as much or as little as makes them most alike.
    """
    from rapidfuzz import process  # noqa: PLC0415 -- only for the error message
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    key = key[:LONGEST]
    candidates = letters(store).likest(key, 4000, among)
    texts = store.keys.take(candidates)
    hits = process.extract(key, texts, scorer=Indel.normalized_similarity, limit=2 * limit)
    own = _bare(key)
    found = [
        (max(alike, Indel.normalized_similarity(_bare(text), own)), text, int(candidates[at]))
        for text, alike, at in hits
    ]
    return sorted(found, reverse=True)[:limit]


class Letters:
    """
    Which letters each key has, as 32 bits, the keys ordered by length.

    One wrong letter changes at most two bits of an ASCII name (and two for each byte of a letter
    in another script), so a comparison of bits drops nearly all keys and never a match.

    Parameters
    ----------
    keys : Texts
        The keys of a store.
    order : ndarray
        The numbers of those that are meant, by length.
    bits, lengths : ndarray
        Their letters, and their lengths in bytes.
    texts : ndarray, optional
        Themselves, if they are few enough to be kept as text.
    """

    def __init__(
        self,
        keys: Texts,
        order: Hashes,
        bits: Hashes,
        lengths: Hashes,
        texts: NDArray[np.object_] | None = None,
    ) -> None:
        self._keys = keys
        self._order, self._bits, self._lengths = order, bits, lengths
        self._texts = texts

    @classmethod
    def of(cls, keys: Texts) -> Self:
        """Work them out for all keys."""
        ends, starts = keys.ends.astype(np.int64), keys.starts.astype(np.int64)
        lengths = ends - starts
        bits = np.empty(len(keys), np.uint32)
        table = _letter_bits()
        step = 1 << 17
        for low in range(0, len(keys), step):
            high = min(low + step, len(keys))
            first, last = int(starts[low]), int(ends[high - 1]) + 1
            chunk = table[keys.blob[first:last]]
            bits[low:high] = np.bitwise_or.reduceat(chunk, starts[low:high] - first)
        order = np.argsort(lengths.astype(np.uint32), kind="stable")
        return cls(keys, order.astype(np.uint32), bits[order], lengths[order].astype(np.uint32))

    def among(self, wanted: NDArray[np.bool_]) -> Self:
        """Pick out those of some keys, told for each key of the store."""
        kept = wanted[self._order]
        order = self._order[kept]
        texts = np.array(self._keys.take(order.astype(np.intp)), dtype=object)
        return type(self)(self._keys, order, self._bits[kept], self._lengths[kept], texts)

    def _between(self, least: int, most: int) -> tuple[int, int]:
        # Of the array's own type: others would have it copied.
        ends = np.array([max(least, 0), max(most, 0)], self._lengths.dtype)
        low, high = np.searchsorted(self._lengths, ends).tolist()
        return low, high

    def _differences(self, key: str, low: int, high: int) -> NDArray[np.uint8]:
        own = np.bitwise_or.reduce(_letter_bits()[np.frombuffer(key.encode(), np.uint8)])
        return _bit_count(self._bits[low:high] ^ own)

    def near(self, key: str, edits: int) -> tuple[Indices, Sequence[str]]:
        """Return the keys that may be within so many edits, and their texts."""
        width = max(len(c.encode()) for c in key)
        size = len(key.encode())
        low, high = self._between(size - edits * width, size + edits * width + 1)
        hits = np.flatnonzero(self._differences(key, low, high) <= 2 * edits * width) + low
        found: Indices = self._order[hits].astype(np.intp)
        return found, self._keys.take(found) if self._texts is None else self._texts[hits].tolist()

    def likest(self, key: str, limit: int, among: NDArray[np.bool_] | None) -> Indices:
        """Return the keys that share most letters, of about the same length."""
        size = len(key.encode())
        low, high = self._between(size * 2 // 3, size * 3 // 2 + 2)
        if high - low < limit:
            low, high = 0, len(self._lengths)
        order, differences = self._order[low:high], self._differences(key, low, high)
        if among is not None:
            kept = among[order]
            order, differences = order[kept], differences[kept]
        if len(differences) > limit:
            order = order[np.argpartition(differences, limit)[:limit]]
        return order.astype(np.intp)


@cache
def _letter_bits() -> NDArray[np.uint32]:
    table = np.zeros(256, np.uint32)
    for byte in range(ord("a"), ord("z") + 1):
        table[byte] = 1 << (byte - ord("a"))
    for byte in range(128, 256):
        table[byte] = 1 << (byte % 32)
    return table


def _bit_count(values: NDArray[np.uint32]) -> NDArray[np.uint8]:
    count: Any = getattr(np, "bitwise_count", None)  # NumPy 2
    if count is not None:
        counted: NDArray[np.uint8] = count(values)
        return counted
    bits = np.unpackbits(values.view(np.uint8)).reshape(len(values), 32)
    summed: NDArray[np.uint8] = bits.sum(axis=1, dtype=np.uint8)
    return summed


_INDEXES: "WeakKeyDictionary[Store, Letters]" = WeakKeyDictionary()


def letters(store: Store) -> Letters:
    """
    Return which letters the keys of a store have; worked out once.

    Parameters
    ----------
    store : Store
        Whose keys.

    Returns
    -------
    Letters
        Of all keys.
    """
    index = _INDEXES.get(store)
    if index is None:
        index = _INDEXES[store] = Letters.of(store.keys)
    return index

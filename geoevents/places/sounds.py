"""The form of a name in which ways of writing the same sounds no longer matter."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_ARTICLES = frozenset(
    ("al", "el", "ul", "il", "as", "es", "us", "is", "ash", "esh", "ush", "ach", "ech", "ad", "ed",
     "adh", "edh", "ar", "er", "ur", "at", "et", "ath", "eth", "an", "en", "az", "ez", "uz", "the")
)  # fmt: skip
_GLUED_ARTICLE = re.compile(r"^[aeu](?:([tdrzn])(?=\1)|s(?=s)|sh(?=sh))")
_ABBREVIATIONS = {"st": "saint", "ste": "saint", "ft": "fort", "mt": "mount"}
# One word a line: none of these may match the end of a line.
_SOUNDS: Final = (
    (re.compile(r"ee"), "i"),
    (re.compile(r"oo"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[a-z]{2})i?y?[ae]h?$", re.MULTILINE), "a"),
    (re.compile(r"kh|ck|q|c(?!h)"), "k"),
    (re.compile(r"sch|sh|ch"), "š"),
    (re.compile(r"dj"), "j"),
    (re.compile(r"([dtzg])h"), r"\1"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"[ae](?:[iy]|j(?![aeiou]))"), "e"),
    (re.compile(r"y"), "i"),
    (re.compile(r"[ao][uw]|o|w"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=.{4})[ai]$", re.MULTILINE), ""),
)
_PLAIN = re.compile(r"[a-z ]+")
_ARABIC_ARTICLE = re.compile(r"\bال(?=\w\w)")
_ARABIC = re.compile("[\u0620-\u064a ]+")


def skeleton(key: str) -> str:
    """
    Return the form of a folded name in which ways of writing the same sounds are one.

    Drops the Arabic article and its assimilated forms, makes one of the endings -a, -ah, -eh and
    -e, of ee and i, of ou, oo, u, o, aw and w, of ay, ai, ei and e, of q, k, kh and ck, of d and
    dh, of doubled and single letters, and drops the last -a or -i of a long word.

    Parameters
    ----------
    key : str
        A folded name.

    Returns
    -------
    str
        The skeleton; empty where there is none (short names, scripts that have one spelling).

    Examples
    --------
    >>> {skeleton(n) for n in ("deir ez zor", "dayr az zawr", "der zor", "deir al zour")}
    {'derzur'}
    >>> skeleton("al mayadin") == skeleton("mayadeen")
    True
    """
    if _ARABIC.fullmatch(key):
        bare = _ARABIC_ARTICLE.sub("", key).replace(" ", "")
        return bare if len(bare) > 2 else ""  # noqa: PLR2004 -- shorter ones are not telling
    if not _PLAIN.fullmatch(key):
        return ""
    joined = "".join(map(_sound, _parts(key)))
    return joined if len(joined) >= _TELLING else ""


def sound_hash(key: str) -> int:
    """
    Return a 32-bit hash of the skeleton of a folded name.

    Parameters
    ----------
    key : str
        A folded name.

    Returns
    -------
    int
        The CRC-32 of the skeleton; 0 where there is none.
    """
    sound = skeleton(key)
    return crc32(sound.encode()) if sound else 0


def sound_hashes(keys: Sequence[str]) -> NDArray[np.uint32]:
    """
    Return the hashes of the skeletons of many folded names.

    Parameters
    ----------
    keys : sequence of str
        Folded names.

    Returns
    -------
    ndarray
        What ``sound_hash`` makes of each.

    Examples
    --------
    >>> sound_hashes(["deir ez zor", "der zor"]).tolist() == [sound_hash("deir ez zor")] * 2
    True
    """
    out = np.zeros(len(keys), np.uint32)
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        # Of the words of a-z each is worked out once, all in one text.
        single = [i for i, key in enumerate(some) if key.isascii() and key.isalpha()]
        several = [i for i, key in enumerate(some) if " " in key and _PLAIN.fullmatch(key)]
        parts = [_parts(some[i]) for i in several]
        words = list(dict.fromkeys(chain([some[i] for i in single], *parts)))
        sounds = dict(zip(words, _sounds(words), strict=True))
        joined = [sounds[some[i]] for i in single]
        joined += ["".join([sounds[word] for word in more]) for more in parts]
        out[np.array(single + several, np.intp) + start] = np.array(
            [crc32(sound.encode()) if len(sound) >= _TELLING else 0 for sound in joined], np.uint32
        )
        for i, key in enumerate(some, start):
            if not key.isascii():
                out[i] = sound_hash(key)
    return out


_CHUNK: Final = 1 << 17
#: Shorter skeletons tell nothing.
_TELLING: Final = 4


def _parts(key: str) -> list[str]:
    """Return the words whose sounds make the skeleton."""
    if " " not in key:
        return [key]
    words = telling_words(key)
    return words[:1] + [_GLUED_ARTICLE.sub("", word) for word in words[1:]]


@lru_cache(maxsize=1 << 16)
def _sound(word: str) -> str:
    return _sounds([word])[0]


def _sounds(words: Sequence[str]) -> list[str]:
    """Return the sounds of words of a-z."""
    text = "\n".join([_ABBREVIATIONS.get(word, word) for word in words])
    for pattern, replacement in _SOUNDS:
        text = pattern.sub(replacement, text)
    return text.split("\n") if words else []


def telling_words(key: str) -> list[str]:
    """
    Return the words of a folded name that tell it from others: all but Arabic articles.

    Parameters
    ----------
    key : str
        A folded name.

    Returns
    -------
    list of str
        The words, in order.
    """
    words = key.split()
    return [w for w in words[:-1] if w not in _ARTICLES] + words[-1:]


def telling(key: str) -> int:
    """
    Count the letters of a folded name that tell it from others.

    Parameters
    ----------
    key : str
        A folded name.

    Returns
    -------
    int
        The number of letters.
    """
    return sum(map(len, telling_words(key)))

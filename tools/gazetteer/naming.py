"""What counts as a name: cleaning the lists of names that the sources give."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable

KEPT_CODES = {"DC", "NYC"}
"""Capital-letter names that people do write; every other such name is an airport or state code."""

LONGEST_NAME = 80

SPELLINGS = 90.0
"""Names this much alike, of a hundred, are spellings of one: Shaanxi keeps its "Shǎnxī"."""

_HALF_RINGS = str.maketrans("", "", "‘’ʻʼʿʾ`")

_CODE = re.compile(r"[A-Z]{2,4}")
_SEPARATOR = re.compile(r"\s{2,}|\s*[|;]\s*")
_BRACKETED = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_INSIDE = re.compile(r"[(\[]([^)\]]+)[)\]]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")


def fold(name: str) -> str:
    """Reduce a name to what is compared when the build asks whether two names are the same.

    Accents, case, punctuation and spaces go, and an Arabic article in front.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    words = re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    if len(words) > 1 and words[0] in {"al", "el", "ar", "er", "as", "es", "ash", "ad", "at", "an"}:
        words = words[1:]
    return "".join(words)


def clean_names(raw: Iterable[str | None], *, inside_brackets: bool = True) -> list[str]:
    """Names worth keeping, in the order given, each once.

    Dropped: empty ones, codes of two to four capital letters (airports, states), pronunciations
    between slashes, numbers, and anything too long to be a name. A list in one string is split,
    and what stands in brackets becomes a name of its own, or is dropped.
    """
    kept: dict[str, None] = {}
    for entry in raw:
        if not entry or (entry.startswith("/") and entry.endswith("/")):
            continue
        for part in _SEPARATOR.split(_INVISIBLE.sub("", entry)):
            candidates = [_BRACKETED.sub(" ", part)]
            if inside_brackets:
                candidates.extend(_INSIDE.findall(part))
            for candidate in candidates:
                name = " ".join(candidate.split()).strip(" ,;:")
                code = _CODE.fullmatch(name) and name not in KEPT_CODES
                letters = any(character.isalpha() for character in name) and "?" not in name
                if letters and not code and 1 < len(name) + (not name.isascii()) <= LONGEST_NAME:
                    kept.setdefault(name)
    return list(kept)


def plain(name: str) -> str:
    """Take the marks of scholarly transliteration off a name, or leave it if letters remain.

    "Mūḩ Ḩasan" becomes "Muh Hasan", "‘Afrīn" "Afrin".
    """
    letters = unicodedata.normalize("NFKD", name.translate(_HALF_RINGS))
    bare = "".join(c for c in letters if not unicodedata.combining(c)).strip()
    return bare if bare.isascii() and bare else name


def without_names_of_others(names: Iterable[str], own: str, others: set[str]) -> list[str]:
    """Drop the names that are another province's, which the sources give by slips of the row.

    Parameters
    ----------
    names
        What a province is called.
    own
        Its main name; names much like it stay.
    others
        The folded main names of all provinces of its country.
    """
    mine = fold(own)
    return [
        name
        for name in names
        if (folded := fold(name)) not in others or fuzz.ratio(folded, mine) >= SPELLINGS
    ]

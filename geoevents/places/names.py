"""
How names are compared: folding, transliteration skeletons, and reading what kind is meant.

Three forms of a name are used, each coarser than the one before:

``fold`` (in ``folding``)
    Case, accents, punctuation and look-alike letters no longer matter. Two names with the same
    fold are the same name.
``skeleton`` (in ``sounds``)
    Ways of writing the same sounds no longer matter (Deir ez-Zor, Dayr az Zawr, Der Zor). Two
    names with the same skeleton are probably the same name.
``read``
    The words that say what kind of thing is meant ("river", "governorate of") or what it lies in
    ("Tripoli, Lebanon") are taken off the name itself.
"""

import re
from dataclasses import dataclass
from typing import Final

from geoevents.places.folding import fold
from geoevents.places.sounds import skeleton, sound_hash, telling, telling_words

__all__ = [
    "KIND_WORDS", "LONGEST", "Reading", "fold", "is_generic", "is_plain", "read", "skeleton",
    "sound_hash", "telling", "telling_words",
]  # fmt: skip

#: A name longer than this is no name; it is never looked up.
LONGEST: Final = 200

_TOWN = ("populated place",)
_RIVER = ("river",)
_LAKE = ("lake",)
_PROVINCE = ("admin1", "admin2", "region")
_DISTRICT = ("admin2", "admin1", "region")
_COUNTRY = ("country",)
_REGION = ("region", "admin1", "admin2")
_STATE = ("admin1", "country")
_FACILITY = ("facility",)

# Words that stand after the name, before it, or before it with "of". All folded.
_AFTER = {
    "river": _RIVER, "wadi": _RIVER, "creek": _RIVER, "stream": _RIVER,
    "lake": _LAKE, "reservoir": _LAKE,
    "city": _TOWN, "town": _TOWN, "village": _TOWN, "township": _TOWN,
    "municipality": (*_TOWN, "admin2"),
    "province": _PROVINCE, "governorate": _PROVINCE, "governate": _PROVINCE, "oblast": _PROVINCE,
    "muhafazah": _PROVINCE, "muhafaza": _PROVINCE, "muhafazat": _PROVINCE, "prefecture": _PROVINCE,
    "department": _PROVINCE, "voivodeship": _PROVINCE, "krai": _PROVINCE, "canton": _PROVINCE,
    "state": _STATE, "region": _REGION, "republic": _STATE, "wilayat": _PROVINCE,
    "district": _DISTRICT, "county": _DISTRICT, "raion": _DISTRICT, "rayon": _DISTRICT,
    "область": _PROVINCE, "край": _PROVINCE, "район": _DISTRICT, "airport": _FACILITY,
    "airbase": _FACILITY,
}  # fmt: skip
_BEFORE = {
    "river": _RIVER, "nahr": _RIVER, "wadi": _RIVER, "rio": _RIVER, "riviere": _RIVER,
    "fleuve": _RIVER,
    "lake": _LAKE, "lac": _LAKE, "lago": _LAKE, "buhayrat": _LAKE, "нахр": _RIVER,
    "reka": _RIVER, "река": _RIVER, "озеро": _LAKE, "город": _TOWN,
    "نهر": _RIVER, "وادي": _RIVER, "بحيره": _LAKE, "مدينه": _TOWN, "محافظه": _PROVINCE,
    "province": _PROVINCE, "oblast": _PROVINCE, "muhafazat": _PROVINCE, "wilayat": _PROVINCE,
    "governorate": _PROVINCE,
}  # fmt: skip
_BEFORE_OF = {
    "city": _TOWN, "town": _TOWN, "village": _TOWN, "municipality": (*_TOWN, "admin2"),
    "province": _PROVINCE, "governorate": _PROVINCE, "oblast": _PROVINCE, "department": _PROVINCE,
    "prefecture": _PROVINCE, "state": _STATE, "republic": _STATE, "kingdom": _COUNTRY,
    "islamic republic": _COUNTRY, "region": _REGION, "district": _DISTRICT, "county": _DISTRICT,
    "ville": _TOWN, "ciudad": _TOWN, "country": _COUNTRY,
}  # fmt: skip

_GENERIC: Final = frozenset(
    word
    for line in (
        "river lake stream canal dam bridge mountain hill desert island shore bank",
        "airport airbase airfield base camp port harbour harbor station border crossing checkpoint",
        "hospital clinic school university mosque church market prison factory warehouse refinery",
        "road street highway roundabout square junction building house home village town city",
        "area district province countryside outskirts suburb suburbs downtown neighbourhood",
        "neighborhood front frontline front line position positions post outpost headquarters",
        "attack attacks airstrike airstrikes strike strikes shelling bombing explosion blast clash",
        "clashes fighting battle raid ambush siege protest offensive ceasefire agreement statement",
        "army police military militia militias militants rebels fighters troops soldiers forces",
        "government regime coalition civilians people convoy vehicle drone missile",
        "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow",
        "january february march april may june july august september october november december",
        "none null nan unknown unspecified undisclosed various several multiple other others",
        "nowhere somewhere elsewhere here there near between total source date location place",
    )
    for word in line.split()
) | {
    "east bank", "eastern bank", "western bank", "northern bank", "southern bank",
    "left bank", "right bank", "n a", "not available", "not known", "not specified",
    "front line", "front lines", "air base", "air strike", "air strikes",
    "military base", "border crossing", "city center", "city centre", "near here",
} | {
    # Wider than any feature; somewhere a hamlet is called so.
    "africa", "america", "americas", "asia", "atlantic", "eu", "europe", "oceania",
    "pacific", "central america", "central asia", "east africa", "east asia", "eastern europe",
    "european union", "far east", "latin america", "middle east", "near east", "north africa",
    "north america", "south america", "south asia", "southeast asia", "southern africa",
    "west africa", "western europe",
}  # fmt: skip


def is_generic(key: str) -> bool:
    """
    Tell whether a folded text is a common word of reports, which by itself names no place.

    Parameters
    ----------
    key : str
        A folded text.

    Returns
    -------
    bool
        True for words such as river, checkpoint, attack, Monday and unknown, also after "the", and
        for continents, oceans and the like. Somewhere a hamlet is called so; no report means it
        without naming its country.

    Examples
    --------
    >>> is_generic("the checkpoint"), is_generic("checkpoint charlie")
    (True, False)
    """
    return key.removeprefix("the ") in _GENERIC


#: A name with none of these words, comma or bracket has nothing for ``read`` to take off.
KIND_WORDS: Final = frozenset(w for t in (_AFTER, _BEFORE, _BEFORE_OF) for w in t) | {"the"}
_STRUCTURE = re.compile(r"[,،、(（]")


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One way to understand a query.

    Attributes
    ----------
    key : str
        The folded name.
    kinds : tuple of str
        The kinds it may be; empty where nothing was said.
    within : tuple of str
        What it is said to lie in, nearest first, as written.
    """

    key: str
    kinds: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


def is_plain(text: str, key: str) -> bool:
    """
    Tell whether a query is nothing but a name.

    Parameters
    ----------
    text : str
        The query.
    key : str
        Its fold.

    Returns
    -------
    bool
        True if ``read`` would return only the name as it stands.
    """
    return KIND_WORDS.isdisjoint(key.split()) and _STRUCTURE.search(text) is None


def read(text: str) -> list[Reading]:
    """
    Return the ways to understand a query, the most literal first.

    Parameters
    ----------
    text : str
        A name, perhaps with words for its kind or for what it lies in.

    Returns
    -------
    list of Reading
        The whole text as a name comes first: a name that itself holds such a word ("Black River",
        the town) is a name before it is a description.

    Examples
    --------
    >>> read("Khabur River")[1]
    Reading(key='khabur', kinds=('river',), within=())
    >>> read("the city of Tripoli, Lebanon")[-1]
    Reading(key='tripoli', kinds=('populated place',), within=('Lebanon',))
    """
    readings = [Reading(fold(text))]
    readings += _described(readings[0].key)
    head, *rest = (part.strip(" )）") for part in _STRUCTURE.split(text))
    within = tuple(part for part in rest if fold(part))
    if within and fold(head):
        key = fold(head)
        readings.append(Reading(key, (), within))
        readings += (Reading(r.key, r.kinds, within) for r in _described(key))
    return readings


def _described(key: str) -> list[Reading]:
    words = key.split()
    out: list[Reading] = []
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
        out.append(Reading(" ".join(words)))
    found: list[tuple[list[str], tuple[str, ...]]] = []
    for size in (2, 1):
        if len(words) > size + 1 and words[size] in ("of", "de"):
            kinds = _BEFORE_OF.get(" ".join(words[:size]))
            if kinds:
                rest = words[size + 1 :]
                found.append((rest[1:] if rest[0] == "the" and len(rest) > 1 else rest, kinds))
    if len(words) > 1:
        if words[-1] in _AFTER:
            found.append((words[:-1], _AFTER[words[-1]]))
        if words[0] in _BEFORE:
            found.append((words[1:], _BEFORE[words[0]]))
    out += (
        Reading(" ".join(rest), kinds) for rest, kinds in found if not KIND_WORDS.issuperset(rest)
    )
    return out

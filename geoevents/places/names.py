"""
How names are compared: folding, transliteration skeletons, and reading what kind is meant.

Three forms of a name are used, each coarser than the one before:

``fold``
    Case, accents, punctuation and look-alike letters no longer matter. Two names with the same
    fold are the same name.
``skeleton``
    Ways of writing the same sounds no longer matter (Deir ez-Zor, Dayr az Zawr, Der Zor). Two
    names with the same skeleton are probably the same name.
``read``
    The words that say what kind of thing is meant ("river", "governorate of") or what it lies in
    ("Tripoli, Lebanon") are taken off the name itself.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zlib import crc32

#: A name longer than this is no name; it is never looked up.
LONGEST: Final = 200

_NOTHING = {
    *range(0x2018, 0x201C),  # typographic apostrophes
    *range(0x02B0, 0x0300),  # modifier letters: ayn and hamza in transliteration
    *(ord(c) for c in "'`´ʻʼʾʿ′ءـ་"),
}
_LETTERS = {
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th",
    "Þ": "th", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i", "ħ": "h", "Ħ": "h",
    "ŋ": "n", "Ŋ": "n", "ə": "a", "Ə": "a", "ɨ": "i", "ŧ": "t", "Ŧ": "t",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه",
    "ہ": "ه", "ە": "ه", "ھ": "ه", "ۀ": "ه", "ۃ": "ه", "ۆ": "و", "ۇ": "و",
}  # fmt: skip
# Marks that decorate a letter. Vowel signs of Indic, Thai and other scripts are marks too, but they
# are letters to their readers and stay.
_DECORATION = (
    (0x0300, 0x0370), (0x0483, 0x048A), (0x0591, 0x05C8), (0x0610, 0x061B), (0x064B, 0x0660),
    (0x0670, 0x0671), (0x06D6, 0x06EE), (0x0711, 0x0712), (0x0730, 0x074B), (0x1AB0, 0x1B00),
    (0x1DC0, 0x1E00), (0x20D0, 0x2100), (0xFE00, 0xFE10), (0xFE20, 0xFE30),
)  # fmt: skip


class _Folding(dict[int, str]):
    """What becomes of each character; worked out once, when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if code in _NOTHING or any(low <= code < high for low, high in _DECORATION):
            folded = ""
        elif character in _LETTERS:
            folded = _LETTERS[character]
        elif category == "Cf":
            folded = ""
        elif category[0] in "LM" or category == "Nd":
            digit = unicodedata.decimal(character, None)
            folded = character if digit is None else str(digit)
        else:
            folded = " "
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(name: str) -> str:
    """
    Return the form of a name in which case, accents and punctuation no longer matter.

    Parameters
    ----------
    name : str
        Any text at all.

    Returns
    -------
    str
        Words of letters and digits with single spaces between; may be empty. Folding it again
        changes nothing.

    Examples
    --------
    >>> fold("  Deir-ez-Zor "), fold("Al Ḩasakah"), fold("N’Djamena")
    ('deir ez zor', 'al hasakah', 'ndjamena')
    >>> fold("دَيْر الزُّور") == fold("دير الزور")
    True
    """
    if name.isascii():
        return " ".join(name.lower().translate(_FOLDING).split())
    # Compatibility forms can hide capitals, and capitals can hide decorations: a few rounds of the
    # same steps end in a form that no longer changes.
    for _ in range(4):
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
        text = unicodedata.normalize("NFC", text.translate(_FOLDING))
        text = " ".join(text.split())
        if text == name:
            break
        name = text
    return name


_ARTICLES = frozenset(
    ("al", "el", "ul", "il", "as", "es", "us", "is", "ash", "esh", "ush", "ach", "ech", "ad", "ed",
     "adh", "edh", "ar", "er", "ur", "at", "et", "ath", "eth", "an", "en", "az", "ez", "uz", "the")
)  # fmt: skip
_GLUED_ARTICLE = re.compile(r"^[aeu](?:([tdrzn])(?=\1)|s(?=s)|sh(?=sh))")
_ABBREVIATIONS = {"st": "saint", "ste": "saint", "ft": "fort", "mt": "mount"}
_SOUNDS: Final = (
    (re.compile(r"ee"), "i"),
    (re.compile(r"oo"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[a-z]{2})i?y?[ae]h?$"), "a"),
    (re.compile(r"kh|ck|q|c(?!h)"), "k"),
    (re.compile(r"sch|sh|ch"), "š"),
    (re.compile(r"dj"), "j"),
    (re.compile(r"([dtzg])h"), r"\1"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"[ae](?:[iy]|j(?![aeiou]))"), "e"),
    (re.compile(r"y"), "i"),
    (re.compile(r"[ao][uw]|o|w"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=.{4})[ai]$"), ""),
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
    joined = "".join(
        _sound(_GLUED_ARTICLE.sub("", word) if i else word)
        for i, word in enumerate(telling_words(key))
    )
    return joined if len(joined) > 3 else ""  # noqa: PLR2004 -- shorter ones are not telling


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


@lru_cache(maxsize=1 << 16)
def _sound(word: str) -> str:
    word = _ABBREVIATIONS.get(word, word)
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


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
        True for words such as river, checkpoint, attack, Monday and unknown, also after "the".
        Somewhere a hamlet is called so; no report means it without naming its country.

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

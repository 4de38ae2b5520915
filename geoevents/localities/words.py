"""The words and marks of a locality: tokens, compass points, units, names of relations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geoevents.localities.tree import Compass, Kind

_PHRASES: dict[Kind, tuple[str, ...]] = {
    "in": ("in", "at", "inside", "inside of", "within", "in the area of", "in and around"),
    "near": (
        *("near", "near to", "nearby", "close to", "close by", "around", "not far from", "next to"),
        *("in the vicinity of", "in vicinity of", "the vicinity of", "vicinity of"),
        *("in the neighbourhood of", "in the neighborhood of", "adjacent to"),
    ),
    "outside": ("outside", "outside of", "just outside", "just outside of"),
    "outskirts": (
        *("on the outskirts of", "in the outskirts of", "at the outskirts of", "the outskirts of"),
        *("outskirts of", "on the edge of", "on the edges of", "at the edge of"),
    ),
    "along": (
        *("along", "alongside", "along the banks of", "on the banks of", "on both banks of"),
        *("along the course of", "along the bank of", "along both banks of"),
    ),
}
RELATIONS: dict[tuple[str, ...], Kind] = {
    tuple(phrase.split()): kind for kind, phrases in _PHRASES.items() for phrase in phrases
}
LONGEST = max(map(len, RELATIONS))

# Names of regions that begin like a relation; never split, known to the gazetteer or not.
WHOLE = frozenset({("near", "east"), ("west", "bank")})

_POINTS = (
    *("north", "north-northeast", "northeast", "east-northeast"),
    *("east", "east-southeast", "southeast", "south-southeast"),
    *("south", "south-southwest", "southwest", "west-southwest"),
    *("west", "west-northwest", "northwest", "north-northwest"),
)
# East among four points may be meant 45 degrees either way, southeast among eight half of that
# (Wieczorek, Guo & Hijmans 2004, "uncertainty in direction").
_TOLERANCE = (45.0, 11.25, 22.5, 11.25)


def _compass_forms() -> dict[str, Compass]:
    forms: dict[str, Compass] = {}
    for i, word in enumerate(_POINTS):
        compass = Compass(word, i * 22.5, _TOLERANCE[i % 4])
        joined = word.replace("-", "")
        short = "".join(point[0] for point in re.findall("north|south|east|west", joined))
        for form in (joined, joined + "ern", joined + "ward", joined + "wards", joined + "erly"):
            forms[form] = compass
        forms[short] = compass
    return forms


COMPASS = _compass_forms()
WORD_LENGTH = 4  # "east" is a word, "ene" an abbreviation

_UNIT_WORDS = {
    "km kms kilometre kilometres kilometer kilometers": 1000.0,
    "m metre metres meter meters": 1.0,
    "mi mile miles": 1609.344,
    "nmi": 1852.0,
    "yd yds yard yards": 0.9144,
    "ft foot feet": 0.3048,
}
UNITS = {word: metres for words, metres in _UNIT_WORDS.items() for word in words.split()}


def _words(text: str) -> list[str]:
    return text.split()


ARTICLES = frozenset(_words("the a an"))
ABOUT = frozenset(_words("about some approximately approx roughly around nearly almost ~"))
FILLERS = frozenset(
    _words(
        "the a an about some approximately approx roughly nearly almost ~ just immediately "
        "directly right due somewhere area areas location locations position positions point "
        "points place places territory land located situated site sites region village villages "
        "town on to"
    )
)
PARTS = frozenset(_words("part parts portion half side bank banks shore shores areas districts"))
AND = frozenset(_words("and & +"))
OF = frozenset(_words("of from"))

# Words of relations that are not read, and those that are only so at the beginning of a phrase.
UNREAD = frozenset(
    _words(
        "between betwixt border borders frontier frontiers upstream downstream upriver "
        "downriver mouth mouths estuary confluence halfway midway bank banks countryside "
        "opposite toward towards beyond except excluding"
    )
)
UNREAD_FIRST = frozenset(_words("from across behind beneath below above"))

# Words that say where and name nothing: "On" and "Along" are towns too, not in "on the edge of".
PLAIN = frozenset(word for phrase in RELATIONS for word in phrase).union(
    FILLERS, PARTS, AND, OF, COMPASS, UNITS
)

_TOKEN = re.compile(
    r"""(?P<number>\d+(?:,\d{3})*(?:\.\d+)?(?=$|[\s,;/()]|(?:km|kms|mi|m|ft|yds?|nmi|miles?)\b))
      | (?P<comma>[,;/|،؛、，]|[-–—]+(?=\s|$))
      | (?P<open>[(\[])
      | (?P<close>[)\]])
      | (?P<word>[^\s,;/|،؛、，()\[\]]+)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark of the text: its kind, its folded form and where it stands."""

    kind: str
    key: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """
    Split a phrase into words, numbers and marks.

    Parameters
    ----------
    text : str
        The phrase.

    Returns
    -------
    list of Token
        In order; white space is in none of them.

    Examples
    --------
    >>> [token.key for token in tokens("10km NE of Ras al-Ayn")]
    ['10', 'km', 'ne', 'of', 'ras', 'al-ayn']
    """
    return [
        Token(str(match.lastgroup), match.group().casefold().rstrip("."), *match.span())
        for match in _TOKEN.finditer(text)
    ]


def precision(figure: str) -> float:
    """
    Say how finely a figure was stated, from its last digit that counts.

    Parameters
    ----------
    figure : str
        Digits, with a point if there is one.

    Returns
    -------
    float
        10 for "10" and "40", 5 for "15", 1 for "8", 0.5 for "2.5", 100 for "300".

    Notes
    -----
    Chapman & Wieczorek (2020), "uncertainty related to offset precision": the unit of the last
    significant digit, and fives are taken for halves of the unit above.

    Examples
    --------
    >>> [precision(figure) for figure in ("10", "15", "8", "2.5", "300")]
    [10.0, 5.0, 1.0, 0.5, 100.0]
    """
    whole, _, decimals = figure.partition(".")
    decimals = decimals.rstrip("0") if int(decimals or "0") == 0 else decimals
    if decimals:
        unit, last = 10.0 ** -len(decimals), decimals[-1]
    else:
        digits = whole.rstrip("0") or "0"
        unit, last = 10.0 ** (len(whole) - len(digits)), digits[-1]
    return 5 * unit if last == "5" else unit

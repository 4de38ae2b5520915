"""
The words of running text as signs, one letter each, so that patterns can find localities in them.

A sentence becomes a short text: "in the city of Homs" is ``iakfN``. The tables are those that
phrases are read with (`geoevents.localities.reading.words`); all words that say nothing about
where are ``X``, and no pattern runs over one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from geoevents.localities.reading import quantities, words
from geoevents.localities.tree import LocalityError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geoevents.places.toponyms import Toponym
    from geoevents.prose.tokens import Token

PLACE, DEMONYM, PAIR, SEVERAL, OTHER, PROPER, DROPPED = "N", "M", "A", "@", "X", "O", "z"
_BEFORE = frozenset("NMAdCbnpkKHgyz")  # what epithets stand before

_BY_KIND = {
    "in": "i",
    "area": "r",
    "near": "r",
    "outside": "r",
    "along": "l",
    "across": "c",
    "stream": "u",
    "between": "B",
    "halfway": "h",
    "except": "E",
}
_BY_NOUN = {
    "border": "b",
    "road": "R",
    "along": "G",
    "area": "g",
    "halfway": "v",
    "confluence": "v",
}
# Verbs, or too many other things, where they stand by themselves.
_NOT_SUFFIXES = frozenset(
    ("approaches", "edge", "source", "sources", "mouth", "borders", "route", "centre", "center")
)
_NOT_PREPOSITIONS = frozenset(("by", "not", "beside", "other than", "not including"))
# What reports say of a place, and phrases leave out.
_EPITHETS = (
    "neighbouring neighboring war-torn restive volatile troubled embattled flashpoint key disputed "
    "beleaguered conflict-hit conflict-torn war-ravaged crisis-hit recaptured devastated"
)
_JUST = "just immediately shortly slightly directly due deep further farther away"
_KINDS = ("oblast", "raion", "krai", "prefecture", "department", "canton", "emirate", "commune")
_PLAIN = (
    ("a", "the a an"),
    ("f", "of"),
    ("F", "from"),
    ("T", "to until"),
    ("w", "with"),
    ("&", "and & or and/or"),
    (",", ", ، ، ، 、 ，"),
    ("(", "( （ ["),
    (")", ") ） ]"),
    ("-", "- – — / −"),
    ("S", "'s '"),
    ("D", ""),
    ("V", "into"),
    ("Y", "by beside"),
    ("e", "off"),
    ("P", "radius"),
    ("W", "within"),
    ("p", " ".join(words.PREFIXES)),
    ("I", "inside"),
    ("o", "on upon"),
    ("n", "nearby"),
    ("L", "up under"),
    ("j", _JUST),
    ("q", "about some approximately approx roughly nearly almost"),
    ("Z", "where"),
    ("t", "linking connecting joining leading running"),
    ("x", " ".join(sorted(words.WATER))),
    ("m", " ".join(sorted(words.MEETS | words.CONVERGE))),
    ("s", "all whole most much entirety"),
    (DROPPED, _EPITHETS),
)
_BEFORE_NEARBY = frozenset("aiIWrf")


class Sign(NamedTuple):
    """
    What one letter stands for.

    Attributes
    ----------
    letter : str
        The letter.
    first, end : int
        Its tokens in the sentence.
    toponyms : tuple of int
        The places that stand there, as numbers in the document's list.
    """

    letter: str
    first: int
    end: int
    toponyms: tuple[int, ...] = ()


_MORE: Final = (
    ("F", ("all the way from",)),
    ("r", ("in and around", "in or around", "in or near")),
    ("L", ("up to", "less than", "no more than", "at most", "no farther than", "not more than")),
    ("L", ("no further than", "a maximum of")),
    ("u", ("up the river", "down the river", "upstream on", "downstream on")),
    (OTHER, ("border crossing", "border crossings", "border post", "border gate", "border point")),
    ("m", tuple(f"{verb} {to}" for verb in words.MEETS_INTO for to in ("into", "in", "to"))),
)
_WORDS: Final = (
    ("k", words.KINDS | frozenset(_KINDS)),
    ("K", words.PLURALS),
    ("G", words.BANKS),
    ("Q", words.PARTS - {"end", "corner"}),
    ("y", frozenset(words.SIDES)),
    ("d", words.DESCRIPTIVE | words.ADJECTIVES | words.CONTROL),
    ("g", frozenset(("location", "position", "spot", "place", "site", "point", "territory"))),
)
_INSTEAD = {"region": "k", "district": "k", "suburb": "H", "cities": "K", "regions": "K"}


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], dict[str, dict[tuple[str, ...], str]]]:
    """Give the letter of each word, and by their first word the letters of several."""
    table = {tuple(entry.split()): letter for entry, letter in reversed([*_entries()])}
    table.update({(word,): letter for word, letter in _INSTEAD.items()})
    single = {phrase[0]: letter for phrase, letter in table.items() if len(phrase) == 1}
    several: dict[str, dict[tuple[str, ...], str]] = {}
    for phrase in sorted(table, key=len, reverse=True):
        if len(phrase) > 1:
            several.setdefault(phrase[0], {})[phrase[1:]] = table[phrase]
    return single, several


def _entries() -> Iterator[tuple[str, str]]:
    """Give words and their letters; the first of several letters counts."""
    for letter, line in _PLAIN:
        yield from ((word, letter) for word in line.split())
    for letter, phrases in _MORE:
        yield from ((phrase, letter) for phrase in phrases)
    for phrase, said in words.PREPOSITIONS.items():
        if (entry := " ".join(phrase)) not in _NOT_PREPOSITIONS:
            yield entry, "F" if said.way == "both" else _BY_KIND[said.kind]
    for phrase, said in (words.SUFFIXES | words.NOUNS).items():
        after = phrase in words.SUFFIXES and " ".join(phrase) not in _NOT_SUFFIXES
        yield " ".join(phrase), _BY_NOUN.get(said.kind, "U" if after else "H")
    for letter, entries in _WORDS:
        yield from ((word, letter) for word in entries)


def read_signs(
    tokens: Sequence[Token], toponyms: Sequence[Toponym], here: Sequence[int], text: str
) -> list[Sign]:
    """
    Turn a sentence into signs.

    Parameters
    ----------
    tokens : sequence of Token
        Its tokens.
    toponyms : sequence of Toponym
        Those of the document.
    here : sequence of int
        Which of them stand in this sentence, in its order.
    text : str
        The text of the document.

    Returns
    -------
    list of Sign
        In order. Epithets of what follows ("war-torn") are in none of them.
    """
    single, several = _table()
    named = _named(tokens, toponyms, here)
    signs: list[Sign] = []
    add = signs.append
    i, count = 0, len(tokens)
    while i < count:
        if i in named:
            sign = named[i]
            add(sign)
            i = sign.end
            continue
        word = tokens[i].lower
        if word in several and (found := _several(several[word], tokens, i, named)):
            letter, end = found
            add(Sign(letter, i, end))
            i = end
            continue
        letter = single.get(word, "")
        if word in words.CONTROL and i and tokens[i - 1].lower not in _OUTER:
            letter = OTHER  # "troops liberated X", "have liberated X"
        if (word in _NUMBERS or word[0].isdigit()) and (end := _distance(tokens, i, text, named)):
            add(Sign("D", i, end))
            i = end
            continue
        if not letter:
            letter = _single(tokens, i)
        if letter == "n" and signs and signs[-1].letter in _BEFORE_NEARBY:
            letter = DROPPED  # "in the nearby town of Hama" is in it
        add(Sign(letter, i, i + 1))
        i += 1
    return [
        sign
        for sign, after in zip(signs, [*signs[1:], Sign(OTHER, 0, 0)], strict=True)
        if sign.letter != DROPPED or after.letter not in _BEFORE
    ]


def _single(tokens: Sequence[Token], i: int) -> str:
    """Give the letter of "north-east", "NE" before "of", "rebel-held", and of other words."""
    token = tokens[i]
    word = token.lower
    if (word.replace("-", "") if "-" in word else word) in words.COMPASS:
        after = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        said = len(word) >= words.ABBREVIATION or (
            token.text.isupper() and (after in words.OF or after in words.AND)
        )
        return "C" if said else OTHER
    if "-" in word and word.rpartition("-")[2] in words.HELD:
        return "d"
    return PROPER if token.text[0].isupper() else OTHER


def _several(
    table: Mapping[tuple[str, ...], str], tokens: Sequence[Token], i: int, named: Mapping[int, Sign]
) -> tuple[str, int] | None:
    for rest, letter in table.items():
        end = i + 1 + len(rest)
        if end <= len(tokens) and all(
            tokens[i + 1 + k].lower == word and i + 1 + k not in named
            for k, word in enumerate(rest)
        ):
            return letter, end
    return None


# Words before "liberated Raqqa" where that is a place, and nobody frees it.
_OUTER = frozenset(
    [
        "a",
        "in",
        "of",
        "from",
        "to",
        "near",
        "across",
        "into",
        "inside",
        "the",
        "around",
        "through",
        "throughout",
        "at",
        "and",
        "on",
    ]
)
_AHEAD = 10  # tokens of "15 - 20 nautical miles"
_NUMBERS = frozenset(
    (
        *("a", "an", "half", "one", "two", "three", "four", "five", "six", "seven", "eight"),
        *("nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
        *("seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty"),
        *("seventy", "eighty", "ninety", "hundred", "between"),
    )
)
_ONE = frozenset({"a", "an", "half"})
_OF_ONE = frozenset({"a", "an", "half", "quarter", "hundred", "nautical"})


def _distance(tokens: Sequence[Token], i: int, text: str, named: Mapping[int, Sign]) -> int:
    """Find where a distance ends that begins here; 0 if none does."""
    word, after = tokens[i].lower, tokens[i + 1].lower if i + 1 < len(tokens) else "."
    if word in _ONE and after not in _OF_ONE and after not in words.UNITS:
        return 0
    if word == "between" and not after[0].isdigit():
        return 0
    unit = next((k for k in range(i, min(i + _AHEAD, len(tokens))) if _is_unit(tokens, k)), -1)
    if unit < 0 or any(k in named for k in range(i, unit)):
        return 0
    stop = tokens[min(unit + _AHEAD, len(tokens) - 1)].end
    try:
        found = quantities.read(text[tokens[i].start : stop])
        length = found.end if found else 0
    except LocalityError as error:
        # "99999 km south of Homs" is not south of Homs: `locate` says why it is nowhere.
        length = error.end if i == 0 or tokens[i - 1].lower != "-" else 0
    end, k = tokens[i].start + length, i
    while k < len(tokens) and tokens[k].end <= end:
        k += 1
    return k if k > i else 0


def _is_unit(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word is a unit, or ends in one: "10km", "15-mile"."""
    word = tokens[i].lower
    if word in words.UNITS or word == "nautical":
        return True
    unit = word.lstrip("0123456789.,-½¼¾")
    return unit != word and unit in words.UNITS


def _named(
    tokens: Sequence[Token], toponyms: Sequence[Toponym], here: Sequence[int]
) -> dict[int, Sign]:
    """Make signs of the places: by the token that each begins at."""
    chunks: list[tuple[int, int, list[int]]] = []
    i = 0
    for number in here:
        toponym = toponyms[number]
        while i < len(tokens) and tokens[i].end <= toponym.start:
            i += 1
        if i == len(tokens):
            break
        end = i
        while end < len(tokens) and tokens[end].start < toponym.end:
            end += 1
        if chunks and chunks[-1][1] > i:  # two in a word: "Homs-Tartus", "Syrian-Iraqi"
            first, before, numbers = chunks[-1]
            numbers.append(number)
            chunks[-1] = (first, max(end, before), numbers)
        else:
            chunks.append((i, end, [number]))
    found: dict[int, Sign] = {}
    for first, end, numbers in chunks:
        one, other = toponyms[numbers[0]], toponyms[numbers[-1]]
        if tokens[first].start != one.start or tokens[end - 1].end != other.end:
            found[first] = Sign(OTHER, first, end)  # "US-backed"
            continue
        adjective = one.sense == "demonym" or _stands_for_adjective(tokens, first, end, one)
        letter = DEMONYM if adjective else PLACE
        letter = letter if len(numbers) == 1 else PAIR if len(numbers) == _TWO else SEVERAL
        found[first] = Sign(letter, first, end, tuple(numbers))
    return found


_TWO = 2


def _stands_for_adjective(tokens: Sequence[Token], first: int, end: int, place: Toponym) -> bool:
    """Tell "US warplanes" from "in the US": initials with no article, before a common noun."""
    if place.kind != "country" or not place.text.isupper():
        return False
    article = first > 0 and tokens[first - 1].lower == "the"
    after = tokens[end].text if end < len(tokens) else ""
    return not article and after[:1].islower() and after.isalpha() and len(after) > _TWO

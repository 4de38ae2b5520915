"""What single words tell about the names beside them: the tables of ``data``, ready to be asked."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from geoevents.places.demonyms import adjectives_and_initials
from geoevents.places.folding import fold

_DATA: Final = Path(__file__).parent / "data"


class Word:
    """What a word may be, a bit each; ``data/english.toml`` says what each table is for."""

    FUNCTION: Final = 1 << 0
    CALENDAR: Final = 1 << 1
    REPORT: Final = 1 << 2
    ENGLISH: Final = 1 << 3
    STRONG: Final = 1 << 4
    BETWEEN: Final = 1 << 5
    DIRECTION: Final = 1 << 6
    AFTER: Final = 1 << 7
    BEFORE: Final = 1 << 8
    BEFORE_OF: Final = 1 << 9
    TITLE: Final = 1 << 10
    PLAIN_TITLE: Final = 1 << 11
    FIRST_NAME: Final = 1 << 12
    PLACE_NAME: Final = 1 << 13
    SURNAME: Final = 1 << 14
    VERB: Final = 1 << 15
    SAYING: Final = 1 << 16
    DOES: Final = 1 << 17
    AUXILIARY: Final = 1 << 18
    RELATION: Final = 1 << 19
    GOVERNS: Final = 1 << 20
    ORGANISATION: Final = 1 << 21
    ORGANISATION_OF: Final = 1 << 22
    NAMED: Final = 1 << 23
    STATE: Final = 1 << 24
    PART: Final = 1 << 25
    THING: Final = 1 << 26
    GROUP: Final = 1 << 27
    WARE: Final = 1 << 28
    SITE: Final = 1 << 29
    ON: Final = 1 << 30


#: Small words inside names.
PARTICLES: Final = frozenset((
    "of", "the", "and", "&", "de", "del", "da", "do", "dos", "das", "di", "della", "du", "des",
    "le", "la", "les", "el", "al", "az", "ez", "as", "es", "ash", "esh", "ar", "er", "at", "et",
    "an", "en", "ad", "ed", "on", "upon", "sur", "sous", "am", "im", "van", "von", "der", "den",
    "bin", "ibn", "e", "y", "kwa", "na", "wa", "ul", "aux", "aan", "op", "bij", "lez", "saint",
    "ou",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """
    The tables.

    Attributes
    ----------
    flags : dict of str to int
        For each word in small letters what it may be.
    after, before, before_of : dict of str to tuple of str
        Kinds of the gazetteer that words of kind mean.
    demonyms : dict of str to tuple of str
        For each folded adjective or people the codes of its countries.
    initials : dict of str to tuple of str
        For capitals the country's code and nothing, or nothing and the name they stand for.
    states : dict of str to str
        What stands after a comma in American reports, in small letters, and the state's name.
    capitals : dict of str to str
        For folded names of seats of government the country's code.
    no_places : frozenset of str
        Folded names of what is no place, or wider than any feature.
    mixed : frozenset of str
        First parts of words with hyphens that are of no country: Pan-American.
    place_suffixes, side_suffixes, prefixes : frozenset of str
        Other parts of words with hyphens: Kabul-based, Moscow-backed, pro-Moscow.
    """

    flags: Mapping[str, int]
    after: Mapping[str, tuple[str, ...]]
    before: Mapping[str, tuple[str, ...]]
    before_of: Mapping[str, tuple[str, ...]]
    demonyms: Mapping[str, tuple[str, ...]]
    initials: Mapping[str, tuple[str, str]]
    states: Mapping[str, str]
    capitals: Mapping[str, str]
    no_places: frozenset[str]
    mixed: frozenset[str]
    place_suffixes: frozenset[str]
    side_suffixes: frozenset[str]
    prefixes: frozenset[str]


@cache
def words() -> Words:
    """
    Return the tables of ``data``; read once.

    Returns
    -------
    Words
        Of English, and of Russian and Ukrainian, which share no letters with it.

    Examples
    --------
    >>> bool(words().flags["governor"] & Word.TITLE), words().after["river"]
    (True, ('river',))
    """
    english, cyrillic = _table("english.toml"), _table("cyrillic.toml")
    kinds = {name: tuple(some) for name, some in english["kinds"].items()}
    of_kind = {
        name: _kinds(english[name], kinds) | _kinds(cyrillic[name], kinds)
        for name in ("after", "before", "before_of")
    }
    hyphens = english["hyphens"]
    no_places = [*english["never"]["wide"], *english["never"]["things"]]
    return Words(
        flags=_flags(english, cyrillic, of_kind),
        **of_kind,
        demonyms=_demonyms(english["peoples"]),
        initials=_initials(english["initials"]),
        states={word: name for name, some in english["states"].items() for word in some.split()},
        capitals={
            fold(name): code
            for code, some in english["capitals"].items()
            for name in some.split("|")
        },
        no_places=frozenset(map(fold, no_places)),
        mixed=frozenset(hyphens["peoples"].split()),
        place_suffixes=frozenset(hyphens["place"].split()),
        side_suffixes=frozenset(hyphens["side"].split()),
        prefixes=frozenset(hyphens["prefixes"].split()),
    )


def _table(name: str) -> dict[str, Any]:
    with (_DATA / name).open("rb") as file:
        return tomllib.load(file)


def _lines(name: str) -> list[str]:
    return (_DATA / name).read_text(encoding="utf-8").split()


def _kinds(
    table: Mapping[str, str], kinds: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {word: kinds[kind] for kind, some in table.items() for word in some.split()}


def _flags(
    english: Mapping[str, Any],
    cyrillic: Mapping[str, Any],
    of_kind: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> dict[str, int]:
    never, near, persons = english["never"], english["near"], english["persons"]
    organisations, governments = english["organisations"], english["governments"]
    more, people = cyrillic["near"], cyrillic["persons"]
    flags: dict[str, int] = {}

    def mark(some: Iterable[str], flag: int) -> None:
        for word in some:
            flags[word] = flags.get(word, 0) | flag

    mark(_lines("english.txt"), Word.ENGLISH)
    mark(_lines("firstnames.txt"), Word.FIRST_NAME)
    mark(_lines("surnames.txt"), Word.SURNAME)
    for text, flag in (
        (never["function"], Word.FUNCTION),
        (never["calendar"], Word.CALENDAR),
        (never["report"], Word.REPORT),
        (never["groups"], Word.GROUP),
        (never["before"], Word.THING),
        (never["wares"], Word.WARE),
        (near["strong"], Word.STRONG),
        (near["between"], Word.BETWEEN),
        (near["directions"], Word.DIRECTION),
        (near["on"], Word.ON),
        (persons["titles"], Word.TITLE),
        (persons["plain"], Word.PLAIN_TITLE),
        (persons["places"], Word.FIRST_NAME | Word.PLACE_NAME),
        (persons["verbs"], Word.VERB),
        (persons["sayings"], Word.SAYING),
        (persons["does"], Word.DOES),
        (governments["relations"], Word.RELATION),
        (governments["theirs"], Word.GOVERNS),
        (governments["auxiliaries"], Word.AUXILIARY),
        (organisations["after"], Word.ORGANISATION),
        (organisations["of"], Word.ORGANISATION_OF),
        (organisations["names"], Word.NAMED),
        (organisations["state"], Word.STATE),
        (organisations["adjectives"], Word.PART),
        (organisations["sites"], Word.SITE),
        (more["strong"], Word.STRONG),
        (more["between"], Word.BETWEEN),
        (cyrillic["never"]["words"], Word.ENGLISH | Word.REPORT),
        (people["titles"], Word.TITLE),
        (people["first"], Word.FIRST_NAME),
    ):
        mark(text.split(), flag)
    mark(of_kind["after"], Word.AFTER)
    mark(of_kind["before"], Word.BEFORE)
    mark(of_kind["before_of"], Word.BEFORE_OF)
    return flags


def _demonyms(peoples: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    adjectives, _ = adjectives_and_initials()
    # "Anglo", "Franco" and the like are parts of words; people are called so, too.
    demonyms = {word: codes for word, codes in adjectives.items() if word not in _PREFIXES}
    for code, some in peoples.items():
        for word in some.split():
            demonyms.setdefault(fold(word), (code,))
    for word, codes in list(demonyms.items()):
        if word.endswith(("n", "i", "r")):
            demonyms.setdefault(word + "s", codes)
    return demonyms


_PREFIXES: Final = frozenset({"franco", "serbo", "austro", "turco", "turko", "finno", "hispano"})


def _initials(names: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    _, capitals = adjectives_and_initials()
    out = {word: (code, "") for word, code in capitals.items()}
    for word, name in names.items():
        out.setdefault(word, ("", name))
    return out

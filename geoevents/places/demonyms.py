"""Adjectives of countries: that Syrian means Syria, as in "the Syrian-Iraqi border"."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from geoevents.places.countries import ISO3
from geoevents.places.finding import Asked, resolve
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.names import fold
from geoevents.places.ranking import COUNTRY, EXACT

_TABLE: Final = Path(__file__).parent / "data" / "demonyms.csv"


def country_of(adjective: str) -> str | None:
    """
    Return the country that an adjective, a name or initials mean.

    Parameters
    ----------
    adjective : str
        Such as ``Syrian``, ``Syria`` or ``UAE``. Adjectives and names may be written in any case,
        initials and codes in capitals only: ``us`` is a word.

    Returns
    -------
    str or None
        The ISO 3166 code of two letters; nothing where the word means no country, or several
        (`countries_of` says which).

    Examples
    --------
    >>> country_of("Syrian"), country_of("bissau-guinean"), country_of("Ivorian")
    ('SY', 'GW', 'CI')
    >>> country_of("US"), country_of("us"), country_of("Congolese")
    ('US', None, None)
    """
    found = countries_of(adjective)
    return found[0] if len(found) == 1 else None


def countries_of(adjective: str) -> tuple[str, ...]:
    """
    Return all countries that an adjective, a name or initials may mean.

    Parameters
    ----------
    adjective : str
        As for `country_of`.

    Returns
    -------
    tuple of str
        ISO 3166 codes of two letters, in alphabetical order; empty where there is none.

    Notes
    -----
    The adjectives are a table by hand, ``data/demonyms.csv``; of peoples that live in more than
    one country (Kurdish, Tswana) and of parts of a country (Scottish, Chechen) it has none. Names
    are those of the embedded gazetteer.

    Examples
    --------
    >>> countries_of("Congolese"), countries_of("Korean"), countries_of("Dominican")
    (('CD', 'CG'), ('KP', 'KR'), ('DM', 'DO'))
    >>> countries_of("Kurdish")
    ()
    """
    text = " ".join(adjective.split())
    initials = text.replace(".", "")
    adjectives, capitals = adjectives_and_initials()
    if found := adjectives.get(fold(text)):
        return found
    if code := capitals.get(initials, ISO3.get(initials)):
        return (code,)
    return () if initials.upper() in capitals else _named(text)


@cache
def adjectives_and_initials() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
    """
    Return the whole table of adjectives and initials; read once.

    Returns
    -------
    adjectives : mapping of str to tuple of str
        For each adjective, folded as `geoevents.places.folding.fold` does, the ISO 3166 codes of
        the countries that it may mean, in alphabetical order.
    initials : mapping of str to str
        For each of a country's initials, in capitals and without full stops, its code.

    Examples
    --------
    >>> adjectives, initials = adjectives_and_initials()
    >>> adjectives["ivorian"], adjectives["congolese"], initials["UAE"]
    (('CI',), ('CD', 'CG'), 'AE')
    """
    adjectives: dict[str, set[str]] = {}
    capitals = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["country"]
            for word in filter(None, row["adjectives"].split("|")):
                adjectives.setdefault(fold(word), set()).add(code)
            for word in filter(None, row["initials"].split("|")):
                capitals[word] = code
    return {word: tuple(sorted(codes)) for word, codes in adjectives.items()}, capitals


def _named(text: str) -> tuple[str, ...]:
    if not fold(text):
        return ()
    gazetteer = Gazetteer.default()
    found, ranking = resolve([text], Asked(gazetteer, kinds=(COUNTRY,)), guesses=False)
    best = int(ranking.best[0])
    if best < 0 or found.quality[best] < EXACT:
        return ()
    return (gazetteer.countries()[int(found.country[best])],)

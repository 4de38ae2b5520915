"""States as actors: whom an adjective or a country's name means, and what its forces are called."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from geoevents.reports.actors.pieces import CAPITALS, TITLE, Pieces, fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoevents.places.toponyms import Toponym
    from geoevents.reports.actors.lexicon import Lexicon

_TABLE: Final = Path(__file__).parents[2] / "places" / "data" / "demonyms.csv"
#: The adjective that is written, where it is not the first of the table.
_WRITTEN: Final = {"US": "US", "GB": "British", "KP": "North Korean", "KR": "South Korean"}
#: Of countries that share an adjective, the one that reports of fighting mean.
_LIKELY: Final = {"congolese": "CD", "congo": "CD", "korean": "", "dominican": "DO"}
#: Kinds of place that lie in one country.
_IN_COUNTRY: Final = frozenset(("populated place", "admin1", "admin2", "facility", "country"))
_SURE: Final = 0.6
_COUNTRY_WEIGHT: Final = 0.5
_DEMONYM_WEIGHT: Final = 0.2
_DATELINE_WEIGHT: Final = 0.2  # where it was written: BEIRUT
_NO_ADJECTIVES: Final = frozenset(("anglo", "guam", "congo", "afghani"))


class Adjective(NamedTuple):
    """
    An adjective of a country, or its initials.

    Attributes
    ----------
    rest : tuple of str
        Its pieces after the first.
    shape : int
        How it must be written at least.
    countries : tuple of str
        Codes of the countries it may mean.
    plural : bool
        Whether it is the noun for its people: "the Russians".
    """

    rest: tuple[str, ...]
    shape: int
    countries: tuple[str, ...]
    plural: bool


@cache
def adjectives() -> dict[str, list[Adjective]]:
    """
    Compile the adjectives of countries by their first piece, longest first.

    Returns
    -------
    dict of str to list of Adjective
        The adjectives.
    """
    found: dict[tuple[tuple[str, ...], int, bool], list[str]] = {}
    for code, words, initials in _demonyms():
        for word in words:
            pieces = fold_name(word)[0]
            if pieces[0] in _NO_ADJECTIVES:
                continue
            found.setdefault((pieces, TITLE, False), []).append(code)
            for plural in _plurals(pieces):
                found.setdefault((plural, TITLE, True), []).append(code)
        for word in initials:
            found.setdefault(((word.lower(),), CAPITALS, False), []).append(code)
    known: dict[str, list[Adjective]] = {}
    for (pieces, shape, is_plural), codes in found.items():
        countries = tuple(sorted(set(codes)))
        known.setdefault(pieces[0], []).append(Adjective(pieces[1:], shape, countries, is_plural))
    for listed in known.values():
        listed.sort(key=lambda one: (-len(one.rest), one.plural))
    return known


def _plurals(pieces: tuple[str, ...]) -> list[tuple[str, ...]]:
    last = pieces[-1]
    if last.endswith(("n", "i", "k", "t", "c", "er", "d", "z")):
        return [(*pieces[:-1], last + "s")]
    return []


@cache
def adjective_of(code: str) -> str | None:
    """
    Give the adjective of a country as it is written in the names of its forces.

    Parameters
    ----------
    code : str
        ISO code.

    Returns
    -------
    str or None
        The adjective.

    Examples
    --------
    >>> adjective_of("SY"), adjective_of("US"), adjective_of("??")
    ('Syrian', 'US', None)
    """
    if code in _WRITTEN:
        return _WRITTEN[code]
    return next((words[0] for known, words, _ in _demonyms() if known == code and words), None)


@cache
def _demonyms() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Read the table of adjectives: code, adjectives, initials."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            (
                row["country"],
                tuple(filter(None, row["adjectives"].split("|"))),
                tuple(filter(None, row["initials"].split("|"))),
            )
            for row in csv.DictReader(file)
        )


def adjective_at(pieces: Pieces, index: int) -> tuple[int, Adjective] | None:
    """
    Find the longest adjective of a country that begins at a piece.

    Parameters
    ----------
    pieces : Pieces
        The text.
    index : int
        The piece.

    Returns
    -------
    tuple of int and Adjective, or None
        The piece after it, and what it is.
    """
    for known in adjectives().get(pieces.folds[index], ()):
        end = index + 1 + len(known.rest)
        if pieces.shapes[index] >= known.shape and (
            not known.rest
            or (
                tuple(pieces.folds[index + 1 : end]) == known.rest
                and all(map(pieces.joined, range(index + 1, end)))
            )
        ):
            return end, known
    return None


def meant(adjective: Adjective, toponym: Toponym | None, near: Iterable[str]) -> str:
    """
    Decide which country an adjective means.

    Parameters
    ----------
    adjective : Adjective
        The adjective.
    toponym : Toponym or None
        What was found at the same place of the text.
    near : iterable of str
        Codes of the countries that the report speaks of, likeliest first.

    Returns
    -------
    str
        ISO code; "" if that cannot be told.
    """
    if len(adjective.countries) == 1:
        return adjective.countries[0]
    if toponym is not None and toponym.country in adjective.countries:
        return toponym.country
    for code in near:
        if code in adjective.countries:
            return code
    return next((code for code in _LIKELY.values() if code in adjective.countries), "")


def countries_of(toponyms: Sequence[Toponym]) -> list[str]:
    """
    List the countries that a report speaks of.

    Parameters
    ----------
    toponyms : sequence of Toponym
        Its places.

    Returns
    -------
    list of str
        ISO codes, those of the most places first.
    """
    return [code for code, _ in _weights(toponyms)]


def main_country(toponyms: Sequence[Toponym]) -> str:
    """
    Find the country that a report is about, if that is sure.

    Parameters
    ----------
    toponyms : sequence of Toponym
        Its places.

    Returns
    -------
    str
        ISO code; "" if no country has most of the places.

    Notes
    -----
    A place counts 1, a country by its name 0.5, an adjective and a dateline 0.2; the first must
    have 0.6 of all.
    """
    weights = _weights(toponyms)
    if not weights:
        return ""
    code, weight = weights[0]
    return code if weight >= _SURE * sum(one for _, one in weights) else ""


def _weights(toponyms: Sequence[Toponym]) -> list[tuple[str, float]]:
    """Give each country's weight, the greatest first."""
    weights: dict[str, float] = {}
    for one in toponyms:
        if one.country is None:
            continue
        weight = 0.0
        if one.sense == "demonym":
            weight = _DEMONYM_WEIGHT
        elif one.sense == "place" and one.text.isupper():
            weight = _DATELINE_WEIGHT
        elif one.sense == "place" and one.kind in _IN_COUNTRY:
            weight = _COUNTRY_WEIGHT if one.kind == "country" else 1.0
        if weight:
            weights[one.country] = weights.get(one.country, 0.0) + weight
    return sorted(weights.items(), key=lambda pair: -pair[1])


class State(NamedTuple):
    """
    A state as a side.

    Attributes
    ----------
    code : str
        ISO code; "" for one that cannot be told.
    party : str
        What it is called as a side: "Russia", "Syrian government".
    adjective : str
        What its forces are called by: "Russian".
    """

    code: str
    party: str
    adjective: str


def state_of(code: str, written: str, lexicon: Lexicon) -> State:
    """
    Give the state of a country.

    Parameters
    ----------
    code : str
        ISO code, or "".
    written : str
        The adjective or name as written, for a state that is not known.
    lexicon : Lexicon
        Where states stand with their names as sides.

    Returns
    -------
    State
        The state.
    """
    party = lexicon.states.get(code)
    adjective = adjective_of(code) if code else None
    return State(code, party or written, adjective or written)

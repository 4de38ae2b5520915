"""What besides its name tells which place is meant: country, neighbourhood, kind, context."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError, shown
from geoevents.places.countries import ISO3
from geoevents.places.finding import Asked, resolve
from geoevents.places.gazetteer import Gazetteer, kind_code
from geoevents.places.grounds import ground_of
from geoevents.places.names import fold
from geoevents.places.place import Place
from geoevents.places.ranking import COUNTRY
from geoevents.places.voting import Company

Near: TypeAlias = Place | shapely.Geometry | tuple[float, float] | str

_CODE: Final = 2
_LONGEST_TEXT: Final = 200_000
#: What a word such as "Syrian" counts beside a place's name.
_DEMONYM: Final = 0.3
#: How many times likelier a text makes what it clearly means.
_MOST_TOLD: Final = 1e4
#: Of so many texts it is kept what they tell: names are often asked for one by one.
_KEPT: Final = 16


def read_countries(
    country: str | Iterable[str] | None, gazetteer: Gazetteer
) -> NDArray[np.bool_] | None:
    """
    Read the argument ``country``.

    Parameters
    ----------
    country : str or iterable of str, optional
        Codes or names.
    gazetteer : Gazetteer
        Whose countries.

    Returns
    -------
    ndarray of bool or None
        For each country of the gazetteer whether it is meant.
    """
    if country is None:
        return None
    known = gazetteer.countries()
    wanted = set()
    single = isinstance(country, str) or not isinstance(country, Iterable)
    given: list[Any] = [country] if single else list(country)
    if not given:
        raise GeoeventsError("country holds no country: leave it out to look everywhere")
    for text in given:
        code = text.strip().upper() if isinstance(text, str) else ""
        code = ISO3.get(code, code)
        if code and code not in _TWO_LETTERS and code not in known:
            found, ranking = resolve([text], Asked(gazetteer, kinds=(COUNTRY,)), guesses=False)
            if ranking.best[0] >= 0:
                code = known[int(found.country[ranking.best[0]])]
        if len(code) != _CODE or (code not in _TWO_LETTERS and code not in known):
            raise GeoeventsError(
                f"country must be an ISO 3166 code such as 'SY' or 'SYR', a country's name, or a "
                f"list of them: got {shown(text, 80)}"
            )
        wanted.add(code)
    # A river may carry the codes of several countries.
    return np.array([not wanted.isdisjoint(_codes(word)) for word in known], bool)


_TWO_LETTERS: Final = frozenset(ISO3.values())


def _codes(word: str) -> list[str]:
    return "".join(c if c.isalpha() else " " for c in word).split()


def read_near(near: Any, asked: Asked) -> tuple[float, float] | None:
    """
    Read the argument ``near``.

    Parameters
    ----------
    near : Place, shapely.Geometry, tuple of float or str, optional
        A place, a geometry, longitude and latitude, or a name.
    asked : Asked
        What else is asked.

    Returns
    -------
    tuple of float or None
        Longitude and latitude.
    """
    if near is None:
        return None
    if isinstance(near, str):
        found, ranking = resolve([near], Asked(asked.gazetteer, asked.countries))
        best = int(ranking.best[0])
        if best < 0:
            where = "" if asked.countries is None else " in the country asked for"
            raise GeoeventsError(f"near={shown(near, 80)} is no place the gazetteer knows{where}")
        return float(found.lon[best]), float(found.lat[best])
    given: Any = near.point if isinstance(near, Place) else near
    if isinstance(given, shapely.Geometry):
        given = shapely.get_coordinates(shapely.centroid(given)).ravel()
    try:
        lon, lat = np.asarray(given, float).tolist()
    except (TypeError, ValueError, OverflowError):
        lon = lat = np.nan
    if not (abs(lon) <= 360 and abs(lat) <= 90):  # noqa: PLR2004 -- degrees
        raise GeoeventsError(
            "near must be a place, a geometry, (longitude, latitude) or a name: got "
            f"{shown(near, 80)}"
        )
    return lon, lat


def read_kinds(kind: str | Sequence[str] | None) -> tuple[int, ...]:
    """
    Read the argument ``kind``.

    Parameters
    ----------
    kind : str or sequence of str, optional
        Kinds.

    Returns
    -------
    tuple of int
        Their codes.
    """
    if kind is None:
        return ()
    given: Any = kind
    several = isinstance(given, Iterable) and not isinstance(given, str | bytes | dict)
    return tuple(kind_code(k) for k in (given if several else [given]))


@dataclass(frozen=True)
class Context:
    """
    What a text tells of places.

    Attributes
    ----------
    keys : list of str
        The folded words of each mention.
    features : list of int
        What it means.
    scores : list of float
        How surely.
    """

    keys: list[str]
    features: list[int]
    scores: list[float]


def read_contexts(texts: Sequence[str], gazetteer: Gazetteer) -> list[Context]:
    """
    Find the places that texts name.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    gazetteer : Gazetteer
        Where to look.

    Returns
    -------
    list of Context
        For each text.
    """
    kept = _CONTEXTS.setdefault(gazetteer, {})
    new = [text for text in dict.fromkeys(texts) if text not in kept]
    if new:
        # What finds places in texts chooses among namesakes as is done here.
        from geoevents.places.toponyms import find_toponyms  # noqa: PLC0415
        from geoevents.prose import Document  # noqa: PLC0415 -- names alone do without

        documents = [Document.read(text[:_LONGEST_TEXT]) for text in new]
        found = {}
        for text, toponyms in zip(new, find_toponyms(documents, gazetteer), strict=True):
            some = [t for t in toponyms if t.feature >= 0]
            found[text] = Context(
                [fold(t.text) if t.sense == "place" else "" for t in some],
                [t.feature for t in some],
                [t.score * (1.0 if t.sense == "place" else _DEMONYM) for t in some],
            )
        contexts = [found[text] if text in found else kept[text] for text in texts]
        if len(new) <= _KEPT:
            for text in [*kept][: max(len(kept) + len(new) - _KEPT, 0)]:
                del kept[text]
            kept |= found
        return contexts
    return [kept[text] for text in texts]


def company_of(
    keys: Sequence[str],
    document: NDArray[np.intp],
    contexts: Sequence[Context | None],
    gazetteer: Gazetteer,
) -> Company:
    """
    Return the company of names that stand in texts.

    Parameters
    ----------
    keys : sequence of str
        The folded names.
    document : ndarray
        For each the number of its text.
    contexts : sequence of Context or None
        For each text what it tells; None where there is none.
    gazetteer : Gazetteer
        Where the features are from.

    Returns
    -------
    Company
        The places of the texts vote, but not those that are asked for: they vote themselves.
    """
    asked: dict[int, set[str]] = {}
    for key, number in zip(keys, document.tolist(), strict=True):
        asked.setdefault(number, set()).add(key)
    votes: dict[tuple[int, int], float] = {}
    meant: dict[tuple[int, str], set[tuple[int, float]]] = {}
    for number, context in enumerate(contexts):
        if context is None:
            continue
        own = asked.get(number, set())
        for key, feature, score in zip(context.keys, context.features, context.scores, strict=True):
            if key in own:
                meant.setdefault((number, key), set()).add((feature, score))
            elif score > 0:
                at = (number, feature)
                votes[at] = max(votes.get(at, 0.0), score)
    told = np.full(len(keys), -1, np.intp)
    odds = np.ones(len(keys))
    for i, (key, number) in enumerate(zip(keys, document.tolist(), strict=True)):
        some = meant.get((number, key), set())
        if len(some) == 1:  # the text has one sense of it
            ((told[i], score),) = some
            odds[i] = min(max(score / max(1 - score, 1 / _MOST_TOLD), 1.0), _MOST_TOLD)
    counted = None
    if votes:
        sure = np.array(list(votes.values()))
        texts, features = np.array(list(votes), np.intp).T
        counted = gazetteer.candidates(texts, features, sure, sure)
    voice = np.ones(len(keys))
    return Company(ground_of(gazetteer), document, voice, counted, None, (told, odds))


_CONTEXTS: "WeakKeyDictionary[Gazetteer, dict[str, Context]]" = WeakKeyDictionary()

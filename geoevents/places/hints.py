"""What besides its name tells which place is meant: country, neighbourhood, kind, context."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError
from geoevents.places.countries import ISO3
from geoevents.places.finding import BELIEVED, Asked, resolve
from geoevents.places.gazetteer import Gazetteer, kind_code
from geoevents.places.names import fold
from geoevents.places.place import Place
from geoevents.places.ranking import ADMIN1, COUNTRY, LAKE, RIVER, Candidates
from geoevents.places.spelling import SPELT

Near: TypeAlias = Place | shapely.Geometry | tuple[float, float] | str

_CODE: Final = 2
_WELL_KNOWN: Final = 50_000
_SHORTEST: Final = 4
_LONGEST_TEXT: Final = 20_000
_WORDS: Final = 3


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
                f"list of them: got {text!r:.80}"
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
            raise GeoeventsError(f"near={near!r:.80} is no place the gazetteer knows{where}")
        return float(found.lon[best]), float(found.lat[best])
    given: Any = near.point if isinstance(near, Place) else near
    if isinstance(given, shapely.Geometry):
        given = shapely.get_coordinates(shapely.centroid(given)).ravel()
    try:
        lon, lat = np.asarray(given, float).tolist()
    except (TypeError, ValueError):
        lon = lat = np.nan
    if not (abs(lon) <= 360 and abs(lat) <= 90):  # noqa: PLR2004 -- degrees
        raise GeoeventsError(
            f"near must be a place, a geometry, (longitude, latitude) or a name: got {near!r:.80}"
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


def read_context(context: str, gazetteer: Gazetteer, name: str | None = None) -> Candidates | None:
    """
    Return the well-known places that a text names, to vote for their surroundings.

    Parameters
    ----------
    context : str
        The text.
    gazetteer : Gazetteer
        Where to look.
    name : str, optional
        The name that is asked for, which must not vote for itself.

    Returns
    -------
    Candidates or None
        One for each name that clearly means one country, province or large town; ``match`` is how
        clearly.
    """
    own = "" if name is None else fold(name)
    spans: dict[str, str] = {}
    words = context[:_LONGEST_TEXT].split()
    for start, word in enumerate(words):
        if not (word[:1].isupper() or ord(word[0]) > 127):  # noqa: PLR2004 -- ASCII
            continue
        for stop in range(start + 1, min(start + _WORDS, len(words)) + 1):
            span = " ".join(words[start:stop]).strip(",.;:!?()[]\"'“”«»")
            key = fold(span)
            if len(key) >= _SHORTEST and key not in own and span.isprintable():
                spans[key] = span
            if words[stop - 1][-1:] in ",.;:!?)":
                break
    if not spans:
        return None
    found, ranking = resolve(list(spans), Asked(gazetteer), guesses=False)
    best = ranking.best[ranking.best >= 0]
    water = (found.kind == RIVER) | (found.kind == LAKE)
    known = (found.kind <= ADMIN1) | ((found.population >= _WELL_KNOWN) & ~water)
    spelt = found.quality > SPELT
    best = best[(known & spelt)[best] & (ranking.share[best] > BELIEVED)]
    if not len(best):
        return None
    share = ranking.share[best]
    return gazetteer.candidates(found.query[best], found.feature[best], share, share)

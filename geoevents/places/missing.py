"""What to say of a name that no place has: that it is not known, and which names are near it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from geoevents.places import matching
from geoevents.places.finding import Asked, resolve
from geoevents.places.gazetteer import kind_code
from geoevents.places.names import LONGEST, fold, read
from geoevents.places.place import PlaceNotFound
from geoevents.places.spelling import SPELT

if TYPE_CHECKING:
    from geoevents.places.store import Store

_Mask: TypeAlias = NDArray[np.bool_]

_SUGGESTED: Final = 3
_LOOKED_AT: Final = 30
#: Names less like the one asked for are no help; those of other countries must be nearly it.
_ALIKE: Final = 0.7
_ALIKE_ELSEWHERE: Final = 0.8
#: Of two names as like, a main one comes first.
_OTHER: Final = 0.1
_SHOWN: Final = 80


def not_found(name: str, asked: Asked) -> PlaceNotFound:
    """
    Make the error for a name that no place has.

    Parameters
    ----------
    name : str
        The name.
    asked : Asked
        What else was asked.

    Returns
    -------
    PlaceNotFound
        It says where the name was looked for, which place abroad has it, and which names there are
        most like it.
    """
    shown = name if len(name) <= _SHOWN else f"{name[: _SHOWN - 3]}..."
    shown = shown.encode(errors="backslashreplace").decode()
    name = name[: 4 * LONGEST]
    if not fold(name):
        return PlaceNotFound(f"{shown!r} holds no letters or digits to look up", name)
    return PlaceNotFound(lambda: _told(name, shown, asked), name)


def _told(name: str, shown: str, asked: Asked) -> tuple[str, tuple[str, ...]]:
    reading = min(read(name), key=lambda r: (-len(r.within), len(r.key)))
    kinds = asked.kinds or tuple(map(kind_code, reading.kinds))
    where = _where(asked)
    abroad = _abroad(name, asked) if where else ""
    near = _nearest(reading.key, replace(asked, kinds=kinds), elsewhere=not abroad)
    sentences = [
        f"the gazetteer knows no place called {shown!r}{' of this kind' if kinds else ''}{where}.",
        abroad,
        f"Nearest names: {', '.join(near)}." if near else "",
        "Check the spelling, or add the place to the gazetteer.",
    ]
    return " ".join(filter(None, sentences)), tuple(near)


def _where(asked: Asked) -> str:
    if asked.countries is None:
        return ""
    known = asked.gazetteer.countries()
    codes = [known[i] for i in np.flatnonzero(asked.countries).tolist()]
    return f" in {' or '.join(codes)}" if codes else " in the country asked for"


def _abroad(name: str, asked: Asked) -> str:
    """Name the place of other countries that has this name."""
    found, ranking = resolve([name], replace(asked, countries=None), guesses=False)
    best = int(ranking.best[0])
    if best < 0 or found.quality[best] <= SPELT:
        return ""
    columns = asked.gazetteer.columns(("name", "kind", "country"), found.feature[[best]])
    (own,), (kind,), (country,) = columns.values()
    lies = f" in {country}: add it to country= if you mean that" if country else ""
    return f"There is {own} ({kind}){lies}."


@dataclass(frozen=True)
class _Near:
    """A feature with a name like the one asked for."""

    rank: tuple[float, float]
    feature: int
    key: str
    main: bool


def _nearest(key: str, asked: Asked, *, elsewhere: bool) -> list[str]:
    """Name the nearest in the country and of the kind asked for, then the nearest elsewhere."""
    near = _like(key, asked, _ALIKE)
    if elsewhere and (asked.countries is not None or asked.kinds):
        near += _like(key, Asked(asked.gazetteer), _ALIKE_ELSEWHERE)
    near = list({one.feature: one for one in reversed(near)}.values())[::-1][:_SUGGESTED]
    known = asked.gazetteer.columns(
        ("name", "kind", "country"), np.array([one.feature for one in near], np.intp)
    )
    shown = []
    for one, name, kind, country in zip(near, *known.values(), strict=True):
        also = "" if one.main or fold(name) == one.key else f", also {one.key!r}"
        where = ", ".join(part for part in (kind, country) if part)
        shown.append(f"{name}{also} ({where})")
    return shown


def _like(key: str, asked: Asked, least: float) -> list[_Near]:
    gazetteer = asked.gazetteer
    found: list[_Near] = []
    for number, store in enumerate(gazetteer.stores):
        base = gazetteer.base(number)
        allowed, among = _allowed(number, asked)
        for alike, text, at in matching.nearest(store, key, _LOOKED_AT, among):
            postings = store.postings(at)
            if allowed is not None:
                postings = postings[allowed[postings >> 1]]
            features = (postings >> 1).astype(np.intp) + base
            people = gazetteer.numbers("population", features)
            top = int(np.argmax(people))
            main = not int(postings[top]) & 1
            if alike >= least:
                rank = (round(alike - _OTHER * (not main), 2), float(people[top]))
                found.append(_Near(rank, int(features[top]), text, main))
    return sorted(found, key=lambda one: one.rank, reverse=True)


def _allowed(number: int, asked: Asked) -> tuple[_Mask | None, _Mask | None]:
    """Tell which features of a store, and which names, are of the kind and country asked for."""
    if asked.countries is None and not asked.kinds:
        return None, None
    store = asked.gazetteer.stores[number]
    countries = None if asked.countries is None else asked.countries.tobytes()
    known = _KNOWN.setdefault(store, {})
    found = known.get((countries, asked.kinds))
    if found is None:
        features = np.arange(len(store)) + asked.gazetteer.base(number)
        allowed = np.ones(len(store), bool)
        if asked.countries is not None:
            allowed &= asked.countries[asked.gazetteer.codes("country", features)]
        if asked.kinds:
            allowed &= np.isin(asked.gazetteer.codes("kind", features), asked.kinds)
        owner, postings = store.postings_all(np.arange(len(store.keys)))
        among = np.zeros(len(store.keys), bool)
        among[owner[allowed[postings >> 1]]] = True
        if len(known) >= _KEPT:
            known.clear()
        found = known[countries, asked.kinds] = (allowed, among)
    return found


_KEPT: Final = 8
_KNOWN: "WeakKeyDictionary[Store, dict[Any, tuple[_Mask, _Mask]]]" = WeakKeyDictionary()

"""From what was found to toponyms: choosing among namesakes, document by document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geoevents.places.toponyms.choosing import Choice, Named, choose
from geoevents.places.toponyms.hamlets import far_hamlets, guessed, misplaced
from geoevents.places.toponyms.toponym import Toponym

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geoevents.places.gazetteer import Gazetteer
    from geoevents.places.toponyms.findings import Found
    from geoevents.prose import Document

#: What a mention counts for the choice of others; and of a demonym's score, what is left.
_WEIGHTS: Final = {"place": 1.0, "demonym": 0.3, "government": 0.3, "organisation": 0.1}
_DEMONYM: Final = 0.5
#: What is left of a name that only sounds like that of a place.
_SOUNDS: Final = 0.1
_COLUMNS: Final = ("id", "name", "kind", "country")
_NOBODY: Final = {
    "person": "a person is called so",
    "organisation": "an organisation, team, treaty or the like is called so",
}


def settle(
    documents: Sequence[Document],
    found: Sequence[Sequence[Found]],
    gazetteer: Gazetteer,
    countries: NDArray[np.bool_] | None,
) -> list[list[Toponym]]:
    """
    Choose among namesakes and describe what was chosen.

    Parameters
    ----------
    documents : sequence of Document
        The documents.
    found : sequence of sequence of Found
        For each document its mentions.
    gazetteer : Gazetteer
        Where they were looked up.
    countries : ndarray of bool, optional
        For each country of the gazetteer whether it was asked for.

    Returns
    -------
    list of list of Toponym
        For each document its mentions.
    """
    found = [[f for f in mine if _asked_for(f, gazetteer, countries)] for mine in found]
    chosen = _choose(found, gazetteer, countries)
    far = far_hamlets(documents, found, chosen, gazetteer) | misplaced(found, chosen, gazetteer)
    far |= guessed(found, chosen, gazetteer)
    features = sorted({choice.feature for some in chosen for choice in some if choice.feature >= 0})
    numbers = np.array(features, np.intp)
    columns = gazetteer.columns(_COLUMNS, numbers)
    lon, lat = (values.tolist() for values in gazetteer.points(numbers))
    known = {
        feature: (feature, id_, name, kind, country or None, x, y)
        for feature, id_, name, kind, country, x, y in zip(
            features, *(columns[name] for name in _COLUMNS), lon, lat, strict=True
        )
    }
    out = []
    for number, (document, mine, some) in enumerate(zip(documents, found, chosen, strict=True)):
        here = []
        for i, (f, choice) in enumerate(zip(mine, some, strict=True)):
            words = document.text[f.start : f.end]
            seat = f.sense in _NOBODY and choice.feature >= 0 and (number, i) not in far
            if f.sense in _NOBODY and not seat:
                here.append(Toponym(f.start, f.end, words, f.sense, why=_NOBODY[f.sense]))
            elif choice.feature >= 0 and (number, i) not in far:
                score = choice.score * (_DEMONYM if f.sense == "demonym" else 1.0)
                here.append(
                    Toponym(
                        f.start,
                        f.end,
                        words,
                        f.sense,
                        *known[choice.feature],
                        round(score, 4),
                        choice.alternatives,
                        choice.ambiguous,
                        _why(f, known[choice.feature][2], choice),
                    )
                )
        out.append(here)
    return out


def _why(f: Found, name: str, choice: Choice) -> str:
    if f.sense in _NOBODY:
        return f"{_NOBODY[f.sense]}, and it may stand in {name}"
    if not f.country:
        return choice.why
    if f.sense == "government":
        return f"it speaks, or is spoken of, as the government of {name}"
    if choice.alternatives:
        return choice.why
    return f"the word for what is of {name}" if f.sense == "demonym" else f"initials of {name}"


def _asked_for(f: Found, gazetteer: Gazetteer, countries: NDArray[np.bool_] | None) -> bool:
    """Keep of demonyms and governments those of the countries asked for."""
    if countries is None or not f.country:
        return True
    codes = gazetteer.countries()
    wanted = [
        code for code in f.country.split("|") if code in codes and countries[codes.index(code)]
    ]
    f.country = "|".join(wanted)
    return bool(wanted)


def _choose(
    found: Sequence[Sequence[Found]],
    gazetteer: Gazetteer,
    countries: NDArray[np.bool_] | None,
) -> list[list[Choice]]:
    """Choose for those that are somewhere: a university may be, that is called by its town."""
    asked: list[list[Named]] = []
    places: list[list[int]] = []
    for mine in found:
        at = [i for i, f in enumerate(mine) if f.sense not in _NOBODY or f.seat]
        number = {id(mine[i]): n for n, i in enumerate(at)}
        asked.append(
            [
                Named(
                    f.name,
                    _WEIGHTS[f.sense] * (_SOUNDS if f.sounds else 1.0),
                    f.kinds,
                    None if f.within is None else number.get(id(f.within)),
                    f.start,
                    f.country,
                )
                for f in (mine[i] for i in at)
            ]
        )
        places.append(at)
    nothing = Choice()
    out = [[nothing] * len(mine) for mine in found]
    chosen = choose(asked, gazetteer, countries=countries)
    for some, at, choices in zip(out, places, chosen, strict=True):
        for i, choice in zip(at, choices, strict=True):
            some[i] = choice
    return out

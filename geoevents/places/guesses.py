"""Which guesses are too far-fetched: a far place whose name only sounds or looks a little alike."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoevents.places.gazetteer import Gazetteer
from geoevents.places.names import LONGEST, fold, read, telling_words
from geoevents.places.ranking import TOWN, Candidates
from geoevents.places.store import Indices
from geoevents.places.voting import Company, Tally

#: A town of so many inhabitants is well enough known for its name to be misheard or misspelt.
_WELL_KNOWN: Final = 100_000
#: The name of any other embedded place must be so like the asked one: one wrong letter in eight.
_ALIKE: Final = 0.875
#: Names of so few letters are near too many others.
_SHORT: Final = 5
_ALIKE_SHORT: Final = 0.8
#: A country is supported when this part of the names beside it surely lie there.
_SUPPORT: Final = 0.2
_VOWELS: Final = re.compile("[aeiouy]+")


def supported(
    c: Candidates, guessed: Indices, spelt: Indices, company: Company | None
) -> NDArray[np.bool_]:
    """
    Tell which guesses lie in a country that enough of the names beside them surely lie in.

    Parameters
    ----------
    c : Candidates
        What the names may mean.
    guessed : ndarray
        Positions in ``c`` of the places that were guessed.
    spelt : ndarray
        Positions in ``c`` of the places of names that are spelt as asked.
    company : Company, optional
        Which names stand in one text.

    Returns
    -------
    ndarray of bool
        For each of ``guessed``.
    """
    if company is None:
        return np.zeros(len(guessed), bool)
    document = company.document[c.query]
    heard = spelt[company.voice[c.query[spelt]] > 0]
    text, country = document[heard], c.country[heard]
    if company.votes is not None:
        text = np.concatenate([text, company.votes.query])
        country = np.concatenate([country, company.votes.country])
    size = 1 + max(int(document.max(initial=0)), int(text.max(initial=0)))
    names = np.bincount(text, minlength=size)[document[guessed]]
    there = Tally((text << 12) + country, np.ones(len(text)))
    with_it = there.of((document[guessed] << 12) + c.country[guessed])
    enough: NDArray[np.bool_] = (names > 0) & (with_it >= _SUPPORT * names)
    return enough


def far_fetched(
    c: Candidates,
    guessed: Indices,
    texts: Sequence[str],
    gazetteer: Gazetteer,
    sure: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """
    Tell which guesses nothing but a slight likeness of names speaks for.

    Parameters
    ----------
    c : Candidates
        What the names may mean.
    guessed : ndarray
        Positions in ``c`` of the places that were guessed.
    texts : sequence of str
        For each name how it was asked for.
    gazetteer : Gazetteer
        Where the features are from. Only those of the embedded one are doubted: in a frame of
        one's own any likeness is telling.
    sure : ndarray of bool
        For each of ``guessed`` whether other names speak for its country.

    Returns
    -------
    ndarray of bool
        For each of ``guessed``.
    """
    out = gazetteer.of_default(c.feature[guessed])
    out &= ~sure
    doubted = np.flatnonzero(out)
    names = gazetteer.columns(("name", "names"), c.feature[guessed[doubted]])
    for at, name, others in zip(doubted.tolist(), names["name"], names["names"], strict=True):
        one = guessed[at]
        known = c.kind[one] != TOWN or c.population[one] >= _WELL_KNOWN
        text = texts[c.query[one]][: 4 * LONGEST]
        out[at] = not _likely(text, name, others, well_known=bool(known))
    return out


def _likely(text: str, name: str, others: Sequence[str], *, well_known: bool) -> bool:
    from rapidfuzz import process  # noqa: PLC0415 -- exact look-ups do without
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    main = _bare(fold(name))
    either = [main, *(_bare(fold(other)) for other in others)]
    for reading in read(text):
        own = _bare(reading.key)
        if len(own) <= _SHORT:
            if (
                well_known
                and len(_VOWELS.findall(own)) == len(_VOWELS.findall(main))
                and OSA.normalized_similarity(own, main) >= _ALIKE_SHORT
            ):
                return True
        elif (
            well_known
            or process.extractOne(
                own, either, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE
            )
            is not None
        ):
            return True
    return False


def _bare(key: str) -> str:
    return "".join(telling_words(key)) if key else ""

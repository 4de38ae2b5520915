"""States that a report names as sides, where only places of other countries are asked for."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from geoevents.places.toponyms import find_toponyms
from geoevents.places.toponyms.words import words as place_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.places import Gazetteer
    from geoevents.places.toponyms import Toponym
    from geoevents.prose import Document
    from geoevents.reports.actors import Lexicon


def find_states(
    documents: Sequence[Document], gazetteer: Gazetteer, lexicon: Lexicon
) -> list[list[Toponym]]:
    """
    Find the countries and governments that documents name, wherever they are.

    Parameters
    ----------
    documents : sequence of Document
        The documents.
    gazetteer : Gazetteer
        Where names are looked up.
    lexicon : Lexicon
        The actors that are known.

    Returns
    -------
    list of list of Toponym
        For each document, in the order of the text: "Turkey" and "Moscow denied".
    """
    capitals = {name.partition(" ")[0] for name in place_words().capitals}
    some = [
        number
        for number, document in enumerate(documents)
        if any(
            token.lower in lexicon.state_words or token.lower in capitals
            for sentence in document.sentences
            for token in sentence.tokens
        )
    ]
    out: list[list[Toponym]] = [[] for _ in documents]
    found = find_toponyms([documents[number] for number in some], gazetteer)
    for number, toponyms in zip(some, found, strict=True):
        out[number] = [t for t in toponyms if t.kind == "country" or t.sense == "government"]
    return out


def with_states(toponyms: Sequence[Toponym], states: Sequence[Toponym]) -> list[Toponym]:
    """
    Put places and states in the order of the text.

    Parameters
    ----------
    toponyms : sequence of Toponym
        The places that were asked for.
    states : sequence of Toponym
        As `find_states` gives them for the same document.

    Returns
    -------
    list of Toponym
        Without states that a place stands over.
    """
    alone = []
    for state in states:
        after = bisect_left(toponyms, state.end, key=lambda one: one.start)
        if not after or toponyms[after - 1].end <= state.start:  # none stands over another
            alone.append(state)
    return sorted([*toponyms, *alone], key=lambda one: one.start)

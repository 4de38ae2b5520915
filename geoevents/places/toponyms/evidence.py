"""All that is known of the words and spans of some documents, for those who tell what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geoevents.places.ranking import COUNTRY
from geoevents.places.store import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.places.gazetteer import Gazetteer
    from geoevents.places.toponyms.known import Known
    from geoevents.places.toponyms.runs import Run
    from geoevents.places.toponyms.words import Words
    from geoevents.prose import Document, Token

#: By itself a name is believed if as much is written of a place as of a town of 10^3.5 people; of
#: 10^2.7, where only those of some countries are asked for.
_LEAST: Final = 3.5
_LEAST_ASKED: Final = 2.7
#: So much is written of a country by its own name.
_COUNTRY: Final = 1e5
_BIT: Final = {kind: 1 << code for code, kind in enumerate(KINDS)}


class Evidence:
    """
    What tables and gazetteer know of words and spans.

    Parameters
    ----------
    tables : Words
        What words tell.
    texts : sequence of str
        The spans of all runs, by number, as they are looked up.
    keys : sequence of str
        Their folds.
    known : Known
        What the gazetteer knows of them.
    gazetteer : Gazetteer
        Where they were looked up.
    asked : bool
        Whether only places of some countries were asked for.
    """

    def __init__(
        self,
        tables: Words,
        texts: Sequence[str],
        keys: Sequence[str],
        known: Known,
        gazetteer: Gazetteer,
        *,
        asked: bool = False,
    ) -> None:
        self.tables = tables
        self.least = _LEAST_ASKED if asked else _LEAST
        self.flags = tables.flags
        self.texts = texts
        self.keys = keys
        self.weight: list[float] = known.weight
        self.kinds: list[int] = known.kinds
        self.feature: list[int] = known.feature
        self.sounds = known.sounds
        # -1 is of what the gazetteer does not know; its kind is never asked for.
        features = np.maximum(np.array(known.feature, np.intp), 0)
        self.kind: list[int] = gazetteer.codes("kind", features).tolist() if len(gazetteer) else []
        own = ~gazetteer.of_default(features) if len(gazetteer) else features > 0
        self.own: list[bool] = own.tolist()
        self._kinds: dict[int, int] = dict(zip(known.feature, self.kind, strict=False))
        self._document: Document | None = None
        self._small: set[str] | None = None

    def turn_to(self, document: Document) -> None:
        """Take up another document."""
        self._document, self._small = document, None

    def stands_small(self, word: str) -> bool:
        """Tell whether a word stands in the document in small letters too."""
        if self._small is None:
            sentences = self._document.sentences if self._document is not None else ()
            self._small = {t[0] for sentence in sentences for t in sentence.tokens}
        return word in self._small

    def flag(self, token: Token) -> int:
        """Return what a word may be."""
        return self.flags.get(token[3], 0)

    def weight_of(self, run: Run, token: int) -> float:
        """Return how much is written of the places that a single word names."""
        number = run.spans.get((token, token), -1)
        return self.weight[number] if number >= 0 else 0.0

    def is_demonym(self, token: Token) -> bool:
        """Tell whether a word is an adjective or people of a country."""
        return token[3] in self.tables.demonyms

    def is_adjective(self, number: int) -> bool:
        """Tell whether a span is a demonym, and no country's name as well: Korea, New Zealand."""
        if self.keys[number] not in self.tables.demonyms:
            return False
        return self.kind[number] != COUNTRY or self.weight[number] < _COUNTRY

    def fits(self, number: int, kinds: Sequence[str]) -> bool:
        """Tell whether a span names a feature of one of these kinds."""
        return any(self.kinds[number] & _BIT[kind] for kind in kinds)

    def kind_of(self, feature: int) -> int:
        """Return the kind of the best known feature of a span."""
        return self._kinds.get(feature, -1)

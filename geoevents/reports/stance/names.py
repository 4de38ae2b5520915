"""Nouns that only give a name to what is known: "called it a massacre"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution.sites import phrase_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Word

_PREPOSITION: Final = "PREP"
#: The words of "called the raid an attack on X" before the one that is looked at.
_NEAR: Final = 12


def is_name(site: Site, words: StanceWords) -> bool:
    """
    Tell whether a noun only gives a name to what is known: "called it a massacre".

    Parameters
    ----------
    site : Site
        Where the mention stands.
    words : StanceWords
        The words of the language.

    Returns
    -------
    bool
        Whether it does.
    """
    clause = site.clause
    if clause is None or clause.verb is None or site.verbal:
        return False
    own, verb = site.words, clause.verb
    start = phrase_start(own, site.head)
    first = max(
        (index for index in range(start, site.head) if own[index].lower in words.indefinite),
        default=0,
    )
    if first == 0:
        return False
    if own[first - 1].lower in words.named_as:
        return True
    if verb.lemma not in words.naming or first <= verb.last:
        return False
    named = verb.voice == "passive" or first - 1 > verb.last
    return named and not any(word.tag == _PREPOSITION for word in _between(own, verb.last, first))


def _between(own: Sequence[Word], last: int, first: int) -> Sequence[Word]:
    return own[last + 1 : first][:_NEAR]

"""Names in a list with places: "Aleppo, Sake and Nubl"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoevents.places.toponyms.findings import Found
    from geoevents.prose import Token

#: What a place beside it in a list adds to the belief in a name; and one that words of place stand
#: before, as they do before the whole list.
_LISTED: Final = 1.5
_CUED: Final = 0.5
_JOINTS: Final = frozenset({",", "and", "or", "&", "the", ";", "/", "и", "та", "й"})
_FEW: Final = 4


def believe_lists(found: Sequence[Found], tokens_of: Mapping[int, Sequence[Token]]) -> None:
    """
    Let doubtful names in a list with places be places.

    Parameters
    ----------
    found : sequence of Found
        Mentions of a document; their belief is changed.
    tokens_of : mapping
        The tokens of each sentence.
    """
    for at, doubtful in enumerate(found):
        if doubtful.sense != "place" or not -2 * _LISTED < doubtful.belief <= 0:
            continue
        tokens = tokens_of[doubtful.sentence]
        for other in (*found[max(at - 1, 0) : at], *found[at + 1 : at + 2]):
            if other.sense != "place" or other.belief <= 0 or other.sentence != doubtful.sentence:
                continue
            left, right = sorted((other, doubtful), key=lambda f: f.first)
            between = [t[3] for t in tokens[left.last + 1 : right.first][:_FEW]]
            if 0 < len(between) < _FEW and _JOINTS.issuperset(between):
                doubtful.belief += _LISTED + (_CUED if other.cued else 0.0)

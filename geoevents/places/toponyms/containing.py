"""Which mention another is said to lie in: "Tripoli, in northern Lebanon"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geoevents.places.ranking import ADMIN1, ADMIN2, COUNTRY, REGION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geoevents.places.toponyms.findings import Found
    from geoevents.prose import Token

#: What the container adds to the belief in a name: "Independence, Missouri".
_CONTAINED: Final = 3.0
_CONTAINERS: Final = frozenset({COUNTRY, ADMIN1, ADMIN2, REGION})
_MOST: Final = 6
_DISTRICTS: Final = frozenset((
    "district", "county", "lga", "municipality", "department", "cercle", "woreda", "tehsil",
    "upazila", "township", "governorate", "province", "prefecture", "raion", "oblast", "state",
    "region",
))  # fmt: skip
_INSIDE: Final = frozenset((
    "in", "the", "of", "a", "(", ",", "northern", "southern", "eastern", "western", "central",
    "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest",
    "north-east", "north-west", "south-east", "south-west", "northeastern", "northwestern",
    "southeastern", "southwestern", "north-eastern", "north-western", "south-eastern",
    "south-western", "city", "town", "village", "district", "province", "region", "state",
))  # fmt: skip


def contain(
    found: Sequence[Found],
    tokens_of: Mapping[int, Sequence[Token]],
    kind_of: Callable[[int], int],
) -> None:
    """
    Mark the places that the next one is said to contain.

    Parameters
    ----------
    found : sequence of Found
        Mentions of a document, in the order of the text; ``within`` is set, and belief grows.
    tokens_of : mapping
        The tokens of each sentence.
    kind_of : callable
        The kind of a feature.
    """
    for left, right in pairwise(found):
        if left.sense != "place" or right.sense != "place" or left.sentence != right.sentence:
            continue
        if left.best < 0 or kind_of(left.best) == COUNTRY or left.best == right.best:
            continue
        tokens = tokens_of[left.sentence]
        holds = right.best < 0 or kind_of(right.best) in _CONTAINERS
        if right.belief <= 0 or not (holds or _is_district(tokens, right.last)):
            continue
        between = [t[3] for t in tokens[left.last + 1 : right.first][:_MOST]]
        if not 0 < len(between) < _MOST or not _INSIDE.issuperset(between):
            continue
        comma = between[0] in (",", "(")
        if not comma and between[0] != "in":
            continue
        if len(between) == 1 and comma and _goes_on(tokens, right.last + 1):
            continue
        left.within, left.cued = right, True
        left.belief += _CONTAINED


def _is_district(tokens: Sequence[Token], last: int) -> bool:
    """Tell whether a town's name is that of its district here: "(Jowhar district)"."""
    return not _DISTRICTS.isdisjoint(t[3] for t in tokens[last : last + 2])


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a list goes on: "Damascus, Turkey and Iran"."""
    after = tokens[at][3] if at < len(tokens) else ""
    return after in ("and", "or", "&") and at + 1 < len(tokens) and tokens[at + 1][0][0].isupper()

"""What is found in one document before its places are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.places.toponyms.toponym import Sense


@dataclass(slots=True, eq=False)
class Found:
    """
    A mention, told from its words and neighbours alone.

    Attributes
    ----------
    start, end : int
        Where it stands.
    sense : str
        As in `Toponym`.
    name : str
        What is looked up: the text without words of kind.
    weight : float
        How much is written of the best known place called so.
    belief : float
        How sure it is that a place is meant: above 0 it is.
    kinds : tuple of str
        Kinds that words beside it tell.
    within : Found or None
        The mention that it is said to lie in.
    country : str
        The codes of the countries of a demonym or government, ``|`` between.
    cued : bool
        Whether words beside it say that it is a place.
    best : int
        The best known feature called so; -1 where it is not known.
    sounds : bool
        Whether the name only sounds like that of a place.
    seat : bool
        Whether it is an organisation whose building stands in the place ``name``.
    sentence : int
        Where its sentence begins.
    first, last : int
        Its tokens in the sentence.
    """

    start: int
    end: int
    sense: Sense
    name: str
    weight: float = 0.0
    belief: float = 0.0
    kinds: tuple[str, ...] = ()
    within: Found | None = None
    country: str = ""
    cued: bool = False
    best: int = -1
    sounds: bool = False
    seat: bool = False
    sentence: int = 0
    first: int = 0
    last: int = 0

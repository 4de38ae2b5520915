"""A mention of a place in running text."""

from dataclasses import dataclass
from typing import Final, Literal

Sense = Literal["place", "demonym", "government", "organisation", "person"]
#: Senses that mean somewhere on the map.
PLACES: Final = frozenset({"place", "demonym"})


@dataclass(frozen=True, slots=True)
class Toponym:
    """
    A mention of a place, or of somebody or something that is called by a place's name.

    Attributes
    ----------
    start, end : int
        Where it stands in the text of the document.
    text : str
        As written.
    sense : str
        ``place``; ``demonym`` (Syrian, the Russians, US-backed); ``government`` (Damascus denied);
        ``organisation`` (Aleppo Media Centre; a building that is one has the place
        that it may stand in: Aleppo University); ``person`` (Paris Hilton).
    feature : int
        Its number in the gazetteer, -1 for none.
    feature_id, name, kind : str
        Of the feature; empty for none.
    country : str or None
        The ISO 3166 code of two letters.
    lon, lat : float
        A point of the feature, degrees; nan for none.
    score : float
        How sure it is that this feature is meant, 0 to 1.
    alternatives : int
        How many other places the name may mean.
    ambiguous : bool
        Whether one of them is about as likely.
    why : str
        Why this one.
    """

    start: int
    end: int
    text: str
    sense: Sense
    feature: int = -1
    feature_id: str = ""
    name: str = ""
    kind: str = ""
    country: str | None = None
    lon: float = float("nan")
    lat: float = float("nan")
    score: float = 0.0
    alternatives: int = 0
    ambiguous: bool = False
    why: str = ""

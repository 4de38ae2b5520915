"""A place that was found, and the error for one that was not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import shapely

from geoevents.errors import GeoeventsError


@dataclass(frozen=True)
class Place:
    """
    A named feature of the earth, as found for a name.

    Attributes
    ----------
    id : str
        The feature's id in its source, such as ``geonames:170794``.
    name : str
        Its main name.
    names : tuple of str
        Its other names, in every script.
    kind : str
        country, admin1, admin2, populated place, river, lake, region or facility.
    country : str or None
        ISO 3166 two-letter code.
    admin1 : str or None
        Name of the province it lies in.
    population : int
        Inhabitants; 0 where unknown. Of an embedded river or lake, those of the towns by it.
    geometry : shapely.Geometry
        Point, line or polygon, longitude and latitude.
    point : shapely.Point
        A point that stands for it, on the line or inside the polygon.
    uncertainty_m : float
        How far the geometry may be off, in metres.
    score : float
        0 to 1: how well the name matches times how likely this one among its namesakes is meant.
    source : str
        Where the feature comes from.
    alternatives : tuple of Place
        Other places that may have been meant, the likeliest first.
    ambiguous : bool
        True if another place, somewhere else, is nearly as likely, or its name fits badly.
    """

    id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    population: int
    geometry: shapely.Geometry = field(repr=False)
    point: shapely.Point
    uncertainty_m: float
    score: float
    source: str
    names: tuple[str, ...] = field(default=(), repr=False)
    alternatives: "tuple[Place, ...]" = field(default=(), repr=False)
    ambiguous: bool = False

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.admin1, self.country) if part)
        return f"{self.name} ({self.kind}{', ' if where else ''}{where})"


class PlaceNotFound(GeoeventsError, LookupError):  # noqa: N818 -- the public name
    """
    No place has this name.

    Parameters
    ----------
    message : str or callable
        What was looked for and what to do. Or a function that gives this and the suggestions: they
        take long to find, and a caller that tries one name after another never reads them.
    query : str, optional
        The name that was looked for.
    suggestions : tuple of str, optional
        The nearest names that are known, the nearest first.
    """

    def __init__(
        self,
        message: str | Callable[[], tuple[str, tuple[str, ...]]],
        query: str = "",
        suggestions: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self.query = query
        self._message = message
        self._suggestions = suggestions

    @property
    def suggestions(self) -> tuple[str, ...]:
        """The nearest names that are known, the nearest first."""
        str(self)
        return self._suggestions

    def __str__(self) -> str:
        if not isinstance(self._message, str):
            self._message, self._suggestions = self._message()
        self.args = (self._message,)
        return self._message

    def __repr__(self) -> str:
        return f"PlaceNotFound({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (PlaceNotFound, (str(self), self.query, self.suggestions))

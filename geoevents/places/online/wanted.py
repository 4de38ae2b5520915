"""Which answers may be taken: of the country, and of the kind, that were asked for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geoevents.places.countries import ISO3
from geoevents.places.finding import Asked
from geoevents.places.place import Place
from geoevents.places.ranking import COUNTRY
from geoevents.places.store import KINDS

if TYPE_CHECKING:
    from geoevents.places.gazetteer import Gazetteer

#: Of another country, they may still pass through the one that is asked for.
_CROSSING: Final = ("river", "lake", "region")
#: Borders are drawn a few kilometres off.
_OFF_DEG: Final = 0.05
_SURFACE: Final = 2
_CODE: Final = 2
_CODES: Final = frozenset(ISO3.values())


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What besides the name is asked for.

    Attributes
    ----------
    countries : tuple of str
        Two-letter codes; empty for all.
    kinds : tuple of str
        Kinds; empty for all.
    near : tuple of float or None
        Longitude and latitude of a place that the answer is likely to be near.
    ground : callable
        Whether a geometry touches these countries.
    """

    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    near: tuple[float, float] | None = None
    ground: Callable[[shapely.Geometry], bool] = lambda _: True

    def chosen(self, places: Sequence[Place]) -> Place | None:
        """
        Return the first that will do.

        Parameters
        ----------
        places : sequence of Place
            A service's answers.

        Returns
        -------
        Place or None
            One of the countries and kinds asked for, as ``geocode`` understands these.
        """
        return next((place for place in places if self._allows(place)), None)

    def refused(self, places: Sequence[Place]) -> str:
        """
        Say why none of some answers will do.

        Parameters
        ----------
        places : sequence of Place
            The answers.

        Returns
        -------
        str
            What the first of them is.
        """
        first = places[0]
        asked = " or ".join((*self.kinds, *self.countries))
        return f"knows only {first}, not what was asked for ({asked})"

    def _allows(self, place: Place) -> bool:
        if self.kinds and place.kind not in self.kinds:
            return False
        if not self.countries or place.country in self.countries:
            return True
        if place.country is None:
            return place.kind != "country" and self.ground(place.geometry)
        return place.kind in _CROSSING and self.ground(place.geometry)


def wanted(asked: Asked, country: str | Iterable[str] | None) -> Wanted:
    """
    Read the hints that ``geocode`` was given.

    Parameters
    ----------
    asked : Asked
        What it made of them.
    country : str or iterable of str, optional
        The countries as they were given: a gazetteer need not know them, a service may.

    Returns
    -------
    Wanted
        What to ask for and what to take.
    """
    kinds = tuple(KINDS[code] for code in asked.kinds)
    mask = asked.countries
    if mask is None:
        return Wanted((), kinds, asked.near)
    known = asked.gazetteer.countries()
    # Border rivers carry several codes: these are not what a country's name means.
    meant = [known[i] for i in np.flatnonzero(mask) if len(known[i]) == _CODE]
    given = [country] if isinstance(country, str) else list(country or ())
    codes = {ISO3.get(text.strip().upper(), text.strip().upper()) for text in given}
    codes = (codes & _CODES) | set(meant)

    def ground(geometry: shapely.Geometry) -> bool:
        return _touches(geometry, _outlines(mask, asked.gazetteer))

    return Wanted(tuple(sorted(codes)), kinds, asked.near, ground)


def _outlines(mask: Any, gazetteer: "Gazetteer") -> Any:
    everything = np.arange(len(gazetteer))
    chosen = gazetteer.codes("kind", everything) == COUNTRY
    chosen &= mask[gazetteer.codes("country", everything)]
    shapes = gazetteer.geometries(np.flatnonzero(chosen))
    return shapes[shapely.get_dimensions(shapes) == _SURFACE]


def _touches(geometry: shapely.Geometry, outlines: Any) -> bool:
    if not len(outlines):  # nothing says that it does not
        return True
    if shapely.get_dimensions(geometry) == _SURFACE:
        inner = shapely.buffer(geometry, -_OFF_DEG)
        tested = geometry if shapely.is_empty(inner) else inner
        return bool(shapely.intersects(outlines, tested).any())
    return bool(shapely.dwithin(outlines, geometry, _OFF_DEG).any())

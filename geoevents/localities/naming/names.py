"""What the names of one phrase stand for, and how one of them is looked up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from geoevents.localities.naming.namesakes import called, spelt
from geoevents.localities.sketches import is_sketch
from geoevents.localities.tree import LocalityError
from geoevents.places import Gazetteer, PlaceNotFound, geocode
from geoevents.places.names import fold, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.naming.demands import Demand
    from geoevents.localities.tree import Name
    from geoevents.places import Place


class Names:
    """
    What the names of a phrase stand for.

    Parameters
    ----------
    text : str
        The phrase, for the errors.
    country : str, optional
        ISO code or name that the caller gave.
    gazetteer : Gazetteer, optional
        Where to look; the embedded one if not given.
    near : Place or shapely geometry, optional
        What else the event names.
    known : mapping of str to Place, optional
        Places that names in it are known to mean, by the name.

    See Also
    --------
    geoevents.localities.naming.resolving.resolve : Fills it.
    """

    def __init__(
        self,
        text: str,
        country: str | None,
        gazetteer: Gazetteer | None,
        near: Place | BaseGeometry | None,
        known: Mapping[str, Place] | None = None,
    ) -> None:
        self.text = text
        self.country = country
        self.gazetteer = gazetteer
        self.near = near
        self.known = {fold(name): place for name, place in (known or {}).items()}
        self.places: dict[Name, Place] = {}
        self.provinces: dict[str, Place] = {}  # by town: the province of which it is the seat
        self.demands: dict[Name, Demand] = {}
        self.adjectives: set[Name] = set()  # "Syrian", by which Syria was found
        self.remarks: list[str] = []  # sentences on which of two readings was taken

    def is_name(self, chunk: str) -> bool:
        """
        Say whether a chunk with relation words in it is a name just as it stands.

        Parameters
        ----------
        chunk : str
            Part of the phrase.

        Returns
        -------
        bool
            True when some place has exactly this name, letter case and accents apart.
        """
        wanted = fold(chunk)
        if not wanted:
            return False
        stores = (self.gazetteer or Gazetteer.default()).stores
        return any(store.keys.find(wanted) >= 0 for store in stores)

    def loose(self) -> list[tuple[Name, str]]:
        """
        List the names whose place is not called so, letter case and accents apart.

        Returns
        -------
        list of tuple
            Each such name, and by what it was found.
        """
        return [
            (
                name,
                "which sounds like it"
                if called(place, self._text(name))
                else "the nearest known name",
            )
            for name, place in self.places.items()
            if name not in self.adjectives and not spelt(place, self._text(name))
        ]

    def settled(self, name: Name) -> Place | None:
        """
        Give the place that a name is known to mean, if the words for its kind allow it.

        Parameters
        ----------
        name : Name
            The name.

        Returns
        -------
        Place or None
            The place; None where nobody said.
        """
        readings = read(self._text(name))
        place = self.known.get(readings[0].key)
        if place is not None:
            return place
        for one in readings[1:]:
            place = self.known.get(one.key)
            if place is not None and not one.within and place.kind in one.kinds:
                return place
        return None

    def find(
        self,
        name: Name,
        kind: str | Sequence[str] | None,
        near: Place | BaseGeometry | None,
        country: str | None = None,
    ) -> Place:
        """
        Look a name up.

        Parameters
        ----------
        name : Name
            The name.
        kind : str or sequence of str, optional
            What it should be. A line or outline of another kind does too, a point does not.
        near : Place or shapely geometry, optional
            What it should be near to.
        country : str, optional
            Where it should be; what the caller gave if left out.

        Returns
        -------
        Place
            The likeliest.

        Raises
        ------
        LocalityError
            If no known place has that name.
        """
        country, text = country or self.country, self._text(name)
        try:
            try:
                return geocode(
                    text, kind=kind, country=country, near=near, gazetteer=self.gazetteer
                )
            except PlaceNotFound:
                if kind is None:
                    raise
                place = geocode(text, country=country, near=near, gazetteer=self.gazetteer)
                if is_sketch(place) and called(place, text):
                    return place
                if shapely.get_dimensions(place.geometry) == 0:
                    raise  # a town that sounds like it: say that there is no such river
                return place
        except PlaceNotFound as error:
            raise LocalityError(str(error), self.text, name.start, name.end) from error

    def namesakes(self, text: str, kind: str, near: Place | BaseGeometry | None) -> list[Place]:
        """
        List all that a text may mean, of one kind.

        Parameters
        ----------
        text : str
            The name as written.
        kind : str
            The kind of place.
        near : Place or shapely geometry, optional
            What it should be near to.

        Returns
        -------
        list of Place
            The likeliest first; empty where nothing has that name.
        """
        try:
            found = geocode(
                text, kind=kind, country=self.country, near=near, gazetteer=self.gazetteer
            )
        except PlaceNotFound:
            return []
        return [found, *found.alternatives]

    def take(self, name: Name, place: Place, where: str) -> None:
        """
        Take one namesake for another, and keep and say what it was chosen over.

        Parameters
        ----------
        name : Name
            The name.
        place : Place
            What it means after all; nothing is said where that is what it did mean.
        where : str
            Where that is: "in Syria".
        """
        before = self.places[name]
        if place.id != before.id:
            rest = (other for other in before.alternatives if other.id != place.id)
            others = place.alternatives or (before, *rest)
            place = replace(place, alternatives=others)
            self.remarks.append(f"{place.name} is the one {where} and not {before}.")
        self.places[name] = place

    def _text(self, name: Name) -> str:
        """Return what a name is looked up by."""
        return self.demands[name].text if name in self.demands else name.text

"""Ground: what a part of a phrase covers; and a saying, one relation to one subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoevents.localities.tree import LocalityError

if TYPE_CHECKING:
    import shapely
    from shapely.geometry.base import BaseGeometry

    from geoevents.localities.subject import Subject
    from geoevents.localities.tree import Compass, Relation
    from geoevents.localities.uncertainty import Neighbourhood
    from geoevents.places import Place


@dataclass(frozen=True)
class Ground:
    """
    What a part of a phrase covers.

    Parameters
    ----------
    geometry : shapely geometry
        In lon/lat.
    relations : tuple of str
        The relations that made it, in the order of the phrase.
    said : str
        The same in words, with the numbers used.
    point : shapely Point, optional
        The most plausible point, where the relation has one.
    inferred : bool
        Whether a rule drew the outline; False for a gazetteer's own geometry.
    made_of : tuple of Place
        The places whose geometry shaped it.
    core : shapely geometry, optional
        The point or line that it was drawn about, which an outer relation is about: a town's point,
        a border's line, the stretch of a river.
    off_m : float
        How far the core may be off; of a town's point the radius of the town.
    name : str
        In few words, for an outer relation: "the mouth of Khabur".
    middle : shapely Point, optional
        What its parts lie about, where that is not its own centroid: the countryside's town.
    lands : tuple of shapely geometry
        Of a border the polygons that it bounds.
    """

    geometry: BaseGeometry
    relations: tuple[str, ...]
    said: str
    point: shapely.Point | None = None
    inferred: bool = True
    made_of: tuple[Place, ...] = ()
    core: BaseGeometry | None = None
    off_m: float = 0.0
    name: str = ""
    middle: shapely.Point | None = None
    lands: tuple[BaseGeometry, ...] = ()


@dataclass(frozen=True)
class Saying:
    """
    One relation to one subject.

    Parameters
    ----------
    tree : Relation
        What is said.
    subject : Subject
        Of what. Of a list ("near A and B") each subject has its own saying.
    rules : Neighbourhood
        How far its words reach.
    text : str
        The phrase, for the errors.
    others : tuple of Subject
        What else it is about: B of "between A and B", of the confluence, border or road of A and B.
    line : Subject, optional
        Of "stream" and "across": the river, named by the rest of the phrase or looked up.
    reference : Subject, optional
        Of a near or far bank: where one stands, by the rest of the phrase or what was given as
        near.
    """

    tree: Relation
    subject: Subject
    rules: Neighbourhood
    text: str
    others: tuple[Subject, ...] = ()
    line: Subject | None = None
    reference: Subject | None = None

    @property
    def shape(self) -> BaseGeometry:
        """The subject's own geometry."""
        return self.subject.geometry

    @property
    def outline(self) -> BaseGeometry:
        """The same to measure from: without the vertices that its uncertainty outweighs."""
        return self.subject.outline

    @property
    def dimensions(self) -> int:
        """0 for a town, 1 for a river, 2 for a province."""
        return self.subject.dimensions

    @property
    def who(self) -> str:
        """The subject for a reader."""
        return self.subject.said

    @property
    def compass(self) -> Compass:
        """The direction, of a relation that has one."""
        assert self.tree.compass is not None  # noqa: S101 -- the grammar gives it one
        return self.tree.compass

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations by which its subjects were made."""
        return tuple(word for one in (self.subject, *self.others) for word in one.relations)

    @property
    def places(self) -> tuple[Place, ...]:
        """The places that shape what it covers."""
        subjects = (self.subject, *self.others, self.line)
        found = [place for one in subjects if one is not None for place in one.places]
        return tuple({place.id: place for place in found}.values())

    def error(self, message: str) -> LocalityError:
        """Make an error about this relation."""
        return LocalityError(message, self.text, self.tree.start, self.tree.end)

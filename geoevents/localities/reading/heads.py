"""The words of a relation up to what it is about: "just south of", "10 km from", "the mouth of"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geoevents.localities.reading.cursor import _Cursor
from geoevents.localities.reading.words import (
    ADJECTIVES,
    AND,
    ARTICLES,
    BANKS,
    COMPASS,
    FILLERS,
    JUST,
    LEADING,
    LEADS,
    LIMITS,
    LINKS,
    LONGEST_NOUN,
    NOUNS,
    OF,
    ON,
    PARTS,
    SHORT,
    SIDES,
)
from geoevents.localities.tree import Compass, Distance, Kind, Leg, LocalityError, Way

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from geoevents.localities.reading.words import Said


_RADIUS = frozenset({"in", "a", "the", "radius"})  # what "a 5 km radius of" may begin with


@dataclass(frozen=True, slots=True)
class Head:
    """
    The words of a relation.

    Parameters
    ----------
    kind : str
        Which relation.
    first, end : int
        Its tokens.
    noun : bool
        Whether it may stand where a name may: "the mouth of", not "near".
    link : str
        The last word, where it decides what follows: "from", "with", "between", "of" or "".
    orphan : bool
        Whether what it is about stands before it: "Raqqa, 10 km NE".
    of : Head, optional
        The relation that a compass word narrows: "the northern outskirts of".
    compasses, distance, way, legs, just
        As in `Relation`; of several compass words each makes a relation.
    """

    kind: Kind
    first: int
    end: int
    noun: bool = False
    link: str = ""
    orphan: bool = False
    of: Head | None = None
    compasses: tuple[Compass, ...] = ()
    distance: Distance | None = None
    way: Way | None = None
    legs: tuple[Leg, ...] = ()
    just: bool = False


class _Heads(_Cursor):
    """Reads the words of relations, each place in the phrase once."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._heads: dict[int, Head | LocalityError | None] = {}

    # -- heads --

    def head(self) -> Head | None:
        """Read the words of a relation, with what is passed over before them."""
        first = self.i
        if first not in self._heads:
            try:
                self._heads[first] = self._head()
            except LocalityError as error:
                self._heads[first] = error
        found = self._heads[first]
        self.i = first
        if isinstance(found, LocalityError):
            raise found
        if found is not None:
            self.i = found.end
        return found

    def at_relation(self) -> bool:
        """Whether the words of a relation that is no noun stand here."""
        here = self.i
        try:
            head = self.head()
        except LocalityError:
            return True
        finally:
            self.i = here
        return head is not None and not head.noun

    def at_lead(self) -> bool:
        """Whether a name must end here: "Hajin | just south of", "Hajin | near"."""
        if self.kind() == "distance" or self.preposition_at(self.i):
            return True
        here = self.i
        compass = self.compass() is not None and self.key() in OF
        self.i = here
        return compass or (
            (self.key() in LEADS or (self.key() == "to" and self.key(1) == "the"))
            and self.at_relation()
        )

    def _head(self) -> Head | None:
        first = self.i
        just = noun = False
        while self.i < self.count:
            at_distance = self.key() in ("at", "in") and self.kind_at(self.i + 1) == "distance"
            if at_distance and (found := self._within()) is None:
                self.i += 1
                continue
            if (found := self._bare()) is not None:
                noun = found.noun or noun
                return replace(found, first=first, noun=noun, just=found.just or just)
            if self._short():
                just = True
                continue
            word = self.key()
            if word not in FILLERS and not (word in ADJECTIVES and self.key(1) in COMPASS):
                break
            if word in ("a", "an") and self.letter():
                break
            just = just or word in JUST
            noun = noun or word not in ARTICLES | LEADS | {"to"}
            self.i += 1
        self.i = first
        return None

    def _short(self) -> bool:
        """Pass over "a short distance" before a direction; before "from" it is a relation."""
        for words in SHORT:
            if self.keys(len(words)) == words:
                self.i += len(words)
                return True
        return False

    def _bare(self) -> Head | None:
        here = self.i
        if (found := self._within()) or (found := self._noun()):
            return found
        self.i = here
        if isinstance(distance := self.distance(), Distance):
            return self._offset(distance, here)
        self.i = here
        if at := self.preposition_at(here):
            return self._preposition(*at)
        if self.key() in ("up", "down") and self.key(1) == "the":
            return self._up_the(here)
        return self._direction()

    def _direction(self) -> Head | None:
        """Read "north of", "north and east of"."""
        first = self.i
        compasses = self.compasses()
        if compasses and self.take(OF):
            return Head("direction", first, self.i, compasses=compasses)
        self.i = first
        return None

    def _preposition(self, length: int, said: Said) -> Head | None:
        first, key = self.i, self.key()
        self.i += length
        kind, way = said
        link = self.tokens[self.i - 1].key
        if kind == "stream":
            self.take({"on", "along"}) and self.take(ARTICLES)
            link = self.key()
            if not self.take(OF):
                raise self.error(
                    f"'of' or 'from' and a place should follow {self.said(first, self.i)!r}",
                    first,
                    self.i,
                )
        elif kind == "halfway":
            if self.take({"along", "down", "up"}):  # "halfway along the road between"
                road = self._noun()
                self.i -= road is not None
            link = self.key()
            if not self.take({"between", "from"}):
                raise self.error(
                    f"'between' and two places should follow {self.said(first, self.i)!r}",
                    first,
                    self.i,
                )
        elif kind == "across" and self.key() == "the" and self.key(2) == "from":
            # "across the river from": no river is named.
            if self.key(1) in {"river", "water", "stream"}:
                self.i += 3
                link = "from"
        elif kind == "in" and key in ("within", "in") and self.key() in ("reach", "range"):
            return None
        return Head(kind, first, self.i, way=way, link="on" if key in ON else link)

    def _up_the(self, first: int, distance: Distance | None = None) -> Head:
        """Read "up the" of "up the Euphrates from Raqqa"."""
        way: Way = "up" if self.key() == "up" else "down"
        self.i += 1
        return Head("stream", first, self.i, distance=distance, way=way, link="river")

    # -- nouns --

    def _noun(self) -> Head | None:
        """Read "the mouth of", "northern outskirts of", "left bank of", "north of" after "the"."""
        start = self.i
        if found := self._bank():
            return found
        compasses = self.compasses()
        inner = self.i
        while self.key() in ADJECTIVES or self.key() in ARTICLES:
            self.i += 1
        if compasses:
            if self.key() in PARTS and self.key(1) == "of":
                self.i += 2
                return Head("part", start, self.i, noun=True, compasses=compasses)
            if self.i == inner and self.key() == "of" and self._part_of(start):
                self.i += 1
                return Head("part", start, self.i, noun=True, compasses=compasses)
        if found := self._plain_noun():
            if not compasses:
                return found
            return Head("part", start, found.end, noun=True, compasses=compasses, of=found)
        self.i = start
        return None

    def _part_of(self, start: int) -> bool:
        """Whether "the north of" stands here, and not "to the north of"."""
        before = start
        the = False
        while before and self.tokens[before - 1].key in ARTICLES | ADJECTIVES:
            before -= 1
            the = the or self.tokens[before].key in ARTICLES
        return the and not (before and self.tokens[before - 1].key == "to")

    def _plain_noun(self) -> Head | None:
        first = self.i
        length = self.longest(NOUNS, LONGEST_NOUN)
        if not length:
            return None
        kind, way = NOUNS[self.keys(length)]
        if kind == "border" and self.key(length) in ("area", "areas", "region", "zone", "strip"):
            length += 1
        self.i += length
        link = self.key()
        if kind == "road":
            if link in ("that", "which") and self.key(1) in ("links", "connects", "joins"):
                self.i += 2
                return Head(kind, first, self.i, noun=True, link="linking")
            if link in LEADING:
                self.i += 1
                link = self.key()
            links: AbstractSet[str] = LINKS | {"between", "from"}
        elif kind in ("confluence", "halfway", "border"):
            links = {"of", "between", "with"}
        elif kind in ("outskirts", "near"):
            links = {"of", "to"}
        else:
            links = {"of"}
        if kind == "area" and link == "around":
            kind, links = "near", {"around"}
        if link not in links:
            self.i = first
            return None
        self.i += 1
        return Head(kind, first, self.i, noun=True, way=way, link=link)

    def _bank(self) -> Head | None:
        """Read "left bank of", "other side of", "opposite bank from"."""
        first = self.i
        way = SIDES.get(self.key())
        if way is None or self.key(1) not in BANKS or self.key(2) not in OF:
            return None
        if self.key() == "near" and not (first and self.tokens[first - 1].key == "the"):
            return None
        link = self.key(2)
        self.i += 3
        if link == "from":
            return Head("across", first, self.i, noun=True, link="from")
        here = self.i
        self.take(ARTICLES)
        if self.key() in {"river", "water", "stream"} and self.key(1) == "from" and way == "far":
            self.i += 2
            return Head("across", first, self.i, noun=True, link="from")
        self.i = here
        return Head("bank", first, self.i, noun=True, way=way)

    # -- distances --

    def distance(self) -> Distance | None:
        if self.kind() != "distance":
            return None
        value = self.tokens[self.i].value
        self.i += 1
        return value if isinstance(value, Distance) else None

    def _within(self) -> Head | None:
        """Read "within 5 km of", "less than 5 km from", "a radius of 5 km around"."""
        first = self.i
        limit = next((w for w in LIMITS.get(self.key(), ()) if self.keys(len(w)) == w), ())
        if not limit and self.kind() != "distance" and self.key() not in _RADIUS:
            return None
        self.i += len(limit) or self.key() == "in"
        self.take(ARTICLES)
        radius = False
        if self.key() == "radius" and self.key(1) == "of":
            self.i += 2
            radius = True
        distance = self.distance()
        if distance is not None and self.key() == "radius":
            self.i += 1
            radius = True
        if distance is None or not (limit or radius):
            self.i = first
            return None
        while self.key() in {"to", "the", "due", "away"}:
            self.i += 1
        compasses = self.compasses()
        if not self.take({"of", "from", "around", "about"}):
            self.i = first
            return None
        return Head("within", first, self.i, compasses=compasses, distance=distance)

    def _offset(self, distance: Distance, first: int) -> Head:
        """Read what follows a distance: a direction, up or down a river, or just "from"."""
        while self.key() in {"to", "the", "due", "away", "further", "farther"}:
            self.i += 1
        if (compass := self.compass()) is not None:
            legs = self._legs(Leg(compass, distance))
            if self.take(OF) or not self.at_end():
                pass
            else:
                return Head(
                    "offsets" if len(legs) > 1 else "direction",
                    *(first, self.i),
                    orphan=True,
                    compasses=() if len(legs) > 1 else (compass,),
                    distance=None if len(legs) > 1 else distance,
                    legs=legs if len(legs) > 1 else (),
                )
            if len(legs) > 1:
                return Head("offsets", first, self.i, legs=legs)
            return Head("direction", first, self.i, compasses=(compass,), distance=distance)
        at = self.preposition_at(self.i)
        if at and at[1].kind == "stream":
            found = self._preposition(*at)
            assert found is not None  # noqa: S101 -- a stream is read or raises
            return replace(found, first=first, distance=distance)
        if self.key() in ("up", "down") and self.key(1) in ("the", "river"):
            return self._up_the(first, distance)
        inland = self.take({"inside", "into"})
        if inland or self.take({"from", "of", "outside", "off"}):
            self.take({"of"})
            link = "inland" if inland else ""
            return Head("distance", first, self.i, distance=distance, link=link)
        words = self.said(first, self.i)
        raise self.error(
            f"a direction or 'from' should follow {words!r}, as in '10 km east of Raqqa'",
            min(self.i, self.count - 1),
            self.count,
        )

    def _legs(self, leg: Leg) -> tuple[Leg, ...]:
        """Read the rest of "2 km E and 3 km N"."""
        legs = [leg]
        while True:
            here = self.i
            while self.kind() == "comma" or self.key() in AND or self.key() == "then":
                self.i += 1
            distance = self.distance() if self.i > here else None
            while distance and self.key() in {"to", "the", "due"}:
                self.i += 1
            compass = self.compass() if distance else None
            if distance is None or compass is None:
                self.i = here
                return tuple(legs)
            legs.append(Leg(compass, distance))

"""Relations and what they are about: heads become nodes of the tree."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from geoevents.localities.reading.endings import _Endings
from geoevents.localities.reading.shores import ashore, is_shore
from geoevents.localities.reading.words import ARTICLES, BANKS, ISLANDS, PAIRS, SHARED_KINDS
from geoevents.localities.tree import Compass, Fix, Group, Kind, Name, Relation, Tree

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from geoevents.localities.reading.heads import Head

_MAX_DEPTH = 12
_BETWEEN = frozenset({"and", "&"})
_FRONT = re.compile(rf"\b(?:{'|'.join(sorted(SHARED_KINDS))})\s+of\s+(?:the\s+)?\Z", re.IGNORECASE)
_FROM = frozenset({"to", "until", "till"})


class _Phrases(_Endings, ABC):
    """Reads relations."""

    depth = 0

    def relation(self, *, tight: bool = False) -> Tree:
        """Read a relation and what it is about; tight, that is one item and no list."""
        first = self.i
        head = self.head()
        assert head is not None  # noqa: S101 -- callers looked
        if head.orphan:
            words = self.said(first, self.i)
            raise self.error(f"no place name follows {words!r}", first, self.i)
        self.deeper(first, "relations inside relations")
        tree = self.completed(head, first, tight=tight)
        self.depth -= 1
        return tree

    def completed(self, head: Head, first: int, *, tight: bool) -> Tree:
        """Read what a head is about, and make the relation."""
        start = self.tokens[first].start
        if head.of is not None:  # "the northern outskirts of"
            inner = self.completed(head.of, head.of.first, tight=tight)
            return self.made(replace(head, of=None), inner, start, inner.end)
        if head.kind in PAIRS or head.kind == "border":
            of = self.pair(head) if head.kind in PAIRS else self.border_of(head, tight=tight)
            return self.made(head, of, start, of.end)
        article = self.key() in ARTICLES
        of = self.subject(head, first, tight=tight)
        if head.kind == "area" and isinstance(of, Group) and of.start < self.tokens[head.end].start:
            return of  # "the regions of Kidal and Gao" are both, and not what is about them
        if head.link == "river":
            return self.along_river(head, of, start)
        across = head.kind == "across" and head.link == "across"
        if (across or (head.kind, head.way) == ("bank", "far")) and self.take({"from"}):
            both = self.group("and", [of, self.item(tight=True)])
            return self.made(replace(head, kind="across", way=None), both, start, both.end)
        if across:  # "across the Euphrates" is beyond it, "across Syria" all over it
            beyond = article and isinstance(of, Name | Group)
            head = replace(head, kind="bank", way="far") if beyond else replace(head, kind="in")
        about = self.by_shore(head, of, start) if is_shore(of) else self.about(head, of, start)
        return self.group(",", about)

    def subject(self, head: Head, first: int, *, tight: bool) -> Tree:
        """Read what a relation is about."""
        here = self.i
        self.articles()
        if self.at_end():
            words = self.said(first, head.end)
            raise self.error(f"no place name follows {words!r}", first, head.end)
        if self.kind() == "open":
            return self.bracketed()
        self.i = here
        if head.kind in ("except", "in") and self.at_relation() and not self.at_known_name():
            return self.relation(tight=tight)
        item = self.item(tight=tight or head.link == "river" or head.kind in ("across", "bank"))
        if tight or head.kind == "across" or head.link == "river":
            return item
        return self.listed(item, plain=head.noun)

    def about(self, head: Head, of: Tree, start: int) -> list[Tree]:
        """Make the relation of a head: one, or two that both hold ("within 5 km east of")."""
        if head.kind == "within" and head.compasses:
            both = (replace(head, compasses=()), replace(head, kind="direction", distance=None))
            return [self.made(each, of, start, of.end) for each in both]
        if head.link == "inland":
            return self.inland(head, of, start)
        on = head.kind == "along" and head.link == "on"
        if (on or head.kind == "in") and not isinstance(of, Name | Fix):
            return [self.inside(head, of, start)]
        if on and isinstance(of, Name | Fix):
            written = self.text[self.tokens[head.end - 1].end : of.end].casefold().split()
            if isinstance(of, Fix) or not ISLANDS.isdisjoint(written):
                head = replace(head, kind="in")
        if isinstance(of, Relation):
            if head.kind == "along" and of.kind in ("road", "along"):
                return [replace(of, start=start)]
            if head.kind == "along" and (of.kind == "bank" or _is_bank(of)):
                return [self.made(head, of.of, start, of.end), of]
            if head.kind == "except" and of.kind == "in":
                of = of.of
        return [self.made(head, of, start, of.end)]

    def made(self, head: Head, of: Tree, start: int, end: int) -> Tree:
        """Make the relation of a head, or one for each of its compass words."""
        words = self.said(head.first, head.end)
        kind: Kind = head.kind
        if kind == "part" and isinstance(of, Relation) and of.kind in ("border", "road"):
            # the western side of a border is beside it, its western part a stretch of it
            kind = "part" if BANKS.isdisjoint(words.casefold().split()) else "direction"
        if kind == "part":
            of = ashore(of, words)
        compasses: tuple[Compass | None, ...] = head.compasses or (None,)
        return self.group(
            "and",
            [
                Relation(
                    *(kind, words, of, start, end, compass),
                    distance=head.distance,
                    way=head.way,
                    legs=head.legs,
                    just=head.just and kind in ("direction", "stream"),
                )
                for compass in compasses
            ],
        )

    def inside(self, head: Head, of: Tree, start: int) -> Tree:
        """Take "in" off what is a region by itself: "in northern Syria"."""
        if isinstance(of, Relation):
            return replace(of, start=start)
        if isinstance(of, Group) and any(isinstance(part, Relation) for part in of.parts):
            parts = [self.inside(head, part, part.start) for part in of.parts]
            return replace(of, parts=tuple(parts), start=start)
        kind: Kind = "in" if head.kind == "in" else "along"
        return Relation(kind, self.said(head.first, head.end), of, start, of.end)

    # -- rivers and borders --

    def inland(self, head: Head, of: Tree, start: int) -> list[Tree]:
        """Read "5 km inside Syria": that far from its border, in it."""
        border = of
        if isinstance(of, Relation) and of.kind == "border" and isinstance(of.of, Name):
            of = of.of
        else:
            border = Relation("border", self.said(head.end - 1, head.end), of, of.start, of.end)
        held = Relation("in", self.said(head.end - 1, head.end), of, start, border.end)
        return [self.made(head, border, start, border.end), held]

    def along_river(self, head: Head, river: Tree, start: int) -> Tree:
        """Read "from P" after "10 km up the Euphrates"."""
        if not self.take({"from"}):
            raise self.error(
                f"'from' and a place should follow {self.said(head.first, self.i)!r}",
                *(head.first, self.i),
            )
        place = self.item()
        along = Relation("along", "along", river, river.start, river.end)
        return self.group(",", [along, self.made(head, place, start, place.end)])

    def border_of(self, head: Head, *, tight: bool) -> Tree:
        if head.link in ("between", "of"):
            here = self.i
            one = self.item(tight=True)
            if self.joiner() or (head.link == "of" and self.take({"with"})):
                return self.group("and", [one, self.item(tight=True)])
            if head.link == "between":
                raise self.error(
                    "'between' needs two countries, as in 'the border between Syria and Iraq'",
                    head.end - 1,
                    self.i,
                )
            self.i = here
            return self.item()
        return self.subject(head, head.first, tight=tight)

    def by_shore(self, head: Head, shore: Relation, start: int) -> list[Tree]:
        """Measure from the lake what is told about its shore, and stay on that side of it."""
        lake = shore.of.of if isinstance(shore.of, Relation) else shore.of
        if head.kind in ("along", "near"):
            return [replace(shore, start=start)]
        if head.kind in ("direction", "offsets"):
            return [self.made(head, lake, start, shore.end)]
        if head.kind in ("within", "distance") and not head.compasses:
            told = self.made(head, lake, start, shore.end)
            return [told, replace(shore, kind="direction", of=lake)]
        return self.about(head, shore, start)

    # -- pairs --

    def pair(self, head: Head) -> Group:
        """Read the two of "between A and B", "from A to B"."""
        joints: AbstractSet[str] = _FROM if head.link == "from" else _BETWEEN
        if head.kind in ("road", "confluence") and head.link not in ("from", "between"):
            joints = joints | {"with", "to"}
        one = self.bound(head, joints)
        if self.key(1) in joints and self.key() in ("down", "up", "through"):
            self.i += 1
        if not self.take(joints):
            like = (
                "from Raqqa to Hajin" if head.kind == "between" and head.way else PAIRS[head.kind]
            )
            raise self.error(
                f"{self.said(head.first, head.end)!r} needs two places, the second after "
                f"{'to' if head.link == 'from' else 'and'!r}, as in {like!r}",
                *(head.first, head.end),
            )
        other = self.bound(head, frozenset())
        of = self.group("and", self.fronted([one, other]))
        one, other = of.parts if isinstance(of, Group) and of.joined == "and" else (one, other)
        return Group("and", (one, other), one.start, other.end)

    def bound(self, head: Head, joints: AbstractSet[str]) -> Tree:
        """Read one of two places, with what narrows it: "Tripoli (Libya)", "Raqqa, Syria and"."""
        here = self.i
        self.articles()
        if self.at_end() or self.key() in joints:
            raise self.error(
                f"no place name follows {self.said(head.first, here)!r}", head.first, here
            )
        self.i = here
        if self.at_relation() and not self.at_known_name():
            parts = [self.relation(tight=True)]
        else:
            parts = [self.item(tight=True)]
        if self.kind() == "open":
            parts.append(self.bracketed())
        while joints and self.kind() == "comma":
            here = self.i
            self.commas()
            if self.key() in joints:
                break
            if self.at_end() or self.at_relation():
                self.i = here
                break
            parts.append(self.item(tight=True))
        return self.group(",", parts)

    # -- what the grammar adds --

    @abstractmethod
    def bracketed(self) -> Tree:
        """Read a phrase in brackets."""

    @abstractmethod
    def listed(self, first: Tree, *, plain: bool = False) -> Tree:
        """Read the rest of "A, B and C"."""

    # -- small --

    def fronted(self, items: list[Tree]) -> list[Tree]:
        """
        Let the first name of a list begin at the word that says what all of them are.

        The first of "the provinces of Aleppo and Idlib" is then "provinces of Aleppo", as the last
        of "Aleppo and Idlib provinces" is "Idlib provinces".
        """
        first, rest = items[0], items[1:]
        if not rest or not all(isinstance(one, Name) for one in rest):
            return items
        if isinstance(first, Group) and lies_in(first.parts[-1]):
            named = first.parts[0]
            if isinstance(named, Name) and named.text.casefold().split()[0] in SHARED_KINDS:
                listed = self.group("and", [named, *rest])  # "the Syrian provinces of ..."
                return [self.group(",", [listed, *first.parts[1:]])]
        before = _FRONT.search(self.text, 0, first.start)
        if before is None or not isinstance(first, Name):
            return items
        start = before.start()
        return [Name(self.text[start : first.end], start, first.end), *rest]

    def deeper(self, at: int, what: str) -> None:
        self.depth += 1
        if self.depth > 2 * _MAX_DEPTH:
            raise self.error(f"{what}, more than {_MAX_DEPTH} deep", at, at + 1)

    def group(self, joined: Literal[",", "and"], parts: list[Tree]) -> Tree:
        if len(parts) == 1:
            return parts[0]
        return Group(joined, tuple(parts), min(p.start for p in parts), max(p.end for p in parts))


def wrapped(modifier: Compass | Kind, words: str, of: Tree, start: int) -> Relation:
    """
    Put what an adjective says round an item, so that the town is inmost, the direction outmost.

    Parameters
    ----------
    modifier : Compass or str
        A direction, or the kind of relation that the adjective is.
    words : str
        Its words.
    of : Tree
        What it is about.
    start : int
        Where the whole begins.

    Returns
    -------
    Relation
        "rural northern Homs" like "northern rural Homs".
    """
    if isinstance(modifier, Compass):
        return Relation("part", words, of, start, of.end, modifier)
    if isinstance(of, Relation) and of.kind == modifier:
        return replace(of, start=start)
    if modifier == "countryside" and isinstance(of, Relation) and of.kind == "part":
        return replace(of, of=wrapped(modifier, words, of.of, of.start), start=start)
    return Relation(modifier, words, of, start, of.end)


def lies_in(part: Tree) -> bool:
    """
    Say whether a part of a group is the owner of the name before it.

    Parameters
    ----------
    part : Tree
        Its last part.

    Returns
    -------
    bool
        True for the Syria of "Syria's Raqqa" and of "the Syrian city of Raqqa".
    """
    return (
        isinstance(part, Relation)
        and part.kind == "in"
        and isinstance(part.of, Name)
        and part.words in ("'s", part.of.text)
    )


def _is_bank(of: Relation) -> bool:
    return of.kind == "part" and not BANKS.isdisjoint(of.words.casefold().split())

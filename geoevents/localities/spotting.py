"""The locality phrases of running text: "in the city of Homs", "east of the Euphrates"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoevents.localities.patterns import ATOM, EXCEPT, INSIDE, ITEM
from geoevents.localities.phrasing import Phrase, Signed
from geoevents.localities.reading.words import ISLANDS
from geoevents.localities.signs import PLACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.places.toponyms import Toponym
    from geoevents.prose import Document, Sentence

__all__ = ["Phrase", "spot"]

_MOST_MEMBERS = 20
_JOINT = re.compile(",&|,|&")
_JOIN = re.compile(r",|&|\(|")
_LAST = re.compile(",?&a?N")
# Words that say where beside a name: then "on" is no attack on it, "by" no deed of it.
_SAYS_WHERE = re.compile("[HUGbRAQZv]|[Cpy].*f|xf")
_LINES = re.compile("[bR]")
_REGIONS = re.compile("[HUGbRC]")


def spot(document: Document, toponyms: Sequence[Toponym]) -> list[Phrase]:
    """
    Find the phrases of a text that say where.

    Parameters
    ----------
    document : Document
        The text.
    toponyms : sequence of Toponym
        The places named in it, in its order.

    Returns
    -------
    list of Phrase
        In the order of the text; none overlap. Every one has a place in it and is read by
        `geoevents.localities.parse`. A place with no words of where about it is a phrase by
        itself; what a government or an organisation is called after is none.

    Notes
    -----
    A phrase is as long as its words go on saying where: "in" before it, "near the border with
    Iraq" after it, a list of names, a container ("Tripoli, Libya"). It ends at a verb, at a name
    that is no place, and at ", and near".
    """
    found: list[Phrase] = []
    numbers = [i for i, one in enumerate(toponyms) if one.sense in ("place", "demonym")]
    at = 0
    for sentence in document.sentences if numbers else ():
        here = []
        while at < len(numbers) and toponyms[numbers[at]].start < sentence.end:
            if toponyms[numbers[at]].start >= sentence.start:
                here.append(numbers[at])
            at += 1
        if here:
            found += _Spotter(document.text, sentence, toponyms, here).phrases()
    return found


class _Reach:
    """A relation and what it is about, in signs; it grows by what follows."""

    __slots__ = ("cuts", "end", "first", "head", "item", "kind", "lists", "split")

    def __init__(self, kind: str, first: int, head: int, item: int, end: int) -> None:
        self.kind = kind
        self.first, self.head, self.item, self.end = first, head, item, end
        self.lists: list[tuple[int, int]] = []  # the members of a list
        self.cuts: list[int] = []  # where it may end if the whole cannot be read
        self.split = False  # whether its members must stand by themselves


class _Spotter(Signed):
    """Finds the phrases of one sentence."""

    def __init__(
        self, text: str, sentence: Sentence, toponyms: Sequence[Toponym], here: Sequence[int]
    ) -> None:
        super().__init__(text, sentence, toponyms, here)
        self.no_list = 0  # up to here no list ends in "and"

    def phrases(self) -> Iterator[Phrase]:
        at = 0
        while (reach := self.next_reach(at)) is not None:
            self.grow(reach)
            yield from self.said(reach)
            at = reach.end

    # -- from left to right --

    def next_reach(self, at: int) -> _Reach | None:
        while match := ATOM.search(self.letters, at):
            reach = self.reach(match)
            if reach is not None:
                return reach
            at = match.end()
        return None

    def reach(self, match: re.Match[str]) -> _Reach | None:
        """Make a reach of a match; without its preposition where that means something else."""
        first, end = match.span()
        kind = match.lastgroup or ""
        if kind == "pair" and all(
            self.toponyms[i].kind == "country" for i in self.places(first, end)
        ):
            # "Talks between Iraq and Syria" are not held there.
            return None if self.letters[first] == "B" else self.bare(match, first + 1)
        if kind != "reach":
            return _Reach(kind, first, first, first, end)
        item = match.start("reach")
        if not self.means_where(match["head"], match["reach"], item, end):
            return _Reach("bare", item, item, item, end)
        if match["filler"] and match["filler"][0] not in "iIWo":
            first = match.start("head")  # "hit an area east of the river" is about its east
        return _Reach("reach", first, match.start("head"), item, end)

    def bare(self, match: re.Match[str], at: int) -> _Reach | None:
        item = ITEM.match(self.letters, at, match.end())
        return _Reach("bare", at, at, at, item.end()) if item else None

    def means_where(self, head: str, item: str, at: int, end: int) -> bool:
        """Tell "on the Euphrates" from "attacks on Homs", "by the Tigris" from "by Iraq"."""
        word = head[-1]
        plain = not _SAYS_WHERE.search(item)
        if not plain or word not in "oYlci":
            return word != "Y" or not plain
        last = self.toponyms[self.places(at, end)[-1]]
        water = last.kind in ("river", "lake") or "x" in item
        if word in "oY":
            return water or not ISLANDS.isdisjoint(last.text.casefold().split())
        if word == "l":
            return last.kind not in ("country", "populated place")
        before = self.signs[at - 1]
        angry = self.tokens[before.first].lower == "at" and before.end == before.first + 1
        return not (angry and last.kind in ("country", "admin1"))  # "anger at Syria"

    # -- what follows --

    def grow(self, reach: _Reach) -> None:
        if reach.kind == "several":
            return
        self.contain(reach)
        self.enlist(reach)
        while not reach.split and self.join(reach):
            pass

    def contain(self, reach: _Reach) -> bool:
        """Take in ", Libya", "(Texas)"."""
        grown = False
        while match := INSIDE.match(self.letters, reach.end):
            inner = self.places(reach.first, reach.end)[-1]
            outer = self.places(*match.span())[-1]
            if not self.contains(outer, inner):
                break
            if match["after"] and self.in_list(outer, match.end()):
                break
            reach.cuts.append(reach.end)
            reach.end = match.end()
            grown = True
        return grown

    def in_list(self, number: int, end: int) -> bool:
        """Whether a name after a comma is a member of a list: "Homs, Idlib and Latakia"."""
        for _ in range(_MOST_MEMBERS):
            if not self.letters.startswith(",N", end):
                break
            other = self.places(end, end + 2)[0]
            if self.rank(other) == self.rank(number):
                return True
            end += 2
        match = _LAST.match(self.letters, end)
        if match is None:
            return False
        last = self.places(*match.span())[-1]
        return self.rank(last) == self.rank(number)

    def enlist(self, reach: _Reach) -> None:
        """Take in ", B and C"; a list ends in "and"."""
        if reach.kind not in ("reach", "bare") or reach.end < self.no_list:
            return
        members = [(reach.item, reach.end)]
        at, contained = reach.end, bool(reach.cuts)
        while len(members) < _MOST_MEMBERS:
            joint = _JOINT.match(self.letters, at)
            item = ITEM.match(self.letters, joint.end()) if joint else None
            if joint is None or item is None or self.letters.startswith("S", item.end()):
                self.no_list = at
                return
            member = _Reach("bare", item.start(), item.start(), item.start(), item.end())
            contained = self.contain(member) or contained
            members.append((item.start(), member.end))
            at = member.end
            if "&" in joint.group():
                if joint.group() == ",&" and len(members) == 2:  # noqa: PLR2004 -- a new clause
                    return
                break
        else:
            self.no_list = at
            return
        reach.cuts.append(reach.end)
        reach.lists = members
        reach.end = at
        reach.split = contained

    def join(self, reach: _Reach) -> bool:
        """Take in the next relation, if it is about the same ground."""
        if excluded := EXCEPT.match(self.letters, reach.end):
            reach.cuts.append(reach.end)
            reach.end = excluded.end()
            return True
        joint = _JOIN.match(self.letters, reach.end)
        assert joint is not None  # noqa: S101 -- it may be empty
        match = ATOM.match(self.letters, joint.end())
        if match is None or match.lastgroup in ("bare", "several"):
            return False
        other = self.reach(match)
        if other is None or other.kind == "bare" or other.first != match.start():
            return False
        if not self.fits(reach, other, joint.group()):
            return False
        self.contain(other)
        reach.cuts.append(reach.end)
        reach.end = other.end
        if joint.group() == "(":
            if not self.letters.startswith(")", reach.end):
                reach.end = reach.cuts.pop()
                return False
            reach.end += 1
        return True

    def fits(self, reach: _Reach, other: _Reach, joint: str) -> bool:
        """Whether a relation says more of the ground that the one before it is about."""
        before = self.places(reach.first, reach.end)
        after = self.places(other.first, other.end)
        one, two = self.part(reach), self.part(other)
        if other.kind == "pair" and joint == "":
            return self.toponyms[before[-1]].kind == "river" or bool(_LINES.search(one))
        borders = "b" in one, "b" in two
        if all(borders) or not self.near(before, after, borders=any(borders)):
            return False
        head = self.letters[other.head : other.item]
        if joint == "&":  # where both hold; two towns are two phrases
            lines = head[-1:] in ("l", "c") or ("C" in head and "D" not in head) or "Gf" in two
            return lines and self.letters[reach.item - 1 : reach.item] in ("r", "i", "n")
        if head[-1:] not in ("i", "I", "W"):
            return True
        dry = self.toponyms[after[0]].kind not in ("river", "lake")
        inside = joint == "" and dry and any(self.contains(outer, after[0]) for outer in before)
        inside = inside or (borders[0] and self.rank(after[-1]) > 0)
        return inside or self.contains(after[-1], before[-1]) or bool(_REGIONS.search(two))

    def part(self, reach: _Reach) -> str:
        return self.letters[reach.first : reach.end]

    # -- phrases --

    def said(self, reach: _Reach) -> Iterator[Phrase]:
        if reach.kind == "several":
            yield from self.named(reach)
            return
        parts: tuple[Phrase, ...] = ()
        if reach.lists:
            parts = tuple(self.members(reach.first, reach.item, reach.lists, reach.end))
        if reach.split and parts:
            yield from parts
            return
        for end in (reach.end, *reversed(reach.cuts)):
            for first in sorted({reach.first, reach.head, reach.item}):
                if phrase := self.phrase(first, end, parts if end == reach.end else ()):
                    reach.end = end
                    yield phrase
                    return
        for i in range(reach.first, reach.end):
            if self.letters[i] == PLACE and (phrase := self.phrase(i, i + 1)):
                yield phrase

    def named(self, reach: _Reach) -> Iterator[Phrase]:
        """Give the places of "the Kyiv-Kharkiv axis" one by one."""
        for i in self.places(reach.first, reach.end):
            place = self.toponyms[i]
            if place.sense == "place":
                yield Phrase(place.start, place.end, " ".join(place.text.split()), (i,))

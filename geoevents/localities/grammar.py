"""
From a phrase to a small parse tree: what is said about which name.

The grammar is recursive descent over tokens that know where they stand in the text, so that every
error can underline what it is about. Names are free text: a name ends where a separator or the
words of a relation begin. Place names contain such words too ("Near East", "South Sudan", "In
Salah"), so before a chunk is split the caller's gazetteer is asked whether the whole of it is one.
What was read at a token is kept, so that no phrase takes more than a few passes.

::

    locality   = constraint { "and" constraint }
    constraint = term { [","] term }
    term       = "(" locality ")" | preposition list | list
    list       = item | item { "," item } "and" item
    item       = position | noun-head item | adjective item | name [suffix]
    preposition: near, in, outside, along, 10 km east of, within 5 km of, between (two items) ...
    noun-head:   the mouth of, northern outskirts of, the left bank of, the border between ...
    adjective:   northern, central, rural ...       suffix: area, countryside, border, A-B road ...
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from geoevents.localities.chunks import _Chunks
from geoevents.localities.tree import (
    Compass,
    Fix,
    Group,
    Kind,
    LocalityError,
    Name,
    Relation,
    Tree,
)
from geoevents.localities.words import (
    AROUND,
    ARTICLES,
    BANKS,
    COMPASS,
    CONVERGE,
    DESCRIPTIVE,
    ISLANDS,
    ITS,
    KINDS,
    MEETS,
    MEETS_INTO,
    PAIRS,
    PLURALS,
    PREFIXES,
    SURROUNDING,
    UNREAD,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoevents.localities.heads import Head

MAX_LENGTH = 500
_MAX_DEPTH = 12


def parse(text: str, is_name: Callable[[str], bool] | None = None) -> Tree:
    """
    Read a phrase into a tree.

    Parameters
    ----------
    text : str
        A phrase such as ``"east of the Euphrates River, near Deir Ezzor"``.
    is_name : callable, optional
        Says whether a chunk that holds relation words is, as a whole, a place name.

    Returns
    -------
    Name, Fix, Relation or Group
        The tree; printing it shows the nesting.

    Raises
    ------
    LocalityError
        When the phrase cannot be read; it underlines the part that was not understood.

    Examples
    --------
    >>> print(parse("along the Khabur River between al-Suwar and al-Busayrah"))
    group ","
      along
        name "Khabur River"
      between
        group "and"
          name "al-Suwar"
          name "al-Busayrah"
    >>> print(parse("South Sudan", lambda chunk: chunk == "South Sudan"))
    name "South Sudan"
    """
    if len(text) > MAX_LENGTH:
        raise LocalityError(
            f"a locality is a phrase of at most {MAX_LENGTH} characters and this text has "
            f"{len(text)}; give the words that say where",
            text,
            MAX_LENGTH,
            MAX_LENGTH + 1,
        )
    return _Parser(text, is_name).parse()


class _Parser(_Chunks):
    """Recursive descent; ``i`` is the next token, and a method that fails puts it back."""

    def __init__(self, text: str, is_name: Callable[[str], bool] | None) -> None:
        super().__init__(text, is_name)
        self.depth = 0
        self.items: dict[tuple[int, bool], tuple[Tree, int]] = {}
        self.no_list: dict[bool, int] = {}
        self.antecedent: Tree | None = None

    # -- the whole --

    def parse(self) -> Tree:
        self.commas()
        if self.i == self.count:
            raise LocalityError("the phrase is empty; give a place", self.text, 0, len(self.text))
        tree = self.locality()
        self.commas()
        if self.i < self.count:
            if self.key() in UNREAD:
                raise self.unread(self.i)
            raise self.error("this was not understood", self.i, self.count, tree)
        return tree

    def locality(self) -> Tree:
        parts = [self.constraint()]
        while self.joiner():
            parts.append(self.constraint())
        return self.group("and", parts)

    def constraint(self) -> Tree:
        parts = [self.term()]
        while True:
            before = self.i
            self.commas()
            if self.i == self.count or self.kind() == "close" or self.at_joiner():
                break
            if self.i == before and self.kind() != "open" and not self.at_relation():
                break
            if (head := self.orphan()) is not None:
                last = parts.pop()
                parts += self.about(head, last, last.start, self.tokens[head.end - 1].end)
                continue
            parts.append(self.term())
        return self.group(",", parts)

    def orphan(self) -> Head | None:
        """Read "10 km NE" where what it is about stands before it."""
        here = self.i
        try:
            head = self.head()
        except LocalityError:
            head = None
        if head is None or not head.orphan:
            self.i = here
            return None
        return head

    def term(self) -> Tree:
        if self.kind() == "open":
            return self.bracketed()
        if self.at_relation():
            if name := self.known_name():
                return self.listed(name)
            return self.relation()
        return self.listed(self.item())

    def bracketed(self) -> Tree:
        opened = self.i
        self.deeper(opened, "brackets inside brackets")
        self.i += 1
        self.commas()
        tree = self.locality()
        self.commas()
        if self.kind() != "close":
            raise self.error("this bracket is never closed", opened, opened + 1, tree)
        self.i += 1
        self.depth -= 1
        return tree

    def listed(self, first: Tree, *, plain: bool = False) -> Tree:
        """
        Read the rest of "A, B and C", if that is what stands here; a list ends in "and".

        With ``plain``, "and" is followed by a mere name: in "the outskirts of Raqqa and the border"
        it is not the border that has outskirts.
        """
        after = self.i
        items, final = [first], [first]
        while self.i >= self.no_list.get(plain, 0):
            comma = self.commas()
            joined = self.joiner()
            done = self.i == self.count or self.kind() in ("open", "close", "comma")
            if not (comma or joined) or done or self.at_joiner() or self.at_pronoun():
                break
            if self.ends_list():
                break
            item = self.item()
            if plain and joined and not comma and not isinstance(item, Name | Fix):
                break
            items.append(item)
            if joined:
                after, final = self.i, list(items)
        if len(final) == 1:
            self.no_list[plain] = max(self.i, self.no_list.get(plain, 0))
        self.i = after
        return self.group("and", final)

    def ends_list(self) -> bool:
        return self.at_relation() and not self.at_known_name()

    # -- relations --

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
        start = self.tokens[first].start
        if head.kind in PAIRS:
            of: Tree = self.pair(head)
            return self.made(head, of, start, of.end)
        if head.of is not None:  # "the northern outskirts of"
            inner = self.completed(head.of, head.of.first, tight=tight)
            kind: Kind = "part"
            if head.of.kind == "border" and self.tokens[head.of.first].key in BANKS:
                kind = "direction"
            return self.group(
                "and",
                [
                    Relation(kind, self.said(first, head.end), inner, start, inner.end, compass)
                    for compass in head.compasses
                ],
            )
        if head.kind == "border":
            of = self.border_of(head, tight=tight)
            return self.made(head, of, start, of.end)
        article = self.key() in ARTICLES
        of = self.subject(head, first, tight=tight)
        end = of.end
        if head.kind == "bank" and head.way == "far" and self.take({"from"}):
            return self.across(head, of, start)
        if head.kind == "across":
            if head.link == "across" and self.take({"from"}):
                return self.across(head, of, start)
            if head.link == "across" and isinstance(of, Name | Group) and article:
                head = replace(head, kind="bank", way="far")
            elif head.link == "across":
                head = replace(head, kind="in")
        if head.link == "river":
            return self.along_river(head, of, start)
        return self.group(",", self.about(head, of, start, end))

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

    def about(self, head: Head, of: Tree, start: int, end: int) -> list[Tree]:
        """Make the relation of a head: one, or two that both hold ("within 5 km east of")."""
        if head.kind == "within" and head.compasses:
            both = (replace(head, compasses=()), replace(head, kind="direction", distance=None))
            return [self.made(each, of, start, end) for each in both]
        if head.kind == "in" or (head.kind == "along" and head.link == "on"):
            if not isinstance(of, Name | Fix):
                return [self.inside(head, of, start)]
            if head.link == "on" and (isinstance(of, Fix) or self.on_land(of)):
                return [self.made(replace(head, kind="in"), of, start, end)]
        if head.kind == "along" and isinstance(of, Relation):
            if of.kind in ("road", "along"):
                return [replace(of, start=start)]
            if of.kind == "bank" or (
                of.kind == "part" and not BANKS.isdisjoint(of.words.casefold().split())
            ):
                return [
                    replace(head_of(of, head, self.said(head.first, head.end)), start=start),
                    of,
                ]
        if head.kind == "except" and isinstance(of, Relation) and of.kind == "in":
            of = of.of
        return [self.made(head, of, start, end)]

    def made(self, head: Head, of: Tree, start: int, end: int) -> Tree:
        words = self.said(head.first, head.end)
        compasses: tuple[Compass | None, ...] = head.compasses or (None,)
        if head.kind == "part" and isinstance(of, Relation) and of.kind in ("border", "road"):
            if not BANKS.isdisjoint(words.casefold().split()):
                head = replace(head, kind="direction")
        return self.group(
            "and",
            [
                Relation(
                    *(head.kind, words, of, start, end, compass),
                    distance=head.distance,
                    way=head.way,
                    legs=head.legs,
                    just=head.just and head.kind in ("direction", "stream"),
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

    def on_land(self, of: Name) -> bool:
        """Whether one is in it when one is "on" it."""
        return not ISLANDS.isdisjoint(of.text.casefold().split())

    def across(self, head: Head, river: Tree, start: int) -> Tree:
        of = self.group("and", [river, self.item(tight=True)])
        return self.made(replace(head, kind="across", way=None), of, start, of.end)

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

    # -- pairs --

    def pair(self, head: Head) -> Group:
        """Read the two of "between A and B", "from A to B"."""
        joints = {"to", "until", "till"} if head.link == "from" else {"and", "&", "with", "to"}
        if head.kind == "between" and head.link != "from":
            joints = {"and", "&"}
        one = self.bound(head, joints)
        if not self.take(joints):
            joint = "to" if head.link == "from" else "and"
            raise self.error(
                f"{self.said(head.first, head.end)!r} needs two places, the second after "
                f"{joint!r}, as in {PAIRS[head.kind]!r}"
                if head.link != "from"
                else f"'from' needs two places, as in 'from Raqqa to Hajin'; {joint!r} is missing",
                *(head.first, head.end),
            )
        other = self.bound(head, frozenset())
        return Group("and", (one, other), one.start, other.end)

    def bound(self, head: Head, joints: set[str] | frozenset[str]) -> Tree:
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

    # -- items --

    def item(self, *, tight: bool = False) -> Tree:
        """Read what may stand where a name may, read once for each token."""
        key = (self.i, tight)
        if key not in self.items:
            first = self.i
            self.deeper(first, "relations inside relations")
            tree = self.named(tight=tight)
            self.depth -= 1
            self.items[key] = tree, self.i
        tree, self.i = self.items[key]
        self.antecedent = tree
        return tree

    def named(self, *, tight: bool) -> Tree:
        first = self.i
        self.articles()
        if self.i == self.count or self.kind() in ("comma", "close", "open"):
            at = min(self.i, self.count - 1)
            raise self.error("a place name should stand here", at, at + 1)
        if self.kind() == "fix":
            fix = self.tokens[self.i].value
            self.i += 1
            assert isinstance(fix, Fix)  # noqa: S101 -- the tokeniser made it
            return fix
        if known := self.known_name():
            return known
        if self.at_pronoun() and (self.antecedent is not None or self.key() in ITS):
            return self.of_antecedent(self.antecedent, first)
        here = self.i
        if (head := self.head()) is not None:
            if head.noun and not head.orphan:
                self.i = here
                return self.relation(tight=tight)
            self.i = here + 1
            if self.at_end() and self.is_known(self.tokens[here].key):
                return self.chunk(here, self.i)
            raise self.error(
                f"{self.said(here, head.end)!r} cannot stand here; put a comma before it, or name "
                "a place",
                here,
                head.end,
            )
        if self.at_joiner():
            raise self.error("a place name should stand here", self.i, self.i + 1)
        if self.key() in PLURALS and self.at_names():
            return self.item()
        if self.key() == "where" or self.keys(2) == ("point", "where"):
            return self.where()
        if self.key() in DESCRIPTIVE and self.at_kind_of():
            while self.key() in DESCRIPTIVE:
                self.i += 1
        return self.adjective(tight=tight) or self.name()

    def at_names(self) -> bool:
        """Pass over "villages of" before a list."""
        here = self.i
        self.i += 1
        self.take({"of"})
        self.articles()
        if self.at_end() or self.kind() == "open" or self.at_relation():
            self.i = here
            return False
        return True

    def adjective(self, *, tight: bool) -> Tree | None:
        """Read "northern Syria", "northern and eastern Aleppo", "central Raqqa", "rural Homs"."""
        first = self.i
        kind = PREFIXES.get(self.key())
        compasses: tuple[Compass, ...] = ()
        if kind is not None:
            self.i += 1
        elif self.key().replace("-", "").replace(".", "") not in COMPASS or len(self.key()) > 1:
            compasses = self.compasses()
        end = self.i
        if self.i == first or self.kind() not in ("word", "fix") or self.at_lead():
            self.i = first
            return None
        if self.at_end() or self.key() in ("of", "from", "to", "with"):
            self.i = first
            return None
        if compasses and self.at_kind_of():
            return self.item(tight=tight)  # "the northern city of Aleppo" is all of it
        of = self.item(tight=tight)
        words, start = self.said(first, end), self.tokens[first].start
        if kind is not None:
            return wrapped(kind, words, of, start)
        return self.group(
            "and", [wrapped("part", words, of, start, compass) for compass in compasses]
        )

    def at_kind_of(self) -> bool:
        """Whether "city of" stands here, after what is said of the city."""
        ahead = 0
        while self.key(ahead) in DESCRIPTIVE:
            ahead += 1
        return self.key(ahead) in KINDS and self.key(ahead + 1) == "of"

    def at_pronoun(self) -> bool:
        """Whether what is next is about the place before it: "its countryside", "environs"."""
        here = self.i
        self.articles()
        found = self.key() in ITS or self.key() in SURROUNDING
        if self.key() in AROUND:
            self.i += 1
            found = self.at_end()
        self.i = here
        return found

    def where(self) -> Tree:
        """Read "where the Khabur meets the Euphrates"."""
        first = self.i
        self.i += 1 if self.key() == "where" else 2
        one = self.item(tight=True)
        joined = self.joiner()
        if joined:
            other = self.item(tight=True)
            met = self.take(CONVERGE)
        else:
            met = self.take(MEETS)
            if not met and self.key() in MEETS_INTO and self.key(1) in ("into", "in", "to"):
                self.i += 2
                met = True
            other = self.item(tight=True) if met else one
        if not met:
            raise self.error(
                "'meets', 'joins' or 'flows into' should follow 'where' and a river",
                *(first, max(self.i, first + 1)),
                one,
            )
        end = other.end if not joined else self.tokens[self.i - 1].end
        of = Group("and", (one, other), one.start, other.end)
        start = self.tokens[first].start
        return Relation("confluence", self.said(first, first + 1), of, start, end)

    # -- small --

    def deeper(self, at: int, what: str) -> None:
        self.depth += 1
        if self.depth > 2 * _MAX_DEPTH:
            raise self.error(f"{what}, more than {_MAX_DEPTH} deep", at, at + 1)

    def at_known_name(self) -> bool:
        here = self.i
        self.articles()
        known = self.known_name() is not None
        self.i = here
        return known

    def group(self, joined: Literal[",", "and"], parts: list[Tree]) -> Tree:
        if len(parts) == 1:
            return parts[0]
        return Group(joined, tuple(parts), min(p.start for p in parts), max(p.end for p in parts))


def wrapped(
    kind: Kind, words: str, of: Tree, start: int, compass: Compass | None = None
) -> Relation:
    """
    Put a relation round an item, so that the town is inmost and the direction outmost.

    Parameters
    ----------
    kind : str
        The relation.
    words : str
        Its words.
    of : Tree
        What it is about.
    start : int
        Where the whole begins.
    compass : Compass, optional
        Of a part.

    Returns
    -------
    Relation
        "rural northern Homs" like "northern rural Homs".
    """
    if isinstance(of, Relation) and of.kind == kind and kind != "part":
        return replace(of, start=start)
    if kind == "countryside" and isinstance(of, Relation) and of.kind == "part":
        return replace(of, of=wrapped(kind, words, of.of, of.start), start=start)
    return Relation(kind, words, of, start, of.end, compass)


def head_of(of: Relation, head: Head, words: str) -> Relation:
    """
    Make "along X" of "along the east bank of X".

    Parameters
    ----------
    of : Relation
        The bank.
    head : Head
        The words "along".
    words : str
        As written.

    Returns
    -------
    Relation
        About the same river.
    """
    return Relation("along", words, of.of, of.start, of.end)

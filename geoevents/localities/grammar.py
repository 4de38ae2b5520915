"""
From a phrase to a small parse tree: what is said about which name.

The grammar is recursive descent over tokens that know where they stand in the text, so that every
error can underline what it is about. Names are free text: a name ends where a separator or the
words of a relation begin. Place names contain such words too ("Near East", "South Sudan", "In
Salah"), so before a chunk is split the caller's gazetteer is asked whether the whole of it is one.

::

    locality   = constraint { "and" constraint }
    constraint = term { [","] term }
    term       = "(" locality ")" | relation names | names
    names      = name { "," name } "and" name | name
    relation   = near | in | outside | outskirts | along
               | [distance] compass "of" | compass part "of" | compass-adjective
               | distance "from" | "within" distance "of"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from geoevents.localities.tree import (
    Compass,
    Distance,
    Group,
    Kind,
    LocalityError,
    Name,
    Relation,
    Tree,
)
from geoevents.localities.words import (
    ABOUT,
    AND,
    ARTICLES,
    COMPASS,
    FILLERS,
    LONGEST,
    OF,
    PARTS,
    PLAIN,
    RELATIONS,
    UNITS,
    UNREAD,
    UNREAD_FIRST,
    WHOLE,
    WORD_LENGTH,
    precision,
    tokens,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

MAX_LENGTH = 500
_MAX_DEPTH = 8
_FARTHEST_M = 5e6
_NEGATIVE = re.compile(r"[-\u2212\u2013]\d[\d.,]*(?:km|kms|m|mi|miles?|nmi|yds?|ft)?")


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
    Name, Relation or Group
        The tree; printing it shows the nesting.

    Raises
    ------
    LocalityError
        When the phrase cannot be read; it underlines the part that was not understood.

    Examples
    --------
    >>> print(parse("along the Khabur River"))
    along
      name "Khabur River"
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


class _Parser:
    """Recursive descent; ``i`` is the next token, and a method that fails puts it back."""

    def __init__(self, text: str, is_name: Callable[[str], bool] | None) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.is_name = is_name
        self.i = 0
        self.depth = 0

    # -- rules --

    def parse(self) -> Tree:
        self.commas()
        if self.i == len(self.tokens):
            raise LocalityError("the phrase is empty; give a place", self.text, 0, len(self.text))
        tree = self.locality()
        self.commas()
        if self.i < len(self.tokens):
            raise self.error("this was not understood", self.i, len(self.tokens), tree)
        return tree

    def locality(self) -> Tree:
        parts = [self.constraint()]
        while self.take(AND):
            parts.append(self.constraint())
        return self.group("and", parts)

    def constraint(self) -> Tree:
        parts = [self.term()]
        while True:
            before = self.i
            self.commas()
            if self.i == len(self.tokens) or self.kind() == "close" or self.key() in AND:
                break
            if self.i == before and self.kind() != "open" and not self.at_relation():
                break
            parts.append(self.term())
        return self.group(",", parts)

    def term(self) -> Tree:
        if self.kind() == "open":
            return self.bracketed()
        if self.at_relation() and (name := self.known_name()):
            return self.listed(name)
        return self.relation() or self.listed(self.name())

    def bracketed(self) -> Tree:
        opened = self.i
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.error(
                f"brackets inside brackets, more than {_MAX_DEPTH} deep", opened, opened + 1
            )
        self.i += 1
        self.commas()
        tree = self.locality()
        self.commas()
        if self.kind() != "close":
            raise self.error("this bracket is never closed", opened, opened + 1, tree)
        self.i += 1
        self.depth -= 1
        return tree

    def relation(self) -> Relation | None:
        first = self.i
        head = self.head()
        if head is None:
            return None
        kind, compass, distance = head
        last = self.i
        self.articles()
        if self.i == len(self.tokens) or self.kind() in ("comma", "close") or self.key() in AND:
            words = self.text[self.tokens[first].start : self.tokens[last - 1].end]
            raise self.error(f"no place name follows {words!r}", first, last)
        of: Tree = self.bracketed() if self.kind() == "open" else self.listed(self.name())
        return Relation(
            kind,
            self.text[self.tokens[first].start : self.tokens[last - 1].end],
            of,
            self.tokens[first].start,
            of.end,
            compass,
            distance,
        )

    def head(self) -> tuple[Kind, Compass | None, Distance | None] | None:
        """Read the words of a relation, with the filler before them ("an area just ...")."""
        first = self.i
        found = self.bare_head()
        if found is not None:
            kind, *_ = found
            # "in the area east of X", "at a point 10 km from X", "in northern X": the inner one.
            if kind == "in" and self.i < len(self.tokens) and not self.at_known_name():
                after = self.i
                if (inner := self.head()) is not None:
                    if inner[0] == "direction" and inner[2] is None and self.plain_the(after):
                        return ("part", inner[1], None)
                    return inner
                self.i = after
            return found
        if self.key() in FILLERS:
            self.i += 1
            if self.i < len(self.tokens) and (found := self.head()) is not None:
                return found
        self.i = first
        return None

    def plain_the(self, i: int) -> bool:
        """Whether "in" is followed by "the <compass> of": a part of the place, not beyond it."""
        here, self.i = self.i, i
        plain = self.take({"the"}) and self.compass() is not None
        self.i = here
        return plain

    def bare_head(self) -> tuple[Kind, Compass | None, Distance | None] | None:
        first = self.i
        if self.take({"within"}) and (distance := self.distance()):
            self.take(OF)
            return ("within", None, distance)
        self.i = first
        if distance := self.distance():
            return self.offset(distance, first)
        self.i = first
        if (kind := self.phrase()) is not None:
            return (kind, None, None)
        if (compass := self.compass()) is not None:
            return self.compass_head(compass, first)
        return None

    def offset(self, distance: Distance, first: int) -> tuple[Kind, Compass | None, Distance]:
        """Read what follows a distance: a direction, or just "from"."""
        while self.key() in {"to", "the", "due", "away"}:
            self.i += 1
        if (compass := self.compass()) is not None:
            self.take(OF)
            return ("direction", compass, distance)
        if self.take({"from", "of", "outside"}):
            self.take({"of"})
            return ("distance", None, distance)
        words = self.text[self.tokens[first].start : self.tokens[self.i - 1].end]
        raise self.error(
            f"a direction or 'from' should follow {words!r}, as in '10 km east of Raqqa'",
            min(self.i, len(self.tokens) - 1),
            len(self.tokens),
        )

    def compass_head(self, compass: Compass, first: int) -> tuple[Kind, Compass, None] | None:
        word = self.tokens[first].key
        if self.key() in PARTS and self.key(1) in OF:
            self.i += 2
            return ("part", compass, None)
        if self.take(OF):
            return ("direction", compass, None)
        # "eastern Syria"; an abbreviation on its own ("S Syria") is too easily an initial.
        more = self.i < len(self.tokens) and self.kind() in ("word", "number")
        if more and len(word) >= WORD_LENGTH and not self.phrase_at(self.i):
            return ("part", compass, None)
        self.i = first
        return None

    def listed(self, first: Name) -> Tree:
        """Read the rest of "A, B and C", if that is what stands here; a list ends in "and"."""
        after = self.i
        items, final = [first], [first]
        while True:
            comma = self.commas()
            joined = self.take(AND)
            done = self.i == len(self.tokens) or self.kind() in ("open", "close", "comma")
            if not (comma or joined) or done or self.at_relation() or self.key() in AND:
                break
            items.append(self.name())
            if joined:
                after, final = self.i, list(items)
        self.i = after
        return self.group("and", final)

    # -- names --

    def name(self) -> Name:
        """Read a name: the longest chunk the gazetteer knows, or up to the next relation."""
        self.articles()
        if self.i == len(self.tokens) or self.kind() in ("comma", "close", "open"):
            at = min(self.i, len(self.tokens) - 1)
            raise self.error("a place name should stand here", at, at + 1)
        if known := self.known_name():
            return known
        if self.key() in AND or self.at_relation():
            raise self.error("a place name should stand here", self.i, self.i + 1)
        first = self.i
        self.i += 1
        while self.i < len(self.tokens) and not self.at_stop():
            self.i += 1
        self.read_or_raise(first, self.i)
        return self.chunk(first, self.i)

    def read_or_raise(self, first: int, end: int) -> None:
        """Refuse a chunk with the words of a relation that is not read, if it is no name."""
        keys = [token.key for token in self.tokens[first:end]]
        unread = [
            i for i, key in enumerate(keys) if key in UNREAD or (not i and key in UNREAD_FIRST)
        ]
        if unread and not self.is_known(self.chunk(first, end).text):
            at = first + unread[0]
            raise self.error(
                f"{keys[unread[0]]!r} is not understood yet; say where otherwise, such as 'near' "
                "or 'east of' one place",
                at,
                at + 1,
            )

    def known_name(self) -> Name | None:
        """Read the longest chunk from here that holds relation words and is a known name."""
        first = self.i
        ends = []
        while self.i < len(self.tokens) and self.kind() in ("word", "number"):
            self.i += 1
            if self.i == len(self.tokens) or self.at_stop():
                ends.append(self.i)
        self.i = first
        if len(ends) > 1 or self.at_relation():
            for end in reversed(ends):
                candidate = self.chunk(first, end)
                keys = tuple(token.key for token in self.tokens[first:end])
                if keys in WHOLE or (not PLAIN.issuperset(keys) and self.is_known(candidate.text)):
                    self.i = end
                    return candidate
        return None

    def is_known(self, name: str) -> bool:
        return self.is_name is not None and self.is_name(name)

    def at_known_name(self) -> bool:
        here = self.i
        self.articles()
        known = self.known_name() is not None
        self.i = here
        return known

    def chunk(self, first: int, end: int) -> Name:
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        text = self.text[start:stop]
        lead = len(text) - len(text.lstrip("\"'“”«»`.:!?"))
        text = text.strip("\"'“”«»`.:!?")
        if not any(c.isalnum() for c in text):
            raise self.error("this is not a place name", first, end)
        return Name(text, start + lead, start + lead + len(text))

    def at_stop(self) -> bool:
        """Whether a name must end before the next token."""
        if self.kind() not in ("word", "number") or self.key() in AND:
            return True
        if self.phrase_at(self.i):
            return True
        here = self.i
        stop = bool(self.distance()) or (self.compass() is not None and self.key() in OF)
        self.i = here
        return stop

    def at_relation(self) -> bool:
        """Whether the words of a relation stand here, filler and all."""
        here = self.i
        try:
            return self.head() is not None
        except LocalityError:
            return True
        finally:
            self.i = here

    # -- words --

    def phrase_at(self, i: int) -> int:
        """How many tokens the relation that starts here has; 0 for none."""
        keys = [token.key for token in self.tokens[i : i + LONGEST]]
        for length in range(len(keys), 0, -1):
            if tuple(keys[:length]) in RELATIONS:
                return length
        return 0

    def phrase(self) -> Kind | None:
        length = self.phrase_at(self.i)
        if not length:
            return None
        keys = tuple(token.key for token in self.tokens[self.i : self.i + length])
        self.i += length
        return RELATIONS[keys]

    def compass(self) -> Compass | None:
        """Read "NE", "north-east", "north east" or "northeastern"."""
        for length in (3, 2, 1):
            chunk = self.tokens[self.i : self.i + length]
            if len(chunk) == length and all(token.kind == "word" for token in chunk):
                form = "".join(token.key for token in chunk).replace("-", "").replace(".", "")
                if form in COMPASS:
                    self.i += length
                    return COMPASS[form]
        return None

    def distance(self) -> Distance | None:
        """Read "some 40 kilometres (25 miles)"; what is in brackets repeats the figure."""
        first = self.i
        while self.key() in ABOUT:
            self.i += 1
        distance = self.quantity()
        if distance is None:
            self.i = first
            return None
        here = self.i
        if self.kind() == "open":
            self.i += 1
            if self.quantity() and self.kind() == "close":
                self.i += 1
            else:
                self.i = here
        return distance

    def quantity(self) -> Distance | None:
        if self.kind() != "number":
            if _NEGATIVE.fullmatch(self.key()) and (
                self.key()[-1].isalpha() or self.key(1) in UNITS
            ):
                raise self.error("a distance is a number above 0", self.i, self.i + 1)
            return None
        token = self.tokens[self.i]
        unit, length = UNITS.get(self.key(1)), 2
        if self.key(1) == "nautical" and self.key(2) in ("mile", "miles"):
            unit, length = 1852.0, 3
        if unit is None:
            return None
        self.i += length
        words = self.text[token.start : self.tokens[self.i - 1].end]
        figure = token.key.replace(",", "")
        if not 0 < float(figure) * unit <= _FARTHEST_M:
            raise self.error(
                f"{words!r} is no distance from a place: give one above 0 and up to "
                f"{_FARTHEST_M / 1000:,.0f} km",
                self.i - length,
                self.i,
            )
        return Distance(float(figure) * unit, precision(figure) * unit, words)

    # -- small --

    def key(self, ahead: int = 0) -> str:
        i = self.i + ahead
        return self.tokens[i].key if i < len(self.tokens) else ""

    def kind(self) -> str:
        return self.tokens[self.i].kind if self.i < len(self.tokens) else "end"

    def take(self, words: AbstractSet[str]) -> bool:
        if self.key() in words:
            self.i += 1
            return True
        return False

    def articles(self) -> None:
        """Skip "the"; an "a" with no word after it is a name."""
        while self.key() in ARTICLES and (self.key() != "a" or self.key(1)[:1].isalnum()):
            self.i += 1

    def commas(self) -> bool:
        first = self.i
        while self.kind() == "comma":
            self.i += 1
        return self.i > first

    def group(self, joined: Literal[",", "and"], parts: list[Tree] | list[Name]) -> Tree:
        if len(parts) == 1:
            return parts[0]
        return Group(joined, tuple(parts), parts[0].start, parts[-1].end)

    def error(self, message: str, first: int, end: int, tree: Tree | None = None) -> LocalityError:
        if tree is not None:
            message += f" (read so far: {self.text[tree.start : tree.end]!r})"
        start = self.tokens[first].start
        return LocalityError(message, self.text, start, max(self.tokens[end - 1].end, start + 1))

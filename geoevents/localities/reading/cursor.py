"""Where a reader stands in a phrase: the next words, and the small things that it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.localities.reading.tokens import tokens
from geoevents.localities.reading.words import (
    AND,
    AND_PHRASES,
    ARTICLES,
    COMPASS,
    LONGEST,
    LONGEST_COMPASS,
    OF,
    PREPOSITIONS,
)
from geoevents.localities.tree import Compass, LocalityError

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from geoevents.localities.reading.tokens import Token
    from geoevents.localities.reading.words import Said
    from geoevents.localities.tree import Tree

_AHEAD = 8  # how far anything looks ahead, at most
_COMPASS_LETTERS = frozenset("nsew")


class _Cursor:
    """A phrase in tokens; ``i`` is the next one, and a method that finds nothing leaves it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = tokens(text)
        self.count = len(self.tokens)
        self.i = 0
        self._words = (*(token.key for token in self.tokens), *[""] * _AHEAD)
        self._compasses: dict[int, tuple[Compass, int] | None] = {}
        self._prepositions: dict[int, tuple[int, Said] | None] = {}

    # -- the next words --

    def key(self, ahead: int = 0) -> str:
        return self._words[self.i + ahead]

    def keys(self, count: int) -> tuple[str, ...]:
        return self._words[self.i : self.i + count]

    def kind(self) -> str:
        return self.tokens[self.i].kind if self.i < self.count else "end"

    def kind_at(self, i: int) -> str:
        return self.tokens[i].kind if i < self.count else "end"

    def take(self, words: AbstractSet[str]) -> bool:
        if self.key() in words:
            self.i += 1
            return True
        return False

    def longest(self, table: dict[tuple[str, ...], Said], most: dict[str, int]) -> int:
        """How many of the next tokens are in a table; 0 for none."""
        length = most.get(self.key(), 0)
        while length and self.keys(length) not in table:
            length -= 1
        return length

    def preposition_at(self, i: int) -> tuple[int, Said] | None:
        """How many tokens the preposition that starts here has, and what it says."""
        if i not in self._prepositions:
            here, self.i = self.i, i
            length = self.longest(PREPOSITIONS, LONGEST)
            self._prepositions[i] = (length, PREPOSITIONS[self.keys(length)]) if length else None
            self.i = here
        return self._prepositions[i]

    # -- what is passed over --

    def articles(self) -> None:
        """Skip "the"; an "a" with nothing after it that could be a name is one itself."""
        while self.key() in ARTICLES and (self.key() == "the" or not self.letter()):
            self.i += 1

    def letter(self) -> bool:
        """Whether an "A" stands here as a name: "between A and B", "A near B"."""
        here = self.i
        self.i += 1
        key = self.key()
        found = (
            self.at_end()
            or self.kind() != "word"
            or self.preposition_at(self.i) is not None
            or key in OF
            or key in ("to", "with")
        )
        self.i = here
        return found and self.kind_at(here + 1) != "distance"

    def commas(self) -> bool:
        first = self.i
        while self.kind() == "comma":
            self.i += 1
        return self.i > first

    def joiner(self) -> bool:
        """Read "and", "or", "as well as"; "and not" is none."""
        key = self.key()
        if key in AND and self.key(1) != "not":
            self.i += 1
            return True
        for words in AND_PHRASES.get(key, ()):
            if self.keys(len(words)) == words:
                self.i += len(words)
                return True
        return False

    def at_joiner(self) -> bool:
        here = self.i
        found = self.joiner()
        self.i = here
        return found

    def at_end(self) -> bool:
        """Whether nothing follows that a relation could be about."""
        return self.kind() in ("end", "comma", "close") or self.at_joiner()

    # -- compass --

    def compass(self) -> Compass | None:
        """Read "NE", "north-east", "north east", "northeastern" or "NE by N"."""
        if self.key()[:1] not in _COMPASS_LETTERS:
            return None
        if self.i not in self._compasses:
            self._compasses[self.i] = self._find_compass()
        found = self._compasses[self.i]
        if found is None:
            return None
        compass, self.i = found
        return compass

    def _find_compass(self) -> tuple[Compass, int] | None:
        for length in range(min(LONGEST_COMPASS, self.count - self.i), 0, -1):
            form = "".join(self.keys(length)).replace("-", "").replace(".", "")
            if form in COMPASS and all(
                token.kind == "word" for token in self.tokens[self.i : self.i + length]
            ):
                return COMPASS[form], self.i + length
        return None

    def compasses(self) -> tuple[Compass, ...]:
        """Read "north", "northern and eastern", "north, east and south"."""
        found: list[Compass] = []
        end = self.i
        while (compass := self.compass()) is not None:
            found.append(compass)
            end = self.i
            if not self.separator():
                break
        self.i = end
        return tuple(found)

    def separator(self) -> bool:
        """Read a comma, "and", or both."""
        comma = self.commas()
        return self.take(AND) or comma

    # -- what is said of them --

    def said(self, first: int, end: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[max(first, end - 1)].end]

    def span(self, first: int, end: int) -> tuple[int, int]:
        return self.tokens[first].start, self.tokens[end - 1].end

    def error(self, message: str, first: int, end: int, tree: Tree | None = None) -> LocalityError:
        if tree is not None:
            message += f" (read so far: {self.text[tree.start : tree.end]!r})"
        start = self.tokens[first].start
        return LocalityError(message, self.text, start, max(self.tokens[end - 1].end, start + 1))

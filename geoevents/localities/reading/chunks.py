"""The words of a name: where it begins and ends, and when the gazetteer is asked about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.localities.reading.heads import _Heads
from geoevents.localities.reading.words import (
    ARTICLES,
    COMMON_NOUNS,
    COMPASS,
    KINDS,
    MEETS,
    MEETS_INTO,
    NEVER_NAMES,
    NOUNS,
    OF_WHAT,
    PAIRS,
    PARTS,
    PLAIN,
    PREPOSITIONS,
    STRETCHES,
    UNITS,
    UNREAD,
    UNREAD_FIRST,
    VALLEYS,
    WHOLE,
)
from geoevents.localities.tree import LocalityError, Name

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_WORDS = 12  # of a name that holds the words of a relation
_ABBREVIATION = 3  # letters: "ENE" and "Est" may be names
MARKS = "\"'“”‘’«»„`.:!?"


class _Chunks(_Heads):
    """Finds names; those that hold the words of relations only the gazetteer knows."""

    def __init__(self, text: str, is_name: Callable[[str], bool] | None) -> None:
        super().__init__(text)
        self.is_name = is_name
        self._asked: dict[str, bool] = {}
        self._known: dict[int, tuple[Name, int] | None] = {}
        self._stops: dict[int, bool] = {}
        self._verbs = self._verbs_after_where()

    # -- known names --

    def known_name(self) -> Name | None:
        """Read the longest chunk from here that holds relation words and is a known name."""
        first = self.i
        if first not in self._known:
            found = self._find_known() if self.is_name or self._whole() else None
            self._known[first] = (found, self.i) if found else None
            self.i = first
        kept = self._known[first]
        if kept is None:
            return None
        self.i = kept[1]
        return kept[0]

    def at_known_name(self) -> bool:
        here = self.i
        self.articles()
        known = self.known_name() is not None
        self.i = here
        return known

    def _whole(self) -> bool:
        return self.keys(2) in WHOLE

    def _find_known(self) -> Name | None:
        first = self.i
        ends = []
        while self.kind() in ("word", "distance") and self.i - first < _MOST_WORDS:
            self.i += 1
            if self.i == self.count or self.at_stop():
                ends.append(self.i)
        self.i = first
        begins = bool(ends) and self._begins_like_relation()
        if len(ends) > 1 or begins:
            for end in reversed(ends if begins else ends[1:]):
                if self._may_be_name(first, end) and self.is_known(self._text(first, end)):
                    self.i = end
                    return self.chunk(first, end)
                if self._words[first:end] in WHOLE:
                    self.i = end
                    return self.chunk(first, end)
        return None

    def _may_be_name(self, first: int, end: int) -> bool:
        """
        Whether a chunk is not mere words that say where: On and North East are places too.

        "Central Region" and "South Bank" may be names, "the south bank" is one bank of something.
        """
        keys = [key.replace("-", "").replace(".", "") for key in self._words[first:end]]
        if not PLAIN.issuperset(keys):
            return True
        if self._words[end] in ("between", "from") and self._words[first:end] in PREPOSITIONS:
            return False  # "half way between", though there is a Half Way
        if len(keys) == 1 or frozenset(COMPASS).issuperset(keys):
            return False
        article = first > 0 and self._words[first - 1] in ARTICLES
        return not article or keys[-1] in KINDS - {"area"}

    def _begins_like_relation(self) -> bool:
        if self.key() in PLAIN:
            return True
        here = self.i
        try:
            return self.head() is not None
        except LocalityError:
            return True
        finally:
            self.i = here

    def at_known_chunk(self) -> bool:
        """Whether all words up to where a name must end are a known name."""
        first = self.i
        if self.is_name is None or self.kind() != "word":
            return False
        self.i += 1
        while not self.at_stop():
            self.i += 1
        end, self.i = self.i, first
        return self.is_known(self._text(first, end))

    def is_known(self, name: str) -> bool:
        if self.is_name is None:
            return False
        if name not in self._asked:
            self._asked[name] = self.is_name(name)
        return self._asked[name]

    def _text(self, first: int, end: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[end - 1].end].strip(MARKS)

    # -- other names --

    def at_stop(self) -> bool:
        """Whether a name must end before the next token."""
        if self.i not in self._stops:
            self._stops[self.i] = self._stops_here()
        return self._stops[self.i]

    def _stops_here(self) -> bool:
        if self.kind() != "word" or self.at_joiner() or self.i in self._verbs:
            return True
        if self.key() in ("to", "with", "where") or self.key() in UNREAD or self.at_lead():
            return True
        return self.key(1) == "to" and self.key() in ("down", "up", "through")

    def _verbs_after_where(self) -> frozenset[int]:
        """Find the verb of "where A meets B": it ends the name before it."""
        found = set()
        waiting = False
        for i, token in enumerate(self.tokens):
            if token.key == "where":
                waiting = True
            elif waiting and token.key in MEETS | MEETS_INTO:
                found.add(i)
                waiting = False
        return frozenset(found)

    def chunk(self, first: int, end: int) -> Name:
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        text = self.text[start:stop]
        lead = len(text) - len(text.lstrip(MARKS))
        text = text.strip(MARKS)
        if not any(c.isalnum() for c in text):
            raise self.error("this is not a place name", first, end)
        return Name(text, start + lead, start + lead + len(text))

    def unread(self, at: int) -> LocalityError:
        """Say that a word is not understood, and what would be."""
        return self.error(
            f"{self.tokens[at].key!r} is not understood; say where otherwise, such as 'near' or "
            "'east of' a place",
            at,
            at + 1,
        )

    def plain(self, first: int, end: int) -> Name:
        """Make a name of a chunk, if nothing in it is left unread."""
        name = self.chunk(first, end)
        known = self.is_known(name.text)
        words = self._words[first:end]
        if words[0] in UNREAD | UNREAD_FIRST and not known:
            raise self.unread(first)
        the = first > 0 and self._words[first - 1] == "the"
        if self._says_nothing(first, end) and (the or not known):
            if self.key() in UNREAD:
                raise self.unread(self.i)  # "somewhere beyond Palmyra"
            if any(NOUNS.get((word,), ("", None))[0] == "road" for word in words):
                raise self._nowhere(first, end)
            raise self.error(f"{name.text!r} names no place; say which", first, end)
        if end == first + 1 and self._is_common(words[0], first):
            raise self.error(f"{name.text!r} names no place; say which", first, end)
        if end == first + 1 and words[0] in COMPASS and len(words[0]) > _ABBREVIATION:
            # There are places called so (a province of Cameroon is East); a reader means no such.
            raise self.error(f"{name.text!r} of what? A place should follow", first, end)
        if not known:
            self._refuse_misplaced(first, end)
        return name

    def _is_common(self, word: str, at: int) -> bool:
        """Whether one word is a common noun here, though a village somewhere is called so."""
        before = self._words[at - 1] if at else ""
        if word in PARTS:
            return before in COMPASS or before == "central"
        return word in NEVER_NAMES or (word in COMMON_NOUNS and before == "the")

    def _refuse_misplaced(self, first: int, end: int) -> None:
        """Refuse a name that no gazetteer has with words in it that no name has there."""
        words = self._words[first:end]
        if words[0] in UNITS and len(words[0]) > 1:
            raise self.error(f"a figure should stand before {words[0]!r}", first, first + 1)
        if words[-1] in ("of", "the"):
            raise self.error(f"a place name should follow {words[-1]!r}", end - 1, end)
        if words[-3:] == ("of", "the", "way"):
            raise self.error(
                "of the way between two places only the middle is read: write 'halfway between', "
                "or a distance such as '10 km from' one of them",
                first,
                end,
            )
        if words[0] in STRETCHES:
            self._refuse_stretch(first, end)
        if len(words) > 1 and words[0] in OF_WHAT:
            raise self.error(f"'of' should follow {words[0]!r}", first, first + 1)
        for i in range(1, len(words)):
            if words[i] == "the" and words[i - 1] not in ("of", "in"):
                raise self.error(
                    "'the' does not stand in the middle of a name; a comma, 'and' or a word that "
                    "says where is missing before it",
                    first + i,
                    end,
                    Name(*self._before(first, first + i)),
                )

    def _refuse_stretch(self, first: int, end: int) -> None:
        """Refuse "the lower Khabur", "lower Euphrates valley", where the rest is a known name."""
        last = end
        while last > first + 1 and self._words[last - 1] in VALLEYS:
            last -= 1
        the = first > 0 and self._words[first - 1] == "the"
        if last == first + 1 or not (the or last < end):
            return  # "Lower Juba" may be a province, written otherwise than the gazetteer has it
        name = self._text(first + 1, last)
        if self.is_known(name):
            raise self.error(
                f"where the {self._words[first]} {name} begins and ends is not known; name two "
                f"places on it, as in 'along the {name} between A and B'",
                first,
                end,
            )

    def _before(self, first: int, end: int) -> tuple[str, int, int]:
        start, stop = self.span(first, end)
        return self.text[start:stop], start, stop

    def _says_nothing(self, first: int, end: int) -> bool:
        """Whether a chunk is nothing but words that say where; one letter may be a name."""
        keys = [key.replace("-", "").replace(".", "") for key in self._words[first:end]]
        return PLAIN.issuperset(keys) and any(len(key) > 1 for key in keys)

    def _nowhere(self, first: int, end: int) -> LocalityError:
        return self.error(
            f"where this road runs is not known; give both its ends, as in {PAIRS['road']!r}",
            *(first, end),
        )

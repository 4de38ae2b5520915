"""What the last words of a name say: "X countryside", "X's east", "the A-B border"."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from functools import lru_cache

from geoevents.localities.reading.chunks import MARKS, _Chunks
from geoevents.localities.reading.heads import Head
from geoevents.localities.reading.shores import ashore
from geoevents.localities.reading.tokens import CURLY
from geoevents.localities.reading.words import (
    ADJECTIVES,
    ARTICLES,
    BANKS,
    COMPASS,
    DESCRIPTIVE,
    DISTRICTS,
    ITS,
    KINDS,
    LINKS,
    LONGEST_SUFFIX,
    PAIRS,
    PARTS,
    SHARED_KINDS,
    SIDES,
    SUFFIXES,
    SURROUNDING,
    UNREAD,
    UNREAD_FIRST,
)
from geoevents.localities.tree import Compass, Group, Kind, Name, Relation, Tree, Way
from geoevents.places.demonyms import countries_of

_MOST_PROPER = 4  # words of a name that has more after it: "South Sudanese city of"
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$", re.IGNORECASE)
_QUOTES = '"“”«».:!?'
_PAIRING = frozenset("/-–—")
_JOINTS = re.compile(r"\s*/\s*|\s+[-–—]\s*|\s*[-–—]\s+|[–—]|-|\s+to\s+|\s+and\s+", re.IGNORECASE)
# Parts of a name that hyphens hold: Deir ez-Zor, Stratford-upon-Avon, Port-au-Prince.
_HELD = frozenset(
    (
        *("al", "el", "ul", "il", "as", "es", "is", "ash", "esh", "ad", "ed", "adh", "ar", "er"),
        *("ur", "at", "et", "ath", "an", "en", "az", "ez", "ach", "le", "la", "les", "de", "du"),
        *("des", "da", "do", "di", "sur", "sous", "aux", "au", "e", "y", "i", "o", "on", "upon"),
        *("in", "am", "der", "the", "of", "lez", "st", "saint", "sainte", "bir", "tel", "tell"),
    )
)


@dataclass(frozen=True, slots=True)
class _Peeled:
    """What was taken off the end of a chunk: a kind, its words and which bank."""

    kind: Kind
    first: int
    end: int
    way: Way | None = None
    compasses: tuple[Compass, ...] = ()


class _Endings(_Chunks, ABC):
    """Reads names with what stands at their end."""

    def name(self) -> Tree:
        """Read a name up to the next relation, and what its last words say."""
        first = self.i
        if self.key() in UNREAD or (self.key() in UNREAD_FIRST and self.i + 1 < self.count):
            raise self.unread(first)
        if self.at_stop() or self.key() == "of":
            raise self.error("a place name should stand here", first, first + 1)
        self.i += 1
        while self.i < self.count and not self.at_stop():
            self.i += 1
        end = self.i
        if (pair := self._pair_ahead(first, end)) is not None:
            return pair
        self.i = end
        return self.described(first, end)

    def described(self, first: int, end: int) -> Tree:
        """Read a chunk: a known name, "X countryside", "X's east", "the A-B border", or a name."""
        name = self.chunk(first, end)
        if end - first > 1 and self.is_known(name.text):
            return name
        if (owner := self._owner(first, end)) is not None:
            return owner
        if (side := self._side_of_border(first, end)) is not None:
            return side
        if (peeled := self._peel(first, end)) is not None and peeled.first > first:
            return self._with_suffix(peeled, first, end)
        if (district := self._district_of(first, end)) is not None:
            return district
        return self.plain(first, end)

    def at_compound(self, first: int) -> bool:
        """Whether a name begins at a compass word: "South Sudan-Uganda", "South African"."""
        for end in range(first + 2, min(first + _MOST_PROPER, self.count) + 1):
            if self.tokens[end - 1].kind != "word":
                break
            text = _POSSESSIVE.sub("", self._text(first, end).translate(CURLY))
            cuts = {text, *(text[: match.start()] for match in _JOINTS.finditer(text))}
            cuts = {cut for cut in cuts if " " in cut}
            known = self._may_be_name(first, end) and any(map(self.is_known, cuts))
            if known or (end == first + 2 and any(map(_is_nation, cuts))):
                return True
        return False

    def _owner(self, first: int, end: int) -> Tree | None:
        """Read "Syria's north-east", "Aleppo's eastern countryside", "Iraq's Anbar province"."""
        for i in range(first, end - 1):
            token = self.tokens[i]
            written = self.text[token.start : token.end].translate(CURLY).rstrip(_QUOTES)
            match = _POSSESSIVE.search(written)
            if match is None:
                continue
            start = self.tokens[first].start
            stop = token.start + match.start()
            start += len(self.text[start:stop]) - len(self.text[start:stop].lstrip(MARKS))
            owner = Name(self.text[start:stop], start, stop)
            if not any(c.isalnum() for c in owner.text):
                continue
            if (peeled := self._peel(i + 1, end)) is not None and peeled.first == i + 1:
                return self._suffixed(peeled, owner, end)
            here = self.i
            self.i = i + 1
            compasses = self.compasses()
            bare, self.i = self.i == end, here
            if compasses and bare:
                return self._parts(compasses, owner, self.said(i + 1, end), owner.start, end)
            if self.is_known(owner.text):
                inside = Relation("in", "'s", owner, owner.start, token.end)
                stop = self.tokens[end - 1].end
                return Group(",", (self.described(i + 1, end), inside), start, stop)
        return None

    def _district_of(self, first: int, end: int) -> Tree | None:
        """Read "the Karada district of Baghdad", "the Syrian city of Raqqa"."""
        for i in range(first + 1, min(end - 2, first + _MOST_PROPER + 1)):
            plural = self.tokens[i].key in SHARED_KINDS
            if self.tokens[i + 1].key != "of" or not (plural or self.tokens[i].key in KINDS):
                continue
            rest = i + 2
            while rest < end - 1 and self.tokens[rest].key in ARTICLES:
                rest += 1
            if all(key in COMPASS or key in DESCRIPTIVE for key in self._words[first:i]):
                return self.described(i, end)  # "Syria's eastern province of Deir ez-Zor"
            left = self.chunk(first, i)
            start, stop = self.tokens[first].start, self.tokens[end - 1].end
            district = self.tokens[i].key in DISTRICTS
            if plural and not _is_nation(left.text):
                continue
            if _is_nation(left.text) or (not district and self.is_known(left.text)):
                # last, as in "the city of Raqqa, in Syria": what comes later narrows
                inside = Relation("in", left.text, left, left.start, left.end)
                return Group(",", (self.described(i, end), inside), start, stop)
            if district:
                parts = (self.described(first, i + 1), self.described(rest, end))
                return Group(",", parts, start, stop)
        return None

    def _side_of_border(self, first: int, end: int) -> Tree | None:
        """Read "the Syrian side of the Turkish border": near the border, in Syria."""
        words = self._words[first:end]
        if "side" not in words[1:-2] or words[-1] not in ("border", "frontier"):
            return None
        side = first + words.index("side", 1)
        rest = side + 2
        while self._words[rest] in ARTICLES:
            rest += 1
        country = self.chunk(first, side)
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        if rest == end - 1:  # "the Syrian side of the border": of the border of Syria
            border = self._suffixed(_Peeled("border", rest, end), country, end)
        else:
            border = self.described(rest, end)
        stop = max(stop, border.end)
        near = Relation("near", self.said(side, rest), border, start, stop)
        return Group(",", (near, Relation("in", country.text, country, start, stop)), start, stop)

    def of_antecedent(self, about: Tree | None, first: int) -> Tree:
        """Read "its eastern countryside", "surrounding villages", "environs" after a place."""
        if about is None:
            raise self.error(f"{self.key()!r} stands for no place here", self.i, self.i + 1)
        surrounding = False
        while self.key() in ITS | SURROUNDING:
            surrounding = surrounding or self.key() in SURROUNDING
            self.i += 1
        start = self.i
        self.compasses()
        while self.kind() == "word" and not self.at_joiner() and not self.at_lead():
            self.i += 1
        end = self.i
        peeled = self._peel(start, end) if end > start else None
        if peeled is not None and peeled.first == start and peeled.kind not in PAIRS:
            self.i = self.count + 1  # "with" is not looked for
            tree = self._suffixed(peeled, about, end)
            self.i = end
            return replace(tree, start=self.tokens[first].start, end=self.tokens[end - 1].end)
        if surrounding and end > start:
            words = self.said(first, end)
            return Relation("area", words, about, *self.span(first, end))
        raise self.error(
            f"{self.said(first, max(end, first + 1))!r} says nothing that is understood; name it",
            *(first, max(end, first + 1)),
        )

    # -- endings --

    def _peel(self, first: int, end: int) -> _Peeled | None:
        """Find the words at the end of a chunk that say what of it is meant."""
        kind: Kind | None = None
        at = end
        for length in range(min(LONGEST_SUFFIX, end - first), 0, -1):
            keys = tuple(token.key for token in self.tokens[end - length : end])
            if keys in SUFFIXES:
                kind, at = SUFFIXES[keys].kind, end - length
                break
        last = self.tokens[end - 1].key
        way = SIDES.get(self.tokens[end - 2].key) if end - 2 >= first and last in BANKS else None
        if way is not None:
            return _Peeled("bank", end - 2, end, way)
        if kind is None and last not in PARTS:
            return None
        at = at if kind else end - 1
        before = at
        while before > first and self.tokens[before - 1].key in ADJECTIVES:
            before -= 1
        compasses: tuple[Compass, ...] = ()
        here = self.i
        for start in range(max(first, before - 5), before):
            self.i = start
            compasses = self.compasses()
            if compasses and self.i == before:
                before = start
                break
            compasses = ()
        self.i = here
        if kind is None and compasses:
            return _Peeled("part", before, end, None, compasses)
        if kind is None:
            return None
        return _Peeled(kind, before, end, None, compasses)

    def _with_suffix(self, peeled: _Peeled, first: int, end: int) -> Tree:
        after = self.key()
        if peeled.kind == "road" and (after in ("between", "from") or after in LINKS):
            return self._road(first, end)
        if peeled.kind in PAIRS or peeled.kind == "border":
            pair = self._pair(first, peeled.first)
            if pair is not None:
                return self._suffixed(peeled, pair, end)
        if peeled.kind == "road":
            raise self._nowhere(first, end)
        return self._suffixed(peeled, self.described(first, peeled.first), end)

    def _suffixed(self, peeled: _Peeled, of: Tree, end: int) -> Tree:
        """Put what was taken off the end round the rest."""
        if peeled.kind == "road" and not isinstance(of, Group):
            raise self._nowhere(peeled.first, end)
        words, stop = self.said(peeled.first, end), self.tokens[end - 1].end
        if peeled.kind in ("border", "confluence") and not isinstance(of, Group):
            if self.i == end and self.take({"with"}):
                other = self.item(tight=True)
                of = Group("and", (of, other), of.start, other.end)
                stop = other.end
            elif peeled.kind == "confluence":
                raise self.error(
                    f"name both rivers, as in {PAIRS['confluence']!r}", peeled.first, end
                )
        if peeled.kind == "part":
            return self._parts(peeled.compasses, of, words, of.start, end)
        if isinstance(of, Relation) and of.kind == "part" and peeled.kind == "countryside":
            inner = Relation(peeled.kind, words, of.of, of.of.start, stop)
            return Relation("part", of.words, inner, of.start, stop, of.compass)
        way = peeled.way if peeled.kind == "bank" else None
        inner = Relation(peeled.kind, words, of, of.start, stop, way=way)
        if not peeled.compasses:
            return inner
        return self._parts(peeled.compasses, inner, words, of.start, end)

    def _parts(
        self, compasses: tuple[Compass, ...], of: Tree, words: str, start: int, end: int
    ) -> Tree:
        of = ashore(of, words)
        stop = max(of.end, self.tokens[end - 1].end)
        parts = tuple(Relation("part", words, of, start, stop, compass) for compass in compasses)
        return parts[0] if len(parts) == 1 else Group("and", parts, start, stop)

    # -- pairs --

    def _pair(self, first: int, end: int) -> Group | None:
        """Split "Syria-Iraq", "Deir ez-Zor - Raqqa", "Syrian/Iraqi" into its two names."""
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        text = self.text[start:stop]
        if self.is_known(text.strip(MARKS)):
            return None
        splits = []
        for match in _JOINTS.finditer(text):
            left, right = text[: match.start()], text[match.end() :]
            if match.group() == "-" and (_held(left, -1) or _held(right, 0)):
                continue
            if any(c.isalnum() for c in left) and any(c.isalnum() for c in right):
                splits.append((left, right, match))
        known = [s for s in splits if self.is_known(s[0].strip(MARKS)) and self.is_known(s[1])]
        sure = [s for s in splits if s[2].group() != "-"]
        for chosen in (known, sure, splits):
            if len(chosen) == 1:
                left, right, match = chosen[0]
                one = Name(left, start, start + len(left))
                other = Name(right, start + match.end(), stop)
                return Group("and", (one, other), start, stop)
        if splits:
            raise self.error(
                "which two places are meant is not plain; write 'between ... and ...'", first, end
            )
        return None

    def _pair_ahead(self, first: int, end: int) -> Tree | None:
        """Read on where a pair is apart: "Syria / Iraq border", "the Raqqa to Hajin road"."""
        joint = self.tokens[end] if end < self.count else None
        if joint is None or (joint.kind != "comma" and joint.key not in ("to", "and", "&")):
            return None
        if joint.kind == "comma" and joint.key not in _PAIRING:
            return None
        if self._words[end + 1] in ARTICLES:
            return None  # "the Litani and the Israeli border"
        here = self.i
        self.i = end + 1
        while not self.at_stop():
            self.i += 1
        last = self.i
        kinds: set[Kind] = {"road", "border", "confluence"}
        if joint.key == "to":
            kinds = {"road"}
        elif joint.kind == "word":
            the = first > 0 and self.tokens[first - 1].key == "the"
            kinds = {"border", "confluence"} if the else set()
        peeled = self._peel(end + 1, last) if last > end + 1 else None
        if peeled is None or peeled.kind not in kinds or peeled.first <= end + 1:
            self.i = here
            return None
        one, other = self.chunk(first, end), self.chunk(end + 1, peeled.first)
        return self._suffixed(peeled, Group("and", (one, other), one.start, other.end), last)

    def _road(self, first: int, end: int) -> Tree:
        """Read "M5 highway between A and B": the name of the road says nothing we know."""
        head = Head("road", first, end + 1, noun=True, link=self.key())
        self.i = end + 1
        of = self.pair(head)
        start = self.tokens[first].start
        return Relation("road", self.said(first, end + 1), of, start, of.end)

    # -- what the grammar adds --

    @abstractmethod
    def item(self, *, tight: bool = False) -> Tree:
        """Read what may stand where a name may."""

    @abstractmethod
    def pair(self, head: Head) -> Group:
        """Read the two of "between A and B", "from A to B"."""


@lru_cache(maxsize=4096)
def _is_nation(text: str) -> bool:
    return bool(countries_of(text))


def _held(text: str, at: int) -> bool:
    """Whether a hyphen beside this end of a text belongs to a name: "ez-Zor", "upon-Avon"."""
    word = re.split(r"[\s-]", text)[at].casefold()
    if at == 0 and word in ("al", "el"):
        return False
    return word in _HELD and (len(word) > 1 or word != text.casefold())

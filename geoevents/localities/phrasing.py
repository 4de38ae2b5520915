"""A sentence in signs, what is known of its places, and the phrases that its signs make."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geoevents.localities.patterns import FRONT, SKIPPED
from geoevents.localities.reading.grammar import parse
from geoevents.localities.reading.words import SHARED_KINDS
from geoevents.localities.signs import PLACE, read_signs
from geoevents.localities.tree import LocalityError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.places.toponyms import Toponym
    from geoevents.prose import Sentence


@dataclass(frozen=True, slots=True)
class Phrase:
    """
    A phrase of a text that says where.

    Attributes
    ----------
    start, end : int
        Where it stands in the text of the document.
    text : str
        What `geoevents.locate` is given: its words, parted by single spaces, without epithets
        ("war-torn") that say nothing of where.
    toponyms : tuple of int
        The places in it, as numbers in the document's list.
    parts : tuple of Phrase
        Of a mere list ("near Homs and Hama") its members, each a phrase of its own ("near Homs",
        "near Hama"); empty where it is none.
    """

    start: int
    end: int
    text: str
    toponyms: tuple[int, ...]
    parts: tuple[Phrase, ...] = ()

    def whole(self) -> Phrase:
        """
        Give the place without how much of it: "Homs" of "most of Homs".

        Returns
        -------
        Phrase
            This one, where it does not begin with how much.
        """
        match = _HOW_MUCH.match(self.text)
        if match is None:
            return self
        text = f"in {self.text[match.end() :]}"
        return replace(self, text=text, parts=())


class Signed:
    """
    A sentence in signs.

    Parameters
    ----------
    text : str
        The text of the document.
    sentence : Sentence
        The sentence.
    toponyms : sequence of Toponym
        Those of the document.
    here : sequence of int
        Which of them stand in the sentence.
    """

    def __init__(
        self, text: str, sentence: Sentence, toponyms: Sequence[Toponym], here: Sequence[int]
    ) -> None:
        self.text = text
        self.tokens = sentence.tokens
        self.toponyms = toponyms
        self.signs = read_signs(self.tokens, toponyms, here, text)
        self.letters = "".join(sign.letter for sign in self.signs)
        self.provinces = {
            i
            for match in _PROVINCE.finditer(self.letters)
            if self.tokens[self.signs[match.start(match.lastgroup or 0)].first].lower in _TELLING
            for i in self.places(*match.span())
        }

    def places(self, first: int, end: int) -> list[int]:
        """
        List the places that stand in some signs.

        Parameters
        ----------
        first, end : int
            The first sign and the one after the last.

        Returns
        -------
        list of int
            Their numbers in the document's list.
        """
        return [i for sign in self.signs[first:end] for i in sign.toponyms]

    def is_town(self, sign: int) -> bool:
        """Whether a sign is the name of a town, which has no article of its own."""
        places = self.signs[sign].toponyms
        return bool(places) and self.toponyms[places[-1]].kind == "populated place"

    def rank(self, number: int) -> int:
        """How much ground a place has; "Homs province" is none of the towns."""
        rank = _RANKS.get(self.toponyms[number].kind, 0)
        return max(rank, _RANKS["admin1"]) if number in self.provinces else rank

    def contains(self, outer: int, inner: int) -> bool:
        """Whether one place may lie in another, for all that its kind and country say."""
        one, other = self.toponyms[outer], self.toponyms[inner]
        return self.rank(outer) > self.rank(inner) and (
            one.country == other.country or not other.country
        )

    def near(self, before: Sequence[int], after: Sequence[int], *, borders: bool) -> bool:
        """Whether no two places are too far apart to say where together."""
        return all(
            _together(self.toponyms[i], self.toponyms[k], borders=borders)
            for i in before
            for k in after
        )

    # -- phrases --

    def phrase(self, first: int, end: int, parts: tuple[Phrase, ...] = ()) -> Phrase | None:
        """
        Make the phrase of some signs.

        Parameters
        ----------
        first, end : int
            The first sign and the one after the last.
        parts : tuple of Phrase
            Its members, of a list.

        Returns
        -------
        Phrase or None
            The phrase; None if it has no place in it or the grammar does not read it.
        """
        places = tuple(self.places(first, end))
        if not places or not _reads(self.words(first, end, shape=True)):
            return None
        return Phrase(
            self.tokens[self.signs[first].first].start,
            self.tokens[self.signs[end - 1].end - 1].end,
            self.words(first, end, bare=True),
            places,
            parts,
        )

    def members(
        self, first: int, item: int, members: Sequence[tuple[int, int]], end: int
    ) -> Iterator[Phrase]:
        """
        Give each member of a list what all of them share.

        Parameters
        ----------
        first, item : int
            Where the phrase begins and where its first member does.
        members : sequence of tuple of int
            Where each member begins and ends.
        end : int
            Where the phrase ends.

        Yields
        ------
        Phrase
            "in the town of Hama, Syria" of "in the towns of Homs and Hama, Syria".
        """
        head, rest = self.words(first, item), self.words(members[-1][1], end)
        rest = rest if rest[:1] in ("", ",") else f" {rest}"
        outer = self.places(members[-1][1], end)
        front, suffix, inner = self.shared(item, members[-1])
        for number, (start, stop) in enumerate(members):
            bare = inner if number == 0 else start
            letters = self.letters[bare:stop].lstrip("a")
            name = self.words(bare, stop)
            if letters in ("N", "NK", "Ng") and suffix:
                name = f"{self.words(bare, stop - len(letters) + 1)} {suffix}"
            shared = front if letters[:1] == "N" and (number or inner > item) else ""
            yield Phrase(
                self.tokens[self.signs[start if number else first].first].start,
                self.tokens[self.signs[stop - 1].end - 1].end,
                " ".join(filter(None, (head, shared, name))) + rest,
                (*self.places(start, stop), *outer),
            )

    def shared(self, item: int, last: tuple[int, int]) -> tuple[str, str, int]:
        """Find what stands before all members of a list, or after them: "the provinces of"."""
        front = FRONT.match(self.letters, item)
        letters = self.letters[slice(*last)].lstrip("a")
        if front is None:
            kind = self.words(last[1] - 1, last[1])
            telling = letters == "NK" or (letters == "Ng" and kind.endswith("s"))
            return "", _singular(kind) if telling else "", item
        if front["front"] == "K":
            kind = _singular(self.words(*front.span("front")).casefold())
            return f"the {kind} of" if kind in _TELLING else "", "", front.end()
        return self.words(*front.span()) if front["front"] in "HUGQ" else "", "", item

    def words(self, first: int, end: int, *, shape: bool = False, bare: bool = False) -> str:
        """
        Give the words of some signs.

        As a shape, every place has the same few names; bare, a town at the end has no article.
        """
        pieces: list[str] = []
        skipped: set[int] = set()
        for match in SKIPPED.finditer(self.letters, first, end):
            skipped.update(range(*match.span()))
        if bare and self.letters[first:end].endswith(_ARTICLE) and self.is_town(end - 1):
            skipped.add(end - 2)  # "the Peshawar mosque" is in Peshawar
        for i in range(first, end):
            if i in skipped:
                continue
            sign = self.signs[i]
            start = self.tokens[sign.first].start
            if shape and sign.letter in _STAND_INS:
                word = _STAND_INS[sign.letter]
                word = f"Q{_LETTERS[len(pieces) % 26]}x" if sign.letter == PLACE else word
            else:
                word = " ".join(self.text[start : self.tokens[sign.end - 1].end].split())
            glued = i > first and i - 1 not in skipped and start == self.tokens[sign.first - 1].end
            pieces.append(word if glued or not pieces else f" {word}")
        return "".join(pieces)


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


_HOW_MUCH = re.compile(
    r"(?:in\s+)?(?:(?:almost|nearly|about|over|more\s+than)\s+)?(?:the\s+)?"
    r"(?:(?:large|larger|big|some|vast|wide|several|other|both)\s+)?"
    r"(?:most|much|all|half|halves|whole|entirety|parts?|bulk|majority|swathes|swaths|sections?|"
    r"quarters?|thirds?|rest|remainder)\s+of\s+",
    re.IGNORECASE,
)
_ARTICLE = f"a{PLACE}"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_STAND_INS = {"N": "", "M": "Syrian", "A": "Qyx-Qzx", "D": "10 km"}
_STAND_IN = re.compile("Q[a-z]x")
_PROVINCE = re.compile("N(?P<after>[kK])|(?P<before>[kK])fa?N")
_TELLING = SHARED_KINDS | {_singular(word) for word in SHARED_KINDS} | {"oblast"}
_RANKS = {"country": 3, "admin1": 2, "admin2": 1, "region": 1}
_TOWNS_M, _REGIONS_M = 150e3, 1500e3


def _far(one: Toponym, other: Toponym) -> float:
    """Measure roughly how far apart two points are, in metres."""
    if math.isnan(one.lon) or math.isnan(other.lon):
        return 0.0
    east = abs(one.lon - other.lon) % 360
    east = min(east, 360 - east) * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(east, one.lat - other.lat) * 111_000


def _together(one: Toponym, other: Toponym, *, borders: bool) -> bool:
    if one.kind == "country" or other.kind == "country":
        return borders or not one.country or not other.country or one.country == other.country
    towns = one.kind == other.kind == "populated place"
    return _far(one, other) <= (_TOWNS_M if towns else _REGIONS_M)


@lru_cache(maxsize=4096)
def _reads(shape: str) -> bool:
    """Whether the grammar of localities reads a phrase of this shape."""
    try:
        parse(shape, lambda chunk: _STAND_IN.fullmatch(chunk) is not None)
    except LocalityError:
        return False
    return True

"""Places that are named and where nothing happened: where somebody fled to, lay ill or spoke."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from geoevents.places.folding import fold
from geoevents.places.toponyms.runs import dateline_end
from geoevents.places.toponyms.words import words as place_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoevents.localities.spotting import Phrase
    from geoevents.reports.language import Language
    from geoevents.reports.model import Actor, Findings

#: Characters before a place that may say so, and those between the words that do.
_BEFORE: Final = 110
_BETWEEN: Final = 48
_BETWEEN_TOWNS: Final = "from "
#: A dateline stands in one of the first sentences; a title may stand before it.
_OPENING: Final = 3
#: What soldiers do, and who they are.
_FOUGHT: Final = frozenset(
    ("air strike", "missile strike", "shelling", "armed clash", "territorial gain", "siege")
)
_MAY_BE: Final = frozenset(("bombing", "attack on civilians"))
_SOLDIERS: Final = frozenset(("state", "coalition"))


@dataclass(frozen=True, slots=True)
class AsideWords:
    """
    The table ``[asides]`` of a language, as patterns.

    Attributes
    ----------
    passing : re.Pattern
        What ends before a place where somebody goes, comes from, lies ill or speaks.
    seated : re.Pattern
        The same of where somebody has his seat, or falls back to: no scene of what is told next.
    placed : re.Pattern
        Words of where before a place: "in", "near the".
    here : re.Pattern
        Words for the place of the dateline: "here", "this town".
    seated_there : re.Pattern
        What stands in a capital: "parliament".
    vague : re.Pattern
        Words of where it was that no capital is: "the border", "a village".
    heading : re.Pattern
        How an entry of a list begins: "Bria:", "12/04 - Bria -", "3 May 2024, Gao:".
    then : re.Pattern
        Behind a place, what says that those who went there did it: ", where", "and shot".
    abroad : re.Pattern
        Behind an adjective of a country, who is mostly told of abroad: "Chinese nationals".
    missions : re.Pattern
        What ends before a country that has its mission there: "attacked the embassies of".
    bureaus : frozenset of str
        Cities with offices that tell of fighting elsewhere.
    towns : frozenset of str
        What a place may be called behind its name: "township".
    """

    passing: re.Pattern[str]
    seated: re.Pattern[str]
    placed: re.Pattern[str]
    here: re.Pattern[str]
    seated_there: re.Pattern[str]
    vague: re.Pattern[str]
    heading: re.Pattern[str]
    then: re.Pattern[str]
    abroad: re.Pattern[str]
    missions: re.Pattern[str]
    bureaus: frozenset[str]
    towns: frozenset[str]


@cache
def aside_words(language: Language) -> AsideWords:
    """
    Compile the table ``[asides]`` of a language.

    Parameters
    ----------
    language : Language
        The language.

    Returns
    -------
    AsideWords
        The same object each time.
    """
    table = language.table("asides")
    either = {name: _either(listed) for name, listed in table.items()}
    gap = rf"\b[^.;:]{{0,{_BETWEEN}}}?\b"
    fillers = rf"\s+(?:(?:{either['fillers']})\s+){{0,6}}$"
    to, at = either["to"], either["at"]
    never = "".join(rf"(?<!\b{re.escape(word)} )" for word in table["close"])
    harmless = rf"\s+(?:(?!(?:{either['harm']})\b)\w+\s+){{0,6}}?"
    passing = (
        rf"\b(?:{either['goes']}){gap}{never}(?:{to}){fillers}",
        rf"\b(?:{either['leaves_for']}|{either['leaves_it_for']}){fillers}",
        rf"\b(?:{either['carriers']})\s+(?:\w+\s+){{0,2}}?(?:{either['carried']}){fillers}",
        rf"\b(?:{either['ails']}){harmless}(?:{either['wards']}){fillers}",
        rf"\b(?:{either['cared']})(?:\s+(?:{at}))?{fillers}",
        rf"\b(?:{either['speaks']})\s+(?:{at}){fillers}",
        rf"\b(?:{either['ships']})\s+$",
        rf"\b(?:{either['comes']}|{either['missions']}){fillers}",
    )
    seated = (
        rf"\b(?:{either['retreats']}){gap}{never}(?:{to}){fillers}",
        rf"\b(?:{either['seats']})\s+(?:{at}){fillers}",
        rf"\b(?:{either['convenes']})\s+(?:{at}){fillers}",
    )
    return AsideWords(
        passing=_pattern(passing),
        seated=_pattern(seated),
        placed=re.compile(rf"(?:^|\b(?:{either['placed']})){fillers}", re.IGNORECASE),
        here=re.compile(table["here"], re.IGNORECASE),
        seated_there=re.compile(table["seated_there"], re.IGNORECASE),
        vague=re.compile(table["vague"], re.IGNORECASE),
        heading=re.compile(table["heading"]),
        then=re.compile(table["then"], re.IGNORECASE),
        abroad=re.compile(table["abroad"], re.IGNORECASE),
        missions=_pattern((rf"\b(?:{either['missions']}){fillers}",)),
        bureaus=frozenset(table["bureaus"]),
        towns=frozenset(language.table("unknown")["towns"]),
    )


def _either(listed: Iterable[str] | str) -> str:
    """Join words to a pattern; a pattern is one already."""
    if isinstance(listed, str):
        return listed
    return "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))


def _pattern(parts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


class Asides:
    """
    Tells of the phrases of a document which are named in passing.

    Parameters
    ----------
    findings : Findings
        What was found in the document.
    words : AsideWords
        The words of the language.
    """

    def __init__(self, findings: Findings, words: AsideWords) -> None:
        self._document = findings.document
        self._toponyms = findings.toponyms
        self._words = words
        self._known: dict[int, tuple[int, bool]] = {}
        self.dateline = _dateline(findings)
        self.towns = words.towns

    def is_passing(self, phrase: Phrase, told: tuple[int, int] | None = None) -> bool:
        """
        Tell whether somebody only goes there, comes from there, lies ill or speaks there.

        Parameters
        ----------
        phrase : Phrase
            A phrase of the document.
        told : tuple of int, optional
            The words that name an event: what they say themselves is no aside ("troops sent to
            X").

        Returns
        -------
        bool
            "The wounded were flown to Jos", "said by telephone from Pemba", "a train to Homs".
        """
        start, passing = self._passing(phrase)
        if phrase.text.startswith(_BETWEEN_TOWNS) and len(phrase.toponyms) > 1:
            return False  # "ambushed a bus travelling from Bor to Juba" on the way
        if told is not None and told[0] <= start < told[1]:
            return False
        return passing

    def is_abroad(self, end: int) -> bool:
        """
        Tell whether an adjective of a country is that of somebody told of abroad.

        Parameters
        ----------
        end : int
            Where the adjective ends.

        Returns
        -------
        bool
            Whether it is "four Chinese nationals", which says nothing of where.
        """
        return self._words.abroad.match(self._document.text, end) is not None

    def is_scene(self, phrase: Phrase) -> bool:
        """
        Tell whether what is told next may be there.

        Parameters
        ----------
        phrase : Phrase
            A phrase of the document.

        Returns
        -------
        bool
            False for what is named in passing, for seats of embassies and offices, and for capitals
            that stand for governments ("a fabrication of Kinshasa").
        """
        if self.is_passing(phrase):
            return False
        if self._words.seated.search(self._text_before(phrase)[1]):
            return False
        return not self._is_government(phrase)

    def is_elsewhere(
        self, phrase: Phrase, start: int, end: int, *, kind: str, sides: Sequence[Actor]
    ) -> bool:
        """
        Tell whether a dateline is where words say that something was not.

        Parameters
        ----------
        phrase : Phrase
            The phrase that an event may be at.
        start, end : int
            The words that tell of the event.
        kind : str
            What the event is.
        sides : sequence of Actor
            Who took part.

        Returns
        -------
        bool
            True of a capital in a dateline beside "on the border", "in a village", and of a city
            with offices of the press where soldiers fought.
        """
        if self.dateline is None or phrase.start != self.dateline.start:
            return False
        bureau = any(
            fold(self._toponyms[number].text) in self._words.bureaus for number in phrase.toponyms
        )
        soldiers = kind in _MAY_BE and any(one.sense in _SOLDIERS for one in sides)
        if bureau and (kind in _FOUGHT or soldiers):
            return True
        return self._is_capital(phrase) and self.is_vague(phrase.end, start, end)

    def is_vague(self, after: int, start: int, end: int) -> bool:
        """Tell whether words behind a position say where it was without a name."""
        text = self._document.text[max(start, after) : end]
        return self._words.vague.search(text) is not None

    def heading(self, start: int, end: int) -> int:
        """
        Find where the heading of an entry ends that a sentence begins with.

        Parameters
        ----------
        start, end : int
            The sentence.

        Returns
        -------
        int
            The position behind it; 0 where there is none.
        """
        match = self._words.heading.match(self._document.text, start, end)
        return match.end() if match else 0

    def here(self, start: int, end: int) -> Phrase | None:
        """
        Find the place that "here" and "this town" mean in a stretch of text.

        Parameters
        ----------
        start, end : int
            The stretch.

        Returns
        -------
        Phrase or None
            That of the dateline; None where no such words stand there, or there is no dateline.
        """
        if self.dateline is None or not self._words.here.search(self._document.text, start, end):
            return None
        return self.dateline

    def capital(self, start: int, end: int) -> Phrase | None:
        """
        Find the capital in the dateline, if words name what stands in a capital.

        Parameters
        ----------
        start, end : int
            The words.

        Returns
        -------
        Phrase or None
            None where they name no such thing, or the dateline is of another town.
        """
        line = self.dateline
        if line is None or not self._words.seated_there.search(self._document.text, start, end):
            return None
        return line if self._is_capital(line) else None

    def _passing(self, phrase: Phrase) -> tuple[int, bool]:
        known = self._known.get(phrase.start)
        if known is None:
            first, before = self._text_before(phrase)
            match = self._words.passing.search(before)
            missions = match is not None and self._words.missions.search(before)
            if match and not missions and self._words.then.match(self._document.text, phrase.end):
                match = None
            known = (first + match.start(), True) if match else (-1, False)
            self._known[phrase.start] = known
        return known

    def _text_before(self, phrase: Phrase) -> tuple[int, str]:
        """Give the words of its sentence before the place of a phrase, and where they begin."""
        at = self._toponyms[min(phrase.toponyms)].start if phrase.toponyms else phrase.start
        document = self._document
        sentence = document.sentences[document.sentence_at(at)]
        first = max(sentence.start, at - _BEFORE)
        return first, document.text[first:at]

    def _is_capital(self, phrase: Phrase) -> bool:
        capitals = place_words().capitals
        return any(fold(self._toponyms[number].text) in capitals for number in phrase.toponyms)

    def _is_government(self, phrase: Phrase) -> bool:
        """Tell whether a capital stands where a government may: not behind "in" or "near"."""
        if len(phrase.toponyms) != 1 or not self._is_capital(phrase):
            return False
        if self.dateline is not None and phrase.start == self.dateline.start:
            return False
        document = self._document
        sentence = document.sentences[document.sentence_at(phrase.start)]
        if phrase.end <= self.heading(sentence.start, sentence.end):
            return False
        return not self._words.placed.search(self._text_before(phrase)[1])


def _dateline(findings: Findings) -> Phrase | None:
    """Find the place in the dateline of a report: "KABUL, Afghanistan (AP) -"."""
    document, phrases = findings.document, findings.phrases
    for sentence in document.sentences[:_OPENING]:
        if not sentence.tokens:
            continue
        end = dateline_end(sentence.tokens)
        if not end:
            continue
        until = sentence.tokens[end - 1].end
        for phrase in phrases:
            if sentence.start <= phrase.start and phrase.end <= until:
                return phrase
        return None
    return None

"""Whose words direct speech is."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.prose import Document, Quote
    from geoevents.reports.attribution.voices import Voice, Voices
    from geoevents.reports.attribution.words import AttributionWords
    from geoevents.reports.model import Speaker

#: Speech has at least so many characters; what is shorter is a name or a single word.
_SPEECH: Final = 14
#: Sentences that a quotation is taken to be told of by one speaker.
_LONGEST: Final = 50
_COLON: Final = ":"


@dataclass(frozen=True, slots=True)
class Speech:
    """
    A quotation and who is quoted.

    Attributes
    ----------
    start, end : int
        Where it stands.
    speakers : tuple of Speaker
        Whose words it is.
    """

    start: int
    end: int
    speakers: tuple[Speaker, ...]


class Speeches:
    """
    The quotations of a document.

    Parameters
    ----------
    document : Document
        The document.
    voices : Voices
        Its clauses of saying.
    words : AttributionWords
        The words of the language.

    Notes
    -----
    The speaker of a quotation is named in its sentence, outside of it; else in the sentence before
    in its paragraph, if that ends with a colon or says that somebody spoke; else in the sentence
    behind; else it is the speaker of the quotation before.
    """

    def __init__(self, document: Document, voices: Voices, words: AttributionWords) -> None:
        self._document = document
        self._silent = words.finds
        self._voices = voices
        self._speeches: list[Speech] = []
        for quote in document.quotes:
            if quote.end - quote.start >= _SPEECH:
                self._speeches.append(Speech(quote.start, quote.end, self._speakers(quote)))
        self._starts = [speech.start for speech in self._speeches]

    def at(self, position: int) -> Speech | None:
        """
        Find the quotation at a position.

        Parameters
        ----------
        position : int
            A position in the text.

        Returns
        -------
        Speech or None
            None outside of direct speech.
        """
        last = bisect_right(self._starts, position) - 1
        if last < 0 or position >= self._speeches[last].end:
            return None
        return self._speeches[last]

    def _speakers(self, quote: Quote) -> tuple[Speaker, ...]:
        sentences = self._document.sentences
        first = self._document.sentence_at(quote.start)
        last = min(self._document.sentence_at(quote.end - 1), first + _LONGEST)
        for number in dict.fromkeys((last, first)):
            voice = self._outside(number, quote)
            if voice is not None:
                return tuple(voice.speakers("says"))
        paragraph = sentences[first].paragraph
        alone = quote.start <= sentences[first].start + 1
        for number in (first - 1, last + 1) if alone else ():
            if not 0 <= number < len(sentences) or sentences[number].paragraph != paragraph:
                continue
            voice = self._outside(number, quote)
            if voice is not None and (number > last or self._leads(number)):
                return tuple(voice.speakers("says"))
        if alone and self._speeches:
            before = self._speeches[-1]
            between = self._document.sentence_at(before.end - 1)
            if first - between <= 1:
                return before.speakers
        return ()

    def _outside(self, number: int, quote: Quote) -> Voice | None:
        """Find who says something in a sentence, outside of the quotation and any other."""
        found: Sequence[Voice] = [
            voice
            for voice in self._voices.inside(number)
            if voice.clause.verb is not None
            and not voice.negated
            and not quote.start <= voice.clause.verb.start < quote.end
            and voice.stance != "denies"
            and voice.clause.verb.lemma not in self._silent
        ]
        # The nearest one: "X, who said ..., added" is quoted from "added".
        return min(
            found,
            key=lambda voice: min(
                abs(voice.clause.start - quote.end), abs(voice.clause.end - quote.start)
            ),
            default=None,
        )

    def _leads(self, number: int) -> bool:
        """Whether a sentence leads up to the speech behind it: with a colon, or another quote."""
        sentence = self._document.sentences[number]
        if sentence.tokens and sentence.tokens[-1].text == _COLON:
            return True
        return bool(self._speeches) and (
            self._document.sentence_at(self._speeches[-1].end - 1) == number
        )

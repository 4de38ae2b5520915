"""A report as text: its sentences, tokens and quotes, and where each stands in the original."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from geoevents.errors import GeoeventsError, shown
from geoevents.prose.formats import Format, told_format
from geoevents.prose.paragraphs import is_headline, paragraphs
from geoevents.prose.quotes import Quote, find_quotes
from geoevents.prose.scripts import Script, script_of
from geoevents.prose.sentences import Sentence, sentence_ends
from geoevents.prose.tokens import tokenize

if TYPE_CHECKING:
    from geoevents.prose.alignment import Alignment


@dataclass(frozen=True, slots=True)
class Document:
    """
    A report as text: its sentences, tokens and quotes, and where each stands in the original.

    Attributes
    ----------
    source : str
        The report as it was given.
    text : str
        What a reader reads of it: without markup, with paragraphs parted by a blank line. The
        same as `source` if that is plain text. All positions count its characters.
    format : str
        ``text``, ``markdown`` or ``html``.
    title : str or None
        Its headline, if it has one.
    sentences : tuple of Sentence
        In the order of the text; they do not overlap.
    quotes : tuple of Quote
        Direct speech, in the order of the text.
    script : str
        What most letters are: ``latin``, ``arabic``, ``cyrillic``, ``han`` or ``other``.
    """

    source: str
    text: str
    format: Format
    title: str | None
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    script: Script
    _alignment: Alignment | None = field(default=None, repr=False, compare=False)

    @classmethod
    def read(cls, text: str, *, format: str | None = None) -> Document:  # noqa: A002 -- the word
        r"""
        Read a report.

        Parameters
        ----------
        text : str
            Plain text, Markdown or HTML.
        format : str, optional
            Which it is: ``text``, ``markdown`` or ``html``; told from the text if not given.

        Returns
        -------
        Document
            The report.

        Raises
        ------
        GeoeventsError
            If `format` is none of these, or the article of a web page is to be found and the
            library that does so is not installed (``pip install "geoevents[html]"``).

        Examples
        --------
        >>> report = Document.read("Clashes in Raqqa\n\nThe SDF took al-Bab. No one fled.")
        >>> report.title, [report.text[s.start : s.end] for s in report.sentences[1:]]
        ('Clashes in Raqqa', ['The SDF took al-Bab.', 'No one fled.'])
        """
        given: Any = format
        if given is not None and not (isinstance(given, str) and given in get_args(Format)):
            raise GeoeventsError(
                f"format {shown(format)} is none that reports are read in: "
                f"give one of {', '.join(get_args(Format))}, or none to have it told"
            )
        kind: Format = format or told_format(text)  # type: ignore[assignment]
        if kind == "text":
            return cls._of(text, text, kind, None, None)
        if kind == "html":
            from geoevents.prose.pages import read_page as read  # noqa: PLC0415 -- seldom
        else:
            from geoevents.prose.markdown import read_markdown as read  # noqa: PLC0415 -- seldom
        alignment, title = read(text)
        return cls._of(text, alignment.text, kind, title, alignment)

    @classmethod
    def _of(
        cls, source: str, text: str, kind: Format, title: str | None, alignment: Alignment | None
    ) -> Document:
        """Read a text of which the markup is gone."""
        sentences: list[Sentence] = []
        quotes: list[Quote] = []
        parts = paragraphs(text)
        # A line that a bullet stands before is no headline.
        begins = len(parts) > 1 and not text[: parts[0][0]].strip("\ufeff \t\r\n")
        if title is None and begins and is_headline(text, *parts[0]):
            title = " ".join(text[slice(*parts[0])].split())
        for paragraph, (start, end) in enumerate(parts):
            tokens = tokenize(text, start, end)
            if not tokens:
                continue
            first = 0
            for last in sentence_ends(tokens):
                sentences.append(
                    Sentence(
                        tokens[first].start,
                        tokens[last - 1].end,
                        tuple(tokens[first:last]),
                        paragraph,
                        len(sentences),
                    )
                )
                first = last
            quotes += find_quotes(text, tokens)
        script = script_of(text)
        return cls(source, text, kind, title, tuple(sentences), tuple(quotes), script, alignment)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """
        Find where a part of the text stands in the source.

        Parameters
        ----------
        start, end : int
            The part of `text`.

        Returns
        -------
        tuple of int
            Where it begins and ends in `source`.
        """
        return (start, end) if self._alignment is None else self._alignment.original(start, end)

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """
        Find where a part of the source stands in the text.

        Parameters
        ----------
        start, end : int
            The part of `source`.

        Returns
        -------
        tuple of int, or None
            Where it begins and ends in `text`; None if none of it was kept.
        """
        return (start, end) if self._alignment is None else self._alignment.within(start, end)

    def sentence_at(self, position: int) -> int:
        """
        Find the sentence at a position.

        Parameters
        ----------
        position : int
            A position in `text`.

        Returns
        -------
        int
            The number of the sentence there; between two, of the one before; -1 in a document
            without sentences.
        """
        if not self.sentences:
            return -1
        return max(0, bisect_right(self.sentences, position, key=lambda s: s.start) - 1)

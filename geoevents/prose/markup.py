"""HTML cut into tags and text, with the position of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# As the HTML standard cuts it, in one pass over any text: all repetitions are possessive, and
# what cannot be closed is looked for once. (``html.parser`` of the standard library takes time
# in the square of the length for some texts in the Python versions still in use, and gives the
# line of a tag but neither where it ends nor where an entity stands.)
_TAG = re.compile(
    r"""
    <(/?)([A-Za-z][^\s/>]*+)
    ((?:[^>=]++ | =\s*+(?:"[^"]*+" | '[^']*+' | [^\s>"'][^\s>]*+)?+)*+)>
    """,
    re.VERBOSE,
)
#: Ends at the next ">", whatever stands in quotation marks: for tags whose quotes never end.
_TAG_LENIENT = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)([^>]*+)>")
_ATTRIBUTE = re.compile(
    r"""([^\s=/"'>]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+"""
)
#: What these hold is text up to their own end tag, whatever it looks like.
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
#: Without an end tag these hold all that follows; the others of `_RAW` then hold nothing.
_PROGRAMS = frozenset({"script", "style"})
#: So many tags with quotes that never end are looked at to the end of the source.
_PATIENCE = 20
#: Of an attribute no more is read: none that we ask for is longer.
_LONGEST_ATTRIBUTES = 2000


class Tag(NamedTuple):
    """
    The beginning or the end of an element.

    Attributes
    ----------
    name : str
        Of the element, in small letters.
    closing : bool
        Whether it ends the element.
    attributes : str
        As written.
    start, end : int
        Where it stands.
    """

    name: str
    closing: bool
    attributes: str
    start: int
    end: int

    def read(self) -> dict[str, str]:
        """
        Read the attributes.

        Returns
        -------
        dict
            Their values by name in small letters; the first where one is repeated.
        """
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.attributes[:_LONGEST_ATTRIBUTES]):
            value = match[2] or match[3] or match[4] or ""
            found.setdefault(match[1].lower(), value)
        return found


class Piece(NamedTuple):
    """
    Text between two tags, entities not decoded.

    Attributes
    ----------
    start, end : int
        Where it stands.
    raw : bool
        Whether it is what a script, style or title holds.
    """

    start: int
    end: int
    raw: bool = False


def scan(source: str) -> Iterator[Tag | Piece]:
    """
    Cut HTML into tags and text; comments, declarations and instructions are left out.

    Parameters
    ----------
    source : str
        The HTML, however broken.

    Returns
    -------
    iterator of Tag or Piece
        In the order of the source.

    Examples
    --------
    >>> source = "<p>a<!-- b -->c < d</p>"
    >>> [source[part.start : part.end] for part in scan(source)]
    ['<p>', 'a', 'c ', '< d', '</p>']
    """
    return _Scanner(source).parts()


class _Scanner:
    """One pass over a source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.patience = _PATIENCE
        self.missing: set[str] = set()  # what does not occur any more: looked for once

    def parts(self) -> Iterator[Tag | Piece]:
        source, place, size = self.source, 0, len(self.source)
        while place < size:
            opening = self.find("<", place)
            if opening > place:
                yield Piece(place, opening)
            if opening == size:
                return
            if source[opening + 1 : opening + 2] in {"!", "?"}:
                place = self.end_of_declaration(opening)
                continue
            tag = self.tag(opening)
            if tag is None:
                place = self.find("<", opening + 1)
                yield Piece(opening, place)
                continue
            yield tag
            place = self.end_of_raw(tag)
            if place > tag.end:
                yield Piece(tag.end, place, raw=True)

    def find(self, mark: str, place: int) -> int:
        """Find a mark, or the end of the source; "<" is none where ">" is missing."""
        found = -1 if ">" in self.missing else self.source.find(mark, place)
        return len(self.source) if found < 0 else found

    def tag(self, opening: int) -> Tag | None:
        after = self.source[opening + 1 : opening + 2]
        if after != "/" and not (after.isascii() and after.isalpha()):
            return None
        match = _TAG.match(self.source, opening) if self.patience else None
        if match is None:
            self.patience = max(0, self.patience - 1)
            match = _TAG_LENIENT.match(self.source, opening)
        if match is not None:
            return Tag(match[2].lower(), bool(match[1]), match[3], *match.span())
        if self.source.find(">", opening) < 0:
            self.missing.add(">")
        return None

    def end_of_declaration(self, opening: int) -> int:
        """Find where a comment, declaration or instruction ends."""
        for opener, closer in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<", ">")):
            if closer not in self.missing and self.source.startswith(opener, opening):
                end = self.source.find(closer, opening + 2)
                if end >= 0:
                    return end + len(closer)
                self.missing.add(closer)
        return len(self.source)

    def end_of_raw(self, tag: Tag) -> int:
        """Find where what a tag holds ends, if that is no markup; else where the tag does."""
        if tag.closing or tag.name not in _RAW or tag.name in self.missing:
            return tag.end
        match = _RAW[tag.name].search(self.source, tag.end)
        if match is not None:
            return match.start()
        self.missing.add(tag.name)
        return len(self.source) if tag.name in _PROGRAMS else tag.end

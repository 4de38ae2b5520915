"""What a reader reads of a report in HTML: its article, without what stands around it."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from geoevents.errors import GeoeventsError
from geoevents.prose.alignment import Alignment
from geoevents.prose.blocks import Block, read_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAGE = re.compile(r"<(?:html|head|body)[\s>]", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W_]+")
#: Nothing an XML parser would refuse.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: A short paragraph of which half is links leads elsewhere.
_LONGEST_LEAD = 150
#: A paragraph this long can be told from others; a shorter one only by its place.
_TELLING = 25
#: How far ahead in the article a paragraph is looked for.
_AHEAD = 5000


class MissingLibraryError(GeoeventsError, ImportError):
    """A library that is needed for this is not installed; the message says how to get it."""


def read_page(source: str) -> tuple[Alignment, str | None]:
    """
    Read a page, or a piece of one.

    Of a whole page only the article is read: menus, notices, lists of other articles, comments
    and captions are left out. Of a piece of HTML, without ``<html>`` or ``<body>``, all that is
    shown is read but menus and buttons.

    Parameters
    ----------
    source : str
        HTML, however broken.

    Returns
    -------
    text : Alignment
        Its text, and where it stands in the source.
    title : str or None
        Its headline.

    Raises
    ------
    MissingLibraryError
        If it is a whole page and trafilatura is not installed.
    """
    blocks, page_title = read_blocks(source)
    shown = [block for block in blocks if not block.skipped]
    headline = _headline(shown, page_title)
    if _PAGE.search(source):
        article = {id(block) for block in _aligned(blocks, _article(source))}
        told = [block for block in shown if not _leads_elsewhere(block)]
        # Of a page of a line or two the library finds no article: then all of it is.
        shown = [block for block in told if id(block) in article] or told
        if headline is not None and not any(block is headline for block in shown):
            shown = sorted([*shown, headline], key=lambda block: block.pieces[0][1])
    found = Alignment()
    last = 0
    for block in shown:
        if found.text_length:
            found.add("\n\n", last, block.pieces[0][1])
        for piece in block.pieces:
            found.add(*piece)
        last = block.pieces[-1][2]
    return found, headline.text if headline is not None else page_title or None


def _headline(blocks: Sequence[Block], page_title: str) -> Block | None:
    """Choose among the first headings: that which the page's title repeats, if one does."""
    headings = [block for block in blocks if block.name == "h1"]
    repeated = [block for block in headings if " ".join(block.text.split()) in page_title]
    if repeated:
        return max(repeated, key=lambda block: len(block.text))
    return headings[0] if headings else None


def _leads_elsewhere(block: Block) -> bool:
    text = block.text
    return len(text) < _LONGEST_LEAD and block.linked * 2 >= sum(map(len, text.split()))


def _article(source: str) -> list[str]:
    """Have the library find the article, as lines."""
    try:
        import trafilatura  # noqa: PLC0415 -- heavy, and only for pages
    except ImportError as error:
        missing = "" if error.name in (None, "trafilatura") else f" ({error.name} is missing)"
        raise MissingLibraryError(
            f"reading a web page needs trafilatura{missing}, which finds the article in it: "
            'pip install "geoevents[html]", or give the text of the article alone'
        ) from error
    # It says on its own log what it finds strange: that is no news to who reads a report.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    cleaned = _CONTROLS.sub(" ", source)
    found = trafilatura.extract(cleaned, include_comments=False, include_tables=True)
    return (found or "").split("\n")


def _aligned(blocks: Sequence[Block], lines: Sequence[str]) -> list[Block]:
    """Find the blocks that the lines of the article came from: both stand in one order."""
    article = "".join(_NO_LETTERS.sub("", line) for line in lines)
    found: list[Block] = []
    place = 0
    for block in blocks:
        letters = _NO_LETTERS.sub("", block.text)
        if not letters:
            continue
        if article.startswith(letters, place):
            at = place
        elif len(letters) >= _TELLING:
            at = article.find(letters, place, place + len(letters) + _AHEAD)
        else:
            continue
        if at >= 0:
            found.append(block)
            place = at + len(letters)
    return found

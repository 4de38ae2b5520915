"""The paragraphs of an HTML page, each character with its position in the source."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoevents.prose.elements import BLOCKS, ENDED_BY, UNREAD, UNREAD_ROLES, VOID
from geoevents.prose.markup import Piece, Tag, scan

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = r"[\s\u200b\ufeff]++"
_ENTITY = r"&(?:\#[0-9]{1,8}|\#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?"
_SPECIAL = re.compile(rf"{_ENTITY}|{_SPACE}|\u00ad")
_HIDDEN = re.compile(r"(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
#: Elements deeper than this count as none of their own.
_DEEPEST = 500
_WIDEST_CELL = 100


@dataclass(slots=True)
class Block:
    """
    A paragraph of a page.

    Attributes
    ----------
    pieces : list of tuple
        Its text, piece by piece, with where each stands in the source.
    name : str
        The element that holds it: ``p``, ``h1``, ``li``...
    skipped : bool
        Whether it stands in an element that is never a part of what is told.
    linked : int
        How many of its characters, spaces not counted, are links.
    row : int
        The row of a table that it stands in, 0 for none.
    """

    pieces: list[tuple[str, int, int]] = field(default_factory=list)
    name: str = ""
    skipped: bool = False
    linked: int = 0
    row: int = 0

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(piece for piece, _, _ in self.pieces)


class _Builder:
    """Collects the blocks of a page as its tags and texts come by."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.title = ""
        self.stack: list[tuple[str, bool]] = []  # open elements, and whether each is skipped
        self.open: Counter[str] = Counter()
        self.skipping = 0
        self.rows = 0
        self.block = Block()

    def build(self) -> None:
        titled = False
        for part in scan(self.source):
            if isinstance(part, Tag):
                titled = part.name == "title" and not part.closing and not self.open["svg"]
                self.tag(part)
            elif part.raw:
                if titled and not self.title:
                    text = html.unescape(self.source[part.start : part.end])
                    self.title = " ".join(text.split())
            else:
                self.text(part)
        self.flush()

    def tag(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self.line(tag.start, tag.end)
            return
        if name in BLOCKS:
            self.flush()
        if tag.closing:
            if self.open[name]:
                self.close(name)
        elif name not in VOID:
            for ended in ENDED_BY.get(name, ()):
                if self.stack and self.stack[-1][0] == ended:
                    self.close(ended)
            self.begin(tag)
        if name in BLOCKS:
            self.block.name = name if not tag.closing else ""
            self.block.skipped = self.skipping > 0
            self.block.row = self.rows if self.open["tr"] else 0

    def begin(self, tag: Tag) -> None:
        if len(self.stack) >= _DEEPEST:
            return
        skipped = tag.name in UNREAD or (bool(tag.attributes) and _is_hidden(tag.read()))
        self.stack.append((tag.name, skipped))
        self.open[tag.name] += 1
        self.skipping += skipped
        self.rows += tag.name == "tr"

    def close(self, name: str) -> None:
        while self.stack:
            last, skipped = self.stack.pop()
            self.open[last] -= 1
            self.skipping -= skipped
            if last == name:
                return

    def text(self, part: Piece) -> None:
        source, place = self.source, part.start
        if self.skipping and not self.block.skipped:
            self.flush()
            self.block.skipped = True
        elif self.block.skipped and not self.skipping:
            self.flush()
            self.block.skipped = False
        kept = bool(self.open["pre"])
        for match in _SPECIAL.finditer(source, part.start, part.end):
            start, end = match.span()
            self.put(source[place:start], place, start)
            place = end
            text = html.unescape(match[0])
            if text.strip("\u200b\ufeff").isspace() or text in {"\u200b", "\ufeff"}:
                self.space(text, start, end, kept=kept)
            elif text != "\u00ad":
                self.put(text, start, end)
        self.put(source[place : part.end], place, part.end)

    def put(self, text: str, start: int, end: int) -> None:
        if text:
            self.block.pieces.append((text, start, end))
            if self.open["a"]:
                self.block.linked += len(text) - text.count(" ")

    def space(self, text: str, start: int, end: int, *, kept: bool) -> None:
        lines = len(_LINE_END.findall(text)) if kept else 0
        for _ in range(min(lines, 2)):
            self.line(start, end)
        if not lines and self.block.pieces and not self.block.pieces[-1][0].isspace():
            self.block.pieces.append((" ", start, end))

    def line(self, start: int, end: int) -> None:
        """End a line; the second in a row ends the block."""
        pieces = self.block.pieces
        if pieces and pieces[-1][0] == " ":
            pieces.pop()
        if pieces and pieces[-1][0] == "\n":
            self.flush()
        elif pieces:
            pieces.append(("\n", start, end))

    def flush(self) -> None:
        pieces = self.block.pieces
        while pieces and pieces[-1][0].isspace():
            pieces.pop()
        if pieces:
            self.blocks.append(self.block)
        self.block = Block(name=self.block.name, skipped=self.skipping > 0, row=self.block.row)


def _is_hidden(attributes: dict[str, str]) -> bool:
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").lower() == "true"
        or attributes.get("role", "").lower() in UNREAD_ROLES
        or _HIDDEN.search(attributes.get("style", "")) is not None
    )


def read_blocks(source: str) -> tuple[list[Block], str]:
    """
    Read the paragraphs of a page.

    Parameters
    ----------
    source : str
        The HTML.

    Returns
    -------
    blocks : list of Block
        In the order of the page. The cells of a row of a table of figures are one block.
    title : str
        What its ``<title>`` says.
    """
    builder = _Builder(source)
    builder.build()
    return list(_rows_joined(builder.blocks)), builder.title


def _rows_joined(blocks: list[Block]) -> Iterator[Block]:
    """Join the cells of each row in which all are short: the others lay out the page."""
    place = 0
    while place < len(blocks):
        row = [blocks[place]]
        place += 1
        while row[0].row and place < len(blocks) and blocks[place].row == row[0].row:
            row.append(blocks[place])
            place += 1
        short = all(len(cell.text) <= _WIDEST_CELL and "\n" not in cell.text for cell in row)
        if len(row) == 1 or not short:
            yield from row
            continue
        joined = row[0]
        for cell in row[1:]:
            before = joined.pieces[-1][2]
            joined.pieces += [(" | ", before, cell.pieces[0][1]), *cell.pieces]
            joined.linked += cell.linked
            joined.skipped = joined.skipped and cell.skipped
        yield joined

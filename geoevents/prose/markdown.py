"""What a reader reads of a report in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoevents.prose.alignment import Alignment
from geoevents.prose.blocks import read_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Begin and end a paragraph.
_BLOCKS = frozenset(
    {
        *("Paragraph", "Heading", "Item", "List", "BlockQuote", "CodeBlock", "HtmlBlock"),
        *("TableHead", "TableRow", "FootnoteDefinition", "MetadataBlock"),
    }
)
#: What they hold is not read: the words for a picture that cannot be shown, a page's settings. HTML
#: is read as such.
_UNREAD = frozenset({"Image", "MetadataBlock", "HtmlBlock"})


def read_markdown(source: str) -> tuple[Alignment, str | None]:
    """
    Read Markdown.

    Marks of headings, emphasis, lists, quotes and code are left out, pictures too; links keep
    their text; the cells of a row are parted by bars.

    Parameters
    ----------
    source : str
        Markdown: CommonMark, with tables and footnotes.

    Returns
    -------
    text : Alignment
        Its text, and where it stands in the source.
    title : str or None
        Its first heading.
    """
    reader = _Reader(source)
    for event, start, end in _events(source):
        reader.take(event, start, end)
    return reader.found, reader.title.strip() or None


class _Reader:
    """Collects the text of Markdown from what the parser meets."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found = Alignment()
        self.title = ""
        self.titled = False  # whether the first heading has begun
        self.heading = False  # whether it goes on
        self.unread = 0
        self.gap = ""  # what parts the next text from the one before
        self.last = 0  # where in the source that one ended

    def take(self, event: Any, start: int, end: int) -> None:
        if isinstance(event, str):
            self.mark(event, start, end)
            return
        kind, value = next(iter(event.items()))
        if kind in {"Start", "End"}:
            name = value if isinstance(value, str) else next(iter(value))
            self.border(name, start, end, opening=kind == "Start")
        elif kind in {"Text", "Code"} and not self.unread:
            self.text(value, start, end, code=kind == "Code")

    def border(self, name: str, start: int, end: int, *, opening: bool) -> None:
        if name in _UNREAD:
            self.unread += 1 if opening else -1
        if name in _BLOCKS:
            self.gap = "\n\n"
        elif name == "TableCell" and opening and not self.gap:
            self.gap = " | "
        if name == "Heading":
            self.heading = opening and not self.titled
            self.titled = True
        if name == "HtmlBlock" and opening:
            self.html(start, end)

    def mark(self, event: str, start: int, end: int) -> None:
        """Take the end of a line: a space where it was only wrapped."""
        if event in {"SoftBreak", "HardBreak"} and not self.gap:
            self.found.add(" " if event == "SoftBreak" else "\n", start, end)
            self.last = end
            self.title += " " if self.heading else ""

    def text(self, value: str, start: int, end: int, *, code: bool) -> None:
        written = self.source[start:end]
        if code or written != value:
            # Code stands between marks, and an entity for something else.
            at = written.find(value) if value else -1
            if at >= 0:
                start, end = start + at, start + at + len(value)
        if value.endswith("\n") and not code:  # a line of code
            self.put(value[:-1], start, end - 1)
            self.gap = "\n"
        else:
            self.put(value, start, end)
        self.title += value if self.heading else ""

    def html(self, start: int, end: int) -> None:
        for block in read_blocks(self.source[start:end])[0]:
            if not block.skipped:
                self.gap = "\n\n"
                for piece, first, last in block.pieces:
                    self.put(piece, start + first, start + last)
        self.gap = "\n\n"

    def put(self, text: str, start: int, end: int) -> None:
        if not text:
            return
        if self.gap and self.found.text_length:
            self.found.add(self.gap, self.last, max(start, self.last))
        self.gap = ""
        self.found.add(text, start, end)
        self.last = end


def _events(source: str) -> Iterator[tuple[Any, int, int]]:
    """Give what the parser meets, with positions of characters where it gives those of bytes."""
    import pyromark  # noqa: PLC0415 -- only for Markdown

    # Halves of a pair are no characters of UTF-8: a question mark is as long.
    raw = source.encode("utf-8", "replace")
    options = pyromark.Options
    events = pyromark.events_with_range(
        raw.decode(),
        options=options.ENABLE_TABLES
        | options.ENABLE_FOOTNOTES
        | options.ENABLE_TASKLISTS
        | options.ENABLE_STRIKETHROUGH
        | options.ENABLE_YAML_STYLE_METADATA_BLOCKS,
    )
    ascii_only = len(raw) == len(source)
    at_byte = at = 0
    for event, span in events:
        first, last = span["start"], span["end"]
        if ascii_only:
            yield event, first, last
            continue
        # Texts come in order; only ends of elements look back, and their positions are not used.
        if first >= at_byte:
            at += len(raw[at_byte:first].decode())
            at_byte = first
        yield event, at, at + len(raw[at_byte:last].decode()) if last > at_byte else at

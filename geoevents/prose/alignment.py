"""Which characters of a source the characters of its text came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Alignment:
    """
    What text was made of which source, piece by piece, in the order of both.

    Built by adding pieces. A piece that was copied maps character by character; one that was
    decoded or put in ("&amp;", the blank line between paragraphs) only as a whole.

    Examples
    --------
    >>> alignment = Alignment()
    >>> alignment.add("Bab", 3, 6)
    >>> alignment.add(" & ", 6, 13)
    >>> alignment.add("Raqqa", 13, 18)
    >>> alignment.text, alignment.original(2, 5), alignment.within(13, 18)
    ('Bab & Raqqa', (5, 13), (6, 11))
    """

    __slots__ = ("_ends", "_length", "_pieces", "_sources", "_starts", "_text")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._sources: list[int] = []
        self._ends: list[int] = []
        self._length = 0
        self._text: str | None = None

    def add(self, piece: str, start: int, end: int) -> None:
        """
        Add text that came from a part of the source.

        Parameters
        ----------
        piece : str
            The text; taken as copied if as long as its source.
        start, end : int
            The part of the source, not before that of the piece added last.
        """
        if not piece:
            return
        if self._ends and start < self._ends[-1]:
            raise ValueError(f"pieces out of order: {start} after {self._ends[-1]}")
        self._pieces.append(piece)
        self._starts.append(self._length)
        self._sources.append(start)
        self._ends.append(end)
        self._length += len(piece)
        self._text = None

    @property
    def text(self) -> str:
        """The whole text."""
        if self._text is None:
            self._text = "".join(self._pieces)
        return self._text

    @property
    def text_length(self) -> int:
        """How long the text is."""
        return self._length

    def original(self, start: int, end: int) -> tuple[int, int]:
        """
        Find the part of the source that a part of the text came from.

        Parameters
        ----------
        start, end : int
            The part of the text.

        Returns
        -------
        tuple of int
            Where it begins and ends in the source.
        """
        if not self._pieces:
            return 0, 0
        place = max(0, bisect_right(self._starts, start) - 1)
        first = self._sources[place] + (start - self._starts[place] if self._copied(place) else 0)
        first = min(first, self._ends[place])
        if end <= start:
            return first, first
        place = bisect_left(self._starts, end) - 1
        if not self._copied(place):
            return first, self._ends[place]
        return first, min(self._sources[place] + end - self._starts[place], self._ends[place])

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """
        Find the part of the text that came from a part of the source.

        Parameters
        ----------
        start, end : int
            The part of the source.

        Returns
        -------
        tuple of int, or None
            Where it begins and ends in the text; None if no text came from there.
        """
        place = bisect_right(self._ends, start)
        last = bisect_left(self._sources, end) - 1
        if place > last:
            return None
        begins, ends = self._starts[place], self._starts[last]
        if self._copied(place):
            begins += max(0, start - self._sources[place])
        long = len(self._pieces[last])
        ends += min(long, end - self._sources[last]) if self._copied(last) else long
        return (begins, ends) if begins < ends else None

    def _copied(self, place: int) -> bool:
        return len(self._pieces[place]) == self._ends[place] - self._sources[place]

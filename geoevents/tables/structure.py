"""
Where rows and cells of delimited text begin and end, found in its bytes.

The rules are those of Python's ``csv.reader`` with ``strict=True``: only a quotation mark at the
start of a cell quotes it, one inside it is doubled, and a line ends with LF, CR or CR LF.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

_LINE_END = re.compile(rb"\r\n?|\n")
_QUOTE, _LF, _CR = b'"\n\r'


class MisquotedError(ValueError):
    """
    A quotation mark where none may be.

    Parameters
    ----------
    position : int
        The byte it is at.
    """

    def __init__(self, position: int) -> None:
        super().__init__(f"a quotation mark at byte {position} does not fit")
        self.position = position


@dataclass(slots=True)
class Structure:
    """
    The rows of a block of text, of which the last may be cut off.

    Attributes
    ----------
    starts : numpy.ndarray of int
        The byte each row starts at.
    ends : numpy.ndarray of int
        The byte after the last one of each row, without the line break.
    lines : numpy.ndarray of int
        How many line breaks of the block come before each row.
    widths : numpy.ndarray of int
        How many cells each row has; none if it is blank.
    length : int
        How many bytes of the block are complete rows.
    breaks : int
        How many line breaks they have.
    quoted : bool
        Whether they have quotation marks.
    multiline : bool
        Whether they have line breaks inside quotation marks.
    open_at : int or None
        Where a quoted cell begins that the block does not close.
    """

    starts: np.ndarray
    ends: np.ndarray
    lines: np.ndarray
    widths: np.ndarray
    length: int
    breaks: int
    quoted: bool
    multiline: bool
    open_at: int | None
    _marks: np.ndarray
    _lasts: np.ndarray

    def end_of(self, row: int, most: int) -> int:
        """
        Tell where a row ends if it is cut off after so many cells.

        Parameters
        ----------
        row : int
            Which row.
        most : int
            How many cells are wanted.

        Returns
        -------
        int
            The byte after the last of them.
        """
        first = int(self._lasts[row - 1]) + 1 if row else 0
        if most > int(self._lasts[row]) - first:
            return int(self.ends[row])
        return int(self._marks[first + most - 1])

    def cells(self, data: bytes, row: int, most: int) -> Iterator[str]:
        """
        Split a row into its cells.

        Parameters
        ----------
        data : bytes
            The block.
        row : int
            Which row.
        most : int
            How many cells are wanted; others are left out.

        Yields
        ------
        str
            A cell, without its quotation marks; what is not UTF-8 is replaced.
        """
        first = int(self._lasts[row - 1]) + 1 if row else 0
        marks = self._marks[first : int(self._lasts[row])].tolist()
        start = int(self.starts[row])
        for mark in [*marks[:most], int(self.ends[row])][:most]:
            cell = data[start:mark].decode("utf-8", "replace")
            if self.quoted and cell.startswith('"'):
                cell = cell[1:-1].replace('""', '"')
            yield cell
            start = mark + 1


def scan(data: bytes, delimiter: bytes, *, last: bool, quoting: bool = True) -> Structure:
    r"""
    Find the rows in a block of text.

    Parameters
    ----------
    data : bytes
        The block. It starts where a row starts.
    delimiter : bytes
        The one byte between cells.
    last : bool
        Whether the text ends with the block; it must then end with a line break.
    quoting : bool, default True
        Whether quotation marks quote.

    Returns
    -------
    Structure
        Its complete rows.

    Raises
    ------
    MisquotedError
        If a quoted cell goes on after the mark that closes it.

    Examples
    --------
    >>> found = scan(b'a,"b\nc"\nd\n', b",", last=True)
    >>> found.lines.tolist(), found.widths.tolist()
    ([0, 2], [2, 1])
    """
    codes = np.frombuffer(data, dtype=np.uint8)
    breaks = _line_breaks(codes, last=last)
    separators = breaks | (codes == delimiter[0])
    quotes = _Quotes(codes, separators) if quoting else None
    every = np.flatnonzero(breaks)
    if quotes is not None and quotes.there:
        separators &= ~quotes.inside
        outside = np.flatnonzero(~quotes.inside[every])
    else:
        outside = np.arange(len(every))
    after = every[outside] + 1
    length = int(after[-1]) if len(after) else 0
    if quotes is not None:
        quotes.see_closed(codes, separators, length)
    marks = np.flatnonzero(separators[:length])
    lasts = np.flatnonzero(breaks[marks])
    starts = np.concatenate([[0], after[:-1]]) if length else after
    ends = after - 1
    if len(ends):
        ends = ends - ((codes[ends] == _LF) & (ends > starts) & (codes[ends - 1] == _CR))
    widths = np.diff(lasts, prepend=-1)
    size = ends - starts
    widths[size == 0] = 0
    if quotes is not None and quotes.there:
        two = np.flatnonzero(size == len('""'))  # alone on its line
        widths[two[(codes[starts[two]] == _QUOTE) & (codes[starts[two] + 1] == _QUOTE)]] = 0
    return Structure(
        starts,
        ends,
        np.concatenate([[0], outside[:-1] + 1]) if length else outside,
        widths,
        length,
        int(outside[-1]) + 1 if length else 0,
        quotes is not None and quotes.there,
        bool(length) and int(outside[-1]) + 1 > len(outside),
        None if quotes is None else quotes.open_at,
        marks,
        lasts,
    )


def count_lines(data: bytes) -> int:
    """
    Count the line breaks in bytes: LF, CR or CR LF.

    Parameters
    ----------
    data : bytes
        The bytes.

    Returns
    -------
    int
        How many there are.
    """
    return int(_line_breaks(np.frombuffer(data, dtype=np.uint8), last=True).sum())


def line_end(data: bytes, *, last: bool) -> int | None:
    r"""
    Find where the first line ends, whatever is quoted.

    Parameters
    ----------
    data : bytes
        The text.
    last : bool
        Whether it ends there.

    Returns
    -------
    int or None
        The byte after its line break; none if that is not there yet.

    Examples
    --------
    >>> line_end(b'"a\r\nb"\n', last=True)
    4
    """
    found = _LINE_END.search(data)
    if found is None or (found.end() == len(data) and found[0] == b"\r" and not last):
        return None  # or LF may follow in the next block
    return found.end()


def _line_breaks(codes: np.ndarray, *, last: bool) -> np.ndarray:
    """Mark the last byte of each line break."""
    breaks = codes == _LF
    returns = codes == _CR
    if returns.any():
        returns[:-1] &= ~breaks[1:]
        returns[-1] &= last  # or LF may follow in the next block
        breaks = breaks | returns
    return np.asarray(breaks)


class _Quotes:
    """
    Which bytes are inside quotes.

    Marks that touch are one run. Inside, a run of odd length closes the cell. Outside, a run at the
    start of a cell opens it and, if its length is even, closes it again; elsewhere it is text. So a
    run that can open turns the state if its length is odd, one that cannot ends it, and the state
    is how often it was turned since it was last ended.
    """

    def __init__(self, codes: np.ndarray, separators: np.ndarray) -> None:
        at = np.flatnonzero(codes == _QUOTE)
        self.there = len(at) > 0
        self.open_at: int | None = None
        if not self.there:
            return
        first = np.concatenate([[True], np.diff(at) != 1])
        runs = at[first]
        lengths = np.diff(np.flatnonzero(first), append=len(at))
        odd = (lengths & 1).astype(bool)
        can_open = separators[runs - 1]
        can_open[0] |= runs[0] == 0
        turns = np.cumsum(odd & can_open)
        ended = np.maximum.accumulate(np.where(odd & ~can_open, turns, 0))
        after = ((turns - ended) & 1).astype(bool)
        before = np.concatenate([[False], after[:-1]])
        states = np.concatenate([[False], after])
        self.inside = np.repeat(states, np.diff(runs, prepend=0, append=len(codes)))
        closing = np.where(before, odd, can_open & ~odd)
        self._closers = (runs + lengths)[closing]
        if after[-1]:
            opened = np.flatnonzero(after & ~before)
            self.open_at = int(runs[opened[-1]])

    def see_closed(self, codes: np.ndarray, separators: np.ndarray, length: int) -> None:
        """See that a cell ends where its quotes do, in the first ``length`` bytes."""
        if not self.there:
            return
        closers = self._closers[self._closers < length]
        # CR before LF is no break of its own, but the cell ends there.
        bad = ~(separators[closers] | (codes[closers] == _CR))
        if bad.any():
            raise MisquotedError(int(closers[bad.argmax()]))

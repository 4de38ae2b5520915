"""Rows of text with what is no character, and the encoding a file may have instead of UTF-8."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

_PIECE_BYTES = 1 << 16  # at least four: a shorter piece may hold no whole character, and never end
_HIGH = re.compile(rb"[\x80-\xff]+")
_LETTERS_IN_A_ROW = 2
_SAMPLE_BYTES = 1 << 16
_LEAST = 3
_EARLY = 1000
_MOST_SHARE = 3  # one in so many


def see_rows(data: bytes, starts: np.ndarray) -> dict[int, str]:
    r"""
    Find the rows that hold bytes which are not UTF-8, or NUL.

    Parameters
    ----------
    data : bytes
        Complete rows.
    starts : numpy.ndarray of int
        The byte each starts at.

    Returns
    -------
    dict of int to str
        What is wrong with each such row.

    Examples
    --------
    >>> see_rows(b"a\n\xe9\n", np.array([0, 2]))
    {1: 'byte 0xe9 is not UTF-8: save it as UTF-8'}
    """
    found: dict[int, str] = {}
    for position in _wrong(data, starts):
        row = int(np.searchsorted(starts, position, side="right")) - 1
        found[row] = f"byte {data[position]:#04x} is not UTF-8: save it as UTF-8"
    at = data.find(b"\x00")
    while at >= 0:
        row = int(np.searchsorted(starts, at, side="right")) - 1
        found.setdefault(row, "is not text: it holds NUL characters")
        at = data.find(b"\x00", _after(row, starts, len(data)))
    return found


def _wrong(data: bytes, starts: np.ndarray) -> Iterator[int]:
    """Give the first byte of each row that is not UTF-8, decoding every byte once."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    else:
        return
    while at < len(data):
        piece = data[at : at + _PIECE_BYTES]
        try:
            at += codecs.utf_8_decode(piece, "strict", at + len(piece) == len(data))[1]
        except UnicodeDecodeError as error:  # it holds a copy of the piece, which is why it is one
            yield at + error.start
            row = int(np.searchsorted(starts, at + error.start, side="right")) - 1
            at = _after(row, starts, len(data))


def _after(row: int, starts: np.ndarray, length: int) -> int:
    return int(starts[row + 1]) if row + 1 < len(starts) else length


@dataclass(slots=True)
class Unreadable:
    """
    How many rows of a file are not text in UTF-8.

    Attributes
    ----------
    count : int
        So many.
    line : int
        The line of the first.
    why : str
        What is wrong with it.
    sample : bytes
        Some of these rows.
    """

    count: int = 0
    line: int = 0
    why: str = ""
    sample: bytes = b""

    def add(self, line: int, why: str, row: bytes) -> None:
        """
        Count a row.

        Parameters
        ----------
        line : int
            Its line.
        why : str
            What is wrong with it.
        row : bytes
            It.
        """
        if not self.count:
            self.line, self.why = line, why
        self.count += 1
        if len(self.sample) < _SAMPLE_BYTES:
            self.sample += row[:_SAMPLE_BYTES]

    def verdict(self, rows: int, *, early: bool) -> str | None:
        """
        Say what the whole file is, if too many rows are not text.

        Parameters
        ----------
        rows : int
            How many rows there are.
        early : bool
            Whether there are more to come.

        Returns
        -------
        str, optional
            What to tell the user; nothing if the other rows are worth reading.
        """
        if self.count < (_EARLY if early else _LEAST) or self.count * _MOST_SHARE <= rows:
            return None
        so_far = "the first " if early else ""
        what = self.why.removesuffix(": save it as UTF-8")
        what = f"line {self.line}: {what}, as in {self.count} of {so_far}{rows} rows"
        high = _HIGH.findall(self.sample)
        if not high or b"\x00" in self.sample:
            return f"{what}: give the table itself, as text in UTF-8"
        return (
            f"{what}: it is probably in {likely_encoding(self.sample)}: save it as UTF-8 (Excel: "
            "'CSV UTF-8'; a text editor: 'Save with encoding')"
        )


def likely_encoding(sample: bytes) -> str:
    r"""
    Guess the encoding of text that is not UTF-8.

    Parameters
    ----------
    sample : bytes
        Some of the text.

    Returns
    -------
    str
        Its name, for people: letters beyond ASCII stand alone in words of the West, while they
        make up whole words elsewhere.

    Examples
    --------
    >>> likely_encoding("Média".encode("cp1252"))
    'Windows-1252 (Western European)'
    """
    runs = _HIGH.findall(sample)
    if sum(map(len, runs)) >= _LETTERS_IN_A_ROW * max(len(runs), 1):
        return "Windows-1256 (Arabic), Windows-1251 (Cyrillic) or the like"
    return "Windows-1252 (Western European)"

"""What stands between the cells of delimited text, and whether it has a header."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from geoevents.tables.recognising import HEAD_BYTES

_DELIMITERS = ",;\t|"
_LINE_END = re.compile(r"\r\n?|\n")
_QUOTED = re.compile(r'(?:(?<=[,;\t|\r\n])|\A)"(?:[^"]|"")*(?:"|\Z)')
_SAID = re.compile(rb'[\r\n]*"?sep=([,;\t|:])"?[ \t]*(?:\r\n|\n|\r(?!\Z))', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """
    How delimited text is written.

    Attributes
    ----------
    delimiter : bytes
        The one byte between cells.
    header : bool
        Whether its first row names the columns.
    skipped : int
        How many bytes come before that: a line that only says what the delimiter is.
    """

    delimiter: bytes
    header: bool = True
    skipped: int = 0


def see_dialect(data: bytes, headerless: Collection[int]) -> Dialect:
    r"""
    Tell how delimited text is written, by its first lines.

    Parameters
    ----------
    data : bytes
        The start of the text.
    headerless : collection of int
        The numbers of columns that files without a header have.

    Returns
    -------
    Dialect
        How it is written: as its first line says (``sep=;``, which Excel reads and writes), or else
        with the delimiter that its first line has most.

    Examples
    --------
    >>> see_dialect(b"sep=;\na,b;c\n", ()).delimiter
    b';'
    """
    if said := _SAID.match(data):
        return Dialect(said[1], skipped=said.end())
    head = data[:HEAD_BYTES].decode("utf-8", "replace")
    if not head.strip():
        head = data.lstrip()[:HEAD_BYTES].decode("utf-8", "replace")
    plain = _LINE_END.split(head.lstrip("\r\n"), maxsplit=1)[0].split("\t")
    if len(plain) in headerless and re.fullmatch("[0-9]+", plain[0]):
        return Dialect(b"\t", header=False)
    lines = _LINE_END.split(_QUOTED.sub("", head))
    first = next((line for line in lines if line.strip(" ")), "")
    return Dialect(max(_DELIMITERS, key=first.count).encode())

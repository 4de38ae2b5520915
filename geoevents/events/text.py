"""
Columns of text as Arrow holds them: a million cells worked on at once, without Python objects.

Arrow text is UTF-8, so it cannot hold half of a surrogate pair.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

TEXT = pd.Series(["text"]).dtype
"""What this pandas holds text in: ``str`` from pandas 3 on, ``object`` before."""

NOTHING = pa.scalar(None, pa.large_string())
"""A missing text."""


def arrow_text(column: pd.Series) -> pa.ChunkedArray | None:
    """
    Give a column of text as Arrow text, without a copy where it is that already.

    Parameters
    ----------
    column : pandas.Series
        Cells of any kind.

    Returns
    -------
    pyarrow.ChunkedArray or None
        As ``large_string``, missing cells null; None if a cell is not text, or text that UTF-8
        cannot hold.
    """
    dtype = column.dtype
    if isinstance(dtype, pd.StringDtype):
        text = pa.array(column.array)
    elif isinstance(dtype, pd.ArrowDtype):
        if dtype.kind not in "OU" or dtype.type is not str:
            return None
        text = pa.array(column.array)
    elif dtype.kind == "O" and not isinstance(dtype, pd.api.extensions.ExtensionDtype):
        values = column.to_numpy(dtype=object)
        if pd.api.types.infer_dtype(values, skipna=True) not in {"string", "empty"}:
            return None
        try:
            text = pa.array(values, pa.large_string(), from_pandas=True)
        except (UnicodeEncodeError, pa.ArrowException):
            return None
    else:
        return None
    if text.type != pa.large_string():
        text = text.cast(pa.large_string())
    return text if isinstance(text, pa.ChunkedArray) else pa.chunked_array([text])


def text_series(text: pa.ChunkedArray, index: pd.Index) -> pd.Series:
    """
    Give Arrow text as a column in the dtype that this pandas holds text in.

    Parameters
    ----------
    text : pyarrow.ChunkedArray
        The cells.
    index : pandas.Index
        The labels of the rows.

    Returns
    -------
    pandas.Series
        The same cells.
    """
    if isinstance(TEXT, pd.StringDtype):
        # Of every extension type that pandas says Arrow can be read into; the stubs leave it out.
        return pd.Series(TEXT.__from_arrow__(text), index=index)  # type: ignore[attr-defined]
    return pd.Series(text.to_numpy(), index=index, dtype=TEXT)


def picked(codes: np.ndarray, words: Iterable[str | None]) -> pa.ChunkedArray:
    """
    Spell out codes.

    Parameters
    ----------
    codes : array of int
        For each row the position of its word; -1 where there is none.
    words : iterable of str or None
        The words.

    Returns
    -------
    pyarrow.ChunkedArray
        A word for each row.
    """
    taken = pa.array(words, pa.large_string()).take(pa.array(codes, mask=codes < 0))
    return pa.chunked_array([taken])


def stripped(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """
    Take away the white space round text; what is empty then is missing.

    Parameters
    ----------
    text : pyarrow.ChunkedArray
        The cells.

    Returns
    -------
    pyarrow.ChunkedArray
        The very same cells if nothing had to be taken away.
    """
    bare = pc.utf8_trim_whitespace(text)
    lengths = pc.binary_length(bare)
    # Stripping only shortens: as many bytes as before are the bytes of before.
    if pc.sum(lengths).equals(pc.sum(pc.binary_length(text))):
        bare = text
    if pc.min(lengths).as_py() == 0:
        bare = pc.if_else(pc.greater(lengths, 0), bare, NOTHING)
    return bare


def with_nul(text: pa.ChunkedArray) -> np.ndarray | None:
    """
    Find the cells that hold a NUL character.

    Parameters
    ----------
    text : pyarrow.ChunkedArray
        The cells.

    Returns
    -------
    numpy.ndarray of bool or None
        A mask; None if there is none at all.
    """
    # The least byte tells, forty times faster than a search, that no cell has one.
    if all(_least_byte(chunk) for chunk in text.chunks):
        return None
    found = pc.fill_null(pc.match_substring(text, "\0"), fill_value=False).to_numpy()
    return found if found.any() else None


def _least_byte(chunk: pa.Array) -> int:
    """Least byte of the buffer that text stands in, which may hold more than the text."""
    data = chunk.buffers()[2]
    return 1 if data is None or not data.size else int(np.frombuffer(data, np.uint8).min())

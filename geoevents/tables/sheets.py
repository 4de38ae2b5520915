"""Sheets of Excel and OpenDocument."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
from python_calamine import CalamineError

from geoevents.errors import GeoeventsError, shown
from geoevents.tables.sheetsize import see_size
from geoevents.tables.table import Table

_LONGEST = 40  # characters of a cell that are shown
_MOST_SHOWN = 3


def read_sheet(path: Path, layer: str | None = None) -> Table:
    """
    Read a sheet.

    Parameters
    ----------
    path : pathlib.Path
        The file: .xlsx, .xlsm, .xlsb, .xls or .ods.
    layer : str, optional
        The sheet; if not given, the only one that is not empty, or the one called ``events``.

    Returns
    -------
    Table
        Its cells with the types they have there (dates are dates; times of day are text,
        ``HH:MM:SS``), beside their rows in the sheet.
        The first row that is not empty names the columns; empty rows are no rows.

    Raises
    ------
    GeoeventsError
        If the file cannot be read, which sheet is meant cannot be told, or a column has no name.
    """
    see_size(path)
    try:
        with pd.ExcelFile(path, engine="calamine") as book:
            name, cells = _chosen(book, layer, path)
    except (CalamineError, ValueError, OSError, KeyError, IndexError, OverflowError) as error:
        raise GeoeventsError(f"{path}: is not a sheet that can be read: {error}") from error
    if cells is None:
        raise GeoeventsError(f"{path}: is empty")
    rows = np.flatnonzero(cells.notna().any(axis="columns").to_numpy())
    names = ["" if pd.isna(cell) else str(cell).strip() for cell in cells.iloc[rows[0]]]
    used = cells.notna().any(axis="index").to_numpy()
    for position, column in enumerate(names):
        if used[position] and not column:
            raise GeoeventsError(
                f"{path}: sheet {shown(name)}: row {rows[0] + 1}: column {position + 1} has no "
                "name: "
                "the first row must hold the names of the columns, and nothing stand above it; "
                f"this one holds {_shown(names)}"
            )
    body = cells.iloc[rows[1:]].reset_index(drop=True)
    frame = pd.DataFrame(
        {at: _typed(body.iloc[:, at]) for at in np.flatnonzero(used).tolist()},
        index=pd.RangeIndex(len(body)),
    )
    frame.columns = pd.Index([names[at] for at in np.flatnonzero(used)], dtype=object)
    return Table(frame, "excel", rows[1:].astype(np.int64) + 1)


def _shown(names: list[str]) -> str:
    """Show some of what a row holds."""
    full = [
        ascii(name if len(name) <= _LONGEST else name[:_LONGEST] + "...") for name in names if name
    ]
    return ", ".join(full[:_MOST_SHOWN]) + " and more" * (len(full) > _MOST_SHOWN)


def _typed(cells: pd.Series) -> pd.Series:
    """Give cells their dtype; times of day have none, and are text."""
    times = cells.map(lambda cell: isinstance(cell, dt.time)).to_numpy(dtype=bool)
    if times.any():
        cells = cells.mask(times, cells[times].map(_written))
    return cells.infer_objects()


def _written(time: dt.time) -> str:
    """Write a time of day to the nearest second, for the parts of a day in sheets are not exact."""
    seconds = 3600 * time.hour + 60 * time.minute + time.second + time.microsecond / 1e6
    whole = min(round(seconds), 86_399)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def _chosen(book: pd.ExcelFile, wanted: str | None, path: Path) -> tuple[str, pd.DataFrame | None]:
    """Choose the sheet that is meant, and read it."""
    sheets = [str(name) for name in book.sheet_names]
    if wanted is not None and wanted not in sheets:
        raise GeoeventsError(
            f"{path}: has no sheet {shown(wanted)}: it has {', '.join(sheets) or 'none'}"
        )
    if wanted is None and "events" in sheets:
        wanted = "events"
    if wanted is not None:
        return wanted, _cells(book, wanted)
    full = {name: cells for name in sheets if (cells := _cells(book, name)) is not None}
    if len(full) > 1:
        raise GeoeventsError(
            f"{path}: which sheet is meant? It has {', '.join(full)}; "
            "name one with layer=, or call one 'events'"
        )
    return next(iter(full.items()), ("", None))


def _cells(book: pd.ExcelFile, sheet: str) -> pd.DataFrame | None:
    """Read all cells of a sheet, if it has any; empty text is missing, words never are."""
    cells = pd.read_excel(
        book, sheet_name=sheet, header=None, dtype=object, na_filter=False, keep_default_na=False
    ).astype(object)
    cells = cells.mask(cells == "")
    return cells if cells.notna().to_numpy().any() else None

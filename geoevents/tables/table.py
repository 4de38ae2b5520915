"""A table as a file holds it."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd


@dataclass(slots=True)
class Table:
    """
    A table as a file holds it.

    Attributes
    ----------
    frame : pandas.DataFrame
        Its cells; a GeoDataFrame if it has geometries.
    kind : str
        What kind of file it is: one of `geoevents.tables.KINDS`.
    lines : numpy.ndarray of int, optional
        The line of the file (or the row of the sheet) that each row starts on, from 1.
    broken : dict of int to str
        Rows whose cells cannot be trusted, by position, and why.
    header : bool
        Whether the file says the names of its columns; if not, the caller knew them.
    """

    frame: pd.DataFrame
    kind: str
    lines: np.ndarray | None = None
    broken: dict[int, str] = field(default_factory=dict)
    header: bool = True

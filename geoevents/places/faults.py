"""Which rows of a table cannot become features, and why."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError, shown
from geoevents.places.cells import Objects, clean_all, numbers, plain
from geoevents.places.folding import fold_all
from geoevents.places.names import LONGEST
from geoevents.places.store import KINDS

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

_SHOWN: Final = 20
_EDGE: Final = (180.00001, 90.0)
_TYPES: Final = (0, 1, 3, 5, 6)

Mask = NDArray[np.bool_]


class Faults:
    """
    What is wrong with rows: for each the first thing that was found.

    Parameters
    ----------
    index : Index
        The labels of the rows.
    """

    def __init__(self, index: "pd.Index[Any]") -> None:
        self._index = index
        self._reason = np.full(len(index), -1, np.intp)
        self._reasons: list[tuple[str, Callable[[int], str]]] = []

    def add(self, rows: Mask, what: str, shown: Callable[[int], str] | None = None) -> None:
        """Note what is wrong with some rows; ``shown`` tells more of one row."""
        new = rows & (self._reason < 0)
        if new.any():
            self._reason[new] = len(self._reasons)
            self._reasons.append((what, shown or (lambda _: "")))

    def add_cells(self, rows: Mask, what: str, column: str, values: Objects) -> None:
        """Note what is wrong with the cells of a column."""
        self.add(rows, what, lambda row: f" ({column}={shown(values[row], 80)})")

    def among(self, kept: Mask) -> "Faults":
        """Return what is wrong with some of the rows."""
        some = Faults(self._index[kept])
        some._reason = self._reason[kept]
        at = np.flatnonzero(kept).tolist()
        some._reasons = [
            (what, lambda row, shown=shown: shown(at[row]))  # type: ignore[misc]
            for what, shown in self._reasons
        ]
        return some

    @property
    def rows(self) -> Mask:
        """Which rows cannot be used."""
        return self._reason >= 0

    def raise_any(self, advice: str = "") -> None:
        """Raise an error that lists the first twenty rows, if there are any."""
        rows = np.flatnonzero(self.rows).tolist()
        if not rows:
            return
        lines = [self._line(row) for row in rows[:_SHOWN]]
        if len(rows) > 1:
            more = len(rows) - _SHOWN
            lines.insert(0, f"{len(rows):,} of {len(self._index):,} rows cannot be used:")
            lines += [f"and {more:,} more"] if more > 0 else []
        raise GeoeventsError("\n".join([*lines, *filter(None, [advice])]))

    def reasons(self) -> list[tuple[str, Mask]]:
        """Return why rows cannot be used, and which rows each is true of."""
        found = [(what, self._reason == number) for number, (what, _) in enumerate(self._reasons)]
        return [(what, rows) for what, rows in found if rows.any()]

    def counts(self) -> str:
        """Say how many rows cannot be used for which reason, with an example of each."""
        return "; ".join(
            f"{np.count_nonzero(self._reason == number):,} because {what}"
            f" (such as {self._label(int(np.argmax(self._reason == number)))})"
            for number, (what, _) in enumerate(self._reasons)
            if (self._reason == number).any()
        )

    def _line(self, row: int) -> str:
        what, shown = self._reasons[self._reason[row]]
        return f"{self._label(row)}: {what}{shown(row)}"

    def _label(self, row: int) -> str:
        # A reader of files labels rows with the lines that they stand on.
        label = "line" if self._index.name == "line" else "row"
        return f"{label} {shown(self._index[row : row + 1].tolist()[0])}"


def find_faults(frame: "gpd.GeoDataFrame", faults: Faults) -> Faults:
    """
    Look for rows of a frame of features that cannot be used.

    Parameters
    ----------
    frame : GeoDataFrame
        As for ``store.write``.
    faults : Faults
        Takes note.

    Returns
    -------
    Faults
        The same.
    """
    kinds = plain(frame["kind"])
    wrong = [not (isinstance(kind, str) and kind in KINDS) for kind in kinds]
    faults.add_cells(
        np.array(wrong, bool), f"kind must be one of {', '.join(KINDS)}", "kind", kinds
    )
    names = plain(frame["name"])
    nameless, long = _odd_names(names)
    faults.add_cells(nameless, "a feature needs a name of letters or digits", "name", names)
    faults.add_cells(
        long, f"a name of more than {LONGEST} letters is never looked up", "name", names
    )
    ids = plain(frame["id"])
    texts = np.array(clean_all(ids.tolist()), object)
    faults.add_cells(texts == "", "a feature needs an id", "id", ids)
    faults.add_cells(_again(texts), "the id is there twice", "id", ids)
    for column in ("population", "uncertainty_m"):
        wrong_number = numbers(frame[column])[1]
        what = f"{column} must be a number, 0 or more, or missing"
        faults.add_cells(wrong_number, what, column, plain(frame[column]))
    _look_at_geometries(np.asarray(frame.geometry.array, dtype=object), frame.geometry.name, faults)
    return faults


def _again(texts: Objects) -> Mask:
    import pandas as pd  # noqa: PLC0415 -- look-ups must not load pandas

    again: Mask = pd.Series(texts, dtype=object).duplicated().to_numpy(dtype=bool)
    return again


def _odd_names(names: Objects) -> tuple[Mask, Mask]:
    """Tell which names have no letters, and which are too long to be looked up."""
    nameless, long = np.zeros(len(names), bool), np.zeros(len(names), bool)
    doubtful: list[int] = []
    for row, name in enumerate(names.tolist()):
        if not isinstance(name, str):
            nameless[row] = True
        elif len(name) > LONGEST or not (name[:1].isascii() and name[:1].isalnum()):
            doubtful.append(row)
    folded = fold_all([names[row] for row in doubtful])
    sizes = np.fromiter(map(len, folded), np.intp, len(folded))
    nameless[doubtful] = sizes == 0
    long[doubtful] = sizes > LONGEST
    return nameless, long


def _look_at_geometries(geometry: Objects, column: str, faults: Faults) -> None:
    def note(rows: Mask, what: str) -> None:
        faults.add_cells(rows, what, column, geometry)

    types = shapely.get_type_id(geometry)
    note(
        ~np.isin(types, _TYPES) | shapely.is_empty(geometry),
        "the geometry must be a point, line or polygon, single or multi",
    )
    xy, owner = shapely.get_coordinates(geometry, return_index=True)
    lost = np.zeros(len(geometry), bool)
    lost[owner[~np.isfinite(xy).all(axis=1)]] = True
    note(lost, "the coordinates must be finite numbers")
    outside = np.zeros(len(geometry), bool)
    outside[owner[(np.abs(xy) > _EDGE).any(axis=1)]] = True
    note(outside, "the geometry must lie within -180..180, -90..90 degrees")
    shapes = np.flatnonzero(types > 0)
    broken = shapes[~shapely.is_valid(geometry[shapes])]
    invalid = np.zeros(len(geometry), bool)
    invalid[broken] = True
    faults.add(
        invalid,
        "the geometry is invalid",
        lambda row: (
            f": {shapely.is_valid_reason(geometry[row])} ({column}). Mend it with "
            "frame.geometry.make_valid()"
        ),
    )

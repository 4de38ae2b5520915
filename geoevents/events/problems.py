"""What is wrong with a table of events: every problem, where it is, in one error."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geoevents.errors import GeoeventsError, as_text, shown

_PROBLEM = ("file", "line", "row", "column", "value", "reason")
_LONGEST = 100  # characters of a label, or of a name
_TABLE = -1  # the position of what concerns no row


class SchemaError(GeoeventsError, ValueError):
    """
    A frame or a file whose rows are not all events.

    The message lists the first twenty problems and their count.

    Attributes
    ----------
    problems : pandas.DataFrame
        Every problem: ``file``, ``line``, ``row`` (its label), ``column``, ``value``, ``reason``.
        What concerns the whole table has no row.
    """

    LISTED = 20

    def __init__(self, problems: pd.DataFrame) -> None:
        self.problems = problems
        files = problems["file"].dropna().unique()
        lines = [f"{files[0]}: " if len(files) else "these events have "]
        lines[0] += f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
        lines += [
            _one_line(dict(zip(_PROBLEM, problem, strict=True)))
            for problem in problems[list(_PROBLEM)].head(self.LISTED).itertuples(index=False)
        ]
        if len(problems) > self.LISTED:
            lines.append(f"  ... and {len(problems) - self.LISTED} more")
        super().__init__("\n".join(lines))


def _one_line(problem: dict[str, Any]) -> str:
    """One problem as a line of the message."""
    where = [f"line {problem['line']}"] if pd.notna(problem["line"]) else []
    if problem["row"] is not None:
        where.append(f"row {as_text(problem['row'])[:_LONGEST]}")
    if problem["column"] is not None:
        where.append(f"column {as_text(problem['column'])[:_LONGEST]}")
    value = "" if problem["value"] is None else f"{shown(problem['value'])} "
    return f"  {', '.join(where)}{': ' if where else ''}{value}{problem['reason']}"


@dataclass(frozen=True, slots=True)
class _Note:
    """One problem in some rows, as arrays: a row of it is made only when it is shown."""

    positions: np.ndarray
    column: str | None
    values: "pd.Series | np.ndarray | list[Any] | None"
    reason: "str | Callable[[Any], str] | np.ndarray"

    def shown(self) -> list[Any]:
        """Give the value of each row."""
        if self.values is None:
            return [None] * len(self.positions)
        return self.values if isinstance(self.values, list) else self.values.tolist()

    def reasons(self, values: list[Any]) -> list[str]:
        """Give the reason of each row."""
        if isinstance(self.reason, np.ndarray):
            return list(self.reason.tolist())
        if isinstance(self.reason, str):
            return [self.reason] * len(values)
        return [self.reason(value) for value in values]


class Problems:
    """
    The problems found so far in one table.

    Parameters
    ----------
    index : pandas.Index
        The labels of its rows.
    file : str, optional
        The file it was read from.
    lines : array of int, optional
        The line of that file each row starts on.
    """

    def __init__(
        self, index: pd.Index, file: str | None = None, lines: np.ndarray | None = None
    ) -> None:
        self._index = index
        self._file = file
        self._lines = lines
        self._notes: list[_Note] = []
        self._names: dict[str, str] = {}
        self._open = np.ones(len(index), dtype=bool)

    def rename(self, names: Mapping[str, str]) -> None:
        """
        Show columns under the names that the file has for them, from now on.

        Parameters
        ----------
        names : mapping of str to str
            The file's own column by that of the schema. Others keep their names; so do problems
            noted before, which may be of a column of the file that is called like another one of
            the schema.
        """
        self._names.update(names)

    def name(self, column: str) -> str:
        """
        Give the name a column is shown under.

        Parameters
        ----------
        column : str
            A column of the schema.

        Returns
        -------
        str
            The file's own name for it.
        """
        return self._names.get(column, column)

    def add(
        self,
        column: str | None,
        bad: np.ndarray,
        values: "pd.Series | Sequence[Any] | np.ndarray | None",
        reason: "str | Callable[[Any], str] | np.ndarray",
    ) -> None:
        """
        Note a problem in some rows.

        Parameters
        ----------
        column : str or None
            The column it is in.
        bad : array of bool
            The rows.
        values : pandas.Series or sequence, optional
            The values of all rows.
        reason : str, callable or array of str
            What is wrong: the same for all, made from the value when it is shown, or one for each
            row.
        """
        positions = np.flatnonzero(bad & self._open)
        if not len(positions):
            return
        chosen: pd.Series | np.ndarray | list[Any] | None
        if values is None:
            chosen = None
        elif isinstance(values, pd.Series):
            chosen = values.iloc[positions]
        elif isinstance(values, np.ndarray):
            chosen = values[positions]
        else:
            chosen = [values[position] for position in positions.tolist()]
        if isinstance(reason, np.ndarray):
            reason = reason[positions]
        self._note(positions, column, chosen, reason)

    def _note(
        self,
        positions: np.ndarray,
        column: str | None,
        values: "pd.Series | np.ndarray | list[Any] | None",
        reason: "str | Callable[[Any], str] | np.ndarray",
    ) -> None:
        shown = None if column is None else self.name(column)
        self._notes.append(_Note(positions, shown, values, reason))

    def reject(self, rows: Mapping[int, str]) -> None:
        """
        Note rows whose cells cannot be trusted; nothing more is said about them.

        Parameters
        ----------
        rows : mapping of int to str
            Their positions, and what is wrong with each.
        """
        bad = np.zeros(len(self._index), dtype=bool)
        reasons = np.full(len(self._index), None)
        for position, reason in rows.items():
            bad[position], reasons[position] = True, reason
        self.add(None, bad, None, reasons)
        self._open &= ~bad

    def add_table(self, column: str | None, reason: str) -> None:
        """
        Note a problem of the whole table.

        Parameters
        ----------
        column : str or None
            The column it is in.
        reason : str
            What is wrong.
        """
        self._note(np.array([_TABLE]), column, None, reason)

    def rows(self) -> np.ndarray:
        """
        Which rows have a problem.

        Returns
        -------
        numpy.ndarray of int
            Their positions, each once.
        """
        positions = self._positions()
        return np.unique(positions[positions != _TABLE])

    def of_table(self) -> bool:
        """
        Whether the table as a whole has a problem.

        Returns
        -------
        bool
            True if a problem concerns no row.
        """
        return any(note.positions[0] == _TABLE for note in self._notes)

    def frame(self) -> pd.DataFrame:
        """
        Give all problems, in the order of the rows.

        Returns
        -------
        pandas.DataFrame
            Columns ``file``, ``line``, ``row``, ``column``, ``value``, ``reason``.
        """
        positions = self._positions()
        order = np.argsort(positions, kind="stable")  # of one row: as they were noted
        positions = positions[order]
        of_row = positions != _TABLE
        values: list[Any] = []
        reasons: list[str] = []
        for note in self._notes:
            shown = note.shown()
            values += shown
            reasons += note.reasons(shown)
        rows = np.full(len(positions), None)
        rows[of_row] = _objects(self._index.take(positions[of_row]).tolist())
        lines = pd.Series(pd.NA, index=range(len(positions)), dtype="Int64")
        if self._lines is not None:
            lines[of_row] = np.asarray(self._lines)[positions[of_row]]
        sizes = [len(note.positions) for note in self._notes]
        columns = np.repeat(_objects([note.column for note in self._notes]), sizes)
        return pd.DataFrame(
            {
                "file": pd.Series([self._file] * len(positions), dtype=object),
                "line": lines,
                "row": pd.Series(rows, dtype=object),
                "column": pd.Series(columns[order], dtype=object),
                "value": pd.Series(_objects(values)[order], dtype=object),
                "reason": pd.Series(_objects(reasons)[order], dtype=object),
            }
        )

    def _positions(self) -> np.ndarray:
        """Give the row of each problem, in the order in which they were noted."""
        found = [note.positions for note in self._notes]
        return np.concatenate(found) if found else np.zeros(0, dtype=int)

    def __bool__(self) -> bool:
        return bool(self._notes)


def _objects(values: list[Any]) -> np.ndarray:
    """Put values into an array as they are, lists and tuples too."""
    return np.fromiter(values, dtype=object, count=len(values))

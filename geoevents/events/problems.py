"""What is wrong with a table of events: every problem, where it is, in one error."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from geoevents.errors import GeoeventsError

_PROBLEM = ("file", "line", "row", "column", "value", "reason")


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
        where.append(f"row {problem['row']}")
    if problem["column"] is not None:
        where.append(f"column {problem['column']}")
    value = "" if problem["value"] is None else f"{_shortened(problem['value'])} "
    return f"  {', '.join(where)}: {value}{problem['reason']}"


def _shortened(value: object, length: int = 60) -> str:
    """Show a value on one line, with what cannot be printed escaped."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= length else text[: length - 3] + "..."


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
        self._found: list[tuple[int, int, dict[str, Any]]] = []
        self._open = np.ones(len(index), dtype=bool)

    def add(
        self,
        column: str | None,
        bad: np.ndarray,
        values: Sequence[Any] | np.ndarray | None,
        reason: str | Callable[[Any], str] | np.ndarray,
    ) -> None:
        """
        Note a problem in some rows.

        Parameters
        ----------
        column : str or None
            The column it is in.
        bad : array of bool
            The rows.
        values : sequence, optional
            The values of all rows.
        reason : str, callable or array of str
            What is wrong: the same for all, made from the value, or one for each row.
        """
        order = len(self._found)
        for position in np.flatnonzero(bad & self._open).tolist():
            value = None if values is None else values[position]
            if isinstance(reason, np.ndarray):
                why = reason[position]
            else:
                why = reason if isinstance(reason, str) else reason(value)
            row = {
                "file": self._file,
                "line": None if self._lines is None else int(self._lines[position]),
                "row": self._index[position],
                "column": column,
                "value": value,
                "reason": why,
            }
            self._found.append((position, order, row))

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
        row = dict.fromkeys(_PROBLEM) | {"file": self._file, "column": column, "reason": reason}
        self._found.append((-1, len(self._found), row))

    def rows(self) -> np.ndarray:
        """
        Which rows have a problem.

        Returns
        -------
        numpy.ndarray of int
            Their positions, each once.
        """
        return np.unique([found[0] for found in self._found if found[0] >= 0]).astype(int)

    def of_table(self) -> bool:
        """
        Whether the table as a whole has a problem.

        Returns
        -------
        bool
            True if a problem concerns no row.
        """
        return any(found[0] < 0 for found in self._found)

    def frame(self) -> pd.DataFrame:
        """
        Give all problems, in the order of the rows.

        Returns
        -------
        pandas.DataFrame
            Columns ``file``, ``line``, ``row``, ``column``, ``value``, ``reason``.
        """
        ordered = [row for _, _, row in sorted(self._found, key=lambda found: found[:2])]
        columns = {
            name: pd.Series(
                [row[name] for row in ordered],
                dtype="Int64" if name == "line" else object,
            )
            for name in _PROBLEM
        }
        return pd.DataFrame(columns)

    def __bool__(self) -> bool:
        return bool(self._found)

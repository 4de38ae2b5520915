"""A dataset's columns as the columns of our schema: what a translation gives, and how it is put."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pandas as pd

from geoevents.events.columns import COLUMNS
from geoevents.events.problems import Problems, SchemaError

_SCHEMA = {column.name for column in COLUMNS if column.kind != "geometry"}


@dataclass(frozen=True, slots=True)
class Translated:
    """
    A dataset in the words of the schema.

    Attributes
    ----------
    frame : pandas.DataFrame
        Columns of the schema, not yet validated, and all that the dataset has beside them.
    names : dict of str to str
        For each column of the schema, the dataset's own that it was read from.
    notes : list of str
        What the user should be told once, about the file as a whole.
    """

    frame: pd.DataFrame
    names: dict[str, str]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """
    A published dataset of events.

    Attributes
    ----------
    name : str
        What it is called in ``format=``.
    recognises : callable
        Whether a table with these columns is of this dataset.
    translate : callable
        Bring a table of it into the words of the schema, noting what its codebook does not know.
    """

    name: str
    recognises: Callable[[Sequence[Any]], bool]
    translate: Callable[[pd.DataFrame, Problems], Translated]


def spelt(columns: Iterable[Any]) -> dict[str, Any]:
    """
    Find columns by their names in any case.

    Parameters
    ----------
    columns : iterable
        The names as a table has them.

    Returns
    -------
    dict
        The table's own spelling by the name in lower case; the first wins.

    Examples
    --------
    >>> spelt(["EVENT_DATE", "Notes "])
    {'event_date': 'EVENT_DATE', 'notes': 'Notes '}
    """
    found: dict[str, Any] = {}
    for name in columns:
        found.setdefault(str(name).strip().lower(), name)
    return found


def unique(frame: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    """
    See that no column stands twice, in whatever case.

    Parameters
    ----------
    frame : pandas.DataFrame
        A table.
    problems : Problems
        Where to note columns that do.

    Returns
    -------
    pandas.DataFrame
        The table with the first of each.
    """
    names = pd.Index([str(name).strip().lower() for name in frame.columns])
    repeated = names.duplicated()
    for name in names[repeated].unique():
        problems.add_table(str(name), "stands twice in the table: keep one")
    return frame.loc[:, ~repeated] if repeated.any() else frame


def see_core(
    columns: Mapping[str, Any],
    core: Sequence[str],
    whose: str,
    problems: Problems,
    *,
    but: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """
    See that a table has the columns that its dataset is recognised by.

    Parameters
    ----------
    columns : mapping
        The table's columns, from `spelt`.
    core : sequence of str
        Those that it must have, as the codebook spells them.
    whose : str
        Whose dataset it is said to be, as in ``"is not ACLED's"``.
    problems : Problems
        What is wrong so far.
    but : mapping of str to str, optional
        What to say beside of a column, if it is the only one that is not there.

    Raises
    ------
    SchemaError
        If it lacks one: there is nothing to be said about its rows then.

    Examples
    --------
    >>> problems = Problems(pd.RangeIndex(1))
    >>> see_core(spelt(["SQLDATE", "EVENTCODE"]), ("EventCode", "Actor1Name"), "GDELT", problems)
    Traceback (most recent call last):
    geoevents.events.problems.SchemaError: these events have 1 problem
      is not GDELT's: it lacks the column Actor1Name; pass format='table' to read it as your own
    """
    lacking = [name for name in core if name.lower() not in columns]
    if not lacking:
        return
    noun = "column" if len(lacking) == 1 else "columns"
    why = but.get(lacking[0], "") if len(lacking) == 1 else ""
    problems.add_table(
        None,
        f"is not {whose}'s: it lacks the {noun} {', '.join(lacking)}{why}; "
        "pass format='table' to read it as your own",
    )
    raise SchemaError(problems.frame())


def present(renamed: Mapping[str, str], columns: Mapping[str, Any]) -> dict[str, str]:
    """
    Choose the renamings that a table has columns for.

    Parameters
    ----------
    renamed : mapping of str to str
        What columns, by their names in lower case, are called in the schema. Where several are
        called the same, as in releases of different years, the first that is there counts.
    columns : mapping
        The table's columns, from `spelt`.

    Returns
    -------
    dict of str to str
        Those that can be done.

    Examples
    --------
    >>> present({"best": "fatalities", "best_est": "fatalities"}, spelt(["best_est", "year"]))
    {'best_est': 'fatalities'}
    """
    chosen: dict[str, str] = {}
    for theirs, ours in renamed.items():
        if theirs in columns and ours not in chosen.values():
            chosen[theirs] = ours
    return chosen


def put(
    frame: pd.DataFrame,
    source: str,
    renamed: Mapping[str, str],
    made: Mapping[str, pd.Series],
) -> pd.DataFrame:
    """
    Put a translation together.

    Parameters
    ----------
    frame : pandas.DataFrame
        The dataset's table.
    source : str
        The dataset's name.
    renamed : mapping of str to str
        What columns, by their names in lower case, are called in the schema.
    made : mapping of str to pandas.Series
        Columns that were worked out, by their names.

    Returns
    -------
    pandas.DataFrame
        All columns of the table and those made, on the same index. A column of the dataset whose
        name means something else in the schema is called after the dataset: ``acled_event_type``.
    """
    names = []
    for name in frame.columns:
        lower = str(name).strip().lower()
        own = f"{source}_{lower}" if lower in _SCHEMA else name
        names.append(renamed.get(lower, own))
    # Shallow: a million rows of text are not copied to be called something else.
    out = frame.copy(deep=False)
    out.columns = pd.Index(names)
    for column, values in made.items():
        out[column] = values
    return out

"""Tables of actors, ours and the user's, read into entries."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast, get_args

from geoevents.errors import as_text, shown
from geoevents.places.countries import ISO3
from geoevents.reports.actors.pieces import cut
from geoevents.reports.errors import ReportError
from geoevents.reports.model import Sense

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS: Final = ("name", "aliases", "sense", "party", "country", "media")
_SENSES: Final = get_args(Sense)
_TENTATIVE: Final = "?"
_YES: Final = frozenset(("true", "yes", "1", "1.0"))
_NO: Final = frozenset(("false", "no", "0", "0.0", ""))
_SHOWN: Final = 10
_LONGEST: Final = 200
_LONGEST_PATH: Final = 4096
#: Codes of countries, those included that are no more but acted.
_CODES: Final = frozenset((*ISO3.values(), "SU", "YU"))

#: A name's pieces and their shapes, as `fold_name` gives them.
Folded: TypeAlias = tuple[tuple[str, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """
    An actor as a table has it.

    Attributes
    ----------
    name : str
        The name that all its aliases share.
    aliases : tuple of str
        What else it is called.
    sense : str
        As of `Actor`.
    party : str
        The side it is on; its own name if none is said.
    countries : tuple of str
        ISO codes of the countries where it acts; a state's own comes first.
    media : bool
        Whether it only reports.
    tentative : tuple of str
        Aliases believed only in reports on that country, or where another name of it stands.
    given : frozenset of str
        Which columns the table had for it.
    """

    name: str
    aliases: tuple[str, ...]
    sense: Sense
    party: str
    countries: tuple[str, ...] = ()
    media: bool = False
    tentative: tuple[str, ...] = ()
    given: frozenset[str] = frozenset(COLUMNS)
    _folds: list[tuple[Folded, bool]] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    def names(self) -> list[tuple[str, bool]]:
        """
        List the names that it is found by.

        Returns
        -------
        list of tuple of str and bool
            Each name, and whether it is tentative.
        """
        if not self.tentative:
            return [(name, False) for name in (self.name, *self.aliases)]
        sure = (name for name in (self.name, *self.aliases) if name not in self.tentative)
        return [*((name, False) for name in sure), *((name, True) for name in self.tentative)]

    def folds(self) -> list[tuple[Folded, bool]]:
        """
        List the names that it is found by as they are compared.

        Returns
        -------
        list of tuple of Folded and bool
            As of `names`, each as `fold_name` gives it.
        """
        found = self._folds
        if found is None:
            # Tables may be long, and are gone through several times.
            found = [(cut(name), tentative) for name, tentative in self.names()]
            object.__setattr__(self, "_folds", found)
        return found


def read_entries(table: Any) -> list[Entry]:
    """
    Read a table of actors.

    Parameters
    ----------
    table : DataFrame, mapping, sequence or path
        A table with the columns ``name`` and ``aliases`` (parted by ``|``; may be missing), and
        perhaps ``sense``, ``party``, ``country`` and ``media``; a mapping of names to their
        aliases (a list, or text with ``|``) or to a mapping of those columns; a sequence of
        mappings; the path of a CSV file.

    Returns
    -------
    list of Entry
        One for each name.

    Raises
    ------
    ReportError
        If the table is not made so: it says which rows, and what to do.

    Examples
    --------
    >>> read_entries({"Ruz Column": "RC|Column of Ruz"})[0].aliases
    ('RC', 'Column of Ruz')
    """
    problems: list[str] = []
    entries = [entry for row in _rows(table) if (entry := _entry(*row, problems)) is not None]
    _see_apart(entries, problems)
    if problems:
        more = len(problems) - _SHOWN
        told = "; ".join(problems[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
        raise ReportError(f"the table of actors cannot be used: {told}")
    return [entry for entry, _ in _merged(entries)]


def _rows(table: Any) -> Iterator[tuple[str, Mapping[Any, Any]]]:
    """Give the rows of a table of any kind, with how each is called in messages."""
    if isinstance(table, str) and len(table) > _LONGEST_PATH:
        raise ReportError(f"actors is text of {len(table):,} characters: give the path of a file")
    if isinstance(table, (str, PathLike)):
        yield from _file_rows(Path(table))
    elif isinstance(table, Mapping):
        for name, value in table.items():
            row = value if isinstance(value, Mapping) else {"aliases": value}
            _see_known(row, shown(name))
            yield shown(name), {**row, "name": name}
    elif hasattr(table, "columns") and hasattr(table, "itertuples"):
        yield from _frame_rows(table)
    elif isinstance(table, Sequence) and not isinstance(table, (bytes, bytearray)):
        for number, row in enumerate(table):
            if not isinstance(row, Mapping):
                raise ReportError(
                    f"actors: item {number} is a {type(row).__name__}: give a mapping with name "
                    "and aliases"
                )
            _see_known(row, f"item {number}")
            yield f"item {number}", row
    else:
        raise ReportError(
            f"actors is a {type(table).__name__}: give a table with the columns name and aliases, "
            "a mapping of names to aliases, or the path of a CSV file"
        )


def _file_rows(path: Path) -> Iterator[tuple[str, Mapping[Any, Any]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _see_columns(reader.fieldnames or (), str(path))
            for row in reader:
                if None in row:
                    raise ReportError(
                        f"{path}, line {reader.line_num}: more cells than columns: put a cell that "
                        'holds a comma in "quotation marks", and write | between aliases'
                    )
                yield f"{path}, line {reader.line_num}", row
    except (OSError, ValueError, csv.Error) as error:
        if isinstance(error, ReportError):
            raise
        raise ReportError(f"actors: {path} cannot be read as CSV in UTF-8: {error}") from error


def _frame_rows(table: Any) -> Iterator[tuple[str, Mapping[Any, Any]]]:
    names = [as_text(name) for name in table.columns]
    _see_columns(names, "the table")
    for label, row in zip(
        table.index.tolist(), table.itertuples(index=False, name=None), strict=True
    ):
        yield f"row {shown(label, 40)}", dict(zip(names, row, strict=True))


def _see_columns(names: Sequence[str], what: str) -> None:
    if "name" not in names:
        there = ", ".join(map(shown, names[:_SHOWN])) or "none"
        raise ReportError(
            f"actors: {what} has no column 'name' (it has {there}): name, aliases and perhaps "
            f"{', '.join(COLUMNS[2:])}"
        )
    _see_known(names, what)
    twice = {name for name in names if name in COLUMNS and names.count(name) > 1}
    if twice:
        raise ReportError(f"actors: {what} has the column {shown(min(twice))} twice: keep one")


def _see_known(names: Iterable[Any], what: str) -> None:
    """See that no column is mistyped: what it says would be lost."""
    for name in names:
        if name not in COLUMNS:
            raise ReportError(
                f"actors: {what} has the column {shown(name)}, which is not known: the columns are "
                f"{', '.join(COLUMNS)}; leave others out"
            )


def _entry(where: str, row: Mapping[Any, Any], problems: list[str]) -> tuple[Entry, str] | None:
    """Read one row; None, and a problem more, if it is no actor."""
    noted = len(problems)
    cells = {column: _text(row.get(column)) for column in COLUMNS if column != "aliases"}
    name = cells["name"]
    if not _nameable(name):
        problems.append(
            f"{where}: name is {shown(name)}: write the name of an actor"
            if name
            else f"{where}: name is missing"
        )
    aliases = _aliases(row.get("aliases"), where, problems)
    sense = cells["sense"] or "armed group"
    if sense not in _SENSES:
        problems.append(f"{where}: sense is {shown(sense)}: use one of {', '.join(_SENSES)}")
    countries, unknown = _countries(cells["country"])
    problems += [
        f"{where}: country is {shown(part)}: write an ISO code such as SY" for part in unknown
    ]
    media = cells["media"].lower()
    if media not in _YES | _NO:
        problems.append(f"{where}: media is {shown(media)}: write true or false")
    if len(problems) > noted:
        return None
    sure = tuple([alias for alias in aliases if alias[0] != _TENTATIVE])
    unsure = tuple([alias[1:] for alias in aliases if alias[0] == _TENTATIVE])
    given = frozenset([column for column, cell in cells.items() if cell])
    if aliases:
        given |= {"aliases"}
    party = cells["party"] or name
    entry = Entry(name, sure, cast("Sense", sense), party, countries, media in _YES, unsure, given)
    return entry, where


def _aliases(value: Any, where: str, problems: list[str]) -> list[str]:
    if isinstance(value, (list, tuple, set, frozenset)):
        parts = [_text(part) for part in value]
    else:
        parts = [part.strip() for part in _text(value).split("|")]
    parts = [part for part in dict.fromkeys(parts) if part]
    wrong = [part for part in parts if not _nameable(part.removeprefix(_TENTATIVE))]
    problems += [f"{where}: alias {shown(part)} is no name" for part in wrong]
    return [part for part in parts if part not in wrong]


def _nameable(name: str) -> bool:
    """Whether something can be found in a text: it holds a letter, and is not a text itself."""
    return len(name) <= _LONGEST and (name[:1].isalpha() or any(char.isalpha() for char in name))


@lru_cache(maxsize=4096)
def _countries(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read ISO codes, or names of countries; give those that are none apart."""
    codes, unknown = [], []
    for part in filter(None, map(str.strip, text.split("|"))):
        code = part.upper() if part.upper() in _CODES else _code_of(part)
        if code is None:
            unknown.append(part)
        else:
            codes.append(code)
    return tuple(dict.fromkeys(codes)), tuple(unknown)


def _code_of(name: str) -> str | None:
    from geoevents.places.demonyms import country_of  # noqa: PLC0415 -- names need the gazetteer

    return country_of(name)


def _text(value: Any) -> str:
    """Give a cell as text; what is missing is empty."""
    if type(value) is str:
        return " ".join(value.split())
    if value is None or value != value:  # noqa: PLR0124 -- NaN and NaT are not themselves
        return ""
    if type(value).__name__ == "NAType":
        return ""
    return " ".join(as_text(value).split())


def _see_apart(entries: list[tuple[Entry, str]], problems: list[str]) -> None:
    """See that no alias belongs to two names: nobody could say whom a report means."""
    owners: dict[Folded, tuple[Entry, str]] = {}
    for entry, where in entries:
        own = entry.folds()[0][0] if entry.name not in entry.tentative else cut(entry.name)
        for number, (fold, tentative) in enumerate(entry.folds()):
            if tentative:
                continue
            other, there = owners.setdefault(fold, (entry, where))
            if other is not entry and cut(other.name) != own:
                alias = entry.names()[number][0]
                problems.append(
                    f"{shown(alias)} stands for {shown(other.name)} ({there}) and for "
                    f"{shown(entry.name)} ({where}): keep one"
                )


def _merged(entries: list[tuple[Entry, str]]) -> list[tuple[Entry, str]]:
    """Put rows of one name together; what the first says of it holds."""
    merged: dict[str, tuple[Entry, str]] = {}
    for entry, where in entries:
        if entry.name in merged:
            first = merged[entry.name][0]
            aliases = tuple(dict.fromkeys((*first.aliases, *entry.aliases)))
            unsure = tuple(dict.fromkeys((*first.tentative, *entry.tentative)))
            entry = Entry(  # noqa: PLW2901 -- the same, with more aliases
                first.name, aliases, first.sense, first.party, first.countries, first.media, unsure,
                first.given,
            )  # fmt: skip
        merged[entry.name] = (entry, where)
    return list(merged.values())

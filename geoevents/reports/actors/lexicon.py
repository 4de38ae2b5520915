"""The actors that are known by name, and the words that are common to all."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, cast

from geoevents.reports.actors.pieces import CAPITALS, SMALL, Pieces, fold_name
from geoevents.reports.actors.states import adjectives
from geoevents.reports.actors.tables import Entry, read_entries
from geoevents.reports.actors.words import Words, words_of
from geoevents.reports.language import Language, language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TABLE: Final = Path(__file__).parent.parent / "data" / "actors.csv"


class Alias(NamedTuple):
    """
    A name by which an actor is found.

    Attributes
    ----------
    rest : tuple of str
        Its pieces after the first.
    shapes : tuple of int
        How all of them must be written at least.
    entries : tuple of Entry
        Whom it may mean; mostly one.
    tentative : bool
        Whether more than the name must speak for it.
    """

    rest: tuple[str, ...]
    shapes: tuple[int, ...]
    entries: tuple[Entry, ...]
    tentative: bool


class Lexicon:
    """
    The actors that are known by name.

    Make one with `default`, and add your own actors with `extended`.

    Parameters
    ----------
    entries : sequence of Entry
        The actors.
    language : Language
        The language whose common words ("air force", "spokesman") go with them.

    Examples
    --------
    >>> lexicon = Lexicon.default().extended({"Ruz Column": "RC"})
    >>> lexicon.named("RC").name
    'Ruz Column'
    """

    def __init__(self, entries: Sequence[Entry], language: Language) -> None:
        self.entries = tuple(entries)
        self.language = language
        self.words: Words = words_of(language)
        found: dict[tuple[tuple[str, ...], tuple[int, ...], bool], list[Entry]] = {}
        for entry in self.entries:
            for (pieces, shapes), tentative in entry.folds():
                if pieces:
                    known = found.setdefault((pieces, shapes, tentative), [])
                    if entry not in known:
                        known.append(entry)
        self.states: dict[str, str] = {}
        for entry in self.entries:
            if entry.sense == "state" and entry.party == entry.name and entry.countries:
                self.states.setdefault(entry.countries[0], entry.name)
        self.codes = {party: code for code, party in self.states.items()}
        # By the first piece and the second, "" for none: few are left to be compared.
        self.aliases: dict[str, dict[str, list[Alias]]] = {}
        for (pieces, shapes, tentative), known in found.items():
            unsure = tentative or len(known) > 1
            second = pieces[1] if len(pieces) > 1 else ""
            self.aliases.setdefault(pieces[0], {}).setdefault(second, []).append(
                Alias(pieces[1:], shapes, tuple(known), unsure)
            )
        for seconds in self.aliases.values():
            for listed in seconds.values():
                listed.sort(key=lambda one: (-len(one.rest), one.tentative, -sum(one.shapes)))
        sets = self.words.sets
        self.starts: frozenset[str] = frozenset(self.aliases) | frozenset(adjectives())
        self.starts |= frozenset(self.words.heads) | sets["titles"] | sets["prefixes"]
        self.starts |= sets["group_coalition_again"] | sets["peoples_named"]
        self.state_words = frozenset(
            pieces[0]
            for entry in self.entries
            if entry.sense == "state"
            for (pieces, _), _ in entry.folds()
            if pieces
        )

    @classmethod
    def default(cls, language: Language | str = "en") -> Lexicon:
        """
        Return the actors that geoevents knows.

        Parameters
        ----------
        language : Language or str, default "en"
            The language whose common words go with them.

        Returns
        -------
        Lexicon
            The same object each time.

        Raises
        ------
        LanguageError
            If there is no such language, or it has no words for actors.

        Examples
        --------
        >>> Lexicon.default().named("Daesh").name
        'ISIS'
        """
        return _default(_language(language))

    def extended(self, table: Any) -> Self:
        """
        Add actors of your own: where both know a name, yours counts.

        Parameters
        ----------
        table : DataFrame, mapping, sequence, path or Lexicon
            A table with the columns ``name`` and ``aliases`` (parted by ``|``), and perhaps
            ``sense``, ``party``, ``country`` and ``media``; a mapping of names to aliases; a
            sequence of mappings; or the path of a CSV file. A lexicon is a table that was read
            before, with what it was added to.

        Returns
        -------
        Lexicon
            A new one; ``table`` itself, if that is one.

        Raises
        ------
        ReportError
            If the table is not made so, or has one alias for two names.

        Notes
        -----
        A name that is known already keeps its own aliases, and what your table does not say of it.
        An alias that meant somebody else means yours from then on; the name of somebody known as
        an alias gives that actor, with all its aliases, your name.

        Examples
        --------
        >>> more = Lexicon.default().extended({"Daesh remnants": "Daesh"})
        >>> more.named("Daesh").name, more.named("ISIL").name
        ('Daesh remnants', 'ISIS')
        """
        if isinstance(table, Lexicon):
            same = isinstance(table, type(self)) and table.language is self.language
            return cast("Self", table) if same else type(self)(table.entries, self.language)
        with _unswept():
            return self._with(read_entries(table))

    def _with(self, given: Sequence[Entry]) -> Self:
        """Add entries: where both know a name, theirs counts."""
        known = {entry.name: entry for entry in self.entries}
        taken = {pieces for entry in given for (pieces, _), _ in entry.folds()}
        renamed = {
            alias: entry.name
            for entry in given
            for alias in entry.aliases
            if alias in known and entry.name not in known
        }
        replaced: dict[str, list[str]] = {}
        for alias, name in renamed.items():
            replaced.setdefault(name, []).append(alias)
        own = [_completed(entry, known, replaced.get(entry.name, ())) for entry in given]
        gone = {entry.name for entry in own} | renamed.keys()
        rest = [_without(entry, taken, renamed) for entry in self.entries if entry.name not in gone]
        return type(self)([*own, *(entry for entry in rest if entry is not None)], self.language)

    def named(self, name: str) -> Entry | None:
        """
        Look an actor up.

        Parameters
        ----------
        name : str
            Its name or an alias, with its capital letters.

        Returns
        -------
        Entry or None
            The actor; nothing if none has the name, or several have it.

        Examples
        --------
        >>> Lexicon.default().named("is") is None
        True
        """
        alias = self.alias(name)
        return None if alias is None or alias.tentative else alias.entries[0]

    def alias(self, name: str) -> Alias | None:
        """
        Look a name up, and see whom it may mean.

        Parameters
        ----------
        name : str
            A name, with its capital letters.

        Returns
        -------
        Alias or None
            What is known by it.
        """
        pieces, shapes = fold_name(name)
        if not pieces:
            return None
        second = pieces[1] if len(pieces) > 1 else ""
        for alias in self.aliases.get(pieces[0], {}).get(second, ()):
            if alias.rest == pieces[1:] and _written(shapes, alias.shapes):
                return alias
        return None

    def at(self, pieces: Pieces, index: int) -> tuple[int, Alias] | None:
        """
        Find the longest name that begins at a piece.

        Parameters
        ----------
        pieces : Pieces
            The text.
        index : int
            The piece.

        Returns
        -------
        tuple of int and Alias, or None
            The piece after it, and the alias.
        """
        seconds = self.aliases.get(pieces.folds[index])
        if seconds is None:
            return None
        if pieces.linked(index + 1):
            for alias in seconds.get(pieces.folds[index + 1], ()):
                end = index + 1 + len(alias.rest)
                if (
                    tuple(pieces.folds[index + 1 : end]) == alias.rest
                    and all(map(pieces.linked, range(index + 2, end)))
                    and _written(pieces.shapes[index:end], alias.shapes)
                ):
                    return end, alias
        for alias in seconds.get("", ()):
            if _written(pieces.shapes[index : index + 1], alias.shapes):
                return index + 1, alias
        return None


@contextmanager
def _unswept() -> Iterator[None]:
    """
    Let the collector of garbage wait: a long table makes a million things, none of them garbage.

    Going through all of them again and again would take as long as to make them.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _written(shapes: Sequence[int], needed: Sequence[int]) -> bool:
    """Whether pieces are written with the capitals that a name has."""
    return all(
        need == SMALL or shape >= need or (need > CAPITALS)
        for shape, need in zip(shapes, needed, strict=True)
    )


@cache
def _default(words: Language) -> Lexicon:
    return Lexicon(read_builtin(), words)


def _language(given: Language | str) -> Language:
    return language(given) if isinstance(given, str) else given


@cache
def read_builtin() -> tuple[Entry, ...]:
    """
    Read the table that comes with geoevents.

    Returns
    -------
    tuple of Entry
        Its actors.
    """
    return tuple(read_entries(_TABLE))


def _completed(entry: Entry, known: dict[str, Entry], replaced: Sequence[str]) -> Entry:
    """Let a row of the user's keep what was known under its name, or under those it replaces."""
    olds = [known[name] for name in replaced]
    olds += [known[entry.name]] if entry.name in known else []
    if not olds:
        return entry
    columns = {"country": "countries"}
    said: dict[str, Any] = {
        columns.get(name, name): getattr(entry, columns.get(name, name))
        for name in entry.given - {"name", "aliases"}
    }
    first = olds[0]
    said.setdefault("party", entry.name if first.party == first.name else first.party)
    aliases = (*entry.aliases, *(alias for old in olds for alias in old.aliases))
    unsure = (*entry.tentative, *(alias for old in olds for alias in old.tentative))
    return replace(
        first,
        **said,
        name=entry.name,
        aliases=tuple(dict.fromkeys(aliases)),
        tentative=tuple(dict.fromkeys(unsure)),
    )


def _without(entry: Entry, taken: set[tuple[str, ...]], renamed: dict[str, str]) -> Entry | None:
    """Leave out the aliases that now mean somebody else; nobody, if none is left."""
    entry = replace(
        entry,
        party=renamed.get(entry.party, entry.party),
        aliases=tuple(alias for alias in entry.aliases if fold_name(alias)[0] not in taken),
        tentative=tuple(alias for alias in entry.tentative if fold_name(alias)[0] not in taken),
    )
    if fold_name(entry.name)[0] not in taken:
        return entry
    if not entry.aliases:
        return None
    return replace(entry, name=entry.aliases[0], aliases=entry.aliases[1:])

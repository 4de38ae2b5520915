"""The common words by which a language names those who act, compiled from its table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geoevents.reports.actors.pieces import fold_name
from geoevents.reports.errors import LanguageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoevents.reports.language import Language

_LISTS: Final = (
    *("abstract", "according", "according_to", "adjectives", "articles", "belonging", "calendar"),
    *("dating", "definite"),
    *("describing", "describing_people", "friends", "helping", "holding", "irregular", "its"),
    *("joining", "led", "local", "locative", "loyal", "named_again", "branches"),
    *("ranks_and_file", "no_coalition", "of_state"),
    *("openers", "peoples", "prefixes", "saying", "shared_names", "siding", "telling", "vague"),
    *("words", "words_coalition", "group_armed", "group_coalition_again", "group_coalitions"),
    *("group_first", "group_other", "group_reporting", "group_small"),
)
_HEADS: Final = ("forces", "ministries", "members", "bodies", "roles", "people", "own", "events")


class Head(NamedTuple):
    """
    A common noun, or several words that are one: "air force", "gunmen", "spokesman".

    Attributes
    ----------
    rest : tuple of str
        Its pieces after the first.
    classes : dict of str to str
        The tables that it stands in, with the key there: ``{"forces": "military"}``.
    """

    rest: tuple[str, ...]
    classes: dict[str, str]


@dataclass(frozen=True)
class Words:
    """
    The common words of a language.

    Attributes
    ----------
    sets : dict of str to frozenset of str
        Lists of single words by name: ``saying``, ``locative``, ``titles``...
    heads : dict of str to list of Head
        Common nouns by their first piece, longest first.
    ministries : tuple of str
        What ministries are called.
    """

    sets: dict[str, frozenset[str]]
    heads: dict[str, list[Head]]
    ministries: tuple[str, ...]


@cache
def words_of(language: Language) -> Words:
    """
    Compile the words of a language.

    Parameters
    ----------
    language : Language
        The language.

    Returns
    -------
    Words
        Its words.

    Raises
    ------
    LanguageError
        If its table ``actors`` is not made as it should be.
    """
    table = language.table("actors")
    try:
        return _compiled(table)
    except (KeyError, TypeError, AttributeError) as error:
        raise LanguageError(
            f"{language.origin('actors')}: table [actors] cannot be used: {error!r}"
        ) from error


def _compiled(table: dict[str, Any]) -> Words:
    sets = {name: _folded(value) for name, value in table.items() if isinstance(value, list)}
    sets["titles"] = _folded(table["titles"]["ranks"]) | _folded(table["titles"]["civil"])
    sets["ranks"] = _folded(table["titles"]["ranks"])
    sets["saying_first"] = sets["saying"] - sets["telling"]
    sets["particles"] = _folded(table["titles"]["particles"])
    for name, value in table["groups"].items():
        sets[f"group_{name}"] = _folded(value)
    for name in _LISTS:
        sets[name]
    sets["group_last"] = sets["group_armed"] | sets["group_other"]
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for kind, key, words in _nouns(table):
        for word in words:
            found.setdefault(fold_name(word)[0], {}).setdefault(kind, key)
    heads: dict[str, list[Head]] = {}
    for pieces, classes in found.items():
        heads.setdefault(pieces[0], []).append(Head(pieces[1:], classes))
    for known in heads.values():
        known.sort(key=lambda head: -len(head.rest))
    return Words(sets, heads, tuple(key for key in table["ministries"] if key != "again"))


def _nouns(table: dict[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    """Give the table, the key and the words of each list of common nouns."""
    for kind in _HEADS:
        for key, words in table[kind].items():
            yield kind, key, words


def _folded(words: Iterable[str]) -> frozenset[str]:
    """Words as pieces are compared; a word with a hyphen gives its pieces."""
    return frozenset(piece for word in words for piece in fold_name(word)[0])

"""Words that are written with a full stop which does not end a sentence."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_TABLE = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        (Path(__file__).parent / "data" / "abbreviations.toml").read_text(encoding="utf-8")
    ).items()
}
_NUMBERS, _STARTERS, _AFTER_HOURS = _TABLE["numbers"], _TABLE["starters"], _TABLE["hours"]
_KNOWN = _TABLE["before"] | _TABLE["after"]
_MAY_END = frozenset(f"{word.lower()}." for word in _TABLE["after"])
_HOURS = frozenset({"a.m.", "p.m."})
_INITIAL = len("A.")
_NUMBER_FOLLOWS = re.compile(r"\s?\d")
_NAME_FOLLOWS = re.compile(r"\s{1,2}[^\W\d_]|-")


def is_abbreviation(word: str, text: str, after: int) -> bool:
    """
    Tell whether the full stop behind a word belongs to it.

    Parameters
    ----------
    word : str
        The word, without the full stop.
    text : str
        The text it stands in.
    after : int
        The position behind the full stop.

    Returns
    -------
    bool
        Whether it does. A sentence may end there all the same.

    Examples
    --------
    >>> is_abbreviation("Lt", "Lt. Smith", 3), is_abbreviation("no", "He said no. Then", 11)
    (True, False)
    """
    if word in _KNOWN:
        return True
    if len(word) == 1 and word.isupper() and word != "I":
        # An initial, if a name follows.
        return _NAME_FOLLOWS.match(text, after) is not None
    return word in _NUMBERS and _NUMBER_FOLLOWS.match(text, after) is not None


def ends_sentence(abbreviation: str, following: str) -> bool:
    """
    Tell whether a sentence ends with an abbreviation.

    Parameters
    ----------
    abbreviation : str
        The abbreviation with its full stops, in small letters.
    following : str
        The word or mark that follows.

    Returns
    -------
    bool
        Whether it does.

    Examples
    --------
    >>> ends_sentence("u.s.", "The"), ends_sentence("u.s.", "Marines"), ends_sentence("lt.", "The")
    (True, False, False)
    """
    if abbreviation in _HOURS:
        zone = following.isupper() and len(following) > 1  # "at 2 a.m. GMT", not "2 a.m. A week"
        goes_on = zone or following.lower() in _AFTER_HOURS
        return following[0].isupper() and not goes_on
    dotted = abbreviation.count(".") > 1 or len(abbreviation) == _INITIAL
    return following in _STARTERS and (dotted or abbreviation in _MAY_END)

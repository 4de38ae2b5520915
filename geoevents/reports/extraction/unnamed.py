"""Names of places that nobody knows: "near El Gaabta", "in Hpapun township"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.localities.phrasing import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.syntax.model import NounPhrase, Word

_BACK = 2  # words of a name and a comma
TAKEN = frozenset(
    ("territorial gain", "siege", "air strike", "missile strike", "shelling", "bombing")
)
"""Kinds of event whose objects are places."""


def ends_unknown(words: Sequence[Word], kinds: frozenset[str]) -> bool:
    """
    Tell whether a name of nothing that is known stands before a comma, with its kind.

    Parameters
    ----------
    words : sequence of Word
        The words of a clause up to the comma and with it.
    kinds : frozenset of str
        What a place may be called behind its name: "township".

    Returns
    -------
    bool
        True for "near El Gaabta," and "in Hpapun township,".
    """
    kind = len(words) > _BACK and words[-_BACK].lower in kinds
    word = words[-1 - _BACK] if kind else words[-_BACK]
    return word.tag == "NAME" and word.entity is None


def is_unknown(member: NounPhrase, words: Sequence[Word], but: int = 0) -> bool:
    """
    Tell whether a phrase is a name that stands for nothing that is known.

    Parameters
    ----------
    member : NounPhrase
        The phrase.
    words : sequence of Word
        The words of its sentence.
    but : int, default 0
        How many of its last words do not count.

    Returns
    -------
    bool
        Whether it is.
    """
    inside = words[member.first : member.last + 1 - but]
    return bool(inside) and all(
        word.entity is None and word.tag == "NAME" and word.text[0].isupper() for word in inside
    )


def names_unknown(draft: Draft, kinds: frozenset[str]) -> bool:
    """
    Tell whether a clause says where with a name that nobody knows: "struck a camp at Balakot".

    Parameters
    ----------
    draft : Draft
        What the clause tells of.
    kinds : frozenset of str
        What a place may be called behind its name.

    Returns
    -------
    bool
        Whether it does.
    """
    clause, roles = draft.clause, draft.trigger.place
    own = draft.phrase.attached if draft.phrase is not None and not draft.main else clause.preps
    phrases = [phrase for word, phrase in own if word in roles]
    if "object" in roles and draft.kind in TAKEN:
        phrases += clause.objects
    words = clause.words
    return any(
        is_unknown(phrase, words)
        or (words[phrase.last].lower in kinds and is_unknown(phrase, words, but=1))
        for phrase in phrases
    )


def as_told(start: int, end: int, text: str) -> Phrase:
    """
    Make a phrase of words as they stand.

    Parameters
    ----------
    start, end : int
        Where they stand.
    text : str
        The text of the document.

    Returns
    -------
    Phrase
        Of no place that is known.
    """
    return Phrase(start, end, " ".join(text[start:end].split()), ())

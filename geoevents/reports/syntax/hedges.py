"""Who calls a thing what it is called: "struck what the army says were rebel positions"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoevents.reports.syntax.chunking import Chunk
    from geoevents.reports.syntax.model import Word


def unhedged(
    chunks: list[Chunk], words: Sequence[Word], sets: Mapping[str, frozenset[str]]
) -> list[Chunk]:
    """
    Leave out "what the army calls" before the noun that a verb or a preposition is followed by.

    Parameters
    ----------
    chunks : list of Chunk
        The chunks of a sentence.
    words : sequence of Word
        Its words.
    sets : mapping of str to frozenset of str
        The closed sets of the language.

    Returns
    -------
    list of Chunk
        Those that are left: "shelled positions", and not "shelled what".
    """
    kept: list[Chunk] = []
    place = 0
    while place < len(chunks):
        chunk = chunks[place]
        asked = chunk.kind == "NP" and words[chunk.first].lower in sets["hedging"]
        end = _end(chunks, place, words, sets) if asked and kept else 0
        if end and kept[-1].kind in ("VG", "PREP"):
            place = end
            continue
        kept.append(chunk)
        place += 1
    return kept


def _end(
    chunks: list[Chunk], place: int, words: Sequence[Word], sets: Mapping[str, frozenset[str]]
) -> int:
    """Find the noun that is called something; 0 if nothing is."""
    alone = chunks[place].first == chunks[place].last
    step = place + 1
    if alone and step < len(chunks) and chunks[step].kind == "NP":
        step += 1
    elif alone:
        return 0  # "what happened", "what was left of it"
    verb = chunks[step].verb if step < len(chunks) else None
    if verb is None or verb.negated:
        return 0
    step += 1
    if verb.lemma in sets["hedged_as"]:
        if step >= len(chunks) or words[chunks[step].first].lower not in sets["as"]:
            return 0
        step += 1
    elif verb.lemma in sets["hedged_being"]:
        being = chunks[step].verb if step < len(chunks) else None
        if being is None or being.lemma not in sets["copulas"] or being.negated:
            return 0
        step += 1
    elif verb.lemma not in sets["hedged"]:
        return 0
    return step if step < len(chunks) and chunks[step].kind == "NP" else 0

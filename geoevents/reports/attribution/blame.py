"""Words of blame that stand with other verbs: "laid the blame on X", "held X responsible"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.reports.attribution.voices import Voices
    from geoevents.reports.attribution.words import AttributionWords
    from geoevents.reports.syntax import Clause


def blames_with(clause: Clause, words: AttributionWords) -> bool:
    """
    Tell whether a clause blames somebody, whose verb alone does not.

    Parameters
    ----------
    clause : Clause
        The clause.
    words : AttributionWords
        The words of the language.

    Returns
    -------
    bool
        True for "laid the blame on X", "blame was cast on X", "held X responsible".
    """
    verb = clause.verb
    if verb is None:
        return False
    if verb.lemma in words.holding:
        return is_behind(clause, words)
    if verb.lemma not in words.laying:
        return False
    thing = [clause.subject] if verb.voice == "passive" else clause.objects[:1]
    heads = [clause.words[one.head].lemma for one in thing if one is not None]
    return not words.charges.isdisjoint(heads)


def is_behind(clause: Clause, words: AttributionWords) -> bool:
    """
    Tell whether a clause says of somebody that he is behind something, or responsible.

    Parameters
    ----------
    clause : Clause
        The clause.
    words : AttributionWords
        The words of the language.

    Returns
    -------
    bool
        Whether it does: by an adverb, a preposition or the word behind its verb or its object.
    """
    verb = clause.verb
    if verb is None:
        return False
    if words.behind.intersection(clause.adverbs) or any(
        p.word in words.behind for p in clause.preps
    ):
        return True
    ends = [verb.last, *(phrase.last for phrase in clause.objects[:1])]
    after = [word.lower for end in ends for word in clause.words[end + 1 : end + 2]]
    return not words.behind.isdisjoint(after)


def hangs_on_denial(clause: Clause, voices: Voices) -> bool:
    """
    Tell whether a clause hangs on a denial: "denied being behind the massacre".

    Parameters
    ----------
    clause : Clause
        The clause.
    voices : Voices
        The clauses of saying.

    Returns
    -------
    bool
        Whether it does.
    """
    if clause.parent is None or clause.link != "participle":
        return False
    voice = voices.of(voices.siblings(clause)[clause.parent])
    return voice is not None and voice.stance == "denies" and not voice.negated


def calls_false(clause: Clause, words: AttributionWords) -> bool:
    """
    Tell whether somebody calls what was said before untrue: "called the report a lie".

    Parameters
    ----------
    clause : Clause
        A clause whose verb names or judges.
    words : AttributionWords
        The words of the language.

    Returns
    -------
    bool
        Whether he does.
    """
    verb = clause.verb
    if verb is None or verb.negated or not clause.objects:
        return False
    phrase = clause.objects[0]
    told = {word.lemma for word in clause.words[phrase.first : phrase.last + 1]}
    this = words.this.intersection(
        word.lower for word in clause.words[phrase.first : phrase.last + 1]
    )
    which = clause.link == "relative" and clause.mark in words.this  # ", which X called a lie"
    if not (told & words.charges or this or which):
        return False
    inside = (w for w in clause.words if verb.end <= w.start < clause.end)
    return any(word.lemma in words.falsehoods or word.lower in words.falsehoods for word in inside)


def charge_of(clause: Clause, words: AttributionWords) -> str:
    """
    Find the noun that a clause of denial is told of: "a claim that the governor rejects".

    Parameters
    ----------
    clause : Clause
        The clause.
    words : AttributionWords
        The words of the language.

    Returns
    -------
    str
        The noun, as in a dictionary; empty for none.
    """
    verb = clause.verb
    if verb is None or clause.objects or clause.mark != "that":
        return ""
    before = [word for word in clause.words if word.end <= clause.start and word.lower != "that"]
    noun = before[-1].lemma if before else ""
    return noun if noun in words.charges and verb.last + 1 < len(clause.words) else ""


def are_mutual(clause: Clause, words: AttributionWords) -> bool:
    """
    Tell whether those of a clause do it to each other: "blamed each other", "traded accusations".

    Parameters
    ----------
    clause : Clause
        The clause.
    words : AttributionWords
        The words of the language.

    Returns
    -------
    bool
        Whether they do.
    """
    for phrase in clause.objects:
        text = " ".join(word.lower for word in clause.words[phrase.first : phrase.last + 1])
        if text in words.mutual or clause.words[phrase.head].lemma in words.mutual_nouns:
            return True
    return False

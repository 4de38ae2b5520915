"""What was told of, or done, before: "the victims", "another killed four", "after a raid on X"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.triggers import Triggers
    from geoevents.reports.syntax.model import Clause, NounPhrase


def are_told_of(scene: Scene, phrase: NounPhrase) -> bool:
    """
    Tell whether those of a phrase were told of before: "the victims", "some of the dead".

    Parameters
    ----------
    scene : Scene
        The sentence.
    phrase : NounPhrase
        The phrase.

    Returns
    -------
    bool
        Whether they were.
    """
    words, sets = scene.words, scene.triggers.words
    whole = [p for word, p in phrase.attached if word in scene.triggers.links["among"]]
    if any(words[p.head].lower in sets["him"] for p in whole):
        return True  # "ten of them"
    return any(
        words[p.head].lemma in sets["victims"] and p.last - p.first <= 1 for p in (phrase, *whole)
    )


def name_again(clauses: list[Clause], triggers: Triggers, before: Draft | None) -> None:
    """
    Read "another" as what the event before was done by: "a car bomb killed three. Another killed".

    Parameters
    ----------
    clauses : list of Clause
        The clauses of a sentence; the word is changed.
    triggers : Triggers
        The words of the language: those that stand so for a noun, and weapons.
    before : Draft or None
        The last violent event of the sentences before.
    """
    done_by = before.clause.subject if before is not None else None
    if before is None or done_by is None:
        return
    noun = before.clause.words[done_by.head]
    for clause in clauses if noun.tag == "NOUN" and noun.lemma in triggers.weapons else ():
        subject, words = clause.subject, clause.words
        word = words[subject.head] if subject is not None else None
        if subject is None or word is None or subject.first != subject.last:
            continue
        if clause.verb is None or clause.verb.voice != "active":
            continue  # "one man was killed and another wounded"
        if word.lower in triggers.words["anew"] and word.entity is None:
            words[subject.head] = replace(word, tag="NOUN", lemma=noun.lemma)


def told_first(draft: Draft, others: Iterable[Draft], earlier: frozenset[str]) -> list[Draft]:
    """
    List what was done before, and maybe elsewhere: "struck X after an attack in Y".

    Parameters
    ----------
    draft : Draft
        What a clause is about.
    others : iterable of Draft
        The other events of its sentence.
    earlier : frozenset of str
        Prepositions before such events: "after", "in retaliation for".

    Returns
    -------
    list of Draft
        Those that nouns behind such a preposition name.
    """
    if draft.phrase is not None and not draft.main:
        return []
    return [
        one
        for one in others
        if any(word in earlier and phrase is one.phrase for word, phrase in one.clause.preps)
        and not one.main
    ]

"""People who were told of before: "the victims", "some of the dead", "ten of them"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.syntax.model import NounPhrase


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

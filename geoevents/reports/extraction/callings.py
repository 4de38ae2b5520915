"""Who somebody is that a common noun tells of, and that is said to be known by a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.model import Actor
    from geoevents.reports.syntax.model import NounPhrase


def known_as(phrase: NounPhrase, scene: Scene) -> list[Actor]:
    """
    Tell who "a gang known to the police as X" is.

    Parameters
    ----------
    phrase : NounPhrase
        The gang.
    scene : Scene
        Its sentence.

    Returns
    -------
    list of Actor
        By which name it is known; nobody if that is not said.
    """
    return [
        actor
        for clause in scene.clauses
        if clause.host is phrase and clause.verb is not None
        if clause.verb.lemma in scene.triggers.words["known"]
        for word, named in clause.preps
        if word in scene.triggers.links["known_as"]
        for actor in scene.nominals.actors(named, alone=True)
    ]

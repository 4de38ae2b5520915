"""What is said of where people were when they died: the house around them, hit by something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.tolls.told import VIOLENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.syntax.model import Clause, NounPhrase

_RUNS_ON = frozenset({"participle", "relative"})


def where_they_were(scene: Scene, clause: Clause) -> Draft | None:
    """
    Find the event of "54 died under the rubble of a building flattened by missiles".

    Parameters
    ----------
    scene : Scene
        The sentence.
    clause : Clause
        A clause that tells of the dead.

    Returns
    -------
    Draft or None
        What befell the place that they died in; None where that is not said.
    """
    if clause.verb is None or clause.verb.lemma not in scene.triggers.words["intransitive"]:
        return None
    around = [p for _, one in clause.preps for p in (one, *(a.phrase for a in one.attached))]
    for other in scene.clauses:
        draft = scene.main.get(other.number)
        hangs = other.link == "participle" and any(other.host is p for p in around)
        if hangs and draft is not None and draft.kind in VIOLENT:
            return draft
    return None


def joined_places(scene: Scene, clause: Clause) -> Iterator[Clause]:
    """
    List what is said of the places that a clause names: "of a house that was hit by a missile".

    Parameters
    ----------
    scene : Scene
        The sentence.
    clause : Clause
        A clause that tells of the dead.

    Yields
    ------
    Clause
        A relative or a participle that hangs on one of them.
    """
    places = [phrase for _, phrase in clause.preps]
    for other in scene.clauses:
        if other.link in _RUNS_ON and other.host is not None and other.host in places:
            yield other


def holding(scene: Scene, host: NounPhrase, clause: Clause) -> Draft | None:
    """
    Find the event of "in answer to rockets fired at X on Monday, which killed 12".

    Parameters
    ----------
    scene : Scene
        The sentence.
    host : NounPhrase
        What a clause that tells of the dead hangs on: "X".
    clause : Clause
        The clause.

    Returns
    -------
    Draft or None
        That of the participle or relative before it that names the same place or people; not that
        of the verb which both hang on.
    """
    for draft in scene.drafts:
        before = draft.clause.number < clause.number and draft.clause.link in _RUNS_ON
        held = before and any(phrase is host for _, phrase in draft.clause.preps)
        if held and draft.phrase is None and draft.kind in VIOLENT:
            return draft
    return None

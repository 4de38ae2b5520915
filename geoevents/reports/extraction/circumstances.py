"""What stands beside the dead of a clause: an accident, a stray bullet, a place of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.nominals import is_place

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.fates import Told
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.syntax.model import Clause

_VIOLENT = frozenset({"party", "fighters", "people", "civilians", "weapon", "protesters"})
_FOLK = frozenset({"civilians", "people"})
_BEFORE = 4  # words before a place that may say whose it is: "people of the"


def is_accident(scene: Scene, told: Told, latest: Draft | None, *, calamity: bool) -> bool:
    """
    Tell whether people died by nobody's deed: in a storm, a crash, of a disease.

    Parameters
    ----------
    scene : Scene
        The sentence.
    told : Told
        What a clause tells of them.
    latest : Draft or None
        The violent event told of last.
    calamity : bool
        Whether a storm, a crash or a disease was told of, and no violence.

    Returns
    -------
    bool
        Whether it was one.
    """
    words, sets = scene.words, scene.triggers.words
    joined = [c for c in scene.clauses if c.parent == told.clause.number]
    preps = [phrase for c in (told.clause, *joined) for _, phrase in c.preps]
    if any(words[phrase.head].lemma in sets["accidents"] for phrase in preps):
        return True
    if any(c.verb is not None and c.verb.lemma in sets["collide"] for c in scene.clauses):
        return True
    agent = told.agent
    if agent is None:
        mild = told.verb.lemma in sets["intransitive"] or calamity
        apart = latest is None or (scene.is_placed(told.clause) and not told.later)
        return mild and apart
    if words[agent.head].lemma in sets["accidents"]:
        return True
    # Whoever it is that murders.
    wilful = told.verb.lemma in sets["wilful"]
    return not wilful and not scene.nominals.senses(agent) & _VIOLENT


def is_by_weapon(scene: Scene, told: Told) -> bool:
    """
    Tell whether a weapon did it, and nobody is named: "a bomb killed 12".

    Parameters
    ----------
    scene : Scene
        The sentence.
    told : Told
        What a clause tells of the dead.

    Returns
    -------
    bool
        Whether it did.
    """
    subject, nominals = told.frame.subject, scene.nominals
    return subject is not None and not nominals.actors(subject) and bool(nominals.weapon(subject))


def is_stray(scene: Scene, told: Told, latest: Draft | None) -> bool:
    """
    Tell whether people were hurt by what flew about in a fight told of: "by stray bullets".

    Parameters
    ----------
    scene : Scene
        The sentence.
    told : Told
        What a clause tells of them.
    latest : Draft or None
        The violent event told of last.

    Returns
    -------
    bool
        Whether they were.
    """
    agent = told.frame.subject
    if agent is None or latest is None or told.clause.times:
        return False
    flying = scene.words[agent.head].lemma in scene.triggers.words["flying"]
    return flying and not scene.is_placed(told.clause)


def is_placed_apart(scene: Scene, clause: Clause) -> bool:
    """
    Tell whether a clause names a place, and not only whose its dead were.

    Parameters
    ----------
    scene : Scene
        The sentence.
    clause : Clause
        One of its clauses.

    Returns
    -------
    bool
        False for "of the people of X at least 120 are dead".
    """
    words = scene.words
    for place, word in enumerate(words):
        if not (clause.start <= word.start < clause.end and is_place(word)):
            continue
        before = [w for w in words[max(0, place - _BEFORE) : place] if w.tag != "DET"]
        theirs = len(before) > 1 and before[-1].lower in scene.triggers.links["of"]
        if not theirs or not scene.triggers.senses.get(before[-2].lemma, frozenset()) & _FOLK:
            return True
    there = not scene.triggers.words["existential"].isdisjoint(clause.adverbs)
    return there and any(is_place(word) for word in words if word.start < clause.start)

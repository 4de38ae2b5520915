"""What stands beside the dead of a clause: an accident, a stray bullet, a place of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.nominals import is_place
from geoevents.reports.extraction.scene import ancestors

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Draft, Frame
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.extraction.tolls.told import Told
    from geoevents.reports.syntax.model import Clause, NounPhrase

_VIOLENT = frozenset({"party", "fighters", "people", "civilians", "weapon", "protesters"})
_FOLK = frozenset({"civilians", "people"})
_CIVIL = frozenset({"civilians"})
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
    # "Killed 13, the most since 2011, when 30 died in a crash" tells of others.
    joined = [c for c in joined if c.link != "adverbial" or not _tells_of_others(scene, c)]
    ablaze = scene.triggers.links["ablaze"]  # "killed four, setting cars on fire"
    preps = [p for c in (told.clause, *joined) for word, p in c.preps if word not in ablaze]
    if any(words[phrase.head].lemma in sets["accidents"] for phrase in preps):
        return True
    if any(c.verb is not None and c.verb.lemma in sets["collide"] for c in scene.clauses):
        return True
    if _crashed(scene, told.clause):
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


def _tells_of_others(scene: Scene, clause: Clause) -> bool:
    """Whether a clause counts dead of its own."""
    verb, subject = clause.verb, clause.subject
    killed = verb is not None and verb.lemma in scene.triggers.words["killed"]
    return killed and subject is not None and scene.counts.own(subject) is not None


def _crashed(scene: Scene, clause: Clause) -> bool:
    """Whether a vehicle came to grief: "a military plane crashed, killing 257 people"."""
    subject, sets = clause.subject, scene.triggers.words
    if not clause.shared or subject is None:
        return False
    if scene.words[subject.head].lemma not in sets["vehicles"]:
        return False
    return any(
        above.verb is not None and above.verb.lemma in sets["crashing"] and not above.verb.particle
        for above in ancestors(clause, scene.clauses)
    )


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


def is_own_hand(scene: Scene, frame: Frame) -> bool:
    """
    Tell whether somebody killed himself alone, and is no bomber: no deed of violence.

    Parameters
    ----------
    scene : Scene
        The sentence.
    frame : Frame
        The roles of a clause with a verb of killing.

    Returns
    -------
    bool
        Whether it is so.
    """
    whom, by = frame.objects[:1], frame.subject
    himself = scene.triggers.words["himself"]
    if len(frame.objects) != 1 or whom[0].others or scene.words[whom[0].head].lower not in himself:
        return False
    return by is None or not scene.nominals.senses(by) & {"fighters", "weapon"}


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
    if _is_another(scene, clause):
        return True
    for place, word in enumerate(words):
        if not (clause.start <= word.start < clause.end and is_place(word)):
            continue
        before = [w for w in words[max(0, place - _BEFORE) : place] if w.tag != "DET"]
        theirs = len(before) > 1 and before[-1].lower in scene.triggers.links["of"]
        if not theirs or not scene.triggers.senses.get(before[-2].lemma, frozenset()) & _FOLK:
            return True
    there = not scene.triggers.words["existential"].isdisjoint(clause.adverbs)
    return there and any(is_place(word) for word in words if word.start < clause.start)


def came_later(scene: Scene, told: Told, other: Clause) -> bool:
    """
    Tell whether people died only after what a clause behind "after" tells, and elsewhere.

    Parameters
    ----------
    scene : Scene
        The sentence.
    told : Told
        What is told of them.
    other : Clause
        The clause that hangs on it.

    Returns
    -------
    bool
        True of "hours after X shelled A, gunmen killed six in B"; not of "police killed six after
        they attacked a post", and not of "six were killed after X shelled the town".
    """
    clause, subject = told.clause, other.subject
    if other.mark not in scene.triggers.links["after"] or subject is None or other.shared:
        return False
    if scene.words[subject.head].tag == "PRON":
        return False
    killers = {one.party for one in scene.who(told.agent, clause)}
    others = {one.party for one in scene.who(subject, other)}
    if killers and others and killers.isdisjoint(others):
        return True  # "gunmen killed 12 in B after soldiers raided their camp"
    here, there = _places(scene, clause), _places(scene, other)
    apart = bool(here and there) and here.isdisjoint(there)
    counted = any(when.role == "offset" for when in clause.times)
    return apart and (told.agent is not None or counted)


def _places(scene: Scene, clause: Clause) -> set[str]:
    """List the places that a clause names, as they are written."""
    inside = (w for w in scene.words if clause.start <= w.start < clause.end)
    return {word.text for word in inside if is_place(word)}


def _is_another(scene: Scene, clause: Clause) -> bool:
    """Whether a clause opens with an event of its own: "in another incident", "separately"."""
    sets, words = scene.triggers.words, scene.words
    if words[0].lower in sets["elsewhere"]:
        return True
    return any(
        words[phrase.head].lemma in sets["incidents"]
        and any(w.lower in sets["apart"] for w in words[phrase.first : phrase.head])
        for _, phrase in clause.preps
    )


def joined_fate(scene: Scene, clause: Clause) -> Clause | None:
    """
    Find what befell others at once: "one person died and six were hurt by shells".

    Parameters
    ----------
    scene : Scene
        The sentence.
    clause : Clause
        One of its clauses.

    Returns
    -------
    Clause or None
        The clause behind "and" that says who was hurt by what; None for any other clause, and
        where the first one has a place or a cause of its own.
    """
    verb, sets = clause.verb, scene.triggers.words
    if verb is None or clause.preps or clause.objects:
        return None
    fates = sets["killed"] | sets["wounded"]
    passive = verb.voice == "passive" and verb.lemma in fates and clause.link != "participle"
    if not passive and verb.lemma not in sets["intransitive"]:
        return None
    by = scene.triggers.links["by"]
    for other in scene.clauses:
        joined = other.parent == clause.number and other.link == "coordinate"
        joined = joined and other.subject is not None and not other.shared
        told = other.verb is not None and other.verb.lemma in fates
        if joined and told and any(word in by for word, _ in other.preps):
            return other
    return None


def is_crime_behind_gain(scene: Scene, told: Told, near: Draft) -> bool:
    """
    Tell whether those who took ground went on to kill civilians there: two events, not one.

    Parameters
    ----------
    scene : Scene
        The sentence.
    told : Told
        What a clause says of the dead.
    near : Draft
        The event of the clause before it.

    Returns
    -------
    bool
        Whether they did: "entered X and killed 86 civilians", no soldiers.
    """
    clause = told.clause
    goes_on = clause.link in ("coordinate", "participle") and clause.shared and not told.dies
    taken = near.trigger.ground and not near.trigger.leaves and near.phrase is None
    if not (goes_on and taken and told.verb.voice == "active" and told.verb.start > near.end):
        return False
    senses = scene.nominals.senses
    listed = [one for victim in told.victims for one in (victim, *victim.others)]
    civil = [senses(one) & _CIVIL or _of_whom(scene, one) & _CIVIL for one in listed]
    return bool(civil) and all(civil) and not any("fighters" in senses(one) for one in listed)


def _of_whom(scene: Scene, phrase: NounPhrase) -> frozenset[str]:
    """Find what those are that a figure counts: "hundreds of residents"."""
    of = scene.triggers.links["of"]
    inner = [p for word, p in phrase.attached if word in of]
    return frozenset(sense for one in inner for sense in scene.nominals.senses(one))

"""What a clause with a verb of killing or wounding says: whom, how many, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Frame
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.model import Quantity
    from geoevents.reports.syntax.model import Clause, NounPhrase, VerbGroup

_PEOPLE = frozenset({"people", "civilians", "fighters", "party", "protesters", "person"})


@dataclass(slots=True)
class Told:
    """
    What a clause says of casualties.

    Attributes
    ----------
    clause : Clause
        The clause.
    frame : Frame
        Its roles.
    verb : VerbGroup
        Its verb.
    victims : list of NounPhrase
        Who.
    killed, wounded : Quantity or None
        How many.
    agent : NounPhrase or None
        Who or what did it.
    """

    clause: Clause
    frame: Frame
    verb: VerbGroup
    victims: list[NounPhrase]
    killed: Quantity | None = None
    wounded: Quantity | None = None
    agent: NounPhrase | None = None


class Fates:
    """
    Reads the verbs of killing and wounding of a sentence.

    Parameters
    ----------
    scene : Scene
        The sentence.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._words = scene.words
        self._clauses = scene.clauses
        self._sets = scene.triggers.words
        self._nominals = scene.nominals
        self._counts = scene.counts

    def read(self, clause: Clause, verb: VerbGroup) -> Told | None:
        """
        Read a clause with a verb of killing or wounding.

        Parameters
        ----------
        clause : Clause
            The clause.
        verb : VerbGroup
            Its verb.

        Returns
        -------
        Told or None
            What it says; None for another verb, and where nobody was hurt.
        """
        lemma = verb.lemma
        shot = lemma in self._sets["shoot"]
        dead = lemma in self._sets["killed"] or (
            shot and bool(self._sets["dead"] & set(clause.adverbs))
        )
        hurt = lemma in self._sets["wounded"]
        if not dead and not hurt and not shot:
            return None
        frame = self._scene.frame(clause)
        victims = (
            [clause.subject]
            if lemma in self._sets["intransitive"] and clause.subject is not None
            else frame.objects
        )
        victims = [p for p in victims if self._nominals.senses(p) & _PEOPLE]
        nobody = any(self._words[p.first].lower in self._sets["nobody"] for p in victims)
        if not victims or verb.negated or nobody:
            return None
        told = Told(clause, frame, verb, victims)
        if lemma not in self._sets["intransitive"]:
            told.agent = frame.subject
        count = self._counts.first(victims)
        if dead or (shot and self._taken_and_shot(clause, verb)):
            told.killed = count
        elif hurt:
            told.wounded = count
        for other in self._clauses:
            if other.parent == clause.number and is_gapped(self._scene, other):
                more = self._counts.first([other.host] if other.host is not None else [])
                if other.verb is not None and other.verb.lemma in self._sets["killed"]:
                    told.killed = told.killed or more
                else:
                    told.wounded = told.wounded or more
        return told

    def _taken_and_shot(self, clause: Clause, verb: VerbGroup) -> bool:
        """Whether somebody was led away first, so that "shot" is killed: "were taken and shot"."""
        if clause.link != "coordinate" or not clause.shared or clause.parent is None:
            return False
        above = self._scene.clause(clause.parent).verb
        return verb.voice == "passive" and above is not None and above.voice == "passive"


def is_gapped(scene: Scene, clause: Clause) -> bool:
    """
    Tell whether a clause is the second part of "26 were killed and 62 wounded by a blast".

    Parameters
    ----------
    scene : Scene
        The sentence.
    clause : Clause
        One of its clauses.

    Returns
    -------
    bool
        Whether it is.
    """
    verb = clause.verb
    if verb is None or verb.voice != "passive" or clause.parent is None:
        return False
    above = scene.clause(clause.parent)
    fates = scene.triggers.words["killed"] | scene.triggers.words["wounded"]
    return (
        verb.lemma in fates
        and above.verb is not None
        and above.verb.voice == "passive"
        and above.verb.lemma in fates
        and any(clause.host is phrase for phrase in above.objects)
    )

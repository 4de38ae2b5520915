"""What a clause with a verb of killing or wounding says: whom, how many, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoevents.reports.extraction.counts import added
from geoevents.reports.model import Quantity

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Frame
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.syntax.model import Clause, NounPhrase, VerbGroup

_PARTS = 2  # words of "among them"
_SINCE = 9  # words from "since" to "killed" in "since an attack in 2016 that killed"
_MONTH = 31  # days; a toll of more is of no single event
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
    late : bool
        Whether it is a toll that came later, on a day of its own.
    dies : bool
        Whether the subject is who died.
    """

    clause: Clause
    frame: Frame
    verb: VerbGroup
    victims: list[NounPhrase]
    killed: Quantity | None = None
    wounded: Quantity | None = None
    agent: NounPhrase | None = None
    late: bool = False
    dies: bool = False


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
        self._together = scene.triggers.links["together"]

    def read(  # noqa: C901 -- a way to end a branch
        self, clause: Clause, verb: VerbGroup
    ) -> Told | None:
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
        lost = lemma in self._sets["lose"] and verb.voice == "active" and self._loses(clause)
        hurt = lemma in self._sets["wounded"]
        ended = self._ended(clause, verb)
        passive = verb.voice == "passive"
        if not (dead or hurt or shot or lost or ended):
            return None
        if self.compares(verb):
            return None
        frame = self._scene.frame(clause)
        dies = lemma in self._sets["intransitive"] or lemma in self._sets["meet"]
        victims = [clause.subject] if dies and clause.subject is not None else frame.objects
        victims = [p for p in victims if self._nominals.senses(p) & _PEOPLE]
        nobody = any(self._words[p.first].lower in self._sets["nobody"] for p in victims)
        if not victims or verb.negated or nobody or is_running(self._scene, clause):
            return None
        told = Told(clause, frame, verb, victims, dies=dies or (ended and passive))
        if not dies and not lost:
            told.agent = frame.subject
        count = self._all(clause, victims)
        if hurt and self._split(told):
            return told
        if dead or lost or ended or (shot and self._taken_and_shot(clause, verb)):
            told.killed = count
        elif hurt:
            told.wounded = count
        for other in self._clauses:
            if other.parent == clause.number and is_gapped(self._scene, other):
                more = self._counts.first([other.host] if other.host is not None else [])
                if frame.subject is None:  # "2 were killed and 4 hurt by a mine"
                    frame.subject = told.agent = self._scene.frame(other).subject
                if other.verb is not None and other.verb.lemma in self._sets["killed"]:
                    told.killed = told.killed or more
                else:
                    told.wounded = told.wounded or more
        return told

    def _ended(self, clause: Clause, verb: VerbGroup) -> bool:
        """Whether somebody "embraced martyrdom", "met their deaths", was "sent to hell"."""
        sets, words = self._sets, self._words
        if verb.lemma in sets["meet"] and verb.voice == "active":
            ends = sets["martyrdom"] | sets["demise"]
            return any(words[p.head].lemma in ends for p in clause.objects)
        sent = verb.lemma in sets["send"]
        return sent and any(words[p.head].lemma in sets["hell"] for _, p in clause.preps)

    def _loses(self, clause: Clause) -> bool:
        """Whether soldiers were lost, and no ground: "lost a peacekeeper", "lost 12 men"."""
        return any(
            "fighters" in self._nominals.senses(p) and self._counts.first([p]) is not None
            for p in clause.objects
        )

    def _all(self, clause: Clause, victims: list[NounPhrase]) -> Quantity | None:
        """Count the victims of a clause, with those told of beside them."""
        first = victims[0]
        beside = self._words[max(0, first.first - _PARTS) : first.first]
        if first.others and any(word.lower in self._sets["parts"] for word in beside):
            # "among them a governor, and 36 people were injured"
            return self._counts.alone(first.others[-1])
        count = self._counts.first(victims)
        if count is None:
            count = self._bare(clause, first)
        if count is None:
            return None
        for word, phrase in clause.preps:
            if word in self._together and self._nominals.senses(phrase) & _PEOPLE:
                more = self._counts.first([phrase])
                count = count if more is None else added(count, more)
        return count

    def _bare(self, clause: Clause, victim: NounPhrase) -> Quantity | None:
        """Read "driver killed", "policeman wounded" in a note."""
        verb = clause.verb
        short = verb is not None and verb.first == verb.head == victim.last + 1
        passive = verb is not None and verb.voice == "passive"
        return self._counts.bare(victim) if short and passive and clause.link != "that" else None

    def compares(self, verb: VerbGroup) -> bool:
        """
        Tell whether a verb is of another event: "the worst since an attack in 2016 that killed 70".

        Parameters
        ----------
        verb : VerbGroup
            The verb.

        Returns
        -------
        bool
            Whether it is.
        """
        words = self._words
        if verb.first < _PARTS or words[verb.first - 1].lower not in self._sets["which"]:
            return False
        before = words[max(0, verb.first - _SINCE) : verb.first]
        return any(w.lower.split(" ", 1)[0] in self._sets["since"] for w in before)

    def _split(self, told: Told) -> bool:
        """Read "5 soldiers dead and 9 wounded", "two dead, dozens hurt": two figures, no verb."""
        first = told.victims[0]
        dead = self._sets["dead"]
        if not (dead & set(told.clause.adverbs) or self._words[first.head].lower in dead):
            return False
        told.killed = self._counts.alone(first)
        beside = self._words[told.verb.first - 1].entity
        if isinstance(beside, Quantity) and beside != told.killed:
            told.wounded = beside
        return True

    def _taken_and_shot(self, clause: Clause, verb: VerbGroup) -> bool:
        """Whether somebody was led away first, so that "shot" is killed: "were taken and shot"."""
        if clause.link != "coordinate" or not clause.shared or clause.parent is None:
            return False
        above = self._scene.clause(clause.parent).verb
        return verb.voice == "passive" and above is not None and above.voice == "passive"


def is_running(scene: Scene, clause: Clause) -> bool:
    """
    Tell whether a clause counts the victims of months: "312 have been killed since January".

    Parameters
    ----------
    scene : Scene
        The sentence.
    clause : Clause
        One of its clauses.

    Returns
    -------
    bool
        Whether it does.
    """
    since = scene.triggers.words["since"]
    words = {word.start: place for place, word in enumerate(scene.words)}
    for when in clause.times:
        if when.lasts and (when.last - when.first).days > _MONTH:
            place = words.get(when.start)
            first = scene.words[place].lower.split(" ", 1)[0] if place is not None else ""
            before = scene.words[place - 1].lower if place else ""
            if {first, before} & since:
                return True
    return False


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

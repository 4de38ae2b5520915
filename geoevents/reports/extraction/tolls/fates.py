"""What a clause with a verb of killing or wounding says: whom, how many, by whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.reports.extraction.counts import added
from geoevents.reports.extraction.tolls.circumstances import is_own_hand
from geoevents.reports.extraction.tolls.told import Told
from geoevents.reports.extraction.tolls.updates import nth
from geoevents.reports.model import Actor, Quantity

if TYPE_CHECKING:
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.syntax.model import Clause, NounPhrase, VerbGroup, Word

_PARTS = 2  # words of "among them"
_SINCE = 9  # words from "since" to "killed" in "since an attack in 2016 that killed"
_PEOPLE = frozenset({"people", "civilians", "fighters", "party", "protesters", "person"})


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

    def read(  # noqa: C901, PLR0912 -- a way to end a branch
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
        dead = self._kills(clause, verb)
        fell = self._lost_to(clause, verb)  # "two men lost to a mine"
        lost = lemma in self._sets["lose"] and verb.voice == "active" and self._loses(clause)
        hurt = lemma in self._sets["wounded"]
        ended = self._ended(clause, verb)
        passive = verb.voice == "passive"
        if not (dead or hurt or shot or lost or ended or fell):
            return None
        if self.compares(verb) or (hurt and self._are_patients(clause)):
            return None
        frame = self._scene.frame(clause)
        sets = self._sets
        dies = lemma in sets["intransitive"] | sets["meet"] | sets["succumb"]
        falls = (dies or fell is not None) and clause.subject is not None
        victims = [clause.subject] if falls and clause.subject else frame.objects
        whole = whole_of(self._words, clause, sets["parts"])
        victims = [whole] if whole is not None and clause.subject in victims else victims
        victims = [p for p in victims if self._is_somebody(p)]
        nobody = any(self._words[p.first].lower in self._sets["nobody"] for p in victims)
        if not victims or verb.negated or nobody or is_own_hand(self._scene, frame):
            return None
        told = Told(clause, frame, verb, victims, dies=dies or (ended and passive))
        frame.subject = fell or frame.subject
        if lost:  # its men are no civilians
            told.victims = [p for p in victims if self._words[p.head].lemma not in sets["men"]]
        elif not dies:
            told.agent = frame.subject
        count = self._all(clause, victims) or self._herded(clause, victims)
        if hurt and self._split(told):
            return told
        if dead or lost or ended or fell or (shot and self._taken_and_shot(clause, verb)):
            told.killed = count
        elif hurt or (shot and self._in_limb(clause)):
            told.wounded = count
        self._part(told)
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

    def _part(self, told: Told) -> None:
        """Read "ten were killed or wounded": how many of which is not said."""
        number, sets = told.clause.number, self._sets
        fates = sets["killed"] | sets["wounded"]
        joined = [c for c in self._clauses if c.link == "coordinate" and c.mark in sets["either"]]
        beside = [c.verb for c in joined if c.shared and c.parent == number]
        beside += [
            self._scene.clause(c.parent).verb
            for c in joined
            if c.shared and c.number == number and c.parent is not None
        ]
        count = told.killed or told.wounded
        if count is None or not any(verb is not None and verb.lemma in fates for verb in beside):
            return
        most = count.high if count.value is None else count.value
        told.killed = told.wounded = replace(count, value=None, low=0.0, high=most)

    def _ended(self, clause: Clause, verb: VerbGroup) -> bool:
        """Whether somebody "embraced martyrdom", "met their deaths", was "sent to hell"."""
        sets, words = self._sets, self._words
        if verb.lemma in sets["meet"] and verb.voice == "active":
            ends = sets["martyrdom"] | sets["demise"]
            return any(words[p.head].lemma in ends for p in clause.objects)
        sent = verb.lemma in sets["send"]
        return sent and any(words[p.head].lemma in sets["hell"] for _, p in clause.preps)

    def _kills(self, clause: Clause, verb: VerbGroup) -> bool:
        """Whether somebody was killed, in one word or in more."""
        lemma, sets = verb.lemma, self._sets
        if lemma in sets["killed"]:
            return lemma not in sets["drown"] or not self._swims()
        if lemma in sets["shoot"] and not sets["dead"].isdisjoint(clause.adverbs):
            return True
        return self._succumbs(clause, verb) or self._to_death(clause, verb)

    def _swims(self) -> bool:
        """Whether those who drowned did not flee, as far as it is said: no deed drowned them."""
        return all(word.lemma not in self._sets["fleeing"] for word in self._words)

    def _to_death(self, clause: Clause, verb: VerbGroup) -> bool:
        """Whether it is "hacked nine to death", "were burnt alive": not "sentenced to death"."""
        sets, words = self._sets, self._words
        if verb.lemma not in sets["to_death"]:
            return False
        if verb.particle in sets["alive"] or not sets["alive"].isdisjoint(clause.adverbs):
            return True
        to = self._scene.triggers.links["to"]
        return any(word in to and words[p.head].lemma in sets["deaths"] for word, p in clause.preps)

    def _is_somebody(self, phrase: NounPhrase) -> bool:
        """Whether a phrase names people: "a fourth" and "two of the wounded" too."""
        if self._nominals.senses(phrase) & _PEOPLE or nth(self._words, phrase, self._sets):
            return True
        if self._counts.is_named_one(phrase):
            return True
        number = self._words[phrase.head].tag == "NUM"
        return number and any(
            word in self._scene.triggers.links["among"]
            and self._words[p.head].lower in self._sets["hurt"] | self._sets["people_hurt"]
            for word, p in phrase.attached
        )

    def _succumbs(self, clause: Clause, verb: VerbGroup) -> bool:
        """Whether somebody "succumbed to his injuries": not to temptation."""
        if verb.lemma not in self._sets["succumb"]:
            return False
        to = [p for word, p in clause.preps if word in self._scene.triggers.links["to"]]
        return not to or any(self._words[p.head].lemma in self._sets["harm"] for p in to)

    def _are_patients(self, clause: Clause) -> bool:
        """Whether a clause only counts: "a nurse who treated 22 injured"."""
        above = self._scene.clause(clause.parent) if clause.parent is not None else None
        if clause.link != "participle" or above is None or above.verb is None:
            return False
        if not (clause.preps or clause.objects) and any(
            other.subject is clause.host and other is not clause for other in self._clauses
        ):
            return True  # "230 wounded had gone through his hands"
        cared = above.verb.voice == "active" and above.verb.lemma in self._sets["caring"]
        return cared and any(clause.host is phrase for phrase in above.objects)

    def _in_limb(self, clause: Clause) -> bool:
        """Whether somebody was shot where one does not die of it: "shot in the leg"."""
        into = self._scene.triggers.links["manner"]
        return any(
            word in into and self._words[p.head].lemma in self._sets["limbs"]
            for word, p in clause.preps
        )

    def _loses(self, clause: Clause) -> bool:
        """Whether soldiers were lost, and no ground: "lost a peacekeeper", "lost 12 men"."""
        senses, subject = self._nominals.senses, clause.subject
        force = subject is not None and bool(senses(subject) & {"party", "fighters"})
        return any(
            ("fighters" in senses(p) or (force and self._words[p.head].lemma in self._sets["men"]))
            and self._counts.first([p]) is not None
            for p in clause.objects
        )

    def _lost_to(self, clause: Clause, verb: VerbGroup) -> NounPhrase | None:
        """Find the weapon that people were "lost to": no match, and no disease."""
        subject = clause.subject
        if verb.lemma not in self._sets["lose"] or clause.objects or subject is None:
            return None
        to = self._scene.triggers.links["to"] if self._counts.own(subject) is not None else ()
        return next((p for w, p in clause.preps if w in to and self._nominals.weapon(p)), None)

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
        if clause.verb is not None and clause.verb.voice == "passive" and len(victims) > 1:
            # "15 soldiers were killed and two of its own fighters"
            other = victims[1]
            joined = self._words[other.first - 1].tag == "CONJ"
            joined = joined and all(c.host is not other for c in self._clauses)
            more = self._counts.first([other]) if joined else None
            count = count if more is None else added(count, more)
        more = self._listed_before(clause) or self._of_others(clause)
        count = count if more is None else added(count, more)
        for word, phrase in clause.preps:
            if word in self._together and self._nominals.senses(phrase) & _PEOPLE:
                more = self._counts.first([phrase])
                count = count if more is None else added(count, more)
        return count

    def _listed_before(self, clause: Clause) -> Quantity | None:
        """Count the first of a list: "reported 17 soldiers and 63 militants killed"."""
        verb, subject = clause.verb, clause.subject
        above = self._scene.clause(clause.parent) if clause.parent is not None else None
        if verb is None or subject is None or above is None or clause.link != "coordinate":
            return None
        bare = verb.voice == "passive" and verb.first == verb.head == subject.last + 1
        if not bare or above.verb is None or self._words[subject.first - 1].tag != "CONJ":
            return None
        told = above.verb.lemma in self._sets["telling_tolls"] | self._sets["leave"]
        first = above.objects[-1] if told and above.objects else None
        if first is None or first.last != subject.first - 2:
            return None
        fates = self._sets["dead"] | self._sets["hurt"]
        if any(word.lower in fates for word in self._words[first.first : first.last + 1]):
            return None  # "four dead and eight injured"
        return self._counts.own(first) if self._nominals.senses(first) & _PEOPLE else None

    def _of_others(self, clause: Clause) -> Quantity | None:
        """Count those of the other side: "the army lost 12 men, the rebels 20"."""
        words = self._words
        if clause.verb is None or clause.verb.lemma not in self._sets["lose"]:
            return None
        sides = (p for p in clause.objects[1:] if p.first == p.last and words[p.head].tag == "NUM")
        named = (p for p in sides if isinstance(words[p.first - 1].entity, Actor))
        return next(map(self._counts.own, named), None)

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
        for other in first.others:  # "one policeman and three civilians dead, 12 hurt"
            more = self._counts.alone(other)
            joined = self._words[other.first - 1].tag == "CONJ" and other.last < told.verb.first - 1
            if joined and more is not None and more != beside and told.killed is not None:
                told.killed = added(told.killed, more)
        if isinstance(beside, Quantity) and beside != told.killed:
            told.wounded = beside
        return True

    def _herded(self, clause: Clause, victims: list[NounPhrase]) -> Quantity | None:
        """Count those that "them" are: "lined up 12 men and shot them"."""
        him = self._sets["him"]
        if clause.parent is None or any(self._words[p.head].lower not in him for p in victims):
            return None
        above = self._scene.clause(clause.parent)
        herded = above.verb is not None and above.verb.lemma in self._sets["herding"]
        return self._counts.first(above.objects) if herded else None

    def _taken_and_shot(self, clause: Clause, verb: VerbGroup) -> bool:
        """Whether somebody was led away first, so that "shot" is killed: "were taken and shot"."""
        if clause.link != "coordinate" or not clause.shared or clause.parent is None:
            return False
        above = self._scene.clause(clause.parent).verb
        if verb.voice == "active" and above is not None and above.lemma in self._sets["herding"]:
            return True  # "rounded up the men and shot 26"
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


def whole_of(words: list[Word], clause: Clause, parts: frozenset[str]) -> NounPhrase | None:
    """
    Find those that a clause tells of: "six people, of whom one policeman, lost their lives".

    Parameters
    ----------
    words : list of Word
        The words of the sentence.
    clause : Clause
        One of its clauses.
    parts : frozenset of str
        Words that say that only some are told of.

    Returns
    -------
    NounPhrase or None
        The phrase before "of whom"; None for another clause.
    """
    subject = clause.subject
    if clause.mark not in parts or clause.host is None or subject is None or clause.verb is None:
        return None
    behind = words[subject.last + 1] if subject.last + 1 < len(words) else None
    closed = behind is not None and behind.lower == "," and clause.verb.first > subject.last + 1
    return clause.host if closed else None

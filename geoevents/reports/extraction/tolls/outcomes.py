"""How many were killed and wounded, told without a verb of killing: "left 12 dead"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geoevents.reports.extraction.tolls.fates import whole_of

if TYPE_CHECKING:
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.model import Quantity
    from geoevents.reports.syntax.model import Clause, NounPhrase, VerbGroup

_PEOPLE = frozenset({"people", "civilians", "fighters", "party", "protesters", "person", "name"})


class Outcome(NamedTuple):
    """
    What a clause says.

    Attributes
    ----------
    killed, wounded : Quantity or None
        How many.
    victims : list of NounPhrase
        Who.
    late : bool
        Whether it is a toll that grew, on a day of its own.
    """

    killed: Quantity | None
    wounded: Quantity | None
    victims: list[NounPhrase]
    late: bool = False


class Outcomes:
    """
    Reads the numbers of dead and wounded of a sentence.

    Parameters
    ----------
    scene : Scene
        The sentence.
    """

    def __init__(self, scene: Scene) -> None:
        self._words = scene.words
        self._sets = scene.triggers.words
        self._links = scene.triggers.links
        self._nominals = scene.nominals
        self._counts = scene.counts
        self._event_of = scene.event_of
        self._fights = scene.triggers.links["manner"]

    def read(self, clause: Clause, verb: VerbGroup) -> Outcome | None:
        """
        Read a clause whose verb is none of killing.

        Parameters
        ----------
        clause : Clause
            "The blast left 12 dead", "claimed 12 lives", "the death toll rose to 41".
        verb : VerbGroup
            Its verb.

        Returns
        -------
        Outcome or None
            What it says; None if it says nothing of the dead and wounded.
        """
        if verb.negated:
            return None
        phrases = [*clause.objects, *(phrase for _, phrase in clause.preps)]
        if clause.subject is not None and not clause.shared:
            phrases.insert(0, clause.subject)
        killed, wounded, victims = self._in_phrases(phrases)
        if verb.lemma in self._sets["leave"] and killed is None and wounded is None:
            killed, wounded, victims = self._left(clause)
        readings = (
            self._lives,
            self._fallen,
            self._bodies,
            self._lying,
            self._pronounced,
            self._buried,
        )
        late = False
        for reading in readings:
            found = reading(clause, verb)
            if found:
                killed, victims = self._counts.first(found) or killed, found
                if killed is not None and verb.lemma in self._sets["feared"]:
                    killed = replace(killed, low=None, high=killed.high or killed.value)
                late = late or reading == self._bodies  # on the day they were found
        lost = self._cost(clause, verb)
        if lost:  # their men: "men" alone would be civilians
            killed = self._counts.first(lost)
            victims = [p for p in clause.objects if p not in lost] or lost
        if clause.subject is not None and self._is_toll(clause.subject):
            late, killed = True, self._risen(clause, killed)
        if killed is None and wounded is None:
            return None
        return Outcome(killed, wounded, victims, late)

    def _risen(self, clause: Clause, killed: Quantity | None) -> Quantity | None:
        """Find what a toll has come to; None "from 23 to 31": see `Figures`."""
        risen = [phrase for word, phrase in clause.preps if word in self._links["up_to"]]
        told = killed or self._counts.first([*risen, *clause.objects])
        return told if told is not None and told.value is not None else None

    def _lives(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find who "lost their lives"; whose lives "the blast claimed", "cost"."""
        lives = [p for p in clause.objects if self._lemma(p) in self._sets["lives"]]
        if not lives:
            return []
        whole = whole_of(self._words, clause, self._sets["parts"])
        if whole is not None:
            return [whole]
        if verb.lemma in self._sets["lose"]:
            return [clause.subject] if clause.subject is not None else []
        if verb.lemma not in self._sets["claim"]:
            return []
        owners = [p for one in lives for word, p in one.attached if word in self._links["of"]]
        others = [p for p in clause.objects if p not in lives]
        counted = any(self._counts.own(one) is not None for one in lives)  # "85 lives, ..."
        return lives if counted and not owners else [*owners, *others] or lives

    def _cost(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find whom an attack "cost the army": soldiers who are counted, and no ministers."""
        subject = clause.subject
        if verb.lemma not in self._sets["costing"] or subject is None:
            return []
        if verb.voice == "passive" or self._event_of(subject) is None:
            return []
        fighters = [p for p in clause.objects if self._lemma(p) in self._sets["troopers"]]
        return [p for p in fighters if self._counts.own(p) is not None]

    def _lying(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find who "lay dead": by the evening, when they were counted."""
        subject = clause.subject
        lies = verb.lemma in self._sets["lying"] and bool(self._sets["dead"] & set(clause.adverbs))
        return [subject] if lies and subject is not None else []

    def _pronounced(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find who "are dead", "were confirmed dead"."""
        subject = clause.subject
        if subject is None or not self._sets["dead"] & set(clause.adverbs):
            return []
        known = self._sets["confirm"] | self._sets["feared"]
        said = verb.lemma in known and verb.voice == "passive"
        is_so = verb.lemma in self._sets["being"] and not verb.chain
        return [subject] if (said or is_so) and self._counts.own(subject) is not None else []

    def _buried(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find who "had been buried", whom people "buried": not under rubble."""
        if verb.lemma not in self._sets["bury"]:
            return []
        if any(word in self._links["beneath"] for word, _ in clause.preps):
            return []
        whom = clause.objects
        if verb.voice == "passive":
            whom = [clause.subject] if clause.subject is not None else []
        return [p for p in whom[:1] if self._counts.own(p) is not None]

    def _fallen(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find who "fell in an ambush": soldiers only, and in a fight that is named."""
        subject = clause.subject
        if subject is None or verb.lemma not in self._sets["fall"]:
            return []
        fights = any(self._event_of(p) is not None for w, p in clause.preps if w in self._fights)
        return [subject] if fights and "fighters" in self._nominals.senses(subject) else []

    def _bodies(self, clause: Clause, verb: VerbGroup) -> list[NounPhrase]:
        """Find whose bodies "were found", "were pulled from the rubble"."""
        if verb.lemma not in self._sets["find"]:
            return []
        phrases = [*clause.objects, *([clause.subject] if clause.subject is not None else [])]
        bodies = [p for p in phrases if self._lemma(p) in self._sets["body"]]
        owners = [p for one in bodies for word, p in one.attached if word in self._links["of"]]
        # "The remains of three missiles" are nobody's.
        return [*(p for p in owners if self._nominals.senses(p) & _PEOPLE), *bodies]

    def dead_or_hurt(self, phrase: NounPhrase) -> tuple[Quantity | None, Quantity | None]:
        """
        Read a phrase that counts dead or wounded.

        Parameters
        ----------
        phrase : NounPhrase
            "12 dead", "30 wounded", "12 deaths".

        Returns
        -------
        tuple of (Quantity or None, Quantity or None)
            The dead, and the wounded.
        """
        head = self._words[phrase.head]
        dead = head.lower in self._sets["dead"] or head.lemma in self._sets["deaths"]
        dead = dead or (head.lemma in self._sets["loss"] and self._of_people(phrase))
        hurt = head.lower in self._sets["hurt"] or head.lemma in self._sets["injuries"]
        if not dead and not hurt:
            return None, None
        count = self._counts.own(phrase)
        if count is None and dead:  # "the deaths of three women"
            count = self._counts.first(
                [p for word, p in phrase.attached if word in self._links["of"]]
            )
        return (count, None) if dead else (None, count)

    def _of_people(self, phrase: NounPhrase) -> bool:
        """Whether it is people who were lost, or lives: "the loss of 22 men"."""
        return any(
            word in self._links["of"]
            and (self._nominals.senses(p) & _PEOPLE or self._lemma(p) in self._sets["lives"])
            for word, p in phrase.attached
        )

    def _in_phrases(
        self, phrases: list[NounPhrase]
    ) -> tuple[Quantity | None, Quantity | None, list[NounPhrase]]:
        killed = wounded = None
        victims: list[NounPhrase] = []
        for phrase in phrases:
            for one in [phrase, *phrase.others]:
                dead, hurt = self.dead_or_hurt(one)
                killed, wounded = killed or dead, wounded or hurt
                if dead is not None or hurt is not None:
                    victims.append(one)
        return killed, wounded, victims

    def _left(self, clause: Clause) -> tuple[Quantity | None, Quantity | None, list[NounPhrase]]:
        """Read "left 12 people dead"."""
        victims = clause.objects[:1]
        count = self._counts.first(victims)
        if self._sets["dead"] & set(clause.adverbs):
            return count, None, victims
        if self._sets["hurt"] & set(clause.adverbs):
            return None, count, victims
        return None, None, []

    def _is_toll(self, phrase: NounPhrase) -> bool:
        """Whether it is "the death toll", "the number of dead"."""
        lemma = self._lemma(phrase)
        if lemma in self._sets["toll"]:
            return True
        dead = self._sets["dead"] | self._sets["deaths"] | self._sets["killed"]
        return lemma in self._sets["number"] and any(
            word in self._links["of"]
            and (self._lemma(p) in dead or self._words[p.head].lower in dead)
            for word, p in phrase.attached
        )

    def _lemma(self, phrase: NounPhrase) -> str:
        return self._words[phrase.head].lemma

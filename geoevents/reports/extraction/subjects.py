"""Who does what a verb tells: leaders, several, or two sides that do it to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.callings import known_as

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Frame
    from geoevents.reports.extraction.scene import Scene
    from geoevents.reports.model import Actor
    from geoevents.reports.syntax.model import Clause, NounPhrase

_GROUPS = frozenset({"armed group", "state", "coalition"})


class Subjects:
    """
    Reads the subjects of a sentence's verbs.

    Parameters
    ----------
    scene : Scene
        The sentence.
    """

    def __init__(self, scene: Scene) -> None:
        self._words = scene.words
        self._scene = scene
        self._sets = scene.triggers.words
        self._nominals = scene.nominals

    def leads(self, phrase: NounPhrase | None) -> bool:
        """
        Tell whether somebody may speak for a side: "both presidents", "elders of the clans".

        Parameters
        ----------
        phrase : NounPhrase or None
            The subject.

        Returns
        -------
        bool
            Whether it is such.
        """
        if phrase is None:
            return False
        return any(
            "person" in self._nominals.senses(one)
            or any(
                word.lemma in self._sets["leaders"]
                for word in self._words[one.first : one.head + 1]
            )
            for one in (phrase, *phrase.others)
        )

    def refers(self, phrase: NounPhrase | None) -> bool:
        """
        Tell whether somebody named before is meant: "they".

        Parameters
        ----------
        phrase : NounPhrase or None
            The subject.

        Returns
        -------
        bool
            Whether it is a pronoun.
        """
        return phrase is not None and self._words[phrase.head].lower in self._sets["referring"]

    def are_several(self, phrase: NounPhrase | None) -> bool:
        """
        Tell whether it is a force and no single man: "fighters", "the army".

        Parameters
        ----------
        phrase : NounPhrase or None
            The subject.

        Returns
        -------
        bool
            Whether it is.
        """
        if phrase is None:
            return False
        word = self._words[phrase.head]
        group = getattr(word.entity, "sense", "") in _GROUPS
        return bool(phrase.others) or word.form == "plural" or group

    def bears_arms(self, phrase: NounPhrase | None) -> bool:
        """
        Tell whether it is soldiers, police or rebels: their march is no protest.

        Parameters
        ----------
        phrase : NounPhrase or None
            The subject.

        Returns
        -------
        bool
            Whether they bear arms.
        """
        if phrase is None:
            return False
        sets = self._sets
        return self._words[phrase.head].lemma in (
            sets["regulars"] | sets["irregulars"] | sets["marching"]
        )

    def sides(self, frame: Frame) -> tuple[list[Actor], list[Actor]] | None:
        """
        Part the two sides of "X and Y exchanged fire", "fired at each other".

        Parameters
        ----------
        frame : Frame
            The roles of the clause.

        Returns
        -------
        tuple of (list of Actor, list of Actor) or None
            The first side and the other; None if they do it together, or to somebody else.
        """
        subject, verb = frame.subject, frame.clause.verb
        if subject is None or verb is None:
            return None
        mutual = verb.lemma in self._sets["mutual"] or self.is_mutual(frame.clause)
        fights = not mutual and self._fights_alone(frame)
        if not mutual and not fights:
            return None
        listed = [subject, *subject.others]
        for word, inner in subject.attached:
            if len(listed) == 1 and word in self._scene.triggers.links["of"] and inner.others:
                listed = [inner, *inner.others]  # "crowds of X and Y"
        named = [self._nominals.actors(one, alone=True) for one in listed]
        named = [
            (self._named(side) if _are_people(one) else []) or one
            for one, side in zip(named, listed, strict=True)
        ]
        named = [one or self._scene.allied(side) for one, side in zip(named, listed, strict=True)]
        sides = [side for side in named if side]
        if len(sides) < 2:  # noqa: PLR2004 -- two sides
            return None
        if fights and (any(map(self._is_ally, listed)) or _are_states(sides)):
            return None
        return sides[0], [actor for side in sides[1:] for actor in side]

    def _named(self, phrase: NounPhrase) -> list[Actor]:
        """Whom "a gang known as X" is."""
        return known_as(phrase, self._scene)

    def _fights_alone(self, frame: Frame) -> bool:
        """Whether it is not said whom those who fight do fight: "X and Y fought in Z"."""
        clause = frame.clause
        if clause.verb is None or clause.verb.lemma not in self._sets["fighting"] or frame.objects:
            return False
        siding, senses = self._sets["siding"], self._nominals.senses
        # "Fought with heavy weapons", "with the rebels": only those are whom they fight.
        return all(
            word not in siding or senses(p) & {"place", "weapon", "materiel"}
            for word, p in clause.preps
        )

    def _is_ally(self, phrase: NounPhrase) -> bool:
        """Whether those named fight on the side of the others: "the army and allied militias"."""
        said = {
            piece
            for word in self._words[phrase.first : phrase.last + 1]
            for piece in word.lower.split()
        }
        return not said.isdisjoint(self._sets["allies"])

    def is_mutual(self, clause: Clause) -> bool:
        """
        Tell whether a clause says "each other".

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        bool
            Whether it does.
        """
        phrases = [*clause.objects, *(phrase for _, phrase in clause.preps)]
        return any(self._is_reciprocal(phrase) for phrase in phrases)

    def _is_reciprocal(self, phrase: NounPhrase) -> bool:
        words = self._words[phrase.first : phrase.last + 1]
        said = "-".join(word.lower for word in words).replace(" ", "-")
        return said in self._sets["reciprocal"]


def _are_states(sides: list[list[Actor]]) -> bool:
    """Whether only states are named, who may fight on one side."""
    return all(actor.sense in ("state", "coalition") for side in sides for actor in side)


def _are_people(actors: list[Actor]) -> bool:
    """Whether some are called by a common noun only: "an armed group"."""
    return bool(actors) and all(actor.sense == "people" for actor in actors)

"""Mentions in the making, and the roles of a clause whatever its voice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from geoevents.reports.extraction.triggers import Trigger
    from geoevents.reports.model import Actor, Quantity
    from geoevents.reports.syntax.model import Clause, NounPhrase

Standing = Literal["", "former", "final"]
"""Whether a toll was given before and holds no more, or was put right."""


@dataclass(slots=True)
class Draft:
    """
    A mention that is being put together.

    Attributes
    ----------
    trigger : Trigger
        What told of it.
    kind : str
        The type of event.
    clause : Clause
        Where it was found.
    start, end : int
        The words that name it.
    phrase : NounPhrase or None
        The noun phrase that names it; None for verbs.
    actors, targets : list of Actor
        Who; to whom.
    area, killed, wounded : Quantity or None
        How much; how many.
    spans : list of (int, int)
        Stretches of text looked through for where, most telling first.
    clauses : list of Clause
        The clauses that tell of it, its own first.
    main : bool
        Whether its clause is about it: a verb's, or a noun's with a verb that carries it.
    refers : bool
        Whether it refers back: "the strike".
    manner : bool
        Whether it only says how something else was done: "in an offensive".
    under : bool
        Whether somebody came under it: "under fire", "under a truce"; or it was brokered.
    casualties_told : bool
        Whether people were said to be hurt by it.
    origin : Draft or None
        The event told of before, where it tells only of casualties of that.
    late, away : bool
        Whether it is a toll that came later, on a day that is not the event's; and whether those
        it tells of died elsewhere, in a hospital.
    dated : bool
        Whether only a time beside its noun is its own: "died today after Saturday's shelling".
    standing : {"", "former", "final"}
        Whether its toll was given before and holds no more, or was put right.
    apart : bool
        Whether it is told in one breath with one of another type: "shelling and air strikes".
    fallen : frozenset of str
        Who those counted as killed are.
    how : list of str
        How it was read, in words.
    """

    trigger: Trigger
    kind: str
    clause: Clause
    start: int
    end: int
    phrase: NounPhrase | None = None
    actors: list[Actor] = field(default_factory=list)
    targets: list[Actor] = field(default_factory=list)
    area: Quantity | None = None
    killed: Quantity | None = None
    wounded: Quantity | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    main: bool = False
    refers: bool = False
    manner: bool = False
    under: bool = False
    casualties_told: bool = False
    origin: Draft | None = None
    late: bool = False
    away: bool = False
    dated: bool = False
    standing: Standing = ""
    apart: bool = False
    fallen: frozenset[str] = frozenset()
    how: list[str] = field(default_factory=list)

    def act(self, actors: list[Actor]) -> None:
        """
        Add who did it.

        Parameters
        ----------
        actors : list of Actor
            Who; those known already are passed over.
        """
        known = {a.name for a in (*self.actors, *self.targets)}
        for actor in actors:
            if actor.name not in known:
                known.add(actor.name)
                self.actors.append(actor)

    def suffer(self, actors: list[Actor]) -> None:
        """
        Add to whom it was done.

        Parameters
        ----------
        actors : list of Actor
            To whom; those known already, and who did it, are passed over.
        """
        known = {a.name for a in (*self.actors, *self.targets)}
        for actor in actors:
            if actor.name not in known:
                known.add(actor.name)
                self.targets.append(actor)

    def again(self, clause: Clause, start: int, end: int) -> Draft:
        """
        Begin another mention of the event, of casualties told of by themselves.

        Parameters
        ----------
        clause : Clause
            Where they are told of.
        start, end : int
            The words that tell of them.

        Returns
        -------
        Draft
            The mention.
        """
        return Draft(
            self.trigger,
            self.kind,
            clause,
            start,
            end,
            clauses=[clause],
            main=True,
            refers=True,
            origin=self,
            how=["casualties of the event before"],
        )


class Frame:
    """
    The roles of a clause, the same in both voices.

    Parameters
    ----------
    clause : Clause
        A clause with a verb.
    by : frozenset of str
        Prepositions that name who does it, in the passive.

    Attributes
    ----------
    subject : NounPhrase or None
        Who does it: in the passive what stands with "by".
    objects : list of NounPhrase
        To whom: in the passive the subject.
    """

    __slots__ = ("clause", "objects", "subject")

    def __init__(self, clause: Clause, by: frozenset[str]) -> None:
        self.clause = clause
        verb = clause.verb
        if verb is not None and verb.voice == "passive":
            self.subject = next((a.phrase for a in clause.preps if a.word in by), None)
            self.objects = [clause.subject] if clause.subject is not None else []
            self.objects += clause.objects
        else:
            self.subject = clause.subject
            self.objects = clause.objects

    def role(self, name: str) -> list[NounPhrase]:
        """
        Find what plays a role.

        Parameters
        ----------
        name : str
            ``subject``, ``object`` or a preposition.

        Returns
        -------
        list of NounPhrase
            The phrases.
        """
        if name == "subject":
            return [self.subject] if self.subject is not None else []
        if name == "object":
            return self.objects
        return [phrase for word, phrase in self.clause.preps if word == name]

    def parted(self) -> str:
        """
        Find the small word of a verb that stands behind its object: "won the town back".

        Returns
        -------
        str
            The word, or nothing.
        """
        verb, words = self.clause.verb, self.clause.words
        if verb is None or verb.particle or verb.voice == "passive":
            return ""
        for phrase in self.objects:
            for one in (phrase, *(a.phrase for a in phrase.attached)):
                if one.last + 1 < len(words) and words[one.last + 1].tag == "ADV":
                    return words[one.last + 1].lower
        return ""

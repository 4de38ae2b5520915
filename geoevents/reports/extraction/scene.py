"""What is known of a sentence while its events are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.extraction.callings import known_as
from geoevents.reports.extraction.counts import Counts
from geoevents.reports.extraction.drafts import Frame
from geoevents.reports.extraction.nominals import Nominals, is_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.reports.extraction.drafts import Draft
    from geoevents.reports.extraction.triggers import Triggers
    from geoevents.reports.model import Actor
    from geoevents.reports.syntax.model import Clause, NounPhrase, VerbGroup

_SPEAKERS = ("person", "organisation")
_PEOPLE = "people"
_GROUPS = ("armed group", "coalition", "state")


class Scene:
    """
    A sentence, and the drafts of its events.

    Parameters
    ----------
    clauses : list of Clause
        Its clauses, or those of a stretch of it.
    triggers : Triggers
        The language's triggers.

    Attributes
    ----------
    words : list of Word
        Its words.
    nominals : Nominals
        What its noun phrases stand for.
    counts : Counts
        How many people they count.
    named : dict of int to Draft
        Events that nouns name, by the identity of their phrase.
    main : dict of int to Draft
        What a clause is about, by its number.
    drafts : list of Draft
        All of them.
    absorbed : set of int
        Starts of drafts that turned out to be part of others.
    """

    def __init__(self, clauses: list[Clause], triggers: Triggers) -> None:
        self.clauses = clauses
        self.triggers = triggers
        self.words = clauses[0].words
        self.nominals = Nominals(self.words, triggers)
        self.counts = Counts(self.words, self.nominals, triggers)
        self.named: dict[int, Draft] = {}
        self.main: dict[int, Draft] = {}
        self.drafts: list[Draft] = []
        self.absorbed: set[int] = set()
        self._offset = clauses[0].number
        self._links = triggers.links

    def clause(self, number: int) -> Clause:
        """
        Look up a clause by its number.

        Parameters
        ----------
        number : int
            The number.

        Returns
        -------
        Clause
            The clause.
        """
        return self.clauses[number - self._offset]

    def frame(self, clause: Clause) -> Frame:
        """
        Find the roles of a clause.

        Parameters
        ----------
        clause : Clause
            A clause with a verb.

        Returns
        -------
        Frame
            Its roles.
        """
        return Frame(clause, self._links["by"])

    def has_place(self, start: int, end: int) -> bool:
        """
        Tell whether a place is named in a stretch of text.

        Parameters
        ----------
        start, end : int
            Where it begins and ends.

        Returns
        -------
        bool
            Whether one is; demonyms are none.
        """
        return any(start <= word.start < end and is_place(word) for word in self.words)

    def is_placed(self, clause: Clause) -> bool:
        """
        Tell whether a clause names a place.

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        bool
            Whether it does.
        """
        return self.has_place(clause.start, clause.end)

    def tell(self, draft: Draft, clause: Clause) -> None:
        """
        Note that a clause is about an event.

        Parameters
        ----------
        draft : Draft
            The event.
        clause : Clause
            The clause.
        """
        draft.main = True
        self.main[clause.number] = draft
        if clause not in draft.clauses:
            draft.clauses.append(clause)

    def event_of(self, phrase: NounPhrase | None) -> Draft | None:
        """
        Find the event that a phrase names.

        Parameters
        ----------
        phrase : NounPhrase or None
            "The strike"; "a series of attacks" too.

        Returns
        -------
        Draft or None
            The event.
        """
        if phrase is None:
            return None
        draft = self.named.get(id(phrase))
        if draft is not None:
            return draft
        head = self.words[phrase.head]
        senses = self.triggers.senses
        if senses.get(head.lemma, frozenset()) & {"partitives", "collectives"} or head.tag == "NUM":
            for preposition, attached in phrase.attached:
                if preposition in self._links["of"]:
                    return self.named.get(id(attached))
        for other in phrase.others:
            draft = self.named.get(id(other))
            if draft is not None:
                return draft
        return None

    def events_of(self, phrase: NounPhrase | None) -> list[Draft]:
        """
        List the events that a phrase and those joined to it name.

        Parameters
        ----------
        phrase : NounPhrase or None
            "Tank fire and air strikes".

        Returns
        -------
        list of Draft
            The events, in the order of the text.
        """
        first = self.event_of(phrase)
        if phrase is None or first is None:
            return []
        joined = (self.named.get(id(other)) for other in phrase.others)
        return [first, *(d for d in joined if d is not None and d is not first)]

    def add(self, draft: Draft) -> None:
        """
        Add a mention that was found elsewhere.

        Parameters
        ----------
        draft : Draft
            The mention.
        """
        self.drafts.append(draft)

    def who(self, phrase: NounPhrase | None, clause: Clause) -> list[Actor]:
        """
        List who is meant by a phrase, pronouns of the same sentence too.

        Parameters
        ----------
        phrase : NounPhrase or None
            The phrase.
        clause : Clause
            The clause it stands in.

        Returns
        -------
        list of Actor
            Who.
        """
        if phrase is None:
            return []
        found = self.nominals.actors(phrase) or self._meant(phrase, clause)
        if phrase is clause.host and clause.mark in self.triggers.words["who"]:
            found = self._together(phrase, clause) or found
        if found and all(one.sense == _PEOPLE for one in found):
            return self._presumed(phrase) or found
        return found

    def _together(self, phrase: NounPhrase, clause: Clause) -> list[Actor]:
        """Who "X and Y who stormed the town" are: both, unless a comma parts them from it."""
        above = None if clause.parent is None else self.clause(clause.parent).subject
        apart = self.words[phrase.last + 1].lower != clause.mark
        if above is None or apart or not any(phrase is other for other in above.others):
            return []
        return self.nominals.actors(above)

    def _presumed(self, phrase: NounPhrase) -> list[Actor]:
        """Whose "gunmen suspected to be members of X" are thought to be."""
        words, found = self.triggers.words, self.allied(phrase) + known_as(phrase, self)
        thought: set[int] = set()
        for clause in self.clauses:
            verb = clause.verb
            if verb is None:
                continue
            if clause.host is phrase and verb.lemma in words["presumed"]:
                thought.add(clause.number)
            elif clause.parent not in thought or verb.lemma not in words["belonging"]:
                continue
            named = [p for word, p in clause.preps if word in self._links["presumed"]]
            for one in named if clause.host is phrase else [*clause.objects, *named]:
                found += self.nominals.actors(one)
        return [one for one in found if one.sense in _GROUPS]

    def _meant(self, phrase: NounPhrase, clause: Clause) -> list[Actor]:
        """Whom "it" means in "the army said it killed 12 militants"."""
        allied = self.allied(phrase)
        if allied or not self._refers_back(phrase):
            return allied
        for number in range(clause.number - 1, -1, -1):
            subject = self.clause(number).subject
            if subject is None or subject.start >= phrase.start:
                continue
            found = [a for a in self.nominals.actors(subject) if a.sense not in _SPEAKERS]
            marching = (
                clause.verb is None or (clause.verb.lemma, "") in self.triggers.light["attends"]
            )
            people = bool(found) and all(one.sense == _PEOPLE for one in found)
            if people and clause.link == "adverbial" and not marching:
                objects = self.clause(number).objects  # "crowds cheered the soldiers as they came"
                armed = [a for one in objects for a in self.nominals.actors(one)]
                found = [a for a in armed if a.sense in _GROUPS] or found
            if found:
                return found
        return []

    def asked(self, clause: Clause) -> NounPhrase | None:
        """
        Find who is asked for what a clause says: the coalition, in "it refused a request to hit X".

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        NounPhrase or None
            The subject of the clause above it, where it hangs on a request.
        """
        if clause.link != "infinitive" or clause.host is None or clause.parent is None:
            return None
        head = self.words[clause.host.head].lemma
        asked = head in self.triggers.statements["requests"]
        return self.clause(clause.parent).subject if asked else None

    def allied(self, phrase: NounPhrase) -> list[Actor]:
        """
        Tell whose forces "forces allied to the government" or "troops loyal to X" are.

        Parameters
        ----------
        phrase : NounPhrase
            The forces.

        Returns
        -------
        list of Actor
            Whose.
        """
        words = self.triggers.words["allied"]
        found: list[Actor] = []
        for clause in self.clauses:
            if clause.host is phrase and clause.verb is not None and clause.verb.lemma in words:
                found += [
                    a
                    for w, p in clause.preps
                    if w in self._links["allied"]
                    for a in self.nominals.actors(p)
                ]
        after = self.words[phrase.last + 1 : phrase.last + 2]
        if not found and after and after[0].lower in words:
            found += [
                a
                for w, p in phrase.attached
                if w in self._links["allied"]
                for a in self.nominals.actors(p)
            ]
        return found

    def _refers_back(self, phrase: NounPhrase) -> bool:
        """Whether a phrase is "it" or "they", or belongs to them: "a group of its fighters"."""
        phrases = [phrase, *(p for word, p in phrase.attached if word in self._links["of"])]
        phrases = [
            p for p in phrases if self.words[p.head].lemma not in self.triggers.words["rivals"]
        ]
        return any(
            self.words[one.first].lower in self.triggers.words["referring_owners"]
            or self.words[one.head].lower in self.triggers.words["referring"]
            for one in phrases
        )

    def verb_text(self, verb: VerbGroup) -> str:
        """
        Write out a verb group, for the reader.

        Parameters
        ----------
        verb : VerbGroup
            The group.

        Returns
        -------
        str
            Its words.
        """
        return " ".join(self.words[n].text for n in range(verb.first, verb.last + 1))

    def text(self, draft: Draft) -> str:
        """
        Write out the words that name an event.

        Parameters
        ----------
        draft : Draft
            The event.

        Returns
        -------
        str
            Its words.
        """
        return " ".join(w.text for w in self.words if draft.start <= w.start < draft.end)


def ancestors(clause: Clause, clauses: Sequence[Clause]) -> Iterator[Clause]:
    """
    Follow the clauses that a clause hangs on.

    Parameters
    ----------
    clause : Clause
        The clause.
    clauses : sequence of Clause
        Those of its sentence, or of a stretch of it, by number.

    Yields
    ------
    Clause
        The nearest first.
    """
    for _ in clauses:  # clauses of strangers may hang on each other in a ring
        if clause.parent is None:
            return
        clause = clauses[clause.parent - clauses[0].number]
        yield clause

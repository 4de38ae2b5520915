"""Where noun phrases go: subject, object, behind a preposition, in a list, beside another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.model import When
from geoevents.reports.syntax.ahead import AHEAD
from geoevents.reports.syntax.model import Attached

if TYPE_CHECKING:
    from geoevents.reports.syntax.ahead import Ahead
    from geoevents.reports.syntax.chunking import Chunk
    from geoevents.reports.syntax.inserted import Inserted
    from geoevents.reports.syntax.model import Link, NounPhrase
    from geoevents.reports.syntax.reading import Open, Reading

_NAMING = frozenset({"NAME", "NOUN"})


class PhrasePlacer:
    """
    Places the noun phrases of a sentence in its clauses.

    Parameters
    ----------
    reading : Reading
        The sentence.
    ahead : Ahead
        Looks at what follows.
    inserted : Inserted
        Looks for a verb behind what is inserted before it.
    """

    def __init__(self, reading: Reading, ahead: Ahead, inserted: Inserted) -> None:
        self._state = reading
        self._ahead = ahead
        self._inserted = inserted

    def place(self, phrase: NounPhrase) -> None:
        """
        Place a noun phrase.

        Parameters
        ----------
        phrase : NounPhrase
            The chunk at hand.
        """
        head = self._state.words[phrase.head]
        if head.lower in self._state.sets["time_nouns"] and not self._state.preposition:
            self.time(self._state.chunks[self._state.at])
            return
        for step in range(phrase.first, phrase.last + 1):
            entity = self._state.words[step].entity
            if isinstance(entity, When):
                self._state.top.clause.times.append(entity)
        if self._state.preposition:
            self._attach(phrase)
        elif self._state.inner and not self._state.conjunction:
            self._inside(phrase)
        elif self._state.conjunction:
            self._joined(phrase)
        elif self._state.comma:
            self._after_comma(phrase)
        else:
            self._bare(phrase)
        self._state.last = phrase

    def time(self, chunk: Chunk) -> None:
        """
        Place a time.

        Parameters
        ----------
        chunk : Chunk
            The chunk at hand.
        """
        for step in range(chunk.first, chunk.last + 1):
            entity = self._state.words[step].entity
            if isinstance(entity, When):
                self._state.top.clause.times.append(entity)
        self._state.preposition = ""
        top = self._state.top
        if top.said and top.tentative and top.clause.verb is None and not top.waiting:
            self._state.pop()  # "since Thursday", "before dawn"

    def _attach(self, phrase: NounPhrase) -> None:
        if self._state.conjunction and self._fronted():
            self._open_beside("coordinate", self._state.conjunction)
        clause = self._state.top.clause
        attached = Attached(self._state.preposition, phrase)
        top = self._state.top
        if top.tentative and clause.verb is None and not top.waiting:
            clause = self._state.open[-2].clause if len(self._state.open) > 1 else clause
        clause.preps.append(attached)
        last = self._state.last
        if last is not None and not (self._state.comma and clause.verb is None):
            if self._goes_with_time(last, phrase):
                return
            last.attached.append(attached)
            self._state.hosts[phrase.head] = last
            self._state.behind[phrase.head] = self._state.preposition

    def _goes_with_time(self, last: NounPhrase, phrase: NounPhrase) -> bool:
        """Whether it is what a time was full of: "retook it after nine months of fighting"."""
        words = self._state.words
        spell = words[phrase.first - 2].tag == "TIME" and words[last.head].tag == "PRON"
        return spell and self._state.preposition in self._state.sets["filling"]

    def _fronted(self) -> bool:
        """Whether what stands behind "and" begins a clause: "and in Sumy gunmen killed two"."""
        verb = self._state.top.clause.verb
        return verb is not None and self._ahead.subject_follows(self._state.at + 1)

    def _inside(self, phrase: NounPhrase) -> None:
        """Behind a comma of a locality phrase: another place of a list, or what holds the first."""
        last = self._state.last
        if last is not None and self._ahead.is_list():
            self._join(last, phrase)
        else:
            self._appose(phrase)

    def _joined(self, phrase: NounPhrase) -> None:
        """After "and"."""
        named = self._known_by_name()
        if named is not None:
            self._state.close_to(self._state.awaiting())
            self._join(named, phrase)
            return
        top = self._state.top
        verb = top.clause.verb
        if (
            verb is not None
            and not self._lacks_partner()
            and not self._describing()
            and self._ahead.verb_follows(self._state.at + 1)
        ):
            said = verb.lemma in self._state.sets["saying_bare"] and top.clause.objects
            if not said or self._state.parted:
                self._new_clause(phrase, self._state.conjunction)
                return
        if verb is None and self._state.awaiting() >= 0 and not top.waiting and top.tentative:
            self._state.pop()
            top = self._state.top
        listed = self._list_head(phrase)
        if listed is not None:
            self._join(listed, phrase)
        elif top.clause.verb is None:
            top.waiting.append(phrase)
        else:
            top.clause.objects.append(phrase)

    def _known_by_name(self) -> NounPhrase | None:
        """Find who goes by a name and does what follows: "a gang known as X and Y fought"."""
        last, top = self._state.last, self._state.top
        clause, waiting = top.clause, self._state.awaiting()
        if last is None or waiting < 0 or self._state.behind.get(last.head) != "as":
            return None
        if clause.verb is None or clause.verb.lemma not in self._state.sets["passing"]:
            return None
        host = clause.host
        known = clause.link == "participle" and any(
            host is one for one in self._state.open[waiting].waiting
        )
        return host if known and self._ahead.verb_follows(self._state.at + 1) else None

    def _lacks_partner(self) -> bool:
        """Whether "and" joins what "between" asks for: "fighting between X and Y displaced"."""
        last = self._state.last
        return (
            last is not None
            and not last.others
            and last.head not in self._state.lists
            and self._state.behind.get(last.head) == "between"
        )

    def _join(self, member: NounPhrase, phrase: NounPhrase) -> None:
        """Join a phrase to the list that another one is in."""
        first = self._state.lists.get(member.head, member)
        first.others.append(phrase)
        self._state.lists[phrase.head] = first

    def _list_head(self, phrase: NounPhrase) -> NounPhrase | None:
        """Find what a phrase behind "and" or a comma goes on from: the last one of its sort."""
        last = self._state.last
        sort = self._state.words[phrase.head].tag
        step = 0
        found = last
        if last is not None and self._state.behind.get(last.head) == "between":
            return last  # "between X and forces of Y"
        if last is not None and self._state.words[last.head].tag == "ADJ":
            return last  # "by Syrian and Russian jets"
        while last is not None and step < AHEAD:
            if self._state.words[last.head].tag == sort and sort in _NAMING:
                return last
            last = self._state.hosts.get(last.head)
            step += 1
        return found

    def _after_comma(self, phrase: NounPhrase) -> None:
        late = self._state.late
        if late is not None and late[0] == self._state.at and late[1] in self._state.open:
            self._state.close_to(self._state.open.index(late[1]))
            late[1].clause.objects.append(phrase)
            return
        top = self._state.top
        follows = not self._describing() and self._ahead.verb_follows(self._state.at + 1)
        if top.clause.verb is None:
            if not top.waiting:
                top.waiting.append(phrase)
            elif self._ahead.is_list():
                listed = self._list_head(phrase)
                if listed is not None:
                    self._join(listed, phrase)
            else:
                top.aside = True
                self._appose(phrase)
            return
        if follows:
            waiting = self._state.awaiting()
            if waiting >= 0 and not self._state.open[waiting].waiting:
                self._state.close_to(waiting)
                self._state.top.waiting.append(phrase)
            else:
                self._new_clause(phrase, "")
            return
        if self._ahead.is_list():
            listed = self._list_head(phrase)
            if listed is not None:
                self._join(listed, phrase)
        else:
            self._appose(phrase)

    def _appose(self, phrase: NounPhrase) -> None:
        """Note which name a phrase behind a comma says more of: "Sake, the last town"."""
        last, words = self._state.last, self._state.words
        if last is None or words[last.head].tag != "NAME" or words[phrase.head].tag != "NOUN":
            return
        if last.last == phrase.first - 2 and words[phrase.first].tag == "DET":
            self._state.apposed[phrase.head] = last

    def _describing(self) -> bool:
        """
        Whether the verb that follows is of the clause around: "armed with A and B took".

        So it is behind "a truce signed by A and B", whose verb is still to come.
        """
        clause = self._state.top.clause
        waiting = self._state.awaiting()
        by = bool(clause.preps) and clause.preps[-1].word == "by"
        return (
            clause.link == "participle"
            and clause.verb is not None
            and (by or clause.verb.lemma in self._state.sets["described"])
            and waiting >= 0
            and bool(self._state.open[waiting].waiting)
        )

    def _bare(self, phrase: NounPhrase) -> None:
        top = self._state.top
        if top.clause.verb is not None:
            top.clause.objects.append(phrase)
            return
        if top.tentative and top.waiting and top.said and len(self._state.open) > 1:
            # "after the attack the army withdrew": a preposition after all
            self._state.pop()
            self._bare(phrase)
            return
        if self._opens_bare_relative(phrase):
            host = self._state.last
            opened = self._state.push("relative", "", top)
            opened.clause.host = host
            opened.waiting.append(phrase)
            return
        if not top.aside and not self._is_among(phrase):
            top.waiting.append(phrase)

    def _opens_bare_relative(self, phrase: NounPhrase) -> bool:
        """Whether a relative without its word begins: "the bus they were travelling in ran"."""
        state = self._state
        return (
            state.words[phrase.head].tag == "PRON"
            and bool(state.top.waiting)
            and state.last is not None
            and state.words[phrase.first - 1].tag in _NAMING
            and self._inserted.verb_behind_verb()
        )

    def _is_among(self, phrase: NounPhrase) -> bool:
        """Whether it only names some of those told of: ", among them a woman,"."""
        before = self._state.words[max(0, phrase.first - 2) : phrase.first]
        return [word.lower for word in before] == ["among", "them"]

    def _new_clause(self, phrase: NounPhrase, mark: str) -> None:
        """Open a clause with a subject of its own behind a comma or "and"."""
        above = self._state.finite_top()
        if mark and above.clause.link == "quote":
            above = self._state.open[0]  # "X fell, police said, and Y was hurt"
        if mark and self._state.open[-1].clause.link == "that":
            above = self._state.open[-1]
        verb = self._ahead.next_verb()
        link: Link = "coordinate"
        if not mark and verb is not None and verb.lemma in self._state.sets["attributing"]:
            link = "quote"
            above = self._state.open[0]
        self._open_beside(link, mark, above).waiting.append(phrase)

    def _open_beside(self, link: Link, mark: str, above: Open | None = None) -> Open:
        """Open a clause beside the one with a tense, or beside what was said."""
        above = above or self._state.finite_top()
        keep = self._state.open.index(above) + 1 if above in self._state.open else 1
        self._state.close_to(keep - 1)
        return self._state.push(link, mark, above)

"""Chunks to clauses: which verb has which subject, and what hangs on what."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from geoevents.reports.syntax.ahead import Ahead
from geoevents.reports.syntax.inserted import Inserted
from geoevents.reports.syntax.model import Attached
from geoevents.reports.syntax.phrases import PhrasePlacer
from geoevents.reports.syntax.predicates import VerbPlacer
from geoevents.reports.syntax.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.model import When
    from geoevents.reports.syntax.chunking import Chunk
    from geoevents.reports.syntax.lexicon import Lexicon
    from geoevents.reports.syntax.model import Clause, Word
    from geoevents.reports.syntax.reading import Open

_SUBORDINATE = frozenset({"participle", "relative", "infinitive", "adverbial"})


class ClauseReader:
    """
    Makes the clauses of a sentence.

    Parameters
    ----------
    words : list of Word
        The words, tagged.
    chunks : sequence of Chunk
        The chunks.
    sentence : int
        The sentence's number.
    lexicon : Lexicon
        The language's words.
    """

    def __init__(
        self, words: list[Word], chunks: Sequence[Chunk], sentence: int, lexicon: Lexicon
    ) -> None:
        self._state = Reading(words, chunks, sentence, lexicon)
        self._ahead = ahead = Ahead(self._state)
        self._inserted = inserted = Inserted(self._state, ahead)
        self._phrases = PhrasePlacer(self._state, ahead, inserted)
        self._verbs = VerbPlacer(self._state, ahead, inserted)

    def run(self) -> list[Clause]:
        """
        Read them.

        Returns
        -------
        list of Clause
            The clauses in the order of their verbs; one without a verb for a sentence that has
            none.
        """
        state = self._state
        state.push("main", "")
        for place, chunk in enumerate(state.chunks):
            state.at = place
            if chunk.kind == "NP" and chunk.phrase is not None:
                self._phrases.place(chunk.phrase)
            elif chunk.kind == "VG" and chunk.verb is not None:
                self._verbs.place(chunk, chunk.verb)
            else:
                self._small(chunk.kind, chunk)
                continue
            state.preposition = state.conjunction = ""
            state.comma = state.inner = False
        while state.open:
            state.pop()
        return self._finished()

    def _small(self, kind: str, chunk: Chunk) -> None:  # noqa: C901 -- a kind a branch
        word = self._state.words[chunk.first]
        if kind == "PREP":
            self._state.preposition = self._state.preposition or word.lower
        elif kind == "CONJ":
            self._state.conjunction = word.lower
            self._state.preposition = ""
            self._state.parted = self._state.comma
        elif kind == "COMMA" and self._heads_entry():
            self._stop(word.lower)
        elif kind == "COMMA":
            self._state.comma = True
            self._state.preposition = ""
            self._state.top.aside = False
            self._end_tentative()
        elif kind == "INNER":
            self._state.inner = True
        elif kind == "DASH":
            self._dash()
        elif kind == "STOP":
            self._stop(word.lower)
        elif kind == "TIME":
            self._phrases.time(chunk)
        elif kind == "SUB":
            self._subordinate(word)
        elif kind == "REL":
            self._relative(word)
        else:
            self._adverb(word, chunk.last)

    def _adverb(self, word: Word, place: int) -> None:
        """Keep an adverb, unless it only says how nearly what follows is so: "almost at once"."""
        after = self._state.words[place + 1 : place + 2]
        nearly = word.lower in self._state.sets["nearly"]
        if not (nearly and after and after[0].tag in ("PREP", "NUM", "TIME")):
            self._state.top.clause.adverbs.append(word.lower)

    def _end_tentative(self) -> None:
        """At a comma: "after the attack," was no clause; "when X, who is Y, took Z" may be one."""
        top = self._state.top
        waits = top.tentative and bool(top.waiting) and not top.said
        if waits and self._ahead.opens_relative(self._state.at + 1):
            return
        outer = self._state.open[self._state.awaiting()]
        inside = bool(top.said and outer is not top and outer.clause.verb is None and outer.waiting)
        # Not "Tafas, the last town before Homs, was captured".
        waits = top.tentative and bool(top.waiting) and not inside
        if waits and self._inserted.verb_behind_insertion():
            return  # "when the centre in X, near Y, was bombed"
        while (
            len(self._state.open) > 1
            and self._state.top.tentative
            and self._state.top.clause.verb is None
        ):
            self._state.pop()

    def _dash(self) -> None:
        base = self._state.open[0]
        if len(self._state.open) == 1 and base.clause.verb is None and len(self._state.made) == 1:
            base.waiting.clear()  # the line of a place and a date: "BEIRUT, Sept 3 -"
            base.clause.preps.clear()
        self._state.comma = True
        self._state.preposition = ""
        self._end_tentative()

    def _stop(self, mark: str) -> None:
        self._state.preposition = self._state.conjunction = ""
        self._state.comma = False
        self._state.last = None
        said = self._state.finite_top()
        while self._state.open:
            self._state.pop()
        opened = self._state.push("main", "")
        verb = said.clause.verb
        if mark == ":" and verb is not None and verb.lemma in self._state.sets["saying"]:
            opened.clause.link = "that"
            opened.above = said

    def _heads_entry(self) -> bool:
        """Whether a place and a comma head an entry of a log: "Kumbo, armed men took 11 pupils"."""
        state, at = self._state, self._state.at
        top, chunks, words = state.top, state.chunks, state.words
        if len(state.open) > 1 or top.clause.verb or top.clause.preps or len(top.waiting) != 1:
            return False
        opens = at == 1 or (at > 1 and chunks[at - 2].kind == "STOP")
        place = top.waiting[0]
        if not opens or place.first != place.last or not _is_town(words[place.head]):
            return False
        behind = chunks[at + 1 : at + 3]
        if [chunk.kind for chunk in behind] != ["NP", "VG"]:
            return False  # "Sake, the last town before Goma, fell"
        phrase, verb = behind[0].phrase, behind[1].verb
        if phrase is None or verb is None or behind[1].form not in ("finite", "ed"):
            return False
        own = words[phrase.first : phrase.last + 1]
        apposed = own[0].tag == "DET" or any(hasattr(word.entity, "feature") for word in own)
        return not apposed and verb.lemma not in state.sets["saying"]

    def _subordinate(self, word: Word) -> None:
        lower = word.lower
        above: Open | None = self._state.finite_top()
        self._state.preposition = ""
        if lower == "that":
            host = self._state.last if self._previous_kind() in ("NP", "TIME") else None
            teller = self._teller()
            if teller is not None:
                above, host = teller, None
            opened = self._state.push("that", "that", above)
            opened.clause.host = host
        else:
            if (
                self._state.top.clause.verb is None
                and len(self._state.open) > 1
                and self._state.top.tentative
            ):
                self._state.pop()
                above = self._state.finite_top()
            opened = self._state.push("adverbial", lower, above)
            opened.tentative = True
            opened.said = lower if lower in self._state.sets["prep_too"] else ""
            opened.behind = self._state.last if self._previous_kind() == "NP" else None
        self._state.comma = False
        self._state.conjunction = ""
        self._state.last = None

    def _teller(self) -> Open | None:
        """Find the open clause whose verb of saying a "that" here belongs to."""
        for opened in reversed(self._state.open):
            verb = opened.clause.verb
            if verb is None or verb.lemma not in self._state.sets["saying"]:
                continue
            told = verb.lemma in self._state.sets["telling"]
            if told or not opened.clause.objects or self._state.conjunction:
                return opened
        return None

    def _relative(self, word: Word) -> None:
        top = self._state.top
        above = top if top.clause.verb is None else self._state.finite_top()
        host = self._state.last
        if self._state.comma and word.lower in self._state.sets["of_things"]:
            host = self._state.named(host)
        before = self._state.preposition
        self._state.preposition = ""
        opened = self._state.push("relative", word.lower, above)
        opened.clause.host = host
        if host is not None and before in self._state.sets["fronted"]:
            opened.clause.preps.append(Attached(before, host))  # "from which they were driven"
        self._state.comma = False
        self._state.conjunction = ""

    def _previous_kind(self) -> str:
        for step in range(self._state.at - 1, max(-1, self._state.at - 4), -1):
            if self._state.chunks[step].kind not in ("ADV", "ADJ"):
                return self._state.chunks[step].kind
        return ""

    def _finished(self) -> list[Clause]:
        kept = [
            opened
            for opened in self._state.made
            if not opened.dissolved
            and (opened.clause.verb is not None or opened.waiting or opened.clause.preps)
        ]
        kept.sort(key=lambda o: o.clause.verb.head if o.clause.verb is not None else -1)
        numbers = {id(opened): number for number, opened in enumerate(kept)}
        for number, opened in enumerate(kept):
            clause = opened.clause
            clause.number = number
            if opened.above is not None:
                clause.parent = numbers.get(id(opened.above))
            if clause.verb is None:
                clause.objects += opened.waiting
            if clause.parent == number:
                clause.parent = None
            self._late_subject(opened)
            self._bounds(clause)
        return [opened.clause for opened in kept]

    def _late_subject(self, opened: Open) -> None:
        """Fill in the subject that came after: behind an opening participle, or the verb."""
        clause = opened.clause
        verb = clause.verb
        if verb is None or clause.subject is not None:
            return
        if clause.link == "quote" and clause.objects:
            clause.subject = clause.objects.pop(0)
        elif clause.link in _SUBORDINATE:
            self._state.share(opened)

    def _counts_from(self, when: When) -> bool:
        """Whether a time counts from what another clause tells: "hours after X fell, ..."."""
        words = self._state.words
        after = bisect_left(words, when.end, key=lambda word: word.start)
        return 0 < after < len(words) and words[after].tag == "SUB"

    def _bounds(self, clause: Clause) -> None:
        """Where a clause begins and ends."""
        places = [(p.start, p.end) for _, p in clause.preps if p is not clause.host]
        places += [(p.start, p.end) for p in clause.objects if p is not clause.host]
        places += [(w.start, w.end) for w in clause.times if not self._counts_from(w)]
        for phrase in clause.objects:
            places += [(other.start, other.end) for other in phrase.others]
        if clause.verb is not None:
            places.append((clause.verb.start, clause.verb.end))
        if clause.subject is not None and not clause.shared and clause.subject is not clause.host:
            places.append((clause.subject.start, clause.subject.end))
        if places:
            clause.start = min(start for start, _ in places)
            clause.end = max(end for _, end in places)


def _is_town(word: Word) -> bool:
    """Whether a word is the name of a place that is no country."""
    return hasattr(word.entity, "feature") and getattr(word.entity, "kind", "") != "country"

"""Whether what one sentence asks for is granted or refused in another."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from geoevents.reports.stance.retold import retold
from geoevents.reports.stance.senses import REFUSED, spelt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution import Site, Voices
    from geoevents.reports.model import Mention
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause

#: An answer stands within so many sentences of what was asked for, and mentions.
_SENTENCES: Final = 2
_BACK: Final = 6


class Answers:
    """
    Reads the answers to requests, as in "X asked for a strike. Y refused the request".

    Parameters
    ----------
    sites : sequence of Site
        The mentions of the document, in the order of the text; their moods are settled.
    asked : set of int
        The identities of those that were only asked for.
    voices : Voices
        The clauses of saying.
    words : StanceWords
        The words of the language.

    Attributes
    ----------
    found : list of Mention
        New mentions, of the clauses that answer.
    """

    def __init__(
        self, sites: Sequence[Site], asked: set[int], voices: Voices, words: StanceWords
    ) -> None:
        self._asked = [site.mention for site in sites if id(site.mention) in asked]
        self._starts = [mention.trigger[0] for mention in self._asked]
        self._voices = voices
        self._words = words
        self.found: list[Mention] = []

    def read(self, clause: Clause) -> None:
        """
        Read a clause.

        Parameters
        ----------
        clause : Clause
            The clause; that of a mention it answers turns refused or planned.
        """
        verb, words = clause.verb, self._words
        if verb is None or not self._asked:
            return
        names = [spelt(verb), *(f"{verb.lemma} {adverb}" for adverb in clause.adverbs)]
        found = [sense for name in names if (sense := words.objects.get(name))]
        sense = found[-1] if found else ""
        if sense not in (REFUSED, words.granted) or verb.modal is not None:
            return
        thing = clause.subject if verb.voice == "passive" else next(iter(clause.objects), None)
        if thing is None or clause.words[thing.head].lemma not in words.requests:
            return
        if thing.owner is None and clause.words[thing.first].lower not in words.definite:
            return
        last = bisect_left(self._starts, verb.start)
        for mention in reversed(self._asked[max(0, last - _BACK) : last]):
            if mention.mood != "possible" or clause.sentence - mention.sentence > _SENTENCES:
                continue
            refused = (sense == REFUSED) != verb.negated
            mention.mood = "refused" if refused else "planned"
            text = " ".join(
                word.text for word in clause.words if verb.start <= word.start < verb.end
            )
            note = words.notes["refused" if refused else "granted"]
            mention.notes.append(note.format(words=text))
            voices = self._voices.quoting(clause)
            told = (speaker for voice in voices for speaker in voice.speakers())
            self.found.append(retold(clause, verb, mention, told))
            return

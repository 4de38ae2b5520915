"""The clauses in which somebody says something, and who that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution.memory import Memory
from geoevents.reports.attribution.sites import phrase_start
from geoevents.reports.attribution.speakers import actors_of
from geoevents.reports.model import Actor, Speaker
from geoevents.reports.syntax import NounPhrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution.words import AttributionWords
    from geoevents.reports.model import Findings, Stance
    from geoevents.reports.syntax import Clause

_BY: Final = "by"
_BY_ACCOUNT: Final = frozenset(("by", "in"))
_COMMA: Final = ","
_COLON: Final = ":"
_STATE: Final = "state"
_PLACE: Final = "place"
_COUNTRY: Final = "country"
#: Words before a colon that names who speaks.
_OPENING: Final = 6
#: Words that say who speaks are shown to the reader up to this length.
_LONGEST: Final = 200
#: So many clauses up somebody is looked for who goes on speaking.
_DEEPEST: Final = 6


@dataclass(slots=True)
class Voice:
    """
    A clause in which somebody says something.

    Attributes
    ----------
    clause : Clause
        The clause of the verb of saying.
    actors : list of Actor
        Who speaks; empty for a source without a name.
    stance : str
        ``says``, ``claims``, ``denies`` or ``confirms``.
    text : str
        The words that say so.
    negated : bool
        Whether it is not said: "did not confirm", "nobody claimed".
    """

    clause: Clause
    actors: list[Actor]
    stance: Stance
    text: str
    negated: bool

    def speakers(self, stance: Stance | None = None) -> list[Speaker]:
        """
        Give those who speak.

        Parameters
        ----------
        stance : str, optional
            How they do, where it is not as the verb says.

        Returns
        -------
        list of Speaker
            One for each, or one without a name.
        """
        kept = stance or self.stance
        return [Speaker(actor, kept, self.text) for actor in self.actors or (None,)]


class Voices:
    """
    The clauses of saying of a document.

    Parameters
    ----------
    findings : Findings
        What was found in the document.
    clauses : sequence of sequence of Clause
        For each sentence its clauses.
    words : AttributionWords
        The words of the language.
    """

    def __init__(
        self,
        findings: Findings,
        clauses: Sequence[Sequence[Clause]],
        words: AttributionWords,
    ) -> None:
        document = findings.document
        self._document = document
        self._countries = {
            (one.start, one.end)
            for one in findings.toponyms
            if one.sense == _PLACE and one.kind == _COUNTRY
        }
        self._clauses = clauses
        self._words = words
        self._memory = Memory(document, findings.actors, words)
        self._of: dict[tuple[int, int], Voice] = {}
        self._in: dict[int, list[Voice]] = {}
        self._quoting: dict[tuple[int, int], list[Voice]] = {}
        self._chained: dict[tuple[int, int], Voice] = {}
        self._sourced: dict[int, list[Speaker]] = {}
        for sentence in clauses:
            self._read_colon(sentence)
            for clause in sentence:
                self._read_sources(clause, sentence)
                self._read_verb(clause, sentence)
                self._memory.seen(clause)

    def of(self, clause: Clause) -> Voice | None:
        """
        Give the voice of a clause.

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        Voice or None
            None if its verb is none of saying.
        """
        return self._of.get(_key(clause))

    def quoting(self, clause: Clause) -> Sequence[Voice]:
        """
        Give the voices that say what a clause says: "..., the ministry said".

        Parameters
        ----------
        clause : Clause
            The clause that is said.

        Returns
        -------
        sequence of Voice
            In the order of the text.
        """
        return self._quoting.get(_key(clause), ())

    def sources(self, sentence: int) -> Sequence[Speaker]:
        """
        Give the sources of a sentence: "according to the army".

        Parameters
        ----------
        sentence : int
            The number of the sentence.

        Returns
        -------
        sequence of Speaker
            In the order of the text.
        """
        return self._sourced.get(sentence, ())

    def inside(self, sentence: int) -> Sequence[Voice]:
        """
        Give all voices of a sentence.

        Parameters
        ----------
        sentence : int
            The number of the sentence.

        Returns
        -------
        sequence of Voice
            In the order of the text.
        """
        return self._in.get(sentence, ())

    def chained(self, clause: Clause) -> Voice | None:
        """
        Give the voice of a verb of saying that a clause's verb hangs on: "denied striking".

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        Voice or None
            Without a speaker where none is named: "is said to have struck".
        """
        return self._chained.get(_key(clause))

    def siblings(self, clause: Clause) -> Sequence[Clause]:
        """
        Give the clauses of a clause's sentence.

        Parameters
        ----------
        clause : Clause
            The clause.

        Returns
        -------
        sequence of Clause
            By number.
        """
        return self._clauses[clause.sentence]

    def _read_verb(self, clause: Clause, sentence: Sequence[Clause]) -> None:
        verb, stances = clause.verb, self._words.stances
        if verb is None:
            return
        for lemma in verb.chain:
            if lemma in stances and lemma not in self._words.going:
                passive = lemma in self._words.passive
                voice = self._voice(clause, None if passive else clause.subject, lemma, sentence)
                self._chained[_key(clause)] = voice
                return
        if verb.lemma in stances or verb.lemma in self._words.rejects:
            self._take(clause, sentence)

    def _take(self, clause: Clause, sentence: Sequence[Clause]) -> None:
        """Take up a clause whose verb is one of saying."""
        verb = clause.verb
        if verb is None:
            return
        # "X said on Sunday it struck Y" may be read as "X, said ..., struck Y".
        reduced = (
            clause.link == "participle"
            and clause.host is not None
            and verb.voice == "passive"
            and bool(clause.objects)
            and verb.lemma not in self._words.finds
        )
        aside = self._aside(clause)
        subject = aside or (clause.host if reduced else _speaking(clause))
        voice = self._voice(clause, subject, verb.lemma, sentence)
        if clause.shared and clause.link == "coordinate":
            inside = clause.parent is not None and sentence[clause.parent].link == "that"
            if not voice.actors or (inside and verb.lemma in self._words.plain):
                voice.actors = self._above(clause, sentence) or voice.actors
        self._of[_key(clause)] = voice
        self._in.setdefault(clause.sentence, []).append(voice)
        if clause.parent is not None and (clause.link == "quote" or reduced):
            self._quoting.setdefault(_key(sentence[clause.parent]), []).append(voice)
        if aside is not None and not voice.negated:
            self._sourced.setdefault(clause.sentence, []).extend(voice.speakers())

    def _above(self, clause: Clause, sentence: Sequence[Clause]) -> list[Actor]:
        """Find who speaks in "X denied that it did and said that ...": X goes on speaking."""
        for _ in range(_DEEPEST):
            if clause.parent is None:
                break
            clause = sentence[clause.parent]
            voice = self.of(clause)
            if voice is not None:
                return voice.actors
        return []

    def _voice(
        self,
        clause: Clause,
        subject: NounPhrase | None,
        lemma: str,
        sentence: Sequence[Clause],
    ) -> Voice:
        verb = clause.verb
        actors, nobody = self._memory.meant(subject, clause, sentence)
        first, last = (clause.start, clause.end) if verb is None else (verb.start, verb.end)
        if subject is not None:
            first = min(first, subject.start)
            last = max(last, clause.words[subject.last].end)
        text = " ".join(self._document.text[first : min(last, first + _LONGEST)].split())
        self._memory.heard(clause.sentence, actors)
        stance = self._words.stances.get(lemma, "denies")
        return Voice(clause, actors, stance, text, nobody or (verb is not None and verb.negated))

    def _aside(self, clause: Clause) -> NounPhrase | None:
        """Find who speaks in the middle of a sentence: "the raid, the army said, killed 12"."""
        words, verb = clause.words, clause.verb
        if verb is None or verb.first != verb.last or verb.lemma in self._words.finds:
            return None
        after, first = verb.last + 1, phrase_start(words, verb.first)
        if not 1 < first < verb.first or after >= len(words):
            return None
        if words[after].lower != _COMMA or words[first - 1].lower != _COMMA:
            return None
        head = verb.first - 1
        return NounPhrase(first, head, head, words[first].start, words[head].end)

    def _read_colon(self, sentence: Sequence[Clause]) -> None:
        """Take up who is named before a colon that opens a sentence: "Ministry: 12 jets fell"."""
        words = sentence[0].words if sentence else []
        for index, word in enumerate(words[:_OPENING]):
            if word.lower == _COLON and index:
                actor = words[index - 1].entity
                if isinstance(actor, Actor) and not self._is_where(actor):
                    speaker = Speaker(actor, "says", actor.text)
                    self._sourced.setdefault(sentence[0].sentence, []).append(speaker)
                    self._memory.heard(sentence[0].sentence, [actor])
                return

    def _is_where(self, actor: Actor) -> bool:
        """Whether a name before a colon only says where: "Syria: 41 killed"."""
        bare = actor.name == actor.text or (actor.start, actor.end) in self._countries
        return actor.sense == _STATE and bare

    def _read_sources(self, clause: Clause, sentence: Sequence[Clause]) -> None:
        """Take up sources that are named without a verb: "according to", "citing"."""
        for word, phrase in clause.preps:
            told = word in _BY_ACCOUNT and clause.words[phrase.head].lemma in self._words.accounts
            if word in self._words.sources or (told and phrase.owner is not None):
                self._cite(word, phrase, clause, sentence)
        verb = clause.verb
        if verb is not None and verb.lemma in self._words.citing and clause.objects:
            self._cite(verb.lemma, clause.objects[0], clause, sentence)

    def _cite(
        self, word: str, phrase: NounPhrase, clause: Clause, sentence: Sequence[Clause]
    ) -> None:
        actors, nobody = self._memory.meant(phrase, clause, sentence)
        if nobody:
            return
        if not actors and clause.words[phrase.head].lemma in self._words.speaking:
            # "according to a statement issued by the ministry"
            actors = [
                actor
                for other in sentence
                if other.host is not None and other.host.head == phrase.head
                for one in other.preps
                if one.word == _BY
                for actor in actors_of(one.phrase, clause.words)
            ]
        named = self._document.text[phrase.start : clause.words[phrase.last].end][:_LONGEST]
        text = " ".join(f"{word} {named}".split())
        self._sourced.setdefault(clause.sentence, []).extend(
            Speaker(actor, "says", text) for actor in actors or (None,)
        )
        self._memory.heard(clause.sentence, actors)


def _key(clause: Clause) -> tuple[int, int]:
    return clause.sentence, clause.number


def _speaking(clause: Clause) -> NounPhrase | None:
    """Find the phrase of who speaks: the subject, or who does it in the passive."""
    if clause.verb is not None and clause.verb.voice == "passive" and clause.link != "quote":
        return next((one.phrase for one in clause.preps if one.word == _BY), None)
    return clause.subject

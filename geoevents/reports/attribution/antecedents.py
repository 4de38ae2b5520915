"""Whom "they" and "the group" mean, and where "the city" and "there" are."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution.speakers import actors_of, first_word
from geoevents.reports.extraction.asides import Asides

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.localities.spotting import Phrase
    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.attribution.words import AttributionWords
    from geoevents.reports.model import Actor, Findings
    from geoevents.reports.syntax import Clause, NounPhrase, Word

#: How far back, in sentences, somebody or some place may have been named.
_ACTOR_MEMORY: Final = 2
_PLACE_MEMORY: Final = 5
#: Actors and places that are looked at, back from the words that point to one.
_ACTORS: Final = 12
_PLACES: Final = 20
_GROUPS: Final = frozenset(("armed group", "coalition", "state"))
_ARMED: Final = frozenset(("armed group", "coalition"))
_STATES: Final = frozenset(("state",))
_PERSON: Final = "person"
_SOME: Final = 2
#: "El Obeid, the capital of North Kordofan": what towns lie in, and how far behind it stands.
_AREAS: Final = frozenset(("country", "admin1", "admin2", "region"))
_BESIDE: Final = 2
#: Characters of "the ministry in " before a place.
_SEAT: Final = 30
_FROM: Final = "from "


class Antecedents:
    """
    Resolves pronouns and nouns that point back, where that is sure.

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
        self._findings = findings
        self._clauses = clauses
        self._words = words
        self._asides = Asides(findings, words.asides)
        self._actor_starts = [actor.start for actor in findings.actors]
        self._places = [
            number
            for number, one in enumerate(findings.toponyms)
            if one.sense == "place" and one.kind
        ]
        self._place_starts = [findings.toponyms[number].start for number in self._places]

    def resolve_actor(self, site: Site, phrase: NounPhrase | None) -> list[Actor]:
        """
        Find whom a noun phrase means that holds no name.

        Parameters
        ----------
        site : Site
            The mention it belongs to, with its speakers.
        phrase : NounPhrase or None
            The phrase: "they", "its fighters", "the group", "both sides".

        Returns
        -------
        list of Actor
            Who, standing where the phrase does; none where that is not sure.
        """
        if phrase is None or not site.words:
            return []
        words, known = site.words, self._words
        first, head = first_word(phrase, words), words[phrase.head]
        pronoun = head.lower in known.singular or head.lower in known.plural or (first in known.own)
        meant: list[Actor] = []
        if first in known.first or head.lower in known.first:
            meant = self._speaking(site)
        elif head.lemma in known.rivals:
            meant = self._rival(site, words[phrase.first].start) if first in known.own else []
        elif head.lemma in known.sides:
            meant = self._two_sides(site.mention.sentence, words[phrase.first].start)
        elif head.lower in known.objective:
            speaking = [] if site.mention.quoted else self._speaking(site)
            meant = speaking or self._only_one(site.mention.sentence, words[phrase.first].start)
        elif pronoun:
            several = head.lower in known.plural
            # "They came at night," she said: not she.
            speaking = [] if site.mention.quoted else self._speaking(site)
            personal = first in known.personal or head.lower in known.personal
            meant = speaking or self._subject(site, several=several, personal=personal)
        elif first in known.definite and (head.lemma in known.groups or head.lower in known.groups):
            meant = self._group(site, words[phrase.first].start, head)
        start, end = words[phrase.first].start, words[phrase.last].end
        text = self._findings.document.text[start:end]
        return [dataclasses.replace(one, start=start, end=end, text=text) for one in meant]

    def only_group(self, site: Site, phrase: NounPhrase) -> list[Actor]:
        """
        Find the armed group that "the group" is to which something is done.

        Parameters
        ----------
        site : Site
            The mention it belongs to.
        phrase : NounPhrase
            The phrase.

        Returns
        -------
        list of Actor
            The only one that was named shortly before, those left out who do it.
        """
        words = site.words
        start, end, noun = words[phrase.first].start, words[phrase.last].end, words[phrase.head]
        doing = {one.party for one in site.mention.actors}
        recent = {
            one.party: one
            for one in self._recent(site.mention.sentence, start)
            if one.sense in _ARMED and one.party not in doing and not self._is_another(one, noun)
        }
        text = self._findings.document.text[start:end]
        only = recent.values() if len(recent) == 1 else ()
        return [dataclasses.replace(one, start=start, end=end, text=text) for one in only]

    def resolve_place(self, site: Site) -> Phrase | None:
        """
        Find where a mention is that says no more than "the city" or "there".

        Parameters
        ----------
        site : Site
            The mention, without a phrase of its own.

        Returns
        -------
        Phrase or None
            The place named last that it may mean.
        """
        clause = site.clause
        if clause is None:
            return None
        words = clause.words
        if not self._words.there.isdisjoint(clause.adverbs):
            return self._last_place(site.mention.trigger[0], site.mention.sentence, None)
        low = bisect_left(words, clause.start, key=lambda word: word.start)
        high = bisect_left(words, clause.end, key=lambda word: word.start)
        for index in range(low, high):
            word = words[index]
            kinds = self._words.places.get(word.lower)
            if kinds is None or word.tag != "NOUN" or index == 0:
                continue
            if words[index - 1].lower not in self._words.definite:
                continue
            # "the town of X", "the city centre" say themselves what they mean.
            if index + 1 < high and words[index + 1].lower in ("of", "centre", "center"):
                continue
            return self._last_place(word.start, site.mention.sentence, kinds)
        return None

    def _speaking(self, site: Site) -> list[Actor]:
        """Whoever tells of it, if that is one party: "X said it ...", "its fighters"."""
        speakers = [one.actor for one in site.mention.speakers if one.stance != "denies"]
        denying = [one.actor for one in site.mention.speakers if one.stance == "denies"]
        actors = [one for one in speakers or denying if one is not None]
        if len({one.party for one in actors}) != 1 or actors[0].media:
            return []
        person = actors[0].sense == _PERSON and actors[0].party != actors[0].name
        return actors[:1] if actors[0].sense in _GROUPS or person else []

    def _subject(self, site: Site, *, several: bool, personal: bool = False) -> list[Actor]:
        """
        Find the subject of the clause above, or of the sentence before, if it is one party.

        No party of the sentence before is "he", nor has it "his vehicle".
        """
        for clause in site.path[1:]:
            meant = self._of_subject(clause, several=several)
            if meant:
                return meant
        clauses = () if personal else self._sentence_before(site)
        main = next((clause for clause in clauses if clause.link == "main"), None)
        return [] if main is None else self._of_subject(main, several=several)

    def _of_subject(self, clause: Clause, *, several: bool) -> list[Actor]:
        subject = clause.subject
        if subject is None or clause.shared or subject.others:
            return []
        found = actors_of(subject, clause.words)
        if len(found) != 1 or found[0].sense == "person":
            return []
        return found if several or found[0].sense in _GROUPS else []

    def _sentence_before(self, site: Site) -> Sequence[Clause]:
        sentences = self._findings.document.sentences
        number = site.mention.sentence
        if number == 0 or sentences[number - 1].paragraph != sentences[number].paragraph:
            return ()
        return self._clauses[number - 1] if number - 1 < len(self._clauses) else ()

    def _recent(self, sentence: int, position: int) -> list[Actor]:
        """List the groups named shortly before a position, the last one first."""
        last = bisect_left(self._actor_starts, position)
        first = self._findings.document.sentences[max(0, sentence - _ACTOR_MEMORY)].start
        return [
            actor
            for actor in reversed(self._findings.actors[max(0, last - _ACTORS) : last])
            if actor.start >= first and actor.sense in _GROUPS
        ]

    def _only_one(self, sentence: int, position: int) -> list[Actor]:
        """Find who is told of, if nobody else is: "the Taliban came; X fell to them"."""
        last = bisect_left(self._actor_starts, position)
        first = self._findings.document.sentences[max(0, sentence - _ACTOR_MEMORY)].start
        near = self._findings.actors[max(0, last - _ACTORS) : last]
        named = [actor for actor in near if actor.start >= first]
        alone = len({actor.party for actor in named}) == 1 and named[-1].sense in _GROUPS
        return named[-1:] if alone else []

    def _group(self, site: Site, position: int, noun: Word) -> list[Actor]:
        """Find the group that was named last, if only one was or it is what was told of."""
        senses = _GROUPS
        for words, kept in ((self._words.armed, _ARMED), (self._words.official, _STATES)):
            if noun.lemma in words or noun.lower in words:
                senses = kept
        subject = self._subject(site, several=True)
        if subject and subject[0].sense in senses and not self._is_another(subject[0], noun):
            return subject
        recent = [
            one
            for one in self._recent(site.mention.sentence, position)
            if one.sense in senses and not self._is_another(one, noun)
        ]
        start = self._findings.document.sentences[site.mention.sentence].start
        for named in ([one for one in recent if one.start >= start], recent):
            if len({one.party for one in named}) == 1:
                return named[:1]
        return []

    def _is_another(self, actor: Actor, noun: Word) -> bool:
        """Whether who is known by a noun alone ("Kurdish fighters") is called by a harsher one."""
        last = actor.name.split()[-1]
        named = not last.islower() or last in (noun.lower, noun.lemma)
        return noun.lemma in self._words.zealots and not named

    def _two_sides(self, sentence: int, position: int) -> list[Actor]:
        recent = self._recent(sentence, position)
        sides = {one.party: one for one in reversed(recent)}
        return list(sides.values()) if len(sides) == _SOME else []

    def _rival(self, site: Site, position: int) -> list[Actor]:
        """Read "its neighbour": the other one, if one speaks and one other was named."""
        speaking = {one.actor.party for one in site.mention.speakers if one.actor is not None}
        recent = self._recent(site.mention.sentence, position)
        others = {one.party: one for one in reversed(recent) if one.party not in speaking}
        return list(others.values()) if speaking and len(others) == 1 else []

    def _last_place(
        self, position: int, sentence: int, kinds: frozenset[str] | None
    ) -> Phrase | None:
        findings = self._findings
        first = findings.document.sentences[max(0, sentence - _PLACE_MEMORY)].start
        last = bisect_left(self._place_starts, position)
        for number in reversed(self._places[max(0, last - _PLACES) : last]):
            toponym = findings.toponyms[number]
            if toponym.start < first:
                break
            if findings.document.text.endswith(_FROM, 0, toponym.start):
                continue  # where somebody came from is not where they are
            if self._seats(toponym.start):
                continue
            # "took the women to Mosul; the army recaptured the town": not Mosul.
            if kinds is not None and not self._asides.is_scene(self._phrase(number)):
                continue
            if kinds is None or toponym.kind in kinds:
                return self._phrase(number if kinds is not None else self._town_of(number))
        return None

    def _seats(self, start: int) -> bool:
        """Whether somebody who speaks sits there: "the ministry in Zagreb"."""
        before = self._findings.document.text[max(0, start - _SEAT) : start].lower().split()
        return before[-1:] == ["in"] and len(before) > 1 and before[-2] in self._words.speaking

    def _town_of(self, number: int) -> int:
        """Find the town that "there" means where its province or country is named behind it."""
        toponyms = self._findings.toponyms
        outer, at = toponyms[number], bisect_left(self._places, number)
        sentence = self._findings.document.sentence_at(outer.start)
        for inner in reversed(
            self._places[max(0, at - _BESIDE) : at] if outer.kind in _AREAS else []
        ):
            one = toponyms[inner]
            if self._findings.document.sentence_at(one.start) != sentence:
                break
            if one.kind not in _AREAS and one.country == outer.country:
                return inner
        return number

    def _phrase(self, number: int) -> Phrase:
        """Find the phrase that holds a place, or make one of the place alone."""
        from geoevents.localities.spotting import Phrase  # noqa: PLC0415 -- loads the grammar

        findings = self._findings
        toponym = findings.toponyms[number]
        last = bisect_right(findings.phrases, toponym.start, key=lambda phrase: phrase.start) - 1
        if last >= 0 and number in findings.phrases[last].toponyms:
            return findings.phrases[last].whole()
        text = " ".join(toponym.text.split())
        return Phrase(toponym.start, toponym.end, text, (number,))

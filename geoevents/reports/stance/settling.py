"""Whether what each mention tells of happened, and who says so."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution import (
    Antecedents,
    Charges,
    Parse,
    Speeches,
    Voices,
    attribution_words,
)
from geoevents.reports.attribution.sites import phrase_start
from geoevents.reports.attribution.speakers import actors_of, first_word
from geoevents.reports.stance import senses
from geoevents.reports.stance.answers import Answers
from geoevents.reports.stance.moods import sense_of
from geoevents.reports.stance.nouns import is_object, lends
from geoevents.reports.stance.realms import is_background, is_march, is_name, other_realm
from geoevents.reports.stance.words import stance_words
from geoevents.reports.syntax import NounPhrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution import AttributionWords, Site, Voice
    from geoevents.reports.language import Language
    from geoevents.reports.model import Findings, Mention, Mood, Speaker
    from geoevents.reports.stance.senses import Sense
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause

_SOME: Final = 2
_TIME: Final = "TIME"
_POSSESSIVE: Final = "POSS"
#: Senses of speakers whose plans are told without saying whose they are.
_GROUPS: Final = frozenset(("state", "armed group", "coalition"))
_GAIN: Final = "territorial gain"
_CLASH: Final = "armed clash"
_AGREEMENT: Final = "agreement"
#: What an attempt that is not said to have succeeded still was.
_TRIED: Final = frozenset((_GAIN, _CLASH, "attack on civilians"))
#: How a clause hangs on one that is denied, to be denied with it.
_DENIED: Final = frozenset(("that", "coordinate"))
#: And what one that is not said to have failed was.
_FLOWN: Final = frozenset(("air strike", "missile strike", "shelling"))
_MOODS: Final[dict[str, Mood]] = {
    senses.HAPPENED: "happened",
    senses.NEGATED: "negated",
    senses.PLANNED: "planned",
    senses.REFUSED: "refused",
}


def settle(
    mentions: list[Mention],
    clauses: Sequence[Sequence[Clause]],
    findings: Findings,
    language: Language,
) -> None:
    """
    Settle for each mention whether it happened, who says so, and whom its pronouns mean.

    Parameters
    ----------
    mentions : list of Mention
        As the patterns found them; changed in place. Clauses that point back to an event ("Russia
        denied the charge") are added to them.
    clauses : sequence of sequence of Clause
        For each sentence its clauses.
    findings : Findings
        What was found in the document.
    language : Language
        The language of the report.
    """
    if not mentions:
        return
    _Settler(clauses, findings, language).settle(mentions)


class _Settler:
    """Settles the mentions of a document."""

    def __init__(
        self, clauses: Sequence[Sequence[Clause]], findings: Findings, language: Language
    ) -> None:
        self._stance: StanceWords = stance_words(language)
        self._words: AttributionWords = attribution_words(language)
        self._clauses = clauses
        self._parse = Parse(clauses)
        self._voices = Voices(findings.document, clauses, findings.actors, self._words)
        self._speeches = Speeches(findings.document, self._voices, self._words)
        self._antecedents = Antecedents(findings, clauses, self._words)
        self._findings = findings
        self._done: set[tuple[str, str]] = set()
        self._asked: set[int] = set()
        self._done_any = False
        self._lemmas = {
            word.lemma for sentence in clauses if sentence for word in sentence[0].words
        }

    def settle(self, mentions: list[Mention]) -> None:
        """Settle all mentions, in the order of the text."""
        sites = [self._parse.site(mention) for mention in mentions]
        for site in sites:
            self._attribute(site)
            self._date(site)
            self._point(site)
            self._decide(site)
        answers = Answers(sites, self._asked, self._voices, self._stance)
        for sentence in self._clauses:
            for clause in sentence:
                answers.read(clause)
        charges = Charges(sites, self._voices, self._words)
        for sentence in self._clauses:
            for clause in sentence:
                charges.read(clause)
        if charges.found or answers.found:
            mentions += charges.found + answers.found
            mentions.sort(key=lambda mention: mention.start)

    def _attribute(self, site: Site) -> None:
        """Say who tells of it: the nearest clause of saying above it, the sources, the quote."""
        mention = site.mention
        speakers = self._chained(site) or self._nearest(site)
        _add(speakers, self._voices.sources(mention.sentence))
        speech = self._speeches.at(mention.trigger[0])
        if speech is not None:
            mention.quoted = True
            _add(speakers, speech.speakers)
        mention.speakers = speakers

    def _chained(self, site: Site) -> list[Speaker]:
        """Read a verb of saying that the event hangs on: "denied striking", "is said to have"."""
        clause = site.clause
        voice = None if clause is None else self._voices.chained(clause)
        if clause is None or voice is None or not lends(site, clause, self._stance):
            return []
        return [] if voice.negated else voice.speakers()

    def _nearest(self, site: Site) -> list[Speaker]:
        """Find the nearest clause of saying above a mention."""
        child: Clause | None = None
        for clause in site.path:
            voice = self._voices.of(clause)
            if voice is not None and self._tells(site, clause, child, voice):
                return [] if voice.negated else voice.speakers()
            for quoting in self._voices.quoting(clause):
                if quoting.clause is not child and quoting.clause is not clause:
                    return [] if quoting.negated else quoting.speakers()
            child = clause
        return []

    def _tells(self, site: Site, clause: Clause, child: Clause | None, voice: Voice) -> bool:
        """Whether a clause of saying tells of an event: in its object, or in a clause below it."""
        verb = clause.verb
        if verb is None:
            return False
        if child is None:
            if site.verbal or voice.stance == "denies" or verb.lemma in self._words.blames:
                return False  # denials and blame are read as charges
            top = site.top()
            told = clause.subject if verb.voice == "passive" else None
            return any(
                phrase is not None and phrase.head in (top, site.head)
                for phrase in (told, *clause.objects)
            )
        if voice.stance == "denies" and not _DENIED.issuperset(
            one.link for one in site.path[: site.path.index(child)]
        ):
            return False  # "denied that it had struck after ...": the rest is not denied
        if child.link == "that":
            host = child.host
            return verb.lemma not in self._words.rejects or (
                host is not None and clause.words[host.head].lemma in self._words.charges
            )
        said = verb.lemma not in self._words.finds and voice.stance != "denies"
        return said and (
            child.link == "infinitive" or bool(child.link == "participle" and child.mark)
        )

    def _date(self, site: Site) -> None:
        """Leave out the times of clauses of saying above it, if there are others."""
        mention = site.mention
        if len(mention.whens) < _SOME:
            return
        told = {
            when.start
            for clause in site.path[1 if site.verbal else 0 :]
            if self._voices.of(clause) is not None
            for when in clause.times
        }
        own = [when for when in mention.whens if when.start not in told]
        mention.whens = own or mention.whens

    def _point(self, site: Site) -> None:
        """Read the pronouns that say who, and the nouns that say where."""
        mention, clause = site.mention, site.clause
        if clause is None:
            return
        common = all(actor.sense == "people" for actor in mention.actors)
        if common:
            meant = self._antecedents.resolve_actor(site, self._doer(site, clause))
            if meant:
                mention.actors = meant
                mention.notes.append(
                    self._words.notes["pronoun"].format(
                        words=meant[0].text, who="; ".join(actor.name for actor in meant)
                    )
                )
        if not mention.targets and site.verbal and clause.objects:
            self._point_at_target(site, clause)
        if not mention.targets and site.verbal:
            self._point_at_soil(site, clause)
        if not mention.phrases:
            phrase = self._antecedents.resolve_place(site)
            if phrase is not None:
                mention.phrases = [phrase]
        self._recall(site, clause)
        self._trim(site, clause)
        if not site.verbal and not mention.definite and not (mention.phrases or mention.whens):
            first = phrase_start(site.words, site.head)
            mention.definite = site.words[first].lower in self._stance.definite
        if not site.verbal and self._is_dated(site):
            mention.definite = True

    def _is_dated(self, site: Site) -> bool:
        """Whether the event is that of a day: "Wednesday's strikes"."""
        first = phrase_start(site.words, site.head)
        before = site.words[first - 1] if first else site.words[first]
        return _TIME in (site.words[first].tag, before.tag) and any(
            word.tag == _POSSESSIVE for word in site.words[max(first, 1) - 1 : first + _SOME]
        )

    def _point_at_target(self, site: Site, clause: Clause) -> None:
        """Read whose thing was hit: "rebels said jets hit their base"."""
        mention, first = site.mention, clause.words[clause.objects[0].first].lower
        if clause.verb is None or clause.verb.voice != "active" or first not in self._words.own:
            return
        meant = self._antecedents.resolve_actor(site, clause.objects[0])
        parties = {actor.party for actor in mention.actors}
        if meant and parties and meant[0].party not in parties:
            mention.targets = meant

    def _trim(self, site: Site, clause: Clause) -> None:
        """Leave out times and places that are not those of what is known already."""
        mention = site.mention
        first = phrase_start(site.words, site.head)
        after = site.words[first - 1].lower if first else ""
        known = mention.definite and not site.verbal and bool(self._done_any)
        self._done_any = True
        if known and clause.verb is not None and is_object(site, clause.verb):
            self._leave_out(site, clause, first)
        if mention.definite and not site.verbal and after in self._stance.aimed:
            # "protested in X against the attacks": these were not there.
            mention.phrases = [one for one in mention.phrases if one.start > mention.trigger[0]]
            mention.whens = [one for one in mention.whens if one.start > mention.trigger[0]]

    def _leave_out(self, site: Site, clause: Clause, first: int) -> None:
        """Leave out where and when something is done about it: "did not mention the raid today"."""
        if lends(site, clause, self._stance):
            return
        mention, start = site.mention, site.words[first].start
        mention.phrases = [one for one in mention.phrases if start <= one.start < clause.end]
        mention.whens = [one for one in mention.whens if start <= one.start < mention.trigger[1]]

    def _point_at_soil(self, site: Site, clause: Clause) -> None:
        """Read whose ground was hit: "X said rockets had landed on its soil"."""
        for _, phrase in clause.preps:
            first, head = clause.words[phrase.first].lower, clause.words[phrase.head]
            if first in self._words.own and head.lemma in self._words.soil:
                meant = self._antecedents.resolve_actor(site, phrase)
                parties = {actor.party for actor in site.mention.actors}
                site.mention.targets = [one for one in meant if one.party not in parties]
                return

    def _doer(self, site: Site, clause: Clause) -> NounPhrase | None:
        """Find the phrase of who does it."""
        verb = clause.verb
        if verb is None:
            return None
        if not lends(site, clause, self._stance):
            first = phrase_start(site.words, site.head)
            word = site.words[first]
            return NounPhrase(first, first, first, word.start, word.end)
        if verb.voice == "active" and (clause.subject is None or clause.subject.head != site.head):
            return clause.subject
        return None

    def _recall(self, site: Site, clause: Clause) -> None:
        """See what points back: it is done again to "the" same thing, "the jet was shot down"."""
        verb = clause.verb
        if verb is None or not site.verbal:
            return
        passive = verb.voice == "passive"
        patient = clause.subject if passive else next(iter(clause.objects), None)
        if patient is not None:
            key = site.mention.kind, clause.words[patient.head].lemma
            points = clause.words[patient.first].lower in self._stance.definite
            if points and not patient.attached and key in self._done:
                site.mention.definite = True
        for phrase in (clause.subject, *clause.objects[:1]):
            if phrase is not None:
                self._done.add((site.mention.kind, clause.words[phrase.head].lemma))

    def _look_ahead(self, mention: Mention) -> None:
        """Leave out the times before today that are not told of the plan itself."""
        published = self._findings.published
        mention.whens = [
            when
            for when in mention.whens
            if mention.start <= when.start < mention.end
            or (published is not None and when.last >= published)
        ]

    def _is_said_of_it(self, site: Site) -> bool:
        """Whether it only says what another event was: "it was the worst attack since 2014"."""
        clause = site.clause
        if clause is None or site.verbal or clause.verb is None or clause.subject is None:
            return False
        head = clause.words[clause.subject.head].lower
        equals = clause.verb.lemma in self._stance.equals and is_object(site, clause.verb)
        return equals and (head in self._words.this or head in self._words.singular)

    def _decide(self, site: Site) -> None:
        """Say whether it happened."""
        mention = site.mention
        sense = sense_of(site, self._stance)
        parties = {actor.party for actor in mention.actors}
        speaking = [
            one
            for one in mention.speakers
            if one.actor is not None
            and (one.actor.party in parties or (not parties and one.actor.sense in _GROUPS))
        ]
        subject = None if site.clause is None or not site.verbal else site.clause.subject
        theirs = first_word(subject, site.words) in self._words.own and bool(parties)
        nameless = theirs and any(one.actor is None for one in mention.speakers)
        mention.mood = self._mood(site, sense, party_says=bool(speaking) or nameless)
        if sense.word == senses.SUPPOSED and sense.by in self._stance.asking:
            self._asked.add(id(mention))
            asker = None if site.verbal or site.clause is None else site.clause.subject
            if not mention.actors and asker is not None:
                mention.actors = actors_of(asker, site.words)
        self._weed(site)
        if mention.mood == "planned":
            self._look_ahead(mention)
        if sense.plain and parties:
            # "X said it had not struck it": a denial, if somebody says that it did.
            for speaker in speaking:
                speaker.stance = "denies"
        adverbs = [] if site.clause is None else site.clause.adverbs
        for hedge in sorted(self._stance.hedged.intersection(adverbs)):
            mention.notes.append(self._stance.notes["hedged"].format(words=hedge))

    def _weed(self, site: Site) -> None:
        """Leave out what is not told as an event: background, names, other walks of life."""
        mention, notes = site.mention, self._stance.notes
        if mention.mood != "happened":
            return
        realm = other_realm(site, self._lemmas, self._stance)
        if realm:
            mention.notes.append(notes["realm"].format(words=realm))
        elif is_background(site, self._findings, self._stance):
            mention.notes.append(notes["background"])
        elif not (is_name(site, self._stance) or is_march(site, self._stance)):
            return
        mention.mood = "possible"

    def _mood(self, site: Site, sense: Sense, *, party_says: bool) -> Mood:
        mention = site.mention
        if self._is_said_of_it(site):
            return "possible"  # "it was the second attack this year" is no event
        tried = _TRIED | (_FLOWN if sense.by in self._stance.trying else frozenset())
        if sense.word == senses.ATTEMPTED and mention.kind in tried:
            if mention.kind == _GAIN:
                mention.kind = _CLASH
                mention.notes.append(self._stance.notes["attempted"].format(words=sense.by))
            return "happened"
        if mention.kind == _AGREEMENT:
            if sense.word == senses.PLANNED and sense.by in self._stance.agreeing:
                return "happened"  # "agreed to hand over their weapons"
            refuse = None if site.clause is None or not site.verbal else site.clause.verb
            if refuse is not None and not refuse.negated and sense.word == senses.HAPPENED:
                refused = self._stance.objects.get(senses.spelt(refuse)) == senses.REFUSED
                return "refused" if refused else "happened"
        if sense.word == senses.WOULD:
            return "planned" if party_says else "possible"
        return _MOODS.get(sense.word, "possible")


def _add(speakers: list[Speaker], more: Sequence[Speaker]) -> None:
    """Add those who do not speak already."""
    known = {one.actor and one.actor.party for one in speakers}
    speakers += [
        dataclasses.replace(one) for one in more if (one.actor and one.actor.party) not in known
    ]

"""Whether what each mention tells of happened, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution import Charges, Parse, Voices, attribution_words
from geoevents.reports.attribution.speakers import actors_of, first_word
from geoevents.reports.stance import senses
from geoevents.reports.stance.answers import Answers
from geoevents.reports.stance.background import is_background
from geoevents.reports.stance.beasts import beast
from geoevents.reports.stance.communiques import Communique
from geoevents.reports.stance.contests import Contests
from geoevents.reports.stance.days import ahead, is_ahead
from geoevents.reports.stance.harmless import Harmless
from geoevents.reports.stance.moods import is_counted, sense_of
from geoevents.reports.stance.names import is_name
from geoevents.reports.stance.nouns import is_object
from geoevents.reports.stance.pointers import Pointers
from geoevents.reports.stance.pretence import Pretence
from geoevents.reports.stance.protests import is_march, pay_or_votes
from geoevents.reports.stance.remembrance import own_times, recalled
from geoevents.reports.stance.tellers import Tellers
from geoevents.reports.stance.verdicts import Verdicts
from geoevents.reports.stance.walks import Walks
from geoevents.reports.stance.words import stance_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution import AttributionWords, Site
    from geoevents.reports.language import Language
    from geoevents.reports.model import Findings, Mention, Mood
    from geoevents.reports.stance.senses import Sense
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause

#: Senses of speakers whose plans are told without saying whose they are.
_GROUPS: Final = frozenset(("state", "armed group", "coalition"))
_GAIN: Final = "territorial gain"
_CLASH: Final = "armed clash"
_AGREEMENT: Final = "agreement"
_PROTEST: Final = "protest"
#: Moods in which something may be told of sport or business: "their battle will go on".
_TOLD: Final = frozenset(("happened", "planned"))
#: What an attempt that is not said to have succeeded still was.
_TRIED: Final = frozenset((_GAIN, _CLASH, "attack on civilians"))
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
        self._voices = Voices(findings, clauses, self._words)
        self._tellers = Tellers(findings.document, self._voices, self._words, self._stance)
        self._pointers = Pointers(findings, clauses, self._words, self._stance)
        self._findings = findings
        self._pretence = Pretence(clauses, self._stance)
        self._harmless = Harmless(self._stance)
        self._communique = Communique(findings, self._stance)
        self._verdicts = Verdicts(clauses, self._voices, self._stance)
        self._asked: set[int] = set()
        self._walks = Walks(clauses, findings, self._stance)

    def settle(self, mentions: list[Mention]) -> None:
        """Settle all mentions, in the order of the text."""
        sites = [self._parse.site(mention) for mention in mentions]
        for site in sites:
            self._tellers.read(site)
            site.mention.speakers = site.mention.speakers or self._communique.speakers(site)
            self._pointers.read(site)
            self._decide(site)
            self._verdicts.read(site)
        answers = Answers(sites, self._asked, self._voices, self._stance)
        charges = Charges(sites, self._voices, self._words)
        contests = Contests(sites, self._voices, self._findings, self._stance)
        for reader in (answers, charges, contests):
            for sentence in self._clauses:
                for clause in sentence:
                    reader.read(clause)
        if found := charges.found + answers.found + contests.found:
            mentions += found
            mentions.sort(key=lambda mention: mention.start)

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
        if site.verbal:
            return is_counted(site, self._stance, self._words.this | self._words.singular)
        if clause is None or clause.verb is None or clause.subject is None:
            return False
        head = clause.words[clause.subject.head].lower
        one_of = any(word == "of" and phrase.head == site.head for word, phrase in clause.preps)
        equals = clause.verb.lemma in self._stance.equals and (
            is_object(site, clause.verb) or (one_of and bool(clause.objects))
        )
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
        if mention.mood == "happened" and is_ahead(site, self._findings.published, self._stance):
            mention.mood = "planned"
        self._weed(site)
        if mention.mood == "planned":
            ahead(site, self._findings.published, self._stance)
            self._look_ahead(mention)
        if sense.plain and (parties or mention.kind == _GAIN):
            # "X said it had not struck it": a denial, if somebody says that it did.
            for speaker in speaking:
                speaker.stance = "denies"
        adverbs = [] if site.clause is None else site.clause.adverbs
        for hedge in sorted(self._stance.hedged.intersection(adverbs)):
            mention.notes.append(self._stance.notes["hedged"].format(words=hedge))

    def _weed(self, site: Site) -> None:
        """Leave out what is not told as an event: background, names, other walks of life."""
        mention, notes = site.mention, self._stance.notes
        if mention.mood not in _TOLD:
            return
        walk = self._walks.read(site)
        if mention.mood != "happened":
            if walk and mention.kind != _PROTEST:
                mention.notes.append(notes["unarmed"].format(words=walk))
                mention.mood = "possible"
            return
        unarmed = beast(site, self._clauses[mention.sentence], self._stance)
        unarmed = unarmed or walk or pay_or_votes(site, self._stance)
        if harmless := self._harmless.read(site):
            mention.notes.append(notes["harmless"].format(words=harmless))
        elif unarmed:
            mention.notes.append(notes["unarmed"].format(words=unarmed))
        elif told := self._retold(site):
            mention.notes.append(told)
        elif is_background(site, self._findings, self._stance):
            mention.notes.append(notes["background"])
        elif not (is_name(site, self._stance) or is_march(site, self._stance)):
            return
        mention.mood = "possible"

    def _retold(self, site: Site) -> str:
        """Say why it did not happen now: it is played, or recalled without a time of its own."""
        if played := self._pretence.read(site):
            return self._stance.notes["pretence"].format(words=played)
        kept = recalled(site, self._stance)
        if kept:
            site.mention.whens = own_times(site, self._findings.published)
        gone = bool(kept) and not site.mention.whens
        return self._stance.notes["recalled"].format(words=kept) if gone else ""

    def _let_through(self, site: Site, sense: Sense) -> bool:
        """Whether somebody failed to ward it off."""
        deed = site.clause.verb if site.clause is not None and site.verbal else None
        failed = sense.word == senses.ATTEMPTED and sense.by not in self._stance.trying
        return failed and deed is not None and senses.spelt(deed) in self._stance.warding

    def _mood(self, site: Site, sense: Sense, *, party_says: bool) -> Mood:
        mention = site.mention
        # "It was the second attack this year", "failed to intercept it" are no events.
        if self._is_said_of_it(site) or self._let_through(site, sense):
            return "possible"
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

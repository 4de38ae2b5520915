"""Who is said to have done it: claims of responsibility, blame, and denials that point back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution.blame import (
    are_mutual,
    blames_with,
    calls_false,
    charge_of,
    hangs_on_denial,
    is_behind,
)
from geoevents.reports.attribution.clauses import clause_text, objects_of
from geoevents.reports.attribution.deeds import Deeds
from geoevents.reports.attribution.speakers import actors_of, first_word
from geoevents.reports.model import Mention, Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.attribution.voices import Voice, Voices
    from geoevents.reports.attribution.words import AttributionWords
    from geoevents.reports.model import Actor, Stance
    from geoevents.reports.syntax import Clause, VerbGroup

_BE: Final = "be"
_PRONOUN: Final = "PRON"
#: "Denied firing the shells" is of what was told so many sentences before at most.
_NEAR: Final = 2


class Charges:
    """
    Reads who is blamed, who claims and who denies, where that is not said of the event itself.

    Parameters
    ----------
    sites : sequence of Site
        The mentions of the document, in the order of the text, where they stand; their moods are
        settled.
    voices : Voices
        The clauses of saying.
    words : AttributionWords
        The words of the language.

    Attributes
    ----------
    found : list of Mention
        New mentions, of clauses that point back to an event: "Russia denied the charge".
    """

    def __init__(self, sites: Sequence[Site], voices: Voices, words: AttributionWords) -> None:
        self._deeds = Deeds(sites, voices, words)
        self._voices = voices
        self._words = words
        self.found: list[Mention] = []

    def read(self, clause: Clause) -> None:
        """
        Read a clause.

        Parameters
        ----------
        clause : Clause
            The clause.
        """
        verb, words = clause.verb, self._words
        if verb is None or not self._deeds:
            return
        if verb.lemma in words.mutual_verbs and are_mutual(clause, self._words):
            self._blame_each_other(clause)
        elif verb.chain and verb.lemma in words.harming:
            self._deny_deed(clause)
        elif clause.link == "that" and verb.lemma in words.harming:
            self._account(clause, verb)
        elif verb.lemma in words.judging:
            self._judge(clause)
        elif verb.lemma in words.involving and verb.negated:
            self._keep_out(clause)
        elif verb.lemma == _BE:
            self._behind(clause)
        else:
            self._charge_or_deny(clause, verb)

    def _charge_or_deny(self, clause: Clause, verb: VerbGroup) -> None:
        """Read a verb of blame, of denial, or one that claims a deed."""
        words, voice = self._words, self._voices.of(clause)
        if verb.negated or (voice is not None and voice.negated):
            return
        thing = self._object(clause)
        claimed = thing in words.responsibility or (
            verb.lemma in words.owning and thing in words.this
        )
        if verb.lemma in words.blames or verb.lemma in words.pinning or blames_with(clause, words):
            self._blame(clause, voice)
        elif verb.lemma in words.pointing:
            self._point_at(clause, verb)
        elif voice is not None and voice.stance == "denies":
            self._deny(clause, voice)
        elif voice is not None and voice.stance == "confirms" and clause.objects:
            self._confirm(clause, voice)
        elif claimed or (verb.lemma in words.owning and self._deeds.named(clause, direct=True)):
            self._claim(clause, voice)

    def _claim(self, clause: Clause, voice: Voice | None) -> None:
        """Somebody claims responsibility: he did it, he says."""
        actors = self._subject(clause) if voice is None else voice.actors
        if not actors or (clause.verb is not None and clause.verb.negated):
            return
        speakers = [Speaker(actor, "claims", clause_text(clause)) for actor in actors]
        self._charge(clause, actors, speakers, "responsibility")

    def _behind(self, clause: Clause) -> None:
        """Somebody is behind it, or responsible for it."""
        words, verb = self._words, clause.verb
        what = [phrase for word, phrase in clause.preps if word in words.behind]
        if verb is None or not (what or is_behind(clause, words)):
            if verb is not None and not verb.negated:
                self._point_at(clause, verb)
            return
        if verb.negated or hangs_on_denial(clause, self._voices):
            self._keep_out(clause)
            return
        subject = clause.subject
        own = self._deeds.named(clause)
        pronoun = subject is not None and clause.words[subject.head].tag == _PRONOUN
        if not own and (not what or clause.words[what[0].head].lower in words.this):
            self._own_up(clause)
        for mention in own:
            actors = self._subject(clause) or [
                one.actor for one in mention.speakers if pronoun and one.actor is not None
            ]
            if actors:
                self._put(mention, actors, [], "blame")

    def _own_up(self, clause: Clause) -> None:
        """Read "X said it was behind it": it did what was told before."""
        above = None if clause.parent is None else self._voices.siblings(clause)[clause.parent]
        voice = None if above is None else self._voices.of(above)
        actors = self._subject(clause) or ([] if voice is None else voice.actors)
        told = self._deeds.before(clause, []) if actors else None
        if told is not None:
            speakers = [] if voice is None else voice.speakers("claims")
            self._point_back(clause, told, actors, speakers)

    def _point_at(self, clause: Clause, verb: VerbGroup) -> None:
        """Read "laid it at the door of X", "it bore the hallmarks of X", "it was the work of X"."""
        noun, word = self._words.pointing.get(verb.lemma, ("", ""))
        phrases = [*clause.objects, *(one.phrase for one in clause.preps)]
        phrases += [] if clause.subject is None else [clause.subject]
        if noun and any(clause.words[one.head].lemma == noun for one in phrases):
            accused = [one.phrase for one in clause.preps if one.word == word]
            actors = [actor for one in accused[:1] for actor in actors_of(one, clause.words)]
            told = None if self._deeds.named(clause) else self._deeds.before(clause, [])
            known = told is not None and any(one.sense != "people" for one in told.actors)
            if actors and not known:  # "X claimed it, but suspicion fell on Y": X did
                self._charge(clause, actors, [], "blame")

    def _keep_out(self, clause: Clause) -> None:
        """Somebody had no part in it: "was not involved in the raid"."""
        for mention in self._deeds.named(clause):
            meant = [one.actor for one in mention.speakers if one.actor is not None]
            actors = self._subject(clause) or meant
            if actors:
                mention.speakers = [Speaker(actors[0], "denies", clause_text(clause))]

    def _blame(self, clause: Clause, voice: Voice | None) -> None:
        """Somebody says that another did it: "blamed X for it", "blamed it on X", "accused X"."""
        verb = clause.verb
        if verb is None:
            return
        words = self._words
        on = words.pinning.get(verb.lemma) or words.laying.get(verb.lemma)
        accused: list[Actor] = []
        for phrase in [one.phrase for one in clause.preps if one.word == on][-1:]:
            last = clause.words[phrase.last].end  # not "attributed to a dispute with X"
            accused = [one for one in actors_of(phrase, clause.words) if one.end <= last]
        passive = verb.voice == "passive"
        which = clause.link == "relative" and clause.mark in words.this
        deed = passive or which or self._object(clause) in words.deeds | words.charges
        if not accused or not (deed or self._deeds.named(clause, direct=True)):
            if verb.lemma not in words.blames and not is_behind(clause, words):
                return
            accused = self._subject(clause) if passive else objects_of(clause)
        if not accused:
            return
        if voice is not None:
            speakers = voice.speakers("claims")
        else:
            blaming = [] if passive else self._subject(clause)
            told = [one for one in blaming if not one.media]
            speakers = [Speaker(one, "claims", clause_text(clause)) for one in told]
        self._charge(clause, accused, speakers, "blame")

    def _deny(self, clause: Clause, voice: Voice) -> None:
        """Somebody denies it."""
        words, verb = self._words, clause.verb
        charge = charge_of(clause, words)
        if verb is None or not (voice.actors or charge):
            return
        thing = charge or self._object(clause)
        if clause.link == "relative" and clause.mark in words.this:
            thing = clause.mark  # "which X denies"; but "X, who denied involvement"
        if thing in words.things:
            return
        rejects = verb.lemma in words.rejects
        own = [] if rejects else self._deeds.named(clause, direct=True, through=True)
        denials = [Speaker(one.actor, one.stance, clause_text(clause)) for one in voice.speakers()]
        for mention in own:
            mention.speakers = [s for s in mention.speakers if s.text != voice.text] + denials
        if own or self._deeds.denied(clause) or self._says_else(clause):
            return
        pointing = thing in words.charges or thing in words.this or thing in words.deeds
        if not pointing and (thing or rejects):
            return
        told = self._deeds.before(clause, voice.actors)
        if told is not None and not (charge and told.sentence != clause.sentence):
            self._point_back(clause, told, list(told.actors), denials)

    def _confirm(self, clause: Clause, voice: Voice) -> None:
        """Somebody confirms what was told before: "the monitor confirmed the capture"."""
        words, thing = self._words, clause.objects[0]
        head = clause.words[thing.head]
        known = clause.words[thing.first].lower in words.definite or head.lemma in words.this
        named = head.lemma in words.deeds | words.charges | words.outcomes | words.this
        if not known or not named or self._deeds.within(head.start, head.end):
            return
        told = self._deeds.before(clause, [])
        if told is not None and clause.sentence - told.sentence <= 1:
            self._point_back(clause, told, list(told.actors), voice.speakers())

    def _deny_deed(self, clause: Clause) -> None:
        """Somebody denies a deed that was told before: "denied firing on the town"."""
        voice = self._voices.chained(clause)
        if voice is None or voice.stance != "denies" or voice.negated:
            return
        if clause.verb is None or self._deeds.within(clause.verb.start, clause.end):
            return
        told = self._deeds.before(clause, voice.actors, violent=True)
        accused = {one.party for one in told.actors} if told is not None else set()
        if told is None or clause.sentence - told.sentence > _NEAR:
            return
        if not accused or accused.intersection(one.party for one in voice.actors):
            self._point_back(clause, told, list(told.actors), voice.speakers())

    def _account(self, clause: Clause, verb: VerbGroup) -> None:
        """Somebody says who did what was told before: "said that Y had fired the shells"."""
        if verb.negated or verb.modal or not clause.objects or clause.parent is None:
            return
        if self._deeds.within(clause.start, clause.end):
            return
        thing = clause.objects[0]
        known = clause.words[thing.first].lower in self._words.definite
        armed = clause.words[thing.head].lemma in self._words.weapons
        above = self._voices.siblings(clause)[clause.parent]
        voice, actors = self._voices.of(above), self._subject(clause)
        if voice is None or voice.stance == "denies" or voice.negated or not actors:
            return
        told = self._deeds.before(clause, []) if known and armed else None
        if told is not None:
            self._point_back(clause, told, actors, voice.speakers("claims"))

    def _judge(self, clause: Clause) -> None:
        """Somebody condemns or praises what was told before: "condemned the strike"."""
        words = clause.words
        if calls_false(clause, self._words):
            self._deny_told(clause)
            return
        for phrase in clause.objects[:1]:
            head = words[phrase.head]
            known = words[phrase.first].lower in self._words.definite
            taken = self._deeds.within(head.start, head.end)
            if not known or taken or head.lemma not in self._words.deeds:
                continue
            told = self._deeds.before(clause, [], named=head.lemma)
            if told is not None:
                self._point_back(clause, told, [], [], trigger=(head.start, head.end))

    def _deny_told(self, clause: Clause) -> None:
        """Read "X called the report a lie": a denial of what was told before."""
        deniers = self._subject(clause)
        told = self._deeds.before(clause, deniers) if clause.subject is not None else None
        apart = told is not None and told.sentence != clause.sentence
        if told is not None and (deniers or told.speakers) and not (clause.mark and apart):
            denials = [Speaker(one, "denies", clause_text(clause)) for one in deniers or (None,)]
            self._point_back(clause, told, list(told.actors), denials)

    def _blame_each_other(self, clause: Clause) -> None:
        """Both parties say that the other did it."""
        stances: tuple[Stance, ...] = ("claims", "denies")
        speakers = [
            Speaker(actor, stance, clause_text(clause))
            for actor in self._subject(clause) or (None,)
            for stance in stances
        ]
        own = self._deeds.named(clause)
        if not own and any(word.lemma in self._words.breaking for word in clause.words):
            return  # "accused each other of breaking it": a truce
        for mention in own:
            mention.speakers = [*speakers]
        told = None if own else self._deeds.before(clause, [])
        if told is not None:
            self._point_back(clause, told, [], speakers)

    def _charge(
        self, clause: Clause, actors: list[Actor], speakers: list[Speaker], note: str
    ) -> None:
        """Give an event its actor: that of the clause, or the one it points back to."""
        own = self._deeds.named(clause)
        relative = clause.link == "relative"
        if not own and (relative or not self._subject(clause)):
            own = self._deeds.hosting(clause)
            if relative and own:  # that it happened is told by the report itself
                speakers = [*speakers, Speaker(None, "says", clause_text(clause))]
        for mention in own:
            self._put(mention, actors, speakers, note)
            aside = self._deeds.aside(clause, mention)
            if aside is not None:
                times = [when for when in aside.times if not when.lasts and not when.role]
                mention.whens = mention.whens or times
                mention.speakers.append(Speaker(None, "says", clause_text(aside)))
        told = None if own else self._deeds.before(clause, [], violent=True)
        if told is not None and not (relative and told.sentence != clause.sentence):
            self._point_back(clause, told, actors, speakers)

    def _put(
        self, mention: Mention, actors: list[Actor], speakers: list[Speaker], note: str
    ) -> None:
        voices = {one.actor.party for one in speakers if one.actor is not None}
        again = {one.actor and one.actor.party for one in speakers}
        kept = [s for s in mention.speakers if (s.actor and s.actor.party) not in again]
        if not mention.actors or all(
            one.sense == "people" or one.media or one.party in voices for one in mention.actors
        ):
            mention.actors = list(actors)
        if note == "blame":  # "pinned the attack on X" is no attack on X
            accused = {one.party for one in actors}
            mention.targets = [one for one in mention.targets if one.party not in accused]
        mention.speakers = kept + speakers
        who = "; ".join(dict.fromkeys(one.name for one in actors))
        by = "; ".join(dict.fromkeys(one.actor.name for one in speakers if one.actor is not None))
        if by:
            mention.notes.append(self._words.notes[note].format(who=who, by=by))

    def _says_else(self, clause: Clause) -> bool:
        """Whether it denies no deed: "denied that it backs the group"."""
        words = self._words
        for one in self._voices.siblings(clause):
            verb = one.verb
            if one.link != "that" or one.parent != clause.number or verb is None or one.host:
                continue
            behind = any(word in words.behind for word, _ in one.preps)
            if verb.lemma in words.harming or verb.lemma in words.involving:
                return False
            return not behind and words.behind.isdisjoint(one.adverbs) and bool(one.objects)
        return False

    def _point_back(
        self,
        clause: Clause,
        told: Mention,
        actors: list[Actor],
        speakers: list[Speaker],
        trigger: tuple[int, int] | None = None,
    ) -> None:
        """Make a mention of a clause that points back to an event."""
        verb = clause.verb
        if verb is None:
            return
        text = clause_text(clause)
        self.found.append(
            Mention(
                clause.start,
                clause.end,
                trigger or (verb.start, verb.end),
                clause.sentence,
                told.kind,
                told.entry,
                actors=actors,
                targets=list(told.targets),
                phrases=list(told.phrases),
                speakers=speakers,
                definite=True,
                plural=told.plural,
                notes=[self._words.notes["back"].format(words=text)],
            )
        )

    def _object(self, clause: Clause) -> str:
        """Find the noun that is denied or claimed, as in a dictionary; empty for none."""
        if not clause.objects:
            return ""
        phrase = clause.objects[0]
        return clause.words[phrase.head].lemma or first_word(phrase, clause.words)

    def _subject(self, clause: Clause) -> list[Actor]:
        return actors_of(clause.subject, clause.words)

"""Words that point back: whom pronouns mean, and what "the" strikes are that were told before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution import Antecedents
from geoevents.reports.attribution.sites import phrase_start
from geoevents.reports.stance.nouns import is_object, lends
from geoevents.reports.syntax import NounPhrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution import AttributionWords, Site
    from geoevents.reports.model import Findings
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause

_OF: Final = "of"
_SOME: Final = 2
_NAMED: Final = 4  # words behind "was" that name what a blast was: "an improvised roadside bomb"
_TIME: Final = "TIME"
_GAIN: Final = "territorial gain"
_INTO: Final = "to"
_PRONOUN: Final = "PRON"
_THEIRS: Final = "theirs"  # the entry of "the town was theirs"
_POSSESSIVE: Final = "POSS"
_TALK: Final = frozenset(("statement", "agreement", "protest"))


class Pointers:
    """
    Reads what the words of mentions point back to.

    Parameters
    ----------
    findings : Findings
        What was found in the document.
    clauses : sequence of sequence of Clause
        For each sentence its clauses.
    words : AttributionWords
        The words of saying of the language.
    stance : StanceWords
        Its words of doubt and denial.
    """

    def __init__(
        self,
        findings: Findings,
        clauses: Sequence[Sequence[Clause]],
        words: AttributionWords,
        stance: StanceWords,
    ) -> None:
        self._antecedents = Antecedents(findings, clauses, words)
        self._words = words
        self._stance = stance
        self._done: set[tuple[str, str]] = set()
        self._done_any = False
        self._kinds: set[str] = set()
        self._blast: Site | None = None
        self._unknown = -1  # where a place was named last that nobody knows

    def read(self, site: Site) -> None:
        """
        Read the pronouns that say who, the nouns that say where, and what is told again.

        Parameters
        ----------
        site : Site
            The mention, with its speakers; changed in place. Mentions come in the order of the
            text.
        """
        mention, clause = site.mention, site.clause
        if clause is None:
            return
        self._point_at_subject(site, clause)
        self._point_at_group(site, clause)
        if not mention.targets and site.verbal and clause.objects:
            self._point_at_target(site, clause)
        if not mention.targets and site.verbal:
            self._point_at_soil(site, clause)
        if not mention.phrases:
            self._point_at_place(site, clause)
        self._forget_count(site, clause)
        self._recall(site, clause)
        self._equate(site)
        self._kinds.add(mention.kind)
        self._trim(site, clause)
        if not site.verbal and not mention.definite and not (mention.phrases or mention.whens):
            first = phrase_start(site.words, site.head)
            mention.definite = site.words[first].lower in self._stance.definite
        if not site.verbal and (self._is_dated(site) or self._is_judged(site, clause)):
            mention.definite = True
        self._clear_judges(site, clause)
        verb = clause.verb
        mention.aimed = verb is not None and verb.lemma in self._stance.aiming

    def _point_at_place(self, site: Site, clause: Clause) -> None:
        """Read where "the town" is; not the one before another was taken that nobody knows."""
        mention = site.mention
        phrase = self._antecedents.resolve_place(site)
        if phrase is not None and phrase.start < self._unknown <= mention.start:
            mention.definite = mention.definite or mention.kind in self._kinds
        elif phrase is not None:
            mention.phrases = [phrase]
        elif site.verbal and clause.objects and self._is_unknown(clause.objects[0], clause):
            self._unknown = clause.objects[0].start

    @staticmethod
    def _is_unknown(phrase: NounPhrase, clause: Clause) -> bool:
        """Whether a phrase is a name that stands for nothing that is known."""
        own = clause.words[phrase.first : phrase.last + 1]
        return all(w.entity is None and w.tag == "NAME" and w.text[0].isupper() for w in own)

    def _point_at_subject(self, site: Site, clause: Clause) -> None:
        """Read whom "they" mean: those who did it, or those it befell ("they withdrew")."""
        mention, verb = site.mention, clause.verb
        found = mention.killed is not None and any(
            clause.words[phrase.head].lemma in self._stance.bodies for phrase in clause.objects
        )
        if found:
            return  # "they had found the bodies of 14 men": who finds them killed nobody
        # "The army put its losses at six dead": it did not kill them.
        lost = mention.of is not None and verb is not None and verb.lemma in self._stance.own_losses
        side = "targets" if lost or mention.entry in self._stance.befalling else "actors"
        if any(actor.sense != "people" for actor in getattr(mention, side)):
            return
        meant = self._antecedents.resolve_actor(site, self._doer(site, clause))
        if meant:
            setattr(mention, side, meant)
            mention.notes.append(
                self._words.notes["pronoun"].format(
                    words=meant[0].text, who="; ".join(actor.name for actor in meant)
                )
            )

    def _clear_judges(self, site: Site, clause: Clause) -> None:
        """Leave out who only gives it a name: "the minister called the earlier attack a murder"."""
        mention, verb = site.mention, clause.verb
        if site.verbal or verb is None or verb.lemma not in self._stance.naming:
            return
        first = site.words[phrase_start(site.words, site.head)].lower
        if first in self._stance.definite and is_object(site, verb):
            mention.actors = [one for one in mention.actors if one.start > verb.start]

    def _forget_count(self, site: Site, clause: Clause) -> None:
        """Leave out when its dead were counted: "the toll of the attack rose on Sunday"."""
        self._forget_rise(site)
        self._forget_end(site, clause)
        verb, top = clause.verb, site.top()
        if site.verbal:
            top = site.head if clause.subject is None else clause.subject.head
        if verb is None or top == site.head or top > verb.first:
            return
        if site.words[top].lemma in self._stance.counts:
            site.mention.whens = [one for one in site.mention.whens if one.start < verb.start]

    def _forget_end(self, site: Site, clause: Clause) -> None:
        """Leave out when it was over: "the shelling stopped on Monday"."""
        verb = clause.verb
        over = verb is not None and verb.lemma in self._stance.ending
        if verb is None or not over or site.verbal or not site.mention.definite:
            return
        if site.top() < verb.first and not clause.objects:
            site.mention.whens = [one for one in site.mention.whens if one.start < verb.start]

    def _forget_rise(self, site: Site) -> None:
        """Leave it out of "the number of people killed in the blast climbed to 25 on Tuesday"."""
        own, words = site.words, self._stance
        count = next((i for i, one in enumerate(own) if one.lemma in words.counts), len(own))
        if count > site.head:
            return
        for word in own[max(site.head, count + 1) :]:
            if word.lemma in words.rising and word.start >= site.mention.trigger[1]:
                kept = [one for one in site.mention.whens if one.start < word.start]
                site.mention.whens = kept
                return

    def _is_judged(self, site: Site, clause: Clause) -> bool:
        """Whether it is condemned or so, and told before: "Baghdad condemned the attack on X"."""
        verb = clause.verb
        if verb is None or verb.lemma not in self._words.judging or not self._done_any:
            return False
        first = site.words[phrase_start(site.words, site.head)].lower
        return first in self._stance.definite and is_object(site, verb)

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

    def _point_at_group(self, site: Site, clause: Clause) -> None:
        """Read whom "the group" means that was hit: "drones hit the group near X"."""
        mention, verb, words = site.mention, clause.verb, self._words
        if verb is None or not site.verbal or mention.kind in _TALK:
            return
        hit = [clause.subject] if verb.voice == "passive" else clause.objects[:1]
        phrase = hit[0] if hit else None
        named = any(one.sense != "people" for one in mention.targets)
        if named or phrase is None or any(one.word == _OF for one in phrase.attached):
            return
        first, head = clause.words[phrase.first].lower, clause.words[phrase.head]
        if first not in words.definite or head.lemma not in words.armed:
            return
        mention.targets = self._antecedents.only_group(site, phrase) or mention.targets

    def _trim(self, site: Site, clause: Clause) -> None:
        """Leave out times and places that are not those of what is known already."""
        mention = site.mention
        first = phrase_start(site.words, site.head)
        after = site.words[first - 1].lower if first else ""
        known = mention.definite and not site.verbal and self._done_any
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
        taken = self._taken_by(site, clause)
        if taken is not None:
            return taken
        inner = not site.verbal and any(one.word != _OF for one in site.governors())
        if inner or not lends(site, clause, self._stance):  # "fired in revenge for the killing"
            first = phrase_start(site.words, site.head)
            word = site.words[first]
            return NounPhrase(first, first, first, word.start, word.end)
        if site.mention.of is not None and verb.lemma in self._stance.losing:
            return None
        if verb.voice == "active" and (clause.subject is None or clause.subject.head != site.head):
            return clause.subject
        return None

    def _taken_by(self, site: Site, clause: Clause) -> NounPhrase | None:
        """Find the pronoun of who took the subject: "X had fallen to them", "was theirs"."""
        if site.mention.kind != _GAIN or not site.verbal:
            return None
        # "Who had captured it": what was taken is no pronoun of those who took it.
        own = clause.objects if site.mention.entry == _THEIRS else []
        whose = [*own, *(phrase for word, phrase in clause.preps if word == _INTO)]
        return next((one for one in whose if clause.words[one.head].tag == _PRONOUN), None)

    def _equate(self, site: Site) -> None:
        """See that a blast is what is told of it: "the explosions were shells fired by X"."""
        last, own, words = self._blast, site.words, self._stance
        if not site.verbal and own[site.head].lemma in words.blasts:
            self._blast = site
        if last is None or last.mention.sentence != site.mention.sentence:
            return
        for index in range(last.head + 1, site.head):
            arms = {word.lemma for word in own[index + 1 : index + 1 + _NAMED]}
            if own[index].lower in words.causes and own[index + 1].lower not in words.not_but:
                if arms & words.planted:
                    site.mention.definite = True
                    last.mention.kind = site.mention.kind
                return

    def _is_known(self, site: Site, clause: Clause) -> bool:
        """Whether who does it, or suffers it, did what was told: "the bomber struck at noon"."""
        words = clause.words
        for phrase in (clause.subject, *clause.objects[:1]):
            if phrase is None or words[phrase.first].lower not in self._stance.definite:
                continue
            if words[phrase.head].lemma in self._stance.doers:
                return True  # and "officers repulsed the attackers"
        who = clause.subject
        if who is None or words[who.first].lower not in self._stance.definite:
            return False
        # "The bomb, hidden in a crate, went off at noon."
        device = words[who.head].lemma in self._stance.devices
        return device and site.mention.kind in self._kinds

    def _recall(self, site: Site, clause: Clause) -> None:
        """See what points back: it is done again to "the" same thing, "the jet was shot down"."""
        verb = clause.verb
        if verb is None or not site.verbal:
            return
        if self._done_any and self._is_known(site, clause):
            site.mention.definite = True
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

"""What a mention says that may tell its event from another: worked out once, compared often."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geoevents.reports.joining.days import entry_days
from geoevents.reports.joining.likeness import Parties, Places
from geoevents.reports.syntax.lexicon import lexicon
from geoevents.reports.unknown import named_unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.prose import Token
    from geoevents.reports.joining.words import JoiningWords
    from geoevents.reports.language import Language
    from geoevents.reports.model import Findings, Mention, When
    from geoevents.reports.syntax.lexicon import Lexicon

_SPOTS: Final = frozenset(("populated place", "facility", ""))
_LINES: Final = frozenset(("river", "lake"))
_COUNTRY: Final = "country"
#: Words before the one that names an event which may belong to it: "a second deadly car bomb".
_BEFORE: Final = 5
#: Words that a mention may begin with and that tell of one more: "Another car bomb killed".
_OPENING: Final = 2
#: A time before the subject has so many words at most: "On the night of 3 March, the".
_HEAD: Final = 8
#: Tags of what may stand before a noun in its phrase.
_NOMINAL: Final = frozenset(("DET", "ADJ", "NUM", "NOUN", "ADV"))


@dataclass(slots=True)
class Profile:
    """
    What a mention says.

    Attributes
    ----------
    mention : Mention
        The mention.
    lemma : str
        The word that names the event, as in a dictionary.
    kinds : frozenset of str
        What it may be.
    general : bool
        Whether its word may point back to events of several kinds.
    actors, targets : Parties
        Who, and whom.
    places : Places
        Where.
    whens : list of When
        When it happened, said in its own clause.
    said : list of When
        Times of its sentence that may be those of the telling.
    numbers : set of float
        People killed or wounded, and ground, where they are exact.
    voices : set of str
        Parties that tell of it or deny it.
    hurts, toll, account : bool
        Whether its word is one of what is done to people, whether it only says what was done to
        people ("12 people were killed"), and whether it is
        what somebody says that he did, with no place or day of its own.
    new, one_of, known, first : bool
        Whether words beside it tell of another event ("a second bomb"), of one of several, of one
        that is known ("the"), or of one not told before ("a").
    later : bool
        Whether its sentence says before its subject that it was later: "Two days later the army".
    unknown : str
        The place that its own words name, where nobody knows it and they name no other.
    pointed : bool
        Whether "the" or so begins its sentence or stands in its phrase.
    entry : When or None
        The day that heads the entry of a log it is told in.
    opening : When or None
        The time that stands so before a subject that is not known: "That night, gunmen".
    """

    mention: Mention
    lemma: str
    kinds: frozenset[str]
    general: bool
    actors: Parties
    targets: Parties
    places: Places
    whens: list[When]
    said: list[When]
    numbers: set[float]
    voices: set[str]
    hurts: bool
    toll: bool
    account: bool
    new: bool
    one_of: bool
    known: bool
    first: bool
    later: bool
    opening: When | None
    entry: When | None = None
    unknown: str = ""
    pointed: bool = False

    def is_bare(self, *, but_areas: bool = False) -> bool:
        """
        Tell whether it says nothing of its own: "these attacks".

        Parameters
        ----------
        but_areas : bool, default False
            Whether the name of a country or a province is nothing.

        Returns
        -------
        bool
            Whether it has no party, place, time nor number.
        """
        placed = self.places.spots or self.places.waters if but_areas else self.places
        return not (self.actors or self.targets or placed or self.whens or self.numbers)

    def denies(self) -> bool:
        """
        Tell whether it is a denial.

        Returns
        -------
        bool
            Whether somebody in it says that it did not happen.
        """
        return any(speaker.stance == "denies" for speaker in self.mention.speakers)


class Profiler:
    """
    Works out the profiles of a document's mentions.

    Parameters
    ----------
    findings : Findings
        What was found in the document.
    words : JoiningWords
        The words of its language.
    language : Language
        The language.
    """

    def __init__(self, findings: Findings, words: JoiningWords, language: Language) -> None:
        self._findings = findings
        self._words = words
        self._language = language
        self._lexicon: Lexicon = lexicon(language)
        self._entries = entry_days(findings)

    def profile(self, mention: Mention) -> Profile:
        """
        Work out what a mention says.

        Parameters
        ----------
        mention : Mention
            The mention.

        Returns
        -------
        Profile
            What it says.
        """
        phrase, opening, lemma = self._beside(mention)
        beside = phrase | opening
        # "The earlier attack" was told before, or is not told at all.
        back = self._words.past if mention.definite else frozenset()
        general = self._words.general.get(lemma, frozenset())
        whens = [when for when in mention.whens if not when.lasts]
        own = [when for when in whens if mention.start <= when.start < mention.end]
        actors, places = Parties.of(mention.actors), self._places(mention)
        voices = {one.actor.party for one in mention.speakers if one.actor is not None}
        figures = (mention.killed, mention.wounded, mention.area)
        head, known = self._head(mention)
        return Profile(
            mention,
            lemma,
            general | {mention.kind},
            bool(general),
            actors,
            Parties.of(mention.targets),
            places,
            own,
            [when for when in whens if when not in own],
            {one.value for one in figures if one is not None and one.value is not None},
            voices,
            hurts=lemma in self._words.tolls,
            toll=lemma in self._words.tolls and actors.all() <= self._words.bystanders,
            account=self._is_account(mention, actors, voices) and not (places or whens),
            # "A fifth victim died on Sunday" is of the same event.
            new=mention.of is None
            and (
                self._parts(mention)
                or not self._words.new.isdisjoint(beside - self._counted(mention) - back)
            ),
            one_of=not self._words.one_of.isdisjoint(beside),
            # "Its artillery had hit" only fighters; but not its air force at another town.
            known=not self._words.known.isdisjoint(phrase if places or whens else beside),
            first=not self._words.first.isdisjoint(beside),
            later=not self._words.later.isdisjoint(token.lower for token in head),
            opening=next(
                (one for one in own if head and not known and one.start < head[-1].end), None
            ),
            entry=self._entries.get(mention.sentence),
            pointed=not self._words.known.isdisjoint(beside),
            unknown="" if places else named_unknown(mention, self._findings, self._language),
        )

    def date(self, mention: Mention) -> None:
        """
        Give a mention without a time the day of the entry of a log that it stands in.

        Parameters
        ----------
        mention : Mention
            The mention.
        """
        entry = self._entries.get(mention.sentence)
        dated = any(not when.lasts for when in mention.whens) or mention.mood != "happened"
        if entry is not None and not dated and not self.perfect(mention):
            mention.whens = [entry, *mention.whens]

    def perfect(self, mention: Mention) -> bool:
        """
        Tell whether it is told in the perfect, which goes with no day: "has attacked".

        Parameters
        ----------
        mention : Mention
            The mention.

        Returns
        -------
        bool
            Whether a word such as "has" stands shortly before the word that names it.
        """
        return self._auxiliary(mention, self._words.perfect)

    def goes_on(self, mention: Mention) -> bool:
        """
        Tell whether it goes on while the report is written: "fighting rages".

        Parameters
        ----------
        mention : Mention
            The mention.

        Returns
        -------
        bool
            Whether a word such as "continues" follows the word that names it.
        """
        tokens = self._findings.document.sentences[mention.sentence].tokens
        place = bisect_left(tokens, mention.trigger[1], key=lambda token: token.start)
        return any(token.lower in self._words.ongoing for token in tokens[place : place + 1])

    def follows(self, mention: Mention) -> bool:
        """
        Tell whether it is told as what came next: "an IED then went off".

        Parameters
        ----------
        mention : Mention
            The mention.

        Returns
        -------
        bool
            Whether a word such as "then" opens its sentence or stands beside what names it.
        """
        tokens = self._findings.document.sentences[mention.sentence].tokens
        opens = bool(tokens) and tokens[0].lower in self._words.then
        return opens or self._auxiliary(mention, self._words.then)

    def _auxiliary(self, mention: Mention, words: frozenset[str]) -> bool:
        """Whether one of these words stands shortly before the word that names a mention."""
        tokens = self._findings.document.sentences[mention.sentence].tokens
        last = bisect_right(tokens, mention.trigger[0], key=lambda token: token.start) - 1
        return any(
            tokens[i].lower in words and tokens[i].start >= mention.start
            for i in range(max(0, last - _BEFORE), max(0, last + 1))
        )

    def _counted(self, mention: Mention) -> set[str]:
        """List the words of its figures: "another 60", "60 more" are of the same event."""
        figures = [one for one in (mention.killed, mention.wounded) if one is not None]
        tokens = self._findings.document.sentences[mention.sentence].tokens
        behind = [bisect_left(tokens, one.end, key=lambda token: token.start) for one in figures]
        found = {token.lower for place in behind for token in tokens[place : place + 1]}
        return found.union(*(one.text.lower().split() for one in figures))

    def _is_account(self, mention: Mention, actors: Parties, voices: set[str]) -> bool:
        """Whether somebody says what he did himself, in a past before that of the telling."""
        return bool(voices & actors.named) and self.pluperfect(mention)

    def pluperfect(self, mention: Mention) -> bool:
        """
        Tell whether it is told in the pluperfect, as what was before: "had attacked".

        Parameters
        ----------
        mention : Mention
            The mention.

        Returns
        -------
        bool
            Whether "had" stands shortly before the word that names it.
        """
        return self._auxiliary(mention, self._words.pluperfect)

    def _head(self, mention: Mention) -> tuple[Sequence[Token], bool]:
        """List the few words before the subject of a sentence, and tell if it has "the" or so."""
        tokens = self._findings.document.sentences[mention.sentence].tokens
        subject = min((actor.start for actor in mention.actors), default=-1)
        end = bisect_left(tokens, subject, key=lambda token: token.start)
        known = bool(end) and tokens[end - 1].lower in self._words.known
        return (tokens[: end - known] if end <= _HEAD else ()), known

    def _parts(self, mention: Mention) -> bool:
        """Whether its sentence begins with "Elsewhere": what it tells was not told before."""
        tokens = self._findings.document.sentences[mention.sentence].tokens
        return bool(tokens) and tokens[0].lower in self._words.parting

    def _beside(self, mention: Mention) -> tuple[set[str], set[str], str]:
        """List the words of the noun phrase that names an event, those it opens with, its lemma."""
        tokens = self._findings.document.sentences[mention.sentence].tokens
        first = max(bisect_right(tokens, mention.trigger[0], key=lambda token: token.start) - 1, 0)
        last = bisect_left(tokens, mention.trigger[1], key=lambda token: token.start)
        before = first
        while before > max(0, first - _BEFORE):
            if self._lexicon.know(tokens[before - 1].lower).tag not in _NOMINAL:
                break
            before -= 1
        beside = {token.lower for token in tokens[before : last - 1]}
        opening = bisect_left(tokens, mention.start, key=lambda token: token.start)
        opened = {token.lower for token in tokens[opening : min(opening + _OPENING, first)]}
        lemma = self._lexicon.know(tokens[last - 1].lower).lemma if last > first else ""
        return beside, opened, lemma

    def _places(self, mention: Mention) -> Places:
        places = Places()
        sentence = self._findings.document.sentences[mention.sentence]
        denies = any(speaker.stance == "denies" for speaker in mention.speakers)
        for phrase in mention.phrases:
            if denies and phrase.start < sentence.start:
                continue  # "denied that the town had fallen": which one is not sure
            for number in phrase.toponyms:
                one = self._findings.toponyms[number]
                identity = one.feature_id or one.name or one.text
                # A building that was hit stands in its town: "Garissa University".
                if one.sense not in ("place", "organisation") or not identity:
                    continue
                if one.country:
                    places.countries.add(one.country)
                if one.kind in _SPOTS:
                    places.spots[identity] = (one.lon, one.lat)
                elif one.kind in _LINES:
                    places.waters.add(identity)
                elif one.kind != _COUNTRY:
                    places.areas[identity] = (one.lon, one.lat)
        return places

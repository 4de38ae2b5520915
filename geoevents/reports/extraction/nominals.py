"""What a noun phrase stands for: its sense, who is named in it, with which weapon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.actors import Lexicon
from geoevents.reports.extraction.weapons import DEEP, Weapons
from geoevents.reports.model import Actor, Quantity, When

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.reports.extraction.triggers import Triggers
    from geoevents.reports.syntax.model import Attached, NounPhrase, Word

_NOTHING: frozenset[str] = frozenset()
_REMEMBERED = 50_000  # nouns
_HELD = frozenset({"place", "building"})
_SITES = frozenset({"site", "civil_sites"})
_PLACE = frozenset({"place", "ground"})
_THERE = _PLACE | _SITES
_OF_BODIES = _SITES | {"fighters"}  # "UN peacekeepers", "Red Cross hospital"
_PARTY = frozenset({"party", "fighters"})
_PEOPLE = frozenset({"people"})
_TITLES = frozenset({"civilians", "fighters", "people"})
_THING = frozenset({"thing"})
_UNKNOWN = {"NAME": frozenset({"thing", "name"}), "ADJ": _PEOPLE}  # of words of no known sense
_CIVILIANS = frozenset({"civilians", "people"})
_PERSON = frozenset({"person", "people"})
_LEADER = frozenset({"person", "party"})
_ARMED = frozenset({"armed group", "people"})
_SOMEBODY = frozenset({"party", "fighters", "people"})
_WARSHIP = frozenset({"warship", "materiel", "thing"})


class Nominals(Weapons):
    """
    Reads the noun phrases of a sentence.

    Parameters
    ----------
    words : list of Word
        The sentence's words.
    triggers : Triggers
        The language's triggers.
    """

    def __init__(self, words: list[Word], triggers: Triggers) -> None:
        super().__init__(words, triggers)
        self._known: dict[int, frozenset[str]] = {}

    # Senses --------------------------------------------------------------------------------

    def senses(self, phrase: NounPhrase) -> frozenset[str]:
        """
        Tell what a phrase stands for.

        Parameters
        ----------
        phrase : NounPhrase
            The phrase.

        Returns
        -------
        frozenset of str
            Its senses, as the language file calls them.
        """
        key = id(phrase)
        found = self._known.get(key)
        if found is None:
            self._known[key] = _THING  # a phrase inside itself would not end
            found = self._known[key] = self._ship(phrase) or self._senses(phrase)
        return found

    def _ship(self, phrase: NounPhrase) -> frozenset[str]:
        """Tell a ship that is called by its name: "the cruiser General Belgrano", "HMS Ardent"."""
        if phrase.head == phrase.first or self._words[phrase.head].tag != "NAME":
            return _NOTHING
        title = self._triggers.senses.get(self._words[phrase.head - 1].lemma, _NOTHING)
        return _WARSHIP if "warship" in title else _NOTHING

    def _senses(  # noqa: C901 -- a sort of phrase a branch
        self, phrase: NounPhrase
    ) -> frozenset[str]:
        word = self._words[phrase.head]
        senses = self._word_senses(word)
        sets = self._triggers.senses
        if word.tag == "NAME" and word.entity is None and self._counts_people(phrase):
            senses = senses | _PEOPLE
        if word.tag == "NAME" and word.entity is None:
            senses = senses | self._title(phrase)
        if phrase.head > phrase.first and word.entity is None:
            compound = sets.get(f"{self._words[phrase.head - 1].lower}-{word.lemma}", _NOTHING)
            held = senses & _HELD  # "a railway station" may be taken
            senses = compound | held if compound & _SITES else senses  # "a gold mine" is no weapon
        mine = sets.get(word.lemma, _NOTHING) | sets.get(word.lower, _NOTHING)
        if "collectives" in mine and phrase.head > phrase.first and word.entity is None:
            before = sets.get(self._words[phrase.head - 1].lower, _NOTHING)
            senses = senses | _CIVILIANS if "civic" in before else senses
        if phrase.owner is not None and word.lemma in self._triggers.words["henchmen"]:
            named = self.senses(phrase.owner) & {"person", "party"}
            senses = senses | _PARTY if named and word.form == "plural" else senses
        number = word.tag in ("NUM", "PRON")
        if number or "partitives" in mine or "collectives" in mine:
            for preposition, attached in phrase.attached:
                if preposition in self._links["of"]:
                    if not number and self._words[attached.head].tag == "NUM":
                        continue  # "a column of about 80" is still a column
                    inner = self.senses(attached)
                    made = "partitives" in mine and inner & _THERE and not inner & _SOMEBODY
                    if inner & _CIVILIANS and not inner & _PARTY and "collectives" in mine:
                        senses = senses - _PARTY  # "members of a family", "a group of farmers"
                    senses = inner if number or made else senses | inner  # "a group of villages"
        return senses

    def _title(self, phrase: NounPhrase) -> frozenset[str]:
        """Tell what somebody with a name is called: "the mayor Jorge Diaz"."""
        place = phrase.head
        while place > phrase.first and self._words[place].tag == "NAME":
            place -= 1
        title = self._words[place]
        if title.tag != "NOUN" or title.entity is not None or place == phrase.head:
            return _NOTHING
        senses = self._noun_senses(title)
        return senses & _TITLES if not senses & _THERE else _NOTHING

    def _counts_people(self, phrase: NounPhrase) -> bool:
        """Whether a plural with a capital letter is counted: "hundreds of Tutsis", "12 Karens"."""
        before = self._words[max(0, phrase.first - 2) : phrase.head + 1]
        return before[-1].lower.endswith("s") and any(word.tag == "NUM" for word in before)

    def _word_senses(self, word: Word) -> frozenset[str]:  # noqa: PLR0911 -- one sort of word a line
        entity = word.entity
        if isinstance(entity, Actor):
            return self._actor_senses(entity, word)
        if isinstance(entity, Quantity):
            return (
                _PLACE if entity.kind == "area" else _PEOPLE if entity.kind == "count" else _THING
            )
        if isinstance(entity, When):
            return frozenset({"time"})
        if entity is not None:
            return _PLACE if entity.sense == "place" else _PARTY
        if word.tag in ("PRON", "REL"):
            return self._triggers.pronouns.get(word.lower, _SOMEBODY)
        if word.tag == "NUM":
            return _PEOPLE
        return self._noun_senses(word) or _UNKNOWN.get(word.tag, _THING)

    def _noun_senses(self, word: Word) -> frozenset[str]:
        triggers = self._triggers
        known = triggers.nouns.get((word.lemma, word.lower))
        if known is None:
            known = self._read_noun(word)
            if len(triggers.nouns) < _REMEMBERED:
                triggers.nouns[word.lemma, word.lower] = known
        return known

    def _read_noun(self, word: Word) -> frozenset[str]:
        triggers = self._triggers
        senses = triggers.senses.get(word.lemma) or triggers.senses.get(word.lower) or _NOTHING
        if word.lemma in triggers.weapons:
            senses |= {"weapon"}
        for sense in ("aircraft", "town", "base"):
            if word.lemma in triggers.words[sense]:
                senses |= {sense}
        if word.lemma in triggers.events:
            senses |= {"event"}
        return senses

    def _names_people(self, word: Word) -> bool:
        """Whether a name is one of people: "UN staff", "members of the Red Cross"."""
        people, of, _ = word.lower.partition(" of ")
        wanted = {"civilians", "collectives" if of else "civilians"}
        last = people.split()[-1 if of else 1 :][-1:]
        return any(wanted & self._triggers.senses.get(w.rstrip("s"), _NOTHING) for w in last)

    def _actor_senses(self, actor: Actor, word: Word) -> frozenset[str]:
        if actor.sense == "people":
            return self._people_senses(actor, word)
        if actor.sense == "person":
            return _LEADER if _fights_for(actor.party) else _PERSON
        if actor.sense == "organisation":
            return self._body_senses(word)
        if "warship" in self._triggers.senses.get(word.lower.rsplit(" ", 1)[-1], _NOTHING):
            return _PARTY | _WARSHIP
        weapon = self._noun_senses(word) & {"weapon", "aircraft", "projectile", "police"}
        return _PARTY | weapon if weapon else _PARTY

    def _people_senses(self, actor: Actor, word: Word) -> frozenset[str]:
        if self._triggers.words["armed"].intersection(word.lower.split()):
            return _PARTY | _PEOPLE
        senses = self._triggers.senses.get(word.lemma) or self._noun_senses(word) or _PEOPLE
        if self.is_fighters(actor.name):
            return _PARTY | (senses - _CIVILIANS)  # "a rebel chief"
        return senses | _PARTY if "fighters" in senses else senses

    def _body_senses(self, word: Word) -> frozenset[str]:
        named = self._noun_senses(word) & _OF_BODIES | {"organisation"}
        if "fighters" in self._triggers.senses.get(word.lower.split(" of ")[0].split()[-1], ()):
            named |= {"name"}  # "the Popular Movement of the West" may take a town
        return named | _CIVILIANS if self._names_people(word) else named

    # Who -----------------------------------------------------------------------------------

    def actors(
        self, phrase: NounPhrase, *, people: bool = False, alone: bool = False
    ) -> list[Actor]:
        """
        List who is named in a phrase.

        Parameters
        ----------
        phrase : NounPhrase
            The phrase.
        people : bool, default False
            Whether civilians that no name is given for are somebody.
        alone : bool, default False
            Whether phrases joined to it are left out.

        Returns
        -------
        list of Actor
            In the order of the text, with those of phrases joined to it.
        """
        found = self._own_actors(phrase, people=people)
        for other in () if alone else phrase.others:
            found += [a for a in self._own_actors(other, people=people) if a not in found]
        return found

    def bears_arms(self, phrase: NounPhrase | None) -> bool:
        """
        Tell whether fighters are named, and not a state as a whole.

        Parameters
        ----------
        phrase : NounPhrase or None
            "The army", "M23 rebels"; not "Russia".

        Returns
        -------
        bool
            Whether they are.
        """
        found = [] if phrase is None else self.actors(phrase)
        return any(one.sense in _ARMED or one.name != one.party for one in found)

    def is_fighters(self, name: str) -> bool:
        """
        Tell whether somebody is called by no more than what they are: "soldiers".

        Parameters
        ----------
        name : str
            The name.

        Returns
        -------
        bool
            Whether it is a noun of fighters.
        """
        word = name.lower()
        senses = self._triggers.senses
        return "fighters" in senses.get(word, senses.get(word.removesuffix("s"), _NOTHING))

    def owner(self, phrase: NounPhrase) -> list[Actor]:
        """
        List whose deed an event is: "Israel's offensive" is that of a country.

        Parameters
        ----------
        phrase : NounPhrase
            The owner.

        Returns
        -------
        list of Actor
            Who; nobody where the owner only says where ("Aleppo's bombardment").
        """
        found = self.actors(phrase)
        entity = self._words[phrase.head].entity
        if found or isinstance(entity, (Actor, Quantity, When)) or entity is None:
            return found
        if entity.sense != "place" or entity.kind != "country":
            return []
        return [Actor(entity.start, entity.end, entity.text, entity.name, "state", entity.name)]

    def _own_actors(  # noqa: C901 -- who is named, whose it is, who it is made of
        self, phrase: NounPhrase, *, people: bool, deep: int = 0
    ) -> list[Actor]:
        words = self._words
        found: list[Actor] = []
        for place in range(phrase.first, phrase.last + 1):
            entity = words[place].entity
            if isinstance(entity, Actor) and (not entity.media or (people and self._owns(place))):
                if entity.sense == "organisation" and "civil_sites" in self._noun_senses(
                    words[place]
                ):
                    continue  # a church or a hospital with a name
                found.append(entity)
        if len(found) > 1:
            named = [actor for actor in found if actor.sense != "people"]
            found = (named or found)[-1:]
        head = words[phrase.head]
        if (not found or found[0].sense == "people") and deep < DEEP:
            sent = self._word_senses(head) & {"fighters", "projectile"}  # "rockets from Gaza"
            whose = self._links["forces" if sent else "of"]
            if people and self._word_senses(head) & _SITES:
                whose = whose | self._links["meant"]  # "a camp for displaced people"
            for preposition, attached in phrase.attached:
                if preposition in whose and self.collective(head):
                    inner = self._own_actors(attached, people=people, deep=deep + 1)
                    if inner:
                        return inner
        if not found and deep < DEEP and self._whose(phrase):
            found = self._own_actors(phrase.owner or phrase, people=False, deep=deep + 1)
        if not found and people and "civilians" in self._word_senses(head):
            text = head.text
            found = [Actor(head.start, head.end, text, "civilians", "people", "civilians")]
        return found

    def _owns(self, place: int) -> bool:
        """Whether a name is of a thing of those who only report: "a Red Cross convoy"."""
        return bool(self._noun_senses(self._words[place]) & (_SITES | {"materiel"}))

    def _whose(self, phrase: NounPhrase) -> bool:
        """Whether it is said before whose somebody is: "the RSF, whose gunners"."""
        owner = phrase.owner
        apart = owner is not None and owner.end < phrase.start
        return apart and self.collective(self._words[phrase.head])

    def collective(self, head: Word) -> bool:
        """
        Tell whether a noun is one of those that say who they are made of: "members of X".

        Parameters
        ----------
        head : Word
            The noun.

        Returns
        -------
        bool
            Whether it is.
        """
        senses = self._triggers.senses
        mine = senses.get(head.lemma, _NOTHING) | senses.get(head.lower, _NOTHING)
        return head.tag in ("NUM", "PRON") or bool(
            mine & {"collectives", "fighters", "site", "partitives", "materiel", "projectile"}
        )

    # Reach ---------------------------------------------------------------------------------

    def chain(self, phrase: NounPhrase) -> Iterator[Attached]:
        """
        List all that is attached to a phrase, and to what is attached to it.

        Parameters
        ----------
        phrase : NounPhrase
            The phrase.

        Yields
        ------
        Attached
            In the order of the text.
        """
        yield from self._chain(phrase, 0)

    def _chain(self, phrase: NounPhrase, deep: int) -> Iterator[Attached]:
        for attached in phrase.attached:
            yield attached
            if deep < DEEP:
                yield from self._chain(attached.phrase, deep + 1)

    def reach(self, phrase: NounPhrase) -> tuple[int, int]:
        """
        Tell where a phrase stands with all that is attached.

        Parameters
        ----------
        phrase : NounPhrase
            The phrase.

        Returns
        -------
        tuple of (int, int)
            Start and end in the document.
        """
        end = phrase.end
        for other in phrase.others:
            end = max(end, other.end, *(a.phrase.end for a in other.attached), end)
        for attached in self.chain(phrase):
            end = max(end, attached.phrase.end, *(o.end for o in attached.phrase.others), end)
        return phrase.start, end


def _fights_for(party: str) -> bool:
    """Whether somebody is of an armed group, whose leaders are no civilians."""
    entry = Lexicon.default().named(party)
    return entry is not None and entry.sense == "armed group"


def is_place(word: Word) -> bool:
    """
    Tell whether a word is the name of a place.

    Parameters
    ----------
    word : Word
        The word.

    Returns
    -------
    bool
        Whether it is: demonyms are not.
    """
    entity = word.entity
    return entity is not None and getattr(entity, "sense", "") == "place"

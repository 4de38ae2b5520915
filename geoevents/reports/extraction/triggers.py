"""The triggers of a language, compiled: which verbs and nouns tell of which events."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from geoevents.events.vocabulary import EVENT_TYPES
from geoevents.reports.errors import LanguageError

if TYPE_CHECKING:
    from geoevents.reports.language import Language

Words = frozenset[str]
ANY = ("*", "")
"""The key of triggers that fit any verb, where what stands with it tells enough."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """
    An entry of the language file: words that tell of an event, and what they need beside them.

    Attributes
    ----------
    entry : str
        Its name in the file.
    kind : str
        The type of event.
    noun : bool
        Whether its words are nouns.
    weapon, aerial, area, ground, casualties, absorbs, statement, quantity, operation, leaves,
    strict, weak, passive, deadly, unarmed, damage : bool
        Flags: a weapon sets the type; a state's deed without one is an air strike; ground is
        measured; places are what changes hands; people are what is counted; the event noun that is
        its object is no event of its own; it is something said; it needs an area; it is a manner
        of other events; the one named leaves; what it needs has to be its own; it never stands
        alone; it is read in the passive voice only; those it is done to are dead; soldiers and
        rebels do not do it; it is done to houses and goods.
    subject, objects, sense, needs, nouns, beside, unless, absent, inside, among : frozenset of str
        What its subject, its object (of a noun: what follows "on") and what follows one of its
        prepositions have to be; what has to stand in its clause; nouns its object is one of;
        words that must stand with it, and that must not; words that must not follow a noun with a
        preposition (for a verb: stand in its sentence); one that must follow it with "of".
    barred, among : frozenset of str
        Prepositions and adverbs that must not stand behind it; words one of which must stand in
        its sentence.
    prepositions : tuple of str
        One of these has to stand in the clause.
    actor, target, place : tuple of str
        Roles, in the order they are tried.
    civilians, fighters, sites, crowd, otherwise : str
        The type where the target is such; where an excluding word stands with it.
    bare : dict of str to str
        The type for some of its verbs where no weapon is named.
    dead : str
        The type where some of those it is done to are killed.
    doer : str
        What those who do it are called, if they are of no side.
    """

    entry: str
    kind: str
    noun: bool
    weapon: bool = False
    aerial: bool = False
    area: bool = False
    ground: bool = False
    casualties: bool = False
    absorbs: bool = False
    statement: bool = False
    quantity: bool = False
    operation: bool = False
    leaves: bool = False
    strict: bool = False
    weak: bool = False
    passive: bool = False
    deadly: bool = False
    unarmed: bool = False
    damage: bool = False
    alone: bool = False
    subject: Words = frozenset()
    objects: Words = frozenset()
    sense: Words = frozenset()
    needs: Words = frozenset()
    nouns: Words = frozenset()
    beside: Words = frozenset()
    unless: Words = frozenset()
    absent: Words = frozenset()
    inside: Words = frozenset()
    among: Words = frozenset()
    barred: Words = frozenset()
    prepositions: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    civilians: str = ""
    fighters: str = ""
    sites: str = ""
    crowd: str = ""
    otherwise: str = ""
    dead: str = ""
    doer: str = ""
    bare: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Triggers:
    """
    Everything the extraction knows of a language.

    Attributes
    ----------
    verbs : dict
        Triggers by verb and particle, in the order of the file.
    events : dict of str to tuple of Trigger
        Triggers by noun, in the order of the file.
    weapons : dict of str to str
        For each noun of a weapon the type of event that it makes.
    senses : dict of str to frozenset of str
        Senses of nouns.
    light : dict of str to frozenset of str
        Sets of verbs: ``does``, ``suffers``, ``occurs``, ``effects``.
    words : dict of str to frozenset of str
        Other sets of words.
    links : dict of str to frozenset of str
        Prepositions by what they say.
    pronouns : dict of str to frozenset of str
        Senses of pronouns.
    telling : frozenset of str
        Dictionary's forms one of which a sentence with an event has.
    statements : dict of str to frozenset of str
        For verbs that are statements only of some things, which.
    nouns : dict of (str, str) to frozenset of str
        Senses of words met so far, by lemma and word.
    """

    verbs: dict[tuple[str, str], tuple[Trigger, ...]]
    events: dict[str, tuple[Trigger, ...]]
    weapons: dict[str, str]
    senses: dict[str, Words]
    light: dict[str, frozenset[tuple[str, str]]]
    words: dict[str, Words]
    links: dict[str, Words]
    pronouns: dict[str, Words]
    telling: Words
    statements: dict[str, Words]
    nouns: dict[tuple[str, str], Words] = field(default_factory=dict)


@cache
def triggers(language: Language) -> Triggers:
    """
    Compile the triggers of a language, once.

    Parameters
    ----------
    language : Language
        The language.

    Returns
    -------
    Triggers
        Its triggers.

    Raises
    ------
    LanguageError
        If an entry names a type of event that does not exist, or has a key that means nothing.
    """
    table = language.table("triggers")
    verbs: dict[tuple[str, str], list[Trigger]] = {}
    for entry, row in table["verbs"].items():
        trigger = _trigger(entry, row, noun=False, language=language)
        for verb in row["verbs"].split():
            lemma, _, particle = verb.partition(":")
            listed = verbs.setdefault((lemma, particle), [])
            if trigger not in listed:
                listed.append(trigger)
    events: dict[str, list[Trigger]] = {}
    for entry, row in table["events"].items():
        trigger = _trigger(entry, row, noun=True, language=language)
        for noun in row["nouns"].split():
            events.setdefault(noun, []).append(trigger)
    weapons: dict[str, str] = {}
    for kind, words in table["weapons"].items():
        for word in words.split():
            weapons.setdefault(word, kind)
    senses: dict[str, set[str]] = {}
    for sense, words in table["nouns"].items():
        for word in words.split():
            senses.setdefault(word, set()).add(sense)
    words = {
        name: _words(listed) for name, listed in {**table["words"], **table["casualties"]}.items()
    }
    return Triggers(
        {key: tuple(listed) for key, listed in verbs.items()},
        {noun: tuple(listed) for noun, listed in events.items()},
        weapons,
        {word: frozenset(found) for word, found in senses.items()},
        {name: _verbs(words) for name, words in table["light"].items()},
        words,
        {name: frozenset(words) for name, words in table["links"].items()},
        {word: _words(senses) for word, senses in table["pronouns"].items()},
        _telling(verbs, events, words, senses),
        {verb: _words(words) for verb, words in table["statements"].items()},
    )


_SETS = {
    "subject": "subject",
    "object": "objects",
    "sense": "sense",
    "needs": "needs",
    "nouns": "nouns",
    "with": "beside",
    "unless": "unless",
    "absent": "absent",
    "of": "inside",
    "among": "among",
    "barred": "barred",
}
_LISTS = {"actor": "actor", "target": "target", "place": "place", "prep": "prepositions"}
_FLAGS = frozenset(
    "weapon aerial area ground casualties absorbs statement quantity operation leaves strict"  # noqa: SIM905
    " weak passive deadly unarmed damage".split()
)
_KINDS = frozenset({"civilians", "fighters", "sites", "crowd", "otherwise", "dead", "doer"})
_NAMING = frozenset({"verbs", "nouns", "kind"})
_MULTIWORD = ("out of",)


def _trigger(  # noqa: C901 -- a sort of key a branch
    entry: str, row: dict[str, Any], *, noun: bool, language: Language
) -> Trigger:
    """Compile one entry, with errors that say where it stands."""
    where = f"{language.origin('triggers')}: entry {entry!r}"
    values: dict[str, Any] = {}
    for key, value in row.items():
        if key in _FLAGS:
            values[key] = bool(value)
        elif key in _SETS and not (noun and key == "nouns"):
            values[_SETS[key]] = _words(value)
        elif key in _LISTS:
            values[_LISTS[key]] = _roles(value)
        elif key in _KINDS:
            values[key] = value
        elif key == "without":
            values["alone"] = True
        elif key == "bare":
            values["bare"] = dict(pair.split("=") for pair in value.split("; "))
        elif key not in _NAMING:
            raise LanguageError(f"{where}: {key!r} means nothing here")
    for kind in [row.get("kind"), *values.get("bare", {}).values()]:
        if kind not in EVENT_TYPES:
            raise LanguageError(
                f"{where}: {kind!r} is no type of event: choose {', '.join(EVENT_TYPES)}"
            )
    return Trigger(entry, row["kind"], noun, **values)


def _telling(
    verbs: dict[tuple[str, str], list[Trigger]],
    events: dict[str, list[Trigger]],
    words: dict[str, Words],
    senses: dict[str, set[str]],
) -> Words:
    """Collect the words without one of which no sentence tells of an event."""
    found: set[str] = set()
    for (lemma, _), listed in verbs.items():
        if lemma == ANY[0]:
            for trigger in listed:
                groups = {word for word in trigger.prepositions if " " in word}
                needed = min(filter(None, (trigger.subject, trigger.objects)), key=len)
                nouns = {word for word, said in senses.items() if said & needed}
                found |= groups or trigger.among or nouns
        elif lemma in words["being"]:  # in every other sentence: what stands with it tells
            for trigger in listed:
                groups = {word for word in trigger.prepositions if " " in word}
                found |= groups or trigger.beside | trigger.nouns
        elif all(trigger.nouns for trigger in listed):
            found = found.union(*(trigger.nouns for trigger in listed))
        else:
            found.add(lemma)
    found |= {noun.rsplit("-", 1)[-1] for noun in events} | set(events)
    casualties = "killed wounded dead hurt lives deaths toll injuries harm martyrdom hell"
    casualties += " treat clinics succumb bury medical flying body"
    for name in casualties.split():
        found |= words[name]
    return frozenset(found | words["fire"])


def _words(text: str) -> Words:
    return frozenset(text.split())


def _verbs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        (lemma, particle) for lemma, _, particle in (verb.partition(":") for verb in text.split())
    )


def _roles(text: str) -> tuple[str, ...]:
    """Roles in order; prepositions of several words stay together."""
    for group in _MULTIWORD:  # others are written with "_"
        text = text.replace(group, group.replace(" ", "_"))
    return tuple(role.replace("_", " ") for role in text.split())

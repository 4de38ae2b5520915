"""What a noun that names an event hangs on: adjectives, nouns, and the verb that governs it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution.sites import governors, phrase_start
from geoevents.reports.extraction.nominals import is_place
from geoevents.reports.stance.senses import (
    HAPPENED,
    NEGATED,
    PLANNED,
    RECALLED,
    REFUSED,
    REQUESTED,
    SUPPOSED,
    SURE,
    Sense,
    spelt,
)

if TYPE_CHECKING:
    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause, VerbGroup

#: Words between a verb and its object's noun phrase that are looked at.
_NEAR: Final = 6
_CANCELLED: Final = "cancelled"
_ANNOUNCE: Final = "announce"
_FIRE: Final = frozenset(("shelling", "air strike", "missile strike", "armed clash"))
_GOES_ON: Final = frozenset(("VERB", "AUX", "ADV"))
_PAST: Final = frozenset(("year", "month"))
_BETWEEN: Final = frozenset(("ADV", "TIME", "PUNCT"))
_TOLD: Final = frozenset(("ADV", "DET", "NUM", "ADJ", "NOUN", "VERB"))


def lends(site: Site, clause: Clause, words: StanceWords) -> bool:
    """
    Tell whether what is said of the clause's verb is said of the event.

    Parameters
    ----------
    site : Site
        Where the event is named.
    clause : Clause
        Its clause.
    words : StanceWords
        The words of the language.

    Returns
    -------
    bool
        Whether the verb names it, or only lends a verb to the noun that does: "carried out",
        "occurred".
    """
    verb = clause.verb
    if verb is None or site.verbal:
        return site.verbal
    before = site.top() < verb.first
    if before:
        lemmas = words.being if verb.voice == "active" else words.being | words.doing
        return spelt(verb) in lemmas
    return spelt(verb) in words.doing and is_object(site, verb)


def is_object(site: Site, verb: VerbGroup) -> bool:
    """
    Tell whether a noun phrase stands behind a verb, with no preposition between.

    Parameters
    ----------
    site : Site
        Where the noun stands.
    verb : VerbGroup
        The verb.

    Returns
    -------
    bool
        Whether it does.
    """
    top = site.top()
    first = phrase_start(site.words, top)
    between = range(verb.last + 1, min(first, verb.last + _NEAR))
    near = verb.last < top and first <= verb.last + _NEAR
    return near and all(site.words[index].tag in _BETWEEN for index in between)


def of_noun_phrase(site: Site, words: StanceWords) -> Sense:
    """
    Tell what the words of its noun phrase, and the nouns it hangs on, make of an event.

    Parameters
    ----------
    site : Site
        Where the noun stands.
    words : StanceWords
        The words of the language.

    Returns
    -------
    Sense
        "no strike", "a planned strike", "a threat of strikes", "a request for a strike".
    """
    own = site.words
    for index in range(phrase_start(own, site.head), site.head):
        sense = words.epithets.get(own[index].lower)
        if sense is not None:
            return Sense(sense, own[index].lower)
    start = phrase_start(own, site.head)
    if start and own[start - 1].lower in words.apart:
        return Sense(SUPPOSED, own[start - 1].lower)
    for governor in governors(own, site.head):
        if governor.word not in words.between:
            break
        noun = own[governor.noun]
        sense = words.nouns.get(noun.lemma)
        if sense == REQUESTED:
            return of_request(site, words)
        if sense == HAPPENED and own[start].lower not in words.definite:
            break
        if sense == RECALLED:
            return SURE if _has_year(site) else Sense(SUPPOSED, noun.lower)
        if sense is not None and not (sense == NEGATED and site.mention.definite):
            return Sense(sense, noun.lower)
    return SURE


def _has_year(site: Site) -> bool:
    """Whether an event that is only remembered has a time of its own."""
    start = site.words[phrase_start(site.words, site.head)].start
    return any(when.precision in _PAST and when.start >= start for when in site.mention.whens)


def of_governing_verb(site: Site, verb: VerbGroup, words: StanceWords) -> Sense:
    """
    Tell what the verb of its clause makes of an event that is its object.

    Parameters
    ----------
    site : Site
        Where the noun stands.
    verb : VerbGroup
        The verb.
    words : StanceWords
        The words of the language.

    Returns
    -------
    Sense
        "foiled an attack", "called for protests", "could lead to clashes".
    """
    top, definite = site.top(), site.mention.definite
    first = phrase_start(site.words, site.head)
    if any(word.lower in words.such for word in site.words[max(first - 1, 0) : site.head]):
        definite = False  # "warned of such an attack"
    between = _between(site, verb)
    if between is None:
        supposed = verb.modal is not None and not definite and top < verb.first
        return Sense(words.modals.get(verb.modal or "", SUPPOSED)) if supposed else SURE
    key = f"{spelt(verb)} {between}" if between else spelt(verb)
    if verb.negated:
        return SURE if definite or between else Sense(SUPPOSED, key)
    sense = words.objects.get(key, "")
    if sense == _CANCELLED and (site.mention.killed or site.mention.wounded):
        return SURE  # "foiled an attack, killing four"
    if sense == PLANNED and key == _ANNOUNCE and site.words[site.head].lemma in words.achieved:
        return SURE
    meaning = words.known_objects.get(sense)
    if meaning is None and not definite:
        meaning = words.new_objects.get(sense)
    if meaning is not None or definite:
        return SURE if meaning is None else Sense(meaning, key)
    chained = next((one for one in verb.chain if words.verbs.get(one) != SURE.word), None)
    doubtful = verb.modal or chained
    return Sense(SUPPOSED, doubtful) if doubtful and not between else SURE


def of_predicate(site: Site, verb: VerbGroup, words: StanceWords) -> Sense:
    """
    Tell what is said of an event that nobody knows of yet: "an attack is unlikely".

    Parameters
    ----------
    site : Site
        Where the noun stands.
    verb : VerbGroup
        The verb behind it.
    words : StanceWords
        The words of the language.

    Returns
    -------
    Sense
        ``supposed`` if it may never be; ``negated`` if only its end is told: "the shelling of X
        stopped on Monday".
    """
    if _is_over(site, verb, words):
        return Sense(NEGATED, verb.lemma)
    if site.mention.definite or verb.lemma not in words.equals or site.top() > verb.first:
        return SURE
    for word in site.words[verb.last + 1 : verb.last + _NEAR]:
        if word.lower in words.doubted:
            return Sense(SUPPOSED, word.lower)
        if word.tag not in _TOLD:
            break
    return SURE


def _is_over(site: Site, verb: VerbGroup, words: StanceWords) -> bool:
    """Whether fire of nobody, which hurt nobody, is only said to have ended."""
    mention, clause, own = site.mention, site.clause, site.words
    if mention.kind not in _FIRE or verb.lemma not in words.ending or site.top() > verb.first:
        return False
    told = (
        mention.definite or mention.actors or mention.targets or mention.killed or mention.wounded
    )
    if clause is None or clause.objects or verb.negated or verb.modal is not None or told:
        return False
    # "Ended in a shoot-out", "stopped but resumed on Tuesday".
    behind = site.words[verb.last + 1 :]
    goes_on = any(one.tag == "CONJ" and after.tag in _GOES_ON for one, after in pairwise(behind))
    return not goes_on and not any(
        word in words.ending_in and phrase.start > verb.start and not is_place(own[phrase.head])
        for word, phrase in clause.preps
    )


def _between(site: Site, verb: VerbGroup) -> str | None:
    """Find the preposition between a verb and its object, empty for none; None for a subject."""
    if is_object(site, verb):
        return ""
    first = phrase_start(site.words, site.top())
    if first > verb.last:
        word = site.words[first - 1]
        return word.lower if word.tag == "PREP" else None
    return "" if site.top() < verb.first and verb.voice == "passive" else None


def of_request(site: Site, words: StanceWords) -> Sense:
    """
    Tell whether what is asked for was granted, by the verbs around it.

    Parameters
    ----------
    site : Site
        Where the event is named.
    words : StanceWords
        The words of the language.

    Returns
    -------
    Sense
        ``refused`` of "denied a request to strike"; ``planned`` if it was granted.
    """
    for clause in site.path:
        if clause.verb is None:
            continue
        sense = words.objects.get(spelt(clause.verb))
        if sense in (REFUSED, PLANNED, words.granted):
            yes = (sense == REFUSED) == clause.verb.negated
            return Sense(PLANNED if yes else REFUSED, clause.verb.lemma)
    return Sense(SUPPOSED, REQUESTED)

"""Whether what a mention tells of happened: negation, modality, and the clauses it hangs on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution.speakers import first_word
from geoevents.reports.stance.nouns import (
    lends,
    of_governing_verb,
    of_noun_phrase,
    of_predicate,
    of_request,
)
from geoevents.reports.stance.senses import (
    ATTEMPTED,
    COMPARED,
    HAPPENED,
    NEGATED,
    PLANNED,
    REFUSED,
    REQUESTED,
    SUPPOSED,
    SURE,
    WOULD,
    Sense,
    spelt,
)

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause, NounPhrase, VerbGroup, Word

#: Words of a subject, and its auxiliary, between "nor" and the verb.
_NOR: Final = 8
_DROPPED: Final = frozenset(("cancelled", "stopped"))
_HAVE: Final = "have"
_VERB: Final = "VERB"
_NOT: Final = frozenset(("ADV", "NEG"))
_PUNCT: Final = "PUNCT"
_INVERTING: Final = frozenset(("SUB", "TIME", "PREP"))
_PRESENT: Final = frozenset(("present", "none"))
_WAS: Final = frozenset(("past", "perfect"))


def sense_of(site: Site, words: StanceWords) -> Sense:
    """
    Tell what its words make of an event.

    Parameters
    ----------
    site : Site
        Where its mention stands.
    words : StanceWords
        The words of the language.

    Returns
    -------
    Sense
        The nearest of the words around it that speak against its having happened.
    """
    clause = site.clause
    if clause is None:
        return of_noun_phrase(site, words) if site.words else SURE
    lent = lends(site, clause, words)
    sense = SURE if site.verbal else of_noun_phrase(site, words)
    if sense is SURE and not lent and clause.verb is not None:
        sense = of_governing_verb(site, clause.verb, words)
    if sense is SURE and not site.verbal and clause.verb is not None:
        sense = of_predicate(site, clause.verb, words)
    if sense is SURE and lent:
        sense = _of_clause(clause, words)
    if sense.word in (PLANNED, WOULD) and site.verbal:
        above = _of_path(site, words)  # "they fear that it will"
        return above if above.word == SUPPOSED else sense
    if sense is not SURE or (site.mention.definite and not lent):
        return sense
    if site.words[-1].text in words.question:
        return Sense(SUPPOSED, site.words[-1].text)
    return _of_path(site, words)


def is_counted(site: Site, words: StanceWords, pointing: AbstractSet[str]) -> bool:
    """
    Tell whether a clause only counts what was told before: "it was the first time X had struck Y".

    Parameters
    ----------
    site : Site
        Where a verb tells of an event.
    words : StanceWords
        The words of the language.
    pointing : set of str
        Words that point back: "it", "this".

    Returns
    -------
    bool
        Whether it does.
    """
    if len(site.path) <= 1 or site.clause is None or site.clause.link not in ("relative", "that"):
        return False
    clause, above = site.path[:2]
    verb, subject = above.verb, above.subject
    if verb is None or subject is None or verb.lemma not in words.equals:
        return False
    between = [word for word in above.words[verb.last + 1 :] if word.start < clause.start]
    return above.words[subject.head].lower in pointing and any(
        word.lemma in words.occasions and before.lower in words.counting
        for before, word in pairwise(between)
    )


def _of_clause(  # noqa: C901, PLR0911 -- a rule a line
    clause: Clause, words: StanceWords
) -> Sense:
    """Tell what its own verb makes of an event: "did not enter", "would", "vowed to enter"."""
    verb = clause.verb
    if verb is None:
        return SURE
    if _after_nor(clause, verb, words):
        return Sense(NEGATED, verb.lemma)
    chained = _of_chain(verb, words)
    if verb.negated or _has_no(clause, words) or not words.not_now.isdisjoint(clause.adverbs):
        return Sense(NEGATED, verb.lemma, plain=verb.modal is None and chained is SURE)
    if chained is not SURE:
        return chained if words.anyway.isdisjoint(clause.adverbs) else SURE
    if verb.modal is not None:
        return Sense(words.modals.get(verb.modal, SUPPOSED), verb.modal)
    for adverb in clause.adverbs:
        if adverb in words.nearly:
            return Sense(NEGATED, adverb)
        if adverb in words.habitual and verb.tense == "present" and verb.first == verb.last:
            return Sense(SUPPOSED, adverb)
    if verb.tense == "present" and verb.first == verb.last and (rate := _rate(clause, words)):
        return Sense(SUPPOSED, rate)
    word = clause.words[verb.first - 1] if verb.first > 0 else None
    before = "" if word is None else word.lower
    sense = words.before.get(before) or words.before.get(clause.mark)
    if word is not None and word.tag == _VERB and clause.link == "participle":
        spoilt = words.verbs.get(word.lemma, HAPPENED)  # "to avoid being encircled"
        sense = spoilt if spoilt in (NEGATED, REFUSED) else sense
    return Sense(sense, before) if sense else SURE


def _rate(clause: Clause, words: StanceWords) -> str:
    """Find how often it is done, told as a rule: "landmines kill forty people a year"."""
    verb = clause.verb
    inside: list[Word] = []
    for word in clause.words[verb.last + 1 :] if verb is not None else ():
        if word.tag in (_VERB, _PUNCT):
            break
        inside.append(word)
    for word, behind in zip(inside, [*inside[1:], None], strict=False):
        pair = word.lower if behind is None else f"{word.lower} {behind.lower}"
        if pair in words.rates or word.lower in words.rates:
            return pair
    return ""


def _after_nor(clause: Clause, verb: VerbGroup, words: StanceWords) -> bool:
    """Whether "nor" stands before it: "nor did they lose the hills"."""
    for index in range(verb.first - 1, max(-1, verb.first - _NOR), -1):
        word = clause.words[index]
        if word.lower in words.nor:
            return True
        opens = index == 0 or clause.words[index - 1].tag == _PUNCT
        if opens and word.lower in words.never and clause.words[index + 1].tag in _INVERTING:
            return True  # "never before had they struck it", "not since 2014 had they"
        if word.tag == _PUNCT:
            return False
    return False


def _of_chain(verb: VerbGroup, words: StanceWords) -> Sense:
    for lemma in verb.chain:
        sense = words.verbs.get(lemma, HAPPENED)
        if sense != HAPPENED:
            return Sense(sense, lemma)
    return SURE


def _has_no(clause: Clause, words: StanceWords) -> bool:
    """Whether nobody does it, or it is done to nobody: "no forces were hurt"."""
    phrases: list[NounPhrase | None] = [clause.subject, *clause.objects[:1]]
    subject = clause.subject
    if subject is not None and subject.first and clause.words[subject.first - 1].tag in _NOT:
        before = clause.words[subject.first - 1].lower
        if before in words.never:
            return True  # "not a shot was fired"
    return any(first_word(phrase, clause.words) in words.no for phrase in phrases)


def _of_path(site: Site, words: StanceWords) -> Sense:
    """Tell what the clauses above make of an event: "vowed ... to", "fears that", "if"."""
    mention, counted = site.mention, site.mention.killed or site.mention.wounded
    for index, clause in enumerate(site.path):
        about = (
            clause.link == "infinitive" and clause.verb and clause.verb.lemma in words.concerning
        )
        if about and not site.verbal and (mention.targets or counted):
            return SURE  # "blocked the road to protest against the killing of 50 farmers"
        parent = site.path[index + 1] if index + 1 < len(site.path) else None
        if clause.link == "adverbial" or clause.mark in words.marks:
            sense = _of_mark(clause, parent, words)
            if sense is SURE and _is_before(clause, parent, words):
                return SURE
        elif clause.link == "infinitive":
            sense = _of_infinitive(site, clause, parent, words)
        elif parent is None or parent.verb is None:
            sense = SURE
        elif clause.link == "that":
            sense = _of_that(clause, parent.verb, words)
        else:
            sense = _of_shared(clause, parent, words)
        if sense is not SURE or clause.link == "relative":
            return sense  # a relative clause says so by itself
    return SURE


def _of_mark(clause: Clause, parent: Clause | None, words: StanceWords) -> Sense:
    """Read a conjunction: "if", "unless"; "until", "before" in the present tense."""
    sense, verb = words.marks.get(clause.mark), clause.verb
    if sense == COMPARED:  # "it was like a bomb had gone off", not "soldiers like those of X fired"
        likened = parent is not None and parent.verb is not None
        return Sense(SUPPOSED, clause.mark) if likened else SURE
    present = verb is not None and verb.tense in _PRESENT and verb.modal is None
    if sense == SUPPOSED or (sense not in (None, HAPPENED) and present):
        return Sense(SUPPOSED, clause.mark)
    return SURE


def _is_before(clause: Clause, parent: Clause | None, words: StanceWords) -> bool:
    """Whether it was before what is only meant to be: "so that all could leave, after X fell"."""
    verb = clause.verb
    mark = clause.mark.rpartition(" ")[2]  # "a day after"
    told = verb is not None and verb.tense in _WAS and words.marks.get(mark) == HAPPENED
    return told and parent is not None and words.marks.get(parent.mark) == SUPPOSED


def _of_that(clause: Clause, above: VerbGroup, words: StanceWords) -> Sense:
    """Read a clause with "that": what is feared or hoped is no event, what is said is one."""
    if clause.host is not None:
        noun = clause.words[clause.host.head]
        sense, by = words.nouns.get(noun.lemma), noun.lower
    elif above.negated and clause.mark:
        sense, by = SUPPOSED, above.lemma
    else:
        sense, by = words.clauses.get(above.lemma), above.lemma
        if above.lemma in words.insisting and clause.verb and clause.verb.tense in _WAS:
            return SURE
    return Sense(SUPPOSED, by) if sense == SUPPOSED else SURE


def _of_infinitive(site: Site, clause: Clause, parent: Clause | None, words: StanceWords) -> Sense:
    """Read an infinitive: it tells of a purpose, but behind a few verbs and nouns."""
    if clause.host is not None:
        noun = clause.words[clause.host.head]
        sense = words.hosts.get(noun.lemma)
        if sense == HAPPENED and (clause.verb is None or not _is_past(clause.verb, clause)):
            sense = None  # "the claim to have captured it", but "its claim to rule it"
        if sense is not None:
            if sense == HAPPENED:
                return SURE
            if sense == PLANNED and parent is not None:
                sense = _of_plan(clause.host, parent, words)
            return of_request(site, words) if sense == REQUESTED else Sense(sense, noun.lower)
    verb = None if parent is None else parent.verb
    own = clause.verb
    before = clause.words[own.first - 1] if own is not None and own.first else None
    if before is not None and words.marks.get(before.lower) == SUPPOSED:
        return Sense(SUPPOSED, before.lower)  # "to decide whether to strike"
    if parent is None or verb is None:
        return Sense(SUPPOSED, clause.mark)
    if verb.negated:
        return Sense(NEGATED, verb.lemma)
    sense = words.verbs.get(verb.lemma, SUPPOSED)
    if verb.lemma in words.purpose and verb.voice == "active":
        sense = SUPPOSED
    return _of_clause(parent, words) if sense == HAPPENED else Sense(sense, verb.lemma)


def _of_plan(plan: NounPhrase, above: Clause, words: StanceWords) -> str:
    """Tell what becomes of a plan: "rejected a plan to enter", "gave up its plan to enter"."""
    verb = above.verb
    if verb is None or verb.negated or all(plan.head != one.head for one in above.objects):
        return PLANNED
    sense = words.objects.get(spelt(verb), "")
    if sense == REFUSED:
        return REFUSED
    return NEGATED if sense in _DROPPED else PLANNED


def _is_past(verb: VerbGroup, clause: Clause) -> bool:
    """Whether it is "to have captured"."""
    return any(word.lemma == _HAVE for word in clause.words[verb.first : verb.head])


def _of_shared(clause: Clause, parent: Clause, words: StanceWords) -> Sense:
    """Read what shares the verb above: "would enter and take", "prevented from entering"."""
    verb, above = clause.verb, parent.verb
    if verb is None or above is None:
        return SURE
    if clause.link == "participle" and clause.mark:
        sense = words.verbs.get(above.lemma, HAPPENED)
        return Sense(sense, above.lemma) if sense in (NEGATED, REFUSED) else SURE
    if not clause.shared or clause.number < parent.number:
        return SURE
    if clause.link == "participle":
        shared = _of_clause(parent, words)
        return shared if shared.word not in (HAPPENED, NEGATED, ATTEMPTED) else SURE
    return _of_clause(parent, words) if verb.tense == "none" else SURE

"""Uses of the words of war that tell of none: other walks of life, and fighting that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution.sites import phrase_start

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.model import Findings, Mention
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause, VerbGroup, Word

#: So many words of a walk of life make a sentence one of it.
_TELLING: Final = 2
_LABOUR: Final = "labour"
_STRIKE: Final = "strike"
_ARMED: Final = "armed"
_SPORT: Final = "sport"
_FIGURES: Final = "figures"
_RALLY: Final = "rally"
_VOTES: Final = "votes"
_WORKERS: Final = "workers"
_FUEL: Final = "fuel"
_PLANTED: Final = "planted"
_BOMBING: Final = "bombing"
#: What is no walk of life, but tells one of its words.
_HELPS: Final = frozenset(
    (
        *(_ARMED, _LABOUR, _STRIKE, _FIGURES, _RALLY, _VOTES, _WORKERS, _FUEL, _PLANTED),
        *("grave", "sport_beside", "business_beside", "plain"),  # of `walks`
    )
)
_OF: Final = "of"
#: So many dead are those of a war.
_WAR: Final = 1000
_PERFECT: Final = "perfect"
#: What no other walk of life has.
_SURE: Final = frozenset(("bombing", "missile strike", "attack on civilians"))
_SAID: Final = frozenset(("statement", "agreement"))
_GROUPS: Final = frozenset(("state", "armed group", "coalition"))
_WIDE: Final = frozenset(("country", "admin1", "region"))
_CLASH: Final = "armed clash"
_PROTEST: Final = "protest"
_PREPOSITION: Final = "PREP"
#: The words of "called the raid an attack on X" before the one that is looked at.
_NEAR: Final = 12


def other_realm(  # noqa: C901, PLR0911 -- a rule a line
    site: Site, everywhere: AbstractSet[str], words: StanceWords
) -> str:
    """
    Find the words that tell that a mention is not of arms: "a battle for market share".

    Parameters
    ----------
    site : Site
        Where the mention stands.
    everywhere : set of str
        The words of the whole report, as in a dictionary.
    words : StanceWords
        The words of the language.

    Returns
    -------
    str
        They, joined by commas; empty for none.
    """
    mention, own = site.mention, site.words
    if mention.kind in _SAID or mention.killed is not None or mention.wounded is not None:
        return ""
    lemmas = {word.lemma for word in own}
    head = own[site.head].lemma if site.head >= 0 else ""
    behind = [word.lemma for word in own[site.head + 1 : site.head + 3]] if site.head >= 0 else []
    if len(behind) == _TELLING and behind[0] == _OF and behind[1] in words.realms[_FIGURES]:
        return " ".join(behind)
    if mention.kind == _PROTEST:
        beside = _LABOUR if head in words.realms[_STRIKE] else _VOTES
        told = beside == _LABOUR or head in words.realms[_RALLY]
        return ", ".join(sorted(lemmas & words.realms[beside] - {head})) if told else ""
    sides = (*mention.actors, *mention.targets)
    if any(actor.sense in _GROUPS for actor in sides):
        return ""
    played = everywhere & words.realms[_SPORT]
    if mention.kind in _SURE and len(played) <= _TELLING:
        return ""
    armed = words.realms[_ARMED]
    if any(word.lemma in armed and index != site.head for index, word in enumerate(own)):
        return ""
    if head in words.realms[_STRIKE] and lemmas & words.realms[_WORKERS]:
        return ", ".join(sorted(lemmas & words.realms[_WORKERS]))
    for realm, known in words.realms.items():
        if realm in _HELPS:
            continue
        found = lemmas & known
        if len(found) >= _TELLING or (found and len(everywhere & known) > _TELLING):
            return ", ".join(sorted(found))
    return ""


def unarmed(site: Site, clauses: Sequence[Clause], words: StanceWords) -> str:
    """
    Find what attacks, or blows up, without arms: a bear, a storm, a gas cylinder.

    Parameters
    ----------
    site : Site
        Where a mention stands.
    clauses : sequence of Clause
        The clauses of its sentence.
    words : StanceWords
        The words of the language.

    Returns
    -------
    str
        Its name; empty for none, and for "a swarm of drones".
    """
    mention, clause = site.mention, site.clause
    if any(actor.sense in _GROUPS for actor in mention.actors):
        return ""  # Desert Lions and Tamil Tigers bear arms
    if mention.kind == _BOMBING and not mention.actors and (found := _fuel(site.words, words)):
        return found
    if clause is None or not site.verbal:
        return ""
    if found := _beast(clause, words):
        return found
    if mention.actors or (mention.killed is None and mention.wounded is None):
        return ""
    return next(filter(None, (_beast(one, words) for one in clauses)), "")


def _fuel(own: Sequence[Word], words: StanceWords) -> str:
    """Find what blew up by itself in a sentence that tells of no arms: a gas cylinder."""
    behind = (word.lemma for word in [*own[1:], own[-1]])
    # A petrol station is where something blew up, and not what.
    named = (word for word, after in zip(own, behind, strict=True) if after not in words.stations)
    lemmas = {form for word in own for form in (word.lemma, word.lower)}
    burnt = {form for word in named for form in (word.lemma, word.lower)}
    planted = not lemmas.isdisjoint(words.realms[_PLANTED])
    return "" if planted else ", ".join(sorted(burnt & words.realms[_FUEL]))


def _beast(clause: Clause, words: StanceWords) -> str:
    """Find what does it, if it is none of arms."""
    if clause.verb is None:
        return ""
    passive = clause.verb.voice == "passive"
    phrases = [one.phrase for one in clause.preps if one.word == "by"] if passive else []
    if not passive and clause.subject is not None:
        phrases = [clause.subject]
    for phrase in phrases:
        head = clause.words[phrase.head]
        after = clause.words[phrase.head + 1].lower if phrase.head + 1 < len(clause.words) else ""
        if not words.agents.isdisjoint((head.lemma, head.lower)) and after != _OF:
            return head.lower
    return ""


def is_background(  # noqa: PLR0911 -- a rule a line
    site: Site, findings: Findings, words: StanceWords
) -> bool:
    """
    Tell whether fighting only goes on, with no day and no place smaller than a province.

    Parameters
    ----------
    site : Site
        Where the mention stands.
    findings : Findings
        What was found in the document.
    words : StanceWords
        The words of the language.

    Returns
    -------
    bool
        Whether it is "both are battling X in the country", "has fought X since 2009".
    """
    mention, clause = site.mention, site.clause
    verb = None if clause is None else clause.verb
    if clause is None or verb is None:
        return False
    if verb.tense == _PERFECT and _is_of_war(site, clause, findings, words):
        return True
    if not site.verbal:
        return _is_rule(site, verb, words)
    if verb.lemma not in words.lasting or verb.chain:
        return False
    if mention.killed is not None or mention.wounded is not None or mention.area is not None:
        return False
    if any(not when.lasts for when in mention.whens) or _is_placed(mention, findings):
        return False
    goes_on = site.words[verb.head].form == "ing" and verb.first != verb.last
    if mention.kind == _CLASH and verb.lemma in ("fight", "battle"):
        headline = findings.document.title is not None and mention.sentence == 0
        simple = verb.tense == "present" and not headline
        return goes_on or simple or (verb.tense == "perfect" and bool(mention.whens))
    return goes_on and verb.tense in ("present", "perfect")


def _is_rule(site: Site, verb: VerbGroup, words: StanceWords) -> bool:
    """Whether it is told as a rule: "most attacks take place near the border"."""
    if verb.tense != "present" or verb.first != verb.last or not site.mention.plural:
        return False
    start = phrase_start(site.words, site.head)
    beside = {word.lower for word in site.words[start : site.head]}
    return not site.mention.whens and not beside.isdisjoint(words.generic)


def _is_of_war(site: Site, clause: Clause, findings: Findings, words: StanceWords) -> bool:
    """Whether it is "thousands have been killed", or "has carried out similar attacks"."""
    mention = site.mention
    if _is_placed(mention, findings) and any(
        clause.start <= phrase.start < clause.end for phrase in mention.phrases
    ):
        return False
    if any(not when.lasts for when in clause.times):
        return False
    if site.verbal:
        verb, killed = clause.verb, mention.killed or mention.wounded
        many = killed is not None and (killed.low or killed.value or 0) >= _WAR
        return verb is not None and verb.lemma in words.tolls and many
    start = phrase_start(site.words, site.head)
    beside = {word.lower for word in site.words[start : site.head]}
    return mention.plural and not mention.definite and not beside.isdisjoint(words.many)


def _is_placed(mention: Mention, findings: Findings) -> bool:
    """Whether it is said in which town, or at which river, it was."""
    return any(
        findings.toponyms[number].kind not in _WIDE
        for phrase in mention.phrases
        for number in phrase.toponyms
    )


def is_name(site: Site, words: StanceWords) -> bool:
    """
    Tell whether a noun only gives a name to what is known: "called it a massacre".

    Parameters
    ----------
    site : Site
        Where the mention stands.
    words : StanceWords
        The words of the language.

    Returns
    -------
    bool
        Whether it does.
    """
    clause = site.clause
    if clause is None or clause.verb is None or site.verbal:
        return False
    own, verb = site.words, clause.verb
    start = phrase_start(own, site.head)
    first = max(
        (index for index in range(start, site.head) if own[index].lower in words.indefinite),
        default=0,
    )
    if first == 0:
        return False
    if own[first - 1].lower in words.named_as:
        return True
    if verb.lemma not in words.naming or first <= verb.last:
        return False
    named = verb.voice == "passive" or first - 1 > verb.last
    return named and not any(word.tag == _PREPOSITION for word in _between(own, verb.last, first))


def _between(own: Sequence[Word], last: int, first: int) -> Sequence[Word]:
    return own[last + 1 : first][:_NEAR]


def is_march(site: Site, words: StanceWords) -> bool:
    """
    Tell whether those who march bear arms: an army on its way demonstrates nothing.

    Parameters
    ----------
    site : Site
        Where the mention stands.
    words : StanceWords
        The words of the language.

    Returns
    -------
    bool
        Whether a "march" is that of an army.
    """
    mention = site.mention
    if mention.kind != _PROTEST or site.head < 0 or site.words[site.head].lemma != "march":
        return False
    own, armed = site.words, words.realms[_ARMED]
    after = own[site.head + 1].lower if site.head + 1 < len(own) else ""
    if after not in words.towards or mention.killed is not None:
        return False
    theirs = any(actor.sense in _GROUPS for actor in mention.actors)
    return theirs or any(word.lemma in armed for word in own)

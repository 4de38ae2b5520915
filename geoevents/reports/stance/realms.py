"""Uses of the words of war that tell of none: other walks of life, and fighting that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.model import Findings, Mention
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Word

#: So many words of a walk of life make a sentence one of it.
_TELLING: Final = 2
_LABOUR: Final = "labour"
_STRIKE: Final = "strike"
_ARMED: Final = "armed"
_FIGURES: Final = "figures"
_OF: Final = "of"
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


def other_realm(site: Site, words: StanceWords) -> str:
    """
    Find the words that tell that a mention is not of arms: "a battle for market share".

    Parameters
    ----------
    site : Site
        Where the mention stands.
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
    if site.head >= 0 and mention.kind == _PROTEST and own[site.head].lemma in words.realms[_STRIKE]:
        return ", ".join(sorted(lemmas & words.realms[_LABOUR]))
    behind = [word.lemma for word in own[site.head + 1 : site.head + 3]] if site.head >= 0 else []
    if len(behind) == _TELLING and behind[0] == _OF and behind[1] in words.realms[_FIGURES]:
        return " ".join(behind)
    sides = (*mention.actors, *mention.targets)
    if any(actor.sense in _GROUPS for actor in sides) or mention.kind == _PROTEST:
        return ""
    if mention.kind in _SURE:
        return ""
    armed = words.realms[_ARMED]
    if any(word.lemma in armed and index != site.head for index, word in enumerate(own)):
        return ""
    for realm, known in words.realms.items():
        if realm in (_ARMED, _LABOUR, _STRIKE, _FIGURES):
            continue
        found = lemmas & known
        if len(found) >= _TELLING:
            return ", ".join(sorted(found))
    return ""


def is_background(site: Site, findings: Findings, words: StanceWords) -> bool:
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
    if not site.verbal or verb is None or verb.lemma not in words.lasting:
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
    first = site.head
    while first > max(0, site.head - _NEAR) and own[first].lower not in words.indefinite:
        if own[first].tag == _PREPOSITION:
            return False
        first -= 1
    if own[first].lower not in words.indefinite or first == 0:
        return False
    if own[first - 1].lower in words.named_as:
        return True
    if verb.lemma not in words.naming or first <= verb.last:
        return False
    named = verb.voice == "passive" or first - 1 > verb.last
    return named and not any(word.tag == _PREPOSITION for word in _between(own, verb.last, first))


def _between(own: Sequence[Word], last: int, first: int) -> Sequence[Word]:
    return own[last + 1 : first][:_NEAR]


def is_march(site: Site) -> bool:
    """
    Tell whether those who march bear arms: an army on its way demonstrates nothing.

    Parameters
    ----------
    site : Site
        Where the mention stands.

    Returns
    -------
    bool
        Whether a "march" is that of an army.
    """
    mention = site.mention
    if mention.kind != _PROTEST or site.head < 0 or site.words[site.head].lemma != "march":
        return False
    return any(actor.sense in _GROUPS for actor in mention.actors)

"""Fighting that only goes on, or once was: "the army is battling rebels in the country"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution.sites import phrase_start

if TYPE_CHECKING:
    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.model import Findings, Mention
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause, VerbGroup

#: So many dead are those of a war.
_WAR: Final = 1000
_PERFECT: Final = "perfect"
_WIDE: Final = frozenset(("country", "admin1", "region"))
_CLASH: Final = "armed clash"


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
    if site.verbal and _is_bygone(site, clause, verb, words):
        return True
    if verb.tense == _PERFECT and _is_of_war(site, clause, findings, words):
        return True
    if not site.verbal:
        # "At war since fighting broke out on 15 April": of how long, and of no place.
        begun = clause.mark in words.since and not _is_placed_there(site, clause)
        return (begun and mention.kind == _CLASH) or _is_rule(site, verb, words)
    if verb.lemma not in words.lasting or verb.chain:
        return False
    if mention.killed is not None or mention.wounded is not None or mention.area is not None:
        return False
    if any(not when.lasts for when in mention.whens):
        return False
    fought = mention.kind == _CLASH and verb.tense == _PERFECT and bool(mention.whens)
    if _is_placed(mention, findings) and (not fought or _is_placed_there(site, clause)):
        return False  # "X, who have been fighting it since May, shelled Y": not at Y
    goes_on = site.words[verb.head].form == "ing" and verb.first != verb.last
    if mention.kind == _CLASH and verb.lemma in ("fight", "battle"):
        headline = findings.document.title is not None and mention.sentence == 0
        simple = verb.tense == "present" and not headline
        return goes_on or simple or (verb.tense == "perfect" and bool(mention.whens))
    return goes_on and verb.tense in ("present", "perfect")


def _is_bygone(site: Site, clause: Clause, verb: VerbGroup, words: StanceWords) -> bool:
    """Whether it was at some time of which nothing is said: "it once fought the army in X"."""
    mention = site.mention
    told = mention.killed is not None or mention.wounded is not None or mention.whens
    before = clause.words[verb.first - 1].lower if verb.first > 0 else ""
    opens = verb.first == 1 or clause.subject is None or clause.subject.head > verb.first
    return not (told or opens or clause.times) and before in words.bygone


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


def _is_placed_there(site: Site, clause: Clause) -> bool:
    """Whether its own clause says where it was."""
    return any(clause.start <= phrase.start < clause.end for phrase in site.mention.phrases)


def _is_placed(mention: Mention, findings: Findings) -> bool:
    """Whether it is said in which town, or at which river, it was."""
    return any(
        findings.toponyms[number].kind not in _WIDE
        for phrase in mention.phrases
        for number in phrase.toponyms
    )

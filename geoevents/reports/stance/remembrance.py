"""What is tried, mourned, remembered or filmed: it did not happen on the day of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoevents.reports.attribution.sites import phrase_start

if TYPE_CHECKING:
    import datetime as dt

    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.model import When
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause, VerbGroup

#: Links of a clause that hangs on a noun.
_HANGS: Final = frozenset(("relative", "participle"))
_SAID: Final = frozenset(("statement", "agreement"))
_STOPS: Final = frozenset(("VERB", "AUX", "MODAL", "SUB"))
#: Words before a noun that are looked at.
_BEFORE: Final = 16
#: Precisions of times that are no day of a ceremony or of a hearing.
_LONG: Final = frozenset(("month", "year"))
#: So many days ago is no such day, either.
_LAST: Final = 14


def recalled(site: Site, words: StanceWords) -> str:
    """
    Find what says that an event is only tried, mourned, shown or written about.

    Parameters
    ----------
    site : Site
        Where its mention stands.
    words : StanceWords
        The words of the language.

    Returns
    -------
    str
        "Sentenced", "memorial"; empty for none.
    """
    clause = site.clause
    if clause is None or site.head < 0 or site.mention.kind in _SAID:
        return ""
    hangs = clause.link in _HANGS and clause.host is not None
    if site.verbal and not hangs:
        return ""
    start = phrase_start(site.words, site.head)
    if found := _keepsake(site, start, words):
        return found
    told = [clause, *site.path[1:2]] if hangs else [clause]
    for one in told[1:] if site.verbal else told:
        if one.verb is not None and (found := _by_verb(one, one.verb, site, words)):
            return found
    return ""


def own_times(site: Site, published: dt.date | None) -> list[When]:
    """
    List the times that are of an event itself, and not of when it was recalled.

    Parameters
    ----------
    site : Site
        Where the mention of an event stands that is recalled.
    published : datetime.date or None
        When the report was published.

    Returns
    -------
    list of When
        "In July 1995", "Monday's"; not "on Monday" of "sentenced on Monday".
    """
    own, clause = site.words, site.clause
    hangs = clause.times if clause is not None and clause.link in _HANGS else []
    start, head = own[phrase_start(own, site.head)].start, own[site.head].start
    return [
        when
        for when in site.mention.whens
        if not when.lasts
        and (
            when in hangs  # "the eleven killed on 3 May"
            or start <= when.start < head
            or when.precision in _LONG
            or (published is not None and (published - when.last).days > _LAST)
        )
    ]


def _keepsake(site: Site, start: int, words: StanceWords) -> str:
    """Find the noun that keeps an event in mind: "a film about the siege", "the trial of X for"."""
    own = site.words
    hanging = {
        clause.verb.head
        for clause in site.path
        if clause.link in _HANGS and clause.verb is not None
    }
    for index in range(site.head - 1, max(-1, start - _BEFORE), -1):
        word = own[index]
        if word.tag in _STOPS and index not in hanging:
            return ""
        if word.lower in (";", ":"):
            return ""
        behind = own[index + 1].lower
        if word.lemma in words.keepsakes and behind in words.about:
            return word.lower
    return ""


def _by_verb(clause: Clause, verb: VerbGroup, site: Site, words: StanceWords) -> str:
    """Find the verb that recalls it: "was sentenced for", "mourned the victims of"."""
    own, start = clause.words, phrase_start(clause.words, site.head)
    if start <= verb.last:
        passive = verb.voice == "passive" and verb.lemma in words.mourning
        return verb.lemma if passive else ""
    between = own[verb.last + 1 : start]
    if any(word.tag in _STOPS or word.lower == ";" for word in between):
        return ""
    first = phrase_start(own, site.top()) - 1
    if own[first].tag == "PREP" and own[first].lower not in words.about | words.judged_for:
        return ""  # "prayed after an attack"
    if verb.lemma in words.mourning:
        return verb.lemma
    judged = verb.lemma in words.judging and any(w.lower in words.judged_for for w in between)
    if judged and not (verb.lemma in words.trying and verb.voice != "passive"):
        return verb.lemma
    kept = own[clause.subject.head] if clause.subject is not None else None
    recounts = kept is not None and verb.lemma in words.recounting
    return kept.lower if kept is not None and recounts and kept.lemma in words.keepsakes else ""

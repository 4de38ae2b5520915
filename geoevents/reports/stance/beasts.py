"""What attacks without arms: a bear, a storm, a hacker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Clause

_OF: Final = "of"
_GROUPS: Final = frozenset(("state", "armed group", "coalition"))


def beast(site: Site, clauses: Sequence[Clause], words: StanceWords) -> str:
    """
    Find what attacks without arms.

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
    if clause is None or not site.verbal:
        return ""
    if found := _agent(clause, words):
        return found
    if mention.actors or (mention.killed is None and mention.wounded is None):
        return ""
    return next(filter(None, (_agent(one, words) for one in clauses)), "")


def _agent(clause: Clause, words: StanceWords) -> str:
    """Find what does it, if it bears no arms."""
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

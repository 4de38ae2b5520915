"""What is no protest: a strike for pay, a rally for votes, the march of an army."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from geoevents.reports.attribution.sites import Site
    from geoevents.reports.stance.words import StanceWords

_PROTEST: Final = "protest"
_GROUPS: Final = frozenset(("state", "armed group", "coalition"))


def pay_or_votes(site: Site, words: StanceWords) -> str:
    """
    Find what a strike or a rally was for, if it was for pay or for votes.

    Parameters
    ----------
    site : Site
        Where the mention stands.
    words : StanceWords
        The words of the language.

    Returns
    -------
    str
        The words that tell so, joined by commas; empty for none, and where people were hurt.
    """
    mention = site.mention
    if mention.kind != _PROTEST or mention.killed is not None or mention.wounded is not None:
        return ""
    head = site.words[site.head].lemma if site.head >= 0 else ""
    if head in words.strikes:
        aims = words.pay
    elif head in words.rallies:
        aims = words.votes
    else:
        return ""
    return ", ".join(sorted({word.lemma for word in site.words} & aims - {head}))


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
    own, armed = site.words, words.armed
    after = own[site.head + 1].lower if site.head + 1 < len(own) else ""
    if after not in words.towards or mention.killed is not None:
        return False
    theirs = any(actor.sense in _GROUPS for actor in mention.actors)
    return theirs or any(word.lemma in armed for word in own)

"""Whether the day that an event is told of is still ahead."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt

    from geoevents.reports.attribution import Site
    from geoevents.reports.model import When
    from geoevents.reports.stance.words import StanceWords

#: Kinds of event that tell, when they happen, of days to come.
_SAID: Final = frozenset(("statement", "agreement"))


def is_ahead(site: Site, published: dt.date | None, words: StanceWords) -> bool:
    """
    Tell whether an event that is told as happened is yet to come, by its own day.

    Parameters
    ----------
    site : Site
        Where its mention stands; the times to come that are of something else are left out.
    published : datetime.date or None
        When the report was published.
    words : StanceWords
        The words of the language.

    Returns
    -------
    bool
        Whether it is.
    """
    mention, kept = site.mention, []
    if published is None:
        return False
    for when in mention.whens:
        if when.first <= published or when.lasts or when.role:
            kept.append(when)
        elif _is_own(site, when, words):
            return True
    mention.whens = kept
    return False


def _is_own(site: Site, when: When, words: StanceWords) -> bool:
    """Whether it is the day of the event, not "ahead of talks tomorrow", "to be voted tomorrow"."""
    clause = site.clause
    if clause is None:
        return True
    if when not in clause.times:
        return False
    if site.mention.kind in _SAID and clause.verb is not None and clause.verb.tense != "present":
        return False  # "agreed on a truce from tomorrow"
    low = bisect_left(clause.words, site.mention.trigger[1], key=lambda word: word.start)
    high = bisect_left(clause.words, when.start, key=lambda word: word.start)
    return words.coming.isdisjoint(word.lower for word in clause.words[low:high])

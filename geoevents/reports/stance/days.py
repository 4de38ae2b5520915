"""Whether the day that an event is told of is still ahead."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geoevents.reports.stance.senses import PLANNED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.attribution import Site
    from geoevents.reports.model import When
    from geoevents.reports.stance.words import StanceWords
    from geoevents.reports.syntax import Word

#: Kinds of event that tell, when they happen, of days to come.
_SAID: Final = frozenset(("statement", "agreement"))
_ELSE: Final = frozenset(("VERB", "AUX", "MODAL", "PUNCT", "SUB", "REL"))
_WEEK: Final = 7
_DAY: Final = dt.timedelta(days=1)


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
            if not _is_past(site):
                return True
            # "Two days later they shelled X": counted from a day that was another one than meant.
            kept.append(replace(when, first=published, last=published, precision="unknown"))
    mention.whens = kept
    return False


def ahead(site: Site, published: dt.date | None, words: StanceWords) -> None:
    """
    Read the days of the week that something is planned for as the next: "will leave on Friday".

    Parameters
    ----------
    site : Site
        Where the mention of a plan stands; its times are changed.
    published : datetime.date or None
        When the report was published.
    words : StanceWords
        The words of the language.
    """
    clause, mention = site.clause, site.mention
    if published is None or clause is None or clause.verb is None:
        return
    will = words.modals.get(clause.verb.modal or "") == PLANNED
    for place, when in enumerate(mention.whens):
        past = 0 < (published - when.last).days < _WEEK and when.precision == "day"
        low = bisect_left(clause.words, when.start, key=lambda word: word.start)
        before = clause.words[low - 1].lower if 0 < low <= len(clause.words) else ""
        meant = (will and site.verbal and when in clause.times) or before in words.due
        between = clause.words[site.head + 1 : low]  # "a march in X on Friday"
        meant |= not site.verbal and 0 <= site.head < low and not _says_more(between)
        named = not words.weekdays.isdisjoint(when.text.lower().split())
        if past and meant and named and not when.lasts:
            first, last = when.first + _WEEK * _DAY, when.last + _WEEK * _DAY
            mention.whens[place] = replace(when, first=first, last=last)


def _is_past(site: Site) -> bool:
    """Whether it is told in the past tense, and so never of a day to come."""
    verb = site.clause.verb if site.clause is not None else None
    if verb is None or verb.modal is not None or verb.chain or not site.verbal:
        return False
    return verb.tense == "past"


def _says_more(words: Sequence[Word]) -> bool:
    """Whether more is told between a noun and a day: "its offensive, it said on Sunday"."""
    return any(word.tag in _ELSE for word in words)


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

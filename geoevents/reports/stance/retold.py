"""What a clause says of an event told before: a request answered, a gain contested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reports.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoevents.reports.model import Speaker
    from geoevents.reports.syntax import Clause, VerbGroup


def retold(
    clause: Clause, verb: VerbGroup, mention: Mention, speakers: Iterable[Speaker]
) -> Mention:
    """
    Make a mention of an event by a clause that speaks of it again.

    Parameters
    ----------
    clause : Clause
        The clause.
    verb : VerbGroup
        Its verb.
    mention : Mention
        How the event was told before.
    speakers : iterable of Speaker
        Who says so.

    Returns
    -------
    Mention
        With the parties, the places and the mood that it was told with before.
    """
    return Mention(
        clause.start,
        clause.end,
        (verb.start, verb.end),
        clause.sentence,
        mention.kind,
        mention.entry,
        actors=list(mention.actors),
        targets=list(mention.targets),
        phrases=list(mention.phrases),
        mood=mention.mood,
        speakers=list(speakers),
        definite=True,
        plural=mention.plural,
    )

"""
What is found in a report, from words to events: the nouns that the modules here pass on.

All positions are characters of `Document.text`, from 0; ``end`` is the one after the last.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

    from geoevents.localities.spotting import Phrase
    from geoevents.places.toponyms import Toponym
    from geoevents.prose import Document
    from geoevents.reports.quantities import UnreadQuantity
    from geoevents.reports.when import UnreadDate

Sense = Literal["state", "armed group", "coalition", "organisation", "person", "people"]
Mood = Literal["happened", "negated", "planned", "refused", "possible"]
Stance = Literal["says", "claims", "denies", "confirms"]
TimeRole = Literal["", "dateline", "offset", "spell", "hours", "eve"]


@dataclass(frozen=True, slots=True)
class Actor:
    """
    A mention of somebody who acts.

    Attributes
    ----------
    start, end : int
        Where it stands.
    text : str
        As written.
    name : str
        The name that all its aliases share; as written where the lexicon has none.
    sense : str
        ``state`` (a state, its government or forces), ``armed group``, ``coalition``,
        ``organisation`` (news agency, monitor, charity...), ``person`` (a spokesman) or ``people``
        (civilians, gunmen, protesters: common nouns).
    party : str
        The side it speaks and fights for: the name of the state, group or coalition that a
        ministry, spokesman or force belongs to; its own name where it is one.
    media : bool
        Whether it only reports: a news agency, a monitor, a witness.
    """

    start: int
    end: int
    text: str
    name: str
    sense: Sense
    party: str
    media: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """
    A time that words name.

    Attributes
    ----------
    start, end : int
        Where they stand.
    text : str
        As written.
    first, last : datetime.date
        The first and the last day that are meant; the same for a day.
    precision : str
        A word of ``DATE_PRECISIONS``: how exactly ``first`` is known.
    moment : datetime.time or None
        The time of day, where one was named by the clock.
    lasts : bool
        Whether it says how long something lasted up to then ("for nearly three years", "since
        2014") and not when something happened.
    role : str
        ``dateline``: says when the report was written; ``offset``: "a day" of "a day after the
        raid", the day of the raid; ``spell``: "after two weeks" of "after two weeks of siege", how
        long that lasted which is named behind it; ``hours``: "for two hours", which names no day;
        ``eve``: "the next day" of "the next day, 18 January", the day of what was told before it.
    """

    start: int
    end: int
    text: str
    first: dt.date
    last: dt.date
    precision: str
    moment: dt.time | None = None
    lasts: bool = False
    role: TimeRole = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """
    A number that words name, with its range.

    Attributes
    ----------
    start, end : int
        Where they stand, without the noun counted; the unit is part of it.
    text : str
        As written.
    kind : str
        ``area`` (km2), ``distance`` (m) or ``count``.
    value : float or None
        The best figure; None where only a range is known ("several", "dozens").
    low, high : float or None
        Its range; None where it is open.
    """

    start: int
    end: int
    text: str
    kind: Literal["area", "distance", "count"]
    value: float | None
    low: float | None
    high: float | None

    @classmethod
    def counted(cls, start: int, end: int, text: str, value: float) -> Quantity:
        """
        Make a count that is exact.

        Parameters
        ----------
        start, end : int
            Where its words stand.
        text : str
            The words.
        value : float
            How many.

        Returns
        -------
        Quantity
            The count.
        """
        return cls(start, end, text, "count", value, value, value)


@dataclass(slots=True)
class Speaker:
    """
    Who says something, and how.

    Attributes
    ----------
    actor : Actor or None
        Who; None where a source without a name does ("authorities said").
    stance : str
        ``says``, ``claims``, ``denies`` or ``confirms``.
    text : str
        The words that say so.
    """

    actor: Actor | None
    stance: Stance
    text: str


@dataclass(slots=True, kw_only=True)
class Particulars:
    """
    What is told of an event, in one place or in all of a report.

    Attributes
    ----------
    actors, targets : list of Actor
        Who did it; to whom.
    phrases : list of Phrase
        The words that say where, most telling first.
    whens : list of When
        When.
    area : Quantity or None
        Ground that changed hands.
    killed, wounded : Quantity or None
        People.
    notes : list of str
        What was decided, and why.
    """

    actors: list[Actor] = field(default_factory=list)
    targets: list[Actor] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)
    area: Quantity | None = None
    killed: Quantity | None = None
    wounded: Quantity | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Mention(Particulars):
    """
    One place in a report that tells of an event.

    Attributes
    ----------
    start, end : int
        The words that tell of it: a clause, or as much of the sentence as belongs to it.
    trigger : tuple of int
        The words that name it ("struck", "barrage of cruise missiles").
    sentence : int
        Which sentence, by number.
    kind : str
        A word of ``EVENT_TYPES``.
    entry : str
        The entry of the language file that was matched.
    mood : str
        ``happened``, ``negated``, ``planned``, ``refused`` (asked for and not granted) or
        ``possible`` (feared, conditional, asked about).
    speakers : list of Speaker
        Who says so or denies it.
    definite : bool
        Whether it refers back: "the strike", "these attacks".
    plural : bool
        Whether it tells of several: "clashes", "air strikes".
    quoted : bool
        Whether it stands in direct speech.
    apart : bool
        Whether it is told in one breath with one of another type: "shelling and air strikes".
    standing : str
        ``former`` where its toll was given before and holds no more, ``final`` where it was put
        right, ``late`` where it grew, or nothing.
    aimed : bool
        Whether it only tells what was meant to be hit: "said the raid was aimed at a camp".
    of : tuple of int or None
        The words that name the event whose casualties it tells of, where it tells of no more.
    pattern : str
        How it was read, for the reader: "'struck' (verb, active): who = subject ...".
    """

    start: int
    end: int
    trigger: tuple[int, int]
    sentence: int
    kind: str
    entry: str
    mood: Mood = "happened"
    speakers: list[Speaker] = field(default_factory=list)
    definite: bool = False
    plural: bool = False
    quoted: bool = False
    apart: bool = False
    standing: str = ""
    of: tuple[int, int] | None = None
    aimed: bool = False
    pattern: str = ""


@dataclass(slots=True)
class Event(Particulars):
    """
    An event, with every mention of it in the report; its particulars are chosen among theirs.

    Attributes
    ----------
    mentions : list of Mention
        At least one, in the order of the text.
    kind : str
        A word of ``EVENT_TYPES``.
    status : str
        A word of ``STATUSES``.
    claimed_by, denied_by : list of str
        Names of those who say so, and of those who deny it.
    """

    mentions: list[Mention]
    kind: str
    status: str = "reported"
    claimed_by: list[str] = field(default_factory=list)
    denied_by: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Findings:
    """
    What was found in a document before events are looked for.

    Attributes
    ----------
    document : Document
        The document.
    toponyms : list of Toponym
        Places, and demonyms (``sense``), in the order of the text.
    actors : list of Actor
        Actors; an actor's words may hold a toponym's ("Syrian Democratic Forces").
    whens : list of When
        Times.
    quantities : list of Quantity
        Areas, distances and counts.
    phrases : list of Phrase
        Locality phrases.
    published : datetime.date or None
        When the report was published.
    unread : list of UnreadDate or UnreadQuantity
        Dates and figures that cannot be read, or not in one way only.
    states : list of Toponym
        Countries and governments beside `toponyms`, where only places of some were asked for.
    """

    document: Document
    toponyms: list[Toponym] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    published: dt.date | None = None
    unread: list[UnreadDate | UnreadQuantity] = field(default_factory=list)
    states: list[Toponym] = field(default_factory=list)

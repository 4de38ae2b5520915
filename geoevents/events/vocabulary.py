"""
The words an event may be described with: its type, its status, how exactly it is dated.

Each vocabulary is one table; the reader, the validator and the documentation are derived from it.

References
----------
ACLED, *Armed Conflict Location & Event Data Project Codebook* (event and sub-event types).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class EventType:
    """
    A type of event and what it is called in ACLED.

    Attributes
    ----------
    name : str
        The word in the ``event_type`` column.
    meaning : str
        What belongs under it.
    acled : tuple of (str, str)
        ACLED's (event type, sub-event type) pairs read as this type. The first is the one to write.
    also_acled : tuple of (str, str)
        Pairs to write this type as where ACLED has no pair of its own for it. Reading them gives
        the type that lists them under ``acled``.
    """

    name: str
    meaning: str
    acled: tuple[tuple[str, str], ...] = ()
    also_acled: tuple[tuple[str, str], ...] = ()


_BATTLES = "Battles"
_REMOTE = "Explosions/Remote violence"
_CIVILIANS = "Violence against civilians"
_STRATEGIC = "Strategic developments"
_PROTESTS = "Protests"
_RIOTS = "Riots"

_EVENT_TYPES = (
    EventType(
        "air strike",
        "bombs or missiles from aircraft or drones",
        ((_REMOTE, "Air/drone strike"),),
    ),
    EventType(
        "missile strike",
        "cruise or ballistic missiles from land or sea",
        also_acled=((_REMOTE, "Shelling/artillery/missile attack"),),
    ),
    EventType(
        "shelling",
        "artillery, mortars, rockets",
        ((_REMOTE, "Shelling/artillery/missile attack"),),
    ),
    EventType(
        "bombing",
        "an explosive placed, thrown or carried: mine, car bomb, suicide bomb, grenade, gas",
        (
            (_REMOTE, "Remote explosive/landmine/IED"),
            (_REMOTE, "Suicide bomb"),
            (_REMOTE, "Grenade"),
            (_REMOTE, "Chemical weapon"),
        ),
    ),
    EventType(
        "armed clash",
        "armed groups fight, and no ground is said to change hands",
        ((_BATTLES, "Armed clash"),),
    ),
    EventType(
        "territorial gain",
        "the actor takes ground, by fighting or without",
        (
            (_BATTLES, "Non-state actor overtakes territory"),
            (_BATTLES, "Government regains territory"),
            (_STRATEGIC, "Non-violent transfer of territory"),
        ),
    ),
    EventType(
        "siege",
        "a place is cut off, or the ring round it is broken",
        also_acled=((_STRATEGIC, "Other"),),
    ),
    EventType(
        "attack on civilians",
        "violence against people who take no part in the fighting",
        (
            (_CIVILIANS, "Attack"),
            (_CIVILIANS, "Abduction/forced disappearance"),
            (_CIVILIANS, "Sexual violence"),
        ),
    ),
    EventType(
        "protest",
        "a demonstration, peaceful or not",
        (
            (_PROTESTS, "Peaceful protest"),
            (_PROTESTS, "Protest with intervention"),
            (_PROTESTS, "Excessive force against protesters"),
            (_RIOTS, "Violent demonstration"),
        ),
    ),
    EventType(
        "agreement",
        "a truce, a deal, a request and its answer",
        ((_STRATEGIC, "Agreement"),),
    ),
    EventType(
        "statement",
        "somebody says, denies or announces something",
        also_acled=((_STRATEGIC, "Other"),),
    ),
    EventType(
        "other",
        "anything else",
        (
            (_STRATEGIC, "Other"),
            (_STRATEGIC, "Arrests"),
            (_STRATEGIC, "Change to group/activity"),
            (_STRATEGIC, "Disrupted weapons use"),
            (_STRATEGIC, "Headquarters or base established"),
            (_STRATEGIC, "Looting/property destruction"),
            (_RIOTS, "Mob violence"),
        ),
    ),
)

EVENT_TYPES: Mapping[str, EventType] = MappingProxyType({kind.name: kind for kind in _EVENT_TYPES})
"""Every event type by its name."""

ACLED_SUB_EVENTS: Mapping[tuple[str, str], str] = MappingProxyType(
    {pair: kind.name for kind in _EVENT_TYPES for pair in kind.acled}
)
"""The event type that each of ACLED's (event type, sub-event type) pairs is read as."""

STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "reported": "the source says that it happened",
        "claimed": "only a party to it says so",
        "denied": "the party accused denies it, and nobody else has confirmed it",
        "disputed": "parties give accounts that cannot both be true",
        "planned": "announced or intended; not said to have happened",
        "refused": "asked for and not granted; not said to have happened",
    }
)
"""What stands behind an event: the vocabulary of the ``status`` column."""

DATE_PRECISIONS: Mapping[str, str] = MappingProxyType(
    {
        "day": "start is the day (and, if it has one, the time of day)",
        "week": "start is in the week of that day",
        "month": "start is the first day of the month that is known",
        "year": "start is the first day of the year that is known",
        "unknown": "no date is known, or the one given is a guess",
    }
)
"""How exactly ``start`` is known: the vocabulary of the ``date_precision`` column."""

"""What a clause tells of the dead and the wounded: who they were, how many, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.reports.extraction.drafts import Frame, Standing
    from geoevents.reports.model import Quantity
    from geoevents.reports.syntax.model import Clause, NounPhrase, VerbGroup

#: Types of event that people may be killed in.
VIOLENT = frozenset(
    {
        "air strike",
        "missile strike",
        "shelling",
        "bombing",
        "armed clash",
        "attack on civilians",
        "protest",
        "siege",
        "territorial gain",
        "other",
    }
)


@dataclass(slots=True)
class Told:
    """
    What a clause says of casualties.

    Attributes
    ----------
    clause : Clause
        The clause.
    frame : Frame
        Its roles.
    verb : VerbGroup
        Its verb.
    victims : list of NounPhrase
        Who.
    killed, wounded : Quantity or None
        How many.
    agent : NounPhrase or None
        Who or what did it.
    late : bool
        Whether it is a toll that came later, on a day of its own.
    dies : bool
        Whether the subject is who died.
    later : bool
        Whether they died some time after the event, maybe elsewhere: "of his wounds".
    total : int
        Which of the dead somebody is, "a fourth": as many have died; else 0.
    standing : {"", "former", "final"}
        Whether it is a toll that was given before and holds no more, or one that was put right.
    beside : bool
        Whether the event is told of in the same sentence, without a word that joins the two.
    """

    clause: Clause
    frame: Frame
    verb: VerbGroup
    victims: list[NounPhrase]
    killed: Quantity | None = None
    wounded: Quantity | None = None
    agent: NounPhrase | None = None
    late: bool = False
    dies: bool = False
    later: bool = False
    total: int = 0
    standing: Standing = ""
    beside: bool = False

"""What words make of an event: that it happened, did not, or is only planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from geoevents.reports.syntax import VerbGroup

HAPPENED: Final = "happened"
NEGATED: Final = "negated"
PLANNED: Final = "planned"
WOULD: Final = "would"
SUPPOSED: Final = "supposed"
ATTEMPTED: Final = "attempted"
REFUSED: Final = "refused"
REQUESTED: Final = "requested"
RECALLED: Final = "recalled"
COMPARED: Final = "compared"


class Sense(NamedTuple):
    """
    What is made of an event.

    Attributes
    ----------
    word : str
        ``happened``, ``negated``, ``planned``, ``would`` (planned, if a party says so),
        ``supposed``, ``attempted`` or ``refused``.
    by : str
        The words that make it so.
    plain : bool
        Whether it is a plain negation: "did not".
    """

    word: str
    by: str = ""
    plain: bool = False


SURE: Final = Sense(HAPPENED)


def spelt(verb: VerbGroup) -> str:
    """
    Give a verb with its particle.

    Parameters
    ----------
    verb : VerbGroup
        The verb.

    Returns
    -------
    str
        "carry out".
    """
    return f"{verb.lemma} {verb.particle}" if verb.particle else verb.lemma

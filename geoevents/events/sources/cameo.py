"""
CAMEO: the codes that GDELT calls events by, as our event types.

References
----------
P. A. Schrodt (2012), *CAMEO: Conflict and Mediation Event Observations Event and Actor Codebook*,
version 1.1b3.
"""

from collections.abc import Mapping
from types import MappingProxyType

ROOTS: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        "01": (9, "statement"),  # make a public statement
        "02": (8, "statement"),  # appeal
        "03": (9, "statement"),  # express intent to cooperate
        "04": (6, "other"),  # consult
        "05": (7, "other"),  # cooperate in diplomacy
        "06": (4, "other"),  # cooperate materially
        "07": (5, "other"),  # give aid
        "08": (7, "other"),  # yield
        "09": (4, "other"),  # investigate
        "10": (8, "statement"),  # demand
        "11": (6, "statement"),  # disapprove
        "12": (9, "statement"),  # reject
        "13": (9, "statement"),  # threaten
        "14": (5, "protest"),  # protest
        "15": (5, "other"),  # show force, without using it
        "16": (6, "other"),  # reduce relations
        "17": (6, "other"),  # coerce
        "18": (6, "attack on civilians"),  # assault, by other than military means
        "19": (6, "armed clash"),  # fight
        "20": (4, "attack on civilians"),  # mass violence
    }
)
"""Root codes: the highest third digit there is, and the type of what is below."""

FINER: Mapping[str, str] = MappingProxyType(
    {
        "017": "other",  # a symbolic act: nobody says anything
        "057": "agreement",  # a formal agreement is signed
        "0871": "agreement",  # a truce
        "0872": "siege",  # a blockade is eased
        "115": "other",  # a lawsuit
        "116": "other",  # a verdict
        "175": "attack on civilians",  # violent repression
        "183": "bombing",  # suicide, car, roadside and other bombs
        "191": "siege",  # a blockade, movement restricted
        "192": "territorial gain",  # territory occupied
        "194": "shelling",  # artillery and tanks
        "195": "air strike",  # aircraft and drones
        "204": "bombing",  # chemical, biological, radiological, nuclear weapons
    }
)
"""Finer codes whose meaning is plainly another than their root's."""

_BASE = 3
_FULL = 4


def event_type(code: str) -> str | None:
    """
    Read a CAMEO code as one of our event types.

    Parameters
    ----------
    code : str
        Three or four digits, with the zero at the beginning.

    Returns
    -------
    str or None
        None for what is no code. A fourth digit that has no meaning of its own has its base's.

    Examples
    --------
    >>> event_type("1951"), event_type("010"), event_type("19")
    ('air strike', 'statement', None)
    """
    if not (code.isascii() and code.isdigit() and len(code) in {_BASE, _FULL}):
        return None
    highest, meant = ROOTS.get(code[:2], (-1, ""))
    if int(code[2]) > highest or code[_BASE:] == "0":
        return None
    return FINER.get(code) or FINER.get(code[:_BASE]) or meant


def reason(code: object) -> str:
    """
    Say why a code cannot be read.

    Parameters
    ----------
    code : object
        What stands in its place.

    Returns
    -------
    str
        The reason, with what to do where that can be told.

    Examples
    --------
    >>> reason("42")
    'has lost the zero at its beginning, as spreadsheets do: use the file as GDELT gives it'
    """
    text = str(code).strip()
    if event_type(f"0{text}") is not None:
        return (
            "has lost the zero at its beginning, as spreadsheets do: use the file as GDELT gives it"
        )
    return "is no CAMEO code: they are 010 to 204, with a fourth digit for some"

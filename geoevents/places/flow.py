"""How sure it is which way an embedded river flows, and that it is drawn to its ends."""

import csv
from functools import cache
from pathlib import Path
from typing import Final

_TABLE: Final = Path(__file__).parent / "data" / "rivers.csv"
_MAKERS: Final = ("ne:river:", "wdb:river:", "traced:river:")
#: What can be doubtful: the direction, and whether the line reaches the source and the mouth.
DOUBTS: Final = ("flow", "source", "mouth")


def doubts(river: str) -> frozenset[str]:
    """
    Return what is not certain of a river.

    Parameters
    ----------
    river : str
        The id of a feature.

    Returns
    -------
    frozenset of str
        ``flow`` where it is taken to flow as it is drawn; ``source`` and ``mouth`` where its line
        begins or ends more than some 30 km from there. Of a line that is not one of the embedded
        rivers only the flow is doubted: nothing says which way it runs.

    Examples
    --------
    >>> doubts("ne:river:euphrates"), doubts("ne:river:amazon")
    (frozenset(), frozenset({'mouth'}))
    >>> doubts("user:7")
    frozenset({'flow'})
    """
    if not river.startswith(_MAKERS):
        return frozenset({"flow"})
    return _read().get(river, frozenset())


@cache
def _read() -> dict[str, frozenset[str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["id"]: frozenset(row["doubts"].split()) for row in csv.DictReader(file)}

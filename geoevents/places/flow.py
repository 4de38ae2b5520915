"""How sure it is which way an embedded river flows, and that it is drawn to its ends."""

import csv
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

_TABLE: Final = Path(__file__).parent / "data" / "rivers.csv"
_MAKERS: Final = ("ne:river:", "wdb:river:", "traced:river:")
#: What can be doubtful: the direction, whether the line reaches the source and the mouth, and
#: which of the mouths of a delta is meant.
DOUBTS: Final = ("flow", "source", "mouth", "delta")


class End(NamedTuple):
    """
    Where a river begins or ends that is not drawn so far.

    Attributes
    ----------
    lon, lat : float
        Degrees.
    uncertainty_m : float
        How far off it may be, in metres.
    """

    lon: float
    lat: float
    uncertainty_m: float


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
        begins or ends more than some 30 km from there; ``delta`` where there are several mouths,
        and it ends at one of them. Of a line that is not one of the embedded rivers only the flow
        is doubted: nothing says which way it runs.

    Examples
    --------
    >>> doubts("ne:river:euphrates"), doubts("ne:river:amazon")
    (frozenset(), frozenset({'mouth'}))
    >>> doubts("user:7")
    frozenset({'flow'})
    """
    if not river.startswith(_MAKERS):
        return frozenset({"flow"})
    return _read()[0].get(river, frozenset())


def end(river: str, word: str) -> End | None:
    """
    Return where a river begins or ends, if the end of its line does not say so.

    Parameters
    ----------
    river : str
        The id of a feature.
    word : str
        ``source`` or ``mouth``.

    Returns
    -------
    End or None
        Entered by hand from general geography, the middle of a delta; nothing where the line ends
        there, or where it is not well known.

    Examples
    --------
    >>> end("ne:river:congo", "mouth")
    End(lon=12.43, lat=-6.02, uncertainty_m=10000.0)
    """
    return _read()[1].get((river, word))


@cache
def _read() -> tuple[dict[str, frozenset[str]], dict[tuple[str, str], End]]:
    doubtful, known = {}, {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            doubtful[row["id"]] = frozenset(row["doubts"].split())
            for word in ("source", "mouth"):
                if row[word]:
                    lat, lon, km = map(float, row[word].split())
                    known[row["id"], word] = End(lon, lat, 1e3 * km)
    return doubtful, known

"""How sure it is which way an embedded river flows, and that it is drawn to its ends."""

import csv
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

_TABLE: Final = Path(__file__).parent / "data" / "rivers.csv"
_MAKERS: Final = ("ne:river:", "wdb:river:", "traced:river:")
#: What can be doubtful: the direction, and whether the line reaches the source and the mouth.
DOUBTS: Final = ("flow", "source", "mouth")


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
    return frozenset(_read().get(river, {}))


def end(river: str, word: str) -> End | None:
    """
    Return where a river begins or ends, if its line does not reach so far.

    Parameters
    ----------
    river : str
        The id of a feature.
    word : str
        ``source`` or ``mouth``.

    Returns
    -------
    End or None
        Entered by hand from general geography; nothing where the line does reach there, or where
        it is not well known.

    Examples
    --------
    >>> end("ne:river:congo", "mouth")
    End(lon=12.4, lat=-6.05, uncertainty_m=10000.0)
    """
    return _read().get(river, {}).get(word)


@cache
def _read() -> dict[str, dict[str, End | None]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: {word: _end(row.get(word, "")) for word in row["doubts"].split()}
            for row in csv.DictReader(file)
        }


def _end(text: str) -> End | None:
    if not text:
        return None
    lat, lon, km = map(float, text.split())
    return End(lon, lat, 1e3 * km)

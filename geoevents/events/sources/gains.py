"""Who gained ground in an event of ACLED's, whose order of actors does not say."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geoevents.events.sources.codes import distinct, spread
from geoevents.events.sources.spelling import GOVERNMENT_GAINS, OTHERS_GAIN, standard

_STATE = 1
_KINDS = {
    "state": _STATE,
    "rebel": 2,
    "political": 3,
    "identity": 4,
    "rioter": 5,
    "protester": 6,
    "civilian": 7,
    "external": 8,
    "other": 8,
}
_TOLD, _ONLY, _ASSUMED = range(3)
_WORDS = ("inter codes", "only actor", "assumed")


class Parties(NamedTuple):
    """
    Who acts upon whom.

    Attributes
    ----------
    actor : pandas.Series
        Who did it; where ground changed hands, who gained it.
    target : pandas.Series
        The other party.
    gainer : pandas.Series
        Where ground changed hands, how it is known that ``actor`` gained: by the ``inter codes``,
        because it is the ``only actor``, or ``assumed``.
    notes : list of str
        How often it is assumed.
    """

    actor: pd.Series
    target: pd.Series
    gainer: pd.Series
    notes: list[str]


def gains(frame: pd.DataFrame, columns: Mapping[str, Any], types: pd.Series) -> Parties:
    """
    Tell who acts upon whom in ACLED's events.

    Parameters
    ----------
    frame : pandas.DataFrame
        ACLED's table.
    columns : mapping
        Its own names of its columns, by those of the codebook.
    types : pandas.Series
        Our type of each event.

    Returns
    -------
    Parties
        ``actor1`` and ``actor2``, but the other way round where ground changed hands and ``actor2``
        gained it.

    Notes
    -----
    When a government regains ground, the one party that is a state force gained; when others
    overtake it, the one that is not. Where both parties are state forces or neither is, and when
    ground is handed over without violence, the codes do not tell, and ``actor1`` is taken.
    """
    first = frame[columns["actor1"]]
    if "actor2" in columns:
        second = frame[columns["actor2"]]
    else:
        second = pd.Series(np.full(len(frame), None), index=frame.index, dtype=first.dtype)
    codes = np.full(len(frame), -1)
    swap = np.zeros(len(frame), dtype=bool)
    gained = np.flatnonzero((types == "territorial gain").to_numpy(dtype=bool))
    rows = frame.iloc[gained]
    sub_codes, subs = distinct(rows[columns["sub_event_type"]])
    sub = np.array([*(standard(cell) for cell in subs), ""], dtype=object)[sub_codes]
    alone = distinct(second.iloc[gained])[0] < 0
    kinds = [_kinds(rows, columns.get(name)) for name in ("inter1", "inter2")]
    by_state, by_others = sub == GOVERNMENT_GAINS, sub == OTHERS_GAIN
    first_state, second_state = kinds[0] == _STATE, (kinds[1] == _STATE) & ~alone
    one_state = (first_state != second_state) & (kinds[0] > 0) & ((kinds[1] > 0) | alone)
    told = one_state & (by_state | (by_others & ~alone))
    # One state force alone cannot have overtaken ground from a state: it lost it.
    only = alone & ~(by_others & first_state)
    codes[gained] = np.select([told, only], [_TOLD, _ONLY], _ASSUMED)
    swap[gained] = told & (by_others == first_state)
    assumed = int((codes == _ASSUMED).sum())
    note = (
        f"{assumed} of {len(gained)} gains of ground: who gained cannot be told from inter1 and "
        "inter2, so actor1 is taken; the column gainer says 'assumed'"
    )
    return Parties(
        first.mask(swap, second),
        second.mask(swap, first),
        spread(_WORDS, codes, frame.index),
        [note] if assumed else [],
    )


def _kinds(rows: pd.DataFrame, column: Any) -> np.ndarray:
    """Read what kind of actor a column of inter codes says: numbers 1 to 8, 0 for none."""
    kinds = np.zeros(len(rows), dtype=int)
    if column is not None:
        codes, cells = distinct(rows[column])
        kinds[:] = np.array([*(_kind(cell) for cell in cells), 0])[codes]
    return kinds


def _kind(cell: str) -> int:
    """One code, a number or words such as ``State forces``, as its number; 0 for what is none."""
    if cell.isdecimal():
        return next((kind for kind in _KINDS.values() if str(kind) == cell), 0)
    word = re.split(r"[^a-z]+", cell.casefold(), maxsplit=1)[0].removesuffix("s")
    return _KINDS.get(word, 0)

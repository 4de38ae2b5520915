"""What was not taken of a source, and why: nothing goes in silence."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from geoevents.places.faults import Faults, find_faults

if TYPE_CHECKING:
    import geopandas as gpd

#: How many problems are told word for word.
TOLD: Final = 20


@dataclass(slots=True)
class Account:
    """
    What was not taken of a source, and why.

    Attributes
    ----------
    rows : Counter
        How many rows or features were left out, by reason.
    names : Counter
        How many other names were left out, by reason.
    problems : list of str
        The first of what was wrong: file, line and reason.
    notes : list of str
        What was changed, and what to know about it.
    """

    rows: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def room(self) -> int:
        """How many more problems are told."""
        return max(TOLD - len(self.problems), 0)

    def leave_out(self, ids: Iterable[object], reason: str) -> None:
        """
        Count features that are left out as they are broken, and tell the first of them.

        Parameters
        ----------
        ids : iterable of object
            What they are called.
        reason : str
            Why.
        """
        broken = list(ids)
        self.rows[reason] += len(broken)
        self.problems += [f"{each!s:.80}: {reason}" for each in broken[: self.room]]

    def record(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {
            "left_out": dict(+self.rows),
            "names_left_out": dict(+self.names),
            "problems": self.problems,
            "notes": self.notes,
        }


def without_faults(frame: "gpd.GeoDataFrame", account: Account) -> "gpd.GeoDataFrame":
    """
    Leave out the features that no gazetteer can be made of.

    Parameters
    ----------
    frame : GeoDataFrame
        Features, as ``store.write`` takes them.
    account : Account
        Where they are counted and told.

    Returns
    -------
    GeoDataFrame
        The others.
    """
    faults = find_faults(frame, Faults(frame.index))
    if not faults.rows.any():
        return frame
    ids = frame["id"].to_numpy(object)
    for reason, rows in faults.reasons():
        account.leave_out(ids[rows].tolist(), reason)
    return frame[~faults.rows].reset_index(drop=True)

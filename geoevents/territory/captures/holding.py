"""Who holds which site when."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geoevents.errors import shown
from geoevents.territory.overlaps import contested

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Holdings:
    """
    Who holds which site, from each date on which something changed hands to the next.

    Attributes
    ----------
    dates : numpy.ndarray of datetime64
        Days, in order.
    actors : list of str
        Everybody who ever holds anything, sorted.
    holder : numpy.ndarray of int
        For each date (rows) and site (columns) the position of the holder in `actors`; -1 for a
        site that nobody has captured.
    idle : list of dict
        Captures that change nothing: ``row`` (its label) and ``reason``.
    """

    dates: "NDArray[np.datetime64]"
    actors: list[str]
    holder: "Ints"
    idle: list[dict[str, Any]]

    def pairs(self) -> tuple["Ints", "Ints"]:
        """
        List the dates with the actors who hold something then.

        Returns
        -------
        tuple of numpy.ndarray of int
            Positions in `dates` and in `actors`, by date and actor.
        """
        date = np.repeat(np.arange(len(self.dates)), self.holder.shape[1])
        both = np.column_stack([date, self.holder.ravel()])
        date, actor = np.unique(both[both[:, 1] >= 0], axis=0).T
        return date, actor


def holdings(captures: pd.DataFrame, sites: int) -> Holdings:
    """
    Follow sites from captor to captor.

    Parameters
    ----------
    captures : pandas.DataFrame
        Columns ``label`` (what the row is called), ``date``, ``actor`` and ``site`` (a position).
        The order of the rows does not matter.
    sites : int
        How many sites there are.

    Returns
    -------
    Holdings
        A site is its last captor's. Actors who capture it on the same day hold it together, as
        "A / B".

    Examples
    --------
    >>> captures = pd.DataFrame(
    ...     {
    ...         "label": ["x", "y", "z"],
    ...         "date": np.array(["2017-01-01", "2017-02-01", "2017-02-01"], "datetime64[ms]"),
    ...         "actor": ["A", "B", "A"],
    ...         "site": [0, 0, 0],
    ...     }
    ... )
    >>> held = holdings(captures, 2)
    >>> held.actors, held.holder.tolist()
    (['A', 'A / B'], [[0, -1], [1, -1]])
    """
    key = ["date", "site", "actor"]
    again = captures.duplicated(key).to_numpy()
    named = captures[~again].sort_values("actor").groupby(["date", "site"])["actor"].agg(contested)
    given = named.unstack("site")  # noqa: PD010 -- a Series has no pivot_table
    given = given.reindex(columns=range(sites)).astype(object)
    table = given.ffill()
    changed = (table.notna() & (table != table.shift())).to_numpy()
    codes, actors = pd.factorize(table.to_numpy(dtype=object).ravel(), sort=True)
    kept = changed.any(axis=1)
    row = given.index.get_indexer(pd.Index(captures["date"]))
    idle = ~changed[row, captures["site"].to_numpy()]
    left = [
        {
            "row": label,
            "reason": f"says what another event says: {shown(actor, 50)} captured it on that day"
            if double
            else f"changes nothing: {shown(actor, 50)} held it already",
        }
        for label, actor, double in zip(
            captures["label"][again | idle].tolist(),
            captures["actor"][again | idle].tolist(),
            again[again | idle].tolist(),
            strict=True,
        )
    ]
    return Holdings(
        given.index.to_numpy()[kept], actors.tolist(), codes.reshape(table.shape)[kept], left
    )

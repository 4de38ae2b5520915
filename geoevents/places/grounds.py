"""How much is written of each part of the world, as a gazetteer has it."""

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

import numpy as np

from geoevents.places.ranking import TOWN, importance
from geoevents.places.voting import Ground, Tally, cell_keys, province_keys

if TYPE_CHECKING:
    from geoevents.places.gazetteer import Gazetteer

_KNOWN: "WeakKeyDictionary[Gazetteer, Ground]" = WeakKeyDictionary()
_CELLS: Final = (60, 120)


def ground_of(gazetteer: "Gazetteer") -> Ground:
    """
    Return how much is written of the towns of each country, province and neighbourhood.

    Parameters
    ----------
    gazetteer : Gazetteer
        Whose towns; counted once.

    Returns
    -------
    Ground
        The sums.
    """
    found = _KNOWN.get(gazetteer)
    if found is None:
        everything = np.arange(len(gazetteer))
        towns = everything[gazetteer.codes("kind", everything) == TOWN]
        alike = np.ones(len(towns))
        c = gazetteer.candidates(towns, towns, alike, alike)
        weight = importance(c)
        # A neighbourhood is a cell and half of those around it: about five cells.
        cells = np.bincount(cell_keys(c.lon, c.lat), weight, minlength=_CELLS[0] * _CELLS[1])
        rows = np.pad(cells.reshape(_CELLS), ((1, 1), (0, 0)))
        three = rows[:-2] + rows[1:-1] + rows[2:]
        nine = three + np.roll(three, 1, axis=1) + np.roll(three, -1, axis=1)
        around = (rows[1:-1] + nine).ravel() / 4
        found = _KNOWN[gazetteer] = Ground(
            np.bincount(c.country, weight, minlength=len(gazetteer.countries())).astype(np.float64),
            Tally(province_keys(c.country, c.admin1), weight),
            Tally(np.arange(len(around)), around),
            max(float(weight.sum()), 1.0),
        )
    return found

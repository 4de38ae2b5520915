"""Countries by their codes: what demonyms and governments stand for."""

from weakref import WeakKeyDictionary

import numpy as np

from geoevents.places.gazetteer import Gazetteer
from geoevents.places.store import KINDS

_KNOWN: "WeakKeyDictionary[Gazetteer, dict[str, int]]" = WeakKeyDictionary()


def nations(gazetteer: Gazetteer) -> dict[str, int]:
    """
    Return the feature of each country, by its code; found once for each gazetteer.

    Parameters
    ----------
    gazetteer : Gazetteer
        Whose countries; the first layer's come first.

    Returns
    -------
    dict of str to int
        From ISO 3166 codes of two letters to numbers of features.
    """
    found = _KNOWN.get(gazetteer)
    if found is None:
        found = {}
        for number, store in enumerate(gazetteer.stores):
            kinds = store.meta["vocabularies"]["kind"]
            if KINDS[0] not in kinds:
                continue
            at = np.flatnonzero(store.arrays["kind"] == kinds.index(KINDS[0]))
            for feature, code in zip(at.tolist(), store.column("country", at), strict=True):
                found.setdefault(code, feature + gazetteer.base(number))
        _KNOWN[gazetteer] = found
    return found

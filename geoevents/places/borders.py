"""Which features lie in the countries that were asked for."""

import threading
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.places.gazetteer import Gazetteer
from geoevents.places.matching import Letters, letters
from geoevents.places.ranking import COUNTRY, CROSSING
from geoevents.places.store import Indices

#: Borders and rivers are drawn a few kilometres off: a river along a border belongs to both sides,
#: and a region that only overlaps one by so much lies on its own side.
_OFF_DEG: Final = 0.05
_SURFACE: Final = 2


def lies_in(
    features: Indices, countries: NDArray[np.bool_], gazetteer: Gazetteer
) -> NDArray[np.bool_]:
    """
    Tell which features lie in some countries, or pass through one of them.

    Parameters
    ----------
    features : ndarray
        Numbers of features.
    countries : ndarray of bool
        For each country of the gazetteer whether it was asked for.
    gazetteer : Gazetteer
        Whose features.

    Returns
    -------
    ndarray of bool
        By its country code for a town, province or country. A river, lake or region of another
        country, and a feature without a country, is in where its geometry is; where the gazetteer
        has no outline of the countries, it may be.
    """
    codes = gazetteer.codes("country", features)
    inside: NDArray[np.bool_] = countries[codes]
    kinds = gazetteer.codes("kind", features)
    open_ = np.flatnonzero(
        ~inside & (np.isin(kinds, CROSSING) | ((codes == 0) & (kinds != COUNTRY)))
    )
    if len(open_):
        distinct, at = np.unique(features[open_], return_inverse=True)
        with _LOCK:  # a prepared outline is indexed when it is first used
            grounds = _outlines(countries, gazetteer)
            inside[open_] = _touching(grounds, gazetteer.geometries(distinct))[at]
    return inside


def letters_within(
    countries: NDArray[np.bool_] | None, gazetteer: Gazetteer
) -> list[Letters] | None:
    """
    Pick out the names of what may lie in some countries, to look among these for misspellings.

    Parameters
    ----------
    countries : ndarray of bool, optional
        For each country of the gazetteer whether it was asked for.
    gazetteer : Gazetteer
        Whose names.

    Returns
    -------
    list of Letters or None
        For each store of the gazetteer; nothing where all countries are allowed.
    """
    if countries is None:
        return None
    known = _LETTERS.setdefault(gazetteer, {})
    key = countries.tobytes()
    if key not in known:
        found = []
        for number, store in enumerate(gazetteer.stores):
            features = np.arange(len(store)) + gazetteer.base(number)
            codes = gazetteer.codes("country", features)
            kinds = gazetteer.codes("kind", features)
            allowed = countries[codes] | (codes == 0) | np.isin(kinds, CROSSING)
            owner, postings = store.postings_all(np.arange(len(store.keys)))
            keys = np.zeros(len(store.keys), bool)
            keys[owner[allowed[postings >> 1]]] = True
            found.append(letters(store).among(keys))
        if len(known) >= _KEPT:
            known.clear()
        known[key] = found
    return known[key]


_KEPT: Final = 8
_LETTERS: "WeakKeyDictionary[Gazetteer, dict[bytes, list[Letters]]]" = WeakKeyDictionary()
_LOCK = threading.Lock()
_OUTLINES: "WeakKeyDictionary[Gazetteer, dict[bytes, NDArray[np.object_]]]" = WeakKeyDictionary()


def _outlines(countries: NDArray[np.bool_], gazetteer: Gazetteer) -> NDArray[np.object_]:
    known = _OUTLINES.setdefault(gazetteer, {})
    key = countries.tobytes()
    if key not in known:
        everything = np.arange(len(gazetteer))
        wanted = gazetteer.codes("kind", everything) == COUNTRY
        wanted &= countries[gazetteer.codes("country", everything)]
        shapes = gazetteer.geometries(np.flatnonzero(wanted))
        known[key] = shapes[shapely.get_dimensions(shapes) == _SURFACE]
        shapely.prepare(known[key])
    return known[key]


def _touching(outlines: NDArray[np.object_], shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    if not len(outlines):
        return np.ones(len(shapes), bool)
    solid = shapely.get_dimensions(shapes) == _SURFACE
    inner = shapely.buffer(shapes[solid], -_OFF_DEG)
    tested = shapes.copy()
    tested[solid] = np.where(shapely.is_empty(inner), shapes[solid], inner)
    off = np.where(solid, 0.0, _OFF_DEG)
    touching: NDArray[np.bool_] = shapely.dwithin(outlines[:, None], tested, off).any(axis=0)
    return touching

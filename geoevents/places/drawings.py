"""Which rivers, lakes and areas of one name are one thing that two sources have drawn."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.places import borders
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.ranking import ADMIN1, ADMIN2, LAKE, REGION, RIVER, Candidates
from geoevents.places.store import Indices

_DRAWN: Final = (ADMIN1, ADMIN2, RIVER, LAKE, REGION)
_KM_PER_DEG: Final = 111.2
#: Two drawings of one river may be so far apart: one follows its bends, one does not.
_APART_DEG: Final = 5 / _KM_PER_DEG
#: So much of the shorter drawing must lie along the longer one.
_MOSTLY: Final = 0.7
_SAMPLES: Final = 64
#: What a drawing must show of the other to be taken where ``near`` was asked for.
_NEAR_DEG: Final = 100 / _KM_PER_DEG
#: So many features of one name are compared, the likeliest, if they have this part of the weight of
#: the first.
_LIKELY: Final = 1e-3
_COMPARED: Final = 64


@dataclass(frozen=True)
class Drawings:
    """
    Tells which candidates are the same thing.

    Only where a source besides the embedded gazetteer is searched in the same layer: the embedded
    features are each there once.

    Parameters
    ----------
    gazetteer : Gazetteer
        Whose features.
    countries : ndarray of bool, optional
        For each country of the gazetteer whether it was asked for.
    near : tuple of float, optional
        Longitude and latitude to prefer.
    """

    gazetteer: Gazetteer
    countries: NDArray[np.bool_] | None = None
    near: tuple[float, float] | None = None

    def stand_ins(self, c: Candidates, weight: NDArray[np.float64]) -> Indices:
        """
        Return for each candidate the one that stands for it.

        Parameters
        ----------
        c : Candidates
            What names may mean.
        weight : ndarray
            How likely each is; what is unlikely is not compared.

        Returns
        -------
        ndarray of int
            Positions of candidates: its own for what is drawn once.
        """
        out = np.arange(len(c.query))
        drawn = np.isin(c.kind, _DRAWN)
        added = drawn & self.gazetteer.added(c.feature)
        if not added.any():
            return out
        top = np.zeros(int(c.query.max()) + 1)
        np.maximum.at(top, c.query, weight)
        likely = drawn & (weight >= _LIKELY * top[c.query])
        asked = np.zeros(len(top), bool)
        asked[c.query[likely & added]] = True
        at = np.flatnonzero(likely & asked[c.query])
        at = at[np.lexsort((-weight[at], c.query[at]))]
        edges = np.flatnonzero(np.diff(c.query[at], prepend=-1, append=-1))
        for first, last in pairwise(edges.tolist()):
            some = at[first:last][:_COMPARED]
            some = some[np.argsort(c.feature[some])]
            a, b = self._pairs(c, some)
            if not len(a):
                continue
            features = tuple(c.feature[some].tolist())
            place = dict(zip(features, some.tolist(), strict=True))
            for feature, taken in self._joined(features, c.box[some], a, b).items():
                out[place[feature]] = place[taken]
        return out

    def _pairs(self, c: Candidates, some: Indices) -> tuple[Indices, Indices]:
        """Return which of these may be the same thing, as pairs of positions among them."""
        box, kind, layer = c.box[some], c.kind[some], c.precedence[some]
        source = self.gazetteer.store_of(c.feature[some])
        added = self.gazetteer.added(c.feature[some])
        wide = (box[:, 2] > box[:, 0]) | (box[:, 3] > box[:, 1])
        a, b = np.nonzero(np.triu(_meet(box), 1))
        keep = (source[a] != source[b]) & (added[a] | added[b]) & (wide[a] | wide[b])
        keep &= (kind[a] == kind[b]) & (layer[a] == layer[b])
        return a[keep], b[keep]

    def _joined(
        self, features: tuple[int, ...], box: NDArray[np.float64], a: Indices, b: Indices
    ) -> dict[int, int]:
        """Return for each feature that is drawn more than once the one that is taken."""
        asked = None if self.countries is None else self.countries.tobytes()
        known = _KNOWN.setdefault(self.gazetteer, {})
        found = known.get((features, asked, self.near))
        if found is not None:
            return found
        numbers = np.array(features, np.intp)
        size = np.hypot(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1])
        added = self.gazetteer.added(numbers)
        shapes = self.gazetteer.geometries(numbers)
        group = np.arange(len(numbers))
        for i, j in zip(a.tolist(), b.tolist(), strict=True):
            short, long = (i, j) if size[i] <= size[j] else (j, i)
            if group[i] != group[j] and _along(_sampled(shapes[short]), shapes[long]) >= _MOSTLY:
                group[group == group[j]] = group[i]
        found = {}
        for one in np.flatnonzero(np.bincount(group) > 1).tolist():
            members = np.flatnonzero(group == one)
            members = members[np.argsort(-size[members], kind="stable")]
            shown = self._asked_for(shapes[members[0]])
            drawn = [i for i in members if added[i] and _along(shown, shapes[i]) >= _MOSTLY]
            taken = features[(drawn or members)[0]]
            found |= dict.fromkeys([features[i] for i in members], taken)
        if len(known) >= _KEPT:
            known.clear()
        known[features, asked, self.near] = found
        return found

    def _asked_for(self, shape: shapely.Geometry) -> NDArray[np.object_]:
        """Return points along a drawing, of the countries and the neighbourhood asked for."""
        points = _sampled(shape)
        if self.countries is not None:
            # As for `borders.lies_in`, but for points.
            with borders._LOCK:  # noqa: SLF001
                grounds = borders._outlines(self.countries, self.gazetteer)  # noqa: SLF001
                points = points[borders._touching(grounds, points)]  # noqa: SLF001
        if self.near is not None and len(points):
            x, y = self.near
            wide = np.cos(np.radians(y))
            away = np.hypot((shapely.get_x(points) - x) * wide, shapely.get_y(points) - y)
            points = points[away <= _NEAR_DEG]
        return points


def _meet(box: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which boxes come near which."""
    west, south, east, north = box.T
    wide = _APART_DEG / np.maximum(np.cos(np.radians((south + north) / 2)), 0.1)
    apart = (west[:, None] - wide[:, None] > east) | (south[:, None] - _APART_DEG > north)
    meet: NDArray[np.bool_] = ~(apart | apart.T)
    return meet


def _sampled(shape: shapely.Geometry) -> NDArray[np.object_]:
    """Return points at equal distances along a line or the edge of an area."""
    line = shapely.boundary(shape) if shapely.get_dimensions(shape) > 1 else shape
    if shapely.get_dimensions(line) != 1:
        points = shapely.points(shapely.get_coordinates(line)[:_SAMPLES])
    else:
        points = shapely.line_interpolate_point(line, np.linspace(0, 1, _SAMPLES), normalized=True)
    return np.asarray(points, object)


def _along(points: NDArray[np.object_], shape: shapely.Geometry) -> float:
    """Return how much of the points lies in a shape or a few kilometres from it."""
    if not len(points):
        return 0.0
    middle = float(np.mean(shapely.get_y(points)))
    scale = np.array([np.cos(np.radians(middle)), 1.0])
    there = shapely.transform(shape, lambda xy: xy * scale)
    shapely.prepare(there)
    here = shapely.transform(points, lambda xy: xy * scale)
    return float(np.mean(shapely.dwithin(there, here, _APART_DEG)))


_KEPT: Final = 1024
_KNOWN: "WeakKeyDictionary[Gazetteer, dict[Any, dict[int, int]]]" = WeakKeyDictionary()

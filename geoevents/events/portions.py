"""Geometries some at a time: what is made of all their vertices at once takes much memory."""

from itertools import pairwise

import numpy as np
import pandas as pd
import shapely

_VERTICES = 250_000


def portions(geometry: np.ndarray, vertices: int = _VERTICES) -> list[slice]:
    """
    Cut an array of geometries into portions of not many vertices.

    Parameters
    ----------
    geometry : numpy.ndarray of shapely geometries
        The geometries; None where there is none.
    vertices : int, optional
        So many vertices a portion has at most, unless one geometry has more. A geometry counts as
        one more than it has, so that those without any are cut, too.

    Returns
    -------
    list of slice
        One after the other, they are all of the array; none of them is empty.

    Examples
    --------
    >>> portions(shapely.points([[0, 0], [1, 1], [2, 2]]), vertices=4)
    [slice(0, 2, None), slice(2, 3, None)]
    """
    before = np.concatenate([[0], np.cumsum(shapely.get_num_coordinates(geometry) + 1)])
    ends = [0]
    while ends[-1] < len(geometry):
        last = int(np.searchsorted(before, before[ends[-1]] + vertices, side="right")) - 1
        ends.append(max(last, ends[-1] + 1))
    return [slice(*pair) for pair in pairwise(ends)]


def once_each(geometry: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """
    List each object of an array once: events in one province share its outline.

    Parameters
    ----------
    geometry : numpy.ndarray of shapely geometries
        The geometries; None where there is none.

    Returns
    -------
    codes : numpy.ndarray of int
        For each the position of its object in `objects`.
    objects : numpy.ndarray of shapely geometries
        Each object once, in the order of their first. Two that are equal are two objects.

    Examples
    --------
    >>> here, there = shapely.points([[0, 0], [0, 0]])
    >>> codes, objects = once_each(np.array([here, there, here]))
    >>> codes.tolist(), len(objects)
    ([0, 1, 0], 2)
    """
    names = np.fromiter(map(id, geometry), np.int64, len(geometry))
    codes, distinct = pd.factorize(names)
    first = np.zeros(len(distinct), np.intp)
    first[codes[::-1]] = np.arange(len(geometry))[::-1]
    return codes, geometry[first]

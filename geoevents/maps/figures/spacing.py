"""Labels kept apart: along a line, and on a sheet."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge."""


def spread(wanted: "Floats", gap: float, low: float, high: float) -> "Floats":
    """
    Move points on a line apart, as little as may be.

    Parameters
    ----------
    wanted : numpy.ndarray
        Where they should be, in ascending order.
    gap : float
        How far each has to be from the next.
    low, high : float
        Where the first may be, and the last. If all do not fit between, they run over `high`.

    Returns
    -------
    numpy.ndarray
        In the same order; the sum of the squares of all moves is the least possible.

    Notes
    -----
    With the gaps taken out, what remains is an isotonic regression: neighbours that would collide
    form a block about their mean (pool adjacent violators).

    Examples
    --------
    >>> spread(np.array([1.0, 1.0, 9.0]), 2.0, 0.0, 10.0).tolist()
    [0.0, 2.0, 9.0]
    """
    steps = gap * np.arange(len(wanted))
    blocks: list[tuple[float, int]] = []
    for value in (np.asarray(wanted, dtype=float) - steps).tolist():
        mean, count = value, 1
        while blocks and blocks[-1][0] > mean:
            other, more = blocks.pop()
            mean, count = (mean * count + other * more) / (count + more), count + more
        blocks.append((mean, count))
    level = np.repeat([mean for mean, _ in blocks], [count for _, count in blocks])
    highest = max(high - (steps[-1] if len(steps) else 0.0), low)
    placed: Floats = np.clip(level, low, highest) + steps
    return placed


class Sheet:
    """
    A sheet on which boxes may not overlap.

    Parameters
    ----------
    edges : tuple of float
        Left, lower, right and upper edge of the sheet.

    Examples
    --------
    >>> sheet = Sheet((0.0, 0.0, 10.0, 10.0))
    >>> sheet.place([(1.0, 1.0, 4.0, 2.0)])
    0
    >>> sheet.place([(3.0, 1.0, 6.0, 2.0), (5.0, 1.0, 8.0, 2.0)])
    1
    >>> sheet.place([(9.0, 9.0, 12.0, 10.0)]) is None
    True
    """

    def __init__(self, edges: Box) -> None:
        self._edges = edges
        self._taken = np.empty((0, 4))

    def block(self, boxes: "Iterable[Box]") -> None:
        """
        Keep places clear, whether or not they are taken already.

        Parameters
        ----------
        boxes : iterable of tuple of float
            Edges of each.
        """
        new = np.array([*boxes], dtype=float).reshape(-1, 4)
        self._taken = np.concatenate([self._taken, new])

    def place(self, boxes: "Iterable[Box]", margin: float = 0.0) -> int | None:
        """
        Take the first of several places that is free.

        Parameters
        ----------
        boxes : iterable of tuple of float
            The places, the best one first.
        margin : float, default 0
            How far it has to be from all that is taken.

        Returns
        -------
        int or None
            Which of them; ``None`` if each is taken or reaches over the edge.
        """
        left, low, right, high = self._edges
        for i, box in enumerate(boxes):
            outside = box[0] < left or box[1] < low or box[2] > right or box[3] > high
            if not outside and self.free(box, margin):
                self.block([box])
                return i
        return None

    def free(self, box: Box, margin: float = 0.0) -> bool:
        """
        Tell whether a place is free.

        Parameters
        ----------
        box : tuple of float
            The place.
        margin : float, default 0
            How far it has to be from all that is taken.

        Returns
        -------
        bool
            Whether nothing is there; it may reach over the edge.
        """
        taken = self._taken
        hit = (taken[:, 0] < box[2] + margin) & (taken[:, 2] > box[0] - margin)
        hit &= (taken[:, 1] < box[3] + margin) & (taken[:, 3] > box[1] - margin)
        return not bool(hit.any())

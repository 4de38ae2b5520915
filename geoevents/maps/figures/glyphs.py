"""The signs on event markers, from the SVG paths of the Leaflet map."""

import re
from functools import lru_cache

import numpy as np
from matplotlib.path import Path

_BOX = 24.0  # the signs are drawn in a box of this size, y downwards
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}
_TOKENS = re.compile(r"[A-Z]|-?\d+(?:\.\d+)?")
_QUARTER = 4 / 3 * (np.sqrt(2) - 1)  # handles of a cubic curve along a quarter of a circle


@lru_cache(maxsize=64)
def glyph(svg: str) -> Path:
    """
    Read the path of a sign.

    Parameters
    ----------
    svg : str
        Of the commands M, L, H, V, C, S, A and Z, all absolute; an arc is half a circle.

    Returns
    -------
    matplotlib Path
        Centred on 0, 0, y upwards; the box is 1 wide.

    Raises
    ------
    ValueError
        For any other path.

    Examples
    --------
    >>> glyph("M0 0H24V24H0Z").vertices.tolist()
    [[-0.5, 0.5], [0.5, 0.5], [0.5, -0.5], [-0.5, -0.5], [-0.5, 0.5]]
    """
    tokens = _TOKENS.findall(svg)
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    start, command, i = (0.0, 0.0), "", 0
    while i < len(tokens):
        if tokens[i] in _COUNTS:
            command, i = tokens[i], i + 1
        elif tokens[i].isalpha() or command in ("", "Z"):
            raise ValueError(f"a sign cannot be read at {tokens[i]!r}: {svg}")
        numbers = [float(token) for token in tokens[i : i + _COUNTS[command]]]
        i += _COUNTS[command]
        now = points[-1] if points else start
        if command == "M":
            start = (numbers[0], numbers[1])
        if command == "Z":
            added, code = [start], Path.CLOSEPOLY
        elif command in ("C", "S", "A"):
            added, code = _curve(command, numbers, points, codes), Path.CURVE4
        else:
            x = now[0] if command == "V" else numbers[0]
            y = now[1] if command == "H" else numbers[-1]
            added, code = [(x, y)], Path.MOVETO if command == "M" else Path.LINETO
        points += added
        codes += [int(code)] * len(added)
        command = "L" if command == "M" else command  # more numbers after a move are lines
    middle = _BOX / 2
    vertices = (np.array(points) - middle) / _BOX * np.array([1.0, -1.0])
    return Path(vertices, codes)


def _curve(
    command: str, numbers: list[float], points: list[tuple[float, float]], codes: list[int]
) -> list[tuple[float, float]]:
    """Points of the cubic curves that a command adds."""
    now = np.array(points[-1])
    if command == "A":
        return _half_circle(now, np.array(numbers[5:]), numbers[0], clockwise=numbers[4] > 0)
    pairs = [(numbers[j], numbers[j + 1]) for j in range(0, len(numbers), 2)]
    if command == "S":
        # The first handle mirrors the last one of the curve before.
        before = np.array(points[-2]) if codes[-1] == Path.CURVE4 else now
        mirrored = 2 * now - before
        pairs.insert(0, (float(mirrored[0]), float(mirrored[1])))
    return pairs


def _half_circle(
    now: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    end: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    radius: float,
    *,
    clockwise: bool,
) -> list[tuple[float, float]]:
    across = (end - now) / 2
    if abs(np.hypot(*across) - radius) > 1e-6:  # noqa: PLR2004 -- rounding
        raise ValueError("an arc of a sign has to be half a circle")
    centre = now + across
    # With y downwards, an arc in the direction of the clock goes by the left of its chord.
    up = np.array([across[1], -across[0]]) * (1 if clockwise else -1)
    corners = [now, centre + up, end]
    along = [up, across, -up]
    found: list[tuple[float, float]] = []
    for k in range(2):
        handles = (
            corners[k] + _QUARTER * along[k],
            corners[k + 1] - _QUARTER * along[k + 1],
            corners[k + 1],
        )
        found += [(float(p[0]), float(p[1])) for p in handles]
    return found

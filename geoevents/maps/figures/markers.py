"""Events on a printed map: markers by type, moved apart where they would cover each other."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.collections import LineCollection

from geoevents.maps.figures import lettering
from geoevents.maps.figures.glyphs import glyph
from geoevents.maps.style import EVENT_STYLES, EventStyle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import PathCollection
    from numpy.typing import NDArray

    from geoevents.maps.figures.content import Happened
    from geoevents.maps.figures.spacing import Box
    from geoevents.maps.figures.view import View

    Floats = NDArray[np.float64]

SHAPES = {"circle": "o", "diamond": "D", "square": "s"}
"""matplotlib's markers for the shapes of `geoevents.maps.style`."""

_SIZE, _SMALL = 12.0, 5.0  # points across
_SIGN = 0.66  # of the marker: size of the sign on it
_SPREAD = 250  # more markers than this stay where they are: a crowd cannot be moved apart
_SIGNED = 600  # more markers than this are small and bear no sign
_ROUNDS = 80
_GOLDEN = 2.399963  # an angle whose multiples never point the same way
_Z = 5.0
_NARROW = {"diamond": 0.8, "square": 0.86, "circle": 1.0}


class Markers:
    """
    Markers of events.

    Parameters
    ----------
    ax : matplotlib Axes
        Where.
    view : View
        What is shown.
    events : Happened
        What happened. Events of one type at one spot share a marker and a number.
    """

    def __init__(self, ax: "Axes", view: "View", events: "Happened") -> None:
        self._ax = ax
        at = view.plane.forward(shapely.get_coordinates(events.points))
        seen = np.flatnonzero(view.holds(at))
        names = list(EVENT_STYLES)
        kind = np.array([names.index(events.kind[i]) for i in seen], dtype=float)
        key = np.column_stack([at[seen].round(1), kind, events.hollow[seen]])
        groups, count = np.unique(key.reshape(-1, 4), axis=0, return_counts=True)
        self._home: Floats = groups[:, :2]
        self._across = _SIZE if len(groups) <= _SIGNED else _SMALL
        self._lines = LineCollection([], colors=lettering.INK, linewidths=0.6, zorder=_Z - 0.2)
        ax.add_collection(self._lines, autolim=False)
        self._dots = ax.scatter([], [], s=5, color=lettering.INK, linewidths=0, zorder=_Z - 0.1)
        self._drawn: list[tuple[NDArray[np.intp], list[PathCollection]]] = []
        for which, hollow in np.unique(groups[:, 2:], axis=0).tolist():
            rows = np.flatnonzero((groups[:, 2:] == (which, hollow)).all(axis=1))
            style = EVENT_STYLES[names[int(which)]]
            made = self._scatter(style, self._home[rows], hollow=bool(hollow))
            self._drawn.append((rows, made))
        self._counts = [
            (int(i), ax.text(
                0, 0, f"{count[i]:,}", fontsize=6.5, fontweight="bold", color=lettering.INK,
                zorder=_Z + 1, ha="left", va="bottom", path_effects=lettering.halo(), clip_on=True,
            ))
            for i in np.flatnonzero(count > 1)
        ]  # fmt: skip
        self.arrange()

    @property
    def homes(self) -> "Floats":
        """Where the markers belong, in metres of the plane."""
        return self._home

    def arrange(self, _renderer: Any = None) -> None:
        """Move markers apart; a thin line leads from each that moved to where it belongs."""
        data = self._ax.transData
        scale = self._ax.figure.dpi / 72.0
        home = data.transform(self._home).reshape(-1, 2)
        apart = self._across * 1.06 * scale
        place = _apart(home, apart) if len(home) <= _SPREAD else home
        self._place = place
        inside: Floats = data.inverted().transform(place).reshape(-1, 2)
        moved = np.hypot(*(place - home).T) > self._across / 4 * scale
        self._lines.set_segments(list(np.stack([self._home, inside], axis=1)[moved]))
        self._dots.set_offsets(self._home[moved])
        for rows, artists in self._drawn:
            for artist in artists:
                artist.set_offsets(inside[rows])
        corner = place + 0.3 * self._across * scale
        for i, text in self._counts:
            x, y = data.inverted().transform(corner[i]).tolist()
            text.set_position((x, y))

    def taken(self) -> "list[Box]":
        """
        List what the markers cover.

        Returns
        -------
        list of tuple of float
            Boxes in pixels.
        """
        half = self._across / 2 * self._ax.figure.dpi / 72.0
        boxes = np.hstack([self._place - half, self._place + half]).tolist()
        return [(left, low, right, high) for left, low, right, high in boxes]

    def _scatter(self, style: EventStyle, at: "Floats", *, hollow: bool) -> "list[PathCollection]":
        across = self._across * _NARROW[style.shape]
        made = [
            self._ax.scatter(
                at[:, 0], at[:, 1], s=across**2, marker=SHAPES[style.shape],
                facecolor="#ffffff" if hollow else style.colour,
                edgecolor=style.colour if hollow else "#ffffff",
                linewidths=1.4 if hollow else 0.7, zorder=_Z,
            )
        ]  # fmt: skip
        made[0].set_gid("event")
        if self._across == _SIZE:
            sign = glyph(style.glyph)
            # matplotlib draws a marker as large as its farthest point says.
            wide = 2 * float(np.abs(np.asarray(sign.vertices)).max()) * _SIGN * _SIZE
            ink = "#1d2125" if hollow else style.ink
            made.append(
                self._ax.scatter(
                    at[:, 0], at[:, 1], s=wide**2, marker=sign, facecolor=ink, linewidths=0,
                    zorder=_Z + 0.1,
                )
            )  # fmt: skip
        return made


def _apart(home: "Floats", distance: float) -> "Floats":
    """Push points away from each other until none are nearer than a distance, or time is up."""
    place = home.copy()
    turn = _GOLDEN * np.arange(len(home))
    nudge = np.column_stack([np.cos(turn), np.sin(turn)])
    for _ in range(_ROUNDS):
        gap = place[:, None, :] - place[None, :, :]
        far = np.hypot(gap[..., 0], gap[..., 1])
        np.fill_diagonal(far, np.inf)
        short = np.maximum(distance - far, 0.0)
        if not (short > distance * 0.01).any():
            break
        # Points on the very same spot part in directions of their own.
        same = far < distance * 1e-3
        unit = np.where(same[..., None], nudge[:, None, :] - nudge[None, :, :], gap)
        size = np.maximum(np.hypot(unit[..., 0], unit[..., 1]), 1e-9)
        push = unit / size[..., None] * short[..., None] / 2
        place += push.sum(axis=1) * 0.8
    return place

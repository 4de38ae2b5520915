"""The frame of a printed map: degrees along its edges, meridians and parallels, a scale bar."""

from typing import TYPE_CHECKING

from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from geoevents.maps.figures import lettering

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from geoevents.maps.figures.spacing import Box
    from geoevents.maps.figures.view import View

    Floats = NDArray[np.float64]

_INSET = 0.03  # of the width: from the corner to the bar
_TALL = 0.008  # of the width: height of the bar
_Z = 6.0
_SIZE = 7.5
_ROOMY = 70.0  # points: a shorter bar has no figure at its middle


class Frame:
    """
    Frame and scale bar.

    Parameters
    ----------
    ax : matplotlib Axes
        Where; gets its limits, its aspect and its ticks.
    view : View
        What is shown.
    z : float
        Where meridians and parallels lie among what is drawn.
    """

    def __init__(self, ax: "Axes", view: "View", z: float) -> None:
        left, low, right, high = view.frame
        ax.set_xlim(left, right)
        ax.set_ylim(low, high)
        ax.set_aspect("equal", adjustable="box", anchor="NW")
        below, beside, lines = view.graticule()
        ax.set_xticks([x for x, _ in below], [text for _, text in below])
        ax.set_yticks(
            [y for y, _ in beside], [text for _, text in beside], rotation=90, va="center"
        )
        ax.tick_params(labelsize=_SIZE, length=3, color=lettering.SOFT, labelcolor=lettering.SOFT)
        ax.add_collection(
            LineCollection(lines, colors="#1d2125", linewidths=0.3, alpha=0.22, zorder=z),
            autolim=False,
        )
        for spine in ax.spines.values():
            spine.set(linewidth=0.8, color=lettering.INK)
        self._ax, self._view = ax, view

    def add_bar(self, avoided: "Floats") -> None:
        """
        Draw the scale bar, at the left or at the right below.

        Parameters
        ----------
        avoided : numpy.ndarray
            Points, in metres: it stands where there are fewer of them.
        """
        ax, view = self._ax, self._view
        inset, tall = _INSET * view.width, _TALL * view.width
        x, y = view.frame[0] + inset, view.frame[1] + inset
        _, length = view.scale_bar(x, y)
        other = view.frame[2] - 1.5 * inset - length
        # Its texts reach a little beyond its ends, and stand above it.
        low = avoided[avoided[:, 1] < y + 3 * inset]
        left = (low[:, 0] < x + length + inset).sum()
        right = (low[:, 0] > other - inset).sum()
        x = other if right < left else x
        self.km, self.length = view.scale_bar(x, y)
        for i, colour in enumerate((lettering.INK, "#ffffff")):
            half = Rectangle(
                (x + i * self.length / 2, y), self.length / 2, tall, facecolor=colour,
                edgecolor=lettering.INK, linewidth=0.6, zorder=_Z,
            )  # fmt: skip
            half.set_gid("scale bar")
            ax.add_artist(half)
        half_km = self.km / 2
        marks = [(0.0, "0"), (1.0, f"{self.km:,g} km")]
        points = ax.bbox.width / ax.figure.dpi * 72.0 * self.length / view.width
        if points > _ROOMY:
            marks.insert(1, (0.5, f"{half_km:,g}"))
        self.texts: list[Text] = [
            ax.text(
                x + part * self.length, y + 1.8 * tall, text, fontsize=_SIZE, ha="center",
                va="bottom", color=lettering.INK, zorder=_Z, path_effects=lettering.halo(),
            )
            for part, text in marks
        ]  # fmt: skip
        self._bar_box = (x, y, x + self.length, y + tall)

    def taken(self, renderer: object = None) -> "list[Box]":
        """
        List what the scale bar covers.

        Parameters
        ----------
        renderer : matplotlib renderer, optional
            What measures texts.

        Returns
        -------
        list of tuple of float
            Boxes in pixels.
        """
        x0, y0, x1, y1 = self._bar_box
        (left, low), (right, high) = self._ax.transData.transform([(x0, y0), (x1, y1)])
        boxes = [text.get_window_extent(renderer).extents for text in self.texts]  # type: ignore[arg-type]
        low = min(low, *(float(box[1]) for box in boxes))
        high = max(high, *(float(box[3]) for box in boxes))
        left = min(left, *(float(box[0]) for box in boxes))
        right = max(right, *(float(box[2]) for box in boxes))
        return [(float(left), float(low), float(right), float(high))]

"""Names and figures beside the end of each band, moved apart so that none covers another."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from geoevents.maps.figures import lettering
from geoevents.maps.figures.spacing import spread

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from geoevents.maps.figures.paint import Look

_POINTS = 72.0  # points in an inch
_SIZE = 8.5
_GAP = 1.35 * _SIZE  # from one line to the next
_KEY = 6.0  # side of the square of colour
_RANGE_AT = (4.0, 9.0)  # two columns, so that neighbours' bars do not run into each other
_LEADER = 14.0  # how far a leader runs from the bars to the key
_MOVED = 1.5  # a label this far from its band is joined to it
_RULE = "#808080"


@dataclass(frozen=True)
class EndLabel:
    """
    What stands beside the end of a band.

    Attributes
    ----------
    name, figure, range : str
        What is written; `range` is empty where there is none to show.
    look : Look
        The band's look.
    middle : float
        Where the middle of the band is on the y axis, in km2.
    area, peak : float
        The last and the greatest area in km2: where not all labels fit, the larger stay.
    low, high : float
        Where the upper edge of the band may be, on the y axis.
    """

    name: str
    figure: str
    range: str
    look: "Look"
    middle: float
    area: float
    peak: float
    low: float
    high: float


class EndLabels:
    """
    The labels of a figure.

    Parameters
    ----------
    ax : matplotlib Axes
        The axes, their limits set.
    labels : list of EndLabel
        From the lowest band up.
    """

    def __init__(self, ax: "Axes", labels: list[EndLabel]) -> None:
        self._ax, self._labels = ax, labels
        ranged = any(bool(label.range) for label in labels)
        start = _RANGE_AT[-1] + 3.0 if ranged else 2.0
        self._start, self._key_at = start, start + _LEADER
        # Names and figures stand on two lines where there is room for that, which is easier to read
        # and leaves the bands more of the width.
        tall = len(labels) * _GAP * 2 <= self._height()
        self._line_height = _GAP * (2 if tall else 1)
        self._texts = [self._text(_written(label, tall=tall)) for label in labels]
        self._keys = [self._key(label) for label in labels]
        self._leaders = [self._line(_RULE, 0.7) for _ in labels]
        for i, label in enumerate(labels):
            if label.range:
                self._range(label, _RANGE_AT[i % 2])
        # Written where not all fit: hidden until then.
        self._more = self._text("")
        self.arrange()

    def arrange(self, _renderer: Any = None) -> None:
        """Move the labels to where they do not touch."""
        height, line = self._height(), self._line_height
        room = max(int(height // line), 1)
        shown = self._shown(room)
        hidden = [label for i, label in enumerate(self._labels) if i not in shown]
        ends = np.array([label.middle for label in self._labels], dtype=float)
        wanted = ends[shown] / self._ax.get_ylim()[1] * height
        places = spread(wanted, line, line / 2, height - (1.5 if hidden else 0.5) * line)
        for artist in (*self._texts, *self._keys, *self._leaders, self._more):
            artist.set_visible(False)
        for i, place, want in zip(shown, places.tolist(), wanted.tolist(), strict=True):
            at = place / height
            self._texts[i].set_y(at)
            self._texts[i].set_visible(True)
            self._keys[i].set_ydata([at])
            self._keys[i].set_visible(True)
            self._leaders[i].set_visible(abs(place - want) > _MOVED)
            self._leaders[i].set_data(*self._leader(want, place))
        if hidden:
            total = sum(label.area for label in hidden)
            self._more.set_text(f"and {len(hidden)} more  {lettering.km2(total)}")
            self._more.set_y((float(places[-1]) + line if len(places) else line / 2) / height)
            self._more.set_visible(True)

    @property
    def texts(self) -> "list[Text]":
        """All texts, shown or not."""
        return [*self._texts, self._more]

    def _height(self) -> float:
        """Height of the axes in points."""
        return float(self._ax.bbox.height * _POINTS / self._ax.figure.dpi)

    def _shown(self, room: int) -> list[int]:
        """Choose as many labels as there is room for, the largest bands first."""
        count = len(self._labels)
        if count <= room:
            return list(range(count))
        first = sorted(range(count), key=lambda i: (-self._labels[i].area, -self._labels[i].peak))
        return sorted(first[: room - 1])

    def _beside(self, points: float) -> Any:
        """Axes fractions, moved to the right."""
        scale = self._ax.figure.dpi_scale_trans
        return self._ax.transAxes + ScaledTranslation(points / _POINTS, 0.0, scale)

    def _text(self, text: str) -> "Text":
        return self._ax.text(
            1.0, 0.0, text, transform=self._beside(self._key_at + _KEY + 3.0), fontsize=_SIZE,
            color=lettering.INK, va="center", ha="left", clip_on=False, **lettering.style([text]),
        )  # fmt: skip

    def _key(self, label: EndLabel) -> Line2D:
        # Two colours side by side stand for stripes.
        key = Line2D(
            [1.0], [0.0], transform=self._beside(self._key_at + _KEY / 2), linestyle="none",
            marker="s", markersize=_KEY, markerfacecolor=label.look.colour, markeredgewidth=0,
            fillstyle="full" if label.look.stripe is None else "left",
            markerfacecoloralt=label.look.stripe or label.look.colour, clip_on=False,
        )  # fmt: skip
        self._ax.add_artist(key)
        return key

    def _line(self, colour: str, width: float) -> Line2D:
        line = Line2D([], [], transform=None, color=colour, linewidth=width, clip_on=False)
        line.set_in_layout(False)
        self._ax.add_artist(line)
        return line

    def _leader(self, want: float, place: float) -> tuple[list[float], list[float]]:
        """From the end of a band to its key, in pixels."""
        scale, box = self._ax.figure.dpi / _POINTS, self._ax.bbox
        ends = np.array([self._start, self._start + 3.0, self._key_at - 4.0, self._key_at - 1.0])
        heights = np.array([want, want, place, place])
        return (box.x1 + scale * ends).tolist(), (box.y0 + scale * heights).tolist()

    def _range(self, label: EndLabel, points: float) -> None:
        scale = ScaledTranslation(points / _POINTS, 0.0, self._ax.figure.dpi_scale_trans)
        line = Line2D(
            [1.0, 1.0], [label.low, label.high], transform=self._ax.get_yaxis_transform() + scale,
            color=lettering.INK, linewidth=0.9, marker="_", markersize=4.0, clip_on=False,
        )  # fmt: skip
        line.set_gid("range")
        self._ax.add_artist(line)


def _written(label: EndLabel, *, tall: bool) -> str:
    if tall:
        return f"{label.name}\n{label.figure}" + (f" ({label.range})" if label.range else "")
    return lettering.beside(label.name, label.figure)

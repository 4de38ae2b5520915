"""What has to know the size of the figure is put in its place each time the figure is drawn."""

import textwrap
from typing import TYPE_CHECKING, Any

from matplotlib.artist import Artist

from geoevents.maps.figures import lettering

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

_POINTS = 72.0  # points in an inch
_EM = 0.53  # usual width of a letter, in font sizes


class Arranger(Artist):
    """
    Something that draws nothing, but arranges others just before they are drawn.

    Texts have a size in points, the ground below them one in data units: whether two texts
    overlap is known only for a figure of a certain size. A figure may be resized, saved at
    another resolution or laid out again after it was made.

    Parameters
    ----------
    arrange : callable
        Called with the renderer each time the axes are drawn.
    """

    def __init__(self, arrange: "Callable[[Any], None]") -> None:
        super().__init__()
        self._arrange = arrange
        self.set_zorder(-1e6)  # before all others
        self.set_in_layout(False)

    def draw(self, renderer: Any) -> None:
        """
        Arrange.

        Parameters
        ----------
        renderer : matplotlib renderer
            What measures texts.
        """
        if self.get_visible():
            self._arrange(renderer)
        self.stale = False


class Caption:
    """
    Lines of small print below axes, broken to their width.

    Parameters
    ----------
    ax : matplotlib Axes
        The axes.
    notes : sequence of str
        Sentences, each on a line of its own.
    drop : float
        How far below the axes it begins, in points.
    beside : sequence of matplotlib Artist, optional
        What stands to the right of the axes: lines may run below it.
    """

    def __init__(
        self, ax: "Axes", notes: "Sequence[str]", drop: float, beside: "Sequence[Artist]" = ()
    ) -> None:
        self._ax, self._beside = ax, list(beside)
        self._notes = list(notes)
        self._size = 7.5
        self.text: Text = ax.annotate(
            "",
            (0.0, 0.0),
            (0.0, -drop),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="left",
            va="top",
            fontsize=self._size,
            color=lettering.SOFT,
            linespacing=1.25,
            annotation_clip=False,
            **lettering.style(self._notes),
        )
        self.text.set_gid("caption")
        self.arrange()
        ax.add_artist(Arranger(self.arrange))

    def arrange(self, renderer: Any = None) -> None:
        """Break the lines."""
        box = self._ax.bbox
        seen = [artist for artist in self._beside if artist.get_visible()]
        right = max([box.x1, *(artist.get_window_extent(renderer).x1 for artist in seen)])
        points = (right - box.x0) * _POINTS / self._ax.figure.dpi
        letters = max(int(points / (_EM * self._size)), 24)
        lines = [line for note in self._notes for line in textwrap.wrap(note, letters)]
        self.text.set_text("\n".join(lines))

"""Names on a printed map: those of larger places first, and none over another."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geoevents.maps import shapes
from geoevents.maps.figures import lettering
from geoevents.maps.figures.ground import named_rivers
from geoevents.maps.figures.spacing import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from geoevents.maps.figures.frame import Frame
    from geoevents.maps.figures.ground import Ground, Name
    from geoevents.maps.figures.markers import Markers
    from geoevents.maps.figures.spacing import Box
    from geoevents.maps.figures.view import View

    Floats = NDArray[np.float64]

_PER_INCH = 0.95  # towns on a square inch, at most
_TRIED = 4  # times as many are tried
_CITY, _TOWN = 500_000, 80_000
_DOT = 3.0  # points across
_AIR = 3.0  # points between names
_BESIDE = (3.5, 9.0, 16.0)  # points from a town to its name: farther where a marker stands on it
_Z, _Z_DOT = 7.0, 4.5  # names lie over markers, dots of towns under them
_WATER = "#2f6f8f"
_MOST_CHANGES = 60
_MOST_RIVERS = 10
_SHARE = {"country": 0.3, "admin1": 0.7}
"""An area narrower than this part of its name goes without."""

_ALONG = (0.5, 0.36, 0.64, 0.22, 0.78)  # where along a river its name may stand
_STYLES: dict[str, dict[str, Any]] = {
    "change": {"fontsize": 8.0, "fontweight": "bold", "color": lettering.INK},
    "country": {"fontsize": 9.5, "fontweight": "bold", "color": "#5f6873"},
    "admin1": {"fontsize": 7.5, "fontstyle": "italic", "color": "#70777f"},
    "river": {"fontsize": 7.5, "fontstyle": "italic", "color": _WATER},
    "city": {"fontsize": 8.5, "color": lettering.INK},
    "town": {"fontsize": 7.5, "color": lettering.INK},
    "village": {"fontsize": 7.0, "color": lettering.INK},
}


class _Label(NamedTuple):
    """
    A text and the places it may stand at, in metres of the plane, the best one first.

    The name of an area stands only where the area is `room` metres wide, or at least `share` of
    the text.
    """

    text: "Text"
    places: "Floats"
    town: bool = False
    room: float = np.inf
    share: float = 0.0


class Names:
    """
    Names of ground that changed hands, countries, rivers, towns and provinces.

    Parameters
    ----------
    ax : matplotlib Axes
        Where.
    view : View
        What is shown.
    ground : Ground or None
        Whose places to name; ``None`` for none.
    changes : list of (str, shapely geometry)
        What to write on ground that changed hands, and where that is, in the plane.
    frame : Frame
        Its scale bar is kept clear.
    markers : Markers or None
        They are kept clear.
    """

    def __init__(
        self,
        ax: "Axes",
        view: "View",
        ground: "Ground | None",
        *,
        changes: list[tuple[str, Any]],
        frame: "Frame",
        markers: "Markers | None",
    ) -> None:
        self._ax, self._frame, self._markers = ax, frame, markers
        largest = sorted(changes, key=lambda change: -shapely.area(change[1]))[:_MOST_CHANGES]
        self._labels = [self._label(text, "change", _within(shape)) for text, shape in largest]
        if ground is not None:
            by_kind = {
                kind: [name for name in ground.names if name.kind == kind]
                for kind in ("country", "admin1", "town")
            }
            most = self._most_towns()
            # The largest towns come before rivers, which may bear their names in several places.
            towns, first = by_kind["town"][: _TRIED * most], max(most // 3, 2)
            self._labels += [self._area(name, view) for name in by_kind["country"]]
            self._labels += [self._town(name) for name in towns[:first]]
            self._labels += [
                self._river(river.name, river.shape)
                for river in named_rivers(ground, view)[:_MOST_RIVERS]
            ]
            self._labels += [self._town(name) for name in towns[first:]]
            self._labels += [self._area(name, view) for name in by_kind["admin1"]]
        self._dots = ax.scatter(
            [], [], s=_DOT**2, facecolor="#ffffff", edgecolor=lettering.INK, linewidths=0.7,
            zorder=_Z_DOT,
        )  # fmt: skip
        self._dots.set_gid("town")

    def arrange(self, renderer: Any = None) -> None:
        """Choose which names stand, and where."""
        ax, points = self._ax, self._ax.figure.dpi / 72.0
        data = ax.transData
        metre = ax.bbox.width / abs(np.diff(ax.get_xlim())[0])  # in pixels
        edges = (ax.bbox.x0, ax.bbox.y0, ax.bbox.x1, ax.bbox.y1)
        sheet = Sheet(edges)
        covered = [] if self._markers is None else self._markers.taken()
        sheet.block([*self._frame.taken(renderer), *covered])
        under = Sheet(edges)
        under.block(covered)
        most = self._most_towns()
        dots: list[Floats] = []
        for label in self._labels:
            text = label.text
            text.set_visible(True)  # one that is not seen has no size
            size = text.get_window_extent(renderer)
            text.set_visible(False)
            narrow = label.room * metre < label.share * size.width
            if narrow or (label.town and len(dots) >= most):
                continue
            at = data.transform(label.places).reshape(-1, 2)
            x, y = at[0].tolist()
            dot = (x - _DOT * points, y - _DOT * points, x + _DOT * points, y + _DOT * points)
            if label.town:
                hidden = not under.free(dot)
                if not hidden and not sheet.free(dot):
                    continue
                # The name of a town that a marker hides stands beside the marker.
                gaps = _BESIDE if hidden else _BESIDE[:1]
                boxes = [
                    box
                    for gap in gaps
                    for box in _about(at[0], size.width, size.height, gap * points)
                ]
            else:
                half = np.array([size.width / 2, size.height / 2])
                corners = np.hstack([at - half, at + half]).tolist()
                boxes = [(x0, y0, x1, y1) for x0, y0, x1, y1 in corners]
            found = sheet.place(boxes, _AIR * points)
            if found is None:
                continue
            x0, y0, x1, y1 = boxes[found]
            x, y = data.inverted().transform([(x0 + x1) / 2, (y0 + y1) / 2]).tolist()
            text.set_position((x, y))
            text.set_visible(True)
            if label.town:
                dots.append(label.places[0])
                sheet.block([dot])
        self._dots.set_offsets(np.array(dots, dtype=float).reshape(-1, 2))

    def _most_towns(self) -> int:
        box, dpi = self._ax.bbox, self._ax.figure.dpi
        return max(int(_PER_INCH * box.width * box.height / dpi**2), 4)

    def _label(
        self, text: str, style: str, places: "Floats", *, town: bool = False, angle: float = 0.0
    ) -> _Label:
        text = lettering.shortened(text, 34)
        x, y = places[0].tolist()
        drawn = self._ax.text(
            x, y, text, ha="center", va="center", rotation=angle, zorder=_Z, clip_on=True,
            path_effects=lettering.halo(), **_STYLES[style], **lettering.style([text]),
        )  # fmt: skip
        drawn.set_gid(f"name:{style}")
        drawn.set_in_layout(False)
        return _Label(drawn, places, town)

    def _town(self, name: "Name") -> _Label:
        style = "city" if name.weight >= _CITY else "town" if name.weight >= _TOWN else "village"
        return self._label(name.text, style, np.array([[name.x, name.y]]), town=True)

    def _area(self, name: "Name", view: "View") -> _Label:
        # A little up or down is as good as the middle.
        steps = np.array([0.0, 0.35, -0.35, 0.65, -0.65]) * min(name.weight, view.height / 4)
        places = np.column_stack([np.full(len(steps), name.x), name.y + steps])
        label = self._label(name.text, name.kind, places)
        return label._replace(room=2 * name.weight, share=_SHARE[name.kind])

    def _river(self, name: str, line: Any) -> _Label:
        # The angle is that at the middle; elsewhere the name stands across the bends.
        at = shapely.line_interpolate_point(line, np.array(_ALONG), normalized=True)
        near = shapely.line_interpolate_point(line, [0.46, 0.54], normalized=True)
        (x0, y0), (x1, y1) = shapely.get_coordinates(near)
        angle = float(np.degrees(np.arctan2(y1 - y0, x1 - x0)))
        angle = (angle + 90.0) % 180.0 - 90.0  # never upside down
        return self._label(name, "river", shapely.get_coordinates(at), angle=angle)


def _within(shape: Any) -> "Floats":
    """Where a text on an area may stand."""
    circle = shapes.widest_circles(np.array([shape], dtype=object))[0]
    found: Floats = shapely.get_coordinates(shapely.get_point(circle, 0))
    return found


def _about(at: "Floats", width: float, height: float, gap: float) -> "Iterator[Box]":
    """Boxes to the right of a point, to the left, above, below, and at the corners."""
    x, y = at.tolist()
    rows = {"up": y + gap * 0.7, "down": y - gap * 0.7 - height, "level": y - height / 2}
    columns = {"right": x + gap, "left": x - gap - width, "middle": x - width / 2}
    for column, row in (
        ("right", "level"), ("left", "level"), ("middle", "up"), ("middle", "down"),
        ("right", "up"), ("right", "down"), ("left", "up"), ("left", "down"),
    ):  # fmt: skip
        left, low = columns[column], rows[row]
        yield left, low, left + width, low + height

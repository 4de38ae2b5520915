"""A printed map drawn: ground, control, changes, events, and all that stands around them."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.patches import PathPatch

from geoevents.maps.figures import lettering, paint
from geoevents.maps.figures.arranging import Arranger, Caption
from geoevents.maps.figures.frame import Frame
from geoevents.maps.figures.legend import legend
from geoevents.maps.figures.markers import Markers
from geoevents.maps.figures.names import Names
from geoevents.maps.figures.stack import source_note
from geoevents.maps.style import EVENT_STYLES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from geoevents.maps.figures.content import Content, Held
    from geoevents.maps.figures.ground import Ground
    from geoevents.maps.figures.view import View

_SEA, _LAND, _WATER = "#e4edf2", "#fbfaf7", "#5c9cbd"
_BORDER, _PROVINCE, _COAST = "#5f6873", "#a3a9b0", "#8ba6b5"
_CONTROL, _CHANGE = 0.5, 0.85  # how opaque
_DROP = 20.0  # points from the map to the lines below
_CLIPPED = 0.995  # ground of which less is in view reaches beyond the frame

# From the lowest up.
_Z = {
    "land": 0.5, "control": 1.0, "lake": 1.4, "river": 1.5, "province": 1.6, "coast": 1.7,
    "border": 1.8, "graticule": 1.9, "change": 2.0, "region": 2.4,
}  # fmt: skip


def draw(
    ax: "Axes",
    view: "View",
    ground: "Ground",
    content: "Content",
    *,
    title: str | None,
    labels: bool,
) -> None:
    """
    Draw a map.

    Parameters
    ----------
    ax : matplotlib Axes
        Where.
    view : View
        What part of the world.
    ground : Ground
        What lies below.
    content : Content
        What the map is about.
    title : str or None
        Stands above.
    labels : bool
        Whether to name places.
    """
    _ground(ax, ground)
    clipped, change_names = False, []
    for held in reversed(content.control):
        clipped |= _held(ax, view, held, content, tint=_CONTROL, z=_Z["control"])[0]
    for held in content.changes:
        beyond, found = _held(ax, view, held, content, tint=_CHANGE, z=_Z["change"])
        clipped |= beyond
        change_names += found
    frame = Frame(ax, view, z=_Z["graticule"])
    markers = None
    if content.events is not None and content.events.kind:
        _regions(ax, view, content)
        markers = Markers(ax, view, content.events)
        ax.add_artist(Arranger(markers.arrange))
    frame.add_bar(markers.homes if markers else np.empty((0, 2)))
    names = Names(
        ax, view, ground if labels else None, changes=change_names, frame=frame, markers=markers
    )
    ax.add_artist(Arranger(names.arrange))
    if title:
        text = lettering.plain(title)
        ax.set_title(
            text, loc="left", fontsize=12, fontweight="bold", color=lettering.INK, pad=8,
            **lettering.style([text]),
        )  # fmt: skip
    key = legend(ax, content, control=_CONTROL, change=_CHANGE)
    Caption(ax, _notes(content, ground, clipped=clipped), _DROP, [] if key is None else [key])
    names.arrange()


def _ground(ax: "Axes", ground: "Ground") -> None:
    ax.set_facecolor(_SEA)
    _add(ax, ground.land, "land", facecolor=_LAND, edgecolor="none")
    for water in ground.waters:
        if shapely.get_dimensions(water.shape) == 2:  # noqa: PLR2004 -- a lake
            _add(ax, water.shape, "lake", facecolor=_SEA, edgecolor=_WATER, linewidth=0.4)
            continue
        line = (0, (5, 2)) if water.sketched else "solid"
        _add(
            ax, water.shape, "river", edgecolor=_WATER, linewidth=1.0, linestyle=line,
            path_effects=lettering.halo(),
        )  # fmt: skip
    _add(
        ax, ground.provinces, "province", edgecolor=_PROVINCE, linewidth=0.6, linestyle=(0, (4, 2))
    )
    _add(ax, ground.coasts, "coast", edgecolor=_COAST, linewidth=0.5)
    _add(
        ax, ground.borders, "border", edgecolor=_BORDER, linewidth=1.0, linestyle=(0, (7, 2, 1, 2))
    )


def _add(ax: "Axes", shape: Any, layer: str, **options: Any) -> None:
    options.setdefault("facecolor", "none")
    if not shapely.is_empty(shape):
        path = paint.outline(shape)
        patch = PathPatch(path, zorder=_Z[layer], **options)
        patch.set_gid(layer)
        ax.add_artist(patch)


def _held(
    ax: "Axes", view: "View", held: "Held", content: "Content", *, tint: float, z: float
) -> tuple[bool, list[tuple[str, Any]]]:
    """Paint the ground of a holder; tell whether some lies beyond the frame, and what to name."""
    look = paint.Look(paint.OTHERS) if held.others else paint.look(held.name, content.colours)
    flat = view.project(held.shapes)
    seen = ~shapely.is_empty(flat)
    for inferred in (False, True):
        rows = seen & (held.inferred == inferred)
        if rows.any():
            shape = shapely.geometrycollections(flat[rows])
            for patch in paint.ground(shape, look, tint=tint, inferred=inferred):
                patch.set_zorder(z)
                patch.set_gid(f"held:{held.name}")
                ax.add_artist(patch)
    known = held.area > 0
    beyond = (shapely.area(flat)[known] < _CLIPPED * held.area[known] * 1e6).any()
    named = [
        (lettering.km2(float(area)), shape)
        for area, shape in zip(held.area[seen], flat[seen], strict=True)
        if shapely.area(shape) > 0
    ]
    return bool(beyond), named


def _regions(ax: "Axes", view: "View", content: "Content") -> None:
    """Draw the regions and lines that events are known to have happened in."""
    events = content.events
    if events is None:
        return
    extended = np.flatnonzero(shapely.get_dimensions(events.shapes) > 0)
    flat = view.project(events.shapes[extended])
    for i, shape in zip(extended.tolist(), flat, strict=True):
        style, inferred = EVENT_STYLES[events.kind[i]], bool(events.inferred[i])
        look = paint.Look(style.colour)
        patches = paint.ground(shape, look, tint=0.08, inferred=inferred, edge=1.0)
        if not inferred:
            patches[-1].set_linestyle((0, (0.5, 2.5)))
        if shapely.get_dimensions(shape) < 2:  # noqa: PLR2004 -- a line is not filled
            patches = patches[-1:]
        for patch in patches:
            patch.set_zorder(_Z["region"])
            patch.set_gid("region")
            ax.add_artist(patch)


def _notes(content: "Content", ground: "Ground", *, clipped: bool) -> list[str]:
    notes = []
    guessed = any(held.inferred.any() for held in content.ground)
    if guessed or (content.events is not None and content.events.inferred.any()):
        notes.append("Hatched, with a dashed rim: inferred, not surveyed.")
    if any(paint.SHARED in held.name for held in content.ground):
        notes.append("Striped: held or fought over by both.")
    if content.events is not None and content.events.hollow.any():
        notes.append("Hollow markers: denied, disputed, planned or refused.")
    if clipped:
        notes.append("Areas count ground beyond the frame as well.")
    if content.unplaced:
        count = content.unplaced
        notes.append(f"{count:,} event{'s have' if count > 1 else ' has'} no known place.")
    if content.outside:
        count = content.outside
        notes.append(f"{count:,} event{'s lie' if count > 1 else ' lies'} beyond the frame.")
    base = f"Base map: {', '.join(ground.credits)}. " if ground.credits else ""
    return [
        *([" ".join(notes)] if notes else []),
        *source_note(content.sources),
        base + "Lambert azimuthal equal-area projection.",
    ]

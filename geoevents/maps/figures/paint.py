"""How ground is painted on static figures: holders' colours, stripes, hatches."""

from typing import TYPE_CHECKING, Any, NamedTuple

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from geoevents.maps.style import NOBODY_COLOUR

if TYPE_CHECKING:
    from matplotlib.patches import Patch
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

SHARED = " / "
"""Stands between the names of actors who hold ground together."""

OTHERS = "#d3d6d9"
"""For actors who are not told apart."""

STRIPES = "//"
STRIPE_WIDTH = 3.5  # points
INFERRED = "\\\\\\"
INFERRED_WIDTH = 0.7  # points


class Look(NamedTuple):
    """The look of a holder: the colour of the ground, and that of stripes across it, if any."""

    colour: str
    stripe: str | None = None


def look(actor: str, colours: dict[str, str]) -> Look:
    """
    Choose the look of a holder.

    Parameters
    ----------
    actor : str
        A name; "A / B" is ground that two hold together, or fight over.
    colours : dict of str to str
        The colours on the map, as `geoevents.maps.style.actor_colours` gives them.

    Returns
    -------
    Look
        Ground of two actors has the colour of the first, striped in that of the second; of more
        than two, or of actors who hold nothing alone, its own colour, striped white.

    Examples
    --------
    >>> look("A / B", {"A": "#0072b2", "B": "#d55e00", "A / B": "#009e73"})
    Look(colour='#0072b2', stripe='#d55e00')
    """
    parts = actor.split(SHARED)
    if len(parts) == 1:
        return Look(colours.get(actor, NOBODY_COLOUR))
    if len(parts) == 2 and all(part in colours for part in parts):  # noqa: PLR2004 -- a pair
        return Look(colours[parts[0]], colours[parts[1]])
    return Look(colours.get(actor, NOBODY_COLOUR), "#ffffff")


def outline(geometry: "BaseGeometry") -> Path:
    """
    Make a path of polygons and lines.

    Parameters
    ----------
    geometry : shapely geometry
        Polygons, lines and collections of them; points in it are left out.

    Returns
    -------
    matplotlib Path
        Rings closed, holes running against their outer ring, so that they stay holes.
    """
    parts = _parts(geometry)
    surface = shapely.get_dimensions(parts) == 2  # noqa: PLR2004 -- surfaces have two dimensions
    rings: NDArray[Any] = shapely.get_rings(shapely.orient_polygons(parts[surface]))
    lines = np.concatenate([rings, parts[shapely.get_dimensions(parts) == 1]])
    if not len(lines):
        return Path(np.empty((0, 2)), np.empty(0, Path.code_type))
    xy, line = shapely.get_coordinates(lines, return_index=True)
    codes = np.full(len(xy), Path.LINETO, Path.code_type)
    first = np.flatnonzero(np.diff(line, prepend=-1))
    last = np.append(first[1:], len(xy)) - 1
    codes[first] = Path.MOVETO
    codes[last[: len(rings)]] = Path.CLOSEPOLY
    return Path(xy, codes)


def ground(
    shape: "BaseGeometry | None", how: Look, *, tint: float, inferred: bool, edge: float = 0.8
) -> "list[Patch]":
    """
    Paint ground.

    Parameters
    ----------
    shape : shapely geometry or None
        Where; ``None`` for the key of a legend.
    how : Look
        The holder's look.
    tint : float
        How opaque the colour is, 0 to 1.
    inferred : bool
        Whether to hatch it, as ground whose outline nobody surveyed.
    edge : float, default 0.8
        Width of the outline in points.

    Returns
    -------
    list of matplotlib Patch
        To be drawn one over the other.
    """
    patches = [_patch(shape, facecolor=to_rgba(how.colour, tint), edgecolor="none", linewidth=0)]
    if how.stripe is not None:
        patches.append(
            _hatched(shape, STRIPES, STRIPE_WIDTH, to_rgba(how.stripe, min(1.0, 1.5 * tint)))
        )
    if inferred:
        patches.append(_hatched(shape, INFERRED, INFERRED_WIDTH, to_rgba(how.colour)))
    rim = _patch(shape, facecolor="none", edgecolor=how.colour, linewidth=edge)
    if inferred:
        rim.set_linestyle((0, (4, 2.5)))
    return [*patches, rim]


def _hatched(shape: "BaseGeometry | None", hatch: str, width: float, colour: Any) -> "Patch":
    # The width of a hatch is the artist's own from matplotlib 3.10 on, read when it is made.
    with mpl.rc_context({"hatch.linewidth": width}):
        return _patch(shape, facecolor="none", edgecolor=colour, linewidth=0, hatch=hatch)


def _patch(shape: "BaseGeometry | None", **options: Any) -> "Patch":
    if shape is None:
        return Rectangle((0, 0), 1, 1, **options)
    return PathPatch(outline(shape), **options)


def _parts(geometry: "BaseGeometry") -> "NDArray[Any]":
    """Points, lines and polygons of nested collections."""
    parts = np.array([geometry], dtype=object)
    while (shapely.get_type_id(parts) > 3).any():  # noqa: PLR2004 -- GEOS types: collections
        parts = shapely.get_parts(parts)
    found: NDArray[Any] = parts[~shapely.is_empty(parts)]
    return found

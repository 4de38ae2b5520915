"""The legend of a printed map: holders and their km2, what changed hands, types of events."""

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from matplotlib.offsetbox import DrawingArea

from geoevents.maps.figures import lettering, paint
from geoevents.maps.figures.glyphs import glyph
from geoevents.maps.figures.markers import SHAPES
from geoevents.maps.style import EVENT_STYLES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend

    from geoevents.maps.figures.content import Content, Held

_MOST = 14  # rows under one heading; the rest are summed
_LETTERS = 30
_SIZE = 8.0

_Row = tuple[Any, str]


def legend(ax: "Axes", content: "Content", *, control: float, change: float) -> "Legend | None":
    """
    Put a legend beside a map.

    Parameters
    ----------
    ax : matplotlib Axes
        The map.
    content : Content
        What it is about.
    control, change : float
        How opaque ground is painted.

    Returns
    -------
    matplotlib Legend or None
        ``None`` where there is nothing to explain.
    """
    rows: list[_Row] = []
    if content.control:
        rows += [_heading(_when(content)), *_holders(content, content.control, control)]
    if content.changes:
        rows += [_heading("Changed hands"), *_holders(content, content.changes, change)]
    if content.events is not None and content.events.kind:
        rows += [_heading("Events"), *_kinds(content)]
    if not rows:
        return None
    # A label that begins with "_" would be left out: the texts are set afterwards.
    found = ax.legend(
        [handle for handle, _ in rows],
        ["x"] * len(rows),
        loc="upper left",
        bbox_to_anchor=(1.015, 1.0),
        borderaxespad=0.0,
        frameon=False,
        fontsize=_SIZE,
        handlelength=1.5,
        handleheight=1.0,
        labelspacing=0.55,
        handler_map={tuple: HandlerTuple(ndivide=1, pad=0.0)},
    )
    keys = found.findobj(DrawingArea)
    for text, key, (handle, written) in zip(found.get_texts(), keys, rows, strict=True):
        text.set(text=written, color=lettering.INK, **lettering.style([written]))
        if _is_heading(handle):
            text.set_fontweight("bold")
            key.set_visible(False)  # a heading has no key, and begins where the keys do
    return found


def _heading(text: str) -> _Row:
    handle = Line2D([], [], linestyle="none")
    handle.set_gid("heading")
    return handle, text


def _is_heading(handle: Any) -> bool:
    return isinstance(handle, Line2D) and handle.get_gid() == "heading"


def _when(content: "Content") -> str:
    if content.date is None:
        return "Control"
    text = f"Control on {_day(content.date)}"
    if content.since is not None and content.since < content.date:
        text += f"\n(as it was since {_day(content.since)})"
    return text


def _day(date: Any) -> str:
    return f"{date.day} {date:%B %Y}"


_FROM_THE_RIGHT = ("R", "AL")
_LEFT_TO_RIGHT = "\u200e"
"""An invisible letter: "from" joins two names in the order of this language, not in theirs."""


def _holders(content: "Content", held: "list[Held]", tint: float) -> list[_Row]:
    shown = held if len(held) <= _MOST else held[: _MOST - 1]
    rows = [_holder(content, one, tint) for one in shown]
    rest = held[len(shown) :]
    if rest:
        total = sum(float(np.nansum(one.area)) for one in rest)
        rows.append((Line2D([], [], linestyle="none"), f"and {len(rest)} more, {_area(total)}"))
    return rows


def _holder(content: "Content", held: "Held", tint: float) -> _Row:
    look = paint.Look(paint.OTHERS) if held.others else paint.look(held.name, content.colours)
    guessed = bool(held.inferred.any())
    name = _name(held.name)
    if held.before or _is_change(held, content):
        name = f"{name} from {_name(held.before)}" if held.before else f"{name}, from nobody"
        if unicodedata.bidirectional(name[0]) in _FROM_THE_RIGHT:
            name = _LEFT_TO_RIGHT + name
    area, low, high = (float(np.nansum(values)) for values in (held.area, held.low, held.high))
    figure = _area(area)
    if high - low > 1e-6 * max(high, 1.0):
        figure += f" ({lettering.number(low)}–{lettering.number(high)})"
    return tuple(paint.ground(None, look, tint=tint, inferred=guessed)), f"{name}\n{figure}"


def _is_change(held: "Held", content: "Content") -> bool:
    return any(held is change for change in content.changes)


def _name(actor: str) -> str:
    return lettering.shortened(actor or "nobody", _LETTERS)


def _area(value: float) -> str:
    return lettering.km2(value)


def _kinds(content: "Content") -> list[_Row]:
    events = content.events
    if events is None:
        return []
    rows: list[_Row] = []
    count = Counter(events.kind)
    for kind, style in EVENT_STYLES.items():
        if not count[kind]:
            continue
        hollow = all(
            h for k, h in zip(events.kind, events.hollow.tolist(), strict=True) if k == kind
        )
        marker = Line2D(
            [0], [0], linestyle="none", marker=SHAPES[style.shape], markersize=9.0,
            markerfacecolor="#ffffff" if hollow else style.colour,
            markeredgecolor=style.colour if hollow else "#ffffff",
            markeredgewidth=1.3 if hollow else 0.6,
        )  # fmt: skip
        path = glyph(style.glyph)
        wide = 2 * float(np.abs(np.asarray(path.vertices)).max()) * 0.66 * 10.0
        sign = Line2D(
            [0], [0], linestyle="none", marker=path, markersize=wide, markeredgewidth=0,
            markerfacecolor=lettering.INK if hollow else style.ink,
        )  # fmt: skip
        many = f" × {count[kind]:,}" if count[kind] > 1 else ""
        rows.append(((marker, sign), kind + many))
    return rows

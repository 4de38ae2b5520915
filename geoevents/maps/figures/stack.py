"""Stacked areas drawn: steps through time, hatches, axes, and the lines below."""

from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.colors import to_rgba
from matplotlib.ticker import FuncFormatter, MaxNLocator

from geoevents.maps.figures import lettering, paint
from geoevents.maps.figures.arranging import Arranger, Caption
from geoevents.maps.figures.end_labels import EndLabel, EndLabels
from geoevents.maps.style import actor_colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from geoevents.maps.figures.bands import Band, Bands

    Floats = NDArray[np.float64]

_TAIL = 0.03
"""The last step, which has no end, is drawn for this part of the time before it."""

_BAR = 0.5  # half the width of the only bar
_HEADROOM = 1.04
_MOST_SOURCES = 3
_DROP, _DROP_ONE = 30.0, 20.0  # points from the axes to the lines below: two rows of dates, one
_SMALL = 8.5
_RIM = "#ffffff"


def draw(
    ax: "Axes", found: "Bands", everybody: list[str], *, ranges: bool, title: str | None
) -> None:
    """
    Draw bands.

    Parameters
    ----------
    ax : matplotlib Axes
        Where.
    found : Bands
        What.
    everybody : list of str
        All actors of the territory: on them depends who has which colour.
    ranges : bool
        Whether to show the range of the last areas.
    title : str or None
        Stands above.
    """
    colours = actor_colours(everybody)
    looks = [
        paint.Look(paint.OTHERS) if band.others else paint.look(band.name, colours)
        for band in found.bands
    ]
    x = _axis_of_dates(ax, found.dates)
    base = np.zeros(len(x))
    labels = []
    for band, look in zip(found.bands, looks, strict=True):
        top = base + np.repeat(band.area, 2)
        _band(ax, x, base, top, look=look, inferred=np.repeat(band.inferred, 2))
        labels.append(_label(band, look, float(base[-1]), ranges=ranges))
        base = top
    highest = max(float(base.max()), max((label.high for label in labels), default=0.0))
    ax.set_ylim(0.0, highest * _HEADROOM or 1.0)
    _dress(ax, title)
    ends = EndLabels(ax, labels)
    ax.add_artist(Arranger(ends.arrange))
    notes = _notes(found, looks, ranged=any(bool(label.range) for label in labels))
    if notes:
        Caption(ax, notes, _DROP if len(found.dates) > 1 else _DROP_ONE, ends.texts)


def _axis_of_dates(ax: "Axes", dates: pd.DatetimeIndex) -> "NDArray[Any]":
    """Set up the x axis; return where each step begins and ends, in turn."""
    if len(dates) == 1:
        ax.set_xlim(-1.2 * _BAR, _BAR)
        ax.set_xticks([0.0], [f"{dates[0]:%Y-%m-%d}"])
        ax.tick_params(axis="x", length=0)
        return np.array([-_BAR, _BAR])
    days = mdates.date2num(dates.to_numpy())  # type: ignore[no-untyped-call]
    end = days[-1] + _TAIL * (days[-1] - days[0])
    locator = mdates.AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    ax.xaxis_date()
    ax.xaxis.set_major_locator(locator)
    formatter = mdates.ConciseDateFormatter(locator)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_formatter(formatter)
    ax.set_xlim(days[0], end)
    return np.column_stack([days, np.append(days[1:], end)]).ravel()


def _band(
    ax: "Axes", x: "Floats", base: "Floats", top: "Floats", *, look: paint.Look, inferred: Any
) -> None:
    ax.fill_between(x, base, top, facecolor=look.colour, edgecolor=_RIM, linewidth=0.4)
    if look.stripe is not None:
        with mpl.rc_context({"hatch.linewidth": paint.STRIPE_WIDTH}):
            ax.fill_between(
                x, base, top, facecolor="none", edgecolor=look.stripe, linewidth=0,
                hatch=paint.STRIPES,
            )  # fmt: skip
    # Each run of dates on which something is inferred is a shape of its own.
    edges = np.flatnonzero(np.diff(inferred.astype(int), prepend=0, append=0))
    for start, end in edges.reshape(-1, 2):
        if not (top[start:end] > base[start:end]).any():
            continue
        with mpl.rc_context({"hatch.linewidth": paint.INFERRED_WIDTH}):
            ax.fill_between(
                x[start:end], base[start:end], top[start:end], facecolor="none",
                edgecolor=to_rgba(_RIM, 0.85), linewidth=0, hatch=paint.INFERRED,
            )  # fmt: skip


def _label(band: "Band", look: paint.Look, base: float, *, ranges: bool) -> EndLabel:
    ranged = ranges and band.ranged
    return EndLabel(
        name=lettering.shortened(band.name or "nobody"),
        figure=lettering.km2(band.last),
        range=f"{lettering.number(band.low)}–{lettering.number(band.high)}" if ranged else "",
        look=look,
        middle=base + band.last / 2,
        area=band.last,
        peak=float(band.area.max()),
        low=base + (band.low if ranged else band.last),
        high=base + (band.high if ranged else band.last),
    )


def _dress(ax: "Axes", title: str | None) -> None:
    ax.spines[["top", "right"]].set_visible(False)
    ax.set_axisbelow(True)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(_tick))
    ax.grid(axis="y", color="#e3e6e8", linewidth=0.6)
    # Above the figures, where it is read first, and upright.
    ax.set_ylabel("km²", rotation=0, ha="right", va="bottom", fontsize=_SMALL)
    ax.yaxis.set_label_coords(-0.01, 1.015)
    ax.tick_params(labelsize=_SMALL)
    ax.xaxis.get_offset_text().set_fontsize(_SMALL)
    if title:
        text = lettering.plain(title)
        ax.set_title(
            text, loc="left", fontsize=12, fontweight="bold", color=lettering.INK, pad=14,
            **lettering.style([text]),
        )  # fmt: skip


def _tick(value: float, _position: int | None = None) -> str:
    return lettering.number(value)


def _notes(found: "Bands", looks: list[paint.Look], *, ranged: bool) -> list[str]:
    notes = []
    if any(band.inferred[band.area > 0].any() for band in found.bands):
        notes.append("Hatched: control is inferred, not surveyed.")
    if any(look.stripe is not None for look in looks):
        notes.append("Striped: held or fought over by both.")
    if ranged:
        notes.append("Bars at the end and figures in brackets: how small or large the area may be.")
    if found.missing:
        count = "1 area is" if found.missing == 1 else f"{found.missing:,} areas are"
        notes.append(f"{count} not known and drawn as 0.")
    return [*([" ".join(notes)] if notes else []), *source_note(found.sources)]


def source_note(sources: list[str]) -> list[str]:
    """
    Write the line that says where outlines come from.

    Parameters
    ----------
    sources : list of str
        The most frequent first.

    Returns
    -------
    list of str
        One line, or none without a source.

    Examples
    --------
    >>> source_note(["A", "B", "C", "D"])
    ['Source: A; B; C and 1 more.']
    """
    if not sources:
        return []
    named = "; ".join(lettering.shortened(source, 90) for source in sources[:_MOST_SOURCES])
    more = len(sources) - _MOST_SOURCES
    return [f"Source: {named}" + (f" and {more} more." if more > 0 else ".")]

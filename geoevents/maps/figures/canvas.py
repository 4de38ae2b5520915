"""Where a static figure is drawn: matplotlib if it is there, the axes, and room beside them."""

import sys
from typing import TYPE_CHECKING, Any

from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NARROWEST = 0.35
"""Axes keep at least this part of their width and height, whatever stands beside them."""

_ROUNDS = 3


def require_matplotlib() -> None:
    """
    See that matplotlib is there, before anything is drawn.

    Raises
    ------
    GeoeventsError
        If it is not installed; says how to install it.

    Examples
    --------
    >>> require_matplotlib()
    """
    try:
        import matplotlib as mpl  # noqa: PLC0415 -- static figures are an extra
    except ImportError as error:
        raise GeoeventsError(
            "static figures are drawn with matplotlib, which is not installed: "
            'pip install "geoevents[plot]"'
        ) from error
    del mpl


def axes_on(ax: "Axes | None", width: float, height: float) -> "Axes":
    """
    Return the axes to draw on, making a figure if none are given.

    Parameters
    ----------
    ax : matplotlib Axes or None
        The axes that somebody asked for.
    width, height : float
        Size of a new figure, in inches.

    Returns
    -------
    matplotlib Axes
        Those given; or the only axes of a new figure whose layout makes room for all that
        stands beside them.

    Raises
    ------
    GeoeventsError
        If `ax` is something else.

    Notes
    -----
    A new figure is not known to pyplot, as a rule: it needs no `plt.close`, goes when nobody
    holds it, and a loop over a hundred dates is not told that more than 20 figures are open. The
    exceptions are a notebook and `plt.ion()`, where pyplot is what shows a figure; a notebook
    also closes it at the end of the cell.

    Examples
    --------
    >>> axes_on(None, 7.0, 4.0).figure.get_size_inches().tolist()
    [7.0, 4.0]
    """
    from matplotlib.axes import Axes  # noqa: PLC0415 -- static figures are an extra
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    if ax is not None:
        if not isinstance(ax, Axes):
            raise GeoeventsError(
                "ax has to be matplotlib Axes, as `fig, ax = plt.subplots()` makes them; this is "
                f"a {type(ax).__name__}"
            )
        return ax
    if _pyplot_shows():
        from matplotlib import pyplot as plt  # noqa: PLC0415 -- only where it shows figures

        figure = plt.figure(figsize=(width, height), layout="constrained")
    else:
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasAgg(figure)
    return figure.add_subplot()


def settle(ax: "Axes", *, own: bool) -> None:
    """
    Lay a finished figure out, so that what stands beside the axes is on the page.

    Parameters
    ----------
    ax : matplotlib Axes
        With everything on them.
    own : bool
        Whether the figure is ours. In somebody else's, one with a layout engine (``layout=
        "constrained"``) is left to it; in any other the axes shrink within the place they have,
        as they do for a colour bar.
    """
    figure = ax.get_figure()
    if figure is None:
        return
    if not own and getattr(figure, "get_layout_engine", lambda: None)() is None:
        _make_room(ax, figure)
    # The first time texts learn how wide the axes are, the second time the axes how tall the texts.
    for _ in range(2 if own else 1):
        _root(ax).draw_without_rendering()


def _make_room(ax: "Axes", figure: Any) -> None:
    """Shrink axes until all that stands beside them is where their ticks alone were."""
    low, right = _around(ax, figure, bare=True)
    for _ in range(_ROUNDS):
        _root(ax).draw_without_rendering()
        place, (now_low, now_right) = ax.get_position(), _around(ax, figure, bare=False)
        # Narrower axes break what stands under them into more lines: hence the rounds.
        width = place.width - max(now_right - right, 0.0)
        height = place.height - max(low - now_low, 0.0)
        width, height = max(width, _NARROWEST * place.width), max(height, _NARROWEST * place.height)
        ax.set_position((place.x0, place.y1 - height, width, height))


def _around(ax: "Axes", figure: Any, *, bare: bool) -> tuple[float, float]:
    """Lower and right edge of axes with their ticks, and with all that stands beside them."""
    boxes = [axis.get_tightbbox() for axis in (ax.xaxis, ax.yaxis)] if bare else []
    found = boxes if bare else [ax.get_tightbbox()]
    inside = figure.transSubfigure.inverted()
    corners = [box.transformed(inside) for box in [ax.bbox, *found] if box is not None]
    return min(box.y0 for box in corners), max(box.x1 for box in corners)


def _root(ax: "Axes") -> Any:
    figure: Any = ax.get_figure()
    while getattr(figure, "figure", figure) is not figure:  # a subfigure's figure is what holds it
        figure = figure.figure
    return figure


def _pyplot_shows() -> bool:
    """Tell whether a figure unknown to pyplot would stay unseen: in a notebook, after plt.ion()."""
    import matplotlib as mpl  # noqa: PLC0415 -- static figures are an extra

    asked = getattr(sys.modules.get("IPython"), "get_ipython", None)
    shell = asked() if asked else None
    return getattr(shell, "kernel", None) is not None or (
        "matplotlib.pyplot" in sys.modules and mpl.is_interactive()
    )

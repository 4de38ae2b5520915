"""A static map for print: who held what, what changed hands, what happened where."""

from typing import TYPE_CHECKING, Any

from geoevents.maps.figures.canvas import axes_on, require_matplotlib, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from geoevents.places import Gazetteer
    from geoevents.territory import Territory

_MAP, _KEY, _BELOW = (
    6.2,
    2.5,
    1.15,
)  # inches: width of the map, of its legend; heights of title and small print
_TALLEST = 8.0


def plot_map(
    territory: "Territory | None" = None,
    *,
    date: Any = None,
    changes: "pd.DataFrame | None" = None,
    events: "pd.DataFrame | None" = None,
    ax: "Axes | None" = None,
    title: str | None = None,
    extent: "Sequence[float] | None" = None,
    actors: "Sequence[str] | None" = None,
    gazetteer: "Gazetteer | None" = None,
    labels: bool = True,
) -> "Axes":
    """
    Draw a map for print.

    Parameters
    ----------
    territory : Territory, optional
        Who holds what, and when; drawn as on `date`.
    date : date-like, optional
        When; the last date of the territory by default.
    changes : GeoDataFrame, optional
        What :func:`geoevents.territory_change` returns: ``from_actor``, ``to_actor`` and
        polygons. Without ``area_km2`` the areas are measured.
    events : GeoDataFrame, optional
        Events as :func:`geoevents.attach` returns them. Only ``geometry`` is required.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default.
    title : str, optional
        Stands above the map.
    extent : sequence of float, optional
        West, south, east, north in degrees; west exceeds east across the antimeridian. All that
        is given, by default, with a margin.
    actors : sequence of str, optional
        Whose control to show, in the order of the legend; all other ground is grey, as "others".
    gazetteer : Gazetteer, optional
        Where borders, rivers and towns come from; the one that comes with geoevents by default.
    labels : bool, default True
        Whether to name countries, provinces, rivers and towns.

    Returns
    -------
    matplotlib Axes
        In metres of a Lambert azimuthal equal-area plane about the middle of the view.
        ``ax.figure.savefig("map.pdf")`` saves it; all of it is vector.

    Raises
    ------
    GeoeventsError
        If matplotlib is not installed; if nothing is given, or nothing of it has a place; if the
        date is before the first of the territory; if a column is missing; if the extent cannot
        be drawn in one plane.
    GeometryError
        If a frame has no coordinate reference system.

    See Also
    --------
    plot_areas : How much ground it was, through time.
    event_map : A map to explore in a browser.

    Notes
    -----
    Shapes and areas are right to 0.1 % within 550 km of the middle of the view. The scale bar is
    true where it stands. Areas in the legend are geodesic and of the whole ground, also of what
    lies beyond the frame.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> from geoevents.maps.figures.map_figure import plot_map
    >>> events = gpd.GeoDataFrame(
    ...     {"event_type": ["air strike", "siege"]},
    ...     geometry=[shapely.Point(40.14, 35.34), shapely.Point(40.45, 35.02)],
    ...     crs=4326,
    ... )
    >>> ax = plot_map(events=events, title="Deir ez-Zor")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['Events', 'air strike', 'siege']
    """
    require_matplotlib()
    from geoevents.maps.figures.content import read  # noqa: PLC0415 -- pandas only where it is used
    from geoevents.maps.figures.drawing import draw  # noqa: PLC0415 -- needs matplotlib
    from geoevents.maps.figures.ground import ground_of  # noqa: PLC0415
    from geoevents.maps.figures.view import read_extent, view_of  # noqa: PLC0415
    from geoevents.places import Gazetteer  # noqa: PLC0415 -- reads its data when first used

    content = read(territory, date=date, changes=changes, events=events, actors=actors)
    view = (
        view_of(content.bounds()) if extent is None else view_of(read_extent(extent), exactly=True)
    )
    ground = ground_of(view, Gazetteer.default() if gazetteer is None else gazetteer)
    height = min(_MAP * view.height / view.width, _TALLEST)
    width = height * view.width / view.height
    axes = axes_on(ax, width + _KEY, height + _BELOW)
    draw(axes, view, ground, content.within(view), title=title, labels=bool(labels))
    settle(axes, own=ax is None)
    return axes

"""A static figure of how much ground each actor held, through time."""

from typing import TYPE_CHECKING

from geoevents.maps.figures.canvas import axes_on, require_matplotlib, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from geoevents.territory import Territory

_SIZE, _SIZE_ONE = (8.0, 4.5), (5.5, 4.5)  # inches; of a figure of one date


def plot_areas(
    territory: "Territory",
    *,
    ax: "Axes | None" = None,
    actors: "Sequence[str] | None" = None,
    ranges: bool = True,
    title: str | None = None,
) -> "Axes":
    r"""
    Draw the ground that each actor held through time, as stacked areas.

    Control holds from its date until the next one: areas change in steps, and no line slopes
    from one date to another.

    Parameters
    ----------
    territory : Territory
        Who holds what, and when.
    ax : matplotlib Axes, optional
        Where to draw; a new figure by default.
    actors : sequence of str, optional
        Whom to tell apart, from the lowest band up; the rest are summed as "others". By default
        all, who held most on average lowest.
    ranges : bool, default True
        Whether to show how large the last areas may be, and how small: a thin bar beside the
        end of each band, and figures in brackets.
    title : str, optional
        Stands above the figure.

    Returns
    -------
    matplotlib Axes
        Its y axis is in km2 (geodesic, on WGS 84). ``ax.figure.savefig("areas.pdf")`` saves it.

    Raises
    ------
    GeoeventsError
        If matplotlib is not installed; if `territory` is something else or is empty; if `actors`
        names somebody who holds nothing.

    See Also
    --------
    plot_map : Where that ground is.

    Notes
    -----
    Actors have the colours of the Leaflet map. Ground that two hold together ("A / B") is striped
    in both their colours; ground whose outline is inferred is hatched, and a line below says so.

    Examples
    --------
    >>> import geopandas as gpd, pandas as pd, shapely
    >>> import geoevents as ge
    >>> from geoevents.maps.figures.areas import plot_areas
    >>> snapshots = gpd.GeoDataFrame(
    ...     {"date": pd.to_datetime(["2017-09-01", "2017-10-01"]), "actor": ["SDF", "SDF"]},
    ...     geometry=[shapely.box(40.2, 35.2, 40.6, 35.8), shapely.box(40.2, 35.0, 40.8, 35.8)],
    ...     crs=4326,
    ... )
    >>> ax = plot_areas(ge.Territory.from_snapshots(snapshots), title="The SDF's advance")
    >>> ax.get_ylabel(), ax.get_title(loc="left"), ax.texts[0].get_text()
    ('km²', "The SDF's advance", 'SDF\n4,838 km²')
    """
    require_matplotlib()
    from geoevents.maps.figures.bands import bands  # noqa: PLC0415 -- pandas only where it is used
    from geoevents.maps.figures.stack import draw  # noqa: PLC0415 -- needs matplotlib

    found = bands(territory, actors)
    axes = axes_on(ax, *(_SIZE if len(found.dates) > 1 else _SIZE_ONE))
    draw(axes, found, list(territory.actors), ranges=bool(ranges), title=title)
    settle(axes, own=ax is None)
    return axes

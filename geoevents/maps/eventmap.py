"""A folium map of events that is one HTML file and needs no network."""

import html
import io
import warnings
from collections.abc import Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal

import folium

from geoevents.errors import as_text
from geoevents.files import replacing
from geoevents.maps import basemap as base
from geoevents.maps import picture
from geoevents.maps.eventlayer import Basemap, EventLayer, Theme
from geoevents.maps.moments import Time
from geoevents.maps.page import Page, Raw, Script, name_after
from geoevents.maps.policy import EVAL, online, parts_of, policy
from geoevents.maps.program import asset

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from geoevents.maps.localities import Described
    from geoevents.places import Gazetteer
    from geoevents.territory import Territory

_NEEDS_JQUERY = (folium.Popup, folium.Icon)
_OURS = ("leaflet", "leaflet_css")
_TILES = frozenset({"osm", "light", "dark"})


class EventMap(folium.Map):
    """
    A folium map of events in one HTML file that needs no network.

    Everything that folium adds to a map can be added to this one. Leaflet is inside the page;
    ``folium.Popup`` and ``folium.Icon`` need jQuery, Bootstrap and Awesome Markers, which are
    then linked from where folium links them: such a map needs a network for those parts.

    Parameters
    ----------
    events : GeoDataFrame, optional
        Events as :func:`geoevents.attach` returns them. Only ``geometry`` is required.
    territory : Territory, optional
        Who holds what ground: control date by date. See :func:`event_map`.
    changes : GeoDataFrame, optional
        What changed hands, as :func:`geoevents.territory_change` returns it.
    localities : GeoDataFrame, Locality or list of them, optional
        Regions that are no events, as :func:`geoevents.locate` returns them.
    article : str, optional
        The report that the events were read from; see :func:`event_map`.
    article_format : {"text", "markdown", "html"}, optional
        What the article is; see :func:`event_map`.
    title, subtitle : str, optional
        Shown above the map.
    actors : mapping of str to str, optional
        Colours of actors by name; see :func:`event_map`.
    palette : str or sequence of str, optional
        Where the other actors' colours come from; see :func:`event_map`.
    basemap : {"auto", "embedded", "osm", "light", "dark"} or None, default "auto"
        What lies below; see :func:`event_map`.
    time : "auto", False, str, date, Timestamp or a pair of them, default "auto"
        The slider and the window it opens with; see :func:`event_map`.
    theme : {"auto", "light", "dark"}, default "auto"
        The look; see :func:`event_map`.
    gazetteer : Gazetteer, optional
        Where named places and the base map come from.

    Attributes
    ----------
    policy : {"strict"} or None
        The page's Content-Security-Policy: scripts by their hashes, nothing from anywhere but the
        tile hosts that readers may choose and the hosts of what folium adds. ``None`` leaves it
        out, as what makes scripts of text (``folium.VegaLite``) needs.
    allow : set of str
        More origins that the policy lets the page load anything but scripts from, such as
        ``"https://tiles.example.org"``. A script is added by
        ``map.get_root().header.add_child(folium.JavascriptLink(address))``.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 -- folium's name and type
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 -- folium's name and type

    def __init__(
        self,
        events: "pd.DataFrame | None" = None,
        *,
        territory: "Territory | None" = None,
        changes: "pd.DataFrame | None" = None,
        localities: "Described | None" = None,
        article: str | None = None,
        article_format: str | None = None,
        title: str | None = None,
        subtitle: str | None = None,
        actors: Mapping[str, str] | None = None,
        palette: str | Sequence[str] | None = None,
        basemap: Basemap | None = "auto",
        time: Time = "auto",
        theme: Theme = "auto",
        gazetteer: "Gazetteer | None" = None,
    ) -> None:
        layer = EventLayer(
            events,
            territory=territory,
            changes=changes,
            localities=localities,
            article=article,
            article_format=article_format,
            title=title,
            subtitle=subtitle,
            actors=actors,
            palette=palette,
            basemap=basemap,
            time=time,
            theme=theme,
            gazetteer=gazetteer,
        )
        west, south, east, north = layer.bounds or base.WORLD
        title = None if title is None else as_text(title)
        super().__init__(
            location=((south + north) / 2, (west + east) / 2),
            zoom_start=6 if layer.bounds else 2,
            tiles=None,
            zoom_control=False,
            zoom_snap=0.25,
            fade_animation=False,
            attribution_control=True,
        )
        self.title = title
        self.policy: Literal["strict"] | None = "strict"
        self.allow: set[str] = set()
        page = Page(html.escape(title or "Map of events"))
        page.policy = self._written_policy
        name_after(layer.digest, self, page, self.global_switches)
        page.add_child(self)
        self.layer = layer
        self.add_child(layer)

    def render(self, **kwargs: Any) -> str:
        """
        Render the map into its page.

        Parameters
        ----------
        **kwargs
            Passed on by folium.

        Returns
        -------
        str
            Nothing: all of it has gone into the page.

        Warns
        -----
        UserWarning
            If something was added that the page's policy keeps from running.
        """
        page: Any = self.get_root()
        header = page.header
        header.add_child(Raw(f"<style>{asset('vendor/leaflet.css')}</style>"), name="leaflet_css")
        header.add_child(Script(asset("vendor/leaflet.js")), name="leaflet")
        added = list(parts_of(self))
        if self.objects_to_stay_in_front or any(isinstance(p, _NEEDS_JQUERY) for p in added):
            for name, url in [*folium.Map.default_js, *folium.Map.default_css]:
                if name not in _OURS:
                    link = folium.JavascriptLink if url.endswith(".js") else folium.CssLink
                    header.add_child(link(url), name=name)
        refused = sorted({type(part).__name__ for part in added} & EVAL)
        if refused and self.policy is not None:
            warnings.warn(
                f"{', '.join(refused)} makes scripts of text, which the page's "
                "Content-Security-Policy forbids: it will not show. Set map.policy = None to leave "
                "the policy out.",
                stacklevel=2,
            )
        super().render(**kwargs)  # type: ignore[no-untyped-call]  # folium's
        return ""

    def save(self, outfile: Any, close_file: bool = True, **kwargs: Any) -> None:
        """
        Write the map as one HTML file.

        Parameters
        ----------
        outfile : str, path or open file
            Where to. A path is written whole or not at all: readers never see half a map.
        close_file : bool, default True
            Whether to close a file that was passed open.
        **kwargs
            Passed on to folium.

        Raises
        ------
        GeoeventsError
            If the folder does not exist or cannot be written to, or one of ``allow`` is no origin.

        Examples
        --------
        >>> import tempfile, pathlib
        >>> from geoevents.maps import EventMap
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "map.html")
        ...     EventMap(basemap=None).save(path)
        ...     path.read_text(encoding="utf-8")[:15]
        '<!DOCTYPE html>'
        """
        page = self.get_root().render(**kwargs).encode("utf-8", "replace")
        if hasattr(outfile, "write"):
            outfile.write(page.decode() if isinstance(outfile, io.TextIOBase) else page)
            if close_file:
                outfile.close()
            return
        with replacing(outfile) as unfinished:
            unfinished.write_bytes(page)

    def to_png(
        self,
        path: str | PathLike[str],
        width: int = 1200,
        height: int = 800,
        *,
        scale: float = 2,
        controls: bool = False,
        timeout_s: float = 60,
    ) -> None:
        """
        Take a picture of the map, as a browser shows it.

        Parameters
        ----------
        path : str or path
            Where to, a name that ends in ``.png``. It is written whole or not at all.
        width, height : int, default 1200 and 800
            The size of the window, in CSS pixels, 200 to 8192.
        scale : float, default 2
            Pixels of the picture for each of them: it is ``width * scale`` wide.
        controls : bool, default False
            Whether toolbar, panel and time bar are in the picture, too. The title and a legend are.
        timeout_s : float, default 60
            How long to wait for the map, and for tiles, in seconds.

        Raises
        ------
        GeoeventsError
            If Playwright or a browser is missing (it says what to install), the map is not ready in
            time, or the file cannot be written.

        Notes
        -----
        The browser is the one that the environment variable ``GEOEVENTS_BROWSER`` names, else the
        first Chromium, Chrome or Edge on the path, else Playwright's own. It has no network unless
        the map has online tiles, or links of what folium added.

        Examples
        --------
        >>> from geoevents.maps import EventMap
        >>> EventMap(basemap=None).to_png("map.jpg")
        Traceback (most recent call last):
        geoevents.errors.GeoeventsError: map.jpg: a picture is written as PNG: name it map.png
        """
        picture.see_picture(path, width, height, scale, timeout_s)
        with replacing(path) as unfinished:
            page = self.get_root().render().encode("utf-8", "replace")
            unfinished.write_bytes(
                picture.photograph(
                    page,
                    width=width,
                    height=height,
                    scale=scale,
                    fragment="" if controls else "still",
                    network=not _TILES.isdisjoint(self._basemaps()) or online(self._parts()),
                    timeout_s=timeout_s,
                )
            )

    def _parts(self) -> "Iterator[Any]":
        """Go through all that stands in the page: once it is rendered, links are among it."""
        page: Any = self.get_root()
        for root in (self, page.header, page.html):
            yield from parts_of(root)

    def _basemaps(self) -> "Iterator[Basemap | None]":
        return (part.basemap for part in self._parts() if isinstance(part, EventLayer))

    def _written_policy(self, scripts: list[str]) -> str | None:
        if self.policy is None:
            return None
        tiles = any(basemap is not None for basemap in self._basemaps())
        return policy(self._parts(), scripts, tiles=tiles, allow=sorted(self.allow))


def event_map(
    events: "pd.DataFrame | None" = None,
    *,
    territory: "Territory | None" = None,
    changes: "pd.DataFrame | None" = None,
    localities: "Described | None" = None,
    article: str | None = None,
    article_format: str | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    actors: Mapping[str, str] | None = None,
    palette: str | Sequence[str] | None = None,
    basemap: Basemap | None = "auto",
    time: Time = "auto",
    theme: Theme = "auto",
    gazetteer: "Gazetteer | None" = None,
) -> EventMap:
    """
    Draw events, inferred regions, control and changes of control on a map.

    Parameters
    ----------
    events : GeoDataFrame, optional
        Events as :func:`geoevents.attach` returns them. Only ``geometry`` is required; an event
        without one is listed beside the map. Dates in ``start`` and ``end`` may be text written
        year-month-day; any other text there is shown as it stands and orders nothing. Times of a
        zone are shown in UTC. Any column beyond the schema's is shown in the popup as it is.
    territory : Territory, optional
        Who holds what ground. The map opens on the last date and offers the others.
    changes : GeoDataFrame, optional
        What changed hands, as :func:`geoevents.territory_change` and ``Territory.changes`` return
        it: ``from_actor``, ``to_actor``, ``area_km2``, ``geometry``, and what else those give.
        Ground that stayed with its holder is not shown.
    localities : GeoDataFrame, Locality or list of them, optional
        Described places that are no events, as :func:`geoevents.locate` returns them: drawn
        hatched. Phrases that could not be located are listed with the reason.
    article : str, optional
        The report that the events were read from, as :func:`geoevents.read_report` got it: plain
        text, Markdown or HTML. It stands beside the map, its words linked to the events that their
        column ``spans`` gives them to; without that column no word is.
    article_format : {"text", "markdown", "html"}, optional
        What the article is, the same as ``format`` of :func:`geoevents.read_report`; told from the
        text if left out.
    title, subtitle : str, optional
        Shown above the map; the title is the page's, too.
    actors : mapping of str to str, optional
        Colours of actors by name: ``"#rrggbb"``, ``"#rgb"`` or a name of CSS. One table serves many
        maps: names that are not on this one do nothing. ``"nobody"`` is ground without a holder.
    palette : {"geoevents", "okabe-ito", "tol-muted"} or sequence of str, optional
        Where the other actors' colours come from. An actor's colour hangs on its name, so it is the
        same on every map, unless two of one map would have the same; `actors` settles that.
    basemap : {"auto", "embedded", "osm", "light", "dark"} or None, default "auto"
        What is shown at first. ``"auto"`` and ``"embedded"`` show the embedded vector map and
        ask nothing of the network until a reader chooses online tiles. ``"osm"``, ``"light"``
        and ``"dark"`` start with OpenStreetMap's or CARTO's tiles above the embedded map, which
        remains where they do not load. ``None``: no base map and no choice.
    time : "auto", False, str, date, Timestamp or a pair of them, default "auto"
        ``"auto"``: a slider if there is more than one moment, all of it shown at first. ``False``:
        none. A date: the map opens on what was until then, with control at that date. A pair of
        dates: it opens on what was between them; one of the two may be ``None``.
    theme : {"auto", "light", "dark"}, default "auto"
        The look. ``"auto"``: what the reader's system prefers.
    gazetteer : Gazetteer, optional
        Where named places and the base map come from; the embedded one by default.

    Returns
    -------
    EventMap
        A ``folium.Map``: ``.save(path)`` writes one HTML file, ``.to_png(path)`` a picture, a
        notebook shows it.

    Raises
    ------
    GeoeventsError
        If a frame has no geometry column or coordinate reference system, `territory` is not a
        Territory, `article` is no text, `article_format` is none of these, the events' ``spans``
        cannot be read or lie beyond the article, a colour, palette, time or theme cannot be read,
        or the base map is not one of those named.

    Examples
    --------
    >>> import geopandas, shapely
    >>> from geoevents.maps import event_map
    >>> events = geopandas.GeoDataFrame(
    ...     {"event_type": ["air strike"]}, geometry=[shapely.Point(40.14, 35.34)], crs=4326)
    >>> shown = event_map(events, title="Deir ez-Zor", basemap=None)
    >>> shown.layer.bounds
    (40.14, 35.34, 40.14, 35.34)
    """
    return EventMap(
        events,
        territory=territory,
        changes=changes,
        localities=localities,
        article=article,
        article_format=article_format,
        title=title,
        subtitle=subtitle,
        actors=actors,
        palette=palette,
        basemap=basemap,
        time=time,
        theme=theme,
        gazetteer=gazetteer,
    )


__all__ = ["Basemap", "EventLayer", "EventMap", "Theme", "event_map"]

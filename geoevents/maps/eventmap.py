"""A folium map of events that is one HTML file and needs no network."""

import hashlib
import html
import io
import json
from typing import TYPE_CHECKING, Any, Literal

import folium
from branca.element import MacroElement
from folium.template import Template

from geoevents.errors import GeoeventsError
from geoevents.files import replacing
from geoevents.maps import basemap as base
from geoevents.maps.columns import pack
from geoevents.maps.layers import layers
from geoevents.maps.page import Page, Raw, descendants, name_after
from geoevents.maps.program import asset, program, styles

if TYPE_CHECKING:
    import pandas as pd

    from geoevents.places import Gazetteer
    from geoevents.territory import Territory

Basemap = Literal["auto", "embedded", "osm", "light", "dark"]

_BASEMAPS = ("auto", "embedded", "osm", "light", "dark")
_NEEDS_JQUERY = (folium.Popup, folium.Icon)
_OURS = ("leaflet", "leaflet_css")


class EventLayer(MacroElement):
    """
    Events, regions, control and changes of control as one layer of any folium map.

    Parameters
    ----------
    events : GeoDataFrame, optional
        Events as :func:`geoevents.attach` returns them. Only ``geometry`` is required.
    territory : Territory, optional
        Who holds what ground: control date by date, opening on the last. See :func:`event_map`.
    changes : GeoDataFrame, optional
        What changed hands, as :func:`geoevents.territory_change` returns it.
    title : str, optional
        Shown above the map.
    basemap : {"auto", "embedded", "osm", "light", "dark"} or None, default None
        What lies below; see :func:`event_map`. ``None`` leaves that to the map.
    gazetteer : Gazetteer, optional
        Where named places and the base map come from.

    Raises
    ------
    GeoeventsError
        If a frame has no geometry column or coordinate reference system, `territory` is not a
        Territory, or the base map is not one of those named.

    Examples
    --------
    >>> import folium, geopandas, shapely
    >>> from geoevents.maps import EventLayer
    >>> events = geopandas.GeoDataFrame(
    ...     {"event_type": ["protest"]}, geometry=[shapely.Point(40.14, 35.34)], crs=4326)
    >>> plain = folium.Map((35.3, 40.1), zoom_start=8, tiles=None)
    >>> layer = EventLayer(events).add_to(plain)
    >>> page = plain.get_root().render()
    >>> f"geoevents.show({plain.get_name()}, " in page  # the layer draws itself on that map
    True
    >>> layer.bounds
    (40.14, 35.34, 40.14, 35.34)
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        {{ this.call() }}
        {% endmacro %}
        """
    )

    def __init__(
        self,
        events: "pd.DataFrame | None" = None,
        *,
        territory: "Territory | None" = None,
        changes: "pd.DataFrame | None" = None,
        title: str | None = None,
        basemap: Basemap | None = None,
        gazetteer: "Gazetteer | None" = None,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's
        self._name = "EventLayer"
        if basemap is not None and basemap not in _BASEMAPS:
            allowed = ", ".join(repr(name) for name in _BASEMAPS)
            raise GeoeventsError(f"basemap={basemap!r} is not one of {allowed} or None")
        if gazetteer is None and (basemap is not None or _names_places(events)):
            from geoevents.places import Gazetteer  # noqa: PLC0415 -- reads its data when first used

            gazetteer = Gazetteer.default()
        drawn = layers(events, territory=territory, changes=changes, gazetteer=gazetteer)
        self.bounds = drawn.bounds
        self.window = base.window(drawn.bounds)
        self.basemap = basemap
        self.blocks = {"data": pack({"title": str(title or ""), **drawn.tree})}
        if basemap is not None and gazetteer is not None:
            self.blocks["base"] = base.embedded(gazetteer, self.window)
            self.blocks["world"] = base.world()
        self.digest = _digest(self.blocks)
        name_after(self.digest, self)

    def call(self) -> str:
        """
        Write the JavaScript that puts the layer on its map.

        Returns
        -------
        str
            One statement; it holds no text from the data.
        """
        options = json.dumps({"basemap": self.basemap, "bounds": self.bounds})
        parent = self._parent.get_name() if self._parent else ""
        return f'var {self.get_name()} = geoevents.show({parent}, "{self.get_name()}", {options});'

    def render(self, **kwargs: Any) -> str:
        """
        Put the layer's code and data into the page.

        Parameters
        ----------
        **kwargs
            Passed on by folium.

        Returns
        -------
        str
            Nothing: all of it has gone into the page.
        """
        figure: Any = self.get_root()
        figure.header.add_child(Raw(f"<style>{styles()}</style>"), name="geoevents_css")
        figure.header.add_child(Raw(f"<script>{program()}</script>"), name="geoevents_js")
        for name, block in self.blocks.items():
            identifier = f"{self.get_name()}_{name}"
            figure.html.add_child(
                Raw(f'<script type="text/plain" id="{identifier}">{block}</script>'),
                name=identifier,
            )
        super().render(**kwargs)  # type: ignore[no-untyped-call]  # branca's
        return ""


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
        Who holds what ground: control date by date, opening on the last. See :func:`event_map`.
    changes : GeoDataFrame, optional
        What changed hands, as :func:`geoevents.territory_change` returns it.
    title : str, optional
        Shown above the map.
    basemap : {"auto", "embedded", "osm", "light", "dark"} or None, default "auto"
        What lies below; see :func:`event_map`.
    gazetteer : Gazetteer, optional
        Where named places and the base map come from.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 -- folium's name and type
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 -- folium's name and type

    def __init__(
        self,
        events: "pd.DataFrame | None" = None,
        *,
        territory: "Territory | None" = None,
        changes: "pd.DataFrame | None" = None,
        title: str | None = None,
        basemap: Basemap | None = "auto",
        gazetteer: "Gazetteer | None" = None,
    ) -> None:
        layer = EventLayer(
            events,
            territory=territory,
            changes=changes,
            title=title,
            basemap=basemap,
            gazetteer=gazetteer,
        )
        west, south, east, north = layer.bounds or base.WORLD
        title = None if title is None else str(title)
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
        page = Page(html.escape(title or "Map of events"))
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
        """
        page: Any = self.get_root()
        header = page.header
        header.add_child(Raw(f"<style>{asset('vendor/leaflet.css')}</style>"), name="leaflet_css")
        header.add_child(Raw(f"<script>{asset('vendor/leaflet.js')}</script>"), name="leaflet")
        if any(isinstance(element, _NEEDS_JQUERY) for element in descendants(self)):
            for name, url in [*folium.Map.default_js, *folium.Map.default_css]:
                if name not in _OURS:
                    link = folium.JavascriptLink if url.endswith(".js") else folium.CssLink
                    header.add_child(link(url), name=name)
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
            If the folder does not exist or cannot be written to.

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


def event_map(
    events: "pd.DataFrame | None" = None,
    *,
    territory: "Territory | None" = None,
    changes: "pd.DataFrame | None" = None,
    title: str | None = None,
    basemap: Basemap | None = "auto",
    gazetteer: "Gazetteer | None" = None,
) -> EventMap:
    """
    Draw events, inferred regions, control and changes of control on a map.

    Parameters
    ----------
    events : GeoDataFrame, optional
        Events as :func:`geoevents.attach` returns them. Only ``geometry`` is required; an event
        without one is listed beside the map. Dates in ``start`` and ``end`` may be text written
        year-month-day; any other text there is shown as it stands and orders nothing. Any column
        beyond the schema's is shown in the popup as it is.
    territory : Territory, optional
        Who holds what ground. The map opens on the last date and offers the others; of more than
        60 it holds 60, spread evenly from the first to the last, and says so.
    changes : GeoDataFrame, optional
        What changed hands, as :func:`geoevents.territory_change` and ``Territory.changes`` return
        it: ``from_actor``, ``to_actor``, ``area_km2``, ``geometry``, and what else those give.
        Only ``geometry`` is required. Ground that stayed with its holder is not shown.
    title : str, optional
        Shown above the map and as the page's title.
    basemap : {"auto", "embedded", "osm", "light", "dark"} or None, default "auto"
        What is shown at first. ``"auto"`` and ``"embedded"`` show the embedded vector map and
        ask nothing of the network until a reader chooses online tiles. ``"osm"``, ``"light"``
        and ``"dark"`` start with OpenStreetMap's or CARTO's tiles above the embedded map, which
        remains where they do not load. ``None``: no base map and no choice.
    gazetteer : Gazetteer, optional
        Where named places and the base map come from; the embedded one by default.

    Returns
    -------
    EventMap
        A ``folium.Map``: ``.save(path)`` writes one HTML file, a notebook shows it.

    Raises
    ------
    GeoeventsError
        If a frame has no geometry column or coordinate reference system, `territory` is not a
        Territory, or the base map is not one of those named.

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
        title=title,
        basemap=basemap,
        gazetteer=gazetteer,
    )


def _names_places(events: "pd.DataFrame | None") -> bool:
    return events is not None and "place_ids" in events and bool(events["place_ids"].notna().any())


def _digest(blocks: dict[str, str]) -> str:
    """Name elements after what they show, so that the same map is the same file."""
    digest = hashlib.sha256()
    for block in blocks.values():
        digest.update(block.encode("ascii"))
    return digest.hexdigest()[:16]


__all__ = ["EventLayer", "EventMap", "event_map"]

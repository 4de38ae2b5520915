"""Events, regions, control and changes of control as one layer of a folium map."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from branca.element import MacroElement
from folium.template import Template

from geoevents.errors import GeoeventsError, as_text, shown
from geoevents.maps import basemap as base
from geoevents.maps.columns import pack
from geoevents.maps.layers import layers
from geoevents.maps.moments import Time, opening
from geoevents.maps.page import Raw, Script, name_after
from geoevents.maps.program import program, styles

if TYPE_CHECKING:
    import pandas as pd

    from geoevents.maps.localities import Described
    from geoevents.places import Gazetteer
    from geoevents.territory import Territory

Basemap = Literal["auto", "embedded", "osm", "light", "dark"]
Theme = Literal["auto", "light", "dark"]

_BASEMAPS = ("auto", "embedded", "osm", "light", "dark")
_THEMES = ("auto", "light", "dark")

_COMPARISON = frozenset({"vendor/clipper.js"})
"""Modules that only a map of several dates of control calls."""


class EventLayer(MacroElement):
    """
    Events, regions, control and changes of control as one layer of any folium map.

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
    basemap : {"auto", "embedded", "osm", "light", "dark"} or None, default None
        What lies below; see :func:`event_map`. ``None`` leaves that to the map.
    time : "auto", False, str, date, Timestamp or a pair of them, default "auto"
        The slider and the window it opens with; see :func:`event_map`.
    theme : {"auto", "light", "dark"}, default "auto"
        The look; see :func:`event_map`.
    gazetteer : Gazetteer, optional
        Where named places and the base map come from.

    Raises
    ------
    GeoeventsError
        If a frame has no geometry column or coordinate reference system, `territory` is not a
        Territory, `article` is no text, `article_format` is none of these, the events' ``spans``
        cannot be read or lie beyond the article, a colour, palette, time or theme cannot be read,
        or the base map is not one of those named.

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
        localities: "Described | None" = None,
        article: str | None = None,
        article_format: str | None = None,
        title: str | None = None,
        subtitle: str | None = None,
        actors: Mapping[str, str] | None = None,
        palette: str | Sequence[str] | None = None,
        basemap: Basemap | None = None,
        time: Time = "auto",
        theme: Theme = "auto",
        gazetteer: "Gazetteer | None" = None,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's
        self._name = "EventLayer"
        _see("basemap", basemap, (*_BASEMAPS, None))
        _see("theme", theme, _THEMES)
        opened = opening(time)
        named = any(map(_names_places, (events, localities)))
        if gazetteer is None and (basemap is not None or named):
            from geoevents.places import Gazetteer  # noqa: PLC0415 -- reads its data when first used

            gazetteer = Gazetteer.default()
        drawn = layers(
            events,
            territory=territory,
            changes=changes,
            localities=localities,
            article=article,
            article_format=article_format,
            actors=actors,
            palette=palette,
            gazetteer=gazetteer,
        )
        self.bounds = drawn.bounds
        self.window = base.window(drawn.bounds)
        self.basemap = basemap
        self.options = {"basemap": basemap, "bounds": self.bounds, "time": opened, "theme": theme}
        texts = {"title": as_text(title or ""), "subtitle": as_text(subtitle or "")}
        self.blocks = {"data": pack({**texts, **drawn.tree})}
        if basemap is not None and gazetteer is not None:
            self.blocks["base"] = base.embedded(gazetteer, self.window)
            self.blocks["world"] = base.world()
        several = territory is not None and len(territory.dates) > 1
        self.leave_out = frozenset() if several else _COMPARISON
        self.digest = _digest([*self.blocks.values(), json.dumps(self.options)])
        name_after(self.digest, self)

    def call(self) -> str:
        """
        Write the JavaScript that puts the layer on its map.

        Returns
        -------
        str
            One statement; it holds no text from the data.
        """
        options = json.dumps(self.options)
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
        # One script for all layers of a page: it holds what any of them needs.
        shared = figure.header._children.get("geoevents_js")  # noqa: SLF001 -- branca has no other way
        leave_out = self.leave_out & getattr(shared, "leave_out", self.leave_out)
        figure.header.add_child(_Program(leave_out), name="geoevents_js")
        for name, block in self.blocks.items():
            identifier = f"{self.get_name()}_{name}"
            figure.html.add_child(
                Raw(f'<script type="text/plain" id="{identifier}">{block}</script>'),
                name=identifier,
            )
        super().render(**kwargs)  # type: ignore[no-untyped-call]  # branca's
        return ""


class _Program(Script):
    """The browser's part, without some of its modules."""

    def __init__(self, leave_out: frozenset[str]) -> None:
        super().__init__(program(leave_out))
        self.leave_out = leave_out


def _see(name: str, value: object, allowed: tuple[str | None, ...]) -> None:
    if value not in allowed:
        *most, last = map(repr, allowed)
        raise GeoeventsError(f"{name}={shown(value)} is not one of {', '.join(most)} or {last}")


def _names_places(frame: Any) -> bool:
    if frame is None or not hasattr(frame, "columns"):
        # Localities by themselves know their places.
        return frame is not None
    return "place_ids" in frame and bool(frame["place_ids"].notna().any())


def _digest(texts: list[str]) -> str:
    """Name elements after what they show, so that the same map is the same file."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("ascii"))
    return digest.hexdigest()[:16]


__all__ = ["Basemap", "EventLayer", "Theme"]

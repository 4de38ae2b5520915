import io
import re

import folium
import geopandas as gpd
import pytest
from shapely.geometry import Point

from geoevents.errors import GeoeventsError
from geoevents.maps import EventLayer, event_map
from geoevents.maps.style import ACTOR_COLOURS, EVENT_STYLES, actor_colours


@pytest.fixture
def page(events, gazetteer):
    return event_map(events, title="A & B <i>", gazetteer=gazetteer).get_root().render()


def test_it_is_a_folium_map(events, gazetteer):
    assert isinstance(event_map(events, gazetteer=gazetteer), folium.Map)


def test_nothing_is_linked(page):
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=", page)


def test_the_title_is_escaped(page):
    assert "<title>A &amp; B &lt;i&gt;</title>" in page
    assert "<i>" not in page


def test_the_same_map_is_the_same_file(events, gazetteer, tmp_path):
    for name in ("a", "b"):
        event_map(events, title="T", gazetteer=gazetteer).save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_saving_twice_does_not_grow_the_file(events, gazetteer, tmp_path):
    shown = event_map(events, gazetteer=gazetteer)
    shown.save(tmp_path / "a")
    shown.save(tmp_path / "b")
    assert (tmp_path / "a").stat().st_size == (tmp_path / "b").stat().st_size


def test_a_failed_save_leaves_the_old_file(events, gazetteer, tmp_path):
    with pytest.raises(GeoeventsError, match="there is no folder"):
        event_map(events, gazetteer=gazetteer).save(tmp_path / "missing" / "map.html")
    assert list(tmp_path.iterdir()) == []


def test_saving_to_an_open_file(gazetteer):
    file = io.BytesIO()
    event_map(basemap=None).save(file, close_file=False)
    assert file.getvalue().startswith(b"<!DOCTYPE html>")


def test_a_notebook_shows_the_whole_page(events, gazetteer):
    shown = event_map(events, gazetteer=gazetteer)._repr_html_()
    assert "iframe" in shown
    assert "geoevents.show" in shown


def test_an_unknown_base_map_is_named():
    with pytest.raises(GeoeventsError, match="'satellite' is not one of 'auto'"):
        event_map(basemap="satellite")


def test_empty_and_nothing(gazetteer):
    empty = gpd.GeoDataFrame({"event_type": []}, geometry=[], crs=4326)
    for frame in (empty, None):
        assert "geoevents.show" in event_map(frame, gazetteer=gazetteer).get_root().render()


def test_folium_layers_can_be_added_without_links(events, gazetteer):
    shown = event_map(events, gazetteer=gazetteer)
    folium.GeoJson(events[["geometry"]].dropna()).add_to(shown)
    folium.CircleMarker((36, 36)).add_to(shown)
    page = shown.get_root().render()
    assert "L.circleMarker" in page
    assert "jquery" not in page.split("var event_layer")[0][:2000]
    assert not re.search(r"<script src=", page)


def test_what_needs_jquery_links_it(events, gazetteer):
    shown = event_map(events, gazetteer=gazetteer)
    folium.Marker((36, 36), popup="x", icon=folium.Icon()).add_to(shown)
    page = shown.get_root().render()
    linked = re.findall(r'src="([^"]+)"', page)
    assert any("jquery" in url for url in linked)
    assert not any("leaflet.js" in url for url in linked)


def test_the_layer_goes_on_a_plain_folium_map(events, gazetteer):
    plain = folium.Map(tiles=None)
    EventLayer(events, gazetteer=gazetteer).add_to(plain)
    assert f"geoevents.show({plain.get_name()}, " in plain.get_root().render()


def test_text_of_events_is_nowhere_in_the_page():
    evil = "</script><script>alert(1)</script>"
    events = gpd.GeoDataFrame(
        {"event_type": [evil], evil: [evil]}, geometry=[Point(1, 1)], crs=4326
    )
    page = event_map(events, title=evil, basemap=None).get_root().render()
    assert "alert(1)</script>" not in page


def test_every_style_differs_in_glyph_and_every_colour_is_hex():
    assert len({s.glyph for s in EVENT_STYLES.values()}) == len(EVENT_STYLES)
    colours = [s.colour for s in EVENT_STYLES.values()]
    assert len(set(colours)) == len(colours)
    assert all(re.fullmatch("#[0-9a-f]{6}", c) for c in [*colours, *ACTOR_COLOURS])


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("name", EVENT_STYLES)
def test_glyphs_stand_out_from_their_marker(name):
    style = EVENT_STYLES[name]
    dark, light = sorted([luminance(style.colour), luminance(style.ink)])
    assert (light + 0.05) / (dark + 0.05) >= 4.5  # WCAG 2.2 for text; graphics need 3


def test_actors_keep_their_colours_whatever_the_order():
    assert actor_colours(["b", "a", "b"]) == actor_colours(["a", "b"])
    assert "" in actor_colours(["a", ""])

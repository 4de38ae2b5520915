import io
import re

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from folium import plugins
from shapely.geometry import Point, box

from geoevents.errors import GeoeventsError
from geoevents.maps import EventLayer, event_map
from geoevents.maps.program import program
from geoevents.territory import Territory


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


def test_an_unknown_base_map_or_theme_is_named():
    with pytest.raises(GeoeventsError, match=r"basemap='satellite' is not one of 'auto'.*or None"):
        event_map(basemap="satellite")
    with pytest.raises(
        GeoeventsError, match="theme='neon' is not one of 'auto', 'light' or 'dark'"
    ):
        event_map(theme="neon", basemap=None)


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


def test_plugins_and_explore_add_to_it(events, gazetteer):
    shown = event_map(events, gazetteer=gazetteer)
    frame = events.drop(columns="start").dropna(subset="geometry")
    assert frame.explore(m=shown, color="black", tooltip="actor", popup=True) is shown
    plugins.MarkerCluster([(36, 36), (36.1, 36)]).add_to(shown)
    plugins.HeatMap([(36, 36), (36.1, 36)]).add_to(shown)
    plugins.Fullscreen().add_to(shown)
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [36, 36]},
        "properties": {"times": ["2017-09-16"]},
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    plugins.TimestampedGeoJson(collection).add_to(shown)
    values = pd.DataFrame({"id": ["0", "1"], "value": [1.0, 2.0]})
    areas = gpd.GeoDataFrame(geometry=[box(35, 35, 36, 36), box(36, 35, 37, 36)], crs=4326)
    folium.Choropleth(areas, data=values, columns=["id", "value"], key_on="feature.id").add_to(
        shown
    )
    folium.raster_layers.ImageOverlay(np.zeros((2, 2)), [[35, 35], [36, 36]]).add_to(shown)
    folium.LayerControl().add_to(shown)
    page = shown.get_root().render()
    for made in (
        "L.geoJson",
        "L.markerClusterGroup",
        "L.heatLayer",
        "L.timeDimension",
        "L.imageOverlay",
        "L.control.layers",
        "geoevents.show",
    ):
        assert made in page  # fmt: skip


def test_what_is_kept_in_front_links_jquery(events, gazetteer):
    shown = event_map(events, gazetteer=gazetteer)
    line = folium.PolyLine([(36, 36), (37, 37)]).add_to(shown)
    shown.keep_in_front(line)
    assert "jquery" in shown.get_root().render().split("</head>")[0]


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


def ground(*dates):
    return Territory.from_snapshots(
        gpd.GeoDataFrame(
            {"date": list(dates), "actor": "SDF"},
            geometry=[box(35, 35, 36 + i, 36) for i in range(len(dates))],
            crs=4326,
        )
    )


@pytest.fixture
def leaving_out(monkeypatch):
    """What each page leaves out of its script."""
    asked = []

    def noted(leave_out=frozenset()):
        asked.append(leave_out)
        return program(leave_out)

    monkeypatch.setattr("geoevents.maps.eventlayer.program", noted)
    return asked


@pytest.mark.parametrize(
    ("dates", "left_out"),
    [
        ([], {"vendor/clipper.js"}),
        (["2017-09-01"], {"vendor/clipper.js"}),
        (["2017-09-01", "2017-09-02"], set()),
    ],
)
def test_what_only_several_dates_need_is_left_out(dates, left_out, leaving_out):
    territory = ground(*dates) if dates else None
    event_map(territory=territory, basemap=None).get_root().render()
    assert leaving_out == [left_out]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_layers_of_one_page_share_one_script_that_is_whole(order, events, leaving_out, gazetteer):
    layers = [
        EventLayer(events, gazetteer=gazetteer),
        EventLayer(territory=ground("2017-09-01", "2017-09-02")),
    ]
    plain = folium.Map(tiles=None)
    for which in order:
        layers[which].add_to(plain)
    page = plain.get_root().render()
    assert leaving_out[-1] == set()
    assert page.count("var geoevents = (function") == 1
    assert page.count("geoevents.show(") == 2
    for layer in layers:
        assert page.count(f'id="{layer.get_name()}_data"') == 1


def test_layers_that_differ_in_options_only_have_different_names(events, gazetteer):
    names = {
        EventLayer(events, gazetteer=gazetteer, theme=theme).get_name()
        for theme in ("light", "dark", "dark")
    }
    assert len(names) == 2


def test_titles_are_in_the_data_and_the_page(events, gazetteer):
    shown = event_map(events, title="T", subtitle="S", gazetteer=gazetteer)
    assert "<title>T</title>" in shown.get_root().render()
    assert "<title>Map of events</title>" in event_map(basemap=None).get_root().render()


def test_bad_colours_are_named(events, gazetteer):
    with pytest.raises(GeoeventsError, match=r"actors\['SDF'\]: 'reddish' is no colour"):
        event_map(events, actors={"SDF": "reddish"}, gazetteer=gazetteer)
    with pytest.raises(GeoeventsError, match="palette='viridis'"):
        event_map(events, palette="viridis", gazetteer=gazetteer)

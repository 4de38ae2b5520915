"""The printed map, as matplotlib drew it."""

import itertools
import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from pyproj import Geod, Transformer
from shapely import Point, box

import geoevents as ge
from geoevents.errors import GeoeventsError
from geoevents.maps.figures.areas import plot_areas
from geoevents.maps.figures.flattening import flattened
from geoevents.maps.figures.glyphs import glyph
from geoevents.maps.figures.map_figure import plot_map
from geoevents.maps.figures.paint import outline
from geoevents.maps.figures.view import view_of
from geoevents.maps.style import EVENT_STYLES, HOLLOW_STATUSES, actor_colours

GEOD = Geod(ellps="WGS84")


class Territory:
    """What a map asks of a territory."""

    def __init__(self, rows):
        columns = ["date", "actor", "geometry", "inferred"]
        frame = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=4326)
        self.frame = frame.assign(date=pd.to_datetime(frame["date"]), source="Survey of 2017")
        self.dates = pd.DatetimeIndex(sorted(self.frame["date"].unique()))
        self.actors = sorted(self.frame["actor"].unique())

    def at(self, date):
        before = self.dates[self.dates <= pd.Timestamp(date)]
        if not len(before):
            raise GeoeventsError("no control is known before 2017-09-01")
        found = self.frame[self.frame["date"] == before[-1]]
        return found.assign(area_km2=np.asarray(ge.area(found.geometry)))


@pytest.fixture
def territory():
    return Territory(
        [
            ("2017-09-01", "ISIS", box(35, 34, 38, 37), False),
            ("2017-10-01", "ISIS", box(35, 34, 36, 37), False),
            ("2017-10-01", "ISIS / SDF", box(36, 34, 36.5, 37), False),
            ("2017-10-01", "SDF", box(36.5, 34, 38, 37), True),
        ]
    )


@pytest.fixture
def changes():
    return gpd.GeoDataFrame(
        {"from_actor": ["ISIS", "ISIS"], "to_actor": ["SDF", ""]},
        geometry=[box(36, 34, 37, 35), box(37, 35, 37.5, 36)],
        crs=4326,
    )


def patches(ax, start):
    return [p for p in ax.patches if (p.get_gid() or "").startswith(start)]


def keys(ax):
    return [t.get_text() for t in ax.get_legend().get_texts()]


def caption(ax):
    found = [t.get_text() for t in ax.texts if t.get_gid() == "caption"]
    return " ".join(found).replace("\n", " ")


def names(ax):
    ax.figure.canvas.draw()
    return [t for t in ax.texts if t.get_visible() and (t.get_gid() or "").startswith("name:")]


def test_control_has_the_colours_of_the_map_and_its_km2(territory, gazetteer):
    ax = plot_map(territory, gazetteer=gazetteer)
    colours = actor_colours(territory.actors)
    for actor in ("ISIS", "SDF"):
        fill = patches(ax, f"held:{actor}")[0]
        assert to_hex(fill.get_facecolor()[:3]) == colours[actor]
    area = float(ge.area(box(35, 34, 36, 37)))
    assert f"ISIS\n{area:,.0f} km²" in keys(ax)
    assert keys(ax)[0] == "Control on 1 October 2017"


def test_control_on_a_date(territory, gazetteer):
    ax = plot_map(territory, date="2017-09-20", gazetteer=gazetteer)
    assert keys(ax)[0] == "Control on 20 September 2017\n(as it was since 1 September 2017)"
    assert len(keys(ax)) == 2
    with pytest.raises(GeoeventsError, match="before 2017-09-01"):
        plot_map(territory, date="2016-01-01", gazetteer=gazetteer)


def test_inferred_control_is_hatched_and_said_to_be(territory, gazetteer):
    ax = plot_map(territory, gazetteer=gazetteer)
    assert any(p.get_hatch() for p in patches(ax, "held:SDF"))
    assert not any(p.get_hatch() for p in patches(ax, "held:ISIS") if p.get_gid() == "held:ISIS")
    assert "inferred, not surveyed" in caption(ax)
    assert "Source: Survey of 2017." in caption(ax)
    assert "Drawn" in caption(ax)  # the gazetteer's own source


def test_shared_ground_is_striped(territory, gazetteer):
    ax = plot_map(territory, gazetteer=gazetteer)
    colours = actor_colours(territory.actors)
    fill, stripes, _ = patches(ax, "held:ISIS / SDF")
    assert to_hex(fill.get_facecolor()[:3]) == colours["ISIS"]
    assert to_hex(stripes.get_edgecolor()[:3]) == colours["SDF"]
    assert stripes.get_hatch()


def test_changes_are_drawn_in_the_gainers_colour_with_their_km2(changes, gazetteer):
    ax = plot_map(changes=changes, gazetteer=gazetteer)
    area = np.asarray(ge.area(changes.geometry))
    written = [t.get_text() for t in names(ax) if t.get_gid() == "name:change"]
    assert sorted(written) == sorted(f"{value:,.0f} km²" for value in area)
    gained = [f"SDF from ISIS\n{area[0]:,.0f} km²", f"nobody from ISIS\n{area[1]:,.0f} km²"]
    assert keys(ax) == ["Changed hands", *gained]
    fill = patches(ax, "held:SDF")[0]
    assert to_hex(fill.get_facecolor()[:3]) == actor_colours(["ISIS", "SDF"])["SDF"]


def test_ranges_of_changes_stand_in_the_legend(changes, gazetteer):
    changes = changes.assign(
        area_km2=[100.0, 50.0], area_low_km2=[90.0, 50.0], area_high_km2=[115.0, 50.0]
    )
    ax = plot_map(changes=changes, gazetteer=gazetteer)
    assert "SDF from ISIS\n100 km² (90–115)" in keys(ax)
    assert "nobody from ISIS\n50 km²" in keys(ax)


@pytest.mark.parametrize("status", [*HOLLOW_STATUSES, "Denied", "reported", None])
def test_markers_by_type_and_hollow_if_it_may_not_have_happened(gazetteer, status):
    events = gpd.GeoDataFrame(
        {"event_type": ["siege"], "status": [status]}, geometry=[Point(36, 35)], crs=4326
    )
    ax = plot_map(events=events, gazetteer=gazetteer)
    (marker,) = [c for c in ax.collections if c.get_gid() == "event"]
    colour, white = to_rgba(EVENT_STYLES["siege"].colour), to_rgba("#ffffff")
    hollow = bool(status) and status.lower() in HOLLOW_STATUSES
    assert tuple(marker.get_facecolor()[0]) == (white if hollow else colour)
    assert tuple(marker.get_edgecolor()[0]) == (colour if hollow else white)
    assert ("Hollow" in caption(ax)) == hollow


def test_events_are_where_they_happened_and_the_rest_are_counted(events, gazetteer):
    ax = plot_map(events=events, gazetteer=gazetteer)
    assert "1 event has no known place." in caption(ax)
    assert keys(ax) == ["Events", "air strike × 2", "shelling", "territorial gain", "protest"]
    assert len(patches(ax, "region"))
    assert any(p.get_hatch() for p in patches(ax, "region"))
    beyond = plot_map(events=events, extent=(30, 31, 34, 33), gazetteer=gazetteer)
    assert "5 events lie beyond the frame." in caption(beyond)
    assert beyond.get_legend() is None


def test_markers_on_one_spot_are_moved_apart_and_joined_to_it(gazetteer):
    kinds = ["siege", "protest", "air strike", "air strike"]
    events = gpd.GeoDataFrame({"event_type": kinds}, geometry=[Point(36, 35)] * 4, crs=4326)
    ax = plot_map(events=events, gazetteer=gazetteer)
    ax.figure.canvas.draw()
    markers = [c for c in ax.collections if c.get_gid() == "event"]
    at = np.vstack([ax.transData.transform(c.get_offsets()) for c in markers])
    assert len(at) == 3  # the two air strikes share a marker
    gaps = [np.hypot(*(a - b)) for a, b in itertools.combinations(at, 2)]
    assert min(gaps) >= 12 * ax.figure.dpi / 72
    assert "2" in [t.get_text() for t in ax.texts]


def test_the_scale_bar_is_as_long_as_it_says(gazetteer, events):
    for extent in ((30, 30, 50, 40), (36, 35, 36.5, 35.4), (10, 55, 40, 70), (179, -20, -178, -15)):
        ax = plot_map(events=events, extent=extent, gazetteer=gazetteer)
        halves = [p for p in ax.patches if p.get_gid() == "scale bar"]
        x0, x1 = halves[0].get_x(), halves[1].get_x() + halves[1].get_width()
        ends = view_of(extent, exactly=True).plane.inverse(
            np.array([[x0, halves[0].get_y()], [x1, halves[0].get_y()]])
        )
        metres = GEOD.inv(*ends[0], *ends[1])[2]
        said = next(t.get_text() for t in ax.texts if re.fullmatch(r"[\d,.]+ km", t.get_text()))
        assert metres / 1000 == pytest.approx(float(said.split()[0].replace(",", "")), rel=1e-3)


def test_the_plane_is_projs_and_shapes_are_right(gazetteer, events):
    ax = plot_map(events=events, extent=(30, 30, 40, 40), gazetteer=gazetteer)
    assert ax.get_aspect() == 1
    project = Transformer.from_crs(4326, ge.geodesy.local_crs(35.0, 35.0), always_xy=True)
    left, right = ax.get_xlim()
    corners = project.transform([30, 40, 30, 40], [30, 30, 40, 40])
    assert (left, right) == pytest.approx((min(corners[0]), max(corners[0])), abs=0.1)
    # A hundred kilometres are as long across the view as up it, to one in a thousand.
    plane = view_of((30, 30, 40, 40), exactly=True).plane
    east, north = (GEOD.fwd(35, 35, way, 100_000)[:2] for way in (90, 0))
    lengths = np.hypot(*plane.forward(np.array([east, north])).T)
    assert lengths == pytest.approx([100_000, 100_000], rel=1e-3)


def test_degrees_stand_where_meridians_meet_the_frame(gazetteer, events):
    ax = plot_map(events=events, extent=(30, 30, 40, 40), gazetteer=gazetteer)
    ticks = dict(zip([t.get_text() for t in ax.get_xticklabels()], ax.get_xticks(), strict=True))
    plane = view_of((30, 30, 40, 40), exactly=True).plane
    lonlat = plane.inverse(np.array([[ticks["34°E"], ax.get_ylim()[0]]]))
    assert lonlat[0, 0] == pytest.approx(34, abs=1e-3)
    assert "32°N" in [t.get_text() for t in ax.get_yticklabels()]


def test_names_do_not_overlap_each_other_nor_markers_nor_the_bar(events):
    ax = plot_map(events=events, extent=(36, 33.5, 42.5, 37.5))  # the embedded gazetteer
    found = names(ax)
    assert len(found) > 15
    boxes = [t.get_window_extent() for t in found]
    assert not [1 for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)]
    bar = [p.get_window_extent() for p in ax.patches if p.get_gid() == "scale bar"]
    assert not [1 for a in boxes for b in bar if a.overlaps(b)]
    frame = ax.get_window_extent()
    assert all(frame.x0 <= b.x0 and b.x1 <= frame.x1 for b in boxes)
    assert {"Aleppo", "Raqqa", "Euphrates"} <= {t.get_text() for t in found}
    assert "GeoNames (CC BY 4.0), Natural Earth" in caption(ax)


def test_labels_may_be_left_out(territory, gazetteer):
    assert not names(plot_map(territory, gazetteer=gazetteer, labels=False))
    assert {"Aland", "Long River", "Town"} <= {
        t.get_text() for t in names(plot_map(territory, gazetteer=gazetteer))
    }


@pytest.mark.parametrize("name", ["$x^2$", "_hidden", "قوات سوريا"])
def test_strangers_names_are_drawn_as_they_stand(gazetteer, name, tmp_path):
    found = Territory([("2017-09-01", name, box(35, 34, 38, 37), False)])
    ax = plot_map(found, title=name, gazetteer=gazetteer)
    text = ax.get_legend().get_texts()[1]
    assert text.get_text().startswith(name)
    assert text.get_visible()
    assert not text.get_parse_math()
    assert ax.get_title(loc="left") == name
    ax.figure.savefig(tmp_path / "map.png", dpi=50)


def test_across_the_antimeridian_halves_are_one(gazetteer):
    halves = shapely.MultiPolygon([box(179, -18, 180, -17), box(-180, -18, -179, -17)])
    found = Territory([("2017-09-01", "A", halves, False)])
    ax = plot_map(found, gazetteer=gazetteer)
    width = np.diff(ax.get_xlim())[0]
    assert width < 400_000
    fill = patches(ax, "held:A")[0]
    assert (fill.get_path().codes == 1).sum() == 1  # one ring: no seam
    assert "180°00′" in [t.get_text() for t in ax.get_xticklabels()]


def test_what_no_plane_can_show_is_refused(gazetteer):
    far = gpd.GeoDataFrame(geometry=[Point(-120, 40), Point(60, 40), Point(0, 0)], crs=4326)
    with pytest.raises(GeoeventsError, match="extent="):
        plot_map(events=far, gazetteer=gazetteer)
    pole = gpd.GeoDataFrame(geometry=[Point(0, 89.9)], crs=4326)
    with pytest.raises(GeoeventsError, match="pole"):
        plot_map(events=pole, gazetteer=gazetteer)


@pytest.mark.parametrize(
    "extent", [(1, 2, 3), "abcd", (0, 50, 10, 40), (0, 0, 200, 1), (1, 1, 1, 2)]
)
def test_an_extent_that_is_none_is_refused(extent, events):
    with pytest.raises(GeoeventsError, match="west, south, east, north"):
        plot_map(events=events, extent=extent)


def test_forty_actors_and_one(gazetteer):
    rows = [("2017-09-01", f"Actor {i:02d}", box(31 + i / 8, 34, 31.1 + i / 8, 35), False)
            for i in range(40)]  # fmt: skip
    ax = plot_map(Territory(rows), gazetteer=gazetteer)
    assert len(keys(ax)) == 15
    assert keys(ax)[-1].startswith("and 27 more, ")
    assert len({p.get_gid() for p in patches(ax, "held:")}) == 40


def test_actors_chooses_and_the_rest_is_grey(territory, gazetteer):
    ax = plot_map(territory, actors=["SDF"], gazetteer=gazetteer)
    assert [text.split("\n")[0] for text in keys(ax)[1:]] == ["SDF", "others"]


def test_ground_beyond_the_frame_is_said_to_count(territory, gazetteer):
    assert "beyond the frame" not in caption(plot_map(territory, gazetteer=gazetteer))
    ax = plot_map(territory, extent=(35.5, 34.5, 37, 36), gazetteer=gazetteer)
    assert "Areas count ground beyond the frame as well." in caption(ax)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "pass territory"),
        ({"date": "2017-09-01", "events": "events"}, "date= says what to show of a territory"),
        ({"territory": 3}, "geoevents.Territory"),
        ({"territory": "territory", "date": "soon"}, "date has to be a date"),
        ({"territory": "territory", "actors": ["X"]}, "'X', who holds nothing"),
        ({"changes": "events"}, "changes has no column 'from_actor'"),
        ({"events": pd.DataFrame({"a": [1]})}, "events has no geometry column"),
    ],
)
def test_errors_say_what_is_wrong(given, message, request):
    fixtures = ("events", "territory")
    called = {
        name: request.getfixturevalue(value)
        if isinstance(value, str) and value in fixtures
        else value
        for name, value in given.items()
    }
    with pytest.raises(GeoeventsError, match=message):
        plot_map(**called)


def test_nothing_with_a_place_and_no_coordinate_system(gazetteer):
    nowhere = gpd.GeoDataFrame({"event_type": ["siege"]}, geometry=[None], crs=4326)
    with pytest.raises(GeoeventsError, match="has a place"):
        plot_map(events=nowhere, gazetteer=gazetteer)
    with pytest.raises(GeoeventsError, match="CRS"):
        plot_map(events=gpd.GeoDataFrame(geometry=[Point(1, 2)]), gazetteer=gazetteer)


def test_areas_that_are_not_known_do_not_spoil_the_sum(changes, gazetteer):
    changes = changes.assign(area_km2=[np.nan, 50.0])
    ax = plot_map(changes=changes, gazetteer=gazetteer)
    assert f"SDF from ISIS\n{float(ge.area(changes.geometry.iloc[0])):,.0f} km²" in keys(ax)


@pytest.mark.parametrize("suffix", ["pdf", "svg", "png"])
def test_it_is_saved_and_vectors_stay_vectors(territory, events, gazetteer, tmp_path, suffix):
    path = tmp_path / f"map.{suffix}"
    ax = plot_map(territory, events=events, gazetteer=gazetteer)
    ax.figure.savefig(path, dpi=50)
    data = path.read_bytes()
    assert len(data) > 5_000
    if suffix != "png":
        assert b"/Subtype /Image" not in data
        assert b"<image" not in data


def test_somebody_elses_axes_are_used_and_all_is_on_the_page(territory, gazetteer):
    figure = Figure(figsize=(7, 4))
    given = figure.subplots()
    ax = plot_map(territory, ax=given, title="T", gazetteer=gazetteer)
    assert ax is given
    figure.canvas.draw()
    key = ax.get_legend().get_window_extent()
    assert key.x1 <= figure.bbox.x1
    assert ax.get_tightbbox().y0 >= 0


def test_a_shape_with_a_spike_is_not_lost():
    # GEOS's segmentize returns nothing of this one, or only a sliver, at every tenth step.
    spiked = shapely.Polygon(
        [(41.3, 34.9), (41.2, 34.35), (41, 34.4), (40.2, 34), (39.2, 34.4),
         (39.94477611940299, 34.10208955223881), (39.96, 34.3), (39.86, 35),
         (39.95294117647059, 35.464705882352945), (39.71162790697675, 35.62558139534884),
         (40.3, 35.6), (41, 35.4), (41.334044065387346, 35.376616915422886), (41.35, 35.6)]
    )  # fmt: skip
    for more in np.linspace(0.0, 2.0, 60):
        view = view_of((39.0 - more, 34.0, 41.5 + more, 36.0))
        (flat,) = view.project([spiked])
        assert flat.area / 1e6 == pytest.approx(float(ge.area(spiked)), rel=5e-3)


def test_long_edges_bend_and_holes_stay_holes():
    view = view_of((0, 50, 40, 70), exactly=True)
    ring = box(0, 50, 40, 70) - box(10, 55, 30, 65)
    (flat,) = flattened([ring], view.window, view.plane, view.frame)
    area = GEOD.geometry_area_perimeter(shapely.segmentize(ring, 0.5))[0]
    assert flat.area == pytest.approx(abs(area), rel=1e-3)
    path = outline(flat)
    first = np.append(np.flatnonzero(path.codes == path.MOVETO), len(path.codes))
    rings = [path.vertices[a:b] for a, b in itertools.pairwise(first)]
    # The hole runs against the outer ring, which every way of filling leaves empty.
    assert sorted(shapely.is_ccw(shapely.linearrings(ring)).item() for ring in rings) == [0, 1]


def test_every_sign_can_be_read():
    for style in EVENT_STYLES.values():
        path = glyph(style.glyph)
        assert np.abs(path.vertices).max() <= 0.5
        assert path.codes[-1] == path.CLOSEPOLY
    dot = glyph("M12 7A5 5 0 1 1 12 17A5 5 0 1 1 12 7Z")
    inside = shapely.Polygon(dot.to_polygons()[0])
    assert inside.area == pytest.approx(np.pi * (5 / 24) ** 2, rel=0.02)
    with pytest.raises(ValueError, match="half a circle"):
        glyph("M0 0A5 5 0 1 1 3 3Z")
    with pytest.raises(ValueError, match="cannot be read"):
        glyph("M0 0Q1 1 2 2Z")


PAGE = Path(__file__).parents[3] / "docs" / "figures.md"


@pytest.mark.skipif(not PAGE.exists(), reason="needs the documentation beside the tests")
def test_the_code_on_the_page_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ge, "plot_map", plot_map, raising=False)
    monkeypatch.setattr(ge, "plot_areas", plot_areas, raising=False)
    names = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        exec(block, names)  # noqa: S102 -- our own page
    assert (tmp_path / "areas.png").stat().st_size > 10_000
    assert (tmp_path / "map.png").stat().st_size > 10_000
    written = keys(names["ax"])
    assert written[0].startswith("Control on 30 September 2017")
    assert "territorial gain" in written


def test_the_order_of_two_arabic_names_is_that_of_the_sentence():
    changes = gpd.GeoDataFrame(
        {"from_actor": ["قوات سوريا"], "to_actor": ["الجيش السوري"], "area_km2": [100.0]},
        geometry=[box(36, 36, 37, 37)],
        crs=4326,
    )
    texts = [text.get_text() for text in plot_map(changes=changes).get_legend().get_texts()]
    # U+200E: what follows runs from left to right, whatever its first letter.
    assert any(text.startswith("\u200eالجيش السوري from قوات سوريا") for text in texts)

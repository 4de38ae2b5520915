"""
How well events are read from reports: a corpus of short ones with the events written beforehand.

    python benchmarks/reports.py [--misses] [--seed ARTICLE] [--toponyms XML] [--speed] [--data DIR]

Reads ``reports/dev.toml`` (looked at, tuned on) and ``reports/held_out_*.toml`` (not), prints
precision and recall of events and how often each field is right; `report_scoring` says how found
and expected events are paired. Then the places of ``reports/toponyms.toml``, found and chosen.

``--misses``      also lists each missed and invented event of ``dev`` with its text
``--held-out-misses``
                  lets ``--misses held-out`` list those of the held-out set: once looked at, a
                  report is no longer held out, so this is for the documentation, at the end
``--seed``        also checks what an article of 17 September 2017 on Deir Ezzor should give
``--toponyms``    also finds and chooses the places of GeoVirus (Gritta et al. 2018) in its texts
``--speed``       only reads 25,000 notes made from templates, and says how much memory it took
``--data``        folder of the GeoVirus corpus, ``toponyms_geovirus.xml``

Peers cannot run beside it offline: Mordecai 3 needs an Elasticsearch server with a 3 GB index and a
transformer model, the Irchel Geoparser 2 to 3 GB of models, and PETRARCH2 sentences already parsed
by CoreNLP, and then gives CAMEO codes without places.
"""

import argparse
import datetime as dt
import multiprocessing
import os
import random
import time
import tomllib
import xml.etree.ElementTree as ET
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
import shapely
from geocode import POINTS
from report_scoring import (
    FIELDS,
    FOLDER,
    SPLITS,
    Event,
    Matching,
    Report,
    Row,
    Score,
    judge,
    match,
    read_corpus,
    read_names,
)

import geoevents as ge
from geoevents.geodesy import distance_m

NOTES = 25_000
GOAL_S, GOAL_MB = 60.0, 700
NEAR_M, NEAR_DEGREES = 161_000, 1.45
GOALS = {"events": "goal 0.85 / 0.80"}
KINDS = {"events": "all events", "very type": "of the very type", "happened": "that happened"}


def read(report: Report, text: str | None = None) -> pd.DataFrame:
    return ge.read_report(report.text if text is None else text, published=report.published)


def evaluate(reports: list[Report]) -> tuple[Score, list[tuple[Report, Matching]]]:
    """Read every report and compare."""
    names, score, matchings = read_names(), Score(), []
    for report in reports:
        matching = match(report, read(report), names)
        score.add(matching, names)
        matchings.append((report, matching))
    return score, matchings


def table(split: str, reports: list[Report], score: Score) -> None:
    print(f"\n{split}: {len(reports)} reports")
    print(
        f"{'':18} {'precision':>9} {'recall':>7} {'F1':>5} "
        f"{'right':>6} {'invented':>8} {'missed':>6}"
    )
    for kind, label in KINDS.items():
        print(
            f"{label:18} {score.precision(kind):9.2f} {score.recall(kind):7.2f} "
            f"{score.f1(kind):5.2f} {score.right[kind]:6} {score.invented[kind]:8} "
            f"{score.missed[kind]:6}  {GOALS.get(kind, '')}"
        )
    print(f"{'field, in pairs':18} {'accuracy':>9} {'right':>7} {'of':>5}")
    for name in FIELDS:
        right, total = score.fields_right[name], score.fields[name]
        share = f"{right / total:9.2f}" if total else f"{'-':>9}"
        print(f"{name:18} {share} {right:7} {total:5}")


def _told(row: Row) -> str:
    """Tell a found event in a line."""
    fatalities = row.get("fatalities")
    cells = (
        row["event_type"],
        f"{row['actor']} -> {row['target']}",
        f"{pd.Timestamp(row['start']):%Y-%m-%d} ({row['date_precision']})",
        str(row["locality"]),
        row["status"],
        f"{fatalities:.0f} dead" if pd.notna(fatalities) else "",
    )
    return " | ".join(cell for cell in cells if cell)


def _meant(event: Event) -> str:
    """Tell an expected event in a line."""
    keys = ("type", "actor", "target", "start", "at", "status", "killed", "words", "note")
    values = {key: event[key] for key in keys if key in event}
    return " | ".join(
        f"{key} {value.isoformat() if isinstance(value, dt.date) else value}"
        for key, value in values.items()
    )


def list_misses(matchings: list[tuple[Report, Matching]]) -> None:
    names = read_names()
    for report, matching in matchings:
        lines = [f"  missed    {_meant(event)}" for event in matching.missed]
        lines += [f"  invented  {_told(row)}" for row in matching.invented]
        for event, row in matching.pairs:
            wrong = [name for name, right in judge(event, row, names).items() if not right]
            if wrong:
                lines.append(f"  wrong {', '.join(wrong)}: {_told(row)}")
                lines.append(f"        meant {_meant(event)}")
        if lines:
            print(f"\n{report.id} ({report.style}, published {report.published})\n  {report.text}")
            print("\n".join(lines))


def seed(path: Path) -> None:
    """Check the expected events of the article that the project began with."""
    report = read_corpus(FOLDER / "seed.toml")[0]
    names = read_names()
    matching = match(report, read(report, path.read_text(encoding="utf-8")), names)
    print(f"\nseed article: {len(matching.pairs)} of {len(matching.pairs) + len(matching.missed)}")
    for event, row in matching.pairs:
        wrong = [name for name, right in judge(event, row, names).items() if not right]
        print(
            f"  {'wrong ' + ', '.join(wrong) if wrong else 'right'}: {event['note']}: {_told(row)}"
        )
    for event in matching.missed:
        print(f"  missed: {_meant(event)}")
    for row in matching.invented:
        print(f"  invented: {_told(row)}")


def own_toponyms(*, misses: bool) -> None:
    """Find and choose the places of our own short texts: exact spans, the right country."""
    texts = tomllib.loads((FOLDER / "toponyms.toml").read_text(encoding="utf-8"))["text"]
    found = right = expected = country = 0
    for entry in texts:
        rows = ge.geoparse(entry["text"])
        rows = rows[rows["sense"] == "place"]
        seen = {
            (int(a), int(b)): c
            for a, b, c in zip(rows["start"], rows["end"], rows["country"], strict=True)
        }
        found += len(seen)
        for name, code, span in wanted(entry):
            expected += 1
            if span in seen:
                right += 1
                country += code in ("*", seen[span])
                continue
            if misses:
                print(f"  not found: {name!r} in {entry['text']!r}")
    print(
        f"\n{len(texts)} texts with {expected} places: recall of exact spans "
        f"{right / expected:.1%}, precision {right / max(found, 1):.1%}; "
        f"right country {country / max(right, 1):.1%} of those"
    )


def wanted(entry: dict[str, Any]) -> list[tuple[str, str, tuple[int, int]]]:
    """List the places of a text with their spans: each after the one before."""
    spans, at = [], 0
    for name, code, *number in entry["places"]:
        at = entry["text"].index(name, at)
        for _ in range(1, *number or (1,)):
            at = entry["text"].index(name, at + 1)
        spans.append((name, code, (at, at + len(name))))
        at += len(name)
    return spans


def geovirus(path: Path) -> None:
    """Find and choose the places of GeoVirus: recall of exact spans, and within 161 km."""
    total = exact = near = inside = 0
    start = time.perf_counter()
    for article in ET.parse(path).getroot():  # noqa: S314 -- the user's own file
        text = article.findtext("text") or ""
        rows = ge.geoparse(text)
        rows = rows[rows["sense"] == "place"]
        seen = dict(zip(zip(rows["start"], rows["end"], strict=True), rows.index, strict=True))
        for place in article.iter("location"):
            total += 1
            name = place.findtext("name") or ""
            begin = int(place.findtext("start") or 0) - 1
            begin = next((b for b in (begin, begin + 1) if text.startswith(name, b)), -1)
            row = seen.get((begin, begin + len(name)))
            if row is None:
                continue
            exact += 1
            lon, lat = float(place.findtext("lon") or 0), float(place.findtext("lat") or 0)
            near += float(distance_m(*POINTS[rows.loc[row, "feature_id"]], lon, lat)) <= NEAR_M
            geometry = rows.loc[row, "geometry"]
            inside += float(shapely.distance(geometry, shapely.Point(lon, lat))) < NEAR_DEGREES
    print(
        f"\nGeoVirus, text alone, {total} places, {time.perf_counter() - start:.0f} s: "
        f"recall of exact spans {exact / total:.1%}; of those, point within 161 km "
        f"{near / max(exact, 1):.1%}, point, line or polygon {inside / max(exact, 1):.1%}"
    )


def notes(count: int) -> pd.DataFrame:
    """Make notes of 25 to 60 words from templates: varied places and dates, the same each time."""
    templates = tomllib.loads((FOLDER / "notes.toml").read_text(encoding="utf-8"))
    gazetteer = ge.Gazetteer.default()
    towns = gazetteer.window((-120, -40, 140, 60), kinds=["populated place"])
    towns = towns[towns["population"] > 20_000]
    lands = gazetteer.window((-180, -90, 180, 90), kinds=["country"])
    called = dict(zip(lands["country"], lands["name"], strict=True))
    towns = towns[towns["country"].isin(called)]
    by_country = {code: list(rows) for code, rows in towns.groupby("country")["name"]}
    codes, weights = zip(*((code, len(rows)) for code, rows in by_country.items()), strict=True)
    rng = random.Random(7)  # noqa: S311 -- made-up notes
    rows = []
    for code in rng.choices(codes, weights, k=count):
        day = dt.date(2015, 1, 1) + dt.timedelta(rng.randrange(3650))
        words = {
            "actor": rng.choice(templates["actors"]),
            "place": rng.choice(by_country[code]),
            "other": rng.choice(by_country[code]),
            "country": called[code],
            "n": rng.randint(2, 40),
            "m": rng.randint(2, 60),
            "km": rng.randint(3, 40),
        }
        text = f"On {day.day} {day:%B %Y}, " + rng.choice(templates["acts"]).format(**words)
        for tail in rng.sample(templates["tails"], len(templates["tails"])):
            if len(text.split()) >= 25 + rng.randrange(20):
                break
            text += " " + tail.format(**words)
        rows.append((text, pd.Timestamp(day)))
    return pd.DataFrame(rows, columns=["notes", "event_date"])


def speed(count: int) -> None:
    """Time `read_reports` on made-up notes: seconds, and megabytes of this and other processes."""
    # Made elsewhere: that needs all towns of the gazetteer in memory, and reading does not.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as elsewhere:
        frame = elsewhere.submit(notes, count).result()
    length = frame["notes"].str.split().str.len()
    start = time.perf_counter()
    events = ge.read_reports(frame, text="notes", published="event_date")
    took = time.perf_counter() - start
    others = [_peak_mb(child.pid) for child in psutil.Process().children(recursive=True)]
    print(
        f"{count:,} notes of {length.min()} to {length.max()} words: {len(events):,} events of "
        f"{events['report'].nunique():,} notes, {took:.1f} s, {count / took:,.0f} notes/s, peak "
        f"memory {_peak_mb(os.getpid())} MB, in the largest other process {max(others, default=0)} "
        f"MB | goal < {GOAL_S:.0f} s, < {GOAL_MB} MB"
    )


def _peak_mb(process: int) -> int:
    """Peak memory of a process, 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--misses", nargs="?", const="dev", choices=["dev", "held-out"])
    parser.add_argument("--held-out-misses", action="store_true", help="allow --misses held-out")
    parser.add_argument("--seed", type=Path, metavar="ARTICLE")
    parser.add_argument("--toponyms", type=Path, metavar="XML")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--notes", type=int, default=NOTES, help="how many, with --speed")
    parser.add_argument("--data", type=Path, metavar="DIR")
    options = parser.parse_args()
    if options.misses == "held-out" and not options.held_out_misses:
        parser.error(
            "the held-out reports are not to be looked at; to list their misses for the "
            "documentation, and never tune on them again, add --held-out-misses"
        )
    if options.speed:
        speed(options.notes)
        return
    for split, path in SPLITS.items():
        reports = read_corpus(path)
        score, matchings = evaluate(reports)
        table(split, reports, score)
        if options.misses == split.replace(" ", "-"):
            list_misses(matchings)
    own_toponyms(misses=options.misses == "dev")
    if options.seed:
        seed(options.seed)
    corpus = options.toponyms or (options.data and options.data / "toponyms_geovirus.xml")
    if corpus and corpus.exists():
        geovirus(corpus)
    elif corpus:
        print(f"\nGeoVirus: no file {corpus}, skipped")


if __name__ == "__main__":
    main()

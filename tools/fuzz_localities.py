"""
Attack ``geoevents.locate`` with random and mutated phrases, and report what breaks.

Usage: python tools/fuzz_localities.py [--phrases 5000] [--first 0] [--seed 1] [--only N ...]

A phrase is made from its seed, its number and the gazetteer: ``--only N`` makes phrase N again and
locates it. Four in ten are built from the grammar and names that lie near each other, three in ten
are built ones with tokens, characters or bytes dropped, doubled, swapped or replaced, two in ten
are words and names in any order, one in ten is noise. One in twenty is asked for with a reported
area.

A fault is an exception outside the library's own, a warning, a region that is no valid polygon or
leaves lon/lat, a point outside its region, a circle that does not hold it, an error that points
outside the phrase, or a phrase that takes too long.
"""

import argparse
import collections
import json
import math
import multiprocessing
import random
import re
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import shapely
from pyproj import Geod

import geoevents as ge
from geoevents.errors import GeoeventsError
from geoevents.localities import Locality, LocalityError

GEOD = Geod(ellps="WGS84")
SLOW_S = 2.0  # of processor time
HUNG_S = 60
CHUNK = 250
SCENES = 400
WINDOW = 0.7  # degrees about a scene's town
ALL = (-180.0, -90.0, 180.0, 90.0)
AREAS = 0.05

# -- words -----------------------------------------------------------------------------------------

POINTS = (
    *("north", "south", "east", "west", "northeast", "north-west", "south east", "south-western"),
    *("N", "S", "E", "W", "NE", "NW", "SE", "SW", "NNE", "ENE", "ESE", "SSE", "SSW", "WSW", "WNW"),
    *("NNW", "NbE", "N by E", "northeast by north", "south by west", "SWbS", "north-north-east"),
    *("eastern", "western", "northern", "southern", "northeastern", "due west", "westerly"),
)
WHERE = (
    *("in", "at", "inside", "within", "near", "close to", "around", "in the vicinity of"),
    *("not far from", "next to", "a short distance from", "the approaches to", "at the gates of"),
    *("outside", "just outside", "on the outskirts of", "on the edge of", "the suburbs of"),
    *("central", "downtown", "the centre of", "the heart of", "greater", "in and around"),
    *("the countryside of", "rural", "the area of", "along", "along the banks of", "on the"),
    *("the length of", "on both banks of", "the mouth of", "the estuary of", "the source of"),
    *("the headwaters of", "the border of", "the frontier of", "the border with", "upstream of"),
    *("downstream from", "upriver of", "down the river from", "across the river from"),
    *("the left bank of", "the right bank of", "the far bank of", "the opposite bank of"),
    *("the near bank of", "the east bank of", "the western side of", "the northern part of"),
    *("in the west of", "just south of", "immediately north of", "east of", "N of"),
    *("the villages of", "the city of", "the town of", "a position near", "the area around"),
)
AFTER = (
    *("area", "region", "countryside", "city centre", "province", "governorate", "district"),
    *("city", "town", "river", "'s border", "'s countryside", "'s eastern countryside", "valley"),
    *("border", "frontier", "road", "highway", "confluence", "bank", "suburbs"),
)
BETWEEN = (
    *(
        "between {} and {}",
        "from {} to {}",
        "halfway between {} and {}",
        "midway between {} and {}",
    ),
    *("the road between {} and {}", "the highway from {} to {}", "on the road from {} to {}"),
    *(
        "the {}-{} road",
        "the border between {} and {}",
        "the {}-{} border",
        "{} and {}",
        "{} or {}",
    ),
    *("{}, {}", "{} ({})", "{} / {}", "{} but not {}", "{} except {}", "{} excluding {}"),
    *("{}, but not in {}", "the confluence of {} and {}", "the confluence of {} with {}"),
    *("where {} meets {}", "where {} flows into {}", "where {} joins {}", "the {}-{} confluence"),
    *("{} upstream of {}", "along {} downstream of {}", "across {} from {}", "{}, near {}"),
    *("{}, east of {}", "the far bank of {} from {}", "{} between {} and {}", "{}, in {}"),
    *("along {} between {} and {}", "along {} from {} to {}", "{}, {} and {}", "{} and near {}"),
    *("the villages of {}, {} and {}", "{}, on the left bank of {}", "{}; {}"),
)
UNITS = (
    *("km", "kilometres", "kilometers", "m", "metres", "miles", "mi", "nautical miles", "nmi"),
    *("yards", "yd", "feet", "ft", "kms"),
)
ABOUT = (
    "",
    "",
    "",
    "about ",
    "some ",
    "approximately ",
    "roughly ",
    "less than ",
    "up to ",
    "over ",
)
DEMONYMS = (
    *("Syrian", "Iraqi", "Turkish", "Ukrainian", "Russian", "French", "Syrian-Iraqi"),
    *("Sudanese", "Malian-Nigerien", "US-Mexican"),
)
FIXES = (
    *("35.336, 40.141", "35°20'N 40°08'E", "35°20'10\"N, 40°08'28\"E", "37S EV 12345 67890"),
    *("8GRP84PR+C9", "-33.9, 18.4", "N35.3 E40.1", "40.141 E 35.336 N", "91.0, 200.0"),
    *("37SEV1234567890", "0, 0", "89.99, 179.99", "-90, 0", "35.336 40.141", "84PR+C9 Raqqa"),
)
GLUE = (*("the", "of", "and", "from", "but", "not", "or", "to", "with", "a", "an", "just", "both"),)
MARKS = (*(",", ";", "(", ")", "/", "-", "--", "'", '"', ".", "[", "]", "?", "&", "+", "~", ":"),)
ODD = (
    *("\x00", "\x1b", "\u200b", "\u202e", "\ufeff", "\u0301", "\ud800", "\udfff", "\U0001f4a3"),
    *("٣", "５", "Ⅷ", "½", "ß", "İ", "ǆ", "ﬁ", "\u2028", "\t", "\n", "\r", "°", "′", "″", "−", "–"),
    *(
        "دير الزور",
        "اليرموك",
        "北京",
        "Київ",
        "\u0e01\u0e33",
        "👨‍👩‍👧",
        "\ue000",
        "\U0010ffff",
        "²",
        "𝟙𝟚",
    ),
)


@dataclass(frozen=True)
class Scene:
    """Names that lie near each other, of each kind."""

    towns: tuple[str, ...]
    rivers: tuple[str, ...]
    areas: tuple[str, ...]


def scenes(seed: int) -> list[Scene]:
    """Choose towns all over the world, and what is about each."""
    gazetteer = ge.Gazetteer.default()
    pick = random.Random(f"scenes {seed}")  # noqa: S311 -- to be repeatable, not secret
    frame = gazetteer.window(ALL, kinds=["populated place"])
    weights = np.log10(frame["population"].to_numpy(float) + 10) ** 2
    anchors = pick.choices(range(len(frame)), weights=list(weights), k=SCENES)
    lon, lat = shapely.get_coordinates(frame.geometry.values).T
    title, other = frame["name"].to_numpy(object), frame["names"].to_numpy(object)
    country, admin = frame["country"].to_numpy(object), frame["admin1"].to_numpy(object)
    rivers = gazetteer.window(ALL, kinds=["river"])
    lands = gazetteer.window(ALL, kinds=["country"]).drop_duplicates("country")
    called = dict(zip(lands["country"], lands["name"], strict=True))
    river_names = rivers["name"].to_numpy(object)
    boxes = rivers.geometry.values
    found = []
    for i in anchors:
        near = np.flatnonzero((abs(lon - lon[i]) < WINDOW) & (abs(lat - lat[i]) < WINDOW))
        some = pick.sample(list(near), min(len(near), 8))
        towns = [str(title[i]), *(str(title[j]) for j in some)]
        towns += [str(pick.choice(other[j])) for j in [i, *some[:2]] if len(other[j])]
        point = shapely.Point(lon[i], lat[i])
        order = np.argsort(shapely.distance(boxes, point))[:3]
        areas = [called.get(country[i], "France"), str(pick.choice(list(called.values())))]
        if isinstance(admin[i], str) and admin[i]:
            areas += [admin[i], f"{admin[i]} province"]
        names = [str(river_names[j]) for j in order]
        found.append(Scene(tuple(towns), (*names, f"{names[0]} River"), tuple(areas)))
    return found


# -- phrases ---------------------------------------------------------------------------------------


class Maker:
    """Makes the phrase of a number."""

    def __init__(self, seed: int, number: int, all_scenes: list[Scene]) -> None:
        self.pick = random.Random(f"{seed}:{number}")  # noqa: S311 -- to be repeatable
        self.scenes = all_scenes
        self.scene = self.pick.choice(all_scenes)

    def phrase(self) -> tuple[str, str]:
        """Return how the phrase was made, and the phrase."""
        ways = {"built": self._built, "mutated": self._mutated}
        ways |= {"mixed": self._mixed, "noise": self._noise}
        made = self.pick.choices([*ways], (4, 3, 2, 1))[0]
        return made, ways[made]()

    def _built(self, depth: int = 0) -> str:
        pick = self.pick
        if depth > 3 or pick.random() < 0.1 + 0.35 * depth:
            return self._name()
        form = pick.choices(
            (
                f"{pick.choice(WHERE)} {{}}",
                f"{self._far()} {self._compass()}{{}}",
                pick.choice(BETWEEN),
                f"{self._name()} {pick.choice(AFTER)}",
                f"{pick.choice(POINTS)} {{}}",
                f"{pick.choice(DEMONYMS)} {pick.choice(AFTER)}",
                "({})",
            ),
            (33, 15, 25, 6, 4, 2, 3),
        )[0]
        count = form.count("{}")
        the = pick.choice(("", "", "the "))
        return form.format(*(the + self._built(depth + pick.randint(1, 3)) for _ in range(count)))

    def _name(self) -> str:
        pick = self.pick
        roll = pick.random()
        if roll > 0.96:
            return pick.choice((*FIXES, self._figures()))
        scene = self.scene if roll < 0.9 else pick.choice(self.scenes)
        bag = pick.choices((scene.towns, scene.rivers, scene.areas), (5, 3, 2))[0]
        return pick.choice(bag).replace("{", "(")

    def _figures(self) -> str:
        lat, lon = self.pick.uniform(-95, 95), self.pick.uniform(-190, 190)
        digits = self.pick.randint(0, 8)
        return f"{lat:.{digits}f}, {lon:.{digits}f}"

    def _far(self) -> str:
        pick = self.pick
        figure = pick.choice(
            (
                str(pick.randint(1, 60)),
                f"{pick.uniform(0.1, 90):.1f}",
                f"{pick.randint(1, 9)},{pick.randint(0, 999):03}",
                f"{pick.randint(1, 20)}-{pick.randint(1, 40)}",
                f"{pick.randint(1, 20)} to {pick.randint(1, 40)}",
                f"between {pick.randint(1, 20)} and {pick.randint(1, 40)}",
                str(pick.choice((0, 5e-324, 1e5, 10**30, 0.001, 4999, 20004))),
            )
        )
        more = " (25 miles)" if pick.random() < 0.1 else ""
        space = pick.choice((" ", " ", ""))
        return f"{pick.choice(ABOUT)}{figure}{space}{pick.choice(UNITS)}{more}"

    def _compass(self) -> str:
        pick = self.pick
        if pick.random() < 0.15:
            return f"{pick.choice(POINTS)} and {self._far()} {pick.choice(POINTS)} of "
        way = pick.choice((*POINTS, "", "", "upstream", "downstream", "downriver"))
        return f"{way} {pick.choice(('of ', 'of ', 'from ', 'of the '))}"

    def _mixed(self) -> str:
        bags: tuple[Callable[[], str], ...] = (
            self._name,
            self._far,
            *(
                lambda words=words: self.pick.choice(words).replace("{}", "")
                for words in (WHERE, GLUE, MARKS, POINTS, AFTER, BETWEEN, DEMONYMS)
            ),
        )
        count = self.pick.randint(1, 9)
        return " ".join(
            bag() for bag in self.pick.choices(bags, (5, 2, 3, 3, 2, 2, 1, 1, 1), k=count)
        )

    def _mutated(self) -> str:
        text = self._built()
        for _ in range(self.pick.choice((1, 1, 1, 2, 3, 6))):
            ways = (self._by_token, self._by_token, self._by_character, self._by_byte, self._joined)
            text = self.pick.choice(ways)(text)
        return text

    def _by_token(self, text: str) -> str:
        pick = self.pick
        tokens = re.findall(r"\s+|[^\s\w]|\w+", text) or [text]
        i, j = pick.randrange(len(tokens)), pick.randrange(len(tokens))
        match pick.randrange(5):
            case 0:
                del tokens[i]
            case 1:
                tokens.insert(i, tokens[j] + " ")
            case 2:
                tokens[i], tokens[j] = tokens[j], tokens[i]
            case 3:
                tokens[i] = pick.choice((*GLUE, *MARKS, *POINTS, *AFTER, *UNITS, *ODD))
            case _:
                tokens[i] *= pick.choice((2, 3, 40))
        return "".join(tokens)

    def _by_character(self, text: str) -> str:
        pick = self.pick
        i = pick.randint(0, len(text))
        return pick.choice(
            (
                text[:i] + text[i + 1 :],
                text[:i] + pick.choice(ODD) + text[i:],
                text[:i] + pick.choice(MARKS) + text[i:],
                "".join(pick.choice((c.upper(), c.lower())) for c in text),
                text.replace(" ", pick.choice(("", "  ", "\u00a0", "\t", "_", "-", ", "))),
                text[:i] + text[i:][::-1],
            )
        )

    def _by_byte(self, text: str) -> str:
        raw = bytearray(text.encode("utf-8", "surrogatepass"))
        if raw:
            raw[self.pick.randrange(len(raw))] = self.pick.randrange(256)
        return raw.decode("utf-8", self.pick.choice(("surrogateescape", "replace")))

    def _joined(self, text: str) -> str:
        return self.pick.choice((" ", ", ", " and ", " of ", "")).join((text, self._built(2)))

    def _noise(self) -> str:
        pick, name = self.pick, self._name()
        head = pick.choice((*WHERE, *GLUE)) + " "
        figure = f"{'9' * pick.choice((1, 20, 400))}.{'0' * pick.choice((1, 20, 90))}"
        return pick.choice(
            (
                "".join(chr(pick.randrange(0x110000)) for _ in range(pick.randint(0, 30))),
                "".join(chr(pick.randrange(32, 127)) for _ in range(pick.randint(0, 60))),
                pick.choice("([{)]},;/'\"") * pick.choice((1, 9, 400, 3000)) + name,
                " " * pick.randint(0, 90) + head * pick.choice((1, 5, 30, 500)) + name,
                f"{figure} km {pick.choice(POINTS)} of {name}",
                " ".join(pick.choices((*ODD, *GLUE, name), k=pick.randint(1, 40))),
                pick.choice((" and ", ", ", " / ")).join([name] * pick.choice((2, 30, 300))),
            )
        )


# -- one phrase ------------------------------------------------------------------------------------


class Hung(BaseException):
    """No ``Exception``, so that nothing that is under attack can catch it."""


@dataclass
class Fault:
    """What broke, with which phrase."""

    number: int
    made: str
    what: str
    phrase: str
    area_km2: float | None
    detail: str


@dataclass
class Report:
    """Outcomes of many phrases."""

    outcomes: collections.Counter[tuple[str, str]] = field(default_factory=collections.Counter)
    seconds: list[float] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    memory_mb: list[int] = field(default_factory=list)

    def add(self, other: "Report") -> None:
        """Put another's outcomes to one's own."""
        self.outcomes += other.outcomes
        self.seconds += other.seconds
        self.faults += other.faults
        self.memory_mb += other.memory_mb


def wrong(found: Locality) -> Iterator[str]:
    """Say what a locality must not be and is."""
    region, point = found.geometry, found.point
    if region.is_empty:
        yield "empty region"
        return
    west, south, east, north = shapely.bounds(region)
    corners = shapely.get_coordinates(region)
    count = len(corners)
    reach = GEOD.inv([point.x] * count, [point.y] * count, corners[:, 0], corners[:, 1])[2]
    ground = region.geom_type in ("Polygon", "MultiPolygon")
    checks = {
        f"region is a {region.geom_type}": ground,
        "invalid region": region.is_valid,
        "region leaves lon/lat": -180 <= west <= east <= 180 and -90 <= south <= north <= 90,
        "region has no area": found.area_km2 > 0 or not ground,
        "region does not hold its point": shapely.distance(region, point) <= 1e-9,
        "uncertainty is not finite": math.isfinite(found.uncertainty_m),
        "circle misses the region": np.max(reach) <= found.uncertainty_m * (1 + 1e-6) + 1,
        "explanation is empty": bool(found.explain().strip()),
        "tree is empty": bool(str(found.relation).strip()),
    }
    yield from (what for what, holds in checks.items() if not holds)


def wrong_error(error: GeoeventsError, phrase: str) -> Iterator[str]:
    """Say what an error must not be and is."""
    message = str(error)
    if not message.strip():
        yield "error says nothing"
    try:
        message.encode("utf-8")
    except UnicodeEncodeError:
        yield "error cannot be printed"
    if isinstance(error, LocalityError) and error.text:
        if error.text == phrase and not 0 <= error.start <= error.end <= max(len(phrase), 1) + 1:
            yield "error points outside the phrase"
        if error.text == phrase and error.start == error.end and phrase.strip():
            yield "error points at nothing"
    if len(message) > 4000:
        yield "error is very long"


def brief(error: BaseException) -> str:
    """Reduce a message to what it has in common with others of its kind."""
    text = re.split(r"[.:;(\n] ?", str(getattr(error, "reason", error)), maxsplit=1)[0]
    text = re.sub(r"'[^']*'|\"[^\"]*\"", "'...'", text)
    return re.sub(r"\d[\d,.]*", "0", text)[:80]


def attack(number: int, seed: int, all_scenes: list[Scene], report: Report) -> None:
    """Make the phrase of a number, locate it and note what comes of it."""
    maker = Maker(seed, number, all_scenes)
    made, phrase = maker.phrase()
    area = 10 ** maker.pick.uniform(-1, 5) if maker.pick.random() < AREAS else None

    def fault(what: str, detail: str = "") -> None:
        report.faults.append(Fault(number, made, what, phrase, area, detail))

    start = time.process_time()
    if hasattr(signal, "SIGALRM"):
        signal.alarm(HUNG_S)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = ge.locate(phrase, area_km2=area)
        outcome = ("region", "+".join(_words(found)))
        for what in wrong(found):
            fault(what, found.explain())
    except GeoeventsError as error:
        outcome = ("error", brief(error))
        for what in wrong_error(error, phrase):
            fault(what, str(error)[:500])
    except (Exception, Hung) as error:  # noqa: BLE001 -- which is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        spot = f"{Path(last.filename).name}:{last.name}"
        outcome = ("FAULT", type(error).__name__)
        fault(f"{type(error).__name__} in {spot}", traceback.format_exc())
    finally:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)
    taken = time.process_time() - start
    if taken > SLOW_S:
        fault("slow", f"{taken:.1f} s")
    report.outcomes[outcome] += 1
    report.outcomes["made", made] += 1
    report.seconds.append(taken)


def _words(found: Locality) -> list[str]:
    words = getattr(found, "relations", None) or str(found.relation).split("+")
    return list(words)[:3] + ["..."] * (len(words) > 3)


# -- many ------------------------------------------------------------------------------------------

_SHARED: dict[str, list[Scene]] = {}


def _begin(all_scenes: list[Scene]) -> None:
    _SHARED["scenes"] = all_scenes
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _hang)


def _hang(*_: object) -> None:
    raise Hung


def _chunk(job: tuple[int, list[int]]) -> Report:
    seed, numbers = job
    report = Report()
    for number in numbers:
        attack(number, seed, _SHARED["scenes"], report)
    report.memory_mb.append(_resident_mb())
    return report


def _resident_mb() -> int:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    return int(status.read_text().split("VmRSS:")[1].split()[0]) // 1024


def show(report: Report) -> None:
    """Print the outcomes, the times, the memory and the faults."""
    outcomes, seconds = report.outcomes, np.sort(report.seconds)
    totals: collections.Counter[str] = collections.Counter()
    for (group, _), count in outcomes.items():
        totals[group] += count
    total = totals.pop("made")
    print(f"{total:,} phrases: " + ", ".join(f"{v:,} {k}" for k, v in totals.most_common()))
    for group, heading, most in (
        ("made", "made by", 9),
        ("region", "regions by relation", 30),
        ("error", "errors by message", 40),
    ):
        rows = [(v, k[1]) for k, v in outcomes.items() if k[0] == group]
        print(f"\n{heading} ({len(rows)} kinds)")
        for count, name in sorted(rows, reverse=True)[:most]:
            print(f"{count:8,}  {name}")
    marks = {
        f"{q:g} %": float(np.quantile(seconds, q / 100)) * 1e3 for q in (50, 90, 99, 99.9, 100)
    }
    marks["mean"] = float(seconds.mean()) * 1e3
    print("\nms a phrase: " + ", ".join(f"{k} {v:,.1f}" for k, v in marks.items()))
    if any(report.memory_mb):
        tenth = max(len(report.memory_mb) // 10, 1)
        steps = report.memory_mb[::tenth]
        print("resident MB of a process on the way: " + ", ".join(map(str, steps)))
    kinds = collections.Counter(fault.what for fault in report.faults)
    print(f"\n{len(report.faults)} faults of {len(kinds)} kinds")
    for what, count in kinds.most_common():
        shortest = sorted((f for f in report.faults if f.what == what), key=lambda f: len(f.phrase))
        print(f"{count:6}  {what}")
        for one in shortest[:3]:
            size = f", area_km2={one.area_km2!r}" if one.area_km2 else ""
            print(f"        {one.number}: {one.phrase[:160]!r}{size}")


def main() -> int:
    """Make, locate, count, report."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--phrases", type=int, default=5_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first phrase")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", type=int, nargs="+", help="numbers of phrases to locate again")
    parser.add_argument("--faults", type=Path, help="file for the faults, one JSON object a line")
    options = parser.parse_args()
    numbers = options.only or range(options.first, options.first + options.phrases)
    jobs = [(options.seed, list(numbers[i : i + CHUNK])) for i in range(0, len(numbers), CHUNK)]
    report = Report()
    all_scenes = scenes(options.seed)
    if options.processes < 2 or len(jobs) < 2:
        _begin(all_scenes)
        for job in jobs:
            report.add(_chunk(job))
    else:
        with multiprocessing.Pool(options.processes, _begin, (all_scenes,)) as pool:
            for done in pool.imap_unordered(_chunk, jobs):
                report.add(done)
    show(report)
    if options.only:
        for fault in report.faults:
            print(f"\n{fault.number}: {fault.phrase!r}\n{fault.detail}")
    if options.faults:
        lines = (json.dumps(asdict(fault)) for fault in report.faults)
        options.faults.write_text("\n".join(lines), encoding="utf-8")
    return int(bool(report.faults))


if __name__ == "__main__":
    sys.exit(main())

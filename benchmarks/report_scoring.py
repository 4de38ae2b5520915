"""
Compare the events found in a report with those expected.

**Which is which.** Found and expected events are paired one to one, so that the sum of what the
pairs agree in is greatest. A pair must have types of one group (`GROUPS`) and agree in two of
three: *place* (the tolerance of the field), *date* (the intervals meet, a day of slack) and *actor*
(one name in common); where neither side gives one, they agree. Beyond that, the very type, the
target and shared words of the text decide between pairs. Expected events marked ``optional``, and
the sayings listed under ``said``, take part too, but count neither as found nor as missed; the
found event must stand in the sentence of their words.

**What is counted.** Precision is the share of found events that are expected ones, recall the share
of expected events that are found. A row for the very type counts a pair of other types of the
group as one invented and one missed. The row of those that happened leaves out what is planned,
refused or denied: an event told as happened that did not is invented there. Each field is then
right or wrong in each pair; figures are compared where either side gives one.
"""

import datetime as dt
import fnmatch
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from scipy.optimize import linear_sum_assignment

from geoevents.geodesy import distance_m

FOLDER = Path(__file__).parent / "reports"
#: The sets of reports and their files: one to look at and to tune on; one that nobody looks at, on
#: which the goals are tested; and one more of that kind, whose reports tell more each.
SPLITS = {
    "dev": (FOLDER / "dev.toml",),
    "held out": (
        FOLDER / "held_out_wires.toml",
        FOLDER / "held_out_notes.toml",
        FOLDER / "held_out_mixed.toml",
        FOLDER / "held_out_world.toml",
    ),
    "held out, dense": (FOLDER / "held_out_dense.toml",),
}
GROUPS = (
    {"air strike", "missile strike", "shelling", "bombing", "armed clash", "attack on civilians"},
    {"territorial gain", "siege"},
    {"protest", "other"},
    {"agreement", "statement"},
)
HAPPENED = {"reported", "claimed", "disputed"}
FIELDS = (
    "type", "actor", "target", "date", "date_precision", "place", "status", "fatalities", "wounded",
    "area",
)  # fmt: skip
FIGURES = {
    "fatalities": ("killed", "fatalities", "fatalities_low", "fatalities_high"),
    "wounded": ("wounded", "wounded", "wounded_low", "wounded_high"),
    "area": ("area", "reported_area_km2", "reported_area_low_km2", "reported_area_high_km2"),
}
ANY = "*"
AREA_SLACK = 0.03
DAYS = {"week": 6, "month": 30, "year": 365}

Event = Mapping[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """A report of the corpus and what it should give."""

    id: str
    country: str
    continent: str
    style: str
    published: dt.date
    text: str = ""
    said: tuple[str, ...] = ()
    event: tuple[Event, ...] = ()


def read_corpus(paths: Path | Sequence[Path]) -> list[Report]:
    """Read the reports of a file, or of several one after the other."""
    rows = [
        row
        for path in ([paths] if isinstance(paths, Path) else paths)
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["report"]
    ]
    return [
        Report(**row | {key: tuple(row.get(key, ())) for key in ("said", "event")}) for row in rows
    ]


def read_names(path: Path = FOLDER / "names.toml") -> dict[str, list[str]]:
    """Read the names that are as good as another."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def allowed(event: Event, key: str, default: Any) -> list[Any] | None:
    """List the values that are right; None where anything is."""
    value = event.get(key, default)
    if value == ANY:
        return None
    return value if isinstance(value, list) else [value]


def plain(name: str) -> str:
    """Take case, accents and articles from a name."""
    letters = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"^(the|al)[ -]|[’']s$", "", letters.casefold().strip())


def _parts(value: Any) -> list[str]:
    """List the names of a cell."""
    return (
        [] if pd.isna(value) else [part.strip() for part in str(value).split(";") if part.strip()]
    )


def _same(found: str, expected: str, names: Mapping[str, Sequence[str]]) -> bool:
    """Whether one name is as good as the expected one."""
    ours, theirs = plain(found), plain(expected)
    return ours == theirs or any(
        fnmatch.fnmatchcase(ours, pattern) for pattern in names.get(expected, ())
    )


def _all_named(found: Any, expected: str, names: Mapping[str, Sequence[str]]) -> bool:
    """Whether a cell names those expected, and nobody else."""
    ours, theirs = _parts(found), _parts(expected)
    return all(any(_same(a, b, names) for b in theirs) for a in ours) and all(
        any(_same(a, b, names) for a in ours) for b in theirs
    )


def _one_named(found: Any, expected: str, names: Mapping[str, Sequence[str]]) -> bool:
    """Whether a cell and the expected one share a name, or both have none."""
    ours, theirs = _parts(found), _parts(expected)
    return (not ours and not theirs) or any(_same(a, b, names) for a in ours for b in theirs)


def _places(event: Event) -> list[Any] | None:
    """List the places that are right: empty where there should be none."""
    at = event.get("at", [])
    if at == ANY:
        return None
    return at if not at or isinstance(at[0], list) else [at]


def _there(geometry: Any, places: Sequence[Any] | None) -> bool:
    """Whether a geometry lies where one of the places is."""
    if places is None:
        return True
    if geometry is None or pd.isna(geometry) or geometry.is_empty:
        return not places
    centre = geometry.centroid
    for _, lon, lat, km in places:
        nearest = shapely.shortest_line(geometry, shapely.Point(lon, lat)).coords[0]
        gap = float(distance_m(nearest[0], nearest[1], lon, lat)) / 1000
        off = float(distance_m(centre.x, centre.y, lon, lat)) / 1000
        if gap <= km and off <= 3 * km:
            return True
    return False


def _day(value: Any) -> dt.date | None:
    """Give the day of a cell; None if it is empty."""
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _dates_meet(event: Event, row: Row) -> bool:
    """Whether the times of both may be one, with a day of slack."""
    starts = allowed(event, "start", ANY)
    start = _day(row["start"])
    if starts is None or start is None:
        return starts is None
    length = max(DAYS.get(word, 0) for word in allowed(event, "precision", "day") or ["day"])
    end = max(
        _day(row.get("end")) or start,
        start + dt.timedelta(DAYS.get(str(row.get("date_precision")), 0)),
    )
    slack = dt.timedelta(1)
    return any(start - slack <= one + dt.timedelta(length) and one <= end + slack for one in starts)


def _figure_right(event: Event, row: Row, name: str) -> bool | None:
    """Whether a figure is right; None where it is not compared."""
    key, best, low, high = FIGURES[name]
    expected = event.get(key, 0)
    values = [row.get(column) for column in (best, low, high)]
    given = [float(value) for value in values if value is not None and not pd.isna(value)]
    if expected == ANY or (expected == 0 and not any(given)):
        return None
    least, most = expected if isinstance(expected, list) else (expected, expected)
    slack = AREA_SLACK if name == "area" else 0.0
    told = given[:1] if not pd.isna(values[0]) else given or [0.0]
    right = [least * (1 - slack) <= value <= most * (1 + slack) for value in told]
    # A range without a best figure need only have an end at a single expected figure.
    return all(right) if isinstance(expected, list) else any(right)


def judge(event: Event, row: Row, names: Mapping[str, Sequence[str]]) -> dict[str, bool]:
    """Say which fields of a found event are right, leaving out those that are not scored."""
    verdicts: dict[str, bool | None] = {}
    for name, key, column, default in (
        ("type", "type", "event_type", ANY),
        ("date_precision", "precision", "date_precision", "day"),
        ("status", "status", "status", "reported"),
    ):
        options = allowed(event, key, default)
        verdicts[name] = None if options is None else row.get(column) in options
    for name in ("actor", "target"):
        options = allowed(event, name, "")
        verdicts[name] = None if options is None else any(
            _all_named(row.get(name), option, names) for option in options
        )  # fmt: skip
    starts = allowed(event, "start", ANY)
    verdicts["date"] = None if starts is None else _day(row["start"]) in starts
    places = _places(event)
    verdicts["place"] = None if places is None else _there(row["geometry"], places)
    for name in FIGURES:
        verdicts[name] = _figure_right(event, row, name)
    return {name: bool(verdicts[name]) for name in FIELDS if verdicts[name] is not None}


def spans(value: Any) -> list[tuple[int, int]]:
    """Read ranges of characters, written "120-188; 300-320"."""
    if value is None or pd.isna(value):
        return []
    return [(int(a), int(b)) for a, b in re.findall(r"(\d+)-(\d+)", str(value))]


def _sentence(text: str, words: str) -> tuple[int, int]:
    """Where the sentence of some words stands, roughly."""
    at = text.find(words)
    ends = [match.end() for match in re.finditer(r"[.!?;][”\"]?\s", text)]
    first = max((end for end in ends if end <= at), default=0)
    last = min((end for end in ends if end >= at + len(words)), default=len(text))
    return first, last


def _overlap(row: Row, start: int, end: int) -> bool:
    """Whether a found event was read from a part of the text; yes where it does not say."""
    read = spans(row.get("spans"))
    return not read or any(a < end and start < b for a, b in read)


def _agreement(event: Event, row: Row, text: str, names: Mapping[str, Sequence[str]]) -> float:
    """How much a found event agrees with an expected one; 0 where they cannot be a pair."""
    types = allowed(event, "type", ANY) or []
    kind = row["event_type"]
    if not any(kind in group and one in group for one in types for group in GROUPS):
        return 0.0
    words = event.get("words", ANY)
    known = words != ANY and bool(text)
    if event.get("optional") and known and not _overlap(row, *_sentence(text, words)):
        return 0.0
    actors, targets = allowed(event, "actor", ""), allowed(event, "target", "")
    agreed = [
        _there(row["geometry"], _places(event)),
        _dates_meet(event, row),
        actors is None or any(_one_named(row.get("actor"), one, names) for one in actors),
    ]
    if sum(agreed) < 2:
        return 0.0
    at = text.find(words) if known else -1
    return (
        sum(agreed)
        + 0.5 * (kind in types)
        + 0.5 * (targets is None or any(_one_named(row["target"], t, names) for t in targets))
        + 0.75 * (known and _overlap(row, at, at + len(words)))
        + 0.1 * (not event.get("optional"))
    )


@dataclass(slots=True)
class Matching:
    """Which found event is which expected one."""

    pairs: list[tuple[Event, Row]] = field(default_factory=list)
    optional: list[tuple[Event, Row]] = field(default_factory=list)
    missed: list[Event] = field(default_factory=list)
    invented: list[Row] = field(default_factory=list)


def _saying(words: str) -> Event:
    """Make an optional event of a saying."""
    anything = dict.fromkeys(("actor", "target", "start", "precision", "at", "status", "killed",
                              "wounded", "area"), ANY)  # fmt: skip
    return {"words": words, "type": "statement", "optional": True, **anything}


def match(report: Report, found: pd.DataFrame, names: Mapping[str, Sequence[str]]) -> Matching:
    """Pair the found events with those expected."""
    events = list(report.event)
    rows = found.to_dict("records")
    # A saying that may stand anywhere excuses as many as there are.
    for words in report.said:
        events += [_saying(words)] * (len(rows) if words == ANY else 1)
    weights = np.array([[_agreement(e, r, report.text, names) for r in rows] for e in events])
    matching = Matching()
    paired: dict[int, int] = {}
    if weights.size:
        chosen = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
        paired = {int(i): int(j) for i, j in chosen if weights[i, j] > 0}
    for i, event in enumerate(events):
        if i in paired:
            pairs = matching.optional if event.get("optional") else matching.pairs
            pairs.append((event, rows[paired[i]]))
        elif not event.get("optional"):
            matching.missed.append(event)
    taken = set(paired.values())
    matching.invented = [row for j, row in enumerate(rows) if j not in taken]
    return matching


@dataclass(slots=True)
class Score:
    """Counts of right, invented and missed events, and of right fields."""

    right: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    fields_right: Counter[str] = field(default_factory=Counter)

    def add(self, matching: Matching, names: Mapping[str, Sequence[str]]) -> None:
        """Count what one report gave."""
        self.right["events"] += len(matching.pairs)
        self.invented["events"] += len(matching.invented)
        self.missed["events"] += len(matching.missed)
        for kind in ("very type", "happened"):
            self.invented[kind] += 0
        for event, row in matching.pairs:
            verdicts = judge(event, row, names)
            self.fields.update(verdicts.keys())
            self.fields_right.update(name for name, right in verdicts.items() if right)
            self._count("very type", right=verdicts["type"], found=True, expected=True)
            could, must = _happened(event)
            told = row["status"] in HAPPENED
            self._count("happened", right=could and told, found=told, expected=must)
        for event in matching.missed:
            self._count("very type", right=False, found=False, expected=True)
            self._count("happened", right=False, found=False, expected=_happened(event)[1])
        for row in matching.invented:
            self._count("very type", right=False, found=True, expected=False)
            told = row["status"] in HAPPENED
            self._count("happened", right=False, found=told, expected=False)

    def _count(self, kind: str, *, right: bool, found: bool, expected: bool) -> None:
        self.right[kind] += right
        self.invented[kind] += found and not right
        self.missed[kind] += expected and not right

    def precision(self, kind: str = "events") -> float:
        """Share of found events that are right."""
        found = self.right[kind] + self.invented[kind]
        return self.right[kind] / found if found else 1.0

    def recall(self, kind: str = "events") -> float:
        """Share of expected events that were found."""
        expected = self.right[kind] + self.missed[kind]
        return self.right[kind] / expected if expected else 1.0

    def f1(self, kind: str = "events") -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision(kind), self.recall(kind)
        return 2 * p * r / (p + r) if p + r else 0.0


def _happened(event: Event) -> tuple[bool, bool]:
    """Whether an expected event may be told as happened, and whether it must be."""
    statuses = allowed(event, "status", "reported")
    if statuses is None:
        return True, False
    return bool(HAPPENED & set(statuses)), set(statuses) <= HAPPENED

"""Distances as they are written: figures and words, ranges, and the same in another unit."""

from __future__ import annotations

import re
from typing import NamedTuple

from geoevents.localities.reading.words import UNITS, precision
from geoevents.localities.tree import Distance, LocalityError

_FARTHEST_M = 5e6
_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: float(i) for i, word in enumerate(_ONES, 1)} | {
    word: 10.0 * i for i, word in enumerate(_TENS, 2)
}
_NUMBERS |= {
    f"{tens} {ones}": 10.0 * i + k
    for i, tens in enumerate(_TENS, 2)
    for k, ones in enumerate(_ONES[:9], 1)
}
_NUMBERS |= {f"{ones} hundred": 100.0 * i for i, ones in enumerate(("a", *_ONES[1:9]), 1)}
_NUMBERS |= {"one hundred": 100.0, "hundred": 100.0}
# Fractions are as fine as they say: a half to the half, a quarter to the quarter.
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_HALVES = {
    "half a": 0.5,
    "half an": 0.5,
    "a half": 0.5,
    "half": 0.5,
    "a quarter of a": 0.25,
    "quarter of a": 0.25,
    "three quarters of a": 0.75,
}
_LONG = "kilomet(?:re|er)s?|met(?:re|er)s?|miles?|yards?|feet|foot|kms?"
_UNIT = r"(?:nautical[\s-]+miles?|" + "|".join(sorted(UNITS, key=len, reverse=True)) + r")\b\.?"
_PARTS = "|".join(sorted(_HALVES, key=len, reverse=True)).replace(" ", r"\s+")
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True)).replace(" ", r"[\s-]+")
_FIGURE = (  # atomic: "twenty-five" is not from twenty to five
    r"(?>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+,\d{1,2}|\d+(?:\.\d+)?\s?[½¼¾]|(?:\d+[\s-]+)?[13]/[24]"
    r"|\d+(?:\.\d+)?|[½¼¾]"
    rf"|(?:{_WORDS})(?:\sand\sa\shalf)?)"
)
_GAP = r"[\s-]*"
_ABOUT = (
    r"(?:(?:a\s+distance\s+of|about|some|approximately|approx\.?|roughly|around|nearly|almost|circa"
    r"|ca?\.|an?\s+estimated|~)\s*)*"
)
_QUANTITY = rf"{_FIGURE}{_GAP}{_UNIT}"
_RANGE = re.compile(
    rf"{_ABOUT}(?P<words>(?P<opening>between\s+|from\s+|anywhere\s+between\s+)?"
    rf"(?P<low>{_FIGURE})(?:{_GAP}(?P<first>{_UNIT}))?"
    rf"(?P<joint>\s*[-–—−]\s*|\s+(?:to|and|or)\s+(?:about\s+|some\s+)?)"
    rf"(?P<high>{_FIGURE}){_GAP}(?P<unit>{_UNIT}))",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    rf"{_ABOUT}(?P<words>(?:(?P<figure>{_FIGURE}){_GAP}(?P<unit>{_UNIT})"
    rf"|(?P<half>{_PARTS}|an?)"
    rf"\s+(?P<whole>nautical\s+mile|{_LONG})\b))",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"\s*(?:\(\s*(?:or\s+)?{_ABOUT}(?P<in>{_FIGURE}(?:\s*[-–]\s*{_FIGURE})?{_GAP}{_UNIT})\s*\)"
    rf"|\s*/\s*(?P<beside>{_QUANTITY}))",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    rf"(?:(?:just\s+)?a\s+few|few|several|some|many|a\s+couple\s+of|a\s+number\s+of|dozens\s+of|tens\s+of"
    rf"|hundreds\s+of|scores\s+of)\s+(?:more\s+)?(?:hundreds?\s+(?:of\s+)?|dozens?\s+|thousand\s+)?"
    rf"(?:{_LONG})\b",
    re.IGNORECASE,
)
_ENDLESS = re.compile(
    r"(?P<endless>more\s+than|at\s+least|over|beyond|in\s+excess\s+of|upwards?\s+of|a\s+minimum\s+of)"
    rf"\s+{_ABOUT}{_QUANTITY}",
    re.IGNORECASE,
)
_ADJECTIVAL = re.compile(r"(?P<gap>[\s-]+)(?P<unit>[^\W\d_]+)$")
_SINGULAR = frozenset({"mile", "kilometre", "kilometer", "metre", "meter", "yard", "foot"})
_RADIUS = re.compile(r"[\s-]+radius\b", re.IGNORECASE)
_NOT = re.compile(r"\bnot?\s+\Z", re.IGNORECASE)  # "no more than" has an end
_NEGATIVE = re.compile(rf"(?<!\S)[-−–]\s?{_QUANTITY}", re.IGNORECASE)
_STARTS = re.compile(
    r"[\d½¼¾~\-−–]|(?:a|an|about|some|approx|approximately|roughly|around|nearly|almost|circa|ca?\.|"
    r"between|from|anywhere|half|more|at|over|beyond|in|upwards?|quarter|three|few|several|many|just|dozens|tens|hundreds|scores|"
    rf"{'|'.join((*_ONES, *_TENS, 'hundred'))})(?![^\W\d_])",
    re.IGNORECASE,
)


class Found(NamedTuple):
    """A distance in a text and where it ends."""

    distance: Distance
    end: int


def read(text: str, start: int = 0) -> Found | None:
    """
    Read a distance that begins at an offset of a text.

    Parameters
    ----------
    text : str
        The phrase.
    start : int
        Where to read.

    Returns
    -------
    Found or None
        The distance and where what belongs to it ends, a repetition in brackets included; None
        where no distance begins.

    Raises
    ------
    LocalityError
        For a distance that is none: 0 km, more than 5,000 km, "a few km", "10 km (60 miles)".

    Notes
    -----
    A range has no precision: its two ends say themselves how far it goes, so its ``precision_m``
    is 0 and its ``spread_m`` half its width. Of two units the first is taken, the other only
    checked against it.

    Examples
    --------
    >>> read("some 40 kilometres (25 miles) south").distance.metres
    40000.0
    >>> found = read("15-20 km west of Raqqa")
    >>> found.distance.metres, found.distance.spread_m, found.distance.slack_m
    (17500.0, 2500.0, 2500.0)
    >>> read("half a mile").distance.metres
    804.672
    """
    if not _STARTS.match(text, start):
        return None
    if vague := _VAGUE.match(text, start):
        raise LocalityError(
            f"how far {vague.group()!r} is, is not said; give a figure, as in '3 km'",
            text,
            *vague.span(),
        )
    endless = _ENDLESS.match(text, start)
    if endless and not _NOT.search(text, 0, start):
        raise LocalityError(
            f"how far {endless['endless']!r} goes is not said; give a distance or a range, as in "
            "'10-15 km'",
            text,
            *endless.span(),
        )
    if negative := _NEGATIVE.match(text, start):
        raise LocalityError("a distance is a number above 0", text, *negative.span())
    match = _RANGE.match(text, start)
    between = match and "between" in (match["opening"] or "").lower()
    if match and (between or match["joint"].strip().lower() != "and"):
        distance: Distance | None = _range(match, text)
    else:
        match = _SINGLE.match(text, start)
        distance = _single(match, text) if match else None
    if match is None or distance is None:
        return None
    return Found(distance, _repeated(text, match.end(), distance, match.start("words")))


def _single(match: re.Match[str], text: str) -> Distance | None:
    if match["half"]:
        half = " ".join(match["half"].lower().split())
        value = _HALVES.get(half, 1.0)
        return _distance(value, value if half in _HALVES else 1.0, match["whole"], match, text)
    spelt, unit = match["figure"], match["unit"].rstrip(".").lower()
    words = spelt.lower() not in ("one", "half") and spelt[0].isalpha()
    if words and unit in _SINGULAR and not _RADIUS.match(text, match.end()):
        return None  # Ten Mile is a place, ten miles a distance
    value, step = _value(spelt)
    return _distance(value, step, unit, match, text)


def _range(match: re.Match[str], text: str) -> Distance:
    unit = _metres(match["unit"])
    ends = sorted(
        [
            _value(match["low"])[0] * (_metres(match["first"]) if match["first"] else unit),
            _value(match["high"])[0] * unit,
        ]
    )
    _check(ends[0], match, text)
    _check(ends[1], match, text)
    middle, spread = sum(ends) / 2, (ends[1] - ends[0]) / 2
    return Distance(middle, 0.0, _plural(match["words"], ends[1] / unit), spread)


def _distance(value: float, step: float, unit: str, match: re.Match[str], text: str) -> Distance:
    metres = _metres(unit)
    _check(value * metres, match, text)
    return Distance(value * metres, step * metres, _plural(match["words"], value))


def _plural(words: str, value: float) -> str:
    """Write the "10-mile" of a radius as "10 miles", which stands anywhere."""
    match = _ADJECTIVAL.search(words)
    if match is None:
        return words
    gap, unit = match["gap"], match["unit"]
    number = words[: match.start()]
    if "-" in gap:
        gap = " "
    if value <= 1 or unit.casefold() not in _SINGULAR:
        return f"{number}{gap}{unit}"
    unit = "feet" if unit.casefold() == "foot" else f"{unit}s"
    return f"{number}{gap}{unit}"


def _check(metres: float, match: re.Match[str], text: str) -> None:
    if not 0 < metres <= _FARTHEST_M:
        raise LocalityError(
            f"{match['words']!r} is no distance from a place: give one above 0 and up to "
            f"{_FARTHEST_M / 1000:,.0f} km",
            text,
            *match.span("words"),
        )


def _metres(unit: str) -> float:
    key = unit.casefold().rstrip(".")
    return UNITS["nmi"] if key.startswith("nautical") else UNITS[key]


def _value(figure: str) -> tuple[float, float]:
    """Give a figure's value and how finely it was stated."""
    key = " ".join(figure.casefold().replace("-", " ").split())
    half = key.endswith(" and a half")
    key = key.removesuffix(" and a half")
    if key in _NUMBERS:
        value = _NUMBERS[key]
        return (value + 0.5, 0.5) if half else (value, precision(f"{value:.0f}"))
    for fraction, part in _FRACTIONS.items():
        if key.endswith(fraction):
            whole = key.removesuffix(fraction).strip()
            return float(whole or 0) + part, 0.5 if part == 0.5 else 0.25  # noqa: PLR2004 -- a half
    if re.fullmatch(r"\d+,\d{1,2}", key):
        key = key.replace(",", ".")
    key = key.replace(",", "")
    return float(key), precision(key)


def _repeated(text: str, end: int, distance: Distance, start: int) -> int:
    """Find where "(25 miles)" after a distance ends; it must say about the same."""
    match = _AGAIN.match(text, end)
    if match is None:
        return end
    other = read(match["in"] or match["beside"])
    if other is None:
        return end
    apart = abs(other.distance.metres - distance.metres)
    if apart > sum(each.precision_m + each.spread_m for each in (distance, other.distance)):
        raise LocalityError(
            f"{distance.words!r} and {other.distance.words!r} are not the same distance; give one",
            text,
            start,
            match.end(),
        )
    return match.end()

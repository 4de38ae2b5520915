"""
Findings of a report made by hand: a small lexicon of places, actors, times and numbers.

The finders of the library are tested elsewhere; here every entity is known exactly. Load it with
``runpy.run_path``.
"""

import csv
import datetime as dt
import re
from pathlib import Path

from geoevents.localities.spotting import spot
from geoevents.places.toponyms import Toponym
from geoevents.prose import Document
from geoevents.reports.model import Actor, Findings, Quantity, When

PUBLISHED = dt.date(2017, 9, 17)  # a Sunday
PLACES = [
    *[
        "Aleppo",
        "Homs",
        "Idlib",
        "Raqqa",
        "Kobane",
        "Mosul",
        "Sinjar",
        "Goma",
        "Sake",
        "Bukavu",
        "Kyiv",
        "Kharkiv",
        "Bakhmut",
        "Avdiivka",
        "Odesa",
        "Mokha",
        "Taiz",
        "Sanaa",
        "Hodeidah",
        "Marib",
        "Kabul",
        "Kunduz",
        "Kandahar",
        "Maiduguri",
        "Baga",
        "Damboa",
        "Gwoza",
        "Timbuktu",
        "Gao",
        "Kidal",
        "Khartoum",
        "Omdurman",
        "Nyala",
        "Mogadishu",
        "Kismayo",
        "Afgooye",
        "Tripoli",
        "Sirte",
        "Benghazi",
        "Gaza",
        "Rafah",
        "Hebron",
        "Jenin",
        "Myitkyina",
        "Lashio",
        "Marawi",
        "Cotabato",
        "Manila",
        "Bogota",
        "Cali",
        "Medellin",
        "Caracas",
        "Culiacan",
        "Palma",
        "Mocimboa",
        "Cairo",
        "Baghdad",
        "Tikrit",
        "Fallujah",
        "Kirkuk",
        "Afrin",
        "Manbij",
        "Stepanakert",
        "Shusha",
        "Donetsk",
        "Luhansk",
        "Mariupol",
        "Kherson",
        "Tigray",
        "Mekele",
        "Lalibela",
        "Ouagadougou",
        "Djibo",
        "Gorom",
        "Bangui",
        "Bambari",
        "Juba",
        "Malakal",
        "Bor",
        "Peshawar",
        "Quetta",
        "Srinagar",
        "Paris",
        "London",
        "Ankara",
        "Moscow",
        "Geneva",
        "Doha",
        "Nairobi",
        "Beni",
        "Butembo",
        "Ituri",
        "Bunia",
        "Cabinda",
        "Lima",
        "Ayacucho",
        "Naypyidaw",
        "Sittwe",
        "Tal-Rifaat",
    ],
    "Deir Ezzor",
    "Euphrates River",
    "Khabur River",
    "Tal Rifaat",
    "Sidi Bouzid",
    "Port Sudan",
    "El Fasher",
    "Cox's Bazar",
    "Lake Chad",
    "Fort Rixon",
    "Cabo Delgado",
    "Syria",
    "Iraq",
    "Yemen",
    "Somalia",
    "Ukraine",
    "Nigeria",
    "Mali",
    "Sudan",
    "Colombia",
    "Mexico",
    "Afghanistan",
    "Myanmar",
    "Philippines",
]
DEMONYMS = {
    "Russian": "Russia",
    "Syrian": "Syria",
    "Turkish": "Turkey",
    "Israeli": "Israel",
    "Saudi": "Saudi Arabia",
    "Ukrainian": "Ukraine",
    "Nigerian": "Nigeria",
    "Iraqi": "Iraq",
    "French": "France",
    "Kenyan": "Kenya",
    "Ethiopian": "Ethiopia",
    "Sudanese": "Sudan",
    "Pakistani": "Pakistan",
    "Afghan": "Afghanistan",
    "Colombian": "Colombia",
    "American": "United States",
    "US": "United States",
    "Iranian": "Iran",
    "Burmese": "Myanmar",
    "Philippine": "Philippines",
    "Azerbaijani": "Azerbaijan",
    "Armenian": "Armenia",
    "Somali": "Somalia",
    "Indian": "India",
    "Kurdish": None,
    "Mexican": "Mexico",
    "Congolese": "DR Congo",
}
MEDIA = ("Reuters", "Syrian Observatory")
with (Path(__file__).parent / "actors.csv").open(encoding="utf-8", newline="") as _rows:
    ACTORS = {row["words"]: row for row in csv.DictReader(_rows)}

_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_ONES = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = {word: float(number) for number, word in enumerate(_ONES.split(), 1)}
_NUMBERS["a dozen"] = 12.0
_ROUGHLY = {"several": 3.0, "dozens": 24.0, "scores": 40.0, "hundreds": 200.0}
_DAY = re.compile(
    rf"(?:[Ee]arly |[Ll]ate )?\b(?:{'|'.join(_DAYS)})\b(?: (?:morning|night|evening))?"
    r"|\byesterday\b|\b(?:in|since) 2014\b"
)
_AREA = re.compile(r"(?:some |about |nearly )?(\d[\d,]*) (?:square kilomet(?:er|re)s|sq km|km2)")
_COUNT = re.compile(
    r"\b(?:at least |about |some |nearly |more than |up to |as many as )?"
    rf"(?:\d+(?:,\d{{3}})*(?![\w])|(?:{'|'.join([*_NUMBERS, *_ROUGHLY])})\b)",
    re.IGNORECASE,
)


def _any_of(words):
    """A pattern of whole words, the longest first."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")


_FIRST_WORDS = {name[0].upper() + name[1:]: name for name in ACTORS if name[0].islower()}
_PLACE, _DEMONYM = _any_of(PLACES), _any_of(DEMONYMS)
_ACTOR, _FIRST_WORD = _any_of(ACTORS), _any_of(_FIRST_WORDS)


def findings(text, published=PUBLISHED):
    """All that the tables above know in a text."""
    document = Document.read(text, format="text")
    text = document.text
    actors = [_actor(found, found.group()) for found in _ACTOR.finditer(text)]
    actors += [_actor(found, _FIRST_WORDS[found.group()]) for found in _FIRST_WORD.finditer(text)]
    toponyms = [_toponym(found, "place", found.group()) for found in _outside(actors, _PLACE, text)]
    for found in _outside(actors, _DEMONYM, text):
        country = DEMONYMS[found.group()]
        toponyms.append(_toponym(found, "demonym", country or ""))
        if country:
            actors.append(Actor(*found.span(), found.group(), country, "state", country))
    toponyms.sort(key=lambda toponym: toponym.start)
    actors.sort(key=lambda actor: actor.start)
    whens = [_when(found, published) for found in _DAY.finditer(text)]
    quantities = [_area(found) for found in _AREA.finditer(text)]
    quantities += [_count(found) for found in _outside([*quantities, *whens], _COUNT, text)]
    quantities.sort(key=lambda quantity: quantity.start)
    phrases = spot(document, toponyms)
    return Findings(document, toponyms, actors, whens, quantities, phrases, published)


def _outside(taken, pattern, text):
    """What a pattern finds that no entity holds."""
    for found in pattern.finditer(text):
        if not any(one.start <= found.start() < one.end for one in taken):
            yield found


def _actor(found, words):
    row = ACTORS[words]
    media = words in MEDIA
    return Actor(*found.span(), found.group(), row["name"], row["sense"], row["party"], media)


def _toponym(found, sense, name):
    return Toponym(*found.span(), found.group(), sense, 1, "x", name, "populated place", "SY")


def _when(found, published):
    text = found.group()
    if "2014" in text:
        year = dt.date(2014, 1, 1), dt.date(2014, 12, 31)
        return When(*found.span(), text, *year, "year", None, text.startswith("since"))
    day = next((number for number, name in enumerate(_DAYS) if name in text), None)
    back = 1 if day is None else (published.weekday() - day) % 7
    date = published - dt.timedelta(days=back)
    return When(*found.span(), text, date, date, "day")


def _area(found):
    value = float(found.group(1).replace(",", ""))
    return Quantity(*found.span(), found.group(), "area", value, value, value)


def _count(found):
    text = found.group()
    number = re.search(r"\d[\d,]*", text)
    last = text.lower().split()[-1]
    if number:
        value = float(number.group().replace(",", ""))
    else:
        value = 12.0 if last == "dozen" else _NUMBERS.get(last)
    low = _ROUGHLY.get(last) if value is None else value
    high = None if value is None or "least" in text or "more than" in text else value
    return Quantity(*found.span(), text, "count", value, low, high)

"""The words of a locality, in tables: relations, compass points, units, what is passed over."""

from __future__ import annotations

import re
from typing import NamedTuple

from geoevents.localities.tree import Compass, Kind, Way


class Said(NamedTuple):
    """What a phrase says: the kind of relation and, of rivers and borders, which way."""

    kind: Kind
    way: Way | None = None


def _table(*rows: tuple[Kind, Way | None, str]) -> dict[tuple[str, ...], Said]:
    return {
        tuple(phrase.split()): Said(kind, way)
        for kind, way, phrases in rows
        for phrase in phrases.split(", ")
    }


def _longest(table: dict[tuple[str, ...], Said]) -> dict[str, int]:
    """How many words the longest phrase has that begins with each word."""
    longest: dict[str, int] = {}
    for phrase in table:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return longest


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# -- relations --

# Words that stand before what they are about, and end a name that stands before them.
PREPOSITIONS = _table(
    ("in", None, "in, at, inside, inside of, within, throughout, all over"),
    ("area", None, "in and around, in or around, in or near, in/near, in/around, at and around"),
    ("near", None, "near, near to, nearby, close to, close by, around, not far from, next to"),
    ("near", None, "by, beside, adjacent to, a short distance from, short distance from"),
    ("near", None, "a short way from, in proximity to, in close proximity to, at or near, at/near"),
    ("near", None, "on or near, on/near, in vicinity of, at around, at/around, very near"),
    ("near", None, "near or in, very close to, not far away from"),
    ("outside", None, "outside, outside of"),
    ("along", None, "along, alongside, on, upon, all along"),
    ("across", None, "across, opposite, across from, opposite to"),
    ("stream", "up", "upstream, upriver, up stream, up river, up the river, up-river, up-stream"),
    ("stream", "down", "downstream, downriver, down stream, down river, down the river"),
    ("stream", "down", "down-river, down-stream"),
    ("between", None, "between, in between, in-between, betwixt"),
    ("between", "both", "from, all the way from"),
    ("halfway", None, "halfway, midway, half way, mid way, half-way, mid-way, equidistant"),
    ("except", None, "but not, and not, not, except, except for, excepting, excluding, other than"),
    ("except", None, "apart from, aside from, with the exception of, not including, but excluding"),
)
ON = _words("on upon")
LONGEST = _longest(PREPOSITIONS)

# Words that stand where a name may: "the mouth of X", "X's border with Y".
NOUNS = _table(
    ("outskirts", None, "outskirts, outskirt, edge, edges, fringe, fringes, periphery, perimeter"),
    ("outskirts", None, "suburbs, suburb, entrance, entrances, city limits, limits, margins"),
    ("centre", None, "centre, center, heart, middle, core, city centre, city center, town centre"),
    ("centre", None, "town center, downtown"),
    ("countryside", None, "countryside, hinterland, rural areas, rural area, rural parts"),
    ("near", None, "vicinity, neighbourhood, neighborhood, proximity, approaches, gates"),
    ("area", None, "area, areas, region, regions, surroundings, environs"),
    ("along", None, "bank, banks, shore, shores, riverbank, riverbanks, course, length, stretch"),
    ("mouth", None, "mouth, mouths, estuary"),
    ("source", None, "source, sources, headwaters, headwater"),
    ("confluence", None, "confluence, meeting point"),
    ("border", None, "border, borders, frontier, frontiers, boundary"),
    ("road", None, "road, highway, motorway, expressway, route, railway, railroad, track"),
    ("halfway", None, "midpoint, mid-point, halfway point, half-way point, midway point"),
)
# The same after the name: "X countryside", "X city centre", "the A-B road".
SUFFIXES = _table(
    ("area", None, "area, areas, region, surroundings, environs, vicinity"),
    ("outskirts", None, "outskirts, suburbs, edge, periphery"),
    ("centre", None, "centre, center, city centre, city center, town centre, town center"),
    ("centre", None, "downtown"),
    ("countryside", None, "countryside, hinterland, rural areas, rural area"),
    ("area", None, "subdistrict, sub-district, nahiya, nahiyah, nahia"),
    ("near", None, "approaches"),
    ("along", None, "banks, riverbank, riverbanks"),
    ("mouth", None, "mouth, estuary"),
    ("source", None, "source, headwaters"),
    ("confluence", None, "confluence"),
    ("border", None, "border, borders, frontier, frontiers"),
    ("road", None, "road, highway, motorway, expressway, route, railway, railroad"),
)
# The same before it, with no "of": "central X".
PREFIXES: dict[str, Kind] = {
    "central": "centre",
    "downtown": "centre",
    "greater": "area",
    "metropolitan": "area",
    "rural": "countryside",
    "suburban": "outskirts",
}
LONGEST_NOUN = _longest(NOUNS)
LONGEST_SUFFIX = max(map(len, SUFFIXES))
PAIRS: dict[Kind, str] = {
    "between": "between Raqqa and Hajin",
    "halfway": "halfway between Raqqa and Hajin",
    "road": "the road between Raqqa and Hajin",
    "confluence": "the confluence of the Khabur and the Euphrates",
}

# Before a distance: no farther than that.
LIMITS = {
    "within": (("within",),),
    "less": (("less", "than"),),
    "up": (("up", "to"),),
    "under": (("under",),),
    "no": (("no", "more", "than"), ("no", "farther", "than"), ("no", "further", "than")),
    "not": (("not", "more", "than"),),
    "at": (("at", "most"),),
    "a": (("a", "maximum", "of"),),
}

SIDES: dict[str, Way] = {
    "left": "left",
    "right": "right",
    "far": "far",
    "opposite": "far",
    "other": "far",
    "near": "near",
    "this": "near",
    "both": "both",
    "either": "both",
}
BANKS = _words("bank banks side sides shore shores")
PARTS = BANKS | _words(
    "part parts portion half areas area districts corner end section sections sector reaches"
)
MEETS = _words("meets joins enters meet join reaches")
MEETS_INTO = _words("flows flow empties runs discharges falls pours")
CONVERGE = _words("meet join converge")
LINKS = _words("linking connecting joining")
LEADING = _words("leading running going")
WATER = _words("river stream water waterway wadi")
# A name that begins or ends so is water with a shore all round: its east is not its eastern shore.
LAKES = _words("lake lac lago lagoon loch lough reservoir sea")

# Names of regions that begin like a relation; never split, known to the gazetteer or not.
WHOLE = frozenset({("near", "east"), ("west", "bank")})

# -- compass --

_EIGHT = (*("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"),)
_POINTS = (
    *("north", "north-northeast", "northeast", "east-northeast"),
    *("east", "east-southeast", "southeast", "south-southeast"),
    *("south", "south-southwest", "southwest", "west-southwest"),
    *("west", "west-northwest", "northwest", "north-northwest"),
)
# Between those, "by": north by east, northeast by north ...; the neighbour towards which it lies.
_BY = (
    *("east", "north", "east", "north", "south", "east", "south", "east"),
    *("west", "south", "west", "south", "north", "west", "north", "west"),
)
# East among four points may be meant 45 degrees either way, southeast among eight half of that
# (Wieczorek, Guo & Hijmans 2004, "uncertainty in direction").
_TOLERANCE = (45.0, 11.25, 22.5, 11.25)
_BY_TOLERANCE = 5.625


def _short(word: str) -> str:
    return "".join(point[0] for point in re.findall("north|south|east|west", word))


def _compass_forms() -> dict[str, Compass]:
    forms: dict[str, Compass] = {}
    for i, word in enumerate(_POINTS):
        compass = Compass(word, i * 22.5, _TOLERANCE[i % 4])
        joined = word.replace("-", "")
        for form in (joined, joined + "ern", joined + "ward", joined + "wards", joined + "erly"):
            forms[form] = compass
        forms[joined + "ernmost"] = compass
        forms[_short(word)] = compass
    for i, towards in enumerate(_BY):
        of = _EIGHT[(i + 1) // 2 % 8]
        compass = Compass(f"{of} by {towards}", (11.25 + i * 22.5) % 360, _BY_TOLERANCE)
        for first in (of, _short(of)):
            for by in ("by", "b", "x"):
                for last in (towards, _short(towards)):
                    forms[first + by + last] = compass
    return forms


COMPASS = _compass_forms()
LONGEST_COMPASS = 5  # "north - east by north"
ABBREVIATION = 4  # "east" is a word, "ene" an abbreviation

# -- units --

_UNIT_WORDS = {
    "km kms kilometre kilometres kilometer kilometers": 1000.0,
    "m metre metres meter meters": 1.0,
    "mi mile miles": 1609.344,
    "nmi nm": 1852.0,
    "yd yds yard yards": 0.9144,
    "ft foot feet": 0.3048,
}
UNITS = {word: metres for words, metres in _UNIT_WORDS.items() for word in words.split()}

# -- what is passed over --

ARTICLES = _words("the a an")
AND = _words("and & + or and/or plus")
AND_PHRASES = {"as": (("as", "well", "as"),), "together": (("together", "with"),)}
OF = _words("of from")
JUST = _words("just immediately shortly slightly")
FILLERS = (
    ARTICLES
    | JUST
    | _words(
        "about some approximately approx roughly nearly almost ~ directly right due somewhere "
        "area areas location locations position positions point points place places spot territory "
        "land located situated lying site sites region village villages town line stretch section "
        "segment zone strip corridor distance desert countryside farmland fields hills mountains "
        "steppe woods forest several many various other everything anywhere everywhere deep well to"
    )
)
SHORT = (("a", "short", "distance"), ("a", "short", "way"), ("a", "little"), ("a", "bit"))
# Those that stand between a name and its relation: "Hajin, just south of", "Hajin just south of".
LEADS = JUST | _words("directly somewhere right due located situated lying about approximately")
ADJECTIVES = _words(
    "immediate general wider broader very main outer inner entire whole exact extreme far deep "
    "close direct international old coastal shared common joint"
)
# "The whole of Syria", "parts of Raqqa": what lies there lies in it.
SHARES = _words("all whole most much part parts entirety")
# What may stand before figures: "coordinates 35.336, 40.141".
LABELS = _words("coordinates coordinate coords grid reference gps mgrs position location point")
KINDS = _words(
    "city town village province governorate district port region county state municipality "
    "neighbourhood neighborhood suburb quarter subdistrict sub-district camp settlement area "
    "hamlet community nahiya nahiyah nahia"
)
# Of these the name stands before: "the Karada district of Baghdad".
DISTRICTS = _words(
    "neighbourhood neighborhood district suburb quarter area region subdistrict sub-district camp "
    "village province governorate hamlet nahiya nahiyah nahia"
)
# What is said of a place before "city of" and changes nothing.
DESCRIPTIVE = _words(
    "port coastal border frontier mountain desert ancient historic capital besieged strategic main "
    "oil-rich small large nearby"
)
# Before a list each of its names is of this kind: "the provinces of Aleppo and Idlib".
SHARED_KINDS = _words(
    "provinces governorates oblasts states regions departments prefectures districts counties"
)
PLURALS = SHARED_KINDS | _words(
    "villages towns cities settlements communities localities neighbourhoods neighborhoods "
    "countries rivers hamlets subdistricts suburbs places"
)
# Who holds a place says nothing of where it is: "rebel-held Idlib", "occupied Kherson".
HELD = _words("held controlled occupied")
HOLDERS = _words("rebel rebels opposition government regime houthi isis isil taliban")
CONTROL = _words("occupied besieged liberated contested")
ISLANDS = _words("island isle islands mount mt mountain peninsula plateau heights hill plain cape")
ISLANDS_OF = _words("island islands peninsula")  # the Isle of Man is called so
ITS = _words("its their")
SURROUNDING = _words("surrounding")
AROUND = _words("environs surroundings countryside suburbs outskirts hinterland vicinity")

# -- what is not read --

STRETCHES = _words("lower middle upper")  # of a river: none of them ends where all agree
VALLEYS = _words("valley basin reaches")

UNREAD = _words("toward towards beyond via amid amidst among amongst but than nor")
# At the beginning of an unknown name these lack an "of".
OF_WHAT = _words(
    "outskirts outskirt periphery suburbs vicinity mouth headwaters confluence midpoint "
    "countryside banks approaches surroundings environs hinterland proximity"
)
UNREAD_FIRST = _words(
    "behind beneath below above over past through under to with against off neither"
)
_HERE = _words("here there it them")
# Nobody means the villages called Sea and Equator; nor, after "the", those called Coast and Wall.
NEVER_NAMES = _words("sea ocean equator")
COMMON_NOUNS = _words("coast coastline gulf capital wall front mainland desert")

# Words that say where and name nothing: "On" and "Along" are towns too, not in "on the edge of".
PLAIN = frozenset(word for phrase in (*PREPOSITIONS, *NOUNS, *SUFFIXES) for word in phrase).union(
    FILLERS,
    PARTS,
    AND,
    OF,
    COMPASS,
    UNITS,
    SIDES,
    PREFIXES,
    JUST,
    KINDS,
    PLURALS,
    LINKS,
    WATER,
    _HERE,
)


def precision(figure: str) -> float:
    """
    Say how finely a figure was stated, from its last digit that counts.

    Parameters
    ----------
    figure : str
        Digits, with a point if there is one.

    Returns
    -------
    float
        10 for "10" and "40", 5 for "15", 1 for "8", 0.5 for "2.5", 100 for "300".

    Notes
    -----
    Chapman & Wieczorek (2020), "uncertainty related to offset precision": the unit of the last
    significant digit, and fives are taken for halves of the unit above.

    Examples
    --------
    >>> [precision(figure) for figure in ("10", "15", "8", "2.5", "300")]
    [10.0, 5.0, 1.0, 0.5, 100.0]
    """
    figure = "".join(str(int(c)) if c.isdecimal() else c for c in figure)  # digits of any script
    whole, _, decimals = figure.partition(".")
    decimals = decimals.rstrip("0") if int(decimals or "0") == 0 else decimals
    if decimals:
        unit, last = 10.0 ** -len(decimals), decimals[-1]
    else:
        digits = whole.rstrip("0") or "0"
        unit, last = 10.0 ** (len(whole) - len(digits)), digits[-1]
    return 5 * unit if last == "5" else unit

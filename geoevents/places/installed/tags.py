"""Tags of OpenStreetMap: what a feature is called, what kind it is, which object it comes from."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoevents.places.installed.accounts import Account

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

#: What the main name is, the first that is there.
_MAIN: Final = ("name:en", "name", "int_name", "official_name", "loc_name", "alt_name", "old_name")
#: Keys that hold other names; each may go on with a language (``alt_name:ar``).
_NAMES: Final = frozenset(
    ("name", "alt_name", "old_name", "int_name", "official_name", "short_name", "loc_name",
     "nat_name", "reg_name", "name_1", "name_2", "alt_name_1", "alt_name_2")
)  # fmt: skip
#: A language, not ``name:etymology``, ``name:pronunciation``, ``name:prefix`` or ``name:left``.
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}([-_][A-Za-z0-9_-]+)?")

_TOWN: Final = "populated place"
_PLACES: Final = {
    "country": "country", "state": "admin1", "province": "admin1", "district": "admin2",
    "county": "admin2", "municipality": "admin2", "region": "region", "subdistrict": "admin2",
    "city": _TOWN, "town": _TOWN, "village": _TOWN, "hamlet": _TOWN, "isolated_dwelling": _TOWN,
    "farm": _TOWN, "allotments": _TOWN, "borough": _TOWN, "suburb": _TOWN, "quarter": _TOWN,
    "neighbourhood": _TOWN, "city_block": "facility", "square": "facility", "plot": "facility",
    "continent": "region", "ocean": "region", "sea": "region", "archipelago": "region",
    "island": "region", "islet": "facility", "locality": "facility",
}  # fmt: skip
_WATERWAYS: Final = {
    **dict.fromkeys(
        ("river", "stream", "canal", "wadi", "brook", "ditch", "drain", "tidal_channel"), "river"
    ),
    "riverbank": "river",
    **dict.fromkeys(("dam", "weir", "lock_gate", "waterfall", "sluice_gate", "dock"), "facility"),
}
_NATURAL: Final = {
    "water": "lake", "bay": "facility", "strait": "region", "desert": "region",
    "peninsula": "region", "mountain_range": "region", "plateau": "region",
}  # fmt: skip
#: Level of a border to kind. Levels mean other things in other countries; see docs/gazetteers.md.
_LEVELS: Final = {"1": "region", "2": "country", "3": "region", "4": "admin1"}
_LOWEST: Final = 12
#: Other keys of things that are built or used: a facility.
_FACILITIES: Final = (
    "aeroway", "military", "man_made", "industrial", "power", "amenity", "historic", "tourism",
    "landuse", "leisure", "railway", "barrier", "bridge", "building", "office", "shop", "harbour",
)  # fmt: skip
_ID: Final = re.compile(r"(node|way|relation)/(\d{1,18})")
_SHORT_ID: Final = re.compile(r"([nwra])(\d{1,18})")
_TYPES: Final = {"n": "node", "w": "way", "r": "relation"}
_NOTHING: Final = frozenset({"", "nan", "None", "no"})
#: Properties that hold many tags: JSON, or text as GDAL and QGIS write it, ``"key"=>"value",...``.
_HELD: Final = frozenset({"tags", "all_tags", "other_tags"})
_QUOTED: Final = r'"((?:[^"\\]|\\.)*+)"'
_PAIR: Final = re.compile(rf"\s*{_QUOTED}\s*=>\s*(?:{_QUOTED}|NULL)\s*(?:,|\Z)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


@dataclass(slots=True)
class Tags:
    """
    What the tags of features say, a list for each thing.

    Attributes
    ----------
    ids : list of str
        Such as ``osm:way/123``.
    main : list of str
        The main name; empty where there is none.
    names : list of list of str
        All names.
    kinds : list of str
        One of ``store.KINDS``; empty where it cannot be told.
    codes : list of str
        The tag that tells the kind, such as ``place=village``.
    countries : list of str
        Two-letter codes, where a tag gives one.
    people : list of int
        Inhabitants; 0 where no tag tells.
    wholes : list of str
        The whole that a piece of a river belongs to, if a tag says.
    """

    ids: list[str]
    main: list[str]
    names: list[list[str]]
    kinds: list[str]
    codes: list[str]
    countries: list[str]
    people: list[int]
    wholes: list[str]

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: "Iterable[int] | NDArray[np.intp]") -> "Tags":
        """Return those of some features."""
        chosen = list(np.asarray(rows, np.intp).tolist())
        return Tags(*([getattr(self, each.name)[row] for row in chosen] for each in fields(self)))


def read_tags(rows: "gpd.GeoDataFrame", stem: str, account: Account) -> Tags:
    """
    Read the tags of features.

    Parameters
    ----------
    rows : GeoDataFrame
        A column for each tag; ``tags``, ``all_tags`` and ``other_tags`` hold many.
    stem : str
        What ids begin with where there is none.
    account : Account
        Where tags that cannot be read are told.

    Returns
    -------
    Tags
        What they say.
    """
    made = Tags([], [], [], [], [], [], [], [])
    unread: list[str] = []
    for row, tags in enumerate(_each(rows)):
        kind, code = code_of(tags)
        made.ids.append(_id(tags) or f"osm:{stem}/{row}")
        if _UNREAD in tags:
            unread.append(f"{made.ids[-1]} ({tags.pop(_UNREAD)})")
        made.main.append(
            next((tags[key].split(";")[0].strip() for key in _MAIN if key in tags), "")
        )
        made.names.append([text for key, text in tags.items() if _is_name(key)])
        made.kinds.append(kind)
        made.codes.append(code)
        made.countries.append(_country(tags))
        made.people.append(_number(tags.get("population", "")))
        made.wholes.append(_whole(tags))
        if not made.main[-1] and made.names[-1]:
            made.main[-1] = made.names[-1][0].split(";")[0].strip()
    if unread:
        account.notes.append(
            f"of {len(unread):,} features not all tags could be read, such as {unread[0]:.120}"
        )
    return made


#: Stands where a property with many tags could not be read: no key of OpenStreetMap's.
_UNREAD: Final = "\0"


def _each(rows: "gpd.GeoDataFrame") -> "Iterable[dict[str, str]]":
    """Give the tags of one feature after another, without those that are missing."""
    columns = [name for name in rows.columns if name != rows.geometry.name]
    values = [
        rows[name].astype(object).where(rows[name].notna(), None).tolist() for name in columns
    ]
    for cells in zip(*values, strict=True) if columns else ({} for _ in range(len(rows))):
        tags: dict[str, str] = {}
        held: dict[str, str] = {}
        for key, value in zip(columns, cells, strict=True):
            if value is None:
                continue
            if key in _HELD:
                held |= _nested(key, value)
                continue
            text = _text(value)
            if text.strip() and (text not in _NOTHING or key.startswith("name")):
                tags[str(key)] = text.strip()
        yield held | tags if held else tags


def _text(value: object) -> str:
    """Return the text of a tag; of a list, its texts with semicolons, as OpenStreetMap has it."""
    if isinstance(value, str):
        listed = _json(value) if value.startswith("[") and value.endswith("]") else None
        return _text(listed) if isinstance(listed, list) else value
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    if isinstance(value, list) and all(isinstance(each, str | int | float) for each in value):
        return ";".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _nested(key: str, held: object) -> dict[str, str]:
    """Read the tags that one property holds."""
    read = held
    if isinstance(held, str):
        if not held.strip():
            return {}
        read = _pairs(held) if held.lstrip().startswith('"') else _json(held)
    if not isinstance(read, Mapping):
        return {_UNREAD: key}
    texts = {str(name): _text(value).strip() for name, value in read.items() if value is not None}
    return {name: text for name, text in texts.items() if text}


def _pairs(text: str) -> dict[str, str] | None:
    r"""
    Read ``"key"=>"value","key"=>"value"``, where a backslash stands before quotes and backslashes.

    Examples
    --------
    >>> _pairs(r'"name:en"=>"Tell \"Z\"", "waterway"=>"river","note"=>NULL')
    {'name:en': 'Tell "Z"', 'waterway': 'river'}
    """
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        pair = _PAIR.match(text, at)
        if pair is None:
            return None
        if pair[2] is not None:
            found[_ESCAPED.sub(r"\1", pair[1])] = _ESCAPED.sub(r"\1", pair[2])
        at = pair.end()
    return found


def code_of(tags: Mapping[str, str]) -> tuple[str, str]:
    """
    Tell what kind of place a feature is.

    Parameters
    ----------
    tags : mapping of str to str
        Its tags.

    Returns
    -------
    tuple of str
        The kind, and the tag that tells it; empty where none does.

    Examples
    --------
    >>> code_of({"boundary": "administrative", "admin_level": "4", "place": "state"})
    ('admin1', 'admin_level=4')
    >>> code_of({"waterway": "stream"}), code_of({"highway": "primary"})
    (('river', 'waterway=stream'), ('', ''))
    """
    level = tags.get("admin_level", "")
    if tags.get("boundary") == "administrative" and level.isdecimal() and int(level) <= _LOWEST:
        return _LEVELS.get(level, "admin2"), f"admin_level={level}"
    if tags.get("natural") == "water" and tags.get("water") in ("river", "stream", "canal"):
        return "river", f"water={tags['water']}"
    for key, kinds in _TABLES:
        value = tags.get(key, "")
        if kind := kinds.get(value) or (kinds.get("*") if value else None):
            return kind, f"{key}={value}"
    return "", ""


_TABLES: Final[tuple[tuple[str, Mapping[str, str]], ...]] = (
    ("place", _PLACES),
    ("waterway", _WATERWAYS),
    ("landuse", {"reservoir": "lake", "basin": "lake"}),
    ("natural", {**_NATURAL, "*": "facility"}),
    ("boundary", {"*": "region"}),
    *((key, {"*": "facility"}) for key in _FACILITIES),
)


def _is_name(key: str) -> bool:
    stem, _, language = key.partition(":")
    return stem in _NAMES and (not language or _LANGUAGE.fullmatch(language) is not None)


def _id(tags: Mapping[str, str]) -> str:
    for key in ("@id", "id", "full_id", "osm_id"):
        text = tags.get(key, "")
        if found := _ID.fullmatch(text):
            return f"osm:{found[1]}/{found[2]}"
        if found := _SHORT_ID.fullmatch(text):
            letter, number = found[1], int(found[2])
            if letter == "a":  # osmium's number of an area: even of a way, odd of a relation
                letter, number = "wr"[number % 2], number // 2
            return f"osm:{_TYPES[letter]}/{number}"
        kind = tags.get("@type") or tags.get("osm_type") or tags.get("type", "")
        if text.isdecimal() and kind in _TYPES.values():
            return f"osm:{kind}/{int(text)}"
    return ""


def _country(tags: Mapping[str, str]) -> str:
    for key in ("ISO3166-1:alpha2", "ISO3166-1", "is_in:country_code", "addr:country", "ISO3166-2"):
        code = tags.get(key, "").partition("-")[0].upper()
        if re.fullmatch("[A-Z]{2}", code):
            return code
    return ""


def _number(text: str) -> int:
    """Read a number of inhabitants: 12000, 12,000, ~12 000 (2010)."""
    found = re.search(r"\d{1,10}", re.sub(r"(?<=\d)[, \u00a0](?=\d{3}(?!\d))", "", text[:40]))
    return int(found[0]) if found else 0


def _whole(tags: Mapping[str, str]) -> str:
    """Return what makes one river of several pieces, beside its name."""
    if re.fullmatch(r"Q\d+", tags.get("wikidata", "")):
        return tags["wikidata"]
    try:
        relations: Any = json.loads(tags.get("@relations", "[]"))
        for each in relations:
            if each["reltags"].get("type") == "waterway":
                return f"relation/{int(each['rel'])}"
    except (ValueError, TypeError, KeyError, AttributeError):
        return ""
    return ""

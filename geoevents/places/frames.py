"""Any table of names with coordinates or geometries as a frame of features."""

import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoevents.errors import GeoeventsError, shown
from geoevents.places.cells import (
    Objects,
    clean_all,
    coded,
    find_column,
    is_missing,
    plain,
    shown_columns,
)
from geoevents.places.countries import ISO3
from geoevents.places.faults import Faults, find_faults
from geoevents.places.kinds import KIND_COLUMNS, NOT_WANTED, Kinds, kinds_of
from geoevents.places.store import KINDS

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

#: What is assumed of features that come without an uncertainty.
UNCERTAINTY_M: Final = 2000.0

_NAMES: Final = ("name", "asciiname", "name:en", "name_en", "toponym", "place_name", "placename")
_POSITIONS: Final = (
    ("longitude", "latitude"), ("lon", "lat"), ("lng", "lat"), ("long", "lat"),
    ("decimallongitude", "decimallatitude"), ("x", "y"),
)  # fmt: skip
_WKT: Final = ("geometry", "wkt", "geom")
_COUNTRIES: Final = ("country", "country_code", "countrycode", "iso_a2", "iso2", "iso_a3", "iso3")
#: Two letters that stand for languages in ``name_ar``; ``name_id`` is an id more often than Malay.
_LANGUAGES: Final = frozenset(
    ("aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg",
     "bh", "bi", "bm", "bn", "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv",
     "cy", "da", "de", "dv", "dz", "ee", "el", "en", "eo", "es", "et", "eu", "fa", "ff", "fi",
     "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he", "hi", "ho", "hr",
     "ht", "hu", "hy", "hz", "ia", "ie", "ig", "ii", "ik", "io", "is", "it", "iu", "ja", "jv",
     "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw", "ky",
     "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml", "mn",
     "mr", "ms", "mt", "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv", "ny",
     "oc", "oj", "om", "or", "os", "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru",
     "rw", "sa", "sc", "sd", "se", "sg", "si", "sk", "sl", "sm", "sn", "so", "sq", "sr", "ss",
     "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr", "ts",
     "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi", "yo",
     "za", "zh", "zu")
)  # fmt: skip
_MORE_NAMES: Final = re.compile(
    r"name:[a-z]{2,3}([-_][a-z0-9]+)*|(alt|old|int|loc|nat|reg|short|official|local)_name"
    r"(:[a-z]{2,3}([-_][a-z0-9]+)*)?|names|asciiname|alternatenames"
)


class LeftOutWarning(UserWarning):
    """Rows of a table were left out of a gazetteer, because the caller said so."""


def features_of(
    frame: "pd.DataFrame",
    *,
    name: str | None,
    names: str | Iterable[str] | None,
    kind: Kinds,
    source: str,
    errors: str,
    broken: Mapping[int, str] | None = None,
) -> "gpd.GeoDataFrame":
    """
    Make features of a table.

    Parameters
    ----------
    frame : DataFrame or GeoDataFrame
        The table.
    name, names, kind, source, errors : str
        As for ``Gazetteer.from_frame``.
    broken : mapping of int to str, optional
        Rows, by position, that a reader found broken, and why.

    Returns
    -------
    GeoDataFrame
        Rows that can be used, with the columns that ``building.assemble`` takes. In its ``attrs``
        ``numbered`` is the source whose rows the ids count, empty if the table has ids.
    """
    import geopandas as gpd  # noqa: PLC0415 -- look-ups must not load geopandas
    import pandas as pd  # noqa: PLC0415

    if not isinstance(frame, pd.DataFrame):
        raise GeoeventsError(
            "from_frame takes a GeoDataFrame, or a DataFrame with names and coordinates: got "
            f"{type(frame).__name__}"
        )
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()].tolist()
        raise GeoeventsError(f"the frame has the column {shown(twice[0])} twice: rename one")
    for argument, text in (("name", name or ""), ("source", source), ("errors", errors)):
        if not isinstance(text, str):
            raise GeoeventsError(f"{argument} must be text: got {shown(text, 80)}")
    if errors not in ("raise", "skip"):
        raise GeoeventsError(f"errors must be 'raise' or 'skip': got {shown(errors, 80)}")
    faults = Faults(frame.index)
    for row, why in (broken or {}).items():
        faults.add(np.arange(len(frame)) == row, why)
    from geoevents.places.extracts import is_acled, places_of  # noqa: PLC0415 -- it uses this

    from_acled = is_acled(frame.columns)
    if from_acled and (name is None or name.strip().lower() == "location"):
        places = places_of(frame, faults)
        settle(faults, errors)
        frame, name, faults = places, None, Faults(places.index)
        kind = kind if isinstance(kind, str) and kind in KINDS else "kind"
    geometry = _geometries(frame, faults)
    named, kinds = _main_name(frame, name), kinds_of(frame, kind)
    has_ids = _has_ids(frame)
    columns: dict[str, Any] = {
        "id": plain(frame["id"]) if has_ids else [f"{source}:{row}" for row in range(len(frame))],
        "name": plain(frame[named]),
        "names": _other_names(frame, named, names),
        "kind": kinds,
        "country": _codes_of_countries(frame, faults),
        "admin1": _optional(frame, "admin1", None),
        "population": _optional(frame, "population", 0),
        "uncertainty_m": _optional(frame, "uncertainty_m", np.nan),
        # An extract of ACLED's is the newspaper.
        "source": source if from_acled else _optional(frame, "source", source),
        "feature_code": _optional(frame, "feature_code", None),
    }
    # Objects: a text with half a character in it is cleaned later, and is no Arrow text.
    made = gpd.GeoDataFrame(
        {key: pd.Series(values, frame.index, dtype=object) for key, values in columns.items()},
        geometry=geometry,
        crs="EPSG:4326",
        index=frame.index,
    )
    gone = made["uncertainty_m"].isna()
    made["uncertainty_m"] = made["uncertainty_m"].mask(gone, UNCERTAINTY_M)
    # Words that a mapping leaves out on purpose.
    unwanted = np.array([word is NOT_WANTED for word in kinds], bool)
    if unwanted.any():
        made, faults = made[~unwanted], faults.among(~unwanted)
    find_faults(made, faults)
    settle(faults, errors)
    made = made[~faults.rows] if faults.rows.any() else made
    made.attrs["numbered"] = "" if has_ids else source
    return made


def stays_text(name: str | None, names: str | Iterable[str] | None) -> Callable[[str], bool]:
    """
    Return what tells which columns of a file of text are texts, whatever is in them.

    Parameters
    ----------
    name, names : str, optional
        As for ``Gazetteer.from_frame``.

    Returns
    -------
    callable
        True of columns of names, ids, countries, provinces and kinds: 007 is a name.
    """
    given = {name, *([names] if isinstance(names, str) else names or ())}
    texts = {*_NAMES, *_COUNTRIES, *KIND_COLUMNS, "id", "admin1", "source", "feature_code"}
    texts |= {"location", "admin2"}
    return lambda column: column in given or column.strip().lower() in texts or _has_names(column)


def settle(faults: Faults, errors: str) -> None:
    """
    Raise an error for what is wrong with rows, or warn that they are left out.

    Parameters
    ----------
    faults : Faults
        What is wrong.
    errors : str
        "raise" or "skip".
    """
    if errors == "raise":
        faults.raise_any(
            'Mend them, or leave them out with errors="skip" (on the command line, --skip).'
        )
    elif faults.rows.any():
        count = np.count_nonzero(faults.rows)
        warnings.warn(
            f"{count:,} of {len(faults.rows):,} rows are left out of the gazetteer: "
            f"{faults.counts()}",
            LeftOutWarning,
            stacklevel=4,
        )


def _optional(frame: "pd.DataFrame", name: str, default: object) -> Any:
    column = find_column(frame, (name,))
    return default if column is None else plain(frame[column])


def _has_ids(frame: "pd.DataFrame") -> bool:
    """Tell whether there are ids: what GIS programs leave, the same in all rows, is none."""
    if "id" not in frame.columns:
        return False
    return len(frame) == 1 or len(set(clean_all(plain(frame["id"]).tolist()))) > 1


# ---------------------------------------------------------------------- where


def _geometries(frame: "pd.DataFrame", faults: Faults) -> Objects:
    import geopandas as gpd  # noqa: PLC0415 -- look-ups must not load geopandas
    import shapely  # noqa: PLC0415

    if isinstance(frame, gpd.GeoDataFrame):
        if frame.active_geometry_name is None:
            raise GeoeventsError("the frame has no geometry column: set one with set_geometry")
        if frame.crs is None:
            raise GeoeventsError("the frame of features has no CRS: set one, e.g. EPSG:4326")
        geometry = frame.geometry
        if not frame.crs.equals("EPSG:4326", ignore_axis_order=True):
            geometry = geometry.to_crs("EPSG:4326")
        return np.asarray(geometry.array, dtype=object)
    for pair in _POSITIONS:
        x, y = (find_column(frame, (name,)) for name in pair)
        if x is not None and y is not None:
            return _points(frame, x, y, faults)
    column = find_column(frame, _WKT)
    texts = None if column is None else plain(frame[column])
    if texts is not None and all(isinstance(text, str) or is_missing(text) for text in texts):
        written = np.array([None if is_missing(text) else text for text in texts], object)
        geometry = np.asarray(shapely.from_wkt(written, on_invalid="ignore"), object)
        broken = shapely.is_missing(geometry)
        faults.add_cells(broken, "this is no geometry written as WKT", str(column), texts)
        return geometry
    raise GeoeventsError(
        "from_frame takes a GeoDataFrame, or a DataFrame with columns of coordinates in degrees, "
        f"such as latitude and longitude, lat and lon, y and x: this one has "
        f"{shown_columns(frame.columns)}"
    )


def _points(frame: "pd.DataFrame", x: str, y: str, faults: Faults) -> Objects:
    import pandas as pd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    read = {}
    for column in (x, y):
        cells = frame[column]
        if cells.dtype == object:
            cells = cells.map(lambda v: v if pd.api.types.is_scalar(v) else "?")
        read[column] = pd.to_numeric(cells, errors="coerce").astype("float64").to_numpy()
        missing = cells.isna().to_numpy(dtype=bool)
        values = plain(frame[column])
        faults.add(missing, f"there is no {column}")
        faults.add_cells(~np.isfinite(read[column]), f"{column} is no number", column, values)
    lon, lat = read[x], read[y]
    swapped = (np.abs(lat) > 90) & (np.abs(lon) <= 90) & (np.abs(lat) <= 180)  # noqa: PLR2004
    far = ((np.abs(lat) > 90) | (np.abs(lon) > 180.00001)) & ~swapped  # noqa: PLR2004
    shown = lambda row: f" ({x}={lon[row]:.15g}, {y}={lat[row]:.15g})"  # noqa: E731
    faults.add(swapped, "the latitude is beyond 90 degrees: is it the longitude?", shown)
    faults.add(
        far,
        "the coordinates are beyond 180 and 90 degrees: where they are metres of a map, give a "
        "GeoDataFrame with its CRS",
        shown,
    )
    bad = ~(np.isfinite(lon) & np.isfinite(lat))
    points = np.asarray(shapely.points(np.where(bad, 0, lon), np.where(bad, 0, lat)), object)
    points[bad] = None
    return points


# ---------------------------------------------------------------------- names


def _main_name(frame: "pd.DataFrame", name: str | None) -> str:
    if name is not None:
        if name not in frame.columns:
            raise GeoeventsError(
                f"the table has no column {shown(name)}; give name= one of "
                f"{shown_columns(frame.columns)}"
            )
        return name
    found = find_column(frame, _NAMES)
    if found is None:
        raise GeoeventsError(
            f"the table has no column {', '.join(_NAMES[:-1])} or {_NAMES[-1]}; give name= one of "
            f"{shown_columns(frame.columns)}"
        )
    return found


def _other_names(
    frame: "pd.DataFrame", main: str, names: str | Iterable[str] | None
) -> list[Sequence[object]]:
    if names is None:
        every: list[Any] = frame.columns.tolist()
        columns = [c for c in every if isinstance(c, str) and _has_names(c) and c != main]
    else:
        columns = [names] if isinstance(names, str) else list(names)
        absent = [column for column in columns if column not in frame.columns]
        if absent:
            raise GeoeventsError(
                f"names: the table has no column {shown(absent[0])}; it has "
                f"{shown_columns(frame.columns)}"
            )
    found: list[Sequence[object]] = [()] * len(frame)
    for column in columns:
        between = "," if column.lower() == "alternatenames" else ";"
        there = np.flatnonzero(frame[column].notna().to_numpy(dtype=bool))
        cells = plain(frame[column])[there].tolist()
        for row, value in zip(there.tolist(), cells, strict=True):
            single = type(value) is str and between not in value
            more = (value,) if single else _several(value, between)
            found[row] = (*found[row], *more) if found[row] else more
    return found


def _has_names(column: str) -> bool:
    column = column.strip().lower()
    return bool(_MORE_NAMES.fullmatch(column)) or (
        column.startswith("name_") and column.removeprefix("name_") in _LANGUAGES
    )


def _several(value: Any, between: str) -> Sequence[object]:
    if isinstance(value, str):
        return value.split(between) if between in value else (value,)
    if isinstance(value, list | tuple):
        return value
    return () if is_missing(value) or not isinstance(value, Iterable) else list(value)


# ---------------------------------------------------------------------- countries


def _codes_of_countries(frame: "pd.DataFrame", faults: Faults) -> Objects | None:
    column = find_column(frame, _COUNTRIES)
    if column is None:
        return None
    codes, words = coded(frame[column])
    meant = _codes_of(words)
    unknown = np.array([code is None for code in meant], bool)[codes] if words else codes > 0
    faults.add_cells(
        unknown,
        "the country is neither an ISO 3166 code nor the name of a country",
        column,
        plain(frame[column]),
    )
    return np.array([*meant, None], object)[codes]


def _codes_of(words: Sequence[str]) -> list[str | None]:
    """Return the codes of countries, several with spaces between; None where it is no country."""
    parts = {word: [p for p in re.split(r"\s*[;/|]\s*", word) if p] for word in words}
    known: dict[str, str | None] = {}
    for part in {p for some in parts.values() for p in some}:
        tokens = re.findall(r"[^\W\d_]+", part)
        if tokens and all(len(token) == 2 for token in tokens):  # noqa: PLR2004 -- ISO 3166 alpha-2
            known[part] = " ".join(tokens).upper()
        elif part.upper() in ISO3:
            known[part] = ISO3[part.upper()]
    names = sorted({p for some in parts.values() for p in some} - known.keys())
    if names:
        known |= zip(names, _named_countries(names), strict=True)
    out: list[str | None] = []
    for word in words:
        found = [known[part] for part in parts[word]]
        out.append(None if None in found else " ".join(map(str, found)))
    return out


def _named_countries(names: list[str]) -> list[str | None]:
    from geoevents.places.finding import Asked, resolve  # noqa: PLC0415 -- it uses gazetteers
    from geoevents.places.gazetteer import Gazetteer, kind_code  # noqa: PLC0415
    from geoevents.places.spelling import SPELT  # noqa: PLC0415

    gazetteer = Gazetteer.embedded()
    found, ranking = resolve(names, Asked(gazetteer, kinds=(kind_code("country"),)), guesses=False)
    known = gazetteer.countries()
    # Spelt so, or so but for articles: what only sounds like a country is none.
    return [
        known[int(found.country[best])] if best >= 0 and found.quality[best] > SPELT else None
        for best in ranking.best.tolist()
    ]

"""
GeoNames' dumps of a country read as features: every village, hill, wadi and oil field.

A dump is a zip file, or what it holds: text with 19 columns between tabs. Its names in all
languages are in a file of their own. Both are read a piece at a time, so that the largest country
needs little more memory than its features do.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError
from geoevents.places.installed.accounts import Account, without_faults
from geoevents.places.installed.aliases import gather, others, plain
from geoevents.places.installed.dumps import BROKEN, SUBSTITUTE, Layout, text_rows
from geoevents.places.installed.feature_codes import Meaning, meaning
from geoevents.places.installed.known import (
    embedded_provinces_by_id,
    is_far_from_null_island,
    province_names,
    waters,
)
from geoevents.places.names import fold

if TYPE_CHECKING:
    import geopandas as gpd
    import pyarrow as pa

Progress = Callable[[str, int, int | None], None]

SOURCE: Final = "GeoNames"
LICENCE: Final = "CC BY 4.0, GeoNames (www.geonames.org)"

EMBEDDED: Final = "in the embedded gazetteer already"
OWN_WATER: Final = "rivers and lakes that the embedded gazetteer draws"
FOREIGN: Final = "of another country"
NAMELESS: Final = "without a name"
TWICE: Final = "with an id that came before"
NULL_ISLAND: Final = "at 0, 0, far from their country"

_COLUMNS: Final = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature class",
    "feature code", "country code", "cc2", "admin1 code", "admin2 code", "admin3 code",
    "admin4 code", "population", "elevation", "dem", "timezone", "modification date",
)  # fmt: skip
_READ: Final = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature class",
    "feature code", "country code", "admin1 code", "population",
)  # fmt: skip
_NAME_COLUMNS: Final = (
    "alternateNameId", "geonameid", "isolanguage", "alternate name", "isPreferredName",
    "isShortName", "isColloquial", "isHistoric", "from", "to",
)  # fmt: skip
#: Languages. What stands in the same column for links, post codes, airports and pronunciations is
#: four letters long; pinyin and abbreviations are names.
_LANGUAGE: Final = r"^([a-z]{2,3}([-_][A-Za-z0-9_-]+)?|piny|abbr|fr_1793)?$"
#: Where main names carry scholarly marks that no report writes: shown without, as those embedded.
_PLAIN_COUNTRIES: Final = frozenset({"IQ", "JO", "LB", "LY", "PS", "SD", "SY", "YE"})
#: The code of what lies in no province, or in nobody knows which.
_NO_PROVINCE: Final = "00"
_PLAIN_LETTER: Final = re.compile(r"[A-Za-z0-9]")
#: Stands in for a population of nought, which in GeoNames means that nobody entered one.
_UNKNOWN_POPULATION: Final = 2000.0
_SQUARE_MILE_KM2: Final = 2.589988110336
_HALF_MINUTE_M: Final = 926.0


def read_dump(
    path: str | os.PathLike[str],
    country: str,
    *,
    names: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> tuple["gpd.GeoDataFrame", Account]:
    """
    Read a country's features that the embedded gazetteer lacks.

    Parameters
    ----------
    path : path-like
        ``SY.zip`` or ``SY.txt``; ``allCountries.zip`` will do.
    country : str
        The country's two-letter code: rows of other countries are left out.
    names : path-like, optional
        The alternate names, ``alternatenames/SY.zip``. Without it, those in the dump itself,
        which do not say what language or code they are.
    progress : callable, optional
        Told what is being done, how much of it is, and of how much.

    Returns
    -------
    tuple
        The features, a GeoDataFrame as ``store.write`` takes it, and the account of what was left
        out.

    Raises
    ------
    GeoeventsError
        If a file is none of GeoNames', or holds nothing of the country.
    """
    path = Path(path)
    account = Account()
    table = _without_null_island(_features(path, country, account, progress), country, account)
    ids = table["geonameid"].to_numpy()
    provinces = embedded_provinces_by_id("geonames:")
    known = [provinces.get(text) for text in ids.astype(str).tolist()]
    points = shapely.points(table["longitude"].to_numpy(), table["latitude"].to_numpy())
    told(progress, "Provinces", 0, None)
    codes = ["" if code == _NO_PROVINCE else code for code in table["admin1 code"].to_pylist()]
    admin1 = province_names(codes, [name or "" for name in known], points, country)
    new = np.array([name is None for name in known], bool)
    account.rows[EMBEDDED] += int((~new).sum())
    table = table.filter(new).append_column(
        "admin1", [[name for name, n in zip(admin1, new, strict=True) if n]]
    )
    points = points[new]
    aliases = _aliases(table, country, names, account, progress)
    table = table.drop_columns(["alternatenames", "asciiname"])
    main = [" ".join(name.split()) for name in table["name"].to_pylist()]
    if country in _PLAIN_COUNTRIES:
        main = [plain(name) for name in main]
    meanings = _meanings(table)
    told(progress, "Rivers and lakes", 0, None)
    wet = np.flatnonzero([each.kind in ("river", "lake") for each in meanings])
    same = waters().same(
        points[wet],
        [meanings[row].kind for row in wet.tolist()],
        [[main[row], *aliases[row]] for row in wet.tolist()],
    )
    kept = np.ones(len(main), bool)
    kept[wet] = same < 0
    account.rows[OWN_WATER] += int((~kept).sum())
    named = np.array([_is_name(name) for name in main], bool)
    account.rows[NAMELESS] += int((kept & ~named).sum())
    kept &= named
    frame = _frame(table, meanings, points).assign(name=main, names=others(aliases, main))
    return without_faults(frame[kept].reset_index(drop=True), account), account


def _without_null_island(table: "pa.Table", country: str, account: Account) -> "pa.Table":
    """Leave out what lies at 0, 0 for want of coordinates."""
    import pyarrow as pa  # noqa: PLC0415 -- look-ups must not load it

    null = (table["longitude"].to_numpy() == 0.0) & (table["latitude"].to_numpy() == 0.0)
    if not null.any() or not is_far_from_null_island(country):
        return table
    ids = table["geonameid"].to_numpy()[null].tolist()
    account.leave_out([f"geonames:{number}" for number in ids], NULL_ISLAND)
    return table.filter(pa.array(~null))


def _frame(
    table: "pa.Table", meanings: list[Meaning], points: NDArray[np.object_]
) -> "gpd.GeoDataFrame":
    """Return the features without their names."""
    import geopandas as gpd  # noqa: PLC0415 -- look-ups must not load it

    people = table["population"].to_numpy()
    kinds = np.array([each.kind for each in meanings], dtype=object)
    reach = np.array([each.reach_m for each in meanings], float)
    town = kinds == "populated place"
    reach[town] = extent_radius_m(people[town])
    off = rounding_error_m(table["longitude"].to_numpy(), table["latitude"].to_numpy())
    columns = {
        "id": [f"geonames:{number}" for number in table["geonameid"].to_pylist()],
        "kind": kinds,
        "country": table["country code"].to_numpy(),
        "admin1": table["admin1"].to_numpy(),
        # GeoNames counts people of lakes and hills where somebody mistook the field.
        "population": np.where(town, people, 0),
        "uncertainty_m": np.round(reach + off, -1),
        "source": SOURCE,
        "feature_code": table["feature"].to_numpy(),
    }
    return gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326")


def extent_radius_m(population: NDArray[Any]) -> NDArray[np.float64]:
    """
    Return the radius of the circle with the area that a town of this population covers.

    Parameters
    ----------
    population : ndarray
        Inhabitants; 0 where unknown, which counts as 2,000.

    Returns
    -------
    ndarray of float
        Metres.

    Notes
    -----
    The area in square miles is P**(3/4) / 350: Stewart, J. Q. and Warntz, W. (1958) Physics of
    population distribution. Journal of Regional Science 1(1), 99-121.

    Examples
    --------
    >>> extent_radius_m(np.array([0, 2000, 250_000])).round(-1).tolist()
    [840.0, 840.0, 5130.0]
    """
    people = np.where(population > 0, population, _UNKNOWN_POPULATION)
    area_km2 = people**0.75 / 350.0 * _SQUARE_MILE_KM2
    radius: NDArray[np.float64] = np.sqrt(area_km2 / np.pi) * 1000.0
    return radius


def rounding_error_m(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Tell how far coordinates may be off through rounding, judged from the grid they lie on.

    Parameters
    ----------
    lon, lat : ndarray of float
        Degrees.

    Returns
    -------
    ndarray of float
        Metres: half a minute each way where both are whole minutes, else 500.

    Examples
    --------
    >>> rounding_error_m(np.array([40.25, 40.25123]), np.array([35.5, 35.5])).round().tolist()
    [1194.0, 500.0]
    """
    to_minute = np.maximum(*(np.abs(c * 60.0 - np.round(c * 60.0)) for c in (lon, lat)))
    corner = _HALF_MINUTE_M * np.sqrt(1.0 + np.cos(np.radians(lat)) ** 2)
    off: NDArray[np.float64] = np.where(to_minute < 0.0007, corner, 500.0)  # noqa: PLR2004
    return off


# ---------------------------------------------------------------------- features


def _features(path: Path, country: str, account: Account, progress: Progress | None) -> "pa.Table":
    """Read the rows of a country whose kind is wanted, each id once."""
    import pyarrow as pa  # noqa: PLC0415 -- look-ups must not load it
    import pyarrow.compute as pc  # noqa: PLC0415

    pieces: list[Any] = []
    rows = 0
    wanted: dict[str, str] = {}  # feature code: why left out, or nothing
    layout = Layout((f"{country}.txt", "allCountries.txt"), (_COLUMNS,), _READ)
    for batch, first in text_rows(
        path,
        layout,
        account,
        counts=account.rows,
        progress=lambda done, total: told(progress, "Features", done, total),
    ):
        rows += batch.num_rows
        table = _numbered(batch, first, path, account)
        foreign = pc.not_equal(table["country code"], country)
        account.rows[FOREIGN] += pc.sum(foreign).as_py() or 0
        table = table.filter(pc.invert(foreign))
        feature = pc.binary_join_element_wise(table["feature class"], table["feature code"], ".")
        counted = pc.value_counts(feature)
        for code in counted.field(0).to_pylist():
            if code not in wanted:
                wanted[code] = meaning(code).left_out
        for each in counted.to_pylist():
            if reason := wanted[each["values"]]:
                account.rows[reason] += each["counts"]
        good = pa.array([code for code, reason in wanted.items() if not reason], pa.string())
        table = table.append_column("feature", feature)
        pieces.append(table.filter(pc.is_in(table["feature"], good)))
    if not rows:
        raise GeoeventsError(
            f"{path}: holds no row of GeoNames' {len(_COLUMNS)} columns: is it a dump of a "
            "country?" + (f" {account.problems[0]}" if account.problems else "")
        )
    if account.rows[FOREIGN] == rows:
        raise GeoeventsError(f"{path}: all {rows:,} rows are of other countries than {country}")
    table = pa.concat_tables(pieces) if pieces else None
    if table is None or not table.num_rows:
        raise GeoeventsError(f"{path}: holds no place of {country} that could be added")
    _, once = np.unique(table["geonameid"].to_numpy(), return_index=True)
    account.rows[TWICE] += table.num_rows - len(once)
    return table.take(pa.array(np.sort(once))).combine_chunks()


def _numbered(
    batch: "pa.RecordBatch", first: Callable[[int], int], path: Path, account: Account
) -> Any:
    """Turn numbers into numbers; rows where that does not work are noted and left out."""
    import pyarrow as pa  # noqa: PLC0415 -- look-ups must not load it
    import pyarrow.compute as pc  # noqa: PLC0415

    columns = {name: batch[name] for name in batch.schema.names}
    empty = pc.and_(pc.equal(columns["geonameid"], ""), pc.equal(columns["name"], ""))
    bad = np.zeros(batch.num_rows, bool)
    for name, pattern, kind, largest in (
        ("geonameid", r"^\d{1,12}$", pa.int64(), 1e12),
        ("latitude", r"^-?\d{1,2}(\.\d{1,20})?$", pa.float64(), 90.0),
        ("longitude", r"^-?\d{1,3}(\.\d{1,20})?$", pa.float64(), 180.0),
        ("population", r"^\d{0,12}$", pa.int64(), 1e12),
    ):
        text = columns[name]
        fits = pc.match_substring_regex(text, pattern)
        text = pc.if_else(pc.and_(fits, pc.not_equal(text, "")), text, "0")
        columns[name] = text.cast(kind)
        large = pc.greater(pc.abs(columns[name]), largest)
        wrong = pc.or_(pc.invert(fits), large).to_numpy(zero_copy_only=False)
        wrong &= ~empty.to_numpy(zero_copy_only=False)
        for row in np.flatnonzero(wrong & ~bad)[: account.room].tolist():
            given = batch[name][row].as_py()
            account.problems.append(f"{path}, line {first(row)}: {name} is {given!r:.60}")
        bad |= wrong
    garbled = pc.match_substring(batch["name"], SUBSTITUTE).to_numpy(zero_copy_only=False)
    for row in np.flatnonzero(garbled & ~bad)[: account.room].tolist():
        account.problems.append(f"{path}, line {first(row)}: name is not UTF-8")
    bad |= garbled
    account.rows[BROKEN] += int(bad.sum())
    good = ~bad & ~empty.to_numpy(zero_copy_only=False)
    return pa.table(columns).filter(pa.array(good))


def _meanings(table: "pa.Table") -> list[Meaning]:
    codes = table["feature"].to_pylist()
    known = {code: meaning(code) for code in set(codes)}
    return [known[code] for code in codes]


def _is_name(name: str) -> bool:
    return _PLAIN_LETTER.search(name) is not None or bool(fold(name))


# ---------------------------------------------------------------------- names


def _aliases(
    table: "pa.Table",
    country: str,
    names: str | os.PathLike[str] | None,
    account: Account,
    progress: Progress | None,
) -> list[list[str]]:
    """Gather each feature's names: its main ones, then those of the names' file or of the dump."""
    import pyarrow as pa  # noqa: PLC0415 -- look-ups must not load it
    import pyarrow.compute as pc  # noqa: PLC0415

    count = table.num_rows
    owners = [np.arange(count)] * 2
    texts = [table["name"], table["asciiname"]]
    alone = np.ones(count, bool)
    if names is not None:
        ids = table["geonameid"].to_numpy()
        order = np.argsort(ids)
        for owner, text in _named(Path(names), country, ids[order], account, progress):
            owners.append(order[owner])
            texts.append(text)
            alone[order[owner]] = False
    # Those that the names' file knows nothing of: the dump may.
    bare = np.flatnonzero(alone)
    listed = pc.split_pattern(table["alternatenames"].take(pa.array(bare)), ",").combine_chunks()
    owners.append(bare[pc.list_parent_indices(listed).to_numpy()])
    texts.append(pc.list_flatten(listed))
    every = pa.chunked_array(
        [chunk for text in texts for chunk in getattr(text, "chunks", [text])], pa.string()
    )
    told(progress, "Names", 0, None)
    return gather(np.concatenate(owners), every, count, account.names)


def _named(
    path: Path, country: str, ids: NDArray[np.int64], account: Account, progress: Progress | None
) -> Iterator[tuple[NDArray[np.intp], Any]]:
    """Read the names of features: which each is of, and the name."""
    import pyarrow as pa  # noqa: PLC0415 -- look-ups must not load it
    import pyarrow.compute as pc  # noqa: PLC0415

    read = ("geonameid", "isolanguage", "alternate name")
    rows = 0
    layout = Layout(
        (f"{country}.txt", "alternateNamesV2.txt"), (_NAME_COLUMNS, _NAME_COLUMNS[:8]), read
    )
    for batch, first in text_rows(
        path,
        layout,
        account,
        counts=account.names,
        progress=lambda done, total: told(progress, "Names", done, total),
    ):
        rows += batch.num_rows
        fits = pc.match_substring_regex(batch["geonameid"], r"^\d{1,12}$")
        blank = pc.equal(batch["alternate name"], "").to_numpy(zero_copy_only=False)
        for row in np.flatnonzero(~fits.to_numpy(zero_copy_only=False) & ~blank)[
            : account.room
        ].tolist():
            given = batch["geonameid"][row].as_py()
            account.problems.append(f"{path}, line {first(row)}: geonameid is {given!r:.60}")
        account.names[BROKEN] += int((~fits.to_numpy(zero_copy_only=False) & ~blank).sum())
        table = pa.table({name: batch[name] for name in read}).filter(fits)
        language = pc.match_substring_regex(table["isolanguage"], _LANGUAGE)
        for each in pc.value_counts(
            table["isolanguage"].filter(pc.invert(language)).combine_chunks()
        ).to_pylist():
            account.names[f"no names but {each['values']:.20}"] += each["counts"]
        table = table.filter(language)
        wanted = table["geonameid"].cast(pa.int64()).to_numpy()
        at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
        ours = ids[at] == wanted
        yield at[ours], table["alternate name"].filter(pa.array(ours))
    if not rows:
        raise GeoeventsError(f"{path}: holds no row of GeoNames' alternate names")


def told(progress: Progress | None, label: str, done: int, total: int | None) -> None:
    """
    Tell how far something is, if somebody wants to know.

    Parameters
    ----------
    progress : callable or None
        Who is told.
    label : str
        What is being done.
    done, total : int
        How much of it is, and of how much; None where that is unknown.
    """
    if progress is not None:
        progress(label, done, total)

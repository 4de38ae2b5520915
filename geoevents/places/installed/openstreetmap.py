"""Features of OpenStreetMap, from GeoJSON as Overpass, osmium and QGIS write it."""

import os
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError
from geoevents.places.installed.accounts import Account, without_faults
from geoevents.places.installed.aliases import gather, others
from geoevents.places.installed.geonames import NULL_ISLAND, extent_radius_m
from geoevents.places.installed.known import Drawn, Provinces, is_far_from_null_island
from geoevents.places.installed.tags import Tags, read_tags
from geoevents.places.installed.waterways import join_rivers
from geoevents.places.names import fold

if TYPE_CHECKING:
    import geopandas as gpd

Geometries = NDArray[np.object_]

SOURCE: Final = "OpenStreetMap"
LICENCE: Final = "ODbL 1.0, © OpenStreetMap contributors (www.openstreetmap.org/copyright)"

NAMELESS: Final = "without a name"
UNKNOWN: Final = "without a tag that tells what kind of place it is"
EMPTY: Final = "without a geometry"
NO_LINE: Final = "with a line of a single point"
OUTSIDE: Final = "with coordinates beyond 180 and 90 degrees, or that are no numbers"
MIXED: Final = "with a geometry of points and lines together"
OUTLINE: Final = "borders and shores drawn as lines, not as areas"
BANKS: Final = "areas of rivers (their lines are what is used)"
TWICE: Final = "with an id that came before"

#: How far off, in metres: a mapped outline, by kind.
_OUTLINE_M: Final = {
    "country": 1000.0, "admin1": 1000.0, "admin2": 1000.0, "populated place": 300.0,
    "river": 100.0, "lake": 300.0, "region": 1000.0, "facility": 100.0,
}  # fmt: skip
#: How far a place reaches from the point that stands for it, by kind.
_POINT_M: Final = {
    "country": 300_000.0, "admin1": 50_000.0, "admin2": 20_000.0, "river": 15_000.0,
    "lake": 3000.0, "region": 20_000.0, "facility": 300.0,
}  # fmt: skip
#: Inhabitants of a place that gives none, to tell how far it reaches.
_USUAL_PEOPLE: Final = {
    "city": 200_000, "town": 20_000, "suburb": 20_000, "borough": 20_000, "quarter": 5000,
    "village": 2000, "hamlet": 200, "isolated_dwelling": 20, "farm": 20,
}  # fmt: skip
_POINT, _LINE, _POLYGON, _MULTIPOINT, _MULTILINE, _MULTIPOLYGON = 0, 1, 3, 4, 5, 6
_LINES: Final = (_LINE, _MULTILINE)
_POLYGONS: Final = (_POLYGON, _MULTIPOLYGON)
_TOLD: Final = 5
_RING: Final = 4
_HEAD_BYTES: Final = 4096
_DRAWN: Final = frozenset({"country", "admin1", "admin2", "river", "lake"})


def read_osm(path: str | os.PathLike[str]) -> tuple["gpd.GeoDataFrame", Account]:
    """
    Read places, rivers and borders of OpenStreetMap.

    Parameters
    ----------
    path : path-like
        GeoJSON whose properties are OpenStreetMap's tags; an id in ``@id``, ``id``, ``full_id`` or
        ``osm_id`` with ``osm_type``.

    Returns
    -------
    tuple
        The features, a GeoDataFrame as ``store.write`` takes it, and the account of what was left
        out or mended.

    Raises
    ------
    GeoeventsError
        If the file cannot be read, or holds no feature with a name.
    """
    import geopandas as gpd  # noqa: PLC0415 -- look-ups must not load it

    path = Path(path)
    account = Account()
    rows, broken = _read(path, account)
    tags = read_tags(rows, path.stem, account)
    geometry = np.asarray(rows.geometry.array, dtype=object)
    lost = shapely.is_missing(geometry) & broken
    _tell_closed(tags, broken & ~lost, account)
    kept, geometry = _usable(tags, geometry, lost, account)
    tags, geometry = tags.take(kept), geometry[kept]
    lines = np.isin(shapely.get_type_id(geometry), _LINES)
    river = np.array([kind == "river" for kind in tags.kinds], bool)
    tags, geometry = join_rivers(tags, geometry, lines & river, account)
    _, once = np.unique(np.array(tags.ids, dtype=object).astype(str), return_index=True)
    account.rows[TWICE] += len(tags) - len(once)
    once.sort()
    tags, geometry = tags.take(once), geometry[once]
    if not len(tags):
        why = "; ".join(f"{count:,} {reason}" for reason, count in account.rows.items() if count)
        raise GeoeventsError(f"{path}: holds no feature that could be added: {why or 'no feature'}")
    geometry = _mended(tags, geometry, account)
    names = gather(
        np.repeat(np.arange(len(tags)), [len(several) for several in tags.names]),
        _texts([name for several in tags.names for name in several]),
        len(tags),
        account.names,
    )
    countries, admin1 = _lie_in(tags, geometry)
    frame = gpd.GeoDataFrame(
        {
            "id": tags.ids,
            "name": tags.main,
            "names": others(names, tags.main),
            "kind": tags.kinds,
            "country": countries,
            "admin1": admin1,
            "population": _people(tags, geometry, names),
            "uncertainty_m": _uncertainty(tags, geometry),
            "source": SOURCE,
            "feature_code": tags.codes,
        },
        geometry=geometry,
        crs="EPSG:4326",
    )
    return without_faults(frame, account), account


def _texts(names: list[str]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 -- look-ups must not load it

    return pa.array(names, pa.large_string())


def _read(path: Path, account: Account) -> tuple["gpd.GeoDataFrame", NDArray[np.bool_]]:
    """Read a file, and tell which geometries were none as they stood."""
    import geopandas as gpd  # noqa: PLC0415 -- look-ups must not load it
    import pyogrio  # noqa: PLC0415

    _see_start(path)
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            # Lists as text: one of them would make lists of all other values of its tag.
            meta, _, wkb, columns = pyogrio.raw.read(path, ARRAY_AS_STRING="YES")
    except Exception as error:  # the driver raises many kinds
        raise GeoeventsError(f"{path}: cannot be read as GeoJSON: {error!s:.300}") from error
    account.notes += list(dict.fromkeys(f"{each.message!s:.200}" for each in told))[:_TOLD]
    if wkb is None:
        raise GeoeventsError(f"{path}: no feature has a geometry (with Overpass, ask `out geom`)")
    geometry = shapely.from_wkb(wkb, on_invalid="ignore")
    broken = shapely.is_missing(geometry) & np.array([each is not None for each in wkb], bool)
    geometry[broken] = shapely.from_wkb(wkb[broken], on_invalid="fix")  # closes rings
    named = dict(zip(meta["fields"], columns, strict=True))
    named.pop("geometry", None)
    rows = gpd.GeoDataFrame(named, geometry=geometry, crs=meta["crs"])
    if rows.crs is not None and not rows.crs.equals("EPSG:4326", ignore_axis_order=True):
        rows = rows.to_crs("EPSG:4326")
    return rows, broken


def _see_start(path: Path) -> None:
    """See that a file begins as GeoJSON does."""
    try:
        with path.open("rb") as file:
            start = file.read(_HEAD_BYTES).lstrip(b"\xef\xbb\xbf\x1e \t\r\n")
    except OSError as error:
        raise GeoeventsError(f"{path}: cannot be read: {error.strerror or error}") from error
    if not start.startswith(b"{"):
        raise GeoeventsError(
            f"{path}: is no GeoJSON: export OpenStreetMap's data as GeoJSON (in Overpass Turbo: "
            "Export, GeoJSON; with osmium: osmium export -u type_id)"
        )
    if re.search(rb'"elements"\s*:\s*\[', start) and b"FeatureCollection" not in start:
        raise GeoeventsError(
            f"{path}: is JSON as Overpass answers it, not GeoJSON: run the query in Overpass Turbo "
            "and choose Export, GeoJSON; or turn the file into GeoJSON with osmtogeojson"
        )


def _tell_closed(tags: Tags, closed: NDArray[np.bool_], account: Account) -> None:
    """Tell which features had rings that were not closed, and were mended."""
    mended = np.flatnonzero(closed).tolist()
    if mended:
        shown = ", ".join(tags.ids[at] for at in mended[:_TOLD])
        more = f" and {len(mended) - _TOLD:,} more" if len(mended) > _TOLD else ""
        account.notes.append(f"{len(mended):,} areas were not closed, and were mended: "
                             f"{shown:.200}{more}")  # fmt: skip


def _usable(
    tags: Tags, geometry: Geometries, lost: NDArray[np.bool_], account: Account
) -> tuple[NDArray[np.intp], Geometries]:
    """Choose the features with a name, a kind and a geometry that goes with it."""
    geometry = shapely.force_2d(geometry)
    types = shapely.get_type_id(geometry)
    kinds = np.array(tags.kinds, dtype=object)
    areal = np.isin(kinds, ("country", "admin1", "admin2", "lake"))
    # An area that was exported as its outline.
    closed = areal & (types == _LINE) & shapely.is_closed(geometry)
    ring = np.flatnonzero(closed & (shapely.get_num_points(geometry) >= _RING))
    if len(ring):
        xy, owner = shapely.get_coordinates(geometry[ring], return_index=True)
        geometry[ring] = shapely.polygons(shapely.linearrings(xy, indices=owner))
    several = np.flatnonzero(types == _MULTIPOINT)
    geometry[several] = shapely.centroid(geometry[several])
    types = shapely.get_type_id(geometry)
    xy, owner = shapely.get_coordinates(geometry, return_index=True)
    outside = np.zeros(len(geometry), bool)
    inside = np.isfinite(xy).all(axis=1) & (np.abs(xy) <= (180.0, 90.0)).all(axis=1)
    outside[owner[~inside]] = True
    pointlike = np.isin(types, _LINES) & (shapely.length(geometry) == 0.0)
    waits = np.ones(len(geometry), bool)
    for reason, wrong in (
        (NO_LINE, lost),
        (EMPTY, shapely.is_missing(geometry) | shapely.is_empty(geometry)),
        (OUTSIDE, outside),
        (NO_LINE, pointlike),
        (NULL_ISLAND, _at_null_island(tags, geometry)),
        (NAMELESS, np.array([not fold(name) for name in tags.main], bool)),
        (BANKS, np.array([code in _BANKS for code in tags.codes], bool)),
        (UNKNOWN, kinds == ""),
        (MIXED, ~np.isin(types, (_POINT, *_LINES, *_POLYGONS))),
        (BANKS, (kinds == "river") & np.isin(types, _POLYGONS)),
        (OUTLINE, areal & np.isin(types, _LINES)),
    ):
        if reason in _BROKEN:
            account.leave_out([tags.ids[at] for at in np.flatnonzero(waits & wrong)], reason)
        else:
            account.rows[reason] += int((waits & wrong).sum())
        waits &= ~wrong
    return np.flatnonzero(waits), geometry


def _at_null_island(tags: Tags, geometry: Geometries) -> NDArray[np.bool_]:
    """Tell which points lie at 0, 0 though their tags name a country that is elsewhere."""
    x, y = shapely.get_x(geometry), shapely.get_y(geometry)  # NaN of what is no point
    null: NDArray[np.bool_] = (x == 0.0) & (y == 0.0)
    for at in np.flatnonzero(null).tolist():
        null[at] = is_far_from_null_island(tags.countries[at])
    return null


#: What is told by id, for it is a mistake in the file.
_BROKEN: Final = frozenset({EMPTY, OUTSIDE, NO_LINE, NULL_ISLAND, MIXED})
_BANKS: Final = frozenset({"waterway=riverbank", "water=river", "water=stream", "water=canal"})


def _mended(tags: Tags, geometry: Geometries, account: Account) -> Geometries:
    """Mend polygons that cross themselves, and say which."""
    broken = np.flatnonzero(~shapely.is_valid(geometry))
    if not len(broken):
        return geometry
    geometry = geometry.copy()
    made = shapely.make_valid(geometry[broken], method="structure", keep_collapsed=False)
    for at, whole in zip(broken.tolist(), made, strict=True):
        area = shapely.get_parts(whole)
        area = area[shapely.get_type_id(area) == _POLYGON]
        # Nothing is left of one that encloses nothing but the place where it was.
        middle = shapely.multipoints(shapely.get_coordinates(geometry[at])).centroid
        geometry[at] = shapely.union_all(area) if len(area) else middle
    shown = ", ".join(tags.main[at] for at in broken[:_TOLD].tolist())
    more = f" and {len(broken) - _TOLD:,} more" if len(broken) > _TOLD else ""
    account.notes.append(f"{len(broken):,} geometries crossed themselves and were mended: "
                         f"{shown:.200}{more}")  # fmt: skip
    return geometry


def _lie_in(tags: Tags, geometry: Geometries) -> tuple[list[str], list[str]]:
    """Tell the country and the province of each: its tags first, then the embedded polygons."""
    provinces = Provinces()
    flat = np.isin(shapely.get_type_id(geometry), _LINES)
    points = geometry.copy()
    points[flat] = shapely.line_interpolate_point(
        [max(shapely.get_parts(line), key=shapely.length) for line in geometry[flat]],
        0.5,
        normalized=True,
    )
    area = np.isin(shapely.get_type_id(geometry), _POLYGONS)
    points[area] = shapely.point_on_surface(geometry[area])
    found = provinces.of(points)
    countries, admin1 = [], []
    for at, province in enumerate(found.tolist()):
        country = tags.countries[at] or provinces.countries[province]
        countries.append(country)
        kind = tags.kinds[at]
        if kind == "admin1":
            admin1.append(provinces.names[province] or tags.main[at])
        elif kind in ("country", "river") or country != provinces.countries[province]:
            admin1.append("")
        else:
            admin1.append(provinces.names[province])
    return countries, admin1


def _people(tags: Tags, geometry: Geometries, names: list[list[str]]) -> list[int]:
    """
    Return the inhabitants; of what the embedded gazetteer draws too, its figure and one more.

    So of two that are the same thing, the drawing that was added is the one that is found.
    """
    people = list(tags.people)
    drawn = Drawn(_DRAWN.intersection(tags.kinds))
    every = [[own, *more] for own, more in zip(tags.main, names, strict=True)]
    same = drawn.same(geometry, tags.kinds, every)
    for at in np.flatnonzero(same >= 0).tolist():
        people[at] = drawn.people[int(same[at])] + 1
    return people


def _uncertainty(tags: Tags, geometry: Geometries) -> NDArray[np.float64]:
    kinds = np.array(tags.kinds, dtype=object)
    point = shapely.get_type_id(geometry) == _POINT
    drawn = np.array([_OUTLINE_M[kind] for kind in tags.kinds], float)
    reach = np.array([_POINT_M.get(kind, 0.0) for kind in tags.kinds], float)
    town = kinds == "populated place"
    usual = [_USUAL_PEOPLE.get(code.partition("=")[2], 2000) for code in tags.codes]
    given = np.array(tags.people, float)
    reach[town] = extent_radius_m(np.where(given > 0, given, usual))[town] + 100.0
    return np.where(point, np.round(reach, -1), drawn)

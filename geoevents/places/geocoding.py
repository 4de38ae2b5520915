"""From names to places: ``geocode``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, overload

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError
from geoevents.places import matching
from geoevents.places.countries import ISO3
from geoevents.places.gazetteer import Gazetteer, kind_code
from geoevents.places.names import LONGEST, Reading, fold, is_plain, read
from geoevents.places.place import Place, PlaceNotFound
from geoevents.places.ranking import COUNTRY, TOWN, Candidates, Hints, Ranking, distance_km, rank
from geoevents.places.store import Indices

if TYPE_CHECKING:
    import geopandas as gpd

# How well a name fits, and how strongly that speaks for a feature against others of the name.
_MAIN: Final = (1.0, 1.0)
_OTHER: Final = (0.97, 0.3)
_SPACED: Final = (0.95, 0.25)
_SOUND_QUALITY: Final = (0.5, 0.4)
_SOUND_MATCH: Final = 0.03
_WRONG_QUALITY: Final = (0.9, 1.5)
_WRONG_MATCH: Final = 0.02
#: A misspelling is believed when one place is likelier than all others it might be.
_BELIEVED: Final = 0.5
#: "A, B" where B is a place: how far from B the A may lie.
_BESIDE_KM: Final = 150.0
_ALTERNATIVES: Final = 10

Near = Place | shapely.Geometry | tuple[float, float] | str
Countries = str | Iterable[str]


@dataclass
class _Found:
    """Candidates as they are gathered: one array of each for every step."""

    query: list[Indices]
    feature: list[Indices]
    quality: list[NDArray[np.float64]]
    match: list[NDArray[np.float64]]

    def add(
        self,
        query: Indices,
        feature: Indices,
        quality: NDArray[np.float64],
        match: NDArray[np.float64],
    ) -> None:
        self.query.append(query)
        self.feature.append(feature)
        self.quality.append(quality)
        self.match.append(match)

    def gather(self, gazetteer: Gazetteer) -> Candidates:
        query, feature = np.concatenate(self.query), np.concatenate(self.feature)
        quality, match = np.concatenate(self.quality), np.concatenate(self.match)
        # A feature that matched in several ways counts once, as it matched best.
        order = np.lexsort((-match, feature, query))
        query, feature = query[order], feature[order]
        first = np.ones(len(order), bool)
        first[1:] = (query[1:] != query[:-1]) | (feature[1:] != feature[:-1])
        keep = order[first]
        return gazetteer.candidates(query[first], feature[first], match[keep], quality[keep])


def _nothing() -> _Found:
    none = np.empty(0, np.intp)
    return _Found([none], [none], [np.empty(0)], [np.empty(0)])


@dataclass(frozen=True)
class _Asked:
    """What the caller said besides the names."""

    gazetteer: Gazetteer
    countries: NDArray[np.bool_] | None
    near: tuple[float, float] | None
    kinds: tuple[int, ...]

    def hints(self, votes: Candidates | None = None, *, own: bool = False) -> Hints:
        return Hints(self.countries, self.near, votes, own)


@overload
def geocode(
    names: str,
    *,
    country: Countries | None = None,
    near: Near | None = None,
    kind: str | Sequence[str] | None = None,
    context: str | None = None,
    gazetteer: Gazetteer | None = None,
    services: Any = None,
) -> Place: ...


@overload
def geocode(
    names: Iterable[Any],
    *,
    country: Countries | None = None,
    near: Near | None = None,
    kind: str | Sequence[str] | None = None,
    context: str | Iterable[Any] | None = None,
    gazetteer: Gazetteer | None = None,
    services: Any = None,
) -> "gpd.GeoDataFrame": ...


def geocode(
    names: str | Iterable[Any],
    *,
    country: Countries | None = None,
    near: Near | None = None,
    kind: str | Sequence[str] | None = None,
    context: str | Iterable[Any] | None = None,
    gazetteer: Gazetteer | None = None,
    services: Any = None,
) -> "Place | gpd.GeoDataFrame":
    """
    Find the places that names mean.

    Parameters
    ----------
    names : str, or list, array or Series of str
        Names, however they are spelt: "Deir Ezzor", "Khabur River", "Raqqa Governorate",
        "Tripoli, Lebanon", "الفرات".
    country : str or sequence of str, optional
        The country or countries to prefer: two- or three-letter codes or names. A name that no
        place there has is still found abroad, with half the score; a misspelling is not.
    near : Place, point, (longitude, latitude) or str, optional
        Prefer places near this one.
    kind : str or sequence of str, optional
        Only places of this kind: country, admin1, admin2, populated place, river, lake, region or
        facility.
    context : str, or sequence of str, optional
        The text the names stand in: the other places it names make those nearby likelier. With a
        sequence, one text for each name; names with the same text speak for each other.
    gazetteer : Gazetteer, optional
        Where to look; `Gazetteer.default` if left out.
    services : object or str, or sequence of them, optional
        Online geocoders to ask for what the gazetteer does not know; none if left out. See
        `geoevents.places.services`.

    Returns
    -------
    Place or GeoDataFrame
        A place for one name. For many a frame on the index of ``names``, with the columns query,
        name, kind, country, admin1, score, uncertainty_m, source, feature_id, alternatives,
        ambiguous and geometry; where nothing was found name and geometry are missing and the score
        is 0.

    Raises
    ------
    PlaceNotFound
        If a single name is not known; it names the nearest ones that are.
    GeoeventsError
        If an argument is not what it must be; names the row.

    Notes
    -----
    Names asked for in one call speak for each other as those of one text do. The score is how well
    the name fits times how likely this place is meant among all that have the name; see the page
    "Geocoding" of the documentation for how it is made.

    Examples
    --------
    >>> place = geocode("Khabur River")
    >>> place.kind, place.country
    ('river', 'SY')
    >>> geocode(["Deir Ezzor", "Euphrates"], country="SY")["kind"].tolist()
    ['populated place', 'river']
    """
    gazetteer = Gazetteer.default() if gazetteer is None else gazetteer
    asked = _Asked(
        gazetteer,
        _countries(country, gazetteer),
        _near(near, gazetteer, country),
        _kinds(kind),
    )
    if isinstance(names, str):
        if context is not None and not isinstance(context, str):
            raise GeoeventsError("context must be text for a single name")
        return _one(names, asked, context, services)
    return _many(names, asked, context, services)


def candidates_of(
    name: str, gazetteer: Gazetteer, *, kind: str | None, country: str | None
) -> tuple[Indices, NDArray[np.float64]]:
    """
    List all features that a name may mean, the likeliest first.

    Parameters
    ----------
    name : str
        A name.
    gazetteer : Gazetteer
        Where to look.
    kind, country : str, optional
        As in ``geocode``.

    Returns
    -------
    tuple of ndarray
        Features and their scores.
    """
    if not isinstance(name, str):
        raise GeoeventsError(f"a place name must be text: got {type(name).__name__} {name!r:.80}")
    asked = _Asked(gazetteer, _countries(country, gazetteer), None, _kinds(kind))
    found, ranking = _resolve([name], asked, None, own=False)
    return found.feature[ranking.order], ranking.score[ranking.order]


# ---------------------------------------------------------------------- one and many


def _one(name: str, asked: _Asked, context: str | None, services: Any) -> Place:
    votes = None if context is None else _votes(context, asked.gazetteer, name)
    found, ranking = _resolve([name], asked, votes, own=False)
    best = int(ranking.best[0])
    if best >= 0:
        return _place(found, ranking, asked.gazetteer, best)
    if services is not None and fold(name):
        from geoevents.places.services import ask  # noqa: PLC0415 -- geopy only when wanted

        place = ask(services, [name])[0]
        if place is not None:
            return place
    raise _not_found(name, asked)


def _place(found: Candidates, ranking: Ranking, gazetteer: Gazetteer, best: int) -> Place:
    others = [i for i in ranking.order.tolist() if ranking.plausible[i]][:_ALTERNATIVES]
    wanted = np.array([best, *others], np.intp)
    features = found.feature[wanted]
    geometries = gazetteer.geometries(features)
    columns = {
        name: gazetteer.column(name, features)
        for name in ("id", "name", "names", "kind", "country", "admin1", "population", "source")
    }
    uncertainty = gazetteer.numbers("uncertainty_m", features).tolist()
    places: list[Place] = []
    for row in range(len(wanted) - 1, -1, -1):
        at = wanted[row]
        places.append(
            Place(
                id=columns["id"][row],
                name=columns["name"][row],
                kind=columns["kind"][row],
                country=columns["country"][row] or None,
                admin1=columns["admin1"][row] or None,
                population=columns["population"][row],
                geometry=geometries[row],
                point=shapely.Point(found.lon[at], found.lat[at]),
                uncertainty_m=uncertainty[row],
                score=round(float(ranking.score[at]), 4),
                source=columns["source"][row],
                names=columns["names"][row],
                alternatives=() if row else tuple(reversed(places)),
                ambiguous=not row and bool(ranking.ambiguous[0]),
            )
        )
    return places[-1]


def _not_found(name: str, asked: _Asked) -> PlaceNotFound:
    shown = name if len(name) <= 80 else f"{name[:77]}..."  # noqa: PLR2004 -- one line of text
    shown = shown.encode(errors="backslashreplace").decode()
    if not fold(name):
        return PlaceNotFound(f"{shown!r} holds no letters or digits to look up", name)
    known = _suggestions(name, asked.gazetteer)
    nearest = f" The nearest names it knows: {', '.join(known)}." if known else ""
    kinds = " with this kind" if asked.kinds or len(read(name)) > 1 else ""
    return PlaceNotFound(
        f"the gazetteer knows no place called {shown!r}{kinds}.{nearest} "
        "Check the spelling, or add the place with Gazetteer.from_frame(...) + Gazetteer.default()",
        name,
        tuple(known),
    )


def _suggestions(name: str, gazetteer: Gazetteer, limit: int = 3) -> list[str]:
    reading = min(read(name), key=lambda r: (-len(r.within), len(r.key)))
    found: list[tuple[float, float, int]] = []
    for number, store in enumerate(gazetteer.stores):
        for alike, key in matching.nearest(store, reading.key, 10):
            features = (store.postings(key) >> 1).astype(np.intp) + gazetteer.base(number)
            people = gazetteer.numbers("population", features)
            top = int(np.argmax(people))
            found.append((alike, float(people[top]), int(features[top])))
    found.sort(key=lambda f: (-f[0], -f[1]))
    features = np.array([f[2] for f in found], np.intp)
    kinds = gazetteer.column("kind", features)
    countries = gazetteer.column("country", features)
    shown = [
        f"{name} ({kind}{', ' if country else ''}{country})"
        for name, kind, country in zip(
            gazetteer.column("name", features), kinds, countries, strict=True
        )
    ]
    return list(dict.fromkeys(shown))[:limit]


def _many(
    names: Iterable[Any], asked: _Asked, context: str | Iterable[Any] | None, services: Any
) -> "gpd.GeoDataFrame":
    import pandas as pd  # noqa: PLC0415 -- look-ups of one name must not load pandas

    if isinstance(names, pd.DataFrame):
        raise GeoeventsError("geocode takes one column of names, not a frame: give frame['column']")
    if isinstance(names, dict | bytes):
        raise GeoeventsError(f"names must be a list, array or Series: got {type(names).__name__}")
    series = names if isinstance(names, pd.Series) else pd.Series(list(names), dtype=object)
    codes, distinct = pd.factorize(series)
    texts = _texts(distinct, codes, series)
    if context is None or isinstance(context, str):
        votes = None if context is None else _votes(context, asked.gazetteer)
        found, ranking = _resolve(texts, asked, votes, own=True)
        return _table(series, codes, texts, found, ranking, asked, services)
    contexts = pd.Series(list(context), dtype=object)
    if len(contexts) != len(series):
        raise GeoeventsError(
            f"context has {len(contexts)} texts for {len(series)} names: give one for each, or one "
            "for all"
        )
    return _by_text(series, codes, texts, contexts, asked, services)


def _texts(distinct: Any, codes: NDArray[Any], series: Any) -> list[str]:
    texts: list[Any] = list(distinct)
    for i, text in enumerate(texts):
        if not isinstance(text, str):
            row = series.index[int(np.argmax(codes == i))]
            raise GeoeventsError(
                f"row {row!r}: a place name must be text: got {type(text).__name__} {text!r:.80}"
            )
    return texts


def _by_text(
    series: Any,
    codes: NDArray[Any],
    texts: list[str],
    contexts: Any,
    asked: _Asked,
    services: Any,
) -> "gpd.GeoDataFrame":
    """Resolve the names of each text together, and put all the rows into one frame."""
    import pandas as pd  # noqa: PLC0415

    groups, documents = pd.factorize(contexts)
    none = _nothing().gather(asked.gazetteer)
    columns: list[list[NDArray[Any]]] = []
    row_codes = np.full(len(series), -1, np.intp)
    all_texts: list[str] = []
    rankings: list[tuple[Candidates, Ranking]] = []
    order = np.argsort(groups, kind="stable")
    edges = np.searchsorted(groups[order], np.arange(-1, len(documents) + 1))
    for number in range(-1, len(documents)):
        rows = order[edges[number + 1] : edges[number + 2] if number + 2 < len(edges) else None]
        rows = rows[codes[rows] >= 0]
        if not len(rows):
            continue
        inner, unique = np.unique(codes[rows], return_inverse=True)
        document = None if number < 0 else documents[number]
        if document is not None and not isinstance(document, str):
            raise GeoeventsError(
                f"row {series.index[rows[0]]!r}: context must be text: got {document!r:.80}"
            )
        some = [texts[i] for i in inner]
        votes = None if document is None else _votes(document, asked.gazetteer)
        row_codes[rows] = unique + len(all_texts)
        rankings.append(_resolve(some, asked, votes, own=document is not None))
        all_texts += some
    del columns
    found, ranking = _joined(none, rankings)
    return _table(series, row_codes, all_texts, found, ranking, asked, services)


def _joined(
    none: Candidates, rankings: list[tuple[Candidates, Ranking]]
) -> tuple[Candidates, Ranking]:
    names = np.cumsum([0, *(len(r.best) for _, r in rankings)])
    sizes = np.cumsum([0, *(len(c.query) for c, _ in rankings)])
    shifted = {
        field: np.concatenate([getattr(none, field), *(getattr(c, field) for c, _ in rankings)])
        for field in Candidates.__dataclass_fields__
    }
    shifted["query"] = np.concatenate(
        [none.query, *(c.query + n for (c, _), n in zip(rankings, names, strict=False))]
    )

    def join(field: str, dtype: Any, shifts: NDArray[Any] | None = None) -> NDArray[Any]:
        parts = [np.empty(0, dtype)]
        for i, (_, r) in enumerate(rankings):
            part = getattr(r, field)
            parts.append(part if shifts is None else np.where(part >= 0, part + shifts[i], -1))
        return np.concatenate(parts)

    return Candidates(**shifted), Ranking(
        order=join("order", np.intp, sizes),
        best=join("best", np.intp, sizes),
        share=join("share", float),
        score=join("score", float),
        plausible=join("plausible", bool),
        rivals=join("rivals", np.intp),
        ambiguous=join("ambiguous", bool),
    )


def _table(
    series: Any,
    codes: NDArray[Any],
    texts: list[str],
    found: Candidates,
    ranking: Ranking,
    asked: _Asked,
    services: Any,
) -> "gpd.GeoDataFrame":
    import geopandas as gpd  # noqa: PLC0415 -- look-ups of one name must not load geopandas
    import pandas as pd  # noqa: PLC0415

    gazetteer = asked.gazetteer
    has = np.flatnonzero(ranking.best >= 0)
    best = ranking.best[has]
    features = found.feature[best]
    # One slot for each distinct name and a last one for rows without a name.
    size = len(texts) + 1

    def spread(values: Any, default: Any, dtype: Any) -> NDArray[Any]:
        out = np.full(size, default, dtype)
        out[has] = values
        return out

    words = {
        name: spread(
            np.array([v or None for v in gazetteer.column(name, features)], object), None, object
        )
        for name in ("name", "kind", "country", "admin1", "source")
    }
    words["feature_id"] = spread(np.array(gazetteer.column("id", features), object), None, object)
    scores = spread(np.round(ranking.score[best], 4), 0.0, float)
    uncertainty = spread(gazetteer.numbers("uncertainty_m", features), np.nan, float)
    rivals = spread(ranking.rivals[has], 0, np.int64)
    ambiguous = spread(ranking.ambiguous[has], False, bool)
    geometry = spread(gazetteer.geometries(features), None, object)
    if services is not None:
        from geoevents.places.services import ask  # noqa: PLC0415 -- geopy only when wanted

        missing = [i for i, text in enumerate(texts) if geometry[i] is None and fold(text)]
        for i, place in zip(missing, ask(services, [texts[i] for i in missing]), strict=True):
            if place is not None:
                for name in ("name", "kind", "country", "admin1", "source"):
                    words[name][i] = getattr(place, name)
                words["feature_id"][i], geometry[i] = place.id, place.geometry
                scores[i], uncertainty[i] = place.score, place.uncertainty_m
    slot = np.where(codes < 0, len(texts), codes)

    def text(name: str) -> Any:
        return pd.Series(words[name], dtype="str").array.take(slot)

    return gpd.GeoDataFrame(
        {
            "query": pd.Series(np.array([*texts, None], object), dtype="str").array.take(slot),
            **{name: text(name) for name in ("name", "kind", "country", "admin1")},
            "score": scores[slot],
            "uncertainty_m": uncertainty[slot],
            "source": text("source"),
            "feature_id": text("feature_id"),
            "alternatives": rivals[slot],
            "ambiguous": ambiguous[slot],
        },
        geometry=gpd.array.GeometryArray(geometry[slot], crs="EPSG:4326"),
        index=series.index,
    )


# ---------------------------------------------------------------------- finding


def _resolve(
    texts: Sequence[str], asked: _Asked, votes: Candidates | None, *, own: bool
) -> tuple[Candidates, Ranking]:
    """Find the candidates of each text and rank them."""
    gazetteer = asked.gazetteer
    keys = [fold(text[: 4 * LONGEST]) for text in texts]
    keys = [key if len(key) <= LONGEST else "" for key in keys]
    plain, special = [], []
    for i, (text, key) in enumerate(zip(texts, keys, strict=True)):
        (plain if is_plain(text, key) else special).append(i)
    found = _nothing()
    _spelt(found, [keys[i] for i in plain], np.array(plain, np.intp), asked)
    for i in special:
        _described(found, texts[i], i, asked)
    candidates = found.gather(gazetteer)
    unknown = np.ones(len(texts), bool)
    if asked.countries is not None:
        # A name that only places abroad have may be a misspelling of one inside.
        unknown[candidates.query[asked.countries[candidates.country] | _anywhere(candidates)]] = (
            False
        )
    else:
        unknown[candidates.query] = False
    plain_set = set(plain)
    added = False
    for i in np.flatnonzero(unknown).tolist():
        readings = [Reading(keys[i])] if i in plain_set else _readings(texts[i])
        added |= _misspelt(found, readings, i, asked)
    if added:
        candidates = found.gather(gazetteer)
    if asked.countries is not None:
        candidates.quality[~(asked.countries[candidates.country] | _anywhere(candidates))] *= 0.5
    return candidates, rank(candidates, len(texts), asked.hints(votes, own=own))


def _anywhere(c: Candidates) -> NDArray[np.bool_]:
    """Tell which candidates do not lie in one country: nations, and features that cross borders."""
    return (c.kind == COUNTRY) | np.isin(c.kind, (4, 5, 6))


def _readings(text: str) -> list[Reading]:
    return [r for r in read(text[: 4 * LONGEST]) if 0 < len(r.key) <= LONGEST]


def _spelt(
    found: _Found,
    keys: Sequence[str],
    queries: Indices,
    asked: _Asked,
    keep: Any = None,
) -> None:
    """Add the features with these names, spelt so or sounding so."""
    gazetteer = asked.gazetteer
    for number, store in enumerate(gazetteer.stores):
        base = gazetteer.base(number)
        at, postings = matching.exact(store, keys)
        other = (postings & 1).astype(bool)
        quality = np.where(other, _OTHER[0], _MAIN[0])
        match = np.where(other, _OTHER[1], _MAIN[1])
        _add(found, queries[at], postings, base, quality, match, asked, keep)
        at, postings, alike = matching.by_sound(store, keys)
        spaced = alike == 1
        quality = np.where(spaced, _SPACED[0], _SOUND_QUALITY[0] + _SOUND_QUALITY[1] * alike)
        match = np.where(spaced, _SPACED[1], _SOUND_MATCH * alike**4)
        _add(found, queries[at], postings, base, quality, match, asked, keep)


def _add(
    found: _Found,
    queries: Indices,
    postings: NDArray[np.uint32],
    base: int,
    quality: NDArray[np.float64],
    match: NDArray[np.float64],
    asked: _Asked,
    keep: Any = None,
) -> None:
    features = (postings >> 1).astype(np.intp) + base
    wanted = np.ones(len(features), bool)
    if asked.kinds and len(features):
        kinds = asked.gazetteer.candidates(queries, features, match, quality).kind
        wanted = np.isin(kinds, asked.kinds)
    if keep is not None and len(features):
        wanted &= keep(features)
    if not wanted.all():
        queries, features = queries[wanted], features[wanted]
        quality, match = quality[wanted], match[wanted]
    found.add(queries, features, quality, match)


def _described(found: _Found, text: str, query: int, asked: _Asked) -> None:
    """Add what a text with words for kinds or containers means; the first reading that fits."""
    for reading in _readings(text):
        keep = _keeper(reading, asked)
        if keep is False:
            continue
        before = sum(map(len, found.query))
        _spelt(found, [reading.key], np.array([query]), asked, keep)
        if sum(map(len, found.query)) > before:
            return


def _keeper(reading: Reading, asked: _Asked) -> Any:
    """Return what tells which features a reading allows; False where its container is unknown."""
    gazetteer = asked.gazetteer
    kinds = np.array([kind_code(kind) for kind in reading.kinds], np.intp)
    containers: list[tuple[Candidates, int]] = []
    for within in reading.within:
        if fold(within) in _STATES:
            within = f"{_STATES[fold(within)]}, United States"  # noqa: PLW2901
        plain = _Asked(gazetteer, asked.countries, asked.near, ())
        found, ranking = _resolve([within], plain, None, own=False)
        if ranking.best[0] < 0:
            return False
        containers.append((found, int(ranking.best[0])))
    if not len(kinds) and not containers:
        return None

    def keep(features: Indices) -> NDArray[np.bool_]:
        empty = np.zeros(len(features))
        c = gazetteer.candidates(features, features, empty, empty)
        wanted = np.isin(c.kind, kinds) if len(kinds) else np.ones(len(features), bool)
        for container, best in containers:
            wanted &= _inside(c, container, best, gazetteer)
        return wanted

    return keep


def _inside(c: Candidates, container: Candidates, best: int, gazetteer: Gazetteer) -> Any:
    kind = container.kind[best]
    same = c.country == container.country[best]
    if kind == COUNTRY:
        return same & (c.kind != COUNTRY)
    other = c.feature != container.feature[best]
    if kind == TOWN:
        km = distance_km(c.lon, c.lat, container.lon[best], container.lat[best])
        # "A, B" where B is a town may mean the province that B is the capital of.
        province = same & (c.admin1 == container.admin1[best]) & (c.admin1 > 0)
        return other & ((km < _BESIDE_KM) | province)
    if kind == 1:
        return other & same & (c.admin1 == container.admin1[best])
    area = gazetteer.geometries(container.feature[best : best + 1])[0]
    return other & shapely.dwithin(area, shapely.points(c.lon, c.lat), 0.1)


_STATES: Final = {
    code.lower(): name
    for code, name in (
        pair.split(":")
        for pair in (
            "AL:Alabama AK:Alaska AZ:Arizona AR:Arkansas CA:California CO:Colorado CT:Connecticut "
            "DE:Delaware DC:District_of_Columbia FL:Florida GA:Georgia HI:Hawaii ID:Idaho "
            "IL:Illinois IN:Indiana IA:Iowa KS:Kansas KY:Kentucky LA:Louisiana ME:Maine "
            "MD:Maryland MA:Massachusetts MI:Michigan MN:Minnesota MS:Mississippi MO:Missouri "
            "MT:Montana NE:Nebraska NV:Nevada NH:New_Hampshire NJ:New_Jersey NM:New_Mexico "
            "NY:New_York NC:North_Carolina ND:North_Dakota OH:Ohio OK:Oklahoma OR:Oregon "
            "PA:Pennsylvania RI:Rhode_Island SC:South_Carolina SD:South_Dakota TN:Tennessee "
            "TX:Texas UT:Utah VT:Vermont VA:Virginia WA:Washington WV:West_Virginia "
            "WI:Wisconsin WY:Wyoming"
        ).split()
    )
}


def _misspelt(found: _Found, readings: Sequence[Reading], query: int, asked: _Asked) -> bool:
    """Add the places that a text is a misspelling of, if one of them is likely enough."""
    gazetteer = asked.gazetteer
    for reading in readings:
        edits = matching.edits_allowed(reading.key)
        keep = _keeper(reading, asked) if edits else False
        if keep is False:
            continue
        tried = _nothing()
        for number, store in enumerate(gazetteer.stores):
            postings, wrong, _ = matching.misspelt(store, reading.key, edits)
            share = wrong / matching.telling(reading.key)
            _add(
                tried,
                np.zeros(len(postings), np.intp),
                postings,
                gazetteer.base(number),
                _WRONG_QUALITY[0] - _WRONG_QUALITY[1] * share,
                _WRONG_MATCH * 0.02 ** (wrong - 1),
                asked,
                keep,
            )
        candidates = tried.gather(gazetteer)
        if asked.countries is not None and len(candidates.query):
            inside = asked.countries[candidates.country] | _anywhere(candidates)
            candidates = gazetteer.candidates(
                candidates.query[inside],
                candidates.feature[inside],
                candidates.match[inside],
                candidates.quality[inside],
            )
        ranking = rank(candidates, 1, asked.hints())
        best = int(ranking.best[0])
        if best >= 0 and ranking.share[best] >= _BELIEVED:
            found.add(
                np.full(len(candidates.query), query),
                candidates.feature,
                candidates.quality,
                candidates.match,
            )
            return True
    return False


# ---------------------------------------------------------------------- hints


def _votes(context: str, gazetteer: Gazetteer, name: str | None = None) -> Candidates | None:
    """Return the well-known places that a text names, to vote for their surroundings."""
    own = fold(name) if name is not None else None
    spans: dict[str, None] = {}
    words = context[:20000].split()
    for start, word in enumerate(words):
        if word[:1].isupper() or not word[:1].isascii():
            for stop in range(start + 1, min(start + 4, len(words) + 1)):
                key = fold(" ".join(words[start:stop]))
                if len(key) > 3 and key != own:  # noqa: PLR2004 -- shorter words are seldom places
                    spans[key] = None
                if words[stop - 1][-1:] in ",.;:!?":
                    break
    keys = list(spans)[:2000]
    if not keys:
        return None
    found = _nothing()
    everywhere = _Asked(gazetteer, None, None, ())
    for number, store in enumerate(gazetteer.stores):
        at, postings = matching.exact(store, keys)
        match = np.where(postings & 1, _OTHER[1], _MAIN[1])
        _add(found, at, postings, gazetteer.base(number), match, match, everywhere)
    candidates = found.gather(gazetteer)
    known = (candidates.kind <= 1) | (candidates.population >= _WELL_KNOWN)
    ranking = rank(candidates, len(keys), Hints())
    best = ranking.best[ranking.best >= 0]
    best = best[known[best] & (ranking.share[best] > _BELIEVED)]
    if not len(best):
        return None
    return gazetteer.candidates(
        candidates.query[best], candidates.feature[best], ranking.share[best], ranking.share[best]
    )


_WELL_KNOWN: Final = 50_000


def _countries(country: Countries | None, gazetteer: Gazetteer) -> NDArray[np.bool_] | None:
    if country is None:
        return None
    known = gazetteer.countries()
    wanted = set()
    for text in [country] if isinstance(country, str) else list(country):
        if not isinstance(text, str) or not text.strip():
            raise GeoeventsError(f"country must be a code or a name, or several: got {text!r:.80}")
        code = text.strip().upper()
        code = ISO3.get(code, code)
        if len(code) != 2:  # noqa: PLR2004 -- a name
            nation = _Asked(gazetteer, None, None, (COUNTRY,))
            found, ranking = _resolve([text], nation, None, own=False)
            if ranking.best[0] < 0:
                raise GeoeventsError(
                    f"country {text!r} is not known: give a two-letter code such as 'SY'"
                )
            code = known[int(found.country[ranking.best[0]])]
        elif code not in ISO3.values() and code not in known:
            raise GeoeventsError(f"country {text!r} is not a two-letter ISO 3166 code")
        wanted.add(code)
    # A river may carry several codes.
    return np.array([not wanted.isdisjoint(_codes(word)) for word in known], bool)


def _codes(word: str) -> list[str]:
    return "".join(c if c.isalpha() else " " for c in word).split()


def _near(
    near: Near | None, gazetteer: Gazetteer, country: Countries | None
) -> tuple[float, float] | None:
    if near is None:
        return None
    if isinstance(near, str):
        near = geocode(near, country=country, gazetteer=gazetteer)
    if isinstance(near, Place):
        near = near.point
    if isinstance(near, shapely.Geometry):
        point = near if isinstance(near, shapely.Point) else near.centroid
        near = (np.nan, np.nan) if point.is_empty else (point.x, point.y)
    try:
        lon, lat = (float(value) for value in near)
    except (TypeError, ValueError):
        lon = lat = np.nan
    if not (np.isfinite(lon) and -90 <= lat <= 90):  # noqa: PLR2004 -- degrees
        raise GeoeventsError(
            f"near must be a place, a point, (longitude, latitude) or a name: got {near!r:.80}"
        )
    return lon, lat


def _kinds(kind: str | Sequence[str] | None) -> tuple[int, ...]:
    if kind is None:
        return ()
    return tuple(kind_code(k) for k in ([kind] if isinstance(kind, str) else kind))

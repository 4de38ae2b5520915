"""Many names at once: a row for each, on their index."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError, shown
from geoevents.places.finding import Asked, resolve
from geoevents.places.hints import company_of, read_contexts
from geoevents.places.names import fold
from geoevents.places.ranking import Candidates, Ranking

if TYPE_CHECKING:
    import geopandas as gpd

_WORDS: Final = {
    "name": "name",
    "kind": "kind",
    "country": "country",
    "admin1": "admin1",
    "source": "source",
    "feature_id": "id",
}
_ORDER: Final = (
    "query", "name", "kind", "country", "admin1", "score", "uncertainty_m", "source", "feature_id",
    "alternatives", "ambiguous",
)  # fmt: skip


@dataclass(frozen=True)
class _Rows:
    """The rows asked for: which distinct text each has, -1 where it has none."""

    names: Any
    codes: NDArray[np.intp]
    texts: list[str]


def geocoded(
    names: Iterable[Any], asked: Asked, context: str | Iterable[Any] | None, services: Any
) -> "gpd.GeoDataFrame":
    """
    Find the places that names mean, as a frame.

    Parameters
    ----------
    names : list, array or Series of str
        The names.
    asked : Asked
        What else is asked.
    context : str, or sequence of str, optional
        The text they stand in, or one for each.
    services : Asker, optional
        Asks online geocoders for what the gazetteer does not know.

    Returns
    -------
    GeoDataFrame
        As of `geoevents.geocode`.

    Raises
    ------
    GeoeventsError
        If these are no names or texts; names the row.
    """
    import pandas as pd  # noqa: PLC0415 -- look-ups of one name must not load pandas

    if isinstance(names, pd.DataFrame):
        raise GeoeventsError("geocode takes one column of names, not a frame: give frame['column']")
    if isinstance(names, dict | bytes) or not isinstance(names, Iterable):
        raise GeoeventsError(
            f"names must be text, or a list, array or Series of it: got {type(names).__name__}"
        )
    series = names if isinstance(names, pd.Series) else pd.Series(list(names), dtype=object)
    rows = _read_rows(series)
    if context is None or isinstance(context, str):
        told = [None] if context is None else read_contexts([context], asked.gazetteer)
        together = np.zeros(len(rows.texts), np.intp)
        keys = [fold(text) for text in rows.texts]
        company = company_of(keys, together, told, asked.gazetteer)
        found, ranking = resolve(rows.texts, asked, company)
        return _table(rows, found, ranking, asked, services)
    if isinstance(context, bytes | dict) or not isinstance(context, Iterable):
        raise GeoeventsError(
            f"context must be text, or one text for each name: got {type(context).__name__} "
            f"{shown(context, 80)}"
        )
    contexts = pd.Series(list(context), dtype=object)
    if len(contexts) != len(series):
        raise GeoeventsError(
            f"context has {len(contexts)} texts for {len(series)} names: give one for each, or one "
            "for all"
        )
    rows, found, ranking = _by_text(rows, contexts, asked)
    return _table(rows, found, ranking, asked, services)


def _read_rows(series: Any) -> _Rows:
    import pandas as pd  # noqa: PLC0415

    try:
        codes, distinct = pd.factorize(series)
    except TypeError:  # a list or another value without a hash
        codes, distinct = np.arange(len(series)), series.tolist()
    texts: list[Any] = list(distinct)
    for i, text in enumerate(texts):
        if not isinstance(text, str):
            raise GeoeventsError(
                f"row {_label(series, int(np.argmax(codes == i)))}: a place name must be text: "
                f"got {type(text).__name__} {shown(text, 80)}"
            )
    return _Rows(series, codes, texts)


def _label(series: Any, at: int) -> str:
    return repr(series.index[at : at + 1].tolist()[0])


def _by_text(rows: _Rows, contexts: Any, asked: Asked) -> tuple[_Rows, Candidates, Ranking]:
    """Resolve the names of each text together."""
    import pandas as pd  # noqa: PLC0415

    groups, documents = pd.factorize(contexts)
    for number, document in enumerate(documents):
        if not isinstance(document, str):
            at = int(np.argmax(groups == number))
            raise GeoeventsError(
                f"row {_label(rows.names, at)}: context must be text: got {shown(document, 80)}"
            )
    named = np.flatnonzero(rows.codes >= 0)
    codes = np.full(len(rows.codes), -1, np.intp)
    # Names without a text stand alone.
    pair = (groups[named] + 1) * len(rows.texts) + rows.codes[named]
    pairs, codes[named] = np.unique(pair, return_inverse=True)
    document, name = pairs // max(len(rows.texts), 1) - 1, pairs % max(len(rows.texts), 1)
    texts = [rows.texts[i] for i in name.tolist()]
    alone = np.flatnonzero(document < 0)
    document[alone] = len(documents) + np.arange(len(alone))
    read = read_contexts(documents.tolist(), asked.gazetteer)
    company = company_of([fold(text) for text in texts], document, read, asked.gazetteer)
    found, ranking = resolve(texts, asked, company)
    return _Rows(rows.names, codes, texts), found, ranking


def _table(
    rows: _Rows, found: Candidates, ranking: Ranking, asked: Asked, services: Any
) -> "gpd.GeoDataFrame":
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 -- only for many

    import geopandas as gpd  # noqa: PLC0415 -- look-ups of one name must not load geopandas
    import pandas as pd  # noqa: PLC0415

    gazetteer, texts = asked.gazetteer, rows.texts
    has = np.flatnonzero(ranking.best >= 0)
    best = ranking.best[has]
    features = found.feature[best]

    def spread(values: Any, default: Any, dtype: Any) -> NDArray[Any]:
        """One slot for each distinct name, and a last one for rows without a name."""
        out = np.full(len(texts) + 1, default, dtype)
        out[has] = values
        return out

    words = {}
    known = gazetteer.columns(_WORDS.values(), features)
    for name, column in _WORDS.items():
        values = [value or None for value in known[column]]
        words[name] = spread(np.array(values, object), None, object)
    scores = spread(np.round(ranking.score[best], 4), 0.0, float)
    uncertainty = spread(gazetteer.numbers("uncertainty_m", features), np.nan, float)
    rivals = spread(ranking.rivals[has], 0, np.int64)
    ambiguous = spread(ranking.ambiguous[has], False, bool)
    geometry = spread(gazetteer.geometries(features), None, object)
    online: dict[str, Any] = {}
    if services is not None:
        missing = [i for i, text in enumerate(texts) if geometry[i] is None and fold(text)]
        answers, online["online"] = services.many([texts[i] for i in missing])
        for i, place in zip(missing, answers, strict=True):
            if place is not None:
                for name, column in _WORDS.items():
                    words[name][i] = getattr(place, column)
                geometry[i], scores[i] = place.geometry, place.score
                uncertainty[i] = place.uncertainty_m
    slot = np.where(rows.codes < 0, len(texts), rows.codes)
    numbers = {
        "score": scores,
        "uncertainty_m": uncertainty,
        "alternatives": rivals,
        "ambiguous": ambiguous,
    }
    # The default text type: str from pandas 3, object before.
    kind_of_text = pd.Series(["a"]).dtype
    columns: dict[str, Any] = {"query": _as_text(rows.names, kind_of_text)}
    # Arrow copies texts without holding the interpreter's lock.
    with ThreadPoolExecutor() as pool:
        taken = pool.map(
            lambda values: pd.Series(values, dtype=kind_of_text).array.take(slot), words.values()
        )
        columns |= zip(words, taken, strict=True)
    columns |= {name: values[slot] for name, values in numbers.items()}
    shapes = gpd.array.GeometryArray(geometry[slot], crs="EPSG:4326")
    frame = gpd.GeoDataFrame(columns, geometry=shapes, index=rows.names.index)
    frame = frame[[*_ORDER, "geometry"]]
    frame.attrs |= online
    return frame


def _as_text(names: Any, kind_of_text: Any) -> Any:
    try:
        return names.array.astype(kind_of_text)
    except UnicodeEncodeError:  # half a character, which no file can hold
        return names.map(
            lambda name: name.encode(errors="replace").decode(), na_action="ignore"
        ).array.astype(kind_of_text)

"""`geoparse`: the places of a text as a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoevents.errors import GeoeventsError, shown
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.toponyms.finding import find_toponyms
from geoevents.places.toponyms.toponym import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

    from geoevents.places.toponyms.recognized import Recognizer

_WORDS: Final = ("name", "kind", "country", "admin1", "source")
_ORDER: Final = (
    "mention", "start", "end", "sense", "name", "kind", "country", "admin1", "score",
    "uncertainty_m", "source", "feature_id", "alternatives", "ambiguous", "why",
)  # fmt: skip


def geoparse(
    text: str,
    *,
    country: str | Iterable[str] | None = None,
    gazetteer: Gazetteer | None = None,
    recognizer: Recognizer | None = None,
    format: str | None = None,  # noqa: A002 -- as in read_report
) -> gpd.GeoDataFrame:
    """
    Find the places that a text mentions.

    Parameters
    ----------
    text : str
        A report: plain text, Markdown or HTML, in English; in other languages of the Latin,
        Arabic and Cyrillic scripts what is spelt as in the gazetteer is found.
    country : str or iterable of str, optional
        Only places of these countries: codes or names.
    gazetteer : Gazetteer, optional
        Where to look; `Gazetteer.default()` if left out.
    recognizer : callable, optional
        Another finder of names: takes text and returns spans, ``(start, end)`` or
        ``(start, end, label)``. What it finds is looked up here.
    format : {"text", "markdown", "html"}, optional
        What the text is; told from the text if left out.

    Returns
    -------
    GeoDataFrame
        A row for each mention, in the order of the text: mention, start, end (characters of
        ``text`` as given), sense (``place``, or ``demonym`` for words such as Syrian), name, kind,
        country, admin1, score, uncertainty_m, source, feature_id, alternatives, ambiguous, why,
        geometry. Persons, organisations and governments that are called by a place's name are no
        rows.

    Raises
    ------
    GeoeventsError
        If ``text`` is no text, ``format`` is none of these, or ``country`` or what ``recognizer``
        returns cannot be used.

    Examples
    --------
    >>> found = geoparse("Shelling hit Saraqib, in the province of Idlib, Syrian monitors said.")
    >>> found[["mention", "sense", "kind", "country"]].values.tolist()
    [['Saraqib', 'place', 'populated place', 'SY'], ['Idlib', 'place', 'admin1', 'SY'], \
['Syrian', 'demonym', 'country', 'SY']]
    >>> geoparse("<b>Homs</b>, Syria", format="html")[["mention", "start", "end"]].values.tolist()
    [['Homs', 3, 7], ['Syria', 13, 18]]
    """
    import geopandas as gpd  # noqa: PLC0415 -- finding alone does without
    import pandas as pd  # noqa: PLC0415

    from geoevents.prose import Document  # noqa: PLC0415

    if not isinstance(text, str):
        raise GeoeventsError(f"geoparse takes text: got {type(text).__name__} {shown(text, 80)}")
    gazetteer = Gazetteer.default() if gazetteer is None else gazetteer
    if not isinstance(gazetteer, Gazetteer):
        raise GeoeventsError(
            "gazetteer must be a Gazetteer, such as Gazetteer.default(): got "
            f"{shown(gazetteer, 80)}"
        )
    document = Document.read(text, format=format)
    (found,) = find_toponyms([document], gazetteer, country=country, recognizer=recognizer)
    rows = [t for t in found if t.sense in PLACES and t.feature >= 0]
    features = np.array([t.feature for t in rows], np.intp)
    known = gazetteer.columns(_WORDS, features)
    spans = [document.original(t.start, t.end) for t in rows]
    columns: dict[str, Any] = {
        "mention": [text[start:end] for start, end in spans],
        "start": np.array([start for start, _ in spans], np.int64),
        "end": np.array([end for _, end in spans], np.int64),
        "uncertainty_m": gazetteer.numbers("uncertainty_m", features),
        "alternatives": np.array([t.alternatives for t in rows], np.int64),
        "ambiguous": np.array([t.ambiguous for t in rows], bool),
        "score": np.array([t.score for t in rows], float),
    }
    for name in ("sense", "feature_id", "why"):
        columns[name] = [getattr(t, name) for t in rows]
    for name, values in known.items():
        columns[name] = [value or None for value in values]
    kind_of_text = pd.Series(["a"]).dtype
    for name in ("mention", "sense", "feature_id", "why", *_WORDS):
        columns[name] = pd.Series(columns[name], dtype=kind_of_text)
    shapes = gpd.array.GeometryArray(gazetteer.geometries(features), crs="EPSG:4326")
    frame = gpd.GeoDataFrame(columns, geometry=shapes)
    return frame[[*_ORDER, "geometry"]]

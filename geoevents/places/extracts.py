"""The places that an extract of ACLED knows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoevents.places.cells import clean_all, plain
from geoevents.places.faults import Faults

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS: Final = frozenset(
    ("location", "latitude", "longitude", "admin1", "country", "geo_precision")
)
#: ``geo_precision`` in metres; the same as for the events themselves.
UNCERTAINTY_M: Final = {1: 5_000.0, 2: 25_000.0, 3: 150_000.0}
#: At 3 the name stands for a region and the coordinates for its capital.
_REGION: Final = 3


def is_acled(columns: Iterable[object]) -> bool:
    """
    Tell by its columns whether a table is an extract of ACLED.

    Parameters
    ----------
    columns : iterable
        Names of columns, in any case.

    Returns
    -------
    bool
        Whether all are there that places are made of.

    Examples
    --------
    >>> is_acled("event_date LOCATION latitude longitude admin1 country geo_precision".split())
    True
    """
    return _COLUMNS.issubset(c.strip().lower() for c in columns if isinstance(c, str))


def places_of(events: "pd.DataFrame", faults: Faults) -> "pd.DataFrame":
    """
    Return the distinct places of an extract of ACLED.

    Parameters
    ----------
    events : DataFrame
        A row for each event.
    faults : Faults
        Takes note of rows that cannot be used; these count for nothing.

    Returns
    -------
    DataFrame
        A row for each name in a province (and district, if the extract has ``admin2``), labelled
        as its first event. The position is the most frequent one among the events of the best
        precision, the first of them where several are as frequent.
    """
    import pandas as pd  # noqa: PLC0415 -- look-ups must not load pandas

    columns: list[Any] = events.columns.tolist()
    lowered = {c.strip().lower(): c for c in columns if isinstance(c, str)}
    text = {
        name: clean_all(plain(events[lowered[name]]).tolist())
        for name in ("location", "admin1", "admin2", "country")
        if name in lowered
    }
    number = {
        name: pd.to_numeric(events[lowered[name]], errors="coerce").astype("float64").to_numpy()
        for name in ("longitude", "latitude", "geo_precision")
    }

    def cells(name: str) -> Any:
        return plain(events[lowered[name]])

    nameless = np.array([not name for name in text["location"]], bool)
    faults.add(nameless, "there is no location")
    for name, most in (("longitude", 180.0), ("latitude", 90.0)):
        wrong = ~(np.abs(number[name]) <= most)
        faults.add_cells(wrong, f"{name} is no number of degrees", name, cells(name))
    wrong = ~np.isin(number["geo_precision"], list(UNCERTAINTY_M))
    faults.add_cells(
        wrong, "geo_precision is not 1, 2 or 3", "geo_precision", cells("geo_precision")
    )

    usable = np.flatnonzero(~faults.rows)
    rows = pd.DataFrame(text | number).iloc[usable].assign(row=usable)
    same = list(text)
    rows["first"] = rows.groupby(same, sort=False)["row"].transform("min")
    rows = rows[rows["geo_precision"] == rows.groupby("first")["geo_precision"].transform("min")]
    spots = rows.groupby(["first", "longitude", "latitude"], sort=False)["row"]
    rows = rows.assign(often=spots.transform("size"), since=spots.transform("min"))
    rows = rows.sort_values(["first", "often", "since", "row"], ascending=[True, False, True, True])
    places = rows.drop_duplicates("first")
    region = places["geo_precision"] == _REGION
    ids = [
        "acled:" + "/".join(filter(None, parts)) for parts in places[same[::-1]].to_numpy(object)
    ]
    return pd.DataFrame(
        {
            "id": ids,
            "name": plain(places["location"]),
            "kind": np.where(region, "region", "populated place").astype(object),
            "country": plain(places["country"]),
            "admin1": plain(places["admin1"]),
            "uncertainty_m": places["geo_precision"].map(UNCERTAINTY_M).to_numpy(),
            "longitude": places["longitude"].to_numpy(),
            "latitude": places["latitude"].to_numpy(),
        },
        index=events.index[places["first"].to_numpy(np.intp)],
    )

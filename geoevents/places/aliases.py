"""What people call places and the sources of the gazetteer do not; what a name means most often."""

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.places.gazetteer import Gazetteer
    from geoevents.places.ranking import Candidates, Floats

#: Folded names as people write them, and as the sources have them.
ALIASES: Final = {
    "nsw": "new south wales",
    "qld": "queensland",
    "odisha": "orissa",
    "west java": "jawa barat",
    "central java": "jawa tengah",
    "east java": "jawa timur",
    "north sumatra": "sumatera utara",
    "south sumatra": "sumatera selatan",
    "west sumatra": "sumatera barat",
    "north sulawesi": "sulawesi utara",
    "central sulawesi": "sulawesi tengah",
    "south sulawesi": "sulawesi selatan",
    "southeast sulawesi": "sulawesi tenggara",
    "west sulawesi": "sulawesi barat",
    "west kalimantan": "kalimantan barat",
    "central kalimantan": "kalimantan tengah",
    "south kalimantan": "kalimantan selatan",
    "east kalimantan": "kalimantan timur",
    "east nusa tenggara": "nusa tenggara timur",
    "west nusa tenggara": "nusa tenggara barat",
    "north maluku": "maluku utara",
    "riau islands": "kepulauan riau",
}

#: A name by which reports mean one place more often than its inhabitants tell, its feature, and
#: how many times more often. Of all the capitals only Washington has a weightier namesake.
_MEANT: Final = {"washington": ("geonames:4140963", 6.0)}


def meant(c: "Candidates", keys: "Sequence[str]", gazetteer: "Gazetteer") -> "Floats":
    """
    Return how much more often than others of the name each candidate is meant.

    Parameters
    ----------
    c : Candidates
        What the names may mean.
    keys : sequence of str
        The folded names.
    gazetteer : Gazetteer
        Where the features are from.

    Returns
    -------
    ndarray
        1 for nearly all.
    """
    out = np.ones(len(c.query))
    for query, key in enumerate(keys):
        if key not in _MEANT:
            continue
        feature, times = _MEANT[key]
        at = np.flatnonzero(c.query == query)
        ids = gazetteer.columns(("id",), c.feature[at])["id"]
        out[at[[one == feature for one in ids]]] = times
    return out

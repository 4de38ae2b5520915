"""GeoNames' feature codes: what kind of place each is here, and how far it reaches."""

from dataclasses import dataclass
from typing import Final

ADMINISTRATIVE: Final = "administrative units and countries (their polygons are embedded)"
ROADS: Final = "roads and railways (a point says nothing of where they run)"
UNCLASSED: Final = "without a feature class that GeoNames defines"


@dataclass(frozen=True, slots=True)
class Meaning:
    """
    What a feature code means here.

    Attributes
    ----------
    kind : str
        One of ``store.KINDS``; empty if such features are left out.
    reach_m : float
        How far such a feature reaches from its point, which stands for all of it.
    left_out : str
        Why such features are left out.
    """

    kind: str
    reach_m: float = 0.0
    left_out: str = ""


# What a class is if its code is not below: kind, and reach in metres.
_CLASSES: Final = {
    "P": ("populated place", 0.0),  # told by the inhabitants
    "H": ("facility", 1000.0),
    "L": ("facility", 3000.0),
    "S": ("facility", 300.0),
    "T": ("facility", 2000.0),
    "V": ("facility", 5000.0),
    "U": ("region", 20_000.0),
}

# Beginnings of codes, the longest counts. A region weighs as much as a town of 100,000 among
# namesakes, so only what is wide is one; a hill or a wood is a spot.
_BEGINNINGS: Final = {
    # Running water: the point is its mouth, as a rule, and says little of its course.
    "H.STM": ("river", 15_000.0),
    "H.WAD": ("river", 15_000.0),
    "H.CNL": ("river", 10_000.0),
    "H.WTRC": ("river", 10_000.0),
    "H.DTCH": ("river", 3000.0),
    "H.CRKT": ("river", 3000.0),
    # Spots on it.
    "H.STMM": ("facility", 1000.0),
    "H.STMB": ("facility", 1000.0),
    "H.STMH": ("facility", 3000.0),
    "H.WADM": ("facility", 1000.0),
    "H.WADB": ("facility", 1000.0),
    "H.WADJ": ("facility", 1000.0),
    "H.CNLB": ("facility", 1000.0),
    # Standing water.
    "H.LK": ("lake", 3000.0),
    "H.LGN": ("lake", 3000.0),
    "H.RSV": ("lake", 3000.0),
    "H.RSVT": ("facility", 100.0),
    "H.PND": ("lake", 500.0),
    "H.POOL": ("lake", 500.0),
    # Seas.
    "H.OCN": ("region", 1_000_000.0),
    "H.SEA": ("region", 300_000.0),
    "H.GULF": ("region", 100_000.0),
    "H.STRT": ("region", 30_000.0),
    "H.BAY": ("facility", 5000.0),
    "H.MRSH": ("facility", 5000.0),
    "H.SWMP": ("facility", 5000.0),
    "H.WTLD": ("facility", 5000.0),
    "H.SBKH": ("facility", 5000.0),
    "H.SPNG": ("facility", 100.0),
    "H.WLL": ("facility", 100.0),
    # Wide ground.
    "T.DSRT": ("region", 100_000.0),
    "T.PLN": ("region", 30_000.0),
    "T.PLAT": ("region", 30_000.0),
    "T.UPLD": ("region", 30_000.0),
    "T.MTS": ("region", 30_000.0),
    "T.PEN": ("region", 20_000.0),
    "T.DLTA": ("region", 20_000.0),
    "T.VAL": ("facility", 10_000.0),
    "T.RDGE": ("facility", 5000.0),
    "T.ISL": ("facility", 5000.0),
    "T.ISLS": ("facility", 10_000.0),
    "T.MT": ("facility", 3000.0),
    "T.HLL": ("facility", 1000.0),
    "T.HLLS": ("facility", 5000.0),
    "T.PK": ("facility", 500.0),
    "T.PASS": ("facility", 500.0),
    "T.CAVE": ("facility", 100.0),
    "L.CONT": ("region", 2_000_000.0),
    "L.RGN": ("region", 30_000.0),
    "L.CST": ("region", 30_000.0),
    "L.TRB": ("region", 30_000.0),
    "L.OILF": ("facility", 5000.0),
    "L.GASF": ("facility", 5000.0),
    "L.LCTY": ("facility", 2000.0),
    "L.MILB": ("facility", 2000.0),
    "L.NVB": ("facility", 2000.0),
    "L.PRT": ("facility", 2000.0),
    "L.INDS": ("facility", 2000.0),
    "L.RES": ("facility", 10_000.0),
    "L.PRK": ("facility", 5000.0),
    "S.AIR": ("facility", 2000.0),
    "S.FRM": ("facility", 1000.0),
    "S.EST": ("facility", 1000.0),
    "S.MN": ("facility", 1000.0),
    "S.RSRT": ("facility", 1000.0),
    "V.FRST": ("facility", 10_000.0),
    # Of roads, those that are a spot.
    "R.RJCT": ("facility", 300.0),
    "R.RDJCT": ("facility", 300.0),
    "R.SQR": ("facility", 200.0),
    "R.TNL": ("facility", 2000.0),
    "R.CSWY": ("facility", 2000.0),
}


def meaning(feature_code: str) -> Meaning:
    """
    Tell what a feature code means here.

    Parameters
    ----------
    feature_code : str
        Class and code with a full stop between, such as ``P.PPL``.

    Returns
    -------
    Meaning
        Its kind and how far it reaches, or why such features are left out.

    Examples
    --------
    >>> meaning("H.WADI").kind, meaning("L.OILF").kind, meaning("A.ADM1").kind
    ('river', 'facility', '')
    """
    for end in range(len(feature_code), 2, -1):
        if found := _BEGINNINGS.get(feature_code[:end]):
            return Meaning(*found)
    letter = feature_code[:1]
    if letter == "A":
        return Meaning("", left_out=ADMINISTRATIVE)
    if letter == "R":
        return Meaning("", left_out=ROADS)
    if letter not in _CLASSES or feature_code[1:2] != ".":
        return Meaning("", left_out=UNCLASSED)
    return Meaning(*_CLASSES[letter])

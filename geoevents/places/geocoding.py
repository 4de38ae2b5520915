"""From names to places: ``geocode``."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias, overload

import numpy as np
import shapely
from numpy.typing import NDArray

from geoevents.errors import GeoeventsError, shown
from geoevents.places.batches import geocoded
from geoevents.places.finding import Asked, resolve
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.hints import (
    Near,
    company_of,
    read_contexts,
    read_countries,
    read_kinds,
    read_near,
)
from geoevents.places.missing import not_found
from geoevents.places.names import fold
from geoevents.places.place import Place, PlaceNotFound
from geoevents.places.ranking import Candidates, Ranking
from geoevents.places.store import Indices

if TYPE_CHECKING:
    import geopandas as gpd

_ALTERNATIVES: Final = 10
_PLACE_COLUMNS: Final = (
    "id", "name", "names", "kind", "country", "admin1", "population", "uncertainty_m", "source",
)  # fmt: skip

Countries: TypeAlias = str | Iterable[str]


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
        Only places of this country or these countries: two- or three-letter codes or names. A
        river, lake or region is one of theirs if it passes through. Where only places abroad have
        the name, it is not found.
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
        Online geocoders to ask for what the gazetteer does not know; none if left out. Names such
        as "nominatim", geocoders of geopy, functions, or `geoevents.places.online.Online` with
        these and how to ask them.

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
        If a single name is not known; it names the nearest ones that are, and the place abroad
        that has the name if there is one.
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
    if gazetteer is None:
        gazetteer = Gazetteer.default()
    elif not isinstance(gazetteer, Gazetteer):
        raise GeoeventsError(
            "gazetteer must be a Gazetteer, such as Gazetteer.default(): got "
            f"{shown(gazetteer, 80)}"
        )
    if isinstance(names, np.ndarray) and not names.ndim:
        names = names.item()  # one name, as NumPy hands it out
    asked = Asked(gazetteer, read_countries(country, gazetteer), None, read_kinds(kind))
    asked = replace(asked, near=read_near(near, asked))
    if services is not None:
        from geoevents.places.online.asker import asker  # noqa: PLC0415 -- only when wanted

        services = asker(services, asked, country)
    if isinstance(names, str):
        if context is not None and not isinstance(context, str):
            raise GeoeventsError(
                f"context must be text for a single name: got {type(context).__name__} "
                f"{shown(context, 80)}"
            )
        return _one(names, asked, context, services)
    return geocoded(names, asked, context, services)


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
        raise GeoeventsError(
            f"a place name must be text: got {type(name).__name__} {shown(name, 80)}"
        )
    asked = Asked(gazetteer, read_countries(country, gazetteer), None, read_kinds(kind))
    found, ranking = resolve([name], asked)
    return found.feature[ranking.order], ranking.score[ranking.order]


def _one(name: str, asked: Asked, context: str | None, services: Any) -> Place:
    company = None
    if context is not None:
        contexts = read_contexts([context], asked.gazetteer)
        company = company_of([fold(name)], np.zeros(1, np.intp), contexts, asked.gazetteer)
    found, ranking = resolve([name], asked, company)
    best = int(ranking.best[0])
    if best >= 0:
        return _place(found, ranking, asked.gazetteer, best)
    error = not_found(name, asked)
    if services is not None and fold(name):
        place: Place | None
        place, why = services.one(name)
        if place is not None:
            return place
        raise PlaceNotFound(lambda: (f"{error} Online: {why}.", error.suggestions), name)
    raise error


def _place(found: Candidates, ranking: Ranking, gazetteer: Gazetteer, best: int) -> Place:
    others = [i for i in ranking.order.tolist() if ranking.plausible[i]][:_ALTERNATIVES]
    wanted = np.array([best, *others], np.intp)
    features = found.feature[wanted]
    geometries = gazetteer.geometries(features)
    columns = gazetteer.columns(_PLACE_COLUMNS, features)
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
                uncertainty_m=columns["uncertainty_m"][row],
                score=round(float(ranking.score[at]), 4),
                source=columns["source"][row],
                names=columns["names"][row],
                alternatives=() if row else tuple(reversed(places)),
                ambiguous=not row and bool(ranking.ambiguous[0]),
            )
        )
    return places[-1]

"""The old name of `geoevents.places.online`, until its last user has moved."""

from collections.abc import Sequence
from typing import Any

from geoevents.errors import GeoeventsError
from geoevents.places.online import GeocoderWarning
from geoevents.places.online.asking import ask as _ask
from geoevents.places.place import Place

__all__ = ["GeocoderWarning", "ask"]


def ask(services: Any, names: Sequence[str]) -> list[Place | None]:
    """
    Ask online geocoders, in order, for each name.

    Parameters
    ----------
    services : object
        See `geoevents.places.online.Online`.
    names : sequence of str
        What to ask for.

    Returns
    -------
    list of Place or None
        The answers.

    Raises
    ------
    GeoeventsError
        If a service failed for a single name.
    """
    places, report = _ask(services, names)
    if report.failed and len(names) == 1:
        raise GeoeventsError(next(iter(report.failed.values())))
    report.warn()
    return places

"""What ``geocode`` asks online for: the names it has not found, with the hints it was given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from geoevents.errors import GeoeventsError
from geoevents.places.finding import Asked
from geoevents.places.online.asking import ask
from geoevents.places.online.wanted import Wanted, wanted
from geoevents.places.place import Place


@dataclass(frozen=True, slots=True)
class Asker:
    """
    Online geocoders with the hints that ``geocode`` was given.

    Attributes
    ----------
    services : object
        Whom to ask.
    wanted : Wanted
        The hints.
    """

    services: Any
    wanted: Wanted

    def one(self, name: str) -> tuple[Place | None, str]:
        """
        Ask for one name.

        Parameters
        ----------
        name : str
            The name.

        Returns
        -------
        Place or None
            The answer.
        str
            Why there is none.

        Raises
        ------
        GeoeventsError
            If there is none because a service failed.
        """
        (place,), report = ask(self.services, [name], self.wanted)
        if report.failed:
            raise GeoeventsError(next(iter(report.failed.values())))
        return place, next(iter(report.missing.values()), "")

    def many(self, names: Sequence[str]) -> tuple[list[Place | None], dict[str, Any]]:
        """
        Ask for many names.

        Parameters
        ----------
        names : sequence of str
            The names.

        Returns
        -------
        list of Place or None
            The answers.
        dict
            What came of it.

        Warns
        -----
        GeocoderWarning
            If services failed for some.
        """
        places, report = ask(self.services, names, self.wanted)
        report.warn(stacklevel=5)  # the line that called geocode
        return places, report.as_dict()


def asker(services: Any, asked: Asked, country: str | Iterable[str] | None) -> Asker:
    """
    Bring together whom to ask and what for.

    Parameters
    ----------
    services : object
        Whom to ask.
    asked : Asked
        What ``geocode`` was asked for.
    country : str or iterable of str, optional
        The countries as they were given.

    Returns
    -------
    Asker
        To be asked for what is missing.
    """
    return Asker(services, wanted(asked, country))

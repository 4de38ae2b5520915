"""
What each service's answers look like, so that only its own "nothing found" counts as one.

geopy takes much else for that: ``null``, ``{}``, and errors that come with HTTP 200.
"""

import reprlib
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError
from geopy.geocoders import GeoNames, Nominatim, Photon

Check: TypeAlias = Callable[[Any], None]

_SHOWN: Final = 100


class Watched(BaseSyncAdapter):  # type: ignore[misc]  # geopy is not typed
    """
    An adapter of the user's, whose answers are looked at before geopy sees them.

    Parameters
    ----------
    inner : geopy.adapters.BaseSyncAdapter
        The adapter.
    check : callable
        Raises an error for JSON that is not what the service answers.
    """

    def __init__(self, inner: BaseSyncAdapter, check: Check) -> None:
        super().__init__(proxies=None, ssl_context=None)
        self._inner, self._check = inner, check

    def get_text(self, url: str, *, timeout: float | None, headers: Mapping[str, str]) -> Any:
        """
        Fetch text, as the user's adapter does.

        Parameters
        ----------
        url : str
            Where from.
        timeout : float or None
            In seconds.
        headers : mapping of str to str
            What to send with the request.

        Returns
        -------
        str
            The body.
        """
        return self._inner.get_text(url, timeout=timeout, headers=headers)

    def get_json(self, url: str, *, timeout: float | None, headers: Mapping[str, str]) -> Any:
        """
        Fetch JSON, as the user's adapter does.

        Parameters
        ----------
        url : str
            Where from.
        timeout : float or None
            In seconds.
        headers : mapping of str to str
            What to send with the request.

        Returns
        -------
        object
            What it says.
        """
        answer = self._inner.get_json(url, timeout=timeout, headers=headers)
        self._check(answer)
        return answer


def check_of(kind: type) -> Check:
    """
    Return what looks at a service's answers.

    Parameters
    ----------
    kind : type
        A class of geopy's geocoders, or one made from it.

    Returns
    -------
    callable
        Raises an error for an answer that has neither places nor the service's own way of saying
        that there are none.
    """
    for known, check in _CHECKS.items():
        if issubclass(kind, known):
            return check
    return _any


def _any(answer: Any) -> None:
    """See to what holds for all: an empty list, or an object that holds something."""
    if not isinstance(answer, list) and not (isinstance(answer, dict) and answer):
        raise GeocoderParseError(f"the answer is neither places nor an empty list: {_told(answer)}")
    if isinstance(answer, dict):
        for key in ("error", "errors"):
            if answer.get(key):
                raise GeocoderServiceError(f"the answer is an error: {_told(answer[key])}")


def _nominatim(answer: Any) -> None:
    _any(answer)
    # geopy takes a single place without a list around it, too.
    if isinstance(answer, dict) and not {"lat", "lon"} <= answer.keys():
        raise GeocoderParseError(f"the answer is no list of places: {_told(answer)}")


def _photon(answer: Any) -> None:
    _any(answer)
    if not isinstance(answer, dict) or not isinstance(answer.get("features"), list):
        raise GeocoderParseError(f"the answer has no list of features: {_told(answer)}")


def _geonames(answer: Any) -> None:
    _any(answer)
    if isinstance(answer, dict) and answer.get("status"):
        return  # geopy knows what its errors mean
    places = answer.get("geonames") if isinstance(answer, dict) else None
    if not isinstance(places, list):
        raise GeocoderParseError(f"the answer has no list of geonames: {_told(answer)}")
    # geopy passes over a place that lies nowhere, as if there were none.
    for place in places:
        if not (isinstance(place, dict) and place.get("lat") and place.get("lng")):
            raise GeocoderParseError(f"the answer has a place that lies nowhere: {_told(place)}")


def _told(value: Any) -> str:
    text = value if isinstance(value, str) and value else reprlib.repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


_CHECKS: Final[dict[type, Check]] = {
    Nominatim: _nominatim,
    Photon: _photon,
    GeoNames: _geonames,
}

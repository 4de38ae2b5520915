"""The services that can be asked: by name, geopy's, and the user's own."""

import copy
import hashlib
import inspect
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from geopy.adapters import AdapterHTTPError, BaseAsyncAdapter, RequestsAdapter, URLLibAdapter
from geopy.exc import GeopyError
from geopy.geocoders import GeoNames, Nominatim, Photon, options
from geopy.geocoders.base import Geocoder

from geoevents.errors import GeoeventsError, shown
from geoevents.places.online.answers import OddAnswerError, places_of
from geoevents.places.online.fetching import CappedAdapter
from geoevents.places.online.formats import Watched, check_of
from geoevents.places.online.options import Online, checked_agent
from geoevents.places.online.wanted import Wanted
from geoevents.places.place import Place

#: Whoever may ask these, nobody may ask them faster.
_PUBLIC: Final = frozenset({"nominatim.openstreetmap.org", "photon.komoot.io"})
_LEAST_S: Final = 1.0
#: When what is kept of an answer changes, the old ones are asked again.
_FORMAT: Final = 1
_NAMES: Final = ("nominatim", "photon", "geonames")
_SEVERAL: Final = 10
_AROUND_DEG: Final = 1.5
_PHOTON_LANGUAGES: Final = frozenset({"de", "en", "fr"})


@dataclass(frozen=True, slots=True)
class Service:
    """
    A service that can be asked.

    Attributes
    ----------
    label : str
        Its name.
    host : str
        Whom it sends requests to.
    base : str or None
        What it is, in full: answers are kept under this. None if they are not to be kept.
    delay_s : float
        Least time between two requests.
    timeout_s : float or None
        How long to wait for an answer; None if it has no such option.
    call : callable
        Asks it.
    arguments : callable
        What to ask with.
    """

    label: str
    host: str
    base: str | None
    delay_s: float
    timeout_s: float | None
    call: Callable[..., Any]
    arguments: Callable[[Wanted], dict[str, Any]]

    def ask(self, name: str, wanted: Wanted, seconds: float) -> list[Place]:
        """
        Ask for a name.

        Parameters
        ----------
        name : str
            The name.
        wanted : Wanted
            What else is asked for.
        seconds : float
            How much time there is.

        Returns
        -------
        list of Place
            The answers.
        """
        given = self.arguments(wanted)
        if self.timeout_s is not None:
            given["timeout"] = max(0.001, min(self.timeout_s, seconds))
        try:
            answer = self.call(" ".join(name.split()), **given)
        except (GeopyError, AdapterHTTPError, OSError):
            raise
        except Exception as error:
            if self.timeout_s is None:  # a function of the user's: its own words are best
                raise
            # geopy stumbled over it.
            raise OddAnswerError(f"its answer cannot be read: {error}") from error
        return places_of(answer, self.label, name)

    def key(self, question: str, wanted: Wanted) -> str | None:
        """
        Name a question.

        Parameters
        ----------
        question : str
            The name that is asked for, as `question_of` writes it.
        wanted : Wanted
            What else is asked for.

        Returns
        -------
        str or None
            The same for all processes that ask the same.
        """
        if self.base is None:
            return None
        whole = [_FORMAT, self.base, question, self.arguments(wanted)]
        text = json.dumps(whole, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def question_of(name: str) -> str:
    """
    Write a name so that spellings which no service tells apart are the same.

    Parameters
    ----------
    name : str
        The name.

    Returns
    -------
    str
        Without differences of case, spaces and composition.
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def services_of(online: Online) -> list[Service]:
    """
    Make ready the services that are to be asked.

    Parameters
    ----------
    online : Online
        What was asked for.

    Returns
    -------
    list of Service
        In order.

    Raises
    ------
    GeoeventsError
        If one is no geocoder, or lacks what it needs.
    """
    given = online.services
    named: list[tuple[str | None, Any]]
    if isinstance(given, Mapping):
        named = [(str(name), one) for name, one in given.items()]
    elif isinstance(given, str | bytes) or not isinstance(given, Iterable):
        named = [(None, given)]
    else:
        named = [(None, one) for one in given]
    if not named:
        raise GeoeventsError("services holds no geocoder: leave it out to ask none")
    if online.server is not None and not (len(named) == 1 and isinstance(named[0][1], str)):
        raise GeoeventsError(
            "server= is the address of the one service that is given by name: give geopy's "
            "geocoders with their own domain= instead"
        )
    return [_service(one, name, online) for name, one in named]


def _service(one: Any, name: str | None, online: Online) -> Service:
    if isinstance(name, str) and not name.strip():
        raise GeoeventsError("services: a geocoder has an empty name")
    if isinstance(one, str):
        return _of_geopy(_by_name(one, online), name, online)
    if isinstance(one, Geocoder):
        return _of_geopy(_capped(one), name, online)
    call = None if isinstance(one, type) else getattr(one, "geocode", None)
    kind = type(one).__name__
    if call is None:
        if not callable(one) or isinstance(one, type):
            raise GeoeventsError(
                f"services must be {', '.join(map(repr, _NAMES))}, geopy geocoders or functions: "
                f"{kind} has no method geocode"
            )
        call, kind = one, getattr(one, "__name__", kind)
    label = name or kind
    return Service(
        label=label,
        host=f"function {label}",
        base=None if name is None else f"function {name}",
        delay_s=online.delay_s,
        timeout_s=None,
        call=call,
        arguments=lambda _: {},
    )


def _by_name(word: str, online: Online) -> Geocoder:
    name = word.strip().lower()
    if name not in _NAMES:
        raise GeoeventsError(
            f"services={shown(word, 80)} is not known by name: {', '.join(_NAMES)} are; give "
            "others as geopy geocoders, such as geopy.geocoders.OpenCage(api_key)"
        )
    kind = {"nominatim": Nominatim, "photon": Photon, "geonames": GeoNames}[name]
    adapter = partial(CappedAdapter, check_of(kind))
    where: dict[str, Any] = {"user_agent": online.agent(), "adapter_factory": adapter}
    if online.server is not None:
        parts = urlsplit(online.server)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise GeoeventsError(
                f"server={shown(online.server, 80)} must be an address such as https://geo.myhost.net"
            )
        where |= {"scheme": parts.scheme, "domain": f"{parts.netloc}{parts.path}".strip("/")}
    if kind is not GeoNames:
        return kind(**where)
    # Its usual host takes names and account unencrypted only.
    encrypted = {"scheme": "https", "domain": "secure.geonames.org"}
    return GeoNames(online.username(), **(encrypted | where))


def _capped(service: Geocoder) -> Geocoder:
    """Return a geocoder of the user's with our adapter, unless it has one of its own."""
    if isinstance(service.adapter, BaseAsyncAdapter):
        raise GeoeventsError(
            f"{type(service).__name__} has an asynchronous adapter: leave adapter_factory out"
        )
    own, check = copy.copy(service), check_of(type(service))
    if type(service.adapter) in (URLLibAdapter, RequestsAdapter):
        own.adapter = CappedAdapter(check, proxies=service.proxies, ssl_context=service.ssl_context)
    else:
        own.adapter = Watched(service.adapter, check)
    return own


def _of_geopy(service: Geocoder, name: str | None, online: Online) -> Service:
    kind = type(service)
    api = getattr(service, "api", None)
    domain = getattr(service, "domain", None)
    base = next((text for text in (api, domain) if isinstance(text, str) and text), "")
    host = (urlsplit(base if "//" in base else f"//{base}").netloc or kind.__name__).lower()
    host = host.rpartition("@")[2].rstrip(".")
    public = host.partition(":")[0].rstrip(".") in _PUBLIC
    if public:
        checked_agent(service.headers.get("User-Agent"))
    # Two scripts may each have a class of that name.
    passing = kind.__module__ == "__main__" and name is None
    default = service.timeout in (None, options.default_timeout)  # 1 s: too short for a border
    return Service(
        label=name or kind.__name__,
        host=host,
        base=None if passing else f"{name or ''} {kind.__module__}.{kind.__qualname__} {base}",
        delay_s=max(online.delay_s, _LEAST_S) if public else online.delay_s,
        timeout_s=online.timeout_s if default else float(service.timeout),
        call=service.geocode,
        arguments=_arguments(service, online.language),
    )


def _arguments(service: Geocoder, language: str | None) -> Callable[[Wanted], dict[str, Any]]:
    if isinstance(service, Nominatim):
        return lambda wanted: _nominatim(wanted, language)
    if isinstance(service, Photon):
        return lambda wanted: _photon(wanted, language)
    if isinstance(service, GeoNames):
        return _geonames
    several = "exactly_one" in inspect.signature(service.geocode).parameters
    return lambda wanted: {"exactly_one": False} if several and _picks(wanted) else {}


def _picks(wanted: Wanted) -> bool:
    return bool(wanted.kinds or wanted.countries)


def _nominatim(wanted: Wanted, language: str | None) -> dict[str, Any]:
    given: dict[str, Any] = {
        "geometry": "geojson",
        "addressdetails": True,
        "exactly_one": False,
        # Outlines are large: several only where one has to be picked.
        "limit": _SEVERAL if wanted.kinds else 1,
    }
    if language:
        given["language"] = language
    if wanted.countries:
        given["country_codes"] = [code.lower() for code in wanted.countries]
    if wanted.near is not None:
        lon, lat = _rounded(wanted.near)
        south, north = max(-90.0, lat - _AROUND_DEG), min(90.0, lat + _AROUND_DEG)
        west, east = max(-180.0, lon - _AROUND_DEG), min(180.0, lon + _AROUND_DEG)
        given["viewbox"] = [(south, west), (north, east)]
    return given


def _photon(wanted: Wanted, language: str | None) -> dict[str, Any]:
    given: dict[str, Any] = {
        "exactly_one": False,
        "limit": _SEVERAL if _picks(wanted) else 1,
    }
    if language in _PHOTON_LANGUAGES:
        given["language"] = language
    if wanted.near is not None:
        lon, lat = _rounded(wanted.near)
        given["location_bias"] = (lat, lon)
    return given


def _geonames(wanted: Wanted) -> dict[str, Any]:
    given: dict[str, Any] = {"exactly_one": not wanted.kinds}
    if wanted.countries:
        given["country"] = list(wanted.countries)
    return given


def _rounded(near: Sequence[float]) -> tuple[float, float]:
    """Round, so that names near a place are kept for all its surroundings."""
    lon = (near[0] + 180.0) % 360.0 - 180.0
    return round(lon, 1), round(near[1], 1)

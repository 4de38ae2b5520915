"""How online geocoders are asked."""

import math
import os
import re
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any, Final

import platformdirs

from geoevents.errors import GeoeventsError, shown
from geoevents.places.online.clock import Clock

_AGENT: Final = "GEOEVENTS_USER_AGENT"
_FOLDER: Final = "GEOEVENTS_CACHE"
_USERNAME: Final = "GEOEVENTS_GEONAMES_USERNAME"
_SHORTEST_AGENT: Final = 4
_LONGEST_AGENT: Final = 250
#: What stands in manuals, and what programs call themselves if nobody names them.
_PLACEHOLDERS: Final = frozenset(
    {
        "agent", "anonymous", "app", "application", "bar", "browser", "client", "code", "curl",
        "default", "demo", "example", "foo", "geo", "geoapiexercises", "geocoder", "geocoding",
        "geoevents", "geolocator", "geopy", "httpx", "java", "map", "maps", "mozilla", "my", "name",
        "node", "nominatim", "none", "null", "opera", "perl", "photon", "postman", "program",
        "project", "python", "python-requests", "python-urllib", "requests", "ruby", "sample",
        "script", "something", "string", "test", "tester", "testing", "tests", "undefined",
        "unknown", "urllib", "urllib3", "user", "user-agent", "useragent", "wget",
    }
)  # fmt: skip
_MINE: Final = re.compile(
    r"(my|your|the|an?|some)?[ _-]*(geo|geopy|map|test|custom|sample|demo|unique|python)?[ _-]*"
    r"(app|application|project|program|script|user[ _-]?agent|agent|geocoder|geolocator|name)"
    r"[ _-]*(name|here)?",
)
_TEMPLATE: Final = re.compile(
    r"\byour\b|\byours\b|specify[ _-]|_here\b|[<>{}]|@(localhost|([\w-]+\.)*example(\.\w+)?)\b"
    r"|\bme@|://([\w-]+\.)*example(\.\w+)?\b",
)


@dataclass(frozen=True)
class Online:
    """
    Online geocoders, and how they are asked.

    Parameters
    ----------
    services : str, object or callable, or a sequence or mapping of them
        ``"nominatim"``, ``"photon"`` or ``"geonames"``; geocoders of geopy; callables that take a
        name and return what a geopy geocoder does. The next is asked for what one does not know.
        In a mapping each has a name of yours, and its answers are kept under that; those of a
        callable without a name are not kept.
    user_agent : str, optional
        Who asks, for services given by name: the name of your project, and an address where its
        people can be reached. The environment variable ``GEOEVENTS_USER_AGENT`` if left out.
    cache : bool, str or path, optional
        Whether answers are kept, or the folder to keep them in. By default a folder of the user's,
        or that of the environment variable ``GEOEVENTS_CACHE``.
    server : str, optional
        The address of your own server of the one service given by name.
    geonames_username : str, optional
        Your account at GeoNames; the environment variable ``GEOEVENTS_GEONAMES_USERNAME`` if left
        out.
    language : str, optional
        Language of the names in the answers, where a service has it.
    time_limit_s : float, optional
        What has not been answered by then stays missing.
    delay_s : float, optional
        Least time between the starts of two requests to a host, from all processes of the machine.
        The public servers of Nominatim and Photon are never asked more than once a second.
    timeout_s : float, optional
        How long to wait for one answer.
    retries : int, optional
        How often a name is asked for again after a failure.
    backoff_s : float, optional
        After a failure the host is left alone for a random time up to this, which doubles with
        each further one.
    failures : int, optional
        After so many failures in a row the host is left alone for longer.
    rest_s : float, optional
        For how long; this doubles too. Then one request tries whether it is back.
    patience_s : float, optional
        If a host is to be left alone for longer than this, its names stay missing at once.
    keep_days : float, optional
        How long an answer counts.
    keep_unknown_days : float, optional
        How long it counts that a service does not know a name.
    progress : callable, optional
        Is told the fraction that is done, from 0 to 1.
    clock : Clock, optional
        Where the time comes from.

    Raises
    ------
    GeoeventsError
        If an option is not what it must be.

    Examples
    --------
    >>> online = Online("nominatim", user_agent="Syria Watch, desk@syriawatch.net", delay_s=2)
    >>> online.delay_s
    2
    >>> Online("nominatim", user_agent="my-application").agent()
    Traceback (most recent call last):
    ...
    geoevents.errors.GeoeventsError: user_agent='my-application' does not say who asks...
    """

    services: Any
    _: KW_ONLY
    user_agent: str | None = None
    cache: bool | str | PathLike[str] = True
    server: str | None = None
    geonames_username: str | None = None
    language: str | None = "en"
    time_limit_s: float = 3600.0
    delay_s: float = 1.0
    timeout_s: float = 10.0
    retries: int = 2
    backoff_s: float = 1.0
    failures: int = 5
    rest_s: float = 30.0
    patience_s: float = 60.0
    keep_days: float = 180.0
    keep_unknown_days: float = 14.0
    progress: Callable[[float], Any] | None = None
    clock: Clock = field(default_factory=Clock, repr=False)

    def __post_init__(self) -> None:
        for name in (
            "time_limit_s", "delay_s", "timeout_s", "retries", "backoff_s", "failures", "rest_s",
            "patience_s", "keep_days", "keep_unknown_days",
        ):  # fmt: skip
            value = getattr(self, name)
            number = isinstance(value, int | float) and not isinstance(value, bool)
            least = 0.0 if name not in ("timeout_s", "failures") else 1e-3
            if not number or math.isnan(value) or value < least:
                raise GeoeventsError(
                    f"{name} must be a number, and not negative: got {shown(value)}"
                )
        if isinstance(self.cache, str | PathLike) and not os.fspath(self.cache):
            raise GeoeventsError("cache must be True, False or a folder: got an empty name")
        if not isinstance(self.cache, bool | str | PathLike):
            raise GeoeventsError(
                f"cache must be True, False or a folder: got {shown(self.cache, 80)}"
            )
        if self.progress is not None and not callable(self.progress):
            raise GeoeventsError(f"progress must be a function: got {shown(self.progress, 80)}")

    @property
    def folder(self) -> Path:
        """The folder of the cache; without one, of what processes must know of each other."""
        return cache_folder(None if isinstance(self.cache, bool) else self.cache)

    def agent(self) -> str:
        """
        Return who asks.

        Returns
        -------
        str
            The User-Agent.

        Raises
        ------
        GeoeventsError
            If it does not say who.
        """
        given = os.environ.get(_AGENT) if self.user_agent is None else self.user_agent
        return checked_agent(given)

    def username(self) -> str:
        """
        Return the account at GeoNames.

        Returns
        -------
        str
            Its name.

        Raises
        ------
        GeoeventsError
            If there is none.
        """
        name = os.environ.get(_USERNAME) if self.geonames_username is None else None
        name = (name or self.geonames_username or "").strip()
        if not name:
            raise GeoeventsError(
                "GeoNames is asked with an account, which is free: register at www.geonames.org, "
                "switch on the web services in your account, then give "
                f"Online('geonames', geonames_username=...) or set {_USERNAME}"
            )
        return name


def cache_folder(folder: str | PathLike[str] | None = None) -> Path:
    """
    Return the folder where answers are kept.

    Parameters
    ----------
    folder : str or path, optional
        One that was asked for.

    Returns
    -------
    pathlib.Path
        That one, or that of ``GEOEVENTS_CACHE``, or the user's cache folder.
    """
    given = folder or os.environ.get(_FOLDER)
    return Path(given).expanduser() if given else Path(platformdirs.user_cache_dir("geoevents"))


def checked_agent(agent: Any) -> str:
    """
    See that a User-Agent says who asks.

    Parameters
    ----------
    agent : object
        What was given.

    Returns
    -------
    str
        The same.

    Raises
    ------
    GeoeventsError
        If it is empty, a placeholder, or what a library calls itself.
    """
    how = (
        "A public geocoder wants to know who asks and how to reach them. Write the name of your "
        "project and an e-mail or web address, as Online('nominatim', user_agent='NAME, ADDRESS') "
        f"or in the environment variable {_AGENT}"
    )
    if agent is None or (isinstance(agent, str) and not agent.strip()):
        raise GeoeventsError(f"there is no user_agent. {how}")
    text = agent.strip() if isinstance(agent, str) else ""
    plain = text.isprintable() and text.isascii()
    if not plain or not _SHORTEST_AGENT <= len(text) <= _LONGEST_AGENT:
        raise GeoeventsError(
            f"user_agent={shown(agent, 80)} must be {_SHORTEST_AGENT} to {_LONGEST_AGENT} Latin "
            f"letters, digits and signs. {how}"
        )
    folded = text.casefold()
    core = re.sub(r"[/ ]v?\d[\w.]*$", "", folded)
    words = set(re.split(r"[\s,;:()/]+", core)) - {""}
    if (
        words <= _PLACEHOLDERS
        or _MINE.fullmatch(core)
        or _TEMPLATE.search(folded)
        or folded.startswith(("geopy/", "mozilla/", "python-", "curl/"))
        or not any(c.isalpha() for c in core)
    ):
        raise GeoeventsError(f"user_agent={shown(text, 80)} does not say who asks. {how}")
    return text

"""What a failed request means: ask again, leave the host alone, or give up on it."""

import contextlib
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final

from geopy.adapters import AdapterHTTPError
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeopyError,
)

#: Nominatim says so when too much was asked for.
_BANDWIDTH: Final = 509
_BUSY: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
_REFUSED: Final = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.PAYMENT_REQUIRED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.PROXY_AUTHENTICATION_REQUIRED,
        HTTPStatus.GONE,
    }
)
_SHOWN: Final = 200
#: However long a host wants to be left alone, it is asked again after a day.
LONGEST_S: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Fault:
    """
    What went wrong.

    Attributes
    ----------
    reason : str
        In words.
    again : bool
        Whether the same request may do better later.
    host : bool
        Whether it is the host that fails, not this one name.
    final : bool
        Whether the service need not be asked for other names either.
    wait_s : float or None
        How long it wants to be left alone, a day at most.
    """

    reason: str
    again: bool = False
    host: bool = False
    final: bool = False
    wait_s: float | None = None


def fault_of(error: Exception) -> Fault:
    """
    Tell what an exception means.

    Parameters
    ----------
    error : Exception
        Whatever a geocoder raised.

    Returns
    -------
    Fault
        What to do.
    """
    answer = _http(error)
    if answer is not None:
        # geopy stumbles over odd headers: what the host said matters, not that.
        said = error if isinstance(error, GeopyError) else answer
        return _by_status(_words(said), answer, error)
    reason = _words(error)
    if isinstance(error, GeocoderRateLimited):
        return Fault(reason, again=True, host=True, wait_s=_seconds(error.retry_after))
    if isinstance(
        error,
        GeocoderAuthenticationFailure | GeocoderInsufficientPrivileges | GeocoderQuotaExceeded,
    ):
        return Fault(reason, final=True)
    if isinstance(error, GeocoderQueryError):
        return Fault(reason)
    # A cut line, a host that is not there, a page of HTML where JSON should be.
    passing = isinstance(error, GeocoderServiceError | OSError)
    return Fault(reason, again=passing, host=passing)


def _by_status(reason: str, answer: AdapterHTTPError, error: Exception) -> Fault:
    status = int(answer.status_code)
    wait = _retry_after(answer.headers)
    if wait is None and isinstance(error, GeocoderRateLimited):
        wait = _seconds(error.retry_after)
    reason = f"HTTP {status}, {reason}" if str(status) not in reason else reason
    if wait:
        reason += f", asks to wait {wait:.0f} s{' or more' if wait >= LONGEST_S else ''}"
    if status in _BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Fault(reason, again=True, host=True, wait_s=wait)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        where = _shown(_header(answer.headers, "location"))
        return Fault(f"{reason}: redirects are not followed, it points to {where!r}", final=True)
    return Fault(reason, final=status in _REFUSED, wait_s=wait)


def _http(error: BaseException) -> AdapterHTTPError | None:
    """Find the answer behind geopy's exception, which keeps its headers."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        if isinstance(link, AdapterHTTPError):
            return link
        seen.add(id(link))
        link = link.__cause__ or link.__context__
    return None


def _retry_after(headers: Any) -> float | None:
    text = _header(headers, "retry-after").strip()
    if not text:
        return None
    if text.isascii() and text.isdecimal():  # however many digits
        return min(float(text), LONGEST_S)
    try:
        return _seconds(float(text))
    except ValueError:
        pass
    until = _date(text)
    if until is None:
        return None
    # By the server's own clock if it says: ours may be wrong.
    now = _date(_header(headers, "date")) or datetime.now(UTC)
    return _seconds((until - now).total_seconds())


def _date(text: str) -> datetime | None:
    # What a stranger calls a year or a time zone may be no number that a date can hold.
    with contextlib.suppress(ValueError, OverflowError, TypeError, OSError):
        date = parsedate_to_datetime(text)
        # Without a zone it is UTC, and not that of this machine.
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date
    return None


def _header(headers: Any, name: str) -> str:
    try:
        for key, value in headers.items():
            if str(key).lower() == name:
                return str(value)
    except (AttributeError, TypeError, ValueError):
        pass
    return ""


def _seconds(value: Any) -> float | None:
    try:
        number = float(value)
    except OverflowError:  # a whole number of so many digits
        number = LONGEST_S if value > 0 else 0.0
    except (TypeError, ValueError):
        return None
    return min(max(0.0, number), LONGEST_S) if math.isfinite(number) else None


def _words(error: Exception) -> str:
    return _shown(str(error)) or type(error).__name__


def _shown(text: str) -> str:
    """Text from a stranger, for one line of a message."""
    line = " ".join(text.split())
    line = "".join(c if c.isprintable() else "?" for c in line)
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 3]}..."

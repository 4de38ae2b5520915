"""
Fetching an answer from a host that may do anything.

geopy's own adapters read whatever comes for as long as it comes, and follow where they are sent.
This one reads so many bytes in so many seconds, from the host that was asked and no other.
"""

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    getproxies,
)

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import (
    GeocoderParseError,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

#: A coastline of 600,000 points. Parsed it takes some twenty times as much memory.
LARGEST_BYTES: Final = 16 * 2**20
_LARGEST_ERROR: Final = 2**16
_PIECE: Final = 2**16
_LONGEST_S: Final = 60.0


class CappedAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy is not typed
    """
    An adapter for geopy's geocoders, with limits.

    Redirects are not followed, compressed answers are not asked for and not unpacked, JSON must be
    JSON (no NaN), and the timeout is for the whole answer, not for each of its bytes.

    Parameters
    ----------
    check : callable, optional
        Raises an error for JSON that is not what the service answers.
    proxies : mapping of str to str, optional
        As geopy gives them; those of the system if None.
    ssl_context : ssl.SSLContext, optional
        As geopy gives it.
    """

    def __init__(
        self,
        check: Callable[[Any], object] | None = None,
        *,
        proxies: Mapping[str, str] | None,
        ssl_context: Any,
    ) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._check = check or (lambda answer: answer)
        known = getproxies() if proxies is None else proxies
        self._opener = OpenerDirector()
        for handler in (
            ProxyHandler({k: v if "://" in v else f"http://{v}" for k, v in known.items()}),
            _Http(),
            _Https(context=ssl_context),
            HTTPDefaultErrorHandler(),
            HTTPErrorProcessor(),
        ):
            self._opener.add_handler(handler)

    def get_text(self, url: str, *, timeout: float | None, headers: Mapping[str, str]) -> str:
        """
        Fetch text.

        Parameters
        ----------
        url : str
            Where from.
        timeout : float or None
            For the whole answer, in seconds.
        headers : mapping of str to str
            What to send with the request.

        Returns
        -------
        str
            The body.

        Raises
        ------
        geopy.exc.GeocoderServiceError
            Or one of its family.
        """
        body, charset = self._fetch(url, timeout, headers)
        return _decoded(body, charset)

    def get_json(self, url: str, *, timeout: float | None, headers: Mapping[str, str]) -> Any:
        """
        Fetch JSON.

        Parameters
        ----------
        url : str
            Where from.
        timeout : float or None
            For the whole answer, in seconds.
        headers : mapping of str to str
            What to send with the request.

        Returns
        -------
        object
            What it says.

        Raises
        ------
        geopy.exc.GeocoderServiceError
            Or one of its family.
        """
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            answer = json.loads(text, parse_constant=_refused)
        except RecursionError:
            raise GeocoderParseError("the answer is nested too deeply") from None
        except ValueError as error:
            raise GeocoderParseError(
                f"the answer is not JSON ({error}), it begins {text[:40]!r}"
            ) from None
        self._check(answer)
        return answer

    def _fetch(
        self, url: str, timeout: float | None, headers: Mapping[str, str]
    ) -> tuple[bytes, str | None]:
        seconds = _LONGEST_S if timeout is None else timeout
        guard = _Guard(seconds)
        request = Request(url, headers=dict(headers))  # noqa: S310 -- the opener knows only http
        request.guard = guard  # type: ignore[attr-defined]
        try:
            with guard.watching(), self._opener.open(request, timeout=seconds) as page:
                body = _body(page, guard, LARGEST_BYTES)
                return body, page.headers.get_content_charset()
        except HTTPError as error:
            raise _refusal(error, guard) from error
        except GeocoderServiceError:
            raise
        except (OSError, http.client.HTTPException, AttributeError, ValueError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            if guard.expired() or isinstance(reason, TimeoutError):
                raise GeocoderTimedOut(f"no answer within {seconds:g} s") from error
            if isinstance(reason, OSError):
                raise GeocoderUnavailable(f"cannot be reached or broke off: {reason}") from error
            raise GeocoderServiceError(f"no proper answer: {_named(reason)}") from error


def _refusal(error: HTTPError, guard: "_Guard") -> AdapterHTTPError:
    with error:
        try:
            text = _body(error, guard, _LARGEST_ERROR).decode("utf-8", "replace")
        except (GeocoderServiceError, OSError, http.client.HTTPException, ValueError):
            text = ""
        return AdapterHTTPError(
            f"HTTP {error.code} {error.reason}",
            status_code=error.code,
            headers={name.lower(): value for name, value in error.headers.items()},
            text=text,
        )


def _body(page: Any, guard: "_Guard", largest: int) -> bytes:
    coded = str(page.headers.get("Content-Encoding") or "identity").strip().lower()
    if coded != "identity":
        raise GeocoderServiceError(f"the answer is compressed ({coded:.20}), which it must not be")
    pieces, size = [], 0
    while True:
        # At most what one call of the system brings, so that slow drops are seen.
        piece = page.read1(_PIECE)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
        if size > largest:
            raise GeocoderServiceError(f"the answer is larger than {largest / 2**20:g} MB")
        if guard.expired():
            raise GeocoderTimedOut(f"the answer was not complete within {guard.seconds:g} s")
    if guard.expired():
        raise GeocoderTimedOut(f"the answer was not complete within {guard.seconds:g} s")
    if getattr(page, "length", None):  # it promised more; read1 does not complain
        raise GeocoderServiceError(f"the answer broke off after {size} bytes")
    return b"".join(pieces)


def _decoded(body: bytes, charset: str | None) -> str:
    for encoding in ("utf-8-sig", charset):  # JSON is UTF-8 whatever the header says
        with contextlib.suppress(UnicodeDecodeError, LookupError, ValueError):
            if encoding is not None:
                return body.decode(encoding)
    raise GeocoderParseError(f"the answer is not UTF-8, nor {charset or 'anything it says'}")


def _refused(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")


def _named(error: object) -> str:
    return f"{type(error).__name__}: {error}"


# ---------------------------------------------------------------------- time


class _Guard:
    """Hangs up when the time is over, wherever the request has got to."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []

    def expired(self) -> bool:
        return time.monotonic() >= self._until

    @contextmanager
    def watching(self) -> Iterator[None]:
        timer = threading.Timer(self.seconds, self._hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            with self._lock:
                for twin in self._sockets:
                    twin.close()
                self._sockets = []

    def connect(self, create: Callable[..., socket.socket], *arguments: Any) -> socket.socket:
        line = create(*arguments)
        with self._lock:
            # A second handle: TLS takes the first one over.
            self._sockets.append(line.dup())
        return line

    def _hang_up(self) -> None:
        with self._lock:
            for twin in self._sockets:
                with contextlib.suppress(OSError):
                    twin.shutdown(socket.SHUT_RDWR)


def _guarded(kind: Any, guard: _Guard, *arguments: Any, **options: Any) -> Any:
    connection = kind(*arguments, **options)
    # http.client's own seam for how a line is opened.
    connection._create_connection = partial(guard.connect, connection._create_connection)  # noqa: SLF001
    return connection


class _Http(HTTPHandler):
    def http_open(self, request: Any) -> Any:
        return self.do_open(partial(_guarded, http.client.HTTPConnection, request.guard), request)


class _Https(HTTPSHandler):
    def https_open(self, request: Any) -> Any:
        kind = partial(_guarded, http.client.HTTPSConnection, request.guard)
        return self.do_open(kind, request, context=self._context)  # type: ignore[attr-defined]

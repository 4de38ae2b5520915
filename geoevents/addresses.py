"""Web addresses: which are taken, and where redirects may lead."""

import urllib.parse
import urllib.request
from typing import IO, Any

from geoevents.errors import GeoeventsError


def web_address(url: str) -> str:
    """
    See that an address is one of the web, and write it in the characters that one may have.

    Parameters
    ----------
    url : str
        The address.

    Returns
    -------
    str
        The same, without a fragment.

    Raises
    ------
    GeoeventsError
        If it is none, or holds a user name.

    Examples
    --------
    >>> web_address("https://example.org/a file#top")
    'https://example.org/a%20file'
    """
    if not isinstance(url, str):
        raise GeoeventsError(f"url must be a web address: got {url!r:.80}")
    try:
        parts = urllib.parse.urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise GeoeventsError(f"{url!r:.200} is no web address: {error}") from None
    if parts.scheme.lower() not in ("http", "https") or not host or not url.isprintable():
        raise GeoeventsError(
            f"{url!r:.200} is no web address: one begins with https:// or http:// and a host"
        )
    if parts.username is not None:
        raise GeoeventsError(
            f"the address at {host} holds a user name, which is not supported: download the file "
            "with another program"
        )
    try:
        netloc = parts.netloc.encode("idna").decode() if not url.isascii() else parts.netloc
    except UnicodeError as error:
        raise GeoeventsError(f"{url!r:.200} is no web address: {error}") from None
    safe = "%/:=&?~#+!$,;'@()*[]"
    rest = [urllib.parse.quote(part, safe) for part in (parts.path, parts.query)]
    return urllib.parse.urlunsplit((parts.scheme, netloc, *rest, ""))


class _Redirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(  # noqa: PLR0917 -- as the standard library has it
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Any,
        newurl: str,
    ) -> urllib.request.Request | None:
        old, new = (urllib.parse.urlsplit(u).scheme.lower() for u in (req.full_url, newurl))
        if new not in ("http", "https") or (old == "https" and new == "http"):
            raise GeoeventsError(
                f"{req.full_url}: the server leads on to {newurl!r:.200}, which is not followed: "
                "only https, or http from http, is"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def opener() -> urllib.request.OpenerDirector:
    """
    Return what opens web addresses, and nothing else.

    Returns
    -------
    urllib.request.OpenerDirector
        It follows redirects to https, and from http to http; it uses the proxies that the
        environment names.
    """
    made = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        _Redirects,
    ):
        made.add_handler(handler())
    return made

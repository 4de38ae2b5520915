"""
What a map's page may run and load: its Content-Security-Policy.

Scripts are allowed by the hash of what they say, hosts by the elements that name them. Neither
is looked for in the data, so that nothing a report says can widen the policy.
"""

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branca.element import Element

TILE_HOSTS = ("https://tile.openstreetmap.org", "https://*.basemaps.cartocdn.com")
"""Whom a reader may ask for tiles: those of ``assets/draw/tiles.js``."""

EVAL = frozenset({"Vega", "VegaLite"})
"""What folium adds that makes scripts of text, which the policy forbids."""

_IMG, _MEDIA, _CONNECT = "img-src", "media-src", "connect-src"

_ADDRESSES = {
    "TileLayer": (["tiles"], _IMG),
    "WmsTileLayer": (["url"], _IMG),
    "ImageOverlay": (["url"], _IMG),
    "FloatImage": (["image"], _IMG),
    "CustomIcon": (["iconUrl", "icon_url", "shadowUrl", "shadow_url"], _IMG),
    "VideoOverlay": (["video_url"], _MEDIA),
    "VectorGridProtobuf": (["url"], _CONNECT),
    "Realtime": (["src"], _CONNECT),
    "GeoJson": (["embed_link"], _CONNECT),
}
"""Which attributes or options of an element hold addresses, and what is loaded from there."""

_NOMINATIM = "https://nominatim.openstreetmap.org"

_PARTS = ("icon", "tile_layer", "layers", "html")
"""Attributes in which elements hold others that are not their children."""

_ORIGIN = re.compile(r"https?://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?", re.IGNORECASE)

_NAMED_PATH = re.compile(r"(?:/[\w.@%~+!$&'()*=:-]*)*", re.ASCII)

_SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)

_SCRIPT_END = re.compile(r"</script[\s/>]", re.IGNORECASE)

_DATA = re.compile(r"""\btype\s*=\s*["']?text/plain\b""", re.IGNORECASE)

_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)


def policy(
    elements: "Iterable[Any]",
    scripts: "Iterable[str]",
    *,
    tiles: bool = False,
    allow: "Iterable[str]" = (),
) -> str:
    """
    Write the policy of a page.

    Parameters
    ----------
    elements : iterable of branca.element.Element
        All that was added to the page, links among them.
    scripts : iterable of str
        The scripts that stand in the page, exactly as they stand there.
    tiles : bool, default False
        Whether readers are offered online tiles.
    allow : iterable of str, default ()
        More origins from which anything but scripts may be loaded.

    Returns
    -------
    str
        The content of the ``meta`` element; it holds no double quote.

    Raises
    ------
    GeoeventsError
        If one of `allow` is more or less than a scheme and a host.

    Examples
    --------
    >>> policy([], ["f();"]).split("; ")[1]
    "script-src 'sha256-9RATIFdqkCJTNwEc6+pNG0qjxmJA9pKWbaKmy3Jw3G0='"
    """
    hosts = _hosts(elements)
    if tiles:
        hosts[_IMG].update(dict.fromkeys(TILE_HOSTS))
    for text in allow:
        origin = _allowed(text)
        for directive in ("style-src", _IMG, "font-src", _CONNECT, _MEDIA, "frame-src"):
            hosts[directive][origin] = None
    hosts["script-src"] = dict.fromkeys(map(_hashed, scripts)) | hosts["script-src"]
    hosts["style-src"] = {"'unsafe-inline'": None} | hosts["style-src"]
    hosts[_IMG] = {"data:": None, "blob:": None} | hosts[_IMG]
    lines = ["default-src 'none'"]
    lines += [" ".join([name, *sources]) for name, sources in hosts.items() if sources]
    return "; ".join([*lines, "base-uri 'none'", "form-action 'none'", "object-src 'none'"])


def online(elements: "Iterable[Any]") -> bool:
    """
    Tell whether elements load anything from a host.

    Parameters
    ----------
    elements : iterable of branca.element.Element
        What was added to a page.

    Returns
    -------
    bool
        Whether any of them names one.
    """
    return any(
        source.startswith("http") for sources in _hosts(elements).values() for source in sources
    )


def parts_of(element: "Element") -> "Iterable[Any]":
    """
    Go through an element and everything in it, at any depth.

    Parameters
    ----------
    element : branca.element.Element
        A map, say.

    Yields
    ------
    branca.element.Element
        The element, its children and what it holds without their being children: icons of markers,
        the layers of time sliders.
    """
    waiting, seen = [element], set()
    while waiting:
        found = waiting.pop()
        if id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        for name in _PARTS:
            held = getattr(found, name, None)
            held = held if isinstance(held, list | tuple) else [held]
            waiting.extend(part for part in held if hasattr(part, "_children"))
        waiting.extend(reversed(found._children.values()))  # noqa: SLF001 -- branca has no other way


def scripts_in(markup: str) -> list[str]:
    """
    Find the scripts that stand in a piece of markup.

    Parameters
    ----------
    markup : str
        HTML that the page's author or folium wrote.

    Returns
    -------
    list of str
        What stands between the tags, of those that are run and not linked.

    Examples
    --------
    >>> scripts_in('<script>f()</script><script src="x.js"></script>')
    ['f()']
    """
    found, at = [], 0
    while start := _SCRIPT.search(markup, at):
        end = _SCRIPT_END.search(markup, start.end())
        stop = end.start() if end else len(markup)
        if not _DATA.search(start[1]) and not _SOURCE.search(start[1]):
            found.append(markup[start.end() : stop])
        at = stop
    return found


def _hashed(script: str) -> str:
    # The browser hashes what its parser made of the text: one kind of line ending, no NUL.
    read = script.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    digest = hashlib.sha256(read.encode("utf-8", "replace")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _hosts(elements: "Iterable[Any]") -> "dict[str, dict[str, None]]":
    """Say what elements load from where, as ordered sets of sources by directive."""
    names = ("script-src", "style-src", _IMG, "font-src", _CONNECT, _MEDIA, "frame-src")
    hosts: dict[str, dict[str, None]] = {name: {} for name in names}
    for element in elements:
        kinds = {kind.__name__ for kind in type(element).__mro__}
        if "JavascriptLink" in kinds:
            hosts["script-src"][_address(element.url)] = None
        if "CssLink" in kinds:
            # Style sheets bring fonts and pictures of their own.
            for directive in ("style-src", _IMG, "font-src"):
                hosts[directive][origin_of(element.url)] = None
        if "IFrame" in kinds:
            hosts["frame-src"]["data:"] = None
        if "Geocoder" in kinds:
            hosts[_CONNECT][_NOMINATIM] = None
        for kind in kinds & _ADDRESSES.keys():
            attributes, directive = _ADDRESSES[kind]
            for name in attributes:
                hosts[directive][origin_of(_held(element, name))] = None
    for sources in hosts.values():
        sources.pop("", None)
    return hosts


def _held(element: Any, name: str) -> Any:
    options = getattr(element, "options", None)
    held = options.get(name) if isinstance(options, dict) else None
    return getattr(element, name, held)


def origin_of(address: Any) -> str:
    """
    Say which host an address is on.

    Parameters
    ----------
    address : Any
        An address of tiles, a picture, a style sheet. Braces stand for what Leaflet fills in.

    Returns
    -------
    str
        Scheme and host, ``*`` for what is filled in; the empty string if it is no address on a
        host that can be told.

    Examples
    --------
    >>> origin_of("https://{s}.tile.example.org/{z}/{x}/{y}.png")
    'https://*.tile.example.org'
    >>> origin_of("data:image/png;base64,iVBORw0KGgo=")
    ''
    """
    if not isinstance(address, str):
        return ""
    try:
        found = urlsplit(address.strip())
        host = found.netloc
    except ValueError:  # brackets that are no IPv6 address
        return ""
    if "{" in host:
        # A wildcard stands in front: what is filled in, and all before it.
        _, _, fixed = host.rpartition("}")
        host = f"*{fixed}" if fixed.startswith(".") and fixed.count(".") > 1 else ""
    origin = f"{found.scheme}://{host}"
    return origin.lower() if _ORIGIN.fullmatch(origin) else ""


def _address(url: Any) -> str:
    """Name one script and nothing else of its host, which may serve everybody's."""
    origin = origin_of(url)
    path = urlsplit(url).path if origin else ""
    return origin + path if _NAMED_PATH.fullmatch(path) else origin


def _allowed(text: object) -> str:
    if not isinstance(text, str) or not _ORIGIN.fullmatch(text):
        raise GeoeventsError(
            f"allow: {text!r} is no origin: write the scheme and the host and nothing else, "
            "such as 'https://tiles.example.org' or 'https://*.example.org'"
        )
    return text.lower()


__all__ = ["EVAL", "TILE_HOSTS", "online", "origin_of", "parts_of", "policy", "scripts_in"]

"""Downloads: a file from the web, whole or not at all, taken up again where it was cut."""

import http.client
import os
import random
import socket
import ssl
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any, Final, NoReturn

from geoevents.addresses import opener, web_address
from geoevents.errors import GeoeventsError
from geoevents.files import replacing
from geoevents.locks import alone
from geoevents.unfinished import PIECE, Part, Version

#: Told how many bytes are here, and how many there are (None where the server does not say).
Progress = Callable[[int, int | None], None]

#: Failures in a row, with nothing received between, after which a download is given up.
_ATTEMPTS: Final = 5
#: Failures altogether: a server that sends a little and cuts, again and again, ends here.
_MOST_ATTEMPTS: Final = 40
_FIRST_PAUSE_S: Final = 0.5
_LONGEST_PAUSE_S: Final = 30.0
#: Fewer bytes than this within the time limit is as good as none.
_TRICKLE: Final = 1024
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_OK, _PARTIAL, _NOT_MODIFIED, _NO_SUCH_RANGE = 200, 206, 304, 416


@dataclass(frozen=True, slots=True)
class Download:
    """
    A file that was downloaded.

    Attributes
    ----------
    path : pathlib.Path
        Where it is.
    url : str
        Where it came from.
    bytes : int
        Its length.
    sha256 : str
        Its SHA-256, in hexadecimal.
    etag : str or None
        The server's mark of this version of the file.
    modified : str or None
        When the server says that it was last changed, as it says it.
    """

    path: Path
    url: str
    bytes: int
    sha256: str
    etag: str | None
    modified: str | None


class _CutError(Exception):
    """What may go better another time; the server may say after how many seconds."""

    def __init__(self, why: str, after_s: float = 0.0) -> None:
        super().__init__(why)
        self.after_s = after_s


def download(
    url: str,
    path: str | os.PathLike[str],
    *,
    sha256: str | None = None,
    progress: Progress | None = None,
    resume: bool = True,
    limit_bytes: int | None = None,
    timeout_s: float = 30.0,
) -> Download:
    """
    Download a file, whole or not at all.

    What has come is kept in ``<path>.part`` until all of it is here, with a note of which version
    of the file it is (``<path>.part.json``). A download that was cut, or killed, goes on from
    there, if the server still has the same version. Cut connections are tried again a few times,
    after longer and longer pauses. Two processes may download the same file at the same time.

    Parameters
    ----------
    url : str
        An ``http`` or ``https`` address. Redirects lead only to such, and from ``https`` only to
        ``https``.
    path : path-like
        The file to make or replace.
    sha256 : str, optional
        What the SHA-256 must be, in hexadecimal.
    progress : callable, optional
        Called with the bytes that are here and the bytes there are, or None if unknown.
    resume : bool, default True
        Whether to go on with what an earlier download left.
    limit_bytes : int, optional
        The most that is taken.
    timeout_s : float, default 30
        Seconds of silence, or of less than a kilobyte, after which a connection counts as cut.

    Returns
    -------
    Download
        The file, its length and its SHA-256.

    Raises
    ------
    GeoeventsError
        If the address is none, the server has no such file or cannot be reached, the file is too
        large or not the one that ``sha256`` says, or ``path`` cannot be written.
    """
    asked = _Asked(web_address(url), sha256, progress, limit_bytes, timeout_s)
    got = _fetch(asked, path, resume=resume)
    if got is None:  # a 304 that nobody asked for
        raise GeoeventsError(f"{url}: the server answered 304 Not Modified to a plain request")
    return got


def download_if_changed(
    url: str,
    path: str | os.PathLike[str],
    *,
    etag: str | None,
    modified: str | None,
    progress: Progress | None = None,
    limit_bytes: int | None = None,
    timeout_s: float = 30.0,
) -> Download | None:
    """
    Download a file unless the server still has the version that is known.

    Parameters
    ----------
    url, path, progress, limit_bytes, timeout_s
        As for `download`.
    etag : str or None
        The `Download.etag` of the version that is known.
    modified : str or None
        Its `Download.modified`.

    Returns
    -------
    Download or None
        None if the file has not changed; nothing is written then.

    Raises
    ------
    GeoeventsError
        As `download` does.
    """
    known = {"If-None-Match": etag, "If-Modified-Since": None if etag else modified}
    headers = {name: value for name, value in known.items() if value}
    asked = _Asked(web_address(url), None, progress, limit_bytes, timeout_s, headers)
    return _fetch(asked, path, resume=True)


def _pause(seconds: float) -> None:
    time.sleep(seconds)


@dataclass(slots=True)
class _Asked:
    """What is asked for."""

    url: str
    sha256: str | None
    progress: Progress | None
    limit: int | None
    timeout_s: float
    headers: Mapping[str, str] = field(default_factory=dict)


def _fetch(asked: _Asked, path: str | os.PathLike[str], *, resume: bool) -> Download | None:
    path = Path(path)
    if not path.parent.is_dir():
        raise GeoeventsError(f"{path}: there is no folder {path.parent}")
    try:
        with alone(path.with_name(path.name + ".part.lock")) as ours:
            if ours:
                return _into(
                    Part(path.with_name(path.name + ".part"), asked.url), asked, path, resume=resume
                )
        # Another process is at it: this one keeps its pieces apart, and the last one stays.
        with tempfile.TemporaryDirectory(prefix=".download-", dir=path.parent) as folder:
            return _into(Part(Path(folder, path.name), asked.url), asked, path, resume=False)
    except OSError as error:
        raise GeoeventsError(f"{path}: cannot be written: {error.strerror or error}") from error


def _into(part: Part, asked: _Asked, path: Path, *, resume: bool) -> Download | None:
    if resume:
        part.take_up()
    else:
        part.begin(Version(asked.url))
    try:
        if not _receive(part, asked):
            part.drop()
            return None
        _see_hash(part, asked)
        with replacing(path) as unfinished:
            part.path.replace(unfinished)
    except BaseException:
        if part.version.validator is None or not part.size:
            part.drop()  # nothing could go on with it
        raise
    part.drop()
    version = part.version
    return Download(
        path, asked.url, part.size, part.hash.hexdigest(), version.etag, version.modified
    )


def _see_hash(part: Part, asked: _Asked) -> None:
    found = part.hash.hexdigest()
    if asked.sha256 is not None and found != asked.sha256.lower():
        part.version = Version(asked.url)  # not to be gone on with
        raise GeoeventsError(
            f"{asked.url}: the file has the SHA-256 {found}, not {asked.sha256}: it has been "
            "changed, or damaged on the way"
        )


def _receive(part: Part, asked: _Asked) -> bool:
    """Receive all of it, in as many pieces as it takes; False if it has not changed."""
    in_a_row = altogether = 0
    while True:
        before = part.size
        try:
            return _request(part, asked)
        except _CutError as cut:
            if part.size > before:
                in_a_row = 0
            in_a_row += 1
            altogether += 1
            if in_a_row >= _ATTEMPTS or altogether >= _MOST_ATTEMPTS:
                kept = part.size and part.version.validator
                more = " What has come is kept: try again to go on from there" if kept else ""
                raise GeoeventsError(
                    f"{asked.url}: {cut}, {in_a_row} times in a row.{more}"
                ) from cut
            pause = min(_FIRST_PAUSE_S * 2 ** (in_a_row - 1), _LONGEST_PAUSE_S)
            jitter = pause * random.random() / 2  # noqa: S311 -- no secret
            _pause(max(min(cut.after_s, _LONGEST_PAUSE_S), pause + jitter))


def _request(part: Part, asked: _Asked) -> bool:
    from geoevents import __version__  # noqa: PLC0415 -- the package imports nothing on its own

    headers = {"User-Agent": f"geoevents/{__version__}", "Accept-Encoding": "identity"}
    validator = part.version.validator
    if part.size and validator:
        headers |= {"Range": f"bytes={part.size}-", "If-Range": validator}
    else:
        headers |= asked.headers
    request = urllib.request.Request(asked.url, headers=headers)  # noqa: S310 -- seen to be http
    try:
        with opener().open(request, timeout=asked.timeout_s) as answer:
            _begin(part, asked, answer.status, answer.headers)
            _pour(answer, part, asked)
    except urllib.error.HTTPError as error:
        with error:
            if error.code == _NOT_MODIFIED:
                return False
            _refused(error, part, asked)
    except urllib.error.URLError as error:
        _unreachable(error.reason, asked)
    except (http.client.InvalidURL, UnicodeError) as error:
        raise GeoeventsError(f"{asked.url!r:.200} is no web address: {error}") from None
    except (http.client.HTTPException, ConnectionError, TimeoutError, ssl.SSLError) as error:
        raise _CutError(_of_cut(error)) from error
    length = part.version.length
    if length is not None and part.size < length:
        raise _CutError(f"the connection ended after {part.size:,} of {length:,} bytes")
    return True


def _of_cut(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "the server fell silent"
    return f"the connection was cut ({type(error).__name__})"


def _begin(part: Part, asked: _Asked, status: int, headers: Message) -> None:
    """See what an answer holds, the rest of the file or all of it."""
    length = headers["Content-Length"]
    size = int(length) if isinstance(length, str) and length.isdecimal() else None
    if status == _PARTIAL and part.size:
        start, total = _range(headers["Content-Range"])
        same = part.version.is_continued_by(headers) and start == part.size
        if not same or part.version.length not in (None, total):
            part.begin(Version(asked.url))
            raise _CutError("the file changed between two pieces")
        part.version.length = total
    elif status == _OK:
        part.begin(Version(asked.url, headers["ETag"], headers["Last-Modified"], size))
    else:
        raise GeoeventsError(f"{asked.url}: the server answered {status}, not with the file")
    _see_size(part.version.length, asked)


def _range(text: str | None) -> tuple[int, int | None]:
    """Read ``bytes 5-9/10``: where the piece begins and how long the file is."""
    unit, _, rest = (text or "").partition(" ")
    span, _, total = rest.partition("/")
    start = span.partition("-")[0]
    if unit != "bytes" or not start.isdecimal():
        return -1, None
    return int(start), int(total) if total.isdecimal() else None


def _see_size(size: int | None, asked: _Asked) -> None:
    if asked.limit is not None and size is not None and size > asked.limit:
        raise GeoeventsError(
            f"{asked.url}: the file has {size:,} bytes or more; at most {asked.limit:,} are taken"
        )


def _pour(answer: Any, part: Part, asked: _Asked) -> None:
    """Write what comes, and tell how far it is."""
    since, at_that_time = time.monotonic(), part.size
    length = part.version.length
    with part.path.open("r+b") as file:
        file.seek(part.size)
        file.truncate()
        while piece := answer.read1(PIECE):
            file.write(piece)
            part.hash.update(piece)
            part.size += len(piece)
            if asked.limit is not None and part.size > asked.limit:
                part.version = Version(asked.url)  # not to be gone on with
                _see_size(part.size, asked)
            if asked.progress is not None:
                asked.progress(part.size, length)
            now = time.monotonic()
            if now - since > asked.timeout_s:
                if part.size - at_that_time < _TRICKLE:
                    raise TimeoutError
                since, at_that_time = now, part.size


def _refused(error: urllib.error.HTTPError, part: Part, asked: _Asked) -> NoReturn:
    said = f"{error.code} {error.reason!s:.80}".strip()
    if error.code == _NO_SUCH_RANGE and part.size:
        part.begin(Version(asked.url))
        raise _CutError("the server does not have the rest that is missing") from error
    if error.code in _PASSING:
        after = error.headers["Retry-After"]
        seconds = float(after) if isinstance(after, str) and after.isdecimal() else 0.0
        raise _CutError(f"the server answered {said}", seconds) from error
    if error.code in (404, 410):
        raise GeoeventsError(
            f"{asked.url}: the server has no such file ({said}): check the address"
        ) from error
    if error.code in (401, 403, 407):
        raise GeoeventsError(f"{asked.url}: the server does not give the file ({said})") from error
    raise GeoeventsError(f"{asked.url}: the server answered {said}") from error


def _unreachable(reason: Any, asked: _Asked) -> NoReturn:
    host = urllib.parse.urlsplit(asked.url).netloc
    if isinstance(reason, socket.gaierror):
        what = f"the host {host} is not known: check the address and the network"
    elif isinstance(reason, ssl.SSLCertVerificationError):
        what = f"the certificate of {host} cannot be trusted ({reason.verify_message})"
    elif isinstance(reason, ConnectionRefusedError):
        what = f"{host} refuses the connection: is the address right, and the server running?"
    elif isinstance(reason, ConnectionError | TimeoutError):
        raise _CutError(_of_cut(reason))
    elif isinstance(reason, ssl.SSLError):
        what = f"no secure connection with {host} ({reason.reason or reason})"
    else:
        what = f"{host} cannot be reached: {reason}"
    raise GeoeventsError(f"{asked.url}: {what}")

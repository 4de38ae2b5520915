"""What has come of a file so far, kept so that a download can go on from there."""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from email.message import Message
from pathlib import Path
from typing import Final

#: How much is read at a time, in bytes.
PIECE: Final = 1 << 18


@dataclass(slots=True)
class Version:
    """
    Which version of a file it is, as far as the server says.

    Attributes
    ----------
    url : str
        Where it is.
    etag, modified : str or None
        What the server calls it, and when it says it was changed.
    length : int or None
        How long it is.
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    length: int | None = None

    @property
    def validator(self) -> str | None:
        """What tells this version from others in a request for the rest of it."""
        weak = self.etag is not None and self.etag.startswith("W/")
        return self.modified if weak or not self.etag else self.etag

    def is_continued_by(self, headers: Message) -> bool:
        """Tell whether an answer with the rest may belong to this version."""
        pairs = ((self.etag, headers["ETag"]), (self.modified, headers["Last-Modified"]))
        return all(ours is None or theirs is None or ours == theirs for ours, theirs in pairs)


class Part:
    """
    The unfinished file, and the note beside it that says which version it is of.

    Parameters
    ----------
    path : Path
        The unfinished file.
    url : str
        Where it comes from.
    """

    def __init__(self, path: Path, url: str) -> None:
        self.path = path
        self.note = path.with_name(path.name + ".json")
        self.url = url
        self.size = 0
        self.hash = hashlib.sha256()
        self.version = Version(url)

    def take_up(self) -> None:
        """Go on with what is there, if it can be told which version it is of."""
        try:
            noted = json.loads(self.note.read_text(encoding="utf-8"))
            self.version = Version(**noted)
            size = self.path.stat().st_size
            known = self.version.url == self.url and self.version.validator is not None
            goes_on = known and 0 < size < (self.version.length or size + 1)
        except (OSError, ValueError, TypeError):
            goes_on = False
        if not goes_on:
            self.begin(Version(self.url))
            return
        with self.path.open("rb") as file:
            while piece := file.read(PIECE):
                self.hash.update(piece)
                self.size += len(piece)

    def begin(self, version: Version) -> None:
        """Start from nothing."""
        self.path.write_bytes(b"")
        self.size = 0
        self.hash = hashlib.sha256()
        self.version = version
        if version.validator is None:
            self.note.unlink(missing_ok=True)
        else:
            self.note.write_text(json.dumps(asdict(version)), encoding="utf-8")

    def drop(self) -> None:
        """Remove both."""
        for path in (self.path, self.note):
            with suppress(OSError):
                path.unlink()

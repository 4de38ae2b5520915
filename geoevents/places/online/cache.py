"""Answers that are kept, so that nobody asks twice."""

import contextlib
import sqlite3
from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Final

from geoevents.places.online.answers import dumped, loaded
from geoevents.places.online.clock import Clock
from geoevents.places.online.database import Database, files
from geoevents.places.online.options import cache_folder
from geoevents.places.place import Place

if TYPE_CHECKING:
    from pathlib import Path

_DAY_S: Final = 86_400.0
#: Some 100,000 towns, or 1,000 long rivers.
LARGEST_BYTES: Final = 500 * 2**20
#: Pruned to this share, so that it is not pruned each time.
_LEFT: Final = 0.8
_CHUNK: Final = 500


class Cache:
    """
    What online geocoders have answered, for all processes of this user.

    Parameters
    ----------
    folder : str or path, optional
        Where it is: by default the folder of the environment variable ``GEOEVENTS_CACHE``, or the
        user's cache folder.
    clock : Clock, optional
        Where the time comes from.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     stats = Cache(folder).stats()
    >>> stats["answers"], stats["unknown"]
    (0, 0)
    """

    def __init__(
        self, folder: str | PathLike[str] | None = None, *, clock: Clock | None = None
    ) -> None:
        self.folder: Path = cache_folder(folder)
        self._clock = clock or Clock()

    def stats(self) -> dict[str, Any]:
        """
        Say what is kept.

        Returns
        -------
        dict
            path, answers, unknown (names that a service did not know), expired, bytes, and oldest
            and newest in seconds since 1970, None if there are none.
        """
        with Database(self.folder) as database:
            row = database.write(
                lambda c: c.execute(
                    "SELECT count(nullif(answer, '[]')), count(*) - count(nullif(answer, '[]')),"
                    " count(CASE WHEN expires < ? THEN 1 END), min(stored), max(stored)"
                    " FROM answers",
                    (self._clock.wall(),),
                ).fetchone()
            )
            path = database.path
            size = database.write(used_bytes)
        names = ("answers", "unknown", "expired", "oldest", "newest")
        return {"path": str(path), "bytes": size, **dict(zip(names, row, strict=True))}

    def prune(self, largest_bytes: float = LARGEST_BYTES) -> int:
        """
        Remove what has expired and, if that is not enough, the oldest answers.

        Parameters
        ----------
        largest_bytes : float, optional
            How much may be kept.

        Returns
        -------
        int
            How many answers were removed.
        """
        with Database(self.folder) as database:
            return pruned(database, self._clock, largest_bytes)

    def clear(self) -> int:
        """
        Remove all answers, and files that are damaged.

        Returns
        -------
        int
            How many answers were removed.
        """
        with Database(self.folder) as database:
            count = database.write(lambda c: c.execute("DELETE FROM answers").rowcount)
            with contextlib.suppress(sqlite3.Error):
                # Without this the names could still be read in the file.
                database.read(lambda c: c.execute("VACUUM").fetchall())
                database.read(lambda c: c.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
        with contextlib.suppress(OSError):  # a folder that may not be entered
            for path in files(self.folder):
                with contextlib.suppress(OSError):
                    path.unlink()
        return count


def look_up(
    connection: sqlite3.Connection, key: str, now: float, days: tuple[float, float]
) -> list[Place] | None:
    """
    Look up an answer.

    Parameters
    ----------
    connection : sqlite3.Connection
        The database.
    key : str
        The question.
    now : float
        Seconds since 1970.
    days : tuple of float
        How long an answer counts, and how long it counts that there was none.

    Returns
    -------
    list of Place or None
        The answer; None if there is none that counts, or what is kept cannot be read.
    """
    row = connection.execute(
        "SELECT stored, expires, answer FROM answers WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        return None
    stored, expires, text = row
    try:
        until = min(expires, stored + days[text == "[]"] * _DAY_S)
        # Not from the future, by more than a clock is wrong.
        return loaded(text) if stored - _DAY_S <= now < until else None
    except (TypeError, ValueError):
        return None


def keep(
    connection: sqlite3.Connection,
    key: str,
    about: tuple[str, str],
    places: Sequence[Place],
    *,
    now: float,
    days: tuple[float, float],
) -> None:
    """
    Keep an answer.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.
    key : str
        The question.
    about : tuple of str
        Who was asked, and for what.
    places : sequence of Place
        The answer; empty if the name is unknown.
    now : float
        Seconds since 1970.
    days : tuple of float
        How long an answer counts, and how long it counts that there was none.
    """
    connection.execute(
        "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)",
        (key, *about, now, now + days[not places] * _DAY_S, dumped(places)),
    )


def used_bytes(connection: sqlite3.Connection) -> int:
    """
    Tell how much is kept.

    Parameters
    ----------
    connection : sqlite3.Connection
        The database.

    Returns
    -------
    int
        Bytes in use.
    """
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def pruned(database: Database, clock: Clock, largest_bytes: float = LARGEST_BYTES) -> int:
    """
    Remove what has expired and, if that is not enough, the oldest answers.

    Parameters
    ----------
    database : Database
        Where they are.
    clock : Clock
        The time.
    largest_bytes : float, optional
        How much may be kept.

    Returns
    -------
    int
        How many were removed.
    """

    def expired(connection: sqlite3.Connection) -> int:
        return connection.execute("DELETE FROM answers WHERE expires < ?", (clock.wall(),)).rowcount

    def oldest(connection: sqlite3.Connection) -> int:
        return connection.execute(
            "DELETE FROM answers WHERE key IN (SELECT key FROM answers ORDER BY stored LIMIT ?)",
            (_CHUNK,),
        ).rowcount

    count = database.write(expired)
    if database.write(used_bytes) > largest_bytes:
        while database.write(used_bytes) > _LEFT * largest_bytes:
            removed = database.write(oldest)
            count += removed
            if not removed:
                break
    with contextlib.suppress(sqlite3.Error):
        database.read(lambda c: c.execute("PRAGMA incremental_vacuum").fetchall())
    return count

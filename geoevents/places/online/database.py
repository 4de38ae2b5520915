"""
The SQLite file that processes share: answers, claims, and when each host may be asked.

It must survive ``kill -9``, a full disk and damage, and must never be why nothing is found: where
there is no file to write to, the same tables stand in memory.
"""

import atexit
import contextlib
import os
import sqlite3
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self, TypeVar

from geoevents.places.online.report import GeocoderWarning

_T = TypeVar("_T")

#: In the file's name, so that two versions of the library never fight for one file.
_FORMAT: Final = 1
_SCHEMA: Final = (
    """CREATE TABLE answers (key TEXT PRIMARY KEY, service TEXT NOT NULL, question TEXT NOT NULL,
    stored REAL NOT NULL, expires REAL NOT NULL, answer TEXT NOT NULL)""",
    "CREATE INDEX answers_stored ON answers (stored)",
    """CREATE TABLE claims (key TEXT PRIMARY KEY, pid INTEGER NOT NULL, started TEXT NOT NULL,
    token TEXT NOT NULL, taken REAL NOT NULL, lease REAL NOT NULL)""",
    """CREATE TABLE hosts (host TEXT PRIMARY KEY, last REAL NOT NULL, rest_from REAL NOT NULL,
    rest_for REAL NOT NULL, failures INTEGER NOT NULL, reason TEXT NOT NULL)""",
    f"PRAGMA user_version = {_FORMAT}",
)
#: SQLite waits in C, deaf to Ctrl-C, so it waits in short pieces.
_PIECE_S: Final = 0.2
_PATIENCE_S: Final = 30.0
#: Writes between checkpoints.
_CHECKPOINT: Final = 500
_MOST_DAMAGED: Final = 50
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
#: No such table is among them: the file is not ours any more.
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})


class Database:
    """
    The tables, in a file or in memory.

    Parameters
    ----------
    folder : pathlib.Path or None
        The folder of the file; None for memory, which all threads of the process share.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._connection: sqlite3.Connection | None = None
        self._unusable = folder is None
        self._writes = 0

    @property
    def path(self) -> Path | None:
        """The file, or None."""
        return self._path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def read(self, work: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """
        Look something up.

        Parameters
        ----------
        work : callable
            Takes the connection; None if there is nothing.

        Returns
        -------
        object
            What it returned.
        """
        found = self._do(work, write=False)
        if found is None and self._unusable and self._connection is not None:
            # A full disk can still be read.
            with contextlib.suppress(sqlite3.Error), self._lock:
                found = work(self._connection)
        return found

    def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """
        Do something in one transaction.

        Parameters
        ----------
        work : callable
            Takes the connection. It may be called again if the file turns out to be damaged.

        Returns
        -------
        object
            What it returned.
        """
        return self._do(work, write=True)

    def close(self) -> None:
        """Close the file. The last process to do so tidies it."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _do(self, work: Callable[[sqlite3.Connection], _T], *, write: bool) -> _T:
        while not self._unusable:
            try:
                with self._lock:
                    if self._connection is None:
                        self._open()
                    assert self._connection is not None  # noqa: S101 -- for the type checker
                    result = _patiently(self._connection, work, write=write)
                    self._writes += write
                    if write and self._writes % _CHECKPOINT == 0:
                        _checkpoint(self._connection)
                    return result
            except (sqlite3.Error, OSError) as error:
                self._fail(error)
        memory = _memory()
        with memory.lock:
            return _patiently(memory.connection, work, write=write)

    def _open(self) -> None:
        assert self._folder is not None  # noqa: S101 -- else it is unusable from the start
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = _current(self._folder)
        with contextlib.suppress(FileExistsError):
            self._path.touch(mode=0o600, exist_ok=False)  # names of places are nobody else's
        connection = sqlite3.connect(
            self._path, timeout=_PIECE_S, isolation_level=None, check_same_thread=False
        )
        try:
            _patiently(connection, _set_up, write=False)
            _patiently(connection, _make_tables, write=True)
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def _fail(self, error: sqlite3.Error | OSError) -> None:
        if self._looks_damaged(error):
            assert self._path is not None  # noqa: S101 -- for the type checker
            self.close()
            try:
                # Renaming or removing a file that others have open breaks it for them, so it
                # stays where it is, marked, and everybody goes on to the next.
                _mark(self._path).touch()
            except OSError as failure:
                error = failure
            else:
                warnings.warn(
                    f"{self._path} is damaged ({error}): it is set aside, and a new file begun. "
                    "What it held is asked again",
                    GeocoderWarning,
                    stacklevel=6,
                )
                return
        self._unusable = True
        # Only the words: the file that was tried first says nothing to the user.
        why = getattr(error, "strerror", None) or error
        warnings.warn(
            f"answers of online geocoders cannot be kept in {self._folder} ({why}): those of "
            "this call are not, and other processes are not waited for. Set GEOEVENTS_CACHE to a "
            "folder that can be written to",
            GeocoderWarning,
            stacklevel=6,
        )

    def _looks_damaged(self, error: sqlite3.Error | OSError) -> bool:
        code = getattr(error, "sqlite_errorcode", None)
        if not isinstance(code, int) or code & 0xFF not in _DAMAGED or self._path is None:
            return False
        # Another user's may be sound: who may not read it cannot tell.
        return os.access(self._path, os.R_OK)


def files(folder: Path) -> list[Path]:
    """
    List the files that are not in use: damaged ones.

    Parameters
    ----------
    folder : pathlib.Path
        Where.

    Returns
    -------
    list of pathlib.Path
        Without their marks, which say that they are not to be used again.
    """
    return [
        path
        for number in range(1, _MOST_DAMAGED + 1)
        for path in folder.glob(_name(number) + "*")
        if _mark(folder / _name(number)).exists() and path.suffix != ".damaged"
    ]


def _name(number: int) -> str:
    return f"online-{_FORMAT}{f'.{number}' if number > 1 else ''}.sqlite"


def _mark(path: Path) -> Path:
    return path.with_name(path.name + ".damaged")


def _current(folder: Path) -> Path:
    for number in range(1, _MOST_DAMAGED + 1):
        path = folder / _name(number)
        if not _mark(path).exists():
            return path
    raise OSError(f"{_MOST_DAMAGED} damaged files: remove them")


def _patiently(
    connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], _T], *, write: bool
) -> _T:
    """Do it, again and again while another process holds the lock."""
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return _transaction(connection, work) if write else work(connection)
        except sqlite3.OperationalError as error:
            code = getattr(error, "sqlite_errorcode", 0)
            if code & 0xFF not in _BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)  # where SQLite itself does not wait: when the mode is changed


def _transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], _T]) -> _T:
    try:
        if connection.in_transaction:  # Ctrl-C came just before
            connection.execute("ROLLBACK")
        # Not the default, which would begin as a reader and could then not become a writer.
        connection.execute("BEGIN IMMEDIATE")
        result = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        raise
    return result


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")
    # A power cut may cost the last answers, not the file.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA trusted_schema = OFF")
    # Before 3.51.3 a checkpoint beside a writer can, very rarely, break the file; see _checkpoint.
    connection.execute("PRAGMA wal_autocheckpoint = 0")


def _make_tables(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == _FORMAT:
        return
    if version or connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        error = sqlite3.DatabaseError("it holds something else")
        error.sqlite_errorcode = sqlite3.SQLITE_NOTADB
        raise error
    for statement in _SCHEMA:
        connection.execute(statement)


def _checkpoint(connection: sqlite3.Connection) -> None:
    """Write the log into the file; this kind of checkpoint holds the writers' lock."""
    with contextlib.suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout = 2000")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute(f"PRAGMA busy_timeout = {int(_PIECE_S * 1000)}")


class _Memory:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        _transaction(self.connection, _make_tables)
        atexit.register(self.connection.close)


_MEMORIES: Final[dict[int, _Memory]] = {}
_MEMORIES_LOCK: Final = threading.Lock()


def _memory() -> _Memory:
    with _MEMORIES_LOCK:
        return _MEMORIES.setdefault(os.getpid(), _MEMORIES.get(os.getpid()) or _Memory())

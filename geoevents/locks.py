"""Locks: one process, and one thread, at a time."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

_WAIT_S: Final = 0.1


@contextmanager
def alone(path: str | os.PathLike[str], *, wait_s: float = 0.0) -> Iterator[bool]:
    """
    Hold a lock that one process, and one thread, can have at a time.

    Parameters
    ----------
    path : path-like
        The lock's file, made and removed here. The system lets go of it if the process dies.
    wait_s : float, default 0
        How long to wait for another to let go.

    Yields
    ------
    bool
        Whether the lock is ours.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     lock = Path(folder, "a.lock")
    ...     with alone(lock) as first, alone(lock) as second:
    ...         print(first, second)
    True False
    """
    end = time.monotonic() + wait_s
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        locked = _try_lock(handle)
        # Whoever had it may have removed the file since we opened it.
        if locked and _is_at(handle, path):
            break
        os.close(handle)
        if not locked and time.monotonic() >= end:
            yield False
            return
        if not locked:
            time.sleep(_WAIT_S)
    try:
        yield True
    finally:
        with suppress(OSError):  # Windows does not remove what is open
            os.unlink(path)  # noqa: PTH108 -- a handle stays open on it
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        import fcntl  # noqa: PLC0415 -- not on Windows
    except ImportError:  # pragma: no cover -- Windows
        import msvcrt  # noqa: PLC0415 -- only on Windows

        lock: Any = msvcrt
        try:
            lock.locking(handle, lock.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(handle: int, path: str | os.PathLike[str]) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))  # noqa: PTH116 -- as fstat
    except OSError:
        return False

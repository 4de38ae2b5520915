"""
Who is asking for a name at this moment: others wait for the answer instead of asking too.

A claim is a row with the process that asks. It goes with the answer; if the process dies first,
the next one sees that and takes over.
"""

import os
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_LIVE: Final[set[str]] = set()
_LOCK: Final = threading.Lock()
#: In /proc/PID/stat, behind the name: the state, and when the process was started.
_STATE, _STARTED = 0, 19


@contextmanager
def token() -> Iterator[str]:
    """
    Name a batch, for as long as it runs.

    Yields
    ------
    str
        A name that no other batch has.
    """
    name = uuid.uuid4().hex
    with _LOCK:
        _LIVE.add(name)
    try:
        yield name
    finally:
        with _LOCK:
            _LIVE.discard(name)


def claim(connection: sqlite3.Connection, key: str, owner: str, now: float, lease_s: float) -> bool:
    """
    Claim a question, unless somebody alive has.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.
    key : str
        The question.
    owner : str
        The batch's token.
    now : float
        The steady clock.
    lease_s : float
        After so many seconds the claim counts no more, even if its process lives.

    Returns
    -------
    bool
        Whether it is ours now.
    """
    if claimed(connection, key, owner, now):
        return False
    connection.execute(
        "INSERT OR REPLACE INTO claims VALUES (?, ?, ?, ?, ?, ?)",
        (key, os.getpid(), started(os.getpid()) or "", owner, now, lease_s),
    )
    return True


def claimed(connection: sqlite3.Connection, key: str, owner: str, now: float) -> bool:
    """
    Tell whether another batch that is alive is asking this question.

    Parameters
    ----------
    connection : sqlite3.Connection
        The database.
    key : str
        The question.
    owner : str
        The batch's token.
    now : float
        The steady clock.

    Returns
    -------
    bool
        Whether to wait for its answer.
    """
    row = connection.execute(
        "SELECT pid, started, token, taken, lease FROM claims WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        return False
    pid, began, name, taken, lease = row
    if name == owner or not 0 <= now - taken < lease:  # less than 0: before the machine started
        return False
    if pid == os.getpid() and began == (started(pid) or ""):
        return name in _LIVE
    return _lives(pid, began)


def release(connection: sqlite3.Connection, owner: str, key: str | None = None) -> None:
    """
    Give up claims.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.
    owner : str
        The batch's token.
    key : str, optional
        The question; all of the batch if left out.
    """
    if key is None:
        connection.execute("DELETE FROM claims WHERE token = ?", (owner,))
    else:
        connection.execute("DELETE FROM claims WHERE key = ? AND token = ?", (key, owner))


def started(pid: int) -> str | None:
    """
    Tell when a process was started, which with its number names it for good.

    Parameters
    ----------
    pid : int
        Its number.

    Returns
    -------
    str or None
        Boot, namespace and time; None if there is no such process, or no way to tell.
    """
    try:
        # The name is in parentheses, and may hold some itself.
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        if fields[_STATE] in "ZX":  # dead, but its parent has not looked
            return None
        return f"{_boot()}/{fields[_STARTED]}"
    except (OSError, IndexError):
        return None


def _boot() -> str:
    boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    return f"{boot}/{Path('/proc/self/ns/pid').readlink()}"


def _lives(pid: int, began: str) -> bool:
    if began:
        # One of another container, whose processes are not to be seen from here, has its lease.
        try:
            unseen = began.rpartition("/")[0] != _boot()
        except OSError:
            unseen = True
        return unseen or started(pid) == began
    if os.name != "posix":  # on Windows this call would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True

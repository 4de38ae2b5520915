"""
When a host may be asked: its minimum delay, its wishes (Retry-After), and rest after failures.

One row for each host, read and written in one transaction, so that all threads and processes of
the machine keep to it together. Times are of the steady clock, and a wait is never longer than
what was written beside it: a clock that was set, or a machine that was started again, stalls
nobody.
"""

import sqlite3
from dataclasses import dataclass
from typing import Final

from geoevents.places.online.clock import Clock
from geoevents.places.online.faults import Fault

_LONGEST_BACKOFF_S: Final = 60.0
_LONGEST_REST_S: Final = 3600.0
_NEVER: Final = -1.0


@dataclass(frozen=True, slots=True)
class Manners:
    """
    How to treat a host.

    Attributes
    ----------
    delay_s : float
        Least time between the starts of two requests.
    backoff_s : float
        After a failure the wait is random, from 0 to this; twice as much after each further one.
    failures : int
        After so many in a row it is left alone.
    rest_s : float
        For how long; twice as long after each further failure.
    trial_s : float
        How long others wait for the one request that then tries whether it is back.
    """

    delay_s: float
    backoff_s: float
    failures: int
    rest_s: float
    trial_s: float


@dataclass(frozen=True, slots=True)
class Wait:
    """
    Not now.

    Attributes
    ----------
    seconds : float
        When to come again.
    reason : str
        Why; empty if it is only the delay between two requests.
    """

    seconds: float
    reason: str


def start(connection: sqlite3.Connection, host: str, manners: Manners, now: float) -> Wait | None:
    """
    Take the next time slot of a host, if it is now.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.
    host : str
        The host.
    manners : Manners
        How to treat it.
    now : float
        The steady clock.

    Returns
    -------
    Wait or None
        None: go, and tell `succeed` or `fail` what came of it.
    """
    last, rest_from, rest_for, failures, reason = _row(connection, host)
    if 0 <= now - rest_from < rest_for:
        return Wait(rest_for - (now - rest_from), reason)
    if last > now:  # the machine has been started again
        _set(connection, host, "last = ?", now)
        return Wait(manners.delay_s, "")
    if last != _NEVER and now - last < manners.delay_s:
        return Wait(manners.delay_s - (now - last), "")
    _set(connection, host, "last = ?", now)
    if failures >= manners.failures:
        _set(
            connection,
            host,
            "rest_from = ?, rest_for = ?, reason = ?",
            now,
            manners.trial_s,
            f"{host} failed {failures} times in a row and is being tried again",
        )
    return None


def succeed(connection: sqlite3.Connection, host: str) -> None:
    """
    Note that a host has answered.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.
    host : str
        The host.
    """
    _row(connection, host)
    _set(connection, host, "failures = 0, rest_for = 0, reason = ''")


def fail(
    connection: sqlite3.Connection, host: str, manners: Manners, fault: Fault, clock: Clock
) -> None:
    """
    Note that a host has failed: it is left alone for a while.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.
    host : str
        The host.
    manners : Manners
        How to treat it.
    fault : Fault
        What went wrong, and how long the host wants to be left alone.
    clock : Clock
        The time.
    """
    _, rest_from, rest_for, failures, reason = _row(connection, host)
    if failures >= manners.failures:
        rest_for = 0.0  # the trial is over
    failures += 1
    growth = 2.0 ** min(failures - 1, 30)
    wait = clock.jitter(0.0, min(_LONGEST_BACKOFF_S, manners.backoff_s * growth))
    why = f"{host} failed"
    if failures >= manners.failures:
        growth = 2.0 ** min(failures - manners.failures, 30)
        wait = max(wait, min(_LONGEST_REST_S, manners.rest_s * growth))
        why = f"{host} failed {failures} times in a row and is left alone"
    if fault.wait_s is not None and fault.wait_s > wait:
        wait, why = fault.wait_s, f"{host} wants to be left alone"
    now = clock.steady()
    left = rest_for - (now - rest_from) if now >= rest_from else 0.0
    if left > wait:  # what another process was told still holds
        wait, why = left, reason
    _set(
        connection,
        host,
        "failures = ?, rest_from = ?, rest_for = ?, reason = ?",
        failures,
        now,
        wait,
        f"{why} ({fault.reason})" if why != reason else why,
    )


def _row(connection: sqlite3.Connection, host: str) -> tuple[float, float, float, int, str]:
    connection.execute(
        "INSERT OR IGNORE INTO hosts VALUES (?, ?, 0, 0, 0, '')",
        (host, _NEVER),
    )
    row: tuple[float, float, float, int, str] = connection.execute(
        "SELECT last, rest_from, rest_for, failures, reason FROM hosts WHERE host = ?", (host,)
    ).fetchone()
    return row


def _set(connection: sqlite3.Connection, host: str, what: str, *values: object) -> None:
    connection.execute(f"UPDATE hosts SET {what} WHERE host = ?", (*values, host))  # noqa: S608

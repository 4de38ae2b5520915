"""Asking for many names: from the cache, else one request at a time, until the time is over."""

import sqlite3
import unicodedata
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from geoevents.errors import shown
from geoevents.places.names import LONGEST
from geoevents.places.online.cache import LARGEST_BYTES, keep, look_up, pruned, used_bytes
from geoevents.places.online.claims import claim, claimed, release, token
from geoevents.places.online.database import Database
from geoevents.places.online.options import Online
from geoevents.places.online.politeness import Manners, Wait, fail, start, succeed
from geoevents.places.online.report import Report
from geoevents.places.online.wanted import Wanted
from geoevents.places.place import Place

#: How often to look whether another process has its answer, or a host is back.
_LOOK_S: Final = 0.05
_LOOK_AGAIN_S: Final = 0.5
_SHORTEST_S: Final = 0.001
#: A claim outlives its request by this, for the answer to be kept.
_GRACE_S: Final = 30.0
_LONGEST_CALL_S: Final = 300.0
#: Control characters and halves of characters.
_UNSENT: Final = ("Cc", "Cs")


def ask(
    services: Any, names: Sequence[str], asked: Wanted | None = None
) -> tuple[list[Place | None], Report]:
    """
    Ask online geocoders, in order, for each name.

    Parameters
    ----------
    services : Online, or object, or sequence of objects
        Whom to ask; see `Online`.
    names : sequence of str
        What to ask for.
    asked : Wanted, optional
        What else is asked for.

    Returns
    -------
    list of Place or None
        The first answer to each name that will do.
    Report
        How many, which are missing, and why.

    Raises
    ------
    GeoeventsError
        If a service is not a geocoder, or does not learn who asks.
    """
    online = services if isinstance(services, Online) else Online(services)
    with Database(online.folder) as database, token() as owner:
        batch = _Batch(online, asked or Wanted(), database, owner)
        try:
            return batch.run(names), batch.report
        finally:
            batch.close()


# ---------------------------------------------------------------------- the batch


@dataclass(slots=True)
class _Task:
    """One question, which several rows may have."""

    name: str
    question: str
    at: int = 0
    tries: int = 0
    sent: bool = False
    failures: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    place: Place | None = None


class _Batch:
    def __init__(self, online: Online, asked: Wanted, shared: Database, owner: str) -> None:
        from geoevents.places.online.geocoders import services_of  # noqa: PLC0415 -- loads geopy

        self._online, self._wanted, self._shared, self._owner = online, asked, shared, owner
        self._services = services_of(online)
        self._memory = Database(None)
        self._clock = online.clock
        self._until = self._clock.steady() + online.time_limit_s
        self._given_up: dict[int, str] = {}
        self._days = (online.keep_days, online.keep_unknown_days)
        self._claims = False
        self._kept = 0
        self._all = 0
        self.report = Report([service.label for service in self._services])

    def run(self, names: Sequence[str]) -> list[Place | None]:
        from geoevents.places.online.geocoders import question_of  # noqa: PLC0415

        tasks: dict[str, _Task] = {}
        questions = [question_of(name) for name in names]
        for name, question in zip(names, questions, strict=True):
            tasks.setdefault(question, _Task(name, question))
        self._all = len(tasks)
        self.report.asked = len(tasks)
        queue: deque[_Task] = deque()
        for task in tasks.values():
            why = _unfit(task.name)
            if why:
                task.at = len(self._services)
                task.unknown.append(why)
            self._settle_from_cache(task)
            if task.place is None and task.at < len(self._services):
                queue.append(task)
        self._tell(len(queue))
        idle = 0
        while queue:
            task = queue.popleft()
            came = self._advance(task)
            if task.place is None and task.at < len(self._services):
                if came == "pause":
                    queue.appendleft(task)
                else:
                    queue.append(task)
                idle = idle + 1 if came == "claimed" else 0
                if idle >= len(queue):  # others are asking for all that is left
                    self._clock.sleep(_LOOK_S)
                    idle = 0
            else:
                idle = 0
                self._tell(len(queue))
        for task in tasks.values():
            self._count(task)
        return [tasks[question].place for question in questions]

    def close(self) -> None:
        """Leave no claim behind, and not too much kept."""
        owner, clock = self._owner, self._clock
        if self._claims:
            self._shared.write(lambda c: release(c, owner))
        if self._kept and self._shared.write(used_bytes) > LARGEST_BYTES:
            pruned(self._shared, clock)

    def _tell(self, left: int) -> None:
        if self._online.progress is not None:
            self._online.progress(1.0 - left / self._all if self._all else 1.0)

    def _count(self, task: _Task) -> None:
        report = self.report
        if task.place is not None:
            report.answered += 1
            report.from_cache += not task.sent
        else:
            why = "; ".join((*task.failures, *task.unknown))
            report.missing[task.name] = why
            if task.failures:
                report.failed[task.name] = why

    # ------------------------------------------------------------------ one question

    def _key(self, task: _Task) -> str | None:
        if self._online.cache is False:
            return None
        return self._services[task.at].key(task.question, self._wanted)

    def _database(self, task: _Task) -> Database:
        """Return ours alone for a function: what two programs call "lookup" is not the same."""
        return self._shared if self._services[task.at].base is not None else self._memory

    def _settle_from_cache(self, task: _Task) -> None:
        while task.place is None and task.at < len(self._services):
            key = self._key(task)
            if key is None:
                return
            now, days = self._clock.wall(), self._days
            places = self._database(task).read(lambda c: look_up(c, key, now, days))  # noqa: B023
            if places is None:
                return
            self._take(task, places)

    def _advance(self, task: _Task) -> Literal["pause", "claimed", "moved"]:
        """Try to get one answer; tell whether it is still its turn, or somebody else has it."""
        service = self._services[task.at]
        left = self._until - self._clock.steady()
        if task.at in self._given_up:
            self._miss(task, f"{service.label} is not asked any more: {self._given_up[task.at]}")
            return "moved"
        if left <= 0:
            limit = self._online.time_limit_s
            self._miss(task, f"not asked: the time limit of {limit:g} s was over")
            return "moved"
        turn = self._database(task).write(self._turn(task))
        if isinstance(turn, list):
            self._take(task, turn)
            return "moved"
        if turn == "claimed":
            return "claimed"
        if isinstance(turn, Wait):
            self._wait(task, turn, left)
            # While a host rests, names that are asked elsewhere go on.
            return "moved" if turn.reason else "pause"
        self._send(task, left)
        return "moved"

    def _turn(self, task: _Task) -> Callable[[sqlite3.Connection], Any]:
        """Make the one transaction that decides: known, being asked for, wait, or go."""
        service, key = self._services[task.at], self._key(task)
        self._claims = self._claims or key is not None
        manners, owner = self._manners(task), self._owner
        wall, steady = self._clock.wall(), self._clock.steady
        lease = (_LONGEST_CALL_S if service.timeout_s is None else service.timeout_s) + _GRACE_S

        def turn(connection: sqlite3.Connection) -> Any:
            # Under the lock: the time now, not when the lock was asked for.
            now = steady()
            if key is not None:
                known = look_up(connection, key, wall, self._days)
                if known is not None:
                    return known
                if claimed(connection, key, owner, now):
                    return "claimed"
            wait = start(connection, service.host, manners, now)
            if wait is None and key is not None:
                claim(connection, key, owner, now, lease)
            return wait

        return turn

    def _wait(self, task: _Task, wait: Wait, left: float) -> None:
        service = self._services[task.at]
        if wait.reason and wait.seconds > self._online.patience_s:
            self._miss(task, f"{wait.reason}; not asked for another {wait.seconds:.0f} s")
            return
        # A host that rests may be back sooner, if another process has tried.
        pause = min(wait.seconds, _LOOK_AGAIN_S) if wait.reason else wait.seconds
        if pause > left:
            limit = self._online.time_limit_s
            why = wait.reason or f"{service.host} is asked every {service.delay_s:g} s"
            self._miss(task, f"not asked: the time limit of {limit:g} s was over ({why})")
            return
        self._clock.sleep(max(pause, _SHORTEST_S))

    def _send(self, task: _Task, left: float) -> None:
        service, key = self._services[task.at], self._key(task)
        database, manners, clock = self._database(task), self._manners(task), self._clock
        self.report.requests += 1
        task.sent = True
        try:
            places = service.ask(task.name, self._wanted, left)
        except Exception as error:  # noqa: BLE001 -- whatever a service of the user's raises
            from geoevents.places.online.faults import fault_of  # noqa: PLC0415 -- loads geopy

            fault = fault_of(error)

            def failed(connection: sqlite3.Connection) -> None:
                if key is not None:
                    release(connection, self._owner, key)
                if fault.host or fault.wait_s:
                    fail(connection, service.host, manners, fault, clock)
                else:
                    succeed(connection, service.host)

            database.write(failed)
            task.tries += 1
            if fault.final:
                self._given_up.setdefault(task.at, fault.reason)
            if fault.final or not fault.again or task.tries > self._online.retries:
                self._miss(
                    task,
                    f"{service.label} failed when asked for {shown(task.name, 80)}: {fault.reason}",
                )
            return

        def answered(connection: sqlite3.Connection) -> None:
            if key is not None:
                about = (service.label, task.question)
                keep(connection, key, about, places, now=clock.wall(), days=self._days)
                release(connection, self._owner, key)
            succeed(connection, service.host)

        database.write(answered)
        self._kept += key is not None
        self._take(task, places)

    def _manners(self, task: _Task) -> Manners:
        online, service = self._online, self._services[task.at]
        return Manners(
            delay_s=service.delay_s,
            backoff_s=online.backoff_s,
            failures=int(online.failures),
            rest_s=online.rest_s,
            trial_s=(online.timeout_s if service.timeout_s is None else service.timeout_s) + 1.0,
        )

    def _take(self, task: _Task, places: list[Place]) -> None:
        task.place = self._wanted.chosen(places)
        if task.place is None:
            label = self._services[task.at].label
            why = self._wanted.refused(places) if places else "does not know it"
            task.unknown.append(f"{label} {why}")
            self._next(task)

    def _miss(self, task: _Task, why: str) -> None:
        task.failures.append(why)
        self._next(task)

    def _next(self, task: _Task) -> None:
        task.at += 1
        task.tries = 0
        self._settle_from_cache(task)


def _unfit(name: str) -> str:
    """Say why a text is not sent to anybody."""
    if not name.strip():
        return "there is nothing to ask for"
    if len(name) > LONGEST:
        return f"not asked: a name of more than {LONGEST} characters is no name"
    if any(unicodedata.category(sign) in _UNSENT for sign in name if not sign.isspace()):
        return "not asked: it holds signs that cannot be sent"
    return ""

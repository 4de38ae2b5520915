"""The time, and waiting: one object, so that tests need not wait."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """
    Where the time comes from.

    Attributes
    ----------
    wall : callable
        Seconds since 1970: how old an answer is.
    steady : callable
        Seconds on a clock that nobody sets and that all processes of the machine share, since it
        was started: when a request may start.
    sleep : callable
        Waits so many seconds.
    jitter : callable
        A random number between two.
    """

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[float, float], float] = random.uniform

"""
A process that makes processes that ask, so that each need not import everything again.

On each line of its input is a list of jobs: it starts them and prints the numbers of their
processes. On an empty line it waits for all, and prints how they ended.
"""

# ruff: noqa: T201 -- what it prints is read

import json
import os
import sys
import warnings
from pathlib import Path

# Load what is imported late, geopy among it.
import geoevents.places.online.faults
import geoevents.places.online.geocoders  # noqa: F401
from geoevents.places.online import Online, ask


def work(*, server, agent, cache, delay_s, names, result):
    warnings.simplefilter("error")
    online = Online("nominatim", server=server, user_agent=agent, delay_s=delay_s, cache=cache)
    places, report = ask(online, names)
    told = [[place and place.name for place in places], report.as_dict()]
    Path(result).write_text(json.dumps(told), encoding="utf-8")


def start(job):
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work(**job)
        code = 0
    except KeyboardInterrupt:
        code = 130
    finally:
        os._exit(code)


if __name__ == "__main__":
    running = []
    for line in sys.stdin:
        if line.strip():
            started = [start(job) for job in json.loads(line)]
            running += started
            print(json.dumps(started), flush=True)
        else:
            ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in running]
            running = []
            print(json.dumps(ends), flush=True)

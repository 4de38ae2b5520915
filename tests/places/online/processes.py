"""Starting processes that ask, and reading what came of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

WORKER = Path(__file__).parent / "worker.py"


def agent(label):
    return f"Worker {label} of geoevents, tests@geoevents.net"


class Workers:
    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def _say(self, line):
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def start(self, server, folder, delay_s, jobs):
        """Start a process for each label, with the names it asks for."""
        common = {"server": server.url, "cache": str(folder), "delay_s": delay_s}
        return self._say(
            json.dumps(
                [
                    common
                    | {"agent": agent(label), "names": names, "result": f"{folder}-{label}.json"}
                    for label, names in jobs.items()
                ]
            )
        )

    def wait(self):
        return self._say("")


def result(folder, label):
    return json.loads(Path(f"{folder}-{label}.json").read_text(encoding="utf-8"))

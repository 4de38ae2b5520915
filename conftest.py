"""
The whole run knows no gazetteers and no cached answers but its own, and no example has a deadline.

Nor does it look for garbage among the tests themselves.

Set when pytest reads this file, before geoevents is used, so that child processes inherit it too.
"""

import gc
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# What takes long on a busy machine is not wrong.
settings.register_profile("geoevents", deadline=None)
settings.load_profile("geoevents")

_FOLDER = tempfile.TemporaryDirectory(prefix="geoevents-tests-")

for variable, name in (("GEOEVENTS_GAZETTEERS", "gazetteers"), ("GEOEVENTS_CACHE", "cache")):
    Path(_FOLDER.name, name).mkdir()
    os.environ[variable] = str(Path(_FOLDER.name, name))

# Thousands of tests are made and none is thrown away: whoever looks for garbage among them, now or
# while they run, finds none and takes a tenth of the time.
gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop():
    gc.freeze()
    gc.enable()


def pytest_xdist_auto_num_workers():
    """One more than there are processors: the browser's tests wait much of their time."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None  # xdist reads it
    return (os.cpu_count() or 1) + 1


def pytest_unconfigure():
    _FOLDER.cleanup()

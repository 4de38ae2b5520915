"""
The whole run knows no gazetteers and no cached answers but its own, and no example has a deadline.

Set when pytest reads this file, before geoevents is used, so that child processes inherit it too.
"""

import os
import tempfile
from pathlib import Path

from hypothesis import settings

# What takes long on a busy machine is not wrong.
settings.register_profile("geoevents", deadline=None)
settings.load_profile("geoevents")

_FOLDER = tempfile.TemporaryDirectory(prefix="geoevents-tests-")

for variable, name in (("GEOEVENTS_GAZETTEERS", "gazetteers"), ("GEOEVENTS_CACHE", "cache")):
    Path(_FOLDER.name, name).mkdir()
    os.environ[variable] = str(Path(_FOLDER.name, name))


def pytest_unconfigure():
    _FOLDER.cleanup()

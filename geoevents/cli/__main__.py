"""The command line, run as a module."""

import sys

from geoevents.cli import main

sys.exit(main())

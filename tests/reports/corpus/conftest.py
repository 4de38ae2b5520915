"""Let the tests import the scorer, which stands beside the benchmarks."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / "benchmarks"))

"""Every example on the page about territory runs, and prints or raises what the page shows."""

import contextlib
import io
import re
import warnings
from pathlib import Path

import pytest

from geoevents import GeoeventsError
from geoevents.territory import RepairWarning

PAGE = Path(__file__).parents[2] / "docs" / "territory.md"
BLOCKS = re.findall(
    r"```python\n(.*?)```\n(?:\n```text\n(.*?)```)?", PAGE.read_text(encoding="utf-8"), re.DOTALL
)


def outcome(code: str, names: dict) -> str:
    """Run a block; give what it prints, raises or warns of."""
    printed = io.StringIO()
    with warnings.catch_warnings(record=True) as told, contextlib.redirect_stdout(printed):
        warnings.simplefilter("ignore")  # GEOS itself warns of NaN
        warnings.simplefilter("always", RepairWarning)
        try:
            exec(code, names)  # noqa: S102 -- the page's own code
        except GeoeventsError as error:
            return f"{type(error).__name__}: {error}"
    if told:
        return f"RepairWarning: {told[0].message}"
    return printed.getvalue()


def test_the_page_shows_what_its_examples_do() -> None:
    names: dict = {}
    for code, shown in BLOCKS:
        lines = [line.rstrip() for line in outcome(code, names).strip().splitlines()]
        assert "\n".join(lines) == shown.strip(), code


@pytest.mark.parametrize("kind", ["GeoeventsError", "GeometryError", "OverlapError"])
def test_ten_kinds_of_bad_input_are_shown(kind: str) -> None:
    shown = [text for _, text in BLOCKS if re.match(r"\w+(Error|Warning): ", text)]
    assert len(shown) >= 10
    assert any(text.startswith(kind) for text in shown)

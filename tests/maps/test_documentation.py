"""The code in the documentation of maps runs as it stands."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "maps.md"


@pytest.mark.skipif(not PAGE.exists(), reason="needs the documentation beside the tests")
def test_the_code_on_the_page_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    for block in blocks:
        exec(block, names)  # noqa: S102 -- our own page
    assert len(blocks) == 2
    assert names["events"]["problem"].isna().all()
    assert (tmp_path / "map.html").stat().st_size > 100_000

"""The code on the page about formats runs as it stands."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"

pytestmark = pytest.mark.skipif(
    not PAGE.exists(), reason="needs the documentation beside the tests"
)


def test_the_code_on_the_page_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("events.csv").write_text(
        "event_type,start,locality\nsiege,2017-09-05,in the city of Deir Ezzor\n", encoding="utf-8"
    )
    names = {}
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    for block in blocks:
        exec(block, names)  # noqa: S102 -- our own page
    assert len(blocks) == 3
    assert names["again"]["event_type"].tolist() == ["siege"]
    assert names["frame"].geometry.equals(names["events"].geometry)
    assert names["bridges"][["name", "begin", "folder"]].to_numpy().tolist() == [
        ["Bridge", "2017-09-16", "North"]
    ]


def test_every_suffix_is_on_the_page():
    from geoevents.io.writing import _WRITERS  # noqa: PLC0415 -- private, for this alone

    table = PAGE.read_text("utf-8").split("## What each keeps")[0]
    assert set(re.findall(r"`(\.\w+)`", table)) == set(_WRITERS)

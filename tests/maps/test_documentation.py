"""The code in the documentation of maps runs as it stands."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "maps.md"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

pytestmark = pytest.mark.skipif(
    not PAGE.exists(), reason="needs the documentation beside the tests"
)


def test_the_code_on_the_page_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    for block in blocks:
        exec(block, names)  # noqa: S102 -- our own page
    assert len(blocks) == 4
    assert names["events"]["problem"].isna().all()
    assert (tmp_path / "map.html").stat().st_size > 100_000
    assert names["read"]["spans"].notna().all()
    assert (tmp_path / "report.html").stat().st_size > 100_000


def commands():
    """The blocks of the way from a spreadsheet to a map: kind, code, and the note above each."""
    page = (DOCS / "publish.md").read_text("utf-8")
    return re.findall(r"(?:<!-- ([^>]*) -->\n)?```(sh|python)\n(.*?)```", page, re.DOTALL)


def test_from_a_spreadsheet_to_a_published_map(tmp_path):
    """Each command of the page, in order, in an empty folder."""
    printed = ""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for note, kind, code in commands():
        if note.startswith("not run"):
            continue
        if note == "needs a browser" and not any(map(shutil.which, BROWSERS)):
            continue
        shell = ["bash", "-euo", "pipefail", "-c"] if kind == "sh" else [sys.executable, "-c"]
        run = subprocess.run(
            [*shell, code],
            cwd=tmp_path,
            env={**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8"},
            check=False,
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, code + run.stderr
        printed += run.stdout + run.stderr
    assert "map.html: 4 events, 3 on the map" in printed
    assert "not on the map: " in printed
    assert "map.html: 4 events, 4 on the map" in printed
    page = (tmp_path / "map.html").read_text("utf-8")
    assert "<title>East of the Euphrates</title>" in page


def test_every_page_is_listed():
    listed = (DOCS / "README.md").read_text("utf-8")
    pages = {path.name for path in DOCS.glob("*.md")} - {"README.md"}
    assert pages == set(re.findall(r"\]\((\w[\w-]*\.md)\)", listed)) & pages

"""The pages about sources run as they stand, and their tables are those of the code."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geoevents.events.sources import acled, cameo, gdelt, guessing, ucdp

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "docs" / "sources"
BEFORE = """
import warnings
warnings.simplefilter("error")
warnings.simplefilter("ignore", UserWarning)  # what was guessed or assumed
"""


def page(name):
    return (PAGES / name).read_text("utf-8")


def rows(text):
    """Give the rows of a page's tables, as lists of cells."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def run(code, folder):
    (folder / "examples").symlink_to(ROOT / "examples")
    return subprocess.run(
        [sys.executable, "-B", "-c", BEFORE + code],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("README.md", "ucdp\n"),
        ("acled.md", "assumed"),
        ("ucdp.md", "3 of 6 events are known to 25 km\n"),
        ("gdelt.md", "air strike"),
        ("tables.md", "['bombing', 'armed clash']\n"),
    ],
)
def test_every_block_runs(name, printed, tmp_path):
    blocks = re.findall(r"```python\n(.*?)```", page(name), re.DOTALL)
    result = run("\n".join(blocks), tmp_path)
    assert result.returncode == 0, result.stderr
    assert printed in result.stdout


def test_links_lead_somewhere():
    readmes = [ROOT / "examples" / name / "README.md" for name in ("acled_shaped", "ucdp_shaped")]
    for path in [*PAGES.glob("*.md"), *readmes]:
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", path.read_text("utf-8"))
        assert links
        assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_page_is_in_the_index():
    linked = set(re.findall(r"\]\((\w+\.md)\)", page("README.md")))
    assert linked == {path.name for path in PAGES.glob("*.md")} - {"README.md"}


@pytest.mark.parametrize(
    ("name", "heading", "table"),
    [
        ("acled.md", "`geo_precision`", acled.UNCERTAINTY_M),
        ("ucdp.md", "`where_prec`", ucdp.UNCERTAINTY_M),
        ("gdelt.md", "`ActionGeo_Type`", gdelt.UNCERTAINTY_M),
    ],
)
def test_metres_of_the_pages_are_those_of_the_code(name, heading, table):
    cells = rows(page(name))
    first = max(at for at, row in enumerate(cells) if row[0] == heading)
    shown = {}
    for row in cells[first + 2 :]:
        codes = re.fullmatch(r"\d(, \d)*", row[0])
        if codes is None:
            break
        for code in row[0].split(", "):
            if row[2]:
                shown[code] = float(row[2].replace(",", ""))
    assert shown == dict(table)


def test_every_cameo_root_and_finer_code_of_the_page():
    said = {}
    for row in rows(page("gdelt.md")):
        roots = re.match(r"(\d\d)(?: to (\d\d))?(?:, (\d\d) to (\d\d))? \(", row[0])
        if roots is None:
            continue
        first, *others = [int(number) for number in roots.groups() if number]
        ends = [first, *others]
        ends = ends * 2 if len(ends) == 1 else ends
        main, *finer = re.split(r"; but ", row[1])
        for start, end in zip(ends[::2], ends[1::2], strict=True):
            for root in range(start, end + 1):
                said[f"{root:02}"] = main.strip("`")
        for codes, ours in re.findall(r"((?:\d{3,4}(?:, | and )?)+) `([a-z ]+)`", " ".join(finer)):
            said |= dict.fromkeys(re.findall(r"\d{3,4}", codes), ours)
    assert said == {code: ours for code, (_, ours) in cameo.ROOTS.items()} | dict(cameo.FINER)


def test_names_that_the_page_lists_are_known():
    listed = {
        re.sub(r"`", "", row[0]).split(", ")[0]: row
        for row in rows(page("tables.md"))
        if row[0][0] == "`"
    }
    assert len(listed) == 12
    for row in listed.values():
        ours = row[0].replace("`", "").split(", ")
        for names, column in zip(row[1].split(" - "), ours, strict=False):
            known = set().union(*guessing._RANKS[column])
            for name in re.split("[;,] ", names):
                assert guessing.folded(name) in known, (column, name)


@pytest.mark.parametrize("name", ["acled_shaped", "ucdp_shaped"])
def test_the_examples_print_what_they_show(name, tmp_path):
    folder = ROOT / "examples" / name
    shown = re.search(r"```text\n(.*?)\n```", (folder / "README.md").read_text("utf-8"), re.DOTALL)
    result = subprocess.run(
        [sys.executable, "-W", "error", "-B", str(folder / "make_map.py"), f"{name}.html"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.rstrip() == shown[1]
    assert (tmp_path / f"{name}.html").stat().st_size > 100_000


@pytest.mark.parametrize(("name", "columns"), [("acled_shaped", 31), ("ucdp_shaped", 49)])
def test_the_examples_have_the_layout_and_only_our_rows(name, columns):
    text = (ROOT / "examples" / name / "events.csv").read_text("utf-8")
    assert len(text.splitlines()[0].split(",")) == columns
    readme = (ROOT / "examples" / name / "README.md").read_text("utf-8")
    assert re.search(r"\*\*Its rows are ours, not (ACLED|UCDP)'s\*\*", readme)

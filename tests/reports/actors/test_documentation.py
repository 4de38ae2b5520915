"""The page on actors says what is there: its figures, its table, its code."""

import re
from collections import Counter
from pathlib import Path

import pytest

from geoevents.reports.actors import Lexicon

PAGE = Path(__file__).parents[3] / "docs" / "actors.md"

pytestmark = pytest.mark.skipif(
    not PAGE.exists(), reason="needs the documentation beside the tests"
)


def test_its_code_runs():
    blocks = re.findall(r"```python\n(.*?)\n```\n", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), {})  # noqa: S102 -- our own page


def test_its_figures_are_those_of_the_table():
    entries = Lexicon.default().entries
    states = [one for one in entries if one.sense == "state" and one.name == one.party]
    senses = Counter(one.sense for one in entries)
    told = re.findall(
        r"^\| ([\w', :]+?) \| (?:over )?(\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE
    )
    figures = [int(figure) for _, figure in told]
    forces = senses["state"] - len(states)
    assert figures[0] == len(states)
    for figure, number in zip(
        figures[1:],
        [forces, *(senses[one] for one in ("armed group", "coalition", "organisation", "person"))],
        strict=True,
    ):
        assert figure <= number < figure + max(figure / 10, 10)
    aliases = sum(len(one.names()) - 1 for one in entries)
    assert f"some {round(aliases, -1):,} aliases" in PAGE.read_text("utf-8").replace("\n", " ")

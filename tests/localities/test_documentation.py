"""The page on localities says what `locate` does: its phrases are read, its code runs."""

import re
from pathlib import Path

import pytest

from geoevents.localities import LocalityError, locate
from geoevents.localities.tree import names

PAGE = Path(__file__).parents[2] / "docs" / "localities.md"

pytestmark = pytest.mark.skipif(
    not PAGE.exists(), reason="needs the documentation beside the tests"
)


def phrases():
    """Phrases of the tables, with places for X, A and B, and the relations beside them."""
    if not PAGE.exists():
        return
    section = PAGE.read_text("utf-8").split("## What is read")[1].split("### Sets")[0]
    for row in re.findall(r"^\| (.*?) \| (.*?) \| .* \|$", section, re.MULTILINE):
        for phrase in row[0].split("; ") if "![" not in row[0] else []:
            named = re.sub(r"\b[AX]\b", "Raqqa", re.sub(r"\bB\b", "Hajin", phrase))
            if re.search(r"[A-Z][a-z]", named) and "confluence of Raqqa" not in named:
                yield named, row[1]


@pytest.mark.parametrize(("phrase", "kinds"), list(phrases()))
def test_a_phrase_of_the_tables_is_read_as_it_says(phrase, kinds):
    found = locate(phrase)
    assert found.geometry.is_valid
    assert not found.geometry.is_empty
    printed = str(found.relation)
    written = re.findall(r"`(\w+)`", kinds)
    assert written
    assert any(kind in printed for kind in written) or not set(written).isdisjoint({"in", "name"})


def test_there_are_enough_of_them():
    assert len(list(phrases())) >= 60


def test_its_pictures_are_there():
    pictures = re.findall(r"\((images/[^)]+)\)", PAGE.read_text("utf-8"))
    assert len(pictures) > 40
    assert [name for name in pictures if not (PAGE.parent / name).exists()] == []


def test_the_examples_print_what_the_page_shows():
    page = PAGE.read_text("utf-8")
    strike = locate("east of the Euphrates River, near the city of Deir Ezzor")
    assert str(strike.relation) in page
    assert str(strike.relations) in page
    shown = re.search(r'>>> strike\.explain\(\)\n"(.*?)"\n', page, re.DOTALL)
    assert shown is not None
    assert " ".join(shown.group(1).split()) == strike.explain()
    assert [name.text for name in names(strike.relation)] == [
        "Euphrates River",
        "city of Deir Ezzor",
    ]


def test_the_error_is_what_the_page_shows():
    with pytest.raises(LocalityError) as caught:
        locate("10 km Raqqa")
    assert str(caught.value) in PAGE.read_text("utf-8")


def test_the_calculators_answer_is_what_the_page_shows():
    page = PAGE.read_text("utf-8")
    block = next(b for b in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "mile" in b)
    code = "\n".join(line[4:] for line in block.splitlines() if line.startswith((">>> ", "... ")))
    *setup, last = code.splitlines()
    scope = {}
    exec("\n".join(setup), scope)  # noqa: S102 -- our own page
    assert str(eval(last, scope)) == block.splitlines()[-1]  # noqa: S307 -- our own page

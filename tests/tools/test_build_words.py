"""The pure functions of the build of words, on small made-up sources, and what was built."""

import io
import tarfile

import build_words
import pytest
from build_words import (
    CENSUS,
    SCOWL,
    SourceError,
    amend,
    archive,
    by_hand,
    census,
    first_names,
    last_names,
    members,
    ordinary,
)

from geoevents.places.toponyms import words as module
from geoevents.places.toponyms.words import words

DATA = module._DATA


def group(text):
    return [{"why": "a test", "words": text}]


def test_ordinary_words_are_in_small_letters_folded_and_more_than_one_letter():
    assert ordinary(["a", "café", "cafés", "cat's", "Paris", "USA", "élan", "to"]) == {
        "cafe",
        "cafes",
        "elan",
        "to",
    }


def test_census_is_read_by_columns():
    rows = census("SMITH          1.006  1.006      1\nO           0.000 90.483  88799\n\n")
    assert rows == [("smith", 1.006, 1), ("o", 0.0, 88799)]


def test_census_with_a_column_missing_is_refused():
    with pytest.raises(ValueError, match="unpack"):
        census("SMITH 1.006 1\n")


def test_first_names_that_are_words_are_taken_if_frequent_and_short_ones_never():
    names = census("MARK .938 1 1\nHOPE .030 2 2\nFAITH .028 3 3\nZELMA .001 4 4\nED .032 5 5\n")
    assert first_names(names, {"mark", "hope", "faith"}) == {"mark", "hope", "zelma"}


def test_a_first_name_of_both_is_taken_if_frequent_for_either():
    names = census("ROBIN 0.029 1 1\nROBIN 0.208 2 2\n")
    assert first_names(names, {"robin"}) == {"robin"}


def test_last_names_that_are_words_are_taken_if_among_the_first():
    names = census(
        "BROWN 1 1 150\nMILLS 1 1 151\nKHALIL 1 1 1500\nSTORY 1 1 1494\nZUNIGA 1 1 1501\n"
    )
    assert last_names(names, {"brown", "mills", "story"}) == {"brown", "khalil"}


def test_a_table_adds_and_leaves_out():
    table = {"added": group("omar  hu\n"), "left_out": group("june")}
    assert amend({"june", "mary"}, table) == {"mary", "omar", "hu"}
    assert amend({"june"}, {}) == {"june"}


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ({"added": group("omar omar")}, "twice: omar"),
        ({"added": group("omar"), "left_out": group("omar")}, "twice: omar"),
        ({"added": group("mary")}, "added, but there already: mary"),
        ({"left_out": group("omar june adam")}, "left out, but not there: adam, omar"),
    ],
)
def test_a_table_that_changes_nothing_is_refused(table, fault):
    with pytest.raises(SourceError, match=fault):
        amend({"june", "mary"}, table)


def test_an_archive_in_the_cache_is_used_only_if_it_is_the_pinned_one(tmp_path):
    (tmp_path / CENSUS.file).write_bytes(b"another")
    with pytest.raises(SourceError, match="not the pinned"):
        archive(CENSUS, tmp_path)


def test_members_come_in_the_order_asked():
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as made:
        for name, content in (("one", b"1"), ("two", b"22")):
            about = tarfile.TarInfo(name)
            about.size = len(content)
            made.addfile(about, io.BytesIO(content))
    assert members(held.getvalue(), ["two", "one"]) == [b"22", b"1"]


def test_commands_name_the_pinned_versions():
    assert CENSUS.command("python")[-2:] == ["--no-binary=:all:", "names==0.3.0"]
    assert SCOWL.command() == ["apt-get", "download", "wamerican-small=2020.12.07-2"]


@pytest.mark.parametrize("name", ["firstnames", "surnames"])
class TestByHand:
    def test_every_group_has_a_reason(self, name):
        for groups in by_hand(name).values():
            for one in groups:
                assert set(one) == {"why", "words"}
                assert len(one["why"].split()) > 2

    def test_groups_are_sorted_and_folded(self, name):
        for groups in by_hand(name).values():
            for one in groups:
                some = one["words"].split()
                assert some == sorted(set(some))
                assert some == [build_words.fold(word) for word in some]

    def test_the_list_in_the_package_was_built_from_it(self, name):
        built = set((DATA / f"{name}.txt").read_text(encoding="utf-8").split())
        table = by_hand(name)
        for one in table["added"]:
            assert set(one["words"].split()) <= built
        for one in table.get("left_out", ()):
            assert not built.intersection(one["words"].split())


def test_the_readme_beside_the_lists_tells_what_they_are():
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    for package in (SCOWL, CENSUS):
        assert f"| {package.name} | {package.version} |" in readme
        assert f"`{package.sha256}`" in readme
    for name in ("english", "firstnames", "surnames"):
        count = len((DATA / f"{name}.txt").read_text(encoding="utf-8").split())
        assert f"| `{name}.txt` | {count:,} " in readme
    assert "Kevin Atkinson" in (DATA / "SCOWL.txt").read_text(encoding="utf-8")


def test_the_built_lists_are_read_by_the_library():
    flags = words().flags
    assert flags["aardvark"] & module.Word.ENGLISH
    assert flags["zbigniew"] & module.Word.FIRST_NAME
    assert flags["zarqawi"] & module.Word.SURNAME

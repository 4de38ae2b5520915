"""Languages: files that are read as one, and errors that name file and table."""

import pytest

from geoevents.errors import GeoeventsError
from geoevents.reports.errors import LanguageError, ReportError
from geoevents.reports.forms import grammar
from geoevents.reports.language import language, languages, read_language


def test_a_language_is_loaded_once():
    assert language("en") is language("en")
    assert language().code == "en"


def test_an_unknown_language_names_those_there_are():
    with pytest.raises(LanguageError, match=r"no language 'xx' for reports: choose .*en"):
        language("xx")
    assert "en" in languages()


def test_a_missing_table_names_file_and_table():
    with pytest.raises(LanguageError, match=r"no table \[sports\]: write it in .*en"):
        language("en").table("sports")


def test_the_files_of_a_folder_are_one_language(tmp_path):
    (tmp_path / "a.toml").write_text("[when]\nx = 1\n", encoding="utf-8")
    (tmp_path / "b.toml").write_text("[quantities]\nx = 2\n", encoding="utf-8")
    both = read_language("xx", tmp_path)
    assert (both.table("when"), both.table("quantities")) == ({"x": 1}, {"x": 2})
    assert both.origin("when").name == "a.toml"
    assert both.origin("sports") == tmp_path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[when", "b.toml cannot be read as TOML"),
        (b"\xff", "b.toml cannot be read as TOML"),
        (b"x = 1", "'x' stands outside a table"),
        (b"[when]", r"table \[when\] stands in .*a.toml as well"),
    ],
)
def test_files_that_are_no_language_are_named(tmp_path, content, message):
    (tmp_path / "a.toml").write_text("[when]\nx = 1\n", encoding="utf-8")
    (tmp_path / "b.toml").write_bytes(content)
    with pytest.raises(LanguageError, match=message):
        read_language("xx", tmp_path)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("[the", "']' is missing"),
        ("(a|b", "'\\)' is missing"),
        ("a]", "closes what was not opened"),
        ("[a]", "may be empty"),
        ("{nobody}", "no words and no fragment are named 'nobody'"),
        ("{loop}", "loop"),
    ],
)
def test_a_form_that_cannot_be_read_names_file_table_and_form(tmp_path, form, message):
    path = tmp_path / "xx.toml"
    path.write_text(
        f"[when]\n[when.fragments]\nloop = '{{loop}}'\n"
        f"[[when.forms]]\nreading = 'year'\nsay = ['{form}']\n[quantities]\n",
        encoding="utf-8",
    )
    with pytest.raises(LanguageError, match=r"xx.toml: \[when\] has a form.*" + message):
        grammar(read_language("xx", path))


def test_the_errors_are_of_the_family():
    assert issubclass(LanguageError, GeoeventsError)
    assert issubclass(ReportError, GeoeventsError)

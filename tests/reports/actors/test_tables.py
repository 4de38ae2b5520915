"""The user's table of actors: read in every form, and what is wrong is told by row."""

import re

import pandas as pd
import pytest

from geoevents.prose import Document
from geoevents.reports.actors import Lexicon, find_actors
from geoevents.reports.actors.tables import read_entries
from geoevents.reports.errors import ReportError

FRAME = pd.DataFrame(
    {
        "name": ["Ruz Column", "Bay Watch"],
        "aliases": ["RC|Column of Ruz", None],
        "sense": ["armed group", "organisation"],
        "party": ["Ruz", float("nan")],
        "country": ["SY", "Somalia"],
        "media": [False, True],
    },
    index=["a", "b"],
)


def actors(text, lexicon):
    found = find_actors(Document.read(text, format="text"), [], lexicon)
    return [(actor.text, actor.name, actor.party, actor.media) for actor in found]


def csv(folder, text, name="mine.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_frame_adds_actors():
    lexicon = Lexicon.default().extended(FRAME)
    assert actors("RC men and Bay Watch met the SDF.", lexicon) == [
        ("RC men", "Ruz Column", "Ruz", False),
        ("Bay Watch", "Bay Watch", "Bay Watch", True),
        ("SDF", "SDF", "SDF", False),
    ]
    assert lexicon.named("Bay Watch").countries == ("SO",)


@pytest.mark.parametrize(
    "table",
    [
        {"Ruz Column": "RC|Column of Ruz"},
        {"Ruz Column": ["RC", "Column of Ruz"]},
        {"Ruz Column": {"aliases": "RC | Column of Ruz", "sense": "armed group"}},
        [{"name": "Ruz Column", "aliases": "RC|Column of Ruz"}],
        [{"name": "Ruz Column", "aliases": ("RC", "Column of Ruz", "RC")}],
        pd.DataFrame({"name": ["Ruz Column"] * 2, "aliases": ["RC", "Column of Ruz"]}),
    ],
)
def test_any_form_of_table_is_read(table):
    entry = read_entries(table)[0]
    assert (entry.name, entry.aliases) == ("Ruz Column", ("RC", "Column of Ruz"))
    assert (entry.sense, entry.party) == ("armed group", "Ruz Column")


def test_a_file_is_read(tmp_path):
    path = csv(tmp_path, "\ufeffname,aliases,sense\nRuz Column,RC|Column of Ruz,\n")
    assert read_entries(path)[0].aliases == ("RC", "Column of Ruz")
    assert read_entries(str(path)) == read_entries(path)


def test_a_file_with_a_mistyped_column_is_refused(tmp_path):
    with pytest.raises(ReportError, match=r"mine\.csv has the column 'partei', which is not known"):
        read_entries(csv(tmp_path, "name,partei\nRuz Column,Ruz\n"))


def test_countries_are_codes_or_names_in_any_case():
    table = pd.DataFrame({"name": ["A B"], "country": ["sy|Iraq|SU|UK"]})
    assert read_entries(table)[0].countries == ("SY", "IQ", "SU", "GB")


def test_a_lexicon_is_a_table_read_before():
    lexicon = Lexicon.default().extended(FRAME)
    assert Lexicon.default().extended(lexicon) is lexicon


def test_names_without_aliases_are_enough():
    assert read_entries(pd.DataFrame({"name": ["Ruz Column"]}))[0].aliases == ()


def test_where_both_know_a_name_the_users_counts():
    lexicon = Lexicon.default().extended({"Daesh remnants": "Daesh"})
    assert lexicon.named("Daesh").name == "Daesh remnants"
    assert lexicon.named("ISIL").name == "ISIS"
    assert Lexicon.default().named("Daesh").name == "ISIS"


def test_a_known_name_keeps_its_aliases_and_what_is_not_said_of_it():
    lexicon = Lexicon.default().extended({"SDF": "Sons of the Ford"})
    entry = lexicon.named("Sons of the Ford")
    assert (entry.name, entry.sense, entry.countries) == ("SDF", "armed group", ("SY",))
    assert lexicon.named("Syrian Democratic Forces") is entry


def test_what_is_said_of_a_known_name_counts():
    table = pd.DataFrame({"name": ["YPG"], "party": ["YPG"], "country": ["IQ|SY"]})
    entry = Lexicon.default().extended(table).named("People's Protection Units")
    assert (entry.party, entry.countries, entry.sense) == ("YPG", ("IQ", "SY"), "armed group")


def test_a_known_name_as_an_alias_gives_the_actor_another_name():
    lexicon = Lexicon.default().extended({"Islamic State (IS)": "ISIS"})
    assert {lexicon.named(name).name for name in ("ISIS", "ISIL", "Daesh")} == {
        "Islamic State (IS)"
    }
    assert lexicon.named("ISIL").party == "Islamic State (IS)"
    assert lexicon.named("ISIL").countries == ("SY", "IQ")


def test_parties_follow_when_a_side_is_given_another_name():
    lexicon = Lexicon.default().extended({"Syria": "Syrian government"})
    assert lexicon.named("Syrian army").party == "Syria"
    assert actors("The Syrian army fired.", lexicon)[0][2] == "Syria"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (pd.DataFrame({"title": ["x"]}), "no column 'name' (it has 'title')"),
        (pd.DataFrame({"name": ["A B", None]}, index=[4, 7]), "row 7: name is missing"),
        (pd.DataFrame({"name": ["A B", " "]}), "row 1: name is missing"),
        (pd.DataFrame({"name": [17]}), "row 0: name is '17': write the name of an actor"),
        ({"A B": "AB", "C D": "CD|AB"}, "'AB' stands for 'A B' ('A B') and for 'C D' ('C D')"),
        (
            pd.DataFrame({"name": ["A B", "C D"], "aliases": ["X Y", "x|X Y"]}),
            "'X Y' stands for 'A B' (row 0) and for 'C D' (row 1): keep one",
        ),
        ({"A B": "C D", "C D": ""}, "'C D' stands for 'A B' ('A B') and for 'C D' ('C D')"),
        ({"A B": {"sense": "militia"}}, "sense is 'militia': use one of state, armed group"),
        (pd.DataFrame({"name": ["A B"], "country": ["SY|XX"]}), "row 0: country is 'XX': write"),
        (
            pd.DataFrame({"name": ["A B"], "alias": ["AB"]}),
            "the table has the column 'alias', which is not known: the columns are name, aliases,",
        ),
        ([{"name": "A B", "alias": "AB"}], "item 0 has the column 'alias', which is not known"),
        ({"A B": {"alias": "AB"}}, "'A B' has the column 'alias', which is not known"),
        ({"A B": {"country": "Ruritania"}}, "country is 'Ruritania': write an ISO code"),
        ({"A B": {"media": "perhaps"}}, "media is 'perhaps': write true or false"),
        ({"A B": "CD|---"}, "alias '---' is no name"),
        ({"A" * 300: "AB"}, "write the name of an actor"),
        (["A B"], "item 0 is a str: give a mapping"),
        (42, "actors is a int: give a table"),
        (b"name", "actors is a bytes: give a table"),
    ],
)
def test_what_is_wrong_is_told_by_row(table, told):
    with pytest.raises(ReportError, match=re.escape(told)):
        read_entries(table)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("who,aliases\nA B,AB\n", "has no column 'name'"),
        ("", "has no column 'name' (it has none)"),
        ("name,aliases\nA B,AB,CD\n", "line 2: more cells than columns"),
        ("name,aliases\nA B,AB\nC D,AB\n", "line 3): keep one"),
        ('name,aliases\n"A B,AB\n', "cannot be read as CSV"),
        ("name,name\nA,B\n", "has the column 'name' twice"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_by_line(tmp_path, text, told):
    with pytest.raises(ReportError, match=re.escape(told)):
        read_entries(csv(tmp_path, text))


def test_a_file_that_is_none_is_told(tmp_path):
    with pytest.raises(ReportError, match="cannot be read as CSV"):
        read_entries(tmp_path / "missing.csv")
    path = tmp_path / "latin.csv"
    path.write_bytes("name\nSéléka\n".encode("latin-1"))
    with pytest.raises(ReportError, match="UTF-8"):
        read_entries(path)


def test_all_that_is_wrong_is_told_at_once():
    table = pd.DataFrame({"name": [None] * 15})
    with pytest.raises(ReportError, match=r"row 0: .*row 9: .*; and 5 more"):
        read_entries(table)


def test_an_alias_of_two_letters_in_another_case_is_another():
    entries = read_entries({"A B": "Ab", "C D": "AB"})
    assert [entry.aliases for entry in entries] == [("Ab",), ("AB",)]

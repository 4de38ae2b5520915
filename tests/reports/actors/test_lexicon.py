"""The table of actors is sound, and every name in it is found."""

import re

import pytest

from geoevents.prose import Document
from geoevents.reports.actors import Lexicon, find_actors
from geoevents.reports.actors.pieces import fold_name
from geoevents.reports.actors.states import adjective_of
from geoevents.reports.language import language

ENTRIES = Lexicon.default().entries
STATES = [entry for entry in ENTRIES if entry.sense == "state" and entry.name == entry.party]
NAMES = [
    (name, entry)
    for entry in ENTRIES
    for name, tentative in entry.names()
    if not tentative and "(" not in name
]


def found(text, **options):
    return find_actors(Document.read(text, format="text"), [], Lexicon.default(), **options)


def test_there_are_as_many_as_the_documentation_says():
    others = [entry for entry in ENTRIES if entry not in STATES]
    assert len(others) >= 700
    assert sum(len(entry.names()) - 1 for entry in others) >= 3_400
    assert len(STATES) >= 170


def test_names_are_unique_and_so_are_states():
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)
    assert len({entry.countries[0] for entry in STATES}) == len(STATES)


def test_a_party_is_somebody():
    names = {entry.name for entry in ENTRIES}
    assert {entry.party for entry in ENTRIES} - names == {"Jubaland", "Puntland", "Somaliland"}


def test_codes_of_countries_are_such():
    gone = {"YU", "SU"}
    codes = {code for entry in ENTRIES for code in entry.countries} - gone
    assert all(adjective_of(code) for code in codes)


def test_no_name_is_a_common_word_in_small_letters():
    # "resistance committees" and the like are tentative: they need the country.
    single = [
        name
        for name, _ in NAMES
        if fold_name(name)[1] == (0,) and not name.startswith(("al", "an"))
    ]
    assert set(single) <= {
        *("peshmerga", "antifa", "colectivos", "dpa", "dahalo", "dahalos", "janjaweed"),
        *("wazalendo", "shabiha", "anti-balaka"),
    }


@pytest.mark.parametrize("part", range(8))
def test_every_name_is_found_and_means_its_actor(part):
    shared = Lexicon.default().words.sets["shared_names"]
    wrong = []
    for name, entry in NAMES[part::8]:
        actors = found(f"It blamed {name} again.")
        if fold_name(name)[0][0] in shared and len(fold_name(name)[0]) == 1:
            assert actors == []  # Georgia: only where a place was found
        elif [actor.name for actor in actors] != [entry.name]:
            wrong.append((name, entry.name, [actor.name for actor in actors]))
    assert wrong == []


def test_spellings_with_and_without_hyphens_accents_and_apostrophes_are_one():
    for text in ("al-Shabaab", "Al Shabaab", "al Shabaab", "AL-SHABAAB"):
        assert [actor.name for actor in found(f"It blamed {text}.")] == ["Al-Shabaab"]
    for text in ("Séléka", "Seleka"):
        assert [actor.name for actor in found(f"It blamed {text}.")] == ["Séléka"]
    for text in ("Hay'at Tahrir al-Sham", "Hay’at Tahrir al Sham", "Hayat Tahrir al-Sham"):
        assert [actor.name for actor in found(f"It blamed {text}.")] == ["Hay'at Tahrir al-Sham"]


@pytest.mark.parametrize("word", ["is", "us", "as", "who", "it", "un", "amal", "dawn", "fars"])
def test_words_are_no_acronyms(word):
    assert found(f"Then {word} came along.") == []
    assert Lexicon.default().named(word) is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Daesh", "ISIS"), ("QSD", "SDF"), ("IDF", "Israeli military"), ("SNA", None), ("xyz", None)],
)
def test_names_are_looked_up(name, meant):
    entry = Lexicon.default().named(name)
    assert (entry and entry.name) == meant


def test_an_ambiguous_acronym_needs_more_than_itself():
    assert found("It blamed the ADF and the SNA.")[-1].name == "ADF"
    both = found("The Somali National Army left. The SNA is gone.")
    assert [actor.name for actor in both] == ["Somali military"] * 2
    assert [actor.name for actor in found("It blamed the SNA.", country="SY")] == [
        "Syrian National Army"
    ]


def test_the_default_is_made_once_for_a_language():
    assert Lexicon.default() is Lexicon.default("en") is Lexicon.default(language("en"))


def test_no_name_is_written_like_a_pattern():
    assert not [name for name, _ in NAMES if re.search(r"[\[\]{}*?\\|;]|\s\s", name)]

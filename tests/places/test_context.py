"""`geocode(names, context=text)`: the places of the text decide among namesakes."""

from __future__ import annotations

import pandas as pd
import pytest

import geoevents as ge
from geoevents.places import Gazetteer

_EMBEDDED = Gazetteer.embedded()
_LAMAR = (
    "Commissioners met in Paris on Monday to discuss roads to Blossom and Honey Grove. A man from "
    "Bonham spoke for the towns of north-east Texas."
)
_TENNESSEE = (
    "Farmers around Jackson and Humboldt lost their crops. Milan and Brownsville had hail, and "
    "Tennessee will send help."
)
_ONTARIO = (
    "Elections were held in Ontario: in London, Woodstock, Stratford and Paris turnout was low. In "
    "Brantford a recount was asked for."
)
_FENS = (
    "The road near Cambridge was shut after a crash. Drivers from Huntingdon and Ely waited for "
    "hours, and one man from Newmarket died, Cambridgeshire police said."
)


@pytest.mark.parametrize(
    ("text", "names", "admin1"),
    [
        (_LAMAR, ["Paris", "Blossom", "Honey Grove", "Bonham"], "Texas"),
        (_TENNESSEE, ["Jackson", "Humboldt", "Milan", "Brownsville"], "Tennessee"),
        (_ONTARIO, ["London", "Woodstock", "Stratford", "Paris", "Brantford"], "Ontario"),
        (_FENS, ["Cambridge", "Huntingdon", "Ely", "Newmarket"], "England"),
    ],
)
def test_local_news_is_local(text, names, admin1):
    frame = ge.geocode(names, context=text, gazetteer=_EMBEDDED)
    assert frame["admin1"].tolist() == [admin1] * len(names)
    for name in names:
        assert ge.geocode(name, context=text, gazetteer=_EMBEDDED).admin1 == admin1


def test_a_text_about_no_place_in_particular_gives_the_famous_one():
    text = "The fashion of Paris is copied from Tokyo to New York, and in Milan."
    frame = ge.geocode(["Paris", "Milan"], context=text, gazetteer=_EMBEDDED)
    assert frame["country"].tolist() == ["FR", "IT"]


def test_what_the_text_says_a_place_lies_in_counts_for_the_bare_name():
    text = "A man from Springfield, Oregon, was held in Boston. He had left Springfield in May."
    assert ge.geocode("Springfield", context=text, gazetteer=_EMBEDDED).admin1 == "Oregon"


def test_a_text_that_tells_nothing_leaves_it_open():
    text = "A man was seen in Springfield."
    alone = ge.geocode("Springfield", gazetteer=_EMBEDDED)
    place = ge.geocode("Springfield", context=text, gazetteer=_EMBEDDED)
    assert place.id == alone.id
    assert place.ambiguous


def test_conditions_come_before_the_text():
    place = ge.geocode("Paris", country="FR", context=_LAMAR, gazetteer=_EMBEDDED)
    assert place.country == "FR"
    place = ge.geocode("Paris", kind="admin2", context=_ONTARIO, gazetteer=_EMBEDDED)
    assert place.kind == "admin2"


def test_a_name_that_the_text_does_not_hold():
    text = "Clashes went on in Homs and Hama, Syrian monitors said."
    place = ge.geocode("Tripoli", context=text, gazetteer=_EMBEDDED)
    assert place.country == "LB"  # an hour from Homs


def test_each_row_has_the_text_it_stands_in():
    names = pd.Series(["Paris", "London", "Paris", "Paris"], index=list("abcd"))
    texts = [_LAMAR, _ONTARIO, _ONTARIO, None]
    frame = ge.geocode(names, context=texts, gazetteer=_EMBEDDED)
    assert frame.index.tolist() == list("abcd")
    assert frame["admin1"].tolist() == ["Texas", "Ontario", "Ontario", "Île-de-France"]


def test_rows_of_one_text_are_chosen_as_if_asked_together():
    names = ["Jackson", "Humboldt", "Paris", "Milan"]
    texts = [_TENNESSEE, _TENNESSEE, _LAMAR, _TENNESSEE]
    rows = ge.geocode(names, context=texts, gazetteer=_EMBEDDED)
    some = ge.geocode(["Jackson", "Humboldt", "Milan"], context=_TENNESSEE, gazetteer=_EMBEDDED)
    assert rows["feature_id"].tolist()[:2] == some["feature_id"].tolist()[:2]
    assert rows["feature_id"].tolist()[3] == some["feature_id"].tolist()[2]


@pytest.mark.parametrize(
    "text", ["", "\0\ud800", "(" * 50_000, "Springfield " * 5_000, "x" * 300_000]
)
def test_hostile_texts_are_no_trouble(text):
    assert ge.geocode("Raqqa", context=text, gazetteer=_EMBEDDED).country == "SY"


@pytest.mark.parametrize("name", ["Africa", "Europe", "Middle East", "the Pacific", "EU"])
def test_what_is_wider_than_any_feature_is_no_hamlet(name):
    with pytest.raises(ge.PlaceNotFound):
        ge.geocode(name, gazetteer=_EMBEDDED)


@pytest.mark.parametrize(
    ("name", "feature"),
    [
        ("NSW", "New South Wales"),
        ("West Java", "Jawa Barat"),
        ("North Sumatra", "Sumatera Utara"),
        ("Odisha", "Orissa"),
    ],
)
def test_provinces_have_the_names_that_reports_use(name, feature):
    place = ge.geocode(name, gazetteer=_EMBEDDED)
    assert (place.name, place.kind) == (feature, "admin1")


def test_washington_is_the_capital_but_among_states():
    assert ge.geocode("Washington", gazetteer=_EMBEDDED).admin1 == "District of Columbia"
    frame = ge.geocode(["Washington", "Oregon", "Seattle", "Spokane"], gazetteer=_EMBEDDED)
    assert frame["kind"].iloc[0] == "admin1"


def test_counties_count_by_those_who_live_there():
    """Nobody was counted in them; there are few towns called Devon, and many counties in the US."""
    assert ge.geocode("Devon", gazetteer=_EMBEDDED).country == "GB"
    assert ge.geocode("Essex", gazetteer=_EMBEDDED).country == "GB"


def test_a_province_steps_back_for_no_town_that_is_hardly_called_so():
    frame = ge.geocode(["Kansas", "Ohio", "Texas", "Oregon", "New York"], gazetteer=_EMBEDDED)
    assert frame["kind"].tolist() == ["admin1"] * 5

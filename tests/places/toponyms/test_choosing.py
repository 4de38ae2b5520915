"""Choosing among namesakes for whole documents: expectations by common knowledge."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box

from geoevents.geodesy import distance_m
from geoevents.places import Gazetteer
from geoevents.places.toponyms.choosing import Choice, Named, choose

_DOCUMENTS = tomllib.loads((Path(__file__).parent / "namesakes.toml").read_text(encoding="utf-8"))[
    "document"
]
_RIGHT_M = 161_000
_WIDE_M = 300_000  # the middle of a state or country is a matter of taste


@pytest.fixture(scope="module")
def embedded() -> Gazetteer:
    return Gazetteer.embedded()


def _read(names: str) -> list[Named]:
    parts = [part.strip() for part in re.split(r"\s;\s" if " ; " in names else r"\|", names)]
    texts = [re.split("[~@<]", part)[0] for part in parts]
    mentions = []
    for number, part in enumerate(parts):
        country = part.partition("~")[2]
        kind = part.partition("@")[2]
        inside = part.partition("<")[2]
        mentions.append(
            Named(
                texts[number],
                0.3 if country else 1.0,
                (kind,) if kind else (),
                texts.index(inside, number) if inside else None,
                number,
                country,
            )
        )
    return mentions


def _one(gazetteer: Gazetteer, names: str, text: str | None = None) -> Choice:
    """Choose for a document, and give the choice of its last mention or of one name."""
    mentions = _read(names)
    (choices,) = choose([mentions], gazetteer)
    at = len(mentions) - 1 if text is None else [m.text for m in mentions].index(text)
    return choices[at]


def _told(gazetteer: Gazetteer, choice: Choice) -> dict[str, Any]:
    columns = gazetteer.columns(("id", "kind", "country", "admin1"), np.array([choice.feature]))
    return {name: values[0] for name, values in columns.items()}


@pytest.mark.parametrize("document", _DOCUMENTS, ids=lambda d: d["about"])
def test_the_places_of_a_document_fit_together(embedded, document):
    mentions = _read(document["names"])
    (choices,) = choose([mentions], embedded)
    kinds = document.get("kind", {})
    for mention, choice in zip(mentions, choices, strict=True):
        if mention.text not in document["meant"]:
            continue
        assert choice.feature >= 0, mention.text
        told = _told(embedded, choice)
        lon, lat = (float(x[0]) for x in embedded.points(np.array([choice.feature])))
        wide = told["kind"] in ("country", "admin1")
        far = float(distance_m(lon, lat, *document["meant"][mention.text]))
        assert far < (_WIDE_M if wide else _RIGHT_M), (mention.text, told, choice)
        assert told["kind"] == kinds.get(mention.text, told["kind"])


def test_enough_documents():
    assert len(_DOCUMENTS) >= 50


def test_documents_do_not_speak_to_each_other(embedded):
    texas, france = _read("Paris<Texas | Texas | Paris"), _read("Paris | Lyon | France")
    together = choose([texas, france, texas], embedded)
    assert together == [
        choose([texas], embedded)[0],
        choose([france], embedded)[0],
        choose([texas], embedded)[0],
    ]
    assert together[0][2].feature != together[1][0].feature


def test_a_name_has_one_sense_until_the_text_gives_it_another(embedded):
    first, _, again, other, _, last = choose(
        [
            [
                Named("Paris", within=1),
                Named("Texas"),
                Named("Paris"),
                Named("Paris", within=4),
                Named("France"),
                Named("Paris"),
            ]
        ],
        embedded,
    )[0]
    assert _told(embedded, first)["admin1"] == "Texas"
    assert again == first
    assert _told(embedded, other)["country"] == "FR"
    assert last == other


def test_what_a_later_mention_lies_in_settles_an_earlier_one(embedded):
    headline, *_ = choose(
        [[Named("Springfield"), Named("Springfield", within=2), Named("Oregon")]], embedded
    )[0]
    assert _told(embedded, headline)["admin1"] == "Oregon"


def test_a_container_may_be_an_abbreviation(embedded):
    choice = _one(embedded, "Portland<ME | ME", "Portland")
    assert _told(embedded, choice)["admin1"] == "Maine"


def test_what_lies_in_it_tells_which_container_is_meant(embedded):
    assert _told(embedded, _one(embedded, "Savannah<Georgia | Georgia"))["kind"] == "admin1"
    assert _told(embedded, _one(embedded, "Gori<Georgia | Georgia"))["kind"] == "country"


def test_a_list_of_states_is_no_container(embedded):
    names = "Indiana | Oregon<Ohio | Ohio | Texas | Utah | Idaho"
    assert _told(embedded, _one(embedded, names, "Oregon"))["kind"] == "admin1"


@pytest.mark.parametrize(
    ("names", "text", "why"),
    [
        ("Springfield<Illinois | Illinois", "Springfield",
         r"chosen among \d+ places of that name: the text says that it lies in Illinois"),
        ("Maine | Portland", "Portland",
         r"chosen among \d+ places of that name: the text also names Maine, which holds it"),
        ("Dayton | Urbana | Xenia", "Urbana",
         r"chosen among \d+ places of that name: the text also names Xenia, \d\d km from it"),
        ("Georgia | Atlanta", "Georgia",
         r"chosen among 2 places of that name: the text also names Atlanta, which lies in it"),
        ("Paris", "Paris", r"the best known of \d+ places of that name"),
        ("Ouagadougou", "Ouagadougou", "the only place of that name"),
        ("Xqzvhbt", "Xqzvhbt", ""),
    ],
)  # fmt: skip
def test_every_choice_says_why(embedded, names, text, why):
    assert re.fullmatch(why, _one(embedded, names, text).why)


def test_kinds_are_conditions_unless_nothing_is_of_them(embedded):
    assert _told(embedded, _one(embedded, "Khabur@river"))["kind"] == "river"
    assert _told(embedded, _one(embedded, "Raqqa@admin1"))["kind"] == "admin1"
    assert _told(embedded, _one(embedded, "Timbuktu@lake"))["kind"] == "populated place"


def test_countries_are_conditions(embedded):
    wanted = np.array([code == "US" for code in embedded.countries()])
    (choices,) = choose([[Named("Paris"), Named("Lyon"), Named("Ouagadougou")]], embedded,
                        countries=wanted)  # fmt: skip
    assert _told(embedded, choices[0])["country"] == "US"
    assert choices[2] == Choice()


def test_a_demonym_of_two_countries_is_the_one_of_the_text(embedded):
    kinshasa = _one(embedded, "Congolese~CD|CG ; Kinshasa ; Bukavu", "Congolese")
    brazzaville = _one(embedded, "Congolese~CD|CG ; Pointe-Noire ; Dolisie", "Congolese")
    assert _told(embedded, kinshasa)["country"] == "CD"
    assert _told(embedded, brazzaville)["country"] == "CG"


def test_a_name_without_voice_does_not_count(embedded):
    loud, quiet = (
        choose([[Named("Nashua", weight), Named("Keene", weight), Named("Concord")]], embedded)[0]
        for weight in (1.0, 0.0)
    )
    assert _told(embedded, loud[2])["admin1"] == "New Hampshire"
    alone = choose([[Named("Concord")]], embedded)[0][0]
    assert (quiet[2].feature, quiet[2].score) == (alone.feature, alone.score)


@pytest.fixture
def twins() -> Gazetteer:
    """Two towns of each name, in the east and in the west of one country; two at 180 degrees."""
    places = [
        ("Alton", 1.0, 1.0, "West"), ("Alton", 31.0, 1.0, "East"),
        ("Bolton", 1.5, 1.5, "West"), ("Bolton", 31.5, 1.5, "East"),
        ("Westerby", 1.2, 1.2, "West"), ("Easterby", 31.2, 1.2, "East"),
        ("Dateline", 179.9, 0.5, "Far"), ("Dateline", 10.0, 60.0, "North"),
        ("Othersby", -179.9, 0.5, "Farther"),
    ]  # fmt: skip
    frame = gpd.GeoDataFrame(
        {
            "name": [p[0] for p in places],
            "admin1": [p[3] for p in places],
            "country": "AA",
            "population": 5000,
        },
        geometry=[Point(p[1], p[2]) for p in places],
        crs="EPSG:4326",
    )
    return Gazetteer.from_frame(frame, name="name", kind="populated place")


def test_two_doubtful_names_follow_a_sure_one(twins):
    for anchor, lon in (("Westerby", 1.0), ("Easterby", 31.0)):
        (choices,) = choose([[Named("Alton"), Named(anchor), Named("Bolton")]], twins)
        x, _ = twins.points(np.array([c.feature for c in choices]))
        assert np.abs(x - lon).max() < 1
        assert not any(c.ambiguous for c in choices)
    alton = choose([[Named("Alton")]], twins)[0][0]
    assert alton.ambiguous
    assert alton.score == pytest.approx(0.5)


def test_neighbours_across_the_antimeridian_are_near(twins):
    choice = choose([[Named("Dateline"), Named("Othersby")]], twins)[0][0]
    assert twins.points(np.array([choice.feature]))[0][0] == pytest.approx(179.9)


def test_an_own_country_that_no_table_has():
    frame = gpd.GeoDataFrame(
        {"name": ["Aland", "Norvik"], "kind": ["country", "populated place"], "country": "AA"},
        geometry=[box(0, 0, 9, 9), Point(1, 1)],
        crs="EPSG:4326",
    )
    own = Gazetteer.from_frame(frame, name="name")
    (choices,) = choose([[Named("Aland", 0.3, country="AX"), Named("Norvik")]], own)
    assert [_told(own, c)["kind"] for c in choices] == ["country", "populated place"]


_NAMES = st.sampled_from(
    ["Paris", "Texas", "Springfield", "Syria", "Homs", "Georgia", "Xqzv", "", "Victoria", "\ud800"]
)


@given(
    st.lists(
        st.lists(
            st.builds(
                Named,
                _NAMES,
                st.sampled_from([0.0, 0.3, 1.0]),
                st.sampled_from([(), ("river",), ("admin1", "country")]),
                st.none() | st.integers(-2, 8),
            ),
            max_size=6,
        ),
        max_size=4,
    )
)
def test_any_documents_give_a_choice_for_each_mention(documents):
    gazetteer = Gazetteer.embedded()
    chosen = choose(documents, gazetteer)
    assert [len(some) for some in chosen] == [len(some) for some in documents]
    for mentions, choices in zip(documents, chosen, strict=True):
        for mention, choice in zip(mentions, choices, strict=True):
            assert 0 <= choice.score <= 1
            assert (choice.feature >= 0) == bool(choice.why)
            assert mention.text not in ("", "Xqzv", "\ud800") or choice == Choice()
    assert chosen == [choose([some], gazetteer)[0] for some in documents]

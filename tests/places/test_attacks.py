"""What an attacker tried on the gazetteer and the geocoder."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point, Polygon

from geoevents.errors import GeoeventsError
from geoevents.places import Gazetteer, PlaceNotFound, geocode
from geoevents.places.names import fold, is_generic


def layer(*rows, kind="populated place", **columns):
    names, x, y = zip(*rows, strict=True)
    return Gazetteer.from_frame(
        gpd.GeoDataFrame(
            {"name": names, **columns}, geometry=gpd.points_from_xy(x, y), crs="EPSG:4326"
        ),
        kind=kind,
    )


# ---------------------------------------------------------------------- layers


@pytest.mark.parametrize("kind", ["populated place", "facility"])
def test_the_first_layer_wins_over_a_large_namesake(kind):
    both = layer(("Raqqa", 40, 35), kind=kind) + Gazetteer.default()
    place = geocode("Raqqa", gazetteer=both)
    assert (place.source, place.point) == ("user", Point(40, 35))
    assert place.score > 0.9
    assert not place.ambiguous
    assert "Raqqa" in {p.name for p in place.alternatives if p.source != "user"}


def test_the_first_layer_wins_in_columns_and_with_hints():
    both = layer(("Raqqa", 40, 35), ("Paris", 40, 35)) + Gazetteer.default()
    names = ["Raqqa", "Paris", "Deir ez-Zor", "Berlin"]
    frame = geocode(names, gazetteer=both)
    assert (frame["source"] == "user").tolist() == [True, True, False, False]
    assert not frame["ambiguous"].iloc[0]
    hinted = geocode(names[:2], gazetteer=both, country="SY", near=(40.1, 35.1))
    assert (hinted["source"] == "user").all()
    # A layer whose place does not fit a hint is passed over.
    assert geocode("Paris", gazetteer=both, near=(2.3, 48.9)).country == "FR"
    assert geocode("Raqqa", gazetteer=both, kind="admin1").kind == "admin1"


def test_a_layer_in_another_country_is_passed_over():
    both = layer(("Raqqa", 100, 35), country=["CN"]) + Gazetteer.default()
    assert geocode("Raqqa", gazetteer=both).country == "CN"
    assert geocode("Raqqa", gazetteer=both, country="SY").country == "SY"


def test_three_layers_keep_their_order():
    far, mid = layer(("Raqqa", 1, 1)), layer(("Raqqa", 50, 50), ("Aleppo", 50, 50))
    stack = far + mid + Gazetteer.default()
    assert geocode("Raqqa", gazetteer=stack).point == Point(1, 1)
    assert geocode("Aleppo", gazetteer=stack).point == Point(50, 50)
    assert geocode("Raqqa", gazetteer=mid + far + Gazetteer.default()).point == Point(50, 50)


def test_files_of_the_embedded_gazetteer_are_equals():
    assert geocode("Khabur").country == "SY"
    assert len(Gazetteer.default().stores) > 1


# ---------------------------------------------------------------------- frames


def framed(columns=None, geometry=None, **options):
    frame = gpd.GeoDataFrame(
        {"name": ["good", "bad"]} | (columns or {}),
        geometry=[Point(0, 0), geometry or Point(1, 1)],
        index=["first", "second"],
        crs="EPSG:4326",
    )
    return Gazetteer.from_frame(frame, **{"kind": "region"} | options)


@pytest.mark.parametrize(
    ("columns", "geometry", "message"),
    [
        ({}, Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), r"Self-intersection.*make_valid"),
        ({}, Point(float("nan"), 0), "must be finite"),
        ({}, Point(0, float("inf")), "must be finite"),
        *(
            ({"name": ["good", name]}, None, "needs a name of letters or digits")
            for name in ("", "  ", "---", None, float("nan"), pd.NA, 3)
        ),
        ({"population": [1, "many"]}, None, "population must be a number.*'many'"),
        ({"population": [1, -1]}, None, "population must be a number"),
        ({"uncertainty_m": [1, "far"]}, None, "uncertainty_m must be a number.*'far'"),
        ({"uncertainty_m": [1.0, float("inf")]}, None, "uncertainty_m must be a number"),
        ({"id": ["a", None]}, None, "needs an id"),
    ],
)
def test_a_bad_row_of_a_frame_is_named(columns, geometry, message):
    with pytest.raises(GeoeventsError, match=f"row 'second': .*{message}"):
        framed(columns, geometry)


@pytest.mark.parametrize("frame", [[1], None, "frame", pd.DataFrame({"name": ["a"]})])
def test_what_is_no_frame_is_refused(frame):
    with pytest.raises(GeoeventsError, match="takes a GeoDataFrame"):
        Gazetteer.from_frame(frame)


@pytest.mark.parametrize("options", [{"kind": 3}, {"kind": ["region"]}, {"name": 3}])
def test_bad_options_of_a_frame_are_refused(options):
    with pytest.raises(GeoeventsError, match="must be text"):
        framed(**options)


def test_a_missing_number_of_a_frame_is_none():
    found = framed({"population": [5, None], "uncertainty_m": [None, 7]}).search("bad")
    assert found[["population", "uncertainty_m"]].iloc[0].tolist() == [0, 7]


# ---------------------------------------------------------------------- arguments


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        *(({"gazetteer": g}, "gazetteer must be a Gazetteer") for g in (3, "x", [1])),
        *(({"kind": k}, "kind must be one of") for k in (3, float("nan"), [3], b"river", {})),
        *(({"context": c}, "context must be text") for c in (3, float("nan"), b"x", {})),
        ({"country": []}, "country holds no country"),
        ({"country": b"SY"}, "ISO 3166"),
        ({"near": (999, 0)}, "near must be"),
    ],
)
@pytest.mark.parametrize("names", ["Aland", ["Aland"]])
def test_bad_arguments_are_refused(little, names, arguments, message):
    with pytest.raises(GeoeventsError, match=message):
        geocode(names, **{"gazetteer": little} | arguments)


def test_a_scalar_of_numpy_is_one_name(little):
    assert geocode(np.array("Aland"), gazetteer=little).id == "c:aa"
    with pytest.raises(GeoeventsError, match="names must be text"):
        geocode(np.array(b"Aland"), gazetteer=little)


@pytest.mark.parametrize(
    "ask",
    [
        lambda g: g.search(3),
        lambda g: g.search("Aland", kind=3),
        lambda g: g.features(3),
        lambda g: g.features([[]]),
        lambda g: g.window(None),
        lambda g: g.window((1, 2, 3)),
        lambda g: g.window((0, 0, 1, 1), kinds="river"),
        lambda _: Gazetteer.from_file(3),
    ],
)
def test_bad_questions_to_a_gazetteer_are_refused(little, ask):
    with pytest.raises(GeoeventsError):
        ask(little)


# ---------------------------------------------------------------------- far-fetched names


@pytest.mark.parametrize(
    "name",
    [
        "Marjah", "limunal", "makanese", "sucuwel", "tohotu", "river", "the river", "checkpoint",
        "Airport", "hospital", "none", "East Bank", "attack", "Monday", "unknown",
    ],
)  # fmt: skip
def test_far_fetched_names_are_not_found(name):
    with pytest.raises(PlaceNotFound):
        geocode(name)
    assert geocode([name]).geometry.isna().all()


def test_a_generic_word_is_a_name_where_it_is_said_to_be_one():
    assert geocode("Hospital", country="IE").country == "IE"
    own = layer(("Hospital", 40, 35), kind="facility") + Gazetteer.default()
    assert geocode("Hospital", gazetteer=own).source == "user"


def test_no_large_place_has_a_generic_name():
    towns = Gazetteer.default().window(
        (-180, -90, 180, 90), kinds=["populated place"], min_population=100_000
    )
    assert not [name for name in towns["name"] if is_generic(fold(name))]


def test_a_main_name_stands_before_another_name_of_a_large_place():
    assert geocode("Dili").country == "TL"
    assert geocode("Ras al-Ayn").country == "SY"
    assert geocode("Ras al-Ayn").alternatives[0].country == "IL"


def test_far_fetched_names_are_found_where_their_country_is_known():
    assert geocode("Marjah", country="LY").name == "Al Marj"
    frame = geocode(["Tripoli", "Benghazi", "Misrata", "Marjah"])
    assert frame["country"].iloc[:3].tolist() == ["LY"] * 3
    assert frame["name"].iloc[3] == "Al Marj"


@pytest.mark.parametrize(
    ("asked", "name"),
    [("Kamishly", "Qamishli"), ("Rakka", "Raqqa"), ("Raqaa", "Raqqa"), ("Deir Ezor", "Deir ez-Zor"),
     ("Dier Ezzor", "Deir ez-Zor"), ("Hassakeh", "Al-Hasakah"), ("Mariuopol", "Mariupol"),
     ("Damascs", "Damascus"), ("Kandahrr", "Kandahar")],
)  # fmt: skip
def test_real_misspellings_are_found(asked, name):
    assert geocode(asked).name == name


def test_strings_of_syllables_are_rarely_places():
    random = np.random.default_rng(7)
    words = [
        "".join(
            c + v
            for c, v in zip(
                random.choice(list("bcdfghjklmnprstvwyz"), size),
                random.choice(list("aeiou"), size),
                strict=True,
            )
        )
        for size in random.integers(3, 6, 300)
    ]
    found = [geocode(word) for word in words if not missing(word)]
    guesses = [place for place in found if place.score < 0.94 and place.population < 100_000]
    assert len(guesses) <= 0.03 * len(words)


def missing(word):
    try:
        geocode(word)
    except PlaceNotFound:
        return True
    return False

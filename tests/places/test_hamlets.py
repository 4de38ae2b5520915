"""Hamlets, hills and ruins of big gazetteers beside the towns that people mean."""

import geopandas as gpd
import pytest
from shapely import Point

from geoevents.places import Gazetteer, geocode

MAYADIN, BUKAMAL, BAB = "geonames:173480", "geonames:174448", "geonames:174018"
DEIR_EZ_ZOR, RASTAN, NABK = "geonames:170794", "geonames:172946", "geonames:173193"

# As a dump of Syria might list them, far from the towns.
ROWS = [
    ("Mayadin", "populated place", "P.PPL", 0),
    ("Bukamal", "populated place", "P.PPL", 0),
    ("Bab", "populated place", "P.PPL", 0),
    ("Deir Ezzor", "populated place", "P.PPL", 0),
    ("Raqqah", "populated place", "P.PPL", 0),
    ("Berlin", "populated place", "P.PPL", 0),
    ("Kyiv", "populated place", "P.PPL", 0),
    ("Rastan", "facility", "S.RUIN", 0),
    ("Nabk", "facility", "T.HLL", 0),
    ("Tumbakin", "populated place", "P.PPL", 0),
]


def dump(rows, source="dump"):
    names, kinds, codes, people, *countries = zip(*rows, strict=True)
    frame = gpd.GeoDataFrame(
        {
            "name": names,
            "kind": kinds,
            "feature_code": codes,
            "population": people,
            "country": countries[0] if countries else "SY",
        },
        geometry=[Point(36.5 + 0.3 * i, 33.0) for i in range(len(names))],
        crs="EPSG:4326",
    )
    return Gazetteer.from_frame(frame, source=source)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return the embedded gazetteer and a dump, in one layer and from files, as installed."""
    path = tmp_path_factory.mktemp("gazetteers") / "SY.gaz"
    dump(ROWS).save(path)
    return in_one_layer(Gazetteer.from_file(path))


def in_one_layer(*gazetteers):
    return Gazetteer(
        [store for each in (Gazetteer.embedded(), *gazetteers) for store in each.stores]
    )


@pytest.mark.parametrize("country", [None, "SY"])
@pytest.mark.parametrize(
    ("name", "town"),
    [
        ("Mayadin", MAYADIN),
        ("Bukamal", BUKAMAL),
        ("Bab", BAB),
        ("Deir Ezzor", DEIR_EZ_ZOR),
        ("Rastan", RASTAN),
    ],
)
def test_a_town_known_by_that_name_but_for_an_article_stays_first(installed, name, town, country):
    alone = geocode(name, country=country, gazetteer=Gazetteer.embedded())
    place = geocode(name, country=country, gazetteer=installed)
    assert place.id == alone.id == town
    assert place.ambiguous == alone.ambiguous
    assert alone.score - place.score < 0.02
    others = {other.id for other in place.alternatives}
    assert others - {other.id for other in alone.alternatives} == {
        f"dump:{[row[0] for row in ROWS].index(name)}"
    }


def test_a_hill_takes_no_sides_between_two_towns(installed):
    """Two towns are called An Nabk, one of them in Syria; the hill is called Nabk."""
    alone = geocode("Nabk", gazetteer=Gazetteer.embedded())
    place = geocode("Nabk", gazetteer=installed)
    assert alone.ambiguous
    assert place.ambiguous
    assert [p.id for p in (place, *place.alternatives)] == [
        *(p.id for p in (alone, *alone.alternatives)),
        "dump:8",
    ]
    assert geocode("Nabk", country="SY", gazetteer=installed).id == NABK


def test_a_list_of_names_is_hardly_less_sure_for_hamlets(installed):
    names = ["Mayadin", "Bukamal", "Deir Ezzor", "Raqqah", "Rastan", "Berlin", "Kyiv"]
    alone = geocode(names, gazetteer=Gazetteer.embedded())
    found = geocode(names, gazetteer=installed)
    assert found["feature_id"].tolist() == alone["feature_id"].tolist()
    assert (alone["score"] - found["score"]).max() < 0.05
    assert found["ambiguous"].tolist() == [False] * 7


def test_a_hamlet_alone_is_found_as_ever(installed):
    place = geocode("Tumbakin", gazetteer=installed)
    assert (place.id, place.score, place.ambiguous) == ("dump:9", 1.0, False)
    near = geocode("Mayadin", near=(36.5, 33.0), gazetteer=installed)
    assert (near.id, [other.id for other in near.alternatives]) == ("dump:0", [MAYADIN])
    assert geocode("Mayadin", near="Deir ez-Zor", gazetteer=installed).id == MAYADIN
    assert geocode("Mayadin", country="SY", kind="facility", gazetteer=dump(
        [("Mayadin", "facility", "S.RUIN", 0)])).id == "dump:0"  # fmt: skip


TOWN = ("Al-Zimranah", "populated place", "P.PPLA2", 8000)


@pytest.mark.parametrize(
    ("spelling", "code", "kind"),
    [
        ("Zimranah", "P.PPL", "populated place"),
        ("Zimraneh", "P.PPL", "populated place"),
        ("Zimmranah", "P.PPL", "populated place"),
        ("Zeemranah", "P.PPL", "populated place"),
        ("Al Zimrana", "P.PPL", "populated place"),
        ("Zimranah", "S.RUIN", "facility"),
        ("Zimranah", "H.WAD", "river"),
        ("Zimranah", "place=hamlet", "populated place"),
    ],
)
def test_usual_spellings_of_a_town_are_the_town(spelling, code, kind):
    gazetteer = dump([TOWN, (spelling, kind, code, 0)])
    place = geocode(spelling, country="SY", gazetteer=gazetteer)
    assert place.id == "dump:0"
    assert [other.id for other in place.alternatives] == ["dump:1"]
    assert place.score > 0.7
    alone = geocode(spelling, country="SY", gazetteer=dump([TOWN]))
    assert alone.score - place.score < 0.12


@pytest.mark.parametrize(
    ("code", "people", "first"),
    [
        ("P.PPL", 0, "dump:0"),
        ("P.PPL", 200, "dump:0"),
        ("P.PPL", 1000, "dump:1"),  # a town of its own, and it has the very name
        ("P.PPLA3", 0, "dump:1"),  # a district is run from it
        ("place=town", 0, "dump:1"),
        ("place=village", 0, "dump:0"),
        ("", 0, "dump:1"),  # of a table without codes: as before
    ],
)
def test_who_is_a_hamlet(code, people, first):
    gazetteer = dump([TOWN, ("Zimranah", "populated place", code, people)])
    assert geocode("Zimranah", gazetteer=gazetteer).id == first


def test_three_hamlets_make_a_small_town_ambiguous():
    rows = [("Al-Zimranah", "populated place", "P.PPL", 2000)]
    rows += [("Zimranah", "populated place", "P.PPL", 0)] * 3
    place = geocode("Zimranah", gazetteer=dump(rows))
    # 2,300 against three of 301, all with the match of the town.
    assert place.score == pytest.approx(0.95 * 2300 / (2300 + 3 * 301), abs=1e-4)
    assert place.ambiguous
    assert len(place.alternatives) == 3


def test_a_small_village_by_another_spelling_does_not_outdo_a_hamlet():
    rows = [("Al-Zimranah", "populated place", "P.PPL", 1200)]
    rows += [("Zimranah", "populated place", "P.PPL", 0)]
    assert geocode("Zimranah", gazetteer=dump(rows)).id == "dump:1"


def test_a_town_abroad_that_only_sounds_so_does_not_outdo_a_hamlet():
    rows = [("Zeemranah", "populated place", "P.PPLA", 800_000, "IQ")]
    rows += [("Zimranah", "populated place", "P.PPL", 0, "SY")]
    assert geocode("Zimranah", gazetteer=dump(rows)).id == "dump:1"
    rows[0] = (*rows[0][:4], "SY")
    assert geocode("Zimranah", gazetteer=dump(rows)).id == "dump:0"


def test_no_hamlet_steps_back_for_a_town_that_is_not_believed():
    """Without a hint the embedded Hajin, a small town, is not found as Hajeen."""
    gazetteer = in_one_layer(dump([("Hajeen", "populated place", "P.PPL", 0)]))
    assert geocode("Hajeen", gazetteer=gazetteer).id == "dump:0"
    hinted = geocode("Hajeen", country="SY", gazetteer=gazetteer)
    assert (hinted.name, [other.id for other in hinted.alternatives]) == ("Hajin", ["dump:0"])


def test_a_layer_on_top_wins_as_before():
    mine = dump([("Mayadin", "populated place", "P.PPL", 0)], source="mine")
    place = geocode("Mayadin", gazetteer=mine + Gazetteer.embedded())
    assert place.id == "mine:0"
    # The town's spelling counts 0.06 x 0.3 beside the very name, and its layer 0.01.
    assert place.score == pytest.approx(301 / (301 + 54_834 * 0.018 * 0.01), abs=1e-4)

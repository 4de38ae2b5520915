"""The pure functions of the gazetteer build, on small made-up sources."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from gazetteer import by_hand, labelling, naming, provinces, redrawn, towns
from gazetteer.sources import PACKAGES, Package, SourceError, fetch
from shapely import Point, box


def frame(rows, shapes):
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=4326)


class TestNames:
    @pytest.mark.parametrize(
        ("raw", "kept"),
        [
            (["Deir ez-Zor", "", None, "Deir ez-Zor", "DEZ"], ["Deir ez-Zor"]),
            (["New York City", "NYC", "JFK"], ["New York City", "NYC"]),
            (["Hasaka (Al Haksa)"], ["Hasaka", "Al Haksa"]),
            (["Ayrivan  Erivan  Erevan"], ["Ayrivan", "Erivan", "Erevan"]),
            (["/ɑl seɪnts/", "All Saints"], ["All Saints"]),
            (["Ð?ng Tháp", "12345"], []),
            (["دير الزور", "\u200eدير الزور"], ["دير الزور"]),
            (["Ö", "東", "A"], ["Ö", "東"]),
        ],
    )
    def test_cleaning(self, raw, kept):
        assert naming.clean_names(raw) == kept

    def test_brackets_dropped_when_asked(self):
        assert naming.clean_names(["Spielberg (Knittelfeld)"], inside_brackets=False) == [
            "Spielberg"
        ]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Deir ez-Zor", "DEIR EZ ZOR"),
            ("Ḩamāh", "hamah"),
            ("Ar Raqqah", "Raqqah"),
            ("Al-Ḩasakah", "al hasakah"),
        ],
    )
    def test_folding_makes_the_same(self, one, other):
        assert naming.fold(one) == naming.fold(other)

    @pytest.mark.parametrize(
        ("marked", "shown"),
        [
            ("Mūḩ Ḩasan", "Muh Hasan"),
            ("‘Afrīn", "Afrin"),
            ("Douma", "Douma"),
            ("Qeładizê", "Qeładizê"),
            ("الصور", "الصور"),
        ],
    )
    def test_marks_go_only_when_plain_letters_remain(self, marked, shown):
        assert naming.plain(marked) == shown

    def test_names_of_other_provinces_go_and_spellings_stay(self):
        others = {"kanem", "barhelgazel", "shanxi"}
        kept = naming.without_names_of_others(["Barh el Gazel", "Kanem"], "Barh El Gazel", others)
        assert kept == ["Barh el Gazel"]
        assert naming.without_names_of_others(["Shǎnxī"], "Shaanxi", others) == ["Shǎnxī"]

    def test_folding_keeps_a_lone_article(self):
        assert naming.fold("As") == "as"


class TestTowns:
    def test_extent_follows_the_published_rule(self):
        # 1,000,000 ** 0.75 / 350 = 90.35 square miles = 234.0 km2: radius 8.63 km.
        assert towns.extent_radius_m(pd.Series([1_000_000]))[0] == pytest.approx(8631, abs=2)

    def test_unknown_population_counts_as_two_thousand(self):
        radius = towns.extent_radius_m(pd.Series([0, 2000]))
        assert radius[0] == radius[1] == pytest.approx(839.6, abs=1)

    def test_minute_grid_is_noticed(self):
        # 36 1/60 degrees is 36.01667: half a minute each way at 36 degrees north is 1,191 m.
        lon, lat = pd.Series([40.5, 40.14084]), pd.Series([36.01667, 35.33588])
        assert towns.rounding_error_m(lon, lat).tolist() == pytest.approx([1191, 500], abs=2)


SQUARES = {
    "transform": {"scale": [1.0, 1.0], "translate": [10.0, 20.0]},
    "arcs": [
        [[1, 0], [0, 1]],  # the shared side, up from (1, 0)
        [[1, 1], [-1, 0], [0, -1], [1, 0]],  # round the left square
        [[1, 0], [1, 0], [0, 1], [-1, 0]],  # round the right square
        [[5, 5], [0, 0]],  # an islet lost to quantisation
    ],
    "objects": {
        "squares": {
            "geometries": [
                {"type": "Polygon", "id": "L", "properties": {"name": "Left"}, "arcs": [[0, 1]]},
                {
                    "type": "MultiPolygon",
                    "id": "R",
                    "properties": {"name": "Right"},
                    "arcs": [[[2, -1]], [[3]]],
                },
            ]
        }
    },
}


class TestPolygons:
    def test_topology_is_decoded(self):
        made = provinces.topojson_polygons(SQUARES, "squares").set_index("name").geometry
        assert shapely.equals(made["Left"], box(10, 20, 11, 21))
        assert shapely.equals(made["Right"], box(11, 20, 12, 21))

    def test_bow_tie_becomes_valid_and_stays_areal(self):
        bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
        made = provinces.polygons_only([bow])[0]
        assert made.is_valid
        assert made.geom_type in {"Polygon", "MultiPolygon"}
        assert made.area == pytest.approx(0.5)

    def test_shared_border_stays_shared(self):
        rng = np.random.default_rng(1)
        border = np.column_stack([rng.normal(0, 0.002, 200), np.linspace(0, 2, 200)])
        left = shapely.Polygon([(-1, 0), *border, (-1, 2)])
        right = shapely.Polygon([(1, 0), *border, (1, 2)])
        simple = provinces.simplify_together(np.array([left, right]))
        assert shapely.get_num_coordinates(simple).sum() < 300
        assert shapely.coverage_is_valid(simple)
        assert shapely.intersection(*simple).area == 0


PROVINCES = frame(
    {
        "id": ["ne:admin1:XX.WE", "ne:admin1:XX.EA"],
        "name": ["Dayr Az Zawr", "East"],
        "names": [["Dayr Az Zawr", "Deir ez Zor"], ["East"]],
        "kind": "admin1",
        "country": "XX",
        "admin1": ["Dayr Az Zawr", "East"],
    },
    [box(0, 0, 1, 1), box(1, 0, 2, 1)],
)


def some_towns(points, codes, names=None, population=None):
    count = len(points)
    names = names or [f"Town {i}" for i in range(count)]
    return frame(
        {
            "name": names,
            "names": [[name] for name in names],
            "country": "XX",
            "code": codes,
            "population": population or [1000] * count,
        },
        [Point(p) for p in points],
    )


class TestLabelling:
    def test_towns_of_a_code_outvote_a_wrong_border(self):
        # The third town of code 1 stands a little east of the drawn border.
        places = some_towns([(0.2, 0.5), (0.5, 0.5), (1.01, 0.5), (1.5, 0.5)], list("1112"))
        name, figures = labelling.province_of(places, PROVINCES)
        assert name.tolist() == ["Dayr Az Zawr"] * 3 + ["East"]
        assert figures["of towns with a clear code, polygon agrees"] == 0.75

    def test_a_code_with_no_majority_leaves_it_to_the_polygons(self):
        places = some_towns([(0.2, 0.5), (1.5, 0.5)], ["1", "1"])
        assert labelling.province_of(places, PROVINCES)[0].tolist() == ["Dayr Az Zawr", "East"]

    def test_a_town_off_the_coast_gets_the_nearest_and_one_far_out_none(self):
        places = some_towns([(-0.1, 0.5), (9.0, 9.0)], ["7", "8"])
        name = labelling.province_of(places, PROVINCES)[0]
        assert name[0] == "Dayr Az Zawr"
        assert name[1] is None or pd.isna(name[1])

    def test_a_province_answers_to_the_names_of_its_city(self):
        places = some_towns(
            [(0.5, 0.5), (0.6, 0.6), (1.5, 0.5)],
            ["1", "1", "2"],
            ["Deir ez-Zor", "Bigtown", "Otherton"],
            [200_000, 500, 900],
        )
        places.loc[[0], "names"] = pd.Series(
            [["Deir ez-Zor", "Dayr az Zawr", "دير الزور", "Deir City"]]
        )
        regions, labelled, _ = labelling.label(PROVINCES, places)
        assert regions["name"].tolist() == ["Deir ez-Zor", "East"]
        assert "دير الزور" in regions["names"][0]
        assert "Dayr Az Zawr" in regions["names"][0]
        assert "Deir City" not in regions["names"][0]
        assert labelled["admin1"].tolist() == ["Deir ez-Zor", "Deir ez-Zor", "East"]
        assert regions["population"].tolist() == [200_500, 900]


class TestSketches:
    def test_everything_goes_to_the_nearest_town(self):
        area = box(0, -1, 4, 1)
        shapes = redrawn.sketch(
            area, np.array([Point(1, 0), Point(3, 0)]), pd.Series(["west", "east"])
        )
        assert shapely.symmetric_difference(shapes["west"], box(0, -1, 2, 1)).area < 1e-9
        assert shapes.map(lambda s: s.area).sum() == pytest.approx(8)

    def test_spacing_is_the_root_of_the_area_for_each(self):
        # One degree square on the equator, four towns: half a degree, 55.6 km.
        assert redrawn.spacing_m(box(0, -0.5, 1, 0.5), 4) == pytest.approx(55_600, rel=1e-3)


class TestByHand:
    TOWN = some_towns([(0.5, 0.5)], ["1"], ["Al-Known"])

    def entry(self, **changes):
        entry = {"at": [0.2, 0.1], "admin1": "East", "names": ["Here"], "uncertainty_m": 4000}
        return {"XX": {"here": entry | changes}}

    def test_a_place_is_made(self):
        made = by_hand.places(PROVINCES, self.TOWN, self.entry(at=[0.2, 1.1])).iloc[0]
        assert (made["id"], made["kind"]) == ("hand:XX.here", "populated place")
        assert made["geometry"] == Point(1.1, 0.2)

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"at": [0.2, 0.1]}, "is not in East"),
            ({"admin1": "South"}, "no province South"),
            ({"at": [0.5, 0.6], "names": ["Al Known"]}, "already"),
        ],
    )
    def test_a_place_that_disagrees_is_refused(self, changes, message):
        with pytest.raises(by_hand.TableError, match=message):
            by_hand.places(PROVINCES, self.TOWN, self.entry(**changes))

    def test_a_union_is_one_polygon_and_needs_its_parts(self):
        known = PROVINCES.assign(population=[3, 4], uncertainty_m=[5000.0, 9000.0])
        table = {"XX.all": {"parts": ["XX.WE", "XX.EA"], "names": ["All"]}}
        made = by_hand.unions(known, known.iloc[:0], table).iloc[0]
        assert (made["population"], made["uncertainty_m"]) == (7, 9000.0)
        assert shapely.equals(made["geometry"], box(0, 0, 2, 1))
        with pytest.raises(by_hand.TableError, match="no provinces"):
            by_hand.unions(
                known, known.iloc[:0], {"XX.all": {"parts": ["XX.NO"], "names": ["All"]}}
            )


class TestSources:
    def test_a_changed_file_is_refused(self, tmp_path):
        (tmp_path / "thing-1.tgz").write_bytes(b"not what was pinned")
        package = Package("thing", "1", "npm", "thing-1.tgz", "0" * 64, "MIT", "nothing")
        with pytest.raises(SourceError, match="not the pinned"):
            fetch(package, tmp_path)

    @pytest.mark.parametrize("package", PACKAGES.values(), ids=lambda package: package.name)
    def test_every_package_is_pinned(self, package):
        assert len(package.sha256) == 64
        assert package.version in " ".join(package.command())

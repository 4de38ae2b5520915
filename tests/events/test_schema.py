"""The schema: tables that agree with each other, and a validator that misses nothing."""

import re
from decimal import Decimal
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon

import geoevents as ge
from geoevents.events.columns import COLUMNS, markdown
from geoevents.events.problems import Problems
from geoevents.events.schema import SchemaError, check, validate
from geoevents.events.vocabulary import ACLED_SUB_EVENTS, EVENT_TYPES

BASIC = [column.name for column in COLUMNS if not column.by_attach]

# ACLED's codebook (2019 on): six event types, 25 sub-event types.
ACLED = {
    "Battles": [
        "Armed clash",
        "Government regains territory",
        "Non-state actor overtakes territory",
    ],
    "Protests": [
        "Excessive force against protesters",
        "Protest with intervention",
        "Peaceful protest",
    ],
    "Riots": ["Violent demonstration", "Mob violence"],
    "Explosions/Remote violence": [
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ],
    "Violence against civilians": [
        "Sexual violence",
        "Attack",
        "Abduction/forced disappearance",
    ],
    "Strategic developments": [
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ],
}


def events(**columns):
    rows = max(len(values) for values in columns.values())
    columns.setdefault("event_type", ["air strike"] * rows)
    columns.setdefault("place", ["Raqqa"] * rows)
    return pd.DataFrame(columns)


def problems_of(frame):
    with pytest.raises(SchemaError) as error:
        validate(frame)
    return error.value.problems


def only_problem(frame):
    problems = problems_of(frame)
    assert len(problems) == 1
    return problems.iloc[0]


# -- the tables -----------------------------------------------------------------------------------


def test_every_acled_pair_is_read_as_one_type():
    pairs = {(event, sub) for event, subs in ACLED.items() for sub in subs}
    assert len(pairs) == 25
    assert set(ACLED_SUB_EVENTS) == pairs
    listed = [pair for kind in EVENT_TYPES.values() for pair in kind.acled]
    assert len(listed) == len(set(listed))


def test_every_type_can_be_written_as_acled():
    for kind in EVENT_TYPES.values():
        assert (kind.acled or kind.also_acled)[0] in ACLED_SUB_EVENTS


def test_the_documentation_holds_the_tables():
    page = Path(__file__).parents[2] / "docs" / "events.md"
    assert markdown() in page.read_text(encoding="utf-8")


# -- canonical form -------------------------------------------------------------------------------


def test_canonical_columns_and_dtypes():
    valid = validate(events(start=["2017-09-16"]))
    assert list(valid.columns) == BASIC
    assert valid["start"].dtype == valid["end"].dtype == "datetime64[ms]"
    for name in ("reported_area_km2", "fatalities", "uncertainty_m"):
        assert valid[name].dtype == "float64"
    assert valid.crs == "EPSG:4326"


def test_validating_twice_changes_nothing():
    once = validate(events(start=["2017-09-16", "2017", None], lon=[1, 2, None], lat=[3, 4, None]))
    pd.testing.assert_frame_equal(pd.DataFrame(validate(once)), pd.DataFrame(once))


def test_the_input_is_not_changed_and_the_index_kept():
    frame = events(event_type=["AIR  strike", "Siege"], actor=[" a ", ""])
    frame.index = pd.Index(["x", "x"])
    before = frame.copy(deep=True)
    valid = validate(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert valid.index.tolist() == ["x", "x"]
    assert valid["event_type"].tolist() == ["air strike", "siege"]
    assert valid["actor"].iloc[0] == "a"
    assert valid["actor"].isna().tolist() == [False, True]


def test_other_columns_are_kept_before_geometry():
    valid = validate(events(dead_goats=[3], lon=[1.0], lat=[2.0]))
    assert list(valid.columns) == [*BASIC[:-1], "dead_goats", "geometry"]


def test_no_rows():
    valid = validate(pd.DataFrame({"event_type": [], "place": []}))
    assert len(valid) == 0
    assert list(valid.columns) == BASIC
    assert valid["start"].dtype == "datetime64[ms]"


def test_scalars_become_text_but_lists_do_not():
    valid = validate(events(actor=pd.Series([5, True, Decimal("1.5")], dtype=object)))
    assert valid["actor"].tolist() == ["5", "True", "1.5"]
    assert only_problem(events(actor=[["a"]]))["reason"] == "is not text"


def test_categories_are_read_as_their_words():
    frame = events(event_type=pd.Categorical(["siege", "siege"]), actor=pd.Categorical(["a", None]))
    assert validate(frame)["event_type"].tolist() == ["siege", "siege"]


@pytest.mark.parametrize("character", ["a\0b", "a\ud800b"])
def test_characters_that_no_file_holds(character):
    frame = events(actor=pd.Series(["fine", character], dtype=object))
    problem = only_problem(frame)
    assert (problem["row"], problem["column"]) == (1, "actor")
    assert problem["reason"] == "holds a character that no file can store"


@pytest.mark.parametrize("dtype", [object, "str", "string", "category", "string[pyarrow]"])
def test_text_is_read_alike_however_pandas_holds_it(dtype):
    cells = [" a ", "", None, "\u2003b\x1c", "\u0639", "a\0b", " "]
    frame = events(actor=pd.Series(cells, dtype=dtype), start=["2017"] * 7)
    problem = only_problem(frame)
    assert (problem["row"], problem["column"], problem["value"]) == (5, "actor", "a\0b")
    actors = validate(frame.drop(index=5))["actor"]
    assert actors[actors.notna()].tolist() == ["a", "b", "\u0639"]
    assert actors.index[actors.isna()].tolist() == [1, 2, 6]
    assert actors.dtype == pd.Series(["a"]).dtype


def test_text_of_many_blocks_is_read_as_one():
    blocks = [pd.Series([f" {i} ", None, "x"], dtype="str") for i in range(5)]
    actors = pd.concat(blocks, ignore_index=True)
    valid = validate(events(actor=actors))
    assert valid["actor"].dropna().tolist() == ["0", "x", "1", "x", "2", "x", "3", "x", "4", "x"]


def test_half_a_pair_among_a_text_with_nul():
    cells = pd.Series(["a\0b", "a\ud800b", 1, ["x"], None], dtype=object)
    found = problems_of(events(actor=cells))
    assert found["row"].tolist() == [0, 1, 3]
    assert found["value"].tolist() == ["a\0b", "a\ud800b", ["x"]]
    assert found["reason"].tolist() == [
        "holds a character that no file can store",
        "holds a character that no file can store",
        "is not text",
    ]


# -- ids ------------------------------------------------------------------------------------------


def test_made_ids_depend_on_the_row_alone():
    frame = events(actor=["a", "b", "a"], start=["2017", "2018", "2017"])
    ids = validate(frame)["event_id"].tolist()
    assert ids[2] == ids[0] + "-2"
    assert validate(frame.iloc[[1]])["event_id"].tolist() == [ids[1]]
    assert validate(frame.iloc[::-1])["event_id"].tolist() == [ids[0], ids[1], ids[0] + "-2"]


def test_given_ids_stay_and_gaps_are_filled():
    ids = validate(events(event_id=["mine", None, ""]))["event_id"]
    assert ids[0] == "mine"
    assert ids.is_unique
    assert ids.notna().all()


def test_made_ids_do_not_depend_on_rows_that_are_rejected():
    same = {"event_type": "siege", "place": "Raqqa"}
    frame = pd.DataFrame([{**same, "status": "rumoured"}] * 3 + [same] * 2)
    name = validate(pd.DataFrame([same]))["event_id"][0]
    problems = Problems(frame.index)
    problems.reject({1: "is broken"})
    valid = check(frame, problems)
    assert problems.rows().tolist() == [0, 1, 2]
    assert valid["event_id"].tolist()[3:] == [name, f"{name}-2"]
    assert valid["event_id"].isna().tolist() == [True, True, True, False, False]


def test_a_given_id_of_a_rejected_row_is_free_to_be_made():
    name = validate(events(actor=["a"]))["event_id"][0]
    frame = events(actor=["a", "a"], event_id=[name, None], status=["rumoured", None])
    problems = Problems(frame.index)
    valid = check(frame, problems)
    assert problems.frame()["column"].tolist() == ["status"]
    assert valid["event_id"].tolist() == [name, name]


def test_a_repeated_id_is_a_problem():
    problem = only_problem(events(event_id=["a", "b", "a"]))
    assert (problem["row"], problem["column"], problem["value"]) == (2, "event_id", "a")
    problem = only_problem(events(event_id=[None, "a", None, "a", ""]))
    assert (problem["row"], problem["column"], problem["value"]) == (3, "event_id", "a")


# -- problems -------------------------------------------------------------------------------------


def test_every_problem_in_one_error():
    frame = pd.DataFrame(
        {
            "event_id": ["a", "a", "c", "d"],
            "event_type": ["airstrike", "siege", None, "protest"],
            "start": ["2017-09-16", "03/04/2017", "2017-09-16", "2017-09-16"],
            "end": ["2017-09-15", None, None, None],
            "reported_area_km2": [-1, "300 km2", "1,000", np.inf],
            "fatalities": [1.5, 0, None, 2],
            "uncertainty_m": [0, 1, -5, None],
            "lat": [35, 36, 97, None],
            "lon": [40, np.nan, 41, None],
        },
        index=list("wxyz"),
    )
    found = problems_of(frame)
    assert sorted(zip(found["row"], found["column"], strict=True)) == sorted(
        [
            ("w", "event_type"),
            ("w", "end"),
            ("w", "reported_area_km2"),
            ("w", "fatalities"),
            ("w", "uncertainty_m"),
            ("x", "event_id"),
            ("x", "start"),
            ("x", "reported_area_km2"),
            ("x", "lon"),
            ("y", "event_type"),
            ("y", "reported_area_km2"),
            ("y", "uncertainty_m"),
            ("y", "geometry"),
            ("z", "reported_area_km2"),
        ]
    )


def test_the_message_lists_twenty_and_the_count():
    with pytest.raises(SchemaError) as error:
        validate(events(status=["rumoured"] * 33))
    lines = str(error.value).splitlines()
    assert lines[0] == "these events have 33 problems"
    assert lines[1].startswith("  row 0, column status: 'rumoured' is not allowed: ")
    assert len(lines) == 22
    assert lines[-1] == "  ... and 13 more"
    assert len(error.value.problems) == 33


def test_the_error_is_of_the_family():
    assert issubclass(SchemaError, ge.GeoeventsError)
    assert issubclass(SchemaError, ValueError)


@pytest.mark.parametrize(
    ("column", "typo", "meant"),
    [
        ("event_type", "airstrike", "air strike"),
        ("event_type", "air_strike", "air strike"),
        ("event_type", "teritorial gain", "territorial gain"),
        ("status", "disputd", "disputed"),
        ("date_precision", "days", "day"),
    ],
)
def test_a_typo_gets_a_hint_and_the_words_allowed(column, typo, meant):
    reason = only_problem(events(**{column: [typo], "start": ["2017-01-01"]}))["reason"]
    assert f"did you mean {meant!r}?" in reason
    vocabulary = next(entry.vocabulary for entry in COLUMNS if entry.name == column)
    assert reason.endswith(", ".join(vocabulary))


def test_a_hundred_thousand_wrong_words_have_a_handful_of_reasons():
    words = [f"word {number}" for number in range(50_000)]
    words += [f"siege{number}" for number in range(50_000)]
    found = problems_of(pd.DataFrame({"event_type": words, "place": "Raqqa"}))
    assert found["value"].tolist() == words
    assert len({id(reason) for reason in found["reason"]}) <= len(EVENT_TYPES) + 1
    assert "did you mean 'siege'?" in found["reason"].iloc[-1]


def test_a_word_that_is_like_none_gets_no_hint():
    assert "did you mean" not in only_problem(events(status=["zzz"]))["reason"]


@pytest.mark.parametrize("dtype", [object, "str", "string", "category"])
def test_yes_and_no_however_pandas_holds_them(dtype):
    frame = events(inferred=pd.Series(["True", "0", None, " "], dtype=dtype))
    assert validate(frame)["inferred"].tolist() == [True, False, False, False]
    frame = events(inferred=pd.Series(["perhaps"], dtype=dtype))
    assert only_problem(frame)["reason"] == "is neither true nor false"


def test_missing_columns_are_named():
    found = problems_of(pd.DataFrame({"actor": ["a"]}))
    assert found["row"].isna().all()
    assert found["column"].tolist() == ["event_type", None]
    assert found["reason"][0] == (
        "is missing: what happened: name the column that says it so, or say one word for all rows "
        "(read_events: columns={'event_type': ...}, or types='air strike')"
    )
    assert "nothing says where" in found["reason"][1]


def test_a_column_that_stands_twice():
    frame = events(actor=["a"])
    frame.insert(0, "actor", ["b"], allow_duplicates=True)
    assert "stands twice" in only_problem(frame)["reason"]


def test_a_long_or_unprintable_value_is_shown_on_one_short_line():
    with pytest.raises(SchemaError) as error:
        validate(events(status=["x\n\x1b[31m" * 1000]))
    _, line = str(error.value).splitlines()
    assert "\x1b" not in line
    assert "\\n" in line
    assert len(line) < 300


# -- dates ----------------------------------------------------------------------------------------


def test_precision_is_told_by_the_form():
    valid = validate(events(start=["2017-09-16", "2017-W37", "2017-09", "2017", None]))
    assert valid["date_precision"].tolist() == ["day", "week", "month", "year", "unknown"]


def test_a_given_precision_may_be_coarser_but_not_finer():
    valid = validate(events(start=["2017-09-05"], date_precision=["week"]))
    assert valid["date_precision"].tolist() == ["week"]
    problem = only_problem(events(start=["2017-09"], date_precision=["day"]))
    assert problem["column"] == "date_precision"
    assert "is finer than start is written" in problem["reason"]


def test_a_precision_without_a_date():
    assert only_problem(events(date_precision=["day"]))["column"] == "start"
    assert validate(events(date_precision=["unknown"]))["start"].isna().all()


def test_a_bad_start_is_one_problem_not_two():
    assert only_problem(events(start=["soon"], date_precision=["day"]))["column"] == "start"


@pytest.mark.parametrize(
    ("start", "end", "fine"),
    [
        ("2017-09-16", "2017-09-16", True),
        ("2017-09-16T04:00", "2017-09-16", True),
        ("2017-09-16T04:00", "2017-09-16T03:00", False),
        ("2017-09-16", "2017-09-15", False),
        ("2017-09-16", "2017-09", True),
        ("2014-06-10", "2014", True),
        ("2014-06-10", "2013", False),
        (None, "2013", True),
    ],
)
def test_end_is_not_before_start(start, end, fine):
    frame = events(start=[start], end=[end])
    if fine:
        validate(frame)
    else:
        assert only_problem(frame)["column"] == "end"


# -- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [("300", 300), (" 3e2 ", 300), ("0.30000000000000004", 0.1 + 0.2), (".5", 0.5)],
)
def test_numbers_in_text(text, number):
    assert validate(events(reported_area_km2=[text]))["reported_area_km2"][0] == number


@pytest.mark.parametrize(
    "text", ["1,000", "300 km2", "1_000", "nan", "inf", "0x10", "٣", "--1", "NA", True, [1]]
)
def test_what_is_no_number(text):
    frame = events(reported_area_km2=pd.Series([text], dtype=object))
    assert "is not a number" in only_problem(frame)["reason"]


NUMERALS = st.text("+-.0123456789eE", max_size=12) | st.from_regex(
    r"\A\s?[+-]?[0-9]{0,30}\.?[0-9]{0,30}([eE][+-]?[0-9]{1,4})?\s?\Z"
)


@given(st.lists(NUMERALS, min_size=1, max_size=8))
def test_numerals_are_read_as_python_reads_them(texts):
    frame = events(reported_area_km2=pd.Series(texts, dtype="str"))
    numeral = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
    cells = [text.strip() for text in texts]
    wanted = [float(cell) if numeral.fullmatch(cell) else np.nan for cell in cells]
    refused = {
        row
        for row, (cell, number) in enumerate(zip(cells, wanted, strict=True))
        if cell and not 0 <= number < np.inf
    }
    problems = Problems(frame.index)
    valid = check(frame, problems)
    assert set(problems.rows().tolist()) == refused
    good = [row for row in range(len(texts)) if row not in refused]
    np.testing.assert_array_equal(valid["reported_area_km2"].iloc[good], np.array(wanted)[good])


def test_limits():
    assert "is below zero" in only_problem(events(fatalities=[-1]))["reason"]
    assert "is not a whole number" in only_problem(events(fatalities=[0.5]))["reason"]
    assert "is not above zero" in only_problem(events(uncertainty_m=[0]))["reason"]
    assert "is not finite" in only_problem(events(uncertainty_m=[np.inf]))["reason"]
    validate(events(fatalities=[0], reported_area_km2=[0], uncertainty_m=[0.1]))


@pytest.mark.parametrize("dtype", [object, "str", "int64", "Int64"])
def test_a_whole_number_that_floats_do_not_hold_is_a_problem(dtype):
    exact = 9007199254740991  # all whole numbers to here are floats, each one's neighbours too
    for number in (exact + 1, exact + 2):
        frame = events(fatalities=pd.Series([exact, number]).astype(dtype))
        problem = only_problem(frame)
        assert (problem["row"], problem["column"]) == (1, "fatalities")
        assert (int(problem["value"]), problem["reason"]) == (number, "is too large to be exact")
    assert validate(frame.iloc[:1])["fatalities"].tolist() == [exact]
    validate(events(reported_area_km2=[1e300]))


@pytest.mark.parametrize("text", ["34,689", "-0,5", "1.234,5", "1,000", " 1,5 "])
def test_a_comma_is_told_how_to_be_a_point(text):
    assert only_problem(events(reported_area_km2=[text]))["reason"] == (
        "is not a number: for a decimal comma write a point, for thousands nothing"
    )
    for other in ("1,2,3", "1,", ",5", "a,5"):
        reason = only_problem(events(reported_area_km2=[other]))["reason"]
        assert reason == "is not a number: write digits, with a point for decimals"


def test_nullable_and_small_dtypes():
    frame = events(
        fatalities=pd.array([3, None], dtype="Int8"),
        uncertainty_m=np.array([1, 2], dtype="float32"),
    )
    valid = validate(frame)
    assert valid["fatalities"].dtype == "float64"
    assert valid["fatalities"].isna().tolist() == [False, True]


def test_a_number_beyond_floats_is_not_finite():
    frame = events(fatalities=pd.Series([10**400], dtype=object))
    assert only_problem(frame)["reason"] == "is not finite"


# -- geometry -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [("longitude", "latitude"), ("lon", "lat"), ("Lng", "LAT"), ("long", "lat"), ("x", "y")],
)
def test_pairs_of_coordinates(names):
    valid = validate(events(**{names[0]: ["40.5", None], names[1]: [35, None]}))
    assert valid.geometry[0] == Point(40.5, 35)
    assert valid.geometry.isna().tolist() == [False, True]
    assert names[0] not in valid


def test_half_a_pair():
    assert only_problem(events(lat=[35.0]))["reason"] == "stands alone: give lon too"
    problem = only_problem(events(lat=[35.0], lon=[""]))
    assert (problem["column"], problem["reason"]) == ("lon", "is missing, but lat is given")


def test_geometry_wins_over_coordinates():
    valid = validate(events(geometry=["POINT (1 2)"], x=[500000], y=[4000000]))
    assert valid.geometry[0] == Point(1, 2)
    assert valid["x"].tolist() == [500000]


@pytest.mark.parametrize("crs", [None, 3857])
def test_coordinates_count_in_the_rows_without_a_geometry(crs):
    frame = events(lon=["9", "40.5", None, " "], lat=[9, 35, None, None])
    shapes = [Point(1, 2), None, Point(3, 4), None]
    if crs is None:
        frame["geometry"] = [shape and shape.wkt for shape in shapes]
    else:
        shapes = gpd.GeoSeries(shapes, crs=4326).to_crs(crs)
        frame = gpd.GeoDataFrame(frame, geometry=shapes)
    valid = validate(frame)
    assert [shape and shape.distance(Point(0, 0)) > 0 for shape in valid.geometry] == [
        True,
        True,
        True,
        None,
    ]
    assert valid.geometry[0].distance(Point(1, 2)) < 1e-9
    assert valid.geometry[1] == Point(40.5, 35)
    assert valid.geometry[2].distance(Point(3, 4)) < 1e-9
    # What else they may say, where there is a geometry too, is not lost.
    assert valid["lon"].tolist() == frame["lon"].tolist()
    pd.testing.assert_frame_equal(pd.DataFrame(validate(valid)), pd.DataFrame(valid))


def test_coordinates_are_wrong_only_where_they_count():
    frame = events(
        geometry=["POINT (1 2)", "POINT (1 2)", None, None, None, None],
        x=[500000, "east", 500000, "east", 35, 1],
        y=[4000000, None, 4000000, 1, None, 2],
    )
    found = problems_of(frame)
    assert found["row"].tolist() == [2, 3, 4]
    assert found["column"].tolist() == ["geometry", "x", "y"]
    assert found["reason"].tolist() == [
        "is outside longitude -180..180, latitude -90..90: are these metres of a projected CRS?",
        "is not a number: write digits, with a point for decimals",
        "is missing, but x is given",
    ]


def test_half_a_pair_beside_geometries_is_a_column_like_others():
    valid = validate(events(geometry=["POINT (1 2)", None], lat=[5, 6]))
    assert valid.geometry.isna().tolist() == [False, True]
    assert valid["lat"].tolist() == [5, 6]


@pytest.mark.parametrize(
    ("lon", "lat", "hint"),
    [
        (35, 140, "are longitude and latitude swapped?"),
        (500000, 3900000, "are these metres of a projected CRS?"),
        (190, 20, "split it at the antimeridian"),
    ],
)
def test_coordinates_off_the_globe(lon, lat, hint):
    problem = only_problem(events(lon=[lon], lat=[lat]))
    assert problem["reason"] == f"is outside longitude -180..180, latitude -90..90: {hint}"


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        (Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), "is invalid (Self-intersection"),
        (Point(), "is empty"),
        (Point(np.nan, 1), "has a coordinate that is no finite number"),
        (Point(np.inf, 1), "has a coordinate that is no finite number"),
        (shapely.LineString([(0, 0), (0, 91)]), "is outside longitude"),
    ],
)
def test_geometries_that_cannot_be_drawn(shape, reason):
    frame = gpd.GeoDataFrame(events(actor=["a"]), geometry=[shape], crs=4326)
    problem = only_problem(frame)
    assert problem["column"] == "geometry"
    assert problem["reason"].startswith(reason)


def test_points_beside_other_geometries():
    bow = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    shapes = [Point(1, 2), bow, None, Point(200, 1), shapely.MultiPoint([(0, 0), (0, 91)]), bow]
    frame = gpd.GeoDataFrame(events(actor=["a"] * 6), geometry=shapes, crs=4326)
    found = problems_of(frame)
    assert found["row"].tolist() == [1, 3, 4, 5]
    assert found["value"].tolist() == [bow, shapes[3], shapes[4], bow]
    assert [reason.split(" (")[0] for reason in found["reason"]] == [
        "is invalid",
        "is outside longitude -180..180, latitude -90..90: split it at the antimeridian",
        "is outside longitude -180..180, latitude -90..90: are longitude and latitude swapped?",
        "is invalid",
    ]


def test_each_point_off_the_globe_has_its_own_cause():
    lon, lat = [35, 1, 500000, 190], [140, 2, 3900000, 20]
    found = problems_of(events(lon=lon, lat=lat))
    assert found["row"].tolist() == [0, 2, 3]
    assert found["value"].tolist() == [Point(35, 140), Point(500000, 3900000), Point(190, 20)]
    assert [reason.split(": ")[1] for reason in found["reason"]] == [
        "are longitude and latitude swapped?",
        "are these metres of a projected CRS?",
        "split it at the antimeridian",
    ]


def test_wkt_wkb_and_what_is_neither():
    frame = events(geometry=["POINT (1 2)", Point(3, 4).wkb, Point(5, 6), None, ""])
    assert validate(frame).geometry.isna().tolist() == [False, False, False, True, True]
    for bad in ("POINT 1 2", 7, b"x", "gibberish"):
        problem = only_problem(events(geometry=pd.Series([bad], dtype=object)))
        assert problem["reason"] == "is not a geometry in WKT"


def test_another_crs_is_reprojected():
    frame = gpd.GeoDataFrame(events(actor=["a"]), geometry=[Point(40, 35)], crs=4326).to_crs(3857)
    valid = validate(frame)
    assert valid.crs == "EPSG:4326"
    assert valid.geometry[0].distance(Point(40, 35)) < 1e-9
    assert frame.crs == "EPSG:3857"


def test_no_crs_is_a_problem_only_if_there_is_a_geometry():
    frame = gpd.GeoDataFrame(events(actor=["a"]), geometry=[Point(40, 35)])
    assert "has no CRS" in only_problem(frame)["reason"]
    frame = gpd.GeoDataFrame(events(actor=["a"]), geometry=[None])
    assert validate(frame).crs == "EPSG:4326"


def test_the_geometry_column_may_have_another_name():
    frame = gpd.GeoDataFrame(events(shape=[Point(1, 2)]), geometry="shape", crs=4326)
    valid = validate(frame)
    assert valid.active_geometry_name == "geometry"
    assert "shape" not in valid


# -- anything -------------------------------------------------------------------------------------

CELLS = st.none() | st.text(max_size=6) | st.floats() | st.booleans() | st.integers()


@given(
    st.dictionaries(
        st.sampled_from([*BASIC, "lon", "lat", "extra"]), st.lists(CELLS, min_size=3, max_size=3)
    )
)
def test_any_table_is_validated_or_refused_row_by_row(columns):
    frame = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})
    try:
        valid = validate(frame)
    except SchemaError as refused:
        error = refused
    else:
        pd.testing.assert_frame_equal(pd.DataFrame(validate(valid)), pd.DataFrame(valid))
        return
    assert len(error.problems)
    assert "problem" in str(error)


@given(
    st.dictionaries(
        st.sampled_from([*BASIC, "lon", "lat", "inferred", "extra"]),
        st.lists(
            st.none() | st.text(max_size=4) | st.sampled_from(["siege", "1", "2017", "day", "x"]),
            min_size=3,
            max_size=3,
        ),
    )
)
def test_a_table_is_read_alike_however_pandas_holds_text(columns):
    read = []
    for dtype in (object, "str", "string"):
        # Halves of surrogate pairs stand in objects only.
        cells = {
            name: [None if text is None else re.sub("[\ud800-\udfff]", "", text) for text in texts]
            for name, texts in columns.items()
        }
        frame = pd.DataFrame({name: pd.Series(texts, dtype=dtype) for name, texts in cells.items()})
        try:
            valid = validate(frame).drop(columns="extra", errors="ignore")
            read.append(valid.to_json())
        except SchemaError as error:
            read.append(str(error))
    assert read[0] == read[1] == read[2]


@pytest.mark.parametrize("nothing", [None, {}, [1], "x"])
def test_what_is_no_frame_is_a_clear_error(nothing):
    with pytest.raises(ge.GeoeventsError, match="give a frame of events"):
        validate(nothing)


class Unshown:
    """What cannot be shown in a message."""

    def __repr__(self):
        raise RuntimeError("never")


@pytest.mark.parametrize(
    ("value", "told"),
    [(10**5000, "a whole number of some 5,000 digits"), (Unshown(), "a Unshown")],
    ids=range(2),
)
@pytest.mark.parametrize("column", ["actor", "start", "fatalities", "inferred"])
def test_values_that_cannot_be_shown_are_problems(column, value, told):
    frame = gpd.GeoDataFrame(
        {"event_type": ["siege"], "start": ["2017-09-16"]}, geometry=[Point(1, 2)], crs=4326
    )
    frame[column] = pd.Series([value], dtype=object)
    with pytest.raises(SchemaError, match=f"row 0, column {column}: {told} ") as caught:
        validate(frame)
    assert len(caught.value.problems) == 1

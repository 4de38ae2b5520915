"""Positions in figures: every spelling, what their precision means, and what is no position."""

import contextlib
import math
import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from geoevents.localities.reading.coordinates import read
from geoevents.localities.tree import LocalityError

GEOD = Geod(ellps="WGS84")
SECOND = 1 / 3600

# 35°20'10"N 40°08'25"E, by hand: 35 + 1210/3600 and 40 + 505/3600.
DMS = (35 + 1210 / 3600, 40 + 505 / 3600)
DM = (35 + 20 / 60, 40 + 8 / 60)


@pytest.mark.parametrize(
    "text",
    [
        "35.336, 40.141",
        "35.336,40.141",
        "35.336 40.141",
        "35.336/40.141",
        "35.336; 40.141",
        "35.336N 40.141E",
        "35.336N40.141E",
        "35.336n, 40.141e",
        "N35.336 E40.141",
        "N 35.336, E 40.141",
        "N35.336E40.141",
        "35.336° N, 40.141° E",
        "35.336º 40.141º",
        "35.336˚N 40.141˚E",
        "40.141E 35.336N",
        "E40.141, N35.336",
        "35.336 north, 40.141 east",
        "35.336 degrees north latitude and 40.141 degrees east longitude",
        "lat 35.336, lon 40.141",
        "Latitude: 35.336 Longitude: 40.141",
        "lat=35.336, long=40.141",
        "lon 40.141 lat 35.336",
        "LAT. 35.336 LNG. 40.141",
        "35,336; 40,141",
        "35,336 / 40,141",
        "35,336° N, 40,141° E",
        "35,336N 40,141E",
        "lat 35,336 lon 40,141",
        "+35.336, +40.141",
    ],
)
def test_decimal_degrees(text):
    fix = read(text)
    assert (fix.lat, fix.lon) == (35.336, 40.141)
    assert fix.system == "decimal degrees"
    assert (fix.text, fix.start, fix.end) == (text, 0, len(text))
    assert fix.radius_m == pytest.approx(143, abs=1)


@pytest.mark.parametrize(
    "text",
    [
        "35°20'10\"N 40°08'25\"E",
        "35°20′10″N, 40°08′25″E",
        "35° 20’ 10” N 40° 08’ 25” E",
        "35º20'10''N 40º08'25''E",
        "35 20 10 N 40 8 25 E",
        "N 35 20 10, E 40 8 25",
        "35:20:10N 40:08:25E",
        "35-20-10N 040-08-25E",
        "35d20m10s 40d8m25s",
        "35d20m10sN, 40d8m25sE",
        "35d 20m 10s N, 40d 8m 25s E",
        "35°20'10\", 40°08'25\"",
        "35 deg 20 min 10 sec N, 40 deg 8 min 25 sec E",
        "35 degrees, 20 minutes and 10 seconds north, 40 degrees, 8 minutes and 25 seconds east",
        "352010N 0400825E",
        "40°08'25\"E 35°20'10\"N",
    ],
)
def test_degrees_minutes_seconds(text):
    fix = read(text)
    assert (fix.lat, fix.lon) == pytest.approx(DMS, abs=1e-12)
    assert fix.system == "degrees, minutes and seconds"
    assert fix.text == text
    assert fix.radius_m == pytest.approx(40, abs=1)


@pytest.mark.parametrize(
    "text",
    [
        "35°20'N 40°08'E",
        "35° 20′ N, 40° 8′ E",
        "35 20 N 40 8 E",
        "35 degrees 20 minutes north 40 degrees 8 minutes east",
        "3520N 04008E",
        "35d20m 40d8m",
        "N35°20' E40°08'",
    ],
)
def test_degrees_and_minutes(text):
    fix = read(text)
    assert (fix.lat, fix.lon) == pytest.approx(DM, abs=1e-12)
    assert fix.system == "degrees and minutes"
    assert fix.text == text
    assert fix.radius_m == pytest.approx(60 * 39.84, rel=1e-3)


def test_decimal_minutes_and_seconds():
    fix = read("35°20.5'N 40°08.4'E")
    assert (fix.lat, fix.lon) == pytest.approx((35 + 20.5 / 60, 40 + 8.4 / 60))
    assert fix.radius_m == pytest.approx(239, abs=1)  # a tenth of a minute
    fix = read("35°20'10.5\"S 40°08'25.5\"W")
    assert (fix.lat, fix.lon) == pytest.approx((-35 - 1210.5 / 3600, -40 - 505.5 / 3600))
    assert fix.radius_m == pytest.approx(4, abs=0.1)


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("-33.9, 18.4", -33.9, 18.4),
        ("−33.9, 18.4", -33.9, 18.4),  # a minus sign, not a hyphen
        ("33.9S 18.4W", -33.9, -18.4),
        ("-33.9 -18.4", -33.9, -18.4),
        ("-0.5, 0.5", -0.5, 0.5),
        ("-0°30', 0°30'", -0.5, 0.5),
        ("140.14, 35.33", 35.33, 140.14),  # only one of them can be a latitude
        ("-140.14, -35.33", -35.33, -140.14),
        ("90.0, 180.0", 90, 180),
        ("90.0S 180.0W", -90, -180),
        ("٣٥.٣٣٦, ٤٠.١٤١", 35.336, 40.141),
    ],
)
def test_signs_and_order(text, lat, lon):
    fix = read(text)
    assert (fix.lat, fix.lon) == (lat, lon)


def test_the_radius_is_one_step_each_way():
    # A thousandth of a degree at 35.336 N, along the meridian and along the parallel.
    north = GEOD.inv(40.141, 35.3355, 40.141, 35.3365)[2]
    east = GEOD.inv(40.1405, 35.336, 40.1415, 35.336)[2]
    assert read("35.336, 40.141").radius_m == pytest.approx(math.hypot(north, east), rel=1e-6)
    # Steps differ: a hundredth and a tenth.
    assert read("35.33, 40.1").radius_m == pytest.approx(
        math.hypot(north * 10, east * 100), rel=1e-4
    )
    # Zeros are figures too.
    assert read("35.300, 40.100").radius_m < read("35.30, 40.10").radius_m / 9
    # A whole degree is what "35°N 40°E" says.
    assert read("35°N 40°E").radius_m == pytest.approx(143_670, rel=1e-3)


# -- grid references and plus codes --


@pytest.mark.parametrize(
    "text",
    ["37SFV0369310902", "37S FV 03693 10902", "37S FV0369310902", "37sfv0369310902"],
)
def test_mgrs_by_hand(text):
    # Zone 37, column F of A-H: 600 km; row V of A-V: 1,900 km, and 2,000 km more in band S.
    utm = Transformer.from_crs("EPSG:32637", "EPSG:4326", always_xy=True)
    lon, lat = utm.transform(603_693.5, 3_910_902.5)
    fix = read(text)
    assert GEOD.inv(lon, lat, fix.lon, fix.lat)[2] < 0.8
    assert fix.system == "MGRS"
    assert fix.text == text
    assert fix.radius_m == pytest.approx(math.sqrt(0.5))


@pytest.mark.parametrize("figures", [1, 2, 3, 4, 5])
def test_mgrs_is_the_middle_of_its_cell(figures):
    utm = Transformer.from_crs("EPSG:32637", "EPSG:4326", always_xy=True)
    side = 10 ** (5 - figures)
    east, north = int("03693"[:figures]) * side, int("10902"[:figures]) * side
    lon, lat = utm.transform(600_000 + east + side / 2, 3_900_000 + north + side / 2)
    fix = read(f"37S FV {'03693'[:figures]} {'10902'[:figures]}")
    assert GEOD.inv(lon, lat, fix.lon, fix.lat)[2] < 0.8
    assert fix.radius_m == pytest.approx(side / math.sqrt(2))


def test_mgrs_south_and_at_a_pole():
    # Cape Town: zone 34, column B of J-R... of set 1 (zones 31, 34, 37) A-H: 200 km; in even
    # zones rows start at F: row J is the fourth from F (F, G, H, J), 300 km north of a multiple of
    # 2,000; band H lies between 32 and 40 S, so 6,000 + 300.
    south = Transformer.from_crs("EPSG:32734", "EPSG:4326", always_xy=True)
    lon, lat = south.transform(262_000.5, 6_243_000.5)
    assert -40 < lat < -32
    fix = read("34H BH 62000 43000")
    assert GEOD.inv(lon, lat, fix.lon, fix.lat)[2] < 0.8
    # Polar grid, east half: column A begins at 2,000 km, row H is the eighth from 1,300 km.
    polar = Transformer.from_crs("EPSG:32661", "EPSG:4326", always_xy=True)
    lon, lat = polar.transform(2_012_345.5, 2_012_345.5)
    fix = read("ZAH 12345 12345")
    assert GEOD.inv(lon, lat, fix.lon, fix.lat)[2] < 0.8


@pytest.mark.parametrize(
    "text",
    [
        "37SZZ 11 11",  # no such column in zone 37
        "61SFV 11 11",  # zones end at 60
        "37RFV 11 11",  # the square is in band S
        "37SFV 123",
        "37SFV 12 345",
        "37SFV 123456 123456",
        "32XMJ 12 12",  # zone 32 has no band X
    ],
)
def test_no_such_grid_square(text):
    with pytest.raises(LocalityError) as error:
        read(text)
    assert error.value.start == 0


@pytest.mark.parametrize(
    "text", ["1MAR 2021", "12MAR2021", "5 Nov 2020", "10SEP21", "5k at 12 34", "4TH 12", "37SFV"]
)
def test_dates_and_words_are_no_grid_references(text):
    assert read(text) is None


@pytest.mark.parametrize("text", ["8G7P84PR+C9", "8g7p84pr+c9"])
def test_plus_code_by_hand(text):
    # Digits count from 0 in 23456789CFGHJMPQRVWX: 8=6 G=10, 7=5 P=14, 8=6 4=2, P=14 R=16, C=8 9=7.
    lat = -90 + 6 * 20 + 5 + 6 / 20 + 14 / 400 + 8 / 8000
    lon = -180 + 10 * 20 + 14 + 2 / 20 + 16 / 400 + 7 / 8000
    fix = read(text)
    assert (fix.lat, fix.lon) == pytest.approx((lat + 1 / 16000, lon + 1 / 16000), abs=1e-9)
    assert fix.system == "plus code"
    assert fix.radius_m == pytest.approx(GEOD.inv(lon, lat, fix.lon, fix.lat)[2], rel=1e-3)


def test_coarse_and_fine_plus_codes():
    coarse = read("8G7P0000+")
    assert (coarse.lat, coarse.lon) == (35.5, 34.5)
    corners = [GEOD.inv(34.5, 35.5, 34.0, lat)[2] for lat in (35.0, 36.0)]
    assert coarse.radius_m == pytest.approx(max(corners))
    fine = read("8G7P84PR+C9X")
    assert fine.radius_m < 3
    assert GEOD.inv(fine.lon, fine.lat, read("8G7P84PR+C9").lon, read("8G7P84PR+C9").lat)[2] < 9


@pytest.mark.parametrize("text", ["84PR+C9", "84PR+C9 Raqqa", "PR+C9"])
def test_a_short_plus_code_asks_for_the_full_one(text):
    with pytest.raises(LocalityError, match="full code") as error:
        read(text)
    assert text[error.value.start : error.value.end] == text.split()[0]


# -- where it stands --


def test_offsets_are_those_of_the_whole_text():
    text = "10 km east of  35.336 N, 40.141 E, near Raqqa"
    fix = read(text, 13)
    assert text[fix.start : fix.end] == fix.text == "35.336 N, 40.141 E"
    assert read(text, 0) is None
    with pytest.raises(LocalityError) as error:
        read("near  95.336 N, 40.141 E", 4)
    assert (error.value.start, error.value.end) == (6, 24)


@pytest.mark.parametrize(
    ("text", "read_so_far"),
    [
        ("35.336, 40.141.", "35.336, 40.141"),
        ("35.336, 40.141)", "35.336, 40.141"),
        ("35.336, 40.141, Syria", "35.336, 40.141"),
        ("35.336 N 40.141 E near Raqqa", "35.336 N 40.141 E"),
        ("37SFV 0369 1090, 35.336, 40.141", "37SFV 0369 1090"),
    ],
)
def test_what_follows_is_left(text, read_so_far):
    assert read(text).text == read_so_far


@pytest.mark.parametrize(
    "lead",
    [
        "coordinates ",
        "Coordinates: ",
        "GPS coordinates ",
        "GPS: ",
        "coords. ",
        "position ",
        "coordinates of ",
        "WGS 84 ",
    ],
)
def test_what_the_figures_are_called_is_passed_over(lead):
    text = f"{lead}35.336, 40.141"
    fix = read(text)
    assert (fix.lat, fix.lon) == (35.336, 40.141)
    assert text[fix.start : fix.end] == fix.text == "35.336, 40.141"


def test_what_codes_are_called_is_passed_over():
    for lead in ("MGRS ", "MGRS: ", "grid reference ", "Grid ref. ", "grid "):
        assert read(f"{lead}37SFV0369310902").system == "MGRS"
    assert read("plus code 8G7P84PR+C9").system == "plus code"
    for name in ("Grid", "Position 5", "Plus", "Code 35", "GPS 12 km", "Reference Point"):
        assert read(name) is None


# -- what is no position --


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Raqqa",
        "35",
        "35.336",
        "35, 40",
        "35 40",
        "35 Km",
        "35 km east of Raqqa",
        "51, 12",
        "Area 51, 12",
        "12.5, 15.5 km west of Raqqa",
        "12.5 15.5 miles",
        "12.5, 15.5 nautical miles",
        "15.5 - 20.5 km",
        "15.5–20.5 km",
        "2 N 3 E of Raqqa",
        "5 N of Raqqa",
        "E40 N35",
        "on the E40",
        "M5, A1",
        "3 E 5 W",
        "10 N",
        "1.2.3, 4.5.6",
        "35.3%, 40.1%",
        "22+22",
        "35.336 and 40.141",
        "35.336,",
        "1, 2, 3",
        "2020-01-01, 2021-01-01",
        "35.336, 40.141x",
        "3535.336, 40.141",
        "N",
        "lat",
        "Latakia",
        "Lon 5",
        "°",
    ],
)
def test_not_a_position(text):
    try:
        fix = read(text)
    except LocalityError:
        fix = None
        assert text == "Lon 5", "only a label makes half a position of a whole number"
    assert fix is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("95.0N 40.1E", "latitude of 95"),
        ("35.0N 190.1E", "longitude of 190"),
        ("lat 95, lon 40", "latitude of 95"),
        ("95.5, 200.5", "latitude of 95.5"),
        ("35.5, 200.5", "longitude of 200.5"),
        ("35°75'N 40°08'E", "75 minutes"),
        ("35°20'60\"N 40°08'00\"E", "60 seconds"),
        ("90°00'01\"N 40°08'00\"E", "latitude of 90"),
        ("3575N 04008E", "75 minutes"),
        ("35.336 N", "half a position"),
        ("N 35.336", "half a position"),
        ("35° N", "half a position"),
        ("40°08'25\"E", "half a position"),
        ("lat 35.336", "half a position"),
        ("35.336 N, 40.141", "half a position"),
        ("-35.3N 40.1E", "both say"),
        ("35.3N 40.1N", "two latitudes"),
        ("35.3E 40.1W", "two longitudes"),
        ("lat 35.3E lon 40.1N", "no latitude"),
        ("35,336, 40,141", "taken apart"),
        ("35,336 40,141", "taken apart"),
        ("35, 40.141", "zeros too"),
        ("35.336, 40", "zeros too"),
    ],
)
def test_a_position_that_cannot_be(text, message):
    with pytest.raises(LocalityError, match=re.escape(message)) as error:
        read(text)
    assert error.value.text == text


@pytest.mark.parametrize(
    "text",
    [
        "lat" + " " * 20_000,
        "35.336" + " " * 20_000 + "40.141",
        "35°" + "," * 20_000,
        "35." + "3" * 20_000 + " N",
        "35 20 " * 5_000,
        "N" * 20_000,
        "1" * 20_000,
        "35.3 and " * 3_000,
        "37SFV" + "1" * 20_000,
        "22" * 10_000 + "+",
    ],
)
def test_no_text_takes_long(text):
    begin = time.perf_counter()
    with contextlib.suppress(LocalityError):
        assert read(text) is None
    assert time.perf_counter() - begin < 0.5


# -- invariants --

LATS = st.integers(-89_999, 89_999)
LONS = st.integers(-179_999, 179_999)


@given(LATS, LONS, st.sampled_from(["{0}, {1}", "{0} {1}", "{0};{1}", "lat {0} lon {1}"]))
def test_any_signed_position_is_read(lat, lon, form):
    fix = read(form.format(f"{lat / 1000:.3f}", f"{lon / 1000:.3f}"))
    assert (fix.lat, fix.lon) == (lat / 1000, lon / 1000)


@given(
    st.integers(0, 89),
    st.integers(0, 179),
    st.tuples(*[st.integers(0, 59)] * 4),
    st.tuples(st.sampled_from("NS"), st.sampled_from("EW")),
    st.sampled_from(
        [
            "{0}°{1}'{2}\"{6} {3}°{4}'{5}\"{7}",
            "{6}{0} {1} {2}, {7}{3} {4} {5}",
            "{3}:{4}:{5}{7} {0}:{1}:{2}{6}",
            "{0} degrees {1} minutes {2} seconds {6}, {3} degrees {4} minutes {5} seconds {7}",
            "{0:02}{1:02}{2:02}{6} {3:03}{4:02}{5:02}{7}",
        ]
    ),
)
def test_any_position_in_seconds_is_read(d_lat, d_lon, rest, letters, form):
    m_lat, s_lat, m_lon, s_lon = rest
    fix = read(form.format(d_lat, m_lat, s_lat, d_lon, m_lon, s_lon, *letters))
    lat = (d_lat + m_lat / 60 + s_lat / 3600) * (1 if letters[0] == "N" else -1)
    lon = (d_lon + m_lon / 60 + s_lon / 3600) * (1 if letters[1] == "E" else -1)
    assert (fix.lat, fix.lon) == pytest.approx((lat, lon), abs=1e-9)


@given(st.floats(-80, 84), st.floats(-180, 179.99))
def test_any_grid_reference_is_read(lat, lon):
    mgrs = pytest.importorskip("mgrs")
    # A hair south of the equator the northing is rounded up, to a square that is none.
    assume(not -1e-8 < lat < 0)
    fix = read(mgrs.MGRS().toMGRS(lat, lon))
    assert GEOD.inv(lon, lat, fix.lon, fix.lat)[2] <= 2 * fix.radius_m


@given(st.text(alphabet="0123456789.,;:-−°'\"′″ nsewNSEWlatonkmd+/CFV()\n", max_size=30))
def test_nothing_but_the_familys_error(text):
    try:
        fix = read(text)
    except LocalityError as error:
        assert 0 <= error.start < error.end <= len(text)  # noqa: PT017 -- either is right
    else:
        if fix is not None:
            assert text[fix.start : fix.end] == fix.text
            assert abs(fix.lat) <= 90
            assert abs(fix.lon) <= 180
            assert fix.radius_m > 0


@given(st.text(max_size=40), st.integers(0, 45))
def test_any_text_at_any_offset(text, start):
    try:
        read(text, start)
    except LocalityError as error:
        assert error.text == text  # noqa: PT017 -- either is right

"""Times: what is read, what is no date, and what never happens."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.events.vocabulary import DATE_PRECISIONS
from geoevents.prose import Document
from geoevents.reports.errors import ReportError
from geoevents.reports.forms import grammar
from geoevents.reports.language import language, read_language
from geoevents.reports.when import find_unread_dates, find_whens

grammar(language("en"))  # made before any test is timed
_CASES = Path(__file__).parent / "cases" / "dates.txt"
_SUNDAY = dt.date(2017, 9, 17)
_EXPECTED = re.compile(
    r"(.+?) = (\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?(?: (week|month|year|unknown))?"
    r"(?: (\d\d:\d\d))?( lasts)?"
)


def _cases():
    for line in _CASES.read_text(encoding="utf-8").splitlines():
        if "=>" in line and not line.startswith("#"):
            text, _, expected = line.partition(" =>")
            published = _SUNDAY
            if text.startswith("@"):
                day, _, text = text[1:].partition(" ")
                published = dt.date.fromisoformat(day)
            yield published, text, [part for part in expected.strip().split("; ") if part]


def _read(text, published=_SUNDAY, words=None, **more):
    return find_whens(Document.read(text), published, words or language("en"), **more)


def _written(when):
    """Spell a time as the cases do."""
    words = f"{when.text} = {when.first}"
    words += f"..{when.last}" if when.last != when.first else ""
    words += f" {when.precision}" if when.precision != "day" else ""
    words += f" {when.moment:%H:%M}" if when.moment else ""
    return words + (" lasts" if when.lasts else "")


@pytest.mark.parametrize(("published", "text", "expected"), [*_cases()])
def test_times_are_read_as_worked_out_by_hand(published, text, expected):
    assert all(_EXPECTED.fullmatch(part) for part in expected)
    assert [_written(when) for when in _read(text, published)] == expected


def test_there_are_many_cases():
    assert sum(1 for _ in _cases()) >= 120


_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WORDS = """
on in since between from to and , . ( ) - the last next this of ago later early late 16 3-5 5 2014
2017 1990s September May Sept Friday Saturday yesterday overnight night dawn at 16:45 4 p.m. week
month year two several days weeks for nearly recently end weekend same day first summer half
16/09/2017 2017-09-16 31 February 29 until then past few century 24 hours
"""
_TEXTS = st.lists(st.sampled_from(_WORDS.split()), max_size=30).map(" ".join) | st.text(max_size=80)
_PUBLISHED = st.dates() | st.just(_SUNDAY)


@given(_TEXTS, _PUBLISHED)
def test_times_stand_in_order_and_are_days_of_the_calendar_in_order(text, published):
    document = Document.read(text, format="text")
    at = 0
    for when in find_whens(document, published, language("en")):
        assert at <= when.start < when.end
        assert document.text[when.start : when.end] == when.text
        assert when.first <= when.last
        assert when.precision in DATE_PRECISIONS
        assert (when.first - published).days <= 366
        at = when.end


@given(_PUBLISHED.filter(lambda day: day.year > 1), st.integers(1, 7))
def test_a_weekday_is_one_of_the_last_seven_days(published, number):
    (when,) = _read(f"Shells fell on {_DAYS[number - 1]}.", published)
    assert when.first == when.last
    assert when.first.isoweekday() == number
    assert 0 <= (published - when.first).days < 7


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.integers(0, 364))
def test_a_date_without_year_is_the_last_such_day(published, days):
    day = published - dt.timedelta(days=days)
    (when,) = _read(f"Shells fell on {day.day} {day:%B}.", published)
    assert when.first == day


@given(st.dates(dt.date(1000, 1, 1), dt.date(2099, 12, 31)))
def test_however_a_date_is_spelled_it_is_the_same(day):
    spelled = (f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%d-%b-%Y}")
    for words in (*spelled, day.isoformat(), f"{day:%A}, {day.day} {day:%B %Y}"):
        (when,) = _read(f"On {words}, shells fell.", None)
        assert (when.first, when.last, when.precision) == (day, day, "day")


def test_a_relative_time_without_day_of_publication_is_an_error_that_names_it():
    with pytest.raises(ReportError, match=r"'early Saturday' \(character 30\).* published="):
        _read("Shells fell on 3 May 2016 and early Saturday.", None)


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        # no day of publication is needed for a year, or for what looks back in the text
        ("In 2016 shells fell.", {"published": None}, ["2016 = 2016-01-01..2016-12-31 year"]),
        (
            "On 3 May 2016 shells fell. Two days later it was quiet.",
            {"published": None},
            ["3 May 2016 = 2016-05-03", "Two days later = 2016-05-05"],
        ),
        ("They fled in May. 16 people died.", {}, ["May = 2017-05-01..2017-05-31 month"]),
        (
            "Shells fell on Monday. Rebels fled on Tuesday. They came back Friday.",
            {"sentences": {1}},
            ["Tuesday = 2017-09-12"],
        ),
    ],
)
def test_times_are_read_sentence_by_sentence(text, more, expected):
    assert [_written(when) for when in _read(text, **more)] == expected


def test_dates_that_can_be_read_in_two_ways_are_listed_with_the_reason():
    document = Document.read("It was hit on 03/04/2017, 09/09/17, 31/31/2017 and 05/05/2017.")
    unread = find_unread_dates(document, language("en"))
    assert [(date.text, date.reason) for date in unread] == [
        ("03/04/2017", "can be 2017-03-04 or 2017-04-03: write which"),
        ("09/09/17", "has a two-digit year: write all four digits"),
        ("31/31/2017", "is not in the calendar"),
    ]


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("Shells fell on 31 September.", ["31 September"]),
        ("Shells fell on 99 September 2017.", ["99 September 2017"]),
        ("Shells fell on 2017-02-30.", ["2017-02-30"]),
        ("Shells fell on 3, 5 and 31 June 2017.", ["31 June 2017"]),
        ("It was built in 0000.", ["0000"]),
        ("Shells fell a day later.", ["a day later"]),
        ("Shells fell on 3 May. A day earlier it was quiet.", []),
        ("Shells fell on Friday, 14 September 2017.", ["Friday"]),  # a Thursday
        ("Shells fell on Friday, 14 September.", ["Friday"]),
        ("Shells fell on Thursday, 14 September 2017.", []),
        ("Shells fell on 29 February 2016 and on 29 February.", []),
        ("It began with the 7 October attack.", []),
    ],
)
def test_days_that_are_in_no_calendar_or_on_another_weekday_are_told(text, unread):
    found = find_unread_dates(Document.read(text), language("en"), _SUNDAY)
    assert [one.text for one in found] == unread
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "on " * 20_000,
        "16 September " * 5_000,
        "the last few " * 10_000,
        "between Friday and " * 5_000,
        "9" * 100_000,
        "1,111" * 10_000,
        "9:" * 20_000,
        "(" * 40_000,
        "\0\ud800\u202e\ufeff" * 20_000,
        "hundred and " * 10_000,
        "early " * 30_000 + "Saturday",
        "١" * 50_000,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_hostile_text_is_read_in_time_proportional_to_its_length(text):
    document = Document.read(text, format="text")
    for when in find_whens(document, _SUNDAY, language("en")):
        assert when.first <= when.last


_FRENCH = """
[when]
capitals = []
[when.words]
cue = ["en", "depuis", "fin"]
a = ["un", "une"]
past = ["derniers", "dernières"]
recent = ["récemment"]
at = ["à", "vers"]
[when.words.month]
janvier = 1
"août" = 8
septembre = 9
[when.words.weekday]
vendredi = 5
samedi = 6
[when.words.relation]
dernier = -1
"dernière" = -1
prochain = 1
[when.words.ordinal]
premier = 1
[when.words.unit]
jours = "day"
semaine = "week"
semaines = "week"
mois = "month"
ans = "year"
[when.words.units]
jours = "day"
[when.words.period]
semaine = "week"
[when.words.vague]
quelques = [3, 9]
[when.words.dayword]
hier = -1
"aujourd'hui" = 0
[when.words.daypart]
matin = ""
soir = ""
[when.vague]
day = [7, 2]
week = [4, 2]
month = [3, 2]
year = [4, 2]
recently = 14
recent = {day = 7, week = 28, month = 90, year = 1095}
[when.joins]
day_time = ["", "à", "vers"]
time_day = [""]
open_and = ["entre"]
open_to = ["du", "de"]
and = ["et"]
to = ["au", "à"]
list = ["et"]
since = ["depuis"]
[when.fragments]
day = "({dd}|{nth}|{ordinal})"
amount = "({number}|{vague}|{a}) {unit}"
[[when.forms]]
reading = "date"
say = ["[le ]{day} {month}[ {yyyy:year}]", "[du ]{day} au {day:to} {month}[ {yyyy:year}]"]
[[when.forms]]
reading = "weekday"
say = ["{weekday}[ {relation}][ {daypart}]"]
[[when.forms]]
reading = "period"
say = ["la {period} {relation}"]
[[when.forms]]
reading = "today"
say = ["{dayword}[ {daypart}]"]
[[when.forms]]
reading = "ago"
say = ["il y a {amount}"]
[[when.forms]]
reading = "month"
say = ["<{cue} >{month}[ {yyyy:year}]"]
[[when.forms]]
reading = "year"
say = ["<{cue} >{year}"]
[[when.forms]]
reading = "bare clock"
say = ["{clock}"]
[[when.forms]]
reading = "recently"
say = ["{recent}"]
[quantities]
numerals = {decimal = ",", group = ".", ordinals = ["er"]}
[quantities.words.numword]
deux = 2
trois = 3
[quantities.words.multiple]
cents = 100
[quantities.fragments]
number = "({figure:-}|{numword:-}[ {multiple:-}])"
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le 3 août 2016, deux obus.", ["Le 3 août 2016 = 2016-08-03"]),
        ("Le 1er septembre, rien.", ["Le 1er septembre = 2017-09-01"]),
        ("Samedi soir, puis vendredi dernier.", [
            "Samedi soir = 2017-09-16", "vendredi dernier = 2017-09-15"]),
        ("Du 3 au 5 août 2016.", ["Du 3 au 5 août 2016 = 2016-08-03..2016-08-05"]),
        ("Il y a deux semaines et il y a trois ans.", [
            "Il y a deux semaines = 2017-08-28..2017-09-03 week",
            "il y a trois ans = 2014-01-01..2014-12-31 year"]),
        ("La semaine dernière et aujourd’hui.", [
            "La semaine dernière = 2017-09-04..2017-09-10 week", "aujourd’hui = 2017-09-17"]),
        ("Assiégée depuis 2014.", ["depuis 2014 = 2014-01-01..2017-09-17 year lasts"]),
        ("Un tir vendredi à 16h45.", ["vendredi à 16h45 = 2017-09-15 16:45"]),
        ("Entre vendredi et samedi.", ["Entre vendredi et samedi = 2017-09-15..2017-09-16"]),
    ],
)  # fmt: skip
def test_another_language_is_a_file(tmp_path_factory, text, expected):
    path = tmp_path_factory.mktemp("languages") / "fr.toml"
    path.write_text(_FRENCH, encoding="utf-8")
    french = read_language("fr", path)
    assert [_written(when) for when in _read(text, words=french)] == expected

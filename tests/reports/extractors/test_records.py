"""Records of an extractor: what is wrong with an answer is told by record and field."""

# ruff: noqa: DTZ001 -- times by the clock of the place

import datetime as dt
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.prose import Document
from geoevents.reports.errors import ReportError
from geoevents.reports.extractors import ExtractorError, ExtractorWarning, ask, records
from geoevents.reports.extractors.quotations import fold_quote

TEXT = (
    "Rebels shelled the market in Taiz on Monday, killing 9 people.\n\n"
    "“We did not  fire,” the rebels’ spokesman said – and hung up. The army took 12 square "
    "kilometres east of Mokha."
)
REPORT = Document.read(TEXT, format="text")
PUBLISHED = dt.date(2018, 3, 6)
GOOD = {
    "event_type": "shelling",
    "actor": "rebels",
    "target": "civilians",
    "start": "2018-03-05",
    "locality": "the market in Taiz",
    "place": "Taiz",
    "fatalities": 9,
    "quote": "Rebels shelled the market in Taiz",
}


def read(answer, report=REPORT, published=PUBLISHED):
    return records(answer, report, published)


def reads_or_refuses(answer):
    try:
        return isinstance(read(answer), list)
    except ExtractorError as error:
        return bool(error.problems)


def refused(fields):
    with pytest.raises(ExtractorError) as caught:
        read([GOOD, {**GOOD, **fields}])
    return caught.value.problems


def test_a_record_becomes_a_row_of_the_schema():
    record = read([GOOD])[0]
    assert record["event_type"] == "shelling"
    assert record["start"] == dt.datetime(2018, 3, 5)
    assert (record["date_precision"], record["status"]) == ("day", "reported")
    assert (record["fatalities"], record["wounded"], record["end"]) == (9.0, None, None)
    assert record["quote"] == "Rebels shelled the market in Taiz"
    assert record["spans"] == "0-33"
    assert record["reading"] == "Read by the extractor."
    assert "source" not in record
    assert "geometry" not in record


@pytest.mark.parametrize(
    "answer",
    [
        json.dumps([GOOD]),
        json.dumps(GOOD),
        json.dumps({"events": [GOOD]}),
        f"```json\n{json.dumps([GOOD], indent=2)}\n```",
        f"Here are [1] event(s) of {{the}} report:\n\n{json.dumps([GOOD])}\n\nI hope this helps!",
        f"I thought {{so}}.\n```\n{json.dumps({'events': [GOOD]})}\n```\nDone.",
        "\ufeff" + json.dumps([GOOD]),
        json.dumps([GOOD]).encode(),
        [GOOD],
        (GOOD,),
        {"events": [GOOD]},
        GOOD,
    ],
)
def test_an_answer_may_come_in_any_wrapping(answer):
    assert read(answer) == read([GOOD])


OTHER = {"event_type": "territorial gain", "quote": "The army took 12 square kilometres"}


@pytest.mark.parametrize(
    "answer",
    [
        f"{json.dumps(GOOD)}\n{json.dumps(OTHER)}",
        f"```json\n{json.dumps(GOOD)}\n{json.dumps(OTHER)}\n```",
        f"{json.dumps([GOOD])}\n\n{json.dumps([OTHER])}",
        f"First:\n```\n{json.dumps([GOOD])}\n```\nThen: {json.dumps({'events': [OTHER]})}",
        f"{json.dumps(GOOD)},{json.dumps(OTHER)}",
    ],
)
def test_all_pieces_of_an_answer_are_read(answer):
    assert read(answer) == read([GOOD, OTHER])


@pytest.mark.parametrize("start", ["<think>", "\n<thinking> ", "Well. "])
def test_what_a_model_thinks_is_no_answer(start):
    end = "</thinking>" if "thinking" in start else "</think>"
    thought = f'{start}[maybe {{"event_type":"x"}}] or {json.dumps([OTHER])}?{end}'
    assert read(f"{thought}\n{json.dumps([GOOD])}") == read([GOOD])


@pytest.mark.parametrize(
    "answer",
    [
        f'{json.dumps(GOOD)}\n{{"event_type": "siege", "quo',
        f'{{"event_type": "siege", "quote": "a "b""}}\n{json.dumps(GOOD)}',
        f'[{json.dumps(GOOD)}, {{"event_type": "siege"',
        f"{json.dumps([GOOD])} {{'event_type': 'siege'}}",
    ],
)
def test_what_is_cut_off_or_broken_is_not_passed_over(answer):
    with pytest.raises(ExtractorError, match="is cut off or broken"):
        read(answer)


def test_a_list_that_holds_something_else_is_told():
    with pytest.raises(ExtractorError, match="record 1 is 'siege'"):
        read(json.dumps([GOOD, "siege"]))


def test_an_extractor_that_fails_says_so():
    def broken(_text, _day):
        raise ConnectionError("no line")

    with pytest.raises(ExtractorError, match=r"extractor failed: ConnectionError\('no line'\)"):
        ask(broken, REPORT, PUBLISHED)
    assert ask(lambda _text, _day: [GOOD], REPORT, PUBLISHED) == read([GOOD])


@pytest.mark.parametrize("answer", ["[]", [], "```json\n[]\n```", {"events": []}, '{"events": []}'])
def test_no_events_are_none(answer):
    assert read(answer) == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, "it is None"),
        (42, "it is 42"),
        ("", "no list of records"),
        ("There are no events.", "no list of records as JSON: 'There are no events.'"),
        ('[{"event_type": "siege"', "no list of records"),
        ("[1, 2]", "no list of records"),
        ([GOOD, "siege"], "record 1 is 'siege'"),
        ([[GOOD]], "record 0 is "),
        ("[[[]]]", "no list of records as JSON: '[[[]]]'"),
        ("```json\n[[], []]\n```", "no list of records"),
        (" [1, []]", "no list of records"),
        ('[[{"event_type": "siege"}', "is cut off or broken"),
        ('{"events": [[]]}', "no list of records"),
        ({"answer": 1}, "return a list of records"),
        (b"\xff\xfe", "not UTF-8"),
        ('[{"event_type": "siege", "event_type": "other"}]', "'event_type' stands twice"),
        (object(), "return a list of records"),
    ],
)
def test_an_answer_without_records_says_what_it_is(answer, told):
    with pytest.raises(ExtractorError, match=re.escape(told)):
        read(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "x" * 10_000_000,
        '[{"event_type": "' + "x" * 10_000_000 + '"}]',
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        "[[]" * 100_000,
        '{"a":' * 100_000,
        "[{" * 100_000,
        "```\n" * 100_000,
        '[{"fatalities": ' + "9" * 100_000 + "}]",
        "{" * 1_000_000,
        '"' * 1_000_000,
        "\0" * 1000,
        [{"event_type": "siege"}] * 6_000,
    ],
    ids=lambda answer: str(answer)[:20],
)
def test_hostile_answers_are_refused(answer):
    with pytest.raises(ExtractorError) as caught:
        read(answer)
    assert len(str(caught.value)) < 3000


def test_values_of_any_depth_and_size_can_be_told():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    for value in (deep, 10**10_000, "x" * 1_000_000, {"a": deep}):
        assert refused({"fatalities": value})[0].startswith("record 1, 'fatalities': is ")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"event_type": "airstrike"}, "'event_type': is 'airstrike': use one of air strike, "),
        ({"event_type": None}, "'event_type': is missing"),
        ({"event_type": ""}, "'event_type': is missing"),
        ({"event_type": ["siege"]}, "'event_type': is ['siege']: write text"),
        ({"status": "certain"}, "'status': is 'certain': use one of reported, "),
        ({"date_precision": "hour"}, "'date_precision': is 'hour': use one of day, "),
        ({"killed": 3}, "'killed': is no field"),
        ({"fatalitys": 3}, "'fatalitys': is no field: did you mean 'fatalities'?"),
        ({"event_id": "x"}, "'event_id': is no field"),
        ({3: 3}, "'3': is no field"),
        ({"fatalities": -1}, "'fatalities': is -1: it cannot be below 0"),
        ({"fatalities": 1.5}, "'fatalities': is 1.5: write a whole number"),
        ({"fatalities": "nine"}, "'fatalities': is 'nine': write a number"),
        ({"fatalities": True}, "'fatalities': is True: write a number"),
        ({"fatalities": float("nan")}, "'fatalities': is nan: write a number"),
        ({"fatalities": float("inf")}, "'fatalities': is inf: write a number"),
        ({"fatalities": 10**30}, "'fatalities': is 1000"),
        ({"fatalities_low": 9, "fatalities_high": 4}, "is above fatalities_high"),
        ({"fatalities": 50, "fatalities_high": 2}, "'fatalities': is above fatalities_high"),
        ({"wounded": 3, "wounded_low": 5}, "'wounded_low': is above wounded"),
        ({"start": "2099-01-01"}, "'start': is after 20"),
        ({"start": "Monday"}, "'start': ('Monday') is not a date: write 2017-09-16"),
        ({"start": "05/03/2018"}, "'start': ('05/03/2018') can be 5 March or 3 May"),
        ({"start": "2018-02-30"}, "'start': ('2018-02-30') is not in the calendar"),
        ({"start": 20180305.5}, "'start': is 20180305.5: write a date"),
        ({"start": "٢٠١٨"}, "'start': is '٢٠١٨': write a date"),
        ({"start": "2018-03", "date_precision": "day"}, "start is no more than a month"),
        ({"start": None, "date_precision": "day"}, "is 'day', but there is no start"),
        ({"end": "2018-03-01"}, "'end': is before start"),
        ({"actor": 7}, "'actor': is 7: write text"),
        ({"actor": ["rebels"]}, "'actor': is ['rebels']: write text, several joined by '; '"),
        ({"actor": "a\0b"}, "'actor': holds a character that no file can store"),
        ({"actor": "a\ud800b"}, "'actor': holds a character that no file can store"),
        ({"actor": "x" * 30_000}, "'actor': has 30,000 characters"),
        ({"quote": None}, "'quote': is missing"),
        ({"quote": "The rebels shelled Aden"}, "which the report does not hold"),
        ({"quote": "Taiz"}, "quote at least three words"),
        ({"quote": "..."}, "quote at least three words"),
        ({"quote": "market in ... Aden on fire"}, "which the report does not hold"),
        ({"quote": "killing 9 people ... Rebels shelled the market"}, "does not hold"),
    ],
)
def test_what_is_wrong_is_told_with_record_and_field(fields, told):
    problems = refused(fields)
    assert any(one.startswith("record 1, ") and told in one for one in problems)


def test_all_that_is_wrong_is_told_at_once():
    problems = refused({"event_type": "raid", "fatalities": -3, "quote": "nobody ever said this"})
    assert [one.split(":")[0] for one in problems] == [
        "record 1, 'event_type'",
        "record 1, 'fatalities'",
        "record 1, 'quote'",
    ]


def test_only_the_first_problems_are_shown_and_all_are_kept():
    with pytest.raises(ReportError, match="; and 20 more") as caught:
        read([{**GOOD, "status": "sure"}] * 30)
    assert len(caught.value.problems) == 30


def test_nan_in_json_is_told_by_its_field():
    with pytest.raises(ExtractorError, match="record 0, 'fatalities': is nan"):
        read(json.dumps([GOOD]).replace("9", "NaN", 1).replace("2018-03-05", "2018-03-05"))


def test_lone_surrogates_in_json_are_told():
    with pytest.raises(ExtractorError, match="'actor': holds a character"):
        read(json.dumps([{**GOOD, "actor": "\ud800"}]))


@pytest.mark.parametrize(
    ("quote", "parts"),
    [
        (
            '"We did not fire," the rebels\' spokesman said',
            ["“We did not  fire,” the rebels’ spokesman said"],
        ),
        ("We did not fire", ["We did not  fire"]),
        ("the rebels' spokesman said - and hung", ["the rebels’ spokesman said – and hung"]),
        ("Rebels  shelled\nthe market", ["Rebels shelled the market"]),
        ("“Rebels shelled the market”", ["Rebels shelled the market"]),
        (
            "Rebels shelled the market... took 12 square kilometres",
            ["Rebels shelled the market", "took 12 square kilometres"],
        ),
        (
            "Rebels shelled the market [...] The army took 12",
            ["Rebels shelled the market", "The army took 12"],
        ),
        ("Rebels\u200b shelled the\u00ad market", ["Rebels shelled the market"]),
    ],
)
def test_a_quote_is_found_whatever_its_spaces_and_marks(quote, parts):
    record = read([{**GOOD, "quote": quote}])[0]
    at = [TEXT.index(part) for part in parts]
    spans = [f"{start}-{start + len(part)}" for start, part in zip(at, parts, strict=True)]
    assert record["spans"] == "; ".join(spans)
    assert record["quote"] == " … ".join(" ".join(part.split()) for part in parts)


def test_spans_count_in_the_original():
    html = "<p>Nothing.</p><p>Rebels &amp; others shelled the market.</p>"
    report = Document.read(html, format="html")
    record = read([{"event_type": "shelling", "quote": "Rebels & others shelled"}], report)[0]
    start, end = map(int, record["spans"].split("-"))
    assert html[start:end] == "Rebels &amp; others shelled"


def test_a_text_of_two_words_may_be_quoted_whole():
    report = Document.read("Taiz shelled", format="text")
    assert read([{"event_type": "shelling", "quote": "Taiz shelled"}], report)[0]["spans"] == "0-12"


def test_an_event_without_a_date_has_that_of_the_report_and_says_so():
    undated = {key: value for key, value in GOOD.items() if key != "start"}
    record = read([undated])[0]
    assert record["start"] == dt.datetime(2018, 3, 6)
    assert record["date_precision"] == "unknown"
    record = read([undated], published=None)[0]
    assert (record["start"], record["date_precision"]) == (None, "unknown")


@pytest.mark.parametrize(
    ("start", "first", "precision"),
    [
        ("2018-03", dt.datetime(2018, 3, 1), "month"),
        ("2018", dt.datetime(2018, 1, 1), "year"),
        ("2018-W10", dt.datetime(2018, 3, 5), "week"),
        ("2018-03-05T04:30", dt.datetime(2018, 3, 5, 4, 30), "day"),
        (dt.date(2018, 3, 5), dt.datetime(2018, 3, 5), "day"),
    ],
)
def test_dates_as_exact_as_they_are_written(start, first, precision):
    record = read([{**GOOD, "start": start}])[0]
    assert (record["start"], record["date_precision"]) == (first, precision)


def test_words_of_a_vocabulary_in_any_writing():
    record = read([{**GOOD, "event_type": "Air_Strike", "status": "CLAIMED"}])[0]
    assert (record["event_type"], record["status"]) == ("air strike", "claimed")


def test_several_names_are_one_text():
    record = read([{**GOOD, "actor": "rebels; tribesmen", "denied_by": "rebels"}])[0]
    assert (record["actor"], record["denied_by"]) == ("rebels; tribesmen", "rebels")
    for names in (["rebels"], ["rebels", "tribesmen"], []):
        assert "several joined by '; '" in refused({"actor": names})[0]


@pytest.mark.parametrize("field", ["longitude", "lat", "geometry", "coordinates", "uncertainty_m"])
def test_coordinates_are_left_out_and_that_is_told(field):
    with pytest.warns(ExtractorWarning, match=rf"record 0, '{field}'"):
        record = read([{**GOOD, field: 44.02}])[0]
    assert field not in record
    assert record["reading"] == f"Read by the extractor. Its {field} was left out."


def test_a_place_that_the_report_does_not_name_is_told():
    record = read([{**GOOD, "place": "Ta'izz", "locality": None}])[0]
    assert record["reading"].endswith("Its place is not in words of the report.")


def test_the_reading_of_the_extractor_is_kept():
    assert read([{**GOOD, "reading": "a guess"}])[0]["reading"] == "Read by the extractor. a guess"


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_whatever_comes_gives_records_or_an_error_of_ours(answer):
    assert reads_or_refuses(answer)


@given(st.text(max_size=200))
def test_any_text_gives_records_or_an_error_of_ours(answer):
    assert reads_or_refuses(answer)


@given(st.data())
def test_every_part_of_a_text_is_found_where_it_stands(data):
    first = data.draw(st.integers(0, len(TEXT) - 20))
    end = data.draw(st.integers(first + 15, len(TEXT)))
    part = TEXT[first:end]
    if len(re.findall(r"\w+", part)) < 3:
        return
    spans = read([{**GOOD, "quote": part}])[0]["spans"]
    start, stop = map(int, spans.split("-"))
    assert first <= start < stop <= end
    assert fold_quote(TEXT[start:stop]).strip("\"' .") == fold_quote(part).strip("\"' .")


class Unshown:
    """What cannot be shown in a message."""

    def __repr__(self):
        raise RuntimeError("never")


@pytest.mark.parametrize(
    ("value", "told", "rest"),
    [
        (10**5000, "a whole number of some 5,000 digits", "or null"),
        (Unshown(), "a Unshown", "or null"),
        ([Unshown()], "[a Unshown]", "several joined by '; '"),
    ],
    ids=range(3),
)
def test_values_that_cannot_be_shown_are_told(value, told, rest):
    given = {"event_type": "air strike", "quote": "Jets bombed a market", "actor": value}
    report = Document.read("Jets bombed a market in Taiz.")
    with pytest.raises(ExtractorError) as caught:
        records([given], report, None)
    assert caught.value.problems == (f"record 0, 'actor': is {told}: write text, {rest}",)


def test_a_field_whose_name_cannot_be_shown():
    given = {"event_type": "air strike", "quote": "Jets bombed a market", Unshown(): 1}
    with pytest.raises(ExtractorError, match="record 0, 'a Unshown': is no field"):
        records([given], Document.read("Jets bombed a market in Taiz."), None)

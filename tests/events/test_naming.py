"""Tables of one's own: which column holds what, and what its words mean."""

import pandas as pd
import pytest

import geoevents as ge
from geoevents.events.reading import GuessWarning


@pytest.fixture
def table(tmp_path):
    def write(text, name="mine.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_columns_say_what_holds_what(table):
    path = table("Was,Wann,Nord,Ost,Wer\nsiege,2017-09-16,35.3,40.1,X\n")
    columns = {
        "event_type": "Was", "start": "Wann", "latitude": "Nord", "longitude": "Ost", "actor": "Wer"
    }  # fmt: skip
    events = ge.read_events(path, columns=columns)
    assert events.loc[0, ["event_type", "actor"]].tolist() == ["siege", "X"]
    assert events.loc[0, "start"] == pd.Timestamp("2017-09-16")
    assert (events.geometry[0].x, events.geometry[0].y) == (40.1, 35.3)
    assert events.attrs["read"] == {"format": "table", "kind": "csv", "columns": columns}


def test_what_is_said_goes_before_what_has_the_name(table):
    path = table("event_type,actor,perpetrator,place\nsiege,desk,X,Raqqa\n")
    events = ge.read_events(path, columns={"actor": "perpetrator"})
    assert events.loc[0, "actor"] == "X"
    assert events.loc[0, "actor_in_table"] == "desk"


def test_problems_use_the_names_of_the_file(table):
    path = table("Was,Wann,Ort\nsiege,16/17/2017,Raqqa\nsieg,2017-09-16,Raqqa\n")
    columns = {"event_type": "Was", "start": "Wann", "place": "Ort"}
    events, rejected = ge.read_events(path, columns=columns, errors="split")
    assert len(events) == 0
    told = rejected[["line", "row", "column", "value"]].astype(object)
    assert told.to_numpy().tolist() == [[2, 0, "Wann", "16/17/2017"], [3, 1, "Was", "sieg"]]
    assert rejected["file"].unique().tolist() == [str(path)]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"begin": "Wann"}, r"columns names 'begin'.* It can be event_id, event_type"),
        ({"strat": "Wann"}, r"columns names 'strat': did you mean 'start'\?"),
        ({"start": "Wan"}, r"columns\['start'\] is 'Wan', which the table does not have: did you"),
        ({"start": "Wann", "end": "Wann"}, "columns gives 'Wann' two names, 'start' and 'end'"),
        (["Wann"], "columns is a list: give a mapping"),
    ],
)
def test_columns_that_cannot_be(table, columns, message):
    path = table("event_type,Wann,place\nsiege,2017,Raqqa\n")
    with pytest.raises(ge.GeoeventsError, match=message):
        ge.read_events(path, columns=columns)


def test_guesses_are_told(table):
    path = table("event_type,Wann,lat_dd,lon_dd,notes\nsiege,2017-09-16,35.3,40.1,shut in\n")
    with pytest.warns(GuessWarning) as told:
        events = ge.read_events(path, columns={"start": "Wann"})
    (warning,) = told
    assert str(warning.message).startswith(f"{path}: guessed by the names of columns: ")
    for name in ("latitude from 'lat_dd'", "longitude from 'lon_dd'"):
        assert name in str(warning.message)
    assert "Wann" not in str(warning.message)
    assert events.loc[0, "notes"] == "shut in"  # with our event_type, other names are theirs
    assert events.attrs["read"]["columns"]["longitude"] == "lon_dd"


def test_words_for_types(table):
    path = table("Kind,place\nIED Attack,Raqqa\n siege ,Raqqa\nother thing,Raqqa\n,Raqqa\n")
    events, rejected = ge.read_events(
        path,
        columns={"event_type": "Kind"},
        types={"ied  attack": "bombing", "Siege": "siege"},
        errors="split",
    )
    assert events["event_type"].tolist() == ["bombing", "siege"]
    assert events["type_in_table"].tolist() == ["IED Attack", " siege "]
    assert rejected["row"].tolist() == [2, 3]
    assert rejected["column"].tolist() == ["Kind", "Kind"]
    assert rejected["value"].tolist()[0] == "other thing"


def test_one_type_for_all(table):
    path = table("place,event_type\nRaqqa,anything\nMosul,\n")
    events = ge.read_events(path, types="air strike")
    assert events["event_type"].tolist() == ["air strike", "air strike"]
    assert events["type_in_table"].tolist()[0] == "anything"


@pytest.mark.parametrize(
    ("types", "message"),
    [
        ("airstrike", r"types gives the meaning 'airstrike': did you mean 'air strike'\?"),
        ({"x": "bomb"}, "types gives the meaning 'bomb'"),
        ({"x": "bombing"}, r"no column holds them: name it with columns=\{'event_type'"),
        (5, "types is a int: give a mapping"),
    ],
)
def test_types_that_cannot_be(table, types, message):
    with pytest.raises(ge.GeoeventsError, match=message):
        ge.read_events(table("place\nRaqqa\n"), types=types)


def test_a_dataset_takes_no_columns(table):
    path = table("event_date,event_type,sub_event_type,actor1,notes\n")
    with pytest.raises(ge.GeoeventsError, match=r"acled: pass format='table'"):
        ge.read_events(path, types="siege")


def test_progress_ends_with_all(table):
    told = []
    ge.read_events(table("event_type,place\nsiege,Raqqa\n"), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_one_type_for_all_leaves_nothing_to_ask(table):
    path = table("place,kind,category\nRaqqa,x,y\n")
    with pytest.raises(ge.GeoeventsError, match="event_type can be the column"):
        ge.read_events(path)
    assert ge.read_events(path, types="siege")["event_type"].tolist() == ["siege"]

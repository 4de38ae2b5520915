"""CSV with geometries as WKT."""

import pandas as pd

import geoevents as ge


def test_csv_is_what_a_person_would_write(tmp_path):
    events = pd.DataFrame(
        {
            "event_type": ["siege", "protest"],
            "start": ["2017-09-16", "2017-09-16T04:30"],
            "fatalities": [3, None],
            "lon": [40.1, None],
            "lat": [35.3, None],
            "actor": ['=1+1, "quoted"\r\nline', "قسد"],
        }
    )
    ge.write_events(events, tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_bytes().decode()
    first, last = text.split("\r\n")[0], text.split("\r\n")[-2]
    assert first.startswith("event_id,event_type,actor,target,start,")
    assert ",2017-09-16," in text
    assert ",2017-09-16T04:30:00.000," in last
    assert ",3," in text
    assert "POINT (40.1 35.3)" in text
    assert "nan" not in text.lower()


def test_columns_of_your_own_are_guessed_when_read(tmp_path):
    events = pd.DataFrame(
        {
            "event_type": ["siege"] * 2,
            "place": ["x"] * 2,
            "postcode": ["0123", "456"],
            "looks like numbers": ["12", "34"],
            "moment": pd.to_datetime(["2017-09-16", "2017-09-17"]),
        }
    )
    ge.write_events(events, tmp_path / "a.csv")
    read = ge.read_events(tmp_path / "a.csv")
    assert read["postcode"].tolist() == ["0123", "456"]
    assert read["looks like numbers"].tolist() == [12, 34]
    assert read["moment"].tolist() == ["2017-09-16", "2017-09-17"]

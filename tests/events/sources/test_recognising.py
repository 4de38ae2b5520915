"""Which dataset a table is of, told by the names of its columns alone."""

import pytest

from geoevents.events.sources import HEADERS, SOURCES, recognise_source


def test_each_source_goes_by_its_name():
    assert list(SOURCES) == ["acled", "ucdp", "gdelt"]
    assert all(source.name == name for name, source in SOURCES.items())


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        (["event_date", "event_type", "sub_event_type", "actor1"], "acled"),
        (["ACTOR1", "EVENT_DATE", " sub_event_type ", "EVENT_TYPE", "x"], "acled"),
        (["type_of_violence", "side_a", "side_b", "date_start"], "ucdp"),
        (list(HEADERS[61]), "gdelt"),
        ([name.lower() for name in HEADERS[57]], "gdelt"),
        (["event_date", "event_type", "actor1"], None),
        (["side_a", "side_b", "year", "type_of_conflict"], None),
        (["event_type", "start", "actor", "geometry"], None),
        (["EventCode", "SQLDATE"], None),
        ([1, None, 2.5], None),
        ([], None),
    ],
)
def test_recognised_by_names(columns, name):
    found = recognise_source(columns)
    assert (found.name if found else None) == name

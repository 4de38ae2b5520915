"""Which dataset a table is of, told by the names of its columns alone."""

import pytest

import geoevents as ge
from geoevents.events.problems import SchemaError
from geoevents.events.sources import HEADERS, SOURCES, recognise_source

CORES = {
    "acled": ["event_date", "event_type", "sub_event_type", "actor1"],
    "ucdp": ["type_of_violence", "side_a", "side_b", "date_start"],
    "gdelt": ["EventCode", "Actor1Name", "Actor2Name", "ActionGeo_Lat", "ActionGeo_Long"],
}


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


@pytest.mark.parametrize(
    ("name", "lacks"), [(name, lack) for name, core in CORES.items() for lack in core]
)
@pytest.mark.parametrize("spell", [str, str.upper])
def test_a_table_that_is_none_of_the_datasets_is_told_what_it_lacks(name, lacks, spell, tmp_path):
    path = tmp_path / "a.csv"
    columns = [spell(column) for column in CORES[name] if column != lacks]
    path.write_text(",".join([*columns, "place"]) + "\n" + "1," * len(columns) + "Hajin\n")
    with pytest.raises(SchemaError) as error:
        ge.read_events(path, format=name, errors="split")
    assert len(error.value.problems) == 1
    first, told = str(error.value).splitlines()
    assert first == f"{path}: 1 problem"
    assert told.startswith(f"  is not {name.upper()}'s: it lacks the column {lacks}")
    assert told.endswith("; pass format='table' to read it as your own")


@pytest.mark.parametrize("name", CORES)
@pytest.mark.parametrize("text", ["event_type,start,lon,lat\nsiege,2017,1,2\n", "place\nHajin\n"])
def test_all_that_is_lacking_is_told_at_once(name, text, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(text)
    lacking = [column for column in CORES[name] if column not in text]
    with pytest.raises(SchemaError, match=f"lacks the columns {', '.join(lacking)}; pass"):
        ge.read_events(path, format=name)


def test_acled_from_before_2019_is_led_to_the_page_that_says_how(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "event_id_cnty,event_date,event_type,actor1,location,latitude,longitude,notes\n"
        "1NOR,04 March 2016,Remote violence,A,Alder Ford,10,20,Shells fall.\n"
    )
    with pytest.raises(SchemaError, match=r"sub_event_type, as files from before 2019 do \(docs"):
        ge.read_events(path, format="acled")
    with pytest.warns(UserWarning, match="start from 'event_date'"):
        events = ge.read_events(path, format="table", types={"Remote violence": "shelling"})
    assert events[["event_type", "date_precision"]].to_numpy().tolist() == [["shelling", "day"]]

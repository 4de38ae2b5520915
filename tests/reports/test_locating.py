"""Events of reports on the places that their reports were found to mean."""

import pandas as pd
import pytest
import shapely

import geoevents as ge
from geoevents.events.schema import validate
from geoevents.places.toponyms.toponym import Toponym
from geoevents.reports.columns import REPORT_COLUMNS
from geoevents.reports.locating import locate_records

GAZETTEER = ge.Gazetteer.default()


def toponym(name, text=None, **asked):
    found = ge.geocode(name, **asked)
    number = int(GAZETTEER.numbers_of([found.id])[0])
    return Toponym(
        *(0, len(text or name), text or name, "place", number, found.id, found.name, found.kind),
        country=found.country,
        lon=found.point.x,
        lat=found.point.y,
        why="Chosen by the test.",
    )


def event(locality, main, beside=None, **more):
    place = None if main is None else main.name
    return {
        "event_type": "armed clash",
        "date_precision": "unknown",
        "status": "reported",
        "locality": locality,
        "place": place,
        "reported_area_km2": None,
        "_toponym": main,
        "_beside": beside or main,
        **more,
    }


LEBANON = toponym("Tripoli", country="LB")
LIBYA = toponym("Tripoli", country="LY")


def located(*records, **more):
    return validate(locate_records(records, GAZETTEER, **more))


def test_a_town_is_the_one_its_report_was_found_to_mean():
    found = located(
        *(event(text, LEBANON) for text in ("in Tripoli", "Tripoli", "the city of Tripoli"))
    )
    assert found["place_ids"].tolist() == [LEBANON.feature_id] * 3
    assert found["relation"].tolist() == ["in", "place", "place"]
    assert found.geometry.geom_type.tolist() == ["Point"] * 3
    assert shapely.get_x(found.geometry[0]) == pytest.approx(LEBANON.lon)
    assert (found["uncertainty_m"] > 0).all()
    assert not found["inferred"].any()
    assert "Chosen by the test." in found["explanation"][0]


@pytest.mark.parametrize("place", [LEBANON, LIBYA], ids=["Lebanon", "Libya"])
def test_names_in_a_phrase_mean_what_the_report_was_found_to_mean(place):
    # Whatever lies near: the report has settled it.
    far = toponym("Ushuaia")
    found = located(event("near the city of Tripoli", place, far, _named=(place,)))
    assert found["place_ids"][0] == place.feature_id
    assert found["relation"][0] == "near"


def test_a_word_for_the_kind_overrules_it():
    town = toponym("Deir ez-Zor", "Deir Ezzor")
    found = located(event("in the province of Deir Ezzor", town, _named=(town,)))
    assert found["place_ids"][0] == ge.geocode("Deir ez-Zor Governorate").id


@pytest.mark.parametrize("place", [LEBANON, LIBYA], ids=["Lebanon", "Libya"])
def test_it_decides_among_namesakes_for_a_phrase(place):
    found = located(event("10 km south of Tripoli", place))
    assert found["place_ids"][0] == place.feature_id
    assert found["inferred"][0]
    point = shapely.Point(place.lon, place.lat - 10 / 111.2)
    assert shapely.dwithin(found.geometry[0], point, 0.02)


def test_a_town_with_what_it_lies_in():
    found = located(event("in Tripoli, Libya", LIBYA, _named=(LIBYA, toponym("Libya"))))
    assert found["place_ids"][0] == LIBYA.feature_id
    assert found.geometry[0].geom_type == "Point"


def test_a_province_is_its_outline():
    province = toponym("Deir ez-Zor Governorate", "Deir ez-Zor Governorate")
    found = located(event("in Deir ez-Zor Governorate", province))
    outline = ge.geocode("Deir ez-Zor Governorate").geometry
    assert shapely.equals_exact(shapely.normalize(found.geometry[0]), shapely.normalize(outline))
    assert found["area_km2"][0] == pytest.approx(float(ge.area(outline)))


def test_reported_ground_has_its_area():
    river = toponym("Khabur River")
    found = located(
        event("along the Khabur River", river, toponym("Deir ez-Zor"), reported_area_km2=300.0)
    )
    assert found["area_km2"][0] == pytest.approx(300, abs=0.5)


def test_ground_of_which_only_a_range_is_reported_is_drawn_with_its_middle():
    river = toponym("Khabur River")
    ranges = {"reported_area_low_km2": 250.0, "reported_area_high_km2": 350.0}
    found = located(event("along the Khabur River", river, toponym("Deir ez-Zor"), **ranges))
    assert found["area_km2"][0] == pytest.approx(300, abs=0.5)
    assert found.loc[0, ["area_low_km2", "area_high_km2"]].tolist() == [250, 350]
    assert pd.isna(found["reported_area_km2"][0])
    assert "not said" not in found["explanation"][0]
    assert "250 to 350 km2" in found["explanation"][0]


def test_words_that_cannot_be_located_fall_back_to_their_place_and_say_so():
    found = located(event("flibbertigibbet of the rainbow at Tripoli", LIBYA))
    assert found["place_ids"][0] == LIBYA.feature_id
    assert "could not be located" in found["explanation"][0]
    assert pd.isna(found["problem"][0])


def test_without_a_place_there_is_no_geometry_but_a_reason():
    found = located(event(None, None), event("in Tripoli", LIBYA))
    assert found.geometry[0] is None
    assert "neither a locality nor a place" in found["problem"][0]
    assert found.geometry[1] is not None


def test_no_records_make_a_frame_with_every_column():
    found = located()
    assert len(found) == 0
    assert found.crs == 4326
    assert set(REPORT_COLUMNS) <= set(found.columns)
    assert {"event_id", "start", "relation", "problem", "geometry"} <= set(found.columns)
    assert "report" in located(labels=[]).columns


def test_labels_stand_first():
    found = located(event("in Tripoli", LIBYA), labels=["a note"])
    assert found["report"].tolist() == ["a note"]

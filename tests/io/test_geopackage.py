"""GeoPackage: valid, and with a style that QGIS finds and can read."""

import sqlite3
import xml.etree.ElementTree as ET
from contextlib import closing

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from shapely import Point

import geoevents as ge
from geoevents.events.schema import validate
from geoevents.io import read_vector, write_changes
from geoevents.maps.style import EVENT_STYLES, actor_colours

BOX = shapely.box(0, 0, 1, 1)
LINE = shapely.LineString([(0, 0), (1, 1)])


def events(*shapes, **columns):
    types = ["siege", "air strike", "protest", "siege"][: len(shapes)]
    frame = gpd.GeoDataFrame({"event_type": types, **columns}, geometry=list(shapes), crs=4326)
    return validate(frame)


def ask(path, question):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(question).fetchall()


def style(path):
    ours = ask(path, "SELECT styleQML FROM layer_styles")[0][0]
    return ET.fromstring(ours)  # noqa: S314 -- made by what is tested


def options(element):
    return {option.get("name"): option.get("value") for option in element.find("Option")}


def test_the_style_is_where_qgis_looks_for_it(tmp_path):
    ge.write_events(events(Point(0, 0)), tmp_path / "a.gpkg")
    rows = ask(
        tmp_path / "a.gpkg",
        "SELECT f_table_catalog, f_table_schema, f_table_name, f_geometry_column, useAsDefault "
        "FROM layer_styles",
    )
    column = ask(tmp_path / "a.gpkg", "SELECT column_name FROM gpkg_geometry_columns")
    assert rows == [("", "", "events", column[0][0], 1)]


def test_it_is_still_a_geopackage(tmp_path):
    path = tmp_path / "a.gpkg"
    ge.write_events(events(Point(0, 0), BOX, None), path)
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]
    assert ask(path, "PRAGMA foreign_key_check") == []
    assert ask(path, "PRAGMA application_id") == [(0x47504B47,)]  # "GPKG"
    contents = dict(ask(path, "SELECT table_name, data_type FROM gpkg_contents"))
    assert contents == {"events": "features", "layer_styles": "attributes"}
    # Requirement 119: a table of attributes has a primary key of whole numbers.
    keys = [column for column in ask(path, "PRAGMA table_info(layer_styles)") if column[5]]
    assert [(column[1], column[2]) for column in keys] == [("id", "INTEGER")]
    tables = {name for (name,) in ask(path, "SELECT table_name FROM gpkg_extensions")}
    assert "layer_styles" not in tables


def test_gdal_lists_it_as_a_layer_without_geometries(tmp_path):
    ge.write_events(events(Point(0, 0)), tmp_path / "a.gpkg")
    layers = dict(pyogrio.list_layers(tmp_path / "a.gpkg").tolist())
    assert layers == {"events": "Point", "layer_styles": None}
    styles = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="layer_styles")
    assert styles["styleQML"][0].startswith("<!DOCTYPE qgis")


def test_our_readers_pass_over_it(tmp_path):
    ge.write_events(events(Point(0, 0)), tmp_path / "a.gpkg")
    assert len(ge.read_events(tmp_path / "a.gpkg")) == 1
    changes = gpd.GeoDataFrame({"to_actor": ["A"]}, geometry=[BOX], crs=4326)
    write_changes(changes, tmp_path / "b.gpkg")
    assert read_vector(tmp_path / "b.gpkg")["to_actor"].tolist() == ["A"]


@pytest.mark.parametrize(
    ("shape", "number", "kind", "symbol"),
    [
        (Point(0, 0), "0", "marker", "SimpleMarker"),
        (shapely.MultiPoint([(0, 0)]), "0", "marker", "SimpleMarker"),
        (LINE, "1", "line", "SimpleLine"),
        (BOX, "2", "fill", "SimpleFill"),
    ],
)
def test_one_kind_of_geometry_gets_categories(tmp_path, shape, number, kind, symbol):
    ge.write_events(events(shape, shape), tmp_path / "a.gpkg")
    qgis = style(tmp_path / "a.gpkg")
    assert qgis.findtext("layerGeometryType") == number
    renderer = qgis.find("renderer-v2")
    assert (renderer.get("type"), renderer.get("attr")) == ("categorizedSymbol", "event_type")
    categories = {
        category.get("value"): category.get("symbol") for category in renderer.iter("category")
    }
    assert list(categories) == ["air strike", "siege", ""]
    symbols = {one.get("name"): one for one in renderer.find("symbols")}
    assert set(symbols) == set(categories.values())
    for value in ("air strike", "siege"):
        one = symbols[categories[value]]
        assert one.get("type") == kind
        layer = one.find("layer")
        assert layer.get("class") == symbol
        rgb = ",".join(str(byte) for byte in bytes.fromhex(EVENT_STYLES[value].colour[1:]))
        colour = options(layer)["line_color" if kind == "line" else "color"]
        assert colour.startswith(rgb + ",")


def test_several_kinds_get_rules_for_each(tmp_path):
    ge.write_events(events(Point(0, 0), BOX, LINE), tmp_path / "a.gpkg")
    qgis = style(tmp_path / "a.gpkg")
    # QGIS applies a style without it to layers of any geometry: the three that it makes of this.
    assert qgis.find("layerGeometryType") is None
    renderer = qgis.find("renderer-v2")
    assert renderer.get("type") == "RuleRenderer"
    symbols = {one.get("name"): one.get("type") for one in renderer.find("symbols")}
    groups = renderer.find("rules").findall("rule")
    assert [group.get("label") for group in groups] == ["points", "lines", "areas"]
    used = []
    for group, kind in zip(groups, ("marker", "line", "fill"), strict=True):
        rules = group.findall("rule")
        assert [rule.get("filter") for rule in rules] == [
            "\"event_type\" = 'air strike'",
            "\"event_type\" = 'siege'",
            "\"event_type\" = 'protest'",
            "ELSE",
        ]
        assert {symbols[rule.get("symbol")] for rule in rules} == {kind}
        used += [rule.get("symbol") for rule in rules]
    assert sorted(used, key=int) == list(symbols)
    keys = [rule.get("key") for rule in renderer.iter("rule")]
    assert len(set(keys)) == len(keys)


def properties(path):
    found = {}
    for option in style(path).find(".//symbol/layer/data_defined_properties/Option"):
        if option.get("name") == "properties":
            for one in option:
                said = {child.get("name"): child.get("value") for child in one}
                assert (said["active"], said["type"]) == ("true", "3")
                found[one.get("name")] = said["expression"]
    return found


def test_what_may_not_have_happened_is_hollow_and_what_was_inferred_hatched(tmp_path):
    path = tmp_path / "a.gpkg"
    ge.write_events(events(BOX, inferred=[True], status=["denied"]), path)
    fill = properties(path)
    assert set(fill) == {"fillStyle", "outlineStyle"}
    assert "'denied', 'disputed', 'planned', 'refused'" in fill["fillStyle"]
    assert fill["fillStyle"].index("THEN 'no'") < fill["fillStyle"].index("THEN 'b_diagonal'")
    assert "\"inferred\" THEN 'dash'" in fill["outlineStyle"]
    ge.write_events(events(Point(0, 0)), path)
    assert set(properties(path)) == {"fillColor", "outlineColor"}  # nothing there was inferred
    ge.write_events(events(LINE, inferred=[True]), path)
    assert "THEN 'dot' WHEN \"inferred\" THEN 'dash'" in properties(path)["outlineStyle"]


def test_an_expression_of_ours_picks_those_rows(tmp_path):
    """SQLite reads this part of QGIS's expressions the same."""
    path = tmp_path / "a.gpkg"
    shapes = [BOX] * 4
    ge.write_events(
        events(
            *shapes, inferred=[False, True, True, False], status=["denied", "planned", None, None]
        ),
        path,
    )
    expression = properties(path)["fillStyle"]
    assert ask(path, f"SELECT {expression} FROM events ORDER BY fid") == [  # noqa: S608 -- ours
        ("no",),
        ("no",),
        ("b_diagonal",),
        (None,),
    ]


def test_time_in_qgis(tmp_path):
    ge.write_events(events(Point(0, 0)), tmp_path / "a.gpkg")
    qgis = style(tmp_path / "a.gpkg")
    assert qgis.get("styleCategories") == "Symbology|Temporal"
    temporal = qgis.find("temporal")
    assert (temporal.get("mode"), temporal.get("startExpression")) == ("4", '"start"')
    assert temporal.get("endExpression") == 'coalesce("end", "start")'


def test_changes_are_coloured_by_who_holds_the_ground_now(tmp_path):
    names = ["A", 'B\'s \\ <&> "x"', "bell\x07"]
    changes = gpd.GeoDataFrame({"to_actor": names}, geometry=[BOX, BOX, BOX], crs=4326)
    write_changes(changes, tmp_path / "a.gpkg")
    renderer = style(tmp_path / "a.gpkg").find("renderer-v2")
    assert renderer.get("attr") == "to_actor"
    values = [category.get("value") for category in renderer.iter("category")]
    assert values == [*names[:2], ""]  # XML cannot hold the third
    first = renderer.find("symbols/symbol/layer")
    colour = bytes.fromhex(actor_colours(names[:2])["A"][1:])
    assert options(first)["color"] == ",".join(map(str, colour)) + ",100"


def test_names_in_rules_are_quoted(tmp_path):
    changes = gpd.GeoDataFrame(
        {"to_actor": ["it's", "a\\b"]}, geometry=[BOX, Point(0, 0)], crs=4326
    )
    write_changes(changes, tmp_path / "a.gpkg")
    filters = [rule.get("filter") for rule in style(tmp_path / "a.gpkg").iter("rule")]
    assert "\"to_actor\" = 'it''s'" in filters
    assert "\"to_actor\" = 'a\\\\b'" in filters


def test_changes_without_holders_have_one_look(tmp_path):
    changes = gpd.GeoDataFrame({"n": [1]}, geometry=[BOX], crs=4326)
    write_changes(changes, tmp_path / "a.gpkg")
    assert style(tmp_path / "a.gpkg").find("renderer-v2").get("type") == "singleSymbol"


def test_geometries_keep_their_types(tmp_path):
    shapes = [BOX, shapely.MultiPolygon([BOX]), Point(0, 0, 5)]
    ge.write_events(events(*shapes), tmp_path / "a.gpkg")
    read = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="events")
    assert read.geom_type.tolist() == ["Polygon", "MultiPolygon", "Point"]
    assert isinstance(read["start"].dtype, type(pd.Series([], dtype="datetime64[ms]").dtype))

"""
The style of a layer in QGIS's own language (QML).

A layer of one kind of geometry gets a categorised renderer. QGIS shows a layer of several kinds as
one layer for each, all with the same style: that is then a set of rules with symbols of every kind,
of which QGIS draws the ones that fit the geometry.
"""

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import shapely

from geoevents.io.styles import Look, Looks
from geoevents.maps.style import HOLLOW_STATUSES

_VERSION = "3.28.0"
_ALPHA = 100  # of 255: a filled area lets the map under it show
_KINDS = {"marker": 0, "line": 1, "fill": 2}  # with QGIS's number of the geometry
_KIND_OF_TYPE = {0: "marker", 4: "marker", 1: "line", 2: "line", 5: "line", 3: "fill", 6: "fill"}
_TITLES = {"marker": "points", "line": "lines", "fill": "areas"}
_CLASSES = {"marker": "SimpleMarker", "line": "SimpleLine", "fill": "SimpleFill"}
_CLEAR = "'0,0,0,0'"


def qgis_style(frame: gpd.GeoDataFrame, looks: Looks) -> str:
    """
    Make the style of a layer.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        The rows.
    looks : Looks
        How each kind of row looks.

    Returns
    -------
    str
        A QML document. Rows with a ``status`` that says that it may not have happened are hollow;
        rows that were ``inferred`` from words are hatched, their lines dashed.
    """
    types = np.unique(shapely.get_type_id(frame.geometry.to_numpy()))
    there = {_KIND_OF_TYPE[number] for number in types.tolist() if number in _KIND_OF_TYPE}
    kinds = [kind for kind in _KINDS if kind in there]
    temporal = "start" in frame and "end" in frame
    categories = "Symbology|Temporal" if temporal else "Symbology"
    root = ET.Element("qgis", version=_VERSION, styleCategories=categories)
    if temporal:
        _add_times(root)
    expressions = _expressions(frame)
    if len(kinds) == 1:
        _add_categories(root, kinds[0], looks, expressions)
        ET.SubElement(root, "layerGeometryType").text = str(_KINDS[kinds[0]])
    else:
        _add_rules(root, kinds or list(_KINDS), looks, expressions)
    body = ET.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{body}"


def _add_times(root: ET.Element) -> None:
    """Say when each row is shown, once the reader turns on QGIS's temporal controller."""
    temporal = ET.SubElement(
        root,
        "temporal",
        enabled="1",
        mode="4",  # start and end from expressions
        limitMode="0",
        startField="",
        endField="",
        startExpression='"start"',
        endExpression='coalesce("end", "start")',
        durationField="",
        durationUnit="min",
        fixedDuration="0",
        accumulate="0",
    )
    fixed = ET.SubElement(temporal, "fixedRange")
    ET.SubElement(fixed, "start")
    ET.SubElement(fixed, "end")


def _expressions(frame: gpd.GeoDataFrame) -> dict[str, str]:
    """Say in QGIS's expressions which rows are hollow and which inferred; nothing if none can."""
    said = {}
    if "status" in frame:
        words = ", ".join(_literal(word) for word in HOLLOW_STATUSES)
        said["hollow"] = f'coalesce("status" IN ({words}), false)'
    if "inferred" in frame and frame["inferred"].dtype == bool:
        said["inferred"] = '"inferred"'
    return said


def _add_categories(
    root: ET.Element, kind: str, looks: Looks, expressions: Mapping[str, str]
) -> None:
    """Add a categorised renderer, or one symbol where nothing tells rows apart."""
    if not looks.column:
        renderer = ET.SubElement(root, "renderer-v2", type="singleSymbol", symbollevels="0")
        _add_symbol(ET.SubElement(renderer, "symbols"), "0", kind, looks.other, expressions)
        return
    renderer = ET.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr=looks.column, symbollevels="0"
    )
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    every = [*looks.kinds.items(), ("", looks.other)]  # the last is QGIS's "all other values"
    for number, (value, look) in enumerate(every):
        ET.SubElement(
            categories,
            "category",
            value=value,
            label=value or "other",
            symbol=str(number),
            render="true",
            type="string",
        )
        _add_symbol(symbols, str(number), kind, look, expressions)


def _add_rules(
    root: ET.Element, kinds: list[str], looks: Looks, expressions: Mapping[str, str]
) -> None:
    """Add rules: a group for each kind of geometry, in it one for each kind of row."""
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0")
    rules = ET.SubElement(renderer, "rules", key=_key("rules"))
    symbols = ET.SubElement(renderer, "symbols")
    number = 0
    for kind in kinds:
        group = ET.SubElement(rules, "rule", label=_TITLES[kind], key=_key(kind))
        for value, look in [*looks.kinds.items(), ("", looks.other)]:
            ET.SubElement(
                group,
                "rule",
                filter=f'"{looks.column}" = {_literal(value)}' if value else "ELSE",
                label=value or "other",
                symbol=str(number),
                key=_key(kind, value),
            )
            _add_symbol(symbols, str(number), kind, look, expressions)
            number += 1


def _key(*parts: str) -> str:
    """Name a rule, the same in every file."""
    return "{" + str(uuid.uuid5(uuid.NAMESPACE_OID, "\0".join(("geoevents", *parts)))) + "}"


def _literal(text: str) -> str:
    """Quote a text for QGIS's expressions, in which it may hold anything."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _add_symbol(
    symbols: ET.Element, name: str, kind: str, look: Look, expressions: Mapping[str, str]
) -> None:
    """Add one symbol of one layer."""
    symbol = ET.SubElement(
        symbols, "symbol", name=name, type=kind, alpha="1", clip_to_extent="1", force_rhr="0"
    )
    layer = ET.SubElement(
        symbol, "layer", {"class": _CLASSES[kind], "enabled": "1", "locked": "0", "pass": "0"}
    )
    colour = ",".join(str(int(look.colour[at : at + 2], 16)) for at in (1, 3, 5))
    options = ET.SubElement(layer, "Option", type="Map")
    for key, value in _options(kind, colour, look.shape).items():
        ET.SubElement(options, "Option", name=key, value=value, type="QString")
    _add_properties(layer, _properties(kind, colour, expressions))


def _options(kind: str, colour: str, shape: str) -> dict[str, str]:
    """Say how a symbol looks, in the words of its class."""
    if kind == "marker":
        return {
            "name": shape,
            "color": f"{colour},255",
            "outline_color": "255,255,255,255",
            "outline_style": "solid",
            "outline_width": "0.4",
            "outline_width_unit": "MM",
            "size": "3.4",
            "size_unit": "MM",
        }
    if kind == "line":
        return {
            "line_color": f"{colour},255",
            "line_style": "solid",
            "line_width": "0.8",
            "line_width_unit": "MM",
            "capstyle": "round",
            "joinstyle": "round",
        }
    return {
        "color": f"{colour},{_ALPHA}",
        "style": "solid",
        "outline_color": f"{colour},255",
        "outline_style": "solid",
        "outline_width": "0.5",
        "outline_width_unit": "MM",
    }


def _properties(kind: str, colour: str, expressions: Mapping[str, str]) -> dict[str, str]:
    """Say what of a symbol depends on the row; a null leaves it as it is."""
    hollow, inferred = expressions.get("hollow"), expressions.get("inferred")
    said = {}
    if hollow and kind == "marker":
        said["fillColor"] = f"CASE WHEN {hollow} THEN {_CLEAR} END"
        said["outlineColor"] = f"CASE WHEN {hollow} THEN '{colour},255' END"
    if hollow and kind == "line":
        said["outlineStyle"] = f"CASE WHEN {hollow} THEN 'dot' END"
    if kind == "fill":
        cases = [f"WHEN {hollow} THEN 'no'"] if hollow else []
        cases += [f"WHEN {inferred} THEN 'b_diagonal'"] if inferred else []
        if cases:
            said["fillStyle"] = f"CASE {' '.join(cases)} END"
    if inferred:
        dash = f"WHEN {inferred} THEN 'dash'"
        dotted = f"WHEN {hollow} THEN 'dot' " if hollow and kind == "line" else ""
        said["outlineStyle"] = f"CASE {dotted}{dash} END"
    return said


def _add_properties(layer: ET.Element, properties: Mapping[str, str]) -> None:
    """Add what depends on the row, as QGIS's collection of properties."""
    holder = ET.SubElement(layer, "data_defined_properties")
    collection = ET.SubElement(holder, "Option", type="Map")
    ET.SubElement(collection, "Option", name="name", value="", type="QString")
    every = ET.SubElement(collection, "Option", name="properties", type="Map")
    for key, expression in properties.items():
        one = ET.SubElement(every, "Option", name=key, type="Map")
        ET.SubElement(one, "Option", name="active", value="true", type="bool")
        ET.SubElement(one, "Option", name="expression", value=expression, type="QString")
        ET.SubElement(one, "Option", name="type", value="3", type="int")  # by expression
    ET.SubElement(collection, "Option", name="type", value="collection", type="QString")

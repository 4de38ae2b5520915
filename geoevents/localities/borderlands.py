"""Towns by a border: the stretch of it near a town, and a town on the wrong side as it is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from geoevents.geodesy import buffer
from geoevents.localities.naming.features import apart_m
from geoevents.localities.naming.namesakes import AREAL
from geoevents.localities.subject import Subject
from geoevents.localities.wording import km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.localities.ground import Ground
    from geoevents.localities.uncertainty import Neighbourhood
    from geoevents.places import Place

_POLYGON = 2
_LINEAR = ("border", "along")  # not near it: that reaches as far as it does


def settled(grounds: Sequence[Ground], rules: Neighbourhood) -> list[Ground]:
    """
    Let a border and the towns beside it be where the phrase has them.

    Parameters
    ----------
    grounds : sequence of Ground
        The parts of a phrase that all hold.
    rules : Neighbourhood
        How far near a border is.

    Returns
    -------
    list of Ground
        The same, but: near a town that is near a border reaches that border, where the phrase is
        about the border by that town; and a province or country keeps what is about a town of its
        own that lies outside its outline by less than that may be off.

    Notes
    -----
    Near a town and near a border must overlap, as they do where both are said with "near". The
    stretch is then what is farther from the town than the border is by no more than near it is.
    """
    return [_kept(_reached(one, grounds, rules), grounds) for one in grounds]


def _reached(near: Ground, grounds: Sequence[Ground], rules: Neighbourhood) -> Ground:
    """Widen near a town as far as the border that the phrase is about."""
    if "near" not in near.relations or not isinstance(near.core, shapely.Point):
        return near
    for border in grounds:
        if not border.lands or border.relations[0] not in _LINEAR or border.core is None:
            continue
        if shapely.intersects(border.geometry, near.geometry):
            continue
        away = apart_m(near.core, border.core)
        if away > near.off_m + rules.near_m(Subject.from_ground(border)):
            continue
        reach = away + near.off_m
        said = (
            f"within {km(reach)} of {near.name}: it is {km(away)} from {border.name}, so the "
            f"stretch nearest to it is taken ({near.said} there is none)"
        )
        return replace(near, geometry=buffer(near.core, reach), said=said, off_m=reach)
    return near


def _kept(land: Ground, grounds: Sequence[Ground]) -> Ground:
    """Add to a province or country what is about its towns that are drawn outside it."""
    if land.inferred or len(land.made_of) != 1 or land.made_of[0].kind not in AREAL:
        return land
    [area] = land.made_of
    if shapely.get_dimensions(area.geometry) < _POLYGON:
        return land
    for ground in grounds:
        if len(ground.made_of) != 1 or not isinstance(ground.core, shapely.Point):
            continue
        [town] = ground.made_of
        if not _belongs(town, area) or shapely.intersects(area.geometry, town.point):
            continue
        off = area.uncertainty_m
        away = apart_m(town.point, area.geometry)
        if away > off:
            continue
        said = (
            f"{land.said}, whose edge is drawn to within {km(off)}: {town.name}, which belongs to "
            f"it, lies {km(away)} outside, so what is within {km(off)} of {town.name} is kept"
        )
        region = shapely.union(land.geometry, buffer(town.point, off))
        land = replace(land, geometry=region, said=said, inferred=True)
    return land


def _belongs(town: Place, area: Place) -> bool:
    """Whether the gazetteer has a town in a province or country by its codes."""
    if not town.country or town.country != area.country:
        return False
    return area.kind == "country" or (area.kind == "admin1" and town.admin1 == area.admin1)

"""
Parts side by side: "east of the Euphrates, near Deir ez-Zor" is ground where all of them hold.

Some parts are regions by themselves, some say which stretch of a line is meant, some only say
which side, some leave something out, and some names only say where the others lie. Their order in
the phrase does not matter.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

import shapely

from geoevents.geodesy import buffer
from geoevents.localities.borderlands import settled
from geoevents.localities.flanks import bank_of, beside, is_flank
from geoevents.localities.ground import Ground
from geoevents.localities.joining import after, clipped, is_sliver, overlap, union
from geoevents.localities.lines import unwidened
from geoevents.localities.naming.demands import container_of
from geoevents.localities.naming.features import apart_m
from geoevents.localities.naming.namesakes import AREAL, reaches
from geoevents.localities.sides import NothingThereError, side_m
from geoevents.localities.sketches import is_sketch, is_undrawn, unknown
from geoevents.localities.tree import Fix, Group, Name, Relation, names
from geoevents.localities.wording import km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.localities.composing import Composer
    from geoevents.localities.subject import Subject
    from geoevents.localities.tree import LocalityError, Tree

_CUTTING = ("between", "stream")  # along a line they say which stretch of it
_FOLLOWED = ("in", "along")  # "the Khabur from A to B" is a stretch of it
_LINEAR = ("in", "near", "along", "border", "part", "bank")


def containers(composer: Composer, group: Group) -> list[Tree]:
    """
    List the parts of a group that only say where its other parts lie.

    Parameters
    ----------
    composer : Composer
        Knows the places.
    group : Group
        Parts side by side.

    Returns
    -------
    list of tree
        Provinces and countries, each of which reaches an earlier part. "In B" is one of them only
        after a town or position: of what a relation gives, it cuts out what is in B.
    """
    places = composer.places
    asked = [container_of(part) for part in group.parts]
    bare = _is_spot(group.parts[0], composer) and all(
        name is not None or isinstance(part, Fix)
        for name, part in zip(asked, group.parts, strict=True)
    )
    held: list[Tree] = []
    for i, (name, part) in enumerate(zip(asked, group.parts, strict=True)):
        if name is None or not (bare or part == name) or places[name].kind not in AREAL:
            continue
        area = places[name]
        earlier = [places[one] for before in group.parts[:i] for one in names(before)]
        fixes = [one for one in group.parts[:i] if isinstance(one, Fix)]
        if any(
            reaches(area, one) for one in earlier if one.kind not in ("country", area.kind)
        ) or any(shapely.intersects_xy(area.geometry, fix.lon, fix.lat) for fix in fixes):
            held.append(part)
    return held


def _is_spot(part: Tree, composer: Composer) -> bool:
    """Whether it is a town or a position, or in one."""
    name = container_of(part)
    if name is None:
        return isinstance(part, Fix)
    return bool(shapely.get_dimensions(composer.places[name].geometry) == 0)


def stretched(
    composer: Composer, parts: Sequence[Tree]
) -> tuple[list[Relation], Name | Relation | None]:
    """
    Find the parts that say which stretch of a line is meant, and the part that has the line.

    Parameters
    ----------
    composer : Composer
        Knows what the parts are about.
    parts : sequence of tree
        The parts of a group.

    Returns
    -------
    list of Relation
        "Between A and B", "upstream of P"; none where no part has a line.
    Name, Relation or None
        "Along X", "X", "the east bank of X"; None likewise.

    Raises
    ------
    LocalityError
        Where it is the stretch of a river that is known only as a point.
    """
    cutting = [p for p in parts if isinstance(p, Relation) and p.kind in _CUTTING]
    for part in parts if cutting else ():
        if not isinstance(part, Name | Relation):
            continue
        asked = inside(part) if isinstance(part, Name) else part
        if asked.kind == "border" or (asked.kind in _LINEAR and composer.is_linear(asked)):
            return cutting, part
        if asked.kind in _FOLLOWED:
            for one in composer.subjects(asked):
                if is_undrawn(one) and is_sketch(one):
                    raise unknown(composer.found, part, one)
    return [], None


def stretch(composer: Composer, part: Name | Relation, cutting: Sequence[Relation]) -> Ground:
    """
    Cut out the stretch of a line that a phrase is about.

    Parameters
    ----------
    composer : Composer
        Knows what the parts are about.
    part : Name or Relation
        What has the line.
    cutting : sequence of Relation
        What says which stretch of it.

    Returns
    -------
    Ground
        Along that stretch, its core the stretch itself.
    """
    asked = part if isinstance(part, Relation) else inside(part)
    if asked.kind != "border":
        asked = replace(asked, kind="along", compass=None, way=None, distance=None)
    sayings = composer.sayings.of(asked) if asked.kind == "along" else []
    line = unwidened(sayings[0]) if len(sayings) == 1 else None
    base = line or composer.anchor(asked)
    for one in cutting:
        left = composer.cut(one, base)
        relations = (*base.relations, *left.relations)
        base = replace(left, relations=relations, made_of=(*base.made_of, *left.made_of))
    return base


class Gathering:
    """
    One group of parts side by side.

    Parameters
    ----------
    composer : Composer
        Works out the parts.
    group : Group
        The parts.
    """

    def __init__(self, composer: Composer, group: Group) -> None:
        self.composer = composer
        self.fault = composer.fault(group)
        bare = containers(composer, group)
        self.held = [composer.places[name] for name in map(container_of, bare) if name]
        self.parts = [part for part in group.parts if part not in bare]
        self.cutting, self.line = stretched(composer, self.parts)
        rest = [part for part in self.parts if part not in self.cutting]
        self.filters = [part for part in rest if composer.is_filter(part)]
        self.anchors = [part for part in rest if part not in self.filters]
        self.sides = [part for part in self.filters if part.kind != "except"]

    def _seen_from(self, part: Relation) -> Subject | None:
        """Find where one stands, of a far or near bank; nothing else asks, and it takes long."""
        if part.way not in ("far", "near"):
            return None
        return self.composer.sayings.reference((*self.anchors, *self.sides))

    def ground(self) -> Ground:
        """
        Work out where all parts hold.

        Returns
        -------
        Ground
            Never empty.

        Raises
        ------
        LocalityError
            Where no ground is left.
        """
        named = all(isinstance(part, Name) for part in self.parts)
        if named or (len(self.parts) == 1 and isinstance(self.parts[0], Fix)):
            alone = union([self.composer.ground(part) for part in self.parts])
            return self._bounded(alone)
        try:
            ground = self._filtered()
        except NothingThereError as error:
            raise self._out_of_reach(error) from error
        return self._bounded(ground)

    def _bounded(self, ground: Ground) -> Ground:
        """Cut by the provinces that are named, where no town says where a line or side is meant."""
        if not self.held:
            return ground
        said = ", in " + ", ".join(place.name for place in self.held)
        if not self.cutting and all(map(self._is_long, self.anchors)):
            ground = replace(clipped(ground, self.held, self.fault), core=None)
        return replace(ground, said=ground.said + said)

    def _is_long(self, part: Tree) -> bool:
        """Whether a part is a river, a border or what lies along it."""
        if isinstance(part, Name):
            part = inside(part)
        if not isinstance(part, Relation) or part.kind not in (*_LINEAR, "within", "distance"):
            return False
        return part.kind == "border" or self.composer.is_linear(part)

    def _base(self) -> Ground | None:
        """Work out what the parts that are regions by themselves have in common."""
        parts = [part for part in self.anchors if part is not self.line]
        late = [part for part in parts if is_flank(part, self.composer)]
        parts = [part for part in parts if part not in late]
        grounds = []
        if self.line is not None:
            grounds.append(stretch(self.composer, self.line, self.cutting))
        grounds += self._anchors(parts)
        if not grounds and late:  # the first says where the sides of the others are
            grounds.append(self.composer.ground(late.pop(0)))
        if not grounds:
            return None
        base = overlap(settled(grounds, self.composer.rules), self.fault)
        for part in late:
            base = beside(self.composer, part, base)
        return base

    def _anchors(self, parts: Sequence[Tree]) -> list[Ground]:
        """Work out regions; of what is near a long line only what the others can meet."""
        lines = [part for part in parts if self._is_near_a_line(part)]
        known = {part: self._anchored(part) for part in parts if part not in lines}
        shapes = [one.geometry for one in known.values()]
        if not self.cutting and len(lines) == len(self.anchors):  # else they do not cut
            shapes += [place.geometry for place in self.held]
        boxes = [shapely.box(*shapely.bounds(shape)) for shape in shapes]
        box = min(boxes, key=shapely.area, default=None)
        for line in lines:
            near = self.composer.anchor(line, box)
            if not any(shapely.intersects(near.geometry, shape) for shape in shapes):
                near = self.composer.anchor(line)  # how far all of it is, is said in the error
            known[line] = near
        return [known[part] for part in parts]

    def _is_near_a_line(self, part: Tree) -> TypeGuard[Relation]:
        if not isinstance(part, Relation) or part.kind != "near":
            return False
        return self.composer.is_linear(part)

    def _anchored(self, part: Tree) -> Ground:
        asked = inside(part) if isinstance(part, Name) else part
        if isinstance(asked, Relation) and asked.kind == "near":
            towns = self.composer.subjects(asked)
            measured = next(filter(self._measures, self.anchors), None)
            if measured is not None and not any(town.dimensions for town in towns):
                return union([self._wide(town, measured) for town in towns])
        return self.composer.ground(asked)

    def _measures(self, part: Tree) -> TypeGuard[Relation]:
        """Whether a part has a stated distance from a line or an edge."""
        if not isinstance(part, Relation) or part.kind not in ("distance", "direction"):
            return False
        return part.distance is not None and all(one.dimensions for one in self._from(part))

    def _from(self, part: Relation) -> list[Subject]:
        """List what a distance is measured from: of a bank the river."""
        return self.composer.subjects(bank_of(self.composer, part) or part)

    def _wide(self, town: Subject, measured: Relation) -> Ground:
        """Take near a town so wide that what is measured from a line by it is in it."""
        rules, stated = self.composer.rules, measured.distance
        assert stated is not None  # noqa: S101 -- only called with one
        reach = rules.near_m(town) + stated.metres + stated.slack_m * rules.scale
        line = " and ".join(one.name for one in self._from(measured))
        said = (
            f"near {town.said}, which is taken {km(reach)} wide here, as the {stated.words} are "
            f"measured from {line}"
        )
        at = town.geometry
        return Ground(buffer(at, reach), ("near",), said, made_of=town.places)

    def _filtered(self) -> Ground:
        base = self._base()
        if base is None and (len(self.sides) > 1 or (self.sides and self._needs_bounds())):
            base = self._default()
        start, composer = base, self.composer
        for part in self.sides:
            cut = composer.bound(part, base, self._seen_from(part))
            base = cut if base is None else after(base, cut)
        if len(self.sides) > 1:
            each = (composer.bound(part, start, self._seen_from(part)) for part in self.sides)
            if base is None or is_sliver(base, each):
                raise self.fault(
                    "the sides contradict each other: no ground is on all of them, but for what "
                    "the drawn line may be off"
                )
        for part in self.filters:
            if part.kind == "except":
                base = composer.bound(part, base)
        if base is None:
            raise self.fault("this names no ground")
        return base

    def _needs_bounds(self) -> bool:
        """Whether the one side that is told is of a river, in a province that is named."""
        return bool(self.held) and self.composer.is_linear(self.sides[0])

    def _default(self) -> Ground:
        """Ground that sides cut when nothing else bounds them: what is about their places."""
        sayings = [one for part in self.sides for one in self.composer.sayings.of(part)]
        # A town says where along a river; a river does not say how far from a town.
        sayings = [one for one in sayings if one.dimensions != 1] or sayings
        region = shapely.union_all([buffer(one.outline, side_m(one)) for one in sayings])
        reach = dict.fromkeys(f"{km(side_m(one))} of {one.subject.name}" for one in sayings)
        ground = Ground(region, (), "within " + " or ".join(reach))
        return clipped(ground, self.held, self.fault)

    def _out_of_reach(self, error: NothingThereError) -> LocalityError:
        """Say how far the river is of which a side is told, and what would reach it."""
        near = self.anchors[0] if len(self.anchors) == 1 else None
        if not isinstance(near, Relation) or near.kind != "near" or len(self.sides) != 1:
            return error
        side = self.sides[0]
        towns, rivers = (self.composer.subjects(part) for part in (near, side))
        if len(towns) != 1 or len(rivers) != 1 or towns[0].dimensions or rivers[0].dimensions != 1:
            return error
        (town,), (river,) = towns, rivers
        rules = self.composer.rules.plain
        away = apart_m(town.geometry, river.geometry)
        where = f"{side.compass.word} of" if side.compass else f"on the {side.way} bank of"
        message = (
            f"none of what is near {town.name} ({km(rules.near_m(town))}) lies {where} "
            f"{river.name}, {km(away)} from it"
        )
        if away <= rules.direction_m(town) + river.uncertainty_m:
            reach = math.ceil((away + rules.line_m) / 1000)
            message += f"; 'within {reach} km of {town.name}' reaches it"
        return self.composer.fault(side)(message)


def inside(tree: Name | Fix) -> Relation:
    """
    Read a bare name beside a relation as "in" it.

    Parameters
    ----------
    tree : Name or Fix
        The name.

    Returns
    -------
    Relation
        In that place.
    """
    return Relation("in", "", tree, tree.start, tree.end)

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";

import { Arcs, Recent } from "../../../geoevents/maps/assets/data/arcs.js";
import { unpack } from "../../../geoevents/maps/assets/data/columns.js";
import { mercatorX, mercatorY } from "../../../geoevents/maps/assets/data/shapes.js";

// What Python packs, JavaScript reads: neighbours, a hole with an island in it, corners that touch, nothing.
const [block, expected] = JSON.parse(
  execFileSync(process.env.PYTHON ?? "python3", [
    "-c",
    `
import json, shapely
from shapely.geometry import MultiPolygon, Point, Polygon, box
from geoevents.maps import arcs
from geoevents.maps.columns import pack
lake = box(2, 2, 6, 6)
shapes = [
    Polygon(box(0, 0, 8, 8).exterior, [lake.exterior]), lake.difference(box(3, 3, 4, 4)), box(3, 3, 4, 4),
    MultiPolygon([box(8, 0, 9, 1), box(9, 1, 10, 2)]), Point(0, 0), box(0, 0, 8, 4), box(0, 4, 8, 8),
]
def rings(shape):
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
    oriented = [shapely.geometry.polygon.orient(p) for p in parts]
    return [[k > 0, [[round(x * 1e5), round(y * 1e5)] for x, y in r.coords]]
            for p in oriented for k, r in enumerate([p.exterior, *p.interiors])]
print(json.dumps([pack({"shapes": arcs.encode(shapes)}), [rings(s) for s in shapes]]))`,
  ]).toString(),
);

const columns = (await unpack(block)).shapes;
const shapes = new Arcs(columns);

/** A ring's vertices from its smallest on. */
function turned(points) {
  const open = points.slice(0, -1).map((point) => point.join());
  const first = open.indexOf([...open].sort()[0]);
  return [...open.slice(first), ...open.slice(0, first)];
}

function pairs(flat) {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}

test("rings come back as they were, each stretch of outline having travelled once", () => {
  assert.equal(shapes.count, expected.length);
  for (const [shape, rings] of expected.entries()) {
    const found = shapes.decode(shape).map(({ hole, points }) => [hole, turned(pairs(points))]);
    assert.deepEqual(found, rings.map(([hole, points]) => [hole, turned(points)]));
  }
  assert.ok(columns.x.length < expected.flat().flatMap(([, points]) => points).length);
});

test("outlines are in Web Mercator, closed, with the box around them", () => {
  const outline = shapes.outline(0);
  assert.deepEqual([outline.box[0], outline.box[2]], [mercatorX(0), mercatorX(8)]);
  assert.deepEqual([outline.box[1], outline.box[3]], [mercatorY(8), mercatorY(0)]);
  for (let ring = 0; ring < outline.start.length - 1; ring++) {
    assert.equal(outline.x[outline.start[ring]], outline.x[outline.start[ring + 1] - 1]);
    assert.equal(outline.y[outline.start[ring]], outline.y[outline.start[ring + 1] - 1]);
  }
  assert.equal(shapes.outline(4).box[0], Infinity);
});

test("an outline holds what lies in it and not in its holes", () => {
  const holds = (shape, x, y) => shapes.outline(shape).contains(mercatorX(x), mercatorY(y));
  assert.deepEqual([holds(0, 1, 1), holds(0, 3.5, 3.5), holds(0, 2.5, 2.5), holds(0, 9, 1)], [true, false, false, false]);
  assert.deepEqual([holds(1, 2.5, 2.5), holds(1, 3.5, 3.5), holds(2, 3.5, 3.5)], [true, false, true]);
  assert.deepEqual([holds(3, 8.5, 0.5), holds(3, 9.5, 0.5), holds(3, 9.5, 1.5), holds(4, 0, 0)], [true, false, true, false]);
});

test("tracing closes every ring and leaves out what cannot be seen", () => {
  const calls = [];
  const path = { moveTo: () => calls.push("M"), lineTo: () => calls.push("L"), closePath: () => calls.push("Z") };
  shapes.outline(0).trace(path, { scale: 1e4, x: 0, y: 0 });
  assert.equal(calls.filter((call) => call === "M").length, 2);
  assert.equal(calls.filter((call) => call === "Z").length, 2);
  assert.ok(calls.filter((call) => call === "L").length >= 6);
  calls.length = 0;
  shapes.outline(0).trace(path, { scale: 1, x: 0, y: 0 });
  assert.equal(calls.filter((call) => call === "L").length, 0);
});

test("an outline is put together once, until others have taken its place", () => {
  assert.equal(shapes.outline(0), shapes.outline(0));
  let made = 0;
  const recent = new Recent(2);
  const ask = (key) => recent.get(key, () => ++made);
  for (const key of ["a", "b", "a", "c", "a", "b"]) ask(key);
  assert.equal(made, 4);
});

test("what is out of view is not drawn", () => {
  const outline = shapes.outline(2);
  const [west, north, east, south] = outline.box;
  assert.ok(outline.isVisible({ west: 0, north: 0, east: 1, south: 1 }));
  assert.ok(!outline.isVisible({ west: east + 0.01, north, east: 1, south }));
  assert.ok(!shapes.outline(4).isVisible({ west: 0, north: 0, east: 1, south: 1 }));
  assert.ok(west < east);
});

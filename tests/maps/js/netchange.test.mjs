import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";

import { unpack } from "../../../geoevents/maps/assets/data/columns.js";
import { mercatorX, mercatorY } from "../../../geoevents/maps/assets/data/shapes.js";
import { Control } from "../../../geoevents/maps/assets/layers/control.js";
import { NetChanges } from "../../../geoevents/maps/assets/layers/netchange.js";

// A front of many vertices that moves here and there, a pocket with a hole behind it, ground that is given up.
// On the grid of the map's coordinates, so that both sides compare the same ground.
const [block, expected] = JSON.parse(
  execFileSync(process.env.PYTHON ?? "python3", [
    "-c",
    `
import json
import geopandas as gpd, numpy as np, pandas as pd, shapely
from shapely.geometry import Point, Polygon, box
import geoevents as ge
from geoevents.maps.columns import pack
from geoevents.maps.layers import layers

random = np.random.default_rng(7)
north = np.linspace(46, 50, 800)
east = 36 + np.cumsum(random.normal(0, 0.004, 800))
rows = []
for number, day in enumerate(pd.date_range("2023-01-01", periods=6)):
    for middle in random.integers(30, 770, 5):
        at = np.arange(middle - 20, middle + 20)
        east[at] += random.normal(0, 0.02) * np.cos((at - middle) / 20 * np.pi / 2)
    line = np.column_stack([east, north])
    red = Polygon([*line.tolist(), (40, 50), (40, 46)])
    blue = Polygon([*line.tolist(), (33, 50), (33, 46)])
    pocket = Point(34.5, 48).buffer(0.3 - 0.04 * number).difference(Point(34.5, 48).buffer(0.1))
    blue = blue.difference(pocket)
    red = red.difference(box(39.5, 46.5, 39.9, 47 + 0.1 * number))  # given up
    if number == 5:  # a third side takes ground of both
        third = box(37.5, 47, 38.2, 47.4).union(box(34, 49, 34.3, 49.2))
        red, blue = red.difference(third), blue.difference(third)
        rows.append((day, "Green", third, None, True))
    rows += [(day, "Red", red, 150.0, False), (day, "Blue", blue, None if number == 2 else 80.0, number == 2), (day, "Black", pocket, None, False)]
frame = pd.DataFrame(rows, columns=["date", "actor", "geometry", "uncertainty_m", "inferred"])
frame["geometry"] = shapely.set_precision(frame["geometry"].to_numpy(), 1e-5)
frame = gpd.GeoDataFrame(frame, crs=4326)
territory = ge.Territory.from_snapshots(frame, overlaps="first")
dates, shown = territory.dates, territory.frame
found = []
for before in range(6):
    for after in range(before + 1, 6):
        change = ge.territory_change(*(shown[shown.date == dates[i]] for i in (before, after)))
        change = change[change.area_km2 > 0.05].replace({"from_actor": {"nobody": ""}, "to_actor": {"nobody": ""}})
        names = ["from_actor", "to_actor", "area_km2", "area_low_km2", "area_high_km2", "inferred"]
        found.append([before, after, change.sort_values("area_km2", ascending=False)[names].to_numpy().tolist()])
print(json.dumps([pack(layers(territory=territory).tree), found]))`,
  ]).toString(),
);

const control = new Control((await unpack(block)).control);
const changes = new NetChanges(control);
const between = (before, after, visible) => changes.between(control.dates[before], control.dates[after], visible);

test("who gained what from whom is what Python finds, between any two dates", () => {
  const near = (found, exact, tolerance, what) => assert.ok(Math.abs(found - exact) <= tolerance, `${what}: ${found} is not ${exact}`);
  for (const [before, after, rows] of expected) {
    const what = `${before} to ${after}`;
    const table = changes.table(control.dates[before], control.dates[after]).filter(({ area }) => area > 0.05);
    assert.deepEqual(table.map((row) => [row.fromName, row.toName, row.inferred]), rows.map(([from, to, , , , inferred]) => [from, to, inferred]), what);
    rows.forEach(([, , area, low, high], i) => {
      near(table[i].area, area, 1e-5 * area, what);
      near(table[i].low, low, 2e-4 * area + 0.02, `${what}, low`);
      near(table[i].high, high, 2e-4 * area + 0.08, `${what}, high`);
    });
  }
  assert.equal(expected.length, 15);
});

test("each change lies where it says, its labels in it", () => {
  for (const change of between(0, 5)) {
    const [west, north, east, south] = change.box;
    assert.ok(change.parts >= change.labels.length && change.labels.length > 0);
    for (const { x, y, area } of change.labels) {
      assert.ok(x > west && x < east && y > north && y < south);
      assert.ok(area > 0 && area <= change.area * (1 + 1e-9));
    }
    assert.equal(change.x, change.labels[0].x);
  }
  const taken = between(0, 5).find(({ fromName, toName }) => fromName === "Red" && toName === "Green");
  assert.ok(taken.x > mercatorX(37.5) && taken.x < mercatorX(38.2) && taken.y > mercatorY(47.4) && taken.y < mercatorY(47));
});

test("its ground can be had in degrees, closed, an exterior before its holes", () => {
  const taken = between(0, 5).find(({ fromName, toName }) => fromName === "Red" && toName === "Green");
  const [[ring]] = taken.coordinates();
  assert.deepEqual(ring[0], ring.at(-1));
  for (const [x, y] of ring) assert.ok(x >= 37.5 && x <= 38.2 && y >= 47 && y <= 47.4);
  // The pocket shrank from all sides: what it lost is a ring around what is left of it.
  const lost = between(0, 5).find(({ fromName }) => fromName === "Black");
  assert.deepEqual(lost.coordinates().map((polygon) => polygon.length), [2]);
});

test("windows between dates compare the dates before them", () => {
  const [first, second] = control.dates;
  assert.deepEqual(changes.period(first, second + 60), { before: first, after: second });
  assert.deepEqual(changes.period(-Infinity, Infinity), { before: first, after: control.dates[5] });
  assert.equal(changes.period(first, second - 1), null);
  assert.equal(changes.period(first - 1000, first - 10), null);
  assert.deepEqual(changes.between(second, second + 60), []);
  assert.deepEqual(changes.between(first - 5000, second), between(0, 1));
});

test("switches of the legend choose among changes", () => {
  const visible = (names, on = true) => ({ changes: on, gainers: new Set(names), control: new Set() });
  assert.deepEqual(between(0, 5, visible(["Green"])).map(({ toName }) => [...new Set([toName])]), [["Green"], ["Green"]]);
  assert.deepEqual(between(0, 5, visible([])), []);
  assert.deepEqual(between(0, 5, visible(changes.gainers(), false)), []);
  assert.deepEqual(between(0, 5, visible(changes.gainers())), between(0, 5));
  assert.deepEqual(changes.gainers().sort(), ["", "Black", "Blue", "Green", "Red"]);
});

test("a change is worked out once", () => {
  assert.equal(between(0, 1)[0], between(0, 1)[0]);
});

// Ground that meets along straight lines: study frames, boxes, borders drawn by hand with ends on each other's edges.
const tilings = JSON.parse(
  execFileSync(process.env.PYTHON ?? "python3", [
    "-c",
    `
import json
import geopandas as gpd, numpy as np, pandas as pd, shapely
from shapely.affinity import skew
from shapely.geometry import Point, Polygon, box
import geoevents as ge
from geoevents.maps.columns import pack
from geoevents.maps.layers import layers

def split(random, ground, depth):
    west, south, east, north = ground
    across = random.random() < 0.5
    low, high = (west, east) if across else (south, north)
    at = round((low + (high - low) * random.uniform(0.2, 0.8)) * 4) / 4
    if not depth or not low < at < high:
        return [ground]
    halves = ((west, south, at, north), (at, south, east, north)) if across else ((west, south, east, at), (west, at, east, north))
    return [part for half in halves for part in split(random, half, depth - 1)]

def strips(random):
    north, one, two = np.linspace(47, 50, 8), 31 + random.uniform(-0.4, 0.4, 8), 33 + random.uniform(-0.4, 0.4, 8)
    first, second = list(zip(one, north)), list(zip(two, north))
    return {"A": Polygon([(30, 47), *first, (30, 50)]), "B": Polygon([*first, *second[::-1]]), "C": Polygon([*second, (34, 50), (34, 47)])}

def cells(random, slanted):
    held = {}
    for part in split(random, (30, 47, 34, 50), 5):
        cell = skew(box(*part), xs=20, ys=7, origin=(32, 48)) if slanted else box(*part)
        held.setdefault("ABC-"[random.integers(4)], []).append(cell)
    return {name: shapely.union_all(parts) for name, parts in held.items() if name != "-"}

def crossing(random):
    one, two = random.uniform(47.2, 49.8, 2)
    line = [(30 + 4 * t, one + (two - one) * t) for t in (0, *np.sort(random.uniform(0, 1, random.integers(0, 6))), 1)]
    return {"A": Polygon([(30, 47), *line, (34, 47)]), "B": Polygon([(30, 50), *line, (34, 50)])}

def discs(random):
    left, held = box(30, 47, 34, 50), {}
    for name in "ABC":
        disc = Point(random.uniform(31, 33), random.uniform(48, 49)).buffer(random.uniform(0.3, 1.2), int(random.integers(2, 12)))
        held[name] = disc.intersection(left)
        left = left.difference(disc)
    return held

def packed(days):
    rows = [(day, name, ground) for day, held in zip(("2022-01-01", "2022-02-01"), days) for name, ground in held.items()]
    frame = pd.DataFrame(rows, columns=["date", "actor", "geometry"])
    frame["geometry"] = shapely.set_precision(frame["geometry"].to_numpy(), 1e-5)
    frame = gpd.GeoDataFrame(frame[~shapely.is_empty(frame["geometry"])], crs=4326)
    territory = ge.Territory.from_snapshots(frame, overlaps="first")
    change = ge.territory_change(*(territory.at(day) for day in territory.dates)).replace("nobody", "")
    moved = [[a, b, c, d] for a, b, c, d in zip(change.from_actor, change.to_actor, change.geometry.area, change.area_km2)]
    return [pack(layers(territory=territory).tree), moved]

cases = [packed([{"A": box(30, 48, 31, 49)}, {"A": box(30, 48, 32, 49)}])]
for seed in range(8):
    random = np.random.default_rng(seed)
    for make in (strips, lambda r: cells(r, False), lambda r: cells(r, True), crossing, discs):
        cases.append(packed([make(random), make(random)]))
print(json.dumps(cases))`,
  ]).toString(),
);

/** Planar, in square degrees: what does not hang on where long edges have vertices. */
function flatArea(change) {
  const ring = (points) => {
    let sum = 0;
    for (let i = 1; i < points.length; i++) sum += points[i - 1][0] * (points[i][1] - 48) - points[i][0] * (points[i - 1][1] - 48);
    return Math.abs(sum / 2);
  };
  return change.coordinates().reduce((sum, [exterior, ...holes]) => sum + ring(exterior) - holes.reduce((s, hole) => s + ring(hole), 0), 0);
}

test("borders that lie on each other change hands as Python finds", async () => {
  for (const [i, [packed, moved]] of tilings.entries()) {
    const held = new Control((await unpack(packed)).control);
    const found = new NetChanges(held).between(held.dates[0], held.dates[1]);
    const areas = new Map(found.map((change) => [`${change.fromName} to ${change.toName}`, flatArea(change)]));
    const wanted = new Map(moved.map(([from, to, area]) => [`${from} to ${to}`, area]));
    for (const who of new Set([...areas.keys(), ...wanted.keys()])) {
      const [ours, theirs] = [areas.get(who) ?? 0, wanted.get(who) ?? 0];
      assert.ok(Math.abs(ours - theirs) <= 3e-5 + 2e-5 * theirs, `case ${i}, ${who}: ${ours} is not ${theirs}`);
    }
  }
  assert.equal(tilings.length, 41);
});

test("a box that grows gains the rectangle", async () => {
  const [packed, [[, , , km2]]] = tilings[0];
  const held = new Control((await unpack(packed)).control);
  const [change, ...others] = new NetChanges(held).between(held.dates[0], held.dates[1]);
  assert.deepEqual([others.length, change.fromName, change.toName], [0, "", "A"]);
  assert.ok(Math.abs(change.area - km2) < 0.1 && Math.abs(km2 - 8217.6) < 0.1, `${change.area}`);
});

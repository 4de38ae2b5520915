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

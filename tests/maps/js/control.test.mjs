import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";

import { unpack } from "../../../geoevents/maps/assets/data/columns.js";
import { mercatorX, mercatorY } from "../../../geoevents/maps/assets/data/shapes.js";
import { GivenChanges } from "../../../geoevents/maps/assets/layers/changes.js";
import { Control } from "../../../geoevents/maps/assets/layers/control.js";

const blocks = JSON.parse(
  execFileSync(process.env.PYTHON ?? "python3", [
    "-c",
    `
import json
import geopandas as gpd, pandas as pd
from shapely.geometry import box
import geoevents as ge
from geoevents.maps.columns import pack
from geoevents.maps.layers import layers
rows = [
    ("2017-09-01", "ISIS", box(36, 35, 37, 36), 100.0, False), ("2017-09-01", "SDF", box(37, 35, 38, 36), None, True),
    ("2017-09-09", "SDF", box(36.5, 35, 38, 36), 50.0, False), ("2017-09-09", "ISIS", box(36, 35, 36.5, 36), 100.0, False),
    ("2017-09-16", "SDF", box(36, 35, 38, 36), 50.0, False),
]
frame = pd.DataFrame(rows, columns=["date", "actor", "geometry", "uncertainty_m", "inferred"])
frame = gpd.GeoDataFrame(frame, crs=4326)
territory = ge.Territory.from_snapshots(frame)
changes = gpd.GeoDataFrame({
    "from_actor": ["ISIS", "ISIS", "ISIS", "nobody"], "to_actor": ["SDF", "SDF", "SAA", "SDF"],
    "area_km2": [5.0, 7.0, 2.0, 1.0], "area_low_km2": [4.0, 6.0, 1.0, 0.5], "area_high_km2": [6.0, 9.0, 3.0, 2.0],
    "inferred": [False, True, False, False],
    "start": pd.to_datetime(["2017-09-01", "2017-09-09", "2017-09-12", None]),
    "end": pd.to_datetime(["2017-09-09", "2017-09-10", "2017-09-12", None]),
}, geometry=[box(36, 35, 36.5, 36), box(36.5, 35, 37, 36), box(36, 35, 36.1, 36), box(39, 35, 40, 36)], crs=4326)
undated = changes[["from_actor", "to_actor", "geometry"]]
print(json.dumps([pack(layers(territory=territory, changes=changes).tree), pack(layers(changes=undated).tree)]))`,
  ]).toString(),
);

const [tree, plain] = await Promise.all(blocks.map(unpack));
const control = new Control(tree.control);
const actor = (name) => control.actors.findIndex((one) => one.name === name);
const everyone = { control: new Set(control.actors.keys()), gainers: new Set(["SDF", "SAA"]), changes: true };
const day = (text) => Date.parse(`${text}T00:00Z`) / 60000;

test("the state as of a moment is that of the last date until then", () => {
  assert.deepEqual(Array.from(control.dates), ["2017-09-01", "2017-09-09", "2017-09-16"].map(day));
  const found = [-Infinity, day("2017-09-01") - 1, day("2017-09-01"), day("2017-09-15"), day("2017-09-16"), Infinity];
  assert.deepEqual(found.map((moment) => control.indexAt(moment)), [-1, -1, 0, 1, 2, 2]);
  assert.deepEqual([-1, 0, 1, 2, 3].map((index) => control.rowsAt(index).length), [0, 2, 2, 1, 0]);
});

test("what each held through time, nothing where it held nothing", () => {
  const { area, low, high } = control.series(actor("ISIS"));
  assert.ok(area[0] > 9900 && area[0] < 10200);
  assert.ok(Math.abs(area[1] - area[0] / 2) < 1);
  assert.equal(area[2], 0);
  for (const date of [0, 1]) assert.ok(low[date] < area[date] && area[date] < high[date]);
  assert.equal(control.series(actor("SDF")).low[0], 0); // inferred, and nothing says how well
  assert.deepEqual(control.order, [actor("SDF"), actor("ISIS")]);
});

test("who holds a point depends on the date and on who is switched on", () => {
  const holder = (x, index, visible = everyone) => {
    const row = control.rowAt(mercatorX(x), mercatorY(35.5), { index, visible });
    return row === null ? null : control.actors[control.actor[row]].name;
  };
  assert.deepEqual([0, 1, 2].map((index) => holder(36.7, index)), ["ISIS", "SDF", "SDF"]);
  assert.equal(holder(40, 0), null);
  assert.equal(holder(36.7, -1), null);
  assert.equal(holder(36.7, 0, { ...everyone, control: new Set([actor("SDF")]) }), null);
});

test("changes belong to the windows in which some of their period lies, those without dates to all", () => {
  const changes = new GivenChanges(tree.changes);
  const areas = (from, to, visible) => changes.between(from, to, visible).map(({ area }) => area);
  const end = (text) => day(text) + 1439;
  assert.deepEqual(areas(-Infinity, Infinity), [7, 5, 2, 1]);
  assert.deepEqual(areas(day("2017-09-09"), day("2017-09-10")), [7, 1]);
  assert.deepEqual(areas(day("2017-09-09"), end("2017-09-10")), [7, 1]);
  assert.deepEqual(areas(day("2017-09-01"), day("2017-09-09")), [5, 1]);
  assert.deepEqual(areas(day("2017-09-04"), end("2017-09-09")), [7, 5, 1]); // a week of the calendar, its last day included
  assert.deepEqual(areas(day("2017-09-03"), day("2017-09-04")), [5, 1]);
  assert.deepEqual(areas(day("2017-09-12"), end("2017-09-12")), [2, 1]);
  assert.deepEqual(areas(day("2017-09-13"), day("2017-09-16")), [1]);
  assert.deepEqual(areas(-Infinity, Infinity, { ...everyone, gainers: new Set(["SAA"]) }), [2]);
  assert.deepEqual(areas(-Infinity, Infinity, { ...everyone, changes: false }), []);
  assert.deepEqual(changes.period(day("2017-09-02"), end("2017-09-12")), { before: day("2017-09-01"), after: day("2017-09-12") });
  assert.deepEqual(Array.from(changes.moments()), ["2017-09-01", "2017-09-09", "2017-09-10", "2017-09-12"].map(day));
});

test("the table adds up who gained what from whom", () => {
  const table = new GivenChanges(tree.changes).table(-Infinity, Infinity);
  assert.deepEqual(table, [
    { fromName: "ISIS", toName: "SDF", area: 12, low: 10, high: 15, inferred: true },
    { fromName: "ISIS", toName: "SAA", area: 2, low: 1, high: 3, inferred: false },
    { fromName: "", toName: "SDF", area: 1, low: 0.5, high: 2, inferred: false },
  ]);
});

test("changes without any dates are always there", () => {
  const changes = new GivenChanges(plain.changes);
  assert.equal(changes.between(0, 1).length, 4);
  assert.equal(changes.period(0, 1), null);
  assert.equal(changes.moments(), null);
  assert.deepEqual(changes.gainers().sort(), ["SAA", "SDF"]);
});

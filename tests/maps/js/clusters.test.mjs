import assert from "node:assert/strict";
import test from "node:test";

import { cutAround, groupPoints, separate } from "../../../geoevents/maps/assets/layers/clusters.js";
import { PointIndex } from "../../../geoevents/maps/assets/layers/curve.js";

const SCALE = 1000;

/** Numbers from 0 to 1, the same on every run. */
function chance(seed = 1) {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

function points(count, seed = 1, place = (random) => [random(), random()]) {
  const random = chance(seed);
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) [x[i], y[i]] = place(random);
  return { x, y, index: new PointIndex(x, y, count) };
}

function indexOf(...places) {
  const x = Float64Array.from(places, ([px]) => px);
  const y = Float64Array.from(places, ([, py]) => py);
  return new PointIndex(x, y, places.length);
}

const lists = (groups) => groups.map((g) => Array.from(g.rows));
const whole = (index, scale, radius, shown = null) => groupPoints(index, shown, scale, radius).groups;

test("points at one place are one group", () => {
  const groups = whole(indexOf([0.5, 0.5], [0.5, 0.5], [0.5, 0.5]), SCALE, 30);
  assert.deepEqual(lists(groups), [[0, 1, 2]]);
  assert.equal(groups[0].x, 0.5);
  assert.equal(groups[0].count, 3);
});

test("points further apart than the radius stay apart", () => {
  assert.equal(whole(indexOf([0.1, 0.1], [0.2, 0.2]), SCALE, 30).length, 2);
});

test("neighbours across the edge of a square are found", () => {
  assert.equal(whole(indexOf([0.4999, 0.5], [0.5001, 0.4999]), SCALE, 30).length, 1);
  assert.equal(whole(indexOf([0.0299, 0.5], [0.0301, 0.5]), SCALE, 30).length, 1);
});

test("every row is in exactly one group, and only the rows shown", () => {
  const { index } = points(5000);
  const shown = Uint8Array.from({ length: 5000 }, (_, i) => Number(i % 3 > 0));
  const groups = whole(index, SCALE, 40, shown);
  const seen = groups.flatMap((g) => Array.from(g.rows)).sort((a, b) => a - b);
  assert.deepEqual(seen, Array.from(shown.keys()).filter((i) => shown[i]));
  assert.ok(groups.length < 900);
  for (const group of groups) assert.equal(group.rows.length, group.count);
});

test("no member is farther from its group than gathering reaches", () => {
  const { x, y, index } = points(3000, 5);
  for (const group of whole(index, SCALE, 40)) {
    for (const row of group.rows) assert.ok(Math.hypot(x[row] - group.x, y[row] - group.y) * SCALE < 2 * 40 + 15);
  }
});

test("a group stands at the mean of its events", () => {
  const { x, y, index } = points(2000, 3);
  for (const group of whole(index, 700, 50)) {
    const mean = (values) => group.rows.reduce((sum, row) => sum + values[row], 0) / group.count;
    assert.ok(Math.abs(mean(x) - group.x) < 1e-12);
    assert.ok(Math.abs(mean(y) - group.y) < 1e-12);
  }
});

test("events of a group are counted by type", () => {
  const { index } = points(4000, 8);
  const random = chance(99);
  const type = Uint8Array.from({ length: 4000 }, () => Math.floor(random() * 5));
  for (const group of whole(index, SCALE, 60)) {
    const expected = [0, 0, 0, 0, 0];
    for (const row of group.rows) expected[type[row]] += 1;
    assert.deepEqual(Array.from(group.typeCounts(type, 5)), expected);
  }
});

test("the order of the rows does not matter", () => {
  const { x, y, index } = points(3000, 4);
  const random = chance(17);
  const shuffled = Array.from({ length: 3000 }, (_, i) => [random(), i]).sort((a, b) => a[0] - b[0]).map(([, i]) => i);
  const other = new PointIndex(Float64Array.from(shuffled, (i) => x[i]), Float64Array.from(shuffled, (i) => y[i]), 3000);
  const named = (groups, nameOf) => groups.map((g) => Array.from(g.rows, nameOf).sort((a, b) => a - b).join()).sort();
  assert.deepEqual(named(whole(other, SCALE, 35), (row) => shuffled[row]), named(whole(index, SCALE, 35), (row) => row));
});

test("panning changes no group in view", () => {
  // Single points 12 pixels apart, over 6000 pixels: nothing leads but chance.
  const scale = 256 * 2 ** 11;
  const side = 6000 / scale;
  const { index } = points(250_000, 6, (random) => [0.5 + side * random(), 0.4 + side * random()]);
  const truth = new Set(whole(index, scale, 52).map((g) => `${g.x} ${g.y} ${g.count}`));
  const random = chance(12);
  for (let turn = 0; turn < 6; turn++) {
    const [west, north] = [0.5 + 0.7 * side * random(), 0.4 + 0.7 * side * random()];
    const [east, south] = [west + 1000 / scale, north + 700 / scale];
    const { groups, whole: all } = groupPoints(index, null, scale, 52, [west, north, east, south]);
    assert.equal(all, false);
    const inView = groups.filter((g) => g.x > west && g.x < east && g.y > north && g.y < south);
    assert.ok(inView.length > 100);
    for (const g of inView) assert.ok(truth.has(`${g.x} ${g.y} ${g.count}`));
  }
});

test("a small step leaves what is cut out of the world as it was", () => {
  const near = [0.5, 0.4, 0.51, 0.41];
  const step = near.map((value) => value + 1e-9);
  assert.deepEqual(cutAround(near, 2 ** 20, 52), cutAround(step, 2 ** 20, 52));
  assert.equal(cutAround(null, 2 ** 20, 52), null);
});

test("few places far apart are grouped all at once, however close the view", () => {
  const { index } = points(20_000, 2, (random) => [Math.floor(random() * 10) / 10, 0.5]);
  const { groups, whole: all } = groupPoints(index, null, 2 ** 26, 52, [0.2, 0.49, 0.2001, 0.51]);
  assert.equal(all, true);
  assert.equal(groups.length, 10);
});

test("no points, no groups; one point, one group", () => {
  assert.deepEqual(whole(indexOf(), SCALE, 30), []);
  assert.deepEqual(whole(indexOf([0.5, 0.5]), SCALE, 30, new Uint8Array(1)), []);
  const [only, ...rest] = whole(indexOf([0.3, 0.7]), SCALE, 30);
  assert.deepEqual([only.x, only.y, only.count, only.row, rest.length], [0.3, 0.7, 1, 0, 0]);
});

test("a hundred thousand events at one point are one group at every zoom level", () => {
  const { index } = points(100_000, 1, () => [0.123456789, 0.987654321]);
  for (const zoom of [0, 7.25, 19]) {
    const [group, ...rest] = whole(index, 256 * 2 ** zoom, 52);
    assert.equal(rest.length, 0);
    assert.equal(group.count, 100_000);
    assert.equal(group.rows[99_999], 99_999);
    assert.ok(Math.abs(group.x - 0.123456789) < 1e-12);
  }
});

test("points across the antimeridian stand beside those before it", () => {
  const groups = whole(indexOf([0.9995, 0.5], [1.0005, 0.5], [1.4, 0.5], [-0.2, 0.5]), SCALE, 30);
  assert.deepEqual(lists(groups).sort(), [[0, 1], [2], [3]]);
  const pair = groups.find((g) => g.count === 2);
  assert.ok(Math.abs(pair.x - 1) < 1e-9);
});

test("points beyond the ends of the map are not lost", () => {
  const groups = whole(indexOf([-5, -3], [7, 9], [0.5, 0.5], [-6, -3], [-5, -3]), SCALE, 30);
  assert.deepEqual(lists(groups).sort(), [[0, 3, 4], [1], [2]]);
});

test("groups of the closest zoom level hold only what would cover each other", () => {
  const scale = 256 * 2 ** 19;
  const groups = whole(indexOf([0.5, 0.5], [0.5 + 20 / scale, 0.5], [0.5 + 90 / scale, 0.5]), scale, 32.5);
  assert.deepEqual(lists(groups).sort(), [[0, 1], [2]]);
});

test("separating merges only what overlaps", () => {
  const groups = whole(indexOf([0.1, 0.1], [0.11, 0.1], [0.9, 0.9]), SCALE, 5);
  assert.equal(groups.length, 3);
  const result = separate(groups, SCALE, () => 13);
  assert.deepEqual(lists(result).sort(), [[0, 1], [2]]);
  const pair = result.find((g) => g.count === 2);
  assert.ok(Math.abs(pair.x - 0.105) < 1e-12);
  assert.deepEqual(Array.from(pair.typeCounts([0, 1, 1], 2)), [1, 1]);
});

import assert from "node:assert/strict";
import test from "node:test";

import {
  Occupancy,
  besideDot,
  boxesAlong,
  placeLabels,
  stretchesOf,
} from "../../../geoevents/maps/assets/draw/labels.js";

test("a box is free until it is taken, across cells too", () => {
  const occupied = new Occupancy();
  occupied.take([50, 50, 150, 80]);
  assert.equal(occupied.isFree([140, 70, 200, 90]), false);
  assert.equal(occupied.isFree([151, 50, 200, 80]), true);
  assert.equal(occupied.isFree([-10, -10, 49, 49]), true);
});

test("names that do not fit give way to more important ones", () => {
  const first = { choices: [[[0, 0, 10, 10]]] };
  const second = { choices: [[[5, 5, 15, 15]], [[20, 20, 30, 30]]] };
  const third = { choices: [[[8, 8, 12, 12]]] };
  const placed = placeLabels([first, second, third], new Occupancy());
  assert.deepEqual(placed, [[first, 0], [second, 1]]);
});

test("placed names never overlap", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const candidates = Array.from({ length: 400 }, () => ({
    choices: besideDot(random() * 600, random() * 600, 40 + random() * 60, 14, 4),
  }));
  const boxes = placeLabels(candidates, new Occupancy()).map(([c, i]) => c.choices[i][0]);
  assert.ok(boxes.length > 20);
  boxes.forEach((a, i) =>
    boxes.slice(0, i).forEach((b) => {
      assert.ok(a[0] >= b[2] || a[2] <= b[0] || a[1] >= b[3] || a[3] <= b[1]);
    }),
  );
});

test("a name lies on the straight reach of a river", () => {
  const line = [];
  for (let x = 0; x <= 100; x += 10) line.push([x, x % 20 ? 40 : 0]);
  for (let x = 110; x <= 400; x += 10) line.push([x, 0]);
  const [stretch] = stretchesOf(line, 80, () => true);
  assert.ok(stretch.x > 130);
  assert.ok(Math.abs(stretch.angle) < 0.01);
});

test("a river too short or out of view has no name", () => {
  assert.deepEqual(stretchesOf([[0, 0], [50, 0]], 80, () => true), []);
  assert.deepEqual(stretchesOf([[0, 0], [50, 0], [200, 0]], 80, () => false), []);
});

test("a name is never upside down", () => {
  const line = Array.from({ length: 30 }, (_, i) => [300 - i * 10, i]);
  const [{ angle }] = stretchesOf(line, 80, () => true);
  assert.ok(Math.abs(angle) <= Math.PI / 2);
});

test("boxes along a slanted text cover its ends", () => {
  const boxes = boxesAlong(0, 0, Math.PI / 4, 100, 10);
  assert.equal(boxes.length, 10);
  assert.ok(boxes[0][0] < -30 && boxes[9][2] > 30);
});

test("stretches keep a name's width from each other", () => {
  const line = Array.from({ length: 60 }, (_, i) => [i * 10, 0]);
  const stretches = stretchesOf(line, 80, () => true);
  assert.equal(stretches.length, 5);
  stretches.forEach((a, i) =>
    stretches.slice(0, i).forEach((b) => assert.ok(Math.abs(a.x - b.x) >= 80)),
  );
});

import assert from "node:assert/strict";
import test from "node:test";

import { groupPoints, nearestSlots, ring, separate } from "../../../geoevents/maps/assets/clusters.js";

const SCALE = 1000;

test("points at one place are one group", () => {
  const x = new Float64Array([0.5, 0.5, 0.5]);
  const groups = groupPoints(x, x, [0, 1, 2], SCALE, 30);
  assert.deepEqual(groups.map((g) => g.rows), [[0, 1, 2]]);
  assert.equal(groups[0].x, 0.5);
});

test("points further apart than the radius stay apart", () => {
  const x = new Float64Array([0.1, 0.2]);
  assert.equal(groupPoints(x, x, [0, 1], SCALE, 30).length, 2);
});

test("neighbours across the edge of a cell are found", () => {
  const x = new Float64Array([0.0299, 0.0301]);
  const y = new Float64Array([0.5, 0.5]);
  assert.equal(groupPoints(x, y, [0, 1], SCALE, 30).length, 1);
});

test("every row is in exactly one group, and only the rows asked for", () => {
  const count = 5000;
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const x = Float64Array.from({ length: count }, random);
  const y = Float64Array.from({ length: count }, random);
  const rows = Array.from({ length: count }, (_, i) => i).filter((i) => i % 3);
  const groups = groupPoints(x, y, rows, SCALE, 40);
  const seen = groups.flatMap((g) => g.rows).sort((a, b) => a - b);
  assert.deepEqual(seen, rows);
  assert.ok(groups.length < 900);
});

test("no points, no groups", () => {
  assert.deepEqual(groupPoints(new Float64Array(), new Float64Array(), [], SCALE, 30), []);
});

test("separating merges only what overlaps", () => {
  const groups = [
    { x: 0.1, y: 0.1, rows: [0] },
    { x: 0.11, y: 0.1, rows: [1] },
    { x: 0.9, y: 0.9, rows: [2] },
  ];
  const result = separate(groups, SCALE, () => 13);
  assert.deepEqual(result.map((g) => g.rows), [[0, 1], [2]]);
});

test("members of a ring do not touch", () => {
  for (let count = 2; count <= 14; count++) {
    const places = ring(count, 26);
    assert.equal(places.length, count);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) {
        const distance = Math.hypot(places[i][0] - places[j][0], places[i][1] - places[j][1]);
        assert.ok(distance > 25.9, `${count}: ${distance}`);
      }
    }
  }
});

test("events off the middle of a group take the slots on their own side, once each", () => {
  const slots = ring(12, 27);
  const anchors = Array.from({ length: 12 }, () => [0, 0]);
  anchors[7] = [20, -22];
  anchors[3] = [-15, 2];
  const chosen = nearestSlots(anchors, slots);
  assert.ok(chosen[7][0] > 0 && chosen[7][1] < 0);
  assert.ok(chosen[3][0] < 0);
  assert.equal(new Set(chosen.map(String)).size, 12);
});

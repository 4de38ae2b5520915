import assert from "node:assert/strict";
import test from "node:test";

import { groupPoints, separate } from "../../../geoevents/maps/assets/layers/clusters.js";

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

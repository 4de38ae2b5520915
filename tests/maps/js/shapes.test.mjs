import assert from "node:assert/strict";
import test from "node:test";

import { Shapes, mercatorX, mercatorY } from "../../../geoevents/maps/assets/data/shapes.js";

const columns = {
  scale: 1,
  x: [0, 10, 10, 0, 20, 30],
  y: [0, 0, 10, 0, 5, 5],
  paths: [4, 2],
  features: [1, 1, 0],
  closed: [1, 0],
};

test("Mercator", () => {
  assert.equal(mercatorX(-180), 0);
  assert.equal(mercatorX(180), 1);
  assert.ok(Math.abs(mercatorY(0) - 0.5) < 1e-12);
  // The map's northern edge, atan(sinh(pi)), is where the square ends.
  assert.ok(Math.abs(mercatorY(85.051129)) < 1e-4);
  assert.ok(Number.isFinite(mercatorY(90)));
});

test("boxes and paths of features", () => {
  const shapes = new Shapes(columns);
  assert.equal(shapes.count, 3);
  assert.deepEqual(Array.from(shapes.pathStart), [0, 4, 6]);
  const [west, , east] = shapes.box(1);
  assert.deepEqual([west, east], [mercatorX(20), mercatorX(30)]);
  assert.equal(shapes.measure(2)[0], Infinity);
});

test("tracing closes rings, skips crowded points and keeps the last", () => {
  const calls = [];
  const path = {
    moveTo: (x) => calls.push(["M", x]),
    lineTo: (x) => calls.push(["L", x]),
    closePath: () => calls.push(["Z"]),
  };
  const shapes = new Shapes(columns);
  shapes.trace(path, 0, { scale: 1, x: 0, y: 0 });
  assert.deepEqual(calls.map(([what]) => what), ["M", "L", "Z"]);
  calls.length = 0;
  shapes.trace(path, 1, { scale: 10000, x: 0, y: 0 });
  assert.deepEqual(calls.map(([what]) => what), ["M", "L"]);
});

test("a polygon holds what lies in it and not in its holes", () => {
  const ring = (low, high) => [[low, low], [high, low], [high, high], [low, high], [low, low]];
  const corners = [...ring(0, 10), ...ring(4, 6)];
  const shapes = new Shapes({
    scale: 1,
    x: corners.map(([x]) => x),
    y: corners.map(([, y]) => y),
    paths: [5, 5],
    features: [2],
    closed: [1, 1],
  });
  const holds = (x, y) => shapes.contains(0, mercatorX(x), mercatorY(y));
  assert.deepEqual([holds(1, 1), holds(5, 5), holds(11, 5), holds(5, 9), holds(-1, 5)], [true, false, false, true, false]);
});

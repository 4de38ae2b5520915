import assert from "node:assert/strict";
import test from "node:test";

import { ring, spread } from "../../../geoevents/maps/assets/layers/spread.js";

const SIZE = 27;

function apart(places, least = SIZE - 0.1) {
  places.forEach(([x, y], i) =>
    places.slice(0, i).forEach(([px, py]) => {
      const distance = Math.hypot(px - x, py - y);
      assert.ok(distance >= least, `${distance}`);
    }),
  );
}

test("members of a ring do not touch", () => {
  for (let count = 2; count <= 14; count++) {
    const places = ring(count, 26);
    assert.equal(places.length, count);
    apart(places, 25.9);
  }
});

test("markers of one place stand around it without touching", () => {
  for (let count = 1; count <= 14; count++) {
    const places = spread(Array.from({ length: count }, () => ({ x: 100, y: 50 })), SIZE);
    apart(places);
    for (const [x, y] of places) assert.ok(Math.hypot(x - 100, y - 50) < 3 * SIZE);
  }
});

test("a marker with an area stays in it and the crowd gives way", () => {
  const crowd = Array.from({ length: 11 }, () => ({ x: 0, y: 0 }));
  const holds = (x, y) => x > 5 && y < -5;
  const places = spread([...crowd, { x: 12, y: -12, extent: 1, holds }], SIZE);
  assert.deepEqual(places[11], [12, -12]);
  apart(places);
});

test("several events of one area all stand in it while there is room", () => {
  const holds = (x, y) => Math.abs(x) < 60 && Math.abs(y) < 20;
  const members = Array.from({ length: 4 }, () => ({ x: 0, y: 0, extent: 1, holds }));
  const places = spread(members, SIZE);
  apart(places);
  for (const [x, y] of places) assert.ok(holds(x, y));
});

test("an area too small for all of its markers hides none", () => {
  const holds = (x, y) => Math.abs(x) < 5 && Math.abs(y) < 5;
  const members = Array.from({ length: 3 }, () => ({ x: 0, y: 0, extent: 1, holds }));
  apart(spread(members, SIZE));
});

test("events at places of their own do not move for a crowd", () => {
  const crowd = Array.from({ length: 8 }, () => ({ x: 0, y: 0 }));
  const places = spread([...crowd, { x: 30, y: 0 }, { x: -10, y: 40 }], SIZE);
  assert.deepEqual(places.slice(8), [[30, 0], [-10, 40]]);
  apart(places);
});

test("nothing stands on a ring with a count", () => {
  const [[x, y]] = spread([{ x: 0, y: 0 }], SIZE, [[3, 0, 20]]);
  assert.ok(Math.hypot(x - 3, y) >= 20 + SIZE / 2 - 0.1);
});

test("a crowd keeps out of areas of other events", () => {
  const members = Array.from({ length: 5 }, () => ({ x: 0, y: 0 }));
  const places = spread(members, SIZE, [], (x) => x > 8);
  assert.ok(places.filter(([x]) => x > 8).length === 0);
});

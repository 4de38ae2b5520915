import assert from "node:assert/strict";
import test from "node:test";

import { eventsInside, holdersInside, sumOf } from "../../../geoevents/maps/assets/tools/box.js";
import { boxAreaKm2, clipRing, groundInside } from "../../../geoevents/maps/assets/tools/clip.js";
import { mercatorX, mercatorY } from "../../../geoevents/maps/assets/data/shapes.js";

const close = (value, expected, share) => assert.ok(Math.abs(value - expected) <= share * Math.abs(expected), `${value}, not ${expected}`);
const rectangle = (west, south, east, north) => [[west, south], [east, south], [east, north], [west, north], [west, south]];

test("the area of a box is that of the ellipsoid between its parallels", () => {
  // pyproj.Geod of the same box with 20,000 points on each parallel; the whole earth as published for WGS 84.
  close(boxAreaKm2([40, 35, 41, 36]), 10066.275204165431, 1e-9);
  close(boxAreaKm2([10, -20, 50, 30]), 23774455.605537005, 1e-8);
  close(boxAreaKm2([0, 60, 2, 62]), 24115.300594060605, 1e-8);
  close(boxAreaKm2([-180, -90, 180, 90]), 510065621.724, 1e-11);
  assert.equal(boxAreaKm2([-180, -90, 540, 90]), boxAreaKm2([-180, -90, 180, 90]));
});

test("a ring is cut at all four sides", () => {
  // A square on its corner becomes an octagon.
  assert.equal(clipRing([[-0.5, 1], [1, -0.5], [2.5, 1], [1, 2.5]], [0, 0, 2, 2]).length, 8);
  assert.deepEqual(clipRing(rectangle(0, 0, 4, 4), [1, 1, 2, 2]).sort(), [[1, 1], [1, 2], [2, 1], [2, 2]]);
  assert.deepEqual(clipRing(rectangle(0, 0, 1, 1), [5, 5, 6, 6]), []);
  assert.deepEqual(clipRing([], [0, 0, 1, 1]), []);
});

test("ground that fills the box is the box", () => {
  const box = [40, 35, 42, 36];
  close(groundInside([[rectangle(30, 30, 50, 40)]], box), boxAreaKm2(box), 2e-5);
  close(groundInside([[rectangle(30, 30, 50, 40).reverse()]], box), boxAreaKm2(box), 2e-5);
  close(groundInside([[rectangle(41, 30, 50, 40)]], box), boxAreaKm2([41, 35, 42, 36]), 2e-5);
});

test("holes are left out, and so is what lies outside", () => {
  const box = [40, 35, 42, 36];
  const holed = [[rectangle(30, 30, 50, 40), rectangle(41, 34, 44, 37)]];
  close(groundInside(holed, box), boxAreaKm2([40, 35, 41, 36]), 3e-5);
  assert.equal(groundInside([[rectangle(10, 10, 20, 20)]], box), 0);
  assert.equal(groundInside([[rectangle(30, 30, 50, 40), rectangle(39, 34, 44, 37)]], box), 0);
  assert.equal(groundInside([], box), 0);
});

test("a ring that leaves the box and comes back encloses nothing between", () => {
  // A comb: two teeth reach into the box from above.
  const comb = [[40, 38], [40, 35], [40.5, 35], [40.5, 37], [41.5, 37], [41.5, 35], [42, 35], [42, 38], [40, 38]];
  const box = [39, 35, 43, 36];
  close(groundInside([[comb]], box), 2 * boxAreaKm2([40, 35, 40.5, 36]), 2e-5);
});

test("a box on another turn of the world finds the same ground", () => {
  const ground = [[rectangle(40, 35, 42, 36)]];
  const here = groundInside(ground, [41, 34, 43, 37]);
  close(groundInside(ground, [401, 34, 403, 37]), here, 1e-9);
  close(groundInside(ground, [-319, 34, -317, 37]), here, 1e-9);
  // Ground across the antimeridian, as the map holds it: beyond 180 degrees.
  close(groundInside([[rectangle(170, 0, 190, 10)]], [-180, 0, -175, 10]), boxAreaKm2([-180, 0, -175, 10]), 2e-5);
});

test("events inside are those shown, on any turn of the world", () => {
  const places = [[40, 35], [41, 36], [45, 35], [41, 20], [40.5, 35.5]];
  const events = {
    wx: Float64Array.from(places, ([x]) => mercatorX(x)),
    wy: Float64Array.from(places, ([, y]) => mercatorY(y)),
    type: Uint8Array.of(0, 1, 0, 0, 1),
    types: { length: 2 },
  };
  const shown = Uint32Array.of(0, 1, 2, 3);
  const found = eventsInside(events, shown, [39, 34, 42, 37]);
  assert.deepEqual([...found.rows], [0, 1]);
  assert.deepEqual([...found.types], [1, 1]);
  assert.deepEqual([...eventsInside(events, shown, [399, 34, 402, 37]).rows], [0, 1]);
  assert.deepEqual([...eventsInside(events, shown, [-321, 34, -318, 37]).rows], [0, 1]);
  assert.deepEqual([...eventsInside(events, [], [39, 34, 42, 37]).rows], []);
  assert.equal(eventsInside(events, [0, 1, 2, 3, 4], [-180, -85, 180, 85]).rows.length, 5);
});

test("sums leave out what is not known", () => {
  assert.deepEqual(sumOf(Float64Array.of(1, NaN, 4), [0, 1, 2]), { sum: 5, known: 2 });
  assert.deepEqual(sumOf(Float64Array.of(NaN), [0]), { sum: 0, known: 0 });
});

test("what an actor holds inside is added up; a guess among it makes it one", () => {
  const rings = [[[rectangle(40, 35, 41, 36)]], [[rectangle(41, 35, 41.5, 36)]], [[rectangle(41.5, 35, 43, 36)]], [[rectangle(80, 35, 81, 36)]]];
  const control = {
    actors: [{ name: "A", colour: "#111111" }, { name: "B", colour: "#222222" }, { name: "C", colour: "#333333" }],
    actor: [0, 1, 1, 2],
    inferred: [0, 0, 1, 0],
    rowsAt: () => [0, 1, 2, 3],
    rings: (row) => rings[row],
  };
  const held = holdersInside(control, 0, [39, 30, 43, 40]);
  assert.deepEqual(held.map(({ name, inferred }) => [name, inferred]), [["B", true], ["A", false]]);
  // Their sides along parallels are geodesics, which bulge a little.
  close(held[0].area, boxAreaKm2([41, 35, 43, 36]), 3e-4);
  close(held[1].area, boxAreaKm2([40, 35, 41, 36]), 3e-4);
});

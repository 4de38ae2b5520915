import assert from "node:assert/strict";
import test from "node:test";

import { areaOf, distance, lengthOf, measureRing } from "../../../geoevents/maps/assets/geodesic.js";

const near = (found, expected, relative = 1e-9) => assert.ok(Math.abs(found - expected) <= relative * Math.abs(expected), `${found} is not ${expected}`);

// pyproj.Geod(ellps="WGS84"), and pyproj's polygon_area_perimeter for areas.
test("distances", () => {
  near(distance(40.141, 35.336, 40.427, 35.156), 32808.025404269305);
  near(distance(0, 0, 90, 0), 10018754.171394622);
  near(distance(179.5, 0, -179.5, 0), 111319.49079327357);
  assert.equal(distance(40, 35, 40, 35), 0);
});

test("a line is as long as its parts", () => {
  near(lengthOf([[0, 0], [1, 0], [1, 1]]), distance(0, 0, 1, 0) + distance(1, 0, 1, 1));
  assert.equal(lengthOf([[5, 5]]), 0);
  assert.equal(lengthOf([]), 0);
});

test("areas, whichever way round and whether or not closed", () => {
  const square = [[0, 0], [1, 0], [1, 1], [0, 1]];
  near(areaOf(square), 12308778361.469452);
  near(areaOf([...square].reverse()), 12308778361.469452);
  near(areaOf([...square, square[0]]), 12308778361.469452);
  assert.equal(areaOf([[0, 0], [1, 1]]), 0);
});

test("a ring's area has a sign and its perimeter is that of all its edges", () => {
  const found = measureRing([0, 1, 1, 0], [0, 0, 1, 1]);
  near(found.area, 12308778361.469452);
  near(found.perimeter, 443770.91724830196);
  near(measureRing([0, 0, 1, 1], [0, 1, 1, 0]).area, -12308778361.469452);
  near(measureRing([179, 181, 181, 179], [0, 0, 1, 1]).area, 24619443759.277206);
});

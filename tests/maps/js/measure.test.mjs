import assert from "node:assert/strict";
import test from "node:test";

import { groundText, lengthText, measured, shortestWay } from "../../../geoevents/maps/assets/tools/measure.js";

const close = (value, expected, share = 1e-9) => assert.ok(Math.abs(value - expected) <= share * Math.abs(expected), `${value}, not ${expected}`);

test("distance, perimeter and area are geodesic, on WGS 84", () => {
  // pyproj.Geod(ellps="WGS84"): inv, and geometry_area_perimeter of the triangle.
  const points = [[40, 35], [41, 35], [41, 36]];
  const { distance, perimeter, area } = measured(points);
  close(distance, 202237.5572);
  close(perimeter, 345559.1353);
  close(area, 5064.329112);
  assert.deepEqual(measured([[40, 35]]), { distance: 0, perimeter: null, area: null });
  assert.equal(measured([[40, 35], [41, 35]]).area, null);
});

test("the way round does not change an area", () => {
  const points = [[40, 35], [41, 35], [41, 36]];
  close(measured([...points].reverse()).area, measured(points).area);
});

test("short lines are straight on the map, long ones bend towards the pole", () => {
  assert.equal(shortestWay([40, 35], [40.5, 35]).length, 2);
  const way = shortestWay([-74, 40.7], [2.35, 48.86]);
  assert.ok(way.length > 100);
  assert.ok(Math.max(...way.map(([, y]) => y)) > 51);
  assert.deepEqual([way[0], way.at(-1)], [[-74, 40.7], [2.35, 48.86]]);
});

test("a line across the antimeridian does not run round the world", () => {
  const way = shortestWay([170, 0], [-170, 10]);
  assert.equal(way.at(-1)[0], 190);
  for (let i = 1; i < way.length; i++) assert.ok(Math.abs(way[i][0] - way[i - 1][0]) < 2);
});

test("lengths and areas have the units that a reader expects", () => {
  assert.equal(lengthText(0), "0 m");
  assert.equal(lengthText(845.4), "845 m");
  assert.equal(lengthText(999.7), "1 km");
  assert.equal(lengthText(12345), "12.3 km");
  assert.equal(lengthText(1234567), "1,235 km");
  assert.equal(groundText(0.0512), "51,200 m²");
  assert.equal(groundText(87.537), "87.5 km²");
});

import assert from "node:assert/strict";
import test from "node:test";

import {
  ROW,
  TALLEST,
  chosenAfter,
  countLine,
  heightOf,
  matching,
  offsetAt,
  positionOf,
  revealing,
  rowAfter,
  rowsAt,
  topAt,
} from "../../../geoevents/maps/assets/panel/list.js";

test("a short list is as high as its rows", () => {
  const extent = { count: 100, view: 520 };
  assert.equal(heightOf(100), 5200);
  assert.equal(offsetAt(1234, extent), 1234);
  assert.equal(topAt(1234, extent), 1234);
});

test("a list shorter than its view does not move", () => {
  const extent = { count: 3, view: 520 };
  assert.equal(offsetAt(0, extent), 0);
  assert.equal(topAt(0, extent), 0);
  assert.deepEqual(rowsAt(0, extent), [0, 3]);
});

test("a million rows are no higher than a browser can draw, and all can be reached", () => {
  const extent = { count: 1_000_000, view: 650 };
  assert.equal(heightOf(extent.count), TALLEST);
  assert.ok(TALLEST < 16_777_216);
  assert.equal(offsetAt(0, extent), 0);
  const end = offsetAt(TALLEST - extent.view, extent);
  assert.ok(Math.abs(end - (52_000_000 - 650)) < 1e-6);
  assert.equal(rowsAt(end, extent)[1], 1_000_000);
  // Half way down the scroll bar is half way down the list.
  assert.equal(Math.round(offsetAt((TALLEST - extent.view) / 2, extent) / ROW), Math.round((1_000_000 - 12.5) / 2));
});

test("the scroll bar and the list agree in both directions", () => {
  for (const count of [40, 300_000, 300_001, 1_000_000, 5_000_000]) {
    const extent = { count, view: 650 };
    for (const part of [0, 0.1, 0.5, 0.999, 1]) {
      const offset = part * (count * ROW - extent.view);
      assert.ok(Math.abs(offsetAt(topAt(offset, extent), extent) - offset) < 1e-3);
    }
  }
});

test("a scroll bar beyond the end stays at the last row", () => {
  const extent = { count: 1_000_000, view: 650 };
  assert.equal(offsetAt(TALLEST * 2, extent), 1_000_000 * ROW - 650);
});

test("only rows in view exist, and a few beyond", () => {
  const extent = { count: 1000, view: 520 };
  assert.deepEqual(rowsAt(0, extent), [0, 16]);
  assert.deepEqual(rowsAt(5200, extent), [94, 116]);
  assert.deepEqual(rowsAt(1000 * ROW - 520, extent), [984, 1000]);
});

test("a row is revealed with the least movement", () => {
  const extent = { count: 1000, view: 520 };
  assert.equal(revealing(5200, 105, extent), 5200);
  assert.equal(revealing(5200, 99, extent), 99 * ROW);
  assert.equal(revealing(5200, 110, extent), 111 * ROW - 520);
});

test("keys lead from row to row and stop at the ends", () => {
  const extent = { count: 30, view: 520 };
  assert.equal(rowAfter("ArrowDown", -1, extent), 0);
  assert.equal(rowAfter("ArrowDown", 3, extent), 4);
  assert.equal(rowAfter("ArrowDown", 29, extent), 29);
  assert.equal(rowAfter("ArrowUp", 0, extent), 0);
  assert.equal(rowAfter("PageDown", 0, extent), 9);
  assert.equal(rowAfter("PageUp", 20, extent), 11);
  assert.equal(rowAfter("Home", 20, extent), 0);
  assert.equal(rowAfter("End", -1, extent), 29);
  assert.equal(rowAfter("a", 3, extent), null);
  assert.equal(rowAfter("ArrowDown", 0, { count: 0, view: 520 }), null);
});

test("a row is found among ascending rows", () => {
  const rows = Uint32Array.of(2, 5, 9);
  assert.deepEqual([0, 2, 3, 5, 9, 10].map((row) => positionOf(rows, row)), [0, 0, 1, 1, 2, 3]);
  assert.equal(positionOf([], 4), 0);
});

test("names are found by their words, whatever case and accents", () => {
  const options = ["Brigade 12", "Éclaireurs", "قوات سوريا", "Brigade 1"].map((name) => ({ name }));
  const names = (text, most) => matching(options, text, most).map(({ name }) => name);
  assert.deepEqual(names("brig 1"), ["Brigade 12", "Brigade 1"]);
  assert.deepEqual(names("eclair"), ["Éclaireurs"]);
  assert.deepEqual(names("سوريا"), ["قوات سوريا"]);
  assert.deepEqual(names("nobody"), []);
  assert.equal(names("", 2).length, 2);
});

test("ticking narrows, and nothing ticked is everything", () => {
  const one = chosenAfter(null, "SDF", true);
  assert.deepEqual([...one], ["SDF"]);
  assert.deepEqual([...chosenAfter(one, "ISIS", true)], ["SDF", "ISIS"]);
  assert.deepEqual([...one], ["SDF"]);
  assert.equal(chosenAfter(one, "SDF", false), null);
});

test("the list says how much of all it shows", () => {
  assert.equal(countLine(123, 456, 1789), "123 in view of 456 shown, 1,789 in all");
  assert.equal(countLine(null, 456, 789), "456 shown, 789 in all");
});

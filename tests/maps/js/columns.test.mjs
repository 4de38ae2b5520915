import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";

import { MISSING_TIME, unpack, valueAt } from "../../../geoevents/maps/assets/data/columns.js";

// What Python packs, JavaScript reads.
const block = execFileSync(process.env.PYTHON ?? "python3", [
  "-c",
  `
import numpy as np
from geoevents.maps.columns import Delta, Text, pack
print(pack({
    "u8": np.array([0, 255], np.uint8), "u16": np.array([0, 65535], np.uint16),
    "i32": Delta(np.array([-2**31 + 1, 5, 2**31 - 1][1:], np.int32)),
    "f32": np.array([1.5, np.nan], np.float32), "f64": np.array([1e300]),
    "text": Text(["", "</script>", "\\u2028", "دير الزور", "\\ufeffx"]), "none": Text([]),
    "plain": [1, None, {"a": "b"}],
}))`,
]).toString();

test("a block packed by Python comes back", async () => {
  const tree = await unpack(block);
  assert.deepEqual(Array.from(tree.u8), [0, 255]);
  assert.deepEqual(Array.from(tree.u16), [0, 65535]);
  assert.deepEqual(Array.from(tree.i32), [5, 2 ** 31 - 1]);
  assert.equal(tree.f32[0], 1.5);
  assert.ok(Number.isNaN(tree.f32[1]));
  assert.equal(tree.f64[0], 1e300);
  assert.deepEqual(tree.text, ["", "</script>", "\u2028", "دير الزور", "\ufeffx"]);
  assert.deepEqual(tree.none, []);
  assert.deepEqual(tree.plain, [1, null, { a: "b" }]);
});

test("missing values are null", () => {
  assert.equal(valueAt({ kind: "text", codes: [1], values: ["", "x"] }, 0), "x");
  assert.equal(valueAt({ kind: "text", codes: [0], values: ["", "x"] }, 0), null);
  assert.equal(valueAt({ kind: "time", values: [MISSING_TIME] }, 0), null);
  assert.equal(valueAt({ kind: "number", values: [NaN] }, 0), null);
});

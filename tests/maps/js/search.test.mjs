import assert from "node:assert/strict";
import test from "node:test";

import { Filter } from "../../../geoevents/maps/assets/filters.js";
import { EventIndex, findPlaces, folded, gradeOf, parseCoordinates } from "../../../geoevents/maps/assets/tools/finding.js";
import { digitsAt, positionText } from "../../../geoevents/maps/assets/tools/coordinates.js";

const place = (name, weight, kind = "town") => ({ name, key: folded(name), kind, weight, box: [0, 0, 0, 0] });
const near = (found, lat, lng) => {
  assert.ok(found, `nothing found for ${lat}, ${lng}`);
  assert.ok(Math.abs(found.lat - lat) < 1e-9 && Math.abs(found.lng - lng) < 1e-9, JSON.stringify(found));
};

test("text is compared without case, accents and punctuation", () => {
  assert.equal(folded("  Deir ez-Zor "), "deir ez zor");
  assert.equal(folded("Kızıltepe"), "kiziltepe");
  assert.equal(folded("São Tomé & Príncipe"), "sao tome principe");
  assert.equal(folded("قُوّات"), folded("قوات"));
  assert.equal(folded("<b>"), "b");
  assert.equal(folded("…!?"), "");
});

test("a whole name is better than its beginning, that than a word inside, that than a part", () => {
  const grades = ["Raqqa", "Raqqa city", "Al Raqqa", "Waraqqa", "Mosul"].map((name) => gradeOf(folded(name), "raqqa", ["raqqa"]));
  assert.deepEqual(grades, [0, 1, 2, 3, -1]);
  assert.equal(gradeOf("zor deir ez", "deir zor", ["deir", "zor"]), 4);
  assert.equal(gradeOf("araqqa raqqa", "raqqa", ["raqqa"]), 2, "a later word counts, too");
});

test("places are ranked by match, then by size, and are at most twelve", () => {
  const places = [place("Al Raqqa", 5e6), place("Raqqa", 100), place("Raqqa East", 2000), place("Raqqa West", 9000), place("Mosul", 1e6)];
  assert.deepEqual(findPlaces(places, "RAQQA").map(({ name }) => name), ["Raqqa", "Raqqa West", "Raqqa East", "Al Raqqa"]);
  assert.deepEqual(findPlaces(places, "  "), []);
  assert.equal(findPlaces(Array.from({ length: 50 }, (_, i) => place(`Deir ${i}`, i)), "deir").length, 12);
});

const events = {
  count: 6,
  placed: 5,
  type: Uint8Array.of(0, 1, 0, 1, 1, 0),
  types: [{ name: "air strike" }, { name: "shelling" }],
  columns: [
    { name: "locality", kind: "text", codes: Uint8Array.of(0, 1, 2, 0, 3, 0), values: ["Raqqa", "near Raqqa", "Mosul", ""] },
    { name: "note", kind: "text", values: ["one", "two", "the raqqan road", "three", "a <script>alert(1)</script>", "without a place: Raqqa"] },
    { name: "fatalities", kind: "number", values: Float64Array.of(1, 2, 3, 4, 5, 6) },
  ],
};
const index = () => new EventIndex(events.placed, new Filter(events, { starts: null, ends: null }).words.prepare());

test("events are found in every text, the best match first, then the newest", () => {
  const found = index().find("raqqa", null);
  assert.deepEqual(found.map(({ row }) => row), [3, 0, 2, 1]);
  // Haystack 0 is the type.
  assert.deepEqual(found.map((hit) => hit.found), [1, 1, 2, 1]);
});

test("events that the map shows come before those it hides", () => {
  assert.deepEqual(index().find("raqqa", Uint8Array.of(1, 0, 1, 0, 1)).map(({ row }) => row), [0, 3, 2, 1]);
});

test("several words may stand in several columns", () => {
  assert.deepEqual(index().find("mosul strike", null).map(({ row }) => row), [2]);
  assert.deepEqual(index().find("strike nowhere", null), []);
  assert.deepEqual(index().find("script", null).map(({ row }) => row), [4]);
});

test("positions are read as people write them", () => {
  near(parseCoordinates("35.34, 40.14"), 35.34, 40.14);
  near(parseCoordinates("35.34 40.14"), 35.34, 40.14);
  near(parseCoordinates("-35.34;-140.14"), -35.34, -140.14);
  near(parseCoordinates("−35.34, 40.14"), -35.34, 40.14);
  near(parseCoordinates("35,34; 40,14"), 35.34, 40.14);
  near(parseCoordinates("35,34 40,14"), 35.34, 40.14);
  near(parseCoordinates("140.5, 35.25"), 35.25, 140.5);
  near(parseCoordinates("35°20'N 40°8'E"), 35 + 20 / 60, 40 + 8 / 60);
  near(parseCoordinates("35° 20′ 24″ N, 40° 8′ 24″ E"), 35.34, 40.14);
  near(parseCoordinates("40°8’E 35°20’S"), -(35 + 20 / 60), 40 + 8 / 60);
  near(parseCoordinates("N35.34 E40.14"), 35.34, 40.14);
  near(parseCoordinates("35.34N40.14W"), 35.34, -40.14);
  near(parseCoordinates("35.34° N, 40.14° E"), 35.34, 40.14);
  near(parseCoordinates("٣٥٫٣٤، ٤٠٫١٤"), 35.34, 40.14);
});

test("what is no position is none", () => {
  for (const text of ["", "35.34", "Raqqa", "91, 181", "35.34, 40.14, 3", "35N 40N", "35E 40E", "35°61'N 40°8'E", "2017-09-16", "12 km", "95, 95"]) {
    assert.equal(parseCoordinates(text), null, text);
  }
});

test("positions are written with letters, on one turn of the world", () => {
  assert.equal(positionText(35.34, 40.14, 2), "35.34° N, 40.14° E");
  assert.equal(positionText(-1.5, 200, 1), "1.5° S, 160.0° W");
  assert.equal(positionText(0, -540, 0), "0° N, 180° W");
  near(parseCoordinates(positionText(-12.34567, -76.54321, 5)), -12.34567, -76.54321);
});

test("decimals grow with the zoom", () => {
  assert.deepEqual([0, 7, 10, 16, 19].map(digitsAt), [1, 2, 3, 5, 6]);
});

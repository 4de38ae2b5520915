import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import test from "node:test";

import { MISSING_TIME } from "../../../geoevents/maps/assets/data/columns.js";
import { Filter, fold } from "../../../geoevents/maps/assets/filters.js";

const X = MISSING_TIME;

/** Six events with a place, the last of them undated, and one without a place. */
function sample() {
  const events = {
    count: 7,
    placed: 6,
    type: Uint8Array.from([0, 1, 0, 1, 2, 0, 1]),
    types: [{ name: "air strike" }, { name: "shelling" }, { name: "protest" }],
    columns: [
      { name: "actor", kind: "text", codes: [1, 2, 0, 1, 0, 2, 1], values: ["", "SDF", "Army"] },
      { name: "target", kind: "text", codes: [1, 0, 0, 2, 0, 1, 0], values: ["", "Army", "SDF"] },
      { name: "status", kind: "text", codes: [0, 1, 1, 2, 0, 1, 2], values: ["reported", "denied", ""] },
      { name: "date_precision", kind: "text", codes: [0, 0, 0, 0, 0, 0, 0], values: ["day"] },
      { name: "place", kind: "text", values: ["Deir ez-Zor", "Žilina", "", "دَيْر الزَّوْر", "إدلب", "Kam’yanets’", "Straße"] },
      { name: "fatalities", kind: "number", values: [1, 2, 3, 4, 5, 6, 7] },
    ],
  };
  const starts = Int32Array.from([10, 20, 30, 40, 50, X, 35]);
  const ends = Int32Array.from([45, 20, 30, X, 60, X, 35]);
  return new Filter(events, { starts, ends });
}

function rows(filter) {
  filter.update();
  const list = Array.from(filter.rows);
  assert.deepEqual(list, Array.from(filter.shown.keys()).filter((row) => filter.shown[row]));
  return list;
}

test("all is shown at first", () => {
  const filter = sample();
  assert.deepEqual(rows(filter), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(Array.from(filter.typeCounts), [3, 2, 1]);
  assert.deepEqual(Array.from(filter.passing), [1, 1, 1, 1, 1, 1, 1]);
  assert.equal(filter.undatedHidden, 0);
  assert.deepEqual(Array.from(filter.age), [0, 0, 0, 0, 0, 0]);
});

test("types are switched without changing what is counted", () => {
  const filter = sample();
  filter.types.delete(0);
  assert.deepEqual(rows(filter), [1, 3, 4]);
  assert.deepEqual(Array.from(filter.typeCounts), [3, 2, 1]);
  assert.deepEqual(Array.from(filter.passing), [0, 1, 0, 1, 1, 0, 1]);
  filter.types.clear();
  assert.deepEqual(rows(filter), []);
});

test("an actor is found on either side", () => {
  const filter = sample();
  filter.actors = new Set(["Army"]);
  assert.deepEqual(rows(filter), [0, 1, 5]);
  filter.actors = new Set(["SDF"]);
  assert.deepEqual(rows(filter), [0, 3]);
  filter.actors = new Set();
  assert.deepEqual(rows(filter), []);
  filter.actors = new Set([""]);
  assert.deepEqual(rows(filter), [2, 4]);
  filter.actors = null;
  assert.equal(rows(filter).length, 6);
});

test("statuses, one of them none", () => {
  const filter = sample();
  filter.statuses = new Set(["denied"]);
  assert.deepEqual(rows(filter), [1, 2, 5]);
  filter.statuses.add("");
  assert.deepEqual(rows(filter), [1, 2, 3, 5]);
});

test("names are counted, those of most events first", () => {
  const filter = sample();
  // Rows 0, 1, 5 name the army; rows 0, 3, 6 the SDF; row 5 names the army twice.
  assert.deepEqual(filter.actorNames, [{ name: "Army", count: 3 }, { name: "SDF", count: 3 }]);
  assert.deepEqual(filter.statusNames, [{ name: "denied", count: 3 }, { name: "reported", count: 2 }]);
  assert.deepEqual(filter.unnamed, { actors: 2, statuses: 2 });
});

test("a frame without actors or statuses has none to choose", () => {
  const events = { count: 1, placed: 1, type: [0], types: [{ name: "other" }], columns: [] };
  const filter = new Filter(events, { starts: null, ends: null });
  assert.deepEqual([filter.actorNames, filter.statusNames, filter.unnamed.actors], [[], [], 1]);
  assert.deepEqual(rows(filter), [0]);
});

test("numbers may name actors", () => {
  const columns = [{ name: "actor", kind: "number", values: Float64Array.from([7, NaN]) }];
  const events = { count: 2, placed: 2, type: [0, 0], types: [{ name: "other" }], columns };
  const filter = new Filter(events, { starts: null, ends: null });
  filter.actors = new Set(["7"]);
  assert.deepEqual(rows(filter), [0]);
});

test("an event is in the window if its period overlaps it", () => {
  const filter = sample();
  filter.window = { from: 30, to: 40 };
  assert.deepEqual(rows(filter), [0, 2, 3]);
  assert.deepEqual(Array.from(filter.typeCounts), [2, 1, 0]);
  assert.equal(filter.undatedHidden, 1);
  filter.window = { from: 46, to: 49 };
  assert.deepEqual(rows(filter), []);
  filter.window = { from: 45, to: 45 };
  assert.deepEqual(rows(filter), [0]);
  filter.window = { from: 60, to: 99 };
  assert.deepEqual(rows(filter), [4]);
  filter.window = null;
  assert.equal(rows(filter).length, 6);
  assert.equal(filter.undatedHidden, 0);
});

test("the window leaves what passes all else", () => {
  const filter = sample();
  filter.window = { from: 46, to: 49 };
  filter.update();
  assert.deepEqual(Array.from(filter.passing), [1, 1, 1, 1, 1, 1, 1]);
});

test("what a choice hides is not counted as hidden for want of a date", () => {
  const filter = sample();
  filter.window = { from: 0, to: 99 };
  filter.actors = new Set(["SDF"]);
  filter.update();
  assert.equal(filter.undatedHidden, 0);
});

test("the newest event has age 0, the oldest 1", () => {
  const filter = sample();
  filter.window = { from: 20, to: 40 };
  assert.deepEqual(rows(filter), [0, 1, 2, 3]);
  // The first went on beyond the window: it is as new as can be.
  assert.deepEqual(Array.from(filter.age.subarray(0, 4)), [0, 1, 0.5, 0]);
  filter.window = { from: 20, to: 20 };
  assert.deepEqual(rows(filter), [0, 1]);
  assert.deepEqual(Array.from(filter.age.subarray(0, 2)), [0, 0]);
});

test("an event of which only the end is known was then, wherever it stands", () => {
  const events = { count: 3, placed: 3, type: [0, 0, 0], types: [{ name: "other" }], columns: [] };
  const filter = new Filter(events, { starts: Int32Array.from([50, X, X]), ends: Int32Array.from([50, 20, X]) });
  filter.window = { from: 15, to: 25 };
  assert.deepEqual(rows(filter), [1]);
  filter.window = { from: 45, to: 55 };
  assert.deepEqual(rows(filter), [0]);
  assert.equal(filter.undatedHidden, 1);
});

test("an end before its start is none", () => {
  const events = { count: 1, placed: 1, type: [0], types: [{ name: "other" }], columns: [] };
  const filter = new Filter(events, { starts: Int32Array.from([50]), ends: Int32Array.from([10]) });
  filter.window = { from: 40, to: 60 };
  assert.deepEqual(rows(filter), [0]);
});

test("windows show what a look at every event shows", () => {
  let state = 5;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const starts = Int32Array.from({ length: 2000 }, () => Math.floor(random() * 1000)).sort();
  const ends = starts.map((start) => start + Math.floor(random() ** 6 * 400));
  const events = { count: 2000, placed: 2000, type: new Uint8Array(2000), types: [{ name: "other" }], columns: [] };
  const filter = new Filter(events, { starts, ends });
  for (let turn = 0; turn < 50; turn++) {
    const from = Math.floor(random() * 1100) - 50;
    filter.window = { from, to: from + Math.floor(random() * 200) };
    const { to } = filter.window;
    assert.deepEqual(rows(filter), Array.from(starts.keys()).filter((row) => starts[row] <= to && ends[row] >= from));
  }
});

test("words are found in any text, whatever their case and marks", () => {
  const filter = sample();
  const found = (text) => {
    filter.text = text;
    return rows(filter);
  };
  assert.deepEqual(found("DEIR zor"), [0]);
  assert.deepEqual(found("deir ez-zor"), [0]);
  assert.deepEqual(found("zilina"), [1]);
  assert.deepEqual(found("ŽILINA  shelling"), [1]);
  assert.deepEqual(found("دير الزور"), [3]);
  assert.deepEqual(found("ادلب"), [4]);
  assert.deepEqual(found("أدلب"), [4]);
  assert.deepEqual(found("kamyanets"), [5]);
  assert.deepEqual(found("kam'yanets"), [5]);
  assert.deepEqual(found("deir nowhere"), []);
  assert.deepEqual(found("strasse"), []);
  assert.equal(filter.passing[6], 1);
  // The kind of event is a word of it; how exact its date is, is not.
  assert.deepEqual(found("protest"), [4]);
  assert.deepEqual(found("day"), []);
  // Words in different columns.
  assert.deepEqual(found("army denied"), [1, 5]);
  assert.deepEqual(found(" "), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(found("."), []);
});

test("one form of a text", () => {
  assert.equal(fold("Diyarbakır İstanbul Łódź Đakovo"), "diyarbakir istanbul lodz dakovo");
  assert.equal(fold("آلأإٱ"), "الااا");
  assert.equal(fold("قـلـعـة"), "قلعه");
  assert.equal(fold("٢٠١٧ ۲۰۱۷"), "2017 2017");
  assert.equal(fold("ΟΔΥΣΣΕΥΣ"), fold("Οδυσσεύς"));
  assert.equal(fold("Єнакієве Її"), fold("єнакієве її"));
  assert.equal(fold("a\u200fb"), "ab");
});

test("every value of a long column is found in its own row", () => {
  const values = Array.from({ length: 10_000 }, (_, i) => (i % 7 ? `Ort ${i}x` : ""));
  const events = { count: 10_000, placed: 10_000, type: new Uint8Array(10_000), types: [{ name: "other" }], columns: [{ name: "place", kind: "text", values }] };
  const filter = new Filter(events, { starts: null, ends: null });
  for (const text of ["9999x", "4095x", "4096x", "8191x", "12x", "ort"]) {
    filter.text = text;
    assert.deepEqual(rows(filter), Array.from(values.keys()).filter((i) => values[i].toLowerCase().includes(text)));
  }
});

test("a window that moves searches no text again", () => {
  const filter = sample();
  filter.text = "deir";
  filter.update();
  filter.words.rowsWith = () => assert.fail("searched again");
  filter.window = { from: 0, to: 20 };
  assert.equal(filter.update(), true);
  assert.equal(filter.update(), false);
});

test("texts may be made ready before anybody searches", () => {
  const filter = sample();
  filter.prepare();
  assert.ok(filter.words.haystacks.length > 0);
});

test("rows kept from before stay as they were", () => {
  const filter = sample();
  const { rows: before, version } = filter;
  filter.types.delete(0);
  filter.update();
  assert.deepEqual(Array.from(before), [0, 1, 2, 3, 4, 5]);
  assert.notEqual(filter.version, version);
});

test("no events", () => {
  const filter = new Filter({ count: 0, placed: 0, type: new Uint8Array(), types: [], columns: [] }, { starts: null, ends: null });
  filter.text = "x";
  filter.window = { from: 0, to: 1 };
  assert.deepEqual(rows(filter), []);
});

test("how long a hundred thousand events take", (context) => {
  const count = 100_000;
  const pick = (size) => Uint16Array.from({ length: count }, (_, i) => (i * 7919) % size);
  const named = (name, size) => ({ name, kind: "text", codes: pick(size), values: Array.from({ length: size }, (_, i) => (i ? `${name} Số ${i}` : "")) });
  const quote = { name: "quote", kind: "text", values: Array.from({ length: count }, (_, i) => `On day ${i} shells fell near the bridge of town ${i % 977}, officials said.`) };
  const columns = [named("actor", 40), named("target", 40), named("status", 5), named("place", 2000), quote];
  const starts = Int32Array.from({ length: count }, (_, i) => i * 5);
  const events = { count, placed: count, type: pick(12), types: Array.from({ length: 12 }, (_, i) => ({ name: `type ${i}` })), columns };
  const filter = new Filter(events, { starts, ends: starts.map((start) => start + 1440) });
  const timed = (change) => {
    const times = Array.from({ length: 9 }, (_, i) => {
      change(i);
      const began = performance.now();
      filter.update();
      return performance.now() - began;
    });
    return `${times[0].toFixed(1)} ms first, ${times.slice(1).sort((a, b) => a - b)[4].toFixed(1)} ms median`;
  };
  context.diagnostic(`window: ${timed((i) => (filter.window = { from: i * 9, to: 400_000 + i }))}`);
  context.diagnostic(`types: ${timed((i) => (i % 2 ? filter.types.add(3) : filter.types.delete(3)))}`);
  context.diagnostic(`actors: ${timed((i) => (filter.actors = new Set([`actor Số ${i + 1}`])))}`);
  filter.actors = null;
  context.diagnostic(`text, each a new word: ${timed((i) => (filter.text = `bridge ${i}${i}`))}`);
  assert.ok(filter.rows.length > 0);
});

import assert from "node:assert/strict";
import test from "node:test";

import { directionOf, pickOf, readArticle, segmentsOf, visibleText } from "../../../geoevents/maps/assets/data/article.js";
import { countedText } from "../../../geoevents/maps/assets/panel/popup.js";

const range = (row, start, end) => ({ row, start, end });
const told = (ranges) => segmentsOf(ranges).map(({ start, end, rows }) => [start, end, rows]);

test("ranges apart are segments of their own", () => {
  assert.deepEqual(told([range(4, 10, 20), range(1, 0, 5)]), [
    [0, 5, [1]],
    [10, 20, [4]],
  ]);
  assert.deepEqual(told([]), []);
});

test("ranges that touch stay two", () => {
  assert.deepEqual(told([range(0, 0, 5), range(1, 5, 9)]), [
    [0, 5, [0]],
    [5, 9, [1]],
  ]);
});

test("where ranges overlap both are named, the shorter one first", () => {
  assert.deepEqual(told([range(0, 0, 30), range(1, 10, 20)]), [
    [0, 10, [0]],
    [10, 20, [1, 0]],
    [20, 30, [0]],
  ]);
  assert.deepEqual(told([range(0, 0, 8), range(1, 5, 30)]), [
    [0, 5, [0]],
    [5, 8, [0, 1]],
    [8, 30, [1]],
  ]);
});

test("events of the same words share one segment, in the order of the events", () => {
  assert.deepEqual(told([range(7, 3, 9), range(2, 3, 9), range(5, 3, 9)]), [[3, 9, [2, 5, 7]]]);
});

test("two ranges of one event name it once", () => {
  assert.deepEqual(told([range(3, 0, 10), range(3, 5, 10)]), [
    [0, 5, [3]],
    [5, 10, [3]],
  ]);
});

test("the Tab key stops where a range begins, not where another ended", () => {
  const begins = segmentsOf([range(0, 0, 30), range(1, 10, 20)]).map((segment) => segment.begins);
  assert.deepEqual(begins, [true, true, false]);
});

test("every position is told by the events that cover it, and by no other", () => {
  let seed = 7;
  const random = (most) => (seed = (seed * 16807) % 2147483647) % most;
  for (let round = 0; round < 200; round++) {
    const ranges = Array.from({ length: 1 + random(9) }, (_, row) => {
      const start = random(30);
      return range(row, start, start + 1 + random(12));
    });
    const segments = segmentsOf(ranges);
    for (let at = 0; at < 45; at++) {
      const covering = ranges.filter(({ start, end }) => start <= at && at < end).map(({ row }) => row);
      const here = segments.filter(({ start, end }) => start <= at && at < end);
      assert.ok(here.length <= 1);
      assert.deepEqual([...(here[0]?.rows ?? [])].sort((a, b) => a - b), covering);
    }
    for (const [i, { start, end }] of segments.entries()) {
      assert.ok(start < end);
      if (i) assert.ok(segments[i - 1].end <= start);
    }
  }
});

test("a click picks what is most likely meant, the next one the next", () => {
  assert.equal(pickOf([5, 2], null, null), 5);
  assert.equal(pickOf([5, 2], 5, 5), 2);
  assert.equal(pickOf([5, 2], 2, 2), 5);
  // Chosen on the map in the meantime: the words go on from there.
  assert.equal(pickOf([5, 2, 9], 2, 5), 9);
  // Closed again, as by those who read the popup with the keyboard.
  assert.equal(pickOf([5, 2], null, 5), 2);
  assert.equal(pickOf([5], 5, 5), 5);
  // Picked here, but filtered out by now.
  assert.equal(pickOf([2, 9], null, 5), 2);
});

test("a packed article is paragraphs with segments, counted in UTF-16", () => {
  const text = "😀 They shelled it.";
  const article = readArticle({
    paragraphs: ["Title", text],
    level: Uint8Array.from([1, 0]),
    row: Uint32Array.from([3]),
    paragraph: Uint32Array.from([1]),
    start: Uint32Array.from([3]),
    end: Uint32Array.from([15]),
  });
  assert.deepEqual(article.paragraphs.map(({ level, segments }) => [level, segments.length]), [
    [1, 0],
    [0, 1],
  ]);
  const [{ start, end }] = article.paragraphs[1].segments;
  assert.equal(text.slice(start, end), "They shelled");
  assert.deepEqual([...article.rows], [3]);
  assert.equal(readArticle(undefined), null);
});

test("what turns text around is seen, and no position changes", () => {
  for (const code of [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069]) {
    assert.equal(visibleText(`a${String.fromCodePoint(code)}b`), "a\ufffdb");
  }
  // These mark one place, and Arabic is written with them.
  assert.equal(visibleText("أوبر\u200f 😀\u200e\u061c"), "أوبر\u200f 😀\u200e\u061c");
  const empty = { row: [], paragraph: [], start: [], end: [] };
  assert.equal(readArticle({ paragraphs: ["The \u202eend"], level: [0], ...empty }).paragraphs[0].text, "The \ufffdend");
});

test("a paragraph runs as most of its letters do", () => {
  assert.equal(directionOf("أوبر is where people fled to."), "ltr");
  assert.equal(directionOf("NATO قصفت المدفعية قرية أوبر يوم الثلاثاء"), "rtl");
  assert.equal(directionOf("עברית"), "rtl");
  assert.equal(directionOf("١٢٣ 123 ... \u202e"), "ltr");
  assert.equal(directionOf("ab אב"), "ltr");
  assert.equal(directionOf(""), "ltr");
});

test("how many were hurt, and between how many", () => {
  const said = (best, low, high) => countedText((name) => ({ killed: best, killed_low: low, killed_high: high })[name] ?? null, 0, "killed");
  assert.equal(said(null, null, null), null);
  assert.equal(said(12, null, null), 12);
  assert.equal(said(12, 12, 12), 12);
  assert.equal(said(12, 10, 15), "12 (10 to 15)");
  assert.equal(said(12, 12, null), "at least 12");
  assert.equal(said(12, 10, null), "12 (at least 10)");
  assert.equal(said(1200, 1000, 1500), "1,200 (1,000 to 1,500)");
  assert.equal(said(null, 3, 9), "3 to 9");
  assert.equal(said(null, 24, null), "at least 24");
  assert.equal(said(null, null, 24), "at most 24");
  assert.equal(said("dozens", "24", "99"), "dozens (24 to 99)");
});

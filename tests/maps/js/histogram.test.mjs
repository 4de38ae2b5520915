import assert from "node:assert/strict";
import test from "node:test";

import { barWithin, barsOf, countBins, stackOrder } from "../../../geoevents/maps/assets/time/histogram.js";

const MISSING = -(2 ** 31);
const EDGES = Float64Array.from([0, 10, 20, 50]);

test("events are counted by bin and type; ends belong to the bin they begin", () => {
  const starts = Int32Array.from([0, 9, 10, 10, 49, MISSING]);
  const bins = countBins({ starts, type: [0, 1, 1, 1, 0, 1], passing: null }, 2, EDGES);
  assert.deepEqual([...bins.counts], [1, 1, 0, 2, 1, 0]);
  assert.deepEqual([...bins.totals], [2, 2, 1]);
  assert.equal(bins.most, 2);
  assert.equal(bins.total, 5);
});

test("what lies outside and what does not pass is left out", () => {
  const starts = Int32Array.from([-1, 5, 6, 50, 2 ** 31 - 1, MISSING]);
  const bins = countBins({ starts, type: [0, 0, 0, 0, 0, 0], passing: [1, 1, 0, 1, 1, 1] }, 1, EDGES);
  assert.deepEqual([...bins.totals], [1, 0, 0]);
});

test("any order of any dates counts as one by one does", () => {
  let seed = 3;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const edges = Float64Array.from({ length: 301 }, (_, i) => i * 7 + (i % 3));
  const starts = Int32Array.from({ length: 20000 }, () => Math.floor(random() * 2400) - 150);
  const sorted = starts.slice().sort();
  const type = Uint8Array.from(starts, () => Math.floor(random() * 5));
  const passing = Uint8Array.from(starts, () => (random() < 0.7 ? 1 : 0));
  for (const order of [starts, sorted, sorted.slice().reverse()]) {
    const expected = new Uint32Array(300 * 5);
    order.forEach((start, row) => {
      const bin = edges.findIndex((edge, i) => edge <= start && start < edges[i + 1]);
      if (bin >= 0 && passing[row]) expected[bin * 5 + type[row]] += 1;
    });
    const bins = countBins({ starts: order, type, passing }, 5, edges);
    assert.deepEqual(bins.counts, expected);
    assert.equal(bins.total, expected.reduce((a, b) => a + b));
    assert.ok(bins.total > 10000);
  }
});

test("nothing to count, no bins, no types", () => {
  assert.equal(countBins({ starts: [], type: [], passing: null }, 3, EDGES).most, 0);
  assert.equal(countBins({ starts: [5], type: [0], passing: null }, 1, Float64Array.from([0])).total, 0);
  assert.equal(countBins({ starts: [5], type: [0], passing: null }, 1, new Float64Array()).total, 0);
});

test("the most frequent type stands at the foot", () => {
  const bins = countBins({ starts: [1, 2, 3, 11, 12, 13], type: [2, 1, 2, 2, 1, 0], passing: null }, 4, EDGES);
  assert.deepEqual(stackOrder(bins), [2, 1, 0, 3]);
});

const LOOK = { x: (minutes) => minutes * 2, foot: 40, height: 40, widest: 14, least: 2, order: [0, 1] };

test("blocks stand on each other, add up to the total, and fill the height in the fullest bin", () => {
  const starts = [...Array.from({ length: 8 }, () => 1), ...Array.from({ length: 4 }, () => 15)];
  const type = [0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 1];
  const blocks = barsOf(countBins({ starts, type, passing: null }, 2, EDGES), LOOK);
  assert.deepEqual(
    blocks.map(({ type: t, top, height }) => [t, top, height]),
    [[0, 10, 30], [1, 0, 10], [0, 35, 5], [1, 20, 15]],
  );
  assert.ok(blocks.every(({ width }) => width === 14));
});

test("a single event beside thousands is seen, and rounding opens no gaps", () => {
  const starts = [...Array.from({ length: 5000 }, () => 1), 12];
  const type = starts.map((_, i) => i % 2);
  const bins = countBins({ starts, type, passing: null }, 2, EDGES);
  const blocks = barsOf(bins, LOOK);
  const lone = blocks.filter(({ left }) => left >= 20);
  assert.deepEqual(lone.map(({ top, height }) => [top, height]), [[38, 2]]);
  const tall = blocks.filter(({ left }) => left < 20);
  assert.equal(tall.reduce((sum, { height }) => sum + height, 0), 40);
});

test("bars keep within their bins, apart where there is room", () => {
  for (let room = 1; room < 60; room += 0.37) {
    const { left, width } = barWithin(7.3, 7.3 + room, 14);
    assert.ok(width >= 1 && width <= 14);
    assert.ok(left >= 7 && left + width <= Math.max(8, Math.round(7.3 + room)));
  }
  assert.deepEqual(barWithin(0, 10, 14), { left: 0, width: 9 });
  assert.deepEqual(barWithin(0, 100, 14), { left: 43, width: 14 });
});

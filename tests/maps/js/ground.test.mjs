import assert from "node:assert/strict";
import test from "node:test";

import { changedText, chosenDates, curveText, sparkline, totalOf, windowFor } from "../../../geoevents/maps/assets/panel/ground.js";
import { gainsOf } from "../../../geoevents/maps/assets/panel/legend.js";
import { precisionText } from "../../../geoevents/maps/assets/panel/popup.js";
import { besideText, extentOf, shortWhen, spanText } from "../../../geoevents/maps/assets/panel/words.js";

const minutes = (iso) => Date.parse(`${iso}T00:00Z`) / 60000;
const NONE = -(2 ** 31);
const SIZE = { width: 106, height: 26, pad: 3 };
const series = (area, low = area, high = area) => ({
  area: Float64Array.from(area),
  low: Float64Array.from(low),
  high: Float64Array.from(high),
});
const numbers = (path) => path.match(/-?[\d.]+/g).map(Number);

test("a curve has steps: ground is held until the next date", () => {
  const { line, band, x, y } = sparkline(series([0, 50, 100]), [0, 10, 20], SIZE);
  // 100 pixels, of which the last date keeps a sixth.
  assert.equal(x(0), 3);
  assert.ok(Math.abs(x(2) - (3 + 100 - 100 / 6)) < 1e-9);
  assert.equal(y(0), 23);
  assert.equal(y(100), 3);
  assert.equal(line, "M3 23L44.5 23L44.5 13L86.5 13L86.5 3L103 3");
  assert.equal(band, "");
});

test("a band says the range, and the curve leaves it room", () => {
  const { band, y } = sparkline(series([50, 80], [40, 80], [60, 100]), [0, 10], SIZE);
  assert.equal(y(100), 3);
  const heights = numbers(band).filter((_, i) => i % 2);
  assert.deepEqual([...new Set(heights)], [y(60), y(100), y(80), y(40)]);
  assert.ok(band.endsWith("Z"));
});

test("a thousand dates become no more points than there are pixels", () => {
  const dates = Array.from({ length: 1000 }, (_, i) => i * 1440);
  const area = dates.map((_, i) => (i === 500 ? 900 : 100));
  const { line, band } = sparkline(series(area, area.map((v) => v - 10), area), dates, SIZE);
  assert.ok(numbers(line).length / 2 <= 2 * 2 * SIZE.width);
  // One date among a thousand is still seen in the band.
  assert.equal(Math.min(...numbers(band).filter((_, i) => i % 2)), 3);
});

test("one date, no ground and unknown ranges are curves too", () => {
  assert.equal(sparkline(series([5]), [7], SIZE).line, "M3 3L103 3");
  assert.equal(sparkline(series([0, 0]), [0, 1], SIZE).y(0), 23);
  const { line, band } = sparkline(series([5, 5], [NaN, NaN], [NaN, NaN]), [0, 1], SIZE);
  assert.equal(band, "");
  assert.ok(!line.includes("NaN"));
});

test("a curve is told in words", () => {
  const dates = ["2017-09-01", "2017-09-09", "2017-09-16"].map(minutes);
  assert.equal(curveText("SDF", series([110, 160, 185]), dates), "SDF: 110 km² on 1 Sep 2017, 185 km² on 16 Sep 2017");
  assert.equal(
    curveText("ISIS", series([10, 60, 0]), dates),
    "ISIS: 10 km² on 1 Sep 2017, 0 km² on 16 Sep 2017, at most 60 km² on 9 Sep 2017",
  );
  assert.equal(curveText("SAA", series([4]), dates.slice(0, 1)), "SAA: 4 km² on 1 Sep 2017");
});

test("a pair of dates is a window, open where there is nothing before or after", () => {
  const dates = [100, 200, 300];
  const whole = { first: 50, last: 400 };
  assert.deepEqual(windowFor(dates, 1, 2, { first: 100, last: 300 }), [200, 300]);
  assert.deepEqual(windowFor(dates, 0, 1, whole), [50, 200]);
  assert.deepEqual(windowFor(dates, 0, 2, whole), [50, 400]);
  assert.deepEqual(windowFor(dates, 0, 0, whole), [50, 100]);
});

test("the date before stays before the date shown", () => {
  assert.deepEqual(chosenDates(5, { before: 0, shown: 4 }, { shown: 2 }), { before: 0, shown: 2 });
  assert.deepEqual(chosenDates(5, { before: 3, shown: 4 }, { shown: 2 }), { before: 1, shown: 2 });
  assert.deepEqual(chosenDates(5, { before: 0, shown: 1 }, { before: 3 }), { before: 3, shown: 4 });
  assert.deepEqual(chosenDates(5, { before: 0, shown: 1 }, { before: 4 }), { before: 3, shown: 4 });
  assert.deepEqual(chosenDates(5, { before: 2, shown: 3 }, { shown: -1 }), { before: 0, shown: 0 });
  assert.deepEqual(chosenDates(1, { before: 0, shown: 0 }, { shown: 3 }), { before: 0, shown: 0 });
});

test("transitions add up, and to what each gained", () => {
  const table = [
    { fromName: "ISIS", toName: "SDF", area: 25, low: 20, high: 31, inferred: false },
    { fromName: "ISIS", toName: "SAA", area: 40, low: 40, high: 40, inferred: true },
    { fromName: "SAA", toName: "SDF", area: 5, low: 4, high: 6, inferred: true },
  ];
  assert.deepEqual(totalOf(table), { area: 70, low: 64, high: 77 });
  assert.deepEqual(gainsOf(table), [
    { name: "SAA", area: 40, low: 40, high: 40, inferred: true },
    { name: "SDF", area: 30, low: 24, high: 37, inferred: false },
  ]);
  assert.deepEqual(gainsOf([]), []);
});

test("a period says what its dates share once", () => {
  const span = (from, to, ...more) => spanText(minutes(from), minutes(to), ...more);
  assert.equal(span("2017-09-01", "2017-09-16"), "1 – 16 Sep 2017");
  assert.equal(span("2017-09-30", "2017-10-02"), "30 Sep – 2 Oct 2017");
  assert.equal(span("2016-09-16", "2017-09-16"), "16 Sep 2016 – 16 Sep 2017");
  assert.equal(span("2017-09-16", "2017-09-16"), "16 Sep 2017");
  assert.equal(span("2017-08-01", "2017-09-01", "month"), "Aug – Sep 2017");
  assert.equal(span("2016-01-01", "2017-01-01", "year"), "2016 – 2017");
  assert.equal(span("2017-09-09", "2017-09-16", "day", "day", " and "), "9 and 16 Sep 2017");
  // The hour within a day is not said.
  assert.equal(spanText(minutes("2017-09-01"), minutes("2017-09-16") + 1439), "1 – 16 Sep 2017");
});

test("a heading says which dates are compared", () => {
  const period = (before, after) => ({ before: minutes(before), after: minutes(after) });
  assert.equal(changedText(period("2017-09-09", "2017-09-16")), "What changed between 9 and 16 Sep 2017");
  assert.equal(changedText(period("2017-09-16", "2017-09-16")), "What changed on 16 Sep 2017");
  assert.equal(changedText(null), "What changed");
});

test("a date beside another of its year needs no year", () => {
  assert.equal(besideText(minutes("2017-09-16"), minutes("2017-10-01")), "16 Sep");
  assert.equal(besideText(minutes("2016-09-16"), minutes("2017-10-01")), "16 Sep 2016");
  assert.equal(besideText(minutes("2017-09-16"), null), "16 Sep 2017");
});

test("a row of a list says when in few words", () => {
  const reads = (values) => Object.assign((name) => values[name] ?? null, { has: (name) => name in values });
  const [start, end] = [minutes("2017-09-05"), minutes("2017-09-16")];
  assert.equal(shortWhen(reads({ start, end, date_precision: "day" })), "5 – 16 Sep 2017");
  assert.equal(shortWhen(reads({ start, end: null, date_precision: "week" })), "week of 5 Sep 2017");
  assert.equal(shortWhen(reads({ start, end, date_precision: "month" })), "Sep 2017");
  assert.equal(shortWhen(reads({ start: "in autumn" })), "in autumn");
  assert.equal(shortWhen(reads({})), "");
});

test("the extent of times leaves out what is unknown", () => {
  const [a, b, c] = ["2017-09-01", "2017-09-09", "2017-09-16"].map(minutes);
  assert.deepEqual(extentOf([b, NONE, a], [b, NONE, c]), { from: a, to: c, first: 2, last: 2 });
  assert.equal(extentOf([NONE], [NONE]), null);
  assert.equal(extentOf([], []), null);
  assert.equal(extentOf(null, null), null);
});

test("how exactly a date is known is said in words", () => {
  assert.equal(precisionText("week"), "known to the week");
  assert.equal(precisionText("unknown"), "not known");
  assert.equal(precisionText(null), null);
});

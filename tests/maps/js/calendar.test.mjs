import assert from "node:assert/strict";
import test from "node:test";

import {
  UNITS, axisTicks, binUnit, civil, edgesOf, focusOf, grainOf, nearest, startOf, stopsFor, unitAt, windowText,
} from "../../../geoevents/maps/assets/time/calendar.js";
import { Clock } from "../../../geoevents/maps/assets/time/clock.js";

const DAY = 1440;
const MISSING = -(2 ** 31);
const minutes = (text) => new Date(`${text.length > 10 ? text : `${text}T00:00`}Z`).getTime() / 60000;
const unit = (name) => UNITS.find((one) => one.name === name);
const texts = (stops) => Array.from(stops, (stop) => new Date(stop * 60000).toISOString().slice(0, 16));
const measure = (text) => text.length * 6;
const styleOf = (grain, bars = true) => ({ grain: unit(grain), measure, bars });

test("days become dates as Date has them", () => {
  for (let day = -1491308; day < 1491308; day += 997) {
    const date = new Date(day * DAY * 60000);
    assert.deepEqual(civil(day), { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() });
  }
});

test("every unit begins where it says, and each moment lies in its own", () => {
  for (const one of UNITS) {
    for (const moment of [minutes("2017-09-16T08:31"), minutes("1969-12-31T23:59"), minutes("1900-02-28"), 0, -1e9]) {
      const index = unitAt(one, moment);
      assert.ok(startOf(one, index) <= moment && moment < startOf(one, index + 1), `${one.name} at ${moment}`);
      assert.equal(unitAt(one, startOf(one, index)), index);
      assert.equal(unitAt(one, startOf(one, index + 1) - 1), index);
    }
  }
});

test("weeks begin on Monday, and long units at their own beginnings", () => {
  const starts = (name, text) => new Date(startOf(unit(name), unitAt(unit(name), minutes(text))) * 60000).toISOString().slice(0, 10);
  // 16 September 2017 was a Saturday.
  assert.equal(starts("week", "2017-09-16"), "2017-09-11");
  assert.equal(starts("week", "2017-09-11"), "2017-09-11");
  assert.equal(new Date(starts("2 weeks", "1969-03-05")).getUTCDay(), 1);
  assert.equal(starts("month", "2016-02-29"), "2016-02-01");
  assert.equal(starts("quarter", "2017-09-16"), "2017-07-01");
  assert.equal(starts("10 years", "1969-05-05"), "1960-01-01");
});

test("units follow each other closely enough for bars of 3 to 14 pixels", () => {
  for (let i = 1; i < UNITS.length; i++) {
    const ratio = UNITS[i].mean / UNITS[i - 1].mean;
    assert.ok(ratio > 1 && ratio < 14 / 3, `${UNITS[i - 1].name} to ${UNITS[i].name}`);
  }
});

test("edges cover a period with whole units", () => {
  const edges = edgesOf(unit("month"), minutes("2017-01-31T12:00"), minutes("2017-03-01"));
  assert.deepEqual(texts(edges), ["2017-01-01T00:00", "2017-02-01T00:00", "2017-03-01T00:00", "2017-04-01T00:00"]);
});

test("stops are the ends of days, and the last is where time ends", () => {
  const stops = stopsFor(minutes("2017-09-14"), minutes("2017-09-16"));
  assert.deepEqual(texts(stops), ["2017-09-14T23:59", "2017-09-15T23:59", "2017-09-16T00:00"]);
});

test("stops of longer periods are weeks that end on Sunday, months, years, decades", () => {
  const cases = [
    ["2016-01-01", "2017-02-03", 400, /^2016-01-01T23:59/],
    ["2016-01-01", "2017-02-04", 58, /^2016-01-03T23:59/],
    ["2010-01-01", "2025-01-01", 181, /^2010-01-31T23:59/],
    ["1900-06-01", "2020-06-01", 121, /^1900-12-31T23:59/],
  ];
  for (const [first, last, count, begin] of cases) {
    const stops = stopsFor(minutes(first), minutes(last));
    assert.equal(stops.length, count, `${first} to ${last}`);
    assert.match(texts(stops)[0], begin);
    assert.equal(stops[stops.length - 1], minutes(last));
  }
  const ever = stopsFor(-(2 ** 31) + 1, 2 ** 31 - 1);
  assert.ok(ever.length > 50 && ever.length <= 400, `${ever.length}`);
});

test("what happened within two days steps by hours, unless only days are known", () => {
  assert.deepEqual(texts(stopsFor(minutes("2017-09-16T08:30"), minutes("2017-09-16T10:10"))), ["2017-09-16T08:59", "2017-09-16T09:59", "2017-09-16T10:10"]);
  assert.equal(stopsFor(minutes("2017-09-16"), minutes("2017-09-17")).length, 2);
});

test("stepping through the stops shows each event exactly once", () => {
  for (const [first, last] of [["2017-09-01", "2017-09-16"], ["2014-03-05", "2017-09-16"], ["2017-09-16T03:10", "2017-09-17T01:30"]]) {
    const [begin, end] = [minutes(first), minutes(last)];
    const clock = new Clock({ first: begin, last: end, stops: stopsFor(begin, end) });
    const seen = new Map();
    for (let i = 0; i < clock.stops.length; i++) {
      clock.step(1);
      for (let moment = begin; moment <= end; moment += 60) {
        if (moment >= clock.from && moment <= clock.to) seen.set(moment, (seen.get(moment) ?? 0) + 1);
      }
    }
    assert.equal(seen.size, Math.floor((end - begin) / 60) + 1);
    assert.ok([...seen.values()].every((times) => times === 1));
  }
});

test("two or more dates of control are the stops, with days around them where events go further", () => {
  const dates = Int32Array.from(["2017-09-05", "2017-09-09", "2017-09-12"], minutes);
  assert.deepEqual([...stopsFor(dates[0], dates[2], dates)], [...dates]);
  const stops = stopsFor(minutes("2017-09-03T10:00"), minutes("2017-09-14T05:00"), dates);
  assert.deepEqual(texts(stops), [
    "2017-09-03T23:59", "2017-09-04T23:59", "2017-09-05T00:00", "2017-09-09T00:00", "2017-09-12T00:00", "2017-09-13T23:59", "2017-09-14T05:00",
  ]);
  // The rest of the last date's own day is no stop.
  assert.deepEqual([...stopsFor(dates[0], dates[2] + 600, dates)], [...dates]);
});

test("one date of control compares with nothing: the calendar has the stops", () => {
  assert.equal(stopsFor(minutes("2017-09-01"), minutes("2017-09-16"), [minutes("2017-09-16")]).length, 16);
});

test("how finely dates are known", () => {
  const grain = (...days) => grainOf(days.map((day) => (day === null ? MISSING : minutes(day))), MISSING).name;
  assert.equal(grain("2017-01-01", "2016-01-01", null), "year");
  assert.equal(grain("2017-01-01", "2016-03-01"), "month");
  assert.equal(grain("2017-01-01", "2016-03-02", "2017-01-01"), "day");
  assert.equal(grain("2017-01-01", "2016-03-01T00:01"), "minute");
});

test("bars are as fine as the width allows, and no finer than the dates", () => {
  const year = 365 * DAY;
  assert.equal(binUnit(year, 1048, unit("minute"), 3).name, "2 days");
  assert.equal(binUnit(year, 1100, unit("minute"), 3).name, "day");
  assert.equal(binUnit(year, 250, unit("minute"), 3).name, "week");
  assert.equal(binUnit(10 * DAY, 1000, unit("day"), 3).name, "day");
  assert.equal(binUnit(0, 1000, unit("day"), 3).name, "day");
});

test("words of the axis never touch, nor leave it, whatever the period and the width", () => {
  const start = minutes("2011-03-15T07:13");
  for (const span of [3, 90, 700, 3000, 9000, 40000, 150000, 600000, 3e6, 2e7, 9e7, 9e8]) {
    for (const width of [60, 210, 358, 733, 1048]) {
      for (const grain of ["minute", "day", "month"]) {
        const ticks = axisTicks(start, start + span, width, styleOf(grain));
        ticks.forEach((tick, i) => {
          assert.equal(tick.width, measure(tick.text));
          assert.ok(tick.x >= 0 && tick.x + tick.width <= width, `${tick.text} of ${span} in ${width}`);
          if (i) assert.ok(tick.x - ticks[i - 1].x - ticks[i - 1].width >= 7, `${ticks[i - 1].text}|${tick.text} of ${span} in ${width}`);
        });
        assert.ok(ticks.length < 60);
      }
    }
  }
});

test("the axis says the year once, then counts on, and names each new year and month", () => {
  const words = (first, last, width, grain) => axisTicks(minutes(first), minutes(last), width, styleOf(grain)).map((tick) => tick.text);
  assert.deepEqual(words("2017-09-04", "2017-09-10", 600, "day"), ["4 Sep 2017", "5", "6", "7", "8", "9"]);
  // What says the new year may not be lost; the month of the first mark is not said twice.
  assert.deepEqual(words("2017-10-01", "2018-04-01", 366, "day"), ["Oct 2017", "Nov", "Dec", "2018", "Feb", "Mar"]);
  assert.deepEqual(words("2017-09-28", "2017-10-04", 400, "day"), ["28 Sep 2017", "29", "30", "1 Oct", "2", "3"]);
  assert.deepEqual(words("2010-01-01", "2014-01-01", 300, "day"), ["2010", "2011", "2012", "2013"]);
  // What a first mark says takes the place of the second.
  assert.deepEqual(words("2017-09-16T10:00", "2017-09-16T16:00", 600, "minute"), ["16 Sep 2017, 10:00", "11:30", "12:00", "12:30", "13:00", "13:30", "14:00", "14:30", "15:00", "15:30"]);
  assert.deepEqual(words("2017-09-16T22:00", "2017-09-17T01:00", 360, "minute"), ["16 Sep 2017, 22:00", "23:00", "23:30", "17 Sep", "00:30"]);
});

test("words of days stand below the middle of their bars; without bars, beside their mark", () => {
  const [first, last] = [minutes("2017-09-04"), minutes("2017-09-09")];
  const second = axisTicks(first, last, 500, styleOf("day"))[1];
  assert.deepEqual([second.text, second.centred, second.x], ["5", true, 100 + (100 - 6) / 2]);
  const beside = axisTicks(first, last, 500, styleOf("day", false))[1];
  assert.deepEqual([beside.text, beside.centred, beside.x], ["5", false, 104]);
});

test("windows in words", () => {
  const say = (from, to, whole) => windowText(minutes(from), minutes(to), whole && { first: minutes(whole[0]), last: minutes(whole[1]) });
  assert.equal(say("2017-09-09", "2017-09-16"), "9 – 16 Sep 2017");
  assert.equal(say("2017-09-28", "2017-10-03"), "28 Sep – 3 Oct 2017");
  assert.equal(say("2016-12-28", "2017-01-03"), "28 Dec 2016 – 3 Jan 2017");
  assert.equal(say("2016-09-09", "2017-09-09"), "9 Sep 2016 – 9 Sep 2017");
  assert.equal(say("2017-09-16", "2017-09-16"), "16 Sep 2017");
  assert.equal(say("2017-09-09", "2017-09-16T23:59"), "9 – 16 Sep 2017");
  assert.equal(say("2017-09-08T23:59", "2017-09-16T23:59"), "9 – 16 Sep 2017");
  assert.equal(say("2017-09-16T06:00", "2017-09-16T11:59"), "16 Sep 2017, 06:00 – 11:59 UTC");
  assert.equal(say("2017-09-16T06:00", "2017-09-17"), "16 Sep 2017, 06:00 – 17 Sep 2017, 23:59 UTC");
  assert.equal(say("2017-09-16T06:00", "2017-09-16T06:00"), "16 Sep 2017, 06:00 UTC");
  assert.equal(say("2017-09-16T06:00", "2017-09-18T09:00", ["2017-09-16T06:00", "2017-09-18T09:00"]), "16 – 18 Sep 2017");
});

test("the nearest edge", () => {
  const edges = [0, 10, 30];
  assert.deepEqual([-9, 0, 4, 6, 19, 21, 99].map((value) => nearest(edges, value)), [0, 0, 0, 1, 1, 2, 2]);
});

test("what matters begins after a long pause that little lies before", () => {
  const day = 1440;
  const few = [0, ...Array.from({ length: 20 }, (_, i) => (900 + i) * day)];
  assert.equal(focusOf([few], 0, 920 * day), 900 * day);
  // Half of them before the pause are no exception, nor is a short pause, nor one date alone.
  assert.equal(focusOf([[0, 1, 2, 3, 900, 901, 902, 903]], 0, 903), 0);
  assert.equal(focusOf([[0, 300, 310, 400, 500, 600, 700, 800, 900, 1000]], 0, 1000), 0);
  assert.equal(focusOf([[5]], 5, 5), 5);
  // Missing dates count nowhere.
  assert.equal(focusOf([[-(2 ** 31), ...few]], 0, 920 * day), 900 * day);
  assert.equal(focusOf([[], few], 0, 920 * day), 900 * day);
});

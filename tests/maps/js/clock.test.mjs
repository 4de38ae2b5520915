import assert from "node:assert/strict";
import test from "node:test";

import { Clock, formatMoment, lastUpTo, parseMoment } from "../../../geoevents/maps/assets/time/clock.js";

const STOPS = [0, 10, 20, 30, 40];

/** A timer whose hands the test turns. */
class HandTimer {
  waiting = new Map();
  count = 0;

  set(call, milliseconds) {
    this.count += 1;
    this.waiting.set(this.count, { call, milliseconds });
    return this.count;
  }

  clear(handle) {
    this.waiting.delete(handle);
  }

  get delays() {
    return [...this.waiting.values()].map(({ milliseconds }) => milliseconds);
  }

  /** Let the one call that waits happen. */
  tick() {
    assert.equal(this.waiting.size, 1, "exactly one call waits");
    const [[handle, { call }]] = this.waiting;
    this.waiting.delete(handle);
    call();
  }
}

function clockOf(options = {}) {
  const timer = new HandTimer();
  const clock = new Clock({ first: 0, last: 40, stops: STOPS, timer, ...options });
  const seen = [];
  clock.onchange = () => seen.push([clock.from, clock.to]);
  return { clock, timer, seen };
}

const windowOf = (clock) => [clock.from, clock.to];

test("it opens whole, quiet and says nothing", () => {
  const { clock, timer, seen } = clockOf();
  assert.deepEqual(windowOf(clock), [0, 40]);
  assert.equal(clock.isWhole, true);
  assert.equal(clock.playing, false);
  assert.equal(timer.waiting.size, 0);
  assert.deepEqual(seen, []);
});

test("the first step from the whole period shows the first stop, from the stop before it", () => {
  const { clock, seen } = clockOf({ first: -5, last: 45 });
  clock.step(1);
  assert.deepEqual(windowOf(clock), [-5, 0]);
  clock.step(1);
  assert.deepEqual(windowOf(clock), [0, 10]);
  clock.step(1);
  assert.deepEqual(windowOf(clock), [10, 20]);
  assert.deepEqual(seen, [[-5, 0], [0, 10], [10, 20]]);
});

test("a first stop at the beginning of time is one moment, and the window grows to one stop after that", () => {
  const { clock } = clockOf();
  clock.step(1);
  assert.deepEqual(windowOf(clock), [0, 0]);
  clock.step(1);
  assert.deepEqual(windowOf(clock), [0, 10]);
});

test("several steps at once from the whole period count from its ends", () => {
  const { clock } = clockOf();
  clock.step(3);
  assert.deepEqual(windowOf(clock), [10, 20]);
  clock.showAll();
  clock.step(-1);
  assert.deepEqual(windowOf(clock), [30, 40]);
  clock.showAll();
  clock.step(-2);
  assert.deepEqual(windowOf(clock), [20, 30]);
  clock.showAll();
  clock.step(99);
  assert.deepEqual(windowOf(clock), [30, 40]);
});

test("the window keeps its length in stops, both ways, and is only cut short by the beginning", () => {
  const { clock } = clockOf({ first: -7 });
  clock.set(0, 20);
  clock.step(1);
  assert.deepEqual(windowOf(clock), [10, 30]);
  clock.step(-1);
  assert.deepEqual(windowOf(clock), [0, 20]);
  clock.step(-1);
  assert.deepEqual(windowOf(clock), [-7, 10]);
  clock.step(-1);
  assert.deepEqual(windowOf(clock), [-7, 0]);
  clock.step(3);
  assert.deepEqual(windowOf(clock), [10, 30]);
});

test("steps end at the ends, without a word when nothing moves", () => {
  const { clock, seen } = clockOf();
  clock.set(30, 40);
  seen.length = 0;
  clock.step(1);
  clock.step(5);
  assert.deepEqual(windowOf(clock), [30, 40]);
  assert.equal(clock.canAdvance, false);
  assert.equal(clock.canReturn, true);
  assert.deepEqual(seen, []);
  clock.step(-99);
  assert.deepEqual(windowOf(clock), [0, 0]);
  assert.equal(clock.canReturn, false);
  assert.equal(clock.canAdvance, true);
  clock.step(-1);
  assert.equal(seen.length, 1);
});

test("from between two stops a step leads to the next, or back to the one just passed", () => {
  const { clock } = clockOf();
  clock.set(12, 27);
  clock.step(-1);
  assert.deepEqual(windowOf(clock), [10, 20]);
  clock.set(12, 27);
  clock.step(1);
  assert.deepEqual(windowOf(clock), [20, 30]);
  clock.set(12, 18);
  clock.step(1);
  assert.deepEqual(windowOf(clock), [10, 20]);
  clock.set(2, 5);
  clock.step(-1);
  assert.deepEqual(windowOf(clock), [0, 0]);
});

test("a window that reaches beyond the last stop never steps forward to before its end", () => {
  const { clock, seen } = clockOf({ last: 60 });
  clock.set(20, 55);
  seen.length = 0;
  clock.step(1);
  assert.deepEqual(windowOf(clock), [20, 55]);
  assert.deepEqual(seen, []);
  clock.step(-1);
  assert.deepEqual(windowOf(clock), [20, 40]);
});

test("steps that are no number lead nowhere", () => {
  const { clock, seen } = clockOf();
  for (const n of [0, NaN, undefined, null, "x", 0.4]) clock.step(n);
  assert.deepEqual(windowOf(clock), [0, 40]);
  assert.deepEqual(seen, []);
});

test("set: swapped, out of range, not numbers, not whole, unchanged", () => {
  const { clock, seen } = clockOf();
  clock.set(30, 10);
  assert.deepEqual(windowOf(clock), [10, 30]);
  clock.set(-1e9, 20);
  assert.deepEqual(windowOf(clock), [0, 20]);
  clock.set(5, Infinity);
  assert.deepEqual(windowOf(clock), [5, 40]);
  clock.set(NaN, 25);
  assert.deepEqual(windowOf(clock), [5, 25]);
  clock.set(10, undefined);
  assert.deepEqual(windowOf(clock), [10, 25]);
  clock.set("0", null);
  assert.deepEqual(windowOf(clock), [10, 25]);
  clock.set(10.4, 24.6);
  assert.deepEqual(windowOf(clock), [10, 25]);
  clock.set(99, 98);
  assert.deepEqual(windowOf(clock), [40, 40]);
  assert.equal(seen.length, 6, "only what moved was told");
  assert.equal(clock.isWhole, false);
  clock.set(-1, 41);
  assert.equal(clock.isWhole, true);
});

test("a window of one moment steps on as one of one stop", () => {
  const { clock } = clockOf();
  clock.set(20, 20);
  clock.step(1);
  assert.deepEqual(windowOf(clock), [20, 30]);
});

test("playing begins at once, goes on by the speed, and ends with the last stop", () => {
  const { clock, timer, seen } = clockOf({ first: -5, last: 45 });
  clock.play();
  assert.deepEqual(windowOf(clock), [-5, 0]);
  assert.equal(clock.playing, true);
  assert.deepEqual(timer.delays, [500]);
  clock.speed = 10;
  assert.deepEqual(timer.delays, [100]);
  for (const end of [10, 20, 30]) {
    timer.tick();
    assert.equal(clock.to, end);
    assert.equal(clock.playing, true);
    assert.deepEqual(timer.delays, [100]);
  }
  let told = null;
  clock.onchange = () => {
    told = clock.playing;
  };
  timer.tick();
  assert.deepEqual(windowOf(clock), [30, 40]);
  assert.equal(told, false, "with the last move it is told that playing has ended");
  assert.equal(clock.playing, false);
  assert.equal(timer.waiting.size, 0);
  assert.equal(seen.length, 4);
});

test("playing from the end begins anew and keeps the length", () => {
  const { clock, timer } = clockOf({ first: -5 });
  clock.set(20, 40);
  clock.play();
  assert.deepEqual(windowOf(clock), [-5, 0]);
  timer.tick();
  timer.tick();
  assert.deepEqual(windowOf(clock), [0, 20]);
});

test("playing from within goes on from there", () => {
  const { clock, timer } = clockOf();
  clock.set(0, 10);
  clock.play();
  assert.deepEqual(windowOf(clock), [10, 20].map((moment) => moment));
  timer.tick();
  assert.deepEqual(windowOf(clock), [20, 30]);
});

test("pause stops it, twice is once, and toggle does either", () => {
  const { clock, timer, seen } = clockOf();
  clock.pause();
  assert.deepEqual(seen, []);
  clock.toggle();
  clock.play();
  assert.equal(seen.length, 1, "playing already, it does not step again");
  clock.toggle();
  assert.equal(clock.playing, false);
  assert.equal(timer.waiting.size, 0);
  assert.equal(seen.length, 2, "that playing ended is told");
  clock.pause();
  assert.equal(seen.length, 2);
});

test("the whole period shown while playing ends it", () => {
  const { clock, timer } = clockOf();
  clock.play();
  clock.showAll();
  timer.tick();
  assert.equal(clock.playing, false);
  assert.equal(clock.isWhole, true);
});

test("without stops it neither steps nor plays", () => {
  const { clock, timer, seen } = clockOf({ stops: [] });
  clock.step(1);
  clock.play();
  assert.equal(clock.playing, false);
  assert.equal(timer.waiting.size, 0);
  assert.deepEqual(windowOf(clock), [0, 40]);
  assert.deepEqual(seen, []);
  clock.set(3, 5);
  clock.step(-1);
  assert.deepEqual(windowOf(clock), [3, 5]);
  assert.equal(clock.index, -1);
});

test("with one stop it shows that and is done", () => {
  const { clock, timer } = clockOf({ stops: [20] });
  clock.play();
  assert.deepEqual(windowOf(clock), [0, 20]);
  assert.equal(clock.playing, false);
  assert.equal(timer.waiting.size, 0);
  const end = clockOf({ stops: [40] });
  end.clock.play();
  assert.equal(end.clock.playing, false);
  assert.equal(end.clock.isWhole, true);
});

test("stops are sorted, once each, within the period, and numbers", () => {
  const { clock } = clockOf({ stops: [30, -1, 10, 30, NaN, 41, 40, 0] });
  assert.deepEqual([...clock.stops], [0, 10, 30, 40]);
  // As text 100 would sort before 20.
  assert.deepEqual([...clockOf({ first: 0, last: 200, stops: [100, 20] }).clock.stops], [20, 100]);
});

test("ends of time are put in order, and must be numbers", () => {
  const { clock } = clockOf({ first: 40, last: 0 });
  assert.deepEqual([clock.first, clock.last], [0, 40]);
  assert.throws(() => clockOf({ first: NaN }), RangeError);
  assert.throws(() => clockOf({ last: Infinity }), RangeError);
});

test("speeds that make no sense are passed over", () => {
  const { clock } = clockOf();
  for (const speed of [0, -1, NaN, Infinity, "5"]) clock.speed = speed;
  assert.equal(clock.speed, 2);
  clock.speed = 0.5;
  assert.equal(clock.speed, 0.5);
  clock.speed = 1e6;
  assert.equal(clock.speed, 30);
});

test("windows of whole days meet and do not overlap", () => {
  // Ends of 1, 2 and 3 January 1970.
  const { clock } = clockOf({ first: 0, last: 4319, stops: [1439, 2879, 4319] });
  clock.step(1);
  assert.deepEqual(windowOf(clock), [0, 1439]);
  clock.step(1);
  assert.deepEqual(windowOf(clock), [1440, 2879]);
  clock.step(-1);
  clock.step(1);
  assert.deepEqual(windowOf(clock), [1440, 2879]);
  clock.set(0, 2879);
  clock.step(1);
  assert.deepEqual(windowOf(clock), [1440, 4319], "two days stay two days");
});

test("a window that a link ends with the first minute of a day steps to the next day", () => {
  const { clock } = clockOf({ first: 0, last: 4319, stops: [1439, 2879, 4319] });
  clock.set(1440, 1440);
  assert.equal(clock.index, 1);
  clock.step(1);
  assert.deepEqual(windowOf(clock), [2880, 4319]);
  clock.set(1440, 1440);
  clock.step(-1);
  assert.deepEqual(windowOf(clock), [0, 1439]);
});

test("a window steps through dates of control on one day one by one", () => {
  const { clock } = clockOf({ first: 0, last: 2880, stops: [0, 360, 720, 1440, 2880] });
  clock.step(1);
  clock.step(1);
  assert.deepEqual(windowOf(clock), [0, 360]);
  clock.set(720, 1440);
  clock.step(-1);
  assert.deepEqual(windowOf(clock), [360, 720]);
});

test("without a timer of its own it uses that of the browser", async () => {
  const clock = new Clock({ first: 0, last: 40, stops: STOPS });
  clock.speed = 30;
  const end = new Promise((resolve) => {
    clock.onchange = () => !clock.playing && resolve();
  });
  clock.play();
  await end;
  assert.deepEqual(windowOf(clock), [30, 40]);
});

test("lastUpTo", () => {
  assert.deepEqual([-1, 0, 9, 10, 40, 99].map((value) => lastUpTo(STOPS, value)), [-1, 0, 0, 1, 4, 4]);
  assert.equal(lastUpTo([], 5), -1);
});

test("moments are read as links have them", () => {
  assert.equal(parseMoment("1970-01-01"), 0);
  assert.equal(parseMoment("2017-09-16"), Date.UTC(2017, 8, 16) / 60000);
  assert.equal(parseMoment("2017-09-16T08:30"), Date.UTC(2017, 8, 16, 8, 30) / 60000);
  assert.equal(parseMoment("2016-02-29T23:59"), Date.UTC(2016, 1, 29, 23, 59) / 60000);
  assert.equal(parseMoment("0001-01-01"), -62135596800 / 60);
  assert.equal(parseMoment("-000500-03-01"), new Date("-000500-03-01T00:00Z").getTime() / 60000);
});

test("all that is not exactly a moment is null", () => {
  const wrong = [
    "", " ", "2017", "2017-09", "2017-9-16", "17-09-16", "2017-09-16 ", " 2017-09-16", "2017-09-16\n", "2017-09-31", "2017-02-29", "1900-02-29",
    "2017-00-10", "2017-13-01", "2017-09-00", "2017-09-32", "2017-09-16T24:00", "2017-09-16T08:60", "2017-09-16T8:30", "2017-09-16T08:30Z",
    "2017-09-16T08:30:00", "2017-09-16T", "2017-09-16t08:30", "2017/09/16", "20170916", "+2017-09-16", "-000000-01-01", "2017-09-16T08:30<script>",
    "٢٠١٧-٠٩-١٦", "1e3-01-01", "NaN", "Infinity", "x".repeat(1e5), "2017-09-16\u0000", null, undefined, 20170916, ["2017-09-16"], {},
  ];
  for (const text of wrong) assert.equal(parseMoment(text), null, String(text).slice(0, 30));
});

test("moments are written as they are read", () => {
  assert.equal(formatMoment(0), "1970-01-01");
  assert.equal(formatMoment(-1), "1969-12-31T23:59");
  assert.equal(formatMoment(Date.UTC(2017, 8, 16, 8, 30) / 60000), "2017-09-16T08:30");
  assert.equal(formatMoment(NaN), "");
  assert.equal(formatMoment(Infinity), "");
  // The ends of what 32 bits hold, and steps that meet no rhythm of the calendar.
  for (let minutes = -(2 ** 31) + 1; minutes < 2 ** 31; minutes += 7654321) assert.equal(parseMoment(formatMoment(minutes)), minutes);
});

// Whole units of the calendar, in UTC: where time stops, what a bar of the histogram spans, where its axis has words.

import { lastUpTo } from "./clock.js";

const HOUR = 60;
const DAY = 1440;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** How many stops a reader steps through, at most. */
const MOST_STOPS = 400;

/**
 * A unit of time, so many minutes or so many months long. `mean` is its mean length in minutes.
 *
 * @typedef {{ name: string, minutes?: number, months?: number, mean: number }} Unit
 */

/**
 * @param {string} name
 * @param {number} minutes
 * @returns {Unit}
 */
const clockUnit = (name, minutes) => ({ name, minutes, mean: minutes });

/**
 * @param {string} name
 * @param {number} months
 * @returns {Unit}
 */
const monthUnit = (name, months) => ({ name, months, mean: months * 30.436875 * DAY });

const MINUTE = clockUnit("minute", 1);
const HOURLY = clockUnit("hour", HOUR);
const DAILY = clockUnit("day", DAY);
const WEEKLY = clockUnit("week", 7 * DAY);
const MONTHLY = monthUnit("month", 1);
const YEARLY = monthUnit("year", 12);
const DECADE = monthUnit("10 years", 120);
const CENTURY = monthUnit("century", 1200);

/** From fine to coarse; none is more than 4.4 times as long as the one before. @type {readonly Unit[]} */
export const UNITS = Object.freeze([
  MINUTE,
  clockUnit("3 minutes", 3),
  clockUnit("10 minutes", 10),
  clockUnit("30 minutes", 30),
  HOURLY,
  clockUnit("3 hours", 3 * HOUR),
  clockUnit("6 hours", 6 * HOUR),
  clockUnit("12 hours", 12 * HOUR),
  DAILY,
  clockUnit("2 days", 2 * DAY),
  WEEKLY,
  clockUnit("2 weeks", 14 * DAY),
  MONTHLY,
  monthUnit("quarter", 3),
  monthUnit("half-year", 6),
  YEARLY,
  monthUnit("2 years", 24),
  monthUnit("5 years", 60),
  DECADE,
  monthUnit("20 years", 240),
  monthUnit("50 years", 600),
  CENTURY,
  monthUnit("2 centuries", 2400),
  monthUnit("5 centuries", 6000),
  monthUnit("millennium", 12000),
]);

/**
 * The year, month (from 0) and day of the month of a day counted from 1970-01-01.
 *
 * The algorithm is `civil_from_days` of Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms": no Date for each
 * of a million events.
 *
 * @param {number} dayNumber
 * @returns {{ year: number, month: number, day: number }}
 */
export function civil(dayNumber) {
  const shifted = dayNumber + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 2 : fromMarch - 10;
  return { year: yearOfEra + era * 400 + (month < 2 ? 1 : 0), month, day };
}

/**
 * The day, counted from 1970-01-01, on which a month begins; `month` counts from January of the year 0.
 *
 * @param {number} month
 */
function dayOfMonth(month) {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
  return date.getTime() / (DAY * 60000);
}

/** Days from Monday to the Thursday on which 1970 began. */
const WEEKDAY = 3;

/**
 * Which unit a moment lies in. Units are counted through; the weeks begin on Monday.
 *
 * @param {Unit} unit
 * @param {number} minutes
 */
export function unitAt(unit, minutes) {
  if (unit.months === undefined) return Math.floor((minutes + shiftOf(unit)) / unit.mean);
  const { year, month } = civil(Math.floor(minutes / DAY));
  return Math.floor((year * 12 + month) / unit.months);
}

/**
 * The first minute of a unit.
 *
 * @param {Unit} unit
 * @param {number} index
 */
export function startOf(unit, index) {
  return unit.months === undefined ? index * unit.mean - shiftOf(unit) : dayOfMonth(index * unit.months) * DAY;
}

/** @param {Unit} unit */
function shiftOf(unit) {
  return unit.mean % (7 * DAY) === 0 ? WEEKDAY * DAY : 0;
}

/**
 * The bounds of the whole units that cover a period: one more than there are units.
 *
 * @param {Unit} unit
 * @param {number} first
 * @param {number} last
 * @returns {Float64Array}
 */
export function edgesOf(unit, first, last) {
  const from = unitAt(unit, first);
  const count = unitAt(unit, last) - from + 1;
  return Float64Array.from({ length: count + 1 }, (_, i) => startOf(unit, from + i));
}

/**
 * The moments that a window of time steps to.
 *
 * Without dates of control these are the last minutes of whole days, weeks (which begin on Monday), months, years, decades or
 * centuries; of hours where all happened within two days and the hour is known. With at least two dates of control it is those,
 * and days (or longer units) before the first and after the last, where events reach further.
 *
 * @param {number} first
 * @param {number} last
 * @param {ArrayLike<number> | null} [dates]  dates of control, ascending
 * @returns {Int32Array}
 */
export function stopsFor(first, last, dates = null) {
  if (!dates || dates.length < 2) {
    const timed = first % DAY !== 0 || last % DAY !== 0;
    return Int32Array.from(endsOf(timed && last - first <= 2 * DAY ? HOURLY : stopUnit(first, last), first, last));
  }
  const unit = stopUnit(first, last);
  const [begin, end] = [dates[0], dates[dates.length - 1]];
  // The day of a date is its own: it ends no earlier and begins no later.
  const early = first < begin ? endsOf(unit, first, begin).filter((stop) => stop < begin) : [];
  const late = last > dayEnd(end) ? endsOf(unit, dayEnd(end) + 1, last) : [];
  return Int32Array.from([...early, ...Array.from(dates), ...late]);
}

/** @param {number} minutes */
function dayEnd(minutes) {
  return Math.floor(minutes / DAY) * DAY + DAY - 1;
}

/**
 * The last minutes of the units of a period.
 *
 * @param {Unit} unit
 * @param {number} first
 * @param {number} last
 * @returns {number[]}
 */
function endsOf(unit, first, last) {
  return Array.from(edgesOf(unit, first, last).subarray(1), (edge) => Math.min(edge - 1, last));
}

/**
 * @param {number} first
 * @param {number} last
 */
function stopUnit(first, last) {
  const fits = (/** @type {Unit} */ unit) => unitAt(unit, last) - unitAt(unit, first) < MOST_STOPS;
  return [DAILY, WEEKLY, MONTHLY, YEARLY, DECADE].find(fits) ?? CENTURY;
}

/**
 * How finely dates are known: to the minute, the day, the month or the year, whatever is the coarsest that fits them all.
 *
 * @param {ArrayLike<number>} moments
 * @param {number} missing  the value that stands for none
 * @returns {Unit}
 */
export function grainOf(moments, missing) {
  let monthly = true;
  let yearly = true;
  for (let i = 0; i < moments.length; i++) {
    const moment = moments[i];
    if (moment === missing) continue;
    if (moment % DAY !== 0) return MINUTE;
    if (!monthly) continue;
    const { month, day } = civil(moment / DAY);
    monthly = day === 1;
    yearly &&= monthly && month === 0;
  }
  if (!monthly) return DAILY;
  return yearly ? YEARLY : MONTHLY;
}

/**
 * The finest unit whose bars are at least so many pixels apart.
 *
 * @param {number} span  minutes
 * @param {number} width  pixels
 * @param {Unit} grain  no finer than this
 * @param {number} least  pixels
 * @returns {Unit}
 */
export function binUnit(span, width, grain, least) {
  const fits = (/** @type {Unit} */ unit) => unit.mean >= grain.mean && (unit.mean / Math.max(span, 1)) * width >= least;
  return UNITS.find(fits) ?? UNITS[UNITS.length - 1];
}

/**
 * A mark of the axis: its words, and whether they say a new day, month or year rather than go on counting.
 *
 * @typedef {{ at: number, end: number, text: string, major: boolean }} Tick
 */

/** Pixels from a mark to its words, and between words. */
const BESIDE = 4;
const GAP = 7;

/** February, measured by the mean month. */
const SHORTEST = 0.92;

/** Units of which a part at the beginning of an axis may be named as the whole. */
const SINGLE = new Set(["hour", "day", "month", "year"]);

/** Units that an axis counts in. */
const AXIS_UNITS = UNITS.filter((unit) => !["3 minutes", "half-year"].includes(unit.name));

/**
 * How an axis is written: no finer than `grain`; `measure` gives the width of a text; with `bars`, units as fine as the grain have
 * their words below the middle of their bars, otherwise all words stand beside a mark.
 *
 * @typedef {{ grain: Unit, measure: (text: string, major: boolean) => number, bars: boolean }} AxisStyle
 */

/**
 * Words along an axis from `first` to `last`, `width` pixels long, none of which touch.
 *
 * @param {number} first
 * @param {number} last
 * @param {number} width
 * @param {AxisStyle} style
 * @returns {Array<Tick & { x: number, width: number, centred: boolean }>}
 */
export function axisTicks(first, last, width, style) {
  const perMinute = width / Math.max(last - first, 1);
  const sizeOf = (/** @type {Tick} */ tick) => style.measure(tick.text, tick.major);
  for (const unit of AXIS_UNITS) {
    const apart = unit.mean * perMinute;
    // Even the shortest words would not fit; do not make thousands of them.
    if (unit.mean < style.grain.mean || apart < 18) continue;
    const ticks = ticksOf(unit, first, last);
    // The first says more than the others: it may cost its neighbour the place.
    const others = ticks.length > 1 ? ticks.slice(1) : ticks;
    if (!others.length || Math.max(...others.map(sizeOf)) + BESIDE + GAP > apart * SHORTEST) continue;
    return spread(ticks, { first, width, perMinute }, style.bars && unit.mean === style.grain.mean, style.measure);
  }
  const year = { at: first, end: last, text: `${civil(Math.floor(first / DAY)).year}`, major: true };
  return spread([year], { first, width, perMinute }, false, style.measure);
}

/**
 * @param {Unit} unit
 * @param {number} first
 * @param {number} last
 * @returns {Tick[]}
 */
function ticksOf(unit, first, last) {
  const edges = edgesOf(unit, first, last - 1);
  /** @type {Tick[]} */
  const ticks = [];
  let before = "";
  for (let i = 0; i < edges.length - 1; i++) {
    // What began before the axis does is named where the axis begins, if most of it is there.
    const at = Math.max(edges[i], first);
    const isCut = edges[i] < first;
    if (isCut && (!SINGLE.has(unit.name) || edges[i + 1] - first < 0.6 * (edges[i + 1] - edges[i]))) continue;
    const words = wordsAt(unit, edges[i], before);
    before = words.context;
    ticks.push({ at, end: edges[i + 1], text: words.text, major: words.major });
  }
  return ticks;
}

/**
 * What a mark says, given what the one before it said. The first says all there is to say.
 *
 * @param {Unit} unit
 * @param {number} minutes
 * @param {string} before
 */
function wordsAt(unit, minutes, before) {
  const { year, month, day } = civil(Math.floor(minutes / DAY));
  const [y, m, d] = [`${year}`, MONTHS[month], `${day}`];
  if ((unit.months ?? 0) >= 12) return { text: y, major: true, context: y };
  if (unit.months !== undefined) return told(before, [y], [before && month === 0 ? y : `${m} ${y}`, m]);
  if (unit.mean >= DAY) return told(before, [y, m], [`${d} ${m} ${y}`, `${d} ${m}`, d]);
  const time = timeOf(minutes);
  const then = time === "00:00" ? "" : `, ${time}`;
  return told(before, [y, m, d], [`${d} ${m} ${y}${then}`, `${d} ${m}${then}`, `${d} ${m}${then}`, time]);
}

/**
 * Words that go as far up the calendar as something has changed since the mark before.
 *
 * @param {string} before  the years, months, days said before, joined
 * @param {string[]} now
 * @param {string[]} words  when the first of them changed, the second, and so on; last, when none did
 */
function told(before, now, words) {
  const said = before.split(" ");
  const changed = now.findIndex((part, i) => part !== said[i]);
  return { text: words[changed < 0 ? now.length : changed], major: changed >= 0, context: now.join(" ") };
}

/** @param {number} minutes */
function timeOf(minutes) {
  const minute = minutes - Math.floor(minutes / DAY) * DAY;
  return [Math.floor(minute / HOUR), minute % HOUR].map((part) => `${part}`.padStart(2, "0")).join(":");
}

/**
 * Give the words their places: first those that say a new year or month, then the others where there is room.
 *
 * @param {Tick[]} ticks
 * @param {{ first: number, width: number, perMinute: number }} axis
 * @param {boolean} centred  whether the words stand in the middle of what they name
 * @param {(text: string, major: boolean) => number} measure
 */
function spread(ticks, { first, width, perMinute }, centred, measure) {
  /** @type {Array<Tick & { x: number, width: number, centred: boolean }>} */
  const placed = [];
  // The very first says all; what says a new year goes before it, or the months after that would be taken for the old one's.
  const rank = (/** @type {Tick} */ tick) => (!tick.major ? 2 : tick === ticks[0] ? 1 : 0);
  for (const tick of [...ticks].sort((a, b) => rank(a) - rank(b))) {
    const size = measure(tick.text, tick.major);
    const from = (tick.at - first) * perMinute;
    const slot = (tick.end - tick.at) * perMinute;
    const inside = centred && slot >= size;
    const wanted = inside ? from + (slot - size) / 2 : from + BESIDE;
    const x = Math.max(0, Math.min(wanted, width - size));
    if (size > width || (ticks.length > 1 && wanted - x > BESIDE)) continue;
    if (placed.some((other) => x < other.x + other.width + GAP && x + size + GAP > other.x)) continue;
    placed.push({ ...tick, x, width: size, centred: inside });
  }
  return placed.sort((a, b) => a.x - b.x);
}

/**
 * A window of time in words. A window that begins or ends with a day says the day; others say the minute.
 *
 * @param {number} from
 * @param {number} to  the first minute of a day stands for all of it
 * @param {{ first?: number, last?: number }} [whole]  where time ends, its day has no more in it
 * @returns {string} "9 – 16 Sep 2017"
 */
export function windowText(from, to, whole = {}) {
  // From the last minute of a day: from the next.
  const begin = from < to && (from + 1) % DAY === 0 ? from + 1 : from;
  const early = from <= (whole.first ?? -Infinity) || begin % DAY === 0;
  const late = to >= (whole.last ?? Infinity) || to % DAY === 0 || (to + 1) % DAY === 0;
  const [a, b] = [civil(Math.floor(begin / DAY)), civil(Math.floor(to / DAY))];
  if (!early || !late) return timedText(begin, to, a, b);
  const [month, year] = [a.month !== b.month, a.year !== b.year];
  const end = `${b.day} ${MONTHS[b.month]} ${b.year}`;
  if (!year && !month && a.day === b.day) return end;
  const start = `${a.day}${month || year ? ` ${MONTHS[a.month]}` : ""}${year ? ` ${a.year}` : ""}`;
  return `${start} – ${end}`;
}

/** @typedef {{ year: number, month: number, day: number }} Civil */

/**
 * @param {number} from
 * @param {number} to
 * @param {Civil} a
 * @param {Civil} b
 */
function timedText(from, to, a, b) {
  const day = (/** @type {Civil} */ of) => `${of.day} ${MONTHS[of.month]} ${of.year}`;
  const one = Math.floor(from / DAY) === Math.floor(to / DAY);
  if (from === to) return `${day(b)}, ${timeOf(to)} UTC`;
  // A window to the minute that ends with the day's first stands for all of that day.
  const end = !one && to % DAY === 0 ? "23:59" : timeOf(to);
  return one ? `${day(b)}, ${timeOf(from)} – ${end} UTC` : `${day(a)}, ${timeOf(from)} – ${day(b)}, ${end} UTC`;
}

/**
 * Which of some ascending edges is nearest.
 *
 * @param {ArrayLike<number>} edges
 * @param {number} value
 */
export function nearest(edges, value) {
  const below = Math.max(0, lastUpTo(edges, value));
  const above = Math.min(edges.length - 1, below + 1);
  return value - edges[below] <= edges[above] - value ? below : above;
}

/** Into so many parts a period is cut to look for a long pause. */
const PARTS = 200;

/** A pause is long if it takes this share of the period, and what lies before it is little if it has this share of the moments. */
const LONG = 0.4;
const LITTLE = 0.15;

/**
 * Where what matters begins: after a long pause that little lies before, such as one event years ahead of the others.
 *
 * @param {Array<ArrayLike<number>>} series  moments in minutes; those outside the period do not count
 * @param {number} first
 * @param {number} last
 * @returns {number} `first` where there is no such pause
 */
export function focusOf(series, first, last) {
  const span = last - first;
  if (!(span > 0)) return first;
  const counts = new Uint32Array(PARTS);
  const earliest = new Float64Array(PARTS).fill(Infinity);
  let total = 0;
  for (const moments of series) {
    for (let i = 0; i < moments.length; i++) {
      const part = Math.min(PARTS - 1, Math.floor(((moments[i] - first) / span) * PARTS));
      if (!(part >= 0) || moments[i] > last) continue;
      counts[part]++;
      total++;
      if (moments[i] < earliest[part]) earliest[part] = moments[i];
    }
  }
  let before = 0;
  let pause = 0;
  for (let part = 0; part < PARTS; part++) {
    if (!counts[part]) {
      pause++;
      continue;
    }
    if (before && before <= LITTLE * total && pause >= LONG * PARTS) return earliest[part];
    before += counts[part];
    pause = 0;
  }
  return first;
}

// The window of time that the map shows, and how it moves: by steps, by itself, or as it is told.

const DAY = 1440;
const HOUR = 60;

/** Stops a second: slower or faster than this is no help to anybody. */
const SLOWEST = 0.1;
const FASTEST = 30;

/**
 * Calls a function later; tests bring their own.
 *
 * @typedef {{ set(call: () => void, milliseconds: number): unknown, clear(handle: any): void }} Timer
 */

/** @type {Timer} */
const REAL_TIMER = {
  set: (call, milliseconds) => setTimeout(call, milliseconds),
  clear: (handle) => clearTimeout(handle),
};

/**
 * A window [from, to] in minutes since 1970 UTC, both ends included. It opens whole.
 *
 * It steps from stop to stop and keeps its length, counted in stops. A stop that is the last minute of an hour or a day
 * (see calendar.js) ends a unit: what follows it begins the minute after, so that no event is in two windows. Any other stop,
 * a date of control, ends one window and begins the next: it is compared with the one before it.
 */
export class Clock {
  /** @type {number} */
  #from;
  /** @type {number} */
  #to;
  /** How many stops long the window is. It may be cut short by the beginning of time and grow again. */
  #span = 1;
  #speed = 2;
  /** @type {unknown} */
  #next = null;
  /** @type {Timer} */
  #timer;

  /**
   * @param {object} options
   * @param {number} options.first
   * @param {number} options.last
   * @param {ArrayLike<number>} [options.stops]  those outside [first, last] are left out
   * @param {Timer} [options.timer]
   */
  constructor({ first, last, stops = [], timer = REAL_TIMER }) {
    if (!Number.isFinite(first) || !Number.isFinite(last)) throw new RangeError("a clock needs a first and a last moment");
    this.first = Math.min(first, last);
    this.last = Math.max(first, last);
    this.stops = usable(stops, this.first, this.last);
    this.#from = this.first;
    this.#to = this.last;
    this.#timer = timer;
    /** Called when the window has moved, and when playing has begun or ended. */
    this.onchange = () => {};
  }

  get from() {
    return this.#from;
  }

  get to() {
    return this.#to;
  }

  get isWhole() {
    return this.#from <= this.first && this.#to >= this.last;
  }

  get playing() {
    return this.#next !== null;
  }

  /** Stops a second. */
  get speed() {
    return this.#speed;
  }

  set speed(value) {
    if (!Number.isFinite(value) || value <= 0) return;
    this.#speed = Math.max(SLOWEST, Math.min(FASTEST, value));
    if (this.playing) this.#wait();
  }

  /** The stop at which the window ends, or the last before that; -1 before the first. */
  get index() {
    return this.indexAt(this.#to);
  }

  /**
   * The last stop of a window that ends with `moment`, or -1.
   *
   * @param {number} moment
   */
  indexAt(moment) {
    const { stops } = this;
    const index = lastUpTo(stops, moment);
    // The first minute of a day, as a link may name it, stands for the day: its end is no step away.
    if (stops[index] === moment || moment % DAY !== 0) return index;
    return lastUpTo(stops, moment + DAY - 1);
  }

  /** Whether a step forward leads anywhere. */
  get canAdvance() {
    return this.#target(1) !== null;
  }

  /** Whether a step back leads anywhere. */
  get canReturn() {
    return this.#target(-1) !== null;
  }

  /**
   * Show what is between two moments. Ends the wrong way round are exchanged, those out of range are brought into it,
   * and one that is no number stays where it was.
   *
   * @param {number} from
   * @param {number} to
   */
  set(from, to) {
    const one = this.#bounded(from, this.#from);
    const other = this.#bounded(to, this.#to);
    const [early, late] = [Math.min(one, other), Math.max(one, other)];
    this.#span = Math.max(1, this.indexAt(late) - lastUpTo(this.stops, early));
    this.#show(early, late);
  }

  showAll() {
    this.set(this.first, this.last);
  }

  /**
   * Move on by so many stops, or back. From the whole period the first step shows the first stop, or the last going back.
   *
   * @param {number} n
   */
  step(n) {
    const index = this.#target(n);
    if (index === null) return;
    if (this.isWhole) this.#span = 1;
    this.#stopAt(index);
  }

  /** Play to the last stop. From there, or from the whole period, it begins with the first. */
  play() {
    if (this.playing || !this.stops.length) return;
    this.#wait();
    if (this.isWhole) this.#span = 1;
    const next = this.#target(1);
    const moved = this.#stopAt(next ?? 0);
    // Where there is but one stop it may be shown already.
    if (!moved) this.onchange();
  }

  pause() {
    if (!this.playing) return;
    this.#halt();
    this.onchange();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  #wait() {
    this.#halt();
    this.#next = this.#timer.set(() => this.#tick(), 1000 / this.#speed);
  }

  #halt() {
    if (this.#next !== null) this.#timer.clear(this.#next);
    this.#next = null;
  }

  #tick() {
    const next = this.isWhole ? null : this.#target(1);
    if (next === null) {
      this.pause();
      return;
    }
    // The next wait begins before anything is drawn: what that takes is part of it.
    this.#wait();
    this.#stopAt(next);
  }

  /**
   * Which stop a step leads to, or null where it leads nowhere.
   *
   * @param {number} n
   * @returns {number | null}
   */
  #target(n) {
    const { stops } = this;
    const steps = Math.trunc(n);
    if (!stops.length || !steps) return null;
    if (this.isWhole) return within(steps > 0 ? steps - 1 : stops.length + steps, stops.length);
    const at = this.index;
    if (steps > 0) return at < stops.length - 1 ? within(at + steps, stops.length) : null;
    // Back from between two stops: to the one just passed.
    const index = at >= 0 && stops[at] < this.#to ? at + 1 + steps : at + steps;
    return at > 0 || (at === 0 && stops[0] < this.#to) ? within(index, stops.length) : null;
  }

  /**
   * End the window at a stop; playing ends at the last one.
   *
   * @param {number} index
   */
  #stopAt(index) {
    const { stops } = this;
    if (index === stops.length - 1) this.#halt();
    const before = index - this.#span;
    return this.#show(before < 0 ? this.first : Math.min(beginAfter(stops[before]), stops[index]), stops[index]);
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #show(from, to) {
    if (from === this.#from && to === this.#to) return false;
    this.#from = from;
    this.#to = to;
    this.onchange();
    return true;
  }

  /**
   * @param {unknown} value
   * @param {number} otherwise
   */
  #bounded(value, otherwise) {
    if (typeof value !== "number" || Number.isNaN(value)) return otherwise;
    return Math.round(Math.max(this.first, Math.min(this.last, value)));
  }
}

/**
 * When a window begins that follows this stop.
 *
 * @param {number} stop
 */
export function beginAfter(stop) {
  return (stop + 1) % HOUR === 0 ? stop + 1 : stop;
}

/**
 * Sorted, once each, within bounds.
 *
 * @param {ArrayLike<number>} stops
 * @param {number} first
 * @param {number} last
 */
function usable(stops, first, last) {
  const inside = Array.from(stops).filter((stop) => stop >= first && stop <= last);
  return Int32Array.from(new Set(inside)).sort();
}

/**
 * The index of the last of some ascending values that is no more than `value`, or -1.
 *
 * @param {ArrayLike<number>} values
 * @param {number} value
 */
export function lastUpTo(values, value) {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * @param {number} index
 * @param {number} count
 */
function within(index, count) {
  return Math.max(0, Math.min(count - 1, index));
}

const MOMENT = /^(\d{4}|[+-]\d{6})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?$/;

/**
 * Read a date or a minute in UTC as a link has it. The text may come from anybody: all that is not exactly one is null.
 *
 * @param {string} text  "2017-09-16" or "2017-09-16T08:30"
 * @returns {number | null} minutes since 1970
 */
export function parseMoment(text) {
  const parts = typeof text === "string" ? MOMENT.exec(text) : null;
  if (!parts || parts[1] === "-000000") return null;
  const [year, month, day, hour, minute] = parts.slice(1).map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // The 31st of a month of 30 days would be read as the 1st of the next.
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.getTime() / 60000 + hour * HOUR + minute;
}

/**
 * Write a moment as `parseMoment` reads it.
 *
 * @param {number} minutes
 * @returns {string} empty for what is no moment
 */
export function formatMoment(minutes) {
  const date = new Date(Math.floor(minutes) * 60000);
  if (Number.isNaN(date.getTime())) return "";
  const [day, time] = date.toISOString().split("T");
  return time.startsWith("00:00") ? day : `${day}T${time.slice(0, 5)}`;
}

// Which events are shown: by type, actor, status, words and time.

import { MISSING_TIME, valueAt } from "./data/columns.js";
import { Words, fold } from "./words.js";

/**
 * @typedef {import("./types.js").Events} Events
 * @typedef {import("./types.js").Column} Column
 * @typedef {{from: number, to: number}} Window
 * @typedef {{name: string, count: number}} Named
 * @typedef {Pick<Filter, "types"|"actors"|"statuses"|"text"|"window">} Chosen
 */

/**
 * The rows that pass what the reader has chosen.
 *
 * Set `types`, `actors`, `statuses`, `text` and `window`, then call `update()`: only what has changed is worked out anew.
 * An actor passes a row where it acted or was the target. The empty name in `actors` or `statuses` stands for rows
 * that name none. An event with a period is in the window if the two overlap; one without a date only while there is no window.
 */
export class Filter {
  /**
   * @param {Events} events
   * @param {{starts: Int32Array|null, ends: Int32Array|null}} dates  minutes since 1970, MISSING_TIME where unknown
   */
  constructor(events, { starts, ends }) {
    const { count, placed, types } = events;
    this.events = events;
    /** Numbers of the types that are shown. @type {Set<number>} */
    this.types = new Set(types.keys());
    /** @type {Set<string>|null} */
    this.actors = null;
    /** @type {Set<string>|null} */
    this.statuses = null;
    this.text = "";
    /** @type {Window|null} */
    this.window = null;

    /** Placed rows that are shown, ascending: a new array whenever that changes. */
    this.rows = new Uint32Array(0);
    this.shown = new Uint8Array(placed);
    /** 0 newest to 1 oldest in the window; says nothing of rows that are not shown. */
    this.age = new Float32Array(placed);
    /** Placed rows of each type that pass all but the choice of types. */
    this.typeCounts = new Uint32Array(types.length);
    /** Rows, placed or not, that pass all but the window. */
    this.passing = new Uint8Array(count);
    this.undatedHidden = 0;
    /** Another number whenever `rows` or `age` has changed. */
    this.version = 0;

    this.spans = new Spans(starts, ends, count, placed);
    this.choices = new Choices(events);
    this.words = new Words(events);
    /** Rows that pass all but types and window. */
    this.others = new Uint8Array(count);
    this.typeIsOn = new Uint8Array(types.length);
    this.buffer = new Uint32Array(placed);
    this.undatedPassing = 0;
    /** What was chosen the last time. @type {Chosen|null} */
    this.last = null;
    this.update();
  }

  /**
   * Work out what is shown now.
   *
   * @returns {boolean} whether anything was chosen since the last time
   */
  update() {
    const { last, types, actors, statuses, text, window } = this;
    const others = !last || text !== last.text || !areSame(actors, last.actors) || !areSame(statuses, last.statuses);
    const typed = others || !areSame(types, last.types);
    const moved = !last || window?.from !== last.window?.from || window?.to !== last.window?.to;
    if (!typed && !moved) return false;
    if (others) this.findOthers();
    if (typed) this.findPassing();
    this.findRows();
    this.last = {
      types: new Set(types),
      actors: actors && new Set(actors),
      statuses: statuses && new Set(statuses),
      text,
      window: window && { ...window },
    };
    this.version += 1;
    return true;
  }

  /** Every actor or target, those of most events first. @returns {Named[]} */
  get actorNames() {
    return this.choices.actorCounts.named;
  }

  /** Every status, those of most events first. @returns {Named[]} */
  get statusNames() {
    return this.choices.statusCounts.named;
  }

  /** How many events name no actor, and how many no status: the empty name in `actors` and `statuses`. */
  get unnamed() {
    return { actors: this.choices.actorCounts.unnamed, statuses: this.choices.statusCounts.unnamed };
  }

  /** Make the texts ready to be searched: for when the reader turns to the search field, or has nothing else to wait for. */
  prepare() {
    this.words.prepare();
  }

  /**
   * Whether a row passes all that is chosen, placed or not.
   *
   * @param {number} row
   * @returns {boolean}
   */
  shows(row) {
    if (row < this.events.placed) return Boolean(this.shown[row]);
    const { window, spans } = this;
    if (!this.passing[row]) return false;
    return !window || (spans.start[row] !== MISSING_TIME && spans.end[row] >= window.from && spans.start[row] <= window.to);
  }

  findOthers() {
    this.others.fill(1);
    this.choices.keep(this.others, this.actors, this.statuses);
    this.words.keep(this.others, this.text);
  }

  findPassing() {
    const { others, passing, typeIsOn, spans } = this;
    const { type, placed } = this.events;
    typeIsOn.fill(0);
    for (const t of this.types) typeIsOn[t] = 1;
    for (let row = 0; row < passing.length; row++) passing[row] = others[row] & typeIsOn[type[row]];
    this.undatedPassing = 0;
    for (let row = spans.sorted; row < placed; row++) {
      if (passing[row] && spans.start[row] === MISSING_TIME) this.undatedPassing += 1;
    }
  }

  findRows() {
    const { window, spans, shown, age, typeCounts } = this;
    const { placed } = this.events;
    shown.fill(0);
    typeCounts.fill(0);
    this.undatedHidden = window ? this.undatedPassing : 0;
    let found = 0;
    if (!window) {
      age.fill(0);
      found = this.take(0, placed, null, 0);
    } else {
      const [from, to] = spans.between(window.from, window.to);
      found = this.take(from, to, window, 0);
      // Without a date, or not in order: each is looked at.
      found = this.take(spans.sorted, placed, window, found);
    }
    this.rows = this.buffer.slice(0, found);
  }

  /**
   * Show the rows of a range that pass, and count them by type.
   *
   * @param {number} first
   * @param {number} end
   * @param {Window|null} window
   * @param {number} found  how many rows are shown already
   * @returns {number} how many are shown then
   */
  take(first, end, window, found) {
    const { others, typeIsOn, typeCounts, shown, age, buffer } = this;
    const { start, end: last } = this.spans;
    const { type } = this.events;
    const from = window ? window.from : -Infinity;
    const to = window ? window.to : Infinity;
    const length = window && to > from ? to - from : Infinity;
    for (let row = first; row < end; row++) {
      if (!others[row]) continue;
      if (window && (last[row] < from || start[row] > to || start[row] === MISSING_TIME)) continue;
      const t = type[row];
      typeCounts[t] += 1;
      if (!typeIsOn[t]) continue;
      shown[row] = 1;
      buffer[found++] = row;
      if (window) age[row] = Math.max(0, to - last[row]) / length;
    }
    return found;
  }
}

/**
 * @template T
 * @param {Set<T>|null} one
 * @param {Set<T>|null} other
 */
function areSame(one, other) {
  if (!one || !other) return one === other;
  if (one.size !== other.size) return false;
  for (const value of one) if (!other.has(value)) return false;
  return true;
}

/** When each event was. */
class Spans {
  /**
   * @param {Int32Array|null} starts
   * @param {Int32Array|null} ends
   * @param {number} count
   * @param {number} placed
   */
  constructor(starts, ends, count, placed) {
    /** @type {Int32Array} */
    this.start = new Int32Array(count).fill(MISSING_TIME);
    this.end = new Int32Array(count).fill(MISSING_TIME);
    if (starts) this.read(starts, ends ?? starts);
    /** Rows before this one are dated and in the order of their start. */
    this.sorted = 0;
    while (this.sorted < placed && this.isNext(this.sorted)) this.sorted += 1;
    /** The latest end of a row and all before it: where a window can begin to overlap. */
    this.latest = new Int32Array(this.sorted);
    let latest = MISSING_TIME;
    for (let row = 0; row < this.sorted; row++) {
      latest = Math.max(latest, this.end[row]);
      this.latest[row] = latest;
    }
  }

  /**
   * @param {Int32Array} starts
   * @param {Int32Array} ends
   */
  read(starts, ends) {
    for (let row = 0; row < this.start.length; row++) {
      // An event of which only the end is known was then.
      this.start[row] = starts[row] === MISSING_TIME ? ends[row] : starts[row];
      this.end[row] = Math.max(this.start[row], ends[row]);
    }
  }

  /** @param {number} row */
  isNext(row) {
    return this.start[row] !== MISSING_TIME && (row === 0 || this.start[row] >= this.start[row - 1]);
  }

  /**
   * The range of sorted rows that may overlap a window.
   *
   * @param {number} from
   * @param {number} to
   * @returns {[number, number]}
   */
  between(from, to) {
    return [firstAbove(this.latest, this.sorted, from - 1), firstAbove(this.start, this.sorted, to)];
  }
}

/**
 * @param {Int32Array} ascending
 * @param {number} length
 * @param {number} limit
 */
function firstAbove(ascending, length, limit) {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Names of a few kinds that rows carry: who, to whom, how sure. */
class Choices {
  /** @param {Events} events */
  constructor(events) {
    const { count } = events;
    const column = (/** @type {string} */ name) => events.columns.find((c) => c.name === name);
    const status = column("status");
    this.count = count;
    const people = [column("actor"), column("target")].filter((c) => c !== undefined);
    this.who = coded(people, count);
    this.status = coded(status ? [status] : [], count);
    /** @type {ReturnType<typeof counted>|null} */
    this.actorTally = null;
    /** @type {ReturnType<typeof counted>|null} */
    this.statusTally = null;
  }

  get actorCounts() {
    return (this.actorTally ??= counted(this.who, this.count));
  }

  get statusCounts() {
    return (this.statusTally ??= counted(this.status, this.count));
  }

  /**
   * Clear the rows that do not pass.
   *
   * @param {Uint8Array} rows
   * @param {Set<string>|null} actors
   * @param {Set<string>|null} statuses
   */
  keep(rows, actors, statuses) {
    if (actors) keepNamed(rows, this.who, actors);
    if (statuses) keepNamed(rows, this.status, statuses);
  }
}

/**
 * Give each distinct name in some columns a number; 0 is no name.
 *
 * @param {Column[]} columns
 * @param {number} count
 * @returns {{names: string[], columns: Uint32Array[]}}
 */
function coded(columns, count) {
  const names = [""];
  const numbers = new Map([["", 0]]);
  const numberOf = (/** @type {string} */ name) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, names.length);
    return names.push(name) - 1;
  };
  const all = columns.map((column) => {
    const result = new Uint32Array(count);
    if (column.kind === "text" && column.codes) {
      const { codes, values } = column;
      const table = values.map(numberOf);
      for (let row = 0; row < count; row++) result[row] = table[codes[row]];
    } else {
      for (let row = 0; row < count; row++) result[row] = numberOf(String(valueAt(column, row) ?? ""));
    }
    return result;
  });
  return { names, columns: all };
}

/**
 * How many rows carry each name in any of the columns.
 *
 * @param {ReturnType<typeof coded>} choice
 * @param {number} count
 * @returns {{named: Named[], unnamed: number}}
 */
function counted({ names, columns }, count) {
  const counts = new Uint32Array(names.length);
  const [first, second] = columns;
  for (let row = 0; row < count; row++) {
    const one = first ? first[row] : 0;
    const two = second ? second[row] : 0;
    counts[one || two] += 1;
    if (one && two && one !== two) counts[two] += 1;
  }
  const named = names.map((name, i) => ({ name, count: counts[i] })).filter((entry, i) => i > 0 && entry.count > 0);
  named.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return { named, unnamed: counts[0] };
}

/**
 * Clear the rows that carry none of the chosen names.
 *
 * @param {Uint8Array} rows
 * @param {ReturnType<typeof coded>} choice
 * @param {Set<string>} chosen
 */
function keepNamed(rows, { names, columns }, chosen) {
  const isOn = Uint8Array.from(names, (name) => Number(chosen.has(name)));
  const unnamed = isOn[0];
  isOn[0] = 0;
  const [first, second] = columns;
  for (let row = 0; row < rows.length; row++) {
    const one = first ? first[row] : 0;
    const two = second ? second[row] : 0;
    rows[row] &= one || two ? isOn[one] | isOn[two] : unnamed;
  }
}

export { fold };

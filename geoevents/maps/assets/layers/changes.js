// Ground that changed hands: saturated, with a cased rim, above control.

import { Shapes, project } from "../data/shapes.js";
import { MISSING_TIME, valueAt } from "../data/columns.js";
import { hatching } from "../draw/hatching.js";
import { currentTheme, lineColour } from "../draw/theme.js";
import { cssColour, sourceLine } from "../panel/popup.js";
import { areaRange, areaText, countText, element, periodText } from "../text.js";

/**
 * @typedef {import("../types.js").Change} Change
 * @typedef {import("../types.js").Column} Column
 * @typedef {import("../types.js").Context} Context
 * @typedef {import("../types.js").Transition} Transition
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").Visible} Visible
 */

const DENSE = { falling: true, size: 7, width: 2, opacity: 0.75 };
const NOBODY = "nobody (outside all areas)";

/**
 * Draw one change.
 *
 * @param {Context} context
 * @param {View} view
 * @param {Change} change
 * @returns {Path2D} its outline, for what answers to the pointer
 */
export function drawChange(context, view, change) {
  const { colour, inferred } = change;
  const path = change.path(view);
  context.lineJoin = "round";
  context.globalAlpha = inferred ? 0.22 : 0.55;
  context.fillStyle = colour;
  context.fill(path, "evenodd");
  context.globalAlpha = 1;
  if (inferred) {
    context.fillStyle = hatching(context, colour, DENSE);
    context.fill(path, "evenodd");
  }
  context.strokeStyle = currentTheme().changeCasing;
  context.lineWidth = 5;
  context.stroke(path);
  context.setLineDash(inferred ? [7, 4] : []);
  context.strokeStyle = lineColour(colour);
  context.lineWidth = 2.2;
  context.stroke(path);
  context.setLineDash([]);
  return path;
}

/** The changes that the map was given, each with its period or without any. */
export class GivenChanges {
  /** @param {import("../types.js").Columns} columns */
  constructor(columns) {
    this.columns = columns;
    this.shapes = new Shapes(columns.shapes);
    const { x, y } = project(columns.x, columns.y, 100000);
    this.start = minutesOf(columns.start, x.length);
    this.end = minutesOf(columns.end, x.length);
    const area = /** @type {Float64Array} */ (columns.area);
    /** @type {Change[]} Large ones are drawn first: small ones stay visible on them. */
    this.changes = Array.from(area.keys())
      .sort((a, b) => area[b] - area[a])
      .map((row) => this.read(row, x[row], y[row]));
    /** @type {Map<Change, number>} */
    this.rows = new Map(this.changes.map((change) => [change, Number(change.key)]));
  }

  /**
   * @param {number} row
   * @param {number} x
   * @param {number} y
   * @returns {Change}
   */
  read(row, x, y) {
    const { columns, shapes } = this;
    const { name, colour } = columns.actors[columns.to[row]];
    const change = {
      key: `${row}`,
      to: columns.to[row],
      from: columns.from[row],
      toName: name,
      fromName: columns.previous[columns.from[row]],
      colour: cssColour(colour),
      area: columns.area[row],
      low: columns.low[row],
      high: columns.high[row],
      inferred: columns.inferred[row] === 1,
      x,
      y,
      parts: columns.parts[row],
      box: shapes.box(row),
      path: (/** @type {View} */ view) => shapes.path(row, view),
      describe: () => {
        const value = (/** @type {Column | null} */ column) => (column ? valueAt(column, row) : null);
        const when = changePeriod(value(columns.start), value(columns.end));
        return describeChange(change, { when, noise: columns.noise[row], source: value(columns.source) });
      },
    };
    return change;
  }

  /** @returns {string[]} the names of all who gained ground, "" for nobody */
  gainers() {
    return this.columns.actors.map((/** @type {import("../types.js").Actor} */ actor) => actor.name);
  }

  /** @returns {Int32Array | null} every date at which a change begins or ends, in order; null if there are none */
  moments() {
    const all = new Set([...this.start, ...this.end]);
    all.delete(MISSING_TIME);
    return all.size ? Int32Array.from(all).sort() : null;
  }

  /**
   * Changes whose period and the window have time in common, and those without dates.
   *
   * @param {number} from  minutes
   * @param {number} to  the date on which the window ends, not the end of that day
   * @param {Visible} [visible]
   * @returns {Change[]} the largest first
   */
  between(from, to, visible) {
    if (visible && !visible.changes) return [];
    return this.changes.filter(
      (change) => (!visible || visible.gainers.has(change.toName)) && this.isWithin(/** @type {number} */ (this.rows.get(change)), from, to),
    );
  }

  /**
   * @param {number} row
   * @param {number} from
   * @param {number} to
   * @returns {boolean}
   */
  isWithin(row, from, to) {
    const [first, last] = this.periodOf(row);
    if (first === MISSING_TIME) return true;
    // A step from one date to the next is not in a window that ends with the one or begins with the other.
    return (last > from && first < to) || (first >= from && last <= to);
  }

  /**
   * @param {number} row
   * @returns {[number, number]} when it began and ended; a date that is not there is the other one
   */
  periodOf(row) {
    const [start, end] = [this.start[row], this.end[row]];
    if (start === MISSING_TIME) return [end, end];
    return [start, end === MISSING_TIME ? start : end];
  }

  /**
   * Who gained how much from whom.
   *
   * @param {number} from
   * @param {number} to
   * @returns {Transition[]} the largest first
   */
  table(from, to) {
    /** @type {Map<string, Transition>} */
    const table = new Map();
    for (const { fromName, toName, area, low, high, inferred } of this.between(from, to)) {
      const key = JSON.stringify([fromName, toName]);
      const sum = table.get(key);
      if (!sum) table.set(key, { fromName, toName, area, low, high, inferred });
      else {
        sum.area += area;
        sum.low += low;
        sum.high += high;
        sum.inferred ||= inferred;
      }
    }
    return [...table.values()].sort((a, b) => b.area - a.area);
  }

  /**
   * From when to when the changes in a window reach.
   *
   * @param {number} from
   * @param {number} to
   * @returns {{before: number, after: number} | null} minutes; null where none has a date
   */
  period(from, to) {
    const rows = this.between(from, to).map((change) => this.periodOf(/** @type {number} */ (this.rows.get(change))));
    const dated = rows.filter(([first]) => first !== MISSING_TIME);
    if (!dated.length) return null;
    return { before: Math.min(...dated.map(([first]) => first)), after: Math.max(...dated.map(([, last]) => last)) };
  }
}

/**
 * The content of a popup about a change of control.
 *
 * @param {Omit<Change, "describe">} change
 * @param {{when: string, noise?: number, source?: string | number | null}} more
 * @returns {HTMLElement}
 */
export function describeChange(change, { when, noise = 0, source = null }) {
  const { toName, fromName, parts } = change;
  const area = areaText(change.area);
  const range = areaRange(change.area, change.low, change.high);
  // What nobody gained, somebody lost.
  const lost = !toName && fromName;
  const title = lost ? fromName : toName || "Nobody named";
  const what = `${lost ? "lost" : "gained"} ${area}`;
  const list = element("dl", { class: "ge-facts" });
  const fact = (/** @type {string} */ label, /** @type {string | null} */ text) => {
    if (text) list.append(element("dt", {}, label), element("dd", { dir: "auto" }, text));
  };
  if (!lost) fact("From", fromName || NOBODY);
  fact("To", lost ? NOBODY : null);
  fact("Range", range ? `${range} km²` : null);
  fact("Set aside", noise > 0 ? `${areaText(noise)} as noise` : null);
  fact("When", when);
  fact("Pieces", parts > 1 ? countText(parts, "piece") : null);
  fact("Basis", change.inferred ? "inferred, not surveyed" : null);
  return element(
    "article",
    { class: "ge-event ge-changed", "aria-label": `${title} ${what}` },
    element(
      "header",
      { style: `--type: ${cssColour(change.colour)}` },
      element("h2", { dir: "auto" }, title),
      element("p", { class: "ge-when" }, what),
    ),
    list,
    sourceLine(source),
  );
}

/**
 * When ground changed hands; dates that are other text stand as they are.
 *
 * @param {string | number | null} start
 * @param {string | number | null} end
 * @returns {string}
 */
function changePeriod(start, end) {
  if (typeof start === "number" && (typeof end === "number" || end === null)) return periodText(start, end);
  return [start, end]
    .filter((date) => date !== null)
    .map((date) => (typeof date === "number" ? periodText(date, null) : String(date)))
    .join(" – ");
}

/**
 * @param {Column | null} column
 * @param {number} count
 * @returns {Int32Array} minutes; MISSING_TIME in all rows of a column that holds no dates
 */
function minutesOf(column, count) {
  return column?.kind === "time" ? /** @type {Int32Array} */ (column.values) : new Int32Array(count).fill(MISSING_TIME);
}

// The tab "Ground": who holds how much and how that went, what changed between two dates, and the dates themselves.

import { areaRange, areaText, countText, dateText, element, figure } from "../text.js";
import { absentNote, actorColour } from "./legend.js";
import { cssColour } from "./popup.js";
import { group, limited, refill, svg, swatch } from "./rows.js";
import { NOBODY, spanText } from "./words.js";

/**
 * @typedef {import("../app.js").App} App
 * @typedef {import("../types.js").Control} Control
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").Transition} Transition
 * @typedef {import("./legend.js").Part} Part
 * @typedef {import("./legend.js").Topic} Topic
 * @typedef {{width: number, height: number, pad: number}} Size
 */

/** @type {Size} */
const SPARK = { width: 150, height: 24, pad: 3 };

// --- figures, without a page ------------------------------------------------------------------------

/**
 * The curve of an actor's area: a line, a band from low to high, and where each date stands.
 *
 * Ground is held from one date to the next, so the line has steps. Dates that fall into the same
 * pixel become one: the last area, the widest band.
 *
 * @param {Series} series
 * @param {ArrayLike<number>} dates  minutes
 * @param {Size} [size]
 * @returns {{line: string, band: string, x: (index: number) => number, y: (area: number) => number}}
 */
export function sparkline({ area, low, high }, dates, { width, height, pad } = SPARK) {
  const count = dates.length;
  let most = 0;
  for (let i = 0; i < count; i++) most = Math.max(most, area[i] || 0, high[i] || 0);
  const span = count > 1 ? dates[count - 1] - dates[0] : 0;
  // What is held on the last date is held after it: its step needs some width too.
  const tail = span > 0 ? Math.max(3, (width - 2 * pad) / (2 * count)) : width - 2 * pad;
  const x = (/** @type {number} */ i) => pad + (span > 0 ? (dates[i] - dates[0]) / span : 0) * (width - 2 * pad - tail);
  const y = (/** @type {number} */ value) => height - pad - (most > 0 ? value / most : 0) * (height - 2 * pad);
  /** @type {Array<[number, number, number, number]>} x, area, low, high */
  const columns = [];
  for (let i = 0; i < count; i++) {
    const [value, least, greatest] = [area[i] || 0, finite(low[i], area[i]), finite(high[i], area[i])];
    const at = Math.round(x(i) * 2) / 2;
    const last = columns.at(-1);
    if (last && last[0] === at) columns[columns.length - 1] = [at, value, Math.min(last[2], least), Math.max(last[3], greatest)];
    else columns.push([at, value, least, greatest]);
  }
  const end = width - pad;
  const path = (/** @type {1|2|3} */ of) => steps(columns.map((column) => [column[0], y(column[of])]), end);
  const back = steps(columns.map((column) => [column[0], y(column[2])]), end, true);
  const banded = columns.some((column) => column[3] > column[2]);
  return { line: path(1), band: banded ? `${path(3)}L${back.slice(1)}Z` : "", x, y };
}

/**
 * @param {number} value
 * @param {number} otherwise
 */
function finite(value, otherwise) {
  return Number.isFinite(value) ? value : otherwise || 0;
}

/**
 * A path that keeps its height until the next point.
 *
 * @param {number[][]} points
 * @param {number} end  how far right the last height is held
 * @param {boolean} [back]  from right to left
 * @returns {string}
 */
function steps(points, end, back = false) {
  const corners = [];
  for (let i = 0; i < points.length; i++) {
    const [left, top] = points[i];
    const right = i + 1 < points.length ? points[i + 1][0] : Math.max(end, left);
    corners.push([left, top], [right, top]);
  }
  if (back) corners.reverse();
  return corners.map(([x, y], i) => `${i ? "L" : "M"}${round(x)} ${round(y)}`).join("");
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}

/**
 * A curve in words.
 *
 * @param {string} name
 * @param {Series} series
 * @param {ArrayLike<number>} dates
 * @returns {string}
 */
export function curveText(name, { area }, dates) {
  const last = dates.length - 1;
  let top = 0;
  for (let i = 1; i <= last; i++) if ((area[i] || 0) > (area[top] || 0)) top = i;
  const at = (/** @type {number} */ i) => `${areaText(area[i] || 0)} on ${dateText(dates[i])}`;
  const ends = last > 0 ? `${at(0)}, ${at(last)}` : at(0);
  return top === 0 || top === last ? `${name}: ${ends}` : `${name}: ${ends}, at most ${at(top)}`;
}

/**
 * The window of time for a pair of dates. What lies before the first date and after the last belongs to them.
 *
 * @param {ArrayLike<number>} dates
 * @param {number} before  index
 * @param {number} shown  index
 * @param {{first: number, last: number}} whole
 * @returns {[number, number]}
 */
export function windowFor(dates, before, shown, { first, last }) {
  const end = dates.length - 1;
  const from = before <= 0 ? Math.min(first, dates[0]) : dates[before];
  const to = shown >= end ? Math.max(last, dates[end]) : dates[Math.max(0, shown)];
  return [from, Math.max(from, to)];
}

/**
 * Both dates after one of them was chosen: the date before stays before the date shown.
 *
 * @param {number} count  of dates
 * @param {{before: number, shown: number}} now
 * @param {{before?: number, shown?: number}} wanted
 * @returns {{before: number, shown: number}}
 */
export function chosenDates(count, now, wanted) {
  const within = (/** @type {number} */ index) => Math.max(0, Math.min(count - 1, index));
  if (wanted.shown !== undefined) {
    const shown = within(wanted.shown);
    return { shown, before: Math.max(0, Math.min(now.before, shown - 1)) };
  }
  const before = Math.min(within(wanted.before ?? now.before), Math.max(0, count - 2));
  return { before, shown: Math.max(now.shown, Math.min(before + 1, count - 1)) };
}

/**
 * The sum of a transition table.
 *
 * @param {Transition[]} table
 * @returns {{area: number, low: number, high: number}}
 */
export function totalOf(table) {
  const sum = { area: 0, low: 0, high: 0 };
  for (const { area, low, high } of table) {
    sum.area += area;
    sum.low += low;
    sum.high += high;
  }
  return sum;
}

// --- the tab ----------------------------------------------------------------------------------------

/**
 * @param {App} app
 * @returns {Part}
 */
export function groundTab(app) {
  const makers = [datesPart, holdersPart, changesPart];
  const parts = /** @type {Part[]} */ (makers.map((make) => make(app)).filter((part) => part !== null));
  return {
    element: element("div", { class: "ge-ground" }, ...parts.map((part) => part.element)),
    update: (topic) => parts.forEach((part) => part.update(topic)),
  };
}

/**
 * Index of the date that the shown one is compared with.
 *
 * @param {App} app
 */
function beforeIndex(app) {
  const control = /** @type {Control} */ (app.control);
  return Math.max(0, control.indexAt(app.changesWindow()[0]));
}

/**
 * @param {App} app
 * @returns {Part|null}
 */
function datesPart(app) {
  const { control } = app;
  if (!control || control.dates.length < 2) return null;
  const choose = (/** @type {{before?: number, shown?: number}} */ wanted) => {
    const { before, shown } = chosenDates(control.dates.length, { before: beforeIndex(app), shown: app.controlIndex }, wanted);
    if (app.clock) app.clock.set(...windowFor(control.dates, before, shown, app.clock));
    else app.setControlDate(shown);
    app.say(`Control on ${dateText(control.dates[shown])}`);
  };
  const after = chooserOf(control.dates, { label: "Date of control", shown: "Control on", words: "date" }, (shown) => choose({ shown }));
  const compared = app.clock ? chooserOf(control.dates, { label: "Date before", shown: "Since", words: "date before" }, (before) => choose({ before })) : null;
  const compare = element(
    "button",
    { type: "button", class: "ge-button", "aria-pressed": "false", onclick: () => app.compare.toggle() },
    "Before / after on the map",
  );
  const update = () => {
    after.show(app.controlIndex, 0, control.dates.length - 1);
    compared?.show(beforeIndex(app), 0, control.dates.length - 2);
    compare.setAttribute("aria-pressed", `${app.compare.on}`);
  };
  update();
  const node = element("div", { class: "ge-group ge-when-ground", role: "group", "aria-label": "Dates" }, after.element, compared?.element, compare);
  return { element: node, update };
}

/**
 * A date to choose, with buttons for the one before and after it.
 *
 * @param {ArrayLike<number>} dates
 * @param {{label: string, shown: string, words: string}} names
 * @param {(index: number) => void} onchoose
 */
function chooserOf(dates, { label, shown, words }, onchoose) {
  let at = -1;
  let [first, last] = [0, dates.length - 1];
  const options = Array.from(dates, (date, i) => element("option", { value: `${i}` }, dateText(date)));
  const select = /** @type {HTMLSelectElement} */ (element("select", { "aria-label": label, onchange: () => onchoose(Number(select.value)) }, ...options));
  const go = (/** @type {number} */ by) => {
    const next = Math.max(first, Math.min(last, at + by));
    if (next !== at) onchoose(next);
  };
  const step = (/** @type {string} */ name, /** @type {string} */ sign, /** @type {number} */ by) =>
    element("button", { type: "button", title: name, "aria-label": name, onclick: () => go(by) }, sign);
  const [previous, next] = [step(`Previous ${words}`, "‹", -1), step(`Next ${words}`, "›", 1)];
  const node = element("div", { class: "ge-dates" }, element("span", { class: "ge-dates-label", "aria-hidden": "true" }, shown), previous, select, next);
  /** @param {number} index @param {number} from @param {number} to */
  const show = (index, from, to) => {
    [at, first, last] = [index, from, to];
    select.value = index < 0 ? "" : `${index}`;
    // Not `disabled`: the focus would be lost at either end.
    previous.setAttribute("aria-disabled", `${index <= from}`);
    next.setAttribute("aria-disabled", `${index >= to}`);
    options.forEach((option, i) => (option.hidden = i < from || i > to));
  };
  return { element: node, show };
}

// --- who holds what ---------------------------------------------------------------------------------

/**
 * @param {App} app
 * @returns {Part|null}
 */
function holdersPart(app) {
  const { control } = app;
  if (!control || !control.dates.length) return null;
  const made = group("Who holds what", { body: "ge-totals" });
  /** @type {Map<number, Curve>} */
  const curves = new Map();
  const curve = (/** @type {number} */ actor) => {
    const known = curves.get(actor) ?? drawCurve(control, actor);
    curves.set(actor, known);
    return known;
  };
  const state = {};
  let index = NaN;
  const fill = () => {
    if (index < 0) {
      made.setHeading("Who holds what");
      refill(made.body, [element("p", { class: "ge-note" }, `Nothing is known before ${dateText(control.dates[0])}.`)]);
      return;
    }
    made.setHeading(`Who holds what on ${dateText(control.dates[index])}`);
    const held = new Map(control.rowsAt(index).map((i) => [control.actor[i], i]));
    const present = control.order.filter((actor) => held.has(actor));
    const make = (/** @type {number} */ actor) => totalRow(control, actor, /** @type {number} */ (held.get(actor)), index, curve(actor));
    const absent = absentNote(control, held);
    const rows = present.length ? limited(present, make, state, fill) : [element("p", { class: "ge-note" }, "Nobody is said to hold ground on this date.")];
    if (absent) rows.push(absent);
    if (present.length && control.dates.length > 1) rows.push(element("p", { class: "ge-note" }, curvesNote(control)));
    refill(made.body, rows);
  };
  const update = () => {
    if (index === app.controlIndex) return;
    index = app.controlIndex;
    fill();
  };
  update();
  return { element: made.element, update };
}

/** @param {Control} control */
function curvesNote({ dates }) {
  return `Curves: ${spanText(dates[0], dates[dates.length - 1])}, ${countText(dates.length, "date")}, each to its own scale; pale: the range.`;
}

/** @typedef {{element: SVGElement, dot: SVGElement, x: (index: number) => number, y: (area: number) => number, series: Series}} Curve */

/**
 * @param {Control} control
 * @param {number} actor
 * @returns {Curve}
 */
function drawCurve(control, actor) {
  const series = control.series(actor);
  const { line, band, x, y } = sparkline(series, control.dates);
  const words = curveText(control.actors[actor].name || "Nobody named", series, control.dates);
  const dot = svg("circle", { r: 2.6, class: "ge-spark-dot" });
  const { width, height } = SPARK;
  const node = svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, class: "ge-spark", role: "img", "aria-label": words },
    svg("title", {}, words),
    svg("path", { d: band, class: "ge-spark-band" }),
    svg("path", { d: line, class: "ge-spark-line" }),
    dot,
  );
  node.style.setProperty("--c", cssColour(control.actors[actor].colour));
  return { element: node, dot, x, y, series };
}

/**
 * @param {Control} control
 * @param {number} actor
 * @param {number} i  row of control
 * @param {number} index  of the date
 * @param {Curve} curve
 */
function totalRow(control, actor, i, index, curve) {
  const { name, colour } = control.actors[actor];
  const inferred = Boolean(control.inferred[i]);
  curve.dot.setAttribute("cx", `${round(curve.x(index))}`);
  curve.dot.setAttribute("cy", `${round(curve.y(curve.series.area[index] || 0))}`);
  const range = areaRange(control.area[i], control.low[i], control.high[i]);
  const basis = inferred ? "inferred, not surveyed" : null;
  return element(
    "div",
    { class: "ge-total" },
    swatch(inferred ? "held-inferred" : "held", cssColour(colour), inferred ? "rising" : null),
    element("span", { class: "ge-actor", dir: "auto" }, name || "Nobody named"),
    element("span", { class: "ge-detail" }, areaText(control.area[i])),
    control.dates.length > 1 ? curve.element : null,
    range ? element("span", { class: "ge-range" }, range) : null,
    basis ? element("span", { class: "ge-total-basis" }, basis) : null,
  );
}

// --- what changed -----------------------------------------------------------------------------------

/**
 * @param {App} app
 * @returns {Part|null}
 */
function changesPart(app) {
  const { changes } = app;
  if (!changes) return null;
  const made = group("What changed", { body: "ge-changes" });
  const state = {};
  let told = "";
  /** @type {Transition[]} */
  let table = [];
  const fill = () => {
    if (!table.length) {
      refill(made.body, [element("p", { class: "ge-note" }, "No ground changed hands between these dates.")]);
      return;
    }
    const rows = limited(table, (change) => transitionRow(app, change), state, fill);
    const isRow = (/** @type {Node} */ node) => node.nodeName === "TR";
    const [lines, more] = [rows.filter(isRow), rows.filter((node) => !isRow(node))];
    refill(made.body, [transitionTable(lines, totalOf(table), table.length), ...more]);
  };
  const update = (/** @type {Topic} */ topic) => {
    // Areas between two dates are dear to measure: not while the window moves.
    if (topic !== "rest" && topic !== "open") return;
    const [from, to] = app.changesWindow();
    const period = changes.period(from, to);
    table = changes.table(from, to);
    made.setHeading(changedText(period));
    const now = JSON.stringify(table);
    if (now !== told) fill();
    told = now;
  };
  update("open");
  return { element: made.element, update };
}

/**
 * @param {{before: number, after: number}|null} period  minutes
 * @returns {string}
 */
export function changedText(period) {
  if (!period) return "What changed";
  const dates = spanText(period.before, period.after, "day", "day", " and ");
  return dates.includes(" and ") ? `What changed between ${dates}` : `What changed on ${dates}`;
}

/**
 * @param {Node[]} rows
 * @param {{area: number, low: number, high: number}} sum
 * @param {number} count
 */
function transitionTable(rows, sum, count) {
  const head = ["From", "To", "km²"].map((text, i) => element("th", { scope: "col", class: i === 2 ? "ge-figure" : null }, text));
  const foot =
    count > 1
      ? element("tfoot", {}, element("tr", {}, element("th", { scope: "row", colspan: "2" }, "All"), figureCell(sum.area, sum.low, sum.high)))
      : null;
  return element(
    "table",
    { class: "ge-transitions" },
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rows),
    foot,
  );
}

/**
 * @param {App} app
 * @param {Transition} change
 */
function transitionRow(app, { fromName, toName, area, low, high, inferred }) {
  const cell = (/** @type {string} */ name) => {
    const mark = element("span", { class: "ge-chip", "aria-hidden": "true" });
    const colour = actorColour(app, name);
    if (colour) mark.style.setProperty("--c", colour);
    else mark.classList.add("ge-chip-none");
    return element("td", {}, element("span", { class: "ge-party" }, mark, element("span", { dir: "auto", title: name ? null : NOBODY }, name || "nobody")));
  };
  return element("tr", {}, cell(fromName), cell(toName), figureCell(area, low, high, inferred));
}

/**
 * @param {number} area
 * @param {number} low
 * @param {number} high
 * @param {boolean} [inferred]
 */
function figureCell(area, low, high, inferred = false) {
  const range = areaRange(area, low, high);
  return element(
    "td",
    { class: "ge-figure" },
    figure(area),
    range ? element("span", { class: "ge-range" }, range) : null,
    inferred ? element("span", { class: "ge-range" }, "inferred") : null,
  );
}

// The key below a picture: what its colours and signs mean.

import { hatching } from "../draw/hatching.js";
import { currentTheme, lineColour } from "../draw/theme.js";
import { glyphScale, outline } from "../layers/events.js";
import { cssColour } from "../panel/popup.js";
import { areaText, dateText, sentence } from "../text.js";
import { fontIn, writeLine } from "./lines.js";

/**
 * @typedef {CanvasRenderingContext2D} Context
 * @typedef {(context: Context, x: number, y: number) => void} Sign draws around a point
 * @typedef {{ sign: Sign | null, name: string, detail: string }} Entry
 * @typedef {{ heading: string, entries: Entry[] }} Group
 * @typedef {{ x: number, y: number, draw: (context: Context, x: number, y: number) => void }} Piece
 * @typedef {{ pieces: Piece[], height: number }} LaidKey
 */

const ROW = 24;
const SIGN = 28;
const GAP = 22;

/** So many entries of a group are shown. */
const MOST = 24;

/** From this width headings stand beside their entries. */
const WIDE = 640;
const COLUMN = 190;

/**
 * What is shown now.
 * @param {import("../app.js").App} app
 * @returns {Group[]}
 */
export function keyOf(app) {
  const groups = [typesOf(app), holdersOf(app), gainersOf(app), notesOf(app)];
  return groups.filter((group) => group.entries.length);
}

/**
 * @param {import("../app.js").App} app
 * @returns {Group}
 */
function typesOf({ events, filter }) {
  if (!events || !filter) return { heading: "", entries: [] };
  const counts = new Uint32Array(events.types.length);
  for (const row of filter.rows) counts[events.type[row]] += 1;
  const shown = [...counts.keys()].filter((type) => counts[type]).sort((a, b) => counts[b] - counts[a]);
  const entries = shown.map((type) => ({
    sign: markerSign(events.types[type]),
    name: sentence(events.types[type].name),
    detail: counts[type].toLocaleString("en"),
  }));
  return { heading: "Events", entries };
}

/**
 * @param {import("../app.js").App} app
 * @returns {Group}
 */
function holdersOf({ control, controlIndex = -1, visible }) {
  if (!control || !visible || controlIndex < 0) return { heading: "", entries: [] };
  const rows = control.rowsAt(controlIndex).filter((row) => visible.control.has(control.actor[row]));
  rows.sort((a, b) => control.area[b] - control.area[a]);
  const entries = rows.map((row) => {
    const { name, colour } = control.actors[control.actor[row]];
    const inferred = Boolean(control.inferred[row]);
    return {
      sign: areaSign(cssColour(colour), { fill: inferred ? 0.09 : 0.2, hatched: inferred }),
      name: name || "Nobody named",
      detail: `${inferred ? "≈ " : ""}${areaText(control.area[row])}`,
    };
  });
  return { heading: `Control on ${dateText(control.dates[controlIndex])}`, entries };
}

/**
 * @param {import("../app.js").App} app
 * @returns {Group}
 */
function gainersOf(app) {
  /** @type {Map<string, { colour: string, area: number, inferred: boolean }>} */
  const gains = new Map();
  for (const { toName, colour, area, inferred } of app.shownChanges()) {
    const gain = gains.get(toName) ?? { colour, area: 0, inferred: true };
    gain.area += area;
    gain.inferred &&= Boolean(inferred);
    gains.set(toName, gain);
  }
  const entries = [...gains]
    .sort(([, a], [, b]) => b.area - a.area)
    .map(([name, { colour, area, inferred }]) => ({
      sign: areaSign(cssColour(colour), { fill: inferred ? 0.22 : 0.55, hatched: inferred, strong: true }),
      name: name || "Nobody (outside all areas)",
      detail: `${inferred ? "≈ " : "+"}${areaText(area)}`,
    }));
  return { heading: "Ground gained by", entries };
}

/**
 * @param {import("../app.js").App} app
 * @returns {Group}
 */
function notesOf(app) {
  const { events, filter, regions, control, controlIndex = -1 } = app;
  const { soft } = currentTheme();
  const entries = [];
  const shown = (/** @type {number} */ row) => Boolean(filter?.shown[row]);
  if (events && filter?.rows.some((row) => events.hollow[row])) {
    entries.push({ sign: hollowSign(soft), name: "Denied, disputed, planned or refused", detail: "" });
  }
  const guessed =
    regions?.event.some((/** @type {number} */ row, /** @type {number} */ i) => regions.inferred[i] && shown(row)) ||
    (control && controlIndex >= 0 && control.rowsAt(controlIndex).some((row) => control.inferred[row])) ||
    app.shownChanges().some(({ inferred }) => inferred);
  if (guessed) entries.push({ sign: areaSign(soft, { fill: 0.1, hatched: true }), name: "Inferred, not surveyed", detail: "" });
  if (regions?.event.some((/** @type {number} */ row, /** @type {number} */ i) => regions.group[i] === "given" && shown(row))) {
    entries.push({ sign: areaSign(soft, { fill: 0, dotted: true }), name: "Somewhere inside this area", detail: "" });
  }
  return { heading: "How to read it", entries };
}

// --- signs -------------------------------------------------------------------------------------------

/**
 * @param {import("../types.js").EventStyle} style
 * @returns {Sign}
 */
function markerSign(style) {
  const body = new Path2D(outline(style.shape, 18));
  const glyph = new Path2D(style.glyph);
  const scale = glyphScale(style.shape, 20);
  return (context, x, y) => {
    context.save();
    context.translate(x, y);
    context.fillStyle = cssColour(style.colour);
    context.fill(body);
    if (style.ink !== "#ffffff") {
      context.strokeStyle = "rgba(29, 33, 37, 0.55)";
      context.lineWidth = 0.8;
      context.stroke(body);
    }
    context.scale(scale, scale);
    context.translate(-12, -12);
    context.fillStyle = cssColour(style.ink);
    context.fill(glyph);
    context.restore();
  };
}

/**
 * @param {string} colour
 * @returns {Sign}
 */
function hollowSign(colour) {
  return (context, x, y) => {
    context.save();
    context.beginPath();
    context.arc(x, y, 7.5, 0, 2 * Math.PI);
    context.setLineDash([3.2, 2.2]);
    context.strokeStyle = colour;
    context.lineWidth = 1.8;
    context.stroke();
    context.restore();
  };
}

/**
 * @param {string} colour
 * @param {{ fill: number, hatched?: boolean, dotted?: boolean, strong?: boolean }} style `fill` is how opaque
 * @returns {Sign}
 */
function areaSign(colour, { fill, hatched = false, dotted = false, strong = false }) {
  return (context, x, y) => {
    context.save();
    context.beginPath();
    context.roundRect(x - 10, y - 7, 20, 14, 2);
    context.globalAlpha = fill;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = 1;
    if (hatched) {
      context.fillStyle = hatching(context, colour, { falling: strong, size: 7, width: 1.1 });
      context.fill();
    }
    if (dotted) context.lineCap = "round";
    context.setLineDash(dotted ? [0.1, 3.6] : hatched ? [3.4, 2.2] : []);
    context.strokeStyle = lineColour(colour);
    context.lineWidth = dotted || strong ? 2 : 1.3;
    context.stroke();
    context.restore();
  };
}

// --- layout ------------------------------------------------------------------------------------------

/**
 * Say where everything goes.
 * @param {Context} context
 * @param {import("../app.js").App} app
 * @param {Group[]} groups
 * @param {number} width
 * @returns {LaidKey}
 */
export function layKey(context, app, groups, width) {
  /** @type {Piece[]} */
  const pieces = [];
  const left = width >= WIDE ? COLUMN : 0;
  const { ink, soft } = currentTheme();
  const [bold, plain] = [fontIn(app, 600, 13), fontIn(app, 400, 13)];
  let y = 0;
  for (const { heading, entries } of groups) {
    pieces.push({ x: 0, y: y + ROW / 2, draw: text(fitted(context, heading, bold, left ? left - 12 : width), bold, soft) });
    if (!left) y += ROW;
    let x = left;
    for (const { sign, name, detail } of few(entries)) {
      context.font = plain;
      const tail = detail ? ` ${detail}` : "";
      const rest = context.measureText(tail).width;
      const shown = fitted(context, name, plain, width - left - SIGN - rest);
      const [label, whole] = [context.measureText(shown).width, (sign ? SIGN : 0) + context.measureText(shown).width + rest];
      if (x > left && x + whole > width) {
        x = left;
        y += ROW;
      }
      const middle = y + ROW / 2;
      if (sign) pieces.push({ x: x + 10, y: middle, draw: sign });
      const start = x + (sign ? SIGN : 0);
      pieces.push({ x: start, y: middle, draw: text(shown, plain, ink) });
      // Apart from the name, so that a name in Arabic does not turn its figure round.
      if (tail) pieces.push({ x: start + label, y: middle, draw: text(tail, plain, soft) });
      x += whole + GAP;
    }
    y += ROW + 2;
  }
  return { pieces, height: y };
}

/**
 * @param {Entry[]} entries
 * @returns {Entry[]}
 */
function few(entries) {
  if (entries.length <= MOST) return entries;
  return [...entries.slice(0, MOST - 1), { sign: null, name: `and ${entries.length - MOST + 1} more`, detail: "" }];
}

/**
 * @param {Context} context
 * @param {string} name
 * @param {string} font
 * @param {number} width
 * @returns {string} shortened if need be
 */
function fitted(context, name, font, width) {
  context.font = font;
  if (context.measureText(name).width <= width) return name;
  const letters = Array.from(name);
  while (letters.length && context.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return `${letters.join("")}…`;
}

/**
 * @param {string} shown
 * @param {string} font
 * @param {string} colour
 * @returns {Piece["draw"]}
 */
function text(shown, font, colour) {
  return (context, x, y) => writeLine(context, shown, x, y, { font, colour, width: 0, align: "left" });
}

/**
 * @param {Context} context
 * @param {LaidKey} key
 * @param {number} x
 * @param {number} y
 */
export function drawKey(context, { pieces }, x, y) {
  for (const piece of pieces) piece.draw(context, x + piece.x, y + piece.y);
}

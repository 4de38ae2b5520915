// Rivers of the embedded map: their lines, and their names along them.

import { apart, boxesAlong, stretchesOf } from "./labels.js";
import { fontOf, widthOf, write } from "./lettering.js";
import { currentTheme } from "./theme.js";

/** @typedef {import("../types.js").Context} Context */
/** @typedef {import("../types.js").LabelCandidate} LabelCandidate */
/** @typedef {import("../types.js").View} View */
/** @typedef {import("./labels.js").Spot} Spot */
/** @typedef {{id: string[], name: string[], rank: import("../types.js").Numbers, schematic: import("../types.js").Numbers, shapes: import("../data/shapes.js").Shapes}} Rivers */

/** Dashes of a river whose course is only known from place to place. */
export const SCHEMATIC = [7, 5];

/**
 * Long rivers are wide; all grow with the zoom.
 *
 * @param {number} rank
 * @param {number} zoom
 * @returns {number} pixels
 */
export function riverWidth(rank, zoom) {
  const importance = Math.max(0.35, Math.min(1.25, 0.35 + Math.log10(1 + rank) * 0.65));
  return importance * Math.max(0.4, Math.min(2.6, 0.5 + (zoom - 4) * 0.32));
}

/**
 * @param {Context} context
 * @param {Rivers} rivers
 * @param {View} view
 * @param {number} turn
 */
export function drawRivers(context, rivers, view, turn) {
  const { river, lineScale } = currentTheme();
  context.strokeStyle = river;
  const { shapes } = rivers;
  for (let f = 0; f < shapes.count; f++) {
    const width = riverWidth(rivers.rank[f], view.zoom);
    if (width < 0.35 || !shapes.isVisible(f, view, turn)) continue;
    context.beginPath();
    // Dashes are counted from where a line begins: cut at the view's edge, they would move with it.
    shapes.trace(context, f, rivers.schematic[f] ? { scale: view.scale, x: view.x, y: view.y } : view, turn);
    context.lineWidth = width * lineScale;
    context.setLineDash(rivers.schematic[f] ? SCHEMATIC : []);
    context.stroke();
  }
  context.setLineDash([]);
}

/**
 * @param {Context} context
 * @param {Rivers} rivers
 * @param {View} view
 * @param {Set<string>} known
 * @returns {LabelCandidate[]}
 */
export function riverNames(context, { id, name, rank, shapes }, view, known) {
  /** @type {LabelCandidate[]} */
  const entries = [];
  for (let f = 0; f < shapes.count; f++) {
    if (known.has(id[f]) || riverWidth(rank[f], view.zoom) < 0.7 || !shapes.isVisible(f, view)) continue;
    const entry = riverName(context, name[f], rank[f], shapes.paths(f, view), view);
    if (entry) entries.push(entry);
  }
  return entries;
}

/**
 * A name written along the straightest reach in view of a river's lines.
 *
 * @param {Context} context
 * @param {string} name
 * @param {number} rank
 * @param {Spot[][]} lines  in pixels
 * @param {View} view
 * @param {{size?: number, weight?: number, colour?: string, importance?: number, straight?: number}} [style]
 * @returns {LabelCandidate | null}
 */
export function riverName(context, name, rank, lines, view, style = {}) {
  const size = style.size ?? (rank > 8 ? 13 : 11.5);
  const font = fontOf(style.weight ?? 500, size, "italic");
  const width = widthOf(context, font, name) + 8;
  const [left, top, right, bottom] = view.seen;
  const inside = (/** @type {number} */ x, /** @type {number} */ y) =>
    x > left + 20 && x < right - 20 && y > top + 20 && y < bottom - 20 && !view.isCovered(x, y);
  const all = lines.flatMap((line) => stretchesOf(thinned(line), width, inside, style.straight));
  const stretches = apart(all, width, 5);
  if (!stretches.length) return null;
  // Above the line and, where that is taken, below it.
  const places = stretches.flatMap(({ x, y, angle }) =>
    [-1, 1].map((side) => {
      const shift = side * (size / 2 + 3);
      return { x: x - Math.sin(angle) * shift, y: y + Math.cos(angle) * shift, angle };
    }),
  );
  return {
    weight: style.importance ?? 118 + Math.min(30, rank * 2),
    choices: places.map(({ x, y, angle }) => boxesAlong(x, y, angle, width, size + 3)),
    draw(ctx, choice) {
      const { x, y, angle } = places[choice];
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(angle);
      ctx.font = font;
      write(ctx, name, 0, 0, style.colour ?? currentTheme().riverName);
      ctx.restore();
    },
  };
}

/**
 * Points at least six pixels apart: meanders smaller than a letter do not matter to a name.
 *
 * @param {Spot[]} line
 * @returns {Spot[]}
 */
function thinned(line) {
  const kept = [line[0]];
  for (const point of line) {
    const last = kept[kept.length - 1];
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= 6) kept.push(point);
  }
  return kept;
}

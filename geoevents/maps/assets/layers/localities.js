// Places described in words: regions that nothing is said to have happened in.

import { Shapes, project } from "../data/shapes.js";
import { currentTheme } from "../draw/theme.js";
import { hatching } from "../draw/hatching.js";
import { fontOf, write } from "../draw/lettering.js";

/**
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").Columns} Columns
 * @typedef {import("../types.js").LabelCandidate} LabelCandidate
 */

/** A name longer than this is cut on the map; its popup has all of it. */
const LONGEST = 42;

/**
 * @param {Columns|null|undefined} columns
 * @returns {Columns|null}
 */
export function readLocalities(columns) {
  if (!columns || !columns.name.length) return columns?.missing?.length ? { ...empty(), missing: columns.missing, problems: columns.problems } : null;
  const { x: wx, y: wy } = project(columns.x, columns.y, 100000);
  const shapes = new Shapes(columns.shapes);
  // Large ones are drawn first: small ones stay visible on them.
  const order = Array.from(columns.name.keys()).sort((a, b) => sizeOf(shapes, b) - sizeOf(shapes, a));
  return { ...columns, name: columns.name, wx, wy, shapes, order };
}

function empty() {
  const shapes = new Shapes({ scale: 1, x: new Int32Array(0), y: new Int32Array(0), paths: [], features: [], closed: [] });
  return { name: [], wx: new Float64Array(0), wy: new Float64Array(0), shapes, order: [] };
}

/**
 * @param {Shapes} shapes
 * @param {number} i
 */
function sizeOf(shapes, i) {
  const [west, north, east, south] = shapes.box(i);
  return (east - west) * (south - north) || 0;
}

/**
 * Draw the regions; returns their paths for the pointer.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Columns} localities
 * @returns {import("../types.js").LocalityPath[]}
 */
export function drawLocalities(context, view, localities) {
  const theme = currentTheme();
  /** @type {import("../types.js").LocalityPath[]} */
  const drawn = [];
  context.lineJoin = "round";
  for (const i of localities.order) {
    if (!localities.shapes.isVisible(i, view)) continue;
    const path = localities.shapes.path(i, view);
    context.globalAlpha = 0.08;
    context.fillStyle = theme.ink;
    context.fill(path, "evenodd");
    context.globalAlpha = 1;
    if (localities.inferred[i]) {
      context.fillStyle = hatching(context, theme.soft);
      context.fill(path, "evenodd");
    }
    context.setLineDash(localities.inferred[i] ? [7, 5] : []);
    context.strokeStyle = theme.soft;
    context.lineWidth = 1.8;
    context.stroke(path);
    context.setLineDash([]);
    drawn.push({ what: "locality", index: i, path });
  }
  return drawn;
}

/**
 * The words of each, in its middle.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Columns} localities
 * @returns {LabelCandidate[]}
 */
export function localityNames(context, view, localities) {
  const theme = currentTheme();
  const font = fontOf(600, 13);
  return localities.order
    .filter((/** @type {number} */ i) => localities.shapes.isVisible(i, view))
    .map((/** @type {number} */ i) => {
      const text = shortened(localities.name[i]);
      context.font = font;
      const width = context.measureText(text).width + 8;
      const x = localities.wx[i] * view.scale - view.x;
      const y = localities.wy[i] * view.scale - view.y;
      const shifts = [0, -20, 20, -40, 40];
      return {
        weight: 420,
        choices: shifts.map((dy) => [[x - width / 2, y + dy - 10, x + width / 2, y + dy + 10]]),
        draw(/** @type {CanvasRenderingContext2D} */ ctx, /** @type {number} */ choice) {
          ctx.font = font;
          write(ctx, text, x, y + shifts[choice], theme.ink);
        },
      };
    });
}

/** @param {string} text */
function shortened(text) {
  const letters = Array.from(text);
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : text;
}

// Diagonal lines: what is hatched is a guess.

import { currentTheme, lineColour } from "./theme.js";

/** @typedef {{falling?: boolean, size?: number, width?: number, opacity?: number}} HatchStyle */

/** @type {Map<string, CanvasPattern>} */
const patterns = new Map();

/**
 * A pattern of lines: how far apart and how wide in pixels, rising or falling, how opaque.
 *
 * @param {import("../types.js").Context} context  what it is for; the pattern suits any other too
 * @param {string} colour
 * @param {HatchStyle} [style]
 * @returns {CanvasPattern}
 */
export function hatching(context, colour, { falling = false, size = 9, width = 1.5, opacity = 0.6 } = {}) {
  const ratio = Math.min(window.devicePixelRatio || 1, 3);
  const key = [currentTheme().name, colour, falling, size, width, opacity, ratio].join();
  let pattern = patterns.get(key);
  if (!pattern) {
    pattern = makePattern(context, lineColour(colour), { falling, size, width, opacity }, ratio);
    patterns.set(key, pattern);
  }
  return pattern;
}

/**
 * @param {import("../types.js").Context} context
 * @param {string} colour
 * @param {Required<HatchStyle>} style
 * @param {number} ratio
 * @returns {CanvasPattern}
 */
function makePattern(context, colour, { falling, size, width, opacity }, ratio) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.round(size * ratio);
  const ctx = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  ctx.scale(tile.width / size, tile.width / size);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.globalAlpha = opacity;
  ctx.beginPath();
  for (const shift of [-size, 0, size]) {
    ctx.moveTo(shift - 1, falling ? -1 : size + 1);
    ctx.lineTo(shift + size + 1, falling ? size + 1 : -1);
  }
  ctx.stroke();
  const pattern = /** @type {CanvasPattern} */ (context.createPattern(tile, "repeat"));
  pattern.setTransform(new DOMMatrix().scale(size / tile.width));
  return pattern;
}

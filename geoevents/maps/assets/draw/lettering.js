// Text on canvas: the map's font, halos, and letters drawn apart.

import { currentTheme } from "./theme.js";

/** @typedef {import("../types.js").Context} Context */

const FAMILY =
  'Inter, "Source Sans 3", "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Noto Sans Arabic", "Liberation Sans", Arial, sans-serif';

/**
 * Text with a halo, centred.
 *
 * @param {Context} context  with its font set
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 * @param {string} [halo]
 */
export function write(context, text, x, y, colour, halo = currentTheme().halo) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.2;
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/**
 * @param {number} weight
 * @param {number} size  pixels
 * @param {string} [style]  such as "italic"
 * @returns {string} what a canvas calls the map's font
 */
export function fontOf(weight, size, style = "") {
  return `${style} ${weight} ${size}px ${FAMILY}`.trim();
}

/** @type {Map<string, Map<string, number>>} Widths of texts by font: measuring is dear, and names come again. */
const widths = new Map();

/**
 * How wide a text is in a font.
 *
 * @param {Context} context  which takes on the font
 * @param {string} font
 * @param {string} text
 * @param {number} [spacing]  pixels between letters
 * @returns {number} pixels
 */
export function widthOf(context, font, text, spacing = 0) {
  const key = `${spacing} ${font}`;
  let known = widths.get(key);
  if (!known) widths.set(key, (known = new Map()));
  let width = known.get(text);
  if (width === undefined) {
    context.font = font;
    if (spacing) setSpacing(context, spacing);
    width = context.measureText(text).width;
    if (spacing) setSpacing(context, 0);
    known.set(text, width);
  }
  return width;
}

/**
 * Draw letters so far apart from now on.
 *
 * @param {Context} context
 * @param {number} pixels
 */
export function setSpacing(context, pixels) {
  if ("letterSpacing" in context) context.letterSpacing = `${pixels}px`;
}

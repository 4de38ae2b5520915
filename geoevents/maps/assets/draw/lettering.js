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

/**
 * Draw letters so far apart from now on.
 *
 * @param {Context} context
 * @param {number} pixels
 */
export function setSpacing(context, pixels) {
  if ("letterSpacing" in context) context.letterSpacing = `${pixels}px`;
}

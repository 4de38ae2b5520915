// The markers of the map as small pictures.

import { glyphScale, outline } from "../layers/events.js";
import { cssColour } from "./popup.js";
import { svg } from "./rows.js";

/**
 * The marker of a type, as the map draws it.
 *
 * @param {import("../types.js").EventStyle} style
 * @param {number} [size]  in pixels
 * @param {boolean} [hollow]  denied, disputed, planned or refused
 * @returns {SVGElement}
 */
export function iconOf(style, size = 22, hollow = false) {
  const scale = glyphScale(style.shape, 22);
  const pale = style.ink !== "#ffffff";
  const colour = cssColour(style.colour);
  const body = svg("path", { d: outline(style.shape, 22), class: hollow ? "ge-marker-hollow" : "ge-marker" });
  const glyph = svg("path", { d: style.glyph, transform: `scale(${scale}) translate(-12 -12)` });
  body.style.setProperty("--c", colour);
  if (hollow) body.classList.toggle("ge-pale", pale);
  else if (pale) body.setAttribute("stroke", "rgba(29,33,37,.55)");
  if (hollow) glyph.setAttribute("class", pale ? "ge-glyph-ink" : "ge-glyph");
  else glyph.style.fill = cssColour(style.ink);
  glyph.style.setProperty("--c", colour);
  return svg("svg", { viewBox: "-13 -13 26 26", width: size, height: size, class: "ge-icon", "aria-hidden": "true" }, body, glyph);
}

/**
 * A line drawing for a button.
 *
 * @param {string} path
 * @param {number} [size]
 * @returns {SVGElement}
 */
export function lineIcon(path, size = 18) {
  return svg("svg", { viewBox: "0 0 20 20", width: size, height: size, class: "ge-line-icon", "aria-hidden": "true" }, svg("path", { d: path }));
}

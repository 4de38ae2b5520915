// The key of a picture: on the map itself, for there is no panel beside it.

import { isSmall } from "../frame.js";
import { element } from "../text.js";
import { drawKey, keyOf, layKey } from "./key.js";

/** @typedef {import("../app.js").App} App */

const WIDTH = 272;
const MARGIN = 14;

/**
 * @param {App} app
 * @returns {HTMLElement|null} null where there is nothing to explain
 */
export function stillKey(app) {
  const container = app.map.getContainer();
  const groups = keyOf(app);
  if (!groups.length) return null;
  const width = isSmall(container) ? container.clientWidth - 2 * MARGIN : WIDTH;
  const canvas = element("canvas");
  const ratio = Math.min(window.devicePixelRatio || 1, 4);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const key = layKey(context, app, groups, width);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(key.height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${key.height}px`;
  context.scale(ratio, ratio);
  drawKey(context, key, 0, 0);
  return element("div", { class: "ge-still-key", role: "img", "aria-label": "Key" }, canvas);
}

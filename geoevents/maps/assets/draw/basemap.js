// The embedded vector map: sea, land, borders, provinces, rivers, and the names on it.

import { Shapes, mercatorX, mercatorY, project } from "../data/shapes.js";
import { placeLabels } from "./labels.js";
import { namesOf } from "./names.js";
import { drawRivers, riverNames } from "./rivers.js";
import { currentTheme } from "./theme.js";

/** @typedef {import("../types.js").Box} Box */
/** @typedef {import("../types.js").Columns} Columns */
/** @typedef {import("../types.js").Context} Context */
/** @typedef {import("../types.js").LabelCandidate} LabelCandidate */
/** @typedef {import("../types.js").View} View */
/** @typedef {import("./labels.js").Occupancy} Occupancy */
/** @typedef {import("./names.js").Names} Names */
/** @typedef {import("./rivers.js").Rivers} Rivers */

/**
 * The simplified world or the detailed cut.
 *
 * @typedef {object} Part
 * @property {Box} window  west, north, east, south
 * @property {Shapes | null} land
 * @property {Shapes | null} coasts
 * @property {Shapes | null} borders
 * @property {Shapes | null} provinces
 * @property {Shapes | null} lakes
 * @property {Rivers | null} rivers
 * @property {Names | null} labels
 */

/** What stands on the ground before anything of the reader's does. */
export class BaseMap {
  /**
   * @param {Columns | null} base  the detailed cut around the data
   * @param {Columns | null} world  the simplified world around it
   */
  constructor(base, world) {
    /** @type {Part[]} */
    this.parts = [];
    if (world) this.parts.push(readPart(world));
    if (base) this.parts.push(readPart(base));
    /** @type {string[]} Whom to credit. */
    this.sources = base ? base.sources : [];
  }

  /** The detailed part, where there is one. */
  get detail() {
    return this.parts[this.parts.length - 1];
  }

  /**
   * @param {Context} context
   * @param {View} view
   */
  draw(context, view) {
    context.fillStyle = currentTheme().sea;
    context.fillRect(0, 0, view.width, view.height);
    context.lineJoin = "round";
    context.lineCap = "round";
    for (const part of this.parts) {
      context.save();
      const first = part === this.parts[0] || !part.land;
      if (first || clearWindow(context, part, view)) for (const turn of turnsIn(view)) drawPart(context, part, view, turn);
      context.restore();
    }
  }

  /**
   * Draw the names that fit around the boxes already taken, but not those of `known` features.
   *
   * @param {Context} context
   * @param {View} view
   * @param {Occupancy} occupied
   * @param {Set<string>} known
   */
  drawLabels(context, view, occupied, known) {
    /** @type {LabelCandidate[]} */
    const candidates = [];
    // Zoomed out, a country's name belongs in its middle, not in the middle of the detailed part.
    const [left, , right] = onScreen(this.detail.window, view);
    const near = this.detail.land !== null && right - left > 0.8 * view.width;
    for (const part of this.parts) {
      if (!part.labels) continue;
      const world = part === this.parts[0] && this.parts.length > 1;
      const countries = world ? !near : near || this.parts.length === 1;
      for (const turn of turnsIn(view)) candidates.push(...namesOf(context, part.labels, view, turn, { countries, known }));
    }
    if (this.detail.rivers) candidates.push(...riverNames(context, this.detail.rivers, view, known));
    candidates.sort((a, b) => b.weight - a.weight);
    for (const [candidate, choice] of placeLabels(candidates, occupied)) candidate.draw(context, choice);
  }
}

/**
 * @param {Columns} columns
 * @returns {Part}
 */
function readPart(columns) {
  const [west, south, east, north] = columns.window;
  const shapesOf = (/** @type {string} */ name) => {
    const shapes = columns[name] ? new Shapes(columns[name]) : null;
    return shapes?.x.length ? shapes : null;
  };
  const { rivers, labels } = columns;
  return {
    window: [mercatorX(west), mercatorY(north), mercatorX(east), mercatorY(south)],
    land: shapesOf("land"),
    coasts: shapesOf("coasts"),
    borders: shapesOf("borders"),
    provinces: shapesOf("provinces"),
    lakes: shapesOf("lakes"),
    rivers: rivers ? { ...rivers, shapes: new Shapes(rivers.shapes) } : null,
    labels: labels ? { ...labels, ...project(labels.x, labels.y, 100000) } : null,
  };
}

/**
 * @param {View} view
 * @returns {number[]} copies of the world that lie in view, in whole turns
 */
function turnsIn(view) {
  const turns = [];
  for (let turn = Math.floor(view.west); turn <= Math.floor(view.east); turn++) turns.push(turn);
  return turns;
}

/**
 * @param {Box} window
 * @param {View} view
 * @returns {Box} in pixels
 */
function onScreen([west, north, east, south], view) {
  const x = (/** @type {number} */ value) => value * view.scale - view.x;
  const y = (/** @type {number} */ value) => value * view.scale - view.y;
  return [x(west), y(north), x(east), y(south)];
}

/**
 * Wipe the window of the detailed part out of the world, and draw inside it only.
 *
 * @param {Context} context
 * @param {Part} part
 * @param {View} view
 * @returns {boolean} whether there is anything to draw
 */
function clearWindow(context, part, view) {
  const [left, top, right, bottom] = onScreen(part.window, view);
  // Far out, a rectangle of detail upon the simplified world would only look odd.
  if (right - left < 0.3 * (view.seen[2] - view.seen[0])) return false;
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  context.fillStyle = currentTheme().sea;
  context.fill();
  return true;
}

/**
 * @param {Context} context
 * @param {Part} part
 * @param {View} view
 * @param {number} turn
 */
function drawPart(context, part, view, turn) {
  const theme = currentTheme();
  const thin = theme.lineScale;
  fillAll(context, part.land, view, turn, theme.land);
  fillAll(context, part.lakes, view, turn, theme.lake);
  if (view.zoom >= 5) strokeAll(context, part.provinces, view, turn, theme.province, thin, [5, 3]);
  if (part.rivers) drawRivers(context, part.rivers, view, turn);
  strokeAll(context, part.lakes, view, turn, theme.coast, 0.7 * thin);
  strokeAll(context, part.coasts, view, turn, theme.coast, 0.8 * thin);
  if (view.zoom >= 5.5) strokeAll(context, part.borders, view, turn, theme.borderCasing, 6);
  strokeAll(context, part.borders, view, turn, theme.border, (view.zoom < 5.5 ? 0.8 : 1.3) * thin);
}

/**
 * @param {Context} context
 * @param {Shapes} shapes
 * @param {View} view
 * @param {number} turn
 * @param {boolean} [dashed]
 */
function traceAll(context, shapes, view, turn, dashed = false) {
  // Dashes are counted from where a line begins: cut at the view's edge, they would move with it.
  const { scale, x, y } = view;
  const within = dashed ? { scale, x, y } : view;
  context.beginPath();
  for (let f = 0; f < shapes.count; f++) {
    if (shapes.isVisible(f, view, turn)) shapes.trace(context, f, within, turn);
  }
}

/**
 * @param {Context} context
 * @param {Shapes | null} shapes
 * @param {View} view
 * @param {number} turn
 * @param {string} colour
 */
function fillAll(context, shapes, view, turn, colour) {
  if (!shapes) return;
  traceAll(context, shapes, view, turn);
  context.fillStyle = colour;
  context.fill("nonzero");
}

/**
 * @param {Context} context
 * @param {Shapes | null} shapes
 * @param {View} view
 * @param {number} turn
 * @param {string} colour
 * @param {number} width
 * @param {number[]} [dash]
 */
function strokeAll(context, shapes, view, turn, colour, width, dash = []) {
  if (!shapes) return;
  traceAll(context, shapes, view, turn, dash.length > 0);
  context.setLineDash(dash);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
  context.setLineDash([]);
}

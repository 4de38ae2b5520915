// Who holds what ground: control on one date at a time, pale, beneath everything else.

import { Arcs } from "../data/arcs.js";
import { MISSING_TIME, valueAt } from "../data/columns.js";
import { project } from "../data/shapes.js";
import { fontOf, write } from "../draw/lettering.js";
import { hatching } from "../draw/hatching.js";
import { currentTheme, lineColour, nameColour } from "../draw/theme.js";
import { cssColour, sourceLine } from "../panel/popup.js";
import { areaRange, areaText, dateText, distanceText, element } from "../text.js";

/**
 * @typedef {import("../types.js").Actor} Actor
 * @typedef {import("../types.js").Context} Context
 * @typedef {import("../types.js").LabelCandidate} LabelCandidate
 * @typedef {import("../types.js").Numbers} Numbers
 * @typedef {import("../types.js").Shown} Shown
 * @typedef {import("../types.js").View} View
 */

const WIDE = { size: 13, width: 1.1, opacity: 0.45 };
/** Where a name may stand, in pixels from the middle of its ground, best first. */
const SHIFTS = [0, -22, 22, -44, 44, -66, 66].flatMap((dy) => [0, -40, 40, -80, 80].map((dx) => [dx, dy]));

export class Control {
  /** @param {import("../types.js").Columns} columns */
  constructor(columns) {
    /** @type {Int32Array} Minutes since 1970, in order. */
    this.dates = columns.dates;
    /** @type {Int32Array} The next date of each; MISSING_TIME after the last. */
    this.following = columns.following;
    /** @type {number} */
    /** @type {Actor[]} */
    this.actors = columns.actors;
    /** @type {string} The colour of ground that nobody gained. */
    this.nobody = columns.nobody;
    /** @type {Numbers} The position of each row's date, actor and shape. */
    this.date = columns.date;
    /** @type {Numbers} */
    this.actor = columns.actor;
    /** @type {Numbers} */
    this.shape = columns.shape;
    /** @type {Numbers} */
    this.area = columns.area;
    /** @type {Numbers} */
    this.low = columns.low;
    /** @type {Numbers} */
    this.high = columns.high;
    /** @type {Numbers} */
    this.inferred = columns.inferred;
    /** @type {Numbers} */
    this.uncertainty = columns.uncertainty;
    /** @type {import("../types.js").Column | null} */
    this.source = columns.source;
    /** @type {number[][]} The rows of each date. */
    this.rows = Array.from(this.dates, () => []);
    this.date.forEach((/** @type {number} */ date, /** @type {number} */ row) => this.rows[date].push(row));
    // Two dates are drawn beside each other, and one more is stepped to.
    const together = this.rows.reduce((most, rows) => Math.max(most, rows.length), 0);
    this.shapes = new Arcs(columns.shapes, Math.max(48, 3 * together));
    /** Where a name stands in each shape. */
    this.middle = project(columns.x, columns.y, this.shapes.scale);
    /** Actors by the most ground they ever hold: the same order on all dates, so that rows of a list keep their places. */
    this.order = byMost(this.actors.length, this.actor, this.area);
  }

  /**
   * @param {number} minutes
   * @returns {number} the last date that is not later, or -1
   */
  indexAt(minutes) {
    let [low, high] = [0, this.dates.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.dates[middle] <= minutes) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /**
   * @param {number} index  of a date; before the first nobody holds anything
   * @returns {number[]}
   */
  rowsAt(index) {
    return this.rows[index] ?? [];
  }

  /**
   * How much an actor holds through time.
   *
   * @param {number} actor
   * @returns {import("../types.js").Series} for each date; 0 where it holds nothing
   */
  series(actor) {
    const count = this.dates.length;
    const [area, low, high] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
    this.actor.forEach((/** @type {number} */ holder, /** @type {number} */ row) => {
      if (holder !== actor) return;
      const date = this.date[row];
      area[date] += this.area[row];
      // A row without a range is as large as it is.
      low[date] += Number.isNaN(this.low[row]) ? this.area[row] : this.low[row];
      high[date] += Number.isNaN(this.high[row]) ? this.area[row] : this.high[row];
    });
    return { area, low, high };
  }

  /**
   * What is drawn: the rows of a date whose actors are switched on.
   *
   * @param {Shown} shown
   * @returns {number[]}
   */
  shownRows({ index, visible }) {
    return this.rowsAt(index).filter((row) => visible.control.has(this.actor[row]));
  }

  /**
   * @param {Context} context
   * @param {View} view
   * @param {Shown} shown
   */
  draw(context, view, shown) {
    context.lineJoin = "round";
    context.lineCap = "butt";
    for (const row of this.shownRows(shown)) {
      const outline = this.outline(row);
      if (outline.isVisible(view)) this.drawRow(context, outline.path(view), row);
    }
  }

  /**
   * @param {Context} context
   * @param {Path2D} path
   * @param {number} row
   */
  drawRow(context, path, row) {
    const colour = cssColour(this.actors[this.actor[row]].colour);
    const inferred = this.inferred[row];
    context.save();
    // Each rim lies on its own side of a shared border, so that both can be read.
    context.clip(path, "evenodd");
    context.globalAlpha = inferred ? 0.09 : 0.2;
    context.fillStyle = colour;
    context.fill(path, "evenodd");
    context.globalAlpha = 1;
    if (inferred) {
      context.fillStyle = hatching(context, colour, WIDE);
      context.fill(path, "evenodd");
    }
    context.globalAlpha = 0.75;
    context.setLineDash(inferred ? [7, 5] : []);
    context.strokeStyle = lineColour(colour);
    context.lineWidth = 2.6;
    context.stroke(path);
    context.restore();
  }

  /**
   * The row that holds a point of the world, or null.
   *
   * @param {number} x  Web Mercator, the world from 0 to 1
   * @param {number} y
   * @param {Shown} shown
   * @returns {number | null}
   */
  rowAt(x, y, shown) {
    return this.shownRows(shown).find((row) => this.outline(row).contains(x, y)) ?? null;
  }

  /**
   * Names of actors on their ground: nobody has to tell them apart by colour alone.
   *
   * @param {Context} context
   * @param {View} view
   * @param {Shown} shown
   * @returns {LabelCandidate[]}
   */
  names(context, view, shown) {
    return this.shownRows(shown)
      .filter((row) => this.actors[this.actor[row]].name && this.outline(row).isVisible(view))
      .map((row) => this.nameOf(context, view, row));
  }

  /**
   * @param {Context} context
   * @param {View} view
   * @param {number} row
   * @returns {LabelCandidate}
   */
  nameOf(context, view, row) {
    const { name, colour } = this.actors[this.actor[row]];
    const shape = this.shape[row];
    const outline = this.outline(row);
    const font = fontOf(700, 13.5);
    context.font = font;
    const width = context.measureText(name).width + 8;
    const x = this.middle.x[shape] * view.scale - view.x;
    const y = this.middle.y[shape] * view.scale - view.y;
    const holds = (/** @type {number} */ px, /** @type {number} */ py) =>
      outline.contains((px + view.x) / view.scale, (py + view.y) / view.scale);
    // A name that runs into the neighbour's ground would claim it.
    const places = SHIFTS.filter(([dx, dy]) => [-width / 2, 0, width / 2].every((end) => holds(x + dx + end, y + dy)));
    return {
      weight: 160,
      choices: places.map(([dx, dy]) => [[x + dx - width / 2, y + dy - 10, x + dx + width / 2, y + dy + 10]]),
      draw(ctx, choice) {
        const [dx, dy] = places[choice];
        ctx.font = font;
        write(ctx, name, x + dx, y + dy, inkOf(cssColour(colour)), currentTheme().halo);
      },
    };
  }

  /**
   * The content of a popup about the ground that somebody holds.
   *
   * @param {number} row
   * @returns {HTMLElement}
   */
  describe(row) {
    const { name, colour } = this.actors[this.actor[row]];
    const date = this.date[row];
    const range = areaRange(this.area[row], this.low[row], this.high[row]);
    const next = this.following[date];
    const metres = this.uncertainty[row];
    const facts = [
      ["Area", `${areaText(this.area[row])}${range ? ` (${range})` : ""}`],
      ["Basis", this.inferred[row] ? "inferred, not surveyed" : "as its source drew it"],
      ["Outline", Number.isNaN(metres) ? null : `within ${distanceText(metres)}`],
      ["Next state", next === MISSING_TIME ? null : dateText(next)],
    ].filter(([, value]) => value !== null);
    const when = `holds this ground as of ${dateText(this.dates[date])}`;
    return element(
      "article",
      { class: "ge-event ge-held", "aria-label": `${name || "Nobody named"} ${when}` },
      element(
        "header",
        { style: `--type: ${cssColour(colour)}` },
        element("h2", { dir: "auto" }, name || "Nobody named"),
        element("p", { class: "ge-when" }, when),
      ),
      element("dl", { class: "ge-facts" }, ...facts.flatMap(([label, value]) => [element("dt", {}, label), element("dd", {}, value)])),
      sourceLine(this.source ? valueAt(this.source, row) : null),
    );
  }

  /**
   * @param {number} row
   * @returns {import("../data/arcs.js").Outline}
   */
  outline(row) {
    return this.shapes.outline(this.shape[row]);
  }
}

/**
 * @param {number} count
 * @param {Numbers} actor
 * @param {Numbers} area
 * @returns {number[]} the actors, the one that ever held most first
 */
function byMost(count, actor, area) {
  const most = new Float64Array(count);
  actor.forEach((/** @type {number} */ holder, /** @type {number} */ row) => {
    most[holder] = Math.max(most[holder], area[row]);
  });
  return [...most.keys()].sort((a, b) => most[b] - most[a]);
}

/**
 * The ink of a name on its own ground, which is tinted with the same colour.
 *
 * @param {string} colour
 * @returns {string}
 */
function inkOf(colour) {
  if (currentTheme().name === "dark") return nameColour(colour);
  const part = (/** @type {number} */ at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * 0.62);
  return `rgb(${part(1)}, ${part(3)}, ${part(5)})`;
}

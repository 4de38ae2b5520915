// Names of countries, provinces and towns on the embedded map.

import { besideDot } from "./labels.js";
import { fontOf, setSpacing, widthOf, write } from "./lettering.js";
import { currentTheme } from "./theme.js";

/** @typedef {import("../types.js").Box} Box */
/** @typedef {import("../types.js").Context} Context */
/** @typedef {import("../types.js").LabelCandidate} LabelCandidate */
/** @typedef {import("../types.js").Numbers} Numbers */
/** @typedef {import("../types.js").View} View */

/**
 * The names of a part: `room` is how wide what they name is, in degrees.
 *
 * @typedef {object} Names
 * @property {string[]} id
 * @property {string[]} name
 * @property {Numbers} kind
 * @property {Float64Array} x
 * @property {Float64Array} y
 * @property {Numbers} room
 * @property {Numbers} population
 */

/**
 * How many people make a town worth a name at a zoom level.
 *
 * @param {number} zoom
 * @returns {number}
 */
function smallestTown(zoom) {
  const steps = [
    [4, 2e6],
    [5, 8e5],
    [6, 2.5e5],
    [7, 6e4],
    [8, 1.5e4],
    [9, 4e3],
    [10, 800],
  ];
  for (const [limit, population] of steps) if (zoom < limit) return population;
  return 0;
}

/** So many people make a city that no map of its country leaves out. */
const CITY = 4e5;

const KINDS = ["country", "admin1", "town"];

/**
 * @param {Context} context
 * @param {Names} names
 * @param {View} view
 * @param {number} turn
 * @param {{countries: boolean, known: Set<string>}} which  whether countries are named here, and what others name
 * @returns {LabelCandidate[]}
 */
export function namesOf(context, names, view, turn, { countries, known }) {
  const { id, name, kind, x, y, room, population } = names;
  /** @type {LabelCandidate[]} */
  const entries = [];
  for (let i = 0; i < name.length; i++) {
    const wx = x[i] + turn;
    if (wx < view.west || wx > view.east || y[i] < view.north || y[i] > view.south) continue;
    const what = KINDS[kind[i]];
    if (known.has(id[i]) || (what === "country" && !countries)) continue;
    const spot = { x: wx * view.scale - view.x, y: y[i] * view.scale - view.y, room: (room[i] / 360) * view.scale };
    const entry =
      what === "town"
        ? townName(context, name[i], population[i], spot, view.zoom)
        : areaName(context, name[i], what === "country", spot, view.zoom);
    if (entry) entries.push(entry);
  }
  return entries;
}

/**
 * How a town of so many people looks.
 *
 * @param {number} population
 */
function townStyle(population) {
  const large = population >= 1e5;
  const middling = population >= 2e4;
  const size = population >= 5e5 ? 14 : large ? 13 : middling ? 12 : 11;
  const dot = large ? 3 : middling ? 2.4 : 1.9;
  return { large, middling, dot, size, font: fontOf(large ? 600 : 500, size) };
}

/**
 * A town's dot and name; a suburb waits until its city fills a good part of the screen.
 *
 * @param {Context} context
 * @param {string} name
 * @param {number} population
 * @param {{x: number, y: number, room: number}} spot  in pixels; `room`: of the city it is a suburb of, or 0
 * @param {number} zoom
 * @returns {LabelCandidate | null}
 */
function townName(context, name, population, { x, y, room }, zoom) {
  if (population < smallestTown(zoom) || (room > 0 && room < 110)) return null;
  const style = townStyle(population);
  const { dot, size } = style;
  const width = widthOf(context, style.font, name);
  /** @type {Box} */
  const reserve = [x - dot - 1, y - dot - 1, x + dot + 1, y + dot + 1];
  const choices = besideDot(x, y, width + 4, size + 3, dot + 2).map((boxes) => [...boxes, reserve]);
  if (population >= CITY) {
    // Markers may hide the dot of a city, not its name; a dot in other names would only confuse.
    for (const gap of [dot + 2, 13, 22]) choices.push(...besideDot(x, y, width + 4, size + 3, gap));
  }
  return {
    weight: 100 + Math.log10(population + 1) * 10,
    choices,
    draw(ctx, choice) {
      const theme = currentTheme();
      const colour = style.middling ? theme.town : theme.village;
      if (choices[choice].length > 1) drawDot(ctx, x, y, style, colour);
      const [left, top, right, bottom] = choices[choice][0];
      ctx.font = style.font;
      write(ctx, name, (left + right) / 2, (top + bottom) / 2, colour);
    },
  };
}

/**
 * @param {Context} context
 * @param {number} x
 * @param {number} y
 * @param {{dot: number, large: boolean}} style  of large towns the dot is hollow
 * @param {string} colour
 */
function drawDot(context, x, y, { dot, large }, colour) {
  context.beginPath();
  context.arc(x, y, dot, 0, 2 * Math.PI);
  context.fillStyle = large ? currentTheme().townDot : colour;
  context.fill();
  if (!large) return;
  context.strokeStyle = colour;
  context.lineWidth = 1.6;
  context.stroke();
}

/**
 * How the name of an area that is `room` pixels wide looks.
 *
 * @param {string} name
 * @param {boolean} country
 * @param {number} room
 */
function areaStyle(name, country, room) {
  const size = country ? Math.max(10, Math.min(19, room / 7)) : Math.max(10.5, Math.min(13, room / 9));
  // Letters that join must not be drawn apart.
  const joined = /[\u0600-\u08ff\ufb50-\ufeff]/.test(name);
  return {
    size,
    font: fontOf(country ? 600 : 500, size),
    spacing: joined ? 0 : country ? size * 0.22 : size * 0.16,
    text: country ? name.toLocaleUpperCase("en") : name,
  };
}

/**
 * The name of a country or a province, where that is neither too small nor all there is to see.
 *
 * @param {Context} context
 * @param {string} name
 * @param {boolean} country
 * @param {{x: number, y: number, room: number}} spot  in pixels; `room`: how wide the area is
 * @param {number} zoom
 * @returns {LabelCandidate | null}
 */
function areaName(context, name, country, { x, y, room }, zoom) {
  if (country ? room < 18 || zoom > 8.6 : room < 34 || zoom < 5.5) return null;
  const { size, font, spacing, text } = areaStyle(name, country, room);
  const width = widthOf(context, font, text, spacing);
  if (width > room * (country ? 4.2 : 2.6)) return null;
  const height = size + 4;
  const shifts = [0, -height, height, -2 * height, 2 * height];
  return {
    weight: country ? (zoom < 5.5 ? 210 : 170) + Math.min(30, room / 100) : 128 + room / 1000,
    choices: shifts.map((dy) => [[x - width / 2, y + dy - height / 2, x + width / 2, y + dy + height / 2]]),
    draw(ctx, choice) {
      const theme = currentTheme();
      ctx.font = font;
      setSpacing(ctx, spacing);
      write(ctx, text, x + spacing / 2, y + shifts[choice], country ? theme.country : theme.provinceName);
      setSpacing(ctx, 0);
    },
  };
}

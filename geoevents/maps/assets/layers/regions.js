// Shapes of events, and the places that events name.

import { Shapes, project } from "../data/shapes.js";
import { hatching } from "../draw/hatching.js";
import { besideDot } from "../draw/labels.js";
import { fontOf, write } from "../draw/lettering.js";
import { SCHEMATIC, riverName, riverWidth } from "../draw/rivers.js";
import { currentTheme, lineColour, nameColour } from "../draw/theme.js";
import { areaText } from "../text.js";

/** @typedef {import("../types.js").Box} Box */
/** @typedef {import("../types.js").Columns} Columns */
/** @typedef {import("../types.js").Context} Context */
/** @typedef {import("../types.js").Events} Events */
/** @typedef {import("../types.js").LabelCandidate} LabelCandidate */
/** @typedef {import("../types.js").Places} Places */
/** @typedef {import("../types.js").RegionPath} RegionPath */
/** @typedef {import("../types.js").Regions} Regions */
/** @typedef {import("../types.js").View} View */

/**
 * What the app knows that decides which regions are shown, and how.
 *
 * @typedef {object} State
 * @property {Regions | null} regions
 * @property {Events | null} events
 * @property {Pick<import("../types.js").Visible, "gain" | "inferred" | "given">} visible
 * @property {{shown: ArrayLike<number>, age?: ArrayLike<number>} | null} [filter]  none: all events are shown
 * @property {number | null} [selected]
 */

/** How much of an old event's shape is left: as much as of its marker. */
const FADED = 0.35;

/**
 * Read the region columns and say what each is: a gain, an inferred region or a given shape.
 *
 * @param {Columns | null | undefined} columns
 * @param {Events} events
 * @returns {Regions | null}
 */
export function readRegions(columns, events) {
  if (!columns) return null;
  const shapes = new Shapes(columns.shapes);
  const gain = events.types.findIndex((type) => type.name === "territorial gain");
  /** @type {Regions["group"]} */
  const group = Array.from(columns.event, (row, i) =>
    events.type[row] === gain ? "gain" : columns.inferred[i] ? "inferred" : "given",
  );
  const { event, inferred, area, low, reported } = columns;
  return {
    event,
    inferred,
    area,
    reported,
    shapes,
    group,
    order: largestFirst(shapes),
    isArea: (i) => isArea(shapes, i),
    // Of ground of which any part may have been gained, the whole says nothing of how much was.
    isMeasured: (i) => !inferred[i] || low[i] !== 0 || !Number.isNaN(reported[i]),
    isWhole: (i) => group[i] === "given" && isArea(shapes, i),
  };
}

/**
 * Large shapes are drawn first: small ones stay visible on them.
 *
 * @param {Shapes} shapes
 * @returns {number[]}
 */
function largestFirst(shapes) {
  const sizes = Array.from({ length: shapes.count }, (_, i) => {
    const [west, north, east, south] = shapes.box(i);
    return (east - west) * (south - north);
  });
  return Array.from(sizes.keys()).sort((a, b) => sizes[b] - sizes[a]);
}

/**
 * @param {Columns | null | undefined} columns
 * @returns {Places | null}
 */
export function readPlaces(columns) {
  if (!columns) return null;
  const { id, name, kind, schematic } = columns;
  return { id, name, kind, schematic, ...project(columns.x, columns.y, 100000), shapes: new Shapes(columns.shapes) };
}

/**
 * @param {State} state
 * @param {View} view
 * @returns {number[]} the regions that are switched on, pass the filter and lie in view, large ones first
 */
function shownIn({ regions, visible, filter }, view) {
  if (!regions) return [];
  return regions.order.filter(
    (i) => visible[regions.group[i]] && (!filter || filter.shown[regions.event[i]]) && regions.shapes.isVisible(i, view),
  );
}

/**
 * Draw regions after all else on the ground, so that a guess lies visibly on what is known.
 *
 * @param {Context} context
 * @param {View} view
 * @param {State} state
 * @returns {RegionPath[]}
 */
export function drawRegions(context, view, state) {
  const { regions, events } = state;
  if (!regions || !events) return [];
  context.lineJoin = "round";
  const drawn = shownIn(state, view).map((i) => {
    const row = regions.event[i];
    const look = {
      colour: lineColour(events.types[events.type[row]].colour),
      strength: 1 - (1 - FADED) * (state.filter?.age?.[row] ?? 0),
      selected: row === state.selected,
    };
    const path = regions.shapes.path(i, view);
    if (isArea(regions.shapes, i)) fillRegion(context, path, regions, i, look);
    strokeRegion(context, path, regions, i, look);
    // Nothing is said to have happened in all of a named area: only its outline answers.
    const rim = regions.group[i] === "given" || !isArea(regions.shapes, i);
    return /** @type {RegionPath} */ ({ what: "region", index: i, row, path, rim });
  });
  context.globalAlpha = 1;
  return drawn;
}

/**
 * @param {Context} context
 * @param {Path2D} path
 * @param {Regions} regions
 * @param {number} i
 * @param {{colour: string, strength: number}} look
 */
function fillRegion(context, path, regions, i, { colour, strength }) {
  const gain = regions.group[i] === "gain";
  // An area that a report named as a whole gets no colour: the event fills no part of it.
  if (!regions.inferred[i] && !gain) return;
  context.globalAlpha = (regions.inferred[i] ? 0.1 : 0.25) * strength;
  context.fillStyle = colour;
  context.fill(path, "evenodd");
  if (!regions.inferred[i]) return;
  // Gains fall, other guesses rise: where they overlap both can be read.
  context.globalAlpha = strength;
  context.fillStyle = hatching(context, colour, { falling: gain });
  context.fill(path, "evenodd");
}

/**
 * @param {Context} context
 * @param {Path2D} path
 * @param {Regions} regions
 * @param {number} i
 * @param {{colour: string, strength: number, selected: boolean}} look
 */
function strokeRegion(context, path, regions, i, { colour, strength, selected }) {
  const inferred = regions.inferred[i];
  context.globalAlpha = strength;
  context.lineCap = "round";
  if (inferred) {
    context.strokeStyle = currentTheme().regionCasing;
    context.lineWidth = 3.6;
    context.stroke(path);
  }
  // Dashes: we worked it out. Dots: the report named this area and nothing smaller.
  context.setLineDash(inferred ? [7, 5] : regions.group[i] === "gain" ? [] : [0.1, 4.5]);
  context.strokeStyle = colour;
  context.lineWidth = (inferred ? 1.7 : 2.2) + (selected ? 1.1 : 0);
  context.stroke(path);
  context.setLineDash([]);
}

/**
 * @param {Shapes} shapes
 * @param {number} feature
 * @returns {boolean}
 */
function isArea(shapes, feature) {
  return shapes.closed[shapes.featureStart[feature]] === 1;
}

/**
 * Whether a place is drawn as a dot rather than by its outline.
 *
 * @param {Places} places
 * @param {number} i
 * @returns {boolean}
 */
function isDot(places, i) {
  return places.kind[i] === "populated place" || places.kind[i] === "facility";
}

/**
 * The rivers and outlines of named places, under the regions.
 *
 * @param {Context} context
 * @param {View} view
 * @param {Places} places
 */
export function drawPlaces(context, view, places) {
  context.lineJoin = "round";
  context.lineCap = "round";
  for (let i = 0; i < places.name.length; i++) {
    if (!places.shapes.isVisible(i, view)) continue;
    const path = places.shapes.path(i, view);
    if (places.kind[i] === "river") drawNamedRiver(context, path, view, Boolean(places.schematic[i]));
    else {
      context.strokeStyle = currentTheme().placeOutline;
      context.lineWidth = 2;
      context.stroke(path);
    }
  }
}

/**
 * @param {Context} context
 * @param {Path2D} path
 * @param {View} view
 * @param {boolean} schematic  whether its course is only known from place to place
 */
function drawNamedRiver(context, path, view, schematic) {
  const { placeRiver, placeRiverCasing } = currentTheme();
  const width = Math.max(2.2, riverWidth(12, view.zoom) * 1.15);
  context.strokeStyle = placeRiverCasing;
  context.lineWidth = width + 2.5;
  context.stroke(path);
  context.strokeStyle = placeRiver;
  context.lineWidth = width;
  context.setLineDash(schematic ? SCHEMATIC : []);
  context.stroke(path);
  context.setLineDash([]);
}

/**
 * Names of named places: bolder than the base map's.
 *
 * @param {Context} context
 * @param {View} view
 * @param {Places} places
 * @param {Regions | null} regions
 * @returns {LabelCandidate[]}
 */
export function placeNames(context, view, places, regions) {
  /** @type {LabelCandidate[]} */
  const entries = [];
  for (let i = 0; i < places.name.length; i++) {
    const entry = isDot(places, i)
      ? dotName(context, view, places, i)
      : places.kind[i] === "river"
        ? namedRiver(context, view, places, i)
        : areaPlaceName(context, view, places, i, regions);
    if (entry) entries.push(entry);
  }
  return entries;
}

/**
 * @param {Context} context
 * @param {View} view
 * @param {Places} places
 * @param {number} i
 * @returns {LabelCandidate | null}
 */
function namedRiver(context, view, places, i) {
  if (!places.shapes.isVisible(i, view)) return null;
  const style = { size: 14, weight: 700, colour: currentTheme().placeRiverName, importance: 400, straight: 0.7 };
  return riverName(context, places.name[i], 10, places.shapes.paths(i, view), view, style);
}

/**
 * @param {Context} context
 * @param {View} view
 * @param {Places} places
 * @param {number} i
 * @returns {LabelCandidate | null}
 */
function dotName(context, view, places, i) {
  const x = places.x[i] * view.scale - view.x;
  const y = places.y[i] * view.scale - view.y;
  if (x < -50 || y < -50 || x > view.width + 50 || y > view.height + 50) return null;
  const font = fontOf(700, 14);
  context.font = font;
  const width = context.measureText(places.name[i]).width + 4;
  const [left, top, right, bottom] = view.seen;
  const isSeen = (/** @type {Box[]} */ [[x0, y0, x1, y1]]) => x0 > left && x1 < right && y0 > top && y1 < bottom;
  const around = [6, 18, 32, 46, 60, 74].flatMap((gap) => besideDot(x, y, width, 18, gap));
  // A name half beyond the edge of the screen is no name.
  const choices = [...around.filter(isSeen), ...around.filter((boxes) => !isSeen(boxes))];
  return {
    weight: 500,
    choices,
    draw(ctx, choice) {
      const [x0, y0, x1, y1] = choices[choice][0];
      ctx.font = font;
      write(ctx, places.name[i], (x0 + x1) / 2, (y0 + y1) / 2, currentTheme().place);
    },
  };
}

/**
 * The name of a named province or country, wherever in it there is room on the screen.
 *
 * @param {Context} context
 * @param {View} view
 * @param {Places} places
 * @param {number} i
 * @param {Regions | null} regions
 * @returns {LabelCandidate | null}
 */
function areaPlaceName(context, view, places, i, regions) {
  if (!places.shapes.isVisible(i, view)) return null;
  const text = places.name[i].toLocaleUpperCase("en");
  const font = fontOf(600, 12.5);
  context.font = font;
  const width = context.measureText(text).width + 8;
  const spots = roomFor(width, view, places.shapes, i, regions);
  return {
    weight: 120,
    choices: spots.map(([x, y]) => [[x - width / 2 - 6, y - 14, x + width / 2 + 6, y + 14]]),
    draw(ctx, choice) {
      ctx.font = font;
      write(ctx, text, ...spots[choice], currentTheme().placeArea);
    },
  };
}

/**
 * Spots inside an area for a name so wide, the nearest to the middle of the screen first.
 *
 * @param {number} width
 * @param {View} view
 * @param {Shapes} shapes
 * @param {number} feature
 * @param {Regions | null} regions
 * @returns {[number, number][]}
 */
function roomFor(width, view, shapes, feature, regions) {
  const [left, top, right, bottom] = view.seen;
  const holds = (/** @type {Shapes} */ those, /** @type {number} */ f, /** @type {number} */ px, /** @type {number} */ py) =>
    those.contains(f, (px + view.x) / view.scale, (py + view.y) / view.scale);
  // A name on a hatched region would be read as that region's.
  const parts = regions ? regions.order.filter((r) => !regions.isWhole(r) && regions.shapes.isVisible(r, view)).slice(0, 20) : [];
  const isPart = (/** @type {number} */ px, /** @type {number} */ py) =>
    regions !== null && parts.some((r) => holds(regions.shapes, r, px, py));
  /** @type {[number, number][]} */
  const spots = [];
  for (let row = 1; row < 14; row++) {
    for (let column = 1; column < 10; column++) {
      const x = left + ((right - left) * column) / 10;
      const y = top + ((bottom - top) * row) / 14;
      const ends = [x - width / 2, x, x + width / 2];
      if (ends[0] < left || ends[2] > right || view.isCovered(x, y)) continue;
      if (!ends.every((px) => holds(shapes, feature, px, y))) continue;
      if (!ends.some((px) => [-26, 0, 26].some((dy) => isPart(px, y + dy)))) spots.push([x, y]);
    }
  }
  const far = (/** @type {[number, number]} */ [x, y]) => Math.hypot(x - (left + right) / 2, y - (top + bottom) / 2);
  return spots.sort((a, b) => far(a) - far(b));
}

/**
 * Dots of named towns; drawn whether or not their names fit.
 *
 * @param {Context} context
 * @param {View} view
 * @param {Places} places
 */
export function drawPlaceDots(context, view, places) {
  const theme = currentTheme();
  for (let i = 0; i < places.name.length; i++) {
    if (!isDot(places, i)) continue;
    context.beginPath();
    context.arc(places.x[i] * view.scale - view.x, places.y[i] * view.scale - view.y, 4, 0, 2 * Math.PI);
    context.fillStyle = theme.placeDot;
    context.strokeStyle = theme.place;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
  }
}

/**
 * What an area is labelled: as reported, otherwise as drawn; null where nobody said how much of it is meant.
 *
 * @param {Regions} regions
 * @param {number} i
 * @returns {string | null}
 */
export function areaLabel(regions, i) {
  const area = Number.isNaN(regions.reported[i]) ? regions.area[i] : regions.reported[i];
  if (Number.isNaN(area) || !regions.isMeasured(i)) return null;
  return `${regions.inferred[i] ? "≈ " : ""}${areaText(area)}`;
}

/**
 * A label for an area, or null where that is too small: around its centre, beside it or at its edge.
 *
 * @param {Context} context
 * @param {View} view
 * @param {ArrayLike<number>} box  west, north, east, south
 * @param {string | null} text
 * @param {{centre: [number, number], colour?: string, marked?: boolean}} style  `marked`: a marker stands at the
 *   centre, and the label keeps clear of it
 * @returns {LabelCandidate | null}
 */
export function areaEntry(context, view, box, text, { centre, colour, marked = false }) {
  const [west, north, east, south] = Array.from(box);
  const extent = Math.max((east - west) * view.scale, (south - north) * view.scale);
  if (extent < 36 || !text) return null;
  const font = fontOf(700, 13);
  context.font = font;
  const width = context.measureText(text).width + 6;
  const x = centre[0] * view.scale - view.x;
  const y = centre[1] * view.scale - view.y;
  const places = [[0, 25], [0, -25], [width / 2 + 18, 0], [-width / 2 - 18, 0], [0, 44], [0, -44], [0, 0]];
  if (!marked) places.unshift([0, 0]);
  const middle = ((west + east) / 2) * view.scale - view.x - x;
  for (const edge of [south * view.scale - view.y + 13, north * view.scale - view.y - 13]) places.push([middle, edge - y]);
  return {
    weight: 600,
    choices: places.map(([dx, dy]) => [[x + dx - width / 2, y + dy - 9, x + dx + width / 2, y + dy + 9]]),
    draw(ctx, choice) {
      const [dx, dy] = places[choice];
      const theme = currentTheme();
      ctx.font = font;
      write(ctx, text, x + dx, y + dy, colour ?? theme.ink, theme.labelHalo);
    },
  };
}

/**
 * Labels with the square kilometres of gains.
 *
 * @param {Context} context
 * @param {View} view
 * @param {State} state
 * @returns {LabelCandidate[]}
 */
export function gainNames(context, view, state) {
  const { regions, events } = state;
  if (!regions || !events) return [];
  return shownIn(state, view)
    .filter((i) => regions.group[i] === "gain")
    .map((i) => {
      const row = regions.event[i];
      return areaEntry(context, view, regions.shapes.box(i), areaLabel(regions, i), {
        centre: [events.wx[row], events.wy[row]],
        colour: nameColour(events.types[events.type[row]].colour),
        marked: true,
      });
    })
    .filter((entry) => entry !== null);
}

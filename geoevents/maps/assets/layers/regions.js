// Shapes of events, and the places that events name.

import { Shapes, project } from "../data/shapes.js";
import { besideDot } from "../draw/labels.js";
import { hatching } from "../draw/hatching.js";
import { SCHEMATIC, fontOf, riverName, riverWidth, write } from "../draw/basemap.js";
import { areaText } from "../text.js";

const INK = "#1d2125";
const RIVER = "#2f7fb5";

/** Read the region columns and say what each is: a gain, an inferred region or a given shape. */
export function readRegions(columns, events) {
  if (!columns) return null;
  const shapes = new Shapes(columns.shapes);
  const gain = events.types.findIndex((type) => type.name === "territorial gain");
  const group = Array.from(columns.event, (row, i) =>
    events.type[row] === gain ? "gain" : columns.inferred[i] ? "inferred" : "given",
  );
  // Large shapes are drawn first: small ones stay visible on them.
  const size = (i) => {
    const [west, north, east, south] = shapes.box(i);
    return (east - west) * (south - north);
  };
  const order = Array.from(group.keys()).sort((a, b) => size(b) - size(a));
  return {
    ...columns,
    shapes,
    group,
    order,
    isArea: (i) => isArea(shapes, i),
    isWhole: (i) => group[i] === "given" && isArea(shapes, i),
  };
}

export function readPlaces(columns) {
  if (!columns) return null;
  return { ...columns, ...project(columns.x, columns.y, 100000), shapes: new Shapes(columns.shapes) };
}

/** Draw regions after all else on the ground, so that a guess lies visibly on what is known. */
export function drawRegions(context, view, { regions, events, visible, selected }) {
  const drawn = [];
  context.lineJoin = "round";
  for (const i of regions.order) {
    const type = events.type[regions.event[i]];
    if (!visible[regions.group[i]] || !visible.types.has(type)) continue;
    if (!regions.shapes.isVisible(i, view)) continue;
    const colour = events.types[type].colour;
    const path = regions.shapes.path(i, view);
    const inferred = regions.inferred[i];
    if (isArea(regions.shapes, i)) {
      // An area that a report named as a whole gets no colour: the event fills no part of it.
      context.globalAlpha = inferred ? 0.1 : regions.group[i] === "gain" ? 0.25 : 0;
      context.fillStyle = colour;
      context.fill(path, "evenodd");
      context.globalAlpha = 1;
      if (inferred) {
        // Gains fall, other guesses rise: where they overlap both can be read.
        context.fillStyle = hatching(context, colour, { falling: regions.group[i] === "gain" });
        context.fill(path, "evenodd");
      }
    }
    context.lineCap = "round";
    if (inferred) {
      context.strokeStyle = "rgba(255, 255, 255, 0.75)";
      context.lineWidth = 3.6;
      context.stroke(path);
    }
    // Dashes: we worked it out. Dots: the report named this area and nothing smaller.
    context.setLineDash(inferred ? [7, 5] : regions.group[i] === "gain" ? [] : [0.1, 4.5]);
    context.strokeStyle = colour;
    context.lineWidth = (inferred ? 1.7 : 2.2) + (regions.event[i] === selected ? 1.1 : 0);
    context.stroke(path);
    context.setLineDash([]);
    // Nothing is said to have happened in all of a named area: only its outline answers.
    const rim = regions.group[i] === "given" || !isArea(regions.shapes, i);
    drawn.push({ what: "region", index: i, row: regions.event[i], path, rim });
  }
  return drawn;
}

function isArea(shapes, feature) {
  return shapes.closed[shapes.featureStart[feature]] === 1;
}

/** The rivers and outlines of named places, under the regions. */
export function drawPlaces(context, view, places) {
  context.lineJoin = "round";
  context.lineCap = "round";
  for (let i = 0; i < places.name.length; i++) {
    if (!places.shapes.isVisible(i, view)) continue;
    const path = places.shapes.path(i, view);
    if (places.kind[i] === "river") {
      const width = Math.max(2.2, riverWidth(12, view.zoom) * 1.15);
      context.strokeStyle = "rgba(255, 255, 255, 0.8)";
      context.lineWidth = width + 2.5;
      context.stroke(path);
      context.strokeStyle = RIVER;
      context.lineWidth = width;
      context.setLineDash(places.schematic[i] ? SCHEMATIC : []);
      context.stroke(path);
      context.setLineDash([]);
    } else {
      context.strokeStyle = "rgba(70, 76, 84, 0.55)";
      context.lineWidth = 2;
      context.stroke(path);
    }
  }
}

/** Names of named places: bolder than the base map's. */
export function placeNames(context, view, places, regions) {
  const entries = [];
  for (let i = 0; i < places.name.length; i++) {
    const name = places.name[i];
    if (places.kind[i] === "river") {
      if (!places.shapes.isVisible(i, view)) continue;
      const style = { size: 14, weight: 700, colour: "#1f6699", importance: 400, straight: 0.7 };
      const entry = riverName(context, name, 10, places.shapes.paths(i, view), view, style);
      if (entry) entries.push(entry);
      continue;
    }
    if (places.kind[i] !== "populated place" && places.kind[i] !== "facility") {
      const entry = areaPlaceName(context, view, places, i, regions);
      if (entry) entries.push(entry);
      continue;
    }
    const x = places.x[i] * view.scale - view.x;
    const y = places.y[i] * view.scale - view.y;
    if (x < -50 || y < -50 || x > view.width + 50 || y > view.height + 50) continue;
    const font = fontOf(700, 14);
    context.font = font;
    const width = context.measureText(name).width + 4;
    const [left, top, right, bottom] = view.seen;
    const isSeen = ([[x0, y0, x1, y1]]) => x0 > left && x1 < right && y0 > top && y1 < bottom;
    const around = [6, 18, 32, 46, 60, 74].flatMap((gap) => besideDot(x, y, width, 18, gap));
    // A name half beyond the edge of the screen is no name.
    const choices = [...around.filter(isSeen), ...around.filter((boxes) => !isSeen(boxes))];
    entries.push({
      weight: 500,
      choices,
      draw(ctx, choice) {
        const [left, top, right, bottom] = choices[choice][0];
        ctx.font = font;
        write(ctx, name, (left + right) / 2, (top + bottom) / 2, INK);
      },
    });
  }
  return entries;
}

/** The name of a named province or country, wherever in it there is room on the screen. */
function areaPlaceName(context, view, places, i, regions) {
  const { shapes } = places;
  if (!shapes.isVisible(i, view)) return null;
  const text = places.name[i].toLocaleUpperCase("en");
  const font = fontOf(600, 12.5);
  context.font = font;
  const width = context.measureText(text).width + 8;
  const [left, top, right, bottom] = view.seen;
  const middle = [(left + right) / 2, (top + bottom) / 2];
  // A name on a hatched region would be read as that region's.
  const parts = regions ? regions.order.filter((r) => !regions.isWhole(r) && regions.shapes.isVisible(r, view)) : [];
  const holds = (shapes, feature, px, py) =>
    shapes.contains(feature, (px + view.x) / view.scale, (py + view.y) / view.scale);
  const spots = [];
  for (let row = 1; row < 14; row++) {
    for (let column = 1; column < 10; column++) {
      const x = left + ((right - left) * column) / 10;
      const y = top + ((bottom - top) * row) / 14;
      const ends = [x - width / 2, x, x + width / 2];
      if (ends[0] < left || ends[2] > right || view.isCovered(x, y)) continue;
      if (!ends.every((px) => holds(shapes, i, px, y))) continue;
      const isPart = (px, py) => parts.slice(0, 20).some((r) => holds(regions.shapes, r, px, py));
      const around = ends.flatMap((px) => [-26, 0, 26].map((dy) => [px, y + dy]));
      if (!around.some((point) => isPart(...point))) spots.push([x, y]);
    }
  }
  const far = ([x, y]) => Math.hypot(x - middle[0], y - middle[1]);
  spots.sort((a, b) => far(a) - far(b));
  return {
    weight: 120,
    choices: spots.map(([x, y]) => [[x - width / 2 - 6, y - 14, x + width / 2 + 6, y + 14]]),
    draw(ctx, choice) {
      ctx.font = font;
      write(ctx, text, ...spots[choice], "#6b6259");
    },
  };
}

/** Dots of named towns; drawn whether or not their names fit. */
export function drawPlaceDots(context, view, places) {
  for (let i = 0; i < places.name.length; i++) {
    if (places.kind[i] !== "populated place" && places.kind[i] !== "facility") continue;
    context.beginPath();
    context.arc(places.x[i] * view.scale - view.x, places.y[i] * view.scale - view.y, 4, 0, 2 * Math.PI);
    context.fillStyle = "#ffffff";
    context.strokeStyle = INK;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
  }
}

/** What an area is labelled: as reported, otherwise as drawn. */
export function areaLabel(regions, i) {
  const area = Number.isNaN(regions.reported[i]) ? regions.area[i] : regions.reported[i];
  if (Number.isNaN(area)) return null;
  return `${regions.inferred[i] ? "≈ " : ""}${areaText(area)}`;
}

/**
 * A label for an area, or null where that is too small: around its `centre`, beside it or at its edge.
 *
 * Where a marker stands at the centre (`marked`) the label keeps clear of it.
 */
export function areaEntry(context, view, box, text, { centre, colour = INK, marked = false }) {
  const [west, north, east, south] = box;
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
  for (const edge of [south * view.scale - view.y + 13, north * view.scale - view.y - 13]) {
    places.push([middle, edge - y]);
  }
  const choices = places.map(([dx, dy]) => [
    [x + dx - width / 2, y + dy - 9, x + dx + width / 2, y + dy + 9],
  ]);
  return {
    weight: 600,
    choices,
    draw(ctx, choice) {
      const [dx, dy] = places[choice];
      ctx.font = font;
      write(ctx, text, x + dx, y + dy, colour, "rgba(255, 255, 255, 0.95)");
    },
  };
}

/** Labels with the square kilometres of gains. */
export function gainNames(context, view, { regions, events, visible }) {
  const entries = [];
  if (!visible.gain) return entries;
  for (let i = 0; i < regions.shapes.count; i++) {
    const row = regions.event[i];
    if (regions.group[i] !== "gain" || !visible.types.has(events.type[row])) continue;
    if (!regions.shapes.isVisible(i, view)) continue;
    const { colour } = events.types[events.type[row]];
    const centre = [events.wx[row], events.wy[row]];
    const entry = areaEntry(context, view, regions.shapes.box(i), areaLabel(regions, i), { centre, colour, marked: true });
    if (entry) entries.push(entry);
  }
  return entries;
}

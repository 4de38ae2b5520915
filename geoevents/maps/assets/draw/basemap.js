// The embedded vector map: sea, land, borders, provinces, rivers, and the names on it.

import { Shapes, mercatorX, mercatorY, project } from "../data/shapes.js";
import { apart, besideDot, boxesAlong, placeLabels, stretchesOf } from "./labels.js";

export const PALETTE = {
  sea: "#c9dae4",
  land: "#f5f2eb",
  coast: "#9db7c6",
  border: "#998f82",
  borderCasing: "rgba(143, 133, 120, 0.18)",
  province: "#c8bfb2",
  river: "#8db4cd",
  riverName: "#4d7f9f",
  lake: "#c9dae4",
  country: "#7d7468",
  provinceName: "#978c7e",
  town: "#3a3f45",
  village: "#6a6f75",
  halo: "rgba(250, 248, 243, 0.92)",
};

/** Dashes of a river whose course is only known from place to place. */
export const SCHEMATIC = [7, 5];

const FAMILY =
  'Inter, "Source Sans 3", "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Noto Sans Arabic", "Liberation Sans", Arial, sans-serif';

/** How many people make a town worth a name at a zoom level. */
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

export class BaseMap {
  constructor(base, world) {
    this.parts = [];
    if (world) this.parts.push(readPart(world));
    if (base) this.parts.push(readPart(base));
    this.sources = base ? base.sources : [];
  }

  /** The detailed part, where there is one. */
  get detail() {
    return this.parts[this.parts.length - 1];
  }

  draw(context, view) {
    context.fillStyle = PALETTE.sea;
    context.fillRect(0, 0, view.width, view.height);
    context.lineJoin = "round";
    context.lineCap = "round";
    for (const part of this.parts) {
      context.save();
      const [left, top, right, bottom] = onScreen(part.window, view);
      if (part !== this.parts[0] && part.land) {
        // Far out, a rectangle of detail upon the simplified world would only look odd.
        if (right - left < 0.3 * (view.seen[2] - view.seen[0])) {
          context.restore();
          continue;
        }
        context.beginPath();
        context.rect(left, top, right - left, bottom - top);
        context.clip();
        context.fillStyle = PALETTE.sea;
        context.fill();
      }
      for (const turn of turnsIn(view)) drawPart(context, part, view, turn);
      context.restore();
    }
  }

  /** Draw the names that fit around the boxes already taken, but not those of `known` features. */
  drawLabels(context, view, occupied, known) {
    const candidates = [];
    // Zoomed out, a country's name belongs in its middle, not in the middle of the detailed part.
    const [left, , right] = onScreen(this.detail.window, view);
    const near = this.detail.land !== null && right - left > 0.8 * view.width;
    for (const turn of turnsIn(view)) {
      for (const part of this.parts) {
        const world = part === this.parts[0] && this.parts.length > 1;
        const countries = world ? !near : near || this.parts.length === 1;
        if (part.labels) addNames(context, candidates, part, view, turn, { countries, known });
      }
    }
    addRiverNames(context, candidates, this.detail, view, known);
    candidates.sort((a, b) => b.weight - a.weight);
    for (const [candidate, choice] of placeLabels(candidates, occupied)) {
      candidate.draw(context, choice);
    }
  }
}

function readPart(columns) {
  const [west, south, east, north] = columns.window;
  const part = {
    window: [mercatorX(west), mercatorY(north), mercatorX(east), mercatorY(south)],
    provinces: columns.provinces && new Shapes(columns.provinces),
    lakes: columns.lakes && new Shapes(columns.lakes),
  };
  for (const name of ["land", "coasts", "borders"]) {
    const shapes = new Shapes(columns[name]);
    part[name] = shapes.x.length ? shapes : null;
  }
  if (columns.rivers) {
    part.rivers = { ...columns.rivers, shapes: new Shapes(columns.rivers.shapes) };
  }
  if (columns.labels) {
    part.labels = { ...columns.labels, ...project(columns.labels.x, columns.labels.y, 100000) };
  }
  return part;
}

/** Copies of the world that lie in view, in whole turns. */
function turnsIn(view) {
  const turns = [];
  for (let turn = Math.floor(view.west); turn <= Math.floor(view.east); turn++) turns.push(turn);
  return turns;
}

function onScreen([west, north, east, south], view) {
  const x = (value) => value * view.scale - view.x;
  const y = (value) => value * view.scale - view.y;
  return [x(west), y(north), x(east), y(south)];
}

function drawPart(context, part, view, turn) {
  const fill = (shapes, colour) => {
    if (!shapes) return;
    context.beginPath();
    for (let f = 0; f < shapes.count; f++) {
      if (shapes.isVisible(f, view, turn)) shapes.trace(context, f, view, turn);
    }
    context.fillStyle = colour;
    context.fill("nonzero");
  };
  const stroke = (shapes, colour, width, dash = []) => {
    if (!shapes) return;
    context.beginPath();
    for (let f = 0; f < shapes.count; f++) {
      if (shapes.isVisible(f, view, turn)) shapes.trace(context, f, view, turn);
    }
    context.setLineDash(dash);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
    context.setLineDash([]);
  };
  fill(part.land, PALETTE.land);
  fill(part.lakes, PALETTE.lake);
  if (view.zoom >= 5) stroke(part.provinces, PALETTE.province, 1, [5, 3]);
  if (part.rivers) drawRivers(context, part.rivers, view, turn);
  stroke(part.lakes, PALETTE.coast, 0.7);
  stroke(part.coasts, PALETTE.coast, 0.8);
  if (view.zoom >= 5.5) stroke(part.borders, PALETTE.borderCasing, 6);
  stroke(part.borders, PALETTE.border, view.zoom < 5.5 ? 0.8 : 1.3);
}

function drawRivers(context, rivers, view, turn) {
  context.strokeStyle = PALETTE.river;
  const shapes = rivers.shapes;
  for (let f = 0; f < shapes.count; f++) {
    const width = riverWidth(rivers.rank[f], view.zoom);
    if (width < 0.35 || !shapes.isVisible(f, view, turn)) continue;
    context.beginPath();
    shapes.trace(context, f, view, turn);
    context.lineWidth = width;
    context.setLineDash(rivers.schematic[f] ? SCHEMATIC : []);
    context.stroke();
  }
  context.setLineDash([]);
}

/** Long rivers are wide; all grow with the zoom. */
export function riverWidth(rank, zoom) {
  const importance = Math.max(0.35, Math.min(1.25, 0.35 + Math.log10(1 + rank) * 0.65));
  return importance * Math.max(0.4, Math.min(2.6, 0.5 + (zoom - 4) * 0.32));
}

const KINDS = ["country", "admin1", "town"];

function addNames(context, candidates, part, view, turn, { countries, known }) {
  const { id, name, kind, x, y, room, population } = part.labels;
  for (let i = 0; i < name.length; i++) {
    const wx = x[i] + turn;
    if (wx < view.west || wx > view.east || y[i] < view.north || y[i] > view.south) continue;
    if (known.has(id[i])) continue;
    if (KINDS[kind[i]] === "country" && !countries) continue;
    const px = wx * view.scale - view.x;
    const py = y[i] * view.scale - view.y;
    const entry =
      KINDS[kind[i]] === "town"
        ? townName(context, name[i], population[i], px, py, view.zoom, (room[i] / 360) * view.scale)
        : areaName(context, name[i], KINDS[kind[i]], (room[i] / 360) * view.scale, px, py, view);
    if (entry) candidates.push(entry);
  }
}

function townName(context, name, population, x, y, zoom, city) {
  // A suburb waits until its city fills a good part of the screen.
  if (population < smallestTown(zoom) || (city > 0 && city < 110)) return null;
  const size = population >= 5e5 ? 14 : population >= 1e5 ? 13 : population >= 2e4 ? 12 : 11;
  const font = `${population >= 1e5 ? 600 : 500} ${size}px ${FAMILY}`;
  context.font = font;
  const width = context.measureText(name).width;
  const dot = population >= 1e5 ? 3 : population >= 2e4 ? 2.4 : 1.9;
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
      const colour = population >= 2e4 ? PALETTE.town : PALETTE.village;
      ctx.beginPath();
      ctx.arc(x, y, dot, 0, 2 * Math.PI);
      ctx.fillStyle = population >= 1e5 ? "#ffffff" : colour;
      ctx.strokeStyle = colour;
      ctx.lineWidth = population >= 1e5 ? 1.6 : 0;
      if (choices[choice].length > 1) ctx.fill();
      if (choices[choice].length > 1 && population >= 1e5) ctx.stroke();
      const [left, top, right, bottom] = choices[choice][0];
      ctx.font = font;
      write(ctx, name, (left + right) / 2, (top + bottom) / 2, colour);
    },
  };
}

function areaName(context, name, kind, room, x, y, view) {
  const country = kind === "country";
  if (country ? room < 18 || view.zoom > 8.6 : room < 34 || view.zoom < 5.5) {
    return null;
  }
  const size = country ? Math.max(10, Math.min(19, room / 7)) : Math.max(10.5, Math.min(13, room / 9));
  const font = `${country ? 600 : 500} ${size}px ${FAMILY}`;
  const spacing = country ? size * 0.22 : size * 0.16;
  const text = country ? name.toLocaleUpperCase("en") : name;
  context.font = font;
  setSpacing(context, spacing);
  const width = context.measureText(text).width;
  setSpacing(context, 0);
  if (width > room * (country ? 4.2 : 2.6)) return null;
  const height = size + 4;
  const box = (dy) => [[x - width / 2, y + dy - height / 2, x + width / 2, y + dy + height / 2]];
  const shifts = [0, -height, height, -2 * height, 2 * height];
  return {
    weight: country ? (view.zoom < 5.5 ? 210 : 170) + Math.min(30, room / 100) : 128 + room / 1000,
    choices: shifts.map(box),
    draw(ctx, choice) {
      ctx.font = font;
      setSpacing(ctx, spacing);
      write(ctx, text, x + spacing / 2, y + shifts[choice], country ? PALETTE.country : PALETTE.provinceName);
      setSpacing(ctx, 0);
    },
  };
}

function setSpacing(context, pixels) {
  if ("letterSpacing" in context) context.letterSpacing = `${pixels}px`;
}

function addRiverNames(context, candidates, part, view, known) {
  if (!part || !part.rivers) return;
  const { id, name, rank, shapes } = part.rivers;
  for (let f = 0; f < shapes.count; f++) {
    if (known.has(id[f])) continue;
    if (riverWidth(rank[f], view.zoom) < 0.7 || !shapes.isVisible(f, view)) continue;
    const entry = riverName(context, name[f], rank[f], shapes.paths(f, view), view);
    if (entry) candidates.push(entry);
  }
}

/** A name written along the straightest reach in view of a river's lines. */
export function riverName(context, name, rank, lines, view, style = {}) {
  const size = style.size ?? (rank > 8 ? 13 : 11.5);
  const font = `italic ${style.weight ?? 500} ${size}px ${FAMILY}`;
  context.font = font;
  const width = context.measureText(name).width + 8;
  const [left, top, right, bottom] = view.seen;
  const inside = (x, y) =>
    x > left + 20 && x < right - 20 && y > top + 20 && y < bottom - 20 && !view.isCovered(x, y);
  const all = lines.flatMap((line) => stretchesOf(thinned(line), width, inside, style.straight));
  const stretches = apart(all, width, 5);
  if (!stretches.length) return null;
  // Above the line and, where that is taken, below it.
  const places = stretches.flatMap(({ x, y, angle }) =>
    [-1, 1].map((side) => {
      const shift = side * (size / 2 + 3);
      return { x: x - Math.sin(angle) * shift, y: y + Math.cos(angle) * shift, angle };
    }),
  );
  return {
    weight: style.importance ?? 118 + Math.min(30, rank * 2),
    choices: places.map(({ x, y, angle }) => boxesAlong(x, y, angle, width, size + 3)),
    draw(ctx, choice) {
      const { x, y, angle } = places[choice];
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(angle);
      ctx.font = font;
      write(ctx, name, 0, 0, style.colour ?? PALETTE.riverName);
      ctx.restore();
    },
  };
}

/** Points at least six pixels apart: meanders smaller than a letter do not matter to a name. */
function thinned(line) {
  const kept = [line[0]];
  for (const point of line) {
    const last = kept[kept.length - 1];
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= 6) kept.push(point);
  }
  return kept;
}

/** Text with a halo, centred. */
export function write(context, text, x, y, colour, halo = PALETTE.halo) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.2;
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

export function fontOf(weight, size, style = "") {
  return `${style} ${weight} ${size}px ${FAMILY}`.trim();
}

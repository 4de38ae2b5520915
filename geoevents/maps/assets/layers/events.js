// Markers: one for each event or a ring with a count where many would cover each other.

import { groupPoints, separate } from "./clusters.js";
import { project } from "../data/shapes.js";
import { ring, spread } from "./spread.js";
import { fontOf } from "../draw/basemap.js";

const SIZE = 26;
const MOST_SPREAD = 150;
const FEW = 60;

export class EventMarkers {
  constructor(events) {
    this.events = events;
    const { x, y } = project(events.x, events.y, 100000);
    events.wx = x;
    events.wy = y;
    this.sprites = new Map();
    this.groups = new Map();
    this.standing = new Map();
    this.drawn = [];
    // Below this zoom level a spread group would be larger than what surrounds it.
    this.leastZoom = -Infinity;
    this.regions = null;
    this.regionOf = new Map();
    this.show(null);
  }

  /** Say which events have an area: their markers stay inside it. */
  bind(regions, regionOf) {
    this.regions = regions;
    this.regionOf = regionOf;
    this.hatched = Array.from(regions.event.keys()).filter((i) => regions.inferred[i]);
    if (this.hatched.length > FEW) this.hatched = [];
    this.standing.clear();
  }

  /** Whether the report named a whole area and nothing smaller. */
  isVague(row) {
    const region = this.regionOf.get(row);
    return region !== undefined && this.regions.isWhole(region);
  }

  /** Show only events of these types (null: all). */
  show(types) {
    const { type, placed } = this.events;
    this.rows = [];
    // On a map of few events more of them are shown around one place before they become a count.
    this.together = placed <= FEW ? 14 : 6;
    for (let row = 0; row < placed; row++) if (!types || types.has(type[row])) this.rows.push(row);
    this.groups.clear();
    this.standing.clear();
  }

  groupsAt(zoom, scale) {
    const level = zoom.toFixed(2);
    if (!this.groups.has(level)) {
      const radius = this.rows.length > 500 ? SIZE * 2 : SIZE * 1.25;
      let groups = groupPoints(this.events.wx, this.events.wy, this.rows, scale, radius);
      if (groups.length <= MOST_SPREAD) {
        groups = separate(groups, scale, (count) => extent(count, this.together));
      }
      if (this.groups.size > 12) this.groups.clear();
      this.groups.set(level, groups);
    }
    return this.groups.get(level);
  }

  /** Decide what stands where: {x, y, radius, rows, ax, ay} in pixels of the canvas. */
  layout(view) {
    const margin = 60;
    this.drawn = [];
    for (const item of this.standingAt(view.zoom, view.scale)) {
      const x = item.x - view.x;
      const y = item.y - view.y;
      if (x < -margin || x > view.width + margin || y < -margin || y > view.height + margin) continue;
      this.drawn.push({ ...item, x, y, ax: item.ax - view.x, ay: item.ay - view.y });
    }
  }

  /** What stands where at a zoom level, in pixels of the whole world: the same wherever one looks. */
  standingAt(zoom, scale) {
    const level = zoom.toFixed(2);
    if (this.standing.has(level)) return this.standing.get(level);
    const groups = this.groupsAt(zoom, scale);
    const few = groups.length <= MOST_SPREAD;
    const most = zoom < this.leastZoom ? 2 : this.together;
    const items = [];
    const rows = [];
    for (const group of groups) {
      const count = group.rows.length;
      if (count === 1 || (few && count <= most)) {
        rows.push(...group.rows);
        continue;
      }
      const [x, y] = [group.x * scale, group.y * scale];
      items.push({ x, y, ax: x, ay: y, radius: donutRadius(count), rows: group.rows, group });
    }
    const anchors = rows.map((row) => this.member(row, scale));
    const taken = items.map(({ x, y, radius }) => [x, y, radius + 2]);
    const misleads = (x, y, { row }) =>
      this.hatched?.some(
        (i) => this.regions.event[i] !== row && this.regions.shapes.contains(i, x / scale, y / scale),
      ) ?? false;
    // Thousands of single markers stand where they belong: they are apart already.
    const places = few ? spread(anchors, SIZE + 1, taken, misleads) : anchors.map(({ x, y }) => [x, y]);
    rows.forEach((row, i) => {
      const [x, y] = places[i];
      items.push({ x, y, ax: anchors[i].x, ay: anchors[i].y, radius: SIZE / 2, rows: [row] });
    });
    if (this.standing.size > 12) this.standing.clear();
    this.standing.set(level, items);
    return items;
  }

  member(row, scale) {
    const member = { row, x: this.events.wx[row] * scale, y: this.events.wy[row] * scale };
    const region = this.regionOf.get(row);
    if (region === undefined || !this.regions.isArea(region)) return member;
    const { shapes } = this.regions;
    const [west, north, east, south] = shapes.box(region);
    member.extent = (east - west) * (south - north);
    member.holds = (x, y) => shapes.contains(region, x / scale, y / scale);
    return member;
  }

  draw(context, view, selected) {
    this.layout(view);
    for (const item of this.drawn) {
      if (item.group || Math.hypot(item.ax - item.x, item.ay - item.y) < 2) continue;
      context.beginPath();
      context.moveTo(item.ax, item.ay);
      context.lineTo(item.x, item.y);
      context.strokeStyle = "rgba(29, 33, 37, 0.55)";
      context.lineWidth = 1.2;
      context.stroke();
      context.beginPath();
      context.arc(item.ax, item.ay, 2.2, 0, 2 * Math.PI);
      context.fillStyle = "#1d2125";
      context.fill();
    }
    for (const item of this.drawn) {
      if (item.group) this.drawDonut(context, item);
      else this.drawMarker(context, item, item.rows[0] === selected);
    }
  }

  drawMarker(context, item, isSelected) {
    const row = item.rows[0];
    const { type, hollow } = this.events;
    if (isSelected) {
      context.beginPath();
      context.arc(item.x, item.y, SIZE / 2 + 4.5, 0, 2 * Math.PI);
      context.strokeStyle = "#1d2125";
      context.lineWidth = 2;
      context.stroke();
    }
    const sprite = this.sprite(type[row], hollow[row]);
    const vague = this.isVague(row);
    if (vague) drawVagueRing(context, item, this.events.types[type[row]]);
    const side = (SIZE + 8) * (vague ? 0.72 : 1);
    context.drawImage(sprite, item.x - side / 2, item.y - side / 2, side, side);
  }

  sprite(type, hollow) {
    const key = type * 2 + hollow;
    if (!this.sprites.has(key)) {
      const side = SIZE + 8;
      const ratio = Math.min(window.devicePixelRatio || 1, 3);
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = Math.ceil(side * ratio);
      const context = canvas.getContext("2d");
      context.scale(canvas.width / side, canvas.width / side);
      context.translate(side / 2, side / 2);
      drawIcon(context, this.events.types[type], SIZE, hollow);
      this.sprites.set(key, canvas);
    }
    return this.sprites.get(key);
  }

  drawDonut(context, item) {
    const { type, types } = this.events;
    const { x, y, radius } = item;
    const counts = new Map();
    for (const row of item.rows) counts.set(type[row], (counts.get(type[row]) ?? 0) + 1);
    context.beginPath();
    context.arc(x, y, radius + 1.5, 0, 2 * Math.PI);
    context.fillStyle = "#ffffff";
    context.shadowColor = "rgba(20, 24, 28, 0.35)";
    context.shadowBlur = 4;
    context.fill();
    context.shadowBlur = 0;
    let angle = -Math.PI / 2;
    for (const [t, count] of [...counts].sort((a, b) => a[0] - b[0])) {
      const next = angle + (count / item.rows.length) * 2 * Math.PI;
      context.beginPath();
      context.arc(x, y, radius - 2.5, angle, next);
      context.strokeStyle = types[t].colour;
      context.lineWidth = 5;
      context.stroke();
      angle = next;
    }
    context.font = fontOf(700, item.rows.length > 999 ? 11 : 12.5);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = "#1d2125";
    context.fillText(shortCount(item.rows.length), x, y + 0.5);
  }

  /** The topmost item at a point of the canvas. */
  at(x, y, slack = 0) {
    let best = null;
    let nearest = Infinity;
    for (const item of this.drawn) {
      const distance = Math.hypot(item.x - x, item.y - y);
      if (distance <= item.radius + 1 + slack && distance <= nearest) {
        best = item;
        nearest = distance;
      }
    }
    return best;
  }

  /** Squares that names keep clear of. */
  boxes() {
    return this.drawn.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
  }
}

function extent(count, together) {
  if (count > together) return donutRadius(count);
  const [x, y] = ring(count, SIZE + 1).at(-1);
  return Math.hypot(x, y) + SIZE / 2;
}

/** Dots around a marker that only stands for a whole area, like those around the area. */
function drawVagueRing(context, { x, y }, style) {
  context.beginPath();
  context.arc(x, y, SIZE / 2, 0, 2 * Math.PI);
  context.fillStyle = "rgba(255, 255, 255, 0.75)";
  context.fill();
  context.lineCap = "round";
  context.setLineDash([0.1, 4.5]);
  context.strokeStyle = style.colour;
  context.lineWidth = 2.2;
  context.stroke();
  context.setLineDash([]);
}

function donutRadius(count) {
  return 13 + Math.min(11, Math.log10(count) * 3.4);
}

function shortCount(count) {
  if (count < 1000) return `${count}`;
  if (count < 10000) return `${(count / 1000).toFixed(1)}k`;
  return count < 1e6 ? `${Math.round(count / 1000)}k` : `${(count / 1e6).toFixed(1)}M`;
}

/** Outline of a marker around the origin. */
export function outline(shape, size) {
  const half = size / 2;
  if (shape === "square") {
    const side = half * 0.9;
    return `M${-side + 3} ${-side}H${side - 3}Q${side} ${-side} ${side} ${-side + 3}V${side - 3}Q${side} ${side} ${side - 3} ${side}H${-side + 3}Q${-side} ${side} ${-side} ${side - 3}V${-side + 3}Q${-side} ${-side} ${-side + 3} ${-side}Z`;
  }
  if (shape === "diamond") {
    const reach = half * 1.12;
    return `M0 ${-reach}L${reach} 0L0 ${reach}L${-reach} 0Z`;
  }
  return `M0 ${-half}A${half} ${half} 0 1 1 0 ${half}A${half} ${half} 0 1 1 0 ${-half}Z`;
}

/** How large the glyph is within each shape. */
export function glyphScale(shape, size) {
  return (size / 24) * (shape === "diamond" ? 0.5 : 0.6);
}

function drawIcon(context, style, size, hollow) {
  const path = new Path2D(outline(style.shape, size - 4));
  context.lineJoin = "round";
  context.shadowColor = "rgba(20, 24, 28, 0.4)";
  context.shadowBlur = 3;
  context.lineWidth = 4;
  context.strokeStyle = "#ffffff";
  context.stroke(path);
  context.shadowBlur = 0;
  context.fillStyle = hollow ? "#ffffff" : style.colour;
  context.fill(path);
  if (hollow) {
    context.strokeStyle = style.ink === "#ffffff" ? style.colour : "#1d2125";
    context.lineWidth = 2;
    context.setLineDash([3.2, 2.2]);
    context.stroke(path);
    context.setLineDash([]);
  } else if (style.ink !== "#ffffff") {
    context.strokeStyle = "rgba(29, 33, 37, 0.55)";
    context.lineWidth = 0.8;
    context.stroke(path);
  }
  const scale = glyphScale(style.shape, size);
  context.scale(scale, scale);
  context.translate(-12, -12);
  context.fillStyle = hollow && style.ink === "#ffffff" ? style.colour : style.ink;
  context.fill(new Path2D(style.glyph));
}

// Markers: one for each event or a ring with a count where many would cover each other.

import { fontOf } from "../draw/lettering.js";
import { currentTheme, lineColour } from "../draw/theme.js";
import { project } from "../data/shapes.js";
import { cutAround, groupPoints, separate } from "./clusters.js";
import { PointIndex } from "./curve.js";
import { DOT, drawDisc, drawDot, drawIcon, drawSelection, drawVagueRing, glyphScale, outline } from "./pictures.js";
import { ring, spread } from "./spread.js";

/**
 * @typedef {import("../types.js").Context} Context
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").Box} Box
 * @typedef {import("../types.js").Events} Events
 * @typedef {import("../types.js").Regions} Regions
 * @typedef {import("../types.js").Theme} Theme
 * @typedef {import("../filters.js").Filter} Filter
 * @typedef {import("./clusters.js").Group} Group
 * @typedef {import("./clusters.js").Grouping} Grouping
 * @typedef {import("./spread.js").Member} Member
 */

const SIZE = 26;
const MOST_SPREAD = 150;
const FEW = 60;
/** So far beyond the canvas something may stand and still show. */
const MARGIN = 60;
/** More single markers than this are drawn as dots. */
const MOST_MARKERS = 4000;
/** How many shades there are from the newest event in the window to the oldest, and how faint that is. */
const SHADES = 6;
const FAINTEST = 0.35;
/** Groupings and layouts remembered: those of the zoom levels and parts of the map looked at last. */
const REMEMBERED = 12;
/** How wide the band of a ring is. */
const WIDTH = 5;
const FIGURE = fontOf(700, 12.5);
const SMALL_FIGURE = fontOf(700, 11);
/** Once around the equator, in metres: WGS 84. */
const EQUATOR = 40075016.7;

/** Something drawn: an event, or many as one. */
export class MarkerItem {
  /**
   * @param {number} x  where it stands
   * @param {number} y
   * @param {number} ax  where it belongs
   * @param {number} ay
   * @param {number} radius
   * @param {number} row  its event, or -1
   * @param {Group|null} group
   */
  constructor(x, y, ax, ay, radius, row, group) {
    this.x = x;
    this.y = y;
    this.ax = ax;
    this.ay = ay;
    this.radius = radius;
    this.row = row;
    this.group = group;
  }

  /** How many events it stands for. */
  get count() {
    return this.group ? this.group.count : 1;
  }

  /** Its events, ascending: of a group written out when somebody asks. @returns {Uint32Array|number[]} */
  get rows() {
    return this.group ? this.group.rows : [this.row];
  }

  /**
   * The same elsewhere.
   *
   * @param {number} dx
   * @param {number} dy
   */
  moved(dx, dy) {
    return new MarkerItem(this.x + dx, this.y + dy, this.ax + dx, this.ay + dy, this.radius, this.row, this.group);
  }
}

export class EventMarkers {
  /** @param {Events} events */
  constructor(events) {
    this.events = events;
    if (!events.wx) {
      const { x, y } = project(events.x, events.y, 100000);
      events.wx = x;
      events.wy = y;
    }
    this.index = new PointIndex(events.wx, events.wy, events.placed);
    // On a map of few events more of them are shown around one place before they become a count.
    this.together = events.placed <= FEW ? 14 : 6;
    /** @type {Map<string, HTMLCanvasElement>} */
    this.sprites = new Map();
    /** @type {Theme|null} */
    this.theme = null;
    /** @type {Map<string, Grouping>} */
    this.groupings = new Map();
    /** What stands where, in pixels of the whole world. @type {WeakMap<Grouping, Map<string, MarkerItem[]>>} */
    this.standing = new WeakMap();
    /** What is on the canvas, in its pixels. @type {MarkerItem[]} */
    this.drawn = [];
    // Below this zoom level a spread group would be larger than what surrounds it.
    this.leastZoom = -Infinity;
    /** @type {Regions|null} */
    this.regions = null;
    /** @type {Map<number, number>} */
    this.regionOf = new Map();
    /** Regions that markers of other events keep out of. @type {number[]} */
    this.hatched = [];
    /** @type {Filter|null} */
    this.filter = null;
    this.version = -1;
    /** Rows shown, ascending. @type {Uint32Array} */
    this.rows = Uint32Array.from({ length: events.placed }, (_, row) => row);
  }

  /**
   * Say which events have an area: their markers stay inside it.
   *
   * @param {Regions} regions
   * @param {Map<number, number>} regionOf  the region of a row
   */
  bind(regions, regionOf) {
    this.regions = regions;
    this.regionOf = regionOf;
    const inferred = Array.from(regions.event, (_, i) => i).filter((i) => regions.inferred[i]);
    this.hatched = inferred.length > FEW ? [] : inferred;
    this.standing = new WeakMap();
  }

  /**
   * Whether the report named a whole area and nothing smaller.
   *
   * @param {number} row
   * @returns {boolean}
   */
  isVague(row) {
    const region = this.regionOf.get(row);
    return region !== undefined && this.regions !== null && this.regions.isWhole(region);
  }

  /**
   * Show the events that pass a filter; null shows all. What the filter lets through later is followed.
   *
   * @param {Filter|null} filter
   */
  show(filter) {
    if (filter !== this.filter) this.version = -1;
    this.filter = filter;
    this.follow();
  }

  /** Take over what the filter shows by now. */
  follow() {
    const version = this.filter ? this.filter.version : 0;
    if (version === this.version) return;
    this.version = version;
    this.rows = this.filter ? this.filter.rows : Uint32Array.from({ length: this.events.placed }, (_, row) => row);
    this.groupings.clear();
  }

  /**
   * The groups at a zoom level: of all the world or, where a view is given and there are many, of what is near it.
   *
   * @param {number} zoom
   * @param {number} scale
   * @param {View|null} [view]
   * @returns {Group[]}
   */
  groupsAt(zoom, scale, view = null) {
    return this.groupingAt(zoom, scale, view).groups;
  }

  /**
   * @param {number} zoom
   * @param {number} scale
   * @param {View|null} view
   * @returns {Grouping}
   */
  groupingAt(zoom, scale, view) {
    this.follow();
    const level = zoom.toFixed(2);
    const radius = this.rows.length > 500 ? SIZE * 2 : SIZE * 1.25;
    const margin = MARGIN / scale;
    /** @type {Box|null} */
    const near = view ? [view.west - margin, view.north - margin, view.east + margin, view.south + margin] : null;
    const cut = near ? `${level} ${cutAround(near, scale, radius)}` : level;
    const known = this.groupings.get(level) ?? this.groupings.get(cut);
    if (known) return known;
    const grouping = groupPoints(this.index, this.filter ? this.filter.shown : null, scale, radius, near);
    if (grouping.whole && grouping.groups.length <= MOST_SPREAD) {
      grouping.groups = separate(grouping.groups, scale, (count) => extent(count, this.together));
    }
    if (this.groupings.size >= REMEMBERED) this.groupings.clear();
    this.groupings.set(grouping.whole ? level : cut, grouping);
    return grouping;
  }

  /**
   * Decide what stands where on the canvas.
   *
   * @param {View} view
   * @param {boolean} [seenOnly]
   */
  layout(view, seenOnly = false) {
    this.drawn = [];
    const [left, top, right, bottom] = seenOnly ? view.seen : [0, 0, view.width, view.height];
    for (const item of this.standingAt(view)) {
      const x = item.x - view.x;
      const y = item.y - view.y;
      if (x < left - MARGIN || x > right + MARGIN || y < top - MARGIN || y > bottom + MARGIN) continue;
      this.drawn.push(item.moved(-view.x, -view.y));
    }
  }

  /**
   * What stands where at a zoom level, in pixels of the whole world: the same wherever one looks.
   *
   * @param {View} view
   * @returns {MarkerItem[]}
   */
  standingAt(view) {
    const { zoom, scale } = view;
    const grouping = this.groupingAt(zoom, scale, view);
    const most = zoom < this.leastZoom ? 2 : this.together;
    const known = this.standing.get(grouping) ?? new Map();
    this.standing.set(grouping, known);
    if (!known.has(most)) known.set(most, this.stand(grouping, scale, most));
    return known.get(most);
  }

  /**
   * @param {Grouping} grouping
   * @param {number} scale
   * @param {number} most  events around one place before they become a count
   * @returns {MarkerItem[]}
   */
  stand({ groups, whole }, scale, most) {
    const few = whole && groups.length <= MOST_SPREAD;
    const items = [];
    /** @type {number[]} */
    const rows = [];
    for (const group of groups) {
      if (group.count === 1) rows.push(group.row);
      else if (few && group.count <= most) rows.push(...group.rows);
      else items.push(ringItem(group, scale));
    }
    const anchors = rows.map((row) => this.member(row, scale));
    // Thousands of single markers stand where they belong: they are apart already.
    const places = few ? this.spread(anchors, items, scale) : anchors.map(({ x, y }) => [x, y]);
    rows.forEach((row, i) => {
      const [x, y] = places[i];
      items.push(new MarkerItem(x, y, anchors[i].x, anchors[i].y, SIZE / 2, row, null));
    });
    return items;
  }

  /**
   * @param {Member[]} anchors
   * @param {MarkerItem[]} rings
   * @param {number} scale
   */
  spread(anchors, rings, scale) {
    const { regions, hatched } = this;
    const misleads = (/** @type {number} */ x, /** @type {number} */ y, /** @type {Member} */ { row }) =>
      regions !== null && hatched.some((i) => regions.event[i] !== row && regions.shapes.contains(i, x / scale, y / scale));
    const taken = rings.map(({ x, y, radius }) => /** @type {[number, number, number]} */ ([x, y, radius + 2]));
    return spread(anchors, SIZE + 1, taken, hatched.length ? misleads : undefined);
  }

  /**
   * @param {number} row
   * @param {number} scale
   * @returns {Member}
   */
  member(row, scale) {
    /** @type {Member} */
    const member = { row, x: this.events.wx[row] * scale, y: this.events.wy[row] * scale };
    const region = this.regionOf.get(row);
    if (region === undefined || !this.regions || !this.regions.isArea(region)) return member;
    const { shapes } = this.regions;
    const [west, north, east, south] = shapes.box(region);
    member.extent = (east - west) * (south - north);
    member.holds = (x, y) => shapes.contains(region, x / scale, y / scale);
    return member;
  }

  /**
   * Draw all that is on the canvas.
   *
   * @param {Context} context
   * @param {View} view
   * @param {number|null} selected  the row of the chosen event
   * @param {boolean} [seenOnly]  leave out what is beyond the map's edge: while time runs, nobody drags it into sight
   */
  draw(context, view, selected, seenOnly = false) {
    this.useTheme();
    this.layout(view, seenOnly);
    const singles = this.drawn.filter((item) => !item.group);
    for (const item of singles) if (Math.hypot(item.ax - item.x, item.ay - item.y) >= 2) this.drawLeader(context, item);
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const item of this.drawn) if (item.group) this.drawRing(context, item, item.group);
    if (singles.length > MOST_MARKERS) this.drawDots(context, singles, selected);
    else for (const item of singles) this.drawMarker(context, item, item.row === selected);
    context.globalAlpha = 1;
  }

  useTheme() {
    const theme = currentTheme();
    if (theme !== this.theme) this.sprites.clear();
    this.theme = theme;
  }

  /**
   * How opaque an event is drawn: the older in the window, the fainter.
   *
   * @param {number} row
   */
  opacity(row) {
    if (!this.filter) return 1;
    const shade = Math.round(this.filter.age[row] * (SHADES - 1));
    return 1 - ((1 - FAINTEST) * shade) / (SHADES - 1);
  }

  /**
   * A line from a marker that was moved aside to where it belongs.
   *
   * @param {Context} context
   * @param {MarkerItem} item
   */
  drawLeader(context, { x, y, ax, ay, row }) {
    const theme = currentTheme();
    context.globalAlpha = this.opacity(row);
    context.beginPath();
    context.moveTo(ax, ay);
    context.lineTo(x, y);
    context.strokeStyle = theme.leader;
    context.lineWidth = 1.2;
    context.stroke();
    context.beginPath();
    context.arc(ax, ay, 2.2, 0, 2 * Math.PI);
    context.fillStyle = theme.ink;
    context.fill();
    context.globalAlpha = 1;
  }

  /**
   * @param {Context} context
   * @param {MarkerItem} item
   * @param {boolean} isSelected
   */
  drawMarker(context, item, isSelected) {
    const { type, hollow, types } = this.events;
    const { row, x, y } = item;
    context.globalAlpha = isSelected ? 1 : this.opacity(row);
    if (isSelected) drawSelection(context, item, SIZE / 2 + 4.5);
    const vague = this.isVague(row);
    if (vague) drawVagueRing(context, item, SIZE / 2, types[type[row]]);
    const side = (SIZE + 8) * (vague ? 0.72 : 1);
    context.drawImage(this.sprite(type[row], hollow[row]), x - side / 2, y - side / 2, side, side);
  }

  /**
   * Thousands of events, each a dot: hollow ones a ring.
   *
   * @param {Context} context
   * @param {MarkerItem[]} items
   * @param {number|null} selected
   */
  drawDots(context, items, selected) {
    const { type, hollow, types } = this.events;
    const side = DOT + 2;
    for (const item of items) {
      const { row, x, y } = item;
      item.radius = DOT / 2;
      context.globalAlpha = row === selected ? 1 : this.opacity(row);
      if (row === selected) drawSelection(context, item, DOT / 2 + 3.5);
      const dot = this.image(`dot ${type[row]} ${hollow[row]}`, side, (ctx) => drawDot(ctx, types[type[row]], hollow[row]));
      context.drawImage(dot, x - side / 2, y - side / 2, side, side);
    }
  }

  /**
   * @param {number} type
   * @param {number} hollow
   */
  sprite(type, hollow) {
    return this.image(`${type} ${hollow}`, SIZE + 8, (context) => drawIcon(context, this.events.types[type], SIZE, hollow));
  }

  /**
   * A small picture drawn once, around its middle.
   *
   * @param {string} key
   * @param {number} side
   * @param {(context: Context) => void} paint
   * @returns {HTMLCanvasElement}
   */
  image(key, side, paint) {
    const known = this.sprites.get(key);
    if (known) return known;
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.ceil(side * ratio);
    const context = /** @type {Context} */ (canvas.getContext("2d"));
    context.scale(canvas.width / side, canvas.width / side);
    context.translate(side / 2, side / 2);
    paint(context);
    this.sprites.set(key, canvas);
    return canvas;
  }

  /**
   * A ring with a count, its arcs in the colours of the types.
   *
   * @param {Context} context
   * @param {MarkerItem} item
   * @param {Group} group
   */
  drawRing(context, { x, y, radius }, group) {
    const { type, types } = this.events;
    const { count } = group;
    const counts = group.typeCounts(type, types.length);
    const main = counts.indexOf(counts.reduce((most, share) => Math.max(most, share), 0));
    const colour = lineColour(types[main].colour);
    const side = 2 * radius + 12;
    // The commonest type is in the picture that all of this size share: what is left to draw are the arcs of the others.
    const disc = this.image(`ring ${radius} ${colour}`, side, (ctx) => drawDisc(ctx, radius, WIDTH, colour));
    context.drawImage(disc, x - side / 2, y - side / 2, side, side);
    context.lineWidth = WIDTH;
    let angle = -Math.PI / 2;
    for (const [t, share] of counts.entries()) {
      if (!share) continue;
      const next = angle + (share / count) * 2 * Math.PI;
      if (t !== main) {
        context.beginPath();
        context.arc(x, y, radius - WIDTH / 2, angle, next);
        context.strokeStyle = lineColour(types[t].colour);
        context.stroke();
      }
      angle = next;
    }
    context.font = count > 999 ? SMALL_FIGURE : FIGURE;
    context.fillStyle = currentTheme().donutInk;
    context.fillText(shortCount(count), x, y + 0.5);
  }

  /**
   * The topmost item at a point of the canvas.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} [slack]  so many pixels beside it still count
   * @returns {MarkerItem|null}
   */
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

  /** Squares that names keep clear of. @returns {Box[]} */
  boxes() {
    return this.drawn.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
  }
}

/**
 * A dashed circle: how far from its marker an event may have been.
 *
 * @param {Context} context
 * @param {View} view
 * @param {{x: number, y: number, metres: number}} circle  its middle in Web Mercator
 */
export function drawUncertainty(context, view, { x, y, metres }) {
  const latitude = Math.atan(Math.sinh(Math.PI * (1 - 2 * y)));
  const radius = (metres / (EQUATOR * Math.cos(latitude))) * view.scale;
  if (!(radius >= 4)) return;
  const theme = currentTheme();
  context.beginPath();
  context.arc(x * view.scale - view.x, y * view.scale - view.y, radius, 0, 2 * Math.PI);
  context.fillStyle = theme.uncertaintyFill;
  context.fill();
  context.setLineDash([4, 4]);
  context.strokeStyle = theme.uncertaintyRim;
  context.lineWidth = 1.3;
  context.stroke();
  context.setLineDash([]);
}

/**
 * @param {Group} group
 * @param {number} scale
 */
function ringItem(group, scale) {
  const [x, y] = [group.x * scale, group.y * scale];
  return new MarkerItem(x, y, x, y, donutRadius(group.count), -1, group);
}

/**
 * @param {number} count
 * @param {number} together
 */
function extent(count, together) {
  if (count > together) return donutRadius(count);
  const [x, y] = ring(count, SIZE + 1)[count - 1];
  return Math.hypot(x, y) + SIZE / 2;
}

/**
 * How large a ring is, in steps of half a pixel: few pictures serve all.
 *
 * @param {number} count
 */
function donutRadius(count) {
  return Math.round(2 * (13 + Math.min(11, Math.log10(count) * 3.4))) / 2;
}

/** @param {number} count */
function shortCount(count) {
  if (count < 1000) return `${count}`;
  if (count < 10000) return `${(count / 1000).toFixed(1)}k`;
  return count < 1e6 ? `${Math.round(count / 1000)}k` : `${(count / 1e6).toFixed(1)}M`;
}

export { glyphScale, outline };

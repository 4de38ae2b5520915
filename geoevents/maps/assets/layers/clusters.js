// Groups events that would cover each other at a zoom level.
//
// Points are sorted once along a curve on which whatever shares a square of the world stands side by side: a run through
// the shown points finds the squares that are filled, without a table of them, and what is far from the view is skipped
// by the block. Groups are the same wherever one looks, because the squares are anchored to the world and which
// of them gather their neighbours depends on nothing far away.

import { BLOCK, FINEST, orderOf } from "./curve.js";

/**
 * @typedef {import("../types.js").Numbers} Numbers
 * @typedef {import("../types.js").Box} Box
 * @typedef {import("./curve.js").PointIndex} PointIndex
 * @typedef {import("../types.js").View} View
 */

/** Room for so many squares, at first. */
const ROOM = 1024;
/** A square to gather in is this many fine squares wide, as a power of two. */
const COARSE = 3;
/** What is grouped together is cut out of the world along squares of so many fine ones, as a power of two. */
const TILE = 6;
/** Up to so many filled squares, all of the world is grouped at once. */
const MOST_WHOLE = 5000;
/** So is all that is no larger than this many square pixels. */
const SMALL = 2 ** 24;
/** How far from the view, in radii, groups may still bear on those in view. Of 8,900 groups cut at 3, none was another. */
const HALO = 8;

/** The filled squares of a grid, with the sums of what is in them. */
class Squares {
  constructor() {
    /** Sums, in the end means. */
    this.x = new Float64Array(ROOM);
    this.y = new Float64Array(ROOM);
    this.column = new Int32Array(ROOM);
    this.line = new Int32Array(ROOM);
    /** Where the rows of each begin. */
    this.start = new Uint32Array(ROOM);
    this.count = 0;
  }

  grow() {
    this.x = copied(this.x, new Float64Array(2 * this.x.length));
    this.y = copied(this.y, new Float64Array(2 * this.y.length));
    this.column = copied(this.column, new Int32Array(2 * this.column.length));
    this.line = copied(this.line, new Int32Array(2 * this.line.length));
    this.start = copied(this.start, new Uint32Array(2 * this.start.length));
  }

  /**
   * Fill them with the shown points.
   *
   * @param {PointIndex} index
   * @param {Uint8Array|null} shown  by row; null shows all
   * @param {number} level  a square is 2^-level of the world
   * @param {Box|null} cut  the squares to fill: first column, first line, and those after the last
   * @param {number} most  give up at more squares than this
   * @returns {Uint32Array|null} the rows, square by square
   */
  fill(index, shown, level, cut, most) {
    const { order, x, y } = index;
    const grid = 2 ** level;
    const rows = new Uint32Array(order.length);
    let [found, n, column, line] = [0, -1, NaN, NaN];
    const [left, top, right, bottom] = cut ?? [-Infinity, -Infinity, Infinity, Infinity];
    for (let first = 0; first < order.length; first += BLOCK) {
      if (cut && !this.touches(index.blocks, first / BLOCK, grid, cut)) continue;
      const end = Math.min(order.length, first + BLOCK);
      for (let at = first; at < end; at++) {
        const row = order[at];
        if (shown !== null && shown[row] === 0) continue;
        const px = x[at];
        const py = y[at];
        const cx = Math.floor(px * grid);
        const cy = Math.floor(py * grid);
        if (cx !== column || cy !== line) {
          if (cx < left || cx >= right || cy < top || cy >= bottom) continue;
          n += 1;
          if (n === most) return null;
          if (n + 1 >= this.start.length) this.grow();
          column = this.column[n] = cx;
          line = this.line[n] = cy;
          this.start[n] = found;
          this.x[n] = this.y[n] = 0;
        }
        this.x[n] += px;
        this.y[n] += py;
        rows[found++] = row;
      }
    }
    this.close(n + 1, found);
    return rows.slice(0, found);
  }

  /**
   * @param {number} count
   * @param {number} end
   */
  close(count, end) {
    this.count = count;
    this.start[count] = end;
    for (let n = 0; n < count; n++) {
      const members = this.start[n + 1] - this.start[n];
      this.x[n] /= members;
      this.y[n] /= members;
    }
  }

  /**
   * Whether a block of points reaches into some squares.
   *
   * @param {Float64Array} blocks
   * @param {number} block
   * @param {number} grid
   * @param {Box} cut
   */
  touches(blocks, block, grid, [left, top, right, bottom]) {
    const [west, north, east, south] = blocks.subarray(4 * block, 4 * block + 4);
    return west * grid < right && east * grid >= left && north * grid < bottom && south * grid >= top;
  }
}

/**
 * @template {Float64Array|Int32Array|Uint32Array} T
 * @param {T} from
 * @param {T} into
 * @returns {T}
 */
function copied(from, into) {
  into.set(from);
  return into;
}

/** Room that every grouping uses again. */
const filled = new Squares();

/** Where the squares of a coarse grid begin and end among the fine ones, found by their column and line. */
class CoarseGrid {
  /** @param {Squares} squares */
  constructor({ count, column, line }) {
    this.first = [];
    for (let n = 0; n < count; n++) {
      const same = n > 0 && column[n] >> COARSE === column[n - 1] >> COARSE && line[n] >> COARSE === line[n - 1] >> COARSE;
      if (!same) this.first.push(n);
    }
    this.column = column;
    this.line = line;
    this.mask = 2 ** Math.ceil(Math.log2(2 * this.first.length + 2)) - 1;
    this.table = new Int32Array(this.mask + 1).fill(-1);
    for (let c = 0; c < this.first.length; c++) {
      const n = this.first[c];
      this.table[this.slot(column[n] >> COARSE, line[n] >> COARSE)] = c;
    }
    this.first.push(count);
  }

  /**
   * The slot of a square, or the empty one where it would be.
   *
   * @param {number} cx
   * @param {number} cy
   */
  slot(cx, cy) {
    let slot = scatter(cx, cy) & this.mask;
    for (; this.table[slot] >= 0; slot = (slot + 1) & this.mask) {
      const n = this.first[this.table[slot]];
      if (this.column[n] >> COARSE === cx && this.line[n] >> COARSE === cy) break;
    }
    return slot;
  }

  /**
   * @param {number} cx
   * @param {number} cy
   * @returns {number} a number for `first`, or -1
   */
  at(cx, cy) {
    return this.table[this.slot(cx, cy)];
  }
}

/**
 * A number that tells squares apart and follows no direction.
 *
 * @param {number} cx
 * @param {number} cy
 */
function scatter(cx, cy) {
  let bits = Math.imul(cx, 0x9e3779b1) ^ Math.imul(cy, 0x85ebca77);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  return (bits ^ (bits >>> 13)) >>> 0;
}

/** Events drawn as one. */
export class Group {
  /**
   * @param {Gathering} gathering
   * @param {number} x  Web Mercator
   * @param {number} y
   * @param {number} count
   * @param {number[]} squares
   */
  constructor(gathering, x, y, count, squares) {
    this.gathering = gathering;
    this.x = x;
    this.y = y;
    this.count = count;
    this.squares = squares;
    /** @type {Uint32Array|null} */
    this.sorted = null;
    /** @type {Uint32Array|null} */
    this.counts = null;
  }

  /** One of its events: the only one where it has one. */
  get row() {
    return this.gathering.rows[this.gathering.start[this.squares[0]]];
  }

  /** All of its events, ascending: written out when somebody asks. @returns {Uint32Array} */
  get rows() {
    if (this.sorted) return this.sorted;
    const { rows, start } = this.gathering;
    this.sorted = new Uint32Array(this.count);
    let found = 0;
    for (const n of this.squares) {
      this.sorted.set(rows.subarray(start[n], start[n + 1]), found);
      found += start[n + 1] - start[n];
    }
    return this.sorted.sort();
  }

  /**
   * How many of its events are of each type.
   *
   * @param {Numbers} type  by row
   * @param {number} types  how many there are
   */
  typeCounts(type, types) {
    if (this.counts) return this.counts;
    const counts = new Uint32Array(types);
    this.counts = counts;
    const { rows, start } = this.gathering;
    for (const n of this.squares) for (let i = start[n]; i < start[n + 1]; i++) counts[type[rows[i]]] += 1;
    return counts;
  }
}

/** @typedef {{rows: Uint32Array, start: Uint32Array}} Gathering  rows square by square, and where each square begins */
/** @typedef {{groups: Group[], whole: boolean}} Grouping  `whole`: all the world's, not only those near the view */

/**
 * Group shown points closer than `radius` pixels.
 *
 * A square with many points gathers those around it before one with few does; among equals chance decides, the same
 * for ever. Where there are many, only those near the view are grouped.
 *
 * @param {PointIndex} index
 * @param {Uint8Array|null} shown  by row; null shows all
 * @param {number} scale  pixels in the world
 * @param {number} radius  in pixels
 * @param {Box|null} [near]  west, north, east, south of what must be right; without it all of the world
 * @returns {Grouping}
 */
export function groupPoints(index, shown, scale, radius, near = null) {
  const level = levelOf(scale, radius);
  const [west, north, east, south] = index.bounds;
  const small = (east - west) * (south - north) * scale * scale <= SMALL;
  const all = filled.fill(index, shown, level, null, near && !small ? MOST_WHOLE : Infinity);
  const rows = all ?? filled.fill(index, shown, level, cutAround(near, scale, radius), Infinity);
  const limit = (radius / scale) ** 2;
  return { groups: rows ? gather(rows, limit) : [], whole: all !== null };
}

/**
 * The grid whose squares are between an eighth and a quarter of the radius wide.
 *
 * @param {number} scale
 * @param {number} radius
 */
function levelOf(scale, radius) {
  return Math.max(0, Math.min(FINEST, Math.ceil(Math.log2((4 * scale) / radius))));
}

/**
 * The squares that must be filled to know the groups of a part of the world: first column, first line, and those
 * after the last. The same for all views within some tiles of the world.
 *
 * @param {Box|null} near
 * @param {number} scale
 * @param {number} radius
 * @returns {Box|null}
 */
export function cutAround(near, scale, radius) {
  if (!near) return null;
  const grid = 2 ** levelOf(scale, radius);
  const halo = (HALO * radius) / scale;
  const tile = 2 ** TILE;
  const [west, north, east, south] = near;
  return [
    Math.floor(((west - halo) * grid) / tile) * tile,
    Math.floor(((north - halo) * grid) / tile) * tile,
    Math.ceil(((east + halo) * grid) / tile) * tile,
    Math.ceil(((south + halo) * grid) / tile) * tile,
  ];
}

/**
 * @param {Uint32Array} rows  of the squares that are filled
 * @param {number} limit  square of the distance within which points are gathered
 * @returns {Group[]}
 */
function gather(rows, limit) {
  const { count, x, y, column, line } = filled;
  /** @type {Gathering} */
  const gathering = { rows, start: filled.start.slice(0, count + 1) };
  const { start } = gathering;
  const coarse = new CoarseGrid(filled);
  const taken = new Uint8Array(count);
  const groups = [];
  for (const leader of byRank(filled)) {
    if (taken[leader]) continue;
    const lx = x[leader];
    const ly = y[leader];
    const cx = column[leader] >> COARSE;
    const cy = line[leader] >> COARSE;
    const members = [];
    let [sx, sy, total] = [0, 0, 0];
    for (let around = 0; around < 9; around++) {
      const c = coarse.at(cx + (around % 3) - 1, cy + Math.floor(around / 3) - 1);
      if (c < 0) continue;
      for (let n = coarse.first[c]; n < coarse.first[c + 1]; n++) {
        if (taken[n] || (x[n] - lx) * (x[n] - lx) + (y[n] - ly) * (y[n] - ly) > limit) continue;
        taken[n] = 1;
        members.push(n);
        const weight = start[n + 1] - start[n];
        sx += x[n] * weight;
        sy += y[n] * weight;
        total += weight;
      }
    }
    // A weighted mean of one square would be off by a rounding error.
    const alone = members.length === 1;
    groups.push(new Group(gathering, alone ? lx : sx / total, alone ? ly : sy / total, total, members));
  }
  return groups;
}

/**
 * The squares in the order in which they gather. Where all hold the same, no direction may come first: one
 * square would bear on the next all across the world.
 *
 * @param {Squares} squares
 * @returns {Uint32Array}
 */
function byRank({ count, start, column, line }) {
  const keys = new Uint32Array(count);
  for (let n = 0; n < count; n++) {
    const few = 1023 - Math.floor(Math.log2(start[n + 1] - start[n]) * 32);
    keys[n] = (few << 16) | (scatter(column[n], line[n]) & 65535);
  }
  return orderOf(count, [keys]);
}

/**
 * Merge groups whose drawings, of radius `extent(count)` in pixels, would overlap. For few groups.
 *
 * @param {Group[]} groups
 * @param {number} scale  pixels in the world
 * @param {(count: number) => number} extent
 * @returns {Group[]}
 */
export function separate(groups, scale, extent) {
  let list = groups;
  for (let merged = true; merged; ) {
    merged = false;
    /** @type {Group[]} */
    const next = [];
    for (const group of list) {
      const reach = extent(group.count);
      const near = next.findIndex(
        (other) => Math.hypot(other.x - group.x, other.y - group.y) * scale < 0.85 * (reach + extent(other.count)),
      );
      if (near < 0) {
        next.push(group);
        continue;
      }
      next[near] = joined(next[near], group);
      merged = true;
    }
    list = next;
  }
  return list;
}

/**
 * @param {Group} one
 * @param {Group} other
 */
function joined(one, other) {
  const count = one.count + other.count;
  const x = (one.x * one.count + other.x * other.count) / count;
  const y = (one.y * one.count + other.y * other.count) / count;
  return new Group(one.gathering, x, y, count, [...one.squares, ...other.squares]);
}

// Outlines that share their arcs, as geoevents/maps/arcs.py packs them. An outline is put together when it is shown.

import { project } from "./shapes.js";

/** @typedef {import("../types.js").Numbers} Numbers */
/** @typedef {import("../types.js").Box} Box */
/** @typedef {Pick<import("../types.js").View, "scale" | "x" | "y">} Projection */
/** @typedef {Pick<import("../types.js").View, "west" | "north" | "east" | "south">} Window */

/**
 * @typedef {object} ArcColumns
 * @property {number} scale  steps in a degree
 * @property {Numbers} x  vertices of all arcs, both ends included
 * @property {Numbers} y
 * @property {Numbers} arcs  vertices of each arc
 * @property {Numbers} links  arcs of all rings: twice the number, and one more where run along backwards
 * @property {Numbers} rings  links of each ring
 * @property {Numbers} holes  whether each ring is a hole
 * @property {Numbers} outlines  rings of all shapes, an exterior before its holes
 * @property {Numbers} features  rings of each shape
 */

/** Results that were asked for last. @template V */
export class Recent {
  /** @param {number} most  how many to keep */
  constructor(most) {
    this.most = most;
    /** @type {Map<string | number, V>} */
    this.values = new Map();
  }

  /**
   * @param {string | number} key
   * @param {() => V} make  what to do where the result is not kept
   * @returns {V}
   */
  get(key, make) {
    const known = this.values.get(key);
    const value = known === undefined ? make() : known;
    // The order of a Map is that in which keys came: the oldest first.
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.most) this.values.delete(/** @type {string | number} */ (this.values.keys().next().value));
    return value;
  }
}

/** Rings in Web Mercator, the whole world from 0 to 1, their last point the first again. */
export class Outline {
  /**
   * @param {Float64Array} x
   * @param {Float64Array} y
   * @param {Uint32Array} start  where each ring starts, and where the last ends
   */
  constructor(x, y, start) {
    this.x = x;
    this.y = y;
    this.start = start;
    /** @type {Box} west, north, east, south; inside out where there are no points */
    this.box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < x.length; i++) {
      if (x[i] < this.box[0]) this.box[0] = x[i];
      if (x[i] > this.box[2]) this.box[2] = x[i];
      if (y[i] < this.box[1]) this.box[1] = y[i];
      if (y[i] > this.box[3]) this.box[3] = y[i];
    }
  }

  /**
   * @param {Window} view
   * @returns {boolean}
   */
  isVisible(view) {
    const [west, north, east, south] = this.box;
    return west <= view.east && east >= view.west && north <= view.south && south >= view.north;
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {boolean}
   */
  contains(x, y) {
    const [west, north, east, south] = this.box;
    if (x < west || x > east || y < north || y > south) return false;
    let inside = false;
    for (let ring = 0; ring < this.start.length - 1; ring++) {
      for (let i = this.start[ring] + 1; i < this.start[ring + 1]; i++) {
        const y0 = this.y[i - 1];
        const y1 = this.y[i];
        if (y0 > y === y1 > y) continue;
        if (x < this.x[i - 1] + ((y - y0) / (y1 - y0)) * (this.x[i] - this.x[i - 1])) inside = !inside;
      }
    }
    return inside;
  }

  /**
   * Draw along the rings; points closer than `near` pixels to the last are skipped.
   *
   * @param {import("../types.js").Tracer} path
   * @param {Projection} view
   * @param {number} [near]
   */
  trace(path, view, near = 0.6) {
    const { scale, x: left, y: top } = view;
    for (let ring = 0; ring < this.start.length - 1; ring++) {
      const first = this.start[ring];
      const last = this.start[ring + 1] - 1;
      let [px, py] = [this.x[first] * scale - left, this.y[first] * scale - top];
      path.moveTo(px, py);
      for (let i = first + 1; i < last; i++) {
        const x = this.x[i] * scale - left;
        const y = this.y[i] * scale - top;
        if (Math.abs(x - px) < near && Math.abs(y - py) < near) continue;
        path.lineTo(x, y);
        px = x;
        py = y;
      }
      path.closePath();
    }
  }

  /**
   * @param {Projection} view
   * @returns {Path2D}
   */
  path(view) {
    const path = new Path2D();
    this.trace(path, view);
    return path;
  }
}

/** The shapes of which the columns hold the arcs. */
export class Arcs {
  /**
   * @param {ArcColumns} columns
   * @param {number} [most]  how many outlines to keep of those put together last
   */
  constructor(columns, most = 48) {
    this.scale = columns.scale;
    /** Vertices in steps of a degree. */
    this.x = columns.x;
    this.y = columns.y;
    this.links = columns.links;
    this.holes = columns.holes;
    this.outlines = columns.outlines;
    this.arcStart = starts(columns.arcs);
    this.ringStart = starts(columns.rings);
    this.shapeStart = starts(columns.features);
    this.count = columns.features.length;
    this.arcCount = columns.arcs.length;
    this.mercator = project(columns.x, columns.y, columns.scale);
    /** @type {Recent<Outline>} */
    this.kept = new Recent(most);
  }

  /**
   * The rings of a shape, an exterior before its holes.
   *
   * @param {number} shape
   * @returns {Numbers}
   */
  ringsOf(shape) {
    return this.outlines.slice(this.shapeStart[shape], this.shapeStart[shape + 1]);
  }

  /**
   * The outline of a shape, in Web Mercator.
   *
   * @param {number} shape
   * @returns {Outline}
   */
  outline(shape) {
    return this.kept.get(shape, () => this.assemble(this.ringsOf(shape), this.mercator.x, this.mercator.y));
  }

  /**
   * The rings of a shape in steps of a degree, each a flat list of x and y whose last point is the first again.
   *
   * @param {number} shape
   * @returns {{hole: boolean, points: Float64Array}[]}
   */
  decode(shape) {
    return Array.from(this.ringsOf(shape), (ring) => {
      const { x, y } = this.assemble([ring], this.x, this.y);
      const points = new Float64Array(2 * x.length);
      x.forEach((value, i) => points.set([value, y[i]], 2 * i));
      return { hole: this.holes[ring] === 1, points };
    });
  }

  /**
   * Put rings together.
   *
   * @param {Numbers} rings
   * @param {Numbers} xs
   * @param {Numbers} ys
   * @returns {Outline}
   */
  assemble(rings, xs, ys) {
    const sizes = Array.from(rings, (ring) => this.sizeOf(ring));
    const start = starts(sizes);
    const x = new Float64Array(start[sizes.length]);
    const y = new Float64Array(x.length);
    rings.forEach((/** @type {number} */ ring, /** @type {number} */ position) => {
      let to = start[position];
      for (let l = this.ringStart[ring]; l < this.ringStart[ring + 1]; l++) {
        const link = this.links[l];
        const first = this.arcStart[link >> 1];
        const last = this.arcStart[(link >> 1) + 1] - 1;
        const step = link & 1 ? -1 : 1;
        // The last vertex of an arc is the first of the next.
        for (let i = step > 0 ? first : last, left = last - first; left > 0; i += step, left--, to++) {
          x[to] = xs[i];
          y[to] = ys[i];
        }
      }
      x[to] = x[start[position]];
      y[to] = y[start[position]];
    });
    return new Outline(x, y, start);
  }

  /**
   * @param {number} ring
   * @returns {number} how many points it has, the first twice
   */
  sizeOf(ring) {
    let size = 1;
    for (let l = this.ringStart[ring]; l < this.ringStart[ring + 1]; l++) {
      const arc = this.links[l] >> 1;
      size += this.arcStart[arc + 1] - this.arcStart[arc] - 1;
    }
    return size;
  }
}

/**
 * @param {ArrayLike<number>} lengths
 * @returns {Uint32Array} where each of things laid end to end starts, and where the last ends
 */
function starts(lengths) {
  const result = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) result[i + 1] = result[i] + lengths[i];
  return result;
}

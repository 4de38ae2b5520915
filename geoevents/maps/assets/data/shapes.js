// Lines and polygons in Web Mercator, the whole world from 0 to 1, traced on a canvas.

/** @typedef {import("../types.js").Box} Box */
/** @typedef {import("../types.js").Numbers} Numbers */
/** @typedef {Pick<import("../types.js").View, "scale" | "x" | "y">} Projection */
/** @typedef {Pick<import("../types.js").View, "west" | "north" | "east" | "south">} Window */

/** So many pixels beyond the view's edge lines still matter: they are wide. */
const BEYOND = 24;

/**
 * @param {number} longitude  degrees
 * @returns {number}
 */
export function mercatorX(longitude) {
  return longitude / 360 + 0.5;
}

/**
 * @param {number} latitude  degrees; beyond the square world's edge it counts as the edge
 * @returns {number}
 */
export function mercatorY(latitude) {
  const bounded = Math.max(-85.0511, Math.min(85.0511, latitude));
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360)) / (2 * Math.PI);
}

/**
 * Project columns of quantised degrees.
 *
 * @param {Numbers} xs
 * @param {Numbers} ys
 * @param {number} scale  steps in a degree
 * @returns {{x: Float64Array, y: Float64Array}}
 */
export function project(xs, ys, scale) {
  const x = new Float64Array(xs.length);
  const y = new Float64Array(ys.length);
  for (let i = 0; i < x.length; i++) {
    x[i] = mercatorX(xs[i] / scale);
    y[i] = mercatorY(ys[i] / scale);
  }
  return { x, y };
}

/** Features, each of some paths, each of some points: flat columns. */
export class Shapes {
  /** @param {import("../types.js").ShapeColumns} columns */
  constructor(columns) {
    const { x, y } = project(columns.x, columns.y, columns.scale);
    this.x = x;
    this.y = y;
    this.closed = columns.closed;
    this.pathStart = starts(columns.paths);
    this.featureStart = starts(columns.features);
    this.count = columns.features.length;
    this.boxes = new Float64Array(this.count * 4);
    for (let f = 0; f < this.count; f++) this.boxes.set(this.measure(f), f * 4);
  }

  /**
   * @param {number} feature
   * @returns {Box} west, north, east, south; inside out where there are no points
   */
  measure(feature) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    const from = this.pathStart[this.featureStart[feature]];
    const to = this.pathStart[this.featureStart[feature + 1]];
    for (let i = from; i < to; i++) {
      west = Math.min(west, this.x[i]);
      east = Math.max(east, this.x[i]);
      north = Math.min(north, this.y[i]);
      south = Math.max(south, this.y[i]);
    }
    return [west, north, east, south];
  }

  /**
   * @param {number} feature
   * @returns {Box}
   */
  box(feature) {
    const [west, north, east, south] = this.boxes.subarray(feature * 4, feature * 4 + 4);
    return [west, north, east, south];
  }

  /**
   * @param {number} feature
   * @param {Window} view
   * @param {number} [turn]  whole turns of the world to the east
   * @returns {boolean}
   */
  isVisible(feature, view, turn = 0) {
    const { boxes } = this;
    const at = feature * 4;
    return (
      boxes[at] + turn <= view.east &&
      boxes[at + 2] + turn >= view.west &&
      boxes[at + 1] <= view.south &&
      boxes[at + 3] >= view.north
    );
  }

  /**
   * Whether a polygon holds a point.
   *
   * @param {number} feature
   * @param {number} x
   * @param {number} y
   * @returns {boolean}
   */
  contains(feature, x, y) {
    const [west, north, east, south] = this.box(feature);
    if (x < west || x > east || y < north || y > south) return false;
    let inside = false;
    for (let p = this.featureStart[feature]; p < this.featureStart[feature + 1]; p++) {
      if (!this.closed[p]) continue;
      for (let i = this.pathStart[p] + 1; i < this.pathStart[p + 1]; i++) {
        const [y0, y1] = [this.y[i - 1], this.y[i]];
        if (y0 > y === y1 > y) continue;
        const crossing = this.x[i - 1] + ((y - y0) / (y1 - y0)) * (this.x[i] - this.x[i - 1]);
        if (x < crossing) inside = !inside;
      }
    }
    return inside;
  }

  /**
   * Add a feature's outline to a path; points closer than `near` pixels to the last are skipped.
   *
   * Where the view has a size, so are runs of points that lie beyond one side of it: what is seen stays the same.
   *
   * @param {import("../types.js").Tracer} path
   * @param {number} feature
   * @param {Projection & {width?: number, height?: number}} view
   * @param {number} [turn]
   * @param {number} [near]
   */
  trace(path, feature, view, turn = 0, near = 0.6) {
    const { scale, x: left, y: top, width = Infinity, height = Infinity } = view;
    const [right, bottom, least] = [width + BEYOND, height + BEYOND, Number.isFinite(width) ? -BEYOND : -Infinity];
    for (let p = this.featureStart[feature]; p < this.featureStart[feature + 1]; p++) {
      const [start, end] = [this.pathStart[p], this.pathStart[p + 1]];
      let [px, py] = [0, 0];
      // The sides of the view beyond which all points since the last one drawn lie.
      let sides = 0;
      let waiting = false;
      for (let i = start; i < end; i++) {
        const x = (this.x[i] + turn) * scale - left;
        const y = this.y[i] * scale - top;
        const side = (x < least ? 1 : x > right ? 2 : 0) | (y < least ? 4 : y > bottom ? 8 : 0);
        if (i === start) {
          path.moveTo(x, y);
          sides = side;
        } else if (sides & side) {
          sides &= side;
          waiting = true;
        } else {
          if (waiting) path.lineTo(px, py);
          else if (i < end - 1 && Math.abs(x - px) < near && Math.abs(y - py) < near) continue;
          path.lineTo(x, y);
          sides = side;
          waiting = false;
        }
        px = x;
        py = y;
      }
      if (waiting) path.lineTo(px, py);
      if (this.closed[p]) path.closePath();
    }
  }

  /**
   * A feature's outline as a path of its own.
   *
   * @param {number} feature
   * @param {Projection} view
   * @returns {Path2D}
   */
  path(feature, view) {
    const path = new Path2D();
    // Whole, for it may be dashed: dashes are counted from where a line begins.
    this.trace(path, feature, { scale: view.scale, x: view.x, y: view.y });
    return path;
  }

  /**
   * The screen coordinates of each path of a feature, for placing text along it.
   *
   * @param {number} feature
   * @param {Projection} view
   * @returns {[number, number][][]}
   */
  paths(feature, view) {
    const lines = [];
    for (let p = this.featureStart[feature]; p < this.featureStart[feature + 1]; p++) {
      /** @type {[number, number][]} */
      const line = [];
      for (let i = this.pathStart[p]; i < this.pathStart[p + 1]; i++) {
        line.push([this.x[i] * view.scale - view.x, this.y[i] * view.scale - view.y]);
      }
      lines.push(line);
    }
    return lines;
  }
}

/**
 * @param {Numbers} lengths
 * @returns {Uint32Array} where each of things laid end to end starts, and where the last ends
 */
function starts(lengths) {
  const result = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) result[i + 1] = result[i] + lengths[i];
  return result;
}

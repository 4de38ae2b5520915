// Points along a Z-order curve: those that share a square of 2^-n of the world stand side by side, for every n.

/** @typedef {import("../types.js").Box} Box */

/** The finest square is 2^-24 of the world: 8 pixels at zoom level 19. */
export const FINEST = 24;
/** Half the bits of a place along one axis: two whole worlds beside ours have a place too. */
const HALF = 13;
/** The last place that the curve has. */
const LAST = 3 - 2 ** -FINEST;
/** So many points in turn are looked at or skipped together. */
export const BLOCK = 256;

/** Points in the order of a Z-order curve. */
export class PointIndex {
  /**
   * @param {Float64Array} x  Web Mercator, the world from 0 to 1; from -1 to 3 across the antimeridian
   * @param {Float64Array} y
   * @param {number} count  how many of them are points
   */
  constructor(x, y, count) {
    this.order = curveOrder(x, y, count);
    this.x = inOrder(x, this.order);
    this.y = inOrder(y, this.order);
    /** West, north, east and south of every block. */
    this.blocks = new Float64Array(4 * Math.ceil(count / BLOCK));
    /** @type {Box} */
    this.bounds = [Infinity, Infinity, -Infinity, -Infinity];
    for (let block = 0; 4 * block < this.blocks.length; block++) this.measure(block);
  }

  /** @param {number} block */
  measure(block) {
    const { bounds, x, y } = this;
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    const end = Math.min(x.length, (block + 1) * BLOCK);
    for (let at = block * BLOCK; at < end; at++) {
      if (x[at] < west) west = x[at];
      if (x[at] > east) east = x[at];
      if (y[at] < north) north = y[at];
      if (y[at] > south) south = y[at];
    }
    this.blocks.set([west, north, east, south], 4 * block);
    this.bounds = [Math.min(bounds[0], west), Math.min(bounds[1], north), Math.max(bounds[2], east), Math.max(bounds[3], south)];
  }
}

/**
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {number} count
 */
function curveOrder(x, y, count) {
  const low = new Uint32Array(count);
  const high = new Uint32Array(count);
  const mask = 2 ** HALF - 1;
  for (let row = 0; row < count; row++) {
    const cx = placeOf(x[row]);
    const cy = placeOf(y[row]);
    low[row] = apart(cx & mask) | (apart(cy & mask) << 1);
    high[row] = apart(cx >>> HALF) | (apart(cy >>> HALF) << 1);
  }
  return orderOf(count, [low, high]);
}

/**
 * @param {Float64Array} values
 * @param {Uint32Array} order
 */
function inOrder(values, order) {
  const result = new Float64Array(order.length);
  // What has no place on the curve is drawn at its end: elsewhere, runs of a square would come apart.
  for (let at = 0; at < order.length; at++) result[at] = Math.max(-1, Math.min(LAST, values[order[at]]));
  return result;
}

/** @param {number} count */
function upTo(count) {
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}

/** @param {number} value */
function placeOf(value) {
  return Math.max(0, Math.min(2 ** (2 * HALF) - 1, Math.floor((value + 1) * 2 ** FINEST)));
}

/**
 * Move the bits of a number apart, to make room for those of another.
 *
 * @param {number} value
 */
function apart(value) {
  let bits = (value | (value << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}

/**
 * The numbers from 0 in the order of their keys: a radix sort. The keys move along with them, since
 * memory far apart costs more than memory in turn.
 *
 * @param {number} count
 * @param {Uint32Array[]} keys  of 26 bits each, the least significant first
 * @returns {Uint32Array}
 */
export function orderOf(count, keys) {
  let columns = [upTo(count), ...keys];
  for (let key = 1; key < columns.length; key++) {
    for (const shift of [0, HALF]) {
      const targets = targetsOf(columns[key], shift);
      columns = columns.map((column) => moved(column, targets));
    }
  }
  return columns[0];
}

/**
 * Where each goes to be sorted by some bits of its key.
 *
 * @param {Uint32Array} key
 * @param {number} shift
 */
function targetsOf(key, shift) {
  const mask = 2 ** HALF - 1;
  const next = new Uint32Array(mask + 2);
  for (let i = 0; i < key.length; i++) next[((key[i] >>> shift) & mask) + 1] += 1;
  for (let i = 1; i < next.length; i++) next[i] += next[i - 1];
  const targets = new Uint32Array(key.length);
  for (let i = 0; i < key.length; i++) targets[i] = next[(key[i] >>> shift) & mask]++;
  return targets;
}

/**
 * @param {Uint32Array} column
 * @param {Uint32Array} targets
 */
function moved(column, targets) {
  const result = new Uint32Array(column.length);
  for (let i = 0; i < column.length; i++) result[targets[i]] = column[i];
  return result;
}

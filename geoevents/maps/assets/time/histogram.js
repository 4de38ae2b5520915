// How many events of each type fall into each bin of time, and the bars that show it.

/**
 * @typedef {object} Bins
 * @property {Float64Array} edges  bounds of the bins in minutes, ascending, one more than there are bins
 * @property {Uint32Array} counts  bin after bin, in each its types
 * @property {Uint32Array} totals  of each bin
 * @property {number} types
 * @property {number} most  the total of the fullest bin
 * @property {number} total
 */

/**
 * Count events by bin and type. Dates in order cost one comparison each; others are looked up.
 *
 * @param {object} rows
 * @param {ArrayLike<number>} rows.starts  minutes; those outside the edges, such as missing ones, count nowhere
 * @param {ArrayLike<number>} rows.type
 * @param {ArrayLike<number> | null} rows.passing  1 for the rows to count; null for all
 * @param {number} types  how many there are
 * @param {Float64Array} edges
 * @returns {Bins}
 */
export function countBins({ starts, type, passing }, types, edges) {
  const size = Math.max(0, edges.length - 1);
  const counts = new Uint32Array(size * types);
  const totals = new Uint32Array(size);
  const [first, last] = [edges[0], edges[size]];
  let bin = 0;
  let [low, high] = [first, edges[1]];
  for (let row = 0; row < (size ? starts.length : 0); row++) {
    const start = starts[row];
    if (!(start >= low && start < high)) {
      if (!(start >= first && start < last)) continue;
      bin = binOf(edges, start, bin);
      low = edges[bin];
      high = edges[bin + 1];
    }
    if (passing && !passing[row]) continue;
    counts[bin * types + type[row]]++;
    totals[bin]++;
  }
  let [most, total] = [0, 0];
  for (const count of totals) {
    most = Math.max(most, count);
    total += count;
  }
  return { edges, counts, totals, types, most, total };
}

/**
 * @param {Float64Array} edges
 * @param {number} value  within the edges
 * @param {number} near  a bin to begin with
 */
function binOf(edges, value, near) {
  if (value >= edges[near + 1] && value < edges[near + 2]) return near + 1;
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The types in the order in which they are stacked, the most frequent at the foot.
 *
 * @param {Bins} bins
 * @returns {number[]}
 */
export function stackOrder({ counts, types }) {
  const sums = new Float64Array(types);
  for (let i = 0; i < counts.length; i++) sums[i % types] += counts[i];
  return Array.from(sums.keys()).sort((a, b) => sums[b] - sums[a] || a - b);
}

/**
 * A rectangle of a bar: whole pixels.
 *
 * @typedef {{ type: number, left: number, top: number, width: number, height: number }} Block
 */

/**
 * The blocks of all bars. Heights add up to those of the totals, and no bin that has anything is empty to the eye.
 *
 * @param {Bins} bins
 * @param {object} how  in pixels of the canvas
 * @param {(minutes: number) => number} how.x
 * @param {number} how.foot  where the bars stand
 * @param {number} how.height  of the highest
 * @param {number} how.widest
 * @param {number} how.least  height of a bar that has anything
 * @param {number[]} how.order
 * @returns {Block[]}
 */
export function barsOf(bins, { x, foot, height, widest, least, order }) {
  /** @type {Block[]} */
  const blocks = [];
  for (let bin = 0; bin < bins.totals.length; bin++) {
    const total = bins.totals[bin];
    if (!total) continue;
    const { left, width } = barWithin(x(bins.edges[bin]), x(bins.edges[bin + 1]), widest);
    const tall = Math.max(least, Math.round((total / bins.most) * height));
    let sum = 0;
    let done = 0;
    for (const type of order) {
      const count = bins.counts[bin * bins.types + type];
      if (!count) continue;
      sum += count;
      const reached = Math.round((sum / total) * tall);
      if (reached > done) blocks.push({ type, left, top: foot - reached, width, height: reached - done });
      done = reached;
    }
  }
  return blocks;
}

/**
 * A bar in the middle of its bin: a hair narrower, and no wider than is seemly.
 *
 * @param {number} from
 * @param {number} to
 * @param {number} widest
 */
export function barWithin(from, to, widest) {
  const [left, right] = [Math.round(from), Math.round(to)];
  const room = Math.max(1, right - left - (right - left > 3 ? Math.max(1, Math.round((right - left) * 0.12)) : right - left > 2 ? 1 : 0));
  const width = Math.min(widest, room);
  return { left: left + ((right - left - width) >> 1), width };
}

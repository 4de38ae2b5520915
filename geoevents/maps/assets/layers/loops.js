// Closed loops of directed edges that touch each other only where they have to.

/**
 * @typedef {{x: number, y: number}[]} Path  a ring, in steps of a degree; the last vertex is not the first again
 * @typedef {[ax: number, ay: number, bx: number, by: number]} Edge  whole numbers
 */

/**
 * The loops in which edges close, once what runs both ways along the same line has cancelled.
 *
 * Where a straight border of one date covers a part of one of another, their ends lie on each other's edges: these are cut
 * there first. As many edges arrive at each vertex as leave it. Whole numbers up to 2^26 make all of this exact.
 *
 * @param {Edge[]} edges
 * @returns {Path[]}
 */
export function loopsOf(edges) {
  return walked(balanced(cutAtVertices(edges)));
}

/**
 * Cut edges where a vertex of another lies on them.
 *
 * @param {Edge[]} edges
 * @returns {Edge[]}
 */
function cutAtVertices(edges) {
  const seen = new Set();
  /** @type {[number, number][]} */
  const vertices = [];
  for (const [x, y] of edges) {
    if (seen.has(keyOf(x, y))) continue;
    seen.add(keyOf(x, y));
    vertices.push([x, y]);
  }
  vertices.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return edges.flatMap((edge) => cut(edge, vertices));
}

/**
 * @param {Edge} edge
 * @param {[number, number][]} vertices  by x, then y
 * @returns {Edge[]}
 */
function cut([ax, ay, bx, by], vertices) {
  const [west, east, south, north] = [Math.min(ax, bx), Math.max(ax, bx), Math.min(ay, by), Math.max(ay, by)];
  /** @type {[number, number][]} */
  const on = [];
  for (let i = firstFrom(vertices, west, south); i < vertices.length && vertices[i][0] <= east; i++) {
    const [x, y] = vertices[i];
    if (y < south || y > north || (x === ax && y === ay) || (x === bx && y === by)) continue;
    if ((bx - ax) * (y - ay) === (by - ay) * (x - ax)) on.push([x, y]);
  }
  if (!on.length) return [[ax, ay, bx, by]];
  // By x, then y, they are in the order of a line that runs that way.
  if (ax > bx || (ax === bx && ay > by)) on.reverse();
  const stops = [[ax, ay], ...on, [bx, by]];
  return stops.slice(1).map(([x, y], i) => [stops[i][0], stops[i][1], x, y]);
}

/**
 * @param {[number, number][]} vertices  by x, then y
 * @param {number} x
 * @param {number} y
 * @returns {number} the first that is not before these coordinates
 */
function firstFrom(vertices, x, y) {
  let [low, high] = [0, vertices.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (vertices[middle][0] < x || (vertices[middle][0] === x && vertices[middle][1] < y)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Leave out edges that another runs along the other way.
 *
 * @param {Edge[]} edges
 * @returns {Edge[]}
 */
function balanced(edges) {
  /** @type {Map<string, {edge: Edge, times: number}>} */
  const known = new Map();
  for (const edge of edges) {
    const [ax, ay, bx, by] = edge;
    const forwards = ax < bx || (ax === bx && ay < by);
    const key = forwards ? `${ax} ${ay} ${bx} ${by}` : `${bx} ${by} ${ax} ${ay}`;
    const entry = known.get(key);
    if (!entry) known.set(key, { edge: forwards ? edge : [bx, by, ax, ay], times: forwards ? 1 : -1 });
    else entry.times += forwards ? 1 : -1;
  }
  /** @type {Edge[]} */
  const left = [];
  for (const { edge: [ax, ay, bx, by], times } of known.values()) {
    for (let i = Math.abs(times); i > 0; i--) left.push(times > 0 ? [ax, ay, bx, by] : [bx, by, ax, ay]);
  }
  return left;
}

/**
 * @param {Edge[]} edges
 * @returns {Path[]}
 */
function walked(edges) {
  /** @type {Map<number, Edge[]>} */
  const leaving = new Map();
  for (const edge of edges) {
    const from = keyOf(edge[0], edge[1]);
    const those = leaving.get(from);
    if (those) those.push(edge);
    else leaving.set(from, [edge]);
  }
  /** @type {Path[]} */
  const loops = [];
  for (const [start, waiting] of leaving) {
    while (waiting.length) {
      /** @type {Path} */
      const loop = [];
      let at = start;
      do {
        const edge = leaving.get(at)?.pop();
        if (!edge) break;
        loop.push({ x: edge[0], y: edge[1] });
        at = keyOf(edge[2], edge[3]);
      } while (at !== start);
      loops.push(loop);
    }
  }
  return loops;
}

/**
 * @param {number} x
 * @param {number} y
 */
function keyOf(x, y) {
  return x * 2 ** 26 + y;
}

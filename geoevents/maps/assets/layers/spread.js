// Where markers stand that would otherwise cover each other.

/**
 * @typedef {object} Member
 * @property {number} x  where it belongs, in pixels
 * @property {number} y
 * @property {number} [row]
 * @property {(x: number, y: number) => boolean} [holds]  whether a place lies in the event's own area
 * @property {number} [extent]  how large that area is
 */
/** @typedef {[number, number]} Place */
/** @typedef {[number, number, number]} Circle  x, y, radius */

const NEAR = 6;

/** Circles already drawn, found by the squares of a grid. */
class Crowd {
  /** @param {number} size  no two radii together are larger */
  constructor(size) {
    this.size = 2 * size;
    /** @type {Map<number, Circle[]>} */
    this.cells = new Map();
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  key(x, y) {
    return Math.floor(x / this.size) * 2 ** 26 + Math.floor(y / this.size);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   */
  add(x, y, radius) {
    /** @type {Circle} */
    const added = [x, y, radius];
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const key = this.key(x + dx * this.size, y + dy * this.size);
        const cell = this.cells.get(key);
        if (cell) cell.push(added);
        else this.cells.set(key, [added]);
      }
    }
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   */
  isFree(x, y, radius) {
    const near = this.cells.get(this.key(x, y));
    if (!near) return true;
    for (const [ox, oy, other] of near) {
      const reach = radius + other;
      if ((ox - x) * (ox - x) + (oy - y) * (oy - y) < reach * reach) return false;
    }
    return true;
  }
}

/**
 * Points of a triangular grid, the nearest to the origin first; `shifted`: none on the origin.
 *
 * @param {number} step
 * @param {boolean} shifted
 * @param {number} reach
 * @returns {Place[]}
 */
function lattice(step, shifted, reach) {
  const rows = Math.ceil(reach / step) + 1;
  /** @type {Place[]} */
  const points = [];
  for (let j = -rows; j <= rows; j++) {
    for (let i = -2 * rows; i <= 2 * rows; i++) {
      const x = (i + j / 2 + (shifted ? 0.5 : 0)) * step;
      const y = (j * Math.sqrt(0.75) + (shifted ? Math.sqrt(1 / 12) : 0)) * step;
      if (Math.hypot(x, y) <= reach) points.push([x, y]);
    }
  }
  return points.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
}

/**
 * Give markers of diameter `size` places that do not touch, as near to where they belong as can be.
 *
 * A marker whose event has an area of its own never leaves it while there is room in it, and chooses before the
 * others. Then come markers that belong to a place of their own; those that share one stand around it.
 *
 * @param {Member[]} members
 * @param {number} size
 * @param {Circle[]} [taken]  circles drawn already
 * @param {(x: number, y: number, member: Member) => boolean} [avoid]  where a marker of somewhere else would mislead
 * @returns {Place[]} a place for each member
 */
export function spread(members, size, taken = [], avoid = () => false) {
  const spreading = new Spreading(members, size, taken, avoid);
  spreading.placeBounded();
  for (const crowd of crowdsOf(members)) spreading.placeCrowd(crowd);
  return spreading.places;
}

/**
 * Numbers of the members without an area by where they belong, the smallest crowd first.
 *
 * @param {Member[]} members
 * @returns {number[][]}
 */
function crowdsOf(members) {
  /** @type {Map<number, number[]>} */
  const shared = new Map();
  for (const [i, { x, y, holds }] of members.entries()) {
    if (holds) continue;
    const key = Math.round(x / NEAR) * 2 ** 26 + Math.round(y / NEAR);
    const crowd = shared.get(key);
    if (crowd) crowd.push(i);
    else shared.set(key, [i]);
  }
  return [...shared.values()].sort((a, b) => a.length - b.length);
}

class Spreading {
  /**
   * @param {Member[]} members
   * @param {number} size
   * @param {Circle[]} taken
   * @param {(x: number, y: number, member: Member) => boolean} avoid
   */
  constructor(members, size, taken, avoid) {
    this.members = members;
    this.size = size;
    this.avoid = avoid;
    // A little less than half: what touches does not cover.
    this.radius = size / 2 - 0.01;
    this.crowd = new Crowd(Math.max(size, ...taken.map(([, , radius]) => radius + size / 2)));
    for (const [x, y, radius] of taken) this.crowd.add(x, y, radius);
    this.fine = lattice(size / 2, false, 4 * size);
    this.even = lattice(size, true, 6 * size);
    /** @type {Place[]} */
    this.places = new Array(members.length);
  }

  /** Those with an area, the smallest area first. */
  placeBounded() {
    const { members } = this;
    const bounded = [...members.keys()].filter((i) => members[i].holds);
    bounded.sort((a, b) => (members[a].extent ?? 0) - (members[b].extent ?? 0) || a - b);
    for (const i of bounded) {
      const { x, y, holds } = members[i];
      if (!this.choose(i, this.fine, holds) && !this.choose(i, this.fine)) this.stand(i, [x, y]);
    }
  }

  /**
   * Those that belong to one place.
   *
   * @param {number[]} rows
   */
  placeCrowd(rows) {
    const { members, size, avoid } = this;
    const first = members[rows[0]];
    const tidy = ring(rows.length, size).map(([dx, dy]) => /** @type {Place} */ ([first.x + dx, first.y + dy]));
    if (tidy.every(([x, y]) => this.crowd.isFree(x, y, this.radius) && !avoid(x, y, first))) {
      rows.forEach((i, n) => this.stand(i, tidy[n]));
      return;
    }
    const offsets = rows.length > 1 ? this.even : this.fine;
    for (const [n, i] of rows.entries()) if (!this.choose(i, offsets)) this.stand(i, tidy[n]);
  }

  /**
   * @param {number} i
   * @param {Place} place
   */
  stand(i, place) {
    this.crowd.add(place[0], place[1], this.radius);
    this.places[i] = place;
  }

  /**
   * Take the best free place near where a member belongs.
   *
   * @param {number} i
   * @param {Place[]} offsets  the nearest first
   * @param {(x: number, y: number) => boolean} [allowed]
   * @returns {boolean} whether there was one
   */
  choose(i, offsets, allowed = () => true) {
    const member = this.members[i];
    /** @type {Place|null} */
    let best = null;
    let least = Infinity;
    for (const [dx, dy] of offsets) {
      const far = Math.hypot(dx, dy);
      if (far >= least) break;
      const [x, y] = [member.x + dx, member.y + dy];
      if (!allowed(x, y) || !this.crowd.isFree(x, y, this.radius)) continue;
      const cost = far + (this.avoid(x, y, member) ? 1.5 * this.size : 0);
      if (cost < least) [best, least] = [[x, y], cost];
    }
    if (best) this.stand(i, best);
    return best !== null;
  }
}

/**
 * Where the members of a small group stand around its centre: side by side, or in rings.
 *
 * @param {number} count
 * @param {number} size
 * @returns {Place[]}
 */
export function ring(count, size) {
  if (count === 1) return [[0, 0]];
  if (count <= 6) return circle(count, size);
  const inner = Math.max(3, Math.min(6, count - 7));
  const outer = circle(count - inner, size);
  const reach = Math.max(Math.hypot(...circle(inner, size)[0]) + size, Math.hypot(...outer[0]));
  const stretch = reach / Math.hypot(...outer[0]);
  return [...circle(inner, size), ...outer.map(([x, y]) => /** @type {Place} */ ([x * stretch, y * stretch]))];
}

/**
 * @param {number} count
 * @param {number} size
 * @returns {Place[]}
 */
function circle(count, size) {
  const radius = count === 2 ? size / 2 : size / 2 / Math.sin(Math.PI / count);
  const start = count === 2 ? Math.PI : -Math.PI / 2;
  return Array.from({ length: count }, (_, i) => {
    const angle = start + (i * 2 * Math.PI) / count;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

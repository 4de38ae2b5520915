// Which names fit on the map without touching each other: the most important first.

/** @typedef {import("../types.js").Box} Box */
/** @typedef {[number, number]} Spot */
/** @typedef {{x: number, y: number, angle: number, score: number}} Stretch */

const CELL = 64;

/** How much likelier a text is to lie in the middle of its line than at an end. */
const CENTRAL = 0.25;

/** Boxes that are taken, found quickly by the squares of a grid that they lie in. */
export class Occupancy {
  constructor() {
    /** @type {Map<number, Box[]>} */
    this.cells = new Map();
  }

  /**
   * @param {Box} box
   * @returns {Generator<number>}
   */
  *cellsOf([left, top, right, bottom]) {
    for (let cx = Math.floor(left / CELL); cx <= Math.floor(right / CELL); cx++) {
      for (let cy = Math.floor(top / CELL); cy <= Math.floor(bottom / CELL); cy++) yield cx * 0x100000 + cy;
    }
  }

  /**
   * @param {Box} box
   * @returns {boolean}
   */
  isFree(box) {
    for (const key of this.cellsOf(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return false;
      }
    }
    return true;
  }

  /** @param {Box} box */
  take(box) {
    for (const key of this.cellsOf(box)) {
      const there = this.cells.get(key);
      if (there) there.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

/**
 * Choose a place for each candidate, in order, or none.
 *
 * @template {{choices: Box[][]}} Candidate
 * @param {Candidate[]} candidates  each of their choices is the boxes a text would cover, best first
 * @param {Occupancy} occupied
 * @returns {[Candidate, number][]} candidates that have a place, and the index of their choice
 */
export function placeLabels(candidates, occupied) {
  /** @type {[Candidate, number][]} */
  const placed = [];
  for (const candidate of candidates) {
    const choice = candidate.choices.findIndex((boxes) => boxes.every((box) => occupied.isFree(box)));
    if (choice < 0) continue;
    for (const box of candidate.choices[choice]) occupied.take(box);
    placed.push([candidate, choice]);
  }
  return placed;
}

/**
 * The boxes for a name beside a dot: right, left, above, below.
 *
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {number} gap
 * @returns {Box[][]}
 */
export function besideDot(x, y, width, height, gap) {
  const half = height / 2;
  return [
    [[x + gap, y - half, x + gap + width, y + half]],
    [[x - gap - width, y - half, x - gap, y + half]],
    [[x - width / 2, y - gap - height, x + width / 2, y - gap]],
    [[x - width / 2, y + gap, x + width / 2, y + gap + height]],
  ];
}

/**
 * The straightest stretches of a line that a text of this width fits on, best first.
 *
 * @param {Spot[]} line  points of the screen
 * @param {number} width
 * @param {(x: number, y: number) => boolean} inside  whether a point is in view
 * @param {number} [least]  how straight a stretch must be: its ends' distance over its length
 * @returns {Stretch[]} their middles, no two closer than the text is wide
 */
export function stretchesOf(line, width, inside, least = 0.86) {
  const distance = distancesAlong(line);
  const total = distance[distance.length - 1];
  if (total < width * 1.2) return [];
  /** @type {Stretch[]} */
  const found = [];
  let end = 0;
  for (let start = 0; start < line.length - 1; start++) {
    while (end < line.length - 1 && distance[end] - distance[start] < width) end++;
    const along = distance[end] - distance[start];
    if (along < width) break;
    const central = 1 - Math.abs((distance[start] + along / 2) / total - 0.5);
    const stretch = stretchBetween(line[start], line[end], along, central);
    if (stretch.score - CENTRAL * central >= least && inside(stretch.x, stretch.y)) found.push(stretch);
  }
  return apart(found, width, 5);
}

/**
 * @param {Spot[]} line
 * @returns {number[]} how far along the line each of its points lies
 */
function distancesAlong(line) {
  const distance = [0];
  for (let i = 1; i < line.length; i++) {
    const step = Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]);
    distance.push(distance[i - 1] + step);
  }
  return distance;
}

/**
 * @param {Spot} from
 * @param {Spot} to
 * @param {number} along  the length of the line between them
 * @param {number} central  how near to the middle of its line it is
 * @returns {Stretch}
 */
function stretchBetween([x0, y0], [x1, y1], along, central) {
  let angle = Math.atan2(y1 - y0, x1 - x0);
  // Never upside down.
  if (angle > Math.PI / 2) angle -= Math.PI;
  if (angle < -Math.PI / 2) angle += Math.PI;
  const straight = Math.hypot(x1 - x0, y1 - y0) / along;
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, angle, score: straight + CENTRAL * central };
}

/**
 * The best of some stretches, none nearer than `distance` to a better one.
 *
 * @param {Stretch[]} stretches
 * @param {number} distance
 * @param {number} most  how many at most
 * @returns {Stretch[]}
 */
export function apart(stretches, distance, most) {
  /** @type {Stretch[]} */
  const kept = [];
  for (const stretch of stretches.sort((a, b) => b.score - a.score)) {
    if (kept.length === most) break;
    if (kept.every((k) => Math.hypot(k.x - stretch.x, k.y - stretch.y) >= distance)) kept.push(stretch);
  }
  return kept;
}

/**
 * Boxes along a slanted text, small enough to leave the corners around it free.
 *
 * @param {number} x
 * @param {number} y
 * @param {number} angle
 * @param {number} width
 * @param {number} height
 * @returns {Box[]}
 */
export function boxesAlong(x, y, angle, width, height) {
  const count = Math.max(1, Math.ceil(width / height));
  /** @type {Box[]} */
  const boxes = [];
  for (let i = 0; i < count; i++) {
    const offset = ((i + 0.5) / count - 0.5) * width;
    const cx = x + Math.cos(angle) * offset;
    const cy = y + Math.sin(angle) * offset;
    boxes.push([cx - height / 2, cy - height / 2, cx + height / 2, cy + height / 2]);
  }
  return boxes;
}

// Which names fit on the map without touching each other: the most important first.

const CELL = 64;

/** Boxes that are taken, found quickly by the squares of a grid that they lie in. */
export class Occupancy {
  constructor() {
    this.cells = new Map();
  }

  *cellsOf([left, top, right, bottom]) {
    for (let cx = Math.floor(left / CELL); cx <= Math.floor(right / CELL); cx++) {
      for (let cy = Math.floor(top / CELL); cy <= Math.floor(bottom / CELL); cy++) {
        yield `${cx},${cy}`;
      }
    }
  }

  isFree(box) {
    for (const key of this.cellsOf(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) {
          return false;
        }
      }
    }
    return true;
  }

  take(box) {
    for (const key of this.cellsOf(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

/**
 * Choose a place for each candidate, in order, or none.
 *
 * A candidate has `choices`: each a list of boxes the text would cover, best first.
 * Returns pairs of a candidate and the index of its choice.
 */
export function placeLabels(candidates, occupied) {
  const placed = [];
  for (const candidate of candidates) {
    const choice = candidate.choices.findIndex((boxes) => boxes.every((b) => occupied.isFree(b)));
    if (choice < 0) continue;
    for (const box of candidate.choices[choice]) occupied.take(box);
    placed.push([candidate, choice]);
  }
  return placed;
}

/** The boxes for a name beside a dot: right, left, above, below. */
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
 * `line` holds screen points, `inside(x, y)` says whether one is in view, `least` is how straight
 * a stretch must be: its ends' distance over its length.
 * Returns {x, y, angle, score} of their middles, no two closer than the text is wide.
 */
export function stretchesOf(line, width, inside, least = 0.86) {
  const distance = [0];
  for (let i = 1; i < line.length; i++) {
    const step = Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]);
    distance.push(distance[i - 1] + step);
  }
  const total = distance[distance.length - 1];
  if (total < width * 1.2) return [];
  const found = [];
  let end = 0;
  for (let start = 0; start < line.length - 1; start++) {
    while (end < line.length - 1 && distance[end] - distance[start] < width) end++;
    const along = distance[end] - distance[start];
    if (along < width) break;
    const [x0, y0] = line[start];
    const [x1, y1] = line[end];
    const direct = Math.hypot(x1 - x0, y1 - y0);
    const straight = direct / along;
    const x = (x0 + x1) / 2;
    const y = (y0 + y1) / 2;
    if (straight < least || !inside(x, y)) continue;
    // A text lies best in the middle of its river.
    const central = 1 - Math.abs((distance[start] + along / 2) / total - 0.5);
    let angle = Math.atan2(y1 - y0, x1 - x0);
    if (angle > Math.PI / 2) angle -= Math.PI;
    if (angle < -Math.PI / 2) angle += Math.PI;
    found.push({ x, y, angle, score: straight + 0.25 * central });
  }
  return apart(found, width, 5);
}

/** The best of some stretches, none nearer than `distance` to a better one. */
export function apart(stretches, distance, most) {
  const kept = [];
  for (const stretch of stretches.sort((a, b) => b.score - a.score)) {
    if (kept.length === most) break;
    if (kept.every((k) => Math.hypot(k.x - stretch.x, k.y - stretch.y) >= distance)) kept.push(stretch);
  }
  return kept;
}

/** Boxes along a slanted text, small enough to leave the corners around it free. */
export function boxesAlong(x, y, angle, width, height) {
  const count = Math.max(1, Math.ceil(width / height));
  const boxes = [];
  for (let i = 0; i < count; i++) {
    const offset = ((i + 0.5) / count - 0.5) * width;
    const cx = x + Math.cos(angle) * offset;
    const cy = y + Math.sin(angle) * offset;
    boxes.push([cx - height / 2, cy - height / 2, cx + height / 2, cy + height / 2]);
  }
  return boxes;
}

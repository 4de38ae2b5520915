// Where markers stand that would otherwise cover each other.

const NEAR = 6;

/** Circles already drawn, found by the squares of a grid. */
class Crowd {
  constructor(size) {
    this.size = 2 * size;
    this.cells = new Map();
  }

  key(x, y) {
    return `${Math.floor(x / this.size)},${Math.floor(y / this.size)}`;
  }

  add(x, y, radius) {
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const key = this.key(x + dx * this.size, y + dy * this.size);
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push([x, y, radius]);
      }
    }
  }

  isFree(x, y, radius) {
    const near = this.cells.get(this.key(x, y)) ?? [];
    return near.every(([ox, oy, other]) => Math.hypot(ox - x, oy - y) >= radius + other);
  }
}

/** Points of a triangular grid, the nearest to the origin first; `shifted`: none on the origin. */
function lattice(step, shifted, reach) {
  const rows = Math.ceil(reach / step) + 1;
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
 * Each member has a position {x, y} in pixels and perhaps `holds(x, y)`, which says whether a
 * place lies in the event's own area, and `extent`, that area's size: such a marker never leaves
 * its area while there is room in it, and chooses before the others. Then come markers that
 * belong to a place of their own; those that share one stand around it. `taken` holds
 * circles [x, y, radius] drawn already; `avoid(x, y)` says where a marker of somewhere else would
 * mislead. Returns a place for each member.
 */
export function spread(members, size, taken = [], avoid = () => false) {
  const radius = size / 2;
  const crowd = new Crowd(Math.max(size, ...taken.map((circle) => circle[2] + radius)));
  for (const circle of taken) crowd.add(...circle);
  const fine = lattice(size / 2, false, 4 * size);
  const even = lattice(size, true, 6 * size);
  const places = new Array(members.length);
  const stand = (i, x, y) => {
    crowd.add(x, y, radius - 0.01);
    places[i] = [x, y];
  };
  const choose = (i, offsets, allowed) => {
    const { x, y } = members[i];
    let [best, least] = [null, Infinity];
    for (const [dx, dy] of offsets) {
      const far = Math.hypot(dx, dy);
      if (far >= least) break;
      if (!allowed(x + dx, y + dy) || !crowd.isFree(x + dx, y + dy, radius - 0.01)) continue;
      const cost = far + (avoid(x + dx, y + dy, members[i]) ? 1.5 * size : 0);
      if (cost < least) [best, least] = [[x + dx, y + dy], cost];
    }
    if (best) stand(i, ...best);
    return best !== null;
  };
  const anywhere = () => true;
  const order = [...members.keys()];
  const bounded = order.filter((i) => members[i].holds);
  bounded.sort((a, b) => members[a].extent - members[b].extent || a - b);
  for (const i of bounded) {
    const { x, y, holds } = members[i];
    if (choose(i, fine, holds) || choose(i, fine, anywhere)) continue;
    stand(i, x, y);
  }
  const shared = new Map();
  for (const i of order.filter((j) => !members[j].holds)) {
    const key = `${Math.round(members[i].x / NEAR)},${Math.round(members[i].y / NEAR)}`;
    if (shared.has(key)) shared.get(key).push(i);
    else shared.set(key, [i]);
  }
  const crowds = [...shared.values()].sort((a, b) => a.length - b.length);
  for (const rows of crowds) {
    const { x, y } = members[rows[0]];
    const tidy = ring(rows.length, size).map(([dx, dy]) => [x + dx, y + dy]);
    if (tidy.every(([px, py]) => crowd.isFree(px, py, radius - 0.01) && !avoid(px, py, members[rows[0]]))) {
      rows.forEach((i, n) => stand(i, ...tidy[n]));
      continue;
    }
    const offsets = rows.length > 1 ? even : fine;
    rows.forEach((i, n) => choose(i, offsets, anywhere) || stand(i, ...tidy[n]));
  }
  return places;
}

/** Where the members of a small group stand around its centre: side by side, or in rings. */
export function ring(count, size) {
  if (count === 1) return [[0, 0]];
  if (count <= 6) return circle(count, size);
  const inner = Math.max(3, Math.min(6, count - 7));
  const outer = circle(count - inner, size);
  const reach = Math.max(Math.hypot(...circle(inner, size)[0]) + size, Math.hypot(...outer[0]));
  const stretch = reach / Math.hypot(...outer[0]);
  return [...circle(inner, size), ...outer.map(([x, y]) => [x * stretch, y * stretch])];
}

function circle(count, size) {
  const radius = count === 2 ? size / 2 : size / 2 / Math.sin(Math.PI / count);
  const start = count === 2 ? Math.PI : -Math.PI / 2;
  return Array.from({ length: count }, (_, i) => {
    const angle = start + (i * 2 * Math.PI) / count;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

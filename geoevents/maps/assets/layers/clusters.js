// Groups events that would cover each other at a zoom level.

/**
 * Group points closer than `radius` pixels.
 *
 * `x`, `y` in Web Mercator from 0 to 1, `rows` the indices to group, `scale` pixels in the world.
 * Returns groups {x, y, rows}, the largest first.
 */
export function groupPoints(x, y, rows, scale, radius) {
  const crowds = crowdsOf(x, y, rows, scale, radius / 5);
  crowds.sort((a, b) => b.rows.length - a.rows.length);
  const cells = new Map();
  const cellOf = (value) => Math.floor((value * scale) / radius);
  const key = (cx, cy) => cx * 0x4000000 + cy;
  for (const crowd of crowds) {
    const k = key(cellOf(crowd.x), cellOf(crowd.y));
    if (cells.has(k)) cells.get(k).push(crowd);
    else cells.set(k, [crowd]);
  }
  const limit = (radius / scale) ** 2;
  const groups = [];
  for (const crowd of crowds) {
    if (crowd.taken) continue;
    const members = [];
    const cx = cellOf(crowd.x);
    const cy = cellOf(crowd.y);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const k = key(cx + dx, cy + dy);
        const cell = cells.get(k);
        if (!cell) continue;
        const rest = cell.filter((other) => {
          if ((other.x - crowd.x) ** 2 + (other.y - crowd.y) ** 2 > limit) return true;
          other.taken = true;
          members.push(other);
          return false;
        });
        if (rest.length) cells.set(k, rest);
        else cells.delete(k);
      }
    }
    groups.push(joined(members));
  }
  return groups;
}

/** Points that share a small square of the screen: many points become few. */
function crowdsOf(x, y, rows, scale, size) {
  const byCell = new Map();
  const grid = scale / size;
  for (const row of rows) {
    const k = Math.floor(x[row] * grid) * 0x4000000 + Math.floor(y[row] * grid);
    const crowd = byCell.get(k);
    if (crowd) crowd.push(row);
    else byCell.set(k, [row]);
  }
  return Array.from(byCell.values(), (members) => {
    let sx = 0;
    let sy = 0;
    for (const row of members) {
      sx += x[row];
      sy += y[row];
    }
    return { x: sx / members.length, y: sy / members.length, rows: members, taken: false };
  });
}

function joined(members) {
  if (members.length === 1) return { x: members[0].x, y: members[0].y, rows: members[0].rows };
  let [sx, sy] = [0, 0];
  const rows = [];
  for (const crowd of members) {
    sx += crowd.x * crowd.rows.length;
    sy += crowd.y * crowd.rows.length;
    for (const row of crowd.rows) rows.push(row);
  }
  rows.sort((a, b) => a - b);
  return { x: sx / rows.length, y: sy / rows.length, rows };
}

/** Merge groups whose drawings, of radius `extent(count)`, would overlap. For few groups. */
export function separate(groups, scale, extent) {
  let list = groups;
  for (let merged = true; merged; ) {
    merged = false;
    const next = [];
    for (const group of list) {
      const reach = extent(group.rows.length);
      const near = next.findIndex(
        (other) =>
          Math.hypot(other.x - group.x, other.y - group.y) * scale <
          0.85 * (reach + extent(other.rows.length)),
      );
      if (near < 0) {
        next.push(group);
        continue;
      }
      next[near] = joined([next[near], group]);
      merged = true;
    }
    list = next;
  }
  return list;
}

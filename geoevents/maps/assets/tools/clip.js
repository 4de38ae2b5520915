// Polygons cut to a rectangle of the globe, and the ground inside it.

import { areaOf } from "../geodesic.js";

/**
 * @typedef {[number, number]} Position longitude, latitude in degrees
 * @typedef {Position[]} Ring
 * @typedef {Ring[][]} Polygons coordinates of a GeoJSON MultiPolygon
 * @typedef {[number, number, number, number]} Box west, south, east, north; east is never less than west
 */

/** Semi-major axis in kilometres and eccentricity of WGS 84. */
const EQUATOR_KM = 6378.137;
const ECCENTRICITY = 0.0818191908426215;

/** Longest piece, in degrees, of a side along a parallel: as a chord it errs by less than 2 in 100,000 of the area. */
const LONGEST = 0.1;

/**
 * Cut a ring to a box (Sutherland and Hodgman, 1974). Pieces of a ring that fall apart stay joined along the box's sides,
 * there and back: areas are right, and so is filling.
 * @param {Ring} ring open or closed
 * @param {Box} box
 * @returns {Ring} open; empty where nothing is inside
 */
export function clipRing(ring, [west, south, east, north]) {
  let points = opened(ring);
  points = cut(points, 0, west, 1);
  points = cut(points, 0, east, -1);
  points = cut(points, 1, south, 1);
  return cut(points, 1, north, -1);
}

/**
 * @param {Ring} ring
 * @returns {Ring} without the last point where that is the first again
 */
function opened(ring) {
  const last = ring[ring.length - 1];
  return ring.length > 1 && ring[0][0] === last[0] && ring[0][1] === last[1] ? ring.slice(0, -1) : ring;
}

/**
 * Keep what lies on one side of a line.
 * @param {Ring} points
 * @param {0 | 1} axis
 * @param {number} limit
 * @param {1 | -1} sign 1 keeps what is greater
 * @returns {Ring}
 */
function cut(points, axis, limit, sign) {
  /** @type {Ring} */
  const kept = [];
  let before = points[points.length - 1];
  for (const point of points) {
    const inside = (point[axis] - limit) * sign >= 0;
    const wasInside = (before[axis] - limit) * sign >= 0;
    if (inside !== wasInside) kept.push(crossing(before, point, axis, limit));
    if (inside) kept.push(point);
    before = point;
  }
  return kept;
}

/**
 * @param {Position} a
 * @param {Position} b
 * @param {0 | 1} axis
 * @param {number} limit
 * @returns {Position} exactly on the line
 */
function crossing(a, b, axis, limit) {
  const share = (limit - a[axis]) / (b[axis] - a[axis]);
  return axis === 0 ? [limit, a[1] + share * (b[1] - a[1])] : [a[0] + share * (b[0] - a[0]), limit];
}

/**
 * The exact area between two meridians and two parallels of the ellipsoid.
 * @param {Box} box
 * @returns {number} km²
 */
export function boxAreaKm2([west, south, east, north]) {
  const e = ECCENTRICITY;
  const zone = (/** @type {number} */ latitude) => {
    const sine = Math.sin((latitude * Math.PI) / 180);
    return sine / (1 - (e * sine) ** 2) + Math.atanh(e * sine) / e;
  };
  const width = (Math.min(360, east - west) * Math.PI) / 180;
  return ((EQUATOR_KM ** 2 * (1 - e ** 2)) / 2) * width * Math.abs(zone(north) - zone(south));
}

/**
 * How much of some polygons lies inside a box.
 * @param {Polygons} polygons
 * @param {Box} box
 * @returns {number} km²
 */
export function groundInside(polygons, box) {
  let sum = 0;
  for (const rings of polygons) {
    const [west, , east] = extent(rings[0] ?? []);
    // The box may lie on another turn of the world than the polygon.
    for (let turn = Math.ceil((box[0] - east) / 360); turn * 360 + west <= box[2]; turn++) {
      const shift = turn * 360;
      const here = /** @type {Box} */ ([box[0] - shift, box[1], box[2] - shift, box[3]]);
      rings.forEach((ring, i) => {
        const area = ringInside(ring, here);
        sum += i === 0 ? area : -area;
      });
    }
  }
  return Math.max(0, sum);
}

/**
 * @param {Ring} ring
 * @param {Box} box
 * @returns {number} km²
 */
function ringInside(ring, box) {
  const [west, south, east, north] = extent(ring);
  if (!(west < box[2] && east > box[0] && south < box[3] && north > box[1])) return 0;
  if (west >= box[0] && east <= box[2] && south >= box[1] && north <= box[3]) return areaOf(ring) / 1e6;
  const clipped = clipRing(ring, box);
  return clipped.length < 3 ? 0 : areaOf(alongParallels(clipped, box)) / 1e6;
}

/**
 * @param {Ring} ring
 * @returns {Box}
 */
export function extent(ring) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box;
}

/**
 * Put points on the sides that run along the box's parallels: the shortest way between their ends would leave them.
 * The points lie on a grid, so that a side run there and back still cancels out.
 * @param {Ring} ring
 * @param {Box} box
 * @returns {Ring}
 */
function alongParallels(ring, [west, south, east, north]) {
  const step = Math.min(LONGEST, (east - west) / 16);
  /** @type {Ring} */
  const dense = [];
  ring.forEach((point, i) => {
    dense.push(point);
    const next = ring[(i + 1) % ring.length];
    if (point[1] !== next[1] || (point[1] !== south && point[1] !== north)) return;
    const [from, to] = [(point[0] - west) / step, (next[0] - west) / step];
    if (to > from) for (let k = Math.floor(from) + 1; k < to; k++) dense.push([west + k * step, point[1]]);
    else for (let k = Math.ceil(from) - 1; k > to; k--) dense.push([west + k * step, point[1]]);
  });
  return dense;
}

// Rows and areas as GeoJSON (RFC 7946).

import { clipRing } from "./clip.js";
import { PIECE, textWriter } from "./values.js";

/**
 * @typedef {import("./clip.js").Position} Position
 * @typedef {import("./clip.js").Ring} Ring
 * @typedef {import("./clip.js").Polygons} Polygons
 * @typedef {import("./values.js").Table} Table
 * @typedef {{ type: string, coordinates: any }} Geometry
 * @typedef {{ properties: Record<string, string | number | boolean | null>, geometry: Geometry | null }} Feature
 */

/** Decimals of a degree: about a metre. */
const DIGITS = 1e5;

/**
 * Rows of a table as pieces of a feature collection.
 * @param {Table} table
 * @param {ArrayLike<number>} rows
 * @returns {Generator<string, void>}
 */
export function* geojsonOf({ columns, position, shape }, rows) {
  const fields = columns.map((column) => ({ name: JSON.stringify(column.name), text: textWriter(column, JSON.stringify) }));
  yield '{"type":"FeatureCollection","features":[';
  let piece = "";
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const geometry = shape(row) ?? { type: "Point", coordinates: pointAt(position(row)) };
    const properties = fields.map(({ name, text }) => `${name}:${text(row)}`).join(",");
    piece += `${i ? ",\n" : "\n"}{"type":"Feature","properties":{${properties}},"geometry":${JSON.stringify(geometry)}}`;
    if (i % PIECE === PIECE - 1) {
      yield piece;
      piece = "";
    }
  }
  yield `${piece}\n]}\n`;
}

/**
 * @param {Position} position
 * @returns {Position}
 */
export function pointAt([longitude, latitude]) {
  return [rounded(wrapped(longitude)), rounded(latitude)];
}

/**
 * @param {number} value
 * @returns {number}
 */
function rounded(value) {
  return Math.round(value * DIGITS) / DIGITS;
}

/**
 * @param {number} longitude on any turn of the world
 * @returns {number} from -180 to 180
 */
function wrapped(longitude) {
  return longitude >= -180 && longitude <= 180 ? longitude : ((((longitude + 180) % 360) + 360) % 360) - 180;
}

/**
 * Features as pieces of a feature collection.
 * @param {Iterable<Feature>} features
 * @returns {Generator<string, void>}
 */
export function* collectionOf(features) {
  yield '{"type":"FeatureCollection","features":[';
  let first = true;
  for (const { properties, geometry } of features) {
    yield `${first ? "\n" : ",\n"}${JSON.stringify({ type: "Feature", properties, geometry })}`;
    first = false;
  }
  yield "\n]}\n";
}

/**
 * Polygons as RFC 7946 wants them: outer rings counterclockwise, closed, cut at the antimeridian.
 * @param {Polygons} polygons
 * @returns {Geometry | null}
 */
export function areaGeometry(polygons) {
  /** @type {Polygons} */
  const parts = [];
  for (const rings of polygons) parts.push(...onOneTurn(rings));
  const written = parts.map((rings) => rings.map((ring, i) => wound(ring, i === 0))).filter((rings) => rings.length);
  if (!written.length) return null;
  return written.length === 1 ? { type: "Polygon", coordinates: written[0] } : { type: "MultiPolygon", coordinates: written };
}

/**
 * Cut a polygon that runs beyond the antimeridian into pieces that do not.
 * @param {Ring[]} rings
 * @returns {Polygons}
 */
function onOneTurn(rings) {
  let [west, east] = [Infinity, -Infinity];
  for (const [x] of rings[0] ?? []) {
    if (x < west) west = x;
    if (x > east) east = x;
  }
  if (west >= -180 && east <= 180) return [rings];
  /** @type {Polygons} */
  const parts = [];
  for (let turn = Math.floor((west + 180) / 360); turn * 360 - 180 < east; turn++) {
    const piece = rings
      .map((ring) => clipRing(ring, [turn * 360 - 180, -90, turn * 360 + 180, 90]))
      .filter((ring, i) => ring.length > 2 || i === 0)
      .map((ring) => ring.map(([x, y]) => /** @type {Position} */ ([x - turn * 360, y])));
    if (piece[0]?.length > 2) parts.push(piece);
  }
  return parts;
}

/**
 * @param {Ring} ring
 * @param {boolean} outer
 * @returns {Ring} closed and rounded
 */
function wound(ring, outer) {
  const points = ring.map(([x, y]) => /** @type {Position} */ ([rounded(x), rounded(y)]));
  const [first, last] = [points[0], points[points.length - 1]];
  if (first[0] !== last[0] || first[1] !== last[1]) points.push([first[0], first[1]]);
  let twice = 0;
  for (let i = 1; i < points.length; i++) twice += points[i - 1][0] * points[i][1] - points[i][0] * points[i - 1][1];
  return twice > 0 === outer ? points : points.reverse();
}

/**
 * The geometry of one of the packed shapes.
 * @param {import("../data/shapes.js").Shapes} shapes
 * @param {number} feature
 * @returns {Geometry | null}
 */
export function geometryOf(shapes, feature) {
  /** @type {Ring[]} */
  const rings = [];
  /** @type {Ring[]} */
  const lines = [];
  for (let p = shapes.featureStart[feature]; p < shapes.featureStart[feature + 1]; p++) {
    /** @type {Ring} */
    const path = [];
    for (let i = shapes.pathStart[p]; i < shapes.pathStart[p + 1]; i++) path.push(degrees(shapes.x[i], shapes.y[i]));
    (shapes.closed[p] ? rings : lines).push(path);
  }
  if (rings.length) return areaGeometry(nested(rings));
  const paths = lines.map((line) => line.map(pointAt));
  if (!paths.length) return null;
  return paths.length === 1 ? { type: "LineString", coordinates: paths[0] } : { type: "MultiLineString", coordinates: paths };
}

/**
 * @param {number} x Web Mercator, from 0 to 1
 * @param {number} y
 * @returns {Position}
 */
export function degrees(x, y) {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];
}

/**
 * Sort rings into polygons: a ring inside an odd number of others is a hole in the innermost.
 * @param {Ring[]} rings
 * @returns {Polygons}
 */
export function nested(rings) {
  if (rings.length === 1) return [rings];
  const around = rings.map((ring, i) => {
    // The middle of a side: corners of a hole may lie on the ring around it.
    const middle = /** @type {Position} */ ([(ring[0][0] + ring[1][0]) / 2, (ring[0][1] + ring[1][1]) / 2]);
    return [...rings.keys()].filter((j) => j !== i && holds(rings[j], middle));
  });
  /** @type {Map<number, Ring[]>} */
  const polygons = new Map();
  for (const [i, ring] of rings.entries()) if (around[i].length % 2 === 0) polygons.set(i, [ring]);
  for (const [i, ring] of rings.entries()) {
    if (around[i].length % 2 === 0) continue;
    const innermost = around[i].filter((j) => polygons.has(j)).sort((a, b) => around[b].length - around[a].length)[0];
    polygons.get(innermost)?.push(ring);
  }
  return [...polygons.values()];
}

/**
 * @param {Ring} ring
 * @param {Position} point
 * @returns {boolean}
 */
function holds(ring, [x, y]) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[x0, y0], [x1, y1]] = [ring[j], ring[i]];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  }
  return inside;
}

// Lengths and areas on WGS 84, the edges of lines and polygons being geodesics, as Python measures them.

import { Geodesic } from "./vendor/geodesic.js";

/** A place: longitude and latitude in degrees. @typedef {readonly [number, number]} Place */

const earth = Geodesic.WGS84;

/**
 * How far it is from one place to another.
 *
 * @param {number} lng1
 * @param {number} lat1
 * @param {number} lng2
 * @param {number} lat2
 * @returns {number} metres
 */
export function distance(lng1, lat1, lng2, lat2) {
  return earth.Inverse(lat1, lng1, lat2, lng2, Geodesic.DISTANCE).s12;
}

/**
 * The length of a line.
 *
 * @param {readonly Place[]} places
 * @returns {number} metres
 */
export function lengthOf(places) {
  let total = 0;
  for (let i = 1; i < places.length; i++) total += distance(...places[i - 1], ...places[i]);
  return total;
}

/**
 * The area within a ring, whichever way round it goes; the last place may repeat the first.
 *
 * @param {readonly Place[]} places
 * @returns {number} square metres
 */
export function areaOf(places) {
  const { area } = measureRing(places.map(([lng]) => lng), places.map(([, lat]) => lat));
  return Math.abs(area);
}

/**
 * The area and the perimeter of a ring.
 *
 * @param {ArrayLike<number>} lngs  degrees; the last place is not the first again
 * @param {ArrayLike<number>} lats
 * @returns {{area: number, perimeter: number}} square metres, less than 0 for a clockwise ring; metres
 */
export function measureRing(lngs, lats) {
  const ring = earth.Polygon(false);
  for (let i = 0; i < lngs.length; i++) ring.AddPoint(lats[i], lngs[i]);
  const { area, perimeter } = ring.Compute(false, true);
  return { area, perimeter };
}

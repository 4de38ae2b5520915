// How values of columns are written in files.

import { MISSING_TIME, valueAt } from "../data/columns.js";

/** @typedef {import("../types.js").Column} Column */

/** So many rows make one piece of a file. */
export const PIECE = 2000;

/**
 * Rows with a place.
 * @typedef {object} Table
 * @property {Column[]} columns
 * @property {(row: number) => import("./clip.js").Position} position
 * @property {(row: number) => import("./geojson.js").Geometry | null} shape null where the row is a point
 */

/**
 * How the values of a column are written: dates without a time where no value has one.
 * @param {Column} column
 * @returns {(row: number) => string | number | null}
 */
export function writer(column) {
  if (column.kind !== "time") return (row) => valueAt(column, row);
  const { values } = column;
  let whole = true;
  for (let i = 0; i < values.length && whole; i++) whole = values[i] === MISSING_TIME || values[i] % 1440 === 0;
  return (row) => (values[row] === MISSING_TIME ? null : isoText(values[row], whole));
}

/**
 * @param {number} minutes since 1970
 * @param {boolean} whole whether the day is all there is to say
 * @returns {string} ISO 8601, UTC
 */
export function isoText(minutes, whole = minutes % 1440 === 0) {
  const text = new Date(minutes * 60000).toISOString();
  return whole ? text.slice(0, text.indexOf("T")) : text.replace(":00.000Z", "Z");
}

/**
 * Writes a column; each distinct text is written once.
 * @param {Column} column
 * @param {(value: string | number | null) => string} write
 * @returns {(row: number) => string}
 */
export function textWriter(column, write) {
  const value = writer(column);
  if (column.kind !== "text" || !column.codes) return (row) => write(value(row));
  const { codes } = column;
  /** @type {string[]} */
  const known = [];
  return (row) => (known[codes[row]] ??= write(value(row)));
}

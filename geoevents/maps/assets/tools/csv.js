// Rows as CSV for spreadsheets.

import { pointAt } from "./geojson.js";
import { PIECE, textWriter } from "./values.js";

/** @typedef {import("./values.js").Table} Table */

/**
 * Rows of a table as pieces of a CSV file for spreadsheets: UTF-8 with a byte order mark, CRLF, commas.
 * @param {Table} table
 * @param {ArrayLike<number>} rows
 * @returns {Generator<string, void>}
 */
export function* csvOf({ columns, position }, rows) {
  const cells = columns.map((column) => textWriter(column, cell));
  const taken = new Set(columns.map(({ name }) => name));
  const free = (/** @type {string} */ name) => (taken.has(name) ? `map_${name}` : name);
  yield `\ufeff${[...columns.map(({ name }) => name), free("lon"), free("lat")].map(cell).join(",")}\r\n`;
  let piece = "";
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    for (const text of cells) piece += `${text(row)},`;
    const [longitude, latitude] = pointAt(position(row));
    piece += `${longitude},${latitude}\r\n`;
    if (i % PIECE === PIECE - 1) {
      yield piece;
      piece = "";
    }
  }
  yield piece;
}

/**
 * One cell. Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection), also after
 * a semicolon or a tab: spreadsheets of some countries begin a cell there.
 * @param {string | number | null} value
 * @returns {string}
 */
export function cell(value) {
  if (value === null) return "";
  if (typeof value === "number") return `${value}`;
  const safe = value.replace(/(^|[;\t])(?=[=+\-@\t\r\n＝＋－＠])/g, "$1'");
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

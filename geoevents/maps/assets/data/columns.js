// Reads what geoevents/maps/columns.py packs: base64 of deflated columns behind a JSON header.

/** @typedef {import("../types.js").Column} Column */

const ARRAYS = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
};

/**
 * Where a column stands in the data: `n` values from byte `at` on.
 *
 * @typedef {{$: "text", n: number, at: number, bytes: number}} TextHeader
 * @typedef {{$: keyof typeof ARRAYS, n: number, at: number, delta?: boolean}} ArrayHeader
 */

/** The value that stands for a missing time. */
export const MISSING_TIME = -(2 ** 31);

/**
 * Unpack a block: a tree of plain values in which columns are typed arrays and string lists.
 *
 * @param {string} base64
 * @returns {Promise<import("../types.js").Columns>}
 */
export async function unpack(base64) {
  const stream = new Blob([bytesOf(base64)]).stream();
  const inflated = stream.pipeThrough(new DecompressionStream("deflate"));
  const buffer = await new Response(inflated).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const header = new TextDecoder().decode(new Uint8Array(buffer, 4, length));
  const data = new Uint8Array(buffer, 4 + length);
  return JSON.parse(header, (_, value) => (value && value.$ ? readColumn(value, data) : value));
}

/**
 * @param {string} base64
 * @returns {Uint8Array<ArrayBuffer>}
 */
function bytesOf(base64) {
  const binary = atob(base64.trim());
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/**
 * @param {TextHeader | ArrayHeader} column
 * @param {Uint8Array} data
 * @returns {import("../types.js").Numbers | string[]}
 */
function readColumn(column, data) {
  if (column.$ === "text") {
    if (column.n === 0) return [];
    const bytes = data.subarray(column.at, column.at + column.bytes);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).split("\0");
  }
  const values = new ARRAYS[column.$](column.n);
  const bytes = new Uint8Array(values.buffer);
  const size = values.BYTES_PER_ELEMENT;
  for (let plane = 0; plane < size; plane++) {
    const start = column.at + plane * column.n;
    for (let i = 0; i < column.n; i++) bytes[i * size + plane] = data[start + i];
  }
  if (column.delta) for (let i = 1; i < column.n; i++) values[i] += values[i - 1];
  return values;
}

/**
 * One value of an event column: a string, a number, minutes since 1970, or null.
 *
 * @param {Column} column
 * @param {number} row
 * @returns {string | number | null}
 */
export function valueAt(column, row) {
  if (column.kind === "text") {
    const text = column.codes ? column.values[column.codes[row]] : column.values[row];
    return text === "" ? null : text;
  }
  const value = column.values[row];
  if (column.kind === "time") return value === MISSING_TIME ? null : value;
  return Number.isNaN(value) ? null : value;
}

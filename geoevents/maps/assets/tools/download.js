// What is shown, as files: GeoJSON (RFC 7946) and CSV.

import { MISSING_TIME, valueAt } from "../data/columns.js";
import { areaText, countText, dateText, element, periodText } from "../text.js";
import { clipRing } from "./clip.js";

/**
 * @typedef {import("../app.js").App} App
 * @typedef {import("./clip.js").Position} Position
 * @typedef {import("./clip.js").Ring} Ring
 * @typedef {import("./clip.js").Polygons} Polygons
 * @typedef {import("../types.js").Column} Column
 * @typedef {{ type: string, coordinates: any }} Geometry
 * @typedef {{ properties: Record<string, string | number | boolean | null>, geometry: Geometry | null }} Feature
 *
 * @typedef {object} Table rows with a place
 * @property {Column[]} columns
 * @property {(row: number) => Position} position
 * @property {(row: number) => Geometry | null} shape null where the row is a point
 */

/** Decimals of a degree: about a metre. */
const DIGITS = 1e5;

/** So many rows make one piece of a file. */
const PIECE = 2000;

/** How long, in milliseconds, a file is worked on before the page may answer its reader. */
const TURN = 40;

// --- values ------------------------------------------------------------------------------------------

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

// --- GeoJSON -----------------------------------------------------------------------------------------

/**
 * Rows of a table as pieces of a feature collection.
 * @param {Table} table
 * @param {ArrayLike<number>} rows
 * @returns {Generator<string, void>}
 */
export function* geojsonOf({ columns, position, shape }, rows) {
  const fields = columns.map((column) => ({ name: JSON.stringify(column.name), text: jsonText(column) }));
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
 * A column's values as JSON; each distinct text is written once.
 * @param {Column} column
 * @returns {(row: number) => string}
 */
function jsonText(column) {
  const value = writer(column);
  if (column.kind !== "text" || !column.codes) return (row) => JSON.stringify(value(row));
  const { codes } = column;
  /** @type {string[]} */
  const known = [];
  return (row) => (known[codes[row]] ??= JSON.stringify(value(row)));
}

/**
 * @param {Position} position
 * @returns {Position}
 */
function pointAt([longitude, latitude]) {
  return [rounded(wrapped(longitude)), rounded(latitude)];
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

// --- CSV ---------------------------------------------------------------------------------------------

/**
 * Rows of a table as pieces of a CSV file for spreadsheets: UTF-8 with a byte order mark, CRLF, commas.
 * @param {Table} table
 * @param {ArrayLike<number>} rows
 * @returns {Generator<string, void>}
 */
export function* csvOf({ columns, position }, rows) {
  const cells = columns.map(cellText);
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
 * @param {Column} column
 * @returns {(row: number) => string}
 */
function cellText(column) {
  const value = writer(column);
  if (column.kind !== "text" || !column.codes) return (row) => cell(value(row));
  const { codes } = column;
  /** @type {string[]} */
  const known = [];
  return (row) => (known[codes[row]] ??= cell(value(row)));
}

/**
 * One cell. A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).
 * @param {string | number | null} value
 * @returns {string}
 */
export function cell(value) {
  if (value === null) return "";
  if (typeof value === "number") return `${value}`;
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// --- files -------------------------------------------------------------------------------------------

/**
 * The name of a file: letters and digits of any script, and dashes.
 * @param {string | null} title
 * @param {string} what
 * @param {string} suffix without the dot
 * @returns {string}
 */
export function fileName(title, what, suffix) {
  const words = (/** @type {string} */ text) => text.normalize("NFC").replace(/[^\p{L}\p{N}\p{M}]+/gu, "-").replace(/^[-\p{M}]+|-+$/gu, "");
  const short = (/** @type {string} */ text) => Array.from(text).slice(0, 60).join("").replace(/-+$/, "");
  const name = [short(words(title ?? "")) || "map", words(what)].filter(Boolean).join("-");
  return `${name}.${suffix}`;
}

/**
 * Build a file from its pieces, with pauses in which the page can answer.
 * @param {Iterable<string>} pieces
 * @param {string} type
 * @returns {Promise<Blob>}
 */
export async function blobOf(pieces, type) {
  const parts = [];
  let since = performance.now();
  for (const piece of pieces) {
    parts.push(piece);
    if (performance.now() - since < TURN) continue;
    await new Promise((done) => {
      setTimeout(done);
    });
    since = performance.now();
  }
  return new Blob(parts, { type });
}

/**
 * Hand a file to the reader.
 * @param {Blob} blob
 * @param {string} name
 */
export function saveBlob(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60e3);
}

// --- what the map holds ------------------------------------------------------------------------------

/**
 * The events as a table.
 * @param {App} app
 * @returns {Table}
 */
export function tableOf(app) {
  const { events, regions, regionOf } = app;
  if (!events) throw new Error("no events");
  /** @type {Column} */
  const type = { name: "event_type", kind: "text", codes: events.type, values: events.types.map(({ name }) => name) };
  return {
    columns: events.columns.some(({ name }) => name === "event_type") ? events.columns : [type, ...events.columns],
    position: (row) => degrees(events.wx[row], events.wy[row]),
    shape(row) {
      const region = regions ? regionOf.get(row) : undefined;
      return region === undefined || !regions ? null : geometryOf(regions.shapes, region);
    },
  };
}

/**
 * Who holds what on the date shown.
 * @param {any} control
 * @param {number} index
 * @returns {Generator<Feature, void>}
 */
export function* controlFeatures(control, index) {
  for (const row of control.rowsAt(index)) {
    const polygons = ringsOf(control, row);
    if (!polygons) continue;
    const properties = {
      actor: control.actors[control.actor[row]].name,
      date: isoText(control.dates[index]),
      area_km2: finite(control.area[row]),
      area_low_km2: finite(control.low[row]),
      area_high_km2: finite(control.high[row]),
      inferred: Boolean(control.inferred[row]),
      uncertainty_m: finite(control.uncertainty[row]),
      source: control.source ? valueAt(control.source, row) : null,
    };
    yield { properties, geometry: areaGeometry(polygons) };
  }
}

/**
 * The polygons of a row of control in degrees, or null where control cannot give them.
 * @param {any} control
 * @param {number} row
 * @returns {Polygons | null}
 */
export function ringsOf(control, row) {
  if (control.rings) return control.rings(row);
  if (!control.shapes?.decode) return null;
  const { scale } = control.shapes;
  /** @type {Polygons} */
  const polygons = [];
  for (const { hole, points } of control.shapes.decode(control.shape[row])) {
    /** @type {Ring} */
    const ring = [];
    for (let i = 0; i < points.length; i += 2) ring.push([points[i] / scale, points[i + 1] / scale]);
    if (hole && polygons.length) polygons[polygons.length - 1].push(ring);
    else polygons.push([ring]);
  }
  return polygons;
}

/**
 * @param {any[]} changes
 * @param {any} source of the changes
 * @param {{ before: number, after: number } | null} period
 * @returns {Generator<Feature, void>}
 */
export function* changeFeatures(changes, source, period) {
  for (const change of changes) {
    const geometry = changeGeometry(change, source);
    if (!geometry) continue;
    const properties = {
      from_actor: change.fromName || null,
      to_actor: change.toName || null,
      start: period ? isoText(period.before) : null,
      end: period ? isoText(period.after) : null,
      area_km2: finite(change.area),
      area_low_km2: finite(change.low),
      area_high_km2: finite(change.high),
      inferred: Boolean(change.inferred),
    };
    yield { properties, geometry };
  }
}

/**
 * @param {any} change
 * @param {any} source where the changes are from: given ones are packed shapes
 * @returns {Geometry | null}
 */
function changeGeometry(change, source) {
  const polygons = typeof change.coordinates === "function" ? change.coordinates() : change.coordinates;
  if (polygons) return areaGeometry(polygons);
  return source?.shapes?.pathStart ? geometryOf(source.shapes, Number(change.key)) : null;
}

/** @param {number} value */
function finite(value) {
  return Number.isFinite(value) ? Number(value.toPrecision(9)) : null;
}

// --- the card ----------------------------------------------------------------------------------------

/**
 * Save rows of the events.
 * @param {App} app
 * @param {"geojson" | "csv"} format
 * @param {ArrayLike<number>} rows
 * @param {string} what for the file's name
 */
export async function saveEvents(app, format, rows, what = "events") {
  const table = tableOf(app);
  const pieces = format === "csv" ? csvOf(table, rows) : geojsonOf(table, rows);
  const type = format === "csv" ? "text/csv;charset=utf-8" : "application/geo+json";
  await saved(app, blobOf(pieces, type), fileName(app.title ?? null, what, format));
}

/**
 * @param {App} app
 * @param {Promise<Blob>} blob
 * @param {string} name
 */
async function saved(app, blob, name) {
  saveBlob(await blob, name);
  app.say(`Saved ${name}`);
}

/**
 * What can be saved now, each with its formats.
 * @param {App} app
 * @returns {Array<{ name: string, detail: string, formats: Array<[string, () => Promise<void>]> }>}
 */
export function choices(app) {
  const list = [];
  const { control, changes, filter, events } = app;
  if (filter && events && events.placed) {
    const count = filter.rows.length;
    list.push({
      name: "Events shown",
      detail: count === events.placed ? countText(count, "event") : `${count.toLocaleString("en")} of ${countText(events.placed, "event")}`,
      formats: /** @type {Array<[string, () => Promise<void>]>} */ ([
        ["GeoJSON", () => saveEvents(app, "geojson", filter.rows)],
        ["CSV", () => saveEvents(app, "csv", filter.rows)],
      ]),
    });
  }
  const index = app.controlIndex ?? -1;
  if (control && index >= 0 && control.rowsAt(index).some((/** @type {number} */ row) => ringsOf(control, row))) {
    const date = dateText(control.dates[index]);
    const save = () => {
      const blob = blobOf(collectionOf(controlFeatures(control, index)), "application/geo+json");
      return saved(app, blob, fileName(app.title ?? null, `control ${isoText(control.dates[index])}`, "geojson"));
    };
    list.push({ name: `Control on ${date}`, detail: "", formats: /** @type {Array<[string, () => Promise<void>]>} */ ([["GeoJSON", save]]) });
  }
  const shown = changes ? app.shownChanges() : [];
  if (shown.some((/** @type {any} */ change) => changeGeometry(change, changes))) list.push(changesChoice(app, shown));
  return list;
}

/**
 * @param {App} app
 * @param {any[]} shown
 */
function changesChoice(app, shown) {
  const [from, to] = app.changesWindow();
  const period = app.changes?.period(from, to) ?? null;
  const area = shown.reduce((sum, change) => sum + change.area, 0);
  const when = period ? periodText(period.before, period.after) : "";
  const save = () => {
    const blob = blobOf(collectionOf(changeFeatures(shown, app.changes, period)), "application/geo+json");
    return saved(app, blob, fileName(app.title ?? null, "changes", "geojson"));
  };
  const detail = [when, areaText(area)].filter(Boolean).join(" · ");
  return { name: "Ground that changed hands", detail, formats: /** @type {Array<[string, () => Promise<void>]>} */ ([["GeoJSON", save]]) };
}

/**
 * The content of the card: what there is, and a button for each format.
 * @param {App} app
 * @returns {HTMLElement}
 */
export function downloadCard(app) {
  const list = choices(app).map(({ name, detail, formats }) =>
    element(
      "li",
      {},
      element("b", {}, name),
      detail ? element("span", { class: "ge-soft" }, detail) : null,
      element("div", { class: "ge-actions" }, ...formats.map(([format, save]) => saveButton(`Save ${format}`, `${name}: save ${format}`, save))),
    ),
  );
  if (!list.length) return element("p", { class: "ge-hint" }, "There is nothing on this map to save as data.");
  return element("ul", { class: "ge-saves" }, ...list);
}

/**
 * A button that says so while it works.
 * @param {string} label
 * @param {string} name for screen readers
 * @param {() => Promise<void>} save
 * @returns {HTMLElement}
 */
export function saveButton(label, name, save) {
  const button = element("button", { type: "button", class: "ge-act", "aria-label": name, onclick: () => run() }, label);
  const run = async () => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    button.textContent = "Writing…";
    try {
      await save();
      button.textContent = label;
    } catch (error) {
      console.error(error);
      button.textContent = "Could not be saved";
    } finally {
      button.removeAttribute("aria-busy");
    }
  };
  return button;
}

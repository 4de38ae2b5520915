// What is shown, as files that the reader can save.

import { valueAt } from "../data/columns.js";
import { areaText, countText, dateText, element, periodText } from "../text.js";
import { csvOf } from "./csv.js";
import { areaGeometry, collectionOf, degrees, geojsonOf, geometryOf } from "./geojson.js";
import { isoText } from "./values.js";

/**
 * @typedef {import("../app.js").App} App
 * @typedef {import("../types.js").Column} Column
 * @typedef {import("./clip.js").Ring} Ring
 * @typedef {import("./clip.js").Polygons} Polygons
 * @typedef {import("./geojson.js").Feature} Feature
 * @typedef {import("./geojson.js").Geometry} Geometry
 * @typedef {import("./values.js").Table} Table
 * @typedef {[string, () => Promise<void>]} Format its name, and what saves it
 */

/** How long, in milliseconds, a file is worked on before the page may answer its reader. */
const TURN = 40;

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
 * @returns {Array<{ name: string, detail: string, formats: Format[] }>}
 */
export function choices(app) {
  const list = [];
  const { control, changes, filter, events } = app;
  if (filter && events && events.placed) {
    const count = filter.rows.length;
    list.push({
      name: "Events shown",
      detail: count === events.placed ? countText(count, "event") : `${count.toLocaleString("en")} of ${countText(events.placed, "event")}`,
      formats: /** @type {Format[]} */ ([
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
    list.push({ name: `Control on ${date}`, detail: "", formats: /** @type {Format[]} */ ([["GeoJSON", save]]) });
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
  return { name: "Ground that changed hands", detail, formats: /** @type {Format[]} */ ([["GeoJSON", save]]) };
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

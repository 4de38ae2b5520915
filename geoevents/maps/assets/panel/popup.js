// What is known about one event or one described place, as text: what, where, from whom, how located, how sure.

import { valueAt } from "../data/columns.js";
import { areaRange, areaText, distanceText, element, figure, periodText, sentence, webAddress } from "../text.js";

/**
 * @typedef {import("../types.js").Events} Events
 * @typedef {import("../types.js").Reader} Reader
 * @typedef {import("../types.js").Column} Column
 * @typedef {{area: number, inferred: number|boolean}} Region
 */

// Shown in a form of their own, not as a plain row.
const SHOWN = new Set([
  "event_id",
  "actor",
  "target",
  "start",
  "end",
  "date_precision",
  "locality",
  "place",
  "reported_area_km2",
  "fatalities",
  "status",
  "source",
  "quote",
  "uncertainty_m",
  "relation",
  "area_km2",
  "area_low_km2",
  "area_high_km2",
  "explanation",
  "fatalities_low",
  "fatalities_high",
  "wounded",
  "wounded_low",
  "wounded_high",
  "reported_area_low_km2",
  "reported_area_high_km2",
  // Words of the article are shown there.
  "spans",
]);

/**
 * A function that gives the value of a named column for a row, or null.
 *
 * @param {Events} events
 * @returns {Reader}
 */
export function reader(events) {
  const columns = new Map(events.columns.map((column) => [column.name, column]));
  const read = /** @type {Reader} */ (
    (/** @type {string} */ name, /** @type {number} */ row) => {
      const column = columns.get(name);
      return column ? valueAt(column, row) : null;
    }
  );
  read.has = (name) => columns.has(name);
  return read;
}

/**
 * When an event was; empty where the frame has no dates at all, such as one of localities.
 *
 * @param {Reader} read
 * @param {number} row
 * @returns {string}
 */
export function whenText(read, row) {
  if (!read.has("start") && !read.has("end")) return "";
  const [start, end] = [read("start", row), read("end", row)];
  if (typeof start === "string") return start;
  if (start === null && end === null) return "date unknown";
  return periodText(start, typeof end === "number" ? end : null, String(read("date_precision", row) ?? "day"));
}

/**
 * Who did it to whom, in a line.
 *
 * @param {Reader} read
 * @param {number} row
 * @returns {string|null}
 */
export function whoText(read, row) {
  const [actor, target] = [read("actor", row), read("target", row)];
  if (actor !== null && target !== null) return towards(String(actor), String(target));
  if (actor !== null) return String(actor);
  return target === null ? null : `against ${target}`;
}

/** Letters that run from right to left, and signs that turn the direction of what follows. */
const TURNING = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * Two names and an arrow from left to right, whatever their script: turned round, the target would be the actor.
 *
 * @param {string} one
 * @param {string} other
 */
function towards(one, other) {
  if (!TURNING.test(one) && !TURNING.test(other)) return `${one} → ${other}`;
  const [from, to] = [one, other].map((name) => `\u2068${name.replace(/[\u202a-\u202e\u2066-\u2069]/g, "")}\u2069`);
  return `\u200e${from} → ${to}`;
}

/**
 * Where, in the report's own words when there are any.
 *
 * @param {Reader} read
 * @param {number} row
 * @returns {string|null}
 */
export function whereText(read, row) {
  const where = read("locality", row) ?? read("place", row);
  return where === null ? null : String(where);
}

/**
 * How exactly a date is known, in words.
 *
 * @param {string|number|null} precision  a word of the column `date_precision`
 * @returns {string|null}
 */
export function precisionText(precision) {
  if (precision === null) return null;
  return precision === "unknown" ? "not known" : `known to the ${precision}`;
}

/**
 * A list of facts, a label and a text each; what is null or empty is left out.
 *
 * @param {Array<[string, string|number|null|undefined]>} facts
 * @returns {HTMLElement}
 */
export function factList(facts) {
  const list = element("dl", { class: "ge-facts" });
  for (const [label, value] of facts) {
    if (value === null || value === undefined || value === "") continue;
    const text = typeof value === "number" ? figure(value, 6) : value;
    list.append(element("dt", { dir: "auto" }, label), element("dd", { dir: "auto" }, text));
  }
  return list;
}

/**
 * The content of a popup about an event.
 *
 * @param {Events} events
 * @param {number} row
 * @param {Region|null} [region]  the shape that is drawn for it
 * @returns {HTMLElement}
 */
export function describe(events, row, region = null) {
  const read = reader(events);
  const type = events.types[events.type[row]];
  const status = read("status", row);
  const when = whenText(read, row);
  const quote = read("quote", row);
  const badge = status === null ? null : element("span", { class: `ge-status ${events.hollow[row] ? "ge-doubt" : ""}`, dir: "auto" }, status);
  return element(
    "article",
    { class: "ge-event", "aria-label": [type.name, when].filter(Boolean).join(", ") },
    popupHead(
      cssColour(type.colour),
      element("h2", { dir: "auto" }, sentence(type.name)),
      badge,
      when ? element("p", { class: "ge-when", dir: "auto" }, when) : null,
    ),
    factList([...contentFacts(read, row, region), ...certaintyFacts(read, row, region), ...furtherFacts(events, row)]),
    quote === null ? null : element("blockquote", { dir: "auto" }, quote),
    sourceLine(read("source", row)) ?? noSource(),
  );
}

/**
 * The head of a popup, under a bar in the colour of what it tells of.
 *
 * @param {string} colour  safe: of our own table or through `cssColour`
 * @param {...(Node|null)} children
 * @returns {HTMLElement}
 */
export function popupHead(colour, ...children) {
  const head = element("header", {}, ...children);
  // Set by script: a strict policy refuses the attribute.
  head.style.setProperty("--type", colour);
  return head;
}

/**
 * @param {Reader} read
 * @param {number} row
 * @param {Region|null} region
 * @returns {Array<[string, string|number|null]>}
 */
function contentFacts(read, row, region) {
  const [locality, place] = [read("locality", row), read("place", row)];
  return [
    ["Who", whoText(read, row)],
    ["Where", locality ?? place],
    ["Place", locality !== null && place !== locality ? place : null],
    ["Reported area", reportedArea(read, row)],
    ["Area drawn", drawnArea(read, row, region)],
    ["Fatalities", countedText(read, row, "fatalities")],
    ["Wounded", countedText(read, row, "wounded")],
  ];
}

/**
 * How sure all that is, and how it came to stand where it does.
 *
 * @param {Reader} read
 * @param {number} row
 * @param {Region|null} region
 * @returns {Array<[string, string|number|null]>}
 */
function certaintyFacts(read, row, region) {
  const uncertainty = read("uncertainty_m", row);
  const unsaid = read.has("status") && read("status", row) === null;
  return [
    ["Status", unsaid ? "not stated" : null],
    ["Date", precisionText(read("date_precision", row))],
    ["Position", typeof uncertainty === "number" ? `within ${distanceText(uncertainty)}` : uncertainty],
    ["How located", locatedText(read, row, region)],
  ];
}

/**
 * Columns of the reader's own.
 *
 * @param {Events} events
 * @param {number} row
 * @returns {Array<[string, string|number|null]>}
 */
function furtherFacts(events, row) {
  return events.columns.filter((column) => !SHOWN.has(column.name)).map((column) => [columnLabel(column.name), plain(column, row)]);
}

/**
 * What a column of the reader's own is called: "note" is Note, "held_km2" Held km².
 *
 * @param {string} name
 */
function columnLabel(name) {
  return sentence(name.replaceAll("_", " ").trim()).replace(/\bkm2\b/g, "km²").replace(/\bm2\b/g, "m²");
}

/**
 * @param {Reader} read
 * @param {number} row
 */
function reportedArea(read, row) {
  const [area, low, high] = ["reported_area_km2", "reported_area_low_km2", "reported_area_high_km2"].map((name) => read(name, row));
  return typeof area === "number" ? rangedArea(area, numberOrNull(low), numberOrNull(high)) : area;
}

/**
 * How many, and between how many where a report leaves that open: "12 (10 to 15)", or "3 to 9" without a best figure.
 *
 * @param {Reader} read
 * @param {number} row
 * @param {string} name
 * @returns {string|number|null}
 */
export function countedText(read, row, name) {
  const [best, low, high] = [name, `${name}_low`, `${name}_high`].map((column) => read(column, row));
  const range = rangeText(low, high);
  if (best === null || range === null) return best ?? range;
  const text = countOf(best);
  if (range === text) return best;
  // "At least 12" of which 12 is the best figure says it once.
  return (low ?? high) === best && (low === null || high === null) ? range : `${text} (${range})`;
}

/**
 * @param {string|number|null} low
 * @param {string|number|null} high
 */
function rangeText(low, high) {
  if (low === null && high === null) return null;
  if (low === null || high === null) return low === null ? `at most ${countOf(high)}` : `at least ${countOf(low)}`;
  const [least, most] = [countOf(low), countOf(high)];
  return least === most ? least : `${least} to ${most}`;
}

/** @param {string|number|null} value */
function countOf(value) {
  return typeof value === "number" ? figure(value, 6) : String(value);
}

/**
 * An area with its range.
 *
 * @param {number} area  square kilometres
 * @param {number|null} low
 * @param {number|null} high
 * @returns {string}
 */
function rangedArea(area, low, high) {
  const range = low === null || high === null ? null : areaRange(area, low, high);
  return range ? `${areaText(area)} (${range})` : areaText(area);
}

/**
 * @param {Reader} read
 * @param {number} row
 * @param {Region|null} region
 */
function drawnArea(read, row, region) {
  const area = read("area_km2", row) ?? (region && !Number.isNaN(region.area) ? region.area : null);
  if (typeof area !== "number") return area;
  return rangedArea(area, numberOrNull(read("area_low_km2", row)), numberOrNull(read("area_high_km2", row)));
}

/**
 * @param {Reader} read
 * @param {number} row
 * @param {Region|null} region
 */
function locatedText(read, row, region) {
  const explanation = read("explanation", row) ?? read("relation", row);
  if (!region || !region.inferred) return explanation ?? "as the data gives it, not explained";
  return inferredText(explanation === null ? null : String(explanation), "The shape is inferred, not surveyed.");
}

/**
 * @param {string|null} explanation
 * @param {string} note
 */
function inferredText(explanation, note) {
  return explanation === null ? note : `${explanation.replace(/[.\s]*$/, "")}. ${note}`;
}

/**
 * @param {Column} column
 * @param {number} row
 */
function plain(column, row) {
  const value = valueAt(column, row);
  if (column.kind === "time" && typeof value === "number") return periodText(value, null);
  // A whole number may be a year or an identifier: no separators, no rounding.
  return Number.isInteger(value) ? String(value) : value;
}

/**
 * The content of a popup about a place described in words.
 *
 * @param {import("../types.js").Columns} localities
 * @param {number} i
 * @returns {HTMLElement}
 */
export function describeLocality(localities, i) {
  const at = (/** @type {string} */ name) => plainAt(localities[name], i);
  const name = String(at("name") ?? "Described place");
  const [area, radius] = [numberOrNull(at("area")), numberOrNull(at("uncertainty") ?? at("radius"))];
  const inferred = Boolean(at("inferred") ?? true);
  const basis = inferred ? "inferred from words, not surveyed" : "as its source drew it";
  const explanation = at("explanation");
  return element(
    "article",
    { class: "ge-event ge-locality", "aria-label": name },
    popupHead("var(--soft)", element("h2", { dir: "auto" }, name), element("p", { class: "ge-when" }, basis)),
    factList([
      ["Area", area === null ? null : rangedArea(area, numberOrNull(at("low")), numberOrNull(at("high")))],
      ["Radius", radius === null ? null : `within ${distanceText(radius)} of its middle`],
      ["How located", explanation === null ? "as the data gives it, not explained" : String(explanation)],
    ]),
    sourceLine(at("source")),
  );
}

/**
 * A value of a packed column, whether it is a plain array or one of the typed columns.
 *
 * @param {any} column
 * @param {number} i
 * @returns {string|number|null}
 */
function plainAt(column, i) {
  if (column === null || column === undefined) return null;
  const value = Array.isArray(column) || ArrayBuffer.isView(column) ? /** @type {any} */ (column)[i] : valueAt(column, i);
  return value === "" || value === undefined || Number.isNaN(value) ? null : value;
}

/** @param {string|number|null} value @returns {number|null} */
function numberOrNull(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/**
 * Where something is known from: a link if it is one, text otherwise.
 *
 * @param {string|number|null|undefined} source
 * @returns {HTMLElement|null}
 */
export function sourceLine(source) {
  if (source === null || source === undefined) return null;
  const text = String(source);
  const address = webAddress(text);
  const shown = address
    ? element("a", { href: address, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, text)
    : element("span", { dir: "auto" }, text);
  return element("p", { class: "ge-source" }, "Source: ", shown);
}

function noSource() {
  return element("p", { class: "ge-source" }, "Source: not stated");
}

/**
 * Colours come from our own table; anything else is refused.
 *
 * @param {string} colour
 * @returns {string}
 */
export function cssColour(colour) {
  return /^#[0-9a-f]{6}$/i.test(colour) ? colour : "#666666";
}

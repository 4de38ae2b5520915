// What is known about one event, as text.

import { valueAt } from "../data/columns.js";
import { areaRange, areaText, distanceText, element, figure, periodText, sentence, webAddress } from "../text.js";

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
]);

/** A function that gives the value of a named column for a row, or null. */
export function reader(events) {
  const columns = new Map(events.columns.map((column) => [column.name, column]));
  const read = (name, row) => (columns.has(name) ? valueAt(columns.get(name), row) : null);
  read.has = (name) => columns.has(name);
  return read;
}

/** When an event was; empty where the frame has no dates at all, such as one of localities. */
export function whenText(read, row) {
  if (!read.has("start") && !read.has("end")) return "";
  const start = read("start", row);
  if (typeof start === "string") return start;
  const precision = read("date_precision", row) ?? "day";
  if (start === null && read("end", row) === null) return "date unknown";
  return periodText(start, asMinutes(read("end", row)), precision);
}

function asMinutes(value) {
  return typeof value === "number" ? value : null;
}

/** Who did it to whom, in a line. */
export function whoText(read, row) {
  const actor = read("actor", row);
  const target = read("target", row);
  if (actor !== null && target !== null) return `${actor} → ${target}`;
  return actor ?? (target === null ? null : `against ${target}`);
}

/** Where, in the report's own words when there are any. */
export function whereText(read, row) {
  return read("locality", row) ?? read("place", row);
}

/** The content of a popup: an element. */
export function describe(events, row, region) {
  const read = reader(events);
  const type = events.types[events.type[row]];
  const status = read("status", row);
  const when = whenText(read, row);
  const list = element("dl", { class: "ge-facts" });
  const fact = (label, value) => {
    if (value === null || value === undefined || value === "") return;
    const text = typeof value === "number" ? figure(value, 6) : value;
    list.append(element("dt", {}, label), element("dd", { dir: "auto" }, text));
  };
  const locality = read("locality", row);
  const place = read("place", row);
  fact("Who", whoText(read, row));
  fact("Where", locality ?? place);
  if (locality !== null && place !== locality) fact("Place", place);
  fact("Reported area", areaOrNull(read("reported_area_km2", row)));
  fact("Area drawn", drawnArea(read, row, region));
  fact("Fatalities", read("fatalities", row));
  const uncertainty = read("uncertainty_m", row);
  fact("Position", uncertainty === null ? null : `within ${distanceText(uncertainty)}`);
  fact("How located", locatedText(read, row, region));
  for (const column of events.columns) {
    if (!SHOWN.has(column.name)) fact(columnLabel(column.name), plain(column, row));
  }
  const quote = read("quote", row);
  return element(
    "article",
    { class: "ge-event", "aria-label": [type.name, when].filter(Boolean).join(", ") },
    element(
      "header",
      { style: `--type: ${cssColour(type.colour)}` },
      element("h2", { dir: "auto" }, sentence(type.name)),
      status === null ? null : element("span", { class: `ge-status ${events.hollow[row] ? "ge-doubt" : ""}`, dir: "auto" }, status),
      when ? element("p", { class: "ge-when" }, when) : null,
    ),
    list,
    quote === null ? null : element("blockquote", { dir: "auto" }, quote),
    sourceLine(read("source", row)),
  );
}

/** What a column of the reader's own is called: "note" is Note, "held_km2" Held km². */
function columnLabel(name) {
  return sentence(name.replaceAll("_", " ").trim()).replace(/\bkm2\b/g, "km²").replace(/\bm2\b/g, "m²");
}

function areaOrNull(value) {
  return typeof value === "number" ? areaText(value) : value;
}

function drawnArea(read, row, region) {
  const area = read("area_km2", row) ?? (region && !Number.isNaN(region.area) ? region.area : null);
  if (typeof area !== "number") return area;
  const low = read("area_low_km2", row);
  const high = read("area_high_km2", row);
  const range = typeof low === "number" && typeof high === "number" ? areaRange(area, low, high) : null;
  return range ? `${areaText(area)} (${range})` : areaText(area);
}

function locatedText(read, row, region) {
  const explanation = read("explanation", row) ?? read("relation", row);
  if (!region || !region.inferred) return explanation;
  const note = "The shape is inferred, not surveyed.";
  return explanation === null ? note : `${explanation.replace(/[.\s]*$/, "")}. ${note}`;
}

function plain(column, row) {
  const value = valueAt(column, row);
  if (column.kind === "time" && value !== null) return periodText(value, null);
  // A whole number may be a year or an identifier: no separators, no rounding.
  return Number.isInteger(value) ? String(value) : value;
}

/** Where something is known from: a link if it is one, text otherwise. */
export function sourceLine(source) {
  if (source === null) return null;
  const text = String(source);
  const address = webAddress(text);
  const shown = address
    ? element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text)
    : element("span", { dir: "auto" }, text);
  return element("p", { class: "ge-source" }, "Source: ", shown);
}

/** Colours come from our own table; anything else is refused. */
export function cssColour(colour) {
  return /^#[0-9a-f]{6}$/i.test(colour) ? colour : "#666666";
}

// What a packed map holds, read once: events, shapes, control, changes, and the period they span.

import { readArticle } from "./data/article.js";
import { MISSING_TIME } from "./data/columns.js";
import { Filter } from "./filters.js";
import { GivenChanges } from "./layers/changes.js";
import { Control } from "./layers/control.js";
import { readLocalities } from "./layers/localities.js";
import { NetChanges } from "./layers/netchange.js";
import { readPlaces, readRegions } from "./layers/regions.js";
import { reader } from "./panel/popup.js";
import { focusOf, stopsFor } from "./time/calendar.js";
import { Clock } from "./time/clock.js";

/**
 * @typedef {import("./types.js").Events} Events
 * @typedef {import("./types.js").Columns} Columns
 */

/**
 * Read the columns of every layer.
 *
 * @param {Columns} data
 */
export function readModel(data) {
  /** @type {Events|null} */
  const events = data.events ?? null;
  const control = data.control ? new Control(data.control) : null;
  const [starts, ends] = events ? datesOf(events) : [null, null];
  return {
    title: String(data.title ?? ""),
    subtitle: String(data.subtitle ?? ""),
    events,
    read: events ? reader(events) : null,
    starts,
    ends,
    filter: events ? new Filter(events, { starts, ends }) : null,
    regions: events ? regionsOf(data.regions, events) : null,
    places: readPlaces(data.places),
    localities: readLocalities(data.localities),
    control,
    changes: changesOf(data.changes, control),
    article: readArticle(data.article),
  };
}

/**
 * @param {Columns|null|undefined} columns
 * @param {Events} events
 */
function regionsOf(columns, events) {
  const regions = readRegions(columns, events);
  return regions && regions.group.length ? regions : null;
}

/**
 * Changes as they were given or, without any, those between the dates of control.
 *
 * @param {Columns|null|undefined} columns
 * @param {Control|null} control
 */
function changesOf(columns, control) {
  if (columns) return new GivenChanges(columns);
  return control && control.dates.length > 1 ? new NetChanges(control) : null;
}

/**
 * When events began and ended, or nothing where no event has a date.
 *
 * @param {Events} events
 * @returns {[Int32Array, Int32Array]|[null, null]}
 */
function datesOf(events) {
  const times = (/** @type {string} */ name) => {
    const column = events.columns.find((c) => c.name === name && c.kind === "time");
    return column ? /** @type {Int32Array} */ (column.values) : null;
  };
  const [start, end] = [times("start"), times("end")];
  const starts = start ?? end;
  if (!starts || !starts.some((value) => value !== MISSING_TIME)) return [null, null];
  if (!start || !end) return [starts, starts];
  const ends = end.map((value, i) => (value === MISSING_TIME || value < start[i] ? start[i] : value));
  return [starts, ends];
}

/**
 * The clock of a map, or null where nothing has a date or all has the same.
 *
 * @param {ReturnType<typeof readModel>} model
 */
export function clockOf({ starts, ends, control, changes }) {
  let [first, last] = [Infinity, -Infinity];
  const span = (/** @type {Int32Array|null} */ values) => {
    for (const value of values ?? []) {
      if (value === MISSING_TIME) continue;
      if (value < first) first = value;
      if (value > last) last = value;
    }
  };
  span(starts);
  span(ends);
  span(control ? control.dates : null);
  const given = changes?.moments?.() ?? null;
  span(given);
  if (!(last > first)) return null;
  if (!starts && given && !(control && control.dates.length > 1)) return new Clock({ first, last, stops: given });
  const dates = control ? control.dates : null;
  // A long pause is one step: nobody wants to watch three years in which nothing happened.
  const focus = focusOf([starts ?? [], dates ?? []], first, last);
  const stops = stopsFor(focus, last, dates);
  return new Clock({ first, last, stops: focus > first ? Int32Array.from([focus - 1, ...stops]) : stops });
}
